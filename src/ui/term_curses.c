/* The real terminal.  The only file that includes ncurses.
 *
 * ncurses knows the terminal, sets the tty's modes, enters and leaves the screen and reads keys;
 * its own window stays blank.  What is shown goes through the painter, which sends fewer bytes: the
 * canvas has compared already, and knows which rows have moved.  Keys are read through a pad of one
 * cell, because reading from a window would also refresh it. */
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
#include "painter_priv.h"
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
	bool xterm_like; /* knows bracketed paste and the clipboard */
	bool utf8;
	bool plain; /* what may be one column or two is shown as ASCII */
	struct painter painter;
	struct term_input input;
	mbstate_t half; /* of a character whose end has not come */
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
	{ "\033OP", KEY_F(1) },	  { "\033OQ", KEY_F(2) },    { "\033OR", KEY_F(3) },
	{ "\033OS", KEY_F(4) },	  { "\033[15~", KEY_F(5) },  { "\033[17~", KEY_F(6) },
	{ "\033[18~", KEY_F(7) }, { "\033[19~", KEY_F(8) },  { "\033[20~", KEY_F(9) },
	{ "\033[21~", KEY_F(10) },
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

static void send_bytes(struct term_curses *t, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fileno(t->out), bytes, len);

		if (n < 0 && errno != EINTR)
			return; /* a lost tty shows itself in poll */
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
}

static void send_raw(struct term_curses *t, const char *bytes)
{
	send_bytes(t, bytes, strlen(bytes));
}

static void send_painted(struct term_curses *t)
{
	struct str *out = &t->painter.out, converted = STR_INIT;

	if (t->utf8) {
		send_bytes(t, str_get(out), out->len);
	} else {
		term_encode(str_get(out), out->len, &converted);
		send_bytes(t, str_get(&converted), converted.len);
		str_release(&converted);
	}
	str_clear(out);
}

/* Enters the screen, or clears it: by ncurses, so that it can leave it again. */
static void clear_screen(struct term_curses *t)
{
	clearok(curscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
	painter_reset(&t->painter, getmaxy(stdscr), getmaxx(stdscr));
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

static void curses_put(struct term *term, int row, int col, const char *text, size_t len,
		       struct term_style style)
{
	struct term_curses *t = curses(term);
	struct str plain = STR_INIT;

	if (t->plain) {
		term_make_plain(text, len, &plain);
		text = str_get(&plain);
		len = plain.len;
	}
	painter_put(&t->painter, row, col, text, len, style);
	str_release(&plain);
}

static bool curses_shift(struct term *term, int top, int bottom, int lines)
{
	return painter_shift(&curses(term)->painter, top, bottom, lines);
}

static void curses_cursor(struct term *term, int row, int col)
{
	painter_cursor(&curses(term)->painter, row, col);
}

static void curses_flush(struct term *term)
{
	painter_finish(&curses(term)->painter);
	send_painted(curses(term));
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
	send_raw(curses(term), "\a");
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

	painter_leave(&t->painter);
	send_painted(t);
	if (t->xterm_like)
		send_raw(t, PASTE_OFF);
	endwin();
	/* Without a screen of its own to leave, the last line would be written over. */
	if (!has_string("rmcup"))
		send_raw(t, "\r\n");
}

static void curses_resume(struct term *term)
{
	struct term_curses *t = curses(term);

	clear_screen(t);
	if (t->xterm_like)
		send_raw(t, PASTE_ON);
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
	painter_leave(&t->painter);
	send_painted(t);
	clear_screen(t); /* terminals re-wrap what they show: nothing of it is known */
}

static void curses_repaint(struct term *term)
{
	painter_forget(&curses(term)->painter);
}

/* ED 3 is xterm's, and by now nearly everybody's; who does not know it leaves it alone. */
static void curses_wipe(struct term *term)
{
	struct term_curses *t = curses(term);

	painter_leave(&t->painter);
	send_painted(t);
	send_raw(t, "\033[H\033[2J\033[3J");
	clear_screen(t);
}

static void curses_plain_signs(struct term *term, bool plain)
{
	curses(term)->plain = plain;
}

/* What was typed while the terminal was asked comes back as keys, the last one first. */
static enum err curses_measure(struct term *term, struct term_widths *ret_widths,
			       struct error *err)
{
	struct term_curses *t = curses(term);
	struct str typed = STR_INIT;
	enum err code;

	painter_leave(&t->painter);
	send_painted(t);
	code = tty_measure(fileno(t->in), fileno(t->out), ret_widths, &typed, err);
	for (size_t i = typed.len; i-- > 0;)
		ungetch((unsigned char)typed.s[i]);
	str_release(&typed);
	painter_forget(&t->painter);
	return code;
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
	painter_release(&t->painter);
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
	.wipe = curses_wipe,
	.plain_signs = curses_plain_signs,
	.measure = curses_measure,
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

/* A capability without its padding ("$<5>"), which nothing needs any more. */
static void add_capability(const char *name, struct str *out)
{
	const char *s = has_string(name) ? tigetstr(name) : "";

	while (*s != '\0') {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>') != NULL)
			s = strchr(s, '>') + 1;
		else
			str_add_char(out, *s++);
	}
}

static bool capability_is(const char *name, const char *expected)
{
	struct str value = STR_INIT;
	bool same;

	add_capability(name, &value);
	same = strcmp(str_get(&value), expected) == 0;
	str_release(&value);
	return same;
}

static bool capability_has(const char *name, const char *part)
{
	return has_string(name) && strstr(tigetstr(name), part) != NULL;
}

static bool speaks_ecma48(void)
{
	return capability_is("cup", "\033[%i%p1%d;%p2%dH") && capability_is("el", "\033[K") &&
	       (capability_has("sgr0", "\033[m") || capability_has("sgr0", "\033[0m") ||
		capability_has("sgr0", "\033[0;10m"));
}

static void learn_attributes(struct painter_caps *caps)
{
	static const struct {
		const char *name;
		unsigned attr;
	} names[] = { { "bold", TERM_BOLD }, { "dim", TERM_DIM }, { "smul", TERM_UNDERLINE },
		      { "rev", TERM_REVERSE }, { "blink", TERM_BLINK } };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (has_string(names[i].name))
			caps->attrs |= names[i].attr;
}

static void learn(struct term_curses *t)
{
	struct painter_caps *caps = &t->painter.caps;
	int colours = tigetnum("colors");
	const char *ninth;

	t->xterm_like = has_string("BE") || tigetflag("XT") > 0;
	t->utf8 = term_is_utf8();
	t->colours = colours >= 256 ? 256 : colours >= 16 ? 16 : colours >= 8 ? 8 : 0;
	caps->regions = capability_is("csr", "\033[%i%p1%d;%p2%dr");
	caps->repeat = capability_is("rep", "%p1%c\033[%p2%{1}%-%db");
	caps->erase_chars = capability_is("ech", "\033[%p1%dX");
	caps->late_wrap = tigetflag("xenl") > 0;
	caps->default_pair = tigetflag("AX") > 0 || capability_has("op", "\033[39;49m");
	caps->hide = capability_has("civis", "\033[?25l");
	ninth = t->colours >= 16 ? tparm(tigetstr("setaf"), 9) : NULL;
	caps->bright = ninth != NULL && strcmp(ninth, "\033[91m") == 0;
	learn_attributes(caps);
}

static void set_up(struct term_curses *t)
{
	raw(); /* Ctrl-S, Ctrl-Q and Ctrl-Z are keys of ours */
	noecho();
	nonl(); /* a line feed only goes down */
	set_escdelay(ESCAPE_DELAY_MS);
	t->keys = newpad(1, 1);
	keypad(t->keys, TRUE);
	nodelay(t->keys, TRUE);
	for (size_t i = 0; i < ARRAY_LEN(extra_keys); i++)
		if (key_defined(extra_keys[i].bytes) == 0)
			define_key(extra_keys[i].bytes, extra_keys[i].code);
	painter_cursor(&t->painter, -1, 0);
	curses_resume(&t->term);
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
	t->plain = true;
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
	if (!speaks_ecma48()) {
		code = error_set(err, ERR_INPUT,
				 has_string("cup") ?
					 _("the terminal \"%s\" is of a kind we cannot draw on: use "
					   "the subcommands (zhiban list, show, do)") :
					 _("the terminal \"%s\" cannot place its cursor: use the "
					   "subcommands (zhiban list, show, do)"),
				 name);
		give_up(t);
		return code;
	}
	learn(t);
	set_up(t);
	*ret_term = &t->term;
	return ERR_OK;
}
