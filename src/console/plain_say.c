#include <config.h>

#include "plain_pick_priv.h"
#include "plain_priv.h"
#include "plain_view_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "zhiban/base/text.h"
#include "zhiban/model/left.h"
#include "zhiban/ui/term.h"

static void send(const char *text, size_t len)
{
	struct str out = STR_INIT;

	term_encode(text, len, &out);
	fwrite(str_get(&out), 1, out.len, stdout);
	str_release(&out);
}

/* Columns of the terminal; 0: nothing is known of any. */
static int columns_of(int fd)
{
	struct winsize size;

	if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col == 0 || size.ws_col >= PLAIN_NARROWEST ? size.ws_col : PLAIN_NARROWEST;
}

/* Columns that it takes at the most: a sign whose width depends on the terminal is counted as two
 * where it was not measured to be one. */
static int most_columns(bool narrow, const char *s, size_t len)
{
	uint32_t cp;
	int columns = 0;

	for (size_t n; (n = text_next(s, len, &cp)) > 0; s += n, len -= n) {
		columns += text_cp_columns(cp);
		if (!narrow && text_cp_columns(cp) == 1 && term_is_doubtful(cp))
			columns++;
	}
	return columns;
}

/* The next line of what is said; at least one character, so that it ends. */
static size_t next_line(bool narrow, const char *s, int columns, size_t *ret_skip)
{
	for (int room = columns; ; room--) {
		size_t n = text_wrap(s, room, ret_skip);

		if (room <= 1 || most_columns(narrow, s, n) <= columns)
			return n;
	}
}

/* Lines that fit, each with its newline, but the last only if it is to end. */
static void add_lines(bool narrow, const char *s, int columns, bool end, struct str *out)
{
	while (columns > 0 && *s != '\0') {
		size_t skip, n = next_line(narrow, s, columns, &skip);

		if (s[n + skip] == '\0')
			break;
		str_add_bytes(out, s, n);
		str_add_char(out, '\n');
		s += n + skip;
	}
	str_add(out, s);
	if (end)
		str_add_char(out, '\n');
}

/* News that come while a question stands begin a line of their own. */
void plain_say(struct plain *plain, const char *text)
{
	struct str clean = STR_INIT, lines = STR_INIT;

	if (plain->prompted && isatty(STDOUT_FILENO))
		putchar('\n');
	plain->prompted = false;
	text_clean(&clean, text, strlen(text), true);
	while (clean.len > 0 && clean.s[clean.len - 1] == '\n')
		str_cut(&clean, clean.len - 1);
	add_lines(plain->narrow_signs, str_get(&clean), columns_of(STDOUT_FILENO), true, &lines);
	send(lines.s, lines.len);
	fflush(stdout);
	str_release(&lines);
	str_release(&clean);
}

void plain_sayf(struct plain *plain, const char *format, ...)
{
	va_list ap;
	char *text;
	int len;

	va_start(ap, format);
	len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	text = arena_array(&plain->arena, (size_t)len + 1, 1);
	va_start(ap, format);
	vsnprintf(text, (size_t)len + 1, format, ap);
	va_end(ap);
	plain_say(plain, text);
}

void plain_tell(FILE *to, const char *text)
{
	struct str lines = STR_INIT, out = STR_INIT;

	add_lines(false, text, columns_of(fileno(to)), false, &lines);
	term_encode(str_get(&lines), lines.len, &out);
	fwrite(str_get(&out), 1, out.len, to);
	str_release(&out);
	str_release(&lines);
}

/* One column stays free for the cursor. */
void plain_question(struct plain *plain, const char *text)
{
	struct str clean = STR_INIT, lines = STR_INIT;
	int columns = columns_of(STDOUT_FILENO);

	text_clean(&clean, text, strlen(text), true);
	add_lines(plain->narrow_signs, str_get(&clean), columns > 0 ? columns - 1 : 0, false, &lines);
	send(str_get(&lines), lines.len);
	str_release(&lines);
	str_release(&clean);
}

void plain_prompt(struct plain *plain)
{
	struct incident *incident;
	const char *whistle;
	char mark[48];

	if (plain->pick)
		plain_question(plain, arena_printf(&plain->arena, "%s> ", plain->pick->question));
	else if (plain->asking)
		plain_ask_again(plain);
	else if (plain->any && client_get(plain->client, &plain->focus, &plain->arena, &incident,
					  NULL) == ERR_OK)
		plain_question(plain, arena_printf(&plain->arena, "%s> ",
						   client_mark(plain->client, incident, mark)));
	else if (plain->any && plain_is_whistle(plain, &plain->focus, &whistle))
		plain_question(plain, arena_printf(&plain->arena, "%s> ", whistle));
	else
		plain_question(plain, "> ");
	plain->prompted = true;
	fflush(stdout);
}

const char *plain_row(struct plain *plain, const struct incident *incident)
{
	const struct rules *rules = client_rules(plain->client);
	const struct step *step = rules_step(rules, incident->step);
	const struct org *holder = rules_org(rules, incident->holder);
	size_t urgency = (size_t)incident->urgency;
	char mark[48], left[LEFT_TEXT];
	int64_t due = incident->open ? incident->due : 0;

	if (plain->columns.n > 0)
		return plain_row_columns(plain, incident);
	left_text(due, left_moment(due, client_now(plain->client)), left);
	return arena_printf(&plain->arena, "%s %s %s %s %s %s",
			    client_mark(plain->client, incident, mark),
			    urgency > 0 && urgency <= rules->urgencies.n
				    ? rules->urgencies.items[urgency - 1].label
				    : "",
			    left, incident->title ? incident->title : "",
			    holder ? holder->brief ? holder->brief : holder->name : "",
			    step ? step->waiting : "");
}

void plain_echo(bool on)
{
	struct termios tty;

	if (tcgetattr(STDIN_FILENO, &tty) != 0)
		return;
	if (on)
		tty.c_lflag |= ECHO;
	else
		tty.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &tty);
}
