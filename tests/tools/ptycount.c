/* Counts what a program sends to its terminal, key by key.
 *
 *	ptycount [-s COLSxROWS] [-t TERM] [-q QUIET_MS] [-v] [-k KEYS] PROGRAM [ARGUMENT...]
 *
 * Starts PROGRAM on a pseudo-terminal, waits until it is quiet, and prints the bytes of the first
 * paint; then sends each of KEYS (words with spaces between: characters, Enter, Esc, Tab, Up, Down,
 * PgUp, PgDn, Home, End, Space, ^X) and prints the bytes that follow.  -v shows them.  The quiet
 * time bounds a measurement, not a test. */
#include <config.h>

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct options {
	int rows, cols, quiet_ms;
	bool verbose;
	const char *term, *keys;
};

static const struct {
	const char *name, *bytes;
} named[] = {
	{ "Enter", "\r" },	{ "Esc", "\033" },	{ "Tab", "\t" },      { "Space", " " },
	{ "Up", "\033OA" },	{ "Down", "\033OB" },	{ "Right", "\033OC" }, { "Left", "\033OD" },
	{ "PgUp", "\033[5~" }, { "PgDn", "\033[6~" }, { "Home", "\033OH" }, { "End", "\033OF" },
};

static void show(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c == 033)
			fputs("\\E", stdout);
		else if (c < ' ' || c == 0x7F)
			printf("\\x%02X", c);
		else
			putchar(c);
	}
}

/* Reads until nothing came for quiet_ms; returns the bytes, -1 when the program has ended. */
static long drain(int fd, const struct options *options)
{
	char buf[65536];
	long total = 0;

	for (;;) {
		struct pollfd pollfd = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (poll(&pollfd, 1, options->quiet_ms) <= 0)
			return total;
		n = read(fd, buf, sizeof buf);
		if (n <= 0)
			return total > 0 ? total : -1;
		total += n;
		if (options->verbose)
			show(buf, (size_t)n);
	}
}

static void send_key(int fd, const char *word)
{
	char control[2] = { 0 };
	const char *bytes = word;

	if (word[0] == '^' && word[1] != '\0' && word[2] == '\0') {
		control[0] = (char)(word[1] & 0x1F);
		bytes = control;
	}
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strcmp(named[i].name, word) == 0)
			bytes = named[i].bytes;
	if (write(fd, bytes, strlen(bytes)) < 0)
		perror("ptycount: write");
}

static void report(const char *what, long bytes, const struct options *options)
{
	printf("%s%-8s %ld\n", options->verbose ? "\n" : "", what, bytes < 0 ? 0 : bytes);
	fflush(stdout);
}

static int measure(int fd, const struct options *options)
{
	char *keys = strdup(options->keys), *save = NULL;
	long bytes = drain(fd, options);

	report("first", bytes, options);
	for (char *word = strtok_r(keys, " ", &save); word != NULL && bytes >= 0;
	     word = strtok_r(NULL, " ", &save)) {
		send_key(fd, word);
		bytes = drain(fd, options);
		report(word, bytes, options);
	}
	free(keys);
	return 0;
}

static bool parse(int argc, char **argv, struct options *options)
{
	int opt;

	while ((opt = getopt(argc, argv, "+s:t:q:k:v")) != -1) {
		switch (opt) {
		case 's':
			if (sscanf(optarg, "%dx%d", &options->cols, &options->rows) != 2)
				return false;
			break;
		case 't':
			options->term = optarg;
			break;
		case 'q':
			options->quiet_ms = (int)strtol(optarg, NULL, 10);
			break;
		case 'k':
			options->keys = optarg;
			break;
		case 'v':
			options->verbose = true;
			break;
		default:
			return false;
		}
	}
	return optind < argc;
}

int main(int argc, char **argv)
{
	struct options options = { .rows = 24, .cols = 80, .quiet_ms = 200,
				   .term = "xterm-256color", .keys = "" };
	struct winsize size = { 0 };
	int fd, status = 0;
	pid_t pid;

	if (!parse(argc, argv, &options)) {
		fprintf(stderr, "usage: ptycount [-s COLSxROWS] [-t TERM] [-q QUIET_MS] [-v] "
				"[-k KEYS] PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	size.ws_row = (unsigned short)options.rows;
	size.ws_col = (unsigned short)options.cols;
	pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0) {
		perror("ptycount: forkpty");
		return 1;
	}
	if (pid == 0) {
		setenv("TERM", options.term, 1);
		execvp(argv[optind], argv + optind);
		fprintf(stderr, "ptycount: %s: %s\n", argv[optind], strerror(errno));
		_exit(127);
	}
	measure(fd, &options);
	kill(pid, SIGTERM);
	close(fd);
	waitpid(pid, &status, 0);
	return 0;
}
