/* What people do with their duties: weeks filed or chased, duties covered and taken over, swaps in every
 * state, somebody who falls ill. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/roster_check.h"

enum { WEEK_DAYS = 7, SWAPS = 9, TURNS_MOST = 40 };

static const struct rota *centre_of(const struct book *book)
{
	for (size_t i = 0; i < book->n_rotas; i++)
		if (str_eq(book->rotas[i].org, book->demo->rules->centre))
			return &book->rotas[i];
	return NULL;
}

/* An officer of that name, where he is one; else the chief, who writes it down for him. */
static struct actor as_person(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->people->n; i++)
		if (str_eq(book->people->items[i].name, name))
			return (struct actor){ name, book->people->items[i].org,
					       book->people->items[i].role };
	return book_chief(book);
}

static const char *id_words(const struct book *book, const struct uuid *id)
{
	char text[40];

	uuid_words(id, text);
	return arena_strdup(book->arena, text);
}

/* --- who could stand a duty ------------------------------------------------------------------- */

static bool need_of(const struct book *book, const struct rota *rota, const struct turn *turn,
		    struct need *ret_need)
{
	struct need needs[NEEDS_MOST];
	int32_t day = turn_day(book->demo->rules, turn);
	size_t n = roster_needs(book->demo->rules, rota->plan, day, NULL, needs);

	for (size_t i = 0; i < n; i++)
		if (str_eq(needs[i].shift->code, turn->shift) && needs[i].seat == turn->seat &&
		    str_eq(needs[i].post->code, turn->post)) {
			*ret_need = needs[i];
			return true;
		}
	return false;
}

static bool has_account(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->people->n; i++)
		if (str_eq(book->people->items[i].name, name))
			return true;
	return false;
}

/* Somebody whom no rule keeps from a duty: one with an account before others; skip: so many of them. */
static const struct staff *free_for(const struct book *book, const struct rota *rota,
				    const struct turn *turn, size_t skip)
{
	const struct roster *beside[ROTA_MONTHS];
	struct roster_view view = rota_view(book, rota, turn_day(book->demo->rules, turn), beside);
	struct arena scratch = ARENA_INIT;
	struct roster_books *books = roster_books_new(&view, &scratch);
	const struct staff *found = NULL;
	struct need need;

	for (int pass = 0; pass < 2 && need_of(book, rota, turn, &need); pass++)
		for (size_t i = 0; i < rota->n_staff; i++) {
			const struct staff *staff = rota->staff[i];

			if (has_account(book, staff->name) != (pass == 0) ||
			    str_eq(staff->name, turn->name) ||
			    roster_books_break(books, &need, staff, NULL) != 0)
				continue;
			found = staff;
			if (skip-- == 0)
				goto out;
		}
out:
	arena_release(&scratch);
	return found;
}

/* Duties of officers with an account on a post, that begin within [from, to). */
static size_t duties(const struct book *book, const struct rota *rota, const char *post, int64_t from,
		     int64_t to, const struct turn *turns[TURNS_MOST])
{
	int32_t first = civil_day_of_ms(from, book->demo->rules->offset_min);
	int32_t last = civil_day_of_ms(to, book->demo->rules->offset_min);
	const struct roster *before = NULL;
	size_t n = 0;

	for (int32_t day = first; day <= last; day++) {
		const struct roster *roster = rota_roster(book, rota, day);

		for (size_t i = 0; roster != NULL && roster != before && i < roster->turns.n; i++) {
			const struct turn *turn = roster_turn(roster, i);

			if (turn->starts >= from && turn->starts < to && str_eq(turn->post, post) &&
			    has_account(book, turn->name) && n < TURNS_MOST)
				turns[n++] = turn;
		}
		before = roster;
	}
	return n;
}

/* --- weeks ------------------------------------------------------------------------------------ */

static struct act week_act(struct book *book, const struct rota *rota, const char *verb, int32_t week,
			   const struct actor *actor, int64_t at)
{
	char month[ROSTER_MONTH];
	struct uuid id;
	struct act act;

	month_of_day(week, month);
	id = roster_id(rota->org, rota->plan->code, month);
	act = book_act(book, KIND_ROSTER, verb, &id, actor, at);
	book_text(book, &act, "org", rota->org);
	book_text(book, &act, "plan_code", rota->plan->code);
	book_text(book, &act, "month", arena_strdup(book->arena, month));
	book_num(book, &act, "week", civil_ms_of_day(week, book->demo->rules->offset_min));
	return act;
}

/* What runs over the end of the month is filed with the next one, once that is there. */
static bool may_file(const struct book *book, const struct rota *rota, int32_t week, int64_t at)
{
	char month[ROSTER_MONTH];
	int32_t first, end;

	month_of_day(week, month);
	(void)month_days(month, &first, &end);
	return rota_roster(book, rota, week) != NULL &&
	       (week + WEEK_DAYS <= end || at > rota_month_at(book, 2) + 4 * HOUR_MS);
}

static void file_week(struct book *book, const struct rota *rota, int32_t week)
{
	int64_t due = filing_due(book->demo->rules, rota->plan, week);
	bool late = rota->index % 9 == 4;
	int64_t at = late ? due + book_minutes(book, 30, 300) : due - book_minutes(book, 30, 1800);
	bool next = due > book->now - WEEK_DAYS * DAY_MS;
	struct act act;

	if (due == 0 || (next && rota->index % 6 == 1) || !may_file(book, rota, week, at) ||
	    roster_filing(book->demo->rules, rota_roster(book, rota, week), week) != NULL)
		return;
	act = week_act(book, rota, "file", week, &rota->actor, at);
	if (book_done(book, &act) || at >= book->now)
		return;
	book->tale->refused--; /* empty seats: with a reason */
	book_text(book, &act, "reason", book_pick(book, DEMO_GAPS));
	(void)book_done(book, &act);
}

/* Who has not filed by the day's end is chased, one of two. */
static void chase_week(struct book *book, const struct rota *rota, int32_t week)
{
	const struct roster *roster = rota_roster(book, rota, week);
	int64_t due = filing_due(book->demo->rules, rota->plan, week);
	int64_t at = due + book_minutes(book, 60, 120);
	struct actor chief = book_chief(book);
	struct act act;

	if (due == 0 || rota->index % 12 != 1 || at >= book->now || roster == NULL ||
	    roster_filing(book->demo->rules, roster, week) != NULL)
		return;
	act = week_act(book, rota, "chase", week, &chief, at);
	book_text(book, &act, "note", book_pick(book, DEMO_CHASES));
	(void)book_done(book, &act);
}

/* --- duties that change hands ----------------------------------------------------------------- */

static struct act turn_act(struct book *book, const struct rota *rota, const char *verb,
			   const struct turn *turn, const struct actor *actor, int64_t at)
{
	const struct roster *roster =
		rota_roster(book, rota, turn_day(book->demo->rules, turn));
	struct act act = book_act(book, KIND_ROSTER, verb, &roster->head.id, actor, at);

	book_text(book, &act, "turn_id", id_words(book, &turn->id));
	return act;
}

/* A street's duty of the coming days is covered after the week was filed: a change the centre sees. */
static void cover_one(struct book *book, const struct rota *rota)
{
	const struct turn *turns[TURNS_MOST];
	const char *post = rota_main(rota->plan)->code;
	size_t n = duties(book, rota, post, book->now + DAY_MS, book->now + 6 * DAY_MS, turns);
	const struct staff *other = n > 0 ? free_for(book, rota, turns[0], 0) : NULL;
	struct act act;

	if (other == NULL)
		return;
	act = turn_act(book, rota, "cover", turns[0], &rota->actor,
		       book->now - book_minutes(book, 120, 600));
	book_text(book, &act, "who", id_words(book, &other->head.id));
	book_text(book, &act, "reason", book_pick(book, DEMO_SWAPS));
	(void)book_done(book, &act);
}

/* Somebody does not come, or falls ill at the desk: another takes over at once, the chief approves it
 * later; what is of this shift he has not approved yet. */
static void take_over(struct book *book, const struct rota *rota, int64_t at, bool allowed)
{
	const struct duty_post *main_post = rota_main(rota->plan);
	struct actor chief = book_chief(book);
	const struct turn *turn = NULL, *sits = rota_on_duty(book, rota, main_post->code, at);
	const struct staff *other;
	struct actor actor;
	struct act act;

	for (size_t i = 0; i < rota->plan->n_posts && turn == NULL; i++) {
		const struct duty_post *post = &rota->plan->posts[i];

		if (post != main_post && !post->chief && !post->leader && !post->standby)
			turn = rota_on_duty(book, rota, post->code, at);
	}
	other = turn != NULL ? free_for(book, rota, turn, 0) : NULL;
	if (other == NULL)
		return;
	actor = as_person(book, sits != NULL ? sits->name : NULL);
	act = turn_act(book, rota, "takeover", turn, &actor, at);
	book_text(book, &act, "who", id_words(book, &other->head.id));
	book_text(book, &act, "reason", book_pick(book, DEMO_TAKEOVERS));
	if (!book_done(book, &act) || !allowed || str_eq(actor.officer, chief.officer))
		return;
	act = turn_act(book, rota, "allow", turn, &chief, at + book_minutes(book, 200, 700));
	(void)book_done(book, &act);
}

/* A leave that comes after the month was set stands against the duties in it. */
static void fall_ill(struct book *book, const struct rota *rota, const struct turn *turn)
{
	struct uuid id = staff_uuid(turn->staff);
	struct actor actor = book_chief(book);
	struct act act = book_act(book, KIND_STAFF, "timeoff", &id, &actor,
				  book->now - book_minutes(book, 400, 900));

	(void)rota;
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

static void swap_one(struct book *book, const struct rota *rota, const struct turn *turn,
		     const struct turn *other_turn, enum course course)
{
	const struct roster *roster =
		rota_roster(book, rota, turn_day(book->demo->rules, turn));
	const struct staff *other = free_for(book, rota, turn, (size_t)course % 2);
	int64_t at = book->now - 3 * DAY_MS + (int64_t)course * 5 * HOUR_MS;
	struct actor asks = as_person(book, turn->name), chief = book_chief(book), answers;
	struct uuid id = uuid_v7(&book->demo->env);
	struct act act = book_act(book, KIND_SWAP, "swap", &id, &asks, at);

	if (other == NULL)
		return;
	answers = as_person(book, other->name);
	book_text(book, &act, "roster_id", id_words(book, &roster->head.id));
	book_text(book, &act, "turn_id", id_words(book, &turn->id));
	if (course != ASKED && other_turn == NULL)
		book_text(book, &act, "who", id_words(book, &other->head.id));
	if (other_turn != NULL) {
		book_text(book, &act, "other_turn", id_words(book, &other_turn->id));
		answers = as_person(book, other_turn->name);
	}
	book_text(book, &act, "reason", book_pick(book, DEMO_SWAPS));
	if (!book_done(book, &act) || course == ASKED || course == PROPOSED || course == LAPSED)
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

/* One in each state, of duties of the coming weeks; the one that lapsed was of a duty that has begun. */
static void tell_swaps(struct book *book, const struct rota *rota)
{
	const struct turn *turns[TURNS_MOST], *soon[TURNS_MOST];
	const char *post = rota_main(rota->plan)->code;
	size_t n = duties(book, rota, post, book->now + 30 * HOUR_MS, book->now + 20 * DAY_MS, turns);
	size_t n_soon = duties(book, rota, post, book->now - DAY_MS, book->now - 6 * HOUR_MS, soon);
	struct turn kept[SWAPS];
	size_t k = 0;

	/* what is approved moves the children: copies of what was chosen */
	for (size_t i = 0; i < n && k < SWAPS; i += 2)
		kept[k++] = *turns[i];
	if (n_soon > 0 && k > LAPSED)
		kept[LAPSED] = *soon[0];
	for (size_t i = 0; i < k; i++)
		if ((enum course)i != LAPSED || n_soon > 0)
			swap_one(book, rota, &kept[i], NULL, (enum course)i);
	if (n > SWAPS)
		fall_ill(book, rota, &kept[0]);
}

void rota_lives(struct book *book)
{
	const struct rota *centre = centre_of(book);
	int32_t today = civil_day_of_ms(book->now, book->demo->rules->offset_min);
	int32_t week = week_of_day(today);
	size_t covers = 0;

	for (int back = 1; back >= -1; back--)
		for (size_t i = 0; i < book->n_rotas; i++) {
			file_week(book, &book->rotas[i], week - back * WEEK_DAYS);
			chase_week(book, &book->rotas[i], week - back * WEEK_DAYS);
		}
	if (centre != NULL) {
		take_over(book, centre, book->now - 3 * DAY_MS, true);
		tell_swaps(book, centre);
		take_over(book, centre, book->now - 100 * MINUTE_MS, false);
	}
	for (size_t i = 0; i < book->n_rotas && covers < 2; i++)
		if (book->rotas[i].plan->file != NULL && book->rotas[i].index == 2) {
			cover_one(book, &book->rotas[i]);
			covers++;
		}
}
