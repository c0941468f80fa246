/* Clocks that passed a mark, and what else its time has come: the server's own acts. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"
#include "timers_kind_priv.h"
#include "timers_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/domain/notice.h"
#include "zhiban/wire/entity.h"

struct shooting { /* one job */
	struct writer *writer;
	const struct rules *rules;
	int64_t now;
	int left; /* acts that this transaction may still write */
	struct sums sums;
	struct arena arena; /* of one entity */
};

/* --- one entity ------------------------------------------------------------------------------- */

/* Whether the clock's time is up with this mark; first: of those that fire now, of all its
 * clocks. */
static bool runs_out(const struct firing *firing, const struct firing *first)
{
	int64_t before = firing->clock->fired;

	for (const struct firing *one = first; one < firing; one++)
		if (one->clock == firing->clock)
			before = one->threshold;
	return firing->threshold >= 100 && before < 100;
}

/* One whose clocks pass marks, as it was read. */
struct marked {
	const struct timer_kind *kind;
	const void *entity;
	const char *mode;
	int64_t eno;
};

/* It may be one of those that are summed up. */
static enum err count_late(struct shooting *shooting, const struct marked *marked,
			   const struct firing *firing, const struct firing *first,
			   struct error *err)
{
	int64_t until = 0;
	int acts = 0;
	enum err code;

	if (firing->held && !marked->kind->quiet(shooting->rules, marked->entity, marked->mode,
						 firing->at, &until))
		until = 0;
	code = sums_add(&shooting->sums, firing, runs_out(firing, first), until, &acts, err);
	shooting->left -= acts;
	return code;
}

static enum err fire(struct shooting *shooting, const struct marked *marked,
		     const struct firing *firing, const struct firing *first, bool *ret_done,
		     struct error *err)
{
	struct act act = marked->kind->act(shooting->rules, marked->entity, firing, shooting->now,
					   &shooting->arena);
	struct admission admission = { .act = &act, .recv = shooting->now, .eff = shooting->now };
	enum err code = admit(shooting->writer, &admission, &shooting->arena, err);

	*ret_done = code == ERR_OK && admission.code == ERR_OK;
	if (!*ret_done)
		return code;
	shooting->left--;
	metric_add(shooting->writer->service, METRIC_CLOCKS, 1);
	return count_late(shooting, marked, firing, first, err);
}

/* Nothing could be done about it now: so that it is not asked for again and again, its moment is
 * the next one that lies ahead, or the next time that something is done to it. */
static enum err put_off(struct shooting *shooting, int64_t eno, int64_t at, struct error *err)
{
	const struct db_ops *db = shooting->writer->service->db;

	return at > shooting->now ? db->timer_put(shooting->writer->db, eno, at, err)
				  : db->timer_clear(shooting->writer->db, eno, err);
}

/* When what has no clocks must be looked at next. */
static enum err next_moment(struct shooting *shooting, const void *entity, int64_t *ret_at,
			    struct error *err)
{
	if (((const struct entity *)entity)->kind == KIND_SWAP)
		return swap_moment(shooting->writer, entity, &shooting->arena, ret_at, err);
	*ret_at = notice_next(entity);
	return ERR_OK;
}

/* A receipt of a notice ran out, or the notice itself; a duty began that was to be swapped. */
static enum err lapse(struct shooting *shooting, const void *entity, int64_t eno, struct error *err)
{
	const struct entity *head = entity;
	char words[UUID_TEXT + 40], id[UUID_TEXT];
	int64_t at = 0;
	struct act act = { .desc = act_desc_of(head->kind, "lapse"),
			   .target = { head->kind, head->id, head->version },
			   .actor = system_actor(shooting->rules),
			   .at = shooting->now };
	struct admission admission = { .act = &act, .recv = shooting->now, .eff = shooting->now };
	enum err code = next_moment(shooting, entity, &at, err);

	if (code != ERR_OK)
		return code;
	if (at == 0 || at > shooting->now)
		return put_off(shooting, eno, at, err);
	uuid_text(&head->id, id);
	snprintf(words, sizeof words, "lapse %s %" PRId64, id, at);
	act.id = uuid_named(words); /* any node may try it, and it happens once */
	code = admit(shooting->writer, &admission, &shooting->arena, err);
	shooting->left--;
	if (code != ERR_OK)
		return code;
	if (admission.code == ERR_OK && admission.again && head->kind == KIND_SWAP) {
		code = swap_duties_begin(shooting->writer, entity, &shooting->arena, &at, err);
		return code == ERR_OK ? put_off(shooting, eno, at, err) : code;
	}
	return admission.code != ERR_OK ? put_off(shooting, eno, 0, err) : ERR_OK;
}

static enum err fire_marks(struct shooting *shooting, const struct marked *marked,
			   struct error *err)
{
	struct firing firings[FIRINGS_MAX];
	size_t n = marked->kind->fires(shooting->rules, marked->entity, marked->mode, shooting->now,
				       firings);
	bool done = false;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < n && (i == 0 || done); i++)
		code = fire(shooting, marked, &firings[i], firings, &done, err);
	if (code != ERR_OK || done)
		return code;
	return put_off(shooting, marked->eno,
		       marked->kind->next(shooting->rules, marked->entity, marked->mode,
					  shooting->now),
		       err);
}

static enum err fire_one(struct shooting *shooting, int64_t eno, struct error *err)
{
	const struct db_ops *db = shooting->writer->service->db;
	struct marked marked = { .eno = eno };
	struct db_entity row;
	void *entity;
	enum err code = db->entity_at(shooting->writer->db, eno, &shooting->arena, &row, err);

	if (code != ERR_OK)
		return code;
	if (entity_decode(row.bytes, row.len, &shooting->arena, &entity, NULL) != ERR_OK)
		return db->timer_clear(shooting->writer->db, eno, err);
	marked.entity = entity;
	marked.kind = timer_kind(((struct entity *)entity)->kind);
	if (marked.kind == NULL)
		return db->timer_clear(shooting->writer->db, eno, err);
	if (marked.kind->fires == NULL)
		return lapse(shooting, entity, eno, err);
	code = mode_in_force(shooting->writer, &marked.mode, err);
	return code == ERR_OK ? fire_marks(shooting, &marked, err) : code;
}

/* --- the job --------------------------------------------------------------------------------- */

struct due_rows {
	int64_t enos[FIRE_ROWS];
	size_t n;
};

static bool due_each(void *ctx, int64_t eno, int64_t at)
{
	struct due_rows *rows = ctx;

	(void)at;
	rows->enos[rows->n++] = eno;
	return rows->n < FIRE_ROWS;
}

/* When all that came late has fired. */
static enum err end_of_sums(struct shooting *shooting, struct error *err)
{
	int64_t next = 0;
	int acts = 0;
	enum err code = shooting->writer->service->db->timer_next(shooting->writer->db, &next, err);

	if (code != ERR_OK || (next != 0 && next <= shooting->now))
		return code;
	return sums_end(&shooting->sums, &acts, err);
}

static enum err fire_due(struct writer *writer, int64_t now, struct error *err)
{
	struct shooting shooting = { .writer = writer,
				     .rules = &writer->book->profile->rules,
				     .now = now,
				     .left = FIRE_ROWS,
				     .sums = { .writer = writer,
					       .rules = &writer->book->profile->rules,
					       .now = now },
				     .arena = ARENA_INIT };
	struct due_rows rows = { .n = 0 };
	enum err code = writer->service->db->timer_due(writer->db, now, FIRE_ROWS, due_each, &rows,
						       err);

	writer->retimed = true; /* whatever came of it, the next moment is another one */
	if (code == ERR_OK)
		code = sums_read(&shooting.sums, err);
	for (size_t i = 0; code == ERR_OK && i < rows.n && shooting.left > 0; i++) {
		arena_reset(&shooting.arena);
		code = fire_one(&shooting, rows.enos[i], err);
	}
	if (code == ERR_OK)
		code = end_of_sums(&shooting, err);
	arena_release(&shooting.arena);
	return code;
}

enum err timers_fire(struct writer *writer, struct job *job, struct error *err)
{
	(void)job;
	return fire_due(writer, writer_now(writer), err);
}

enum err timers_fire_until(struct writer *writer, int64_t moment, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	int64_t before = writer->moment, at = 0;
	enum err code = db->timer_next(writer->db, &at, err);

	while (code == ERR_OK && at != 0 && at <= moment) {
		writer->moment = at > before ? at : before; /* time does not run back */
		code = fire_due(writer, writer->moment, err);
		if (code == ERR_OK)
			code = db->timer_next(writer->db, &at, err);
	}
	writer->moment = before;
	return code;
}
