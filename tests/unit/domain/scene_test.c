/* On the scene: forces, figures, files. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "must.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define UPPER "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"

static struct incident *begin(struct fixture *fx)
{
	fixture_init(fx);
	fixture_allow(fx, "dispatch arrive depart scene progress attach");
	return fixture_incident(fx, "handle");
}

static const struct force *force(const struct incident *incident, size_t i)
{
	assert_true(i < incident->forces.n);
	return (const struct force *)incident->forces.items + i;
}

static void forces_come_and_go(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct decision decision;
	struct error err = ERROR_INIT;
	struct act act;
	int64_t sent;

	(void)unused;
	must_do(&fx, &incident, "dispatch", "duty",
		"unit=区消防大队\npeople=12\nvehicles=2\nboats=1\nchief_name=刘队\n"
		"chief_phone=13900000001");
	sent = fx.now;
	must_do(&fx, &incident, "dispatch", "duty", "unit=水务抢险\npeople=6");
	assert_int_equal(incident->forces.n, 2);
	assert_string_equal(force(incident, 0)->unit, "区消防大队");
	assert_int_equal(force(incident, 0)->people, 12);
	assert_int_equal(force(incident, 0)->boats, 1);
	assert_string_equal(force(incident, 0)->chief, "刘队");
	assert_string_equal(force(incident, 0)->phone, "13900000001");
	assert_int_equal(force(incident, 0)->sent_at, sent);
	/* two are under way: without a name nobody can tell which has come */
	must_do(&fx, &incident, "arrive", "duty", "");
	assert_int_equal(force(incident, 0)->arrived_at, 0);
	must_do(&fx, &incident, "arrive", "duty", "unit=区消防大队");
	assert_int_equal(force(incident, 0)->arrived_at, fx.now);
	must_do(&fx, &incident, "arrive", "duty", ""); /* the other one is the only one left */
	assert_int_equal(force(incident, 1)->arrived_at, fx.now);
	/* nobody had announced them */
	must_do(&fx, &incident, "arrive", "duty", "unit=蓝天救援队");
	assert_int_equal(incident->forces.n, 3);
	assert_int_equal(force(incident, 2)->sent_at, 0);
	assert_int_equal(force(incident, 2)->arrived_at, fx.now);
	must_do(&fx, &incident, "depart", "duty", "unit=区消防大队");
	assert_int_equal(force(incident, 0)->left_at, fx.now);
	/* twice: it stands in the timeline and changes nothing */
	act = fixture_act(&fx, "depart", incident, "other", "unit=区消防大队");
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	assert_string_equal(decision.note, "区消防大队 had left already, 11-23 10:07");
	assert_int_equal(fixture_do(&fx, &incident, "depart", "duty", "unit=武警", &err), ERR_REFUSED);
	assert_string_equal(err.text, "武警 was not sent; there are: 水务抢险, 蓝天救援队");
	/* they come a second time */
	must_do(&fx, &incident, "dispatch", "duty", "unit=区消防大队\npeople=5");
	must_do(&fx, &incident, "arrive", "duty", "unit=区消防大队");
	assert_int_equal(force(incident, 3)->arrived_at, fx.now);
	must_do(&fx, &incident, "depart", "duty", "unit=区消防大队");
	assert_int_equal(force(incident, 3)->left_at, fx.now);
	fixture_release(&fx);
}

static void the_latest_figures_stand(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct decision decision;
	struct error err = ERROR_INIT;
	struct act act;
	int64_t first, second;

	(void)unused;
	must_do(&fx, &incident, "scene", "duty", "trapped=5\nmoved=20\nwater_cm=45\nnote=继续上涨");
	first = fx.now;
	assert_int_equal(incident->trapped, 5);
	assert_int_equal(incident->moved, 20);
	assert_int_equal(incident->water_cm, 45);
	assert_int_equal(incident->scene_at, first);
	fx.now += HOUR_MS;
	must_do(&fx, &incident, "scene", "duty", "trapped=0\nmoved=25");
	second = fx.now;
	assert_int_equal(incident->trapped, 0);
	assert_int_equal(incident->moved, 25);
	assert_int_equal(incident->water_cm, 45); /* nobody said otherwise */
	/* what was seen before and comes late */
	act = fixture_act(&fx, "scene", incident, "water", "moved=21\ninjured=2");
	assert_int_equal(fixture_decide(&fx, &incident, &act, first + MINUTE_MS, &decision, &err),
			 ERR_OK);
	assert_string_equal(decision.note, "figures of 11-23 11:02 are there already and stay");
	assert_int_equal(incident->moved, 25);
	assert_int_equal(incident->injured, 2);
	assert_int_equal(incident->scene_at, second);
	fixture_release(&fx);
}

static const struct {
	const char *verb, *args, *words;
} refused[] = {
	{ "dispatch", "unit=队\npeople=9999999", "People: 9999999 cannot be; 0 to 100000" },
	{ "dispatch", "unit=队\nvehicles=20000", "Vehicles: 20000 cannot be" },
	{ "dispatch", "people=3", "Unit is missing" },
	{ "dispatch", "unit=队\nboats=20000", "Boats: 20000 cannot be" },
	{ "scene", "trapped=2000000", "Trapped: 2000000 cannot be" },
	{ "scene", "water_cm=20000", "Water, cm: 20000 cannot be" },
	{ "scene", "note=还在涨", "say one figure at least" },
	{ "attach", "file_name=a.jpg\nfile_size=10\nfile_hash=abc", "64 digits" },
	{ "attach", "file_name=a.jpg\nfile_size=10\nfile_hash=9g86d081884c7d659a2feaa0c55ad015a3bf4f1b"
		    "2b0b822cd15d6c15b0f00a08", "64 digits" },
	{ "attach", "file_name=a.jpg\nfile_hash=" HASH, "Bytes is missing" },
	{ "attach", "file_name=/etc/passwd\nfile_size=10\nfile_hash=" HASH, "is a path" },
	{ "attach", "file_name=a.jpg\nfile_size=10\nfile_kind=during\nfile_hash=" HASH,
	  "there are before, after, other" },
	{ "progress", "", "Note is missing" },
};

static void nonsense_is_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct fixture fx;
		struct incident *incident = begin(&fx);

		must_refuse(&fx, &incident, refused[i].verb, "duty", refused[i].args, ERR_INPUT,
			    refused[i].words);
		fixture_release(&fx);
	}
}

/* A console that was tampered with can send what no form lets in. */
static void numbers_below_nothing_are_refused(void **unused)
{
	static const struct {
		const char *verb, *args, *number;
	} cases[] = {
		{ "dispatch", "unit=队", "people" },
		{ "scene", "moved=1", "trapped" },
		{ "attach", "file_name=a\nfile_hash=" HASH, "file_size" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fixture fx;
		struct incident *incident = begin(&fx);
		struct error err = ERROR_INIT;
		struct act act = fixture_act(&fx, cases[i].verb, incident, "duty", cases[i].args);

		act_give(&act, act_arg_field(act.desc, cases[i].number),
			 (struct value){ .num = -2 }, &fx.arena);
		assert_int_equal(fixture_apply(&fx, &incident, &act, &err), ERR_INPUT);
		assert_non_null(strstr(err.text, ": -2 cannot be"));
		fixture_release(&fx);
	}
}

static void files_are_kept_by_hash(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct decision decision;
	struct error err = ERROR_INIT;
	const struct file *files;
	struct act act;

	(void)unused;
	must_do(&fx, &incident, "attach", "duty",
		"file_name=现场.jpg\nfile_size=123456\nfile_kind=before\n"
		"file_hash=" UPPER);
	files = incident->files.items;
	assert_int_equal(incident->files.n, 1);
	assert_string_equal(files[0].name, "现场.jpg");
	assert_int_equal(files[0].size, 123456);
	assert_string_equal(files[0].hash, HASH);
	assert_string_equal(files[0].shows, "before");
	assert_string_equal(files[0].by, "李敏");
	assert_int_equal(files[0].at, fx.now);
	/* the same bytes again, by somebody else */
	act = fixture_act(&fx, "attach", incident, "water",
			  "file_name=IMG_1.jpg\nfile_size=123456\nfile_kind=before\nfile_hash=" HASH);
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	assert_string_equal(decision.note, "it is attached already, as 现场.jpg");
	assert_int_equal(incident->files.n, 1);
	must_do(&fx, &incident, "attach", "duty", "file_name=b.pdf\nfile_size=1\nfile_hash=" HASH);
	assert_int_equal(incident->files.n, 2);
	files = incident->files.items;
	assert_string_equal(files[1].shows, "other");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forces_come_and_go),
		cmocka_unit_test(the_latest_figures_stand),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(numbers_below_nothing_are_refused),
		cmocka_unit_test(files_are_kept_by_hash),
	};

	return cmocka_run_group_tests_name("domain/scene", tests, NULL, NULL);
}
