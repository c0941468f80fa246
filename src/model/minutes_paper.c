/* Minutes of a meeting on paper: what was dealt with, said and resolved, and who has to do what. */
#include <config.h>

#include <stdlib.h>

#include "minutes_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/roster_words.h"

/* --- head and foot --------------------------------------------------------------------------- */

static const char *mark_of(const struct minutes_maker *maker)
{
	const struct org *org = rules_org(maker->rules, maker->meeting->org);

	if (maker->series != NULL)
		return arena_printf(maker->arena, _("Minutes of %s"), maker->series->label);
	return arena_printf(maker->arena, _("%s: minutes of a meeting"),
			    org != NULL ? org->name : "");
}

static void put_head(const struct minutes_maker *maker, struct official *official)
{
	const struct meeting *meeting = maker->meeting;
	bool issued = meeting_state(meeting) == MEETING_ISSUED;

	official_set(official, OFFICIAL_MARK, mark_of(maker));
	if (!issued)
		official_set(official, OFFICIAL_DRAFT, _("a draft"));
	official_set(official, OFFICIAL_NUMBER, meeting->doc_no);
	official_set(official, OFFICIAL_TITLE,
		     meeting->doc_title != NULL
			     ? meeting->doc_title
			     : arena_printf(maker->arena, _("Minutes of %s"), minutes_name(maker)));
	official_set(official, OFFICIAL_MAIN_TO, meeting->main_to);
}

/* The date is that on which they were approved (GB/T 9704, 7.3.5.4), else on which they were issued. */
static void put_foot(const struct minutes_maker *maker, struct official *official)
{
	const struct meeting *meeting = maker->meeting;
	bool issued = meeting_state(meeting) == MEETING_ISSUED;

	official_set(official, OFFICIAL_SIGNED, minutes_office(maker));
	official_set(official, OFFICIAL_DATE,
		     minutes_date(maker, meeting->approved_at != 0 ? meeting->approved_at
								   : meeting->issued_at));
	official_set(official, OFFICIAL_COPIES, meeting->copy_to);
	if (!issued)
		return;
	official_set(official, OFFICIAL_PRINTER, minutes_office(maker));
	official_set(official, OFFICIAL_PRINTED,
		     arena_printf(maker->arena, _("issued on %s"),
				  minutes_date(maker, meeting->issued_at)));
}

/* --- how it begins --------------------------------------------------------------------------- */

/* Whether anything was said or done about it. */
static bool was_dealt_with(const struct said *said)
{
	return said->used_s > 0 || said->outcome != NULL ||
	       (said->discussion != NULL && *said->discussion != '\0');
}

/* How many were dealt with; while it sits, what stands in the agenda. */
static size_t count_items(const struct minutes_maker *maker)
{
	size_t n = 0;

	for (size_t i = 0; i < maker->n; i++) {
		const struct said said = meeting_said(maker->meeting, maker->entries[i],
						      minutes_item(maker, maker->entries[i]));

		n += was_dealt_with(&said);
	}
	return n > 0 && maker->meeting->closed_at != 0 ? n : maker->n;
}

static void put_fact(const struct minutes_maker *maker, const char *label, const char *text,
		     struct official *official)
{
	if (*text != '\0')
		/* TRANSLATORS: a label and what it says: 时间：2026年11月18日 */
		official_text(official, arena_printf(maker->arena, _("%s: %s"), label, text));
}

/* Whoever is on the sheet as absent chaired nothing, whatever was planned. */
static bool chair_came(const struct minutes_maker *maker)
{
	size_t chairs = 0, came = 0;

	for (size_t i = 0; i < maker->n_people; i++) {
		bool chair = attendee_role(maker->people[i]) == ATTEND_CHAIR;

		chairs += chair;
		came += chair && attendee_present(maker->people[i]) != PRESENT_ABSENT;
	}
	return chairs == 0 || came > 0;
}

static void put_preface(const struct minutes_maker *maker, struct official *official)
{
	const char *chairs = minutes_chairs(maker), *name = minutes_name(maker);

	put_fact(maker, _("When"), minutes_when(maker), official);
	put_fact(maker, _("Place"), minutes_where(maker), official);
	put_fact(maker, _("Chair"), chairs, official);
	if (maker->meeting->short_for != NULL)
		put_fact(maker, _("Held without all who must attend"), maker->meeting->short_for,
			 official);
	if (maker->meeting->preface != NULL)
		official_text(official, maker->meeting->preface);
	else if (maker->n > 0)
		official_text(official,
			      *chairs != '\0' && chair_came(maker)
				      ? arena_printf(maker->arena,
						     _("%1$s chaired %2$s. Items dealt with: "
						       "%3$zu. What was resolved is as follows."),
						     chairs, name, count_items(maker))
				      : arena_printf(maker->arena,
						     _("%1$s was held. Items dealt with: %2$zu. "
						       "What was resolved is as follows."),
						     name, count_items(maker)));
}

/* --- stages ---------------------------------------------------------------------------------- */

static const char *held_words(const struct minutes_maker *maker, const struct stage *stage)
{
	const char *when = minutes_date(maker, stage->held_at);
	const char *result = stage->passed ? _("passed") : _("not passed");

	if (stage->present == 0 && stage->agreed == 0 && stage->against == 0)
		return arena_printf(maker->arena, _("On %s: %s."), when, result);
	return arena_printf(maker->arena,
			    _("On %s: entitled %lld, present %lld, for %lld, against %lld: %s."),
			    when, (long long)stage->entitled, (long long)stage->present,
			    (long long)stage->agreed, (long long)stage->against, result);
}

/* As they were held; one that failed and was held again stands twice. */
static void put_stages(const struct minutes_maker *maker, struct official *official)
{
	for (size_t i = 0; i < maker->meeting->stages.n; i++) {
		const struct stage *stage = meeting_stage_at(maker->meeting, i);
		const struct meeting_stage *plan =
			maker->series != NULL ? series_stage(maker->series, stage->stage) : NULL;

		official_heading(official, 1,
				 plan != NULL ? plan->label : stage->stage != NULL ? stage->stage : "");
		if (plan != NULL && plan->published)
			official_text(official,
				      arena_printf(maker->arena, _("Published on %s."),
						   minutes_date(maker, stage->held_at)));
		else
			official_text(official, held_words(maker, stage));
		official_text(official, stage->words);
	}
}

/* --- items ----------------------------------------------------------------------------------- */

static const char *reported(const struct minutes_maker *maker, const struct item *item)
{
	const char *lead = minutes_reporter(maker, item), *others = minutes_heard(maker, item);

	if (*lead == '\0')
		return NULL;
	return *others != '\0'
		   ? arena_printf(maker->arena, _("Reported by %s; heard: %s."), lead, others)
		   : arena_printf(maker->arena, _("Reported by %s."), lead);
}

static const char *resolved(const struct minutes_maker *maker, const struct said *said)
{
	enum item_outcome outcome = outcome_find(said->outcome);
	bool words = said->resolution != NULL && *said->resolution != '\0';

	if (outcome == OUTCOMES)
		return !words ? NULL
			      : arena_printf(maker->arena, _("Resolved: %s"), said->resolution);
	if (!words)
		return arena_printf(maker->arena, _("Resolved: %s."), outcome_label(outcome));
	/* TRANSLATORS: outcome (agreed, rejected, …) and words of a resolution */
	return arena_printf(maker->arena, _("Resolved (%s): %s"), outcome_label(outcome),
			    said->resolution);
}

/* What is put off, and what nobody came to, stands before the next meeting. */
static const char *left_over(const struct minutes_maker *maker, const struct said *said)
{
	enum item_outcome outcome = outcome_find(said->outcome);

	if (maker->meeting->closed_at == 0)
		return NULL;
	if (outcome == OUTCOME_DEFERRED)
		return _("It is carried over to the next meeting.");
	return outcome == OUTCOMES ? _("It was not settled and is carried over to the next meeting.")
				   : NULL;
}

static bool is_of(const struct action *action, const struct agenda *entry)
{
	return action_state(action) != ACTION_WITHDRAWN && str_eq(action->item, entry->item);
}

static const char *task_words(const struct minutes_maker *maker, const struct action *action)
{
	const char *assists = minutes_assists(maker, action);
	struct str text = STR_INIT;

	str_addf(&text, _("Task: %s; lead: %s"), action->title, org_brief(maker->rules, action->lead));
	if (*assists != '\0')
		str_addf(&text, _("; with it: %s"), assists);
	if (minutes_due(action) != 0)
		str_addf(&text, _("; to be fed back by %s"),
			 minutes_moment(maker, minutes_due(action)));
	str_add(&text, _("."));
	return minutes_kept(&text, maker->arena);
}

static void put_item(const struct minutes_maker *maker, const struct agenda *entry,
		     struct official *official)
{
	const struct item *item = minutes_item(maker, entry);
	const struct said said = meeting_said(maker->meeting, entry, item);

	official_heading(official, 1, minutes_title(maker, entry));
	if (was_dealt_with(&said))
		official_text(official, reported(maker, item));
	if (said.discussion != NULL && *said.discussion != '\0')
		official_text(official,
			      arena_printf(maker->arena, _("Said: %s"), said.discussion));
	official_text(official, resolved(maker, &said));
	official_text(official, left_over(maker, &said));
	for (size_t i = 0; i < maker->asked->n_actions; i++)
		if (is_of(maker->asked->actions[i], entry))
			official_text(official, task_words(maker, maker->asked->actions[i]));
}

/* --- tasks ----------------------------------------------------------------------------------- */

static void put_tasks(const struct minutes_maker *maker, struct official *official)
{
	const char *const titles[] = { _("Number"), _("Task"), _("Lead"), _("Assists"),
				       _("Feedback by") };
	size_t n = 0;

	for (size_t e = 0; e < maker->n; e++)
		for (size_t i = 0; i < maker->asked->n_actions; i++) {
			const struct action *action = maker->asked->actions[i];
			const char *cells[] = { minutes_number(action->number), action->title,
						org_brief(maker->rules, action->lead),
						minutes_assists(maker, action),
						minutes_moment(maker, minutes_due(action)) };

			if (!is_of(action, maker->entries[e]))
				continue;
			if (n++ == 0)
				official_attach(official, _("List of tasks"), titles,
						ARRAY_LEN(titles));
			official_row(official, cells);
		}
}

void minutes_paper(const struct rules *rules, const struct meeting *meeting,
		   const struct joint_asked *asked, struct official *ret_official)
{
	struct arena arena = ARENA_INIT;
	struct minutes_maker maker;

	minutes_maker_init(&maker, rules, meeting, asked, &arena);
	official_init(ret_official);
	put_head(&maker, ret_official);
	put_preface(&maker, ret_official);
	put_stages(&maker, ret_official);
	for (size_t i = 0; i < maker.n; i++)
		put_item(&maker, maker.entries[i], ret_official);
	official_text(ret_official, meeting->closing);
	put_tasks(&maker, ret_official);
	minutes_put_signs(&maker, ret_official);
	minutes_put_names(&maker, ret_official);
	put_foot(&maker, ret_official);
	arena_release(&arena);
}
