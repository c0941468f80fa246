#include <config.h>

#include <stddef.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"

enum { WORD = 40, LABEL = 120, LINE = 400 };

static const struct conf_spec choice_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "words", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("other names that an import may bring") },
	{ NULL },
};

static const struct conf_spec label_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ NULL },
};

static const struct conf_spec act_spec[] = {
	{ "who", CONF_STR, 0, "any", 0, WORD, NULL,
	  N_("any, centre, holder, centre_or_holder, origin") },
	{ "to", CONF_STR, 0, "", 0, WORD, NULL, N_("the step it leads to; none: stays") },
	{ "guards", CONF_STRS, 0, NULL, 0, LINE, NULL, N_("a guard and its argument each") },
	{ NULL },
};

static const struct conf_spec clock_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "who", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("centre or holder") },
	{ "limits", CONF_STRS, CONF_REQUIRED, NULL, 0, LINE, NULL,
	  N_("rows of selectors and a limit; the first that fits wins") },
	{ NULL },
};

static const struct conf_spec step_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("the step's name") },
	{ "waiting", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL,
	  N_("how an incident in it is called") },
	{ "tier", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("one of the tiers") },
	{ "open", CONF_BOOL, 0, "true", 0, 0, NULL, N_("false: closed or archived") },
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, act_spec, N_("an act it allows") },
	{ "clock", CONF_SECTION, CONF_TITLED, NULL, 0, 0, clock_spec,
	  N_("a clock that runs in it") },
	{ NULL },
};

const struct conf_spec profile_spec[] = {
	{ "name", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("short, for commands") },
	{ "title", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("the centre's full name") },
	{ "brief", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("the jurisdiction's name") },
	{ "offset", CONF_STR, 0, "+08:00", 0, WORD, NULL, N_("from UTC, the whole year") },
	{ "centre", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("code of the organisation at the root") },
	{ "orgs", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL,
	  N_("table of organisations, beside this file") },
	{ "calendar", CONF_STR, 0, "cn", 0, WORD, NULL, N_("calendar-NAME.conf") },
	{ "hours", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("working hours") },
	{ "night", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL,
	  N_("from when to when limits of the night hold") },
	{ "rooms", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("rooms that can be booked") },
	{ "other_category", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("where categories go that the list does not have") },
	{ "default_source", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("the source of a registration that names none") },
	{ "closed_words", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("states at a source that mean closed, for imports") },
	{ "tier", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("from the top") },
	{ "role", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("lowest first") },
	{ "source", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("where cases come from") },
	{ "category", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,
	  N_("codes; groups are the beginnings of their members") },
	{ "urgency", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("most urgent first") },
	{ "severity", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("lowest first") },
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, label_spec, N_("the name of an act here") },
	{ "step", CONF_SECTION, CONF_TITLED, NULL, 0, 0, step_spec,
	  N_("in the flow's order; registering leads into the first") },
	{ NULL },
};
