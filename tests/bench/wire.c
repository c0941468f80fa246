#include <config.h>

#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

enum { URLS = 8, EVENTS = 256, AGAIN_US = 100000, SHAKING = 64 };
enum phase { AWAY, CONNECTING, SHAKES, OPEN };

struct line_state {
	enum phase phase;
	int fd;
	gnutls_session_t tls;
	int64_t again_us; /* when to connect anew */
	struct str out, in;
	size_t sent, whole; /* bytes of the answer; 0: its head is not there yet */
	bool writes; /* waits to be able to write */
};
struct wire {
	struct wire_calls calls;
	struct sockaddr_storage address[URLS];
	socklen_t address_len[URLS];
	size_t n_urls, n, ready, shaking;
	struct line *lines;
	gnutls_certificate_credentials_t trust;
	int epoll;
	bool hold;
};

int64_t wire_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool find_address(struct wire *wire, const char *url)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found;
	char host[200], *colon;

	if (!str_starts(url, "https://") || !str_copy(host, sizeof host, url + 8) ||
	    (colon = strrchr(host, ':')) == NULL || wire->n_urls == URLS)
		return false;
	*colon = '\0';
	colon[1 + strcspn(colon + 1, "/\n")] = '\0';
	if (getaddrinfo(host, colon + 1, &hints, &found) != 0)
		return false;
	memcpy(&wire->address[wire->n_urls], found->ai_addr, found->ai_addrlen);
	wire->address_len[wire->n_urls++] = found->ai_addrlen;
	freeaddrinfo(found);
	return true;
}

static void away(struct line *line)
{
	struct line_state *state = line->state;
	bool busy = line->busy;

	if (state->fd >= 0) {
		gnutls_deinit(state->tls);
		close(state->fd);
	}
	line->wire->ready -= state->phase == OPEN;
	line->wire->shaking -= state->phase == CONNECTING || state->phase == SHAKES;
	state->fd = -1;
	state->phase = AWAY;
	state->again_us = wire_now_us() + AGAIN_US;
	line->busy = line->ready = false;
	if (busy)
		line->wire->calls.lost(line);
}

static void want(struct line *line, bool writes)
{
	struct epoll_event event = { .events = EPOLLIN | (writes ? EPOLLOUT : 0),
				     .data.ptr = line };

	if (line->state->writes == writes)
		return;
	line->state->writes = writes;
	epoll_ctl(line->wire->epoll, EPOLL_CTL_MOD, line->state->fd, &event);
}

static void connect_line(struct line *line)
{
	struct wire *wire = line->wire;
	struct line_state *state = line->state;
	size_t url = line->no % wire->n_urls;
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT, .data.ptr = line };
	int on = 1;

	state->fd = socket(wire->address[url].ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (state->fd < 0) {
		perror("load: socket");
		state->again_us = wire_now_us() + AGAIN_US;
		return;
	}
	setsockopt(state->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	gnutls_init(&state->tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
	gnutls_set_default_priority(state->tls);
	gnutls_credentials_set(state->tls, GNUTLS_CRD_CERTIFICATE, wire->trust);
	gnutls_transport_set_int(state->tls, state->fd);
	state->phase = CONNECTING;
	wire->shaking++;
	state->writes = true;
	if (connect(state->fd, (struct sockaddr *)&wire->address[url], wire->address_len[url]) != 0 &&
	    errno != EINPROGRESS) {
		away(line);
		return;
	}
	epoll_ctl(wire->epoll, EPOLL_CTL_ADD, state->fd, &event);
}

static void send_more(struct line *line)
{
	struct line_state *state = line->state;

	while (state->sent < state->out.len) {
		ssize_t n = gnutls_record_send(state->tls, state->out.s + state->sent,
					       state->out.len - state->sent);

		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED) {
			want(line, true);
			return;
		}
		if (n < 0) {
			away(line);
			return;
		}
		state->sent += (size_t)n;
	}
	want(line, false);
}

/* The head of an answer is there: how long it is. */
static bool take_head(struct line *line)
{
	struct line_state *state = line->state;
	const char *end, *length;

	if (state->whole != 0 || state->in.len == 0)
		return true;
	end = strstr(state->in.s, "\r\n\r\n");
	if (end == NULL)
		return true;
	length = strstr(state->in.s, "Content-Length: ");
	if (length == NULL || length > end)
		return false;
	state->whole = (size_t)(end - state->in.s) + 4 + strtoul(length + 16, NULL, 10);
	return true;
}

static void take_answer(struct line *line)
{
	struct line_state *state = line->state;
	size_t body = (size_t)(strstr(state->in.s, "\r\n\r\n") - state->in.s) + 4;
	int status = (int)strtol(state->in.s + 9, NULL, 10);
	bool closes = strstr(state->in.s, "Connection: close") != NULL;
	struct str in = state->in;

	state->in = (struct str)STR_INIT;
	state->whole = 0;
	line->busy = false;
	line->wire->calls.answered(line, status, in.s + body, in.len - body);
	str_release(&in);
	if (closes && state->phase == OPEN)
		away(line);
}

static void receive(struct line *line)
{
	struct line_state *state = line->state;
	char buf[16384];

	while (state->phase == OPEN) {
		ssize_t n = gnutls_record_recv(state->tls, buf, sizeof buf);

		if (n == GNUTLS_E_AGAIN)
			return;
		if (n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n <= 0) {
			away(line);
			return;
		}
		str_add_bytes(&state->in, buf, (size_t)n);
		if (!take_head(line)) {
			away(line);
			return;
		}
		if (state->whole != 0 && state->in.len >= state->whole)
			take_answer(line);
	}
}

static void go_on(struct line *line)
{
	struct line_state *state = line->state;
	int rc;

	if (state->phase == CONNECTING)
		state->phase = SHAKES;
	if (state->phase == SHAKES) {
		rc = gnutls_handshake(state->tls);
		if (rc == GNUTLS_E_AGAIN || rc == GNUTLS_E_INTERRUPTED) {
			want(line, gnutls_record_get_direction(state->tls) == 1);
			return;
		}
		if (rc < 0) {
			if (gnutls_error_is_fatal(rc))
				away(line);
			return;
		}
		state->phase = OPEN;
		str_clear(&state->in);
		state->whole = 0;
		line->ready = true;
		line->wire->ready++;
		line->wire->shaking--;
		want(line, false);
		line->wire->calls.open(line);
	}
	if (state->phase == OPEN && line->busy && state->sent < state->out.len)
		send_more(line);
	if (state->phase == OPEN)
		receive(line);
}

/* --- outside --------------------------------------------------------------------------------- */

struct wire *wire_new(const char *urls, size_t n, const struct wire_calls *calls)
{
	struct wire *wire = mem_alloc(sizeof *wire);
	char *words = mem_strdup(urls), *rest = words;
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	wire->calls = *calls;
	wire->n = n;
	while (rest != NULL)
		if (!find_address(wire, strsep(&rest, ","))) {
			fprintf(stderr, "load: %s: https://HOST:PORT is wanted\n", urls);
			free(words);
			free(wire);
			return NULL;
		}
	free(words);
	gnutls_certificate_allocate_credentials(&wire->trust);
	wire->epoll = epoll_create1(EPOLL_CLOEXEC);
	wire->lines = mem_resize(NULL, n, sizeof *wire->lines);
	for (size_t i = 0; i < n; i++) {
		struct line_state *state = mem_alloc(sizeof *state);

		*state = (struct line_state){ .fd = -1, .out = STR_INIT, .in = STR_INIT };
		wire->lines[i] = (struct line){ .wire = wire, .no = i, .state = state };
	}
	return wire;
}

void wire_free(struct wire *wire)
{
	if (wire == NULL)
		return;
	for (size_t i = 0; i < wire->n; i++) {
		struct line_state *state = wire->lines[i].state;

		if (state->fd >= 0) {
			gnutls_deinit(state->tls);
			close(state->fd);
		}
		str_release(&state->out);
		str_release(&state->in);
		free(state);
	}
	gnutls_certificate_free_credentials(wire->trust);
	close(wire->epoll);
	free(wire->lines);
	free(wire);
}

struct line *wire_line(struct wire *wire, size_t i)
{
	return &wire->lines[i];
}

size_t wire_ready(const struct wire *wire)
{
	return wire->ready;
}

void wire_hold(struct wire *wire, bool hold)
{
	wire->hold = hold;
}

void wire_ask(struct line *line, const char *method, const char *path, const char *token,
	      const char *body, size_t len)
{
	struct line_state *state = line->state;

	str_clear(&state->out);
	str_addf(&state->out, "%s %s HTTP/1.1\r\nHost: zhiban\r\n", method, path);
	if (token != NULL)
		str_addf(&state->out, "Authorization: Bearer %s\r\n", token);
	if (body != NULL)
		str_addf(&state->out, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
			 len);
	str_add(&state->out, "\r\n");
	if (body != NULL)
		str_add_bytes(&state->out, body, len);
	state->sent = 0;
	line->busy = true;
	line->asked_us = wire_now_us();
	send_more(line);
}

/* Not all at once: the listening queue of a server is not endless. */
static void come_back(struct wire *wire)
{
	int64_t now = wire_now_us();

	for (size_t i = 0; i < wire->n && wire->shaking < SHAKING && !wire->hold; i++)
		if (wire->lines[i].state->phase == AWAY && wire->lines[i].state->again_us <= now)
			connect_line(&wire->lines[i]);
}

void wire_turn(struct wire *wire, int ms)
{
	struct epoll_event events[EVENTS];
	int n;

	if (wire->ready + wire->shaking < wire->n)
		come_back(wire);
	n = epoll_wait(wire->epoll, events, EVENTS, ms);
	for (int i = 0; i < n; i++)
		if (((struct line *)events[i].data.ptr)->state->fd >= 0)
			go_on(events[i].data.ptr);
}
