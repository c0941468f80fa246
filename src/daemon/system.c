/* Other systems that send: tokens. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/i18n.h"

enum { SYSTEMS_OPTIONS = 4 };
static const char *const passed[SYSTEMS_OPTIONS] = { "source", "org", "kinds", "rate" };

static enum err system_ask(const struct args *args, struct str *form, struct error *err)
{
	enum err code = admin_form(form, "op", args->words[1], err);

	if (code == ERR_OK)
		code = admin_form(form, "name", args->words[2], err);
	for (size_t i = 0; code == ERR_OK && i < SYSTEMS_OPTIONS; i++)
		code = admin_form(form, passed[i], args_value(args, passed[i]), err);
	return code;
}

static enum err check_words(const struct args *args, struct error *err)
{
	const char *op = args->words[1];
	bool list = strcmp(op, "list") == 0;

	if (!list && strcmp(op, "add") != 0 && strcmp(op, "revoke") != 0)
		return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
				 args->command->name, args->command->words, args->command->name);
	if (!list && args->n_words < 3)
		return error_set(err, ERR_USAGE, _("system %s wants a name"), op);
	if (strcmp(op, "add") == 0 && args_value(args, "source") == NULL)
		return error_set(err, ERR_USAGE, "%s",
				 _("--source is wanted: it stands on all that the system sends"));
	return ERR_OK;
}

enum err run_system(const struct args *args, struct error *err)
{
	struct str form = STR_INIT, out = STR_INIT;
	struct admin *admin = NULL;
	struct folder folder;
	bool list = strcmp(args->words[1], "list") == 0;
	enum err code = check_words(args, err);

	if (code == ERR_OK)
		code = folder_open(&folder, args->words[0], err);
	if (code != ERR_OK)
		return code;
	if (!list)
		code = system_ask(args, &form, err);
	if (code == ERR_OK)
		code = admin_open(&folder, &admin, err);
	if (code == ERR_OK)
		code = admin_call(admin, list ? "GET" : "POST", "/v1/admin/systems",
				  list ? NULL : str_get(&form), NULL, 0, &out, err);
	/* the token stands alone on its line; it is shown this once */
	if (code == ERR_OK && (list || strcmp(args->words[1], "add") == 0))
		fputs(str_get(&out), stdout);
	admin_close(admin);
	str_release(&form);
	str_release(&out);
	folder_release(&folder);
	return code;
}
