/* zhiban list: its rows into a file or to standard output, for programs, for a spreadsheet, on
 * paper. */
#include <config.h>

#include "list.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* "incidents", as people call them. */
static const char *title_of(const char *name)
{
	static const struct {
		const char *name, *title;
	} titles[] = {
		{ "incidents", N_("Incidents") },     { "deadlines", N_("Deadlines") },
		{ "people", N_("People") },	      { "notices", N_("Notices") },
		{ "orgs", N_("Organisations") },
		{ "supervisions", N_("Supervisions in force") },
	};

	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (strcmp(titles[i].name, name) == 0)
			return _(titles[i].title);
	return name;
}

/* Whose list it is, of when, and what was let through: paper outlives the screen. */
static void put_heading(struct list *list, const char *name)
{
	const struct rules *rules = list->ctx.rules;
	const struct actor *actor = list->ctx.actor;
	struct arena *arena = &list->console->arena;
	struct str note = STR_INIT;
	char now[CIVIL_TEXT];

	civil_format(list->ctx.now, rules->offset_min, "Y-m-d H:M", now, sizeof now);
	str_add(&note, now);
	if (actor != NULL)
		str_addf(&note, "  %s", actor->officer);
	if (list->filter != NULL && *list->filter != '\0')
		str_addf(&note, "  %s %s", _("Filter:"), list->filter);
	list->rows.title = arena_printf(arena, "%s  %s", rules->title != NULL ? rules->title : "",
					title_of(name));
	list->rows.note = arena_strdup(arena, str_get(&note));
	str_release(&note);
}

enum err list_out_begin(struct list *list, const char *name, const char *format, struct error *err)
{
	enum err rc = ERR_OK;

	list->as_table = format == NULL && list->path == NULL;
	if (format != NULL && strcmp(format, "table") == 0)
		list->as_table = true;
	else if (format != NULL && out_format_find(format, &list->rows.format) != ERR_OK)
		rc = error_set(err, ERR_USAGE,
			       _("--format is table, json, jsonl, csv, html or markdown, not \"%s\""),
			       format);
	else if (format == NULL && list->path != NULL)
		rc = out_format_of_file(list->path, &list->rows.format, err);
	if (rc == ERR_OK && list->excel && (list->as_table || list->rows.format != OUT_CSV))
		rc = error_set(err, ERR_USAGE, "%s", _("--excel is for --format csv"));
	if (rc != ERR_OK)
		return rc;
	/* A file that is named .csv is opened by a spreadsheet sooner or later. */
	list->rows.sheet = list->excel || (format == NULL && list->rows.format == OUT_CSV);
	list->rows.guard = true;
	put_heading(list, name);
	return list->path != NULL ? new_file_open(list->path, &list->to, err) : ERR_OK;
}

enum err list_out_flush(struct list *list, struct error *err)
{
	enum err rc;

	if (list->to == NULL)
		return console_print(&list->out, err);
	rc = new_file_write(list->to, str_get(&list->out), list->out.len, err);
	str_clear(&list->out);
	return rc;
}

enum err list_out_end(struct list *list, struct error *err)
{
	enum err rc = list_out_flush(list, err);
	struct new_file *to = list->to;

	if (rc != ERR_OK || to == NULL)
		return rc;
	list->to = NULL;
	return new_file_commit(to, err);
}
