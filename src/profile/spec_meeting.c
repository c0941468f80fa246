/* What a profile may say of joint meetings: series and their stages, rooms, tasks. */
#include <config.h>

#include <stddef.h>

#include "meeting_priv.h"
#include "zhiban/base/i18n.h"

enum { WORD = 40, PERSON = 60, LABEL = 120, LINE = 400 };

static const struct conf_spec stage_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "who", CONF_STR, 0, "", 0, LABEL, NULL, N_("who sits, as people say it") },
	{ "quorum", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("of those entitled, who must be present: \"60%\", \"2/3\", \">1/2\" (more than half); "
	     "none: it is not asked") },
	{ "pass", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("it has passed when more than so many of those present are for it: \"50%\"; none: "
	     "there is no vote") },
	{ "published", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: a publication, a dated record; such stages come last") },
	{ "within", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("how long after the stage before; none: the limit of stages of the series") },
	{ NULL },
};

const struct conf_spec series_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "of", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("who convenes: \"centre\", a tier (each organisation of it), or the code of an "
	     "organisation") },
	{ "role", CONF_STR, 0, "", 0, WORD, NULL, N_("at least, to draw one up; none: any officer") },
	{ "when", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("its rhythm: \"weekly 3 14:30\", \"monthly 15 09:00\"; none: as needed") },
	{ "length", CONF_INT, 0, "0", 0, MEETING_MINUTES_MAX, NULL,
	  N_("minutes it is planned for; 0: by its items") },
	{ "item_minutes", CONF_INT, 0, "10", 1, MEETING_MINUTES_MAX, NULL,
	  N_("minutes that an item gets") },
	{ "items_most", CONF_INT, 0, "0", 0, 64, NULL,
	  N_("items of one meeting at the most; 0: any") },
	{ "chair", CONF_STRS, 0, NULL, 0, PERSON, NULL,
	  N_("who chairs, as people say it: one, or two together") },
	{ "must", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("who always sits and must be there: codes of organisations, tiers, or \"centre\"") },
	{ "may", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("who is always invited and may stay away: the same") },
	{ "quorum", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("of those invited, who must be there: \"60%\"; none: those who must") },
	{ "item_role", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("role, at least, that approves items; none: nobody needs to") },
	{ "minutes_role", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("role, at least, that approves the minutes; none: nobody needs to") },
	{ "signed", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: who had to be there countersigns the minutes") },
	{ "papers", CONF_STR, 0, "-", 0, WORD, NULL,
	  N_("how long before it papers are due: \"1wd\"; -: they are not called for") },
	{ "limits", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("a clock and its limit each: \"answer 1d\"; the clocks are answer, minutes, sign, "
	     "approve, stage") },
	{ "doc", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("word of the minutes' number, before the year; none: they have no number") },
	{ "office", CONF_STR, 0, "", 0, LABEL, NULL, N_("who issues the minutes; none: the centre") },
	{ "main_to", CONF_STR, 0, "", 0, LINE, NULL, N_("to whom they are addressed") },
	{ "copy_to", CONF_STR, 0, "", 0, LINE, NULL, N_("who gets copies") },
	{ "stage", CONF_SECTION, CONF_TITLED, NULL, 0, 0, stage_spec,
	  N_("of a resolution in stages, in their order; none: an ordinary meeting") },
	{ NULL },
};

const struct conf_spec room_spec[] = {
	{ "seats", CONF_INT, 0, "0", 0, 10000, NULL, N_("how many sit there; 0: not said") },
	{ "line", CONF_STR, 0, "", 0, LABEL, NULL, N_("its conference line: a number to dial") },
	{ "line_only", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: no room, a conference line that is booked by itself") },
	{ NULL },
};

static const struct conf_spec task_clock_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "timeouts", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("a percentage and what happens then each: urge, propose, list") },
	{ NULL },
};

const struct conf_spec task_spec[] = {
	{ "sign", CONF_STR, 0, "-", 0, WORD, NULL, N_("limit for signing for it") },
	{ "handle", CONF_STR, 0, "-", 0, WORD, NULL,
	  N_("limit of the handling, when the meeting names no day") },
	{ "verify", CONF_STR, 0, "-", 0, WORD, NULL, N_("limit for verifying what was fed back") },
	{ "extensions", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("who may grant the first, second, ... extension of the handling, with the most he may: "
	     "\"5wd chief\"") },
	{ "clock", CONF_SECTION, CONF_TITLED, NULL, 0, 0, task_clock_spec,
	  N_("the name of a clock, and what happens at its percentages: sign, handle, verify") },
	{ NULL },
};
