/* Lists of what administrators look after, and what is revoked: codes, sessions, consoles, the audit
 * log. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static enum err wrong_use(const struct args *args, struct error *err)
{
	return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
			 args->command->name, args->command->words, args->command->name);
}

/* One request; its answer is printed. */
static enum err ask_for(const struct args *args, const char *method, const char *path,
			const struct str *form, bool in_body, struct error *err)
{
	struct str out = STR_INIT;
	struct admin *admin = NULL;
	struct folder folder;
	enum err code = folder_open(&folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = admin_open(&folder, &admin, err);
	if (code == ERR_OK)
		code = admin_call(admin, method, path, in_body ? NULL : str_get(form),
				  in_body ? form->s : NULL, in_body ? form->len : 0, &out, err);
	if (code == ERR_OK)
		fputs(str_get(&out), stdout);
	admin_close(admin);
	str_release(&out);
	folder_release(&folder);
	return code;
}

enum err manage_list(const struct args *args, const char *path, const char *const *options, size_t n,
		     struct error *err)
{
	const char *format = args_value(args, "format");
	struct str form = STR_INIT;
	enum err code = ERR_OK;

	if (format == NULL)
		format = isatty(STDOUT_FILENO) ? "table" : "tsv";
	code = admin_form(&form, "format", format, err);
	for (size_t i = 0; code == ERR_OK && i < n; i++)
		code = admin_form(&form, options[i], args_value(args, options[i]), err);
	if (code == ERR_OK)
		code = ask_for(args, "GET", path, &form, false, err);
	str_release(&form);
	return code;
}

static enum err take_back(const struct args *args, const char *path, const char *name,
			  const char *value, struct error *err)
{
	struct str form = STR_INIT;
	enum err code = admin_form(&form, name, value, err);

	if (code == ERR_OK)
		code = ask_for(args, "DELETE", path, &form, false, err);
	str_release(&form);
	return code;
}

/* --- code ------------------------------------------------------------------------------------ */

static enum err code_make(const struct args *args, struct error *err)
{
	static const char *const passed[] = { "org", "officer", "role", "hours" };
	struct str form = STR_INIT, url = STR_INIT;
	struct folder folder;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(passed); i++)
		code = admin_form(&form, passed[i], args_value(args, passed[i]), err);
	if (code == ERR_OK)
		code = folder_open(&folder, args->words[0], err);
	if (code == ERR_OK) {
		if (file_read(folder.url, 1000, &url, NULL) == ERR_OK)
			printf(_("On the console: zhiban enroll %.*s CODE\n"),
			       (int)strcspn(url.s, "\n"), url.s);
		folder_release(&folder);
		code = ask_for(args, "POST", "/v1/admin/code", &form, true, err);
	}
	str_release(&form);
	str_release(&url);
	return code;
}

enum err run_code(const struct args *args, struct error *err)
{
	const char *word = args->n_words > 1 ? args->words[1] : "make";
	const char *officer = args_value(args, "officer");

	if (strcmp(word, "make") == 0 && args->n_words <= 2)
		return code_make(args, err);
	if (strcmp(word, "list") == 0 && args->n_words == 2)
		return manage_list(args, "/v1/admin/code", NULL, 0, err);
	if (strcmp(word, "revoke") != 0)
		return wrong_use(args, err);
	if (args->n_words == 3 && strcmp(args->words[2], "all") == 0)
		return take_back(args, "/v1/admin/code", "all", "yes", err);
	if (args->n_words == 3)
		return take_back(args, "/v1/admin/code", "id", args->words[2], err);
	if (officer != NULL)
		return take_back(args, "/v1/admin/code", "officer", officer, err);
	return error_set(err, ERR_USAGE, "%s", _("code revoke wants an ID, all, or --officer NAME"));
}

/* --- session, console -------------------------------------------------------------------------- */

enum err run_session(const struct args *args, struct error *err)
{
	const char *word = args->words[1], *id = args_value(args, "id");

	if (strcmp(word, "list") == 0 && args->n_words == 2)
		return manage_list(args, "/v1/admin/sessions", NULL, 0, err);
	if (strcmp(word, "revoke") != 0 || (id == NULL && args->n_words < 3))
		return wrong_use(args, err);
	if (id != NULL)
		return take_back(args, "/v1/admin/sessions", "id", id, err);
	return take_back(args, "/v1/admin/sessions", "officer", args->words[2], err);
}

enum err run_console(const struct args *args, struct error *err)
{
	if (strcmp(args->words[1], "list") == 0 && args->n_words == 2)
		return manage_list(args, "/v1/admin/consoles", NULL, 0, err);
	if (strcmp(args->words[1], "revoke") != 0 || args->n_words < 3)
		return wrong_use(args, err);
	return take_back(args, "/v1/admin/consoles", "id", args->words[2], err);
}

/* --- audit ------------------------------------------------------------------------------------- */

enum err run_audit(const struct args *args, struct error *err)
{
	static const char *const passed[] = { "since", "limit", "who", "what", "about" };

	return manage_list(args, "/v1/admin/audit", passed, ARRAY_LEN(passed), err);
}
