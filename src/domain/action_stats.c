#include <config.h>

#include "zhiban/domain/action_stats.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#define BIT(stat) (1U << ACTION_STAT_##stat)

static const struct {
	const char *code, *title;
} words[ACTION_STATS] = {
	[ACTION_STAT_GIVEN] = { "given", N_("Tasks given") },
	[ACTION_STAT_OWED] = { "owed", N_("Replies owed") },
	[ACTION_STAT_TIMELY] = { "timely", N_("Fed back on time") },
	[ACTION_STAT_LATE] = { "late", N_("Fed back late") },
	[ACTION_STAT_OVERDUE] = { "overdue", N_("Not fed back, overdue") },
	[ACTION_STAT_OPEN] = { "open", N_("In hand, with time left") },
	[ACTION_STAT_DONE] = { "done", N_("Done and verified") },
	[ACTION_STAT_REWORKED] = { "reworked", N_("Sent back") },
	[ACTION_STAT_EXTENDED] = { "extended", N_("More time granted") },
	[ACTION_STAT_CARDED] = { "carded", N_("Times supervised") },
	[ACTION_STAT_WITHDRAWN] = { "withdrawn", N_("Withdrawn") },
};

const char *action_stat_code(enum action_stat stat)
{
	return words[stat].code;
}

const char *action_stat_title(enum action_stat stat)
{
	return _(words[stat].title);
}

bool action_stat_find(const char *code, enum action_stat *ret_stat)
{
	for (size_t i = 0; i < ACTION_STATS; i++)
		if (strcmp(words[i].code, code) == 0) {
			*ret_stat = (enum action_stat)i;
			return true;
		}
	return false;
}

/* --- what a task counts in ------------------------------------------------------------------- */

static unsigned reply_bits(const struct action *action, int64_t now)
{
	if (action->replied_at != 0)
		return BIT(OWED) | (action->in_time ? BIT(TIMELY) : BIT(LATE));
	return action_is_overdue(action, now) ? BIT(OWED) | BIT(OVERDUE) : BIT(OPEN);
}

static bool was_extended(const struct action *action)
{
	const struct extension *asked = action->asked_more.items;

	for (size_t i = 0; i < action->asked_more.n; i++)
		if (asked[i].granted != NULL)
			return true;
	return false;
}

static unsigned bits_of(const struct action *action, int64_t now)
{
	unsigned bits;

	if (action_state(action) == ACTION_WITHDRAWN)
		return BIT(WITHDRAWN);
	bits = BIT(GIVEN) | reply_bits(action, now);
	bits |= action_state(action) == ACTION_DONE ? BIT(DONE) : 0;
	bits |= action->reworks > 0 ? BIT(REWORKED) : 0;
	bits |= was_extended(action) ? BIT(EXTENDED) : 0;
	bits |= action->supervisions.n > 0 ? BIT(CARDED) : 0;
	return bits;
}

static bool is_in(struct stats_window window, const char *org, const struct action *action)
{
	return action->given_at >= window.since &&
	       (window.until == 0 || action->given_at < window.until) &&
	       (org == NULL || str_eq(org, action->org));
}

bool action_stats_has(const struct action_stats_what *what, const struct action *action, int64_t now)
{
	return is_in(what->window, what->org, action) &&
	       (what->lead == NULL || str_eq(what->lead, action->lead)) &&
	       (bits_of(action, now) & (1U << what->stat)) != 0;
}

/* --- counting -------------------------------------------------------------------------------- */

void action_stats_init(struct action_stats *stats, const struct rules *rules, const char *org,
		       struct stats_window window, int64_t now)
{
	*stats = (struct action_stats){ .rules = rules, .org = org, .window = window, .now = now };
	stats->rows = mem_resize(NULL, rules->n_orgs + 1, sizeof *stats->rows);
	memset(stats->rows, 0, (rules->n_orgs + 1) * sizeof *stats->rows);
	for (size_t i = 0; i < rules->n_orgs; i++)
		stats->rows[i].org = rules->orgs[i].code;
	stats->rows[rules->n_orgs].org = "";
}

void action_stats_release(struct action_stats *stats)
{
	free(stats->rows);
	stats->rows = NULL;
}

void action_stats_add(struct action_stats *stats, const struct action *action)
{
	const struct org *org = rules_org(stats->rules, action->lead);
	struct action_stats_row *row =
		&stats->rows[org != NULL ? (size_t)(org - stats->rules->orgs) : stats->rules->n_orgs];
	unsigned bits = bits_of(action, stats->now);

	if (!is_in(stats->window, stats->org, action))
		return;
	for (size_t i = 0; i < ACTION_STATS; i++) {
		row->n[i] += (bits >> i) & 1;
		stats->all.n[i] += (bits >> i) & 1;
	}
}

/* --- rows ------------------------------------------------------------------------------------ */

int action_stats_permille(const struct action_stats_row *row, enum action_stat part,
			  enum action_stat whole)
{
	if (row->n[whole] <= 0)
		return -1;
	return (int)((row->n[part] * 2000 + row->n[whole]) / (2 * row->n[whole]));
}

static bool is_worse(const struct action_stats_row *a, const struct action_stats_row *b)
{
	int x = action_stats_permille(a, ACTION_STAT_TIMELY, ACTION_STAT_OWED);
	int y = action_stats_permille(b, ACTION_STAT_TIMELY, ACTION_STAT_OWED);

	return x >= 0 && (y < 0 || x < y);
}

const struct action_stats_row **action_stats_rows(const struct action_stats *stats,
						  enum stats_order order, struct arena *arena,
						  size_t *ret_n)
{
	const struct action_stats_row **rows =
		arena_array(arena, stats->rules->n_orgs + 1, sizeof *rows);
	size_t n = 0;

	for (size_t i = 0; i <= stats->rules->n_orgs; i++)
		if (stats->rows[i].n[ACTION_STAT_GIVEN] + stats->rows[i].n[ACTION_STAT_WITHDRAWN] > 0)
			rows[n++] = &stats->rows[i];
	for (size_t i = 1; order == STATS_WORST && i < n; i++) /* equal ones stay in their order */
		for (size_t k = i; k > 0 && is_worse(rows[k], rows[k - 1]); k--) {
			const struct action_stats_row *row = rows[k];

			rows[k] = rows[k - 1];
			rows[k - 1] = row;
		}
	*ret_n = n;
	return rows;
}
