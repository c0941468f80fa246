/* Urging, supervision by channels of the profile, instructions, marks. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "must.h"
#include "zhiban/domain/stand.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const struct channel channels[] = {
	{ .code = "sheet", .label = "督办单", .role = "chief", .points = 0, .rank = 1 },
	{ .code = "yellow", .label = "黄牌", .role = "leader", .points = 5, .rank = 2 },
	{ .code = "red", .label = "红牌", .role = "leader", .points = 10, .rank = 3 },
	{ .code = "deputies", .label = "人大代表约请", .role = "chief", .rank = 0 },
};

static struct incident *begin(struct fixture *fx)
{
	struct channel *copy;

	fixture_init(fx);
	fixture_allow(fx, "urge supervise respond lift instruct pass_on fulfil hard propose");
	copy = arena_dup(&fx->arena, channels, sizeof channels);
	for (size_t i = 0; i < ARRAY_LEN(channels); i++)
		assert_int_equal(limit_parse("5wd", &copy[i].answer, NULL), ERR_OK);
	fx->rules.channels = copy;
	fx->rules.n_channels = ARRAY_LEN(channels);
	return fixture_incident(fx, "handle");
}

/* The chief, with the leader on the telephone. */
static enum err by_leader(struct fixture *fx, struct incident **incident, const char *verb,
			  const char *args, struct error *err)
{
	struct act act = fixture_act(fx, verb, *incident, "chief", args);

	act.by_phone.role = "leader";
	act.by_phone.rung = "周区长";
	act.by_phone.wording = "同意";
	return fixture_apply(fx, incident, &act, err);
}

static const struct supervision *supervision(const struct incident *incident, size_t i)
{
	assert_true(i < incident->supervisions.n);
	return (const struct supervision *)incident->supervisions.items + i;
}

static void cards_rise(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct error err = ERROR_INIT;
	int64_t due = incident->due;

	(void)unused;
	incident->proposed_at = fx.now;
	must_do(&fx, &incident, "supervise", "chief", "channel=督办单\nwords=限期办结");
	assert_string_equal(supervision(incident, 0)->channel, "sheet");
	assert_int_equal(supervision(incident, 0)->number, 1);
	assert_string_equal(supervision(incident, 0)->org, "sw");
	assert_string_equal(supervision(incident, 0)->words, "限期办结");
	assert_string_equal(supervision(incident, 0)->by, "周强");
	assert_int_equal(supervision(incident, 0)->at, fx.now);
	assert_int_equal(supervision(incident, 0)->due, fixture_time("2026-11-30 17:30"));
	assert_string_equal(incident->supervised, "sheet");
	assert_int_equal(incident->proposed_at, 0);
	assert_int_equal(incident->due, due); /* beside the incident's own deadline */
	assert_int_equal(clocks_running(incident, "answer"), 1);
	/* not twice the same, not by whom it is not */
	assert_int_equal(fixture_do(&fx, &incident, "supervise", "chief",
				    "channel=sheet\nwords=x", &err), ERR_REFUSED);
	assert_string_equal(err.text, "督办单 is in force: only a higher one can follow");
	assert_int_equal(fixture_do(&fx, &incident, "supervise", "chief",
				    "channel=yellow\nwords=x", &err), ERR_DENIED);
	assert_string_equal(err.text, "黄牌 needs at least the role 带班领导");
	assert_int_equal(by_leader(&fx, &incident, "supervise", "channel=黄牌\nwords=推诿", &err),
			 ERR_OK);
	assert_int_equal(supervision(incident, 1)->number, 2);
	assert_int_equal(supervision(incident, 1)->points, 5);
	assert_string_equal(incident->supervised, "yellow");
	/* what is no card stands beside the ladder */
	must_do(&fx, &incident, "supervise", "chief",
		"channel=人大代表约请\nwords=约请\nanswer_by=2026-11-25 12:00");
	assert_int_equal(supervision(incident, 2)->due, fixture_time("2026-11-25 12:00"));
	assert_int_equal(clocks_running(incident, "answer"), 3);
	/* lifting the card: the sheet is in force again, and a card may follow */
	assert_int_equal(fixture_do(&fx, &incident, "lift", "chief", "reason=x\nchannel=黄牌", &err),
			 ERR_DENIED);
	assert_int_equal(by_leader(&fx, &incident, "lift", "reason=已整改\nchannel=黄牌", &err), ERR_OK);
	assert_true(supervision(incident, 1)->lifted_at != 0);
	assert_string_equal(incident->supervised, "deputies");
	assert_int_equal(clocks_running(incident, "answer"), 2);
	assert_int_equal(by_leader(&fx, &incident, "supervise", "channel=黄牌\nwords=又", &err), ERR_OK);
	assert_int_equal(supervision(incident, 3)->number, 4);
	fixture_release(&fx);
}

static void supervision_is_answered(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct error err = ERROR_INIT;

	(void)unused;
	must_do(&fx, &incident, "supervise", "chief", "channel=督办单\nwords=一");
	must_do(&fx, &incident, "supervise", "chief", "channel=人大代表约请\nwords=二");
	must_do(&fx, &incident, "respond", "water", "words=已派员\nchannel=督办单");
	assert_string_equal(supervision(incident, 0)->answer, "已派员");
	assert_string_equal(supervision(incident, 0)->answered_by, "王芳");
	assert_int_equal(supervision(incident, 0)->answered_at, fx.now);
	assert_int_equal(supervision(incident, 1)->answered_at, 0);
	assert_int_equal(clocks_running(incident, "answer"), 1);
	assert_int_equal(fixture_do(&fx, &incident, "respond", "water",
				    "words=再答\nchannel=督办单", &err), ERR_REFUSED);
	assert_string_equal(err.text, "there is no supervision to answer");
	must_do(&fx, &incident, "respond", "water", "words=二已答"); /* the newest that waits */
	assert_string_equal(supervision(incident, 1)->answer, "二已答");
	assert_int_equal(clocks_running(incident, "answer"), 0);
	must_do(&fx, &incident, "lift", "chief", "reason=已办");
	must_do(&fx, &incident, "lift", "chief", "reason=已办");
	assert_null(incident->supervised);
	assert_int_equal(fixture_do(&fx, &incident, "lift", "chief", "reason=x", &err), ERR_REFUSED);
	assert_string_equal(err.text, "there is no supervision to lift");
	fixture_release(&fx);
}

static const struct {
	const char *verb, *args, *words;
	enum err code;
} refused[] = {
	{ "supervise", "channel=绿牌\nwords=x",
	  "\"绿牌\" is no way of supervision; there are 督办单, 黄牌, 红牌, 人大代表约请", ERR_INPUT },
	{ "supervise", "channel=督办单", "Words is missing", ERR_INPUT },
	{ "supervise", "channel=督办单\nwords=x\nanswer_by=2026-11-22", "must lie ahead", ERR_INPUT },
	{ "respond", "words=x", "no supervision to answer", ERR_REFUSED },
	{ "lift", "reason=x", "no supervision to lift", ERR_REFUSED },
	{ "instruct", "leader=周区长", "Words is missing", ERR_INPUT },
	{ "instruct", "words=速办", "Leader is missing", ERR_INPUT },
	{ "hard", "", "Reason is missing", ERR_INPUT },
};

static void nonsense_is_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct fixture fx;
		struct incident *incident = begin(&fx);

		must_refuse(&fx, &incident, refused[i].verb, "chief", refused[i].args,
			    refused[i].code, refused[i].words);
		fixture_release(&fx);
	}
}

static void marks_and_words_are_kept(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct decision decision;
	struct error err = ERROR_INIT;
	const struct instruction *instruction;
	struct act act;

	(void)unused;
	must_do(&fx, &incident, "urge", "duty", "note=请速办");
	must_do(&fx, &incident, "urge", "duty", "");
	assert_int_equal(incident->urges, 2);
	must_do(&fx, &incident, "hard", "duty", "reason=多次退回");
	assert_int_equal(incident->hard, 1);
	act = fixture_act(&fx, "hard", incident, "other", "reason=再列");
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	assert_string_equal(decision.note, "Hard case: it was marked already");
	must_do(&fx, &incident, "hard", "duty", "reason=已解决\noff=yes");
	assert_int_equal(incident->hard, 0);
	must_do(&fx, &incident, "propose", "duty", "reason=权责不清");
	assert_int_equal(incident->candidate, 1);
	must_do(&fx, &incident, "propose", "duty", "reason=已明确\noff=yes");
	assert_int_equal(incident->candidate, 0);

	act = fixture_act(&fx, "instruct", incident, "duty", "leader=周区长\nwords=务必今晚恢复\nmeans=电话");
	act.by_phone.rung = "周区长";
	act.by_phone.at = fx.now - 5 * MINUTE_MS;
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	instruction = incident->instructions.items;
	assert_int_equal(incident->instructions.n, 1);
	assert_string_equal(instruction->leader, "周区长");
	assert_string_equal(instruction->words, "务必今晚恢复");
	assert_string_equal(instruction->means, "电话");
	assert_string_equal(instruction->by, "李敏");
	assert_int_equal(instruction->at, fx.now - 5 * MINUTE_MS); /* when it was said */
	fixture_release(&fx);
}

static enum err try_act(struct fixture *fx, struct incident **incident, const char *verb,
			const char *words)
{
	struct act act = fixture_act(fx, verb, *incident, "duty", words);
	struct decision decision;
	struct error err = ERROR_INIT;

	return fixture_decide(fx, incident, &act, 0, &decision, &err);
}

/* Passed on, read back, carried out: the oldest first, or that of the leader who is named; until it is
 * carried out it stands, after the case's end, too. */
static void instructions_are_carried_out(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	const struct instruction *all;

	(void)unused;
	assert_int_equal(try_act(&fx, &incident, "pass_on", "told=水务局"), ERR_REFUSED);
	assert_int_equal(try_act(&fx, &incident, "fulfil", "words=已办"), ERR_REFUSED);
	must_do(&fx, &incident, "instruct", "duty", "leader=周区长\nwords=今晚恢复");
	must_do(&fx, &incident, "instruct", "duty", "leader=王主任\nwords=通知居民");
	assert_true(incident_stands(incident) & STAND_INSTRUCTED);
	must_do(&fx, &incident, "pass_on", "duty", "told=水务局老周\nread_back=yes\nleader=王主任");
	must_do(&fx, &incident, "pass_on", "duty", "told=水务局值班室");
	assert_int_equal(try_act(&fx, &incident, "pass_on", "told=再传一遍"), ERR_REFUSED);
	all = incident->instructions.items;
	assert_string_equal(all[0].told, "水务局值班室");
	assert_int_equal(all[0].read_back, 0);
	assert_string_equal(all[1].told, "水务局老周");
	assert_int_equal(all[1].read_back, 1);
	must_do(&fx, &incident, "fulfil", "duty", "words=已恢复供水");
	all = incident->instructions.items;
	assert_string_equal(all[0].outcome, "已恢复供水");
	assert_true(all[0].done_at > 0);
	assert_int_equal(all[1].done_at, 0);
	incident->open = 0;
	incident->closed_at = all[1].at + 1;
	assert_false(incident_stands(incident) & STAND_INSTRUCTED); /* done with the case */
	incident->closed_at = all[1].at - 1;
	assert_true(incident_stands(incident) & STAND_INSTRUCTED); /* said after its end */
	must_do(&fx, &incident, "fulfil", "duty", "words=已通知");
	assert_false(incident_stands(incident) & STAND_INSTRUCTED);
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_are_carried_out),
		cmocka_unit_test(cards_rise),
		cmocka_unit_test(supervision_is_answered),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(marks_and_words_are_kept),
	};

	return cmocka_run_group_tests_name("domain/supervise", tests, NULL, NULL);
}
