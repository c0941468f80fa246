/* One run of `zhiban list`: what is asked for, and the rows on their way out. */
#ifndef ZHIBAN_CONSOLE_LIST_H
#define ZHIBAN_CONSOLE_LIST_H

#include "console.h"
#include "zhiban/base/newfile.h"
#include "zhiban/wire/jsonout.h"

struct list {
	struct console *console;
	const struct kind_desc *kind;
	const char *filter, *sort; /* NULL: none */
	bool mine; /* deadlines: of the officer's own organisation alone */
	size_t limit, written;
	const struct field *group; /* rows of one value follow each other; NULL: not grouped */
	struct value in_group;	   /* of the row before */
	size_t n_in_group;
	const struct field *more; /* columns beside those of the kind */
	size_t n_more;
	bool count_only; /* how many there are, and no rows */
	const struct field **columns;
	size_t n_columns;
	struct filter_ctx ctx;
	bool as_table;
	struct table table;   /* for people */
	struct out_rows rows; /* for programs, and for paper */
	struct str out;
	const char *path; /* --out: a file that is not there yet; NULL: standard output */
	struct new_file *to;
	bool excel; /* CSV for a spreadsheet */
};

/* A small filter (list_small.c): words, FIELD:VALUE, in:ORG, !not; all must fit. */
enum { SMALL_TERMS = 32 };
struct small_term {
	bool negated;
	const struct field *field; /* NULL: a word anywhere */
	const char *words;
	const char *within; /* code of an organisation, with all below it */
	bool current;
	bool open, mine, overdue; /* of meetings, their items and tasks */
};
struct small_filter {
	struct small_term terms[SMALL_TERMS];
	size_t n;
};
enum err small_read(const struct list *list, struct small_filter *ret_filter, struct error *err)
	MUST_CHECK;
bool small_fits(const struct list *list, const struct small_filter *filter, const void *thing);

/* Its rows (list_sort.c): `thing` is judged and orders, `shown` (the same, for programs) is
 * written; both must stay until small_write, which puts them in the order of --sort, writes as many
 * as --limit says, and forgets them.  ERR_USAGE: there is no such order. */
struct small_rows {
	struct small_row *items; /* malloc'ed */
	size_t n, cap;
};
void small_add(struct small_rows *rows, const struct uuid *id, const void *thing, const void *shown);
enum err small_write(struct list *list, struct small_rows *rows, struct error *err) MUST_CHECK;

struct list_asked { /* NULL: not given */
	const char *filter, *view, *views, *columns, *sort, *group;
};
/* Of that list, by its name. */
/* list_view.c */
enum err list_take_view(struct list *list, const char *name, struct list_asked *asked,
			struct error *err) MUST_CHECK;
enum err list_take_group(struct list *list, const char *words, struct error *err) MUST_CHECK;
bool list_find_order(const char *words, struct client_order *ret_order) MUST_CHECK;
const struct field *list_find_column(const struct list *list, const char *word); /* or NULL */
void list_add_heading(struct list *list, const struct incident *incident); /* before its row */
void list_end_group(struct list *list);

/* --filter: ERR_USAGE with the word that is wrong. */
enum err list_parse_filter(struct list *list, const char *words, struct filter **ret_filter,
			   struct error *err) MUST_CHECK;
enum err list_add(struct list *list, const struct uuid *id, const void *thing, struct error *err)
	MUST_CHECK;
/* Around rows that come from elsewhere: the list of that name, with --columns and --format. */
enum err list_begin(struct list *list, const char *name, const char *columns, const char *format,
		    struct error *err) MUST_CHECK;
enum err list_end(struct list *list, struct error *err) MUST_CHECK; /* writes out */
void list_release(struct list *list);

/* How rows leave (list_out.c): the format by its word, or by the file's name; title and filter of a
 * document; and the file, which appears when it is whole. */
enum err list_out_begin(struct list *list, const char *name, const char *format, struct error *err)
	MUST_CHECK;
enum err list_out_flush(struct list *list, struct error *err) MUST_CHECK;
enum err list_out_end(struct list *list, struct error *err) MUST_CHECK;

enum err list_incidents(struct list *list, struct error *err) MUST_CHECK;
enum err list_deadlines(struct list *list, struct error *err) MUST_CHECK;
/* The columns that rows of deadlines have beside those of an incident (list_due.c). */
const struct field *list_due_fields(bool as_table, size_t *ret_n);
enum err list_whistles(struct list *list, struct error *err) MUST_CHECK;
enum err list_dutylog(struct list *list, struct error *err) MUST_CHECK;
enum err list_records(struct list *list, struct error *err) MUST_CHECK;
enum err list_people(struct list *list, struct error *err) MUST_CHECK;
enum err list_inspections(struct list *list, struct error *err) MUST_CHECK;
enum err list_notices(struct list *list, struct error *err) MUST_CHECK;
enum err list_handovers(struct list *list, struct error *err) MUST_CHECK;
enum err list_orgs(struct list *list, struct error *err) MUST_CHECK;
enum err list_supervisions(struct list *list, struct error *err) MUST_CHECK;
/* list_roster.c */
const struct kind_desc *list_shifts_desc(void); /* rows of duties, from all rosters */
enum err list_shifts(struct list *list, struct error *err) MUST_CHECK;
enum err list_rosters(struct list *list, struct error *err) MUST_CHECK;
enum err list_staff(struct list *list, struct error *err) MUST_CHECK;
enum err list_swaps(struct list *list, struct error *err) MUST_CHECK;
/* list_meeting.c */
enum err list_meetings(struct list *list, struct error *err) MUST_CHECK;
enum err list_items(struct list *list, struct error *err) MUST_CHECK;
enum err list_actions(struct list *list, struct error *err) MUST_CHECK;
const struct kind_desc *list_rooms_desc(void);
enum err list_rooms(struct list *list, struct error *err) MUST_CHECK;
const struct kind_desc *list_candidates_desc(void);
enum err list_candidates(struct list *list, struct error *err) MUST_CHECK;

#endif
