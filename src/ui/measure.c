/* How wide a terminal shows characters: it is asked where its cursor stands behind them (DSR 6).
 * Whoever does not answer is not asked again. */
#include <config.h>

#include "zhiban/ui/term.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { PATIENCE_MS = 1000, REPORT_MOST = 256 };

/* One Chinese character first, then those of ambiguous width that titles have. */
static const char *const tried[] = { "\u503C", "\u201C", "\u2460", "\u2026", "\u2192", "\u25A0" };

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* "ESC [ ROW ; COL R" somewhere in what came; false: not yet. */
static bool find_report(struct str *got, int *ret_col)
{
	for (size_t i = 0; i + 1 < got->len; i++) {
		int row, col, used = 0;

		if (got->s[i] != '\033' || got->s[i + 1] != '[')
			continue;
		if (sscanf(got->s + i, "\033[%5d;%5dR%n", &row, &col, &used) == 2 && used > 0) {
			*ret_col = col;
			str_remove(got, i, (size_t)used);
			return true;
		}
	}
	return false;
}

static bool send_all(int fd, const char *bytes)
{
	size_t len = strlen(bytes);

	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
	return true;
}

/* The column behind the text when it begins in the first: its columns + 1. */
static bool ask(int in, int out, const char *text, struct str *got, int *ret_columns)
{
	long long until = now_ms() + PATIENCE_MS;
	int col;

	if (!send_all(out, "\r") || !send_all(out, text) || !send_all(out, "\033[6n"))
		return false;
	while (!find_report(got, &col)) {
		struct pollfd fd = { .fd = in, .events = POLLIN };
		long long left = until - now_ms();
		char bytes[REPORT_MOST];
		ssize_t n;

		if (left <= 0 || poll(&fd, 1, (int)left) < 0)
			return false;
		n = fd.revents & POLLIN ? read(in, bytes, sizeof bytes) : 0;
		if (n > 0)
			str_add_bytes(got, bytes, (size_t)n);
		else if (fd.revents & (POLLHUP | POLLERR))
			return false;
	}
	*ret_columns = col - 1;
	return true;
}

enum err tty_measure(int in, int out, struct term_widths *ret_widths, struct str *ret_typed,
		     struct error *err)
{
	struct term_widths widths = { 0, 0, 0 };
	struct str got = STR_INIT;
	bool answers = true;

	for (size_t i = 0; i < ARRAY_LEN(tried) && answers; i++) {
		int columns;

		answers = ask(in, out, tried[i], &got, &columns);
		if (answers && i == 0) {
			widths.chinese = columns;
		} else if (answers) {
			widths.ambiguous++;
			widths.wide += columns > 1;
		}
	}
	(void)send_all(out, "\r\033[K");
	str_add_bytes(ret_typed, str_get(&got), got.len);
	str_release(&got);
	if (!answers)
		return error_set(err, ERR_INPUT, "%s",
				 _("this terminal does not say where its cursor stands: set "
				   "`ambiguous` in zhiban.conf by hand"));
	*ret_widths = widths;
	return ERR_OK;
}
