/* Whistles on the server: numbers, who sees them from when on, what follows, who was first, marks of
 * time that fire once, and their sums. */
#include "whistle_help.h"

/* --- numbers ----------------------------------------------------------------------------------- */

static const char *number_told(struct world *world, struct desk *desk, const char *args)
{
	struct uuid id = new_id(world);

	return whistle_does(world, desk, "blow", &id, args).number;
}

/* Each kind of whistle counts by its letter, beside incidents and notices; each day begins anew. */
static void test_numbers(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = new_id(world);
	struct act act;

	assert_string_equal(number_told(world, &band.north, "title=a&assist=roads"),
			    "20261118-W001");
	assert_string_equal(number_told(world, &band.duty, "title=b&assist=roads"),
			    "20261118-C001"); /* the only kind that the centre may blow */
	assert_string_equal(number_told(world, &band.south, "title=c&assist=roads&summons=whistle"),
			    "20261118-W002");
	assert_string_equal(number_told(world, &band.duty, "title=d&assist=roads&summons=call"),
			    "20261118-C002");
	assert_string_equal(register_one(world, &band.duty, &id, "e").number, "20261118-0001");
	id = new_id(world);
	act = say(world, &band.duty, "post", KIND_NOTICE, &id, "title=f&recipient=roads");
	act.target.base = 0;
	assert_string_equal(send_act(world, &band.duty, &act).number, "20261118-T001");
	/* a refused one takes none */
	id = new_id(world);
	assert_int_equal(whistle_says(world, &band.roads, "blow", &id, "title=g&assist=water").code,
			 ERR_DENIED);
	assert_string_equal(number_told(world, &band.north, "title=h&assist=roads&draft=1"),
			    "20261118-W003");
	world->clock.now += DAY;
	assert_string_equal(number_told(world, &band.north, "title=i&assist=roads"),
			    "20261119-W001");
	verified(world);
}

/* --- who sees it ------------------------------------------------------------------------------- */

static void expect_unseen(struct world *world, const struct desk *desk, const struct uuid *id)
{
	const struct uuid nothing = uuid_named("nothing at all");
	char text[UUID_TEXT];
	struct act act;
	struct act_answer answer, other;

	uuid_text(id, text);
	ask(world, 404, "GET", arena_printf(&world->arena, "/v1/entities/%s", text), NULL,
	    desk->token, NULL);
	ask(world, 404, "GET", "/v1/timeline", arena_printf(&world->arena, "entity=%s", text),
	    desk->token, NULL);
	assert_null(strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, desk->token, NULL), text));
	assert_null(strstr(ask(world, 200, "GET", "/v1/feed", "since=0", desk->token, NULL), text));
	for (size_t i = 0; i < 3; i++) {
		static const char *const verbs[] = { "note", "sign", "fire" };
		static const char *const args[] = { "note=x", "", "clock_id=x&threshold=1" };
		struct desk self = *desk;

		act = say(world, &self, verbs[i], KIND_WHISTLE, id, args[i]);
		answer = send_act(world, &self, &act);
		act = say(world, &self, verbs[i], KIND_WHISTLE, &nothing, args[i]);
		other = send_act(world, &self, &act);
		((struct desk *)desk)->n = self.n;
		assert_int_equal(answer.verdict, VERDICT_REFUSED);
		assert_int_equal(answer.code, other.code);
		assert_string_equal(answer.sentence, other.sentence);
		assert_null(answer.state);
		assert_null(answer.by.officer);
	}
}

static size_t lines_seen(struct world *world, const struct desk *desk, const struct uuid *id)
{
	char text[UUID_TEXT];
	const char *body;
	size_t n = 0;

	uuid_text(id, text);
	body = ask(world, 200, "GET", "/v1/timeline", arena_printf(&world->arena, "entity=%s", text),
		   desk->token, NULL);
	for (const char *at = body; (at = strstr(at, "\"verb\":")) != NULL; at++)
		n++;
	return n;
}

/* A draft is its blower's and the centre's; departments see it from its issue on, and then what was
 * before. */
static void test_parties(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = blow(world, &band.north, "&assist=roads&assist=mains&draft=1");
	struct feed_answer feed;
	int64_t before;

	whistle_does(world, &band.north, "note", &id, "note=among us");
	whistle_does(world, &band.north, "submit", &id, "");
	expect_unseen(world, &band.roads, &id);
	expect_unseen(world, &band.mains, &id);
	expect_unseen(world, &band.south, &id);
	expect_unseen(world, &band.water, &id);
	assert_string_equal(whistle_seen(world, &band.duty, &id)->step, "check");
	before = feed_of(world, &band.roads, 0, "").head_seq;
	whistle_does(world, &band.duty, "issue", &id, "");
	feed = feed_of(world, &band.roads, before, "");
	assert_int_equal(feed.n, 1);
	assert_int_equal(feed.items[0].kind, FEED_WHOLE);
	assert_int_equal(lines_seen(world, &band.roads, &id), 4);
	assert_int_equal(lines_seen(world, &band.mains, &id), 4);
	assert_int_equal(lines_seen(world, &band.water, &id), 4); /* mains stands below it */
	expect_unseen(world, &band.south, &id);
	/* another is asked to come: it sees the past, too */
	whistle_does(world, &band.duty, "coassign", &id, "assist=south&reason=pumps");
	assert_int_equal(lines_seen(world, &band.south, &id), 5);
	verified(world);
}

/* --- its place --------------------------------------------------------------------------------- */

/* Open ones come first, the newest first; a closed one goes behind. */
static void test_place(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid one = blow(world, &band.north, "&assist=roads"), two;
	char first[UUID_TEXT], second[UUID_TEXT];
	const char *body;

	world->clock.now += 60000;
	two = blow(world, &band.north, "&assist=roads");
	uuid_text(&one, first);
	uuid_text(&two, second);
	body = ask(world, 200, "GET", "/v1/snapshot", NULL, band.north.token, NULL);
	assert_true(strstr(body, second) < strstr(body, first));
	whistle_does(world, &band.north, "withdraw", &two, "reason=a mistake");
	body = ask(world, 200, "GET", "/v1/snapshot", NULL, band.north.token, NULL);
	assert_true(strstr(body, second) > strstr(body, first));
	verified(world);
}

/* --- what follows ------------------------------------------------------------------------------- */

/* The incident it was blown from tells of it; one that the blower does not see is not there. */
static void test_incidents(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid own = new_id(world), others = new_id(world), nothing = uuid_named("none"), id;
	char text[UUID_TEXT], whistle[UUID_TEXT];
	const struct incident *incident;
	const struct link *links;
	struct act_answer answer, as_nothing;

	register_one(world, &band.north, &own, "burst main");
	register_one(world, &band.south, &others, "another street's");
	uuid_text(&own, text);
	id = blow(world, &band.north, arena_printf(&world->arena, "&assist=roads&incident=%s", text));
	uuid_text(&id, whistle);
	incident = incident_seen(world, &band.duty, &own);
	links = incident->links.items;
	assert_int_equal(incident->links.n, 1);
	assert_string_equal(links[0].role, WHISTLE_LINK);
	assert_string_equal(links[0].target, whistle);
	links = whistle_seen(world, &band.north, &id)->links.items;
	assert_string_equal(links[0].role, WHISTLE_CASE);
	assert_string_equal(links[0].target, text);

	id = new_id(world);
	uuid_text(&others, text);
	answer = whistle_says(world, &band.north, "blow", &id,
			      arena_printf(&world->arena, "title=t&assist=roads&incident=%s", text));
	uuid_text(&nothing, text);
	as_nothing = whistle_says(world, &band.north, "blow", &id,
				  arena_printf(&world->arena, "title=t&assist=roads&incident=%s",
					       text));
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_int_equal(answer.code, as_nothing.code);
	assert_string_equal(answer.sentence, as_nothing.sentence);
	assert_int_equal(incident_seen(world, &band.duty, &others)->links.n, 0);
	/* and no number was used up */
	id = new_id(world);
	assert_string_equal(whistle_does(world, &band.north, "blow", &id, "title=t&assist=roads")
				    .number,
			    "20261118-W002");
	verified(world);
}

/* --- who was first ------------------------------------------------------------------------------ */

static void test_first(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct desk rival = enroll(world, "roads", "dept", "Ri");
	struct uuid id = issued(world, &band);
	struct act_answer won, lost;

	world->clock.now += 60000;
	won = whistle_does(world, &band.roads, "report_in", &id,
			   "comer=Chen&comer_post=chief&comer_phone=2");
	world->clock.now += 60000;
	whistle_does(world, &band.water, "sign", &id, ""); /* of another share: not in the way */
	whistle_does(world, &band.duty, "note", &id, "note=between");
	lost = whistle_says(world, &rival, "report_in", &id,
			    "comer=Zhu&comer_post=chief&comer_phone=2");
	assert_int_equal(lost.code, ERR_REFUSED);
	assert_non_null(strstr(lost.sentence, "Chen"));
	assert_string_equal(lost.by.officer, "Ro");
	assert_string_equal(lost.by.verb, "report_in");
	assert_int_equal(lost.by.seq, won.seq);
	assert_non_null(lost.state);
	/* the step is another one now */
	whistle_does(world, &band.north, "withdraw", &id, "reason=dry again");
	lost = whistle_says(world, &rival, "handle", &id, "result=pumped");
	assert_int_equal(lost.code, ERR_REFUSED);
	assert_string_equal(lost.by.verb, "withdraw");
	assert_string_equal(lost.by.officer, "No");
}

/* One of one department, from the issue to the rating. */
static const struct {
	const char *verb, *args;
	char who; /* 'n'orth, 'd'uty, 'r'oads */
} way[] = {
	{ "issue", "", 'd' },
	{ "sign", "", 'r' },
	{ "report_in", "comer=Chen&comer_post=chief&comer_phone=2", 'r' },
	{ "confirm_in", "", 'n' },
	{ "handle", "result=pumped", 'r' },
	{ "feedback", "reply=dry", 'r' },
	{ "verify_ok", "", 'n' },
	{ "rate", "content=content", 'n' },
};

/* What becomes of an act that another console of the same office did first. */
static const struct {
	const char *verb, *args;
	char who;
	size_t steps; /* of `way` that come before */
	char want;    /* 'r'efused, 'm'erged, 'a'pplied */
} races[] = {
	{ "revise", "title=other", 'n', 0, 'a' },
	{ "issue", "", 'd', 0, 'r' },
	{ "return", "reason=why", 'd', 0, 'r' },
	{ "withdraw", "reason=dry", 'n', 0, 'r' },
	{ "sign", "", 'r', 1, 'r' },
	{ "contact", "", 'r', 1, 'r' },
	{ "arrive", "", 'r', 1, 'r' },
	{ "report_in", "comer=Chen&comer_post=chief&comer_phone=2", 'r', 1, 'r' },
	{ "dispute", "claim=not_ours&reason=theirs", 'r', 1, 'r' },
	{ "extend_ask", "extend_by=1wd&reason=rain", 'r', 2, 'r' },
	{ "confirm_in", "", 'n', 3, 'm' },
	{ "deny_in", "reason=nobody", 'n', 3, 'r' },
	{ "handle", "result=pumped", 'r', 4, 'r' },
	{ "feedback", "reply=dry", 'r', 5, 'r' },
	{ "verify_ok", "", 'n', 6, 'r' },
	{ "verify_no", "reason=wet", 'n', 6, 'r' },
	{ "rate", "content=fair", 'n', 7, 'r' },
	{ "judge", "judged=regular", 'r', 7, 'r' },
	{ "note", "note=x", 'r', 2, 'a' },
	{ "urge", "", 'd', 2, 'a' },
};

static void race(struct world *world, size_t r)
{
	struct desk desks[2][3] = {
		{ enroll(world, "north", "street", "No"), enroll(world, "centre", "duty", "Du"),
		  enroll(world, "roads", "dept", "Ro") },
		{ enroll(world, "north", "street", "Na"), enroll(world, "centre", "duty", "Da"),
		  enroll(world, "roads", "dept", "Ra") },
	};
	const char *const whos = "ndr";
	struct uuid id = blow(world, &desks[0][0], "&assist=roads");
	size_t who = (size_t)(strchr(whos, races[r].who) - whos);
	struct act_answer won, lost;
	char verdict;

	for (size_t i = 0; i < races[r].steps; i++)
		whistle_does(world, &desks[0][strchr(whos, way[i].who) - whos], way[i].verb, &id,
			     way[i].args);
	world->clock.now += 60000;
	won = whistle_does(world, &desks[1][who], races[r].verb, &id, races[r].args);
	world->clock.now += 60000;
	lost = whistle_says(world, &desks[0][who], races[r].verb, &id, races[r].args);
	verdict = lost.verdict == VERDICT_REFUSED ? 'r' : lost.verdict == VERDICT_MERGED ? 'm' : 'a';
	if (verdict != races[r].want)
		fail_msg("%s: '%c', %s", races[r].verb, verdict,
			 lost.sentence != NULL ? lost.sentence : "");
	if (verdict != 'r')
		return;
	if (lost.by.officer == NULL || strcmp(lost.by.officer, desks[1][who].officer) != 0 ||
	    lost.by.seq != won.seq)
		fail_msg("%s: %s was first", races[r].verb,
			 lost.by.officer != NULL ? lost.by.officer : "nobody");
}

static void test_races(void **state)
{
	(void)state;
	for (size_t r = 0; r < ARRAY_LEN(races); r++) {
		void *world;

		rules_make(&world);
		race(world, r);
		verified(world);
		world_free(&world);
	}
}

/* --- time --------------------------------------------------------------------------------------- */

static void test_once(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = issued(world, &band);

	run_on(world, HOUR / 2 - 1000);
	assert_int_equal(whistle_seen(world, &band.duty, &id)->urges, 0);
	run_on(world, 1000); /* both departments had half of an hour */
	assert_int_equal(whistle_seen(world, &band.duty, &id)->urges, 2);
	whistle_does(world, &band.roads, "sign", &id, "comer=Chen");
	world_restart(world);
	run_on(world, HOUR / 2);
	assert_int_equal(whistle_seen(world, &band.duty, &id)->urges, 3);
	assert_int_equal(whistle_seen(world, &band.duty, &id)->listed_at, 0);
	run_on(world, HOUR);
	assert_true(whistle_seen(world, &band.duty, &id)->listed_at == world->clock.now);
	run_on(world, 6 * HOUR); /* reporting in: eight hours */
	assert_true(whistle_seen(world, &band.duty, &id)->proposed_at != 0);
	assert_int_equal(whistle_seen(world, &band.duty, &id)->urges, 3);
	verified(world);
}

/* A withdrawn one is over: nothing fires, and no moment is kept. */
static void test_over(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = issued(world, &band);
	int64_t version;

	whistle_does(world, &band.north, "withdraw", &id, "reason=a mistake");
	version = whistle_seen(world, &band.duty, &id)->head.version;
	run_on(world, 10 * DAY);
	assert_int_equal(whistle_seen(world, &band.duty, &id)->head.version, version);
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM timer"), 0);
}

static const struct mode *mode_seen(struct world *world, const struct desk *desk)
{
	const struct uuid id = uuid_named("mode");

	return entity_seen(world, desk, &id);
}

/* The lowest class is left alone at night, a higher one is not; what was held back is in the morning's
 * sum. */
static void test_quiet(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid minor, major;
	const struct mode *mode;

	world->clock.now += 11 * HOUR + HOUR / 2; /* 21:30 */
	minor = issued(world, &band);
	major = blow(world, &band.north, "&assist=roads&cls=major");
	whistle_does(world, &band.chief, "approve", &major, "");
	whistle_does(world, &band.duty, "issue", &major, "");
	run_on(world, 2 * HOUR); /* 23:30: 50, 100 and 200 % of both are over */
	assert_int_equal(whistle_seen(world, &band.duty, &minor)->urges, 0);
	assert_int_equal(whistle_seen(world, &band.duty, &major)->urges, 2);
	assert_true(whistle_seen(world, &band.duty, &major)->listed_at != 0);
	run_on(world, 7 * HOUR + HOUR / 2); /* 07:00 */
	assert_int_equal(whistle_seen(world, &band.duty, &minor)->urges, 4);
	mode = mode_seen(world, &band.roads);
	assert_true(mode->digest_to == world->clock.now);
	assert_int_equal(mode->urges, 4);
	assert_int_equal(mode->overdue, 4); /* signing, and at 05:30 reporting in */
	assert_int_equal(mode->listed, 2);
	verified(world);
}

/* Nothing ran for a day and a half: all that was missed is made good in bounded transactions, and told
 * in one sum; a console that was off reads it in pages. */
static void test_flood(void **state)
{
	enum { WHISTLES = 100, CASES = 400, TURN_ACTS = 64 + FIRINGS_MAX };
	struct world *world = *state;
	struct band band = band_make(world);
	int64_t since, fired, last = 0;
	const struct mode *mode;
	struct feed_answer feed;
	size_t pages = 0, most = 0, digests = 0;
	int turns;

	for (int i = 0; i < WHISTLES; i++) {
		struct uuid id = blow(world, &band.north, "&assist=roads");

		whistle_does(world, &band.duty, "issue", &id, "");
	}
	for (int i = 0; i < CASES; i++)
		open_case(world, &band.duty, "hole", 1);
	since = feed_of(world, &band.duty, 0, "").head_seq;
	service_stop(world->service);
	service_close(world->service);
	world->clock.now += 2 * HOUR;
	world_open(world);
	turns = run_on(world, 0);
	fired = feed_of(world, &band.duty, since, "").head_seq - since;
	assert_int_equal(fired, WHISTLES * 3 + CASES * 1 + 1); /* and the sum */
	assert_true(turns >= fired / TURN_ACTS);
	mode = mode_seen(world, &band.roads);
	assert_int_equal(mode->head.version, 1);
	assert_int_equal(mode->urges, WHISTLES * 2);
	assert_int_equal(mode->overdue, WHISTLES + CASES);
	assert_true(mode->digest_to == world->clock.now);
	for (int64_t at = since; at < since + fired; at = last) {
		feed = feed_of(world, &band.duty, at, "&max=16384");
		last = feed.next;
		most = feed.n > most ? feed.n : most;
		pages++;
		for (size_t i = 0; i < feed.n; i++)
			digests += feed.items[i].kind == FEED_ENTRY &&
				   strcmp(feed.items[i].entry.act.desc->verb, "digest") == 0;
	}
	assert_int_equal(digests, 1);
	print_message("# %lld marks in %d transactions, %zu pages of 16 KB, at most %zu items\n",
		      (long long)fired, turns, pages, most);
	world_restart(world);
	run_on(world, HOUR / 2);
	assert_int_equal(feed_of(world, &band.duty, last, "").n, 0);
	verified(world);
}

/* --- checks -------------------------------------------------------------------------------------- */

static struct act_answer inspect(struct world *world, struct desk *desk, const char *org,
				 int64_t due)
{
	const struct uuid id = inspection_id(org, "walk", due);
	struct act act = say(world, desk, "inspect", KIND_INSPECTION, &id,
			     arena_printf(&world->arena, "label=walk&due=%lld&found=nothing",
					  (long long)due));

	act.target.base = 0;
	return send_act(world, desk, &act);
}

/* A check that was done is its organisation's and the centre's; who may not record it is not told whether
 * it was, though its id can be guessed. */
static void test_checks(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	const int64_t due = WEDNESDAY + 11 * HOUR; /* 21:00 */
	struct act_answer before = inspect(world, &band.south, "north", due), after;

	assert_int_equal(before.verdict, VERDICT_REFUSED);
	assert_int_equal(inspect(world, &band.north, "north", due).verdict, VERDICT_APPLIED);
	after = inspect(world, &band.south, "north", due);
	assert_int_equal(after.code, before.code);
	assert_string_equal(after.sentence, before.sentence);
	assert_int_equal(inspect(world, &band.north, "north", due).code, ERR_EXISTS);
	assert_null(strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, band.south.token, NULL),
			   "nothing"));
	assert_non_null(strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, band.duty.token, NULL),
			       "nothing"));
	verified(world);
}

/* --- a new epoch --------------------------------------------------------------------------------- */

static void test_fold(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = issued(world, &band);

	whistle_does(world, &band.roads, "sign", &id, "comer=Chen&comer_post=chief&comer_phone=2222");
	whistle_does(world, &band.water, "dispute", &id, "claim=not_ours&reason=theirs");
	whistle_does(world, &band.roads, "report_in", &id,
		     "comer=Chen&comer_post=chief&comer_phone=2");
	whistle_does(world, &band.north, "confirm_in", &id, "share=roads");
	whistle_does(world, &band.duty, "settle", &id, "ruling=stays&reason=it is&share=water");
	verified(world);
	world_restart(world);
	assert_int_equal(whistle_seen(world, &band.roads, &id)->reported, 1);
	whistle_does(world, &band.water, "sign", &id, "");
	verified(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
		T(test_numbers), T(test_parties), T(test_place), T(test_incidents), T(test_first),
		T(test_once),	 T(test_over),	  T(test_quiet), T(test_flood),	    T(test_fold),
		T(test_checks),	 cmocka_unit_test(test_races),
	};

	setenv("LANGUAGE", "en", 1);
	return cmocka_run_group_tests_name("whistles", tests, NULL, NULL);
}
