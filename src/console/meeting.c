/* zhiban meeting VERB …: meetings without a screen, what is more than an act or a list. */
#include <config.h>

#include <string.h>

#include "meeting.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *name;
	command_fn run;
} verbs[] = {
	{ "slots", meeting_slots_command },
	{ "invite", meeting_invite_command },
	{ "reply", meeting_reply_command },
};

enum err meeting_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct str known = STR_INIT;

	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return verbs[i].run(console, argc - 1, argv + 1, err);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		str_addf(&known, " %s", verbs[i].name);
	error_set(err, ERR_USAGE, _("zhiban meeting: say what to do; there are%s"), str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}
