/* The check's words on limits and clocks. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { HOUR = 60 };

void say_limit(const struct limit *limit, struct str *out)
{
	bool hours = limit->unit == LIMIT_MINUTES && limit->amount % HOUR == 0;
	int n = hours ? limit->amount / HOUR : limit->amount;

	switch (limit->unit) {
	case LIMIT_NONE:
		str_add(out, _("no limit"));
		return;
	case LIMIT_MINUTES:
		if (hours)
			str_addf(out, n == 1 ? _("%d hour") : _("%d hours"), n);
		else
			str_addf(out, _("%d minutes"), n);
		break;
	case LIMIT_WORK_MINUTES:
		str_addf(out, _("%d working minutes"), n);
		break;
	case LIMIT_DAYS:
		str_addf(out, n == 1 ? _("%d day") : _("%d days"), n);
		break;
	case LIMIT_WORK_DAYS:
		str_addf(out, n == 1 ? _("%d working day") : _("%d working days"), n);
		break;
	}
	if (limit->from_clock >= 0)
		str_addf(out, _(" from the next %02d:%02d"), limit->from_clock / HOUR,
			 limit->from_clock % HOUR);
}

static const char *const periods[] = {
	[PERIOD_ANY] = "",
	[PERIOD_WORK] = N_("in working hours"),
	[PERIOD_NIGHT] = N_("at night"),
	[PERIOD_HOLIDAY] = N_("on days off"),
};

/* A comma, unless it is the first selector of the row. */
static void next_word(struct str *out, size_t from)
{
	if (out->len > from)
		str_add(out, _(", "));
}

static void say_selectors(const struct rules *rules, const struct limit_row *row, struct str *out)
{
	size_t from = out->len;

	if (row->mode)
		str_addf(out, _("in %s"), rules_mode(rules, row->mode)->label);
	if (row->org) {
		next_word(out, from);
		str_addf(out, _("in %s"), org_words(rules, row->org));
	}
	if (row->type) {
		next_word(out, from);
		str_add(out, choices_find(&rules->types, row->type)->label);
	}
	if (*row->category) {
		next_word(out, from);
		str_addf(out, _("category %s"), row->category);
	}
	if (row->severity) {
		next_word(out, from);
		str_addf(out, _("%s and graver"),
			 rules->severities.items[row->severity - 1].label);
	}
	if (row->urgency) {
		next_word(out, from);
		str_add(out, rules->urgencies.items[row->urgency - 1].label);
	}
	if (row->period != PERIOD_ANY) {
		next_word(out, from);
		str_add(out, _(periods[row->period]));
	}
	if (out->len == from)
		str_add(out, _("else"));
}

static void say_row(const struct rules *rules, const struct limit_row *row, struct str *out)
{
	say_selectors(rules, row, out);
	str_add(out, _(": "));
	say_limit(&row->limit, out);
}

static const char *const timeouts[] = {
	[TIMEOUT_URGE] = N_("urge"),
	[TIMEOUT_PROPOSE] = N_("propose supervision"),
	[TIMEOUT_LIST] = N_("on the leader's list"),
	[TIMEOUT_OFFER] = N_("offer to send it up"),
};

static void say_verbs(const char *const *verbs, struct str *out)
{
	for (size_t i = 0; verbs[i]; i++)
		str_addf(out, "%s%s", i ? ", " : "", verbs[i]);
}

static void say_timeouts(const struct clock_rule *clock, struct str *out)
{
	for (size_t i = 0; i < clock->n_timeouts; i++)
		str_addf(out, _("; at %d%%: %s"), clock->timeouts[i].percent,
			 _(timeouts[clock->timeouts[i].what]));
}

void say_extensions(const struct rules *rules, const struct extension_row *rows, size_t n,
		    struct str *out)
{
	for (size_t i = 0; i < n; i++) {
		str_addf(out, _("; extension %zu by %s"), i + 1,
			 rules_role_label(rules, rows[i].role));
		if (rows[i].most.unit != LIMIT_NONE) {
			str_add(out, _(", at most "));
			say_limit(&rows[i].most, out);
		}
	}
}

/* What else there is to a clock: when it starts and stops, marks, extensions. */
static void say_rest(const struct rules *rules, const struct clock_rule *clock, struct str *out)
{
	if (clock->starts) {
		str_add(out, _("; starts with "));
		say_verbs(clock->starts, out);
	}
	if (clock->stops) {
		str_add(out, _("; stops with "));
		say_verbs(clock->stops, out);
	}
	if (clock->side)
		str_add(out, _("; beside the due time"));
	if (clock->calendar)
		str_addf(out, _("; calendar %s"), clock->calendar);
	if (clock->hours)
		str_addf(out, _("; hours %s"), clock->hours);
	say_timeouts(clock, out);
	say_extensions(rules, clock->extensions, clock->n_extensions, out);
}

void say_beside(const struct clock_rule *clock, struct str *out)
{
	str_addf(out, _("    clock %s %s"), clock->kind, clock->label);
	say_timeouts(clock, out);
	str_add_char(out, '\n');
}

void say_clock(const struct rules *rules, const struct clock_rule *clock, struct str *out)
{
	str_addf(out, _("    clock %s %s, of %s: "), clock->kind, clock->label,
		 who_words(clock->who));
	for (size_t i = 0; i < clock->n_rows; i++) {
		str_add(out, i ? _("; ") : "");
		say_row(rules, &clock->rows[i], out);
	}
	say_rest(rules, clock, out);
	str_add_char(out, '\n');
}
