#include <config.h>

#include "zhiban/model/alarm.h"

#include "zhiban/domain/alarm.h"

enum { AT_ONCE = 64, LOOKED_MOST = 512 };

bool alarm_is(const struct rules *rules, const struct actor *actor,
	      const struct incident *incident)
{
	return actor != NULL && incident->urgency > 0 &&
	       incident->urgency <= rules->alarm_urgency &&
	       alarm_of(rules, NULL, actor->org, incident, 0).kind != ALARM_NONE;
}

/* The most urgent come first in their order, so that what is looked at is what may ring. */
size_t alarms_count(struct client *client)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct client_order order = {
		.field = field_find(kind->fields, kind->n_fields, "urgency"), .open_only = true
	};
	const struct rules *rules = client_rules(client);
	const struct actor *actor = client_actor(client);
	struct row_key key = { .set = false };
	struct arena arena = ARENA_INIT;
	struct client_page page;
	size_t count = 0, looked = 0;
	bool more = actor != NULL && rules->alarm_urgency > 0;

	while (more && looked < LOOKED_MOST && count < ALARMS_MOST) {
		arena_reset(&arena);
		if (client_page(client, &order, key.set ? &key : NULL,
				key.set ? PAGE_AFTER : PAGE_FROM, AT_ONCE, &arena, &page,
				NULL) != ERR_OK)
			break;
		for (size_t i = 0; i < page.n && more && count < ALARMS_MOST; i++) {
			const struct incident *incident = page.rows[i].incident;

			more = incident->urgency > 0 && incident->urgency <= rules->alarm_urgency;
			count += alarm_is(rules, actor, incident);
			key = page.rows[i].key;
		}
		more = more && page.more;
		looked += page.n;
	}
	arena_release(&arena);
	return count;
}
