/* Acts recorded on behalf of whoever was on the phone, and their countersignature. */
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

static const struct behalf *record(const struct incident *incident, size_t i)
{
	assert_true(i < incident->behalves.n);
	return (const struct behalf *)incident->behalves.items + i;
}

static enum err by_phone(struct fixture *fx, struct incident **incident, const char *verb,
			 const char *actor, const char *args, struct by_phone phone,
			 struct error *err)
{
	struct act act = fixture_act(fx, verb, *incident, actor, args);

	act.by_phone = phone;
	return loops_apply(fx, incident, &act, err);
}

static void what_the_centre_does_for_others_is_recorded(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	const struct behalf *behalf;
	struct by_phone phone = { .rung = "水务局值班室", .answered_by = "老李", .wording = "已收到，马上去" };

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY);
	phone.at = fx.now - MINUTE_MS;
	assert_int_equal(by_phone(&fx, &incident, "sign", "duty", "share=sw", phone, NULL), ERR_OK);
	assert_int_equal(incident->owed, 1);
	behalf = record(incident, 0);
	assert_string_equal(behalf->verb, "sign");
	assert_string_equal(behalf->org, "sw");
	assert_null(behalf->role);
	assert_string_equal(behalf->rung, "水务局值班室");
	assert_string_equal(behalf->answered, "老李");
	assert_string_equal(behalf->wording, "已收到，马上去");
	assert_int_equal(behalf->said_at, phone.at);
	assert_string_equal(behalf->by, "李敏");
	assert_int_equal(behalf->at, fx.now);
	assert_int_equal(behalf->due, fixture_time("2026-11-24 17:30")); /* a working day */
	assert_int_equal(behalf->signed_at, 0);
	assert_string_equal(part_state(loops_part(incident, "sw")), "signed");
	/* a clock of its own, beside those of the case */
	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		if (strcmp(clock->kind, "countersign") != 0)
			continue;
		assert_string_equal(clock->org, "sw");
		assert_int_equal(clock->due, behalf->due);
		assert_int_equal(clock->side, 1);
		behalf = NULL;
	}
	assert_null(behalf);
	assert_int_equal(incident->due, 0);
	fixture_release(&fx);
}

static const struct {
	const char *before, *actor, *verb, *args;
	struct by_phone phone;
	enum err code;
	const char *org, *role; /* of the record; both NULL: none */
	const char *words;
} recorded[] = {
	/* one's own act is nobody's record; words that were heard go with the act */
	{ "", "water", "sign", "", { NULL }, ERR_OK, NULL, NULL, NULL },
	{ "", "street", "recall", "reason=r", { NULL }, ERR_OK, NULL, NULL, NULL },
	{ "", "street", "recall", "reason=r", { .rung = "老王" }, ERR_OK, NULL, NULL, NULL },
	{ "", "station", "note", "note=n", { NULL }, ERR_OK, NULL, NULL, NULL },
	/* the seat or the centre for a department */
	{ "", "street", "sign", "share=zj", { NULL }, ERR_OK, "zj", NULL, NULL },
	{ "", "street", "sign", "", { .org = "zj" }, ERR_OK, "zj", NULL, NULL },
	{ "", "duty", "sign", "", { .org = "住建局" }, ERR_OK, "zj", NULL, NULL },
	/* the centre for the seat */
	{ "", "duty", "recall", "reason=r", { NULL }, ERR_OK, "ll", NULL, NULL },
	{ "", "duty", "recall", "reason=r", { .org = "ll", .rung = "老王" }, ERR_OK, "ll", NULL, NULL },
	/* an approval */
	{ "", "street", "recall", "reason=r", { .role = "leader", .rung = "郑凯" }, ERR_OK, NULL, "leader",
	  NULL },
	{ "", "duty", "recall", "reason=r", { .org = "ll", .role = "带班领导" }, ERR_OK, "ll", "leader",
	  NULL },
	/* as if he had acted: he must be the one who may */
	{ "", "duty", "recall", "reason=r", { .org = "sw" }, ERR_DENIED, NULL, NULL, "兰陵街道" },
	{ "", "duty", "sign", "share=sw", { .org = "zj" }, ERR_DENIED, NULL, NULL, "区水务局" },
	{ "", "duty", "sign", "", { .org = "ql" }, ERR_REFUSED, NULL, NULL, "whose share" },
	{ "", "duty", "sign", "", { .org = "某局" }, ERR_INPUT, NULL, NULL, "某局" },
	/* who may speak for whom */
	{ "", "water", "sign", "", { .org = "zj" }, ERR_DENIED, NULL, NULL, "cannot record" },
	{ "", "green", "sign", "", { .org = "zj" }, ERR_DENIED, NULL, NULL, "cannot record" },
	{ "", "station", "recall", "reason=r", { .org = "ll" }, ERR_OK, "ll", NULL, NULL },
	{ ";street recall reason=r;street escalate reason=r;duty accept", "water", "assign", "holder=zj",
	  { .org = "zx" }, ERR_DENIED, NULL, NULL, "cannot record" },
	{ ";street recall reason=r;street escalate reason=r;duty accept", "town", "assign", "holder=zj",
	  { .org = "zx" }, ERR_DENIED, NULL, NULL, "cannot record" }, /* the seat is the centre now */
};

static void for_whom_it_is_recorded(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(recorded); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		char line[300];
		enum err code;
		size_t n;

		loops_init(&fx);
		snprintf(line, sizeof line, UNDER_WAY "%s", recorded[i].before);
		loops_walk(&fx, &incident, line);
		n = incident->behalves.n;
		code = by_phone(&fx, &incident, recorded[i].verb, recorded[i].actor, recorded[i].args,
				recorded[i].phone, &err);
		if (code != recorded[i].code ||
		    (recorded[i].words != NULL && strstr(err.text, recorded[i].words) == NULL))
			fail_msg("%zu: %d %s", i, code, err.text);
		if (recorded[i].org == NULL && recorded[i].role == NULL) {
			assert_int_equal(incident->behalves.n, n);
			fixture_release(&fx);
			continue;
		}
		assert_int_equal(incident->behalves.n, n + 1);
		if (!str_eq(record(incident, n)->org, recorded[i].org) ||
		    !str_eq(record(incident, n)->role, recorded[i].role))
			fail_msg("%zu: for %s %s", i, record(incident, n)->org, record(incident, n)->role);
		fixture_release(&fx);
	}
}

/* Where the profile asks for no countersignature, only what was said of a call is kept. */
static void without_countersigning(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	fx.rules.countersign.unit = LIMIT_NONE;
	loops_walk(&fx, &incident, UNDER_WAY ";duty sign share=sw");
	assert_int_equal(incident->behalves.n, 0);
	assert_int_equal(by_phone(&fx, &incident, "handle", "duty", "share=sw\nresult=r",
				  (struct by_phone){ .wording = "弄好了" }, NULL),
			 ERR_OK);
	assert_int_equal(incident->behalves.n, 1);
	assert_string_equal(record(incident, 0)->org, "sw");
	assert_int_equal(record(incident, 0)->due, 0);
	assert_int_equal(incident->owed, 0);
	/* it can be confirmed all the same */
	loops_walk(&fx, &incident, "water countersign");
	assert_int_equal(record(incident, 0)->signed_at, fx.now);
	assert_int_equal(incident->owed, 0);
	fixture_release(&fx);
}

static void approvals_by_telephone_meet_a_guard(void **state)
{
	static const struct {
		const char *actor;
		struct by_phone phone;
		enum err code;
	} cases[] = {
		{ "duty", { NULL }, ERR_REFUSED },
		{ "leader", { NULL }, ERR_OK },
		{ "duty", { .role = "leader" }, ERR_OK },
		{ "duty", { .role = "chief" }, ERR_REFUSED },
		{ "town", { .role = "leader" }, ERR_OK },
		{ "street", { .role = "leader" }, ERR_REFUSED }, /* at the seat, but below duty */
	};
	struct guard_use guards[] = { { guard_desc_find("role_at_least"), "leader" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		struct flow_act *accept;

		loops_init(&fx);
		accept = (struct flow_act *)fx.rules.steps[0].acts;
		accept->guards = guards;
		accept->n_guards = 1;
		loops_walk(&fx, &incident, "street register title=x");
		if (by_phone(&fx, &incident, "accept", cases[i].actor, "", cases[i].phone, &err) !=
		    cases[i].code)
			fail_msg("%zu: %s", i, err.text);
		fixture_release(&fx);
	}
}

static const struct {
	const char *actor, *verb;
	struct by_phone phone;
	const char *args;
} made[] = { /* three records: for the water department, for the roads, of the leader */
	{ "duty", "sign", { .org = "sw" }, "" },
	{ "street", "sign", { .org = "zj" }, "" },
	{ "street", "coassign", { .role = "leader" }, "assist=ll01" },
};

static void three_records(struct fixture *fx, struct incident **incident)
{
	loops_init(fx);
	loops_walk(fx, incident, UNDER_WAY);
	for (size_t i = 0; i < ARRAY_LEN(made); i++)
		assert_int_equal(by_phone(fx, incident, made[i].verb, made[i].actor, made[i].args,
					  made[i].phone, NULL),
				 ERR_OK);
	assert_int_equal((*incident)->owed, 3);
}

static const struct {
	const char *actor;
	enum err code;
	int owed; /* afterwards */
	const char *words;
} signing[] = {
	{ "water", ERR_OK, 2, NULL },	   { "watercl", ERR_OK, 2, NULL },
	{ "roads", ERR_OK, 2, NULL },	   { "leader", ERR_OK, 2, NULL },
	{ "chief", ERR_DENIED, 3, "nothing here" }, { "duty", ERR_DENIED, 3, "nothing here" },
	{ "station", ERR_DENIED, 3, "nothing here" }, { "auditor", ERR_DENIED, 3, "may not do it" },
};

static void each_countersigns_his_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(signing); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;

		three_records(&fx, &incident);
		fx.now += HOUR_MS;
		if (loops_do(&fx, &incident, "countersign", signing[i].actor, "", &err) !=
			    signing[i].code ||
		    (signing[i].words != NULL && strstr(err.text, signing[i].words) == NULL))
			fail_msg("%s: %s", signing[i].actor, err.text);
		assert_int_equal(incident->owed, signing[i].owed);
		fixture_release(&fx);
	}
}

/* What the centre recorded for the street's seat is the street's, not its station's. */
static void a_seat_countersigns_itself(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x");
	assert_int_equal(by_phone(&fx, &incident, "accept", "duty", "",
				  (struct by_phone){ .org = "ll", .rung = "孙丽" }, &err),
			 ERR_OK);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "station", "", &err), ERR_DENIED);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "street", "", &err), ERR_OK);
	assert_int_equal(incident->owed, 0);
	fixture_release(&fx);
}

static void countersigned_once(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct decision decision;
	struct act act;
	struct error err = ERROR_INIT;
	size_t running = 0;

	(void)state;
	three_records(&fx, &incident);
	loops_walk(&fx, &incident, "water countersign");
	assert_string_equal(record(incident, 0)->signed_by, "王芳");
	assert_int_equal(record(incident, 0)->signed_at, fx.now);
	for (size_t i = 0; i < incident->clocks.n; i++)
		running += incident_clock(incident, i)->stopped_at == 0;
	assert_int_equal(running, 2);
	fx.now += MINUTE_MS;
	act = fixture_act(&fx, "countersign", incident, "watercl", "");
	assert_int_equal(fixture_decide(&fx, &incident, &act, fx.now, &decision, &err), ERR_OK);
	assert_int_equal(decision.n_effects, 0);
	assert_string_equal(decision.note, "王芳 has countersigned it already, 11-23 10:00");
	/* words that come along are kept */
	act = fixture_act(&fx, "countersign", incident, "watercl", "note=补充");
	assert_int_equal(fixture_decide(&fx, &incident, &act, fx.now, &decision, &err), ERR_OK);
	assert_int_equal(decision.n_effects, 1);
	assert_string_equal(record(incident, 0)->signed_by, "王芳");
	assert_int_equal(incident->owed, 2);
	fixture_release(&fx);
}

static void one_record_of_several(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;
	char args[80], id[UUID_TEXT];

	(void)state;
	three_records(&fx, &incident);
	assert_int_equal(by_phone(&fx, &incident, "contact", "duty", "", (struct by_phone){ .org = "sw" },
				  NULL),
			 ERR_OK);
	uuid_text(&record(incident, 3)->id, id);
	snprintf(args, sizeof args, "behalf=%s", id);
	loops_do(&fx, &incident, "countersign", "water", args, NULL);
	assert_int_equal(record(incident, 0)->signed_at, 0);
	assert_int_equal(record(incident, 3)->signed_at, fx.now);
	assert_int_equal(incident->owed, 3);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "water", "behalf=x", &err), ERR_INPUT);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "roads", args, &err), ERR_DENIED);
	fixture_release(&fx);
}

/* Who wrote it down does not confirm it himself. */
static void not_by_who_recorded_it(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x");
	assert_int_equal(by_phone(&fx, &incident, "accept", "street", "", (struct by_phone){ .org = "ll" },
				  NULL),
			 ERR_OK);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "street", "", &err), ERR_DENIED);
	assert_string_equal(err.text, "you recorded it yourself; another officer countersigns");
	loops_walk(&fx, &incident, "town countersign");
	assert_int_equal(incident->owed, 0);
	fixture_release(&fx);
}

/* The word of a unit's leader is confirmed by one of that unit who has the role. */
static void by_a_leader_of_the_unit(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, UNDER_WAY);
	assert_int_equal(by_phone(&fx, &incident, "sign", "duty", "",
				  (struct by_phone){ .org = "sw", .role = "leader" }, NULL),
			 ERR_OK);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "water", "", NULL), ERR_DENIED);
	assert_int_equal(loops_do(&fx, &incident, "countersign", "leader", "", NULL), ERR_DENIED);
	loops_walk(&fx, &incident, "watercl countersign");
	assert_int_equal(incident->owed, 0);
	fixture_release(&fx);
}

/* In a closed case too, for as long as it takes. */
static void also_when_it_is_closed(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	loops_walk(&fx, &incident, "street register title=x;duty decline reason=r");
	assert_int_equal(incident->open, 0);
	assert_int_equal(incident->owed, 1);
	loops_walk(&fx, &incident, "street countersign");
	assert_int_equal(incident->owed, 0);
	fixture_release(&fx);
}

/* The system acts for nobody, and nobody registers as another without having rung him. */
static void registering_for_somebody(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	loops_init(&fx);
	assert_int_equal(by_phone(&fx, &incident, "register", "duty", "title=x",
				  (struct by_phone){ .org = "ll01", .rung = "网格员" }, NULL),
			 ERR_OK);
	assert_string_equal(incident->origin, "ll01");
	assert_string_equal(incident->seat, "ll");
	assert_string_equal(incident->step, "s_accept");
	assert_string_equal(record(incident, 0)->org, "ll01");
	incident = NULL;
	assert_int_equal(by_phone(&fx, &incident, "register", "water", "title=x",
				  (struct by_phone){ .org = "ll01" }, NULL),
			 ERR_DENIED);
	loops_walk(&fx, &incident, "street register title=x;system accept");
	assert_int_equal(incident->behalves.n, 0);
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_centre_does_for_others_is_recorded),
		cmocka_unit_test(for_whom_it_is_recorded),
		cmocka_unit_test(without_countersigning),
		cmocka_unit_test(approvals_by_telephone_meet_a_guard),
		cmocka_unit_test(each_countersigns_his_own),
		cmocka_unit_test(a_seat_countersigns_itself),
		cmocka_unit_test(countersigned_once),
		cmocka_unit_test(one_record_of_several),
		cmocka_unit_test(not_by_who_recorded_it),
		cmocka_unit_test(by_a_leader_of_the_unit),
		cmocka_unit_test(also_when_it_is_closed),
		cmocka_unit_test(registering_for_somebody),
	};

	return cmocka_run_group_tests_name("domain/behalf", tests, NULL, NULL);
}
