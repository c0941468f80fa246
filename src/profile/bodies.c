/* Whose something is, and who belongs to it: organisations, whole tiers, the centre. */
#include <config.h>

#include "bodies_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum err build_owner(struct build *build, const struct conf_section *section, const char *name,
		     const char **ret_of, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *of = conf_str(section, name);
	const struct choice *tier = choices_find(&rules->tiers, of);
	const struct org *org = rules_org(rules, of);

	if (!str_eq(of, "centre") && !tier && !org)
		return conf_error(section, name, err,
				  _("%s: \"%s\" is none of centre, %s, and the code of no "
				    "organisation"),
				  name, of, choice_words(&build->profile->arena, &rules->tiers));
	if (tier && org)
		return conf_error(
		    section, name, err,
		    _("%s: \"%s\" is a tier and the code of an organisation: which is "
		      "meant?"),
		    name, of);
	*ret_of = build_str(build, section, name);
	return ERR_OK;
}

enum err build_bodies(struct build *build, const struct conf_section *section, const char *name,
		      const char *const **ret_bodies, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	size_t n = conf_count(section, name);

	for (size_t i = 0; i < n; i++) {
		const char *word = conf_item(section, name, i);

		if (!str_eq(word, "centre") && !choices_find(&rules->tiers, word) &&
		    !rules_org(rules, word))
			return conf_item_error(section, name, i, err,
					       _("%s: \"%s\" is none of centre, %s, and the code "
						 "of no organisation"),
					       name, word,
					       choice_words(&build->profile->arena, &rules->tiers));
	}
	*ret_bodies = n ? build_list(build, section, name) : NULL;
	return ERR_OK;
}
