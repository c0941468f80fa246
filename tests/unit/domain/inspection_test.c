/* Periodic checks (三查): when they are due, who may say that one was done. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/party.h"

static const struct check street_checks[] = {
	{ "日巡查", "daily 21:00" },
	{ "周排查", "weekly 7 21:00" },
	{ "月检查", "monthly -1 17:00" },
};
static const struct check community_checks[] = { { "盘点", "monthly 31 09:30" } };
static const struct override overrides[] = {
	{ .org = "ll", .checks = street_checks, .n_checks = ARRAY_LEN(street_checks) },
	{ .org = "ll01", .checks = community_checks, .n_checks = ARRAY_LEN(community_checks) },
	{ .org = "ql", .report_to = "no checks" },
};

static void begin(struct fixture *fx)
{
	fixture_init(fx);
	fx->rules.overrides = overrides;
	fx->rules.n_overrides = ARRAY_LEN(overrides);
}

/* ---- words ---- */

static const struct {
	const char *when;
	bool ok;
} words[] = {
	{ "daily 21:00", true },	 { "daily 9:05", true },	 { "daily 24:00", false },
	{ "daily 21:60", false },	 { "daily 21", false },		 { "daily", false },
	{ "daily 3 21:00", false },	 { "weekly 7 21:00", true },	 { "weekly 0 21:00", false },
	{ "weekly 8 21:00", false },	 { "weekly 21:00", false },	 { "monthly -1 17:00", true },
	{ "monthly -2 17:00", false },	 { "monthly 31 17:00", true },	 { "monthly 0 17:00", false },
	{ "monthly 32 17:00", false },	 { "monthly -11 17:00", false }, { "yearly 1 17:00", false },
	{ "daily 21:00 sharp", false },	 { "", false },			 { "daily 21:", false },
	{ "daily  21:00 ", true },	 { "dailyx 21:00", false },	 { "daily 021:00", false },
};

static void words_of_a_profile(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (check_when_ok(words[i].when) != words[i].ok)
			fail_msg("\"%s\"", words[i].when);
}

/* ---- when ---- */

static const struct {
	const char *org, *from, *to;
	const char *dues; /* "label time;…" */
} times[] = {
	/* 2026-11-22 is a Sunday */
	{ "ll", "2026-11-22 00:00", "2026-11-24 00:00",
	  "周排查 11-22 21:00;日巡查 11-22 21:00;日巡查 11-23 21:00;" },
	{ "ll", "2026-11-23 21:00", "2026-11-23 21:01", "日巡查 11-23 21:00;" },
	{ "ll", "2026-11-23 20:00", "2026-11-23 21:00", "" }, /* `to` is outside */
	{ "ll", "2026-11-30 00:00", "2026-12-01 00:00", "月检查 11-30 17:00;日巡查 11-30 21:00;" },
	{ "ll", "2026-02-28 00:00", "2026-02-28 20:00", "月检查 02-28 17:00;" },
	{ "ll", "2028-02-28 00:00", "2028-02-29 20:00", "日巡查 02-28 21:00;月检查 02-29 17:00;" },
	{ "ll", "2026-12-31 00:00", "2027-01-02 00:00",
	  "月检查 12-31 17:00;日巡查 12-31 21:00;日巡查 01-01 21:00;" },
	/* within an override: the nearest one's that has checks */
	{ "ll02", "2026-11-23 00:00", "2026-11-24 00:00", "日巡查 11-23 21:00;" },
	{ "ll01", "2026-11-30 00:00", "2026-12-01 00:00", "盘点 11-30 09:30;" },
	{ "ll01g1", "2026-12-30 00:00", "2027-01-01 00:00", "盘点 12-31 09:30;" },
	{ "ll01", "2026-02-01 00:00", "2026-03-01 00:00", "盘点 02-28 09:30;" },
	{ "ql", "2026-11-01 00:00", "2026-12-31 00:00", "" },
	{ "zx", "2026-11-01 00:00", "2026-12-31 00:00", "" },
	{ "nowhere", "2026-11-01 00:00", "2026-12-31 00:00", "" },
	{ "ll", "2026-11-24 00:00", "2026-11-23 00:00", "" },
};

static void when_they_are_due(void **unused)
{
	struct fixture fx;

	(void)unused;
	begin(&fx);
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		struct check_due checks[CHECKS_MOST];
		size_t n = checks_due(&fx.rules, times[i].org, fixture_time(times[i].from),
				      fixture_time(times[i].to), checks);
		struct str got = STR_INIT;
		char when[CIVIL_TEXT];

		for (size_t c = 0; c < n; c++) {
			struct uuid id = inspection_id(times[i].org, checks[c].label,
						       checks[c].due);

			civil_format(checks[c].due, CIVIL_CHINA, "m-d H:M", when, sizeof when);
			str_addf(&got, "%s %s;", checks[c].label, when);
			assert_string_equal(checks[c].org, times[i].org);
			assert_true(uuid_eq(&id, &checks[c].id));
		}
		assert_string_equal(str_get(&got), times[i].dues);
		str_release(&got);
	}
	fixture_release(&fx);
}

static void no_more_than_fit(void **unused)
{
	struct check_due checks[CHECKS_MOST];
	struct fixture fx;

	(void)unused;
	begin(&fx);
	assert_int_equal(checks_due(&fx.rules, "ll", fixture_time("2026-01-01 00:00"),
				    fixture_time("2027-01-01 00:00"), checks),
			 CHECKS_MOST);
	fixture_release(&fx);
}

/* ---- doing ---- */

static enum err inspect(struct fixture *fx, struct inspection **done, const char *actor,
			const char *args, const char *phone_org, struct error *err)
{
	struct act act = fixture_act(fx, "inspect", NULL, actor, args);
	struct state state = { .entity = *done };
	struct moment moment = { fx->now, fx->now };
	struct decision decision;
	enum err code;

	act.by_phone.org = phone_org;
	act.by_phone.answered_by = phone_org != NULL ? "吴霞" : NULL;
	act.target = (struct target){ KIND_INSPECTION, inspection_target(&fx->rules, &act), 0 };
	code = decide(&fx->rules, &state, &act, &moment, &fx->arena, &decision, err);
	if (code != ERR_OK)
		return code;
	*done = entity_new(KIND_INSPECTION, &act.target.id, &fx->arena);
	assert_int_equal(decision.n_effects, 1);
	assert_int_equal(evolve(*done, &decision.effects[0], 1, &fx->arena, NULL), ERR_OK);
	return ERR_OK;
}

#define DAILY "label=日巡查\ndue=2026-11-23 21:00"

static const struct {
	const char *actor, *now, *args, *phone;
	enum err code;
	const char *words; /* in the refusal */
} tries[] = {
	{ "street", "2026-11-23 20:00", DAILY "\nfound=两处占道\ncases=2", NULL, ERR_OK, NULL },
	{ "street", "2026-11-23 21:00", DAILY, NULL, ERR_OK, NULL },
	{ "street", "2026-11-22 21:00", DAILY, NULL, ERR_OK, NULL }, /* a day ahead */
	{ "street", "2026-11-22 20:59", DAILY, NULL, ERR_REFUSED, "before" },
	{ "street", "2026-12-24 21:00", DAILY, NULL, ERR_OK, NULL },
	{ "street", "2026-12-24 21:01", DAILY, NULL, ERR_REFUSED, "too long ago" },
	{ "street", "2026-11-23 20:00", "label=日巡查\ndue=2026-11-23 20:30", NULL, ERR_REFUSED,
	  "no check" },
	{ "street", "2026-11-23 20:00", "label=周排查\ndue=2026-11-23 21:00", NULL, ERR_REFUSED,
	  "no check" },
	{ "street", "2026-11-23 20:00", "due=2026-11-23 21:00", NULL, ERR_INPUT, "" },
	{ "duty", "2026-11-23 20:00", DAILY, "兰陵街道", ERR_OK, NULL },
	{ "duty", "2026-11-23 20:00", DAILY, NULL, ERR_REFUSED, "no check" },
	{ "duty", "2026-11-23 20:00", DAILY, "青龙街道", ERR_REFUSED, "no check" },
	{ "duty", "2026-11-23 20:00", DAILY, "某街道", ERR_INPUT, "no organisation" },
	{ "water", "2026-11-23 20:00", DAILY, "兰陵街道", ERR_DENIED, "cannot record" },
	{ "station", "2026-11-23 20:00", DAILY, "兰陵街道", ERR_OK, NULL }, /* within it */
	{ "auditor", "2026-11-23 20:00", DAILY, "兰陵街道", ERR_DENIED, "" },
};

static void who_may_say_so(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
		struct fixture fx;
		struct inspection *done = NULL;
		struct error err = ERROR_INIT;
		enum err code;

		begin(&fx);
		fx.now = fixture_time(tries[i].now);
		code = inspect(&fx, &done, tries[i].actor, tries[i].args, tries[i].phone, &err);
		if (code != tries[i].code)
			fail_msg("try %zu: %d %s", i, (int)code, err.text);
		if (code == ERR_OK) {
			assert_string_equal(done->org, "ll");
			assert_int_equal(done->late, fx.now > done->due);
			assert_int_equal(done->done_at, fx.now);
		} else if (strstr(err.text, tries[i].words) == NULL) {
			fail_msg("try %zu: \"%s\" has no \"%s\"", i, err.text, tries[i].words);
		}
		fixture_release(&fx);
	}
}

static void once_only_and_seen_by_its_own(void **unused)
{
	struct fixture fx;
	struct inspection *done = NULL;
	struct error err = ERROR_INIT;
	const char *codes[PARTY_MAX];
	size_t n;

	(void)unused;
	begin(&fx);
	fx.now = fixture_time("2026-11-23 22:10");
	assert_int_equal(inspect(&fx, &done, "duty", DAILY "\nfound=无", "ll", &err), ERR_OK);
	assert_string_equal(done->done_by, "吴霞");
	assert_string_equal(done->found, "无");
	assert_true(done->late);
	n = party_of(&fx.rules, done, codes);
	assert_int_equal(n, 2);
	fx.now = fixture_time("2026-11-23 22:20");
	assert_int_equal(inspect(&fx, &done, "street", DAILY, NULL, &err), ERR_EXISTS);
	assert_non_null(strstr(err.text, "吴霞"));
	assert_non_null(strstr(err.text, "11-23 22:10"));
	fixture_release(&fx);
}

static void another_record_is_refused(void **unused)
{
	struct fixture fx;
	struct error err = ERROR_INIT;
	struct state state = { .entity = NULL };
	struct decision decision;
	struct moment moment;
	struct act act;

	(void)unused;
	begin(&fx);
	moment = (struct moment){ fx.now, fx.now };
	act = fixture_act(&fx, "inspect", NULL, "street", DAILY);
	act.target = (struct target){ KIND_INSPECTION, uuid_named("other"), 0 };
	assert_int_equal(decide(&fx.rules, &state, &act, &moment, &fx.arena, &decision, &err),
			 ERR_INPUT);
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_a_profile),
		cmocka_unit_test(when_they_are_due),
		cmocka_unit_test(no_more_than_fit),
		cmocka_unit_test(who_may_say_so),
		cmocka_unit_test(once_only_and_seen_by_its_own),
		cmocka_unit_test(another_record_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
