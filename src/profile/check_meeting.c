/* The check's words on joint meetings: series, who sits and by when, stages, rooms, what is put to
 * the meeting, and the clocks of tasks. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/nominee.h"

/* How many organisations have it. */
static size_t count_of(const struct rules *rules, const struct meeting_series *series)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++)
		for (size_t k = 0; rules_series_of(rules, rules->orgs[i].code, k); k++)
			n += rules_series_of(rules, rules->orgs[i].code, k) == series;
	return n;
}

static void say_of(const struct rules *rules, const struct meeting_series *series, struct str *out)
{
	const struct choice *tier = choices_find(&rules->tiers, series->of);
	const char *of = str_eq(series->of, "centre") ? rules->centre : series->of;

	if (tier)
		str_addf(out, _("each of %s: %zu"), tier->label, count_of(rules, series));
	else
		str_add(out, org_words(rules, of));
}

static void say_who(const struct rules *rules, const struct meeting_series *series, struct str *out)
{
	str_addf(out, "  %s %s, ", series->code, series->label);
	say_of(rules, series, out);
	if (series->role)
		str_addf(out, _("; drawn up by %s and above"),
			 rules_role_label(rules, series->role));
	if (series->when)
		str_addf(out, "%s%s", _("; "), series->when);
	for (size_t i = 0; i < ARRAY_LEN(series->chair) && series->chair[i]; i++)
		str_addf(out, "%s%s", i ? _(" with ") : _("; chaired by "), series->chair[i]);
	str_add_char(out, '\n');
}

static void say_sitting(const struct rules *rules, const struct meeting_series *series,
			struct str *out)
{
	str_addf(out, _("    %d minutes an item"), series->item_min);
	if (series->items_most)
		str_addf(out, _(", at most %d items"), series->items_most);
	if (series->length_min)
		str_addf(out, _(", %d minutes in all"), series->length_min);
	if (series->must) {
		str_add(out, _("; always there: "));
		say_bodies(rules, series->must, out);
	}
	if (series->may) {
		str_add(out, _("; invited: "));
		say_bodies(rules, series->may, out);
	}
	if (series->quorum_percent)
		str_addf(out, _("; quorum %d%%"), series->quorum_percent);
	str_add_char(out, '\n');
}

static void say_papers(const struct rules *rules, const struct meeting_series *series,
		       struct str *out)
{
	size_t n = 0;

	str_add(out, "    ");
	if (series->item_role)
		str_addf(out, _("items approved by %s; "),
			 rules_role_label(rules, series->item_role));
	str_add(out, series->signed_by_all ? _("minutes countersigned")
					   : _("minutes not countersigned"));
	if (series->minutes_role)
		str_addf(out, _(", approved by %s"), rules_role_label(rules, series->minutes_role));
	if (series->doc)
		str_addf(out, _(", numbered with %s"), series->doc);
	if (series->office)
		str_addf(out, _(", issued by %s"), series->office);
	str_add_char(out, '\n');
	if (series->papers.unit != LIMIT_NONE) {
		str_add(out, n++ ? _(", ") : "        ");
		str_add(out, _("papers so long before: "));
		say_limit(&series->papers, out);
	}
	for (int k = 0; k < MEETING_CLOCKS; k++) {
		if (series->limits[k].unit == LIMIT_NONE)
			continue;
		str_addf(out, "%s%s ", n++ ? _(", ") : "        ",
			 meeting_clock_label((enum meeting_clock)k));
		say_limit(&series->limits[k], out);
	}
	if (n)
		str_add_char(out, '\n');
}

static void say_stage(const struct meeting_stage *stage, struct str *out)
{
	str_addf(out, _("    stage %s %s"), stage->code, stage->label);
	if (stage->published)
		str_add(out, _(", made public"));
	if (stage->who)
		str_addf(out, "%s%s", _(", "), stage->who);
	if (stage->quorum.part && stage->quorum.whole == 100)
		str_addf(out,
			 stage->quorum.more ? _("; more than %d%% present") : _("; %d%% present"),
			 stage->quorum.part);
	else if (stage->quorum.part)
		str_addf(out,
			 stage->quorum.more ? _("; more than %d/%d present") : _("; %d/%d present"),
			 stage->quorum.part, stage->quorum.whole);
	if (stage->pass_percent)
		str_addf(out, _("; more than %d%% of them for it"), stage->pass_percent);
	if (stage->within.unit != LIMIT_NONE) {
		str_add(out, _("; from the stage before: "));
		say_limit(&stage->within, out);
	}
	str_add_char(out, '\n');
}

/* --- beside the series ------------------------------------------------------------------------ */

static void say_rooms(const struct meeting_rules *meetings, struct str *out)
{
	if (meetings->n_rooms)
		str_addf(out, _("  rooms (%zu):"), meetings->n_rooms);
	for (size_t i = 0; i < meetings->n_rooms; i++) {
		const struct meeting_room *room = &meetings->rooms[i];

		str_addf(out, "%s%s", i ? _("; ") : " ", room->name);
		if (room->seats)
			str_addf(out, _(", %d seats"), room->seats);
		if (room->line)
			str_addf(out, room->is_line ? _(", a line: %s") : _(", line %s"),
				 room->line);
	}
	if (meetings->n_rooms)
		str_add_char(out, '\n');
}

static void say_nominees(const struct meeting_rules *meetings, struct str *out)
{
	str_add(out, _("  put to the meeting:"));
	for (size_t i = 0; i < meetings->n_nominees; i++) {
		const struct nominee_rule *rule = &meetings->nominees[i];

		str_addf(out, "%s %s", i ? "," : "", nominee_sort_code(rule->sort));
		if (rule->at_least > 1)
			str_addf(out, " %d", rule->at_least);
		if (rule->label)
			str_addf(out, " %s", rule->label);
	}
	str_add_char(out, '\n');
}

static const char *task_clock(const struct meeting_rules *meetings, const char *kind)
{
	for (size_t i = 0; i < meetings->n_clocks; i++)
		if (str_eq(meetings->clocks[i].kind, kind))
			return meetings->clocks[i].label;
	return kind;
}

static void say_tasks(const struct rules *rules, struct str *out)
{
	const struct meeting_rules *meetings = &rules->meetings;
	const struct {
		const char *kind;
		const struct limit *limit;
	} limits[] = {
	    {"sign", &meetings->sign},
	    {"handle", &meetings->handle},
	    {"verify", &meetings->verify},
	};
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		if (limits[i].limit->unit == LIMIT_NONE)
			continue;
		str_addf(out, "%s%s ", n++ ? _(", ") : _("  tasks: "),
			 task_clock(meetings, limits[i].kind));
		say_limit(limits[i].limit, out);
	}
	if (n) {
		say_extensions(rules, meetings->extensions, meetings->n_extensions, out);
		str_add_char(out, '\n');
	}
	for (size_t i = 0; i < meetings->n_clocks; i++)
		if (meetings->clocks[i].n_timeouts)
			say_beside(&meetings->clocks[i], out);
}

void say_meetings(const struct rules *rules, struct str *out)
{
	const struct meeting_rules *meetings = &rules->meetings;

	str_add(out, _("\njoint meetings:\n"));
	for (size_t i = 0; i < meetings->n_series; i++) {
		const struct meeting_series *series = &meetings->series[i];

		say_who(rules, series, out);
		for (size_t k = 0; k < series->n_stages; k++)
			say_stage(&series->stages[k], out);
		if (!series->n_stages) {
			say_sitting(rules, series, out);
			say_papers(rules, series, out);
		}
	}
	say_rooms(meetings, out);
	say_nominees(meetings, out);
	say_tasks(rules, out);
}

/* --- warnings --------------------------------------------------------------------------------- */

static void say_empty_series(const struct rules *rules, const struct meeting_series *series,
			     struct str *out)
{
	if (!count_of(rules, series))
		str_addf(out, _("  meeting %s: no organisation convenes it\n"), series->code);
	if (series->length_min && series->items_most * series->item_min > series->length_min)
		str_addf(out,
			 _("  meeting %s: %d items of %d minutes take more than its %d minutes\n"),
			 series->code, series->items_most, series->item_min, series->length_min);
	if (series->n_stages)
		return;
	if (series->limits[MEETING_ANSWER].unit == LIMIT_NONE)
		str_addf(out, _("  meeting %s: an invitation has no limit of answer\n"),
			 series->code);
	if (series->signed_by_all && series->limits[MEETING_SIGN].unit == LIMIT_NONE)
		str_addf(out, _("  meeting %s: countersigning has no limit\n"), series->code);
}

void say_empty_meetings(const struct rules *rules, struct str *out)
{
	const struct meeting_rules *meetings = &rules->meetings;

	for (size_t i = 0; i < meetings->n_series; i++)
		say_empty_series(rules, &meetings->series[i], out);
	if (meetings->n_series && meetings->handle.unit == LIMIT_NONE)
		str_add(out, _("  tasks of meetings have no limit of handle\n"));
	for (size_t i = 0; i < meetings->n_nominees; i++) {
		enum nominee_sort sort = meetings->nominees[i].sort;

		if ((sort == NOMINEE_DISPUTED || sort == NOMINEE_UNANSWERED) && !rules->n_summonses)
			str_addf(out,
				 _("  nominees: \"%s\" names nothing: there are no summonses\n"),
				 nominee_sort_code(sort));
	}
}
