#include <config.h>

#include "zhiban/console/face.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "face_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/saved.h"

static void ask_worker(void *ctx, const struct ask *ask)
{
	struct face *face = ctx;

	if (face->worker)
		worker_ask(face->worker, ask);
}

static enum err open_client(struct face *face, struct error *err)
{
	struct client_options options = {
		.dir = face->options->server->dir,
		.read_only = face->options->read_only,
		.env = face->options->env,
	};

	return client_open(&options, &face->client, err);
}

static enum err open_app(struct face *face, struct error *err)
{
	const struct face_options *options = face->options;
	const char *folders[3] = {
		path_join(&face->arena, dirs_config(&face->arena), "themes"),
		dirs_resource(&face->arena, "themes"),
	};
	struct str keys = STR_INIT;
	struct app_options app = {
		.client = face->client,
		.config = face_config(face, options->settings, &keys),
		.theme_folders = arena_dup(&face->arena, folders, sizeof folders),
		.colours = theme_colours(term_colours(face->term)),
		.thin = options->thin,
		.lock_hint = options->lock_hint,
		.views_path = saved_path(options->settings->path, &face->arena),
		.ask = ask_worker,
		.reload = face_reload,
		.ctx = face,
	};
	enum err code;

	term_plain_signs(face->term, strcmp(options->settings->ambiguous, "narrow") != 0);
	term_size(face->term, &app.rows, &app.cols);
	code = app_new(&app, &face->app, err);
	str_release(&keys);
	return code;
}

/* Only when the first screen stands: nothing waits for the network. */
static void start_worker(struct face *face)
{
	const struct server_settings *server = face->options->server;
	struct worker_options options = {
		.dir = server->dir,
		.url = server->url,
		.key_pin = server->key_pin,
		.thin = face->options->thin || server->thin,
		.window_days = server->window_days,
		.env = face->options->env,
		.trace = face->options->trace,
		.keep_pins = true,
	};
	struct error err = ERROR_INIT;
	enum err code = worker_new(&options, &face->worker, &err);

	if (code == ERR_OK)
		code = worker_start(face->worker, &err);
	if (code != ERR_OK) {
		trace_line(face->options->trace, "worker: %s", err.text);
		if (face->app)
			ui_notice(app_ui(face->app), ROLE_ERROR, err.text);
		else
			fprintf(stderr, "%s\n", err.text);
		worker_free(face->worker);
		face->worker = NULL;
	}
}

/* What was done in the last moment may still go out, if the server is there. */
static void linger(const struct face *face)
{
	enum { LONGEST_MS = 1500, SLICE_MS = 50 };
	int64_t until = env_now(face->options->env) + LONGEST_MS;
	struct client_change change;
	struct client_link link;
	struct tell tell;

	while (face->worker && env_now(face->options->env) < until) {
		client_link(face->client, &link);
		if (!link.unsent || (link.state != LINK_ONLINE && link.state != LINK_THIN))
			return;
		poll(&(struct pollfd){ worker_fd(face->worker), POLLIN, 0 }, 1, SLICE_MS);
		while (worker_told(face->worker, &tell))
			if (tell.kind == TELL_LINK)
				client_link_set(face->client, &tell.link);
		if (client_poll(face->client, &change, NULL) != ERR_OK)
			return;
	}
}

/* A word about what stays behind. */
static void say_goodbye(const struct face *face)
{
	struct client_link link;
	struct str words = STR_INIT;

	client_link(face->client, &link);
	if (link.unsent)
		str_addf(&words, _("%u acts are kept here and will be sent by the next console or "
				   "zhiban sync.\n"), link.unsent);
	if (link.refused)
		str_addf(&words, _("%u acts were not accepted: zhiban conflicts lists them.\n"),
			 link.refused);
	plain_tell(stderr, str_get(&words));
	str_release(&words);
}

/* A terminal that cannot be drawn on is served line by line. */
static enum err open_terminal(struct face *face, struct error *err)
{
	struct error why = ERROR_INIT;
	struct str words = STR_INIT;
	enum err code = term_curses_open(STDIN_FILENO, STDOUT_FILENO, &face->term, &why);

	if (code == ERR_OK)
		return open_app(face, err);
	if (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO))
		return error_set(err, code, "%s", why.text);
	str_addf(&words,
		 _("%s\nLine by line instead, as with --plain: no columns, no colours, no forms "
		   "beside the list.\n"),
		 why.text);
	plain_tell(stderr, str_get(&words));
	str_release(&words);
	face->plain = true;
	return ERR_OK;
}

static enum err face_open(struct face *face, struct error *err)
{
	enum err code = open_client(face, err);

	face->plain = face->options->plain;
	if (code == ERR_OK)
		code = signals_open(&face->signals, err);
	return code != ERR_OK || face->plain ? code : open_terminal(face, err);
}

int face_run(const struct face_options *options, struct error *err)
{
	struct face face = { .options = options, .signals = -1 };
	enum err code = face_open(&face, err);

	if (code == ERR_OK && !face.plain)
		face_draw(&face);
	if (code == ERR_OK) {
		start_worker(&face);
		(face.plain ? plain_loop : face_loop)(&face);
	}
	term_close(face.term);
	linger(&face);
	if (face.client)
		client_let_go(face.client);
	if (face.worker) {
		worker_stop(face.worker);
		worker_free(face.worker);
	}
	if (code == ERR_OK)
		say_goodbye(&face);
	app_free(face.app);
	if (face.client)
		client_close(face.client);
	if (face.signals >= 0)
		close(face.signals);
	arena_release(&face.arena);
	return code == ERR_OK ? 0 : code == ERR_INPUT ? 2 : 1;
}
