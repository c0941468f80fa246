/* badnet WORD [BYTES] [PORT]: a bad network in front of the server at 127.0.0.1:PORT, for tests.
 *
 *	through PORT		lets everything through
 *	up BYTES PORT		cuts each connection after BYTES of what the console sends
 *	down BYTES PORT		the same of what the server sends
 *	hole			takes connections and never says anything
 *	shut			closes each connection at once
 *	garbage			answers with bytes that mean nothing
 *	portal			answers as the log-in page of a hotel does, in plain HTTP
 *
 * Prints "ready PORT", serves until it is killed, each connection in a process of its own that ends
 * with it. */
#include <config.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static const char page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
			   "Content-Length: 48\r\n\r\n<html><body>Room number and name?</body></html>\n";

static struct sockaddr_in loopback(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static int dial(int port)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		_exit(1);
	return fd;
}

static bool send_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* Moves what came at `from`, but no more than *left; false when the connection is to end. */
static bool move(int from, int to, long long *left)
{
	char buf[4096];
	size_t most = *left < (long long)sizeof buf ? (size_t)*left : sizeof buf;
	ssize_t n = most > 0 ? read(from, buf, most) : 0;

	if (n <= 0 || !send_all(to, buf, (size_t)n))
		return false;
	*left -= n;
	return *left > 0;
}

static void forward(int console, int port, long long up, long long down)
{
	int server = dial(port);
	struct pollfd fds[2] = { { .fd = console, .events = POLLIN },
				 { .fd = server, .events = POLLIN } };

	while (up > 0 && down > 0 && poll(fds, 2, -1) > 0) {
		if (fds[0].revents != 0 && !move(console, server, &up))
			break;
		if (fds[1].revents != 0 && !move(server, console, &down))
			break;
	}
}

/* Says its piece after the first bytes, then waits for the other side to go. */
static void answer(int console, const char *bytes, size_t len)
{
	char buf[4096];

	if (read(console, buf, sizeof buf) > 0 && send_all(console, bytes, len))
		while (read(console, buf, sizeof buf) > 0)
			;
}

static void serve(int console, const char *word, long long bytes, int port)
{
	static const long long endless = 1LL << 60;
	char noise[2000];

	if (strcmp(word, "through") == 0) {
		forward(console, port, endless, endless);
	} else if (strcmp(word, "up") == 0) {
		forward(console, port, bytes, endless);
	} else if (strcmp(word, "down") == 0) {
		forward(console, port, endless, bytes);
	} else if (strcmp(word, "hole") == 0) {
		answer(console, "", 0);
	} else if (strcmp(word, "portal") == 0) {
		answer(console, page, sizeof page - 1);
	} else if (strcmp(word, "garbage") == 0) {
		for (size_t i = 0; i < sizeof noise; i++)
			noise[i] = (char)(i * 37 + i / 7);
		answer(console, noise, sizeof noise);
	}
}

static int listen_somewhere(int *ret_port)
{
	struct sockaddr_in address = loopback(0);
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
		perror("badnet");
		exit(1);
	}
	*ret_port = ntohs(address.sin_port);
	return fd;
}

int main(int argc, char **argv)
{
	static const char *const words[] = { "through", "up", "down", "hole", "shut", "garbage",
					     "portal" };
	long long bytes = argc > 3 ? strtoll(argv[2], NULL, 10) : 0;
	int port = argc > 2 ? (int)strtol(argv[argc - 1], NULL, 10) : 0, here, fd;
	pid_t self = getpid();
	bool known = false;

	for (size_t i = 0; argc > 1 && i < sizeof words / sizeof *words; i++)
		known = known || strcmp(argv[1], words[i]) == 0;
	if (!known) {
		fputs("badnet through|up|down|hole|shut|garbage|portal [BYTES] [PORT]\n", stderr);
		return 2;
	}
	fd = listen_somewhere(&here);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	printf("ready %d\n", here);
	fflush(stdout);
	for (;;) {
		int console = accept(fd, NULL, NULL);

		if (console < 0 && errno != EINTR && errno != ECONNABORTED)
			return 1;
		if (console >= 0 && fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			close(fd);
			if (getppid() == self)
				serve(console, argv[1], bytes, port);
			_exit(0);
		}
		if (console >= 0)
			close(console);
	}
}
