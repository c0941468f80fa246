/* What is known of callers goes: of one case by hand, of old ones as the profile says. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/i18n.h"

enum err run_erase(const struct args *args, struct error *err)
{
	const char *reason = args_value(args, "reason");
	struct str lines = STR_INIT, out = STR_INIT;
	struct admin *admin = NULL;
	struct folder folder;
	enum err code;

	if (reason == NULL || *reason == '\0')
		return error_set(err, ERR_USAGE, "%s", _("say why: --reason TEXT"));
	code = folder_open(&folder, args->words[0], err);
	if (code != ERR_OK)
		return code;
	code = admin_form(&lines, "incident", args->words[1], err);
	if (code == ERR_OK)
		code = admin_form(&lines, "reason", reason, err);
	if (code == ERR_OK)
		code = admin_open(&folder, &admin, err);
	if (code == ERR_OK)
		code = admin_call(admin, "POST", "/v1/admin/erase", str_get(&lines), NULL, 0, &out,
				  err);
	if (code == ERR_OK)
		fputs(str_get(&out), stdout);
	admin_close(admin);
	str_release(&lines);
	str_release(&out);
	folder_release(&folder);
	return code;
}

/* What the next pass is to be told: what the last one said, up to the words for people. */
static enum err next_pass(const char *answer, bool dry, struct str *lines, struct error *err)
{
	static const char *const names[] = { "stage", "after", "cases", "answers" };
	struct arena arena = ARENA_INIT;
	enum err code = admin_form(lines, "dry", dry ? "1" : "0", err);

	for (size_t i = 0; code == ERR_OK && i < sizeof names / sizeof *names; i++)
		code = admin_form(lines, names[i], admin_value(answer, names[i], &arena), err);
	arena_release(&arena);
	return code;
}

static enum err purge_all(struct admin *admin, bool dry, struct str *out, struct error *err)
{
	struct str lines = STR_INIT;
	enum err code = ERR_OK;

	do {
		str_clear(&lines);
		code = next_pass(str_get(out), dry, &lines, err);
		str_clear(out);
		if (code == ERR_OK)
			code = admin_call(admin, "POST", "/v1/admin/purge", str_get(&lines), NULL, 0,
					  out, err);
	} while (code == ERR_OK && !str_starts(str_get(out), "end="));
	str_release(&lines);
	return code;
}

/* The words for people stand behind four lines "name=value". */
static const char *words_of(const char *answer)
{
	for (int i = 0; i < 4 && *answer != '\0'; i++)
		answer += strcspn(answer, "\n") + (answer[strcspn(answer, "\n")] != '\0');
	return answer;
}

enum err run_purge(const struct args *args, struct error *err)
{
	bool dry = args_value(args, "dry-run") != NULL;
	struct str out = STR_INIT;
	struct admin *admin = NULL;
	struct folder folder;
	enum err code = folder_open(&folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = admin_open(&folder, &admin, err);
	if (code == ERR_OK)
		code = purge_all(admin, dry, &out, err);
	if (code == ERR_OK)
		printf("%s\n%s", dry ? _("this would go:") : _("this went:"),
		       words_of(str_get(&out)));
	admin_close(admin);
	str_release(&out);
	folder_release(&folder);
	return code;
}
