/* Items in a meeting: time, words and who wrote them first, how they leave, what the case hears. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tasks.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

/* ---- when what can be said ---- */

static void when_its_meeting_sits(void **unused)
{
	static const struct {
		const char *state, *verb, *args;
		enum err code;
		const char *words;
	} cases[] = {
		{ "drawn", "begin", "", ERR_REFUSED, "the meeting is being prepared" },
		{ "called", "discuss", "discussion=x", ERR_REFUSED, "the meeting is called" },
		{ "called", "rest", "", ERR_REFUSED, "the meeting is called" },
		{ "sitting", "begin", "", ERR_OK, NULL },
		{ "sitting", "rest", "", ERR_REFUSED, "it is not being discussed" },
		{ "sitting", "discuss", "discussion=x", ERR_OK, NULL },
		{ "sitting", "resolve", "outcome=agreed", ERR_OK, NULL },
		{ "sitting", "resolve", "outcome=perhaps", ERR_INPUT, "\"perhaps\" is no outcome" },
		{ "held", "begin", "", ERR_REFUSED, "the meeting is held" },
		{ "held", "discuss", "discussion=x", ERR_OK, NULL },
		{ "signing", "discuss", "discussion=x", ERR_OK, NULL },
		{ "approving", "resolve", "outcome=agreed", ERR_OK, NULL },
		{ "approved", "discuss", "discussion=x", ERR_REFUSED, "what they say stands" },
		{ "approved", "resolve", "outcome=agreed", ERR_REFUSED, "what they say stands" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;

		tasks_init(&m);
		tasks_to(&m, cases[i].state);
		m.fx.now += MINUTE_MS; /* later than what ended the sitting */
		if (cases[i].code == ERR_OK)
			meetings_must(&m, KIND_ITEM, cases[i].verb, "duty", "a", cases[i].args);
		else
			meetings_refuse(&m, KIND_ITEM, cases[i].verb, "duty", "a", cases[i].args,
					cases[i].code, cases[i].words);
		meetings_refuse(&m, KIND_ITEM, cases[i].verb, "water", "a", cases[i].args, ERR_DENIED,
				"only 联动指挥中心");
		meetings_release(&m);
	}
}

/* An item of no agenda; and one that left its meeting for the next. */
static void in_no_agenda(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	meetings_item(&m, "z", "sw", "");
	meetings_refuse(&m, KIND_ITEM, "begin", "duty", "z", "", ERR_REFUSED, "agenda of no meeting");
	meetings_refuse(&m, KIND_ITEM, "discuss", "duty", "none", "discussion=x", ERR_NOT_FOUND,
			"no such item");
	meetings_release(&m);
}

/* ---- time ---- */

static void time_used(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_to(&m, "sitting");
	meetings_must(&m, KIND_ITEM, "begin", "duty", "a", "");
	meetings_refuse(&m, KIND_ITEM, "begin", "other", "a", "", ERR_REFUSED,
			"it is being discussed already, since");
	meetings_must(&m, KIND_ITEM, "begin", "other", "b", ""); /* another one's time is its own */
	m.fx.now += 9 * MINUTE_MS;
	meetings_must(&m, KIND_ITEM, "rest", "duty", "a", "");
	assert_int_equal(tasks_item(&m, "a")->used_s, 11 * 60);
	assert_int_equal(tasks_item(&m, "a")->begun_at, 0);
	meetings_must(&m, KIND_ITEM, "begin", "duty", "a", "");
	meetings_must(&m, KIND_ITEM, "rest", "duty", "a", "");
	assert_int_equal(tasks_item(&m, "a")->used_s, 12 * 60);
	/* moments that are said */
	meetings_refuse(&m, KIND_ITEM, "begin", "duty", "a", "held_at=2026-11-25 18:00", ERR_INPUT,
			"still to come");
	meetings_refuse(&m, KIND_ITEM, "begin", "duty", "a", "held_at=2026-11-25 14:00", ERR_INPUT,
			"the meeting was opened at");
	m.fx.now = fixture_time("2026-11-25 15:30");
	meetings_must(&m, KIND_ITEM, "begin", "duty", "a", "held_at=2026-11-25 15:00");
	assert_int_equal(tasks_item(&m, "a")->begun_at, fixture_time("2026-11-25 15:00"));
	/* the end of the sitting ends it */
	meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m", "");
	assert_int_equal(tasks_item(&m, "a")->begun_at, 0);
	assert_int_equal(tasks_item(&m, "a")->used_s, 12 * 60 + 31 * 60 + 60);
	/* what was done in the sitting and comes late is counted */
	m.eff = fixture_time("2026-11-25 15:20");
	meetings_must(&m, KIND_ITEM, "begin", "other", "a", "");
	m.eff = fixture_time("2026-11-25 15:25");
	meetings_must(&m, KIND_ITEM, "rest", "other", "a", "");
	assert_int_equal(tasks_item(&m, "a")->used_s, 44 * 60 + 5 * 60);
	meetings_release(&m);
	/* out of the agenda nothing is discussed */
	tasks_init(&m);
	tasks_to(&m, "sitting");
	meetings_must(&m, KIND_ITEM, "begin", "duty", "a", "");
	meetings_must(&m, KIND_ITEM, "place", "system", "a", "meeting_id=&m\noff=1");
	assert_int_equal(tasks_item(&m, "a")->begun_at, 0);
	assert_int_equal(tasks_item(&m, "a")->used_s, 60);
	meetings_release(&m);
}

/* ---- two at one item ---- */

static void the_second_edit_loses(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ITEM, "discuss", "duty", "a", "discussion=一\nrev=0", ERR_OK, NULL },
		{ KIND_ITEM, "discuss", "other", "a", "discussion=二\nrev=0", ERR_REFUSED,
		  "李敏 wrote it at 11-25 14:" },
		{ KIND_ITEM, "resolve", "other", "a", "outcome=agreed\nrev=0", ERR_REFUSED,
		  "read it and write again" },
		{ KIND_ITEM, "discuss", "other", "b", "discussion=三\nrev=0", ERR_OK, NULL }, /* another one */
		{ KIND_ITEM, "resolve", "other", "a", "outcome=agreed\nresolution=由区水务局牵头\nrev=1",
		  ERR_OK, NULL },
		{ KIND_ITEM, "discuss", "duty", "a", "discussion=四\nrev=1", ERR_REFUSED, "陈静 wrote it" },
		{ KIND_ITEM, "discuss", "duty", "a", "discussion=五\nrev=2", ERR_OK, NULL },
		{ KIND_ITEM, "resolve", "duty", "a", "outcome=好", ERR_INPUT, "is no outcome" },
		/* without a number: what he has before him counts */
		{ KIND_ITEM, "resolve", "duty", "a", "outcome=noted", ERR_OK, NULL },
	};
	struct meetings m;
	const struct item *item;

	(void)unused;
	tasks_init(&m);
	tasks_to(&m, "sitting");
	tasks_run(&m, steps, ARRAY_LEN(steps));
	item = tasks_item(&m, "a");
	assert_string_equal(item->discussion, "五");
	assert_string_equal(item->resolution, "由区水务局牵头"); /* stands: none was said */
	assert_string_equal(item->outcome, "noted");
	assert_int_equal(item->rev, 4);
	assert_string_equal(item->edited_by, "李敏");
	meetings_release(&m);
}

/* Without a number of the edit: the state that the author had before him. */
static void what_its_author_saw(void **unused)
{
	static const struct {
		int64_t base; /* version: 0 unknown, 1 before the other's edit, 2 after it */
		bool known;   /* the state of that version is at hand */
		enum err code;
	} cases[] = {
		{ 2, false, ERR_OK }, { 1, true, ERR_REFUSED }, { 1, false, ERR_REFUSED },
		{ 0, false, ERR_REFUSED },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;
		struct item *item, *seen;
		struct decision decision;
		struct error err = ERROR_INIT;
		struct state state = { .n_near = 1 };
		const struct moment now = { fixture_time("2026-11-25 15:00"),
					    fixture_time("2026-11-25 15:00") };
		const void *near[1];
		struct act act;

		tasks_init(&m);
		tasks_to(&m, "sitting");
		item = meetings_entity(&m, KIND_ITEM, "a");
		seen = entity_copy(item, &m.fx.arena);
		seen->head.version = 1;
		item->head.version = 2;
		item->rev = 1;
		near[0] = meetings_meeting(&m);
		state.near = near;
		state.entity = item;
		state.base_entity = cases[i].known ? seen : NULL;
		act = fixture_act_of(&m.fx, KIND_ITEM, "discuss", "duty", "discussion=x");
		act.target = (struct target){ KIND_ITEM, item->head.id, cases[i].base };
		if (decide(&m.fx.rules, &state, &act, &now, &m.fx.arena, &decision, &err) !=
		    cases[i].code)
			fail_msg("%zu: %s", i, err.text);
		meetings_release(&m);
	}
}

/* ---- leaving ---- */

static void how_it_leaves(void **unused)
{
	static const struct {
		const char *outcome; /* NULL: nothing was said */
		const char *state, *links;
		bool open, candidate;
		int64_t times;
	} cases[] = {
		{ "agreed", "settled", "settled", false, false, 0 },
		{ "rejected", "settled", "settled", false, false, 0 },
		{ "noted", "settled", "settled", false, false, 0 },
		{ "deferred", "approved", "item", true, true, 1 },
		{ NULL, "approved", "item", true, true, 1 },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;
		const struct item *item;
		const struct incident *incident;
		char args[80];

		tasks_init(&m);
		tasks_to(&m, "sitting");
		snprintf(args, sizeof args, "outcome=%s\nresolution=决议", cases[i].outcome);
		if (cases[i].outcome != NULL)
			meetings_must(&m, KIND_ITEM, "resolve", "duty", "a", args);
		meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m", "");
		item = tasks_item(&m, "a");
		incident = meetings_entity(&m, KIND_INCIDENT, "c");
		assert_string_equal(item->state, cases[i].state);
		assert_int_equal(item->open, cases[i].open);
		assert_int_equal(item->times, cases[i].times);
		assert_int_equal(item->meeting == NULL, cases[i].open);
		assert_non_null(item->settled_in);
		assert_int_equal(item->settled_at != 0, !cases[i].open);
		assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), cases[i].links);
		assert_int_equal(incident->candidate, cases[i].candidate);
		meetings_release(&m);
	}
}

static void a_whistle_hears_of_it(void **unused)
{
	struct meetings m;
	const struct whistle *whistle;

	(void)unused;
	tasks_init(&m);
	whistle = tasks_whistle(&m, "w");
	m.series[0].item_role = NULL;
	m.series[0].items_most = 0;
	meetings_to(&m, "called");
	meetings_must(&m, KIND_ITEM, "bring", "duty", "k", "whistle=~w\nmeeting_id=&m");
	assert_true(whistle->candidate);
	m.fx.now = fixture_time("2026-11-25 14:30");
	meetings_must(&m, KIND_MEETING, "open", "duty", "m", "reason=先开");
	meetings_must(&m, KIND_ITEM, "resolve", "duty", "k", "outcome=rejected\nresolution=不同意");
	meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m", "");
	assert_string_equal(tasks_item(&m, "k")->state, "settled");
	assert_string_equal(tasks_links(&m, KIND_WHISTLE, "w"), "settled");
	assert_false(whistle->candidate);
	meetings_release(&m);
}

/* Between the end of the sitting and the approval of its minutes words and outcome may change. */
static void corrected_afterwards(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_to(&m, "sitting");
	meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m", "");
	assert_int_equal(tasks_item(&m, "a")->times, 1);
	/* what came late with the line cut: it was agreed */
	meetings_must(&m, KIND_ITEM, "resolve", "other", "a", "outcome=agreed\nresolution=甲\nrev=0");
	assert_string_equal(tasks_item(&m, "a")->state, "settled");
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "settled");
	assert_int_equal(m.decision.n_follow, 2);
	/* the same outcome in other words: the case hears of it, and is not taken off again */
	meetings_must(&m, KIND_ITEM, "resolve", "other", "a", "outcome=agreed\nresolution=乙");
	assert_int_equal(m.decision.n_follow, 1);
	meetings_must(&m, KIND_ITEM, "resolve", "other", "a", "outcome=agreed\nresolution=乙");
	assert_int_equal(m.decision.n_follow, 0);
	/* put off after all */
	meetings_must(&m, KIND_ITEM, "resolve", "other", "a", "outcome=deferred");
	assert_string_equal(tasks_item(&m, "a")->state, "approved");
	assert_true(tasks_item(&m, "a")->open);
	assert_int_equal(tasks_item(&m, "a")->settled_at, 0);
	assert_int_equal(tasks_item(&m, "a")->times, 2);
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "item");
	meetings_release(&m);
}

/* The next meeting writes it anew; the one before keeps what was said. */
static void carried_over(void **unused)
{
	struct meetings m;
	const struct meeting *first, *second;
	struct said said;

	(void)unused;
	tasks_init(&m);
	tasks_to(&m, "sitting");
	meetings_must(&m, KIND_ITEM, "begin", "duty", "a", "");
	meetings_must(&m, KIND_ITEM, "discuss", "duty", "a", "discussion=再议");
	meetings_must(&m, KIND_ITEM, "resolve", "duty", "a", "outcome=deferred\nresolution=补充材料后再议");
	meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m", "");
	meetings_must(&m, KIND_MEETING, "convene", "duty", "m2",
		      "series=weekly\nstarts=2026-12-02 14:30\nroom=研判室\nentry=@a 1");
	first = meetings_meeting(&m);
	second = meetings_entity(&m, KIND_MEETING, "m2");
	/* in its agenda, and nothing was said there yet */
	assert_string_equal(tasks_item(&m, "a")->discussion, "再议");
	said = meeting_said(second, meeting_entry(second, 0), tasks_item(&m, "a"));
	assert_null(said.discussion);
	said = meeting_said(first, meeting_entry(first, 0), tasks_item(&m, "a"));
	assert_string_equal(said.discussion, "再议");
	/* the words of the first are closed: it is the second's now, which does not sit */
	meetings_refuse(&m, KIND_ITEM, "discuss", "duty", "a", "discussion=x", ERR_REFUSED,
			"the meeting is being prepared");
	m.fx.now = fixture_time("2026-12-02 14:00");
	meetings_must(&m, KIND_MEETING, "invite", "duty", "m2", "");
	m.fx.now = fixture_time("2026-12-02 14:30");
	meetings_must(&m, KIND_MEETING, "open", "duty", "m2", "reason=先开");
	meetings_must(&m, KIND_ITEM, "begin", "duty", "a", "");
	assert_null(tasks_item(&m, "a")->discussion);
	assert_null(tasks_item(&m, "a")->outcome);
	assert_int_equal(tasks_item(&m, "a")->used_s, 0);
	meetings_must(&m, KIND_ITEM, "resolve", "duty", "a", "outcome=agreed\nresolution=同意");
	meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m2", "");
	assert_string_equal(tasks_item(&m, "a")->state, "settled");
	said = meeting_said(first, meeting_entry(first, 0), tasks_item(&m, "a"));
	assert_string_equal(said.resolution, "补充材料后再议");
	assert_string_equal(said.outcome, "deferred");
	assert_true(said.used_s > 0);
	said = meeting_said(second, meeting_entry(second, 0), tasks_item(&m, "a"));
	assert_string_equal(said.resolution, "同意");
	meetings_release(&m);
}

/* ---- acts that only follow ---- */

static void what_only_follows(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ITEM, "place", "duty", "a", "meeting_id=&m", ERR_DENIED, "only the administrator" },
		{ KIND_ITEM, "settle", "duty", "a", "meeting_id=&m", ERR_DENIED, "only the administrator" },
		{ KIND_ITEM, "tasked", "duty", "a", "action_id=x\nstate=given", ERR_DENIED,
		  "only the administrator" },
		{ KIND_INCIDENT, "table", "duty", "c", "item_id=@a", ERR_DENIED, "only the administrator" },
		{ KIND_INCIDENT, "resolved", "duty", "c", "item_id=@a\nmeeting_id=&m\noutcome=agreed",
		  ERR_DENIED, "only the administrator" },
		{ KIND_WHISTLE, "tasked", "duty", "w", "action_id=x\nstate=given", ERR_DENIED,
		  "only the administrator" },
		{ KIND_ITEM, "place", "system", "a", "meeting_id=&other", ERR_REFUSED,
		  "stands in the agenda of another meeting already" },
		{ KIND_ITEM, "place", "system", "a", "meeting_id=x", ERR_INPUT, "none of the id" },
		{ KIND_ITEM, "settle", "system", "a", "meeting_id=&other", ERR_REFUSED,
		  "not stand in that agenda" },
		{ KIND_ITEM, "place", "system", "a", "meeting_id=&other\noff=1", ERR_OK, NULL }, /* not there */
	};
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_whistle(&m, "w");
	tasks_to(&m, "drawn");
	tasks_run(&m, steps, ARRAY_LEN(steps));
	assert_non_null(tasks_item(&m, "a")->meeting);
	meetings_must(&m, KIND_ITEM, "place", "system", "a", "meeting_id=&m\nhearer=ql\nhearer=ql\norder=4");
	assert_int_equal(tasks_item(&m, "a")->hearers.n, 1);
	assert_int_equal(tasks_item(&m, "a")->order, 4);
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(when_its_meeting_sits),
		cmocka_unit_test(in_no_agenda),
		cmocka_unit_test(time_used),
		cmocka_unit_test(the_second_edit_loses),
		cmocka_unit_test(what_its_author_saw),
		cmocka_unit_test(how_it_leaves),
		cmocka_unit_test(a_whistle_hears_of_it),
		cmocka_unit_test(corrected_afterwards),
		cmocka_unit_test(carried_over),
		cmocka_unit_test(what_only_follows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
