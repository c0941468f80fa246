#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/decide.h"
#include "zhiban/wire/act.h"

enum { RETRY_S = 5 };

struct answered { /* canonical bytes of one answer */
	const char *bytes;
	size_t len;
};
struct acts_job {
	struct acts_ask ask;
	struct session session;
	struct answered *answers;
	size_t n;
	enum err stop; /* ERR_NEED, ERR_CLONED: why the rest was not judged */
	int64_t need;
};

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

static void body_hash(const struct acts_item *item, uint8_t hash[SHA256_LEN])
{
	struct str bytes = STR_INIT;

	if (item->bad == ERR_OK)
		act_encode(&item->act, &bytes);
	else
		str_addf(&bytes, "%s: %s", err_name(item->bad), item->sentence);
	sha256(str_get(&bytes), bytes.len, hash);
	str_release(&bytes);
}

/* The act's author must be who is logged in on this console. */
static enum err check_author(const struct judging *judging, const struct act *act,
			     struct error *err)
{
	const struct session *session = &judging->data->session;

	if (!uuid_eq(&act->console, &session->console))
		return error_set(err, ERR_DENIED, "%s", _("the act was made on another console"));
	if (!str_eq(act->actor.officer, session->officer) || !str_eq(act->actor.org, session->org) ||
	    !str_eq(act->actor.role, session->role))
		return error_set(err, ERR_DENIED,
				 _("the act is %s's of %s, but %s of %s is logged in"),
				 act->actor.officer != NULL ? act->actor.officer : "-",
				 act->actor.org != NULL ? act->actor.org : "-", session->officer,
				 session->org);
	return ERR_OK;
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
				   .seer = judging->data->session.org };
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
		keep(judging, bytes.s, bytes.len);
	}
	str_release(&bytes);
	return code;
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
	code = admit(judging->writer, &admission, judging->arena, err);
	if (code != ERR_OK)
		return code;
	answer.code = admission.code;
	answer.sentence = admission.err.text;
	answer.state = admission.state;
	if (admission.code == ERR_OK) {
		answer.verdict = admission.note != NULL ? VERDICT_MERGED : VERDICT_APPLIED;
		answer.seq = admission.seq;
		answer.version = admission.version;
		answer.number = admission.number;
		answer.note = admission.note;
	}
	return store(judging, &answer, body, err);
}

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
		keep(judging, bytes.s, bytes.len);
		str_release(&bytes);
	}
}

/* The answer of before, for an act that comes again; *ret_again says whether it did. */
static enum err answer_again(struct judging *judging, const struct acts_item *item,
			     const uint8_t body[SHA256_LEN], bool *ret_again, struct error *err)
{
	const struct db_ops *db = judging->writer->service->db;
	struct db_answer before;
	struct str bytes = STR_INIT;
	enum err code =
		db->answer_get(judging->writer->db, &item->id, judging->arena, &before, err);

	*ret_again = code == ERR_OK;
	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code != ERR_OK)
		return code;
	if (uuid_eq(&before.console, &judging->console.id) &&
	    memcmp(before.body, body, SHA256_LEN) == 0) {
		keep(judging, before.bytes, before.len);
		return ERR_OK;
	}
	act_answer_encode(&(struct act_answer){ .id = item->id,
						.n = item->n,
						.verdict = VERDICT_REFUSED,
						.code = ERR_EXISTS,
						.sentence = _("another act of this id was sent "
							      "before") },
			  &bytes);
	keep(judging, bytes.s, bytes.len);
	str_release(&bytes);
	return ERR_OK;
}

/* One act of the batch.  *ret_stop ends the batch without an error. */
static enum err judge_item(struct judging *judging, size_t i, bool *ret_stop, struct error *err)
{
	const struct db_ops *db = judging->writer->service->db;
	struct acts_job *data = judging->data;
	const struct acts_item *item = &data->ask.items[i];
	uint8_t body[SHA256_LEN];
	struct writer *writer = judging->writer;
	uint8_t hash[SHA256_LEN];
	int64_t head = writer->head;
	struct error why = ERROR_INIT;
	bool again;
	enum err code;

	memcpy(hash, writer->hash, SHA256_LEN);
	body_hash(item, body);
	code = answer_again(judging, item, body, &again, err);
	if (code != ERR_OK || again)
		return code;
	if (item->n != judging->console.last_n + 1) {
		data->stop = item->n > judging->console.last_n ? ERR_NEED : ERR_CLONED;
		data->need = judging->console.last_n + 1;
		*ret_stop = true;
		return ERR_OK;
	}
	code = db->mark(writer->db, DB_MARK_ACT, err);
	if (code != ERR_OK)
		return code;
	code = judge(judging, item, body, &why);
	if (code == ERR_OK)
		return db->unmark(writer->db, DB_MARK_ACT, err);
	retry_rest(judging, i);
	*ret_stop = true;
	writer->head = head;
	memcpy(writer->hash, hash, SHA256_LEN);
	return db->undo(writer->db, DB_MARK_ACT, err);
}

static enum err acts_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct acts_job *data = job->data;
	struct judging judging = { .writer = writer, .data = data, .arena = &job->arena,
				   .now = env_now(&writer->service->env) };
	bool stop = false;
	enum err code = db->console_get(writer->db, &data->session.console, &job->arena,
					&judging.console, err);

	data->n = 0;
	for (size_t i = 0; code == ERR_OK && !stop && i < data->ask.n; i++)
		code = judge_item(&judging, i, &stop, err);
	judging.console.seen = judging.now;
	if (code == ERR_OK)
		code = db->console_put(writer->db, &judging.console, err);
	return code;
}

static enum err acts_finish(struct call *call, struct job *job, struct error *err)
{
	const struct acts_job *data = job->data;
	struct answer_head head = call_head(call);

	if (job->code != ERR_OK)
		return job->code;
	if (data->stop == ERR_NEED) {
		call->need = data->need;
		return error_set(err, ERR_NEED, _("acts of this console from %lld on are missing"),
				 (long long)data->need);
	}
	if (data->stop == ERR_CLONED)
		return error_set(err, ERR_CLONED, "%s",
				 _("this console's files were copied or restored: enrol it anew"));
	acts_answer_begin(&call->reply->body);
	for (size_t i = 0; i < data->n; i++)
		acts_answer_add(&call->reply->body, data->answers[i].bytes, data->answers[i].len);
	acts_answer_end(&call->reply->body, &head);
	return ERR_OK;
}

enum err acts_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct acts_job));
	struct acts_job *data = job->data;
	enum err code = acts_ask_decode(call->request->body, call->request->body_len, &job->arena,
					&data->ask, err);

	if (code == ERR_OK && !uuid_eq(&data->ask.console, &call->session.console))
		code = error_set(err, ERR_DENIED, "%s",
				 _("the acts are another console's than the session"));
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->session = call->session;
	data->session.officer = arena_strdup(&job->arena, call->session.officer);
	data->session.org = arena_strdup(&job->arena, call->session.org);
	data->session.role = arena_strdup(&job->arena, call->session.role);
	data->answers = arena_array(&job->arena, data->ask.n + 1, sizeof *data->answers);
	job->weight = data->ask.n;
	job->write = acts_write;
	job->finish = acts_finish;
	return call_submit(call, job, err);
}
