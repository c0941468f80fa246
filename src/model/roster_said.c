/* What words of a table of duties mean: days, posts, people. */
#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "roster_sheet_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { NAMES_MOST = 40, GROUPS = 4 };

/* Full width as ASCII, folded, without blanks. */
static const char *bare(const char *words, struct arena *arena)
{
	struct str text = STR_INIT;
	char *copy, *to;

	text_fold(&text, words);
	copy = to = arena_strdup(arena, str_get(&text));
	for (const char *s = copy; *s != '\0'; s++)
		if (*s != ' ')
			*to++ = *s;
	*to = '\0';
	str_release(&text);
	return copy;
}

/* ---- places ---- */

/* Takes the longest of a code and a label that stands in the words, leaving a blank where it stood.
 */
static size_t strike(char *words, const char *code, const char *label, struct arena *arena,
		     bool take)
{
	size_t best = 0;
	char *at = NULL;

	for (int i = 0; i < 2; i++) {
		const char *word = i == 0 ? code : label;
		const char *plain = word != NULL ? bare(word, arena) : "";
		char *found = *plain != '\0' ? strstr(words, plain) : NULL;

		if (found != NULL && strlen(plain) > best) {
			best = strlen(plain);
			at = found;
		}
	}
	if (take && at != NULL)
		memset(at, ' ', best);
	return best;
}

static const struct duty_post *strike_post(const struct roster_plan *plan, char *words,
					   struct arena *arena)
{
	const struct duty_post *post = NULL;
	size_t best = 0;

	for (size_t i = 0; i < plan->n_posts; i++) {
		size_t len = strike(words, plan->posts[i].code, plan->posts[i].label, arena, false);

		if (len > best) {
			best = len;
			post = &plan->posts[i];
		}
	}
	if (post != NULL)
		strike(words, post->code, post->label, arena, true);
	return post;
}

static const struct duty_shift *strike_shift(const struct roster_plan *plan, char *words,
					     struct arena *arena)
{
	const struct duty_shift *shift = NULL;
	size_t best = 0;

	for (size_t i = 0; i < plan->n_shifts; i++) {
		size_t len =
		    strike(words, plan->shifts[i].code, plan->shifts[i].label, arena, false);

		if (len > best) {
			best = len;
			shift = &plan->shifts[i];
		}
	}
	if (shift != NULL)
		strike(words, shift->code, shift->label, arena, true);
	return shift;
}

/* People write the first character of a shift alone. */
static const struct duty_shift *shift_begun(const struct roster_plan *plan, const char *words,
					    struct arena *arena)
{
	const struct duty_shift *shift = NULL;

	for (size_t i = 0; i < plan->n_shifts && *words != '\0'; i++) {
		const char *label = bare(plan->shifts[i].label, arena);

		if (strcmp(label, words) == 0)
			return &plan->shifts[i];
		if (!str_starts(label, words) || plan->shifts[i].mode != NULL)
			continue;
		if (shift != NULL)
			return NULL;
		shift = &plan->shifts[i];
	}
	return shift;
}

/* What is left may be a seat's number and signs. */
static bool rest_is_seat(char *rest, int *ret_seat)
{
	long long seat = 0;
	char digits[4];
	size_t n = 0;

	for (; *rest != '\0'; rest++) {
		if (isdigit((unsigned char)*rest) && n < sizeof digits - 1)
			digits[n++] = *rest;
		else if (strchr(" /()-_.#:,", *rest) == NULL)
			return false;
	}
	digits[n] = '\0';
	if (n > 0 && !str_int(digits, 1, NEEDS_MOST, &seat))
		return false;
	*ret_seat = (int)seat;
	return true;
}

bool place_said(const struct roster_plan *plan, const char *words, struct place_said *ret_place)
{
	struct arena arena = ARENA_INIT;
	char *rest = arena_strdup(&arena, bare(words, &arena));
	struct place_said place = {.seat = 0};
	bool good;

	place.shift = shift_begun(plan, rest, &arena);
	if (place.shift != NULL) {
		good = true;
	} else {
		place.post = strike_post(plan, rest, &arena);
		place.shift = strike_shift(plan, rest, &arena);
		good =
		    (place.post != NULL || place.shift != NULL) && rest_is_seat(rest, &place.seat);
	}
	arena_release(&arena);
	if (good)
		*ret_place = place;
	return good;
}

static bool post_has(const struct duty_post *post, const struct duty_shift *shift)
{
	for (size_t i = 0; post->shifts != NULL && post->shifts[i] != NULL; i++)
		if (strcmp(post->shifts[i], shift->code) == 0)
			return true;
	return post->shifts == NULL;
}

static bool is_fit(const struct duty_post *post, const struct staff *staff)
{
	const char *s = staff != NULL && staff->posts != NULL ? staff->posts : "";
	size_t len = strlen(post->code);

	if (!post->fit || staff == NULL)
		return true;
	for (s = strstr(s, post->code); s != NULL; s = strstr(s + 1, post->code))
		if ((s == staff->posts || s[-1] == ' ') && (s[len] == ' ' || s[len] == '\0'))
			return true;
	return false;
}

const char *place_complete(const struct roster_plan *plan, const struct staff *staff,
			   struct arena *arena, struct place_said *place)
{
	size_t posts = 0, shifts = 0;
	const struct duty_post *post = place->post;
	const struct duty_shift *shift = place->shift;

	for (size_t i = 0; place->post == NULL && i < plan->n_posts; i++) {
		const struct duty_post *one = &plan->posts[i];

		if ((place->shift == NULL || post_has(one, place->shift)) && is_fit(one, staff) &&
		    one->mode == NULL && posts++ == 0)
			post = one;
	}
	if (posts > 1 || post == NULL)
		return arena_printf(arena, "%s", _("it does not say which post"));
	for (size_t i = 0; place->shift == NULL && i < plan->n_shifts; i++)
		if (post_has(post, &plan->shifts[i]) && plan->shifts[i].mode == NULL &&
		    shifts++ == 0)
			shift = &plan->shifts[i];
	if (shifts > 1 || shift == NULL)
		return arena_printf(arena, _("it does not say which shift of %s"), post->label);
	if (!post_has(post, shift))
		return arena_printf(arena, _("%s has no %s"), shift->label, post->label);
	place->post = post;
	place->shift = shift;
	return NULL;
}

/* ---- days ---- */

/* Numbers of a text, whatever stands between them, up to a bracket. */
static size_t groups_of(const char *words, int groups[GROUPS])
{
	size_t n = 0;

	while (*words != '\0' && *words != '(' && n < GROUPS) {
		size_t digits = strspn(words, "0123456789");

		if (digits > 0) {
			groups[n++] = digits > 4 ? -1 : (int)strtol(words, NULL, 10);
			words += digits;
		} else {
			words++;
		}
	}
	return n;
}

/* The year in which a month and day are nearest to a day. */
static int near_year(int32_t today, int month, int day)
{
	struct civil civil;
	int best;

	civil_of_day(today, &civil);
	best = civil.year;
	for (int year = civil.year - 1; year <= civil.year + 1; year++)
		if (abs(civil_day(year, month, day) - today) <
		    abs(civil_day(best, month, day) - today))
			best = year;
	return best;
}

bool day_said(const struct roster_sheet_ctx *ctx, const char *month, const char *words,
	      int32_t *ret_day)
{
	struct arena arena = ARENA_INIT;
	const char *plain = bare(words, &arena);
	int g[GROUPS] = {0};
	int32_t first = 0, end = 0;
	size_t n = isdigit((unsigned char)*plain) ? groups_of(plain, g) : 0;
	struct civil civil;
	bool known = *month != '\0' && month_days(month, &first, &end), good = false;
	int year = 0, m = 0, day = 0;

	arena_release(&arena);
	civil_of_day(known ? first : ctx->today, &civil);
	if (n == 3 || (n == 4 && g[0] > 1000)) {
		year = g[0];
		m = g[1];
		day = g[2];
	} else if (n == 2) {
		m = g[0];
		day = g[1];
		year = m < 1 || m > 12 || day < 1 || day > 31 ? 0
		       : known && m == civil.month            ? civil.year
						   : near_year(known ? first : ctx->today, m, day);
	} else if (n == 1 && known) {
		year = civil.year;
		m = civil.month;
		day = g[0];
	}
	good = n > 0 && year >= 1900 && civil_valid(year, m, day);
	if (good)
		*ret_day = civil_day(year, m, day);
	return good;
}

bool month_said(const char *words, char ret_month[ROSTER_MONTH])
{
	for (const char *s = words; *s != '\0'; s++) {
		int year, month;
		const char *next;

		if (strspn(s, "0123456789") < 4 || (s > words && isdigit((unsigned char)s[-1])))
			continue;
		year = (int)strtol(s, NULL, 10);
		next = s + strspn(s, "0123456789");
		next += strcspn(next, "0123456789");
		month = (int)strtol(next, NULL, 10);
		if (year < 1900 || year > 2999 || month < 1 || month > 12)
			continue;
		month_of_day(civil_day(year, month, 1), ret_month);
		return true;
	}
	return false;
}

/* ---- people ---- */

size_t names_said(const struct columns *columns, const char *cell, struct arena *arena,
		  const char ***ret_names)
{
	const char **names = arena_array(arena, NAMES_MOST, sizeof *names);
	char *text = arena_strdup(arena, cell);
	const char *sign;
	char *save = NULL;
	size_t n = 0;

	for (size_t i = 0; (sign = columns_name(columns, "between", i)) != NULL; i++)
		for (char *at = strstr(text, sign); at != NULL; at = strstr(at, sign)) {
			memset(at, ' ', strlen(sign));
			*at = ',';
		}
	for (char *name = strtok_r(text, ",;\n\t", &save); name != NULL && n < NAMES_MOST;
	     name = strtok_r(NULL, ",;\n\t", &save)) {
		name += strspn(name, " ");
		if (*name != '\0')
			names[n++] = name;
	}
	*ret_names = names;
	return n;
}

static void split_name(const char *words, struct arena *arena, const char **ret_name,
		       const char **ret_unit)
{
	char *plain = arena_strdup(arena, bare(words, arena));
	char *bracket = strchr(plain, '(');

	*ret_unit = NULL;
	if (bracket != NULL) {
		*ret_unit = arena_strndup(arena, bracket + 1, strcspn(bracket + 1, ")"));
		*bracket = '\0';
	}
	/* "张三13912345678" */
	plain[strcspn(plain, "0123456789")] = '\0';
	*ret_name = plain;
}

static bool is_unit(const struct roster_sheet_ctx *ctx, const struct staff *staff, const char *unit,
		    struct arena *arena)
{
	const struct org *org = rules_org(ctx->rules, staff->org);

	return unit == NULL || isdigit((unsigned char)*unit) ||
	       (org != NULL &&
		(strcmp(bare(org->name, arena), unit) == 0 ||
		 strcmp(bare(org->code, arena), unit) == 0 ||
		 (org->brief != NULL && strcmp(bare(org->brief, arena), unit) == 0)));
}

enum err roster_sheet_staff(const struct roster_sheet_ctx *ctx, const char *words,
			    const struct staff **ret_staff, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct staff *found = NULL, *own = NULL;
	const char *name, *unit, *units = "";
	size_t n = 0, n_own = 0;
	enum err code = ERR_OK;

	split_name(words, &arena, &name, &unit);
	for (size_t i = 0; *name != '\0' && i < ctx->n_staff; i++) {
		const struct staff *staff = ctx->staff[i];
		const struct org *org = rules_org(ctx->rules, staff->org);

		if (staff->name == NULL || strcmp(bare(staff->name, &arena), name) != 0 ||
		    !is_unit(ctx, staff, unit, &arena))
			continue;
		found = staff;
		units = arena_printf(&arena, "%s%s%s", units, n++ > 0 ? ", " : "",
				     org != NULL ? org->name : staff->org);
		if (rules_org_within(ctx->rules, staff->org, ctx->org) && n_own++ == 0)
			own = staff;
	}
	if (n == 0)
		code = error_set(err, ERR_NOT_FOUND, _("nobody of the rosters is called \"%s\""),
				 words);
	else if (n > 1 && n_own != 1)
		code = error_set(err, ERR_INPUT,
				 _("several are called \"%s\": say of which unit, as \"%s "
				   "(UNIT)\": %s"),
				 words, words, units);
	else
		*ret_staff = n > 1 ? own : found;
	arena_release(&arena);
	return code;
}
