/* What an adoption says: what stands against it, and what it carried over. */
#include <config.h>

#include "adopt_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/meeting_plan.h"
#include "zhiban/domain/whistle.h"

enum { TALLIES_SAID = 6 }; /* of each kind, in a refusal: a sentence has its length */

/* --- what stands against it ------------------------------------------------------------------ */

/* More than there is room for are counted; what to do about it stands before them. */
static void say_rest(struct str *out, size_t n)
{
	if (n > TALLIES_SAID)
		str_addf(out, _("; and %zu more"), n - TALLIES_SAID);
}

static void say_stranded(const struct adopt *adopt, struct str *out)
{
	if (adopt->stranded.n > 0)
		str_add(out,
			_("the new profile lacks steps in which cases stand (move them on first, "
			  "or say --map OLD=NEW): "));
	for (size_t i = 0; i < adopt->stranded.n && i < TALLIES_SAID; i++) {
		const struct tally *tally = &adopt->stranded.items[i];
		const struct step *step = rules_step(adopt->old, tally->words);

		str_addf(out, "%s", i > 0 ? "; " : "");
		str_addf(out, _("%lld open cases stand in the step %s (%s), say %s"),
			 (long long)tally->cases, tally->words,
			 step != NULL ? step->label : tally->words, tally->example);
	}
	say_rest(out, adopt->stranded.n);
}

/* "吹哨 一般 (whistle:minor)" by the rules that were in force. */
static void say_kind(const struct adopt *adopt, const char *words, struct str *out)
{
	size_t len = strcspn(words, ":");

	for (size_t i = 0; i < adopt->old->n_summonses; i++) {
		const struct summons *summons = &adopt->old->summonses[i];
		const struct summons_class *cls = summons_class(summons, words + len + 1);

		if (strlen(summons->code) == len && strncmp(summons->code, words, len) == 0)
			str_addf(out, "%s %s ", summons->label, cls != NULL ? cls->label : "-");
	}
	str_addf(out, "(%s)", words);
}

static void say_unkind(const struct adopt *adopt, struct str *out)
{
	if (adopt->unkind.n > 0)
		str_addf(out, "%s%s", out->len > 0 ? ". " : "",
			 _("the new profile lacks kinds or classes of open whistles (let them be "
			   "closed first, or say --map KIND:CLASS=KIND:CLASS): "));
	for (size_t i = 0; i < adopt->unkind.n && i < TALLIES_SAID; i++) {
		const struct tally *tally = &adopt->unkind.items[i];
		struct str kind = STR_INIT;

		say_kind(adopt, tally->words, &kind);
		str_add(out, i > 0 ? "; " : "");
		str_addf(out, _("%lld open whistles are %s, say %s"), (long long)tally->whistles,
			 str_get(&kind), tally->example);
		str_release(&kind);
	}
	say_rest(out, adopt->unkind.n);
}

static void say_unserial(const struct adopt *adopt, struct str *out)
{
	if (adopt->unserial.n > 0)
		str_addf(out, "%s%s", out->len > 0 ? ". " : "",
			 _("the new profile lacks series of meetings that are not over, or stages "
			   "that they passed (let their minutes be issued first, or cancel them): "));
	for (size_t i = 0; i < adopt->unserial.n && i < TALLIES_SAID; i++) {
		const struct tally *tally = &adopt->unserial.items[i];
		const struct meeting_series *series = rules_series(adopt->old, tally->words);

		str_addf(out, "%s", i > 0 ? "; " : "");
		str_addf(out, _("%lld meetings of %s (%s), say %s"), (long long)tally->joint,
			 series != NULL ? series->label : tally->words, tally->words,
			 tally->example);
	}
	say_rest(out, adopt->unserial.n);
}

/* Behind what was counted before. */
static void say_joint(const struct tally *tally, struct str *out)
{
	if (tally->joint > 0)
		str_addf(out, _(", and %lld meetings, items and tasks"), (long long)tally->joint);
}

static void say_homeless(const struct adopt *adopt, struct str *out)
{
	if (adopt->homeless.n > 0)
		str_addf(out, "%s%s", out->len > 0 ? ". " : "",
			 _("organisations end without a successor in their list (name one there): "));
	for (size_t i = 0; i < adopt->homeless.n && i < TALLIES_SAID; i++) {
		const struct tally *tally = &adopt->homeless.items[i];
		const struct org *org = rules_org(adopt->old, tally->words);

		str_add(out, i > 0 ? "; " : "");
		str_addf(out,
			 _("%lld open cases, %lld whistles and %lld officers with %s (%s), say %s"),
			 (long long)tally->cases, (long long)tally->whistles,
			 (long long)tally->people,
			 org != NULL ? org->name : tally->words, tally->words, tally->example);
		say_joint(tally, out);
	}
	say_rest(out, adopt->homeless.n);
}

void adopt_say_against(const struct adopt *adopt, struct str *out)
{
	say_stranded(adopt, out);
	say_unkind(adopt, out);
	say_unserial(adopt, out);
	if (!adopt->ask->stay)
		say_homeless(adopt, out);
}

void adopt_say_homeless(struct adopt *adopt)
{
	for (size_t i = 0; i < adopt->homeless.n; i++) {
		const struct tally *tally = &adopt->homeless.items[i];
		const struct org *org = rules_org(adopt->rules, tally->words);

		str_addf(&adopt->report,
			 _("%s (%s) has ended without a successor: %lld open cases, %lld "
			   "whistles and %lld officers stay, say %s"),
			 org != NULL ? org->name : tally->words, tally->words,
			 (long long)tally->cases, (long long)tally->whistles,
			 (long long)tally->people, tally->example);
		say_joint(tally, &adopt->report);
		str_add_char(&adopt->report, '\n');
	}
}

/* --- what was carried over ------------------------------------------------------------------- */

static const char *org_name(const struct adopt *adopt, const char *code)
{
	const struct org *org = rules_org(adopt->rules, code);

	if (org == NULL && adopt->old != NULL)
		org = rules_org(adopt->old, code);
	return org != NULL ? org->name : code;
}

/* Organisations whose end is set but has not come. */
static void say_endings(struct adopt *adopt)
{
	for (size_t i = 0; i < adopt->rules->n_orgs; i++) {
		const struct org *org = &adopt->rules->orgs[i];
		char day[CIVIL_TEXT];

		if (org->ends <= adopt->now)
			continue;
		civil_format(org->ends, adopt->rules->offset_min, "Y-m-d", day, sizeof day);
		str_addf(&adopt->report,
			 org->successor != NULL
				 ? _("%s ends on %s: its cases and whistles move then\n")
				 : _("%s ends on %s and has no successor: its cases and whistles "
				     "stay then\n"),
			 org->name, day);
	}
}

static void say_roomless(struct adopt *adopt)
{
	for (size_t i = 0; i < adopt->roomless.n; i++) {
		const struct tally *tally = &adopt->roomless.items[i];

		str_addf(&adopt->report,
			 _("the profile has no room %s any more: %lld meetings to come are there, say "
			   "%s; their bookings stay\n"),
			 tally->words, (long long)tally->joint, tally->example);
	}
}

void adopt_say_moves(struct adopt *adopt)
{
	struct str *report = &adopt->report;

	if (adopt->mapped.cases > 0)
		str_addf(report, _("%lld cases stand in a step of another name now\n"),
			 (long long)adopt->mapped.cases);
	if (adopt->mapped.whistles > 0)
		str_addf(report, _("%lld whistles are of another kind or class now\n"),
			 (long long)adopt->mapped.whistles);
	for (size_t i = 0; i < adopt->moves.n; i++) {
		const struct tally *tally = &adopt->moves.items[i];

		str_addf(report, _("%s -> %s: %lld cases, %lld whistles, %lld officers"),
			 org_name(adopt, tally->words), org_name(adopt, tally->more),
			 (long long)tally->cases, (long long)tally->whistles,
			 (long long)tally->people);
		say_joint(tally, report);
		str_add_char(report, '\n');
	}
	adopt_say_homeless(adopt);
	if (adopt->seen.cases > 0)
		str_addf(report, _("%lld cases are seen by more organisations now\n"),
			 (long long)adopt->seen.cases);
	if (adopt->seen.whistles > 0)
		str_addf(report, _("%lld whistles are seen by more organisations now\n"),
			 (long long)adopt->seen.whistles);
	if (adopt->seen.joint > 0)
		str_addf(report,
			 _("%lld meetings, items and tasks are seen by more organisations now\n"),
			 (long long)adopt->seen.joint);
	if (adopt->n_due > 0)
		str_addf(report, _("%lld deadlines moved:\n%s"), (long long)adopt->n_due,
			 str_get(&adopt->dues));
	say_roomless(adopt);
	adopt_say_duty(adopt);
	say_endings(adopt);
}
