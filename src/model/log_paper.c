/* The duty log as rows for programs, and as a document to print. */
#include <config.h>

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/log.h"

/* ---- rows ---- */

#define FIELD(name, type, title) \
	FIELD_DESC(offsetof(struct log_row, name), name, type, #name, #name, title, 0, PUBLIC, 0)

static const struct field fields[] = {
	FIELD(at, TIME, N_("When")),
	FIELD(written_at, TIME, N_("Written")),
	FIELD(late, BOOL, N_("Late entry")),
	FIELD(sort, CODE, N_("Sort")),
	FIELD(act, TEXT, N_("What")),
	FIELD(officer, PERSON, N_("Officer")),
	FIELD(org, ORG, N_("Organisation")),
	FIELD(kind, CODE, N_("Kind")),
	FIELD(number, TEXT, N_("Number")),
	FIELD(title, TEXT, N_("Title")),
	FIELD(words, TEXT, N_("Words")),
	FIELD(emphasis, BOOL, N_("Drawn out")),
	FIELD(pending, BOOL, N_("Not sent")),
	FIELD(seq, INT, N_("Entry")),
};

const struct kind_desc *log_desc(void)
{
	static const struct kind_desc desc = {
		.kind = KIND_COUNT,
		.name = "dutylog",
		.plural = "dutylog",
		.fields = fields,
		.n_fields = ARRAY_LEN(fields),
		.size = sizeof(struct log_row),
	};

	return &desc;
}

void log_row_of(const struct rules *rules, const struct log_line *line, struct arena *arena,
		struct log_row *ret_row)
{
	*ret_row = (struct log_row){
		.id = line->line.id,
		.sort = line->record != NULL ? line->record->sort : "auto",
		.officer = line->line.officer,
		.org = line->org,
		.act = log_what(line),
		.number = line->number,
		.title = line->title,
		.words = log_words(rules, line, arena),
		.kind = kind_desc(line->kind)->name,
		.at = line->at,
		.written_at = line->line.eff,
		.late = line->late,
		.emphasis = line->emphasis,
		.seq = line->line.seq,
		.pending = (line->line.marks & LINE_PENDING) != 0,
	};
}

/* ---- paper ---- */

static const char *moment(const struct rules *rules, int64_t at, const char *format,
			  struct arena *arena)
{
	char text[CIVIL_TEXT] = "";

	if (at != 0)
		civil_format(at, rules->offset_min, format, text, sizeof text);
	return arena_strdup(arena, text);
}

static const char *when_words(const struct rules *rules, const struct log_line *line,
			      struct arena *arena)
{
	const char *at = moment(rules, line->at, "m-d H:M", arena);

	if (!line->late)
		return at;
	return arena_printf(arena, _("%s (late entry, written %s)"), at,
			    moment(rules, line->line.eff, "m-d H:M", arena));
}

static void put_lines(const struct rules *rules, const struct client_log *log, struct sheet *sheet)
{
	const char *titles[] = { _("When"), _("What"), _("About"), _("By") };

	sheet_section(sheet, _("Log"));
	if (log->n == 0) {
		sheet_text(sheet, _("Nothing was written."));
		return;
	}
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < log->n; i++) {
		const struct log_line *line = &log->lines[i];
		const char *what = log_what(line);
		const char *cells[] = {
			when_words(rules, line, &sheet->arena),
			line->emphasis ? arena_printf(&sheet->arena, "! %s", what) : what,
			log_words(rules, line, &sheet->arena),
			line->line.officer,
		};

		sheet_row(sheet, cells);
	}
}

static bool is_register(const struct log_line *line, bool outings)
{
	enum record_sort sort;

	if (line->record == NULL || line->line.act == NULL ||
	    line->line.act->conflict != CONFLICT_CREATES)
		return false;
	sort = record_sort_find(line->record->sort);
	if (outings)
		return sort == RECORD_OUTING;
	return sort == RECORD_PAPER || (sort == RECORD_CALL && !line->record->outward);
}

static size_t count_register(const struct client_log *log, bool outings)
{
	size_t n = 0;

	for (size_t i = 0; i < log->n; i++)
		n += is_register(&log->lines[i], outings);
	return n;
}

/* Came, proposed, instructed, passed on, done. */
static void put_register(const struct rules *rules, const struct client_log *log, struct sheet *sheet)
{
	const char *titles[] = { _("When"), _("From"), _("Gist"), _("Proposed"), _("Instructed"),
				 _("Passed on"), _("Done") };

	if (count_register(log, false) == 0)
		return;
	sheet_section(sheet, _("Calls and papers"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < log->n; i++) {
		const struct record *record = log->lines[i].record;

		if (!is_register(&log->lines[i], false))
			continue;
		const char *cells[] = {
			moment(rules, record->happened_at, "m-d H:M", &sheet->arena),
			record->party,
			record->title,
			record->proposed,
			record->leader != NULL ? arena_printf(&sheet->arena, "%s: %s", record->leader,
							      record->instructed != NULL
								      ? record->instructed
								      : "")
					       : record->instructed,
			record->told,
			record->outcome,
		};
		sheet_row(sheet, cells);
	}
}

static void put_outings(const struct rules *rules, const struct client_log *log, struct sheet *sheet)
{
	const char *titles[] = { _("Leader"),	  _("Where"),	      _("Away from"),
				 _("Away until"), _("Who stands in"), _("Back") };

	if (count_register(log, true) == 0)
		return;
	sheet_section(sheet, _("Leaders' movements"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < log->n; i++) {
		const struct record *record = log->lines[i].record;

		if (!is_register(&log->lines[i], true))
			continue;
		const char *cells[] = {
			record->party,
			record->place,
			moment(rules, record->from_at, "m-d H:M", &sheet->arena),
			moment(rules, record->to_at, "m-d H:M", &sheet->arena),
			record->deputy,
			moment(rules, record->back_at, "m-d H:M", &sheet->arena),
		};
		sheet_row(sheet, cells);
	}
}

void log_sheet(struct client *client, const char *org, int64_t from, int64_t to,
	       const struct client_log *log, struct sheet *ret_sheet)
{
	const struct rules *rules = client_rules(client);
	const struct org *of = rules_org(rules, org);
	struct sheet *sheet = ret_sheet;
	struct arena arena = ARENA_INIT;

	sheet_init(sheet, arena_printf(&arena, _("Duty log  %s"),
				       of != NULL	      ? of->name
				       : rules->title != NULL ? rules->title
							      : ""));
	sheet->columns = SHEET_WIDE;
	sheet_note(sheet, arena_printf(&arena, _("%s to %s"), moment(rules, from, "Y-m-d H:M", &arena),
				       moment(rules, to, "Y-m-d H:M", &arena)));
	if (!log->complete)
		sheet_note(sheet, _("Not all of it is here yet: zhiban sync"));
	put_lines(rules, log, sheet);
	put_register(rules, log, sheet);
	put_outings(rules, log, sheet);
	sheet_sign(sheet, _("On duty"));
	sheet_sign(sheet, _("Chief of the shift"));
	arena_release(&arena);
}
