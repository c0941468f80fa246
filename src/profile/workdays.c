/* The working-day calendar: years of days off and make-up working days. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { CALENDAR_MAX = 1024 * 1024 };

static const struct conf_spec year_spec[] = {
	{ "off", CONF_STRS, 0, NULL, 0, 200, NULL,
	  N_("\"2026-01-01..2026-01-03 NAME\" or one day") },
	{ "work", CONF_STRS, 0, NULL, 0, 200, NULL,
	  N_("make-up working days: \"2026-01-04 NAME\"") },
	{ NULL },
};

static const struct conf_spec calendar_spec[] = {
	{ "name", CONF_STR, CONF_REQUIRED, NULL, 0, 40, NULL, N_("short, for commands") },
	{ "year", CONF_SECTION, CONF_TITLED, NULL, 0, 0, year_spec,
	  N_("a year whose holidays are known") },
	{ NULL },
};

static enum err read_year(const struct conf_section *section, int year, struct arena *arena,
			  struct days *days, struct error *err)
{
	static const char *const lists[] = { "off", "work" };
	enum err code = ERR_OK;

	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; !code && i < conf_count(section, lists[l]); i++)
			code = days_read(section, lists[l], i, year, l == 1, arena, days, err);
	return code;
}

static enum err read_years(const struct conf_section *root, struct workdays *workdays,
			   struct days *days, struct error *err)
{
	struct calendar *calendar = &workdays->calendar;
	size_t n = conf_count(root, "year");
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(root, "year", i);
		long long year;

		if (!str_int(conf_title(section), 1900, 9999, &year))
			return conf_error(section, NULL, err, _("\"%s\" is no year"),
					  conf_title(section));
		if (i == 0)
			calendar->first_year = (int)year;
		else if (year != calendar->last_year + 1)
			return conf_error(section, NULL, err,
					  _("year %lld after %d: years follow each other without "
					    "a gap"),
					  year, calendar->last_year);
		calendar->last_year = (int)year;
		code = read_year(section, (int)year, &workdays->arena, days, err);
	}
	if (n == 0)
		return conf_error(root, NULL, err, _("year: at least one is needed"));
	return code ? code : days_sort(root, days, err);
}

enum err workdays_parse(const char *name, const char *text, size_t len, struct workdays **ret_days,
			struct error *err)
{
	struct workdays *workdays = mem_alloc(sizeof *workdays);
	struct days days = { 0 };
	struct conf *conf = NULL;
	enum err code;

	arena_init(&workdays->arena);
	code = conf_parse(name, text, len, calendar_spec, &conf, err);
	if (!code)
		code = read_years(conf_root(conf), workdays, &days, err);
	if (!code) {
		struct calendar *calendar = &workdays->calendar;

		calendar->name =
			arena_strdup(&workdays->arena, conf_str(conf_root(conf), "name"));
		calendar->days =
			arena_dup(&workdays->arena, days.items, days.n * sizeof *days.items);
		calendar->n_days = days.n;
		bundle_hash(text, len, workdays->hash);
		*ret_days = workdays;
	} else {
		workdays_free(workdays);
	}
	free(days.items);
	conf_free(conf);
	return code;
}

enum err workdays_load(const char *path, struct workdays **ret_days, struct error *err)
{
	const char *slash = strrchr(path, '/');
	struct str text = STR_INIT;
	enum err code = file_read(path, CALENDAR_MAX, &text, err);

	if (!code)
		code = workdays_parse(slash ? slash + 1 : path, str_get(&text), text.len, ret_days,
				      err);
	str_release(&text);
	return code;
}

void workdays_free(struct workdays *days)
{
	if (!days)
		return;
	arena_release(&days->arena);
	free(days);
}
