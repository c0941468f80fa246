#include <config.h>

#include "zhiban/model/build_paper.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_words.h"

const char *halves_words(int halves, struct arena *arena)
{
	int whole = (halves < 0 ? -halves : halves) / 2;

	return arena_printf(arena, "%s%d%s", halves < 0 ? "-" : "", whole,
			    halves % 2 != 0 ? ".5" : "");
}

static const char *name_of(const struct staff *staff)
{
	return staff != NULL && staff->name != NULL ? staff->name : _("nobody");
}

static const char *title_of(struct client *client, const struct paper_month *what,
			    const char *words, struct arena *arena)
{
	return arena_printf(arena, "%s %s %s%s%s", what->month,
			    org_brief(client_rules(client), what->org), what->plan->label,
			    *words != '\0' ? "  " : "", words);
}

static enum err days_of(const struct paper_month *what, int32_t *ret_from, int32_t *ret_to,
			struct error *err)
{
	if (month_days(what->month, ret_from, ret_to))
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("\"%s\" is no month: 2026-12"), what->month);
}

/* ---- what is wrong ---- */

enum err roster_check_paper(struct client *client, const struct paper_month *what,
			    struct sheet *ret_sheet, size_t *ret_n, struct error *err)
{
	const char *titles[] = { _("Rule"), _("What") };
	struct arena arena = ARENA_INIT;
	struct roster_view view;
	struct finding *findings = NULL;
	size_t n = 0;
	int32_t from, to;
	enum err code = days_of(what, &from, &to, err);

	if (code == ERR_OK)
		code = client_roster_view(client, what->org, what->plan, from, to, &arena, &view,
					  err);
	if (code != ERR_OK) {
		arena_release(&arena);
		return code;
	}
	roster_findings(&view, from, to, &arena, &findings, &n);
	sheet_init(ret_sheet, title_of(client, what, _("What breaks a rule"), &arena));
	ret_sheet->columns = SHEET_WIDE;
	if (n > 0)
		sheet_table(ret_sheet, titles, ARRAY_LEN(titles));
	else
		sheet_text(ret_sheet, _("Nothing: every seat is filled and no rule is broken."));
	for (size_t i = 0; i < n; i++) {
		struct str words = STR_INIT;
		const char *cells[2];

		finding_words(client_rules(client), &findings[i], &words);
		cells[0] = breach_label(findings[i].breach);
		cells[1] = str_get(&words);
		sheet_row(ret_sheet, cells);
		str_release(&words);
	}
	*ret_n = n;
	arena_release(&arena);
	return ERR_OK;
}

/* ---- what building would change ---- */

static const char *seat_words(const struct rules *rules, const struct build_seat *seat,
			      struct arena *arena)
{
	char day[32];

	duty_day(rules, civil_ms_of_day(seat->need.day, rules->offset_min), day);
	return arena_printf(arena, "%s %s %s%s", day, seat->need.shift->label,
			    seat->need.post->label,
			    seat->need.post->seats > 1
				    ? arena_printf(arena, " %d", seat->need.seat)
				    : "");
}

static const char *ended_words(const struct reckon_progress *progress)
{
	switch (progress->state) {
	case RECKON_BEST:
		return _("no roster is fairer: proven");
	case RECKON_STOPPED:
		return _("stopped: the best so far");
	case RECKON_FAILED:
		return progress->failure;
	case RECKON_READY:
	case RECKON_RUNNING:
	case RECKON_ENDED:
		break;
	}
	return progress->elapsed_ms >= progress->limit_ms ? _("the time is over: the best so far")
							  : _("nothing better was found");
}

static const char *unfair_words(const struct reckon_progress *progress, struct arena *arena)
{
	const struct build_score *best = &progress->best;

	if (best->bound < 0)
		return arena_printf(arena, _("%lld (rotation %lld)"), (long long)best->unfair,
				    (long long)progress->rotation.unfair);
	return arena_printf(arena, _("%lld, none can be below %lld: a gap of %.1f %% (rotation %lld)"),
			    (long long)best->unfair, (long long)best->bound,
			    best->unfair > 0 ? 100.0 * (double)(best->unfair - best->bound) /
						       (double)best->unfair
					     : 0.0,
			    (long long)progress->rotation.unfair);
}

static void add_score(struct sheet *sheet, const struct reckon_progress *progress)
{
	const struct build_score *best = &progress->best;
	struct arena *arena = &sheet->arena;
	const char *spread = halves_words(best->spread, arena);
	const char *rotation = halves_words(progress->rotation.spread, arena);

	sheet_fact(sheet, _("Gaps"),
		   arena_printf(arena, _("%d (rotation %d)"), best->gaps, progress->rotation.gaps));
	sheet_fact(sheet, _("Spread"),
		   best->spread_bound >= 0
			   ? arena_printf(arena, _("%s, none can be below %s (rotation %s)"), spread,
					  halves_words(best->spread_bound, arena), rotation)
			   : arena_printf(arena, _("%s (rotation %s)"), spread, rotation));
	sheet_fact(sheet, _("Unfairness"), unfair_words(progress, arena));
	sheet_fact(sheet, _("Time"),
		   arena_printf(arena, _("%.1f s of %lld s, %s"),
				(double)progress->elapsed_ms / 1000,
				(long long)(progress->limit_ms / 1000), ended_words(progress)));
}

static void add_changes(const struct rules *rules, struct sheet *sheet,
			const struct reckon_change *changes, size_t n)
{
	const char *titles[] = { _("Seat"), _("Was"), _("Now") };

	sheet_section(sheet, arena_printf(&sheet->arena, _("What would change: %zu seats"), n));
	if (n == 0) {
		sheet_text(sheet, _("Nothing: it stands so already."));
		return;
	}
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++) {
		const char *cells[] = { seat_words(rules, changes[i].seat, &sheet->arena),
					changes[i].was != NULL ? name_of(changes[i].was) : "-",
					name_of(changes[i].now) };

		sheet_row(sheet, cells);
	}
}

static void add_blockers(const struct rules *rules, struct sheet *sheet,
			 const struct build_problem *problem, const struct build_answer *answer)
{
	const char *titles[] = { _("Seat"), _("Rule"), _("Kept away") };

	if (answer->n_blockers == 0)
		return;
	sheet_section(sheet, _("Seats that nobody can take, and the rule in the way"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < answer->n_blockers; i++) {
		const struct build_blocker *blocker = &answer->blockers[i];
		const char *cells[] = {
			seat_words(rules, &problem->seats[blocker->seat], &sheet->arena),
			blocker->breach == BREACH_GAP ? _("there is nobody")
						      : breach_label(blocker->breach),
			blocker->breach == BREACH_GAP
				? ""
				: arena_printf(&sheet->arena, _("%d of %d people"), blocker->kept,
					       blocker->people),
		};

		sheet_row(sheet, cells);
	}
}

static void add_shares(struct sheet *sheet, const struct reckon_share *shares, size_t n)
{
	const char *titles[] = { _("Name"),    _("Carried over"), _("After"), _("Duties"), _("Nights"),
				 _("Weekday"), _("Weekend"),	  _("Public holiday"),
				 _("Spring Festival") };
	struct arena *arena = &sheet->arena;

	sheet_section(sheet, _("The ledger as it would be"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++) {
		const char *cells[] = {
			name_of(shares[i].staff),
			halves_words(shares[i].before, arena),
			halves_words(shares[i].after, arena),
			arena_printf(arena, "%d", shares[i].duties),
			arena_printf(arena, "%d", shares[i].nights),
			halves_words(shares[i].halves[DAY_WEEKDAY], arena),
			halves_words(shares[i].halves[DAY_WEEKEND], arena),
			halves_words(shares[i].halves[DAY_HOLIDAY], arena),
			halves_words(shares[i].halves[DAY_SPRING], arena),
		};

		sheet_row(sheet, cells);
	}
}

void reckon_paper(struct client *client, const struct paper_month *what, struct reckon *reckon,
		  struct sheet *ret_sheet)
{
	const struct rules *rules = client_rules(client);
	struct arena arena = ARENA_INIT;
	struct reckon_progress progress;
	struct reckon_change *changes;
	struct reckon_share *shares;
	struct build_answer answer;
	size_t n, n_shares;

	reckon_look(reckon, &progress);
	reckon_best(reckon, &arena, &answer);
	reckon_changes(reckon, &answer, &arena, &changes, &n);
	reckon_shares(reckon, &answer, &arena, &shares, &n_shares);
	sheet_init(ret_sheet, title_of(client, what, _("How it would be built"), &arena));
	add_score(ret_sheet, &progress);
	add_blockers(rules, ret_sheet, reckon_problem(reckon), &answer);
	add_changes(rules, ret_sheet, changes, n);
	add_shares(ret_sheet, shares, n_shares);
	arena_release(&arena);
}

/* ---- the ledger ---- */

static void ledger_line(struct sheet *sheet, const struct ledger_row *row)
{
	struct arena *arena = &sheet->arena;
	const char *cells[] = {
		row->name != NULL ? row->name : "",
		halves_words(row->weight, arena),
		halves_words(row->month_weight, arena),
		halves_words(row->halves[DAY_WEEKDAY], arena),
		halves_words(row->halves[DAY_WEEKEND], arena),
		halves_words(row->halves[DAY_HOLIDAY], arena),
		halves_words(row->halves[DAY_SPRING], arena),
		arena_printf(arena, "%d", row->nights),
		arena_printf(arena, "%d", row->months),
	};

	sheet_row(sheet, cells);
}

enum err ledger_paper(struct client *client, const struct paper_month *what, struct sheet *ret_sheet,
		      struct error *err)
{
	const char *titles[] = { _("Name"),    _("Weight"),  _("This month"),
				 _("Weekday"), _("Weekend"), _("Public holiday"),
				 _("Spring Festival"), _("Nights"), _("Months in the list") };
	struct arena arena = ARENA_INIT;
	struct ledger_row *rows;
	size_t n;
	enum err code = client_ledger(client, what->org, what->plan, what->month, &arena, &rows, &n,
				      err);

	if (code == ERR_OK) {
		sheet_init(ret_sheet, title_of(client, what, _("Ledger"), &arena));
		ret_sheet->columns = SHEET_WIDE;
		sheet_note(ret_sheet,
			   _("Duties of the twelve months up to this one, as far as they are here. "
			     "A weekday weighs 2, a weekend 3, a holiday 4, Spring Festival 6, a "
			     "night 1 more; a standby counts half."));
		sheet_table(ret_sheet, titles, ARRAY_LEN(titles));
		for (size_t i = 0; i < n; i++)
			ledger_line(ret_sheet, &rows[i]);
	}
	arena_release(&arena);
	return code;
}
