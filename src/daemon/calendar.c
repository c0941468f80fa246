/* The calendar of working days: loaded from a text of its own, or year by year as others publish
 * it. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"
#include "zhiban/wire/holidays.h"

struct load {
	struct arena arena;
	struct admin *admin;
	struct workdays *base;	  /* the calendar that years are put into; NULL: none yet */
	struct calendar calendar; /* as it is so far */
	struct str text;	  /* of what is to be loaded */
	struct str said;	  /* what became of each year, to be printed when it is in force */
	struct holidays years[ARGS_WORDS];
	size_t n_years;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* A file is a year in JSON, or a whole calendar that takes the place of the one in force. */
static enum err read_one(struct load *load, const char *path, struct error *err)
{
	struct str text = STR_INIT;
	enum err code = file_read(path, BUNDLE_MAX, &text, err);

	if (code == ERR_OK && holidays_is_json(str_get(&text), text.len)) {
		code = holidays_decode(str_get(&text), text.len, &load->arena,
				       &load->years[load->n_years++], err);
		if (code != ERR_OK)
			error_prefix(err, "%s", base_name(path));
	} else if (code == ERR_OK && load->base != NULL) {
		code = error_set(err, ERR_USAGE, _("%s: one whole calendar at a time"),
				 base_name(path));
	} else if (code == ERR_OK) {
		code = workdays_parse(base_name(path), str_get(&text), text.len, &load->base, err);
		str_clear(&load->text);
		str_add_bytes(&load->text, str_get(&text), text.len);
	}
	str_release(&text);
	return code;
}

/* The calendar in force. */
static enum err fetch(struct load *load, struct error *err)
{
	struct str stand = STR_INIT, text = STR_INIT;
	const char *hash;
	enum err code = admin_call(load->admin, "GET", "/v1/admin/stand", NULL, NULL, 0, &stand, err);

	hash = code == ERR_OK ? admin_value(str_get(&stand), "calendar", &load->arena) : NULL;
	if (code == ERR_OK && hash == NULL)
		code = error_set(err, ERR_NOT_FOUND, _("the server has no calendar yet"));
	if (code == ERR_OK)
		code = admin_call(load->admin, "GET",
				  arena_printf(&load->arena, "/v1/admin/calendar/%s", hash), NULL,
				  NULL, 0, &text, err);
	if (code == ERR_OK)
		code = workdays_parse("calendar", str_get(&text), text.len, &load->base, err);
	str_release(&stand);
	str_release(&text);
	return code;
}

static int by_year(const void *a, const void *b)
{
	const struct holidays *x = a, *y = b;

	return (x->year > y->year) - (x->year < y->year);
}

static void say_year(struct str *out, const struct holidays *year, bool known)
{
	size_t work = 0;

	for (size_t i = 0; i < year->n; i++)
		work += year->days[i].work;
	str_addf(out,
		 known ? _("%d replaced: %zu days off, %zu make-up days\n")
		       : _("%d added: %zu days off, %zu make-up days\n"),
		 year->year, year->n - work, work);
}

/* Puts the years into the calendar, first the earliest. */
static enum err merge(struct load *load, struct error *err)
{
	enum err code = ERR_OK;

	load->calendar = load->base->calendar;
	if (load->n_years == 0)
		return ERR_OK;
	qsort(load->years, load->n_years, sizeof *load->years, by_year);
	for (size_t i = 0; code == ERR_OK && i < load->n_years; i++) {
		const struct holidays *year = &load->years[i];
		bool known = year->year >= load->calendar.first_year &&
			     year->year <= load->calendar.last_year;

		code = workdays_put_year(&load->calendar, year->year, year->days, year->n,
					 &load->arena, &load->calendar, err);
		if (code == ERR_OK)
			say_year(&load->said, year, known);
	}
	str_clear(&load->text);
	workdays_write(&load->calendar, &load->text);
	return code;
}

static enum err put_in_force(struct load *load, const char *reason, bool redue, struct error *err)
{
	struct str form = STR_INIT, out = STR_INIT;
	enum err code = admin_form(&form, "reason", reason != NULL ? reason : "-", err);

	if (code == ERR_OK && redue)
		code = admin_form(&form, "redue", "1", err);
	if (code == ERR_OK)
		code = admin_call(load->admin, "POST", "/v1/admin/calendar", str_get(&form),
				  str_get(&load->text), load->text.len, &out, err);
	if (code == ERR_OK) {
		fputs(str_get(&load->said), stdout);
		printf(_("calendar %s: %d to %d, %zu exceptions\n"), load->calendar.name,
		       load->calendar.first_year, load->calendar.last_year, load->calendar.n_days);
		fputs(str_get(&out), stdout);
	}
	str_release(&form);
	str_release(&out);
	return code;
}

enum err run_calendar(const struct args *args, struct error *err)
{
	struct load load = { .arena = ARENA_INIT, .text = STR_INIT, .said = STR_INIT };
	struct folder folder;
	enum err code = ERR_OK;

	if (strcmp(args->words[0], "load") != 0)
		return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
				 args->command->name, args->command->words, args->command->name);
	for (size_t i = 2; code == ERR_OK && i < args->n_words; i++)
		code = read_one(&load, args->words[i], err);
	if (code == ERR_OK)
		code = folder_open(&folder, args->words[1], err);
	if (code == ERR_OK) {
		code = admin_open(&folder, &load.admin, err);
		if (code == ERR_OK && load.base == NULL)
			code = fetch(&load, err);
		if (code == ERR_OK)
			code = merge(&load, err);
		if (code == ERR_OK)
			code = put_in_force(&load, args_value(args, "reason"),
					    args_value(args, "redue") != NULL, err);
		admin_close(load.admin);
		folder_release(&folder);
	}
	workdays_free(load.base);
	str_release(&load.text);
	str_release(&load.said);
	arena_release(&load.arena);
	return code;
}
