#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/console/face.h"

static const struct subcommand subcommands[] = {
#define H(name, function, words, help, example) { #name, function, words, help, example },
#include "command.def"
#undef H
};

size_t subcommand_count(void)
{
	return ARRAY_LEN(subcommands);
}

const struct subcommand *subcommand_at(size_t i)
{
	return &subcommands[i];
}

/* What ended the program, for scripts. */
enum status { STATUS_DONE, STATUS_FAILED, STATUS_USAGE, STATUS_WAITING, STATUS_REFUSED, STATUS_DENIED };

static int status_of(enum err code)
{
	switch (code) {
	case ERR_OK:
		return STATUS_DONE;
	case ERR_USAGE:
	case ERR_INPUT:
		return STATUS_USAGE;
	case ERR_OFFLINE:
	case ERR_BUSY:
	case ERR_TOO_MANY:
		return STATUS_WAITING;
	case ERR_REFUSED:
	case ERR_EXISTS:
		return STATUS_REFUSED;
	case ERR_AUTH:
	case ERR_SECOND:
	case ERR_DENIED:
		return STATUS_DENIED;
	case ERR_NOT_FOUND:
	case ERR_EPOCH:
	case ERR_SCOPE:
	case ERR_NEED:
	case ERR_CLONED:
	case ERR_GONE:
	case ERR_TOO_LARGE:
	case ERR_VERSION:
	case ERR_IO:
	case ERR_CORRUPT:
	case ERR_FULL:
		return STATUS_FAILED;
	}
	return STATUS_FAILED;
}

static const struct {
	const char *name, *value, *help;
} common[] = {
	{ "--config", "FILE", N_("another configuration file") },
	{ "--server", "NAME", N_("the server meant, of those in the configuration") },
	{ "--theme", "NAME", N_("colours: dark, light, contrast, colourblind, mono, or your own") },
	{ "--thin", NULL, N_("save bytes on a thin line") },
	{ "--plain", NULL, N_("one line an event, for screen readers") },
	{ "--read-only", NULL, N_("nothing can be done, only read") },
};

static bool take_common(struct console *console, size_t option, const char *value)
{
	const char **texts[] = { &console->config, &console->server_name, &console->theme };
	bool *flags[] = { &console->thin, &console->plain, &console->read_only };

	if (option < ARRAY_LEN(texts)) {
		*texts[option] = value;
		return value != NULL;
	}
	*flags[option - ARRAY_LEN(texts)] = true;
	return true;
}

/* Takes the common options out of argv, wherever they stand; returns the new argc. */
static int take_commons(struct console *console, int argc, char **argv, struct error *err)
{
	int kept = 1;

	for (int i = 1; i < argc; i++) {
		size_t option = ARRAY_LEN(common), len = strcspn(argv[i], "=");
		const char *value = argv[i][len] == '=' ? argv[i] + len + 1 : NULL;

		for (size_t k = 0; k < ARRAY_LEN(common); k++)
			if (strlen(common[k].name) == len &&
			    strncmp(argv[i], common[k].name, len) == 0)
				option = k;
		if (option == ARRAY_LEN(common)) {
			argv[kept++] = argv[i];
			continue;
		}
		if (value == NULL && common[option].value != NULL && i + 1 < argc)
			value = argv[++i];
		if (!take_common(console, option, value)) {
			error_set(err, ERR_USAGE, _("%s needs a value: %s"), common[option].name,
				  common[option].value);
			return -1;
		}
	}
	argv[kept] = NULL;
	return kept;
}

static enum err help(struct error *err)
{
	struct str out = STR_INIT;
	enum err rc;

	str_addf(&out, _("zhiban %s, the duty officer's console\n\n"), PACKAGE_VERSION);
	str_add(&out, _("  zhiban                  opens the console\n"));
	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++) {
		str_addf(&out, "  zhiban %s %s\n", subcommands[i].name, subcommands[i].words);
		str_addf(&out, "                          %s\n", _(subcommands[i].help));
	}
	str_add(&out, _("\nCommon options:\n"));
	for (size_t i = 0; i < ARRAY_LEN(common); i++)
		str_addf(&out, "  %-11s %-6s %s\n", common[i].name,
			 common[i].value ? common[i].value : "", _(common[i].help));
	str_add(&out, _("\nExit status: 0 done; 1 failed; 2 wrong use; 3 not in step; "
			"4 refused by a rule; 5 not allowed or not logged in\n"));
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

static enum err help_of(const struct subcommand *command, struct error *err)
{
	struct str out = STR_INIT;
	enum err rc;

	str_addf(&out, "zhiban %s %s\n\n%s\n\n%s\n  %s\n", command->name, command->words,
		 _(command->help), _("Example:"), command->example);
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

static enum err open_face(struct console *console, int *ret_status, struct error *err)
{
	struct face_options options;
	enum err rc = console_server(console, err);

	if (rc != ERR_OK)
		return rc;
	options = (struct face_options){ .settings = &console->settings,
					 .server = console->server,
					 .theme = console->theme,
					 .thin = console->thin || console->server->thin,
					 .plain = console->plain,
					 .read_only = console->read_only,
					 .env = &console->env };
	*ret_status = face_run(&options, err);
	return *ret_status == 0 ? ERR_OK : err->code;
}

static enum err dispatch(struct console *console, int argc, char **argv, int *ret_status,
			 struct error *err)
{
	struct str out = STR_INIT;
	enum err rc;

	if (argc < 2)
		return open_face(console, ret_status, err);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return help(err);
	if (strcmp(argv[1], "--version") == 0) {
		str_addf(&out, "zhiban %s\n", PACKAGE_VERSION);
		rc = console_print(&out, err);
		str_release(&out);
		return rc;
	}
	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++) {
		if (strcmp(subcommands[i].name, argv[1]) != 0)
			continue;
		for (int k = 2; k < argc; k++)
			if (strcmp(argv[k], "--help") == 0)
				return help_of(&subcommands[i], err);
		return subcommands[i].run(console, argc - 1, argv + 1, err);
	}
	return error_set(err, ERR_USAGE, _("\"%s\" is no command; `zhiban --help` lists them"),
			 argv[1]);
}

/* The configured language counts before the first word is said; a bad file is told later. */
static void choose_language(struct console *console)
{
	struct settings settings = { .language = NULL };

	i18n_init(NULL, dirs_locale(&console->arena));
	if (settings_read(console->config, &console->arena, &settings, NULL) == ERR_OK &&
	    settings.language != NULL && settings.language[0] != '\0')
		i18n_init(settings.language, dirs_locale(&console->arena));
}

static void complain(const struct error *err)
{
	struct str line = STR_INIT;

	text_clean(&line, err->text, strlen(err->text), false);
	fprintf(stderr, "zhiban: %s\n", str_get(&line));
	str_release(&line);
}

int main(int argc, char **argv)
{
	struct console console = { .arena = ARENA_INIT };
	struct error err = ERROR_INIT;
	int status = 0;
	enum err rc;

	console.env = env_system(&console.shift);
	argc = take_commons(&console, argc, argv, &err);
	choose_language(&console);
	rc = argc < 0 ? err.code : crypto_init(&err);
	if (rc == ERR_OK)
		rc = dispatch(&console, argc, argv, &status, &err);
	if (rc != ERR_OK && err.text[0] != '\0')
		complain(&err);
	client_close(console.client);
	arena_release(&console.arena);
	return status != 0 ? status : status_of(rc);
}
