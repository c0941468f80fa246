/* One row at length, and the load of a month. */
#include <config.h>

#include "deadlines_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/summons.h"
#include "zhiban/model/due_filing.h"
#include "zhiban/model/meeting_words.h"

/* ---- what a row says ---- */

/* The step of the ladder that would come next; NULL: there is no ladder. */
static const struct channel *next_channel(const struct rules *rules, const char *in_force)
{
	const struct channel *now = rules_channel(rules, in_force), *next = NULL;
	int rank = now ? now->rank : 0;

	for (size_t i = 0; i < rules->n_channels; i++) {
		const struct channel *one = &rules->channels[i];

		if (one->rank > rank && (!next || one->rank < next->rank))
			next = one;
	}
	return next;
}

struct pressure { /* what an entity says of it */
	const char *supervised;
	int64_t proposed_at, listed_at;
};

static const char *pressed_words(const struct rules *rules, const struct pressure *pressure,
				 struct arena *arena)
{
	const struct channel *next = next_channel(rules, pressure->supervised);
	const struct channel *now = rules_channel(rules, pressure->supervised);

	if (pressure->proposed_at && next)
		/* TRANSLATORS: a supervision is proposed, in a narrow column: 拟黄牌 */
		return arena_printf(arena, _("%s?"), next->label);
	if (pressure->proposed_at)
		return _("proposed");
	if (pressure->supervised)
		return now ? now->label : pressure->supervised;
	return pressure->listed_at ? _("listed") : "";
}

static const struct clock *clock_in(const void *entity, const struct deadline *deadline)
{
	const struct children *clocks = entity_children_const(entity, child_desc(CHILD_CLOCK));
	const struct uuid *id = deadline->sort == DEADLINE_EXTENSION ? &deadline->about
								     : &deadline->id;

	return children_find(clocks, child_desc(CHILD_CLOCK), id);
}

static void of_incident(struct deadlines *deadlines, const struct due_row *row,
			struct arena *arena, struct due_detail *detail)
{
	const struct rules *rules = client_rules(deadlines->client);
	struct incident *incident;
	struct pressure pressure;

	if (client_get(deadlines->client, &row->at.entity, arena, &incident, NULL) != ERR_OK)
		return;
	pressure = (struct pressure){ incident->supervised, incident->proposed_at,
				      incident->listed_at };
	detail->clock = clock_in(incident, &row->at.deadline);
	detail->pressed = pressed_words(rules, &pressure, arena);
	if (detail->clock)
		detail->used = clock_used(rules, incident, detail->clock,
					  client_now(deadlines->client));
	detail->incident = incident;
}

static void of_whistle(struct deadlines *deadlines, const struct due_row *row,
		       struct arena *arena, struct due_detail *detail)
{
	const struct rules *rules = client_rules(deadlines->client);
	const struct summons *summons;
	struct client_whistle shown;
	struct pressure pressure;

	if (client_whistle_get(deadlines->client, &row->at.entity, arena, &shown, NULL) != ERR_OK)
		return;
	summons = whistle_summons(rules, shown.whistle);
	pressure = (struct pressure){ shown.whistle->supervised, shown.whistle->proposed_at,
				      shown.whistle->listed_at };
	detail->clock = clock_in(shown.whistle, &row->at.deadline);
	detail->pressed = pressed_words(rules, &pressure, arena);
	if (detail->clock)
		detail->used = clock_used(rules, NULL, detail->clock,
					  client_now(deadlines->client));
	if (row->at.deadline.sort == DEADLINE_CLOCK && row->at.deadline.clock)
		detail->cause = summons_clock_label(rules, summons, row->at.deadline.clock);
	if (summons)
		detail->sort = summons->label;
	detail->whistle = shown.whistle;
}

const char *due_cause_words(const struct rules *rules, const struct client_deadline *row)
{
	const struct deadline *deadline = &row->deadline;

	if (deadline->sort == DEADLINE_CHECK)
		return "";
	if (due_is_filing(row))
		return _("to be filed");
	if (deadline->sort == DEADLINE_MEETING && row->kind == KIND_ITEM)
		return meeting_clock_label(MEETING_PAPERS);
	if ((deadline->sort == DEADLINE_MEETING || deadline->sort == DEADLINE_TASK) && deadline->clock)
		return joint_clock_label(rules, row->kind, deadline->clock);
	if (deadline->sort != DEADLINE_CLOCK || !deadline->clock)
		return deadline_sort_label(deadline->sort);
	if (row->whistle)
		return summons_clock_label(rules, whistle_summons(rules, row->whistle),
					   deadline->clock);
	if (row->kind == KIND_WHISTLE && rules->n_summonses > 0)
		return summons_clock_label(rules, &rules->summonses[0], deadline->clock);
	return clock_label(rules, deadline->clock);
}

static void of_action(struct deadlines *deadlines, const struct due_row *row, struct arena *arena,
		      struct due_detail *detail)
{
	const struct rules *rules = client_rules(deadlines->client);
	struct client_action shown;
	struct pressure pressure;

	if (client_action_get(deadlines->client, &row->at.entity, arena, &shown, NULL) != ERR_OK)
		return;
	pressure = (struct pressure){ shown.action->supervised, shown.action->proposed_at,
				      shown.action->listed_at };
	detail->clock = clock_in(shown.action, &row->at.deadline);
	detail->pressed = pressed_words(rules, &pressure, arena);
	if (detail->clock)
		detail->used = clock_used(rules, NULL, detail->clock, client_now(deadlines->client));
}

static void of_meeting(struct deadlines *deadlines, const struct due_row *row, struct arena *arena,
		       struct due_detail *detail)
{
	struct client_meeting shown;

	if (client_meeting_get(deadlines->client, &row->at.entity, arena, &shown, NULL) != ERR_OK)
		return;
	detail->clock = clock_in(shown.meeting, &row->at.deadline);
	if (detail->clock)
		detail->used = clock_used(client_rules(deadlines->client), NULL, detail->clock,
					  client_now(deadlines->client));
}

void deadlines_detail(struct deadlines *deadlines, const struct due_row *row,
		      struct arena *arena, struct due_detail *ret_detail)
{
	const struct rules *rules = client_rules(deadlines->client);
	*ret_detail = (struct due_detail){ .pressed = "", .sort = due_sort_words(&row->at),
					   .cause = due_cause_words(rules, &row->at) };
	if (row->at.kind == KIND_INCIDENT)
		of_incident(deadlines, row, arena, ret_detail);
	else if (row->at.kind == KIND_WHISTLE)
		of_whistle(deadlines, row, arena, ret_detail);
	else if (row->at.kind == KIND_ACTION)
		of_action(deadlines, row, arena, ret_detail);
	else if (row->at.kind == KIND_MEETING)
		of_meeting(deadlines, row, arena, ret_detail);
}

const char *due_sort_words(const struct client_deadline *row)
{
	switch (row->kind) {
	case KIND_INCIDENT:
		return _("case");
	case KIND_WHISTLE:
		return _("whistle");
	case KIND_ROSTER:
		return _("roster");
	case KIND_SWAP:
		return _("swap");
	case KIND_HANDOVER:
		return _("handover");
	case KIND_RECORD:
		return _("record");
	case KIND_MEETING:
		return _("meeting");
	case KIND_ACTION:
		return _("task");
	case KIND_ITEM:
		return _("item");
	case KIND_ROOM:
	case KIND_PERSON:
	case KIND_STAFF:
	case KIND_ORG:
	case KIND_PROFILE:
	case KIND_MODE:
	case KIND_NOTICE:
	case KIND_INSPECTION:
	case KIND_COUNT:
		break;
	}
	return _("check");
}

/* ---- the month ---- */

static void fill_day(const struct rules *rules, int32_t day, struct due_day *ret_day)
{
	const struct calendar_day *exception = calendar_exception(rules->calendar, day);
	struct civil civil;

	civil_of_day(day, &civil);
	*ret_day = (struct due_day){ .day = day,
				     .known = calendar_knows(rules->calendar, day),
				     .off = !calendar_is_workday(rules->calendar, day),
				     .makeup = exception && exception->work,
				     .holiday = exception && !exception->work ? exception->name
									      : NULL };
}

/* What was gathered for a filter holds every day. */
static bool is_gathered(const struct deadlines *deadlines)
{
	return deadlines->parsed && deadlines->whole && deadlines->day == 0;
}

static void count_gathered(const struct deadlines *deadlines, struct due_month *month)
{
	int offset = client_rules(deadlines->client)->offset_min;

	for (size_t i = 0; i < deadlines->shown.n; i++) {
		int at = civil_day_of_ms(deadlines->shown.rows[i].deadline.due, offset) -
			 month->days[0].day;

		if (at >= 0 && at < month->n_days)
			month->days[at].n++;
	}
	for (int i = 0; i < month->n_days; i++)
		month->days[i].more = deadlines->shown.more;
}

static enum err count_days(struct deadlines *deadlines, struct due_month *month, struct error *err)
{
	const struct rules *rules = client_rules(deadlines->client);
	struct client_deadline_filter asked = due_asked(deadlines, false);
	int64_t bounds[32], counts[32];
	struct due_gathered extra;
	bool exact = true;
	enum err code;

	for (int i = 0; i <= month->n_days; i++)
		bounds[i] = civil_ms_of_day(month->days[0].day + i, rules->offset_min);
	if (deadlines->parsed) {
		asked.lets = due_lets;
		asked.ctx = deadlines;
		asked.entities = true;
	}
	code = client_deadlines_count(deadlines->client, &asked, bounds, (size_t)month->n_days + 1,
				      DUE_COUNT_MOST, counts, &exact, err);
	if (code != ERR_OK)
		return code;
	for (int i = 0; i < month->n_days; i++) {
		month->days[i].n = counts[i];
		month->days[i].more = counts[i] >= DUE_COUNT_MOST || !exact;
	}
	due_extra(deadlines->client, asked.org, client_now(deadlines->client), bounds[0],
		  bounds[month->n_days], false, &extra);
	for (size_t i = 0; i < extra.n; i++)
		if (due_lets(deadlines, &extra.rows[i]))
			month->days[civil_day_of_ms(extra.rows[i].deadline.due, rules->offset_min) -
				    month->days[0].day].n++;
	due_gathered_release(&extra);
	return ERR_OK;
}

enum err deadlines_month(struct deadlines *deadlines, int year, int month,
			 struct due_month *ret_month, struct error *err)
{
	int32_t first = civil_day(year, month, 1);
	int32_t next = month == 12 ? civil_day(year + 1, 1, 1) : civil_day(year, month + 1, 1);
	struct due_month result = { .year = year, .month = month, .n_days = next - first };
	enum err code = ERR_OK;

	for (int i = 0; i < result.n_days; i++)
		fill_day(client_rules(deadlines->client), first + i, &result.days[i]);
	if (is_gathered(deadlines))
		count_gathered(deadlines, &result);
	else
		code = count_days(deadlines, &result, err);
	if (code == ERR_OK)
		*ret_month = result;
	return code;
}
