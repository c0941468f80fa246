/* The outbox and the conflict desk as lists, shared by several subcommands. */
#ifndef ZHIBAN_CONSOLE_DESK_H
#define ZHIBAN_CONSOLE_DESK_H

#include "console.h"
#include "zhiban/client/desk.h"

/* format NULL: a table for people. */
enum err desk_list(struct console *console, bool desk_only, const char *format,
		   struct error *err) MUST_CHECK;
/* What all rows have: {"id",… without the closing brace. */
void desk_row_json(const struct client_waiting *row, struct str *out);

#endif
