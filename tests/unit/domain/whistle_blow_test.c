/* Blowing a whistle: who may blow what, what must be there, its class, the time to report in, its
 * clocks; and the cases that it is blown from. */
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

/* Whoever was rung knows at once, however he is called. */
static void whom_was_rung_knows(void **state)
{
	static const struct {
		const char *rung; /* NULL: the centre's own word, nobody was rung */
		const char *feedback;
	} cases[] = {
		{ "区水务局", "11-24 10:30" }, { "sw", "11-24 10:30" }, { NULL, "11-24 13:00" },
	};
	struct whistles *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		w->whistle = NULL;
		w->fx.now = fixture_time("2026-11-23 10:00");
		whistles_issued(w, "major");
		whistles_share_to(w, "sw", "confirmed");
		w->eff = fixture_time("2026-11-23 10:30");
		w->fx.now = fixture_time("2026-11-23 12:59");
		w->phone = (struct by_phone){ .org = cases[i].rung };
		whistles_must(w, "handle", "duty", "share=sw\nresult=已清理");
		assert_string_equal(whistles_runs(w, "sw", "feedback"), cases[i].feedback);
	}
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
		TEST(cases_know_of_it),
		TEST(clocks_begin_when_they_can_know),
		TEST(whom_was_rung_knows),
		TEST(an_emergency_hurries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
