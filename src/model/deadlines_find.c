/* Rows that a filter lets through, gathered in slices: shown until a newer gathering is whole. */
#include <config.h>

#include "deadlines_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum {
	SLICE = 160,	  /* rows looked at in a slice: some two milliseconds */
	PAGE = 400,	  /* rows read at once where nobody waits for a key */
	EXTRA_ALONE = 64, /* so many computed rows are a slice of their own */
	REST_LEAST = 300, /* ms between two gatherings, and five times as long as one took */
	REST_TIMES = 5,
};

/* ---- the filter on rows ---- */

static const struct choice sorts[] = {
	{ "incident", N_("case"), NULL },	  { "whistle", N_("whistle"), NULL },
	{ "check", N_("check"), NULL },		  { "clock", N_("clock"), NULL },
	{ "countersign", N_("countersign"), NULL }, { "callback", N_("callback"), NULL },
	{ "receipt", N_("receipt"), NULL },	  { "answer", N_("answer"), NULL },
	{ "review", N_("review"), NULL },	  { "extension", N_("extension"), NULL },
	{ "swap", N_("swap"), NULL },		  { "handover", N_("handover"), NULL },
	{ "record", N_("record"), NULL },	  { "roster", N_("roster"), NULL },
	{ "meeting", N_("meeting"), NULL },
	{ "task", N_("task"), NULL },
};

void due_sorts(struct deadlines *deadlines)
{
	struct choice *items = arena_array(&deadlines->words, ARRAY_LEN(sorts), sizeof *items);

	for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
		items[i] = (struct choice){ sorts[i].code, _(sorts[i].label), NULL };
	deadlines->sorts = (struct choices){ items, ARRAY_LEN(sorts) };
}

struct filter_ctx deadlines_filter_ctx(const struct deadlines *deadlines)
{
	struct filter_ctx ctx = client_filter_ctx(deadlines->client);

	ctx.sorts = &deadlines->sorts;
	return ctx;
}

/* A row in the shape that filters know. */
static struct incident as_incident(const struct client_deadline *row)
{
	static const struct incident none;
	struct incident like = row->incident ? *row->incident : none;
	const struct whistle *whistle = row->whistle;

	if (whistle) {
		like.origin = whistle->origin;
		like.address = whistle->address;
		like.urges = whistle->urges;
		like.owed = whistle->owed;
		like.returns = whistle->returns;
		like.supervised = whistle->supervised;
		like.proposed_at = whistle->proposed_at;
		like.listed_at = whistle->listed_at;
		like.candidate = whistle->candidate;
		like.moved_at = whistle->moved_at;
		like.reported_at = whistle->blown_at;
		like.registrar = whistle->blower;
	}
	if (!row->incident) {
		like.number = whistle && whistle->number ? whistle->number : row->number;
		like.title = row->title;
		like.street = row->street;
		like.step = row->step;
	}
	like.head.id = row->entity;
	like.open = 1;
	like.holder = row->deadline.org;
	like.due = row->deadline.due;
	like.due_clock = row->deadline.clock;
	return like;
}

bool due_lets(void *ctx, const struct client_deadline *row)
{
	static const char *const kinds[KIND_COUNT] = { [KIND_INCIDENT] = "incident",
						       [KIND_WHISTLE] = "whistle",
						       [KIND_SWAP] = "swap",
						       [KIND_HANDOVER] = "handover",
						       [KIND_RECORD] = "record",
						       [KIND_MEETING] = "meeting",
						       [KIND_ITEM] = "item",
						       [KIND_ACTION] = "task" };
	struct deadlines *deadlines = ctx;
	struct incident like = as_incident(row);
	const char *of[3] = { NULL };
	struct filter_ctx filter = client_filter_ctx(deadlines->client);
	size_t n = 0;

	if (!deadlines->parsed)
		return true;
	if (kinds[row->kind])
		of[n++] = kinds[row->kind];
	of[n] = deadline_sort_code(row->deadline.sort);
	filter.of = of;
	filter.now = deadlines->now;
	return filter_match(deadlines->parsed, &like, &filter);
}

/* ---- gathering ---- */

void due_gather_anew(struct deadlines *deadlines)
{
	due_gathered_release(&deadlines->shown);
	due_gathered_release(&deadlines->coming);
	deadlines->going = deadlines->whole = false;
	deadlines->stale = true;
	deadlines->rest_till = 0;
}

/* Texts of a page's rows live as long as what is gathered. */
static void keep(struct due_gathered *gathered, const struct client_deadline *row)
{
	struct client_deadline kept = *row;
	struct arena *arena = &gathered->arena;

	kept.number = arena_strdup(arena, row->number);
	kept.title = arena_strdup(arena, row->title);
	kept.street = arena_strdup(arena, row->street);
	kept.step = arena_strdup(arena, row->step);
	kept.cls = arena_strdup(arena, row->cls);
	kept.deadline.clock = arena_strdup(arena, row->deadline.clock);
	kept.deadline.org = arena_strdup(arena, row->deadline.org);
	kept.incident = NULL;
	kept.whistle = NULL;
	due_gathered_add(gathered, &kept);
}

/* What is computed, among what was gathered; both are in order. */
static void add_extra(struct deadlines *deadlines)
{
	struct due_gathered *coming = &deadlines->coming;
	size_t own = coming->n, at = 0;
	struct client_deadline *rows;

	for (size_t i = 0; i < deadlines->extra.n; i++)
		if (due_lets(deadlines, &deadlines->extra.rows[i]))
			keep(coming, &deadlines->extra.rows[i]);
	if (coming->n == own)
		return;
	rows = mem_alloc(coming->n * sizeof *rows);
	for (size_t a = 0, b = own; at < coming->n; at++) {
		bool extra = a == own || (b < coming->n && due_key_cmp(&coming->rows[b].key,
								       &coming->rows[a].key) < 0);

		rows[at] = coming->rows[extra ? b++ : a++];
	}
	free(coming->rows);
	coming->rows = rows;
	coming->cap = coming->n;
}

static void begin(struct deadlines *deadlines)
{
	due_gathered_release(&deadlines->coming);
	deadlines->going = true;
	deadlines->ended = false;
	deadlines->stale = false;
	deadlines->at = (struct deadline_key){ .set = false };
	deadlines->began = env_now(client_env(deadlines->client));
}

/* False: all has been looked at, or as much as is kept. */
static bool slice(struct deadlines *deadlines, size_t most)
{
	struct client_deadline_filter asked = due_asked(deadlines, true);
	struct arena arena = ARENA_INIT;
	struct client_deadlines page = { .n = 0 };
	bool more;

	if (deadlines->parsed) {
		asked.lets = due_lets;
		asked.ctx = deadlines;
		asked.entities = true;
		asked.patience = SLICE;
	}
	if (client_deadlines_page(deadlines->client, &asked,
				  deadlines->at.set ? &deadlines->at : NULL, SLICE, &arena, &page,
				  NULL) != ERR_OK)
		page = (struct client_deadlines){ .n = 0 };
	for (size_t i = 0; i < page.n && deadlines->coming.n < most; i++)
		keep(&deadlines->coming, &page.rows[i]);
	deadlines->at = page.next;
	more = page.more && page.next.set;
	deadlines->coming.more = more && deadlines->coming.n >= most;
	arena_release(&arena);
	return more && deadlines->coming.n < most;
}

static void finish(struct deadlines *deadlines)
{
	int64_t now = env_now(client_env(deadlines->client));
	int64_t rest = (now - deadlines->began) * REST_TIMES;

	add_extra(deadlines);
	due_gathered_release(&deadlines->shown);
	deadlines->shown = deadlines->coming;
	deadlines->coming = (struct due_gathered){ .rows = NULL };
	deadlines->going = false;
	deadlines->whole = true;
	deadlines->rest_till = now + (rest > REST_LEAST ? rest : REST_LEAST);
	due_count(deadlines);
}

void due_gather_now(struct deadlines *deadlines, size_t most)
{
	begin(deadlines);
	while (slice(deadlines, most))
		;
	finish(deadlines);
}

unsigned deadlines_step(struct deadlines *deadlines)
{
	int64_t now = env_now(client_env(deadlines->client));

	if (!deadlines->parsed || deadlines->frozen)
		return DUE_IDLE;
	if (deadlines->rest_till > now + MINUTE_MS) /* the clock was set back */
		deadlines->rest_till = now;
	if (!deadlines->going && (!deadlines->stale || now < deadlines->rest_till))
		return DUE_IDLE;
	if (!deadlines->going) {
		deadlines_read(deadlines);
		begin(deadlines);
		if (deadlines->extra.n > EXTRA_ALONE)
			return DUE_MORE;
	}
	if (!deadlines->ended) {
		bool more = slice(deadlines, DUE_COUNT_MOST);

		deadlines->ended = !more;
		if (more || deadlines->coming.n > SLICE) /* else the rest is little work */
			return DUE_MORE;
	}
	finish(deadlines);
	return DUE_ROWS;
}

int64_t deadlines_next(const struct deadlines *deadlines)
{
	if (!deadlines->parsed || deadlines->frozen)
		return INT64_MAX;
	return deadlines->going ? 0 : deadlines->stale ? deadlines->rest_till : INT64_MAX;
}

/* ---- one after the other ---- */

enum err deadlines_each(struct deadlines *deadlines, due_row_fn fn, void *ctx, struct error *err)
{
	struct client_deadline_filter asked = due_asked(deadlines, true);
	struct client_deadlines page = { .more = true };
	const struct due_gathered *extra = &deadlines->extra;
	enum err code = ERR_OK;
	size_t e = 0;

	asked.entities = true;
	asked.lets = due_lets;
	asked.ctx = deadlines;
	while (code == ERR_OK && (page.more || e < extra->n)) {
		struct deadline_key after = page.next;
		struct arena arena = ARENA_INIT;

		page = (struct client_deadlines){ .n = 0 };
		code = client_deadlines_page(deadlines->client, &asked, after.set ? &after : NULL,
					     PAGE, &arena, &page, err);
		for (size_t i = 0; code == ERR_OK && (i < page.n || (!page.more && e < extra->n));) {
			bool own = e < extra->n &&
				   (i >= page.n ||
				    due_key_cmp(&extra->rows[e].key, &page.rows[i].key) < 0);
			const struct client_deadline *row = own ? &extra->rows[e++] : &page.rows[i++];
			const struct incident like = as_incident(row);

			if (!own || due_lets(deadlines, row))
				code = fn(ctx, row, &like, err);
		}
		arena_release(&arena);
		if (!page.next.set)
			page.more = false;
	}
	return code;
}
