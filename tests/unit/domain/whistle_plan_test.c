/* What-if: the exact dates across weekends, make-up days and long holidays; what stands in the way; and
 * that a whistle that is then blown has the same clocks. */
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
#include "zhiban/domain/whistle_plan.h"

#define FULL "title=老旧小区消防通道堵塞\nground=joint\nassist=sw"

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

static struct whistle_plan plan(struct whistles *w, const char *verb, const char *actor,
				const char *args)
{
	struct act act = { .desc = act_desc_of(KIND_WHISTLE, verb), .by_phone = w->phone,
			   .actor = strcmp(actor, "mayor") == 0
					    ? (struct actor){ "吴镇", "ll", "leader" }
					    : fixture_actor(actor) };
	struct whistle_plan made;

	act.id = uuid_named("plan");
	act.target.kind = KIND_WHISTLE;
	for (; *args != '\0'; args += strspn(args, "\n")) {
		size_t len = strcspn(args, "\n"), name = strcspn(args, "=");
		char *key = arena_strndup(&w->fx.arena, args, name);
		char *words = arena_strndup(&w->fx.arena, args + name + 1, len - name - 1);
		const struct field *field = act_arg_field(act.desc, key);
		struct value value;

		assert_int_equal(rules_parse(&w->fx.rules, field, words, &w->fx.arena, &value, NULL),
				 ERR_OK);
		act_give(&act, field, value, &w->fx.arena);
		args += len;
	}
	whistle_plan(&w->fx.rules, w->whistle, &act, w->mode, w->fx.now, &w->fx.arena, &made);
	return made;
}

static const struct plan_row *row_of(const struct whistle_plan *made, const char *org,
				     enum summons_clock clock)
{
	for (size_t i = 0; i < made->n_rows; i++)
		if (strcmp(made->rows[i].org, org) == 0 && made->rows[i].clock == clock)
			return &made->rows[i];
	fail_msg("no %s of %s", summons_clock_code(clock), org);
	return NULL;
}

static const char *due_of_row(struct whistles *w, const struct plan_row *row)
{
	char text[CIVIL_TEXT];

	civil_format(row->due, w->fx.rules.offset_min, "Y-m-d H:M", text, sizeof text);
	return arena_strdup(&w->fx.arena, text);
}

/* --- dates ----------------------------------------------------------------------------------- */

static void across_holidays(void **state)
{
	static const struct {
		const char *now, *cls;
		const char *sign, *report_in, *handle;
	} cases[] = {
		/* before the Spring Festival: the make-up Saturday counts, then nothing till the 24th */
		{ "2026-02-13 17:40", "major", "2026-02-13 18:40", "2026-02-14 17:30",
		  "2026-03-02 17:30" },
		{ "2026-02-14 09:00", "major", "2026-02-14 10:00", "2026-02-24 17:30",
		  "2026-03-03 17:30" },
		/* Mid-Autumn, the National Day and its make-up Saturday */
		{ "2026-09-25 10:00", "major", "2026-09-25 11:00", "2026-09-28 17:30",
		  "2026-10-12 17:30" },
		{ "2026-09-30 17:00", "minor", "2026-09-30 18:00", "2026-10-10 17:30",
		  "2026-10-15 17:30" },
		/* natural time knows no holiday */
		{ "2026-02-13 17:40", "grave", "2026-02-13 18:10", "2026-02-13 21:40",
		  "2026-03-02 17:30" },
		/* an ordinary Friday */
		{ "2026-11-20 16:00", "minor", "2026-11-20 17:00", "2026-11-25 17:30",
		  "2026-12-01 17:30" },
	};
	struct whistles *w = *state;
	char args[160];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistle_plan made;

		w->fx.now = fixture_time(cases[i].now);
		snprintf(args, sizeof args, FULL "\nassist=zj\ncls=%s", cases[i].cls);
		made = plan(w, "blow", "mayor", args);
		assert_int_equal(made.n_problems, 0);
		for (size_t d = 0; d < 2; d++) {
			const char *org = d == 0 ? "sw" : "zj";

			assert_string_equal(due_of_row(w, row_of(&made, org, SUMMONS_SIGN)),
					    cases[i].sign);
			assert_string_equal(due_of_row(w, row_of(&made, org, SUMMONS_REPORT_IN)),
					    cases[i].report_in);
			assert_string_equal(due_of_row(w, row_of(&made, org, SUMMONS_HANDLE)),
					    cases[i].handle);
		}
	}
}

/* What it explains is what was counted. */
static void each_day_is_explained(void **state)
{
	static const char *const words[] = { "7wd", "2026-02-14", "2026-02-24", "2026-02-28",
					     "2026-03-02", "吹哨 较大", "春节" };
	struct whistles *w = *state;
	struct whistle_plan made;
	const struct plan_row *row;

	w->fx.now = fixture_time("2026-02-13 17:40");
	made = plan(w, "blow", "mayor", FULL "\ncls=major");
	row = row_of(&made, "sw", SUMMONS_HANDLE);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strstr(row->explain, words[i]) == NULL)
			fail_msg("%s is not in: %s", words[i], row->explain);
	assert_string_equal(row->limit, "7wd");
	assert_string_equal(row->label, "Handling");
	assert_false(row->provisional);
	/* past the known calendar */
	w->fx.now = fixture_time("2026-12-29 10:00");
	made = plan(w, "blow", "mayor", FULL "\ncls=major");
	assert_true(row_of(&made, "sw", SUMMONS_HANDLE)->provisional);
	/* what the blower states stands as it is */
	w->fx.now = fixture_time("2026-02-13 17:40");
	made = plan(w, "blow", "mayor", FULL "\ncls=major\nreport_by=2026-02-14 11:00");
	row = row_of(&made, "sw", SUMMONS_REPORT_IN);
	assert_string_equal(due_of_row(w, row), "2026-02-14 11:00");
	assert_null(row->limit);
	assert_non_null(strstr(row->explain, "as stated in it"));
	assert_true(made.least == fixture_time("2026-02-13 18:10"));
	assert_true(made.most == fixture_time("2026-02-27 17:30"));
}

/* --- what stands in the way ------------------------------------------------------------------ */

static void problems_are_said_before(void **state)
{
	static const struct {
		const char *actor, *args;
		enum whistle_step next;
		const char *problems[6]; /* words of each */
	} cases[] = {
		{ "street", FULL, WHISTLE_CHECK, { NULL } },
		{ "street", FULL "\ncls=major", WHISTLE_APPROVE, { NULL } },
		{ "mayor", FULL "\ncls=major", WHISTLE_CHECK, { NULL } },
		{ "duty", "title=x\nassist=sw", WHISTLE_ISSUED, { NULL } },
		{ "street", "", WHISTLE_CHECK,
		  { "Title is missing", "no department is called", "Ground is missing" } },
		{ "water", FULL, WHISTLE_CHECK, { "区水务局 may not blow it", "区水务局 cannot be called",
		    "no department is called" } },
		{ "street", FULL "\nassist=ql\nassist=none\nassist=zj", WHISTLE_CHECK,
		  { "青龙街道 cannot be called", "none is no organisation" } },
		{ "street",
		  "title=x\nassist=sw\nground=why\nlead_org=zj\ncls=huge\nhandle_by=2026-11-22 10:00",
		  WHISTLE_CHECK,
		  { "\"why\" is no ground", "\"huge\" is no class", "区住建局 leads",
		    "Ground is missing", "must lie ahead" } },
		{ "street", FULL "\nreport_by=2026-11-23 10:10", WHISTLE_CHECK,
		  { "2026-11-23 10:10 is not between 2026-11-23 10:30 and 2026-11-30 17:30" } },
		{ "street", "draft=yes\ntitle=x", WHISTLE_CHECK, { NULL } },
	};
	struct whistles *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistle_plan made = plan(w, "blow", cases[i].actor, cases[i].args);
		size_t n = 0;

		while (n < ARRAY_LEN(cases[i].problems) && cases[i].problems[n] != NULL)
			n++;
		if (made.n_problems != n)
			fail_msg("%zu: %zu problems, the last: %s", i, made.n_problems,
				 made.n_problems > 0 ? made.problems[made.n_problems - 1] : "");
		for (size_t p = 0; p < n; p++) {
			bool said = false;

			for (size_t m = 0; m < made.n_problems; m++)
				said = said || strstr(made.problems[m], cases[i].problems[p]);
			if (!said)
				fail_msg("%zu: \"%s\" is not said", i, cases[i].problems[p]);
		}
		assert_int_equal(made.next, cases[i].next);
		assert_non_null(made.summons);
	}
}

static void who_must_approve_and_come(void **state)
{
	struct whistles *w = *state;
	struct summons *summons = whistles_summons(w, "whistle");
	struct summons_class *major = (struct summons_class *)(uintptr_t)&summons->classes[1];
	struct whistle_plan made;

	made = plan(w, "blow", "street", FULL "\ncls=major");
	assert_string_equal(made.approver, "带班领导");
	assert_null(made.come);
	/* approval and check run first */
	assert_string_equal(due_of_row(w, row_of(&made, "ll", SUMMONS_APPROVE)), "2026-11-23 12:00");
	assert_string_equal(due_of_row(w, row_of(&made, "zx", SUMMONS_CHECK)), "2026-11-23 11:00");
	assert_int_equal(made.rows[0].clock, SUMMONS_APPROVE);
	major->approver_words = "街镇分管领导";
	major->come = "分管领导";
	made = plan(w, "blow", "street", FULL "\ncls=major");
	assert_string_equal(made.approver, "街镇分管领导");
	assert_string_equal(made.come, "分管领导");
	/* the leader was rung already */
	w->phone = (struct by_phone){ .role = "leader", .rung = "吴镇长" };
	made = plan(w, "blow", "street", FULL "\ncls=major");
	assert_int_equal(made.next, WHISTLE_CHECK);
	assert_null(made.approver);
	w->fx.rules.n_summonses = 0;
	made = plan(w, "blow", "street", FULL);
	assert_null(made.summons);
	assert_int_equal(made.n_problems, 1);
	assert_int_equal(made.n_rows, 0);
}

/* --- the same as when it is done ------------------------------------------------------------- */

static void it_comes_as_planned(void **state)
{
	static const char args[] = FULL "\nassist=zj\ncls=major\nreport_by=2026-02-14 15:00";
	struct whistles *w = *state;
	struct whistle_plan made;
	size_t n = 0;

	w->fx.now = fixture_time("2026-02-13 17:38");
	whistles_must(w, "blow", "mayor", args);
	w->fx.now += 60 * 1000;
	made = plan(w, "issue", "duty", "");
	assert_int_equal(made.next, WHISTLE_ISSUED);
	assert_int_equal(made.n_problems, 0);
	w->fx.now -= 60 * 1000;
	whistles_must(w, "issue", "duty", "");
	for (size_t i = 0; i < made.n_rows; i++) {
		const struct clock *clock = whistles_clock(w, made.rows[i].org,
							   summons_clock_code(made.rows[i].clock));

		assert_non_null(clock);
		assert_true(clock->due == made.rows[i].due);
		n++;
	}
	assert_int_equal(n, 10); /* five of each department */
}

static void a_draft_is_planned_too(void **state)
{
	struct whistles *w = *state;
	struct whistle_plan made;

	whistles_must(w, "blow", "street", "title=x\ndraft=yes");
	made = plan(w, "submit", "street", "");
	assert_int_equal(made.n_problems, 2);
	made = plan(w, "revise", "street", "assist=sw\nground=joint\ncls=grave");
	assert_int_equal(made.n_problems, 0);
	assert_int_equal(made.next, WHISTLE_APPROVE);
	assert_string_equal(due_of_row(w, row_of(&made, "sw", SUMMONS_REPORT_IN)),
			    "2026-11-23 14:01");
	assert_int_equal(w->whistle->shares.n, 0); /* nothing was done */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(across_holidays),
		TEST(each_day_is_explained),
		TEST(problems_are_said_before),
		TEST(who_must_approve_and_come),
		TEST(it_comes_as_planned),
		TEST(a_draft_is_planned_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
