#include <config.h>

#include "zhiban/model/saved.h"

#include <string.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/board.h"
#include "zhiban/model/whistles.h"

static const struct conf_spec view_spec[] = {
	{ .name = "list", .type = CONF_STR, .fallback = "incidents", .max = 20,
	  .help = N_("the list it is of: incidents, deadlines or whistles") },
	{ .name = "screen", .type = CONF_STR, .fallback = "board", .max = 20,
	  .help = N_("board, as older files have it") },
	{ .name = "filter", .type = CONF_STR, .max = 1000,
	  .help = N_("as typed behind /") },
	{ .name = "columns", .type = CONF_STRS, .max = 60,
	  .help = N_("of incidents: names of columns in their order; none: as the width "
		     "allows") },
	{ .name = "sort", .type = CONF_STR, .max = 40,
	  .help = N_("of incidents or whistles: an order, with - before it the other way "
		     "round") },
	{ .name = "group", .type = CONF_STR, .max = 40,
	  .help = N_("of incidents: step, dept or street") },
	{ .name = "whose", .type = CONF_STR, .fallback = "mine", .max = 20,
	  .help = N_("of deadlines: mine or all") },
	{ .name = NULL },
};
const struct conf_spec saved_spec[] = {
	{ .name = "view", .type = CONF_SECTION, .flags = CONF_TITLED, .section = view_spec,
	  .help = N_("a saved view") },
	{ .name = NULL },
};

/* ---- lists ---- */

static const struct {
	const char *code, *label;
	const char *options[5]; /* beside the filter */
} lists[SAVED_LISTS] = {
	[SAVED_INCIDENTS] = { "incidents", N_("Incidents"),
			      { "columns", "sort", "group", "screen" } },
	[SAVED_DEADLINES] = { "deadlines", N_("Deadlines"), { "whose" } },
	[SAVED_WHISTLES] = { "whistles", N_("Whistles"), { "sort" } },
};
static const char *const options[] = { "columns", "sort", "group", "screen", "whose" };

const char *saved_list_code(enum saved_list list)
{
	return lists[list].code;
}

const char *saved_list_label(enum saved_list list)
{
	return _(lists[list].label);
}

bool saved_list_find(const char *code, enum saved_list *ret_list)
{
	for (size_t i = 0; i < SAVED_LISTS; i++)
		if (strcmp(lists[i].code, code) == 0) {
			*ret_list = (enum saved_list)i;
			return true;
		}
	return false;
}

static bool list_has(enum saved_list list, const char *option)
{
	for (size_t i = 0; lists[list].options[i]; i++)
		if (strcmp(lists[list].options[i], option) == 0)
			return true;
	return false;
}

/* ---- reading ---- */

static enum err check_name(const char *name, struct error *err)
{
	struct str clean = STR_INIT;
	size_t len = strlen(name);
	bool good;

	text_clean(&clean, name, len, false);
	good = len && len <= SAVED_NAME && strcmp(str_get(&clean), name) == 0 &&
	       !strpbrk(name, "\"\\$\n\t") && name[0] != ' ' && name[len - 1] != ' ';
	str_release(&clean);
	return good ? ERR_OK :
		      error_set(err, ERR_INPUT, "%s",
				_("the name of a view is one line of at most 20 characters, "
				  "without quotes"));
}

static enum err read_columns(const struct conf_section *section, struct columns *columns,
			     struct error *err)
{
	for (size_t i = 0; i < conf_count(section, "columns"); i++) {
		const char *word = conf_item(section, "columns", i);
		struct column column;
		size_t at;

		if (!columns_find(word, &column)) {
			struct error why = ERROR_INIT;
			struct columns none;

			if (columns_parse(word, &none, &why) == ERR_OK)
				error_set(&why, ERR_INPUT, "%s", _("that is no column's name"));
			return conf_item_error(section, "columns", i, err, "%s", why.text);
		}
		if (columns_has(columns, column.name, &at))
			continue;
		if (columns->n == COLUMNS_MOST)
			return conf_error(section, "columns", err,
					  _("at most %d columns can be chosen"), COLUMNS_MOST);
		columns->names[columns->n++] = column.name;
	}
	return ERR_OK;
}

/* What that list does not have is no view of it. */
static enum err check_options(const struct conf_section *section, enum saved_list list,
			      struct error *err)
{
	struct str allowed = STR_INIT;
	enum err code;

	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (!conf_given(section, options[i]) || list_has(list, options[i]))
			continue;
		str_add(&allowed, "filter");
		for (size_t o = 0; lists[list].options[o]; o++)
			str_addf(&allowed, ", %s", lists[list].options[o]);
		code = conf_error(section, options[i], err,
				  _("%s: the list %s does not have that; a view of it has: %s"),
				  options[i], lists[list].code, str_get(&allowed));
		str_release(&allowed);
		return code;
	}
	return ERR_OK;
}

static bool order_known(enum saved_list list, const char *words)
{
	size_t which;
	bool turned;

	return list == SAVED_WHISTLES ? whistle_order_find(words, &which, &turned)
				      : board_order_find(words, &which, &turned);
}

static enum err no_order(const struct conf_section *section, enum saved_list list,
			 const char *words, struct error *err)
{
	bool whistles = list == SAVED_WHISTLES;
	size_t n = whistles ? whistle_order_count() : board_order_count();
	struct str names = STR_INIT;
	enum err code;

	for (size_t i = 0; i < n; i++)
		str_addf(&names, "%s%s", i ? ", " : "",
			 whistles ? whistle_order_at(i)->name : board_order_at(i)->name);
	code = conf_error(section, "sort", err, _("there is no order %s; there are: %s"), words,
			  str_get(&names));
	str_release(&names);
	return code;
}

static enum err check_words(const struct conf_section *section, enum saved_list list,
			    struct error *err)
{
	const char *sort = conf_str(section, "sort"), *group = conf_str(section, "group");
	const char *screen = conf_str(section, "screen"), *whose = conf_str(section, "whose");
	size_t which;

	if (strcmp(screen, "board") != 0)
		return conf_error(section, "screen", err, _("%s: views are of the screen board"),
				  screen);
	if (*sort && !order_known(list, sort))
		return no_order(section, list, sort, err);
	if (*group && !board_group_find(group, &which))
		return conf_error(section, "group", err,
				  _("%s: grouped by step, dept or street, or none"), group);
	if (strcmp(whose, "mine") != 0 && strcmp(whose, "all") != 0)
		return conf_error(section, "whose", err, _("%s: mine or all"), whose);
	return ERR_OK;
}

static enum err read_view(const struct conf_section *section, struct arena *arena,
			  struct saved *view, struct error *err)
{
	const char *of = conf_str(section, "list");
	struct error why = ERROR_INIT;
	enum saved_list list;
	enum err code;

	if (check_name(conf_title(section), &why) != ERR_OK)
		return conf_error(section, NULL, err, "%s", why.text);
	if (!saved_list_find(of, &list))
		return conf_error(section, "list", err,
				  _("%s: a view is of incidents, deadlines or whistles"), of);
	*view = (struct saved){
		.name = arena_strdup(arena, conf_title(section)),
		.list = list,
		.filter = arena_strdup(arena, conf_str(section, "filter")),
		.sort = arena_strdup(arena, conf_str(section, "sort")),
		.group = arena_strdup(arena, conf_str(section, "group")),
		.all = strcmp(conf_str(section, "whose"), "all") == 0,
	};
	code = check_options(section, list, err);
	if (code == ERR_OK)
		code = read_columns(section, &view->columns, err);
	return code == ERR_OK ? check_words(section, list, err) : code;
}

enum err saved_read(const char *path, struct arena *arena, struct saved_views *ret_views,
		    struct error *err)
{
	struct conf *conf = NULL;
	const struct conf_section *root;
	struct saved *views;
	size_t n;
	enum err code;

	if (!file_exists(path)) {
		*ret_views = (struct saved_views){ .n = 0 };
		return ERR_OK;
	}
	code = conf_read(path, saved_spec, &conf, err);
	if (code != ERR_OK)
		return code;
	root = conf_root(conf);
	n = conf_count(root, "view");
	if (n > SAVED_MOST)
		code = error_set(err, ERR_TOO_LARGE, _("%s: at most %d views"), path, SAVED_MOST);
	views = arena_array(arena, n + 1, sizeof *views);
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = read_view(conf_child(root, "view", i), arena, &views[i], err);
	conf_free(conf);
	if (code == ERR_OK)
		*ret_views = (struct saved_views){ views, n };
	return code;
}

const struct saved *saved_find(const struct saved_views *views, const char *name)
{
	for (size_t i = 0; i < views->n; i++)
		if (strcmp(views->items[i].name, name) == 0)
			return &views->items[i];
	return NULL;
}

enum err saved_pick(const struct saved_views *views, const char *name,
		    const struct saved **ret_view, struct error *err)
{
	const struct saved *view = saved_find(views, name);
	struct str names = STR_INIT;

	if (view) {
		*ret_view = view;
		return ERR_OK;
	}
	for (size_t i = 0; i < views->n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", views->items[i].name);
	if (views->n)
		error_set(err, ERR_NOT_FOUND, _("there is no saved view \"%s\"; there are: %s"),
			  name, str_get(&names));
	else
		error_set(err, ERR_NOT_FOUND,
			  _("there is no saved view \"%s\": :save NAME keeps what the list shows"),
			  name);
	str_release(&names);
	return ERR_NOT_FOUND;
}

const char *saved_words(const struct saved *view, struct arena *arena)
{
	struct str text = STR_INIT;
	const char *kept;
	size_t which;
	bool turned;

	str_add(&text, view->filter);
	if (view->list == SAVED_DEADLINES)
		str_addf(&text, "  %s", view->all ? _("All organisations") : _("My organisation"));
	else if (*view->group && board_group_find(view->group, &which))
		str_addf(&text, "  %s", _(board_group_at(which)->title));
	else if (view->list == SAVED_WHISTLES && whistle_order_find(view->sort, &which, &turned))
		str_addf(&text, "  %s", _(whistle_order_at(which)->title));
	else if (*view->sort && board_order_find(view->sort, &which, &turned))
		str_addf(&text, "  %s", _(board_order_at(which)->title));
	if (view->columns.n) {
		str_add(&text, "  ");
		str_addf(&text, _("%zu columns"), view->columns.n);
	}
	kept = arena_strdup(arena, str_get(&text));
	str_release(&text);
	return kept;
}

/* ---- writing ---- */

static void add_text(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

static void add_option(struct str *out, const char *name, const char *text)
{
	if (!*text)
		return;
	str_addf(out, "\t%s = ", name);
	add_text(out, text);
	str_add_char(out, '\n');
}

static void add_view(struct str *out, const struct saved *view)
{
	str_add(out, "view ");
	add_text(out, view->name);
	str_add(out, " {\n");
	if (view->list != SAVED_INCIDENTS)
		add_option(out, "list", lists[view->list].code);
	add_option(out, "filter", view->filter);
	if (view->columns.n) {
		str_add(out, "\tcolumns = { ");
		for (size_t i = 0; i < view->columns.n; i++) {
			str_add(out, i ? ", " : "");
			add_text(out, view->columns.names[i]);
		}
		str_add(out, " }\n");
	}
	add_option(out, "sort", view->sort);
	add_option(out, "group", view->group);
	if (view->all)
		add_option(out, "whose", "all");
	str_add(out, "}\n");
}

/* What was written must be what can be read. */
static enum err write_views(const char *path, const struct saved *views, size_t n,
			    struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct conf *conf = NULL;
	struct str text = STR_INIT;
	const char *slash = strrchr(path, '/');
	enum err code = ERR_OK;

	for (size_t i = 0; i < n; i++)
		add_view(&text, &views[i]);
	code = conf_parse(path, str_get(&text), text.len, saved_spec, &conf, err);
	conf_free(conf);
	if (code == ERR_OK && slash && slash != path)
		code = dir_make(arena_strndup(&arena, path, (size_t)(slash - path)), 0700, err);
	if (code == ERR_OK)
		code = file_write(path, str_get(&text), text.len, 0600, err);
	str_release(&text);
	arena_release(&arena);
	return code;
}

/* The views with one more, or another in the place of its name. */
static size_t with(struct saved *views, size_t n, const struct saved *view)
{
	size_t at = 0;

	while (at < n && strcmp(views[at].name, view->name) != 0)
		at++;
	views[at] = *view;
	return at == n ? n + 1 : n;
}

static enum err merge(const char *path, const struct saved *more, size_t n_more, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct saved_views old;
	struct saved *views;
	size_t n;
	enum err code = saved_read(path, &arena, &old, err);

	if (code == ERR_OK) {
		n = old.n;
		views = arena_array(&arena, n + n_more + 1, sizeof *views);
		for (size_t i = 0; i < n; i++)
			views[i] = old.items[i];
		for (size_t i = 0; i < n_more; i++)
			n = with(views, n, &more[i]);
		code = n > SAVED_MOST ? error_set(err, ERR_TOO_LARGE,
						  _("%s: at most %d views"), path, SAVED_MOST) :
					write_views(path, views, n, err);
	}
	arena_release(&arena);
	return code;
}

enum err saved_put(const char *path, const struct saved *view, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct saved *old = NULL;
	struct saved_views views;
	enum err code = check_name(view->name, err);

	if (code == ERR_OK)
		code = saved_read(path, &arena, &views, err);
	if (code == ERR_OK)
		old = saved_find(&views, view->name);
	if (old && old->list != view->list)
		code = error_set(err, ERR_INPUT,
				 _("the view %s is of the list %s: choose another name, or "
				   ":forget it first"),
				 view->name, saved_list_label(old->list));
	arena_release(&arena);
	return code == ERR_OK ? merge(path, view, 1, err) : code;
}

enum err saved_drop(const char *path, const char *name, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct saved *view;
	struct saved_views old;
	enum err code = saved_read(path, &arena, &old, err);

	if (code == ERR_OK)
		code = saved_pick(&old, name, &view, err);
	if (code == ERR_OK) {
		struct saved *rest = arena_array(&arena, old.n, sizeof *rest);
		size_t n = 0;

		for (size_t i = 0; i < old.n; i++)
			if (&old.items[i] != view)
				rest[n++] = old.items[i];
		code = write_views(path, rest, n, err);
	}
	arena_release(&arena);
	return code;
}

enum err saved_import(const char *path, const char *from, size_t *ret_n, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct saved_views views;
	enum err code;

	if (!file_exists(from))
		return error_set(err, ERR_NOT_FOUND, _("%s: there is no such file"), from);
	code = saved_read(from, &arena, &views, err);
	if (code == ERR_OK)
		code = merge(path, views.items, views.n, err);
	if (code == ERR_OK)
		*ret_n = views.n;
	arena_release(&arena);
	return code;
}

const char *saved_path(const char *settings_path, struct arena *arena)
{
	const char *slash = strrchr(settings_path, '/');
	size_t len = slash ? (size_t)(slash - settings_path) : 0;

	if (!slash)
		return "views.conf";
	return path_join(arena, arena_strndup(arena, settings_path, len), "views.conf");
}
