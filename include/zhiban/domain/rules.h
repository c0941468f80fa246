/* The rules of a jurisdiction: what a profile says, as plain values.
 *
 * Loaded by profile/, read by decide and by everything that shows a label.  All pointers live in
 * the arena of the loaded profile and never change. */
#ifndef ZHIBAN_DOMAIN_RULES_H
#define ZHIBAN_DOMAIN_RULES_H

#include "zhiban/domain/act.h"
#include "zhiban/domain/due.h"
#include "zhiban/domain/incident.h"

struct choice {
	const char *code, *label;
	const char *const *words; /* other names an import may bring, NULL-terminated */
};
struct choices {
	const struct choice *items;
	size_t n;
};

enum who { WHO_ANY, WHO_CENTRE, WHO_HOLDER, WHO_CENTRE_OR_HOLDER, WHO_ORIGIN };

struct guard_use { /* a guard a profile picked */
	const struct guard_desc *guard;
	const char *arg;
};

struct flow_act { /* an act that a step allows */
	const struct act_desc *act;
	enum who who;
	const char *to; /* step it leads to; NULL: stays */
	const struct guard_use *guards;
	size_t n_guards;
};

enum period { PERIOD_ANY, PERIOD_WORK, PERIOD_NIGHT, PERIOD_HOLIDAY };

struct limit_row { /* first row that matches wins */
	int urgency;		/* 0: any */
	int severity;		/* at least; 0: any */
	const char *category;	/* prefix of the code; "": any */
	enum period period;
	struct limit limit;
	const char *words; /* the row as the profile has it, for explain */
};

struct clock_rule {
	const char *kind;  /* id: "accept", "sign", … */
	const char *label;
	enum who who;	   /* whose clock: WHO_CENTRE or WHO_HOLDER */
	const struct limit_row *rows;
	size_t n_rows;
};

struct step {
	const char *id;	     /* "sign" */
	const char *label;   /* 签收: the step's name */
	const char *waiting; /* 未签收: how an incident in it is called */
	const char *tier;
	bool open;	     /* false: closed or archived */
	const struct flow_act *acts;
	size_t n_acts;
	const struct clock_rule *clocks; /* run while in this step */
	size_t n_clocks;
};

struct act_label {
	const struct act_desc *act;
	const char *label; /* 交办 */
};

struct rules {
	const char *name;   /* "tianning" */
	const char *title;  /* 天宁区社会治理联动指挥中心 */
	const char *brief;  /* 天宁区 */
	int offset_min;
	const char *centre; /* code of the organisation at the root: sees all */
	const struct org *orgs; /* protocol order */
	size_t n_orgs;
	struct choices sources, categories, urgencies, severities, tiers;
	struct choices roles; /* lowest first */
	const char *other_category; /* where unknown ones go */
	const struct step *steps;   /* flow order; registering leads where the first
				   * one's register act says, else into the first */
	size_t n_steps;
	const struct act_label *labels;
	size_t n_labels;
	struct hours hours;	  /* working hours */
	int night_from, night_to; /* minutes of the day */
	const struct calendar *calendar;
	const char *const *rooms; /* NULL-terminated */
	char hash[65];		  /* SHA-256 of the profile's text, hex */
	char calendar_hash[65];
	const char *default_source;	     /* of a registration that names none; NULL: none */
	/* States at a source that mean closed; NULL-terminated, or NULL. */
	const char *const *closed_words;
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
const struct choice *choices_find(const struct choices *choices, const char *code);
const struct choice *choices_named(const struct choices *choices, const char *words);
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
/* What the words of a field may be: its choices, or NULL when it has no list. */
const struct choices *rules_choices(const struct rules *rules, const struct field *field);
/* The limit that applies to an incident at a moment, and which row said so. */
const struct limit_row *clock_rule_row(const struct rules *rules, const struct clock_rule *rule,
				       const struct incident *incident, int64_t at);

#endif
