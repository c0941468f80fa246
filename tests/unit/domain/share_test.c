/* Departments with a share each: who acts for which, and when the case goes on. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "loops.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

#define UNDER_WAY "street register title=x;street accept;street assign holder=sw assist=zj"

static void it_goes_on_when_all_have(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY);
	loops_walk(&fx, &incident, "water sign");
	assert_string_equal(incident->signer, "王芳");
	fx.now += MINUTE_MS;
	loops_walk(&fx, &incident, "water contact;water arrive;water handle result=甲");
	assert_string_equal(incident->step, "s_work");
	assert_string_equal(part_state(loops_part(incident, "sw")), "handled");
	assert_string_equal(part_state(loops_part(incident, "zj")), "assigned");
	assert_int_equal(loops_part(incident, "sw")->contacted_at, fx.now);
	assert_int_equal(incident->contacted_at, fx.now);
	assert_int_equal(loops_part(incident, "sw")->arrived_at, fx.now);
	assert_int_equal(incident->arrived_at, fx.now);
	/* one more while the first is done */
	loops_walk(&fx, &incident, "street coassign assist=ll01;roads sign;roads handle result=乙");
	assert_string_equal(incident->step, "s_work");
	loops_walk(&fx, &incident, "station sign;station handle result=丙");
	assert_string_equal(incident->step, "s_verify");
	assert_string_equal(incident->result, "甲"); /* the lead's */
	assert_string_equal(loops_part(incident, "ll01")->result, "丙");
	assert_string_equal(loops_part(incident, "ll01")->handled_by, "吴霞");
	loops_walk(&fx, &incident, "street verify_ok share=zj;street verify_ok share=sw");
	assert_string_equal(incident->step, "s_verify");
	loops_walk(&fx, &incident, "street verify_ok"); /* the only one that is left */
	assert_string_equal(incident->step, "s_reply");
	assert_string_equal(loops_part(incident, "ll01")->verified_by, "孙丽");
	fixture_release(&fx);
}

static void rework_is_for_one_alone(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY ";water sign;roads sign;water handle result=甲;"
					     "roads handle result=乙;street verify_ok share=sw;"
					     "street verify_no share=zj reason=不行");
	assert_string_equal(incident->step, "s_work"); /* at once */
	assert_int_equal(incident->reworks, 1);
	assert_int_equal(loops_part(incident, "zj")->reworks, 1);
	assert_int_equal(loops_part(incident, "sw")->reworks, 0);
	assert_string_equal(part_state(loops_part(incident, "zj")), "signed");
	assert_string_equal(part_state(loops_part(incident, "sw")), "verified");
	assert_int_equal(loops_do(&fx, &incident, "handle", "water", "result=x", NULL), ERR_REFUSED);
	loops_walk(&fx, &incident, "roads handle result=丁");
	assert_string_equal(incident->step, "s_verify");
	loops_walk(&fx, &incident, "street verify_ok");
	assert_string_equal(incident->step, "s_reply");
	fixture_release(&fx);
}

static const struct {
	const char *before, *actor, *verb, *args;
	enum err code;
	const char *words; /* of the refusal */
	const char *share, *state; /* afterwards */
} acts[] = {
	{ "", "water", "sign", "", ERR_OK, NULL, "sw", "signed" },
	{ "", "roads", "sign", "", ERR_OK, NULL, "zj", "signed" },
	{ "", "roads", "handle", "result=r", ERR_REFUSED, "区住建局 is assigned", "zj", "assigned" },
	{ ";roads sign", "roads", "sign", "", ERR_REFUSED, "区住建局 is signed", "zj", "signed" },
	{ ";roads sign", "roads", "handle", "result=r", ERR_OK, NULL, "zj", "handled" },
	{ ";roads sign;roads handle result=r", "roads", "handle", "result=r", ERR_REFUSED, "is handled",
	  "zj", "handled" },
	/* of another: only the centre or the seat for it */
	{ "", "roads", "sign", "share=sw", ERR_DENIED, "only 区水务局", "sw", "assigned" },
	{ "", "green", "sign", "share=sw", ERR_DENIED, "only 区水务局", "sw", "assigned" },
	{ "", "duty", "sign", "share=水务局", ERR_OK, NULL, "sw", "signed" },
	{ "", "street", "sign", "share=zj", ERR_OK, NULL, "zj", "signed" },
	/* whose is not said, and there are several */
	{ "", "duty", "sign", "", ERR_REFUSED, "区水务局, 区住建局", "sw", "assigned" },
	{ "", "green", "sign", "", ERR_DENIED, "青龙街道 has no share in it", "sw", "assigned" },
	{ ";roads return reason=r", "roads", "sign", "", ERR_DENIED, "区住建局 has no share in it", "sw",
	  "assigned" },
	{ ";roads sign", "duty", "sign", "", ERR_OK, NULL, "sw", "signed" },
	{ "", "duty", "sign", "share=ql", ERR_REFUSED, "whose share", "sw", "assigned" },
	{ "", "duty", "sign", "share=无此局", ERR_REFUSED, "whose share", "sw", "assigned" },
	{ ";street coassign assist=ll01", "grid", "sign", "", ERR_OK, NULL, "ll01", "signed" },
	{ "", "street", "coassign", "assist=zj\nassist=sw", ERR_REFUSED, "already", "zj", "assigned" },
	{ "", "street", "coassign", "assist=zj\nassist=ll", ERR_OK, NULL, "ll", "assigned" },
	{ "", "street", "summon", "assist=ll01\nreason=r", ERR_OK, NULL, "ll01", "assigned" },
	{ "", "water", "coassign", "assist=ll", ERR_DENIED, NULL, "sw", "assigned" },
	/* late: the case is elsewhere by now */
	{ ";water sign;roads sign;water handle result=r;roads handle result=r", "roads", "handle",
	  "result=r", ERR_REFUSED, "it is in the step 街核查", "zj", "handled" },
	{ ";water sign;roads sign;water handle result=r;roads handle result=r", "street", "verify_ok", "",
	  ERR_REFUSED, "whose share", "zj", "handled" },
	{ ";water sign;roads sign;water handle result=r;roads handle result=r", "water", "verify_ok",
	  "share=zj", ERR_DENIED, "兰陵街道", "zj", "handled" },
};

static void each_does_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		char line[300];
		enum err code;

		loops_init(&fx);
		snprintf(line, sizeof line, UNDER_WAY "%s", acts[i].before);
		loops_walk(&fx, &incident, line);
		code = loops_do(&fx, &incident, acts[i].verb, acts[i].actor, acts[i].args, &err);
		if (code != acts[i].code ||
		    (acts[i].words != NULL && strstr(err.text, acts[i].words) == NULL))
			fail_msg("%zu: %s by %s: %d %s", i, acts[i].verb, acts[i].actor, code, err.text);
		assert_string_equal(part_state(loops_part(incident, acts[i].share)), acts[i].state);
		fixture_release(&fx);
	}
}

/* Menus ask without arguments: it is possible when there is a share it could be done to. */
static void menus_know_the_shares(void **state)
{
	static const struct {
		const char *before, *actor, *verb;
		enum err code;
	} cases[] = {
		{ "", "water", "sign", ERR_OK },	  { "", "duty", "sign", ERR_OK },
		{ "", "water", "handle", ERR_REFUSED },	  { "", "green", "sign", ERR_DENIED },
		{ ";water sign", "water", "sign", ERR_REFUSED },
		{ ";water sign;roads sign", "duty", "sign", ERR_REFUSED },
		{ ";water sign;roads sign", "duty", "handle", ERR_OK },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct actor actor = fixture_actor(cases[i].actor);
		char line[300];

		loops_init(&fx);
		snprintf(line, sizeof line, UNDER_WAY "%s", cases[i].before);
		loops_walk(&fx, &incident, line);
		if (decide_possible(&fx.rules, NULL, incident, act_desc_find(cases[i].verb), &actor,
				    NULL) != cases[i].code)
			fail_msg("%zu: %s by %s", i, cases[i].verb, cases[i].actor);
		fixture_release(&fx);
	}
}

static void one_that_assists_returns_its_share(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY ";water sign;roads return reason=不归我");
	assert_string_equal(incident->step, "s_work"); /* the lead goes on */
	assert_null(loops_part(incident, "zj"));
	assert_string_equal(part_state(incident_part(incident, 1)), "returned");
	assert_int_equal(incident->returns, 1);
	assert_string_equal(incident->returned_for, "不归我");
	assert_string_equal(incident->holder, "sw");
	assert_int_equal(loops_do(&fx, &incident, "sign", "roads", "", NULL), ERR_DENIED);
	/* asked again, it has a share of its own again */
	loops_walk(&fx, &incident, "street coassign assist=zj;water handle result=a");
	assert_string_equal(incident->step, "s_work");
	/* who was waited for gives it back: the others have done theirs */
	loops_walk(&fx, &incident, "roads return reason=还是不归我");
	assert_string_equal(incident->step, "s_verify");
	assert_int_equal(incident->returns, 2);
	fixture_release(&fx);
}

static void the_lead_returns_the_case(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct uuid roads;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY ";roads sign;roads handle result=乙");
	roads = loops_part(incident, "zj")->id;
	loops_walk(&fx, &incident, "water return reason=不归我");
	assert_string_equal(incident->step, "s_assign");
	assert_null(incident->holder);
	assert_non_null(loops_part(incident, "zj"));
	/* who assists again keeps what it has done */
	loops_walk(&fx, &incident, "street assign holder=ll01 assist=zj");
	assert_true(uuid_eq(&loops_part(incident, "zj")->id, &roads));
	assert_string_equal(part_state(loops_part(incident, "zj")), "handled");
	loops_walk(&fx, &incident, "station sign;station handle result=甲");
	assert_string_equal(incident->step, "s_verify");
	assert_string_equal(incident->result, "甲");
	fixture_release(&fx);
}

/* A → B → A: the first time stays in the record, the second is a share of its own. */
static void there_and_back(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct uuid first;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY ";water sign");
	first = loops_part(incident, "sw")->id;
	fx.now += HOUR_MS;
	loops_walk(&fx, &incident, "street assign holder=zj;street assign holder=sw");
	assert_string_equal(incident->holder, "sw");
	assert_null(incident->signer);
	assert_false(uuid_eq(&loops_part(incident, "sw")->id, &first));
	assert_string_equal(part_state(loops_part(incident, "sw")), "assigned");
	assert_int_equal(loops_part(incident, "sw")->assigned_at, fx.now);
	assert_int_equal(incident->parts.n, 2); /* who had not signed is no longer asked */
	assert_string_equal(incident_part(incident, 0)->role, "past");
	assert_int_equal(loops_do(&fx, &incident, "sign", "roads", "", NULL), ERR_DENIED);
	loops_walk(&fx, &incident, "water sign;water handle result=r");
	assert_string_equal(incident->step, "s_verify");
	fixture_release(&fx);
}

static void recalled_it_is_given_anew(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY ";water sign");
	assert_int_equal(loops_do(&fx, &incident, "recall", "water", "reason=r", NULL), ERR_DENIED);
	loops_walk(&fx, &incident, "street recall reason=派错");
	assert_string_equal(incident->step, "s_assign");
	assert_null(incident->holder);
	assert_null(loops_part(incident, "sw"));
	assert_int_equal(incident->parts.n, 1);
	assert_int_equal(incident->returns, 0);
	loops_walk(&fx, &incident, "street assign holder=zj");
	fixture_release(&fx);
}

/* A share that came when all had signed is handled where the step asks for no signature. */
static void shares_that_came_late(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct step *step;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY);
	step = (struct step *)rules_step(&fx.rules, "s_work");
	assert_string_equal(step->acts[0].act->verb, "sign");
	step->acts++; /* the step has no "sign" */
	step->n_acts--;
	assert_int_equal(loops_do(&fx, &incident, "sign", "roads", "", NULL), ERR_OK);
	assert_string_equal(part_state(loops_part(incident, "zj")), "signed");
	loops_walk(&fx, &incident, "water handle result=a;roads handle result=b");
	assert_string_equal(incident->step, "s_verify");
	fixture_release(&fx);
}

static void parts_of_old_have_a_state(void **state)
{
	struct part part = { .role = "lead" };

	(void)state;
	assert_string_equal(part_state(&part), "assigned");
	part.signed_at = 1;
	assert_string_equal(part_state(&part), "signed");
	part.state = "handled";
	assert_string_equal(part_state(&part), "handled");
	assert_true(part_is_live(&part));
	part.state = "returned";
	assert_false(part_is_live(&part));
	part.state = NULL;
	part.role = "past";
	assert_false(part_is_live(&part));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_goes_on_when_all_have),
		cmocka_unit_test(rework_is_for_one_alone),
		cmocka_unit_test(each_does_its_own),
		cmocka_unit_test(menus_know_the_shares),
		cmocka_unit_test(one_that_assists_returns_its_share),
		cmocka_unit_test(the_lead_returns_the_case),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(recalled_it_is_given_anew),
		cmocka_unit_test(shares_that_came_late),
		cmocka_unit_test(parts_of_old_have_a_state),
	};

	return cmocka_run_group_tests_name("domain/share", tests, NULL, NULL);
}
