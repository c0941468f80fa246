/* badnet WORD [BYTES] [PORT]: a bad network in front of the server at 127.0.0.1:PORT, for tests.
 *
 *	through PORT		lets everything through
 *	up BYTES PORT		cuts each connection after BYTES of what the console sends
 *	down BYTES PORT		the same of what the server sends
 *	hole			takes connections and never says anything
 *	shut			closes each connection at once
 *	garbage			answers with bytes that mean nothing
 *	portal			answers as the log-in page of a hotel does, in plain HTTP
 *	control PORT		lets everything through till standard input says otherwise: net.h
 *
 * Prints "ready PORT" and serves until it is killed, or its standard input ends (control). */
#include <config.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net.h"

int main(int argc, char **argv)
{
	static const struct {
		const char *word, *command; /* NULL: of each connection, so many bytes */
	} words[] = {
		{ "through", "through" }, { "up", NULL },	    { "down", NULL },
		{ "hole", "hole" },	  { "shut", "shut" },	    { "garbage", "garbage" },
		{ "portal", "portal" },	  { "control", "through" },
	};
	int port = argc > 2 ? (int)strtol(argv[argc - 1], NULL, 10) : 0, here, fd;
	bool control = argc > 1 && strcmp(argv[1], "control") == 0;
	char first[100] = "";

	for (size_t i = 0; argc > 1 && i < sizeof words / sizeof *words; i++) {
		if (strcmp(argv[1], words[i].word) != 0)
			continue;
		if (words[i].command != NULL)
			snprintf(first, sizeof first, "%s", words[i].command);
		else
			snprintf(first, sizeof first, "each %s %s", argv[1],
				 argc > 3 ? argv[2] : "0");
	}
	if (first[0] == '\0') {
		fputs("badnet through|up|down|hole|shut|garbage|portal|control [BYTES] [PORT]\n",
		      stderr);
		return 2;
	}
	fd = net_listen(&here);
	if (fd < 0) {
		perror("badnet");
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	printf("ready %d\n", here);
	fflush(stdout);
	return net_serve(fd, port, first, control ? STDIN_FILENO : -1,
			 control ? STDOUT_FILENO : -1);
}
