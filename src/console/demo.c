#include <config.h>

#include "demo.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "face.h"
#include "keeper.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/enroll.h"

/* A demo is a folder: the server's data, the console's files, and the configuration that joins
 * them.  Without --dir it is a private one that goes with the console. */
struct demo_run {
	struct arena arena;
	const char *profile, *dir, *at;
	long long incidents, seed;
	bool traffic, serve_only, kept; /* kept: --dir was given */
	int64_t shift;			/* of the clock, ms */
	const char *server_dir, *console_dir, *config, *zhiband;
	struct keeper keeper;
	bool keeping;
	struct str url;
};

enum { OPT_PROFILE = 1, OPT_INCIDENTS, OPT_SEED, OPT_DIR, OPT_NO_TRAFFIC, OPT_SERVE_ONLY, OPT_AT };

static const struct option options[] = {
	{ "profile", required_argument, NULL, OPT_PROFILE },
	{ "incidents", required_argument, NULL, OPT_INCIDENTS },
	{ "seed", required_argument, NULL, OPT_SEED },
	{ "dir", required_argument, NULL, OPT_DIR },
	{ "no-traffic", no_argument, NULL, OPT_NO_TRAFFIC },
	{ "serve-only", no_argument, NULL, OPT_SERVE_ONLY },
	{ "at", required_argument, NULL, OPT_AT },
	{ NULL, 0, NULL, 0 },
};

enum { READY_MS = 60000, INCIDENTS_MOST = 1000000 };

static enum err take_number(const char *words, const char *option, long long most,
			    long long *ret_number, struct error *err)
{
	if (!str_int(words, 0, most, ret_number))
		return error_set(err, ERR_USAGE, _("%s takes a whole number from 0 to %lld, not \"%s\""),
				 option, most, words);
	return ERR_OK;
}

static enum err take_option(struct demo_run *run, int option, const char *words, struct error *err)
{
	switch (option) {
	case OPT_PROFILE:
		run->profile = words;
		return ERR_OK;
	case OPT_INCIDENTS:
		return take_number(words, "--incidents", INCIDENTS_MOST, &run->incidents, err);
	case OPT_SEED:
		return take_number(words, "--seed", INT32_MAX, &run->seed, err);
	case OPT_DIR:
		run->dir = words;
		run->kept = true;
		return ERR_OK;
	case OPT_NO_TRAFFIC:
		run->traffic = false;
		return ERR_OK;
	case OPT_SERVE_ONLY:
		run->serve_only = true;
		return ERR_OK;
	case OPT_AT:
		run->at = words;
		return ERR_OK;
	default:
		return error_set(err, ERR_USAGE, _("unknown option; see `zhiban demo --help`"));
	}
}

static enum err take_options(struct demo_run *run, int argc, char **argv, struct error *err)
{
	struct env system = env_system(NULL);
	int64_t at;
	int option;
	enum err rc = ERR_OK;

	optind = 0; /* glibc: a new scan */
	opterr = 0;
	while (rc == ERR_OK && (option = getopt_long(argc, argv, "", options, NULL)) != -1)
		rc = take_option(run, option, optarg, err);
	if (rc != ERR_OK)
		return rc;
	if (optind < argc)
		return error_set(err, ERR_USAGE, _("\"%s\" is one word too many"), argv[optind]);
	if (run->at != NULL) {
		rc = civil_parse(run->at, CIVIL_CHINA, &at, err);
		if (rc != ERR_OK)
			return ERR_USAGE;
		run->shift = at - env_now(&system);
	}
	return ERR_OK;
}

static enum err make_folder(struct demo_run *run, struct error *err)
{
	const char *base = getenv("TMPDIR");
	char *name;
	enum err rc;

	if (!run->kept) {
		name = arena_printf(&run->arena, "%s/zhiban-demo-XXXXXX", base ? base : "/tmp");
		if (mkdtemp(name) == NULL)
			return error_errno(err, ERR_IO, errno, _("making the folder %s"), name);
		run->dir = name;
	} else {
		rc = dir_make(run->dir, 0700, err);
		if (rc != ERR_OK)
			return rc;
		run->dir = realpath(run->dir, NULL);
		name = arena_strdup(&run->arena, run->dir);
		free((char *)run->dir);
		run->dir = name;
	}
	run->server_dir = path_join(&run->arena, run->dir, "server");
	run->console_dir = path_join(&run->arena, run->dir, "console");
	run->config = path_join(&run->arena, run->dir, "zhiban.conf");
	run->zhiband = dirs_program(&run->arena, "zhiband");
	return ERR_OK;
}

/* The server's data, generated once; a folder from last time is taken as it is. */
static enum err make_data(struct demo_run *run, struct error *err)
{
	char *a = (char *)run->zhiband, *dir = (char *)run->server_dir;
	char *incidents = arena_printf(&run->arena, "%lld", run->incidents);
	char *seed = arena_printf(&run->arena, "%lld", run->seed);
	char *shift = arena_printf(&run->arena, "%lld", (long long)run->shift);
	char *init[] = { a, (char *)"init", dir, (char *)"--profile", (char *)run->profile,
			 (char *)"--listen", (char *)"127.0.0.1:0", NULL };
	char *fill[] = { a, (char *)"demo-fill", dir, (char *)"--incidents", incidents,
			 (char *)"--seed", seed, (char *)"--clock-shift", shift, NULL };
	struct str out = STR_INIT;
	enum err rc;

	if (file_exists(path_join(&run->arena, run->server_dir, "zhiband.conf")))
		return ERR_OK;
	rc = program_run(init, &out, err);
	if (rc == ERR_OK)
		rc = program_run(fill, &out, err);
	str_release(&out);
	return rc;
}

static enum err start_server(struct demo_run *run, struct error *err)
{
	char *shift = arena_printf(&run->arena, "%lld", (long long)run->shift);
	char *seed = arena_printf(&run->arena, "%lld", run->seed);
	char *argv[] = { (char *)run->zhiband, (char *)"serve", (char *)run->server_dir,
			 (char *)"--clock-shift", shift, (char *)"--log",
			 path_join(&run->arena, run->dir, "zhiband.log"),
			 run->traffic ? (char *)"--traffic" : NULL, seed, NULL };
	struct str line = STR_INIT;
	enum err rc;

	rc = keeper_start(argv, run->kept ? NULL : run->dir, &run->keeper, err);
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

/* The demo's console is enrolled once; a kept folder only learns the server's new address. */
static enum err join_console(struct demo_run *run, const struct env *env, struct error *err)
{
	char *argv[] = { (char *)run->zhiband, (char *)"code", (char *)run->server_dir,
			 (char *)"--demo-officer", NULL };
	struct settings settings;
	struct server_settings server;
	const struct server_settings *known;
	struct str out = STR_INIT;
	const char *officer;
	char pin[TOKEN_TEXT];
	enum err rc;

	if (file_exists(run->config)) {
		rc = settings_read(run->config, &run->arena, &settings, err);
		if (rc == ERR_OK)
			rc = settings_server(&settings, NULL, &known, err);
		if (rc != ERR_OK)
			return rc;
		server = *known;
		server.url = str_get(&run->url);
		return settings_add_server(run->config, &server, err);
	}
	rc = program_run(argv, &out, err);
	token_make(env, pin);
	pin[16] = '\0';
	if (rc == ERR_OK)
		rc = enroll(&(struct enrolment){ .config_path = run->config,
						 .url = str_get(&run->url),
						 .code = last_line(&run->arena, &out),
						 .server = "demo",
						 .dir = run->console_dir,
						 .pin = pin },
			    env, &run->arena, &officer, err);
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
