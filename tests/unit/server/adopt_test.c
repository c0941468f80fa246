/* Adoption: what it would strand, what it carries over, and that the past stays as it was. */
#include <config.h>

#include "rules_help.h"

#include "zhiban/wire/entry.h"

static const char *const plain[][2] = { { NULL, NULL } };

/* --- steps ----------------------------------------------------------------------------------- */

static const char *const renamed[][2] = {
	{ "step \"handle\"", "step \"treat\"" },
	{ "to = \"handle\"", "to = \"treat\"" },
	{ NULL, NULL },
};

static void test_stranded(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid one = open_case(world, &crew.duty, "one", 2);
	struct uuid two = open_case(world, &crew.duty, "two", 2);
	const char *bundle = bundle_with(world, renamed);
	int64_t before;

	hand_over(world, &crew.duty, &crew.roads, &one);
	hand_over(world, &crew.duty, &crew.roads, &two);
	before = feed_of(world, &crew.duty, 0, "").next;
	expect_words(adopt_it(world, 409, bundle, "reason=new"),
		     (const char *[]){ "2 open cases", "handle", "20261118-0001", "--map", NULL });
	adopt_it(world, 400, bundle, "reason=new&map=handle=nowhere");
	adopt_it(world, 400, bundle, "reason=new&map=handle");
	assert_true(feed_of(world, &crew.duty, 0, "").next == before); /* nothing of it stands */
	verified(world);
}

static void test_mapped(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "one", 2);
	const struct incident *before, *after;

	hand_over(world, &crew.duty, &crew.roads, &id);
	before = incident_seen(world, &crew.duty, &id);
	expect_words(adopt_it(world, 200, bundle_with(world, renamed),
			      "reason=new&map=handle=treat"),
		     (const char *[]){ "profile=", "1 cases stand in a step of another name", NULL });
	after = incident_seen(world, &crew.duty, &id);
	assert_string_equal(after->step, "treat");
	assert_string_equal(after->moved_by, "carry");
	assert_true(after->due == before->due); /* running dues stand */
	assert_int_equal(after->head.version, before->head.version + 1);
	does(world, &crew.roads, "handle", &id, "result=mended"); /* and it goes on */
	run_on(world, 100 * HOUR);
	verified(world);
	world_restart(world);
	verified(world);
}

static const char *const quicker[][2] = {
	{ "urgent 24h", "urgent 12h" },
	{ NULL, NULL },
};

static void test_redue(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "one", 2);
	const char *bundle = bundle_with(world, quicker), *report;
	int64_t due;

	hand_over(world, &crew.duty, &crew.roads, &id);
	due = incident_seen(world, &crew.duty, &id)->due;
	adopt_it(world, 200, bundle, "reason=new");
	assert_true(incident_seen(world, &crew.duty, &id)->due == due);
	assert_string_equal(incident_seen(world, &crew.duty, &id)->moved_by, "sign");
	report = adopt_it(world, 200, bundle, "reason=again&redue=1");
	assert_string_equal(incident_seen(world, &crew.duty, &id)->moved_by, "sign");
	assert_true(incident_seen(world, &crew.duty, &id)->due == due - 12 * HOUR);
	expect_words(report, (const char *[]){ "20261118-0001", "handling",
					       "2026-11-19 10:00 -> 2026-11-18 22:00", NULL });
	due = incident_seen(world, &crew.duty, &id)->head.version;
	report = adopt_it(world, 200, bundle, "reason=once more&redue=1");
	assert_null(strstr(report, "deadlines")); /* what does not move is not written */
	assert_true(incident_seen(world, &crew.duty, &id)->head.version == due);
	run_on(world, 13 * HOUR); /* the timers know it too */
	assert_true(incident_seen(world, &crew.duty, &id)->proposed_at != 0);
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

static void test_heirs(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "burst pipe", 2);
	const struct incident *after;
	const struct person *person;
	struct uuid mains = uuid_named("person:Ma");
	const char *report;

	hand_over(world, &crew.duty, &crew.mains, &id);
	report = adopt_it(world, 200, bundle_with(world, merged), "reason=merged");
	expect_words(report, (const char *[]){ "Water mains -> Road department: 1 cases, 0 whistles, 1 officers",
					       NULL });
	after = incident_seen(world, &crew.roads, &id); /* roads see it now */
	assert_string_equal(after->holder, "roads");
	assert_string_equal(incident_part(after, 0)->org, "roads");
	assert_string_equal(incident_clock(after, after->clocks.n - 1)->org, "roads");
	person = entity_seen(world, &crew.roads, &mains);
	assert_string_equal(person->org, "roads");
	/* his session has ended, and his new one is of roads */
	ask(world, 401, "GET", "/v1/session", NULL, crew.mains.token, NULL);
	expect_words(ask(world, 200, "GET", "/v1/admin/officers", NULL, NULL, NULL),
		     (const char *[]){ "Ma\troads\tdept", NULL });
	does(world, &crew.roads, "handle", &id, "result=mended");
	verified(world);
}

/* A street is divided: each case goes where its place lies. */
static const char *const divided[][2] = {
	{ "north,North street,North,street,centre,5,yes,,,",
	  "north,North street,North,street,centre,5,yes,,2026-11-01,upper lower\n"
	  "upper,Upper street,Upper,street,centre,5,yes,,,\n"
	  "lower,Lower street,Lower,street,centre,5,yes,,," },
	{ "northa,North community A,NA,community,north", "northa,North community A,NA,community,upper" },
	{ "northb,North community B,NB,community,north", "northb,North community B,NB,community,lower" },
	{ NULL, NULL },
};

static void test_divided(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct desk north = enroll(world, "north", "street", "No"), lower;
	struct uuid ids[3];

	for (size_t i = 0; i < 3; i++) {
		static const char *const places[] = { "community=northa", "community=northb", "" };

		ids[i] = new_id(world);
		does(world, &crew.duty, "register", &ids[i],
		     arena_printf(&world->arena, "title=lamp&urgency=2%s%s", i < 2 ? "&" : "",
				  places[i]));
		hand_over(world, &crew.duty, &north, &ids[i]);
	}
	adopt_it(world, 200, bundle_with(world, divided), "reason=divided");
	assert_string_equal(incident_seen(world, &crew.duty, &ids[0])->holder, "upper");
	assert_string_equal(incident_seen(world, &crew.duty, &ids[1])->holder, "lower");
	assert_string_equal(incident_seen(world, &crew.duty, &ids[2])->holder, "upper");
	lower = enroll(world, "lower", "street", "Lo");
	assert_non_null(incident_seen(world, &lower, &ids[1]));
	verified(world);
}

/* An organisation under another one: who is above it now sees its cases and its people. */
static const char *const moved[][2] = {
	{ "northa,North community A,NA,community,north,6,yes,,,\n", "" },
	{ "southa,", "northa,North community A,NA,community,south,6,yes,,,\nsoutha," },
	{ NULL, NULL },
};

static void test_moved(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct desk holder = enroll(world, "northa", "street", "Na");
	struct desk south = enroll(world, "south", "street", "So");
	struct uuid id = open_case(world, &crew.duty, "lamp", 2), person = uuid_named("person:Na");
	char text[UUID_TEXT];

	hand_over(world, &crew.duty, &holder, &id);
	uuid_text(&id, text);
	ask(world, 404, "GET", arena_printf(&world->arena, "/v1/entities/%s", text), NULL,
	    south.token, NULL);
	expect_words(adopt_it(world, 200, bundle_with(world, moved), "reason=moved"),
		     (const char *[]){ "1 cases are seen by more", NULL });
	assert_non_null(incident_seen(world, &south, &id));
	assert_non_null(entity_seen(world, &south, &person));
	verified(world);
}

static const char *const closed[][2] = {
	{ "roads,Road department,Roads,department,centre,2,yes,,,\n", "" },
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,water,4,yes,,2026-11-01," },
	{ NULL, NULL },
};

static void test_homeless(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "hole", 2);

	hand_over(world, &crew.duty, &crew.roads, &id);
	expect_words(adopt_it(world, 409, bundle_with(world, closed), "reason=closed"),
		     (const char *[]){ "1 open cases, 0 whistles and 1 officers with Road department",
				       "20261118-0001", "0 open cases, 0 whistles and 1 officers with Water mains",
				       "say Ma", "successor", NULL });
	verified(world);
}

/* Who cannot log in any more is no reason to refuse: he stands on the list of accounts. */
static void test_accounts(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	const char *report;

	enroll(world, "water", "dept", "Wa");
	enroll(world, "water", "dept", "Wa2");
	ask(world, 200, "POST", "/v1/admin/officers", NULL, NULL, "op=disable\nname=Ma\n");
	world->clock.now += 91 * DAY;
	ask(world, 401, "GET", "/v1/session", NULL, crew.mains.token, NULL);
	ask(world, 200, "GET", "/v1/session", NULL, crew.duty.token, NULL);
	report = adopt_it(world, 200, bundle_with(world, (const char *const[][2]){
			{ "mains,Water mains,Mains,department,water,4,yes,,,",
			  "mains,Water mains,Mains,department,water,4,yes,,2026-11-01," },
			{ NULL, NULL } }), "reason=closed");
	expect_words(report, (const char *[]){ "accounts without a unit (1): Ma",
					       "accounts not used for 90 days (4)", "Li", "Ro",
					       "accounts that may be one person's (2): Wa, Wa2",
					       NULL });
	assert_null(strstr(report, "Du"));
	verified(world);
}

/* --- ends that lie ahead ---------------------------------------------------------------------- */

/* Midnight after Wednesday 2026-11-18 10:00 is the day's begin: the mains end then, roads take over. */
#define ENDS (WEDNESDAY + 14 * HOUR)

static const char *const ahead[][2] = {
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,water,4,yes,,2026-11-19,roads" },
	{ NULL, NULL },
};
static const char *const alone[][2] = {
	{ "mains,Water mains,Mains,department,water,4,yes,,,",
	  "mains,Water mains,Mains,department,water,4,yes,,2026-11-19," },
	{ NULL, NULL },
};

static int64_t adoptions(struct world *world, struct desk *desk)
{
	const struct uuid of_profile = uuid_named("profile");

	return ((const struct profile *)entity_seen(world, desk, &of_profile))->head.version;
}

/* The log since it was asked for. */
/* Without the head of the journal, which is said every day. */
static const char *log_taken(struct world *world)
{
	char *text = arena_strdup(&world->arena, str_get(&world->log)), *head;

	str_clear(&world->log);
	while ((head = strstr(text, "<5>journal head: ")) != NULL) {
		char *behind = head + strcspn(head, "\n") + 1;

		memmove(head, behind, strlen(behind) + 1);
	}
	return text;
}

/* On that day it moves by itself, once, whatever was on its way meanwhile. */
static void test_ends(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "burst pipe", 2);
	struct uuid mains = uuid_named("person:Ma");
	const struct person *person;
	int64_t before;

	hand_over(world, &crew.duty, &crew.mains, &id);
	expect_words(adopt_it(world, 200, bundle_with(world, ahead), "reason=new"),
		     (const char *[]){ "Water mains ends on 2026-11-19: its cases and whistles move then", NULL });
	before = adoptions(world, &crew.duty);
	run_on(world, ENDS - world->clock.now - 1);
	assert_string_equal(incident_seen(world, &crew.duty, &id)->holder, "mains");
	assert_string_equal(log_taken(world), "");
	run_on(world, 1);
	assert_string_equal(incident_seen(world, &crew.roads, &id)->holder, "roads");
	assert_string_equal(incident_seen(world, &crew.roads, &id)->moved_by, "carry");
	person = entity_seen(world, &crew.roads, &mains);
	assert_string_equal(person->org, "roads");
	expect_words(log_taken(world),
		     (const char *[]){ "ended: Water mains -> Road department\n",
				       "Water mains -> Road department: 1 cases, 0 whistles, 1 officers\n",
				       NULL });
	assert_true(adoptions(world, &crew.duty) == before + 1);
	run_on(world, 3 * DAY);
	world_restart(world);
	run_on(world, 3 * DAY);
	assert_true(adoptions(world, &crew.duty) == before + 1);
	assert_string_equal(log_taken(world), "");
	verified(world);
}

/* While nothing ran the day passed: it is done at the start. */
static void test_ends_missed(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "burst pipe", 2);
	int64_t before;

	hand_over(world, &crew.duty, &crew.mains, &id);
	adopt_it(world, 200, bundle_with(world, ahead), "reason=new");
	before = adoptions(world, &crew.duty);
	service_stop(world->service);
	service_close(world->service);
	world->clock.now += 3 * DAY;
	world_open(world);
	assert_string_equal(incident_seen(world, &crew.duty, &id)->holder, "mains");
	run_on(world, 0);
	assert_string_equal(incident_seen(world, &crew.duty, &id)->holder, "roads");
	assert_true(adoptions(world, &crew.duty) == before + 1);
	world_restart(world);
	run_on(world, HOUR);
	assert_true(adoptions(world, &crew.duty) == before + 1);
	verified(world);
}

/* Nobody takes over: all stays where it is and goes on, and that is said once a day. */
static void test_ends_alone(void **state)
{
	static const char words[] = "Water mains (mains) has ended without a successor: 1 open cases, "
				    "0 whistles and 1 officers stay, say 20261118-0001\n";
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "burst pipe", 2), other;
	struct str bundle = STR_INIT, calendar = STR_INIT;

	hand_over(world, &crew.duty, &crew.mains, &id);
	expect_words(adopt_it(world, 200, bundle_with(world, alone), "reason=new"),
		     (const char *[]){ "Water mains ends on 2026-11-19 and has no successor", NULL });
	run_on(world, ENDS - world->clock.now);
	expect_words(log_taken(world), (const char *[]){ "ended: Water mains -> -\n", words, NULL });
	assert_string_equal(incident_seen(world, &crew.duty, &id)->holder, "mains");
	run_on(world, DAY - 1);
	world_restart(world);
	run_on(world, 0);
	assert_string_equal(log_taken(world), "");
	run_on(world, 1);
	assert_string_equal(log_taken(world), arena_printf(&world->arena, "<5>%s", words));
	run_on(world, DAY - 1);
	assert_string_equal(log_taken(world), "");
	/* a calendar can be loaded nevertheless, clocks fire, others go on */
	world_profile(&bundle, &calendar);
	expect_words(ask(world, 200, "POST", "/v1/admin/calendar", "reason=2027", NULL,
			 arena_printf(&world->arena, "%s\n", calendar.s)),
		     (const char *[]){ words, NULL });
	str_release(&bundle);
	str_release(&calendar);
	other = open_case(world, &crew.duty, "hole", 2);
	hand_over(world, &crew.duty, &crew.roads, &other);
	assert_true(incident_seen(world, &crew.duty, &id)->proposed_at != 0);
	/* whoever adopts a profile has to name one */
	adopt_it(world, 409, bundle_with(world, alone), "reason=new");
	adopt_it(world, 200, bundle_with(world, ahead), "reason=new");
	assert_string_equal(incident_seen(world, &crew.duty, &id)->holder, "roads");
	log_taken(world);
	run_on(world, 3 * DAY);
	assert_string_equal(log_taken(world), "");
	verified(world);
}

/* --- modes, calendars, tables ---------------------------------------------------------------- */

static const char *const peaceful[][2] = {
	{ "mode \"war\" { label = \"war\" emergency = true quiet = false limits = {\"handle 50%\"} }",
	  "mode \"alert\" { label = \"alert\" emergency = true }" },
	{ "southa,South community A,SA,community,south,9,yes,,,",
	  "southa,South community A,SA,community,south,9,yes,,,\n"
	  "east,East street,East,street,centre,9,yes,,," },
	{ NULL, NULL },
};

static void test_mode_kept(void **state)
{
	const struct uuid of_mode = uuid_named("mode");
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct act act = say(world, &crew.leader, "mode", KIND_MODE, &of_mode,
			     "mode=war&reason=flood");
	const char *bundle = bundle_with(world, peaceful);
	struct desk east;

	send_act(world, &crew.leader, &act);
	expect_words(adopt_it(world, 409, bundle, "reason=new"),
		     (const char *[]){ "the mode war is in force", NULL });
	act = say(world, &crew.leader, "mode", KIND_MODE, &of_mode,
		  "mode=peace&reason=over&summary=held");
	send_act(world, &crew.leader, &act);
	adopt_it(world, 200, bundle, "reason=new");
	east = enroll(world, "east", "street", "Ea"); /* it was not there when the mode changed */
	assert_non_null(entity_seen(world, &east, &of_mode));
	verified(world);
}

/* A deadline that ran past the calendar is computed again when the year is known. */
static void test_calendar(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct str bundle = STR_INIT, calendar = STR_INIT;
	struct uuid id;
	const char *known, *report;
	char *at;
	int64_t due;

	world->clock.now += 42 * DAY; /* 2026-12-30, Wednesday: 5wd end on 2027-01-06 */
	id = open_case(world, &crew.duty, "hole", 3);
	hand_over(world, &crew.duty, &crew.roads, &id);
	due = incident_seen(world, &crew.duty, &id)->due;
	assert_int_equal(incident_clock(incident_seen(world, &crew.duty, &id), 3)->provisional, 1);
	world_profile(&bundle, &calendar);
	at = strstr(calendar.s, "year \"2026\"");
	assert_non_null(at);
	known = arena_printf(&world->arena,
			     "%s\nyear \"2027\" {\n\toff = {\"2027-01-01 New Year\", "
			     "\"2027-01-04 New Year\"}\n}\n",
			     calendar.s);
	report = ask(world, 200, "POST", "/v1/admin/calendar", "reason=2027", NULL, known);
	assert_true(incident_seen(world, &crew.duty, &id)->due > due);
	assert_int_equal(incident_clock(incident_seen(world, &crew.duty, &id), 3)->provisional, 0);
	expect_words(report, (const char *[]){ "1 deadlines moved", "20261230-0001", "handling",
					       "->", NULL });
	str_release(&bundle);
	str_release(&calendar);
	verified(world);
}

static void test_places(void **state)
{
	static const char table[] =
		"address,numbers,name,street,community,grid,contact,phone,hazards,cameras,note\n"
		"Long Lane,1-9,,north,,,,,,,\n"
		"Short Lane,,,south,,,,,,,\n";
	struct world *world = *state;
	struct crew crew = crew_make(world);
	const struct uuid of_profile = uuid_named("profile");
	const struct profile *profile;
	const char *said;

	said = ask(world, 200, "POST", "/v1/admin/places", "dry=1", NULL, table);
	expect_words(said, (const char *[]){ "places=", "rows=2", NULL });
	profile = entity_seen(world, &crew.roads, &of_profile);
	assert_null(profile->places_hash);
	ask(world, 200, "POST", "/v1/admin/places", "reason=new", NULL, table);
	profile = entity_seen(world, &crew.roads, &of_profile);
	assert_non_null(profile->places_hash);
	assert_int_equal(profile->head.version, 2);
	said = ask(world, 200, "GET",
		   arena_printf(&world->arena, "/v1/places/%s", profile->places_hash), NULL,
		   crew.roads.token, NULL);
	assert_string_equal(said, table);
	ask(world, 401, "GET", arena_printf(&world->arena, "/v1/places/%s", profile->places_hash),
	    NULL, NULL, NULL);
	ask(world, 400, "POST", "/v1/admin/places", NULL, NULL, "road,street\na,b\n");
	ask(world, 400, "POST", "/v1/admin/places", NULL, NULL, "address\n\xff\xfe\n");
	/* a profile that is adopted later leaves it in force */
	adopt_it(world, 200, bundle_with(world, quicker), "reason=new");
	profile = entity_seen(world, &crew.roads, &of_profile);
	assert_non_null(profile->places_hash);
	verified(world);
}

/* --- the past -------------------------------------------------------------------------------- */

struct reading { /* of the data beside the service */
	struct db *db;
	struct uuid ids[1000];
	size_t n;
	struct str out;
	struct arena arena;
	void *entity; /* being folded */
	const struct uuid *id;
};

static bool dump_each(void *ctx, const struct db_entity *row)
{
	struct reading *reading = ctx;

	assert_true(reading->n < ARRAY_LEN(reading->ids));
	reading->ids[reading->n++] = row->id;
	str_addf(&reading->out, "%lld %.*s\n", (long long)row->version, (int)row->len,
		 (const char *)row->bytes);
	return true;
}

static char *read_out(struct world *world, struct reading *reading)
{
	char *kept = arena_strdup(&world->arena, str_get(&reading->out));

	data_ops()->close(reading->db);
	str_release(&reading->out);
	arena_release(&reading->arena);
	return kept;
}

static char *dump(struct world *world)
{
	struct reading reading = { .n = 0 };

	OK(data_ops()->open(world->data, 0, &reading.db, NULL));
	OK(data_ops()->entity_scan(reading.db, 0, dump_each, &reading, NULL));
	return read_out(world, &reading);
}

/* Entities folded from the journal's effects alone are what is stored, byte for byte, though the
 * rules that made them are no longer in force. */
static bool fold_each(void *ctx, const struct db_entry *row)
{
	struct reading *reading = ctx;
	struct entry entry;

	OK(entry_decode(row->bytes, row->len, &reading->arena, &entry, NULL));
	for (size_t i = 0; i < entry.n_effects; i++) {
		if (!uuid_eq(&entry.effects[i].id, reading->id))
			continue;
		if (reading->entity == NULL)
			reading->entity = entity_new(entry.effects[i].kind, reading->id,
						     &reading->arena);
		OK(evolve(reading->entity, &entry.effects[i], entry.seq, &reading->arena, NULL));
	}
	return true;
}

static char *refold(struct world *world)
{
	struct reading reading = { .n = 0 };

	OK(data_ops()->open(world->data, 0, &reading.db, NULL));
	OK(data_ops()->entity_scan(reading.db, 0, dump_each, &reading, NULL));
	str_clear(&reading.out);
	for (size_t i = 0; i < reading.n; i++) {
		struct str bytes = STR_INIT;

		reading.id = &reading.ids[i];
		reading.entity = NULL;
		OK(data_ops()->journal_scan(reading.db, 0, fold_each, &reading, NULL));
		entity_encode(reading.entity, &bytes);
		str_addf(&reading.out, "%lld %s\n",
			 (long long)((struct entity *)reading.entity)->version, bytes.s);
		str_release(&bytes);
	}
	return read_out(world, &reading);
}

static void test_past(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "one", 2), other;

	hand_over(world, &crew.duty, &crew.mains, &id);
	run_on(world, 30 * HOUR);
	adopt_it(world, 200, bundle_with(world, renamed), "reason=new&map=handle=treat");
	other = open_case(world, &crew.duty, "two", 1);
	run_on(world, 30 * HOUR);
	adopt_it(world, 200, bundle_with(world, plain), "reason=back&map=treat=handle&redue=1");
	adopt_it(world, 200, bundle_with(world, merged), "reason=merged");
	does(world, &crew.duty, "note", &other, "note=still here");
	assert_string_equal(dump(world), refold(world));
	verified(world);
}

int main(void)
{
#define RULES_TEST(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
	const struct CMUnitTest tests[] = {
		RULES_TEST(test_stranded), RULES_TEST(test_mapped),   RULES_TEST(test_redue),
		RULES_TEST(test_heirs),	   RULES_TEST(test_divided),  RULES_TEST(test_moved),
		RULES_TEST(test_homeless), RULES_TEST(test_accounts), RULES_TEST(test_mode_kept),
		RULES_TEST(test_calendar), RULES_TEST(test_places),   RULES_TEST(test_past),
		RULES_TEST(test_ends),	   RULES_TEST(test_ends_missed), RULES_TEST(test_ends_alone),
	};

	return cmocka_run_group_tests_name("server adoption", tests, NULL, NULL);
}
