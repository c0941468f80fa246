/* The numbers below were chosen on 2,673 real letters to a city, by pairs that people had read, and
 * checked on a third of them that had no part in the choice (tests/unit/wire/similar_real_test.c, and
 * events_hot.txt beside it).  Those of the place and of the moment were not: the letters tell no grid
 * and no call; they are set by cases as desks write them (tests/unit/domain/similar_test.c). */
#include <config.h>

#include "zhiban/domain/similar.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/incident.h"

enum {
	BIT = 64,	  /* weights are in 64ths of a bit */
	HEAD_TIMES = 2,	  /* title and address count so many times, */
	HEAD_RARER = 4,	  /* and their pairs are asked by as if they were so much rarer */
	MEAN_PERCENT = 64, /* of the greatest weight: what a pair weighs on the average, */
	MEAN_SQUARE_PERCENT = 47, /* and the average of the squares, of its square */
	PART_COSINE = 10, /* the parts of the score: the texts as a whole, */
	PART_MORE = 5,	  /* the title of which more stands in the other report, */
	PART_LESS = 3,	  /* and the other title */
	PARTS = PART_COSINE + PART_MORE + PART_LESS,
	FAR_DAYS = 365, /* this far apart, and beyond, costs most */
	FAR_COSTS = 110,
	SAME_GRID = 90,
	SAME_COMMUNITY = 60,
	SAME_STREET = 30,
	SAME_ADDRESS = 100, /* as much of it as the shorter one has in the other */
	SURE_PLACE = 60, /* so much of these is the same place; then nearly at once tells, too */
	AT_ONCE_THERE = 100,
	NEARLY_AT_ONCE_HOURS = 6,
	THESE_DAYS_HOURS = 48,
};
enum apart_in_place { NOT, PERHAPS, SURELY };
#define HOUR_MS (INT64_C(60) * 60 * 1000)

struct side {
	struct grams head, all; /* sorted; head: title and address; all: the text's as well */
	struct grams address;
};

struct similar {
	struct side side;
	int64_t *weights; /* of side.all */
	int64_t top;	  /* the weight of a pair that only one report has */
	char *street, *community, *grid;
	int64_t at;
};

/* log2(n) in 64ths of a bit, n >= 1: by squaring, a binary digit at a time. */
static int64_t log2_64(int64_t n)
{
	uint64_t x = (uint64_t)n;
	int64_t whole = 0, part = 0;

	while (x >> (whole + 1) != 0)
		whole++;
	x = whole > 31 ? x >> (whole - 31) : x << (31 - whole); /* 1 <= x / 2^31 < 2 */
	for (int64_t bit = BIT / 2; bit > 0; bit /= 2) {
		x = (x * x) >> 31;
		if (x >> 32 != 0) {
			x >>= 1;
			part += bit;
		}
	}
	return whole * BIT + part;
}

static int64_t root(int64_t n)
{
	uint64_t x = (uint64_t)n, result = 0, bit = UINT64_C(1) << 62;

	while (bit > x)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (x >= result + bit) {
			x -= result + bit;
			result = (result >> 1) + bit;
		} else {
			result >>= 1;
		}
	}
	return (int64_t)result;
}

static void side_init(struct side *side, const struct similar_report *report)
{
	struct str begun = STR_INIT;

	*side = (struct side){ .head = GRAMS_INIT, .all = GRAMS_INIT, .address = GRAMS_INIT };
	grams_add(&side->head, report->title);
	grams_add(&side->head, report->address);
	grams_add(&side->address, report->address);
	if (report->text) {
		size_t len = strlen(report->text);

		if (len > SIMILAR_TEXT) /* not within a character */
			for (len = SIMILAR_TEXT; ((unsigned char)report->text[len] & 0xC0) == 0x80;)
				len--;
		str_add_bytes(&begun, report->text, len);
		grams_add(&side->all, str_get(&begun));
		str_release(&begun);
	}
	for (size_t i = 0; i < side->head.n; i++) {
		MEM_GROW(side->all.items, side->all.n, side->all.cap);
		side->all.items[side->all.n++] = side->head.items[i];
	}
	grams_sort(&side->head);
	grams_sort(&side->all);
	grams_sort(&side->address);
}

static void side_release(struct side *side)
{
	grams_release(&side->head);
	grams_release(&side->all);
	grams_release(&side->address);
}

static char *known(const char *id)
{
	return id && *id ? mem_strdup(id) : NULL;
}

struct similar_report similar_report_of(const struct incident *incident)
{
	return (struct similar_report){
		.title = incident->title,
		.text = incident->text,
		.address = incident->address,
		.street = incident->street,
		.community = incident->community,
		.grid = incident->grid,
		.at = incident->reported_at ? incident->reported_at : incident->registered_at,
	};
}

struct similar *similar_new(const struct similar_report *report)
{
	struct similar *similar = mem_alloc(sizeof *similar);

	side_init(&similar->side, report);
	similar->weights = mem_resize(NULL, similar->side.all.n + 1, sizeof *similar->weights);
	similar->street = known(report->street);
	similar->community = known(report->community);
	similar->grid = known(report->grid);
	similar->at = report->at;
	similar_weigh(similar, NULL, 1);
	return similar;
}

void similar_free(struct similar *similar)
{
	if (!similar)
		return;
	side_release(&similar->side);
	free(similar->weights);
	free(similar->street);
	free(similar->community);
	free(similar->grid);
	free(similar);
}

const struct grams *similar_grams(const struct similar *similar)
{
	return &similar->side.all;
}

void similar_weigh(struct similar *similar, const int64_t *counts, int64_t of)
{
	similar->top = counts && of > 0 ? log2_64(of + 1) : BIT;
	for (size_t i = 0; i < similar->side.all.n; i++)
		similar->weights[i] =
		    counts && counts[i] > 1
			? similar->top - log2_64(counts[i] < of + 1 ? counts[i] : of + 1)
			: similar->top * MEAN_PERCENT / 100;
}

static bool has(const struct grams *sorted, size_t *at, int64_t item)
{
	while (*at < sorted->n && sorted->items[*at] < item)
		++*at;
	return *at < sorted->n && sorted->items[*at] == item;
}

struct rare {
	int64_t gram, count;
};

static int by_rarity(const void *a, const void *b)
{
	const struct rare *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return (x->gram > y->gram) - (x->gram < y->gram);
}

void similar_rarest(const struct similar *similar, const int64_t *counts, bool counted, size_t most,
		    struct grams *ret_grams)
{
	const struct side *side = &similar->side;
	struct rare *rare = mem_resize(NULL, side->all.n + 1, sizeof *rare);
	struct grams grams = GRAMS_INIT;
	size_t n = 0, head = 0;

	for (size_t i = 0; i < side->all.n; i++) {
		int64_t gram = side->all.items[i];
		bool in_head = has(&side->head, &head, gram);

		if (counts[i] > counted)
			rare[n++] = (struct rare){ gram, in_head ? counts[i] : HEAD_RARER * counts[i] };
	}
	qsort(rare, n, sizeof *rare, by_rarity);
	for (size_t i = 0; i < n && i < most; i++) {
		MEM_GROW(grams.items, grams.n, grams.cap);
		grams.items[grams.n++] = rare[i].gram;
	}
	grams_sort(&grams);
	free(rare);
	*ret_grams = grams;
}

/* What is summed up in one walk along both reports' pairs. */
struct sums {
	int64_t both;		    /* squares of what both have, as often as it counts */
	int64_t mine, theirs;	    /* squares of each */
	int64_t title, title_there; /* weights of my head, and of what of it is there */
	int64_t other, other_here;  /* of theirs */
};

static struct sums sum_up(const struct similar *similar, const struct side *other)
{
	const struct side *side = &similar->side;
	int64_t mean = similar->top * MEAN_PERCENT / 100;
	int64_t mean_square = similar->top * similar->top / 100 * MEAN_SQUARE_PERCENT;
	size_t i = 0, j = 0, my_head = 0, their_head = 0;
	struct sums sums = { .both = 0 };

	/* Where both have an address, it tells the place, and the rest must tell the matter. */
	bool placed = side->address.n > 0 && other->address.n > 0;
	size_t my_place = 0, their_place = 0;

	while (i < side->all.n || j < other->all.n) {
		bool left = j == other->all.n ||
			    (i < side->all.n && side->all.items[i] <= other->all.items[j]);
		bool right = i == side->all.n ||
			     (j < other->all.n && other->all.items[j] <= side->all.items[i]);
		int64_t item = left ? side->all.items[i] : other->all.items[j];
		int64_t weight = left ? similar->weights[i] : mean;
		int64_t square = left ? weight * weight : mean_square;
		bool in_mine = left && has(&side->head, &my_head, item);
		bool in_theirs = right && has(&other->head, &their_head, item);
		int64_t mine = in_mine ? HEAD_TIMES : 1, theirs = in_theirs ? HEAD_TIMES : 1;

		i += left;
		j += right;
		if (placed && (has(&side->address, &my_place, item) ||
			       has(&other->address, &their_place, item)))
			continue;
		if (left)
			sums.mine += square * mine * mine;
		if (right)
			sums.theirs += square * theirs * theirs;
		if (left && right)
			sums.both += square * mine * theirs;
		if (in_mine)
			sums.title += weight;
		if (in_mine && right)
			sums.title_there += weight;
		if (in_theirs)
			sums.other += weight;
		if (in_theirs && left)
			sums.other_here += weight;
	}
	return sums;
}

static int64_t part_of(int64_t part, int64_t whole)
{
	return whole > 0 ? part * SIMILAR_MOST / whole : 0;
}

static int64_t words_score(const struct sums *sums)
{
	int64_t cosine = part_of(sums->both, root(sums->mine) * root(sums->theirs));
	int64_t mine = part_of(sums->title_there, sums->title);
	int64_t theirs = part_of(sums->other_here, sums->other);
	int64_t more = mine > theirs ? mine : theirs, less = mine > theirs ? theirs : mine;

	return (cosine * PART_COSINE + more * PART_MORE + less * PART_LESS) / PARTS;
}

static bool same(const char *a, const char *b)
{
	return a && b && *b && strcmp(a, b) == 0;
}

static bool differ(const char *a, const char *b)
{
	return a && b && *b && strcmp(a, b) != 0;
}

static int64_t apart(const struct similar *similar, const struct similar_report *other)
{
	int64_t a = similar->at, b = other->at;

	return a == 0 || b == 0 ? 0 : a > b ? a - b : b - a;
}

/* Of the shorter address how much stands in the other, per cent; -1: one is not known. */
static int64_t same_address(const struct grams *a, const struct grams *b)
{
	int64_t shared = 0, shorter = (int64_t)(a->n < b->n ? a->n : b->n);
	size_t at = 0;

	for (size_t i = 0; i < a->n; i++)
		shared += has(b, &at, a->items[i]);
	return shorter > 0 ? shared * 100 / shorter : -1;
}

static int64_t same_place(const struct similar *similar, const struct similar_report *other,
			  const struct side *side)
{
	int64_t share = same_address(&similar->side.address, &side->address);
	int64_t score = share > 0 ? share * SAME_ADDRESS / 100 : 0;
	bool at_once = similar->at != 0 && other->at != 0 &&
		       apart(similar, other) < NEARLY_AT_ONCE_HOURS * HOUR_MS;

	if (same(similar->grid, other->grid))
		score += SAME_GRID;
	else if (same(similar->community, other->community))
		score += SAME_COMMUNITY;
	else if (same(similar->street, other->street))
		score += SAME_STREET;
	return score + (at_once && score >= SURE_PLACE ? AT_ONCE_THERE : 0);
}

/* Two addresses without anything in common may still be one place: the estate here, its road there. */
static enum apart_in_place elsewhere(const struct similar *similar,
				     const struct similar_report *other, const struct side *side)
{
	if (differ(similar->street, other->street) || differ(similar->community, other->community))
		return SURELY;
	return !same(similar->community, other->community) &&
	       same_address(&similar->side.address, &side->address) == 0 ? PERHAPS : NOT;
}

/* Desks write the same words for the same matter wherever it is: at another place it is another
 * case, unless it comes from several places at once.  So many per cent are left. */
static int64_t elsewhere_percent(enum apart_in_place where, int64_t ms)
{
	static const int percent[][3] = {
		[NOT] = { 100, 100, 100 },
		[PERHAPS] = { 72, 60, 50 },
		[SURELY] = { 45, 28, 20 },
	};

	if (ms < NEARLY_AT_ONCE_HOURS * HOUR_MS)
		return percent[where][0];
	return percent[where][ms < THESE_DAYS_HOURS * HOUR_MS ? 1 : 2];
}

static int64_t time_costs(int64_t ms)
{
	int64_t days = ms / (24 * HOUR_MS);

	return (days < FAR_DAYS ? days : FAR_DAYS) * FAR_COSTS / FAR_DAYS;
}

int similar_score(const struct similar *similar, const struct similar_report *other)
{
	struct side side;
	struct sums sums;
	int64_t score;

	side_init(&side, other);
	sums = sum_up(similar, &side);
	score = words_score(&sums) + same_place(similar, other, &side) -
		time_costs(apart(similar, other));
	score = score *
		elsewhere_percent(elsewhere(similar, other, &side), apart(similar, other)) / 100;
	side_release(&side);
	if (sums.both == 0)
		return 0;
	if (score < 0)
		return 0;
	return score > SIMILAR_MOST ? SIMILAR_MOST : (int)score;
}
