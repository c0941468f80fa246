/* zhiban sync, cache: keeping the folder in step without a screen. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/client/worker.h"

enum { STEP_MS = 100, SHOW_MS = 500 };

static void show_progress(const struct client_link *link, int64_t now, int64_t *shown)
{
	if (!isatty(STDERR_FILENO) || now - *shown < SHOW_MS)
		return;
	*shown = now;
	fputc('\r', stderr);
	fprintf(stderr, _("%lld entities to come, %u acts to send, %lld bytes in "),
		(long long)link->left, link->unsent, (long long)link->bytes_in);
}

/* What happened on the way and is no reason to stop. */
static void say(const char *text)
{
	struct str line = STR_INIT;

	text_clean(&line, text, strlen(text), false);
	fprintf(stderr, "zhiban: %s\n", str_get(&line));
	str_release(&line);
}

static enum err look(struct console *console, struct client_link *link, struct error *err)
{
	struct client_change change;
	enum err rc = client_poll(console->client, &change, err);

	if (rc == ERR_OK)
		client_link(console->client, link);
	return rc;
}

static enum err not_in_step(const struct client_link *link, struct error *err)
{
	if (link->state == LINK_LOGIN)
		return error_set(err, ERR_AUTH, _("nobody is logged in any more: `zhiban login`"));
	if (link->reason[0] != '\0')
		return error_set(err, ERR_OFFLINE, _("not in step: %s"), link->reason);
	return error_set(err, ERR_OFFLINE,
			 _("not in step yet; what was done is kept and will be sent"));
}

/* Somebody else holds the lock and works: what was done is answered when the outbox says so. */
static bool answered(const struct client_link *link)
{
	return link->pending == 0 && link->left == 0 && link->usable;
}

static bool is_done(const struct worker *worker, const struct client_link *link, bool tidy)
{
	if (!worker_has_lock(worker))
		return answered(link);
	return worker_in_step(worker) && !(tidy && worker_has_to_index(worker));
}

/* tidy: what the next screen would else wait for is made too, if there is time. */
static enum err sync_until(struct console *console, struct worker *worker, int64_t until, bool tidy,
			   struct error *err)
{
	struct client_link link = { .state = LINK_NONE };
	int64_t now = env_now(&console->env), shown = 0;
	bool told = false;
	enum err rc = ERR_OK;

	for (;;) {
		struct tell tell;

		rc = worker_step(worker, STEP_MS, err);
		while (worker_told(worker, &tell)) {
			if (tell.kind == TELL_DEFECT || tell.kind == TELL_VIEW)
				say(tell.text);
			if (tell.kind != TELL_LINK)
				continue;
			client_link_set(console->client, &tell.link);
			told = true;
		}
		/* Our own worker tells all that is wanted: the acts that wait are not replayed. */
		if (rc == ERR_OK && worker_has_lock(worker))
			client_link(console->client, &link);
		else if (rc == ERR_OK)
			rc = look(console, &link, err);
		if (rc != ERR_OK)
			break;
		now = env_now(&console->env);
		if (is_done(worker, &link, tidy && now < until))
			break;
		/* Until our own worker has spoken, what stands there is of an earlier run. */
		if (now >= until || worker_waits_for_author(worker) ||
		    (link.state == LINK_LOGIN && (told || !worker_has_lock(worker)))) {
			rc = not_in_step(&link, err);
			break;
		}
		show_progress(&link, now, &shown);
	}
	if (shown != 0)
		fputs("\r\033[K", stderr);
	return rc;
}

static enum err sync_for(struct console *console, int64_t wait_ms, bool tidy, struct error *err)
{
	struct worker *worker;
	enum err rc = console_client(console, err);

	if (rc == ERR_OK)
		rc = worker_new(&(struct worker_options){
					.dir = console->server->dir,
					.url = console->server->url,
					.key_pin = console->server->key_pin,
					.thin = console->thin || console->server->thin,
					.window_days = console->server->window_days,
					.env = &console->env },
				&worker, err);
	if (rc != ERR_OK)
		return rc;
	rc = sync_until(console, worker, env_now(&console->env) + wait_ms, tidy, err);
	client_let_go(console->client);
	worker_free(worker);
	return rc;
}

enum err console_sync(struct console *console, int64_t wait_ms, struct error *err)
{
	return sync_for(console, wait_ms, false, err);
}

enum err sync_command(struct console *console, int argc, char **argv, struct error *err)
{
	enum { USUAL_WAIT_MS = 60000 };
	const char *wait = NULL;
	const struct command_option options[] = { { "wait", &wait, NULL } };
	int64_t wait_ms;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, NULL, 0, &n, err);

	if (rc == ERR_OK)
		rc = command_seconds("--wait", wait, &wait_ms, err);
	if (rc == ERR_OK)
		rc = sync_for(console, wait != NULL ? wait_ms : USUAL_WAIT_MS, true, err);
	return rc;
}
