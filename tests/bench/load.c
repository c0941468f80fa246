/* Load for one server or several nodes of one, over TLS, from one thread.
 *
 *	load acts URL[,URL...] SESSIONS [OPTION...]	incidents registered, one act a request
 *	load small URL[,URL...] SESSIONS [OPTION...]	GET /v1/session
 *	load login URL SESSIONS [OPTION...]		wrong PINs
 *	load parks URL[,URL...] SESSIONS [OPTION...]	feeds that wait: says "parked N" when all do,
 *							then for each line of standard input wakes
 *							them by an act and says how long it took
 *
 * SESSIONS is what `sessions` printed, one console a line; a connection each.
 *
 *	--lines N	so many connections (as many as there are sessions; at most)
 *	--seconds S	for so long (5)
 *	--acts N	ends after so many acts instead
 *	--rate R	so many a second over all, at even distances, and a request's time counts from
 *			when it was due; 0: each line asks again at once (0)
 *	--since SEQ	of parks: the last entry they know (the newest is asked for)
 *
 * An act whose connection was cut is sent again, the same bytes, until there is an answer.  Prints
 * "name value" a line; times in milliseconds. */
#include <config.h>

#include <gnutls/gnutls.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "wire.h"
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/feed.h"
#include "zhiban/wire/message.h"

enum { STATUSES = 600 };

struct seat { /* a session, and what its line is doing */
	char token[80], console[UUID_TEXT], officer[100], org[60], role[40];
	struct uuid id;
	int64_t n;	 /* acts judged */
	struct str body; /* the act under way */
	int64_t due_us;
	bool pending; /* body has no answer yet */
	bool known; /* n: the server has said it */
	bool parked;
};
struct load {
	struct env env;
	struct wire *wire;
	struct seat *seats;
	size_t n_seats, n_lines;
	int64_t rate, most, since;
	double seconds;
	int64_t began_us, ends_us, next_us; /* the next act is due */
	int64_t acts; /* begun */
	double *took;
	size_t n_took, cap_took;
	int64_t status[STATUSES];
	int64_t lost, refused, again_sent;
	bool over;
	size_t woken;
	int64_t woken_first_us, woken_last_us;
};

struct desk { /* line->user */
	struct load *load;
	struct seat *seat;
};

static struct load *load_of(struct line *line)
{
	return ((struct desk *)line->user)->load;
}

static struct seat *seat_of(struct line *line)
{
	return ((struct desk *)line->user)->seat;
}

static void took(struct load *load, double ms)
{
	MEM_GROW(load->took, load->n_took, load->cap_took);
	load->took[load->n_took++] = ms;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_times(struct load *load)
{
	static const double at[] = { 50, 90, 99, 99.9 };

	if (load->n_took == 0)
		return;
	qsort(load->took, load->n_took, sizeof *load->took, by_size);
	for (size_t i = 0; i < ARRAY_LEN(at); i++)
		printf("p%g %.2f\n", at[i],
		       load->took[(size_t)((double)(load->n_took - 1) * at[i] / 100)]);
	printf("worst %.2f\n", load->took[load->n_took - 1]);
}

/* --- acts ------------------------------------------------------------------------------------ */

static void make_act(struct load *load, struct seat *seat)
{
	struct arena arena = ARENA_INIT;
	struct str one = STR_INIT;
	struct act act = { .id = uuid_v7(&load->env),
			   .console = seat->id,
			   .n = seat->n + 1,
			   .desc = act_desc_find("register"),
			   .target = { KIND_INCIDENT, uuid_v7(&load->env), 0 },
			   .actor = { seat->officer, seat->org, seat->role },
			   .at = env_now(&load->env) };
	const char *title = arena_printf(&arena, "lamp %" PRId64 " is out", load->acts);

	act_give(&act, act_arg_field(act.desc, "title"),
		 (struct value){ .is_text = true, .text = title }, &arena);
	act_encode(&act, &one);
	str_clear(&seat->body);
	acts_ask_begin(&seat->body);
	acts_ask_add(&seat->body, one.s, one.len);
	acts_ask_end(&seat->body, &seat->id, env_now(&load->env), -1);
	str_release(&one);
	arena_release(&arena);
	seat->pending = true;
	load->acts++;
}

/* When this line may ask the next; false: not now. */
static bool is_due(struct load *load, int64_t *ret_due)
{
	int64_t now = wire_now_us();

	if (load->over || (load->most > 0 && load->acts >= load->most))
		return false;
	if (load->rate == 0) {
		*ret_due = now;
		return true;
	}
	if (load->next_us > now)
		return false;
	*ret_due = load->next_us;
	load->next_us += 1000000 / load->rate;
	return true;
}

static void act_next(struct line *line)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);

	if (!line->ready || line->busy)
		return;
	if (!seat->known) {
		wire_ask(line, "GET", "/v1/session", seat->token, NULL, 0);
		return;
	}
	if (!seat->pending) {
		if (!is_due(load, &seat->due_us))
			return;
		make_act(load, seat);
	}
	wire_ask(line, "POST", "/v1/acts", seat->token, seat->body.s, seat->body.len);
}

/* Ends for what no waiting would mend. */
static void check_status(int status, const char *body, size_t len)
{
	if (status == 200 || status == 429 || status == 503)
		return;
	fprintf(stderr, "load: %d %.*s\n", status, (int)(len < 300 ? len : 300), body);
	exit(1);
}

/* How far a console that was used before has come. */
static void take_n(struct seat *seat, const char *body, size_t len)
{
	const char *n = memmem(body, len, "\"n\":", 4);

	seat->n = n != NULL ? strtoll(n + 4, NULL, 10) : 0;
	seat->known = true;
}

static void act_answered(struct line *line, int status, const char *body, size_t len)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);

	check_status(status, body, len);
	if (status == 200 && !seat->known) {
		take_n(seat, body, len);
		act_next(line);
		return;
	}
	load->status[status < STATUSES ? status : 0]++;
	if (status == 200) {
		took(load, (double)(wire_now_us() - seat->due_us) / 1000);
		if (memmem(body, len, "\"applied\"", 9) == NULL) {
			load->refused++;
			fprintf(stderr, "load: %.*s\n", (int)(len < 300 ? len : 300), body);
		}
		seat->n++;
		seat->pending = false;
		act_next(line);
	} /* 429, 503: the same again with the next turn */
}

static void act_lost(struct line *line)
{
	load_of(line)->lost++;
}

/* --- small requests and wrong PINs ------------------------------------------------------------- */

static void small_next(struct line *line)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);

	if (!line->ready || line->busy || !is_due(load, &seat->due_us))
		return;
	load->acts++;
	wire_ask(line, "GET", "/v1/session", seat->token, NULL, 0);
}

static void login_next(struct line *line)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);

	if (!line->ready || line->busy || !is_due(load, &seat->due_us))
		return;
	load->acts++;
	str_clear(&seat->body);
	str_addf(&seat->body, "{\"console\":\"%s\",\"officer\":\"nobody%" PRId64 "\",\"pin\":\"0000\"}",
		 seat->console, load->acts % 1000);
	wire_ask(line, "POST", "/v1/session", NULL, seat->body.s, seat->body.len);
}

static void any_answered(struct line *line, int status, const char *body, size_t len)
{
	struct load *load = load_of(line);

	(void)body;
	(void)len;
	load->status[status < STATUSES ? status : 0]++;
	took(load, (double)(wire_now_us() - seat_of(line)->due_us) / 1000);
}

/* --- parks ----------------------------------------------------------------------------------- */

static void park_next(struct line *line)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);
	char path[100];

	if (!line->ready || line->busy || seat->parked)
		return;
	snprintf(path, sizeof path, "/v1/feed?since=%" PRId64 "&wait=50", load->since);
	wire_ask(line, "GET", path, seat->token, NULL, 0);
	seat->parked = true;
}

static void park_answered(struct line *line, int status, const char *body, size_t len)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);
	int64_t now = wire_now_us();

	load->status[status < STATUSES ? status : 0]++;
	seat->parked = false;
	check_status(status, body, len);
	if (status != 200 || memmem(body, len, "\"entry\"", 7) == NULL) {
		park_next(line); /* its time was up before there was news */
		return;
	}
	if (load->woken++ == 0)
		load->woken_first_us = now;
	load->woken_last_us = now;
}

static void park_lost(struct line *line)
{
	load_of(line)->lost++;
	seat_of(line)->parked = false;
}

/* By a line of its own, for one that is parked cannot ask. */
static bool say_news(struct line *line)
{
	struct load *load = load_of(line);
	struct seat *seat = seat_of(line);

	if (!seat->known) {
		wire_ask(line, "GET", "/v1/session", seat->token, NULL, 0);
		while (line->busy)
			wire_turn(line->wire, 100);
	}
	make_act(load, seat);
	wire_ask(line, "POST", "/v1/acts", seat->token, seat->body.s, seat->body.len);
	while (line->busy)
		wire_turn(line->wire, 100);
	return !seat->pending;
}

static void news_answered(struct line *line, int status, const char *body, size_t len)
{
	struct seat *seat = seat_of(line);
	const char *seq = memmem(body, len, "\"seq\":", 6);

	if (status == 200 && !seat->known) {
		take_n(seat, body, len);
		return;
	}
	if (status != 200 || seq == NULL) {
		fprintf(stderr, "load: %d %.*s\n", status, (int)len, body);
		return;
	}
	seat->n++;
	seat->pending = false;
	load_of(line)->since = strtoll(seq + 6, NULL, 10);
}

/* --- the table of what can be done ------------------------------------------------------------- */

struct load_kind {
	const char *name;
	void (*next)(struct line *line);
	void (*answered)(struct line *line, int status, const char *body, size_t len);
	void (*lost)(struct line *line);
};
static const struct load_kind kinds[] = {
	{ "acts", act_next, act_answered, act_lost },
	{ "small", small_next, any_answered, act_lost },
	{ "login", login_next, any_answered, act_lost },
	{ "parks", park_next, park_answered, park_lost },
};

static bool read_seats(struct load *load, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t cap = 0;
	char line[400];

	while (file != NULL && fgets(line, sizeof line, file) != NULL) {
		struct seat seat = { .body = STR_INIT };

		if (sscanf(line, "%79s %36s %99s %59s %39s", seat.token, seat.console, seat.officer,
			   seat.org, seat.role) != 5 ||
		    uuid_parse(seat.console, &seat.id) != ERR_OK)
			break;
		MEM_GROW(load->seats, load->n_seats, cap);
		load->seats[load->n_seats++] = seat;
	}
	if (file == NULL || load->n_seats == 0)
		fprintf(stderr, "load: %s has no sessions\n", path);
	if (file != NULL)
		fclose(file);
	return load->n_seats > 0;
}

static void wait_for_all(struct load *load)
{
	while (wire_ready(load->wire) < load->n_lines)
		wire_turn(load->wire, 100);
}

/* For the time, or until the acts are done; then what is under way is answered still. */
static void run(struct load *load, const struct load_kind *kind)
{
	load->began_us = load->next_us = wire_now_us();
	load->ends_us = load->began_us + (int64_t)(load->seconds * 1e6);
	for (;;) {
		size_t busy = 0;

		load->over = load->most > 0 ? load->acts >= load->most
					    : wire_now_us() >= load->ends_us;
		for (size_t i = 0; i < load->n_lines; i++) {
			struct line *line = wire_line(load->wire, i);

			kind->next(line);
			busy += line->busy || seat_of(line)->pending;
		}
		if (load->over && busy == 0)
			return;
		wire_turn(load->wire, load->rate > 0 ? 1 : 10);
	}
}

static void report(struct load *load)
{
	double seconds = (double)(wire_now_us() - load->began_us) / 1e6;

	printf("requests %zu\nseconds %.2f\na_second %.0f\n", load->n_took, seconds,
	       (double)load->n_took / seconds);
	print_times(load);
	for (int i = 0; i < STATUSES; i++)
		if (load->status[i] > 0)
			printf("status_%d %" PRId64 "\n", i, load->status[i]);
	printf("not_applied %" PRId64 "\ncut %" PRId64 "\n", load->refused, load->lost);
}

/* All wait; each line of standard input is news. */
static void run_parks(struct load *load, struct wire *speaker)
{
	struct line *mouth = wire_line(speaker, 0);
	size_t n = load->n_lines;
	char word[80];

	if (load->since == 0 && !say_news(mouth))
		return;
	for (size_t i = 0; i < n; i++)
		park_next(wire_line(load->wire, i));
	printf("parked %zu\n", n);
	fflush(stdout);
	for (;;) {
		struct pollfd in = { STDIN_FILENO, POLLIN, 0 };
		int64_t began;

		while (poll(&in, 1, 0) == 0)
			wire_turn(load->wire, 20);
		if (fgets(word, sizeof word, stdin) == NULL)
			return;
		load->woken = 0;
		began = wire_now_us();
		if (!say_news(mouth))
			return;
		printf("news_ms %.1f\n", (double)(wire_now_us() - began) / 1000);
		began = wire_now_us();
		while (load->woken < n && wire_now_us() - began < 60000000)
			wire_turn(load->wire, 20);
		printf("woken %zu\nfirst_ms %.1f\nlast_ms %.1f\n", load->woken,
		       (double)(load->woken_first_us - began) / 1000,
		       (double)(load->woken_last_us - began) / 1000);
		for (size_t i = 0; i < n; i++)
			park_next(wire_line(load->wire, i));
		printf("parked %zu\n", n);
		fflush(stdout);
	}
}

static bool take_options(struct load *load, int argc, char **argv)
{
	for (int i = 4; i + 1 < argc; i += 2) {
		long long value = 0;

		if (!str_int(argv[i + 1], 0, INT64_C(1) << 50, &value))
			return false;
		if (str_eq(argv[i], "--lines"))
			load->n_lines = (size_t)value;
		else if (str_eq(argv[i], "--seconds"))
			load->seconds = (double)value;
		else if (str_eq(argv[i], "--acts"))
			load->most = value;
		else if (str_eq(argv[i], "--rate"))
			load->rate = value;
		else if (str_eq(argv[i], "--since"))
			load->since = value;
		else
			return false;
	}
	return argc >= 4 && argc % 2 == 0;
}

static void no_call(struct line *line)
{
	(void)line;
}

static struct wire *open_wire(struct load *load, const char *urls, size_t from, size_t n,
			      const struct wire_calls *calls, struct desk *desks)
{
	struct wire *wire = wire_new(urls, n, calls);

	for (size_t i = 0; i < n && wire != NULL; i++) {
		desks[from + i] = (struct desk){ load, &load->seats[from + i] };
		wire_line(wire, i)->user = &desks[from + i];
	}
	return wire;
}

int main(int argc, char **argv)
{
	struct load load = { .env = env_system(NULL), .seconds = 5 };
	const struct load_kind *kind = NULL;
	struct wire_calls calls = { .open = no_call };
	const struct wire_calls news = { no_call, news_answered, act_lost };
	struct wire *speaker = NULL;
	struct desk *desks;
	bool parks;

	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (argc > 1 && str_eq(argv[1], kinds[i].name))
			kind = &kinds[i];
	if (kind == NULL || !take_options(&load, argc, argv)) {
		fputs("use: load acts|small|login|parks URL[,URL...] SESSIONS [--lines N] "
		      "[--seconds S] [--acts N] [--rate R] [--since SEQ]\n",
		      stderr);
		return 2;
	}
	if (!read_seats(&load, argv[3]))
		return 1;
	parks = kind->answered == park_answered; /* its last session is the one that speaks */
	if (load.n_lines == 0 || load.n_lines > load.n_seats - parks)
		load.n_lines = load.n_seats - parks;
	desks = mem_resize(NULL, load.n_seats, sizeof *desks);
	calls.answered = kind->answered;
	calls.lost = kind->lost;
	load.wire = open_wire(&load, argv[2], 0, load.n_lines, &calls, desks);
	if (load.wire == NULL)
		return 1;
	if (parks)
		speaker = open_wire(&load, argv[2], load.n_seats - 1, 1, &news, desks);
	wait_for_all(&load);
	if (parks) {
		while (wire_ready(speaker) < 1)
			wire_turn(speaker, 100);
		run_parks(&load, speaker);
	} else {
		run(&load, kind);
		report(&load);
	}
	wire_free(speaker);
	wire_free(load.wire);
	for (size_t i = 0; i < load.n_seats; i++)
		str_release(&load.seats[i].body);
	free(load.seats);
	free(load.took);
	free(desks);
	return load.refused > 0;
}
