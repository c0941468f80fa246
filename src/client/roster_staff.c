/* The people who stand in rosters. */
#include <config.h>

#include "zhiban/client/roster.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"

#include "roster_priv.h"

static enum err read_staff(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			   void *fn_ctx, struct error *err)
{
	struct whole_reading reading = { cache, arena, fn, fn_ctx };
	const bool *whole = ctx;

	return *whole ? cache_each(cache, KIND_STAFF, arena, thing_read_whole, &reading, err)
		      : cache_each(cache, KIND_STAFF, arena, fn, fn_ctx, err);
}

struct ranked {
	int place; /* of the organisation */
	const struct staff *staff;
};

static int by_rotation(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->staff->order != y->staff->order)
		return x->staff->order < y->staff->order ? -1 : 1;
	return uuid_cmp(&x->staff->head.id, &y->staff->head.id);
}

typedef bool (*wanted_fn)(const void *ctx, const struct rules *rules, const struct staff *staff);

static enum err list_staff(struct client *client, bool whole, wanted_fn wanted, const void *ctx,
			   struct arena *arena, const struct staff ***ret_staff, size_t *ret_n,
			   struct error *err)
{
	const struct rules *rules = client->rules;
	const struct staff **staff;
	struct ranked *ranked;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_STAFF, read_staff, &whole, arena, &all, err);

	if (code != ERR_OK)
		return code;
	ranked = arena_array(arena, all.n + 1, sizeof *ranked);
	for (size_t i = 0; i < all.n; i++) {
		const struct staff *one = all.items[i].shown;
		const struct org *org = rules_org(rules, one->org);

		if (wanted(ctx, rules, one))
			ranked[n++] = (struct ranked){
				org != NULL ? (int)(org - rules->orgs) : (int)rules->n_orgs, one };
	}
	qsort(ranked, n, sizeof *ranked, by_rotation);
	staff = arena_array(arena, n + 1, sizeof(void *));
	for (size_t i = 0; i < n; i++)
		staff[i] = ranked[i].staff;
	*ret_staff = staff;
	*ret_n = n;
	return ERR_OK;
}

struct of_org {
	const char *org;
	bool ended;
};

static bool is_of_org(const void *ctx, const struct rules *rules, const struct staff *staff)
{
	const struct of_org *of = ctx;

	return (of->ended || staff->ended_at == 0) &&
	       (of->org == NULL ||
		(staff->org != NULL && rules_org_within(rules, staff->org, of->org)));
}

enum err client_staff(struct client *client, const char *org, bool ended, struct arena *arena,
		      const struct staff ***ret_staff, size_t *ret_n, struct error *err)
{
	struct of_org of = { org, ended };

	return list_staff(client, true, is_of_org, &of, arena, ret_staff, ret_n, err);
}

enum err client_staffed(struct client *client, struct arena *arena, const char ***ret_orgs,
			size_t *ret_n, struct error *err)
{
	const struct of_org all = { NULL, false };
	const struct staff **staff;
	const char **orgs;
	size_t n_staff = 0, n = 0;
	enum err code = list_staff(client, false, is_of_org, &all, arena, &staff, &n_staff, err);

	if (code != ERR_OK)
		return code;
	orgs = arena_array(arena, n_staff + 1, sizeof(void *));
	for (size_t i = 0; i < n_staff; i++) { /* people of one organisation stand together */
		const struct org *org = rules_org(client->rules, staff[i]->org);

		if (org != NULL && (n == 0 || orgs[n - 1] != org->code))
			orgs[n++] = org->code;
	}
	*ret_orgs = orgs;
	*ret_n = n;
	return ERR_OK;
}

/* ---- pools ---- */

struct pool {
	const char *org;
	const struct roster_plan *plan;
};

static bool is_in_pool(const void *ctx, const struct rules *rules, const struct staff *staff)
{
	const struct pool *pool = ctx;

	if (staff->ended_at != 0 || staff->org == NULL)
		return false;
	for (size_t i = 0; i < pool->plan->n_posts; i++)
		if (post_pool_has(rules, &pool->plan->posts[i], pool->org, staff->org))
			return true;
	return false;
}

enum err client_pool(struct client *client, const char *org, const struct roster_plan *plan,
		     struct arena *arena, const struct staff ***ret_staff, size_t *ret_n,
		     struct error *err)
{
	struct pool pool = { org, plan };

	return list_staff(client, true, is_in_pool, &pool, arena, ret_staff, ret_n, err);
}

/* ---- by words ---- */

struct fits {
	const struct staff *first;
	size_t n;
	struct str names; /* of those that fit alike */
};

static void add_fit(struct fits *fits, const struct rules *rules, const struct staff *staff)
{
	const struct org *org = rules_org(rules, staff->org);

	if (fits->n++ == 0)
		fits->first = staff;
	str_addf(&fits->names, "%s%s (%s)", fits->n > 1 ? ", " : "",
		 staff->name != NULL ? staff->name : "",
		 org != NULL ? org->brief : staff->org != NULL ? staff->org : "");
}

static int fit_of(const struct pinyin_typed *typed, bool typed_ok, const char *words,
		  const struct staff *staff)
{
	enum { EXACT = PINYIN_WHOLE + 1 };

	if (staff->name == NULL)
		return PINYIN_NOT;
	if (strcasecmp(staff->name, words) == 0)
		return EXACT;
	return typed_ok ? (int)pinyin_fit(typed, staff->name) : PINYIN_NOT;
}

static enum err find_named(struct client *client, const char *words, const char *org,
			   struct arena *arena, struct uuid *ret_id, struct error *err)
{
	struct fits fits = { .names = STR_INIT }, near = { .names = STR_INIT }, *best;
	const struct of_org all = { NULL, false };
	struct pinyin_typed typed;
	bool typed_ok = pinyin_type(&typed, words);
	const struct staff **staff;
	size_t n = 0;
	int most = PINYIN_NOT + 1;
	enum err code = list_staff(client, false, is_of_org, &all, arena, &staff, &n, err);

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		int fit = fit_of(&typed, typed_ok, words, staff[i]);

		if (fit < most)
			continue;
		if (fit > most) {
			str_clear(&fits.names);
			str_clear(&near.names);
			fits.n = near.n = 0;
			most = fit;
		}
		add_fit(&fits, client->rules, staff[i]);
		if (org != NULL && staff[i]->org != NULL &&
		    rules_org_within(client->rules, staff[i]->org, org))
			add_fit(&near, client->rules, staff[i]);
	}
	best = fits.n > 1 && near.n > 0 ? &near : &fits;
	if (code == ERR_OK && best->n == 0)
		code = error_set(err, ERR_NOT_FOUND, _("nobody of the rosters is called \"%s\""),
				 words);
	else if (code == ERR_OK && best->n > 1)
		code = error_set(err, ERR_INPUT, _("\"%s\" fits several: %.200s"), words,
				 str_get(&best->names));
	else if (code == ERR_OK)
		*ret_id = best->first->head.id;
	str_release(&fits.names);
	str_release(&near.names);
	return code;
}

enum err client_staff_find(struct client *client, const char *words, const char *org,
			   struct uuid *ret_id, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct error own = ERROR_INIT;
	struct thing thing;
	struct uuid id;
	enum err code = ERR_NOT_FOUND;

	if (uuid_parse(words, &id) == ERR_OK)
		code = thing_get(client, KIND_STAFF, &id, "", &arena, &thing, &own);
	else if (words_are_hex(words)) {
		code = thing_find(client, KIND_STAFF, words, &id, &own);
	}
	if (code == ERR_NOT_FOUND)
		code = find_named(client, words, org, &arena, &id, err);
	else if (code != ERR_OK)
		code = error_set(err, code, "%s", own.text);
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_id = id;
	return code;
}
