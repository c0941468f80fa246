#include <config.h>

#include <stdio.h>
#include <string.h>

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

struct cell {
	struct board_view *view;
	const struct rules *rules;
	const struct client_row *row;
	const struct incident *incident;
	int64_t now;
	char *buf;
	size_t size;
	enum role role; /* out */
};

static const char *field_text(struct cell *cell, const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);
	struct value value = field_get(field, cell->incident);

	return value_is_set(value) ? rules_show(cell->rules, field, value, cell->buf, cell->size)
				   : "";
}

static enum left_state state_left(const struct cell *cell)
{
	return cell->incident->open ? left_state(cell->incident->due, cell->now) : LEFT_NONE;
}

static enum role left_role(enum left_state state)
{
	switch (state) {
	case LEFT_OVER:
		return ROLE_CLOCK_OVERDUE;
	case LEFT_SOON:
		return ROLE_CLOCK_SOON;
	case LEFT_FAR:
	case LEFT_NONE:
		break;
	}
	return ROLE_TEXT;
}

static const char *cell_mark(struct cell *cell)
{
	enum left_state left = state_left(cell);
	bool pending = cell->row->marks & ROW_PENDING;
	bool near = left == LEFT_OVER || left == LEFT_SOON;

	cell->role = near ? left_role(left) : ROLE_PENDING;
	if (cell->row->marks & ROW_REFUSED)
		return near ? "!X" : "X";
	if (pending)
		return near ? "!^" : "^";
	return left == LEFT_OVER ? "!!" : near ? "!" : "";
}

static const char *cell_left(struct cell *cell)
{
	int64_t shown = left_moment(cell->incident->due, cell->now), next;

	if (!cell->incident->open || !cell->incident->due)
		return "";
	cell->role = left_role(state_left(cell));
	left_text(cell->incident->due, shown, cell->buf);
	if (shown == cell->now) {
		next = left_next(cell->incident->due, cell->now, !cell->view->app->thin);
		next += env_now(client_env(cell->view->app->client)) - cell->now;
		if (next < cell->view->left_at)
			cell->view->left_at = next;
	}
	return cell->buf;
}

static const char *cell_urgency(struct cell *cell)
{
	static const enum role roles[] = { ROLE_TEXT, ROLE_SEVERITY_CRITICAL,
					   ROLE_SEVERITY_MAJOR, ROLE_SEVERITY_NORMAL };
	int64_t urgency = cell->incident->urgency;

	cell->role = urgency >= 0 && urgency < (int64_t)ARRAY_LEN(roles) ? roles[urgency]
									 : ROLE_TEXT;
	return field_text(cell, "urgency");
}

static const char *cell_number(struct cell *cell)
{
	if (cell->row->marks & ROW_NEW)
		cell->role = ROLE_PENDING;
	return client_mark(cell->view->app->client, cell->incident, cell->buf);
}

/* Narrow columns show the beginning of a name: two dots would take half of it. */
static const char *beginning(struct cell *cell, const char *text, int columns)
{
	struct str clean = STR_INIT;

	text_clean(&clean, text, strlen(text), false);
	snprintf(cell->buf, cell->size, "%.*s", (int)text_fit(str_get(&clean), columns, NULL),
		 str_get(&clean));
	str_release(&clean);
	return cell->buf;
}

static const char *cell_source(struct cell *cell)
{
	return beginning(cell, field_text(cell, "source"), 4);
}

static const char *cell_street(struct cell *cell)
{
	return beginning(cell, field_text(cell, "street"), 4);
}

static const char *cell_matter(struct cell *cell)
{
	return cell->incident->title ? cell->incident->title : "";
}

static const char *cell_category(struct cell *cell)
{
	return field_text(cell, "category");
}

static const char *cell_holder(struct cell *cell)
{
	return beginning(cell, field_text(cell, "holder"), 8);
}

static const char *cell_state(struct cell *cell)
{
	const struct step *step = rules_step(cell->rules, cell->incident->step);

	if (cell->row->marks & ROW_PENDING)
		cell->role = ROLE_PENDING;
	return !step ? field_text(cell, "step") : step->waiting ? step->waiting : step->label;
}

static const char *time_text(struct cell *cell, int64_t at)
{
	struct civil then, today;

	civil_of_ms(at, cell->rules->offset_min, &then);
	civil_of_ms(cell->now, cell->rules->offset_min, &today);
	civil_format(at, cell->rules->offset_min, then.year == today.year ? "m-d H:M" : "Y-m-d",
		     cell->buf, cell->size);
	return cell->buf;
}

static const char *cell_moved(struct cell *cell)
{
	size_t len;

	if (!cell->incident->moved_at)
		return "";
	time_text(cell, cell->incident->moved_at);
	len = strlen(cell->buf);
	cell->buf[len] = ' ';
	cell->buf += len + 1;
	cell->size -= len + 1;
	const char *verb = field_text(cell, "moved_by");
	snprintf(cell->buf, cell->size, "%s", verb);
	return cell->view->cell;
}

static const char *cell_reported(struct cell *cell)
{
	int64_t at = cell->incident->reported_at ? cell->incident->reported_at
						 : cell->incident->registered_at;

	return at ? time_text(cell, at) : "";
}

static const char *cell_merged(struct cell *cell)
{
	return field_text(cell, "merged");
}

const struct list_column board_columns[] = {
	{ "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "left", N_("Left"), 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END },
	{ "urgency", N_("Urg."), 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "number", N_("Number"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "source", N_("From"), 4, 4, 0, 70, LIST_LEFT, LIST_CUT_END },
	{ "street", N_("Area"), 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "category", N_("Category"), 10, 12, 0, 132, LIST_LEFT, LIST_CUT_END },
	{ "title", N_("Matter"), 10, 28, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	{ "merged", N_("Joined"), 4, 4, 0, 160, LIST_RIGHT, LIST_CUT_END },
	{ "reported", N_("Reported"), 11, 11, 0, 132, LIST_LEFT, LIST_CUT_END },
	{ "moved", N_("Latest move"), 16, 20, 0, 100, LIST_LEFT, LIST_CUT_END },
	{ "holder", N_("Holder"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "state", N_("State"), 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END },
};
const int board_n_columns = ARRAY_LEN(board_columns);

void board_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	static const char *(*const makers[])(struct cell *) = {
		cell_mark,   cell_left,	    cell_urgency, cell_number, cell_source,
		cell_street, cell_category, cell_matter,  cell_merged, cell_reported,
		cell_moved,  cell_holder,   cell_state,
	};
	struct board_view *view = ctx;
	const struct client_row *shown = row->data;
	struct cell cell = {
		.view = view,
		.rules = client_rules(view->app->client),
		.row = shown,
		.incident = shown->incident,
		.now = app_now(view->app),
		.buf = view->cell,
		.size = sizeof view->cell,
		.role = ROLE_TEXT,
	};

	_Static_assert(ARRAY_LEN(makers) == ARRAY_LEN(board_columns), "a maker for each column");
	ret_cell->text = makers[column](&cell);
	ret_cell->role = cell.role;
}
