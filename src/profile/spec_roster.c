/* What a profile may say of rosters and of the duty log. */
#include <config.h>

#include <stddef.h>

#include "rosters_priv.h"
#include "zhiban/base/i18n.h"

enum { WORD = 40, LABEL = 120 };

static const struct conf_spec shift_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "from", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("when it begins: 17:30") },
	{ "to", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("when it ends; not later than it begins: on the next day") },
	{ "night", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: counts as a night: rest after it, so many in a row") },
	{ "mode", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("only in this mode, and then instead of those that name none") },
	{ NULL },
};

static const struct conf_spec post_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "shifts", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("in which it is manned; none: in every one") },
	{ "seats", CONF_INT, 0, "1", 1, SEATS_MAX, NULL, N_("how many people stand there at a time") },
	{ "pool", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("whose people, and those of what is in it, may stand there: codes of organisations, "
	     "tiers, or \"centre\" (its own people alone); none: the roster's own") },
	{ "fit", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: only who has it among his posts") },
	{ "phone", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: at home, by telephone: no rest after it") },
	{ "standby", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: may be empty, and counts half") },
	{ "chief", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: answers for the shift: named in the frame, witnesses handovers") },
	{ "leader", CONF_BOOL, 0, "false", 0, 0, NULL, N_("true: the leader on duty") },
	{ "rung", CONF_INT, 0, "0", 0, 9, NULL,
	  N_("its place among those who are rung, from 1; 0: it is not rung") },
	{ "seasons", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("when it is manned: \"05-01..09-30\", or a festival as the calendar names it, with the "
	     "days around it; none: always") },
	{ "workdays", CONF_BOOL, 0, "false", 0, 0, NULL, N_("true: manned on working days only") },
	{ "mode", CONF_STR, 0, "", 0, WORD, NULL, N_("only in this mode; none: in any") },
	{ NULL },
};

const struct conf_spec roster_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "of", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("whose: \"centre\", a tier (each organisation of it has one), or the code of an "
	     "organisation") },
	{ "rest", CONF_STR, 0, "-", 0, WORD, NULL,
	  N_("time without duty after a night: 24h") },
	{ "nights", CONF_INT, 0, "0", 0, 31, NULL, N_("nights in a row at the most; 0: any") },
	{ "week_most", CONF_INT, 0, "0", 0, 21, NULL,
	  N_("duties in seven days at the most; 0: any") },
	{ "file", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("until when the next week's is filed with the centre: \"weekly 5 16:00\"; none: it is "
	     "not") },
	{ "third", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("role, at least, that witnesses a handover; none: nobody needs to") },
	{ "third_within", CONF_STR, 0, "24h", 0, WORD, NULL, N_("within what time") },
	{ "approve", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("role, at least, that approves swaps and take-overs; none: chief") },
	{ "half_at", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("when the half of a shift is relieved: \"01:00\"; none: it is not") },
	{ "equipment", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("what is handed over beside the work") },
	{ "shift", CONF_SECTION, CONF_TITLED, NULL, 0, 0, shift_spec,
	  N_("in the order of the day") },
	{ "post", CONF_SECTION, CONF_TITLED, NULL, 0, 0, post_spec,
	  N_("in the order of every list") },
	{ NULL },
};

const struct conf_spec log_spec[] = {
	{ "acts", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("what the duty log shows by itself: \"incident.register\" each; a kind alone: all its "
	     "acts") },
	{ "emphasis", CONF_STRS, 0, NULL, 0, WORD, NULL, N_("of these, what is drawn out") },
	{ NULL },
};
