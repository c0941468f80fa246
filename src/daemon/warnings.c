/* zhiband warnings: warnings from files, as a system would send them. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"
#include "zhiban/wire/pack.h"

enum { FILE_MOST = 32 * 1024 * 1024, PIECE = 64 * 1024 };

static const struct { /* what became of a message, and how people are told how many */
	const char *word, *title;
} outcomes[] = {
	{ "posted", N_("notices posted") },	 { "amended", N_("amended") },
	{ "lifted", N_("lifted") },		 { "registered", N_("incidents registered") },
	{ "noted", N_("noted on incidents") },	 { "known", N_("there already") },
	{ "nothing", N_("nothing made of it") }, { "rejected", N_("rejected") },
};

struct passing { /* one run */
	const struct args *args;
	struct folder folder;
	struct admin *admin;
	struct jurisdiction *profile;
	struct str ask; /* lines of arguments */
	size_t counts[ARRAY_LEN(outcomes)];
	size_t failed; /* files that are no message */
};

static enum err read_file(const char *path, struct str *text, struct error *err)
{
	struct packed_file *file = NULL;
	char piece[PIECE];
	size_t len = 1;
	enum err code = packed_open(path, &file, err);

	while (code == ERR_OK && len > 0) {
		code = packed_read(file, piece, sizeof piece, &len, err);
		if (code == ERR_OK)
			str_add_bytes(text, piece, len);
		if (code == ERR_OK && text->len > FILE_MOST)
			code = error_set(err, ERR_INPUT, _("more than %d bytes"), (int)FILE_MOST);
	}
	packed_close(file);
	return code;
}

static void count(struct passing *passing, const char *lines)
{
	for (const char *line = lines; *line != '\0'; line += strcspn(line, "\n") + 1) {
		for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
			if (str_starts(line, outcomes[i].word))
				passing->counts[i]++;
		if (strchr(line, '\n') == NULL)
			break;
	}
}

/* A table is told in counts, unless every row is asked for; one message in its line. */
static bool is_told(const struct passing *passing, const char *lines)
{
	const char *end = strchr(lines, '\n');

	return args_value(passing->args, "all") != NULL || end == NULL || end[1] == '\0';
}

static void say(const struct passing *passing, const char *path, const char *lines)
{
	bool told = is_told(passing, lines);

	for (const char *line = lines; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		if (told || !str_starts(line, "nothing "))
			printf("%s: %.*s\n", path, (int)len, line);
		line += len + (line[len] == '\n');
	}
}

/* A file that is no message stops none of the others. */
static enum err take_file(struct passing *passing, const char *path, struct error *err)
{
	struct str text = STR_INIT, answer = STR_INIT;
	struct error why = ERROR_INIT;
	enum err code = read_file(path, &text, &why);

	if (code == ERR_OK)
		code = admin_call(passing->admin, "POST", "/v1/admin/cap",
				  passing->ask.len > 0 ? str_get(&passing->ask) : NULL,
				  str_get(&text), text.len, &answer, &why);
	if (code == ERR_OK) {
		count(passing, str_get(&answer));
		say(passing, path, str_get(&answer));
	} else if (code == ERR_INPUT || code == ERR_NOT_FOUND || code == ERR_TOO_LARGE) {
		passing->failed++;
		printf("%s: %s\n", path, why.text);
		code = ERR_OK;
	} else {
		(void)error_set(err, code, "%s: %s", path, why.text);
	}
	str_release(&text);
	str_release(&answer);
	return code;
}

static void sum_up(const struct passing *passing)
{
	const char *between = "";

	for (size_t i = 0; i < ARRAY_LEN(outcomes); i++) {
		if (passing->counts[i] == 0)
			continue;
		printf("%s%s %zu", between, _(outcomes[i].title), passing->counts[i]);
		between = _(", ");
	}
	if (passing->failed > 0)
		printf(_("%sfiles that are no warning %zu"), between, passing->failed);
	putchar('\n');
	if (args_value(passing->args, "dry-run") != NULL)
		puts(_("This was a dry run: nothing was kept."));
}

/* The moment by which is judged what is over: for drills, and to look at old warnings. */
static enum err take_options(struct passing *passing, struct error *err)
{
	const char *at = args_value(passing->args, "at");
	int64_t moment;
	enum err code = ERR_OK;

	if (args_value(passing->args, "dry-run") != NULL)
		code = admin_form(&passing->ask, "dry", "1", err);
	if (code != ERR_OK || at == NULL)
		return code;
	code = admin_rules(passing->admin, &passing->profile, err);
	if (code == ERR_OK)
		code = civil_parse(at, passing->profile->rules.offset_min, &moment, err);
	if (code == ERR_OK)
		str_addf(&passing->ask, "at=%lld\n", (long long)moment);
	return code == ERR_INPUT ? ERR_USAGE : code;
}

enum err run_warnings(const struct args *args, struct error *err)
{
	struct passing passing = { .args = args };
	enum err code = folder_open(&passing.folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = admin_open(&passing.folder, &passing.admin, err);
	if (code == ERR_OK)
		code = take_options(&passing, err);
	for (size_t i = 1; code == ERR_OK && i < args->n_words; i++)
		code = take_file(&passing, args->words[i], err);
	if (code == ERR_OK)
		sum_up(&passing);
	if (code == ERR_OK && passing.failed > 0)
		code = error_set(err, ERR_INPUT, _("%zu files could not be taken"), passing.failed);
	admin_close(passing.admin);
	profile_free(passing.profile);
	folder_release(&passing.folder);
	str_release(&passing.ask);
	return code;
}
