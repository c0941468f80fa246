/* Acknowledging an alarm, and a post that did not answer one (查岗未应). */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/alarm.h"

enum { SKEW_MS = MINUTE_MS }; /* the console's clock is corrected, not exact */

/* Whoever was first stays in the record, until something rings again; the words of a later one still
 * get into the timeline. */
enum err apply_ack(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	char when[CIVIL_TEXT];

	(void)err;
	if (alarm_is_unanswered(after, draft->eff)) {
		after->acked_at = draft->eff;
		after->acked_by = draft->act->actor.officer;
		return ERR_OK;
	}
	civil_format(after->acked_at, draft->rules->offset_min, "m-d H:M", when, sizeof when);
	draft->note = arena_printf(draft->arena, _("%s has acknowledged it already, %s"),
				   after->acked_by != NULL ? after->acked_by : "-", when);
	draft->again = act_text(draft->act, "note") == NULL;
	return ERR_OK;
}

void draft_hand_on(struct draft *draft)
{
	if (!draft->after->open || !alarm_hands_on(draft->act->desc))
		return;
	draft->after->acked_at = 0;
	draft->after->acked_by = NULL;
}

/* Nobody wrote it by hand, so nobody is bothered with how it went: what is no longer true, or
 * stands already, is not written. */
enum err apply_unanswered(struct draft *draft, struct error *err)
{
	const struct act *act = draft->act;
	int64_t least = draft->rules->alarm_check * MINUTE_MS;
	struct alarm alarm = alarm_of(draft->rules, draft->state->mode, act->actor.org,
				      draft->before, draft->eff);
	struct uuid id = uuid_child(&act->id, "absence", 0);
	struct absence *absence;

	draft->again = alarm.kind == ALARM_NONE || /* or another console of the seat did */
		       alarm_is_written(draft->before, act->actor.org, alarm.since);
	if (draft->again)
		return ERR_OK;
	if (least == 0)
		return error_set(err, ERR_REFUSED, "%s",
				 _("no limit for answering an alarm stands in the profile"));
	if (draft->eff - alarm.since < least - SKEW_MS)
		return error_set(err, ERR_REFUSED, _("it has not rung for %d minutes yet"),
				 draft->rules->alarm_check);
	absence = children_add(&draft->after->absences, child_desc(CHILD_ABSENCE), &id,
			       draft->arena);
	absence->org = act->actor.org;
	absence->by = act->actor.officer;
	absence->alarm_kind = alarm_code(alarm.kind);
	absence->rang_at = act_value(act, "rang_at", 0).num;
	absence->keyed_at = act_value(act, "keyed_at", 0).num;
	absence->at = draft->eff;
	return ERR_OK;
}
