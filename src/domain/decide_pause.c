/* Clocks that stand still: paused until a date (停表), or shelved (挂账). */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum { PAUSE_DAYS = 366 }; /* what waits longer belongs on the shelf */

struct pause *incident_pause(const struct incident *incident, int64_t at)
{
	struct pause *pauses = incident->pauses.items;

	for (size_t i = incident->pauses.n; i-- > 0;)
		if (pauses[i].ended_at == 0 && (pauses[i].until == 0 || pauses[i].until > at))
			return &pauses[i];
	return NULL;
}

static struct pause *add(struct draft *draft, int64_t until, bool shelved)
{
	struct uuid id = uuid_child(&draft->act->id, "pause", 0);
	struct pause *pause = children_add(&draft->after->pauses, child_desc(CHILD_PAUSE), &id,
					   draft->arena);

	pause->since = draft->eff;
	pause->until = until;
	pause->shelved = shelved;
	pause->reason = act_text(draft->act, "reason");
	pause->by = draft->act->actor.officer;
	return pause;
}

static void stop_review(struct draft *draft)
{
	struct clock *clocks = draft->after->clocks.items;

	for (size_t i = 0; i < draft->after->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && str_eq(clocks[i].kind, "review") &&
		    clocks[i].limit == NULL)
			clocks[i].stopped_at = draft->eff;
}

/* Ends what is in force; whoever began it never waits a negative time. */
static void end(struct draft *draft)
{
	struct pause *pauses = draft->after->pauses.items;

	for (size_t i = 0; i < draft->after->pauses.n; i++) {
		struct pause *pause = &pauses[i];
		if (pause->ended_at == 0 && (pause->until == 0 || pause->until > draft->eff))
			pause->ended_at = draft->eff > pause->since ? draft->eff : pause->since;
	}
	stop_review(draft);
	draft->after->paused_until = 0;
	draft->after->shelved_at = 0;
	draft->after->review_at = 0;
}

void draft_end_pauses(struct draft *draft)
{
	if (draft->after->pauses.n == 0)
		return;
	end(draft);
	draft_redue(draft);
}

/* Emergencies may leave it to a higher role, or to nobody. */
static enum err check_mode(const struct draft *draft, struct error *err)
{
	const struct mode_rule *mode = rules_mode(draft->rules, draft->state->mode);
	const struct ask ask = draft_ask(draft);

	if (mode->pause == NULL || ask_role(&ask, mode->pause))
		return ERR_OK;
	if (str_eq(mode->pause, "-"))
		return error_set(err, ERR_REFUSED, _("%s: in the mode %s no clock is stopped"),
				 rules_act_label(draft->rules, draft->act->desc), mode->label);
	return error_set(err, ERR_REFUSED, _("%s: in the mode %s this needs at least the role %s"),
			 rules_act_label(draft->rules, draft->act->desc), mode->label,
			 rules_role_label(draft->rules, mode->pause));
}

/* A date in the future; ret_at untouched otherwise. */
static enum err date(const struct draft *draft, const char *name, int most_days, int64_t *ret_at,
		     struct error *err)
{
	const struct field *field = act_arg_field(draft->act->desc, name);
	int64_t at = act_value(draft->act, name, 0).num;

	if (at <= draft->eff)
		return error_set(err, ERR_INPUT, _("%s: it must lie ahead"), _(field->title));
	if (most_days != 0 && at > draft->eff + most_days * DAY_MS)
		return error_set(err, ERR_INPUT,
				 _("%s: at most %d days ahead; what waits longer is "
				   "shelved"),
				 _(field->title), most_days);
	*ret_at = at;
	return ERR_OK;
}

static enum err stands_already(const struct draft *draft, const struct pause *pause,
			       struct error *err)
{
	char until[CIVIL_TEXT];

	if (pause->shelved)
		return error_set(err, ERR_REFUSED, _("it is on the shelf already"));
	civil_format(pause->until, draft->rules->offset_min, "m-d H:M", until, sizeof until);
	return error_set(err, ERR_REFUSED, _("the clocks are stopped already, until %s"), until);
}

enum err apply_pause(struct draft *draft, struct error *err)
{
	const struct pause *running = incident_pause(draft->before, draft->eff);
	int64_t until = 0;
	enum err code = check_mode(draft, err);

	if (code == ERR_OK && running != NULL)
		code = stands_already(draft, running, err);
	if (code == ERR_OK)
		code = date(draft, "until", PAUSE_DAYS, &until, err);
	if (code != ERR_OK)
		return code;
	add(draft, until, false);
	draft->after->paused_until = until;
	draft_redue(draft);
	return ERR_OK;
}

enum err apply_resume(struct draft *draft, struct error *err)
{
	const struct pause *running = incident_pause(draft->before, draft->eff);

	if (running == NULL)
		return error_set(err, ERR_REFUSED, _("the clocks are not stopped"));
	if (running->shelved)
		return error_set(err, ERR_REFUSED, _("it is on the shelf: take it off"));
	end(draft);
	draft_redue(draft);
	return ERR_OK;
}

enum err apply_shelve(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct pause *running = incident_pause(draft->before, draft->eff);
	const char *seat = after->seat != NULL ? after->seat : draft->rules->centre;
	int64_t review = 0;
	enum err code = check_mode(draft, err);

	if (code == ERR_OK && running != NULL && running->shelved)
		code = stands_already(draft, running, err);
	if (code == ERR_OK)
		code = date(draft, "review_at", 0, &review, err);
	if (code != ERR_OK)
		return code;
	end(draft);
	add(draft, 0, true);
	after->shelved_at = draft->eff;
	after->review_at = review;
	draft_clock_review(draft, seat, review);
	draft_redue(draft);
	return ERR_OK;
}

enum err apply_unshelve(struct draft *draft, struct error *err)
{
	const struct pause *running = incident_pause(draft->before, draft->eff);

	if (running == NULL || !running->shelved)
		return error_set(err, ERR_REFUSED, _("it is not on the shelf"));
	end(draft);
	draft_redue(draft);
	return ERR_OK;
}
