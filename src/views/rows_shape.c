#include <config.h>

#include "rows_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/mode.h"
#include "zhiban/model/left.h"

/* Which columns a list of incidents has: those designed for the width, or those that the officer
 * chose; and what the mode asks for. */

enum { TIERED_LEAST = 10, TIERED_MOST = 14 };

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

/* A column that just shows a field; from: the least width of the list. */
static void add_field(struct rows *rows, const struct field *field, int from)
{
	bool number = field->type == FIELD_INT || field->type == FIELD_BOOL;
	int title, width;

	if (rows->n_columns == ROWS_COLUMNS)
		return;
	title = text_columns(_(column_title(field)));
	width = number ? 4 : field->type == FIELD_TIME ? 11 : 8;
	width = number && title > width && title <= 10 ? title : width;
	rows->extra[rows->n_columns] = field;
	rows->columns[rows->n_columns++] = (struct list_column){
		.name = field->name, .title = column_title(field), .min = width, .ideal = width,
		.from = from, .align = number ? LIST_RIGHT : LIST_LEFT,
	};
}

/* One of the board's own. */
static void add_own(struct rows *rows, int which, bool chosen)
{
	struct list_column *column = &rows->columns[rows->n_columns];
	int state;

	rows_own((size_t)which, column);
	rows->own[rows->n_columns] = which;
	rows->extra[rows->n_columns++] = NULL;
	if (chosen)
		column->from = 0;
	if (strcmp(column->name, "left") == 0)
		column->min = column->ideal = left_columns();
	if (strcmp(column->name, "state") != 0 || !rows->tiers)
		return;
	state = state_columns(client_rules(rows->app->client));
	column->min = column->ideal = state;
}

static bool has_column(const struct rows *rows, const char *name)
{
	for (int i = 0; i < rows->n_columns; i++)
		if (strcmp(rows->columns[i].name, name) == 0)
			return true;
	return false;
}

/* The first two of the mode's columns stand at every width, the others where there is room. */
static void add_of_mode(struct rows *rows, const struct mode_rule *mode)
{
	static const int from[] = { 0, 0, 100, 132 };
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; mode->columns && mode->columns[i]; i++) {
		const struct field *field =
			field_find(kind->fields, kind->n_fields, mode->columns[i]);

		if (field && !has_column(rows, field->name))
			add_field(rows, field, i < ARRAY_LEN(from) ? from[i] : 160);
	}
}

/* Beside the mode's columns others need a wider screen, so that the matter can be read. */
static void give_way(struct list_column *column)
{
	if (column->from >= 132)
		column->from += 44;
	else if (column->from == 100)
		column->from = 132;
}

static void add_designed(struct rows *rows, const struct mode_rule *mode)
{
	for (int i = 0; i < ROWS_OWN; i++)
		add_own(rows, i, false);
	add_of_mode(rows, mode);
	for (int i = 0; i < ROWS_OWN && rows->n_columns > ROWS_OWN; i++)
		give_way(&rows->columns[i]);
}

static int own_of(const char *name)
{
	for (int i = 0; i < ROWS_OWN; i++) {
		struct list_column column;

		rows_own((size_t)i, &column);
		if (strcmp(column.name, name) == 0)
			return i;
	}
	return -1;
}

/* The mark always comes first: it says what is wrong with a row. */
static void add_chosen(struct rows *rows, const struct columns *chosen)
{
	add_own(rows, 0, true);
	for (size_t i = 0; i < chosen->n; i++) {
		struct column column;
		int own = own_of(chosen->names[i]);

		if (own >= 0)
			add_own(rows, own, true);
		else if (columns_find(chosen->names[i], &column))
			add_field(rows, column.field, 0);
	}
}

bool rows_shape(struct rows *rows)
{
	const struct app *app = rows->app;
	const struct rules *rules = client_rules(app->client);
	const struct mode_rule *mode = rules_mode(rules, client_mode_code(app->client));

	if (rows->shaped_by == rules && rows->shaped_for == mode &&
	    rows->shaped_turn == app->columns_turn)
		return false;
	rows->shaped_by = rules;
	rows->shaped_for = mode;
	rows->shaped_turn = app->columns_turn;
	rows->tiers = has_tiers(rules);
	rows->n_columns = 0;
	if (!app->columns.n) {
		add_designed(rows, mode);
		return true;
	}
	add_chosen(rows, &app->columns);
	add_of_mode(rows, mode);
	return true;
}
