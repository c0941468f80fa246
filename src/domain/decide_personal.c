/* Personal values: shown for a reason, and erased. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"

static const struct field *personal_field(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].sensitivity == SENS_PERSONAL &&
		    (str_eq(kind->fields[i].name, name) || str_eq(kind->fields[i].json, name)))
			return &kind->fields[i];
	return NULL;
}

/* Nothing changes: that it was shown, to whom and why, stands in the journal. */
enum err apply_reveal(struct draft *draft, struct error *err)
{
	const char *name = act_text(draft->act, "field"), *why = act_text(draft->act, "why");
	const struct field *field = personal_field(name);

	if (field == NULL)
		return error_set(err, ERR_INPUT, _("%.40s is no personal value of an incident"), name);
	if (choices_find(&draft->rules->reveal_whys, why) == NULL)
		return error_set(err, ERR_INPUT, _("%.40s is no reason of this jurisdiction's list"),
				 why);
	if (!value_is_set(field_get(field, draft->before)))
		return error_set(err, ERR_REFUSED, _("%s: there is nothing to be shown"),
				 _(field->title));
	return ERR_OK;
}

enum err apply_erase(struct draft *draft, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	(void)err;
	for (size_t i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].sensitivity == SENS_PERSONAL)
			field_set(&kind->fields[i], draft->after,
				  (struct value){ .is_text = true }, draft->arena);
	return ERR_OK;
}
