/* Extensions of a share's handling: who may grant how much in which turn, and who comes second. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "whistles.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static int setup(void **state)
{
	static struct whistles w;

	whistles_init(&w);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	whistles_release(*state);
	return 0;
}

struct ask { /* a line: asked or decided, and when the handling then runs out */
	const char *verb, *actor, *role, *args; /* role: who was on the telephone */
	enum err code;
	const char *words; /* of the refusal; when done: the due */
};

static void run(struct whistles *w, const struct ask *asks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (asks[i].role != NULL)
			w->phone = (struct by_phone){ .role = asks[i].role, .rung = "领导" };
		if (asks[i].code != ERR_OK) {
			whistles_refuse(w, asks[i].verb, asks[i].actor, asks[i].args, asks[i].code,
					asks[i].words);
			continue;
		}
		whistles_must(w, asks[i].verb, asks[i].actor, asks[i].args);
		assert_string_equal(whistles_runs(w, "sw", "handle"), asks[i].words);
	}
}

/* 一般: up to 5 working days by the chief, once; then the leader. */
static void minor(void **state)
{
	static const struct ask asks[] = {
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "nobody waits" },
		{ "extend_ask", "roads", NULL, "share=sw\nextend_by=3wd\nreason=x", ERR_DENIED, "区水务局" },
		{ "extend_ask", "water", NULL, "extend_by=2h@08:30\nreason=x", ERR_INPUT, "3wd" },
		{ "extend_ask", "water", NULL, "extend_by=3wd", ERR_INPUT, "Reason" },
		{ "extend_ask", "water", NULL, "extend_by=3wd\nreason=等料", ERR_OK, "12-02 17:30" },
		{ "extend_ask", "water", NULL, "extend_by=2wd\nreason=x", ERR_REFUSED,
		  "an extension by 3wd is asked for already" },
		{ "extend_ok", "water", NULL, "", ERR_DENIED, "联动指挥中心" },
		{ "extend_ok", "mayor", NULL, "share=sw", ERR_DENIED, "联动指挥中心" },
		{ "extend_ok", "duty", NULL, "", ERR_REFUSED, "extension 1 by 3wd: only 值班长" },
		{ "extend_ok", "chief", NULL, "granted=6wd", ERR_REFUSED, "only 带班领导" },
		{ "extend_ok", "chief", NULL, "", ERR_OK, "12-07 17:30" },
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "周强 has granted it already, 11-23 10:04: 3wd" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=还等", ERR_OK, "12-07 17:30" },
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "extension 2 by 1wd: only 带班领导" },
		{ "extend_no", "chief", NULL, "", ERR_INPUT, "Reason" },
		{ "extend_no", "chief", NULL, "reason=够了", ERR_OK, "12-07 17:30" },
		{ "extend_ok", "leader", NULL, "", ERR_REFUSED, "周强 has refused it already, 11-23 10:06" },
		{ "extend_ask", "water", NULL, "extend_by=10wd\nreason=还等", ERR_OK, "12-07 17:30" },
		{ "extend_ok", "duty", "leader", "granted=8wd", ERR_OK, "12-17 17:30" }, /* on the phone */
	};
	struct whistles *w = *state;

	whistles_issued(w, "minor");
	run(w, asks, ARRAY_LEN(asks));
	assert_string_equal(whistles_clock(w, "sw", "handle")->extended, "3wd 8wd");
	assert_string_equal(whistles_runs(w, "zj", "handle"), "12-02 17:30"); /* nobody else's */
	assert_int_equal(w->whistle->behalves.n, 1);
}

static void by_class(void **state)
{
	static const struct {
		const char *cls, *limit, *actor;
		enum err code;
		const char *words;
	} cases[] = {
		{ "minor", "5wd", "chief", ERR_OK, "12-09 17:30" },
		{ "minor", "6wd", "chief", ERR_REFUSED, "only 带班领导" },
		{ "minor", "30wd", "leader", ERR_OK, "" },
		{ "major", "7wd", "chief", ERR_REFUSED, "only 带班领导" },
		{ "major", "7wd", "leader", ERR_OK, "12-11 17:30" },
		{ "major", "8wd", "leader", ERR_REFUSED, "nobody may grant more than 7wd" },
		{ "grave", "1wd", "chief", ERR_REFUSED, "only 带班领导" },
		{ "grave", "1wd", "leader", ERR_OK, "12-03 17:30" },
	};
	char args[80];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistles *w = *state;

		whistles_issued(w, cases[i].cls);
		snprintf(args, sizeof args, "extend_by=%s\nreason=x", cases[i].limit);
		whistles_must(w, "extend_ask", "water", args);
		if (cases[i].code != ERR_OK) {
			whistles_refuse(w, "extend_ok", cases[i].actor, "", cases[i].code,
					cases[i].words);
		} else {
			whistles_must(w, "extend_ok", cases[i].actor, "share=sw");
			if (*cases[i].words != '\0')
				assert_string_equal(whistles_runs(w, "sw", "handle"),
						    cases[i].words);
		}
		whistles_release(w);
		whistles_init(w);
	}
}

/* Two departments have asked: it must be said whose; two decide at once: the second is told who was
 * first and when, whatever the first decided. */
static void racing(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "minor");
	whistles_must(w, "extend_ask", "water", "extend_by=2wd\nreason=x");
	whistles_must(w, "extend_ask", "roads", "extend_by=3wd\nreason=x");
	whistles_refuse(w, "extend_ok", "chief", "", ERR_REFUSED, "several have asked");
	whistles_refuse(w, "extend_no", "chief", "share=cg\nreason=x", ERR_REFUSED, "nobody waits");
	w->eff = fixture_time("2026-11-23 10:30"); /* with the line cut, and sent first */
	whistles_must(w, "extend_no", "leader", "share=sw\nreason=不急");
	whistles_refuse(w, "extend_ok", "chief", "share=sw", ERR_REFUSED,
			"郑凯 has refused it already, 11-23 10:30");
	whistles_must(w, "extend_ok", "chief", "");
	assert_string_equal(whistles_runs(w, "zj", "handle"), "12-07 17:30");
	whistles_refuse(w, "extend_no", "leader", "share=zj\nreason=x", ERR_REFUSED,
			"周强 has granted it already, 11-23 10:06: 3wd");
}

/* What the leader had set as a date is counted on from; what had fired may fire again. */
static void a_stated_date(void **state)
{
	struct whistles *w = *state;
	const struct clock *clock;

	whistles_must(w, "blow", "mayor",
		      "title=x\nground=joint\ncls=minor\nassist=sw\nhandle_by=2026-12-04 12:00");
	whistles_must(w, "issue", "duty", "");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "12-04 12:00");
	whistles_must(w, "extend_ask", "water", "extend_by=6wd\nreason=x");
	whistles_refuse(w, "extend_ok", "chief", "", ERR_REFUSED, "only 带班领导");
	clock = whistles_clock(w, "sw", "handle");
	((struct clock *)(uintptr_t)clock)->fired = 75;
	whistles_must(w, "extend_ok", "chief", "granted=4wd");
	clock = whistles_clock(w, "sw", "handle");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "12-10 17:30");
	assert_string_equal(clock->extended, "4wd");
	assert_int_equal(clock->fired, 0);
	whistles_must(w, "extend_ask", "water", "extend_by=2d\nreason=x");
	whistles_must(w, "extend_ok", "leader", "");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "12-12 17:30");
	assert_string_equal(whistles_clock(w, "sw", "handle")->extended, "4wd 2d");
}

/* Only the handling that runs, and only where the class says who grants. */
static void nothing_to_extend(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "minor");
	whistles_must(w, "extend_ask", "roads", "extend_by=2wd\nreason=x");
	whistles_share_to(w, "sw", "handled");
	whistles_refuse(w, "extend_ask", "water", "extend_by=2wd\nreason=x", ERR_REFUSED,
			"no clock runs here");
	whistles_share_to(w, "zj", "handled"); /* its clock has stopped: nothing is left to decide */
	whistles_refuse(w, "extend_ok", "chief", "share=zj", ERR_REFUSED, "nobody waits");
	/* done again it has a clock of its own, whose first extension is the first */
	whistles_share_to(w, "zj", "replied");
	whistles_must(w, "verify_no", "town", "share=zj\nreason=x");
	whistles_must(w, "extend_ask", "roads", "extend_by=5wd\nreason=x");
	whistles_must(w, "extend_ok", "chief", "");
	whistles_release(w);
	whistles_init(w);
	whistles_must(w, "blow", "duty", "summons=order\ntitle=x\nassist=sw");
	whistles_refuse(w, "extend_ask", "water", "extend_by=1wd\nreason=x", ERR_REFUSED,
			"no clock runs here");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(minor, setup, teardown),
		cmocka_unit_test_setup_teardown(by_class, setup, teardown),
		cmocka_unit_test_setup_teardown(racing, setup, teardown),
		cmocka_unit_test_setup_teardown(a_stated_date, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_to_extend, setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
