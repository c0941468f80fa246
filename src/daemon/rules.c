/* Profiles, and whether the data are what the journal says. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"
#include "zhiban/server/backup.h"
#include "zhiban/server/db.h"

static enum err check(const char *path, struct error *err)
{
	struct str out = STR_INIT;
	enum err code = profile_check(path, &out, err);

	if (code == ERR_OK)
		fputs(str_get(&out), stdout);
	str_release(&out);
	return code;
}

/* --- putting in force ------------------------------------------------------------------------ */

static enum err wrong_words(const struct args *args, struct error *err)
{
	return error_set(err, ERR_USAGE, _("use: zhiband %s %s; see zhiband %s --help"),
			 args->command->name, args->command->words, args->command->name);
}

/* The options that go along, a line each. */
static enum err add_options(const struct args *args, struct str *lines, struct error *err)
{
	static const char *const options[][2] = {
		{ "reason", "reason" }, { "map", "map" }, { "redue", "redue" },
	};
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(options); i++) {
		const char *value = args_value(args, options[i][0]);

		code = admin_form(lines, options[i][1],
				  value != NULL && *value == '\0' ? "1" : value, err);
	}
	return code;
}

/* Sends the text to the service and prints what it says. */
static enum err put_in_force(const struct args *args, const char *path, const struct str *text,
			     struct error *err)
{
	struct admin *admin = NULL;
	struct str lines = STR_INIT, out = STR_INIT;
	struct folder folder;
	enum err code = folder_open(&folder, args->words[1], err);

	if (code != ERR_OK)
		return code;
	code = add_options(args, &lines, err);
	if (code == ERR_OK)
		code = admin_open(&folder, &admin, err);
	if (code == ERR_OK)
		code =
		    admin_call(admin, "POST", path, lines.s, str_get(text), text->len, &out, err);
	if (code == ERR_OK)
		fputs(str_get(&out), stdout);
	admin_close(admin);
	str_release(&lines);
	str_release(&out);
	folder_release(&folder);
	return code;
}

enum err run_profile(const struct args *args, struct error *err)
{
	struct str bundle = STR_INIT;
	enum err code;

	if (strcmp(args->words[0], "check") == 0 && args->n_words == 2)
		return check(args->words[1], err);
	if (strcmp(args->words[0], "adopt") != 0 || args->n_words != 3)
		return wrong_words(args, err);
	code = bundle_read(args->words[2], &bundle, err);
	if (code == ERR_OK)
		code = put_in_force(args, "/v1/admin/adopt", &bundle, err);
	str_release(&bundle);
	return code;
}

/* --- verify ---------------------------------------------------------------------------------- */

static void show_progress(void *ctx, int64_t done, int64_t all)
{
	(void)ctx;
	fprintf(stderr, "\r%3lld %%", (long long)(all == 0 ? 100 : done * 100 / all));
}

enum err run_verify(const struct args *args, struct error *err)
{
	bool tty = isatty(STDERR_FILENO);
	const char *where = args->words[0];
	struct verify_report report;
	struct folder folder;
	struct stat st;
	enum err code = ERR_OK;

	if (stat(where, &st) == 0 && S_ISREG(st.st_mode)) {
		folder_init(&folder, "");
		code = backup_check(where, err);
	} else {
		code = folder_open(&folder, where, err);
		if (code != ERR_OK)
			return code;
		where = folder.data;
	}
	if (code == ERR_OK) /* a backup begins with the data, and can be read as they are */
		code = verify_data(db_ops_for(where), where, tty ? show_progress : NULL, NULL, &report,
				   err);
	if (tty)
		fputs("\r     \r", stderr);
	if (code == ERR_OK)
		printf(_("The journal is whole, and the state is its fold.\n"
			 "entries %lld, entities %lld, parties %lld, feed rows %lld, answers %lld, "
			 "handovers %lld\n"
			 "head %s\n"),
		       (long long)report.counts.entries, (long long)report.counts.entities,
		       (long long)report.counts.parties, (long long)report.counts.feed,
		       (long long)report.answers, (long long)report.handovers, report.head);
	folder_release(&folder);
	return code;
}
