/* What a profile says of each role beside its name. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* By their place in the enums. */
static const char *const sees_words[] = { "own", "all", "none" };
static const char *const manage_words[] = { "", "system", "security", "audit" };

static enum err one_of(struct build *build, const struct conf_section *section, const char *name,
		       const char *const *words, size_t n, int *ret_place, struct error *err)
{
	const char *word = conf_str(section, name);

	for (size_t i = 0; i < n; i++) {
		if (strcmp(words[i], word) == 0) {
			*ret_place = (int)i;
			return ERR_OK;
		}
	}
	return conf_error(section, name, err, _("%s: \"%s\": %s"), name, word,
			  words_near(&build->profile->arena, words, n, word));
}

static enum err role_build(struct build *build, const struct conf_section *section,
			   struct role_rule *role, struct error *err)
{
	int sees = 0, manage = 0;
	enum err code = one_of(build, section, "sees", sees_words, ARRAY_LEN(sees_words), &sees, err);

	if (code == ERR_OK)
		code = one_of(build, section, "manage", manage_words, ARRAY_LEN(manage_words),
			      &manage, err);
	role->sees = (enum role_sees)sees;
	role->manage = (enum role_manage)manage;
	role->read_only = conf_bool(section, "read_only");
	role->totp = conf_bool(section, "totp");
	return code;
}

enum err build_roles(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "role");
	struct role_rule *roles =
		arena_array(&build->profile->arena, rules->roles.n + 1, sizeof *roles);
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < rules->roles.n; i++) {
		roles[i].code = rules->roles.items[i].code;
		roles[i].label = rules->roles.items[i].label;
		code = role_build(build, conf_child(from, "role", i), &roles[i], err);
	}
	rules->role_list = roles;
	return code;
}
