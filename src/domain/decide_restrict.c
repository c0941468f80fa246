/* Keeping an incident from organisations that have no duty in it, and showing it again.  Who loses
 * and gets it by that is party.c's. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/party.h"

enum { FROM_MAX = 64 }; /* organisations of one act */

static void lift(struct draft *draft, struct restriction *restriction)
{
	restriction->lifted_at = draft->eff;
	restriction->lifted_by = draft->act->actor.officer;
}

/* Those in force on an organisation; NULL: all.  How many were lifted. */
static size_t lift_of(struct draft *draft, const char *org)
{
	struct restriction *list = draft->after->restrictions.items;
	size_t n = 0;

	for (size_t i = 0; i < draft->before->restrictions.n; i++) {
		if (list[i].lifted_at != 0 || (org != NULL && !str_eq(list[i].org, org)))
			continue;
		lift(draft, &list[i]);
		n++;
	}
	return n;
}

static void add(struct draft *draft, const char *org, unsigned index)
{
	struct uuid id = uuid_child(&draft->act->id, "restriction", index);
	struct restriction *new = children_add(&draft->after->restrictions,
					       child_desc(CHILD_RESTRICTION), &id, draft->arena);

	new->org = org;
	new->reason = act_text(draft->act, "reason");
	new->by = draft->act->actor.officer;
	new->at = draft->eff;
}

/* Whoever has to do something in it must see it, and so must whoever stands above him. */
static enum err check_duty(const struct draft *draft, const struct org *org, struct error *err)
{
	if (!party_has_duty(draft->rules, draft->before, org->code))
		return ERR_OK;
	return error_set(err, ERR_REFUSED,
			 _("%s, or who is within it, has a duty in it: it cannot be kept from it"),
			 org->name);
}

/* By code or name, also one that has ended: its people may see it still. */
static enum err org_at(const struct draft *draft, unsigned index, const struct org **ret_org,
		       struct error *err)
{
	struct value words = act_value(draft->act, "from", index);

	if (index >= FROM_MAX)
		return error_set(err, ERR_INPUT, _("at most %d organisations"), (int)FROM_MAX);
	*ret_org = rules_org_named(draft->rules, words.text);
	if (*ret_org != NULL)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
			 words.text);
}

enum err apply_restrict(struct draft *draft, struct error *err)
{
	const struct org *org;
	enum err code = ERR_OK;

	for (unsigned i = 0; value_is_set(act_value(draft->act, "from", i)); i++) {
		code = org_at(draft, i, &org, err);
		if (code == ERR_OK)
			code = check_duty(draft, org, err);
		if (code != ERR_OK)
			return code;
		(void)lift_of(draft, org->code); /* said anew: with this reason, from now on */
		add(draft, org->code, i);
	}
	return ERR_OK;
}

enum err apply_unrestrict(struct draft *draft, struct error *err)
{
	bool all = !value_is_set(act_value(draft->act, "from", 0));
	size_t n = all ? lift_of(draft, NULL) : 0;
	const struct org *org;
	enum err code = ERR_OK;

	for (unsigned i = 0; value_is_set(act_value(draft->act, "from", i)); i++) {
		size_t lifted;

		code = org_at(draft, i, &org, err);
		if (code != ERR_OK)
			return code;
		lifted = lift_of(draft, org->code);
		if (lifted == 0)
			return error_set(err, ERR_REFUSED, _("it is not kept from %s"), org->name);
		n += lifted;
	}
	if (n == 0)
		return error_set(err, ERR_REFUSED, "%s", _("it is kept from nobody"));
	return ERR_OK;
}
