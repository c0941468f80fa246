/* What acts of ours change of the list of deadlines, and what is remembered of it till something
 * changes. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"

#include "deadlines_priv.h"
#include "thing_priv.h"

void deadlines_forget(struct client *client)
{
	struct deadlines_kept *kept = &client->deadlines;
	struct arena arena = kept->arena;

	if (!kept->known && !kept->orgs_known && !kept->next_known)
		return;
	arena_reset(&arena);
	*kept = (struct deadlines_kept){ .arena = arena };
}

/* ---- the two lists ---- */

struct list {
	const struct over_deadline **items;
	size_t n, cap;
};

static void add_all(struct arena *arena, const void *entity, const struct over_deadline *as,
		    struct list *list)
{
	struct deadline deadlines[DEADLINES_MOST];
	const struct entity *head = entity;
	size_t n = entity != NULL ? deadlines_of(entity, deadlines) : 0;
	struct over_deadline *made = arena_array(arena, n + 1, sizeof *made);

	for (size_t i = 0; i < n; i++) {
		made[i] = *as;
		made[i].deadline = deadlines[i];
		made[i].tie = deadline_tie(&head->id, &deadlines[i]);
		MEM_GROW(list->items, list->n, list->cap);
		list->items[list->n++] = &made[i];
	}
}

static int cmp_place(int64_t due_a, int64_t tie_a, int64_t due_b, int64_t tie_b)
{
	if (due_a != due_b)
		return due_a < due_b ? -1 : 1;
	return tie_a == tie_b ? 0 : tie_a < tie_b ? -1 : 1;
}

static int by_due(const void *a, const void *b)
{
	const struct over_deadline *x = *(const struct over_deadline *const *)a;
	const struct over_deadline *y = *(const struct over_deadline *const *)b;

	return cmp_place(x->deadline.due, x->tie, y->deadline.due, y->tie);
}

static const struct over_deadline **settle(struct arena *arena, struct list *list)
{
	const struct over_deadline **items = arena_array(arena, list->n + 1, sizeof(void *));

	if (list->n > 0) {
		qsort(list->items, list->n, sizeof *list->items, by_due);
		memcpy(items, list->items, list->n * sizeof *items);
	}
	free(list->items);
	return items;
}

static const enum kind beside[] = { KIND_WHISTLE, KIND_SWAP, KIND_HANDOVER, KIND_RECORD,
				    KIND_ROSTER, KIND_MEETING, KIND_ITEM, KIND_ACTION };

static void add_things(struct client *client, enum kind kind, struct list *gone, struct list *shown)
{
	struct arena *arena = &client->deadlines.arena;
	struct things things;

	things_overlaid(client, kind, arena, &things);
	for (size_t i = 0; i < things.n; i++) {
		const struct thing *thing = &things.items[i];
		struct over_deadline as = { .kind = kind, .entity = thing->shown, .n = thing->n,
					    .marks = thing->marks };

		add_all(arena, thing->cached, &as, gone);
		add_all(arena, thing->shown, &as, shown);
	}
}

void deadlines_over(struct client *client)
{
	struct deadlines_kept *kept = &client->deadlines;
	struct list gone = { .n = 0 }, shown = { .n = 0 };

	if (kept->known)
		return;
	for (size_t i = 0; i < client->overlay.n; i++) {
		const struct overlay_row *row = &client->overlay.rows[i];
		struct over_deadline as = { .kind = KIND_INCIDENT, .entity = row->shown, .n = row->n,
					    .marks = row_marks(client, &row->shown->head.id) };

		add_all(&kept->arena, row->base, &as, &gone);
		add_all(&kept->arena, row->shown, &as, &shown);
	}
	for (size_t k = 0; k < ARRAY_LEN(beside); k++)
		add_things(client, beside[k], &gone, &shown);
	kept->n_gone = gone.n;
	kept->n_shown = shown.n;
	kept->gone = settle(&kept->arena, &gone);
	kept->shown = settle(&kept->arena, &shown);
	kept->known = true;
}

bool deadlines_gone(const struct client *client, int64_t due, int64_t tie)
{
	const struct deadlines_kept *kept = &client->deadlines;
	size_t low = 0, high = kept->n_gone;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct over_deadline *at = kept->gone[mid];
		int order = cmp_place(at->deadline.due, at->tie, due, tie);

		if (order == 0)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

/* ---- whose ---- */

bool deadline_is_of(const struct rules *rules, const char *org, const char *whose)
{
	bool centre = str_eq(whose, rules->centre);

	if (org == NULL || org[0] == '\0')
		return centre;
	if (str_eq(org, whose))
		return true;
	/* all lies within the centre, and is not its own for that */
	return !centre && rules_org_within(rules, org, whose);
}

enum err deadline_orgs(struct client *client, const char *whose, struct arena *arena,
		       const char ***ret_orgs, size_t *ret_n, struct error *err)
{
	struct deadlines_kept *kept = &client->deadlines;
	const char **orgs;
	size_t n = 0;
	enum err code = ERR_OK;

	if (!kept->orgs_known && client->cache != NULL)
		code = cache_deadline_orgs(client->cache, &kept->arena, &kept->orgs, &kept->n_orgs,
					   err);
	if (code != ERR_OK)
		return code;
	kept->orgs_known = true;
	orgs = arena_array(arena, kept->n_orgs + 1, sizeof *orgs);
	for (size_t i = 0; i < kept->n_orgs; i++)
		if (deadline_is_of(client->rules, kept->orgs[i], whose))
			orgs[n++] = kept->orgs[i];
	*ret_orgs = orgs;
	*ret_n = n;
	return ERR_OK;
}

bool deadline_fits(const struct client_deadline_filter *filter, const struct rules *rules,
		   const struct deadline *deadline, enum kind kind)
{
	return (filter->sorts == 0 || (filter->sorts >> deadline->sort & 1) != 0) &&
	       (filter->kinds == 0 || (filter->kinds >> kind & 1) != 0) &&
	       deadline->due >= filter->from && (filter->to == 0 || deadline->due < filter->to) &&
	       (filter->org == NULL || deadline_is_of(rules, deadline->org, filter->org));
}
