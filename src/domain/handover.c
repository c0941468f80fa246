/* Handovers: states, what is in their lists, hash and chain. */
#include <config.h>

#include "zhiban/domain/handover.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *code, *label;
} states[HANDOVER_STATES] = {
	[HANDOVER_PREPARED] = { "prepared", N_("being prepared") },
	[HANDOVER_GIVEN] = { "given", N_("handed over") },
	[HANDOVER_TAKEN] = { "taken", N_("to be witnessed") },
	[HANDOVER_CLOSED] = { "closed", N_("done and closed") },
}, sorts[HANDED_SORTS] = {
	[HANDED_ALARM] = { "alarm", N_("Alarms") },
	[HANDED_OVERDUE] = { "overdue", N_("Overdue") },
	[HANDED_INSTRUCTION] = { "instruction", N_("Instructions") },
	[HANDED_PROMISE] = { "promise", N_("Promised calls") },
	[HANDED_COUNTERSIGN] = { "countersign", N_("Countersignatures owed") },
	[HANDED_FLAGGED] = { "flagged", N_("Watched and hard") },
	[HANDED_ROSTER] = { "roster", N_("Roster") },
	[HANDED_PAPER] = { "paper", N_("Calls and papers") },
	[HANDED_CHANGED] = { "changed", N_("Changed in this shift") },
};

const char *handover_state_code(enum handover_state state)
{
	return states[state].code;
}

const char *handover_state_label(enum handover_state state)
{
	return _(states[state].label);
}

enum handover_state handover_state(const struct handover *handover)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++)
		if (str_eq(states[i].code, handover->state))
			return (enum handover_state)i;
	return HANDOVER_PREPARED;
}

const char *handed_sort_code(enum handed_sort sort)
{
	return sorts[sort].code;
}

const char *handed_sort_label(enum handed_sort sort)
{
	return _(sorts[sort].label);
}

enum handed_sort handed_sort_find(const char *code)
{
	size_t i = 0;

	while (i < ARRAY_LEN(sorts) && !str_eq(sorts[i].code, code))
		i++;
	return (enum handed_sort)i;
}

/* ---- ids, plans, shifts ---- */

struct uuid handover_id(const char *org, const char *plan, const struct uuid *before)
{
	struct str words = STR_INIT;
	char text[UUID_TEXT];
	struct uuid id;

	uuid_text(before, text);
	str_addf(&words, "handover\n%s\n%s\n%s", org, plan, text);
	id = uuid_named(str_get(&words));
	str_release(&words);
	return id;
}

const struct handed *handover_item(const struct handover *handover, size_t i)
{
	return children_at(&handover->items, child_desc(CHILD_HANDED), i);
}

size_t handover_unread(const struct handover *handover)
{
	size_t n = 0;

	for (size_t i = 0; i < handover->items.n; i++)
		n += handover_item(handover, i)->ticked_at == 0;
	return n;
}

const struct roster_plan *handover_plan(const struct rules *rules, const char *org,
					const char *plan)
{
	const struct roster_plan *at;

	for (size_t i = 0; org != NULL && (at = rules_plan_of(rules, org, i)) != NULL; i++)
		if (plan == NULL || str_eq(plan, at->code) || str_eq(plan, at->label))
			return at;
	return NULL;
}

struct uuid handover_target(const struct rules *rules, const struct act *act)
{
	const char *words = act_text(act, "org"), *before = act_text(act, "before");
	const struct org *org = words != NULL ? rules_org_named(rules, words)
					      : rules_org(rules, act->actor.org);
	const struct roster_plan *plan =
		handover_plan(rules, org != NULL ? org->code : NULL, act_text(act, "plan_code"));
	struct uuid id = { { 0 } };

	if (before != NULL && uuid_parse(before, &id) != ERR_OK)
		id = uuid_named(before);
	return handover_id(org != NULL ? org->code : "", plan != NULL ? plan->code : "", &id);
}

/* Whether a shift stands in a mode: its own ones stand instead of those of none. */
static bool shift_stands(const struct roster_plan *plan, const struct duty_shift *shift,
			 const char *mode)
{
	bool own = false;

	for (size_t i = 0; mode != NULL && i < plan->n_shifts; i++)
		own = own || str_eq(plan->shifts[i].mode, mode);
	return own ? str_eq(shift->mode, mode) : shift->mode == NULL;
}

const struct duty_shift *handover_shift(const struct rules *rules, const struct roster_plan *plan,
					const char *mode, int64_t at, const struct handover *before,
					int64_t *ret_starts, int64_t *ret_ends)
{
	int64_t gone = before != NULL && !before->half ? before->ends : INT64_MIN;
	int32_t today = civil_day_of_ms(at, rules->offset_min);
	const struct duty_shift *best = NULL;
	int64_t best_far = 0;

	for (int32_t day = today - 2; day <= today + 1; day++)
		for (size_t i = 0; i < plan->n_shifts; i++) {
			const struct duty_shift *shift = &plan->shifts[i];
			int64_t midnight = civil_ms_of_day(day, rules->offset_min);
			int64_t starts = midnight + shift->from * MINUTE_MS, far;
			int64_t ends = midnight + shift->to * MINUTE_MS +
				       (shift->to <= shift->from ? DAY_MS : 0);

			far = ends > at ? ends - at : at - ends;
			if (!shift_stands(plan, shift, mode) || ends <= gone ||
			    (best != NULL && far >= best_far))
				continue;
			best = shift;
			best_far = far;
			*ret_starts = starts;
			*ret_ends = ends;
		}
	return best;
}

/* ---- hash and chain ---- */

/* What nobody had signed yet when the hash was made, and the hash itself. */
static bool is_signed(const struct field *field)
{
	static const char *const later[] = { "state",	  "open",      "third_by",
					     "third_at", "third_due", "hash" };

	for (size_t i = 0; i < ARRAY_LEN(later); i++)
		if (strcmp(later[i], field->name) == 0)
			return false;
	return true;
}

/* NAME, length and value: no text can be taken for two values, or for the next field. */
static void add_value(struct sha256 *h, const struct field *field, const void *thing)
{
	struct value value = field_get(field, thing);
	struct str line = STR_INIT;

	if (value_is_set(value)) {
		if (value.is_text)
			str_addf(&line, "%s %zu:%s\n", field->name, strlen(value.text),
				 value.text);
		else
			str_addf(&line, "%s %lld\n", field->name, (long long)value.num);
		sha256_add(h, str_get(&line), line.len);
	}
	str_release(&line);
}

/* The child with the next higher id, or NULL: the order in which a store keeps them is no part
 * of what was signed. */
static const struct uuid *next_child(const struct children *children, const struct child_desc *desc,
				     const struct uuid *behind)
{
	const struct uuid *next = NULL;

	for (size_t i = 0; i < children->n; i++) {
		const struct uuid *id = children_at(children, desc, i);

		if ((behind == NULL || uuid_cmp(id, behind) > 0) &&
		    (next == NULL || uuid_cmp(id, next) < 0))
			next = id;
	}
	return next;
}

static void add_children(struct sha256 *h, const struct handover *handover, enum child child)
{
	const struct child_desc *desc = child_desc(child);
	const struct children *children = entity_children_const(handover, desc);
	const struct uuid *at = NULL;
	char id[UUID_TEXT];

	while ((at = next_child(children, desc, at)) != NULL) {
		uuid_text(at, id);
		sha256_add(h, desc->name, strlen(desc->name) + 1);
		sha256_add(h, id, sizeof id);
		for (size_t f = 0; f < desc->n_fields; f++)
			add_value(h, &desc->fields[f], at);
	}
}

void handover_hash(const struct handover *handover, char hash[65])
{
	const struct kind_desc *desc = kind_desc(KIND_HANDOVER);
	uint8_t bytes[SHA256_LEN];
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, "handover 1\n", 11);
	for (size_t i = 0; i < desc->n_fields; i++)
		if (is_signed(&desc->fields[i]))
			add_value(&h, &desc->fields[i], handover);
	add_children(&h, handover, CHILD_HANDED);
	add_children(&h, handover, CHILD_TALLIED);
	add_children(&h, handover, CHILD_EQUIPMENT);
	sha256_end(&h, bytes);
	crypto_hex(bytes, sizeof bytes, hash);
}

static bool follows(const struct handover *handover, const struct handover *before)
{
	struct uuid id;

	return handover->before != NULL && uuid_parse(handover->before, &id) == ERR_OK &&
	       uuid_eq(&id, &before->head.id) && str_eq(handover->chain, before->hash);
}

enum chain_state handover_chain(const struct handover *handover, const struct handover *before)
{
	char hash[65];

	if (handover->hash == NULL)
		return CHAIN_NOT_YET;
	handover_hash(handover, hash);
	if (strcmp(hash, handover->hash) != 0)
		return CHAIN_TAMPERED;
	return before == NULL || follows(handover, before) ? CHAIN_WHOLE : CHAIN_BROKEN;
}

const char *chain_state_label(enum chain_state state)
{
	switch (state) {
	case CHAIN_WHOLE:
		return _("the chain is whole");
	case CHAIN_NOT_YET:
		return _("not signed by both yet");
	case CHAIN_TAMPERED:
		return _("changed after it was signed");
	case CHAIN_BROKEN:
		return _("does not follow the one before it");
	}
	return "";
}
