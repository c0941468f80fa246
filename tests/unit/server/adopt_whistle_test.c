/* Adoption and whistles: what it would strand, what it carries over, and the end of an organisation that
 * comes by itself. */
#include <config.h>

#include "whistle_help.h"

static const struct summoned *share_of(const struct whistle *whistle, const char *org)
{
	const struct summoned *share = whistle_share_of(whistle, org);

	if (share == NULL)
		fail_msg("no share of %s", org);
	return share;
}

/* --- kinds and classes ----------------------------------------------------------------------- */

static const char *const renamed[][2] = {
	{ "class \"minor\" {\n\t\tlabel = \"minor\"", "class \"usual\" {\n\t\tlabel = \"usual\"" },
	{ NULL, NULL },
};

static void test_kinds(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid one = issued(world, &band), two = blow(world, &band.south, "&assist=roads");
	struct uuid over = blow(world, &band.north, "&assist=roads");
	const char *bundle = bundle_with(world, renamed);
	int64_t before, due;

	whistle_does(world, &band.north, "withdraw", &over, "reason=by mistake");
	before = feed_of(world, &band.duty, 0, "").next;
	expect_words(adopt_it(world, 409, bundle, "reason=new"),
		     (const char *[]){ "2 open whistles are whistle minor (whistle:minor)",
				       "20261118-W001", "--map KIND:CLASS=KIND:CLASS", NULL });
	adopt_it(world, 400, bundle, "reason=new&map=whistle:minor=whistle:minor");
	adopt_it(world, 400, bundle, "reason=new&map=whistle:minor=usual");
	adopt_it(world, 400, bundle, "reason=new&map=whistle:minor=");
	assert_true(feed_of(world, &band.duty, 0, "").next == before); /* nothing of it stands */
	due = whistle_seen(world, &band.roads, &one)->due;
	expect_words(adopt_it(world, 200, bundle, "reason=new&map=whistle:minor=whistle:usual"),
		     (const char *[]){ "2 whistles are of another kind or class now", NULL });
	assert_string_equal(whistle_seen(world, &band.roads, &one)->cls, "usual");
	assert_string_equal(whistle_seen(world, &band.south, &two)->cls, "usual");
	assert_string_equal(whistle_seen(world, &band.north, &over)->cls, "minor"); /* it is over */
	assert_true(whistle_seen(world, &band.roads, &one)->due == due);
	whistle_does(world, &band.roads, "sign", &one, ""); /* and it goes on */
	whistle_does(world, &band.duty, "issue", &two, "");
	verified(world);
}

/* --- organisations --------------------------------------------------------------------------- */

/* Water and its mains end, roads take over. */
static const char *const merged[][2] = {
	{ "water,Water department,Water,department,centre,3,yes,,,",
	  "water,Water department,Water,department,centre,3,yes,,2026-11-01,roads" },
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,water,4,yes,,2026-11-01,water" },
	{ NULL, NULL },
};

/* Who takes over sees all of it; two that are one now have one share. */
static void test_heirs(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid alone = blow(world, &band.north, "&assist=mains"), both = issued(world, &band);
	struct uuid third = blow(world, &band.north, "&assist=south");
	const struct whistle *after;
	struct feed_answer feed;
	int64_t before;

	whistle_does(world, &band.duty, "issue", &alone, "");
	whistle_does(world, &band.water, "sign", &both, "comer=Wang");
	whistle_does(world, &band.duty, "issue", &third, "");
	whistle_does(world, &band.south, "dispute", &third,
		     "claim=not_ours&claim_for=mains&reason=theirs");
	before = feed_of(world, &band.roads, 0, "").head_seq;
	expect_words(adopt_it(world, 200, bundle_with(world, merged), "reason=merged"),
		     (const char *[]){
			     "Water mains -> Road department: 0 cases, 2 whistles, 1 officers",
			     "Water department -> Road department: 0 cases, 1 whistles, 1 officers",
			     NULL });
	after = whistle_seen(world, &band.roads, &alone);
	assert_string_equal(whistle_share(after, 0)->org, "roads");
	assert_string_equal(after->lead, "roads");
	assert_string_equal(after->due_org, "roads");
	feed = feed_of(world, &band.roads, before, "");
	assert_int_equal(feed.items[1].kind, FEED_WHOLE); /* behind the profile's */
	after = whistle_seen(world, &band.roads, &both);
	assert_int_equal(after->asked, 1);
	assert_string_equal(share_of(after, "roads")->comer, "Wang"); /* the one further on */
	assert_string_equal(whistle_share(after, 0)->freed_for,
			    "Road department and Water department are one organisation now");
	assert_string_equal(share_of(whistle_seen(world, &band.south, &third), "south")->claim_for,
			    "roads");
	whistle_does(world, &band.roads, "sign", &alone, "");
	whistle_does(world, &band.roads, "contact", &both, "");
	verified(world);
	world_restart(world);
	run_on(world, 100 * HOUR);
	verified(world);
}

/* The street is another one: who blew it is, and may go on. */
static const char *const streets[][2] = {
	{ "south,South street,South,street,centre,8,yes,,,\n", "" },
	{ "north,North street,North,street,centre,5,yes,,,",
	  "south,South street,South,street,centre,8,yes,,,\n"
	  "north,North street,North,street,centre,5,yes,,2026-11-01,south" },
	{ "northa,North community A,NA,community,north", "northa,North community A,NA,community,south" },
	{ "northb,North community B,NB,community,north", "northb,North community B,NB,community,south" },
	{ NULL, NULL },
};

static void test_blower(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid draft = blow(world, &band.north, "&assist=roads&draft=1");
	struct uuid id = issued(world, &band);

	expect_words(adopt_it(world, 200, bundle_with(world, streets), "reason=streets"),
		     (const char *[]){ "North street -> South street: 0 cases, 2 whistles, 3 officers",
				       NULL });
	assert_string_equal(whistle_seen(world, &band.south, &id)->origin, "south");
	whistle_does(world, &band.south, "withdraw", &id, "reason=done");
	whistle_does(world, &band.south, "submit", &draft, "");
	verified(world);
}

/* A department under another one: who is above it now sees what it was called to. */
static const char *const moved[][2] = {
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,roads,4,yes,,," },
	{ NULL, NULL },
};

static void test_moved(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = blow(world, &band.north, "&assist=mains"), over;
	char text[UUID_TEXT];

	whistle_does(world, &band.duty, "issue", &id, "");
	over = blow(world, &band.north, "&assist=mains");
	whistle_does(world, &band.duty, "issue", &over, "");
	whistle_does(world, &band.north, "withdraw", &over, "reason=by mistake");
	uuid_text(&id, text);
	ask(world, 404, "GET", arena_printf(&world->arena, "/v1/entities/%s", text), NULL,
	    band.roads.token, NULL);
	expect_words(adopt_it(world, 200, bundle_with(world, moved), "reason=moved"),
		     (const char *[]){ "1 whistles are seen by more organisations now", NULL });
	assert_string_equal(whistle_seen(world, &band.roads, &id)->lead, "mains");
	verified(world);
}

static const char *const closed[][2] = {
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,water,4,yes,,2026-11-01," },
	{ NULL, NULL },
};

/* Nobody takes over: that is refused; whom a department would rather have is no reason. */
static void test_homeless(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid rather = issued(world, &band), id;

	whistle_does(world, &band.roads, "dispute", &rather,
		     "claim=not_ours&claim_for=mains&reason=theirs");
	id = blow(world, &band.north, "&assist=mains");
	expect_words(adopt_it(world, 409, bundle_with(world, closed), "reason=closed"),
		     (const char *[]){ "0 open cases, 1 whistles and 1 officers with Water mains",
				       "say 20261118-W002", "successor", NULL });
	whistle_does(world, &band.north, "withdraw", &id, "reason=by mistake");
	ask(world, 200, "POST", "/v1/admin/officers", NULL, NULL, "op=disable\nname=Ma\n");
	adopt_it(world, 200, bundle_with(world, closed), "reason=closed");
	assert_string_equal(share_of(whistle_seen(world, &band.duty, &rather), "roads")->claim_for,
			    "mains");
	verified(world);
}

/* Midnight after Wednesday 2026-11-18 10:00: the mains end then, roads take over. */
#define ENDS (WEDNESDAY + 14 * HOUR)

static const char *const ahead[][2] = {
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,water,4,yes,,2026-11-19,roads" },
	{ NULL, NULL },
};

/* On that day it moves by itself, once. */
static void test_ends(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = blow(world, &band.north, "&assist=mains");
	int64_t version;

	whistle_does(world, &band.duty, "issue", &id, "");
	whistle_does(world, &band.mains, "sign", &id, "");
	expect_words(adopt_it(world, 200, bundle_with(world, ahead), "reason=new"),
		     (const char *[]){ "Water mains ends on 2026-11-19: its cases and whistles move",
				       NULL });
	run_on(world, ENDS - world->clock.now - 1);
	assert_string_equal(whistle_seen(world, &band.duty, &id)->lead, "mains");
	str_clear(&world->log);
	run_on(world, 1);
	assert_string_equal(whistle_seen(world, &band.roads, &id)->lead, "roads");
	assert_string_equal(whistle_clock_of(whistle_seen(world, &band.roads, &id),
					     &whistle_share(whistle_seen(world, &band.roads, &id), 0)->id,
					     "handle")
				    ->org,
			    "roads");
	expect_words(str_get(&world->log),
		     (const char *[]){ "ended: Water mains -> Road department\n",
				       "Water mains -> Road department: 0 cases, 1 whistles, 1 officers\n",
				       NULL });
	whistle_does(world, &band.roads, "contact", &id, "");
	version = whistle_seen(world, &band.roads, &id)->head.version;
	world_restart(world);
	run_on(world, 0);
	assert_true(whistle_seen(world, &band.roads, &id)->head.version == version);
	verified(world);
}

/* --- deadlines ------------------------------------------------------------------------------- */

/* One that ran past the calendar is computed again when the year is known; one that was stated stands. */
static void test_calendar(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct str bundle = STR_INIT, calendar = STR_INIT;
	const char *report;

	world->clock.now += 42 * DAY; /* 2026-12-30, Wednesday: 3wd end on 2027-01-04 */
	issued(world, &band);
	world_profile(&bundle, &calendar);
	report = ask(world, 200, "POST", "/v1/admin/calendar", "reason=2027", NULL,
		     arena_printf(&world->arena,
				  "%s\nyear \"2027\" {\n\toff = {\"2027-01-01 New Year\", "
				  "\"2027-01-04 New Year\"}\n}\n",
				  calendar.s));
	expect_words(report, (const char *[]){ "2 deadlines moved", "20261230-W001", "->", NULL });
	assert_null(strstr(report, "signing")); /* of today */
	expect_words(report, (const char *[]){ "Handling (Water department)  2027-01-04 17:30 -> 2027-01-06 17:30", NULL });
	str_release(&bundle);
	str_release(&calendar);
	verified(world);
}

static const char *const quicker[][2] = {
	{ "report_in 8h", "report_in 6h" },
	{ NULL, NULL },
};

static void test_redue(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = issued(world, &band);
	const char *bundle = bundle_with(world, quicker);
	int64_t version = whistle_seen(world, &band.duty, &id)->head.version;

	adopt_it(world, 200, bundle, "reason=new"); /* running dues stand */
	assert_true(whistle_seen(world, &band.duty, &id)->head.version == version);
	expect_words(adopt_it(world, 200, bundle, "reason=again&redue=1"),
		     (const char *[]){ "2 deadlines moved",
				       "20261118-W001  reporting in (Road department)  2026-11-18 18:00 -> "
				       "2026-11-18 16:00",
				       NULL });
	adopt_it(world, 200, bundle, "reason=once more&redue=1");
	assert_true(whistle_seen(world, &band.duty, &id)->head.version == version + 1);
	run_on(world, 6 * HOUR + 60000); /* the timers know it too */
	assert_true(whistle_seen(world, &band.duty, &id)->proposed_at != 0);
	verified(world);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
	const struct CMUnitTest tests[] = {
		T(test_kinds), T(test_heirs),	 T(test_blower), T(test_moved),
		T(test_homeless),
		T(test_ends),  T(test_calendar), T(test_redue),
	};

	return cmocka_run_group_tests_name("server adoption of whistles", tests, NULL, NULL);
}
