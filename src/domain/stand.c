#include <config.h>

#include "zhiban/domain/stand.h"

#include <string.h>

static bool is_unsigned(const struct incident *incident)
{
	if (!incident->open)
		return false;
	if (incident->holder && !incident->signer && !incident->handler)
		return true;
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);

		if (part_is_live(part) && strcmp(part_state(part), "assigned") == 0)
			return true;
	}
	return false;
}

static bool lacks_receipt(const struct incident *incident)
{
	const struct receipt *receipts = incident->receipts.items;

	for (size_t i = 0; i < incident->receipts.n; i++)
		if (!receipts[i].signed_at)
			return true;
	return false;
}

/* One of an older program has no word of being carried out: with the case it is done. */
static bool is_instructed(const struct incident *incident)
{
	const struct instruction *list = incident->instructions.items;

	for (size_t i = 0; i < incident->instructions.n; i++)
		if (list[i].done_at == 0 && (incident->open || list[i].at > incident->closed_at))
			return true;
	return false;
}

unsigned incident_stands(const struct incident *incident)
{
	return (is_unsigned(incident) ? STAND_UNSIGNED : 0u) |
	       (lacks_receipt(incident) ? STAND_RECEIPTS : 0u) |
	       (is_instructed(incident) ? STAND_INSTRUCTED : 0u);
}
