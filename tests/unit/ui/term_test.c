/* The real terminal on a pseudo-terminal: bytes sent, keys read, what is not a terminal. */
#include <config.h>

#include "ui_test.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <unistd.h>

#include "zhiban/ui/list.h"

enum { PATIENCE_MS = 20000 };

/* ncurses keeps this for a terminal that it could not open. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:new_prescr";
}

struct tty {
	int master, slave;
	struct term *term;
	struct canvas *canvas;
	struct theme *theme;
	struct str got; /* what was sent since the last look */
};

static enum err tty_open(struct tty *tty, const char *type, struct error *err)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	const char *folder[2] = { NULL, NULL };
	char themes[4096];
	enum err code;

	memset(tty, 0, sizeof *tty);
	setenv("TERM", type, 1);
	assert_int_equal(openpty(&tty->master, &tty->slave, NULL, NULL, &size), 0);
	code = term_curses_open(tty->slave, tty->slave, &tty->term, err);
	if (code != ERR_OK)
		return code;
	snprintf(themes, sizeof themes, "%s/themes", getenv("ZHIBAN_SRCDIR"));
	folder[0] = themes;
	tty->canvas = canvas_new(24, 80);
	assert_int_equal(theme_load("dark", folder, term_colours(tty->term), &tty->theme, NULL),
			 ERR_OK);
	return ERR_OK;
}

static void tty_close(struct tty *tty)
{
	if (tty->term != NULL)
		term_close(tty->term);
	canvas_free(tty->canvas);
	theme_free(tty->theme);
	str_release(&tty->got);
	close(tty->master);
	close(tty->slave);
}

/* Reads all that was sent: a mark is written behind it, so nothing depends on time. */
static size_t sent(struct tty *tty)
{
	static const char mark[] = "\001MARK\002";
	char buf[8192];

	str_clear(&tty->got);
	assert_int_equal(write(tty->slave, mark, strlen(mark)), (ssize_t)strlen(mark));
	while (strstr(str_get(&tty->got), mark) == NULL) {
		struct pollfd in = { .fd = tty->master, .events = POLLIN };
		ssize_t n;

		assert_int_equal(poll(&in, 1, PATIENCE_MS), 1);
		n = read(tty->master, buf, sizeof buf);
		assert_true(n > 0);
		str_add_bytes(&tty->got, buf, (size_t)n);
	}
	str_cut(&tty->got, tty->got.len - strlen(mark));
	return tty->got.len;
}

/* A board as it is: eighteen rows of Chinese in a frame. */

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	long first = 0, total = *(const long *)ctx;

	(void)err;
	if (want->from == LIST_AT) {
		memcpy(&first, want->anchor.b, sizeof first);
		first -= want->before;
	}
	first = first < 0 ? 0 : first;
	ret_page->n = want->n;
	ret_page->rows = arena_array(arena, (size_t)want->n, sizeof *ret_page->rows);
	for (int i = 0; i < want->n; i++) {
		long row = first + i;

		memcpy(ret_page->rows[i].id.b, &row, sizeof row);
	}
	ret_page->first = first == 0;
	ret_page->last = first + want->n >= total;
	return ERR_OK;
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	static const char *const titles[] = { "清凉新村自来水发黄有异味，多户反映",
					      "金色新城北门路面塌陷，围挡未设，车辆绕行",
					      "青洋路夜间渣土车遗撒", "兰陵路路灯不亮已经三天，老人出行不便",
					      "红梅夜市油烟噪声扰民", "雕庄菜场占道经营垃圾堆放无人清理",
					      "郑陆镇河道漂浮物多日未清理有臭味" };
	static const char *const words[3][5] = {
		{ "热线", "茶山", "", "水务局", "办理中" },
		{ "网格", "青龙", "", "住建局", "未签收" },
		{ "城管", "天宁", "", "天宁街道", "待派" },
	};
	static char text[64];
	long k;

	(void)ctx;
	memcpy(&k, row->id.b, sizeof k);
	if (column == 0) {
		snprintf(text, sizeof text, "%s%02ld:%02ld", k % 4 == 1 ? "-" : "", k % 24, k * 7 % 60);
		ret_cell->role = k % 4 == 1 ? ROLE_CLOCK_OVERDUE : ROLE_TEXT;
	} else if (column == 1) {
		snprintf(text, sizeof text, "%s", k % 4 == 1 ? "特急" : k % 4 == 2 ? "急" : "平");
		ret_cell->role = k % 4 == 1 ? ROLE_SEVERITY_CRITICAL : ROLE_TEXT;
	} else if (column == 2) {
		snprintf(text, sizeof text, "22-%04ld", k * 3737 % 10000);
	} else {
		ret_cell->text = column == 5 ? titles[k * 5 % 7] : words[k * 2 % 3][column - 3];
		return;
	}
	ret_cell->text = text;
}

static const struct list_column columns[] = {
	{ "left", "剩余", 6, 6, 0, 0, LIST_RIGHT, LIST_CUT_END },
	{ "urgency", "缓急", 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "number", "编号", 7, 7, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "source", "源", 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "street", "街镇", 4, 4, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "title", "事由", 16, 28, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	{ "holder", "承办", 8, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "state", "状态", 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END },
};

static struct list *board(struct tty *tty, long *total)
{
	struct list_source source = { total, fetch, cell, NULL };
	struct list *list = list_new(columns, ARRAY_LEN(columns), &source);

	assert_int_equal(list_home(list, NULL), ERR_OK);
	canvas_pad(tty->canvas, 0, 0, 80, ROLE_TITLE,
		   " 值班台 天宁区联动指挥中心   带班 王建国 主班 李敏 至 08:30 交班      周日 02:41",
		   PAD_RIGHT);
	canvas_pad(tty->canvas, 1, 0, 80, ROLE_TAB,
		   " 1当班 2事件 3时限 4值班 5会议 6统计 7日志    !! 2 未确认   *在线", PAD_RIGHT);
	canvas_fill(tty->canvas, (struct area){ 2, 0, 1, 80 }, '-', ROLE_FRAME);
	canvas_fill(tty->canvas, (struct area){ 22, 0, 1, 80 }, '-', ROLE_FRAME);
	canvas_pad(tty->canvas, 23, 0, 80, ROLE_HINT,
		   " Enter页 s签收 a交办 r退回 p电话 i批示 h报结 v核查 w吹哨 空格选 /过滤 :命令",
		   PAD_RIGHT);
	return list;
}

static size_t show(struct tty *tty, struct list *list)
{
	list_draw(list, tty->canvas, (struct area){ 3, 0, 19, 80 }, false);
	canvas_flush(tty->canvas, tty->term, tty->theme);
	return sent(tty);
}

static void a_board_costs_few_bytes(void **state)
{
	static const struct {
		const char *term;
		size_t first, move, scroll, page;
	} cases[] = {
		{ "xterm-256color", 2600, 30, 170, 1600 },
		{ "tmux-256color", 2750, 30, 170, 1600 },
		{ "screen", 2750, 30, 170, 1600 },
		{ "linux", 2750, 30, 170, 1600 },
		{ "vt220", 2700, 30, 170, 1600 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t first, move = 0, scroll = 0, page = 0, n;
		struct error err = ERROR_INIT;
		struct list *list;
		long total = 1000000;
		struct tty tty;

		if (tty_open(&tty, cases[i].term, &err) != ERR_OK) {
			print_message("# %s: %s\n", cases[i].term, err.text);
			tty_close(&tty);
			continue;
		}
		list = board(&tty, &total);
		first = show(&tty, list);
		for (int k = 0; k < 17; k++) {
			list_move(list, LIST_DOWN);
			n = show(&tty, list);
			move = n > move ? n : move;
		}
		for (int k = 0; k < 20; k++) {
			list_move(list, LIST_DOWN);
			n = show(&tty, list);
			scroll = n > scroll ? n : scroll;
		}
		for (int k = 0; k < 3; k++) {
			list_move(list, LIST_PAGE_DOWN);
			n = show(&tty, list);
			page = n > page ? n : page;
		}
		print_message("# %s: first %zu, move %zu, scroll %zu, page %zu bytes\n",
			      cases[i].term, first, move, scroll, page);
		assert_in_range(first, 1000, cases[i].first);
		assert_in_range(move, 1, cases[i].move);
		assert_in_range(scroll, 1, cases[i].scroll);
		assert_in_range(page, 1, cases[i].page);
		assert_int_equal(show(&tty, list), 0); /* nothing new, nothing sent */
		list_free(list);
		tty_close(&tty);
	}
}

static void the_screen_is_cleared_once(void **state)
{
	struct list *list;
	struct tty tty;
	long total = 100;

	(void)state;
	assert_int_equal(tty_open(&tty, "xterm-256color", NULL), ERR_OK);
	list = board(&tty, &total);
	show(&tty, list);
	assert_non_null(strstr(tty.got.s, "\033[2J"));
	for (int k = 0; k < 40; k++) {
		list_move(list, k % 7 == 0 ? LIST_PAGE_DOWN : LIST_UP);
		show(&tty, list);
		assert_null(strstr(str_get(&tty.got), "\033[2J"));
		assert_null(strstr(str_get(&tty.got), "\033[6n")); /* no questions either */
	}
	term_repaint(tty.term);
	canvas_invalidate(tty.canvas);
	assert_true(show(&tty, list) > 1500);
	assert_null(strstr(tty.got.s, "\033[2J"));
	list_free(list);
	tty_close(&tty);
}

static void keys_are_read(void **state)
{
	static const struct {
		const char *bytes, *names, *pasted;
	} cases[] = {
		{ "j", "j ", "" },
		{ "值", "值 ", "" },
		{ "\033OB\033[B", "Down Down ", "" },
		{ "\033[5~\033[6~", "PgUp PgDn ", "" },
		{ "\033OP\033[21~", "F1 F10 ", "" },
		{ "\033[Z\t\r\177", "Shift-Tab Tab Enter Backspace ", "" },
		{ "\x0C\x13\x1A", "Ctrl-L Ctrl-S Ctrl-Z ", "" },
		{ "\033x", "Alt-x ", "" },
		{ "\033[1~\033[4~\033[H\033[F", "Home End Home End ", "" },
		{ "\033[200~粘\r贴\033[201~q", "PASTE q ", "粘\n贴" },
	};
	struct tty tty;

	(void)state;
	assert_int_equal(tty_open(&tty, "xterm-256color", NULL), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i].bytes);
		struct str names = STR_INIT;
		struct key key;

		assert_int_equal(write(tty.master, cases[i].bytes, len), (ssize_t)len);
		while (strlen(str_get(&names)) < strlen(cases[i].names)) {
			struct pollfd in = { .fd = tty.slave, .events = POLLIN };

			if (!term_read_key(tty.term, &key)) {
				assert_int_equal(poll(&in, 1, PATIENCE_MS), 1);
				continue;
			}
			if (key.code == UIKEY_PASTE) {
				str_add(&names, "PASTE");
				assert_string_equal(term_pasted(tty.term), cases[i].pasted);
			} else {
				key_add_name(key, &names);
			}
			str_add_char(&names, ' ');
		}
		assert_string_equal(names.s, cases[i].names);
		assert_false(term_read_key(tty.term, &key));
		str_release(&names);
	}
	tty_close(&tty);
}

static void suspended_terminals_are_as_they_were(void **state)
{
	struct tty tty;
	int rows, cols;

	(void)state;
	assert_int_equal(tty_open(&tty, "xterm-256color", NULL), ERR_OK);
	canvas_text(tty.canvas, 3, 3, 20, ROLE_TEXT, "值班");
	canvas_flush(tty.canvas, tty.term, tty.theme);
	sent(&tty);
	term_suspend(tty.term);
	sent(&tty);
	assert_non_null(strstr(tty.got.s, "\033[?1049l"));
	assert_non_null(strstr(tty.got.s, "\033[?2004l"));
	term_resume(tty.term);
	canvas_invalidate(tty.canvas);
	canvas_flush(tty.canvas, tty.term, tty.theme);
	sent(&tty);
	assert_non_null(strstr(tty.got.s, "\033[?1049h"));
	assert_non_null(strstr(tty.got.s, "值班"));
	assert_true(term_copy(tty.term, "22-0417"));
	sent(&tty);
	assert_string_equal(tty.got.s, "\033]52;c;MjItMDQxNw==\a");
	term_resize(tty.term, 30, 100);
	term_size(tty.term, &rows, &cols);
	assert_int_equal(rows * 1000 + cols, 30100);
	term_resize(tty.term, 0, 0); /* asks the tty */
	term_size(tty.term, &rows, &cols);
	assert_int_equal(rows * 1000 + cols, 24080);
	tty_close(&tty);
}

static void what_cannot_be_used_is_said(void **state)
{
	static const struct {
		const char *term, *words;
	} cases[] = {
		{ "dumb", "cannot place its cursor" },
		{ "nosuchterminal", "not known" },
		{ "", "TERM" },
	};
	struct error err = ERROR_INIT;
	struct term *term = NULL;
	int fds[2];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct tty tty;

		assert_int_equal(tty_open(&tty, cases[i].term, &err), ERR_INPUT);
		assert_non_null(strstr(err.text, cases[i].words));
		assert_null(tty.term);
		tty_close(&tty);
	}
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(term_curses_open(fds[0], fds[1], &term, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "not a terminal"));
	close(fds[0]);
	close(fds[1]);
}

static void memory_terminals_tell_what_they_hold(void **state)
{
	struct term *term = term_memory_new(2, 12, 256);
	struct term_style red = { 9, TERM_DEFAULT, TERM_BOLD };
	struct str out = STR_INIT;
	struct key key;

	(void)state;
	term_put(term, 0, 2, "值班x", 7, red);
	term_put(term, 0, 3, "y", 1, (struct term_style){ TERM_DEFAULT, TERM_DEFAULT, 0 });
	term_memory_dump(term, &out, true);
	assert_string_equal(out.s, "   y班x\n~ 4+3 fg9 bold\n\n");
	assert_int_equal(term_memory_type(term, "j Ctrl-L \"a b\" Esc"), ERR_OK);
	for (int i = 0; i < 6; i++)
		assert_true(term_read_key(term, &key));
	assert_int_equal(key.code, UIKEY_ESC);
	assert_false(term_read_key(term, &key));
	assert_int_equal(term_memory_type(term, "Foo"), ERR_INPUT);
	str_release(&out);
	term_close(term);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_board_costs_few_bytes),
		cmocka_unit_test(the_screen_is_cleared_once),
		cmocka_unit_test(keys_are_read),
		cmocka_unit_test(suspended_terminals_are_as_they_were),
		cmocka_unit_test(what_cannot_be_used_is_said),
		cmocka_unit_test(memory_terminals_tell_what_they_hold),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
