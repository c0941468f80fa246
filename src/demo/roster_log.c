/* The duty log by hand: notes, calls, papers in their steps, rounds, leaders' movements. */
#include <config.h>

#include "roster_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/record.h"

enum { LOG_DAYS = 10, RECORDS_MOST = 60 };

static struct actor writer(const struct book *book, const struct rota *rota, int64_t at)
{
	const struct turn *turn = rota_on_duty(book, rota, rota_main(rota->plan)->code, at);

	if (turn == NULL)
		return book_chief(book);
	return (struct actor){ turn->name, rota->org, "duty" };
}

static const char *leader_name(const struct book *book, const struct rota *rota, int64_t at)
{
	const struct duty_post *post = rota_leader(rota->plan);
	const struct turn *turn = post != NULL ? rota_on_duty(book, rota, post->code, at) : NULL;

	return turn != NULL ? turn->name : book_chief(book).officer;
}

static bool step(struct book *book, const struct rota *rota, const struct uuid *id, const char *verb,
		 const char *name, const char *words, int64_t *at, int low, int high)
{
	struct actor actor;
	struct act act;

	*at += book_minutes(book, low, high);
	actor = writer(book, rota, *at);
	act = book_act(book, KIND_RECORD, verb, id, &actor, *at);
	if (strcmp(verb, "instruct") == 0)
		book_text(book, &act, "leader", leader_name(book, rota, *at));
	book_text(book, &act, name, words);
	return book_done(book, &act);
}

/* What a call or paper asks for, as far as it has come by now. */
static void deal_with(struct book *book, const struct rota *rota, const struct demo_record *record,
		      const struct uuid *id, int64_t at)
{
	if (*record->proposed == '\0' ||
	    !step(book, rota, id, "submit", "proposed", record->proposed, &at, 6, 30) ||
	    !step(book, rota, id, "instruct", "instructed", record->instructed, &at, 10, 90) ||
	    !step(book, rota, id, "pass_on", "told", record->told, &at, 3, 20))
		return;
	if (!demo_one_in(book->demo, 4))
		(void)step(book, rota, id, "fulfil", "outcome", record->outcome, &at, 60, 700);
}

static void tell_outing(struct book *book, const struct rota *rota, const struct demo_record *record,
			struct act *act, int64_t at, bool back)
{
	int64_t to = at + book_minutes(book, 600, 2880), home = at;

	book_text(book, act, "place", record->place);
	book_num(book, act, "from_at", at + HOUR_MS);
	book_num(book, act, "to_at", back ? at + 20 * HOUR_MS : book->now + (to - at));
	book_text(book, act, "deputy", demo_name(book->demo, book->arena));
	book_text(book, act, "deputy_phone",
		  arena_printf(book->arena, "1370000%04zu", demo_below(book->demo, 10000)));
	if (book_done(book, act) && back)
		(void)step(book, rota, &act->target.id, "back", "note", NULL, &home, 900, 1300);
}

static void tell(struct book *book, const struct rota *rota, const struct demo_record *record,
		 int64_t at, bool late, bool back)
{
	struct uuid id = uuid_v7(&book->demo->env);
	struct actor actor = writer(book, rota, at);
	struct act act = book_act(book, KIND_RECORD, "log", &id, &actor, at);
	enum record_sort sort = record_sort_find(record->sort);

	book_text(book, &act, "org", rota->org);
	book_text(book, &act, "sort", record->sort);
	book_text(book, &act, "title", record->title);
	book_text(book, &act, "words", record->words);
	book_text(book, &act, "party", record->party);
	book_text(book, &act, "paper_no", record->paper_no);
	if (sort == RECORD_CALL)
		book_text(book, &act, "phone",
			  arena_printf(book->arena, "0000%07zu", demo_below(book->demo, 10000000)));
	if (late)
		book_num(book, &act, "happened_at", at - book_minutes(book, 40, 200));
	if (sort == RECORD_PAPER && !late)
		book_num(book, &act, "due", at + book_minutes(book, 600, 2400));
	if (sort == RECORD_OUTING) {
		tell_outing(book, rota, record, &act, at, back);
		return;
	}
	if (book_done(book, &act))
		deal_with(book, rota, record, &id, at);
}

/* A stride that comes to each of n, mixed. */
static size_t stride_of(size_t n)
{
	for (size_t stride = n / 2 + 1;; stride++) {
		size_t a = n, b = stride;

		while (b != 0) {
			size_t rest = a % b;

			a = b;
			b = rest;
		}
		if (a == 1)
			return stride;
	}
}

void rota_records(struct book *book)
{
	const struct demo_words *words = book->demo->words;
	const struct rota *rota = book->n_rotas > 0 ? &book->rotas[0] : NULL;
	size_t n = 3 * words->n_records, stride;

	for (size_t i = 0; i < book->n_rotas; i++)
		if (str_eq(book->rotas[i].org, book->demo->rules->centre))
			rota = &book->rotas[i];
	if (rota == NULL || words->n_records == 0)
		return;
	if (n > RECORDS_MOST)
		n = RECORDS_MOST;
	stride = stride_of(words->n_records);
	for (size_t i = 0; i < n; i++) {
		const struct demo_record *record = &words->records[i * stride % words->n_records];
		int64_t span = LOG_DAYS * DAY_MS;
		int64_t at = book->now - span + span * (int64_t)i / (int64_t)n;

		at += book_minutes(book, 0, 40);
		tell(book, rota, record, at, i % 9 == 4, i + 6 < n);
	}
}
