#include <config.h>

#include "zhiban/client/client.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "client_priv.h"

static const struct calendar plain_weeks = { .name = "", .first_year = 1, .last_year = 0 };

static void no_rules(struct rules *rules)
{
	*rules = (struct rules){ .name = "",
				 .title = "",
				 .brief = "",
				 .offset_min = CIVIL_CHINA,
				 .centre = "",
				 .other_category = "",
				 .calendar = &plain_weeks };
}

/* ---- the view: one state of the cache from poll to poll ---- */

/* Another process may commit at any moment; what is read between two polls, page and counts and
 * overlay, must be of one state all the same. */
static enum err view_begin(struct client *client, int64_t *ret_version, struct error *err)
{
	enum err code = store_read_begin(client->cache, err);

	if (code != ERR_OK)
		return code;
	*ret_version = store_data_version(client->cache); /* reading is what takes the state */
	return ERR_OK;
}

void client_let_go(struct client *client)
{
	if (client->cache != NULL)
		store_read_end(client->cache);
}

/* ---- opening ---- */

static enum err open_cache(struct client *client, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct store *cache = NULL;
	struct stat st;
	struct uuid ids[1];
	size_t n;
	bool any;
	enum err code = cache_open(client->dir, CACHE_READ, &cache, err);

	if (code == ERR_OK && stat(path_join(&arena, client->dir, "cache.db"), &st) == 0) {
		client->cache_dev = st.st_dev;
		client->cache_ino = st.st_ino;
	}
	arena_release(&arena);
	if (code != ERR_OK)
		return code;
	client->cache = cache;
	client->recent_at = 0;
	code = view_begin(client, &client->cache_version, err);
	if (code != ERR_OK)
		return code;
	return cache_recent(cache, &client->recent_at, ids, 0, &n, &any, err);
}

/* Without a worker nobody has made a cache yet: an empty one, if nobody is about to. */
static enum err make_cache(struct client *client, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct store *cache;
	int fd;
	enum err code = file_lock(path_join(&arena, client->dir, "lock"), &fd, NULL);

	arena_release(&arena);
	if (code != ERR_OK)
		return ERR_OK; /* the holder makes it */
	code = cache_open(client->dir, CACHE_WRITE, &cache, err);
	if (code == ERR_OK)
		store_close(cache);
	file_unlock(fd);
	return code;
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

static void load_actor(struct client *client)
{
	struct outbox_who who;
	struct actor *actor;
	struct uuid console = outbox_console(client->outbox);

	client->enrolled = !uuid_is_nil(&console);
	if (outbox_who(client->outbox, NULL, &client->who_arena, &who, NULL) != ERR_OK) {
		client->actor = NULL;
		return;
	}
	if (client->actor != NULL && strcmp(client->actor->officer, who.officer) == 0 &&
	    strcmp(client->actor->org, who.org) == 0 && strcmp(client->actor->role, who.role) == 0)
		return;
	actor = arena_alloc(&client->who_arena, sizeof *actor);
	*actor = (struct actor){ who.officer, who.org, who.role };
	client->actor = actor;
}

/* The rules of the adopted profile, when they are not those we have.  A document that does not
 * parse leaves the old ones. */
static enum err load_rules(struct client *client, bool *ret_changed, struct error *err)
{
	char profile[80], calendar[80], of[sizeof client->rules_of];
	struct rules_kept *kept;
	struct str text = STR_INIT;
	enum err code;

	if (client->cache == NULL ||
	    !store_meta_text(client->cache, "profile", profile, sizeof profile))
		return ERR_OK;
	store_meta_text(client->cache, "calendar", calendar, sizeof calendar);
	snprintf(of, sizeof of, "%s %s", profile, calendar);
	if (strcmp(of, client->rules_of) == 0)
		return ERR_OK;
	kept = mem_alloc(sizeof *kept);
	code = cache_doc(client->cache, profile, &text, err);
	if (code == ERR_OK)
		code = profile_parse(str_get(&text), text.len, &kept->profile, err);
	str_clear(&text);
	if (code == ERR_OK && cache_doc(client->cache, calendar, &text, NULL) == ERR_OK) {
		code = workdays_parse("calendar", str_get(&text), text.len, &kept->days, err);
		if (code == ERR_OK)
			profile_use_calendar(kept->profile, kept->days);
	}
	str_release(&text);
	if (code != ERR_OK) {
		profile_free(kept->profile);
		free(kept);
		return code == ERR_NOT_FOUND ? ERR_OK : code; /* it is on its way */
	}
	kept->next = client->kept;
	client->kept = kept;
	client->rules = &kept->profile->rules;
	memcpy(client->rules_of, of, sizeof of);
	*ret_changed = true;
	return ERR_OK;
}

static void open_watch(struct client *client)
{
	client->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (client->watch >= 0 &&
	    inotify_add_watch(client->watch, client->dir,
			      IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_DELETE) < 0) {
		close(client->watch);
		client->watch = -1;
	}
}

/* The outbox as it was before the cache was looked at: an act that is folded meanwhile is in both,
 * and never in neither. */
struct waiting {
	struct arena arena;
	struct outbox_row *rows;
	size_t n;
};

static enum err open_all(struct client *client, struct error *err)
{
	struct waiting waiting = { .n = 0 };
	bool changed = false;
	enum err code = dir_make(client->dir, 0700, err);

	if (code == ERR_OK)
		code = dir_is_local(client->dir, err);
	if (code == ERR_OK)
		code = outbox_open(client->dir, false, &client->outbox, err);
	if (code != ERR_OK)
		return code;
	open_watch(client);
	client->outbox_version = store_data_version(client->outbox);
	code = outbox_list(client->outbox, &waiting.arena, &waiting.rows, &waiting.n, err);
	if (code == ERR_OK)
		code = open_cache(client, err);
	if (code == ERR_NOT_FOUND) {
		code = make_cache(client, err);
		if (code == ERR_OK)
			code = open_cache(client, err);
	}
	if (code == ERR_NOT_FOUND || code == ERR_CORRUPT || code == ERR_BUSY)
		code = ERR_OK; /* shown as empty till a worker has made it */
	load_actor(client);
	if (code == ERR_OK)
		code = load_rules(client, &changed, err);
	if (code == ERR_OK)
		overlay_replay(client, waiting.rows, waiting.n);
	arena_release(&waiting.arena);
	link_load(client);
	return code;
}

enum err client_open(const struct client_options *options, struct client **ret_client,
		     struct error *err)
{
	struct client *client = mem_alloc(sizeof *client);
	enum err code;

	client->dir = mem_strdup(options->dir);
	client->read_only = options->read_only;
	client->env = options->env;
	client->watch = -1;
	no_rules(&client->no_rules);
	client->rules = &client->no_rules;
	code = open_all(client, err);
	if (code != ERR_OK)
		client_close(client);
	else
		*ret_client = client;
	return code;
}

void client_close(struct client *client)
{
	if (client == NULL)
		return;
	store_close(client->cache);
	store_close(client->outbox);
	if (client->watch >= 0)
		close(client->watch);
	while (client->kept != NULL) {
		struct rules_kept *next = client->kept->next;

		profile_free(client->kept->profile);
		workdays_free(client->kept->days);
		free(client->kept);
		client->kept = next;
	}
	arena_release(&client->who_arena);
	arena_release(&client->overlay.arena);
	arena_release(&client->group_arena);
	free(client->dir);
	free(client);
}

const struct rules *client_rules(const struct client *client)
{
	return client->rules;
}

bool client_has_rules(const struct client *client)
{
	return client->rules != &client->no_rules;
}

const struct actor *client_actor(const struct client *client)
{
	return client->actor;
}

bool client_is_enrolled(const struct client *client)
{
	return client->enrolled;
}

bool client_read_only(const struct client *client)
{
	return client->read_only;
}

const struct env *client_env(const struct client *client)
{
	return client->env;
}

int64_t client_now(const struct client *client)
{
	return env_now(client->env) + client->link.offset;
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

static enum err poll_cache(struct client *client, struct client_change *change, bool *ret_overlaid,
			   struct error *err)
{
	int64_t version;
	bool rules = false, any = false;
	enum err code = ERR_OK;

	if (client->cache == NULL || cache_replaced(client)) {
		store_close(client->cache);
		client->cache = NULL;
		code = open_cache(client, err);
		if (code == ERR_NOT_FOUND || code == ERR_BUSY)
			return ERR_OK;
		change->bits |= CHANGE_DATA | CHANGE_LINK;
		change->any = *ret_overlaid = true;
	} else {
		client_let_go(client);
		code = view_begin(client, &version, err);
		if (code != ERR_OK || version == client->cache_version)
			return code;
		client->cache_version = version;
		code = cache_recent(client->cache, &client->recent_at, change->ids, CHANGE_IDS,
				    &change->n, &any, err);
		change->bits |= CHANGE_LINK;
		if (change->n > 0 || any)
			change->bits |= CHANGE_DATA;
		change->any |= any;
		*ret_overlaid |= any;
		for (size_t i = 0; i < change->n && !*ret_overlaid; i++)
			*ret_overlaid = overlay_find(client, &change->ids[i]) != NULL;
	}
	if (code == ERR_OK)
		code = load_rules(client, &rules, err);
	if (rules)
		change->bits |= CHANGE_RULES;
	*ret_overlaid |= rules;
	client->n_groups = 0;
	arena_reset(&client->group_arena);
	return code;
}

static void poll_outbox(struct client *client, struct client_change *change, bool *ret_overlaid)
{
	int64_t version = store_data_version(client->outbox);
	const struct actor *actor = client->actor;

	if (version == client->outbox_version && !client->outbox_dirty)
		return;
	change->bits |= CHANGE_OUTBOX | CHANGE_LINK;
	if (version != client->outbox_version)
		*ret_overlaid = true;
	client->outbox_version = version;
	client->outbox_dirty = false;
	change->any = true;
	load_actor(client);
	if (client->actor != actor)
		change->bits |= CHANGE_ACTOR;
}

enum err client_poll(struct client *client, struct client_change *ret_change, struct error *err)
{
	struct waiting waiting = { .n = 0 };
	bool overlaid = false;
	enum err code;

	ret_change->bits = 0;
	ret_change->any = false;
	ret_change->n = 0;
	drain(client);
	poll_outbox(client, ret_change, &overlaid);
	code = outbox_list(client->outbox, &waiting.arena, &waiting.rows, &waiting.n, err);
	if (code == ERR_OK)
		code = poll_cache(client, ret_change, &overlaid, err);
	if (code == ERR_OK && overlaid)
		overlay_replay(client, waiting.rows, waiting.n);
	arena_release(&waiting.arena);
	if (code == ERR_OK && ret_change->bits != 0)
		link_load(client);
	return code;
}
