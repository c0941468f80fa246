#include <config.h>

#include <string.h>

#include "meeting_priv.h"
#include "rosters_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct calendar no_calendar = { .name = "", .first_year = 1, .last_year = 0 };

static enum err build_all(struct build *build, struct error *err)
{
	static enum err (*const parts[])(struct build *, struct error *) = {
		build_lists, build_settings,   build_privacy,	  build_days,	   build_orgs,
		build_modes, build_flow,       build_summonses,   build_mode_rules,
		build_supervision, build_warnings, build_overrides, build_duties,
		build_open311, build_templates,  build_rosters,     build_logged,
		build_meetings,	build_meeting_rules,
	};
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < ARRAY_LEN(parts); i++)
		code = parts[i](build, err);
	return code;
}

/* The base a profile names, out of the bundle; NULL when it names none. */
static enum err parse_base(const struct bundle *files, const struct conf *conf,
			   struct conf **ret_base, struct error *err)
{
	const struct conf_section *root = conf_root(conf);
	const char *name = conf_str(root, "base");
	const struct bundle_file *file = bundle_find(files, name);

	if (!*name)
		return ERR_OK;
	if (!file || file == &files->files[0])
		return conf_error(root, "base", err, _("%s: \"%s\": the file is not there"), "base",
				  name);
	return conf_parse(file->name, file->text, file->len, base_spec, ret_base, err);
}

static enum err parse_files(struct jurisdiction *profile, const struct bundle *files,
			    struct error *err)
{
	struct conf *conf = NULL, *base = NULL;
	enum err code = conf_parse(files->files[0].name, files->files[0].text,
				   files->files[0].len, profile_spec, &conf, err);

	if (!code)
		code = parse_base(files, conf, &base, err);
	if (!code) {
		struct build build = { .profile = profile, .root = conf_root(conf),
				       .base = base ? conf_root(base) : NULL, .bundle = files };

		profile->base = build_opt(&build, build.root, "base");
		code = build_all(&build, err);
	}
	conf_free(base);
	conf_free(conf);
	return code;
}

/* The profile's own days lie over the jurisdiction's calendar, its named calendars over both. */
static void stand_on(struct jurisdiction *profile, const struct calendar *calendar)
{
	struct rules *rules = &profile->rules;

	rules->calendar = calendar;
	if (profile->local.n_days > 0) {
		profile->local.name = calendar->name;
		profile->local.first_year = calendar->first_year;
		profile->local.last_year = calendar->last_year;
		profile->local.under = calendar;
		rules->calendar = &profile->local;
	}
	for (size_t i = 0; i < rules->n_calendars; i++) {
		profile->calendars[i].days.first_year = calendar->first_year;
		profile->calendars[i].days.last_year = calendar->last_year;
		profile->calendars[i].days.under = rules->calendar;
	}
}

enum err profile_parse(const char *bundle, size_t len, struct jurisdiction **ret_profile,
		       struct error *err)
{
	struct jurisdiction *profile = mem_alloc(sizeof *profile);
	struct bundle files = { .n = 0 };
	enum err code;

	arena_init(&profile->arena);
	if (len > BUNDLE_MAX)
		code = error_set(err, ERR_TOO_LARGE, _("a profile is at most %d MB"),
				 BUNDLE_MAX / 1024 / 1024);
	else
		code = bundle_split(bundle, len, &profile->arena, &files, err);
	if (!code)
		code = parse_files(profile, &files, err);
	if (code) {
		profile_free(profile);
		return code;
	}
	stand_on(profile, &no_calendar);
	bundle_hash(bundle, len, profile->rules.hash);
	*ret_profile = profile;
	return ERR_OK;
}

void profile_use_calendar(struct jurisdiction *profile, const struct workdays *days)
{
	stand_on(profile, &days->calendar);
	memcpy(profile->rules.calendar_hash, days->hash, sizeof days->hash);
}

void profile_free(struct jurisdiction *profile)
{
	if (!profile)
		return;
	arena_release(&profile->arena);
	free(profile);
}

static enum err load_calendar(const char *path, struct jurisdiction *profile,
			      struct workdays **ret_days, struct error *err)
{
	const char *slash = strrchr(path, '/');
	struct arena arena = ARENA_INIT;
	const char *dir = slash ? arena_strndup(&arena, path, (size_t)(slash - path)) : ".";
	const char *name = arena_printf(&arena, "calendar-%s.conf", profile->calendar);
	struct workdays *days;
	enum err code = ERR_INPUT;

	if (strchr(profile->calendar, '/'))
		code = error_set(err, ERR_INPUT, _("calendar: \"%s\" is no plain name"),
				 profile->calendar);
	else
		code = workdays_load(path_join(&arena, dir, name), &days, err);
	if (!code) {
		profile_use_calendar(profile, days);
		*ret_days = days;
	}
	arena_release(&arena);
	return code;
}

enum err profile_load(const char *path, struct jurisdiction **ret_profile,
		      struct workdays **ret_days, struct error *err)
{
	struct str bundle = STR_INIT;
	struct jurisdiction *profile = NULL;
	enum err code = bundle_read(path, &bundle, err);

	if (!code)
		code = profile_parse(str_get(&bundle), bundle.len, &profile, err);
	if (!code)
		code = load_calendar(path, profile, ret_days, err);
	str_release(&bundle);
	if (code) {
		profile_free(profile);
		return code;
	}
	*ret_profile = profile;
	return ERR_OK;
}
