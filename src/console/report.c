/* zhiban report KIND: papers and figures out of what is here. */
#include <config.h>

#include <string.h>

#include "report.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/newfile.h"
#include "zhiban/model/brief.h"

enum err report_format(const struct wanted *wanted, bool csv, enum sheet_format *ret_format,
		       struct error *err)
{
	enum sheet_format format = SHEET_TEXT;
	enum err rc = ERR_OK;

	if (wanted->format != NULL)
		rc = sheet_format_find(wanted->format, &format);
	else if (wanted->out != NULL)
		rc = sheet_format_of_file(wanted->out, &format, NULL);
	if (rc != ERR_OK || (format == SHEET_CSV && !csv))
		return error_set(err, ERR_USAGE,
				 csv ? _("--format is text, markdown, html or csv, not \"%s\"")
				     : _("--format is text, markdown or html, not \"%s\""),
				 wanted->format != NULL ? wanted->format : wanted->out);
	*ret_format = format;
	return ERR_OK;
}

enum err report_needs_id(const struct wanted *wanted, const char *example, struct error *err)
{
	if (wanted->id != NULL)
		return ERR_OK;
	return error_set(err, ERR_USAGE, _("say of which one: %s"), example);
}

enum err report_chars(const struct wanted *wanted, size_t *ret_chars, struct error *err)
{
	enum { FEWEST = 20, MOST_CHARS = 5000 };
	long long chars = 0;

	if (wanted->chars != NULL && !str_int(wanted->chars, FEWEST, MOST_CHARS, &chars))
		return error_set(err, ERR_USAGE, _("--chars takes a number from %d to %d, not \"%s\""),
				 FEWEST, MOST_CHARS, wanted->chars);
	*ret_chars = (size_t)chars;
	return ERR_OK;
}

/* One paragraph to read out or to paste. */
static enum err report_brief(struct console *console, const struct wanted *wanted, struct str *out,
			     struct error *err)
{
	struct uuid id;
	size_t chars = 0;
	enum err rc;

	if (wanted->id == NULL)
		return error_set(err, ERR_USAGE, _("say of which incident: %s"),
				 "zhiban report brief 22-0417 --chars 140");
	rc = report_chars(wanted, &chars, err);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_find(console->client, wanted->id, &id, err);
	if (rc == ERR_OK)
		rc = brief_text(console->client, &id, chars, out, err);
	if (rc == ERR_OK)
		str_add_char(out, '\n');
	return rc;
}

static const struct {
	const char *name;
	report_fn run;
} reports[] = {
	{ "funnel", report_funnel },	   { "brief", report_brief },
	{ "whistle", report_whistle },	   { "whistles", report_figures },
	{ "supervise", report_supervise }, { "matrix", report_matrix },
	{ "plan", report_plan },	   { "handover", report_handover },
	{ "dutylog", report_dutylog },	   { "minutes", report_minutes },
	{ "agenda", report_agenda },	   { "signin", report_signin },
	{ "invitation", report_invitation }, { "meeting-brief", report_meeting_brief },
	{ "roster", report_roster },
	{ "ledger", report_ledger },
	{ "actions", report_actions },
};

static enum err unknown(struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(reports); i++)
		str_addf(&names, "%szhiban report %s", i > 0 ? ", " : "", reports[i].name);
	error_set(err, ERR_USAGE, _("say which report: %s"), str_get(&names));
	str_release(&names);
	return ERR_USAGE;
}

static enum err print(const struct wanted *wanted, struct str *out, struct error *err)
{
	struct new_file *file = NULL;
	enum err rc;

	if (wanted->out == NULL)
		return console_print(out, err);
	rc = new_file_open(wanted->out, &file, err);
	if (rc == ERR_OK)
		rc = new_file_write(file, str_get(out), out->len, err);
	if (rc == ERR_OK)
		return new_file_commit(file, err);
	new_file_drop(file);
	return rc;
}

enum err report_command(struct console *console, int argc, char **argv, struct error *err)
{
	enum { WORDS = 3 };
	struct wanted wanted = { .id = NULL };
	const char *rest[WORDS];
	const struct command_option options[] = {
		{ "by", &wanted.by, NULL },	      { "filter", &wanted.filter, NULL },
		{ "format", &wanted.format, NULL },   { "chars", &wanted.chars, NULL },
		{ "since", &wanted.since, NULL },     { "until", &wanted.until, NULL },
		{ "summons", &wanted.summons, NULL }, { "formula", &wanted.formula, NULL },
		{ "order", &wanted.order, NULL },     { "class", &wanted.class, NULL },
		{ "dept", &wanted.dept, NULL },	      { "from", &wanted.from, NULL },
		{ "at", &wanted.at, NULL },	      { "list", &wanted.number_of, NULL },
		{ "date", &wanted.date, NULL },	      { "org", &wanted.org, NULL },
		{ "month", &wanted.month, NULL },
		{ "out", &wanted.out, NULL },	      { "explain", NULL, &wanted.explain },
		{ "month", &wanted.month, NULL },     { "plan", &wanted.plan, NULL },
	};
	struct str out = STR_INIT;
	size_t n, i = 0;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, WORDS, &n, err);

	while (rc == ERR_OK && n > 0 && i < ARRAY_LEN(reports) &&
	       strcmp(rest[0], reports[i].name) != 0)
		i++;
	if (rc == ERR_OK && (n == 0 || i == ARRAY_LEN(reports)))
		rc = unknown(err);
	if (rc == ERR_OK) {
		wanted.id = n > 1 ? rest[1] : NULL;
		wanted.number = n > 2 ? rest[2] : NULL;
		rc = reports[i].run(console, &wanted, &out, err);
	}
	if (out.len > 0) { /* what a refused plan says is printed, too */
		struct error other = ERROR_INIT;
		enum err printed = print(&wanted, &out, &other);

		if (rc == ERR_OK && printed != ERR_OK) {
			rc = printed;
			error_set(err, printed, "%s", other.text);
		}
	}
	str_release(&out);
	return rc;
}
