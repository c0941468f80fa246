/* Handovers of the centre, chained over its last shifts: what was to be read, ticks, remarks, who
 * signed. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"

enum { SHIFTS_TOLD = 20 };

struct shift_at { /* a shift that has begun */
	const struct duty_shift *shift;
	int64_t starts, ends;
};

/* The last ones that ended before now, the earliest first. */
static size_t past_shifts(const struct book *book, const struct rota *rota,
			  struct shift_at shifts[SHIFTS_TOLD])
{
	const struct rules *rules = book->demo->rules;
	int32_t today = civil_day_of_ms(book->now, rules->offset_min);
	struct need needs[NEEDS_MOST];
	size_t n = 0;

	for (int32_t day = today; day > today - SHIFTS_TOLD && n < SHIFTS_TOLD; day--) {
		size_t count = roster_needs(rules, rota->plan, day, NULL, needs);

		for (size_t i = count; i-- > 0 && n < SHIFTS_TOLD;) {
			bool met = n > 0 && shifts[n - 1].starts <= needs[i].starts;

			if (!met && needs[i].ends <= book->now)
				shifts[n++] = (struct shift_at){ needs[i].shift, needs[i].starts,
								 needs[i].ends };
		}
	}
	for (size_t i = 0; i < n / 2; i++) {
		struct shift_at swap = shifts[i];

		shifts[i] = shifts[n - 1 - i];
		shifts[n - 1 - i] = swap;
	}
	return n;
}

static struct actor sits(const struct book *book, const struct rota *rota, int64_t at)
{
	const struct turn *turn = rota_on_duty(book, rota, rota_main(rota->plan)->code, at);

	if (turn == NULL)
		return book_chief(book);
	return (struct actor){ turn->name, rota->org, "duty" };
}

/* Who stands a day and the night behind it hands over to another of that shift. */
static struct actor comes(const struct book *book, const struct rota *rota, int64_t at,
			  const char *goes)
{
	struct actor in = sits(book, rota, at);

	for (size_t i = 0; i < rota->plan->n_posts && str_eq(in.officer, goes); i++) {
		const struct duty_post *post = &rota->plan->posts[i];
		const struct turn *turn =
			post->leader || post->phone ? NULL
						    : rota_on_duty(book, rota, post->code, at);

		if (turn != NULL)
			in.officer = turn->name;
	}
	return in;
}

/* --- one handover ----------------------------------------------------------------------------- */

static bool tick_all(struct book *book, const struct uuid *id, const struct actor *actor, int64_t at)
{
	const struct handover *handover = book_find(book, KIND_HANDOVER, id);
	struct act act = book_act(book, KIND_HANDOVER, "tick", id, actor, at);
	char text[UUID_TEXT];

	for (size_t i = 0; i < handover->items.n; i++) {
		uuid_text(&handover_item(handover, i)->id, text);
		book_text(book, &act, "tick", arena_strdup(book->arena, text));
	}
	return handover->items.n == 0 || book_done(book, &act);
}

static void remark_one(struct book *book, const struct uuid *id, const struct actor *actor, int64_t at)
{
	const struct handover *handover = book_find(book, KIND_HANDOVER, id);
	struct act act = book_act(book, KIND_HANDOVER, "remark", id, actor, at);
	char text[UUID_TEXT];

	if (handover->items.n == 0 || demo_one_in(book->demo, 5))
		return;
	uuid_text(&handover_item(handover, demo_below(book->demo, handover->items.n))->id, text);
	book_text(book, &act, "tick", arena_strdup(book->arena, text));
	book_text(book, &act, "remark", book_pick(book, DEMO_REMARKS));
	(void)book_done(book, &act);
}

static void look_at_gear(struct book *book, const struct rota *rota, const struct uuid *id,
			 const struct actor *actor, int64_t at)
{
	struct act act = book_act(book, KIND_HANDOVER, "equip", id, actor, at);
	bool fault = demo_one_in(book->demo, 6);

	if (rota->plan->equipment == NULL)
		return;
	for (size_t i = 0; rota->plan->equipment[i] != NULL; i++)
		book_text(book, &act, "gear",
			  arena_printf(book->arena, "%s=%s%s%s", rota->plan->equipment[i],
				       fault && i == 1 ? "faulty" : "good",
				       fault && i == 1 ? ":" : "",
				       fault && i == 1 ? book_pick(book, DEMO_FAULTS) : ""));
	(void)book_done(book, &act);
}

/* The chief, or the leader when the chief himself sat there. */
static void sign_third(struct book *book, const struct uuid *id, int64_t at)
{
	const struct handover *handover = book_find(book, KIND_HANDOVER, id);
	struct actor third = book_chief(book);
	struct act act;

	if (str_eq(third.officer, handover->out_by) || str_eq(third.officer, handover->in_by))
		third = book_boss(book);
	act = book_act(book, KIND_HANDOVER, "witness", id, &third, at);

	(void)book_done(book, &act);
}

/* A handover begun behind the one before; *id becomes it. */
static bool prepare(struct book *book, const struct rota *rota, const struct shift_at *shift,
		    const struct actor *out, int64_t at, bool half, struct uuid *id)
{
	struct uuid before = *id, next = handover_id(rota->org, rota->plan->code, &before);
	struct act act = book_act(book, KIND_HANDOVER, "hand_over", &next, out, at);

	book_text(book, &act, "org", rota->org);
	book_text(book, &act, "plan_code", rota->plan->code);
	if (!uuid_is_nil(&before))
		book_text(book, &act, "before", book_id(book, &before));
	if (half)
		book_num(book, &act, "half", 1);
	book_text(book, &act, "shift", shift->shift->code);
	book_num(book, &act, "starts", shift->starts);
	book_num(book, &act, "ends", shift->ends);
	rota_lists(book, &act, shift->starts);
	if (!book_done(book, &act))
		return false;
	*id = next;
	return true;
}

/* In the middle of a night: who comes reads, and one signature is enough.  *sits is who sits there
 * from then on. */
static bool relieve(struct book *book, const struct rota *rota, const struct shift_at *shift,
		    int64_t at, struct actor *sits, struct uuid *id)
{
	const struct duty_post *second = rota_post_rung(rota->plan, 2);
	const struct turn *turn =
		second != NULL ? rota_on_duty(book, rota, second->code, at) : NULL;
	struct actor in;
	struct act act;

	if (turn == NULL || str_eq(turn->name, sits->officer))
		return true;
	in = (struct actor){ turn->name, rota->org, "duty" };
	if (!prepare(book, rota, shift, sits, at - book_minutes(book, 6, 12), true, id))
		return false;
	(void)tick_all(book, id, &in, at - 3 * MINUTE_MS);
	act = book_act(book, KIND_HANDOVER, "take", id, &in, at);
	*sits = in;
	return book_done(book, &act);
}

/* From one shift to the next; *id becomes the one behind it. */
static bool hand_over(struct book *book, const struct rota *rota, const struct shift_at *shift,
		      struct actor out, bool witnessed, struct uuid *id)
{
	struct actor in = comes(book, rota, shift->ends + 2 * HOUR_MS, out.officer);
	int64_t at = shift->ends - book_minutes(book, 20, 30);
	struct act act;

	if (!prepare(book, rota, shift, &out, at, false, id))
		return false;
	look_at_gear(book, rota, id, &out, at + book_minutes(book, 2, 6));
	act = book_act(book, KIND_HANDOVER, "give", id, &out, at + book_minutes(book, 10, 18));
	book_text(book, &act, "words", book_pick(book, DEMO_HANDOVERS));
	if (!book_done(book, &act))
		return false;
	at += 19 * MINUTE_MS;
	(void)tick_all(book, id, &in, at);
	remark_one(book, id, &in, at + 2 * MINUTE_MS);
	act = book_act(book, KIND_HANDOVER, "take", id, &in, at + 5 * MINUTE_MS);
	if (!book_done(book, &act))
		return false;
	if (witnessed)
		sign_third(book, id, at + book_minutes(book, 30, 300));
	return true;
}

/* When half of a night is over; 0: the plan does not halve it, or it is none. */
static int64_t half_of(const struct book *book, const struct rota *rota,
		       const struct shift_at *shift)
{
	int offset = book->demo->rules->offset_min;
	int64_t at = civil_ms_of_day(civil_day_of_ms(shift->ends, offset), offset) +
		     rota->plan->half_at * MINUTE_MS;

	return shift->shift->night && rota->plan->half_at >= 0 && at > shift->starts &&
			       at < shift->ends
		       ? at
		       : 0;
}

/* One desk, shift by shift; in the last whole night and in one before it they relieved each other. */
static void tell_desk(struct book *book, const struct rota *rota)
{
	struct shift_at shifts[SHIFTS_TOLD];
	struct uuid id = { { 0 } };
	size_t n = past_shifts(book, rota, shifts);
	bool on = true;

	for (size_t i = 0; i < n && on; i++) {
		struct actor out = sits(book, rota, shifts[i].ends - 2 * HOUR_MS);
		int64_t half = half_of(book, rota, &shifts[i]);

		if (half != 0 && (i + 3 > n || i == n / 2)) {
			out = sits(book, rota, shifts[i].starts + HOUR_MS);
			on = relieve(book, rota, &shifts[i], half, &out, &id);
		}
		on = on && hand_over(book, rota, &shifts[i], out, i + 2 < n, &id);
	}
}

void rota_handovers(struct book *book)
{
	for (size_t i = 0; i < book->n_rotas; i++)
		if (str_eq(book->rotas[i].org, book->demo->rules->centre)) {
			tell_desk(book, &book->rotas[i]);
			return;
		}
}
