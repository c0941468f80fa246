/* The list that must be read: the desk's own loose ends (roster, swaps, calls and papers), and
 * all the rest as counts. */
#include <config.h>

#include <string.h>

#include "handover_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/stand.h"

enum {
	ROSTER_AHEAD_DAYS = 2,
	COUNT_MOST = 100000,
	NAMED_MOST = 12, /* seats in one line; who wants all opens the roster */
};

static const char *id_words(const struct uuid *id, struct arena *arena)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(arena, text);
}

/* "22-R003" of "20261122-R003": as it is said. */
static const char *short_number(const char *number)
{
	return number != NULL && strlen(number) > 9 && number[8] == '-' ? number + 6 : number;
}

/* ---- the roster ---- */

static void turn_words(const struct must_read *must, const struct turn *turn, struct str *out)
{
	const struct roster_plan *plan = must->asked.plan;
	const struct duty_shift *shift = plan_shift(plan, turn->shift);
	const struct duty_post *post = plan_post(plan, turn->post);
	char day[CIVIL_TEXT];

	civil_format(turn->starts, must->rules->offset_min, "m-d", day, sizeof day);
	str_addf(out, "%s%s %s %s", out->len > 0 ? "; " : "", day,
		 shift != NULL ? shift->label : "", post != NULL ? post->label : "");
}

/* What was taken over at once and is not approved yet, of one month. */
static void takeover_words(const struct must_read *must, const struct roster *roster,
			   struct str *out)
{
	struct str words = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < roster->turns.n; i++) {
		const struct turn *turn = roster_turn(roster, i);

		if (!str_eq(turn->how, "takeover") || turn->ok_at != 0 || n++ >= NAMED_MOST)
			continue;
		turn_words(must, turn, &words);
		str_addf(&words, " %s", turn->name != NULL ? turn->name : "");
		if (turn->was != NULL)
			str_addf(&words, _(" for %s"), turn->was);
	}
	if (n > 0)
		str_addf(out, _("take-over to be approved: %s"), str_get(&words));
	str_release(&words);
}

/* Seats that must be manned and are empty, from now to the end of tomorrow. */
static void gap_words(const struct must_read *must, int32_t today, const struct roster_view *view,
		      struct arena *arena, struct str *out)
{
	struct finding *findings = NULL;
	struct str words = STR_INIT;
	size_t n = 0, gaps = 0;

	roster_findings(view, today, today + ROSTER_AHEAD_DAYS, arena, &findings, &n);
	for (size_t i = 0; i < n; i++) {
		const struct need *need = &findings[i].need;
		struct turn seat = { .starts = need->starts };

		if (findings[i].breach != BREACH_GAP || need->may_be_empty ||
		    need->ends <= must->now || gaps++ >= NAMED_MOST)
			continue;
		seat.shift = need->shift->code;
		seat.post = need->post->code;
		turn_words(must, &seat, &words);
	}
	if (gaps > 0)
		str_addf(out, _("%snobody stands there: %s"), out->len > 0 ? "; " : "",
			 str_get(&words));
	str_release(&words);
}

/* One line a month: both are put right in the same place. */
bool must_roster(struct must_read *must)
{
	int32_t today = civil_day_of_ms(must->now, must->rules->offset_min);
	struct arena arena = ARENA_INIT;
	struct client_roster *rosters = NULL;
	struct roster_view view;
	size_t n = 0;

	if (client_rosters(must->client, must->asked.org, must->asked.plan->code, today - 1,
			   today + ROSTER_AHEAD_DAYS, &arena, &rosters, &n, NULL) != ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct roster *roster = rosters[i].roster;
		struct handed item = { .kind = "roster", .number = roster->month,
				       .title = must->asked.plan->label,
				       .about = id_words(&roster->head.id, &arena) };
		struct str words = STR_INIT;

		takeover_words(must, roster, &words);
		if (roster->starts <= must->now && must->now < roster->ends &&
		    client_roster_view(must->client, must->asked.org, must->asked.plan, today,
				       today + ROSTER_AHEAD_DAYS, &arena, &view, NULL) == ERR_OK)
			gap_words(must, today, &view, &arena, &words);
		item.words = str_get(&words);
		if (words.len > 0)
			must_add(must, HANDED_ROSTER, &item);
		str_release(&words);
	}
	arena_release(&arena);
	return false;
}

static const char *swap_words(const struct must_read *must, const struct client_swap *swap,
			      struct arena *arena)
{
	struct str words = STR_INIT;
	const char *text;

	str_addf(&words, "%s ", swap->swap->name != NULL ? swap->swap->name : "-");
	if (swap->turn != NULL) {
		struct str turn = STR_INIT;

		turn_words(must, swap->turn, &turn);
		str_add(&words, str_get(&turn));
		str_release(&turn);
	}
	str_addf(&words, "  %s",
		 swap->swap->accepted_at != 0 ? _("accepted, to be approved")
					      : _("asked, nobody has accepted yet"));
	text = arena_strdup(arena, str_get(&words));
	str_release(&words);
	return text;
}

bool must_swaps(struct must_read *must)
{
	struct arena arena = ARENA_INIT;
	struct client_swap *swaps = NULL;
	size_t n = 0;

	if (client_swaps(must->client, 0, &arena, &swaps, &n, NULL) != ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct swap *swap = swaps[i].swap;
		struct handed item = { .kind = "swap", .number = short_number(swap->number),
				       .title = swap->reason != NULL ? swap->reason : _("swap"),
				       .due = swap->lapses_at };

		if (!str_eq(swap->org, must->asked.org))
			continue;
		item.about = id_words(&swap->head.id, &arena);
		item.words = swap_words(must, &swaps[i], &arena);
		must_add(must, HANDED_ROSTER, &item);
	}
	arena_release(&arena);
	return false;
}

/* ---- calls and papers ---- */

bool must_papers(struct must_read *must)
{
	struct arena arena = ARENA_INIT;
	struct client_record *records = NULL;
	size_t n = 0, within = 0;

	if (client_records(must->client, must->asked.org, must->asked.since, must->now + 1, true,
			   &arena, &records, &n, NULL) != ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct record *record = records[i].record;
		struct handed item = { .kind = "record", .number = short_number(record->number),
				       .title = record->title, .due = record->due };

		within += record->happened_at >= must->asked.since;
		if (!record->open)
			continue;
		item.about = id_words(&record->head.id, &arena);
		item.words = arena_printf(&arena, "%s %s %s",
					  record_sort_label(record_sort_find(record->sort)),
					  record->party != NULL ? record->party : "",
					  record_step_label(record_step(record)));
		must_add(must, HANDED_PAPER, &item);
	}
	must_tally(must, "log", (int64_t)within, "dutylog", _("Written into the log"), "manual");
	arena_release(&arena);
	return false;
}

/* ---- the rest, as counts ---- */

static void left_out(struct must_read *must)
{
	static const struct {
		enum handed_sort sort;
		const char *list, *filter;
	} lists[] = {
		{ HANDED_ALARM, "incidents", "alarm" },
		{ HANDED_OVERDUE, "deadlines", "overdue" },
		{ HANDED_INSTRUCTION, "incidents", "instructions" },
		{ HANDED_PROMISE, "deadlines", "kind:callback" },
		{ HANDED_COUNTERSIGN, "deadlines", "kind:countersign" },
		{ HANDED_FLAGGED, "incidents", "watched | pinned | hard" },
		{ HANDED_ROSTER, "swaps", "" },
		{ HANDED_PAPER, "dutylog", "open" },
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		enum handed_sort sort = lists[i].sort;
		char code[40];

		if (must->found[sort] <= must->each[sort] ||
		    !str_copy(code, sizeof code, handed_sort_code(sort)))
			continue;
		must_tally(must, code, (int64_t)(must->found[sort] - must->each[sort]),
			   lists[i].list,
			   arena_printf(&must->arena, _("%s, not listed"), handed_sort_label(sort)),
			   lists[i].filter);
	}
}

static void changed(struct must_read *must)
{
	char since[CIVIL_TEXT];

	civil_format(must->asked.since, must->rules->offset_min, "Y-m-d H:M", since, sizeof since);
	must_tally(must, "changed", (int64_t)must->found[HANDED_CHANGED], "incidents",
		   _("Moved in this shift"),
		   arena_printf(&must->arena, "moved_at>=\"%s\"", since));
}

bool must_tallies(struct must_read *must)
{
	static const struct {
		unsigned what;
		const char *code, *label;
	} stands[] = {
		{ STAND_UNSIGNED, "unsigned", N_("Given out, not signed for") },
		{ STAND_RECEIPTS, "receipts", N_("Notices without a receipt") },
	};
	struct client *client = must->client;
	struct client_counts counts = { .total = 0 };
	struct client_whistle *whistles = NULL;
	struct arena arena = ARENA_INIT;
	int64_t n = 0, until = 0;
	size_t open = 0;

	left_out(must);
	changed(must);
	if (client_counts(client, &counts, NULL) == ERR_OK)
		must_tally(must, "open", counts.open, "incidents", _("Open cases"), "open");
	if (client_count_due(client, must->now, COUNT_MOST, &n, NULL) == ERR_OK)
		must_tally(must, "late", n, "incidents", _("Overdue, of all"), "overdue");
	if (client_count_due(client, must->now + 12 * HOUR_MS, COUNT_MOST, &until, NULL) == ERR_OK)
		must_tally(must, "soon", until - n, "incidents", _("Due within twelve hours"),
			   "due<12h !overdue");
	for (size_t i = 0; i < ARRAY_LEN(stands); i++)
		if (client_stand_count(client, stands[i].what, COUNT_MOST, &n, NULL) == ERR_OK)
			must_tally(must, stands[i].code, n, "incidents", _(stands[i].label),
				   stands[i].code);
	if (client_whistles(client, 0, &arena, &whistles, &open, NULL) == ERR_OK)
		must_tally(must, "whistles", (int64_t)open, "whistles", _("Whistles not closed"), "");
	arena_release(&arena);
	return false;
}
