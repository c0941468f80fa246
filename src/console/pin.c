/* zhiban pin: an officer changes his own PIN. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/ask.h"
#include "zhiban/client/seat.h"
#include "zhiban/store/outbox.h"
#include "zhiban/wire/message.h"

static enum err send(struct console *console, const char *old, const char *new, struct error *err)
{
	struct pin_ask ask = { .old = old, .new = new };
	struct str body = STR_INIT;
	struct ask_reply reply;
	enum err rc;

	pin_ask_encode(&ask, &body);
	rc = server_ask(console->server, "POST", "/v1/pin", str_get(&body), body.len,
			&console->arena, &reply, err);
	crypto_wipe(body.s, body.len);
	str_release(&body);
	return rc;
}

/* The locked screen of this console opens with the new one from now on. */
static enum err keep(struct console *console, const char *pin, struct error *err)
{
	struct store *outbox;
	struct outbox_who who;
	enum err rc = outbox_open(console->server->dir, false, &outbox, err);

	if (rc != ERR_OK)
		return rc;
	rc = outbox_who(outbox, NULL, &console->arena, &who, err);
	if (rc == ERR_OK)
		rc = seat_keep(outbox, who.officer, pin, env_now(&console->env), err);
	store_close(outbox);
	return rc;
}

enum err pin_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *old_file = NULL, *new_file = NULL;
	const struct command_option options[] = {
		{ "pin-file", &old_file, NULL },
		{ "new-pin-file", &new_file, NULL },
	};
	struct str out = STR_INIT;
	char old[64], new[64];
	size_t n;
	enum err rc = command_words(argc, argv, options, 2, NULL, 0, &n, err);

	if (rc == ERR_OK)
		rc = console_server(console, err);
	if (rc == ERR_OK)
		rc = command_pin(old_file, false, old, err);
	if (rc != ERR_OK)
		return rc;
	rc = command_pin(new_file, true, new, err);
	if (rc == ERR_OK)
		rc = send(console, old, new, err);
	if (rc == ERR_OK)
		rc = keep(console, new, err);
	explicit_bzero(old, sizeof old);
	explicit_bzero(new, sizeof new);
	if (rc == ERR_OK) {
		str_add(&out, _("the new PIN counts from now on, at every console\n"));
		rc = console_print(&out, err);
	}
	str_release(&out);
	return rc;
}
