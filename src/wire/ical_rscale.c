/* Rules of other calendars (RSCALE, RFC 7529), and SKIP.  libical walks them; what a walk may cost
 * is bounded here: it stops at the end of the window, and rules that never come true are refused
 * after a few. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ical_lib_priv.h"
#include "ical_rule_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum {
	RULE_STEPS = 60000, /* of one rule, counted from its beginning */
	RULES_MOST = 2000,  /* of a file; an hourly one counts as HOURLY_COST */
	FILE_STEPS = 500000,
	DRY_MOST = 8, /* rules without any moment: each takes libical a fifth of a second */
	HOURLY_COST = 50,
};

static struct icaltimetype to_time(int64_t local, bool date)
{
	struct icaltimetype t = ICALTIMETYPE_INITIALIZER;
	struct civil civil;

	civil_of_ms(local, 0, &civil);
	t.year = civil.year;
	t.month = civil.month;
	t.day = civil.day;
	t.is_date = date;
	if (!date) {
		t.hour = civil.hour;
		t.minute = civil.minute;
		t.second = civil.second;
	}
	return t;
}

static int64_t of_time(struct icaltimetype t)
{
	struct civil civil = {.year = t.year, .month = t.month, .day = t.day};

	if (!t.is_date) {
		civil.hour = t.hour;
		civil.minute = t.minute;
		civil.second = t.second;
	}
	return civil_to_ms(&civil, 0);
}

static void free_rule(struct icalrecurrencetype *rule)
{
	free(rule->rscale);
	rule->rscale = NULL;
}

static enum err rule_read(const struct rule_ask *ask, struct icalrecurrencetype *ret_rule,
			  struct error *err)
{
	const struct ical_lib *lib = ask->lib;
	struct icalrecurrencetype rule;

	lib->icalerror_set_errors_are_fatal(0);
	lib->icalerror_clear_errno();
	rule = lib->icalrecurrencetype_from_string(ask->rule);
	if (rule.freq == ICAL_NO_RECURRENCE) {
		free_rule(&rule);
		return error_set(err, ERR_INPUT, _("this is no rule of recurrence: %s"), ask->rule);
	}
	if (rule.freq < ICAL_HOURLY_RECURRENCE) {
		free_rule(&rule);
		return error_set(err, ERR_INPUT, _("it recurs every minute or second"));
	}
	rule.until.zone = NULL;
	if (ask->until != INT64_MIN)
		rule.until = to_time(ask->until, false);
	*ret_rule = rule;
	return ERR_OK;
}

static enum err charge(struct rule_budget *budget, const struct icalrecurrencetype *rule,
		       struct error *err)
{
	budget->rules += rule->freq <= ICAL_HOURLY_RECURRENCE ? HOURLY_COST : 1;
	if (budget->rules > RULES_MOST || budget->steps > FILE_STEPS || budget->dry > DRY_MOST)
		return error_set(
		    err, ERR_INPUT,
		    _("the rules of this file take too long to work out; it was left at that"));
	return ERR_OK;
}

/* Beginning where the window does, when nothing need be counted; the end is the window's. */
static icalrecur_iterator *iterator(const struct rule_ask *ask, struct icalrecurrencetype *rule)
{
	const struct ical_lib *lib = ask->lib;
	struct icaltimetype end = to_time(ask->to, ask->start.date);
	icalrecur_iterator *it;

	if (lib->icaltime_is_null_time(rule->until) || lib->icaltime_compare(rule->until, end) > 0)
		rule->until = end;
	it = lib->icalrecur_iterator_new(*rule, to_time(ask->start.local, ask->start.date));
	if (it != NULL && rule->count == 0 && ask->from > ask->start.local)
		if (!lib->icalrecur_iterator_set_start(it, to_time(ask->from, ask->start.date))) {
			lib->icalrecur_iterator_free(it);
			it = NULL;
		}
	return it;
}

struct moments {
	int64_t *at;
	size_t n, cap;
	bool cut;
};

static enum err gather(const struct rule_ask *ask, icalrecur_iterator *it,
		       struct rule_budget *budget, struct moments *out, struct error *err)
{
	const struct ical_lib *lib = ask->lib;

	for (size_t steps = 0;; steps++) {
		struct icaltimetype t = lib->icalrecur_iterator_next(it);
		int64_t local;

		if (lib->icaltime_is_null_time(t))
			return ERR_OK;
		if (steps == RULE_STEPS)
			return error_set(err, ERR_INPUT,
					 _("it recurs more than %d times before the days "
					   "that are asked for"),
					 RULE_STEPS);
		budget->steps++;
		local = of_time(t);
		if (local >= ask->to)
			return ERR_OK;
		if (local < ask->from)
			continue;
		if (out->n == ask->most) {
			out->cut = true;
			return ERR_OK;
		}
		MEM_GROW(out->at, out->n, out->cap);
		out->at[out->n++] = local;
	}
}

enum err rscale_moments(const struct rule_ask *ask, struct rule_budget *budget, struct arena *arena,
			int64_t **ret_moments, size_t *ret_n, bool *ret_cut, struct error *err)
{
	struct icalrecurrencetype rule = ICALRECURRENCETYPE_INITIALIZER;
	struct moments out = {.n = 0};
	icalrecur_iterator *it;
	enum err code = rule_read(ask, &rule, err);

	if (code == ERR_OK)
		code = charge(budget, &rule, err);
	if (code != ERR_OK) {
		free_rule(&rule);
		return code;
	}
	it = iterator(ask, &rule);
	if (it == NULL)
		budget->dry++;
	else
		code = gather(ask, it, budget, &out, err);
	if (it != NULL)
		ask->lib->icalrecur_iterator_free(it);
	free_rule(&rule);
	if (code == ERR_OK) {
		*ret_moments = arena_array(arena, out.n + 1, sizeof **ret_moments);
		if (out.n > 0)
			memcpy(*ret_moments, out.at, out.n * sizeof *out.at);
		*ret_n = out.n;
		*ret_cut = out.cut;
	}
	free(out.at);
	return code;
}
