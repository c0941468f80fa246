/* An incident that is kept from organisations: what they still get of it (a drop, and nothing else),
 * what comes back, and that verify knows who sees what. */
#include "rules_help.h"

#include <sqlite3.h>

struct view { /* what a console has, by the feed alone */
	struct uuid ids[64];
	size_t n, drops, wholes, entries;
	int64_t cursor;
};

static bool has(const struct view *view, const struct uuid *id)
{
	for (size_t i = 0; i < view->n; i++)
		if (uuid_eq(&view->ids[i], id))
			return true;
	return false;
}

static void put(struct view *view, const struct uuid *id)
{
	if (!has(view, id))
		view->ids[view->n++] = *id;
	assert_true(view->n < ARRAY_LEN(view->ids));
}

static void take_away(struct view *view, const struct uuid *id)
{
	for (size_t i = 0; i < view->n; i++)
		if (uuid_eq(&view->ids[i], id))
			view->ids[i--] = view->ids[--view->n];
}

/* Reads on to the head; counts what came. */
static void read_on(struct world *world, const struct desk *desk, struct view *view)
{
	struct feed_answer page;

	view->drops = view->wholes = view->entries = 0;
	do {
		page = feed_of(world, desk, view->cursor, "&max=1024");
		for (size_t i = 0; i < page.n; i++) {
			const struct feed_item *item = &page.items[i];

			if (item->kind == FEED_DROP) {
				take_away(view, &item->drop_id);
				view->drops++;
			} else if (item->kind == FEED_WHOLE) {
				put(view, &((struct entity *)item->entity)->id);
				view->wholes++;
			} else if (item->kind == FEED_ENTRY) {
				for (size_t k = 0; k < item->entry.n_effects; k++)
					put(view, &item->entry.effects[k].id);
				view->entries++;
			}
		}
		view->cursor = page.next;
	} while (page.next < page.head_seq);
}

static const char *path_of(struct world *world, const char *before, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_printf(&world->arena, "%s%s", before, text);
}

/* It is there for nobody but them: everywhere in the same words as what is not there at all. */
static void expect_gone(struct world *world, struct desk *desk, const struct uuid *id)
{
	const struct uuid nothing = new_id(world);
	const struct uuid *both[] = { id, &nothing };
	const char *said[2][3];

	for (int i = 0; i < 2; i++) {
		struct act act = say(world, desk, "note", KIND_INCIDENT, both[i], "note=x");
		struct act_answer answer;

		said[i][0] = ask(world, 404, "GET", path_of(world, "/v1/entities/", both[i]), NULL,
				 desk->token, NULL);
		said[i][1] = ask(world, 404, "GET", "/v1/timeline",
				 path_of(world, "entity=", both[i]), desk->token, NULL);
		answer = send_act(world, desk, &act);
		assert_int_equal(answer.code, ERR_NOT_FOUND);
		assert_null(answer.state);
		said[i][2] = answer.sentence;
	}
	for (int k = 0; k < 3; k++)
		assert_string_equal(said[0][k], said[1][k]);
}

static bool in_snapshot(struct world *world, const struct desk *desk, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, desk->token, NULL), text) !=
	       NULL;
}

/* What a digest at a moment says of what is seen. */
static bool in_digest(struct world *world, const struct desk *desk, int64_t at,
		      const struct uuid *id, int64_t version)
{
	char query[80];
	struct digest_pairs_answer answer;
	const char *body;

	snprintf(query, sizeof query, "at=%lld&bucket=%u", (long long)at, digest_bucket(id));
	body = ask(world, 200, "GET", "/v1/digest", query, desk->token, NULL);
	OK(digest_pairs_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	for (size_t i = 0; i < answer.pairs.n; i++)
		if (uuid_eq(&answer.pairs.items[i].id, id)) {
			assert_int_equal(answer.pairs.items[i].version, version);
			return true;
		}
	return false;
}

/* Registered by the road department, with the water department's mains once, now with roads. */
static struct uuid told_case(struct world *world, struct crew *crew)
{
	struct uuid id = open_case(world, &crew->duty, "told", 3);

	does(world, &crew->duty, "accept", &id, "");
	does(world, &crew->duty, "assign", &id, "holder=mains");
	does(world, &crew->mains, "sign", &id, "");
	does(world, &crew->duty, "assign", &id, "holder=roads");
	return id;
}

static void test_it_is_gone(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct desk water = enroll(world, "water", "dept", "Wa");
	struct uuid id = told_case(world, &crew), other = open_case(world, &crew.duty, "other", 3);
	struct view mains = { .n = 0 }, roads = { .n = 0 };
	int64_t before;

	does(world, &crew.duty, "notify", &other, "recipient=mains&words=look");
	read_on(world, &crew.mains, &mains);
	read_on(world, &crew.roads, &roads);
	assert_true(has(&mains, &id) && has(&mains, &other) && has(&roads, &id));
	before = mains.cursor;
	does(world, &crew.leader, "restrict", &id, "from=water&reason=about them");
	read_on(world, &crew.mains, &mains);
	assert_int_equal(mains.drops, 1);
	assert_int_equal(mains.entries + mains.wholes, 0);
	assert_false(has(&mains, &id));
	assert_true(has(&mains, &other)); /* of that alone */
	read_on(world, &crew.roads, &roads);
	assert_int_equal(roads.drops, 0);
	assert_true(has(&roads, &id));
	/* nothing of it comes any more, nor is it anywhere to be found */
	note_on(world, &crew.duty, &id, "go on");
	read_on(world, &crew.mains, &mains);
	assert_int_equal(mains.drops + mains.entries + mains.wholes, 0);
	expect_gone(world, &crew.mains, &id);
	expect_gone(world, &water, &id); /* above them, within what was named */
	assert_false(in_snapshot(world, &crew.mains, &id));
	assert_true(in_snapshot(world, &crew.roads, &id));
	assert_true(in_snapshot(world, &crew.mains, &other));
	/* who asks for the moment before is told what he had then */
	assert_true(in_digest(world, &crew.mains, before, &id, 5));
	assert_false(in_digest(world, &crew.mains, before + 1, &id, 0));
	verified(world);
}

/* A console that was away gets the drop and not what came before it: that was its own once, but is
 * not any more. */
static void test_it_is_gone_for_who_was_away(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = told_case(world, &crew);
	struct view late = { .n = 0 };
	const char *body;

	does(world, &crew.leader, "restrict", &id, "from=mains&reason=about them");
	body = ask(world, 200, "GET", "/v1/feed", "since=0", crew.mains.token, NULL);
	assert_null(strstr(body, "told"));
	assert_null(strstr(body, "about them"));
	read_on(world, &crew.mains, &late);
	assert_int_equal(late.drops, 1);
	assert_false(has(&late, &id));
	verified(world);
}

static void test_lifted_it_comes_back(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = told_case(world, &crew);
	struct view mains = { .n = 0 };
	int64_t out, version;

	does(world, &crew.leader, "restrict", &id, "from=mains&reason=about them");
	note_on(world, &crew.duty, &id, "meanwhile");
	read_on(world, &crew.mains, &mains);
	assert_false(has(&mains, &id));
	out = mains.cursor;
	does(world, &crew.leader, "unrestrict", &id, "reason=cleared");
	read_on(world, &crew.mains, &mains);
	assert_int_equal(mains.wholes, 1);
	assert_true(has(&mains, &id));
	assert_true(in_snapshot(world, &crew.mains, &id));
	version = incident_seen(world, &crew.mains, &id)->head.version;
	assert_false(in_digest(world, &crew.mains, out, &id, 0));
	assert_true(in_digest(world, &crew.mains, mains.cursor, &id, version));
	/* and from then on what is new */
	note_on(world, &crew.duty, &id, "again");
	read_on(world, &crew.mains, &mains);
	assert_int_equal(mains.entries, 1);
	verified(world);
}

/* Something to do there makes it theirs again, while the restriction stands; and it stays so when
 * that is done, until the leader says it anew. */
static void test_a_duty_brings_it_back(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct desk water = enroll(world, "water", "dept", "Wa");
	struct uuid id = told_case(world, &crew);
	struct view mains = { .n = 0 }, above = { .n = 0 };
	struct act act;

	does(world, &crew.leader, "restrict", &id, "from=water&reason=about them");
	read_on(world, &crew.mains, &mains);
	assert_false(has(&mains, &id));
	does(world, &crew.duty, "notify", &id, "recipient=mains&words=you are needed");
	read_on(world, &crew.mains, &mains);
	read_on(world, &water, &above);
	assert_int_equal(mains.wholes, 1);
	assert_true(has(&mains, &id) && has(&above, &id));
	act = say(world, &crew.leader, "restrict", KIND_INCIDENT, &id, "from=mains&reason=again");
	assert_int_equal(send_act(world, &crew.leader, &act).code, ERR_REFUSED);
	does(world, &crew.mains, "receipt", &id, "");
	read_on(world, &crew.mains, &mains);
	assert_true(has(&mains, &id));
	verified(world);
	does(world, &crew.leader, "restrict", &id, "from=mains&reason=again");
	read_on(world, &crew.mains, &mains);
	read_on(world, &water, &above);
	assert_false(has(&mains, &id));
	assert_false(has(&above, &id)); /* its own restriction was never lifted */
	verified(world);
}

/* Kept from somebody who never saw it: it does not become a party by what is no duty. */
static void test_kept_out_beforehand(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "new", 3);
	struct view mains = { .n = 0 };

	does(world, &crew.leader, "restrict", &id, "from=mains&reason=about them");
	does(world, &crew.duty, "accept", &id, "");
	does(world, &crew.duty, "assign", &id, "holder=mains");
	read_on(world, &crew.mains, &mains);
	assert_true(has(&mains, &id));
	does(world, &crew.duty, "assign", &id, "holder=roads");
	read_on(world, &crew.mains, &mains);
	assert_true(has(&mains, &id)); /* parties only grow, but by an act of the leader */
	verified(world);
}

static void test_who_may(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = told_case(world, &crew);
	struct act act = say(world, &crew.duty, "restrict", KIND_INCIDENT, &id, "from=mains&reason=x");

	assert_int_equal(send_act(world, &crew.duty, &act).code, ERR_REFUSED);
	act = say(world, &crew.mains, "restrict", KIND_INCIDENT, &id, "from=roads&reason=x");
	assert_int_equal(send_act(world, &crew.mains, &act).code, ERR_DENIED);
	act = say(world, &crew.leader, "restrict", KIND_INCIDENT, &id, "from=roads&reason=x");
	assert_int_equal(send_act(world, &crew.leader, &act).code, ERR_REFUSED);
	act = say(world, &crew.leader, "restrict", KIND_INCIDENT, &id, "from=mains&reason=x");
	assert_int_equal(send_act(world, &crew.leader, &act).verdict, VERDICT_APPLIED);
}

/* --- verify ------------------------------------------------------------------------------------ */

static const struct {
	const char *sql, *words;
} damages[] = {
	{ "DELETE FROM absence", "is not kept from whom" },
	{ "UPDATE absence SET since = 1", "by nothing" },
	{ "INSERT INTO absence (eno, org, lost, since, back) SELECT eno, org + 1, lost, 0, 0 FROM absence",
	  "by nothing" },
	{ "INSERT INTO party (eno, org, since) SELECT eno, org, since FROM absence",
	  "that it must not see" },
	{ "DELETE FROM feed WHERE whole = 2", "is missing in a feed" },
	{ "UPDATE feed SET whole = 0 WHERE whole = 2", "is missing in a feed" },
	{ "INSERT INTO feed (org, seq, eno, whole) SELECT org, since, eno, 0 FROM absence",
	  "rows of no entity" },
	{ "INSERT INTO scope (org, class, rank, eno) SELECT a.org, e.class, e.rank, e.eno"
	  " FROM absence a JOIN entity e ON e.eno = a.eno",
	  "snapshot" },
};

static void test_verify_knows(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = told_case(world, &crew);

	does(world, &crew.leader, "restrict", &id, "from=mains&reason=about them");
	verified(world);
	service_stop(world->service);
	service_close(world->service);
	for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
		char copy[DATA_WHERE];
		struct verify_report report;
		struct error err = ERROR_INIT;

		data_copy(world->data, world->path, copy);
		assert_true(data_sql(copy, damages[i].sql) > 0);
		if (verify_data(data_ops(), copy, NULL, NULL, &report, &err) != ERR_CORRUPT ||
		    strstr(err.text, damages[i].words) == NULL)
			fail_msg("%s: \"%s\"", damages[i].sql, err.text);
		data_ops()->destroy(copy);
	}
	world_open(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_it_is_gone, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_it_is_gone_for_who_was_away, rules_make,
						world_free),
		cmocka_unit_test_setup_teardown(test_lifted_it_comes_back, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_a_duty_brings_it_back, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_kept_out_beforehand, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_who_may, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_verify_knows, rules_make, world_free),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
