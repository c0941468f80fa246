/* The verbs of `zhiban roster`: a row each in roster.c, a file each for what is more than a few
 * lines. */
#ifndef ZHIBAN_CONSOLE_ROSTER_H
#define ZHIBAN_CONSOLE_ROSTER_H

#include "console.h"
#include "zhiban/model/build_paper.h"

/* argv[0] is the verb itself. */
enum err roster_import_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_export_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_address_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_build_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_show_command(struct console *console, int argc, char **argv, struct error *err);
enum err roster_check_command(struct console *console, int argc, char **argv, struct error *err);

/* Whose roster: an organisation by code, name or short name (NULL: the officer's own), its plan by
 * code or label (NULL: the first).  ERR_USAGE, ERR_INPUT in words. */
enum err roster_plan_named(struct console *console, const char *org, const char *plan,
			   const char **ret_org, const struct roster_plan **ret_plan,
			   struct error *err) MUST_CHECK;
/* The rules are here, or ERR_OFFLINE says so. */
enum err roster_ready(struct console *console, struct error *err) MUST_CHECK;
/* The same with a month: org NULL: the officer's own, where it has a roster, else the centre's; month
 * NULL: the one that is now.  roster_month.c. */
enum err roster_what(struct console *console, const char *org, const char *month, const char *plan,
		     struct paper_month *ret_what, struct error *err) MUST_CHECK;
/* The month on paper. */
enum err roster_sheet(struct console *console, const struct paper_month *what,
		      struct sheet *ret_sheet, struct error *err) MUST_CHECK;

#endif
