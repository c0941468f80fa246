/* The invitation: what it needs, who is asked, answers, leave, whoever is silent, asked again. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "meetings.h"
#include "zhiban/domain/party.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static void must(struct meetings *m, const char *verb, const char *actor, const char *args)
{
	meetings_must(m, KIND_MEETING, verb, actor, "m", args);
}

static void refuse(struct meetings *m, const char *verb, const char *actor, const char *args,
		   enum err code, const char *words)
{
	meetings_refuse(m, KIND_MEETING, verb, actor, "m", args, code, words);
}

/* ---- papers ---- */

static void papers_of_all_items(void **unused)
{
	struct meetings m;
	const struct item *item;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	refuse(&m, "collect", "duty", "until=2026-11-22 12:00", ERR_INPUT, "over already");
	refuse(&m, "collect", "duty", "until=2026-11-25 14:31", ERR_INPUT,
	       "papers are due before it begins, 11-25 14:30");
	refuse(&m, "collect", "water", "until=2026-11-24 12:00", ERR_DENIED, "only");
	must(&m, "collect", "duty", "until=2026-11-24 12:00\nwords=附现场照片");
	assert_int_equal(meetings_meeting(&m)->papers_due, fixture_time("2026-11-24 12:00"));
	item = meetings_entity(&m, KIND_ITEM, "a");
	assert_int_equal(item->papers.n, 2);
	assert_int_equal(item_paper(item, 0)->due, fixture_time("2026-11-24 12:00"));
	item = meetings_entity(&m, KIND_ITEM, "b"); /* it concerns nobody but who reports on it */
	assert_int_equal(item->papers.n, 0);
	must(&m, "agenda", "duty", "entry=@a 1\noff=yes");
	refuse(&m, "collect", "duty", "until=2026-11-24 12:00", ERR_REFUSED, "concerns no department");
	must(&m, "agenda", "duty", "entry=@b 1\noff=yes");
	refuse(&m, "collect", "duty", "until=2026-11-24 12:00", ERR_REFUSED, "no item");
	meetings_release(&m);
}

/* ---- what an invitation needs ---- */

static void what_it_needs(void **unused)
{
	static const struct {
		const char *convene, *args;
		enum err code;
		const char *words;
	} cases[] = {
		{ "room=研判室\nentry=@a 1", "", ERR_REFUSED, "when it begins" },
		{ "starts=2026-11-25 14:30\nentry=@a 1", "", ERR_REFUSED, "a room or a line" },
		{ "starts=2026-11-25 14:30\nroom=x", "", ERR_REFUSED, "an item" },
		{ "starts=2026-11-25 14:30\nroom=x\nentry=@a 1", "answer_by=2026-11-26 14:30",
		  ERR_INPUT, "an answer is due from now until it begins, 11-25 14:30" },
		{ "starts=2026-11-25 14:30\nroom=x\nentry=@a 1", "answer_by=2026-11-23 09:00",
		  ERR_INPUT, "an answer is due" },
		{ "starts=2026-11-23 09:00\nends=2026-11-23 18:00\nroom=x\nentry=@a 1", "",
		  ERR_REFUSED, "this time is over already: 11-23 09:00" },
		{ "starts=2026-11-25 14:30\nline=13813800000\nentry=@a 1", "", ERR_OK, NULL },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;

		meetings_init(&m);
		meetings_item(&m, "a", "sw", "");
		must(&m, "convene", "duty",
		     arena_printf(&m.fx.arena, "series=double\n%s", cases[i].convene));
		if (cases[i].code == ERR_OK)
			must(&m, "invite", "duty", cases[i].args);
		else
			refuse(&m, "invite", "duty", cases[i].args, cases[i].code, cases[i].words);
		meetings_release(&m);
	}
}

static void somebody_must_attend(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_item(&m, "a", "zx", "");
	must(&m, "convene", "duty", "title=x\nstarts=2026-11-25 14:30\nroom=x\nentry=@a 1\nattend=sw|may");
	refuse(&m, "invite", "duty", "", ERR_REFUSED, "somebody who must attend");
	must(&m, "attend", "duty", "attend=sw|must");
	must(&m, "invite", "duty", "");
	meetings_release(&m);
}

static void items_must_be_approved(void **unused)
{
	struct meetings m;
	struct item *item;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	item = meetings_entity(&m, KIND_ITEM, "b");
	item->state = item_state_code(ITEM_LISTED);
	refuse(&m, "invite", "duty", "", ERR_REFUSED, "\"议题b\": to be approved");
	item = meetings_entity(&m, KIND_ITEM, "b");
	item->state = item_state_code(ITEM_APPROVED);
	must(&m, "invite", "duty", "");
	meetings_release(&m);
}

static void all_are_asked(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;
	const char *codes[PARTY_MAX];

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	assert_int_equal(party_of(&m.fx.rules, meetings_meeting(&m), codes), 1); /* zx */
	must(&m, "invite", "duty", "note=请带材料");
	meeting = meetings_meeting(&m);
	assert_int_equal(meeting->invited, 5);
	assert_int_equal(meeting->silent, 5);
	assert_string_equal(meeting->note, "请带材料");
	assert_string_equal(meeting->called_by, "李敏");
	assert_int_equal(party_of(&m.fx.rules, meeting, codes), 5);
	assert_string_equal(meetings_runs(&m, "answer", "sw"), "11-24 17:30");
	assert_int_equal(meeting->due, fixture_time("2026-11-24 17:30"));
	assert_string_equal(meeting->due_clock, "answer");
	/* whoever sits there reads all items */
	assert_int_equal(((struct item *)meetings_entity(&m, KIND_ITEM, "b"))->hearers.n, 5);
	meetings_release(&m);
}

static void until_when(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	must(&m, "invite", "duty", "answer_by=2026-11-24 09:00");
	assert_string_equal(meetings_runs(&m, "answer", "ll"), "11-24 09:00");
	meetings_release(&m);
	/* never behind the beginning */
	meetings_init(&m);
	meetings_to(&m, "drawn");
	must(&m, "arrange", "duty", "starts=2026-11-23 16:00");
	must(&m, "invite", "duty", "");
	assert_string_equal(meetings_runs(&m, "answer", "ll"), "11-23 16:00");
	meetings_release(&m);
}

/* ---- answers ---- */

static const struct meetings_step answers[] = {
	{ "answer", "water", "answer=maybe", ERR_INPUT, "\"maybe\" is no answer" },
	{ "answer", "water", "answer=leave", ERR_INPUT, "leave needs a reason" },
	{ "answer", "water", "answer=delegated", ERR_INPUT, "say who comes" },
	{ "answer", "station", "answer=accepted\nshare=sw", ERR_DENIED,
	  "only 区水务局, or who convenes it" },
	{ "answer", "stranger", "answer=accepted", ERR_DENIED, "" },
	{ "answer", "auditor", "answer=accepted", ERR_DENIED, "" },
	{ "answer", "water", "answer=accepted\nattendee=x", ERR_INPUT, "not among those who attend" },
	{ "answer", "duty", "answer=accepted", ERR_INPUT, "say for whom: 联动指挥中心 周强" },
	{ "answer", "duty", "answer=accepted\nshare=ll01", ERR_REFUSED,
	  "清凉社区 is not among those who attend" },
	{ "answer", "water", "answer=accepted", ERR_OK, NULL },
	{ "answer", "water", "answer=delegated\ncomer=高原\ncomer_post=副局长\nclash=夜班", ERR_OK,
	  NULL },
	{ "answer", "station", "answer=leave\nreason=外出", ERR_OK, NULL }, /* of one within ll */
	{ "answer", "chief", "answer=accepted", ERR_OK, NULL },	      /* by his name */
};

static void who_answers_what(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;
	const struct attendee *water;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	/* his own stands in a duty list: chair and secretary are both of zx */
	meetings_run(&m, answers, 7);
	meetings_run(&m, answers + 8, ARRAY_LEN(answers) - 8);
	meeting = meetings_meeting(&m);
	water = meetings_attendee(&m, "sw");
	assert_string_equal(water->answer, "delegated");
	assert_string_equal(water->delegate, "高原");
	assert_string_equal(water->clash, "夜班"); /* of whom it sends */
	assert_string_equal(water->answered_by, "王芳");
	assert_string_equal(meetings_attendee(&m, "zx/周强")->answer, "accepted");
	assert_int_equal(meeting->accepted, 2);
	assert_int_equal(meeting->away, 1);
	assert_int_equal(meeting->silent, 2);
	assert_string_equal(meetings_runs(&m, "answer", "sw"), "");
	assert_string_equal(meetings_runs(&m, "answer", "zj"), "11-24 17:30");
	meetings_release(&m);
}

/* Of several of one organisation: each for himself, and for whom the act names. */
static void two_chairs_of_one_organisation(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_item(&m, "a", "sw", "");
	must(&m, "convene", "duty", "series=double\nstarts=2026-11-25 14:30\nroom=x\nentry=@a 1");
	must(&m, "invite", "duty", "");
	refuse(&m, "answer", "other", "answer=accepted", ERR_INPUT,
	       "say for whom: 联动指挥中心 周强, 联动指挥中心 郑凯");
	must(&m, "answer", "leader", "answer=accepted");
	assert_string_equal(meetings_attendee(&m, "zx/郑凯")->answer, "accepted");
	assert_null(meetings_attendee(&m, "zx/周强")->answer);
	m.phone = (struct by_phone){ .rung = "周强" };
	must(&m, "answer", "other", "answer=leave\nreason=出差");
	assert_string_equal(meetings_attendee(&m, "zx/周强")->answer, "leave");
	assert_string_equal(meetings_attendee(&m, "zx/周强")->answered_by, "周强");
	must(&m, "answer", "other", "answer=accepted\nattendee=%zx/周强");
	meetings_release(&m);
}

static void too_late_to_answer(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	m.fx.now = fixture_time("2026-11-25 14:30");
	refuse(&m, "answer", "water", "answer=accepted", ERR_REFUSED,
	       "it has begun, 11-25 14:30: who is there signs in");
	/* said before, sent after */
	m.eff = fixture_time("2026-11-25 14:00");
	must(&m, "answer", "water", "answer=accepted\nclash=夜班 主班\nreason=已换班");
	assert_int_equal(meetings_attendee(&m, "sw")->answered_at, fixture_time("2026-11-25 14:00"));
	assert_string_equal(meetings_attendee(&m, "sw")->clash, "夜班 主班");
	meetings_release(&m);
}

static void one_answer_after_another(void **unused)
{
	struct meetings m;
	const struct attendee *water;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "water", "answer=delegated\ncomer=高原");
	must(&m, "answer", "water", "answer=leave\nreason=汛情");
	water = meetings_attendee(&m, "sw");
	assert_null(water->delegate);
	assert_string_equal(water->why, "汛情");
	must(&m, "grant", "duty", "share=sw");
	must(&m, "answer", "water", "answer=accepted");
	water = meetings_attendee(&m, "sw");
	assert_null(water->why);
	assert_int_equal(water->leave_ok, 0);
	assert_int_equal(meetings_meeting(&m)->must, 4);
	meetings_release(&m);
}

static void recorded_by_telephone(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	m.phone = (struct by_phone){ .org = "sw", .rung = "王芳", .wording = "能来" };
	must(&m, "answer", "duty", "answer=accepted");
	assert_string_equal(meetings_attendee(&m, "sw")->answered_by, "王芳");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	assert_string_equal(meetings_runs(&m, "countersign", "sw"), "11-24 17:30");
	/* for another, without a telephone: it is on record all the same */
	must(&m, "answer", "other", "answer=accepted\nshare=zj");
	assert_int_equal(meetings_meeting(&m)->owed, 2);
	m.phone = (struct by_phone){ .org = "sw", .rung = "王芳" };
	refuse(&m, "answer", "street", "answer=accepted", ERR_DENIED,
	       "you cannot record what 区水务局 did");
	must(&m, "countersign", "water", "");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	must(&m, "countersign", "water", "");
	assert_int_equal(m.decision.n_effects, 0);
	assert_non_null(strstr(m.decision.note, "has countersigned it already"));
	meetings_release(&m);
}

/* ---- leave ---- */

static void leave_is_granted_or_refused(void **unused)
{
	struct meetings m;
	const struct attendee *attendee;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	refuse(&m, "grant", "duty", "", ERR_REFUSED, "there is nobody now");
	refuse(&m, "grant", "duty", "share=sw", ERR_REFUSED, "区水务局 does not ask for leave");
	must(&m, "answer", "water", "answer=leave\nreason=出差");
	assert_int_equal(meetings_meeting(&m)->must, 4); /* as long as nobody granted it */
	refuse(&m, "grant", "water", "", ERR_DENIED, "only 联动指挥中心");
	refuse(&m, "grant", "roads", "", ERR_DENIED, "only 联动指挥中心");
	must(&m, "grant", "duty", ""); /* the only one who asks */
	attendee = meetings_attendee(&m, "sw");
	assert_int_equal(attendee->leave_ok, 1);
	assert_string_equal(attendee->leave_by, "李敏");
	assert_int_equal(meetings_meeting(&m)->must, 3);
	refuse(&m, "insist", "duty", "share=sw\nreason=x", ERR_REFUSED, "done already by 李敏, 11-23");
	must(&m, "answer", "roads", "answer=leave\nreason=出差");
	must(&m, "answer", "street", "answer=leave\nreason=出差");
	refuse(&m, "insist", "duty", "reason=必须到", ERR_INPUT,
	       "say for whom: 区住建局, 兰陵街道");
	must(&m, "insist", "duty", "share=zj\nreason=必须到");
	attendee = meetings_attendee(&m, "zj");
	assert_null(attendee->answer);
	assert_int_equal(attendee->leave_ok, 0);
	assert_int_equal(meetings_meeting(&m)->silent, 3);
	assert_string_equal(meetings_runs(&m, "answer", "zj"), "11-24 17:30");
	must(&m, "answer", "roads", "answer=leave\nreason=真的");
	assert_int_equal(meetings_attendee(&m, "zj")->leave_at, 0); /* to be decided anew */
	meetings_release(&m);
}

static void the_chair_grants_leave(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	must(&m, "arrange", "duty", "chair=高原"); /* of another organisation */
	must(&m, "invite", "duty", "");
	must(&m, "answer", "roads", "answer=leave\nreason=出差");
	must(&m, "grant", "watercl", "share=zj");
	meetings_release(&m);
}

/* Who need not come need not ask. */
static void an_optional_one_stays_away(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "green", "answer=leave\nreason=下乡");
	assert_int_equal(meetings_attendee(&m, "ql")->leave_ok, 1);
	refuse(&m, "grant", "duty", "share=ql", ERR_REFUSED, "done already by -, 11-23");
	meetings_release(&m);
}

/* ---- seen, chased ---- */

static void seen_once(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "see", "water", "");
	assert_string_equal(meetings_attendee(&m, "sw")->seen_by, "王芳");
	assert_string_equal(meetings_meeting(&m)->moved_by, "invite"); /* it moves nothing */
	must(&m, "see", "watercl", "");
	assert_int_equal(m.decision.n_effects, 0);
	assert_string_equal(meetings_attendee(&m, "sw")->seen_by, "王芳");
	must(&m, "answer", "roads", "answer=accepted"); /* who answers has seen it */
	assert_int_not_equal(meetings_attendee(&m, "zj")->seen_at, 0);
	meetings_release(&m);
}

static void silent_ones_are_chased(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "water", "answer=accepted");
	must(&m, "chase", "duty", "");
	assert_int_equal(meetings_attendee(&m, "zj")->chased, 1);
	assert_int_equal(meetings_attendee(&m, "sw")->chased, 0);
	must(&m, "chase", "duty", "share=zj");
	assert_int_equal(meetings_attendee(&m, "zj")->chased, 2);
	assert_int_equal(meetings_attendee(&m, "ll")->chased, 1);
	refuse(&m, "chase", "duty", "share=sw", ERR_REFUSED, "区水务局 has answered");
	refuse(&m, "chase", "water", "", ERR_DENIED, "only");
	must(&m, "answer", "roads", "answer=accepted");
	must(&m, "answer", "street", "answer=accepted");
	must(&m, "answer", "green", "answer=accepted");
	must(&m, "answer", "chief", "answer=accepted");
	refuse(&m, "chase", "duty", "", ERR_REFUSED, "nobody to be chased");
	meetings_release(&m);
}

/* ---- called, and arranged otherwise ---- */

static void all_are_asked_again(void **unused)
{
	static const char *const moves[] = { "starts=2026-11-26 14:30", "ends=2026-11-25 15:30",
					     "room=一号会议室", "line=会议专线" };
	struct meetings m;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		meetings_init(&m);
		meetings_to(&m, "called");
		must(&m, "see", "roads", "");
		must(&m, "answer", "water", "answer=accepted");
		must(&m, "chase", "duty", "");
		must(&m, "arrange", "duty", moves[i]);
		assert_int_equal(meetings_meeting(&m)->sequence, 1);
		assert_int_equal(meetings_meeting(&m)->silent, 5);
		assert_int_equal(meetings_attendee(&m, "zj")->chased, 0);
		assert_int_equal(meetings_attendee(&m, "zj")->seen_at, 0);
		assert_string_equal(meetings_runs(&m, "answer", "sw"), "11-24 17:30");
		meetings_release(&m);
	}
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "water", "answer=accepted");
	must(&m, "arrange", "duty", "title=例会\nsession=3"); /* nobody has to come elsewhere */
	assert_int_equal(meetings_meeting(&m)->sequence, 0);
	assert_int_equal(meetings_meeting(&m)->accepted, 1);
	refuse(&m, "arrange", "duty", "starts=2026-11-23 09:00", ERR_INPUT, "over already");
	meetings_release(&m);
}

static void who_is_new_is_asked_at_once(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "water", "answer=accepted");
	must(&m, "attend", "duty", "attend=ll01|may");
	assert_int_not_equal(meetings_attendee(&m, "ll01")->asked_at, 0);
	assert_string_equal(meetings_runs(&m, "answer", "ll01"), "11-24 17:30");
	assert_int_equal(meetings_meeting(&m)->accepted, 1);
	assert_int_equal(((struct item *)meetings_entity(&m, KIND_ITEM, "a"))->hearers.n, 6);
	/* and who is asked no more owes no answer */
	must(&m, "attend", "duty", "attend=ll01|may\noff=yes");
	assert_string_equal(meetings_runs(&m, "answer", "ll01"), "");
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(papers_of_all_items),
		cmocka_unit_test(what_it_needs),
		cmocka_unit_test(somebody_must_attend),
		cmocka_unit_test(items_must_be_approved),
		cmocka_unit_test(all_are_asked),
		cmocka_unit_test(until_when),
		cmocka_unit_test(who_answers_what),
		cmocka_unit_test(two_chairs_of_one_organisation),
		cmocka_unit_test(too_late_to_answer),
		cmocka_unit_test(one_answer_after_another),
		cmocka_unit_test(recorded_by_telephone),
		cmocka_unit_test(leave_is_granted_or_refused),
		cmocka_unit_test(the_chair_grants_leave),
		cmocka_unit_test(an_optional_one_stays_away),
		cmocka_unit_test(seen_once),
		cmocka_unit_test(silent_ones_are_chased),
		cmocka_unit_test(all_are_asked_again),
		cmocka_unit_test(who_is_new_is_asked_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
