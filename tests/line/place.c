#include <config.h>

#include "place.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "zhiban/base/mem.h"
#include "zhiban/client/enroll.h"
#include "zhiban/client/timeline.h"

void bail(const char *fmt, ...)
{
	va_list ap;

	printf("Bail out! ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	fflush(stdout);
	exit(99);
}

static void must(enum err code, const struct error *err, const char *what)
{
	if (code != ERR_OK)
		bail("%s: %s", what, err->text);
}

int64_t steady_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- programs ---- */

static const char *program(void)
{
	static const char inside[] = "src/daemon/zhiband";
	const char *build = getenv("ZHIBAN_BUILDDIR");

	return build == NULL || chdir(build) == 0 ? inside : "zhiband";
}

/* Starts zhiband with these words; *ret_out: what it says.  trace: where its words for its own
 * keeper go, NULL: to ours. */
static pid_t start(const char *const *words, const char *trace, int *ret_out)
{
	const char *argv[16] = { "zhiband" };
	int out[2], to = -1;
	pid_t pid, self = getpid();

	for (size_t i = 0; words[i] != NULL; i++)
		argv[i + 1] = words[i];
	if (pipe2(out, O_CLOEXEC) != 0 || (pid = fork()) < 0)
		bail("no process");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(out[1], STDOUT_FILENO);
		if (trace != NULL)
			to = open(trace, O_WRONLY | O_CREAT | O_APPEND, 0600);
		if (to >= 0)
			dup2(to, STDERR_FILENO);
		if (getppid() == self)
			execv(program(), (char *const *)argv);
		_exit(127);
	}
	close(out[1]);
	*ret_out = out[0];
	return pid;
}

int place_run(const char *const *words, struct str *ret_said)
{
	char buf[4096];
	ssize_t n;
	int out, status = 0;
	pid_t pid = start(words, NULL, &out);

	while ((n = read(out, buf, sizeof buf)) > 0)
		if (ret_said != NULL)
			str_add_bytes(ret_said, buf, (size_t)n);
	close(out);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

void place_make(struct place *place, const char *dir, const char *name)
{
	*place = (struct place){ .env = env_system(NULL) };
	snprintf(place->dir, sizeof place->dir, "%s", dir);
	snprintf(place->srv, sizeof place->srv, "%s/%s", dir, name);
	const char *words[] = { "init", place->srv, "--profile", "tianning", "--listen",
				"127.0.0.1:0", NULL };
	struct str said = STR_INIT;

	if (place_run(words, &said) != 0)
		bail("init: %s", str_get(&said));
	str_release(&said);
}

void place_serve(struct place *place)
{
	const char *words[] = { "serve", place->srv, "--die-with-parent", NULL };
	char line[200] = "", trace[240];
	size_t len = 0;
	int out;
	const char *colon;

	snprintf(trace, sizeof trace, "%s.trace", place->srv);
	place->server = start(words, trace, &out);
	while (len + 1 < sizeof line && read(out, line + len, 1) == 1 && line[len] != '\n')
		len++;
	line[len] = '\0';
	close(out);
	colon = strrchr(line, ':');
	if (strncmp(line, "ready ", 6) != 0 || colon == NULL)
		bail("serve: %s", line);
	snprintf(place->url, sizeof place->url, "%.70s", line + 6);
	place->port = (int)strtol(colon + 1, NULL, 10);
}

void place_stop(struct place *place, int signal)
{
	kill(place->server, signal);
	waitpid(place->server, NULL, 0);
	place->server = 0;
}

/* ---- consoles ---- */

static const char *code_for(struct place *place, const char *officer, struct arena *arena)
{
	const char *words[] = { "code", place->srv, "--officer", officer, "--org", "zhongxin",
				"--role", "duty", NULL };
	struct str said = STR_INIT;
	const char *code;
	char *last;

	if (place_run(words, &said) != 0)
		bail("code: %s", str_get(&said));
	while (said.len > 0 && said.s[said.len - 1] == '\n')
		said.s[--said.len] = '\0';
	last = strrchr(said.s, '\n');
	code = arena_strdup(arena, last != NULL ? last + 1 : said.s);
	str_release(&said);
	return code;
}

static void open_parts(struct seat *seat)
{
	struct error err = ERROR_INIT;
	struct client_options options = { .dir = seat->settings->dir, .env = &seat->place->env };
	struct worker_options worker = { .dir = seat->settings->dir,
					 .url = seat->settings->url,
					 .key_pin = seat->settings->key_pin,
					 .env = &seat->place->env };

	must(client_open(&options, &seat->client, &err), &err, "client");
	must(worker_new(&worker, &seat->worker, &err), &err, "worker");
	seat_settle(seat);
}

void seat_open(struct seat *seat, struct place *place, const char *officer, bool through_net)
{
	struct error err = ERROR_INIT;
	struct enrolment enrolment = { .officer = officer, .pin = "24681357" };
	struct settings settings;
	const char *who;

	*seat = (struct seat){ .place = place };
	if (through_net && !net_start(&seat->net, place->port))
		bail("no net");
	enrolment.url = through_net ? arena_printf(&seat->arena, "https://127.0.0.1:%d",
						   seat->net.port)
				    : place->url;
	enrolment.code = code_for(place, officer, &seat->arena);
	enrolment.dir = arena_printf(&seat->arena, "%s/%s", place->dir, officer);
	enrolment.config_path = arena_printf(&seat->arena, "%s/%s.conf", place->dir, officer);
	must(enroll(&enrolment, &place->env, &seat->arena, &who, &err), &err, "enroll");
	must(settings_read(enrolment.config_path, &seat->arena, &settings, &err), &err,
	     "settings");
	must(settings_server(&settings, NULL, &seat->settings, &err), &err, "settings");
	open_parts(seat);
}

void seat_close(struct seat *seat)
{
	worker_free(seat->worker);
	client_close(seat->client);
	net_stop(&seat->net);
	arena_release(&seat->arena);
}

static void hear(struct seat *seat, const struct tell *tell)
{
	if (tell->kind == TELL_REFUSED)
		seat->refused++;
	if (tell->kind == TELL_DEFECT)
		printf("# defect: %s\n", tell->text);
	if (tell->kind != TELL_LINK)
		return;
	client_link_set(seat->client, &tell->link);
	seat->link = tell->link;
	seat->seen |= 1u << tell->link.state;
	if (tell->link.reason[0] != '\0')
		snprintf(seat->reason, sizeof seat->reason, "%s", tell->link.reason);
}

void seat_step(struct seat *seat, int ms)
{
	struct error err = ERROR_INIT;
	struct client_change change;
	struct tell tell;

	must(worker_step(seat->worker, ms, &err), &err, "worker");
	while (worker_told(seat->worker, &tell))
		hear(seat, &tell);
	must(client_poll(seat->client, &change, &err), &err, "poll");
}

bool seat_in_step(struct seat *seat)
{
	return worker_in_step(seat->worker);
}

bool seat_until(struct seat *seat, bool (*is_so)(struct seat *seat), int seconds)
{
	int64_t end = steady_ms() + seconds * 1000;

	while (!is_so(seat)) {
		if (steady_ms() > end)
			return false;
		seat_step(seat, 5);
	}
	return true;
}

void seat_settle(struct seat *seat)
{
	if (!seat_until(seat, seat_in_step, PATIENCE_S))
		bail("a console does not come in step: %d %s", seat->link.state, seat->reason);
}

void seat_again(struct seat *seat)
{
	struct ask ask = { .kind = ASK_RETRY };

	worker_ask(seat->worker, &ask);
}

/* ---- acts ---- */

static struct uuid act(struct seat *seat, const char *verb, const struct uuid *id,
		       const char *name, const char *text)
{
	const struct act_desc *desc = act_desc_find(verb);
	struct given given = { act_arg_field(desc, name), { .is_text = true, .text = text } };
	struct error err = ERROR_INIT;
	struct ask wake = { .kind = ASK_WAKE };
	struct client_done done;

	must(client_act(seat->client, desc, id, &given, 1, &done, &err), &err, verb);
	worker_ask(seat->worker, &wake);
	return done.target;
}

struct uuid seat_register(struct seat *seat, const char *title)
{
	struct uuid id = act(seat, "register", NULL, "title", title);

	seat_settle(seat);
	return id;
}

void seat_note(struct seat *seat, const struct uuid *id, const char *text)
{
	act(seat, "note", id, "note", text);
}

int64_t seat_version(struct seat *seat, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct incident *incident;
	int64_t version;

	must(client_get(seat->client, id, &arena, &incident, &err), &err, "incident");
	version = incident->head.version;
	arena_release(&arena);
	return version;
}

void seat_lines(struct seat *seat, const struct uuid *id, struct client_timeline *ret_lines)
{
	struct error err = ERROR_INIT;
	int64_t end = steady_ms() + PATIENCE_S * 1000;

	for (;;) {
		must(client_timeline(seat->client, id, &seat->arena, ret_lines, &err), &err,
		     "timeline");
		if (ret_lines->complete)
			return;
		if (steady_ms() > end)
			bail("the lines do not come");
		seat_step(seat, 20);
	}
}
