#include <config.h>

#include "zhiban/model/supervisions.h"

#include <stdlib.h>
#include <string.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"

enum { BUDGET = 2000, PAGE = 100 };

struct rows {
	struct client *client;
	struct arena *arena;
	struct supervision_row *items;
	size_t n, cap;
};

#define FIELD(name, type, title) \
	FIELD_DESC(offsetof(struct supervision_row, name), name, type, #name, #name, title, 0,  \
		   PUBLIC, 0)
static const struct field fields[] = {
	FIELD(channel, CODE, N_("Supervision by")),
	FIELD(serial, INT, N_("Number")),
	FIELD(about, TEXT, N_("Case or whistle")),
	FIELD(org, ORG, N_("Must answer")),
	FIELD(at, TIME, N_("Issued")),
	FIELD(due, TIME, N_("Answer by")),
	FIELD(answered_at, TIME, N_("Answered")),
	FIELD(points, INT, N_("Points")),
	FIELD(by, PERSON, N_("Issued by")),
	FIELD(title, TEXT, N_("Title")),
	FIELD(words, TEXT, N_("Words")),
};

const struct kind_desc *supervisions_desc(void)
{
	static const struct kind_desc desc = {
		.kind = KIND_COUNT,
		.name = "supervision",
		.plural = "supervisions",
		.fields = fields,
		.n_fields = ARRAY_LEN(fields),
		.size = sizeof(struct supervision_row),
	};

	return &desc;
}

static void add(struct rows *rows, enum kind kind, const struct uuid *entity, const char *about,
		const char *title, const struct children *children)
{
	const struct supervision *list = children->items;

	for (size_t i = 0; i < children->n; i++) {
		const struct supervision *it = &list[i];

		if (it->lifted_at != 0)
			continue;
		MEM_GROW(rows->items, rows->n, rows->cap);
		rows->items[rows->n++] = (struct supervision_row){
			.id = it->id,
			.kind = kind,
			.entity = *entity,
			.about = arena_strdup(rows->arena, about),
			.title = arena_strdup(rows->arena, title),
			.channel = arena_strdup(rows->arena, it->channel),
			.org = arena_strdup(rows->arena, it->org),
			.words = arena_strdup(rows->arena, it->words),
			.by = arena_strdup(rows->arena, it->by),
			.serial = it->number,
			.at = it->at,
			.due = it->due,
			.answered_at = it->answered_at,
			.points = it->points,
		};
	}
}

static enum err add_incident(struct rows *rows, const struct uuid *id, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	char mark[48];
	enum err rc = client_get(rows->client, id, &arena, &incident, err);

	if (rc == ERR_OK)
		add(rows, KIND_INCIDENT, id, client_mark(rows->client, incident, mark),
		    incident->title, &incident->supervisions);
	arena_release(&arena);
	return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

static enum err add_incidents(struct rows *rows, struct error *err)
{
	const struct client_order order = { .field = NULL };
	struct filter_ctx ctx = client_filter_ctx(rows->client);
	struct client_scan *scan = NULL;
	struct arena arena = ARENA_INIT;
	struct filter *filter = NULL;
	struct filter_error bad;
	enum err rc = filter_parse("supervised", &ctx, &arena, &filter, &bad);

	if (rc != ERR_OK)
		rc = error_set(err, rc, "%s", bad.text);
	if (rc == ERR_OK)
		rc = client_scan_new(rows->client, &order, filter, &ctx, &scan, err);
	while (rc == ERR_OK && !client_scan_done(scan))
		rc = client_scan_step(scan, BUDGET, err);
	for (size_t i = 0; rc == ERR_OK && i < client_scan_found(scan); i++)
		rc = add_incident(rows, client_scan_id(scan, i), err);
	client_scan_free(scan);
	arena_release(&arena);
	return rc;
}

static enum err add_whistles(struct rows *rows, struct error *err)
{
	struct client_whistle *whistles = NULL;
	struct arena arena = ARENA_INIT;
	size_t n = 0;
	enum err rc = client_whistles(rows->client, 0, &arena, &whistles, &n, err);

	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		char mark[48];

		add(rows, KIND_WHISTLE, &whistles[i].whistle->head.id,
		    client_whistle_mark(&whistles[i], mark), whistles[i].whistle->title,
		    &whistles[i].whistle->supervisions);
	}
	arena_release(&arena);
	return rc;
}

static int first_due(const void *a, const void *b)
{
	const struct supervision_row *x = a, *y = b;

	if ((x->answered_at != 0) != (y->answered_at != 0))
		return x->answered_at != 0 ? 1 : -1;
	if (x->due != y->due)
		return x->due == 0 ? 1 : y->due == 0 ? -1 : (x->due > y->due) - (x->due < y->due);
	return uuid_cmp(&x->id, &y->id);
}

enum err supervisions_load(struct client *client, struct arena *arena,
			   struct supervision_row **ret_rows, size_t *ret_n, struct error *err)
{
	struct rows rows = { .client = client, .arena = arena };
	enum err rc = add_incidents(&rows, err);

	if (rc == ERR_OK)
		rc = add_whistles(&rows, err);
	if (rc == ERR_OK) {
		if (rows.n > 1)
			qsort(rows.items, rows.n, sizeof *rows.items, first_due);
		*ret_rows = arena_array(arena, rows.n + 1, sizeof **ret_rows);
		if (rows.n > 0)
			memcpy(*ret_rows, rows.items, rows.n * sizeof **ret_rows);
		*ret_n = rows.n;
	}
	free(rows.items);
	return rc;
}

/* --- on paper -------------------------------------------------------------------------------- */

static void put_row(const struct rules *rules, const struct supervision_row *row,
		    struct sheet *sheet)
{
	const struct channel *channel = rules_channel(rules, row->channel);
	const char *cells[] = {
		channel != NULL ? channel->label : row->channel,
		arena_printf(&sheet->arena, "%s-%lld", row->about, (long long)row->serial),
		paper_brief(rules, row->org),
		paper_short(sheet, rules, row->due),
		row->answered_at != 0 ? paper_short(sheet, rules, row->answered_at)
				      : _("not answered"),
		row->points != 0 ? arena_printf(&sheet->arena, "-%lld", (long long)row->points) : "",
		row->title,
	};

	sheet_row(sheet, cells);
}

/* In protocol order. */
static void put_totals(const struct rules *rules, const struct supervision_row *rows, size_t n,
		       struct sheet *sheet)
{
	const char *titles[] = { _("Organisation"), _("In force"), _("not answered"), _("Points") };

	sheet_section(sheet, _("By organisation"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t o = 0; o < rules->n_orgs; o++) {
		int64_t all = 0, open = 0, points = 0;
		const char *cells[ARRAY_LEN(titles)];

		for (size_t i = 0; i < n; i++)
			if (str_eq(rows[i].org, rules->orgs[o].code)) {
				all++;
				open += rows[i].answered_at == 0;
				points += rows[i].points;
			}
		if (all == 0)
			continue;
		cells[0] = paper_brief(rules, rules->orgs[o].code);
		cells[1] = arena_printf(&sheet->arena, "%lld", (long long)all);
		cells[2] = arena_printf(&sheet->arena, "%lld", (long long)open);
		cells[3] = arena_printf(&sheet->arena, "%lld", (long long)-points);
		sheet_row(sheet, cells);
	}
}

void supervisions_sheet(const struct rules *rules, const struct supervision_row *rows, size_t n,
			int64_t now, struct sheet *sheet)
{
	const char *titles[] = { _("Supervision by"), _("Number"),   _("Must answer"),
				 _("Answer by"),      _("Answered"), _("Points"),
				 _("Title") };

	sheet_init(sheet, _("Supervisions in force"));
	sheet_note(sheet, paper_moment(sheet, rules, now));
	if (n == 0) {
		sheet_text(sheet, _("No supervision is in force."));
		return;
	}
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++)
		put_row(rules, &rows[i], sheet);
	put_totals(rules, rows, n, sheet);
}
