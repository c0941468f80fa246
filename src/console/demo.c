#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "keeper.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/enroll.h"
#include "zhiban/console/face.h"

/* A demo is a folder: the server's data, the console's files, and the configuration that joins
 * them.  Without --dir it is a private one that goes with the console. */
struct demo_run {
	struct console *console;
	struct arena *arena; /* the console's */
	const char *profile, *dir, *at;
	long long incidents, seed;
	bool traffic, serve_only, kept; /* kept: --dir was given */
	const char *server_dir, *console_dir, *config, *zhiband;
	const char *officer, *plan; /* as the data were made */
	struct guard guard;
	struct keeper keeper;
	bool guarding, keeping;
	struct str url;
};

enum { READY_MS = 60000, INCIDENTS_MOST = 1000000 };
#define DEMO_PIN "2468" /* known to who tries it, and good for nothing else */

static enum err take_number(const char *words, const char *option, long long least, long long most,
			    long long *ret_number, struct error *err)
{
	if (words != NULL && !str_int(words, least, most, ret_number))
		return error_set(err, ERR_USAGE,
				 _("%s takes a whole number from %lld to %lld, not \"%s\""), option,
				 least, most, words);
	return ERR_OK;
}

static enum err take_options(struct demo_run *run, int argc, char **argv, struct error *err)
{
	const char *incidents = NULL, *seed = NULL;
	bool no_traffic = false;
	const struct command_option options[] = {
		{ "profile", &run->profile, NULL },    { "incidents", &incidents, NULL },
		{ "seed", &seed, NULL },	       { "dir", &run->dir, NULL },
		{ "no-traffic", NULL, &no_traffic },   { "serve-only", NULL, &run->serve_only },
		{ "at", &run->at, NULL },
	};
	int64_t at;
	size_t n;
	enum err rc = command_words(argc, argv, options, sizeof options / sizeof *options, NULL, 0,
				    &n, err);

	if (rc == ERR_OK)
		rc = take_number(incidents, "--incidents", 1, INCIDENTS_MOST, &run->incidents, err);
	if (rc == ERR_OK)
		rc = take_number(seed, "--seed", 0, INT32_MAX, &run->seed, err);
	if (rc == ERR_OK && run->at != NULL) {
		rc = civil_parse(run->at, CIVIL_CHINA, &at, err);
		if (rc == ERR_OK)
			run->console->shift = at - env_now(&run->console->env);
	}
	run->traffic = !no_traffic;
	run->kept = run->dir != NULL;
	return rc;
}

static enum err make_folder(struct demo_run *run, struct error *err)
{
	const char *base = getenv("TMPDIR");
	char *name;
	enum err rc;

	if (!run->kept) {
		name = arena_printf(run->arena, "%s/zhiban-demo-XXXXXX", base ? base : "/tmp");
		if (mkdtemp(name) == NULL)
			return error_errno(err, ERR_IO, errno, _("making the folder %s"), name);
		run->dir = name;
		rc = guard_start(name, &run->guard, err);
		run->guarding = rc == ERR_OK;
		if (rc != ERR_OK)
			return rc;
	} else {
		rc = dir_make(run->dir, 0700, err);
		if (rc != ERR_OK)
			return rc;
		run->dir = realpath(run->dir, NULL);
		name = arena_strdup(run->arena, run->dir);
		free((char *)run->dir);
		run->dir = name;
	}
	run->server_dir = path_join(run->arena, run->dir, "server");
	run->console_dir = path_join(run->arena, run->dir, "console");
	run->config = path_join(run->arena, run->dir, "zhiban.conf");
	run->zhiband = dirs_program(run->arena, "zhiband");
	return ERR_OK;
}

/* The marker of a filled folder: the demo's duty officer, then the plan its traffic goes on
 * with. */
static enum err read_marker(struct demo_run *run, const char *path, struct error *err)
{
	struct str text = STR_INIT;
	enum err rc = file_read(path, 1024, &text, err);
	char *words, *newline;

	if (rc == ERR_OK) {
		words = arena_strdup(run->arena, str_get(&text));
		newline = strchr(words, '\n');
		if (newline == NULL)
			rc = error_set(err, ERR_CORRUPT, _("%s is damaged: remove %s and begin anew"),
				       path, run->dir);
		else
			*newline = '\0';
		run->officer = words;
		run->plan = newline ? newline + 1 : NULL;
	}
	str_release(&text);
	return rc;
}

/* The server's data, generated once; a folder from last time is taken as it is. */
static enum err make_data(struct demo_run *run, struct error *err)
{
	char *a = (char *)run->zhiband, *dir = (char *)run->server_dir;
	char *incidents = arena_printf(run->arena, "%lld", run->incidents);
	char *seed = arena_printf(run->arena, "%lld", run->seed);
	char *now = arena_printf(run->arena, "%lld", (long long)env_now(&run->console->env));
	char *init[] = { a, (char *)"init", dir, (char *)"--profile", (char *)run->profile,
			 (char *)"--listen", (char *)"127.0.0.1:0", NULL };
	char *fill[] = { a, (char *)"fill", dir, (char *)"--incidents", incidents,
			 (char *)"--seed", seed, (char *)"--now", now, NULL };
	const char *marker = path_join(run->arena, run->dir, "demo");
	struct str quiet = STR_INIT, out = STR_INIT;
	enum err rc = ERR_OK;

	if (file_exists(marker))
		return read_marker(run, marker, err);
	/* What an interrupted run left half made is made again. */
	if (file_exists(run->server_dir))
		rc = dir_remove_all(run->server_dir, err);
	if (rc == ERR_OK)
		rc = program_run(init, &quiet, err);
	if (rc == ERR_OK)
		rc = program_run(fill, &out, err);
	if (rc == ERR_OK) {
		str_addf(&out, "%s,%s,%s", seed, incidents, now);
		rc = file_write(marker, str_get(&out), out.len, 0600, err);
	}
	if (rc == ERR_OK)
		rc = read_marker(run, marker, err);
	str_release(&quiet);
	str_release(&out);
	return rc;
}

static enum err start_server(struct demo_run *run, struct error *err)
{
	char *shift = arena_printf(run->arena, "%lld", (long long)run->console->shift);
	char *argv[] = { (char *)run->zhiband, (char *)"serve", (char *)run->server_dir,
			 (char *)"--clock-shift", shift, (char *)"--trace",
			 path_join(run->arena, run->dir, "zhiband.log"),
			 run->traffic ? (char *)"--traffic" : NULL, (char *)run->plan, NULL };
	struct str line = STR_INIT;
	enum err rc;

	rc = keeper_start(argv, &run->keeper, err);
	if (rc != ERR_OK)
		return rc;
	run->keeping = true;
	while ((rc = keeper_line(&run->keeper, READY_MS, &line, err)) == ERR_OK) {
		if (str_starts(str_get(&line), "ready ")) {
			str_clear(&run->url);
			str_add(&run->url, str_get(&line) + strlen("ready "));
			break;
		}
		str_clear(&line);
	}
	str_release(&line);
	return rc;
}

static const char *last_line(struct arena *arena, const struct str *out)
{
	char *text = arena_strdup(arena, str_get(out)), *newline;
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == '\n')
		text[--len] = '\0';
	newline = strrchr(text, '\n');
	return newline ? newline + 1 : text;
}

/* A kept folder learns the server's new address, and logs its officer in again: the session of last
 * time may have run out. */
static enum err join_again(struct demo_run *run, const struct env *env, const char *pin_path,
			   struct error *err)
{
	struct settings settings;
	struct server_settings server;
	const struct server_settings *known;
	struct str pin = STR_INIT;
	enum err rc = settings_read(run->config, run->arena, &settings, err);

	if (rc == ERR_OK)
		rc = settings_server(&settings, NULL, &known, err);
	if (rc != ERR_OK)
		return rc;
	server = *known;
	server.url = str_get(&run->url);
	rc = settings_add_server(run->config, &server, err);
	if (rc == ERR_OK)
		rc = file_read(pin_path, TOKEN_TEXT, &pin, err);
	if (rc == ERR_OK)
		rc = session_login(&server,
				   &(struct login_words){ .officer = run->officer,
							  .pin = str_get(&pin) },
				   env, err);
	str_release(&pin);
	return rc;
}

/* A demo locks when it is asked to. */
static enum err write_config(struct demo_run *run, struct error *err)
{
	struct str text = STR_INIT;
	enum err rc;

	conf_example(settings_spec, &text);
	str_add(&text, "\nlock_after = \"0\"\n");
	rc = file_write(run->config, str_get(&text), text.len, 0600, err);
	str_release(&text);
	return rc;
}

static enum err join_console(struct demo_run *run, const struct env *env, struct error *err)
{
	char *argv[] = { (char *)run->zhiband, (char *)"code", (char *)run->server_dir,
			 (char *)"--officer", (char *)run->officer, NULL };
	const char *pin_path = path_join(run->arena, run->dir, "pin"), *officer;
	struct str out = STR_INIT;
	enum err rc;

	if (file_exists(run->config) && file_exists(pin_path))
		return join_again(run, env, pin_path, err);
	rc = program_run(argv, &out, err);
	if (rc == ERR_OK)
		rc = write_config(run, err);
	if (rc == ERR_OK)
		rc = enroll(&(struct enrolment){ .config_path = run->config,
						 .url = str_get(&run->url),
						 .code = last_line(run->arena, &out),
						 .server = "demo",
						 .dir = run->console_dir,
						 .pin = DEMO_PIN },
			    env, run->arena, &officer, err);
	if (rc == ERR_OK)
		rc = file_write(pin_path, DEMO_PIN, strlen(DEMO_PIN), 0600, err);
	str_release(&out);
	return rc;
}

static enum err serve_until_told(struct demo_run *run, struct error *err)
{
	sigset_t ends;
	int got;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &ends, NULL) != 0)
		return error_errno(err, ERR_IO, errno, _("waiting for SIGTERM"));
	printf("ready %s\n", str_get(&run->url));
	fflush(stdout);
	while (sigwait(&ends, &got) != 0)
		;
	return ERR_OK;
}

static enum err open_console(struct demo_run *run, struct error *err)
{
	struct console *console = run->console;
	struct face_options options;
	struct str pin = STR_INIT;
	const char *hint = NULL;
	int status;
	enum err rc;

	console->config = run->config;
	console->server_name = NULL;
	rc = console_server(console, err);
	if (rc != ERR_OK)
		return rc;
	if (file_read(path_join(run->arena, run->dir, "pin"), TOKEN_TEXT, &pin, NULL) == ERR_OK)
		hint = arena_printf(run->arena, _("(demo: the PIN is %s)"), str_get(&pin));
	str_release(&pin);
	options = (struct face_options){ .lock_hint = hint,
					 .settings = &console->settings,
					 .server = console->server,
					 .theme = console->theme,
					 .thin = console->thin,
					 .plain = console->plain,
					 .read_only = console->read_only,
					 .env = &console->env };
	status = face_run(&options, err);
	return status == 0 ? ERR_OK : err->code;
}

static enum err run_demo(struct demo_run *run, struct error *err)
{
	enum err rc = make_folder(run, err);

	if (rc == ERR_OK)
		rc = make_data(run, err);
	if (rc == ERR_OK)
		rc = start_server(run, err);
	if (rc == ERR_OK)
		rc = join_console(run, &run->console->env, err);
	if (rc != ERR_OK)
		return rc;
	return run->serve_only ? serve_until_told(run, err) : open_console(run, err);
}

enum err demo_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct demo_run run = { .console = console, .arena = &console->arena,
				.profile = "tianning", .incidents = 2000, .seed = 1 };
	enum err rc = take_options(&run, argc, argv, err);

	if (rc != ERR_OK)
		return rc;
	rc = run_demo(&run, err);
	if (run.keeping)
		keeper_stop(&run.keeper);
	if (run.guarding)
		guard_stop(&run.guard);
	if (!run.kept && run.dir != NULL && file_exists(run.dir) &&
	    dir_remove_all(run.dir, NULL) != ERR_OK)
		fprintf(stderr, _("zhiban: %s could not be removed\n"), run.dir);
	str_release(&run.url);
	return rc;
}
