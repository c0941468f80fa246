/* zhiban search: what was asked for. */
#ifndef ZHIBAN_CONSOLE_SEARCH_H
#define ZHIBAN_CONSOLE_SEARCH_H

#include "console.h"

struct search_words {
	const char *words, *filter, *columns, *format, *since, *until; /* NULL: not given */
	bool closed, best;
	long long limit;
};
/* search_server.c */
enum err search_server(struct console *console, const struct search_words *asked,
		       struct error *err) MUST_CHECK;

#endif
