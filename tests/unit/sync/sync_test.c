/* The machine against scripted answers: what it sends, what it effects, what it never does. */
#include <config.h>

#include "sync_help.h"

static void first_the_snapshot_then_the_feed(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin(&fake, NULL);
	PATH(&fake, LANE_ASK, "/v1/session");
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	IDLE(&fake, LANE_WRITE);
	answer_session(&fake, "CENTRE", NULL);
	answer_snapshot(&fake, EPOCH_A, 40, 3, "k 1");
	assert_true(fake.usable); /* after the first page */
	PATH(&fake, LANE_READ, "/v1/snapshot?max=1048576&after=k%201" SCOPE);
	assert_false(sync_in_step(fake.sync));
	answer_snapshot(&fake, EPOCH_A, 90, 2, NULL); /* later pages' seq does not count */
	assert_int_equal(fake.items, 5);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=40&wait=0&max=524288" SCOPE);
	answer_feed(&fake, EPOCH_A, 60, 95);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=60&wait=0&max=524288" SCOPE);
	assert_int_equal(fake.data_at, 0); /* something is still missing */
	answer_feed(&fake, EPOCH_A, 95, 95);
	assert_int_equal(fake.data_at, fake.now);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=95&wait=50&max=524288" SCOPE);
	assert_int_equal(fake.lane[LANE_READ].wait_s, 50);
	assert_true(sync_in_step(fake.sync));
	assert_int_equal(fake.link, SYNC_ONLINE);
	assert_int_equal(sync_offset(fake.sync), 5000);
	end(&fake);
}

static void a_snapshot_goes_on_where_it_was(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct sync_mark mark = { .epoch = EPOCH_A, .snapshot_seq = 40, .snapshot = "k9",
				  .scope = "CENTRE duty" };

	(void)state;
	begin(&fake, &mark);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=1048576&after=k9" SCOPE);
	answer_snapshot(&fake, EPOCH_A, 90, 1, NULL);
	assert_int_equal(fake.mark.cursor, 40);
	assert_int_equal(fake.cleared, 0);
	end(&fake);
}

/* What is not the server's changes nothing: no session is dropped, no log-in asked for. */
static void a_network_that_wants_a_log_in_is_no_server(void **state)
{
	static const struct {
		int status;
		const char *body, *words;
	} cases[] = {
		{ 200, " \n<html>room number?</html>", "a page came" },
		{ 302, "", "302" },
		{ 401, "<html>who are you?</html>", "401" },
		{ 403, "{\"portal\":true}", "403" },
		{ 407, "proxy", "407" },
		{ 410, "gone", "410" },
		{ 511, "<html>network authentication required</html>", "511" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int lane = 0; lane < LANE_COUNT; lane++) {
			struct fake fake = { .first_n = 0 };

			begin_in_step(&fake);
			fake.first_n = fake.last_n = 1;
			sync_outbox_changed(fake.sync, fake.now);
			sync_want_timeline(fake.sync, &(struct uuid){ { 1 } }, fake.now);
			answer(&fake, (enum sync_lane)lane, cases[i].status, cases[i].body, 0);
			assert_int_equal(fake.link, SYNC_STRANGE);
			assert_non_null(strstr(fake.reason, cases[i].words));
			assert_int_equal(fake.bad_tokens, 0);
			assert_int_equal(fake.resends, 0);
			assert_false(fake.lines_end);
			sync_tick(fake.sync, fake.now + 1250);
			BUSY(&fake, lane); /* tried again, with the same session */
			assert_string_equal(fake.lane[lane].token, "token-of-li");
			end(&fake);
		}
	}
}

/* Whatever comes instead of an answer: nothing is applied, it is tried again. */
static void garbage_changes_nothing(void **state)
{
	static const struct {
		int status;
		const char *body;
	} cases[] = {
		{ 200, "<html>please log in to the hotel's network</html>" },
		{ 200, "" },
		{ 200, "{}" },
		{ 200, "{\"items\":[{\"entry\":{}}],\"next\":99,\"head\":99}" },
		{ 200, "[1,2,3" },
		{ 302, "moved" },
		{ 401, "<html>please log in to the hotel's network</html>" },
		{ 401, "{\"error\":\"AUTH\",\"now\":1,\"sentence\":\"no epoch: not from us\",\"version\":1}" },
		{ 403, "<html>forbidden</html>" },
		{ 404, "not found" },
		{ 407, "" },
		{ 409, "{\"error\":\"EPOCH\"}" },
		{ 410, "gone" },
		{ 426, "upgrade" },
		{ 500, "{\"error\":\"IO\"}" },
		{ 502, "<html>bad gateway</html>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int lane = 0; lane < LANE_COUNT; lane++) {
			struct fake fake = { .first_n = 0 };

			begin_in_step(&fake);
			size_t pages = fake.pages;

			fake.first_n = fake.last_n = 1;
			sync_outbox_changed(fake.sync, fake.now);
			sync_want_timeline(fake.sync, &(struct uuid){ { 1 } }, fake.now);
			answer(&fake, (enum sync_lane)lane, cases[i].status, cases[i].body, 0);
			assert_int_equal(fake.pages, pages);
			assert_int_equal(fake.n_answers, 0);
			assert_int_equal(fake.mark.cursor, 50);
			assert_in_range(fake.link, SYNC_STRANGE, SYNC_UNABLE);
			assert_int_equal(fake.bad_tokens, 0);
			assert_int_equal(fake.resends, 0);
			IDLE(&fake, lane);
			sync_tick(fake.sync, fake.now + 3000);
			BUSY(&fake, LANE_WRITE);
			end(&fake);
		}
	}
}

static void half_a_snapshot_is_no_snapshot(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin(&fake, NULL);
	answer(&fake, LANE_READ, 200,
	       "{\"head\":{\"seq\":4,\"epoch\":\"" EPOCH_A "\",\"now\":1,\"version\":1,\"total\":1}}\n",
	       0);
	assert_int_equal(fake.pages, 0);
	assert_int_equal(fake.link, SYNC_UNABLE);
	end(&fake);
}

static void a_page_that_cannot_be_kept_is_read_again(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.page_fails = true;
	answer_feed(&fake, EPOCH_A, 55, 60);
	IDLE(&fake, LANE_READ); /* the page asked for ahead is of no use */
	fake.page_fails = false;
	sync_tick(fake.sync, fake.now + 2000);
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=50&wait=0&max=524288" SCOPE);
	end(&fake);
}

static void log_in_again_keeps_everything(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = fake.last_n = 1;
	answer_error(&fake, LANE_READ, ERR_AUTH, 0);
	assert_int_equal(fake.link, SYNC_LOGIN);
	assert_int_equal(fake.bad_tokens, 1);
	assert_int_equal(fake.resends, 0);
	IDLE(&fake, LANE_READ);
	sync_tick(fake.sync, fake.now + 100000);
	IDLE(&fake, LANE_READ);
	fake.author_gone = false;
	sync_token(fake.sync, "token-two", fake.now);
	assert_string_equal(fake.lane[LANE_READ].token, "token-two");
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=50&wait=0&max=524288" SCOPE);
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

static void too_far_behind_takes_a_snapshot_over_what_is_here(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	answer_error(&fake, LANE_READ, ERR_GONE, 0);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	answer_snapshot(&fake, EPOCH_A, 700, 1, NULL);
	assert_int_equal(fake.cleared, 0);
	assert_int_equal(fake.resends, 0);
	answer_feed(&fake, EPOCH_A, 700, 700);
	PATH(&fake, LANE_ASK, "/v1/digest?at=700" SCOPE); /* and then it is compared */
	end(&fake);
}

static void another_scope_is_another_view(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct sync_mark mark = { .epoch = EPOCH_A, .cursor = 50, .complete = true,
				  .scope = "WATER dept" };

	(void)state;
	begin(&fake, &mark);
	answer_session(&fake, "CENTRE", NULL);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	answer_snapshot(&fake, EPOCH_A, 60, 1, NULL);
	assert_int_equal(fake.cleared, 1);
	assert_string_equal(fake.mark.scope, "CENTRE duty");
	end(&fake);
}

/* Found by the simulation: the session's answer was lost, another officer logged in, and what the
 * first one sees passed for his. */
static void what_is_of_an_unknown_scope_goes_with_its_token(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct sync_mark unknown = { .epoch = EPOCH_A, .cursor = 50, .complete = true };

	(void)state;
	begin(&fake, NULL);
	answer_snapshot(&fake, EPOCH_A, 60, 1, NULL); /* before its session is known */
	assert_string_equal(fake.mark.scope, "");
	fake.cleared = 0;
	sync_token(fake.sync, "token-of-wu", fake.now);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	answer_snapshot(&fake, EPOCH_A, 60, 1, NULL);
	assert_int_equal(fake.cleared, 1);
	end(&fake);

	fake = (struct fake){ .first_n = 0 }; /* and when the program died in between */
	begin(&fake, &unknown);
	PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
	end(&fake);
}

static void acts_go_in_batches_one_at_a_time(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = 1;
	fake.last_n = 100;
	sync_outbox_changed(fake.sync, fake.now);
	PATH(&fake, LANE_WRITE, "/v1/acts");
	assert_string_equal(fake.lane[LANE_WRITE].token, "token-of-li");
	size_t sends = fake.sends;
	sync_outbox_changed(fake.sync, fake.now); /* one in flight is enough */
	assert_int_equal(fake.sends, sends);
	answer_acts(&fake, 1, 64, VERDICT_APPLIED);
	assert_int_equal(fake.n_answers, 64);
	BUSY(&fake, LANE_WRITE);
	answer_acts(&fake, 65, 36, VERDICT_REFUSED);
	assert_int_equal(fake.n_refused, 36);
	IDLE(&fake, LANE_WRITE);
	assert_false(sync_in_step(fake.sync)); /* the feed has not brought them yet */
	answer_feed(&fake, EPOCH_A, 164, 164);
	assert_true(sync_in_step(fake.sync));
	end(&fake);
}

static int count_acts(const struct fake *fake)
{
	int n = 0;

	for (const char *c = str_get(&fake->lane[LANE_WRITE].body);
	     (c = strstr(c, "{\"a\":1}")) != NULL; c++)
		n++;
	return n;
}

static void too_large_a_batch_is_halved(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = 1;
	fake.last_n = 100;
	sync_outbox_changed(fake.sync, fake.now);
	assert_int_equal(count_acts(&fake), 64);
	answer_error(&fake, LANE_WRITE, ERR_TOO_LARGE, 0);
	assert_int_equal(count_acts(&fake), 32);
	answer_error(&fake, LANE_WRITE, ERR_TOO_LARGE, 0);
	assert_int_equal(count_acts(&fake), 16);
	answer_acts(&fake, 1, 16, VERDICT_APPLIED);
	assert_int_equal(count_acts(&fake), 32); /* and grows again */
	end(&fake);
}

static void a_busy_server_is_obeyed(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = fake.last_n = 1;
	sync_outbox_changed(fake.sync, fake.now);
	answer(&fake, LANE_WRITE, 429, "{\"error\":\"TOO_MANY\"}", 20);
	sync_outbox_changed(fake.sync, fake.now + 19999);
	IDLE(&fake, LANE_WRITE);
	fake.now += 20000;
	sync_tick(fake.sync, fake.now);
	BUSY(&fake, LANE_WRITE);
	answer_acts(&fake, 1, 1, VERDICT_RETRY); /* "after": 7 s */
	assert_int_equal(fake.n_answers, 0);
	sync_tick(fake.sync, fake.now + 6999);
	IDLE(&fake, LANE_WRITE);
	sync_tick(fake.sync, fake.now + 7000);
	BUSY(&fake, LANE_WRITE);
	end(&fake);
}

/* After a failure the same acts go again, however the outbox has grown. */
static void the_same_acts_go_again(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.first_n = fake.last_n = 1;
	sync_outbox_changed(fake.sync, fake.now);
	fake.lane[LANE_WRITE].busy = false;
	sync_failed(fake.sync, LANE_WRITE, "cut", fake.now);
	sync_tick(fake.sync, fake.now + 1250);
	assert_int_equal(count_acts(&fake), 1);
	answer_acts(&fake, 2, 1, VERDICT_APPLIED); /* answers to what was never sent */
	assert_int_equal(fake.n_answers, 0);
	end(&fake);
}

static void a_gap_is_fetched_whole(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct arena arena = ARENA_INIT;
	struct str entity = STR_INIT, body = STR_INIT;
	struct answer_head head;
	struct uuid id = act_id(77);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &arena);
	char path[100], text[UUID_TEXT];

	(void)state;
	begin_in_step(&fake);
	fake.has_gap = true;
	fake.gap = (struct sync_gap){ KIND_INCIDENT, id };
	answer_feed(&fake, EPOCH_A, 51, 51);
	uuid_text(&id, text);
	snprintf(path, sizeof path, "/v1/entities/%s", text);
	PATH(&fake, LANE_ASK, path);
	assert_false(sync_in_step(fake.sync));
	incident->head.version = 4;
	entity_encode(incident, &entity);
	head = head_of(&fake, EPOCH_A);
	entity_answer(&body, str_get(&entity), entity.len, &head);
	size_t items = fake.items;
	answer_str(&fake, LANE_ASK, &body);
	assert_int_equal(fake.items, items + 1);
	assert_int_equal(fake.mark.cursor, 51); /* the cursor is not touched */
	assert_true(sync_in_step(fake.sync));
	str_release(&entity);
	arena_release(&arena);
	end(&fake);
}

static void a_document_must_be_what_its_name_says(void **state)
{
	struct fake fake = { .doc_missing = true };

	(void)state;
	begin(&fake, NULL);
	answer_session(&fake, "CENTRE", NULL);
	PATH(&fake, LANE_ASK, "/v1/profile/" HASH_P);
	answer(&fake, LANE_ASK, 200, "another text", 0);
	assert_string_equal(fake.doc, "");
	sync_tick(fake.sync, fake.now + 1250);
	PATH(&fake, LANE_ASK, "/v1/profile/" HASH_P);
	end(&fake);
}

static void logging_in_and_out(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	answer_error(&fake, LANE_READ, ERR_AUTH, 0);
	sync_login(fake.sync, "wang", "0000", "", fake.now);
	PATH(&fake, LANE_ASK, "/v1/session");
	assert_string_equal(fake.lane[LANE_ASK].method, "POST");
	assert_non_null(strstr(str_get(&fake.lane[LANE_ASK].body), "\"officer\":\"wang\""));
	answer_error(&fake, LANE_ASK, ERR_AUTH, 0);
	assert_int_equal(fake.asked, ERR_AUTH);
	assert_string_equal(fake.asked_text, "said the server");
	IDLE(&fake, LANE_READ);
	sync_login(fake.sync, "wang", "1234", "", fake.now);
	answer_session(&fake, "CENTRE", "token-of-wang");
	assert_int_equal(fake.asked, ERR_OK);
	assert_string_equal(fake.lane[LANE_READ].token, "token-of-wang");
	answer_feed(&fake, EPOCH_A, 50, 50);
	assert_int_equal(fake.link, SYNC_ONLINE);
	fake.was_asked = false;
	sync_logout(fake.sync, fake.now);
	assert_string_equal(fake.lane[LANE_ASK].method, "DELETE");
	answer(&fake, LANE_ASK, 200, "<html>please pay</html>", 0);
	assert_false(fake.was_asked);
	sync_tick(fake.sync, fake.now += 2000);
	answer_plain(&fake, LANE_ASK);
	assert_true(fake.was_asked);
	assert_int_equal(fake.link, SYNC_LOGIN);
	IDLE(&fake, LANE_READ);
	end(&fake);
}

/* Asked once, told once, whatever happens; never for another officer than the one who asked. */
static void a_personal_value_is_asked_for_once(void **state)
{
	struct reveal_answer value = { .value = "13912348821" };
	struct fake fake = { .first_n = 0 };
	struct uuid id = uuid_named("x");
	struct str body = STR_INIT;

	(void)state;
	begin_in_step(&fake);
	sync_reveal(fake.sync, &id, "phone", "contact", fake.now);
	PATH(&fake, LANE_ASK, "/v1/reveal");
	assert_string_equal(fake.lane[LANE_ASK].method, "POST");
	assert_non_null(strstr(str_get(&fake.lane[LANE_ASK].body), "\"field\":\"phone\""));
	assert_non_null(strstr(str_get(&fake.lane[LANE_ASK].body), "\"why\":\"contact\""));
	sync_reveal(fake.sync, &id, "reporter", "contact", fake.now);
	assert_int_equal(fake.shown, ERR_BUSY);
	value.head = head_of(&fake, EPOCH_A);
	reveal_answer_encode(&value, &body);
	answer_str(&fake, LANE_ASK, &body);
	assert_int_equal(fake.shown, ERR_OK);
	assert_string_equal(fake.shown_text, "13912348821");
	IDLE(&fake, LANE_ASK);
	/* its limit, a line that is cut, a server in trouble: said, and not asked again */
	sync_reveal(fake.sync, &id, "phone", "contact", fake.now);
	answer_error(&fake, LANE_ASK, ERR_TOO_MANY, 60);
	assert_int_equal(fake.shown, ERR_TOO_MANY);
	sync_reveal(fake.sync, &id, "phone", "contact", fake.now);
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "cut", fake.now);
	assert_int_equal(fake.shown, ERR_OFFLINE);
	assert_int_equal(fake.n_shown, 4);
	for (int i = 0; i < 100; i++)
		sync_tick(fake.sync, fake.now += 1000);
	assert_int_equal(fake.n_shown, 4);
	if (fake.lane[LANE_ASK].busy)
		assert_string_not_equal(fake.lane[LANE_ASK].path, "/v1/reveal");
	end(&fake);
}

/* One number at a time; told once, whatever happens, and never to another officer. */
static void a_caller_is_asked_about_once(void **state)
{
	struct uuid id = uuid_named("x");
	struct callers_answer told = { .count = 3, .incidents = { &id, 1 } };
	struct fake fake = { .first_n = 0 };
	struct str body = STR_INIT;

	(void)state;
	begin_in_step(&fake);
	sync_callers(fake.sync, "13912348821", fake.now);
	PATH(&fake, LANE_ASK, "/v1/callers");
	assert_string_equal(fake.lane[LANE_ASK].method, "POST");
	assert_string_equal(str_get(&fake.lane[LANE_ASK].body), "{\"phone\":\"13912348821\"}");
	sync_callers(fake.sync, "13912348822", fake.now);
	assert_int_equal(fake.caller, ERR_BUSY);
	assert_string_equal(fake.caller_phone, "13912348822");
	told.head = head_of(&fake, EPOCH_A);
	callers_answer_encode(&told, &body);
	answer_str(&fake, LANE_ASK, &body);
	assert_int_equal(fake.caller, ERR_OK);
	assert_string_equal(fake.caller_phone, "13912348821");
	assert_int_equal(fake.caller_count, 3);
	IDLE(&fake, LANE_ASK);
	/* its limit, a line that is cut, another officer: said, and not asked again */
	sync_callers(fake.sync, "13912348821", fake.now);
	answer_error(&fake, LANE_ASK, ERR_TOO_MANY, 60);
	assert_int_equal(fake.caller, ERR_TOO_MANY);
	sync_callers(fake.sync, "13912348821", fake.now);
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "cut", fake.now);
	assert_int_equal(fake.caller, ERR_OFFLINE);
	assert_int_equal(fake.n_callers, 4);
	for (int i = 0; i < 100; i++)
		sync_tick(fake.sync, fake.now += 1000);
	assert_int_equal(fake.n_callers, 4);
	end(&fake);
	fake = (struct fake){ .first_n = 0 };
	begin_in_step(&fake);
	sync_callers(fake.sync, "13912348821", fake.now);
	sync_token(fake.sync, "token-of-wang", fake.now);
	assert_int_equal(fake.n_callers, 1);
	assert_int_equal(fake.caller, ERR_OFFLINE);
	end(&fake);
}

static void a_search_is_asked_once(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct str body = STR_INIT;

	(void)state;
	begin_in_step(&fake);
	sync_search(fake.sync, "/v1/search?q=water", fake.now);
	PATH(&fake, LANE_ASK, "/v1/search?q=water");
	assert_string_equal(fake.lane[LANE_ASK].method, "GET");
	sync_search(fake.sync, "/v1/search?q=lamp", fake.now);
	assert_int_equal(fake.found_code, ERR_BUSY);
	str_add(&body, "{}\n");
	answer_str(&fake, LANE_ASK, &body);
	assert_int_equal(fake.found_code, ERR_OK);
	assert_int_equal(fake.found_len, 3);
	IDLE(&fake, LANE_ASK);
	/* refused, a line that is cut, another officer: said, and not asked again */
	sync_search(fake.sync, "/v1/search?q=water", fake.now);
	answer_error(&fake, LANE_ASK, ERR_INPUT, 0);
	assert_int_equal(fake.found_code, ERR_INPUT);
	sync_search(fake.sync, "/v1/search?q=water", fake.now);
	fake.lane[LANE_ASK].busy = false;
	sync_failed(fake.sync, LANE_ASK, "cut", fake.now);
	assert_int_equal(fake.found_code, ERR_OFFLINE);
	assert_int_equal(fake.found_len, 0);
	for (int i = 0; i < 100; i++)
		sync_tick(fake.sync, fake.now += 1000);
	assert_int_equal(fake.n_found, 4);
	end(&fake);
}

static void a_search_ends_with_its_officer(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_search(fake.sync, "/v1/search?q=water", fake.now);
	sync_token(fake.sync, "token-of-wang", fake.now);
	assert_int_equal(fake.n_found, 1);
	assert_int_equal(fake.found_code, ERR_OFFLINE);
	end(&fake);
}

static void it_is_not_asked_for_another_officer(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct uuid id = uuid_named("x");

	(void)state;
	begin_in_step(&fake);
	sync_reveal(fake.sync, &id, "phone", "contact", fake.now);
	sync_token(fake.sync, "token-of-wang", fake.now);
	assert_int_equal(fake.n_shown, 1);
	assert_int_equal(fake.shown, ERR_OFFLINE);
	PATH(&fake, LANE_ASK, "/v1/session");
	end(&fake);
}

static void lines_not_to_be_seen_are_not_asked_for_again(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_want_timeline(fake.sync, &(struct uuid){ { 1 } }, fake.now);
	answer_error(&fake, LANE_ASK, ERR_NOT_FOUND, 0);
	assert_true(fake.lines_end);
	assert_true(sync_in_step(fake.sync));
	end(&fake);
}

static void lines_come_in_pages(void **state)
{
	struct fake fake = { .first_n = 0 };
	struct str body = STR_INIT;
	struct answer_head head;

	(void)state;
	begin_in_step(&fake);
	sync_want_timeline(fake.sync, &(struct uuid){ { 1 } }, fake.now);
	PATH(&fake, LANE_ASK,
	     "/v1/timeline?entity=01000000-0000-0000-0000-000000000000&after=0");
	head = head_of(&fake, EPOCH_A);
	timeline_begin(&body);
	timeline_end(&body, &head, true);
	answer_str(&fake, LANE_ASK, &body);
	assert_true(fake.lines_end);
	assert_true(sync_in_step(fake.sync));
	end(&fake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_the_snapshot_then_the_feed),
		cmocka_unit_test(a_snapshot_goes_on_where_it_was),
		cmocka_unit_test(a_network_that_wants_a_log_in_is_no_server),
		cmocka_unit_test(garbage_changes_nothing),
		cmocka_unit_test(half_a_snapshot_is_no_snapshot),
		cmocka_unit_test(a_page_that_cannot_be_kept_is_read_again),
		cmocka_unit_test(log_in_again_keeps_everything),
		cmocka_unit_test(too_far_behind_takes_a_snapshot_over_what_is_here),
		cmocka_unit_test(another_scope_is_another_view),
		cmocka_unit_test(what_is_of_an_unknown_scope_goes_with_its_token),
		cmocka_unit_test(acts_go_in_batches_one_at_a_time),
		cmocka_unit_test(too_large_a_batch_is_halved),
		cmocka_unit_test(a_busy_server_is_obeyed),
		cmocka_unit_test(the_same_acts_go_again),
		cmocka_unit_test(a_gap_is_fetched_whole),
		cmocka_unit_test(a_document_must_be_what_its_name_says),
		cmocka_unit_test(logging_in_and_out),
		cmocka_unit_test(a_personal_value_is_asked_for_once),
		cmocka_unit_test(it_is_not_asked_for_another_officer),
		cmocka_unit_test(a_caller_is_asked_about_once),
		cmocka_unit_test(a_search_is_asked_once),
		cmocka_unit_test(a_search_ends_with_its_officer),
		cmocka_unit_test(lines_not_to_be_seen_are_not_asked_for_again),
		cmocka_unit_test(lines_come_in_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
