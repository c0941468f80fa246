#include <config.h>

#include "zhiban/client/client.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "zhiban/client/search.h"

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

/* ---- opening ---- */

enum err client_open_cache(struct client *client, struct error *err)
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
	code = client_view(client, err);
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
	enum err code = file_lock(path_join(&arena, client->dir, "lock"), &fd, err);

	arena_release(&arena);
	if (code != ERR_OK)
		return code == ERR_BUSY ? ERR_OK : code; /* the holder makes it */
	code = cache_open(client->dir, CACHE_WRITE, &cache, err);
	if (code == ERR_OK)
		store_close(cache);
	file_unlock(fd);
	return code;
}

enum err client_load_actor(struct client *client, struct error *err)
{
	struct outbox_who who;
	struct actor *actor;
	struct uuid console;
	enum err code;

	store_meta_begin(client->outbox);
	console = outbox_console(client->outbox);
	code = store_meta_end(client->outbox, err);
	if (code == ERR_OK)
		code = outbox_who(client->outbox, NULL, &client->who_arena, &who, err);
	if (code != ERR_OK && code != ERR_AUTH) /* what cannot be read is not nobody */
		return code;
	client->enrolled = !uuid_is_nil(&console);
	if (code == ERR_AUTH) {
		client->actor = NULL;
		return ERR_OK;
	}
	if (client->actor != NULL && strcmp(client->actor->officer, who.officer) == 0 &&
	    strcmp(client->actor->org, who.org) == 0 && strcmp(client->actor->role, who.role) == 0)
		return ERR_OK;
	actor = arena_alloc(&client->who_arena, sizeof *actor);
	*actor = (struct actor){ who.officer, who.org, who.role };
	client->actor = actor;
	return ERR_OK;
}

enum err client_load_rules(struct client *client, bool *ret_changed, struct error *err)
{
	char profile[80], calendar[80], of[sizeof client->rules_of];
	struct rules_kept *kept;
	struct str text = STR_INIT;
	enum err code;

	if (client->cache == NULL)
		return ERR_OK;
	store_meta_begin(client->cache);
	store_meta_text(client->cache, "profile", profile, sizeof profile);
	store_meta_text(client->cache, "calendar", calendar, sizeof calendar);
	code = store_meta_end(client->cache, err);
	if (code != ERR_OK || profile[0] == '\0')
		return code;
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

static enum err open_all(struct client *client, struct error *err)
{
	struct client_change change = { .any = true };
	enum err code = dir_make(client->dir, 0700, err);

	if (code == ERR_OK)
		code = dir_is_local(client->dir, err);
	if (code == ERR_OK)
		code = outbox_open(client->dir, false, &client->outbox, err);
	if (code != ERR_OK)
		return code;
	open_watch(client);
	client->outbox_version = -1;
	code = client_take(client, &change, err);
	if (code == ERR_OK && client->cache == NULL) {
		code = make_cache(client, err);
		if (code == ERR_OK)
			code = client_take(client, &change, err);
	}
	if (code == ERR_NOT_FOUND || code == ERR_CORRUPT || code == ERR_BUSY)
		code = ERR_OK; /* shown as empty till a worker has made it */
	if (code == ERR_OK)
		code = client_load_actor(client, err);
	if (code != ERR_OK)
		return code;
	link_load(client);
	change.any = true;
	mode_load(client);
	overlay_replay(client, &change);
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
	client_found_free(client->found);
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
	arena_release(&client->mode.arena);
	arena_release(&client->deadlines.arena);
	joint_forget(client);
	arena_release(&client->joint.arena);
	waiting_release(&client->waiting);
	marks_release(&client->marks);
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
