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
	const struct field *field; /* of a column of the mode */
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
	left_text(cell->incident->due, shown, cell->buf);
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

/* A column that the mode asks for. */
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
	{ { "category", N_("Category"), 10, 12, 0, 132, LIST_LEFT, LIST_CUT_END, 0, 0 },
	  cell_category },
	{ { "title", N_("Matter"), 12, 28, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE, 0, 0 }, cell_matter },
	{ { "merged", N_("Joined"), 4, 4, 0, 160, LIST_RIGHT, LIST_CUT_END, 0, 0 }, cell_merged },
	{ { "reported", N_("Reported"), 11, 11, 0, 132, LIST_LEFT, LIST_CUT_END, 0, 0 },
	  cell_reported },
	{ { "moved", N_("Latest move"), 16, 16, 0, 100, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_moved },
	{ { "pressed", N_("Pressed"), 8, 8, 0, 132, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_pressed },
	{ { "holder", N_("Holder"), 8, 8, 0, 0, LIST_LEFT, LIST_CUT_MIDDLE, 12, 100 }, cell_holder },
	{ { "state", N_("State"), 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END, 0, 0 }, cell_state },
};
enum { LEFT_COLUMN = 1, STATE_COLUMN = ARRAY_LEN(all) - 1, TIERED_LEAST = 10, TIERED_MOST = 14 };
_Static_assert(ARRAY_LEN(all) + ROWS_EXTRA == ROWS_COLUMNS, "room for the mode's columns");

/* The flow has steps in more than one tier: the state says in which it is. */
static bool has_tiers(const struct rules *rules)
{
	for (size_t i = 1; i < rules->n_steps; i++)
		if (!str_eq(rules->steps[i].tier, rules->steps[0].tier))
			return true;
	return false;
}

/* As many as the longest state with its tier takes, within reason. */
static int state_columns(const struct rules *rules)
{
	int most = TIERED_LEAST;

	for (size_t i = 0; i < rules->n_steps; i++) {
		const struct step *step = &rules->steps[i];
		const struct choice *tier = choices_find(&rules->tiers, step->tier);
		int cols = text_columns(step->waiting ? step->waiting : step->label) + 2 +
			   (tier ? text_columns(tier->label) : 0);

		if (step->open && cols > most)
			most = cols;
	}
	return most < TIERED_MOST ? most : TIERED_MOST;
}

/* Titles of the page that are too long for a column. */
static const char *column_title(const struct field *field)
{
	static const struct {
		const char *name, *title;
	} brief[] = {
		{ "water_cm", N_("Water") },
		{ "rain_mm", N_("Rain") },
		{ "moved", N_("Moved") },
		{ "scene_at", N_("Of") },
	};

	for (size_t i = 0; i < ARRAY_LEN(brief); i++)
		if (strcmp(brief[i].name, field->name) == 0)
			return brief[i].title;
	return field->title;
}

/* The first two of the mode's columns stand at every width, the others where there is room. */
static void add_field(struct rows *rows, const char *name, int place)
{
	static const int from[] = { 0, 0, 100, 132 };
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);
	bool number = field && (field->type == FIELD_INT || field->type == FIELD_BOOL);
	int title, width;

	if (!field || rows->n_columns == ROWS_COLUMNS)
		return;
	title = text_columns(_(column_title(field)));
	width = number ? 4 : field->type == FIELD_TIME ? 11 : 8;
	width = number && title > width && title <= 10 ? title : width;
	rows->extra[rows->n_columns] = field;
	rows->columns[rows->n_columns++] = (struct list_column){
		.name = field->name, .title = column_title(field), .min = width, .ideal = width,
		.from = place < (int)ARRAY_LEN(from) ? from[place] : 160,
		.align = number ? LIST_RIGHT : LIST_LEFT,
	};
}

/* Beside the mode's columns others need a wider screen, so that the matter can be read. */
static void give_way(struct list_column *column)
{
	if (column->from == 132)
		column->from = 176;
	else if (column->from == 100)
		column->from = 132;
}

bool rows_shape(struct rows *rows)
{
	const struct rules *rules = client_rules(rows->app->client);
	const struct mode_rule *mode = rules_mode(rules, client_mode_code(rows->app->client));

	if (rows->shaped_by == rules && rows->shaped_for == mode)
		return false;
	rows->shaped_by = rules;
	rows->shaped_for = mode;
	rows->tiers = has_tiers(rules);
	rows->n_columns = 0;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		rows->extra[rows->n_columns] = NULL;
		rows->columns[rows->n_columns++] = all[i].column;
	}
	rows->columns[LEFT_COLUMN].min = rows->columns[LEFT_COLUMN].ideal = left_columns();
	if (rows->tiers)
		rows->columns[STATE_COLUMN].min = rows->columns[STATE_COLUMN].ideal =
			state_columns(rules);
	for (int i = 0; mode->columns && mode->columns[i]; i++)
		add_field(rows, mode->columns[i], i);
	for (int i = 0; i < (int)ARRAY_LEN(all) && rows->n_columns > (int)ARRAY_LEN(all); i++)
		give_way(&rows->columns[i]);
	return true;
}

void rows_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct rows *rows = ctx;
	const struct client_row *shown = row->data;
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

	ret_cell->text = cell.field ? cell_field(&cell) : all[column].make(&cell);
	ret_cell->role = cell.role;
}
