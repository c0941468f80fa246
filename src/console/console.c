#include <config.h>

#include "console.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/value.h"

enum err console_server(struct console *console, struct error *err)
{
	enum err rc;

	if (console->server != NULL)
		return ERR_OK;
	if (!console->has_settings) {
		rc = settings_read(console->config, &console->arena, &console->settings, err);
		if (rc != ERR_OK)
			return rc;
		console->has_settings = true;
	}
	rc = settings_server(&console->settings, console->server_name, &console->server, err);
	/* A console that is enrolled nowhere is one that may not: scripts see 5, not 1. */
	if (rc == ERR_NOT_FOUND && console->settings.n_servers == 0)
		rc = ERR_AUTH;
	return rc;
}

enum err console_client(struct console *console, struct error *err)
{
	enum err rc = console_server(console, err);

	if (rc != ERR_OK || console->client != NULL)
		return rc;
	return client_open(&(struct client_options){ .dir = console->server->dir,
						     .read_only = console->read_only,
						     .env = &console->env },
			   &console->client, err);
}

static const struct command_option *find_option(const struct command_option *options, size_t n,
						const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(options[i].name) == len && strncmp(options[i].name, name, len) == 0)
			return &options[i];
	return NULL;
}

/* One option at argv[*at]; its value may be the next word. */
static enum err take_option(char **argv, int *at, const struct command_option *options, size_t n,
			    struct error *err)
{
	const char *name = argv[*at] + 2;
	size_t len = strcspn(name, "=");
	const struct command_option *option = find_option(options, n, name, len);

	if (option == NULL)
		return error_set(err, ERR_USAGE, _("unknown option %s; see `zhiban %s --help`"),
				 argv[*at], argv[0]);
	if (option->flag != NULL) {
		if (name[len] == '=')
			return error_set(err, ERR_USAGE, _("--%s takes no value"), option->name);
		*option->flag = true;
		return ERR_OK;
	}
	*option->text = name[len] == '=' ? name + len + 1 : argv[++*at];
	if (*option->text == NULL)
		return error_set(err, ERR_USAGE, _("--%s needs a value"), option->name);
	return ERR_OK;
}

enum err command_words(int argc, char **argv, const struct command_option *options, size_t n,
		       const char **rest, size_t max_rest, size_t *ret_n_rest, struct error *err)
{
	size_t n_rest = 0;
	bool only_words = false;

	for (int i = 1; i < argc; i++) {
		enum err rc;

		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (!only_words && str_starts(argv[i], "--")) {
			rc = take_option(argv, &i, options, n, err);
			if (rc != ERR_OK)
				return rc;
		} else if (n_rest == max_rest) {
			return error_set(err, ERR_USAGE,
					 _("\"%s\" is one word too many; see `zhiban %s --help`"),
					 argv[i], argv[0]);
		} else {
			rest[n_rest++] = argv[i];
		}
	}
	*ret_n_rest = n_rest;
	return ERR_OK;
}

enum err command_seconds(const char *option, const char *text, int64_t *ret_ms, struct error *err)
{
	enum { DAY_S = 86400 };
	long long seconds = 0;

	if (text != NULL && !str_int(text, 0, DAY_S, &seconds))
		return error_set(err, ERR_USAGE,
				 _("%s takes whole seconds from 0 to %d, not \"%s\""), option,
				 DAY_S, text);
	*ret_ms = seconds * 1000;
	return ERR_OK;
}

static enum err pin_of_file(const char *path, char pin[64], struct error *err)
{
	struct str text = STR_INIT;
	struct stat st;
	enum err rc;

	if (stat(path, &st) != 0)
		return error_errno(err, ERR_IO, errno, "%s", path);
	if ((st.st_mode & 077) != 0)
		return error_set(err, ERR_USAGE, _("%s can be read by others: chmod 600 it first"),
				 path);
	rc = file_read(path, 256, &text, err);
	while (text.len > 0 && (text.s[text.len - 1] == '\n' || text.s[text.len - 1] == '\r'))
		str_cut(&text, text.len - 1);
	if (rc == ERR_OK && !str_copy(pin, 64, str_get(&text)))
		rc = error_set(err, ERR_INPUT, _("the PIN in %s is too long"), path);
	if (text.s != NULL)
		explicit_bzero(text.s, text.len);
	str_release(&text);
	return rc;
}

/* Typed without being shown. */
static enum err ask(const char *words, char pin[64], struct error *err)
{
	struct termios old, quiet;
	char *newline;
	bool got;

	if (tcgetattr(STDIN_FILENO, &old) != 0)
		return error_set(err, ERR_USAGE,
				 _("there is no terminal to ask for the PIN: use --pin-file"));
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	fprintf(stderr, "%s", words);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	got = fgets(pin, 64, stdin) != NULL;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
	fputc('\n', stderr);
	newline = got ? strchr(pin, '\n') : NULL;
	if (newline == NULL)
		return error_set(err, ERR_INPUT, _("no PIN was typed, or it is too long"));
	*newline = '\0';
	return ERR_OK;
}

enum err command_pin(const char *file, bool twice, char pin[64], struct error *err)
{
	char again[64];
	enum err rc;

	if (file != NULL)
		return pin_of_file(file, pin, err);
	rc = ask(twice ? _("New PIN (4 to 32 characters): ") : _("PIN: "), pin, err);
	if (rc != ERR_OK || !twice)
		return rc;
	rc = ask(_("Once more: "), again, err);
	if (rc == ERR_OK && strcmp(pin, again) != 0)
		rc = error_set(err, ERR_INPUT, _("the two PINs differ: start again"));
	explicit_bzero(again, sizeof again);
	return rc;
}

enum err command_digits(char digits[64], struct error *err)
{
	enum err rc = isatty(STDIN_FILENO) ? ask(_("The six digits of the second factor: "),
						 digits, err) :
					     ERR_SECOND;

	if (rc == ERR_SECOND)
		error_set(err, rc, "%s",
			  _("a second factor is wanted: --totp with its six digits"));
	return rc;
}

enum err console_print(struct str *out, struct error *err)
{
	bool good = fwrite(str_get(out), 1, out->len, stdout) == out->len && fflush(stdout) == 0;

	str_clear(out);
	return good ? ERR_OK : error_errno(err, ERR_IO, errno, _("writing the output"));
}

static enum err no_such_field(const struct act_desc *act, const char *name, struct error *err)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act, args);
	struct str known = STR_INIT;

	for (size_t i = 0; i < n; i++)
		if ((args[i].field->flags & F_HIDDEN) == 0)
			str_addf(&known, " %s", args[i].field->name);
	error_set(err, ERR_USAGE, _("%s has no field \"%s\"; it takes%s"), act->verb, name,
		  str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

/* What was only begun, or typed in pinyin, is told as it was understood. */
static void say_meant(struct console *console, const struct field *field, const char *word,
		      struct value value)
{
	const struct rules *rules = client_rules(console->client);
	struct value named;
	char buf[64];

	if (field->type != FIELD_ORG && field->type != FIELD_CODE && field->type != FIELD_CHOICE)
		return;
	if (rules_parse(rules, field, word, &console->arena, &named, NULL) == ERR_OK &&
	    named.num == value.num && str_eq(named.text, value.text))
		return;
	fprintf(stderr, _("%s: %s is taken for %s\n"), _(field->title), word,
		rules_show(rules, field, value, buf, sizeof buf));
}

/* Several organisations or tickets may stand in one word, with commas: their names have none. */
static enum err give_words(struct console *console, const struct field *field, char *words,
			   struct given *given, size_t *n_given, struct error *err)
{
	bool several = (field->flags & F_REPEAT) != 0 &&
		       (field->type == FIELD_ORG || client_is_ticket(field));
	char *rest = words, *word;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && (word = several ? strsep(&rest, ",") : rest) != NULL) {
		if (*n_given == ACT_ARGS_MAX)
			return error_set(err, ERR_USAGE, _("too many fields"));
		given[*n_given].field = field;
		rc = client_value(console->client, field, word, &console->arena,
				  &given[*n_given].value, err);
		if (rc == ERR_OK)
			say_meant(console, field, word, given[(*n_given)++].value);
		if (!several)
			break;
	}
	return rc;
}

/* By its name, or as it is called in JSON. */
static const struct field *field_said(const struct act_desc *act, const char *name)
{
	const struct field *field = act_arg_field(act, name);
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act, args);

	for (size_t i = 0; field == NULL && i < n; i++)
		if (strcmp(args[i].field->json, name) == 0)
			field = args[i].field;
	return field;
}

enum err console_given(struct console *console, const struct act_desc *act, const char *const *words,
		       size_t n, struct given *given, size_t *n_given, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		const char *equals = strchr(words[i], '=');
		const struct field *field;
		char *name;
		enum err rc;

		if (equals == NULL)
			return error_set(err, ERR_USAGE,
					 _("\"%s\" is no FIELD=VALUE; see `zhiban do --help`"),
					 words[i]);
		name = arena_strndup(&console->arena, words[i], (size_t)(equals - words[i]));
		field = field_said(act, name);
		if (field == NULL && strcmp(name, "file") == 0 &&
		    act_arg_field(act, "file_hash") != NULL &&
		    *n_given + CLIENT_FILE_GIVEN <= ACT_ARGS_MAX)
			rc = client_file(act, equals + 1, &console->arena, given, n_given, err);
		else if (field == NULL)
			rc = no_such_field(act, name, err);
		else
			rc = give_words(console, field, arena_strdup(&console->arena, equals + 1),
					given, n_given, err);
		if (rc != ERR_OK)
			return rc;
	}
	return ERR_OK;
}
