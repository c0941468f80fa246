/* Swaps: asked, accepted, approved; the turns change hands by acts that follow. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "decide_swap.h"
#include "swap_rows.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- whose act it is ------------------------------------------------------------------------- */

/* He himself, or an officer who speaks for him: then it stands there that it was so. */
static enum err check_person(struct swapping *s, const char *name, const char *unit,
			     struct error *err)
{
	const struct act *act = s->act;

	if (swap_is_self(s->rules, &act->actor, name, unit))
		return ERR_OK;
	if (!swap_speaks_for(s->rules, s->plan, act, s->after->org, unit))
		return error_set(err, ERR_DENIED,
				 _("%s: only %s, or an officer who speaks for the unit, may do this"),
				 rules_act_label(s->rules, act->desc), name != NULL ? name : "-");
	s->done_for = name;
	s->done_for_unit = unit;
	return ERR_OK;
}

static void record_behalf(struct swapping *s)
{
	const struct act *act = s->act;
	const struct rules *rules = s->rules;
	bool role = act->by_phone.role != NULL;
	struct uuid id = uuid_child(&act->id, "behalf", 0);
	struct behalf *behalf;

	if (actor_is_system(&act->actor) || (s->done_for == NULL && !role) ||
	    (rules->countersign.unit == LIMIT_NONE && !by_phone_is(&act->by_phone)))
		return;
	behalf = children_add(&s->after->behalves, child_desc(CHILD_BEHALF), &id, s->arena);
	behalf_fill(behalf, rules, act, s->done_for_unit, s->eff);
	if (behalf->rung == NULL)
		behalf->rung = s->done_for;
	if (rules->countersign.unit == LIMIT_NONE)
		return;
	behalf->due = due_compute(rules->calendar, &rules->hours, rules->offset_min, s->eff,
				  &rules->countersign, NULL).at;
	s->after->owed++;
}

/* --- asking ---------------------------------------------------------------------------------- */

static void set_number(struct swapping *s)
{
	struct civil civil;

	if (s->state->serial == 0)
		return;
	civil_of_ms(s->eff, s->rules->offset_min, &civil);
	s->after->number = arena_printf(s->arena, "%04d%02d%02d-S%03lld", civil.year, civil.month,
					civil.day, (long long)s->state->serial);
}

static void set_other(struct swapping *s, const char *id, const char *name, const char *unit)
{
	s->after->other_staff = id;
	s->after->other = name;
	s->after->other_unit = unit;
}

/* The duty in return, and with it whose it is. */
static enum err take_other_turn(struct swapping *s, struct error *err)
{
	const char *id = act_text(s->act, "other_turn");
	const char *roster = act_text(s->act, "other_roster");
	struct swap *after = s->after;

	if (id == NULL)
		return ERR_OK;
	if (roster == NULL)
		roster = after->roster;
	s->other = swap_turn(s->state, roster, id, &s->other_roster);
	if (s->other == NULL)
		return error_set(err, ERR_REFUSED, _("this duty is not in the roster any more"));
	if (!str_eq(s->other_roster->org, after->org) || !str_eq(s->other_roster->plan, after->plan))
		return error_set(err, ERR_REFUSED, _("both duties must be of one roster"));
	after->other_roster = roster;
	after->other_turn = id;
	if (after->other_staff == NULL)
		set_other(s, s->other->staff, s->other->name, s->other->unit);
	return swap_check_turn(s, s->other, after->other_staff, after->other, err);
}

/* The one person that is meant. */
static enum err take_who(struct swapping *s, struct error *err)
{
	const char *words = act_text(s->act, "who");
	const struct staff *staff;
	enum err code;

	if (words == NULL)
		return ERR_OK;
	code = near_staff(s->state, words, &staff, err);
	if (code != ERR_OK)
		return code;
	if (!staff->active)
		return error_set(err, ERR_REFUSED, _("%s is in no roster any more"), staff->name);
	set_other(s, words, staff->name, staff->org);
	return ERR_OK;
}

static enum err check_plan(const struct swapping *s, struct error *err)
{
	if (s->plan != NULL)
		return ERR_OK;
	return error_set(err, ERR_REFUSED,
			 _("the profile in force has no such roster any more"));
}

static enum err not_himself(const struct swapping *s, struct error *err)
{
	struct uuid his = staff_uuid(s->after->staff), other = staff_uuid(s->after->other_staff);

	if (!uuid_is_nil(&other) && uuid_eq(&his, &other))
		return error_set(err, ERR_INPUT, _("nobody swaps with himself"));
	return ERR_OK;
}

static enum err take_turn(struct swapping *s, struct error *err)
{
	struct swap *after = s->after;
	struct uuid his;
	enum err code;

	after->roster = act_text(s->act, "roster_id");
	after->turn = act_text(s->act, "turn_id");
	s->turn = swap_turn(s->state, after->roster, after->turn, &s->roster);
	if (s->turn == NULL)
		return error_set(err, ERR_REFUSED, _("this duty is not in the roster any more"));
	his = staff_uuid(s->turn->staff);
	if (uuid_is_nil(&his))
		return error_set(err, ERR_REFUSED,
				 _("who stands there is none of the people who stand in rosters"));
	after->org = s->roster->org;
	after->plan = s->roster->plan;
	after->staff = s->turn->staff;
	after->name = s->turn->name;
	after->unit = s->turn->unit;
	s->plan = rules_plan(s->rules, after->plan);
	code = check_plan(s, err);
	return code != ERR_OK ? code : swap_check_turn(s, s->turn, after->staff, after->name, err);
}

static enum err ask(struct swapping *s, struct error *err)
{
	struct swap *after = s->after;
	enum err code = take_turn(s, err);

	if (code == ERR_OK)
		code = check_person(s, after->name, after->unit, err);
	if (code == ERR_OK)
		code = take_who(s, err);
	if (code == ERR_OK)
		code = take_other_turn(s, err);
	if (code == ERR_OK)
		code = not_himself(s, err);
	if (code != ERR_OK)
		return code;
	after->state = swap_state_code(after->other_staff != NULL ? SWAP_PROPOSED : SWAP_ASKED);
	after->open = 1;
	after->reason = act_text(s->act, "reason");
	after->asked_at = s->eff;
	after->asked_by = s->done_for != NULL ? s->done_for : s->act->actor.officer;
	after->lapses_at = swap_begins(s);
	set_number(s);
	return ERR_OK;
}

/* --- the other ------------------------------------------------------------------------------- */

static enum err find_other(struct swapping *s, struct error *err)
{
	const char *words = act_text(s->act, "who");
	struct uuid meant = staff_uuid(s->before->other_staff), said = staff_uuid(words);

	if (s->before->other_staff == NULL && words == NULL)
		return error_set(err, ERR_INPUT, _("say who accepts it (who)"));
	if (s->before->other_staff == NULL)
		return take_who(s, err);
	if (words != NULL && !uuid_eq(&meant, &said))
		return error_set(err, ERR_REFUSED, _("it was proposed to %s"),
				 s->before->other != NULL ? s->before->other : "-");
	return ERR_OK;
}

static enum err find_return(struct swapping *s, struct error *err)
{
	const char *words = act_text(s->act, "other_turn");
	struct uuid meant = staff_uuid(s->before->other_turn), said = staff_uuid(words);

	if (s->before->other_turn == NULL)
		return take_other_turn(s, err);
	if (words != NULL && !uuid_eq(&meant, &said))
		return error_set(err, ERR_REFUSED, _("another duty was proposed in return"));
	return swap_check_turn(s, s->other, s->before->other_staff, s->before->other, err);
}

/* Both as they stand in the roster's list now. */
static enum err find_people(const struct swapping *s, const struct staff **ret_staff,
			    const struct staff **ret_other, struct error *err)
{
	enum err code = near_staff(s->state, s->after->staff, ret_staff, err);

	return code != ERR_OK ? code : near_staff(s->state, s->after->other_staff, ret_other, err);
}

/* The one who asked says yes for the other only when he rang him, and approves nothing of his own but
 * for a leader whom he rang. */
static enum err not_his_own(const struct swapping *s, const char *other, struct error *err)
{
	const char *officer = s->act->actor.officer;

	if (by_phone_is(&s->act->by_phone) || str_eq(officer, other) ||
	    !(str_eq(officer, s->before->name) || str_eq(officer, s->before->asked_by)))
		return ERR_OK;
	return error_set(err, ERR_DENIED, "%s",
			 _("you asked for it yourself: the other says so, or you record whom you "
			   "rang"));
}

/* What a reason would let pass is for whoever approves. */
static enum err accept(struct swapping *s, struct error *err)
{
	struct swap *after = s->after;
	const struct staff *staff, *other;
	enum err code = check_plan(s, err);

	if (code == ERR_OK)
		code = find_other(s, err);
	if (code == ERR_OK)
		code = not_his_own(s, after->other, err);
	if (code == ERR_OK)
		code = check_person(s, after->other, after->other_unit, err);
	if (code == ERR_OK)
		code = swap_check_turn(s, s->turn, after->staff, after->name, err);
	if (code == ERR_OK)
		code = find_return(s, err);
	if (code == ERR_OK)
		code = not_himself(s, err);
	if (code == ERR_OK)
		code = find_people(s, &staff, &other, err);
	if (code == ERR_OK)
		code = swap_judge(s, staff, other, false, err);
	if (code != ERR_OK)
		return code;
	after->state = swap_state_code(SWAP_ACCEPTED);
	after->accepted_at = s->eff;
	after->accepted_by = after->other;
	after->lapses_at = swap_begins(s);
	return ERR_OK;
}

/* --- its end --------------------------------------------------------------------------------- */

static void end(struct swapping *s, enum swap_state state, const char *by, const char *why)
{
	s->after->state = swap_state_code(state);
	s->after->open = 0;
	s->after->decided_at = s->eff;
	s->after->decided_by = by;
	s->after->decided_for = why;
}

static enum err decline(struct swapping *s, struct error *err)
{
	enum err code = check_person(s, s->before->other, s->before->other_unit, err);

	if (code == ERR_OK)
		end(s, SWAP_DECLINED, s->before->other, act_text(s->act, "reason"));
	return code;
}

static enum err withdraw(struct swapping *s, struct error *err)
{
	enum err code = check_person(s, s->before->name, s->before->unit, err);

	if (code == ERR_OK)
		end(s, SWAP_WITHDRAWN, s->done_for != NULL ? s->done_for : s->act->actor.officer,
		    act_text(s->act, "reason"));
	return code;
}

static enum err disapprove(struct swapping *s, struct error *err)
{
	(void)err;
	end(s, SWAP_REFUSED, s->act->actor.officer, act_text(s->act, "reason"));
	return ERR_OK;
}

static void give(struct swapping *s, struct act *follow, const char *name, const char *text)
{
	act_give(follow, act_arg_field(follow->desc, name),
		 (struct value){ .is_text = true, .text = text }, s->arena);
}

static void exchange(struct swapping *s, const struct roster *roster, const char *turn,
		     const char *who)
{
	struct act *follow = follow_add(&s->follow, &s->n_follow, &s->cap_follow, s->act, s->eff,
					s->arena);
	char id[40];

	follow->desc = act_desc_of(KIND_ROSTER, "exchange");
	follow->target = (struct target){ .kind = KIND_ROSTER, .id = roster->head.id,
					  .base = roster->head.version };
	uuid_words(&s->after->head.id, id);
	give(s, follow, "turn_id", turn);
	give(s, follow, "who", who);
	give(s, follow, "swap_id", id);
}

static enum err approve(struct swapping *s, struct error *err)
{
	const struct swap *before = s->before;
	const char *despite = act_text(s->act, "despite");
	const struct staff *staff, *other;
	enum err code = check_plan(s, err);

	if (code == ERR_OK)
		code = not_his_own(s, NULL, err);
	if (code == ERR_OK)
		code = swap_check_turn(s, s->turn, before->staff, before->name, err);
	if (code == ERR_OK && before->other_turn != NULL)
		code = swap_check_turn(s, s->other, before->other_staff, before->other, err);
	if (code == ERR_OK)
		code = find_people(s, &staff, &other, err);
	if (code == ERR_OK)
		code = swap_judge(s, staff, other, despite == NULL, err);
	if (code != ERR_OK)
		return code;
	exchange(s, s->roster, before->turn, before->other_staff);
	if (s->other != NULL)
		exchange(s, s->other_roster, before->other_turn, before->staff);
	end(s, SWAP_APPROVED, s->act->actor.officer,
	    despite != NULL ? despite : act_text(s->act, "note"));
	return ERR_OK;
}

/* Of the duties as they stand now: what moved later has not begun. */
static enum err lapse(struct swapping *s, struct error *err)
{
	const struct swap *before = s->before;
	struct error gone;
	int64_t begins = swap_begins(s);
	bool stands = swap_check_turn(s, s->turn, before->staff, before->name, &gone) == ERR_OK &&
		      (before->other_turn == NULL ||
		       swap_check_turn(s, s->other, before->other_staff, before->other, &gone) ==
			       ERR_OK);

	(void)err;
	if (!before->open || (stands && begins > s->eff && begins == before->lapses_at)) {
		s->again = true;
		return ERR_OK;
	}
	if (stands) { /* it goes on, until then */
		s->after->lapses_at = begins;
		return ERR_OK;
	}
	end(s, SWAP_LAPSED, NULL, arena_strdup(s->arena, gone.text));
	return ERR_OK;
}

/* --- countersigning -------------------------------------------------------------------------- */

/* He for whom it was written down, or who approves in his own unit; of an approval, whoever has that
 * role. */
static bool is_his(const void *ctx, const struct behalf *behalf)
{
	const struct swapping *s = ctx;
	const struct actor *actor = &s->act->actor;

	if (behalf->rung != NULL && str_eq(behalf->rung, actor->officer))
		return true;
	if (behalf->role != NULL)
		return rules_role_reaches(s->rules, actor->role, behalf->role) &&
		       roster_is_of(s->rules, actor, s->after->org);
	return str_eq(actor->org, behalf->org) &&
	       roster_approves(s->rules, s->plan, s->act, behalf->org);
}

static void signed_now(void *ctx, const struct behalf *behalf)
{
	struct swapping *s = ctx;

	if (behalf->due != 0 && s->after->owed > 0)
		s->after->owed--;
}

static enum err sign(struct swapping *s, struct error *err)
{
	const struct countersigning signing = { .rules = s->rules,
						.act = s->act,
						.eff = s->eff,
						.arena = s->arena,
						.records = &s->after->behalves,
						.is_his = is_his,
						.done = signed_now,
						.ctx = s };

	return countersign(&signing, &s->note, &s->again, err);
}

/* --- all of it ------------------------------------------------------------------------------- */

static const struct {
	const char *verb;
	enum err (*apply)(struct swapping *s, struct error *err);
} handlers[] = {
	{ "swap", ask },	     { "accept", accept },     { "decline", decline },
	{ "approve", approve },	     { "withdraw", withdraw }, { "disapprove", disapprove },
	{ "countersign", sign },     { "lapse", lapse },
};

static enum err apply(struct swapping *s, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(handlers); i++)
		if (strcmp(handlers[i].verb, s->act->desc->verb) == 0)
			return handlers[i].apply(s, err);
	return error_set(err, ERR_REFUSED, "%s", _(err_sentence(ERR_REFUSED)));
}

static enum err check(const struct swapping *s, struct error *err)
{
	const struct act *act = s->act;
	bool is_new = s->state->entity == NULL;
	enum err code = ERR_OK;

	if (is_new && act->desc->conflict != CONFLICT_CREATES)
		return error_set(err, ERR_NOT_FOUND, _("there is no such swap"));
	if (!actor_is_system(&act->actor))
		code = actor_may_write(s->rules, &act->actor, act->desc, err);
	if (code == ERR_OK)
		code = roster_check_phone(s->rules, act, err);
	if (code == ERR_OK)
		code = swap_check_state(s->rules, is_new ? NULL : s->before, act->desc, err);
	if (code == ERR_OK && !is_new)
		code = swap_check_who(s->rules, s->before, s->plan, act, err);
	return code;
}

enum err decide_swap(const struct rules *rules, const struct state *state, const struct act *act,
		     const struct moment *moment, struct arena *arena,
		     struct decision *ret_decision, struct error *err)
{
	struct swapping s = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			      .arena = arena };
	enum err code;

	s.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_SWAP, &act->target.id, arena);
	s.after = entity_copy(s.before, arena);
	s.plan = rules_plan(rules, s.before->plan);
	s.turn = swap_turn(state, s.before->roster, s.before->turn, &s.roster);
	s.other = swap_turn(state, s.before->other_roster, s.before->other_turn, &s.other_roster);
	code = check(&s, err);
	if (code == ERR_OK)
		code = apply(&s, err);
	if (code != ERR_OK)
		return code;
	if (s.again) {
		*ret_decision = (struct decision){ .note = s.note };
		return ERR_OK;
	}
	record_behalf(&s);
	code = decision_of(s.before, s.after, arena, s.note, ret_decision);
	ret_decision->follow = s.follow;
	ret_decision->n_follow = s.n_follow;
	return code;
}
