/* What organisations do after the demo's present: they answer the invitation, hand in papers, sign
 * for tasks and feed them back.  Sittings are left to who sits at the screen. */
#include <config.h>

#include "meeting_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

/* Ids of a kind, as they are now: acts add to the book. */
static struct uuid *ids_of(const struct affairs *a, enum kind kind, size_t *ret_n)
{
	struct uuid *ids = arena_array(a->book.arena, a->book.n + 1, sizeof *ids);
	size_t n = 0;

	for (size_t i = 0; i < a->book.n; i++)
		if (a->book.things[i].kind == kind)
			ids[n++] = a->book.things[i].id;
	*ret_n = n;
	return ids;
}

static void answers(struct affairs *a, int64_t *at)
{
	size_t n;
	const struct uuid *ids = ids_of(a, KIND_MEETING, &n);

	for (size_t i = 0; i < n; i++) {
		const struct meeting *meeting = book_find(&a->book, KIND_MEETING, &ids[i]);
		struct sitting s = {.id = ids[i], .starts = meeting->starts};
		size_t attendees = meeting->attendees.n;

		for (size_t k = 0; k < attendees && meeting_state(meeting) == MEETING_CALLED; k++) {
			struct attendee attendee;

			meeting = book_find(&a->book, KIND_MEETING, &ids[i]);
			attendee = *meeting_attendee(meeting, k);
			if (attendee_role(&attendee) == ATTEND_SECRETARY ||
			    attendee_answer(&attendee) != ANSWERS)
				continue;
			*at += affair_minutes(a, 2, 9);
			sitting_answer(a, &s, &attendee, k, *at);
		}
	}
}

static void papers(struct affairs *a, int64_t *at)
{
	size_t n;
	const struct uuid *ids = ids_of(a, KIND_ITEM, &n);

	for (size_t i = 0; i < n; i++) {
		const struct item *item = book_find(&a->book, KIND_ITEM, &ids[i]);

		for (size_t k = 0; item->open && item->meeting != NULL && k < item->papers.n; k++) {
			const char *org = item_paper(item, k)->org;
			struct act act;

			if (item_paper(item, k)->sent_at != 0)
				continue;
			*at += affair_minutes(a, 2, 9);
			act = affair_act(a, KIND_ITEM, "hand_in", &ids[i], org, *at);
			book_text(&a->book, &act, "words", affair_pick(a, DEMO_PAPERS));
			book_text(&a->book, &act, "share", org);
			(void)affair_try(a, &act);
			item = book_find(&a->book, KIND_ITEM, &ids[i]);
		}
	}
}

static void tasks(struct affairs *a, const char *verb, enum action_state state, int64_t *at)
{
	size_t n;
	const struct uuid *ids = ids_of(a, KIND_ACTION, &n);

	for (size_t i = 0; i < n; i++) {
		const struct action *action = book_find(&a->book, KIND_ACTION, &ids[i]);
		struct act act;

		if (action_state(action) != state)
			continue;
		*at += affair_minutes(a, 2, 9);
		act = affair_act(a, KIND_ACTION, verb, &ids[i], action->lead, *at);
		if (str_eq(verb, "progress"))
			book_text(&a->book, &act, "note", affair_pick(a, DEMO_PROGRESS));
		if (str_eq(verb, "feedback"))
			book_text(&a->book, &act, "reply", affair_pick(a, DEMO_REPLIES));
		(void)affair_try(a, &act);
	}
}

void affairs_next(struct affairs *a)
{
	int64_t at = a->now;

	answers(a, &at);
	tasks(a, "sign", ACTION_GIVEN, &at);
	papers(a, &at);
	tasks(a, "progress", ACTION_SIGNED, &at);
	tasks(a, "feedback", ACTION_SIGNED, &at);
}
