#include <config.h>

#include "zhiban/model/nominees.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"

enum { CHUNK = 250, CLOSED_MOST = 500, ALIKE_MOST = 600 };

struct list {
	struct arena arena;
	struct nominee *items;
	size_t n, cap;
};

enum looking_at { STAGE_CASES, STAGE_WHISTLES, STAGE_DONE };

struct nominees {
	struct client *client;
	struct list shown, made; /* the latest whole one; the one that is being made */
	bool whole;		 /* shown has been made */
	enum looking_at stage;
	struct row_key at;
	int64_t now;
	struct uuid *tabled; /* what open items are about */
	size_t n_tabled;
	struct arena passing; /* of the items, of one chunk */
	struct arena chunk;
};

struct nominees *nominees_new(struct client *client)
{
	struct nominees *nominees = mem_alloc(sizeof *nominees);

	nominees->client = client;
	nominees->stage = STAGE_DONE;
	return nominees;
}

static void list_clear(struct list *list)
{
	free(list->items);
	arena_reset(&list->arena);
	list->items = NULL;
	list->n = list->cap = 0;
}

void nominees_free(struct nominees *nominees)
{
	if (nominees == NULL)
		return;
	free(nominees->shown.items);
	free(nominees->made.items);
	arena_release(&nominees->shown.arena);
	arena_release(&nominees->made.arena);
	arena_release(&nominees->passing);
	arena_release(&nominees->chunk);
	free(nominees);
}

enum err nominees_begin(struct nominees *nominees, struct error *err)
{
	struct client_item *items;
	size_t n = 0;
	enum err code;

	list_clear(&nominees->made);
	arena_reset(&nominees->passing);
	nominees->n_tabled = 0;
	nominees->at.set = false;
	nominees->now = client_now(nominees->client);
	nominees->stage = STAGE_DONE;
	code = client_items(nominees->client, 0, &nominees->passing, &items, &n, err);
	if (code != ERR_OK)
		return code;
	nominees->tabled = arena_array(&nominees->passing, n + 1, sizeof *nominees->tabled);
	for (size_t i = 0; i < n; i++)
		if (items[i].item->about != NULL &&
		    uuid_parse(items[i].item->about, &nominees->tabled[nominees->n_tabled]) == ERR_OK)
			nominees->n_tabled++;
	nominees->stage = STAGE_CASES;
	return ERR_OK;
}

static bool is_tabled(const struct nominees *nominees, const struct uuid *id)
{
	for (size_t i = 0; i < nominees->n_tabled; i++)
		if (uuid_eq(&nominees->tabled[i], id))
			return true;
	return false;
}

/* ---- one ---- */

static struct nominee *add(struct nominees *nominees, enum kind kind, const void *entity,
			   unsigned sorts)
{
	const struct rules *rules = client_rules(nominees->client);
	struct list *list = &nominees->made;
	struct nominee *to;

	MEM_GROW(list->items, list->n, list->cap);
	to = &list->items[list->n++];
	*to = (struct nominee){ .kind = kind, .id = ((const struct entity *)entity)->id,
				.sorts = sorts };
	to->why = nominee_words(rules, entity, sorts, nominees->now, &list->arena);
	to->n_orgs = nominee_orgs(rules, entity, to->orgs, NOMINEE_ORGS);
	return to;
}

static const char *keep(struct nominees *nominees, const char *text)
{
	return arena_strdup(&nominees->made.arena, text != NULL ? text : "");
}

static void add_case(struct nominees *nominees, const struct incident *incident, unsigned sorts,
		     unsigned marks)
{
	const struct rules *rules = client_rules(nominees->client);
	const struct step *step = rules_step(rules, incident->step);
	struct nominee *to = add(nominees, KIND_INCIDENT, incident, sorts);
	char mark[48];

	to->number = keep(nominees, client_mark(nominees->client, incident, mark));
	to->title = keep(nominees, incident->title);
	to->step = step != NULL ? rules_step_label(rules, step, incident->seat)
				: keep(nominees, incident->step);
	to->since = incident->registered_at != 0 ? incident->registered_at : incident->reported_at;
	to->due = incident->due;
	to->marks = marks;
}

static void add_whistle(struct nominees *nominees, const struct client_whistle *whistle,
			unsigned sorts)
{
	const struct rules *rules = client_rules(nominees->client);
	const struct whistle *of = whistle->whistle;
	struct nominee *to = add(nominees, KIND_WHISTLE, of, sorts);
	char mark[48];

	to->number = keep(nominees, client_whistle_mark(whistle, mark));
	to->title = keep(nominees, of->title);
	to->step = summons_step_label(rules, whistle_summons(rules, of), of->step);
	to->since = of->blown_at;
	to->due = of->due;
	to->marks = whistle->marks;
}

/* ---- in slices ---- */

/* Rows come light: whom a case concerns is asked of the whole of those that are named. */
static enum err look(struct nominees *nominees, const struct client_row *row, struct error *err)
{
	const struct rules *rules = client_rules(nominees->client);
	struct incident *whole;
	unsigned sorts;
	enum err code;

	if (is_tabled(nominees, &row->incident->head.id))
		return ERR_OK;
	code = client_row_children(nominees->client, row, CHILD_CLOCK, &nominees->chunk, err);
	if (code != ERR_OK)
		return code;
	sorts = nominee_of_incident(rules, row->incident, nominees->now);
	if (sorts == 0)
		return ERR_OK;
	code = client_get(nominees->client, &row->incident->head.id, &nominees->chunk, &whole, err);
	if (code == ERR_OK)
		add_case(nominees, whole, sorts, row->marks);
	return code == ERR_NOT_FOUND ? ERR_OK : code;
}

static enum err look_at_cases(struct nominees *nominees, size_t *budget, struct error *err)
{
	static const struct client_order board = { .open_only = true };
	struct client_page page;
	size_t n = *budget < CHUNK ? *budget : CHUNK;
	enum err code = client_page(nominees->client, &board, &nominees->at, PAGE_AFTER, n,
				    &nominees->chunk, &page, err);

	for (size_t i = 0; code == ERR_OK && i < page.n; i++)
		code = look(nominees, &page.rows[i], err);
	if (code != ERR_OK)
		return code;
	*budget -= page.n < *budget ? page.n : *budget;
	if (page.n > 0)
		nominees->at = page.rows[page.n - 1].key;
	if (!page.more || page.n == 0)
		nominees->stage = STAGE_WHISTLES;
	arena_reset(&nominees->chunk);
	return ERR_OK;
}

/* Closed, and put there by hand all the same. */
static enum err look_at_closed(struct nominees *nominees, struct error *err)
{
	struct uuid *ids;
	size_t n = 0;
	enum err code = client_closed_candidates(nominees->client, CLOSED_MOST, &nominees->chunk, &ids,
						 &n, err);

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		struct incident *incident;
		unsigned sorts;

		if (is_tabled(nominees, &ids[i]))
			continue;
		code = client_get(nominees->client, &ids[i], &nominees->chunk, &incident, err);
		if (code == ERR_OK) {
			sorts = nominee_of_incident(client_rules(nominees->client), incident,
						    nominees->now);
			if (sorts != 0)
				add_case(nominees, incident, sorts, 0);
		} else if (code == ERR_NOT_FOUND) {
			code = ERR_OK;
		}
	}
	return code;
}

static enum err look_at_whistles(struct nominees *nominees, struct error *err)
{
	struct client_whistle *whistles;
	size_t n = 0;
	enum err code = client_whistles(nominees->client, CLOSED_MOST, &nominees->chunk, &whistles, &n,
					err);

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		const struct whistle *whistle = whistles[i].whistle;
		unsigned sorts;

		if (is_tabled(nominees, &whistle->head.id) || (!whistle->open && !whistle->candidate))
			continue;
		if (!whistle->open) /* of closed ones the list has no shares */
			code = client_whistle_get(nominees->client, &whistle->head.id,
						  &nominees->chunk, &whistles[i], err);
		if (code != ERR_OK)
			break;
		sorts = nominee_of_whistle(client_rules(nominees->client), whistles[i].whistle,
					   nominees->now);
		if (sorts != 0)
			add_whistle(nominees, &whistles[i], sorts);
	}
	return code;
}

/* ---- in which order ---- */

static int rank(const struct nominee *nominee)
{
	return (nominee->sorts & 1u << NOMINEE_HAND)	 ? 0
	       : (nominee->sorts & 1u << NOMINEE_HARD) ? 1
							 : 2;
}

static int by_rank(const void *a, const void *b)
{
	const struct nominee *x = a, *y = b;
	int many = __builtin_popcount(y->sorts) - __builtin_popcount(x->sorts);

	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	if (rank(x) == 2 && many != 0)
		return many;
	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return uuid_cmp(&x->id, &y->id);
}

static bool are_equals(const struct nominee *x, const struct nominee *y)
{
	return rank(x) == rank(y) &&
	       (rank(x) != 2 || __builtin_popcount(x->sorts) == __builtin_popcount(y->sorts));
}

static size_t shared(const struct nominee *x, const struct nominee *y)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n_orgs; i++)
		for (size_t k = 0; k < y->n_orgs; k++)
			n += x->orgs[i] == y->orgs[k];
	return n;
}

/* Among equals those of the same departments stand together: behind each the one that shares most with
 * it, of several the older. */
static void put_together(struct list *list)
{
	for (size_t i = 1; i < list->n && list->n <= ALIKE_MOST; i++) {
		const struct nominee *before = &list->items[i - 1];
		struct nominee moved;
		size_t best = i;

		for (size_t k = i + 1; k < list->n && are_equals(&list->items[k], &list->items[i]); k++)
			if (shared(&list->items[k], before) > shared(&list->items[best], before))
				best = k;
		moved = list->items[best];
		if (best != i) /* the others keep their order */
			memmove(&list->items[i + 1], &list->items[i],
				(best - i) * sizeof *list->items);
		list->items[i] = moved;
	}
}

static void count_together(struct list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct nominee *nominee = &list->items[i];

		for (size_t o = 0; o < nominee->n_orgs; o++) {
			bool met = false;

			for (size_t k = 0; k < i && !met; k++)
				for (size_t p = 0; p < list->items[k].n_orgs && !met; p++)
					met = list->items[k].orgs[p] == nominee->orgs[o];
			nominee->together += met;
		}
	}
}

static void finish(struct nominees *nominees)
{
	struct list old = nominees->shown;

	if (nominees->made.n > 0)
		qsort(nominees->made.items, nominees->made.n, sizeof *nominees->made.items, by_rank);
	put_together(&nominees->made);
	count_together(&nominees->made);
	nominees->shown = nominees->made;
	nominees->made = old;
	list_clear(&nominees->made);
	nominees->whole = true;
	nominees->stage = STAGE_DONE;
}

enum err nominees_step(struct nominees *nominees, size_t budget, struct error *err)
{
	enum err code = ERR_OK;

	while (code == ERR_OK && budget > 0 && nominees->stage == STAGE_CASES)
		code = look_at_cases(nominees, &budget, err);
	if (code == ERR_OK && budget > 0 && nominees->stage == STAGE_WHISTLES) {
		code = look_at_closed(nominees, err);
		if (code == ERR_OK)
			code = look_at_whistles(nominees, err);
		arena_reset(&nominees->chunk);
		if (code == ERR_OK)
			finish(nominees);
	}
	return code;
}

/* ---- what there is ---- */

static const struct list *list_of(const struct nominees *nominees)
{
	return nominees->whole ? &nominees->shown : &nominees->made;
}

bool nominees_done(const struct nominees *nominees)
{
	return nominees->stage == STAGE_DONE;
}

size_t nominees_n(const struct nominees *nominees)
{
	return list_of(nominees)->n;
}

const struct nominee *nominees_at(const struct nominees *nominees, size_t i)
{
	const struct list *list = list_of(nominees);

	return i < list->n ? &list->items[i] : NULL;
}

int64_t nominees_find(const struct nominees *nominees, const struct uuid *id)
{
	const struct list *list = list_of(nominees);

	for (size_t i = 0; i < list->n; i++)
		if (uuid_eq(&list->items[i].id, id))
			return (int64_t)i;
	return -1;
}
