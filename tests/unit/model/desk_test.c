#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/desk.h"

struct stage {
	struct world world;
	struct client *client;
	struct arena arena;
};

static void set_up(struct stage *stage)
{
	struct client_options options = { 0 };

	*stage = (struct stage){ .arena = ARENA_INIT };
	assert_true(world_make(&stage->world, "board"));
	options.dir = stage->world.dir;
	options.env = &stage->world.env;
	assert_int_equal(client_open(&options, &stage->client, NULL), ERR_OK);
}

static void tear_down(struct stage *stage)
{
	client_close(stage->client);
	arena_release(&stage->arena);
	world_free(&stage->world);
}

/* name: an incident of the world, NULL: a new one; words: field, value, …, NULL. */
static struct client_done act(struct stage *stage, const char *name, const char *verb,
			      const char *const *words)
{
	const struct act_desc *desc = act_desc_find(verb);
	struct uuid id = name ? uuid_named(name) : (struct uuid){ { 0 } };
	struct given given[ACT_ARGS_MAX];
	struct client_done done;
	struct error err = ERROR_INIT;
	size_t n = 0;

	for (; *words; words += 2, n++) {
		given[n].field = act_arg_field(desc, words[0]);
		assert_non_null(given[n].field);
		assert_int_equal(rules_parse(client_rules(stage->client), given[n].field, words[1],
					     &stage->arena, &given[n].value, &err), ERR_OK);
	}
	if (client_act(stage->client, desc, name ? &id : NULL, given, n, &done, &err) != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
	return done;
}
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define NO_WORDS ((const char *const[]){ NULL })

static struct desk poll_desk(struct stage *stage)
{
	struct client_change change;
	struct desk desk;

	assert_int_equal(client_poll(stage->client, &change, NULL), ERR_OK);
	assert_int_equal(desk_read(stage->client, &stage->arena, &desk, NULL), ERR_OK);
	return desk;
}

static void change(struct stage *stage, const char *name)
{
	assert_true(world_change(&stage->world, name));
}

static const struct desk_row *row_of(const struct desk_item *item, const char *title)
{
	for (size_t i = 0; i < item->n; i++)
		if (strcmp(item->rows[i].title, title) == 0)
			return &item->rows[i];
	return NULL;
}

static struct desk_item item_of(struct stage *stage, const struct desk *desk, size_t line)
{
	struct desk_item item;

	desk_item_make(stage->client, desk, &desk->lines[line], &stage->arena, &item);
	return item;
}

/* ---- the list ---- */

static void test_empty(void **state)
{
	struct stage stage;
	struct desk desk;

	(void)state;
	set_up(&stage);
	desk = poll_desk(&stage);
	assert_int_equal(desk.n, 0);
	assert_int_equal(desk.own, 0);
	tear_down(&stage);
}

/* Leaders with what hangs on them, then notes, then what waits; the numbers do not order them. */
static void test_groups(void **state)
{
	static const struct {
		int64_t n;
		enum desk_group group;
		int depth;
		size_t hanging;
	} expected[] = {
		{ 2, DESK_REFUSED, 0, 2 }, { 3, DESK_REFUSED, 1, 0 }, { 5, DESK_REFUSED, 1, 0 },
		{ 1, DESK_MERGED, 0, 0 },  { 6, DESK_WAITING, 0, 0 },
	};
	struct stage stage;
	struct desk_item item;
	struct desk desk;

	(void)state;
	set_up(&stage);
	act(&stage, "noise", "fix", WORDS("title", "油烟"));
	act(&stage, "dregs", "assign", WORDS("holder", "水务局"));
	act(&stage, "dregs", "fix", WORDS("title", "渣土"));
	act(&stage, "road", "note", WORDS("note", "已核实"));
	act(&stage, "dregs", "fix", WORDS("address", "青洋路"));
	change(&stage, "corrected");
	change(&stage, "rival");
	change(&stage, "judged");
	act(&stage, "lamp", "note", WORDS("note", "等"));
	desk = poll_desk(&stage);
	assert_int_equal(desk.n, ARRAY_LEN(expected));
	for (size_t i = 0; i < desk.n; i++) {
		const struct desk_line *line = &desk.lines[i];

		assert_int_equal(line->waiting->act.n, expected[i].n);
		assert_int_equal(line->group, expected[i].group);
		assert_int_equal(line->depth, expected[i].depth);
		assert_int_equal(line->hanging, expected[i].hanging);
		assert_int_equal(line->leader != NULL, expected[i].depth > 0);
		assert_int_equal(desk_is_on(line), expected[i].group != DESK_WAITING);
		assert_ptr_equal(desk_find(&desk, &line->waiting->act.id), line);
	}
	assert_int_equal(desk.count[DESK_REFUSED], 3);
	assert_int_equal(desk.count[DESK_MERGED], 1);
	assert_int_equal(desk.count[DESK_WAITING], 1);
	assert_int_equal(desk.own, 4);
	assert_string_equal(desk.lines[0].wanted, "水务局");
	assert_string_equal(desk.lines[1].wanted, "Title: 渣土");
	assert_string_equal(desk_deed(&desk.lines[0], &stage.arena), "交办 21-0403  水务局");
	item = item_of(&stage, &desk, 1);
	assert_string_equal(item.after, "2 交办");
	assert_false(row_of(&item, "Title")->clash); /* nobody else touched it */
	assert_true(*desk.lines[0].words && *desk.lines[3].words);
	assert_string_equal(desk.lines[4].words, "");
	tear_down(&stage);
}

/* Another officer sees them with their author; none is his own. */
static void test_other_officer(void **state)
{
	struct stage stage;
	struct desk desk;

	(void)state;
	set_up(&stage);
	act(&stage, "dregs", "assign", WORDS("holder", "水务局"));
	change(&stage, "rival");
	change(&stage, "judged");
	change(&stage, "officer");
	desk = poll_desk(&stage);
	assert_int_equal(desk.n, 1);
	assert_int_equal(desk.own, 0);
	assert_false(desk.lines[0].waiting->own);
	assert_string_equal(desk.lines[0].waiting->act.actor.officer, "李敏");
	tear_down(&stage);
}

/* ---- one item ---- */

static void test_first_wins(void **state)
{
	struct stage stage;
	const struct desk_row *holder, *step;
	struct desk_item item;
	struct desk desk;

	(void)state;
	set_up(&stage);
	act(&stage, "dregs", "assign", WORDS("holder", "水务局", "reason", "有排水口"));
	change(&stage, "rival");
	change(&stage, "judged");
	desk = poll_desk(&stage);
	item = item_of(&stage, &desk, 0);
	assert_true(item.has_base && item.has_theirs && item.here);
	assert_false(item.later);
	assert_false(item.pending);
	assert_string_equal(item.first, "王建国 指挥中心 02:40 交办 城管局");
	assert_string_equal(item.did, "02:41 李敏 交办  水务局  有排水口");
	assert_string_equal(item.after, "");
	assert_ptr_equal(row_of(&item, "Holder"), &item.rows[0]); /* what it carries comes first */
	holder = row_of(&item, "Holder");
	assert_string_equal(holder->base, "");
	assert_string_equal(holder->mine, "水务局");
	assert_string_equal(holder->theirs, "城管局");
	assert_true(holder->clash && holder->given);
	step = row_of(&item, "Step"); /* both did the same to it: no clash */
	assert_string_equal(step->base, "交办");
	assert_string_equal(step->mine, "签收");
	assert_string_equal(step->theirs, "签收");
	assert_false(step->clash);
	assert_string_equal(row_of(&item, "Reason")->mine, "有排水口");
	assert_null(row_of(&item, "Latest move"));
	assert_null(row_of(&item, "Title"));
	tear_down(&stage);
}

/* It changed since the answer, elsewhere or by an act of ours that waits: both are said. */
static void test_changed_since(void **state)
{
	struct stage stage;
	struct desk_item item;
	struct desk desk;

	(void)state;
	set_up(&stage);
	act(&stage, "noise", "accept", NO_WORDS);
	change(&stage, "elsewhere");
	change(&stage, "judged");
	desk = poll_desk(&stage);
	item = item_of(&stage, &desk, 0);
	assert_false(item.later);
	assert_string_not_equal(row_of(&item, "Due")->mine, row_of(&item, "Due")->theirs);
	assert_false(row_of(&item, "Due")->clash); /* of rules: nobody wanted either */
	change(&stage, "corrected");
	desk = poll_desk(&stage);
	item = item_of(&stage, &desk, 0);
	assert_true(item.later);
	assert_false(item.pending);
	assert_string_equal(row_of(&item, "Address")->theirs, "红梅夜市东门");
	act(&stage, "noise", "note", WORDS("note", "等"));
	desk = poll_desk(&stage);
	assert_true(item_of(&stage, &desk, 0).pending);
	tear_down(&stage);
}

/* A merged correction: the loser's text stands beside the winner's, and who that was; personal
 * values are masked on every side. */
static void test_merged(void **state)
{
	static const char *const clear[] = { "13861234567", "13900001111", "刘梅", "周小舟" };
	struct stage stage;
	struct desk_item item;
	struct desk desk;
	const struct desk_row *title;

	(void)state;
	set_up(&stage);
	act(&stage, "noise", "fix",
	    WORDS("title", "夜市噪声", "phone", "13900001111", "reporter", "周小舟"));
	change(&stage, "corrected");
	change(&stage, "judged");
	desk = poll_desk(&stage);
	assert_int_equal(desk.n, 1);
	assert_int_equal(desk.lines[0].group, DESK_MERGED);
	item = item_of(&stage, &desk, 0);
	assert_string_equal(item.first, "王建国 指挥中心 02:40 更正");
	title = row_of(&item, "Title");
	assert_string_equal(title->base, "红梅夜市油烟噪声扰民");
	assert_string_equal(title->mine, "夜市噪声");
	assert_string_equal(title->theirs, "红梅夜市烧烤摊油烟噪声扰民");
	assert_true(title->clash);
	assert_string_equal(row_of(&item, "Phone")->mine, "139****1111");
	assert_string_equal(row_of(&item, "Phone")->theirs, "138****4567");
	for (size_t c = 0; c < ARRAY_LEN(clear); c++) {
		for (size_t i = 0; i < item.n; i++) {
			assert_null(strstr(item.rows[i].base, clear[c]));
			assert_null(strstr(item.rows[i].mine, clear[c]));
			assert_null(strstr(item.rows[i].theirs, clear[c]));
		}
		assert_null(strstr(item.did, clear[c]));
		assert_null(strstr(item.what, clear[c]));
		assert_null(strstr(desk.lines[0].wanted, clear[c]));
		assert_null(strstr(desk_deed(&desk.lines[0], &stage.arena), clear[c]));
	}
	tear_down(&stage);
}

/* What was done already: who did it, not who came by later. */
static void test_done_before(void **state)
{
	struct stage stage;
	struct desk_item item;
	struct desk desk;

	(void)state;
	set_up(&stage);
	act(&stage, "noise", "ack", NO_WORDS);
	change(&stage, "acked");
	change(&stage, "judged");
	desk = poll_desk(&stage);
	assert_int_equal(desk.n, 1);
	assert_int_equal(desk.lines[0].group, DESK_MERGED);
	item = item_of(&stage, &desk, 0);
	assert_string_equal(item.first, "王建国 指挥中心 02:39 确认");
	tear_down(&stage);
}

/* A registration that was refused: there was nothing before; what hung on it is called like it. */
static void test_never_registered(void **state)
{
	struct stage stage;
	struct client_done done;
	struct desk_item item;
	struct uuid id;
	struct desk desk;
	struct given note = { 0 };

	(void)state;
	set_up(&stage);
	done = act(&stage, NULL, "register", WORDS("title", "路灯杆倾斜"));
	note.field = act_arg_field(act_desc_find("note"), "note");
	note.value = (struct value){ .is_text = true, .text = "有危险" };
	assert_int_equal(client_act(stage.client, act_desc_find("note"), &done.target, &note, 1,
				    &done, NULL), ERR_OK);
	change(&stage, "denied");
	desk = poll_desk(&stage);
	assert_int_equal(desk.n, 2);
	item = item_of(&stage, &desk, 0);
	assert_true(item.has_base && item.has_theirs);
	assert_false(item.here);
	assert_string_equal(row_of(&item, "Title")->base, "");
	assert_string_equal(row_of(&item, "Title")->mine, "路灯杆倾斜");
	assert_string_equal(row_of(&item, "Title")->theirs, "");
	assert_string_equal(desk.lines[1].mark, desk.lines[0].mark);
	item = item_of(&stage, &desk, 1);
	assert_non_null(strstr(item.what, "路灯杆倾斜"));
	assert_string_equal(item.after, "1 登记");
	/* done again it is the same incident, so that the note can follow */
	id = desk.lines[0].waiting->act.target.id;
	assert_int_equal(client_desk_again(stage.client, &desk.lines[0].waiting->act.id, NULL, 0,
					   &done, NULL), ERR_OK);
	assert_true(uuid_eq(&done.target, &id));
	assert_int_equal(client_desk_again(stage.client, &desk.lines[1].waiting->act.id, NULL, 0,
					   &done, NULL), ERR_OK);
	desk = poll_desk(&stage);
	assert_int_equal(desk.count[DESK_WAITING], 2);
	assert_int_equal(desk.count[DESK_REFUSED], 0);
	tear_down(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_other_officer),
		cmocka_unit_test(test_first_wins),
		cmocka_unit_test(test_changed_since),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_done_before),
		cmocka_unit_test(test_never_registered),
	};

	return cmocka_run_group_tests_name("model/desk", tests, NULL, NULL);
}
