/* The end of a whistle: verified or to be done again, rated and judged, closed with the last word or
 * without it. */
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

static void all_verified(struct whistles *w)
{
	whistles_share_to(w, "sw", "verified");
	whistles_share_to(w, "zj", "verified");
	whistles_share_to(w, "cg", "verified");
}

static void verified(void **state)
{
	struct whistles *w = *state;
	static const struct whistles_step steps[] = {
		{ "verify_ok", "water", "", ERR_DENIED, "兰陵街道" },
		{ "verify_ok", "roads", "share=sw", ERR_DENIED, "兰陵街道" },
		{ "verify_no", "green", "share=sw\nreason=x", ERR_DENIED, "兰陵街道" },
		{ "verify_no", "town", "share=sw", ERR_INPUT, "Reason" },
		{ "rate", "town", "share=sw\ncontent=content", ERR_REFUSED, "Under way" },
		{ "verify_ok", "town", "", ERR_OK, NULL }, /* the only one that has fed back */
		{ "verify_ok", "mayor", "share=sw", ERR_REFUSED, "done already by 沈一" },
		{ "verify_no", "town", "share=sw\nreason=x", ERR_REFUSED, "done already by 沈一" },
		{ "close", "duty", "close_reason=x", ERR_REFUSED, "Under way" },
	};

	whistles_issued(w, "major");
	whistles_share_to(w, "sw", "replied");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->verified, 1);
	assert_string_equal(w->whistle->step, "issued");
	whistles_share_to(w, "zj", "verified");
	assert_string_equal(w->whistle->step, "issued");
	whistles_share_to(w, "cg", "verified");
	assert_string_equal(w->whistle->step, "rate");
	/* the blower's clock of the whole, and one of each department */
	assert_string_equal(whistles_clock(w, NULL, "rate")->org, "ll");
	assert_string_equal(whistles_runs(w, NULL, "rate"), "11-24 17:30");
	assert_string_equal(whistles_runs(w, "cg", "judge"), "11-24 17:30");
	assert_string_equal(whistles_runs(w, "cg", "verify"), "");
}

/* Not as it should be: that department alone has it to do again, in the time of its class. */
static void again(void **state)
{
	struct whistles *w = *state;
	const struct summoned *share;

	whistles_issued(w, "major");
	whistles_share_to(w, "sw", "verified");
	whistles_share_to(w, "zj", "replied");
	w->fx.now = fixture_time("2026-11-27 10:00");
	whistles_must(w, "verify_no", "town", "share=zj\nreason=仍有堆物");
	share = whistles_share(w, "zj");
	assert_int_equal(share->handled_at, 0);
	assert_int_equal(share->replied_at, 0);
	assert_null(share->handled_by);
	assert_null(share->result);
	assert_null(share->reply);
	assert_int_equal(share->reworks, 1);
	assert_int_equal(share_state(share), SHARE_CONFIRMED);
	assert_string_equal(whistles_runs(w, "zj", "verify"), "");
	assert_string_equal(whistles_runs(w, "zj", "handle"), "12-08 17:30"); /* 7 days from Monday */
	assert_int_equal(w->whistle->replied, 1);
	assert_true(whistles_share(w, "sw")->verified_at != 0); /* the others stay as they are */
	whistles_must(w, "handle", "roads", "result=再清");
	whistles_must(w, "feedback", "roads", "reply=再清完");
	whistles_must(w, "verify_no", "town", "share=zj\nreason=还是不行");
	assert_int_equal(whistles_share(w, "zj")->reworks, 2);
	whistles_share_to(w, "zj", "verified");
	whistles_share_to(w, "cg", "verified");
	assert_string_equal(w->whistle->step, "rate");
}

/* What the centre was called for it does not verify, also not for the street without a call. */
static void not_by_who_did_it(void **state)
{
	static const char *const called[] = { "department", "centre", NULL };
	struct whistles *w = *state;

	whistles_summons(w, "whistle")->calls = called;
	whistles_must(w, "blow", "mayor", "title=x\nground=joint\ncls=minor\nassist=zx");
	whistles_must(w, "issue", "duty", "");
	whistles_must(w, "report_in", "duty", "comer=张\ncomer_post=员\ncomer_phone=1");
	whistles_must(w, "confirm_in", "town", "");
	whistles_must(w, "handle", "duty", "result=x");
	whistles_must(w, "feedback", "duty", "reply=x");
	whistles_refuse(w, "verify_ok", "other", "", ERR_DENIED, "联动指挥中心 has done it");
	whistles_refuse(w, "verify_no", "other", "reason=x", ERR_DENIED, "has done it");
	w->phone = (struct by_phone){ .org = "ll", .rung = "沈一" };
	whistles_must(w, "verify_ok", "other", "");
	assert_string_equal(w->whistle->step, "rate");
	whistles_refuse(w, "rate", "other", "content=poor", ERR_DENIED, "has done it");
	whistles_must(w, "rate", "town", "content=poor");
}

/* --- both sides ------------------------------------------------------------------------------ */

static void both_sides(void **state)
{
	static const struct whistles_step steps[] = {
		{ "rate", "water", "share=zj\ncontent=content", ERR_DENIED, "兰陵街道" },
		{ "rate", "town", "content=content", ERR_INPUT, "say whose share" },
		{ "rate", "town", "share=sw\ncontent=好极了", ERR_INPUT,
		  "satisfied, fairly satisfied, not satisfied" },
		{ "rate", "town", "share=sw\ncontent=content\nnote=来得快", ERR_OK, NULL },
		{ "rate", "mayor", "share=sw\ncontent=poor", ERR_REFUSED, "done already by 沈一" },
		{ "judge", "town", "share=zj\njudged=regular", ERR_DENIED, "区住建局" },
		{ "judge", "roads", "judged=也许", ERR_INPUT, "in order, not in order" },
		{ "judge", "roads", "judged=irregular\nnote=部门点错了", ERR_OK, NULL },
		{ "judge", "roads", "judged=regular", ERR_REFUSED, "done already by 赵军" },
		{ "rate", "town", "share=zj\ncontent=fair", ERR_OK, NULL },
		{ "judge", "water", "judged=regular", ERR_OK, NULL },
		{ "dispute", "works", "claim=not_ours\nreason=x", ERR_REFUSED, "To be rated" },
		{ "coassign", "duty", "assist=jt\nreason=x", ERR_REFUSED, "To be rated" },
		{ "withdraw", "town", "reason=x", ERR_REFUSED, "To be rated" },
		{ "rate", "town", "content=poor", ERR_OK, NULL }, /* the only one left */
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	all_verified(w);
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_string_equal(whistles_runs(w, NULL, "rate"), "");
	assert_string_equal(whistles_runs(w, "zj", "judge"), "");
	assert_string_not_equal(whistles_runs(w, "cg", "judge"), "");
	assert_string_equal(w->whistle->step, "rate");
	assert_true(w->whistle->open);
	whistles_must(w, "judge", "works", "judged=irregular");
	assert_string_equal(w->whistle->step, "closed");
	assert_false(w->whistle->open);
	assert_int_equal(w->whistle->closed_at, w->fx.now);
	assert_string_equal(w->whistle->content, "poor");	  /* the worst */
	assert_string_equal(w->whistle->judged, "irregular"); /* what most say */
	assert_null(w->whistle->close_reason);
	assert_int_equal(w->whistle->due, 0);
	whistles_refuse(w, "judge", "works", "judged=regular", ERR_REFUSED, "Closed");
	whistles_refuse(w, "rate", "town", "share=sw\ncontent=poor", ERR_REFUSED, "Closed");
}

/* Where departments do not judge, the street's last rating closes it. */
static void one_side(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "duty", "summons=order\ntitle=联合执法\nassist=sw\nassist=zj");
	whistles_must(w, "report_in", "water", "comer=张\ncomer_post=员\ncomer_phone=1");
	whistles_must(w, "handle", "water", "result=x");
	whistles_must(w, "feedback", "water", "reply=x");
	whistles_must(w, "report_in", "roads", "comer=张\ncomer_post=员\ncomer_phone=1");
	whistles_must(w, "handle", "roads", "result=x");
	whistles_must(w, "feedback", "roads", "reply=x");
	whistles_must(w, "verify_ok", "duty", "share=sw");
	whistles_must(w, "verify_ok", "duty", "share=zj");
	whistles_refuse(w, "judge", "water", "judged=regular", ERR_REFUSED, "do not judge it here");
	whistles_must(w, "rate", "duty", "share=sw\ncontent=satisfied");
	assert_string_equal(w->whistle->step, "rate");
	whistles_must(w, "rate", "duty", "content=satisfied");
	assert_string_equal(w->whistle->step, "closed");
	assert_string_equal(w->whistle->content, "content");
}

/* Who is silent has his time; then the centre closes, and says why. */
static void silent(void **state)
{
	static const struct whistles_step steps[] = {
		{ "close", "town", "close_reason=x", ERR_DENIED, "联动指挥中心" },
		{ "close", "duty", "close_reason=x", ERR_REFUSED,
		  "区住建局 has time to say what it thinks until 11-24 17:30" },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	all_verified(w);
	whistles_must(w, "rate", "town", "share=sw\ncontent=content");
	whistles_must(w, "rate", "town", "share=zj\ncontent=content");
	whistles_must(w, "rate", "town", "share=cg\ncontent=content");
	whistles_must(w, "judge", "water", "judged=regular");
	whistles_run(w, steps, ARRAY_LEN(steps));
	w->fx.now = fixture_time("2026-11-24 17:31");
	whistles_refuse(w, "close", "duty", "", ERR_INPUT, "say why");
	whistles_must(w, "close", "duty", "close_reason=两家逾期未评");
	assert_string_equal(w->whistle->step, "closed");
	assert_string_equal(w->whistle->close_reason, "两家逾期未评");
	assert_string_equal(whistles_runs(w, "zj", "judge"), "");
	assert_string_equal(w->whistle->judged, "regular");
}

/* No clock says how long one may think: then it may be closed at once. */
static void silent_without_a_clock(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "grave");
	all_verified(w);
	assert_null(whistles_clock(w, NULL, "rate"));
	whistles_must(w, "close", "chief", "close_reason=已议");
	assert_string_equal(w->whistle->step, "closed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verified, setup, teardown),
		cmocka_unit_test_setup_teardown(again, setup, teardown),
		cmocka_unit_test_setup_teardown(not_by_who_did_it, setup, teardown),
		cmocka_unit_test_setup_teardown(both_sides, setup, teardown),
		cmocka_unit_test_setup_teardown(one_side, setup, teardown),
		cmocka_unit_test_setup_teardown(silent, setup, teardown),
		cmocka_unit_test_setup_teardown(silent_without_a_clock, setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
