/* Pauses, extensions and marks of a limit: tables, what always holds by chance, a naive oracle. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* With a look-up of its own. */
static bool oracle_workday(const struct calendar *calendar, int64_t day)
{
	for (size_t i = 0; i < calendar->n_days; i++)
		if (calendar->days[i].day == day)
			return calendar->days[i].work;
	return (day + 3) % 7 < 5; /* 1970-01-01 was a Thursday */
}

enum { PAUSES_MOST = 4, EXTENSIONS_MOST = 3 };
struct question {
	struct span pauses[PAUSES_MOST];
	struct limit extensions[EXTENSIONS_MOST];
	struct due_ask ask;
};

static void ask_begin(struct question *q, const struct fixture *fx, const char *from,
		      const char *limit)
{
	*q = (struct question){ .ask = { .calendar = fx->rules.calendar,
					 .hours = &fx->rules.hours,
					 .offset_min = CIVIL_CHINA,
					 .from = fixture_time(from) } };
	q->ask.pauses = q->pauses;
	q->ask.extensions = q->extensions;
	assert_int_equal(limit_parse(limit, &q->ask.limit, NULL), ERR_OK);
}

/* "11-23 10:00/11-24 09:00 …" of 2026, in pairs; "" after the slash: no end. */
static void ask_pauses(struct question *q, const char *words)
{
	for (; words != NULL && *words != '\0'; words += strspn(words, ";")) {
		size_t len = strcspn(words, ";"), from = strcspn(words, "/");
		struct span *span = &q->pauses[q->ask.n_pauses++];
		char text[40];

		snprintf(text, sizeof text, "2026-%.*s", (int)from, words);
		span->from = fixture_time(text);
		if (from + 1 < len) {
			snprintf(text, sizeof text, "2026-%.*s", (int)(len - from - 1), words + from + 1);
			span->to = fixture_time(text);
		}
		words += len;
	}
}

static void ask_extensions(struct question *q, const char *words)
{
	for (; words != NULL && *words != '\0'; words += strspn(words, " ")) {
		size_t len = strcspn(words, " ");
		char text[24];

		snprintf(text, sizeof text, "%.*s", (int)len, words);
		assert_int_equal(limit_parse(text, &q->extensions[q->ask.n_extensions++], NULL), 0);
		words += len;
	}
}

/* Mon 11-23 to Fri 11-27 are working days of 08:30-12:00, 13:00-17:30. */
static const struct {
	const char *from, *limit, *pauses, *extensions, *due; /* due NULL: it stands */
} paused[] = {
	{ "2026-11-23 10:00", "30m", "", "", "2026-11-23 10:30" },
	{ "2026-11-23 10:00", "30m", "11-23 10:10/11-23 12:00", "", "2026-11-23 12:20" },
	{ "2026-11-23 10:00", "30m", "11-23 09:00/11-23 12:00", "", "2026-11-23 12:30" },
	{ "2026-11-23 10:00", "30m", "11-23 10:30/11-23 12:00", "", "2026-11-23 10:30" }, /* was due */
	{ "2026-11-23 10:00", "30m", "11-23 08:00/11-23 10:00", "", "2026-11-23 10:30" },
	{ "2026-11-23 10:00", "30m", "11-23 10:10/11-23 11:00;11-23 10:40/11-23 12:00", "",
	  "2026-11-23 12:20" }, /* they overlap */
	{ "2026-11-23 10:00", "30m", "11-23 10:10/11-23 11:00;11-23 11:00/11-23 12:00", "",
	  "2026-11-23 12:20" }, /* they touch */
	{ "2026-11-23 10:00", "2d", "11-24 00:00/11-24 06:00", "", "2026-11-25 16:00" },
	{ "2026-11-23 10:00", "180wm", "11-23 11:00/11-23 14:00", "", "2026-11-23 16:00" },
	{ "2026-11-23 10:00", "180wm", "11-23 12:00/11-23 13:00", "", "2026-11-23 14:00" }, /* lunch */
	{ "2026-11-23 10:00", "180wm", "11-23 11:00/11-24 11:00", "", "2026-11-24 14:00" },
	/* a working day counts when the clock runs at its end */
	{ "2026-11-23 10:00", "2wd", "11-24 09:00/11-24 17:00", "", "2026-11-25 17:30" },
	{ "2026-11-23 10:00", "2wd", "11-24 09:00/11-24 17:30", "", "2026-11-26 17:30" },
	{ "2026-11-23 10:00", "2wd", "11-24 17:30/11-25 09:00", "", "2026-11-25 17:30" },
	{ "2026-11-23 10:00", "2wd", "11-24 17:29/11-25 09:00", "", "2026-11-26 17:30" },
	{ "2026-11-23 10:00", "2wd", "11-23 11:00/11-25 11:00", "", "2026-11-26 17:30" },
	{ "2026-11-23 10:00", "2wd", "11-28 00:00/11-29 00:00", "", "2026-11-25 17:30" }, /* behind it */
	{ "2026-11-20 10:00", "1wd", "11-20 11:00/11-22 20:00", "", "2026-11-23 17:30" }, /* weekend */
	/* extensions go on from the due */
	{ "2026-11-23 10:00", "2wd", "", "1wd", "2026-11-26 17:30" },
	{ "2026-11-23 10:00", "2wd", "", "1wd 1wd", "2026-11-27 17:30" },
	{ "2026-11-23 10:00", "2wd", "", "2d", "2026-11-27 17:30" },
	{ "2026-11-23 10:00", "4h", "", "60wm", "2026-11-23 15:00" },
	{ "2026-11-23 10:00", "2wd", "", "60wm", "2026-11-26 09:30" },
	{ "2026-11-23 10:00", "2wd", "11-26 09:00/11-26 18:00", "1wd", "2026-11-27 17:30" },
	{ "2026-11-23 10:00", "2wd", "11-24 09:00/11-24 18:00", "1wd", "2026-11-27 17:30" },
	{ "2026-09-29 10:00", "1wd", "", "1wd", "2026-10-08 17:30" }, /* the holiday is not counted */
	/* on the shelf */
	{ "2026-11-23 10:00", "30m", "11-23 10:10/", "", NULL },
	{ "2026-11-23 10:00", "30m", "11-23 10:30/", "", "2026-11-23 10:30" },
	{ "2026-11-23 10:00", "2wd", "11-24 10:00/", "", NULL },
	{ "2026-11-23 10:00", "2wd", "11-25 17:30/", "", "2026-11-25 17:30" },
	{ "2026-11-23 10:00", "240wm", "11-23 14:00/", "", NULL },
	{ "2026-11-23 10:00", "2wd", "11-25 17:30/", "1wd", NULL },
};

static void pauses_and_extensions_count(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(paused); i++) {
		struct str explain = STR_INIT;
		struct question q;
		struct due due, again;
		char text[CIVIL_TEXT];

		ask_begin(&q, &fx, paused[i].from, paused[i].limit);
		ask_pauses(&q, paused[i].pauses);
		ask_extensions(&q, paused[i].extensions);
		due = due_of(&q.ask, NULL);
		civil_iso(due.at, CIVIL_CHINA, text);
		if (due.at != (paused[i].due != NULL ? fixture_time(paused[i].due) : 0) ||
		    due.stands != (paused[i].due == NULL))
			fail_msg("%s + %s without %s and with %s = %s", paused[i].from,
				 paused[i].limit, paused[i].pauses, paused[i].extensions, text);
		again = due_of(&q.ask, &explain);
		assert_int_equal(again.at, due.at);
		assert_int_equal(again.stands, due.stands);
		str_release(&explain);
	}
	fixture_release(&fx);
}

static const struct {
	const char *from, *limit, *pauses, *extensions, *text;
} told[] = {
	{ "2026-11-23 10:00", "2wd", "11-24 09:00/11-25 17:00;11-26 09:00/11-26 10:00", "1wd",
	  "2026-11-23 Mon  10:00 begins; counted from the next working day\n"
	  "2026-11-24 Tue  paused until 2026-11-25 17:00\n"
	  "2026-11-25 Wed  work day 1 (paused for a part of it, runs at its end)\n"
	  "2026-11-26 Thu  work day 2 (paused for a part of it, runs at its end)\n"
	  "2026-11-26 Thu  17:30 due so far; extended by 1wd\n"
	  "2026-11-27 Fri  work day 1\n"
	  "2026-11-27 Fri  17:30 due: the end of working time\n" },
	{ "2026-11-23 10:00", "30m", "11-23 10:10/11-23 12:00", "1h",
	  "2026-11-23 Mon  10:00 begins; counted day and night\n"
	  "2026-11-23 Mon  10:10 paused until 2026-11-23 12:00: 110 minutes do not count\n"
	  "2026-11-23 Mon  12:20 due so far; extended by 1h\n"
	  "2026-11-23 Mon  13:20 due\n" },
	{ "2026-11-23 10:00", "180wm", "11-23 11:00/11-24 11:00", "",
	  "2026-11-23 Mon  10:00 begins; counted in working hours\n"
	  "2026-11-23 Mon  60 working minutes, 120 left (paused: 330 minutes)\n"
	  "2026-11-24 Tue  120 working minutes, 0 left (paused: 150 minutes)\n"
	  "2026-11-24 Tue  14:00 due\n" },
	{ "2026-11-23 10:00", "2d", "11-24 00:00/11-24 06:00", "",
	  "2026-11-23 Mon  10:00 begins; counted day and night\n"
	  "2026-11-24 Tue  00:00 paused until 2026-11-24 06:00: 360 minutes do not count\n"
	  "2026-11-24 Tue  day 1\n"
	  "2026-11-25 Wed  day 2\n"
	  "2026-11-25 Wed  16:00 due\n" },
	{ "2026-11-23 10:00", "2wd", "11-24 18:00/", "",
	  "2026-11-23 Mon  10:00 begins; counted from the next working day\n"
	  "2026-11-24 Tue  work day 1\n"
	  "2026-11-24 Tue  18:00 stands still; no due\n" },
};

static void pauses_and_extensions_are_explained(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		struct str explain = STR_INIT;
		struct question q;

		ask_begin(&q, &fx, told[i].from, told[i].limit);
		ask_pauses(&q, told[i].pauses);
		ask_extensions(&q, told[i].extensions);
		due_of(&q.ask, &explain);
		assert_string_equal(str_get(&explain), told[i].text);
		str_release(&explain);
	}
	fixture_release(&fx);
}

/* --- what always holds, by chance ------------------------------------------------------------- */

static struct limit any_limit(struct env *env)
{
	static const struct {
		enum limit_unit unit;
		unsigned most;
	} kinds[] = { { LIMIT_MINUTES, 3000 }, { LIMIT_WORK_MINUTES, 2000 }, { LIMIT_DAYS, 12 },
		      { LIMIT_WORK_DAYS, 12 } };
	size_t kind = env_below(env, ARRAY_LEN(kinds));

	return (struct limit){ kinds[kind].unit, 1 + (int)env_below(env, kinds[kind].most), -1 };
}

static void any_question(struct question *q, const struct fixture *fx, struct env *env)
{
	ask_begin(q, fx, "2026-01-01 00:00", "1m");
	q->ask.from += (int64_t)env_below(env, 300 * 1440) * MINUTE_MS;
	q->ask.limit = any_limit(env);
	if (env_below(env, 8) == 0)
		q->ask.limit.from_clock = (int)env_below(env, 1440);
	q->ask.n_pauses = env_below(env, PAUSES_MOST + 1);
	for (size_t i = 0; i < q->ask.n_pauses; i++) {
		q->pauses[i].from = q->ask.from + ((int64_t)env_below(env, 15 * 1440) - 1440) * MINUTE_MS;
		q->pauses[i].to = q->pauses[i].from + (1 + (int64_t)env_below(env, 5 * 1440)) * MINUTE_MS;
	}
	q->ask.n_extensions = env_below(env, EXTENSIONS_MOST + 1);
	for (size_t i = 0; i < q->ask.n_extensions; i++)
		q->extensions[i] = any_limit(env);
}

enum { ROUNDS = 1500 };

static void a_later_start_is_never_due_earlier(void **state)
{
	struct env_fixed seed = { .seed = 41 };
	struct env env = env_fixed(&seed);
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (int i = 0; i < ROUNDS; i++) {
		struct question q;
		int64_t due;

		any_question(&q, &fx, &env);
		due = due_of(&q.ask, NULL).at;
		assert_true(due > q.ask.from);
		q.ask.from += (int64_t)env_below(&env, 3000) * MINUTE_MS;
		assert_true(due_of(&q.ask, NULL).at >= due);
	}
	fixture_release(&fx);
}

static void pauses_and_extensions_only_add(void **state)
{
	struct env_fixed seed = { .seed = 42 };
	struct env env = env_fixed(&seed);
	struct fixture fx;
	int longer = 0;

	(void)state;
	fixture_init(&fx);
	for (int i = 0; i < ROUNDS; i++) {
		struct question q;
		int64_t due;

		any_question(&q, &fx, &env);
		due = due_of(&q.ask, NULL).at;
		if (q.ask.n_extensions > 0) {
			struct due_ask fewer = q.ask;
			fewer.n_extensions--;
			assert_true(due_of(&fewer, NULL).at < due);
		}
		if (q.ask.n_pauses > 0) {
			struct due_ask fewer = q.ask;
			fewer.n_pauses--;
			assert_true(due_of(&fewer, NULL).at <= due);
			longer += due_of(&fewer, NULL).at < due;
		}
	}
	assert_true(longer > ROUNDS / 8);
	fixture_release(&fx);
}

/* Adds up what the lines say: counted days and minutes, and what pauses keep back. */
static void add_up(const char *text, int64_t *ret_days, int64_t *ret_minutes, int64_t *ret_paused)
{
	*ret_days = *ret_minutes = *ret_paused = 0;
	for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
		const char *words = line + 16; /* "2026-11-23 Mon  " */
		long long a, b;

		*ret_days += strncmp(words, "work day ", 9) == 0;
		if (sscanf(words, "%lld working minutes, %lld left", &a, &b) == 2)
			*ret_minutes += a;
		words = strstr(words, "paused until ");
		if (words != NULL && words < strchr(line, '\n') &&
		    sscanf(words + 13, "%*s %*d:%*d: %lld minutes do not count", &a) == 1)
			*ret_paused += a;
	}
}

static void the_lines_add_up_to_the_due(void **state)
{
	struct env_fixed seed = { .seed = 43 };
	struct env env = env_fixed(&seed);
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (int i = 0; i < ROUNDS; i++) {
		struct str text = STR_INIT;
		struct question q;
		struct due due;
		int64_t days, minutes, kept, all_days = 0, all_minutes = 0, natural = 0;
		char last[CIVIL_TEXT];

		any_question(&q, &fx, &env);
		q.ask.limit.from_clock = -1;
		due = due_of(&q.ask, &text);
		for (size_t e = 0; e <= q.ask.n_extensions; e++) {
			const struct limit *limit = e == 0 ? &q.ask.limit : &q.extensions[e - 1];
			all_days += limit->unit == LIMIT_WORK_DAYS ? limit->amount : 0;
			all_minutes += limit->unit == LIMIT_WORK_MINUTES ? limit->amount : 0;
			natural += limit->unit == LIMIT_MINUTES ? limit->amount :
				   limit->unit == LIMIT_DAYS	? limit->amount * 1440 :
								  0;
		}
		add_up(str_get(&text), &days, &minutes, &kept);
		assert_int_equal(days, all_days);
		assert_int_equal(minutes, all_minutes);
		if (all_days == 0 && all_minutes == 0)
			assert_int_equal(due.at, q.ask.from + (natural + kept) * MINUTE_MS);
		/* the last line is the due */
		civil_format(due.at, CIVIL_CHINA, "Y-m-d", last, sizeof last);
		text.s[text.len - 1] = '\0';
		assert_non_null(strstr(strrchr(text.s, '\n') + 1, last));
		civil_format(due.at, CIVIL_CHINA, "H:M", last, sizeof last);
		assert_true(strlen(last) == 5);
		memcpy(last + 5, " due", 5);
		assert_non_null(strstr(strrchr(text.s, '\n') + 1, last));
		str_release(&text);
	}
	fixture_release(&fx);
}

static bool in_working_time(const struct fixture *fx, int64_t at)
{
	int64_t minute = at / MINUTE_MS + CIVIL_CHINA;
	int of_day = (int)(minute % 1440);

	for (int i = 0; i < fx->rules.hours.n; i++)
		if (of_day >= fx->rules.hours.span[i].from && of_day <= fx->rules.hours.span[i].to)
			return oracle_workday(fx->rules.calendar, minute / 1440);
	return false;
}

static void marks_ascend_to_the_due(void **state)
{
	struct env_fixed seed = { .seed = 44 };
	struct env env = env_fixed(&seed);
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (int i = 0; i < ROUNDS; i++) {
		struct question q;
		int64_t before = 0, due;

		any_question(&q, &fx, &env);
		due = due_of(&q.ask, NULL).at;
		assert_int_equal(due_mark(&q.ask, 100), due);
		for (int percent = 1; percent <= 200; percent += 1 + (int)env_below(&env, 30)) {
			int64_t at = due_mark(&q.ask, percent);

			assert_true(at >= before && at > q.ask.from);
			assert_true(percent >= 100 || at <= due);
			assert_true(due_used(&q.ask, at) >= percent);
			assert_true(due_used(&q.ask, at - 1) < percent);
			if (q.ask.limit.unit == LIMIT_WORK_DAYS && q.ask.n_extensions == 0)
				assert_true(in_working_time(&fx, at));
			before = at;
		}
		assert_int_equal(due_used(&q.ask, q.ask.from), 0);
	}
	fixture_release(&fx);
}

static const struct {
	const char *from, *limit, *pauses, *extensions;
	int percent;
	const char *at; /* NULL: never */
} marks[] = {
	{ "2026-11-23 10:00", "4h", "", "", 75, "2026-11-23 13:00" },
	{ "2026-11-23 10:00", "4h", "", "", 150, "2026-11-23 16:00" },
	{ "2026-11-23 10:00", "4h", "11-23 11:00/11-23 12:00", "", 75, "2026-11-23 14:00" },
	{ "2026-11-23 10:00", "4h", "", "4h", 75, "2026-11-23 16:00" },
	/* 8 working hours a day: half of two working days is the end of the first, never midnight */
	{ "2026-11-23 22:00", "2wd", "", "", 50, "2026-11-24 17:30" },
	{ "2026-11-23 22:00", "2wd", "", "", 75, "2026-11-25 13:30" },
	{ "2026-11-23 22:00", "2wd", "", "", 100, "2026-11-25 17:30" },
	{ "2026-11-23 22:00", "2wd", "", "", 150, "2026-11-26 17:30" },
	{ "2026-11-23 22:00", "1wd", "", "1wd", 50, "2026-11-24 17:30" },
	{ "2026-11-23 22:00", "2wd", "11-24 09:00/11-24 18:00", "", 50, "2026-11-25 17:30" },
	{ "2026-11-23 16:30", "120wm", "", "", 50, "2026-11-23 17:30" },
	{ "2026-11-23 16:30", "120wm", "", "", 51, "2026-11-24 08:31" },
	{ "2026-11-23 10:00", "4h", "11-23 11:00/", "", 75, NULL },
	{ "2026-11-23 10:00", "-", "", "", 75, NULL },
};

static void marks_are_computed(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		struct question q;
		int64_t at;

		ask_begin(&q, &fx, marks[i].from, marks[i].limit);
		ask_pauses(&q, marks[i].pauses);
		ask_extensions(&q, marks[i].extensions);
		at = due_mark(&q.ask, marks[i].percent);
		if (marks[i].at == NULL) {
			assert_int_equal(at, 0);
			continue;
		}
		/* to the minute */
		if (at / MINUTE_MS != fixture_time(marks[i].at) / MINUTE_MS)
			fail_msg("%d%% of %s + %s: %lld", marks[i].percent, marks[i].from,
				 marks[i].limit, (long long)at);
	}
	fixture_release(&fx);
}

/* --- the oracle with pauses ------------------------------------------------------------------- */

static bool oracle_paused(const struct question *q, int64_t at)
{
	for (size_t i = 0; i < q->ask.n_pauses; i++)
		if (at >= q->pauses[i].from && at < q->pauses[i].to)
			return true;
	return false;
}

/* Minute by minute; a day by the last minute of its working time. */
static int64_t oracle_limit(const struct fixture *fx, const struct question *q,
			    const struct limit *limit, int64_t from)
{
	int64_t day = (from / MINUTE_MS + CIVIL_CHINA) / 1440;
	int end = fx->rules.hours.span[fx->rules.hours.n - 1].to;
	int64_t left = limit->unit == LIMIT_DAYS ? limit->amount * 1440 : limit->amount;

	if (limit->unit == LIMIT_WORK_DAYS) {
		while (left > 0) {
			day++;
			left -= oracle_workday(fx->rules.calendar, day) &&
				!oracle_paused(q, (day * 1440 + end - 1 - CIVIL_CHINA) * MINUTE_MS);
		}
		return (day * 1440 + end - CIVIL_CHINA) * MINUTE_MS;
	}
	for (int64_t at = from;; at += MINUTE_MS) {
		int64_t minute = at / MINUTE_MS + CIVIL_CHINA;
		bool counted = limit->unit != LIMIT_WORK_MINUTES;
		for (int i = 0; i < fx->rules.hours.n && !counted; i++)
			counted = minute % 1440 >= fx->rules.hours.span[i].from &&
				  minute % 1440 < fx->rules.hours.span[i].to &&
				  oracle_workday(fx->rules.calendar, minute / 1440);
		if (counted && !oracle_paused(q, at) && --left == 0)
			return at + MINUTE_MS;
	}
}

static void the_oracle_agrees_on_pauses(void **state)
{
	struct env_fixed seed = { .seed = 45 };
	struct env env = env_fixed(&seed);
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (int i = 0; i < ROUNDS / 3; i++) {
		struct question q;
		int64_t at;

		any_question(&q, &fx, &env);
		q.ask.limit.from_clock = -1;
		at = oracle_limit(&fx, &q, &q.ask.limit, q.ask.from);
		for (size_t e = 0; e < q.ask.n_extensions; e++)
			at = oracle_limit(&fx, &q, &q.extensions[e], at);
		assert_int_equal(due_of(&q.ask, NULL).at, at);
	}
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_and_extensions_count),
		cmocka_unit_test(pauses_and_extensions_are_explained),
		cmocka_unit_test(a_later_start_is_never_due_earlier),
		cmocka_unit_test(pauses_and_extensions_only_add),
		cmocka_unit_test(the_lines_add_up_to_the_due),
		cmocka_unit_test(marks_ascend_to_the_due),
		cmocka_unit_test(marks_are_computed),
		cmocka_unit_test(the_oracle_agrees_on_pauses),
	};

	return cmocka_run_group_tests_name("domain/due_pause", tests, NULL, NULL);
}
