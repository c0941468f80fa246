#include <config.h>

#include "sockets_priv.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

enum { BACKLOG = 1024 };

/* The port that the system chose. */
static int port_of(int fd, int asked)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;

	if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
		return asked;
	return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
						   : ((struct sockaddr_in *)&address)->sin_port);
}

/* 127.0.0.0/8 and ::1. */
static bool is_own(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
	return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

static int listen_on(const struct addrinfo *where, int *ret_fd)
{
	int on = 1, rc = 0, fd = socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return errno;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
	    bind(fd, where->ai_addr, where->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0)
		rc = errno;
	if (rc == 0)
		*ret_fd = fd;
	else
		close(fd);
	return rc;
}

enum err socket_tcp(const char *host, int port, bool own, int *ret_fd, int *ret_port,
		    struct error *err)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM,
					.ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo *found;
	char words[8];
	int fd = -1, rc;

	snprintf(words, sizeof words, "%d", port);
	rc = getaddrinfo(host, words, &hints, &found);
	if (rc != 0)
		return error_set(err, ERR_INPUT, _("%s cannot be listened on: %s"), host,
				 gai_strerror(rc));
	if (own && !is_own(found->ai_addr)) {
		freeaddrinfo(found);
		return error_set(err, ERR_INPUT,
				 _("%s can be reached from elsewhere: plain HTTP is for 127.0.0.1 or "
				   "::1, behind a proxy that does TLS"),
				 host);
	}
	rc = listen_on(found, &fd);
	freeaddrinfo(found);
	if (rc != 0)
		return error_errno(err, rc == EADDRINUSE ? ERR_BUSY : ERR_IO, rc,
				   _("%s port %d cannot be listened on"), host, port);
	*ret_fd = fd;
	*ret_port = port_of(fd, port);
	return ERR_OK;
}

void socket_tend(int fd)
{
	enum { QUIET_S = 30, EVERY_S = 10, TIMES = 3, UNANSWERED_MS = 60000 };
	static const struct {
		int level, name, value;
	} options[] = {
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, QUIET_S },
		{ IPPROTO_TCP, TCP_KEEPINTVL, EVERY_S },
		{ IPPROTO_TCP, TCP_KEEPCNT, TIMES },
		{ IPPROTO_TCP, TCP_USER_TIMEOUT, UNANSWERED_MS },
	};

	for (size_t i = 0; i < ARRAY_LEN(options); i++) /* without, its own time ends it later */
		(void)setsockopt(fd, options[i].level, options[i].name, &options[i].value,
				 sizeof options[i].value);
}

enum err socket_unix(const char *path, int *ret_fd, struct error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	mode_t mask;
	int fd, rc = 0;

	if (!str_copy(address.sun_path, sizeof address.sun_path, path))
		return error_set(err, ERR_INPUT, _("%s is too long a path for a socket"), path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return error_errno(err, ERR_IO, errno, "%s", path);
	(void)unlink(path); /* of a server that was killed; the lock says that none runs */
	mask = umask(0177);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, BACKLOG) != 0)
		rc = errno;
	umask(mask);
	if (rc == 0) {
		*ret_fd = fd;
		return ERR_OK;
	}
	close(fd);
	return error_errno(err, ERR_IO, rc, "%s", path);
}

/* As many connections as the system lets us have. */
unsigned socket_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return 1000;
	if (files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max > 65536 ? 65536 : files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
		(void)getrlimit(RLIMIT_NOFILE, &files);
	}
	return files.rlim_cur > 200 ? (unsigned)files.rlim_cur - 100 : 100;
}
