/* A whistle from its draft to its issue: the leader, the centre's check, corrected, returned, refused,
 * withdrawn; what is recorded for others; what menus offer. */
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
#include "zhiban/domain/party.h"

#define TITLE "title=老旧小区消防通道堵塞"
#define GROUND "\nground=joint"
#define SW "\nassist=sw"
#define FULL TITLE GROUND SW

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

static void drop(struct whistles *w)
{
	w->whistle = NULL;
}

/* --- the leader ------------------------------------------------------------------------------ */

static void who_approves(void **state)
{
	static const struct {
		const char *verb, *actor, *args;
		const char *role, *rung; /* by telephone */
		enum err code;
		const char *words;
	} cases[] = {
		{ "approve", "street", "", NULL, NULL, ERR_DENIED, "only 带班领导 may approve" },
		{ "approve", "town", "", NULL, NULL, ERR_DENIED, "带班领导" },
		{ "approve", "watercl", "", NULL, NULL, ERR_DENIED, "兰陵街道" },
		{ "approve", "green", "", "leader", "何书记", ERR_DENIED, "兰陵街道" },
		{ "approve", "water", "", "leader", "吴镇长", ERR_DENIED, "兰陵街道" },
		{ "disapprove", "street", "reason=不急", NULL, NULL, ERR_DENIED, "带班领导" },
		{ "issue", "duty", "", NULL, NULL, ERR_REFUSED, "To be approved" },
		{ "submit", "street", "", NULL, NULL, ERR_REFUSED, "To be approved" },
		{ "disapprove", "mayor", "reason=先自行协调", NULL, NULL, ERR_OK, "draft" },
		{ "submit", "street", "", NULL, NULL, ERR_OK, "approve" },
		{ "approve", "street", "", "leader", "吴镇长", ERR_OK, "check" },
	};
	struct whistles *w = *state;

	whistles_must(w, "blow", "street", FULL "\ncls=major");
	assert_string_equal(whistles_runs(w, NULL, "approve"), "11-23 12:01");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		w->phone = (struct by_phone){ .role = cases[i].role, .rung = cases[i].rung };
		if (cases[i].code != ERR_OK) {
			whistles_refuse(w, cases[i].verb, cases[i].actor, cases[i].args,
					cases[i].code, cases[i].words);
			continue;
		}
		whistles_must(w, cases[i].verb, cases[i].actor, cases[i].args);
		assert_string_equal(w->whistle->step, cases[i].words);
	}
	/* as the telephone said it; the leader countersigns */
	assert_string_equal(w->whistle->approved_by, "吴镇长");
	assert_string_equal(whistles_runs(w, NULL, "approve"), "");
	assert_int_equal(w->whistle->owed, 1);
	whistles_refuse(w, "countersign", "town", "", ERR_DENIED, "nothing here");
	whistles_must(w, "countersign", "mayor", "");
	assert_int_equal(w->whistle->owed, 0);
	whistles_must(w, "countersign", "mayor", "");
	assert_non_null(strstr(w->decision.note, "吴镇"));
	assert_int_equal(w->decision.n_effects, 0);
}

/* The leader of the whole district stands above the street; the centre's duty rings him. */
static void above_the_street(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "street", FULL "\ncls=major");
	whistles_refuse(w, "approve", "chief", "", ERR_DENIED, "带班领导");
	whistles_must(w, "approve", "leader", "");
	assert_string_equal(w->whistle->approved_by, "郑凯");
	assert_int_equal(w->whistle->owed, 0);
	drop(w);
	whistles_must(w, "blow", "street", FULL "\ncls=major");
	w->phone = (struct by_phone){ .role = "leader", .rung = "吴镇长" };
	whistles_must(w, "approve", "duty", "");
	assert_int_equal(w->whistle->owed, 1);
	drop(w);
	/* rung first, then blown: one act */
	w->phone = (struct by_phone){ .role = "leader", .rung = "吴镇长" };
	whistles_must(w, "blow", "street", FULL "\ncls=major");
	assert_string_equal(w->whistle->step, "check");
	assert_string_equal(w->whistle->approved_by, "吴镇长");
}

/* What the leader said by telephone is written down in his street, or by the centre's duty. */
static void who_writes_down_the_leader(void **state)
{
	static const struct {
		struct actor actor;
		enum err code;
	} cases[] = {
		{ { "某人", "zx", "street" }, ERR_DENIED }, { { "王芳", "sw", "dept" }, ERR_DENIED },
		{ { "何青", "ql", "street" }, ERR_DENIED }, { { "吴霞", "ll01", "street" }, ERR_OK },
		{ { "李敏", "zx", "duty" }, ERR_OK },
	};
	struct whistles *w = *state;
	struct error err = ERROR_INIT;

	whistles_must(w, "blow", "street", FULL "\ncls=major");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct act act = { .id = uuid_named("approve"),
					 .desc = act_desc_of(KIND_WHISTLE, "approve"),
					 .target = { KIND_WHISTLE, w->whistle->head.id, 1 },
					 .actor = cases[i].actor,
					 .by_phone = { .role = "leader", .rung = "吴镇长" } };
		const struct state now = { .entity = w->whistle };
		const struct moment moment = { w->fx.now, w->fx.now };

		assert_int_equal(decide(&w->fx.rules, &now, &act, &moment, &w->fx.arena,
					&w->decision, &err),
				 cases[i].code);
		assert_int_equal(whistle_possible(&w->fx.rules, w->whistle, act.desc, &act.actor,
						  &err),
				 cases[i].code);
	}
}

/* --- checked, returned, refused, withdrawn --------------------------------------------------- */

static void the_centre_checks(void **state)
{
	static const struct whistles_step first[] = {
		{ "blow", "street", FULL, ERR_OK, NULL },
		{ "issue", "street", "", ERR_DENIED, "联动指挥中心" },
		{ "return", "street", "reason=x", ERR_DENIED, "联动指挥中心" },
		{ "return", "duty", "reason=部门不对", ERR_OK, NULL },
		{ "issue", "duty", "", ERR_REFUSED, "Returned" },
		{ "submit", "water", "", ERR_DENIED, "兰陵街道" },
		{ "revise", "street", "assist=zj", ERR_OK, NULL },
		{ "submit", "street", "", ERR_OK, NULL },
	};
	static const struct whistles_step second[] = {
		{ "return", "duty", "reason=应由街道自办", ERR_OK, NULL },
		{ "submit", "street", "", ERR_REFUSED, "Refused" },
		{ "withdraw", "street", "reason=x", ERR_REFUSED, "Refused" },
		{ "note", "street", "note=另行处理", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_run(w, first, 7);
	assert_non_null(strstr(w->decision.note, "区水务局")); /* who is not called any more */
	assert_int_equal(w->whistle->shares.n, 1);
	assert_string_equal(w->whistle->lead, "zj");
	assert_string_equal(w->whistle->returned_for, "部门不对");
	assert_int_equal(w->whistle->due, 0);
	whistles_run(w, first + 7, 1);
	assert_string_equal(w->whistle->step, "check");
	whistles_run(w, second, ARRAY_LEN(second));
	assert_string_equal(w->whistle->step, "refused");
	assert_false(w->whistle->open);
	assert_int_equal(w->whistle->returns, 2);
	assert_string_equal(w->whistle->close_reason, "应由街道自办");
	assert_null(whistle_next_clock(w->whistle));
}

static void withdrawn_before_it_is_rated(void **state)
{
	static const char *const steps[] = { "draft", "approve", "check", "issued" };
	struct whistles *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		drop(w);
		whistles_must(w, "blow", i == 1 ? "street" : "mayor",
			      i == 0 ? FULL "\ndraft=yes" : FULL "\ncls=major");
		if (i == 3)
			whistles_must(w, "issue", "duty", "");
		assert_string_equal(w->whistle->step, steps[i]);
		whistles_refuse(w, "withdraw", "water", "reason=x", ERR_DENIED, "兰陵街道");
		whistles_refuse(w, "withdraw", "green", "reason=x", ERR_DENIED, "兰陵街道");
		whistles_must(w, "withdraw", "station", "reason=已自行解决");
		assert_string_equal(w->whistle->step, "withdrawn");
		assert_false(w->whistle->open);
		assert_null(whistle_next_clock(w->whistle));
		assert_int_equal(w->whistle->due, 0);
	}
}

/* What was changed after the leader has approved goes to him again; the centre's corrections do
 * not. */
static void corrected_after_approval(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "mayor", FULL "\ncls=major\nreport_by=2026-11-23 10:32");
	w->fx.now += 20 * 60 * 1000; /* what was stated would be too soon now */
	whistles_must(w, "revise", "duty", "title=消防通道堵塞");
	assert_string_equal(w->whistle->step, "check");
	assert_string_equal(w->whistle->approved_by, "吴镇");
	whistles_must(w, "revise", "street", "title=消防通道被堵");
	assert_string_equal(w->whistle->step, "approve");
	assert_null(w->whistle->approved_by);
	assert_string_equal(whistles_runs(w, NULL, "check"), "");
	whistles_refuse(w, "revise", "street", "report_by=2026-11-23 10:33", ERR_INPUT,
			"is not between");
	whistles_must(w, "revise", "street", "cls=minor\nreport_by=2026-11-25 10:00");
	assert_string_equal(w->whistle->step, "check"); /* nobody needs to approve it now */
	whistles_must(w, "issue", "duty", "");
	whistles_refuse(w, "revise", "street", "title=x", ERR_REFUSED, "Under way");
}

/* --- for others ------------------------------------------------------------------------------ */

/* The centre writes down what a street says by telephone; the street nobody's but its own. */
static void recorded_for_others(void **state)
{
	struct whistles *w = *state;

	w->phone = (struct by_phone){ .org = "兰陵街道", .rung = "6001" };
	whistles_must(w, "blow", "duty", FULL);
	assert_string_equal(w->whistle->origin, "ll");
	assert_string_equal(w->whistle->step, "check");
	assert_int_equal(w->whistle->owed, 1);
	assert_int_equal(whistles_clock(w, NULL, "countersign") == NULL, 1); /* it is about the record */
	whistles_refuse(w, "countersign", "water", "", ERR_DENIED, "nothing here");
	whistles_must(w, "countersign", "station", "");
	assert_int_equal(w->whistle->owed, 0);
	drop(w);
	w->phone = (struct by_phone){ .org = "兰陵街道" };
	whistles_refuse(w, "blow", "green", FULL, ERR_DENIED, "cannot record what 兰陵街道 did");
	w->phone = (struct by_phone){ .org = "不存在" };
	whistles_refuse(w, "blow", "duty", FULL, ERR_INPUT, "不存在");
	whistles_must(w, "blow", "street", FULL);
	whistles_must(w, "issue", "duty", "");
	/* without a call, too, what the centre does for another is owed */
	whistles_must(w, "withdraw", "duty", "reason=街道来电撤哨");
	assert_int_equal(w->whistle->owed, 1);
	whistles_must(w, "countersign", "street", "");
	assert_int_equal(w->whistle->owed, 0);
}

/* All are within the centre, but what it blew is its own officers'. */
static void the_centres_own(void **state)
{
	static const struct whistles_step steps[] = {
		{ "blow", "duty", TITLE SW, ERR_OK, NULL },
		{ "withdraw", "street", "reason=x", ERR_DENIED, "联动指挥中心" },
		{ "withdraw", "water", "reason=x", ERR_DENIED, "联动指挥中心" },
		{ "urge", "water", "", ERR_DENIED, "联动指挥中心" },
		{ "withdraw", "other", "reason=x", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->owed, 0);
}

/* Nobody but the blower and the centre sees it before it is issued. */
static void departments_see_what_is_issued(void **state)
{
	const char *codes[PARTY_MAX];
	struct whistles *w = *state;
	size_t before;

	whistles_must(w, "blow", "street", FULL);
	before = party_of(&w->fx.rules, w->whistle, codes);
	for (size_t i = 0; i < before; i++)
		assert_string_not_equal(codes[i], "sw");
	whistles_must(w, "issue", "duty", "");
	assert_int_equal(party_of(&w->fx.rules, w->whistle, codes), before + 1);
}

/* A profile that has no such kind any more leaves what is there to be read and noted. */
static void a_kind_that_is_gone(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "street", FULL);
	w->fx.rules.summonses++;
	w->fx.rules.n_summonses--;
	whistles_refuse(w, "issue", "duty", "", ERR_REFUSED, "no such kind of whistle");
	whistles_must(w, "note", "duty", "note=旧规则");
	whistles_must(w, "withdraw", "street", "reason=旧规则");
	assert_string_equal(w->whistle->step, "withdrawn");
}

/* Nor is one stuck whose class is gone: it goes on by the class it would have now. */
static void a_class_that_is_gone(void **state)
{
	struct whistles *w = *state;
	struct summons *summons = whistles_summons(w, "whistle");

	whistles_must(w, "blow", "mayor", FULL "\nimportant=yes\npressing=yes");
	assert_string_equal(w->whistle->cls, "grave");
	summons->n_classes = 2;
	whistles_must(w, "issue", "duty", "");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-24 17:30");
	assert_string_equal(whistles_clock(w, "sw", "report_in")->row, "吹哨 较大");
}

/* --- what menus offer ------------------------------------------------------------------------ */

static void what_menus_offer(void **state)
{
	static const struct {
		const char *verb, *actor;
		bool could[3]; /* nothing yet, to be checked, issued */
	} cases[] = {
		{ "blow", "street", { true, false, false } },
		{ "blow", "water", { false, false, false } },
		{ "blow", "duty", { true, false, false } },
		{ "issue", "duty", { false, true, false } },
		{ "issue", "street", { false, false, false } },
		{ "withdraw", "street", { false, true, true } },
		{ "withdraw", "water", { false, false, false } },
		{ "sign", "water", { false, false, true } },
		{ "sign", "roads", { false, false, false } },
		{ "sign", "duty", { false, false, true } },
		{ "confirm_in", "street", { false, false, false } },
		{ "supervise", "street", { false, false, false } },
		{ "supervise", "duty", { false, false, true } },
		{ "urge", "street", { false, false, true } },
		{ "note", "water", { false, true, true } },
		{ "note", "checker", { false, false, false } },
		{ "fire", "duty", { false, false, false } },
	};
	struct whistles *w = *state;
	struct error err = ERROR_INIT;

	for (size_t s = 0; s < 3; s++) {
		if (s == 1)
			whistles_must(w, "blow", "mayor", FULL);
		if (s == 2)
			whistles_must(w, "issue", "duty", "");
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			const struct actor actor = fixture_actor(cases[i].actor);
			enum err code = whistle_possible(&w->fx.rules, w->whistle,
							 act_desc_of(KIND_WHISTLE, cases[i].verb),
							 &actor, &err);

			if ((code == ERR_OK) != cases[i].could[s])
				fail_msg("%s by %s at %zu: %d", cases[i].verb, cases[i].actor, s,
					 code);
		}
	}
	assert_int_equal(whistle_possible(&w->fx.rules, w->whistle, act_desc_find("sign"),
					  &(struct actor){ "王芳", "sw", "dept" }, &err),
			 ERR_REFUSED); /* the incident's */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(who_approves),
		TEST(above_the_street),
		TEST(who_writes_down_the_leader),
		TEST(the_centre_checks),
		TEST(withdrawn_before_it_is_rated),
		TEST(corrected_after_approval),
		TEST(recorded_for_others),
		TEST(the_centres_own),
		TEST(departments_see_what_is_issued),
		TEST(a_kind_that_is_gone),
		TEST(a_class_that_is_gone),
		TEST(what_menus_offer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
