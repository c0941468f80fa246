/* The frame of every screen: the line on top with the link, the clock and the alarms, what is due
 * next of all, and the line of keys. */
#ifndef ZHIBAN_VIEWS_FRAME_PRIV_H
#define ZHIBAN_VIEWS_FRAME_PRIV_H

#include "zhiban/base/uuid.h"
#include "zhiban/domain/incident.h"
#include "zhiban/ui/canvas.h"
#include "zhiban/ui/theme.h"

struct app;

struct due_line {
	int64_t due;  /* 0: nothing is due */
	char *what;   /* number, clock, matter, place */
	bool stale;   /* it may be another one, or told otherwise */
	int64_t next; /* own clock: its time left is another text then */
};

struct area frame_body(void *app, int rows, int cols);
void frame_draw(void *app, struct canvas *canvas);
/* When the line of what is due next has another text, own clock. */
int64_t frame_next(const struct app *app);
void frame_due_changed(struct app *app); /* data or counts are others */
/* How the link stands; the clock with its weekday; how many alarms wait ("" none). */
enum role frame_link(struct app *app, struct str *out);
void frame_clock(struct app *app, struct str *out);
void frame_alarms(struct app *app, struct str *out);
int64_t frame_own_now(const struct app *app); /* the clock that the link's moments are of */
/* The line before the last, and the last. */
void frame_draw_due(struct app *app, struct canvas *canvas, int row, int cols);
void frame_draw_hints(struct app *app, struct canvas *canvas, int row, int cols);
/* Which acts the last line names: of the incident at rest. */
void frame_hint_acts(struct app *app, const struct incident *incident);
struct subject;
void frame_hint_subject(struct app *app, const struct subject *subject); /* NULL: none */

#endif
