/* Any bytes as a profile's bundle and as a calendar: loaded, or refused with a sentence; what was
 * loaded holds together. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/decide.h"
#include "zhiban/profile/profile.h"

/* What it names is there: who goes up waits and goes on in open steps. */
static void check_step(const struct rules *rules, const struct step *step)
{
	CHECK(choices_find(&rules->tiers, step->tier) != NULL);
	CHECK(step->open || step->n_clocks == 0);
	for (size_t k = 0; k < step->n_acts; k++) {
		const struct flow_act *act = &step->acts[k];

		CHECK(act->act != NULL && !(act->act->flags & ACT_SYSTEM));
		CHECK(act->to == NULL || rules_step(rules, act->to) != NULL);
		CHECK(act->way != WAY_STEP || act->to != NULL);
		CHECK(act->stay == NULL || rules_step(rules, act->stay)->open);
		CHECK(act->back == NULL || rules_step(rules, act->back)->open);
		for (size_t g = 0; g < act->n_guards; g++)
			CHECK(guard_arg_ok(rules, act->guards[g].guard, act->guards[g].arg));
	}
	for (size_t k = 0; k < step->n_clocks; k++) {
		CHECK(step->clocks[k].n_rows > 0);
		CHECK(step->clocks[k].who != WHO_SHARE || step->shares);
	}
}

static void check_summons(const struct rules *rules, const struct summons *summons)
{
	CHECK(summons->n_classes > 0 && summons->letter[0] != '\0' && summons->blowers[0] != NULL);
	CHECK(choices_find(&rules->roles, summons->role) != NULL);
	for (size_t i = 0; i < summons->n_classes; i++) {
		const struct summons_class *class = &summons->classes[i];

		CHECK(class->approver == NULL ||
		      (choices_find(&rules->roles, class->approver) != NULL && class->approver_words));
		CHECK((class->least.unit == LIMIT_NONE) == (class->most.unit == LIMIT_NONE));
		CHECK(class->least.unit == LIMIT_NONE ||
		      class->limits[SUMMONS_REPORT_IN].unit != LIMIT_NONE);
	}
	for (size_t i = 0; i < summons->n_labels; i++)
		CHECK(summons->labels[i].act->target == KIND_WHISTLE);
	for (size_t i = 0; i < summons->n_clocks; i++)
		CHECK(summons_clock_find(summons->clocks[i].kind) != SUMMONS_CLOCKS);
}

static void check_rules(const struct rules *rules)
{
	CHECK(rules->n_orgs > 0 && rules->n_steps > 0);
	CHECK(rules_org(rules, rules->centre) != NULL);
	for (size_t i = 0; i < rules->n_orgs; i++) {
		CHECK(rules_org(rules, rules->orgs[i].code) == &rules->orgs[i]);
		CHECK(rules_org_within(rules, rules->orgs[i].code, rules->centre));
	}
	for (size_t i = 0; i < rules->n_steps; i++)
		check_step(rules, &rules->steps[i]);
	for (size_t i = 0; i < rules->n_starts; i++)
		CHECK(rules_step(rules, rules->starts[i].step)->open);
	for (size_t i = 0; i < rules->n_duties; i++)
		CHECK(rules_org(rules, rules->duties[i].unit) != NULL);
	for (size_t i = 0; i < rules->n_modes; i++)
		for (size_t k = 0; k < rules->modes[i].n_guards; k++)
			CHECK(rules->modes[i].guards[k].act != NULL);
	for (size_t i = 0; i < rules->n_overrides; i++)
		CHECK(rules_org(rules, rules->overrides[i].org) != NULL);
	for (size_t i = 0; i < rules->n_summonses; i++)
		check_summons(rules, &rules->summonses[i]);
	CHECK(rules->marks[0] > 0 && rules->quiet_urgency >= 1);
	CHECK(choices_find(&rules->categories, rules->other_category) != NULL);
}

static void refused(enum err code, const struct error *err)
{
	CHECK(code == ERR_INPUT || code == ERR_TOO_LARGE);
	CHECK(err->text[0] != '\0' && text_valid(err->text, strlen(err->text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jurisdiction *jurisdiction = NULL;
	struct workdays *days = NULL;
	struct error err = ERROR_INIT;
	enum err code = profile_parse((const char *)data, size, &jurisdiction, &err);

	if (code)
		refused(code, &err);
	else
		check_rules(&jurisdiction->rules);
	CHECK((code == ERR_OK) == (jurisdiction != NULL));
	profile_free(jurisdiction);
	err = (struct error)ERROR_INIT;
	code = workdays_parse("fuzz.conf", (const char *)data, size, &days, &err);
	if (code)
		refused(code, &err);
	else
		for (size_t i = 1; i < days->calendar.n_days; i++)
			CHECK(days->calendar.days[i - 1].day < days->calendar.days[i].day);
	workdays_free(days);
	return 0;
}
