/* Posts of a roster: in which shifts and seasons they are manned, by whose people. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "bodies_priv.h"
#include "rosters_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { LEAP_YEAR = 2024 }; /* a season may begin or end on 02-29 */

/* "MM-DD" at the front of s. */
static bool read_day(const char *s, int *ret_month, int *ret_day)
{
	int used = 0;

	return sscanf(s, "%2d-%2d%n", ret_month, ret_day, &used) == 2 && used == 5 &&
	       civil_valid(LEAP_YEAR, *ret_month, *ret_day);
}

/* What begins with a digit is days, anything else a festival. */
static bool read_season(const char *words, struct arena *arena, struct season *ret_season)
{
	struct season season = { 0 };

	if (!*words || strspn(words, "0123456789") == 0) {
		ret_season->festival = arena_strdup(arena, words);
		return *words != '\0';
	}
	if (!read_day(words, &season.from_month, &season.from_day))
		return false;
	season.to_month = season.from_month;
	season.to_day = season.from_day;
	if (words[5] && (!str_starts(words + 5, "..") || strlen(words) != 12 ||
			 !read_day(words + 7, &season.to_month, &season.to_day)))
		return false;
	*ret_season = season;
	return true;
}

static enum err build_seasons(struct build *build, const struct conf_section *section,
			      struct duty_post *post, struct error *err)
{
	size_t n = conf_count(section, "seasons");
	struct season *seasons = arena_array(&build->profile->arena, n + 1, sizeof *seasons);

	for (size_t i = 0; i < n; i++) {
		const char *words = conf_item(section, "seasons", i);

		if (!read_season(words, &build->profile->arena, &seasons[i]))
			return conf_item_error(section, "seasons", i, err,
					       _("seasons: \"%s\": days of the year such as "
						 "05-01..09-30, or a festival of the calendar"),
					       words);
	}
	post->seasons = seasons;
	post->n_seasons = n;
	return ERR_OK;
}

static enum err build_post_shifts(struct build *build, const struct conf_section *section,
				  const struct roster_plan *plan, struct duty_post *post,
				  struct error *err)
{
	size_t n = conf_count(section, "shifts");
	const char **shifts = arena_array(&build->profile->arena, n + 1, sizeof *shifts);
	const char **words = arena_array(&build->profile->arena, plan->n_shifts + 1, sizeof *words);

	for (size_t k = 0; k < plan->n_shifts; k++)
		words[k] = plan->shifts[k].code;
	for (size_t i = 0; i < n; i++) {
		const char *word = conf_item(section, "shifts", i);

		for (size_t k = 0; k < plan->n_shifts; k++)
			if (str_eq(words[k], word))
				shifts[i] = words[k];
		if (!shifts[i])
			return conf_item_error(section, "shifts", i, err,
					       _("shifts: \"%s\" is no shift of this roster; %s"), word,
					       words_near(&build->profile->arena, words,
							  plan->n_shifts, word));
		for (size_t k = 0; k < i; k++)
			if (shifts[k] == shifts[i])
				return conf_item_error(section, "shifts", i, err,
						       _("\"%s\": it stands in this list already"),
						       word);
	}
	post->shifts = n ? shifts : NULL;
	return ERR_OK;
}

/* A post stands once in the order in which people are rung. */
static enum err check_rung(const struct conf_section *section, const struct duty_post *posts, size_t n,
			   struct error *err)
{
	for (size_t i = 0; posts[n].rung > 0 && i < n; i++)
		if (posts[i].rung == posts[n].rung)
			return conf_error(section, "rung", err,
					  _("rung: %d is the place of the post \"%s\" already"),
					  posts[n].rung, posts[i].code);
	return ERR_OK;
}

static enum err build_post(struct build *build, const struct conf_section *section,
			   const struct roster_plan *plan, struct duty_post *post, struct error *err)
{
	enum err code = build_id(section, "post", err);

	post->code = arena_strdup(&build->profile->arena, conf_title(section));
	post->label = build_str(build, section, "label");
	post->seats = (int)conf_int(section, "seats");
	post->fit = conf_bool(section, "fit");
	post->phone = conf_bool(section, "phone");
	post->standby = conf_bool(section, "standby");
	post->chief = conf_bool(section, "chief");
	post->leader = conf_bool(section, "leader");
	post->workdays = conf_bool(section, "workdays");
	post->rung = (int)conf_int(section, "rung");
	if (!code && post->standby && (post->chief || post->leader))
		code = conf_error(section, "standby", err,
				  _("post \"%s\": who answers for a shift is not on standby"),
				  post->code);
	if (!code)
		code = build_post_shifts(build, section, plan, post, err);
	if (!code)
		code = build_bodies(build, section, "pool", &post->pool, err);
	if (!code)
		code = build_seasons(build, section, post, err);
	return code ? code : build_mode_word(build, section, &post->mode, err);
}

/* In a mode with shifts of its own a post that names only others is never manned. */
static bool manned(const struct duty_post *post, const struct roster_plan *plan)
{
	for (size_t i = 0; i < plan->n_shifts; i++) {
		const struct duty_shift *shift = &plan->shifts[i];
		bool named = !post->shifts;

		for (size_t k = 0; post->shifts && post->shifts[k]; k++)
			named = named || str_eq(post->shifts[k], shift->code);
		if (named && (!post->mode || !shift->mode || str_eq(post->mode, shift->mode)))
			return true;
	}
	return false;
}

static bool stood(const struct duty_shift *shift, const struct roster_plan *plan)
{
	for (size_t i = 0; i < plan->n_posts; i++) {
		if (!plan->posts[i].shifts)
			return true;
		for (size_t k = 0; plan->posts[i].shifts[k]; k++)
			if (str_eq(plan->posts[i].shifts[k], shift->code))
				return true;
	}
	return false;
}

enum err build_posts(struct build *build, const struct conf_section *section,
		     struct roster_plan *plan, struct error *err)
{
	size_t n = conf_count(section, "post");
	struct duty_post *posts = arena_array(&build->profile->arena, n + 1, sizeof *posts);

	if (n == 0 || n > POSTS_MAX)
		return conf_error(section, NULL, err, _("roster \"%s\": 1 to %d posts"), plan->code,
				  POSTS_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *child = conf_child(section, "post", i);
		enum err code = build_post(build, child, plan, &posts[i], err);

		if (!code)
			code = check_rung(child, posts, i, err);
		if (!code && !manned(&posts[i], plan))
			code = conf_error(child, NULL, err,
					  _("post \"%s\": its shifts are of another mode: it is never "
					    "manned"),
					  posts[i].code);
		if (code)
			return code;
	}
	plan->posts = posts;
	plan->n_posts = n;
	for (size_t i = 0; i < plan->n_shifts; i++)
		if (!stood(&plan->shifts[i], plan))
			return conf_error(conf_child(section, "shift", i), NULL, err,
					  _("shift \"%s\": no post is manned in it"),
					  plan->shifts[i].code);
	return ERR_OK;
}
