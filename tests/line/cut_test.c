/* An act's request and its answer are cut after byte k, for every k, in both directions, on a
 * connection that stands and on one that must be made: each time the act is applied exactly once
 * and the console is in step again.
 *
 * In `make check` as many of them as fit into a slice of time, in an order drawn from a seed
 * (ZHIBAN_SEED=NUMBER repeats it); with ZHIBAN_LONG all of them. */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/timeline.h"

#include "place.h"

enum { PARTS = 4, SLICE_S = 25, MARGIN = 40 };

struct cut { /* one to try */
	bool cold; /* all connections have ended before */
	bool down;
	int k;
};
struct tally { /* of a part; what it hands over */
	size_t n, done, happened, lost; /* lost: the act was unanswered then */
	int64_t version;
	struct uuid incident;
};
struct runner { /* a console with its line and its incident, in a process of its own */
	int number;
	struct seat seat;
	struct cut *cuts;
	size_t cap;
	struct tally tally;
};

static void say(struct seat *seat, const char *command)
{
	if (!net_say(&seat->net, "%s", command))
		bail("the net does not obey \"%s\"", command);
}

/* ---- one cut ---- */

static bool is_cut(struct seat *seat)
{
	struct net_count count;

	return (net_count(&seat->net, &count) && count.done) || seat_in_step(seat);
}

/* In step again as if the officer pressed "again" whenever he sees that it is cut: how long it
 * waits by itself is another test's. */
static bool in_step_soon(struct seat *seat)
{
	if (seat->link.state == LINK_OFFLINE)
		seat_again(seat);
	return seat_in_step(seat);
}

static bool is_offline(struct seat *seat)
{
	return seat->link.state == LINK_OFFLINE;
}

/* Only the parked read stands then: the act's way begins with a handshake. */
static void make_cold(struct seat *seat)
{
	say(seat, "shut");
	if (!seat_until(seat, is_offline, PATIENCE_S))
		bail("a line that is shut is not noticed");
	say(seat, "through");
	if (!seat_until(seat, in_step_soon, PATIENCE_S))
		bail("a line that is good again is not used");
}

static bool is_unsent(struct seat *seat)
{
	struct client_link link;

	client_link(seat->client, &link);
	return link.unsent > 0;
}

/* Returns why it is wrong, or NULL. */
static const char *try_cut(struct runner *runner, const struct cut *cut, size_t number)
{
	struct seat *seat = &runner->seat;
	struct net_count count;
	char text[40];

	if (cut->cold)
		make_cold(seat);
	snprintf(text, sizeof text, "cut %s %d", cut->down ? "down" : "up", cut->k);
	say(seat, text);
	snprintf(text, sizeof text, "cut %zu", number);
	seat_note(seat, &runner->tally.incident, text);
	seat_step(seat, 0);
	if (!seat_until(seat, is_cut, PATIENCE_S))
		return "it hangs at the cut";
	if (net_count(&seat->net, &count) && count.done) {
		runner->tally.happened++;
		runner->tally.lost += is_unsent(seat);
	}
	say(seat, "through");
	if (!seat_until(seat, in_step_soon, PATIENCE_S))
		return "it does not come in step";
	if (seat_version(seat, &runner->tally.incident) != ++runner->tally.version)
		return "the incident is not one version further";
	return seat->refused == 0 && seat->link.refused == 0 ? NULL : "an act was refused";
}

/* ---- all of them ---- */

/* How many bytes an act's way takes, each way. */
static struct net_count measure(struct runner *runner, bool cold)
{
	struct net_count count;

	if (cold)
		make_cold(&runner->seat);
	say(&runner->seat, "slow 0 0"); /* counts from here */
	seat_note(&runner->seat, &runner->tally.incident, "measured");
	seat_step(&runner->seat, 0);
	seat_settle(&runner->seat);
	runner->tally.version++;
	if (!net_count(&runner->seat.net, &count))
		bail("the net does not count");
	return count;
}

static void plan(struct runner *runner)
{
	measure(runner, false); /* a connection for acts stands now */
	for (int cold = 0; cold < 2; cold++) {
		struct net_count all = measure(runner, cold);

		if (runner->number == 0)
			printf("# %s: %lld bytes up, %lld down\n",
			       cold ? "with a handshake" : "connected", all.up, all.down);
		for (int down = 0; down < 2; down++)
			for (int k = runner->number; k < (down ? all.down : all.up) + MARGIN;
			     k += PARTS) {
				MEM_GROW(runner->cuts, runner->tally.n, runner->cap);
				runner->cuts[runner->tally.n++] = (struct cut){ cold, down, k };
			}
	}
}

static void shuffle(struct runner *runner, uint64_t seed)
{
	struct env_fixed fixed = { .seed = seed + (uint64_t)runner->number };
	struct env env = env_fixed(&fixed);

	for (size_t i = runner->tally.n; i > 1; i--) {
		size_t j = (size_t)env_below(&env, i);
		struct cut other = runner->cuts[j];

		runner->cuts[j] = runner->cuts[i - 1];
		runner->cuts[i - 1] = other;
	}
}

static bool try_all(struct runner *runner, bool all)
{
	int64_t end = steady_ms() + SLICE_S * 1000;

	for (; runner->tally.done < runner->tally.n; runner->tally.done++) {
		const struct cut *cut = &runner->cuts[runner->tally.done];
		const char *why;

		if (!all && steady_ms() > end)
			break;
		why = try_cut(runner, cut, runner->tally.done);
		if (why == NULL)
			continue;
		printf("# cut %s after byte %d, %s: %s (link %d: %s)\n", cut->down ? "down" : "up",
		       cut->k, cut->cold ? "with a handshake" : "connected", why,
		       runner->seat.link.state, runner->seat.reason);
		return false;
	}
	return true;
}

/* In a child; exit status 0: all good.  The tally goes into the pipe. */
static int run_part(struct place *place, int number, uint64_t seed, bool all, int out)
{
	struct runner runner = { .number = number };
	char officer[20], title[40];
	bool good;

	snprintf(officer, sizeof officer, "officer%d", number);
	snprintf(title, sizeof title, "line %d is cut", number);
	seat_open(&runner.seat, place, officer, true);
	runner.tally.incident = seat_register(&runner.seat, title);
	runner.tally.version = seat_version(&runner.seat, &runner.tally.incident);
	plan(&runner);
	shuffle(&runner, seed);
	good = try_all(&runner, all);
	seat_close(&runner.seat);
	free(runner.cuts);
	fflush(stdout);
	return good && write(out, &runner.tally, sizeof runner.tally) == sizeof runner.tally ? 0 : 1;
}

/* ---- what another console has ---- */

static bool has_come(struct seat *seat)
{
	const struct tally *tally = seat->ctx;
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	bool here = client_get(seat->client, &tally->incident, &arena, &incident, NULL) == ERR_OK &&
		    incident->head.version >= tally->version;

	arena_release(&arena);
	return here && seat_in_step(seat);
}

/* Each note once, and nothing that was not done. */
static bool all_once(struct seat *seat, const struct tally *tally)
{
	struct client_timeline lines;
	unsigned char *times = mem_alloc(tally->n + 1);
	size_t wrong = 0;

	seat->ctx = tally;
	if (!seat_until(seat, has_come, PATIENCE_S))
		bail("another console does not come in step");
	seat_lines(seat, &tally->incident, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		const char *text = lines.lines[i].text;
		long long number;

		if (text != NULL && str_starts(text, "cut ") &&
		    str_int(text + 4, 0, (long long)tally->n - 1, &number))
			times[number]++;
	}
	for (size_t i = 0; i < tally->n; i++)
		wrong += times[i] != (i < tally->done);
	if (wrong > 0)
		printf("# %zu acts are there twice or not at all\n", wrong);
	free(times);
	return wrong == 0 && seat_version(seat, &tally->incident) == tally->version;
}

/* ---- main ---- */

static void tell(int n, bool good, const char *what)
{
	printf("%sok %d - %s\n", good ? "" : "not ", n, what);
	fflush(stdout);
}

/* Runs the parts side by side; false: one went wrong. */
static bool run_parts(struct place *place, uint64_t seed, bool all, struct tally *tallies)
{
	pid_t children[PARTS];
	int pipes[PARTS][2], status;
	bool good = true;

	fflush(stdout);
	for (int i = 0; i < PARTS; i++) {
		if (pipe(pipes[i]) != 0 || (children[i] = fork()) < 0)
			bail("no process");
		if (children[i] == 0)
			_exit(run_part(place, i, seed, all, pipes[i][1]));
	}
	for (int i = 0; i < PARTS; i++) {
		good &= waitpid(children[i], &status, 0) == children[i] && WIFEXITED(status) &&
			WEXITSTATUS(status) == 0 &&
			read(pipes[i][0], &tallies[i], sizeof tallies[i]) == sizeof tallies[i];
		close(pipes[i][0]);
		close(pipes[i][1]);
	}
	return good;
}

static void judge(struct place *place, bool good, const struct tally *tallies)
{
	const char *verify[] = { "verify", place->srv, NULL };
	struct tally sum = { .n = 0 };
	struct seat other;
	bool once = good;

	for (int i = 0; i < PARTS; i++) {
		sum.n += tallies[i].n;
		sum.done += tallies[i].done;
		sum.happened += tallies[i].happened;
		sum.lost += tallies[i].lost;
	}
	printf("# %zu of %zu places tried, %zu of them cut something, %zu left the act "
	       "unanswered\n",
	       sum.done, sum.n, sum.happened, sum.lost);
	tell(1, good, "cut after byte k: in step again, the incident one version further");
	tell(2, sum.lost > 0 && sum.happened > sum.lost,
	     "some cuts came before the answer, some behind it");
	seat_open(&other, place, "other", false);
	for (int i = 0; i < PARTS && once; i++)
		once = all_once(&other, &tallies[i]);
	tell(3, once, "another console has each act exactly once");
	seat_close(&other);
	place_stop(place, SIGTERM);
	tell(4, place_run(verify, NULL) == 0, "zhiband verify finds the journal whole");
	printf("1..4\n");
}

int main(void)
{
	const char *seed_text = getenv("ZHIBAN_SEED"), *all = getenv("ZHIBAN_LONG");
	char dir[] = "/tmp/zhiban-line.XXXXXX";
	long long seed = (long long)time(NULL) % 1000000;
	struct tally tallies[PARTS] = { { .n = 0 } };
	struct error err = ERROR_INIT;
	struct place place;

	if (mkdtemp(dir) == NULL)
		bail("no folder");
	if (seed_text != NULL && !str_int(seed_text, 0, INT64_MAX, &seed))
		bail("ZHIBAN_SEED is a number");
	signal(SIGPIPE, SIG_IGN);
	printf("# ZHIBAN_SEED=%lld\n", seed);
	place_make(&place, dir, "srv");
	place_serve(&place);
	judge(&place, run_parts(&place, (uint64_t)seed, all != NULL && *all != '\0', tallies),
	      tallies);
	if (dir_remove_all(dir, &err) != ERR_OK)
		printf("# %s\n", err.text);
	return 0;
}
