/* The outbox and the conflict desk as lists, shared by several subcommands. */
#ifndef ZHIBAN_CONSOLE_DESK_H
#define ZHIBAN_CONSOLE_DESK_H

#include "console.h"

enum err desk_list(struct console *console, bool refused_only, const char *format,
		   struct error *err) MUST_CHECK;

#endif
