/* zhiban roster import FILE: duties, people and absences of a table or a calendar as acts. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "roster.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_import.h"
#include "zhiban/wire/jsonout.h"

enum { WORDS_MOST = 256 * 1024, ROWS_MOST = 100000, AWAY_DAYS = 400 };

struct bringing {
	struct console *console;
	struct roster_import run;
	const char *path, *as, *person, *month;
	bool whole_days;
	const char *org;
	const struct roster_plan *plan;
	struct columns *columns;
	struct import_file *file;
	FILE *rejects;
	bool rejects_begun;
	struct import_row *rows; /* copies, for the rejects; by their number */
	size_t n_rows, cap;
	const struct ical_calendar *calendar; /* instead of rows */
	const struct away *away;
};

/* ---- what was rejected ---- */

static void put_reject(struct bringing *b, int64_t line, const char *why, const struct str *text)
{
	fprintf(stderr, _("line %lld: %s\n"), (long long)line, why);
	if (b->rejects != NULL)
		(void)fwrite(str_get(text), 1, text->len, b->rejects);
}

/* Of a calendar: where it stood, why, and the record. */
static void reject_record(struct bringing *b, int64_t line, const char *why, const char *bytes)
{
	struct str text = STR_INIT;

	if (!b->rejects_begun)
		str_add(&text, "reject_line,reject_reason,record\n");
	b->rejects_begun = true;
	str_addf(&text, "%lld,", (long long)line);
	csv_cell(&text, why);
	str_add_char(&text, ',');
	csv_cell(&text, bytes);
	str_add_char(&text, '\n');
	put_reject(b, line, why, &text);
	str_release(&text);
}

static void reject_row(struct bringing *b, const struct import_row *row, const char *why)
{
	struct str text = STR_INIT;

	if (!b->rejects_begun)
		import_rejects_begin(b->file, &text);
	b->rejects_begun = true;
	import_rejects_add(b->file, row, why, NULL, b->path, &text);
	put_reject(b, row->line, why, &text);
	str_release(&text);
}

static void on_reject(void *ctx, size_t row, const char *why)
{
	struct bringing *b = ctx;

	if (b->calendar != NULL)
		reject_record(b, b->calendar->records[b->away[row].record].line, why,
			      b->calendar->records[b->away[row].record].bytes);
	else
		reject_row(b, &b->rows[row], why);
}

/* ---- rows ---- */

static struct import_row keep_row(struct arena *arena, const struct import_row *row)
{
	const char **names = arena_array(arena, row->n + 1, sizeof *names);
	const char **values = arena_array(arena, row->n + 1, sizeof *values);

	for (size_t i = 0; i < row->n; i++) {
		names[i] = arena_strdup(arena, row->names[i]);
		values[i] = arena_strdup(arena, row->values[i]);
	}
	return (struct import_row){row->line, names, values, row->n, NULL, NULL};
}

static size_t add_row(struct bringing *b, const struct import_row *row)
{
	MEM_GROW(b->rows, b->n_rows, b->cap);
	b->rows[b->n_rows] = keep_row(&b->console->arena, row);
	return b->n_rows++;
}

typedef enum err (*row_fn)(struct bringing *b, void *ctx, size_t row, struct error *err);

/* Rows that cannot be read are rejected; `raw` takes those too whose cells are more than the
 * header's. */
static enum err each_row(struct bringing *b, bool raw, row_fn fn, void *ctx, struct error *err)
{
	for (;;) {
		struct import_row row = {.n = 0};
		struct error why = ERROR_INIT;
		bool end = false;
		enum err code = import_next(b->file, &row, &end, &why);
		size_t at;

		if (code == ERR_OK && end)
			return ERR_OK;
		if (code != ERR_OK && code != ERR_INPUT)
			return error_set(err, code, "%s", why.text);
		if (b->n_rows == ROWS_MOST)
			return error_set(err, ERR_TOO_LARGE, _("a table has at most %d rows"),
					 ROWS_MOST);
		at = add_row(b, &row);
		if (code == ERR_INPUT && (!raw || row.n == 0)) {
			b->run.rejected++;
			b->run.others = true;
			reject_row(b, &b->rows[at], why.text);
			continue;
		}
		code = fn(b, ctx, at, err);
		if (code != ERR_OK)
			return code;
	}
}

/* ---- duties ---- */

struct duties {
	struct roster_sheet *sheet;
	bool first;
	struct import_seat *seats;
	size_t n, cap;
};

static void take_said(struct bringing *b, struct duties *duties, const struct roster_said *said,
		      size_t row)
{
	for (size_t i = 0; i < said->n; i++) {
		MEM_GROW(duties->seats, duties->n, duties->cap);
		duties->seats[duties->n++] = (struct import_seat){said->seats[i], row};
	}
	for (size_t i = 0; i < said->n_bad; i++) {
		b->run.rejected++;
		b->run.others = true;
		on_reject(b, row, said->bad[i]);
	}
}

static enum err duty_row(struct bringing *b, void *ctx, size_t at, struct error *err)
{
	struct duties *duties = ctx;
	const struct import_row *row = &b->rows[at];
	struct roster_said said;

	(void)err;
	if (duties->first) { /* the table's first line is the names of its columns */
		roster_sheet_row(duties->sheet, row->names, row->n, &b->console->arena, &said);
		duties->first = false;
	}
	roster_sheet_row(duties->sheet, row->values, row->n, &b->console->arena, &said);
	take_said(b, duties, &said, at);
	return ERR_OK;
}

static enum err bring_duties(struct bringing *b, struct error *err)
{
	struct console *console = b->console;
	struct roster_sheet_ctx ctx = {.rules = client_rules(console->client),
				       .columns = b->columns,
				       .org = b->org,
				       .plan = b->plan,
				       .month = b->month != NULL ? b->month : ""};
	struct duties duties = {.first = true};
	const struct staff **staff;
	enum err code = client_pool(console->client, b->org, b->plan, &console->arena, &staff,
				    &ctx.n_staff, err);

	if (code != ERR_OK)
		return code;
	ctx.staff = staff;
	ctx.today = civil_day_of_ms(client_now(console->client), ctx.rules->offset_min);
	duties.sheet = roster_sheet_new(&ctx, &console->arena);
	code = each_row(b, true, duty_row, &duties, err);
	if (code == ERR_OK && !roster_sheet_headed(duties.sheet))
		code = error_set(
		    err, ERR_INPUT,
		    _("%s: no header says days, posts and names; of days without a month say "
		      "--month"),
		    b->path);
	if (code == ERR_OK)
		code = roster_import_seats(&b->run, b->org, b->plan, duties.seats, duties.n, err);
	free(duties.seats);
	return code;
}

/* ---- people ---- */

static enum err person_row(struct bringing *b, void *ctx, size_t row, struct error *err)
{
	(void)ctx;
	return roster_import_person(&b->run, b->columns, b->org, &b->rows[row], row, err);
}

/* ---- away ---- */

static const char *cell(const struct bringing *b, size_t row, const char *key)
{
	for (size_t i = 0; i < b->rows[row].n; i++)
		if (*b->rows[row].values[i] != '\0' &&
		    columns_is(b->columns, b->rows[row].names[i], key))
			return b->rows[row].values[i];
	return NULL;
}

/* A day as an end is its end. */
static enum err moment(const struct bringing *b, const char *words, bool end, int64_t *ret_ms,
		       struct error *err)
{
	int offset = client_rules(b->console->client)->offset_min;
	int64_t ms;
	enum err code =
	    words != NULL ? civil_parse(words, offset, &ms, err)
			  : error_set(err, ERR_INPUT, "%s", _("it does not say from when to when"));

	if (code == ERR_OK)
		*ret_ms = end && strchr(words, ':') == NULL ? ms + DAY_MS : ms;
	return code;
}

static enum err away_row(struct bringing *b, void *ctx, size_t row, struct error *err)
{
	const char *name = cell(b, row, "name");
	struct error why = ERROR_INIT;
	struct uuid staff;
	int64_t from = 0, to = 0;
	enum err code;

	(void)ctx;
	code = client_staff_find(b->console->client,
				 name != NULL        ? name
				 : b->person != NULL ? b->person
						     : "",
				 b->org, &staff, &why);
	if (code == ERR_OK)
		code = moment(b, cell(b, row, "from_at"), false, &from, &why);
	if (code == ERR_OK)
		code = moment(b, cell(b, row, "to_at"), true, &to, &why);
	if (code == ERR_OK)
		return roster_import_away(&b->run, &staff, from, to, cell(b, row, "reason"), row,
					  err);
	b->run.rejected++;
	b->run.others = true;
	on_reject(b, row, why.text);
	return ERR_OK;
}

static enum err bring_calendar(struct bringing *b, struct error *err)
{
	struct console *console = b->console;
	int64_t now = client_now(console->client);
	const struct ical_ask ask = {now, now + AWAY_DAYS * DAY_MS,
				     client_rules(console->client)->offset_min, 0};
	struct str bytes = STR_INIT;
	struct ical_calendar *calendar = arena_alloc(&console->arena, sizeof *calendar);
	struct away *away = NULL;
	struct uuid staff;
	size_t n = 0;
	enum err code;

	if (b->person == NULL)
		return error_set(err, ERR_USAGE, "%s",
				 _("whose calendar is it? say --person NAME"));
	code = client_staff_find(console->client, b->person, b->org, &staff, err);
	if (code == ERR_OK)
		code = file_read(b->path, ICAL_FILE_MOST, &bytes, err);
	if (code == ERR_OK)
		code = ical_read(str_get(&bytes), bytes.len, &ask, &console->arena, calendar, err);
	str_release(&bytes);
	if (code != ERR_OK)
		return code;
	n = roster_import_busy(calendar, now, b->whole_days, &console->arena, &away);
	b->calendar = calendar;
	b->away = away;
	for (size_t i = 0; i < calendar->n_rejects; i++) {
		b->run.rejected++;
		b->run.others = true;
		reject_record(b, calendar->rejects[i].line, calendar->rejects[i].why,
			      calendar->rejects[i].bytes);
	}
	for (size_t i = 0; code == ERR_OK && i < n; i++)
		code = roster_import_away(&b->run, &staff, away[i].from, away[i].to, away[i].why, i,
					  err);
	return code;
}

/* ---- the run ---- */

static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static enum err open_rejects(struct bringing *b, const char *path, struct error *err)
{
	if (path == NULL)
		return ERR_OK;
	if (is_same_file(path, b->path))
		return error_set(err, ERR_USAGE, _("--rejects: %s is the file that is read"), path);
	b->rejects = fopen(path, "we");
	return b->rejects != NULL ? ERR_OK
				  : error_set(err, ERR_IO, _("%s cannot be written"), path);
}

static enum err read_columns(struct bringing *b, struct error *err)
{
	struct arena *arena = &b->console->arena;
	const char *path = dirs_resource(arena, "profiles/import-roster.conf");
	struct str words = STR_INIT;
	enum err code = file_read(path, WORDS_MOST, &words, err);

	if (code == ERR_OK)
		code = columns_new("import-roster.conf", str_get(&words), words.len, arena,
				   &b->columns, err);
	str_release(&words);
	return code;
}

static bool is_calendar(const char *path)
{
	size_t len = strlen(path);

	return len > 4 &&
	       (strcmp(path + len - 4, ".ics") == 0 || strcmp(path + len - 4, ".ICS") == 0);
}

static enum err bring_table(struct bringing *b, struct error *err)
{
	static const struct {
		const char *as;
		row_fn fn;
	} sorts[] = {{"staff", person_row}, {"timeoff", away_row}};
	enum err code = read_columns(b, err);

	if (code == ERR_OK)
		code = import_open(b->path, &b->file, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
		if (strcmp(b->as, sorts[i].as) == 0)
			return each_row(b, false, sorts[i].fn, NULL, err);
	return bring_duties(b, err);
}

static enum err check_words(struct bringing *b, struct error *err)
{
	static const char *const sorts[] = {"roster", "staff", "timeoff"};
	int32_t first, end;
	bool known = false;

	if (b->as == NULL)
		b->as = is_calendar(b->path) || b->person != NULL ? "timeoff" : "roster";
	for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
		known = known || strcmp(b->as, sorts[i]) == 0;
	if (!known)
		return error_set(err, ERR_USAGE,
				 _("--as takes roster, staff or timeoff, not \"%s\""), b->as);
	if (is_calendar(b->path) && strcmp(b->as, "timeoff") != 0)
		return error_set(
		    err, ERR_USAGE, "%s",
		    _("a calendar says when somebody is away: --as timeoff --person NAME"));
	if (b->month != NULL && !month_days(b->month, &first, &end))
		return error_set(err, ERR_USAGE, _("\"%s\" is no month: 2026-12"), b->month);
	return ERR_OK;
}

static enum err say_counts(struct bringing *b, struct error *err)
{
	const struct roster_import *run = &b->run;
	struct str out = STR_INIT;
	enum err code;

	str_addf(&out, _("taken %lld + as it was %lld + rejected %lld; %lld acts\n"),
		 (long long)run->taken, (long long)run->same, (long long)run->rejected,
		 (long long)run->acts);
	if (run->dry)
		str_addf(&out, "%s\n", _("This was a dry run: nothing was kept."));
	code = console_print(&out, err);
	str_release(&out);
	if (code == ERR_OK && run->rejected > 0 && run->taken + run->same == 0)
		code = error_set(err, run->others ? ERR_CORRUPT : ERR_DENIED, "%s",
				 _("nothing of it could be taken"));
	return code;
}

static enum err bring(struct bringing *b, const char *org, const char *plan, const char *rejects,
		      struct error *err)
{
	enum err code = check_words(b, err);

	if (code == ERR_OK)
		code = console_client(b->console, err);
	if (code == ERR_OK && (strcmp(b->as, "roster") == 0 || org != NULL || plan != NULL))
		code = roster_plan_named(b->console, org, plan, &b->org, &b->plan, err);
	if (code == ERR_OK && b->org == NULL && client_actor(b->console->client) != NULL)
		b->org = client_actor(b->console->client)->org;
	if (code == ERR_OK && b->org == NULL)
		code = error_set(err, ERR_AUTH, "%s", _("nobody is logged in: zhiban login"));
	if (code == ERR_OK)
		code = open_rejects(b, rejects, err);
	if (code != ERR_OK)
		return code;
	b->run.client = b->console->client;
	code = is_calendar(b->path) ? bring_calendar(b, err) : bring_table(b, err);
	return code == ERR_OK ? say_counts(b, err) : code;
}

enum err roster_import_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct bringing b = {.console = console, .run = {.reject = on_reject}};
	const char *org = NULL, *plan = NULL, *rejects = NULL;
	const struct command_option options[] = {
	    {"as", &b.as, NULL},
	    {"org", &org, NULL},
	    {"plan", &plan, NULL},
	    {"month", &b.month, NULL},
	    {"person", &b.person, NULL},
	    {"reason", &b.run.reason, NULL},
	    {"despite", &b.run.despite, NULL},
	    {"rejects", &rejects, NULL},
	    {"whole-days", NULL, &b.whole_days},
	    {"dry-run", NULL, &b.run.dry},
	};
	size_t n = 0;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), &b.path, 1, &n, err);

	if (code == ERR_OK && n == 0)
		code = error_set(err, ERR_USAGE, _("which file? %s"), "zhiban roster import FILE");
	b.run.ctx = &b;
	if (code == ERR_OK)
		code = bring(&b, org, plan, rejects, err);
	if (b.rejects != NULL && fclose(b.rejects) != 0 && code == ERR_OK)
		code = error_set(err, ERR_IO, "%s", _("the rejects file cannot be written"));
	import_close(b.file);
	free(b.rows);
	return code;
}
