/* Seats of a month set by one act: each is judged against what stands there now, then the month as it
 * would be against the rules. */
#include <config.h>

#include <string.h>

#include "decide_roster.h"
#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum { CELLS_MOST = 4000 };

struct setting {
	struct rostering *r;
	struct uuid *changed; /* turns that somebody else stands in now */
	size_t n_changed, n_done; /* done: seats of which anything changed */
};

/* --- one seat -------------------------------------------------------------------------------- */

static enum err read_cell(const struct rostering *r, const char *words, struct cell *ret_cell,
			  struct error *err)
{
	int32_t first, end;
	struct cell cell;
	enum err code = cell_parse_any(r->plan, words, r->arena, &cell, err);

	if (code == ERR_OK && !uuid_is_nil(&cell.now)) /* only what is there can be filled */
		code = cell_parse(r->plan, words, &cell, err);
	if (code != ERR_OK)
		return code;
	if (!month_days(r->month, &first, &end) || cell.day < first || cell.day >= end)
		return error_set(err, ERR_INPUT, _("%.40s is no day of the month %s"), words,
				 r->month);
	if (!uuid_is_nil(&cell.now) &&
	    !plan_has_seat(plan_shift(r->plan, cell.shift), plan_post(r->plan, cell.post), cell.seat))
		return error_set(err, ERR_INPUT, _("%s has no seat %d in that shift"),
				 plan_post(r->plan, cell.post)->label, cell.seat);
	*ret_cell = cell;
	return ERR_OK;
}

static const char *cell_place(const struct rostering *r, const struct cell *cell)
{
	const struct need need = { .day = cell->day,
				   .shift = plan_shift(r->plan, cell->shift),
				   .post = plan_post(r->plan, cell->post) };

	return seat_words(r->rules, r->plan, &need, r->arena);
}

/* Somebody else was here since the author looked. */
static enum err another(const struct rostering *r, const struct cell *cell,
			const struct turn *there, struct error *err)
{
	if (there == NULL)
		return error_set(err, ERR_REFUSED, _("%s: nobody stands there any more"),
				 cell_place(r, cell));
	return error_set(err, ERR_REFUSED, _("%s: %s stands there already, set by %s, %s"),
			 cell_place(r, cell), there->name != NULL ? there->name : "-",
			 there->set_by != NULL ? there->set_by : "-",
			 when_words(r->rules, there->set_at, r->arena));
}

/* What has begun, or was filed, is changed so that it can be seen. */
static enum err check_past(const struct rostering *r, const struct cell *cell, int64_t starts,
			   struct error *err)
{
	if (starts >= r->eff || act_text(r->act, "reason") != NULL ||
	    act_text(r->act, "despite") != NULL)
		return ERR_OK;
	return error_set(err, ERR_REFUSED, _("%s has begun: it is corrected with a reason"),
			 cell_place(r, cell));
}

static const char *reason_of(const struct rostering *r)
{
	const char *reason = act_text(r->act, "reason");

	return reason != NULL ? reason : act_text(r->act, "despite");
}

static struct turn *new_turn(struct rostering *r, const struct cell *cell)
{
	struct str words = STR_INIT;
	char act[UUID_TEXT];
	struct duty_span span = shift_span(r->rules, plan_shift(r->plan, cell->shift), cell->day);
	struct uuid id;
	struct turn *turn;

	uuid_text(&r->act->id, act);
	str_addf(&words, "turn\n%s\n%u", act, r->n_turns);
	id = uuid_named(str_get(&words));
	str_release(&words);
	turn = children_add(&r->after->turns, child_desc(CHILD_TURN), &id, r->arena);
	turn->starts = span.starts;
	turn->ends = span.ends;
	turn->shift = cell->shift;
	turn->post = cell->post;
	turn->seat = cell->seat;
	return turn;
}

static enum err fill(struct setting *setting, const struct cell *cell, struct turn *turn,
		     struct error *err)
{
	struct rostering *r = setting->r;
	const char *how = value_is_set(act_value(r->act, "score", 0)) ? "built" : "hand";
	const struct filing *filing = roster_filing(r->rules, r->after, week_of_day(cell->day));
	const struct staff *staff;
	char id[40];
	enum err code;

	uuid_words(&cell->now, id);
	code = near_staff(r->state, id, &staff, err);
	if (code != ERR_OK)
		return code;
	if (turn == NULL) {
		turn = new_turn(r, cell);
	} else if (turn->starts < r->eff || (filing != NULL && filing->filed_at != 0)) {
		turn->was = turn->name;
		turn->was_staff = turn->staff;
	} else {
		turn->was = turn->was_staff = NULL;
	}
	turn_take(r, turn, staff, how, reason_of(r));
	turn->locked = cell->fixed;
	setting->changed[setting->n_changed++] = turn->id;
	return ERR_OK;
}

static enum err set_cell(struct setting *setting, const struct cell *cell, struct error *err)
{
	struct rostering *r = setting->r;
	const struct turn *seen = roster_turn_at(r->rules, r->after, cell->day, cell->shift,
						 cell->post, cell->seat);
	struct turn *turn = seen != NULL ? children_find(&r->after->turns, child_desc(CHILD_TURN),
							 &seen->id)
					 : NULL;
	struct uuid there = turn != NULL ? staff_uuid(turn->staff) : (struct uuid){ { 0 } };
	enum err code;

	if (uuid_eq(&there, &cell->now) && (turn == NULL || !uuid_is_nil(&there))) {
		if (turn != NULL && (turn->locked != 0) != cell->fixed) {
			turn->locked = cell->fixed;
			setting->n_done++;
		}
		return ERR_OK;
	}
	if (!uuid_eq(&there, &cell->was))
		return another(r, cell, turn, err);
	code = check_past(r, cell,
			  turn != NULL ? turn->starts
				       : shift_span(r->rules, plan_shift(r->plan, cell->shift),
						    cell->day).starts,
			  err);
	if (code != ERR_OK)
		return code;
	setting->n_done++;
	turn_changed(r, cell->day);
	if (!uuid_is_nil(&cell->now))
		return fill(setting, cell, turn, err);
	children_remove(&r->after->turns, child_desc(CHILD_TURN), &turn->id);
	return ERR_OK;
}

/* --- all of them ----------------------------------------------------------------------------- */

static enum err set_cells(struct setting *setting, struct error *err)
{
	struct rostering *r = setting->r;
	enum err code = ERR_OK;

	for (; code == ERR_OK && r->n_turns < CELLS_MOST; r->n_turns++) {
		struct value words = act_value(r->act, "cell", r->n_turns);
		struct cell cell;

		if (!value_is_set(words))
			return ERR_OK;
		code = read_cell(r, words.text, &cell, err);
		if (code == ERR_OK)
			code = set_cell(setting, &cell, err);
	}
	if (code == ERR_OK)
		code = error_set(err, ERR_INPUT, _("at most %d seats at once"), (int)CELLS_MOST);
	return code;
}

static enum err judge(struct setting *setting, struct error *err)
{
	struct rostering *r = setting->r;
	const struct roster_view view = rostering_view(r);
	const struct roster_books *books = roster_books_new(&view, r->arena);
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < setting->n_changed; i++) {
		struct turn *turn = children_find(&r->after->turns, child_desc(CHILD_TURN),
						  &setting->changed[i]);
		if (turn != NULL)
			code = turn_judge(r, books, turn, err);
	}
	return code;
}

/* --- opening balances ------------------------------------------------------------------------ */

static enum err bad_opening(struct error *err)
{
	return error_set(err, ERR_INPUT,
			 _("an opening balance is a person and five numbers: weekdays, weekends, "
			   "holidays, Spring Festival, nights"));
}

static enum err read_opening(struct rostering *r, const char *words, struct error *err)
{
	enum { NUMBERS = 5, DUTIES_MOST = 100000 };
	const char *id = arena_strndup(r->arena, words, strcspn(words, " "));
	const char *rest = words + strcspn(words, " ");
	int64_t numbers[NUMBERS];
	struct carried *carried;
	const struct staff *staff;
	struct uuid child;
	size_t n = 0;
	enum err code = near_staff(r->state, id, &staff, err);

	if (code != ERR_OK)
		return code;
	for (rest += strspn(rest, " "); *rest != '\0'; rest += strspn(rest, " ")) {
		size_t len = strcspn(rest, " ");
		long long number;

		if (n == NUMBERS ||
		    !str_int(arena_strndup(r->arena, rest, len), 0, DUTIES_MOST, &number))
			return bad_opening(err);
		numbers[n++] = number;
		rest += len;
	}
	if (n != NUMBERS)
		return bad_opening(err);
	child = uuid_child(&r->act->target.id, id, 0);
	carried = children_find(&r->after->opening, child_desc(CHILD_CARRIED), &child);
	if (carried == NULL)
		carried = children_add(&r->after->opening, child_desc(CHILD_CARRIED), &child,
				       r->arena);
	carried->staff = id;
	carried->name = staff->name;
	carried->weekday = numbers[0];
	carried->weekend = numbers[1];
	carried->holiday = numbers[2];
	carried->spring = numbers[3];
	carried->nights = numbers[4];
	return ERR_OK;
}

static enum err set_opening(struct setting *setting, struct error *err)
{
	enum err code = ERR_OK;
	size_t i = 0;

	for (; code == ERR_OK; i++) {
		struct value words = act_value(setting->r->act, "opening", i);

		if (!value_is_set(words))
			break;
		code = read_opening(setting->r, words.text, err);
	}
	setting->n_done += i;
	return code;
}

static void set_score(struct rostering *r)
{
	struct value score = act_value(r->act, "score", 0);

	if (!value_is_set(score))
		return;
	r->after->built_at = r->eff;
	r->after->score = score.num;
	r->after->bound = act_value(r->act, "bound", 0).num;
}

enum err roster_set(struct rostering *r, struct error *err)
{
	struct setting setting = { .r = r };
	enum err code;

	setting.changed = arena_array(r->arena, r->act->n_given + 1, sizeof *setting.changed);
	code = set_cells(&setting, err);
	if (code == ERR_OK)
		code = set_opening(&setting, err);
	if (code == ERR_OK)
		code = judge(&setting, err);
	if (code != ERR_OK)
		return code;
	if (setting.n_done == 0 && r->state->entity != NULL) {
		r->again = true;
		r->note = _("it stands so already");
		return ERR_OK;
	}
	r->after->set_at = r->eff;
	r->after->set_by = r->act->actor.officer;
	set_score(r);
	return ERR_OK;
}
