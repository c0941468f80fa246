/* What changed since the officer looked: across restarts, and at his other consoles.
 *
 * Two things say it.  Of each case he rested on or opened, the version that he saw (a mark of his,
 * MARK_SEEN); of all the others, the number of the journal at which he began to look here.  A row
 * is marked when its last entry is younger than that and its version is not the one he saw.  Own
 * acts have been seen by who did them.  What was seen is written a while later, many in one commit,
 * so that no key waits for the disk. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/model/acts.h"

enum { WRITE_AFTER_MS = 2000, WRITE_AT_ONCE = 200 };

static int64_t own_now(const struct app *app)
{
	return env_now(client_env(app->client));
}

void seen_add(struct app *app, const struct incident *incident)
{
	struct seen *seen = &app->seen;
	struct own_mark mark = { incident->head.id, MARK_SEEN, incident->head.version, 0 };

	if (!client_actor(app->client) ||
	    client_mark_value(app->client, &mark.id, MARK_SEEN) >= mark.value)
		return;
	for (size_t i = 0; i < seen->n; i++)
		if (uuid_eq(&seen->marks[i].id, &mark.id)) {
			seen->marks[i].value = mark.value;
			return;
		}
	MEM_GROW(seen->marks, seen->n, seen->cap);
	seen->marks[seen->n++] = mark;
	if (seen->write_at == 0)
		seen->write_at = own_now(app) + WRITE_AFTER_MS;
}

void seen_own(struct app *app, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;

	board_own(app->board, id);
	if (client_get(app->client, id, &arena, &incident, NULL) == ERR_OK)
		seen_add(app, incident);
	arena_release(&arena);
}

void seen_write(struct app *app)
{
	struct seen *seen = &app->seen;

	/* a disk that fails is told of elsewhere: nothing hangs on this */
	if (seen->n)
		(void)!client_marks_set(app->client, seen->marks, seen->n, NULL);
	seen->n = 0;
	seen->write_at = 0;
}

int64_t seen_next(const struct app *app)
{
	return app->seen.write_at ? app->seen.write_at : INT64_MAX;
}

void seen_tick(struct app *app, int64_t now)
{
	if (now >= seen_next(app) || app->seen.n >= WRITE_AT_ONCE)
		seen_write(app);
}

static int64_t seen_version(const struct app *app, const struct uuid *id)
{
	for (size_t i = 0; i < app->seen.n; i++)
		if (uuid_eq(&app->seen.marks[i].id, id))
			return app->seen.marks[i].value;
	return client_mark_value(app->client, id, MARK_SEEN);
}

bool seen_is_changed(const struct app *app, const struct incident *incident)
{
	return app->seen.since > 0 && incident->head.seq > app->seen.since &&
	       incident->head.version > seen_version(app, &incident->head.id);
}

static void look_from_now(struct app *app)
{
	struct client_link link;

	client_link(app->client, &link);
	app->seen.since = link.cursor;
	if (client_set_looked(app->client, link.cursor, NULL) != ERR_OK)
		app->seen.since = 0;
}

/* He begins to look: where the data stand now, unless it is known from before. */
void seen_begin(struct app *app)
{
	app->seen.since = 0;
	app->seen.n = 0; /* of the one before: he is gone */
	app->seen.write_at = 0;
	if (!client_actor(app->client) || !board_has_all(app->board))
		return;
	if (client_looked_since(app->client, &app->seen.since, NULL) != ERR_OK ||
	    app->seen.since == 0)
		look_from_now(app);
}

unsigned seen_all(struct app *app)
{
	board_all_seen(app->board);
	look_from_now(app);
	return UI_RELOAD | UI_FRAME;
}

/* ---- what comes from elsewhere ---- */

void seen_release(struct app *app)
{
	seen_write(app);
	free(app->seen.marks);
	app->seen.marks = NULL;
	app->seen.cap = 0;
}

/* Watched cases that changed, by others' doing, are told of. */
void seen_changed(struct app *app, const struct client_change *change)
{
	struct arena arena = ARENA_INIT;
	const char *words = NULL;
	size_t n = 0;

	if (app->seen.since == 0 && change->bits & (CHANGE_DATA | CHANGE_ACTOR))
		seen_begin(app);
	if (!(change->bits & CHANGE_DATA))
		return;
	for (size_t i = 0; i < change->n; i++) {
		struct incident *incident;

		if (client_get(app->client, &change->ids[i], &arena, &incident, NULL) != ERR_OK)
			continue;
		if (board_is_own(app->board, &change->ids[i])) {
			seen_add(app, incident);
		} else if (client_marked(app->client, &change->ids[i], MARK_WATCH)) {
			char mark[48];
			const struct act_desc *act = act_desc_find(incident->moved_by);

			n++;
			words = arena_printf(&arena, "%s %s: %s",
					     client_mark(app->client, incident, mark),
					     incident->title,
					     act ? acts_label(client_rules(app->client), incident,
							      act) : "");
		}
	}
	if (n == 1)
		app_notice(app, ROLE_WARNING,
			   arena_printf(&arena, _("watched, changed: %s"), words));
	else if (n > 1)
		app_notice(app, ROLE_WARNING,
			   arena_printf(&arena, _("%zu watched cases changed, the last one: %s"), n,
					words));
	arena_release(&arena);
}
