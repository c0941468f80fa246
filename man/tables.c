/* tables NAME: one table of zhiban, in mdoc, for its manual pages.  The tables of the code are the
 * only source: splice.sh puts them between the markers of the pages. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "mdoc.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/settings.h"
#include "zhiban/model/saved.h"
#include "zhiban/domain/act.h"
#include "zhiban/domain/kind.h"
#include "zhiban/ui/theme.h"
#include "zhiban/views/command.h"

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
		mdoc_text(*c->keys ? c->keys : "(none)");
		fputs("\"\n", stdout);
		mdoc_text(c->help);
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
		mdoc_text(f->title);
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
		mdoc_text(a->title);
		if (a->target != KIND_INCIDENT)
			printf(" (%s)", kind_desc(a->target)->name);
		puts(".");
		if (*a->args)
			printf("Takes\n.Ql %s .\n", a->args);
		if (a->flags & ACT_OFFLINE)
			puts("May be done while the line is cut.");
	}
	puts(".El");
}

static void put_subcommands(void)
{
	static const struct {
		const char *name, *words, *help, *example;
	} rows[] = {
#define H(name, function, words, help, example) { #name, words, help, example },
#include "src/console/command.def"
#undef H
	};

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		mdoc_command(rows[i].name, rows[i].words, rows[i].help, rows[i].example);
	puts(".El");
}

static void put_settings(void)
{
	mdoc_options(settings_spec);
}

static void put_saved(void)
{
	mdoc_options(saved_spec);
}

/* The columns that are the board's own; beside them any field may be one. */
static void put_columns(void)
{
	struct column column;

	puts(".Bl -column \"urgency\" \"Latest move\" \"field\"");
	puts(".It Sy name Ta Sy title Ta Sy field");
	for (size_t i = 0; i < columns_count(); i++) {
		columns_at(i, &column);
		if (!column.own)
			continue;
		printf(".It %s Ta ", column.name);
		mdoc_text(column.title);
		printf(" Ta %s\n", column.field->name);
	}
	puts(".El");
}

/* What a key does, for the tutorial: those that have one. */
static void put_keys(void)
{
	const struct ui_commands *all = commands();
	const char *group = "";

	for (size_t i = 0; i < all->n; i++) {
		const struct ui_command *c = &all->items[i];

		if (!*c->keys)
			continue;
		if (strcmp(group, c->group) != 0) {
			printf("%s.Ss ", *group ? ".El\n" : "");
			mdoc_text(_(c->group));
			puts("\n.Bl -tag -width \"PgDn Ctrl-F\" -compact");
			group = c->group;
		}
		fputs(".It Ic \"", stdout);
		mdoc_text(c->keys);
		fputs("\"\n", stdout);
		mdoc_text(_(c->help));
		putchar('\n');
	}
	puts(".El");
}

static void put_keys_zh(void)
{
	struct arena arena = ARENA_INIT;

	i18n_init("zh", dirs_locale(&arena));
	put_keys();
	arena_release(&arena);
}

/* The role of an identifier, as the table's own rows name it. */
static enum role role_of(const char *id)
{
	static const char *const ids[ROLES] = {
#define R(id, name, base, help) #id,
#include "zhiban/ui/roles.def"
#undef R
	};

	for (size_t i = 0; i < ROLES; i++)
		if (strcmp(ids[i], id) == 0)
			return (enum role)i;
	return ROLE_TEXT;
}

static void put_roles(void)
{
	static const struct {
		const char *name, *base, *help;
	} rows[] = {
#define R(id, name, base, help) { name, #base, help },
#include "zhiban/ui/roles.def"
#undef R
	};

	puts(".Bl -tag -width severity.critical");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		printf(".It Cm %s\n", rows[i].name);
		mdoc_text(rows[i].help);
		putchar('\n');
		if (i > 0)
			printf(".Pq falls back to Cm %s\n", role_name(role_of(rows[i].base)));
	}
	puts(".El");
}

int main(int argc, char **argv)
{
	static const struct mdoc_table tables[] = {
		{ "subcommands", put_subcommands }, { "commands", put_commands },
		{ "fields", put_fields },	    { "acts", put_acts },
		{ "settings", put_settings },	    { "roles", put_roles },
		{ "saved", put_saved },		    { "columns", put_columns },
		{ "keys", put_keys },		    { "keys_zh", put_keys_zh },
		{ NULL, NULL },
	};

	return mdoc_main(tables, argc, argv);
}
