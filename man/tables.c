/* tables NAME: one table of the program, in mdoc, for the manual pages.  The tables of the code are
 * the only source: splice.sh puts them between the markers of the pages. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/act.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/kind.h"
#include "zhiban/views/command.h"

/* Text on a line of its own, or within a macro's line: nothing in it is a macro or an escape. */
static void put_text(const char *s)
{
	bool at_word = true;

	for (; *s; s++) {
		if (at_word && (strchr(".,:;()[]?!'|", *s) || (*s >= 'A' && *s <= 'Z')))
			fputs("\\&", stdout);
		if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '"')
			fputs("\\(dq", stdout);
		else if (strncmp(s, "…", 3) == 0) {
			fputs("...", stdout);
			s += 2;
		} else
			putchar(*s);
		at_word = *s == ' ';
	}
}

static void put_commands(void)
{
	const struct ui_commands *all = commands();
	const char *group = "";

	for (size_t i = 0; i < all->n; i++) {
		const struct ui_command *c = &all->items[i];

		if (strcmp(group, c->group) != 0) {
			printf("%s.Ss %s\n.Bl -tag -width \"PgDn Ctrl-F\" -compact\n",
			       *group ? ".El\n" : "", c->group);
			group = c->group;
		}
		fputs(".It Ic \"", stdout);
		put_text(*c->keys ? c->keys : "(none)");
		fputs("\"\n", stdout);
		put_text(c->help);
		printf("\n.Pq Cm :\\&%s", c->name);
		if (*c->args)
			printf(" Ar %s", c->args);
		putchar('\n');
	}
	puts(".El");
}

static const char *type_word(const struct field *f)
{
	switch (f->type) {
	case FIELD_TEXT:
		return f->flags & F_LONG ? "text, many lines" : "text";
	case FIELD_INT:
		return "number";
	case FIELD_BOOL:
		return "yes or no";
	case FIELD_TIME:
		return "time";
	case FIELD_MICRO:
		return "degrees";
	case FIELD_CHOICE:
		return "one of a list";
	case FIELD_CODE:
		return "code of a list";
	case FIELD_ORG:
		return "organisation";
	case FIELD_PERSON:
		return "officer";
	}
	return "";
}

static void put_field_rows(const struct field *fields, size_t n)
{
	puts(".Bl -column registered_at organisation_yes 20000 -compact");
	puts(".It Sy Field Ta Sy Kind Ta Sy Longest Ta Sy Title");
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &fields[i];

		if (f->flags & F_HIDDEN)
			continue;
		printf(".It %s Ta %s Ta ", f->json, type_word(f));
		if (f->type == FIELD_TEXT)
			printf("%u Ta ", field_max(f));
		else
			fputs("\\&- Ta ", stdout);
		put_text(f->title);
		putchar('\n');
	}
	puts(".El");
}

static void put_fields(void)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	put_field_rows(kind->fields, kind->n_fields);
}

static void put_acts(void)
{
	puts(".Bl -tag -width verify_ok");
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *a = act_desc_at(i);

		if (a->flags & ACT_SYSTEM)
			continue;
		printf(".It Cm %s", a->verb);
		if (*a->alias)
			printf(" | %s", a->alias);
		putchar('\n');
		put_text(a->title);
		puts(".");
		if (*a->args)
			printf("Takes\n.Ql %s .\n", a->args);
		if (a->flags & ACT_OFFLINE)
			puts("May be done while the line is cut.");
	}
	puts(".El");
}

static void put_guards(void)
{
	puts(".Bl -tag -width role_at_least");
	for (size_t i = 0; i < guard_desc_count(); i++) {
		const struct guard_desc *g = guard_desc_at(i);

		printf(".It Cm %s Ar %s\n", g->name, g->arg);
		put_text(g->sentence);
		puts(".");
	}
	puts(".El");
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*put)(void);
	} tables[] = {
		{ "commands", put_commands }, { "fields", put_fields }, { "acts", put_acts },
		{ "guards", put_guards },
	};

	for (size_t i = 0; argc == 2 && i < ARRAY_LEN(tables); i++)
		if (strcmp(argv[1], tables[i].name) == 0) {
			tables[i].put();
			return ferror(stdout) != 0;
		}
	fputs("tables commands | fields | acts | guards\n", stderr);
	return 2;
}
