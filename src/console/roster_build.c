/* zhiban roster build [ORG] MONTH: a month is reckoned, printed with its score, and set. */
#include <config.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "roster.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { LOOK_MS = 100, SAY_MS = 1000 };

struct building {
	struct console *console;
	struct paper_month what;
	struct reckon *reckon;
	struct reckon_options options;
	const char *reason, *format;
	bool dry_run;
};

/* Ctrl-C is enough, not the end: the best so far is taken.  Another one, while it stops, is waited out,
 * too: it takes no time. */
static enum err take_interrupts(int *ret_fd, sigset_t *ret_old, struct error *err)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (fd < 0)
		return error_errno(err, ERR_IO, errno, "signalfd");
	sigprocmask(SIG_BLOCK, &set, ret_old);
	*ret_fd = fd;
	return ERR_OK;
}

static void say(const struct reckon_progress *progress)
{
	fputc('\r', stderr);
	fprintf(stderr, _("%lld of %lld s  gaps %d  unfairness %lld (bound %lld)  Ctrl-C: enough "),
		(long long)(progress->elapsed_ms / 1000), (long long)(progress->limit_ms / 1000),
		progress->best.gaps, (long long)progress->best.unfair,
		(long long)progress->best.bound);
}

static enum err wait_for_it(struct building *building, struct error *err)
{
	struct reckon_progress progress;
	int64_t said = 0;
	bool tty = isatty(STDERR_FILENO), any = false;
	sigset_t old;
	int fd;
	enum err rc = take_interrupts(&fd, &old, err);

	if (rc != ERR_OK)
		return rc;
	rc = reckon_start(building->reckon, NULL, NULL, err);
	for (progress.state = RECKON_RUNNING; rc == ERR_OK && progress.state <= RECKON_RUNNING;) {
		struct pollfd wait = { fd, POLLIN, 0 };

		if (poll(&wait, 1, LOOK_MS) > 0) {
			reckon_stop(building->reckon);
			poll(NULL, 0, LOOK_MS);
		}
		reckon_look(building->reckon, &progress);
		if (tty && progress.elapsed_ms - said >= SAY_MS) {
			said = progress.elapsed_ms;
			any = true;
			say(&progress);
		}
	}
	if (any)
		fputc('\n', stderr);
	while (read(fd, &(struct signalfd_siginfo){ 0 }, sizeof(struct signalfd_siginfo)) > 0)
		;
	close(fd);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return rc;
}

static enum err save(struct building *building, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct client_done done;
	struct build_answer answer;
	struct str out = STR_INIT;
	char id[UUID_TEXT];
	enum err rc;

	reckon_best(building->reckon, &arena, &answer);
	if (answer.score.moved == 0) { /* it stands so already, and was said to */
		arena_release(&arena);
		return ERR_OK;
	}
	rc = reckon_save(building->console->client, building->reckon, &answer, building->reason,
			 &done, err);
	if (rc == ERR_OK) {
		uuid_text(&done.target, id);
		str_addf(&out, "%s\n", id);
		rc = console_print(&out, err);
	}
	str_release(&out);
	arena_release(&arena);
	return rc;
}

static enum err print(struct building *building, struct error *err)
{
	enum sheet_format format = SHEET_TEXT;
	struct sheet sheet;
	struct str out = STR_INIT;
	enum err rc;

	if (building->format != NULL && sheet_format_find(building->format, &format) != ERR_OK)
		return error_set(err, ERR_USAGE,
				 _("--format is text, markdown, html or csv, not \"%s\""),
				 building->format);
	reckon_paper(building->console->client, &building->what, building->reckon, &sheet);
	sheet_write(&sheet, format, &out);
	rc = console_print(&out, err);
	str_release(&out);
	sheet_release(&sheet);
	return rc;
}

static enum err build(struct building *building, struct error *err)
{
	enum err rc;

	building->options.org = building->what.org;
	building->options.plan = building->what.plan;
	building->options.month = building->what.month;
	building->options.seed = 1;
	rc = reckon_new(building->console->client, &building->options, &building->reckon, err);
	if (rc == ERR_OK)
		rc = wait_for_it(building, err);
	if (rc == ERR_OK) {
		reckon_join(building->reckon);
		rc = print(building, err);
	}
	if (rc == ERR_OK && !building->dry_run)
		rc = save(building, err);
	reckon_unref(building->reckon);
	return rc;
}

enum err roster_build_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *rest[2], *plan = NULL, *limit = NULL, *keep = NULL;
	struct building building = { .console = console };
	const struct command_option options[] = {
		{ "plan", &plan, NULL },
		{ "limit", &limit, NULL },
		{ "keep", &keep, NULL },
		{ "reason", &building.reason, NULL },
		{ "format", &building.format, NULL },
		{ "dry-run", NULL, &building.dry_run },
	};
	size_t n;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 2, &n, err);

	if (rc == ERR_OK && n == 0)
		rc = error_set(err, ERR_USAGE, _("say which month: %s"),
			       "zhiban roster build 2026-12 --dry-run");
	if (rc == ERR_OK && keep != NULL && strcmp(keep, "set") != 0 && strcmp(keep, "fixed") != 0)
		rc = error_set(err, ERR_USAGE,
			       _("--keep is fixed (seats that are fixed) or set (all that are "
				 "filled), not \"%s\""),
			       keep);
	building.options.keep = keep != NULL && strcmp(keep, "set") == 0 ? BUILD_SET : BUILD_FIXED;
	if (rc == ERR_OK)
		rc = command_seconds("--limit", limit, &building.options.limit_ms, err);
	if (rc == ERR_OK)
		rc = roster_ready(console, err);
	if (rc == ERR_OK)
		rc = roster_what(console, n == 2 ? rest[0] : NULL, rest[n - 1], plan,
				 &building.what, err);
	return rc == ERR_OK ? build(&building, err) : rc;
}
