/* The words of meetings: states, roles, answers, and what acts write of agenda and attendees. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"

struct word {
	const char *code, *label;
};

static const struct word meeting_states[MEETING_STATES] = {
	[MEETING_DRAWN] = { "drawn", N_("being prepared") },
	[MEETING_CALLED] = { "called", N_("called") },
	[MEETING_SITTING] = { "sitting", N_("sitting") },
	[MEETING_HELD] = { "held", N_("held") },
	[MEETING_SIGNING] = { "signing", N_("being countersigned") },
	[MEETING_APPROVING] = { "approving", N_("to be approved") },
	[MEETING_APPROVED] = { "approved", N_("to be issued") },
	[MEETING_ISSUED] = { "issued", N_("minutes issued") },
	[MEETING_CANCELLED] = { "cancelled", N_("cancelled") },
};
static const struct word item_states[ITEM_STATES] = {
	[ITEM_LISTED] = { "listed", N_("to be approved") },
	[ITEM_APPROVED] = { "approved", N_("approved") },
	[ITEM_REFUSED] = { "refused", N_("not approved") },
	[ITEM_SETTLED] = { "settled", N_("settled") },
	[ITEM_DROPPED] = { "dropped", N_("dropped") },
};
static const struct word outcomes[OUTCOMES] = {
	[OUTCOME_AGREED] = { "agreed", N_("agreed") },
	[OUTCOME_DEFERRED] = { "deferred", N_("deferred") },
	[OUTCOME_REJECTED] = { "rejected", N_("not agreed") },
	[OUTCOME_NOTED] = { "noted", N_("taken note of") },
};
static const struct word action_states[ACTION_STATES] = {
	[ACTION_GIVEN] = { "given", N_("not signed for") },
	[ACTION_SIGNED] = { "signed", N_("in hand") },
	[ACTION_REPLIED] = { "replied", N_("fed back") },
	[ACTION_DONE] = { "done", N_("done") },
	[ACTION_WITHDRAWN] = { "withdrawn", N_("withdrawn") },
};
static const struct word roles[ATTEND_ROLES] = {
	[ATTEND_CHAIR] = { "chair", N_("chairs") },
	[ATTEND_MUST] = { "must", N_("mandatory") },
	[ATTEND_MAY] = { "may", N_("optional") },
	[ATTEND_SECRETARY] = { "secretary", N_("takes the minutes") },
};
static const struct word answers[ANSWERS] = {
	[ANSWER_ACCEPTED] = { "accepted", N_("comes") },
	[ANSWER_LEAVE] = { "leave", N_("asks for leave") },
	[ANSWER_DELEGATED] = { "delegated", N_("sends somebody") },
};
static const struct word presents[PRESENTS] = {
	[PRESENT_THERE] = { "present", N_("present") },
	[PRESENT_LATE] = { "late", N_("came late") },
	[PRESENT_DELEGATE] = { "delegate", N_("somebody for him") },
	[PRESENT_ABSENT] = { "absent", N_("absent") },
	[PRESENT_LEFT] = { "left", N_("has left") },
};

/* n: words is none of them. */
static size_t find(const struct word *words, size_t n, const char *said)
{
	for (size_t i = 0; said != NULL && i < n; i++)
		if (strcmp(words[i].code, said) == 0 || strcmp(_(words[i].label), said) == 0)
			return i;
	return n;
}

const char *meeting_state_code(enum meeting_state state)
{
	return meeting_states[state].code;
}

const char *meeting_state_label(enum meeting_state state)
{
	return _(meeting_states[state].label);
}

enum meeting_state meeting_state(const struct meeting *meeting)
{
	return (enum meeting_state)find(meeting_states, MEETING_STATES, meeting->state);
}

const char *item_state_code(enum item_state state)
{
	return item_states[state].code;
}

const char *item_state_label(enum item_state state)
{
	return _(item_states[state].label);
}

enum item_state item_state(const struct item *item)
{
	return (enum item_state)find(item_states, ITEM_STATES, item->state);
}

const char *outcome_code(enum item_outcome outcome)
{
	return outcomes[outcome].code;
}

const char *outcome_label(enum item_outcome outcome)
{
	return _(outcomes[outcome].label);
}

enum item_outcome outcome_find(const char *words)
{
	return (enum item_outcome)find(outcomes, OUTCOMES, words);
}

const char *action_state_code(enum action_state state)
{
	return action_states[state].code;
}

const char *action_state_label(enum action_state state)
{
	return _(action_states[state].label);
}

enum action_state action_state(const struct action *action)
{
	return (enum action_state)find(action_states, ACTION_STATES, action->state);
}

const char *attendee_role_code(enum attendee_role role)
{
	return roles[role].code;
}

const char *attendee_role_label(enum attendee_role role)
{
	return _(roles[role].label);
}

enum attendee_role attendee_role(const struct attendee *attendee)
{
	return (enum attendee_role)find(roles, ATTEND_ROLES, attendee->role);
}

const char *attendee_answer_code(enum attendee_answer answer)
{
	return answers[answer].code;
}

const char *attendee_answer_label(enum attendee_answer answer)
{
	return _(answers[answer].label);
}

enum attendee_answer attendee_answer_find(const char *said)
{
	return (enum attendee_answer)find(answers, ANSWERS, said);
}

enum attendee_present attendee_present_find(const char *said)
{
	return (enum attendee_present)find(presents, PRESENTS, said);
}

enum attendee_answer attendee_answer(const struct attendee *attendee)
{
	return attendee_answer_find(attendee->answer);
}

const char *attendee_present_code(enum attendee_present present)
{
	return presents[present].code;
}

const char *attendee_present_label(enum attendee_present present)
{
	return _(presents[present].label);
}

enum attendee_present attendee_present(const struct attendee *attendee)
{
	return attendee_present_find(attendee->present);
}

/* ---- entries and attendees as acts write them ---- */

const char *agenda_words(const struct agenda *entry, struct arena *arena)
{
	return arena_printf(arena, "%s %lld %lld", entry->item, (long long)entry->order,
			    (long long)entry->minutes);
}

enum err agenda_parse(const char *words, struct arena *arena, struct agenda *ret_entry,
		      struct error *err)
{
	struct agenda entry = { .item = arena_strndup(arena, words, strcspn(words, " ")) };
	const char *rest = words + strlen(entry.item);
	long long order = 0, minutes = 0;
	struct uuid id;
	bool fits = uuid_parse(entry.item, &id) == ERR_OK;

	rest += strspn(rest, " ");
	fits = fits && str_int(arena_strndup(arena, rest, strcspn(rest, " ")), 1, 999, &order);
	rest += strcspn(rest, " ");
	rest += strspn(rest, " ");
	if (*rest != '\0')
		fits = fits && str_int(rest, 0, 999, &minutes);
	if (!fits)
		return error_set(err, ERR_INPUT,
				 _("\"%.80s\" is no entry of an agenda: item, place, minutes"),
				 words);
	entry.order = order;
	entry.minutes = minutes;
	*ret_entry = entry;
	return ERR_OK;
}

enum { ATTENDEE_PARTS = 5 };

const char *attendee_words(const struct attendee *attendee, struct arena *arena)
{
	const char *const parts[ATTENDEE_PARTS] = { attendee->org, attendee->role, attendee->name,
						    attendee->post, attendee->phone };
	struct str words = STR_INIT;
	const char *ret;
	size_t n = 0;

	for (size_t i = 0; i < ATTENDEE_PARTS; i++)
		if (parts[i] != NULL)
			n = i + 1;
	for (size_t i = 0; i < n; i++)
		str_addf(&words, "%s%s", i > 0 ? "\t" : "", parts[i] != NULL ? parts[i] : "");
	ret = arena_strdup(arena, str_get(&words));
	str_release(&words);
	return ret;
}

enum err attendee_parse(const struct rules *rules, const char *words, struct arena *arena,
			struct attendee *ret_attendee, struct error *err)
{
	const char *parts[ATTENDEE_PARTS] = { NULL };
	struct attendee attendee = { .org = NULL };
	const struct org *org;
	const char *at = words;
	size_t role;

	for (size_t i = 0; i < ATTENDEE_PARTS; i++) {
		size_t len = strcspn(at, "\t");

		parts[i] = len > 0 ? arena_strndup(arena, at, len) : NULL;
		at += len;
		if (*at == '\t' && i + 1 < ATTENDEE_PARTS)
			at++;
	}
	org = parts[0] != NULL ? rules_org_named(rules, parts[0]) : NULL;
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 parts[0] != NULL ? parts[0] : "-");
	role = parts[1] != NULL ? find(roles, ATTEND_ROLES, parts[1]) : ATTEND_MUST;
	if (role == ATTEND_ROLES)
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no way to attend; there are %s"),
				 parts[1], "chair, must, may, secretary");
	attendee.org = org->code;
	attendee.role = roles[role].code;
	attendee.name = parts[2];
	attendee.post = parts[3];
	attendee.phone = parts[4];
	*ret_attendee = attendee;
	return ERR_OK;
}
