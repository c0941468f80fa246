/* Periodic checks (三查) that were done: a record for each check and date that an organisation owes. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/inspection.h"

/* Whose check it is: that of whom the telephone named, else one's own. */
static const struct org *owner(const struct rules *rules, const struct act *act)
{
	const char *words = act->by_phone.org;

	return words != NULL ? rules_org_named(rules, words) : rules_org(rules, act->actor.org);
}

struct uuid inspection_target(const struct rules *rules, const struct act *act)
{
	const struct org *org = owner(rules, act);
	const char *label = act_text(act, "label");

	return inspection_id(org != NULL ? org->code : "", label != NULL ? label : "",
			     act_value(act, "due", 0).num);
}

/* The organisation's own officers, also those within it; the centre, when it was rung. */
static enum err check_who(const struct rules *rules, const struct act *act,
			  const struct org *org, struct error *err)
{
	const struct actor *actor = &act->actor;

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 act->by_phone.org != NULL ? act->by_phone.org
				 : actor->org != NULL	   ? actor->org
							   : "-");
	if (rules_org_within(rules, actor->org, org->code) || actor_is_system(actor) ||
	    str_eq(actor->org, rules->centre))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("you cannot record what %s did"), org->name);
}

/* The time of a check as its sentence names it. */
static void when_words(const struct rules *rules, int64_t at, char text[CIVIL_TEXT])
{
	civil_format(at, rules->offset_min, "m-d H:M", text, CIVIL_TEXT);
}

static enum err check_owed(const struct rules *rules, const struct act *act,
			   const struct org *org, int64_t eff, struct error *err)
{
	const char *label = act_text(act, "label");
	int64_t due = act_value(act, "due", 0).num;
	struct check_due checks[CHECKS_MOST];
	size_t n = checks_due(rules, org->code, due, due + 1, checks), i = 0;
	char when[CIVIL_TEXT];

	when_words(rules, due, when);
	while (i < n && !str_eq(checks[i].label, label))
		i++;
	if (i == n)
		return error_set(err, ERR_REFUSED, _("%s has no check %.80s at %s"), org->name,
				 label, when);
	if (due > eff + CHECK_AHEAD_MS)
		return error_set(err, ERR_REFUSED,
				 _("%s is not to be done before the day that ends %s"), label, when);
	if (due < eff - CHECK_LATE_MS)
		return error_set(err, ERR_REFUSED,
				 _("%s was due %s: that is too long ago to be made good"), label,
				 when);
	return ERR_OK;
}

static enum err not_twice(const struct rules *rules, const struct inspection *done,
			  struct error *err)
{
	char when[CIVIL_TEXT];

	when_words(rules, done->done_at, when);
	return error_set(err, ERR_EXISTS, _("%s has recorded this check already, %s"),
			 done->done_by != NULL ? done->done_by : "-", when);
}

static void fill(const struct act *act, const struct org *org, int64_t eff,
		 struct inspection *after)
{
	const struct by_phone *phone = &act->by_phone;

	after->org = org->code;
	after->label = act_text(act, "label");
	after->due = act_value(act, "due", 0).num;
	after->found = act_text(act, "found");
	after->cases = act_value(act, "cases", 0).num;
	after->done_at = eff;
	after->done_by = phone->answered_by != NULL ? phone->answered_by
			 : phone->rung != NULL	    ? phone->rung
						    : act->actor.officer;
	after->late = eff > after->due;
}

enum err decide_inspection(const struct rules *rules, const struct state *state,
			   const struct act *act, const struct moment *moment, struct arena *arena,
			   struct decision *ret_decision, struct error *err)
{
	const void *before = entity_new(KIND_INSPECTION, &act->target.id, arena);
	struct inspection *after = entity_copy(before, arena);
	const struct org *org = owner(rules, act);
	struct uuid id = inspection_target(rules, act);
	enum err code = actor_may_write(rules, &act->actor, act->desc, err);

	if (code == ERR_OK)
		code = check_who(rules, act, org, err);
	if (code == ERR_OK && !uuid_eq(&id, &act->target.id))
		code = error_set(err, ERR_INPUT, _("this is not the record of that check"));
	if (code == ERR_OK && state->entity != NULL)
		code = not_twice(rules, state->entity, err);
	if (code == ERR_OK)
		code = check_owed(rules, act, org, moment->eff, err);
	if (code != ERR_OK)
		return code;
	fill(act, org, moment->eff, after);
	return decision_of(before, after, arena, NULL, ret_decision);
}
