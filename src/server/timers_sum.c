/* One act for what came late: held back by quiet hours, or missed while no server ran. */
#include <config.h>

#include "timers_kind_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "admit_priv.h"
#include "service_priv.h"

enum { MINUTE = 60 * 1000, DAY_MINUTES = 24 * 60, HELD_TEXT = 160 };

static const char *const names[SUMS] = { [SUM_QUIET] = "held", [SUM_LATE] = "late" };

/* --- kept with the data ------------------------------------------------------------------------ */

static enum err read_one(struct sums *sums, enum sum sum, struct error *err)
{
	struct held *held = &sums->held[sum];
	struct arena arena = ARENA_INIT;
	const char *text = NULL;
	enum err code = sums->writer->service->db->meta_get(sums->writer->db, names[sum], &arena,
							    &text, err);
	int n = code == ERR_OK && text != NULL
			? sscanf(text,
				 "%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64
				 " %" SCNd64,
				 &held->from, &held->to, &held->urges, &held->overdue,
				 &held->listed, &held->n)
			: 0;

	if (n < 5) /* five: of a program that did not count them all */
		*held = (struct held){ .from = 0 };
	arena_release(&arena);
	return code;
}

enum err sums_read(struct sums *sums, struct error *err)
{
	enum err code = read_one(sums, SUM_QUIET, err);

	return code == ERR_OK ? read_one(sums, SUM_LATE, err) : code;
}

static enum err write_one(struct sums *sums, enum sum sum, struct error *err)
{
	const struct held *held = &sums->held[sum];
	char text[HELD_TEXT];

	snprintf(text, sizeof text,
		 "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64,
		 held->from, held->to, held->urges, held->overdue, held->listed, held->n);
	return sums->writer->service->db->meta_put(sums->writer->db, names[sum], text, err);
}

/* --- told -------------------------------------------------------------------------------------- */

static void give(struct act *act, const char *name, int64_t num, struct arena *arena)
{
	act_give(act, act_arg_field(act->desc, name), (struct value){ .num = num }, arena);
}

static enum err tell(struct sums *sums, const struct held *held, struct arena *arena,
		     struct error *err)
{
	char words[96];
	struct act act = { .desc = act_desc_find("digest"),
			   .target = { .kind = KIND_MODE, .id = uuid_named("mode") },
			   .actor = system_actor(sums->rules),
			   .at = sums->now };
	struct admission admission = { .act = &act, .recv = sums->now, .eff = sums->now };

	/* what is told of late is one more act: the same night may be summed up again */
	snprintf(words, sizeof words, "digest %" PRId64 " %" PRId64 " %" PRId64, held->from,
		 held->to, sums->writer->head);
	act.id = uuid_named(words);
	give(&act, "digest_from", held->from, arena);
	give(&act, "digest_to", held->to, arena);
	give(&act, "urges", held->urges, arena);
	give(&act, "overdue", held->overdue, arena);
	give(&act, "listed", held->listed, arena);
	return admit(sums->writer, &admission, arena, err);
}

static enum err sum_up(struct sums *sums, enum sum sum, int *ret_acts, struct error *err)
{
	struct held *held = &sums->held[sum];
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	if (held->from == 0)
		return ERR_OK;
	if (sum == SUM_QUIET || held->n >= LATE_LEAST) {
		code = tell(sums, held, &arena, err);
		(*ret_acts)++;
	}
	arena_release(&arena);
	*held = (struct held){ .from = 0 };
	return code == ERR_OK ? write_one(sums, sum, err) : code;
}

/* --- counted ----------------------------------------------------------------------------------- */

static enum err count(struct sums *sums, enum sum sum, const struct firing *firing, bool runs_out,
		      struct error *err)
{
	struct held *held = &sums->held[sum];

	held->urges += (firing->effects & 1u << TIMEOUT_URGE) != 0;
	held->overdue += runs_out;
	held->listed += (firing->effects & 1u << TIMEOUT_LIST) != 0;
	held->n++;
	return write_one(sums, sum, err);
}

static enum err add_quiet(struct sums *sums, const struct firing *firing, bool runs_out,
			  int64_t until, int *ret_acts, struct error *err)
{
	struct held *held = &sums->held[SUM_QUIET];
	int minutes = (sums->rules->quiet_to - sums->rules->quiet_from + DAY_MINUTES) % DAY_MINUTES;
	enum err code = ERR_OK;

	if (held->from != 0 && until > held->to)
		code = sum_up(sums, SUM_QUIET, ret_acts, err);
	if (code != ERR_OK)
		return code;
	if (held->from == 0)
		*held = (struct held){ .from = until - (int64_t)minutes * MINUTE, .to = until };
	return count(sums, SUM_QUIET, firing, runs_out, err);
}

static enum err add_late(struct sums *sums, const struct firing *firing, bool runs_out,
			 struct error *err)
{
	struct held *held = &sums->held[SUM_LATE];

	if (held->from == 0 || firing->at < held->from)
		held->from = firing->at;
	held->to = sums->now;
	return count(sums, SUM_LATE, firing, runs_out, err);
}

enum err sums_add(struct sums *sums, const struct firing *firing, bool runs_out, int64_t until,
		  int *ret_acts, struct error *err)
{
	if (firing->held && until != 0)
		return add_quiet(sums, firing, runs_out, until, ret_acts, err);
	if (!firing->held && sums->now - firing->at > LATE_MS)
		return add_late(sums, firing, runs_out, err);
	return ERR_OK;
}

enum err sums_end(struct sums *sums, int *ret_acts, struct error *err)
{
	enum err code = sum_up(sums, SUM_LATE, ret_acts, err);

	if (code != ERR_OK || sums->held[SUM_QUIET].to > sums->now)
		return code;
	return sum_up(sums, SUM_QUIET, ret_acts, err);
}
