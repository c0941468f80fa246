/* What rings at this console's desk (domain/alarm.h), kept as data and time move on.
 *
 * * Nothing is missed however many incidents there are: all that could ring is looked through once in
 *   slices (by the index of urgencies, then by that of deadlines), later only what changed and what
 *   became due.
 * * A case rings here since this console first saw it ring, by its own clock: what rang while it was
 *   off was not heard. */
#ifndef ZHIBAN_MODEL_ALARM_H
#define ZHIBAN_MODEL_ALARM_H

#include "zhiban/client/rows.h"
#include "zhiban/domain/alarm.h"

enum { ALARMS_MOST = 999 }; /* kept; more are not told apart */

struct alarm_item {
	struct uuid id;
	struct alarm alarm;
	int64_t rang_at; /* own clock: it rings at this console since */
	unsigned round;	 /* the model's own */
};

struct alarms;
struct alarms *alarms_new(struct client *client); /* borrowed; there is work to do */
void alarms_free(struct alarms *alarms);	  /* NULL too */

/* What changed must be looked at again. */
void alarms_changed(struct alarms *alarms, const struct client_change *change);
/* A minute went by: clocks have run out. */
void alarms_minute(struct alarms *alarms);
bool alarms_busy(const struct alarms *alarms); /* there is work to do */
/* A slice of it, about a millisecond.  True: what rings is another than before. */
bool alarms_step(struct alarms *alarms);

/* Of the classes of a set (1 << kind; ALARM_ALL). */
size_t alarms_count(const struct alarms *alarms, unsigned kinds);
/* Own clock: since when the longest of them rings here; 0: none does. */
int64_t alarms_rang_at(const struct alarms *alarms, unsigned kinds);
/* Most urgent class first, within one what rings longest; valid until the next step. */
const struct alarm_item *alarms_items(struct alarms *alarms, size_t *ret_n);

/* Who is to be rung when nobody answers: the first of the profile's roles at the officer's own
 * organisation, else at the centre, that has somebody else than himself; one with a number before
 * one without.  NULL: nobody is known.  In the arena. */
const struct person *alarm_deputy(struct client *client, struct arena *arena);
/* Who is rung next, to be read out: of the roster's ladder the one behind the officer (own
 * organisation, else the centre) with post, name, number; without a roster the deputy; nothing
 * when nobody is known. */
void alarm_deputy_words(struct client *client, struct str *out);

/* Writes down (act unanswered) that the post did not answer what has rung here for `least` ms and of
 * which that does not stand there yet; the longest of them.  keyed_at: own clock.  ret_done: false,
 * there was nothing to write.  Errors as of client_act. */
enum err alarms_write(struct alarms *alarms, struct client *client, int64_t least,
		      int64_t keyed_at, bool *ret_done, struct error *err) MUST_CHECK;

#endif
