/* Loops over loops: up into the tier above, down again, and who runs what. */
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

static const struct level *newest(const struct incident *incident)
{
	const struct level *levels = incident->levels.items;

	assert_true(incident->levels.n > 0);
	return &levels[incident->levels.n - 1];
}

static void up_and_down(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	const struct level *level;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "station register title=x;street accept");
	incident->offered_at = 9;
	fx.now += HOUR_MS;
	loops_walk(&fx, &incident, "street escalate reason=无权限");
	assert_string_equal(incident->step, "d_accept");
	assert_string_equal(incident->tier, "district");
	assert_string_equal(incident->seat, "zx");
	assert_null(incident->holder);
	assert_int_equal(incident->response, 2);
	assert_int_equal(incident->offered_at, 0);
	level = newest(incident);
	assert_string_equal(level->tier, "street");
	assert_string_equal(level->step, "s_wait");
	assert_string_equal(level->back, "s_reply");
	assert_string_equal(level->seat, "ll");
	assert_null(level->holder);
	assert_int_equal(level->up_at, fx.now);
	assert_string_equal(level->up_by, "孙丽");
	assert_string_equal(level->reason, "无权限");
	assert_int_equal(level->tried, 0);
	/* the district does it and feeds back: the street goes on where it should */
	loops_walk(&fx, &incident, "duty accept;duty assign holder=sw;water sign;water handle result=r;"
				   "duty verify_ok;duty feedback reply=区里已办");
	assert_string_equal(incident->step, "s_reply");
	assert_string_equal(incident->tier, "street");
	assert_string_equal(incident->seat, "ll");
	assert_null(incident->holder);
	assert_int_equal(incident->levels.n, 0);
	assert_int_equal(incident->parts.n, 1);
	assert_string_equal(incident_part(incident, 0)->role, "past"); /* of the loop above */
	assert_int_equal(incident->response, 2);
	loops_walk(&fx, &incident, "street feedback reply=已告知;street close");
	assert_int_equal(incident->open, 0);
	fixture_release(&fx);
}

/* What was under way below waits, and goes on with whoever had it. */
static void what_was_tried_waits(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	const struct part *part;
	struct uuid lead;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x;street accept;"
				   "street assign holder=ll01 assist=sw;street summon assist=zj reason=r;"
				   "station sign;water sign");
	lead = loops_part(incident, "ll01")->id;
	loops_walk(&fx, &incident, "station escalate reason=缺专业");
	assert_string_equal(incident->step, "d_accept");
	assert_int_equal(newest(incident)->tried, 1);
	assert_string_equal(newest(incident)->step, "s_work");
	assert_string_equal(newest(incident)->back, "s_verify");
	assert_string_equal(newest(incident)->holder, "ll01");
	assert_null(incident->holder);
	assert_null(incident->signer);
	assert_null(loops_part(incident, "ll01"));
	part = children_find(&incident->parts, child_desc(CHILD_PART), &lead);
	assert_string_equal(part->was, "lead");
	/* the district gives it to one who waits below too */
	loops_walk(&fx, &incident, "duty accept;duty assign holder=sw");
	assert_string_equal(part_state(loops_part(incident, "sw")), "assigned");
	incident->step = "d_accept";
	loops_walk(&fx, &incident, "duty return reason=先在街道办");
	assert_string_equal(incident->step, "s_work");
	assert_string_equal(incident->seat, "ll");
	assert_string_equal(incident->holder, "ll01");
	assert_int_equal(incident->returns, 1);
	assert_string_equal(incident->returned_for, "先在街道办");
	assert_true(uuid_eq(&loops_part(incident, "ll01")->id, &lead));
	assert_string_equal(loops_part(incident, "ll01")->role, "lead");
	assert_string_equal(loops_part(incident, "sw")->role, "assist");
	assert_string_equal(loops_part(incident, "zj")->role, "summoned");
	assert_string_equal(part_state(loops_part(incident, "sw")), "signed");
	assert_int_equal(incident->parts.n, 4);
	loops_walk(&fx, &incident, "roads sign;station handle result=a;water handle result=b;"
				   "roads handle result=c");
	assert_string_equal(incident->step, "s_verify");
	fixture_release(&fx);
}

static void the_loop_below_takes_it_back(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x;street accept;street escalate reason=r");
	assert_int_equal(loops_do(&fx, &incident, "recall", "green", "reason=r", &err), ERR_DENIED);
	assert_non_null(strstr(err.text, "兰陵街道"));
	assert_int_equal(loops_do(&fx, &incident, "recall", "station", "reason=r", &err), ERR_DENIED);
	loops_walk(&fx, &incident, "street recall reason=能办");
	assert_string_equal(incident->step, "s_wait");
	assert_string_equal(incident->seat, "ll");
	assert_int_equal(incident->returns, 0);
	fixture_release(&fx);
}

static struct step *step_at(struct fixture *fx, const char *id)
{
	return (struct step *)rules_step(&fx->rules, id);
}

/* Three tiers: each level pops what it pushed, the newest first. */
static void levels_are_a_stack(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct flow_act *act;
	struct error err = ERROR_INIT;

	(void)state;
	loops_init(&fx);
	step_at(&fx, "s_accept")->tier = step_at(&fx, "s_assign")->tier = "community";
	act = (struct flow_act *)step_act(step_at(&fx, "s_assign"), act_desc_find("escalate"));
	act->to = "s_work";
	act->stay = act->back = NULL;
	act = (struct flow_act *)step_act(step_at(&fx, "s_work"), act_desc_find("recall"));
	act->act = act_desc_find("feedback"); /* of the street to the community */
	act->way = WAY_BACK;
	loops_walk(&fx, &incident, "grid register title=x;station accept;station escalate reason=a");
	assert_string_equal(incident->step, "s_work");
	assert_string_equal(incident->seat, "ll");
	assert_string_equal(newest(incident)->seat, "ll01");
	assert_string_equal(newest(incident)->step, "s_assign");
	assert_string_equal(newest(incident)->back, "s_assign");
	loops_walk(&fx, &incident, "street escalate reason=b");
	assert_int_equal(incident->levels.n, 2);
	assert_string_equal(newest(incident)->reason, "b");
	assert_string_equal(incident->seat, "zx");
	loops_walk(&fx, &incident, "duty return reason=c");
	assert_string_equal(incident->step, "s_work");
	assert_string_equal(incident->seat, "ll");
	loops_walk(&fx, &incident, "street feedback reply=d");
	assert_string_equal(incident->step, "s_assign");
	assert_string_equal(incident->seat, "ll01");
	assert_int_equal(incident->levels.n, 0);
	/* there is no loop below any more */
	incident->step = "d_accept";
	incident->tier = "district";
	incident->seat = "zx";
	assert_int_equal(loops_do(&fx, &incident, "return", "duty", "reason=e", &err), ERR_REFUSED);
	assert_string_equal(err.text, "no loop of a lower tier waits for it");
	fixture_release(&fx);
}

/* What goes down may say where it goes on when nothing waits below; what waits comes first. */
static void down_with_nothing_below(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct flow_act *act;

	(void)state;
	loops_init(&fx);
	act = (struct flow_act *)step_act(step_at(&fx, "d_accept"), act_desc_find("return"));
	act->to = "d_back";
	loops_walk(&fx, &incident, "street register title=x;street accept;street escalate reason=a;"
				   "duty return reason=b");
	assert_int_equal(incident->levels.n, 0);
	assert_string_equal(incident->tier, "street");
	incident->step = "d_accept";
	incident->tier = "district";
	incident->seat = "zx";
	loops_walk(&fx, &incident, "duty return reason=c");
	assert_string_equal(incident->step, "d_back");
	assert_string_equal(incident->seat, "zx");
	fixture_release(&fx);
}

/* A closed step of a higher tier leaves no loop open below. */
static void closing_does_not_go_up(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	step_at(&fx, "done")->tier = "district";
	loops_walk(&fx, &incident, "street register title=x;street accept");
	incident->step = "s_reply";
	loops_walk(&fx, &incident, "street close");
	assert_int_equal(incident->open, 0);
	assert_int_equal(incident->levels.n, 0);
	assert_string_equal(incident->seat, "ll");
	fixture_release(&fx);
}

static const struct {
	const char *before, *actor, *verb, *args;
	enum err code;
} seats[] = {
	{ "", "street", "accept", "", ERR_OK },
	{ "", "town", "accept", "", ERR_OK },
	{ "", "duty", "accept", "", ERR_OK }, /* the centre for it */
	{ "", "green", "accept", "", ERR_DENIED },
	{ "", "station", "accept", "", ERR_DENIED }, /* within the seat is not the seat */
	{ "", "water", "accept", "", ERR_DENIED },
	{ ";street accept;street escalate reason=r", "street", "accept", "", ERR_DENIED },
	{ ";street accept;street escalate reason=r", "duty", "accept", "", ERR_OK },
	{ ";street accept;street escalate reason=r", "duty", "recall", "reason=r", ERR_OK },
	{ ";street accept;street assign holder=ll01", "green", "escalate", "reason=r", ERR_DENIED },
	{ ";street accept;street assign holder=ll01", "grid", "escalate", "reason=r", ERR_OK },
	{ ";street accept;street assign holder=ll01", "street", "escalate", "reason=r", ERR_OK },
	/* only the centre's, not the seat's */
	{ ";street accept;street escalate reason=r;duty accept", "street", "assign", "holder=sw",
	  ERR_DENIED },
};

static void each_loop_has_its_seat(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(seats); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		char line[200];
		enum err code;

		loops_init(&fx);
		snprintf(line, sizeof line, "street register title=x%s", seats[i].before);
		loops_walk(&fx, &incident, line);
		code = loops_do(&fx, &incident, seats[i].verb, seats[i].actor, seats[i].args, &err);
		if (code != seats[i].code)
			fail_msg("%zu: %s by %s: %d %s", i, seats[i].verb, seats[i].actor, code,
				 err.text);
		fixture_release(&fx);
	}
}

/* Cases of before there were seats are the centre's. */
static void without_a_seat_it_is_the_centre(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x");
	incident->seat = NULL;
	assert_int_equal(fixture_do(&fx, &incident, "accept", "street", "", NULL), ERR_DENIED);
	assert_int_equal(fixture_do(&fx, &incident, "accept", "duty", "", NULL), ERR_OK);
	assert_int_equal(incident->behalves.n, 0);
	assert_int_equal(fixture_do(&fx, &incident, "escalate", "duty", "reason=r", NULL), ERR_OK);
	assert_string_equal(newest(incident)->seat, "zx");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(up_and_down),
		cmocka_unit_test(what_was_tried_waits),
		cmocka_unit_test(the_loop_below_takes_it_back),
		cmocka_unit_test(levels_are_a_stack),
		cmocka_unit_test(down_with_nothing_below),
		cmocka_unit_test(closing_does_not_go_up),
		cmocka_unit_test(each_loop_has_its_seat),
		cmocka_unit_test(without_a_seat_it_is_the_centre),
	};

	return cmocka_run_group_tests_name("domain/levels", tests, NULL, NULL);
}
