/* What a profile says beside its flow: modes, what single organisations do in their own way, the
 * duty list, ways of supervision, receipts, calendars and hours by name. */
#ifndef ZHIBAN_DOMAIN_CUSTOM_H
#define ZHIBAN_DOMAIN_CUSTOM_H

#include "zhiban/domain/flow.h"

struct act_label {
	const struct act_desc *act;
	const char *label; /* 交办 */
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
	struct limit sign;		 /* signed for until: on its sheet; LIMIT_NONE: not said */
	int points, rank;	 /* rank > 0: a ladder, each step above the one before */
	const char *paper;	 /* heading of its sheet: 督办单 */
	const char *office;	 /* who issues it, in words: 区委督查办; NULL: the centre */
	const char *text;	 /* what the sheet says beside its words; or NULL */
	const char *const *copies; /* who is sent one, in words; NULL-terminated, may be empty */
};

struct receipt_rule { /* receipts of notices */
	const char *class, *label;
	struct limit limit;
};

enum warning_makes { WARNING_NOTHING, WARNING_NOTICE, WARNING_INCIDENT };
struct warning_rule { /* what becomes of a warning that came in (CAP); the first that fits counts */
	const char *id;
	/* Lists end with NULL; an empty one, or NULL, fits all. */
	const char *const *levels;   /* red, orange, yellow, blue, none */
	const char *const *events;   /* the event's words contain one of these, or its code begins so */
	const char *const *messages; /* alert, update, cancel, ack, error; none: alert and update */
	const char *const *statuses; /* actual, exercise, system, test, draft; none: actual */
	bool anywhere;		     /* of every area, not only of those of the jurisdiction */
	enum warning_makes makes;
	const char *class;	 /* of the notice; NULL: that called like the level, else the first */
	const char *const *to;	 /* "area", "all", "tier TIER", or codes of organisations */
	const char *category;	 /* of the incident; NULL: the other one */
	int urgency;		 /* of the incident; 0: not said */
};
struct warning_area { /* whose warnings are this jurisdiction's */
	const char *code; /* beginning of the codes of its parts (adcode), or the code above it */
	const char *name;
};
struct warnings {
	const struct warning_rule *items;
	size_t n;
	const struct warning_area *areas; /* the first is the jurisdiction itself */
	size_t n_areas;
	const char *source; /* code of the source of what warnings make; or NULL */
};

#endif
