/* The verbs of `zhiban roster`: a row each in roster.c, a file each for what is more than a few
 * lines. */
#ifndef ZHIBAN_CONSOLE_ROSTER_H
#define ZHIBAN_CONSOLE_ROSTER_H

#include "console.h"
#include "zhiban/domain/roster.h"

/* argv[0] is the verb itself. */
enum err roster_import_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_export_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_address_command(struct console *console, int argc, char **argv, struct error *err);

/* Whose roster: an organisation by code, name or short name (NULL: the officer's own), its plan by
 * code or label (NULL: the first).  ERR_USAGE, ERR_INPUT in words. */
enum err roster_plan_named(struct console *console, const char *org, const char *plan,
			   const char **ret_org, const struct roster_plan **ret_plan,
			   struct error *err) MUST_CHECK;

#endif
