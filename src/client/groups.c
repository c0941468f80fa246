/* Groups of a grouped order: which there are, how many open incidents each has, where it begins. */
#include <config.h>

#include <string.h>

#include "client_priv.h"
#include "rows_priv.h"

enum err client_groups(struct client *client, const struct field *field,
		       const struct value **ret_values, size_t *ret_n, struct error *err)
{
	const struct group_list *list;
	enum err code = ERR_OK;

	if (client->cache == NULL) {
		*ret_values = NULL;
		*ret_n = 0;
		return ERR_OK;
	}
	code = rows_groups(client, field, &list, err);
	if (code == ERR_OK) {
		*ret_values = list->values;
		*ret_n = list->n;
	}
	return code;
}

static bool stands_in(const struct incident *incident, const struct field *field,
		      struct value value)
{
	return incident != NULL && incident->open && value_eq(field_get(field, incident), value);
}

static bool is_over(const struct incident *incident, int64_t now)
{
	return incident->due != 0 && incident->due <= now;
}

enum err client_count_group(struct client *client, const struct field *field, struct value value,
			    int64_t most, struct client_group *ret_group, struct error *err)
{
	struct client_group group = { 0, 0 };
	int64_t now = client_now(client);
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_count_group(client->cache, field, value, INT64_MAX, most, &group.n,
					 err);
	if (code == ERR_OK && client->cache != NULL)
		code = cache_count_group(client->cache, field, value, now, most, &group.overdue,
					 err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < client->overlay.n && group.n < most; i++) {
		const struct incident *base = client->overlay.rows[i].base;
		const struct incident *shown = client->overlay.rows[i].shown;

		if (stands_in(base, field, value)) {
			group.n--;
			group.overdue -= is_over(base, now);
		}
		if (stands_in(shown, field, value)) {
			group.n++;
			group.overdue += is_over(shown, now);
		}
	}
	*ret_group = group;
	return ERR_OK;
}

int64_t client_newest(struct client *client)
{
	int64_t tie = 0;

	if (client->cache != NULL && cache_newest(client->cache, &tie, NULL) != ERR_OK)
		return INT64_MAX;
	return tie;
}
