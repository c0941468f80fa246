/* How the list is ordered, grouped and told; saved views; a file of it; the configuration again. */
#include <config.h>

#include "plain_pick_priv.h"
#include "plain_priv.h"
#include "plain_view_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/keep.h"
#include "zhiban/model/export.h"
#include "zhiban/model/left.h"
#include "zhiban/model/saved.h"

#define KEPT "line_columns"

/* ---- columns of a row's line ---- */

void plain_view_open(struct plain *plain)
{
	const char *words = client_keep_get(plain->client, KEPT, &plain->arena);

	if (words && columns_parse(words, &plain->columns, NULL) != ERR_OK)
		plain->columns.n = 0; /* a column of that name is no more */
}

static const char *column_text(struct plain *plain, const struct incident *incident,
			       const char *name, char buf[256])
{
	const struct rules *rules = client_rules(plain->client);
	const struct step *step = rules_step(rules, incident->step);
	struct column column;
	struct value value;
	int64_t due;

	if (strcmp(name, "number") == 0)
		return client_mark(plain->client, incident, buf);
	if (strcmp(name, "state") == 0)
		return step && step->waiting ? step->waiting : "";
	if (strcmp(name, "left") == 0) {
		due = incident->open ? incident->due : 0;
		left_text(due, left_moment(due, client_now(plain->client)), buf);
		return buf;
	}
	if (!columns_find(name, &column))
		return "";
	value = field_get(column.field, incident);
	return value_is_set(value) ? rules_show(rules, column.field, value, buf, 256) : "";
}

const char *plain_row_columns(struct plain *plain, const struct incident *incident)
{
	struct str line = STR_INIT;
	const char *kept;

	for (size_t i = 0; i < plain->columns.n; i++) {
		char buf[256];
		const char *text = column_text(plain, incident, plain->columns.names[i], buf);

		if (*text)
			str_addf(&line, "%s%s", line.len > 0 ? " " : "", text);
	}
	kept = arena_strdup(&plain->arena, str_get(&line));
	str_release(&line);
	return kept;
}

/* "columns a,b" chooses, "columns -" goes back to the usual ones. */
void plain_columns(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct columns columns;
	struct str words = STR_INIT;
	enum err code = ERR_OK;

	if (*args == '\0') {
		for (size_t i = 0; i < columns_count(); i++) {
			struct column column;

			columns_at(i, &column);
			if (column.own)
				str_addf(&words, "%s%s (%s)", i > 0 ? ", " : "", column.name,
					 _(column.title));
		}
		str_addf(&words, ", ... (%s)", _("and any other field"));
		plain_sayf(plain, "%s", str_get(&words));
		str_clear(&words);
	} else if ((code = columns_parse(strcmp(args, "-") == 0 ? "" : args, &columns, &err)) ==
		   ERR_OK) {
		plain->columns = columns;
		columns_words(&columns, &words);
		if (!client_read_only(plain->client))
			code = client_keep_set(plain->client, KEPT, str_get(&words), &err);
	}
	str_clear(&words);
	columns_words(&plain->columns, &words);
	if (code != ERR_OK)
		plain_say(plain, err.text);
	else
		plain_sayf(plain, _("columns of a line: %s"),
			   words.len > 0 ? words.s : _("the usual ones"));
	str_release(&words);
}

/* ---- order ---- */

static void say_order(struct plain *plain)
{
	const struct board_order *order = board_order_at(board_order(plain->board));

	plain_sayf(plain, "%s%s", _(order->title),
		   board_is_turned(plain->board) ? _(", the other way round") : "");
	plain_first(plain, "");
}

void plain_sort(struct plain *plain, const char *args)
{
	struct str names = STR_INIT;
	size_t order, found = board_order_count();
	bool turned = false;

	for (size_t i = 0; *args && i < board_order_count(); i++)
		if (strcmp(_(board_order_at(i)->title), args) == 0)
			found = i;
	if (found < board_order_count() || (*args && board_order_find(args, &found, &turned))) {
		order = found;
		board_set_group(plain->board, 0);
		board_set_order(plain->board, order);
		board_turn(plain->board, turned);
		say_order(plain);
		return;
	}
	for (size_t i = 0; i < board_order_count(); i++)
		str_addf(&names, "%s%s (%s)", i > 0 ? ", " : "", board_order_at(i)->name,
			 _(board_order_at(i)->title));
	plain_sayf(plain, _("sort NAME: %s"), str_get(&names));
	str_release(&names);
}

void plain_order(struct plain *plain, const char *args)
{
	(void)args;
	board_set_group(plain->board, 0);
	board_set_order(plain->board, (board_order(plain->board) + 1) % board_order_count());
	board_turn(plain->board, false);
	say_order(plain);
}

/* ---- groups ---- */

static const char *group_name(struct plain *plain, const struct board_heading *heading)
{
	char buf[256];

	if (!value_is_set(heading->value))
		return _("(none)");
	return arena_strdup(&plain->arena,
			    rules_show(client_rules(plain->client),
				       board_group_field(plain->board), heading->value, buf,
				       sizeof buf));
}

static const char *heading_words(struct plain *plain, const struct board_heading *heading)
{
	const char *words = arena_printf(&plain->arena, "%s: %lld%s", group_name(plain, heading),
					 (long long)heading->n, heading->more ? "+" : "");

	return heading->overdue > 0
		       ? arena_printf(&plain->arena, _("%s, overdue %lld"), words,
				      (long long)heading->overdue)
		       : words;
}

void plain_heading(struct plain *plain, const struct incident *incident)
{
	struct board_heading heading;

	board_heading(plain->board, incident, &heading);
	plain_sayf(plain, "-- %s", heading_words(plain, &heading));
}

/* "group street"; "group none"; alone, the next one. */
void plain_group(struct plain *plain, const char *args)
{
	size_t group = (board_group(plain->board) + 1) % board_group_count();

	if (*args && !board_group_find(args, &group)) {
		plain_sayf(plain, _("%s: grouped by step, dept or street, or none"), args);
		return;
	}
	board_set_group(plain->board, group);
	plain_say(plain, _(board_group_at(group)->title));
	plain_first(plain, "");
}

static void go_to(struct plain *plain, const struct uuid *id)
{
	plain->focus = *id;
	plain->any = true;
	plain_list_from(plain);
}

static bool grouped(struct plain *plain)
{
	if (!board_group(plain->board))
		plain_say(plain, _("the list is not grouped: z groups it"));
	return board_group(plain->board) != 0;
}

static void group_chosen(struct plain *plain, struct plain_pick *pick, size_t at)
{
	go_to(plain, &((struct uuid *)pick->own)[at]);
}

void plain_groups(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct board_place *places;
	struct plain_pick *pick;
	struct uuid *ids;
	size_t n;

	(void)args;
	if (!grouped(plain))
		return;
	if (board_groups(plain->board, &plain->arena, &places, &n, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	pick = plain_pick_new(plain, _("Groups"), group_chosen);
	ids = pick->own = arena_array(&pick->arena, n + 1, sizeof *ids);
	pick->list = true;
	for (size_t i = 0; i < n; i++) {
		ids[i] = places[i].first;
		plain_pick_add(pick, heading_words(plain, &places[i].heading));
	}
	plain_pick_say(plain);
	if (n == 0) {
		plain_pick_free(plain);
		plain_say(plain, _("Nothing is listed."));
	} else if (n > PLAIN_PICKS) {
		plain_sayf(plain, _("and %zu more"), n - PLAIN_PICKS);
	}
}

static void other_group(struct plain *plain, bool next)
{
	struct uuid id;

	if (!grouped(plain))
		return;
	if (plain->any && board_next_group(plain->board, &plain->focus, next, &id))
		go_to(plain, &id);
	else
		plain_say(plain, next ? _("That is the last one.") : _("That is the first one."));
}

void plain_next_group(struct plain *plain, const char *args)
{
	(void)args;
	other_group(plain, true);
}

void plain_prev_group(struct plain *plain, const char *args)
{
	(void)args;
	other_group(plain, false);
}

/* ---- saved views ---- */

static const char *views_path(struct plain *plain)
{
	return saved_path(plain->face->options->settings->path, &plain->arena);
}

/* All of it or nothing: a filter may name what this district does not have. */
static enum err take_incidents(struct plain *plain, const struct saved *view, struct error *err)
{
	struct filter_error problem;
	size_t order = 0, group = 0;
	bool turned = false;

	if (*view->sort && !board_order_find(view->sort, &order, &turned))
		order = 0;
	if (*view->group && !board_group_find(view->group, &group))
		group = 0;
	if (board_set_filter(plain->board, view->filter, &problem) != ERR_OK)
		return error_set(err, ERR_INPUT, _("view %s: %s"), view->name, problem.text);
	board_set_group(plain->board, 0);
	board_set_order(plain->board, order);
	board_turn(plain->board, turned);
	board_set_group(plain->board, group);
	plain->columns = view->columns;
	plain_count(plain);
	plain_first(plain, "");
	return ERR_OK;
}

static enum err take_view(struct plain *plain, const struct saved *view, struct error *err)
{
	switch (view->list) {
	case SAVED_DEADLINES:
		plain_deadlines_of(plain, !view->all, view->filter);
		return ERR_OK;
	case SAVED_WHISTLES:
		plain_whistles_by(plain, view->filter, view->sort);
		return ERR_OK;
	case SAVED_INCIDENTS:
	case SAVED_LISTS:
		break;
	}
	return take_incidents(plain, view, err);
}

static void say_views(struct plain *plain, const struct saved_views *views)
{
	for (size_t i = 0; i < views->n; i++) {
		const struct saved *view = &views->items[i];

		plain_sayf(plain, "%s, %s: %s", view->name, saved_list_label(view->list),
			   saved_words(view, &plain->arena));
	}
	if (views->n == 0)
		plain_say(plain, _("no view is saved yet: :save NAME keeps what the list shows"));
}

void plain_view(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct saved_views views;
	const struct saved *view = NULL;
	enum err code = saved_read(views_path(plain), &plain->arena, &views, &err);

	if (code == ERR_OK && *args == '\0') {
		say_views(plain, &views);
		return;
	}
	if (code == ERR_OK)
		code = saved_pick(&views, args, &view, &err);
	if (code == ERR_OK)
		code = take_view(plain, view, &err);
	if (code != ERR_OK)
		plain_say(plain, err.text);
	else
		snprintf(plain->view_name, sizeof plain->view_name, "%s", view->name);
}

void plain_said(struct plain *plain, enum saved_list list, const char *filter, const char *sort,
		bool all)
{
	plain->said.list = list;
	plain->said.all = all;
	str_clear(&plain->said.filter);
	str_add(&plain->said.filter, filter);
	snprintf(plain->said.sort, sizeof plain->said.sort, "%s", sort);
}

static struct saved said(struct plain *plain)
{
	const struct board *board = plain->board;
	struct saved view = {
		.list = plain->said.list, .filter = str_get(&plain->said.filter),
		.sort = plain->said.sort, .group = "", .all = plain->said.all
	};

	if (view.list != SAVED_INCIDENTS)
		return view;
	view.filter = board_filter(board);
	view.columns = plain->columns;
	view.group = board_group(board) ? board_group_at(board_group(board))->name : "";
	view.sort = "";
	if (board_order(board))
		view.sort = arena_printf(&plain->arena, "%s%s", board_is_turned(board) ? "-" : "",
					 board_order_at(board_order(board))->name);
	return view;
}

void plain_save(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct saved view = said(plain);
	enum err code = ERR_OK;

	view.name = *args ? args : plain->view_name;
	if (!*view.name)
		code = error_set(&err, ERR_INPUT, "%s", _("type :save NAME"));
	if (code == ERR_OK)
		code = saved_put(views_path(plain), &view, &err);
	if (code == ERR_OK && view.name != plain->view_name)
		snprintf(plain->view_name, sizeof plain->view_name, "%s", view.name);
	plain_say(plain, code != ERR_OK ? err.text : _("saved: ' opens it"));
}

void plain_forget(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	enum err code = saved_drop(views_path(plain), *args ? args : plain->view_name, &err);

	if (code == ERR_OK)
		plain->view_name[0] = '\0';
	plain_say(plain, code != ERR_OK ? err.text
					: _("the view is forgotten; the list stays as it is"));
}

void plain_views(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	size_t n;

	if (*args == '\0')
		plain_sayf(plain, _("type :views FILE; your own are in %s"), views_path(plain));
	else if (saved_import(views_path(plain), args, &n, &err) != ERR_OK)
		plain_say(plain, err.text);
	else
		plain_sayf(plain, _("%zu views taken over: ' lists them"), n);
}

void plain_export(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	size_t n;

	if (*args == '\0')
		plain_say(plain, _("type :export FILE, as list.csv, list.html or list.md"));
	else if (export_board(plain->board, &plain->columns, args, &n, &err) != ERR_OK)
		plain_say(plain, err.text);
	else
		plain_sayf(plain, _("%zu rows written to %s"), n, args);
}

/* ---- the configuration ---- */

/* What matters here: the bell, the lock, how wide signs are; a mistake in saved views is told. */
void plain_reload(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct settings settings;
	struct saved_views views;
	enum err code = settings_read(plain->face->options->settings->path, &plain->arena, &settings,
				      &err);

	(void)args;
	if (code == ERR_OK)
		code = saved_read(views_path(plain), &plain->arena, &views, &err);
	if (code == ERR_OK)
		plain_configure(plain, &settings);
	plain_say(plain, code != ERR_OK ? err.text
					: _("the configuration was read again"));
}
