/* Who could take a duty, and what he could give for it. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/domain/ledger.h"
#include "zhiban/domain/swap.h"

enum { BY_WEIGHT = 100, BY_DAY = 4, MOST_DAYS = 60, ONLY_TAKES = 400 };

struct match {
	const struct roster_view *view;
	const struct turn *turn; /* given away */
	struct need need;
	const struct staff *asker; /* NULL: in no list */
	int64_t now;
	struct ledger_row *ledger;
	size_t n_ledger;
	int fair; /* weight of everybody, on the average */
};

static bool need_of(const struct roster_view *view, const struct turn *turn, struct need *ret_need)
{
	const struct duty_shift *shift = turn->shift ? plan_shift(view->plan, turn->shift) : NULL;
	const struct duty_post *post = turn->post ? plan_post(view->plan, turn->post) : NULL;

	if (!shift || !post)
		return false;
	*ret_need = (struct need){ .day = turn_day(view->rules, turn), .shift = shift, .post = post,
				   .seat = (int)turn->seat, .starts = turn->starts,
				   .ends = turn->ends };
	return true;
}

static const struct staff *staff_of(const struct roster_view *view, const char *words)
{
	struct uuid id = words ? staff_uuid(words) : (struct uuid){ { 0 } };

	for (size_t i = 0; !uuid_is_nil(&id) && i < view->n_staff; i++)
		if (uuid_eq(&view->staff[i]->head.id, &id))
			return view->staff[i];
	return NULL;
}

static int ledger_weight(const struct match *match, const struct staff *staff)
{
	for (size_t i = 0; i < match->n_ledger; i++)
		if (match->ledger[i].staff == staff)
			return match->ledger[i].weight;
	return 0;
}

static int weight_of(const struct match *match, const struct need *need)
{
	return duty_weight(day_class_of(match->view->rules, need->day), need->shift->night,
			   need->post->standby);
}

static int apart(int64_t a, int64_t b)
{
	int64_t days = (a > b ? a - b : b - a) / DAY_MS;

	return days < MOST_DAYS ? (int)days : MOST_DAYS;
}

/* How far from the fair share he would be with so much more. */
static int unfair(const struct match *match, const struct staff *staff, int more)
{
	return abs(ledger_weight(match, staff) + more - match->fair);
}

static bool gives(const struct match *match, const struct staff *staff, const struct turn *turn,
		  int *ret_score)
{
	struct need need;
	int differs;

	if (turn->starts <= match->now || staff_of(match->view, turn->staff) != staff ||
	    !need_of(match->view, turn, &need) || !match->asker ||
	    roster_would_break(match->view, &match->need, staff, turn) ||
	    roster_would_break(match->view, &need, match->asker, match->turn))
		return false;
	differs = weight_of(match, &match->need) - weight_of(match, &need);
	*ret_score = (abs(differs) + unfair(match, staff, differs)) * BY_WEIGHT +
		     apart(turn->starts, match->turn->starts) * BY_DAY;
	return true;
}

/* What he could give that is nearest in weight and date; else whether he could only take. */
static bool best_of(const struct match *match, const struct staff *staff, struct partner *ret_partner)
{
	struct partner best = { .staff = staff, .weight = ledger_weight(match, staff) };
	bool found = false;
	int score;

	if (roster_would_break(match->view, &match->need, staff, NULL) == 0) {
		best.score = unfair(match, staff, weight_of(match, &match->need)) * BY_WEIGHT +
			     ONLY_TAKES;
		found = true;
	}
	for (size_t r = 0; r < match->view->n_rosters; r++) {
		for (size_t i = 0; i < match->view->rosters[r]->turns.n; i++) {
			const struct turn *turn = roster_turn(match->view->rosters[r], i);

			if (!gives(match, staff, turn, &score) || (found && score >= best.score))
				continue;
			best.gives = turn;
			best.score = score;
			found = true;
		}
	}
	if (found)
		*ret_partner = best;
	return found;
}

static int by_score(const void *a, const void *b)
{
	const struct partner *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight < y->weight ? -1 : 1;
	return uuid_cmp(&x->staff->head.id, &y->staff->head.id);
}

void swap_partners(const struct roster_view *view, const struct turn *turn, int64_t now,
		   struct arena *arena, struct partner **ret_partners, size_t *ret_n)
{
	struct match match = { .view = view, .turn = turn, .now = now,
			       .asker = staff_of(view, turn->staff) };
	struct partner *partners = arena_array(arena, view->n_staff + 1, sizeof *partners);
	size_t n = 0;
	int64_t all = 0;

	*ret_partners = partners;
	*ret_n = 0;
	if (!need_of(view, turn, &match.need))
		return;
	ledger_of(view->rules, view->plan, view->rosters, view->n_rosters, view->staff, view->n_staff,
		  arena, &match.ledger, &match.n_ledger);
	for (size_t i = 0; i < match.n_ledger; i++)
		all += match.ledger[i].weight;
	match.fair = match.n_ledger ? (int)(all / (int64_t)match.n_ledger) : 0;
	for (size_t i = 0; i < view->n_staff; i++)
		if (view->staff[i] != match.asker && view->staff[i]->active &&
		    best_of(&match, view->staff[i], &partners[n]))
			n++;
	qsort(partners, n, sizeof *partners, by_score);
	*ret_n = n;
}
