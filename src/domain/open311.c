#include <config.h>

#include "zhiban/domain/open311.h"

#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/rules.h"

const char *const open311_type_words[OPEN311_TYPES] = {
	[OPEN311_REALTIME] = "realtime",
	[OPEN311_BATCH] = "batch",
	[OPEN311_BLACKBOX] = "blackbox",
};
const char *const open311_datatype_words[OPEN311_DATATYPES] = {
	[OPEN311_STRING] = "string",
	[OPEN311_NUMBER] = "number",
	[OPEN311_DATETIME] = "datetime",
	[OPEN311_TEXT] = "text",
	[OPEN311_SINGLE] = "singlevaluelist",
	[OPEN311_MULTI] = "multivaluelist",
};

const struct open311_service *open311_service(const struct open311 *open311, const char *code)
{
	for (size_t i = 0; open311 != NULL && code != NULL && i < open311->n_services; i++)
		if (strcmp(open311->services[i].code, code) == 0)
			return &open311->services[i];
	return NULL;
}

const struct open311_attribute *open311_attribute(const struct open311_service *service,
						  const char *code)
{
	for (size_t i = 0; i < service->n_attributes; i++)
		if (strcmp(service->attributes[i].code, code) == 0)
			return &service->attributes[i];
	return NULL;
}

/* What is kept from one organisation is kept from the world. */
static bool is_restricted(const struct incident *incident)
{
	const struct restriction *list = incident->restrictions.items;

	for (size_t i = 0; i < incident->restrictions.n; i++)
		if (list[i].lifted_at == 0)
			return true;
	return false;
}

bool open311_shows(const struct rules *rules, const struct incident *incident, const char *source)
{
	const struct open311 *open311 = rules->open311;
	const struct open311_service *service = open311_service(open311, incident->category);

	if (service == NULL || service->type == OPEN311_BLACKBOX || incident->number == NULL ||
	    is_restricted(incident))
		return false;
	if (source != NULL && str_eq(source, incident->source))
		return true;
	for (const char *const *shown = open311->show; *shown != NULL; shown++)
		if (str_eq(*shown, incident->source))
			return true;
	return false;
}

static const char *org_name(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org->name : NULL;
}

/* From the most specific to the most general, as the standard wants it. */
static const char *area_words(const struct rules *rules, const struct incident *incident,
			      struct arena *arena)
{
	const char *community = org_name(rules, incident->community);
	const char *street = org_name(rules, incident->street);

	if (community == NULL || street == NULL)
		return community != NULL ? community : street;
	return arena_printf(arena, "%s, %s", community, street);
}

static const char *address_of(const struct rules *rules, const struct incident *incident,
			      struct arena *arena)
{
	switch (rules->open311->address) {
	case OPEN311_NOWHERE:
		return NULL;
	case OPEN311_FULL:
		if (incident->address != NULL)
			return incident->address;
		break;
	case OPEN311_AREA:
		break;
	}
	return area_words(rules, incident, arena);
}

/* The standard's longest description; longer ones end in dots. */
static const char *described(const char *text, struct arena *arena)
{
	enum { LONGEST = 4000 };
	size_t at = 0, len;
	uint32_t cp;

	if (text == NULL || !text_longer(text, LONGEST))
		return text;
	len = strlen(text);
	for (int chars = 0; chars < LONGEST - 1; chars++)
		at += text_next(text + at, len - at, &cp);
	return arena_printf(arena, "%.*s…", (int)at, text);
}

void open311_view(const struct rules *rules, const struct incident *incident, struct arena *arena,
		  struct open311_request *ret_request)
{
	const struct open311 *open311 = rules->open311;
	struct open311_request view = {
		.id = incident->number,
		.open = incident->open,
		.service = open311_service(open311, incident->category),
		.address = address_of(rules, incident, arena),
		.requested = incident->registered_at,
		.updated = incident->moved_at,
		.has_position = open311->position && incident->lat != 0 && incident->lon != 0,
	};

	if (open311->text)
		view.description = described(incident->text, arena);
	if (open311->notes)
		view.notes = incident->reply;
	if (open311->agency)
		view.agency = org_name(rules, incident->holder != NULL ? incident->holder
									: incident->seat);
	if (!incident->open && incident->closed_at != 0)
		view.updated = incident->closed_at;
	if (incident->open && open311->expected != NULL &&
	    str_eq(open311->expected, incident->due_clock))
		view.expected = incident->due;
	if (view.has_position) {
		view.lat = incident->lat;
		view.lon = incident->lon;
	}
	*ret_request = view;
}
