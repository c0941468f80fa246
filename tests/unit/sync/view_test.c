/* What this account may see changes: the account is moved, or something is kept from it. */
#include <config.h>

#include "sync_help.h"

/* The session says whose view it is now; until then nothing is read, and the outbox goes on. */
static void another_view_comes_by_a_snapshot(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=50&wait=50&max=524288" SCOPE);
	answer_error(&fake, LANE_READ, ERR_SCOPE, 0);
	PATH(&fake, LANE_ASK, "/v1/session");
	BUSY(&fake, LANE_ASK);
	IDLE(&fake, LANE_READ);
	assert_int_equal(fake.cleared, 0);
	fake.first_n = fake.last_n = 3;
	sync_outbox_changed(fake.sync, fake.now);
	BUSY(&fake, LANE_WRITE);
	sync_tick(fake.sync, fake.now + 1);
	IDLE(&fake, LANE_READ);
	assert_false(sync_in_step(fake.sync));
	answer_session(&fake, "water", NULL);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	answer_snapshot(&fake, EPOCH_A, 60, 2, "k1");
	assert_int_equal(fake.cleared, 1); /* with its first page, not before */
	assert_string_equal(fake.mark.scope, "water duty");
	PATH(&fake, LANE_READ, "/v1/snapshot?max=1048576&after=k1");
	answer_snapshot(&fake, EPOCH_A, 61, 2, NULL);
	PATH(&fake, LANE_READ,
	     "/v1/feed?epoch=" EPOCH_A "&since=60&wait=0&max=524288&scope=water%20duty");
	assert_int_equal(fake.cleared, 1);
	assert_int_equal(fake.resends, 0);
	end(&fake);
}

/* It had been moved there and back: what is here is right. */
static void the_same_view_goes_on(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	answer_error(&fake, LANE_READ, ERR_SCOPE, 0);
	answer_session(&fake, "CENTRE", NULL);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=50&wait=0&max=524288" SCOPE);
	assert_int_equal(fake.cleared, 0);
	end(&fake);
}

/* Without an answer of the session it is asked for again, and nothing else. */
static void the_session_is_asked_until_it_says(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	answer_error(&fake, LANE_READ, ERR_SCOPE, 0);
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "cut", fake.now);
	for (int i = 0; i < 40; i++) {
		fake.now += 500;
		sync_tick(fake.sync, fake.now);
		IDLE(&fake, LANE_READ);
	}
	PATH(&fake, LANE_ASK, "/v1/session");
	BUSY(&fake, LANE_ASK);
	end(&fake);
}

/* Pages of a snapshot are all of one view. */
static void a_snapshot_of_another_view_is_given_up(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin(&fake, NULL);
	answer_session(&fake, "CENTRE", NULL);
	answer_snapshot(&fake, EPOCH_A, 60, 2, "k1");
	answer_snapshot(&fake, EPOCH_A, 60, 2, "k2");
	PATH(&fake, LANE_READ, "/v1/snapshot?max=1048576&after=k2" SCOPE);
	answer_error(&fake, LANE_READ, ERR_SCOPE, 0);
	answer_session(&fake, "water", NULL);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	end(&fake);
}

static void a_digest_of_another_view_asks_the_session(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	PATH(&fake, LANE_ASK, "/v1/digest?at=50" SCOPE);
	answer_error(&fake, LANE_ASK, ERR_SCOPE, 0);
	PATH(&fake, LANE_ASK, "/v1/session");
	assert_int_equal(fake.defects, 0);
	end(&fake);
}

/* answer_feed drops this one. */
static const struct uuid GONE = { { 9 } };

static void answer_nothing_new(struct fake *fake, int64_t next, int64_t head_seq)
{
	struct answer_head head = head_of(fake, EPOCH_A);
	struct str body = STR_INIT;

	feed_begin(&body);
	feed_end(&body, &head, next, head_seq);
	answer_str(fake, LANE_READ, &body);
}

static void what_was_asked_of_a_dropped_one_is_of_no_use(void **state)
{
	struct fake fake = { .gap = { KIND_INCIDENT, GONE } };

	(void)state;
	begin_in_step(&fake);
	fake.has_gap = true;
	answer_nothing_new(&fake, 51, 52); /* the gap is told with this page */
	assert_string_equal(fake.lane[LANE_ASK].path,
			    "/v1/entities/09000000-0000-0000-0000-000000000000");
	BUSY(&fake, LANE_ASK);
	answer_feed(&fake, EPOCH_A, 52, 52);
	IDLE(&fake, LANE_ASK);
	end(&fake);

	fake = (struct fake){ .first_n = 0 };
	begin_in_step(&fake);
	sync_want_timeline(fake.sync, &GONE, fake.now);
	BUSY(&fake, LANE_ASK);
	answer_feed(&fake, EPOCH_A, 51, 51);
	IDLE(&fake, LANE_ASK);
	end(&fake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_view_comes_by_a_snapshot),
		cmocka_unit_test(the_same_view_goes_on),
		cmocka_unit_test(the_session_is_asked_until_it_says),
		cmocka_unit_test(a_snapshot_of_another_view_is_given_up),
		cmocka_unit_test(a_digest_of_another_view_asks_the_session),
		cmocka_unit_test(what_was_asked_of_a_dropped_one_is_of_no_use),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
