/* The rows of the whistle engine's table (decide_whistle.c): which act is possible in which step,
 * whose it is, to which shares it can be done, and the handlers; included by whistle_priv.h. */
#ifndef ZHIBAN_DOMAIN_WHISTLE_ROWS_H
#define ZHIBAN_DOMAIN_WHISTLE_ROWS_H

#include "zhiban/domain/whistle.h"

struct whistling;

#define AT(step) (1U << WHISTLE_##step)
enum {
	AT_OPEN = AT(DRAFT) | AT(APPROVE) | AT(CHECK) | AT(RETURNED) | AT(ISSUED) | AT(RATE),
	AT_ANY = (1U << WHISTLE_STEPS) - 1,
};

/* Who may: an officer of the organisation or of one within it, and the centre for everybody (recorded
 * on behalf); nobody else for another. */
enum whistle_who {
	BY_BLOWER, /* who blew it */
	BY_LEADER, /* of the blower's organisation, with the role the class asks; also by telephone */
	BY_CENTRE,
	BY_SHARE, /* the department, for its own share: w->share is set */
	BY_BLOWER_OR_CENTRE,
	BY_PARTY, /* whoever sees it */
	BY_SYSTEM,
};

typedef bool whistle_fit(const struct whistling *w, const struct summoned *share);
typedef enum err whistle_fn(struct whistling *w, struct error *err);
struct whistle_row {
	const char *verb;
	unsigned steps; /* bits: AT(…) */
	enum whistle_who who;
	/* Of acts done to a share: which shares it can be done to, so that the only one need not be
	 * named; NULL: any live one, and none is needed.  Whether it really can the handler says. */
	whistle_fit *fits;
	whistle_fn *apply;
};

/* --- handlers --- */

/* decide_whistle_blow.c: up to the issue. */
whistle_fn whistle_blow, whistle_revise, whistle_submit, whistle_approve, whistle_disapprove,
	whistle_issue, whistle_return, whistle_withdraw;
/* decide_whistle_press.c */
whistle_fn whistle_urge, whistle_supervise, whistle_respond, whistle_lift, whistle_waive,
	whistle_propose, whistle_call, whistle_note, whistle_countersign;
whistle_fn whistle_fire; /* whistle_fire.c */
whistle_fn whistle_table, whistle_resolved, whistle_tasked; /* decide_table.c */
whistle_fn whistle_carry; /* decide_whistle_carry.c */

/* decide_whistle_share.c, _end.c, _dispute.c: the shares */
whistle_fn whistle_sign, whistle_contact, whistle_arrive, whistle_report_in, whistle_confirm_in,
	whistle_deny_in, whistle_consult, whistle_handle, whistle_feedback;
whistle_fn whistle_verify_ok, whistle_verify_no, whistle_rate, whistle_judge, whistle_close;
whistle_fn whistle_dispute, whistle_settle, whistle_replace, whistle_coassign, whistle_extend_ask,
	whistle_extend_ok, whistle_extend_no;

/* Which shares those can be done to, so that the only one need not be named. */
whistle_fit whistle_unsigned, whistle_uncontacted, whistle_unarrived, whistle_unreported;
whistle_fit whistle_unconfirmed; /* reported in */
whistle_fit whistle_deniable;	 /* reported in, not handled */
whistle_fit whistle_at_hand;	 /* to be handled now: reported in and confirmed, where that is asked */
whistle_fit whistle_unhandled;
whistle_fit whistle_unreplied;	/* handled */
whistle_fit whistle_unverified; /* fed back */
whistle_fit whistle_unrated, whistle_unjudged, whistle_undisputed, whistle_disputing;
whistle_fit whistle_at_work; /* not verified yet */

#endif
