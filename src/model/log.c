#include <config.h>

#include "zhiban/model/log.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* ---- orders ---- */

static const struct {
	const char *name, *title;
} orders[LOG_ORDERS] = {
	[LOG_BY_TIME] = { "time", N_("by when it happened") },
	[LOG_BY_WRITTEN] = { "written", N_("by when it was written") },
	[LOG_BY_SORT] = { "sort", N_("by sort") },
	[LOG_BY_OFFICER] = { "officer", N_("by officer") },
	[LOG_BY_ORG] = { "org", N_("by organisation") },
};

const char *log_order_name(enum log_order order)
{
	return orders[order].name;
}

const char *log_order_title(enum log_order order)
{
	return _(orders[order].title);
}

bool log_order_find(const char *words, enum log_order *ret_order, bool *ret_turned)
{
	bool turned = *words == '-';

	words += turned;
	for (int i = 0; i < LOG_ORDERS; i++) {
		if (strcmp(orders[i].name, words) != 0 && strcmp(_(orders[i].title), words) != 0)
			continue;
		*ret_order = (enum log_order)i;
		*ret_turned = turned;
		return true;
	}
	return false;
}

struct keyed {
	int64_t num;
	const char *text;
	bool turned;
	size_t place; /* in the order of time */
	struct log_line line;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = x->num != y->num ? (x->num < y->num ? -1 : 1) : strcmp(x->text, y->text);

	if (order == 0)
		order = x->place < y->place ? -1 : x->place > y->place;
	return x->turned ? -order : order;
}

static int64_t org_place(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org - rules->orgs : (int64_t)rules->n_orgs;
}

static void key_of(const struct rules *rules, enum log_order order, struct keyed *keyed)
{
	const struct log_line *line = &keyed->line;

	keyed->text = "";
	switch (order) {
	case LOG_BY_WRITTEN:
		keyed->num = line->line.eff;
		break;
	case LOG_BY_SORT:
		keyed->num = line->record == NULL ? RECORD_SORTS
						  : (int64_t)record_sort_find(line->record->sort);
		break;
	case LOG_BY_OFFICER:
		keyed->text = line->line.officer;
		break;
	case LOG_BY_ORG:
		keyed->num = org_place(rules, line->org);
		break;
	case LOG_BY_TIME:
	case LOG_ORDERS:
		break;
	}
}

void log_order(struct client_log *log, const struct rules *rules, enum log_order order, bool turned)
{
	struct keyed *keyed;

	if (log->n == 0 || (order == LOG_BY_TIME && !turned))
		return;
	keyed = mem_alloc(log->n * sizeof *keyed);
	for (size_t i = 0; i < log->n; i++) {
		keyed[i] = (struct keyed){ .place = i, .turned = turned, .line = log->lines[i] };
		key_of(rules, order, &keyed[i]);
	}
	qsort(keyed, log->n, sizeof *keyed, by_key);
	for (size_t i = 0; i < log->n; i++)
		log->lines[i] = keyed[i].line;
	free(keyed);
}

void log_filter(struct client_log *log, const struct rules *rules, const struct log_filter *filter)
{
	size_t kept = 0;

	for (size_t i = 0; i < log->n; i++)
		if (log_fits(filter, rules, &log->lines[i]))
			log->lines[kept++] = log->lines[i];
	log->n = kept;
}

/* ---- words ---- */

const char *log_sort_label(const struct log_line *line)
{
	if (line->record == NULL)
		return line->kind == KIND_RECORD ? _("record") : _("automatic");
	return record_sort_label(record_sort_find(line->record->sort));
}

static bool creates(const struct log_line *line)
{
	return line->line.act != NULL && line->line.act->conflict == CONFLICT_CREATES;
}

const char *log_what(const struct log_line *line)
{
	return line->record != NULL && creates(line) ? log_sort_label(line) : line->line.label;
}

static void add_part(struct str *out, const char *between, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	str_addf(out, "%s%s", out->len > 0 ? between : "", text);
}

/* "rang Lanling 主班 李敏 0519…, answered: 老周: he comes". */
static void record_words(const struct rules *rules, const struct record *record, struct str *out)
{
	enum record_sort sort = record_sort_find(record->sort);
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	str_add(out, record->title != NULL ? record->title : "");
	if (sort == RECORD_CALL || sort == RECORD_PAPER)
		add_part(out, "  ", record->party);
	add_part(out, "  ", record->paper_no);
	add_part(out, "  ", record->phone);
	if (sort == RECORD_CALL && record->outward)
		add_part(out, "  ", record->answered != NULL ? record->answered : _("no answer"));
	if (sort == RECORD_OUTING) {
		civil_format(record->from_at, rules->offset_min, "m-d H:M", from, sizeof from);
		civil_format(record->to_at, rules->offset_min, "m-d H:M", to, sizeof to);
		add_part(out, "  ", record->party);
		add_part(out, " ", record->place);
		str_addf(out, "  %s - %s", from, record->to_at != 0 ? to : "");
		if (record->deputy != NULL)
			str_addf(out, _("  %s stands in"), record->deputy);
	}
	add_part(out, "  ", record->about_no);
	add_part(out, "  ", record->words);
}

/* What is no longer kept here is told by the first digits of its id, and by what the act said of it. */
static void about_words(const struct log_line *line, struct str *out)
{
	enum { DIGITS = 8 };
	char id[UUID_TEXT];

	add_part(out, " ", line->number);
	add_part(out, " ", line->title);
	if (out->len > 0 || line->kind == KIND_MODE || line->kind == KIND_PROFILE ||
	    uuid_is_nil(&line->entity))
		return;
	uuid_text(&line->entity, id);
	str_addf(out, "%.*s", DIGITS, id);
	for (size_t i = 0; i < line->line.n_given; i++)
		if (strcmp(line->line.given[i].field->name, "title") == 0)
			add_part(out, " ", line->line.given[i].value.text);
}

const char *log_words(const struct rules *rules, const struct log_line *line, struct arena *arena)
{
	struct str out = STR_INIT;
	char *text;

	if (line->record != NULL && creates(line)) {
		record_words(rules, line->record, &out);
	} else {
		about_words(line, &out);
		add_part(&out, "  > ", line->line.whom);
		add_part(&out, "  ", line->line.text);
		add_part(&out, "  ", line->line.phone);
	}
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	for (char *c = text; *c != '\0'; c++)
		if (*c == '\n')
			*c = ' ';
	return text;
}

bool log_is_open(const struct log_line *line, const char **ret_what)
{
	const struct record *record = line->record;
	const char *what = NULL;

	if (record == NULL || !record->open)
		return false;
	if (record_sort_find(record->sort) == RECORD_OUTING)
		what = _("not back yet");
	else if (record->proposed_at == 0)
		what = _("nothing proposed yet");
	else if (record->instructed_at == 0)
		what = _("waits for a leader's word");
	else if (record->told_at == 0)
		what = _("to be passed on");
	else
		what = _("to be carried out");
	*ret_what = what;
	return true;
}

/* ---- a page of one ---- */

static void put_label(struct str *out, const char *label, const char *text)
{
	if (text != NULL && *text != '\0')
		str_addf(out, "%s: %s\n", label, text);
}

static void put_record(const struct rules *rules, const struct record *record, struct str *out)
{
	const struct kind_desc *kind = kind_desc(KIND_RECORD);
	char buf[256];

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, record);

		if ((field->flags & F_HIDDEN) != 0 || !value_is_set(value) ||
		    strcmp(field->name, "title") == 0)
			continue;
		put_label(out, _(field->title),
			  strcmp(field->name, "sort") == 0
				  ? record_sort_label(record_sort_find(record->sort))
			  : value.is_text && (field->flags & F_LONG) != 0
				  ? value.text
				  : rules_show(rules, field, value, buf, sizeof buf));
	}
}

void log_page(struct client *client, const struct log_line *line, struct str *out)
{
	const struct rules *rules = client_rules(client);
	struct client_timeline timeline = { .n = 0 };
	struct arena arena = ARENA_INIT;
	const char *what;

	if (line->record != NULL) {
		str_addf(out, "%s\n\n", line->record->title != NULL ? line->record->title : "");
		put_record(rules, line->record, out);
		if (log_is_open(line, &what))
			str_addf(out, "\n%s: %s\n", _("Still open"), what);
	} else {
		str_addf(out, "%s\n", log_words(rules, line, &arena));
	}
	if (client_timeline(client, &line->entity, &arena, &timeline, NULL) == ERR_OK && timeline.n > 0)
		str_addf(out, "\n%s\n", _("Timeline"));
	for (size_t i = 0; i < timeline.n; i++) {
		const struct client_line *at = &timeline.lines[i];
		char when[CIVIL_TEXT];

		civil_format(at->eff, rules->offset_min, "m-d H:M", when, sizeof when);
		str_addf(out, "%s %s %s %s%s%s\n", when, at->label, at->officer, at->whom,
			 *at->whom != '\0' ? "  " : "", at->text);
	}
	arena_release(&arena);
}

/* ---- days ---- */

void log_day(const struct rules *rules, const char *org, int64_t at, int64_t *ret_from, int64_t *ret_to)
{
	enum { USUAL = 8 * 60 };
	const struct roster_plan *plan = rules_plan_of(rules, org != NULL ? org : rules->centre, 0);
	int begins = USUAL;
	int32_t day;

	for (size_t i = 0; plan != NULL && i < plan->n_shifts; i++) {
		if (plan->shifts[i].mode == NULL) { /* the first of a usual day */
			begins = plan->shifts[i].from;
			break;
		}
	}
	day = civil_day_of_ms(at - begins * MINUTE_MS, rules->offset_min);
	*ret_from = civil_ms_of_day(day, rules->offset_min) + begins * MINUTE_MS;
	*ret_to = *ret_from + DAY_MS;
}
