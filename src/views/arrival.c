/* The codes of a whistle that this street's console shows: who has come passes his department's six
 * digits to his own unit, which reports in with them. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/arrival.h"
#include "zhiban/ui/pager.h"

struct arrival_view {
	struct app *app;
	struct uuid id;
	struct pager *pager;
	char *title;
	int64_t minute;
	bool asked; /* the server, for what they are made from */
};

static const char *org_name(const struct app *app, const char *code)
{
	const struct org *org = rules_org(client_rules(app->client), code);

	return !org ? code : org->name;
}

static void ask_secret(struct arrival_view *view, const struct whistle *whistle)
{
	struct ask ask = { .kind = ASK_ARRIVAL, .id = view->id };

	if (view->asked || !view->app->ask || !client_arrival_wanted(view->app->client, whistle))
		return;
	view->asked = true;
	view->app->ask(view->app->ask_ctx, &ask);
}

static void add_codes(struct arrival_view *view, const struct client_arrivals *arrivals)
{
	enum { NAME_COLS = 24 };
	struct arena arena = ARENA_INIT;
	int64_t minutes = (arrivals->left + MINUTE_MS - 1) / MINUTE_MS;

	for (size_t i = 0; i < arrivals->n; i++)
		pager_add(view->pager, org_name(view->app, arrivals->codes[i].share->org), NAME_COLS,
			  ROLE_TITLE,
			  arena_printf(&arena, "%.3s %s", arrivals->codes[i].digits,
				       arrivals->codes[i].digits + 3));
	pager_add(view->pager, NULL, 0, ROLE_HINT,
		  arrivals->n ? arena_printf(&arena, _("New ones in %lld min; the old ones count some "
						       "minutes longer, each once."),
					     (long long)minutes)
			      : _("All departments have reported in."));
	arena_release(&arena);
}

static void fill(struct arrival_view *view)
{
	struct client *client = view->app->client;
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct client_whistle shown;
	struct client_arrivals arrivals;
	enum err code = client_whistle_get(client, &view->id, &arena, &shown, &err);

	pager_begin(view->pager);
	pager_section(view->pager, "codes", view->title);
	if (code == ERR_OK)
		ask_secret(view, shown.whistle);
	if (code == ERR_OK)
		code = client_arrival_codes(client, shown.whistle, &arena, &arrivals, &err);
	if (code == ERR_OK)
		add_codes(view, &arrivals);
	else if (code == ERR_NOT_FOUND && view->asked)
		pager_add(view->pager, NULL, 0, ROLE_HINT,
			  _("What the codes are made from is being fetched from the server ..."));
	else
		pager_add(view->pager, NULL, 0, ROLE_ERROR, err.text);
	pager_add(view->pager, NULL, 0, ROLE_HINT,
		  _("Who has come rings his unit and says them; it reports in with them, also when its "
		    "line is cut."));
	pager_end(view->pager);
	arena_release(&arena);
}

static void close_view(void *state)
{
	struct arrival_view *view = state;

	pager_free(view->pager);
	free(view->title);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct arrival_view *view = mem_alloc(sizeof *view);
	struct client_whistle shown;
	struct arena arena = ARENA_INIT;
	char mark[48];
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	view->minute = view->app->minute;
	code = client_whistle_get(view->app->client, &view->id, &arena, &shown, err);
	if (code == ERR_OK) {
		view->pager = pager_new();
		view->title = mem_strdup(arena_printf(&arena, _("Codes of arrival  %s  %s"),
						      client_whistle_mark(&shown, mark),
						      shown.whistle->title ? shown.whistle->title
									   : ""));
		fill(view);
		*ret_state = view;
	} else {
		free(view);
	}
	arena_release(&arena);
	return code;
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	pager_draw(((struct arrival_view *)state)->pager, canvas, area, all);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct arrival_view *view = state;
	unsigned flags;

	(void)args;
	if (cmd->id == CMD_escape || cmd->id == CMD_open)
		return UI_CLOSE | UI_FRAME;
	return paper_move(view->pager, cmd, &flags) ? flags : UI_IGNORED;
}

static unsigned reload(void *state)
{
	fill(state);
	return UI_REDRAW_ALL;
}

static unsigned tick(void *state, int64_t now)
{
	struct arrival_view *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reload(view);
}

static const char *title(void *state)
{
	return ((struct arrival_view *)state)->title;
}

const struct view_ops arrival_view = {
	.name = "arrival",
	.where = WHERE_PAPER,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
