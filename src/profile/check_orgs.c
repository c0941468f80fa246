/* The check's words on organisations, what they do in their own way, and the duty list. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { NAMES_MAX = 12 };

static void say_tiers(const struct rules *rules, struct str *out)
{
	const char *comma = "";

	for (size_t t = 0; t < rules->tiers.n; t++) {
		size_t n = 0;

		for (size_t i = 0; i < rules->n_orgs; i++)
			n += str_eq(rules->orgs[i].tier, rules->tiers.items[t].code) &&
			     !rules->orgs[i].layer;
		if (n == 0)
			continue;
		str_addf(out, "%s%s %zu", comma, rules->tiers.items[t].label, n);
		comma = ", ";
	}
}

static void say_unmanaged(const struct rules *rules, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		if (rules->orgs[i].managed)
			continue;
		if (n == 0)
			str_add(out, _("  not run from here:"));
		if (n++ < NAMES_MAX)
			str_addf(out, " %s", org_words(rules, rules->orgs[i].code));
	}
	if (n > NAMES_MAX)
		str_addf(out, _(" and %zu more"), n - NAMES_MAX);
	if (n > 0)
		str_add_char(out, '\n');
}

/* An overlay's links, counted. */
static size_t words_in(const char *s)
{
	size_t n = 0;

	for (; s && *(s += strspn(s, " ")); s += strcspn(s, " "))
		n++;
	return n;
}

static void say_layers(const struct rules *rules, struct str *out)
{
	for (size_t i = 0; i < rules->n_orgs; i++) {
		const char *layer = rules->orgs[i].layer;
		size_t n = 0, links = 0;
		bool first = true;

		for (size_t k = 0; layer && k < rules->n_orgs; k++) {
			if (!str_eq(rules->orgs[k].layer, layer))
				continue;
			first = first && k >= i;
			n++;
			links += words_in(rules->orgs[k].over);
		}
		if (layer && first)
			str_addf(out, _("  layer %s: %zu, over %zu links\n"), layer, n, links);
	}
}

static void say_dated(const struct rules *rules, struct str *out)
{
	struct arena arena = ARENA_INIT;
	char date[CIVIL_TEXT];

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (org->begins) {
			civil_format(org->begins, rules->offset_min, "Y-m-d", date, sizeof date);
			str_addf(out, _("  %s begins %s\n"), org->name, date);
		}
		if (!org->ends)
			continue;
		civil_format(org->ends, rules->offset_min, "Y-m-d", date, sizeof date);
		str_addf(out, _("  %s ends %s"), org->name, date);
		for (const char *s = org->successor; s && *s;) {
			str_add(out, s == org->successor ? " → " : ", ");
			str_add(out, org_words(rules, word_take(&arena, &s)));
		}
		str_add_char(out, '\n');
	}
	arena_release(&arena);
}

void say_orgs(const struct rules *rules, struct str *out)
{
	str_addf(out, _("organisations: %zu ("), rules->n_orgs);
	say_tiers(rules, out);
	str_add(out, _(")\n"));
	say_unmanaged(rules, out);
	say_layers(rules, out);
	say_dated(rules, out);
}

/* --- in their own way ------------------------------------------------------------------------- */

static void say_override(const struct rules *rules, const struct override *own, struct str *out)
{
	size_t n = 0;

	while (own->categories && own->categories[n])
		n++;
	str_addf(out, "  %s:", org_words(rules, own->org));
	if (n)
		str_addf(out, _(" a list of %zu categories;"), n);
	for (size_t i = 0; i < own->n_labels; i++)
		str_addf(out, _(" %s is called %s;"), own->labels[i].act->verb,
			 own->labels[i].label);
	for (size_t i = 0; i < own->n_steps; i++)
		str_addf(out, _(" step %s is called %s (%s);"), own->steps[i].step,
			 own->steps[i].label, own->steps[i].waiting);
	for (size_t i = 0; i < own->n_checks; i++)
		str_addf(out, " %s %s;", own->checks[i].label, own->checks[i].when);
	if (own->report_to)
		str_addf(out, " %s", own->report_to);
	str_add_char(out, '\n');
}

void say_overrides(const struct rules *rules, struct str *out)
{
	if (rules->n_overrides)
		str_add(out, _("\nin their own way:\n"));
	for (size_t i = 0; i < rules->n_overrides; i++)
		say_override(rules, &rules->overrides[i], out);
}

/* --- the duty list ---------------------------------------------------------------------------- */

void say_duties(const struct rules *rules, struct str *out)
{
	size_t lead = 0, areas = 0, unmanaged = 0;

	if (!rules->n_duties)
		return;
	for (size_t i = 0; i < rules->n_duties; i++) {
		const struct org *unit = rules_org(rules, rules->duties[i].unit);

		lead += rules->duties[i].lead;
		areas += rules->duties[i].area != NULL;
		unmanaged += !unit->managed;
	}
	str_addf(out, _("\nduty list: %zu lines, %zu lead, %zu assist; %zu for one area only"),
		 rules->n_duties, lead, rules->n_duties - lead, areas);
	if (unmanaged)
		str_addf(out, _("; %zu of units not run from here"), unmanaged);
	str_add_char(out, '\n');
}
