/* Whistles at the consoles of street, centre and department: what each shows while acts travel, and the
 * codes of arrival. */
#include <config.h>

#include "consoles.h"

#include "zhiban/client/arrival.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/timeline.h"
#include "zhiban/store/outbox_secret.h"

#define WORDS "title=two pipes and a road\nground=several\nassist=shuiwu\nassist=zhujian\nlead_org=shuiwu"

static struct client_whistle get(struct world *world, unsigned who, const struct uuid *id)
{
	struct client_whistle whistle;

	OK(client_whistle_get(world->all[who].client, id, &world->arena, &whistle, NULL));
	return whistle;
}

static const struct summoned *share(struct world *world, unsigned who, const struct uuid *id,
				    const char *org)
{
	return whistle_share_of(get(world, who, id).whistle, org);
}

static size_t listed(struct world *world, unsigned who, size_t closed,
		     struct client_whistle **ret_whistles)
{
	size_t n = 0;

	OK(client_whistles(world->all[who].client, closed, &world->arena, ret_whistles, &n, NULL));
	return n;
}

/* From saving to folded there is one, and never none or two; it is found by each of its names. */
static void a_new_whistle_never_flickers(void **state)
{
	struct world *world = *state;
	struct console *street = &world->all[STREET];
	struct client_whistle *list, whistle;
	struct client_done done;
	struct uuid id;
	char mark[48], hex[UUID_TEXT];
	enum kind kind;

	settle_all(world);
	OK(act(street, KIND_WHISTLE, "blow", NULL, WORDS, &done, NULL));
	whistle = get(world, STREET, &done.target);
	assert_int_equal(whistle.marks, ROW_PENDING | ROW_NEW);
	assert_string_equal(client_whistle_mark(&whistle, mark), "no number yet-1");
	OK(client_whistle_find(street->client, "-1", &id, NULL));
	assert_true(uuid_eq(&id, &done.target));
	for (int i = 0; i < 60; i++) {
		assert_int_equal(listed(world, STREET, 10, &list), 1);
		assert_true(uuid_eq(&list[0].whistle->head.id, &done.target));
		assert_string_equal(list[0].whistle->title, "two pipes and a road");
		assert_int_equal(list[0].whistle->shares.n, 2);
		step(world, street);
	}
	assert_true(worker_in_step(street->worker));
	whistle = get(world, STREET, &done.target);
	assert_int_equal(whistle.marks, 0);
	assert_int_equal(whistle.n, 0);
	assert_string_equal(whistle.whistle->number, "20261123-W001");
	assert_string_equal(client_whistle_mark(&whistle, mark), "23-W001");
	uuid_text(&done.target, hex);
	hex[8] = '\0';
	for (size_t i = 0; i < 4; i++) {
		const char *const names[] = { "20261123-W001", "23-W001", "23-w001", hex };

		OK(client_whistle_find(street->client, names[i], &id, NULL));
		assert_true(uuid_eq(&id, &done.target));
		OK(client_find_any(street->client, names[i], &kind, &id, NULL));
		assert_int_equal(kind, KIND_WHISTLE);
	}
	assert_int_equal(client_whistle_find(street->client, "-1", &id, NULL), ERR_NOT_FOUND);
	assert_int_equal(client_find_any(street->client, "23-W002", &kind, &id, NULL), ERR_NOT_FOUND);
}

/* Each act is shown at once where it was done, and later everywhere; the line may be cut. */
static void acts_are_shown_at_once_and_then_by_all(void **state)
{
	struct world *world = *state;
	struct uuid id = blown(world, WORDS);
	struct client_whistle *list;
	static const struct {
		unsigned who;
		const char *verb, *words, *step;
	} moves[] = {
		{ CENTRE, "issue", NULL, "issued" },
		{ WATER, "sign", "comer=Zhou Min\ncomer_phone=0519-1", "issued" },
		{ WATER, "contact", NULL, "issued" },
	};

	assert_string_equal(get(world, STREET, &id).whistle->step, "check");
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		world->server.down = true;
		must_whistle(&world->all[moves[i].who], moves[i].verb, &id, moves[i].words);
		for (unsigned who = 0; who < CONSOLES; who++) {
			bool own = who == moves[i].who;

			step(world, &world->all[who]);
			assert_int_equal(get(world, who, &id).marks, own ? ROW_PENDING : 0);
			assert_int_equal(listed(world, who, 0, &list), 1);
			assert_int_equal(list->marks, own ? ROW_PENDING : 0);
			if (own)
				assert_string_equal(get(world, who, &id).whistle->step,
						    moves[i].step);
		}
		world->server.down = false;
		world->fixed.now += 120000;
		settle_all(world);
		for (unsigned who = 0; who < CONSOLES; who++) {
			assert_int_equal(get(world, who, &id).marks, 0);
			assert_string_equal(get(world, who, &id).whistle->step, moves[i].step);
		}
	}
	assert_string_equal(share(world, STREET, &id, "shuiwu")->comer, "Zhou Min");
	assert_true(share(world, STREET, &id, "shuiwu")->contacted_at != 0);
}

/* An act is on top of the cache's till the feed has brought it, and then no more. */
static void an_act_is_shown_once(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);
	struct console *centre = &world->all[CENTRE];

	world->server.lose = 1; /* the feed is there before the answer */
	must_whistle(centre, "urge", &id, NULL);
	for (int i = 0; i < 60; i++) {
		assert_int_equal(get(world, CENTRE, &id).whistle->urges, 1);
		step(world, centre);
	}
	assert_true(worker_in_step(centre->worker));
	assert_int_equal(get(world, CENTRE, &id).marks, 0);
}

/* The answer has its number, the feed is still on the way. */
static void the_answer_gives_its_number(void **state)
{
	struct world *world = *state;
	struct console *street = &world->all[STREET];
	struct client_whistle whistle;
	struct client_done done;
	struct uuid id;

	settle_all(world);
	street->line.feed_stops = true;
	OK(act(street, KIND_WHISTLE, "blow", NULL, WORDS, &done, NULL));
	for (int i = 0; i < 20; i++)
		step(world, street);
	whistle = get(world, STREET, &done.target);
	assert_int_equal(whistle.marks, ROW_PENDING | ROW_NEW);
	assert_string_equal(whistle.whistle->number, "20261123-W001");
	OK(client_whistle_find(street->client, "23-w001", &id, NULL));
	assert_true(uuid_eq(&id, &done.target));
}

/* One that waits stays in the list while other things are done, and when the program begins anew. */
static void a_waiting_one_stays_listed(void **state)
{
	struct world *world = *state;
	struct console *street = &world->all[STREET];
	struct client_whistle *list;
	struct client_done done;

	settle_all(world);
	world->server.down = true;
	OK(act(street, KIND_WHISTLE, "blow", NULL, WORDS, &done, NULL));
	for (int i = 0; i < 3; i++) {
		OK(act(street, KIND_INCIDENT, "register", NULL, "title=a pipe", NULL, NULL));
		step(world, street);
		assert_int_equal(listed(world, STREET, 0, &list), 1);
		assert_int_equal(list->marks, ROW_PENDING | ROW_NEW);
	}
	client_close(street->client);
	OK(client_open(&(struct client_options){ .dir = street->dir, .env = &world->env },
		       &street->client, NULL));
	assert_int_equal(listed(world, STREET, 0, &list), 1);
	assert_true(uuid_eq(&list->whistle->head.id, &done.target));
}

/* Who comes with a code stands unverified until the server has said that it is right. */
static void a_code_is_unverified_till_the_server_says(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);
	const struct summoned *water = share(world, STREET, &id, "shuiwu");
	char words[160], digits[ARRIVAL_DIGITS];

	arrival_code(world->server.secret, &water->id, arrival_step(world->fixed.now), digits);
	snprintf(words, sizeof words, "comer=Zhou\ncomer_post=head\ncomer_phone=1\ncode=%s", digits);
	world->server.down = true;
	must_whistle(&world->all[WATER], "report_in", &id, words);
	step(world, &world->all[WATER]);
	water = share(world, WATER, &id, "shuiwu");
	assert_string_equal(water->proof, "unverified");
	assert_int_equal(water->confirmed_at, 0);
	assert_int_equal(share(world, STREET, &id, "shuiwu")->reported_at, 0);
	world->server.down = false;
	settle_all(world);
	for (unsigned who = 0; who < CONSOLES; who++) {
		water = share(world, who, &id, "shuiwu");
		assert_string_equal(water->proof, "code");
		assert_true(water->confirmed_at != 0);
	}
}

/* A wrong one lies on its author's desk, with the whistle's name and what stands there. */
static void what_is_refused_names_its_whistle(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);
	struct client *water = world->all[WATER].client;
	struct client_whistle *list;
	struct client_waiting *rows;
	size_t n;

	must_whistle(&world->all[WATER], "report_in", &id,
		     "comer=Zhou\ncomer_post=head\ncomer_phone=1\ncode=000000");
	settle(world, &world->all[WATER]);
	assert_int_equal(get(world, WATER, &id).marks, ROW_REFUSED);
	assert_int_equal(listed(world, WATER, 0, &list), 1);
	assert_int_equal(list->marks, ROW_REFUSED);
	assert_int_equal(share(world, WATER, &id, "shuiwu")->reported_at, 0);
	OK(client_outbox(water, true, &world->arena, &rows, &n, NULL));
	assert_int_equal(n, 1);
	assert_string_equal(rows->mark, "23-W001");
	assert_string_equal(rows->label, "报到");
	assert_int_equal(rows->state, OUTBOX_REFUSED);
	assert_int_equal(rows->base->kind, KIND_WHISTLE);
	assert_int_equal(rows->theirs->kind, KIND_WHISTLE);
	assert_true(uuid_eq(&rows->base->id, &id));
	assert_int_equal(rows->act.target.base, rows->base->version);
	assert_true(rows->base->version > 1);
	assert_non_null(rows->mine); /* it fitted: only the server knows the code */
	OK(client_desk_drop(water, &rows->act.id, NULL));
	step(world, &world->all[WATER]);
	assert_int_equal(get(world, WATER, &id).marks, 0);
}

/* What hangs on a refused act is not shown either, but for what gets in all the same. */
static void what_hangs_on_a_refused_act_goes_with_it(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);
	struct console *water = &world->all[WATER];
	struct client_done signs;
	struct outbox_answer refused = { .refused = true, .code = "REFUSED", .sentence = "no" };
	struct store *outbox;

	world->server.down = true;
	OK(act(water, KIND_WHISTLE, "sign", &id, "comer=Zhou", &signs, NULL));
	must_whistle(water, "contact", &id, NULL);
	must_whistle(water, "call", &id, "rung=wang\ngist=on the way");
	assert_true(share(world, WATER, &id, "shuiwu")->contacted_at != 0);
	assert_int_equal(get(world, WATER, &id).whistle->calls.n, 1);
	OK(outbox_open(water->dir, false, &outbox, NULL));
	refused.id = signs.act;
	OK(outbox_answers(outbox, &refused, 1, NULL));
	store_close(outbox);
	step(world, water);
	assert_int_equal(share(world, WATER, &id, "shuiwu")->signed_at, 0);
	assert_int_equal(share(world, WATER, &id, "shuiwu")->contacted_at, 0);
	assert_int_equal(get(world, WATER, &id).whistle->calls.n, 1);
	assert_int_equal(get(world, WATER, &id).marks, ROW_REFUSED | ROW_PENDING);
}

/* ---- lists ---- */

static struct whistle *by_hand(struct world *world, unsigned i, bool open, int64_t due,
			       int64_t closed)
{
	struct uuid parent = { { 4 } }, id = uuid_child(&parent, "whistle", i);
	struct whistle *whistle = entity_new(KIND_WHISTLE, &id, &world->server.arena);

	whistle->head.version = whistle->head.seq = 1;
	whistle->number = arena_printf(&world->server.arena, "2026%02u23-W%03u", 9 + i % 3, i);
	whistle->title = whistle->number;
	whistle->step = open ? "issued" : "closed";
	whistle->open = open;
	whistle->due = due;
	whistle->closed_at = closed;
	whistle->blown_at = 1000 + i;
	world->server.things[world->server.n_things++] = &whistle->head;
	return whistle;
}

static void open_ones_come_by_due_then_closed_ones(void **state)
{
	struct world *world = *state;
	struct client_whistle *list;
	static const unsigned order[] = { 3, 1, 4, 0, 6, 2, 5 };

	by_hand(world, 0, true, 0, 0);
	by_hand(world, 1, true, 500, 0);
	by_hand(world, 2, false, 0, 70);
	by_hand(world, 3, true, 400, 0);
	by_hand(world, 4, true, 900, 0);
	by_hand(world, 5, false, 0, 60);
	by_hand(world, 6, false, 0, 90);
	settle_all(world);
	for (size_t closed = 0; closed < 5; closed++) {
		size_t n = listed(world, CENTRE, closed, &list);

		assert_int_equal(n, closed < 3 ? 4 + closed : 7);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(list[i].whistle->blown_at, 1000 + order[i]);
	}
}

/* The latest of a short number; several beginnings of an id. */
static void short_numbers_name_the_latest(void **state)
{
	struct world *world = *state;
	struct uuid id;
	struct whistle *older = by_hand(world, 0, true, 0, 0), *newer = by_hand(world, 1, true, 0, 0);
	struct whistle *same = by_hand(world, 2, true, 0, 0);

	older->number = "20260923-W007";
	newer->number = "20261023-W007";
	same->head.id = older->head.id;
	same->head.id.b[15] ^= 1;
	settle_all(world);
	OK(client_whistle_find(world->all[CENTRE].client, "23-W007", &id, NULL));
	assert_true(uuid_eq(&id, &newer->head.id));
	OK(client_whistle_find(world->all[CENTRE].client, "20260923-W007", &id, NULL));
	assert_true(uuid_eq(&id, &older->head.id));
	{
		char text[UUID_TEXT];

		uuid_text(&older->head.id, text);
		text[8] = '\0';
		assert_int_equal(client_whistle_find(world->all[CENTRE].client, text, &id, NULL),
				 ERR_INPUT);
		uuid_text(&older->head.id, text);
		OK(client_whistle_find(world->all[CENTRE].client, text, &id, NULL));
	}
}

static void what_can_be_done_now_is_said(void **state)
{
	static const struct {
		unsigned who;
		const char *verb;
		bool can;
	} cases[] = {
		{ STREET, "withdraw", true },  { STREET, "confirm_in", false },
		{ STREET, "issue", false },    { STREET, "note", true },
		{ WATER, "sign", true },       { WATER, "report_in", true },
		{ WATER, "verify_ok", false }, { WATER, "issue", false },
		{ WATER, "fire", false },      { WATER, "dispute", true },
		{ CENTRE, "supervise", true }, { CENTRE, "blow", false },
	};
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		enum err code = client_whistle_possible(world->all[cases[i].who].client,
							get(world, cases[i].who, &id).whistle,
							act_desc_of(KIND_WHISTLE, cases[i].verb),
							&err);

		if ((code == ERR_OK) != cases[i].can)
			fail_msg("%s: %s", cases[i].verb, err.text);
	}
	OK(client_whistle_possible(world->all[STREET].client, NULL,
				   act_desc_of(KIND_WHISTLE, "blow"), NULL));
	assert_int_not_equal(client_whistle_possible(world->all[WATER].client, NULL,
						     act_desc_of(KIND_WHISTLE, "blow"), NULL),
			     ERR_OK);
}

/* Its lines come as an incident's do, also those that were before this console had it. */
static void a_timeline_is_fetched_and_then_complete(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);
	struct console *water = &world->all[WATER];
	struct client_timeline timeline;

	OK(client_timeline(water->client, &id, &world->arena, &timeline, NULL));
	assert_int_equal(timeline.n, 2);
	assert_true(timeline.complete);
	/* anew, from a snapshot: the lines are not in it */
	server_restore(&world->server);
	settle_all(world);
	OK(client_timeline(water->client, &id, &world->arena, &timeline, NULL));
	for (int i = 0; i < 40 && !timeline.complete; i++) {
		step(world, water);
		OK(client_timeline(water->client, &id, &world->arena, &timeline, NULL));
	}
	assert_true(timeline.complete);
	assert_int_equal(timeline.n, 2);
}

/* ---- checks ---- */

static void checks_that_were_done_are_found(void **state)
{
	struct world *world = *state;
	struct client *client = world->all[CENTRE].client;
	const struct inspection **list, *one;
	size_t n;

	for (unsigned i = 0; i < 4; i++) {
		struct uuid id = inspection_id("320402001", "daily", 1000 * (int64_t)(4 - i));
		struct inspection *made = entity_new(KIND_INSPECTION, &id, &world->server.arena);

		made->head.version = made->head.seq = 1;
		made->label = "daily";
		made->due = 1000 * (int64_t)(4 - i);
		world->server.things[world->server.n_things++] = &made->head;
	}
	settle_all(world);
	OK(client_inspections(client, 2000, 4000, &world->arena, &list, &n, NULL));
	assert_int_equal(n, 2);
	assert_int_equal(list[0]->due, 2000);
	assert_int_equal(list[1]->due, 3000);
	{
		struct uuid done = inspection_id("320402001", "daily", 3000);
		struct uuid other = inspection_id("320402001", "daily", 3001);

		OK(client_inspection(client, &done, &world->arena, &one, NULL, NULL));
		assert_int_equal(one->due, 3000);
		OK(client_inspection(client, &other, &world->arena, &one, NULL, NULL));
		assert_null(one);
	}
}

/* ---- codes of arrival ---- */

static bool has_secret(struct console *console, const struct uuid *id)
{
	unsigned char secret[ARRIVAL_SECRET];
	struct store *outbox;
	enum err code;

	OK(outbox_open(console->dir, true, &outbox, NULL));
	code = outbox_secret_get(outbox, id, secret, NULL);
	store_close(outbox);
	return code == ERR_OK;
}

static void ask_codes(struct world *world, unsigned who, const struct uuid *id)
{
	struct ask ask = { .kind = ASK_ARRIVAL, .id = *id };

	world->all[who].told = (struct tell){ .kind = TELL_DEFECT };
	worker_ask(world->all[who].worker, &ask);
	for (int i = 0; i < 20 && world->all[who].told.kind != TELL_ARRIVAL; i++)
		step(world, &world->all[who]);
	assert_int_equal(world->all[who].told.kind, TELL_ARRIVAL);
	assert_true(uuid_eq(&world->all[who].told.id, id));
}

static void only_the_blower_shows_codes(void **state)
{
	struct world *world = *state;
	struct uuid id = blown(world, WORDS);
	struct client_arrivals codes;

	assert_false(client_arrival_may(world->all[STREET].client, get(world, STREET, &id).whistle));
	must_whistle(&world->all[CENTRE], "issue", &id, NULL);
	settle_all(world);
	for (unsigned who = 0; who < CONSOLES; who++) {
		struct client *client = world->all[who].client;
		const struct whistle *whistle = get(world, who, &id).whistle;

		assert_int_equal(client_arrival_may(client, whistle), who == STREET);
		assert_int_equal(client_arrival_wanted(client, whistle), who == STREET);
		assert_int_equal(client_arrival_codes(client, whistle, &world->arena, &codes, NULL),
				 who == STREET ? ERR_NOT_FOUND : ERR_DENIED);
		ask_codes(world, who, &id);
		assert_int_equal(world->all[who].told.code,
				 who == STREET ? ERR_OK : ERR_NOT_FOUND);
		assert_int_equal(has_secret(&world->all[who], &id), who == STREET);
	}
	assert_int_equal(world->server.secrets_told, 1);
}

/* Made here, so the line may be cut; another each five minutes; of those who are awaited. */
static void codes_are_made_without_the_line(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS);
	struct console *street = &world->all[STREET];
	struct client_arrivals codes;
	char want[ARRIVAL_DIGITS], first[ARRIVAL_DIGITS];

	ask_codes(world, STREET, &id);
	OK(street->told.code);
	assert_false(client_arrival_wanted(street->client, get(world, STREET, &id).whistle));
	world->server.down = true;
	for (int i = 0; i < 3; i++) {
		step(world, street);
		OK(client_arrival_codes(street->client, get(world, STREET, &id).whistle,
					&world->arena, &codes, NULL));
		assert_int_equal(codes.n, 2);
		for (size_t k = 0; k < codes.n; k++) {
			arrival_code(world->server.secret, &codes.codes[k].share->id,
				     arrival_step(world->fixed.now), want);
			assert_string_equal(codes.codes[k].digits, want);
		}
		assert_true(codes.left > 0 && codes.left <= ARRIVAL_STEP_MS);
		if (i > 0)
			assert_string_not_equal(codes.codes[0].digits, first);
		memcpy(first, codes.codes[0].digits, sizeof first);
		world->fixed.now += codes.left;
	}
	/* another process finds them, too */
	client_close(street->client);
	OK(client_open(&(struct client_options){ .dir = street->dir, .env = &world->env },
		       &street->client, NULL));
	OK(client_arrival_codes(street->client, get(world, STREET, &id).whistle, &world->arena,
				&codes, NULL));
	world->server.down = false;
	world->fixed.now += 120000;
	/* one has come: the other is awaited still */
	settle_all(world);
	must_whistle(&world->all[WATER], "report_in", &id,
		     "comer=Zhou\ncomer_post=head\ncomer_phone=1");
	settle_all(world);
	OK(client_arrival_codes(street->client, get(world, STREET, &id).whistle, &world->arena,
				&codes, NULL));
	assert_int_equal(codes.n, 1);
	assert_string_equal(codes.codes[0].share->org, "zhujian");
}

static void a_secret_goes_with_its_whistle(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS), other;
	struct console *street = &world->all[STREET];

	ask_codes(world, STREET, &id);
	other = issued(world, WORDS);
	ask_codes(world, STREET, &other);
	assert_true(has_secret(street, &id) && has_secret(street, &other));
	must_whistle(street, "withdraw", &id, "reason=it was solved");
	assert_false(client_arrival_may(street->client, get(world, STREET, &id).whistle));
	assert_true(has_secret(street, &id)); /* it may be refused yet */
	settle_all(world);
	assert_false(has_secret(street, &id));
	assert_true(has_secret(street, &other));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
	static const struct CMUnitTest tests[] = {
		T(a_new_whistle_never_flickers),
		T(acts_are_shown_at_once_and_then_by_all),
		T(an_act_is_shown_once),
		T(the_answer_gives_its_number),
		T(a_waiting_one_stays_listed),
		T(a_code_is_unverified_till_the_server_says),
		T(what_is_refused_names_its_whistle),
		T(what_hangs_on_a_refused_act_goes_with_it),
		T(open_ones_come_by_due_then_closed_ones),
		T(short_numbers_name_the_latest),
		T(what_can_be_done_now_is_said),
		T(a_timeline_is_fetched_and_then_complete),
		T(checks_that_were_done_are_found),
		T(only_the_blower_shows_codes),
		T(codes_are_made_without_the_line),
		T(a_secret_goes_with_its_whistle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
