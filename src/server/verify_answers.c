/* Acts and their answers: every entry of a console has the answer it was told, every answer of an
 * admitted act has its entry, and no console is ahead of what it is counted to. */
#include <config.h>

#include "verify_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/entry.h"
#include "zhiban/wire/message.h"

/* --- from the journal ------------------------------------------------------------------------ */

bool verify_answered(struct verify *verify, const struct entry *entry)
{
	struct arena arena = ARENA_INIT;
	const struct act *act = &entry->act;
	struct db_answer answer;
	struct error err = ERROR_INIT;
	enum err code;

	if (uuid_is_nil(&act->console))
		return true; /* the server's own: nobody waits for an answer */
	code = verify->ops->answer_get(verify->db, &act->id, &arena, &answer, &err);
	if (code == ERR_NOT_FOUND)
		verify_wrong(verify, _("entry %lld: its act has no answer"), (long long)entry->seq);
	else if (verify_scanned(verify, code, &err) &&
		 (answer.seq != entry->seq || answer.n != act->n ||
		  !uuid_eq(&answer.console, &act->console)))
		verify_wrong(verify, _("entry %lld: the answer to its act is of another one"),
			     (long long)entry->seq);
	arena_release(&arena);
	return verify->code == ERR_OK;
}

/* --- from the answers ------------------------------------------------------------------------ */

struct answers {
	struct verify *verify;
	struct db_console console; /* of the answers that come now */
	bool begun;
	int64_t n; /* the one before; 0: none */
};

static bool wrong(const struct answers *answers, const struct db_answer *row, const char *words)
{
	char id[UUID_TEXT];

	uuid_text(&row->id, id);
	return verify_wrong(answers->verify, "%s %s", id, words);
}

static bool next_console(struct answers *answers, const struct db_answer *row)
{
	struct verify *verify = answers->verify;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	enum err code = verify->ops->console_get(verify->db, &row->console, &arena,
						 &answers->console, &err);

	arena_release(&arena);
	answers->begun = true;
	answers->n = 0;
	if (code == ERR_NOT_FOUND)
		return wrong(answers, row, _("was answered to a console that is not known"));
	return verify_scanned(verify, code, &err);
}

/* What was said is what is kept beside it. */
static bool check_said(const struct answers *answers, const struct db_answer *row,
		       struct arena *arena, struct act_answer *ret_said)
{
	struct error err = ERROR_INIT;

	if (act_answer_decode(row->bytes, row->len, arena, ret_said, &err) != ERR_OK)
		return wrong(answers, row, err.text);
	if (!uuid_eq(&ret_said->id, &row->id) || ret_said->n != row->n ||
	    (ret_said->verdict == VERDICT_REFUSED) != (row->seq == 0) ||
	    (row->seq != 0 && ret_said->seq != row->seq) || ret_said->verdict == VERDICT_RETRY)
		return wrong(answers, row, _("was answered otherwise than is kept"));
	return true;
}

/* An act that changed nothing, for it was done already, points at the entry of then. */
static bool check_entry(const struct answers *answers, const struct db_answer *row,
			const struct act_answer *said, struct arena *arena)
{
	struct verify *verify = answers->verify;
	struct db_entry bytes;
	struct entry entry;
	struct error err = ERROR_INIT;

	if (row->seq == 0)
		return true;
	if (row->seq > verify->last_seq)
		return wrong(answers, row, _("was admitted, but its entry is not there"));
	if (!verify_scanned(verify,
			    verify->ops->journal_get(verify->db, row->seq, arena, &bytes, &err),
			    &err) ||
	    !verify_scanned(verify, entry_decode(bytes.bytes, bytes.len, arena, &entry, &err),
			    &err))
		return false;
	if (!uuid_eq(&entry.act.id, &row->id) && said->verdict != VERDICT_MERGED)
		return wrong(answers, row, _("was admitted, but its entry is not there"));
	return true;
}

static bool answer_each(void *ctx, const struct db_answer *row)
{
	struct answers *answers = ctx;
	struct arena arena = ARENA_INIT;
	struct act_answer said;
	bool good = true;

	if (!answers->begun || !uuid_eq(&row->console, &answers->console.id))
		good = next_console(answers, row);
	if (good && (row->n <= answers->n || row->n > answers->console.last_n))
		good = wrong(answers, row, _("is not in the order of its console"));
	answers->n = row->n;
	answers->verify->answers++;
	good = good && check_said(answers, row, &arena, &said) &&
	       check_entry(answers, row, &said, &arena);
	arena_release(&arena);
	return good;
}

bool verify_answers(struct verify *verify)
{
	struct answers answers = { .verify = verify };
	struct error err = ERROR_INIT;
	enum err code = verify->ops->answer_each(verify->db, answer_each, &answers, &err);

	return verify_scanned(verify, code, &err);
}

/* --- numbers --------------------------------------------------------------------------------- */

bool verify_number(struct verify *verify, const void *entity)
{
	const struct incident *incident = entity;
	struct verify_number number;
	long long date, serial;
	char day[9] = "";

	if (incident->head.kind != KIND_INCIDENT || incident->number == NULL)
		return true;
	if (strlen(incident->number) < 10 || incident->number[8] != '-')
		return verify_wrong(verify, _("%s is no number of an incident"), incident->number);
	memcpy(day, incident->number, 8);
	if (!str_int(day, 10000101, 99991231, &date) ||
	    !str_int(incident->number + 9 + strspn(incident->number + 9, "0"), 1, INT32_MAX,
		     &serial))
		return verify_wrong(verify, _("%s is no number of an incident"), incident->number);
	number = (struct verify_number){
		civil_day((int)(date / 10000), (int)(date / 100 % 100), (int)(date % 100)), serial
	};
	MEM_GROW(verify->numbers, verify->n_numbers, verify->cap_numbers);
	verify->numbers[verify->n_numbers++] = number;
	return true;
}

static int by_number(const void *a, const void *b)
{
	const struct verify_number *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

/* None twice, and the next one of each day is free. */
bool verify_numbers(struct verify *verify)
{
	struct verify_number *numbers = verify->numbers;
	struct error err = ERROR_INIT;
	struct civil civil;

	if (verify->n_numbers > 0)
		qsort(numbers, verify->n_numbers, sizeof *numbers, by_number);
	for (size_t i = 0; i < verify->n_numbers; i++) {
		int64_t last = 0;

		civil_of_day((int32_t)numbers[i].day, &civil);
		if (i > 0 && by_number(&numbers[i - 1], &numbers[i]) == 0)
			return verify_wrong(verify,
					    _("two incidents have the number %04d%02d%02d-%04lld"),
					    civil.year, civil.month, civil.day,
					    (long long)numbers[i].serial);
		if (i + 1 < verify->n_numbers && numbers[i + 1].day == numbers[i].day)
			continue;
		if (!verify_scanned(verify,
				    verify->ops->serial_get(verify->db, numbers[i].day, &last, &err),
				    &err))
			return false;
		if (last != numbers[i].serial)
			return verify_wrong(verify,
					    _("the next number of %04d-%02d-%02d would be %lld, after "
					      "%lld"),
					    civil.year, civil.month, civil.day, (long long)last + 1,
					    (long long)numbers[i].serial);
	}
	return true;
}
