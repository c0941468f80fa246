/* Items: who brings and approves them, what they are about, their papers. */
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
#include "zhiban/domain/deadline.h"

/* ---- bringing ---- */

static const struct { /* each on its own; #c is a case, #s one that somebody put on the list, ~w a whistle */
	const char *actor, *args;
	enum err code;
	const char *words;
} brought[] = {
	{ "duty", "incident=#c", ERR_OK, NULL },
	{ "water", "incident=#c", ERR_OK, NULL },
	{ "street", "whistle=~w", ERR_OK, NULL },
	{ "street", "title=夜间噪声\nassist=sw", ERR_OK, NULL },
	{ "duty", "", ERR_INPUT, "Title is missing" },
	{ "auditor", "incident=#c", ERR_DENIED, "" },
	{ "stranger", "title=x", ERR_DENIED, "no organisation" },
	{ "duty", "incident=#none", ERR_NOT_FOUND, "there is none of the id" },
	{ "duty", "incident=#c\nwhistle=~w", ERR_INPUT, "one case or one whistle" },
	{ "duty", "incident=#s", ERR_REFUSED,
	  "20261122-0s is on the list of a meeting already: item 20261123-K001, brought by 李敏" },
	{ "duty", "title=x\norg=none", ERR_INPUT, "no organisation" },
	{ "duty", "title=x\nassist=none", ERR_INPUT, "no organisation" },
	{ "duty", "title=x\nlead_org=none", ERR_INPUT, "no organisation" },
	{ "duty", "title=x\nmeeting_id=&none", ERR_NOT_FOUND, "there is none of the id" },
};

static void begin(struct meetings *m)
{
	tasks_init(m);
	tasks_incident(m, "c")->returns = 4;
	tasks_incident(m, "s");
	tasks_whistle(m, "w");
	meetings_must(m, KIND_ITEM, "bring", "duty", "s", "incident=#s");
}

static void who_brings_what(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(brought); i++) {
		struct meetings m;

		begin(&m);
		if (brought[i].code == ERR_OK)
			meetings_must(&m, KIND_ITEM, "bring", brought[i].actor, "k", brought[i].args);
		else
			meetings_refuse(&m, KIND_ITEM, "bring", brought[i].actor, "k",
					brought[i].args, brought[i].code, brought[i].words);
		meetings_release(&m);
	}
}

static void says_what_it_is_about(void **unused)
{
	struct meetings m;
	const struct incident *incident;
	const struct item *item;

	(void)unused;
	begin(&m);
	m.fx.serial = 7;
	meetings_must(&m, KIND_ITEM, "bring", "water", "k", "incident=#c");
	item = tasks_item(&m, "k");
	incident = meetings_entity(&m, KIND_INCIDENT, "c");
	assert_string_equal(item->number, "20261123-K007");
	assert_string_equal(item->title, incident->title);
	assert_string_equal(item->why, "退回 ×4");
	assert_string_equal(item->about_kind, "incident");
	assert_string_equal(item->about_no, "20261122-0c");
	assert_string_equal(item->org, "zx"); /* departments convene none */
	assert_string_equal(item->by_org, "sw");
	assert_string_equal(item->lead, "sw");
	assert_int_equal(item->concerned.n, 1);
	assert_true(item_concerned(item, 0)->must);
	assert_string_equal(item->state, "listed");
	assert_true(item->open);
	/* the case knows */
	assert_true(incident->candidate);
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "item");
	meetings_must(&m, KIND_ITEM, "bring", "duty", "w",
		      "whistle=~w\ntitle=另起\nwhy=久拖不决\nlead_org=zj\nassist=ll");
	item = tasks_item(&m, "w");
	assert_string_equal(item->title, "另起");
	assert_string_equal(item->why, "久拖不决");
	assert_string_equal(item->about_kind, "whistle");
	assert_string_equal(item->lead, "zj"); /* who is named, and nobody else */
	assert_int_equal(item->concerned.n, 2);
	assert_string_equal(tasks_links(&m, KIND_WHISTLE, "w"), "item");
	assert_true(((struct whistle *)meetings_entity(&m, KIND_WHISTLE, "w"))->candidate);
	meetings_release(&m);
}

/* Of the organisation that has a series of its own; approved at once where nobody approves items. */
static void whose_meetings(void **unused)
{
	static const struct {
		const char *actor, *args, *org, *state;
	} cases[] = {
		{ "duty", "title=x", "zx", "listed" },
		{ "water", "title=x", "zx", "listed" },
		{ "street", "title=x", "ll", "approved" },
		{ "street", "title=x\norg=zx", "zx", "listed" },
		{ "station", "title=x", "ll01", "approved" },
		{ "grid", "title=x", "zx", "listed" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;

		begin(&m);
		meetings_must(&m, KIND_ITEM, "bring", cases[i].actor, "k", cases[i].args);
		assert_string_equal(tasks_item(&m, "k")->org, cases[i].org);
		assert_string_equal(tasks_item(&m, "k")->state, cases[i].state);
		meetings_release(&m);
	}
}

/* ---- until it is in an agenda ---- */

static void until_it_is_approved(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ITEM, "bring", "street", "k", "org=zx\nincident=#c", ERR_OK, NULL },
		{ KIND_ITEM, "revise", "street", "k", "title=改过\nreason=r", ERR_OK, NULL },
		{ KIND_ITEM, "revise", "water", "k", "title=y", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ITEM, "revise", "duty", "k", "lead_org=zj\nassist=sw", ERR_OK, NULL },
		{ KIND_ITEM, "approve", "duty", "k", "", ERR_DENIED, "needs at least the role 值班长" },
		{ KIND_ITEM, "approve", "watercl", "k", "", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ITEM, "approve", "chief", "k", "", ERR_OK, NULL },
		{ KIND_ITEM, "approve", "chief", "k", "", ERR_REFUSED, "done already by 周强" },
		{ KIND_ITEM, "disapprove", "chief", "k", "reason=r", ERR_REFUSED, "the item is approved" },
		{ KIND_ITEM, "revise", "street", "k", "title=z", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ITEM, "revise", "duty", "k", "title=z", ERR_OK, NULL },
		{ KIND_ITEM, "drop", "street", "k", "reason=r", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ITEM, "note", "water", "k", "note=n", ERR_OK, NULL },
		{ KIND_ITEM, "drop", "duty", "k", "reason=已解决", ERR_OK, NULL },
		{ KIND_ITEM, "drop", "duty", "k", "reason=r", ERR_REFUSED, "the item is dropped" },
	};
	struct meetings m;

	(void)unused;
	begin(&m);
	tasks_run(&m, steps, ARRAY_LEN(steps));
	assert_string_equal(tasks_item(&m, "k")->dropped_for, "已解决");
	assert_string_equal(tasks_item(&m, "k")->approved_by, "周强");
	assert_string_equal(tasks_item(&m, "k")->lead, "zj");
	assert_int_equal(tasks_item(&m, "k")->concerned.n, 2);
	assert_false(tasks_item(&m, "k")->open);
	/* the case is on no list any more, and may be brought again */
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "");
	assert_false(((struct incident *)meetings_entity(&m, KIND_INCIDENT, "c"))->candidate);
	meetings_must(&m, KIND_ITEM, "bring", "duty", "k2", "incident=#c");
	meetings_must(&m, KIND_ITEM, "disapprove", "leader", "k2", "reason=不必上会");
	assert_string_equal(tasks_item(&m, "k2")->state, "refused");
	assert_string_equal(tasks_item(&m, "k2")->refused_for, "不必上会");
	assert_string_equal(tasks_links(&m, KIND_INCIDENT, "c"), "");
	meetings_release(&m);
}

/* Who brought it drops it while nobody has approved it. */
static void dropped_by_who_brought_it(void **unused)
{
	struct meetings m;

	(void)unused;
	begin(&m);
	meetings_must(&m, KIND_ITEM, "bring", "street", "k", "org=zx\nincident=#c");
	meetings_refuse(&m, KIND_ITEM, "drop", "green", "k", "reason=r", ERR_DENIED, "only");
	meetings_must(&m, KIND_ITEM, "drop", "town", "k", "reason=r");
	meetings_release(&m);
}

/* By telephone: recorded by the one on duty, countersigned by who has the role. */
static void approved_by_telephone(void **unused)
{
	struct meetings m;
	const struct item *item;

	(void)unused;
	begin(&m);
	meetings_must(&m, KIND_ITEM, "bring", "duty", "k", "incident=#c");
	m.phone = (struct by_phone){ .role = "duty", .rung = "陈静" };
	meetings_refuse(&m, KIND_ITEM, "approve", "duty", "k", "", ERR_DENIED, "role 值班长");
	m.phone = (struct by_phone){ .role = "leader", .rung = "郑凯", .wording = "同意上会" };
	meetings_refuse(&m, KIND_ITEM, "approve", "street", "k", "", ERR_DENIED, "only");
	m.phone = (struct by_phone){ .role = "leader", .rung = "郑凯", .wording = "同意上会" };
	meetings_must(&m, KIND_ITEM, "approve", "duty", "k", "");
	item = tasks_item(&m, "k");
	assert_string_equal(item->approved_by, "郑凯");
	assert_int_equal(item->owed, 1);
	assert_int_equal(item->behalves.n, 1);
	meetings_refuse(&m, KIND_ITEM, "countersign", "duty", "k", "", ERR_DENIED, "");
	meetings_refuse(&m, KIND_ITEM, "countersign", "chief", "k", "", ERR_DENIED, "");
	meetings_must(&m, KIND_ITEM, "countersign", "leader", "k", "");
	assert_int_equal(tasks_item(&m, "k")->owed, 0);
	meetings_release(&m);
}

/* Straight into the agenda of a meeting. */
static void brought_into_a_meeting(void **unused)
{
	struct meetings m;

	(void)unused;
	begin(&m);
	meetings_to(&m, "drawn");
	meetings_refuse(&m, KIND_ITEM, "bring", "duty", "k", "title=x\nmeeting_id=&m", ERR_REFUSED,
			"it is not approved yet");
	meetings_refuse(&m, KIND_ITEM, "bring", "street", "k", "title=x\nmeeting_id=&m", ERR_REFUSED,
			"convened by 联动指挥中心");
	m.series[0].item_role = NULL;
	meetings_refuse(&m, KIND_ITEM, "bring", "intake", "k", "title=x\nmeeting_id=&m", ERR_DENIED, "");
	meetings_refuse(&m, KIND_ITEM, "bring", "street", "k", "title=x\norg=zx\nmeeting_id=&m", ERR_DENIED,
			"only 联动指挥中心");
	meetings_must(&m, KIND_ITEM, "bring", "duty", "k", "title=x\nminutes=20\nmeeting_id=&m\nassist=zj");
	assert_int_equal(meetings_meeting(&m)->agenda.n, 3);
	assert_int_equal(tasks_item(&m, "k")->order, 3);
	assert_non_null(tasks_item(&m, "k")->meeting);
	meetings_refuse(&m, KIND_ITEM, "drop", "duty", "k", "reason=r", ERR_REFUSED,
			"it stands in the agenda of");
	meetings_must(&m, KIND_MEETING, "agenda", "duty", "m", "entry=@k 3\noff=1");
	assert_null(tasks_item(&m, "k")->meeting);
	meetings_must(&m, KIND_ITEM, "drop", "duty", "k", "reason=r");
	meetings_release(&m);
}

/* Whom it concerns sits in the meeting: a correction is heard there. */
static void corrected_in_an_agenda(void **unused)
{
	static const char *const states[] = { "drawn", "called", "sitting" };
	struct meetings m;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		tasks_init(&m);
		tasks_to(&m, states[i]);
		assert_string_equal(meetings_who(&m), "zx/周强:chair sw:must zj:must ll:must ql:may");
		meetings_must(&m, KIND_ITEM, "revise", "duty", "a", "lead_org=ql\nassist=sw");
		/* once it sits, who sits there stays */
		assert_string_equal(meetings_who(&m),
				    strcmp(states[i], "sitting") == 0
					    ? "zx/周强:chair sw:must zj:must ll:must ql:may"
					    : "zx/周强:chair sw:must zj:must ll:must ql:must");
		meetings_release(&m);
	}
}

/* ---- papers ---- */

static void papers(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ITEM, "chase", "duty", "a", "", ERR_REFUSED, "nobody owes a paper" },
		{ KIND_ITEM, "collect", "duty", "a", "until=2026-11-23 09:00", ERR_INPUT, "must lie ahead" },
		{ KIND_ITEM, "collect", "water", "a", "until=2026-11-24 12:00", ERR_DENIED, "only" },
		{ KIND_ITEM, "collect", "duty", "a", "until=2026-11-24 12:00", ERR_OK, NULL },
		{ KIND_ITEM, "collect", "duty", "b", "until=2026-11-24 12:00", ERR_REFUSED,
		  "no department that could be asked" },
		{ KIND_ITEM, "hand_in", "water", "a", "", ERR_INPUT, "a file, or what it says" },
		{ KIND_ITEM, "hand_in", "green", "a", "words=w", ERR_DENIED, "not asked for anything" },
		{ KIND_ITEM, "hand_in", "roads", "a", "words=w\nshare=sw", ERR_DENIED, "only 区水务局" },
		{ KIND_ITEM, "hand_in", "water", "a", "file_name=../x\nfile_size=1\nfile_hash=00", ERR_INPUT,
		  "is a path" },
		{ KIND_ITEM, "hand_in", "water", "a", "file_name=x.pdf\nfile_size=1\nfile_hash=00", ERR_INPUT,
		  "SHA-256" },
		{ KIND_ITEM, "hand_in", "water", "a",
		  "words=管线图\nfile_name=x.pdf\nfile_size=1024\nfile_hash="
		  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ERR_OK, NULL },
		{ KIND_ITEM, "chase", "water", "a", "share=zj", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ITEM, "chase", "duty", "a", "share=sw", ERR_REFUSED, "nobody owes a paper" },
		{ KIND_ITEM, "chase", "duty", "a", "", ERR_OK, NULL },
		{ KIND_ITEM, "chase", "duty", "a", "share=zj", ERR_OK, NULL },
	};
	struct deadline deadlines[DEADLINES_MOST];
	struct meetings m;
	struct item *item;
	const struct paper *paper;

	(void)unused;
	tasks_init(&m);
	tasks_to(&m, "drawn");
	tasks_run(&m, steps, ARRAY_LEN(steps));
	item = meetings_entity(&m, KIND_ITEM, "a");
	assert_int_equal(item->papers.n, 2);
	assert_int_equal(item->missing, 1);
	assert_int_equal(item->papers_due, fixture_time("2026-11-24 12:00"));
	paper = item_paper(item, 0);
	assert_string_equal(paper->org, "sw");
	assert_string_equal(paper->words, "管线图");
	assert_string_equal(paper->name, "x.pdf");
	assert_int_equal(paper->size, 1024);
	assert_int_equal(paper->hash[0], 'a');
	assert_string_equal(paper->sent_by, "王芳");
	assert_int_equal(item_paper(item, 1)->chased, 2);
	/* whose it is runs out: the department's */
	assert_int_equal(deadlines_of(item, deadlines), 1);
	assert_int_equal(deadlines[0].sort, DEADLINE_MEETING);
	assert_string_equal(deadlines[0].org, "zj");
	/* later ones, and who has sent his already, are asked no more */
	meetings_must(&m, KIND_ITEM, "collect", "duty", "a", "until=2026-11-24 17:00\nassist=sw\nassist=ql");
	assert_int_equal(item->papers.n, 3);
	assert_int_equal(item_paper(item, 0)->due, fixture_time("2026-11-24 12:00"));
	assert_int_equal(item->missing, 2);
	assert_int_equal(item->papers_due, fixture_time("2026-11-24 12:00"));
	/* the secretary takes in what came by other means; it is late by its due */
	m.fx.now = fixture_time("2026-11-24 13:00");
	meetings_must(&m, KIND_ITEM, "hand_in", "duty", "a", "words=口头\nshare=zj");
	assert_true(item_paper(item, 1)->sent_at > item_paper(item, 1)->due);
	assert_int_equal(item->behalves.n, 1);
	assert_string_equal(((const struct behalf *)item->behalves.items)->org, "zj");
	assert_int_equal(item->owed, 1);
	/* a second one takes its place, and came when the first did */
	m.fx.now = fixture_time("2026-11-24 15:00");
	meetings_must(&m, KIND_ITEM, "hand_in", "water", "a", "words=改过的");
	assert_string_equal(item_paper(item, 0)->words, "改过的");
	assert_true(item_paper(item, 0)->sent_at < fixture_time("2026-11-24 12:00"));
	meetings_release(&m);
}

/* ---- what could be done ---- */

static bool is_item_state(const char *words)
{
	for (int i = 0; i < ITEM_STATES; i++)
		if (strcmp(item_state_code((enum item_state)i), words) == 0)
			return true;
	return false;
}

static void what_could_be_done(void **unused)
{
	static const struct {
		const char *state; /* of "a", out of agendas; or as its meeting is brought so far */
		const char *actor, *verbs;
	} cases[] = {
		{ "drawn", "duty", "revise collect hand_in note" },
		{ "held", "duty", "revise drop collect hand_in discuss resolve note" },
		{ "drawn", "water", "hand_in note" },
		{ "drawn", "green", "note" },
		{ "drawn", "auditor", "" },
		{ "sitting", "duty", "revise collect hand_in begin discuss resolve note" },
		{ "settled", "duty", "note" },
		{ "refused", "duty", "note" },
		{ "refused", "chief", "note" },
		{ "dropped", "duty", "note" },
		{ "listed", "duty", "revise approve disapprove drop collect hand_in note" },
		{ "listed", "chief", "revise approve disapprove drop collect hand_in note" },
		{ "listed", "street", "note" },
		{ "listed", "water", "hand_in note" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct actor actor = fixture_actor(cases[i].actor);
		struct str verbs = STR_INIT;
		struct meetings m;
		struct item *item;

		tasks_init(&m);
		tasks_to(&m, is_item_state(cases[i].state) ? "drawn" : cases[i].state);
		item = meetings_entity(&m, KIND_ITEM, "a");
		if (is_item_state(cases[i].state)) {
			item->state = cases[i].state;
			item->meeting = NULL;
		}
		for (size_t k = 0; k < act_desc_count(); k++) {
			const struct act_desc *desc = act_desc_at(k);

			if (item_possible_in(&m.fx.rules, item, meetings_meeting(&m), desc, &actor, NULL) == ERR_OK)
				str_addf(&verbs, "%s%s", verbs.len > 0 ? " " : "", desc->verb);
		}
		if (strcmp(str_get(&verbs), cases[i].verbs) != 0)
			fail_msg("%s %s: %s", cases[i].state, cases[i].actor, str_get(&verbs));
		str_release(&verbs);
		meetings_release(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_brings_what),
		cmocka_unit_test(says_what_it_is_about),
		cmocka_unit_test(whose_meetings),
		cmocka_unit_test(until_it_is_approved),
		cmocka_unit_test(dropped_by_who_brought_it),
		cmocka_unit_test(approved_by_telephone),
		cmocka_unit_test(brought_into_a_meeting),
		cmocka_unit_test(corrected_in_an_agenda),
		cmocka_unit_test(papers),
		cmocka_unit_test(what_could_be_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
