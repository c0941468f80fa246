#include <config.h>

#include <stdio.h>
#include <string.h>

#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/mode.h"
#include "zhiban/model/left.h"

struct cell {
	struct rows *rows;
	const struct rules *rules;
	const struct client_row *row;
	const struct incident *incident;
	int64_t now;
	const struct field *field; /* of a column that is just a field */
	int column;
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

/* Clocks that stand still, and what waits to be countersigned: two columns at the most. */
static const char *still_mark(struct cell *cell)
{
	const struct incident *incident = cell->incident;

	cell->role = ROLE_CLOCK_PAUSED;
	if (!incident->open)
		return "";
	if (incident->shelved_at)
		/* TRANSLATORS: mark of a shelved case (挂), at most two columns */
		return _("__");
	if (incident->paused_until > cell->now)
		/* TRANSLATORS: mark of a case whose clocks stand still (停), at most two columns */
		return _("||");
	if (!incident->owed)
		return "";
	cell->role = ROLE_WARNING;
	/* TRANSLATORS: mark of a case with something to be countersigned (补), at most two
	 * columns */
	return _("?");
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
	if (near)
		return left == LEFT_OVER ? "!!" : "!";
	return still_mark(cell);
}

static const char *cell_left(struct cell *cell)
{
	int64_t shown = left_moment(cell->incident->due, cell->now), next;

	if (!cell->incident->open || !cell->incident->due)
		return "";
	cell->role = left_role(state_left(cell));
	(cell->rows->app->thin ? left_minutes : left_text)(cell->incident->due, shown, cell->buf);
	if (shown == cell->now) {
		next = left_next(cell->incident->due, cell->now, !cell->rows->app->thin);
		next += env_now(client_env(cell->rows->app->client)) - cell->now;
		if (next < cell->rows->left_at)
			cell->rows->left_at = next;
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
	return client_mark(cell->rows->app->client, cell->incident, cell->buf);
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

/* In four columns the beginning, in more the whole, cut with a mark. */
static const char *narrow(struct cell *cell, const char *name)
{
	const char *text = field_text(cell, name);

	return list_width(cell->rows->list, cell->column) <= 4 ? beginning(cell, text, 4) : text;
}

static const char *cell_source(struct cell *cell)
{
	return narrow(cell, "source");
}

static const char *cell_street(struct cell *cell)
{
	return narrow(cell, "street");
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
	return field_text(cell, "holder");
}

static const char *cell_state(struct cell *cell)
{
	const struct step *step = rules_step(cell->rules, cell->incident->step);

	const struct choice *tier = choices_find(&cell->rules->tiers, cell->incident->tier);
	const char *waiting;
	char label[24];

	if (cell->row->marks & ROW_PENDING)
		cell->role = ROLE_PENDING;
	if (!step)
		return field_text(cell, "step");
	waiting = rules_state_words(cell->rules, step, cell->incident);
	if (!cell->rows->tiers || !tier)
		return waiting;
	beginning(cell, tier->label, 4);
	snprintf(label, sizeof label, "%s", cell->buf);
	/* TRANSLATORS: tier and state (区, 待核查); with a plainly wide dot, for the narrow one is of
	 * one column here and of two there */
	snprintf(cell->buf, cell->size, _("%s/%s"), label, waiting);
	return cell->buf;
}

/* What presses on it: a supervision in force, or what was proposed. */
static const char *cell_pressed(struct cell *cell)
{
	const struct incident *incident = cell->incident;

	cell->role = ROLE_WARNING;
	if (incident->supervised)
		return field_text(cell, "supervised");
	if (incident->proposed_at)
		return _("proposed");
	if (incident->offered_at)
		return _("offered");
	return incident->listed_at ? _("listed") : "";
}

/* The hour of what was today, the day of what was before: names of acts need the rest. */
static const char *when_text(struct cell *cell, int64_t at)
{
	struct civil then, today;

	civil_of_ms(at, cell->rules->offset_min, &then);
	civil_of_ms(cell->now, cell->rules->offset_min, &today);
	civil_format(at, cell->rules->offset_min,
		     then.year != today.year				     ? "Y"
		     : then.month == today.month && then.day == today.day ? "H:M"
									     : "m-d",
		     cell->buf, cell->size);
	return cell->buf;
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

/* A column that the mode asks for, or the officer. */
static const char *cell_field(struct cell *cell)
{
	struct value value = field_get(cell->field, cell->incident);

	if (cell->field->type == FIELD_TIME)
		return value_is_set(value) ? time_text(cell, value.num) : "";
	return field_text(cell, cell->field->name);
}

static const char *cell_moved(struct cell *cell)
{
	size_t len;

	if (!cell->incident->moved_at)
		return "";
	when_text(cell, cell->incident->moved_at);
	len = strlen(cell->buf);
	cell->buf[len] = ' ';
	cell->buf += len + 1;
	cell->size -= len + 1;
	const char *verb = field_text(cell, "moved_by");
	snprintf(cell->buf, cell->size, "%s", verb);
	return cell->rows->cell;
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

static const struct rows_column {
	struct list_column column;
	const char *(*make)(struct cell *cell);
} all[] = {
	{ { "mark", " ", 2, 2, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_mark },
	{ { "left", N_("Left"), 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END, 0, 0 }, cell_left },
	{ { "urgency", N_("Urg."), 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_urgency },
	{ { "number", N_("Number"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_number },
	{ { "source", N_("From"), 4, 4, 0, 70, LIST_LEFT, LIST_CUT_END, 6, 132 }, cell_source },
	{ { "street", N_("Area"), 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END, 8, 132 }, cell_street },
	{ { "category", N_("Category"), 10, 12, 0, 146, LIST_LEFT, LIST_CUT_END, 0, 0 },
	  cell_category },
	{ { "title", N_("Matter"), 12, 28, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE, 0, 0 }, cell_matter },
	{ { "merged", N_("Joined"), 4, 4, 0, 132, LIST_RIGHT, LIST_CUT_END, 0, 0 }, cell_merged },
	{ { "reported", N_("Reported"), 11, 11, 0, 160, LIST_LEFT, LIST_CUT_END, 0, 0 },
	  cell_reported },
	{ { "latest", N_("Latest move"), 16, 16, 0, 100, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_moved },
	{ { "pressed", N_("Pressed"), 8, 8, 0, 132, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_pressed },
	{ { "holder", N_("Holder"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_MIDDLE, 12, 132 }, cell_holder },
	{ { "state", N_("State"), 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_state },
};
_Static_assert(ARRAY_LEN(all) == ROWS_OWN, "the header says how many");

void rows_own(size_t i, struct list_column *ret_column)
{
	*ret_column = all[i].column;
}

void rows_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct rows *rows = ctx;
	const struct client_row *shown = row->data;

	if (row->flags & LIST_ROW_HEADING) {
		*ret_cell = (struct list_cell){ row->data, ROLE_HEADING };
		return;
	}
	struct cell cell = {
		.rows = rows,
		.rules = client_rules(rows->app->client),
		.row = shown,
		.incident = shown->incident,
		.now = app_now(rows->app),
		.field = rows->extra[column],
		.column = column,
		.buf = rows->cell,
		.size = sizeof rows->cell,
		.role = ROLE_TEXT,
	};

	ret_cell->text = cell.field ? cell_field(&cell) : all[rows->own[column]].make(&cell);
	ret_cell->role = cell.role;
}
