/* Figures of whistles and supervisions in force, of a console's folder whose acts the real rulebook
 * judged: gathered in slices, as tables word for word (papers/NAME; GENERATE=1 writes them anew), and
 * the list behind each number. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/figures_sheet.h"
#include "zhiban/model/supervisions.h"
#include "zhiban/model/whistle_paper.h"

#define LI "李敏", "zhongxin", "duty"
#define CHIEF "赵岩", "zhongxin", "chief"
#define HONG "顾海燕", "320402004", "street"
#define HONG_CHIEF "陈立", "320402004", "street_chief"
#define SHIJIAN "蒋伟", "shijian", "dept"
#define CHENG "陆建明", "chengguan", "dept"
#define COMER "comer", "蒋伟", "comer_post", "科长", "comer_phone", "13861120010"

enum { DAY = 24 * 60 };

static const struct did life[] = {
	/* all of it: one department in time, the other late and sent back */
	{ "W done", 10 * DAY, HONG, "blow",
	  { "title", "早市占道", "ground", "several", "assist", "市监局", "assist", "城管局", NULL } },
	{ "W done", 10 * DAY - 20, HONG_CHIEF, "approve", { NULL }, { 0 }, true },
	{ "W done", 10 * DAY - 40, LI, "issue", { NULL }, { 0 }, true },
	{ "W done", 10 * DAY - 60, SHIJIAN, "sign", { COMER, NULL }, { 0 }, true },
	{ "W done", 10 * DAY - 240, CHENG, "sign", { COMER, NULL }, { 0 }, true },
	{ "W done", 9 * DAY, SHIJIAN, "report_in", { COMER, NULL }, { 0 }, true },
	{ "W done", 9 * DAY - 5, HONG, "confirm_in", { "share", "市监局", NULL }, { 0 }, true },
	{ "W done", 4 * DAY, CHENG, "report_in", { COMER, NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 5, HONG, "confirm_in", { "share", "城管局", NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 10, SHIJIAN, "handle", { "result", "已规范", NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 20, SHIJIAN, "feedback", { "reply", "已规范", NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 30, CHENG, "handle", { "result", "已清退", NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 40, CHENG, "feedback", { "reply", "已清退", NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 50, HONG, "verify_ok", { "share", "市监局", NULL }, { 0 }, true },
	{ "W done", 4 * DAY - 60, HONG, "verify_no", { "share", "城管局", "reason", "又回来了", NULL },
	  { 0 }, true },
	{ "W done", 3 * DAY, CHENG, "handle", { "result", "再清退", NULL }, { 0 }, true },
	{ "W done", 3 * DAY - 10, CHENG, "feedback", { "reply", "再清退", NULL }, { 0 }, true },
	{ "W done", 3 * DAY - 20, HONG, "verify_ok", { "share", "城管局", NULL }, { 0 }, true },
	{ "W done", 3 * DAY - 30, HONG, "rate", { "share", "市监局", "content", "content", NULL }, { 0 },
	  true },
	{ "W done", 3 * DAY - 31, HONG, "rate", { "share", "城管局", "content", "fair", NULL }, { 0 },
	  true },
	{ "W done", 3 * DAY - 40, SHIJIAN, "judge", { "judged", "regular", NULL }, { 0 }, true },
	{ "W done", 3 * DAY - 41, CHENG, "judge", { "judged", "regular", NULL }, { 0 }, true },
	/* under way: nobody has signed; one was pressed */
	{ "W open", 2 * DAY, HONG, "blow",
	  { "title", "群租房隐患", "ground", "authority", "assist", "城管局", "assist", "住建局", NULL } },
	{ "W open", 2 * DAY - 20, HONG_CHIEF, "approve", { NULL }, { 0 }, true },
	{ "W open", 2 * DAY - 40, LI, "issue", { NULL }, { 0 }, true },
	{ "W open", 1 * DAY, "王建国", "zhongxin", "leader", "supervise",
	  { "channel", "黄牌", "words", "未签收，限今日报到", "share", "城管局", NULL }, { 0 }, true },
	{ "W open", 1 * DAY - 10, CHIEF, "supervise",
	  { "channel", "督办单", "words", "请即签收", "share", "住建局", NULL }, { 0 }, true },
	/* a month before: withdrawn before it was issued */
	{ "W old", 40 * DAY, HONG, "blow",
	  { "title", "误报", "ground", "several", "assist", "市监局", NULL } },
	{ "W old", 40 * DAY - 5, HONG, "withdraw", { "reason", "误报", NULL }, { 0 }, true },
	{ "road", 30, CHIEF, "supervise", { "channel", "督办单", "words", "限两小时围挡", NULL } },
};

struct place {
	struct world world;
	struct client *client;
	struct arena arena;
};

static void init(struct place *place)
{
	struct client_options options = { 0 };

	memset(place, 0, sizeof *place);
	i18n_init("zh", dirs_locale(&place->arena));
	assert_true(world_make(&place->world, "board"));
	world_admit_all(&place->world, life, ARRAY_LEN(life));
	options.dir = place->world.dir;
	options.env = &place->world.env;
	assert_int_equal(client_open(&options, &place->client, NULL), ERR_OK);
}

static void release(struct place *place)
{
	client_close(place->client);
	world_free(&place->world);
	arena_release(&place->arena);
}

/* In slices of that many; several end it. */
static struct figures *gather(struct place *place, const struct figures_ask *ask, size_t budget,
			      size_t *ret_slices)
{
	struct figures *figures = NULL;
	size_t slices = 0;

	assert_int_equal(figures_new(place->client, ask, &figures, NULL), ERR_OK);
	for (; !figures_done(figures); slices++)
		assert_int_equal(figures_step(figures, budget, NULL), ERR_OK);
	*ret_slices = slices;
	return figures;
}

static struct figures_wanted november(struct place *place, enum stats_side side)
{
	struct figures_wanted wanted = { .ask = { .side = side, .compare = true },
					 .order = STATS_PROTOCOL,
					 .formula = stats_formula(0) };

	wanted.ask.window = stats_month(CIVIL_CHINA, client_now(place->client), 0);
	return wanted;
}

static void assert_file(struct place *place, const char *name, const char *text)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	const char *path =
		path_join(&place->arena, top != NULL ? top : ".",
			  arena_printf(&place->arena, "tests/unit/model/papers/%s", name));
	struct error err = ERROR_INIT;
	struct str want = STR_INIT;

	if (getenv("GENERATE") != NULL && file_write(path, text, strlen(text), 0644, &err) != ERR_OK)
		fail_msg("%s", err.text);
	if (file_read(path, 1 << 20, &want, &err) != ERR_OK)
		fail_msg("%s", err.text);
	if (strcmp(str_get(&want), text) != 0)
		fail_msg("%s differs (GENERATE=1 writes it anew):\n%s", name, text);
	str_release(&want);
}

static void assert_sheet(struct place *place, struct sheet *sheet, const char *name)
{
	enum sheet_format format = SHEET_TEXT;
	struct str out = STR_INIT;

	assert_int_equal(sheet_format_of_file(name, &format, NULL), ERR_OK);
	sheet_write(sheet, format, &out);
	assert_file(place, name, str_get(&out));
	sheet_release(sheet);
	str_release(&out);
}

static void tables(void **state)
{
	static const struct {
		enum stats_side side;
		bool whole;
		size_t budget;
		const char *name;
	} cases[] = {
		{ STATS_DEPARTMENTS, false, 1, "figures-departments.txt" },
		{ STATS_DEPARTMENTS, true, 2, "figures-departments.csv" },
		{ STATS_DEPARTMENTS, false, 1000, "figures-departments.html" },
		{ STATS_STREETS, false, 1, "figures-streets.txt" },
		{ STATS_STREETS, true, 1000, "figures-streets.csv" },
	};
	struct place place;

	(void)state;
	init(&place);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct figures_wanted wanted = november(&place, cases[i].side);
		struct figures *figures;
		struct sheet sheet;
		size_t slices;

		figures = gather(&place, &wanted.ask, cases[i].budget, &slices);
		assert_true(cases[i].budget > 1 || slices > 2);
		figures_sheet(figures, &wanted, cases[i].whole, &sheet);
		assert_sheet(&place, &sheet, cases[i].name);
		figures_free(figures);
	}
	release(&place);
}

/* Every number of every row is as long as its list, also of a month that has passed. */
static void lists(void **state)
{
	struct place place;
	size_t seen = 0;

	(void)state;
	init(&place);
	for (int k = 0; k < 4; k++) {
		struct figures_wanted wanted = november(&place, k % 2 ? STATS_STREETS
								      : STATS_DEPARTMENTS);
		const struct stats_row **rows;
		struct figures *figures;
		size_t n, slices;

		if (k >= 2)
			wanted.ask.window = stats_month(CIVIL_CHINA, client_now(place.client), -1);
		figures = gather(&place, &wanted.ask, 1000, &slices);
		rows = stats_rows(figures_stats(figures, FIGURES_NOW), STATS_PROTOCOL, &place.arena,
				  &n);
		for (size_t i = 0; i < n * STATS; i++) {
			struct stats_what what = { .stat = (enum stat)(i % STATS),
						   .side = wanted.ask.side,
						   .org = rows[i / STATS]->org,
						   .window = wanted.ask.window };
			struct figures_item *items;
			size_t found;

			if (!stat_is_of_share(what.stat) && what.side == STATS_DEPARTMENTS)
				continue;
			assert_int_equal(figures_list(place.client, &what, &place.arena, &items,
						      &found, NULL),
					 ERR_OK);
			if ((int64_t)found != rows[i / STATS]->n[what.stat])
				fail_msg("%s of %s: %zu in the list", stat_code(what.stat), what.org,
					 found);
			seen += found;
		}
		figures_free(figures);
	}
	assert_true(seen > 20);
	release(&place);
}

static void behind(void **state)
{
	struct stats_what what = { .stat = STAT_REWORKED, .org = "chengguan" };
	struct sheet sheet;
	struct place place;

	(void)state;
	init(&place);
	assert_int_equal(figures_list_sheet(place.client, &what, &sheet, NULL), ERR_OK);
	assert_sheet(&place, &sheet, "figures-list.txt");
	what = (struct stats_what){ .stat = STAT_BLOWN, .side = STATS_STREETS };
	assert_int_equal(figures_list_sheet(place.client, &what, &sheet, NULL), ERR_OK);
	assert_sheet(&place, &sheet, "figures-list.csv");
	release(&place);
}

static void supervisions(void **state)
{
	struct supervision_row *rows;
	struct sheet sheet;
	struct place place;
	struct uuid id = uuid_named("W open");
	size_t n;

	(void)state;
	init(&place);
	assert_int_equal(supervisions_load(place.client, &place.arena, &rows, &n, NULL), ERR_OK);
	assert_int_equal(n, 3);
	supervisions_sheet(client_rules(place.client), rows, n, client_now(place.client), &sheet);
	assert_sheet(&place, &sheet, "supervisions.txt");
	assert_int_equal(supervision_paper_of(place.client, KIND_WHISTLE, &id, 0, &sheet, NULL),
			 ERR_OK);
	sheet_release(&sheet);
	assert_int_equal(supervision_paper_of(place.client, KIND_WHISTLE, &id, 9, &sheet, NULL),
			 ERR_NOT_FOUND);
	id = uuid_named("water");
	assert_int_equal(supervision_paper_of(place.client, KIND_INCIDENT, &id, 0, &sheet, NULL),
			 ERR_NOT_FOUND);
	release(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(lists),
		cmocka_unit_test(behind),
		cmocka_unit_test(supervisions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
