/* The sitting: the sheet, the quorum and who must be there, its end. */
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

/* ---- quorum and who must be there ---- */

static const struct {
	const char *sheet; /* "sw=present ql=absent": who signs in how */
	const char *leave; /* an organisation whose leave is granted, or NULL */
	const char *words; /* of the refusal without a reason; NULL: it opens */
	size_t here, must_here;
} opened[] = {
	{ "zx/周强=present zj=present sw=present ll=present", NULL, NULL, 4, 4 },
	{ "zx/周强=present zj=present sw=present ll=present ql=present", NULL, NULL, 5, 4 },
	{ "zx/周强=late zj=late sw=present ll=present", NULL, NULL, 4, 4 },
	{ "zx/周强=present zj=present sw=delegate ll=present", NULL, NULL, 4, 4 },
	{ "zx/周强=present zj=present", NULL, "no quorum: 2 of 5 are there, 3 must be", 2, 2 },
	{ "", NULL, "no quorum: 0 of 5 are there, 3 must be", 0, 0 },
	{ "zj=present sw=present ll=present", NULL, "there are missing: 联动指挥中心 周强", 3, 3 },
	{ "zx/周强=present zj=present ql=present", NULL, "there are missing: 区水务局, 兰陵街道", 3, 2 },
	{ "zx/周强=present zj=present ll=present", "sw", NULL, 3, 3 },
	{ "zx/周强=present zj=present ql=present", "sw", "there are missing: 兰陵街道", 3, 2 },
	{ "zx/周强=present ll=present", "sw", "no quorum: 2 of 5", 2, 2 }, /* leave lowers no quorum */
	{ "zx/周强=present zj=present sw=absent ll=present", NULL, "there are missing: 区水务局", 3, 3 },
	{ "zx/周强=present zj=present sw=present sw=left ll=present", NULL,
	  "there are missing: 区水务局", 3, 3 },
	/* who has leave and comes all the same */
	{ "zx/周强=present zj=present sw=present ll=present", "sw", NULL, 4, 3 },
};

static void sign_all(struct meetings *m, const char *sheet)
{
	for (const char *at = sheet; *at != '\0'; at += strspn(at, " ")) {
		size_t len = strcspn(at, " "), who = strcspn(at, "=");

		must(m, "sign_in", "duty",
		     arena_printf(&m->fx.arena, "attendee=%%%.*s\npresence=%.*s\n%s", (int)who, at,
				  (int)(len - who - 1), at + who + 1,
				  strncmp(at + who, "=delegate", 9) == 0 ? "comer=高原" : ""));
		at += len;
	}
}

static void enough_are_there(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(opened); i++) {
		struct meetings m;
		struct attendance sheet;

		meetings_init(&m);
		meetings_to(&m, "called");
		if (opened[i].leave != NULL) {
			must(&m, "answer", "water", "answer=leave\nreason=汛情");
			must(&m, "grant", "duty", "");
		}
		m.fx.now = fixture_time("2026-11-25 14:25");
		sign_all(&m, opened[i].sheet);
		sheet = meeting_sheet(meetings_meeting(&m));
		if (sheet.here != opened[i].here || sheet.must_here != opened[i].must_here ||
		    sheet.enough != (opened[i].words == NULL))
			fail_msg("%zu: %zu here, %zu of %zu who must, need %zu", i, sheet.here,
				 sheet.must_here, sheet.must, sheet.need);
		assert_int_equal(meetings_meeting(&m)->present, sheet.here);
		if (opened[i].words != NULL)
			refuse(&m, "open", "duty", "", ERR_REFUSED, opened[i].words);
		must(&m, "open", "duty", "reason=先议后补");
		assert_string_equal(meetings_meeting(&m)->state, "sitting");
		if (opened[i].words != NULL)
			assert_string_equal(meetings_meeting(&m)->short_for, "先议后补");
		else
			assert_null(meetings_meeting(&m)->short_for);
		meetings_release(&m);
	}
}

/* ---- the sheet ---- */

static void how_one_signs_in(void **unused)
{
	struct meetings m;
	const struct attendee *water;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "water", "answer=delegated\ncomer=高原");
	m.fx.now = fixture_time("2026-11-25 14:25");
	meetings_run(&m,
		     (const struct meetings_step[]){
			     { "sign_in", "duty", "attendee=%sw\npresence=here", ERR_INPUT,
			       "\"here\" is no way to sign in" },
			     { "sign_in", "duty", "attendee=sw\npresence=present", ERR_INPUT,
			       "sw is not among those who attend" },
			     { "sign_in", "duty", "attendee=%zj\nattendee=%zz\npresence=present",
			       ERR_INPUT, "not among" },
			     { "sign_in", "duty", "attendee=%zj\npresence=delegate", ERR_INPUT,
			       "say who came for 区住建局" },
			     { "sign_in", "duty", "attendee=%zj\npresence=left", ERR_REFUSED,
			       "区住建局 is not signed in" },
			     { "sign_in", "water", "attendee=%sw\npresence=present", ERR_DENIED, "only" },
			     { "sign_in", "duty",
			       "attendee=%zj\npresence=present\nheld_at=2026-11-25 15:00", ERR_INPUT,
			       "cannot lie ahead" },
			     { "sign_in", "duty", "attendee=%sw\npresence=delegate", ERR_OK, NULL },
			     { "sign_in", "other",
			       "attendee=%zj\nattendee=%ll\npresence=present\nheld_at=2026-11-25 14:20",
			       ERR_OK, NULL },
		     },
		     9);
	water = meetings_attendee(&m, "sw");
	assert_string_equal(water->present_by, "高原"); /* whom it sends */
	assert_int_equal(meetings_attendee(&m, "zj")->present_at, fixture_time("2026-11-25 14:20"));
	assert_int_equal(meetings_attendee(&m, "ll")->present_at, fixture_time("2026-11-25 14:20"));
	assert_null(meetings_attendee(&m, "ql")->present);
	must(&m, "sign_in", "duty", "attendee=%zx/周强\npresence=late");
	assert_string_equal(meetings_attendee(&m, "zx/周强")->present_by, "周强");
	must(&m, "open", "duty", "");
	must(&m, "sign_in", "duty", "attendee=%zj\npresence=left\nheld_at=2026-11-25 14:28");
	assert_int_equal(meetings_attendee(&m, "zj")->left_at, fixture_time("2026-11-25 14:28"));
	assert_int_equal(meetings_meeting(&m)->present, 3);
	must(&m, "sign_in", "duty", "attendee=%sw\npresence=absent"); /* it was a mistake */
	assert_int_equal(meetings_attendee(&m, "sw")->present_at, 0);
	assert_null(meetings_attendee(&m, "sw")->present_by);
	meetings_release(&m);
}

static void who_comes_uninvited(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "sitting");
	must(&m, "attend", "duty", "attend=ll01|may|吴霞");
	assert_string_equal(meetings_runs(&m, "answer", "ll01"), ""); /* he is there */
	must(&m, "sign_in", "duty", "attendee=%ll01/吴霞\npresence=present");
	refuse(&m, "arrange", "duty", "starts=2026-11-26 09:00", ERR_REFUSED,
	       "it sits since 11-25 14:27");
	must(&m, "arrange", "duty", "secretary=陈静");
	meetings_release(&m);
}

/* ---- its end ---- */

static void what_follows_its_end(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;
	const struct item *a, *b;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	must(&m, "answer", "water", "answer=leave\nreason=汛情");
	must(&m, "grant", "duty", "");
	m.fx.now = fixture_time("2026-11-25 14:25");
	sign_all(&m, "zx/周强=present zj=present ll=present");
	must(&m, "open", "duty", "held_at=2026-11-25 14:28");
	assert_string_equal(meetings_runs(&m, "answer", "ql"), ""); /* nobody waits for it */
	meetings_must(&m, KIND_ITEM, "resolve", "duty", "a", "outcome=agreed\nresolution=由水务局牵头");
	refuse(&m, "adjourn", "duty", "held_at=2026-11-25 14:00", ERR_INPUT,
	       "it was opened at 11-25 14:28");
	refuse(&m, "adjourn", "roads", "", ERR_DENIED, "only");
	must(&m, "adjourn", "duty", "held_at=2026-11-25 14:31");
	meeting = meetings_meeting(&m);
	assert_string_equal(meeting->state, "held");
	assert_int_equal(meeting->opened_at, fixture_time("2026-11-25 14:28"));
	assert_int_equal(meeting->closed_at, fixture_time("2026-11-25 14:31"));
	assert_string_equal(meetings_attendee(&m, "ql")->present, "absent");
	assert_null(meetings_attendee(&m, "sw")->present); /* on leave */
	assert_string_equal(meetings_runs(&m, "minutes", NULL), "11-30 17:30");
	a = meetings_entity(&m, KIND_ITEM, "a");
	b = meetings_entity(&m, KIND_ITEM, "b");
	assert_string_equal(a->state, "settled");
	assert_string_equal(b->state, "approved"); /* carried over */
	assert_null(b->meeting);
	assert_int_equal(b->times, 1);
	must(&m, "sign_in", "duty", "attendee=%ql\npresence=late"); /* forgotten */
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(enough_are_there),
		cmocka_unit_test(how_one_signs_in),
		cmocka_unit_test(who_comes_uninvited),
		cmocka_unit_test(what_follows_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
