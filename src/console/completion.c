/* zhiban completion: a script for bash or zsh, made from the table of subcommands; and the words that
 * the script asks for while somebody types (numbers, organisations, fields …), from what is here. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/whistle.h"

enum { NUMBERS = 200 };

/* ---- words that are known here: `completion values KIND [OF]` ---- */

struct asking {
	struct console *console;
	const char *of; /* a verb, a kind; "" */
	struct str *out;
};

/* A word of its own line; one with a blank cannot be completed by a shell's word list. */
static void add_word(struct str *out, const char *word)
{
	struct str clean = STR_INIT;

	text_clean(&clean, word, strlen(word), false);
	if (clean.len > 0 && strpbrk(clean.s, " \t'\"\\$`") == NULL)
		str_addf(out, "%s\n", clean.s);
	str_release(&clean);
}

static enum err say_numbers(struct asking *asking, struct error *err)
{
	const struct client_order order = { .field = NULL, .open_only = true };
	struct client *client = asking->console->client;
	struct client_page page;
	enum err rc = client_page(client, &order, NULL, PAGE_FROM, NUMBERS,
				  &asking->console->arena, &page, err);

	for (size_t i = 0; rc == ERR_OK && i < page.n; i++) {
		char mark[48];

		add_word(asking->out, client_mark(client, page.rows[i].incident, mark));
	}
	return rc;
}

static enum err say_whistles(struct asking *asking, struct error *err)
{
	struct client_whistle *whistles = NULL;
	size_t n = 0;
	enum err rc = client_whistles(asking->console->client, 0, &asking->console->arena, &whistles,
				      &n, err);

	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		char mark[48];

		add_word(asking->out, client_whistle_mark(&whistles[i], mark));
	}
	return rc;
}

static enum err say_orgs(struct asking *asking, struct error *err)
{
	const struct rules *rules = client_rules(asking->console->client);

	(void)err;
	for (size_t i = 0; i < rules->n_orgs; i++)
		add_word(asking->out, rules->orgs[i].code);
	return ERR_OK;
}

static enum err say_officers(struct asking *asking, struct error *err)
{
	const struct person **people;
	size_t n = 0;
	enum err rc = client_people(asking->console->client, &asking->console->arena, &people, &n,
				    err);

	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		if (people[i]->name != NULL)
			add_word(asking->out, people[i]->name);
	return rc;
}

static enum err say_verbs(struct asking *asking, struct error *err)
{
	(void)err;
	for (size_t i = 0; i < act_desc_count(); i++)
		if (act_is_offered(act_desc_at(i)))
			add_word(asking->out, act_desc_at(i)->verb);
	return ERR_OK;
}

/* Whether an act of that name of a kind before takes it, too. */
static bool is_said(const struct asking *asking, enum kind before, const char *name)
{
	for (size_t k = 0; k < before; k++) {
		const struct act_desc *act = act_desc_of((enum kind)k, asking->of);

		if (act != NULL && act_arg_field(act, name) != NULL)
			return true;
	}
	return false;
}

/* "holder=": what an act takes, of any kind that has one of that name. */
static enum err say_fields(struct asking *asking, struct error *err)
{
	struct act_arg args[ACT_ARGS_MAX];

	(void)err;
	for (size_t k = 0; k < KIND_COUNT; k++) {
		const struct act_desc *act = act_desc_of((enum kind)k, asking->of);
		size_t n = act != NULL ? act_args(act, args) : 0;

		for (size_t i = 0; i < n; i++)
			if ((args[i].field->flags & F_HIDDEN) == 0 &&
			    !is_said(asking, (enum kind)k, args[i].field->name))
				str_addf(asking->out, "%s=\n", args[i].field->name);
	}
	return ERR_OK;
}

static enum err say_columns(struct asking *asking, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	(void)err;
	for (size_t i = 0; i < kind->n_fields; i++)
		add_word(asking->out, kind->fields[i].name);
	return ERR_OK;
}

static enum err say_servers(struct asking *asking, struct error *err)
{
	struct settings *settings = &asking->console->settings;
	enum err rc = settings_read(asking->console->config, &asking->console->arena, settings, err);

	for (size_t i = 0; rc == ERR_OK && i < settings->n_servers; i++)
		add_word(asking->out, settings->servers[i].name);
	return rc;
}

static const struct {
	const char *name;
	bool client; /* looks into what is kept here */
	enum err (*say)(struct asking *asking, struct error *err);
} kinds[] = {
	{ "numbers", true, say_numbers },   { "orgs", true, say_orgs },
	{ "officers", true, say_officers }, { "verbs", false, say_verbs },
	{ "fields", false, say_fields },    { "columns", false, say_columns },
	{ "servers", false, say_servers },  { "whistles", true, say_whistles },
};

static enum err say_values(struct console *console, const char *kind, const char *of,
			   struct str *out, struct error *err)
{
	struct asking asking = { .console = console, .of = of, .out = out };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		enum err rc = ERR_OK;

		if (strcmp(kinds[i].name, kind) != 0)
			continue;
		if (kinds[i].client)
			rc = console_client(console, err);
		return rc != ERR_OK ? rc : kinds[i].say(&asking, err);
	}
	return error_set(err, ERR_USAGE, _("there are no words of the kind \"%s\""), kind);
}

/* ---- the options of a subcommand, out of its words ---- */

struct word_option {
	char name[32];	 /* "--format" */
	char value[160]; /* "table|json", "N"; "" takes none */
};

/* The next option from *at on; false when there is none. */
static bool next_option(const char **at, struct word_option *ret_option)
{
	const char *from = strstr(*at, "--");
	size_t len, value;

	if (from == NULL)
		return false;
	len = strspn(from + 2, "abcdefghijklmnopqrstuvwxyz-") + 2;
	value = from[len] == ' ' ? strcspn(from + len + 1, "] ") : 0;
	if (len >= sizeof ret_option->name || value >= sizeof ret_option->value)
		return false;
	memcpy(ret_option->name, from, len);
	ret_option->name[len] = '\0';
	memcpy(ret_option->value, from + len + (value > 0), value);
	ret_option->value[value] = '\0';
	*at = from + len;
	return true;
}

/* Words that stand for many are in capitals; those of alternatives are not. */
static bool is_choice(const char *value)
{
	return strchr(value, '|') != NULL && strpbrk(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL;
}

static bool is_file(const struct word_option *option)
{
	size_t len = strlen(option->name);

	return strcmp(option->value, "FILE") == 0 || strcmp(option->value, "DIR") == 0 ||
	       (len > 5 && strcmp(option->name + len - 5, "-file") == 0);
}

/* Which words of this machine an option takes; NULL: none. */
static const char *values_of(const char *option)
{
	static const struct {
		const char *option, *kind;
	} known[] = {
		{ "--columns", "columns" }, { "--sort", "columns" },	 { "--org", "orgs" },
		{ "--officer", "officers" }, { "--server", "servers" },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].option, option) == 0)
			return known[i].kind;
	return NULL;
}

static void put_choices(const char *value, struct str *out)
{
	for (const char *s = value; *s != '\0'; s++)
		str_add_char(out, *s == '|' ? ' ' : *s);
}

/* ---- the script ---- */

static const char script_head[] =
	"# zhiban: what can follow.  Words that depend on the cases here are asked of the program.\n"
	"_zhiban_values() { zhiban completion values \"$@\" 2>/dev/null; }\n"
	"_zhiban() {\n"
	"\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal sub=${COMP_WORDS[1]} verb=${COMP_WORDS[2]} words=\n"
	"\tCOMPREPLY=()\n"
	"\tif [ \"$COMP_CWORD\" = 1 ]; then words=$_zhiban_commands\n"
	"\telse case $sub,$before in\n";

static const char script_tail[] =
	"\tdo,do) words=$(_zhiban_values verbs) ;;\n"
	"\tshow,show|reveal,reveal|report,brief|dups,dups) words=$(_zhiban_values numbers) ;;\n"
	"\toncall,oncall) words=$(_zhiban_values orgs) ;;\n"
	"\tlist,list) words='incidents whistles deadlines inspections notices people orgs"
	" supervisions outbox' ;;\n"
	"\treport,whistle|report,matrix) words=$(_zhiban_values whistles) ;;\n"
	"\treport,supervise) words=$(_zhiban_values numbers; _zhiban_values whistles) ;;\n"
	"\treport,report) words='funnel brief whistle whistles supervise matrix plan' ;;\n"
	"\tcompletion,completion) words='bash zsh' ;;\n"
	"\tcache,cache) words='check rebuild' ;;\n"
	"\t*)\n"
	"\t\tif [ \"$sub\" = do ] && [ \"$COMP_CWORD\" = 3 ] && [ \"$verb\" != register ]; then\n"
	"\t\t\twords=$(_zhiban_values numbers)\n"
	"\t\telif [ \"$sub\" = do ] && [ \"${word#-}\" = \"$word\" ]; then\n"
	"\t\t\twords=$(_zhiban_values fields \"$verb\"); compopt -o nospace 2>/dev/null\n"
	"\t\telse words=$(_zhiban_options \"$sub\"); fi ;;\n"
	"\tesac; fi\n"
	"\tlocal IFS=$'\\n '\n"
	"\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
	"}\n"
	"complete -F _zhiban zhiban\n";

static void put_commands(struct str *out)
{
	str_add(out, "_zhiban_commands='");
	for (size_t i = 0; i < subcommand_count(); i++)
		str_addf(out, "%s%s", i > 0 ? " " : "", subcommand_at(i)->name);
	str_add(out, "'\n_zhiban_options() {\n\tcase $1 in\n");
	for (size_t i = 0; i < subcommand_count(); i++) {
		const char *at = subcommand_at(i)->words;
		struct word_option option;
		bool any = false;

		while (next_option(&at, &option)) {
			if (!any)
				str_addf(out, "\t%s) echo '", subcommand_at(i)->name);
			str_addf(out, "%s ", option.name);
			any = true;
		}
		if (any)
			str_add(out, "--help' ;;\n");
	}
	str_add(out, "\t*) echo '--help' ;;\n\tesac\n}\n");
}

/* What may follow each option. */
static void put_values(struct str *out)
{
	for (size_t i = 0; i < subcommand_count(); i++) {
		const char *at = subcommand_at(i)->words;
		struct word_option option;

		while (next_option(&at, &option)) {
			const char *kind = values_of(option.name);

			if (option.value[0] == '\0')
				continue;
			str_addf(out, "\t%s,%s) ", subcommand_at(i)->name, option.name);
			if (is_choice(option.value)) {
				str_add(out, "words='");
				put_choices(option.value, out);
				str_add(out, "' ;;\n");
			} else if (kind != NULL) {
				str_addf(out, "words=$(_zhiban_values %s) ;;\n", kind);
			} else {
				str_addf(out, "%sreturn ;;\n",
					 is_file(&option)
						 ? "COMPREPLY=($(compgen -f -- \"$word\")); "
						 : "");
			}
		}
	}
}

static void put_script(bool zsh, struct str *out)
{
	if (zsh)
		str_add(out, "#compdef zhiban\nautoload -U bashcompinit && bashcompinit\n");
	put_commands(out);
	str_add(out, script_head);
	put_values(out);
	str_add(out, script_tail);
}

enum err completion_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *rest[3];
	struct str out = STR_INIT;
	size_t n;
	enum err rc = command_words(argc, argv, NULL, 0, rest, 3, &n, err);

	if (rc == ERR_OK && n >= 2 && strcmp(rest[0], "values") == 0)
		rc = say_values(console, rest[1], n > 2 ? rest[2] : "", &out, err);
	else if (rc == ERR_OK && n == 1 &&
		 (strcmp(rest[0], "bash") == 0 || strcmp(rest[0], "zsh") == 0))
		put_script(strcmp(rest[0], "zsh") == 0, &out);
	else if (rc == ERR_OK)
		rc = error_set(err, ERR_USAGE, _("say for which shell: bash or zsh"));
	if (rc == ERR_OK)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}
