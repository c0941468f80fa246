/* The check's words on summonses: who may blow them, whom they call, the classes with their limits. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *tier_words(const struct rules *rules, const char *tier)
{
	const struct choice *choice = choices_find(&rules->tiers, tier);

	if (str_eq(tier, "centre"))
		return org_words(rules, rules->centre);
	return choice ? choice->label : tier;
}

static void say_tiers(const struct rules *rules, const char *const *tiers, struct str *out)
{
	for (size_t i = 0; tiers && tiers[i]; i++)
		str_addf(out, "%s%s", i ? _(", ") : "", tier_words(rules, tiers[i]));
	if (!tiers)
		str_add(out, _("any"));
}

static size_t count_blowers(const struct rules *rules, const struct summons *summons)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++)
		n += summons_may_blow(rules, summons, rules->orgs[i].code);
	return n;
}

static void say_who(const struct rules *rules, const struct summons *summons, struct str *out)
{
	str_addf(out, _("  %s %s, numbers with %s, sheet %s\n"), summons->code, summons->label,
		 summons->letter, summons->paper);
	str_add(out, _("    blown by: "));
	say_tiers(rules, summons->blowers, out);
	str_addf(out, _(" (%zu organisations), drafted by %s and above; calls: "),
		 count_blowers(rules, summons), rules_role_label(rules, summons->role));
	say_tiers(rules, summons->calls, out);
	str_add_char(out, '\n');
}

static void say_way(const struct summons *summons, struct str *out)
{
	str_add(out, "    ");
	str_add(out, summons->checked ? _("checked by the centre") : _("not checked by the centre"));
	str_add(out, summons->confirmed ? _("; who came is confirmed by the blower")
					: _("; who came is taken as said"));
	if (summons->coded)
		str_add(out, _(", or proved by six digits"));
	if (summons->judged)
		str_add(out, _("; judged by the departments"));
	if (!summons->alone)
		str_add(out, _("; only from a case"));
	if (summons->listed)
		str_add(out, _("; on the leader's list from its issue"));
	if (summons->again)
		str_addf(out, _("; after a return handed in again at most: %d"),
			 summons->again);
	str_add_char(out, '\n');
	if (summons->grounds.n)
		str_add(out, _("    grounds:"));
	for (size_t i = 0; i < summons->grounds.n; i++)
		str_addf(out, " %s", summons->grounds.items[i].label);
	if (summons->grounds.n)
		str_add_char(out, '\n');
}

/* Which of importance and pressure propose it. */
static const char *class_when(const struct summons *summons, size_t class)
{
	bool last = class + 1 == summons->n_classes;

	switch (class) {
	case 0:
		return last ? _("always") : _("neither important nor pressing");
	case 1:
		return last ? _("important or pressing, or both") : _("important or pressing");
	case 2:
		return _("important and pressing");
	default:
		return _("only where it is said");
	}
}

static void say_class(const struct rules *rules, const struct summons *summons, size_t i,
		      struct str *out)
{
	const struct summons_class *class = &summons->classes[i];
	size_t n = 0;

	str_addf(out, _("    class %s %s, %s"), class->code, class->label, class_when(summons, i));
	if (class->approver)
		str_addf(out, _("; approved by %s"), class->approver_words);
	if (class->approver && strcmp(class->approver_words,
				      rules_role_label(rules, class->approver)) != 0)
		str_addf(out, _(" (role %s and above)"), rules_role_label(rules, class->approver));
	if (class->come)
		str_addf(out, _("; %s must come"), class->come);
	str_add(out, "\n       ");
	for (size_t k = 0; k < SUMMONS_CLOCKS; k++) {
		const char *kind = summons_clock_code((enum summons_clock)k);

		if (class->limits[k].unit == LIMIT_NONE)
			continue;
		str_addf(out, "%s%s ", n++ ? _(", ") : " ", summons_clock_label(rules, summons, kind));
		say_limit(&class->limits[k], out);
	}
	str_add_char(out, '\n');
	if (class->least.unit != LIMIT_NONE) {
		str_add(out, _("        report-in time as the blower states it: "));
		say_limit(&class->least, out);
		str_add(out, _(" to "));
		say_limit(&class->most, out);
		str_add_char(out, '\n');
	}
	if (class->n_extensions) {
		struct str rows = STR_INIT;

		say_extensions(rules, class->extensions, class->n_extensions, &rows);
		str_addf(out, "        %s\n", str_get(&rows) + strlen(_("; ")));
		str_release(&rows);
	}
}

void say_summonses(const struct rules *rules, struct str *out)
{
	if (rules->n_summonses)
		str_add(out, _("\nsummonses:\n"));
	for (size_t i = 0; i < rules->n_summonses; i++) {
		const struct summons *summons = &rules->summonses[i];

		say_who(rules, summons, out);
		say_way(summons, out);
		for (size_t k = 0; k < summons->n_classes; k++)
			say_class(rules, summons, k, out);
		for (size_t k = 0; k < summons->n_clocks; k++)
			if (summons->clocks[k].n_timeouts)
				say_beside(&summons->clocks[k], out);
	}
}

/* --- warnings --------------------------------------------------------------------------------- */

static bool calls_any(const struct rules *rules, const struct summons *summons)
{
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (summons_may_call(rules, summons, "", rules->orgs[i].code))
			return true;
	return false;
}

void say_empty_summonses(const struct rules *rules, struct str *out)
{
	for (size_t i = 0; i < rules->n_summonses; i++) {
		const struct summons *summons = &rules->summonses[i];

		if (!count_blowers(rules, summons))
			str_addf(out, _("  summons %s: no organisation may blow it\n"),
				 summons->code);
		if (!calls_any(rules, summons))
			str_addf(out, _("  summons %s: no organisation may be called by it\n"),
				 summons->code);
		for (size_t k = 0; k < summons->n_classes; k++)
			if (summons->classes[k].limits[SUMMONS_HANDLE].unit == LIMIT_NONE)
				str_addf(out, _("  summons %s: class %s has no limit of handle\n"),
					 summons->code, summons->classes[k].code);
	}
}
