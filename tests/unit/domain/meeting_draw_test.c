/* Drawing a meeting up: who convenes what, agenda, attendees, rooms, and that it is arranged otherwise. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "meetings.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static void run_one(const struct meetings_step *step)
{
	struct meetings m;

	meetings_init(&m);
	meetings_item(&m, "a", "sw", "");
	meetings_run(&m, step, 1);
	meetings_release(&m);
}

/* ---- who convenes what ---- */

static const struct meetings_step convened[] = {
	{ "convene", "duty", "series=weekly", ERR_OK, NULL },
	{ "convene", "duty", "series=联席工作例会", ERR_OK, NULL },
	{ "convene", "auditor", "series=double", ERR_DENIED, "" },
	{ "convene", "water", "series=weekly", ERR_DENIED,
	  "区水务局 does not convene \"联席工作例会\"" },
	{ "convene", "street", "series=street", ERR_OK, NULL },
	{ "convene", "station", "series=street\norg=ll", ERR_OK, NULL }, /* of one within it */
	{ "convene", "station", "series=street\norg=ll01", ERR_DENIED, "does not convene" },
	{ "convene", "street", "series=street\norg=ql", ERR_DENIED, "only 青龙街道 may do this" },
	{ "convene", "duty", "series=street", ERR_DENIED, "联动指挥中心 does not convene" },
	{ "convene", "duty", "series=street\norg=ll", ERR_DENIED, "only 兰陵街道 may do this" },
	{ "convene", "duty", "title=临时碰头", ERR_OK, NULL }, /* of no series */
	{ "convene", "duty", "room=研判室", ERR_INPUT, "say what the meeting is called" },
	{ "convene", "water", "title=碰头", ERR_DENIED, "does not convene" },
	{ "convene", "duty", "series=monthly", ERR_INPUT, "monthly is no series" },
	{ "convene", "duty", "title=x\norg=none", ERR_INPUT, "no organisation" },
	{ "convene", "duty", "series=weekly\nstarts=2026-11-25 14:30\nends=2026-11-25 14:30",
	  ERR_INPUT, "the end is not behind the beginning" },
	{ "convene", "duty", "series=weekly\nstarts=2026-11-20 14:30", ERR_INPUT,
	  "this time is over already: 11-20 16:30" },
	{ "convene", "duty", "series=weekly\nentry=@b 1", ERR_INPUT, "there is no such item" },
	{ "convene", "duty", "series=weekly\nentry=@a", ERR_INPUT, "no entry of an agenda" },
	{ "convene", "duty", "series=weekly\nentry=@a 1\nentry=@a 2", ERR_INPUT, "given twice" },
	{ "convene", "duty", "series=weekly\nattend=none", ERR_INPUT, "no organisation" },
	{ "convene", "duty", "series=weekly\nattend=sw|boss", ERR_INPUT, "no way to attend" },
};

static void who_convenes_what(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(convened); i++)
		run_one(&convened[i]);
}

/* The role that the series asks of its secretary, of all that he does. */
static void the_role_of_the_series(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	m.series[0].role = "leader";
	meetings_refuse(&m, KIND_MEETING, "convene", "chief", "n", "series=weekly", ERR_DENIED,
			"needs at least the role 带班领导");
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n", "series=double"); /* says nothing */
	meetings_refuse(&m, KIND_MEETING, "arrange", "chief", "m", "title=x", ERR_DENIED,
			"needs at least the role 带班领导");
	meetings_must(&m, KIND_MEETING, "arrange", "leader", "m", "title=x");
	m.phone = (struct by_phone){ .role = "leader", .rung = "郑凯" };
	meetings_must(&m, KIND_MEETING, "arrange", "duty", "m", "title=y");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	meetings_refuse(&m, KIND_MEETING, "countersign", "chief", "m", "", ERR_DENIED, "nothing here");
	meetings_must(&m, KIND_MEETING, "countersign", "leader", "m", "");
	m.series[0].role = "mayor"; /* which nobody here is called */
	meetings_must(&m, KIND_MEETING, "arrange", "duty", "m", "title=z");
	meetings_release(&m);
}

static void by_telephone(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	/* the centre writes down what the street said; another street may not */
	m.phone = (struct by_phone){ .org = "ll", .rung = "沈一" };
	meetings_refuse(&m, KIND_MEETING, "convene", "green", "m", "series=street", ERR_DENIED,
			"you cannot record what 兰陵街道 did");
	m.phone = (struct by_phone){ .org = "ll", .rung = "沈一" };
	meetings_must(&m, KIND_MEETING, "convene", "duty", "m", "series=street");
	assert_string_equal(meetings_meeting(&m)->org, "ll");
	assert_string_equal(meetings_meeting(&m)->secretary, "沈一");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	assert_string_equal(meetings_runs(&m, "countersign", "ll"), "11-24 17:30");
	assert_int_equal(meetings_meeting(&m)->due, 0); /* beside the meeting */
	meetings_refuse(&m, KIND_MEETING, "countersign", "green", "m", "", ERR_DENIED,
			"nothing here for you");
	meetings_must(&m, KIND_MEETING, "countersign", "town", "m", "");
	assert_int_equal(meetings_meeting(&m)->owed, 0);
	assert_string_equal(meetings_runs(&m, "countersign", "ll"), "");
	meetings_release(&m);
}

/* ---- what the series fills ---- */

static void the_series_fills_it(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	meeting = meetings_meeting(&m);
	assert_string_equal(meeting->number, "20261123-M001");
	assert_string_equal(meeting->title, "联席工作例会");
	assert_string_equal(meeting->org, "zx");
	assert_string_equal(meeting->chair, "周强");
	assert_null(meeting->chair2);
	assert_string_equal(meeting->secretary, "李敏");
	assert_string_equal(meeting->main_to, "各镇街");
	assert_string_equal(meeting->copy_to, "区委办");
	assert_int_equal(meeting->ends, fixture_time("2026-11-25 16:30"));
	assert_int_equal(meeting->items, 2);
	assert_int_equal(meeting->must, 4);
	assert_int_equal(meeting->invited, 0);
	assert_int_equal(meeting->quorum, 3); /* 60 % of 5 */
	assert_int_equal(meeting->open, 1);
	assert_string_equal(meetings_who(&m), "zx/周强:chair sw:must zj:must ll:must ql:may");
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n", "series=double");
	meeting = meetings_entity(&m, KIND_MEETING, "n");
	assert_string_equal(meeting->chair2, "郑凯");
	assert_int_equal(meeting->quorum, 0);
	meetings_release(&m);
}

/* ---- the agenda ---- */

static const char *agenda(struct meetings *m)
{
	const struct meeting *meeting = meetings_meeting(m);
	struct str out = STR_INIT;
	const char *ret;

	for (int64_t order = 1; order <= (int64_t)meeting->agenda.n; order++)
		for (size_t i = 0; i < meeting->agenda.n; i++)
			if (meeting_entry(meeting, i)->order == order)
				str_addf(&out, "%s%lld ", meeting_entry(meeting, i)->title,
					 (long long)meeting_entry(meeting, i)->minutes);
	ret = arena_strdup(&m->fx.arena, str_get(&out));
	str_release(&out);
	return ret;
}

static const char *placed(struct meetings *m, const char *word)
{
	const struct item *item = meetings_entity(m, KIND_ITEM, word);

	return arena_printf(&m->fx.arena, "%s%lld", item->meeting != NULL ? "in " : "",
			    (long long)item->order);
}

static void entries_move_aside(void **unused)
{
	static const struct {
		const char *args, *then;
	} cases[] = {
		{ "entry=@c 1 20", "议题c20 议题a15 议题b15 " },
		{ "entry=@c 3", "议题a15 议题b15 议题c20 " },
		{ "entry=@b 2 30", "议题a15 议题b30 议题c20 " },
		{ "entry=@b 3\nentry=@c 1", "议题c20 议题a15 议题b30 " },
		{ "entry=@a 9", "议题c20 议题b30 议题a15 " },
		{ "entry=@b 1\noff=yes", "议题c20 议题a15 " },
	};
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	meetings_item(&m, "c", "ql", "");
	assert_string_equal(placed(&m, "a"), "in 1");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		meetings_must(&m, KIND_MEETING, "agenda", "duty", "m", cases[i].args);
		assert_string_equal(agenda(&m), cases[i].then);
	}
	assert_string_equal(placed(&m, "c"), "in 1");
	assert_string_equal(placed(&m, "a"), "in 2");
	assert_string_equal(placed(&m, "b"), "0");
	assert_int_equal(meetings_meeting(&m)->items, 2);
	meetings_release(&m);
}

static void what_is_no_entry(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	meetings_item(&m, "c", "ql", "")->org = "ll";
	meetings_item(&m, "d", "ql", "")->state = item_state_code(ITEM_LISTED);
	meetings_item(&m, "e", "ql", "")->state = item_state_code(ITEM_DROPPED);
	meetings_item(&m, "f", "ql", "");
	meetings_item(&m, "g", "ql", "");
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n", "series=double\nentry=@f 1");
	meetings_run(&m,
		     (const struct meetings_step[]){
			     { "agenda", "duty", "entry=@c 1", ERR_REFUSED, "another organisation" },
			     { "agenda", "duty", "entry=@d 1", ERR_REFUSED,
			       "20261123-Kd \"议题d\": it is not approved yet" },
			     { "agenda", "duty", "entry=@e 1", ERR_REFUSED, "dropped" },
			     { "agenda", "duty", "entry=@f 1", ERR_REFUSED,
			       "20261123-Kf \"议题f\": it stands in the agenda of another meeting" },
			     { "agenda", "duty", "entry=@g 1\noff=yes", ERR_INPUT,
			       "does not stand in this agenda" },
			     { "agenda", "water", "entry=@g 1", ERR_DENIED, "only 联动指挥中心" },
			     { "agenda", "duty", "entry=@g 0", ERR_INPUT, "no entry" },
			     { "agenda", "duty", "entry=@g 3", ERR_OK, NULL },
		     },
		     8);
	meetings_item(&m, "h", "ql", "");
	meetings_run(&m,
		     (const struct meetings_step[]){ { "agenda", "duty", "entry=@h 4", ERR_REFUSED,
						       "at most 3 items" } },
		     1);
	meetings_release(&m);
}

/* ---- who attends ---- */

static void attendees_follow_the_items(void **unused)
{
	static const struct {
		const char *verb, *args, *who;
	} cases[] = {
		{ "agenda", "entry=@c 3", "zx/周强:chair sw:must zj:must ll:must ql:must" },
		{ "agenda", "entry=@c 3\noff=yes", "zx/周强:chair sw:must zj:must ll:must ql:may" },
		{ "agenda", "entry=@a 3\noff=yes", "zx/周强:chair zj:must ll:must ql:may" },
		/* by hand: whom it sends stands for it, and stays */
		{ "attend", "attend=ll|must|沈一", "zx/周强:chair zj:must ql:may ll/沈一:must" },
		{ "attend", "attend=sw|may", "zx/周强:chair zj:must ql:may ll/沈一:must sw:may" },
		{ "agenda", "entry=@a 1", "zx/周强:chair zj:must ql:may ll/沈一:must sw:may" },
		{ "attend", "attend=ll|must|沈一\noff=yes",
		  "zx/周强:chair zj:must ql:may sw:may ll:must" },
		{ "attend", "attend=zj|may", "zx/周强:chair zj:may ql:may sw:may ll:must" },
		{ "arrange", "chair=郑凯\nsecretary=陈静",
		  "zj:may ql:may sw:may ll:must zx/郑凯:chair" },
	};
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	meetings_item(&m, "c", "ql", "");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		meetings_must(&m, KIND_MEETING, cases[i].verb, "duty", "m", cases[i].args);
		assert_string_equal(meetings_who(&m), cases[i].who);
	}
	assert_int_equal(attendee_role(meetings_attendee(&m, "zx/陈静")), ATTEND_SECRETARY);
	assert_null(meetings_attendee(&m, "zx/李敏"));
	meetings_run(&m,
		     (const struct meetings_step[]){
			     { "attend", "duty", "attend=ll\noff=yes", ERR_REFUSED,
			       "attends because of the items" },
			     { "attend", "duty", "attend=ll01\noff=yes", ERR_INPUT,
			       "清凉社区 is not among those who attend" },
		     },
		     2);
	meetings_release(&m);
}

static void an_optional_one_is_optional_until_another_item_asks_more(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_item(&m, "a", "sw", "zx ll01? sw");
	meetings_item(&m, "b", "sw", "ll01");
	meetings_must(&m, KIND_MEETING, "convene", "duty", "m", "series=double\nentry=@a 1");
	/* the convener's own chair and secretary sit there anyhow */
	assert_string_equal(meetings_who(&m), "zx/周强:chair zx/郑凯:chair sw:must ll01:may");
	meetings_must(&m, KIND_MEETING, "agenda", "duty", "m", "entry=@b 2");
	assert_string_equal(meetings_who(&m), "zx/周强:chair zx/郑凯:chair sw:must ll01:must");
	meetings_release(&m);
}

/* A series names organisations by code, by tier (those within whoever convenes), and the centre. */
static void whom_the_series_always_asks(void **unused)
{
	static const char *const asked[] = { "centre", "community", NULL };
	static const struct {
		const char *actor, *args, *who;
	} cases[] = {
		{ "street", "series=street", "zx:must ll01:must ll02:must" },
		{ "green", "series=street", "zx:must ql01:must" },
		/* whom an item concerns besides */
		{ "street", "series=street\nentry=@a 1", "zx:must sw:must ll01:must ll02:must" },
		/* whoever convenes sits there anyhow, unless the series names it */
		{ "station", "series=village\norg=ll01", "zx:may ll01:may" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;

		meetings_init(&m);
		meetings_item(&m, "a", "sw", "ll ll01?")->org = "ll";
		m.series[2].must = m.series[3].may = asked;
		meetings_must(&m, KIND_MEETING, "convene", cases[i].actor, "m", cases[i].args);
		assert_string_equal(meetings_who(&m), cases[i].who);
		meetings_release(&m);
	}
}

static void the_quorum_follows_unless_it_was_set(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	assert_int_equal(meetings_meeting(&m)->quorum, 3);
	meetings_must(&m, KIND_MEETING, "attend", "duty", "m", "attend=ll01|may\nattend=ql01|may");
	assert_int_equal(meetings_meeting(&m)->quorum, 5); /* 60 % of 7, rounded up */
	meetings_must(&m, KIND_MEETING, "arrange", "duty", "m", "quorum=2");
	meetings_must(&m, KIND_MEETING, "attend", "duty", "m", "attend=ll02|may");
	assert_int_equal(meetings_meeting(&m)->quorum, 2);
	meetings_release(&m);
}

/* ---- arranged otherwise ---- */

static void it_lasts_as_long_elsewhere(void **unused)
{
	static const struct {
		const char *args, *starts, *ends;
	} cases[] = {
		{ "starts=2026-11-26 09:00", "2026-11-26 09:00", "2026-11-26 11:00" },
		{ "ends=2026-11-26 10:00", "2026-11-26 09:00", "2026-11-26 10:00" },
		{ "starts=2026-11-27 09:00\nends=2026-11-27 12:00", "2026-11-27 09:00",
		  "2026-11-27 12:00" },
		{ "title=例会", "2026-11-27 09:00", "2026-11-27 12:00" },
	};
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		meetings_must(&m, KIND_MEETING, "arrange", "duty", "m", cases[i].args);
		assert_int_equal(meetings_meeting(&m)->starts, fixture_time(cases[i].starts));
		assert_int_equal(meetings_meeting(&m)->ends, fixture_time(cases[i].ends));
	}
	assert_int_equal(meetings_meeting(&m)->sequence, 0); /* nobody knows of it yet */
	meetings_release(&m);
}

/* Without a length in the series: as long as its items, or an hour. */
static void how_long_it_lasts(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_item(&m, "a", "sw", "")->minutes = 25;
	meetings_must(&m, KIND_MEETING, "convene", "duty", "m",
		      "series=double\nstarts=2026-11-25 09:00\nentry=@a 1");
	assert_int_equal(meetings_meeting(&m)->ends, fixture_time("2026-11-25 09:25"));
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n", "title=x\nstarts=2026-11-25 09:00");
	assert_int_equal(((struct meeting *)meetings_entity(&m, KIND_MEETING, "n"))->ends,
			 fixture_time("2026-11-25 10:00"));
	meetings_release(&m);
}

static void cancelled_it_leaves_its_items(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	meetings_refuse(&m, KIND_MEETING, "cancel", "water", "m", "reason=冲突", ERR_DENIED, "");
	meetings_must(&m, KIND_MEETING, "cancel", "duty", "m", "reason=领导出差");
	meeting = meetings_meeting(&m);
	assert_string_equal(meeting->cancelled_for, "领导出差");
	assert_int_equal(meeting->open, 0);
	assert_int_equal(meeting->sequence, 1);
	assert_int_equal(meeting->due, 0);
	assert_string_equal(placed(&m, "a"), "0");
	assert_int_equal(((struct room *)meetings_entity(&m, KIND_ROOM, "研判室"))->bookings.n, 0);
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n", "series=weekly\nentry=@a 1");
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_convenes_what),
		cmocka_unit_test(the_role_of_the_series),
		cmocka_unit_test(by_telephone),
		cmocka_unit_test(the_series_fills_it),
		cmocka_unit_test(entries_move_aside),
		cmocka_unit_test(what_is_no_entry),
		cmocka_unit_test(attendees_follow_the_items),
		cmocka_unit_test(an_optional_one_is_optional_until_another_item_asks_more),
		cmocka_unit_test(whom_the_series_always_asks),
		cmocka_unit_test(the_quorum_follows_unless_it_was_set),
		cmocka_unit_test(it_lasts_as_long_elsewhere),
		cmocka_unit_test(how_long_it_lasts),
		cmocka_unit_test(cancelled_it_leaves_its_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
