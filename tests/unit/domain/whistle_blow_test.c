/* A whistle up to its issue: who may blow what, what must be there, its class, the leader, the centre's
 * check, corrected, returned, withdrawn; and the cases that it is blown from. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "whistles.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/party.h"

#define TITLE "title=老旧小区消防通道堵塞"
#define GROUND "\nground=joint"
#define SW "\nassist=sw"
#define FULL TITLE GROUND SW

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

static void drop(struct whistles *w)
{
	w->whistle = NULL;
}

/* --- blowing --------------------------------------------------------------------------------- */

/* Where it leads, by who blows what; "" before the step: it is refused with these words. */
static void each_way_begins(void **state)
{
	static const struct {
		const char *actor, *args;
		const char *step, *cls, *origin; /* step NULL: refused */
		enum err code;
		const char *words;
	} cases[] = {
		/* minor needs nobody, major its leader; the clerk of a street drafts both */
		{ "street", FULL, "check", "minor", "ll", ERR_OK, NULL },
		{ "street", FULL "\nimportant=yes", "approve", "major", "ll", ERR_OK, NULL },
		{ "street", FULL "\npressing=yes", "approve", "major", "ll", ERR_OK, NULL },
		{ "street", FULL "\nimportant=yes\npressing=yes", "approve", "grave", "ll", ERR_OK,
		  NULL },
		{ "street", FULL "\nimportant=yes\ncls=minor", "check", "minor", "ll", ERR_OK, NULL },
		{ "street", FULL "\ncls=重大", "approve", "grave", "ll", ERR_OK, NULL },
		/* whoever may approve it himself has done so */
		{ "mayor", FULL "\ncls=grave", "check", "grave", "ll", ERR_OK, NULL },
		/* in the street's name by whoever is of it */
		{ "station", FULL, "check", "minor", "ll", ERR_OK, NULL },
		{ "green", FULL, "check", "minor", "ql", ERR_OK, NULL },
		/* the centre has a word of its own, and nobody checks it */
		{ "duty", TITLE SW, "issued", "plain", "zx", ERR_OK, NULL },
		{ "duty", "summons=响应令\n" TITLE SW, "issued", "plain", "zx", ERR_OK, NULL },
		/* a draft may lack all but its title */
		{ "street", TITLE "\ndraft=yes", "draft", "minor", "ll", ERR_OK, NULL },
		/* who may not */
		{ "water", FULL, NULL, NULL, NULL, ERR_DENIED, "区水务局" },
		{ "duty", "summons=whistle\n" FULL, NULL, NULL, NULL, ERR_DENIED, "吹哨" },
		{ "street", "summons=order\n" TITLE SW, NULL, NULL, NULL, ERR_DENIED, "响应令" },
		{ "street", "summons=trumpet\n" FULL, NULL, NULL, NULL, ERR_INPUT, "trumpet" },
		{ "auditor", FULL, NULL, NULL, NULL, ERR_DENIED, "account" },
		{ "checker", FULL, NULL, NULL, NULL, ERR_DENIED, "reads and changes nothing" },
		/* what is missing or wrong */
		{ "street", TITLE GROUND, NULL, NULL, NULL, ERR_INPUT, "no department" },
		{ "street", TITLE SW, NULL, NULL, NULL, ERR_INPUT, "Ground" },
		{ "street", TITLE SW "\nground=because", NULL, NULL, NULL, ERR_INPUT,
		  "职责交叉, 多部门协同" },
		{ "street", FULL "\ncls=huge", NULL, NULL, NULL, ERR_INPUT, "一般, 较大, 重大" },
		{ "street", FULL "\nassist=nowhere", NULL, NULL, NULL, ERR_INPUT, "nowhere" },
		{ "street", FULL "\nassist=ql", NULL, NULL, NULL, ERR_REFUSED, "青龙街道" },
		{ "street", FULL "\nassist=ll", NULL, NULL, NULL, ERR_REFUSED, "兰陵街道" },
		{ "street", FULL "\nlead_org=zj", NULL, NULL, NULL, ERR_INPUT, "区住建局" },
		{ "street", FULL "\nincident=x", NULL, NULL, NULL, ERR_INPUT, "ticket x" },
		{ "street", FULL "\nhandle_by=2026-11-22 10:00", NULL, NULL, NULL, ERR_INPUT,
		  "must lie ahead" },
	};
	struct whistles *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		drop(w);
		if (cases[i].step == NULL) {
			whistles_refuse(w, "blow", cases[i].actor, cases[i].args, cases[i].code,
					cases[i].words);
			continue;
		}
		whistles_must(w, "blow", cases[i].actor, cases[i].args);
		assert_string_equal(w->whistle->step, cases[i].step);
		assert_string_equal(w->whistle->cls, cases[i].cls);
		assert_string_equal(w->whistle->origin, cases[i].origin);
		assert_true(w->whistle->open);
	}
}

/* Its kind may ask for more than a clerk, and for a case. */
static void a_kind_asks_for_more(void **state)
{
	struct whistles *w = *state;
	struct summons *summons = whistles_summons(w, "whistle");

	summons->role = "duty";
	whistles_refuse(w, "blow", "street", FULL, ERR_DENIED, "at least the role 值班员");
	whistles_must(w, "blow", "town", FULL);
	drop(w);
	summons->alone = false;
	whistles_refuse(w, "blow", "town", FULL, ERR_INPUT, "from a case");
	whistles_must(w, "blow", "town",
		      FULL "\nincident=0b2e6d3a-0000-4000-8000-000000000001");
	drop(w);
	whistles_must(w, "blow", "town", TITLE "\ndraft=yes");
	whistles_refuse(w, "submit", "town", "", ERR_INPUT, "no department");
}

static void what_it_says_is_kept(void **state)
{
	struct whistles *w = *state;
	char number[24];

	w->fx.serial = 3;
	whistles_must(w, "blow", "street",
		      FULL "\nassist=zj\nassist=sw\nlead_org=zj\ntext=两处\naddress=清凉路8号");
	assert_string_equal(w->whistle->number, "20261123-W003");
	assert_string_equal(whistle_short_number(w->whistle, number), "23-W003");
	assert_string_equal(w->whistle->ground, "joint");
	assert_string_equal(w->whistle->street, "ll");
	assert_string_equal(w->whistle->blower, "孙丽");
	assert_string_equal(w->whistle->lead, "zj");
	assert_int_equal(w->whistle->shares.n, 2); /* named twice, called once */
	assert_string_equal(whistles_share(w, "zj")->role, "lead");
	assert_string_equal(whistles_share(w, "sw")->role, "assist");
	assert_int_equal(whistles_share(w, "sw")->asked_at, 0);
	assert_int_equal(w->whistle->asked, 0);
	assert_string_equal(w->whistle->due_clock, "check");
	assert_string_equal(w->whistle->due_org, "zx");
	drop(w);
	whistles_must(w, "blow", "street", FULL);
	assert_string_equal(w->whistle->lead, "sw"); /* none said: the first */
}

/* --- the time to report in ------------------------------------------------------------------- */

/* Between 30 minutes and five working days from now, and both are said. */
static void the_blower_states_the_time(void **state)
{
	static const struct {
		const char *cls, *report_by;
		const char *words; /* NULL: done */
	} cases[] = {
		{ "minor", "2026-11-23 10:31", NULL },
		{ "minor", "2026-11-23 10:30", "2026-11-23 10:31 and 2026-11-30 17:30" },
		{ "minor", "2026-11-23 09:00", "2026-11-23 10:31" },
		{ "major", "2026-11-30 17:30", NULL },
		{ "major", "2026-11-30 17:31", "2026-11-30 17:31 is not between" },
		{ "grave", "2026-11-23 12:00", "重大 says when" }, /* it has no bounds */
	};
	struct whistles *w = *state;
	char args[200];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		w->fx.now = fixture_time("2026-11-23 10:01");
		drop(w);
		snprintf(args, sizeof args, FULL "\ncls=%s\nreport_by=%s", cases[i].cls,
			 cases[i].report_by);
		if (cases[i].words != NULL) {
			whistles_refuse(w, "blow", "mayor", args, ERR_INPUT, cases[i].words);
			continue;
		}
		w->fx.now -= 60 * 1000;
		whistles_must(w, "blow", "mayor", args);
		assert_true(w->whistle->report_by == fixture_time(cases[i].report_by));
	}
}

/* What was stated is when they must be there, and explains itself; else the class says it. */
static void stated_or_by_the_class(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "mayor",
		      FULL "\ncls=major\nreport_by=2026-11-24 09:00\nhandle_by=2026-11-25 12:00");
	whistles_must(w, "issue", "duty", "");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-24 09:00");
	assert_string_equal(whistles_runs(w, "sw", "arrive"), "11-24 09:00");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "11-25 12:00");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 11:02");
	assert_string_equal(whistles_clock(w, "sw", "report_in")->row, "stated");
	assert_string_equal(whistles_clock(w, "sw", "sign")->row, "吹哨 较大");
	drop(w);
	/* it was in bounds when it was stated, and is past when it is issued */
	whistles_must(w, "blow", "mayor", FULL "\ncls=major\nreport_by=2026-11-23 10:40");
	w->fx.now = fixture_time("2026-11-23 11:00");
	whistles_must(w, "issue", "duty", "");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-24 17:30");
}

/* The centre changes the class: what does not fit the new one is that class's again. */
static void another_class(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "mayor", FULL "\ncls=major\nreport_by=2026-11-24 09:00");
	whistles_must(w, "issue", "duty", "cls=minor");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-24 09:00");
	assert_null(w->decision.note);
	drop(w);
	whistles_must(w, "blow", "mayor", FULL "\ncls=major\nreport_by=2026-11-24 09:00");
	whistles_must(w, "issue", "duty", "cls=grave\nassist=cg\nlead_org=cg");
	assert_int_equal(w->whistle->report_by, 0);
	assert_non_null(strstr(w->decision.note, "重大"));
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-23 14:04");
	assert_string_equal(whistles_runs(w, "cg", "report_in"), "11-23 14:04");
	assert_string_equal(w->whistle->lead, "cg");
	assert_int_equal(w->whistle->asked, 2);
}

/* --- the leader ------------------------------------------------------------------------------ */

static void who_approves(void **state)
{
	static const struct {
		const char *verb, *actor, *args;
		const char *role, *rung; /* by telephone */
		enum err code;
		const char *words;
	} cases[] = {
		{ "approve", "street", "", NULL, NULL, ERR_DENIED, "only 带班领导 may approve" },
		{ "approve", "town", "", NULL, NULL, ERR_DENIED, "带班领导" },
		{ "approve", "watercl", "", NULL, NULL, ERR_DENIED, "兰陵街道" },
		{ "approve", "green", "", "leader", "何书记", ERR_DENIED, "兰陵街道" },
		{ "approve", "water", "", "leader", "吴镇长", ERR_DENIED, "兰陵街道" },
		{ "disapprove", "street", "reason=不急", NULL, NULL, ERR_DENIED, "带班领导" },
		{ "issue", "duty", "", NULL, NULL, ERR_REFUSED, "To be approved" },
		{ "submit", "street", "", NULL, NULL, ERR_REFUSED, "To be approved" },
		{ "disapprove", "mayor", "reason=先自行协调", NULL, NULL, ERR_OK, "draft" },
		{ "submit", "street", "", NULL, NULL, ERR_OK, "approve" },
		{ "approve", "street", "", "leader", "吴镇长", ERR_OK, "check" },
	};
	struct whistles *w = *state;

	whistles_must(w, "blow", "street", FULL "\ncls=major");
	assert_string_equal(whistles_runs(w, NULL, "approve"), "11-23 12:01");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		w->phone = (struct by_phone){ .role = cases[i].role, .rung = cases[i].rung };
		if (cases[i].code != ERR_OK) {
			whistles_refuse(w, cases[i].verb, cases[i].actor, cases[i].args,
					cases[i].code, cases[i].words);
			continue;
		}
		whistles_must(w, cases[i].verb, cases[i].actor, cases[i].args);
		assert_string_equal(w->whistle->step, cases[i].words);
	}
	/* as the telephone said it; the leader countersigns */
	assert_string_equal(w->whistle->approved_by, "吴镇长");
	assert_string_equal(whistles_runs(w, NULL, "approve"), "");
	assert_int_equal(w->whistle->owed, 1);
	whistles_refuse(w, "countersign", "town", "", ERR_DENIED, "nothing here");
	whistles_must(w, "countersign", "mayor", "");
	assert_int_equal(w->whistle->owed, 0);
	whistles_must(w, "countersign", "mayor", "");
	assert_non_null(strstr(w->decision.note, "吴镇"));
	assert_int_equal(w->decision.n_effects, 0);
}

/* The leader of the whole district stands above the street; the centre's duty rings him. */
static void above_the_street(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "street", FULL "\ncls=major");
	whistles_refuse(w, "approve", "chief", "", ERR_DENIED, "带班领导");
	whistles_must(w, "approve", "leader", "");
	assert_string_equal(w->whistle->approved_by, "郑凯");
	assert_int_equal(w->whistle->owed, 0);
	drop(w);
	whistles_must(w, "blow", "street", FULL "\ncls=major");
	w->phone = (struct by_phone){ .role = "leader", .rung = "吴镇长" };
	whistles_must(w, "approve", "duty", "");
	assert_int_equal(w->whistle->owed, 1);
	drop(w);
	/* rung first, then blown: one act */
	w->phone = (struct by_phone){ .role = "leader", .rung = "吴镇长" };
	whistles_must(w, "blow", "street", FULL "\ncls=major");
	assert_string_equal(w->whistle->step, "check");
	assert_string_equal(w->whistle->approved_by, "吴镇长");
}

/* What the leader said by telephone is written down in his street, or by the centre's duty. */
static void who_writes_down_the_leader(void **state)
{
	static const struct {
		struct actor actor;
		enum err code;
	} cases[] = {
		{ { "某人", "zx", "street" }, ERR_DENIED }, { { "王芳", "sw", "dept" }, ERR_DENIED },
		{ { "何青", "ql", "street" }, ERR_DENIED }, { { "吴霞", "ll01", "street" }, ERR_OK },
		{ { "李敏", "zx", "duty" }, ERR_OK },
	};
	struct whistles *w = *state;
	struct error err = ERROR_INIT;

	whistles_must(w, "blow", "street", FULL "\ncls=major");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct act act = { .id = uuid_named("approve"),
					 .desc = act_desc_of(KIND_WHISTLE, "approve"),
					 .target = { KIND_WHISTLE, w->whistle->head.id, 1 },
					 .actor = cases[i].actor,
					 .by_phone = { .role = "leader", .rung = "吴镇长" } };
		const struct state now = { .entity = w->whistle };
		const struct moment moment = { w->fx.now, w->fx.now };

		assert_int_equal(decide(&w->fx.rules, &now, &act, &moment, &w->fx.arena,
					&w->decision, &err),
				 cases[i].code);
		assert_int_equal(whistle_possible(&w->fx.rules, w->whistle, act.desc, &act.actor,
						  &err),
				 cases[i].code);
	}
}

/* --- checked, returned, refused, withdrawn --------------------------------------------------- */

static void the_centre_checks(void **state)
{
	static const struct whistles_step first[] = {
		{ "blow", "street", FULL, ERR_OK, NULL },
		{ "issue", "street", "", ERR_DENIED, "联动指挥中心" },
		{ "return", "street", "reason=x", ERR_DENIED, "联动指挥中心" },
		{ "return", "duty", "reason=部门不对", ERR_OK, NULL },
		{ "issue", "duty", "", ERR_REFUSED, "Returned" },
		{ "submit", "water", "", ERR_DENIED, "兰陵街道" },
		{ "revise", "street", "assist=zj", ERR_OK, NULL },
		{ "submit", "street", "", ERR_OK, NULL },
	};
	static const struct whistles_step second[] = {
		{ "return", "duty", "reason=应由街道自办", ERR_OK, NULL },
		{ "submit", "street", "", ERR_REFUSED, "Refused" },
		{ "withdraw", "street", "reason=x", ERR_REFUSED, "Refused" },
		{ "note", "street", "note=另行处理", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_run(w, first, 7);
	assert_non_null(strstr(w->decision.note, "区水务局")); /* who is not called any more */
	assert_int_equal(w->whistle->shares.n, 1);
	assert_string_equal(w->whistle->lead, "zj");
	assert_string_equal(w->whistle->returned_for, "部门不对");
	assert_int_equal(w->whistle->due, 0);
	whistles_run(w, first + 7, 1);
	assert_string_equal(w->whistle->step, "check");
	whistles_run(w, second, ARRAY_LEN(second));
	assert_string_equal(w->whistle->step, "refused");
	assert_false(w->whistle->open);
	assert_int_equal(w->whistle->returns, 2);
	assert_string_equal(w->whistle->close_reason, "应由街道自办");
	assert_null(whistle_next_clock(w->whistle));
}

static void withdrawn_before_it_is_rated(void **state)
{
	static const char *const steps[] = { "draft", "approve", "check", "issued" };
	struct whistles *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		drop(w);
		whistles_must(w, "blow", i == 1 ? "street" : "mayor",
			      i == 0 ? FULL "\ndraft=yes" : FULL "\ncls=major");
		if (i == 3)
			whistles_must(w, "issue", "duty", "");
		assert_string_equal(w->whistle->step, steps[i]);
		whistles_refuse(w, "withdraw", "water", "reason=x", ERR_DENIED, "兰陵街道");
		whistles_refuse(w, "withdraw", "green", "reason=x", ERR_DENIED, "兰陵街道");
		whistles_must(w, "withdraw", "station", "reason=已自行解决");
		assert_string_equal(w->whistle->step, "withdrawn");
		assert_false(w->whistle->open);
		assert_null(whistle_next_clock(w->whistle));
		assert_int_equal(w->whistle->due, 0);
	}
}

/* What was changed after the leader has approved goes to him again; the centre's corrections do
 * not. */
static void corrected_after_approval(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "mayor", FULL "\ncls=major\nreport_by=2026-11-23 10:32");
	w->fx.now += 20 * 60 * 1000; /* what was stated would be too soon now */
	whistles_must(w, "revise", "duty", "title=消防通道堵塞");
	assert_string_equal(w->whistle->step, "check");
	assert_string_equal(w->whistle->approved_by, "吴镇");
	whistles_must(w, "revise", "street", "title=消防通道被堵");
	assert_string_equal(w->whistle->step, "approve");
	assert_null(w->whistle->approved_by);
	assert_string_equal(whistles_runs(w, NULL, "check"), "");
	whistles_refuse(w, "revise", "street", "report_by=2026-11-23 10:33", ERR_INPUT,
			"is not between");
	whistles_must(w, "revise", "street", "cls=minor\nreport_by=2026-11-25 10:00");
	assert_string_equal(w->whistle->step, "check"); /* nobody needs to approve it now */
	whistles_must(w, "issue", "duty", "");
	whistles_refuse(w, "revise", "street", "title=x", ERR_REFUSED, "Under way");
}

/* --- for others ------------------------------------------------------------------------------ */

/* The centre writes down what a street says by telephone; the street nobody's but its own. */
static void recorded_for_others(void **state)
{
	struct whistles *w = *state;

	w->phone = (struct by_phone){ .org = "兰陵街道", .rung = "6001" };
	whistles_must(w, "blow", "duty", FULL);
	assert_string_equal(w->whistle->origin, "ll");
	assert_string_equal(w->whistle->step, "check");
	assert_int_equal(w->whistle->owed, 1);
	assert_int_equal(whistles_clock(w, NULL, "countersign") == NULL, 1); /* it is about the record */
	whistles_refuse(w, "countersign", "water", "", ERR_DENIED, "nothing here");
	whistles_must(w, "countersign", "station", "");
	assert_int_equal(w->whistle->owed, 0);
	drop(w);
	w->phone = (struct by_phone){ .org = "兰陵街道" };
	whistles_refuse(w, "blow", "green", FULL, ERR_DENIED, "cannot record what 兰陵街道 did");
	w->phone = (struct by_phone){ .org = "不存在" };
	whistles_refuse(w, "blow", "duty", FULL, ERR_INPUT, "不存在");
	whistles_must(w, "blow", "street", FULL);
	whistles_must(w, "issue", "duty", "");
	/* without a call, too, what the centre does for another is owed */
	whistles_must(w, "withdraw", "duty", "reason=街道来电撤哨");
	assert_int_equal(w->whistle->owed, 1);
	whistles_must(w, "countersign", "street", "");
	assert_int_equal(w->whistle->owed, 0);
}

/* All are within the centre, but what it blew is its own officers'. */
static void the_centres_own(void **state)
{
	static const struct whistles_step steps[] = {
		{ "blow", "duty", TITLE SW, ERR_OK, NULL },
		{ "withdraw", "street", "reason=x", ERR_DENIED, "联动指挥中心" },
		{ "withdraw", "water", "reason=x", ERR_DENIED, "联动指挥中心" },
		{ "urge", "water", "", ERR_DENIED, "联动指挥中心" },
		{ "withdraw", "other", "reason=x", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->owed, 0);
}

/* Nobody but the blower and the centre sees it before it is issued. */
static void departments_see_what_is_issued(void **state)
{
	const char *codes[PARTY_MAX];
	struct whistles *w = *state;
	size_t before;

	whistles_must(w, "blow", "street", FULL);
	before = party_of(&w->fx.rules, w->whistle, codes);
	for (size_t i = 0; i < before; i++)
		assert_string_not_equal(codes[i], "sw");
	whistles_must(w, "issue", "duty", "");
	assert_int_equal(party_of(&w->fx.rules, w->whistle, codes), before + 1);
}

/* --- its cases ------------------------------------------------------------------------------- */

#define CASE_1 "0b2e6d3a-0000-4000-8000-000000000001"
#define CASE_2 "0b2e6d3a-0000-4000-8000-000000000002"

static void cases_know_of_it(void **state)
{
	struct whistles *w = *state;
	struct fixture *fx = &w->fx;
	struct incident *incident = fixture_incident(fx, "archived"); /* closed: no step says relate */
	const struct link *links;
	struct error err = ERROR_INIT;
	char id[UUID_TEXT], args[80];

	whistles_must(w, "blow", "street",
		      FULL "\nincident=" CASE_1 "\nincident=" CASE_2 "\nincident=" CASE_1);
	links = w->whistle->links.items;
	assert_int_equal(w->whistle->links.n, 2);
	assert_string_equal(links[0].role, WHISTLE_CASE);
	assert_string_equal(links[1].target, CASE_2);
	assert_int_equal(w->decision.n_follow, 2);
	for (size_t i = 0; i < 2; i++) {
		struct act follow = w->decision.follow[i];

		assert_string_equal(follow.desc->verb, "relate");
		assert_int_equal(follow.desc->target, KIND_INCIDENT);
		assert_true(act_follows(&follow));
		follow.target.id = incident->head.id;
		assert_int_equal(fixture_apply(fx, &incident, &follow, &err), ERR_OK);
	}
	uuid_text(&w->whistle->head.id, id);
	links = incident->links.items;
	assert_int_equal(incident->links.n, 1);
	assert_string_equal(links[0].role, WHISTLE_LINK);
	assert_string_equal(links[0].target, id);
	/* nobody links a case to a whistle by hand */
	incident = fixture_incident(fx, "handle");
	fixture_allow(fx, "relate");
	snprintf(args, sizeof args, "related=W:%s", id);
	assert_int_equal(fixture_do(fx, &incident, "relate", "duty", args, &err), ERR_OK);
	links = incident->links.items;
	assert_string_equal(links[0].role, "related");
}

/* --- clocks ---------------------------------------------------------------------------------- */

/* Done with the line cut: a department's clocks begin when it can know, not when it was blown. */
static void clocks_begin_when_they_can_know(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "mayor", FULL "\ncls=major");
	w->eff = fixture_time("2026-11-23 10:02");
	w->fx.now = fixture_time("2026-11-23 13:00");
	whistles_must(w, "issue", "duty", "");
	assert_true(w->whistle->issued_at == fixture_time("2026-11-23 10:02"));
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 14:01");
}

static const struct mode_limit hurried[] = {
	{ .clock = "sign", .percent = 50 },
	{ .clock = "contact", .limit = { LIMIT_MINUTES, 15, -1 } },
};
static const struct mode_rule modes[] = {
	{ .code = "peace", .label = "平时", .quiet = true },
	{ .code = "war", .label = "战时", .limits = hurried, .n_limits = ARRAY_LEN(hurried) },
};

static void an_emergency_hurries(void **state)
{
	struct whistles *w = *state;

	w->fx.rules.modes = modes;
	w->fx.rules.n_modes = ARRAY_LEN(modes);
	w->mode = "war";
	whistles_issued(w, "major");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 10:32");
	assert_string_equal(whistles_clock(w, "sw", "sign")->row, "吹哨 较大; 战时 50%");
	assert_string_equal(whistles_runs(w, "sw", "contact"), "11-23 10:17");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-24 17:30");
}

/* A profile that has no such kind any more leaves what is there to be read and noted. */
static void a_kind_that_is_gone(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "street", FULL);
	w->fx.rules.summonses++;
	w->fx.rules.n_summonses--;
	whistles_refuse(w, "issue", "duty", "", ERR_REFUSED, "no such kind of whistle");
	whistles_must(w, "note", "duty", "note=旧规则");
}

/* --- what menus offer ------------------------------------------------------------------------ */

static void what_menus_offer(void **state)
{
	static const struct {
		const char *verb, *actor;
		bool could[3]; /* nothing yet, to be checked, issued */
	} cases[] = {
		{ "blow", "street", { true, false, false } },
		{ "blow", "water", { false, false, false } },
		{ "blow", "duty", { true, false, false } },
		{ "issue", "duty", { false, true, false } },
		{ "issue", "street", { false, false, false } },
		{ "withdraw", "street", { false, true, true } },
		{ "withdraw", "water", { false, false, false } },
		{ "sign", "water", { false, false, true } },
		{ "sign", "roads", { false, false, false } },
		{ "sign", "duty", { false, false, true } },
		{ "confirm_in", "street", { false, false, false } },
		{ "supervise", "street", { false, false, false } },
		{ "supervise", "duty", { false, false, true } },
		{ "urge", "street", { false, false, true } },
		{ "note", "water", { false, true, true } },
		{ "note", "checker", { false, false, false } },
		{ "fire", "duty", { false, false, false } },
	};
	struct whistles *w = *state;
	struct error err = ERROR_INIT;

	for (size_t s = 0; s < 3; s++) {
		if (s == 1)
			whistles_must(w, "blow", "mayor", FULL);
		if (s == 2)
			whistles_must(w, "issue", "duty", "");
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			const struct actor actor = fixture_actor(cases[i].actor);
			enum err code = whistle_possible(&w->fx.rules, w->whistle,
							 act_desc_of(KIND_WHISTLE, cases[i].verb),
							 &actor, &err);

			if ((code == ERR_OK) != cases[i].could[s])
				fail_msg("%s by %s at %zu: %d", cases[i].verb, cases[i].actor, s,
					 code);
		}
	}
	assert_int_equal(whistle_possible(&w->fx.rules, w->whistle, act_desc_find("sign"),
					  &(struct actor){ "王芳", "sw", "dept" }, &err),
			 ERR_REFUSED); /* the incident's */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(each_way_begins),
		TEST(a_kind_asks_for_more),
		TEST(what_it_says_is_kept),
		TEST(the_blower_states_the_time),
		TEST(stated_or_by_the_class),
		TEST(another_class),
		TEST(who_approves),
		TEST(above_the_street),
		TEST(who_writes_down_the_leader),
		TEST(the_centre_checks),
		TEST(withdrawn_before_it_is_rated),
		TEST(corrected_after_approval),
		TEST(recorded_for_others),
		TEST(the_centres_own),
		TEST(departments_see_what_is_issued),
		TEST(cases_know_of_it),
		TEST(clocks_begin_when_they_can_know),
		TEST(an_emergency_hurries),
		TEST(a_kind_that_is_gone),
		TEST(what_menus_offer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
