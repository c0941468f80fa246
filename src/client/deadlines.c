#include <config.h>

#include "zhiban/client/deadlines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/whistle.h"
#include "zhiban/store/page.h"

#include "deadlines_priv.h"
#include "thing_priv.h"

enum { PATIENCE = 5000, PATIENCE_COUNT = 10000 }; /* rows looked at for words: some 15, 30 ms */

struct client_deadline_filter client_deadlines_mine(const struct client *client)
{
	return (struct client_deadline_filter){
		.org = client->actor != NULL ? client->actor->org : NULL
	};
}

/* ---- one row ---- */

static const char *or_else(const char *text, const char *other)
{
	return text != NULL && text[0] != '\0' ? text : other != NULL ? other : "";
}

static const char *number_of(const char *number, const struct uuid *id, int64_t n,
			     struct arena *arena)
{
	char hex[UUID_TEXT];

	if (number != NULL && number[0] != '\0')
		return short_number(number);
	if (n != 0)
		return arena_printf(arena, _("no number yet-%lld"), (long long)n);
	uuid_text(id, hex);
	return arena_printf(arena, "%.8s", hex);
}

/* A swap, a handover, a record, a roster: it alone says how its row is called. */
static void from_thing(const struct client *client, const void *entity, int64_t n,
		       struct arena *arena, struct client_deadline *row)
{
	struct deadline_thing thing;

	deadline_thing(client->rules, entity, &row->deadline, arena, &thing);
	row->number = row->kind == KIND_ROSTER ? ""
					       : number_of(thing.number, &row->entity, n, arena);
	row->title = thing.title;
	row->street = thing.org;
}

static void from_over(const struct client *client, const struct over_deadline *over,
		      struct arena *arena, struct client_deadline *row)
{
	const struct entity *copy = entity_copy(over->entity, arena);
	const struct incident *incident = over->kind == KIND_INCIDENT ? (const void *)copy : NULL;
	const struct whistle *whistle = over->kind == KIND_WHISTLE ? (const void *)copy : NULL;
	const struct deadline *deadline = &over->deadline;

	*row = (struct client_deadline){ .deadline = *deadline,
					 .kind = over->kind,
					 .entity = copy->id,
					 .marks = over->marks,
					 .incident = incident,
					 .whistle = whistle };
	row->deadline.clock = deadline->clock ? arena_strdup(arena, deadline->clock) : NULL;
	row->deadline.org = deadline->org ? arena_strdup(arena, deadline->org) : NULL;
	row->key = (struct deadline_key){ true, deadline->due, over->tie };
	if (deadline_is_thing(over->kind)) {
		from_thing(client, copy, over->n, arena, row);
		return;
	}
	row->number = number_of(incident ? incident->number : whistle->number, &copy->id, over->n,
				arena);
	row->title = incident ? or_else(incident->title, incident->address)
			      : or_else(whistle->title, whistle->address);
	row->street = incident ? incident->street : whistle->street;
	row->step = incident ? incident->step : whistle->step;
	row->cls = incident ? NULL : whistle->cls;
	row->urgency = incident ? incident->urgency : 0;
}

static enum err from_cache(struct client *client, const struct client_deadline_filter *filter,
			   const struct deadline_row *cached, struct arena *arena,
			   struct client_deadline *row, struct error *err)
{
	struct deadline_of of;
	void *entity = NULL;
	enum err code = cache_deadline_of(client->cache, cached->kind, cached->pk, arena, &of, err);

	if (code == ERR_OK && deadline_is_thing(cached->kind))
		code = cache_get(client->cache, cached->kind, &of.id, arena, &entity, err);
	else if (code == ERR_OK && filter->entities)
		code = cache_light_at(client->cache, cached->kind, cached->pk, arena, &entity, err);
	if (code != ERR_OK)
		return code;
	*row = (struct client_deadline){ .deadline = cached->deadline,
					 .kind = cached->kind,
					 .entity = of.id,
					 .number = number_of(of.number, &of.id, 0, arena),
					 .title = or_else(of.title, of.address),
					 .street = of.street,
					 .step = of.step,
					 .cls = of.cls,
					 .urgency = of.urgency,
					 .marks = row_marks(client, &of.id),
					 .key = { true, cached->deadline.due, cached->tie } };
	if (deadline_is_thing(cached->kind))
		from_thing(client, entity, 0, arena, row);
	else if (cached->kind == KIND_INCIDENT)
		row->incident = entity;
	else
		row->whistle = entity;
	return ERR_OK;
}

/* What is nobody's is the centre's to decide. */
static void settle_org(const struct client *client, struct client_deadline *row)
{
	if (row->deadline.org == NULL)
		row->deadline.org = client->rules->centre;
}

/* *ret_is false: the list names what is not there (another program has written to the file). */
static enum err make_row(struct client *client, const struct client_deadline_filter *filter,
			 const struct deadline_next *next, struct arena *arena,
			 struct client_deadline *row, bool *ret_is, struct error *err)
{
	enum err code = ERR_OK;

	if (next->over != NULL)
		from_over(client, next->over, arena, row);
	else
		code = from_cache(client, filter, next->row, arena, row, err);
	if (code == ERR_OK)
		settle_org(client, row);
	*ret_is = code == ERR_OK;
	return code == ERR_NOT_FOUND ? ERR_OK : code;
}

/* ---- words ---- */

static const char *org_name(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL && org->name != NULL ? org->name : code != NULL ? code : "";
}

static bool has_words(const struct client *client, const struct client_deadline *row,
		      const char *words)
{
	const char *in[] = { row->number, row->title, org_name(client->rules, row->street),
			     org_name(client->rules, row->deadline.org) };

	while (words != NULL && *words != '\0') {
		size_t len = strcspn(words, " \t");
		bool found = len == 0;

		for (size_t i = 0; i < ARRAY_LEN(in) && !found; i++)
			found = memmem(in[i], strlen(in[i]), words, len) != NULL;
		if (!found)
			return false;
		words += len + strspn(words + len, " \t");
	}
	return true;
}

static bool passes(const struct client *client, const struct client_deadline_filter *filter,
		   const struct client_deadline *row)
{
	return has_words(client, row, filter->words) &&
	       (filter->lets == NULL || filter->lets(filter->ctx, row));
}

static bool looks_at_rows(const struct client_deadline_filter *filter)
{
	return filter->lets != NULL || (filter->words != NULL && filter->words[0] != '\0');
}

/* ---- pages ---- */

static void key_of(const struct deadline_next *next, struct deadline_key *ret_key)
{
	*ret_key = (struct deadline_key){
		true, next->over != NULL ? next->over->deadline.due : next->row->deadline.due,
		next->over != NULL ? next->over->tie : next->row->tie
	};
}

static void turn_round(struct client_deadline *rows, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct client_deadline row = rows[i];

		rows[i] = rows[n - 1 - i];
		rows[n - 1 - i] = row;
	}
}

static enum err read_page(struct client *client, const struct client_deadline_filter *filter,
			  const struct deadline_key *place, bool back, size_t n,
			  struct arena *arena, struct client_deadlines *ret_page, struct error *err)
{
	struct client_deadlines page = { .rows = arena_array(arena, n + 1, sizeof *page.rows) };
	struct deadline_reader *reader;
	struct deadline_next next = { .row = NULL };
	size_t looked = 0, patience = filter->patience != 0 ? filter->patience : PATIENCE;
	enum err code;

	code = deadline_reader_new(client, filter, place, back, n, arena, &reader, err);
	while (code == ERR_OK && (code = deadline_reader_next(reader, &next, err)) == ERR_OK) {
		bool is;

		page.more = next.row != NULL || next.over != NULL;
		if (!page.more || page.n == n || looked++ == patience)
			break;
		key_of(&next, &page.next);
		code = make_row(client, filter, &next, arena, &page.rows[page.n], &is, err);
		if (code == ERR_OK && is && passes(client, filter, &page.rows[page.n]))
			page.n++;
	}
	if (code != ERR_OK)
		return code;
	if (back)
		turn_round(page.rows, page.n);
	*ret_page = page;
	return ERR_OK;
}

enum err client_deadlines_page(struct client *client, const struct client_deadline_filter *filter,
			       const struct deadline_key *after, size_t n, struct arena *arena,
			       struct client_deadlines *ret_page, struct error *err)
{
	return read_page(client, filter, after, false, n, arena, ret_page, err);
}

enum err client_deadlines_before(struct client *client, const struct client_deadline_filter *filter,
				 const struct deadline_key *before, size_t n, struct arena *arena,
				 struct client_deadlines *ret_page, struct error *err)
{
	return read_page(client, filter, before, true, n, arena, ret_page, err);
}

/* ---- one, wherever it stands ---- */

static bool is_wanted(const struct deadline *deadline, enum deadline_sort sort,
		      const struct uuid *id)
{
	return uuid_is_nil(id) || (deadline->sort == sort && uuid_eq(&deadline->id, id));
}

static enum err get_cached(struct client *client, enum kind kind, const struct uuid *entity,
			   enum deadline_sort sort, const struct uuid *id, struct arena *arena,
			   struct client_deadline *ret_row, struct error *err)
{
	static const struct client_deadline_filter all = { .org = NULL };
	struct deadline list[DEADLINES_MOST];
	const struct deadline *best = NULL;
	struct deadline_row row = { .kind = kind };
	void *whole = NULL;
	size_t n = 0;
	enum err code;

	if (client->cache == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	code = cache_get_at(client->cache, kind, entity, arena, &whole, &row.pk, err);
	if (code == ERR_OK)
		n = deadlines_of(whole, list);
	for (size_t i = 0; i < n; i++)
		if (is_wanted(&list[i], sort, id) && (best == NULL || list[i].due < best->due))
			best = &list[i];
	if (code == ERR_OK && best == NULL)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	if (code != ERR_OK)
		return code;
	row.deadline = *best;
	row.tie = deadline_tie(entity, best);
	code = from_cache(client, &all, &row, arena, ret_row, err);
	if (code == ERR_OK)
		settle_org(client, ret_row);
	return code;
}

enum err client_deadline_get(struct client *client, enum kind kind, const struct uuid *entity,
			     enum deadline_sort sort, const struct uuid *id, struct arena *arena,
			     struct client_deadline *ret_row, struct error *err)
{
	const struct deadlines_kept *kept = &client->deadlines;
	bool over = false;

	deadlines_over(client);
	for (size_t i = 0; i < kept->n_shown; i++) {
		const struct over_deadline *at = kept->shown[i];

		if (!uuid_eq(&((const struct entity *)at->entity)->id, entity))
			continue;
		over = true;
		if (is_wanted(&at->deadline, sort, id)) {
			from_over(client, at, arena, ret_row);
			settle_org(client, ret_row);
			return ERR_OK;
		}
	}
	for (size_t i = 0; i < kept->n_gone && !over; i++)
		over = uuid_eq(&((const struct entity *)kept->gone[i]->entity)->id, entity);
	if (over)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	return get_cached(client, kind, entity, sort, id, arena, ret_row, err);
}

/* ---- counts ---- */

struct counting {
	struct client *client;
	const struct client_deadline_filter *filter;
	const char **orgs;
	size_t n_orgs;
	int64_t most;
};

/* What acts of ours take off (-1) or put there. */
static int64_t over_count(const struct counting *counting, int64_t from, int64_t to)
{
	const struct deadlines_kept *kept = &counting->client->deadlines;
	int64_t n = 0;

	for (int put = 0; put < 2; put++) {
		const struct over_deadline *const *list = put ? kept->shown : kept->gone;
		size_t n_list = put ? kept->n_shown : kept->n_gone;

		for (size_t i = 0; i < n_list; i++)
			if (list[i]->deadline.due >= from && list[i]->deadline.due < to &&
			    deadline_fits(counting->filter, counting->client->rules,
					  &list[i]->deadline, list[i]->kind))
				n += put ? 1 : -1;
	}
	return n;
}

static enum err count_range(const struct counting *counting, int64_t from, int64_t to,
			    int64_t *ret_count, struct error *err)
{
	const struct client_deadline_filter *filter = counting->filter;
	struct deadline_ask ask = { .sorts = filter->sorts, .kinds = filter->kinds };
	int64_t n = 0, most = counting->most + (int64_t)counting->client->deadlines.n_gone;
	enum err code = ERR_OK;

	if (from < filter->from)
		from = filter->from;
	if (filter->to != 0 && to > filter->to)
		to = filter->to;
	for (size_t i = 0; i < counting->n_orgs && n < most && code == ERR_OK && from < to; i++) {
		int64_t more = 0;

		ask.org = counting->orgs != NULL ? counting->orgs[i] : NULL;
		code = cache_deadline_count(counting->client->cache, &ask, from, to, most - n, &more,
					    err);
		n += more;
	}
	if (code != ERR_OK)
		return code;
	n += over_count(counting, from, to);
	*ret_count = n < 0 ? 0 : n < counting->most ? n : counting->most;
	return ERR_OK;
}

static enum err count_rows(struct client *client, const struct client_deadline_filter *filter,
			   const int64_t *bounds, size_t n_bounds, int64_t most,
			   int64_t *ret_counts, bool *ret_exact, struct error *err)
{
	struct client_deadline_filter within = *filter;
	struct arena arena = ARENA_INIT;
	struct deadline_reader *reader;
	struct deadline_next next;
	size_t looked = 0, at = 0;
	enum err code;

	if (within.from < bounds[0])
		within.from = bounds[0];
	if (bounds[n_bounds - 1] != INT64_MAX && (within.to == 0 || within.to > bounds[n_bounds - 1]))
		within.to = bounds[n_bounds - 1];
	*ret_exact = true;
	code = deadline_reader_new(client, &within, NULL, false, PATIENCE, &arena, &reader, err);
	while (code == ERR_OK && (code = deadline_reader_next(reader, &next, err)) == ERR_OK &&
	       (next.row != NULL || next.over != NULL)) {
		struct client_deadline row;
		bool is;

		if (looked++ == PATIENCE_COUNT) {
			*ret_exact = false;
			break;
		}
		code = make_row(client, filter, &next, &arena, &row, &is, err);
		while (code == ERR_OK && at + 2 < n_bounds && row.key.due >= bounds[at + 1])
			at++;
		if (code == ERR_OK && is && ret_counts[at] < most && passes(client, filter, &row))
			ret_counts[at]++;
	}
	arena_release(&arena);
	return code;
}

enum err client_deadlines_count(struct client *client, const struct client_deadline_filter *filter,
				const int64_t *bounds, size_t n_bounds, int64_t most,
				int64_t *ret_counts, bool *ret_exact, struct error *err)
{
	struct counting counting = { client, filter, NULL, client->cache != NULL, most };
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	for (size_t i = 0; i + 1 < n_bounds; i++)
		ret_counts[i] = 0;
	if (n_bounds < 2) { /* no range: nothing was left out */
		*ret_exact = true;
		return ERR_OK;
	}
	if (looks_at_rows(filter))
		return count_rows(client, filter, bounds, n_bounds, most, ret_counts, ret_exact,
				  err);
	deadlines_over(client);
	if (filter->org != NULL && client->cache != NULL)
		code = deadline_orgs(client, filter->org, &arena, &counting.orgs, &counting.n_orgs,
				     err);
	for (size_t i = 0; i + 1 < n_bounds && code == ERR_OK; i++)
		code = count_range(&counting, bounds[i], bounds[i + 1], &ret_counts[i], err);
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_exact = true;
	return code;
}

/* ---- the next of mine ---- */

static void read_next(struct client *client, int64_t from)
{
	struct deadlines_kept *kept = &client->deadlines;
	struct client_deadline_filter mine = client_deadlines_mine(client);
	struct client_deadlines page = { .n = 0 };

	mine.from = from;
	kept->next_known = true;
	kept->next_from = from;
	kept->next_is = mine.org != NULL &&
			read_page(client, &mine, NULL, false, 1, &kept->arena, &page, NULL) ==
				ERR_OK &&
			page.n > 0;
	kept->next = kept->next_is ? page.rows : NULL;
}

bool client_next_mine(struct client *client, int64_t from, struct arena *arena,
		      struct client_deadline *ret_row)
{
	const struct deadlines_kept *kept = &client->deadlines;

	if (!kept->next_known || from < kept->next_from ||
	    (kept->next_is && kept->next->deadline.due < from))
		read_next(client, from);
	if (!kept->next_is)
		return false;
	*ret_row = *kept->next;
	ret_row->number = arena_strdup(arena, ret_row->number);
	ret_row->title = arena_strdup(arena, ret_row->title);
	ret_row->street = ret_row->street ? arena_strdup(arena, ret_row->street) : NULL;
	ret_row->step = ret_row->step ? arena_strdup(arena, ret_row->step) : NULL;
	ret_row->cls = ret_row->cls ? arena_strdup(arena, ret_row->cls) : NULL;
	ret_row->deadline.clock = ret_row->deadline.clock ? arena_strdup(arena, ret_row->deadline.clock)
							  : NULL;
	ret_row->deadline.org = ret_row->deadline.org ? arena_strdup(arena, ret_row->deadline.org)
						      : NULL;
	ret_row->incident = NULL;
	ret_row->whistle = NULL;
	return true;
}
