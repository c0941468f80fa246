/* Swaps in every state, and somebody who falls ill after the month was set. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/domain/roster_check.h"

enum { SWAPS = 9 };

/* A leave that comes after the month was set stands against the duties in it. */
static void fall_ill(struct book *book, const struct turn *turn)
{
	struct uuid id = staff_uuid(turn->staff);
	struct actor actor = book_chief(book);
	struct act act = book_act(book, KIND_STAFF, "timeoff", &id, &actor,
				  book->now - book_minutes(book, 400, 900));

	book_num(book, &act, "from_at", turn->starts - 8 * HOUR_MS);
	book_num(book, &act, "to_at", turn->ends + 2 * DAY_MS);
	book_text(book, &act, "reason", book_pick(book, DEMO_OFF));
	(void)book_done(book, &act);
}

/* --- swaps ------------------------------------------------------------------------------------ */

enum course { /* what becomes of one */
	ASKED,
	PROPOSED,
	ACCEPTED,
	APPROVED,
	DECLINED,
	REFUSED,
	WITHDRAWN,
	LAPSED,
	EXCHANGED, /* approved, with a duty in return */
};

static struct act swap_step(struct book *book, const struct uuid *id, const char *verb,
			    const struct actor *actor, int64_t *at, const char *why)
{
	struct act act;

	*at += book_minutes(book, 20, 240);
	act = book_act(book, KIND_SWAP, verb, id, actor, *at);
	book_text(book, &act, act_arg_field(act.desc, "reason") != NULL ? "reason" : "note", why);
	return act;
}

/* A duty of somebody else that its owner and who asks could exchange; NULL: there is none. */
static const struct turn *in_return(const struct book *book, const struct rota *rota,
				    const struct turn *turn)
{
	const struct turn *turns[TURNS_MOST];
	const struct roster *beside[ROTA_MONTHS];
	struct roster_view view = rota_view(book, rota, turn_day(book->demo->rules, turn), beside);
	struct uuid id = staff_uuid(turn->staff);
	const struct staff *asks = roster_staff(&view, &id);
	size_t n = rota_duties(book, rota, turn->post, turn->ends + DAY_MS, turn->ends + 9 * DAY_MS,
			       turns);

	for (size_t i = 0; i < n && asks != NULL; i++) {
		struct uuid other_id = staff_uuid(turns[i]->staff);
		const struct staff *other = roster_staff(&view, &other_id);
		struct need his, mine;

		if (other != NULL && other != asks && rota_need_of(book, rota, turns[i], &his) &&
		    rota_need_of(book, rota, turn, &mine) &&
		    roster_would_break(&view, &his, asks, turn) == 0 &&
		    roster_would_break(&view, &mine, other, turns[i]) == 0)
			return turns[i];
	}
	return NULL;
}

static bool ask_for(struct book *book, const struct rota *rota, const struct turn *turn,
		    enum course course, const struct uuid *id, int64_t at, struct actor *ret_answers)
{
	const struct roster *roster =
		rota_roster(book, rota, turn_day(book->demo->rules, turn));
	const struct turn *back = course == EXCHANGED ? in_return(book, rota, turn) : NULL;
	const struct staff *other = rota_free_for(book, rota, turn, course == PROPOSED);
	struct actor asks = book_person(book, turn->name);
	struct act act = book_act(book, KIND_SWAP, "swap", id, &asks, at);

	if (other == NULL && back == NULL)
		return false;
	*ret_answers = book_person(book, back != NULL ? back->name : other->name);
	book_text(book, &act, "roster_id", book_id(book, &roster->head.id));
	book_text(book, &act, "turn_id", book_id(book, &turn->id));
	if (back != NULL) {
		roster = rota_roster(book, rota, turn_day(book->demo->rules, back));
		book_text(book, &act, "other_roster", book_id(book, &roster->head.id));
		book_text(book, &act, "other_turn", book_id(book, &back->id));
	} else if (course != ASKED) {
		book_text(book, &act, "who", book_id(book, &other->head.id));
	}
	book_text(book, &act, "reason", book_pick(book, DEMO_SWAPS));
	return book_done(book, &act);
}

static void swap_one(struct book *book, const struct rota *rota, const struct turn *turn,
		     enum course course)
{
	int64_t at = book->now - 3 * DAY_MS + (int64_t)course * 5 * HOUR_MS + book_minutes(book, 0, 50);
	struct actor asks = book_person(book, turn->name), chief = book_chief(book), answers;
	struct uuid id = uuid_v7(&book->demo->env);
	struct act act;

	if (!ask_for(book, rota, turn, course, &id, at, &answers) || course == ASKED ||
	    course == PROPOSED || course == LAPSED)
		return;
	if (course == WITHDRAWN || course == DECLINED) {
		act = course == DECLINED
			      ? swap_step(book, &id, "decline", &answers, &at,
					  book_pick(book, DEMO_REFUSALS))
			      : swap_step(book, &id, "withdraw", &asks, &at,
					  book_pick(book, DEMO_WITHDRAWALS));
		(void)book_done(book, &act);
		return;
	}
	act = swap_step(book, &id, "accept", &answers, &at, NULL);
	if (!book_done(book, &act) || course == ACCEPTED)
		return;
	act = course == REFUSED ? swap_step(book, &id, "disapprove", &chief, &at,
					    book_pick(book, DEMO_REFUSALS))
				: swap_step(book, &id, "approve", &chief, &at, NULL);
	(void)book_done(book, &act);
}

/* One in each state, of duties of the coming weeks; what lapsed was of a duty that has begun. */
void rota_swaps(struct book *book, const struct rota *rota)
{
	const struct turn *turns[TURNS_MOST], *soon[TURNS_MOST];
	const char *post = rota_main(rota->plan)->code;
	int64_t now = book->now;
	size_t n = rota_duties(book, rota, post, now + 30 * HOUR_MS, now + 20 * DAY_MS, turns);
	size_t n_soon = rota_duties(book, rota, post, now - DAY_MS, now - 6 * HOUR_MS, soon);
	struct turn kept[SWAPS];
	size_t k = 0;

	/* what is approved moves the children: copies of what was chosen */
	for (size_t i = 0; i < n && k < SWAPS; i += 2)
		kept[k++] = *turns[i];
	if (n_soon > 0 && k > LAPSED)
		kept[LAPSED] = *soon[0];
	for (size_t i = 0; i < k; i++)
		if ((enum course)i != LAPSED || n_soon > 0)
			swap_one(book, rota, &kept[i], (enum course)i);
	if (n > SWAPS)
		fall_ill(book, &kept[0]);
}
