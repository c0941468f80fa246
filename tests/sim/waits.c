/* What a case waits for, so that officers also do what a blind choice would hardly ever come to. */
#include <config.h>

#include "zhiban/domain/rules.h"

#include "args.h"
#include "sim.h"

static bool owes_behalf(const struct incident *incident)
{
	return incident->owed > 0;
}

static bool owes_receipt(const struct incident *incident)
{
	const struct receipt *items = incident->receipts.items;

	for (size_t i = 0; i < incident->receipts.n; i++)
		if (items[i].signed_at == 0)
			return true;
	return false;
}

static bool owes_call(const struct incident *incident)
{
	const struct promise *items = incident->promises.items;

	for (size_t i = 0; i < incident->promises.n; i++)
		if (items[i].kept_at == 0)
			return true;
	return false;
}

static bool owes_answer(const struct incident *incident)
{
	const struct supervision *items = incident->supervisions.items;

	for (size_t i = 0; i < incident->supervisions.n; i++)
		if (items[i].answered_at == 0 && items[i].lifted_at == 0)
			return true;
	return false;
}

/* Said, and neither passed on nor carried out. */
static bool owes_telling(const struct incident *incident)
{
	const struct instruction *items = incident->instructions.items;

	for (size_t i = 0; i < incident->instructions.n; i++)
		if (items[i].told_at == 0 && items[i].done_at == 0)
			return true;
	return false;
}

static bool owes_outcome(const struct incident *incident)
{
	const struct instruction *items = incident->instructions.items;

	for (size_t i = 0; i < incident->instructions.n; i++)
		if (items[i].done_at == 0)
			return true;
	return false;
}

static bool has_forces(const struct incident *incident)
{
	const struct force *items = incident->forces.items;

	for (size_t i = 0; i < incident->forces.n; i++)
		if (items[i].left_at == 0)
			return true;
	return false;
}

static bool is_pressed(const struct incident *incident)
{
	return incident->proposed_at != 0 || incident->listed_at != 0 || incident->offered_at != 0;
}

static bool is_asked(const struct incident *incident)
{
	return incident->asked_at != 0;
}

static bool is_shelved(const struct incident *incident)
{
	return incident->shelved_at != 0;
}

static bool is_paused(const struct incident *incident)
{
	return incident->paused_until != 0;
}

static bool is_merged(const struct incident *incident)
{
	return incident->merged_into != NULL;
}

static bool is_lead(const struct incident *incident)
{
	return incident->merged > 0 && incident->open;
}

static bool is_new_lead(const struct incident *incident)
{
	return is_lead(incident) && str_eq(incident->step, "accept");
}

static bool is_local_lead(const struct incident *incident)
{
	return is_lead(incident) && str_eq(incident->step, "local");
}

static bool is_open(const struct incident *incident)
{
	return incident->open;
}

static bool is_new(const struct incident *incident)
{
	return str_eq(incident->step, "accept");
}

static bool is_accepted(const struct incident *incident)
{
	return str_eq(incident->step, "assign");
}

static bool is_given(const struct incident *incident)
{
	return str_eq(incident->step, "sign");
}

static bool is_verified(const struct incident *incident)
{
	return str_eq(incident->step, "close");
}

static bool has_below(const struct incident *incident)
{
	return incident->levels.n > 0 && is_new(incident);
}

static bool in_hand(const struct incident *incident)
{
	return str_eq(incident->step, "handle");
}

static bool is_handled(const struct incident *incident)
{
	return str_eq(incident->step, "verify") || str_eq(incident->step, "check");
}

static bool is_alone(const struct incident *incident)
{
	return incident->open && incident->merged == 0 && incident->merged_into == NULL;
}

static const struct waiting {
	const char *verb;
	bool (*when)(const struct incident *incident);
	unsigned weight;
} waitings[] = {
	{ "countersign", owes_behalf, 6 },
	{ "receipt", owes_receipt, 6 },
	{ "call", owes_call, 2 },
	{ "respond", owes_answer, 6 },
	{ "lift", owes_answer, 6 },
	{ "pass_on", owes_telling, 12 },
	{ "fulfil", owes_outcome, 6 },
	{ "arrive", has_forces, 3 },
	{ "depart", has_forces, 6 },
	{ "waive", is_pressed, 4 },
	{ "supervise", is_pressed, 4 },
	{ "escalate", is_pressed, 3 },
	{ "extend_ok", is_asked, 12 },
	{ "extend_no", is_asked, 6 },
	{ "unshelve", is_shelved, 6 },
	{ "resume", is_paused, 4 },
	{ "accept", is_new, 8 }, /* what leads on */
	{ "assign", is_accepted, 12 },
	{ "sign", is_given, 12 },
	{ "feedback", is_verified, 4 },
	{ "close", is_verified, 4 },
	{ "return", has_below, 6 },
	{ "pause", in_hand, 6 },
	{ "shelve", in_hand, 6 },
	{ "extend_ask", in_hand, 4 },
	{ "contact", in_hand, 3 },
	{ "sign", in_hand, 3 },
	{ "handle", in_hand, 12 },
	{ "summon", in_hand, 2 },
	{ "verify_ok", is_handled, 12 },
	{ "verify_no", is_handled, 8 },
	{ "unmerge", is_merged, 1 },
	{ "feedback", is_lead, 6 },
	{ "close", is_lead, 4 },
	{ "decline", is_new_lead, 12 },
	{ "refer_info", is_local_lead, 12 },
	{ "merge", is_lead, 3 }, /* refused */
	{ "merge", is_alone, 3 },
	{ "dispatch", is_open, 2 },
	{ "scene", is_open, 1 },
	{ "supervise", is_open, 2 },
	{ "notify", is_open, 2 },
	{ "hard", is_open, 1 },
	{ "propose", is_open, 1 },
};

const struct act_desc *waited_for(struct world *world, const struct incident *incident)
{
	uint64_t sum = 0, at;

	for (size_t i = 0; i < ARRAY_LEN(waitings); i++)
		sum += waitings[i].when(incident) ? waitings[i].weight : 0;
	if (sum == 0)
		return NULL;
	at = chance_below(&world->chance, sum);
	for (size_t i = 0; i < ARRAY_LEN(waitings); i++) {
		if (!waitings[i].when(incident))
			continue;
		if (at < waitings[i].weight)
			return act_desc_find(waitings[i].verb);
		at -= waitings[i].weight;
	}
	return NULL;
}
