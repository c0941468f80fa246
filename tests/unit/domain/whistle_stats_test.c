/* Figures of whistles, made by hand: in which numbers each share and whistle stands, the rates and the
 * assessment of them, and what windows are compared. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/whistle_stats.h"

#define NOW "2026-11-23T10:00"

static const struct summons summonses[] = {
	{ .code = "whistle", .label = "吹哨", .confirmed = true },
	{ .code = "invite", .label = "约请" },
};

static void init(struct fixture *fx)
{
	fixture_init(fx);
	fx->rules.summonses = summonses;
	fx->rules.n_summonses = ARRAY_LEN(summonses);
}

/* Hours before now; 0: not at all. */
static int64_t ago(const struct fixture *fx, int hours)
{
	return hours != 0 ? fx->now - hours * HOUR_MS : 0;
}

struct made { /* a share; all times in hours before now, 0: not, negative: ahead */
	const char *org;
	int asked, signed_h, reported, confirmed, handled, replied, freed, claimed;
	int sign_due, report_due, handle_due, feedback_due;
	const char *content, *extended;
	int reworks;
};

static struct whistle *new_whistle(struct fixture *fx, const char *origin, const char *step)
{
	struct uuid id = { .b = { 9, (unsigned char)++fx->n_acts } };
	struct whistle *whistle = entity_new(KIND_WHISTLE, &id, &fx->arena);

	whistle->summons = "whistle";
	whistle->origin = origin;
	whistle->step = step;
	whistle->blown_at = ago(fx, 100);
	whistle->issued_at = ago(fx, 99);
	return whistle;
}

static void add_clock(struct fixture *fx, struct whistle *whistle, const struct uuid *share,
		      const char *kind, int due, const char *extended)
{
	struct uuid id = { .b = { 7, (unsigned char)++fx->n_acts } };
	char about[UUID_TEXT];
	struct clock *clock;

	if (due == 0)
		return;
	uuid_text(share, about);
	clock = children_add(&whistle->clocks, child_desc(CHILD_CLOCK), &id, &fx->arena);
	clock->kind = kind;
	clock->about = arena_strdup(&fx->arena, about);
	clock->due = ago(fx, due);
	clock->extended = extended;
}

static struct summoned *add_share(struct fixture *fx, struct whistle *whistle,
				  const struct made *made)
{
	struct uuid id = { .b = { 8, (unsigned char)++fx->n_acts } };
	struct summoned *share =
		children_add(&whistle->shares, child_desc(CHILD_SUMMONED), &id, &fx->arena);

	share->org = made->org;
	share->asked_at = ago(fx, made->asked);
	share->signed_at = ago(fx, made->signed_h);
	share->reported_at = ago(fx, made->reported);
	share->confirmed_at = ago(fx, made->confirmed);
	share->handled_at = ago(fx, made->handled);
	share->replied_at = ago(fx, made->replied);
	share->freed_at = ago(fx, made->freed);
	share->claimed_at = ago(fx, made->claimed);
	share->content = made->content;
	share->reworks = made->reworks;
	add_clock(fx, whistle, &share->id, "sign", made->sign_due, NULL);
	add_clock(fx, whistle, &share->id, "report_in", made->report_due, NULL);
	add_clock(fx, whistle, &share->id, "handle", made->handle_due, made->extended);
	add_clock(fx, whistle, &share->id, "feedback", made->feedback_due, NULL);
	return share;
}

/* The codes of the numbers that a share (NULL: the whistle) stands in, in their order. */
static const char *numbers_of(struct fixture *fx, const struct whistle *whistle,
			      const struct summoned *share)
{
	struct str words = STR_INIT;
	const char *text;

	for (int i = 0; i < STATS; i++) {
		struct stats_what what = { .stat = (enum stat)i, .side = STATS_STREETS };

		if (stats_has(&fx->rules, &what, whistle, share, fx->now))
			str_addf(&words, "%s%s", words.len > 0 ? " " : "", stat_code((enum stat)i));
	}
	text = arena_strdup(&fx->arena, str_get(&words));
	str_release(&words);
	return text;
}

static void shares(void **state)
{
	static const struct {
		struct made made;
		const char *numbers;
	} cases[] = {
		{ { .org = "sw" }, "" }, /* of a draft */
		{ { .org = "sw", .asked = 9 }, "asked" }, /* the class has no limits */
		{ { .org = "sw", .asked = 9, .sign_due = -1, .report_due = -2 }, "asked" },
		{ { .org = "sw", .asked = 9, .sign_due = 8 }, "asked sign_owed sign_missed" },
		{ { .org = "sw", .asked = 9, .sign_due = 8, .signed_h = 8 },
		  "asked sign_owed sign_timely" }, /* at the very moment */
		{ { .org = "sw", .asked = 9, .sign_due = 8, .signed_h = 7 },
		  "asked sign_owed sign_late" },
		{ { .org = "sw", .asked = 9, .report_due = 3 },
		  "asked report_owed report_missed" },
		{ { .org = "sw", .asked = 9, .report_due = 3, .reported = 4, .confirmed = 1 },
		  "asked report_owed report_timely" }, /* confirmed late, come in time */
		{ { .org = "sw", .asked = 9, .report_due = 3, .reported = 2, .confirmed = 2 },
		  "asked report_owed report_late" },
		{ { .org = "sw", .asked = 9, .report_due = 3, .reported = 4 },
		  "asked unconfirmed" },
		{ { .org = "sw", .asked = 9, .handle_due = 3, .handled = 3, .extended = "2wd" },
		  "asked handle_owed handle_timely extended" },
		{ { .org = "sw", .asked = 9, .handle_due = 3, .handled = 2, .reworks = 1 },
		  "asked handle_owed handle_late reworked" },
		{ { .org = "sw", .asked = 9, .handle_due = 3 },
		  "asked handle_owed handle_missed" },
		{ { .org = "sw", .asked = 9, .feedback_due = 3, .replied = 5 },
		  "asked feedback_owed feedback_timely" },
		{ { .org = "sw", .asked = 9, .feedback_due = 3, .replied = 1 },
		  "asked feedback_owed feedback_late" },
		{ { .org = "sw", .asked = 9, .feedback_due = 3 },
		  "asked feedback_owed feedback_missed" },
		{ { .org = "sw", .asked = 9, .content = "content" }, "asked rated content" },
		{ { .org = "sw", .asked = 9, .content = "fair" }, "asked rated fair" },
		{ { .org = "sw", .asked = 9, .content = "poor" }, "asked rated poor" },
		{ { .org = "sw", .asked = 9, .claimed = 2 }, "asked disputed" },
		{ { .org = "sw", .asked = 9, .claimed = 2, .freed = 1, .report_due = 3 },
		  "disputed freed" },
	};
	struct fixture fx;

	(void)state;
	init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistle *whistle = new_whistle(&fx, "ll", "issued");
		struct summoned *share = add_share(&fx, whistle, &cases[i].made);
		const char *numbers = numbers_of(&fx, whistle, share);

		if (strcmp(numbers, cases[i].numbers) != 0)
			fail_msg("%zu: %s, not %s", i, numbers, cases[i].numbers);
		whistle->step = "withdrawn";
		assert_string_equal(numbers_of(&fx, whistle, share), "");
	}
	fixture_release(&fx);
}

/* Where nobody confirms, coming is enough; a card is the department's it was issued to. */
static void of_the_profile(void **state)
{
	const struct made made = { .org = "sw", .asked = 9, .report_due = 3, .reported = 4 };
	const struct uuid id = { .b = { 5 } };
	struct supervision *card;
	struct summoned *share;
	struct whistle *whistle;
	struct fixture fx;

	(void)state;
	init(&fx);
	whistle = new_whistle(&fx, "ll", "issued");
	share = add_share(&fx, whistle, &made);
	whistle->summons = "invite";
	assert_string_equal(numbers_of(&fx, whistle, share), "asked report_owed report_timely");
	card = children_add(&whistle->supervisions, child_desc(CHILD_SUPERVISION), &id, &fx.arena);
	card->org = "zj";
	assert_string_equal(numbers_of(&fx, whistle, share), "asked report_owed report_timely");
	card->org = "sw";
	assert_string_equal(numbers_of(&fx, whistle, share),
			    "asked report_owed report_timely carded");
	fixture_release(&fx);
}

static void whistles(void **state)
{
	static const struct {
		const char *step, *judged, *numbers;
		int returns;
		bool issued;
	} cases[] = {
		{ "draft", NULL, "", 0, false },
		{ "approve", NULL, "blown", 0, false },
		{ "returned", NULL, "blown returned", 1, false },
		{ "refused", NULL, "blown returned refused", 2, false },
		{ "withdrawn", NULL, "withdrawn", 0, false },
		{ "withdrawn", NULL, "blown issued withdrawn", 0, true },
		{ "issued", NULL, "blown issued", 0, true },
		{ "rate", "irregular", "blown issued judged irregular", 0, true },
		{ "closed", "regular", "blown issued returned closed judged regular", 1, true },
	};
	struct fixture fx;

	(void)state;
	init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistle *whistle = new_whistle(&fx, "ll", cases[i].step);

		whistle->judged = cases[i].judged;
		whistle->returns = cases[i].returns;
		whistle->issued_at = cases[i].issued ? ago(&fx, 99) : 0;
		if (strcmp(numbers_of(&fx, whistle, NULL), cases[i].numbers) != 0)
			fail_msg("%zu: %s", i, numbers_of(&fx, whistle, NULL));
	}
	fixture_release(&fx);
}

/* --- rows: three whistles of two streets to two departments ---------------------------------- */

static void fill(struct fixture *fx, struct whistle *made[3])
{
	static const struct made all[][2] = {
		{ { .org = "sw", .asked = 90, .sign_due = 89, .signed_h = 90, .report_due = 80,
		    .reported = 86, .confirmed = 80, .content = "content" },
		  { .org = "zj", .asked = 90, .sign_due = 89, .signed_h = 80, .report_due = 80 } },
		{ { .org = "sw", .asked = 50, .report_due = 40, .reported = 30, .confirmed = 30,
		    .content = "fair" },
		  { .org = "zj", .asked = 50, .report_due = -5 } },
		{ { .org = "sw", .asked = 20, .claimed = 19, .freed = 18 },
		  { .org = "zj", .asked = 20, .content = "poor" } },
	};
	static const char *const origins[] = { "ll", "ll", "ql" };

	for (size_t i = 0; i < 3; i++) {
		made[i] = new_whistle(fx, origins[i], i == 0 ? "closed" : "issued");
		for (size_t k = 0; k < 2; k++)
			add_share(fx, made[i], &all[i][k]);
		made[i]->blown_at = ago(fx, all[i][0].asked + 1);
	}
	made[0]->judged = "irregular";
}

static void add_card(struct fixture *fx, struct whistle *whistle, const char *org, int points)
{
	struct uuid id = { .b = { 6, (unsigned char)++fx->n_acts } };
	struct supervision *card = children_add(&whistle->supervisions,
						child_desc(CHILD_SUPERVISION), &id, &fx->arena);

	card->org = org;
	card->points = points;
	card->at = ago(fx, 10);
}

static const struct stats_row *row_named(const struct stats *stats, const char *org,
					 struct arena *arena)
{
	size_t n;
	const struct stats_row **rows = stats_rows(stats, STATS_PROTOCOL, arena, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i]->org, org) == 0)
			return rows[i];
	return NULL;
}

static void departments(void **state)
{
	static const struct {
		enum stat stat;
		int sw, zj;
	} cases[] = {
		{ STAT_ASKED, 2, 3 },	      { STAT_SIGN_OWED, 1, 1 },
		{ STAT_SIGN_TIMELY, 1, 0 },   { STAT_SIGN_LATE, 0, 1 },
		{ STAT_SIGN_MISSED, 0, 0 },   { STAT_REPORT_OWED, 2, 1 },
		{ STAT_REPORT_TIMELY, 1, 0 }, { STAT_REPORT_LATE, 1, 0 },
		{ STAT_REPORT_MISSED, 0, 1 }, { STAT_HANDLE_OWED, 0, 0 },
		{ STAT_DISPUTED, 1, 0 },      { STAT_FREED, 1, 0 },
		{ STAT_RATED, 2, 1 },	      { STAT_CONTENT, 1, 0 },
		{ STAT_FAIR, 1, 0 },	      { STAT_POOR, 0, 1 },
		{ STAT_CARDED, 1, 0 },
	};
	const struct stats_window window = { 0 };
	const struct stats_row *sw, *zj;
	struct whistle *made[3];
	struct stats stats;
	struct fixture fx;

	(void)state;
	init(&fx);
	fill(&fx, made);
	add_card(&fx, made[0], "sw", 5);
	stats_init(&stats, &fx.rules, STATS_DEPARTMENTS, window, fx.now);
	for (size_t i = 0; i < 3; i++)
		stats_add(&stats, made[i]);
	sw = row_named(&stats, "sw", &fx.arena);
	zj = row_named(&stats, "zj", &fx.arena);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (sw->n[cases[i].stat] != cases[i].sw || zj->n[cases[i].stat] != cases[i].zj ||
		    stats.all.n[cases[i].stat] != cases[i].sw + cases[i].zj)
			fail_msg("%s: %lld and %lld", stat_code(cases[i].stat),
				 (long long)sw->n[cases[i].stat], (long long)zj->n[cases[i].stat]);
	assert_int_equal(sw->points, 5);
	assert_int_equal(zj->points, 0);
	assert_int_equal(stats_report_ms(sw), 12 * HOUR_MS); /* 4 and 20 hours */
	assert_int_equal(stats_report_ms(zj), -1);
	assert_int_equal(stats_permille(sw, STAT_REPORT_TIMELY, STAT_REPORT_OWED), 500);
	assert_int_equal(stats_permille(zj, STAT_HANDLE_TIMELY, STAT_HANDLE_OWED), -1);
	assert_int_equal(stats_content(sw), 850); /* 1 and 0.7 */
	assert_int_equal(stats_content(zj), 0);
	assert_null(row_named(&stats, "ll", &fx.arena)); /* has nothing to show */
	stats_release(&stats);
	fixture_release(&fx);
}

static void streets(void **state)
{
	const struct stats_window window = { 0 };
	const struct stats_row *ll, *ql, **rows;
	struct whistle *made[3];
	struct stats stats;
	struct fixture fx;
	size_t n;

	(void)state;
	init(&fx);
	fill(&fx, made);
	stats_init(&stats, &fx.rules, STATS_STREETS, window, fx.now);
	for (size_t i = 0; i < 3; i++)
		stats_add(&stats, made[i]);
	for (int i = 0; i < 64; i++)
		stats_add_case(&stats, i < 60 ? "ll" : "zx", ago(&fx, 5));
	stats_add_case(&stats, NULL, ago(&fx, 5)); /* in no street */
	ll = row_named(&stats, "ll", &fx.arena);
	ql = row_named(&stats, "ql", &fx.arena);
	assert_int_equal(ll->n[STAT_BLOWN], 2);
	assert_int_equal(ll->n[STAT_CLOSED], 1);
	assert_int_equal(ll->n[STAT_IRREGULAR], 1);
	assert_int_equal(ll->n[STAT_JUDGED], 1);
	assert_int_equal(ll->n[STAT_CONTENT] + ll->n[STAT_FAIR], 2);
	assert_int_equal(ll->n[STAT_POOR], 0);
	assert_int_equal(ql->n[STAT_POOR], 1);
	assert_int_equal(ll->cases, 60);
	assert_int_equal(stats_per_100(ll), 33); /* 3.3 */
	assert_int_equal(stats_per_100(ql), -1);
	assert_int_equal(stats.all.cases, 65);
	assert_int_equal(stats.all.n[STAT_BLOWN], 3);
	rows = stats_rows(&stats, STATS_PROTOCOL, &fx.arena, &n);
	assert_int_equal(n, 3); /* the centre has cases alone */
	assert_string_equal(rows[0]->org, "zx");
	rows = stats_rows(&stats, STATS_WORST, &fx.arena, &n);
	assert_string_equal(rows[0]->org, "ll");
	stats_release(&stats);
	fixture_release(&fx);
}

/* Every number is as long as the list behind it, in every row and window. */
static void lists(void **state)
{
	struct stats_window window[3] = { { 0, 0 } };
	struct whistle *made[3];
	struct fixture fx;
	size_t compared = 0;

	(void)state;
	init(&fx);
	fill(&fx, made);
	window[1] = (struct stats_window){ ago(&fx, 60), 0 };
	window[2] = (struct stats_window){ ago(&fx, 91), ago(&fx, 50) };
	for (size_t w = 0; w < ARRAY_LEN(window); w++)
		for (int side = STATS_DEPARTMENTS; side <= STATS_STREETS; side++) {
			const struct stats_row **rows;
			struct stats stats;
			size_t n;

			stats_init(&stats, &fx.rules, (enum stats_side)side, window[w], fx.now);
			for (size_t i = 0; i < 3; i++)
				stats_add(&stats, made[i]);
			rows = stats_rows(&stats, STATS_PROTOCOL, &fx.arena, &n);
			for (size_t r = 0; r < n * STATS; r++) {
				struct stats_what what = { .stat = (enum stat)(r % STATS),
							   .side = (enum stats_side)side,
							   .org = rows[r / STATS]->org,
							   .window = window[w] };
				int64_t found = 0;

				if (!stat_is_of_share(what.stat) && side == STATS_DEPARTMENTS)
					continue; /* not counted there */
				for (size_t i = 0; i < 3; i++) {
					found += stats_has(&fx.rules, &what, made[i], NULL, fx.now);
					for (size_t k = 0; k < made[i]->shares.n; k++)
						found += stats_has(&fx.rules, &what, made[i],
								   whistle_share(made[i], k), fx.now);
				}
				if (found != rows[r / STATS]->n[what.stat])
					fail_msg("%zu %d %s %s: %lld in the list, %lld counted", w,
						 side, what.org, stat_code(what.stat),
						 (long long)found,
						 (long long)rows[r / STATS]->n[what.stat]);
				compared += found > 0;
			}
			stats_release(&stats);
		}
	assert_true(compared > 40);
	fixture_release(&fx);
}

static void kinds_of_summons(void **state)
{
	struct stats_what what = { .stat = STAT_ASKED, .summons = "whistle" };
	const struct stats_window window = { 0 };
	struct whistle *made[3];
	struct stats stats;
	struct fixture fx;

	(void)state;
	init(&fx);
	fill(&fx, made);
	made[1]->summons = "invite";
	stats_init(&stats, &fx.rules, STATS_DEPARTMENTS, window, fx.now);
	stats.summons = "invite";
	for (size_t i = 0; i < 3; i++)
		stats_add(&stats, made[i]);
	assert_int_equal(stats.all.n[STAT_ASKED], 2);
	assert_true(stats_has(&fx.rules, &what, made[0], whistle_share(made[0], 0), fx.now));
	assert_false(stats_has(&fx.rules, &what, made[1], whistle_share(made[1], 0), fx.now));
	stats_release(&stats);
	fixture_release(&fx);
}

/* --- the assessment -------------------------------------------------------------------------- */

static void scores(void **state)
{
	static const struct {
		int asked, report[2], handle[2], feedback[2], content, fair, poor, points, sign[2];
		bool ranked;
		int whistle, response; /* tenths */
	} cases[] = {
		{ 4, { 4, 4 }, { 4, 4 }, { 4, 4 }, 4, 0, 0, 0, { 4, 4 }, false, 0, 0 },
		{ 5, { 5, 5 }, { 5, 5 }, { 5, 5 }, 5, 0, 0, 0, { 5, 5 }, true, 1000, 1000 },
		{ 5, { 0, 5 }, { 0, 5 }, { 0, 5 }, 0, 0, 5, 0, { 0, 5 }, true, 0, 0 },
		{ 5, { 0, 5 }, { 5, 5 }, { 5, 5 }, 5, 0, 0, 0, { 5, 5 }, true, 750, 800 },
		{ 5, { 5, 5 }, { 0, 5 }, { 5, 5 }, 5, 0, 0, 0, { 5, 5 }, true, 650, 600 },
		{ 5, { 5, 5 }, { 5, 5 }, { 0, 5 }, 5, 0, 0, 0, { 5, 5 }, true, 850, 1000 },
		{ 5, { 5, 5 }, { 5, 5 }, { 5, 5 }, 0, 5, 0, 0, { 0, 5 }, true, 925, 740 },
		{ 5, { 5, 5 }, { 5, 5 }, { 5, 5 }, 5, 0, 0, 15, { 5, 5 }, true, 850, 850 },
		/* nothing fed back or rated yet: the others weigh 60 */
		{ 6, { 3, 6 }, { 6, 6 }, { 0, 0 }, 0, 0, 0, 0, { 0, 0 }, true, 792, 833 },
		{ 6, { 1, 3 }, { 0, 0 }, { 0, 0 }, 0, 0, 0, 0, { 0, 0 }, true, 333, 333 },
		{ 6, { 0, 0 }, { 0, 0 }, { 0, 0 }, 0, 0, 0, 5, { 0, 0 }, false, 0, 0 },
		{ 9, { 0, 9 }, { 0, 9 }, { 0, 9 }, 0, 0, 9, 10, { 0, 9 }, true, -100, -100 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stats_row row = { .org = "sw", .points = cases[i].points };
		int whistle = 0, response = 0;

		row.n[STAT_ASKED] = cases[i].asked;
		row.n[STAT_SIGN_TIMELY] = cases[i].sign[0];
		row.n[STAT_SIGN_OWED] = cases[i].sign[1];
		row.n[STAT_REPORT_TIMELY] = cases[i].report[0];
		row.n[STAT_REPORT_OWED] = cases[i].report[1];
		row.n[STAT_HANDLE_TIMELY] = cases[i].handle[0];
		row.n[STAT_HANDLE_OWED] = cases[i].handle[1];
		row.n[STAT_FEEDBACK_TIMELY] = cases[i].feedback[0];
		row.n[STAT_FEEDBACK_OWED] = cases[i].feedback[1];
		row.n[STAT_CONTENT] = cases[i].content;
		row.n[STAT_FAIR] = cases[i].fair;
		row.n[STAT_POOR] = cases[i].poor;
		row.n[STAT_RATED] = cases[i].content + cases[i].fair + cases[i].poor;
		if (stats_score(&row, stats_formula_find("whistle"), &whistle) != cases[i].ranked ||
		    stats_score(&row, stats_formula_find("response"), &response) !=
			    cases[i].ranked ||
		    whistle != cases[i].whistle || response != cases[i].response)
			fail_msg("%zu: %d and %d", i, whistle, response);
	}
	assert_null(stats_formula_find("none"));
}

static void worst_first(void **state)
{
	const struct stats_window window = { 0 };
	const struct stats_row **rows;
	struct stats stats;
	struct fixture fx;
	size_t n;

	(void)state;
	init(&fx);
	stats_init(&stats, &fx.rules, STATS_DEPARTMENTS, window, fx.now);
	for (size_t i = 0; i < 4; i++) { /* zx 90 %, sw too few, zj 10 %, ll 90 % */
		stats.rows[i].n[STAT_ASKED] = i == 1 ? 2 : 10;
		stats.rows[i].n[STAT_REPORT_OWED] = 10;
		stats.rows[i].n[STAT_REPORT_TIMELY] = i == 2 ? 1 : 9;
	}
	rows = stats_rows(&stats, STATS_WORST, &fx.arena, &n);
	assert_int_equal(n, 4);
	assert_string_equal(rows[0]->org, "zj");
	assert_string_equal(rows[1]->org, "zx");
	assert_string_equal(rows[2]->org, "ll");
	assert_string_equal(rows[3]->org, "sw"); /* not ranked */
	rows = stats_rows(&stats, STATS_PROTOCOL, &fx.arena, &n);
	assert_string_equal(rows[0]->org, "zx");
	assert_string_equal(rows[3]->org, "ll");
	stats_release(&stats);
	fixture_release(&fx);
}

/* --- windows --------------------------------------------------------------------------------- */

static void windows(void **state)
{
	static const struct {
		const char *since, *until, *previous[2], *year[2];
	} cases[] = {
		{ "2026-03-01T00:00", "2026-04-01T00:00", /* a month */
		  { "2026-02-01T00:00", "2026-03-01T00:00" },
		  { "2025-03-01T00:00", "2025-04-01T00:00" } },
		{ "2026-01-01T00:00", "2026-04-01T00:00", /* a quarter */
		  { "2025-10-01T00:00", "2026-01-01T00:00" },
		  { "2025-01-01T00:00", "2025-04-01T00:00" } },
		{ "2026-03-08T00:00", "2026-03-15T00:00", /* a week */
		  { "2026-03-01T00:00", "2026-03-08T00:00" },
		  { "2025-03-08T00:00", "2025-03-15T00:00" } },
		{ "2024-02-29T08:00", "2024-03-01T00:00",
		  { "2024-02-28T16:00", "2024-02-29T08:00" },
		  { "2023-02-28T08:00", "2023-03-01T00:00" } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct stats_window window = { fixture_time(cases[i].since),
						     fixture_time(cases[i].until) };
		struct stats_window other;

		assert_true(stats_previous(480, window, &other));
		if (other.since != fixture_time(cases[i].previous[0]) ||
		    other.until != fixture_time(cases[i].previous[1]))
			fail_msg("%zu: just before", i);
		assert_true(stats_year_ago(480, window, &other));
		if (other.since != fixture_time(cases[i].year[0]) ||
		    other.until != fixture_time(cases[i].year[1]))
			fail_msg("%zu: a year before", i);
	}
}

static void open_windows(void **state)
{
	const struct stats_window none = { 0 }, since = { 5, 0 }, until = { 0, 5 };
	struct stats_window other, month;

	(void)state;
	assert_false(stats_previous(480, none, &other));
	assert_false(stats_previous(480, since, &other));
	assert_false(stats_year_ago(480, until, &other));
	month = stats_month(480, fixture_time("2026-01-31T23:59"), 0);
	assert_int_equal(month.since, fixture_time("2026-01-01T00:00"));
	assert_int_equal(month.until, fixture_time("2026-02-01T00:00"));
	month = stats_month(480, fixture_time("2026-01-01T00:00"), -1);
	assert_int_equal(month.since, fixture_time("2025-12-01T00:00"));
	assert_int_equal(month.until, fixture_time("2026-01-01T00:00"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares),	  cmocka_unit_test(of_the_profile),
		cmocka_unit_test(whistles),	  cmocka_unit_test(departments),
		cmocka_unit_test(streets),	  cmocka_unit_test(lists),
		cmocka_unit_test(kinds_of_summons), cmocka_unit_test(scores),
		cmocka_unit_test(worst_first),	  cmocka_unit_test(windows),
		cmocka_unit_test(open_windows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
