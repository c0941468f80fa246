#include <config.h>

#include "zhiban/domain/role.h"

#include "zhiban/domain/rules.h"

static const struct role_rule plain_role = { .sees = SEES_OWN };

const struct role_rule *rules_role(const struct rules *rules, const char *words)
{
	const struct choice *choice = choices_named(&rules->roles, words);

	if (choice == NULL || rules->role_list == NULL)
		return &plain_role;
	return &rules->role_list[choice - rules->roles.items];
}

const char *role_scope_org(const struct rules *rules, const char *role, const char *org)
{
	switch (rules_role(rules, role)->sees) {
	case SEES_OWN:
		return org;
	case SEES_ALL:
		return rules->centre;
	case SEES_NONE:
		break;
	}
	return NULL;
}
