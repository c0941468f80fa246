/* Handovers: both sign, a third witnesses. */
#include <config.h>

#include "behalf_priv.h"
#include "turnover.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

/* ---- signing ---- */

static enum err add_why(struct turnover *t, struct error *err)
{
	const char *reason = act_text(t->act, "reason");
	struct handover *after = t->after;

	if (reason == NULL)
		return ERR_OK;
	after->why = after->why != NULL && !str_eq(after->why, reason)
			     ? arena_printf(t->arena, "%s\n%s", after->why, reason)
			     : reason;
	if (text_longer(after->why, WHY_MAX))
		return error_set(err, ERR_INPUT, _("%s: at most %u characters"), _("Reason"),
				 (unsigned)WHY_MAX);
	return ERR_OK;
}

/* What waits at the console of whoever signs: its own word, and the most of what was said. */
static enum err add_unsent(struct turnover *t, struct error *err)
{
	int64_t unsent = act_value(t->act, "unsent", 0).num;

	if (unsent < 0)
		return error_set(err, ERR_INPUT, "%s", _(err_sentence(ERR_INPUT)));
	if (unsent > t->after->unsent)
		t->after->unsent = unsent;
	if (act_value(t->act, "offline", 0).num != 0)
		t->after->offline = 1;
	return ERR_OK;
}

enum err turnover_give(struct turnover *t, struct error *err)
{
	struct handover *after = t->after;
	const char *words = act_text(t->act, "words");
	enum err code = add_unsent(t, err);

	if (code != ERR_OK)
		return code;
	if (after->half)
		return error_set(err, ERR_REFUSED,
				 _("within a shift the one who comes signs alone"));
	if (after->unsent > 0 && act_text(t->act, "reason") == NULL)
		return error_set(err, ERR_REFUSED,
				 _("%lld not sent yet: say why it is handed over all the same"),
				 (long long)after->unsent);
	if (words != NULL)
		after->words = words;
	after->out_by = t->act->actor.officer;
	after->out_at = t->now;
	after->state = handover_state_code(HANDOVER_GIVEN);
	return add_why(t, err);
}

/* What a reason must be given for when it is taken over, in words; empty: nothing. */
static void open_words(const struct turnover *t, struct str *out)
{
	const struct handover *after = t->after;

	if (after->out_by == NULL && !after->half)
		str_add(out, _("the one who goes has not signed"));
	if (after->unread > 0)
		str_addf(out, "%s%s", out->len > 0 ? _(", ") : "",
			 arena_printf(t->arena, _("%lld of %lld not read"),
				      (long long)after->unread, (long long)after->must));
	if (after->unsent > 0 && act_value(t->act, "unsent", 0).num > 0)
		str_addf(out, "%s%s", out->len > 0 ? _(", ") : "",
			 arena_printf(t->arena, _("%lld not sent"), (long long)after->unsent));
}

static enum err check_open(const struct turnover *t, struct error *err)
{
	struct str words = STR_INIT;
	enum err code = ERR_OK;

	open_words(t, &words);
	if (words.len > 0 && act_text(t->act, "reason") == NULL)
		code = error_set(err, ERR_REFUSED, _("%s: say why it is closed all the same"),
				 str_get(&words));
	str_release(&words);
	return code;
}

enum err turnover_take(struct turnover *t, struct error *err)
{
	const struct roster_plan *plan = handover_plan(t->rules, t->after->org, t->after->plan);
	struct handover *after = t->after;
	bool third = plan != NULL && plan->third != NULL && !after->half;
	enum err code = add_unsent(t, err);

	if (code == ERR_OK && str_eq(after->out_by, t->act->actor.officer))
		code = error_set(err, ERR_DENIED, _("who hands over does not take over himself"));
	if (code != ERR_OK)
		return code;
	after->unread = (int64_t)handover_unread(after);
	code = check_open(t, err);
	if (code == ERR_OK)
		code = add_why(t, err);
	if (code != ERR_OK)
		return code;
	after->in_by = t->act->actor.officer;
	after->in_at = t->now;
	after->state = handover_state_code(third ? HANDOVER_TAKEN : HANDOVER_CLOSED);
	after->open = third;
	if (third)
		after->third_due = t->now + (plan->third_min > 0 ? plan->third_min * MINUTE_MS
								 : DAY_MS);
	return ERR_OK;
}

/* ---- witnessing ---- */

static enum err check_third(const struct turnover *t, const char **ret_name, struct error *err)
{
	const struct rules *rules = t->rules;
	const struct act *act = t->act;
	const struct by_phone *phone = &act->by_phone;
	const struct roster_plan *plan = handover_plan(rules, t->after->org, t->after->plan);
	const char *role = plan != NULL ? plan->third : NULL, *name = act->actor.officer;
	bool by_phone = phone->role != NULL;

	if (role == NULL)
		return error_set(err, ERR_REFUSED, _("nobody needs to witness it"));
	if (by_phone) {
		name = phone->rung != NULL ? phone->rung : phone->answered_by;
		if (!rules_role_reaches(rules, phone->role, role))
			return error_set(err, ERR_DENIED, _("it is witnessed by: %s"),
					 rules_role_label(rules, role));
		if (name == NULL)
			return error_set(err, ERR_INPUT, _("say who was rung"));
	} else if (!turnover_is_third(rules, t->after, &act->actor)) {
		return error_set(err, ERR_DENIED, _("it is witnessed by: %s"),
				 rules_role_label(rules, role));
	}
	if (str_eq(name, t->after->out_by) || str_eq(name, t->after->in_by))
		return error_set(err, ERR_DENIED,
				 _("%s has signed it himself; another one witnesses"), name);
	*ret_name = name;
	return ERR_OK;
}

/* The one who was on the phone, or another of his role, confirms it in person. */
static bool confirm(struct turnover *t)
{
	struct behalf *records = t->after->behalves.items;
	bool signed_now = false;

	for (size_t i = 0; i < t->after->behalves.n; i++) {
		struct behalf *record = &records[i];

		if (t->act->by_phone.role != NULL || record->signed_at != 0 ||
		    str_eq(record->by, t->act->actor.officer))
			continue;
		record->signed_at = t->now;
		record->signed_by = t->act->actor.officer;
		signed_now = true;
	}
	return signed_now;
}

static void note_phone(struct turnover *t)
{
	const struct rules *rules = t->rules;
	struct uuid id = uuid_child(&t->act->id, "behalf", 0);
	struct behalf *record = children_add(&t->after->behalves, child_desc(CHILD_BEHALF), &id,
					     t->arena);

	behalf_fill(record, rules, t->act, t->after->org, t->now);
	if (rules->countersign.unit != LIMIT_NONE)
		record->due = due_compute(rules->calendar, &rules->hours, rules->offset_min, t->now,
					  &rules->countersign, NULL).at;
}

enum err turnover_witness(struct turnover *t, struct error *err)
{
	const char *hash = act_text(t->act, "signed_hash"), *name = NULL;
	struct handover *after = t->after;
	char when[CIVIL_TEXT];
	enum err code = check_third(t, &name, err);

	if (code != ERR_OK)
		return code;
	if (hash != NULL && !str_eq(hash, after->hash))
		return error_set(err, ERR_REFUSED,
				 _("what was to be witnessed is not what stands here: read it again"));
	if (after->third_by != NULL) {
		if (confirm(t))
			return ERR_OK;
		civil_format(after->third_at, t->rules->offset_min, "m-d H:M", when, sizeof when);
		t->note = arena_printf(t->arena, _("%s has witnessed it already, %s"),
				       after->third_by, when);
		t->again = true;
		return ERR_OK;
	}
	after->third_by = name;
	after->third_at = t->now;
	after->state = handover_state_code(HANDOVER_CLOSED);
	after->open = 0;
	if (t->act->by_phone.role != NULL)
		note_phone(t);
	return ERR_OK;
}
