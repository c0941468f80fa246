/* The demo's cases: the same for a seed, of lengths like real ones, admissible by the profile. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"
#include "zhiban/demo/life.h"
#include "zhiban/demo/whistle.h"
#include "zhiban/domain/decide.h"
#include "zhiban/profile/profile.h"

struct world {
	struct arena arena;
	struct demo_words words;
	struct jurisdiction *profile;
	struct workdays *days;
	struct demo demo;
	struct demo_people people;
};

static const int64_t NOW = INT64_C(1795286460000); /* 2026-11-22 02:41 +08:00 */

static void must(enum err rc, const struct error *err)
{
	if (rc != ERR_OK)
		fail_msg("%s", err->text);
}

static void world_of(struct world *w, const char *profile, uint64_t seed)
{
	const char *src = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;
	const char *own;

	*w = (struct world){ .arena = ARENA_INIT };
	own = arena_printf(&w->arena, "%s/profiles/%s-demo.conf", src, profile);
	must(demo_words_load(arena_printf(&w->arena, "%s/profiles/demo.conf", src),
			     file_exists(own) ? own : NULL, &w->arena, &w->words, &err), &err);
	must(profile_load(arena_printf(&w->arena, "%s/profiles/%s.conf", src, profile), &w->profile,
			  &w->days, &err), &err);
	must(demo_init(&w->demo, &w->words, &w->profile->rules, seed, &w->arena, &err), &err);
	demo_people_make(&w->demo, &w->arena, &w->people);
}

static void world_open(struct world *w, uint64_t seed)
{
	world_of(w, "tianning", seed);
}

static void world_close(struct world *w)
{
	profile_free(w->profile);
	workdays_free(w->days);
	arena_release(&w->arena);
}

static void case_is_the_same_for_a_seed(void **state)
{
	struct world a, b, c;
	struct act x, y, z;

	(void)state;
	world_open(&a, 7);
	world_open(&b, 7);
	world_open(&c, 8);
	demo_case(&b.demo, 3, NOW, 0, &b.arena, &y, NULL); /* the order must not matter */
	for (uint64_t i = 0; i < 50; i++) {
		demo_case(&a.demo, i, NOW, 0, &a.arena, &x, NULL);
		demo_case(&b.demo, i, NOW, 0, &b.arena, &y, NULL);
		demo_case(&c.demo, i, NOW, 0, &c.arena, &z, NULL);
		assert_string_equal(act_text(&x, "text"), act_text(&y, "text"));
		assert_true(uuid_eq(&x.target.id, &y.target.id));
		assert_false(uuid_eq(&x.target.id, &z.target.id));
	}
	world_close(&a);
	world_close(&b);
	world_close(&c);
}

static int by_size(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

/* Real titles: median 20, ninth decile 27 characters; some letters run to thousands. */
static void lengths_are_like_real_ones(void **state)
{
	enum { N = 4000 };
	static size_t titles[N];
	size_t longest = 0;
	struct world w;

	(void)state;
	world_open(&w, 1);
	for (size_t i = 0; i < N; i++) {
		struct arena arena = ARENA_INIT;
		struct error err = ERROR_INIT;
		struct act act;
		size_t text;

		demo_case(&w.demo, i, NOW, 0, &arena, &act, NULL);
		must(act_check(&act, &err), &err);
		titles[i] = text_chars(act_text(&act, "title"));
		text = text_chars(act_text(&act, "text"));
		longest = text > longest ? text : longest;
		assert_null(strchr(act_text(&act, "text"), '{'));
		assert_null(strchr(act_text(&act, "title"), '{'));
		arena_release(&arena);
	}
	qsort(titles, N, sizeof *titles, by_size);
	assert_in_range(titles[N / 2], 19, 21);
	assert_in_range(titles[N * 9 / 10], 25, 29);
	assert_in_range(longest, 2000, 20000);
	world_close(&w);
}

static const char *const profiles[] = { "tianning", "xingan", "huicheng", "pukou", "city" };

struct count {
	size_t moves, archived;
};

/* One life, from its registration to now. */
static void live(struct world *w, uint64_t index, struct count *count)
{
	struct demo_moves moves = { NULL, 0, 0 };
	struct incident *incident = NULL;

	demo_life(&w->demo, index, NOW - 20 * DAY_MS, NOW, &moves);
	for (size_t m = 0; m < moves.n; m++) {
		struct error err = ERROR_INIT;
		struct moment moment = { moves.items[m].at, moves.items[m].at };
		struct state before = { .entity = incident, .serial = 1 };
		struct decision decision;
		struct act act;

		assert_in_range(moves.items[m].at, 0, NOW);
		demo_move_act(&w->demo, &w->people, &moves.items[m], &w->arena, &act);
		if (decide(&w->profile->rules, &before, &act, &moment, &w->arena, &decision, &err))
			fail_msg("%s: %s in %s: %s", w->profile->rules.name, act.desc->verb,
				 incident != NULL ? incident->step : "-", err.text);
		if (incident == NULL)
			incident = entity_new(KIND_INCIDENT, &act.target.id, &w->arena);
		must(evolve(incident, &decision.effects[0], (int64_t)m + 1, &w->arena, &err), &err);
		count->moves++;
	}
	count->archived += !incident->open;
	free(moves.items);
}

/* Each move of a life is one that the rulebook allows where it comes, in every district. */
static void lives_obey_the_rulebook(void **state)
{
	(void)state;
	for (size_t p = 0; p < ARRAY_LEN(profiles); p++) {
		struct count count = { 0 };
		struct world w;

		world_of(&w, profiles[p], 5);
		for (uint64_t i = 0; i < 200; i++)
			live(&w, i, &count);
		assert_in_range(count.moves, 1000, 5000);
		assert_in_range(count.archived, 20, 200);
		world_close(&w);
	}
}

static void officers_have_names_of_their_own(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, 2);
	assert_in_range(w.people.n, 60, 200);
	assert_string_equal(w.people.items[0].org, w.profile->rules.centre);
	for (size_t i = 0; i < w.people.n; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(w.people.items[i].name, w.people.items[k].name);
	world_close(&w);
}

/* Four weeks of whistles: nothing that the rulebook refuses, and some that came to their end. */
static void whistles_obey_the_rulebook(void **state)
{
	(void)state;
	for (size_t p = 0; p < ARRAY_LEN(profiles); p++) {
		struct demo_tale tale = { .n = 0 }, again = { .n = 0 };
		struct uuid none = { { 0 } };
		size_t closed = 0, late = 0, reported = 0;
		struct world w;

		world_of(&w, profiles[p], 5);
		for (uint64_t i = 0; i < 60; i++)
			demo_whistle(&w.demo, &w.people, i, NOW - (int64_t)(60 - i) * 10 * HOUR_MS,
				     NOW, &none, &w.arena, &tale);
		demo_whistle(&w.demo, &w.people, 0, NOW - 600 * HOUR_MS, NOW, &none, &w.arena,
			     &again);
		demo_tale_sort(&tale);
		assert_int_equal(tale.refused, 0);
		assert_in_range(tale.n, 400, 3000);
		assert_true(again.n > 0);
		for (size_t i = 0; i < tale.n; i++) {
			const char *verb = tale.items[i].act.desc->verb;

			assert_true(i == 0 || tale.items[i].at >= tale.items[i - 1].at);
			assert_true(tale.items[i].at < NOW);
			closed += strcmp(verb, "judge") == 0 || strcmp(verb, "rate") == 0;
			reported += strcmp(verb, "report_in") == 0;
			late += strcmp(verb, "return") == 0;
		}
		print_message("%s: %zu acts, %zu reports, %zu returned, %zu rated\n", profiles[p],
			      tale.n, reported, late, closed);
		assert_true(reported > 30 && closed > 10);
		free(tale.items);
		free(again.items);
		world_close(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_is_the_same_for_a_seed),
		cmocka_unit_test(lengths_are_like_real_ones),
		cmocka_unit_test(lives_obey_the_rulebook),
		cmocka_unit_test(officers_have_names_of_their_own),
		cmocka_unit_test(whistles_obey_the_rulebook),
	};

	return cmocka_run_group_tests_name("demo", tests, NULL, NULL);
}
