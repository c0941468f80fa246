#include <config.h>

#include "pty_term.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "pty_thin.h"

struct term {
	VTerm *vt;
	VTermScreen *screen;
	pid_t pid;
	int fd; /* -1 once the program has closed its side */
	int copy;
	int rows, cols;
	bool ended;
	int code;
	long long bytes, sent_at, wrote_at;
	struct thin thin;
};

static long long micros(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000LL + ts.tv_nsec / 1000;
}

long long term_now(void)
{
	return micros() / 1000;
}

struct term *term_start(char *const *argv, int cols, int rows, const char *termname)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	struct term *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->copy = -1;
	t->rows = rows;
	t->cols = cols;
	t->sent_at = t->wrote_at = micros();
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid < 0) {
		free(t);
		return NULL;
	}
	if (t->pid == 0) {
		setenv("TERM", termname, 1);
		unsetenv("LINES");
		unsetenv("COLUMNS");
		execvp(argv[0], argv);
		fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return t;
}

void term_free(struct term *t)
{
	long long limit = term_now() + 2000;
	int code;

	if (!t)
		return;
	if (!term_ended(t, &code)) {
		kill(t->pid, SIGHUP);
		while (!term_ended(t, &code) && term_now() < limit)
			term_pump(t, 20);
		if (!term_ended(t, &code)) {
			kill(t->pid, SIGKILL);
			waitpid(t->pid, NULL, 0);
		}
	}
	if (t->fd >= 0)
		close(t->fd);
	vterm_free(t->vt);
	thin_release(&t->thin);
	free(t);
}

static void write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t w = write(fd, bytes, n);

		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return;
		bytes += w;
		n -= (size_t)w;
	}
}

static void to_program(struct term *t, const char *bytes, size_t n)
{
	if (t->thin.rate > 0)
		thin_up(&t->thin, micros(), bytes, n);
	else if (t->fd >= 0)
		write_all(t->fd, bytes, n);
}

/* What the emulator answers: keys, and replies to the program's queries. */
static void give_output(struct term *t)
{
	char out[256];
	size_t n;

	while ((n = vterm_output_read(t->vt, out, sizeof(out))) > 0)
		to_program(t, out, n);
}

static void show(struct term *t, const char *bytes, size_t n)
{
	t->wrote_at = micros();
	vterm_input_write(t->vt, bytes, n);
	give_output(t);
}

/* What has come through the thin line; true if the screen is another. */
static bool arrive(struct term *t)
{
	struct thin_chunk *chunk;
	bool any = false;

	while ((chunk = thin_arrived(&t->thin.up, micros()))) {
		if (t->fd >= 0)
			write_all(t->fd, chunk->bytes, chunk->len);
		thin_free(chunk);
	}
	while ((chunk = thin_arrived(&t->thin.down, micros()))) {
		show(t, chunk->bytes, chunk->len);
		thin_free(chunk);
		any = true;
	}
	return any;
}

/* Not longer than until the next of what is under way arrives. */
static int patience(const struct term *t, int ms)
{
	long long next = thin_next(&t->thin), left;

	if (next < 0)
		return ms;
	left = (next - micros()) / 1000 + 1;
	return left < ms ? left < 0 ? 0 : (int)left : ms;
}

bool term_pump(struct term *t, int ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	char in[65536];
	ssize_t n;

	if (arrive(t))
		return true;
	if (poll(&p, t->fd >= 0 ? 1 : 0, patience(t, ms)) <= 0)
		return arrive(t);
	n = read(t->fd, in, sizeof(in));
	if (n <= 0) {
		if (n < 0 && errno == EINTR)
			return false;
		close(t->fd);
		t->fd = -1;
		return false;
	}
	t->bytes += n;
	if (t->copy >= 0)
		write_all(t->copy, in, (size_t)n);
	if (t->thin.rate > 0) {
		thin_down(&t->thin, micros(), in, (size_t)n);
		return arrive(t);
	}
	show(t, in, (size_t)n);
	return true;
}

void term_send(struct term *t, const char *bytes, size_t n)
{
	t->sent_at = micros();
	to_program(t, bytes, n);
}

void term_thin(struct term *t, int rate, int delay_ms)
{
	t->thin.rate = rate;
	t->thin.delay_ms = delay_ms;
}

bool term_key(struct term *t, const char *name)
{
	static const struct {
		const char *name;
		VTermKey key;
	} keys[] = {
		{ "Up", VTERM_KEY_UP },       { "Down", VTERM_KEY_DOWN },
		{ "Left", VTERM_KEY_LEFT },   { "Right", VTERM_KEY_RIGHT },
		{ "Home", VTERM_KEY_HOME },   { "End", VTERM_KEY_END },
		{ "PgUp", VTERM_KEY_PAGEUP }, { "PgDn", VTERM_KEY_PAGEDOWN },
		{ "Ins", VTERM_KEY_INS },     { "Del", VTERM_KEY_DEL },
		{ "Enter", VTERM_KEY_ENTER }, { "Esc", VTERM_KEY_ESCAPE },
		{ "Tab", VTERM_KEY_TAB },     { "BS", VTERM_KEY_BACKSPACE },
	};
	char *end;

	t->sent_at = micros();
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(name, keys[i].name) == 0) {
			vterm_keyboard_key(t->vt, keys[i].key, VTERM_MOD_NONE);
			give_output(t);
			return true;
		}
	if (strcmp(name, "Space") == 0) {
		vterm_keyboard_unichar(t->vt, ' ', VTERM_MOD_NONE);
	} else if ((name[0] == 'C' || name[0] == 'M') && name[1] == '-' && name[2] && !name[3]) {
		vterm_keyboard_unichar(t->vt, (unsigned char)name[2],
				       name[0] == 'C' ? VTERM_MOD_CTRL : VTERM_MOD_ALT);
	} else if (name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		long f = strtol(name + 1, &end, 10);

		if (*end || f > 12)
			return false;
		vterm_keyboard_key(t->vt, (VTermKey)VTERM_KEY_FUNCTION(f), VTERM_MOD_NONE);
	} else {
		return false;
	}
	give_output(t);
	return true;
}

void term_resize(struct term *t, int cols, int rows)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	t->rows = rows;
	t->cols = cols;
	t->sent_at = micros();
	vterm_set_size(t->vt, rows, cols);
	if (t->fd >= 0)
		ioctl(t->fd, TIOCSWINSZ, &size);
}

int term_rows(const struct term *t)
{
	return t->rows;
}

static size_t put_utf8(char *out, unsigned long c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18 & 7));
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

char *term_row(const struct term *t, int r)
{
	char *text = malloc((size_t)t->cols * VTERM_MAX_CHARS_PER_CELL * 4 + 1);
	size_t n = 0, end = 0;

	if (!text)
		abort();
	for (int col = 0; col < t->cols; col++) {
		VTermScreenCell cell;

		if (!vterm_screen_get_cell(t->screen, (VTermPos){ .row = r, .col = col }, &cell))
			break;
		if (cell.chars[0] == 0) {
			text[n++] = ' ';
			continue;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			n += put_utf8(text + n, cell.chars[i]);
		if (cell.width == 2)
			col++;
		if (cell.chars[0] != ' ')
			end = n;
	}
	text[end] = '\0';
	return text;
}

int term_find(const struct term *t, const char *text)
{
	for (int r = 0; r < t->rows; r++) {
		char *row = term_row(t, r);
		bool found = strstr(row, text) != NULL;

		free(row);
		if (found)
			return r;
	}
	return -1;
}

void term_cursor(const struct term *t, int *ret_row, int *ret_col)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	*ret_row = at.row;
	*ret_col = at.col;
}

pid_t term_pid(const struct term *t)
{
	return t->pid;
}

bool term_ended(struct term *t, int *ret_code)
{
	int status;

	if (!t->ended && waitpid(t->pid, &status, WNOHANG) == t->pid) {
		t->ended = true;
		t->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
	if (t->ended)
		*ret_code = t->code;
	return t->ended;
}

long long term_bytes(const struct term *t)
{
	return t->bytes;
}

long long term_sent_at(const struct term *t)
{
	return t->sent_at;
}

long long term_wrote_at(const struct term *t)
{
	return t->wrote_at;
}

void term_copy_to(struct term *t, int fd)
{
	t->copy = fd;
}
