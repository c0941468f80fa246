/* Who sees an entity, from its state alone: parties that only grow, what is kept from them, and what
 * a role sees.  The organisations' tree is the oracle's own. */
#include <config.h>

#include "oracle.h"

/* ---- who has to do with it ---- */

/* Everybody named as an organisation in a list of children. */
static uint32_t orgs_in(const struct oracle *oracle, const json_t *children)
{
	static const char *const keys[] = { "org", "seat", "holder" };
	uint32_t bits = 0;
	json_t *child;
	size_t i;

	json_array_foreach(children, i, child)
		for (size_t k = 0; k < ARRAY_LEN(keys); k++)
			bits |= oracle_org_up(oracle, state_text(child, keys[k]));
	return bits;
}

static uint32_t named_in(const struct oracle *oracle, const json_t *state)
{
	static const char *const lists[] = { "part",   "level",	      "promise",
					     "behalf", "supervision", "receipt" };
	static const char *const fields[] = { "origin", "holder", "handler_org", "seat" };
	uint32_t bits = oracle_org(oracle, "centre");

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		bits |= oracle_org_up(oracle, state_text(state, fields[i]));
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		bits |= orgs_in(oracle, json_object_get(state, lists[i]));
	return bits;
}

/* A whistle's: who blew it, and those who were asked; who is only planned for knows nothing. */
static uint32_t summoned_in(const struct oracle *oracle, const json_t *state)
{
	uint32_t bits = oracle_org_up(oracle, state_text(state, "origin")) |
			orgs_in(oracle, json_object_get(state, "behalf")) |
			orgs_in(oracle, json_object_get(state, "supervision"));
	json_t *share;
	size_t i;

	json_array_foreach(json_object_get(state, "summoned"), i, share)
		if (json_int(share, "asked_at") != 0)
			bits |= oracle_org_up(oracle, state_text(share, "org"));
	return bits;
}

/* ---- who is kept out ---- */

/* Those of a list that are not done, by the field that says when they were. */
static uint32_t owing(const struct oracle *oracle, const json_t *children, const char *done,
		      const char *or_done)
{
	uint32_t bits = 0;
	json_t *child;
	size_t i;

	json_array_foreach(children, i, child)
		if (json_int(child, done) == 0 && json_int(child, or_done) == 0)
			bits |= oracle_org_up(oracle, state_text(child, "org"));
	return bits;
}

static uint32_t with_shares(const struct oracle *oracle, const json_t *state)
{
	uint32_t bits = 0;
	json_t *part;
	size_t i;

	json_array_foreach(json_object_get(state, "part"), i, part) {
		const char *role = state_text(part, "role"), *how = state_text(part, "state");
		bool past = role != NULL && strcmp(role, "past") == 0;
		bool returned = how != NULL && strcmp(how, "returned") == 0;

		if ((!past && !returned) || state_text(part, "waits") != NULL)
			bits |= oracle_org_up(oracle, state_text(part, "org"));
	}
	return bits;
}

/* Who has something to do in it, and all above them. */
static uint32_t with_duty(const struct oracle *oracle, const json_t *state)
{
	static const struct {
		const char *list, *done, *or_done;
	} owed[] = {
		{ "promise", "kept_at", "kept_at" },
		{ "behalf", "signed_at", "signed_at" },
		{ "supervision", "answered_at", "lifted_at" },
		{ "receipt", "signed_at", "signed_at" },
	};
	uint32_t bits = oracle_org(oracle, "centre") |
			orgs_in(oracle, json_object_get(state, "level"));

	if (json_int(state, "open") != 0)
		bits |= oracle_org_up(oracle, state_text(state, "holder")) |
			oracle_org_up(oracle, state_text(state, "seat")) | with_shares(oracle, state);
	for (size_t i = 0; i < ARRAY_LEN(owed); i++)
		bits |= owing(oracle, json_object_get(state, owed[i].list), owed[i].done,
			      owed[i].or_done);
	return bits;
}

/* Whom a restriction in force names, and all within them. */
static uint32_t restricted(const struct oracle *oracle, const json_t *state)
{
	uint32_t bits = 0;
	json_t *one;
	size_t i;

	json_array_foreach(json_object_get(state, "restriction"), i, one) {
		uint32_t org = oracle_org(oracle, state_text(one, "org"));

		if (json_int(one, "lifted_at") != 0)
			continue;
		for (size_t k = 0; k < oracle->n_orgs; k++)
			if (oracle_org_up(oracle, oracle->orgs[k].code) & org)
				bits |= UINT32_C(1) << k;
	}
	return bits;
}

/* Those that have a roster of their own in sim.conf: the centre, streets, and departments. */
static uint32_t oracle_readers(const struct oracle *oracle)
{
	static const char *const readers[] = { "centre", "roads", "water", "mains", "north", "south" };
	uint32_t bits = 0;

	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		bits |= oracle_org(oracle, readers[i]);
	return bits;
}

/* Whose people stand in a roster. */
static uint32_t units_in(const struct oracle *oracle, const json_t *turns)
{
	uint32_t bits = 0;
	json_t *turn;
	size_t i;

	json_array_foreach(turns, i, turn)
		bits |= oracle_org_up(oracle, state_text(turn, "unit"));
	return bits;
}

/* Who was invited; whom an item concerns once papers were asked for or it stands in an agenda; whose a
 * task is. */
static uint32_t meeting_in(const struct oracle *oracle, const json_t *state)
{
	const char *kind = state_text(state, "kind");
	uint32_t bits = oracle_org_up(oracle, state_text(state, "org")) |
			oracle_org_up(oracle, state_text(state, "by_org")) |
			orgs_in(oracle, json_object_get(state, "behalf")) |
			orgs_in(oracle, json_object_get(state, "paper")) |
			orgs_in(oracle, json_object_get(state, "hearer")) |
			orgs_in(oracle, json_object_get(state, "supervision"));
	json_t *attendee;
	size_t i;

	json_array_foreach(json_object_get(state, "attendee"), i, attendee)
		if (json_int(attendee, "asked_at") != 0)
			bits |= oracle_org_up(oracle, state_text(attendee, "org"));
	if (strcmp(kind, "action") == 0 || state_text(state, "meeting") != NULL ||
	    state_text(state, "settled_in") != NULL)
		bits |= oracle_org_up(oracle, state_text(state, "lead")) |
			orgs_in(oracle, json_object_get(state, "concerned"));
	return bits;
}

void oracle_parties(const struct oracle *oracle, struct known *known)
{
	const char *kind = state_text(known->state, "kind");
	size_t before = known->restrictions;
	uint32_t out;

	known->restrictions = json_array_size(json_object_get(known->state, "restriction"));
	known->parties |= oracle_org(oracle, "centre");
	if (strcmp(kind, "profile") == 0 || strcmp(kind, "mode") == 0)
		known->parties = UINT32_MAX;
	if (strcmp(kind, "meeting") == 0 || strcmp(kind, "item") == 0 || strcmp(kind, "action") == 0)
		known->parties |= meeting_in(oracle, known->state);
	if (strcmp(kind, "staff") == 0 || strcmp(kind, "roster") == 0 || strcmp(kind, "room") == 0)
		known->parties |= oracle_readers(oracle) |
				  oracle_org_up(oracle, state_text(known->state, "org"));
	if (strcmp(kind, "roster") == 0)
		known->parties |= units_in(oracle, json_object_get(known->state, "turn"));
	if (strcmp(kind, "swap") == 0)
		known->parties |= oracle_org_up(oracle, state_text(known->state, "unit")) |
				  oracle_org_up(oracle, state_text(known->state, "other_unit"));
	if (strcmp(kind, "person") == 0 || strcmp(kind, "inspection") == 0 ||
	    strcmp(kind, "swap") == 0 || strcmp(kind, "handover") == 0 ||
	    strcmp(kind, "record") == 0)
		known->parties |= oracle_org_up(oracle, state_text(known->state, "org"));
	if (strcmp(kind, "notice") == 0)
		known->parties |= oracle_org_up(oracle, state_text(known->state, "issuer")) |
				  orgs_in(oracle, json_object_get(known->state, "receipt"));
	if (strcmp(kind, "whistle") == 0)
		known->parties |= summoned_in(oracle, known->state);
	if (strcmp(kind, "incident") != 0)
		return;
	known->claims |= named_in(oracle, known->state);
	out = restricted(oracle, known->state) & ~with_duty(oracle, known->state);
	if (known->restrictions > before) {
		if (known->parties & out)
			count_up(oracle->world, COUNT_kept_from);
		known->parties &= ~out;
	}
	if (known->restrictions > 0 && (known->claims & ~out & ~known->parties))
		count_up(oracle->world, COUNT_shown_again);
	known->parties |= known->claims & ~out;
}

/* ---- what a role sees ---- */

uint32_t oracle_view(const struct oracle *oracle, const char *org, const char *role)
{
	static const char *const blind[] = { "sysadmin", "secadmin", "audadmin" };

	for (size_t i = 0; i < ARRAY_LEN(blind); i++)
		if (strcmp(role, blind[i]) == 0)
			return 0;
	return oracle_org(oracle, strcmp(role, "auditor") == 0 ? "centre" : org);
}

bool oracle_sees(const struct oracle *oracle, const char *org, const char *role,
		 const struct uuid *id)
{
	const struct known *known = oracle_known(oracle, id);

	return known != NULL && (known->parties & oracle_view(oracle, org, role)) != 0;
}
