/* zhiband places: an address table in the canonical form, put in force. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/profile/profile.h"
#include "zhiban/wire/places.h"

enum { WORDS_MAX = 1024 * 1024 };

/* What is asked for, on its way to the server. */
struct loading {
	const struct args *args;
	struct arena arena;
	struct folder folder;
	struct admin *admin;
	struct jurisdiction *profile;
	struct str text; /* canonical */
	struct places_read read;
};

static enum err read_table(struct loading *loading, struct error *err)
{
	struct str words = STR_INIT;
	enum err code = file_read(dirs_resource(&loading->arena, "profiles/place-columns.conf"),
				  WORDS_MAX, &words, err);

	if (code == ERR_OK)
		code =
		    places_from_file(loading->args->words[2], str_get(&words), words.len,
				     &loading->profile->rules, &loading->text, &loading->read, err);
	str_release(&words);
	return code;
}

static enum err write_rejects(const struct loading *loading, struct error *err)
{
	const char *path = args_value(loading->args, "rejects");
	const struct str *rejects = &loading->read.rejects;

	if (path == NULL || loading->read.rejected == 0)
		return ERR_OK;
	return file_write(path, str_get(rejects), rejects->len, 0644, err);
}

static void tell(const struct loading *loading)
{
	const struct str *rejects = &loading->read.rejects;
	const char *header = strchr(str_get(rejects), '\n');

	printf(_("%lld rows (%s): %lld kept, %lld rejected\n"), (long long)loading->read.rows,
	       loading->read.encoding, (long long)loading->read.kept,
	       (long long)loading->read.rejected);
	if (header != NULL && args_value(loading->args, "rejects") == NULL)
		fputs(header + 1, stderr);
}

static enum err put_in_force(struct loading *loading, struct error *err)
{
	struct str lines = STR_INIT, out = STR_INIT;
	enum err code = admin_form(&lines, "reason", args_value(loading->args, "reason"), err);

	if (code == ERR_OK)
		code = admin_call(loading->admin, "POST", "/v1/admin/places", lines.s,
				  str_get(&loading->text), loading->text.len, &out, err);
	if (code == ERR_OK)
		fputs(str_get(&out), stdout);
	str_release(&lines);
	str_release(&out);
	return code;
}

static enum err load(struct loading *loading, struct error *err)
{
	enum err code = folder_open(&loading->folder, loading->args->words[1], err);

	if (code == ERR_OK)
		code = admin_open(&loading->folder, &loading->admin, err);
	if (code == ERR_OK)
		code = admin_rules(loading->admin, &loading->profile, err);
	if (code == ERR_OK)
		code = read_table(loading, err);
	if (code == ERR_OK)
		code = write_rejects(loading, err);
	if (code != ERR_OK)
		return code;
	tell(loading);
	if (loading->read.kept == 0)
		return error_set(err, ERR_INPUT, "%s",
				 _("no row could be kept: nothing was changed"));
	return args_value(loading->args, "dry-run") != NULL ? ERR_OK : put_in_force(loading, err);
}

enum err run_places(const struct args *args, struct error *err)
{
	struct loading loading = { .args = args, .text = STR_INIT };
	enum err code;

	if (strcmp(args->words[0], "load") != 0)
		return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
				 args->command->name, args->command->words, args->command->name);
	arena_init(&loading.arena);
	folder_init(&loading.folder, args->words[1]);
	code = load(&loading, err);
	admin_close(loading.admin);
	profile_free(loading.profile);
	folder_release(&loading.folder);
	str_release(&loading.text);
	str_release(&loading.read.rejects);
	arena_release(&loading.arena);
	return code;
}
