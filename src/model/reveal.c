#include <config.h>

#include "zhiban/model/reveal.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/wire/mask.h"

static void add(const struct field *field, const struct incident *incident, struct arena *arena,
		struct reveal_item items[REVEALS_MOST], size_t *n)
{
	struct value value = field_get(field, incident);

	if (!value_is_set(value) || *n == REVEALS_MOST)
		return;
	items[(*n)++] = (struct reveal_item){
		.field = field,
		.masked = page_masked(page_clean(value.text, arena), arena),
		.here = !mask_is(value.text),
	};
}

enum err reveal_items(struct client *client, const struct uuid *id, struct arena *arena,
		      struct reveal_item items[REVEALS_MOST], size_t *ret_n, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *phone = field_find(kind->fields, kind->n_fields, "phone");
	struct incident *incident;
	size_t n = 0;
	enum err code = client_get(client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	add(phone, incident, arena, items, &n);
	for (size_t i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].sensitivity == SENS_PERSONAL && &kind->fields[i] != phone)
			add(&kind->fields[i], incident, arena, items, &n);
	*ret_n = n;
	return n > 0 ? ERR_OK :
		       error_set(err, ERR_NOT_FOUND, "%s",
				 _("this case has no personal values"));
}

size_t reveal_usual(const struct rules *rules)
{
	for (size_t i = 0; i < rules->reveal_whys.n; i++)
		if (strcmp(rules->reveal_whys.items[i].code, "contact") == 0)
			return i;
	return 0;
}

enum err reveal_here(struct client *client, const struct uuid *id, const struct field *field,
		     const char *why, struct arena *arena, const char **ret_value,
		     struct error *err)
{
	const struct act_desc *act = act_desc_find("reveal");
	const struct given given[] = {
		{ act_arg_field(act, "field"), { .is_text = true, .text = field->name } },
		{ act_arg_field(act, "why"), { .is_text = true, .text = why } },
	};
	struct incident *incident;
	struct client_done done;
	struct value value;
	enum err code = client_get(client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	value = field_get(field, incident);
	code = client_act(client, act, id, given, 2, &done, err);
	if (code == ERR_OK)
		*ret_value = page_clean(value.is_text && value.text ? value.text : "", arena);
	return code;
}
