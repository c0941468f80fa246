/* Rosters (值班表): who has which, their shifts, and the rules of rest, filing and approval.  Those of the
 * base stand behind the profile's own; one of the same code is the profile's alone. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "bodies_priv.h"
#include "rosters_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/inspection.h"

enum { DAY_MINUTES = 24 * 60, REST_MAX = 7 * DAY_MINUTES };

bool minute_parse(const char *words, int *ret_minute)
{
	bool digits = strlen(words) == 5 && words[2] == ':';
	int hour, minute;

	for (int i = 0; digits && i < 5; i++)
		digits = i == 2 || (words[i] >= '0' && words[i] <= '9');
	if (!digits)
		return false;
	hour = (words[0] - '0') * 10 + words[1] - '0';
	minute = (words[3] - '0') * 10 + words[4] - '0';
	if (hour > 23 || minute > 59)
		return false;
	*ret_minute = hour * 60 + minute;
	return true;
}

enum err build_mode_word(struct build *build, const struct conf_section *section,
			 const char **ret_code, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *code = conf_str(section, "mode");
	const char **words = arena_array(&build->profile->arena, rules->n_modes + 1, sizeof *words);

	*ret_code = NULL;
	for (size_t i = 0; i < rules->n_modes; i++) {
		words[i] = rules->modes[i].code;
		if (i > 0 && str_eq(code, words[i]))
			*ret_code = words[i];
	}
	if (*code && rules->n_modes > 0 && str_eq(code, words[0]))
		return conf_error(section, "mode", err,
				  _("mode: \"%s\" is peacetime: what holds then names no mode"), code);
	if (*code && !*ret_code)
		return conf_error(section, "mode", err, _("mode: \"%s\" is no mode; %s"), code,
				  words_near(&build->profile->arena, words, rules->n_modes, code));
	return ERR_OK;
}

/* --- shifts ----------------------------------------------------------------------------------- */

static enum err build_time(const struct conf_section *section, const char *name, int *ret_minute,
			   struct error *err)
{
	if (minute_parse(conf_str(section, name), ret_minute))
		return ERR_OK;
	return conf_error(section, name, err, _("%s: \"%s\": a time of the day such as 17:30"), name,
			  conf_str(section, name));
}

static enum err check_order(const struct conf_section *section, const struct duty_shift *shifts,
			    size_t n, struct error *err)
{
	const struct duty_shift *shift = &shifts[n];

	for (size_t i = 0; i < n; i++)
		if (str_eq(shifts[i].mode, shift->mode) && shifts[i].from >= shift->from)
			return conf_error(section, "from", err,
					  _("shift \"%s\": it begins no later than \"%s\" before it: "
					    "shifts stand in the order of the day"),
					  shift->code, shifts[i].code);
	return ERR_OK;
}

static enum err build_shifts(struct build *build, const struct conf_section *section,
			     struct roster_plan *plan, struct error *err)
{
	size_t n = conf_count(section, "shift");
	struct duty_shift *shifts = arena_array(&build->profile->arena, n + 1, sizeof *shifts);
	bool usual = false;

	if (n == 0 || n > SHIFTS_MAX)
		return conf_error(section, NULL, err, _("roster \"%s\": 1 to %d shifts"), plan->code,
				  SHIFTS_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *child = conf_child(section, "shift", i);
		enum err code = build_id(child, "shift", err);

		shifts[i].code = arena_strdup(&build->profile->arena, conf_title(child));
		shifts[i].label = build_str(build, child, "label");
		shifts[i].night = conf_bool(child, "night");
		if (!code)
			code = build_time(child, "from", &shifts[i].from, err);
		if (!code)
			code = build_time(child, "to", &shifts[i].to, err);
		if (!code)
			code = build_mode_word(build, child, &shifts[i].mode, err);
		if (!code)
			code = check_order(child, shifts, i, err);
		if (code)
			return code;
		usual = usual || !shifts[i].mode;
	}
	if (!usual)
		return conf_error(section, NULL, err,
				  _("roster \"%s\": each shift names a mode: in peacetime there is "
				    "none"),
				  plan->code);
	plan->shifts = shifts;
	plan->n_shifts = n;
	return ERR_OK;
}

/* --- rules of the whole ----------------------------------------------------------------------- */

/* Natural time: minutes, hours or days. */
static enum err build_span(const struct conf_section *section, const char *name, int *ret_minutes,
			   struct error *err)
{
	struct limit limit;
	enum err code = build_limit(section, name, &limit, err);
	int64_t minutes = 0;

	if (code)
		return code;
	if (limit.unit == LIMIT_MINUTES)
		minutes = limit.amount;
	else if (limit.unit == LIMIT_DAYS)
		minutes = (int64_t)limit.amount * DAY_MINUTES;
	else if (limit.unit != LIMIT_NONE)
		minutes = REST_MAX + 1;
	if (minutes > REST_MAX || limit.from_clock >= 0)
		return conf_error(section, name, err,
				  _("%s: \"%s\": minutes, hours or days such as 24h, at most 7d"), name,
				  conf_str(section, name));
	*ret_minutes = (int)minutes;
	return ERR_OK;
}

static enum err build_file(struct build *build, const struct conf_section *section,
			   struct roster_plan *plan, struct error *err)
{
	const char *words = conf_str(section, "file");

	if (*words && (!str_starts(words, "weekly ") || !check_when_ok(words)))
		return conf_error(section, "file", err,
				  _("file: \"%s\": a day of the week and a time such as weekly 5 "
				    "16:00"),
				  words);
	plan->file = build_opt(build, section, "file");
	return ERR_OK;
}

static bool shift_covers(const struct duty_shift *shift, int minute)
{
	if (shift->to > shift->from)
		return minute > shift->from && minute < shift->to;
	return minute > shift->from || minute < shift->to;
}

static enum err build_half(const struct conf_section *section, struct roster_plan *plan,
			   struct error *err)
{
	bool within = false;
	enum err code;

	plan->half_at = -1;
	if (!*conf_str(section, "half_at"))
		return ERR_OK;
	code = build_time(section, "half_at", &plan->half_at, err);
	for (size_t i = 0; !code && i < plan->n_shifts; i++)
		within = within || shift_covers(&plan->shifts[i], plan->half_at);
	if (!code && !within)
		code = conf_error(section, "half_at", err, _("half_at: \"%s\" lies within no shift"),
				  conf_str(section, "half_at"));
	return code;
}

static enum err build_equipment(struct build *build, const struct conf_section *section,
				struct roster_plan *plan, struct error *err)
{
	size_t n = conf_count(section, "equipment");

	for (size_t i = 0; i < n; i++) {
		const char *words = conf_item(section, "equipment", i);

		for (size_t k = 0; k < i; k++)
			if (str_eq(conf_item(section, "equipment", k), words))
				return conf_item_error(section, "equipment", i, err,
						       _("\"%s\": it stands in this list already"),
						       words);
		if (!*words || strpbrk(words, "\t\n=:"))
			return conf_item_error(section, "equipment", i, err,
					       _("\"%s\": the name of a thing, in one line, "
						 "without = and :"),
					       words);
	}
	if (n > 0)
		plan->equipment = build_list(build, section, "equipment");
	return ERR_OK;
}

static enum err build_of(struct build *build, const struct conf_section *section,
			 struct roster_plan *plan, struct error *err)
{
	return build_owner(build, section, "of", &plan->of, err);
}

/* A day never asks for more seats than a screen and a need hold. */
static enum err check_seats(const struct conf_section *section, const struct rules *rules,
			    const struct roster_plan *plan, struct error *err)
{
	for (size_t m = 0; m == 0 || m < rules->n_modes; m++) {
		const char *mode = m > 0 ? rules->modes[m].code : NULL;
		int seats = 0;

		for (size_t i = 0; i < plan->n_posts; i++) {
			const struct duty_post *post = &plan->posts[i];
			size_t shifts = 0;

			if (post->mode && !str_eq(post->mode, mode))
				continue;
			for (size_t k = 0; k < plan->n_shifts; k++)
				shifts += !plan->shifts[k].mode || str_eq(plan->shifts[k].mode, mode);
			for (shifts = post->shifts ? 0 : shifts;
			     post->shifts && post->shifts[shifts];)
				shifts++;
			seats += (int)shifts * post->seats;
		}
		if (seats > NEEDS_MOST)
			return conf_error(section, NULL, err,
					  _("roster \"%s\": %d seats in a day, at most %d"), plan->code,
					  seats, NEEDS_MOST);
	}
	return ERR_OK;
}

static enum err build_plan(struct build *build, const struct conf_section *section,
			   struct roster_plan *plan, struct error *err)
{
	const struct choices *roles = &build->profile->rules.roles;
	static enum err (*const parts[])(struct build *, const struct conf_section *,
					 struct roster_plan *, struct error *) = {
		build_of, build_shifts, build_posts, build_file, build_equipment,
	};
	enum err code = build_id(section, "roster", err);

	if (code)
		return code;
	plan->code = arena_strdup(&build->profile->arena, conf_title(section));
	plan->label = build_str(build, section, "label");
	plan->nights = (int)conf_int(section, "nights");
	plan->week_most = (int)conf_int(section, "week_most");
	for (size_t i = 0; !code && i < ARRAY_LEN(parts); i++)
		code = parts[i](build, section, plan, err);
	if (!code)
		code = build_half(section, plan, err);
	if (!code)
		code = build_span(section, "rest", &plan->rest_min, err);
	if (!code)
		code = build_span(section, "third_within", &plan->third_min, err);
	if (!code)
		code = build_code(build, section, "third", roles, &plan->third, err);
	if (!code)
		code = build_code(build, section, "approve", roles, &plan->approve, err);
	return code ? code : check_seats(section, &build->profile->rules, plan, err);
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool mode_there(const struct rules *rules, const struct conf_section *section)
{
	const char *code = conf_str(section, "mode");
	bool there = !*code;

	for (size_t i = 1; i < rules->n_modes; i++)
		there = there || str_eq(code, rules->modes[i].code);
	return there;
}

/* A profile with lists of its own need not fit its base's rosters: one that does not is left out, and
 * the check says so. */
static bool base_fits(struct build *build, const struct conf_section *section)
{
	struct jurisdiction *profile = build->profile;
	const struct rules *rules = &profile->rules;
	const char *of = conf_str(section, "of"), *before = profile->left_out;
	bool fits = str_eq(of, "centre") || choices_find(&rules->tiers, of);

	for (int i = 0; i < 2; i++) {
		const char *role = conf_str(section, i == 0 ? "third" : "approve");

		fits = fits && (!*role || choices_find(&rules->roles, role));
	}
	for (size_t i = 0; i < conf_count(section, "shift"); i++)
		fits = fits && mode_there(rules, conf_child(section, "shift", i));
	for (size_t i = 0; i < conf_count(section, "post"); i++)
		fits = fits && mode_there(rules, conf_child(section, "post", i));
	if (!fits)
		profile->left_out = arena_printf(&profile->arena, "%s%sroster %s",
						 before ? before : "", before ? ", " : "",
						 conf_title(section));
	return fits;
}

static enum err add_plans(struct build *build, const struct conf_section *from,
			  struct roster_plan *plans, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t own = rules->n_plans;

	for (size_t i = 0; from && i < conf_count(from, "roster"); i++) {
		const struct conf_section *section = conf_child(from, "roster", i);
		bool known = false;
		enum err code;

		for (size_t k = 0; k < own; k++)
			known = known || str_eq(plans[k].code, conf_title(section));
		if (known || (from == build->base && !base_fits(build, section)))
			continue;
		code = build_plan(build, section, &plans[rules->n_plans], err);
		if (code)
			return code;
		rules->n_plans++;
	}
	return ERR_OK;
}

/* Whose they are, and all above these: who reads rosters is asked at each of their acts. */
static void note_orgs(struct build *build)
{
	struct rules *rules = &build->profile->rules;
	bool *has = mem_alloc(rules->n_orgs + 1);
	const char **codes;
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (!rules_plan_of(rules, org->code, 0))
			continue;
		for (; org && !has[org - rules->orgs]; org = rules_org(rules, org->parent))
			has[org - rules->orgs] = true;
	}
	codes = arena_array(&build->profile->arena, rules->n_orgs + 1, sizeof *codes);
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (has[i])
			codes[n++] = rules->orgs[i].code;
	rules->roster_orgs = codes;
	rules->n_roster_orgs = n;
	free(has);
}

enum err build_rosters(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t most = conf_count(build->root, "roster") +
		      (build->base ? conf_count(build->base, "roster") : 0);
	struct roster_plan *plans = arena_array(&build->profile->arena, most + 1, sizeof *plans);
	enum err code;

	if (most > PLANS_MAX)
		return conf_error(build->root, NULL, err, _("at most %d rosters"), PLANS_MAX);
	rules->plans = plans;
	code = add_plans(build, build->root, plans, err);
	if (!code)
		code = add_plans(build, build->base, plans, err);
	if (!code)
		note_orgs(build);
	return code;
}
