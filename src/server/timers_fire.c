/* Clocks that passed a mark: the server's own acts, and what the quiet hours held back. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"
#include "timers_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/notice.h"
#include "zhiban/wire/entity.h"

enum { MINUTE = 60 * 1000, DAY_MINUTES = 24 * 60, HELD_TEXT = 160 };

struct held { /* what one night's quiet hours held back; from 0: nothing */
	int64_t from, to;
	int64_t urges, overdue, listed;
};

struct shooting { /* one job */
	struct writer *writer;
	const struct rules *rules;
	int64_t now;
	int left; /* acts that this transaction may still write */
	struct held held;
	struct arena arena; /* of one incident */
};

/* --- the night's summary --------------------------------------------------------------------- */

/* Kept with the data until it is summed up, so that nothing is counted twice or lost. */
static enum err held_read(struct shooting *shooting, struct error *err)
{
	struct held *held = &shooting->held;
	const char *text;
	enum err code = shooting->writer->service->db->meta_get(shooting->writer->db, "held",
								&shooting->arena, &text, err);

	if (code == ERR_OK && text != NULL &&
	    sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, &held->from,
		   &held->to, &held->urges, &held->overdue, &held->listed) != 5)
		*held = (struct held){ .from = 0 };
	return code;
}

static enum err held_write(struct shooting *shooting, struct error *err)
{
	const struct held *held = &shooting->held;
	char text[HELD_TEXT];

	snprintf(text, sizeof text, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64,
		 held->from, held->to, held->urges, held->overdue, held->listed);
	return shooting->writer->service->db->meta_put(shooting->writer->db, "held", text, err);
}

static void give(struct act *act, const char *name, int64_t num, struct arena *arena)
{
	act_give(act, act_arg_field(act->desc, name), (struct value){ .num = num }, arena);
}

/* One act on the mode says how many there were. */
static enum err sum_up(struct shooting *shooting, struct error *err)
{
	const struct held *held = &shooting->held;
	struct arena *arena = &shooting->arena;
	char words[96];
	struct act act = { .desc = act_desc_find("digest"),
			   .target = { .kind = KIND_MODE, .id = uuid_named("mode") },
			   .actor = system_actor(shooting->rules),
			   .at = shooting->now };
	struct admission admission = { .act = &act, .recv = shooting->now, .eff = shooting->now };
	enum err code;

	if (held->from == 0)
		return ERR_OK;
	/* what is told of late is one more act: the same night may be summed up again */
	snprintf(words, sizeof words, "digest %" PRId64 " %" PRId64 " %" PRId64, held->from,
		 held->to, shooting->writer->head);
	act.id = uuid_named(words);
	give(&act, "digest_from", held->from, arena);
	give(&act, "digest_to", held->to, arena);
	give(&act, "urges", held->urges, arena);
	give(&act, "overdue", held->overdue, arena);
	give(&act, "listed", held->listed, arena);
	code = admit(shooting->writer, &admission, arena, err);
	shooting->held = (struct held){ .from = 0 };
	shooting->left--;
	return code != ERR_OK ? code : held_write(shooting, err);
}

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

/* Counts what waited for the end of the quiet hours; another night's begins anew. */
static enum err count_held(struct shooting *shooting, const struct incident *incident,
			   const struct firing *firing, const struct firing *first,
			   const char *mode, struct error *err)
{
	struct held *held = &shooting->held;
	int minutes = (shooting->rules->quiet_to - shooting->rules->quiet_from + DAY_MINUTES) %
		      DAY_MINUTES;
	int64_t until = 0;
	enum err code = ERR_OK;

	if (!firing->held ||
	    !clock_is_quiet(shooting->rules, incident, mode, firing->at, &until))
		return ERR_OK;
	if (held->from != 0 && until > held->to)
		code = sum_up(shooting, err);
	if (code != ERR_OK)
		return code;
	if (held->from == 0)
		*held = (struct held){ .from = until - (int64_t)minutes * MINUTE, .to = until };
	held->urges += (firing->effects & 1u << TIMEOUT_URGE) != 0;
	held->overdue += runs_out(firing, first);
	held->listed += (firing->effects & 1u << TIMEOUT_LIST) != 0;
	return held_write(shooting, err);
}

/* --- one incident ---------------------------------------------------------------------------- */

static enum err fire(struct shooting *shooting, const struct incident *incident,
		     const struct firing *firing, const struct firing *first, const char *mode,
		     bool *ret_done, struct error *err)
{
	struct act act = firing_act(shooting->rules, incident, firing, shooting->now,
				    &shooting->arena);
	struct admission admission = { .act = &act, .recv = shooting->now, .eff = shooting->now };
	enum err code = admit(shooting->writer, &admission, &shooting->arena, err);

	*ret_done = code == ERR_OK && admission.code == ERR_OK;
	if (!*ret_done)
		return code;
	shooting->left--;
	metric_add(shooting->writer->service, METRIC_CLOCKS, 1);
	return count_held(shooting, incident, firing, first, mode, err);
}

/* Nothing could be done about it now: so that it is not asked for again and again, its moment is
 * the next one that lies ahead, or the next time that something is done to it. */
static enum err put_off(struct shooting *shooting, int64_t eno, int64_t at, struct error *err)
{
	const struct db_ops *db = shooting->writer->service->db;

	return at > shooting->now ? db->timer_put(shooting->writer->db, eno, at, err)
				  : db->timer_clear(shooting->writer->db, eno, err);
}

/* A receipt of a notice ran out, or the notice itself. */
static enum err lapse(struct shooting *shooting, const struct notice *notice, int64_t eno,
		      struct error *err)
{
	char words[UUID_TEXT + 40], id[UUID_TEXT];
	int64_t at = notice_next(notice);
	struct act act = { .desc = act_desc_find("lapse"),
			   .target = { KIND_NOTICE, notice->head.id, notice->head.version },
			   .actor = system_actor(shooting->rules),
			   .at = shooting->now };
	struct admission admission = { .act = &act, .recv = shooting->now, .eff = shooting->now };
	enum err code;

	if (at == 0 || at > shooting->now)
		return put_off(shooting, eno, at, err);
	uuid_text(&notice->head.id, id);
	snprintf(words, sizeof words, "lapse %s %" PRId64, id, at);
	act.id = uuid_named(words); /* any node may try it, and it happens once */
	code = admit(shooting->writer, &admission, &shooting->arena, err);
	shooting->left--;
	return code == ERR_OK && admission.code != ERR_OK ? put_off(shooting, eno, 0, err) : code;
}

static enum err fire_one(struct shooting *shooting, int64_t eno, struct error *err)
{
	const struct db_ops *db = shooting->writer->service->db;
	struct firing firings[FIRINGS_MAX];
	const char *mode;
	struct db_entity row;
	void *incident;
	bool done = false;
	size_t n;
	enum err code = db->entity_at(shooting->writer->db, eno, &shooting->arena, &row, err);

	if (code != ERR_OK)
		return code;
	if (entity_decode(row.bytes, row.len, &shooting->arena, &incident, NULL) != ERR_OK)
		return db->timer_clear(shooting->writer->db, eno, err);
	if (((struct entity *)incident)->kind == KIND_NOTICE)
		return lapse(shooting, incident, eno, err);
	code = mode_in_force(shooting->writer, &mode, err);
	if (code != ERR_OK)
		return code;
	n = clock_fires(shooting->rules, incident, mode, shooting->now, firings);
	for (size_t i = 0; code == ERR_OK && i < n && (i == 0 || done); i++)
		code = fire(shooting, incident, &firings[i], firings, mode, &done, err);
	if (code == ERR_OK && !done)
		code = put_off(shooting, eno,
			       clock_next_fire(shooting->rules, incident, mode, shooting->now),
			       err);
	return code;
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

/* When all that the quiet hours held back has fired. */
static enum err end_of_quiet(struct shooting *shooting, struct error *err)
{
	int64_t next = 0;
	enum err code = shooting->writer->service->db->timer_next(shooting->writer->db, &next, err);

	if (code != ERR_OK || (next != 0 && next <= shooting->now) ||
	    shooting->held.to > shooting->now)
		return code;
	return sum_up(shooting, err);
}

static enum err fire_due(struct writer *writer, int64_t now, struct error *err)
{
	struct shooting shooting = { .writer = writer,
				     .rules = &writer->book->profile->rules,
				     .now = now,
				     .left = FIRE_ROWS,
				     .arena = ARENA_INIT };
	struct due_rows rows = { .n = 0 };
	enum err code = writer->service->db->timer_due(writer->db, now, FIRE_ROWS, due_each, &rows,
						       err);

	writer->retimed = true; /* whatever came of it, the next moment is another one */
	if (code == ERR_OK)
		code = held_read(&shooting, err);
	for (size_t i = 0; code == ERR_OK && i < rows.n && shooting.left > 0; i++) {
		arena_reset(&shooting.arena);
		code = fire_one(&shooting, rows.enos[i], err);
	}
	if (code == ERR_OK)
		code = end_of_quiet(&shooting, err);
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
