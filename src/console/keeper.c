#include <config.h>

#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"

/* Nothing but the three standard descriptors may pass into a child: an inherited end of the life
 * pipe would keep everything alive. */
static void close_from(int first)
{
	closefrom(first);
}

static pid_t wait_for(pid_t pid, int *ret_status)
{
	pid_t got;

	do
		got = waitpid(pid, ret_status, 0);
	while (got < 0 && errno == EINTR);
	return got;
}

static void exec_child(char *const argv[], int out)
{
	if (out >= 0 && dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	close_from(STDERR_FILENO + 1);
	execv(argv[0], argv);
	_exit(127);
}

/* Signals of the terminal are the console's; a reader of its output does not wait for us. */
static void stand_apart(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
}

/* Dies with the process that forked it. */
static void die_with(pid_t parent, int signal_number)
{
	prctl(PR_SET_PDEATHSIG, signal_number);
	if (getppid() != parent)
		_exit(127);
}

/* The server's parent.  Waits until the console's end of the pipe closes or the server ends. */
static void keep(char *const argv[], int life, int out)
{
	struct pollfd end = { .fd = life, .events = POLLIN };
	int status;
	pid_t server, self = getpid();

	stand_apart();
	server = fork();
	if (server == 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGHUP, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		die_with(self, SIGTERM); /* should the keeper be killed too */
		exec_child(argv, out);
	}
	close(out);
	if (server > 0) {
		while (poll(&end, 1, 500) <= 0)
			if (waitpid(server, &status, WNOHANG) == server) {
				server = -1;
				break;
			}
		if (server > 0 && kill(server, SIGTERM) == 0)
			wait_for(server, &status);
	}
	/* The server may end before its console: what it kept open stays so until that goes too. */
	while (poll(&end, 1, -1) < 0 && errno == EINTR)
		;
	_exit(0);
}

enum err keeper_start(char *const argv[], struct keeper *ret_keeper, struct error *err)
{
	int life[2], out[2];
	pid_t pid;

	if (pipe2(life, O_CLOEXEC) < 0)
		return error_errno(err, ERR_IO, errno, _("making a pipe"));
	if (pipe2(out, O_CLOEXEC) < 0) {
		close(life[0]);
		close(life[1]);
		return error_errno(err, ERR_IO, errno, _("making a pipe"));
	}
	pid = fork();
	if (pid == 0) {
		close(life[1]);
		close(out[0]);
		keep(argv, life[0], out[1]);
	}
	close(life[0]);
	close(out[1]);
	if (pid < 0) {
		close(life[1]);
		close(out[0]);
		return error_errno(err, ERR_IO, errno, _("starting %s"), argv[0]);
	}
	*ret_keeper = (struct keeper){ pid, life[1], out[0] };
	return ERR_OK;
}

enum err keeper_line(struct keeper *keeper, int timeout_ms, struct str *out, struct error *err)
{
	struct pollfd ready = { .fd = keeper->out, .events = POLLIN };
	char c;

	for (;;) {
		int n = poll(&ready, 1, timeout_ms);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			return error_set(err, ERR_OFFLINE, _("the server did not start in time"));
		if (n < 0 || read(keeper->out, &c, 1) != 1)
			return error_set(err, ERR_OFFLINE,
					 _("the server ended before it was ready"));
		if (c == '\n')
			return ERR_OK;
		str_add_char(out, c);
	}
}

void keeper_stop(struct keeper *keeper)
{
	int status;

	close(keeper->life);
	wait_for(keeper->pid, &status);
	close(keeper->out);
}

/* A program that was killed with the console may still have written: tried again for a while. */
static void guard(const char *dir, int life)
{
	enum { TRIES = 100, PAUSE_MS = 20 };
	struct pollfd end = { .fd = life, .events = POLLIN };

	stand_apart();
	while (poll(&end, 1, -1) < 0 && errno == EINTR)
		;
	for (int i = 0; i < TRIES && file_exists(dir); i++)
		if (dir_remove_all(dir, NULL) != ERR_OK)
			poll(NULL, 0, PAUSE_MS);
	_exit(0);
}

enum err guard_start(const char *dir, struct guard *ret_guard, struct error *err)
{
	int life[2];
	pid_t pid;

	if (pipe2(life, O_CLOEXEC) < 0)
		return error_errno(err, ERR_IO, errno, _("making a pipe"));
	pid = fork();
	if (pid == 0) {
		close(life[1]);
		guard(dir, life[0]);
	}
	close(life[0]);
	if (pid < 0) {
		close(life[1]);
		return error_errno(err, ERR_IO, errno, _("starting %s"), "guard");
	}
	*ret_guard = (struct guard){ pid, life[1] };
	return ERR_OK;
}

void guard_stop(struct guard *guard)
{
	int status;

	close(guard->life);
	wait_for(guard->pid, &status);
}

static void read_all(int fd, struct str *out)
{
	char buf[4096];
	ssize_t n;

	while ((n = read(fd, buf, sizeof buf)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			str_add_bytes(out, buf, (size_t)n);
}

enum err program_run(char *const argv[], struct str *out, struct error *err)
{
	int pipes[2] = { -1, -1 }, status;
	pid_t pid, self = getpid();

	if (out != NULL && pipe2(pipes, O_CLOEXEC) < 0)
		return error_errno(err, ERR_IO, errno, _("making a pipe"));
	pid = fork();
	if (pid == 0) {
		die_with(self, SIGKILL);
		exec_child(argv, pipes[1]);
	}
	if (out != NULL) {
		close(pipes[1]);
		if (pid > 0)
			read_all(pipes[0], out);
		close(pipes[0]);
	}
	if (pid < 0)
		return error_errno(err, ERR_IO, errno, _("starting %s"), argv[0]);
	if (wait_for(pid, &status) < 0 || !WIFEXITED(status))
		return error_set(err, ERR_IO, _("%s was ended by a signal"), argv[0]);
	if (WEXITSTATUS(status) == 127)
		return error_set(err, ERR_IO, _("%s cannot be started: is it installed?"), argv[0]);
	if (WEXITSTATUS(status) != 0)
		return error_set(err, ERR_IO, _("%s %s failed with exit status %d"), argv[0],
				 argv[1], WEXITSTATUS(status));
	return ERR_OK;
}
