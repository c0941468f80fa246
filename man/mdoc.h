/* What the makers of the manual's tables share. */
#ifndef ZHIBAN_MAN_MDOC_H
#define ZHIBAN_MAN_MDOC_H

#include "zhiban/base/conf.h"

struct mdoc_table { /* arrays end with a NULL name */
	const char *name;
	void (*put)(void);
};
/* Puts the table that is named on the command line; the program's exit status. */
int mdoc_main(const struct mdoc_table *tables, int argc, char **argv);

/* Text on a line of its own or within a macro's: nothing in it is a macro or an escape. */
void mdoc_text(const char *s);
void mdoc_command(const char *name, const char *words, const char *help, const char *example);
/* The options of a configuration file. */
void mdoc_options(const struct conf_spec *spec);

#endif
