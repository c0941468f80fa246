#include <config.h>

#include "zhiban/domain/whistle_stats.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#define BIT(stat) (UINT64_C(1) << (stat))

static const struct {
	const char *code, *title;
} stats_words[STATS] = {
	[STAT_ASKED] = { "asked", N_("Times asked") },
	[STAT_SIGN_OWED] = { "sign_owed", N_("Signatures owed") },
	[STAT_SIGN_TIMELY] = { "sign_timely", N_("Signed on time") },
	[STAT_SIGN_LATE] = { "sign_late", N_("Signed late") },
	[STAT_SIGN_MISSED] = { "sign_missed", N_("Not signed, overdue") },
	[STAT_REPORT_OWED] = { "report_owed", N_("Reports in owed") },
	[STAT_REPORT_TIMELY] = { "report_timely", N_("Reported in on time") },
	[STAT_REPORT_LATE] = { "report_late", N_("Reported in late") },
	[STAT_REPORT_MISSED] = { "report_missed", N_("Not reported in, overdue") },
	[STAT_HANDLE_OWED] = { "handle_owed", N_("Results owed") },
	[STAT_HANDLE_TIMELY] = { "handle_timely", N_("Handled on time") },
	[STAT_HANDLE_LATE] = { "handle_late", N_("Handled late") },
	[STAT_HANDLE_MISSED] = { "handle_missed", N_("Not handled, overdue") },
	[STAT_FEEDBACK_OWED] = { "feedback_owed", N_("Replies owed") },
	[STAT_FEEDBACK_TIMELY] = { "feedback_timely", N_("Fed back on time") },
	[STAT_FEEDBACK_LATE] = { "feedback_late", N_("Fed back late") },
	[STAT_FEEDBACK_MISSED] = { "feedback_missed", N_("Not fed back, overdue") },
	[STAT_UNCONFIRMED] = { "unconfirmed", N_("Not confirmed") },
	[STAT_REWORKED] = { "reworked", N_("Sent back") },
	[STAT_DISPUTED] = { "disputed", N_("Times disputed") },
	[STAT_EXTENDED] = { "extended", N_("More time granted") },
	[STAT_FREED] = { "freed", N_("Times freed") },
	[STAT_CARDED] = { "carded", N_("Times supervised") },
	[STAT_RATED] = { "rated", N_("Times rated") },
	[STAT_CONTENT] = { "content", N_("Content") },
	[STAT_FAIR] = { "fair", N_("Fairly content") },
	[STAT_POOR] = { "poor", N_("Not content") },
	[STAT_BLOWN] = { "blown", N_("Whistles blown") },
	[STAT_ISSUED] = { "issued", N_("Whistles issued") },
	[STAT_RETURNED] = { "returned", N_("Whistles returned") },
	[STAT_REFUSED] = { "refused", N_("Whistles refused") },
	[STAT_WITHDRAWN] = { "withdrawn", N_("Whistles withdrawn") },
	[STAT_CLOSED] = { "closed", N_("Whistles closed") },
	[STAT_JUDGED] = { "judged", N_("Whistles judged") },
	[STAT_REGULAR] = { "regular", N_("By the rules") },
	[STAT_IRREGULAR] = { "irregular", N_("Not by the rules") },
};

const char *stat_code(enum stat stat)
{
	return stats_words[stat].code;
}

const char *stat_title(enum stat stat)
{
	return _(stats_words[stat].title);
}

bool stat_is_of_share(enum stat stat)
{
	return stat < STAT_BLOWN;
}

bool stat_find(const char *code, enum stat *ret_stat)
{
	for (size_t i = 0; i < STATS; i++)
		if (strcmp(stats_words[i].code, code) == 0) {
			*ret_stat = (enum stat)i;
			return true;
		}
	return false;
}

/* --- what a share and a whistle count in ----------------------------------------------------- */

/* Owed, on time, late, missed stand in this order behind each other. */
static uint64_t timely_bits(const struct whistle *whistle, const struct summoned *share,
			    enum summons_clock kind, enum stat owed, int64_t done, int64_t now)
{
	const struct clock *clock =
		whistle_clock_of(whistle, &share->id, summons_clock_code(kind));

	if (clock == NULL || clock->due == 0)
		return 0;
	if (done != 0)
		return BIT(owed) | BIT(done <= clock->due ? owed + 1 : owed + 2);
	return clock->due < now ? BIT(owed) | BIT(owed + 3) : 0;
}

/* When it has reported in as far as that counts; 0: not yet. */
static int64_t reported_at(const struct rules *rules, const struct whistle *whistle,
			   const struct summoned *share)
{
	const struct summons *summons = whistle_summons(rules, whistle);

	if (summons != NULL && summons->confirmed && share->confirmed_at == 0)
		return 0;
	return share->reported_at;
}

static uint64_t report_bits(const struct rules *rules, const struct whistle *whistle,
			    const struct summoned *share, int64_t now)
{
	int64_t counts = reported_at(rules, whistle, share);

	if (share->reported_at != 0 && counts == 0) /* whether he came is not known */
		return BIT(STAT_UNCONFIRMED);
	return timely_bits(whistle, share, SUMMONS_REPORT_IN, STAT_REPORT_OWED, counts, now);
}

static uint64_t said_bits(const char *said, const char *const *codes, size_t n, enum stat any)
{
	for (size_t i = 0; said != NULL && i < n; i++)
		if (strcmp(codes[i], said) == 0)
			return BIT(any) | BIT(any + 1 + i);
	return 0;
}

static bool was_extended(const struct whistle *whistle, const struct summoned *share)
{
	char about[UUID_TEXT];

	uuid_text(&share->id, about);
	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		if (clock->extended != NULL && *clock->extended != '\0' &&
		    str_eq(clock->about, about))
			return true;
	}
	return false;
}

static int64_t points_of(const struct whistle *whistle, const char *org, bool *ret_any)
{
	const struct supervision *list = whistle->supervisions.items;
	int64_t points = 0;

	*ret_any = false;
	for (size_t i = 0; i < whistle->supervisions.n; i++)
		if (str_eq(list[i].org, org)) {
			points += list[i].points;
			*ret_any = true;
		}
	return points;
}

static uint64_t share_bits(const struct rules *rules, const struct whistle *whistle,
			   const struct summoned *share, int64_t now)
{
	static const char *const contents[] = { "content", "fair", "poor" };
	uint64_t bits = BIT(STAT_ASKED);
	bool carded;

	if (share->asked_at == 0 || whistle_step(whistle) == WHISTLE_WITHDRAWN)
		return 0;
	if (share->freed_at != 0)
		return BIT(STAT_FREED) | (share->claimed_at != 0 ? BIT(STAT_DISPUTED) : 0);
	points_of(whistle, share->org, &carded);
	bits |= timely_bits(whistle, share, SUMMONS_SIGN, STAT_SIGN_OWED, share->signed_at, now) |
		report_bits(rules, whistle, share, now) |
		timely_bits(whistle, share, SUMMONS_HANDLE, STAT_HANDLE_OWED, share->handled_at,
			    now) |
		timely_bits(whistle, share, SUMMONS_FEEDBACK, STAT_FEEDBACK_OWED,
			    share->replied_at, now) |
		said_bits(share->content, contents, ARRAY_LEN(contents), STAT_RATED);
	bits |= share->reworks > 0 ? BIT(STAT_REWORKED) : 0;
	bits |= share->claimed_at != 0 ? BIT(STAT_DISPUTED) : 0;
	bits |= was_extended(whistle, share) ? BIT(STAT_EXTENDED) : 0;
	bits |= carded ? BIT(STAT_CARDED) : 0;
	return bits;
}

static uint64_t whistle_bits(const struct whistle *whistle)
{
	static const char *const judgements[] = { "regular", "irregular" };
	enum whistle_step step = whistle_step(whistle);
	bool issued = whistle->issued_at != 0;
	uint64_t bits = said_bits(whistle->judged, judgements, ARRAY_LEN(judgements), STAT_JUDGED);

	if (step == WHISTLE_DRAFT)
		return 0;
	if (step == WHISTLE_WITHDRAWN)
		return BIT(STAT_WITHDRAWN) | (issued ? BIT(STAT_BLOWN) | BIT(STAT_ISSUED) : 0);
	bits |= BIT(STAT_BLOWN);
	bits |= issued ? BIT(STAT_ISSUED) : 0;
	bits |= whistle->returns > 0 ? BIT(STAT_RETURNED) : 0;
	bits |= step == WHISTLE_REFUSED ? BIT(STAT_REFUSED) : 0;
	bits |= step == WHISTLE_CLOSED ? BIT(STAT_CLOSED) : 0;
	return bits;
}

static bool in_window(struct stats_window window, int64_t at)
{
	return at >= window.since && (window.until == 0 || at < window.until);
}

static int64_t moment_of(enum stats_side side, const struct whistle *whistle,
			 const struct summoned *share)
{
	return side == STATS_STREETS || share == NULL ? whistle->blown_at : share->asked_at;
}

static const char *org_of(enum stats_side side, const struct whistle *whistle,
			  const struct summoned *share)
{
	return side == STATS_STREETS || share == NULL ? whistle->origin : share->org;
}

bool stats_has(const struct rules *rules, const struct stats_what *what,
	       const struct whistle *whistle, const struct summoned *share, int64_t now)
{
	uint64_t bits;

	if (stat_is_of_share(what->stat) != (share != NULL) ||
	    (what->summons != NULL && !str_eq(what->summons, whistle->summons)) ||
	    !in_window(what->window, moment_of(what->side, whistle, share)) ||
	    (what->org != NULL && !str_eq(what->org, org_of(what->side, whistle, share))))
		return false;
	bits = share != NULL ? share_bits(rules, whistle, share, now) : whistle_bits(whistle);
	return (bits & BIT(what->stat)) != 0;
}

/* --- counting -------------------------------------------------------------------------------- */

void stats_init(struct stats *stats, const struct rules *rules, enum stats_side side,
		struct stats_window window, int64_t now)
{
	*stats = (struct stats){ .rules = rules, .side = side, .window = window, .now = now };
	stats->rows = mem_resize(NULL, rules->n_orgs + 1, sizeof *stats->rows);
	memset(stats->rows, 0, (rules->n_orgs + 1) * sizeof *stats->rows);
	for (size_t i = 0; i < rules->n_orgs; i++)
		stats->rows[i].org = rules->orgs[i].code;
	stats->rows[rules->n_orgs].org = "";
}

void stats_release(struct stats *stats)
{
	free(stats->rows);
	stats->rows = NULL;
}

static struct stats_row *row_of(struct stats *stats, const char *code)
{
	const struct org *org = rules_org(stats->rules, code);

	return &stats->rows[org != NULL ? (size_t)(org - stats->rules->orgs)
					: stats->rules->n_orgs];
}

static void add_bits(struct stats_row *row, uint64_t bits)
{
	for (size_t i = 0; i < STATS; i++)
		row->n[i] += (bits >> i) & 1;
}

/* The points of a department count once in a whistle, also when it has a second share in it. */
static bool is_first_share(const struct whistle *whistle, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (share_is_live(whistle_share(whistle, i)) &&
		    str_eq(whistle_share(whistle, i)->org, whistle_share(whistle, at)->org))
			return false;
	return true;
}

static void add_share(struct stats *stats, const struct whistle *whistle, size_t i)
{
	const struct summoned *share = whistle_share(whistle, i);
	uint64_t bits = share_bits(stats->rules, whistle, share, stats->now);
	struct stats_row *rows[] = { row_of(stats, org_of(stats->side, whistle, share)),
				     &stats->all };
	bool reported = (bits & (BIT(STAT_REPORT_TIMELY) | BIT(STAT_REPORT_LATE))) != 0, carded;
	int64_t points = points_of(whistle, share->org, &carded);

	if (!in_window(stats->window, moment_of(stats->side, whistle, share)))
		return;
	for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
		add_bits(rows[k], bits);
		if (reported)
			rows[k]->report_ms += share->reported_at - share->asked_at;
		if ((bits & BIT(STAT_CARDED)) != 0 && is_first_share(whistle, i))
			rows[k]->points += points;
	}
}

void stats_add(struct stats *stats, const struct whistle *whistle)
{
	if (stats->summons != NULL && !str_eq(stats->summons, whistle->summons))
		return;
	for (size_t i = 0; i < whistle->shares.n; i++)
		add_share(stats, whistle, i);
	if (stats->side != STATS_STREETS || !in_window(stats->window, whistle->blown_at))
		return;
	add_bits(row_of(stats, whistle->origin), whistle_bits(whistle));
	add_bits(&stats->all, whistle_bits(whistle));
}

void stats_add_case(struct stats *stats, const char *street, int64_t at)
{
	if (stats->side != STATS_STREETS || !in_window(stats->window, at))
		return;
	if (street != NULL)
		row_of(stats, street)->cases++;
	stats->all.cases++;
}

/* --- rows ------------------------------------------------------------------------------------ */

static bool has_anything(const struct stats_row *row)
{
	if (row->cases != 0)
		return true;
	for (size_t i = 0; i < STATS; i++)
		if (row->n[i] != 0)
			return true;
	return false;
}

/* Those that can be ranked before the others; the lowest first.  Streets have no assessment: the one
 * with the most whistles that were judged irregular, or returned, is first. */
static int worse(enum stats_side side, const struct stats_row *a, const struct stats_row *b)
{
	const enum stat blamed[] = { STAT_IRREGULAR, STAT_RETURNED };
	int x = 0, y = 0;
	bool has_x = stats_score(a, stats_formula(0), &x);
	bool has_y = stats_score(b, stats_formula(0), &y);

	for (size_t i = 0; side == STATS_STREETS && i < ARRAY_LEN(blamed); i++)
		if (a->n[blamed[i]] != b->n[blamed[i]])
			return a->n[blamed[i]] > b->n[blamed[i]] ? -1 : 1;
	if (side == STATS_STREETS)
		return 0;
	if (has_x != has_y)
		return has_x ? -1 : 1;
	return has_x ? (x > y) - (x < y) : 0;
}

const struct stats_row **stats_rows(const struct stats *stats, enum stats_order order,
				    struct arena *arena, size_t *ret_n)
{
	const struct stats_row **rows = arena_array(arena, stats->rules->n_orgs + 1, sizeof *rows);
	size_t n = 0;

	for (size_t i = 0; i <= stats->rules->n_orgs; i++)
		if (has_anything(&stats->rows[i]))
			rows[n++] = &stats->rows[i];
	for (size_t i = 1; order == STATS_WORST && i < n; i++) /* equal ones stay in their order */
		for (size_t k = i; k > 0 && worse(stats->side, rows[k], rows[k - 1]) < 0; k--) {
			const struct stats_row *row = rows[k];

			rows[k] = rows[k - 1];
			rows[k - 1] = row;
		}
	*ret_n = n;
	return rows;
}
