/* One state of both files from poll to poll, and what changed with it. */
#include <config.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client_priv.h"
#include "zhiban/client/search.h"

/* ---- the view of the cache ---- */

/* Another process may commit at any moment; what is read between two polls, page and counts and
 * overlay, must be of one state all the same. */
enum err client_view(struct client *client, struct error *err)
{
	enum err code = store_read_begin(client->cache, err);

	if (code != ERR_OK)
		return code;
	client->cache_version = store_data_version(client->cache); /* reading takes the state */
	return ERR_OK;
}

void client_let_go(struct client *client)
{
	if (client->cache != NULL)
		store_read_end(client->cache);
}

static bool cache_replaced(const struct client *client)
{
	char path[4096];
	struct stat st;

	if (snprintf(path, sizeof path, "%s/cache.db", client->dir) >= (int)sizeof path)
		return false;
	return stat(path, &st) == 0 &&
	       (st.st_ino != client->cache_ino || st.st_dev != client->cache_dev);
}

static enum err reopen(struct client *client, struct client_change *change, struct error *err)
{
	enum err code;

	store_close(client->cache);
	client->cache = NULL;
	code = client_open_cache(client, err);
	if (code == ERR_NOT_FOUND || code == ERR_BUSY)
		return ERR_OK;
	change->bits |= CHANGE_DATA | CHANGE_LINK;
	change->any = true;
	return code;
}

/* The ids and `any` are of the cache alone. */
static enum err poll_cache(struct client *client, struct client_change *change, struct error *err)
{
	int64_t version = client->cache_version;
	bool rules = false;
	enum err code = ERR_OK;

	if (client->cache == NULL || cache_replaced(client)) {
		code = reopen(client, change, err);
	} else {
		client_let_go(client);
		code = client_view(client, err);
		if (code != ERR_OK || (version == client->cache_version && !client->half))
			return code;
		code = cache_recent(client->cache, &client->recent_at, change->ids, CHANGE_IDS,
				    &change->n, &change->any, err);
		change->bits |= CHANGE_LINK;
		if (change->n > 0 || change->any)
			change->bits |= CHANGE_DATA;
	}
	if (code == ERR_OK)
		code = client_load_rules(client, &rules, err);
	if (rules) {
		change->bits |= CHANGE_RULES;
		change->any = true;
		if (code == ERR_OK) /* whose acts are shown hangs on what roles see */
			code = waiting_load(client, err);
	}
	client->n_groups = 0;
	arena_reset(&client->group_arena);
	return code;
}

/* ---- both files ---- */

static enum err poll_outbox(struct client *client, struct client_change *change, struct error *err)
{
	int64_t version = store_data_version(client->outbox);
	const struct actor *actor = client->actor;
	bool marks = false;
	enum err code = ERR_OK;

	if (version == client->outbox_version && !client->outbox_dirty)
		return ERR_OK;
	code = client_load_actor(client, err); /* decides which acts are shown */
	if (code == ERR_OK && (version != client->outbox_version || client->actor != actor))
		code = waiting_load(client, err);
	if (code == ERR_OK)
		code = marks_load(client, &marks, err);
	if (code != ERR_OK)
		return code;
	change->bits |= CHANGE_OUTBOX | CHANGE_LINK | (marks ? CHANGE_MARKS : 0);
	client->outbox_version = version;
	client->outbox_dirty = false;
	if (client->actor != actor) {
		change->bits |= CHANGE_ACTOR;
		client_found_keep(client, NULL, false); /* another one sees other things */
	}
	return ERR_OK;
}

/* While the outbox is held nobody can write to it, so the acts in it and the state of the cache
 * belong together: none is in both without its answer, none in neither. */
enum err client_take(struct client *client, struct client_change *change, struct error *err)
{
	enum err code = store_read_begin(client->outbox, err);

	if (code == ERR_OK)
		code = poll_outbox(client, change, err);
	if (code == ERR_OK)
		code = poll_cache(client, change, err);
	store_read_end(client->outbox);
	return code;
}

static bool touches_waiting(const struct client *client, const struct client_change *change)
{
	if (change->any || (change->bits & CHANGE_OUTBOX) != 0)
		return true;
	for (size_t i = 0; i < change->n; i++)
		if (overlay_waits(client, &change->ids[i]))
			return true;
	return false;
}

/* ---- changes ---- */

int client_fd(const struct client *client)
{
	return client->watch;
}

static void drain(const struct client *client)
{
	char buf[4096];

	if (client->watch < 0)
		return;
	while (read(client->watch, buf, sizeof buf) > 0)
		;
}

enum err client_poll(struct client *client, struct client_change *ret_change, struct error *err)
{
	enum err code;

	ret_change->bits = 0;
	ret_change->any = false;
	ret_change->n = 0;
	drain(client);
	code = client_take(client, ret_change, err);
	if (code != ERR_OK) {
		client->half = true; /* the next one shows everything anew */
		return code;
	}
	if (client->half) {
		ret_change->bits |= CHANGE_DATA | CHANGE_OUTBOX;
		ret_change->any = true;
		client->half = false;
	}
	if (ret_change->bits != 0) {
		deadlines_forget(client);
		joint_forget(client);
		link_load(client);
	}
	if ((ret_change->bits & (CHANGE_DATA | CHANGE_OUTBOX | CHANGE_RULES)) != 0 &&
	    mode_load(client)) { /* the rules judge by it: all that waits is decided again */
		ret_change->bits |= CHANGE_MODE;
		ret_change->any = true;
	}
	if (touches_waiting(client, ret_change))
		overlay_replay(client, ret_change);
	ret_change->any |= (ret_change->bits & CHANGE_OUTBOX) != 0;
	return ERR_OK;
}
