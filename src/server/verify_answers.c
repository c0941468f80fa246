/* Acts and their answers: every entry of a console has the answer it was told, every answer of an
 * admitted act has its entry, and no console is ahead of what it is counted to. */
#include <config.h>

#include "number_priv.h"
#include "verify_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"
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

static void keep_number(struct verify *verify, struct verify_number number)
{
	number.text = arena_strdup(&verify->texts, number.text);
	MEM_GROW(verify->numbers, verify->n_numbers, verify->cap_numbers);
	verify->numbers[verify->n_numbers++] = number;
}

/* The number of its minutes, if it is of a word that is counted today. */
static void verify_doc(struct verify *verify, const void *entity)
{
	const struct meeting *meeting = entity;
	const struct rules *rules = verify_rules_at(verify, verify->last_seq);
	struct verify_number number = { .serial = 0 };

	if (meeting->head.kind != KIND_MEETING || meeting->issued_at == 0 || rules == NULL)
		return;
	number.text = meeting->doc_no;
	number.serial = doc_given(rules, meeting, meeting->issued_at);
	if (number.serial == 0)
		return;
	number.counter = doc_counter(rules, meeting, meeting->issued_at);
	keep_number(verify, number);
}

bool verify_number(struct verify *verify, const void *entity)
{
	const struct entity *head = entity;
	struct verify_number number = { .text = number_of(entity) };

	verify_doc(verify, entity);
	if (number.text == NULL)
		return true;
	if (!number_parse(head->kind, number.text, &number.counter, &number.serial))
		return verify_wrong(verify, _("%s is no number of this kind (%s)"), number.text,
				    kind_desc(head->kind)->name);
	keep_number(verify, number);
	return true;
}

static int by_number(const void *a, const void *b)
{
	const struct verify_number *x = a, *y = b;

	if (x->counter != y->counter)
		return x->counter < y->counter ? -1 : 1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

/* None twice, and the next one of each day is free. */
bool verify_numbers(struct verify *verify)
{
	struct verify_number *numbers = verify->numbers;
	struct error err = ERROR_INIT;

	if (verify->n_numbers > 0)
		qsort(numbers, verify->n_numbers, sizeof *numbers, by_number);
	for (size_t i = 0; i < verify->n_numbers; i++) {
		int64_t last = 0;

		if (i > 0 && by_number(&numbers[i - 1], &numbers[i]) == 0)
			return verify_wrong(verify, _("the number %s was given twice"),
					    numbers[i].text);
		if (i + 1 < verify->n_numbers && numbers[i + 1].counter == numbers[i].counter)
			continue;
		if (!verify_scanned(verify,
				    verify->ops->serial_get(verify->db, numbers[i].counter, &last,
							    &err),
				    &err))
			return false;
		if (last != numbers[i].serial)
			return verify_wrong(verify,
					    _("the latest number given is %s, but the next "
					      "would be number %lld"),
					    numbers[i].text, (long long)last + 1);
	}
	return true;
}
