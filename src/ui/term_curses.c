/* The real terminal.  The only file that includes ncurses.
 *
 * ncurses keeps its own picture of the screen and sends the cheapest way from it to the next one;
 * scroll regions are asked for by wscrl.  Keys are read through a pad of one cell, because reading
 * from a window would also refresh it. */
#define NCURSES_WIDECHAR 1
#include <config.h>

#include "zhiban/ui/term.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <ncurses.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "term_priv.h"

enum {
	ESCAPE_DELAY_MS = 25,
	CODE_PASTE_BEGIN = 0x7000, /* above all that ncurses gives out */
	CODE_PASTE_END,
};

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

struct term_curses {
	struct term term;
	SCREEN *screen;
	WINDOW *keys;
	FILE *in, *out;
	int colours;
	bool can_shift, xterm_like, hidden;
	struct term_input input;
	mbstate_t half; /* of a character whose end has not come */
	cchar_t *cells; /* a row, for put */
	int cap_cells;
};

static const struct {
	int curses;
	struct key key;
} key_table[] = {
	{ KEY_UP, { UIKEY_UP, 0 } },
	{ KEY_DOWN, { UIKEY_DOWN, 0 } },
	{ KEY_LEFT, { UIKEY_LEFT, 0 } },
	{ KEY_RIGHT, { UIKEY_RIGHT, 0 } },
	{ KEY_HOME, { UIKEY_HOME, 0 } },
	{ KEY_FIND, { UIKEY_HOME, 0 } },
	{ KEY_END, { UIKEY_END, 0 } },
	{ KEY_SELECT, { UIKEY_END, 0 } },
	{ KEY_PPAGE, { UIKEY_PGUP, 0 } },
	{ KEY_NPAGE, { UIKEY_PGDN, 0 } },
	{ KEY_IC, { UIKEY_INS, 0 } },
	{ KEY_DC, { UIKEY_DEL, 0 } },
	{ KEY_BACKSPACE, { UIKEY_BACKSPACE, 0 } },
	{ KEY_ENTER, { UIKEY_ENTER, 0 } },
	{ KEY_BTAB, { UIKEY_TAB, KEY_SHIFT } },
	{ KEY_SLEFT, { UIKEY_LEFT, KEY_SHIFT } },
	{ KEY_SRIGHT, { UIKEY_RIGHT, KEY_SHIFT } },
	{ KEY_SR, { UIKEY_UP, KEY_SHIFT } },
	{ KEY_SF, { UIKEY_DOWN, KEY_SHIFT } },
	{ KEY_RESIZE, { UIKEY_RESIZE, 0 } },
};

/* What terminals send although their description says something else. */
static const struct {
	const char *bytes;
	int code;
} extra_keys[] = {
	{ "\033[A", KEY_UP },	  { "\033[B", KEY_DOWN },    { "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT },	  { "\033OA", KEY_UP },	     { "\033OB", KEY_DOWN },
	{ "\033OC", KEY_RIGHT },  { "\033OD", KEY_LEFT },    { "\033[H", KEY_HOME },
	{ "\033[F", KEY_END },	  { "\033OH", KEY_HOME },    { "\033OF", KEY_END },
	{ "\033[1~", KEY_HOME },  { "\033[4~", KEY_END },    { "\033[5~", KEY_PPAGE },
	{ "\033[6~", KEY_NPAGE }, { "\033[3~", KEY_DC },     { "\033[Z", KEY_BTAB },
	{ "\033[200~", CODE_PASTE_BEGIN }, { "\033[201~", CODE_PASTE_END },
};

static struct term_curses *curses(const struct term *term)
{
	return (struct term_curses *)(uintptr_t)term;
}

static bool has_string(const char *capability)
{
	const char *value = tigetstr(capability);

	return value != NULL && value != (const char *)-1;
}

/* For the few strings ncurses has no call for; it has flushed its own before we get here. */
static void send_raw(struct term_curses *t, const char *bytes)
{
	fflush(t->out);
	for (size_t len = strlen(bytes); len > 0;) {
		ssize_t n = write(fileno(t->out), bytes, len);

		if (n < 0 && errno != EINTR)
			return; /* a lost tty shows itself in poll */
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
}

static void curses_size(struct term *term, int *ret_rows, int *ret_cols)
{
	(void)term;
	getmaxyx(stdscr, *ret_rows, *ret_cols);
}

static int curses_colours(const struct term *term)
{
	return curses(term)->colours;
}

static attr_t attributes(struct term_style style)
{
	attr_t attr = A_NORMAL;

	if (style.attr & TERM_BOLD)
		attr |= A_BOLD;
	if (style.attr & TERM_DIM)
		attr |= A_DIM;
	if (style.attr & TERM_UNDERLINE)
		attr |= A_UNDERLINE;
	if (style.attr & TERM_REVERSE)
		attr |= A_REVERSE;
	return attr;
}

/* The next character with what combines with it; '?' where the locale's charset lacks it. */
static size_t next_wide(const char *text, size_t len, wchar_t wide[CCHARW_MAX + 1])
{
	size_t used, more, n = 1;
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	uint32_t cp;

	used = text_next(text, len, &cp);
	wide[0] = (wchar_t)cp;
	if (used > 0 && wcrtomb(bytes, wide[0], &state) == (size_t)-1)
		wide[0] = L'?';
	while (used > 0 && (more = text_next(text + used, len - used, &cp)) > 0 &&
	       text_cp_columns(cp) == 0) {
		if (n < CCHARW_MAX && wide[0] != L'?')
			wide[n++] = (wchar_t)cp;
		used += more;
	}
	wide[n] = L'\0';
	return used;
}

static void curses_put(struct term *term, int row, int col, const char *text, size_t len,
		       struct term_style style)
{
	struct term_curses *t = curses(term);
	int pair = t->colours > 0 ? alloc_pair(style.fg, style.bg) : 0;
	wchar_t wide[CCHARW_MAX + 1];
	size_t used;
	int n = 0;

	if (pair < 0)
		pair = 0;
	for (; n < t->cap_cells && (used = next_wide(text, len, wide)) > 0;
	     text += used, len -= used) {
		uint32_t cp;
		int columns = 1;

		if (text_next(text, len, &cp) > 0)
			columns = text_cp_columns(cp);
		setcchar(&t->cells[n++], wide, attributes(style), (short)(pair & 0x7FFF), &pair);
		if (wide[0] == L'?' && columns == 2 && n < t->cap_cells)
			setcchar(&t->cells[n++], L"?", attributes(style), (short)(pair & 0x7FFF),
				 &pair);
	}
	mvadd_wchnstr(row, col, t->cells, n);
}

static bool curses_shift(struct term *term, int top, int bottom, int lines)
{
	if (!curses(term)->can_shift)
		return false;
	scrollok(stdscr, TRUE);
	wsetscrreg(stdscr, top, bottom);
	wscrl(stdscr, lines);
	wsetscrreg(stdscr, 0, getmaxy(stdscr) - 1);
	scrollok(stdscr, FALSE);
	return true;
}

static void curses_cursor(struct term *term, int row, int col)
{
	struct term_curses *t = curses(term);

	if ((row < 0) != t->hidden) {
		curs_set(row < 0 ? 0 : 1);
		t->hidden = row < 0;
	}
	leaveok(stdscr, row < 0);
	if (row >= 0)
		wmove(stdscr, row, col);
}

static void curses_flush(struct term *term)
{
	(void)term;
	wnoutrefresh(stdscr);
	doupdate();
}

static struct key from_code(int code)
{
	for (size_t i = 0; i < ARRAY_LEN(key_table); i++)
		if (key_table[i].curses == code)
			return key_table[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return (struct key){ UIKEY_F1 + (uint32_t)(code - KEY_F(1)), 0 };
	return (struct key){ 0, 0 };
}

/* One thing read, as term_input.c wants it.  Characters are put together here, byte by byte: a line
 * may bring half of one now and the rest later, and wget_wch loses what it had then, and the keys
 * behind it. */
static struct term_raw read_raw(void *ctx)
{
	struct term_curses *t = ctx;
	struct term_raw raw = { RAW_NONE, 0, { 0, 0 } };
	wchar_t wide;
	int c;

	while ((c = wgetch(t->keys)) != ERR) {
		char byte = (char)c;
		size_t used;

		if (c > UCHAR_MAX) {
			memset(&t->half, 0, sizeof t->half);
			raw.kind = c == CODE_PASTE_BEGIN ? RAW_PASTE_BEGIN :
				   c == CODE_PASTE_END	 ? RAW_PASTE_END :
							   RAW_KEY;
			raw.key = from_code(c);
			return raw;
		}
		used = mbrtowc(&wide, &byte, 1, &t->half);
		if (used == (size_t)-2)
			continue;
		if (used == (size_t)-1) { /* no character of this locale */
			memset(&t->half, 0, sizeof t->half);
			continue;
		}
		raw.kind = RAW_CHAR;
		raw.c = (uint32_t)wide;
		return raw;
	}
	return raw;
}

static bool curses_read_key(struct term *term, struct key *ret_key)
{
	struct term_curses *t = curses(term);

	return term_input_next(&t->input, read_raw, t, ret_key);
}

static const char *curses_pasted(struct term *term)
{
	return str_get(&curses(term)->input.paste);
}

static void curses_bell(struct term *term)
{
	(void)term;
	beep();
}

static bool curses_copy(struct term *term, const char *text)
{
	struct term_curses *t = curses(term);
	struct str out = STR_INIT;

	if (!t->xterm_like || !term_osc52(text, &out))
		return false;
	send_raw(t, str_get(&out));
	str_release(&out);
	return true;
}

static void curses_suspend(struct term *term)
{
	struct term_curses *t = curses(term);

	if (t->xterm_like)
		send_raw(t, PASTE_OFF);
	if (t->hidden)
		curs_set(1);
	t->hidden = false;
	endwin();
}

static void curses_resume(struct term *term)
{
	struct term_curses *t = curses(term);

	clearok(curscr, TRUE); /* the shell has written there */
	wnoutrefresh(stdscr);
	doupdate();
	if (t->xterm_like)
		send_raw(t, PASTE_ON);
}

static void room_for_row(struct term_curses *t)
{
	t->cap_cells = getmaxx(stdscr);
	t->cells = mem_resize(t->cells, (size_t)t->cap_cells, sizeof *t->cells);
}

static void curses_resize(struct term *term, int rows, int cols)
{
	struct term_curses *t = curses(term);
	struct winsize size;

	if ((rows <= 0 || cols <= 0) && ioctl(fileno(t->out), TIOCGWINSZ, &size) == 0) {
		rows = size.ws_row;
		cols = size.ws_col;
	}
	if (rows > 0 && cols > 0)
		resize_term(rows, cols);
	clearok(curscr, TRUE); /* terminals re-wrap what they show: nothing of it is known */
	room_for_row(t);
}

static void curses_repaint(struct term *term)
{
	(void)term;
	redrawwin(stdscr);
}

static void curses_close(struct term *term)
{
	struct term_curses *t = curses(term);

	curses_suspend(term);
	delwin(t->keys);
	delscreen(t->screen);
	fclose(t->in);
	fclose(t->out);
	str_release(&t->input.paste);
	free(t->cells);
	free(t);
}

static const struct term_ops curses_ops = {
	.size = curses_size,
	.colours = curses_colours,
	.put = curses_put,
	.shift = curses_shift,
	.cursor = curses_cursor,
	.flush = curses_flush,
	.read_key = curses_read_key,
	.pasted = curses_pasted,
	.bell = curses_bell,
	.copy = curses_copy,
	.suspend = curses_suspend,
	.resume = curses_resume,
	.resize = curses_resize,
	.repaint = curses_repaint,
	.close = curses_close,
};

/* Says what is wrong before anything is opened. */
static enum err check_terminal(int out, struct error *err)
{
	const char *name = getenv("TERM");

	if (!isatty(out))
		return error_set(err, ERR_INPUT,
				 _("standard output is not a terminal: use the subcommands (zhiban "
				   "list, show, do)"));
	if (name == NULL || *name == '\0')
		return error_set(err, ERR_INPUT,
				 _("TERM is not set: say what terminal this is, for example "
				   "TERM=xterm-256color"));
	return ERR_OK;
}

/* Cuts the leaving of the line-drawing charset out of a capability: we never enter it, and it would
 * be sent with every change of attributes.  Strings only become shorter, where they stand. */
static void cut_charset(const char *capability)
{
	static const char *const useless[] = { "%?%p9%t\033(0%e\033(B%;", "%?%p9%t\016%e\017%;",
					       "\033(B", "\017" };
	char *value = has_string(capability) ? tigetstr(capability) : NULL;

	for (size_t i = 0; value != NULL && i < ARRAY_LEN(useless); i++) {
		char *at = strstr(value, useless[i]);

		if (at != NULL) {
			size_t len = strlen(useless[i]);

			memmove(at, at + len, strlen(at + len) + 1);
		}
	}
}

static void learn(struct term_curses *t)
{
	cut_charset("sgr0");
	cut_charset("sgr");

	t->can_shift = has_string("csr") || (has_string("il1") && has_string("dl1"));
	t->xterm_like = has_string("BE") || tigetflag("XT") > 0;
	t->colours = 0;
	if (has_colors() && start_color() == OK) {
		use_default_colors();
		t->colours = COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
	}
}

static void set_up(struct term_curses *t)
{
	raw(); /* Ctrl-S, Ctrl-Q and Ctrl-Z are keys of ours */
	noecho();
	nonl();
	set_escdelay(ESCAPE_DELAY_MS);
	idlok(stdscr, TRUE);
	scrollok(stdscr, FALSE);
	t->keys = newpad(1, 1);
	keypad(t->keys, TRUE);
	nodelay(t->keys, TRUE);
	for (size_t i = 0; i < ARRAY_LEN(extra_keys); i++)
		if (key_defined(extra_keys[i].bytes) == 0)
			define_key(extra_keys[i].bytes, extra_keys[i].code);
	room_for_row(t);
	curses_cursor(&t->term, -1, 0);
	if (t->xterm_like)
		send_raw(t, PASTE_ON);
}

static void give_up(struct term_curses *t)
{
	if (t->screen != NULL) {
		endwin();
		delscreen(t->screen);
	}
	if (t->in != NULL)
		fclose(t->in);
	if (t->out != NULL)
		fclose(t->out);
	free(t);
}

enum err term_curses_open(int in, int out, struct term **ret_term, struct error *err)
{
	enum err code = check_terminal(out, err);
	const char *name = getenv("TERM");
	struct term_curses *t;

	if (code != ERR_OK)
		return code;
	t = mem_alloc(sizeof *t);
	t->term.ops = &curses_ops;
	t->in = fdopen(dup(in), "r");
	t->out = fdopen(dup(out), "w");
	if (t->in != NULL && t->out != NULL)
		t->screen = newterm(NULL, t->out, t->in);
	if (t->screen == NULL) {
		give_up(t);
		return error_set(err, ERR_INPUT,
				 _("the terminal \"%s\" is not known here: install ncurses-term, or "
				   "try TERM=xterm"),
				 name);
	}
	set_term(t->screen);
	if (!has_string("cup")) {
		give_up(t);
		return error_set(err, ERR_INPUT,
				 _("the terminal \"%s\" cannot place its cursor: use the subcommands "
				   "(zhiban list, show, do)"),
				 name);
	}
	learn(t);
	set_up(t);
	*ret_term = &t->term;
	return ERR_OK;
}
