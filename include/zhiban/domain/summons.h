/* What a profile says of its summonses (吹哨, 约请, 直通车, 响应令): words, who may blow for what, whom a
 * class calls, and the limits. */
#ifndef ZHIBAN_DOMAIN_SUMMONS_H
#define ZHIBAN_DOMAIN_SUMMONS_H

#include "zhiban/domain/choice.h"
#include "zhiban/domain/custom.h"

/* Clocks of a whistle, in the order of the matrix.  Those of a share are the department's, but verify,
 * which is the blower's for each share; approve, check, rate and settle are of the whole, or of a
 * dispute. */
enum summons_clock {
	SUMMONS_APPROVE, /* the blower's leader */
	SUMMONS_CHECK,	 /* the centre */
	SUMMONS_SIGN,
	SUMMONS_CONTACT,
	SUMMONS_ARRIVE,	   /* as report in: shown, stopped by arriving */
	SUMMONS_REPORT_IN,
	SUMMONS_HANDLE,
	SUMMONS_FEEDBACK, /* starts when it was handled */
	SUMMONS_VERIFY,	  /* starts when it was fed back */
	SUMMONS_RATE,	  /* the blower's, of the whole */
	SUMMONS_JUDGE,	  /* each department's of the whistle */
	SUMMONS_SETTLE,	  /* the centre's, of a dispute */
	SUMMONS_CLOCKS
};
const char *summons_clock_code(enum summons_clock clock); /* "approve" …: kind of the clock child */
/* SUMMONS_CLOCKS: none of them. */
enum summons_clock summons_clock_find(const char *code);

struct summons_class {
	const char *code, *label;
	const char *approver;	   /* role, at least, who approves; NULL: nobody needs to */
	const char *approver_words; /* 街镇分管领导 */
	const char *come;	   /* who must come, in words: 分管领导 */
	struct limit limits[SUMMONS_CLOCKS]; /* LIMIT_NONE: no such clock */
	struct limit least, most;  /* within which the blower states the report-in time; LIMIT_NONE:
				    * only what the class says */
	const struct extension_row *extensions; /* of the handling: first, second, … */
	size_t n_extensions;
};

struct summons { /* one kind of whistle */
	const char *code, *label; /* "whistle", 吹哨 */
	const char *noun;	  /* 哨件 */
	const char *paper;	  /* 吹哨单 */
	const char *letter;	  /* of the numbers: "W" */
	const char *const *blowers; /* tiers, or "centre"; NULL-terminated */
	const char *role;	    /* at least, to draft one */
	const char *const *calls;   /* tiers it may call, as above; NULL: any but the blower */
	bool checked;		    /* the centre checks before it is issued (not its own) */
	bool confirmed;		    /* the blower confirms who reported in */
	bool coded;		    /* a code of the street's console proves it */
	bool judged;		    /* departments judge the whistle */
	bool alone;		    /* may be blown without an incident */
	bool listed;		    /* from its issue on the leader's list (直通车) */
	int again;		    /* how often one that was returned may be blown again */
	struct choices grounds;
	const struct summons_class *classes; /* lowest first; class by importance and pressure: none of
					      * both the first, one the second, both the third (or the
					      * last there is) */
	size_t n_classes;
	const struct act_label *labels; /* its own names of acts */
	size_t n_labels;
	const struct step_label *steps; /* its own names of steps (whistle_step_code) */
	size_t n_steps;
	const struct clock_rule *clocks; /* labels and timeouts by kind: kind, label, timeouts alone */
	size_t n_clocks;
};

struct rules;
struct whistle;
const struct summons *rules_summons(const struct rules *rules, const char *code); /* or NULL */
const struct summons *whistle_summons(const struct rules *rules, const struct whistle *whistle);
const struct summons_class *summons_class(const struct summons *summons, const char *code);
/* By importance and pressure. */
const struct summons_class *summons_class_by(const struct summons *summons, bool important,
					     bool pressing);
/* The label of a clock of a whistle, of a step, and the name of an act; never NULL. */
const char *summons_clock_label(const struct rules *rules, const struct summons *summons,
				const char *kind);
const char *summons_step_label(const struct rules *rules, const struct summons *summons,
			       const char *step);
const char *summons_act_label(const struct rules *rules, const struct summons *summons,
			      const struct act_desc *act);
/* Whether an organisation may blow one of that kind. */
bool summons_may_blow(const struct rules *rules, const struct summons *summons, const char *org);
/* The organisation, or the nearest above it, that may blow one of that kind; the centre only for its
 * own officers; or NULL. */
const char *summons_blower(const struct rules *rules, const struct summons *summons, const char *org);
/* Between which moments the blower may state the report-in time, counted from `from`; 0: no bound on
 * that side.  False: it is not stated, the class says it. */
bool summons_bounds(const struct rules *rules, const struct summons_class *cls, int64_t from,
		    int64_t *ret_least, int64_t *ret_most);
/* ERR_INPUT with both moments when it is not between them; 0 (not stated) always is. */
enum err summons_check_report_by(const struct rules *rules, const struct summons_class *cls,
				 int64_t from, int64_t report_by, struct error *err) MUST_CHECK;
/* Whether an organisation may be called by it. */
bool summons_may_call(const struct rules *rules, const struct summons *summons, const char *blower,
		      const char *org);
/* Whether an organisation is who blew it, or one within that which is not itself called; to the centre,
 * which all stand below, what it blew is its own alone. */
bool whistle_is_blowers(const struct rules *rules, const struct whistle *whistle, const char *org);
/* The percentages and what happens at them, of a clock kind; NULL: nothing. */
const struct clock_rule *summons_clock_rule(const struct summons *summons, const char *kind);

#endif
