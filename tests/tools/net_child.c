/* The bad network in a child process. */
#include <config.h>

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net.h"

bool net_start(struct net *net, int server_port)
{
	int to[2], from[2], listening = net_listen(&net->port);
	pid_t self = getpid();

	if (listening < 0 || pipe(to) != 0 || pipe(from) != 0)
		return false;
	net->pid = fork();
	if (net->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGPIPE, SIG_IGN);
		close(to[1]);
		close(from[0]);
		_exit(getppid() == self ? net_serve(listening, server_port, NULL, to[0], from[1])
					: 1);
	}
	close(listening);
	close(to[0]);
	close(from[1]);
	net->to = to[1];
	net->from = from[0];
	return net->pid > 0;
}

static bool ask(struct net *net, const char *line, char *answer, size_t size)
{
	size_t len = 0;

	if (write(net->to, line, strlen(line)) != (ssize_t)strlen(line))
		return false;
	while (len + 1 < size && read(net->from, answer + len, 1) == 1)
		if (answer[len++] == '\n')
			break;
	answer[len] = '\0';
	return len > 0;
}

bool net_say(struct net *net, const char *fmt, ...)
{
	char line[100], answer[100];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof line - 1, fmt, ap);
	va_end(ap);
	line[n] = '\n';
	line[n + 1] = '\0';
	return ask(net, line, answer, sizeof answer) && strcmp(answer, "ok\n") == 0;
}

bool net_count(struct net *net, struct net_count *ret_count)
{
	char answer[100];
	int done;

	if (!ask(net, "count\n", answer, sizeof answer) ||
	    sscanf(answer, "count %lld %lld %d", &ret_count->up, &ret_count->down, &done) != 3)
		return false;
	ret_count->done = done != 0;
	return true;
}

void net_stop(struct net *net)
{
	if (net->pid <= 0)
		return;
	close(net->to);
	close(net->from);
	kill(net->pid, SIGKILL);
	waitpid(net->pid, NULL, 0);
	net->pid = 0;
}
