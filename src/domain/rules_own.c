/* What a profile says beside its flow: names of steps and acts as an organisation has them, modes,
 * the duty list, ways of supervision. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/rules.h"

static const struct mode_rule peacetime = { .code = "", .label = "", .quiet = true };

const struct override *rules_override(const struct rules *rules, const char *org)
{
	for (size_t i = 0; org != NULL && i < rules->n_overrides; i++)
		if (rules_org_within(rules, org, rules->overrides[i].org))
			return &rules->overrides[i];
	return NULL;
}

bool rules_role_reaches(const struct rules *rules, const char *role, const char *least)
{
	const struct choice *is = choices_named(&rules->roles, role);
	const struct choice *wanted = choices_find(&rules->roles, least);

	if (is == NULL || wanted == NULL)
		return false;
	if (rules_role(rules, is->code)->manage || rules_role(rules, least)->manage)
		return is == wanted;
	return is >= wanted;
}

const char *rules_role_label(const struct rules *rules, const char *role)
{
	const struct choice *choice = choices_find(&rules->roles, role);

	return choice != NULL ? choice->label : role;
}

static const char *label_in(const struct act_label *labels, size_t n, const struct act_desc *act)
{
	for (size_t i = 0; i < n; i++)
		if (labels[i].act == act)
			return labels[i].label;
	return NULL;
}

const char *rules_act_label_at(const struct rules *rules, const struct step *step,
			       const struct act_desc *act, const char *org)
{
	const struct override *own = rules_override(rules, org);
	const struct flow_act *flow = step != NULL ? step_act(step, act) : NULL;
	const char *label = own != NULL ? label_in(own->labels, own->n_labels, act) : NULL;

	if (label != NULL)
		return label;
	return flow != NULL && flow->label != NULL ? flow->label : rules_act_label(rules, act);
}

static const struct step_label *own_words(const struct rules *rules, const struct step *step,
					  const char *org)
{
	const struct override *own = rules_override(rules, org);

	for (size_t i = 0; own != NULL && i < own->n_steps; i++)
		if (strcmp(own->steps[i].step, step->id) == 0)
			return &own->steps[i];
	return NULL;
}

const char *rules_step_label(const struct rules *rules, const struct step *step, const char *org)
{
	const struct step_label *own = own_words(rules, step, org);

	return own != NULL ? own->label : step->label;
}

const char *rules_step_waiting(const struct rules *rules, const struct step *step, const char *org)
{
	const struct step_label *own = own_words(rules, step, org);

	return own != NULL ? own->waiting : step->waiting;
}

const char *rules_state_words(const struct rules *rules, const struct step *step,
			      const struct incident *incident)
{
	const struct flow_act *sign = step_act(step, act_desc_find("sign"));

	if (sign != NULL && sign->way == WAY_STAYS && incident->holder != NULL &&
	    incident->signer == NULL)
		return _("not signed for");
	return rules_step_waiting(rules, step, incident->seat);
}

const struct mode_rule *rules_mode(const struct rules *rules, const char *code)
{
	for (size_t i = 0; code != NULL && i < rules->n_modes; i++)
		if (strcmp(rules->modes[i].code, code) == 0)
			return &rules->modes[i];
	return rules->n_modes > 0 ? &rules->modes[0] : &peacetime;
}

const struct channel *rules_channel(const struct rules *rules, const char *code)
{
	for (size_t i = 0; code != NULL && i < rules->n_channels; i++)
		if (strcmp(rules->channels[i].code, code) == 0)
			return &rules->channels[i];
	return NULL;
}

const struct duty *rules_duty(const struct rules *rules, const char *category, const char *area)
{
	for (size_t i = 0; category != NULL && i < rules->n_duties; i++) {
		const struct duty *duty = &rules->duties[i];

		if (duty->lead && str_starts(category, duty->category) &&
		    (duty->area == NULL || rules_org_within(rules, area, duty->area)))
			return duty;
	}
	return NULL;
}

const struct duty *rules_duty_line(const struct rules *rules, const char *line)
{
	for (size_t i = 0; line != NULL && i < rules->n_duties; i++)
		if (strcmp(rules->duties[i].line, line) == 0)
			return &rules->duties[i];
	return NULL;
}
