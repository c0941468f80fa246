/* When the machine tries again, how it says that the line is weak, and whom it asks in between. */
#include <config.h>

#include "sync_help.h"

/* No answer: attempts begin 1, 2, 4, 8 s apart, spread by a quarter; the request stays the same. */
static void attempts_begin_eight_seconds_apart_at_most(void **state)
{
	static const int64_t seconds[] = { 1, 2, 4, 8, 8, 8, 8 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	for (size_t i = 0; i < ARRAY_LEN(seconds); i++) {
		int64_t started = fake.now, next;

		fake.now += 200; /* how long the failure took counts in */
		fake.lane[LANE_READ].busy = false;
		sync_failed(fake.sync, LANE_READ, "the line is cut", fake.now);
		assert_int_equal(fake.link, SYNC_OFFLINE);
		assert_string_equal(fake.reason, "the line is cut");
		assert_false(sync_in_step(fake.sync));
		next = sync_next_tick(fake.sync);
		assert_true(next - started >= seconds[i] * 750);
		assert_true(next - started <= seconds[i] * 1250);
		sync_tick(fake.sync, next - 1);
		IDLE(&fake, LANE_READ);
		fake.now = next;
		sync_tick(fake.sync, next);
		/* after some in vain it asks for less */
		PATH(&fake, LANE_READ,
		     i < 2 ? "/v1/feed?epoch=" EPOCH_A "&since=50&wait=0&max=524288" SCOPE
			   : "/v1/feed?epoch=" EPOCH_A "&since=50&wait=0&max=65536" SCOPE);
		BUSY(&fake, LANE_READ);
	}
	answer_feed(&fake, EPOCH_A, 50, 50);
	assert_int_equal(fake.link, SYNC_ONLINE);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=50&wait=50&max=524288" SCOPE);
	end(&fake);
}

/* An attempt that hung for long is followed by the next one, though not at once. */
static void after_a_long_silence_it_tries_soon(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	for (int i = 0; i < 4; i++) {
		fake.now += 12000;
		fake.lane[LANE_READ].busy = false;
		sync_failed(fake.sync, LANE_READ, "silence", fake.now);
		IDLE(&fake, LANE_READ);
		assert_int_equal(sync_next_tick(fake.sync), fake.now + 500);
		fake.now += 500;
		sync_tick(fake.sync, fake.now);
		BUSY(&fake, LANE_READ);
	}
	end(&fake);
}

/* A server in trouble is given time: waits grow to a minute. */
static void trouble_waits_longer_each_time(void **state)
{
	static const int64_t seconds[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	for (size_t i = 0; i < ARRAY_LEN(seconds); i++) {
		int64_t next;

		answer(&fake, LANE_READ, 500, "{\"error\":\"IO\"}", 0);
		assert_int_equal(fake.link, SYNC_UNABLE);
		next = sync_next_tick(fake.sync);
		assert_true(next - fake.now >= seconds[i] * 750);
		assert_true(next - fake.now <= seconds[i] * 1250);
		fake.now = next;
		sync_tick(fake.sync, next);
		BUSY(&fake, LANE_READ);
	}
	end(&fake);
}

/* The first lane that gets through wakes the others; one that fails gives the parked read up. */
static void lanes_learn_from_each_other(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = fake.last_n = 1;
	assert_int_equal(fake.lane[LANE_READ].wait_s, 50);
	sync_outbox_changed(fake.sync, fake.now);
	fake.now += 12000;
	fake.lane[LANE_WRITE].busy = false;
	sync_failed(fake.sync, LANE_WRITE, "silence", fake.now);
	IDLE(&fake, LANE_READ);
	assert_int_equal(fake.link, SYNC_OFFLINE);
	for (int i = 0; i < 5; i++) { /* both far into their waits */
		fake.now = sync_next_tick(fake.sync);
		sync_tick(fake.sync, fake.now);
		for (int lane = 0; lane < LANE_COUNT; lane++) {
			if (!fake.lane[lane].busy)
				continue;
			fake.lane[lane].busy = false;
			sync_failed(fake.sync, (enum sync_lane)lane, "cut", fake.now);
		}
	}
	while (!fake.lane[LANE_READ].busy) { /* for its turn */
		fake.now = sync_next_tick(fake.sync);
		sync_tick(fake.sync, fake.now);
		if (fake.lane[LANE_WRITE].busy) {
			fake.lane[LANE_WRITE].busy = false;
			sync_failed(fake.sync, LANE_WRITE, "cut", fake.now);
		}
	}
	assert_int_equal(fake.lane[LANE_READ].wait_s, 0);
	answer_feed(&fake, EPOCH_A, 50, 50);
	sync_tick(fake.sync, fake.now + 500);
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

/* The clock is set back, or on by a day, in the middle of a wait: the wait stays what it was,
 * except that a machine that may have slept looks at once. */
static void the_clock_jumps(void **state)
{
	const int64_t day = 24 * 3600 * 1000;
	const int64_t back = 15 * 60 * 1000;
	struct fake fake = { .first_n = 0 };
	int64_t next;

	(void)state;
	begin_in_step(&fake);
	for (int i = 0; i < 4; i++) {
		fake.lane[LANE_READ].busy = false;
		sync_failed(fake.sync, LANE_READ, "cut", fake.now);
		if (i == 3)
			break;
		fake.now = sync_next_tick(fake.sync);
		sync_tick(fake.sync, fake.now);
	}
	next = sync_next_tick(fake.sync);
	fake.now -= back;
	sync_tick(fake.sync, fake.now);
	IDLE(&fake, LANE_READ);
	assert_int_equal(sync_next_tick(fake.sync), next - back);
	assert_int_equal(sync_offset(fake.sync), 5000 + back);
	sync_tick(fake.sync, next - back - 1);
	IDLE(&fake, LANE_READ);
	fake.now = next - back;
	sync_tick(fake.sync, fake.now);
	BUSY(&fake, LANE_READ);
	answer_feed(&fake, EPOCH_A, 50, 50);
	assert_int_equal(fake.lane[LANE_READ].wait_s, 50);
	fake.now += day; /* it slept, or was set */
	sync_tick(fake.sync, fake.now);
	BUSY(&fake, LANE_READ);
	assert_int_equal(fake.lane[LANE_READ].wait_s, 0);
	IDLE(&fake, LANE_ASK); /* the digest is not due by that */
	assert_int_equal(fake.link, SYNC_ONLINE);
	fake.now += day; /* a request is on its way: it has not waited a day */
	sync_tick(fake.sync, fake.now);
	assert_int_equal(fake.link, SYNC_ONLINE);
	answer_feed(&fake, EPOCH_A, 50, 50);
	assert_int_equal(fake.link, SYNC_ONLINE);
	end(&fake);
}

static void answer_after(struct fake *fake, enum sync_lane lane, int64_t ms, int64_t took_ms)
{
	struct answer_head head;
	struct str body = STR_INIT;

	fake->now += ms;
	fake->took_ms = took_ms;
	head = head_of(fake, EPOCH_A);
	feed_begin(&body);
	feed_end(&body, &head, 50, 50);
	answer_str(fake, lane, &body);
	fake->took_ms = 0;
}

/* Weak: what was asked takes long to be answered, or waits for long. */
static void a_slow_line_is_told(void **state)
{
	static const struct {
		int64_t ms, took_ms;
		enum sync_link link;
	} cases[] = {
		{ 100, 0, SYNC_ONLINE },     { 1600, 0, SYNC_SLOW },	{ 1400, 0, SYNC_ONLINE },
		{ 3900, 1501, SYNC_SLOW },   { 3900, 1400, SYNC_ONLINE }, /* connecting took long */
		{ 4001, 20, SYNC_SLOW },     { 30, 30, SYNC_ONLINE },
	};
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		sync_stop(fake.sync); /* a read that does not park */
		sync_begin(fake.sync, &(struct uuid){ { 5 } }, "token-of-li",
			   &(struct sync_mark){ .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "CENTRE duty" },
			   fake.now);
		answer_after(&fake, LANE_READ, cases[i].ms, cases[i].took_ms);
		assert_int_equal(fake.link, cases[i].link);
	}
	answer_session(&fake, "CENTRE", NULL);
	answer_after(&fake, LANE_READ, 50000, 50000); /* parked: says nothing */
	assert_int_equal(fake.link, SYNC_ONLINE);
	end(&fake);
}

static void a_request_that_waits_is_a_weak_line(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = fake.last_n = 1;
	sync_outbox_changed(fake.sync, fake.now);
	assert_int_equal(sync_next_tick(fake.sync), fake.now + 4000);
	sync_tick(fake.sync, fake.now + 3999);
	assert_int_equal(fake.link, SYNC_ONLINE);
	fake.now += 4000;
	sync_tick(fake.sync, fake.now);
	assert_int_equal(fake.link, SYNC_SLOW);
	answer_acts(&fake, 1, 1, VERDICT_APPLIED);
	assert_int_equal(fake.link, SYNC_SLOW);
	/* nothing to ask for minutes: it is looked at again, once */
	answer_after(&fake, LANE_READ, 50000, 0);
	assert_int_equal(fake.lane[LANE_READ].wait_s, 50);
	assert_int_equal(fake.link, SYNC_SLOW);
	answer_after(&fake, LANE_READ, 50000, 0);
	answer_after(&fake, LANE_READ, 50000, 0);
	assert_int_equal(fake.lane[LANE_READ].wait_s, 0);
	answer_after(&fake, LANE_READ, 40, 0);
	assert_int_equal(fake.link, SYNC_ONLINE);
	assert_int_equal(fake.lane[LANE_READ].wait_s, 50);
	end(&fake);
}

static void answer_nothing_new(struct fake *fake)
{
	struct answer_head head = head_of(fake, EPOCH_A);
	struct str body = STR_INIT;

	feed_begin(&body);
	feed_end(&body, &head, 50, 50);
	answer_str(fake, LANE_READ, &body);
}

/* Two consoles with one session (a copy) would send each other's parked read home for ever. */
static void who_is_sent_home_again_and_again_takes_his_time(void **state)
{
	static const int64_t seconds[] = { 0, 0, 1, 2, 4, 8, 8 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	for (size_t i = 0; i < ARRAY_LEN(seconds); i++) {
		BUSY(&fake, LANE_READ);
		answer_nothing_new(&fake);
		assert_true(sync_in_step(fake.sync));
		if (seconds[i] == 0)
			continue;
		IDLE(&fake, LANE_READ);
		assert_int_equal(sync_next_tick(fake.sync), fake.now + seconds[i] * 1000);
		fake.now += seconds[i] * 1000;
		sync_tick(fake.sync, fake.now);
	}
	fake.now += 50000; /* held as long as was asked: all is well again */
	answer_nothing_new(&fake);
	BUSY(&fake, LANE_READ);
	answer_nothing_new(&fake);
	BUSY(&fake, LANE_READ);
	end(&fake);
}

/* Only while he works at the screen, and not when something was heard lately. */
static void an_officer_at_work_learns_of_a_dead_line(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_look(fake.sync, fake.now + 14000);
	IDLE(&fake, LANE_ASK);
	fake.now += 15000;
	sync_tick(fake.sync, fake.now);
	IDLE(&fake, LANE_ASK);
	sync_look(fake.sync, fake.now);
	PATH(&fake, LANE_ASK, "/v1/session");
	answer_session(&fake, "CENTRE", NULL);
	BUSY(&fake, LANE_READ); /* parked as before */
	fake.now += 14000;
	sync_look(fake.sync, fake.now);
	IDLE(&fake, LANE_ASK);
	fake.now += 1000;
	sync_look(fake.sync, fake.now);
	BUSY(&fake, LANE_ASK);
	fake.now += 12000;
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "silence", fake.now);
	assert_int_equal(fake.link, SYNC_OFFLINE);
	IDLE(&fake, LANE_READ);
	end(&fake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attempts_begin_eight_seconds_apart_at_most),
		cmocka_unit_test(after_a_long_silence_it_tries_soon),
		cmocka_unit_test(trouble_waits_longer_each_time),
		cmocka_unit_test(lanes_learn_from_each_other),
		cmocka_unit_test(the_clock_jumps),
		cmocka_unit_test(a_slow_line_is_told),
		cmocka_unit_test(a_request_that_waits_is_a_weak_line),
		cmocka_unit_test(who_is_sent_home_again_and_again_takes_his_time),
		cmocka_unit_test(an_officer_at_work_learns_of_a_dead_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
