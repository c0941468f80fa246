/* zhiban enroll, login, logout. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/client/enroll.h"

/* One sentence with one name in it; the name comes from outside. */
static enum err say(struct error *err, const char *sentence, const char *who)
{
	const char *slot = strstr(sentence, "%s");
	struct str out = STR_INIT;
	enum err rc;

	str_add_bytes(&out, sentence, (size_t)(slot - sentence));
	text_clean(&out, who, strlen(who), false);
	str_addf(&out, "%s\n", slot + 2);
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

enum err enroll_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *name = NULL, *pin_file = NULL, *rest[2], *officer = NULL;
	const struct command_option options[] = {
		{ "name", &name, NULL },
		{ "pin-file", &pin_file, NULL },
	};
	char pin[64];
	size_t n;
	enum err rc = command_words(argc, argv, options, 2, rest, 2, &n, err);

	if (rc == ERR_OK && n != 2)
		rc = error_set(err, ERR_USAGE,
			       _("say the server's address and the one-time code: %s"),
			       "zhiban enroll https://HOST:PORT CODE");
	if (rc == ERR_OK)
		rc = command_pin(pin_file, true, pin, err);
	if (rc != ERR_OK)
		return rc;
	rc = enroll(&(struct enrolment){ .config_path = console->config,
					 .url = rest[0],
					 .code = rest[1],
					 .server = console->server_name,
					 .officer = name,
					 .pin = pin },
		    &console->env, &console->arena, &officer, err);
	explicit_bzero(pin, sizeof pin);
	return rc != ERR_OK ? rc : say(err, _("enrolled; %s is logged in"), officer);
}

enum err login_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *pin_file = NULL;
	struct login_words words = { .totp = NULL };
	const struct command_option options[] = {
		{ "officer", &words.officer, NULL },
		{ "pin-file", &pin_file, NULL },
		{ "totp", &words.totp, NULL },
	};
	char pin[64], digits[64];
	size_t n;
	enum err rc = command_words(argc, argv, options, 3, NULL, 0, &n, err);

	if (rc == ERR_OK)
		rc = console_server(console, err);
	if (rc == ERR_OK)
		rc = command_pin(pin_file, false, pin, err);
	if (rc != ERR_OK)
		return rc;
	words.pin = pin;
	rc = session_login(console->server, &words, &console->env, err);
	if (rc == ERR_SECOND && words.totp == NULL) {
		rc = command_digits(digits, err);
		words.totp = digits;
		if (rc == ERR_OK)
			rc = session_login(console->server, &words, &console->env, err);
	}
	explicit_bzero(pin, sizeof pin);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc != ERR_OK)
		return rc;
	return say(err, _("%s is logged in"), client_actor(console->client)
						      ? client_actor(console->client)->officer
						      : "");
}

enum err logout_command(struct console *console, int argc, char **argv, struct error *err)
{
	bool wipe = false;
	const struct command_option options[] = { { "wipe", NULL, &wipe } };
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, NULL, 0, &n, err);

	if (rc == ERR_OK)
		rc = console_server(console, err);
	if (rc == ERR_OK)
		rc = session_logout(console->server, wipe, &console->env, err);
	return rc != ERR_OK ? rc : say(err, _("logged out of %s"), console->server->name);
}
