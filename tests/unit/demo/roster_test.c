/* The demo's duty: admitted to the last act, the officer of the screen on duty at any moment it begins, in
 * every district; with gaps, swaps in each state, a take-over that waits, a chain of handovers. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "src/demo/roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/roster_check.h"
#include "zhiban/domain/swap.h"
#include "zhiban/profile/profile.h"

static const int64_t NOW = INT64_C(1795286460000); /* 2026-11-22 02:41 +08:00 */

struct world {
	struct arena arena;
	struct demo_words words;
	struct jurisdiction *profile;
	struct workdays *days;
	struct demo demo;
	struct demo_people people;
	struct demo_tale tale;
	struct book book; /* of the acts told, one after the other */
};

static void must(enum err rc, const struct error *err)
{
	if (rc != ERR_OK)
		fail_msg("%s", err->text);
}

/* What a server holds in the end: all that was told, in the order of time. */
static void replay(struct world *w, int64_t now)
{
	struct demo_tale told = { .n = 0 };

	w->book = (struct book){ .demo = &w->demo, .people = &w->people, .now = now,
				 .arena = &w->arena, .tale = &told };
	demo_tale_sort(&w->tale);
	for (size_t i = 0; i < w->tale.n; i++) {
		const struct act *act = &w->tale.items[i].act;
		const struct entity *entity = book_find(&w->book, act->target.kind, &act->target.id);

		assert_int_equal(act->at, w->tale.items[i].at);
		assert_int_equal(act->target.base, entity != NULL ? entity->version : 0);
		if (!book_done(&w->book, act))
			fail_msg("%s.%s by %s at %lld is refused",
				 kind_desc(act->target.kind)->name, act->desc->verb,
				 act->actor.officer, (long long)act->at);
	}
	free(told.items);
	w->book.tale = &w->tale;
}

static void tell(struct world *w, const char *profile, int64_t now)
{
	const char *src = getenv("ZHIBAN_SRCDIR");
	struct demo_cases cases = { .n = 0 };
	struct demo_case_at some[] = {
		{ { { 2 } }, "b", now - 30 * HOUR_MS, "20261121-0007", 2, URGENCY_PLAIN },
		{ { { 1 } }, "a", now - 9 * HOUR_MS, "20261122-0003", 1, URGENCY_FLASH },
	};
	struct error err = ERROR_INIT;

	*w = (struct world){ .arena = ARENA_INIT };
	must(demo_words_load(arena_printf(&w->arena, "%s/profiles/demo.conf", src), NULL, &w->arena,
			     &w->words, &err), &err);
	must(profile_load(arena_printf(&w->arena, "%s/profiles/%s.conf", src, profile), &w->profile,
			  &w->days, &err), &err);
	must(demo_init(&w->demo, &w->words, &w->profile->rules, 1, &w->arena, &err), &err);
	demo_people_make(&w->demo, &w->arena, &w->people);
	cases = (struct demo_cases){ some, ARRAY_LEN(some), NULL };
	demo_rosters(&w->demo, &w->people, &cases, now, &w->arena, &w->tale);
	assert_int_equal(w->tale.refused, 0);
	replay(w, now);
}

static void world_close(struct world *w)
{
	free(w->book.things);
	free(w->tale.items);
	profile_free(w->profile);
	workdays_free(w->days);
	arena_release(&w->arena);
}

static size_t count(const struct world *w, enum kind kind, const char *verb)
{
	size_t n = 0;

	for (size_t i = 0; i < w->tale.n; i++)
		n += w->tale.items[i].act.desc == act_desc_of(kind, verb);
	return n;
}

/* Who stands in a post of the centre at a moment; NULL: nobody. */
static const struct turn *stands(struct world *w, const struct duty_post *post, int64_t at)
{
	const struct rules *rules = &w->profile->rules;
	const struct rota rota = { .plan = rules_plan_of(rules, rules->centre, 0),
				   .org = rules->centre };

	return rota_on_duty(&w->book, &rota, post->code, at);
}

static void assert_on_duty(struct world *w, int64_t now)
{
	const struct roster_plan *plan =
		rules_plan_of(&w->profile->rules, w->profile->rules.centre, 0);
	const struct turn *main_turn = stands(w, rota_main(plan), now);
	const struct duty_post *chief = rota_chief(plan);

	assert_non_null(main_turn);
	assert_string_equal(main_turn->name, w->people.items[0].name);
	if (chief != NULL && stands(w, chief, now) != NULL)
		assert_string_equal(stands(w, chief, now)->name, book_chief(&w->book).officer);
}

/* Findings of the centre's two months that are wanted: the gaps, and the one who fell ill. */
static void assert_sound(struct world *w, int64_t now)
{
	const struct rules *rules = &w->profile->rules;
	struct rota rota = { .plan = rules_plan_of(rules, rules->centre, 0), .org = rules->centre };
	const struct roster *beside[ROTA_MONTHS];
	const struct staff **staff = arena_array(&w->arena, w->book.n, sizeof *staff);
	struct roster_view view;
	struct finding *findings;
	size_t n = 0, gaps = 0;
	int32_t today = civil_day_of_ms(now, rules->offset_min);

	for (size_t i = 0; i < w->book.n; i++)
		if (w->book.things[i].kind == KIND_STAFF)
			staff[rota.n_staff++] = w->book.things[i].entity;
	rota.staff = staff;
	view = rota_view(&w->book, &rota, today, beside);
	roster_findings(&view, today - 10, today + 5, &w->arena, &findings, &n);
	for (size_t i = 0; i < n; i++) {
		gaps += findings[i].breach == BREACH_GAP;
		assert_true(findings[i].breach == BREACH_GAP || findings[i].breach == BREACH_OFF);
	}
	assert_true(gaps <= 4);
}

/* Nothing that is handed over lacks what the paper has columns for. */
static size_t assert_items(const struct handover *handover)
{
	for (size_t i = 0; i < handover->items.n; i++) {
		const struct handed *item = handover_item(handover, i);

		assert_non_null(item->number);
		assert_non_null(item->title);
		assert_non_null(item->words);
		assert_non_null(item->about);
		assert_true(handed_sort_find(item->sort) < HANDED_SORTS);
	}
	return handover->items.n;
}

/* Whether its centre halves its nights, and has a second to come in. */
static bool is_halved(struct world *w)
{
	const struct rules *rules = &w->profile->rules;
	const struct roster_plan *plan = rules_plan_of(rules, rules->centre, 0);

	return plan->half_at >= 0 && rota_post_rung(plan, 2) != NULL;
}

static void assert_chain(struct world *w)
{
	const struct handover *before = NULL;
	size_t n = 0, open = 0, halves = 0, items = 0, remarks = 0;

	for (size_t i = 0; i < w->book.n; i++) {
		const struct handover *handover = w->book.things[i].entity;

		if (w->book.things[i].kind != KIND_HANDOVER)
			continue;
		n += !handover->half;
		halves += handover->half != 0;
		if (handover->in_at == 0) { /* at this very minute */
			assert_int_equal(n, 20);
			return;
		}
		items += assert_items(handover);
		for (size_t k = 0; k < handover->items.n; k++)
			remarks += handover_item(handover, k)->remark != NULL;
		assert_int_equal(handover_chain(handover, before), CHAIN_WHOLE);
		assert_non_null(handover->in_by);
		if (!handover->half)
			assert_string_not_equal(handover->in_by, handover->out_by);
		assert_int_equal(handover_unread(handover), 0);
		open += handover->open != 0;
		before = handover;
	}
	assert_int_equal(n, 20);
	assert_int_equal(halves > 0, is_halved(w));
	assert_true(items > 20);
	assert_true(remarks > 0);
	assert_int_equal(open, 2); /* the chief has not signed the last ones */
	assert_string_equal(before->in_by, w->people.items[0].name);
}

static void assert_swaps(struct world *w)
{
	bool seen[SWAP_STATES] = { false };

	for (size_t i = 0; i < w->book.n; i++)
		if (w->book.things[i].kind == KIND_SWAP)
			seen[swap_state(w->book.things[i].entity)] = true;
	for (int state = 0; state < SWAP_STATES; state++)
		assert_true(seen[state] || state == SWAP_LAPSED); /* that one the server says */
}

/* A plan beside an organisation's first one has people and months, too. */
static void assert_beside(struct world *w)
{
	const struct rules *rules = &w->profile->rules;
	bool want = false, have = false;

	for (size_t i = 0; i < rules->n_orgs; i++)
		want = want || (rules->orgs[i].managed && rules_plan_of(rules, rules->orgs[i].code, 1));
	for (size_t i = 0; i < w->book.n; i++) {
		const struct roster *roster = w->book.things[i].entity;

		if (w->book.things[i].kind != KIND_ROSTER || roster->turns.n < 50)
			continue;
		have = have || !str_eq(roster->plan,
				       roster_plan_code(rules_plan_of(rules, roster->org, 0)));
	}
	assert_int_equal(want, have);
}

static void districts(void **state)
{
	static const char *const names[] = { "tianning", "xingan", "huicheng", "pukou", "city",
					     "example" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct world w;

		tell(&w, names[i], NOW);
		assert_on_duty(&w, NOW);
		assert_sound(&w, NOW);
		assert_chain(&w);
		assert_beside(&w);
		assert_swaps(&w);
		assert_true(count(&w, KIND_ROSTER, "file") > 3);
		assert_true(count(&w, KIND_ROSTER, "chase") > 0);
		assert_true(count(&w, KIND_STAFF, "timeoff") > 1);
		assert_int_equal(count(&w, KIND_ROSTER, "takeover"), 2);
		assert_true(count(&w, KIND_ROSTER, "allow") <= 1); /* the other one waits */
		assert_int_equal(count(&w, KIND_RECORD, "log"), 60);
		assert_true(count(&w, KIND_RECORD, "fulfil") < count(&w, KIND_RECORD, "submit"));
		assert_true(count(&w, KIND_RECORD, "back") > 0);
		world_close(&w);
	}
}

/* At any moment: at the ends of months, in seasons, at the Spring Festival, at the minute of a change. */
static void any_moment(void **state)
{
	static const char *const moments[] = {
		"2026-01-01 00:10", "2026-02-17 12:00", "2026-03-01 08:30", "2026-07-05 23:59",
		"2026-11-01 02:00", "2026-11-30 17:31", "2026-12-31 10:00",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		struct error err = ERROR_INIT;
		struct world w;
		int64_t now;

		must(civil_parse(moments[i], CIVIL_CHINA, &now, &err), &err);
		tell(&w, "tianning", now);
		assert_on_duty(&w, now);
		assert_chain(&w);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(districts),
		cmocka_unit_test(any_moment),
		cmocka_unit_test(same_for_a_seed),
	};

	return cmocka_run_group_tests_name("demo/roster", tests, NULL, NULL);
}
