/* zhiband export: a kind of entities, or the journal, as CSV or lines of JSON. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/filter.h"
#include "zhiban/wire/feed.h"
#include "zhiban/wire/jsonout.h"

enum { COLUMNS_MOST = 96 };

struct exporting {
	struct admin *admin;
	const struct args *args;
	struct jurisdiction *profile;
	const struct kind_desc *kind; /* NULL: the journal */
	struct filter_ctx ctx;
	struct filter *filter;
	struct arena arena; /* of the whole run */
	const struct field *columns[COLUMNS_MOST];
	struct out_rows rows;
	struct str out, next; /* next "": that was the last page */
	FILE *to;
	int64_t n;
};

static enum err flush(struct exporting *run, struct error *err)
{
	bool good = run->out.len == 0 || fwrite(run->out.s, 1, run->out.len, run->to) == run->out.len;

	str_clear(&run->out);
	return good ? ERR_OK : error_set(err, ERR_IO, "%s", _("the file cannot be written"));
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool wanted(const struct exporting *run, const void *entity)
{
	return run->filter == NULL || filter_match(run->filter, entity, &run->ctx);
}

static enum err take_line(void *ctx, const char *line, size_t len, struct error *err)
{
	struct exporting *run = ctx;
	struct arena arena = ARENA_INIT;
	struct snapshot_line one = { .kind = SNAPSHOT_UNKNOWN };
	enum err code = ERR_OK;

	if (run->kind == NULL && strncmp(line, "{\"hash\":", 8) == 0) {
		str_add_bytes(&run->out, line, len);
		str_add_char(&run->out, '\n');
		run->n++;
		return ERR_OK;
	}
	code = snapshot_line_decode(line, len, &arena, &one, err);
	if (code == ERR_OK && one.kind == SNAPSHOT_NEXT)
		str_add(&run->next, one.next);
	if (code == ERR_OK && one.kind == SNAPSHOT_ENTITY && wanted(run, one.entity)) {
		const struct entity *head = one.entity;

		out_rows_add(&run->rows, &head->id, one.entity, &run->out);
		run->n++;
	}
	arena_release(&arena);
	return code;
}

static enum err take_page(struct exporting *run, struct error *err)
{
	struct str ask = STR_INIT, answer = STR_INIT;
	struct line_cutter cutter;
	const char *org = args_value(run->args, "org");
	enum err code = admin_form(&ask, "kind", run->kind != NULL ? run->kind->name : "journal",
				   err);

	if (code == ERR_OK)
		code = admin_form(&ask, "org", org, err);
	if (code == ERR_OK)
		code = admin_form(&ask, "after", run->next.len > 0 ? run->next.s : NULL, err);
	if (code == ERR_OK && args_value(run->args, "clear") != NULL)
		code = admin_form(&ask, "clear", "1", err);
	str_clear(&run->next);
	if (code == ERR_OK)
		code = admin_call(run->admin, "GET", "/v1/admin/export", str_get(&ask), NULL, 0,
				  &answer, err);
	lines_init(&cutter);
	if (code == ERR_OK)
		code = lines_push(&cutter, str_get(&answer), answer.len, take_line, run, err);
	if (code == ERR_OK)
		code = lines_end(&cutter, take_line, run, err);
	lines_release(&cutter);
	str_release(&ask);
	str_release(&answer);
	return code != ERR_OK ? code : flush(run, err);
}

/* --- the run ---------------------------------------------------------------------------------- */

static enum err take_columns(struct exporting *run, struct error *err)
{
	const char *at = args_value(run->args, "columns");

	for (size_t i = 0; at == NULL && i < run->kind->n_fields && i < COLUMNS_MOST; i++)
		run->columns[run->rows.n_fields++] = &run->kind->fields[i];
	while (at != NULL && *at != '\0') {
		size_t len = strcspn(at, ",");
		const char *name = arena_strndup(&run->arena, at, len);
		const struct field *field =
			field_find(run->kind->fields, run->kind->n_fields, name);

		if (field == NULL || run->rows.n_fields == COLUMNS_MOST)
			return error_set(err, ERR_USAGE, _("--columns: \"%s\" is no column"), name);
		run->columns[run->rows.n_fields++] = field;
		at += len + (at[len] == ',');
	}
	run->rows.fields = run->columns;
	return ERR_OK;
}

static enum err take_filter(struct exporting *run, struct error *err)
{
	const char *text = args_value(run->args, "filter");
	struct filter_error why;

	if (text == NULL)
		return ERR_OK;
	if (run->kind == NULL || run->kind->kind != KIND_INCIDENT)
		return error_set(err, ERR_USAGE, "%s", _("--filter is for incidents"));
	if (filter_parse(text, &run->ctx, &run->arena, &run->filter, &why) != ERR_OK)
		return error_set(err, ERR_USAGE, "--filter: %s", why.text);
	return ERR_OK;
}

static enum err take_format(struct exporting *run, struct error *err)
{
	const char *format = args_value(run->args, "format");
	bool excel = args_value(run->args, "excel") != NULL;

	if (run->kind == NULL) {
		if (format != NULL && strcmp(format, "jsonl") != 0)
			return error_set(err, ERR_USAGE, "%s",
					 _("the journal is exported as jsonl only"));
		return ERR_OK;
	}
	if (out_format_find(format != NULL ? format : "csv", &run->rows.format) != ERR_OK)
		return error_set(err, ERR_USAGE, _("--format is json, jsonl or csv, not \"%s\""),
				 format);
	run->rows.guard = excel;
	run->rows.clear = args_value(run->args, "clear") != NULL;
	if (excel && run->rows.format != OUT_CSV)
		return error_set(err, ERR_USAGE, "%s", _("--excel is for --format csv"));
	if (excel)
		str_add(&run->out, "\xEF\xBB\xBF"); /* or it is taken for another encoding */
	return take_columns(run, err);
}

/* A new file that only its owner reads. */
static enum err open_out(struct exporting *run, struct error *err)
{
	const char *path = args_value(run->args, "out");
	int fd;

	run->to = stdout;
	if (path == NULL)
		return ERR_OK;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return error_errno(err, errno == EEXIST ? ERR_EXISTS : ERR_IO, errno, "%s", path);
	run->to = fdopen(fd, "w");
	return run->to != NULL ? ERR_OK : error_errno(err, ERR_IO, errno, "%s", path);
}

static enum err run_pages(struct exporting *run, struct error *err)
{
	struct env env = env_system(NULL);
	enum err code = admin_rules(run->admin, &run->profile, err);

	if (code != ERR_OK)
		return code;
	run->ctx = (struct filter_ctx){ .rules = &run->profile->rules,
					  .now = env_now(&env) };
	run->rows.rules = &run->profile->rules;
	run->rows.offset_min = run->profile->rules.offset_min;
	code = take_filter(run, err);
	if (code == ERR_OK)
		code = take_format(run, err);
	if (code == ERR_OK)
		code = open_out(run, err);
	if (code == ERR_OK && run->kind != NULL)
		out_rows_begin(&run->rows, &run->out);
	if (code == ERR_OK)
		do {
			code = take_page(run, err);
		} while (code == ERR_OK && run->next.len > 0);
	if (code == ERR_OK && run->kind != NULL)
		out_rows_end(&run->rows, &run->out);
	if (code == ERR_OK)
		code = flush(run, err);
	if (run->to != NULL && (run->to == stdout ? fflush(stdout) : fclose(run->to)) != 0 &&
	    code == ERR_OK)
		code = error_set(err, ERR_IO, "%s", _("the file cannot be written"));
	if (code == ERR_OK && run->to != stdout)
		printf(_("exported %lld\n"), (long long)run->n);
	return code;
}

enum err run_export(const struct args *args, struct error *err)
{
	struct exporting run = { .args = args, .arena = ARENA_INIT };
	struct folder folder;
	enum err code;

	run.kind = kind_find(args->words[1]);
	if (run.kind == NULL && strcmp(args->words[1], "journal") != 0)
		return error_set(err, ERR_USAGE, "%s",
				 _("say what to export: incidents, people or journal"));
	code = folder_open(&folder, args->words[0], err);
	if (code != ERR_OK)
		return code;
	code = admin_open(&folder, &run.admin, err);
	if (code == ERR_OK)
		code = run_pages(&run, err);
	admin_close(run.admin);
	profile_free(run.profile);
	str_release(&run.out);
	str_release(&run.next);
	arena_release(&run.arena);
	folder_release(&folder);
	return code;
}
