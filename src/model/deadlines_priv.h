/* The deadlines model's inside, shared by its files. */
#ifndef ZHIBAN_MODEL_DEADLINES_PRIV_H
#define ZHIBAN_MODEL_DEADLINES_PRIV_H

#include "zhiban/model/deadlines.h"

struct due_ref { /* what a row given out is about */
	bool used;
	struct uuid row, entity;
	enum kind kind;
	enum deadline_sort sort;
};

struct due_gathered { /* rows in their order, with their texts */
	struct arena arena;
	struct client_deadline *rows;
	size_t n, cap;
	bool more; /* there are others, which were not taken */
};

struct deadlines {
	struct client *client;
	bool mine;
	int32_t day;
	int64_t now; /* of the last read */

	char *filter; /* its text, or NULL */
	struct filter *parsed;
	struct arena parsed_in;

	/* What is computed, in the order of the dues; all of it is few. */
	struct due_gathered extra;

	/* With a filter or standing still: all rows, gathered. */
	struct due_gathered shown, coming;
	bool gathers; /* they are asked for */
	bool going, ended, stale, whole; /* ended: all has been looked at */
	struct deadline_key at; /* how far the gathering has come */
	int64_t began, rest_till;

	bool frozen;
	size_t waiting;
	struct due_counts counts;

	struct arena words; /* of filters */
	struct choices sorts; /* what kind: may be */

	struct due_ref *refs; /* open addressing, a power of two */
	size_t n_refs, cap_refs;
};

/* deadlines.c */
struct client_deadline_filter due_asked(const struct deadlines *deadlines, bool with_day);
/* Of the same order as the client's. */
int due_key_cmp(const struct deadline_key *a, const struct deadline_key *b);
void due_note(struct deadlines *deadlines, const struct client_deadline *row);
/* The counts, anew, by index or from what was gathered. */
void due_count(struct deadlines *deadlines);
int64_t due_group_from(const struct deadlines *deadlines, enum due_group group);

struct due_asking { /* what a source of computed rows is asked for */
	struct client *client;
	const char *org; /* whose: it or one within it; NULL: all that the officer sees */
	int64_t now, from, to;
	bool only_next;
	struct due_gathered *rows;
};
void due_add_filings(const struct due_asking *asking); /* deadlines_filing.c */

/* deadlines_extra.c */
/* What is computed and due in [from, to), in the arena; only_next: of each row that comes again and
 * again the next time only, and what was missed lately.  org: whose, or NULL. */
void due_extra(struct client *client, const char *org, int64_t now, int64_t from, int64_t to,
	       bool only_next, struct due_gathered *ret_rows);
void due_gathered_add(struct due_gathered *gathered, const struct client_deadline *row);
void due_gathered_sort(struct due_gathered *gathered);
void due_gathered_release(struct due_gathered *gathered);

/* deadlines_find.c */
void due_sorts(struct deadlines *deadlines); /* once, when it is new */
bool due_lets(void *deadlines, const struct client_deadline *row);
/* Another filter, day or list: what was gathered is of the old one. */
void due_gather_anew(struct deadlines *deadlines);
/* At once, at most so many rows: for a list that stands still. */
void due_gather_now(struct deadlines *deadlines, size_t most);

#endif
