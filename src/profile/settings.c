/* The plain settings of a profile: hours, night and quiet, marks, targets, limits of its own. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/alarm.h"

enum { MARKS_MAX = 16, PERCENT_MAX = 1000 };

static enum err offset_parse(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "offset");
	const char *s = conf_str(from, "offset");
	bool digits = strlen(s) == 6 && (s[0] == '+' || s[0] == '-') && s[3] == ':';
	int hours = 0, minutes = 0;

	for (int i = 1; digits && i < 6; i++)
		digits = i == 3 || (s[i] >= '0' && s[i] <= '9');
	if (digits) {
		hours = (s[1] - '0') * 10 + s[2] - '0';
		minutes = (s[4] - '0') * 10 + s[5] - '0';
	}
	if (!digits || hours > 14 || minutes > 59)
		return conf_error(from, "offset", err,
				  _("\"%s\": an offset from UTC such as +08:00"), s);
	build->profile->rules.offset_min = (hours * 60 + minutes) * (s[0] == '-' ? -1 : 1);
	return ERR_OK;
}

/* "17:30-08:30", which may cross midnight. */
static enum err period_parse(struct build *build, const char *name, int *ret_from, int *ret_to,
			     struct error *err)
{
	const struct conf_section *section = build_from(build, name);
	const char *s = conf_str(section, name);
	int h1, m1, h2, m2, used = 0;

	if (sscanf(s, "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &used) != 4 || s[used] || h1 > 24 ||
	    h2 > 24 || m1 > 59 || m2 > 59 || h1 < 0 || h2 < 0 || m1 < 0 || m2 < 0)
		return conf_error(section, name, err, _("%s: \"%s\": times such as 17:30-08:30"),
				  name, s);
	*ret_from = h1 * 60 + m1;
	*ret_to = h2 * 60 + m2;
	return ERR_OK;
}

static enum err build_hours(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "hours");
	struct error why = ERROR_INIT;

	if (!conf_given(from, "hours"))
		return conf_error(from, NULL, err, _("hours: is missing"));
	if (hours_parse(conf_str(from, "hours"), &rules->hours, &why))
		return conf_error(from, "hours", err, "hours: %s", why.text);
	from = build_from(build, "night");
	if (!conf_given(from, "night"))
		return conf_error(from, NULL, err, _("night: is missing"));
	return period_parse(build, "night", &rules->night_from, &rules->night_to, err);
}

/* Quiet hours hold for the last of the urgencies when nothing else is said. */
static enum err build_quiet(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "quiet_urgency");
	const char *urgency;
	enum err code = build_code(build, from, "quiet_urgency", &rules->urgencies, &urgency, err);

	if (code)
		return code;
	rules->quiet_urgency =
		urgency ? choice_position(&rules->urgencies, urgency) : (int)rules->urgencies.n;
	if (!*conf_str(build_from(build, "quiet"), "quiet"))
		return ERR_OK;
	return period_parse(build, "quiet", &rules->quiet_from, &rules->quiet_to, err);
}

static enum err build_minutes(struct build *build, const char *name, int *ret_minutes,
			      struct error *err)
{
	const struct conf_section *from = build_from(build, name);
	struct limit limit;
	enum err code = build_limit(from, name, &limit, err);

	if (!code && limit.unit != LIMIT_NONE && limit.unit != LIMIT_MINUTES)
		return conf_error(from, name, err,
				  _("%s: \"%s\": minutes or hours such as 30m"), name,
				  conf_str(from, name));
	if (!code)
		*ret_minutes = limit.unit == LIMIT_NONE ? 0 : (int)limit.amount;
	return code;
}

static enum err build_alarm_classes(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "alarms");
	size_t n = conf_count(from, "alarms");
	struct rules *rules = &build->profile->rules;

	rules->alarms = n == 0 ? ALARM_ALL : 0;
	for (size_t i = 0; i < n; i++) {
		const char *word = conf_item(from, "alarms", i);

		if (alarm_bit(word) == 0)
			return conf_item_error(from, "alarms", i, err,
					       _("alarms: \"%s\" is none of new, given, red"), word);
		rules->alarms |= alarm_bit(word);
	}
	return ERR_OK;
}

/* Who is rung when nobody answers: roles, not people, whose shifts change. */
static enum err build_deputies(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "alarm_deputy");
	size_t n = conf_count(from, "alarm_deputy");
	const char **roles = arena_array(&build->profile->arena, n + 1, sizeof *roles);
	struct rules *rules = &build->profile->rules;

	for (size_t i = 0; i < n; i++) {
		const char *word = conf_item(from, "alarm_deputy", i);
		const struct choice *role = choices_named(&rules->roles, word);

		if (role == NULL)
			return conf_item_error(from, "alarm_deputy", i, err,
					       _("alarm_deputy: \"%s\" is no role here"), word);
		roles[i] = role->code;
	}
	roles[n] = NULL;
	rules->alarm_deputies = roles;
	return ERR_OK;
}

/* What rings: the first of the urgencies when nothing else is said. */
static enum err build_alarm(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "alarm_urgency");
	const char *urgency;
	enum err code = build_code(build, from, "alarm_urgency", &rules->urgencies, &urgency, err);

	if (code)
		return code;
	rules->alarm_urgency = urgency ? choice_position(&rules->urgencies, urgency) : 1;
	from = build_from(build, "alarm_red");
	code = build_code(build, from, "alarm_red", &rules->urgencies, &urgency, err);
	if (code)
		return code;
	rules->alarm_red = urgency ? choice_position(&rules->urgencies, urgency) :
				     rules->alarm_urgency;
	code = build_alarm_classes(build, err);
	if (!code)
		code = build_minutes(build, "alarm_louder", &rules->alarm_louder, err);
	if (!code)
		code = build_minutes(build, "alarm_check", &rules->alarm_check, err);
	return code ? code : build_deputies(build, err);
}

static enum err build_marks(struct build *build, struct error *err)
{
	static const int usual[] = { 50, 75, 90, 100, 0 };
	const struct conf_section *from = build_from(build, "marks");
	size_t n = conf_count(from, "marks");
	int *marks = arena_array(&build->profile->arena, n + 1, sizeof *marks);

	build->profile->rules.marks = n ? marks : usual;
	if (n > MARKS_MAX)
		return conf_error(from, "marks", err, _("marks: at most %d"), MARKS_MAX);
	for (size_t i = 0; i < n; i++) {
		const char *text = conf_item(from, "marks", i);
		long long percent;

		if (!str_int(text, 1, PERCENT_MAX, &percent) || (i && percent <= marks[i - 1]))
			return conf_item_error(from, "marks", i, err,
					       _("marks: \"%s\": percentages from 1 to %d, each "
						 "above the one before"),
					       text, PERCENT_MAX);
		marks[i] = (int)percent;
	}
	return ERR_OK;
}

static enum err build_targets(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "targets");
	size_t n = conf_count(from, "targets");

	if (n != 0 && n != ARRAY_LEN(rules->targets))
		return conf_error(from, "targets", err,
				  _("targets: three percentages: on site, level 1, level 2"));
	for (size_t i = 0; i < n; i++) {
		long long percent;

		if (!str_int(conf_item(from, "targets", i), 0, 100, &percent))
			return conf_item_error(from, "targets", i, err,
					       _("targets: \"%s\" is no percentage"),
					       conf_item(from, "targets", i));
		rules->targets[i] = (int)percent;
	}
	return ERR_OK;
}

enum err build_settings(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	enum err code = offset_parse(build, err);

	if (!code)
		code = build_hours(build, err);
	if (!code)
		code = build_quiet(build, err);
	if (!code)
		code = build_alarm(build, err);
	if (!code)
		code = build_minutes(build, "lock_at_most", &rules->lock_at_most, err);
	if (!code)
		build->profile->rules.training =
			conf_bool(build_from(build, "training"), "training");
	if (!code)
		code = build_marks(build, err);
	if (!code)
		code = build_targets(build, err);
	if (!code)
		code = build_limit(build_from(build, "countersign"), "countersign",
				   &rules->countersign, err);
	rules->reopen_days = (int)conf_int(build_from(build, "reopen_days"), "reopen_days");
	return code;
}
