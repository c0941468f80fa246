/* Tables of duties in the forms in which they come, and what in them means nothing; a calendar as when
 * somebody is away. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_import.h"

static const char *const night_only[] = { "night", NULL };
static const struct duty_shift shifts[] = {
	{ "day", "白班", 510, 1050, false, NULL },
	{ "night", "夜班", 1050, 510, true, NULL },
	{ "war", "夜班(战时)", 0, 480, true, "war" },
};
static const struct duty_post posts[] = {
	{ .code = "leader", .label = "带班领导", .shifts = night_only, .seats = 1, .fit = true },
	{ .code = "main", .label = "主班", .seats = 1 },
	{ .code = "main2", .label = "主班加席", .seats = 1 },
	{ .code = "desk", .label = "坐席", .seats = 3 },
};
static const struct roster_plan plan = { .code = "centre", .label = "值班表", .of = "centre",
					 .shifts = shifts, .n_shifts = 3, .posts = posts, .n_posts = 4 };
static const struct org orgs[] = {
	{ .code = "zx", .name = "中心", .brief = "中心", .tier = "district" },
	{ .code = "cg", .name = "城管局", .brief = "城管", .tier = "department", .parent = "zx" },
	{ .code = "sw", .name = "水务局", .brief = "水务", .tier = "department" },
};
static struct rules rules = { .offset_min = 480, .centre = "zx", .orgs = orgs, .n_orgs = 3 };

static struct staff people[] = {
	{ .name = "张三", .org = "zx", .posts = "leader" },
	{ .name = "李四", .org = "zx" },
	{ .name = "王五", .org = "zx" },
	{ .name = "欧阳 明", .org = "zx" },
	{ .name = "赵六", .org = "cg" },
	{ .name = "赵六", .org = "zx" }, /* within the centre both: of which unit must be said */
	{ .name = "钱七", .org = "sw" },
	{ .name = "钱七", .org = "zx" }, /* one's own comes first */
};

struct world {
	struct arena arena;
	struct roster_sheet_ctx ctx;
	const struct staff *staff[ARRAY_LEN(people)];
};

static void world_init(struct world *world, const char *month)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct columns *columns;
	struct str words = STR_INIT;
	char path[512];

	*world = (struct world){ .arena = ARENA_INIT };
	snprintf(path, sizeof path, "%s/profiles/import-roster.conf", top != NULL ? top : ".");
	assert_int_equal(file_read(path, 1 << 20, &words, NULL), ERR_OK);
	assert_int_equal(columns_new("x", str_get(&words), words.len, &world->arena, &columns, NULL),
			 ERR_OK);
	str_release(&words);
	rules_index(&rules, &world->arena);
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		world->staff[i] = &people[i];
	world->ctx = (struct roster_sheet_ctx){ &rules, columns, "zx", &plan, month,
						civil_day(2026, 11, 22), world->staff,
						ARRAY_LEN(people) };
}

/* "12-01 night main 1 张三", a line each; then what was bad, behind "!". */
static void tell(const struct roster_said *said, struct str *out)
{
	for (size_t i = 0; i < said->n; i++) {
		const struct roster_seat *seat = &said->seats[i];
		char day[32];

		civil_format(civil_ms_of_day(seat->day, 0), 0, "Y-m-d", day, sizeof day);
		str_addf(out, "%s %s %s %d %s\n", day, seat->shift->code, seat->post->code, seat->seat,
			 seat->staff != NULL ? seat->staff->name : "-");
	}
	for (size_t i = 0; i < said->n_bad; i++)
		str_addf(out, "!%s\n", said->bad[i]);
}

/* Rows with '\n', cells with '|' between. */
static void read_table(struct world *world, const char *text, struct str *out)
{
	struct roster_sheet *sheet = roster_sheet_new(&world->ctx, &world->arena);
	char *copy = arena_strdup(&world->arena, text), *next;

	for (char *line = copy; line != NULL && *line != '\0'; line = next) {
		const char *cells[40];
		struct roster_said said;
		size_t n = 0;

		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		for (char *cell = line; cell != NULL && n < ARRAY_LEN(cells);) {
			char *bar = strchr(cell, '|');

			cells[n++] = cell;
			if (bar != NULL)
				*bar++ = '\0';
			cell = bar;
		}
		roster_sheet_row(sheet, cells, n, &world->arena, &said);
		tell(&said, out);
	}
	if (!roster_sheet_headed(sheet))
		str_add(out, "no header\n");
}

static const struct {
	const char *month, *table, *seats;
} tables[] = {
	/* a duty a row */
	{ "", "日期|班次|岗位|姓名\n2026-12-01|夜班|主班|李四\n2026/12/2|night|main|王五\n",
	  "2026-12-01 night main 1 李四\n2026-12-02 night main 1 王五\n" },
	{ "", "Date|Shift|Post|Seat|Name\n12-3|夜|坐席|2|李四\n1月4日|白|坐席3||王五\n",
	  "2026-12-03 night desk 2 李四\n2027-01-04 day desk 3 王五\n" },
	/* the shift is clear where a post has one alone */
	{ "", "日期|岗位|姓名\n2026-12-01|带班领导|张三\n2026-12-01|主班|李四\n",
	  "2026-12-01 night leader 1 张三\n!it does not say which shift of 主班\n" },
	{ "", "日期|班次|岗位|姓名\n2026-12-01|白班|带班领导|张三\n", "!白班 has no 带班领导\n" },
	{ "", "日期|班次|岗位|姓名\n2026-12-01|夜班|主班|-\n2026-12-02|夜班|主班|\n",
	  "2026-12-01 night main 1 -\n!it does not say who; - is nobody\n" },
	{ "", "日期|班次|岗位|姓名\n2026-02-30|夜班|主班|李四\n|夜班|主班|李四\n2026-12-01|夜班|班长|李四\n"
	  "2026-12-01|傍晚|主班|李四\n||\n",
	  "!\"2026-02-30\" is no day\n!\"\" is no day\n!\"班长\" is no post or shift of 值班表\n"
	  "!\"傍晚\" is no post or shift of 值班表\n" },
	/* the longest post is meant */
	{ "", "日期|班次|岗位|姓名\n2026-12-01|夜班|主班加席|李四\n", "2026-12-01 night main2 1 李四\n" },
	{ "", "日期|班次|岗位|姓名\n2026-12-01|夜班(战时)|主班|李四\n", "2026-12-01 war main 1 李四\n" },
	/* names */
	{ "", "日期|班次|岗位|姓名\n2026-12-01|夜班|主班|欧阳明\n2026-12-02|夜班|主班|李　四 13912345678\n"
	  "2026-12-03|夜班|主班|赵六\n2026-12-04|夜班|主班|赵六（城管）\n2026-12-05|夜班|主班|钱七\n"
	  "2026-12-06|夜班|主班|无名\n2026-12-07|夜班|主班|钱七(水务局)\n",
	  "2026-12-01 night main 1 欧阳 明\n2026-12-02 night main 1 李四\n"
	  "!several are called \"赵六\": say of which unit, as \"赵六 (UNIT)\": 城管局, 中心\n"
	  "2026-12-04 night main 1 赵六\n2026-12-05 night main 1 钱七\n"
	  "!nobody of the rosters is called \"无名\"\n2026-12-07 night main 1 钱七\n" },
	/* several fill the seats in order */
	{ "", "日期|班次|岗位|姓名\n2026-12-01|白班|坐席|张三、李四，王五\n2026-12-02|白班|主班|张三;李四\n",
	  "2026-12-01 day desk 1 张三\n2026-12-01 day desk 2 李四\n2026-12-01 day desk 3 王五\n"
	  "2026-12-02 day main 1 张三\n!主班 has no seat 2\n" },
	/* a day a row */
	{ "", "日期|星期|带班领导|夜班主班|白班坐席2|备注\n2026-12-01|二|张三|李四|王五|x\n2026-12-02|三||王五||\n",
	  "2026-12-01 night leader 1 张三\n2026-12-01 night main 1 李四\n2026-12-01 day desk 2 王五\n"
	  "2026-12-02 night main 1 王五\n" },
	/* a month: posts */
	{ "", "中心2026年12月值班表\n岗位|1日|2日|3日\n星期|二|三|四\n夜班主班|李四||王五\n白班/坐席|张三 李四|-|\n",
	  "2026-12-01 night main 1 李四\n2026-12-03 night main 1 王五\n2026-12-01 day desk 1 张三\n"
	  "2026-12-01 day desk 2 李四\n2026-12-02 day desk 1 -\n" },
	{ "2026-12", "岗位|班次|1|2|3\n主班|夜班|李四||王五\n", "2026-12-01 night main 1 李四\n"
								       "2026-12-03 night main 1 王五\n" },
	{ "", "|12-01(二)|12-02|12-31|01-01\n夜班主班|李四|||王五\n火星|李四||\n",
	  "2026-12-01 night main 1 李四\n2027-01-01 night main 1 王五\n"
	  "!\"火星\" is neither a post nor somebody of the rosters\n" },
	/* a month: people */
	{ "2026-12", "姓名|1|2|3|4\n李四|夜班主班|休|/|坐席2白班\n张三|||夜|\n王五|主班|||\n",
	  "2026-12-01 night main 1 李四\n2026-12-04 day desk 2 李四\n!夜: it does not say which post\n"
	  "!主班: it does not say which shift of 主班\n" },
	/* of days without a month */
	{ "", "岗位|1|2|3\n夜班主班|李四|李四|李四\n", "no header\n" },
	{ "", "a|b\nc|d\n", "no header\n" },
	{ "", "日期|岗位|单位|备注\n", "no header\n" },
};

static void tables_are_read_in_their_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct world world;
		struct str out = STR_INIT;

		world_init(&world, tables[i].month);
		read_table(&world, tables[i].table, &out);
		if (strcmp(str_get(&out), tables[i].seats) != 0)
			fail_msg("case %zu:\n%s\nwanted:\n%s\ngot:\n%s", i, tables[i].table,
				 tables[i].seats, str_get(&out));
		str_release(&out);
		arena_release(&world.arena);
	}
}

static const char busy[] =
	"BEGIN:VCALENDAR\n"
	"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203\nSUMMARY:a\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART:20261203T000000\nDURATION:PT2H\nSUMMARY:b\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART:20261205T090000\nDURATION:PT2H\nSUMMARY:c\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART:20261205T093000\nDURATION:PT1H\nSUMMARY:d\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART:20261206T090000\nSUMMARY:no length\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261207\nTRANSP:TRANSPARENT\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261208\nSTATUS:CANCELLED\nEND:VEVENT\n"
	"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261120\nSUMMARY:over\nEND:VEVENT\n"
	"END:VCALENDAR\n";

static void a_calendar_says_when_he_is_away(void **state)
{
	static const struct {
		const char *from, *to, *why;
	} expected[] = {
		{ "2026-12-01", "2026-12-03T02:00", "a" },
		{ "2026-12-05T09:00", "2026-12-05T11:00", "c" },
	};
	struct arena arena = ARENA_INIT;
	struct ical_calendar calendar;
	struct away *away;
	int64_t now, at;
	size_t n;

	(void)state;
	assert_int_equal(civil_parse("2026-11-22T10:00", 480, &now, NULL), ERR_OK);
	assert_int_equal(ical_read(busy, strlen(busy),
				   &(struct ical_ask){ now - 5 * DAY_MS, now + 90 * DAY_MS, 480, 0 },
				   &arena, &calendar, NULL),
			 ERR_OK);
	n = roster_import_busy(&calendar, now, false, &arena, &away);
	assert_int_equal(n, ARRAY_LEN(expected));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(civil_parse(expected[i].from, 480, &at, NULL), ERR_OK);
		assert_int_equal(away[i].from, at);
		assert_int_equal(civil_parse(expected[i].to, 480, &at, NULL), ERR_OK);
		assert_int_equal(away[i].to, at);
		assert_string_equal(away[i].why, expected[i].why);
	}
	assert_int_equal(roster_import_busy(&calendar, now, true, &arena, &away), 1);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_read_in_their_forms),
		cmocka_unit_test(a_calendar_says_when_he_is_away),
	};

	return cmocka_run_group_tests_name("model/roster_sheet", tests, NULL, NULL);
}
