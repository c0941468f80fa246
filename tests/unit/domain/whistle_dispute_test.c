/* Disputes and rulings, departments that take another's place or come along, the lead. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

/* Who was asked first keeps it: nothing of its clocks stops, and nothing of the others'. */
static void disputed(void **state)
{
	static const struct whistles_step steps[] = {
		{ "dispute", "water", "claim=not_ours", ERR_INPUT, "Reason" },
		{ "dispute", "water", "claim=不知道\nreason=x", ERR_INPUT,
		  "not our business, another should lead" },
		{ "dispute", "water", "claim=not_ours\nclaim_for=火星\nreason=x", ERR_INPUT,
		  "no organisation" },
		{ "dispute", "town", "share=sw\nclaim=not_ours\nreason=x", ERR_DENIED, "区水务局" },
		{ "dispute", "water", "claim=not_ours\nclaim_for=jt\nreason=属道路附属设施", ERR_OK, NULL },
		{ "dispute", "water", "claim=other_lead\nreason=x", ERR_REFUSED,
		  "done already by 区水务局, 11-23 10:03" },
		{ "sign", "roads", "", ERR_OK, NULL }, /* another signs meanwhile */
		{ "sign", "water", "", ERR_OK, NULL }, /* and so does who disputes */
		{ "settle", "water", "ruling=freed\nreason=x", ERR_DENIED, "联动指挥中心" },
		{ "settle", "town", "share=sw\nruling=freed\nreason=x", ERR_DENIED, "联动指挥中心" },
		{ "settle", "duty", "share=zj\nruling=freed\nreason=x", ERR_REFUSED,
		  "区住建局 does not dispute it" },
		{ "settle", "duty", "ruling=随便\nreason=x", ERR_INPUT, "it stays so, freed" },
		{ "settle", "duty", "ruling=stays\nreason=职责清单第3条", ERR_OK, NULL },
		{ "settle", "duty", "share=sw\nruling=freed\nreason=x", ERR_REFUSED,
		  "李敏 has settled the dispute already" },
		{ "dispute", "water", "claim=not_ours\nreason=x", ERR_REFUSED,
		  "李敏 has settled the dispute already" },
	};
	struct whistles *w = *state;
	const struct summoned *share;

	whistles_issued(w, "major");
	whistles_run(w, steps, 5);
	share = whistles_share(w, "sw");
	assert_string_equal(share->claim, "not_ours");
	assert_string_equal(share->claim_for, "jt");
	assert_int_equal(w->whistle->disputed, 1);
	assert_string_equal(whistles_runs(w, "sw", "settle"), "11-24 17:30");
	assert_string_equal(whistles_clock(w, "sw", "settle")->org, "zx");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 11:02");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "12-02 17:30");
	whistles_run(w, steps + 5, ARRAY_LEN(steps) - 5);
	share = whistles_share(w, "sw");
	assert_true(share_is_live(share));
	assert_string_equal(share->ruling, "stays");
	assert_string_equal(share->settled_by, "李敏");
	assert_int_equal(w->whistle->disputed, 0);
	assert_string_equal(whistles_runs(w, "sw", "settle"), "");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "12-02 17:30");
	assert_int_equal(w->whistle->signatures, 2);
}

/* Two with the line cut, neither knows of the other: a dispute and a signature of two departments, in
 * whichever order they come. */
static void beside_each_other(void **state)
{
	for (int first = 0; first < 2; first++) {
		struct whistles *w = *state;

		whistles_issued(w, "major");
		w->fx.now = fixture_time("2026-11-23 12:00");
		for (int i = 0; i < 2; i++) {
			w->eff = fixture_time("2026-11-23 10:30");
			if ((i == 0) == (first == 0))
				whistles_must(w, "dispute", "water", "claim=other_lead\nreason=x");
			else
				whistles_must(w, "sign", "roads", "");
		}
		assert_true(whistles_share(w, "zj")->signed_at == fixture_time("2026-11-23 10:30"));
		assert_true(whistles_share(w, "sw")->claimed_at == fixture_time("2026-11-23 10:30"));
		/* the centre could not know before the server had it */
		assert_true(whistles_clock(w, "sw", "settle")->started_at == w->fx.now ||
			    whistles_clock(w, "sw", "settle")->started_at == w->fx.now - MINUTE_MS);
		whistles_release(w);
		whistles_init(w);
	}
}

static void rulings(void **state)
{
	static const struct {
		const char *args;
		bool freed; /* sw */
		const char *lead, *instead, *more; /* more: a share of that department */
		int64_t asked, candidate;
	} cases[] = {
		{ "ruling=stays\nreason=x", false, "sw", NULL, NULL, 3, 0 },
		{ "ruling=freed\nreason=x", true, "zj", NULL, NULL, 2, 0 },
		{ "ruling=replaced\nreason=x", true, "jt", "jt", "jt", 3, 0 }, /* as it would rather */
		{ "ruling=replaced\nunit_org=区交通局\nreason=x", true, "jt", "jt", "jt", 3, 0 },
		{ "ruling=lead\nunit_org=zj\nreason=x", false, "zj", NULL, NULL, 3, 0 },
		{ "ruling=lead\nreason=x", false, "jt", NULL, "jt", 4, 0 }, /* was not called before */
		{ "ruling=meeting\nreason=x", false, "sw", NULL, NULL, 3, 1 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistles *w = *state;
		const struct summoned *share;

		whistles_issued(w, "major");
		whistles_must(w, "dispute", "water", "claim=not_ours\nclaim_for=jt\nreason=x");
		whistles_must(w, "settle", "duty", cases[i].args);
		share = whistles_share(w, "sw");
		assert_int_equal(share->freed_at != 0, cases[i].freed);
		assert_true(share->settled_at != 0);
		assert_string_equal(w->whistle->lead, cases[i].lead);
		assert_string_equal(whistles_share(w, cases[i].lead)->role, "lead");
		assert_int_equal(w->whistle->asked, cases[i].asked);
		assert_int_equal(w->whistle->disputed, 0);
		assert_int_equal(w->whistle->candidate, cases[i].candidate);
		assert_true(str_eq(share->instead, cases[i].instead));
		assert_string_equal(whistles_runs(w, "sw", "settle"), "");
		assert_string_equal(whistles_runs(w, "sw", "handle"),
				    cases[i].freed ? "" : "12-02 17:30");
		if (cases[i].more != NULL) { /* asked from now on, with clocks of its own */
			assert_int_equal(whistles_share(w, "jt")->asked_at, w->fx.now);
			assert_string_equal(whistles_runs(w, "jt", "sign"), "11-23 11:04");
			whistles_must(w, "sign", "traffic", "");
		}
		if (cases[i].freed)
			whistles_refuse(w, "sign", "water", "share=sw", ERR_REFUSED,
					"区水务局 has no share");
		whistles_release(w);
		whistles_init(w);
	}
}

static void refused_rulings(void **state)
{
	static const struct whistles_step steps[] = {
		{ "settle", "duty", "share=sw\nruling=replaced\nreason=x", ERR_INPUT,
		  "say which department" },
		{ "settle", "duty", "share=sw\nruling=replaced\nunit_org=zj\nreason=x", ERR_REFUSED,
		  "区住建局 has a share in it already" },
		{ "settle", "duty", "share=sw\nruling=replaced\nunit_org=ql\nreason=x", ERR_REFUSED,
		  "青龙街道 cannot be called" },
		{ "settle", "duty", "share=sw\nruling=lead\nunit_org=火星\nreason=x", ERR_INPUT,
		  "no organisation" },
		{ "settle", "duty", "share=sw\nruling=freed\nreason=x", ERR_OK, NULL },
		{ "settle", "duty", "share=zj\nruling=freed\nreason=x", ERR_OK, NULL },
		{ "settle", "duty", "share=cg\nruling=freed\nreason=x", ERR_REFUSED,
		  "区城管局 is the last department" },
		{ "settle", "duty", "share=cg\nruling=replaced\nunit_org=jt\nreason=x", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "dispute", "water", "claim=not_ours\nreason=x");
	whistles_must(w, "dispute", "roads", "claim=not_ours\nreason=x");
	whistles_must(w, "dispute", "works", "claim=not_ours\nreason=x");
	assert_int_equal(w->whistle->disputed, 3);
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->asked, 1);
	assert_string_equal(w->whistle->lead, "jt");
}

/* Who is freed was the last one everybody waited for. */
static void freed_and_done(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "dispute", "works", "claim=not_ours\nreason=x");
	whistles_share_to(w, "sw", "verified");
	whistles_share_to(w, "zj", "verified");
	assert_string_equal(w->whistle->step, "issued");
	whistles_must(w, "settle", "duty", "ruling=freed\nreason=x");
	assert_string_equal(w->whistle->step, "rate");
	assert_null(whistles_clock(w, "cg", "judge")); /* it has nothing to judge */
	whistles_must(w, "rate", "town", "share=sw\ncontent=content");
	whistles_must(w, "rate", "town", "share=zj\ncontent=content");
	whistles_must(w, "judge", "water", "judged=regular");
	whistles_must(w, "judge", "roads", "judged=regular");
	assert_string_equal(w->whistle->step, "closed");
}

/* It handled what it disputed: the share stays, whatever the centre says afterwards. */
static void settled_late(void **state)
{
	static const struct whistles_step steps[] = {
		{ "settle", "duty", "share=sw\nruling=freed\nreason=x", ERR_REFUSED, "verified already" },
		{ "settle", "duty", "share=sw\nruling=replaced\nunit_org=jt\nreason=x", ERR_REFUSED,
		  "verified already" },
		/* all is verified: nobody new is asked */
		{ "settle", "duty", "share=sw\nruling=lead\nunit_org=jt\nreason=x", ERR_REFUSED,
		  "jt has no share in it" },
		{ "settle", "duty", "share=sw\nruling=meeting\nreason=x", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "dispute", "water", "claim=not_ours\nreason=x");
	whistles_share_to(w, "sw", "handled");
	whistles_refuse(w, "dispute", "roads", "share=sw\nclaim=not_ours\nreason=x", ERR_DENIED, "");
	whistles_share_to(w, "sw", "verified");
	whistles_share_to(w, "zj", "verified");
	whistles_share_to(w, "cg", "handled");
	whistles_refuse(w, "dispute", "works", "claim=not_ours\nreason=x", ERR_REFUSED,
			"区城管局 has reported the result already");
	whistles_share_to(w, "cg", "verified");
	assert_string_equal(w->whistle->step, "rate");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->disputed, 0);
	assert_string_equal(w->whistle->step, "rate");
}

static void others(void **state)
{
	static const struct whistles_step steps[] = {
		{ "coassign", "town", "assist=jt\nreason=x", ERR_DENIED, "联动指挥中心" },
		{ "coassign", "duty", "assist=jt", ERR_INPUT, "Reason" },
		{ "coassign", "duty", "assist=sw\nreason=x", ERR_REFUSED, "has a share in it already" },
		{ "coassign", "duty", "assist=ll01\nreason=x", ERR_REFUSED, "cannot be called" },
		{ "replace", "town", "share=sw\nunit_org=jt\nreason=x", ERR_DENIED, "联动指挥中心" },
		{ "replace", "duty", "unit_org=jt\nreason=x", ERR_INPUT, "say whose share" },
		{ "replace", "duty", "share=sw\nunit_org=jt\nreason=改由交通局", ERR_OK, NULL },
		{ "coassign", "duty", "assist=sw\nreason=仍需协同", ERR_OK, NULL }, /* back again */
		{ "replace", "duty", "share=zj\nunit_org=jt\nreason=x", ERR_REFUSED,
		  "区交通局 has a share in it already" },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "dispute", "water", "claim=not_ours\nreason=x");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->shares.n, 5);
	assert_int_equal(w->whistle->asked, 4);
	assert_string_equal(w->whistle->lead, "jt"); /* the lead's place leads */
	assert_int_equal(w->whistle->disputed, 0);
	assert_string_equal(whistle_share(w->whistle, 0)->instead, "jt");
	assert_string_equal(whistle_share(w->whistle, 0)->ruling, "replaced");
	assert_string_equal(whistle_share(w->whistle, 0)->freed_for, "改由交通局");
	assert_int_equal(whistles_share(w, "sw")->asked_at, w->fx.now);
	assert_int_equal(whistles_share(w, "sw")->claimed_at, 0);
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 11:05");
	whistles_share_to(w, "zj", "verified");
	whistles_refuse(w, "replace", "duty", "share=zj\nunit_org=cg\nreason=x", ERR_REFUSED,
			"the share of 区住建局 is verified already");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(disputed, setup, teardown),
		cmocka_unit_test_setup_teardown(beside_each_other, setup, teardown),
		cmocka_unit_test_setup_teardown(rulings, setup, teardown),
		cmocka_unit_test_setup_teardown(refused_rulings, setup, teardown),
		cmocka_unit_test_setup_teardown(freed_and_done, setup, teardown),
		cmocka_unit_test_setup_teardown(settled_late, setup, teardown),
		cmocka_unit_test_setup_teardown(others, setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
