/* Series of joint meetings (会议系列): who convenes, in what rhythm, who sits, who approves, by
 * when. Those of the base stand behind the profile's own; one of the same code is the profile's
 * alone. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "bodies_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/inspection.h"

enum { CHAIRS_MAX = 2 };

static const struct limit no_limit = {.unit = LIMIT_NONE, .from_clock = -1};

enum err build_percent(const struct conf_section *section, const char *name, int *ret_percent,
		       struct error *err)
{
	const char *text = conf_str(section, name);
	size_t digits = strspn(text, "0123456789");
	long percent = digits > 0 && digits <= 3 ? strtol(text, NULL, 10) : 0;

	if (*text && (percent < 1 || percent > 100 || !str_eq(text + digits, "%")))
		return conf_error(section, name, err, _("%s: \"%s\": a percentage such as 60%%"),
				  name, text);
	*ret_percent = (int)percent;
	return ERR_OK;
}

/* --- when and who ----------------------------------------------------------------------------- */

static enum err build_when(struct build *build, const struct conf_section *section,
			   struct meeting_series *series, struct error *err)
{
	const char *words = conf_str(section, "when");

	if (*words && !check_when_ok(words))
		return conf_error(section, "when", err,
				  _("when: \"%s\": a rhythm and a time such as weekly 3 14:30 or "
				    "monthly 15 09:00"),
				  words);
	series->when = build_opt(build, section, "when");
	return ERR_OK;
}

static enum err build_chairs(struct build *build, const struct conf_section *section,
			     struct meeting_series *series, struct error *err)
{
	size_t n = conf_count(section, "chair");
	const char *const *words = build_list(build, section, "chair");

	if (n > CHAIRS_MAX)
		return conf_item_error(section, "chair", CHAIRS_MAX, err,
				       _("chair: \"%s\": at most %d chair a meeting"),
				       words[CHAIRS_MAX], CHAIRS_MAX);
	for (size_t i = 0; i < n; i++) {
		if (!*words[i] || strpbrk(words[i], "\t\n"))
			return conf_item_error(section, "chair", i, err,
					       _("chair: \"%s\": words in one line"), words[i]);
		series->chair[i] = words[i];
	}
	return ERR_OK;
}

/* Who must be there is not also told that he may stay away. */
static enum err check_twice(const struct conf_section *section, const char *name, const char *other,
			    struct error *err)
{
	for (size_t i = 0; i < conf_count(section, name); i++) {
		const char *word = conf_item(section, name, i);

		for (size_t k = 0; k < i; k++)
			if (str_eq(conf_item(section, name, k), word))
				return conf_item_error(section, name, i, err,
						       _("\"%s\": it stands in this list already"),
						       word);
		for (size_t k = 0; other && k < conf_count(section, other); k++)
			if (str_eq(conf_item(section, other, k), word))
				return conf_item_error(section, name, i, err,
						       _("%s: \"%s\" stands in %s already"), name,
						       word, other);
	}
	return ERR_OK;
}

static enum err build_attendees(struct build *build, const struct conf_section *section,
				struct meeting_series *series, struct error *err)
{
	enum err code = build_bodies(build, section, "must", &series->must, err);

	if (!code)
		code = build_bodies(build, section, "may", &series->may, err);
	if (!code)
		code = check_twice(section, "must", NULL, err);
	return code ? code : check_twice(section, "may", "must", err);
}

static enum err build_series_roles(struct build *build, const struct conf_section *section,
				   struct meeting_series *series, struct error *err)
{
	const struct choices *roles = &build->profile->rules.roles;
	const struct {
		const char *name, **ret;
	} words[] = {
	    {"role", &series->role},
	    {"item_role", &series->item_role},
	    {"minutes_role", &series->minutes_role},
	};
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < ARRAY_LEN(words); i++)
		code = build_code(build, section, words[i].name, roles, words[i].ret, err);
	return code;
}

/* --- by when ---------------------------------------------------------------------------------- */

/* A clock of something that this series does not have would never start. */
static const char *never_runs(const struct conf_section *section,
			      const struct meeting_series *series, enum meeting_clock clock)
{
	bool staged = conf_count(section, "stage") > 0;

	switch (clock) {
	case MEETING_PAPERS:
		return _("when papers are due is said by papers: how long before the meeting");
	case MEETING_SIGN:
		return series->signed_by_all ? NULL : _("nobody countersigns the minutes");
	case MEETING_APPROVE:
		return series->minutes_role ? NULL : _("nobody approves the minutes");
	case MEETING_STAGE:
		return staged ? NULL : _("the series has no stages");
	case MEETING_ANSWER:
	case MEETING_MINUTES:
		return staged ? _("a resolution in stages invites nobody and has no minutes")
			      : NULL;
	case MEETING_CLOCKS:
		break;
	}
	return NULL;
}

static enum meeting_clock clock_find(const char *name)
{
	int clock = 0;

	while (clock < MEETING_CLOCKS &&
	       !str_eq(meeting_clock_code((enum meeting_clock)clock), name))
		clock++;
	return (enum meeting_clock)clock;
}

static const char *clock_names(struct build *build, const char *word)
{
	const char *codes[MEETING_CLOCKS];
	size_t n = 0;

	for (int k = 0; k < MEETING_CLOCKS; k++)
		if (k != MEETING_PAPERS)
			codes[n++] = meeting_clock_code((enum meeting_clock)k);
	return words_near(&build->profile->arena, codes, n, word);
}

static enum err build_limits(struct build *build, const struct conf_section *section,
			     struct meeting_series *series, struct error *err)
{
	bool said[MEETING_CLOCKS] = {false};

	for (size_t i = 0; i < MEETING_CLOCKS; i++)
		series->limits[i] = no_limit;
	for (size_t i = 0; i < conf_count(section, "limits"); i++) {
		const char *text = conf_item(section, "limits", i), *s = text, *never;
		const char *name = word_take(&build->profile->arena, &s);
		enum meeting_clock clock = clock_find(name);
		struct error why = ERROR_INIT;

		if (clock == MEETING_CLOCKS)
			return conf_item_error(section, "limits", i, err,
					       _("\"%s\": a meeting has no clock \"%s\"; %s"), text,
					       name, clock_names(build, name));
		if (said[clock])
			return conf_item_error(section, "limits", i, err,
					       _("\"%s\": the limit of %s is said already"), text,
					       name);
		never = never_runs(section, series, clock);
		if (never)
			return conf_item_error(section, "limits", i, err, "\"%s\": %s", text,
					       never);
		if (limit_parse(s, &series->limits[clock], &why))
			return conf_item_error(section, "limits", i, err, "\"%s\": %s", text,
					       why.text);
		said[clock] = true;
	}
	return ERR_OK;
}

/* It is counted back from the meeting: a time of the day to count from says nothing there. */
static enum err build_papers(const struct conf_section *section, struct meeting_series *series,
			     struct error *err)
{
	enum err code = build_limit(section, "papers", &series->papers, err);

	if (!code && series->papers.from_clock >= 0)
		code = conf_error(section, "papers", err,
				  _("papers: \"%s\": a time before the meeting, such as 1wd"),
				  conf_str(section, "papers"));
	return code;
}

/* --- one, and all ----------------------------------------------------------------------------- */

static enum err build_doc(struct build *build, const struct conf_section *section,
			  struct meeting_series *series, struct error *err)
{
	static const char *const options[] = {"doc", "office", "main_to", "copy_to"};
	const char **rets[] = {&series->doc, &series->office, &series->main_to, &series->copy_to};

	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (strpbrk(conf_str(section, options[i]), "\t\n"))
			return conf_error(section, options[i], err, _("%s: words in one line"),
					  options[i]);
		*rets[i] = build_opt(build, section, options[i]);
	}
	return ERR_OK;
}

static void build_numbers(const struct conf_section *section, struct meeting_series *series)
{
	series->length_min = (int)conf_int(section, "length");
	series->item_min = (int)conf_int(section, "item_minutes");
	series->items_most = (int)conf_int(section, "items_most");
	series->signed_by_all = conf_bool(section, "signed");
}

static enum err build_series(struct build *build, const struct conf_section *section,
			     struct meeting_series *series, struct error *err)
{
	static enum err (*const parts[])(struct build *, const struct conf_section *,
					 struct meeting_series *, struct error *) = {
	    build_when,   build_chairs, build_attendees, build_series_roles,
	    build_limits, build_doc,    build_stages,
	};
	enum err code = build_id(section, "meeting", err);

	if (code)
		return code;
	series->code = arena_strdup(&build->profile->arena, conf_title(section));
	series->label = build_str(build, section, "label");
	build_numbers(section, series);
	code = build_owner(build, section, "of", &series->of, err);
	if (!code)
		code = build_percent(section, "quorum", &series->quorum_percent, err);
	if (!code)
		code = build_papers(section, series, err);
	for (size_t i = 0; !code && i < ARRAY_LEN(parts); i++)
		code = parts[i](build, section, series, err);
	return code;
}

static bool knows_bodies(const struct rules *rules, const struct conf_section *section,
			 const char *name)
{
	for (size_t i = 0; i < conf_count(section, name); i++)
		if (!str_eq(conf_item(section, name, i), "centre") &&
		    !choices_find(&rules->tiers, conf_item(section, name, i)))
			return false;
	return true;
}

/* A profile with lists of its own need not fit its base's series: one that does not is left out,
 * and the check says so. */
static bool base_fits(struct build *build, const struct conf_section *section)
{
	static const char *const roles[] = {"role", "item_role", "minutes_role"};
	struct jurisdiction *profile = build->profile;
	const struct rules *rules = &profile->rules;
	const char *of = conf_str(section, "of"), *before = profile->left_out;
	bool fits = (str_eq(of, "centre") || choices_find(&rules->tiers, of)) &&
		    knows_bodies(rules, section, "must") && knows_bodies(rules, section, "may");

	for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
		const char *role = conf_str(section, roles[i]);

		fits = fits && (!*role || choices_find(&rules->roles, role));
	}
	if (!fits)
		profile->left_out =
		    arena_printf(&profile->arena, "%s%smeeting %s", before ? before : "",
				 before ? ", " : "", conf_title(section));
	return fits;
}

static enum err add_series(struct build *build, const struct conf_section *from,
			   struct meeting_series *series, struct error *err)
{
	struct meeting_rules *meetings = &build->profile->rules.meetings;
	size_t own = meetings->n_series;

	for (size_t i = 0; from && i < conf_count(from, "meeting"); i++) {
		const struct conf_section *section = conf_child(from, "meeting", i);
		bool known = false;
		enum err code;

		for (size_t k = 0; k < own; k++)
			known = known || str_eq(series[k].code, conf_title(section));
		if (known || (from == build->base && !base_fits(build, section)))
			continue;
		code = build_series(build, section, &series[meetings->n_series], err);
		if (code)
			return code;
		meetings->n_series++;
	}
	return ERR_OK;
}

enum err build_meetings(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t most = conf_count(build->root, "meeting") +
		      (build->base ? conf_count(build->base, "meeting") : 0);
	struct meeting_series *series =
	    arena_array(&build->profile->arena, most + 1, sizeof *series);
	enum err code;

	if (most > SERIES_MAX)
		return conf_error(build->root, NULL, err, _("at most %d series of meetings"),
				  SERIES_MAX);
	rules->meetings.series = series;
	code = add_series(build, build->root, series, err);
	return code ? code : add_series(build, build->base, series, err);
}
