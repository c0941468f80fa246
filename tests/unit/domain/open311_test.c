/* What of an incident leaves by Open311, and to whom it is shown. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/open311.h"
#include "zhiban/domain/rules.h"

static const struct org orgs[] = {
	{ .code = "c", .name = "Centre", .tier = "district" },
	{ .code = "s", .name = "Street", .tier = "street", .parent = "c" },
	{ .code = "v", .name = "Village", .tier = "community", .parent = "s" },
};
static const struct open311_service services[] = {
	{ .code = "01", .name = "one" },
	{ .code = "02", .name = "two", .type = OPEN311_BLACKBOX },
	{ .code = "03", .name = "three", .type = OPEN311_BATCH },
};
static const char *const app[] = { "app", NULL }, *const nobody[] = { NULL };

static struct incident an_incident(void)
{
	return (struct incident){ .head = { .kind = KIND_INCIDENT }, .number = "20261122-0001",
				  .source = "app", .category = "01", .title = "SECRET title",
				  .text = "a text", .address = "Road 1", .street = "s",
				  .community = "v", .lat = 31000000, .lon = 119000000,
				  .reporter = "SECRET person", .phone = "SECRET phone",
				  .registered_at = 1000, .moved_at = 2000, .open = true,
				  .holder = "s", .seat = "c", .due = 9000, .due_clock = "handle",
				  .reply = "a reply", .result = "SECRET result" };
}

static void test_shows(void **state)
{
	static const struct {
		const char *category, *source, *asks;
		const char *const *show;
		bool number, shown;
	} cases[] = {
		{ "01", "app", NULL, app, true, true },
		{ "01", "app", NULL, nobody, true, false },
		{ "01", "12345", NULL, app, true, false },
		{ "01", "12345", "12345", nobody, true, true },
		{ "01", "12345", "110", nobody, true, false },
		{ "01", "app", "110", app, true, true },
		{ "02", "app", NULL, app, true, false },     /* a black box */
		{ "02", "app", "app", app, true, false },    /* for its sender, too */
		{ "03", "app", NULL, app, true, true },
		{ "99", "app", NULL, app, true, false },     /* not offered */
		{ "0", "app", NULL, app, true, false },
		{ NULL, "app", NULL, app, true, false },
		{ "01", NULL, NULL, app, true, false },
		{ "01", NULL, "app", app, true, false },
		{ "01", "app", NULL, app, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct open311 open311 = { .services = services, .n_services = 3,
					   .show = cases[i].show };
		struct rules rules = { .open311 = &open311, .orgs = orgs, .n_orgs = 3 };
		struct incident incident = an_incident();

		incident.category = cases[i].category;
		incident.source = cases[i].source;
		if (!cases[i].number)
			incident.number = NULL;
		if (open311_shows(&rules, &incident, cases[i].asks) != cases[i].shown)
			fail_msg("row %zu", i);
	}
}

static void test_restricted(void **state)
{
	struct restriction list[] = { { .org = "v", .lifted_at = 5 }, { .org = "s" } };
	struct open311 open311 = { .services = services, .n_services = 3, .show = app };
	struct rules rules = { .open311 = &open311, .orgs = orgs, .n_orgs = 3 };
	struct incident incident = an_incident();

	(void)state;
	incident.restrictions.items = list;
	incident.restrictions.n = 1; /* lifted */
	assert_true(open311_shows(&rules, &incident, NULL));
	incident.restrictions.n = 2;
	assert_false(open311_shows(&rules, &incident, NULL));
	assert_false(open311_shows(&rules, &incident, "app"));
}

static struct open311_request view_of(struct open311 open311, const struct incident *incident,
				      struct arena *arena)
{
	struct rules rules = { .open311 = &open311, .orgs = orgs, .n_orgs = 3 };
	struct open311_request view;

	open311.services = services;
	open311.n_services = 3;
	open311.show = app;
	open311_view(&rules, incident, arena, &view);
	return view;
}

static void test_least(void **state)
{
	struct arena arena = ARENA_INIT;
	struct incident incident = an_incident();
	struct open311_request view = view_of((struct open311){ .rate = 1 }, &incident, &arena);

	(void)state;
	assert_string_equal(view.id, "20261122-0001");
	assert_ptr_equal(view.service, &services[0]);
	assert_true(view.open);
	assert_int_equal(view.requested, 1000);
	assert_int_equal(view.updated, 2000);
	assert_int_equal(view.expected, 0);
	assert_null(view.notes);
	assert_null(view.description);
	assert_null(view.agency);
	assert_null(view.address);
	assert_false(view.has_position);
	assert_int_equal(view.lat, 0);
	assert_int_equal(view.lon, 0);
	arena_release(&arena);
}

static void test_most(void **state)
{
	const struct open311 all = { .text = true, .position = true, .notes = true, .agency = true,
				     .expected = "handle", .address = OPEN311_FULL };
	struct arena arena = ARENA_INIT;
	struct incident incident = an_incident();
	struct open311_request view = view_of(all, &incident, &arena);
	const char *const texts[] = { view.id, view.notes, view.description, view.agency,
				      view.address };

	(void)state;
	assert_string_equal(view.description, "a text");
	assert_string_equal(view.notes, "a reply");
	assert_string_equal(view.agency, "Street");
	assert_string_equal(view.address, "Road 1");
	assert_int_equal(view.expected, 9000);
	assert_true(view.has_position);
	assert_int_equal(view.lat, 31000000);
	/* whatever the profile says: no person, no title made of a text, no result inside */
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_null(strstr(texts[i], "SECRET"));
	incident.due_clock = "accept";
	assert_int_equal(view_of(all, &incident, &arena).expected, 0);
	incident.due_clock = "handle";
	incident.open = false;
	incident.closed_at = 5000;
	view = view_of(all, &incident, &arena);
	assert_false(view.open);
	assert_int_equal(view.updated, 5000);
	assert_int_equal(view.expected, 0);
	incident.lat = 0; /* half a position is none */
	assert_false(view_of(all, &incident, &arena).has_position);
	arena_release(&arena);
}

static void test_addresses(void **state)
{
	static const struct {
		enum open311_address address;
		const char *street, *community, *road, *shown;
	} cases[] = {
		{ OPEN311_NOWHERE, "s", "v", "Road 1", "-" },
		{ OPEN311_AREA, "s", "v", "Road 1", "Village, Street" },
		{ OPEN311_AREA, "s", NULL, "Road 1", "Street" },
		{ OPEN311_AREA, NULL, "v", "Road 1", "Village" },
		{ OPEN311_AREA, NULL, NULL, "Road 1", "-" },
		{ OPEN311_AREA, "words of others", NULL, "Road 1", "-" },
		{ OPEN311_FULL, "s", "v", "Road 1", "Road 1" },
		{ OPEN311_FULL, "s", "v", NULL, "Village, Street" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct incident incident = an_incident();
		struct open311_request view;

		incident.street = cases[i].street;
		incident.community = cases[i].community;
		incident.address = cases[i].road;
		view = view_of((struct open311){ .address = cases[i].address }, &incident, &arena);
		assert_string_equal(view.address != NULL ? view.address : "-", cases[i].shown);
	}
	arena_release(&arena);
}

static void test_long(void **state)
{
	const struct open311 text = { .text = true };
	struct arena arena = ARENA_INIT;
	struct incident incident = an_incident();
	struct str words = STR_INIT;

	(void)state;
	for (int i = 0; i < 4000; i++)
		str_add(&words, "长");
	incident.text = words.s;
	assert_string_equal(view_of(text, &incident, &arena).description, words.s);
	str_add(&words, "了");
	incident.text = words.s;
	assert_int_equal(text_chars(view_of(text, &incident, &arena).description), 4000);
	assert_true(str_starts(words.s, "长长"));
	assert_non_null(strstr(view_of(text, &incident, &arena).description, "长…"));
	str_release(&words);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shows),	  cmocka_unit_test(test_least),
		cmocka_unit_test(test_most),	  cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_long),	  cmocka_unit_test(test_restricted),
	};

	return cmocka_run_group_tests_name("domain/open311", tests, NULL, NULL);
}
