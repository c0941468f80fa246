/* The duties of a swap as they stand now, and what exchanging them would break. */
#include <config.h>

#include "decide_swap.h"
#include "zhiban/base/i18n.h"

const struct turn *swap_turn(const struct state *state, const char *roster, const char *turn,
			     const struct roster **ret_roster)
{
	struct uuid roster_of = staff_uuid(roster), id = staff_uuid(turn);

	*ret_roster = NULL;
	if (uuid_is_nil(&roster_of) || uuid_is_nil(&id))
		return NULL;
	*ret_roster = state_near(state, KIND_ROSTER, &roster_of);
	return *ret_roster != NULL ? roster_turn_find(*ret_roster, &id) : NULL;
}

int64_t swap_begins(const struct swapping *s)
{
	int64_t begins = s->turn != NULL ? s->turn->starts : 0;

	if (s->other != NULL && (begins == 0 || s->other->starts < begins))
		begins = s->other->starts;
	return begins;
}

static const char *turn_words(const struct swapping *s, const struct turn *turn)
{
	const struct need need = turn_need(s->rules, s->plan, turn);

	return seat_words(s->rules, s->plan, &need, s->arena);
}

enum err swap_check_turn(const struct swapping *s, const struct turn *turn, const char *staff,
			 const char *name, struct error *err)
{
	struct uuid stands, his = staff_uuid(staff);

	if (turn == NULL)
		return error_set(err, ERR_REFUSED, _("the duty of %s is not in the roster any more"),
				 name != NULL ? name : "-");
	stands = staff_uuid(turn->staff);
	if (!uuid_eq(&stands, &his))
		return error_set(err, ERR_REFUSED, _("%s is no longer a duty of %s: %s stands there, "
						     "set by %s, %s"),
				 turn_words(s, turn), name != NULL ? name : "-",
				 turn->name != NULL ? turn->name : "-",
				 turn->set_by != NULL ? turn->set_by : "-",
				 when_words(s->rules, turn->set_at, s->arena));
	if (turn->starts <= s->eff)
		return error_set(err, ERR_REFUSED, _("%s has begun"), turn_words(s, turn));
	return ERR_OK;
}

/* --- rules ----------------------------------------------------------------------------------- */

static enum err judge_one(const struct swapping *s, const struct roster_view *view,
			  const struct turn *turn, const struct staff *comes,
			  const struct turn *instead, bool soft, struct error *err)
{
	const struct need need = turn_need(s->rules, s->plan, turn);
	struct finding findings[BREACHES];
	size_t n = roster_would_find(view, &need, comes, instead, findings), first = n;
	struct str words = STR_INIT;

	for (size_t i = 0; i < n; i++)
		if (breach_hard(findings[i].breach) || (first == n && soft))
			first = i;
	if (first == n)
		return ERR_OK;
	finding_words(s->rules, &findings[first], &words);
	if (breach_hard(findings[first].breach))
		error_set(err, ERR_REFUSED, "%s", str_get(&words));
	else
		error_set(err, ERR_REFUSED, _("%s; it can be done with a reason for it (despite)"),
			  str_get(&words));
	str_release(&words);
	return ERR_REFUSED;
}

enum err swap_judge(const struct swapping *s, const struct staff *staff, const struct staff *other,
		    bool soft, struct error *err)
{
	const struct roster_view view =
		near_view(s->rules, s->plan, s->after->org, s->state, NULL, s->arena);
	enum err code = judge_one(s, &view, s->turn, other, s->other, soft, err);

	if (code == ERR_OK && s->other != NULL)
		code = judge_one(s, &view, s->other, staff, s->turn, soft, err);
	return code;
}
