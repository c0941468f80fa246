/* zhiban list deadlines: what runs out, the next first.  A row has the columns of an incident (holder:
 * whose it is; of a whistle or a check what it has of them), and some of its own. */
#include <config.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/deadlines.h"
#include "zhiban/model/left.h"

struct due_line {
	struct incident like; /* the first: the columns of an incident */
	const char *kind;     /* incident, whistle, check; to people in their words */
	const char *sort;     /* clock, countersign … */
	const char *clock;
	const char *org;
	const char *left_text;
	int64_t left;	      /* minutes */
	const char *deadline; /* id of the clock, or of what it is about */
	struct uuid entity;
};

#define LINE(name_, type_, title_) \
	FIELD_DESC(offsetof(struct due_line, name_), name_, type_, #name_, "-", title_, 0, PUBLIC, 0)
static const struct field for_people[] = {
	LINE(kind, TEXT, N_("What")),
	LINE(sort, TEXT, N_("Waits for")),
	LINE(clock, TEXT, N_("Clock")),
	LINE(org, ORG, N_("Whose")),
	FIELD_DESC(offsetof(struct due_line, left_text), left, TEXT, "left", "-", N_("Left"), 0, PUBLIC,
		   0),
	LINE(deadline, TEXT, N_("Deadline")),
};
static const struct field for_programs[] = {
	LINE(kind, TEXT, N_("What")),	  LINE(sort, TEXT, N_("Waits for")),
	LINE(clock, TEXT, N_("Clock")),	  LINE(org, ORG, N_("Whose")),
	LINE(left, INT, N_("Left")),	  LINE(deadline, TEXT, N_("Deadline")),
};

const struct field *list_due_fields(bool as_table, size_t *ret_n)
{
	*ret_n = as_table ? ARRAY_LEN(for_people) : ARRAY_LEN(for_programs);
	return as_table ? for_people : for_programs;
}

static const char *kind_word(const struct client_deadline *row)
{
	return row->kind == KIND_INSPECTION ? "check" : kind_desc(row->kind)->name;
}

static void fill(const struct list *list, const struct client_deadline *row,
		 const struct incident *like, struct arena *arena, struct due_line *line)
{
	int64_t now = list->ctx.now, left = row->deadline.due - now;
	char text[LEFT_TEXT], id[UUID_TEXT];

	left_minutes(row->deadline.due, now - now % MINUTE_MS, text);
	uuid_text(&row->deadline.id, id);
	*line = (struct due_line){ .like = *like, .entity = row->entity };
	if (list->as_table && (row->kind == KIND_INSPECTION || row->kind == KIND_ROSTER))
		line->like.number = "-"; /* people go by organisation, words and date */
	line->kind = list->as_table ? due_sort_words(row) : kind_word(row);
	line->sort = list->as_table ? deadline_sort_label(row->deadline.sort)
				    : deadline_sort_code(row->deadline.sort);
	line->clock = list->as_table ? due_cause_words(list->ctx.rules, row) : row->deadline.clock;
	line->org = row->deadline.org;
	line->left_text = arena_strdup(arena, text);
	line->left = left >= 0 ? left / MINUTE_MS : -((-left + MINUTE_MS - 1) / MINUTE_MS);
	line->deadline = arena_strdup(arena, id);
}

/* ---- in the order of the dues ---- */

static enum err add(void *ctx, const struct client_deadline *row, const struct incident *like,
		    struct error *err)
{
	struct list *list = ctx;
	struct arena arena = ARENA_INIT;
	struct due_line line;
	enum err code;

	if (list->written == list->limit)
		return ERR_USAGE; /* enough: told apart by the count */
	fill(list, row, like, &arena, &line);
	code = list_add(list, &line.entity, &line, err);
	list->written++;
	arena_release(&arena);
	return code;
}

/* ---- in another ---- */

struct sorting {
	struct list *list;
	struct arena arena;
	struct due_line *lines;
	size_t n, cap;
	const struct field *field;
	bool descending;
};

static enum err gather(void *ctx, const struct client_deadline *row, const struct incident *like,
		       struct error *err)
{
	struct sorting *sorting = ctx;
	struct incident *kept;
	struct client_deadline copy = *row;

	(void)err;
	kept = entity_new(KIND_INCIDENT, &row->entity, &sorting->arena);
	for (size_t i = 0; i < kind_desc(KIND_INCIDENT)->n_fields; i++) {
		const struct field *field = &kind_desc(KIND_INCIDENT)->fields[i];

		field_set(field, kept, field_get(field, like), &sorting->arena);
	}
	copy.deadline.clock = arena_strdup(&sorting->arena, row->deadline.clock);
	copy.deadline.org = arena_strdup(&sorting->arena, row->deadline.org);
	MEM_GROW(sorting->lines, sorting->n, sorting->cap);
	fill(sorting->list, &copy, kept, &sorting->arena, &sorting->lines[sorting->n++]);
	return ERR_OK;
}

static int compare(const void *a, const void *b, void *ctx)
{
	const struct sorting *sorting = ctx;
	struct value x = field_get(sorting->field, a), y = field_get(sorting->field, b);
	int c;

	if (value_is_set(x) != value_is_set(y))
		return value_is_set(x) ? -1 : 1; /* absent ones are last either way */
	if (!value_is_set(x))
		return 0;
	c = x.is_text ? strcmp(x.text, y.text) : (x.num > y.num) - (x.num < y.num);
	return sorting->descending ? -c : c;
}

static enum err list_sorted(struct list *list, struct deadlines *deadlines, struct error *err)
{
	const char *words = list->sort;
	struct sorting sorting = { .list = list, .descending = *words == '-' };
	enum err code = ERR_OK;

	sorting.field = list_find_column(list, words + sorting.descending);
	if (sorting.field == NULL)
		code = error_set(err, ERR_USAGE, _("--sort: \"%s\" is no column"), words);
	if (code == ERR_OK)
		code = deadlines_each(deadlines, gather, &sorting, err);
	if (code == ERR_OK && sorting.n > 0)
		qsort_r(sorting.lines, sorting.n, sizeof *sorting.lines, compare, &sorting);
	for (size_t i = 0; code == ERR_OK && i < sorting.n && list->written < list->limit; i++) {
		code = list_add(list, &sorting.lines[i].entity, &sorting.lines[i], err);
		list->written++;
	}
	free(sorting.lines);
	arena_release(&sorting.arena);
	return code;
}

enum err list_deadlines(struct list *list, struct error *err)
{
	struct deadlines *deadlines = deadlines_new(list->console->client);
	const char *words = list->filter ? list->filter : "";
	struct filter_error wrong;
	enum err code = ERR_OK;

	deadlines_set_mine(deadlines, list->mine);
	if (deadlines_set_filter(deadlines, words, &wrong) != ERR_OK)
		code = error_set(err, ERR_USAGE, _("in the filter, \"%.*s\": %s"), (int)wrong.len,
				 words + wrong.at, wrong.text);
	else if (list->sort != NULL && strcmp(list->sort, "due") != 0)
		code = list_sorted(list, deadlines, err);
	else
		code = deadlines_each(deadlines, add, list, err);
	if (code == ERR_USAGE && list->written == list->limit)
		code = ERR_OK;
	deadlines_free(deadlines);
	return code;
}
