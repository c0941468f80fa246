/* The audit log for those who read it. */
#include <config.h>

#include "manage_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct listing_column columns[] = {
	{ "no", N_("No.") },	   { "at", N_("Time") },     { "what", N_("What") },
	{ "who", N_("Who") },	   { "role", N_("Role") },   { "about", N_("About") },
	{ "words", N_("Words") },  { "via", N_("Address") }, { "times", N_("Times") },
};
enum { LINES_USUAL = 200, LINES_MOST = 10000, N_COLUMNS = ARRAY_LEN(columns), NUMBER_TEXT = 24 };

struct reading { /* keeps the newest `limit` lines */
	struct listing listing;
	const struct rules *rules;
	const char *who, *what, *about; /* only these; NULL: all */
	int64_t since, limit;
	bool titles; /* for people: what it is called, not its word */
};

static bool wanted(const struct reading *reading, const struct db_audit *row)
{
	return row->at >= reading->since &&
	       (reading->who == NULL || str_eq(reading->who, row->who)) &&
	       (reading->what == NULL || strcmp(reading->what, row->what) == 0) &&
	       (reading->about == NULL || str_eq(reading->about, row->about));
}

static bool line_each(void *ctx, const struct db_audit *row)
{
	struct reading *reading = ctx;
	char no[NUMBER_TEXT], times[NUMBER_TEXT], at[CIVIL_TEXT];
	const char *cells[N_COLUMNS] = {
		no,	   at,	       reading->titles ? audit_title(row->what) : row->what,
		row->who,  manage_role(reading->rules, row->role, reading->titles), row->about,
		row->words, row->via,  row->n > 1 ? times : NULL,
	};

	if (!wanted(reading, row))
		return true;
	snprintf(no, sizeof no, "%lld", (long long)row->no);
	snprintf(times, sizeof times, "%lld", (long long)row->n);
	if (reading->titles)
		civil_format(row->at, reading->rules->offset_min, "Y-m-d H:M:S", at, sizeof at);
	else
		civil_iso(row->at, reading->rules->offset_min, at);
	listing_add(&reading->listing, cells);
	return true;
}

static void keep_newest(struct listing *listing, int64_t limit)
{
	size_t most = (size_t)limit * N_COLUMNS;

	if (listing->n <= most)
		return;
	memmove(listing->cells, listing->cells + listing->n - most, most * sizeof *listing->cells);
	listing->n = most;
}

/* A word that no line can have would give an empty list without a reason. */
static enum err check_what(const char *what, struct error *err)
{
	struct str known = STR_INIT;

	if (what == NULL || audit_is_word(what))
		return ERR_OK;
	audit_words(&known);
	(void)error_set(err, ERR_INPUT, _("\"%.60s\" is no kind of line; there are: %s"), what,
			str_get(&known));
	str_release(&known);
	return ERR_INPUT;
}

enum err admin_audit_get(struct call *call, struct error *err)
{
	const char *format = call_arg(call, "format"), *since = call_arg(call, "since");
	struct reading reading = { .rules = call->rules,
				   .who = call_arg(call, "who"),
				   .what = call_arg(call, "what"),
				   .about = call_arg(call, "about"),
				   .titles = str_eq(format, "table") };
	int64_t after = 0;
	enum err code = call_int(call, "limit", LINES_USUAL, 1, LINES_MOST, &reading.limit, err);

	if (code == ERR_OK)
		code = check_what(reading.what, err);
	if (code == ERR_OK)
		code = call_int(call, "after", 0, 0, INT64_MAX, &after, err);
	if (code == ERR_OK && since != NULL)
		code = civil_parse(since, call->rules->offset_min, &reading.since, err);
	if (code == ERR_OK)
		code = call_reader(call, err);
	listing_init(&reading.listing, columns, N_COLUMNS);
	if (code == ERR_OK)
		code = call->service->db->audit_scan(call->reader, after, line_each, &reading, err);
	keep_newest(&reading.listing, reading.limit);
	if (code == ERR_OK)
		code = manage_reply(call, &reading.listing, err);
	listing_release(&reading.listing);
	return code;
}
