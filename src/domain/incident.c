#include <config.h>

#include "zhiban/domain/incident.h"

#include <stdio.h>
#include <string.h>

const struct clock *incident_clock(const struct incident *incident, size_t i)
{
	return (const struct clock *)incident->clocks.items + i;
}

const struct part *incident_part(const struct incident *incident, size_t i)
{
	return (const struct part *)incident->parts.items + i;
}

const char *part_state(const struct part *part)
{
	if (part->state != NULL)
		return part->state;
	return part->signed_at != 0 ? "signed" : "assigned"; /* of before there were states */
}

bool part_is_live(const struct part *part)
{
	return !str_eq(part->role, "past") && !str_eq(part->state, "returned");
}

const struct clock *incident_next_clock(const struct incident *incident)
{
	const struct clock *next = NULL;

	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		if (clock->stopped_at != 0 || clock->due == 0 || clock->side)
			continue;
		if (next == NULL || clock->due < next->due)
			next = clock;
	}
	return next;
}

bool incident_is_overdue(const struct incident *incident, int64_t now)
{
	return incident->open && incident->due != 0 && incident->due < now;
}

const char *incident_short_number(const struct incident *incident, char buf[24])
{
	const char *number = incident->number;

	buf[0] = '\0';
	if (number == NULL)
		return buf;
	/* year and month are said only where they are in doubt */
	if (strlen(number) > 9 && number[8] == '-')
		number += 6;
	snprintf(buf, 24, "%s", number);
	return buf;
}

void incident_texts(const struct incident *incident, incident_text_fn fn, void *ctx)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	char number[24];

	if (incident->number != NULL)
		fn(ctx, NULL, incident_short_number(incident, number));
	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		const char *text;

		if (!field_is_text(field) || field->sensitivity == SENS_PERSONAL ||
		    (field->flags & (F_SEARCH | F_LONG)) == 0)
			continue;
		text = field_get(field, incident).text;
		if (text != NULL)
			fn(ctx, field, text);
	}
}
