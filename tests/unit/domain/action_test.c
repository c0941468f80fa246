/* Tasks: given in a meeting, signed for, done, verified; what cases and items hear of them. */
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
#include "zhiban/base/str.h"
#include "zhiban/domain/deadline.h"
#include "zhiban/domain/party.h"

/* ---- giving ---- */

#define OF_A "item_id=@a\nmeeting_id=&m\ntitle=查明权属\n"

static void who_gives_what(void **unused)
{
	static const struct {
		const char *state, *actor, *args;
		enum err code;
		const char *words;
	} cases[] = {
		{ "sitting", "duty", OF_A "lead_org=sw", ERR_OK, NULL },
		{ "held", "duty", OF_A "lead_org=sw", ERR_OK, NULL },
		{ "approved", "duty", OF_A "lead_org=sw", ERR_OK, NULL },
		{ "drawn", "duty", OF_A "lead_org=sw", ERR_REFUSED, "the meeting is being prepared" },
		{ "called", "duty", OF_A "lead_org=sw", ERR_REFUSED, "the meeting is called" },
		{ "sitting", "water", OF_A "lead_org=sw", ERR_DENIED, "only 联动指挥中心" },
		{ "sitting", "auditor", OF_A "lead_org=sw", ERR_DENIED, "" },
		{ "sitting", "duty", OF_A "lead_org=none", ERR_INPUT, "no organisation" },
		{ "sitting", "duty", OF_A "lead_org=sw\nassist=none", ERR_INPUT, "no organisation" },
		{ "sitting", "duty", "item_id=@none\nmeeting_id=&m\ntitle=x\nlead_org=sw", ERR_NOT_FOUND,
		  "there is none of the id" },
		{ "sitting", "duty", "item_id=@a\nmeeting_id=&none\ntitle=x\nlead_org=sw", ERR_NOT_FOUND,
		  "there is none of the id" },
		{ "sitting", "duty", "item_id=@z\nmeeting_id=&m\ntitle=x\nlead_org=sw", ERR_REFUSED,
		  "20261123-Kz is no item of that meeting" },
		{ "sitting", "duty", OF_A "lead_org=sw\nhandle_by=2026-11-25 14:00", ERR_INPUT,
		  "must lie ahead" },
		{ "sitting", "duty", OF_A "lead_org=sw\nlimit=soon", ERR_INPUT, "" },
		{ "sitting", "duty", OF_A "lead_org=sw\nlimit=-", ERR_INPUT, "so much time" },
		{ "sitting", "duty", OF_A "lead_org=sw\nlimit=3wd\nhandle_by=2026-12-01 17:00", ERR_INPUT,
		  "a date or a limit" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;

		tasks_init(&m);
		tasks_to(&m, cases[i].state);
		meetings_item(&m, "z", "sw", "");
		if (cases[i].code == ERR_OK)
			meetings_must(&m, KIND_ACTION, "task", cases[i].actor, "t", cases[i].args);
		else
			meetings_refuse(&m, KIND_ACTION, "task", cases[i].actor, "t", cases[i].args,
					cases[i].code, cases[i].words);
		meetings_release(&m);
	}
}

static void what_it_says(void **unused)
{
	struct meetings m;
	const struct action *action;
	const char *codes[PARTY_MAX];
	size_t n;

	(void)unused;
	tasks_init(&m);
	tasks_to(&m, "sitting");
	m.fx.serial = 5;
	meetings_must(&m, KIND_ITEM, "resolve", "duty", "a", "outcome=agreed\nresolution=由区水务局查明权属");
	meetings_must(&m, KIND_ACTION, "task", "duty", "t", OF_A "lead_org=sw\nassist=zj\nassist=sw");
	action = tasks_action(&m);
	assert_string_equal(action->number, "20261125-A005");
	assert_string_equal(action->title, "查明权属");
	assert_string_equal(action->words, "由区水务局查明权属"); /* the resolution, as nothing was said */
	assert_string_equal(action->org, "zx");
	assert_string_equal(action->lead, "sw");
	assert_int_equal(action->assists.n, 1); /* who leads does not assist himself */
	assert_string_equal(action->state, "given");
	assert_true(action->open);
	assert_string_equal(action->about_no, "20261122-0c");
	assert_string_equal(action->meeting_no, meetings_meeting(&m)->number);
	assert_int_equal(action->hearers.n, tasks_item(&m, "a")->hearers.n);
	assert_true(action->hearers.n > 0);
	/* whoever sat there sees it */
	n = party_of(&m.fx.rules, action, codes);
	assert_true(n >= 4);
	/* the item counts it, the case knows it */
	assert_int_equal(tasks_item(&m, "a")->actions, 1);
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "item action");
	meetings_release(&m);
}

/* ---- clocks ---- */

static void its_clocks(void **unused)
{
	static const struct {
		const char *args, *handle;
	} cases[] = {
		{ "", "12-02 17:30" }, /* 5wd */
		{ "\nlimit=2d", "11-27 14:31" },
		{ "\nhandle_by=2026-12-10 12:00", "12-10 12:00" },
	};
	struct meetings m;
	char args[160];

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		tasks_init(&m);
		tasks_to(&m, "sitting");
		m.fx.now = fixture_time("2026-11-25 14:30");
		snprintf(args, sizeof args, OF_A "lead_org=sw%s", cases[i].args);
		meetings_must(&m, KIND_ACTION, "task", "duty", "t", args);
		assert_string_equal(tasks_runs(&m, "sign"), "11-26 17:30");
		assert_string_equal(tasks_runs(&m, "handle"), cases[i].handle);
		assert_string_equal(tasks_action(&m)->due_clock, "sign");
		assert_string_equal(tasks_action(&m)->due_org, "sw");
		meetings_release(&m);
	}
	/* written with the line cut: the department knows of it when the server has it */
	tasks_init(&m);
	tasks_to(&m, "sitting");
	m.fx.now = fixture_time("2026-11-27 09:00");
	m.eff = fixture_time("2026-11-25 14:40");
	meetings_must(&m, KIND_ACTION, "task", "duty", "t", OF_A "lead_org=sw");
	assert_string_equal(tasks_runs(&m, "sign"), "11-30 17:30");
	assert_string_equal(tasks_runs(&m, "handle"), "12-04 17:30");
	meetings_release(&m);
}

/* ---- the usual way ---- */

static void from_giving_to_done(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ACTION, "verify_ok", "duty", "t", "", ERR_REFUSED, "the task is not signed for" },
		{ KIND_ACTION, "sign", "roads", "t", "", ERR_DENIED, "only 区水务局" },
		{ KIND_ACTION, "sign", "water", "t", "", ERR_OK, NULL },
		{ KIND_ACTION, "sign", "water", "t", "", ERR_REFUSED, "the task is in hand (latest: Sign for" },
		{ KIND_ACTION, "progress", "water", "t", "note=已现场踏勘", ERR_OK, NULL },
		{ KIND_ACTION, "progress", "roads", "t", "note=已提供图纸", ERR_OK, NULL },
		{ KIND_ACTION, "progress", "street", "t", "note=n", ERR_DENIED, "only 区水务局" },
		{ KIND_ACTION, "assisted", "water", "t", "words=w\nshare=sw", ERR_REFUSED, "does not assist" },
		{ KIND_ACTION, "assisted", "street", "t", "words=w", ERR_DENIED, "only 区住建局" },
		{ KIND_ACTION, "assisted", "roads", "t", "words=图纸已交", ERR_OK, NULL },
		{ KIND_ACTION, "assisted", "roads", "t", "words=w", ERR_REFUSED, "done already by 区住建局" },
		{ KIND_ACTION, "feedback", "roads", "t", "reply=r", ERR_DENIED, "only 区水务局" },
		{ KIND_ACTION, "feedback", "water", "t", "reply=权属已查明", ERR_OK, NULL },
		{ KIND_ACTION, "revise", "duty", "t", "title=x\nreason=r", ERR_REFUSED, "the task is fed back" },
		{ KIND_ACTION, "verify_ok", "water", "t", "", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ACTION, "verify_ok", "duty", "t", "note=属实", ERR_OK, NULL },
		{ KIND_ACTION, "feedback", "water", "t", "reply=r", ERR_REFUSED, "the task is done" },
		{ KIND_ACTION, "withdraw", "duty", "t", "reason=r", ERR_REFUSED, "the task is done" },
		{ KIND_ACTION, "note", "roads", "t", "note=n", ERR_OK, NULL },
		{ KIND_ACTION, "sign", "water", "none", "", ERR_NOT_FOUND, "no such task" },
	};
	struct meetings m;
	const struct action *action;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	tasks_run(&m, steps, ARRAY_LEN(steps));
	action = tasks_action(&m);
	assert_string_equal(action->state, "done");
	assert_false(action->open);
	assert_string_equal(action->signed_by, "王芳");
	assert_string_equal(action->progress, "已提供图纸");
	assert_string_equal(action->reply, "权属已查明");
	assert_string_equal(action->replied_by, "王芳");
	assert_string_equal(action->verified_by, "李敏");
	assert_string_equal(action->close_reason, "属实");
	assert_true(action->in_time);
	assert_int_equal(action->due, 0);
	assert_string_equal(tasks_runs(&m, "sign"), "");
	assert_string_equal(tasks_runs(&m, "handle"), "");
	assert_string_equal(tasks_runs(&m, "verify"), "");
	meetings_release(&m);
}

/* What the case and the item hear: given, fed back, done; withdrawn. */
/* Whatever length it has: the case hears the beginning. */
static void long_words(void **unused)
{
	struct meetings m;
	struct str args = STR_INIT;
	const char *words;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	str_add(&args, "reply=");
	for (int i = 0; i < 20000; i++)
		str_add(&args, "长");
	meetings_must(&m, KIND_ACTION, "feedback", "water", "t", str_get(&args));
	words = act_text(&m.decision.follow[1], "words");
	assert_int_equal(strlen(words), 300 * strlen("长"));
	assert_string_equal(words + 299 * strlen("长"), "…");
	str_clear(&args);
	str_add(&args, "outcome=agreed\nresolution=");
	for (int i = 0; i < 20000; i++)
		str_add(&args, "决");
	meetings_must(&m, KIND_ITEM, "resolve", "duty", "a", str_get(&args));
	meetings_must(&m, KIND_MEETING, "adjourn", "duty", "m", "");
	assert_string_equal(tasks_item(&m, "a")->state, "settled");
	str_release(&args);
	meetings_release(&m);
}

static void what_is_written_back(void **unused)
{
	static const struct {
		const char *verb, *actor, *args;
		size_t follows; /* item and case, or nobody */
		const char *state, *words;
	} cases[] = {
		{ "sign", "water", "", 0, NULL, NULL },
		{ "progress", "water", "note=n", 0, NULL, NULL },
		{ "feedback", "water", "reply=已办", 2, "replied", "已办" },
		{ "verify_no", "duty", "reason=r", 0, NULL, NULL },
		{ "feedback", "water", "reply=又办", 2, "replied", "又办" },
		{ "verify_ok", "duty", "", 2, "done", NULL },
	};
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	assert_int_equal(m.decision.n_follow, 2);
	assert_string_equal(act_text(&m.decision.follow[1], "words"), "区水务局: 查明权属");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		meetings_must(&m, KIND_ACTION, cases[i].verb, cases[i].actor, "t", cases[i].args);
		assert_int_equal(m.decision.n_follow, cases[i].follows);
		if (cases[i].follows == 0)
			continue;
		assert_int_equal(m.decision.follow[1].target.kind, KIND_INCIDENT);
		assert_string_equal(act_text(&m.decision.follow[1], "state"), cases[i].state);
		assert_true(str_eq(act_text(&m.decision.follow[1], "words"), cases[i].words));
	}
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "item action");
	assert_int_equal(tasks_item(&m, "a")->actions, 1);
	meetings_release(&m);

	tasks_init(&m);
	tasks_given(&m);
	meetings_must(&m, KIND_ACTION, "withdraw", "duty", "t", "reason=另行安排");
	assert_string_equal(act_text(&m.decision.follow[1], "state"), "withdrawn");
	assert_string_equal(tasks_action(&m)->close_reason, "另行安排");
	assert_false(tasks_action(&m)->open);
	assert_string_equal(tasks_runs(&m, "handle"), "");
	assert_int_equal(tasks_item(&m, "a")->actions, 0);
	meetings_release(&m);
}

/* ---- in time or not ---- */

static void in_time_or_not(void **unused)
{
	static const struct {
		const char *first, *again; /* when it answers; again: after a rework, or NULL */
		bool in_time;
	} cases[] = {
		{ "2026-12-02 17:29", NULL, true },
		{ "2026-12-02 17:30", NULL, false },
		{ "2026-12-02 17:00", "2026-12-08 10:00", true },
		{ "2026-12-03 09:00", "2026-12-08 10:00", false }, /* late once is late */
		{ "2026-12-02 17:00", "2026-12-20 10:00", false },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;

		tasks_init(&m);
		tasks_given(&m);
		m.fx.now = fixture_time(cases[i].first);
		meetings_must(&m, KIND_ACTION, "feedback", "water", "t", "reply=r");
		assert_true(tasks_action(&m)->signed_at != 0); /* who answers has signed for it */
		if (cases[i].again != NULL) {
			m.fx.now = fixture_time("2026-12-07 09:00");
			meetings_must(&m, KIND_ACTION, "verify_no", "duty", "t", "reason=不到位");
			assert_int_equal(tasks_action(&m)->replied_at, 0);
			assert_int_equal(tasks_action(&m)->reworks, 1);
			assert_string_equal(tasks_action(&m)->state, "signed");
			assert_string_equal(tasks_runs(&m, "handle"), "12-14 17:30");
			assert_string_equal(tasks_runs(&m, "verify"), "");
			m.fx.now = fixture_time(cases[i].again);
			meetings_must(&m, KIND_ACTION, "feedback", "water", "t", "reply=r2");
		}
		if (tasks_action(&m)->in_time != cases[i].in_time)
			fail_msg("%zu", i);
		assert_string_not_equal(tasks_runs(&m, "verify"), "");
		assert_string_equal(tasks_action(&m)->due_org, "zx");
		meetings_release(&m);
	}
}

/* Whoever has it now is judged by his own time; done once more, to the date while it lies ahead. */
static void in_whose_time(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	m.fx.now = fixture_time("2026-12-03 09:00"); /* the first is late already */
	meetings_must(&m, KIND_ACTION, "revise", "duty", "t", "lead_org=ll\nreason=改由街道办理");
	m.fx.now = fixture_time("2026-12-04 09:00");
	meetings_must(&m, KIND_ACTION, "feedback", "street", "t", "reply=r");
	assert_true(tasks_action(&m)->in_time);
	meetings_release(&m);

	tasks_init(&m);
	tasks_to(&m, "sitting");
	meetings_must(&m, KIND_ACTION, "task", "duty", "t",
		      OF_A "lead_org=sw\nhandle_by=2026-12-10 12:00");
	meetings_must(&m, KIND_ACTION, "feedback", "water", "t", "reply=r");
	meetings_must(&m, KIND_ACTION, "verify_no", "duty", "t", "reason=r");
	assert_string_equal(tasks_runs(&m, "handle"), "12-10 12:00");
	m.fx.now = fixture_time("2026-12-10 11:00");
	meetings_must(&m, KIND_ACTION, "feedback", "water", "t", "reply=r");
	m.fx.now = fixture_time("2026-12-11 09:00"); /* it is over: the profile's time */
	meetings_must(&m, KIND_ACTION, "verify_no", "duty", "t", "reason=r");
	assert_string_equal(tasks_runs(&m, "handle"), "12-18 17:30");
	assert_int_equal(tasks_action(&m)->handle_by, fixture_time("2026-12-10 12:00"));
	meetings_release(&m);
}

static void runs_out(void **unused)
{
	struct deadline deadlines[DEADLINES_MOST];
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	assert_int_equal(deadlines_of(tasks_action(&m), deadlines), 2);
	assert_int_equal(deadlines[0].sort, DEADLINE_TASK);
	assert_string_equal(deadlines[0].clock, "sign");
	assert_string_equal(deadlines[0].org, "sw");
	assert_false(action_is_overdue(tasks_action(&m), fixture_time("2026-12-02 17:30")));
	assert_true(action_is_overdue(tasks_action(&m), fixture_time("2026-12-02 17:31")));
	assert_string_equal(action_clock_label(&m.fx.rules, "handle"), "办理"); /* the profile's */
	assert_string_equal(action_clock_label(&m.fx.rules, "verify"), "Verify");
	assert_string_equal(action_clock_label(&m.fx.rules, "countersign"), "Countersign");
	assert_string_equal(action_next_clock(tasks_action(&m))->kind, "sign");
	meetings_must(&m, KIND_ACTION, "sign", "water", "t", "");
	assert_string_equal(action_next_clock(tasks_action(&m))->kind, "handle");
	meetings_must(&m, KIND_ACTION, "feedback", "water", "t", "reply=r");
	assert_false(action_is_overdue(tasks_action(&m), fixture_time("2027-12-02 17:31")));
	meetings_release(&m);
}

/* ---- returned, corrected ---- */

static void returned_and_corrected(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ACTION, "return", "roads", "t", "reason=r", ERR_DENIED, "only 区水务局" },
		{ KIND_ACTION, "return", "water", "t", "reason=非我局职责", ERR_OK, NULL },
		{ KIND_ACTION, "return", "water", "t", "reason=r", ERR_REFUSED, "it was returned already: 非我局职责" },
	};
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	meetings_must(&m, KIND_ACTION, "sign", "water", "t", "");
	tasks_run(&m, steps, ARRAY_LEN(steps));
	/* nobody has to sign while it lies with the secretary; its time runs on */
	assert_string_equal(tasks_action(&m)->state, "given");
	assert_int_equal(tasks_action(&m)->signed_at, 0);
	assert_string_equal(tasks_runs(&m, "sign"), "");
	assert_string_equal(tasks_runs(&m, "handle"), "12-02 17:30");
	/* the same again: it has to */
	m.fx.now = fixture_time("2026-11-27 09:00");
	meetings_must(&m, KIND_ACTION, "revise", "duty", "t", "reason=请按会议决议办理");
	assert_null(tasks_action(&m)->returned_for);
	assert_string_equal(tasks_runs(&m, "sign"), "11-30 17:30");
	/* another one: all its time anew, and the first has nothing left that runs */
	meetings_must(&m, KIND_ACTION, "revise", "duty", "t", "lead_org=zj\nassist=sw\nassist=ll\nreason=r");
	assert_string_equal(tasks_action(&m)->lead, "zj");
	assert_int_equal(tasks_action(&m)->assists.n, 2);
	assert_string_equal(tasks_runs(&m, "sign"), "11-30 17:30");
	assert_string_equal(tasks_runs(&m, "handle"), "12-04 17:30");
	assert_string_equal(action_handle_clock(tasks_action(&m))->org, "zj");
	meetings_refuse(&m, KIND_ACTION, "sign", "water", "t", "", ERR_DENIED, "only 区住建局");
	meetings_must(&m, KIND_ACTION, "sign", "roads", "t", "");
	/* a date */
	meetings_refuse(&m, KIND_ACTION, "revise", "duty", "t", "handle_by=2026-11-01 09:00\nreason=r",
			ERR_INPUT, "must lie ahead");
	meetings_must(&m, KIND_ACTION, "revise", "duty", "t", "handle_by=2026-12-20 12:00\ntitle=改\nreason=r");
	assert_string_equal(tasks_runs(&m, "handle"), "12-20 12:00");
	assert_string_equal(tasks_action(&m)->state, "signed");
	assert_string_equal(tasks_action(&m)->title, "改");
	/* who assists no more is taken out, what another has done stays */
	meetings_must(&m, KIND_ACTION, "assisted", "street", "t", "words=已配合");
	meetings_must(&m, KIND_ACTION, "revise", "duty", "t", "assist=ll\nassist=ql\nreason=r");
	assert_int_equal(tasks_action(&m)->assists.n, 2);
	assert_true(((const struct concerned *)tasks_action(&m)->assists.items)->done_at != 0);
	meetings_release(&m);
}

/* ---- by telephone ---- */

static void by_telephone(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	m.phone = (struct by_phone){ .org = "sw", .rung = "值班室", .answered_by = "刘工" };
	meetings_refuse(&m, KIND_ACTION, "sign", "roads", "t", "", ERR_DENIED, "cannot record");
	m.phone = (struct by_phone){ .org = "sw", .rung = "值班室", .answered_by = "刘工" };
	meetings_must(&m, KIND_ACTION, "sign", "duty", "t", "");
	assert_string_equal(tasks_action(&m)->signed_by, "刘工");
	assert_int_equal(tasks_action(&m)->owed, 1);
	assert_string_equal(tasks_runs(&m, "countersign"), "11-26 17:30");
	meetings_refuse(&m, KIND_ACTION, "countersign", "roads", "t", "", ERR_DENIED, "");
	meetings_must(&m, KIND_ACTION, "countersign", "water", "t", "");
	assert_int_equal(tasks_action(&m)->owed, 0);
	assert_string_equal(tasks_runs(&m, "countersign"), "");
	meetings_must(&m, KIND_ACTION, "countersign", "water", "t", "");
	assert_int_equal(m.decision.n_effects, 0); /* again: nothing to write */
	/* for it, without a word of the telephone: it is recorded all the same */
	meetings_must(&m, KIND_ACTION, "feedback", "duty", "t", "reply=口头答复");
	assert_int_equal(tasks_action(&m)->owed, 1);
	meetings_release(&m);
}

/* ---- what could be done ---- */

static void what_could_be_done(void **unused)
{
	static const struct {
		const char *done, *actor, *verbs; /* done: what the lead has done */
	} cases[] = {
		{ "", "duty", "sign return progress assisted feedback withdraw extend_ask urge supervise call note" },
		{ "", "water", "sign return progress feedback extend_ask call note" },
		{ "", "roads", "progress assisted call note" },
		{ "", "street", "call note" },
		{ "", "auditor", "" },
		{ "sign", "water", "return progress feedback extend_ask call note" },
		{ "feedback", "duty", "progress assisted verify_ok verify_no withdraw supervise call note" },
		{ "feedback", "water", "progress call note" },
		{ "done", "duty", "call note" },
		{ "done", "water", "call note" },
		{ "withdrawn", "duty", "call note" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct actor actor = fixture_actor(cases[i].actor);
		struct str verbs = STR_INIT;
		struct meetings m;

		tasks_init(&m);
		tasks_given(&m);
		if (act_desc_of(KIND_ACTION, cases[i].done) == NULL && *cases[i].done != '\0')
			((struct action *)meetings_entity(&m, KIND_ACTION, "t"))->state = cases[i].done;
		else if (*cases[i].done != '\0')
			meetings_must(&m, KIND_ACTION, cases[i].done, "water", "t",
				      strcmp(cases[i].done, "feedback") == 0 ? "reply=r" : "");
		for (size_t k = 0; k < act_desc_count(); k++) {
			const struct act_desc *desc = act_desc_at(k);

			if (strcmp(desc->verb, "revise") != 0 &&
			    action_possible(&m.fx.rules, tasks_action(&m), desc, &actor, NULL) == ERR_OK)
				str_addf(&verbs, "%s%s", verbs.len > 0 ? " " : "", desc->verb);
		}
		if (strcmp(str_get(&verbs), cases[i].verbs) != 0)
			fail_msg("%s %s: %s", cases[i].done, cases[i].actor, str_get(&verbs));
		str_release(&verbs);
		meetings_release(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_gives_what),
		cmocka_unit_test(what_it_says),
		cmocka_unit_test(its_clocks),
		cmocka_unit_test(from_giving_to_done),
		cmocka_unit_test(what_is_written_back),
		cmocka_unit_test(long_words),
		cmocka_unit_test(in_time_or_not),
		cmocka_unit_test(in_whose_time),
		cmocka_unit_test(runs_out),
		cmocka_unit_test(returned_and_corrected),
		cmocka_unit_test(by_telephone),
		cmocka_unit_test(what_could_be_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
