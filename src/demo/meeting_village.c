/* A village's resolution in the middle of its stages (四议两公开): the representatives came
 * together once and were too few. */
#include <config.h>

#include "meeting_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static const char *some_village(struct affairs *a, const struct meeting_series *series)
{
	const struct rules *rules = a->book.demo->rules;
	const char *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (org->managed && org->layer == NULL && org->begins == 0 && org->ends == 0 &&
		    rules_series_of(rules, org->code, 0) == series &&
		    demo_below(a->book.demo, ++n) == 0)
			found = org->code;
	}
	return found;
}

static bool hold(struct affairs *a, const struct uuid *id, const char *village, size_t nth,
		 const int numbers[3], const char *said, int64_t at)
{
	const struct meeting_series *series =
	    rules_series(a->book.demo->rules,
			 ((const struct meeting *)book_find(&a->book, KIND_MEETING, id))->series);
	struct act act = affair_act(a, KIND_MEETING, "stage", id, village, at);

	if (nth >= series->n_stages)
		return false;
	book_text(&a->book, &act, "stage", series->stages[nth].code);
	book_text(&a->book, &act, "words", said);
	if (!series->stages[nth].published) {
		book_num(&a->book, &act, "entitled", numbers[0]);
		book_num(&a->book, &act, "present_n", numbers[1]);
		book_num(&a->book, &act, "agreed", numbers[2]);
		book_num(&a->book, &act, "against", 0);
	}
	return book_done(&a->book, &act);
}

static void resolve(struct affairs *a, const struct meeting_series *series, size_t which,
		    size_t stages)
{
	static const int numbers[][3] = {{7, 7, 7},    {9, 8, 8}, {58, 41, 38},
					 {60, 47, 45}, {0, 0, 0}, {0, 0, 0}};
	static const int few[3] = {60, 34, 30};
	const struct demo_list *words = &a->book.demo->words->meet[DEMO_VILLAGE_WORDS];
	const struct demo_list *less = &a->book.demo->words->meet[DEMO_MEET_TOO_FEW];
	const struct demo_list *titles = &a->book.demo->words->meet[DEMO_VILLAGE];
	const char *village = some_village(a, series);
	struct uuid id = uuid_v7(&a->book.demo->env);
	int64_t at = affair_by_day(a, a->now - (which > 0 ? 52 : 30) * DAY_MS);
	struct act act;

	if (village == NULL)
		return;
	act = affair_act(a, KIND_MEETING, "convene", &id, village, at);
	book_text(&a->book, &act, "series", series->code);
	book_text(&a->book, &act, "org", village);
	book_text(&a->book, &act, "title", titles->items[which % titles->n]);
	if (!book_done(&a->book, &act))
		return;
	for (size_t i = 0; i < stages && i < ARRAY_LEN(numbers); i++) {
		at = affair_by_day(a, at + 5 * DAY_MS);
		if (!hold(a, &id, village, i, numbers[i], words->items[i % words->n], at))
			return;
	}
	if (stages < ARRAY_LEN(numbers))
		(void)hold(a, &id, village, stages, few, less->items[0],
			   affair_by_day(a, at + 2 * DAY_MS));
}

void village_resolution(struct affairs *a, const struct meeting_series *series)
{
	resolve(a, series, 1, 6); /* made public, and done */
	resolve(a, series, 0, 3); /* in the middle */
}
