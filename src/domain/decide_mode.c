/* Peacetime and emergency (平时, 战时): one entity a jurisdiction, changed by one act. */
#include <config.h>

#include "decide_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

/* The mode that words name: its code, or its label. */
static const struct mode_rule *mode_named(const struct rules *rules, const char *words)
{
	for (size_t i = 0; i < rules->n_modes; i++)
		if (str_eq(rules->modes[i].code, words) || str_eq(rules->modes[i].label, words))
			return &rules->modes[i];
	return NULL;
}

/* The leader of the shift does it, or a duty officer of the centre to whom he said so by
 * telephone. */
static enum err check_leader(const struct rules *rules, const struct act *act, struct error *err)
{
	const struct actor *actor = &act->actor;
	const struct org *centre = rules_org(rules, rules->centre);
	bool told = rules_role_reaches(rules, act->by_phone.role, "leader") &&
		    rules_role_reaches(rules, actor->role, "duty");

	enum err code = actor_may_write(rules, actor, act->desc, err);

	if (code != ERR_OK || actor_is_system(actor))
		return code;
	if (!str_eq(actor->org, rules->centre))
		return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
				 rules_act_label(rules, act->desc),
				 centre != NULL ? centre->name : rules->centre);
	if (told && act->by_phone.rung == NULL)
		return error_set(err, ERR_REFUSED, _("%s: say which leader was rung"),
				 rules_act_label(rules, act->desc));
	if (told || rules_role_reaches(rules, actor->role, "leader"))
		return ERR_OK;
	return error_set(err, ERR_DENIED,
			 _("%s: the leader of the shift decides this, by telephone too"),
			 rules_act_label(rules, act->desc));
}

static enum err change(const struct rules *rules, const struct moment *moment,
		       const struct act *act, struct mode *after, struct error *err)
{
	const struct mode_rule *now = rules_mode(rules, after->mode);
	const struct mode_rule *next = mode_named(rules, act_text(act, "mode"));
	const char *summary = act_text(act, "summary");
	enum err code;

	if (rules->n_modes == 0)
		return error_set(err, ERR_REFUSED, "%s", _("the profile in force has no modes"));
	if (next == NULL)
		return error_set(err, ERR_INPUT, _("%.40s is no mode of this jurisdiction"),
				 act_text(act, "mode"));
	code = check_leader(rules, act, err);
	if (code != ERR_OK)
		return code;
	if (next == now)
		return error_set(err, ERR_REFUSED, _("the mode is %s already"), next->label);
	if (now != NULL && now->emergency && !next->emergency && summary == NULL)
		return error_set(err, ERR_REFUSED, _("%s ends with a summary: it is missing"),
				 now->label);
	after->mode = next->code;
	after->since = moment->eff;
	after->by = act->actor.officer;
	after->reason = act_text(act, "reason");
	after->summary = summary;
	after->approved_by = act->by_phone.role != NULL ? act->by_phone.rung : act->actor.officer;
	return ERR_OK;
}

/* What the quiet hours collected; what comes late of the same night (an act that was done offline
 * started a clock) is added. */
static void sum_up(const struct act *act, struct mode *after)
{
	int64_t from = act_value(act, "digest_from", 0).num;
	int64_t to = act_value(act, "digest_to", 0).num;

	if (after->digest_from != from || after->digest_to != to)
		after->urges = after->overdue = after->listed = 0;
	after->digest_from = from;
	after->digest_to = to;
	after->urges += act_value(act, "urges", 0).num;
	after->overdue += act_value(act, "overdue", 0).num;
	after->listed += act_value(act, "listed", 0).num;
}

enum err decide_mode(const struct rules *rules, const struct state *state, const struct act *act,
		     const struct moment *moment, struct arena *arena,
		     struct decision *ret_decision, struct error *err)
{
	const struct mode *before = state->entity;
	struct mode *after;
	enum err code = ERR_OK;

	if (before == NULL)
		before = entity_new(KIND_MODE, &act->target.id, arena);
	after = entity_copy(before, arena);
	if (strcmp(act->desc->verb, "digest") == 0)
		sum_up(act, after);
	else
		code = change(rules, moment, act, after, err);
	return code != ERR_OK ? code
			      : decision_of(before, after, arena, NULL, ret_decision);
}
