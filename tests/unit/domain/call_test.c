/* Calls that were made, and call-backs that are owed. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "must.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static struct incident *begin(struct fixture *fx)
{
	fixture_init(fx);
	fixture_allow(fx, "call call_later");
	return fixture_incident(fx, "handle");
}

static const struct promise *promise(const struct incident *incident, size_t i)
{
	assert_true(i < incident->promises.n);
	return (const struct promise *)incident->promises.items + i;
}

static const struct clock *clock_of(const struct incident *incident, size_t nth)
{
	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		if (strcmp(clock->kind, "callback") == 0 && nth-- == 0)
			return clock;
	}
	fail_msg("no such clock");
	return NULL;
}

static void a_call_keeps_the_promise(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	int64_t due = incident->due;
	const struct phonecall *call;

	(void)unused;
	must_do(&fx, &incident, "call_later", "duty",
		"call_at=2026-11-23 10:40\nwhom=张某 13900008821\nnote=告知进展");
	must_do(&fx, &incident, "call_later", "water", "call_at=2026-11-23 12:00\nwhom=水厂");
	assert_int_equal(incident->promises.n, 2);
	assert_string_equal(promise(incident, 0)->whom, "张某 13900008821");
	assert_int_equal(promise(incident, 0)->at, fixture_time("2026-11-23 10:40"));
	assert_string_equal(promise(incident, 0)->by, "李敏");
	assert_string_equal(promise(incident, 0)->org, "zx");
	assert_string_equal(promise(incident, 1)->org, "sw");
	/* it is among the clocks, but not the incident's own deadline */
	assert_int_equal(clock_of(incident, 0)->due, fixture_time("2026-11-23 10:40"));
	assert_string_equal(clock_of(incident, 0)->org, "zx");
	assert_int_equal(clock_of(incident, 0)->side, 1);
	assert_int_equal(clock_of(incident, 1)->due, fixture_time("2026-11-23 12:00"));
	assert_int_equal(incident->due, due);
	/* a colleague rings */
	fx.now += 30 * MINUTE_MS;
	must_do(&fx, &incident, "call", "other",
		"rung= 张某 13900008821 \ngist=水已清\ncalled_at=2026-11-23 10:28");
	call = incident->calls.items;
	assert_int_equal(incident->calls.n, 1);
	assert_int_equal(call->at, fixture_time("2026-11-23 10:28"));
	assert_string_equal(call->gist, "水已清");
	assert_string_equal(call->by, "陈静");
	assert_int_equal(promise(incident, 0)->kept_at, call->at);
	assert_string_equal(promise(incident, 0)->kept_by, "陈静");
	assert_int_equal(clock_of(incident, 0)->stopped_at, fx.now);
	/* nobody else's */
	assert_int_equal(promise(incident, 1)->kept_at, 0);
	assert_int_equal(clock_of(incident, 1)->stopped_at, 0);
	must_do(&fx, &incident, "call", "duty", "rung=张某\ngist=无人接听");
	assert_int_equal(incident->calls.n, 2);
	assert_int_equal(promise(incident, 1)->kept_at, 0);
	fixture_release(&fx);
}

static const struct {
	const char *verb, *args, *words;
} refused[] = {
	{ "call", "gist=x", "Who was rung is missing" },
	{ "call", "rung=  \ngist=x", "Who was rung is missing" },
	{ "call", "rung=张某", "What was said is missing" },
	{ "call", "rung=张某\ngist=x\ncalled_at=2026-11-23 10:02", "cannot lie ahead" },
	{ "call_later", "whom=张某", "Call at is missing" },
	{ "call_later", "call_at=2026-11-23 10:40", "Whom is missing" },
	{ "call_later", "call_at=2026-11-23 10:40\nwhom= ", "Whom is missing" },
	{ "call_later", "call_at=2026-11-23 09:59\nwhom=张某", "must lie ahead" },
	{ "call_later", "call_at=2026-11-23 10:00\nwhom=张某", "must lie ahead" },
};

static void nonsense_is_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct fixture fx;
		struct incident *incident = begin(&fx);

		must_refuse(&fx, &incident, refused[i].verb, "duty", refused[i].args, ERR_INPUT,
			    refused[i].words);
		fixture_release(&fx);
	}
}

/* "+40m", said with the line cut, reaches the server when it is past: it is owed, and overdue. */
static void late_promises_count(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct decision decision;
	struct error err = ERROR_INIT;
	struct act act;

	(void)unused;
	act = fixture_act(&fx, "call_later", incident, "duty",
			  "call_at=2026-11-23 10:40\nwhom=张某");
	fx.now += 2 * HOUR_MS;
	if (fixture_decide(&fx, &incident, &act, fx.now, &decision, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_true(clock_of(incident, 0)->due < fx.now);
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_keeps_the_promise),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(late_promises_count),
	};

	return cmocka_run_group_tests_name("domain/call", tests, NULL, NULL);
}
