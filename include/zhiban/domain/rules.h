/* The rules of a jurisdiction: what a profile says, as plain values.
 *
 * Loaded by profile/, read by decide and by everything that shows a label.  All pointers live in
 * the arena of the loaded profile and never change. */
#ifndef ZHIBAN_DOMAIN_RULES_H
#define ZHIBAN_DOMAIN_RULES_H

#include "zhiban/domain/act.h"
#include "zhiban/domain/due.h"
#include "zhiban/domain/incident.h"

struct guard_desc;

struct choice {
	const char *code, *label;
	const char *const *words; /* other names an import may bring, NULL-terminated */
};
struct choices {
	const struct choice *items;
	size_t n;
};

/* Who may do an act, and whose a clock is.  The seat is the organisation that runs the loop the
 * incident is in (the centre, or in a lower tier the street's own centre); below is the seat of the
 * loop under it.  For whom the seat or the centre records what was said by telephone, they may do all
 * that he may. */
enum who {
	WHO_ANY,
	WHO_CENTRE,
	WHO_SEAT,
	WHO_HOLDER,
	WHO_CENTRE_OR_HOLDER,
	WHO_SEAT_OR_HOLDER,
	WHO_ORIGIN, /* who registered it */
	WHO_SHARE,  /* each department that has a share, for its own */
	WHO_BELOW,
};

struct guard_use { /* a guard a profile picked */
	const struct guard_desc *guard;
	const char *arg;
};

struct field_set { /* what else an act writes: only fields of codes and small numbers */
	const struct field *field;
	struct value value;
};

enum way { /* where an act leads */
	WAY_STAYS,
	WAY_STEP,  /* to a step; in a higher tier: up, and the loop of this one stays open below */
	WAY_BACK,  /* down into the loop below, where it goes on */
	WAY_AGAIN, /* down into the loop below, where it was left (returned) */
};

struct flow_act { /* an act that a step allows */
	const struct act_desc *act;
	const char *label; /* its name in this step; NULL: the profile's */
	enum who who;
	enum way way;
	const char *to;	  /* WAY_STEP: the step */
	const char *stay; /* going up: the step in which the loop below waits; NULL: the present one */
	const char *back; /* going up: where that loop goes on when it comes back; NULL: stay */
	bool closed;	  /* of what is always allowed: in closed steps too */
	const struct guard_use *guards;
	size_t n_guards;
	const struct field_set *sets;
	size_t n_sets;
};

enum period { PERIOD_ANY, PERIOD_WORK, PERIOD_NIGHT, PERIOD_HOLIDAY };

struct limit_row { /* first row that matches wins */
	int urgency;		/* 0: any */
	int severity;		/* at least; 0: any */
	const char *category;	/* prefix of the code; "": any */
	const char *type;	/* of the incident; NULL: any */
	const char *mode;	/* the mode in force; NULL: any */
	const char *org;	/* the clock's organisation is within it; NULL: any */
	enum period period;
	struct limit limit;
	const char *words; /* the row as the profile has it, for explain */
};

enum timeout { TIMEOUT_URGE, TIMEOUT_PROPOSE, TIMEOUT_LIST, TIMEOUT_OFFER };
struct timeout_row { /* what happens at a percentage of a clock; nothing of it moves a case */
	int percent;
	enum timeout what;
};

struct extension_row { /* who may grant the n-th extension of a clock */
	struct limit most; /* LIMIT_NONE: any amount */
	const char *role;  /* at least */
};

struct clock_rule {
	const char *kind;  /* id: "accept", "sign", … */
	const char *label;
	enum who who;	   /* whose clock: WHO_CENTRE, WHO_SEAT, WHO_HOLDER or WHO_SHARE */
	const struct limit_row *rows;
	size_t n_rows;
	const char *const *stops; /* verbs that stop it inside its step; NULL-terminated, or NULL */
	const char *const *starts; /* verbs that start it inside its step; NULL: entering starts it */
	bool side;		  /* not in the incident's own due */
	const char *calendar, *hours; /* named ones of the profile; NULL: the jurisdiction's */
	const struct timeout_row *timeouts;
	size_t n_timeouts;
	const struct extension_row *extensions; /* first, second, …; the last holds for all more */
	size_t n_extensions;
};

struct step {
	const char *id;	     /* "sign" */
	const char *label;   /* 签收: the step's name */
	const char *waiting; /* 未签收: how an incident in it is called */
	const char *tier;
	bool open;	     /* false: closed or archived */
	bool shares;	     /* each department does its part: acts of ACT_SHARE move the incident on
				when all shares have come as far */
	int response;	     /* level of response it counts as: 0 on site, 1, 2; -1: says nothing */
	const struct flow_act *acts;
	size_t n_acts;
	const struct clock_rule *clocks; /* run while in this step */
	size_t n_clocks;
};

struct start { /* where a registration leads; first row that fits wins */
	const char *tier; /* of the organisation that registers; NULL: any */
	const char *type; /* of the incident; NULL: any */
	const char *step;
};

struct named_calendar { /* the jurisdiction's with days of its own */
	const char *name;
	struct calendar days; /* over the jurisdiction's: days.under is that */
};
struct named_hours {
	const char *name;
	struct hours hours;
};

struct mode_rule { /* a mode of the profile; the first is peacetime */
	const char *code, *label;
	bool emergency; /* shown in the frame and the status line */
	bool quiet;	/* quiet hours hold */
	const char *pause; /* role that may stop clocks: NULL anybody who may anyhow, "-" nobody */
	const struct mode_limit {
		const char *clock;   /* kind */
		int percent;	     /* of what the profile says; 0: limit */
		struct limit limit;
	} *limits;
	size_t n_limits;
	const struct mode_guard {
		const struct act_desc *act;
		struct guard_use guard;
	} *guards; /* beside those of the steps */
	size_t n_guards;
	const char *const *columns; /* more columns of the board, fields; NULL-terminated */
	const char *posts, *reports; /* in words, for those who read the profile; or NULL */
};

struct override { /* what one organisation and all in it do in their own way */
	const char *org;
	const char *const *categories; /* its own list: codes; NULL: the profile's; NULL-terminated */
	const struct act_label *labels;
	size_t n_labels;
	const struct step_label {
		const char *step, *label, *waiting;
	} *steps;
	size_t n_steps;
	const struct check { /* periodic duty (三查): shown with the deadlines */
		const char *label, *when; /* "daily 21:00", "weekly 7 21:00", "monthly -1 17:00" */
	} *checks;
	size_t n_checks;
	const char *report_to; /* levels of its own reports, in words; or NULL */
};

struct duty { /* a line of the duty list (职责清单) */
	const char *line;     /* its number in the list, quoted when a case is returned */
	const char *category; /* prefix */
	const char *area;     /* code of an organisation it holds in; NULL: everywhere */
	const char *unit;     /* who is competent */
	bool lead;	      /* 主; else 协 */
	const char *basis, *version;
};

struct channel { /* a way of supervision (督办) */
	const char *code, *label, *role; /* role: at least, to issue it */
	struct limit answer;		 /* when it must be answered */
	int points, rank;	 /* rank > 0: a ladder, each step above the one before */
};

struct receipt_rule { /* receipts of notices */
	const char *class, *label;
	struct limit limit;
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
	struct choices types;	       /* event, component, dispute … */
	struct choices objects;	       /* classes of components */
	struct choices object_states;
	struct choices outs;	       /* where cases are transferred to: 110, 119 … */
	struct choices roles; /* lowest first */
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
	const struct named_calendar *calendars;
	size_t n_calendars;
	const struct named_hours *hours_sets;
	size_t n_hours_sets;
	struct limit countersign;	/* of what was recorded on behalf; LIMIT_NONE: not asked for */
	int quiet_from, quiet_to;	/* minutes of the day; equal: no quiet hours */
	int quiet_urgency;		/* incidents of this urgency or less are kept quiet */
	const int *marks;		/* percentages shown and counted, ascending, 0-terminated */
	int targets[3];			/* of the funnel, percent on site, level 1, level 2; 0: none */
	int reopen_days;		/* how long after closing; 0: for ever */
	struct hours hours;	  /* working hours */
	int night_from, night_to; /* minutes of the day */
	const struct calendar *calendar; /* working days */
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
/* The names in a step, and as an organisation has them: its own, its step's, the profile's. */
const char *rules_act_label_at(const struct rules *rules, const struct step *step,
			       const struct act_desc *act, const char *org);
const char *rules_step_label(const struct rules *rules, const struct step *step, const char *org);
const char *rules_step_waiting(const struct rules *rules, const struct step *step, const char *org);
const struct override *rules_override(const struct rules *rules, const char *org); /* or NULL */
const struct mode_rule *rules_mode(const struct rules *rules, const char *code); /* NULL, "": the first */
const struct channel *rules_channel(const struct rules *rules, const char *code);
/* The first line of the duty list for a category in an area (the street, or what is known of the
 * place), or NULL: it is on nobody's list. */
const struct duty *rules_duty(const struct rules *rules, const char *category, const char *area);
const struct duty *rules_duty_line(const struct rules *rules, const char *line);
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
/* The limit that applies to an incident's clock of an organisation, in a mode, at a moment, and which
 * row said so. */
struct limit_ask {
	const struct incident *incident;
	const char *org;  /* whose clock */
	const char *mode; /* code; NULL: peacetime */
	int64_t at;
};
const struct limit_row *clock_rule_row(const struct rules *rules, const struct clock_rule *rule,
				       const struct limit_ask *ask);

#endif
