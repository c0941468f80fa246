#include <config.h>

#include "zhiban/model/meeting_words.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"
#include "zhiban/model/roster_words.h"

bool joint_is(enum kind kind)
{
	return kind == KIND_MEETING || kind == KIND_ITEM || kind == KIND_ACTION || kind == KIND_ROOM;
}

const char *joint_number(enum kind kind, const void *entity)
{
	const struct kind_desc *desc = kind_desc(kind);
	const struct field *field =
		field_find(desc->fields, desc->n_fields, kind == KIND_ROOM ? "name" : "number");
	const char *number = entity ? field_get(field, entity).text : NULL;

	if (!number)
		return "";
	return kind != KIND_ROOM && strlen(number) > 9 && number[8] == '-' ? number + 6 : number;
}

const char *meeting_name(const struct rules *rules, const struct meeting *meeting,
			 struct arena *arena)
{
	const struct meeting_series *series = rules_series(rules, meeting->series);

	if (!series || !meeting->session)
		return meeting->title ? meeting->title : series ? series->label : "";
	/* TRANSLATORS: a meeting of a series, and which of its year: 联席工作例会第3次 */
	return arena_printf(arena, _("%s No. %lld"), series->label, (long long)meeting->session);
}

const char *meeting_when(const struct rules *rules, const struct meeting *meeting,
			 struct arena *arena)
{
	char day[32], from[CIVIL_TEXT], to[CIVIL_TEXT], last[32];
	int offset = rules->offset_min;

	if (!meeting->starts)
		return "";
	duty_day(rules, meeting->starts, day);
	civil_format(meeting->starts, offset, "H:M", from, sizeof from);
	if (meeting->ends <= meeting->starts)
		return arena_printf(arena, "%s %s", day, from);
	civil_format(meeting->ends, offset, "H:M", to, sizeof to);
	if (civil_day_of_ms(meeting->starts, offset) == civil_day_of_ms(meeting->ends - 1, offset))
		return arena_printf(arena, "%s %s-%s", day, from, to);
	return arena_printf(arena, "%s %s - %s %s", day, from, duty_day(rules, meeting->ends, last),
			    to);
}

const char *joint_line(const struct rules *rules, enum kind kind, const void *entity,
		       struct arena *arena)
{
	const struct meeting *meeting = entity;
	const struct item *item = entity;
	const struct action *action = entity;

	if (!entity)
		return "";
	if (kind == KIND_MEETING)
		return arena_printf(arena, "%s  %s%s%s", meeting_name(rules, meeting, arena),
				    meeting_when(rules, meeting, arena), meeting->room ? "  " : "",
				    meeting->room ? meeting->room : "");
	if (kind == KIND_ITEM)
		return arena_printf(arena, "%s%s%s", item->title ? item->title : "",
				    item->about_no ? "  " : "", item->about_no ? item->about_no : "");
	if (kind == KIND_ACTION)
		return arena_printf(arena, "%s  %s", action->title ? action->title : "",
				    org_brief(rules, action->lead));
	return kind == KIND_ROOM ? joint_number(kind, entity) : "";
}

const char *attendee_who(const struct rules *rules, const struct attendee *attendee,
			 struct arena *arena)
{
	if (!attendee->name)
		return org_brief(rules, attendee->org);
	return arena_printf(arena, "%s %s", org_brief(rules, attendee->org), attendee->name);
}

static const char *leave_words(const struct attendee *attendee, struct arena *arena)
{
	const char *why = attendee->why ? attendee->why : "";

	if (!attendee->leave_at)
		return arena_printf(arena, _("asks for leave: %s"), why);
	return attendee->leave_ok ? arena_printf(arena, _("on leave: %s"), why)
				  : arena_printf(arena, _("leave refused: %s"), why);
}

static const char *sends_words(const struct attendee *attendee, struct arena *arena)
{
	const char *who = attendee->delegate ? attendee->delegate : "-";

	return attendee->delegate_post
		       ? arena_printf(arena, _("sends %s (%s)"), who, attendee->delegate_post)
		       : arena_printf(arena, _("sends %s"), who);
}

const char *attendee_said(const struct attendee *attendee, struct arena *arena)
{
	switch (attendee_answer(attendee)) {
	case ANSWER_ACCEPTED:
		return attendee->clash ? arena_printf(arena, _("comes, although: %s"), attendee->clash)
				       : _("comes");
	case ANSWER_LEAVE:
		return leave_words(attendee, arena);
	case ANSWER_DELEGATED:
		return sends_words(attendee, arena);
	case ANSWERS:
		break;
	}
	if (attendee_role(attendee) == ATTEND_SECRETARY)
		return ""; /* nobody asks who sent the invitations */
	if (!attendee->asked_at)
		return _("not invited yet");
	if (attendee->chased)
		return arena_printf(arena, _("not answered, chased %lld"), (long long)attendee->chased);
	return attendee->seen_at ? _("seen, not answered") : _("not answered");
}

const char *joint_clock_label(const struct rules *rules, enum kind kind, const char *clock)
{
	if (kind == KIND_ACTION)
		return action_clock_label(rules, clock);
	for (int i = 0; i < MEETING_CLOCKS; i++)
		if (str_eq(meeting_clock_code((enum meeting_clock)i), clock))
			return meeting_clock_label((enum meeting_clock)i);
	return clock ? clock_label(rules, clock) : "";
}

/* ---- acts ---- */

static bool is_in(const char *verb, const char *const *verbs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(verbs[i], verb) == 0)
			return true;
	return false;
}

static const char *attendee_org(const struct meeting *meeting, const char *share)
{
	const struct attendee *attendee = NULL;
	struct uuid id;

	if (share && uuid_parse(share, &id) == ERR_OK)
		attendee = meeting_attendee_find(meeting, &id);
	return attendee ? attendee->org : share;
}

const char *joint_whose(const void *entity, const struct act_desc *act, const char *share)
{
	static const char *const of_lead[] = { "sign",	   "return",	 "progress",
					       "feedback", "extend_ask", "respond" };
	static const char *const of_attendee[] = { "answer", "sign", "object" };

	if (!entity)
		return NULL;
	if (act->target == KIND_ACTION && is_in(act->verb, of_lead, ARRAY_LEN(of_lead)))
		return ((const struct action *)entity)->lead;
	if (act->target == KIND_MEETING && is_in(act->verb, of_attendee, ARRAY_LEN(of_attendee)))
		return attendee_org(entity, share);
	if (act->target == KIND_MEETING && strcmp(act->verb, "stage") == 0)
		return ((const struct meeting *)entity)->org;
	if ((act->target == KIND_ACTION && strcmp(act->verb, "assisted") == 0) ||
	    (act->target == KIND_ITEM && strcmp(act->verb, "hand_in") == 0))
		return share;
	return NULL;
}

/* All lies within the centre, and is not its own for that. */
static bool is_within(const struct rules *rules, const char *whose, const char *org)
{
	return str_eq(whose, org) ||
	       (!str_eq(org, rules->centre) && rules_org_within(rules, whose, org));
}

static bool has_part(const struct rules *rules, const void *entity, enum child child, const char *org)
{
	const struct child_desc *desc = child_desc(child);
	const struct field *field = field_find(desc->fields, desc->n_fields, "org");
	const struct children *parts = entity_children_const(entity, desc);

	for (size_t i = 0; parts && i < parts->n; i++) {
		const char *whose = field_get(field, children_at(parts, desc, i)).text;

		if (whose && is_within(rules, whose, org))
			return true;
	}
	return false;
}

/* Of a meeting an attendee, of an item a paper, of a task an assist. */
static bool has_own(const struct rules *rules, const void *entity, const char *org)
{
	static const enum child parts[] = { CHILD_ATTENDEE, CHILD_PAPER, CHILD_CONCERNED };

	for (size_t p = 0; p < ARRAY_LEN(parts); p++)
		if ((parts[p] != CHILD_CONCERNED ||
		     ((const struct entity *)entity)->kind == KIND_ACTION) &&
		    has_part(rules, entity, parts[p], org))
			return true;
	return false;
}

bool joint_is_of(const struct rules *rules, const void *entity, const char *org)
{
	static const char *const names[] = { "org", "by_org", "lead" };
	const struct kind_desc *desc = kind_desc(((const struct entity *)entity)->kind);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct field *field = field_find(desc->fields, desc->n_fields, names[i]);
		const char *whose = field ? field_get(field, entity).text : NULL;

		if (whose && is_within(rules, whose, org))
			return true;
	}
	return has_part(rules, entity, CHILD_ATTENDEE, org) ||
	       has_part(rules, entity, CHILD_CONCERNED, org) ||
	       has_part(rules, entity, CHILD_PAPER, org);
}

bool joint_is_overdue(const void *entity, int64_t now)
{
	const struct meeting *meeting = entity;
	const struct item *item = entity;
	const struct action *action = entity;

	if (meeting->head.kind == KIND_MEETING)
		return meeting->open && meeting->due && meeting->due <= now;
	if (meeting->head.kind == KIND_ITEM)
		return item->open && item->missing && item->papers_due && item->papers_due <= now;
	return meeting->head.kind == KIND_ACTION && action->open && action->due && action->due <= now;
}

bool joint_asks_whose(const struct rules *rules, const void *entity, const struct act_desc *act,
		      const char *org)
{
	static const char *const of_others[] = { "grant", "insist", "chase" };

	if (!(act->flags & ACT_SHARE))
		return false;
	return is_in(act->verb, of_others, ARRAY_LEN(of_others)) || !has_own(rules, entity, org);
}

static bool asked_more(const struct action *action)
{
	const struct extension *asked = action->asked_more.items;

	for (size_t i = 0; i < action->asked_more.n; i++)
		if (!asked[i].decided_at)
			return true;
	return false;
}

static bool action_has(const struct action *action, const char *verb)
{
	const struct {
		const char *verb;
		bool has;
	} objects[] = {
		{ "countersign", action->owed != 0 },	    { "respond", action->supervised != NULL },
		{ "lift", action->supervised != NULL },	    { "assisted", action->assists.n > 0 },
		{ "extend_ok", asked_more(action) },	    { "extend_no", asked_more(action) },
		{ "waive", action->proposed_at || action->listed_at },
	};

	for (size_t i = 0; i < ARRAY_LEN(objects); i++)
		if (strcmp(objects[i].verb, verb) == 0)
			return objects[i].has;
	return true;
}

static bool asks_leave(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (attendee_answer(attendee) == ANSWER_LEAVE && !attendee->leave_at)
			return true;
	}
	return false;
}

static bool meeting_has(const struct meeting *meeting, const char *verb)
{
	const struct {
		const char *verb;
		bool has;
	} objects[] = {
		{ "countersign", meeting->owed != 0 },
		{ "chase", meeting->silent != 0 },
		{ "grant", asks_leave(meeting) },
		{ "insist", asks_leave(meeting) },
	};

	for (size_t i = 0; i < ARRAY_LEN(objects); i++)
		if (strcmp(objects[i].verb, verb) == 0)
			return objects[i].has;
	return true;
}

bool joint_has_object(const void *entity, const struct act_desc *act)
{
	const struct item *item = entity;

	switch (act->target) {
	case KIND_ACTION:
		return action_has(entity, act->verb);
	case KIND_MEETING:
		return meeting_has(entity, act->verb);
	case KIND_ITEM:
		if (strcmp(act->verb, "countersign") == 0)
			return item->owed != 0;
		return (strcmp(act->verb, "chase") != 0 && strcmp(act->verb, "hand_in") != 0) ||
		       item->missing != 0;
	case KIND_ROOM:
		return strcmp(act->verb, "free") != 0 ||
		       ((const struct room *)entity)->bookings.n > 0;
	default:
		return true;
	}
}

/* What leads on comes before what takes back, and before what can be done at any time. */
static const char *const onward[] = {
	"answer", "sign",   "agenda", "invite",	 "grant",   "open",	 "sign_in", "begin",
	"discuss", "resolve", "adjourn", "compose", "submit", "approve",	 "issue",   "hand_in",
	"progress", "feedback", "assisted", "verify_ok", "extend_ok", "chase",	"urge",	   "call",
	"note",
};

static void take(struct client *client, const void *entity, const struct act_desc *act,
		 const struct act_desc **acts, size_t most, size_t *n)
{
	enum kind kind = ((const struct entity *)entity)->kind;

	for (size_t i = 0; i < *n; i++)
		if (acts[i] == act)
			return;
	if (*n < most && act && act->target == kind && act->conflict != CONFLICT_CREATES &&
	    !(act->flags & (ACT_SYSTEM | ACT_SELF)) && joint_has_object(entity, act) &&
	    client_joint_possible(client, entity, act, NULL) == ERR_OK)
		acts[(*n)++] = act;
}

size_t joint_acts(struct client *client, const void *entity, const struct act_desc **acts, size_t most)
{
	enum kind kind = ((const struct entity *)entity)->kind;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(onward); i++)
		take(client, entity, act_desc_of(kind, onward[i]), acts, most, &n);
	for (size_t i = 0; i < act_desc_count(); i++)
		take(client, entity, act_desc_at(i), acts, most, &n);
	return n;
}
