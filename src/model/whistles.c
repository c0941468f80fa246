#include <config.h>

#include "zhiban/model/whistles.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* All are within the centre: of its own it has its own alone. */
static bool is_within(const struct rules *rules, const char *code, const char *org)
{
	return str_eq(org, rules->centre) ? str_eq(code, org) : rules_org_within(rules, code, org);
}

bool whistle_is_of(const struct rules *rules, const struct whistle *whistle, const char *org)
{
	if (!org)
		return false;
	if (whistle->origin && is_within(rules, whistle->origin, org))
		return true;
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (share_is_live(share) && is_within(rules, share->org, org))
			return true;
	}
	return false;
}

void whistle_as_case(const struct whistle *whistle, const struct filter_ctx *ctx,
		     struct arena *arena, struct incident *ret_incident)
{
	struct incident *incident =
		entity_new(KIND_INCIDENT, &whistle->head.id, arena);
	bool mine = ctx && ctx->actor && whistle_is_of(ctx->rules, whistle, ctx->actor->org);

	incident->head.version = whistle->head.version;
	incident->number = whistle->number;
	incident->title = whistle->title;
	incident->text = whistle->text;
	incident->address = whistle->address;
	incident->street = whistle->street ? whistle->street : whistle->origin;
	incident->origin = whistle->origin;
	incident->registrar = mine ? ctx->actor->officer : whistle->blower;
	incident->reported_at = incident->registered_at = whistle->blown_at;
	incident->open = whistle->open;
	incident->due = whistle->due;
	incident->holder = whistle->lead;
	incident->moved_at = whistle->moved_at;
	incident->closed_at = whistle->closed_at;
	incident->proposed_at = whistle->proposed_at;
	incident->listed_at = whistle->listed_at;
	incident->supervised = whistle->supervised;
	incident->candidate = whistle->candidate;
	incident->owed = whistle->owed;
	incident->clocks = whistle->clocks;
	incident->links = whistle->links;
	incident->asked = whistle->asked_more;
	incident->behalves = whistle->behalves;
	incident->supervisions = whistle->supervisions;
	incident->calls = whistle->calls;
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);
		struct part *part;

		if (share->freed_at)
			continue;
		part = children_add(&incident->parts, child_desc(CHILD_PART), &share->id, arena);
		part->org = share->org;
		part->role = share->role;
	}
	*ret_incident = *incident;
}

/* ---- the list ---- */

static size_t asked(const struct whistle *whistle)
{
	size_t n = 0;

	for (size_t i = 0; i < whistle->shares.n; i++)
		n += whistle_share(whistle, i)->freed_at == 0;
	/* a closed one is listed without its children */
	return !whistle->shares.n && whistle->asked > 0 ? (size_t)whistle->asked : n;
}

const char *whistle_whom(const struct rules *rules, const struct whistle *whistle, size_t most,
			 struct arena *arena)
{
	struct str out = STR_INIT;
	size_t n = asked(whistle), named = 0;
	const char *kept;

	str_addf(&out, "%s > ", page_org(rules, whistle->origin));
	for (size_t i = 0; i < whistle->shares.n && n <= most; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (!share->freed_at)
			str_addf(&out, "%s%s", named++ ? _(", ") : "", page_org(rules, share->org));
	}
	if (!named)
		str_addf(&out, _("%zu departments"), n);
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

const char *whistle_whom_brief(const struct rules *rules, const struct whistle *whistle,
			       struct arena *arena)
{
	return arena_printf(arena, "%s>%zu", page_org(rules, whistle->origin), asked(whistle));
}

static void fill_row(struct client *client, const struct client_whistle *shown, int64_t now,
		     struct arena *arena, struct whistle_row *row)
{
	const struct rules *rules = client_rules(client);
	const struct whistle *whistle = shown->whistle;
	const struct summons *summons = whistle_summons(rules, whistle);
	const struct summons_class *cls = summons_class(summons, whistle->cls);
	const struct actor *actor = client_actor(client);
	char buf[48];

	*row = (struct whistle_row){ .shown = *shown, .worst_label = "", .worst_org = "" };
	row->mark = arena_strdup(arena, client_whistle_mark(shown, buf));
	row->step = summons_step_label(rules, summons, whistle->step);
	row->cls = cls ? cls->label : whistle->cls ? whistle->cls : "";
	row->mine = actor && whistle_is_of(rules, whistle, actor->org);
	if (!whistle->open || !matrix_worst(whistle, now, &row->worst))
		return;
	row->worst_label = summons_clock_label(rules, summons, row->worst.clock->kind);
	row->worst_org = page_org(rules, row->worst.clock->org);
}

enum err whistle_list_load(struct client *client, const struct whistle_filter *filter,
			   int64_t closed, struct arena *arena, struct whistle_list *ret_list,
			   struct error *err)
{
	struct filter_ctx ctx = client_filter_ctx(client);
	struct whistle_list list = { 0 };
	struct client_whistle *all = NULL;
	size_t n = 0;
	enum err code = client_whistles(client, (size_t)closed, arena, &all, &n, err);

	if (code != ERR_OK)
		return code;
	list.total = n;
	list.rows = arena_array(arena, n + 1, sizeof *list.rows);
	for (size_t i = 0; i < n; i++) {
		struct whistle_row *row = &list.rows[list.n];

		if (filter && !all[i].whistle->open && !all[i].whistle->shares.n &&
		    client_whistle_get(client, &all[i].whistle->head.id, arena, &all[i], err) !=
			    ERR_OK)
			continue; /* its departments are looked at; it has just gone */
		if (filter && !whistle_filter_match(filter, all[i].whistle, &ctx))
			continue;
		fill_row(client, &all[i], ctx.now, arena, row);
		list.open += all[i].whistle->open != 0;
		list.overdue += row->worst.state == CELL_OVER;
		list.n++;
	}
	*ret_list = list;
	return ERR_OK;
}
