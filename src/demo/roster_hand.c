/* Handovers of the centre, chained over its last shifts: what was to be read, ticks, remarks, who
 * signed. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"

enum { SHIFTS_TOLD = 20, ITEMS_MOST = 8, TALLY_MOST = 60 };

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

/* --- what is to be read ----------------------------------------------------------------------- */

static void give_item(struct book *book, struct act *act, enum handed_sort sort, const char *kind,
		      const struct uuid *about, const char *title)
{
	char id[UUID_TEXT];
	struct handed item = { .sort = handed_sort_code(sort), .kind = kind, .title = title };

	uuid_text(about, id);
	item.about = id;
	book_text(book, act, "item", handed_words(&item, book->arena));
}

/* Cases that came in this shift, and calls and papers that were open in it. */
static void give_items(struct book *book, struct act *act, const struct shift_at *shift)
{
	static const enum handed_sort sorts[] = { HANDED_ALARM, HANDED_OVERDUE, HANDED_CHANGED,
						  HANDED_CHANGED };
	const struct demo_cases *cases = book->cases;
	size_t n = 0;

	for (size_t i = cases->n; i-- > 0 && n < ARRAY_LEN(sorts);)
		if (cases->items[i].at < shift->ends && cases->items[i].at >= shift->starts) {
			give_item(book, act, sorts[n], "incident", &cases->items[i].id,
				  cases->items[i].title);
			n++;
		}
	for (size_t i = book->n; i-- > 0 && n < ITEMS_MOST;) {
		const struct act *told;

		if (book->things[i].kind != KIND_RECORD)
			continue;
		told = NULL;
		for (size_t k = 0; k < book->tale->n && told == NULL; k++)
			if (uuid_eq(&book->tale->items[k].act.target.id, &book->things[i].id))
				told = &book->tale->items[k].act;
		if (told == NULL || told->at >= shift->ends || told->at < shift->starts)
			continue;
		give_item(book, act, HANDED_PAPER, "record", &book->things[i].id,
			  act_text(told, "title"));
		n++;
	}
}

static void give_tallies(struct book *book, struct act *act)
{
	static const char *const lists[] = { "incidents", "incidents", "incidents", "dutylog" };
	const struct demo_list *labels = &book->demo->words->duty[DEMO_TALLIES];

	for (size_t i = 0; i < labels->n && i < ARRAY_LEN(lists); i++) {
		struct tallied tally = { .code = arena_printf(book->arena, "n%zu", i),
					 .label = labels->items[i],
					 .list = lists[i],
					 .n = 3 + (int64_t)demo_below(book->demo, TALLY_MOST) };

		book_text(book, act, "tally", tallied_words(&tally, book->arena));
	}
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

	if (handover->items.n == 0 || demo_one_in(book->demo, 3))
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

/* From one shift to the next; ret_id is the one behind it. */
static bool hand_over(struct book *book, const struct rota *rota, const struct shift_at *shift,
		      bool witnessed, struct uuid *id)
{
	struct actor out = sits(book, rota, shift->ends - 2 * HOUR_MS);
	struct actor in = sits(book, rota, shift->ends + 2 * HOUR_MS);
	struct uuid before = *id, next = handover_id(rota->org, rota->plan->code, &before);
	int64_t at = shift->ends - book_minutes(book, 20, 30);
	struct act act = book_act(book, KIND_HANDOVER, "hand_over", &next, &out, at);
	char text[UUID_TEXT];

	book_text(book, &act, "org", rota->org);
	book_text(book, &act, "plan_code", rota->plan->code);
	if (!uuid_is_nil(&before)) {
		uuid_text(&before, text);
		book_text(book, &act, "before", arena_strdup(book->arena, text));
	}
	book_text(book, &act, "shift", shift->shift->code);
	book_num(book, &act, "starts", shift->starts);
	book_num(book, &act, "ends", shift->ends);
	give_items(book, &act, shift);
	give_tallies(book, &act);
	if (!book_done(book, &act))
		return false;
	look_at_gear(book, rota, &next, &out, at + book_minutes(book, 2, 6));
	act = book_act(book, KIND_HANDOVER, "give", &next, &out, at + book_minutes(book, 10, 18));
	book_text(book, &act, "words", book_pick(book, DEMO_HANDOVERS));
	if (!book_done(book, &act))
		return false;
	at += 19 * MINUTE_MS;
	(void)tick_all(book, &next, &in, at);
	remark_one(book, &next, &in, at + 2 * MINUTE_MS);
	act = book_act(book, KIND_HANDOVER, "take", &next, &in, at + 5 * MINUTE_MS);
	if (!book_done(book, &act))
		return false;
	if (witnessed)
		sign_third(book, &next, at + book_minutes(book, 30, 300));
	*id = next;
	return true;
}

void rota_handovers(struct book *book)
{
	struct shift_at shifts[SHIFTS_TOLD];
	struct uuid id = { { 0 } };
	const struct rota *rota = NULL;
	size_t n;

	for (size_t i = 0; i < book->n_rotas; i++)
		if (str_eq(book->rotas[i].org, book->demo->rules->centre))
			rota = &book->rotas[i];
	if (rota == NULL)
		return;
	n = past_shifts(book, rota, shifts);
	for (size_t i = 0; i < n; i++)
		if (!hand_over(book, rota, &shifts[i], i + 2 < n, &id))
			break;
}
