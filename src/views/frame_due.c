/* The line before the last: what of the officer's own is due next, and how old the data are. */
#include <config.h>

#include <stdlib.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/left.h"

void frame_due_changed(struct app *app)
{
	app->due.stale = true;
}

int64_t frame_next(const struct app *app)
{
	return app->lock || !app->due.due ? INT64_MAX : app->due.next;
}

/* "22-0409 signature  Subsidence at the north gate  Qinglong": of a check its words and whose it is. */
static char *what_words(struct app *app, const struct client_deadline *row)
{
	const struct rules *rules = client_rules(app->client);
	const struct org *street = rules_org(rules, row->street);
	struct str words = STR_INIT;
	char *text;

	str_add(&words, row->number);
	if (*due_cause_words(rules, row))
		str_addf(&words, "%s%s", words.len ? " " : "", due_cause_words(rules, row));
	str_addf(&words, "%s%s", words.len ? "  " : "", row->title);
	if (street)
		str_addf(&words, "  %s", street->brief ? street->brief : street->name);
	text = mem_strdup(str_get(&words));
	str_release(&words);
	return text;
}

static void read_due(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct client_deadline row;

	app->due.stale = false;
	app->due.due = 0;
	free(app->due.what);
	app->due.what = NULL;
	if (deadlines_next_mine(app->client, app_now(app) + 1, &arena, &row)) {
		struct client_whistle whistle;

		if (row.kind == KIND_WHISTLE &&
		    client_whistle_get(app->client, &row.entity, &arena, &whistle, NULL) == ERR_OK)
			row.whistle = whistle.whistle; /* its clocks have its own names */
		app->due.due = row.deadline.due;
		app->due.what = what_words(app, &row);
	}
	arena_release(&arena);
}

void frame_draw_due(struct app *app, struct canvas *canvas, int row, int cols)
{
	int64_t now = app_now(app), shown;
	struct str left = STR_INIT, right = STR_INIT;
	char text[LEFT_TEXT], at[LINK_WHEN];
	int width;

	if (app->due.stale || (app->due.due && app->due.due <= now))
		read_due(app);
	if (app->due.what) {
		shown = left_moment(app->due.due, now);
		(app->thin ? left_minutes : left_text)(app->due.due, shown, text);
		str_addf(&left, " %s %s %s", _("Due next:"), text, app->due.what);
		app->due.next = shown == now ? left_next(app->due.due, now, !app->thin) - now +
						       frame_own_now(app) :
					       INT64_MAX; /* with the minute */
	} else {
		app->due.next = INT64_MAX;
		str_addf(&left, " %s", _("Nothing of ours is due."));
	}
	if (app->link.data_at) {
		link_when(&app->link, app->link.data_at, frame_own_now(app),
			  client_rules(app->client)->offset_min, at);
		str_addf(&right, " %s %s ", _("data of"), at);
	}
	width = text_columns(str_get(&right));
	canvas_pad(canvas, row, 0, cols - width, ROLE_TEXT, left.s, PAD_RIGHT);
	canvas_text(canvas, row, cols - width, width, ROLE_HINT, str_get(&right));
	str_release(&left);
	str_release(&right);
}
