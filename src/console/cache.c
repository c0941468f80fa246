/* zhiban cache check|rebuild: the local copy of the server's data.  The outbox is never touched. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/deadline.h"
#include "zhiban/store/outbox.h"

/* What is listed beside the entities is what they say themselves. */
/* It is made of what the rows say: no damage, but to be put right. */
static enum err check_deadlines(struct store *cache, struct str *out, struct error *err)
{
	int64_t wrong = 0;
	enum err rc = cache_deadlines_check(cache, false, &wrong, err);

	if (rc == ERR_OK && wrong > 0)
		str_addf(out,
			 _("the list of deadlines is wrong in %lld rows: the next sync makes "
			   "it anew\n"),
			 (long long)wrong);
	return rc;
}
static enum err check(struct console *console, struct error *err)
{
	static const struct uuid everything = { { 0 } };
	const char *dir = console->server->dir;
	struct store *cache = NULL, *outbox = NULL;
	struct str out = STR_INIT;
	enum err rc = outbox_open(dir, console->read_only, &outbox, err);

	if (rc == ERR_OK)
		rc = store_check(outbox, err);
	/* SQLite finds a damaged file; rows that are not the server's only the server can tell. */
	if (rc == ERR_OK && !console->read_only)
		rc = outbox_want(outbox, &everything, env_now(&console->env), err);
	if (rc == ERR_OK)
		rc = cache_open(dir, CACHE_READ, &cache, err);
	if (rc == ERR_OK)
		rc = store_check(cache, err);
	if (rc == ERR_OK)
		rc = check_deadlines(cache, &out, err);
	if (rc == ERR_OK) {
		str_addf(&out, "%s\n", _("cache and outbox are sound"));
		if (!console->read_only)
			str_addf(&out, "%s\n",
				 _("the next sync compares the cache with the server"));
		rc = console_print(&out, err);
	}
	store_close(cache);
	store_close(outbox);
	str_release(&out);
	return rc;
}

static enum err rebuild(struct console *console, struct error *err)
{
	const char *dir = console->server->dir;
	struct str out = STR_INIT;
	int lock;
	enum err rc = file_lock(path_join(&console->arena, dir, "lock"), &lock, err);

	if (rc != ERR_OK) {
		error_prefix(err, "%s", _("close the console that keeps this cache first"));
		return rc;
	}
	rc = cache_remove(dir, err);
	file_unlock(lock);
	if (rc == ERR_OK) {
		str_addf(&out, "%s\n",
			 _("the cache is gone; `zhiban sync` or the console fetches it anew"));
		rc = console_print(&out, err);
	}
	str_release(&out);
	return rc;
}

enum err cache_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *rest[1];
	size_t n;
	enum err rc = command_words(argc, argv, NULL, 0, rest, 1, &n, err);

	if (rc == ERR_OK &&
	    (n != 1 || (strcmp(rest[0], "check") != 0 && strcmp(rest[0], "rebuild") != 0)))
		rc = error_set(err, ERR_USAGE, _("say what to do: check or rebuild"));
	if (rc == ERR_OK)
		rc = console_server(console, err);
	if (rc != ERR_OK)
		return rc;
	return strcmp(rest[0], "check") == 0 ? check(console, err) : rebuild(console, err);
}
