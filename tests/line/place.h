/* Real servers (zhiband in a process of its own, over TLS) and real consoles (the client's library
 * with its worker and libcurl, stepped by the test), with a bad network between them that is told
 * what to do.  Whatever is no part of what is tested ends the program with "Bail out!". */
#ifndef TESTS_LINE_PLACE_H
#define TESTS_LINE_PLACE_H

#include "zhiban/base/arena.h"
#include "zhiban/client/settings.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/worker.h"

#include "../tools/net.h"

enum { PATIENCE_S = 90 }; /* the machine is shared: only what hangs is late */

struct place {
	char dir[200]; /* everything under it */
	char srv[220], url[80];
	int port;
	pid_t server;
	struct env env;
};
void place_make(struct place *place, const char *dir, const char *name);
void place_serve(struct place *place); /* at a port of the system's choosing: port, url */
void place_stop(struct place *place, int signal);
/* Runs a program of the tree to its end; ret_said: what it said (NULL: to stderr). */
int place_run(const char *const *words, struct str *ret_said);

struct seat { /* a console */
	struct place *place;
	struct net net; /* port 0: none */
	struct arena arena;
	const struct server_settings *settings;
	struct client *client;
	struct worker *worker;
	struct client_link link; /* as the worker told last */
	unsigned seen;		 /* its states, a bit each */
	char reason[256];	 /* of the last state that had one */
	unsigned refused;
	const void *ctx; /* the test's own, for what it waits for */
};
/* Enrols an officer; his line goes through a net of its own, or not. */
void seat_open(struct seat *seat, struct place *place, const char *officer, bool through_net);
void seat_close(struct seat *seat);
void seat_step(struct seat *seat, int ms);
bool seat_in_step(struct seat *seat);
/* Until it is so; false: it took too long.  Returns at once when it is so already. */
bool seat_until(struct seat *seat, bool (*is_so)(struct seat *seat), int seconds);
void seat_settle(struct seat *seat); /* in step, or the end */
/* The officer's key "again": waits no longer. */
void seat_again(struct seat *seat);

struct uuid seat_register(struct seat *seat, const char *title);
void seat_note(struct seat *seat, const struct uuid *id, const char *text);
int64_t seat_version(struct seat *seat, const struct uuid *id);
/* All lines of an incident, fetched when they are not here; texts in the seat's arena. */
void seat_lines(struct seat *seat, const struct uuid *id, struct client_timeline *ret_lines);

void bail(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));
int64_t steady_ms(void);

#endif
