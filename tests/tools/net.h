/* A bad network between consoles on this machine and a server at 127.0.0.1:PORT: a proxy that is
 * told what to do while it runs.  One process serves all connections with one poll.
 *
 *	through [PORT]		lets everything through (from now on to that server); ends any fault
 *	lose [PORT]		the same for new connections; those that are there stay silent for ever
 *	hole			nothing gets through any more; what is under way comes late
 *	hole up|down BYTES	the same, after so many more bytes of what the console (server) sends
 *	cut up|down BYTES	after so many more bytes all connections end, and new ones do at once
 *	each up|down BYTES	ends each connection after that many bytes of its own
 *	shut			ends all connections, and new ones at once
 *	garbage			ends them; new ones are answered with bytes that mean nothing
 *	portal			... as the log-in page of a hotel does, in plain HTTP
 *	deny			... as a proxy that wants a log-in first (407)
 *	slow MS RATE		each way: so much delay, so many bytes a second (0: no limit)
 *	count			says "count UP DOWN DONE": bytes passed since the last other command, and
 *				whether the "cut" or the "hole" has happened
 *
 * Each line is answered with one: "ok", "count ..." or "what?".  `through` ends `slow` too. */
#ifndef TESTS_TOOLS_NET_H
#define TESTS_TOOLS_NET_H

#include <stdbool.h>
#include <sys/types.h>

/* Listens somewhere on loopback; -1 with errno on failure. */
int net_listen(int *ret_port);
/* Serves until `control` ends (-1: for ever); first: a command to begin with, or NULL. */
int net_serve(int listening, int server_port, const char *first, int control, int answers);

/* The same in a child process, for a driver. */
struct net {
	int port;
	pid_t pid;
	int to, from;
};
bool net_start(struct net *net, int server_port);
/* False: it did not answer "ok". */
bool net_say(struct net *net, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct net_count {
	long long up, down;
	bool done;
};
bool net_count(struct net *net, struct net_count *ret_count);
void net_stop(struct net *net);

#endif
