#include <config.h>

#include "zhiban/domain/party.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"

struct parties {
	const struct rules *rules;
	const char **codes;
	size_t n, max;
};

/* Adds an organisation and all above it. */
static void add(struct parties *parties, const char *code)
{
	const struct org *org = rules_org(parties->rules, code);

	while (org != NULL && parties->n < parties->max) {
		for (size_t i = 0; i < parties->n; i++)
			if (parties->codes[i] == org->code) /* all are the rules' own */
				return; /* and so all above it */
		parties->codes[parties->n++] = org->code;
		org = rules_org(parties->rules, org->parent);
	}
}

static const enum child with_org[] = { /* whoever stands there has to do with it */
	CHILD_PART,	   CHILD_LEVEL,	  CHILD_PROMISE, CHILD_BEHALF,
	CHILD_SUPERVISION, CHILD_RECEIPT,
};

static void add_children(struct parties *parties, const void *entity,
			 const struct child_desc *desc)
{
	const struct children *list = entity_children_const(entity, desc);

	for (size_t i = 0; i < list->n; i++)
		for (size_t f = 0; f < desc->n_fields; f++)
			if (desc->fields[f].type == FIELD_ORG)
				add(parties, field_get(&desc->fields[f],
						       children_at(list, desc, i)).text);
}

static void add_incident(struct parties *parties, const struct incident *incident)
{
	add(parties, incident->origin);
	add(parties, incident->holder);
	add(parties, incident->handler_org);
	add(parties, incident->seat);
	for (size_t i = 0; i < ARRAY_LEN(with_org); i++)
		add_children(parties, incident, child_desc(with_org[i]));
}

/* Nobody knows of a draft but its blower and the centre: a share counts from when it is asked. */
static void add_whistle(struct parties *parties, const struct whistle *whistle)
{
	add(parties, whistle->origin);
	for (size_t i = 0; i < whistle->shares.n; i++)
		if (whistle_share(whistle, i)->asked_at != 0)
			add(parties, whistle_share(whistle, i)->org);
	add_children(parties, whistle, child_desc(CHILD_BEHALF));
	add_children(parties, whistle, child_desc(CHILD_SUPERVISION));
}

/* Nobody knows of a meeting before he is invited but who convenes it. */
static void add_meeting(struct parties *parties, const struct meeting *meeting)
{
	add(parties, meeting->org);
	for (size_t i = 0; i < meeting->attendees.n; i++)
		if (meeting_attendee(meeting, i)->asked_at != 0)
			add(parties, meeting_attendee(meeting, i)->org);
	add_children(parties, meeting, child_desc(CHILD_BEHALF));
}

/* Who brought it, who convenes, and whom it concerns from the moment that papers are asked for or it
 * stands in an agenda. */
static void add_item(struct parties *parties, const struct item *item)
{
	add(parties, item->org);
	add(parties, item->by_org);
	add_children(parties, item, child_desc(CHILD_PAPER));
	add_children(parties, item, child_desc(CHILD_HEARER));
	add_children(parties, item, child_desc(CHILD_BEHALF));
	if (item->meeting == NULL && item->settled_in == NULL)
		return;
	add(parties, item->lead);
	add_children(parties, item, child_desc(CHILD_CONCERNED));
}

/* All that read rosters (roster_reader). */
static void add_readers(struct parties *parties)
{
	const struct rules *rules = parties->rules;

	for (size_t i = 0; i < rules->n_roster_orgs; i++)
		add(parties, rules->roster_orgs[i]);
	for (size_t i = 0; rules->roster_orgs == NULL && i < rules->n_orgs; i++)
		if (rules_plan_of(rules, rules->orgs[i].code, 0) != NULL)
			add(parties, rules->orgs[i].code);
}

size_t party_all_of(const struct rules *rules, const void *entity, const char **codes, size_t max)
{
	const struct entity *head = entity;
	struct parties parties = { rules, codes, 0, max };

	add(&parties, rules->centre);
	switch (head->kind) {
	case KIND_INCIDENT:
		add_incident(&parties, entity);
		break;
	case KIND_PERSON:
		add(&parties, ((const struct person *)entity)->org);
		break;
	case KIND_ORG:
		add(&parties, ((const struct org *)entity)->code);
		break;
	case KIND_NOTICE:
		add(&parties, ((const struct notice *)entity)->issuer);
		add_children(&parties, entity, child_desc(CHILD_RECEIPT));
		break;
	case KIND_WHISTLE:
		add_whistle(&parties, entity);
		break;
	case KIND_INSPECTION:
		add(&parties, ((const struct inspection *)entity)->org);
		break;
	case KIND_SWAP: /* people of other units stand in it: pools go across */
		add(&parties, ((const struct swap *)entity)->org);
		add(&parties, ((const struct swap *)entity)->unit);
		add(&parties, ((const struct swap *)entity)->other_unit);
		break;
	case KIND_HANDOVER:
		add(&parties, ((const struct handover *)entity)->org);
		break;
	case KIND_RECORD:
		add(&parties, ((const struct record *)entity)->org);
		break;
	case KIND_STAFF:
		add_readers(&parties);
		add(&parties, ((const struct staff *)entity)->org);
		break;
	case KIND_ROSTER:
		add_readers(&parties);
		add(&parties, ((const struct roster *)entity)->org);
		add_children(&parties, entity, child_desc(CHILD_TURN));
		break;
	case KIND_MEETING:
		add_meeting(&parties, entity);
		break;
	case KIND_ITEM:
		add_item(&parties, entity);
		break;
	case KIND_ACTION:
		add(&parties, ((const struct action *)entity)->org);
		add(&parties, ((const struct action *)entity)->lead);
		add_children(&parties, entity, child_desc(CHILD_CONCERNED));
		add_children(&parties, entity, child_desc(CHILD_HEARER));
		add_children(&parties, entity, child_desc(CHILD_BEHALF));
		add_children(&parties, entity, child_desc(CHILD_SUPERVISION));
		break;
	case KIND_ROOM: /* what is booked where is nobody's secret */
		add_readers(&parties);
		add(&parties, ((const struct room *)entity)->org);
		break;
	case KIND_PROFILE:
	case KIND_MODE:
	case KIND_COUNT:
		break;
	}
	return parties.n;
}

size_t party_of(const struct rules *rules, const void *entity, const char *codes[PARTY_MAX])
{
	return party_all_of(rules, entity, codes, PARTY_MAX);
}

/* --- who is kept out --------------------------------------------------------------------------- */

struct duty_ask {
	const struct rules *rules;
	const char *org;
	bool has;
};

/* One that has a duty: whoever asks has it too, if he is it or stands above it. */
static void duty_of(struct duty_ask *ask, const char *org)
{
	ask->has = ask->has || str_eq(org, ask->org) || rules_org_within(ask->rules, org, ask->org);
}

static void ask_owed(struct duty_ask *ask, const struct incident *incident)
{
	const struct promise *promises = incident->promises.items;
	const struct behalf *behalves = incident->behalves.items;
	const struct supervision *supervisions = incident->supervisions.items;
	const struct receipt *receipts = incident->receipts.items;

	for (size_t i = 0; i < incident->promises.n; i++)
		if (promises[i].kept_at == 0)
			duty_of(ask, promises[i].org);
	for (size_t i = 0; i < incident->behalves.n; i++)
		if (behalves[i].signed_at == 0)
			duty_of(ask, behalves[i].org);
	for (size_t i = 0; i < incident->supervisions.n; i++)
		if (supervisions[i].answered_at == 0 && supervisions[i].lifted_at == 0)
			duty_of(ask, supervisions[i].org);
	for (size_t i = 0; i < incident->receipts.n; i++)
		if (receipts[i].signed_at == 0)
			duty_of(ask, receipts[i].org);
}

bool party_has_duty(const struct rules *rules, const struct incident *incident, const char *org)
{
	struct duty_ask ask = { .rules = rules, .org = org };
	const struct part *parts = incident->parts.items;
	const struct level *levels = incident->levels.items;

	duty_of(&ask, rules->centre);
	if (incident->open) {
		duty_of(&ask, incident->holder);
		duty_of(&ask, incident->seat);
	}
	for (size_t i = 0; incident->open && i < incident->parts.n; i++)
		if (part_is_live(&parts[i]) || parts[i].waits != NULL)
			duty_of(&ask, parts[i].org);
	for (size_t i = 0; i < incident->levels.n; i++) {
		duty_of(&ask, levels[i].seat);
		duty_of(&ask, levels[i].holder);
	}
	ask_owed(&ask, incident);
	return ask.has;
}

static bool is_named(const struct rules *rules, const struct incident *incident, const char *org)
{
	const struct restriction *list = incident->restrictions.items;

	for (size_t i = 0; i < incident->restrictions.n; i++)
		if (list[i].lifted_at == 0 && (str_eq(org, list[i].org) ||
					       rules_org_within(rules, org, list[i].org)))
			return true;
	return false;
}

bool party_kept_out(const struct rules *rules, const void *entity, const char *org)
{
	const struct entity *head = entity;

	return head->kind == KIND_INCIDENT && is_named(rules, entity, org) &&
	       !party_has_duty(rules, entity, org);
}

bool party_may_hold(const struct hold_ask *ask)
{
	const char *own = ask->holder != NULL ? ask->holder : ask->origin;

	if (str_eq(ask->role, "system"))
		return true;
	if (!ask->open || ask->org == NULL || ask->holds == HOLDS_NONE)
		return false;
	return str_eq(ask->org, own) || (ask->holds == HOLDS_SHARES && ask->share);
}
