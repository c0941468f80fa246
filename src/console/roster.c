/* zhiban roster VERB …: rosters without a screen. */
#include <config.h>

#include <string.h>

#include "roster.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *name;
	command_fn run;
} verbs[] = {
	{ "build", roster_build_command },
	{ "show", roster_show_command },
	{ "check", roster_check_command },
	{ "import", roster_import_command },
	{ "export", roster_export_command },
	{ "address", roster_address_command },
};

enum err rosters_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct str known = STR_INIT;

	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i].name, argv[1]) == 0)
			return verbs[i].run(console, argc - 1, argv + 1, err);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		str_addf(&known, " %s", verbs[i].name);
	error_set(err, ERR_USAGE, _("zhiban roster: say what to do; there are%s"), str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

enum err roster_plan_named(struct console *console, const char *org, const char *plan,
			   const char **ret_org, const struct roster_plan **ret_plan,
			   struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	const struct org *found = rules_org_named(rules, org != NULL     ? org
							 : actor != NULL ? actor->org
									 : rules->centre);
	const struct roster_plan *one;

	if (found == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 org != NULL ? org : "");
	for (size_t i = 0; (one = rules_plan_of(rules, found->code, i)) != NULL; i++) {
		if (plan != NULL && strcmp(one->code, plan) != 0 && !str_eq(one->label, plan))
			continue;
		*ret_org = found->code;
		*ret_plan = one;
		return ERR_OK;
	}
	return plan != NULL
		   ? error_set(err, ERR_INPUT, _("%s has no roster \"%s\""), found->name, plan)
		   : error_set(err, ERR_INPUT, _("%s has no roster"), found->name);
}
