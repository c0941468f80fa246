/* The flow of a jurisdiction, as its profile says: steps, the acts they allow, their clocks. */
#ifndef ZHIBAN_DOMAIN_FLOW_H
#define ZHIBAN_DOMAIN_FLOW_H

#include "zhiban/domain/act.h"
#include "zhiban/domain/due.h"

struct guard_desc;

/* Who may do an act, and whose a clock is.  The seat is the organisation that runs the loop the
 * incident is in (the centre, or in a lower tier the street's own centre); below is the seat of the
 * loop under it.  For whom the seat or the centre records what was said by telephone, they may do
 * all that he may. */
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
	const char *to;	  /* WAY_STEP: the step; down: where it leads when no loop waits below,
			   * NULL: refused then */
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

/* Of a clock beside the flow (one of clock_beside_kinds) what is always so stands with struct rules:
 * its label and its timeouts alone; whose it is and its limit come from what it waits for. */
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

#endif
