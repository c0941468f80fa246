#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static int exit_status(enum err code)
{
	switch (code) {
	case ERR_OK:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_REFUSED:
		return 4;
	case ERR_AUTH:
	case ERR_SECOND:
	case ERR_DENIED:
		return 5;
	case ERR_INPUT:
	case ERR_NOT_FOUND:
	case ERR_EXISTS:
	case ERR_EPOCH:
	case ERR_SCOPE:
	case ERR_NEED:
	case ERR_CLONED:
	case ERR_GONE:
	case ERR_TOO_LARGE:
	case ERR_VERSION:
	case ERR_TOO_MANY:
	case ERR_IO:
	case ERR_CORRUPT:
	case ERR_BUSY:
	case ERR_OFFLINE:
	case ERR_FULL:
		break;
	}
	return 1;
}

static int complain(const struct error *err, enum err code)
{
	const char *sentence = err->text[0] != '\0' ? err->text : _(err_sentence(code));
	struct str clean = STR_INIT;

	text_clean(&clean, sentence, strlen(sentence), true);
	fprintf(stderr, "zhiband: %s\n", str_get(&clean));
	str_release(&clean);
	return exit_status(code);
}

static void help(void)
{
	puts(_("zhiband, the server of the duty consoles of one district\n"));
	for (size_t i = 0; command_at(i) != NULL; i++) {
		const struct command *command = command_at(i);

		if (command->help != NULL)
			printf("  zhiband %s %s\n      %s\n", command->name, command->words,
			       _(command->help));
	}
	puts(_("\nzhiband COMMAND --help says more, with an example."));
}

static int run(const struct command *command, int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct args args;
	enum err code;

	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 && command->help != NULL) {
			command_help(command);
			return 0;
		}
	code = args_parse(command, argc, argv, &args, &err);
	if (code == ERR_OK)
		code = command->run(&args, &err);
	if (fflush(stdout) != 0 && code == ERR_OK)
		code = error_set(&err, ERR_IO, "%s", _("standard output cannot be written"));
	return code == ERR_OK ? 0 : complain(&err, code);
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct command *command;
	enum err code;

	i18n_init(NULL, dirs_locale(&arena));
	arena_release(&arena);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a limit of the disk is an error like others, not an end */
	code = crypto_init(&err);
	if (code != ERR_OK)
		return complain(&err, code);
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help();
		return argc < 2 ? 2 : 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("zhiband %s\n", PACKAGE_VERSION);
		return 0;
	}
	command = command_find(argv[1]);
	if (command == NULL) {
		error_set(&err, ERR_USAGE, _("there is no command %s; see zhiband --help"),
			  argv[1]);
		return complain(&err, ERR_USAGE);
	}
	return run(command, argc - 2, argv + 2);
}
