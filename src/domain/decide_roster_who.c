/* Who may change a roster, its people and its swaps. */
#include <config.h>

#include "decide_roster.h"
#include "zhiban/base/i18n.h"

bool roster_is_of(const struct rules *rules, const struct actor *actor, const char *org)
{
	return actor->org != NULL && org != NULL && rules_org_within(rules, org, actor->org);
}

enum err roster_check_phone(const struct rules *rules, const struct act *act, struct error *err)
{
	const char *words = act->by_phone.org;
	const struct org *org = rules_org_named(rules, words);

	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (org != NULL && !roster_is_of(rules, &act->actor, org->code))
		return error_set(err, ERR_DENIED, _("you cannot record what %s did"), org->name);
	return ERR_OK;
}

enum err roster_may_edit(const struct rules *rules, const struct act *act, const char *org,
			 struct error *err)
{
	const struct org *named = rules_org(rules, org);
	enum err code;

	if (actor_is_system(&act->actor))
		return ERR_OK;
	code = actor_may_write(rules, &act->actor, act->desc, err);
	if (code == ERR_OK)
		code = roster_check_phone(rules, act, err);
	if (code == ERR_OK && !roster_is_of(rules, &act->actor, org))
		code = error_set(err, ERR_DENIED,
				 _("%s: only %s, or who stands above it, may do this"),
				 rules_act_label(rules, act->desc),
				 named != NULL ? named->name : org != NULL ? org : "-");
	return code;
}

const char *roster_approver(const struct roster_plan *plan)
{
	return plan != NULL && plan->approve != NULL ? plan->approve : "chief";
}

/* A profile without that role lets every officer approve who may edit. */
bool roster_approves(const struct rules *rules, const struct roster_plan *plan,
		     const struct act *act, const char *org)
{
	const char *role = roster_approver(plan);

	if (actor_is_system(&act->actor))
		return true;
	if (!roster_is_of(rules, &act->actor, org))
		return false;
	return choices_find(&rules->roles, role) == NULL ||
	       rules_role_reaches(rules, act->actor.role, role) ||
	       rules_role_reaches(rules, act->by_phone.role, role);
}

enum err roster_check_approver(const struct rules *rules, const struct roster_plan *plan,
			       const struct act *act, const char *org, struct error *err)
{
	enum err code = roster_may_edit(rules, act, org, err);

	if (code == ERR_OK && !roster_approves(rules, plan, act, org))
		code = error_set(err, ERR_DENIED, _("%s needs at least the role %s"),
				 rules_act_label(rules, act->desc),
				 rules_role_label(rules, roster_approver(plan)));
	return code;
}

enum err near_staff(const struct state *state, const char *words, const struct staff **ret_staff,
		    struct error *err)
{
	struct uuid id = staff_uuid(words);
	const struct staff *staff =
		uuid_is_nil(&id) ? NULL : state_near(state, KIND_STAFF, &id);

	if (staff == NULL)
		return error_set(err, ERR_INPUT,
				 _("%.80s is nobody of the people who stand in rosters"),
				 words != NULL ? words : "-");
	*ret_staff = staff;
	return ERR_OK;
}
