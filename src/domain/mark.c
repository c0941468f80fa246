#include <config.h>

#include "zhiban/domain/mark.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

const struct calendar *rules_calendar(const struct rules *rules, const char *name)
{
	for (size_t i = 0; name != NULL && i < rules->n_calendars; i++)
		if (strcmp(rules->calendars[i].name, name) == 0)
			return &rules->calendars[i].days;
	return rules->calendar;
}

const struct hours *rules_hours(const struct rules *rules, const char *name)
{
	for (size_t i = 0; name != NULL && i < rules->n_hours_sets; i++)
		if (strcmp(rules->hours_sets[i].name, name) == 0)
			return &rules->hours_sets[i].hours;
	return &rules->hours;
}

/* --- rules and names ------------------------------------------------------------------------- */

static const struct clock_rule *rule_in(const struct step *step, const char *kind)
{
	for (size_t i = 0; step != NULL && i < step->n_clocks; i++)
		if (str_eq(step->clocks[i].kind, kind))
			return &step->clocks[i];
	return NULL;
}

const struct clock_rule *clock_rule_of(const struct rules *rules, const struct clock *clock)
{
	const struct clock_rule *rule = rule_in(rules_step(rules, clock->step), clock->kind);

	if (clock->step == NULL && clock->side)
		return NULL;
	for (size_t i = 0; rule == NULL && i < rules->n_steps; i++)
		rule = rule_in(&rules->steps[i], clock->kind);
	return rule;
}

static const char *const beside_kinds[] = { "countersign", "review",   "answer",
					    "receipt",	   "callback", NULL };
static const char *const beside_titles[] = { N_("Countersign"), N_("Review"), N_("Answer"),
					     N_("Receipt"), N_("Call back") };

const char *const *clock_beside_kinds(void)
{
	return beside_kinds;
}

bool clock_is_beside(const struct clock *clock)
{
	return clock->side && clock->step == NULL;
}

const struct clock_rule *clock_fire_rule(const struct rules *rules, const struct clock *clock)
{
	const struct clock_rule *rule = clock_rule_of(rules, clock);

	return rule != NULL || clock->step != NULL ? rule : rule_in(&rules->always, clock->kind);
}

const char *clock_label(const struct rules *rules, const char *kind)
{
	const struct clock_rule *rule = NULL;

	for (size_t i = 0; rule == NULL && i < rules->n_steps; i++)
		rule = rule_in(&rules->steps[i], kind);
	if (rule == NULL)
		rule = rule_in(&rules->always, kind);
	if (rule != NULL && rule->label != NULL)
		return rule->label;
	for (size_t i = 0; i < ARRAY_LEN(beside_titles); i++)
		if (str_eq(beside_kinds[i], kind))
			return _(beside_titles[i]);
	return kind != NULL ? kind : "";
}

/* --- what is stored, as a question ----------------------------------------------------------- */

struct stored {
	struct due_ask ask;
	struct span *pauses;
	struct limit *extensions;
};

static void release(struct stored *stored)
{
	free(stored->pauses);
	free(stored->extensions);
}

static struct span *pauses_of(const struct incident *incident, size_t *ret_n)
{
	const struct pause *items = incident->pauses.items;
	struct span *spans = mem_alloc((incident->pauses.n + 1) * sizeof *spans);

	for (size_t i = 0; i < incident->pauses.n; i++) {
		const struct pause *pause = &items[i];
		bool earlier = pause->ended_at != 0 &&
			       (pause->until == 0 || pause->ended_at < pause->until);

		spans[i].from = pause->since;
		spans[i].to = earlier ? pause->ended_at : pause->until;
	}
	*ret_n = incident->pauses.n;
	return spans;
}

/* "5wd 2wd" */
static struct limit *extensions_of(const struct clock *clock, size_t *ret_n)
{
	const char *s = clock->extended != NULL ? clock->extended : "";
	struct limit *limits = mem_alloc((strlen(s) / 2 + 1) * sizeof *limits);

	*ret_n = 0;
	for (s += strspn(s, " "); *s != '\0'; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");
		char *word = mem_dup(s, len + 1);

		word[len] = '\0';
		if (limit_parse(word, &limits[*ret_n], NULL) == ERR_OK &&
		    limits[*ret_n].unit != LIMIT_NONE)
			++*ret_n;
		free(word);
		s += len;
	}
	return limits;
}

/* False: it has no limit, only a date (or not even that). */
static bool store(struct stored *stored, const struct rules *rules,
		  const struct incident *incident, const struct clock *clock)
{
	bool flows = clock->step != NULL || !clock->side;

	*stored = (struct stored){ .pauses = NULL };
	if (clock->limit == NULL || limit_parse(clock->limit, &stored->ask.limit, NULL) != ERR_OK ||
	    stored->ask.limit.unit == LIMIT_NONE)
		return false;
	stored->ask.calendar = rules_calendar(rules, clock->calendar);
	stored->ask.hours = rules_hours(rules, clock->hours);
	stored->ask.offset_min = rules->offset_min;
	stored->ask.from = clock->started_at;
	stored->extensions = extensions_of(clock, &stored->ask.n_extensions);
	stored->ask.extensions = stored->extensions;
	if (flows && incident != NULL) {
		stored->pauses = pauses_of(incident, &stored->ask.n_pauses);
		stored->ask.pauses = stored->pauses;
	}
	return true;
}

struct due clock_due(const struct rules *rules, const struct incident *incident,
		     const struct clock *clock)
{
	struct due due = { .at = clock->due, .provisional = clock->provisional != 0 };
	struct stored stored;

	if (store(&stored, rules, incident, clock))
		due = due_of(&stored.ask, NULL);
	release(&stored);
	return due;
}

/* --- percentages ----------------------------------------------------------------------------- */

int64_t clock_mark(const struct rules *rules, const struct incident *incident,
		   const struct clock *clock, int percent)
{
	struct stored stored;
	int64_t at;

	if (clock->due == 0)
		return 0;
	if (percent == 100)
		return clock->due;
	if (store(&stored, rules, incident, clock))
		at = due_mark(&stored.ask, percent);
	else
		at = clock->started_at + (clock->due - clock->started_at) * percent / 100;
	release(&stored);
	/* a running due stands, also when it would be another by the rules of today */
	return at == 0 || (percent < 100) == (at < clock->due) ? at : clock->due;
}

int clock_used(const struct rules *rules, const struct incident *incident,
	       const struct clock *clock, int64_t now)
{
	struct stored stored;
	int64_t span = clock->due - clock->started_at;
	int used = 0;

	if (clock->stopped_at != 0)
		now = clock->stopped_at;
	if (clock->due == 0 || now <= clock->started_at)
		return 0;
	if (store(&stored, rules, incident, clock))
		used = due_used(&stored.ask, now);
	else if (span > 0)
		used = (int)((now - clock->started_at) * 100 / span);
	release(&stored);
	if (now >= clock->due)
		return used > 100 ? used : 100;
	return used < 100 ? used : 99;
}

/* --- in words -------------------------------------------------------------------------------- */

static void say_head(const struct rules *rules, const struct clock *clock, const char *label,
		     struct str *out)
{
	const struct org *org = rules_org(rules, clock->org);
	struct str limit = STR_INIT, row = STR_INIT;
	char started[CIVIL_TEXT], due[CIVIL_TEXT];

	civil_format(clock->started_at, rules->offset_min, "Y-m-d H:M", started, sizeof started);
	civil_format(clock->due, rules->offset_min, "Y-m-d H:M", due, sizeof due);
	row_words(rules, clock->limit != NULL ? clock->limit : "-", &limit);
	if (clock->row != NULL)
		row_words(rules, clock->row, &row);
	str_add(out, label);
	if (clock->org != NULL)
		str_addf(out, " %s",
			 org == NULL ? clock->org : org->brief != NULL ? org->brief : org->name);
	str_addf(out, _(": %s from %s, due %s\n"), str_get(&limit), started,
		 clock->due != 0 ? due : "-");
	if (row.len > 0)
		str_addf(out, _("chosen by: %s\n"), row.s);
	str_release(&limit);
	str_release(&row);
	if (clock->limit == NULL && clock->extended != NULL) {
		str_add(out, _("extended by: "));
		row_words(rules, clock->extended, out);
		str_add_char(out, '\n');
	}
	if (clock->calendar != NULL)
		str_addf(out, _("calendar: %s\n"), clock->calendar);
	if (clock->hours != NULL)
		str_addf(out, _("working hours: %s\n"), clock->hours);
	if (clock->provisional)
		str_add(out, _("provisional: the calendar is not known that far\n"));
	if (clock->stopped_at != 0) {
		civil_format(clock->stopped_at, rules->offset_min, "Y-m-d H:M", due, sizeof due);
		str_addf(out, _("stopped: %s\n"), due);
	}
}

/* The date alone: nobody computed it, or it was computed by other rules. */
static void say_date(const struct rules *rules, const struct clock *clock, struct str *out)
{
	char text[CIVIL_TEXT];

	civil_format(clock->due, rules->offset_min, "Y-m-d H:M", text, sizeof text);
	str_addf(out, _("%s due\n"), text);
}

void clock_explain(const struct rules *rules, const struct incident *incident,
		   const struct clock *clock, struct str *out)
{
	clock_explain_as(rules, incident, clock, clock_label(rules, clock->kind), out);
}

void clock_explain_as(const struct rules *rules, const struct incident *incident,
		      const struct clock *clock, const char *label, struct str *out)
{
	struct stored stored;
	struct due due = { .at = 0 };
	bool computed = store(&stored, rules, incident, clock);

	say_head(rules, clock, label, out);
	if (computed)
		due = due_of(&stored.ask, out);
	release(&stored);
	if (computed && due.at == clock->due)
		return;
	if (computed && clock->due != 0)
		str_add(out,
			_("the rules in force now say so; it was computed by those of its time, "
			  "and stands:\n"));
	if (clock->due != 0)
		say_date(rules, clock, out);
}
