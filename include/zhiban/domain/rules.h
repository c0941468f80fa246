/* The rules of a jurisdiction: what a profile says, as plain values.
 *
 * Loaded by profile/, read by decide and by everything that shows a label.  All pointers live in
 * the arena of the loaded profile and never change. */
#ifndef ZHIBAN_DOMAIN_RULES_H
#define ZHIBAN_DOMAIN_RULES_H

#include "zhiban/domain/choice.h"
#include "zhiban/domain/custom.h"
#include "zhiban/domain/flow.h"
#include "zhiban/domain/incident.h"
#include "zhiban/domain/meeting_plan.h"
#include "zhiban/domain/role.h"
#include "zhiban/domain/privacy.h"
#include "zhiban/domain/summons.h"
#include "zhiban/domain/template.h"

struct rules {
	const char *name;   /* "tianning" */
	const char *title;  /* 天宁区社会治理联动指挥中心 */
	const char *brief;  /* 天宁区 */
	int offset_min;
	const char *centre; /* code of the organisation at the root: sees all */
	const struct org *orgs; /* protocol order */
	size_t n_orgs;
	struct choices sources, categories, urgencies, severities, tiers;
	struct choices types;	       /* event, component, dispute … */
	struct choices objects;	       /* classes of components */
	struct choices object_states;
	struct choices outs;	       /* where cases are transferred to: 110, 119 … */
	struct choices roles; /* lowest first */
	const struct role_rule *role_list; /* of each of them; NULL: nothing is said of any */
	struct choices reveal_whys; /* why a personal value may be shown */
	struct privacy privacy;
	const char *other_category; /* where unknown ones go */
	const struct step *steps;   /* flow order; registering leads where the first
				   * one's register act says, else into the first */
	size_t n_steps;
	struct step always; /* acts that every open step allows; those marked closed, every step */
	const struct start *starts;
	size_t n_starts;
	const struct act_label *labels;
	size_t n_labels;
	const struct mode_rule *modes; /* peacetime first; n_modes 0: there is none */
	size_t n_modes;
	const struct override *overrides;
	size_t n_overrides;
	const struct duty *duties; /* in the order of the list */
	size_t n_duties;
	const struct channel *channels;
	size_t n_channels;
	const struct receipt_rule *receipts; /* first: the default */
	size_t n_receipts;
	struct warnings warnings;
	const struct template *templates; /* in the order of the files, the profile's own first */
	size_t n_templates;
	const struct summons *summonses; /* the first is the usual one */
	size_t n_summonses;
	const struct roster_plan *plans; /* rosters: domain/roster_plan.h */
	size_t n_plans;
	const char *const *roster_orgs; /* whose they are and all above these; NULL: not made, asked
					 * one by one */
	size_t n_roster_orgs;
	struct meeting_rules meetings; /* domain/meeting_plan.h */
	const struct logged *logged; /* what the duty log shows by itself: domain/record.h */
	size_t n_logged;
	const struct named_calendar *calendars;
	size_t n_calendars;
	const struct named_hours *hours_sets;
	size_t n_hours_sets;
	struct limit countersign;	/* of what was recorded on behalf; LIMIT_NONE: not asked for */
	int quiet_from, quiet_to;	/* minutes of the day; equal: no quiet hours */
	int quiet_urgency;		/* incidents of this urgency or less are kept quiet */
	int alarm_urgency, alarm_red; /* alarm.h: cases, and clocks of such, that ring; 0: none */
	unsigned alarms;	      /* the classes that ring: 1 << enum alarm_kind */
	int alarm_louder, alarm_check; /* minutes until louder; without a key until 查岗未应; 0: never */
	const char *const *alarm_deputies; /* roles to be rung then; NULL-terminated, or NULL */
	int lock_at_most;		/* minutes a screen may stand open without a key; 0: any */
	bool training;			/* a jurisdiction to practise in */
	const int *marks;		/* percentages shown and counted, ascending, 0-terminated */
	int targets[3];			/* of the funnel, percent on site, level 1, level 2; 0: none */
	int reopen_days;		/* how long after closing; 0: for ever */
	struct hours hours;	  /* working hours */
	int night_from, night_to; /* minutes of the day */
	const struct calendar *calendar; /* working days */
	const char *const *rooms; /* NULL-terminated */
	char hash[65], calendar_hash[65]; /* SHA-256 of the texts, hex */
	const char *default_source;	     /* of a registration that names none; NULL: none */
	const char *const *closed_words; /* states at a source that mean closed; or NULL */
	const struct open311 *open311; /* what is offered by Open311 (domain/open311.h), or NULL */
	const struct rules_index *org_index; /* made by rules_index; NULL: lists are searched */
};

/* Makes the indexes of organisations, in the arena.  To be called once, when orgs stand. */
void rules_index(struct rules *rules, struct arena *arena);

const struct org *rules_org(const struct rules *rules, const char *code); /* or NULL; O(log n) */
/* By code, name or short name; NULL when none or several fit. */
const struct org *rules_org_named(const struct rules *rules, const char *words);
/* The same, but of several that fit the one within `within` (a code, or NULL). */
const struct org *rules_org_named_in(const struct rules *rules, const char *words,
				     const char *within);
bool rules_org_within(const struct rules *rules, const char *code, const char *ancestor);
const struct step *rules_step(const struct rules *rules, const char *id);
const struct flow_act *step_act(const struct step *step, const struct act_desc *act);
const char *rules_act_label(const struct rules *rules, const struct act_desc *act); /* translated */
/* The names in a step, and as an organisation has them: its own, its step's, the profile's. */
const char *rules_act_label_at(const struct rules *rules, const struct step *step,
			       const struct act_desc *act, const char *org);
const char *rules_step_label(const struct rules *rules, const struct step *step, const char *org);
const char *rules_step_waiting(const struct rules *rules, const struct step *step, const char *org);
/* How an incident in a step is called: so; but where its holder signs without a step of its own for
 * that, what he has not signed for yet is called so. */
const char *rules_state_words(const struct rules *rules, const struct step *step,
			      const struct incident *incident);
const struct override *rules_override(const struct rules *rules, const char *org); /* or NULL */
/* NULL and "": the first. */
const struct mode_rule *rules_mode(const struct rules *rules, const char *code);
const struct channel *rules_channel(const struct rules *rules, const char *code);
/* The first line of the duty list for a category in an area (the street, or what is known of the
 * place), or NULL: it is on nobody's list. */
const struct duty *rules_duty(const struct rules *rules, const char *category, const char *area);
const struct duty *rules_duty_line(const struct rules *rules, const char *line);
/* Whether a role (in any of its words; NULL: none) is another one or higher (one that manages is
 * neither higher nor lower than others); and what people call it. */
bool rules_role_reaches(const struct rules *rules, const char *role, const char *least);
const char *rules_role_label(const struct rules *rules, const char *role);
/* What a person reads for a value: the label of a code, org's short name, choice; formatted time
 * ("2026-11-22 02:41"), number, yes/no.  Never NULL; outside words come back as they are, not
 * cleaned. */
const char *rules_show(const struct rules *rules, const struct field *field, struct value value,
		       char *buf, size_t size);
const char *officer_show(const char *officer); /* a name, or the word for the server itself */
/* Words a person typed into a value: labels and names of the rules become codes and choices, the
 * rest is field_parse's.  Unknown words of a CODE or ORG field are kept.  ERR_INPUT as there. */
enum err rules_parse(const struct rules *rules, const struct field *field, const char *words,
		     struct arena *arena, struct value *ret_value, struct error *err) MUST_CHECK;
/* What the words of a field may be: its choices, or NULL when it has no list.  _in also knows those
 * that the profile keeps in lists of its own (channels, modes, receipts) or the program names. */
const struct choices *rules_choices(const struct rules *rules, const struct field *field);
const struct choices *rules_choices_in(const struct rules *rules, const struct field *field,
				       struct arena *arena);

#endif
