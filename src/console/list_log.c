/* zhiban list dutylog|records, zhiban report dutylog. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "list.h"
#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/log.h"

enum { USUAL_DAYS = 7 };

static enum err moment_of(struct console *console, const char *words, int64_t *ret_at,
			  struct error *err)
{
	static const struct field field = { .name = "at", .title = N_("When"), .type = FIELD_TIME };
	struct value value;
	enum err rc;

	if (filter_is_last_shift(words)) {
		*ret_at = client_last_shift(console->client);
		return *ret_at != 0 ? ERR_OK
				    : error_set(err, ERR_USAGE, "%s",
						_("no duty of yours that has ended is known here"));
	}
	rc = client_value(console->client, &field, words, &console->arena, &value, err);
	if (rc == ERR_OK)
		*ret_at = value.num;
	else if (err != NULL)
		err->code = ERR_USAGE;
	return rc == ERR_OK ? ERR_OK : ERR_USAGE;
}

/* since:DAY and until:DAY say which span is read; they are taken out of the filter's words. */
static enum err take_span(struct list *list, const char **ret_filter, int64_t *from, int64_t *to,
			  struct error *err)
{
	struct console *console = list->console;
	char *rest = arena_strdup(&console->arena, list->filter != NULL ? list->filter : ""), *word;
	struct str filter = STR_INIT;
	enum err rc = ERR_OK;

	*to = INT64_MAX / 2;
	*from = client_now(console->client) - USUAL_DAYS * DAY_MS;
	while (rc == ERR_OK && (word = strsep(&rest, " ")) != NULL) {
		if (str_starts(word, "since:"))
			rc = moment_of(console, word + strlen("since:"), from, err);
		else if (str_starts(word, "until:"))
			rc = moment_of(console, word + strlen("until:"), to, err);
		else if (*word != '\0')
			str_addf(&filter, "%s%s", filter.len > 0 ? " " : "", word);
	}
	*ret_filter = arena_strdup(&console->arena, str_get(&filter));
	str_release(&filter);
	return rc;
}

static enum err read_filter(struct list *list, const char *words, struct log_filter **ret_filter,
			    struct error *err)
{
	struct log_problem problem;

	if (log_filter_parse(list->ctx.rules, list->ctx.now, words, &list->console->arena, ret_filter,
			     &problem) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_USAGE, _("in the filter, \"%.*s\": %s"), (int)problem.len,
			 words + problem.at, problem.text);
}

static enum err read_order(const struct list *list, enum log_order *order, bool *turned,
			   struct error *err)
{
	struct str known = STR_INIT;

	if (list->sort == NULL || log_order_find(list->sort, order, turned))
		return ERR_OK;
	for (int i = 0; i < LOG_ORDERS; i++)
		str_addf(&known, " %s", log_order_name((enum log_order)i));
	error_set(err, ERR_USAGE, _("--sort: \"%s\" is no order; there are%s, with - before it the "
				    "other way round"), list->sort, str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

/* Older lines come from the server: asked for, and waited for a little. */
static enum err read_log(struct console *console, int64_t from, int64_t to,
			 struct client_log *ret_log, struct error *err)
{
	enum { PATIENCE_MS = 3000 };
	struct client_change change;
	struct error ignored = ERROR_INIT;
	enum err rc = client_log(console->client, from, to, &console->arena, ret_log, err);

	if (rc != ERR_OK || ret_log->complete || client_actor(console->client) == NULL ||
	    console_sync(console, PATIENCE_MS, &ignored) != ERR_OK ||
	    client_poll(console->client, &change, &ignored) != ERR_OK)
		return rc;
	return client_log(console->client, from, to, &console->arena, ret_log, err);
}

enum err list_dutylog(struct list *list, struct error *err)
{
	struct log_filter *filter = NULL;
	enum log_order order = LOG_BY_TIME;
	struct client_log log = { .n = 0 };
	bool turned = false;
	const char *words;
	int64_t from, to;
	enum err rc = take_span(list, &words, &from, &to, err);

	if (rc == ERR_OK)
		rc = read_filter(list, words, &filter, err);
	if (rc == ERR_OK)
		rc = read_order(list, &order, &turned, err);
	if (rc == ERR_OK)
		rc = read_log(list->console, from, to, &log, err);
	if (rc != ERR_OK)
		return rc;
	log_filter(&log, list->ctx.rules, filter);
	log_order(&log, list->ctx.rules, order, turned);
	for (size_t i = 0; rc == ERR_OK && i < log.n && list->written < list->limit; i++) {
		struct arena arena = ARENA_INIT;
		struct log_row row;

		log_row_of(list->ctx.rules, &log.lines[i], &arena, &row);
		if (list->as_table)
			row.sort = log_sort_label(&log.lines[i]);
		rc = list_add(list, &row.id, &row, err);
		list->written++;
		arena_release(&arena);
	}
	if (rc == ERR_OK && !log.complete)
		fprintf(stderr, "%s\n", _("Older lines are still to be fetched: zhiban sync"));
	return rc;
}

/* Of the register: open ones whenever they came. */
enum err list_records(struct list *list, struct error *err)
{
	struct log_filter *filter = NULL;
	struct client_record *records = NULL;
	const char *words;
	int64_t from, to;
	size_t n = 0;
	enum err rc = take_span(list, &words, &from, &to, err);

	if (rc == ERR_OK)
		rc = read_filter(list, words, &filter, err);
	if (rc == ERR_OK)
		rc = client_records(list->console->client, NULL, from, to, true, &list->console->arena,
				    &records, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n && list->written < list->limit; i++) {
		const struct record *record = records[i].record;
		struct log_line line = { .line = { .officer = record->by != NULL ? record->by : "",
						   .label = "", .text = "", .whom = "", .phone = "",
						   .act = act_desc_of(KIND_RECORD, "log"),
						   .marks = records[i].marks & ROW_PENDING
								    ? LINE_PENDING : 0 },
					 .late = record->late, .kind = KIND_RECORD,
					 .entity = record->head.id, .record = record,
					 .number = record->number != NULL ? record->number : "",
					 .title = record->title != NULL ? record->title : "",
					 .org = record->org != NULL ? record->org : "" };

		if (!log_fits(filter, list->ctx.rules, &line))
			continue;
		rc = list_add(list, &record->head.id, record, err);
		list->written++;
	}
	return rc;
}

/* ---- paper ---- */

static enum err take_org(struct console *console, const char *words, const char **ret_org,
			 struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	const struct org *org;

	*ret_org = actor != NULL ? actor->org : rules->centre;
	if (words == NULL)
		return ERR_OK;
	if (candidates_org(rules, words, client_now(console->client), &org, err) != ERR_OK) {
		if (err != NULL)
			err->code = ERR_USAGE;
		return ERR_USAGE;
	}
	*ret_org = org->code;
	return ERR_OK;
}

/* Those of an organisation and within it; the centre's log has what all did. */
static void of_org(struct client_log *log, const struct rules *rules, const char *org)
{
	size_t kept = 0;

	for (size_t i = 0; i < log->n; i++)
		if (rules_org_within(rules, log->lines[i].org, org) || str_eq(org, rules->centre))
			log->lines[kept++] = log->lines[i];
	log->n = kept;
}

enum err report_dutylog(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err)
{
	enum sheet_format format = SHEET_TEXT;
	struct client_log log = { .n = 0 };
	const char *org = NULL;
	struct sheet sheet;
	int64_t from, to, at = 0;
	enum err rc = report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK && !client_has_rules(console->client))
		rc = error_set(err, ERR_OFFLINE, "%s", _("the rules are not here yet: zhiban sync"));
	if (rc == ERR_OK)
		rc = take_org(console, wanted->org, &org, err);
	if (rc != ERR_OK)
		return rc;
	at = client_now(console->client);
	if (wanted->date != NULL) {
		rc = moment_of(console, wanted->date, &at, err);
		at += DAY_MS / 2; /* the day of duty that begins on it */
	}
	if (rc != ERR_OK)
		return rc;
	log_day(client_rules(console->client), org, at, &from, &to);
	rc = read_log(console, from, to, &log, err);
	if (rc != ERR_OK)
		return rc;
	of_org(&log, client_rules(console->client), org);
	log_sheet(console->client, org, from, to, &log, &sheet);
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}
