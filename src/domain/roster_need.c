/* What there is to be filled on a day: by the plan, the season, the calendar and the mode. */
#include <config.h>

#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"

static bool in_span(const struct season *season, const struct civil *at)
{
	int from = season->from_month * 100 + season->from_day;
	int to = season->to_month * 100 + season->to_day, day = at->month * 100 + at->day;

	if (from <= to)
		return day >= from && day <= to;
	return day >= from || day <= to; /* over the new year */
}

static bool is_festival(const struct rules *rules, const char *festival, int32_t day)
{
	const struct calendar_day *exception = calendar_exception(rules->calendar, day);

	return exception != NULL && !exception->work && exception->name != NULL &&
	       strstr(exception->name, festival) != NULL;
}

bool season_has(const struct rules *rules, const struct duty_post *post, int32_t day)
{
	struct civil at;

	if (post->n_seasons == 0)
		return true;
	civil_of_day(day, &at);
	for (size_t i = 0; i < post->n_seasons; i++) {
		const struct season *season = &post->seasons[i];

		if (season->festival == NULL) {
			if (in_span(season, &at))
				return true;
			continue;
		}
		for (int32_t around = day - 1; around <= day + 1; around++)
			if (is_festival(rules, season->festival, around))
				return true;
	}
	return false;
}

/* The mode's own shifts stand in the place of the usual ones. */
static bool has_shifts(const struct roster_plan *plan, const char *mode)
{
	for (size_t i = 0; i < plan->n_shifts; i++)
		if (plan->shifts[i].mode != NULL && str_eq(plan->shifts[i].mode, mode))
			return true;
	return false;
}

static bool stands_in(const struct duty_post *post, const char *shift)
{
	if (post->shifts == NULL)
		return true;
	for (const char *const *code = post->shifts; *code != NULL; code++)
		if (strcmp(*code, shift) == 0)
			return true;
	return false;
}

bool plan_has_seat(const struct duty_shift *shift, const struct duty_post *post, int seat)
{
	return stands_in(post, shift->code) && seat >= 1 && seat <= post->seats;
}

static bool is_manned(const struct rules *rules, const struct duty_post *post,
		      const struct duty_shift *shift, int32_t day, const char *mode)
{
	if (post->workdays && !calendar_is_workday(rules->calendar, day))
		return false;
	return stands_in(post, shift->code) && (post->mode == NULL || str_eq(post->mode, mode)) &&
	       season_has(rules, post, day);
}

struct duty_span shift_span(const struct rules *rules, const struct duty_shift *shift, int32_t day)
{
	int64_t midnight = civil_ms_of_day(day, rules->offset_min);
	int64_t ends = midnight + shift->to * MINUTE_MS;

	return (struct duty_span){ midnight + shift->from * MINUTE_MS,
			      shift->to <= shift->from ? ends + DAY_MS : ends };
}

size_t roster_needs(const struct rules *rules, const struct roster_plan *plan, int32_t day,
		    const char *mode, struct need needs[NEEDS_MOST])
{
	const char *in_force = mode != NULL ? mode : rules_mode(rules, NULL)->code;
	const char *own = has_shifts(plan, in_force) ? in_force : NULL;
	size_t n = 0;

	for (size_t s = 0; s < plan->n_shifts; s++) {
		const struct duty_shift *shift = &plan->shifts[s];
		const struct duty_span span = shift_span(rules, shift, day);

		if (!str_eq(shift->mode, own))
			continue;
		for (size_t p = 0; p < plan->n_posts; p++) {
			const struct duty_post *post = &plan->posts[p];

			if (!is_manned(rules, post, shift, day, in_force))
				continue;
			for (int seat = 1; seat <= post->seats && n < NEEDS_MOST; seat++)
				needs[n++] = (struct need){ .day = day, .shift = shift,
							    .post = post, .seat = seat,
							    .starts = span.starts, .ends = span.ends,
							    .may_be_empty = post->standby };
		}
	}
	return n;
}

struct need turn_need(const struct rules *rules, const struct roster_plan *plan,
		      const struct turn *turn)
{
	const struct duty_post *post = plan != NULL ? plan_post(plan, turn->post) : NULL;

	return (struct need){ .day = turn_day(rules, turn),
			      .shift = plan != NULL ? plan_shift(plan, turn->shift) : NULL,
			      .post = post,
			      .seat = (int)turn->seat,
			      .starts = turn->starts,
			      .ends = turn->ends,
			      .may_be_empty = post != NULL && post->standby };
}
