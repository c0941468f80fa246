/* Words of joint meetings, and the sorts of hard cases that they deal with. */
#include <config.h>

#include "words_priv.h"

#include "zhiban/base/mem.h"

static const char *const names[DEMO_MEETS] = {
	[DEMO_WHY_RETURNED] = "returned", [DEMO_WHY_HARD] = "hard",
	[DEMO_WHY_PUT] = "put",		  [DEMO_WHY_SHELVED] = "shelved",
	[DEMO_WHY_UP] = "up",		  [DEMO_WHY_REWORK] = "rework",
	[DEMO_DISCUSSIONS] = "discussions", [DEMO_RESOLUTIONS] = "resolutions",
	[DEMO_DEFERRALS] = "deferrals",	  [DEMO_TASKS] = "tasks",
	[DEMO_PROGRESS] = "progress",	  [DEMO_REPLIES] = "replies",
	[DEMO_LEAVES] = "leaves",	  [DEMO_INSISTS] = "insists",
	[DEMO_OBJECTIONS] = "objections", [DEMO_PAPERS] = "papers",
	[DEMO_PREFACES] = "prefaces",	  [DEMO_CLOSINGS] = "closings",
	[DEMO_MEET_NOTES] = "notes",	  [DEMO_MEET_CHASES] = "chases",
	[DEMO_MEET_CALLS] = "calls",	  [DEMO_MEET_TOO_FEW] = "too_few",
	[DEMO_CANCELS] = "cancels",	  [DEMO_SPECIALS] = "specials",
	[DEMO_VILLAGE] = "village",	  [DEMO_VILLAGE_WORDS] = "village_words",
	[DEMO_POSTS] = "posts",
};

#define LIST(name)                                                                             \
	{                                                                                      \
		name, CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL                         \
	}
const struct conf_spec demo_meeting_spec[] = {
	LIST("returned"),    LIST("hard"),	LIST("put"),	  LIST("shelved"),
	LIST("up"),	     LIST("rework"),	LIST("discussions"), LIST("resolutions"),
	LIST("deferrals"),   LIST("tasks"),	LIST("progress"), LIST("replies"),
	LIST("leaves"),	     LIST("insists"),	LIST("objections"), LIST("papers"),
	LIST("prefaces"),    LIST("closings"),	LIST("notes"),	  LIST("chases"),
	LIST("calls"),	     LIST("too_few"),
	LIST("cancels"),     LIST("specials"),	LIST("village"),  LIST("village_words"),
	LIST("posts"),
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

enum err demo_meeting_take(const struct conf_section *root, struct arena *arena,
			   struct demo_words *words, struct error *err)
{
	const struct conf_section *meeting = conf_child(root, "meeting", 0);
	size_t n = conf_count(root, "hard");
	struct demo_cause *hard = arena_array(arena, n + 1, sizeof *hard);
	enum err rc = ERR_OK;

	for (int i = 0; i < DEMO_MEETS && rc == ERR_OK; i++)
		rc = demo_list_take(meeting, names[i], arena, &words->meet[i], err);
	for (size_t i = 0; i < n && rc == ERR_OK; i++)
		rc = demo_cause_take(conf_child(root, "hard", i), arena, &hard[i], err);
	words->hard = hard;
	words->n_hard = n;
	return rc;
}
