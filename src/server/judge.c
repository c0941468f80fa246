#include <config.h>

#include "judge_priv.h"

#include <string.h>

#include "admit_priv.h"
#include "audit_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/role.h"
#include "zhiban/wire/act.h"

enum { RETRY_S = 5 };

struct judging { /* one batch on the writer */
	struct writer *writer;
	struct acts_job *data;
	struct arena *arena;
	struct db_console console;
	int64_t now;
};

static void keep(struct judging *judging, const void *bytes, size_t len)
{
	struct acts_job *data = judging->data;

	data->answers[data->n++] =
		(struct answered){ arena_strndup(judging->arena, bytes, len), len };
}

/* The arguments that are not personal. */
static void take_personal(struct act *act, struct arena *arena)
{
	struct given *given = arena_array(arena, act->n_given + 1, sizeof *given);
	size_t n = 0;

	for (size_t i = 0; i < act->n_given; i++)
		if (act->given[i].field->sensitivity != SENS_PERSONAL)
			given[n++] = act->given[i];
	act->given = given;
	act->n_given = n;
}

/* Of the act itself: a copied console sends the same act under another id and number.  Without its
 * personal values, which could be guessed and tried against it; `all`: with them, as it was once. */
static void body_hash(const struct acts_item *item, bool all, struct arena *arena,
		      uint8_t hash[SHA256_LEN])
{
	struct act bare = item->act;
	struct str bytes = STR_INIT;

	bare.n = 0;
	memset(&bare.console, 0, sizeof bare.console);
	if (item->bad == ERR_OK && !all)
		take_personal(&bare, arena);
	if (item->bad == ERR_OK)
		act_encode(&bare, &bytes);
	else
		str_addf(&bytes, "%s: %s", err_name(item->bad), item->sentence);
	sha256(str_get(&bytes), bytes.len, hash);
	str_release(&bytes);
}

/* Whether its number is the next; else why not. */
static enum err check_order(const struct judging *judging, size_t i)
{
	const struct acts_ask *ask = &judging->data->ask;
	int64_t n = ask->items[i].n, prev = i > 0 ? ask->items[i - 1].n : ask->prev;

	if (n <= judging->console.last_n)
		return ERR_CLONED;
	if (prev < 0)
		prev = n - 1;
	return prev > judging->console.last_n ? ERR_NEED : ERR_OK;
}

/* --- one act --------------------------------------------------------------------------------- */

static const char *org_words(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org->name : code != NULL ? code : "-";
}

/* What he did in an office that he has no more is not done in that name, nor in his new one: who has
 * the duty now does it, or he himself once more. */
static enum err moved_since(const struct judging *judging, const struct act *act,
			    struct error *err)
{
	const struct rules *rules = &judging->writer->book->profile->rules;
	const struct session *session = &judging->data->session;

	return error_set(err, ERR_DENIED,
			 _("%s did it as %s of %s and is %s of %s now: whoever has that duty "
			   "must do it, or he himself anew"),
			 session->officer, rules_role_label(rules, act->actor.role),
			 org_words(rules, act->actor.org), rules_role_label(rules, session->role),
			 org_words(rules, session->org));
}

/* The act's author must be who is logged in on this console. */
static enum err check_author(const struct judging *judging, const struct act *act,
			     struct error *err)
{
	const struct session *session = &judging->data->session;

	if (!uuid_eq(&act->console, &session->console))
		return error_set(err, ERR_DENIED, "%s", _("the act was made on another console"));
	if (str_eq(act->actor.officer, session->officer) &&
	    (!str_eq(act->actor.org, session->org) || !str_eq(act->actor.role, session->role)))
		return moved_since(judging, act, err);
	if (!str_eq(act->actor.officer, session->officer))
		return error_set(err, ERR_DENIED,
				 _("the act is %s's of %s, but %s of %s is logged in"),
				 act->actor.officer != NULL ? act->actor.officer : "-",
				 act->actor.org != NULL ? act->actor.org : "-", session->officer,
				 session->org);
	return ERR_OK;
}

/* Acts on who sees what.  Who administers security does them to cases that he does not see. */
static const struct {
	const char *verb;
	enum audit what;
} narrowing[] = { { "restrict", AUDIT_RESTRICT }, { "unrestrict", AUDIT_UNRESTRICT } };

static bool narrows(const struct act *act, enum audit *ret_what)
{
	for (size_t i = 0; i < ARRAY_LEN(narrowing); i++)
		if (strcmp(narrowing[i].verb, act->desc->verb) == 0) {
			*ret_what = narrowing[i].what;
			return true;
		}
	return false;
}

static bool acts_blindly(const struct judging *judging, const struct act *act)
{
	const struct rules *rules = &judging->writer->book->profile->rules;
	const char *role = judging->data->session.role;
	enum audit what;

	return rules_role(rules, role)->manage == MANAGE_SECURITY && narrows(act, &what);
}

/* Whose view the author has; nobody's is "". */
static const char *seer_of(const struct judging *judging, const struct act *act)
{
	const struct rules *rules = &judging->writer->book->profile->rules;
	const char *org = session_scope_org(rules, &judging->data->session);

	if (acts_blindly(judging, act))
		return NULL;
	return org != NULL ? org : "";
}

static enum err note_narrowing(const struct judging *judging, const struct admission *admission,
			       struct error *err)
{
	const struct act *act = admission->act;
	const struct session *session = &judging->data->session;
	struct audit_line line = { .by = { session->officer, session->role, "acts" },
				   .words = act_text(act, "reason") };
	char id[UUID_TEXT];

	if (admission->code != ERR_OK || !narrows(act, &line.what))
		return ERR_OK;
	uuid_text(&act->target.id, id);
	line.about = id;
	return audit_note(judging->writer, &line, err);
}

static struct admission admission_of(const struct judging *judging, const struct act *act)
{
	struct service *service = judging->writer->service;
	int64_t offset = judging->now - judging->data->ask.now;
	int64_t floor = contact_floor(service->contacts, &judging->console.id, act->at + offset,
				      judging->now);

	return (struct admission){ .act = act,
				   .recv = judging->now,
				   .eff = moment_eff(act, judging->now, offset, floor),
				   .seer = seer_of(judging, act) };
}

static enum err store(struct judging *judging, const struct act_answer *answer,
		      const uint8_t body[SHA256_LEN], struct error *err)
{
	struct str bytes = STR_INIT;
	struct db_answer row = { .id = answer->id,
				 .console = judging->console.id,
				 .n = answer->n,
				 .seq = answer->verdict == VERDICT_REFUSED ? 0 : answer->seq };
	enum err code;

	act_answer_encode(answer, &bytes);
	memcpy(row.body, body, SHA256_LEN);
	row.bytes = bytes.s;
	row.len = bytes.len;
	code = judging->writer->service->db->answer_put(judging->writer->db, &row, err);
	if (code == ERR_OK) {
		judging->console.last_n = answer->n;
		judging->data->verdicts[answer->verdict]++;
		keep(judging, bytes.s, bytes.len);
	}
	str_release(&bytes);
	return code;
}

/* Whether the act that this one hangs on was refused.  One that is not known here is no reason. */
static enum err find_leader(const struct judging *judging, const struct act *act, bool *ret_refused,
			    struct error *err)
{
	struct db_answer leader;
	enum err code;

	*ret_refused = false;
	if (uuid_is_nil(&act->after))
		return ERR_OK;
	code = judging->writer->service->db->answer_get(judging->writer->db, &act->after,
							judging->arena, &leader, err);
	if (code == ERR_OK)
		*ret_refused = leader.seq == 0;
	return code == ERR_NOT_FOUND ? ERR_OK : code;
}

/* A new act, next in turn: judged, and its answer stored with it. */
static enum err judge(struct judging *judging, const struct acts_item *item,
		      const uint8_t body[SHA256_LEN], struct error *err)
{
	struct act_answer answer = { .id = item->id, .n = item->n, .verdict = VERDICT_REFUSED };
	struct error why = ERROR_INIT;
	struct admission admission;
	enum err code;

	if (item->bad != ERR_OK) {
		answer.code = item->bad;
		answer.sentence = item->sentence;
		return store(judging, &answer, body, err);
	}
	answer.code = check_author(judging, &item->act, &why);
	if (answer.code != ERR_OK) {
		answer.sentence = why.text;
		return store(judging, &answer, body, err);
	}
	admission = admission_of(judging, &item->act);
	code = find_leader(judging, &item->act, &admission.hung, err);
	if (code == ERR_OK)
		code = admit(judging->writer, &admission, judging->arena, err);
	if (code == ERR_OK)
		code = note_narrowing(judging, &admission, err);
	if (code != ERR_OK)
		return code;
	answer.code = admission.code;
	answer.sentence = admission.err.text;
	if (!acts_blindly(judging, &item->act)) {
		answer.state = admission.state;
		answer.by = admission.by;
	}
	if (admission.code == ERR_OK) {
		answer.verdict = admission.note != NULL || admission.again ? VERDICT_MERGED
									   : VERDICT_APPLIED;
		answer.seq = admission.seq;
		answer.version = admission.version;
		answer.number = admission.number;
		answer.note = admission.note;
	}
	return store(judging, &answer, body, err);
}

/* What is stored of its target cannot be read: the act is refused rather than in the way of all
 * that come after it. */
static enum err judge_corrupt(struct judging *judging, const struct acts_item *item,
			      const uint8_t body[SHA256_LEN], struct error *err)
{
	struct act_answer answer = { .id = item->id,
				     .n = item->n,
				     .verdict = VERDICT_REFUSED,
				     .code = ERR_CORRUPT,
				     .sentence = _(err_sentence(ERR_CORRUPT)) };

	return store(judging, &answer, body, err);
}

typedef enum err (*judge_fn)(struct judging *judging, const struct acts_item *item,
			     const uint8_t body[SHA256_LEN], struct error *err);

/* Act and answer, both or neither.  *ret_why: why there are none; what was written is undone
 * then. */
static enum err in_savepoint(struct judging *judging, const struct acts_item *item,
			     const uint8_t body[SHA256_LEN], judge_fn fn, enum err *ret_why,
			     struct error *err)
{
	struct writer *writer = judging->writer;
	const struct db_ops *db = writer->service->db;
	struct error why = ERROR_INIT;
	uint8_t hash[SHA256_LEN];
	int64_t head = writer->head;
	enum err code = db->mark(writer->db, DB_MARK_ACT, err);

	if (code != ERR_OK)
		return code;
	memcpy(hash, writer->hash, SHA256_LEN);
	*ret_why = fn(judging, item, body, &why);
	if (*ret_why == ERR_OK)
		return db->unmark(writer->db, DB_MARK_ACT, err);
	writer->head = head;
	memcpy(writer->hash, hash, SHA256_LEN);
	writer->mode_known = false;
	if (db->undo(writer->db, DB_MARK_ACT, NULL) != ERR_OK)
		return error_set(err, *ret_why, "%s", why.text); /* all was undone with it */
	return ERR_OK;
}

/* --- again ----------------------------------------------------------------------------------- */

static void keep_again(struct judging *judging, const struct db_answer *before, int64_t n)
{
	struct str bytes = STR_INIT;

	act_answer_renumber(before->bytes, before->len, n, &bytes);
	judging->data->again++;
	keep(judging, bytes.s, bytes.len);
	str_release(&bytes);
}

static void keep_other_body(struct judging *judging, const struct acts_item *item)
{
	struct act_answer answer = { .id = item->id,
				     .n = item->n,
				     .verdict = VERDICT_REFUSED,
				     .code = ERR_EXISTS,
				     .sentence = _("another act of this id was sent before") };
	struct str bytes = STR_INIT;

	act_answer_encode(&answer, &bytes);
	keep(judging, bytes.s, bytes.len);
	str_release(&bytes);
}

static bool same_body(const struct judging *judging, const struct acts_item *item,
		      const struct db_answer *before, const uint8_t body[SHA256_LEN])
{
	uint8_t all[SHA256_LEN];

	if (memcmp(before->body, body, SHA256_LEN) == 0)
		return true;
	body_hash(item, true, judging->arena, all);
	return memcmp(before->body, all, SHA256_LEN) == 0;
}

/* From another console the answer is its author's alone. */
static bool may_hear(const struct judging *judging, const struct acts_item *item,
		     const struct db_answer *before)
{
	return uuid_eq(&before->console, &judging->console.id) || item->bad != ERR_OK ||
	       str_eq(item->act.actor.officer, judging->data->session.officer);
}

/* The answer of before, for an act that comes again; *ret_again says whether it did.  It counts in
 * the order of its console like any other, so that the next one finds its place. */
static enum err answer_again(struct judging *judging, size_t i, const uint8_t body[SHA256_LEN],
			     bool *ret_again, struct error *err)
{
	const struct acts_item *item = &judging->data->ask.items[i];
	const struct db_ops *db = judging->writer->service->db;
	struct db_answer before;
	enum err code =
		db->answer_get(judging->writer->db, &item->id, judging->arena, &before, err);

	*ret_again = code == ERR_OK;
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code != ERR_OK)
		return code;
	if (same_body(judging, item, &before, body) && may_hear(judging, item, &before))
		keep_again(judging, &before, item->n);
	else
		keep_other_body(judging, item);
	if (check_order(judging, i) == ERR_OK)
		judging->console.last_n = item->n;
	return ERR_OK;
}

/* --- the batch ------------------------------------------------------------------------------- */

/* Reading or writing failed for this act: it and what comes after it are sent again. */
static void retry_rest(struct judging *judging, size_t from)
{
	struct acts_job *data = judging->data;

	for (size_t i = from; i < data->ask.n; i++) {
		struct act_answer answer = { .id = data->ask.items[i].id,
					     .n = data->ask.items[i].n,
					     .verdict = VERDICT_RETRY,
					     .after = RETRY_S };
		struct str bytes = STR_INIT;

		act_answer_encode(&answer, &bytes);
		data->verdicts[VERDICT_RETRY]++;
		keep(judging, bytes.s, bytes.len);
		str_release(&bytes);
	}
}

/* One act of the batch.  *ret_stop ends the batch without an error. */
static enum err judge_item(struct judging *judging, size_t i, bool *ret_stop, struct error *err)
{
	struct acts_job *data = judging->data;
	const struct acts_item *item = &data->ask.items[i];
	uint8_t body[SHA256_LEN];
	bool again;
	enum err code, why = ERR_OK;

	body_hash(item, false, judging->arena, body);
	code = answer_again(judging, i, body, &again, err);
	if (code != ERR_OK || again)
		return code;
	data->stop = check_order(judging, i);
	if (data->stop != ERR_OK) {
		data->need = judging->console.last_n + 1;
		*ret_stop = true;
		return ERR_OK;
	}
	code = in_savepoint(judging, item, body, judge, &why, err);
	if (code == ERR_OK && why == ERR_CORRUPT)
		code = in_savepoint(judging, item, body, judge_corrupt, &why, err);
	if (code == ERR_OK && why != ERR_OK) {
		retry_rest(judging, i);
		*ret_stop = true;
	}
	return code;
}

/* His office is that of now: he may have been moved since he asked. */
static enum err look_again(struct writer *writer, struct job *job, struct error *err)
{
	struct acts_job *data = job->data;
	struct db_account account;
	enum err code = writer->service->db->account_get(writer->db, data->session.officer,
							 &job->arena, &account, err);

	if (code != ERR_OK)
		return code;
	data->session.org = account.org;
	data->session.role = account.role;
	return ERR_OK;
}

enum err acts_judge(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct acts_job *data = job->data;
	struct judging judging = { .writer = writer, .data = data, .arena = &job->arena,
				   .now = env_now(&writer->service->env) };
	bool stop = false;
	enum err code = db->console_get(writer->db, &data->session.console, &job->arena,
					&judging.console, err);

	nodes_contact_judged(writer, &data->session.console, judging.now);
	if (code == ERR_OK)
		code = look_again(writer, job, err);
	data->n = 0;
	for (size_t i = 0; code == ERR_OK && !stop && i < data->ask.n; i++)
		code = judge_item(&judging, i, &stop, err);
	judging.console.seen = judging.now;
	if (code == ERR_OK)
		code = db->console_put(writer->db, &judging.console, err);
	return code;
}

