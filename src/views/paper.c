#include <config.h>

#include <stdio.h>
#include <string.h>

#include "app_priv.h"
#include "paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/left.h"
#include "zhiban/model/whistle_page.h"
#include "zhiban/ui/pager.h"

/* A text to read: how clocks were computed, about the link, how a bulk act went. */
struct paper_view {
	struct app *app;
	struct pager *pager;
	char *title, *text;
	struct uuid explains;
	struct selection whistle; /* KIND_WHISTLE: its clock is explained */
	bool link;
	int64_t minute;
};

static void add(struct paper_view *view, const char *label, const char *text)
{
	enum { LABEL_COLS = 20 };

	pager_add(view->pager, label, LABEL_COLS, ROLE_TEXT, text);
}

static void add_time(struct paper_view *view, const char *label, int64_t at)
{
	char text[CIVIL_TEXT] = "-";

	if (at)
		civil_format(at, client_rules(view->app->client)->offset_min, "Y-m-d H:M:S", text,
			     sizeof text);
	add(view, label, text);
}

static void add_number(struct paper_view *view, const char *label, int64_t number)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)number);
	add(view, label, text);
}

static void add_age(struct paper_view *view)
{
	int64_t now = env_now(client_env(view->app->client));
	struct str age = STR_INIT;

	if (link_age(&view->app->link, now) < 0)
		str_add(&age, _("no data yet"));
	else
		link_age_words(link_age(&view->app->link, now), &age);
	add(view, _("Age of the data"), str_get(&age));
	str_release(&age);
}

/* offset: the server's clock minus ours. */
static void add_clock(struct paper_view *view, int64_t offset)
{
	enum { SAME_MS = 2000 };
	int64_t away = offset < 0 ? -offset : offset;
	char by[LEFT_TEXT];
	struct str text = STR_INIT;

	left_words(1, 1 + away, by);
	if (away < SAME_MS)
		str_add(&text, _("as the server's"));
	else if (away < MINUTE_MS)
		str_addf(&text, offset < 0 ? _("ahead of the server's by %d s") :
					     _("behind the server's by %d s"),
			 (int)(away / 1000));
	else
		str_addf(&text, offset < 0 ? _("ahead of the server's by %s") :
					     _("behind the server's by %s"),
			 by);
	add(view, _("This clock"), str_get(&text));
	str_release(&text);
}

static const char *state_words(const struct client_link *link)
{
	if (link->state == LINK_OFFLINE && link->why == LINK_STRANGE)
		return _("something else answers: acts are kept here, nothing is given to it");
	if (link->state == LINK_OFFLINE && link->why == LINK_UNABLE)
		return _("the server is in trouble: acts are kept here and sent when it is over");
	switch (link->state) {
	case LINK_ONLINE:
		return _("online, in step");
	case LINK_THIN:
		return _("online, a thin line");
	case LINK_OFFLINE:
		return _("cut: acts are kept here and sent as soon as it is back");
	case LINK_LOGIN:
		return _("nobody is logged in any more: :login does it again");
	case LINK_TROUBLE:
		return _("the disk here is in trouble: it goes on by itself when that is mended");
	case LINK_NONE:
		break;
	}
	return _("nothing tried yet");
}

static void fill_link(struct paper_view *view)
{
	const struct client_link *link = &view->app->link;

	add(view, _("Server"), link->server);
	add(view, _("State"), state_words(link));
	if (*link->reason)
		add(view, _("Why"), link->reason);
	add_time(view, _("Since"), link->since ? link->since + link->offset : 0);
	add_time(view, _("In step at"), link->data_at ? link->data_at + link->offset : 0);
	add_age(view);
	add_number(view, _("Acts not sent yet"), link->unsent - link->sent);
	add_number(view, _("Sent, no answer yet"), link->sent);
	add_number(view, _("Answered, to be read"), link->pending - link->unsent);
	add_number(view, _("Acts not accepted"), link->refused);
	add_number(view, _("Bytes received"), link->bytes_in);
	add_number(view, _("Bytes sent"), link->bytes_out);
	add_number(view, _("Entry read last"), link->cursor);
	add_clock(view, link->offset);
	add(view, _("Data's epoch"), link->epoch);
	add(view, _("Kept in step by"),
	    view->app->ask ? _("this console, or another one of this user") : _("nobody"));
}

/* A line with a tab is a label and its text. */
static void add_lines(struct paper_view *view, const char *text)
{
	enum { LABEL_COLS = 15 };

	if (strchr(text, '\t') == NULL) {
		pager_add(view->pager, NULL, 0, ROLE_TEXT, text);
		return;
	}
	for (const char *s = text; *s != '\0';) {
		size_t len = strcspn(s, "\n"), label = strcspn(s, "\t");
		struct str words = STR_INIT, name = STR_INIT;

		str_add_bytes(&name, s, label < len ? label : 0);
		str_add_bytes(&words, s + (label < len ? label + 1 : 0),
			      len - (label < len ? label + 1 : 0));
		pager_add(view->pager, str_get(&name), LABEL_COLS, ROLE_TEXT, str_get(&words));
		str_release(&name);
		str_release(&words);
		s += len + (s[len] == '\n');
	}
}

static void fill(struct paper_view *view)
{
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	pager_begin(view->pager);
	pager_section(view->pager, "paper", view->title);
	if (view->link)
		fill_link(view);
	else if (view->whistle.kind == KIND_WHISTLE) {
		if (whistle_explain(view->app->client, &view->whistle.id, view->whistle.share,
				    view->whistle.clock, &text, &err) != ERR_OK)
			pager_add(view->pager, NULL, 0, ROLE_ERROR, err.text);
	} else if (!uuid_is_nil(&view->explains) &&
		 page_explain(view->app->client, &view->explains, &text, &err) != ERR_OK)
		pager_add(view->pager, NULL, 0, ROLE_ERROR, err.text);
	if (text.len)
		pager_add(view->pager, NULL, 0, ROLE_TEXT, text.s);
	if (view->text)
		add_lines(view, view->text);
	pager_end(view->pager);
	str_release(&text);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct text_page *paper = arg;
	struct paper_view *view = mem_alloc(sizeof *view);

	(void)err;
	view->app = ui_shell(ui);
	view->pager = pager_new();
	view->title = mem_strdup(paper->title);
	view->text = mem_strdup(paper->text);
	view->explains = paper->explains;
	view->whistle = paper->whistle ? *paper->whistle : (struct selection){ .kind = KIND_INCIDENT };
	view->link = paper->link;
	view->minute = view->app->minute;
	fill(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct paper_view *view = state;

	pager_free(view->pager);
	free(view->title);
	free(view->text);
	free(view);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	pager_draw(((struct paper_view *)state)->pager, canvas, area, all);
}

enum role tone_role(enum tone tone)
{
	static const enum role roles[] = {
		[TONE_TEXT] = ROLE_TEXT,	  [TONE_TITLE] = ROLE_TITLE,
		[TONE_HINT] = ROLE_HINT,	  [TONE_OVER] = ROLE_CLOCK_OVERDUE,
		[TONE_SOON] = ROLE_CLOCK_SOON,	  [TONE_PENDING] = ROLE_PENDING,
		[TONE_REFUSED] = ROLE_CONFLICT,
	};

	return roles[tone];
}

bool paper_move(struct pager *pager, const struct ui_command *command, unsigned *ret_flags)
{
	static const struct {
		enum cmd cmd;
		uint32_t code;
	} keys[] = {
		{ CMD_down, UIKEY_DOWN },     { CMD_up, UIKEY_UP },    { CMD_pagedown, UIKEY_PGDN },
		{ CMD_pageup, UIKEY_PGUP }, { CMD_top, UIKEY_HOME }, { CMD_bottom, UIKEY_END },
	};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if ((int)keys[i].cmd != command->id)
			continue;
		*ret_flags = pager_key(pager, (struct key){ .code = keys[i].code }) ? UI_REDRAW
										    : UI_NOTHING;
		return true;
	}
	return false;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct paper_view *view = state;
	unsigned flags;

	(void)args;
	if (cmd->id == CMD_escape || cmd->id == CMD_open)
		return UI_CLOSE | UI_FRAME;
	return paper_move(view->pager, cmd, &flags) ? flags : UI_IGNORED;
}

static unsigned reload(void *state)
{
	fill(state);
	return UI_REDRAW;
}

static unsigned tick(void *state, int64_t now)
{
	struct paper_view *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reload(view);
}

static const char *title(void *state)
{
	return ((struct paper_view *)state)->title;
}

const struct view_ops paper_view = {
	.name = "paper",
	.where = WHERE_PAPER,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
