/* Duty on the server: numbers of swaps, handovers and records, who sees what of them, what a decision
 * looks at beside its target. */
#include "duty_help.h"
#include "zhiban/wire/entry.h"

/* --- numbers ----------------------------------------------------------------------------------- */

static const char *log_number(struct world *world, struct desk *desk)
{
	struct uuid id = new_id(world);

	return duty_does(world, desk, "log", KIND_RECORD, &id, "title=quiet").number;
}

/* Each sort counts by its own letter, beside incidents and notices; each day begins anew. */
static void test_numbers(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handover_id("centre", "desk", &(struct uuid){ { 0 } });
	struct uuid id = new_id(world);

	assert_string_equal(log_number(world, &desks.duty), "20261118-R001");
	assert_string_equal(log_number(world, &desks.north), "20261118-R002");
	assert_string_equal(duty_does(world, &desks.duty, "hand_over", KIND_HANDOVER, &first,
				      "words=quiet").number,
			    "20261118-J001");
	assert_string_equal(register_one(world, &desks.duty, &id, "e").number, "20261118-0001");
	/* a refused one takes none */
	id = new_id(world);
	assert_int_equal(duty_says(world, &desks.duty, "log", KIND_RECORD, &id,
				   "title=x&sort=nothing").code,
			 ERR_INPUT);
	assert_string_equal(log_number(world, &desks.duty), "20261118-R003");
	world->clock.now += DAY;
	assert_string_equal(log_number(world, &desks.duty), "20261119-R001");
	verified(world);
}

/* --- who sees it ------------------------------------------------------------------------------- */

static void expect_seen(struct world *world, const struct desk *desk, const struct uuid *id,
			bool seen)
{
	const char *text = id_words(world, id);
	const char *path = arena_printf(&world->arena, "/v1/entities/%s", text);

	ask(world, seen ? 200 : 404, "GET", path, NULL, desk->token, NULL);
	assert_int_equal(strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, desk->token, NULL),
				text) != NULL,
			 seen);
	assert_int_equal(strstr(ask(world, 200, "GET", "/v1/feed", "since=0", desk->token, NULL),
				text) != NULL,
			 seen);
}

/* Handovers and the log are whose they are, and the centre's. */
static void test_seen(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid line = logged_line(world, &desks.north, "title=quiet");
	struct uuid first = handover_id("north", "street", &(struct uuid){ { 0 } });

	duty_does(world, &desks.north, "hand_over", KIND_HANDOVER, &first, "words=quiet");
	expect_seen(world, &desks.north, &line, true);
	expect_seen(world, &desks.duty, &line, true);
	expect_seen(world, &desks.south, &line, false);
	expect_seen(world, &desks.north, &first, true);
	expect_seen(world, &desks.duty, &first, true);
	expect_seen(world, &desks.south, &first, false);
	verified(world);
}

/* Ids of first handovers can be guessed: whoever may not make one hears the same, there or not. */
static void test_guessed(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handover_id("north", "street", &(struct uuid){ { 0 } });
	struct act_answer before, after;

	before = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &first,
			   "org=north&words=x");
	duty_does(world, &desks.north, "hand_over", KIND_HANDOVER, &first, "words=quiet");
	after = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &first,
			  "org=north&words=x");
	assert_int_equal(before.verdict, VERDICT_REFUSED);
	assert_int_equal(before.code, after.code);
	assert_string_equal(before.sentence, after.sentence);
	assert_null(after.state);
}

/* --- what is looked at beside ------------------------------------------------------------------ */

/* The one before is found by the next one; of another's desk it is as if it were not there. */
static void test_before(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handed_on(world, &desks.duty, &desks.relief, "desk", NULL), second, id;
	struct uuid theirs = handed_on(world, &desks.north, &desks.second, "street", NULL);
	struct uuid nothing = uuid_named("nothing at all");
	struct act_answer other, none;
	const struct handover *one, *two;

	second = handed_on(world, &desks.relief, &desks.duty, "desk", &first);
	one = entity_seen(world, &desks.duty, &first);
	two = entity_seen(world, &desks.duty, &second);
	assert_string_equal(one->number, "20261118-J001");
	assert_string_equal(two->chain, one->hash);
	assert_int_equal(handover_chain(two, one), CHAIN_WHOLE);
	id = handover_id("south", "street", &theirs);
	other = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &id,
			  arena_printf(&world->arena, "words=x&before=%s",
				       id_words(world, &theirs)));
	id = handover_id("south", "street", &nothing);
	none = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &id,
			 arena_printf(&world->arena, "words=x&before=%s",
				      id_words(world, &nothing)));
	assert_int_equal(other.code, ERR_NOT_FOUND);
	assert_int_equal(none.code, ERR_NOT_FOUND);
	assert_string_equal(other.sentence, none.sentence);
	verified(world);
}

/* --- swaps end by themselves -------------------------------------------------------------------- */

struct asked { /* Du's duty of the 20th, for Re's of the 22nd */
	struct desks desks;
	struct uuid du, re, roster, own, other, swap;
};

static const struct turn *turn_of(struct world *world, const struct desk *desk, const char *name)
{
	struct uuid id = roster_id("centre", "desk", "2026-11");
	const struct roster *roster = entity_seen(world, desk, &id);

	for (size_t i = 0; i < roster->turns.n; i++)
		if (str_eq(roster_turn(roster, i)->name, name))
			return roster_turn(roster, i);
	fail_msg("%s stands nowhere", name);
	return NULL;
}

static struct asked asked_make(struct world *world)
{
	struct asked asked = { .desks = desks_make(world),
			       .roster = roster_id("centre", "desk", "2026-11") };
	const char *roster = id_words(world, &asked.roster);

	asked.du = engaged(world, &asked.desks.duty, "centre", "Du");
	asked.re = engaged(world, &asked.desks.duty, "centre", "Re");
	seated(world, &asked.desks.duty, "2026-11-20 day", &asked.du);
	seated(world, &asked.desks.duty, "2026-11-22 day", &asked.re);
	asked.own = turn_of(world, &asked.desks.duty, "Du")->id;
	asked.other = turn_of(world, &asked.desks.duty, "Re")->id;
	asked.swap = new_id(world);
	assert_string_equal(
		duty_does(world, &asked.desks.duty, "swap", KIND_SWAP, &asked.swap,
			  arena_printf(&world->arena,
				       "roster_id=%s&turn_id=%s&who=%s&other_roster=%s&other_turn=%s"
				       "&reason=a wedding",
				       roster, id_words(world, &asked.own),
				       id_words(world, &asked.re), roster,
				       id_words(world, &asked.other)))
			.number,
		"20261118-S001");
	return asked;
}

static const struct swap *swap_seen(struct world *world, const struct asked *asked)
{
	return entity_seen(world, &asked->desks.duty, &asked->swap);
}

enum { EIGHT_THIRTY = 8 * 60 + 30 };
static int64_t november(int day)
{
	return civil_ms_of_day(civil_day(2026, 11, day), 480) + EIGHT_THIRTY * INT64_C(60000);
}

static void run_to(struct world *world, int64_t at)
{
	run_on(world, at - world->clock.now);
}

static int64_t entries(struct world *world)
{
	return data_count(world->data, "SELECT count(*) FROM journal");
}

/* The earlier of the two begins. */
static void test_lapses(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);
	int64_t n;

	assert_int_equal(swap_seen(world, &asked)->lapses_at, november(20));
	run_to(world, november(20) - 1000);
	assert_true(swap_seen(world, &asked)->open);
	run_to(world, november(20));
	assert_string_equal(swap_seen(world, &asked)->state, "lapsed");
	n = entries(world);
	run_on(world, DAY);
	assert_int_equal(entries(world), n); /* once */
	verified(world);
}

/* What nobody looked at because no server ran is made good. */
static void test_lapses_late(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);

	world->clock.now = november(23);
	world_restart(world);
	run_on(world, 0);
	assert_string_equal(swap_seen(world, &asked)->state, "lapsed");
	verified(world);
}

static void move_to(struct world *world, struct asked *asked, int day)
{
	duty_does(world, &asked->desks.duty, "move", KIND_ROSTER, &asked->roster,
		  arena_printf(&world->arena, "turn_id=%s&day=%lld&reason=rearranged",
			       id_words(world, &asked->own), (long long)november(day)));
	run_on(world, 1000);
}

/* The duty moved to a later day, and to an earlier one: the swap follows at once. */
static void test_lapse_follows(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);

	move_to(world, &asked, 21);
	assert_int_equal(swap_seen(world, &asked)->lapses_at, november(21));
	run_to(world, november(20) + HOUR);
	assert_true(swap_seen(world, &asked)->open);
	move_to(world, &asked, 24); /* the other's is the earlier one now */
	assert_int_equal(swap_seen(world, &asked)->lapses_at, november(22));
	move_to(world, &asked, 21);
	run_to(world, november(21));
	assert_string_equal(swap_seen(world, &asked)->state, "lapsed");
	verified(world);
}

/* Somebody else stands there: there is nothing left to swap. */
static void test_lapse_gone(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);
	struct uuid other = engaged(world, &asked.desks.duty, "centre", "Third");

	duty_does(world, &asked.desks.duty, "cover", KIND_ROSTER, &asked.roster,
		  arena_printf(&world->arena, "turn_id=%s&who=%s&reason=he is ill",
			       id_words(world, &asked.own), id_words(world, &other)));
	run_on(world, 1000);
	assert_string_equal(swap_seen(world, &asked)->state, "lapsed");
	verified(world);
}

/* The moments of all are the same when they are computed anew. */
static void test_lapse_rebuilt(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);

	data_sql(world->data, "UPDATE meta SET value = 'old' WHERE name = 'timers'");
	world_restart(world);
	run_to(world, november(20) - 1000);
	assert_true(swap_seen(world, &asked)->open);
	run_to(world, november(20));
	assert_false(swap_seen(world, &asked)->open);
}

/* Approved, the duties change hands; who was second to accept hears who was first. */
static void test_swapped(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);
	struct act_answer late;
	int64_t n;

	duty_does(world, &asked.desks.relief, "accept", KIND_SWAP, &asked.swap, "");
	late = duty_says(world, &asked.desks.duty, "accept", KIND_SWAP, &asked.swap, "");
	assert_int_equal(late.verdict, VERDICT_REFUSED);
	assert_string_equal(late.by.officer, "Re");
	duty_does(world, &asked.desks.chief, "approve", KIND_SWAP, &asked.swap, "");
	assert_true(uuid_eq(&turn_of(world, &asked.desks.duty, "Re")->id, &asked.own));
	assert_true(uuid_eq(&turn_of(world, &asked.desks.duty, "Du")->id, &asked.other));
	n = entries(world);
	run_on(world, DAY * 6);
	assert_int_equal(entries(world), n); /* nothing lapses any more */
	verified(world);
}

/* --- a new profile ------------------------------------------------------------------------------- */

/* The roster is gone, the street has ended: what is there stands, and can be read and verified; departments
 * that have a roster now get those of others. */
static const char *const another_profile[][2] = {
	{ "roster \"desk\" {", "roster \"office\" {" },
	{ "north,North street,North,street,centre,5,yes,,,",
	  "north,North street,North,street,centre,5,yes,,2026-11-01,south" },
	{ "northa,North community A,NA,community,north,6,yes,,,",
	  "northa,North community A,NA,community,north,6,yes,,2026-11-01,southa" },
	{ "northb,North community B,NB,community,north,7,yes,,,",
	  "northb,North community B,NB,community,north,7,yes,,2026-11-01,southa" },
	{ "log {",
	  "roster \"dept\" {\nlabel = \"dept\"\nof = \"department\"\nshift \"whole\" { label = \"whole\" "
	  "from = \"08:30\" to = \"08:30\" }\npost \"main\" { label = \"main\" }\n}\nlog {" },
	{ NULL, NULL },
};

static void test_adopted(void **state)
{
	struct world *world = *state;
	struct asked asked = asked_make(world);
	struct uuid north = engaged(world, &asked.desks.north, "north", "Old");
	const char *report;

	expect_seen(world, &asked.desks.roads, &asked.roster, false);
	expect_seen(world, &asked.desks.roads, &asked.du, false);
	report = adopt_it(world, 200, bundle_with(world, another_profile), "reason=new");
	expect_words(report, (const char *const[]){
				     "North street (north) has ended: 0 rosters and 1 people",
				     "has no roster desk any more: 1 months",
				     "are seen by more organisations now", NULL });
	expect_seen(world, &asked.desks.roads, &asked.roster, true);
	expect_seen(world, &asked.desks.roads, &north, true);
	expect_seen(world, &asked.desks.roads, &asked.swap, false);
	assert_int_equal(duty_says(world, &asked.desks.duty, "fix_seat", KIND_ROSTER, &asked.roster,
				   arena_printf(&world->arena, "turn_id=%s",
						id_words(world, &asked.own)))
				 .verdict,
			 VERDICT_REFUSED);
	verified(world);
	report = adopt_it(world, 200, bundle_with(world, another_profile), "reason=again");
	assert_null(strstr(report, "seen by more"));
	run_to(world, november(20)); /* the swap still ends */
	assert_false(swap_seen(world, &asked)->open);
	world_restart(world);
	verified(world);
}

/* --- the log of the past ------------------------------------------------------------------------ */

static struct timeline_answer log_of(struct world *world, const struct desk *desk,
				     struct log_ask ask_for)
{
	struct timeline_answer answer;
	struct str body = STR_INIT;
	const char *text;

	log_ask_encode(&ask_for, &body);
	text = ask(world, 200, "POST", "/v1/log", NULL, desk->token, str_get(&body));
	str_release(&body);
	OK(timeline_answer_decode(text, strlen(text), &world->arena, &answer, NULL));
	return answer;
}

/* The verbs of its entries, apart by blanks. */
static const char *verbs_of(struct world *world, const struct timeline_answer *answer)
{
	const char *words = "";

	for (size_t i = 0; i < answer->n; i++)
		words = arena_printf(&world->arena, "%s%s%s", words, i > 0 ? " " : "",
				     answer->entries[i].act.desc->verb);
	return words;
}

static const char *log_verbs(struct world *world, const struct desk *desk, struct log_ask ask_for)
{
	struct timeline_answer answer = log_of(world, desk, ask_for);

	assert_true(answer.end);
	return verbs_of(world, &answer);
}

static void some_night(struct world *world, struct desks *desks)
{
	struct uuid id = new_id(world), line;

	register_one(world, &desks->duty, &id, "a tree has fallen"); /* is logged by itself */
	world->clock.now += HOUR;
	plain_act(world, &desks->duty, "accept", &id, 1); /* is not */
	line = logged_line(world, &desks->north, "title=power cut");
	world->clock.now += HOUR;
	duty_does(world, &desks->north, "submit", KIND_RECORD, &line, "proposed=ring them");
	logged_line(world, &desks->duty, "title=quiet");
}

static void test_log(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	int64_t began = world->clock.now;

	some_night(world, &desks);
	assert_string_equal(log_verbs(world, &desks.duty, (struct log_ask){ 0 }),
			    "register log submit log");
	assert_string_equal(log_verbs(world, &desks.north, (struct log_ask){ 0 }), "log submit");
	assert_string_equal(log_verbs(world, &desks.south, (struct log_ask){ 0 }), "");
	assert_string_equal(log_verbs(world, &desks.duty, (struct log_ask){ .org = "north" }),
			    "log submit");
	assert_string_equal(log_verbs(world, &desks.duty,
				      (struct log_ask){ .from = began + HOUR }),
			    "log submit log");
	assert_string_equal(log_verbs(world, &desks.duty,
				      (struct log_ask){ .from = began + HOUR,
							.to = began + 2 * HOUR }),
			    "log");
	assert_string_equal(log_verbs(world, &desks.duty,
				      (struct log_ask){ .from = began + 9 * HOUR }),
			    "");
	ask(world, 400, "POST", "/v1/log", NULL, desks.duty.token, "{\"org\":\"nowhere\"}");
	ask(world, 401, "POST", "/v1/log", NULL, NULL, "{}");
}

/* Page by page it is the same. */
static void test_log_pages(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct log_ask one = { .most = 1 };
	const char *words = "";

	some_night(world, &desks);
	for (int i = 0; i < 20; i++) {
		struct timeline_answer answer = log_of(world, &desks.duty, one);

		assert_true(answer.n <= 1);
		words = arena_printf(&world->arena, "%s%s;", words, verbs_of(world, &answer));
		if (answer.end)
			break;
		assert_true(answer.next > one.after);
		one.after = answer.next;
	}
	assert_string_equal(words, "register;log;submit;log;");
}

/* --- verify ------------------------------------------------------------------------------------ */

struct chain { /* the journal, hashed anew from its bytes */
	struct world *world;
	uint8_t before[SHA256_LEN];
	struct str sql[64];
	size_t n;
};

static bool chain_each(void *ctx, const struct db_entry *row)
{
	struct chain *chain = ctx;
	char hex[2 * SHA256_LEN + 1];

	entry_hash(chain->before, row->bytes, row->len, chain->before);
	crypto_hex(chain->before, SHA256_LEN, hex);
	assert_true(chain->n < ARRAY_LEN(chain->sql) - 1);
	str_addf(&chain->sql[chain->n++], "UPDATE journal SET hash = x'%s' WHERE seq = %lld", hex,
		 (long long)row->seq);
	return true;
}

/* Somebody with the data in his hands makes all hashes of the journal right again. */
static void hash_anew(struct world *world)
{
	struct chain chain = { .world = world };
	char hex[2 * SHA256_LEN + 1];
	struct db *db;

	OK(data_ops()->open(world->data, 0, &db, NULL));
	OK(data_ops()->journal_scan(db, 0, chain_each, &chain, NULL));
	data_ops()->close(db);
	crypto_hex(chain.before, SHA256_LEN, hex);
	str_addf(&chain.sql[chain.n++], "UPDATE counter SET hash = x'%s'", hex);
	for (size_t i = 0; i < chain.n; i++) {
		assert_int_equal(data_sql(world->data, chain.sql[i].s), 1);
		str_release(&chain.sql[i]);
	}
}

static void forge(struct world *world, const char *from, const char *to)
{
	char sql[200];

	snprintf(sql, sizeof sql, "UPDATE journal SET bytes = replace(bytes, '%s', '%s')", from,
		 to);
	assert_true(data_sql(world->data, sql) > 0);
	snprintf(sql, sizeof sql, "UPDATE entity SET state = replace(state, '%s', '%s')", from, to);
	assert_true(data_sql(world->data, sql) > 0);
	hash_anew(world);
}

static void expect_wrong(struct world *world, const char *words)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	assert_int_equal(verify_data(data_ops(), world->data, NULL, NULL, &report, &err),
			 ERR_CORRUPT);
	if (strstr(err.text, words) == NULL)
		fail_msg("%s", err.text);
}

/* A word of a handover that was signed, forged through journal and state: it is named. */
static void test_tampered(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handed_on(world, &desks.duty, &desks.relief, "desk", NULL), second;
	struct verify_report report;

	second = handed_on(world, &desks.relief, &desks.duty, "desk", &first);
	(void)handed_on(world, &desks.duty, &desks.relief, "desk", &second);
	OK(verify_data(data_ops(), world->data, NULL, NULL, &report, NULL));
	assert_int_equal(report.handovers, 3);
	hash_anew(world); /* alone it changes nothing */
	verified(world);
	forge(world, "\"in_by\":\"Du\"", "\"in_by\":\"Ch\""); /* of the second */
	expect_wrong(world, "handover 20261118-J002: changed after it was signed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
		T(test_numbers), T(test_seen), T(test_guessed), T(test_before), T(test_tampered), T(test_log),
		T(test_log_pages), T(test_lapses), T(test_lapses_late), T(test_lapse_follows),
		T(test_lapse_gone), T(test_lapse_rebuilt), T(test_swapped), T(test_adopted),
	};

	setenv("LANGUAGE", "en", 1);
	return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
