/* The demo's meetings: admitted to the last act in every district, with thirty candidates that the rules
 * name for different reasons, meetings in their states, tasks in theirs; the same for a seed. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "src/demo/roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/demo/meeting.h"
#include "zhiban/domain/incident.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/nominee.h"
#include "zhiban/profile/profile.h"

static const int64_t NOW = INT64_C(1795286460000); /* 2026-11-22 02:41 +08:00 */

struct world {
	struct arena arena;
	struct demo_words words;
	struct jurisdiction *profile;
	struct workdays *days;
	struct demo demo;
	struct demo_people people;
	struct demo_tale tale, next, told;
	struct book book; /* of the acts told, in the order of time */
	int64_t now, incidents;
};

static void must(enum err rc, const struct error *err)
{
	if (rc != ERR_OK)
		fail_msg("%s", err->text);
}

static void admit(struct world *w, struct demo_tale *tale)
{
	for (size_t i = 0; i < tale->n; i++) {
		const struct act *act = &tale->items[i].act;

		assert_int_equal(act->at, tale->items[i].at);
		if (!book_done(&w->book, act))
			fail_msg("%s.%s by %s at %lld is refused",
				 kind_desc(act->target.kind)->name, act->desc->verb,
				 act->actor.officer, (long long)act->at);
	}
}

/* What a server holds in the end: all that was told, in the order of time. */
static void replay(struct world *w)
{
	w->book = (struct book){ .demo = &w->demo, .people = &w->people, .now = w->now,
				 .arena = &w->arena, .tale = &w->told };
	demo_tale_sort(&w->tale);
	admit(w, &w->tale);
}

static void tell_of(struct world *w, const char *profile, int64_t now, int64_t incidents)
{
	const char *src = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;

	*w = (struct world){ .arena = ARENA_INIT, .now = now, .incidents = incidents };
	must(demo_words_load(arena_printf(&w->arena, "%s/profiles/demo.conf", src), NULL, &w->arena,
			     &w->words, &err), &err);
	must(profile_load(arena_printf(&w->arena, "%s/profiles/%s.conf", src, profile), &w->profile,
			  &w->days, &err), &err);
	must(demo_init(&w->demo, &w->words, &w->profile->rules, 1, &w->arena, &err), &err);
	demo_people_make(&w->demo, &w->arena, &w->people);
	demo_meetings(&w->demo, &w->people, demo_hard(w->incidents), now, &w->arena, &w->tale, &w->next);
	if (getenv("SHOW"))
		print_message("%s: %zu acts, %zu refused, %zu next\n", profile, w->tale.n,
			      w->tale.refused, w->next.n);
}

static void tell(struct world *w, const char *profile, int64_t now)
{
	tell_of(w, profile, now, 2000);
}

static void world_close(struct world *w)
{
	free(w->book.things);
	free(w->tale.items);
	free(w->next.items);
	free(w->told.items);
	profile_free(w->profile);
	workdays_free(w->days);
	arena_release(&w->arena);
}

/* --- what there is ---------------------------------------------------------------------------- */

struct tally {
	size_t incidents, nominees, sorts[NOMINEE_SORTS];
	size_t meetings[MEETING_STATES], items[ITEM_STATES], actions[ACTION_STATES];
	size_t in_time, late, overdue, bookings, carried, answers[ANSWERS + 1];
};

static bool is_in_item(const struct world *w, const struct uuid *incident)
{
	char id[UUID_TEXT];

	uuid_text(incident, id);
	for (size_t i = 0; i < w->book.n; i++) {
		const struct item *item = w->book.things[i].entity;

		if (w->book.things[i].kind == KIND_ITEM && item->open && str_eq(item->about, id))
			return true;
	}
	return false;
}

static void count_incident(const struct world *w, const struct incident *incident, struct tally *t)
{
	unsigned sorts = nominee_of_incident(&w->profile->rules, incident, w->now);

	t->incidents++;
	if (sorts == 0 || is_in_item(w, &incident->head.id))
		return;
	t->nominees++;
	for (int i = 0; i < NOMINEE_SORTS; i++)
		t->sorts[i] += (sorts >> i & 1U) != 0;
}

static void count_meeting(const struct meeting *meeting, struct tally *t)
{
	t->meetings[meeting_state(meeting)]++;
	for (size_t i = 0; i < meeting->attendees.n; i++)
		if (meeting_state(meeting) == MEETING_CALLED)
			t->answers[attendee_answer(meeting_attendee(meeting, i))]++;
}

static void count_action(const struct action *action, int64_t now, struct tally *t)
{
	t->actions[action_state(action)]++;
	t->in_time += action->replied_at != 0 && action->in_time;
	t->late += action->replied_at != 0 && !action->in_time;
	t->overdue += action->open && action->replied_at == 0 && action_is_overdue(action, now);
}

static struct tally count(const struct world *w)
{
	struct tally t = { .nominees = 0 };

	for (size_t i = 0; i < w->book.n; i++) {
		const void *entity = w->book.things[i].entity;

		switch (w->book.things[i].kind) {
		case KIND_INCIDENT:
			count_incident(w, entity, &t);
			break;
		case KIND_MEETING:
			count_meeting(entity, &t);
			break;
		case KIND_ITEM:
			t.items[item_state(entity)]++;
			t.carried += ((const struct item *)entity)->times > 0;
			break;
		case KIND_ACTION:
			count_action(entity, w->now, &t);
			break;
		case KIND_ROOM:
			t.bookings += ((const struct room *)entity)->bookings.n;
			break;
		default:
			break;
		}
	}
	return t;
}

static void show(const char *name, const struct tally *t)
{
	if (!getenv("SHOW"))
		return;
	print_message("%s: %zu nominees:", name, t->nominees);
	for (int i = 0; i < NOMINEE_SORTS; i++)
		print_message(" %s %zu", nominee_sort_code((enum nominee_sort)i), t->sorts[i]);
	print_message("\n meetings:");
	for (int i = 0; i < MEETING_STATES; i++)
		print_message(" %s %zu", meeting_state_code((enum meeting_state)i), t->meetings[i]);
	print_message("\n items:");
	for (int i = 0; i < ITEM_STATES; i++)
		print_message(" %s %zu", item_state_code((enum item_state)i), t->items[i]);
	print_message(" carried %zu\n tasks:", t->carried);
	for (int i = 0; i < ACTION_STATES; i++)
		print_message(" %s %zu", action_state_code((enum action_state)i), t->actions[i]);
	print_message(" in time %zu late %zu overdue %zu\n bookings %zu; called: accepted %zu leave %zu "
		      "delegated %zu silent %zu\n",
		      t->in_time, t->late, t->overdue, t->bookings, t->answers[ANSWER_ACCEPTED],
		      t->answers[ANSWER_LEAVE], t->answers[ANSWER_DELEGATED], t->answers[ANSWERS]);
}

static void assert_told(const struct world *w, const struct tally *t)
{
	size_t sorts = 0;

	assert_int_equal(w->tale.refused, 0);
	assert_true(t->nominees >= DEMO_HARD_CASES);
	for (int i = 0; i < NOMINEE_SORTS; i++)
		sorts += t->sorts[i] > 0;
	assert_true(sorts >= 4);
	assert_true(t->meetings[MEETING_DRAWN] >= 1);
	assert_int_equal(t->meetings[MEETING_CALLED], 1);
	assert_true(t->meetings[MEETING_ISSUED] >= 3);
	assert_int_equal(t->meetings[MEETING_CANCELLED], 1);
	assert_true(t->items[ITEM_SETTLED] >= 8);
	assert_true(t->carried >= 1);
	assert_true(t->actions[ACTION_DONE] >= 3);
	assert_true(t->actions[ACTION_SIGNED] >= 1);
	assert_true(t->in_time >= 2);
	assert_true(t->late >= 1);
	assert_true(t->overdue >= 1);
	assert_true(t->bookings >= 4);
	assert_true(t->answers[ANSWER_ACCEPTED] >= 1);
	assert_true(t->answers[ANSWERS] >= 1);
	assert_true(w->next.n >= 5);
}

static void districts(void **state)
{
	static const char *const names[] = { "tianning", "xingan", "huicheng", "pukou", "city",
					     "example" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct world w;
		struct tally t;

		tell(&w, names[i], NOW);
		replay(&w);
		t = count(&w);
		show(names[i], &t);
		if (!getenv("SHOW"))
			assert_told(&w, &t);
		world_close(&w);
	}
}

/* What organisations do afterwards is admitted, too, as long as nobody else did it. */
static void afterwards(void **state)
{
	static const int64_t day = 24 * 60 * (int64_t)MINUTE_MS;
	struct world w;
	struct tally before, t;

	(void)state;
	tell(&w, "tianning", NOW);
	replay(&w);
	before = count(&w);
	w.book.now = NOW + 30 * day;
	demo_tale_sort(&w.next);
	admit(&w, &w.next);
	t = count(&w);
	assert_true(t.answers[ANSWERS] < before.answers[ANSWERS]);
	assert_int_equal(t.actions[ACTION_GIVEN], 0);
	assert_true(t.actions[ACTION_REPLIED] > before.actions[ACTION_REPLIED]);
	world_close(&w);
}

/* At any moment: at the ends of months, in holidays, within working hours. */
static void any_moment(void **state)
{
	static const char *const moments[] = {
		"2026-01-05 00:10", "2026-02-24 12:00", "2026-03-02 08:30", "2026-07-05 23:59",
		"2026-10-09 11:00", "2026-11-25 14:29", "2026-12-31 10:00",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		struct error err = ERROR_INIT;
		struct world w;
		struct tally t;
		int64_t now;

		must(civil_parse(moments[i], CIVIL_CHINA, &now, &err), &err);
		tell(&w, i % 2 ? "xingan" : "tianning", now);
		replay(&w);
		t = count(&w);
		show(moments[i], &t);
		assert_int_equal(w.tale.refused, 0);
		assert_true(t.nominees >= DEMO_HARD_CASES);
		assert_int_equal(t.meetings[MEETING_CALLED], 1);
		assert_true(t.meetings[MEETING_ISSUED] >= 2);
		assert_true(t.actions[ACTION_DONE] > 0);
		world_close(&w);
	}
}

/* Of few cases few are hard: whatever can be told of them is. */
static void few(void **state)
{
	(void)state;
	assert_int_equal(demo_hard(2000), demo_hard(1000000));
	for (int64_t n = 0; n < 220; n += 13) {
		struct world w;
		struct tally t;

		tell_of(&w, "tianning", NOW, n);
		replay(&w);
		t = count(&w);
		assert_int_equal(w.tale.refused, 0);
		assert_int_equal(t.incidents, demo_hard(n));
		world_close(&w);
	}
}

static void same_for_a_seed(void **state)
{
	struct world a, b;

	(void)state;
	tell(&a, "example", NOW);
	tell(&b, "example", NOW);
	assert_int_equal(a.tale.n, b.tale.n);
	for (size_t i = 0; i < a.tale.n; i++)
		assert_true(uuid_eq(&a.tale.items[i].act.id, &b.tale.items[i].act.id));
	world_close(&a);
	world_close(&b);
}

/* A village's resolution is in the middle of its stages, and its representatives were too few. */
static void village(void **state)
{
	size_t n = 0;
	struct world w;

	(void)state;
	tell(&w, "xingan", NOW);
	replay(&w);
	for (size_t i = 0; i < w.book.n; i++) {
		const struct meeting *meeting = w.book.things[i].entity;
		const struct stage *last;

		if (w.book.things[i].kind != KIND_MEETING || !str_eq(meeting->series, "village") ||
		    meeting_state(meeting) != MEETING_SITTING)
			continue;
		last = meeting_stage_at(meeting, meeting->stages.n - 1);
		assert_int_equal(meeting->stages.n, 4);
		assert_string_equal(last->stage, "resolve");
		assert_int_equal(last->present, 34);
		assert_int_equal(last->entitled, 60);
		assert_false(last->passed);
		n++;
	}
	assert_int_equal(n, 1);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(districts),
		cmocka_unit_test(afterwards),
		cmocka_unit_test(any_moment),
		cmocka_unit_test(few),
		cmocka_unit_test(same_for_a_seed),
		cmocka_unit_test(village),
	};

	return cmocka_run_group_tests_name("demo/meeting", tests, NULL, NULL);
}
