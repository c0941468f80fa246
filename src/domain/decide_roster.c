/* Rosters: which month an act is about, and who may do it. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "decide_roster.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum right { RIGHT_EDIT, RIGHT_APPROVE, RIGHT_ABOVE, RIGHT_SYSTEM };

static const struct roster_row {
	const char *verb;
	enum right right;
	bool begins; /* the month, when nobody has yet */
	roster_fn *apply;
} rows[] = {
	{ "roster", RIGHT_EDIT, true, roster_set },
	{ "cover", RIGHT_EDIT, false, roster_cover },
	{ "takeover", RIGHT_EDIT, false, roster_takeover },
	{ "allow", RIGHT_APPROVE, false, roster_allow },
	{ "move", RIGHT_EDIT, false, roster_move },
	{ "fix_seat", RIGHT_EDIT, false, roster_fix_seat },
	{ "file", RIGHT_EDIT, true, roster_file },
	{ "chase", RIGHT_ABOVE, true, roster_chase },
	{ "exchange", RIGHT_SYSTEM, false, roster_exchange },
};

static const struct roster_row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

/* --- which month ----------------------------------------------------------------------------- */

static enum err find_org(struct rostering *r, struct error *err)
{
	const char *words = act_text(r->act, "org");
	const struct org *org;

	if (words == NULL)
		words = r->act->by_phone.org;
	org = words != NULL ? rules_org_named(r->rules, words) : rules_org(r->rules, r->act->actor.org);
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words != NULL ? words : "-");
	r->org = org->code;
	return ERR_OK;
}

static enum err find_plan(struct rostering *r, struct error *err)
{
	const char *words = act_text(r->act, "plan_code");
	const struct org *org = rules_org(r->rules, r->org);
	const struct roster_plan *plan;

	for (size_t i = 0; (plan = rules_plan_of(r->rules, r->org, i)) != NULL; i++)
		if (words == NULL || str_eq(plan->code, words) || str_eq(plan->label, words))
			break;
	if (plan == NULL && words == NULL)
		return error_set(err, ERR_REFUSED, _("%s has no roster in the profile in force"),
				 org->name);
	if (plan == NULL)
		return error_set(err, ERR_INPUT, _("%s has no roster %.80s"), org->name, words);
	r->plan = plan;
	return ERR_OK;
}

/* A month that nobody has begun: the arguments say which, and the id must be of that. */
static enum err begin_month(struct rostering *r, struct error *err)
{
	int32_t first, end;
	struct uuid id;
	enum err code = find_org(r, err);

	if (code == ERR_OK)
		code = find_plan(r, err);
	if (code != ERR_OK)
		return code;
	r->month = act_text(r->act, "month");
	if (!month_days(r->month, &first, &end))
		return error_set(err, ERR_INPUT, _("%.20s is no month: it is written 2026-12"),
				 r->month != NULL ? r->month : "-");
	id = roster_id(r->org, r->plan->code, r->month);
	if (!uuid_eq(&id, &r->act->target.id))
		return error_set(err, ERR_INPUT, _("this is not the roster of that month"));
	r->after->org = r->org;
	r->after->plan = r->plan->code;
	r->after->month = r->month;
	r->after->starts = civil_ms_of_day(first, r->rules->offset_min);
	r->after->ends = civil_ms_of_day(end, r->rules->offset_min);
	return ERR_OK;
}

static enum err find_month(struct rostering *r, const struct roster_row *row, struct error *err)
{
	if (r->state->entity == NULL && !row->begins)
		return error_set(err, ERR_NOT_FOUND, _("there is no such roster"));
	if (r->state->entity == NULL)
		return begin_month(r, err);
	r->org = r->before->org;
	r->month = r->before->month;
	r->plan = rules_plan(r->rules, r->before->plan);
	if (r->plan == NULL)
		return error_set(err, ERR_REFUSED,
				 _("the profile in force has no such roster any more"));
	return ERR_OK;
}

/* --- who ------------------------------------------------------------------------------------- */

/* Who chases stands above: nobody is chased by himself. */
static enum err check_above(const struct rostering *r, struct error *err)
{
	enum err code = roster_may_edit(r->rules, r->act, r->org, err);

	if (code == ERR_OK && !actor_is_system(&r->act->actor) &&
	    str_eq(r->act->actor.org, r->org))
		code = error_set(err, ERR_DENIED, _("%s: it is your own roster"),
				 rules_act_label(r->rules, r->act->desc));
	return code;
}

static enum err check_who(const struct rostering *r, enum right right, struct error *err)
{
	switch (right) {
	case RIGHT_EDIT:
		return roster_may_edit(r->rules, r->act, r->org, err);
	case RIGHT_APPROVE:
		return roster_check_approver(r->rules, r->plan, r->act, r->org, err);
	case RIGHT_ABOVE:
		return check_above(r, err);
	case RIGHT_SYSTEM: /* decide itself has asked */
		break;
	}
	return ERR_OK;
}

/* What was said by telephone stands with the roster; nobody is asked to countersign it. */
static void record_behalf(struct rostering *r)
{
	const struct act *act = r->act;
	const struct org *org = rules_org_named(r->rules, act->by_phone.org);
	struct uuid id = uuid_child(&act->id, "behalf", 0);

	if (!by_phone_is(&act->by_phone) || act_follows(act))
		return;
	behalf_fill(children_add(&r->after->behalves, child_desc(CHILD_BEHALF), &id, r->arena),
		    r->rules, act, org != NULL ? org->code : NULL, r->eff);
}

enum err decide_roster(const struct rules *rules, const struct state *state, const struct act *act,
		       const struct moment *moment, struct arena *arena,
		       struct decision *ret_decision, struct error *err)
{
	struct rostering r = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			       .arena = arena };
	const struct roster_row *row = row_of(act->desc);
	enum err code;

	if (row == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, act->desc));
	r.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_ROSTER, &act->target.id, arena);
	r.after = entity_copy(r.before, arena);
	code = find_month(&r, row, err);
	if (code == ERR_OK)
		code = check_who(&r, row->right, err);
	if (code == ERR_OK)
		code = row->apply(&r, err);
	if (code != ERR_OK)
		return code;
	if (r.again) {
		*ret_decision = (struct decision){ .note = r.note };
		return ERR_OK;
	}
	record_behalf(&r);
	code = decision_of(r.before, r.after, arena, r.note, ret_decision);
	ret_decision->follow = r.follow;
	ret_decision->n_follow = r.n_follow;
	return code;
}
