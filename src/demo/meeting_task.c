/* Items that are brought, their papers, and the tasks that come of them. */
#include <config.h>

#include "meeting_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

bool item_brought(struct affairs *a, struct item_plan *item, int64_t at, bool approved)
{
	const struct hard *h = item->about;
	const char *centre = a->book.demo->rules->centre;
	const struct item *now;
	struct act act;

	if (at <= h->at) /* it is not hard yet */
		return false;
	item->id = uuid_v7(&a->book.demo->env);
	act = affair_act(a, KIND_ITEM, "bring", &item->id, centre, at);
	book_text(&a->book, &act, "incident", book_id(&a->book, &h->id));
	book_text(&a->book, &act, "lead_org", h->units[0]);
	for (size_t i = 1; i < h->n_units; i++)
		book_text(&a->book, &act, "assist", h->units[i]);
	if (!book_done(&a->book, &act))
		return false;
	now = book_find(&a->book, KIND_ITEM, &item->id);
	if (!approved || item_state(now) == ITEM_APPROVED)
		return true;
	act = affair_by_role(a, KIND_ITEM, "approve", &item->id, "leader",
			     at + affair_minutes(a, 30, 240));
	return book_done(&a->book, &act);
}

void item_papers(struct affairs *a, const struct item_plan *item, int64_t at)
{
	const struct item *now = book_find(&a->book, KIND_ITEM, &item->id);
	const char *orgs[AGENDA_MOST];
	size_t n = 0;

	for (size_t i = 0; i < now->papers.n && n < ARRAY_LEN(orgs); i++)
		if (item_paper(now, i)->sent_at == 0)
			orgs[n++] = item_paper(now, i)->org;
	for (size_t i = 0; i < n; i++) {
		int64_t then = affair_by_day(a, at + affair_minutes(a, 60, 900));
		struct act act;

		if (demo_one_in(a->book.demo, 3))
			continue;
		act = affair_act(a, KIND_ITEM, "hand_in", &item->id, orgs[i], then);
		book_text(&a->book, &act, "words", affair_pick(a, DEMO_PAPERS));
		book_text(&a->book, &act, "share", orgs[i]);
		(void)affair_try(a, &act);
	}
}

/* --- tasks ------------------------------------------------------------------------------------ */

/* Of what, before what is to be done. */
static const char *task_title(struct affairs *a, const struct hard *h)
{
	static const char comma[] = "\xEF\xBC\x8C", colon[] = "\xEF\xBC\x9A"; /* full width */
	const char *end = strstr(h->title, comma);

	return arena_printf(a->book.arena, "%.*s%s%s",
			    (int)(end != NULL ? (size_t)(end - h->title) : strlen(h->title)),
			    h->title, colon, affair_pick(a, DEMO_TASKS));
}

enum fate { IN_TIME, LATE, REPLIED, OPEN, OVERDUE, UNSIGNED, FATES };

static bool task_step(struct affairs *a, const struct uuid *task, const char *verb, const char *org,
		      const char *arg, const char *words, int64_t at)
{
	struct act act = affair_act(a, KIND_ACTION, verb, task, org, at);

	if (arg != NULL)
		book_text(&a->book, &act, arg, words);
	return affair_try(a, &act);
}

/* Until when it is to be done, by what becomes of it. */
static int64_t fate_due(const struct affairs *a, enum fate fate, int64_t at)
{
	const struct {
		int64_t from;
		int days;
	} dues[FATES] = {
	    [IN_TIME] = {at, 9},  [LATE] = {at, 3},    [REPLIED] = {a->now, 2},
	    [OPEN] = {a->now, 6}, [OVERDUE] = {at, 2}, [UNSIGNED] = {a->now, 9},
	};
	int64_t due = dues[fate].from + dues[fate].days * DAY_MS;

	return affair_day_at(a, civil_day_of_ms(due, a->book.demo->rules->offset_min),
			     17 * 60 + 30);
}

static void live(struct affairs *a, const struct uuid *task, const char *lead, enum fate fate,
		 int64_t at)
{
	const char *centre = a->book.demo->rules->centre;
	int64_t then = affair_by_day(a, at + affair_minutes(a, 40, 300));

	if (fate == UNSIGNED)
		return;
	(void)task_step(a, task, "sign", lead, NULL, NULL, then);
	then = affair_by_day(a, then + affair_minutes(a, 400, 1500));
	(void)task_step(a, task, "progress", lead, "note", affair_pick(a, DEMO_PROGRESS), then);
	if (fate == OPEN || fate == OVERDUE)
		return;
	if (fate == LATE)
		then = affair_by_day(a, then > at + 4 * DAY_MS ? then + HOUR_MS : at + 4 * DAY_MS);
	else if (fate == REPLIED)
		then = then < a->now - 15 * HOUR_MS ? a->now - 15 * HOUR_MS : then + HOUR_MS;
	else
		then = affair_by_day(a, then + 40 * HOUR_MS);
	if (!task_step(a, task, "feedback", lead, "reply", affair_pick(a, DEMO_REPLIES), then) ||
	    fate == REPLIED)
		return;
	then = affair_by_day(a, then + affair_minutes(a, 100, 900));
	(void)task_step(a, task, "verify_ok", centre, NULL, NULL, then);
}

static enum fate fate_of(const struct sitting *s, size_t nth)
{
	static const enum fate old[] = {IN_TIME, LATE, IN_TIME, IN_TIME, OVERDUE};
	static const enum fate fresh[] = {OVERDUE, OPEN, REPLIED, OPEN, UNSIGNED};

	return s->nth >= 3 ? fresh[nth % ARRAY_LEN(fresh)] : old[nth % ARRAY_LEN(old)];
}

void item_tasks(struct affairs *a, const struct sitting *s, const struct item_plan *item,
		int64_t at)
{
	const struct hard *h = item->about;
	size_t n = 1 + demo_below(a->book.demo, 2), nth = (size_t)(h - a->hard) + s->nth;
	int64_t given = at + MINUTE_MS;

	for (size_t i = 0; i < n; i++) {
		const char *lead = h->units[i % h->n_units];
		enum fate fate = fate_of(s, nth + 2 * i);
		struct uuid id = uuid_v7(&a->book.demo->env);
		struct act act =
		    affair_act(a, KIND_ACTION, "task", &id, a->book.demo->rules->centre,
			       given + (int64_t)i * MINUTE_MS / 2);

		book_text(&a->book, &act, "item_id", book_id(&a->book, &item->id));
		book_text(&a->book, &act, "meeting_id", book_id(&a->book, &s->id));
		book_text(&a->book, &act, "title", task_title(a, h));
		book_text(&a->book, &act, "lead_org", lead);
		if (h->n_units > 1)
			book_text(&a->book, &act, "assist", h->units[(i + 1) % h->n_units]);
		book_num(&a->book, &act, "handle_by", fate_due(a, fate, given));
		if (book_done(&a->book, &act))
			live(a, &id, lead, fate, given);
	}
}
