/* A block of lines as a record, and when it takes place. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ical_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { SEQUENCE_MOST = 1000000000 };

/* ---- values ---- */

static const char *text_of(const struct ical_work *work, const struct ical_block *block,
			   const char *name)
{
	const struct ical_line *line = block_line(block, name);

	return line != NULL ? value_text(line->text, work->arena) : "";
}

static enum err moment_of(const struct ical_work *work, const struct ical_block *block,
			  const char *name, struct moment *ret_moment, bool *ret_there,
			  struct error *err)
{
	const struct ical_line *line = block_line(block, name);

	*ret_there = line != NULL;
	if (line == NULL || value_moment(work->lib, line->text, work->arena, ret_moment) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("line %lld: %s is no moment"), (long long)line->line,
			 name);
}

static int64_t stamp_of(const struct ical_work *work, const struct ical_block *block,
			const char *name)
{
	struct moment moment;
	bool there, guessed;

	if (moment_of(work, block, name, &moment, &there, NULL) != ERR_OK || !there)
		return 0;
	return moment_utc(work->zones, &moment, &guessed);
}

static void read_people(const struct ical_work *work, const struct ical_block *block,
			struct ical_item *item)
{
	struct ical_person *people, *organizer = arena_alloc(work->arena, sizeof *organizer);
	size_t n = 0;

	for (size_t i = 0; i < block->n; i++)
		n += strcmp(block->lines[i].name, "ATTENDEE") == 0;
	if (n > ICAL_PEOPLE_MOST)
		n = ICAL_PEOPLE_MOST;
	people = arena_array(work->arena, n + 1, sizeof *people);
	for (size_t i = 0; i < block->n && item->n_people < n; i++)
		if (strcmp(block->lines[i].name, "ATTENDEE") == 0 &&
		    value_person(work->lib, block->lines[i].text, work->arena,
				 &people[item->n_people]) == ERR_OK)
			item->n_people++;
	item->people = people;
	if (block_line(block, "ORGANIZER") != NULL &&
	    value_person(work->lib, block_line(block, "ORGANIZER")->text, work->arena, organizer) ==
		ERR_OK)
		item->organizer = organizer;
}

static void read_words(const struct ical_work *work, const struct ical_block *block,
		       struct ical_item *item)
{
	const char *sequence = text_of(work, block, "SEQUENCE");
	long long number = 0;

	item->uid = text_of(work, block, "UID");
	item->summary = text_of(work, block, "SUMMARY");
	item->text = text_of(work, block, "DESCRIPTION");
	item->comment = text_of(work, block, "COMMENT");
	item->place = text_of(work, block, "LOCATION");
	item->url = text_of(work, block, "URL");
	item->category = text_of(work, block, "CATEGORIES");
	item->status = text_of(work, block, "STATUS");
	item->free = strcasecmp(text_of(work, block, "TRANSP"), "TRANSPARENT") == 0;
	if (str_int(sequence, 0, SEQUENCE_MOST, &number))
		item->sequence = (int)number;
	item->stamp = stamp_of(work, block, "DTSTAMP");
	item->created = stamp_of(work, block, "CREATED");
	item->changed = stamp_of(work, block, "LAST-MODIFIED");
	item->instance = stamp_of(work, block, "RECURRENCE-ID");
	read_people(work, block, item);
}

/* ---- when ---- */

struct when {
	struct moment start, end;
	bool has_start, has_end, has_duration;
	int64_t duration;
};

static enum err read_when(const struct ical_work *work, const struct ical_block *block,
			  enum ical_sort sort, struct when *when, struct error *err)
{
	const struct ical_line *duration = block_line(block, "DURATION");
	enum err code = moment_of(work, block, "DTSTART", &when->start, &when->has_start, err);

	if (code == ERR_OK)
		code = moment_of(work, block, sort == ICAL_SORT_TODO ? "DUE" : "DTEND", &when->end,
				 &when->has_end, err);
	if (code != ERR_OK)
		return code;
	if (duration != NULL && !when->has_end) {
		if (value_duration(work->lib, duration->text, &when->duration) != ERR_OK)
			return error_set(err, ERR_INPUT, _("line %lld: %s is no length of time"),
					 (long long)duration->line, "DURATION");
		when->has_duration = true;
	}
	/* a reply or a cancelling need not say it again */
	if (sort == ICAL_SORT_EVENT && !when->has_start && *block->method == '\0')
		return error_set(err, ERR_INPUT, _("it does not say when it begins"));
	return ERR_OK;
}

static enum err set_when(const struct ical_work *work, const struct when *when,
			 struct ical_record *record, struct error *err)
{
	struct ical_item *item = &record->item;

	if (when->has_start) {
		item->starts = moment_utc(work->zones, &when->start, &record->zone_guessed);
		item->all_day = when->start.date;
		record->zone = when->start.utc ? "" : when->start.zone;
	}
	if (when->has_end)
		item->ends = moment_utc(work->zones, &when->end, &record->zone_guessed);
	else if (when->has_duration && when->has_start)
		item->ends = item->starts + when->duration;
	else
		item->ends = item->starts;
	/* a whole day lasts until the next one begins, also where its end was written as itself */
	if (item->all_day && item->sort == ICAL_SORT_EVENT && item->ends >= item->starts)
		item->ends = item->starts + (item->ends - item->starts + DAY_MS - 1 +
					     (item->ends == item->starts)) /
						DAY_MS * DAY_MS;
	if (when->has_start && item->ends < item->starts)
		return error_set(err, ERR_INPUT, _("it ends before it begins"));
	return ERR_OK;
}

enum err item_read(const struct ical_work *work, const struct ical_block *block,
		   struct ical_record *ret_record, struct error *err)
{
	struct ical_record record = {.item = {.sort = block->sort},
				     .line = block->line,
				     .bytes = block->bytes,
				     .method = block->method};
	struct when when = {.has_start = false};
	enum err code;

	if (block->why != NULL)
		return error_set(err, ERR_INPUT, "%s", block->why);
	code = read_when(work, block, block->sort, &when, err);
	if (code == ERR_OK)
		code = set_when(work, &when, &record, err);
	if (code != ERR_OK)
		return code;
	read_words(work, block, &record.item);
	for (size_t i = 0; i < block->n; i++)
		record.recurs = record.recurs || strcmp(block->lines[i].name, "RRULE") == 0 ||
				strcmp(block->lines[i].name, "RDATE") == 0;
	*ret_record = record;
	return ERR_OK;
}

/* ---- spans ---- */

struct spans {
	const struct ical_work *work;
	const struct ical_block *block;
	struct ical_record *record;
	struct moment start;
	int64_t length; /* ms */
	bool ruled;     /* it has a rule */
	struct ical_span *spans;
	size_t n, cap, most;
	struct dropped {    /* what does not take place */
		int64_t at; /* ms UTC; of a whole day its number */
		bool day;
	} * dropped;
	size_t n_dropped, dropped_cap;
};

/* A to-do and a journal keep nobody busy. */
static bool is_busy(const struct ical_item *item)
{
	return item->sort == ICAL_SORT_EVENT && !item->free &&
	       strcasecmp(item->status, "CANCELLED") != 0;
}

static void add_span(struct spans *out, int64_t starts, int64_t ends, bool busy)
{
	const struct ical_ask *ask = out->work->ask;

	if (starts >= ask->to || ends < ask->from || (ends == ask->from && ends > starts))
		return;
	if (out->n == out->most) {
		out->record->cut = true;
		return;
	}
	MEM_GROW(out->spans, out->n, out->cap);
	out->spans[out->n++] = (struct ical_span){0, starts, ends, busy};
}

/* A moment of a rule, which is by the clock of the beginning. */
static int64_t rule_utc(const struct spans *out, int64_t local)
{
	const struct moment moment = {local, out->start.date, out->start.utc, out->start.zone};

	return moment_utc(out->work->zones, &moment, &out->record->zone_guessed);
}

/* Moments of one rule in the window, as local ones. */
static enum err rule_of(struct spans *out, const struct ical_line *line, int64_t **ret_at,
			size_t *ret_n, struct error *err)
{
	const struct ical_work *work = out->work;
	const char *zone = out->start.date ? NULL : out->start.zone;
	struct rule_ask ask = {.lib = work->lib,
			       .rule = value_raw(line->text),
			       .start = out->start,
			       .until = INT64_MIN,
			       .most = out->most};
	int64_t until;
	bool cut = false;
	enum err code;

	if (!out->start.date && rule_until(ask.lib, ask.rule, work->arena, &until))
		ask.until = out->start.utc ? until : zone_local(work->zones, zone, until);
	/* two days more on either side: no clock is further away from another */
	ask.from = work->ask->from - out->length - 2 * DAY_MS;
	ask.to = work->ask->to + 2 * DAY_MS;
	code = rule_moments(&ask, work->budget, work->arena, ret_at, ret_n, &cut, err);
	if (code != ERR_OK)
		error_prefix(err, _("line %lld"), (long long)line->line);
	out->record->cut = out->record->cut || cut;
	return code;
}

/* Some programs write an empty line where there is none. */
static bool is_rule(const struct ical_line *line)
{
	return strcmp(line->name, "RRULE") == 0 && *value_raw(line->text) != '\0';
}

static enum err add_rules(struct spans *out, struct error *err)
{
	enum err code = ERR_OK;
	int64_t *at;
	size_t n;

	for (size_t i = 0; code == ERR_OK && i < out->block->n; i++) {
		if (!is_rule(&out->block->lines[i]))
			continue;
		code = rule_of(out, &out->block->lines[i], &at, &n, err);
		for (size_t k = 0; code == ERR_OK && k < n; k++)
			add_span(out, rule_utc(out, at[k]), rule_utc(out, at[k]) + out->length,
				 is_busy(&out->record->item));
	}
	return code;
}

/* None of an empty line, which some programs write. */
static size_t values_of(const struct ical_line *line, const char *name, struct arena *arena,
			const char ***ret_texts)
{
	if (strcmp(line->name, name) != 0 || *value_raw(line->text) == '\0')
		return 0;
	return value_split(line->text, arena, ret_texts);
}

static enum err add_dates(struct spans *out, struct error *err)
{
	const struct ical_work *work = out->work;
	struct moment from, to;
	const char **texts;

	for (size_t i = 0; i < out->block->n; i++) {
		const struct ical_line *line = &out->block->lines[i];
		size_t n = values_of(line, "RDATE", work->arena, &texts);
		bool guessed = false;

		for (size_t k = 0; k < n; k++) {
			int64_t starts;

			if (value_period(work->lib, texts[k], work->arena, &from, &to) == ERR_OK) {
				starts = moment_utc(work->zones, &from, &guessed);
				add_span(out, starts, moment_utc(work->zones, &to, &guessed),
					 is_busy(&out->record->item));
			} else if (value_moment(work->lib, texts[k], work->arena, &from) == ERR_OK) {
				starts = moment_utc(work->zones, &from, &guessed);
				add_span(out, starts, starts + out->length,
					 is_busy(&out->record->item));
			} else {
				return error_set(err, ERR_INPUT, _("line %lld: %s is no moment"),
						 (long long)line->line, "RDATE");
			}
		}
	}
	return ERR_OK;
}

static void drop_at(struct spans *out, int64_t starts, bool day)
{
	MEM_GROW(out->dropped, out->n_dropped, out->dropped_cap);
	out->dropped[out->n_dropped++] = (struct dropped){
	    day ? civil_day_of_ms(starts, out->work->ask->offset_min) : starts, day};
}

static int by_dropped(const void *a, const void *b)
{
	const struct dropped *x = a, *y = b;

	if (x->day != y->day)
		return x->day ? 1 : -1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static bool is_dropped(const struct spans *out, int64_t at, bool day)
{
	const struct dropped key = {at, day};

	return out->n_dropped > 0 &&
	       bsearch(&key, out->dropped, out->n_dropped, sizeof key, by_dropped) != NULL;
}

static int by_start(const void *a, const void *b)
{
	const struct ical_span *x = a, *y = b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return x->ends < y->ends ? -1 : x->ends > y->ends;
}

/* By beginning, each moment once (a rule and a date may say the same), without what was dropped. */
static void sift(struct spans *out)
{
	int offset = out->work->ask->offset_min;
	bool once = out->record->item.sort != ICAL_SORT_FREEBUSY;
	size_t kept = 0;

	if (out->n > 0)
		qsort(out->spans, out->n, sizeof *out->spans, by_start);
	if (out->n_dropped > 0)
		qsort(out->dropped, out->n_dropped, sizeof *out->dropped, by_dropped);
	for (size_t i = 0; i < out->n; i++) {
		const struct ical_span *span = &out->spans[i];

		if ((once && kept > 0 && out->spans[kept - 1].starts == span->starts) ||
		    is_dropped(out, span->starts, false) ||
		    is_dropped(out, civil_day_of_ms(span->starts, offset), true))
			continue;
		out->spans[kept++] = *span;
	}
	out->n = kept;
}

static enum err drop_dates(struct spans *out, struct error *err)
{
	const struct ical_work *work = out->work;
	struct moment moment;
	const char **texts;

	for (size_t i = 0; i < out->block->n; i++) {
		const struct ical_line *line = &out->block->lines[i];
		size_t n = values_of(line, "EXDATE", work->arena, &texts);
		bool guessed = false;

		for (size_t k = 0; k < n; k++) {
			if (value_moment(work->lib, texts[k], work->arena, &moment) != ERR_OK)
				return error_set(err, ERR_INPUT, _("line %lld: %s is no moment"),
						 (long long)line->line, "EXDATE");
			drop_at(out, moment_utc(work->zones, &moment, &guessed), moment.date);
		}
	}
	return ERR_OK;
}

/* What RFC 2445 knew: a rule of what does not take place. */
static enum err drop_rules(struct spans *out, struct error *err)
{
	int64_t *at;
	size_t n;

	for (size_t i = 0; i < out->block->n; i++) {
		enum err code;

		if (strcmp(out->block->lines[i].name, "EXRULE") != 0)
			continue;
		code = rule_of(out, &out->block->lines[i], &at, &n, err);
		if (code != ERR_OK)
			return code;
		for (size_t k = 0; k < n; k++)
			drop_at(out, rule_utc(out, at[k]), false);
	}
	return ERR_OK;
}

static enum err add_periods(struct spans *out, struct error *err)
{
	const struct ical_work *work = out->work;
	struct moment from, to;
	const char **texts;
	bool guessed = false;

	for (size_t i = 0; i < out->block->n; i++) {
		const struct ical_line *line = &out->block->lines[i];
		const char *type;
		size_t n;

		if (strcmp(line->name, "FREEBUSY") != 0 || *value_raw(line->text) == '\0')
			continue;
		type = value_param(work->lib, line->text, "FBTYPE", work->arena);
		n = value_split(line->text, work->arena, &texts);
		for (size_t k = 0; k < n; k++) {
			if (value_period(work->lib, texts[k], work->arena, &from, &to) != ERR_OK)
				return error_set(err, ERR_INPUT, _("line %lld: %s is no period"),
						 (long long)line->line, "FREEBUSY");
			add_span(out, moment_utc(work->zones, &from, &guessed),
				 moment_utc(work->zones, &to, &guessed),
				 type == NULL || strcasecmp(type, "FREE") != 0);
		}
	}
	return ERR_OK;
}

static enum err add_all(struct spans *out, struct error *err)
{
	struct ical_record *record = out->record;
	enum err code;

	if (record->item.sort == ICAL_SORT_FREEBUSY)
		return add_periods(out, err);
	if (block_line(out->block, "DTSTART") == NULL)
		return ERR_OK;
	if (value_moment(out->work->lib, block_line(out->block, "DTSTART")->text, out->work->arena,
			 &out->start) != ERR_OK)
		return ERR_OK;
	out->length = record->item.ends - record->item.starts;
	for (size_t i = 0; i < out->block->n; i++)
		out->ruled = out->ruled || is_rule(&out->block->lines[i]);
	/* a beginning that its rule does not have means nothing (RFC 5545, 3.8.5.3): it is left out
	 */
	if (!out->ruled)
		add_span(out, record->item.starts, record->item.ends, is_busy(&record->item));
	code = add_rules(out, err);
	if (code == ERR_OK)
		code = add_dates(out, err);
	if (code == ERR_OK)
		code = drop_rules(out, err);
	return code == ERR_OK ? drop_dates(out, err) : code;
}

enum err item_spans(const struct ical_work *work, const struct ical_block *block,
		    struct ical_record *record, struct ical_span **ret_spans, size_t *ret_n,
		    struct error *err)
{
	struct spans out = {.work = work,
			    .block = block,
			    .record = record,
			    .most = work->ask->most != 0 ? work->ask->most : ICAL_SPANS_MOST};
	enum err code = add_all(&out, err);

	if (code == ERR_OK) {
		sift(&out);
		*ret_spans = arena_array(work->arena, out.n + 1, sizeof **ret_spans);
		if (out.n > 0)
			memcpy(*ret_spans, out.spans, out.n * sizeof *out.spans);
		*ret_n = record->spans = out.n;
	}
	free(out.spans);
	free(out.dropped);
	return code;
}
