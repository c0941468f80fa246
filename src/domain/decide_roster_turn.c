/* Single duties of a roster: covered, taken over, moved, fixed, changed hands. */
#include <config.h>

#include <string.h>

#include "decide_roster.h"
#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/swap.h"

/* A shift that begins within this may be taken over beforehand. */
#define TAKEOVER_AHEAD_MS (12 * HOUR_MS)

/* --- words ----------------------------------------------------------------------------------- */

const char *seat_words(const struct rules *rules, const struct roster_plan *plan,
		       const struct need *need, struct arena *arena)
{
	char day[CIVIL_TEXT];

	(void)plan;
	civil_format(civil_ms_of_day(need->day, rules->offset_min), rules->offset_min, "m-d", day,
		     sizeof day);
	return arena_printf(arena, "%s %s %s", day,
			    need->shift != NULL ? need->shift->label : "-",
			    need->post != NULL ? need->post->label : "-");
}

const char *when_words(const struct rules *rules, int64_t at, struct arena *arena)
{
	char when[CIVIL_TEXT];

	civil_format(at, rules->offset_min, "m-d H:M", when, sizeof when);
	return arena_strdup(arena, when);
}

static const char *turn_words(const struct rostering *r, const struct turn *turn)
{
	const struct need need = turn_need(r->rules, r->plan, turn);

	return seat_words(r->rules, r->plan, &need, r->arena);
}

/* --- a turn in hand -------------------------------------------------------------------------- */

static enum err find_turn(const struct rostering *r, struct turn **ret_turn, struct error *err)
{
	struct uuid id = staff_uuid(act_text(r->act, "turn_id"));
	struct turn *turn = children_find(&r->after->turns, child_desc(CHILD_TURN), &id);

	if (turn == NULL)
		return error_set(err, ERR_REFUSED,
				 _("this duty is not in the roster any more"));
	*ret_turn = turn;
	return ERR_OK;
}

void turn_take(struct rostering *r, struct turn *turn, const struct staff *staff, const char *how,
	       const char *why)
{
	char id[40];

	uuid_words(&staff->head.id, id);
	turn->staff = arena_strdup(r->arena, id);
	turn->name = staff->name;
	turn->unit = staff->org;
	turn->how = how;
	turn->why = why;
	turn->despite = NULL;
	turn->set_at = r->eff;
	turn->set_by = r->act->actor.officer;
	turn->ok_at = 0;
	turn->ok_by = NULL;
}

static void keep_was(struct turn *turn)
{
	turn->was = turn->name;
	turn->was_staff = turn->staff;
}

/* A week belongs to the filing of its Monday. */
void turn_changed(struct rostering *r, int32_t day)
{
	struct filing *filings = r->after->filings.items;
	int32_t week = week_of_day(day);
	bool filed = false;

	for (size_t i = 0; i < r->after->filings.n; i++) {
		filed = filed || filings[i].filed_at != 0;
		if (filings[i].filed_at == 0 ||
		    civil_day_of_ms(filings[i].week, r->rules->offset_min) != week)
			continue;
		filings[i].changes++;
		filings[i].changed_at = r->eff;
	}
	if (filed)
		r->after->changes++;
}

/* --- the rules ------------------------------------------------------------------------------- */

static void add_by_month(const struct roster **rosters, size_t *n, const struct roster *roster)
{
	size_t at = (*n)++;

	for (; at > 0 && rosters[at - 1]->starts > roster->starts; at--)
		rosters[at] = rosters[at - 1];
	rosters[at] = roster;
}

struct roster_view near_view(const struct rules *rules, const struct roster_plan *plan,
			     const char *org, const struct state *state, const struct roster *own,
			     struct arena *arena)
{
	size_t most = state->n_near + 1, n_rosters = 0, n_others = 0, n_staff = 0;
	const struct roster **rosters = arena_array(arena, most, sizeof *rosters);
	const struct roster **others = arena_array(arena, most, sizeof *others);
	const struct staff **staff = arena_array(arena, most, sizeof *staff);

	if (own != NULL)
		add_by_month(rosters, &n_rosters, own);
	for (size_t i = 0; i < state->n_near; i++) {
		const struct entity *head = state->near[i];
		const struct roster *roster = state->near[i];

		if (head == NULL || (own != NULL && uuid_eq(&head->id, &own->head.id)))
			continue;
		if (head->kind == KIND_STAFF)
			staff[n_staff++] = state->near[i];
		else if (head->kind == KIND_ROSTER && str_eq(roster->org, org) &&
			 str_eq(roster->plan, plan->code))
			add_by_month(rosters, &n_rosters, roster);
		else if (head->kind == KIND_ROSTER)
			others[n_others++] = roster;
	}
	return (struct roster_view){ .rules = rules,
				     .plan = plan,
				     .rosters = rosters,
				     .n_rosters = n_rosters,
				     .others = others,
				     .n_others = n_others,
				     .staff = staff,
				     .n_staff = n_staff,
				     .mode = state->mode,
				     .org = org };
}

struct roster_view rostering_view(const struct rostering *r)
{
	return near_view(r->rules, r->plan, r->org, r->state, r->after, r->arena);
}

static const char *codes_of(unsigned breaks, struct arena *arena)
{
	const char *codes = NULL;

	for (int breach = 0; breach < BREACHES; breach++)
		if (breaks & 1U << breach)
			codes = codes == NULL
					? breach_code((enum breach)breach)
					: arena_printf(arena, "%s %s", codes,
						       breach_code((enum breach)breach));
	return codes;
}

/* The sentence of the first breach, the hard one before all. */
static enum err refuse(const struct roster_view *view, const struct need *need,
		       const struct staff *staff, const struct turn *turn, unsigned breaks,
		       struct error *err)
{
	struct finding findings[BREACHES];
	size_t n = roster_would_find(view, need, staff, turn, findings), first = 0;
	struct str words = STR_INIT;

	for (size_t i = 0; i < n; i++)
		if (breach_hard(findings[i].breach))
			first = i;
	finding_words(view->rules, &findings[first], &words);
	if (breaks & 1U << BREACH_DOUBLE)
		error_set(err, ERR_REFUSED, "%s", str_get(&words));
	else
		error_set(err, ERR_REFUSED, _("%s; it can be done with a reason for it (despite)"),
			  str_get(&words));
	str_release(&words);
	return ERR_REFUSED;
}

enum err turn_judge(struct rostering *r, const struct roster_books *books, struct turn *turn,
		    struct error *err)
{
	const struct need need = turn_need(r->rules, r->plan, turn);
	const char *reason = act_text(r->act, "despite");
	bool past = turn->starts < r->eff, urgent = str_eq(turn->how, "takeover");
	const struct staff *staff;
	unsigned breaks;
	enum err code = near_staff(r->state, turn->staff, &staff, err);

	if (code != ERR_OK)
		return code;
	breaks = roster_books_break(books, &need, staff, turn);
	if (breaks == 0)
		return ERR_OK;
	if (breaks & 1U << BREACH_DOUBLE || (!past && !urgent && reason == NULL))
		return refuse(books->view, &need, staff, turn, breaks, err);
	turn->despite = codes_of(breaks, r->arena);
	if (reason != NULL && turn->why != NULL && !str_eq(turn->why, reason))
		turn->why = arena_printf(r->arena, "%s; %s", turn->why, reason);
	else if (reason != NULL)
		turn->why = reason;
	return ERR_OK;
}

static enum err judge_one(struct rostering *r, struct turn *turn, struct error *err)
{
	const struct roster_view view = rostering_view(r);

	return turn_judge(r, roster_books_new(&view, r->arena), turn, err);
}

/* --- somebody else --------------------------------------------------------------------------- */

static enum err no_change(struct rostering *r)
{
	r->again = true;
	r->note = _("it stands so already");
	return ERR_OK;
}

static enum err put(struct rostering *r, struct turn *turn, const char *how, struct error *err)
{
	const struct staff *staff;
	enum err code = near_staff(r->state, act_text(r->act, "who"), &staff, err);
	struct uuid present = staff_uuid(turn->staff);

	if (code != ERR_OK)
		return code;
	if (uuid_eq(&present, &staff->head.id))
		return no_change(r);
	keep_was(turn);
	turn_take(r, turn, staff, how, act_text(r->act, "reason"));
	turn_changed(r, turn_day(r->rules, turn));
	return judge_one(r, turn, err);
}

enum err roster_cover(struct rostering *r, struct error *err)
{
	struct turn *turn;
	enum err code = find_turn(r, &turn, err);

	return code != ERR_OK ? code : put(r, turn, "cover", err);
}

/* At once: for a shift that runs, or begins soon.  Who approves is not asked once more. */
enum err roster_takeover(struct rostering *r, struct error *err)
{
	struct turn *turn;
	enum err code = find_turn(r, &turn, err);

	if (code != ERR_OK)
		return code;
	if (turn->ends <= r->eff)
		return error_set(err, ERR_REFUSED, _("%s is over: who stood there is corrected"),
				 turn_words(r, turn));
	if (turn->starts > r->eff + TAKEOVER_AHEAD_MS)
		return error_set(err, ERR_REFUSED,
				 _("%s begins in more than twelve hours: have it covered or "
				   "swapped"),
				 turn_words(r, turn));
	code = put(r, turn, "takeover", err);
	if (code == ERR_OK && !r->again && roster_approves(r->rules, r->plan, r->act, r->org)) {
		turn->ok_at = r->eff;
		turn->ok_by = r->act->actor.officer;
	}
	return code;
}

enum err roster_allow(struct rostering *r, struct error *err)
{
	struct turn *turn;
	enum err code = find_turn(r, &turn, err);

	if (code != ERR_OK)
		return code;
	if (!str_eq(turn->how, "takeover"))
		return error_set(err, ERR_REFUSED, _("%s: nobody took it over"),
				 turn_words(r, turn));
	if (turn->ok_at != 0) {
		r->again = true;
		r->note = arena_printf(r->arena, _("approved already by %s, %s"),
				       turn->ok_by != NULL ? turn->ok_by : "-",
				       when_words(r->rules, turn->ok_at, r->arena));
		return ERR_OK;
	}
	turn->ok_at = r->eff;
	turn->ok_by = r->act->actor.officer;
	return ERR_OK;
}

/* --- another time ---------------------------------------------------------------------------- */

static enum err check_day(const struct rostering *r, int32_t day, struct error *err)
{
	int32_t first, end;

	if (month_days(r->month, &first, &end) && day >= first && day < end)
		return ERR_OK;
	return error_set(err, ERR_REFUSED,
			 _("a duty is moved within its month; in another one somebody is set"));
}

/* Where it goes; what is not said stays as it is. */
static enum err find_place(const struct rostering *r, const struct turn *turn,
			   struct need *ret_need, struct error *err)
{
	const char *words = act_text(r->act, "shift");
	struct value day = act_value(r->act, "day", 0), seat = act_value(r->act, "seat_no", 0);
	struct need need = turn_need(r->rules, r->plan, turn);
	struct duty_span span;

	need.day = civil_day_of_ms(day.num, r->rules->offset_min);
	need.seat = value_is_set(seat) ? (int)seat.num : need.seat;
	for (size_t i = 0; words != NULL && i < r->plan->n_shifts; i++)
		if (str_eq(r->plan->shifts[i].code, words) ||
		    str_eq(r->plan->shifts[i].label, words))
			need.shift = &r->plan->shifts[i];
	if (need.shift == NULL || need.post == NULL ||
	    (words != NULL && !str_eq(need.shift->code, words) &&
	     !str_eq(need.shift->label, words)))
		return error_set(err, ERR_INPUT, _("the roster %s has no shift %s"), r->plan->label,
				 words != NULL ? words : turn->shift);
	if (!plan_has_seat(need.shift, need.post, need.seat))
		return error_set(err, ERR_INPUT, _("%s has no seat %d in that shift"),
				 need.post->label, need.seat);
	span = shift_span(r->rules, need.shift, need.day);
	need.starts = span.starts;
	need.ends = span.ends;
	*ret_need = need;
	return check_day(r, need.day, err);
}

static enum err check_free(const struct rostering *r, const struct turn *moved,
			   const struct need *need, struct error *err)
{
	const struct turn *there = roster_turn_at(r->rules, r->after, need->day, need->shift->code,
						  need->post->code, need->seat);

	if (there == NULL || there == moved)
		return ERR_OK;
	return error_set(err, ERR_REFUSED, _("%s: %s stands there already, set by %s, %s"),
			 seat_words(r->rules, r->plan, need, r->arena),
			 there->name != NULL ? there->name : "-",
			 there->set_by != NULL ? there->set_by : "-",
			 when_words(r->rules, there->set_at, r->arena));
}

/* It keeps its id, so that a swap of it goes with it. */
enum err roster_move(struct rostering *r, struct error *err)
{
	struct turn *turn;
	struct need need;
	enum err code = find_turn(r, &turn, err);

	if (code == ERR_OK)
		code = find_place(r, turn, &need, err);
	if (code == ERR_OK)
		code = check_free(r, turn, &need, err);
	if (code != ERR_OK)
		return code;
	if (turn->starts == need.starts && str_eq(turn->shift, need.shift->code) &&
	    turn->seat == need.seat)
		return no_change(r);
	turn_changed(r, turn_day(r->rules, turn));
	if (week_of_day(need.day) != week_of_day(turn_day(r->rules, turn)))
		turn_changed(r, need.day);
	turn->starts = need.starts;
	turn->ends = need.ends;
	turn->shift = need.shift->code;
	turn->seat = need.seat;
	turn->how = "moved";
	turn->why = act_text(r->act, "reason");
	turn->despite = NULL;
	turn->set_at = r->eff;
	turn->set_by = r->act->actor.officer;
	return judge_one(r, turn, err);
}

enum err roster_fix_seat(struct rostering *r, struct error *err)
{
	bool fixed = act_value(r->act, "off", 0).num == 0;
	struct turn *turn;
	enum err code = find_turn(r, &turn, err);

	if (code != ERR_OK)
		return code;
	if ((turn->locked != 0) == fixed)
		return no_change(r);
	turn->locked = fixed;
	return ERR_OK;
}

/* --- what a swap leads to -------------------------------------------------------------------- */

/* The rules were looked at when it was approved. */
enum err roster_exchange(struct rostering *r, struct error *err)
{
	struct uuid id = staff_uuid(act_text(r->act, "swap_id"));
	const struct swap *swap = state_near(r->state, KIND_SWAP, &id);
	const struct staff *staff;
	struct turn *turn;
	const char *why;
	enum err code = find_turn(r, &turn, err);

	if (code == ERR_OK)
		code = near_staff(r->state, act_text(r->act, "who"), &staff, err);
	if (code != ERR_OK)
		return code;
	why = swap == NULL	     ? NULL
	      : swap->number == NULL ? swap->reason
				     : arena_printf(r->arena, "%s %s", swap->number,
						    swap->reason != NULL ? swap->reason : "");
	keep_was(turn);
	turn_take(r, turn, staff, "swap", why);
	turn_changed(r, turn_day(r->rules, turn));
	return ERR_OK;
}
