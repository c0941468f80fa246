/* tables_daemon NAME: one table of zhiband, in mdoc; see tables.c. */
#include <config.h>

#include <stdio.h>

#include "mdoc.h"
#include "src/daemon/command_priv.h"
#include "src/daemon/folder_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/decide.h"

static void put_admin(void)
{
	puts(".Bl -tag -width Ds");
	for (size_t i = 0; command_at(i); i++) {
		const struct command *c = command_at(i);
		const struct option_desc *o = c->options;

		if (!c->help)
			continue;
		mdoc_command(c->name, c->words, c->help, c->example);
		if (!o)
			continue;
		puts(".Bl -tag -width \"--session-hours\" -compact");
		for (; o->name; o++) {
			if (!o->help)
				continue;
			printf(".It Fl -%s", o->name);
			if (o->value) {
				fputs(" Ar ", stdout);
				mdoc_text(o->value);
			}
			putchar('\n');
			mdoc_text(o->help);
			putchar('\n');
		}
		puts(".El");
	}
	puts(".El");
}

static void put_guards(void)
{
	puts(".Bl -tag -width role_at_least");
	for (size_t i = 0; i < guard_desc_count(); i++) {
		const struct guard_desc *g = guard_desc_at(i);

		printf(".It Cm %s Ar %s\n", g->name, g->arg);
		mdoc_text(g->sentence);
		puts(".");
	}
	puts(".El");
}

static void put_place(void)
{
	mdoc_options(folder_spec);
}

int main(int argc, char **argv)
{
	static const struct mdoc_table tables[] = {
		{ "admin", put_admin },
		{ "guards", put_guards },
		{ "place", put_place },
		{ NULL, NULL },
	};

	return mdoc_main(tables, argc, argv);
}
