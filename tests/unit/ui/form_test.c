/* Forms: moving, editing, choosing, what is missing. */
#include <config.h>

#include <stdio.h>

#include "ui_test.h"

#include "zhiban/ui/form.h"

static const struct form_choice orgs[] = {
	{ "water", "水务局", "供水 排水", "swj" },
	{ "house", "住建局", NULL, "zjj" },
	{ "city", "城管局", NULL, "cgj" },
};

static const struct form_field fields[] = {
	{ "number", "编号", NULL, FORM_INFO, 0, 0, 0, NULL, 0 },
	{ "title", "事由", "一句话", FORM_LINE, FORM_REQUIRED, 10, 0, NULL, 0 },
	{ "holder", "承办", NULL, FORM_CHOICE, FORM_REQUIRED, 0, 0, orgs, ARRAY_LEN(orgs) },
	{ "assist", "协办", NULL, FORM_MANY, 0, 0, 0, orgs, ARRAY_LEN(orgs) },
	{ "place", "地点", NULL, FORM_CHOICE, FORM_OTHER, 0, 0, orgs, ARRAY_LEN(orgs) },
	{ "text", "内容", NULL, FORM_TEXT, 0, 2000, 3, NULL, 0 },
};

static struct form *form_made(void)
{
	struct form *form = form_new("交办 22-0417", fields, ARRAY_LEN(fields));

	form_set(form, "number", "22-0417");
	return form;
}

static enum form_result press(struct form *form, const char *keys)
{
	enum form_result last = FORM_IGNORED;
	struct key key;

	EACH_KEY(keys, key)
	{
		last = form_key(form, key, "");
	}
	return last;
}

static void keys_fill_fields_in(void **state)
{
	static const struct {
		const char *keys, *field, *value, *focus;
		enum form_result result;
	} cases[] = {
		{ "\"路灯\"", "title", "路灯", "title", FORM_MORE },
		{ "\"路灯\" Enter", "title", "路灯", "holder", FORM_MORE },
		{ "Tab Tab Shift-Tab", "title", "", "holder", FORM_MORE },
		{ "Down Down Up Up Up", "title", "", "title", FORM_MORE },
		{ "Shift-Tab", "title", "", "text", FORM_MORE },
		{ "Tab Tab Tab Tab Tab", "title", "", "title", FORM_MORE },
		{ "Tab \"swj\" Enter", "holder", "water", "assist", FORM_MORE },
		{ "Tab \"城管\" Enter", "holder", "city", "assist", FORM_MORE },
		{ "Tab Enter Down Enter", "holder", "house", "assist", FORM_MORE },
		{ "Tab Enter Down Esc", "holder", "", "holder", FORM_MORE },
		{ "Tab Enter Enter Up Backspace", "holder", "", "holder", FORM_MORE },
		{ "Tab Tab Enter Space Down Space Enter", "assist", "water,city", "place",
		  FORM_MORE },
		{ "Tab Tab Enter Space Enter Up Enter Down Space Enter", "assist", "water,house",
		  "place", FORM_MORE },
		{ "Tab Tab Enter Down Enter", "assist", "house", "place", FORM_MORE },
		{ "Tab Tab Tab \"老街\" Enter", "place", "老街", "place", FORM_MORE },
		{ "Tab \"老街\" Enter", "holder", "", "holder", FORM_MORE }, /* only from the list */
		{ "Shift-Tab \"一\" Enter \"二\"", "text", "一\n二", "text", FORM_MORE },
		{ "Shift-Tab \"一\" Enter \"二\" Up Up", "text", "一\n二", "place", FORM_MORE },
		{ "\"十个字的标题写满再多就没有了\"", "title", "十个字的标题写满再多", "title", FORM_MORE },
		{ "Esc", "title", "", "title", FORM_LEAVE },
		{ "Ctrl-S", "title", "", "title", FORM_MORE },
		{ "\"a\" Ctrl-S", "title", "a", "holder", FORM_MORE },
		{ "\"a\" Tab \"swj\" Enter Ctrl-S", "holder", "water", "assist", FORM_SAVE },
		{ "\"a\" Tab \"swj\" Enter F10", "holder", "water", "assist", FORM_SAVE },
		{ "\" \" Ctrl-S", "title", " ", "title", FORM_MORE }, /* blank is empty */
		{ "F5", "title", "", "title", FORM_IGNORED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct form *form = form_made();
		enum form_result result = press(form, cases[i].keys);

		if (result != cases[i].result || strcmp(form_focused(form), cases[i].focus) != 0 ||
		    strcmp(form_get(form, cases[i].field), cases[i].value) != 0)
			print_error("%s\n", cases[i].keys);
		assert_string_equal(form_get(form, cases[i].field), cases[i].value);
		assert_string_equal(form_focused(form), cases[i].focus);
		assert_int_equal(result, cases[i].result);
		form_free(form);
	}
}

static void paste_stays_in_its_field(void **state)
{
	struct form *form = form_made();

	(void)state;
	assert_false(form_changed(form));
	assert_int_equal(form_key(form, (struct key){ UIKEY_PASTE, 0 }, "路灯\n不亮"), FORM_MORE);
	assert_string_equal(form_get(form, "title"), "路灯 不亮");
	assert_string_equal(form_focused(form), "title");
	assert_true(form_changed(form));
	form_key(form, (struct key){ UIKEY_PASTE, 0 }, "这么长的一段就放不下了"); /* whole or not */
	assert_string_equal(form_get(form, "title"), "路灯 不亮");
	form_focus(form, "holder");
	form_key(form, (struct key){ UIKEY_PASTE, 0 }, "water");
	assert_string_equal(form_get(form, "holder"), "");
	form_free(form);
}

static void draw(struct form *form, struct canvas *canvas)
{
	form_draw(form, canvas, (struct area){ 0, 0, canvas_rows(canvas), canvas_cols(canvas) });
}

static void it_looks_right(void **state)
{
	struct canvas *canvas = canvas_new(16, 60);
	struct form *form = form_made();

	(void)state;
	press(form, "\"路灯不亮\"");
	form_set(form, "holder", "water");
	form_set(form, "assist", "house,city");
	draw(form, canvas);
	assert_row(canvas, 0, "+- 交办 22-0417 -------------------------------------------+");
	assert_row(canvas, 1, "| 编号   22-0417                                           |");
	assert_row(canvas, 2, "|>事由 * 路灯不亮                                      4/10|");
	assert_row(canvas, 3, "| 承办 * 水务局                                            |");
	assert_row(canvas, 4, "| 协办   住建局, 城管局                                    |");
	assert_row(canvas, 5, "| 地点   [Enter or type to choose]                         |");
	assert_row(canvas, 13, "|一句话                                                    |");
	form_error(form, "title", "太短");
	form_notice(form, "已被他人签收");
	draw(form, canvas);
	assert_row(canvas, 3, "|        太短                                              |");
	assert_row(canvas, 4, "| 承办 * 水务局                                            |");
	assert_row(canvas, 13, "|已被他人签收                                              |");
	press(form, "\"x\""); /* typing takes both away */
	draw(form, canvas);
	assert_row(canvas, 3, "| 承办 * 水务局                                            |");
	assert_row(canvas, 13, "|一句话                                                    |");
	form_free(form);
	canvas_free(canvas);
}

static void a_limit_that_is_reached_is_said(void **state)
{
	struct canvas *canvas = canvas_new(16, 60);
	struct form *form = form_made();

	(void)state;
	press(form, "\"十个字的标题写满再多\"");
	draw(form, canvas);
	assert_row(canvas, 2, "|>事由 * 十个字的标题写满再多                         10/10|");
	press(form, "\"x\""); /* there is no room for it */
	draw(form, canvas);
	assert_row(canvas, 2, "|>事由 * 十个字的标题写满再多                    full 10/10|");
	press(form, "Backspace");
	draw(form, canvas);
	assert_row(canvas, 2, "|>事由 * 十个字的标题写满再                            9/10|");
	form_free(form);
	canvas_free(canvas);
}

static void what_is_missing_is_said(void **state)
{
	struct canvas *canvas = canvas_new(16, 60);
	struct form *form = form_made();

	(void)state;
	assert_false(form_complete(form));
	draw(form, canvas);
	assert_row(canvas, 3, "|        this must be filled in                            |");
	assert_row(canvas, 5, "|        this must be filled in                            |");
	assert_int_equal(canvas_role_at(canvas, 3, 9), ROLE_ERROR);
	form_free(form);
	canvas_free(canvas);
}

/* What to do stands at the end of a sentence: it is not cut off. */
static void long_sentences_are_shown_whole(void **state)
{
	struct canvas *canvas = canvas_new(20, 40);
	struct form *form = form_made();

	(void)state;
	form_error(form, "title", "“三天”不是时限：请写 30m（分钟）、4h（小时）、3d（自然日）、7wd（工作日）");
	form_notice(form, "切换模式：由带班领导决定，电话同意亦可，请按 F5 记下是谁同意的");
	draw(form, canvas);
	assert_row(canvas, 3, "|        “三天”不是时限：请写 30m（分  |");
	assert_row(canvas, 4, "|        钟）、4h（小时）、3d（自然    |");
	assert_row(canvas, 5, "|        日）、7wd（工作日）           |");
	assert_row(canvas, 16, "|切换模式：由带班领导决定，电话同意亦  |");
	assert_row(canvas, 17, "|可，请按 F5 记下是谁同意的            |");
	form_free(form);
	canvas_free(canvas);
}

static void small_areas_follow_the_focus(void **state)
{
	struct canvas *canvas = canvas_new(7, 60); /* three rows of fields */
	struct form *form = form_made();

	(void)state;
	press(form, "Shift-Tab \"末尾\"");
	draw(form, canvas);
	assert_row(canvas, 1, "|>内容   末尾                                        2/2000|");
	press(form, "Tab");
	draw(form, canvas);
	assert_row(canvas, 1, "|>事由 *                                               0/10|");
	form_free(form);
	canvas_free(canvas);
}

static void the_picker_opens_below_its_field(void **state)
{
	struct canvas *canvas = canvas_new(16, 60);
	struct form *form = form_made();

	(void)state;
	press(form, "Tab \"j\"");
	draw(form, canvas);
	assert_row(canvas, 3, "|>承办 * [Enter or type to choose]                         |");
	assert_row(canvas, 4, "|  +- 承办 ---------------------------------------------+  |");
	assert_row(canvas, 5, "|  |type to filter: j                                   |  |");
	assert_row(canvas, 6, "|  |> 水务局  供水 排水                                 |  |");
	press(form, "Esc");
	draw(form, canvas);
	assert_row(canvas, 4, "| 协办   [Enter or type to choose]                         |");
	form_free(form);
	canvas_free(canvas);
}

static void proposals_stand_under_their_line(void **state)
{
	static const struct form_choice places[] = {
		{ .value = "0", .label = "飞龙东路 1-99", .help = "青龙 青竹苑社区" },
		{ .value = "1", .label = "飞龙西路", .help = "红梅 红梅社区" },
	};
	static const struct {
		const char *keys, *focus;
		enum form_result result;
		size_t taken;
	} cases[] = {
		{ "Down Enter", "title", FORM_TOOK, 0 },
		{ "Down Down Enter", "title", FORM_TOOK, 1 },
		{ "Down Down Down", "holder", FORM_MORE, 9 }, /* past the last: the next field */
		{ "Enter", "holder", FORM_MORE, 9 },	      /* in the line it goes on */
		{ "Down Up Enter", "holder", FORM_MORE, 9 },
		{ "Down Esc", "title", FORM_MORE, 9 }, /* back in the line, not out of the form */
		{ "Esc", "title", FORM_LEAVE, 9 },
		{ "Down \"x\" Enter", "holder", FORM_MORE, 9 },
	};
	struct canvas *canvas = canvas_new(12, 60);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct form *form = form_made();
		enum form_result result;

		form_suggest(form, "title", places, ARRAY_LEN(places));
		result = press(form, cases[i].keys);
		if (result != cases[i].result)
			fail_msg("%s: %d", cases[i].keys, result);
		assert_string_equal(form_focused(form), cases[i].focus);
		if (result == FORM_TOOK)
			assert_int_equal(form_taken(form), cases[i].taken);
		form_free(form);
	}
	struct form *form = form_made();
	form_suggest(form, "title", places, ARRAY_LEN(places));
	press(form, "Down");
	form_suggest(form, "title", places, ARRAY_LEN(places)); /* as a view does after each key */
	draw(form, canvas);
	assert_row(canvas, 3, "|        > 飞龙东路 1-99          青龙 青竹苑社区          |");
	assert_row(canvas, 4, "|          飞龙西路               红梅 红梅社区            |");
	press(form, "Tab");
	draw(form, canvas);
	assert_row(canvas, 3, "|>承办 * [Enter or type to choose]                         |");
	form_free(form);
	canvas_free(canvas);
}

static const struct form_field folded[] = {
	{ "title", "事由", NULL, FORM_LINE, FORM_REQUIRED, 10, 0, NULL, 0 },
	{ "holder", "承办", NULL, FORM_CHOICE, FORM_FOLDED, 0, 0, orgs, ARRAY_LEN(orgs) },
	{ "ward", "镇街", NULL, FORM_CHOICE, FORM_FOLDED, 0, 0, orgs, ARRAY_LEN(orgs) },
};

static void seldom_needed_fields_are_folded(void **state)
{
	static const struct {
		const char *keys, *focus;
	} cases[] = {
		{ "Tab", "title" }, /* nothing else is there */
		{ "Down", "title" },
		{ "F3", "holder" },
		{ "F3 Tab", "ward" },
		{ "F3 F3 Tab", "title" },
		{ "F3 \"swj\" Enter F3 Tab Tab", "holder" }, /* what holds something stays */
	};
	struct canvas *canvas = canvas_new(12, 60);
	struct form *form;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		form = form_new("登记", folded, ARRAY_LEN(folded));
		press(form, cases[i].keys);
		if (strcmp(form_focused(form), cases[i].focus) != 0)
			fail_msg("%s: %s", cases[i].keys, form_focused(form));
		form_free(form);
	}
	form = form_new("登记", folded, ARRAY_LEN(folded));
	draw(form, canvas);
	assert_row(canvas, 1, "|>事由 *                                               0/10|");
	assert_row(canvas, 2, "| F3 more: 承办 镇街                                       |");
	form_error(form, "ward", "没有这个镇街");
	draw(form, canvas);
	assert_row(canvas, 2, "| 镇街   [Enter or type to choose]                         |");
	assert_row(canvas, 3, "|        没有这个镇街                                      |");
	assert_row(canvas, 4, "| F3 more: 承办                                            |");
	form_free(form);
	canvas_free(canvas);
}

static const struct form_beside cases_here[] = {
	{ "22-0409 北门路面塌陷", "办理中", ROLE_TEXT, false },
	{ "一年内 5 件", NULL, ROLE_HINT, true },
	{ "21-0388 渣土车", "待派", ROLE_TEXT, false },
};

static void the_cursor_goes_beside_the_fields(void **state)
{
	static const struct {
		const char *keys;
		enum form_result result;
		int section; /* -1: in the fields */
		size_t line;
	} cases[] = {
		{ "F6", FORM_MORE, 0, 0 },
		{ "F6 Down", FORM_MORE, 0, 2 }, /* over the sentence */
		{ "F6 Down Down", FORM_MORE, 2, 0 },
		{ "F6 Down Down Down Down", FORM_MORE, 2, 2 },
		{ "F6 Down Down Up Up Up", FORM_MORE, 0, 0 },
		{ "F6 Tab", FORM_MORE, 2, 0 },
		{ "F6 Tab Tab", FORM_MORE, 0, 0 },
		{ "F6 F6", FORM_MORE, -1, 0 },
		{ "F6 Esc", FORM_MORE, -1, 0 },
		{ "F6 Tab Enter", FORM_BESIDE, 2, 0 },
		{ "F6 \"M\"", FORM_IGNORED, 0, 0 }, /* the view's, not typed into a field */
		{ "F6 Ctrl-S", FORM_MORE, 0, 0 },   /* saves from there too: the title is missing */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct form *form = form_made();
		unsigned section = 9;
		size_t line = 9;
		bool beside;

		form_aside(form, 0, "相似 2", "M 并单", cases_here, ARRAY_LEN(cases_here));
		form_aside(form, 2, "此地 2", NULL, cases_here, ARRAY_LEN(cases_here));
		if (press(form, cases[i].keys) != cases[i].result)
			fail_msg("%s", cases[i].keys);
		beside = form_aside_at(form, &section, &line);
		if (beside != (cases[i].section >= 0) ||
		    (beside && ((int)section != cases[i].section || line != cases[i].line)))
			fail_msg("%s: %u %zu", cases[i].keys, section, line);
		assert_string_equal(form_get(form, "title"), "");
		form_free(form);
	}
	struct form *form = form_made();
	assert_int_equal(press(form, "F6"), FORM_IGNORED); /* nothing is there */
	form_aside(form, 1, "此地", NULL, cases_here, ARRAY_LEN(cases_here));
	press(form, "F6 Down");
	form_aside(form, 1, "此地", NULL, cases_here, 1); /* the line under the cursor goes */
	unsigned section;
	size_t line;
	assert_true(form_aside_at(form, &section, &line));
	assert_int_equal(line, 0);
	form_aside(form, 1, NULL, NULL, NULL, 0);
	assert_false(form_aside_at(form, &section, &line));
	form_free(form);
}

static void what_is_beside_is_drawn_where_there_is_room(void **state)
{
	struct canvas *narrow = canvas_new(16, 60), *wide = canvas_new(12, 104);
	struct form *form = form_new("登记", folded, ARRAY_LEN(folded));

	(void)state;
	form_aside(form, 0, "相似 2", "M 并单", cases_here, ARRAY_LEN(cases_here));
	draw(form, narrow);
	assert_row(narrow, 2, "| F3 more: 承办 镇街                                       |");
	assert_row(narrow, 3, "|----------------------------------------------------------|");
	assert_row(narrow, 4, "|相似 2                                                    |");
	assert_row(narrow, 5, "|  22-0409 北门路面塌陷                              办理中|");
	assert_row(narrow, 6, "|  一年内 5 件                                             |");
	draw(form, wide);
	assert_row(wide, 1, "|>事由 *                                                   0/10|"
			    " 相似 2                                |");
	assert_row(wide, 2, "| F3 more: 承办 镇街                                           |"
			    "   22-0409 北门路面塌陷          办理中|");
	press(form, "F6");
	draw(form, narrow);
	assert_row(narrow, 5, "|> 22-0409 北门路面塌陷                              办理中|");
	assert_row(narrow, 13, "|Up Down move  Enter opens it  M 并单  F6 Esc back to the..|");
	form_free(form);
	form = form_made(); /* its fields leave no room */
	canvas_resize(narrow, 14, 60);
	form_aside(form, 0, "相似 2", NULL, cases_here, ARRAY_LEN(cases_here));
	form_aside(form, 1, "此地 2", NULL, cases_here, ARRAY_LEN(cases_here));
	draw(form, narrow);
	assert_row(narrow, 10, "|F6 shows:  相似 2  此地 2                                 |");
	form_free(form);
	canvas_free(narrow);
	canvas_free(wide);
}

/* Sentences alone: F6 brings them out and the keys of the cursor scroll them. */
static void what_is_only_read_is_scrolled(void **state)
{
	struct form_beside lines[12];
	struct canvas *canvas = canvas_new(14, 60);
	struct form *form = form_made(); /* its fields leave no room */
	char words[12][16];
	unsigned section;
	size_t line;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		snprintf(words[i], sizeof words[i], "第%zu行", i + 1);
		lines[i] = (struct form_beside){ words[i], NULL, ROLE_TEXT, true };
	}
	form_aside(form, 0, "缺少", NULL, lines, ARRAY_LEN(lines));
	draw(form, canvas);
	assert_row(canvas, 10, "|F6 shows:  缺少 第1行                                     |");
	assert_int_equal(press(form, "F6"), FORM_MORE);
	assert_false(form_aside_at(form, &section, &line)); /* on nothing that opens */
	draw(form, canvas);
	assert_row(canvas, 11, "|Up Down move  F6 Esc back to the fields                   |");
	assert_int_equal(press(form, "Down Down Down"), FORM_MORE);
	draw(form, canvas);
	assert_row(canvas, 6, "|  第3行                                                   |");
	assert_int_equal(press(form, "Enter"), FORM_IGNORED);
	assert_int_equal(press(form, "Esc"), FORM_MORE);
	draw(form, canvas);
	assert_row(canvas, 10, "|F6 shows:  缺少 第1行                                     |");
	assert_string_equal(form_get(form, "title"), "");
	form_free(form);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_fill_fields_in),
		cmocka_unit_test(paste_stays_in_its_field),
		cmocka_unit_test(proposals_stand_under_their_line),
		cmocka_unit_test(it_looks_right),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(a_limit_that_is_reached_is_said),
		cmocka_unit_test(long_sentences_are_shown_whole),
		cmocka_unit_test(small_areas_follow_the_focus),
		cmocka_unit_test(the_picker_opens_below_its_field),
		cmocka_unit_test(seldom_needed_fields_are_folded),
		cmocka_unit_test(the_cursor_goes_beside_the_fields),
		cmocka_unit_test(what_is_beside_is_drawn_where_there_is_room),
		cmocka_unit_test(what_is_only_read_is_scrolled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
