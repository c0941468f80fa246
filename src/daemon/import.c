#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "maps_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/import.h"

enum { BATCH_ROWS = 2000, BATCH_BYTES = 8 * 1024 * 1024, BAR = 30 };

struct importing {
	struct admin *admin;
	struct import_file *file;
	struct import_ctx ctx;
	struct jurisdiction *profile;
	struct arena arena; /* of the whole run */
	bool dry, bar, checked;
	FILE *rejects; /* or NULL */
	struct str map; /* what --map says, with saved ones taken apart */
	bool rejects_begun; /* it has its header */
	int64_t read, imported, there, rejected;
	/* The batch: */
	struct arena rows_arena;
	struct import_row rows[BATCH_ROWS];
	size_t n;
	struct str acts; /* a line each */
};

/* --- rows ------------------------------------------------------------------------------------ */

static enum err reject(struct importing *run, const struct import_row *row, const char *reason,
		       struct error *err)
{
	struct str line = STR_INIT;
	enum err code = ERR_OK;

	run->rejected++;
	if (run->rejects == NULL)
		return ERR_OK;
	if (!run->rejects_begun)
		import_rejects_begin(run->file, &line);
	run->rejects_begun = true;
	import_rejects_add(run->file, row, reason, run->ctx.source, run->ctx.file, &line);
	if (fwrite(line.s, 1, line.len, run->rejects) != line.len)
		code = error_set(err, ERR_IO, "%s", _("the rejects file cannot be written"));
	str_release(&line);
	return code;
}

/* A row is the reader's until the next one; the batch keeps its own copy. */
static struct import_row keep_row(struct arena *arena, const struct import_row *row)
{
	const char **names = arena_array(arena, row->n, sizeof *names);
	const char **values = arena_array(arena, row->n, sizeof *values);

	for (size_t i = 0; i < row->n; i++) {
		names[i] = arena_strdup(arena, row->names[i]);
		values[i] = arena_strdup(arena, row->values[i]);
	}
	return (struct import_row){ row->line, names, values, row->n,
				    arena_strdup(arena, row->source),
				    arena_strdup(arena, row->file) };
}

static void show_progress(const struct importing *run)
{
	int64_t at, size;
	int full;

	if (!run->bar)
		return;
	import_progress(run->file, &at, &size);
	full = size > 0 ? (int)(at * BAR / size) : 0;
	fprintf(stderr, "\r[%.*s%*s] %lld", full, "==============================", BAR - full, "",
		(long long)run->read);
}

/* --- batches --------------------------------------------------------------------------------- */

/* One line of the answer: "CODE SEQ SENTENCE". */
static enum err take_result(struct importing *run, const struct import_row *row, const char *line,
			    size_t len, struct error *err)
{
	char name[24];
	size_t word = strcspn(line, " \n");
	const char *sentence;
	char *reason;
	enum err code;

	if (word >= len || word >= sizeof name)
		return error_set(err, ERR_CORRUPT, "%s", _("the server's answer was cut off"));
	memcpy(name, line, word);
	name[word] = '\0';
	code = err_from_name(name);
	if (code == ERR_OK) {
		run->imported++;
		return ERR_OK;
	}
	if (code == ERR_EXISTS) {
		run->there++;
		return ERR_OK;
	}
	sentence = line + word + 1;
	sentence += strcspn(sentence, " ") + 1;
	reason = arena_strndup(&run->rows_arena, sentence, (size_t)(line + len - sentence));
	return reject(run, row, reason, err);
}

static enum err flush(struct importing *run, struct error *err)
{
	struct str form = STR_INIT, answer = STR_INIT;
	const char *line;
	enum err code;

	if (run->n == 0)
		return ERR_OK;
	code = admin_form(&form, "file", run->ctx.file, err);
	if (code == ERR_OK && run->dry)
		code = admin_form(&form, "dry", "1", err);
	if (code == ERR_OK)
		code = admin_call(run->admin, "POST", "/v1/admin/acts", str_get(&form), run->acts.s,
				  run->acts.len, &answer, err);
	str_release(&form);
	line = str_get(&answer);
	for (size_t i = 0; code == ERR_OK && i < run->n; i++) {
		size_t len = strcspn(line, "\n");

		code = take_result(run, &run->rows[i], line, len, err);
		line += len + (line[len] == '\n');
	}
	str_release(&answer);
	str_clear(&run->acts);
	arena_reset(&run->rows_arena);
	run->n = 0;
	show_progress(run);
	return code;
}

static enum err take_row(struct importing *run, const struct import_row *row, struct error *err)
{
	struct error why = ERROR_INIT;
	struct act act;
	enum err code = import_act(&run->ctx, row, &run->rows_arena, &act, &why);

	if (code == ERR_INPUT)
		return reject(run, row, why.text, err);
	if (code != ERR_OK)
		return error_set(err, code, "%s", why.text);
	run->rows[run->n++] = keep_row(&run->rows_arena, row);
	act_encode(&act, &run->acts);
	str_add_char(&run->acts, '\n');
	return run->n == BATCH_ROWS || run->acts.len > BATCH_BYTES ? flush(run, err) : ERR_OK;
}

static enum err take_good_row(struct importing *run, const struct import_row *row,
			      struct error *err)
{
	enum err code = run->checked ? ERR_OK : import_map_check(run->ctx.map, row, err);

	run->checked = true;
	return code != ERR_OK ? code : take_row(run, row, err);
}

static enum err read_all(struct importing *run, struct error *err)
{
	for (;;) {
		struct import_row row = { .n = 0 };
		struct error why = ERROR_INIT;
		bool end = false;
		enum err code = import_next(run->file, &row, &end, &why);

		if (code == ERR_OK && end)
			return flush(run, err);
		if (code != ERR_OK && code != ERR_INPUT)
			return error_set(err, code, "%s", why.text);
		run->read++;
		if (code == ERR_INPUT)
			code = reject(run, &row, why.text, err);
		else
			code = take_good_row(run, &row, err);
		if (code != ERR_OK)
			return code;
	}
}

/* --- the run --------------------------------------------------------------------------------- */

/* Only one that has served. */
static enum err save_map(struct importing *run, const struct args *args, struct error *err)
{
	const char *name = args_value(args, "save-map");

	if (name == NULL)
		return ERR_OK;
	return maps_save(args->words[0], name, str_get(&run->map), err);
}

static enum err make_map(struct importing *run, const struct args *args, struct error *err)
{
	const char *path = dirs_resource(&run->arena, "profiles/import-columns.conf");
	struct str words = STR_INIT;
	struct import_map *map = NULL;
	const char *asked = args_value(args, "map"), *save = args_value(args, "save-map");
	enum err code = file_read(path, 1024 * 1024, &words, err);

	if (code == ERR_OK && asked != NULL)
		code = maps_expand(args->words[0], asked, &run->map, err);
	if (code == ERR_OK)
		code = import_map_new(str_get(&words), words.len,
				      asked != NULL ? str_get(&run->map) : NULL, &run->arena, &map,
				      err);
	run->ctx.map = map;
	str_release(&words);
	if (code != ERR_OK || save == NULL)
		return code;
	if (run->map.len == 0)
		return error_set(err, ERR_USAGE, "%s", _("--save-map keeps what --map says"));
	return maps_check(save, err);
}

/* Rejects written over the file that is read would be the end of it. */
static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static enum err open_rejects(struct importing *run, const char *path, const char *input,
			     struct error *err)
{
	if (path == NULL)
		return ERR_OK;
	if (is_same_file(path, input))
		return error_set(err, ERR_USAGE, _("--rejects: %s is the file that is read"), path);
	run->rejects = fopen(path, "we");
	return run->rejects != NULL ? ERR_OK
				    : error_set(err, ERR_IO, _("%s cannot be written"), path);
}

static enum err prepare(struct importing *run, const struct args *args, struct error *err)
{
	struct env env = env_system(NULL);
	const char *path = args->words[1];
	enum err code = admin_rules(run->admin, &run->profile, err);

	if (code != ERR_OK)
		return code;
	run->ctx.rules = &run->profile->rules;
	code = make_map(run, args, err);
	if (code == ERR_OK)
		code = import_open(path, &run->file, err);
	if (code == ERR_OK)
		code = open_rejects(run, args_value(args, "rejects"), path, err);
	if (code != ERR_OK)
		return code;
	run->dry = args_value(args, "dry-run") != NULL;
	run->bar = isatty(STDERR_FILENO);
	run->ctx.source = args_value(args, "source");
	run->ctx.file = import_file_name(path, &run->arena);
	run->ctx.now = env_now(&env);
	run->ctx.actor = (struct actor){ .officer = "system", .org = run->ctx.rules->centre,
					 .role = "system" };
	return ERR_OK;
}

/* Nothing was rejected: the file says so by its header alone. */
static void end_rejects(struct importing *run)
{
	struct str header = STR_INIT;

	import_rejects_begin(run->file, &header);
	(void)fwrite(header.s, 1, header.len, run->rejects);
	str_release(&header);
}

static enum err finish(struct importing *run, enum err code, struct error *err)
{
	if (run->bar)
		fputc('\n', stderr);
	if (run->rejects != NULL && !run->rejects_begun && run->file != NULL)
		end_rejects(run);
	if (run->rejects != NULL && fclose(run->rejects) != 0 && code == ERR_OK)
		code = error_set(err, ERR_IO, "%s", _("the rejects file cannot be written"));
	if (run->read > 0)
		printf(_("rows read %lld = imported %lld + already there %lld + rejected %lld\n"),
		       (long long)(run->imported + run->there + run->rejected),
		       (long long)run->imported, (long long)run->there, (long long)run->rejected);
	if (run->dry)
		puts(_("This was a dry run: nothing was kept."));
	if (run->file != NULL)
		import_close(run->file);
	profile_free(run->profile);
	str_release(&run->acts);
	str_release(&run->map);
	arena_release(&run->rows_arena);
	arena_release(&run->arena);
	free(run);
	return code;
}

enum err run_import(const struct args *args, struct error *err)
{
	struct importing *run;
	struct admin *admin = NULL;
	struct folder folder;
	enum err code = folder_open(&folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = admin_open(&folder, &admin, err);
	if (code == ERR_OK) {
		run = mem_alloc(sizeof *run);
		run->admin = admin;
		code = prepare(run, args, err);
		if (code == ERR_OK)
			code = read_all(run, err);
		if (code == ERR_OK)
			code = save_map(run, args, err);
		code = finish(run, code, err);
	}
	admin_close(admin);
	folder_release(&folder);
	return code;
}
