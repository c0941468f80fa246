/* The rows of the meeting engine's table (decide_meeting.c): which act is possible in which state,
 * whose it is, to which attendees it can be done, and the handlers; included by meeting_priv.h. */
#ifndef ZHIBAN_DOMAIN_MEETING_ROWS_H
#define ZHIBAN_DOMAIN_MEETING_ROWS_H

#include "zhiban/domain/meeting.h"

struct conferring;

#define AT(state) (1U << MEETING_##state)
enum {
	AT_BEFORE = AT(DRAWN) | AT(CALLED),
	AT_ANY = (1U << MEETING_STATES) - 1,
};

/* Who may: an officer of the organisation or of one within it (of the centre its own); whoever records
 * what another did by telephone is told in decide_meeting_who.c. */
enum meeting_who {
	BY_CONVENER,  /* who could convene one; there is none yet */
	BY_SECRETARY, /* of the organisation that convenes, with the role that the series asks */
	BY_CHAIR,     /* the secretary, or who chairs */
	BY_ATTENDEE,  /* for himself: c->attendee is set; the secretary and the centre for him */
	BY_APPROVER,  /* of the convener's organisation or above it, with the role of the series */
	BY_PARTY,     /* whoever sees it */
};

enum meeting_pick { /* whether it is done to an attendee */
	PICK_NOBODY,
	PICK_ONE,  /* the act says whom, or there is one that it can be done to */
	PICK_SOME, /* whom the act says; it says none: all it can be done to */
};

typedef bool meeting_fit(const struct conferring *c, const struct attendee *attendee);
typedef enum err meeting_fn(struct conferring *c, struct error *err);
struct meeting_row {
	const char *verb;
	unsigned states; /* bits: AT(…) */
	enum meeting_who who;
	enum meeting_pick pick;
	meeting_fit *fits; /* to whom it can be done; whether it really can the handler says */
	bool ordinary;	   /* not of a staged one, which has its stages instead */
	meeting_fn *apply;
};

/* decide_meeting_draw.c, decide_meeting_agenda.c: what it is, when and where; agenda, attendees */
meeting_fn confer_convene, confer_arrange, confer_agenda, confer_attend;
/* decide_meeting_call.c: papers, the invitation */
meeting_fn confer_collect, confer_invite, confer_see, confer_chase;
/* decide_meeting_answer.c */
meeting_fn confer_answer, confer_grant, confer_insist;
/* decide_meeting_sit.c: from the sheet to the end of the sitting */
meeting_fn confer_open, confer_sign_in, confer_adjourn, confer_cancel;
meeting_fn confer_stage; /* decide_meeting_stage.c */
/* decide_meeting_minutes.c */
meeting_fn confer_compose, confer_submit, confer_sign, confer_object, confer_approve,
	confer_disapprove, confer_issue;
/* decide_meeting_beside.c */
meeting_fn confer_call, confer_note, confer_countersign;
meeting_fn confer_carry; /* decide_joint_carry.c */

meeting_fit attendee_is_asked, attendee_asks_leave, attendee_is_silent, attendee_may_sign;
meeting_fit attendee_owes; /* an answer, or his signature under the minutes */

#endif
