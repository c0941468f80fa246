/* Which other entities the decision of an act looks at. */
#include <config.h>

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"

const void *state_near(const struct state *state, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < state->n_near; i++) {
		const struct entity *head = state->near[i];

		if (head != NULL && head->kind == kind && uuid_eq(&head->id, id))
			return head;
	}
	return NULL;
}

struct nears {
	const struct act *act;
	struct near_id *ids;
	size_t n, cap;
	struct arena *arena;
};

static void add(struct nears *nears, enum kind kind, const struct uuid *id)
{
	if (kind == nears->act->target.kind && uuid_eq(id, &nears->act->target.id))
		return;
	for (size_t i = 0; i < nears->n; i++)
		if (nears->ids[i].kind == kind && uuid_eq(&nears->ids[i].id, id))
			return;
	if (nears->n == nears->cap) {
		size_t cap = nears->cap > 0 ? 2 * nears->cap : 8;
		struct near_id *more = arena_array(nears->arena, cap, sizeof *more);

		if (nears->n > 0)
			memcpy(more, nears->ids, nears->n * sizeof *more);
		nears->ids = more;
		nears->cap = cap;
	}
	nears->ids[nears->n++] = (struct near_id){ kind, *id };
}

/* An argument that is an id; words that are none name nothing. */
static void add_given(struct nears *nears, const struct act *act, const char *name, enum kind kind)
{
	const char *words = act_text(act, name);
	struct uuid id;

	if (words != NULL && uuid_parse(words, &id) == ERR_OK)
		add(nears, kind, &id);
}

/* ---- rosters ---- */

/* Months of an organisation's plan around one: from `before` months ahead of it to `behind` it. */
static void add_months(struct nears *nears, const char *org, const char *plan, const char *month,
		       int before, int behind)
{
	int32_t first, end;

	for (int i = 0; i < before && month_days(month, &first, &end); i++) {
		char ahead[ROSTER_MONTH];

		month_of_day(first - 1, ahead);
		month = arena_strdup(nears->arena, ahead);
	}
	for (int i = 0; i <= before + behind && month_days(month, &first, &end); i++) {
		struct uuid id = roster_id(org, plan, month);
		char next[ROSTER_MONTH];

		add(nears, KIND_ROSTER, &id);
		month_of_day(end, next);
		month = arena_strdup(nears->arena, next);
	}
}

/* The month before and the one after, and that month of the organisation's other plans. */
static void add_beside(struct nears *nears, const struct rules *rules, const char *org,
		       const char *plan, const char *month)
{
	const struct roster_plan *other;

	add_months(nears, org, plan, month, 1, 1);
	for (size_t i = 0; (other = rules_plan_of(rules, org, i)) != NULL; i++)
		if (!str_eq(other->code, plan))
			add_months(nears, org, other->code, month, 0, 0);
}

static void add_cells(struct nears *nears, const struct act *act)
{
	for (size_t i = 0; i < act->n_given; i++) {
		const char *words = act->given[i].value.text, *at;
		bool cell = str_eq(act->given[i].field->name, "cell");
		struct uuid id;

		if (words == NULL || (!cell && !str_eq(act->given[i].field->name, "opening")))
			continue;
		if (cell) { /* NOW: what stands behind the fifth space */
			for (int n = 0; n < 5 && words != NULL; n++)
				if ((words = strchr(words, ' ')) != NULL)
					words += strspn(words, " ");
		}
		if (words == NULL)
			continue;
		at = arena_strndup(nears->arena, words, strcspn(words, " "));
		if (uuid_parse(at, &id) == ERR_OK)
			add(nears, KIND_STAFF, &id);
	}
}

static void of_roster(struct nears *nears, const struct rules *rules, const struct act *act,
		      const struct roster *roster)
{
	const struct org *org;
	const char *plan = act_text(act, "plan_code");
	const char *words = act_text(act, "org") != NULL ? act_text(act, "org") : act->by_phone.org;
	const struct turn *turn;
	struct uuid id;

	if (roster != NULL) {
		add_beside(nears, rules, roster->org, roster->plan, roster->month);
	} else {
		org = words != NULL ? rules_org_named(rules, words)
				    : rules_org(rules, act->actor.org);
		if (plan == NULL && org != NULL && rules_plan_of(rules, org->code, 0) != NULL)
			plan = rules_plan_of(rules, org->code, 0)->code;
		if (org != NULL && plan != NULL && act_text(act, "month") != NULL)
			add_beside(nears, rules, org->code, plan, act_text(act, "month"));
	}
	add_cells(nears, act);
	add_given(nears, act, "who", KIND_STAFF);
	add_given(nears, act, "swap_id", KIND_SWAP);
	if (roster == NULL || act_text(act, "turn_id") == NULL)
		return;
	id = staff_uuid(act_text(act, "turn_id"));
	turn = roster_turn_find(roster, &id);
	id = staff_uuid(turn != NULL ? turn->staff : NULL);
	if (!uuid_is_nil(&id))
		add(nears, KIND_STAFF, &id);
}

static void add_id(struct nears *nears, enum kind kind, const char *words)
{
	struct uuid id = staff_uuid(words);

	if (!uuid_is_nil(&id))
		add(nears, kind, &id);
}

/* The rosters of its duties; those around them as far as can be told, from a month before the earlier
 * one to two behind; its people. */
static void of_swap(struct nears *nears, const struct rules *rules, const struct act *act,
		    const struct swap *swap)
{
	char month[ROSTER_MONTH];

	add_given(nears, act, "roster_id", KIND_ROSTER);
	add_given(nears, act, "other_roster", KIND_ROSTER);
	add_given(nears, act, "who", KIND_STAFF);
	if (swap == NULL)
		return;
	add_id(nears, KIND_ROSTER, swap->roster);
	add_id(nears, KIND_ROSTER, swap->other_roster);
	add_id(nears, KIND_STAFF, swap->staff);
	add_id(nears, KIND_STAFF, swap->other_staff);
	month_of_day(civil_day_of_ms(swap->lapses_at, rules->offset_min), month);
	add_months(nears, swap->org, swap->plan, month, 1, 2);
}

/* ---- meetings ---- */

/* The items of its agenda, and those that the act puts there: "ITEM ORDER MINUTES". */
static void of_meeting(struct nears *nears, const struct act *act, const struct meeting *meeting)
{
	for (size_t i = 0; meeting != NULL && i < meeting->agenda.n; i++)
		add_id(nears, KIND_ITEM, meeting_entry(meeting, i)->item);
	for (size_t i = 0; value_is_set(act_value(act, "entry", i)); i++) {
		const char *words = act_value(act, "entry", i).text;

		add_id(nears, KIND_ITEM, arena_strndup(nears->arena, words, strcspn(words, " ")));
	}
}

static void add_about(struct nears *nears, const char *kind, const char *id)
{
	if (kind != NULL)
		add_id(nears, str_eq(kind, "whistle") ? KIND_WHISTLE : KIND_INCIDENT, id);
}

/* What it is brought from and for; the meeting it stands in, or that left it. */
static void of_item(struct nears *nears, const struct act *act, const struct item *item)
{
	add_given(nears, act, "incident", KIND_INCIDENT);
	add_given(nears, act, "whistle", KIND_WHISTLE);
	add_given(nears, act, "meeting_id", KIND_MEETING);
	if (item == NULL)
		return;
	add_id(nears, KIND_MEETING, item->meeting);
	add_id(nears, KIND_MEETING, item->settled_in);
	add_about(nears, item->about_kind, item->about);
}

static void of_action(struct nears *nears, const struct act *act, const struct action *action)
{
	add_given(nears, act, "item_id", KIND_ITEM);
	add_given(nears, act, "meeting_id", KIND_MEETING);
	if (action == NULL)
		return;
	add_id(nears, KIND_ITEM, action->item);
	add_id(nears, KIND_MEETING, action->meeting);
}

void decide_near_of(const struct act *act, const void *near, struct arena *arena,
		    struct near_id **ret_ids, size_t *ret_n)
{
	struct nears nears = { .act = act, .arena = arena };
	const struct entity *head = near;
	const struct children *links =
		head->kind == KIND_INCIDENT  ? &((const struct incident *)near)->links
		: head->kind == KIND_WHISTLE ? &((const struct whistle *)near)->links
					     : NULL;

	for (size_t i = 0; act->desc == act_desc_of(KIND_ITEM, "bring") && links != NULL &&
			   i < links->n; i++) {
		const struct link *link = (const struct link *)links->items + i;

		if (str_eq(link->role, ITEM_LINK))
			add_id(&nears, KIND_ITEM, link->target);
	}
	if (act->desc == act_desc_of(KIND_ACTION, "task") && head->kind == KIND_ITEM) {
		add_id(&nears, KIND_MEETING, ((const struct item *)near)->meeting);
		add_id(&nears, KIND_MEETING, ((const struct item *)near)->settled_in);
	}
	*ret_ids = nears.ids;
	*ret_n = nears.n;
}

void decide_near(const struct rules *rules, const struct act *act, const void *target,
		 struct arena *arena, struct near_id **ret_ids, size_t *ret_n)
{
	struct nears nears = { .act = act, .arena = arena };

	switch (act->target.kind) {
	case KIND_HANDOVER:
		add_given(&nears, act, "before", KIND_HANDOVER);
		break;
	case KIND_RECORD:
		add_given(&nears, act, "corrects", KIND_RECORD);
		break;
	case KIND_ROSTER:
		of_roster(&nears, rules, act, target);
		break;
	case KIND_SWAP:
		of_swap(&nears, rules, act, target);
		break;
	case KIND_MEETING:
		of_meeting(&nears, act, target);
		break;
	case KIND_ITEM:
		of_item(&nears, act, target);
		break;
	case KIND_ACTION:
		of_action(&nears, act, target);
		break;
	default:
		break;
	}
	*ret_ids = nears.ids;
	*ret_n = nears.n;
}
