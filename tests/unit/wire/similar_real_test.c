/* How well likely duplicates are found among 2,673 real letters, many of them about one event.
 *
 * events_hot.txt beside this file says which tell of the same thing, by people's reading; every third
 * event had no part in choosing the numbers of domain/similar.c ("held").  Each letter asks, with all
 * its words, and with its title alone (as while it is typed); the best OFFERS that reach
 * SIMILAR_LIKELY count.  SIMILAR_PAIRS=N prints N offered pairs drawn evenly, to be read;
 * SIMILAR_LIMITS=1 what other limits would give. */
#include <config.h>

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/similar.h"
#include "zhiban/wire/import.h"

enum { OFFERS = 5, RAREST = 24, CANDIDATES = 24, COMMON = 20, LETTERS = 4096, HELD = 3 };

struct letter {
	const char *id, *title, *text;
	int64_t at;
	int event;	/* of events_hot.txt; 0: not said */
	bool alone;	/* said to have no other */
	struct grams grams;
	int64_t weight; /* as a candidate */
};
struct posting {
	int64_t gram;
	size_t letter;
};
struct offer {
	size_t from, to;
	int score;
};
struct real {
	struct arena arena;
	struct letter letters[LETTERS];
	size_t n;
	struct posting *postings;
	size_t n_postings, cap_postings;
	struct offer *offers;
	size_t n_offers, cap_offers;
};
struct figures {
	int right, wrong, open; /* pairs: the same event, not, not said */
	int rows, found;	/* letters that share an event; of these with a right offer */
	double share;		/* of a letter's others (at most OFFERS) that were offered, summed */
};

static const char *value(const struct import_row *row, const char *name)
{
	for (size_t i = 0; i < row->n; i++)
		if (strcmp(row->names[i], name) == 0)
			return row->values[i];
	return "";
}

static bool read_letters(struct real *real)
{
	const char *shared = getenv("ZHIBAN_SHARED");
	struct import_file *file;
	bool end = false;

	if (shared == NULL ||
	    import_open(arena_printf(&real->arena, "%s/data/incidents_zh/taidi-hot.jsonl.gz",
				     shared),
			&file, NULL) != ERR_OK)
		return false;
	while (!end && real->n < LETTERS) {
		struct letter *letter = &real->letters[real->n];
		struct import_row row;

		assert_int_equal(import_next(file, &row, &end, NULL), ERR_OK);
		if (end)
			break;
		letter->id = arena_strdup(&real->arena, value(&row, "id"));
		letter->title = arena_strdup(&real->arena, value(&row, "title"));
		letter->text = arena_strdup(&real->arena, value(&row, "text"));
		assert_int_equal(civil_parse(value(&row, "created"), 480, &letter->at, NULL),
				 ERR_OK);
		real->n++;
	}
	import_close(file);
	return true;
}

static struct letter *letter_of(struct real *real, const char *id)
{
	for (size_t i = 0; i < real->n; i++)
		if (strcmp(real->letters[i].id, id) == 0)
			return &real->letters[i];
	fail_msg("there is no letter %s", id);
	return NULL;
}

/* "event ID ID …", "alone ID ID …" */
static void read_events(struct real *real)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	FILE *file = fopen(arena_printf(&real->arena, "%s/tests/unit/wire/events_hot.txt",
					top ? top : "."),
			   "r");
	char line[8192];
	int event = 0;

	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		char *rest = line, *word = strsep(&rest, " \n");
		bool is_event = strcmp(word, "event") == 0;

		if (!is_event && strcmp(word, "alone") != 0)
			continue;
		event += is_event;
		while ((word = strsep(&rest, " \n")) != NULL) {
			if (*word == '\0')
				continue;
			letter_of(real, word)->event = is_event ? event : 0;
			letter_of(real, word)->alone = !is_event;
		}
	}
	fclose(file);
}

static int by_gram(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;

	if (x->gram != y->gram)
		return (x->gram > y->gram) - (x->gram < y->gram);
	return (x->letter > y->letter) - (x->letter < y->letter);
}

static void make_index(struct real *real)
{
	for (size_t i = 0; i < real->n; i++) {
		struct grams *grams = &real->letters[i].grams;

		grams_add(grams, real->letters[i].title);
		grams_add(grams, real->letters[i].text);
		grams_sort(grams);
		for (size_t k = 0; k < grams->n; k++) {
			MEM_GROW(real->postings, real->n_postings, real->cap_postings);
			real->postings[real->n_postings++] =
			    (struct posting){ grams->items[k], i };
		}
	}
	qsort(real->postings, real->n_postings, sizeof *real->postings, by_gram);
}

static size_t first_of(const struct real *real, int64_t gram)
{
	size_t low = 0, high = real->n_postings;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (real->postings[mid].gram < gram)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static size_t count_of(const struct real *real, size_t first, int64_t gram)
{
	size_t at = first;

	while (at < real->n_postings && real->postings[at].gram == gram)
		at++;
	return at - first;
}

static int64_t bits(size_t of, size_t count)
{
	int64_t n = 0;

	while (count << n < of)
		n++;
	return n;
}

static void count_all(const struct real *real, const struct grams *terms, int64_t *counts)
{
	for (size_t k = 0; k < terms->n; k++)
		counts[k] = (int64_t)count_of(real, first_of(real, terms->items[k]),
					      terms->items[k]);
}

/* In each letter's weight how much it shares. */
static void weigh_all(struct real *real, const struct grams *terms)
{
	for (size_t i = 0; i < real->n; i++)
		real->letters[i].weight = 0;
	for (size_t k = 0; k < terms->n; k++) {
		size_t first = first_of(real, terms->items[k]);
		size_t n = count_of(real, first, terms->items[k]);

		for (size_t i = 0; n * COMMON <= real->n && i < n; i++)
			real->letters[real->postings[first + i].letter].weight += bits(real->n, n);
	}
}

/* The heaviest letters but the one that asks, at most CANDIDATES, best first. */
static size_t take_best(const struct real *real, size_t but, size_t best[CANDIDATES])
{
	size_t n = 0;

	for (size_t i = 0; i < real->n; i++) {
		int64_t weight = real->letters[i].weight;
		size_t at;

		if (i == but || weight <= 0 ||
		    (n == CANDIDATES && weight <= real->letters[best[n - 1]].weight))
			continue;
		n += n < CANDIDATES;
		for (at = n - 1; at > 0 && weight > real->letters[best[at - 1]].weight; at--)
			best[at] = best[at - 1];
		best[at] = i;
	}
	return n;
}

static int by_score(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;

	return y->score - x->score;
}

static void ask(struct real *real, size_t from, bool title_only)
{
	const struct letter *letter = &real->letters[from];
	struct similar_report report = { .title = letter->title, .at = letter->at };
	struct offer near[CANDIDATES];
	struct grams rarest = GRAMS_INIT;
	struct similar *similar;
	int64_t *counts;
	size_t best[CANDIDATES], n;

	report.text = title_only ? NULL : letter->text;
	similar = similar_new(&report);
	counts = mem_resize(NULL, similar_grams(similar)->n + 1, sizeof *counts);
	count_all(real, similar_grams(similar), counts);
	similar_weigh(similar, counts, (int64_t)real->n);
	similar_rarest(similar, counts, true, RAREST, &rarest);
	weigh_all(real, &rarest);
	grams_release(&rarest);
	n = take_best(real, from, best);
	for (size_t i = 0; i < n; i++) {
		const struct letter *other = &real->letters[best[i]];
		struct similar_report there = { .title = other->title,
						.text = other->text,
						.at = other->at };

		near[i] = (struct offer){ from, best[i], similar_score(similar, &there) };
	}
	qsort(near, n, sizeof *near, by_score);
	for (size_t i = 0; i < n && i < OFFERS; i++) {
		MEM_GROW(real->offers, real->n_offers, real->cap_offers);
		real->offers[real->n_offers++] = near[i];
	}
	free(counts);
	similar_free(similar);
}

static int others_of(const struct real *real, size_t of)
{
	int n = 0;

	for (size_t i = 0; i < real->n; i++)
		n += i != of && real->letters[i].event == real->letters[of].event;
	return n < OFFERS ? n : OFFERS;
}

static bool is_held(const struct letter *letter)
{
	return letter->event % HELD == 0;
}

/* held: -1 all events, 0 those that chose the numbers, 1 the others */
static struct figures figure(const struct real *real, int limit, int held)
{
	struct figures sum = { 0 };

	for (size_t i = 0, at = 0; i < real->n; i++) {
		const struct letter *from = &real->letters[i];
		int right = 0;

		for (; at < real->n_offers && real->offers[at].from == i; at++) {
			const struct letter *to = &real->letters[real->offers[at].to];
			bool said = from->event || from->alone || to->event || to->alone;

			if (real->offers[at].score < limit ||
			    (held >= 0 && (!from->event || is_held(from) != (held > 0))))
				continue;
			right += from->event && from->event == to->event;
			sum.wrong += said && (!from->event || from->event != to->event);
			sum.open += !said;
		}
		sum.right += right;
		if (from->event && (held < 0 || is_held(from) == (held > 0))) {
			sum.rows++;
			sum.found += right > 0;
			sum.share += (double)right / others_of(real, i);
		}
	}
	return sum;
}

static void tell(const char *what, const struct figures *sum)
{
	print_message("%-28s letters %d, with a right offer %.3f, share of theirs %.3f; pairs "
		      "offered %d: the same %d, another %d, not said %d; precision of those said "
		      "%.3f\n",
		      what, sum->rows, (double)sum->found / sum->rows, sum->share / sum->rows,
		      sum->right + sum->wrong + sum->open, sum->right, sum->wrong, sum->open,
		      (double)sum->right / (sum->right + sum->wrong));
}

static void tell_limits(const struct real *real)
{
	for (int limit = 200; limit <= 440; limit += 20) {
		struct figures sum = figure(real, limit, -1);

		tell(limit == 200 ? "limit 200, 220 …" : "", &sum);
	}
}

/* Offered pairs, drawn evenly; each once. */
static void tell_pairs(const struct real *real, size_t wanted)
{
	size_t n = 0, at = 0;

	for (size_t i = 0; i < real->n_offers; i++)
		n += real->offers[i].score >= SIMILAR_LIKELY;
	for (size_t i = 0, told = 0; i < real->n_offers && told < wanted; i++) {
		const struct offer *offer = &real->offers[i];

		if (offer->score < SIMILAR_LIKELY)
			continue;
		if (at++ * wanted / n < told)
			continue;
		told++;
		print_message("pair %s %s %d\n", real->letters[offer->from].id,
			      real->letters[offer->to].id, offer->score);
	}
}

static void ask_all(struct real *real, bool title_only)
{
	real->n_offers = 0;
	for (size_t i = 0; i < real->n; i++)
		ask(real, i, title_only);
}

static void check(struct real *real, const char *what, double recall, double precision)
{
	struct figures all = figure(real, SIMILAR_LIKELY, -1);
	struct figures held = figure(real, SIMILAR_LIKELY, 1);

	tell(what, &all);
	tell("  of these held", &held);
	if (getenv("SIMILAR_LIMITS"))
		tell_limits(real);
	if (getenv("SIMILAR_PAIRS"))
		tell_pairs(real, (size_t)strtoul(getenv("SIMILAR_PAIRS"), NULL, 10));
	assert_true(all.found > recall * all.rows);
	assert_true(all.share > (recall - 0.1) * all.rows);
	assert_true(held.found > (recall - 0.05) * held.rows);
	assert_true(all.right > precision * (all.right + all.wrong));
}

static void letters_about_one_event_are_found(void **state)
{
	struct real *real = mem_alloc(sizeof *real);
	bool here = read_letters(real);

	(void)state;
	if (here) {
		read_events(real);
		make_index(real);
		ask_all(real, false);
		check(real, "whole letters:", 0.8, 0.9);
		ask_all(real, true);
		check(real, "titles:", 0.75, 0.88);
	}
	for (size_t i = 0; i < real->n; i++)
		grams_release(&real->letters[i].grams);
	free(real->postings);
	free(real->offers);
	arena_release(&real->arena);
	free(real);
	if (here)
		return;
	print_message("the real letters are not here\n");
	skip();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_about_one_event_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
