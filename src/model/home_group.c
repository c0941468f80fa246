/* Who is in which group: pure. */
#include <config.h>

#include <string.h>

#include "home_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/alarm.h"

static bool is_us(const struct rules *rules, const struct actor *actor, const char *org)
{
	if (str_eq(org, actor->org))
		return true;
	/* all lies within the centre, and is not its own for that */
	return org && !str_eq(actor->org, rules->centre) &&
	       rules_org_within(rules, org, actor->org);
}

static bool is_centre(const struct rules *rules, const struct actor *actor)
{
	return str_eq(actor->org, rules->centre);
}

static bool is_seat(const struct rules *rules, const struct actor *actor,
		    const struct incident *incident)
{
	return incident->seat && *incident->seat ? is_us(rules, actor, incident->seat)
						 : is_centre(rules, actor);
}

static bool has_share(const struct rules *rules, const struct actor *actor,
		      const struct incident *incident)
{
	if (is_us(rules, actor, incident->holder))
		return true;
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);

		if (part_is_live(part) && is_us(rules, actor, part->org))
			return true;
	}
	return false;
}

/* Whose it is to do the act that leads on. */
static bool is_turn(const struct rules *rules, const struct actor *actor,
		    const struct incident *incident, enum who who)
{
	switch (who) {
	case WHO_CENTRE:
		return is_centre(rules, actor);
	case WHO_SEAT:
		return is_seat(rules, actor, incident);
	case WHO_HOLDER:
		return is_us(rules, actor, incident->holder);
	case WHO_SHARE:
		return has_share(rules, actor, incident);
	case WHO_ORIGIN:
		return is_us(rules, actor, incident->origin);
	case WHO_CENTRE_OR_HOLDER:
		return incident->holder && *incident->holder ?
			       is_us(rules, actor, incident->holder) :
			       is_centre(rules, actor);
	case WHO_SEAT_OR_HOLDER:
		return incident->holder && *incident->holder ?
			       is_us(rules, actor, incident->holder) :
			       is_seat(rules, actor, incident);
	case WHO_ANY: /* whoever's clock it is */
	case WHO_BELOW:
		break;
	}
	return false;
}

/* Of an act that anybody may do: whose clock runs in that step. */
static enum who whose_clock(const struct step *step, const struct incident *incident)
{
	for (size_t i = 0; i < step->n_clocks; i++)
		if (str_eq(step->clocks[i].kind, incident->due_clock))
			return step->clocks[i].who;
	return step->n_clocks ? step->clocks[0].who : WHO_SEAT;
}

bool home_is_ours(const struct rules *rules, const struct actor *actor,
		  const struct incident *incident)
{
	const struct step *step = rules_step(rules, incident->step);

	for (size_t i = 0; step && step->open && i < step->n_acts; i++) {
		const struct flow_act *act = &step->acts[i];

		if (act->way != WAY_STAYS || act->who == WHO_SHARE) /* the first that leads on */
			return is_turn(rules, actor, incident,
				       act->who == WHO_ANY ? whose_clock(step, incident) :
							     act->who);
	}
	return is_us(rules, actor, incident->holder);
}

static bool rings(const struct home_facts *facts, const struct incident *incident)
{
	return alarm_of(facts->rules, facts->mode, facts->actor->org, incident, facts->now).kind !=
	       ALARM_NONE;
}

static bool stands_still(const struct home_facts *facts, const struct incident *incident)
{
	return incident->shelved_at || incident->paused_until > facts->now;
}

static bool is_signed(const struct incident *incident)
{
	return (incident->signer && *incident->signer) ||
	       (incident->handler && *incident->handler);
}

static bool waits_for_signature(const struct incident *incident)
{
	return incident->holder && *incident->holder && !is_signed(incident);
}

/* An extension is asked for, a supervision is proposed: somebody has to decide. */
static bool is_asked(const struct incident *incident)
{
	return incident->asked_at || incident->proposed_at || incident->offered_at;
}

static bool decides(const struct home_facts *facts, const struct incident *incident)
{
	return is_seat(facts->rules, facts->actor, incident) &&
	       rules_role_reaches(facts->rules, facts->actor->role, "chief");
}

/* It was urged after it ran out: now it is the others' turn. */
static bool is_urged(const struct incident *incident)
{
	return str_eq(incident->moved_by, "urge") && incident->moved_at >= incident->due;
}

static bool waits(const struct home_facts *facts, const struct incident *incident, bool ours)
{
	if (incident->shelved_at)
		return false;
	if (incident->paused_until > facts->now)
		return incident->paused_until - facts->now <= HOME_PAUSE_MS;
	return !ours && (facts->unsigned_share || waits_for_signature(incident) || is_asked(incident) ||
			 is_urged(incident));
}

static enum home_group group_of_open(const struct home_facts *facts,
				     const struct incident *incident)
{
	bool ours = home_is_ours(facts->rules, facts->actor, incident);
	bool still = stands_still(facts, incident), due = incident->due && !still;
	int64_t left = due ? incident->due - facts->now : 0;

	if (rings(facts, incident))
		return HOME_ACT;
	if (is_asked(incident) && decides(facts, incident))
		return HOME_ACT;
	if (due && left <= 0 && (ours || !is_urged(incident)))
		return HOME_ACT;
	if (ours && !still && ((due && left <= HOME_SOON_MS) || waits_for_signature(incident)))
		return HOME_ACT;
	if (due && left > 0 && left <= HOME_NEXT_MS)
		return HOME_NEXT;
	if (ours && !still)
		return HOME_NEXT;
	return waits(facts, incident, ours) ? HOME_WAIT : HOME_NONE;
}

enum home_group home_group(const struct home_facts *facts, const struct incident *incident)
{
	enum home_group group = HOME_NONE;

	if (!facts->actor)
		return HOME_NONE;
	if (incident->open)
		group = group_of_open(facts, incident);
	return group == HOME_NONE && facts->watched ? HOME_WATCH : group;
}

/* Now: alarms; what must be decided or runs out within the hour; what has run out, the latest first:
 * it is still warm.  Next: by time left.  Others: who has waited longest. */
struct home_need home_need(const struct home_facts *facts, const struct incident *incident,
			   enum home_group group)
{
	int64_t due = incident->due ? incident->due : INT64_MAX;

	switch (group) {
	case HOME_ACT:
		if (rings(facts, incident))
			return (struct home_need){ 0, -incident->registered_at };
		if (due > facts->now)
			return (struct home_need){ 1, due };
		return (struct home_need){ 2, -due };
	case HOME_NEXT:
		return (struct home_need){ 0, due };
	case HOME_WAIT:
		return (struct home_need){ 0, incident->moved_at };
	case HOME_WATCH:
		return (struct home_need){ 0, -incident->moved_at };
	case HOME_NONE:
		break;
	}
	return (struct home_need){ 0, 0 };
}

const char *home_group_title(enum home_group group)
{
	static const char *const titles[HOME_GROUPS] = {
		[HOME_ACT] = N_("Act now"),
		[HOME_NEXT] = N_("Up next"),
		[HOME_WAIT] = N_("Waits for others"),
		[HOME_WATCH] = N_("Watched"),
	};

	return _(titles[group]);
}
