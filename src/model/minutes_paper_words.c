/* Words of the papers of meetings: when, where, who, whose. */
#include <config.h>

#include <string.h>

#include "minutes_paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/roster_words.h"

const char *minutes_kept(struct str *text, struct arena *arena)
{
	const char *copy = arena_strdup(arena, str_get(text));

	str_release(text);
	return copy;
}

/* --- in order -------------------------------------------------------------------------------- */

static int64_t place_of(const struct minutes_maker *maker, const struct attendee *attendee)
{
	const struct org *org = rules_org(maker->rules, attendee->org);

	return org != NULL ? org - maker->rules->orgs : (int64_t)maker->rules->n_orgs;
}

/* Few of them: put in their place one by one, those of one organisation as they were. */
static void order_people(struct minutes_maker *maker)
{
	const struct meeting *meeting = maker->meeting;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		size_t at = maker->n_people++;

		for (; at > 0 && place_of(maker, maker->people[at - 1]) > place_of(maker, attendee);
		     at--)
			maker->people[at] = maker->people[at - 1];
		maker->people[at] = attendee;
	}
}

static void order_entries(struct minutes_maker *maker)
{
	const struct meeting *meeting = maker->meeting;

	for (size_t i = 0; i < meeting->agenda.n; i++) {
		const struct agenda *entry = meeting_entry(meeting, i);
		size_t at = maker->n++;

		for (; at > 0 && maker->entries[at - 1]->order > entry->order; at--)
			maker->entries[at] = maker->entries[at - 1];
		maker->entries[at] = entry;
	}
}

void minutes_maker_init(struct minutes_maker *maker, const struct rules *rules,
			const struct meeting *meeting, const struct joint_asked *asked,
			struct arena *arena)
{
	*maker = (struct minutes_maker){ .rules = rules,
					 .meeting = meeting,
					 .series = rules_series(rules, meeting->series),
					 .asked = asked,
					 .arena = arena };
	maker->entries = arena_array(arena, meeting->agenda.n + 1, sizeof *maker->entries);
	maker->people = arena_array(arena, meeting->attendees.n + 1, sizeof *maker->people);
	order_entries(maker);
	order_people(maker);
}

/* --- when and where -------------------------------------------------------------------------- */

const char *minutes_date(const struct minutes_maker *maker, int64_t at)
{
	struct civil civil;

	if (at == 0)
		return "";
	civil_of_ms(at, maker->rules->offset_min, &civil);
	/* TRANSLATORS: a date as official documents write it: year, month, day */
	return arena_printf(maker->arena, _("%d-%d-%d"), civil.year, civil.month, civil.day);
}

const char *minutes_hour(const struct minutes_maker *maker, int64_t at)
{
	char hour[CIVIL_TEXT];

	if (at == 0)
		return "";
	civil_format(at, maker->rules->offset_min, "H:M", hour, sizeof hour);
	return arena_strdup(maker->arena, hour);
}

static const char *weekday_words(int weekday)
{
	static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
						N_("Fri"), N_("Sat"), N_("Sun") };

	return _(weekdays[weekday - 1]);
}

const char *minutes_moment(const struct minutes_maker *maker, int64_t at)
{
	struct civil civil;

	if (at == 0)
		return "";
	civil_of_ms(at, maker->rules->offset_min, &civil);
	/* TRANSLATORS: a date, its weekday, the hour */
	return arena_printf(maker->arena, _("%s (%s) %s"), minutes_date(maker, at),
			    weekday_words(civil.weekday), minutes_hour(maker, at));
}

const char *minutes_day(const struct minutes_maker *maker, int64_t at)
{
	struct civil civil;

	if (at == 0)
		return "";
	civil_of_ms(at, maker->rules->offset_min, &civil);
	/* TRANSLATORS: month, day, weekday, hour, as one says it on the telephone */
	return arena_printf(maker->arena, _("%d-%d %s %s"), civil.month, civil.day,
			    weekday_words(civil.weekday), minutes_hour(maker, at));
}

const char *minutes_when(const struct minutes_maker *maker)
{
	const struct meeting *meeting = maker->meeting;
	bool held = meeting->opened_at != 0;
	int64_t from = held ? meeting->opened_at : meeting->starts;
	int64_t to = held ? meeting->closed_at : meeting->ends;
	int offset = maker->rules->offset_min;

	if (to <= from)
		return minutes_moment(maker, from);
	/* TRANSLATORS: from a moment to a moment, or to an hour of that day */
	return arena_printf(maker->arena, _("%s until %s"), minutes_moment(maker, from),
			    civil_day_of_ms(from, offset) == civil_day_of_ms(to, offset)
				    ? minutes_hour(maker, to)
				    : minutes_moment(maker, to));
}

const char *minutes_where(const struct minutes_maker *maker)
{
	const struct meeting *meeting = maker->meeting;

	if (meeting->room == NULL || meeting->line == NULL)
		return meeting->line != NULL
			   ? arena_printf(maker->arena, _("conference line %s"), meeting->line)
		       : meeting->room != NULL ? meeting->room
					       : "";
	return arena_printf(maker->arena, _("%s (conference line %s)"), meeting->room, meeting->line);
}

const char *minutes_chairs(const struct minutes_maker *maker)
{
	const struct meeting *meeting = maker->meeting;

	if (meeting->chair == NULL || meeting->chair2 == NULL)
		return meeting->chair != NULL ? meeting->chair
		       : meeting->chair2 != NULL ? meeting->chair2
						 : "";
	return arena_printf(maker->arena, "%s%s%s", meeting->chair, _(", "), meeting->chair2);
}

const char *minutes_name(const struct minutes_maker *maker)
{
	const char *name = meeting_name(maker->rules, maker->meeting, maker->arena);

	/* TRANSLATORS: one of a series, behind its number: 联席工作例会第3次 -> 联席工作例会第3次会议 */
	return maker->series != NULL && maker->meeting->session != 0
		       ? arena_printf(maker->arena, _("the meeting %s"), name)
		       : name;
}

const char *minutes_office(const struct minutes_maker *maker)
{
	const struct org *org = rules_org(maker->rules, maker->meeting->org);

	if (maker->series != NULL && maker->series->office != NULL)
		return maker->series->office;
	return org != NULL ? org->name : maker->rules->title != NULL ? maker->rules->title : "";
}

const char *minutes_begins(const struct minutes_maker *maker, size_t i)
{
	int64_t at = maker->meeting->starts;

	if (at == 0)
		return "";
	for (size_t k = 0; k < i; k++)
		at += maker->entries[k]->minutes * MINUTE_MS;
	return minutes_hour(maker, at);
}

/* --- items and tasks ------------------------------------------------------------------------- */

const struct item *minutes_item(const struct minutes_maker *maker, const struct agenda *entry)
{
	for (size_t i = 0; i < maker->asked->n_items; i++) {
		char id[UUID_TEXT];

		uuid_text(&maker->asked->items[i]->head.id, id);
		if (str_eq(entry->item, id))
			return maker->asked->items[i];
	}
	return NULL;
}

const char *minutes_number(const char *number)
{
	if (number == NULL)
		return "";
	return strlen(number) > 9 && number[8] == '-' ? number + 6 : number;
}

const char *minutes_title(const struct minutes_maker *maker, const struct agenda *entry)
{
	const struct item *item = minutes_item(maker, entry);
	const char *title = item != NULL ? item->title : entry->title;

	if (item == NULL || item->about_no == NULL)
		return title != NULL ? title : "";
	return arena_printf(maker->arena, _("%s (%s)"), title, minutes_number(item->about_no));
}

const char *minutes_lead(const struct minutes_maker *maker, const struct item *item)
{
	return item != NULL ? org_brief(maker->rules, item->lead) : "";
}

/* Who came, whoever left before its end too. */
static bool was_there(const struct minutes_maker *maker, const char *org)
{
	for (size_t i = 0; i < maker->n_people; i++)
		if (str_eq(maker->people[i]->org, org) &&
		    (attendee_is_there(maker->people[i]) || maker->people[i]->left_at != 0))
			return true;
	return false;
}

static const char *orgs_of(const struct minutes_maker *maker, const struct children *children,
			   const char *without, bool came)
{
	const struct concerned *list = children->items;
	struct str names = STR_INIT;

	for (size_t i = 0; i < children->n; i++)
		if (!str_eq(list[i].org, without) && (!came || was_there(maker, list[i].org)))
			str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
				 org_brief(maker->rules, list[i].org));
	return minutes_kept(&names, maker->arena);
}

const char *minutes_others(const struct minutes_maker *maker, const struct item *item)
{
	return item != NULL ? orgs_of(maker, &item->concerned, item->lead, false) : "";
}

const char *minutes_reporter(const struct minutes_maker *maker, const struct item *item)
{
	return item != NULL && was_there(maker, item->lead) ? minutes_lead(maker, item) : "";
}

const char *minutes_heard(const struct minutes_maker *maker, const struct item *item)
{
	return item != NULL ? orgs_of(maker, &item->concerned, item->lead, true) : "";
}

const char *minutes_assists(const struct minutes_maker *maker, const struct action *action)
{
	return orgs_of(maker, &action->assists, action->lead, false);
}

int64_t minutes_due(const struct action *action)
{
	const struct clock *clock = action_handle_clock(action);

	return clock != NULL && clock->due != 0 ? clock->due : action->handle_by;
}
