#include <config.h>

#include "zhiban/model/subject.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/domain/summons.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/page.h"
#include "zhiban/model/roster_words.h"
#include "zhiban/model/whistle_page.h"

enum err subject_get(struct client *client, enum kind kind, const struct uuid *id,
		     struct arena *arena, struct subject *ret_subject, struct error *err)
{
	struct subject subject = { .kind = kind, .id = *id };
	enum err code = kind == KIND_WHISTLE
				? client_whistle_get(client, id, arena, &subject.whistle, err)
			: subject_is(kind)
				? client_entity(client, kind, id, arena, &subject.entity, err)
				: client_get(client, id, arena, &subject.incident, err);

	/* a month that nobody has begun, a room in which nothing was ever booked */
	if (code == ERR_NOT_FOUND && (kind == KIND_ROSTER || kind == KIND_ROOM))
		code = ERR_OK;
	if (code == ERR_OK)
		*ret_subject = subject;
	return code;
}

bool subject_is(enum kind kind)
{
	return kind == KIND_STAFF || kind == KIND_ROSTER || kind == KIND_SWAP ||
	       kind == KIND_HANDOVER || kind == KIND_RECORD || joint_is(kind);
}

void subject_turn(struct subject *subject, const struct uuid *turn)
{
	subject->turn = subject->kind == KIND_ROSTER && subject->entity && !uuid_is_nil(turn)
				? roster_turn_find(subject->entity, turn)
				: NULL;
}

const void *subject_entity(const struct subject *subject)
{
	return subject_is(subject->kind) ? subject->entity
	       : subject->kind == KIND_WHISTLE ? (const void *)subject->whistle.whistle
					     : subject->incident;
}

const char *subject_mark(const struct client *client, const struct subject *subject, char buf[48])
{
	if (subject_is(subject->kind))
		return entity_mark(client_rules(client), subject->kind, subject->entity, buf);
	return subject->kind == KIND_WHISTLE ? client_whistle_mark(&subject->whistle, buf)
					     : client_mark(client, subject->incident, buf);
}

const char *subject_line(struct client *client, const struct subject *subject, struct arena *arena)
{
	struct page_brief brief = { .what = "" };

	if (subject_is(subject->kind))
		return entity_line(client, subject->kind, subject->entity, subject->turn, arena);
	if (subject->kind == KIND_WHISTLE)
		return whistle_line(client, &subject->whistle, arena);
	if (page_brief(client, &subject->id, arena, &brief, NULL) != ERR_OK)
		return "";
	return brief.what;
}

const char *subject_act_label(const struct rules *rules, const struct subject *subject,
			      const struct act_desc *act)
{
	if (subject && subject->kind == KIND_WHISTLE && act->target == KIND_WHISTLE)
		return summons_act_label(
			rules, whistle_summons(rules, subject->whistle.whistle), act);
	if (act->target == KIND_WHISTLE)
		return summons_act_label(rules, rules->n_summonses ? rules->summonses : NULL, act);
	if (subject_is(act->target)) /* a step's word for accepting a case is none for a swap */
		return _(act->title);
	return acts_label(rules, subject ? subject->incident : NULL, act);
}

bool subject_blows_for_others(const struct client *client)
{
	const struct rules *rules = client_rules(client);
	const struct actor *actor = client_actor(client);

	if (!actor || !str_eq(actor->org, rules->centre))
		return false;
	for (size_t i = 0; i < rules->n_summonses; i++)
		if (summons_may_blow(rules, &rules->summonses[i], actor->org))
			return false;
	return rules->n_summonses > 0;
}

/* What a duty must be for it to be done. */
static bool turn_takes(const struct turn *turn, const struct act_desc *act)
{
	static const char *const of_turn[] = { "cover", "takeover", "allow", "move", "fix_seat" };
	bool needs = false;

	for (size_t i = 0; i < ARRAY_LEN(of_turn); i++)
		needs |= strcmp(of_turn[i], act->verb) == 0;
	if (!turn)
		return !needs;
	return strcmp(act->verb, "allow") != 0 || (str_eq(turn->how, "takeover") && !turn->ok_at);
}

/* Filing, and chasing what was not filed: where the profile asks for it, and not of oneself. */
static enum err filing_possible(const struct rules *rules, const struct roster *roster,
				const struct act_desc *act, const struct actor *actor,
				struct error *err)
{
	const struct roster_plan *plan = rules_plan(rules, roster->plan);
	bool chase = strcmp(act->verb, "chase") == 0;

	if (!chase && strcmp(act->verb, "file") != 0)
		return ERR_OK;
	if (plan && !plan->file)
		return error_set(err, ERR_REFUSED, "%s", _("this roster is not filed with anybody"));
	if (chase && str_eq(roster->org, actor->org))
		return error_set(err, ERR_REFUSED, "%s", _("that is one's own roster: file it"));
	return ERR_OK;
}

static enum err duty_possible(struct client *client, const struct subject *subject,
			      const struct act_desc *act, struct error *err)
{
	const struct rules *rules = client_rules(client);
	const struct actor *actor = client_actor(client);
	const void *entity = subject && subject->kind == act->target ? subject->entity : NULL;
	const struct roster *roster = entity;
	const char *org;

	if (!actor)
		return error_set(err, ERR_AUTH, "%s", _("nobody is logged in"));
	if (joint_is(act->target))
		return client_joint_possible(client, entity, act, err);
	if (act->target == KIND_SWAP)
		return swap_possible(rules, entity, act, actor, err);
	if (act->target == KIND_HANDOVER)
		return handover_possible(rules, entity, act, actor, err);
	if (act->target == KIND_RECORD)
		return record_possible(rules, entity, act, actor, err);
	org = !entity			   ? NULL
	      : act->target == KIND_ROSTER ? roster->org
					   : ((const struct staff *)entity)->org;
	if (org && !rules_org_within(rules, org, actor->org))
		return error_set(err, ERR_DENIED,
				 _("that is for %s, or for who stands above it"),
				 rules_org(rules, org) ? rules_org(rules, org)->name : org);
	if (act->target == KIND_ROSTER && !turn_takes(subject ? subject->turn : NULL, act))
		return error_set(err, ERR_REFUSED, "%s",
				 subject && subject->turn
					 ? _("it is no take-over that waits for approval")
					 : _("nobody stands in that seat"));
	return act->target == KIND_ROSTER && roster ? filing_possible(rules, roster, act, actor, err)
						    : ERR_OK;
}

enum err subject_possible(struct client *client, const struct subject *subject,
			  const struct act_desc *act, struct error *err)
{
	if (subject_is(act->target))
		return duty_possible(client, subject, act, err);
	if (act->target == KIND_WHISTLE && act->conflict == CONFLICT_CREATES &&
	    subject_blows_for_others(client))
		return ERR_OK;
	if (act->target == KIND_WHISTLE)
		return client_whistle_possible(
			client,
			act->conflict == CONFLICT_CREATES || !subject ? NULL
								      : subject->whistle.whistle,
			act, err);
	if (act->target == KIND_INSPECTION)
		return ERR_OK; /* whose check it is, its form says */
	return client_possible(client, subject ? subject->incident : NULL, act, err);
}

/* ---- whistles ---- */

/* What there is something to do it to: the rules would say so too, but a menu does not offer it. */
static bool has_object(const struct whistle *whistle, const struct act_desc *act)
{
	const struct {
		const char *verb;
		bool has;
	} objects[] = {
		{ "countersign", whistle->owed != 0 },
		{ "respond", whistle->supervised != NULL },
		{ "lift", whistle->supervised != NULL },
		{ "waive", whistle->proposed_at != 0 || whistle->listed_at != 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(objects); i++)
		if (strcmp(objects[i].verb, act->verb) == 0)
			return objects[i].has;
	return true;
}

/* What each share can still be asked for, that the rules say only of the one that is named. */
static bool some_share(const struct whistle *whistle, const struct act_desc *act)
{
	bool any = false, unsigned_ = false, unreported = false, unconfirmed = false;
	bool at_work = false, replied = false, disputed = false, unasked = true;
	const struct extension *asked = whistle->asked_more.items;

	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (!share_is_live(share))
			continue;
		any = true;
		unsigned_ |= !share->signed_at;
		unreported |= !share->reported_at;
		unconfirmed |= share->reported_at && !share->confirmed_at;
		at_work |= share->reported_at && !share->handled_at;
		replied |= share->replied_at && !share->verified_at;
		disputed |= share->claimed_at && !share->settled_at;
	}
	for (size_t i = 0; i < whistle->asked_more.n; i++)
		unasked &= asked[i].decided_at != 0;
	const struct {
		const char *verb;
		bool fits;
	} needs[] = {
		{ "sign", unsigned_ },	      { "report_in", unreported },
		{ "confirm_in", unconfirmed }, { "deny_in", unconfirmed },
		{ "handle", at_work },	      { "verify_ok", replied },
		{ "verify_no", replied },      { "settle", disputed },
		{ "extend_ok", !unasked },     { "extend_no", !unasked },
	};

	for (size_t i = 0; i < ARRAY_LEN(needs); i++)
		if (strcmp(needs[i].verb, act->verb) == 0)
			return needs[i].fits;
	return any || !(act->flags & ACT_SHARE);
}

/* What leads on comes before what takes back, and before what can be done at any time. */
static const char *const onward[] = { "submit",	   "approve",	"issue",     "sign",	 "contact",
				      "arrive",	   "report_in", "confirm_in", "consult", "handle",
				      "feedback",  "verify_ok", "rate",	     "judge",	 "settle",
				      "extend_ok", "close",	"urge",	     "call",	 "note" };

static void take(struct client *client, const struct whistle *whistle, const struct act_desc *act,
		 const struct act_desc *acts[ACTS_HERE_MOST], size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if (acts[i] == act)
			return;
	if (*n < ACTS_HERE_MOST && act->target == KIND_WHISTLE &&
	    act->conflict != CONFLICT_CREATES && !(act->flags & (ACT_SYSTEM | ACT_SELF)) &&
	    has_object(whistle, act) && some_share(whistle, act) &&
	    client_whistle_possible(client, whistle, act, NULL) == ERR_OK)
		acts[(*n)++] = act;
}

static size_t whistle_acts(struct client *client, const struct whistle *whistle,
			   const struct act_desc *acts[ACTS_HERE_MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(onward); i++)
		take(client, whistle, act_desc_of(KIND_WHISTLE, onward[i]), acts, &n);
	for (size_t i = 0; i < act_desc_count(); i++)
		take(client, whistle, act_desc_at(i), acts, &n);
	return n;
}

/* In the order of the table, which is that of the work. */
static size_t duty_acts(struct client *client, const struct subject *subject,
			const struct act_desc *acts[ACTS_HERE_MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < act_desc_count() && n < ACTS_HERE_MOST; i++) {
		const struct act_desc *act = act_desc_at(i);

		if (act->target == subject->kind && act->conflict != CONFLICT_CREATES &&
		    !(act->flags & (ACT_SYSTEM | ACT_SELF)) && strcmp(act->verb, "roster") != 0 &&
		    duty_possible(client, subject, act, NULL) == ERR_OK)
			acts[n++] = act;
	}
	return n;
}

size_t subject_acts(struct client *client, const struct subject *subject,
		    const struct act_desc *acts[ACTS_HERE_MOST])
{
	if (joint_is(subject->kind))
		return subject->entity ? joint_acts(client, subject->entity, acts, ACTS_HERE_MOST) : 0;
	if (subject_is(subject->kind))
		return duty_acts(client, subject, acts);
	return subject->kind == KIND_WHISTLE
		       ? whistle_acts(client, subject->whistle.whistle, acts)
		       : acts_here(client, subject->incident, acts);
}

/* Whose they are (the table of domain/decide_whistle.c): the department's for its share, or who
 * blew. */
static const char *const of_share[] = { "sign",	    "contact", "arrive", "report_in", "handle",
					"feedback", "judge",   "dispute", "extend_ask" };
static const char *const of_blower[] = { "revise",    "submit",	   "withdraw",	"confirm_in",
					 "deny_in",   "verify_ok", "verify_no", "rate",
					 "approve",   "disapprove" };

static bool is_in(const char *verb, const char *const *verbs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(verbs[i], verb) == 0)
			return true;
	return false;
}

const char *subject_for_whom(const struct client *client, const struct subject *subject,
			     const struct act_desc *act, const char *share)
{
	const struct rules *rules = client_rules(client);
	const struct actor *actor = client_actor(client);
	const char *whose = NULL;

	if (subject_is(subject->kind) && !joint_is(subject->kind))
		return NULL;
	if (joint_is(subject->kind))
		whose = joint_whose(subject->entity, act, share);
	else if (subject->kind != KIND_WHISTLE)
		return acts_for_whom(client, subject->incident, act);
	else if (is_in(act->verb, of_share, ARRAY_LEN(of_share)))
		whose = share;
	else if (is_in(act->verb, of_blower, ARRAY_LEN(of_blower)))
		whose = subject->whistle.whistle->origin;
	if (!whose || !actor || rules_org_within(rules, actor->org, whose))
		return NULL;
	return whose;
}

static bool has_own_share(const struct rules *rules, const struct whistle *whistle, const char *org)
{
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (!share->freed_at && rules_org_within(rules, org, share->org))
			return true;
	}
	return false;
}

bool subject_asks_whose(const struct client *client, const struct subject *subject,
			const struct act_desc *act)
{
	const struct rules *rules = client_rules(client);
	const struct actor *actor = client_actor(client);
	const struct step *step;
	bool own = false;

	if (!(act->flags & ACT_SHARE) || !actor)
		return false;
	if (joint_is(subject->kind))
		return subject->entity && joint_asks_whose(rules, subject->entity, act, actor->org);
	if (subject_is(subject->kind))
		return false;
	if (subject->kind == KIND_WHISTLE)
		return subject->whistle.whistle->shares.n > 1 &&
		       !has_own_share(rules, subject->whistle.whistle, actor->org);
	step = rules_step(rules, subject->incident->step);
	for (size_t i = 0; step && i < subject->incident->parts.n && !own; i++)
		own = rules_org_within(rules, actor->org,
				       incident_part(subject->incident, i)->org);
	return step && step->shares && !own;
}
