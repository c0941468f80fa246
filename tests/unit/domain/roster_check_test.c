/* What of a roster breaks a rule, in the order of the grid; and who could take a seat. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rosters.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

struct world {
	struct rosters r;
	struct roster *months[3]; /* November, December, January */
	struct roster *other;	  /* of a street */
	const struct staff *staff[20];
	struct roster_view view;
};

static int32_t day_of(const char *text)
{
	return civil_day_of_ms(fixture_time(text), CIVIL_CHINA);
}

static struct roster *month(struct world *w, const char *org, const char *plan, const char *words)
{
	struct uuid id = roster_id(org, plan, words);
	struct roster *roster = entity_new(KIND_ROSTER, &id, &w->r.fx.arena);
	int32_t first, end;

	assert_true(month_days(words, &first, &end));
	roster->org = org;
	roster->plan = plan;
	roster->month = words;
	roster->starts = civil_ms_of_day(first, CIVIL_CHINA);
	roster->ends = civil_ms_of_day(end, CIVIL_CHINA);
	return roster;
}

static void begin(struct world *w)
{
	static const char *const names[] = { "李敏", "周强", "陈静", "郑凯", "王芳", "高原", "赵军", "孙丽" };

	rosters_init(&w->r);
	w->months[0] = month(w, "zx", "centre", "2026-11");
	w->months[1] = month(w, "zx", "centre", "2026-12");
	w->months[2] = month(w, "zx", "centre", "2027-01");
	w->other = month(w, "ll", "street", "2026-12");
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		w->staff[i] = rosters_staff(&w->r, names[i]);
	w->view = (struct roster_view){ .rules = &w->r.fx.rules,
					.plan = rosters_plan(&w->r, "centre"),
					.rosters = (const struct roster *const *)w->months,
					.n_rosters = 3,
					.others = (const struct roster *const *)&w->other,
					.n_others = 1,
					.staff = w->staff,
					.n_staff = ARRAY_LEN(names) };
}

/* "2026-12-01 night main 1 李敏". */
static struct turn *stand(struct world *w, struct roster *roster, const char *words)
{
	const struct roster_plan *plan = rules_plan(&w->r.fx.rules, roster->plan);
	struct uuid id = uuid_child(&roster->head.id, words, 0);
	const struct duty_shift *shift;
	char day[12], code[20], post[20], name[40], staff[40];
	struct turn *turn;
	int seat;
	int64_t midnight;

	assert_int_equal(sscanf(words, "%11s %19s %19s %d %39s", day, code, post, &seat, name), 5);
	shift = plan_shift(plan, code);
	midnight = fixture_time(day);
	turn = children_add(&roster->turns, child_desc(CHILD_TURN), &id, &w->r.fx.arena);
	turn->starts = midnight + (shift != NULL ? shift->from : 0) * MINUTE_MS;
	turn->ends = midnight + (shift != NULL ? shift->to : 60) * MINUTE_MS +
		     (shift != NULL && shift->to <= shift->from ? DAY_MS : 0);
	turn->shift = arena_strdup(&w->r.fx.arena, code);
	turn->post = arena_strdup(&w->r.fx.arena, post);
	turn->seat = seat;
	turn->name = arena_strdup(&w->r.fx.arena, name);
	id = rosters_person(name);
	uuid_words(&id, staff);
	turn->staff = arena_strdup(&w->r.fx.arena, staff);
	return turn;
}

static struct roster *month_for(struct world *w, const char *words)
{
	if (strncmp(words, "ll:", 3) == 0)
		return w->other;
	return strncmp(words, "2026-11", 7) == 0   ? w->months[0]
	       : strncmp(words, "2027-01", 7) == 0 ? w->months[2]
						   : w->months[1];
}

static void stand_all(struct world *w, const char *duties)
{
	char line[120];

	for (; *duties != '\0'; duties += strspn(duties, ";")) {
		size_t len = strcspn(duties, ";");

		snprintf(line, sizeof line, "%.*s", (int)len, duties);
		stand(w, month_for(w, line), line + (line[0] == 'l' ? 3 : 0));
		duties += len;
	}
}

static void add_off(struct world *w, const char *name, const char *from, const char *to)
{
	struct staff *staff = rosters_staff(&w->r, name);
	struct uuid id = uuid_child(&staff->head.id, from, 0);
	struct timeoff *off = children_add(&staff->timeoffs, child_desc(CHILD_TIMEOFF), &id,
					   &w->r.fx.arena);

	off->from_at = fixture_time(from);
	off->to_at = fixture_time(to);
}

/* ---- findings ---- */

static const struct {
	const char *what, *duties;
	const char *found; /* "12-02 night main double(12-01 …);…", without gaps, of December */
} cases[] = {
	{ "nothing", "2026-12-01 night main 1 李敏;2026-12-03 day main 1 李敏", "" },
	{ "two seats at once", "2026-12-01 night main 1 李敏;2026-12-01 night fire 1 李敏",
	  "12-01 night main double(fire);12-01 night fire double(main);" },
	{ "by telephone beside another", "2026-12-01 night leader 1 郑凯;2026-12-01 night standby 1 郑凯",
	  "12-01 night leader double(standby);12-01 night standby double(leader);" },
	{ "by telephone here and elsewhere", "2026-12-01 night leader 1 郑凯;ll:2026-12-01 whole lead 1 郑凯",
	  "" },
	{ "elsewhere", "2026-12-01 day main 1 李敏;ll:2026-12-01 whole main 1 李敏",
	  "12-01 day main double(main);" },
	{ "elsewhere until it begins here", "2026-12-02 day main 1 李敏;ll:2026-12-01 whole main 1 李敏",
	  "" },
	{ "rest after a night", "2026-12-01 night main 1 李敏;2026-12-02 night main 1 李敏",
	  "12-02 night main rest(main);" },
	{ "rest at the border", "2026-12-01 night main 1 李敏;2026-12-03 day main 1 李敏", "" },
	{ "rest after a night over the month", "2026-11-30 night main 1 李敏;2026-12-01 day main 1 李敏",
	  "12-01 day main rest(main);" },
	{ "no rest after a day", "2026-12-01 day main 1 李敏;2026-12-02 day main 1 李敏", "" },
	{ "no rest after a telephone", "2026-12-01 night leader 1 郑凯;2026-12-02 day desk 1 郑凯", "" },
	{ "a telephone within the rest", "2026-12-01 night main 1 郑凯;2026-12-02 night leader 1 郑凯", "" },
	{ "unfit", "2026-12-01 night chief 1 李敏", "12-01 night chief unfit;" },
	{ "a fitness that nobody asks for", "2026-12-01 night standby 1 周强", "" },
	{ "not of the pool", "2026-12-01 night main 1 赵军", "12-01 night main pool;" },
	{ "of another unit of the pool", "2026-12-01 night main 1 王芳", "" },
	{ "only the centre's own where no pool is named", "2026-12-01 day desk 1 王芳",
	  "12-01 day desk pool;" },
	{ "a shift that the plan has no more", "2026-12-01 dusk main 1 赵军", "12-01 dusk main pool;" },
};

static void add_found(struct str *out, const struct world *w, const struct finding *finding)
{
	const struct turn *turn = finding->turn;
	char day[CIVIL_TEXT];

	(void)w;
	civil_format(turn->starts, CIVIL_CHINA, "m-d", day, sizeof day);
	str_addf(out, "%s %s %s %s", day, turn->shift, turn->post, breach_code(finding->breach));
	if (finding->with != NULL)
		str_addf(out, "(%s)", finding->with->post);
	str_add_char(out, ';');
}

/* Those of December that are no gaps. */
static const char *found_in(struct world *w)
{
	struct finding *findings;
	struct str got = STR_INIT;
	const char *text;
	size_t n;

	roster_findings(&w->view, day_of("2026-12-01"), day_of("2027-01-01"), &w->r.fx.arena,
			&findings, &n);
	for (size_t i = 0; i < n; i++)
		if (findings[i].breach != BREACH_GAP)
			add_found(&got, w, &findings[i]);
	text = arena_strdup(&w->r.fx.arena, str_get(&got));
	str_release(&got);
	return text;
}

static void what_breaks_a_rule(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		begin(&w);
		stand_all(&w, cases[i].duties);
		if (strcmp(found_in(&w), cases[i].found) != 0)
			fail_msg("%s: %s", cases[i].what, found_in(&w));
		rosters_release(&w.r);
	}
}

/* With a short rest, so that nights can follow each other: only the one too many is marked. */
static void nights_in_a_row(void **unused)
{
	struct world w;

	(void)unused;
	begin(&w);
	rosters_plan(&w.r, "centre")->rest_min = 60;
	rosters_plan(&w.r, "centre")->week_most = 0;
	stand_all(&w, "2026-11-29 night main 1 李敏;2026-11-30 night main 1 李敏;"
		      "2026-12-01 night main 1 李敏;2026-12-02 night main 1 李敏;"
		      "2026-12-04 night main 1 李敏;2026-12-05 night main 1 李敏");
	assert_string_equal(found_in(&w), "12-01 night main nights;12-02 night main nights;");
	rosters_release(&w.r);
}

static void duties_of_a_week(void **unused)
{
	struct world w;

	(void)unused;
	begin(&w);
	stand_all(&w, "2026-11-28 day main 1 李敏;2026-11-29 day main 1 李敏;2026-11-30 day main 1 李敏;"
		      "2026-12-01 day main 1 李敏;2026-12-02 day main 1 李敏;"
		      "2026-12-04 day main 1 李敏;2026-12-06 day main 1 李敏");
	/* 11-28..12-04 are six, 11-30..12-06 five */
	assert_string_equal(found_in(&w), "12-04 day main week;");
	rosters_release(&w.r);
}

static void the_most_of_a_month(void **unused)
{
	struct world w;

	(void)unused;
	begin(&w);
	rosters_staff(&w.r, "李敏")->most = 2;
	stand_all(&w, "2026-11-20 day main 1 李敏;2026-12-01 day main 1 李敏;2026-12-05 day main 1 李敏;"
		      "2026-12-09 day main 1 李敏;2027-01-09 day main 1 李敏");
	assert_string_equal(found_in(&w), "12-09 day main most;");
	rosters_release(&w.r);
}

static void away_and_gone(void **unused)
{
	struct world w;
	struct staff *staff;

	(void)unused;
	begin(&w);
	add_off(&w, "李敏", "2026-12-02 08:00", "2026-12-03 17:30");
	add_off(&w, "周强", "2026-12-05 08:30", "2026-12-06 17:30"); /* from the end of his night */
	staff = rosters_staff(&w.r, "陈静");
	staff->active = 0;
	staff->ended_at = fixture_time("2026-12-10 08:30");
	stand_all(&w, "2026-12-01 night main 1 李敏;2026-12-03 night main 1 李敏;"
		      "2026-12-04 night chief 1 周强;2026-12-06 night chief 1 周强;"
		      "2026-12-09 night main 1 陈静;2026-12-11 night main 1 陈静");
	/* the night of the first ends at 08:30 on the second; that of the third begins as he is back */
	assert_string_equal(found_in(&w), "12-01 night main off;12-11 night main off;");
	((struct timeoff *)rosters_staff(&w.r, "李敏")->timeoffs.items)->ended_at = 1;
	assert_string_equal(found_in(&w), "12-11 night main off;");
	rosters_release(&w.r);
}

static void shifts_and_weekdays(void **unused)
{
	struct world w;

	(void)unused;
	begin(&w);
	rosters_staff(&w.r, "李敏")->shifts = "day";
	rosters_staff(&w.r, "陈静")->weekdays = "67";
	stand_all(&w, "2026-12-01 day main 1 李敏;2026-12-03 night main 1 李敏;"
		      "2026-12-05 night main 1 陈静;2026-12-09 night main 1 陈静");
	assert_string_equal(found_in(&w), "12-03 night main shift;12-09 night main shift;");
	rosters_release(&w.r);
}

/* ---- gaps ---- */

static const char *gaps_on(struct world *w, const char *day, const char *mode)
{
	struct finding *findings;
	struct str got = STR_INIT;
	const char *text;
	size_t n;

	w->view.mode = mode;
	roster_findings(&w->view, day_of(day), day_of(day) + 1, &w->r.fx.arena, &findings, &n);
	for (size_t i = 0; i < n; i++)
		if (findings[i].breach == BREACH_GAP)
			str_addf(&got, "%s %s %d;", findings[i].need.shift->code,
				 findings[i].need.post->code, findings[i].need.seat);
	text = arena_strdup(&w->r.fx.arena, str_get(&got));
	str_release(&got);
	return text;
}

static void where_nobody_stands(void **unused)
{
	struct world w;

	(void)unused;
	begin(&w);
	stand_all(&w, "2026-12-01 day main 1 李敏;2026-12-01 day desk 2 陈静;"
		      "2026-12-01 night leader 1 郑凯;2026-12-01 night main 1 王芳");
	/* a standby may be empty */
	assert_string_equal(gaps_on(&w, "2026-12-01", NULL), "day desk 1;night chief 1;night fire 1;");
	/* the mode asks for other shifts, which nobody has been set for */
	assert_string_equal(gaps_on(&w, "2026-12-01", "war"),
			    "w1 main 1;w1 war 1;w2 main 1;w2 war 1;w3 main 1;w3 war 1;");
	rosters_release(&w.r);
}

/* ---- who could take it ---- */

static const struct {
	const char *what, *duties, *need, *name, *instead, *breaks;
} could[] = {
	{ "free", "", "2026-12-10 night main 1", "李敏", NULL, "" },
	{ "stands there already", "2026-12-10 night main 1 李敏", "2026-12-10 night main 1", "李敏", NULL,
	  "" },
	{ "another seat of it", "2026-12-10 night fire 1 李敏", "2026-12-10 night main 1", "李敏", NULL,
	  "double " },
	{ "instead of it", "2026-12-10 night fire 1 李敏", "2026-12-10 night main 1", "李敏",
	  "2026-12-10 night fire 1", "" },
	{ "a night before it", "2026-12-09 night main 1 李敏", "2026-12-10 day main 1", "李敏", NULL,
	  "rest " },
	{ "a day behind the night", "2026-12-11 day main 1 李敏", "2026-12-10 night main 1", "李敏", NULL,
	  "rest " },
	{ "all that lies in him", "", "2026-12-10 night chief 1", "赵军", NULL, "unfit pool " },
	{ "the fifth of a week",
	  "2026-12-07 day main 1 李敏;2026-12-08 day main 1 李敏;2026-12-09 day main 1 李敏;"
	  "2026-12-11 day main 1 李敏", "2026-12-10 day main 1", "李敏", NULL, "" },
	{ "the sixth of a week, in the midst",
	  "2026-12-07 day main 1 李敏;2026-12-08 day main 1 李敏;2026-12-09 day main 1 李敏;"
	  "2026-12-11 day main 1 李敏;2026-12-13 day main 1 李敏", "2026-12-10 day main 1", "李敏", NULL,
	  "week " },
};

static struct need need_at(struct world *w, const char *seat)
{
	struct need needs[NEEDS_MOST];
	char day[12], shift[20], post[20];
	int n;
	size_t count;

	assert_int_equal(sscanf(seat, "%11s %19s %19s %d", day, shift, post, &n), 4);
	count = roster_needs(&w->r.fx.rules, w->view.plan, day_of(day), NULL, needs);
	for (size_t i = 0; i < count; i++)
		if (strcmp(needs[i].shift->code, shift) == 0 &&
		    strcmp(needs[i].post->code, post) == 0 && needs[i].seat == n)
			return needs[i];
	fail_msg("%s", seat);
	return needs[0];
}

static const struct turn *turn_of(struct world *w, const char *seat)
{
	char day[12], shift[20], post[20];
	int n;

	if (seat == NULL)
		return NULL;
	assert_int_equal(sscanf(seat, "%11s %19s %19s %d", day, shift, post, &n), 4);
	return roster_turn_at(&w->r.fx.rules, w->months[1], day_of(day), shift, post, n);
}

static void who_could_take_it(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(could); i++) {
		struct world w;
		struct need need;
		struct str got = STR_INIT;
		unsigned breaks;

		begin(&w);
		stand_all(&w, could[i].duties);
		need = need_at(&w, could[i].need);
		breaks = roster_would_break(&w.view, &need, rosters_staff(&w.r, could[i].name),
					    turn_of(&w, could[i].instead));
		for (int b = 0; b < BREACHES; b++)
			if (breaks & 1U << b)
				str_addf(&got, "%s ", breach_code((enum breach)b));
		if (strcmp(str_get(&got), could[i].breaks) != 0)
			fail_msg("%s: %s", could[i].what, str_get(&got));
		str_release(&got);
		rosters_release(&w.r);
	}
}

static void three_nights_in_the_midst(void **unused)
{
	struct world w;
	struct need need;

	(void)unused;
	begin(&w);
	rosters_plan(&w.r, "centre")->rest_min = 0;
	stand_all(&w, "2026-12-09 night main 1 李敏;2026-12-11 night main 1 李敏");
	need = need_at(&w, "2026-12-10 night main 1");
	assert_int_equal(roster_would_break(&w.view, &need, rosters_staff(&w.r, "李敏"), NULL),
			 1U << BREACH_NIGHTS);
	rosters_plan(&w.r, "centre")->nights = 3;
	assert_int_equal(roster_would_break(&w.view, &need, rosters_staff(&w.r, "李敏"), NULL), 0);
	rosters_release(&w.r);
}

/* ---- words ---- */

static void in_words(void **unused)
{
	struct world w;
	struct finding found[BREACHES];
	struct need need;
	struct str words = STR_INIT;

	(void)unused;
	begin(&w);
	stand_all(&w, "2026-12-09 night main 1 李敏");
	need = need_at(&w, "2026-12-10 day main 1");
	assert_int_equal(roster_would_find(&w.view, &need, rosters_staff(&w.r, "李敏"), NULL, found), 1);
	finding_words(&w.r.fx.rules, &found[0], &words);
	assert_string_equal(str_get(&words),
			    "李敏 12-10 白班 主班: too little rest between it and 12-09 夜班");
	str_clear(&words);
	finding_words(&w.r.fx.rules, &(struct finding){ .breach = BREACH_GAP, .need = need }, &words);
	assert_string_equal(str_get(&words), "12-10 白班 主班: nobody stands there");
	str_release(&words);
	for (int b = 0; b < BREACHES; b++) {
		assert_int_equal(breach_find(breach_code((enum breach)b)), b);
		assert_true(*breach_label((enum breach)b) != '\0');
		assert_int_equal(breach_hard((enum breach)b), b == BREACH_DOUBLE);
	}
	assert_int_equal(breach_find("none"), BREACHES);
	rosters_release(&w.r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_breaks_a_rule),
		cmocka_unit_test(nights_in_a_row),
		cmocka_unit_test(duties_of_a_week),
		cmocka_unit_test(the_most_of_a_month),
		cmocka_unit_test(away_and_gone),
		cmocka_unit_test(shifts_and_weekdays),
		cmocka_unit_test(where_nobody_stands),
		cmocka_unit_test(who_could_take_it),
		cmocka_unit_test(three_nights_in_the_midst),
		cmocka_unit_test(in_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("roster_check", tests, NULL, NULL);
}
