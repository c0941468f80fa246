/* Handovers: prepared, read, given, taken, witnessed.
 *
 * Who goes and who comes sign for the same: what they sign is what the hash covers
 * (handover_hash).  A shift that nobody hands over, or that is handed over with things unread or
 * unsent, can be taken all the same, since the next one sits there and the work goes on; but
 * only with a reason, which stands there and is signed with the rest. */
#include <config.h>

#include <string.h>

#include "turnover.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* More than anybody reads in a morning; the rest is counted. */
enum { ITEMS_MAX = 300, TALLIES_MAX = 60, GEAR_MAX = 60 };

static const char *org_name(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org->name : code != NULL ? code : "-";
}

static const char *officer(const char *name)
{
	return name != NULL ? name : "-";
}

/* ---- who and when ---- */

/* Everybody is within the centre: its own handovers are its officers' alone. */
static bool is_officer_of(const struct rules *rules, const struct actor *actor, const char *org)
{
	return str_eq(actor->org, org) ||
	       (!str_eq(org, rules->centre) && rules_org_within(rules, actor->org, org));
}

bool turnover_is_third(const struct rules *rules, const struct handover *handover,
		       const struct actor *actor)
{
	const struct roster_plan *plan = handover_plan(rules, handover->org, handover->plan);

	return plan != NULL && plan->third != NULL &&
	       rules_role_reaches(rules, actor->role, plan->third) &&
	       (is_officer_of(rules, actor, handover->org) ||
		rules_org_within(rules, handover->org, actor->org));
}

static const struct row {
	const char *verb;
	enum handover_state from, to; /* states in which it can be done */
	bool third;		      /* also by the one who witnesses */
} rows[] = {
	{ "gather", HANDOVER_PREPARED, HANDOVER_PREPARED, false },
	{ "tick", HANDOVER_PREPARED, HANDOVER_GIVEN, false },
	{ "remark", HANDOVER_PREPARED, HANDOVER_GIVEN, false },
	{ "equip", HANDOVER_PREPARED, HANDOVER_GIVEN, false },
	{ "give", HANDOVER_PREPARED, HANDOVER_PREPARED, false },
	{ "take", HANDOVER_PREPARED, HANDOVER_GIVEN, false },
	{ "witness", HANDOVER_TAKEN, HANDOVER_CLOSED, true },
};

static const struct row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

static enum err wrong_state(const struct rules *rules, const struct handover *handover,
			    enum handover_state state, struct error *err)
{
	char when[CIVIL_TEXT];

	switch (state) {
	case HANDOVER_PREPARED:
		return error_set(err, ERR_REFUSED, _("nobody has taken it over yet"));
	case HANDOVER_GIVEN:
		civil_format(handover->out_at, rules->offset_min, "m-d H:M", when, sizeof when);
		return error_set(err, ERR_REFUSED, _("%s has signed it already, %s"),
				 officer(handover->out_by), when);
	case HANDOVER_TAKEN:
	case HANDOVER_CLOSED:
	case HANDOVER_STATES:
		break;
	}
	civil_format(handover->in_at, rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_REFUSED, _("%s has taken it over already, %s"),
			 officer(handover->in_by), when);
}

enum err handover_possible(const struct rules *rules, const struct handover *handover,
			   const struct act_desc *desc, const struct actor *actor,
			   struct error *err)
{
	const struct row *row = row_of(desc);
	enum handover_state state;
	enum err code = actor_may_write(rules, actor, desc, err);

	if (code != ERR_OK)
		return code;
	if (handover == NULL)
		return handover_plan(rules, actor->org, NULL) != NULL
			       ? ERR_OK
			       : error_set(err, ERR_REFUSED, _("%s has no roster"),
					   org_name(rules, actor->org));
	if (row == NULL)
		return error_set(err, ERR_EXISTS, _("%s has prepared this handover already"),
				 officer(handover->prepared_by));
	if (!is_officer_of(rules, actor, handover->org) &&
	    !(row->third && turnover_is_third(rules, handover, actor)))
		return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
				 rules_act_label(rules, desc), org_name(rules, handover->org));
	state = handover_state(handover);
	if (state < row->from || state > row->to)
		return wrong_state(rules, handover, state, err);
	return ERR_OK;
}

/* ---- preparing ---- */

static struct uuid item_id(const struct turnover *t, const struct handed *item)
{
	const char *key = arena_printf(t->arena, "%s %s %s", item->sort,
				       item->kind != NULL ? item->kind : "", item->about);

	/* the same thing keeps its tick and its remark when all is gathered again */
	return uuid_child(&t->act->target.id, key, 0);
}

static struct handed *item_find(struct turnover *t, const struct uuid *id)
{
	return children_find(&t->after->items, child_desc(CHILD_HANDED), id);
}

static enum err add_item(struct turnover *t, const char *words, struct children *old,
			 struct error *err)
{
	struct handed item, *made;
	const struct handed *was;
	struct uuid id;
	enum err code = handed_parse(words, t->arena, &item, err);

	if (code != ERR_OK)
		return code;
	id = item_id(t, &item);
	if (item_find(t, &id) != NULL)
		return ERR_OK;
	if (t->after->items.n >= ITEMS_MAX)
		return error_set(err, ERR_INPUT, _("at most %d items"), (int)ITEMS_MAX);
	was = children_find(old, child_desc(CHILD_HANDED), &id);
	made = children_add(&t->after->items, child_desc(CHILD_HANDED), &id, t->arena);
	if (was != NULL) {
		item.ticked_at = was->ticked_at;
		item.ticked_by = was->ticked_by;
		item.remark = was->remark;
		item.remark_by = was->remark_by;
	}
	item.id = id;
	*made = item;
	return ERR_OK;
}

static enum err add_tally(struct turnover *t, const char *words, struct error *err)
{
	struct tallied tally, *made;
	struct uuid id;
	enum err code = tallied_parse(words, t->arena, &tally, err);

	if (code != ERR_OK)
		return code;
	id = uuid_child(&t->act->target.id, tally.code, 1);
	if (t->after->tallies.n >= TALLIES_MAX)
		return error_set(err, ERR_INPUT, _("at most %d counts"), (int)TALLIES_MAX);
	if (children_find(&t->after->tallies, child_desc(CHILD_TALLIED), &id) != NULL)
		return ERR_OK;
	made = children_add(&t->after->tallies, child_desc(CHILD_TALLIED), &id, t->arena);
	tally.id = id;
	*made = tally;
	return ERR_OK;
}

/* The lists of the act in the place of those before.  What somebody wrote to an item is not lost
 * with it: one that was ticked or remarked on stays at the end, though it is none any more. */
static enum err set_lists(struct turnover *t, struct error *err)
{
	struct children old = t->after->items;
	enum err code = ERR_OK;

	t->after->items = (struct children){ 0 };
	t->after->tallies = (struct children){ 0 };
	for (size_t i = 0; code == ERR_OK; i++) {
		struct value item = act_value(t->act, "item", i);
		struct value tally = act_value(t->act, "tally", i);

		if (!value_is_set(item) && !value_is_set(tally))
			break;
		if (value_is_set(item))
			code = add_item(t, item.text, &old, err);
		if (code == ERR_OK && value_is_set(tally))
			code = add_tally(t, tally.text, err);
	}
	for (size_t i = 0; code == ERR_OK && i < old.n; i++) {
		const struct handed *was = children_at(&old, child_desc(CHILD_HANDED), i);

		if ((was->ticked_at == 0 && was->remark == NULL) ||
		    item_find(t, &was->id) != NULL)
			continue;
		*(struct handed *)children_add(&t->after->items, child_desc(CHILD_HANDED),
					       &was->id, t->arena) = *was;
	}
	return code;
}

static enum err add_gear(struct turnover *t, const char *words, struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_EQUIPMENT);
	struct equipment equipment, *made;
	struct uuid id;
	enum err code = equipment_parse(words, t->arena, &equipment, err);

	if (code != ERR_OK)
		return code;
	id = uuid_child(&t->act->target.id, equipment.label, 2);
	made = children_find(&t->after->equipment, desc, &id);
	if (made == NULL && t->after->equipment.n >= GEAR_MAX)
		return error_set(err, ERR_INPUT, _("at most %d things"), (int)GEAR_MAX);
	if (made == NULL)
		made = children_add(&t->after->equipment, desc, &id, t->arena);
	equipment.id = id;
	if (equipment.found != NULL) {
		equipment.by = t->act->actor.officer;
		equipment.at = t->now;
	}
	if (equipment.remark == NULL && equipment.found != NULL)
		equipment.remark = act_text(t->act, "remark");
	*made = equipment;
	return ERR_OK;
}

static enum err set_gear(struct turnover *t, const char *const *labels, struct error *err)
{
	enum err code = ERR_OK;
	struct value gear;

	for (size_t i = 0; code == ERR_OK && labels != NULL && labels[i] != NULL; i++)
		code = add_gear(t, labels[i], err);
	for (size_t i = 0;
	     code == ERR_OK && value_is_set(gear = act_value(t->act, "gear", i)); i++)
		code = add_gear(t, gear.text, err);
	return code;
}

/* The one before it: its hash is the beginning of this one's chain, so that one must be taken
 * over. */
static enum err set_before(struct turnover *t, struct error *err)
{
	const char *words = act_text(t->act, "before");
	const struct handover *before;
	struct uuid id;

	if (words == NULL)
		return ERR_OK;
	if (uuid_parse(words, &id) != ERR_OK ||
	    (before = state_near(t->state, KIND_HANDOVER, &id)) == NULL)
		return error_set(err, ERR_NOT_FOUND,
				 _("the handover before this one is not there"));
	if (!str_eq(before->org, t->after->org) || !str_eq(before->plan, t->after->plan))
		return error_set(err, ERR_INPUT, _("the handover before it is another desk's"));
	if (before->hash == NULL)
		return error_set(err, ERR_REFUSED,
				 _("the handover before this one, %s, is not taken over yet"),
				 before->number != NULL ? before->number : "-");
	t->after->before = arena_strdup(t->arena, words);
	t->after->chain = before->hash;
	return ERR_OK;
}

static enum err set_shift(struct turnover *t, const struct roster_plan *plan, struct error *err)
{
	const struct act *act = t->act;
	struct handover *after = t->after;
	const char *words = act_text(act, "shift");
	const struct handover *before = NULL;
	const struct duty_shift *shift;
	struct uuid id;

	if (after->before != NULL && uuid_parse(after->before, &id) == ERR_OK)
		before = state_near(t->state, KIND_HANDOVER, &id);
	after->starts = act_value(act, "starts", 0).num;
	after->ends = act_value(act, "ends", 0).num;
	if (words == NULL && after->starts == 0) {
		shift = handover_shift(t->rules, plan, t->state->mode, t->now, before,
				       &after->starts, &after->ends);
		after->shift = shift != NULL ? shift->code : NULL;
		return ERR_OK;
	}
	shift = plan_shift(plan, words);
	if (words != NULL && shift == NULL)
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no shift of %s"), words,
				 plan->label);
	after->shift = shift != NULL ? shift->code : NULL;
	if (after->starts == 0 || after->ends <= after->starts)
		return error_set(err, ERR_INPUT,
				 _("a shift has a beginning, and an end behind it"));
	return ERR_OK;
}

static enum err apply_prepare(struct turnover *t, struct error *err)
{
	const struct act *act = t->act;
	const char *words = act_text(act, "org");
	const struct org *org = words != NULL ? rules_org_named(t->rules, words)
					      : rules_org(t->rules, act->actor.org);
	const struct roster_plan *plan;
	struct handover *after = t->after;
	struct uuid id = handover_target(t->rules, act);
	struct civil civil;
	enum err code;

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words != NULL ? words : officer(act->actor.org));
	if (!is_officer_of(t->rules, &act->actor, org->code) && !actor_is_system(&act->actor))
		return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
				 rules_act_label(t->rules, act->desc), org->name);
	plan = handover_plan(t->rules, org->code, act_text(act, "plan_code"));
	if (plan == NULL)
		return error_set(err, ERR_REFUSED, _("%s has no roster"), org->name);
	if (!uuid_eq(&id, &act->target.id))
		return error_set(err, ERR_INPUT, _("this is not the handover behind that one"));
	after->org = org->code;
	after->plan = roster_plan_code(plan);
	after->open = 1;
	after->state = handover_state_code(HANDOVER_PREPARED);
	after->half = act_value(act, "half", 0).num;
	after->words = act_text(act, "words");
	after->prepared_at = t->now;
	after->prepared_by = act->actor.officer;
	if (t->state->serial != 0) {
		civil_of_ms(t->now, t->rules->offset_min, &civil);
		after->number = arena_printf(t->arena, "%04d%02d%02d-J%03lld", civil.year,
					     civil.month, civil.day, (long long)t->state->serial);
	}
	code = set_before(t, err);
	if (code == ERR_OK)
		code = set_shift(t, plan, err);
	if (code == ERR_OK)
		code = set_lists(t, err);
	return code == ERR_OK ? set_gear(t, plan->equipment, err) : code;
}

static enum err apply_gather(struct turnover *t, struct error *err)
{
	return set_lists(t, err);
}

/* ---- reading ---- */

static enum err named_item(struct turnover *t, size_t i, struct handed **ret_item, struct error *err)
{
	struct value words = act_value(t->act, "tick", i);
	struct handed *item;
	struct uuid id;

	if (!value_is_set(words) || uuid_parse(words.text, &id) != ERR_OK ||
	    (item = item_find(t, &id)) == NULL)
		return error_set(err, ERR_INPUT, _("there is no such item in this handover"));
	*ret_item = item;
	return ERR_OK;
}

static enum err apply_tick(struct turnover *t, struct error *err)
{
	bool off = act_value(t->act, "off", 0).num != 0;
	size_t changed = 0;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && value_is_set(act_value(t->act, "tick", i)); i++) {
		struct handed *item = NULL;

		code = named_item(t, i, &item, err);
		if (code != ERR_OK || (item->ticked_at == 0) == off)
			continue;
		item->ticked_at = off ? 0 : t->now;
		item->ticked_by = off ? NULL : t->act->actor.officer;
		changed++;
	}
	t->again = code == ERR_OK && changed == 0;
	t->note = t->again ? _("nothing was changed by it") : NULL;
	return code;
}

static enum err apply_remark(struct turnover *t, struct error *err)
{
	const char *text = act_text(t->act, "remark");
	struct handed *item = NULL;
	enum err code = named_item(t, 0, &item, err);

	if (code != ERR_OK)
		return code;
	if (item->remark != NULL) /* what another wrote stays */
		text = arena_printf(t->arena, "%s (%s)\n%s", item->remark,
				    officer(item->remark_by), text);
	if (text_longer(text, WHY_MAX))
		return error_set(err, ERR_INPUT, _("%s: at most %u characters"), _("Remark"),
				 (unsigned)WHY_MAX);
	item->remark = text;
	item->remark_by = t->act->actor.officer;
	return ERR_OK;
}

static enum err apply_equip(struct turnover *t, struct error *err)
{
	return set_gear(t, NULL, err);
}

/* ---- all of it ---- */

static const struct {
	const char *verb;
	enum err (*apply)(struct turnover *t, struct error *err);
} handlers[] = {
	{ "hand_over", apply_prepare }, { "gather", apply_gather }, { "tick", apply_tick },
	{ "remark", apply_remark },	{ "equip", apply_equip },   { "give", turnover_give },
	{ "take", turnover_take },		{ "witness", turnover_witness },
};

static void count(struct handover *after)
{
	after->must = (int64_t)after->items.n;
	after->ticked = after->must - (int64_t)handover_unread(after);
}

enum err decide_handover(const struct rules *rules, const struct state *state,
			 const struct act *act, const struct moment *moment, struct arena *arena,
			 struct decision *ret_decision, struct error *err)
{
	const void *before = state->entity != NULL
				     ? state->entity
				     : entity_new(KIND_HANDOVER, &act->target.id, arena);
	struct turnover t = { .rules = rules, .state = state, .act = act, .now = moment->eff,
			      .arena = arena, .after = entity_copy(before, arena) };
	bool creates = act->desc->conflict == CONFLICT_CREATES;
	enum err code;

	if (!creates && state->entity == NULL)
		return error_set(err, ERR_NOT_FOUND, _("there is no such handover"));
	code = state->entity == NULL
		       ? actor_may_write(rules, &act->actor, act->desc, err)
		       : handover_possible(rules, state->entity, act->desc, &act->actor, err);
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(handlers); i++)
		if (strcmp(handlers[i].verb, act->desc->verb) == 0)
			code = handlers[i].apply(&t, err);
	if (code != ERR_OK)
		return code;
	if (t.again) {
		*ret_decision = (struct decision){ .note = t.note };
		return ERR_OK;
	}
	count(t.after);
	if (strcmp(act->desc->verb, "take") == 0) {
		char hash[SHA256_HEX];

		handover_hash(t.after, hash);
		t.after->hash = arena_strdup(arena, hash);
	}
	return decision_of(before, t.after, arena, t.note, ret_decision);
}
