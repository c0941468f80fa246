/* A sitting, item by item, and its minutes. */
#include <config.h>

#include "meeting_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

/* --- who is there ----------------------------------------------------------------------------- */

static void sign_in(struct affairs *a, const struct sitting *s, const char *presence,
		    enum attendee_answer answer, int64_t at)
{
	const struct meeting *meeting = sitting_meeting(a, s);
	struct act act =
	    affair_act(a, KIND_MEETING, "sign_in", &s->id, a->book.demo->rules->centre, at);
	bool late = str_eq(presence, "late");
	size_t n = 0;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		bool is_late = i % 7 == 5;

		if (attendee_role(attendee) == ATTEND_SECRETARY ||
		    attendee_answer(attendee) != answer ||
		    (answer == ANSWER_ACCEPTED && is_late != late))
			continue;
		book_text(&a->book, &act, "attendee", book_id(&a->book, &attendee->id));
		n++;
	}
	book_text(&a->book, &act, "presence", presence);
	if (n > 0)
		(void)book_done(&a->book, &act);
}

static bool open_it(struct affairs *a, const struct sitting *s)
{
	struct act act;

	sign_in(a, s, "present", ANSWER_ACCEPTED, s->starts - 6 * MINUTE_MS);
	sign_in(a, s, "delegate", ANSWER_DELEGATED, s->starts - 4 * MINUTE_MS);
	sign_in(a, s, "late", ANSWER_ACCEPTED, s->starts - MINUTE_MS);
	act = affair_act(a, KIND_MEETING, "open", &s->id, a->book.demo->rules->centre, s->starts);
	if (affair_try(a, &act))
		return true;
	book_text(&a->book, &act, "reason", affair_pick(a, DEMO_INSISTS));
	return book_done(&a->book, &act);
}

/* --- item by item ----------------------------------------------------------------------------- */

static struct act item_act(struct affairs *a, const struct item_plan *item, const char *verb,
			   int64_t at)
{
	return affair_act(a, KIND_ITEM, verb, &item->id, a->book.demo->rules->centre, at);
}

static int64_t rev_of(const struct affairs *a, const struct item_plan *item)
{
	const struct item *now = book_find(&a->book, KIND_ITEM, &item->id);

	return now->rev;
}

static const char *resolution(struct affairs *a, const struct item_plan *item)
{
	const struct demo_list *plans = &item->about->cause->plans;

	if (item->deferred)
		return affair_pick(a, DEMO_DEFERRALS);
	return arena_printf(a->book.arena, "%s%s", plans->items[demo_below(a->book.demo, plans->n)],
			    affair_pick(a, DEMO_RESOLUTIONS));
}

static void discuss(struct affairs *a, const struct sitting *s, const struct item_plan *item,
		    int64_t from, int64_t to)
{
	struct act act = item_act(a, item, "begin", from);

	if (!book_done(&a->book, &act))
		return;
	act = item_act(a, item, "discuss", from + (to - from) / 2);
	book_text(&a->book, &act, "discussion", affair_pick(a, DEMO_DISCUSSIONS));
	book_num(&a->book, &act, "rev", rev_of(a, item));
	(void)book_done(&a->book, &act);
	act = item_act(a, item, "resolve", to - 2 * MINUTE_MS);
	book_text(&a->book, &act, "outcome", item->deferred ? "deferred" : "agreed");
	book_text(&a->book, &act, "resolution", resolution(a, item));
	book_num(&a->book, &act, "rev", rev_of(a, item));
	(void)book_done(&a->book, &act);
	act = item_act(a, item, "rest", to);
	(void)book_done(&a->book, &act);
	if (!item->deferred)
		item_tasks(a, s, item, to);
}

void sitting_held(struct affairs *a, struct sitting *s)
{
	int64_t at = s->starts + 5 * MINUTE_MS;
	struct act act;

	if (!open_it(a, s))
		return;
	for (size_t i = 0; i < s->n_items; i++) {
		int64_t to = at + affair_minutes(a, 9, 24);

		discuss(a, s, &s->items[i], at, to);
		at = to + 3 * MINUTE_MS;
	}
	act = affair_act(a, KIND_MEETING, "adjourn", &s->id, a->book.demo->rules->centre, at);
	(void)book_done(&a->book, &act);
	s->ends = at;
}

/* --- minutes ---------------------------------------------------------------------------------- */

static struct act minutes_act(struct affairs *a, const struct sitting *s, const char *verb,
			      int64_t at)
{
	return affair_act(a, KIND_MEETING, verb, &s->id, a->book.demo->rules->centre, at);
}

/* Those who had to be there sign; not whole: some have not, and one objects. */
static int64_t countersign(struct affairs *a, const struct sitting *s, bool whole, int64_t at)
{
	const struct meeting *meeting = sitting_meeting(a, s);
	size_t n = meeting->attendees.n, signs = 0;
	struct attendee *list = arena_array(a->book.arena, n + 1, sizeof *list);
	int64_t last = at;

	for (size_t i = 0; i < n; i++)
		list[i] = *meeting_attendee(meeting, i);
	for (size_t i = 0; i < n; i++) {
		enum attendee_role role = attendee_role(&list[i]);
		int64_t then = affair_by_day(a, at + affair_minutes(a, 30, 420));
		struct act act;

		if ((role != ATTEND_MUST && role != ATTEND_CHAIR) || list[i].leave_ok)
			continue;
		signs++;
		if (!whole && signs % 3 == 0)
			continue;
		act = affair_act(a, KIND_MEETING, !whole && signs == 4 ? "object" : "sign", &s->id,
				 list[i].org, then);
		book_text(&a->book, &act, "attendee", book_id(&a->book, &list[i].id));
		if (!whole && signs == 4)
			book_text(&a->book, &act, "reason", affair_pick(a, DEMO_OBJECTIONS));
		if (affair_try(a, &act) && then > last)
			last = then;
	}
	return last;
}

void sit_minutes(struct affairs *a, const struct sitting *s, bool whole)
{
	int64_t at = affair_by_day(a, s->ends + affair_minutes(a, 60, 240));
	struct act act = minutes_act(a, s, "compose", at);

	book_text(&a->book, &act, "preface", affair_pick(a, DEMO_PREFACES));
	book_text(&a->book, &act, "closing", affair_pick(a, DEMO_CLOSINGS));
	book_num(&a->book, &act, "rev", sitting_meeting(a, s)->rev);
	if (!book_done(&a->book, &act))
		return;
	at = affair_by_day(a, at + affair_minutes(a, 60, 400));
	act = minutes_act(a, s, "submit", at);
	if (!book_done(&a->book, &act))
		return;
	if (meeting_state(sitting_meeting(a, s)) == MEETING_SIGNING)
		at = countersign(a, s, whole, at);
	if (!whole)
		return;
	if (meeting_state(sitting_meeting(a, s)) == MEETING_APPROVING) {
		at = affair_by_day(a, at + affair_minutes(a, 60, 300));
		act = affair_by_role(a, KIND_MEETING, "approve", &s->id, "leader", at);
		(void)book_done(&a->book, &act);
	}
	act = minutes_act(a, s, "issue", affair_by_day(a, at + affair_minutes(a, 30, 200)));
	(void)book_done(&a->book, &act);
}
