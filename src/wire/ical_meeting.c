#include <config.h>

#include "zhiban/wire/ical_meeting.h"

#include <limits.h>
#include <string.h>

#include "ical_meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

const char *ical_method_word(enum ical_method method)
{
	static const char *const words[ICAL_METHODS] = {"PUBLISH", "REQUEST", "CANCEL", "REPLY"};

	return words[method];
}

static const char *org_name(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org->name : code != NULL ? code : "-";
}

static bool is_said(const char *text)
{
	return text != NULL && *text != '\0';
}

/* ---- people ---- */

const char *ical_meeting_name(const struct rules *rules, const struct attendee *attendee,
			      struct arena *arena)
{
	const char *org = org_name(rules, attendee->org);

	return is_said(attendee->name) ? arena_printf(arena, "%s (%s)", attendee->name, org) : org;
}

const char *meeting_address(const struct uuid *id, struct arena *arena)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_printf(arena, "urn:uuid:%s", text);
}

static const char *role_word(const struct attendee *attendee)
{
	static const char *const words[ATTEND_ROLES] = {
	    [ATTEND_CHAIR] = "CHAIR",
	    [ATTEND_MUST] = "REQ-PARTICIPANT",
	    [ATTEND_MAY] = "OPT-PARTICIPANT",
	    [ATTEND_SECRETARY] = "NON-PARTICIPANT",
	};
	enum attendee_role role = attendee_role(attendee);

	return role < ATTEND_ROLES ? words[role] : NULL;
}

static const char *state_word(const struct attendee *attendee)
{
	static const char *const words[ANSWERS + 1] = {
	    [ANSWER_ACCEPTED] = "ACCEPTED",
	    [ANSWER_LEAVE] = "DECLINED",
	    [ANSWER_DELEGATED] = "DELEGATED",
	    [ANSWERS] = "NEEDS-ACTION",
	};

	return words[attendee_answer(attendee)];
}

static struct uuid delegate_id(const struct attendee *attendee)
{
	return uuid_child(&attendee->id, "delegate", 0);
}

struct listing { /* of people */
	const struct rules *rules;
	struct arena *arena;
	struct ical_person *people;
	size_t n;
};

/* He himself, and behind him whom he sends. */
static void add_person(struct listing *list, const struct attendee *attendee)
{
	struct uuid sent = delegate_id(attendee);
	const char *own = meeting_address(&attendee->id, list->arena);
	const char *his = meeting_address(&sent, list->arena);
	bool sends = attendee_answer(attendee) == ANSWER_DELEGATED;

	list->people[list->n++] = (struct ical_person){
	    .address = own,
	    .name = ical_meeting_name(list->rules, attendee, list->arena),
	    .type = is_said(attendee->name) ? "INDIVIDUAL" : "GROUP",
	    .role = role_word(attendee),
	    .state = state_word(attendee),
	    .delegate = sends ? his : NULL,
	    .asks = attendee_answer(attendee) == ANSWERS,
	};
	if (!sends)
		return;
	list->people[list->n++] = (struct ical_person){
	    .address = his,
	    .name = attendee->delegate,
	    .type = "INDIVIDUAL",
	    .role = role_word(attendee),
	    .state = "ACCEPTED",
	    .from = own,
	};
}

static void add_people(const struct rules *rules, const struct meeting *meeting,
		       enum ical_method method, const struct attendee *only, struct arena *arena,
		       struct ical_item *item)
{
	struct listing list = {.rules = rules, .arena = arena};

	list.people = arena_array(arena, 2 * meeting->attendees.n + 2, sizeof *list.people);
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (only == NULL ? attendee->asked_at != 0 : uuid_eq(&attendee->id, &only->id))
			add_person(&list, attendee);
	}
	if (method == ICAL_REPLY && list.n > 1)
		list.n = 1; /* whom he sends answers for himself */
	for (size_t i = 0; method == ICAL_REPLY && i < list.n; i++)
		list.people[i].asks = false;
	item->people = list.people;
	item->n_people = list.n;
}

static void add_organizer(const struct rules *rules, const struct meeting *meeting,
			  struct arena *arena, struct ical_item *item)
{
	struct ical_person *organizer = arena_alloc(arena, sizeof *organizer);
	struct uuid id =
	    uuid_named(arena_printf(arena, "org:%s", meeting->org ? meeting->org : ""));

	*organizer = (struct ical_person){.address = meeting_address(&id, arena),
					  .name = org_name(rules, meeting->org)};
	item->organizer = organizer;
}

/* ---- words ---- */

static int64_t answer_due(const struct meeting *meeting)
{
	const struct clock *clocks = meeting->clocks.items;
	int64_t due = 0;

	for (size_t i = 0; i < meeting->clocks.n; i++)
		if (str_eq(clocks[i].kind, meeting_clock_code(MEETING_ANSWER)) &&
		    clocks[i].stopped_at == 0 && (due == 0 || clocks[i].due < due))
			due = clocks[i].due;
	return due;
}

static void add_chairs(const struct meeting *meeting, struct str *out)
{
	if (!is_said(meeting->chair) && !is_said(meeting->chair2))
		return;
	str_addf(out, _("Chair: %s"), is_said(meeting->chair) ? meeting->chair : meeting->chair2);
	if (is_said(meeting->chair) && is_said(meeting->chair2))
		str_addf(out, _(", %s"), meeting->chair2);
	str_add_char(out, '\n');
}

/* In the order of the agenda. */
static void add_agenda(const struct meeting *meeting, struct str *out)
{
	size_t n = meeting->agenda.n;

	if (n > 0)
		str_addf(out, "%s\n", _("Agenda:"));
	for (int64_t order = INT64_MIN, shown = 0; shown < (int64_t)n;) {
		int64_t next = INT64_MAX;

		for (size_t i = 0; i < n; i++)
			if (meeting_entry(meeting, i)->order > order &&
			    meeting_entry(meeting, i)->order < next)
				next = meeting_entry(meeting, i)->order;
		for (size_t i = 0; i < n; i++) {
			const struct agenda *entry = meeting_entry(meeting, i);

			if (entry->order != next)
				continue;
			str_addf(out, "%lld. %s", (long long)++shown,
				 entry->title != NULL ? entry->title : "-");
			if (entry->minutes > 0)
				str_addf(out, _(" (%lld min)"), (long long)entry->minutes);
			str_add_char(out, '\n');
		}
		if (next == INT64_MAX)
			return;
		order = next;
	}
}

static const char *description(const struct rules *rules, const struct meeting *meeting,
			       struct arena *arena)
{
	struct str out = STR_INIT;
	int64_t due = answer_due(meeting);
	char moment[CIVIL_TEXT];
	const char *text;

	if (is_said(meeting->cancelled_for))
		str_addf(&out, _("Cancelled: %s"), meeting->cancelled_for);
	if (is_said(meeting->cancelled_for))
		str_add_char(&out, '\n');
	if (is_said(meeting->number))
		str_addf(&out, "%s %s\n", org_name(rules, meeting->org), meeting->number);
	add_chairs(meeting, &out);
	if (is_said(meeting->line)) {
		str_addf(&out, _("Conference line: %s"), meeting->line);
		str_add_char(&out, '\n');
	}
	add_agenda(meeting, &out);
	if (is_said(meeting->note))
		str_addf(&out, "%s\n", meeting->note);
	if (due != 0 && !is_said(meeting->cancelled_for)) {
		civil_format(due, rules->offset_min, "Y-m-d H:M", moment, sizeof moment);
		str_addf(&out, _("Please answer by %s."), moment);
	}
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return text;
}

static const char *status_word(const struct meeting *meeting, enum ical_method method)
{
	switch (meeting_state(meeting)) {
	case MEETING_CANCELLED:
		return "CANCELLED";
	case MEETING_DRAWN:
		return method == ICAL_CANCEL ? "CANCELLED" : "TENTATIVE";
	default:
		return "CONFIRMED";
	}
}

/* ---- the item ---- */

static int sequence_of(const struct meeting *meeting)
{
	return meeting->sequence < INT_MAX ? (int)meeting->sequence : INT_MAX;
}

struct ical_item ical_meeting_item(const struct rules *rules, const struct meeting *meeting,
				   enum ical_method method, const struct attendee *only,
				   struct arena *arena)
{
	char id[UUID_TEXT];
	struct ical_item item = {
	    .sort = ICAL_SORT_EVENT,
	    .sequence = sequence_of(meeting),
	    .stamp = meeting->moved_at != 0 ? meeting->moved_at : meeting->starts,
	    .starts = meeting->starts,
	    .ends = meeting->ends,
	    .summary = meeting->title,
	};

	uuid_text(&meeting->head.id, id);
	item.uid = arena_printf(arena, "%s@zhiban", id);
	add_organizer(rules, meeting, arena, &item);
	if (method != ICAL_PUBLISH)
		add_people(rules, meeting, method, only, arena, &item);
	if (method == ICAL_REPLY) {
		item.stamp =
		    only != NULL && only->answered_at != 0 ? only->answered_at : item.stamp;
		item.comment = only == NULL                                ? NULL
			       : attendee_answer(only) == ANSWER_DELEGATED ? only->delegate
									   : only->why;
		return item;
	}
	item.created = meeting->called_at;
	item.changed = meeting->moved_at;
	item.text = description(rules, meeting, arena);
	item.place = is_said(meeting->room) ? meeting->room : meeting->line;
	item.category = _("Joint meeting");
	item.status = status_word(meeting, method);
	item.free = meeting_state(meeting) == MEETING_CANCELLED;
	return item;
}

enum err ical_meeting_check(const struct meeting *meeting, enum ical_method method,
			    const struct attendee *only, struct error *err)
{
	enum meeting_state state = meeting_state(meeting);

	if (meeting->starts == 0 || meeting->ends <= meeting->starts)
		return error_set(err, ERR_REFUSED, "%s",
				 _("the meeting has no time yet: nobody can be invited"));
	if (method == ICAL_REQUEST && (state == MEETING_DRAWN || state == MEETING_CANCELLED))
		return error_set(err, ERR_REFUSED,
				 state == MEETING_DRAWN
				     ? _("nobody is invited yet: call the meeting first (invite)")
				     : _("the meeting is cancelled: --method cancel tells those "
					 "who were invited"));
	if (method == ICAL_CANCEL && state != MEETING_CANCELLED)
		return error_set(err, ERR_REFUSED, "%s",
				 _("the meeting is not cancelled: cancel it first"));
	if (method == ICAL_REPLY && (only == NULL || attendee_answer(only) == ANSWERS))
		return error_set(err, ERR_REFUSED, "%s", _("there is no answer yet"));
	return ERR_OK;
}
