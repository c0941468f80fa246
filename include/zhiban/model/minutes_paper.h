/* What is printed of joint meetings: minutes, invitation, agenda, sign-in sheet, and a short text for
 * whoever has only a telephone.
 *
 * Who attends stands in protocol order.  All are made of what is known now: minutes that are not issued
 * say that they are a draft.  Documents are the caller's to release. */
#ifndef ZHIBAN_MODEL_MINUTES_PAPER_H
#define ZHIBAN_MODEL_MINUTES_PAPER_H

#include "zhiban/client/meeting.h"
#include "zhiban/wire/official.h"

struct joint_asked {
	const struct item *const *items; /* of its agenda, in any order; those at hand */
	size_t n_items;
	const struct action *const *actions; /* that it gave */
	size_t n_actions;
};
/* Minutes (会议纪要), GB/T 9704 10.3. */
void minutes_paper(const struct rules *rules, const struct meeting *meeting,
		   const struct joint_asked *asked, struct official *ret_official);
/* Invitation (会议通知), with the agenda and a form to answer (回执) attached.  org: addressed to that
 * organisation alone; NULL: to all. */
void invitation_paper(const struct rules *rules, const struct meeting *meeting,
		      const struct joint_asked *asked, const char *org,
		      struct official *ret_official);
/* Agenda (会议议程) and sign-in sheet (签到表), with a column to sign in by hand. */
void agenda_paper(const struct rules *rules, const struct meeting *meeting,
		  const struct joint_asked *asked, struct sheet *ret_sheet);
void signin_paper(const struct rules *rules, const struct meeting *meeting, struct sheet *ret_sheet);
/* One paragraph: before the meeting when, where and about what, and until when to answer;
 * afterwards what was resolved and who has to do what.  chars: at most so many (0: as long as it
 * is); whatever matters least goes first.  Appended. */
void meeting_brief(const struct rules *rules, const struct meeting *meeting,
		   const struct joint_asked *asked, size_t chars, struct str *out);

/* The same of one by its id.  ERR_NOT_FOUND; ERR_REFUSED: it has not sat yet, so that it has no
 * minutes. */
enum err minutes_paper_of(struct client *client, const struct uuid *id, struct official *ret_official,
			  struct error *err) MUST_CHECK;
enum err invitation_paper_of(struct client *client, const struct uuid *id, const char *org,
			     struct official *ret_official, struct error *err) MUST_CHECK;
enum err agenda_paper_of(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			 struct error *err) MUST_CHECK;
enum err signin_paper_of(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			 struct error *err) MUST_CHECK;
enum err meeting_brief_of(struct client *client, const struct uuid *id, size_t chars, struct str *out,
			  struct error *err) MUST_CHECK;

#endif
