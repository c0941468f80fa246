/* The words of meetings: states, roles, answers; agenda and attendees as acts write them. */
#ifndef ZHIBAN_DOMAIN_MEETING_WORDS_H
#define ZHIBAN_DOMAIN_MEETING_WORDS_H

#include "zhiban/domain/rules.h"

struct meeting;
struct item;
struct action;
struct agenda;
struct attendee;

enum meeting_state {
	MEETING_DRAWN,	   /* 筹备: nobody is invited yet */
	MEETING_CALLED,	   /* 已通知 */
	MEETING_SITTING,   /* 会议中 */
	MEETING_HELD,	   /* 已散会: the minutes are being written */
	MEETING_SIGNING,   /* 会签 */
	MEETING_APPROVING, /* 待签发 */
	MEETING_APPROVED,  /* 待印发: as far as the series asks for it signed and approved */
	MEETING_ISSUED,	   /* 已印发 */
	MEETING_CANCELLED,
	MEETING_STATES
};
enum item_state {
	ITEM_LISTED,   /* 待审 */
	ITEM_APPROVED, /* 已定: in an agenda, or waiting for one */
	ITEM_REFUSED,
	ITEM_SETTLED,  /* with a resolution */
	ITEM_DROPPED,
	ITEM_STATES
};
enum item_outcome { OUTCOME_AGREED, OUTCOME_DEFERRED, OUTCOME_REJECTED, OUTCOME_NOTED, OUTCOMES };
enum action_state {
	ACTION_GIVEN,
	ACTION_SIGNED,
	ACTION_REPLIED,
	ACTION_DONE,
	ACTION_WITHDRAWN,
	ACTION_STATES
};
enum attendee_role { ATTEND_CHAIR, ATTEND_MUST, ATTEND_MAY, ATTEND_SECRETARY, ATTEND_ROLES };
enum attendee_answer { ANSWER_ACCEPTED, ANSWER_LEAVE, ANSWER_DELEGATED, ANSWERS };
enum attendee_present {
	PRESENT_THERE,
	PRESENT_LATE,
	PRESENT_DELEGATE,
	PRESENT_ABSENT,
	PRESENT_LEFT,
	PRESENTS
};
/* Code ("drawn", "listed", "agreed" …), translated label; by code or label the number, or the count
 * when it is none. */
const char *meeting_state_code(enum meeting_state state);
const char *meeting_state_label(enum meeting_state state);
enum meeting_state meeting_state(const struct meeting *meeting);
const char *item_state_code(enum item_state state);
const char *item_state_label(enum item_state state);
enum item_state item_state(const struct item *item);
const char *outcome_code(enum item_outcome outcome);
const char *outcome_label(enum item_outcome outcome);
enum item_outcome outcome_find(const char *words);
const char *action_state_code(enum action_state state);
const char *action_state_label(enum action_state state);
enum action_state action_state(const struct action *action);
const char *attendee_role_code(enum attendee_role role);
const char *attendee_role_label(enum attendee_role role);
enum attendee_role attendee_role(const struct attendee *attendee);
const char *attendee_answer_code(enum attendee_answer answer);
const char *attendee_answer_label(enum attendee_answer answer);
enum attendee_answer attendee_answer_find(const char *words);
enum attendee_present attendee_present_find(const char *words);
enum attendee_answer attendee_answer(const struct attendee *attendee); /* ANSWERS: silent */
const char *attendee_present_code(enum attendee_present present);
const char *attendee_present_label(enum attendee_present present);
enum attendee_present attendee_present(const struct attendee *attendee); /* PRESENTS: not yet */

/* How acts write entries of an agenda ("ITEM ORDER MINUTES", MINUTES may be left out) and attendees
 * (tab-separated "ORG ROLE NAME POST PHONE", from the right what is missing may be left out).
 * ERR_INPUT; texts in the arena. */
const char *agenda_words(const struct agenda *entry, struct arena *arena);
enum err agenda_parse(const char *words, struct arena *arena, struct agenda *ret_entry,
		      struct error *err) MUST_CHECK;
const char *attendee_words(const struct attendee *attendee, struct arena *arena);
enum err attendee_parse(const struct rules *rules, const char *words, struct arena *arena,
			struct attendee *ret_attendee, struct error *err) MUST_CHECK;

#endif
