/* What organisations do with their rosters: weeks filed or chased, duties covered and taken over. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { WEEK_DAYS = 7 };

static const struct rota *centre_of(const struct book *book)
{
	for (size_t i = 0; i < book->n_rotas; i++)
		if (str_eq(book->rotas[i].org, book->demo->rules->centre))
			return &book->rotas[i];
	return NULL;
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

	book_text(book, &act, "turn_id", book_id(book, &turn->id));
	return act;
}

/* A street's duty of the coming days is covered after the week was filed: a change the centre sees. */
static void cover_one(struct book *book, const struct rota *rota)
{
	const struct turn *turns[TURNS_MOST];
	const char *post = rota_main(rota->plan)->code;
	size_t n = rota_duties(book, rota, post, book->now + DAY_MS, book->now + 6 * DAY_MS, turns);
	const struct staff *other = n > 0 ? rota_free_for(book, rota, turns[0], false) : NULL;
	struct act act;

	if (other == NULL)
		return;
	act = turn_act(book, rota, "cover", turns[0], &rota->actor,
		       book->now - book_minutes(book, 120, 600));
	book_text(book, &act, "who", book_id(book, &other->head.id));
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
	other = turn != NULL ? rota_free_for(book, rota, turn, false) : NULL;
	if (other == NULL)
		return;
	actor = book_person(book, sits != NULL ? sits->name : NULL);
	act = turn_act(book, rota, "takeover", turn, &actor, at);
	book_text(book, &act, "who", book_id(book, &other->head.id));
	book_text(book, &act, "reason", book_pick(book, DEMO_TAKEOVERS));
	if (!book_done(book, &act) || !allowed || str_eq(actor.officer, chief.officer))
		return;
	act = turn_act(book, rota, "allow", turn, &chief, at + book_minutes(book, 200, 700));
	(void)book_done(book, &act);
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
		rota_swaps(book, centre);
		take_over(book, centre, book->now - 100 * MINUTE_MS, false);
	}
	for (size_t i = 0; i < book->n_rotas && covers < 2; i++)
		if (book->rotas[i].plan->file != NULL && book->rotas[i].index == 2) {
			cover_one(book, &book->rotas[i]);
			covers++;
		}
}
