/* Whether anything still comes while a connection is being made: the library counts bytes only
 * when it is there, and on a slow line making one may well take half a minute. */
#include <config.h>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http_priv.h"

enum { KEEP_COUNT = 2, ESTABLISHED = 1 };

static int64_t steady_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void watch_begin(struct watch *watch)
{
	watch->fd = -1;
	watch->since = steady_ms();
}

int watch_socket(struct watch *watch, int family, int type, int protocol)
{
	int fd = socket(family, type | SOCK_CLOEXEC, protocol), count = KEEP_COUNT;

	if (fd < 0)
		return fd;
	/* Two probes without an answer end a parked request; the library has no word for it. */
	if (type == SOCK_STREAM &&
	    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count) != 0)
		count = 0; /* the system's own count will do */
	watch->fd = fd;
	watch->since = steady_ms();
	return fd;
}

void watch_closed(struct watch *watch, int fd)
{
	if (watch->fd == fd)
		watch_begin(watch);
}

/* Milliseconds since something came, be it that what was sent has arrived. */
static int64_t silence(const struct watch *watch)
{
	int64_t since = steady_ms() - watch->since, last;
	struct tcp_info info = { .tcpi_state = 0 };
	socklen_t len = sizeof info;

	if (watch->fd < 0 || getsockopt(watch->fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 ||
	    info.tcpi_state != ESTABLISHED)
		return since;
	last = info.tcpi_last_data_recv < info.tcpi_last_ack_recv ? info.tcpi_last_data_recv
								  : info.tcpi_last_ack_recv;
	return last < since ? last : since;
}

int watch_left(const struct watch *watch, int limit_ms)
{
	int64_t left = limit_ms - silence(watch);

	return left > 0 ? (int)left : 0;
}
