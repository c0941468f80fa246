/* Staged meetings: one stage after the other, votes and quorum, publications. */
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

static void begin(struct meetings *m)
{
	meetings_init(m);
	meetings_item(m, "a", "ll01", "")->org = "ll01";
	meetings_must(m, KIND_MEETING, "convene", "station", "m", "series=village\ntitle=修路\nentry=@a 1");
}

static void must(struct meetings *m, const char *args)
{
	meetings_must(m, KIND_MEETING, "stage", "station", "m", args);
}

static void refuse(struct meetings *m, const char *args, enum err code, const char *words)
{
	meetings_refuse(m, KIND_MEETING, "stage", "station", "m", args, code, words);
}

/* ---- the vote ---- */

/* Of 60 entitled half must come, and more than half of these agree. */
static const struct {
	const char *args;
	const char *note; /* why it has not passed; NULL: it has */
} votes[] = {
	{ "entitled=60\npresent_n=40\nagreed=30\nagainst=10", NULL },
	{ "entitled=60\npresent_n=30\nagreed=16\nagainst=14", NULL },
	{ "entitled=60\npresent_n=29\nagreed=29", "29 of 60 present, 30 needed" },
	{ "entitled=61\npresent_n=30\nagreed=30", "30 of 61 present, 31 needed" },
	{ "entitled=61\npresent_n=31\nagreed=31", NULL },
	{ "entitled=60\npresent_n=40\nagreed=20\nagainst=20", "20 of 40 present for it" },
	{ "entitled=60\npresent_n=40\nagreed=21\nagainst=19", NULL },
	{ "entitled=60\npresent_n=40\nagreed=20", "20 of 40 present for it" }, /* the rest is no vote */
	{ "entitled=60\npresent_n=40\nagainst=40", "0 of 40 present for it, more than 50% needed" },
};

static void what_passes(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(votes); i++) {
		struct meetings m;
		const struct stage *stage;

		begin(&m);
		must(&m, "stage=支部提议\npassed=yes");
		must(&m, arena_printf(&m.fx.arena, "stage=discuss\n%s", votes[i].args));
		stage = meeting_stage_at(meetings_meeting(&m), 1);
		if (stage->passed != (votes[i].note == NULL) ||
		    (votes[i].note != NULL && (m.decision.note == NULL ||
					       strstr(m.decision.note, votes[i].note) == NULL)))
			fail_msg("%zu: %s", i, m.decision.note != NULL ? m.decision.note : "passed");
		if (stage->passed)
			refuse(&m, "stage=discuss\nentitled=60\npresent_n=40\nagreed=30", ERR_REFUSED,
			       "\"两委商议\" is passed already");
		else /* it is held again */
			must(&m, "stage=discuss\nentitled=60\npresent_n=60\nagreed=60");
		must(&m, "stage=vote\nentitled=60\npresent_n=41\nagreed=21");
		meetings_release(&m);
	}
}

static void how_many_a_share_is(void **unused)
{
	static const struct {
		struct share share;
		size_t of, least;
	} cases[] = {
		{ { 0, 0, false }, 60, 0 },  { { 1, 2, false }, 60, 30 }, { { 1, 2, true }, 60, 31 },
		{ { 1, 2, false }, 61, 31 }, { { 1, 2, true }, 61, 31 },  { { 2, 3, false }, 60, 40 },
		{ { 2, 3, false }, 61, 41 }, { { 2, 3, true }, 60, 41 },  { { 2, 3, false }, 0, 0 },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(share_least(&cases[i].share, cases[i].of), cases[i].least);
}

static const struct {
	const char *args;
	enum err code;
	const char *words;
} wrong[] = {
	{ "stage=vote\nentitled=3\npresent_n=3\nagreed=3", ERR_REFUSED, "first comes \"两委商议\"" },
	{ "stage=result", ERR_REFUSED, "first comes \"两委商议\"" },
	{ "stage=party", ERR_INPUT, "\"party\" is no stage of it" },
	{ "stage=discuss", ERR_INPUT, "say how many are entitled" },
	{ "stage=discuss\nentitled=60", ERR_INPUT, "say how many are entitled" },
	{ "stage=discuss\nentitled=60\npresent_n=40", ERR_INPUT, "how many were for it" },
	{ "stage=discuss\nentitled=60\npresent_n=61\nagreed=1", ERR_INPUT,
	  "61 came, but only 60 are entitled" },
	{ "stage=discuss\nentitled=60\npresent_n=40\nagreed=30\nagainst=11", ERR_INPUT,
	  "41 voted, but only 40 came" },
	{ "stage=discuss\nentitled=60\npresent_n=40\nagreed=30\nheld_at=2026-11-24 10:00", ERR_INPUT,
	  "cannot lie ahead" },
	{ "stage=discuss\nentitled=60\npresent_n=40\nagreed=30\nheld_at=2026-11-22 10:00", ERR_INPUT,
	  "the stage before it was held later" },
};

static void what_is_no_stage(void **unused)
{
	struct meetings m;

	(void)unused;
	begin(&m);
	must(&m, "stage=propose"); /* nobody says that it passed */
	assert_non_null(strstr(m.decision.note, "not said to have passed"));
	refuse(&m, "stage=discuss\nentitled=60\npresent_n=40\nagreed=30", ERR_REFUSED,
	       "first comes \"支部提议\"");
	must(&m, "stage=propose\npassed=yes");
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		refuse(&m, wrong[i].args, wrong[i].code, wrong[i].words);
	assert_int_equal(meetings_meeting(&m)->stages.n, 2);
	meetings_refuse(&m, KIND_MEETING, "stage", "grid", "m", "stage=discuss", ERR_INPUT, "say");
	meetings_refuse(&m, KIND_MEETING, "stage", "green", "m", "stage=discuss", ERR_DENIED,
			"only 清凉社区");
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n", "series=double");
	meetings_refuse(&m, KIND_MEETING, "stage", "duty", "n", "stage=propose", ERR_REFUSED,
			"has no stages");
	meetings_release(&m);
}

/* ---- from the first to the last ---- */

static void to_the_end(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;
	const struct item *item;

	(void)unused;
	begin(&m);
	must(&m, "stage=propose\npassed=yes\nheld_at=2026-11-23 08:00");
	meeting = meetings_meeting(&m);
	assert_string_equal(meeting->state, "sitting");
	assert_int_equal(meeting->opened_at, fixture_time("2026-11-23 08:00"));
	must(&m, "stage=discuss\nentitled=8\npresent_n=7\nagreed=7\nheld_at=2026-11-23 09:00");
	assert_string_equal(meetings_runs(&m, "stage", NULL), "");
	meetings_must(&m, KIND_ITEM, "resolve", "station", "a", "outcome=agreed\nresolution=修");
	must(&m, "stage=vote\nentitled=60\npresent_n=34\nagreed=34");
	assert_non_null(strstr(m.decision.note,
			       "\"代表决议\" has not passed: 34 of 60 present, 40 needed"));
	must(&m, "stage=vote\nentitled=60\npresent_n=58\nagreed=50\nwords=票决");
	assert_string_equal(meetings_runs(&m, "stage", NULL), "11-26 17:30");
	assert_string_equal(meetings_meeting(&m)->due_clock, "stage");
	m.fx.now = fixture_time("2026-11-24 09:00");
	must(&m, "stage=resolved");
	assert_string_equal(meetings_runs(&m, "stage", NULL), "11-27 17:30");
	assert_string_equal(meetings_meeting(&m)->state, "sitting");
	m.fx.now = fixture_time("2026-11-27 09:00");
	must(&m, "stage=result\nheld_at=2026-11-27 08:30");
	meeting = meetings_meeting(&m);
	assert_string_equal(meeting->state, "issued");
	assert_int_equal(meeting->open, 0);
	assert_int_equal(meeting->closed_at, fixture_time("2026-11-27 08:30"));
	assert_int_equal(meeting->due, 0);
	assert_null(meeting_next_stage(rules_series(&m.fx.rules, "village"), meeting));
	item = meetings_entity(&m, KIND_ITEM, "a");
	assert_string_equal(item->state, "settled");
	refuse(&m, "stage=result", ERR_REFUSED, "it stands at \"minutes issued\"");
	meetings_release(&m);
}

/* A village has no console: who stands above it writes down what it said. */
static void recorded_for_the_village(void **unused)
{
	struct meetings m;

	(void)unused;
	begin(&m);
	m.phone = (struct by_phone){ .org = "ll01", .rung = "吴霞" };
	meetings_refuse(&m, KIND_MEETING, "stage", "green", "m", "stage=propose\npassed=yes", ERR_DENIED,
			"you cannot record what 清凉社区 did");
	m.phone = (struct by_phone){ .org = "ll01", .rung = "吴霞" };
	meetings_must(&m, KIND_MEETING, "stage", "town", "m", "stage=propose\npassed=yes");
	assert_string_equal(meeting_stage_at(meetings_meeting(&m), 0)->by, "吴霞");
	assert_int_equal(meetings_meeting(&m)->owed, 1);
	meetings_must(&m, KIND_MEETING, "countersign", "station", "m", "");
	assert_int_equal(meetings_meeting(&m)->owed, 0);
	meetings_release(&m);
}

/* It needs no invitation, and has no minutes to be issued. */
static void not_as_others(void **unused)
{
	static const struct {
		const char *verb, *args;
	} others[] = { { "invite", "" } };
	struct meetings m;

	(void)unused;
	begin(&m);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		meetings_refuse(&m, KIND_MEETING, others[i].verb, "station", "m", others[i].args,
				ERR_REFUSED, "stage by stage");
	must(&m, "stage=propose\npassed=yes");
	meetings_refuse(&m, KIND_MEETING, "adjourn", "station", "m", "", ERR_REFUSED,
			"stage by stage");
	meetings_refuse(&m, KIND_MEETING, "compose", "station", "m", "doc_title=x", ERR_REFUSED,
			"stage by stage");
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_passes),
		cmocka_unit_test(how_many_a_share_is),
		cmocka_unit_test(what_is_no_stage),
		cmocka_unit_test(to_the_end),
		cmocka_unit_test(recorded_for_the_village),
		cmocka_unit_test(not_as_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
