/* What is kept no longer than the profile says: personal values of closed cases, lines of the audit
 * log, what authors of refused acts were shown; and tokens and codes that have run out.  By hand
 * (zhiband purge), and once a night by the server itself; in passes, so that acts get in between.
 *
 * By night cases are found by their rows of personal values; by hand all are looked at, so that
 * those of data from before are found too. */
#include <config.h>

#include "erase_priv.h"

#include "purge_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/mask.h"

enum {
	ERASE_PASS = 64,       /* acts in one transaction */
	LOOK_PASS = 2000,      /* rows looked at in one */
	LATE_DAYS = 60,	       /* an act may have been made that long before it came */
};
static int64_t horizon(const struct writer *writer, const struct purge *purge, enum keep keep)
{
	int days = writer->book->profile->rules.privacy.keep_days[keep];

	return days == 0 ? 0 : purge->now - days * DAY_MS;
}

/* --- personal values ------------------------------------------------------------------------- */

struct candidates {
	struct arena *arena;
	int64_t before, last, looked;
	struct uuid ids[ERASE_PASS];
	size_t n;
	int64_t enos[LOOK_PASS];
	size_t n_enos;
};

static bool is_over(const struct incident *incident, int64_t before)
{
	int64_t closed = incident->closed_at != 0 ? incident->closed_at : incident->moved_at;

	return !incident->open && closed != 0 && closed < before;
}

/* Whether it has personal values and was closed long ago. */
static void look_at(struct candidates *found, const struct db_entity *row)
{
	struct arena arena = ARENA_INIT;
	struct mask_facts facts;
	void *entity;

	if (strcmp(row->kind, "incident") == 0 &&
	    mask_facts(row->bytes, row->len, &arena, &facts, NULL) == ERR_OK && facts.n > 0 &&
	    !facts.open &&
	    entity_decode(row->bytes, row->len, &arena, &entity, NULL) == ERR_OK &&
	    is_over(entity, found->before))
		found->ids[found->n++] = row->id;
	arena_release(&arena);
}

static bool entity_each(void *ctx, const struct db_entity *row)
{
	struct candidates *found = ctx;

	look_at(found, row);
	found->last = row->eno;
	return ++found->looked < LOOK_PASS && found->n < ERASE_PASS;
}

static bool eno_each(void *ctx, int64_t eno)
{
	struct candidates *found = ctx;

	found->enos[found->n_enos++] = eno;
	return true;
}

static enum err find_by_rows(struct writer *writer, const struct purge *purge,
			     struct candidates *found, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	enum err code = db->personal_old(writer->db, found->before, purge->after, LOOK_PASS,
					 eno_each, found, err);

	for (size_t i = 0; code == ERR_OK && i < found->n_enos && found->n < ERASE_PASS; i++) {
		struct db_entity row;

		code = db->entity_at(writer->db, found->enos[i], found->arena, &row, err);
		if (code == ERR_OK)
			look_at(found, &row);
		found->last = found->enos[i];
		found->looked++;
	}
	return code;
}

static enum err erase_found(struct writer *writer, const struct purge *purge,
			    const struct candidates *found, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < found->n; i++) {
		char text[UUID_TEXT], words[UUID_TEXT + 40];
		struct uuid id;

		uuid_text(&found->ids[i], text);
		snprintf(words, sizeof words, "purge %s %lld", text,
			 (long long)(purge->now / DAY_MS));
		id = uuid_named(words); /* whoever of several nodes comes first */
		code = erase_admit(writer, &id, &found->ids[i],
				   _("kept as long as the profile says"), found->arena, err);
	}
	return code;
}

static enum err purge_personal(struct writer *writer, struct purge *purge, struct arena *arena,
			       struct error *err)
{
	struct candidates *found = arena_alloc(arena, sizeof *found);
	enum err code = ERR_OK;

	memset(found, 0, sizeof *found);
	found->arena = arena;
	found->before = horizon(writer, purge, KEEP_PERSONAL);
	if (found->before == 0) {
		purge->stage = STAGE_ANSWERS;
		purge->after = 0;
		return ERR_OK;
	}
	code = purge->by_hand ? writer->service->db->entity_scan(writer->db, purge->after,
								 entity_each, found, err)
			      : find_by_rows(writer, purge, found, err);
	if (code == ERR_OK && !purge->dry)
		code = erase_found(writer, purge, found, err);
	purge->cases += (int64_t)found->n;
	purge->after = found->last;
	if (found->looked == 0) {
		purge->stage = STAGE_ANSWERS;
		purge->after = 0;
	}
	return code;
}

/* --- answers --------------------------------------------------------------------------------- */

/* The first id that can have been made at a moment. */
static struct uuid id_from(int64_t ms)
{
	struct uuid id = { { 0 } };

	for (int i = 0; i < 6; i++)
		id.b[i] = (uint8_t)((uint64_t)(ms < 0 ? 0 : ms) >> (40 - 8 * i));
	return id;
}

struct shortening {
	struct arena *arena;
	struct uuid last;
	int64_t looked;
	struct db_answer rows[LOOK_PASS];
	size_t n;
};

static bool answer_each(void *ctx, const struct db_answer *row)
{
	struct shortening *found = ctx;
	struct str out = STR_INIT;

	if (mask_answer_cut(row->bytes, row->len, &out)) {
		struct db_answer *kept = &found->rows[found->n++];

		kept->id = row->id;
		kept->bytes = arena_strndup(found->arena, out.s, out.len);
		kept->len = out.len;
	}
	str_release(&out);
	found->last = row->id;
	return ++found->looked < LOOK_PASS;
}

static int64_t time_of(const struct uuid *id)
{
	int64_t ms = 0;

	for (int i = 0; i < 6; i++)
		ms = ms << 8 | id->b[i];
	return ms;
}

static enum err purge_answers(struct writer *writer, struct purge *purge, struct arena *arena,
			      struct error *err)
{
	const struct db_ops *db = writer->service->db;
	int64_t before = horizon(writer, purge, KEEP_ANSWERS);
	int64_t after = purge->after != 0 || purge->by_hand ? purge->after
							    : before - LATE_DAYS * DAY_MS;
	struct shortening *found = arena_alloc(arena, sizeof *found);
	struct uuid from = id_from(after), to = id_from(before);
	enum err code = ERR_OK;

	memset(found, 0, sizeof *found);
	found->arena = arena;
	if (before > 0)
		code = db->answer_refused(writer->db, &from, &to, answer_each, found, err);
	for (size_t i = 0; code == ERR_OK && !purge->dry && i < found->n; i++)
		code = db->answer_shorten(writer->db, &found->rows[i].id, found->rows[i].bytes,
					  found->rows[i].len, err);
	purge->answers += (int64_t)found->n;
	purge->after = time_of(&found->last) + 1; /* those of one moment are few */
	if (found->looked < LOOK_PASS)
		purge->stage = STAGE_REST;
	return code;
}

/* --- the rest -------------------------------------------------------------------------------- */

struct old_codes {
	int64_t now;
	struct arena *arena;
	struct old_code {
		struct old_code *next;
		uint8_t hash[SHA256_LEN];
	} *first;
	int64_t n;
};

static bool code_each(void *ctx, const struct db_code *row)
{
	struct old_codes *old = ctx;
	struct old_code *code;

	if (row->expires >= old->now)
		return false; /* they come by when they expire */
	code = arena_alloc(old->arena, sizeof *code);
	memcpy(code->hash, row->hash, sizeof code->hash);
	code->next = old->first;
	old->first = code;
	old->n++;
	return true;
}

static enum err drop_codes(struct writer *writer, struct purge *purge, struct arena *arena,
			   struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct old_codes old = { .now = purge->now, .arena = arena };
	enum err code = db->code_scan(writer->db, code_each, &old, err);

	purge->codes = old.n;
	for (const struct old_code *one = old.first; code == ERR_OK && !purge->dry && one != NULL;
	     one = one->next)
		code = db->code_drop(writer->db, one->hash, err);
	return code;
}

struct old_lines {
	int64_t before, n;
};

static bool line_each(void *ctx, const struct db_audit *row)
{
	struct old_lines *old = ctx;

	if (row->at >= old->before)
		return false;
	old->n++;
	return true;
}

static enum err drop_lines(struct writer *writer, struct purge *purge, struct error *err)
{
	struct old_lines old = { .before = horizon(writer, purge, KEEP_AUDIT) };
	enum err code = ERR_OK;

	if (old.before == 0)
		return ERR_OK;
	if (!purge->dry)
		return audit_purge(writer, old.before, &purge->lines, err);
	code = writer->service->db->audit_scan(writer->db, 0, line_each, &old, err);
	purge->lines = old.n;
	return code;
}

static enum err note_run(struct writer *writer, const struct purge *purge, struct error *err)
{
	char words[120];
	struct audit_line line = { .what = AUDIT_PURGE, .by = purge->by, .words = words };

	snprintf(words, sizeof words, "personal %lld, answers %lld, audit %lld, codes %lld",
		 (long long)purge->cases, (long long)purge->answers, (long long)purge->lines,
		 (long long)purge->codes);
	if (purge->dry || purge->cases + purge->answers + purge->codes + purge->lines == 0)
		return ERR_OK;
	return audit_note(writer, &line, err);
}

static enum err purge_rest(struct writer *writer, struct purge *purge, struct arena *arena,
			   struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const struct privacy *privacy = &writer->book->profile->rules.privacy;
	char text[24];
	enum err code = drop_codes(writer, purge, arena, err);

	if (code == ERR_OK)
		code = drop_lines(writer, purge, err);
	if (code == ERR_OK && !purge->dry)
		code = db->token_prune(writer->db, purge->now, err);
	if (code == ERR_OK && !purge->dry)
		code = db->reveal_prune(writer->db, purge->now - privacy->reveals_ms, err);
	if (code == ERR_OK && !purge->dry)
		code = db->caller_prune(writer->db, purge->now - CALLERS_MS, err);
	if (code == ERR_OK)
		code = note_run(writer, purge, err);
	if (code == ERR_OK && !purge->dry) {
		snprintf(text, sizeof text, "%lld", (long long)purge->now);
		code = db->meta_put(writer->db, PURGED, text, err);
	}
	purge->stage = STAGE_END;
	return code;
}

enum err purge_write(struct writer *writer, struct job *job, struct error *err)
{
	static enum err (*const stages[])(struct writer *, struct purge *, struct arena *,
					  struct error *) = {
		[STAGE_PERSONAL] = purge_personal,
		[STAGE_ANSWERS] = purge_answers,
		[STAGE_REST] = purge_rest,
	};
	struct purge *purge = job->data;

	return stages[purge->stage](writer, purge, &job->arena, err);
}

/* --- by hand --------------------------------------------------------------------------------- */

/* One pass an asking: the answer begins with how to go on, or with "end". */
static enum err purge_finish(struct call *call, struct job *job, struct error *err)
{
	const struct purge *purge = job->data;
	struct str *body = &call->reply->body;

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	call_text(call, "");
	str_addf(body, "%s=%d\nafter=%lld\ncases=%lld\nanswers=%lld\n",
		 purge->stage == STAGE_END ? "end" : "stage", (int)purge->stage,
		 (long long)purge->after, (long long)purge->cases, (long long)purge->answers);
	if (purge->stage == STAGE_END)
		str_addf(body, _("%lld cases: names and phones of callers\n"
				 "%lld refusals: what they showed of a case\n"
				 "%lld lines of the audit log, %lld enrolment codes\n"),
			 (long long)purge->cases, (long long)purge->answers,
			 (long long)purge->lines, (long long)purge->codes);
	return ERR_OK;
}

enum err admin_purge_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct purge));
	struct purge *purge = job->data;
	int64_t dry = 0, stage = 0;
	enum err code = call_int(call, "dry", 0, 0, 1, &dry, err);

	if (code == ERR_OK)
		code = call_int(call, "stage", 0, 0, STAGE_REST, &stage, err);
	if (code == ERR_OK)
		code = call_int(call, "after", 0, 0, INT64_MAX, &purge->after, err);
	if (code == ERR_OK)
		code = call_int(call, "cases", 0, 0, INT64_MAX, &purge->cases, err);
	if (code == ERR_OK)
		code = call_int(call, "answers", 0, 0, INT64_MAX, &purge->answers, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	purge->dry = dry == 1;
	purge->by_hand = true;
	purge->by = audit_by(call, &job->arena);
	purge->stage = (enum stage)stage;
	purge->now = call->now;
	job->weight = BATCH_ACTS;
	job->write = purge_write;
	job->finish = purge_finish;
	return call_submit(call, job, err);
}
