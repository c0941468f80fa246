#include <config.h>

#include "net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { UP, DOWN, WAYS };
enum { MOST = 64, CHUNK = 4096, QUEUED = 64 * 1024, LINE = 200 };
#define ENDLESS (1LL << 60)

static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
			   "Content-Length: 48\r\n\r\n<html><body>Room number and name?</body></html>\n";
static const char denied[] = "HTTP/1.1 407 Proxy Authentication Required\r\n"
			     "Proxy-Authenticate: Basic realm=\"hotel\"\r\nConnection: close\r\n"
			     "Content-Length: 0\r\n\r\n";

enum mode { MODE_THROUGH, MODE_HOLE, MODE_SHUT, MODE_GARBAGE, MODE_PORTAL, MODE_DENY };

struct chunk { /* on its way */
	struct chunk *next;
	int64_t due;
	size_t len, off;
	char bytes[CHUNK];
};
struct way {
	struct chunk *first, **last;
	size_t queued;
	int64_t free_at; /* the line has sent what is queued */
	long long passed;
	bool ended; /* no more will come */
};
struct conn {
	int fd[WAYS]; /* UP: the console's, whose bytes go up; -1: not there */
	struct way way[WAYS];
	bool lost; /* silent for ever */
};
struct proxy {
	int listening, server_port, control, answers;
	enum mode mode;
	long long each[WAYS]; /* of one connection */
	long long left[WAYS]; /* of all, till `then` happens */
	long long passed[WAYS];
	enum mode then;
	bool done;
	int64_t delay_ms, rate;
	struct conn conns[MOST];
	size_t n;
	char line[LINE];
	size_t line_len;
};

static int64_t steady_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct sockaddr_in loopback(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

int net_listen(int *ret_port)
{
	struct sockaddr_in address = loopback(0);
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 || listen(fd, MOST) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &len) != 0)
		return -1;
	*ret_port = ntohs(address.sin_port);
	return fd;
}

/* ---- connections ---- */

static void drop_queue(struct way *way)
{
	while (way->first != NULL) {
		struct chunk *chunk = way->first;

		way->first = chunk->next;
		free(chunk);
	}
	way->last = &way->first;
	way->queued = 0;
}

static void conn_end(struct conn *conn)
{
	for (int i = 0; i < WAYS; i++) {
		if (conn->fd[i] >= 0)
			close(conn->fd[i]);
		conn->fd[i] = -1;
		drop_queue(&conn->way[i]);
	}
}

static bool conn_is_over(const struct conn *conn)
{
	return conn->fd[UP] < 0;
}

static void end_all(struct proxy *proxy)
{
	for (size_t i = 0; i < proxy->n; i++)
		conn_end(&proxy->conns[i]);
}

static void put(struct way *way, const char *bytes, size_t len, int64_t due)
{
	struct chunk *chunk = calloc(1, sizeof *chunk);

	if (chunk == NULL)
		abort();
	memcpy(chunk->bytes, bytes, len);
	chunk->len = len;
	chunk->due = due;
	*way->last = chunk;
	way->last = &chunk->next;
	way->queued += len;
}

static int dial(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static void take_conn(struct proxy *proxy)
{
	int fd = accept4(proxy->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK), one = 1;
	struct conn *conn = &proxy->conns[proxy->n];

	if (fd < 0)
		return;
	if (proxy->mode == MODE_SHUT || proxy->n == MOST) {
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	*conn = (struct conn){ .fd = { fd, -1 } };
	for (int i = 0; i < WAYS; i++)
		conn->way[i].last = &conn->way[i].first;
	if (proxy->mode == MODE_THROUGH || proxy->mode == MODE_HOLE) {
		conn->fd[DOWN] = dial(proxy->server_port);
		if (conn->fd[DOWN] < 0) {
			close(fd);
			return;
		}
	}
	proxy->n++;
}

/* ---- moving ---- */

/* What answers in the server's place says its piece when it has been spoken to. */
static void speak(const struct proxy *proxy, struct conn *conn)
{
	char noise[2000];
	struct way *down = &conn->way[DOWN];

	if (down->ended || conn->fd[DOWN] >= 0)
		return;
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)(i * 37 + i / 7);
	if (proxy->mode == MODE_PORTAL)
		put(down, page, sizeof page - 1, 0);
	else if (proxy->mode == MODE_DENY)
		put(down, denied, sizeof denied - 1, 0);
	else
		put(down, noise, sizeof noise, 0);
	down->ended = true;
}

static void take_in(struct proxy *proxy, struct conn *conn, int from)
{
	struct way *way = &conn->way[from];
	char bytes[CHUNK];
	ssize_t n = read(conn->fd[from], bytes, sizeof bytes);
	int64_t now = steady_ms();

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		way->ended = true;
		return;
	}
	if (conn->fd[DOWN] < 0) {
		speak(proxy, conn);
		return;
	}
	if (way->free_at < now)
		way->free_at = now;
	if (proxy->rate > 0)
		way->free_at += n * 1000 / proxy->rate;
	put(way, bytes, (size_t)n, way->free_at + proxy->delay_ms);
}

/* How many of so many bytes may still pass. */
static size_t allowed(const struct proxy *proxy, const struct conn *conn, int way, size_t n)
{
	long long own = proxy->each[way] - conn->way[way].passed, all = proxy->left[way];
	long long most = own < all ? own : all;

	if (most < 0)
		most = 0;
	return (long long)n < most ? n : (size_t)most;
}

static void happen(struct proxy *proxy)
{
	proxy->done = true;
	proxy->left[UP] = proxy->left[DOWN] = ENDLESS;
	proxy->mode = proxy->then;
	if (proxy->mode == MODE_SHUT)
		end_all(proxy);
}

/* Hands on what is due; false: the connection is over. */
static bool hand_on(struct proxy *proxy, struct conn *conn, int way_at)
{
	struct way *way = &conn->way[way_at];
	int to = conn->fd[way_at == UP ? DOWN : UP];
	int64_t now = steady_ms();

	while (way->first != NULL && way->first->due <= now) {
		struct chunk *chunk = way->first;
		size_t n = allowed(proxy, conn, way_at, chunk->len - chunk->off);
		ssize_t sent = n > 0 ? write(to, chunk->bytes + chunk->off, n) : 0;

		if (sent < 0)
			return errno == EAGAIN || errno == EINTR;
		chunk->off += (size_t)sent;
		way->queued -= (size_t)sent;
		way->passed += sent;
		proxy->passed[way_at] += sent;
		proxy->left[way_at] -= proxy->left[way_at] < ENDLESS ? sent : 0;
		if (proxy->left[way_at] <= 0) {
			happen(proxy);
			return !conn_is_over(conn);
		}
		if (way->passed >= proxy->each[way_at])
			return false;
		if (chunk->off < chunk->len)
			return true; /* the socket is full */
		way->first = chunk->next;
		if (way->first == NULL)
			way->last = &way->first;
		free(chunk);
	}
	return way->first != NULL || !way->ended;
}

static bool is_moving(const struct proxy *proxy, const struct conn *conn)
{
	return !conn->lost && proxy->mode != MODE_HOLE;
}

static void move(struct proxy *proxy, struct conn *conn)
{
	for (int way = 0; way < WAYS && !conn_is_over(conn); way++)
		if (is_moving(proxy, conn) && !hand_on(proxy, conn, way))
			conn_end(conn);
}

static void sweep(struct proxy *proxy)
{
	for (size_t i = 0; i < proxy->n;) {
		struct conn *conn = &proxy->conns[i];

		if (!conn_is_over(conn)) {
			i++;
			continue;
		}
		*conn = proxy->conns[--proxy->n];
		for (int way = 0; way < WAYS; way++) /* a list's end lies in the struct that moved */
			if (conn->way[way].first == NULL)
				conn->way[way].last = &conn->way[way].first;
	}
}

/* ---- commands ---- */

static int way_of(const char *word)
{
	return strcmp(word, "up") == 0 ? UP : strcmp(word, "down") == 0 ? DOWN : -1;
}

static void reset(struct proxy *proxy)
{
	for (int way = 0; way < WAYS; way++) {
		proxy->each[way] = proxy->left[way] = ENDLESS;
		proxy->passed[way] = 0;
	}
	proxy->done = false;
}

static bool limit(struct proxy *proxy, const char *words, enum mode then)
{
	char word[8];
	long long bytes;
	int way;

	if (sscanf(words, "%7s %lld", word, &bytes) != 2 || (way = way_of(word)) < 0)
		return false;
	reset(proxy);
	proxy->mode = MODE_THROUGH;
	proxy->left[way] = bytes;
	proxy->then = then;
	return true;
}

static bool limit_each(struct proxy *proxy, const char *words)
{
	char word[8];
	long long bytes;
	int way;

	if (sscanf(words, "%7s %lld", word, &bytes) != 2 || (way = way_of(word)) < 0)
		return false;
	reset(proxy);
	proxy->each[way] = bytes;
	return true;
}

static bool through(struct proxy *proxy, const char *words, bool lose)
{
	reset(proxy);
	proxy->mode = MODE_THROUGH;
	proxy->delay_ms = proxy->rate = 0;
	if (*words != '\0')
		proxy->server_port = (int)strtol(words, NULL, 10);
	for (size_t i = 0; i < proxy->n; i++) {
		proxy->conns[i].lost |= lose;
		if (proxy->conns[i].fd[DOWN] < 0) /* it talked to something else */
			conn_end(&proxy->conns[i]);
	}
	return true;
}

static bool begin_through(struct proxy *proxy, const char *words)
{
	return through(proxy, words, false);
}

static bool begin_lose(struct proxy *proxy, const char *words)
{
	return through(proxy, words, true);
}

static bool begin_cut(struct proxy *proxy, const char *words)
{
	return limit(proxy, words, MODE_SHUT);
}

static bool begin_hole(struct proxy *proxy, const char *words)
{
	if (*words != '\0')
		return limit(proxy, words, MODE_HOLE);
	reset(proxy);
	proxy->mode = MODE_HOLE;
	return true;
}

static bool begin_slow(struct proxy *proxy, const char *words)
{
	long long ms, rate;

	if (sscanf(words, "%lld %lld", &ms, &rate) != 2)
		return false;
	reset(proxy);
	proxy->mode = MODE_THROUGH;
	proxy->delay_ms = ms;
	proxy->rate = rate;
	return true;
}

static bool command(struct proxy *proxy, const char *line)
{
	static const struct {
		const char *word;
		bool (*begin)(struct proxy *proxy, const char *words);
		enum mode mode; /* without a function: this answers instead */
	} words[] = {
		{ "through", begin_through, 0 },  { "lose", begin_lose, 0 },
		{ "cut", begin_cut, 0 },	  { "each", limit_each, 0 },
		{ "hole", begin_hole, 0 },	  { "slow", begin_slow, 0 },
		{ "shut", NULL, MODE_SHUT },	  { "garbage", NULL, MODE_GARBAGE },
		{ "portal", NULL, MODE_PORTAL },  { "deny", NULL, MODE_DENY },
	};
	size_t n = strcspn(line, " ");

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i].word) != n || strncmp(line, words[i].word, n) != 0)
			continue;
		if (words[i].begin != NULL)
			return words[i].begin(proxy, line[n] != '\0' ? line + n + 1 : line + n);
		reset(proxy);
		proxy->mode = words[i].mode;
		end_all(proxy);
		return true;
	}
	return false;
}

static void obey(struct proxy *proxy, const char *line)
{
	char said[100] = "ok\n";

	if (strcmp(line, "count") == 0)
		snprintf(said, sizeof said, "count %lld %lld %d\n", proxy->passed[UP],
			 proxy->passed[DOWN], proxy->done);
	else if (!command(proxy, line))
		snprintf(said, sizeof said, "what?\n");
	if (proxy->answers >= 0 && write(proxy->answers, said, strlen(said)) < 0)
		proxy->answers = -1;
}

/* False: nobody commands any more. */
static bool listen_to(struct proxy *proxy)
{
	ssize_t n = read(proxy->control, proxy->line + proxy->line_len, LINE - 1 - proxy->line_len);
	char *end;

	if (n <= 0)
		return false;
	proxy->line_len += (size_t)n;
	proxy->line[proxy->line_len] = '\0';
	while ((end = strchr(proxy->line, '\n')) != NULL) {
		*end = '\0';
		obey(proxy, proxy->line);
		proxy->line_len -= (size_t)(end + 1 - proxy->line);
		memmove(proxy->line, end + 1, proxy->line_len + 1);
	}
	return proxy->line_len < LINE - 1;
}

/* ---- the loop ---- */

struct wait {
	struct pollfd fds[2 + MOST * WAYS];
	struct conn *conn[2 + MOST * WAYS];
	int way[2 + MOST * WAYS];
	size_t n;
	int timeout_ms;
};

static void wait_for(struct wait *wait, struct conn *conn, int way, int fd, short events)
{
	wait->conn[wait->n] = conn;
	wait->way[wait->n] = way;
	wait->fds[wait->n++] = (struct pollfd){ .fd = fd, .events = events };
}

static void wait_for_way(const struct proxy *proxy, struct wait *wait, struct conn *conn, int way)
{
	const struct way *at = &conn->way[way];
	int64_t due;

	if (conn->fd[way] >= 0 && !at->ended && at->queued < QUEUED)
		wait_for(wait, conn, way, conn->fd[way], POLLIN);
	if (at->first == NULL || !is_moving(proxy, conn))
		return;
	due = at->first->due - steady_ms();
	if (due < 2)
		due = 2; /* the socket is full: soon again */
	if (wait->timeout_ms < 0 || due < wait->timeout_ms)
		wait->timeout_ms = (int)due;
}

static bool turn(struct proxy *proxy)
{
	struct wait wait = { .timeout_ms = -1 };

	wait_for(&wait, NULL, 0, proxy->listening, POLLIN);
	wait_for(&wait, NULL, 0, proxy->control, POLLIN);
	for (size_t i = 0; i < proxy->n; i++)
		for (int way = 0; way < WAYS && !proxy->conns[i].lost; way++)
			wait_for_way(proxy, &wait, &proxy->conns[i], way);
	if (poll(wait.fds, wait.n, wait.timeout_ms) < 0 && errno != EINTR)
		return false;
	if (wait.fds[1].revents != 0 && !listen_to(proxy))
		return false;
	for (size_t i = 2; i < wait.n; i++)
		if (wait.fds[i].revents != 0 && wait.conn[i]->fd[wait.way[i]] == wait.fds[i].fd)
			take_in(proxy, wait.conn[i], wait.way[i]);
	for (size_t i = 0; i < proxy->n; i++)
		move(proxy, &proxy->conns[i]);
	if (wait.fds[0].revents != 0)
		take_conn(proxy);
	sweep(proxy);
	return true;
}

int net_serve(int listening, int server_port, const char *first, int control, int answers)
{
	struct proxy *proxy = calloc(1, sizeof *proxy);

	if (proxy == NULL)
		return 1;
	*proxy = (struct proxy){ .listening = listening,
				 .server_port = server_port,
				 .control = control,
				 .answers = answers };
	reset(proxy);
	if (first != NULL && !command(proxy, first)) {
		free(proxy);
		return 2;
	}
	fcntl(listening, F_SETFL, O_NONBLOCK);
	while (turn(proxy))
		;
	end_all(proxy);
	free(proxy);
	return 0;
}
