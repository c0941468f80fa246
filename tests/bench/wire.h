/* Many HTTPS connections on one thread, for load: each asks one thing at a time.
 *
 * A connection that ends comes back by itself (a server that was stopped and started again), and
 * what it had asked without an answer is told to `lost`. */
#ifndef TESTS_BENCH_WIRE_H
#define TESTS_BENCH_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wire;
struct line; /* a connection */

struct wire_calls {
	void (*open)(struct line *line); /* it can be asked something */
	void (*answered)(struct line *line, int status, const char *body, size_t len);
	void (*lost)(struct line *line); /* asked, and cut before there was an answer */
};
struct line {
	struct wire *wire;
	size_t no;
	void *user; /* the caller's */
	int64_t asked_us; /* when it was asked */
	bool busy, ready; /* an answer is awaited; it is connected */
	struct line_state *state;
};

/* urls: "https://HOST:PORT", separated by commas; line i goes to the i-th, over and over.  NULL and a
 * word on standard error when one is not understood. */
struct wire *wire_new(const char *urls, size_t n, const struct wire_calls *calls);
void wire_free(struct wire *wire);
struct line *wire_line(struct wire *wire, size_t i);
/* token and body may be NULL. */
void wire_ask(struct line *line, const char *method, const char *path, const char *token,
	      const char *body, size_t len);
/* Does what can be done, waiting at most ms for something. */
void wire_turn(struct wire *wire, int ms);
void wire_hold(struct wire *wire, bool hold); /* lines that end do not come back */
size_t wire_ready(const struct wire *wire);   /* connected */
int64_t wire_now_us(void);

#endif
