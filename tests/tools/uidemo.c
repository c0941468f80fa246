/* The toolkit without the console: a list of made-up rows, a form, a page, help and prompts on a real
 * terminal.  For eyes, and for counting bytes with tests/tools/pty:
 *
 *	uidemo [ROWS [THEME]]
 */
#include <config.h>

#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/mem.h"
#include "zhiban/ui/form.h"
#include "zhiban/ui/help.h"
#include "zhiban/ui/list.h"
#include "zhiban/ui/pager.h"
#include "zhiban/ui/prompt.h"
#include "zhiban/ui/view.h"

enum { DOWN, QUIT, HELP, FORM, PAGE, MENU, COMMAND, FILTER, CLOSE, REDRAW, MARK, GG };

static const struct ui_command table[] = {
	{ "down", NULL, "移动", "Ctrl-N", "", "下一行", 0, 0, DOWN },
	{ "leave", NULL, "一般", "Q", "", "离开", 0, 0, QUIT },
	{ "help", NULL, "一般", "? F1", "", "这里能用什么", 0, 0, HELP },
	{ "correct", "更正", "事件", "f", "", "更正字段", 0, 0, FORM },
	{ "open", NULL, "事件", "Enter", "", "打开一页", 0, 0, PAGE },
	{ "menu", NULL, "事件", "F2", "", "编号菜单", 0, 0, MENU },
	{ "command", NULL, "一般", ":", "", "命令行", 0, 0, COMMAND },
	{ "filter", NULL, "一般", "/", "WORDS", "过滤", 0, 0, FILTER },
	{ "shut", NULL, "一般", "q", "", "关闭", 0, 0, CLOSE },
	{ "redraw", NULL, "一般", "Ctrl-L", "", "重画", 0, 0, REDRAW },
	{ "mark", NULL, "事件", "Space", "", "标记", 0, 0, MARK },
	{ "board", "看板", "一般", "z,b", "", "到看板", 0, 0, GG },
};
static const struct ui_commands commands = { table, ARRAY_LEN(table) };

struct demo {
	long rows;
	struct list *list;
	struct keymap *keymap;
	struct ui *ui;
};

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	const struct demo *demo = ctx;
	long at = 0, first = 0;

	(void)err;
	if (want->from == LIST_AT) {
		memcpy(&at, want->anchor.b, sizeof at);
		first = at - want->before;
	} else if (want->from == LIST_LAST) {
		first = demo->rows - want->n;
	}
	if (first < 0)
		first = 0;
	ret_page->n = (int)(demo->rows - first < want->n ? demo->rows - first : want->n);
	ret_page->rows = arena_array(arena, (size_t)ret_page->n + 1, sizeof *ret_page->rows);
	for (int i = 0; i < ret_page->n; i++) {
		long row = first + i;

		memcpy(ret_page->rows[i].id.b, &row, sizeof row);
	}
	ret_page->first = first == 0;
	ret_page->last = first + ret_page->n == demo->rows;
	return ERR_OK;
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	static const char *const streets[] = { "茶山", "青龙", "天宁", "红梅", "兰陵" };
	static const char *const titles[] = {
		"清凉新村自来水发黄有异味，多户反映", "金色新城北门路面塌陷，围挡未设，车辆绕行堵塞严重",
		"青洋路夜间渣土车遗撒", "红梅夜市油烟噪声扰民", "兰陵路路灯不亮已经三天，老人出行不便请尽快修复",
	};
	static const char *const urgency[] = { "特急", "急", "平", "平", "平" };
	static const enum role roles[] = { ROLE_SEVERITY_CRITICAL, ROLE_SEVERITY_MAJOR, ROLE_TEXT,
					   ROLE_TEXT, ROLE_TEXT };
	static const char *const states[] = { "办理中", "未签收", "待派", "办理中", "核查" };
	static char buf[64]; /* a demo is one thread */
	long k;

	(void)ctx;
	memcpy(&k, row->id.b, sizeof k);
	ret_cell->role = ROLE_TEXT;
	switch (column) {
	case 0:
		snprintf(buf, sizeof buf, "%s%02ld:%02ld", k % 7 == 0 ? "-" : "", k % 24, k * 7 % 60);
		ret_cell->role = k % 7 == 0 ? ROLE_CLOCK_OVERDUE : ROLE_TEXT;
		ret_cell->text = buf;
		break;
	case 1:
		ret_cell->text = urgency[k % 5];
		ret_cell->role = roles[k % 5];
		break;
	case 2:
		snprintf(buf, sizeof buf, "22-%04ld", k * 37 % 10000);
		ret_cell->text = buf;
		break;
	case 3:
		ret_cell->text = streets[k * 3 % 5];
		break;
	case 4:
		ret_cell->text = titles[k * 7 % 5];
		break;
	case 5:
		ret_cell->text = "水务局";
		break;
	default:
		ret_cell->text = states[k % 5];
		break;
	}
}

static const struct list_column columns[] = {
	{ "left", "剩余", 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END },
	{ "urgency", "缓急", 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "number", "编号", 7, 9, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "street", "街镇", 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "title", "事由", 16, 28, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	{ "holder", "承办", 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "state", "状态", 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END },
};

/* The board. */

static enum err board_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct demo *demo = ui_shell(ui);
	struct list_source source = { demo, fetch, cell, NULL };

	(void)arg;
	demo->list = list_new(columns, ARRAY_LEN(columns), &source);
	*ret_state = demo;
	return list_home(demo->list, err);
}

static void board_close(void *state)
{
	list_free(((struct demo *)state)->list);
}

static void board_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	list_draw(((struct demo *)state)->list, canvas, area, all);
}

static unsigned board_key(void *state, struct key key, const char *pasted)
{
	unsigned result = list_key(((struct demo *)state)->list, key);

	(void)pasted;
	return result == LIST_IGNORED ? UI_IGNORED : UI_REDRAW;
}

static unsigned board_command(void *state, const struct ui_command *command, const char *args)
{
	(void)args;
	if (command->id != MARK)
		return UI_IGNORED;
	list_mark_toggle(((struct demo *)state)->list);
	return UI_REDRAW;
}

static const struct view_ops board_ops = { .name = "board", .where = 1, .open = board_open,
					   .close = board_close, .draw = board_draw,
					   .key = board_key, .command = board_command };

/* A page. */

static enum err page_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct pager *pager = pager_new();

	(void)ui, (void)arg, (void)err;
	pager_begin(pager);
	pager_section(pager, "head", NULL);
	pager_add(pager, "事由", 8, ROLE_TITLE, "清凉新村自来水发黄有异味，多户反映");
	pager_add(pager, "街镇", 8, ROLE_TEXT, "茶山街道 清凉社区 3网格");
	pager_section(pager, "text", "诉求内容");
	for (int i = 0; i < 60; i++)
		pager_add(pager, NULL, 0, ROLE_TEXT,
			  "市民来电反映：清凉新村多栋楼自来水发黄，有明显异味，已持续两天，"
			  "家中老人小孩不敢饮用，希望水务部门尽快到现场查明原因并恢复正常供水。");
	pager_section(pager, "timeline", "经过");
	pager_add(pager, "01:12", 8, ROLE_TEXT, "登记 李敏");
	pager_add(pager, "01:15", 8, ROLE_TEXT, "交办 水务局");
	pager_end(pager);
	*ret_state = pager;
	return ERR_OK;
}

static void page_close(void *state)
{
	pager_free(state);
}

static void page_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	pager_draw(state, canvas, area, all);
}

static unsigned page_key(void *state, struct key key, const char *pasted)
{
	(void)pasted;
	return pager_key(state, key) ? UI_REDRAW : UI_IGNORED;
}

static const struct view_ops page_ops = { .name = "page", .where = 2, .open = page_open,
					  .close = page_close, .draw = page_draw, .key = page_key };

/* A form. */

static const struct form_choice orgs[] = {
	{ "320402.water", "水务局", "供水 排水 河道", "swj" },
	{ "320402.house", "住房和城乡建设局", "房屋 工地 物业", "zjj" },
	{ "320402.city", "城市管理局", "市容 渣土 夜市", "cgj" },
	{ "320402.market", "市场监督管理局", "食品 价格 消费", "sjj" },
};

static const struct form_field fields[] = {
	{ "number", "编号", NULL, FORM_INFO, 0, 0, 0, NULL, 0 },
	{ "title", "事由", "一句话说清什么事在哪里", FORM_LINE, FORM_REQUIRED, 60, 0, NULL, 0 },
	{ "holder", "承办", "给哪个部门", FORM_CHOICE, FORM_REQUIRED, 0, 0, orgs, 4 },
	{ "assist", "协办", "可选几个", FORM_MANY, 0, 0, 0, orgs, 4 },
	{ "text", "内容", "经过、诉求", FORM_TEXT, 0, 2000, 5, NULL, 0 },
	{ "phone", "电话", NULL, FORM_LINE, 0, 20, 0, NULL, 0 },
};

static enum err form_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct form *form = form_new("更正 22-0417", fields, ARRAY_LEN(fields));

	(void)ui, (void)arg, (void)err;
	form_set(form, "number", "22-0417");
	form_set(form, "title", "清凉新村自来水发黄有异味");
	*ret_state = form;
	return ERR_OK;
}

static void form_close(void *state)
{
	form_free(state);
}

static void form_show(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	form_draw(state, canvas, area);
}

static unsigned form_step(void *state, struct key key, const char *pasted)
{
	enum form_result result = form_key(state, key, pasted);

	return result == FORM_SAVE || result == FORM_LEAVE ? UI_CLOSE : UI_REDRAW;
}

static const struct view_ops form_ops = { .name = "form", .open = form_open, .close = form_close,
					  .draw = form_show, .key = form_step, .overlay = true };

/* Help, menu and prompts, each an overlay. */

struct overlay {
	struct ui *ui;
	int kind;
	struct palette *palette;
	struct prompt *prompt;
	struct prompt_commands words;
};

static enum err over_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct demo *demo = ui_shell(ui);
	struct overlay *over = mem_alloc(sizeof *over);
	struct palette_spec spec = { .title = "这里能用什么", .commands = &commands,
				     .keymap = demo->keymap, .where = ui_where(ui) };

	(void)err;
	over->ui = ui;
	over->kind = *(const int *)arg;
	over->words = (struct prompt_commands){ .commands = &commands,
							.where = ui_where(ui) };
	spec.numbers = over->kind == MENU;
	if (over->kind == HELP)
		over->palette = (struct palette *)help_new(&spec);
	else if (over->kind == MENU)
		over->palette = palette_new(&spec);
	else
		over->prompt = prompt_new(&(struct prompt_spec){
			.label = over->kind == COMMAND ? ":" : "/", .hint = "供水 step:核查 overdue",
			.complete = over->kind == COMMAND ? prompt_complete_commands : NULL,
			.ctx = &over->words });
	*ret_state = over;
	return ERR_OK;
}

static void over_close(void *state)
{
	struct overlay *over = state;

	if (over->kind == HELP)
		help_free((struct help *)over->palette);
	else
		palette_free(over->palette);
	prompt_free(over->prompt);
	free(over);
}

static struct area over_place(void *state, struct area body)
{
	struct overlay *over = state;

	if (over->prompt != NULL)
		return area_bottom(&body, prompt_rows(over->prompt));
	return over->kind == HELP ? body : area_middle(body, palette_rows(over->palette), 60);
}

static void over_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct overlay *over = state;

	(void)all;
	if (over->prompt != NULL)
		prompt_draw(over->prompt, canvas, area);
	else if (over->kind == HELP)
		help_draw((struct help *)over->palette, canvas, area);
	else
		palette_draw(over->palette, canvas, area);
}

static unsigned prompt_step(struct overlay *over, struct key key, const char *pasted)
{
	struct error err = ERROR_INIT;
	const struct ui_command *command;
	const char *args;

	switch (prompt_key(over->prompt, key, pasted)) {
	case PROMPT_LEFT:
		return UI_CLOSE;
	case PROMPT_DONE:
		command = prompt_parse_command(&commands, prompt_text(over->prompt), &args, &err);
		if (command == NULL) {
			prompt_error(over->prompt, err.text, 0, strlen(prompt_text(over->prompt)));
			return UI_REDRAW_ALL;
		}
		ui_then(over->ui, command, args);
		return UI_CLOSE;
	default:
		return UI_REDRAW_ALL;
	}
}

static unsigned over_key(void *state, struct key key, const char *pasted)
{
	struct overlay *over = state;
	bool help = over->kind == HELP;

	if (over->prompt != NULL)
		return prompt_step(over, key, pasted);
	switch (help ? help_key((struct help *)over->palette, key, pasted) :
		       palette_key(over->palette, key, pasted)) {
	case PICKER_LEFT:
		return UI_CLOSE;
	case PICKER_DONE:
		ui_then(over->ui,
			help ? help_command((struct help *)over->palette) :
			       palette_command(over->palette),
			"");
		return UI_CLOSE;
	default:
		return UI_REDRAW;
	}
}

static const struct view_ops over_ops = { .name = "over", .overlay = true, .open = over_open,
					  .close = over_close, .place = over_place,
					  .draw = over_draw, .key = over_key };

/* The shell and the face. */

static struct area body(void *ctx, int rows, int cols)
{
	(void)ctx;
	return (struct area){ 2, 0, rows - 4, cols };
}

static void frame(void *ctx, struct canvas *canvas)
{
	struct demo *demo = ctx;
	int rows = canvas_rows(canvas), cols = canvas_cols(canvas);

	canvas_pad(canvas, 0, 0, cols, ROLE_TITLE, " 值班台 天宁区联动指挥中心", PAD_RIGHT);
	canvas_fill(canvas, (struct area){ 1, 0, 1, cols }, '-', ROLE_FRAME);
	canvas_fill(canvas, (struct area){ rows - 2, 0, 1, cols }, '-', ROLE_FRAME);
	canvas_pad(canvas, rows - 1, 0, cols, ROLE_HINT,
		   " Enter页 f更正 F2菜单 空格选 /过滤 :命令 ?帮助 Q离开", PAD_RIGHT);
	(void)demo;
}

static unsigned run(void *ctx, const struct ui_command *command, const char *args)
{
	struct demo *demo = ctx;

	(void)args;
	switch (command->id) {
	case QUIT:
		return UI_QUIT;
	case CLOSE:
		return UI_CLOSE;
	case REDRAW:
		return UI_REPAINT;
	case FORM:
		return ui_open(demo->ui, &form_ops, NULL, 0);
	case PAGE:
		return ui_open(demo->ui, &page_ops, NULL, 0);
	case HELP:
	case MENU:
	case COMMAND:
	case FILTER:
		return ui_open(demo->ui, &over_ops, &command->id, sizeof command->id);
	default:
		ui_notice(demo->ui, ROLE_WARNING, "没有做什么");
		return UI_NOTHING;
	}
}

static const struct shell_ops shell = { .body = body, .frame = frame, .command = run };

static void loop(struct demo *demo, struct term *term, const struct theme *theme)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	unsigned flags = 0;

	while (!(flags & UI_QUIT)) {
		struct key key;

		while (!(flags & UI_QUIT) && term_read_key(term, &key))
			flags |= ui_key(demo->ui, key, term_pasted(term));
		if (flags & UI_REPAINT) {
			term_repaint(term);
			canvas_invalidate(ui_canvas(demo->ui));
			flags = 0;
		}
		if (ui_dirty(demo->ui))
			ui_draw(demo->ui);
		canvas_flush(ui_canvas(demo->ui), term, theme);
		if (!(flags & UI_QUIT) && poll(&in, 1, -1) < 0) { /* SIGWINCH */
			int rows, cols;

			term_resize(term, 0, 0);
			term_size(term, &rows, &cols);
			ui_resize(demo->ui, rows, cols);
		}
	}
}

int main(int argc, char **argv)
{
	struct demo demo = { .rows = argc > 1 ? strtol(argv[1], NULL, 10) : 1000 };
	const char *folders[] = { ".", "themes", NULL };
	struct error err = ERROR_INIT;
	struct theme *theme;
	struct term *term;
	int rows, cols;

	if (setlocale(LC_ALL, "") == NULL || strstr(setlocale(LC_ALL, NULL), "UTF-8") == NULL)
		setlocale(LC_ALL, "C.UTF-8");
	if (term_curses_open(STDIN_FILENO, STDOUT_FILENO, &term, &err) != ERR_OK) {
		fprintf(stderr, "uidemo: %s\n", err.text);
		return 1;
	}
	if (theme_load(argc > 2 ? argv[2] : "dark", folders, theme_colours(term_colours(term)),
		       &theme, &err) != ERR_OK)
		theme = theme_plain();
	term_size(term, &rows, &cols);
	if (keymap_new(&commands, &demo.keymap, &err) == ERR_OK) {
		demo.ui = ui_new(&shell, &demo, demo.keymap, rows, cols);
		ui_apply(demo.ui, ui_open(demo.ui, &board_ops, NULL, 0));
		loop(&demo, term, theme);
	}
	ui_free(demo.ui);
	keymap_free(demo.keymap);
	theme_free(theme);
	term_close(term);
	if (err.code != ERR_OK)
		fprintf(stderr, "uidemo: %s\n", err.text);
	return 0;
}
