#include <config.h>

#include <stdio.h>
#include <string.h>

#include "command_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"

static const struct option_desc no_options[] = { { NULL, NULL, NULL } };

static const struct option_desc *options_of(const struct command *command)
{
	return command->options != NULL ? command->options : no_options;
}

static enum err take_option(const struct command *command, int argc, char **argv, int *i,
			    struct args *args, struct error *err)
{
	const char *word = argv[*i] + 2, *equals = strchr(word, '=');
	size_t len = equals != NULL ? (size_t)(equals - word) : strlen(word);
	const struct option_desc *options = options_of(command);

	for (size_t k = 0; options[k].name != NULL; k++) {
		if (strlen(options[k].name) != len || strncmp(options[k].name, word, len) != 0)
			continue;
		if (options[k].value == NULL && equals != NULL)
			return error_set(err, ERR_USAGE, _("--%s takes no value"), options[k].name);
		if (options[k].value != NULL && equals == NULL && *i + 1 >= argc)
			return error_set(err, ERR_USAGE, _("--%s wants %s"), options[k].name,
					 options[k].value);
		if (options[k].value == NULL)
			args->values[k] = "";
		else
			args->values[k] = equals != NULL ? equals + 1 : argv[++*i];
		return ERR_OK;
	}
	return error_set(err, ERR_USAGE, _("%s has no option %s; see zhiband %s --help"),
			 command->name, argv[*i], command->name);
}

enum err args_parse(const struct command *command, int argc, char **argv, struct args *ret_args,
		    struct error *err)
{
	struct args args = { .command = command };
	bool options_end = false;

	for (int i = 0; i < argc; i++) {
		enum err code = ERR_OK;

		if (!options_end && strcmp(argv[i], "--") == 0)
			options_end = true;
		else if (!options_end && str_starts(argv[i], "--"))
			code = take_option(command, argc, argv, &i, &args, err);
		else if (args.n_words < ARGS_WORDS)
			args.words[args.n_words++] = argv[i];
		else
			code = error_set(err, ERR_USAGE, _("more than %d words"), (int)ARGS_WORDS);
		if (code != ERR_OK)
			return code;
	}
	if (args.n_words < command->min_words || args.n_words > command->max_words)
		return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
				 command->name, command->words, command->name);
	*ret_args = args;
	return ERR_OK;
}

const char *args_value(const struct args *args, const char *option)
{
	const struct option_desc *options = options_of(args->command);

	for (size_t k = 0; options[k].name != NULL; k++)
		if (strcmp(options[k].name, option) == 0)
			return args->values[k];
	return NULL;
}

void command_help(const struct command *command)
{
	const struct option_desc *options = options_of(command);
	char left[60];

	printf("zhiband %s %s%s\n\n%s\n", command->name, command->words,
	       options[0].name != NULL ? _(" [OPTION...]") : "", _(command->help));
	if (options[0].name != NULL)
		printf("\n");
	for (size_t k = 0; options[k].name != NULL; k++) {
		if (options[k].help == NULL)
			continue;
		snprintf(left, sizeof left, "--%s %s", options[k].name,
			 options[k].value != NULL ? options[k].value : "");
		printf("  %-24s %s\n", left, _(options[k].help));
	}
	printf("\n%s\n  %s\n", _("Example:"), command->example);
	if (command->more != NULL)
		printf("\n%s\n", _(command->more));
}
