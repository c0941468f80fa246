/* pty [-c COLS] [-r ROWS] [-t TERM] [-f SCRIPT] -- PROGRAM [WORDS…]
 *
 * Runs a program in an emulated terminal (80x24, xterm-256color) and works through a script, one
 * step a line, from standard input or SCRIPT; "#" begins a comment.  Seconds may be fractions.
 *
 *	send TEXT           \e \r \n \t \\ \xHH, and keys as <Up> <F2> <C-l> <Esc>; \< is a "<"
 *	wait SECONDS TEXT   until a row of the screen holds TEXT
 *	gone SECONDS TEXT   until none does
 *	row SECONDS N TEXT  until row N (the first is 0) holds TEXT
 *	prompt SECONDS      until the cursor rests behind a "> ", in a row below that of the last
 *	                    "send", "kill" or "prompt"
 *	calm SECONDS MS     until it has been silent for MS milliseconds
 *	exit SECONDS CODE   until it has ended, with that code (128 + signal)
 *	run SECONDS COMMAND sh -c COMMAND, which must end with 0; PTY_PID is the program's id
 *	resize COLS ROWS
 *	thin RATE MS        the terminal is at the end of a line of so many bytes a second, and so much
 *	                    delay there and back
 *	kill SIGNAL         by number or HUP, INT, QUIT, KILL, TERM, CONT, STOP, TSTP, USR1
 *	snap FILE           the screen into FILE
 *	show                the screen to standard output
 *	raw FILE            all bytes from here on into FILE
 *	bytes               bytes received since the last "bytes"
 *	took                milliseconds from the last "send" (or the start) to the last byte
 *	say TEXT            TEXT to standard output
 *
 * A step that fails ends the script: its line and the screen are told as TAP comments, and pty
 * ends with 1.  At the end of the script a program that still runs is ended; pty ends with 0. */
#include <config.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pty_term.h"

struct pty {
	struct term *term;
	int raw;
	long long counted; /* bytes told by the last "bytes" */
	int row;	   /* of the cursor when something was sent last; -1: nothing was */
	char why[512];
};

static bool fail(struct pty *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static bool fail(struct pty *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(p->why, sizeof(p->why), fmt, ap);
	va_end(ap);
	return false;
}

static void put_screen(const struct pty *p, FILE *out, const char *before)
{
	for (int r = 0; r < term_rows(p->term); r++) {
		char *row = term_row(p->term, r);

		fprintf(out, "%s%s\n", before, row);
		free(row);
	}
}

/* Takes "SECONDS " off *rest: the moment at which patience ends. */
static bool take_limit(struct pty *p, const char **rest, long long *ret_until)
{
	char *end;
	double s = strtod(*rest, &end);

	if (end == *rest || s < 0 || (*end && *end != ' '))
		return fail(p, "this step begins with a number of seconds");
	*ret_until = term_now() + (long long)(s * 1000);
	*rest = *end ? end + 1 : end;
	return true;
}

/* Pumps until done() or the limit; the screen is looked at once more after the last byte. */
static bool until(struct pty *p, long long limit, bool (*done)(struct pty *, const void *),
		  const void *what)
{
	int code;

	while (!done(p, what)) {
		bool ended = term_ended(p->term, &code);

		if (term_pump(p->term, 20))
			continue;
		if (ended && !done(p, what))
			return fail(p, "the program has ended with %d", code);
		if (term_now() >= limit && !done(p, what))
			return fail(p, "not within the time");
	}
	return true;
}

static bool on_screen(struct pty *p, const void *what)
{
	return term_find(p->term, what) >= 0;
}

static bool off_screen(struct pty *p, const void *what)
{
	return term_find(p->term, what) < 0;
}

static bool step_wait(struct pty *p, const char *rest)
{
	long long limit;

	return take_limit(p, &rest, &limit) && until(p, limit, on_screen, rest);
}

static bool step_gone(struct pty *p, const char *rest)
{
	long long limit;

	return take_limit(p, &rest, &limit) && until(p, limit, off_screen, rest);
}

struct in_row {
	long row;
	const char *text;
};

static bool on_row(struct pty *p, const void *what)
{
	const struct in_row *in = what;
	char *row = term_row(p->term, (int)in->row);
	bool found = strstr(row, in->text) != NULL;

	free(row);
	return found;
}

static bool step_row(struct pty *p, const char *rest)
{
	struct in_row in;
	long long limit;
	char *end;

	if (!take_limit(p, &rest, &limit))
		return false;
	in.row = strtol(rest, &end, 10);
	if (end == rest || *end != ' ' || in.row < 0 || in.row >= term_rows(p->term))
		return fail(p, "row SECONDS N TEXT, with N from 0 to %d", term_rows(p->term) - 1);
	in.text = end + 1;
	return until(p, limit, on_row, &in);
}

static int cursor_row(const struct pty *p)
{
	int row, col;

	term_cursor(p->term, &row, &col);
	return row;
}

/* The blank behind the ">" is where the row ends. */
static bool at_prompt(struct pty *p, const void *what)
{
	int row, col;
	char *text;
	size_t len;
	bool is;

	(void)what;
	term_cursor(p->term, &row, &col);
	text = term_row(p->term, row);
	len = strlen(text);
	is = row > p->row && col >= 2 && len > 0 && text[len - 1] == '>';
	free(text);
	return is;
}

static bool step_prompt(struct pty *p, const char *rest)
{
	long long limit;

	if (!take_limit(p, &rest, &limit) || !until(p, limit, at_prompt, NULL))
		return false;
	p->row = cursor_row(p);
	return true;
}

static bool is_calm(struct pty *p, const void *what)
{
	return term_now() - term_wrote_at(p->term) / 1000 >= *(const long *)what;
}

static bool step_calm(struct pty *p, const char *rest)
{
	long long limit;
	long ms;

	if (!take_limit(p, &rest, &limit))
		return false;
	ms = strtol(rest, NULL, 10);
	/* Silence since before the key does not count. */
	while (term_wrote_at(p->term) < term_sent_at(p->term) &&
	       term_now() - term_sent_at(p->term) / 1000 < ms && term_now() < limit)
		term_pump(p->term, 10);
	return until(p, limit, is_calm, &ms);
}

static bool step_exit(struct pty *p, const char *rest)
{
	long long limit;
	int code, want;

	if (!take_limit(p, &rest, &limit))
		return false;
	want = (int)strtol(rest, NULL, 10);
	while (!term_ended(p->term, &code)) {
		if (term_now() >= limit)
			return fail(p, "the program still runs");
		term_pump(p->term, 10);
	}
	while (term_pump(p->term, 0))
		;
	return code == want || fail(p, "the program has ended with %d", code);
}

/* One character or key of a "send" text; false when it cannot be read. */
static bool send_one(struct pty *p, const char **s)
{
	static const char from[] = "ernt\\<", to[] = "\033\r\n\t\\<";
	const char *c = *s, *at;
	char name[16], byte[3] = "";

	if (*c == '<' && (at = strchr(c, '>')) && at - c <= (long)sizeof(name)) {
		memcpy(name, c + 1, (size_t)(at - c - 1));
		name[at - c - 1] = '\0';
		*s = at + 1;
		return term_key(p->term, name) || fail(p, "there is no key <%s>", name);
	}
	if (*c != '\\') {
		size_t n = 1; /* a character at once: its echo must not be torn */

		while ((c[n] & 0xc0) == 0x80)
			n++;
		term_send(p->term, c, n);
		*s = c + n;
		return true;
	}
	if (c[1] == 'x' && isxdigit((unsigned char)c[2]) && isxdigit((unsigned char)c[3])) {
		memcpy(byte, c + 2, 2);
		byte[0] = (char)strtol(byte, NULL, 16);
		term_send(p->term, byte, 1);
		*s = c + 4;
		return true;
	}
	at = c[1] ? strchr(from, c[1]) : NULL;
	if (!at)
		return fail(p, "\\%c means nothing here", c[1]);
	term_send(p->term, &to[at - from], 1);
	*s = c + 2;
	return true;
}

static bool step_send(struct pty *p, const char *rest)
{
	/* What came before the key does not belong to its answer. */
	while (term_pump(p->term, 0))
		;
	p->row = cursor_row(p);
	while (*rest)
		if (!send_one(p, &rest))
			return false;
	return true;
}

static bool step_run(struct pty *p, const char *rest)
{
	long long limit;
	char id[32];
	int status;
	pid_t pid, got;

	if (!take_limit(p, &rest, &limit))
		return false;
	snprintf(id, sizeof(id), "%d", (int)term_pid(p->term));
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		return fail(p, "fork: %s", strerror(errno));
	if (pid == 0) {
		setpgid(0, 0);
		setenv("PTY_PID", id, 1);
		execl("/bin/sh", "sh", "-c", rest, (char *)NULL);
		_exit(127);
	}
	while ((got = waitpid(pid, &status, WNOHANG)) == 0 && term_now() < limit)
		term_pump(p->term, 10);
	if (got == 0) {
		kill(-pid, SIGKILL);
		waitpid(pid, &status, 0);
		return fail(p, "the command did not end in time");
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fail(p, "the command ended with %d",
			    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return true;
}

static bool step_resize(struct pty *p, const char *rest)
{
	char *end;
	long cols = strtol(rest, &end, 10), rows = strtol(end, NULL, 10);

	if (cols < 1 || rows < 1 || cols > 1000 || rows > 1000)
		return fail(p, "resize COLS ROWS, each 1 to 1000");
	term_resize(p->term, (int)cols, (int)rows);
	return true;
}

static bool step_thin(struct pty *p, const char *rest)
{
	char *end;
	long rate = strtol(rest, &end, 10), ms = strtol(end, NULL, 10);

	if (rate < 0 || rate > 10000000 || ms < 0 || ms > 60000)
		return fail(p, "thin BYTES_A_SECOND DELAY_MS");
	term_thin(p->term, (int)rate, (int)ms);
	return true;
}

static bool step_kill(struct pty *p, const char *rest)
{
	static const struct {
		const char *name;
		int number;
	} names[] = {
		{ "HUP", SIGHUP },   { "INT", SIGINT },	  { "QUIT", SIGQUIT },
		{ "KILL", SIGKILL }, { "TERM", SIGTERM }, { "CONT", SIGCONT },
		{ "STOP", SIGSTOP }, { "TSTP", SIGTSTP }, { "USR1", SIGUSR1 },
	};
	int number = (int)strtol(rest, NULL, 10);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(rest, names[i].name) == 0)
			number = names[i].number;
	p->row = cursor_row(p);
	if (number < 1)
		return fail(p, "there is no signal %s", rest);
	return kill(term_pid(p->term), number) == 0 || fail(p, "kill: %s", strerror(errno));
}

static bool step_snap(struct pty *p, const char *rest)
{
	FILE *out = fopen(rest, "w");

	while (term_pump(p->term, 0))
		;
	if (!out)
		return fail(p, "%s: %s", rest, strerror(errno));
	put_screen(p, out, "");
	return fclose(out) == 0 || fail(p, "%s: %s", rest, strerror(errno));
}

static bool step_show(struct pty *p, const char *rest)
{
	(void)rest;
	while (term_pump(p->term, 0))
		;
	put_screen(p, stdout, "");
	return true;
}

static bool step_raw(struct pty *p, const char *rest)
{
	if (p->raw >= 0)
		close(p->raw);
	p->raw = open(rest, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	term_copy_to(p->term, p->raw);
	return p->raw >= 0 || fail(p, "%s: %s", rest, strerror(errno));
}

static bool step_bytes(struct pty *p, const char *rest)
{
	long long now;

	(void)rest;
	while (term_pump(p->term, 0))
		;
	now = term_bytes(p->term);
	printf("%lld\n", now - p->counted);
	p->counted = now;
	return true;
}

static bool step_took(struct pty *p, const char *rest)
{
	long long us = term_wrote_at(p->term) - term_sent_at(p->term);

	(void)rest;
	printf("%.2f\n", us < 0 ? 0 : (double)us / 1000);
	return true;
}

static bool step_say(struct pty *p, const char *rest)
{
	(void)p;
	printf("%s\n", rest);
	return true;
}

static bool do_step(struct pty *p, const char *line)
{
	static const struct {
		const char *name;
		bool (*run)(struct pty *p, const char *rest);
	} steps[] = {
		{ "send", step_send },	   { "wait", step_wait },   { "gone", step_gone },
		{ "row", step_row },	   { "calm", step_calm },   { "exit", step_exit },
		{ "run", step_run },	   { "kill", step_kill },   { "snap", step_snap },
		{ "resize", step_resize }, { "show", step_show },   { "raw", step_raw },
		{ "bytes", step_bytes },   { "took", step_took },   { "say", step_say },
		{ "thin", step_thin },	   { "prompt", step_prompt },
	};
	size_t n = strcspn(line, " ");

	if (n == 0 || line[0] == '#')
		return true;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (strlen(steps[i].name) == n && strncmp(line, steps[i].name, n) == 0)
			return steps[i].run(p, line[n] ? line + n + 1 : line + n);
	return fail(p, "there is no such step");
}

static int run_script(struct pty *p, FILE *script)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int number = 0, status = 0;

	while (status == 0 && (n = getline(&line, &room, script)) >= 0) {
		number++;
		if (n > 0 && line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (!do_step(p, line + strspn(line, "\t "))) {
			printf("# line %d: \"%s\": %s; the screen:\n", number, line, p->why);
			put_screen(p, stdout, "# |");
			status = 1;
		}
		fflush(stdout);
	}
	free(line);
	return status;
}

static int usage(void)
{
	fputs("pty [-c COLS] [-r ROWS] [-t TERM] [-f SCRIPT] -- PROGRAM [WORDS]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	struct pty p = { .raw = -1, .row = -1 };
	const char *termname = "xterm-256color", *file = NULL;
	long cols = 80, rows = 24;
	FILE *script = stdin;
	int opt, status;

	while ((opt = getopt(argc, argv, "+c:r:t:f:")) >= 0) {
		switch (opt) {
		case 'c':
			cols = strtol(optarg, NULL, 10);
			break;
		case 'r':
			rows = strtol(optarg, NULL, 10);
			break;
		case 't':
			termname = optarg;
			break;
		case 'f':
			file = optarg;
			break;
		default:
			return usage();
		}
	}
	if (optind >= argc || cols < 1 || rows < 1 || cols > 1000 || rows > 1000)
		return usage();
	if (file && !(script = fopen(file, "r"))) {
		fprintf(stderr, "pty: %s: %s\n", file, strerror(errno));
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	p.term = term_start(argv + optind, (int)cols, (int)rows, termname);
	if (!p.term) {
		fprintf(stderr, "pty: cannot start %s: %s\n", argv[optind], strerror(errno));
		return 2;
	}
	status = run_script(&p, script);
	term_free(p.term);
	if (p.raw >= 0)
		close(p.raw);
	if (file)
		fclose(script);
	return status;
}
