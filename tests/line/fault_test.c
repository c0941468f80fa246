/* A fault begins while the console is in step and parked; its officer acts; the fault is told; it
 * ends; by itself the console comes in step, the act applied exactly once.  Nobody presses "again".
 *
 * All faults side by side, each with a server, a line and two consoles of its own.  How soon it is
 * in step again is printed; that waits are bounded is tested with the machine's own clock in
 * tests/unit/sync, here only what hangs fails. */
#include <config.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/timeline.h"
#include "zhiban/sync/http.h"

#include "place.h"

enum { WORDS = 4, SOON_S = 45 }; /* three times what it is held to, on a shared machine */

/* Words: commands of the net ("PORT" is the server's port, "OTHER" that of another server), or
 * "stop", "kill", "serve" for the server itself. */
static const struct fault {
	const char *name, *begin[WORDS], *end[WORDS];
	const char *reason; /* why it is cut, in words; NULL: it is not cut, only weak */
	enum link_why why;
	bool weak;	    /* told as weak, before it is told as cut */
	int hold_s;	    /* how long it goes on then: into a later attempt, or wait */
} faults[] = {
	{ "a black hole", { "hole" }, { "through" }, "in time", LINK_CUT, true, 3 },
	{ "a black hole that forgets connections", { "hole" }, { "lose" }, "in time", LINK_CUT, true, 3 },
	{ "a hole in the middle of the request", { "hole up 300" }, { "through" }, "in time",
	  LINK_CUT, true, 3 },
	{ "a hole in the middle of the answer", { "hole down 100" }, { "lose" }, "in time",
	  LINK_CUT, true, 3 },
	{ "connections end at once", { "shut" }, { "through" }, "cut", LINK_CUT, false, 9 },
	{ "garbage", { "garbage" }, { "through" }, "does not speak as the server",
	  LINK_STRANGE, false, 9 },
	{ "a captive portal", { "portal" }, { "through" }, "does not speak as the server",
	  LINK_STRANGE, false, 9 },
	{ "a 407 where TLS is expected", { "deny" }, { "through" }, "does not speak as the server",
	  LINK_STRANGE, false, 9 },
	{ "another certificate", { "shut", "through OTHER" }, { "shut", "through PORT" },
	  "another key", LINK_STRANGE, false, 9 },
	{ "the server ends while the console is parked", { "stop" }, { "serve", "through PORT" },
	  "cut", LINK_CUT, false, 9 },
	{ "the server is killed while the console is parked", { "kill" },
	  { "serve", "through PORT" }, "cut", LINK_CUT, false, 9 },
	{ "3 s delay at 1 KB/s", { "slow 3000 1000" }, { "through" }, NULL, LINK_CUT, true, 0 },
	{ "3 s delay at 1 KB/s, connections to be made", { "shut", "slow 3000 1000" },
	  { "through" }, NULL, LINK_CUT, true, 0 },
};

struct scene {
	const struct fault *fault;
	struct place place, other;
	struct seat seat, direct; /* direct: a console without that line */
	struct uuid incident;
};

static void obey(struct scene *scene, const char *word)
{
	bool good = true;

	if (strcmp(word, "stop") == 0)
		place_stop(&scene->place, SIGTERM);
	else if (strcmp(word, "kill") == 0)
		place_stop(&scene->place, SIGKILL);
	else if (strcmp(word, "serve") == 0)
		place_serve(&scene->place);
	else if (strcmp(word, "through PORT") == 0)
		good = net_say(&scene->seat.net, "through %d", scene->place.port);
	else if (strcmp(word, "through OTHER") == 0)
		good = net_say(&scene->seat.net, "through %d", scene->other.port);
	else
		good = net_say(&scene->seat.net, "%s", word);
	if (!good)
		bail("the net does not obey \"%s\"", word);
}

static void obey_all(struct scene *scene, const char *const words[WORDS])
{
	for (int i = 0; i < WORDS && words[i] != NULL; i++)
		obey(scene, words[i]);
}

static void open_scene(struct scene *scene, const char *dir)
{
	place_make(&scene->place, dir, "srv");
	place_serve(&scene->place);
	if (strstr(scene->fault->begin[1] != NULL ? scene->fault->begin[1] : "", "OTHER") != NULL) {
		place_make(&scene->other, dir, "other");
		place_serve(&scene->other);
	}
	seat_open(&scene->seat, &scene->place, "wang", true);
	scene->incident = seat_register(&scene->seat, "a line with a fault");
	seat_note(&scene->seat, &scene->incident, "before"); /* a connection for acts stands */
	seat_settle(&scene->seat);
}

/* Cut, and why: the connections that stood may have ended otherwise than new ones do. */
static bool is_told(struct seat *seat)
{
	const struct fault *fault = seat->ctx;

	return seat->link.state == LINK_OFFLINE && seat->link.why == fault->why &&
	       strstr(seat->link.reason, fault->reason) != NULL;
}

static bool is_weak(struct seat *seat)
{
	return seat->link.state == LINK_THIN;
}

static bool is_never(struct seat *seat)
{
	(void)seat;
	return false;
}

static bool is_online(struct seat *seat)
{
	return seat->link.state == LINK_ONLINE && seat_in_step(seat);
}

/* The connection for acts stood, and the fault was not in it at once. */
static bool has_left(const struct fault *fault)
{
	return fault->weak && strcmp(fault->begin[0], "shut") != 0;
}

static const char *told_wrong(struct scene *scene, int64_t began)
{
	const struct fault *fault = scene->fault;
	struct seat *seat = &scene->seat;
	struct client_link link;

	seat->ctx = fault;
	if (!seat_until(seat, fault->reason != NULL ? is_told : is_weak, SOON_S))
		return "the fault is not told";
	client_link(seat->client, &link);
	if (fault->weak && !(seat->seen & 1u << LINK_THIN))
		return "it was never told as weak";
	if (seat->link.since < began || link.pending != 1 || link.unsent != 1)
		return "since when, or what waits, is told wrongly";
	if (fault->why == LINK_STRANGE ? link.sent != 0 : has_left(fault) && link.sent != 1)
		return "what has left is told wrongly";
	if (link.data_at == 0 || link.data_at > seat->link.since)
		return "the age of the data is told wrongly";
	return NULL;
}

/* Another console sees the incident as it is: once registered, one note before, one in the fault. */
static const char *applied_wrong(struct scene *scene)
{
	struct client_timeline lines;
	int during = 0;

	if (seat_version(&scene->seat, &scene->incident) != 3)
		return "the incident is not one version further";
	seat_open(&scene->direct, &scene->place, "li", false);
	seat_lines(&scene->direct, &scene->incident, &lines);
	for (size_t i = 0; i < lines.n; i++)
		during += lines.lines[i].text != NULL &&
			  strcmp(lines.lines[i].text, "in the fault") == 0;
	seat_close(&scene->direct);
	if (during != 1 || lines.n != 3)
		return "another console has not each act exactly once";
	return scene->seat.refused == 0 ? NULL : "an act was refused";
}

/* Returns why it is wrong, or NULL. */
static const char *play(struct scene *scene)
{
	struct seat *seat = &scene->seat;
	int64_t began = env_now(&scene->place.env), from, told;
	const char *why;

	seat->seen = 0;
	from = steady_ms();
	obey_all(scene, scene->fault->begin);
	seat_note(seat, &scene->incident, "in the fault");
	why = told_wrong(scene, began);
	told = steady_ms();
	if (why != NULL)
		return why;
	if (scene->fault->reason == NULL) {
		if (!seat_until(seat, seat_in_step, PATIENCE_S))
			return "it does not come in step on a slow line";
		printf("# in step over it after %.1f s\n", (double)(steady_ms() - from) / 1000);
	}
	seat_until(seat, is_never, scene->fault->hold_s);
	obey_all(scene, scene->fault->end);
	printf("# told after %.1f s\n", (double)(told - from) / 1000);
	from = steady_ms();
	if (!seat_until(seat, seat_in_step, SOON_S))
		return "it does not come in step";
	printf("# in step %.1f s after its end\n", (double)(steady_ms() - from) / 1000);
	if (scene->fault->reason != NULL && !seat_until(seat, is_online, PATIENCE_S))
		return "it is not told as online";
	return applied_wrong(scene);
}

/* In a child, which says what it has to say into a file. */
static int run(const struct fault *fault, const char *dir)
{
	const char *verify[] = { "verify", NULL, NULL };
	struct scene scene = { .fault = fault };
	const char *why;

	open_scene(&scene, dir);
	why = play(&scene);
	if (why != NULL)
		printf("# %s (link %d: %s)\n", why, scene.seat.link.state, scene.seat.reason);
	seat_close(&scene.seat);
	place_stop(&scene.place, SIGTERM);
	verify[1] = scene.place.srv;
	if (place_run(verify, NULL) != 0)
		why = "verify";
	if (scene.other.server > 0)
		place_stop(&scene.other, SIGTERM);
	fflush(stdout);
	return why == NULL ? 0 : 1;
}

static pid_t begin(const char *dir, size_t i)
{
	char sub[100], said[120];
	pid_t pid;
	int out;

	snprintf(sub, sizeof sub, "%s/%zu", dir, i);
	snprintf(said, sizeof said, "%s.out", sub);
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		bail("no process");
	if (pid > 0)
		return pid;
	out = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (out < 0 || dup2(out, STDOUT_FILENO) < 0 || dir_make(sub, 0700, NULL) != ERR_OK)
		_exit(98);
	_exit(run(&faults[i], sub));
}

static void end(const char *dir, size_t i, pid_t pid)
{
	char said[120];
	struct str words = STR_INIT;
	int status;
	bool good = waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
		    WEXITSTATUS(status) == 0;

	snprintf(said, sizeof said, "%s/%zu.out", dir, i);
	if (file_read(said, 1 << 20, &words, NULL) == ERR_OK)
		fwrite(str_get(&words), 1, words.len, stdout);
	str_release(&words);
	printf("%sok %zu - %s\n", good ? "" : "not ", i + 1, faults[i].name);
}

/* The machine's settings lead through a proxy, which wants a log-in of its own. */
static bool proxy_is_told(void)
{
	struct sync_request request = { .lane = LANE_ASK, .method = "GET", .path = "/healthz" };
	struct error err = ERROR_INIT;
	struct http_done done;
	struct http *http;
	struct net net;
	char url[60];
	bool told;

	if (!net_start(&net, 1) || !net_say(&net, "deny"))
		bail("no net");
	snprintf(url, sizeof url, "http://127.0.0.1:%d", net.port);
	setenv("https_proxy", url, 1);
	if (http_new("https://duty.invalid:8443", "", &http, &err) != ERR_OK)
		bail("http: %s", err.text);
	told = http_once(http, &request, PATIENCE_S, &done, &err) == ERR_OFFLINE &&
	       strstr(err.text, "407") != NULL;
	if (!told)
		printf("# it says: %s\n", err.text);
	http_free(http);
	net_stop(&net);
	unsetenv("https_proxy");
	return told;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/zhiban-fault.XXXXXX";
	const char *only = argc > 1 ? argv[1] : ""; /* part of a name */
	pid_t pids[ARRAY_LEN(faults)] = { 0 };
	struct error err = ERROR_INIT;

	if (mkdtemp(dir) == NULL)
		bail("no folder");
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		if (strstr(faults[i].name, only) != NULL)
			pids[i] = begin(dir, i);
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		if (pids[i] > 0)
			end(dir, i, pids[i]);
	printf("%sok %zu - %s\n", proxy_is_told() ? "" : "not ", ARRAY_LEN(faults) + 1,
	       "a proxy of the machine's settings answers 407");
	printf("1..%zu\n", ARRAY_LEN(faults) + 1);
	if (dir_remove_all(dir, &err) != ERR_OK)
		printf("# %s\n", err.text);
	return 0;
}
