/* Percentages of a limit and its extensions, as moments, and back. */
#include <config.h>

#include "due_priv.h"

#include "zhiban/base/civil.h"

/* The next moment at which it is `minute` o'clock, `from` itself included. */
static int64_t next_clock(int64_t from, int minute, int offset_min)
{
	int64_t at = civil_ms_of_day(civil_day_of_ms(from, offset_min), offset_min) +
		     minute * MINUTE_MS;

	return at >= from ? at : at + DAY_MS;
}

int64_t due_begin(const struct due_ask *ask, const struct limit *limit, int64_t from)
{
	return limit->from_clock >= 0 ? next_clock(from, limit->from_clock, ask->offset_min) : from;
}

static int64_t work_days(const struct due_ask *ask, int64_t from, int days)
{
	int64_t stands = walk_stands_from(ask);
	int32_t day = civil_day_of_ms(from, ask->offset_min);

	while (days > 0) {
		day++;
		if (civil_ms_of_day(day, ask->offset_min) > stands)
			return NEVER;
		if (calendar_is_workday(ask->calendar, day) && walk_day_runs(ask, day))
			days--;
	}
	return walk_day_end(ask, day);
}

int64_t due_limit(const struct due_ask *ask, const struct limit *limit, int64_t from)
{
	from = due_begin(ask, limit, from);
	switch (limit->unit) {
	case LIMIT_NONE:
		return from;
	case LIMIT_MINUTES:
	case LIMIT_WORK_MINUTES:
		return walk_on(ask, limit->unit, from, limit->amount * MINUTE_MS);
	case LIMIT_DAYS:
		return walk_on(ask, limit->unit, from, limit->amount * DAY_MS);
	case LIMIT_WORK_DAYS:
		return work_days(ask, from, limit->amount);
	}
	return NEVER;
}

/* The limit is piece 0, the extensions follow; each begins where the one before ended. */
struct piece {
	enum limit_unit unit;
	int64_t from, to; /* to NEVER: it stands in it */
	int64_t ms;	  /* time that counts */
};

static struct piece piece_at(const struct due_ask *ask, size_t i, int64_t from)
{
	const struct limit *limit = i == 0 ? &ask->limit : &ask->extensions[i - 1];
	struct piece piece = { .unit = limit->unit, .from = due_begin(ask, limit, from) };

	piece.to = due_limit(ask, limit, from);
	if (piece.to != NEVER)
		piece.ms = walk_between(ask, piece.unit, piece.from, piece.to);
	return piece;
}

/* All time that counts until the due; false when it stands before. */
static bool total(const struct due_ask *ask, int64_t *ret_ms)
{
	int64_t from = ask->from, ms = 0;

	for (size_t i = 0; i <= ask->n_extensions; i++) {
		struct piece piece = piece_at(ask, i, from);
		if (piece.to == NEVER)
			return false;
		ms += piece.ms;
		from = piece.to;
	}
	*ret_ms = ms;
	return ms > 0;
}

int64_t due_mark(const struct due_ask *ask, int percent)
{
	struct piece piece = { .unit = LIMIT_NONE };
	int64_t from = ask->from, all, left, at;

	if (ask->limit.unit == LIMIT_NONE || !total(ask, &all))
		return 0;
	left = (all * percent + 99) / 100;
	for (size_t i = 0; i <= ask->n_extensions; i++) {
		piece = piece_at(ask, i, from);
		if (left <= piece.ms)
			return walk_on(ask, piece.unit, piece.from, left);
		left -= piece.ms;
		from = piece.to;
	}
	at = walk_on(ask, piece.unit, from, left);
	return at != NEVER ? at : 0;
}

int due_used(const struct due_ask *ask, int64_t now)
{
	struct piece piece = { .unit = LIMIT_NONE };
	int64_t from = ask->from, all, used = 0;

	if (ask->limit.unit == LIMIT_NONE || !total(ask, &all))
		return 0;
	for (size_t i = 0; i <= ask->n_extensions; i++) {
		piece = piece_at(ask, i, from);
		used += now < piece.to ? walk_between(ask, piece.unit, piece.from, now) : piece.ms;
		if (now < piece.to)
			break;
		from = piece.to;
	}
	if (now >= piece.to)
		used += walk_between(ask, piece.unit, piece.to, now);
	return (int)(used * 100 / all);
}
