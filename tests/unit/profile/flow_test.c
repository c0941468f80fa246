/* The example profile in motion: what each step allows to every kind of actor, and a whole way from
 * registering until it is closed. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/incident.h"
#include "zhiban/profile/profile.h"

struct loaded {
	struct arena arena;
	struct jurisdiction *j;
	struct workdays *days;
};

static int load(void **state)
{
	struct loaded *loaded = mem_alloc(sizeof *loaded);
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;

	if (profile_load(path_join(&loaded->arena, top ? top : ".", "profiles/example.conf"),
			 &loaded->j, &loaded->days, &err)) {
		print_message("%s\n", err.text);
		return -1;
	}
	*state = loaded;
	return 0;
}

static int unload(void **state)
{
	struct loaded *loaded = *state;

	profile_free(loaded->j);
	workdays_free(loaded->days);
	arena_release(&loaded->arena);
	free(loaded);
	return 0;
}

/* --- who may do what in which step ------------------------------------------------------------ */

static const struct actor centre = { "李敏", "zhongxin", "duty" };
static const struct actor centre_handler = { "赵工", "zhongxin", "duty" }; /* who handled */
static const struct actor intake = { "坐席", "zhongxin", "intake" };
static const struct actor auditor = { "查阅", "zhongxin", "auditor" };
static const struct actor holder = { "钱工", "shuiwu", "dept" };
static const struct actor other = { "孙工", "chengguan", "dept" };
static const struct actor street = { "周某", "dongjie", "street" };
static const struct actor stranger = { "吴某", "nowhere", "dept" };

static const struct {
	const char *step;
	/* acts allowed by the step itself, in the order of the act table */
	const char *centre, *centre_handler, *intake, *holder;
	const char *other; /* of any other organisation */
} table[] = {
	{ "accept", "accept transfer_out", "accept transfer_out", "", "", "" },
	{ "assign", "assign", "assign", "", "", "" },
	{ "handle", "assign return sign handle pause resume extend_ask extend_ok extend_no",
	  "assign return sign handle pause resume extend_ask extend_ok extend_no", "",
	  "return sign handle pause resume extend_ask", "" },
	{ "verify", "verify_ok verify_no", "", "", "", "" },
	{ "archive", "reopen", "reopen", "", "", "" },
};

static void assert_acts(struct loaded *loaded, const char *step, const struct actor *actor,
			const char *allowed)
{
	struct uuid id = uuid_named("case");
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &loaded->arena);
	bool held = strcmp(step, "accept") != 0 && strcmp(step, "assign") != 0;
	const char *got = "";

	incident->head.version = 3;
	incident->step = step;
	incident->title = "t";
	incident->origin = "rexian";
	incident->urgency = URGENCY_PLAIN;
	incident->holder = held ? "shuiwu" : NULL;
	incident->handler = "赵工";
	incident->handler_org = "shuiwu";
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *act = act_desc_at(i);
		struct error err = ERROR_INIT;

		if (!step_act(rules_step(&loaded->j->rules, step), act))
			continue;
		if (decide_possible(&loaded->j->rules, NULL, incident, act, actor, &err))
			assert_true(err.text[0] != '\0');
		else
			got = arena_printf(&loaded->arena, "%s%s%s", got, *got ? " " : "",
					   act->verb);
	}
	if (strcmp(got, allowed) != 0)
		fail_msg("%s, %s of %s: \"%s\" instead of \"%s\"", step, actor->officer,
			 actor->org, got, allowed);
}

static void test_who_may(void **state)
{
	struct loaded *loaded = *state;

	assert_int_equal(loaded->j->rules.n_steps, ARRAY_LEN(table));
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		assert_string_equal(loaded->j->rules.steps[i].id, table[i].step);
		assert_acts(loaded, table[i].step, &centre, table[i].centre);
		assert_acts(loaded, table[i].step, &centre_handler, table[i].centre_handler);
		assert_acts(loaded, table[i].step, &intake, table[i].intake);
		assert_acts(loaded, table[i].step, &holder, table[i].holder);
		assert_acts(loaded, table[i].step, &other, table[i].other);
		assert_acts(loaded, table[i].step, &street, table[i].other);
		assert_acts(loaded, table[i].step, &auditor, "");
		assert_acts(loaded, table[i].step, &stranger, "");
	}
}

/* --- a whole way ------------------------------------------------------------------------------ */

#define CST(day, hour, minute)                                                                 \
	(INT64_C(1790438400000) + (((day) * 24 + (hour)) * 60 + (minute)) * INT64_C(60000))

static const struct move { /* times: minutes from Sunday 2026-09-27 00:00 +08:00 */
	const char *verb;
	const struct actor *actor;
	const char *field, *value;
	int64_t at;
	const char *step, *clock; /* where it stands then, and which clock runs */
	int64_t due;
} moves[] = {
	/* Friday to Sunday is a holiday, and 10-01 to 10-07; Saturday 10-10 is worked. */
	{ "register", &street, "title", "路面塌陷", CST(0, 2, 40), "accept", "accept", CST(0, 10, 30) },
	{ "accept", &centre, NULL, NULL, CST(0, 2, 50), "assign", "assign", CST(1, 12, 30) },
	{ "assign", &centre, "holder", "shuiwu", CST(0, 3, 0), "handle", "sign", CST(1, 12, 30) },
	{ "sign", &holder, NULL, NULL, CST(1, 9, 0), "handle", "handle", CST(12, 17, 30) },
	{ "handle", &holder, "result", "已修复", CST(1, 15, 0), "verify", "verify", CST(2, 17, 30) },
	{ "verify_no", &centre, "reason", "未压实", CST(2, 9, 0), "handle", "handle", CST(15, 17, 30) }, /* signed for already */
	{ "handle", &holder, "result", "再修复", CST(2, 15, 0), "verify", "verify", CST(3, 17, 30) },
	{ "verify_ok", &centre, NULL, NULL, CST(3, 9, 0), "archive", NULL, 0 },
};

static struct incident *do_move(struct loaded *loaded, struct incident *incident,
				const struct move *move, unsigned n)
{
	struct uuid id = uuid_named("the case");
	struct act act = { .id = uuid_child(&id, "act", n), .desc = act_desc_find(move->verb),
			   .actor = *move->actor, .at = move->at };
	struct state at = { .entity = incident->head.version ? incident : NULL, .serial = 417 };
	struct moment moment = { move->at, move->at };
	struct decision decision;
	struct error err = ERROR_INIT;

	act.target = (struct target){ KIND_INCIDENT, id, incident->head.version };
	if (move->field)
		act_give(&act, act_arg_field(act.desc, move->field),
			 (struct value){ .is_text = true, .text = move->value }, &loaded->arena);
	if (decide(&loaded->j->rules, &at, &act, &moment, &loaded->arena, &decision, &err))
		fail_msg("%s: %s", move->verb, err.text);
	for (size_t i = 0; i < decision.n_effects; i++)
		if (evolve(incident, &decision.effects[i], n, &loaded->arena, &err))
			fail_msg("%s: %s", move->verb, err.text);
	return incident;
}

static void test_whole_way(void **state)
{
	struct loaded *loaded = *state;
	struct uuid id = uuid_named("the case");
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &loaded->arena);

	for (unsigned i = 0; i < ARRAY_LEN(moves); i++) {
		const struct move *move = &moves[i];
		const struct clock *clock;

		do_move(loaded, incident, move, i + 1);
		clock = incident_next_clock(incident);
		assert_string_equal(incident->step, move->step);
		assert_int_equal(clock != NULL, move->clock != NULL);
		if (clock && (strcmp(clock->kind, move->clock) != 0 || clock->due != move->due))
			fail_msg("%u %s: %s %lld min, not %lld", i, move->verb, clock->kind,
				 (long long)((clock->due - CST(0, 0, 0)) / 60000),
				 (long long)((move->due - CST(0, 0, 0)) / 60000));
		assert_true(incident->due == move->due);
	}
	assert_false(incident->open);
	assert_int_equal(incident->reworks, 1);
	assert_string_equal(incident->number, "20260927-0417");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_who_may, load, unload),
		cmocka_unit_test_setup_teardown(test_whole_way, load, unload),
	};

	return cmocka_run_group_tests_name("profile/flow", tests, NULL, NULL);
}
