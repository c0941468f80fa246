/* The jurisdiction's own acts: its mode, its officers, and cases carried over to other rules. */
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

static const struct mode_rule modes[] = {
	{ .code = "peace", .label = "平时", .quiet = true },
	{ .code = "war1", .label = "战时一级", .emergency = true },
	{ .code = "war2", .label = "战时二级", .emergency = true },
};

static const struct {
	const char *now, *actor, *args;
	struct by_phone phone;
	enum err code;
	const char *mode, *approved, *summary; /* afterwards */
	const char *words;
} switches[] = {
	{ NULL, "leader", "mode=war1\nreason=暴雨红警", { NULL }, ERR_OK, "war1", "郑凯", NULL, NULL },
	{ NULL, "leader", "mode=战时二级\nreason=r", { NULL }, ERR_OK, "war2", "郑凯", NULL, NULL },
	{ NULL, "duty", "mode=war1\nreason=r", { NULL }, ERR_DENIED, NULL, NULL, NULL, "leader of the shift" },
	{ NULL, "chief", "mode=war1\nreason=r", { .role = "chief", .rung = "x" }, ERR_DENIED, NULL, NULL, NULL,
	  "leader of the shift" },
	{ NULL, "duty", "mode=war1\nreason=r", { .role = "leader", .rung = "郑凯" }, ERR_OK, "war1", "郑凯",
	  NULL, NULL },
	{ NULL, "duty", "mode=war1\nreason=r", { .role = "带班领导", .rung = "郑凯" }, ERR_OK, "war1", "郑凯",
	  NULL, NULL },
	{ NULL, "duty", "mode=war1\nreason=r", { .role = "leader" }, ERR_REFUSED, NULL, NULL, NULL,
	  "which leader" },
	{ NULL, "intake", "mode=war1\nreason=r", { .role = "leader", .rung = "郑凯" }, ERR_DENIED, NULL, NULL,
	  NULL, NULL },
	{ NULL, "watercl", "mode=war1\nreason=r", { NULL }, ERR_DENIED, NULL, NULL, NULL, "联动指挥中心" },
	{ NULL, "leader", "mode=war9\nreason=r", { NULL }, ERR_INPUT, NULL, NULL, NULL, "war9" },
	{ NULL, "leader", "mode=peace\nreason=r", { NULL }, ERR_REFUSED, NULL, NULL, NULL, "平时" },
	{ NULL, "leader", "mode=war1", { NULL }, ERR_INPUT, NULL, NULL, NULL, NULL },
	/* from one degree to another no summary is due; the end has one */
	{ "war1", "leader", "mode=war2\nreason=r", { NULL }, ERR_OK, "war2", "郑凯", NULL, NULL },
	{ "war1", "leader", "mode=peace\nreason=r", { NULL }, ERR_REFUSED, NULL, NULL, NULL, "summary" },
	{ "war2", "leader", "mode=peace\nreason=r\nsummary=转移312人", { NULL }, ERR_OK, "peace", "郑凯",
	  "转移312人", NULL },
};

static void the_leader_decides_the_mode(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(switches); i++) {
		struct fixture fx;
		struct uuid id = uuid_named("mode");
		struct decision decision;
		struct error err = ERROR_INIT;
		struct mode *mode;
		struct act act;
		enum err code;

		loops_init(&fx);
		fx.rules.modes = modes;
		fx.rules.n_modes = ARRAY_LEN(modes);
		mode = entity_new(KIND_MODE, &id, &fx.arena);
		mode->mode = switches[i].now;
		act = fixture_act(&fx, "mode", NULL, switches[i].actor, switches[i].args);
		act.target.id = id;
		act.by_phone = switches[i].phone;
		code = decide(&fx.rules, &(struct state){ .entity = mode }, &act,
			      &(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err);
		if (code != switches[i].code ||
		    (switches[i].words != NULL && strstr(err.text, switches[i].words) == NULL))
			fail_msg("%zu: %d %s", i, code, err.text);
		if (code == ERR_OK) {
			assert_int_equal(evolve(mode, &decision.effects[0], 1, &fx.arena, &err), ERR_OK);
			assert_string_equal(mode->mode, switches[i].mode);
			assert_string_equal(mode->approved_by, switches[i].approved);
			assert_true(str_eq(mode->summary, switches[i].summary));
			assert_int_equal(mode->since, fx.now);
		}
		fixture_release(&fx);
	}
}

/* A jurisdiction whose profile has no modes stays as it is. */
static void without_modes(void **state)
{
	struct fixture fx;
	struct decision decision;
	struct act act;

	(void)state;
	loops_init(&fx);
	act = fixture_act(&fx, "mode", NULL, "leader", "mode=war1\nreason=r");
	assert_int_equal(decide(&fx.rules, &(struct state){ NULL }, &act,
				&(struct moment){ fx.now, fx.now }, &fx.arena, &decision, NULL),
			 ERR_REFUSED);
	fixture_release(&fx);
}

static void the_quiet_hours_are_summed_up(void **state)
{
	struct fixture fx;
	struct uuid id = uuid_named("mode");
	struct decision decision;
	struct error err = ERROR_INIT;
	struct mode *mode;
	struct act act;

	(void)state;
	loops_init(&fx);
	mode = entity_new(KIND_MODE, &id, &fx.arena);
	mode->mode = "war1";
	act = fixture_act(&fx, "digest", NULL, "system",
			  "digest_from=2026-11-22 22:00\ndigest_to=2026-11-23 07:00\nurges=3");
	act.target.id = id;
	assert_int_equal(decide(&fx.rules, &(struct state){ .entity = mode }, &act,
				&(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err),
			 ERR_OK);
	assert_int_equal(evolve(mode, &decision.effects[0], 1, &fx.arena, &err), ERR_OK);
	assert_int_equal(mode->urges, 3);
	assert_int_equal(mode->overdue, 0);
	assert_int_equal(mode->digest_to, fixture_time("2026-11-23 07:00"));
	assert_string_equal(mode->mode, "war1");
	/* what comes late of the same night is added; another night begins anew */
	assert_int_equal(decide(&fx.rules, &(struct state){ .entity = mode }, &act,
				&(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err),
			 ERR_OK);
	assert_int_equal(evolve(mode, &decision.effects[0], 2, &fx.arena, &err), ERR_OK);
	assert_int_equal(mode->urges, 6);
	act = fixture_act(&fx, "digest", NULL, "system",
			  "digest_from=2026-11-23 22:00\ndigest_to=2026-11-24 07:00\nurges=1");
	act.target.id = id;
	assert_int_equal(decide(&fx.rules, &(struct state){ .entity = mode }, &act,
				&(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err),
			 ERR_OK);
	assert_int_equal(evolve(mode, &decision.effects[0], 3, &fx.arena, &err), ERR_OK);
	assert_int_equal(mode->urges, 1);
	act.actor = fixture_actor("leader");
	assert_int_equal(decide(&fx.rules, &(struct state){ .entity = mode }, &act,
				&(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err),
			 ERR_DENIED);
	fixture_release(&fx);
}

static const struct {
	const char *actor, *args;
	enum err code;
	const char *org, *role;
} posts[] = {
	{ "system", "org=住建局\nreason=机构合并", ERR_OK, "zj", "dept" },
	{ "system", "role=值班长\nreason=r", ERR_OK, "sw", "chief" },
	{ "system", "org=某局\nreason=r", ERR_INPUT, "sw", "dept" },
	{ "system", "role=皇帝\nreason=r", ERR_INPUT, "sw", "dept" },
	{ "system", "org=zj", ERR_INPUT, "sw", "dept" },
	{ "leader", "org=zj\nreason=r", ERR_DENIED, "sw", "dept" },
};

static void officers_change_their_post(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(posts); i++) {
		struct fixture fx;
		struct uuid id = uuid_named("person");
		struct decision decision;
		struct error err = ERROR_INIT;
		struct person *person;
		struct act act;
		enum err code;

		loops_init(&fx);
		person = entity_new(KIND_PERSON, &id, &fx.arena);
		person->name = "王芳";
		person->org = "sw";
		person->role = "dept";
		person->active = 1;
		act = fixture_act(&fx, "repost", NULL, posts[i].actor, posts[i].args);
		act.target.id = id;
		code = decide(&fx.rules, &(struct state){ .entity = person }, &act,
			      &(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err);
		if (code != posts[i].code)
			fail_msg("%zu: %d %s", i, code, err.text);
		if (code == ERR_OK)
			assert_int_equal(evolve(person, &decision.effects[0], 1, &fx.arena, &err), ERR_OK);
		assert_string_equal(person->org, posts[i].org);
		assert_string_equal(person->role, posts[i].role);
		assert_int_equal(person->active, 1);
		fixture_release(&fx);
	}
}

/* --- carried over ------------------------------------------------------------------------------- */

#define BELOW                                                                                  \
	"station register title=x;street accept;street assign holder=sw assist=zj;water sign;" \
	"street escalate reason=r"

static void cases_follow_their_organisations(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	const struct level *level;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, BELOW ";duty accept;duty assign holder=sw;water sign");
	/* the roads and the water are one office now, and the street another */
	loops_walk(&fx, &incident, "system carry from_org=sw to_org=zj from_org=ll to_org=ql");
	level = incident->levels.items;
	assert_string_equal(incident->holder, "zj");
	assert_string_equal(incident->origin, "ll01"); /* where it was registered is what was */
	assert_string_equal(level->seat, "ql");
	assert_string_equal(level->holder, "zj");
	assert_non_null(loops_part(incident, "zj"));
	assert_null(loops_part(incident, "sw"));
	/* below, too, whoever waited has another name, and two that are one have one share */
	incident->step = "d_accept";
	loops_walk(&fx, &incident, "duty return reason=r");
	assert_string_equal(incident->step, "s_work");
	assert_string_equal(incident->seat, "ql");
	assert_string_equal(incident->holder, "zj");
	assert_string_equal(loops_part(incident, "zj")->role, "lead");
	loops_walk(&fx, &incident, "roads handle result=r");
	assert_string_equal(incident->step, "s_verify");
	loops_walk(&fx, &incident, "green verify_ok");
	fixture_release(&fx);
}

/* Departments that are one now do one share: else nobody could do the second. */
static void one_organisation_has_one_share(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "station register title=x;street accept;"
				   "street assign holder=sw assist=zj;roads sign;"
				   "system carry from_org=sw to_org=zj");
	assert_string_equal(incident->holder, "zj");
	assert_string_equal(loops_part(incident, "zj")->role, "lead");
	assert_int_equal(part_is_live(incident_part(incident, 1)), false);
	loops_walk(&fx, &incident, "roads sign;roads handle result=r");
	assert_string_equal(incident->step, "s_verify");
	fixture_release(&fx);
}

static const struct {
	const char *args;
	enum err code;
	const char *step, *stays, *back; /* afterwards */
} maps[] = {
	{ "map=d_accept=d_assign", ERR_OK, "d_assign", "s_work", "s_verify" },
	{ "map=s_work=s_assign\nmap=s_verify=s_reply", ERR_OK, "d_accept", "s_assign", "s_reply" },
	{ "map=d_accept=nowhere", ERR_INPUT, "d_accept", "s_work", "s_verify" },
	{ "redue=yes", ERR_OK, "d_accept", "s_work", "s_verify" },
};

static void steps_get_other_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		const struct level *level;
		struct error err = ERROR_INIT;
		struct flow_act *up;
		enum err code;

		loops_init(&fx);
		up = (struct flow_act *)step_act(rules_step(&fx.rules, "s_work"),
						 act_desc_find("escalate"));
		up->who = WHO_SEAT;
		loops_walk(&fx, &incident, BELOW);
		code = loops_do(&fx, &incident, "carry", "system", maps[i].args, &err);
		if (code != maps[i].code)
			fail_msg("%zu: %s", i, err.text);
		level = incident->levels.items;
		assert_string_equal(incident->step, maps[i].step);
		assert_string_equal(level->step, maps[i].stays);
		assert_string_equal(level->back, maps[i].back);
		assert_int_equal(loops_do(&fx, &incident, "carry", "duty", maps[i].args, &err), ERR_DENIED);
		fixture_release(&fx);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_leader_decides_the_mode),
		cmocka_unit_test(without_modes),
		cmocka_unit_test(the_quiet_hours_are_summed_up),
		cmocka_unit_test(officers_change_their_post),
		cmocka_unit_test(cases_follow_their_organisations),
		cmocka_unit_test(one_organisation_has_one_share),
		cmocka_unit_test(steps_get_other_names),
	};

	return cmocka_run_group_tests_name("domain/own", tests, NULL, NULL);
}
