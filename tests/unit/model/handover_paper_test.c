/* What is printed of a handover, and how its items are called and ordered. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"
#include "zhiban/model/handover.h"
#include "zhiban/model/handover_paper.h"

static const struct org orgs[] = { { .code = "zx", .name = "Centre", .tier = "district" } };
static const struct duty_shift shifts[] = {
	{ .code = "night", .label = "Night", .from = 1050, .to = 510, .night = true },
};
static const struct roster_plan plans[] = {
	{ .code = "centre", .label = "Hall", .of = "centre", .shifts = shifts, .n_shifts = 1,
	  .third = "chief", .half_at = -1 },
};
static const struct rules rules = { .offset_min = CIVIL_CHINA, .centre = "zx", .orgs = orgs,
				    .n_orgs = 1, .plans = plans, .n_plans = 1 };

#define NIGHT INT64_C(1795310400000) /* 2026-11-22 09:20 (+08:00) */

static struct handover *make(struct arena *arena)
{
	static const struct {
		const char *sort, *number, *title, *words;
		int64_t due, ticked;
	} items[] = {
		{ "changed", "22-0402", "Hole in the road", "signed", 0, NIGHT },
		{ "overdue", "22-0409", "Later one", "verify", NIGHT + 2 * HOUR_MS, 0 },
		{ "overdue", "22-0408", "Earlier one", "sign", NIGHT + HOUR_MS, 0 },
		{ "alarm", "22-0401", "<b>Yellow</b> water", "nobody answered", 0, 0 },
	};
	struct uuid nil = { { 0 } }, id = handover_id("zx", "centre", &nil);
	struct handover *h = entity_new(KIND_HANDOVER, &id, arena);

	h->number = "20261123-J001";
	h->org = "zx";
	h->plan = "centre";
	h->shift = "night";
	h->starts = NIGHT;
	h->ends = NIGHT + 15 * HOUR_MS;
	h->state = handover_state_code(HANDOVER_TAKEN);
	h->out_by = "Li";
	h->out_at = NIGHT + 15 * HOUR_MS;
	h->in_by = "Chen";
	h->in_at = h->out_at + MINUTE_MS;
	h->third_due = h->in_at + HOUR_MS;
	h->unread = 3;
	h->unsent = 2;
	h->offline = 1;
	h->why = "fire under way";
	h->must = 4;
	h->ticked = 1;
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		struct uuid child = uuid_child(&id, items[i].title, 0);
		struct handed *item = children_add(&h->items, child_desc(CHILD_HANDED), &child, arena);

		item->sort = items[i].sort;
		item->number = items[i].number;
		item->title = items[i].title;
		item->words = items[i].words;
		item->due = items[i].due;
		item->ticked_at = items[i].ticked;
	}
	return h;
}

static void sign(struct handover *h, struct arena *arena)
{
	char hash[65];

	handover_hash(h, hash);
	h->hash = arena_strdup(arena, hash);
}

static void printed(const struct handover *h, unsigned marks, enum sheet_format format,
		    struct str *out)
{
	struct client_handover shown = { .handover = h, .marks = marks,
					 .chain = handover_chain(h, NULL) };
	struct sheet sheet;

	handover_paper(&rules, &shown, h->in_at, &sheet);
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
}

static void says(const struct handover *h, unsigned marks, enum sheet_format format,
		 const char *const *words, size_t n, bool there)
{
	struct str out = STR_INIT;

	printed(h, marks, format, &out);
	for (size_t i = 0; i < n; i++)
		if ((strstr(str_get(&out), words[i]) != NULL) != there)
			fail_msg("\"%s\" %s:\n%s", words[i], there ? "is missing" : "stands there",
				 str_get(&out));
	str_release(&out);
}

static void it_says_what_was_left_open(void **unused)
{
	static const char *const words[] = { "20261123-J001", "Hall", "Night", "22-0401", "not read",
					     "3 not read, 2 not sent", "fire under way", "line cut",
					     "Li", "Chen", "the chain is whole",
					     "To be witnessed by" };
	static const char *const signed_lines[] = { "Handed over by ____", "Taken over by ____" };
	struct arena arena = ARENA_INIT;
	struct handover *h = make(&arena);

	(void)unused;
	sign(h, &arena);
	says(h, 0, SHEET_TEXT, words, ARRAY_LEN(words), true);
	says(h, 0, SHEET_MARKDOWN, words, 6, true);
	says(h, 0, SHEET_TEXT, signed_lines, 2, false); /* who has signed need not again */
	arena_release(&arena);
}

static void it_says_what_became_of_the_chain(void **unused)
{
	static const char *const changed[] = { "changed after it was signed" };
	static const char *const waits[] = { "not confirmed by the server yet" };
	static const char *const html[] = { "&lt;b&gt;Yellow" };
	struct arena arena = ARENA_INIT;
	struct handover *h = make(&arena);

	(void)unused;
	sign(h, &arena);
	says(h, 0, SHEET_HTML, html, 1, true);
	says(h, ROW_PENDING, SHEET_TEXT, waits, 1, true);
	h->why = "nothing";
	says(h, 0, SHEET_TEXT, changed, 1, true);
	arena_release(&arena);
}

static void items_stand_by_sort_then_due(void **unused)
{
	static const char *const order[] = { "22-0401", "22-0408", "22-0409", "22-0402" };
	struct arena arena = ARENA_INIT;
	const struct handed **items;
	struct str words = STR_INIT;
	size_t n = 0;

	(void)unused;
	handover_sorted(make(&arena), &arena, &items, &n);
	assert_int_equal(n, ARRAY_LEN(order));
	for (size_t i = 0; i < n; i++)
		assert_string_equal(items[i]->number, order[i]);
	handed_show(&rules, items[1], NIGHT + 2 * HOUR_MS, &words);
	assert_string_equal(str_get(&words), "sign  over by 01:00 (11-22 10:20)");
	str_clear(&words);
	handed_show(&rules, items[1], NIGHT, &words);
	assert_string_equal(str_get(&words), "sign  in 01:00 (11-22 10:20)");
	str_release(&words);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_what_was_left_open),
		cmocka_unit_test(it_says_what_became_of_the_chain),
		cmocka_unit_test(items_stand_by_sort_then_due),
	};

	i18n_init("en", ".");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
