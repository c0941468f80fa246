/* Words of rosters, handovers and the duty log. */
#include <config.h>

#include "words_priv.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const char *const duty_names[DEMO_DUTIES] = {
	[DEMO_LEADERS] = "leaders",	  [DEMO_CHIEFS] = "chiefs",
	[DEMO_OFFICERS] = "officers",	  [DEMO_HEADS] = "heads",
	[DEMO_CLERKS] = "clerks",	  [DEMO_OFF] = "off",
	[DEMO_SWAPS] = "swaps",		  [DEMO_REFUSALS] = "refusals",
	[DEMO_WITHDRAWALS] = "withdrawals", [DEMO_TAKEOVERS] = "takeovers",
	[DEMO_GAPS] = "gaps",		  [DEMO_CHASES] = "notes",
	[DEMO_HANDOVERS] = "handovers",	  [DEMO_REMARKS] = "remarks",
	[DEMO_FAULTS] = "faults",	  [DEMO_TALLIES] = "tallies",
};

#define LIST(name)                                                                             \
	{                                                                                      \
		name, CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL                         \
	}
const struct conf_spec demo_duty_spec[] = {
	LIST("leaders"),     LIST("chiefs"),	LIST("officers"),  LIST("heads"), LIST("clerks"),
	LIST("off"),	     LIST("swaps"),	LIST("refusals"),  LIST("withdrawals"),
	LIST("takeovers"),   LIST("gaps"),	LIST("notes"),	   LIST("handovers"),
	LIST("remarks"),     LIST("faults"),	LIST("tallies"),
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

#define WORDS(name, flags)                                                                     \
	{                                                                                      \
		name, CONF_STR, flags, "", 0, 0, NULL, NULL                                    \
	}
const struct conf_spec demo_record_spec[] = {
	WORDS("sort", CONF_REQUIRED), WORDS("title", CONF_REQUIRED), WORDS("party", 0),
	WORDS("paper_no", 0),	      WORDS("words", 0),	     WORDS("proposed", 0),
	WORDS("instructed", 0),	      WORDS("told", 0),		     WORDS("outcome", 0),
	WORDS("place", 0),
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static void take_record(const struct conf_section *section, struct arena *arena,
			struct demo_record *record)
{
	const struct {
		const char *name;
		const char **words;
	} all[] = {
		{ "sort", &record->sort },	   { "title", &record->title },
		{ "party", &record->party },	   { "paper_no", &record->paper_no },
		{ "words", &record->words },	   { "proposed", &record->proposed },
		{ "instructed", &record->instructed }, { "told", &record->told },
		{ "outcome", &record->outcome },   { "place", &record->place },
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		*all[i].words = arena_strdup(arena, conf_str(section, all[i].name));
}

enum err demo_duty_take(const struct conf_section *root, struct arena *arena,
			struct demo_words *words, struct error *err)
{
	const struct conf_section *duty = conf_child(root, "duty", 0);
	size_t n = conf_count(root, "record");
	struct demo_record *records = arena_array(arena, n, sizeof *records);
	enum err rc = ERR_OK;

	for (int i = 0; i < DEMO_DUTIES && rc == ERR_OK; i++)
		rc = demo_list_take(duty, duty_names[i], arena, &words->duty[i], err);
	for (size_t i = 0; i < n; i++)
		take_record(conf_child(root, "record", i), arena, &records[i]);
	words->records = records;
	words->n_records = n;
	return rc;
}
