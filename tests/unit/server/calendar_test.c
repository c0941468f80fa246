/* Secret addresses of calendars: what they show, to whom, and until when. */
#include "duty_help.h"

/* Two people, three duties of the centre. */
struct house {
	struct desks desks;
	struct uuid an, bo;
};
static struct house house_make(struct world *world)
{
	struct house house = { .desks = desks_make(world) };

	house.an = engaged(world, &house.desks.duty, "centre", "An");
	house.bo = engaged(world, &house.desks.duty, "centre", "Bo");
	seated(world, &house.desks.duty, "2026-11-20 day", &house.an);
	seated(world, &house.desks.duty, "2026-11-21 night", &house.bo);
	seated(world, &house.desks.duty, "2026-11-24 day", &house.an);
	return house;
}

static struct address_answer asked(struct world *world, const struct desk *desk, int status,
				   const char *what, const char *id, bool revoke)
{
	struct address_ask ask_for = { .what = what, .id = id, .revoke = revoke };
	struct address_answer answer = { .ended = 0 };
	struct str body = STR_INIT;
	const char *text;

	address_ask_encode(&ask_for, &body);
	text = ask(world, status, "POST", "/v1/ical", NULL, desk->token, str_get(&body));
	str_release(&body);
	if (status == 200)
		OK(address_answer_decode(text, strlen(text), &world->arena, &answer, NULL));
	return answer;
}

static const char *calendar(struct world *world, const char *path)
{
	world->clock.now += 60000; /* so many a minute */
	return ask(world, 200, "GET", path, NULL, NULL, NULL);
}

static size_t events(const char *text)
{
	size_t n = 0;

	for (const char *at = text; (at = strstr(at, "BEGIN:VEVENT")) != NULL; at++)
		n++;
	return n;
}

static void test_shows(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);
	const char *an = id_words(world, &house.an), *text;

	text = calendar(world, asked(world, &house.desks.duty, 200, "person", an, false).path);
	assert_int_equal(events(text), 2);
	expect_words(text, (const char *const[]){ "BEGIN:VCALENDAR\r\n", "SUMMARY:main · Centre\r\n",
						  "DTSTART:20261120T003000Z\r\n",
						  "DTEND:20261120T093000Z\r\n", NULL });
	assert_null(strstr(text, "13800001111"));
	text = calendar(world, asked(world, &house.desks.duty, 200, "org", "centre", false).path);
	assert_int_equal(events(text), 3);
	expect_words(text, (const char *const[]){ "SUMMARY:main Bo · Centre\r\n", NULL });
	text = calendar(world, asked(world, &house.desks.north, 200, "post", "centre desk main",
				     false).path);
	assert_int_equal(events(text), 3);
	/* a roster, a post that nobody knows any more */
	text = calendar(world, asked(world, &house.desks.north, 200, "post", "centre gone gone",
				     false).path);
	assert_int_equal(events(text), 0);
	verified(world);
}

static void test_may(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);
	struct desk blind = enroll(world, "centre", "sysadmin", "Sy");
	const char *an = id_words(world, &house.an);

	asked(world, &house.desks.roads, 404, "org", "centre", false); /* reads no rosters */
	asked(world, &house.desks.roads, 404, "person", an, false);
	asked(world, &blind, 404, "org", "centre", false);
	asked(world, &house.desks.duty, 404, "org", "nowhere", false);
	asked(world, &house.desks.duty, 404, "person",
	      id_words(world, &(struct uuid){ { 1 } }), false);
	asked(world, &house.desks.duty, 400, "person", "An", false);
	asked(world, &house.desks.duty, 400, "house", "centre", false);
	asked(world, &house.desks.duty, 400, "post", "centre main", false);
	ask(world, 401, "POST", "/v1/ical", NULL, NULL, "{\"what\":\"org\",\"id\":\"centre\"}");
}

/* The token stands nowhere in the data; a new one ends the one before. */
static void test_secret(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);
	struct address_answer one, two;
	const char *audit;
	char sql[300];

	one = asked(world, &house.desks.duty, 200, "org", "centre", false);
	assert_int_equal(one.ended, 0);
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM calendar_address WHERE hash = x'%.64s' OR about LIKE "
		 "'%%%.64s%%'",
		 one.path + 6, one.path + 6);
	if (data_url() == NULL)
		assert_int_equal(data_count(world->data, sql), 0);
	calendar(world, one.path);
	two = asked(world, &house.desks.duty, 200, "org", "centre", false);
	assert_int_equal(two.ended, 1);
	assert_string_not_equal(one.path, two.path);
	ask(world, 404, "GET", one.path, NULL, NULL, NULL);
	calendar(world, two.path);
	/* another's is his own */
	assert_int_equal(asked(world, &house.desks.north, 200, "org", "centre", false).ended, 0);
	assert_int_equal(asked(world, &house.desks.north, 200, "org", "north", true).ended, 0);
	calendar(world, two.path);
	one = asked(world, &house.desks.duty, 200, "org", "centre", true);
	assert_null(one.path);
	assert_int_equal(one.ended, 1);
	ask(world, 404, "GET", two.path, NULL, NULL, NULL);
	audit = ask(world, 200, "GET", "/v1/admin/audit", NULL, NULL, NULL);
	expect_words(audit, (const char *const[]){ "address_add", "address_revoke", NULL });
	assert_null(strstr(audit, two.path + 6));
	ask(world, 404, "GET", "/ical/x.ics", NULL, NULL, NULL);
	ask(world, 404, "GET", "/ical/x", NULL, NULL, NULL);
}

/* Whoever leaves takes his addresses along. */
static void test_leaves(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);
	const char *path = asked(world, &house.desks.north, 200, "org", "centre", false).path;

	calendar(world, path);
	ask(world, 200, "POST", "/v1/admin/officers", NULL, NULL,
	    "op=move\nname=No\norg=roads\nrole=dept\nreason=moved\n");
	world->clock.now += 60000;
	ask(world, 404, "GET", path, NULL, NULL, NULL);
}

static struct reply get(struct world *world, const char *method, const char *path,
			const char *known)
{
	struct request request;
	struct reply reply;

	request_make(world, &request, method, path, NULL, NULL, NULL);
	request.known = known;
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	return reply;
}

static void test_again(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);
	const char *path = asked(world, &house.desks.duty, 200, "org", "centre", false).path;
	struct reply one = get(world, "GET", path, NULL), two, head;
	const char *known = arena_printf(&world->arena, "\"x\", W/\"%s\"", one.etag);

	assert_int_equal(one.status, 200);
	assert_string_equal(one.type, "text/calendar; charset=utf-8");
	two = get(world, "GET", path, known);
	assert_int_equal(two.status, 304);
	assert_int_equal(two.body.len, 0);
	assert_string_equal(two.etag, one.etag);
	head = get(world, "HEAD", path, NULL);
	assert_int_equal(head.status, 200);
	seated(world, &house.desks.duty, "2026-11-26 day", &house.bo);
	reply_release(&two);
	two = get(world, "GET", path, known);
	assert_int_equal(two.status, 200);
	assert_string_not_equal(two.etag, one.etag);
	reply_release(&one);
	reply_release(&two);
	reply_release(&head);
}

static void test_rate(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);
	const char *path = asked(world, &house.desks.duty, 200, "org", "centre", false).path;
	struct reply reply = { .status = 200 };
	int n = 0;

	while (reply.status == 200 && n < 100) {
		reply_release(&reply);
		reply = get(world, "GET", path, NULL);
		n++;
	}
	assert_int_equal(reply.status, 429);
	assert_true(n > 10 && n < 30 && reply.retry_after > 0);
	reply_release(&reply);
	calendar(world, path);
}

/* Not more than one has use for. */
static void test_many(void **state)
{
	struct world *world = *state;
	struct house house = house_make(world);

	for (int i = 0; i < 20; i++)
		asked(world, &house.desks.duty, 200, "post",
		      arena_printf(&world->arena, "centre desk p%d", i), false);
	asked(world, &house.desks.duty, 409, "post", "centre desk main", false);
	asked(world, &house.desks.duty, 200, "post", "centre desk p3", false);
	asked(world, &house.desks.duty, 200, "post", "centre desk p4", true);
	asked(world, &house.desks.duty, 200, "post", "centre desk main", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
		T(test_shows), T(test_may),  T(test_secret), T(test_leaves),
		T(test_again), T(test_rate), T(test_many),
	};

	setenv("LANGUAGE", "en", 1);
	return cmocka_run_group_tests_name("calendars", tests, NULL, NULL);
}
