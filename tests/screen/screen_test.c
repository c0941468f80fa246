/* Plays scripts (*.t) against the console's screens, through a terminal in memory.
 *
 * Lines of a script: "# …" comment; "world NAME" "size ROWS COLS" "lang zh|en" "theme NAME"
 * "read-only" "home" (not the board, but the first screen) come first; then "keys NAMES…" (as
 * term_memory_type reads them), "rest" (the cursor has rested), "minute" (a minute passes), "resize
 * ROWS COLS", "change NAME" (from elsewhere), "offline", "online", "link STATE" (weak, login, none,
 * strange, unable, disk), "old MINUTES" (the data are), "reopen" (the console is left and started
 * again, "reopen read-only" for reading); "screen" with the expected rows below it, each begun by
 * "|"; "cells MOST": no more cells were put since the last screen or cells
 * line.  "lock-after SECONDS" before the world; "pin OFFICER PIN": it is known here; "seat OFFICER
 * ORG ROLE PIN": he has been logged in here, too; "as OFFICER ORG ROLE": he is logged in now; "idle
 * SECONDS" pass without a key; "login ok|second|wrong|offline": how the log-in went that was asked
 * for; "shown VALUE|limit": the value that was asked for; "found ok|offline": what the server found;
 * "bells N", "wipes N": so many since the last such line.
 * GENERATE=1 in the environment rewrites the screens: read them before they are committed. */
#include <config.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/reckon.h"
#include "zhiban/client/search.h"
#include "zhiban/client/seat.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/views/app.h"
#include "zhiban/views/command.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/feed.h"

struct play {
	const char *name; /* of the script */
	const char *theme;
	int rows, cols;
	bool read_only, made;
	bool home; /* it is left on the first screen */
	int64_t lock_after;
	struct ask asked; /* the last log-in */
	int bells, wipes;
	struct world world;
	struct client *client;
	struct client_link link;
	struct term *term;
	struct app *app;
	struct arena arena;
	const char *folders[2];
	struct str out; /* the script as it would be */
	int shown, failed;
};

static void bail(const struct play *play, const char *what, const char *why)
{
	printf("Bail out! %s: %s: %s\n", play->name, what, why);
	fflush(stdout);
	_exit(99);
}

/* ---- the console ---- */

static void obey(struct play *play, unsigned flags);

static void draw(struct play *play)
{
	struct ui *ui = app_ui(play->app);

	for (int i = 0; i < 1000 && app_next(play->app, play->world.fixed.now) <=
					    play->world.fixed.now; i++) {
		obey(play, app_tick(play->app, play->world.fixed.now));
		app_work(play->app);
	}
	if (app_theme_changed(play->app))
		canvas_invalidate(ui_canvas(ui));
	ui_draw(ui);
	canvas_flush(ui_canvas(ui), play->term, app_theme(play->app));
}

static void tell_link(struct play *play)
{
	play->link.cursor = play->world.seq;
	struct tell tell = { .kind = TELL_LINK, .link = play->link };

	obey(play, app_told(play->app, &tell));
}

/* There is a worker; what it is asked stays unheard. */
static void ask(void *ctx, const struct ask *asked)
{
	struct play *play = ctx;

	if (asked->kind == ASK_RECKON) { /* there is no worker: it is reckoned here, to the end */
		reckon_run(asked->reckon);
		reckon_unref(asked->reckon);
		return;
	}
	if (asked->kind == ASK_LOGIN || asked->kind == ASK_SHOW || asked->kind == ASK_SEARCH ||
	    asked->kind == ASK_CALLERS)
		play->asked = *asked;
}

/* What the face sees to. */
static void obey(struct play *play, unsigned flags)
{
	play->bells += (flags & UI_BELL) != 0;
	if (flags & UI_WIPE) {
		play->wipes++;
		term_wipe(play->term);
		canvas_invalidate(ui_canvas(app_ui(play->app)));
	}
}

static void open_console(struct play *play)
{
	struct error err = ERROR_INIT;
	struct client_options options = { .dir = play->world.dir, .read_only = play->read_only,
					  .env = &play->world.env };
	struct app_options app = { .config = { .theme = play->theme,
					       .lock_after = play->lock_after,
					       .bell = ALARM_ALL },
				   .theme_folders = play->folders, .colours = 256,
				   .rows = play->rows, .cols = play->cols, .ask = ask, .ctx = play,
				   .reckon_rounds = 200 };
	char views[128];

	if (client_open(&options, &play->client, &err) != ERR_OK)
		bail(play, "client", err.text);
	app.client = play->client;
	snprintf(views, sizeof views, "%s/views.conf", play->world.dir);
	app.views_path = views;
	if (app_new(&app, &play->app, &err) != ERR_OK)
		bail(play, "app", err.text);
	if (!play->home && ui_top(app_ui(play->app)) != NULL &&
	    strcmp(ui_top(app_ui(play->app))->name, "home") == 0)
		obey(play, ui_run(app_ui(play->app), command_at(CMD_board), ""));
}

static void begin(struct play *play, const char *world)
{
	if (!world_make(&play->world, world))
		bail(play, world, "no such world");
	world_cursor(&play->world);
	play->made = true;
	play->folders[0] = dirs_resource(&play->arena, "themes");
	play->term = term_memory_new(play->rows, play->cols, 256);
	open_console(play);
	play->link = (struct client_link){ .state = LINK_ONLINE, .usable = true, .worker = true,
					   .since = play->world.fixed.now - 3 * HOUR_MS,
					   .data_at = play->world.fixed.now, .bytes_minute = 1234 };
	if (strcmp(world, "fresh") == 0)
		play->link.usable = false;
	tell_link(play);
	draw(play);
}

/* ---- lines ---- */

static void do_keys(struct play *play, const char *args)
{
	struct error err = ERROR_INIT;
	struct key key;

	(void)err;
	if (term_memory_type(play->term, args) != ERR_OK)
		bail(play, "keys", args);
	while (term_read_key(play->term, &key)) {
		obey(play, app_key(play->app, key,
				   key.code == UIKEY_PASTE ? term_pasted(play->term) : NULL));
		draw(play);
	}
}

static void pass(struct play *play, int64_t ms)
{
	play->world.fixed.now += ms;
	obey(play, app_tick(play->app, play->world.fixed.now));
	draw(play);
}

static void do_rest(struct play *play, const char *args)
{
	(void)args;
	pass(play, 150);
}

static void do_minute(struct play *play, const char *args)
{
	(void)args;
	pass(play, MINUTE_MS);
}

static void do_change(struct play *play, const char *args)
{
	if (!world_change(&play->world, args))
		bail(play, "change", args);
	world_cursor(&play->world);
	obey(play, app_poll(play->app));
	draw(play);
}

/* ---- who works here ---- */

static void do_pin(struct play *play, const char *args)
{
	struct error err = ERROR_INIT;
	char officer[64], pin[64];

	if (sscanf(args, "%63s %63s", officer, pin) != 2 ||
	    seat_keep(play->world.outbox, officer, pin, play->world.fixed.now, &err) != ERR_OK)
		bail(play, "pin", err.text);
}

static void do_seat(struct play *play, const char *args)
{
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	char officer[64], org[64], role[64], pin[64];
	struct outbox_who now, who = { officer, org, role, "token", true };

	if (sscanf(args, "%63s %63s %63s %63s", officer, org, role, pin) != 4 ||
	    outbox_who(play->world.outbox, NULL, &arena, &now, &err) != ERR_OK ||
	    outbox_login(play->world.outbox, &who, &err) != ERR_OK ||
	    outbox_login(play->world.outbox, &now, &err) != ERR_OK ||
	    seat_keep(play->world.outbox, officer, pin, play->world.fixed.now, &err) != ERR_OK)
		bail(play, "seat", err.text);
	arena_release(&arena);
	obey(play, app_poll(play->app));
}

static void do_as(struct play *play, const char *args)
{
	struct error err = ERROR_INIT;
	char officer[64], org[64], role[64];
	struct outbox_who who = { officer, org, role, "token", true };

	if (sscanf(args, "%63s %63s %63s", officer, org, role) != 3 ||
	    outbox_login(play->world.outbox, &who, &err) != ERR_OK)
		bail(play, "as", err.text);
	obey(play, app_poll(play->app));
	draw(play);
}

static void do_idle(struct play *play, const char *args)
{
	long long seconds = 0;

	if (!str_int(args, 0, 1000000, &seconds))
		bail(play, "idle", args);
	for (; seconds > 0; seconds -= 5)
		pass(play, 5 * 1000);
}

static void do_login(struct play *play, const char *args)
{
	static const struct {
		const char *word, *text;
		enum err code;
	} results[] = {
		{ "ok", "", ERR_OK },
		{ "second", "需要第二因素", ERR_SECOND },
		{ "wrong", "用户或 PIN 不正确", ERR_AUTH },
		{ "offline", "无法连接服务器", ERR_OFFLINE },
	};
	struct tell tell = { .kind = TELL_LOGIN };
	struct outbox_who who = { play->asked.officer, "zhongxin", "duty", "other", true };
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(results); i++) {
		if (strcmp(args, results[i].word) != 0)
			continue;
		tell.code = results[i].code;
		snprintf(tell.text, sizeof tell.text, "%s", results[i].text);
	}
	if (play->asked.officer[0] == '\0')
		bail(play, "login", "nobody has asked for one");
	if (tell.code == ERR_OK && outbox_login(play->world.outbox, &who, &err) != ERR_OK)
		bail(play, "login", err.text);
	obey(play, app_told(play->app, &tell));
	draw(play);
}

static void do_shown(struct play *play, const char *args)
{
	struct tell tell = { .kind = TELL_SHOWN };

	if (play->asked.kind != ASK_SHOW)
		bail(play, "shown", "nobody has asked");
	printf("# asked: %s %s\n", play->asked.field, play->asked.why);
	if (strcmp(args, "limit") == 0) {
		tell.code = ERR_TOO_MANY;
		snprintf(tell.text, sizeof tell.text, "本班次查看次数已用完");
	} else {
		snprintf(tell.text, sizeof tell.text, "%s", args);
	}
	obey(play, app_told(play->app, &tell));
	draw(play);
}

/* Two closed ones of years ago, as the server would find them; or the line is cut. */
static void add_found(struct str *body, struct arena *arena, unsigned i, const char *title)
{
	struct uuid parent = { { 0xf0 } }, id = uuid_child(&parent, "found", i);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, arena);
	struct str bytes = STR_INIT;

	incident->head.version = 3;
	incident->head.seq = i;
	incident->number = arena_printf(arena, "2023050%u-0012", i);
	incident->title = title;
	incident->text = "水质检测报告已送达居民代表。";
	incident->step = "archive";
	incident->registered_at = INT64_C(1683000000000) + i * INT64_C(86400000);
	entity_encode(incident, &bytes);
	snapshot_entity(body, str_get(&bytes), bytes.len);
	str_release(&bytes);
}

static void do_found(struct play *play, const char *args)
{
	struct snapshot_line head = { .kind = SNAPSHOT_HEAD, .seq = 7, .profile = "", .calendar = "" };
	struct tell tell = { .kind = TELL_FOUND };
	struct str body = STR_INIT;
	struct error err = ERROR_INIT;

	if (play->asked.kind != ASK_SEARCH)
		bail(play, "found", "nobody has asked");
	printf("# asked: %s\n", play->asked.words);
	head.head.epoch = "0123456789abcdef0123456789abcdef";
	snapshot_head(&body, &head);
	add_found(&body, &play->arena, 1, "清凉新村自来水发黄，已换管");
	add_found(&body, &play->arena, 2, "自来水水压不足");
	snapshot_end(&body);
	if (strcmp(args, "offline") == 0) {
		tell.code = ERR_OFFLINE;
		snprintf(tell.text, sizeof tell.text, "无法连接服务器");
	} else if (client_found_read(str_get(&body), body.len, &tell.found, &err) != ERR_OK) {
		bail(play, "found", err.text);
	}
	str_release(&body);
	obey(play, app_told(play->app, &tell));
	draw(play);
}

/* "limit", "offline", or how many of that number there are and which of them are here. */
static void do_callers(struct play *play, const char *args)
{
	struct tell tell = { .kind = TELL_CALLERS };
	struct error err = ERROR_INIT;
	char *words = arena_strdup(&play->arena, args), *rest = words, *word;

	if (play->asked.kind != ASK_CALLERS)
		bail(play, "callers", "nobody has asked");
	printf("# asked: %s\n", play->asked.words);
	snprintf(tell.callers.digits, sizeof tell.callers.digits, "%.31s", play->asked.words);
	play->asked.kind = ASK_WAKE;
	if (strcmp(args, "limit") == 0) {
		tell.code = ERR_TOO_MANY;
		snprintf(tell.text, sizeof tell.text, "您一小时内已按号码查询 60 次：下一次可在 11-22 03:10");
	} else if (strcmp(args, "offline") == 0) {
		tell.code = ERR_OFFLINE;
		snprintf(tell.text, sizeof tell.text, "无法连接服务器");
	} else {
		tell.callers.count = strtoll(strsep(&rest, " "), NULL, 10);
		while ((word = strsep(&rest, " ")) != NULL)
			if (client_find(play->client, word, &tell.callers.ids[tell.callers.n++],
					&err) != ERR_OK)
				bail(play, "callers", err.text);
	}
	obey(play, app_told(play->app, &tell));
	draw(play);
}

static void do_offline(struct play *play, const char *args)
{
	(void)args;
	play->link.state = LINK_OFFLINE;
	play->link.since = play->world.fixed.now - 28 * MINUTE_MS;
	tell_link(play);
	draw(play);
}

static void do_online(struct play *play, const char *args)
{
	(void)args;
	play->link.state = LINK_ONLINE;
	tell_link(play);
	draw(play);
}

static void do_link(struct play *play, const char *args)
{
	static const struct {
		const char *word, *reason;
		enum link_state state;
	} states[] = {
		{ "weak", "应答缓慢", LINK_THIN },
		{ "login", "请重新登录", LINK_LOGIN },
		{ "none", "", LINK_NONE },
		{ "strange", "应答者出示的密钥与本终端注册的服务器不同：不向其提交任何内容",
		  LINK_OFFLINE },
		{ "unable", "服务器磁盘已满", LINK_OFFLINE },
		{ "disk", "本机磁盘已满", LINK_TROUBLE },
	};

	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		if (strcmp(args, states[i].word) != 0)
			continue;
		play->link.state = states[i].state;
		play->link.why = strcmp(args, "strange") == 0	? LINK_STRANGE
				 : strcmp(args, "unable") == 0 ? LINK_UNABLE : LINK_CUT;
		snprintf(play->link.reason, sizeof play->link.reason, "%s", states[i].reason);
		play->link.since = play->world.fixed.now - 5 * MINUTE_MS;
	}
	tell_link(play);
	draw(play);
}

static void do_old(struct play *play, const char *args)
{
	long long minutes = 0;

	if (!str_int(args, 0, 1000000, &minutes))
		bail(play, "old", args);
	play->link.data_at = play->world.fixed.now - minutes * MINUTE_MS;
	world_data_at(&play->world, play->link.data_at);
	app_poll(play->app);
	tell_link(play);
	pass(play, MINUTE_MS); /* the age is drawn with the clock */
}

static void do_reopen(struct play *play, const char *args)
{
	app_free(play->app);
	client_close(play->client);
	play->read_only = strcmp(args, "read-only") == 0;
	open_console(play);
	canvas_invalidate(ui_canvas(app_ui(play->app)));
	tell_link(play);
	draw(play);
}

static void do_resize(struct play *play, const char *args)
{
	if (sscanf(args, "%d %d", &play->rows, &play->cols) != 2)
		bail(play, "resize", args);
	term_resize(play->term, play->rows, play->cols);
	ui_resize(app_ui(play->app), play->rows, play->cols);
	canvas_invalidate(ui_canvas(app_ui(play->app)));
	draw(play);
}

static void result(struct play *play, bool ok, const char *what)
{
	printf("%s - %s: %s %d\n", ok ? "ok" : "not ok", play->name, what, ++play->shown);
	play->failed += !ok;
}

static void do_cells(struct play *play, const char *args)
{
	long long most = 0;
	struct term_counts counts = term_memory_counts(play->term);

	if (!str_int(args, 0, 1000000, &most))
		bail(play, "cells", args);
	if (counts.cells > most)
		printf("# %ld cells were put\n", counts.cells);
	result(play, counts.cells <= most, "cells");
}

static void counted(struct play *play, const char *what, const char *args, int *count)
{
	long long n = 0;

	if (!str_int(args, 0, 1000, &n))
		bail(play, what, args);
	if (*count != n)
		printf("# %d\n", *count);
	result(play, *count == n, what);
	*count = 0;
}

static void do_bells(struct play *play, const char *args)
{
	counted(play, "bells", args, &play->bells);
}

static void do_wipes(struct play *play, const char *args)
{
	counted(play, "wipes", args, &play->wipes);
}

static const struct {
	const char *word;
	void (*run)(struct play *play, const char *args);
} actions[] = {
	{ "keys", do_keys },	   { "rest", do_rest },	    { "minute", do_minute },
	{ "change", do_change },   { "offline", do_offline }, { "online", do_online },
	{ "link", do_link },	   { "old", do_old },
	{ "resize", do_resize },   { "cells", do_cells },   { "reopen", do_reopen },
	{ "as", do_as },	   { "pin", do_pin },	   { "seat", do_seat },	    { "idle", do_idle },
	{ "callers", do_callers }, { "found", do_found },	   { "shown", do_shown },   { "login", do_login },
	{ "bells", do_bells },	   { "wipes", do_wipes },
};

/* The expected rows end where a line does not begin with "|"; returns what is behind them. */
static char *do_screen(struct play *play, char *rest)
{
	struct str expected = STR_INIT, screen = STR_INIT, shown = STR_INIT;
	bool generate = getenv("GENERATE") != NULL;
	char *line;

	while (rest && *rest == '|') {
		line = strsep(&rest, "\n");
		str_addf(&expected, "%s\n", line);
	}
	term_memory_dump(play->term, &screen, false);
	for (char *all = screen.s; all && *all && (line = strsep(&all, "\n")) != NULL;)
		str_addf(&shown, "|%s\n", line);
	str_add(&play->out, str_get(&shown));
	if (!generate) {
		bool same = strcmp(str_get(&expected), str_get(&shown)) == 0;

		if (!same)
			printf("# expected:\n%s# shown:\n%s", str_get(&expected),
			       str_get(&shown));
		result(play, same, "screen");
	} else {
		result(play, true, "screen rewritten");
	}
	term_memory_counts(play->term);
	str_release(&expected);
	str_release(&screen);
	str_release(&shown);
	return rest;
}

static bool setting(struct play *play, const char *word, const char *args)
{
	if (strcmp(word, "size") == 0)
		return sscanf(args, "%d %d", &play->rows, &play->cols) == 2;
	if (strcmp(word, "theme") == 0)
		play->theme = arena_strdup(&play->arena, args);
	else if (strcmp(word, "lang") == 0)
		i18n_init(args, dirs_locale(&play->arena));
	else if (strcmp(word, "home") == 0)
		play->home = true;
	else if (strcmp(word, "read-only") == 0)
		play->read_only = true;
	else if (strcmp(word, "lock-after") == 0)
		play->lock_after = strtoll(args, NULL, 10) * 1000;
	else if (strcmp(word, "world") == 0)
		begin(play, args);
	else
		return false;
	return true;
}

static void act(struct play *play, const char *word, const char *args)
{
	for (size_t i = 0; i < ARRAY_LEN(actions); i++)
		if (strcmp(actions[i].word, word) == 0 && play->made) {
			actions[i].run(play, args);
			return;
		}
	if (!setting(play, word, args))
		bail(play, "unknown line", word);
}

static void run(struct play *play, char *text)
{
	char *rest = text, *line;

	while (rest && *rest && (line = strsep(&rest, "\n")) != NULL) {
		char *args;

		str_addf(&play->out, "%s\n", line);
		if (*line == '#' || *line == '\0')
			continue;
		args = strchr(line, ' ');
		if (args)
			*args++ = '\0';
		if (strcmp(line, "screen") == 0)
			rest = do_screen(play, rest);
		else
			act(play, line, args ? args : "");
	}
}

static int play_file(const char *path, const char *name)
{
	struct play play = { .name = name, .theme = "mono", .rows = 24, .cols = 80 };
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;

	if (file_read(path, 1 << 20, &text, &err) != ERR_OK)
		bail(&play, "script", err.text);
	run(&play, text.s);
	if (getenv("GENERATE") &&
	    file_write(path, str_get(&play.out), play.out.len, 0644, &err) != ERR_OK)
		bail(&play, "script", err.text);
	app_free(play.app);
	client_close(play.client);
	term_close(play.term);
	world_free(&play.world);
	str_release(&text);
	str_release(&play.out);
	arena_release(&play.arena);
	return play.failed ? 1 : 0;
}

/* Each script in a process of its own: the language is the process's. */
static int in_child(const char *path, const char *name)
{
	int fds[2], status, tests = 0, bad = 0;
	char line[4096];
	FILE *in;
	pid_t pid;

	fflush(stdout);
	if (pipe(fds) != 0 || (pid = fork()) < 0)
		return -1;
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		close(fds[0]);
		close(fds[1]);
		int failed = play_file(path, name);

		fflush(stdout);
		_exit(failed);
	}
	close(fds[1]);
	in = fdopen(fds[0], "r");
	while (in && fgets(line, sizeof line, in)) {
		bad += strncmp(line, "not ok", 6) == 0;
		tests += strncmp(line, "ok", 2) == 0 || strncmp(line, "not ok", 6) == 0;
		fputs(line, stdout);
	}
	if (in)
		fclose(in);
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status)) {
		printf("not ok - %s: ended by signal %d\n", name, WTERMSIG(status));
		tests++;
	} else if (status != 0 && !bad) { /* a sanitizer ends what it watches so */
		printf("not ok - %s: ended with status %d\n", name, WEXITSTATUS(status));
		tests++;
	}
	return tests;
}

static int is_script(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 2 && strcmp(entry->d_name + len - 2, ".t") == 0;
}

int main(int argc, char **argv)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	const char *folder = path_join(&arena, top ? top : ".", "tests/screen");
	struct dirent **scripts;
	int n, tests = 0;

	setenv("LC_ALL", "C.UTF-8", 1);
	n = scandir(folder, &scripts, is_script, alphasort);
	for (int i = 0; i < n; i++) {
		if (argc < 2 || strcmp(argv[1], scripts[i]->d_name) == 0)
			tests += in_child(path_join(&arena, folder, scripts[i]->d_name),
					  scripts[i]->d_name);
		free(scripts[i]);
	}
	if (n >= 0)
		free(scripts);
	arena_release(&arena);
	printf("1..%d\n", tests);
	return 0;
}
