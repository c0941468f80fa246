/* The fields a filter knows, and what they are called. */
#include <config.h>

#include <string.h>
#include <strings.h>

#include "filter_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct { /* short names of fields */
	const char *name, *field;
} short_names[] = {
	{ "src", "source" }, { "sev", "severity" }, { "urg", "urgency" },
	{ "cat", "category" }, { "no", "number" },
};

static const struct { /* what the board calls them above its columns */
	const char *title, *field;
} columns[] = {
	{ N_("State"), "step" },
	{ N_("Left"), "due" },
	{ N_("Area"), "street" },
	{ N_("Pressed"), "supervised" },
};

static const char *const special[] = { "dept", "since" };

/* What is masked must not be guessed by filtering for it digit by digit. */
static bool filterable(const struct field *field)
{
	return field->sensitivity != SENS_PERSONAL;
}

const struct field *filter_field(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < ARRAY_LEN(short_names); i++)
		if (strcmp(short_names[i].name, name) == 0)
			name = short_names[i].field;
	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		if (strcasecmp(_(columns[i].title), name) == 0)
			name = columns[i].field;
	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		if (filterable(field) && (strcmp(field->name, name) == 0 ||
					  strcasecmp(_(field->title), name) == 0))
			return field;
	}
	return NULL;
}

#define NAMES(...) ((const char *const[3]){ __VA_ARGS__ })

struct candidates candidates_of_sorts(const struct choices *sorts, struct arena *arena)
{
	struct candidates list = { .items = NULL };

	for (size_t i = 0; i < sorts->n; i++)
		candidates_add(&list, arena, sorts->items[i].code,
			       NAMES(sorts->items[i].label, sorts->items[i].code),
			       sorts->items[i].words);
	return list;
}

struct candidates candidates_of_fields(struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct candidates list = { .items = NULL };

	for (size_t i = 0; i < ARRAY_LEN(special); i++)
		candidates_add(&list, arena, special[i], NAMES(special[i]), NULL);
	for (size_t i = 0; i < ARRAY_LEN(short_names); i++)
		candidates_add(&list, arena, short_names[i].field, NAMES(short_names[i].name),
			       NULL);
	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		if (filterable(field) && !(field->flags & F_HIDDEN))
			candidates_add(&list, arena, field->name,
				       NAMES(field->name, _(field->title)), NULL);
	}
	return list;
}
