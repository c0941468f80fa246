#include <config.h>

#include <string.h>

#include "lock_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"

bool pin_begin(struct pin_box *box, struct app *app, const char *officer)
{
	*box = (struct pin_box){ .app = app };
	return str_copy(box->officer, sizeof box->officer, officer);
}

void pin_wipe(struct pin_box *box)
{
	crypto_wipe(box->pin, sizeof box->pin);
	crypto_wipe(box->digits, sizeof box->digits);
	box->second = false;
}

bool pin_type(struct pin_box *box, struct key key)
{
	char *text = box->second ? box->digits : box->pin;
	size_t most = box->second ? DIGITS : PIN_MOST, len = strlen(text);
	struct key narrow = key_narrow(key);

	if (key.code == UIKEY_BACKSPACE || (key.code == 'h' && key.mods == KEY_CTRL)) {
		if (len > 0)
			text[len - 1] = '\0';
		return true;
	}
	if (key.code == 'u' && key.mods == KEY_CTRL) {
		crypto_wipe(text, len);
		return true;
	}
	if (!key_is_text(narrow) || narrow.code >= 0x7F || len == most)
		return false;
	if (box->second && (narrow.code < '0' || narrow.code > '9'))
		return false;
	text[len] = (char)narrow.code;
	return true;
}

bool pin_ready(const struct pin_box *box)
{
	return !box->asking && (box->second ? strlen(box->digits) == DIGITS : box->pin[0] != '\0');
}

void pin_send(struct pin_box *box)
{
	struct ask ask = { .kind = ASK_LOGIN };

	if (box->app->ask == NULL ||
	    !str_copy(ask.officer, sizeof ask.officer, box->officer) ||
	    !str_copy(ask.pin, sizeof ask.pin, box->pin) ||
	    !str_copy(ask.totp, sizeof ask.totp, box->digits))
		return;
	box->asking = box->sent = true;
	box->app->ask(box->app->ask_ctx, &ask);
	crypto_wipe(&ask, sizeof ask);
}

bool pin_told(struct pin_box *box, const struct tell *tell)
{
	box->asking = false;
	if (tell->code == ERR_SECOND) {
		crypto_wipe(box->digits, sizeof box->digits);
		box->second = true;
		return false;
	}
	pin_wipe(box);
	return true;
}

void pin_words(const struct pin_box *box, struct str *out)
{
	if (box->second) {
		str_addf(out, _("Second factor, six digits: %s"), box->digits);
		return;
	}
	str_add(out, "PIN: ");
	str_add_repeat(out, '*', strlen(box->pin));
}
