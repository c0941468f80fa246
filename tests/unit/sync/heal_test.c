/* Back in step whatever the server says: numbers, copies, restores, tokens. */
#include <config.h>

#include "sync_help.h"

static const struct uuid OTHER = { { 6 } };

static void answer_counted(struct fake *fake, const char *epoch, int64_t n)
{
	struct session_answer message = session_of(fake, "CENTRE", NULL);

	message.head = head_of(fake, epoch);
	message.n = n;
	answer_as(fake, &message);
}

static void answer_console(struct fake *fake, const struct uuid *console)
{
	struct session_answer message = session_of(fake, "CENTRE", "token-two");

	message.console = *console;
	message.n = 0;
	answer_as(fake, &message);
}

static void acts_wait(struct fake *fake, int64_t first, int64_t last)
{
	fake->first_n = first;
	fake->last_n = last;
	sync_outbox_changed(fake->sync, fake->now);
}

/* What the console before these acts had is said with each batch. */
static int64_t prev_of(const struct fake *fake)
{
	struct arena arena = ARENA_INIT;
	const char *at = strstr(str_get(&fake->lane[LANE_WRITE].body), "\"prev\":");
	int64_t prev = at != NULL ? strtoll(at + 7, NULL, 10) : -1;

	arena_release(&arena);
	return prev;
}

/* ---- the order of acts ---- */

static void a_batch_says_what_stands_before_it(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 70, 140);
	assert_int_equal(prev_of(&fake), 69);
	answer_acts(&fake, 70, 64, VERDICT_APPLIED);
	assert_int_equal(prev_of(&fake), 133);
	end(&fake);
}

static void missing_acts_are_sent_from_there(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_NEED, 3);
	assert_int_equal(fake.resent_from, 3);
	assert_int_equal(prev_of(&fake), 2);
	BUSY(&fake, LANE_WRITE); /* at once */
	answer_acts(&fake, 3, 4, VERDICT_APPLIED);
	assert_int_equal(fake.n_answers, 4);
	end(&fake);
}

static void the_same_need_again_is_not_hurried(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_NEED, 3);
	answer_error(&fake, LANE_WRITE, ERR_NEED, 3);
	IDLE(&fake, LANE_WRITE);
	fake.now += 2000;
	sync_tick(fake.sync, fake.now);
	BUSY(&fake, LANE_WRITE);
	answer_acts(&fake, 3, 1, VERDICT_APPLIED);
	answer_error(&fake, LANE_WRITE, ERR_NEED, 3); /* after an answer it is another matter */
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

/* What is not answered is sent again; what was answered is not. */
static void some_acts_are_left_out_of_the_answer(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 6);
	answer_acts(&fake, 1, 2, VERDICT_APPLIED);
	assert_int_equal(fake.n_answers, 2);
	assert_int_equal(prev_of(&fake), 2);
	assert_false(sync_in_step(fake.sync));
	end(&fake);
}

static void answers_to_what_was_not_sent_are_left_alone(void **state)
{
	static const struct {
		int64_t from, n;
	} cases[] = { { 7, 3 }, { 100, 1 }, { 1, 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fake fake = { .first_n = 0 };

		begin_in_step(&fake);
		acts_wait(&fake, 1, 6);
		answer_acts(&fake, cases[i].from, cases[i].n, VERDICT_APPLIED);
		assert_int_equal(fake.n_answers, 0);
		IDLE(&fake, LANE_WRITE); /* not in a tight loop */
		sync_tick(fake.sync, fake.now + 2000);
		BUSY(&fake, LANE_WRITE);
		end(&fake);
	}
}

static void an_answer_that_comes_twice_counts_once(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct sync_response again = { .lane = LANE_WRITE, .status = 200, .body = "{}", .len = 2 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 1);
	answer_acts(&fake, 1, 1, VERDICT_APPLIED);
	sync_response(fake.sync, &again, fake.now); /* nobody asked */
	assert_int_equal(fake.n_answers, 1);
	acts_wait(&fake, 2, 2);
	answer_acts(&fake, 1, 1, VERDICT_APPLIED); /* of the batch before */
	assert_int_equal(fake.n_answers, 1);
	end(&fake);
}

static void answers_that_cannot_be_kept_are_asked_for_again(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 1);
	fake.answers_fail = true;
	answer_acts(&fake, 1, 1, VERDICT_APPLIED);
	fake.answers_fail = false;
	sync_tick(fake.sync, fake.now + 2000);
	BUSY(&fake, LANE_WRITE);
	answer_acts(&fake, 1, 1, VERDICT_APPLIED);
	assert_int_equal(fake.n_answers, 1);
	end(&fake);
}

static void a_wait_without_end_has_one(void **state)
{
	struct answer_head head;
	struct act_answer message = { .id = act_id(1), .n = 1, .verdict = VERDICT_RETRY,
				      .after = INT64_MAX / 500 };
	struct fake fake = { .first_n = 0 };
	struct str body = STR_INIT, one = STR_INIT;

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 1);
	head = head_of(&fake, EPOCH_A);
	acts_answer_begin(&body);
	act_answer_encode(&message, &one);
	acts_answer_add(&body, str_get(&one), one.len);
	acts_answer_end(&body, &head);
	answer_str(&fake, LANE_WRITE, &body);
	IDLE(&fake, LANE_WRITE);
	assert_true(sync_next_tick(fake.sync) > fake.now);
	assert_true(sync_next_tick(fake.sync) <= fake.now + 600 * 1000);
	str_release(&one);
	end(&fake);
}

/* ---- how far the server counts ---- */

/* Restored from a backup, or not: it lacks acts that it had answered. */
static void a_server_behind_gets_the_acts_again(void **state)
{
	struct fake fake = { .given = 9, .answered = 9 };
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "CENTRE duty" };

	(void)state;
	begin(&fake, &mark);
	answer_counted(&fake, EPOCH_A, 6);
	assert_int_equal(fake.resends, 1);
	assert_int_equal(fake.resent_from, 7);
	assert_string_equal(fake.agreed, EPOCH_A);
	end(&fake);
}

static void a_server_that_counts_as_we_do_is_left_alone(void **state)
{
	static const int64_t said[] = { 9, 8, -1 }; /* 9 is not answered here, and -1 not said */
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "CENTRE duty" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		struct fake fake = { .given = 9, .answered = 8 };

		begin(&fake, &mark);
		answer_counted(&fake, EPOCH_A, said[i]);
		assert_int_equal(fake.resends, 0);
		IDLE(&fake, LANE_ASK);
		end(&fake);
	}
}

/* Its number is older than answers that have come in meanwhile: no reason to send again. */
static void an_answer_in_between_is_no_loss(void **state)
{
	struct fake fake = { .first_n = 7, .last_n = 9, .given = 9, .answered = 6 };
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "CENTRE duty" };

	(void)state;
	begin(&fake, &mark);
	answer_acts(&fake, 7, 3, VERDICT_APPLIED);
	fake.answered = 9;
	answer_counted(&fake, EPOCH_A, 6);
	assert_int_equal(fake.resends, 0);
	PATH(&fake, LANE_ASK, "/v1/session"); /* asked again */
	BUSY(&fake, LANE_ASK);
	answer_counted(&fake, EPOCH_A, 9);
	IDLE(&fake, LANE_ASK);
	end(&fake);
}

/* ---- copies ---- */

static void a_copied_console_gets_an_id_of_its_own(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_CLONED, 0);
	IDLE(&fake, LANE_WRITE); /* nothing more under this id */
	PATH(&fake, LANE_ASK, "/v1/console");
	assert_string_equal(fake.lane[LANE_ASK].method, "POST");
	assert_string_equal(fake.lane[LANE_ASK].token, "token-of-li");
	assert_false(sync_in_step(fake.sync));
	answer_console(&fake, &OTHER);
	assert_int_equal(fake.renewed, 1);
	assert_true(uuid_eq(&fake.console, &OTHER));
	assert_string_equal(fake.lane[LANE_READ].token, "token-two");
	BUSY(&fake, LANE_WRITE);
	assert_int_equal(prev_of(&fake), 0);
	assert_non_null(strstr(str_get(&fake.lane[LANE_WRITE].body),
			       "06000000-0000-0000-0000-000000000000"));
	assert_null(strstr(str_get(&fake.lane[LANE_WRITE].body),
			   "05000000-0000-0000-0000-000000000000"));
	answer_acts(&fake, 1, 2, VERDICT_APPLIED);
	assert_int_equal(fake.resends, 0);
	assert_int_equal(fake.link, SYNC_ONLINE);
	end(&fake);
}

/* Before anything is sent: the server has more acts in our name than we gave. */
static void a_server_ahead_of_us_shows_the_copy(void **state)
{
	struct fake fake = { .given = 9, .answered = 9 };
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "CENTRE duty" };

	(void)state;
	begin(&fake, &mark);
	answer_counted(&fake, EPOCH_A, 10);
	assert_string_equal(fake.agreed, ""); /* not with these numbers */
	PATH(&fake, LANE_ASK, "/v1/console");
	acts_wait(&fake, 10, 10);
	IDLE(&fake, LANE_WRITE);
	answer_console(&fake, &OTHER);
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

/* The answer lost, the disk full, an answer of something else: asked again, never half done. */
static void an_id_that_could_not_be_kept_is_asked_for_again(void **state)
{
	struct fake fake = { .renew_fails = true };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_CLONED, 0);
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "cut", fake.now);
	sync_tick(fake.sync, fake.now += 2000);
	PATH(&fake, LANE_ASK, "/v1/console");
	answer(&fake, LANE_ASK, 200, "<html>hello</html>", 0);
	sync_tick(fake.sync, fake.now += 10000);
	fake.renew_fails = false;
	answer_console(&fake, &(struct uuid){ { 5 } }); /* our own: no use */
	fake.renew_fails = true;
	sync_tick(fake.sync, fake.now += 10000);
	answer_console(&fake, &OTHER);
	assert_int_equal(fake.renewed, 0);
	sync_tick(fake.sync, fake.now += 20000);
	IDLE(&fake, LANE_WRITE);
	PATH(&fake, LANE_ASK, "/v1/console");
	assert_string_equal(fake.lane[LANE_ASK].token, "token-of-li");
	fake.renew_fails = false;
	answer_console(&fake, &OTHER);
	assert_int_equal(fake.renewed, 1);
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

/* Acts of one who has logged out show that it is a copy: the next who logs in gets the new id. */
static void a_copy_without_a_session_waits_for_one(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_token(fake.sync, "", fake.now);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_CLONED, 0);
	assert_int_equal(fake.link, SYNC_LOGIN);
	IDLE(&fake, LANE_ASK);
	IDLE(&fake, LANE_WRITE);
	sync_token(fake.sync, "token-of-wang", fake.now);
	PATH(&fake, LANE_ASK, "/v1/console");
	answer_console(&fake, &OTHER);
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

static void a_server_of_before_wants_an_enrolment(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_CLONED, 0);
	answer_error(&fake, LANE_ASK, ERR_NOT_FOUND, 0);
	assert_int_equal(fake.link, SYNC_LOGIN);
	assert_non_null(strstr(fake.reason, "enrol"));
	sync_tick(fake.sync, fake.now + 200000);
	IDLE(&fake, LANE_WRITE);
	IDLE(&fake, LANE_ASK);
	end(&fake);
}

/* ---- restores ---- */

/* The first page of the new state takes the old one's place: the screen is never empty.  Acts go
 * when it is here, from the first that the server lacks. */
static void another_epoch_takes_everything_anew(void **state)
{
	struct fake fake = { .given = 9, .answered = 9 };

	(void)state;
	begin_in_step(&fake);
	fake.resent_from = -1;
	answer_error(&fake, LANE_READ, ERR_EPOCH, 0);
	assert_int_equal(fake.resent_from, 0); /* those of an earlier id */
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	PATH(&fake, LANE_ASK, "/v1/session");
	acts_wait(&fake, 10, 10);
	IDLE(&fake, LANE_WRITE);
	answer_counted(&fake, EPOCH_B, 6);
	assert_int_equal(fake.resent_from, 7);
	assert_int_equal(fake.cleared, 0);
	answer_snapshot(&fake, EPOCH_B, 7, 1, "k");
	assert_int_equal(fake.cleared, 1);
	assert_string_equal(fake.mark.epoch, EPOCH_B);
	assert_int_equal(prev_of(&fake), 6);
	answer_snapshot(&fake, EPOCH_B, 7, 1, NULL);
	assert_int_equal(fake.cleared, 1);
	/* an epoch that changes in the middle of a page is noticed there */
	answer_feed(&fake, EPOCH_A, 9, 9);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	assert_int_equal(fake.mark.cursor, 7);
	end(&fake);
}

/* Whatever lane learns of it first; nothing of the answer that says so is taken. */
static void each_lane_notices_another_epoch(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct answer_head head;
	struct str body = STR_INIT;

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 1);
	head = head_of(&fake, EPOCH_B);
	acts_answer_begin(&body);
	str_add(&body, "");
	acts_answer_end(&body, &head);
	answer_str(&fake, LANE_WRITE, &body);
	assert_int_equal(fake.n_answers, 0);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	end(&fake);

	fake = (struct fake){ .first_n = 0 };
	begin_in_step(&fake);
	sync_want_timeline(fake.sync, &(struct uuid){ { 1 } }, fake.now);
	head = head_of(&fake, EPOCH_B);
	timeline_begin(&body);
	timeline_end(&body, &head, true);
	answer_str(&fake, LANE_ASK, &body);
	assert_false(fake.lines_end);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	end(&fake);

	fake = (struct fake){ .gap = { KIND_INCIDENT, { { 4 } } } };
	begin_in_step(&fake);
	fake.has_gap = true;
	answer_feed(&fake, EPOCH_A, 52, 52);
	answer_error(&fake, LANE_ASK, ERR_EPOCH, 0);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	end(&fake);
}

/* A session answer that was under way may count as the old server did: it is asked for anew. */
static void the_session_is_asked_of_the_new_one(void **state)
{
	struct fake fake = { .given = 9, .answered = 9 };
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true };

	(void)state;
	begin(&fake, &mark);
	PATH(&fake, LANE_ASK, "/v1/session");
	fake.lane[LANE_ASK].path[0] = '\0';
	answer_error(&fake, LANE_READ, ERR_EPOCH, 0);
	PATH(&fake, LANE_ASK, "/v1/session");
	BUSY(&fake, LANE_ASK);
	end(&fake);
}

/* What was under way of the old view is of no use, and nothing of it is counted down. */
static void what_was_asked_of_the_old_view_is_forgotten(void **state)
{
	struct fake fake = { .gap = { KIND_INCIDENT, { { 4 } } } };

	(void)state;
	begin_in_step(&fake);
	fake.has_gap = true;
	answer_feed(&fake, EPOCH_A, 51, 51);
	assert_string_equal(fake.lane[LANE_ASK].path,
			    "/v1/entities/04000000-0000-0000-0000-000000000000");
	answer_error(&fake, LANE_READ, ERR_EPOCH, 0);
	PATH(&fake, LANE_ASK, "/v1/session");
	answer_counted(&fake, EPOCH_B, -1);
	answer_snapshot(&fake, EPOCH_B, 7, 1, NULL);
	answer_feed(&fake, EPOCH_B, 7, 7);
	PATH(&fake, LANE_ASK, "/v1/digest?at=7" SCOPE); /* not the entity */
	end(&fake);
}

static void too_far_behind_again_and_again_is_not_hurried(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	answer_error(&fake, LANE_READ, ERR_GONE, 0);
	answer_snapshot(&fake, EPOCH_A, 700, 1, NULL);
	answer_error(&fake, LANE_READ, ERR_GONE, 0);
	IDLE(&fake, LANE_READ);
	sync_tick(fake.sync, fake.now += 2000);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	answer_snapshot(&fake, EPOCH_A, 900, 1, NULL);
	answer_feed(&fake, EPOCH_A, 900, 900);
	answer_error(&fake, LANE_READ, ERR_GONE, 0);
	BUSY(&fake, LANE_READ);
	assert_int_equal(fake.resends, 0);
	assert_int_equal(fake.cleared, 0);
	end(&fake);
}

/* ---- tokens ---- */

static void acts_wait_for_their_author(void **state)
{
	struct fake fake = { .author_gone = true };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 1);
	IDLE(&fake, LANE_WRITE);
	BUSY(&fake, LANE_READ); /* reading goes on */
	assert_int_equal(fake.link, SYNC_LOGIN);
	assert_non_null(strstr(fake.reason, "li must log in"));
	end(&fake);
}

/* n is one row: the acts of who is here stand behind those of who must log in.  It is said as long
 * as it is so. */
static void others_wait_behind_him(void **state)
{
	struct fake fake = { .author_gone = true, .author = "wang", .behind = 3 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 4);
	IDLE(&fake, LANE_WRITE);
	assert_int_equal(fake.link, SYNC_ONLINE);
	assert_non_null(strstr(fake.reason, "wang must log in"));
	assert_non_null(strstr(fake.reason, "3 of others"));
	assert_true(sync_waits_for_author(fake.sync));
	answer_feed(&fake, EPOCH_A, 60, 60);
	assert_non_null(strstr(fake.reason, "wang must log in"));
	fake.author_gone = false;
	acts_wait(&fake, 1, 4);
	answer_acts(&fake, 1, 4, VERDICT_APPLIED);
	assert_string_equal(fake.reason, "");
	assert_false(sync_waits_for_author(fake.sync));
	end(&fake);
}

/* Found by the simulation: his act had been admitted, its answer was lost, and came by the feed. */
static void who_waited_goes_on_when_the_feed_answers(void **state)
{
	struct fake fake = { .author_gone = true, .author = "wang", .behind = 1 };
	struct act_answer answer = { .n = 1, .verdict = VERDICT_APPLIED, .seq = 60, .version = 1 };
	struct answer_head head;
	struct str bytes = STR_INIT, body = STR_INIT;

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 1, 2);
	IDLE(&fake, LANE_WRITE);
	act_answer_encode(&answer, &bytes);
	head = head_of(&fake, EPOCH_A);
	feed_begin(&body);
	feed_ack(&body, str_get(&bytes), bytes.len);
	feed_end(&body, &head, 60, 60);
	fake.author_gone = false; /* the next is of who is here */
	answer_str(&fake, LANE_READ, &body);
	BUSY(&fake, LANE_WRITE);
	assert_false(sync_waits_for_author(fake.sync));
	str_release(&bytes);
	end(&fake);
}

/* His batch is refused with 401: his token goes, not that of who is logged in. */
static void a_token_of_before_that_expired_is_forgotten_alone(void **state)
{
	struct fake fake = { .author = "wang" };

	(void)state;
	begin_in_step(&fake);
	sync_token(fake.sync, "token-of-zhao", fake.now);
	fake.lane[LANE_ASK].busy = false;
	acts_wait(&fake, 1, 1);
	answer_error(&fake, LANE_WRITE, ERR_AUTH, 0);
	assert_string_equal(fake.bad_token, "token-of-li"); /* under which it was sent */
	BUSY(&fake, LANE_READ);
	assert_string_equal(fake.lane[LANE_READ].token, "token-of-zhao");
	end(&fake);
}

/* Whoever speaks in between is not the server: nobody is logged out by it. */
static void a_portal_logs_nobody_out(void **state)
{
	static const int statuses[] = { 401, 403, 407, 409, 410, 511 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		for (int lane = 0; lane < LANE_COUNT; lane++) {
			struct fake fake = { .first_n = 0 };

			begin_in_step(&fake);
			acts_wait(&fake, 1, 1);
			sync_logout(fake.sync, fake.now);
			answer(&fake, (enum sync_lane)lane, statuses[i],
			       "<html>please pay for the network</html>", 0);
			assert_int_equal(fake.bad_tokens, 0);
			assert_int_equal(fake.resends, 0);
			assert_int_equal(fake.cleared, 0);
			assert_in_range(fake.link, SYNC_OFFLINE, SYNC_UNABLE);
			assert_false(fake.was_asked);
			end(&fake);
		}
	}
}

static void a_log_in_at_a_portal_is_told_as_that(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_login(fake.sync, "wang", "1234", "", fake.now);
	answer(&fake, LANE_ASK, 401, "<html>please pay</html>", 0);
	assert_int_equal(fake.asked, ERR_OFFLINE);
	assert_non_null(strstr(fake.asked_text, "401"));
	end(&fake);
}

/* A token that may only send: reading stops, and it is kept for what is unsent. */
static void a_token_for_sending_is_kept(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	answer_error(&fake, LANE_READ, ERR_DENIED, 0);
	assert_int_equal(fake.link, SYNC_LOGIN);
	assert_int_equal(fake.bad_tokens, 0);
	acts_wait(&fake, 1, 1);
	assert_string_equal(fake.lane[LANE_WRITE].token, "token-of-li");
	end(&fake);
}

/* Who logs in ends the session before; it goes on as long as acts of it are unsent. */
static void the_session_before_ends(void **state)
{
	for (int unsent = 0; unsent < 2; unsent++) {
		struct fake fake = { .first_n = 0 };

		(void)state;
		begin_in_step(&fake);
		if (unsent)
			acts_wait(&fake, 1, 1);
		sync_login(fake.sync, "wang", "1234", "", fake.now);
		answer_session(&fake, "CENTRE", "token-of-wang");
		assert_string_equal(fake.lane[LANE_READ].token, "token-of-wang");
		assert_string_equal(fake.lane[LANE_ASK].method, "DELETE");
		assert_string_equal(fake.lane[LANE_ASK].token, "token-of-li");
		PATH(&fake, LANE_ASK, unsent ? "/v1/session?keep=upload" : "/v1/session");
		answer_plain(&fake, LANE_ASK);
		IDLE(&fake, LANE_ASK);
		sync_tick(fake.sync, fake.now + 60000);
		IDLE(&fake, LANE_ASK); /* once */
		assert_int_equal(fake.bad_tokens, 0);
		end(&fake);
	}
}

/* Found by the simulation.  Logging out before anybody is in, or while a log-in is under way, or with
 * the line cut, must not put out who logs in afterwards. */
static void logging_out_is_of_who_was_in(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_token(fake.sync, "", fake.now);
	sync_logout(fake.sync, fake.now);
	assert_true(fake.was_asked);
	sync_login(fake.sync, "wang", "1234", "", fake.now);
	answer_session(&fake, "CENTRE", "token-of-wang");
	IDLE(&fake, LANE_ASK);
	assert_string_equal(fake.lane[LANE_READ].token, "token-of-wang");

	sync_logout(fake.sync, fake.now); /* the line is cut */
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "cut", fake.now);
	sync_login(fake.sync, "zhao", "1234", "", fake.now);
	answer_session(&fake, "CENTRE", "token-of-zhao");
	assert_string_equal(fake.lane[LANE_ASK].method, "DELETE");
	assert_string_equal(fake.lane[LANE_ASK].token, "token-of-wang");
	answer_plain(&fake, LANE_ASK);
	IDLE(&fake, LANE_ASK);
	assert_string_equal(fake.lane[LANE_READ].token, "token-of-zhao");

	fake.was_asked = false;
	sync_login(fake.sync, "qian", "1234", "", fake.now);
	sync_logout(fake.sync, fake.now);
	assert_string_equal(fake.lane[LANE_ASK].method, "DELETE"); /* the log-in is given up */
	assert_string_equal(fake.lane[LANE_ASK].token, "token-of-zhao");
	answer_plain(&fake, LANE_ASK);
	assert_true(fake.was_asked);
	assert_int_equal(fake.link, SYNC_LOGIN);
	IDLE(&fake, LANE_ASK);
	end(&fake);
}

/* A copy shares its token with the console it was copied from: that one's session goes on. */
static void the_session_of_the_original_goes_on(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	acts_wait(&fake, 5, 6);
	answer_error(&fake, LANE_WRITE, ERR_CLONED, 0);
	answer_console(&fake, &OTHER);
	IDLE(&fake, LANE_ASK);
	end(&fake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_batch_says_what_stands_before_it),
		cmocka_unit_test(missing_acts_are_sent_from_there),
		cmocka_unit_test(the_same_need_again_is_not_hurried),
		cmocka_unit_test(some_acts_are_left_out_of_the_answer),
		cmocka_unit_test(answers_to_what_was_not_sent_are_left_alone),
		cmocka_unit_test(an_answer_that_comes_twice_counts_once),
		cmocka_unit_test(answers_that_cannot_be_kept_are_asked_for_again),
		cmocka_unit_test(a_wait_without_end_has_one),
		cmocka_unit_test(a_server_behind_gets_the_acts_again),
		cmocka_unit_test(a_server_that_counts_as_we_do_is_left_alone),
		cmocka_unit_test(an_answer_in_between_is_no_loss),
		cmocka_unit_test(a_copied_console_gets_an_id_of_its_own),
		cmocka_unit_test(a_server_ahead_of_us_shows_the_copy),
		cmocka_unit_test(an_id_that_could_not_be_kept_is_asked_for_again),
		cmocka_unit_test(a_copy_without_a_session_waits_for_one),
		cmocka_unit_test(a_server_of_before_wants_an_enrolment),
		cmocka_unit_test(another_epoch_takes_everything_anew),
		cmocka_unit_test(each_lane_notices_another_epoch),
		cmocka_unit_test(the_session_is_asked_of_the_new_one),
		cmocka_unit_test(what_was_asked_of_the_old_view_is_forgotten),
		cmocka_unit_test(too_far_behind_again_and_again_is_not_hurried),
		cmocka_unit_test(acts_wait_for_their_author),
		cmocka_unit_test(others_wait_behind_him),
		cmocka_unit_test(who_waited_goes_on_when_the_feed_answers),
		cmocka_unit_test(a_token_of_before_that_expired_is_forgotten_alone),
		cmocka_unit_test(a_portal_logs_nobody_out),
		cmocka_unit_test(a_log_in_at_a_portal_is_told_as_that),
		cmocka_unit_test(a_token_for_sending_is_kept),
		cmocka_unit_test(the_session_before_ends),
		cmocka_unit_test(logging_out_is_of_who_was_in),
		cmocka_unit_test(the_session_of_the_original_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
