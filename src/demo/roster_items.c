/* What is to be read in a handover of the play: cases and papers as they stood then, with number and
 * words, and the counts. */
#include <config.h>

#include "roster_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"

enum { EACH_MOST = 3 };

/* "22-0417" of "20261122-0417": as it is said. */
static const char *short_number(const char *number)
{
	return number != NULL && strlen(number) > 9 ? number + 6 : number;
}

static const char *clock_words(const struct book *book, int64_t at)
{
	char when[CIVIL_TEXT];

	civil_format(at, book->demo->rules->offset_min, "m-d H:M", when, sizeof when);
	return arena_strdup(book->arena, when);
}

static void give_item(struct book *book, struct act *act, enum handed_sort sort,
		      const struct uuid *about, struct handed item)
{
	char id[UUID_TEXT];

	uuid_text(about, id);
	item.sort = handed_sort_code(sort);
	item.about = id;
	item.number = short_number(item.number);
	book_text(book, act, "item", handed_words(&item, book->arena));
}

/* --- cases ------------------------------------------------------------------------------------ */

struct stood { /* a case at a moment */
	const struct demo_move *last; /* NULL: nothing yet, or nothing but its registration is known */
	bool closed;
};

static struct stood *stand_at(const struct book *book, int64_t at)
{
	const struct demo_cases *cases = book->cases;
	struct stood *stood = arena_array(book->arena, cases->n + 1, sizeof *stood);

	for (size_t i = 0; cases->moves != NULL && i < cases->moves->n; i++) {
		const struct demo_move *move = &cases->moves->items[i];
		size_t k = cases->n - 1;

		if (move->at > at)
			break;
		while (k > 0 && cases->items[k].index != move->index)
			k--;
		if (cases->n == 0 || cases->items[k].index != move->index)
			continue;
		stood[k].last = move;
		stood[k].closed = stood[k].closed || strcmp(move->verb, "close") == 0 ||
				  strcmp(move->verb, "archive") == 0;
	}
	return stood;
}

static int64_t moved_at(const struct demo_case_at *one, const struct stood *stood)
{
	return stood->last != NULL ? stood->last->at : one->at;
}

static bool is_new(const struct stood *stood)
{
	return stood->last != NULL && strcmp(stood->last->verb, "register") == 0;
}

/* An alarm of one that nobody has taken up; else, that it moved in this shift. */
static bool say_case(struct book *book, struct act *act, const struct demo_case_at *one,
		     const struct stood *stood, bool alarm)
{
	const struct rules *rules = book->demo->rules;
	struct handed item = { .kind = "incident", .number = one->number, .title = one->title };
	const struct act_desc *desc =
		act_desc_find(stood->last != NULL ? stood->last->verb : "register");
	const struct step *step = stood->last != NULL ? stood->last->leg.step : NULL;

	if (alarm != (is_new(stood) && one->urgency != 0 && one->urgency <= rules->alarm_urgency))
		return false;
	if (alarm)
		item.words = arena_printf(book->arena, _("%s, nobody has acknowledged it since %s"),
					  alarm_label(ALARM_NEW), clock_words(book, one->at));
	else
		item.words = arena_printf(book->arena, "%s %s",
					  clock_words(book, moved_at(one, stood)),
					  rules_act_label_at(rules, step, desc, rules->centre));
	give_item(book, act, alarm ? HANDED_ALARM : HANDED_CHANGED, &one->id, item);
	return true;
}

static void give_cases(struct book *book, struct act *act, const struct stood *stood, int64_t starts,
		       bool alarm)
{
	const struct demo_cases *cases = book->cases;
	size_t n = 0;

	for (size_t i = cases->n; i-- > 0 && n < EACH_MOST;) {
		int64_t moved = moved_at(&cases->items[i], &stood[i]);

		if (cases->items[i].at < act->at && moved < act->at && (alarm || moved >= starts) &&
		    !(alarm && stood[i].closed))
			n += say_case(book, act, &cases->items[i], &stood[i], alarm);
	}
}

/* --- calls and papers ------------------------------------------------------------------------- */

/* How far it had come; false: it was not there yet, or was dealt with. */
static bool paper_stood(const struct book *book, const struct uuid *id, int64_t at,
			const char **ret_step)
{
	static const struct {
		const char *verb, *step;
	} steps[] = {
		{ "log", "" },		     { "submit", "proposed" },	{ "instruct", "instructed" },
		{ "pass_on", "passed_on" }, { "fulfil", "done" },
	};
	const char *step = NULL;

	for (size_t i = 0; i < book->tale->n; i++) {
		const struct act *told = &book->tale->items[i].act;

		if (told->at >= at || told->target.kind != KIND_RECORD ||
		    !uuid_eq(&told->target.id, id))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(steps); k++)
			if (strcmp(told->desc->verb, steps[k].verb) == 0)
				step = steps[k].step;
	}
	*ret_step = step;
	return step != NULL && strcmp(step, "done") != 0;
}

static bool may_be_open(const struct record *record)
{
	enum record_sort sort = record_sort_find(record->sort);

	return (sort == RECORD_CALL || sort == RECORD_PAPER) &&
	       (record->open || strcmp(record_step(record), "done") == 0);
}

static size_t give_papers(struct book *book, struct act *act)
{
	size_t n = 0;

	for (size_t i = book->n; i-- > 0;) {
		const struct record *record = book->things[i].entity;
		const char *step;
		struct handed item = { .kind = "record" };

		if (book->things[i].kind != KIND_RECORD || !may_be_open(record) ||
		    !paper_stood(book, &record->head.id, act->at, &step) || n++ >= EACH_MOST)
			continue;
		item.number = record->number;
		item.title = record->title;
		item.due = record->due;
		item.words = arena_printf(book->arena, "%s %s %s",
					  record_sort_label(record_sort_find(record->sort)),
					  record->party != NULL ? record->party : "",
					  record_step_label(step));
		give_item(book, act, HANDED_PAPER, &record->head.id, item);
	}
	return n;
}

/* --- counts ----------------------------------------------------------------------------------- */

static void give_tallies(struct book *book, struct act *act, const struct stood *stood, size_t papers)
{
	static const struct {
		const char *code, *list, *filter;
	} what[] = {
		{ "open", "incidents", "open" },
		{ "unsigned", "incidents", "unsigned" },
		{ "new", "incidents", "" },
		{ "papers", "records", "" },
	};
	const struct demo_list *labels = &book->demo->words->duty[DEMO_TALLIES];
	const struct demo_cases *cases = book->cases;
	size_t n[ARRAY_LEN(what)] = { [3] = papers };

	for (size_t i = 0; i < cases->n; i++) {
		const struct demo_case_at *one = &cases->items[i];

		if (one->at >= act->at)
			continue;
		n[0] += stood[i].last != NULL && !stood[i].closed;
		n[1] += stood[i].last != NULL && strcmp(stood[i].last->verb, "assign") == 0;
		n[2] += one->at >= act->at - DAY_MS;
	}
	for (size_t i = 0; i < labels->n && i < ARRAY_LEN(what); i++) {
		struct tallied tally = { .code = what[i].code, .label = labels->items[i],
					 .list = what[i].list, .filter = what[i].filter,
					 .n = (int64_t)n[i] };

		book_text(book, act, "tally", tallied_words(&tally, book->arena));
	}
}

void rota_lists(struct book *book, struct act *act, int64_t starts)
{
	const struct stood *stood = stand_at(book, act->at);
	size_t papers;

	give_cases(book, act, stood, starts, true);
	papers = give_papers(book, act);
	give_cases(book, act, stood, starts, false);
	give_tallies(book, act, stood, papers);
}
