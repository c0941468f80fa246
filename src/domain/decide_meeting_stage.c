/* Staged meetings: one stage after the other, each with its vote; publications come last.  A stage
 * that did not pass is on record, and is held again. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static bool has_passed(const struct meeting *meeting, const char *code)
{
	for (size_t i = 0; i < meeting->stages.n; i++)
		if (meeting_stage_at(meeting, i)->passed &&
		    str_eq(meeting_stage_at(meeting, i)->stage, code))
			return true;
	return false;
}

const struct meeting_stage *meeting_next_stage(const struct meeting_series *series,
					       const struct meeting *meeting)
{
	for (size_t i = 0; series != NULL && i < series->n_stages; i++)
		if (!has_passed(meeting, series->stages[i].code))
			return &series->stages[i];
	return NULL;
}

static enum err find_stage(const struct conferring *c, const struct meeting_stage **ret_stage,
			   struct error *err)
{
	const char *words = act_text(c->s.act, "stage");
	const struct meeting_stage *stage = series_stage(c->series, words);
	const struct meeting_stage *next = meeting_next_stage(c->series, c->before);

	if (c->series == NULL || c->series->n_stages == 0)
		return error_set(err, ERR_REFUSED, _("this meeting has no stages"));
	if (stage == NULL)
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no stage of it"), words);
	if (has_passed(c->before, stage->code))
		return error_set(err, ERR_REFUSED, _("\"%s\" is passed already"), stage->label);
	if (stage != next)
		return error_set(err, ERR_REFUSED, _("first comes \"%s\""),
				 next != NULL ? next->label : "-");
	*ret_stage = stage;
	return ERR_OK;
}

/* --- the vote -------------------------------------------------------------------------------- */

static enum err take_numbers(const struct conferring *c, const struct meeting_stage *rule,
			     struct stage *stage, struct error *err)
{
	stage->present = act_value(c->s.act, "present_n", 0).num;
	stage->entitled = act_value(c->s.act, "entitled", 0).num;
	stage->agreed = act_value(c->s.act, "agreed", 0).num;
	stage->against = act_value(c->s.act, "against", 0).num;
	if (stage->present < 0 || stage->entitled < 0 || stage->agreed < 0 || stage->against < 0)
		return error_set(err, ERR_INPUT, _("a number below nothing is none"));
	if (rule->published)
		return ERR_OK;
	if (rule->quorum.part > 0 && (stage->entitled == 0 || stage->present == 0))
		return error_set(err, ERR_INPUT, _("say how many are entitled, and how many came"));
	if (rule->pass_percent > 0 && stage->present == 0)
		return error_set(err, ERR_INPUT, _("say how many came"));
	if (rule->pass_percent > 0 && !value_is_set(act_value(c->s.act, "agreed", 0)) &&
	    !value_is_set(act_value(c->s.act, "against", 0)))
		return error_set(err, ERR_INPUT, _("say how many were for it, and how many against"));
	if (stage->entitled > 0 && stage->present > stage->entitled)
		return error_set(err, ERR_INPUT, _("%lld came, but only %lld are entitled"),
				 (long long)stage->present, (long long)stage->entitled);
	if (stage->agreed + stage->against > stage->present)
		return error_set(err, ERR_INPUT, _("%lld voted, but only %lld came"),
				 (long long)(stage->agreed + stage->against),
				 (long long)stage->present);
	return ERR_OK;
}

/* Why it has not passed; NULL: it has. */
static const char *fails(const struct conferring *c, const struct meeting_stage *rule,
			 const struct stage *stage)
{
	const int64_t least = (int64_t)share_least(&rule->quorum, (size_t)stage->entitled);

	if (rule->published)
		return NULL;
	if (stage->present < least)
		return arena_printf(c->s.arena, _("%lld of %lld present, %lld needed"),
				    (long long)stage->present, (long long)stage->entitled,
				    (long long)least);
	if (rule->pass_percent > 0 && stage->agreed * 100 <= stage->present * rule->pass_percent)
		return arena_printf(c->s.arena, _("%lld of %lld present for it, more than %d%% needed"),
				    (long long)stage->agreed, (long long)stage->present,
				    rule->pass_percent);
	if (rule->pass_percent == 0 && act_value(c->s.act, "passed", 0).num == 0)
		return arena_strdup(c->s.arena, _("not said to have passed"));
	return NULL;
}

/* --- recording ------------------------------------------------------------------------------- */

static enum err take_when(const struct conferring *c, struct stage *stage, struct error *err)
{
	enum err code = conferring_held(c, &stage->held_at, err);

	for (size_t i = 0; code == ERR_OK && i < c->before->stages.n; i++) {
		const struct stage *was = meeting_stage_at(c->before, i);

		if (stage->held_at < was->held_at)
			code = error_set(err, ERR_INPUT,
					 _("the stage before it was held later, %s"),
					 speak_when(&c->s, was->held_at));
	}
	return code;
}

/* On to the next stage, or to its end. */
static void move_on(struct conferring *c, const struct stage *stage)
{
	const struct meeting_stage *next = meeting_next_stage(c->series, c->after);

	conferring_stop_kind(c, MEETING_STAGE);
	if (next != NULL) {
		conferring_start_limit(c, MEETING_STAGE, &next->within, stage->held_at);
		return;
	}
	conferring_go(c, MEETING_ISSUED);
	c->after->closed_at = stage->held_at;
	c->after->issued_at = c->s.eff;
	c->after->issued_by = c->s.act->actor.officer;
	conferring_settle_items(c);
}

enum err confer_stage(struct conferring *c, struct error *err)
{
	struct stage stage = { .id = uuid_child(&c->s.act->id, "stage", 0),
			       .words = act_text(c->s.act, "words"),
			       .by = conferring_doer(c),
			       .at = c->s.eff };
	const struct meeting_stage *rule = NULL;
	const char *why;
	enum err code = find_stage(c, &rule, err);

	if (code == ERR_OK)
		code = take_when(c, &stage, err);
	if (code == ERR_OK)
		code = take_numbers(c, rule, &stage, err);
	if (code != ERR_OK)
		return code;
	why = fails(c, rule, &stage);
	stage.stage = rule->code;
	stage.passed = why == NULL;
	*(struct stage *)children_add(&c->after->stages, child_desc(CHILD_STAGE), &stage.id,
				      c->s.arena) = stage;
	if (c->from == MEETING_DRAWN) {
		conferring_go(c, MEETING_SITTING);
		c->after->opened_at = stage.held_at;
		c->after->opened_by = c->s.act->actor.officer;
	}
	if (why == NULL)
		move_on(c, &stage);
	else
		c->s.note = arena_printf(c->s.arena, _("\"%s\" has not passed: %s"), rule->label, why);
	return ERR_OK;
}
