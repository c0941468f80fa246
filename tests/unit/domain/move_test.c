/* Where a registration leads, where acts lead, and how a case ends and begins again. */
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

static const struct {
	const char *actor, *args;
	const char *step, *seat, *tier;
	int response;
} begun[] = {
	{ "grid", "title=x", "s_accept", "ll", "street", 0 },
	{ "station", "title=x", "s_accept", "ll", "street", 0 },
	{ "street", "title=x", "s_accept", "ll", "street", 0 },
	{ "green", "title=x", "s_accept", "ql", "street", 0 },
	{ "duty", "title=x", "d_accept", "zx", "district", 2 },
	{ "water", "title=x", "d_accept", "zx", "district", 2 },
	/* by its type, whoever registers it: the centre runs it when there is no street */
	{ "street", "title=x\ntype=矛盾纠纷", "s_assign", "ll", "street", 0 },
	{ "duty", "title=x\ntype=dispute", "s_assign", "zx", "street", 0 },
};

static void a_registration_starts_by_tier_and_type(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(begun); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;

		loops_init(&fx);
		if (loops_do(&fx, &incident, "register", begun[i].actor, begun[i].args, &err))
			fail_msg("%zu: %s", i, err.text);
		assert_string_equal(incident->step, begun[i].step);
		assert_string_equal(incident->seat, begun[i].seat);
		assert_string_equal(incident->tier, begun[i].tier);
		assert_int_equal(incident->response, begun[i].response);
		fixture_release(&fx);
	}
}

static const struct {
	const char *args, *type, *object_class, *object_state;
} kinds[] = {
	{ "title=x", "event", NULL, NULL },
	{ "title=x\ntype=部件", "component", NULL, "out_of_order" },
	{ "title=x\nobject_class=上水井盖", "event", "0101", "out_of_order" },
	{ "title=x\ntype=component\nobject_state=在序", "component", NULL, "in_order" },
	{ "title=x\ntype=怪事", "怪事", NULL, NULL },
};

static void what_it_is_has_a_default(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct fixture fx;
		struct incident *incident = NULL;

		loops_init(&fx);
		assert_int_equal(loops_do(&fx, &incident, "register", "duty", kinds[i].args, NULL),
				 ERR_OK);
		assert_string_equal(incident->type, kinds[i].type);
		assert_true(str_eq(incident->object_class, kinds[i].object_class));
		assert_true(str_eq(incident->object_state, kinds[i].object_state));
		fixture_release(&fx);
	}
}

static const struct {
	const char *args, *unit, *line;
} competent[] = {
	{ "title=x\ncategory=停水\nstreet=兰陵", "ll", "3-1" },
	{ "title=x\ncategory=停水\ncommunity=清凉", "ll", "3-1" },
	{ "title=x\ncategory=停水\nstreet=青龙", "sw", "3-2" },
	{ "title=x\ncategory=停水", "sw", "3-2" },
	{ "title=x\ncategory=市政道路", NULL, NULL }, /* on nobody's list */
};

static void the_duty_list_says_who_is_competent(void **state)
{
	struct fixture fx;
	struct incident *incident;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(competent); i++) {
		loops_init(&fx);
		incident = NULL;
		assert_int_equal(loops_do(&fx, &incident, "register", "duty", competent[i].args, NULL),
				 ERR_OK);
		assert_true(str_eq(incident->duty_unit, competent[i].unit));
		assert_true(str_eq(incident->duty_line, competent[i].line));
		fixture_release(&fx);
	}
	/* a correction asks the list again; so does accepting, of a list that is new since */
	loops_init(&fx);
	incident = NULL;
	loops_walk(&fx, &incident, "duty register title=x category=0301 street=ql");
	((struct flow_act *)fx.rules.always.acts)[0].act = act_desc_find("fix");
	loops_walk(&fx, &incident, "duty fix street=ll");
	assert_string_equal(incident->duty_line, "3-1");
	loops_walk(&fx, &incident, "duty fix category=02");
	assert_null(incident->duty_line);
	loops_walk(&fx, &incident, "duty fix category=03");
	fx.rules.n_duties = 1;
	loops_walk(&fx, &incident, "duty accept");
	assert_null(incident->duty_unit);
	fixture_release(&fx);
}

static const struct {
	const char *before, *actor, *verb, *args;
	const char *step;
	bool open;
	const char *field, *value; /* what it notes */
} ends[] = {
	{ "", "street", "decline", "reason=不属受理范围", "done", false, "close_reason", "不属受理范围" },
	{ "", "street", "refer_info", "reply=请拨12333", "done", false, "reply", "请拨12333" },
	{ "", "station", "refer_info", "reply=已劝离", "done", false, "reply", "已劝离" },
	{ "", "street", "transfer_out", "out_to=110\nout_no=A7\nout_name=王警官\nreason=打架", "elsewhere",
	  true, "out_name", "王警官" },
	{ ";street transfer_out out_to=110 reason=r", "street", "outcome", "result=已处警", "done", false,
	  "result", "已处警" },
	{ ";street decline reason=r", "street", "rate", "satisfaction=不满意", "done", false, "satisfaction",
	  "不满意" },
	{ ";street decline reason=r", "street", "archive", "", "filed", false, "close_reason", "r" },
};

static void a_case_ends_in_words(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		const struct field *field = field_find(kind->fields, kind->n_fields, ends[i].field);
		char line[200];

		loops_init(&fx);
		snprintf(line, sizeof line, "station register title=x%s", ends[i].before);
		loops_walk(&fx, &incident, line);
		fx.now += MINUTE_MS;
		if (loops_do(&fx, &incident, ends[i].verb, ends[i].actor, ends[i].args, &err) != ERR_OK)
			fail_msg("%zu: %s", i, err.text);
		assert_string_equal(incident->step, ends[i].step);
		assert_int_equal(incident->open, ends[i].open);
		assert_string_equal(field_get(field, incident).text, ends[i].value);
		if (strcmp(ends[i].verb, "archive") == 0)
			assert_int_equal(incident->archived_at, fx.now);
		if (strcmp(ends[i].verb, "transfer_out") == 0)
			assert_int_equal(incident->out_at, fx.now);
		if (strcmp(ends[i].verb, "refer_info") == 0)
			assert_int_equal(incident->replied_at, fx.now);
		fixture_release(&fx);
	}
}

static void cases_go_only_to_those_who_take_them(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x");
	assert_int_equal(loops_do(&fx, &incident, "transfer_out", "street", "out_to=外星\nreason=r", &err),
			 ERR_INPUT);
	assert_non_null(strstr(err.text, "外星"));
	fixture_release(&fx);
}

static void reopened_it_is_to_be_done_again(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident,
		   "street register title=x;street accept;street assign holder=sw assist=zj;"
		   "water sign;roads sign;water handle result=a;roads handle result=b;"
		   "street verify_ok share=sw;street verify_ok share=zj;street feedback reply=好;"
		   "street callback satisfaction=满意 note=n;street close close_reason=已办");
	assert_string_equal(incident->step, "done");
	assert_string_equal(incident->satisfaction, "满意");
	assert_string_equal(incident->reply, "好");
	assert_int_equal(incident->closed_at, fx.now);
	assert_string_equal(part_state(loops_part(incident, "zj")), "verified");
	incident->listed_at = 5;
	loops_walk(&fx, &incident, "street archive");
	incident->step = "done";
	loops_walk(&fx, &incident, "street reopen reason=又坏了");
	assert_int_equal(incident->closed_at, 0);
	assert_int_equal(incident->archived_at, 0);
	assert_string_equal(part_state(loops_part(incident, "sw")), "signed");
	assert_string_equal(part_state(loops_part(incident, "zj")), "signed");
	loops_walk(&fx, &incident, "water handle result=c;roads handle result=d");
	assert_string_equal(incident->step, "s_verify");
	fixture_release(&fx);
}

/* Closing takes it off the lists on which something was proposed. */
static void closing_clears_what_was_proposed(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x");
	incident->proposed_at = incident->listed_at = incident->offered_at = 7;
	loops_walk(&fx, &incident, "street decline reason=r");
	assert_int_equal(incident->proposed_at + incident->listed_at + incident->offered_at, 0);
	fixture_release(&fx);
}

static void rows_write_what_they_say(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct field_set sets[2] = {
		{ field_find(kind->fields, kind->n_fields, "object_state"),
		  { .is_text = true, .text = "in_order" } },
		{ field_find(kind->fields, kind->n_fields, "response"), { .num = 2 } },
	};
	struct fixture fx;
	struct incident *incident = NULL;
	struct flow_act *accept;

	(void)state;
	loops_init(&fx);
	accept = (struct flow_act *)fx.rules.steps[0].acts;
	accept->sets = sets;
	accept->n_sets = 2;
	loops_walk(&fx, &incident, "street register title=x type=component;street accept");
	assert_string_equal(incident->object_state, "in_order");
	assert_int_equal(incident->response, 2);
	/* the highest level reached is kept */
	sets[1].value.num = 1;
	incident->step = "s_accept";
	loops_walk(&fx, &incident, "street accept;street assign holder=sw");
	assert_int_equal(incident->response, 2);
	fixture_release(&fx);
}

static void what_is_always_allowed(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct flow_act *note;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x;water note note=n;street decline reason=r");
	assert_int_equal(loops_do(&fx, &incident, "note", "water", "note=n", NULL), ERR_REFUSED);
	note = (struct flow_act *)fx.rules.always.acts;
	note->closed = true;
	assert_int_equal(loops_do(&fx, &incident, "note", "water", "note=n", NULL), ERR_OK);
	assert_int_equal(loops_do(&fx, &incident, "progress", "water", "note=n", NULL), ERR_REFUSED);
	fixture_release(&fx);
}

static void a_mode_asks_for_more(void **state)
{
	struct mode_guard guards[] = { { act_desc_find("accept"),
					 { guard_desc_find("role_at_least"), "chief" } } };
	struct mode_rule modes[] = { { .code = "peace", .label = "平时" },
				     { .code = "war1", .label = "战时", .emergency = true,
				       .guards = guards, .n_guards = 1 } };
	static const struct {
		const char *mode;
		enum err code;
	} cases[] = { { NULL, ERR_OK }, { "peace", ERR_OK }, { "war1", ERR_REFUSED } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct decision decision;
		struct state now;
		struct actor duty = fixture_actor("duty");
		struct act act;

		loops_init(&fx);
		fx.rules.modes = modes;
		fx.rules.n_modes = 2;
		loops_walk(&fx, &incident, "duty register title=x");
		act = fixture_act(&fx, "accept", incident, "duty", "");
		now = (struct state){ .entity = incident, .mode = cases[i].mode };
		assert_int_equal(decide(&fx.rules, &now, &act, &(struct moment){ fx.now, fx.now },
					&fx.arena, &decision, NULL),
				 cases[i].code);
		assert_int_equal(decide_possible(&fx.rules, cases[i].mode, incident, act.desc, &duty,
						 NULL),
				 cases[i].code);
		fixture_release(&fx);
	}
}

/* Refusals speak the words of the step and of the organisation that reads them. */
static void refusals_use_the_names_of_the_place(void **state)
{
	static const struct act_label labels[] = { { NULL, "本街登记" } };
	static const struct step_label names[] = { { "s_accept", "镇里受理", "镇里待受理" } };
	struct act_label own[1];
	struct override override = { .org = "ll", .steps = names, .n_steps = 1 };
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x");
	own[0] = (struct act_label){ act_desc_find("refer_info"), labels[0].label };
	override.labels = own;
	override.n_labels = 1;
	/* the step's own name of the act */
	assert_int_equal(loops_do(&fx, &incident, "refer_info", "green", "reply=r", &err), ERR_DENIED);
	assert_non_null(strstr(err.text, "当场办结"));
	fx.rules.overrides = &override;
	fx.rules.n_overrides = 1;
	assert_int_equal(loops_do(&fx, &incident, "handle", "street", "result=r", &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "镇里受理"));
	loops_walk(&fx, &incident, "street accept");
	assert_int_equal(loops_do(&fx, &incident, "refer_info", "station", "reply=r", &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "本街登记"));
	fixture_release(&fx);
}

static const struct {
	const char *code, *begins, *ends, *successor;
	enum err err;
	const char *words;
} dated[] = {
	{ "sw", NULL, NULL, NULL, ERR_OK, NULL },
	{ "sw", "2026-11-01", "2026-12-01", NULL, ERR_OK, NULL },
	{ "sw", NULL, "2026-11-01", "zj", ERR_INPUT, "区住建局" },
	{ "sw", NULL, "2026-11-23 10:00", NULL, ERR_INPUT, "no more" },
	{ "sw", "2026-12-01", NULL, NULL, ERR_INPUT, "2026-12-01" },
};

static void only_who_is_there_gets_a_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(dated); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		struct org *orgs;

		loops_init(&fx);
		orgs = arena_dup(&fx.arena, fx.rules.orgs, fx.rules.n_orgs * sizeof *orgs);
		assert_string_equal(orgs[1].code, dated[i].code);
		orgs[1].begins = dated[i].begins != NULL ? fixture_time(dated[i].begins) : 0;
		orgs[1].ends = dated[i].ends != NULL ? fixture_time(dated[i].ends) : 0;
		orgs[1].successor = dated[i].successor;
		fx.rules.orgs = orgs;
		rules_index(&fx.rules, &fx.arena);
		loops_walk(&fx, &incident, "street register title=x;street accept");
		assert_int_equal(loops_do(&fx, &incident, "assign", "street", "holder=sw", &err),
				 dated[i].err);
		if (dated[i].words != NULL)
			assert_non_null(strstr(err.text, dated[i].words));
		assert_int_equal(loops_do(&fx, &incident, "assign", "street", "holder=zj\nassist=sw",
					  &err),
				 dated[i].err);
		fixture_release(&fx);
	}
}

/* A row that leads to a lower tier gives the loop to the street that holds it, or where it lies. */
static void down_by_a_row_the_street_runs_it(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct flow_act *assign;

	(void)state;
	loops_init(&fx);
	assign = (struct flow_act *)fx.rules.steps[7].acts;
	assign->to = "s_work";
	loops_walk(&fx, &incident, "duty register title=x street=ql;duty accept;duty assign holder=ll01");
	assert_string_equal(incident->seat, "ll");
	assert_int_equal(incident->levels.n, 0);
	incident->step = "d_assign";
	incident->tier = "district";
	incident->seat = "zx";
	loops_walk(&fx, &incident, "duty assign holder=sw");
	assert_string_equal(incident->seat, "ql");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_registration_starts_by_tier_and_type),
		cmocka_unit_test(what_it_is_has_a_default),
		cmocka_unit_test(the_duty_list_says_who_is_competent),
		cmocka_unit_test(a_case_ends_in_words),
		cmocka_unit_test(cases_go_only_to_those_who_take_them),
		cmocka_unit_test(reopened_it_is_to_be_done_again),
		cmocka_unit_test(closing_clears_what_was_proposed),
		cmocka_unit_test(rows_write_what_they_say),
		cmocka_unit_test(what_is_always_allowed),
		cmocka_unit_test(a_mode_asks_for_more),
		cmocka_unit_test(refusals_use_the_names_of_the_place),
		cmocka_unit_test(only_who_is_there_gets_a_case),
		cmocka_unit_test(down_by_a_row_the_street_runs_it),
	};

	return cmocka_run_group_tests_name("domain/move", tests, NULL, NULL);
}
