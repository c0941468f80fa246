/* The minutes as a document: written by two, countersigned, approved, issued with a number. */
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

static void must(struct meetings *m, const char *verb, const char *actor, const char *args)
{
	meetings_must(m, KIND_MEETING, verb, actor, "m", args);
}

static void refuse(struct meetings *m, const char *verb, const char *actor, const char *args,
		   enum err code, const char *words)
{
	meetings_refuse(m, KIND_MEETING, verb, actor, "m", args, code, words);
}

static const char *state(struct meetings *m)
{
	return meetings_meeting(m)->state;
}

/* ---- written ---- */

static void two_who_write_at_once(void **unused)
{
	struct meetings m;
	const void *seen;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "held");
	seen = entity_copy(meetings_meeting(&m), &m.fx.arena);
	must(&m, "compose", "duty", "doc_title=第3次会议纪要\npreface=会议由周强主持。");
	assert_int_equal(meetings_meeting(&m)->rev, 1);
	m.base = seen;
	refuse(&m, "compose", "other", "preface=会议听取了汇报。", ERR_REFUSED,
	       "李敏 wrote it at 11-25 14:29: read it and write again");
	must(&m, "compose", "other", "preface=会议听取了汇报。\nrev=1");
	refuse(&m, "compose", "duty", "closing=完\nrev=3", ERR_REFUSED, "陈静 wrote it");
	must(&m, "compose", "duty", "closing=完\nmain_to=各街道\ncopy_to=区委办\nrev=2");
	assert_string_equal(meetings_meeting(&m)->preface, "会议听取了汇报。");
	assert_string_equal(meetings_meeting(&m)->doc_title, "第3次会议纪要");
	assert_string_equal(meetings_meeting(&m)->main_to, "各街道");
	assert_string_equal(meetings_meeting(&m)->edited_by, "李敏");
	assert_string_equal(state(&m), "held");
	meetings_release(&m);
}

/* What was signed was another text. */
static void changed_it_is_signed_anew(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "signing");
	must(&m, "sign", "water", "");
	must(&m, "compose", "duty", "preface=改");
	assert_string_equal(state(&m), "held");
	assert_string_equal(meetings_runs(&m, "sign", "zj"), "");
	assert_string_equal(meetings_runs(&m, "minutes", NULL), "11-30 17:30");
	refuse(&m, "sign", "roads", "", ERR_REFUSED, "it stands at \"held\"");
	must(&m, "submit", "duty", "");
	assert_int_equal(meetings_attendee(&m, "sw")->sign_at, 0);
	assert_string_equal(meetings_runs(&m, "minutes", NULL), "");
	meetings_release(&m);
}

/* ---- handed in: on to whoever is next by the series ---- */

static const struct {
	bool signed_by_all;
	const char *minutes_role;
	const char *then; /* the state when they are handed in */
	const char *held; /* of the refusal to issue them before that; NULL: they are */
} series[] = {
	{ true, "leader", "signing", "not handed in" },
	{ true, NULL, "signing", "not handed in" },
	{ false, "leader", "approving", "not handed in" },
	{ false, NULL, "approved", NULL },
};

static void where_they_go(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(series); i++) {
		struct meetings m;

		meetings_init(&m);
		meetings_to(&m, "held");
		m.series[0].signed_by_all = series[i].signed_by_all;
		m.series[0].minutes_role = series[i].minutes_role;
		if (series[i].held != NULL)
			refuse(&m, "issue", "duty", "", ERR_REFUSED, series[i].held);
		must(&m, "submit", "duty", "");
		assert_string_equal(state(&m), series[i].then);
		meetings_release(&m);
	}
}

static void issued_at_once(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "held");
	m.series[0].signed_by_all = false;
	m.series[0].minutes_role = NULL;
	must(&m, "issue", "duty", "");
	assert_string_equal(state(&m), "issued");
	assert_int_not_equal(meetings_meeting(&m)->drafted_at, 0);
	meetings_release(&m);
}

/* ---- signed ---- */

static void signed_by_those_who_must(void **unused)
{
	struct meetings m;
	struct meeting *meeting;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "signing");
	assert_string_equal(meetings_runs(&m, "sign", "sw"), "11-27 17:30");
	assert_string_equal(meetings_runs(&m, "sign", "ql"), "");
	meetings_run(&m,
		     (const struct meetings_step[]){
			     { "sign", "green", "", ERR_REFUSED, "青龙街道 need not sign" },
			     { "sign", "roads", "share=sw", ERR_DENIED, "only 区水务局" },
			     { "sign", "water", "", ERR_OK, NULL },
			     { "sign", "water", "", ERR_REFUSED, "done already by 王芳, 11-25" },
			     { "object", "street", "reason=第二条写错", ERR_OK, NULL },
			     { "chase", "duty", "share=sw", ERR_REFUSED, "has signed, or need not" },
			     { "chase", "duty", "", ERR_OK, NULL },
			     { "issue", "duty", "", ERR_REFUSED, "not approved yet" },
		     },
		     8);
	assert_string_equal(meetings_attendee(&m, "ll")->objects, "第二条写错");
	assert_string_equal(meetings_runs(&m, "sign", "ll"), "");
	assert_int_equal(meetings_attendee(&m, "zj")->chased, 1);
	must(&m, "sign", "street", ""); /* it stands until he signs */
	assert_null(meetings_attendee(&m, "ll")->objects);
	/* the secretary writes down what he was told */
	m.phone = (struct by_phone){ .org = "zj", .rung = "赵军" };
	must(&m, "sign", "duty", "");
	assert_string_equal(meetings_attendee(&m, "zj")->sign_by, "赵军");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	assert_string_equal(state(&m), "signing");
	must(&m, "sign", "chief", "attendee=%zx/周强");
	assert_string_equal(state(&m), "approving");
	assert_string_equal(meetings_runs(&m, "approve", NULL), "11-26 17:30");
	/* who has leave signs nothing */
	meetings_release(&m);
	meetings_init(&m);
	meetings_to(&m, "held");
	meeting = meetings_entity(&m, KIND_MEETING, "m");
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		struct attendee *attendee = (struct attendee *)meeting->attendees.items + i;

		if (strcmp(attendee->org, "sw") == 0) {
			attendee->answer = "leave";
			attendee->leave_ok = 1;
		}
	}
	must(&m, "submit", "duty", "");
	assert_string_equal(meetings_runs(&m, "sign", "sw"), "");
	refuse(&m, "sign", "water", "", ERR_REFUSED, "need not sign");
	meetings_release(&m);
}

static void without_all_signatures(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "signing");
	must(&m, "sign", "chief", "attendee=%zx/周强");
	must(&m, "approve", "leader", ""); /* as far as he is concerned */
	assert_string_equal(state(&m), "signing");
	refuse(&m, "approve", "leader", "", ERR_REFUSED, "done already by 郑凯");
	refuse(&m, "issue", "duty", "", ERR_REFUSED, "3 have not signed (区水务局)");
	must(&m, "object", "water", "reason=不同意");
	refuse(&m, "issue", "duty", "", ERR_REFUSED,
	       "区水务局 objects: 不同意; they can be issued with a reason");
	must(&m, "issue", "duty", "despite=区委要求当日印发");
	assert_string_equal(state(&m), "issued");
	assert_int_equal(meetings_meeting(&m)->due, 0);
	meetings_release(&m);
	/* approved first, signed then: nobody is asked twice */
	meetings_init(&m);
	meetings_to(&m, "signing");
	must(&m, "approve", "leader", "");
	must(&m, "sign", "chief", "attendee=%zx/周强");
	must(&m, "sign", "water", "");
	must(&m, "sign", "roads", "");
	must(&m, "sign", "street", "");
	assert_string_equal(state(&m), "approved");
	meetings_release(&m);
}

static void handed_in_again(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "signing");
	must(&m, "object", "street", "reason=写错");
	must(&m, "sign", "water", "");
	must(&m, "submit", "duty", "");
	assert_null(meetings_attendee(&m, "ll")->objects);
	assert_int_equal(meetings_attendee(&m, "sw")->sign_at, 0);
	assert_string_equal(meetings_runs(&m, "sign", "ll"), "11-27 17:30");
	meetings_release(&m);
}

/* ---- approved ---- */

static void approved_by_the_role(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "approving");
	refuse(&m, "approve", "duty", "", ERR_DENIED, "needs at least the role 带班领导");
	refuse(&m, "approve", "watercl", "", ERR_DENIED, "only 联动指挥中心");
	refuse(&m, "issue", "duty", "", ERR_REFUSED, "not approved yet");
	m.phone = (struct by_phone){ .role = "leader", .rung = "郑凯", .wording = "同意" };
	refuse(&m, "approve", "roads", "", ERR_DENIED, "");
	m.phone = (struct by_phone){ .role = "leader", .rung = "郑凯", .wording = "同意" };
	must(&m, "approve", "duty", "");
	assert_string_equal(meetings_meeting(&m)->approved_by, "郑凯");
	assert_string_equal(state(&m), "approved");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	assert_string_equal(meetings_runs(&m, "approve", NULL), "");
	must(&m, "countersign", "leader", "");
	assert_int_equal(meetings_meeting(&m)->owed, 0);
	meetings_release(&m);
}

static void sent_back(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "approving");
	refuse(&m, "disapprove", "duty", "reason=x", ERR_DENIED, "needs at least");
	must(&m, "disapprove", "leader", "reason=责任写清");
	assert_string_equal(state(&m), "held");
	assert_string_equal(meetings_runs(&m, "approve", NULL), "");
	assert_string_equal(meetings_runs(&m, "minutes", NULL), "11-30 17:30");
	assert_int_equal(meetings_meeting(&m)->drafted_at, 0);
	must(&m, "compose", "duty", "preface=改");
	must(&m, "submit", "duty", "");
	assert_int_equal(meetings_attendee(&m, "sw")->sign_at, 0);
	meetings_release(&m);
}

static void nothing_to_approve(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "signing");
	m.series[0].minutes_role = NULL;
	refuse(&m, "approve", "leader", "", ERR_REFUSED, "need no approval");
	must(&m, "issue", "duty", "despite=x");
	meetings_release(&m);
}

/* ---- issued ---- */

static void issued_with_a_number(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "approved");
	must(&m, "issue", "duty", "");
	assert_string_equal(meetings_meeting(&m)->doc_no, "测联纪〔2026〕3号");
	assert_string_equal(meetings_meeting(&m)->issued_by, "李敏");
	assert_int_equal(meetings_meeting(&m)->open, 0);
	refuse(&m, "compose", "duty", "preface=x\nrev=0", ERR_REFUSED, "it stands at \"minutes issued\"");
	meetings_release(&m);
	meetings_init(&m);
	meetings_to(&m, "approved");
	must(&m, "issue", "duty", "doc_no=测联纪〔2026〕12号");
	assert_string_equal(meetings_meeting(&m)->doc_no, "测联纪〔2026〕12号");
	meetings_release(&m);
	meetings_init(&m);
	meetings_to(&m, "approved");
	m.doc_serial = 0; /* the console's own picture of it */
	must(&m, "issue", "duty", "");
	assert_null(meetings_meeting(&m)->doc_no);
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_who_write_at_once),
		cmocka_unit_test(changed_it_is_signed_anew),
		cmocka_unit_test(where_they_go),
		cmocka_unit_test(issued_at_once),
		cmocka_unit_test(signed_by_those_who_must),
		cmocka_unit_test(without_all_signatures),
		cmocka_unit_test(handed_in_again),
		cmocka_unit_test(approved_by_the_role),
		cmocka_unit_test(sent_back),
		cmocka_unit_test(nothing_to_approve),
		cmocka_unit_test(issued_with_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
