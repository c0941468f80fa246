/* Reports of one thing and of another: what they score. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/domain/similar.h"

#define HOUR (INT64_C(60) * 60 * 1000)
#define DAY (24 * HOUR)
#define NOON (INT64_C(1795000000000))

static const struct similar_report asked = {
	.title = "清凉新村自来水发黄有异味",
	.text = "清凉新村十二幢的自来水从昨晚起发黄，有异味，多户都是这样，请尽快查明。",
	.street = "chashan",
	.community = "qingliang",
	.grid = "qingliang-3",
	.at = NOON,
};

static const struct {
	const char *what;
	struct similar_report other;
	int least, most;
} reports[] = {
	{ "the same words",
	  { .title = "清凉新村自来水发黄有异味",
	    .text = "清凉新村十二幢的自来水从昨晚起发黄，有异味，多户都是这样，请尽快查明。",
	    .at = NOON },
	  990, SIMILAR_MOST },
	{ "in other words",
	  { .title = "反映清凉新村水管里的水是黄的", .text = "自来水发黄，不敢喝。", .at = NOON },
	  SIMILAR_LIKELY, 800 },
	{ "a few words only", { .title = "清凉新村水发黄", .at = NOON }, SIMILAR_LIKELY, 900 },
	{ "full width, other signs",
	  { .title = "清凉新村，自来水发黄！有异味？", .at = NOON }, 500, 900 },
	{ "another matter at the place",
	  { .title = "清凉新村路灯不亮", .text = "晚上出门看不见路。", .at = NOON },
	  0, 400 },
	{ "the matter at another place",
	  { .title = "金色新城物业乱收费", .text = "请核实水费。", .at = NOON }, 0, 60 },
	{ "nothing in common", { .title = "青洋路渣土车遗撒", .at = NOON }, 0, 0 },
	{ "empty", { .title = "", .text = NULL, .at = NOON }, 0, 0 },
};

static void reports_score_by_their_words(void **state)
{
	struct similar *similar = similar_new(&asked);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(reports); i++) {
		int score = similar_score(similar, &reports[i].other);

		if (score < reports[i].least || score > reports[i].most)
			fail_msg("%s: %d is not between %d and %d", reports[i].what, score,
				 reports[i].least, reports[i].most);
	}
	similar_free(similar);
}

static void a_rare_pair_tells_more(void **state)
{
	const struct similar_report report = { .title = "河滨路积水" };
	const struct similar_report by_place = { .title = "河滨路停电" };
	const struct similar_report by_matter = { .title = "东门积水" };
	struct similar *similar = similar_new(&report);
	const struct grams *grams = similar_grams(similar);
	int64_t counts[8];
	struct grams matter = GRAMS_INIT;

	(void)state;
	assert_int_equal(grams->n, 4);
	assert_true(similar_score(similar, &by_place) > similar_score(similar, &by_matter));
	grams_add(&matter, "积水");
	for (size_t i = 0; i < grams->n; i++) /* now the place is what everybody writes */
		counts[i] = grams->items[i] == matter.items[0] ? 2 : 50000;
	similar_weigh(similar, counts, 100000);
	assert_true(similar_score(similar, &by_place) < similar_score(similar, &by_matter));
	grams_release(&matter);
	similar_free(similar);
}

/* An index is asked by what leads to few: rare, and of the title rather than of the text. */
static void the_rarest_are_asked_by(void **state)
{
	const struct similar_report report = { .title = "甲乙丙", .text = "丁戊己" };
	struct similar *similar = similar_new(&report);
	const struct grams *grams = similar_grams(similar);
	struct grams title = GRAMS_INIT, rarest;
	int64_t counts[4];

	(void)state;
	grams_add(&title, "甲乙丙");
	grams_sort(&title);
	assert_int_equal(grams->n, 4);
	for (size_t i = 0; i < 4; i++)
		counts[i] = grams->items[i] == title.items[0] || grams->items[i] == title.items[1]
				? 30 : 10;
	similar_rarest(similar, counts, false, 2, &rarest);
	assert_int_equal(rarest.n, 2);
	assert_memory_equal(rarest.items, title.items, 2 * sizeof *title.items);
	grams_release(&rarest);
	for (size_t i = 0; i < 4; i++) /* far more common: then the text's; what is nowhere never */
		counts[i] = counts[i] == 30 ? 300 : i % 4 == 0 ? 0 : 10;
	similar_rarest(similar, counts, false, 4, &rarest);
	for (size_t i = 0; i < 4; i++)
		if (counts[i] == 0)
			for (size_t k = 0; k < rarest.n; k++)
				assert_true(rarest.items[k] != grams->items[i]);
	grams_release(&rarest);
	grams_release(&title);
	similar_free(similar);
}

static void place_and_time_count(void **state)
{
	struct similar *similar = similar_new(&asked);
	struct similar_report other = { .title = "清凉新村水发黄", .at = NOON };
	int bare = similar_score(similar, &other), grid, community, street, elsewhere;

	(void)state;
	other.street = "chashan";
	street = similar_score(similar, &other);
	other.community = "qingliang";
	community = similar_score(similar, &other);
	other.grid = "qingliang-3";
	grid = similar_score(similar, &other);
	assert_true(bare < street && street < community && community < grid);
	other = (struct similar_report){ .title = "清凉新村水发黄", .street = "lanling", .at = NOON };
	elsewhere = similar_score(similar, &other);
	assert_true(elsewhere < bare);
	other.at = NOON - 20 * HOUR; /* elsewhere at another time: another thing, the more so */
	assert_true(similar_score(similar, &other) < elsewhere);
	elsewhere = similar_score(similar, &other);
	other.at = NOON - 3 * DAY;
	assert_true(similar_score(similar, &other) < elsewhere);
	other = (struct similar_report){ .title = "清凉新村水发黄", .street = "chashan",
					 .community = "other", .at = NOON };
	assert_true(similar_score(similar, &other) < bare);
	other = (struct similar_report){ .title = "清凉新村水发黄", .at = NOON - 100 * DAY };
	assert_true(similar_score(similar, &other) < bare);
	other.at = NOON + 100 * DAY; /* it comes to the same, before or after */
	assert_true(similar_score(similar, &other) < bare);
	other.at = 0;
	assert_int_equal(similar_score(similar, &other), bare);
	similar_free(similar);
}

/* Where only addresses are known: nothing in common may be another place, but it is not sure. */
static void addresses_tell_places(void **state)
{
	struct similar_report here = { .title = "自来水发黄", .address = "采菱路222号", .at = NOON };
	struct similar_report near = { .title = "自来水发黄", .address = "采菱路口", .at = NOON - DAY };
	struct similar_report far = { .title = "自来水发黄", .address = "虹阳路116号",
				      .at = NOON - DAY };
	struct similar *similar = similar_new(&here);
	int at_once, elsewhere, days_ago;

	(void)state;
	assert_true(similar_score(similar, &near) > SIMILAR_LIKELY);
	days_ago = similar_score(similar, &far);
	assert_true(days_ago < similar_score(similar, &near) - 300);
	far.at = NOON;
	elsewhere = similar_score(similar, &far);
	assert_true(elsewhere > days_ago);
	far.street = "lanling"; /* a street that is not known here: no surer */
	assert_int_equal(similar_score(similar, &far), elsewhere);
	/* Where both have the same address, the place alone is not the matter. */
	near = (struct similar_report){ .title = "采菱路222号路灯不亮", .address = "采菱路222号",
					.at = NOON };
	assert_int_equal(similar_score(similar, &near), 0);
	near.title = "采菱路222号家里的自来水有铁锈味";
	assert_true(similar_score(similar, &near) > SIMILAR_LIKELY);
	at_once = similar_score(similar, &near);
	near.at = NOON - 10 * HOUR;
	assert_true(similar_score(similar, &near) < at_once);
	similar_free(similar);
}

/* Whichever of the two asks: the same words give nearly the same. */
static void it_is_mutual(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(reports); i++) {
		struct similar *a = similar_new(&asked), *b = similar_new(&reports[i].other);
		int there = similar_score(a, &reports[i].other), back = similar_score(b, &asked);

		if (abs(there - back) > 80)
			fail_msg("%s: %d there, %d back", reports[i].what, there, back);
		similar_free(a);
		similar_free(b);
	}
}

/* A text of any length is looked at as far as SIMILAR_TEXT, and not cut within a character. */
static void a_long_text_is_looked_at_in_part(void **state)
{
	size_t len = 3 * SIMILAR_TEXT;
	char *text = mem_alloc(len + 1);
	struct similar_report report = { .title = "长", .text = text };
	struct similar *similar;

	(void)state;
	for (size_t i = 0; i + 3 <= len; i += 3)
		memcpy(text + i, i % 2 ? "水" : "发", 3);
	for (size_t shift = 0; shift < 3; shift++) {
		memset(text, 'a', shift);
		memmove(text + shift, text + 3 * shift, len - 3 * shift);
		similar = similar_new(&report);
		assert_true(similar_grams(similar)->n <= 8);
		similar_free(similar);
	}
	free(text);
}

static void an_incident_is_a_report(void **state)
{
	const struct incident incident = { .title = "t", .text = "x", .address = "a", .street = "s",
					   .community = "c", .grid = "g", .registered_at = 7 };
	struct incident later = incident;
	struct similar_report report = similar_report_of(&incident);

	(void)state;
	assert_string_equal(report.title, "t");
	assert_string_equal(report.grid, "g");
	assert_int_equal(report.at, 7);
	later.reported_at = 5;
	assert_int_equal(similar_report_of(&later).at, 5);
	similar_free(NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_score_by_their_words),
		cmocka_unit_test(a_rare_pair_tells_more),
		cmocka_unit_test(the_rarest_are_asked_by),
		cmocka_unit_test(place_and_time_count),
		cmocka_unit_test(addresses_tell_places),
		cmocka_unit_test(it_is_mutual),
		cmocka_unit_test(a_long_text_is_looked_at_in_part),
		cmocka_unit_test(an_incident_is_a_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
