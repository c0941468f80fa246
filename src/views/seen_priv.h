/* What is new to the officer since he looked: kept as marks, so that it outlives a restart and goes
 * with him to another console. */
#ifndef ZHIBAN_VIEWS_SEEN_PRIV_H
#define ZHIBAN_VIEWS_SEEN_PRIV_H

#include "zhiban/client/client.h"
#include "zhiban/client/marks.h"

struct app;

struct seen {
	int64_t since; /* number of the journal from which on changes are new to him; 0: not known */
	struct own_mark *marks; /* seen, not written yet */
	size_t n, cap;
	int64_t write_at; /* own clock; 0: nothing waits */
};

void seen_begin(struct app *app); /* another officer sits here, or data came */
void seen_release(struct app *app);
/* He has it before his eyes as it is. */
void seen_add(struct app *app, const struct incident *incident);
void seen_own(struct app *app, const struct uuid *id); /* he did something to it */
bool seen_is_changed(const struct app *app, const struct incident *incident);
unsigned seen_all(struct app *app); /* whatever changed so far is seen */
void seen_changed(struct app *app, const struct client_change *change);
void seen_write(struct app *app); /* what waits to be written is */
int64_t seen_next(const struct app *app);
void seen_tick(struct app *app, int64_t now);

#endif
