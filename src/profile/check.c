/* `zhiband profile check FILE`: what a profile says, in words for those who run the centre. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

void say_cell(struct str *out, const char *text, int columns)
{
	int used = text_columns(text);

	str_add(out, text);
	str_add_repeat(out, ' ', used + 2 <= columns ? (size_t)(columns - used) : 2);
}

const char *org_words(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org && org->brief ? org->brief : code;
}

/* --- the head --------------------------------------------------------------------------------- */

static void say_clock_time(int minute, struct str *out)
{
	str_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

static void say_hours(const struct hours *hours, struct str *out)
{
	for (int i = 0; i < hours->n; i++) {
		str_add(out, i ? "," : "");
		say_clock_time(hours->span[i].from, out);
		str_add_char(out, '-');
		say_clock_time(hours->span[i].to, out);
	}
}

static void say_times(const struct rules *rules, struct str *out)
{
	str_add(out, _("working hours: "));
	say_hours(&rules->hours, out);
	for (size_t i = 0; i < rules->n_hours_sets; i++) {
		str_addf(out, ", %s ", rules->hours_sets[i].name);
		say_hours(&rules->hours_sets[i].hours, out);
	}
	str_add(out, _("; night: "));
	say_clock_time(rules->night_from, out);
	str_add_char(out, '-');
	say_clock_time(rules->night_to, out);
	if (rules->quiet_from != rules->quiet_to) {
		str_add(out, _("; quiet: "));
		say_clock_time(rules->quiet_from, out);
		str_add_char(out, '-');
		say_clock_time(rules->quiet_to, out);
		str_addf(out, _(" for %s and less"),
			 rules->urgencies.items[rules->quiet_urgency - 1].label);
	}
	str_add_char(out, '\n');
	if (rules->urgencies.n)
		str_addf(out, _("alarms: unanswered cases of %s and more"),
			 rules->urgencies.items[rules->alarm_urgency - 1].label);
	if (rules->alarm_louder)
		str_addf(out, _(", louder after %d minutes"), rules->alarm_louder);
	if (rules->alarm_check)
		str_addf(out, _(", no key for %d minutes is written down"), rules->alarm_check);
	if (rules->lock_at_most)
		str_addf(out, _("; screens lock after %d minutes at the most"),
			 rules->lock_at_most);
	str_add_char(out, '\n');
	if (rules->training)
		str_add(out, _("training: what is done here is practice, every screen says so\n"));
}

static void say_settings(const struct rules *rules, struct str *out)
{
	str_add(out, _("marks:"));
	for (size_t i = 0; rules->marks[i]; i++)
		str_addf(out, " %d%%", rules->marks[i]);
	str_add(out, _("; countersign within: "));
	say_limit(&rules->countersign, out);
	if (rules->reopen_days)
		str_addf(out, _("; reopened within %d days"), rules->reopen_days);
	if (rules->targets[0])
		str_addf(out, _("; funnel: %d%% on site, %d%% level 1, %d%% level 2"),
			 rules->targets[0], rules->targets[1], rules->targets[2]);
	str_add_char(out, '\n');
}

static void say_calendar(const struct jurisdiction *profile, const struct workdays *days,
			 struct str *out)
{
	const struct rules *rules = &profile->rules;

	str_addf(out, _("calendar: %s, %d to %d, %zu exceptions, hash %s\n"), days->calendar.name,
		 days->calendar.first_year, days->calendar.last_year, days->calendar.n_days,
		 days->hash);
	if (profile->local.n_days)
		str_addf(out, _("  days of its own: %zu\n"), profile->local.n_days);
	for (size_t i = 0; i < rules->n_calendars; i++)
		str_addf(out, _("  calendar %s: %zu days of its own\n"), rules->calendars[i].name,
			 rules->calendars[i].days.n_days);
}

static void say_lists(const struct rules *rules, struct str *out)
{
	str_addf(out, _("sources: %zu, categories: %zu, types: %zu, components: %zu, roles: %zu, "
			"steps: %zu\n"),
		 rules->sources.n, rules->categories.n, rules->types.n, rules->objects.n,
		 rules->roles.n, rules->n_steps);
}

/* --- the base --------------------------------------------------------------------------------- */

/* How many of the base's sections of a name the profile has not under the same title. */
static size_t left_to_base(const struct conf_section *own, const struct conf_section *base,
			   const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < conf_count(base, name); i++) {
		const char *title = conf_title(conf_child(base, name, i));
		bool known = false;

		for (size_t k = 0; own && k < conf_count(own, name); k++)
			known = known || str_eq(conf_title(conf_child(own, name, k)), title);
		n += !known;
	}
	return n;
}

static void say_taken(const struct conf_section *root, const struct conf_section *base,
		      const char *name, struct str *out)
{
	const struct conf_section *always = conf_child(base, "always", 0);
	size_t n = 0;

	str_addf(out, _("base: %s; taken from it:"), name);
	for (const struct conf_spec *spec = base_spec; spec->name; spec++) {
		if (conf_given(root, spec->name) || !conf_given(base, spec->name) ||
		    str_eq(spec->name, "act") || str_eq(spec->name, "always") ||
		    str_eq(spec->name, "template") || str_eq(spec->name, "summons"))
			continue;
		str_addf(out, "%s %s", n++ ? "," : "", spec->name);
		if (spec->type == CONF_SECTION)
			str_addf(out, " %zu", conf_count(base, spec->name));
	}
	if (left_to_base(root, base, "summons"))
		str_addf(out, _("; summonses: %zu"), left_to_base(root, base, "summons"));
	str_addf(out, _("; names of acts: %zu; always allowed: %zu; templates: %zu\n"),
		 left_to_base(root, base, "act"),
		 always ? left_to_base(conf_child(root, "always", 0), always, "act") : 0,
		 left_to_base(root, base, "template"));
}

/* Reads the two files once more, only to see where things stand. */
static enum err say_base(const char *path, const char *base_name, struct str *out,
			 struct error *err)
{
	struct str text = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct bundle files = { .n = 0 };
	struct conf *root = NULL, *base = NULL;
	const struct bundle_file *file;
	enum err code = bundle_read(path, &text, err);

	if (!code)
		code = bundle_split(str_get(&text), text.len, &arena, &files, err);
	if (!code)
		code = conf_parse(files.files[0].name, files.files[0].text, files.files[0].len,
				  profile_spec, &root, err);
	file = bundle_find(&files, base_name);
	if (!code && file)
		code = conf_parse(file->name, file->text, file->len, base_spec, &base, err);
	if (!code && base)
		say_taken(conf_root(root), conf_root(base), base_name, out);
	conf_free(base);
	conf_free(root);
	arena_release(&arena);
	str_release(&text);
	return code;
}

enum err profile_check(const char *path, struct str *out, struct error *err)
{
	struct jurisdiction *profile;
	struct workdays *days;
	struct str base = STR_INIT;
	enum err code = profile_load(path, &profile, &days, err);
	const struct rules *rules;

	if (code)
		return code;
	rules = &profile->rules;
	if (profile->base)
		code = say_base(path, profile->base, &base, err);
	if (!code) {
		str_addf(out, "%s  %s  (%s)\n", rules->name, rules->title, rules->brief);
		str_addf(out, _("hash: %s\n"), rules->hash);
		say_calendar(profile, days, out);
		say_times(rules, out);
		say_settings(rules, out);
		str_add(out, str_get(&base));
		if (profile->left_out)
			str_addf(out, _("  not taken, for want of what it speaks of: %s\n"),
				 profile->left_out);
		say_orgs(rules, out);
		say_lists(rules, out);
		say_flow(rules, out);
		say_modes(rules, out);
		say_overrides(rules, out);
		say_summonses(rules, out);
		say_pressing(rules, out);
		say_rosters(rules, out);
		say_meetings(rules, out);
		say_duties(rules, out);
		say_warnings(rules, out);
	}
	str_release(&base);
	profile_free(profile);
	workdays_free(days);
	return code;
}
