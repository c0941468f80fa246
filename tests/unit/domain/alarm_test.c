/* What rings where and until when; and a post that does not answer. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "must.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/alarm.h"

enum { NOW = 1000, PAST = 900, LATER = 1100 };

static const struct clock_rule clocks[] = {
	{ .kind = "handle", .who = WHO_HOLDER },
	{ .kind = "verify", .who = WHO_SEAT },
};
static const struct step handling = { .id = "handle", .open = true, .clocks = clocks, .n_clocks = 2 };

/* Of an urgent case that stands open. */
static const struct {
	const char *name, *org; /* whose desk */
	struct incident incident;
	enum alarm_kind kind;
} cases[] = {
	{ "registered", "zx", { .moved_by = "register" }, ALARM_NEW },
	{ "by nobody's act", "zx", { .moved_by = NULL }, ALARM_NEW },
	{ "less urgent", "zx", { .urgency = 2, .moved_by = "register" }, ALARM_NONE },
	{ "closed", "zx", { .open = true, .moved_by = "register" }, ALARM_NONE },
	{ "history", "zx", { .imported = true, .moved_by = "register", .due = PAST }, ALARM_NONE },
	{ "acknowledged", "zx", { .acked_at = 5, .moved_by = "register" }, ALARM_NONE },
	{ "accepted", "zx", { .moved_by = "accept" }, ALARM_NONE },
	{ "given to us", "sw", { .moved_by = "assign", .holder = "sw" }, ALARM_GIVEN },
	{ "and noted by others", "sw", { .moved_by = "note", .holder = "sw" }, ALARM_GIVEN },
	{ "and acknowledged", "sw", { .moved_by = "ack", .holder = "sw", .acked_at = 5 }, ALARM_NONE },
	{ "and begun", "sw", { .moved_by = "dispatch", .holder = "sw" }, ALARM_NONE },
	{ "and signed", "sw", { .moved_by = "note", .holder = "sw", .signer = "zhou" }, ALARM_NONE },
	{ "to others", "zj", { .moved_by = "assign", .holder = "sw" }, ALARM_NONE },
	{ "to others, the centre sees it", "zx", { .moved_by = "assign", .holder = "sw" }, ALARM_NONE },
	{ "given back", "zx", { .moved_by = "return" }, ALARM_GIVEN },
	{ "given back to a street", "ll", { .moved_by = "return", .seat = "ll" }, ALARM_GIVEN },
	{ "not to the centre then", "zx", { .moved_by = "return", .seat = "ll" }, ALARM_NONE },
	{ "sent up", "zx", { .moved_by = "escalate", .holder = "zx" }, ALARM_GIVEN },
	{ "our clock ran out", "sw",
	  { .moved_by = "sign", .holder = "sw", .signer = "zhou", .step = "handle",
	    .due_clock = "handle", .due = PAST }, ALARM_RED },
	{ "acknowledged before", "sw",
	  { .moved_by = "sign", .holder = "sw", .step = "handle", .due_clock = "handle",
	    .due = PAST, .acked_at = PAST - 1 }, ALARM_RED },
	{ "acknowledged since", "sw",
	  { .moved_by = "sign", .holder = "sw", .step = "handle", .due_clock = "handle",
	    .due = PAST, .acked_at = PAST }, ALARM_NONE },
	{ "still runs", "sw",
	  { .moved_by = "sign", .holder = "sw", .step = "handle", .due_clock = "handle",
	    .due = LATER }, ALARM_NONE },
	{ "less urgent ones run out in silence", "sw",
	  { .urgency = 2, .moved_by = "sign", .holder = "sw", .step = "handle",
	    .due_clock = "handle", .due = PAST }, ALARM_NONE },
	{ "another's clock", "zx",
	  { .moved_by = "sign", .holder = "sw", .step = "handle", .due_clock = "handle",
	    .due = PAST }, ALARM_NONE },
	{ "the seat's clock, held by another", "zx",
	  { .moved_by = "handle", .holder = "sw", .step = "handle", .due_clock = "verify",
	    .due = PAST }, ALARM_RED },
	{ "not the holder's", "sw",
	  { .moved_by = "handle", .holder = "sw", .step = "handle", .due_clock = "verify",
	    .due = PAST }, ALARM_NONE },
	{ "stopped", "sw",
	  { .moved_by = "pause", .holder = "sw", .step = "handle", .due_clock = "handle",
	    .due = PAST, .paused_until = LATER }, ALARM_NONE },
	{ "on the shelf", "sw",
	  { .moved_by = "shelve", .holder = "sw", .step = "handle", .due_clock = "handle",
	    .due = PAST, .shelved_at = PAST }, ALARM_NONE },
};

static void what_rings_where(void **unused)
{
	static const struct rules rules = { .centre = "zx", .steps = &handling, .n_steps = 1,
					    .alarm_urgency = 1, .alarm_red = 1,
					    .alarms = ALARM_ALL };

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct incident incident = cases[i].incident;
		struct alarm alarm;

		incident.urgency = incident.urgency ? incident.urgency : 1;
		incident.open = !incident.open;
		alarm = alarm_of(&rules, NULL, cases[i].org, &incident, NOW);
		if (alarm.kind != cases[i].kind)
			fail_msg("%s: %s", cases[i].name, alarm_code(alarm.kind));
	}
}

static void a_profile_says_which_classes_ring(void **unused)
{
	struct rules rules = { .centre = "zx", .alarm_urgency = 1, .alarm_red = 1 };
	struct incident incident = { .urgency = 1, .open = true, .moved_by = "register",
				     .registered_at = 7, .due = PAST };

	(void)unused;
	rules.alarms = ALARM_ALL;
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, NOW).kind, ALARM_NEW);
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, NOW).since, 7);
	rules.alarms = 1 << ALARM_RED;
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, NOW).kind, ALARM_RED);
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, NOW).since, PAST);
	rules.alarms = 1 << ALARM_GIVEN;
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, NOW).kind, ALARM_NONE);
	assert_int_equal(alarm_bit("red"), 1 << ALARM_RED);
	assert_int_equal(alarm_bit("loud"), 0);
}

/* In quiet hours a minor case's clock rings for nobody; an emergency knows none. */
static void quiet_hours_keep_minor_ones_quiet(void **unused)
{
	static const struct mode_rule modes[] = { { .code = "peace", .quiet = true },
						  { .code = "war", .quiet = false } };
	struct rules rules = { .centre = "zx", .offset_min = 0, .alarm_urgency = 1, .alarm_red = 3,
			       .alarms = ALARM_ALL, .quiet_from = 60, .quiet_to = 120,
			       .quiet_urgency = 3, .modes = modes, .n_modes = 2 };
	struct incident incident = { .urgency = 3, .open = true, .moved_by = "accept",
				     .due = 50 * MINUTE_MS };

	(void)unused;
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, 59 * MINUTE_MS).kind, ALARM_RED);
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, 61 * MINUTE_MS).kind, ALARM_NONE);
	assert_int_equal(alarm_of(&rules, "war", "zx", &incident, 61 * MINUTE_MS).kind, ALARM_RED);
	incident.urgency = 2;
	assert_int_equal(alarm_of(&rules, NULL, "zx", &incident, 61 * MINUTE_MS).kind, ALARM_RED);
}

/* ---- acts ---- */

static struct incident *begin(struct fixture *fx, const char *step)
{
	struct incident *incident;

	fixture_init(fx);
	fixture_allow(fx, "note assign return");
	fx->rules.alarms = ALARM_ALL;
	fx->rules.alarm_urgency = fx->rules.alarm_red = 1;
	fx->rules.alarm_check = 10;
	incident = fixture_incident(fx, step);
	incident->urgency = 1;
	incident->acked_at = 0;
	return incident;
}

static void who_is_handed_it_has_not_acknowledged_it(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");

	(void)unused;
	must_do(&fx, &incident, "ack", "duty", "");
	assert_int_equal(incident->acked_at, fx.now);
	must_do(&fx, &incident, "note", "duty", "note=x");
	assert_int_not_equal(incident->acked_at, 0);
	must_do(&fx, &incident, "return", "water", "reason=不属我局");
	assert_int_equal(incident->acked_at, 0);
	assert_null(incident->acked_by);
	fixture_release(&fx);
}

static void a_clock_that_runs_out_since_is_acknowledged_anew(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");
	int64_t first;

	(void)unused;
	must_do(&fx, &incident, "ack", "duty", "");
	assert_true(incident->due > fx.now + MINUTE_MS);
	first = incident->acked_at;
	must_do(&fx, &incident, "ack", "chief", "note=看到");
	assert_int_equal(incident->acked_at, first);
	fx.now = incident->due;
	must_do(&fx, &incident, "ack", "chief", "");
	assert_int_equal(incident->acked_at, fx.now);
	assert_string_equal(incident->acked_by, fixture_actor("chief").officer);
	fixture_release(&fx);
}

/* ---- a post that does not answer ---- */

static const char when[] = "rang_at=2026-11-23 10:00\nkeyed_at=2026-11-23 09:50";

static const struct absence *absence(const struct incident *incident, size_t i)
{
	assert_true(i < incident->absences.n);
	return (const struct absence *)incident->absences.items + i;
}

static struct incident *ringing(struct fixture *fx)
{
	struct incident *incident = begin(fx, "accept");

	incident->holder = NULL;
	incident->moved_by = "register";
	incident->registered_at = fx->now;
	fx->now += 15 * MINUTE_MS;
	return incident;
}

/* Done, and nothing came of it, not even a word for its author. */
static void must_be_nothing(struct fixture *fx, struct incident **incident, const char *actor)
{
	struct act act = fixture_act(fx, "unanswered", *incident, actor, when);
	struct error err = ERROR_INIT;
	struct decision decision;

	if (fixture_decide(fx, incident, &act, 0, &decision, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_int_equal(decision.n_effects, 0);
	assert_null(decision.note);
}

/* Two consoles of a seat come to the same: the second one writes nothing. */
static void it_is_written_once(void **unused)
{
	struct fixture fx;
	struct incident *incident = ringing(&fx);
	int64_t version;
	char *moved_by = arena_strdup(&fx.arena, incident->moved_by);

	(void)unused;
	must_do(&fx, &incident, "unanswered", "duty", when);
	assert_int_equal(incident->absences.n, 1);
	assert_string_equal(absence(incident, 0)->org, "zx");
	assert_string_equal(absence(incident, 0)->by, fixture_actor("duty").officer);
	assert_string_equal(absence(incident, 0)->alarm_kind, "new");
	assert_int_equal(absence(incident, 0)->at, fx.now);
	assert_int_equal(absence(incident, 0)->keyed_at, fixture_time("2026-11-23 09:50"));
	assert_string_equal(incident->moved_by, moved_by); /* it still rings */
	version = incident->head.version;
	must_be_nothing(&fx, &incident, "chief");
	must_be_nothing(&fx, &incident, "duty");
	assert_int_equal(incident->absences.n, 1);
	assert_int_equal(incident->head.version, version);
	must_do(&fx, &incident, "ack", "duty", ""); /* and can be answered */
	assert_int_not_equal(incident->acked_at, 0);
	fixture_release(&fx);
}

/* What somebody has answered meanwhile is no absence; nor is what the case's end took away. */
static void what_does_not_ring_is_not_written(void **unused)
{
	static const char *const meanwhile[] = { "ack", "accept", NULL };

	(void)unused;
	for (const char *const *verb = meanwhile; *verb != NULL; verb++) {
		struct fixture fx;
		struct incident *incident = ringing(&fx);

		must_do(&fx, &incident, *verb, "duty", "");
		must_be_nothing(&fx, &incident, "duty");
		incident->step = "archived";
		incident->open = false;
		must_be_nothing(&fx, &incident, "duty");
		fixture_release(&fx);
	}
}

/* Each alarm of each post of its own. */
static void another_alarm_is_another_absence(void **unused)
{
	struct fixture fx;
	struct incident *incident = ringing(&fx);

	(void)unused;
	must_do(&fx, &incident, "unanswered", "duty", when);
	incident->due = fx.now + MINUTE_MS; /* it was accepted, and runs out in the centre's hands */
	incident->moved_by = "accept";
	fx.now += 20 * MINUTE_MS;
	must_do(&fx, &incident, "unanswered", "duty", when);
	assert_int_equal(incident->absences.n, 2);
	assert_string_equal(absence(incident, 1)->alarm_kind, "red");
	incident->holder = "sw";
	incident->signer = NULL;
	incident->moved_by = "assign";
	incident->moved_at = fx.now;
	incident->due = 0;
	fx.now += 12 * MINUTE_MS;
	must_do(&fx, &incident, "unanswered", "water", when);
	assert_string_equal(absence(incident, 2)->org, "sw");
	assert_string_equal(absence(incident, 2)->alarm_kind, "given");
	fixture_release(&fx);
}

static void it_takes_as_long_as_the_profile_says(void **unused)
{
	struct fixture fx;
	struct incident *incident = ringing(&fx);

	(void)unused;
	fx.rules.alarm_check = 30;
	must_refuse(&fx, &incident, "unanswered", "duty", when, ERR_REFUSED,
		    "it has not rung for 30 minutes yet");
	fx.rules.alarm_check = 0;
	must_refuse(&fx, &incident, "unanswered", "duty", when, ERR_REFUSED, "no limit");
	must_refuse(&fx, &incident, "unanswered", "auditor", when, ERR_DENIED, "");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_rings_where),
		cmocka_unit_test(a_profile_says_which_classes_ring),
		cmocka_unit_test(quiet_hours_keep_minor_ones_quiet),
		cmocka_unit_test(who_is_handed_it_has_not_acknowledged_it),
		cmocka_unit_test(a_clock_that_runs_out_since_is_acknowledged_anew),
		cmocka_unit_test(it_is_written_once),
		cmocka_unit_test(what_does_not_ring_is_not_written),
		cmocka_unit_test(another_alarm_is_another_absence),
		cmocka_unit_test(it_takes_as_long_as_the_profile_says),
	};

	return cmocka_run_group_tests_name("domain/alarm", tests, NULL, NULL);
}
