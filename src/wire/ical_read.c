/* A calendar, read whole: records, rejects and spans. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "ical_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { ALL_SPANS_MOST = 500000 };

struct gathered {
	struct ical_calendar *out;
	size_t records_cap, spans_cap, rejects_cap;
};

static void reject(struct gathered *all, const struct ical_reject *row)
{
	MEM_GROW(all->out->rejects, all->out->n_rejects, all->rejects_cap);
	all->out->rejects[all->out->n_rejects++] = *row;
}

static void one(const struct ical_work *work, const struct ical_block *block, struct gathered *all)
{
	struct ical_calendar *out = all->out;
	struct error why = ERROR_INIT;
	struct ical_record record;
	struct ical_span *spans = NULL;
	size_t n = 0;
	enum err code = item_read(work, block, &record, &why);

	if (code == ERR_OK)
		code = item_spans(work, block, &record, &spans, &n, &why);
	if (code == ERR_OK && out->n_spans + n > ALL_SPANS_MOST)
		code = error_set(&why, ERR_INPUT, _("the file has too many moments"));
	if (code != ERR_OK) {
		reject(all,
		       &(struct ical_reject){block->line, ical_sort_word(block->sort),
					     arena_strdup(work->arena, why.text), block->bytes});
		return;
	}
	for (size_t i = 0; i < n; i++) {
		spans[i].record = out->n_records;
		MEM_GROW(out->spans, out->n_spans, all->spans_cap);
		out->spans[out->n_spans++] = spans[i];
	}
	MEM_GROW(out->records, out->n_records, all->records_cap);
	out->records[out->n_records++] = record;
}

/* ---- what one record says of another's series ---- */

struct instance {
	const char *uid;
	int64_t at;
};

static int by_instance(const void *a, const void *b)
{
	const struct instance *x = a, *y = b;
	int order = strcmp(x->uid, y->uid);

	return order != 0 ? order : x->at < y->at ? -1 : x->at > y->at;
}

static void drop_instances(struct ical_calendar *out)
{
	struct instance *instances = mem_alloc((out->n_records + 1) * sizeof *instances);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < out->n_records; i++)
		if (out->records[i].item.instance != 0 && *out->records[i].item.uid != '\0')
			instances[n++] = (struct instance){out->records[i].item.uid,
							   out->records[i].item.instance};
	qsort(instances, n, sizeof *instances, by_instance);
	for (size_t i = 0; i < out->n_spans; i++) {
		struct ical_record *record = &out->records[out->spans[i].record];
		const struct instance key = {record->item.uid, out->spans[i].starts};

		if (n > 0 && record->item.instance == 0 &&
		    bsearch(&key, instances, n, sizeof *instances, by_instance) != NULL)
			record->spans--;
		else
			out->spans[kept++] = out->spans[i];
	}
	out->n_spans = kept;
	free(instances);
}

/* ---- the whole ---- */

static int by_start(const void *a, const void *b)
{
	const struct ical_span *x = a, *y = b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return x->record < y->record ? -1 : x->record > y->record;
}

static int by_line(const void *a, const void *b)
{
	const struct ical_reject *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

static void *settled(struct arena *arena, void *from, size_t n, size_t size)
{
	void *to = arena_array(arena, n + 1, size);

	if (n > 0)
		memcpy(to, from, n * size);
	free(from);
	return to;
}

static void settle(struct ical_calendar *out, struct arena *arena)
{
	if (out->n_spans > 0)
		qsort(out->spans, out->n_spans, sizeof *out->spans, by_start);
	if (out->n_rejects > 0)
		qsort(out->rejects, out->n_rejects, sizeof *out->rejects, by_line);
	out->records = settled(arena, out->records, out->n_records, sizeof *out->records);
	out->spans = settled(arena, out->spans, out->n_spans, sizeof *out->spans);
	out->rejects = settled(arena, out->rejects, out->n_rejects, sizeof *out->rejects);
}

/* A window in which the arithmetic of days holds. */
static struct ical_ask within(const struct ical_ask *ask)
{
	struct ical_ask kept = *ask;
	int64_t first = civil_ms_of_day(civil_day(1900, 1, 10), 0);
	int64_t end = civil_ms_of_day(civil_day(2500, 1, 1), 0);

	kept.from = kept.from < first ? first : kept.from;
	kept.to = kept.to > end ? end : kept.to;
	return kept;
}

enum err ical_read(const char *bytes, size_t len, const struct ical_ask *ask, struct arena *arena,
		   struct ical_calendar *ret_calendar, struct error *err)
{
	const struct ical_ask window = within(ask);
	struct ical_blocks blocks = {.n = 0};
	struct rule_budget budget = {0};
	struct ical_zones zones;
	struct ical_work work = {.ask = &window, .budget = &budget, .arena = arena};
	struct ical_calendar out = {.n_records = 0};
	struct gathered all = {.out = &out};
	enum err code = ical_blocks(bytes, len, arena, &blocks, err);

	if (code != ERR_OK)
		return code;
	if (!blocks.any)
		return error_set(err, ERR_INPUT,
				 _("this is no calendar: it has no line BEGIN:VCALENDAR"));
	code = ical_lib_open(arena, &work.lib, err);
	if (code != ERR_OK)
		return code;
	out.method = blocks.method;
	out.name = blocks.name;
	out.counts = blocks.counts;
	out.mended = blocks.mended;
	zones_read(&work, &blocks, &zones);
	work.zones = &zones;
	for (size_t i = 0; i < blocks.n_rejects; i++)
		reject(&all, &blocks.rejects[i]);
	for (size_t i = 0; i < blocks.n; i++)
		if (blocks.blocks[i].sort < ICAL_SORTS)
			one(&work, &blocks.blocks[i], &all);
	drop_instances(&out);
	settle(&out, arena);
	*ret_calendar = out;
	return ERR_OK;
}
