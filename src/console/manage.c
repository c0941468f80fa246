/* zhiban manage: what the three administrators do, each his own; the server knows who may.  A table
 * of words; the server resolves names of organisations and roles, and says what is wrong. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/ask.h"

enum { WORDS_MOST = 4, OPTIONS_MOST = 8 };

static const struct deed {
	const char *thing, *verb; /* verb "": what is listed */
	const char *method, *path;
	const char *op;		  /* of the form; "" none */
	const char *about;	  /* what the next word is called in the request; NULL: there is none */
	bool must;		  /* it cannot be left out */
	const char *options[OPTIONS_MOST];
} deeds[] = {
	{ "status", "", "GET", "status", "", NULL, false, { NULL } },
	{ "backup", "", "POST", "backup", "", NULL, false, { NULL } },
	{ "officers", "", "GET", "officers", "", NULL, false, { "format" } },
	{ "officers", "add", "POST", "officers", "add", "name", true,
	  { "org", "role", "post", "phone", "pin-file" } },
	{ "officers", "move", "POST", "officers", "move", "name", true,
	  { "org", "role", "reason" } },
	{ "officers", "disable", "POST", "officers", "disable", "name", true, { NULL } },
	{ "officers", "enable", "POST", "officers", "enable", "name", true, { NULL } },
	{ "officers", "passwd", "POST", "officers", "passwd", "name", true, { "pin-file" } },
	{ "officers", "totp", "POST", "officers", "totp", "name", true, { NULL } },
	{ "officers", "totp-off", "POST", "officers", "totp-off", "name", true, { NULL } },
	{ "review", "", "GET", "review", "", NULL, false, { "format" } },
	{ "codes", "", "GET", "codes", "", NULL, false, { "format" } },
	{ "codes", "add", "POST", "codes", "", "officer", false, { "org", "role", "hours" } },
	{ "codes", "revoke", "DELETE", "codes", "", "id", false, { "officer" } },
	{ "sessions", "", "GET", "sessions", "", NULL, false, { "format" } },
	{ "sessions", "end", "DELETE", "sessions", "", "id", false, { "officer" } },
	{ "consoles", "", "GET", "consoles", "", NULL, false, { "format" } },
	{ "consoles", "close", "DELETE", "consoles", "", "id", true, { NULL } },
	{ "audit", "", "GET", "audit", "", NULL, false,
	  { "format", "since", "after", "limit", "who", "what", "about" } },
};

static const char *const names[] = { "org",   "role",  "post",	"phone", "reason", "hours",
				     "officer", "format", "since", "after", "limit",  "who",
				     "what",  "about", "pin-file" };
enum { NAMES = ARRAY_LEN(names) };

static enum err unknown(const char *word, struct error *err)
{
	struct str known = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(deeds); i++)
		if (strcmp(deeds[i].thing, word) == 0)
			str_addf(&known, "\n  zhiban manage %s%s%s", word,
				 *deeds[i].verb ? " " : "", deeds[i].verb);
	if (known.len == 0)
		for (size_t i = 0; i < ARRAY_LEN(deeds); i++)
			if (!*deeds[i].verb)
				str_addf(&known, "\n  zhiban manage %s", deeds[i].thing);
	error_set(err, ERR_USAGE, _("there are:%s"), str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

static const struct deed *find(const char *const *words, size_t n, size_t *ret_used)
{
	const struct deed *listing = NULL;

	for (size_t i = 0; i < ARRAY_LEN(deeds) && n > 0; i++) {
		if (strcmp(deeds[i].thing, words[0]) != 0)
			continue;
		if (n > 1 && strcmp(deeds[i].verb, words[1]) == 0 && *deeds[i].verb) {
			*ret_used = 2;
			return &deeds[i];
		}
		if (!*deeds[i].verb)
			listing = &deeds[i];
	}
	*ret_used = n > 1 && strcmp(words[1], "list") == 0 ? 2 : 1;
	return n == *ret_used ? listing : NULL;
}

static bool takes(const struct deed *deed, const char *name)
{
	for (size_t i = 0; i < OPTIONS_MOST && deed->options[i] != NULL; i++)
		if (strcmp(deed->options[i], name) == 0)
			return true;
	return false;
}

static enum err check_options(const struct deed *deed, const char *const values[NAMES],
			      struct error *err)
{
	for (size_t i = 0; i < NAMES; i++)
		if (values[i] != NULL && !takes(deed, names[i]))
			return error_set(err, ERR_USAGE, _("zhiban manage %s %s takes no --%s"),
					 deed->thing, deed->verb, names[i]);
	return ERR_OK;
}

/* A line of a form, or a word of the query. */
static enum err put(const struct deed *deed, struct str *form, struct str *path, const char *name,
		    const char *value, struct error *err)
{
	if (value == NULL)
		return ERR_OK;
	if (strpbrk(value, "\r\n") != NULL)
		return error_set(err, ERR_USAGE, _("%s: one line, please"), name);
	if (strcmp(deed->method, "POST") == 0) {
		str_addf(form, "%s=%s\n", name, value);
		return ERR_OK;
	}
	str_addf(path, "%c%s=", strchr(str_get(path), '?') != NULL ? '&' : '?', name);
	ask_escape(path, value);
	return ERR_OK;
}

static enum err put_pin(const struct deed *deed, const char *file, struct str *form,
			struct error *err)
{
	bool asked = strcmp(deed->op, "passwd") == 0;
	char pin[64];
	enum err rc;

	if (file == NULL && !asked)
		return ERR_OK; /* he sets his own when he enrols */
	rc = command_pin(file, true, pin, err);
	if (rc == ERR_OK)
		str_addf(form, "pin=%s\n", pin);
	explicit_bzero(pin, sizeof pin);
	return rc;
}

static enum err compose(const struct deed *deed, const char *about,
			const char *const values[NAMES], struct str *form, struct str *path,
			struct error *err)
{
	bool usual = takes(deed, "format");
	enum err rc = ERR_OK;

	str_addf(path, "/v1/manage/%s", deed->path);
	if (*deed->op)
		str_addf(form, "op=%s\n", deed->op);
	if (deed->about != NULL)
		rc = put(deed, form, path, deed->about, about, err);
	for (size_t i = 0; i < NAMES && rc == ERR_OK; i++) {
		usual = usual && !(values[i] != NULL && strcmp(names[i], "format") == 0);
		if (strcmp(names[i], "pin-file") == 0)
			rc = takes(deed, "pin-file") ? put_pin(deed, values[i], form, err) : ERR_OK;
		else
			rc = put(deed, form, path, names[i], values[i], err);
	}
	return rc == ERR_OK && usual ? put(deed, form, path, "format", "table", err) : rc;
}

static enum err do_it(struct console *console, const struct deed *deed, const char *about,
		      const char *const values[NAMES], struct error *err)
{
	struct str form = STR_INIT, path = STR_INIT, out = STR_INIT;
	struct ask_reply reply = { .len = 0 };
	enum err rc = compose(deed, about, values, &form, &path, err);

	if (rc == ERR_OK)
		rc = server_ask(console->server, deed->method, str_get(&path),
				form.len > 0 ? str_get(&form) : NULL, form.len, &console->arena,
				&reply, err);
	if (form.s != NULL)
		crypto_wipe(form.s, form.len);
	if (rc == ERR_NOT_FOUND && strstr(err->text, "/v1/manage/") != NULL)
		rc = error_set(err, ERR_DENIED,
			       _("zhiban manage %s is not for this role; what was tried stands in the "
				 "audit log"),
			       deed->thing);
	if (rc == ERR_OK && strcmp(deed->method, "GET") == 0 && reply.len == 0)
		fprintf(stderr, "%s\n", _("There is nothing to list."));
	if (rc == ERR_OK && reply.len > 0) {
		str_add_bytes(&out, reply.body, reply.len);
		if (reply.body[reply.len - 1] != '\n')
			str_add_char(&out, '\n');
		rc = console_print(&out, err);
	}
	str_release(&form);
	str_release(&path);
	str_release(&out);
	return rc;
}

enum err manage_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *rest[WORDS_MOST], *values[NAMES] = { NULL };
	struct command_option options[NAMES];
	const struct deed *deed;
	size_t n, used;
	enum err rc;

	for (size_t i = 0; i < NAMES; i++)
		options[i] = (struct command_option){ names[i], &values[i], NULL };
	rc = command_words(argc, argv, options, NAMES, rest, WORDS_MOST, &n, err);
	if (rc != ERR_OK)
		return rc;
	deed = find(rest, n, &used);
	if (deed == NULL)
		return unknown(n > 0 ? rest[0] : "", err);
	if (n - used > (deed->about != NULL) || (deed->must && n == used))
		return error_set(err, ERR_USAGE, deed->must ? _("zhiban manage %s %s wants one %s") :
							      _("zhiban manage %s %s: no more words%s"),
				 deed->thing, deed->verb,
				 deed->must ? strcmp(deed->about, "name") == 0 ? _("name") : "id" :
					      "");
	rc = check_options(deed, values, err);
	if (rc == ERR_OK)
		rc = console_server(console, err);
	return rc == ERR_OK ? do_it(console, deed, n > used ? rest[used] : NULL, values, err) : rc;
}
