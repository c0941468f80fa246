#include <config.h>

#include "zhiban/model/alarm.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"

enum {
	ROWS_AT_ONCE = 32,
	GET_AT_ONCE = 16,
	QUEUE_MOST = 1024, /* changed ones that wait to be looked at; more: all are */
	RED_AGAIN = 64,	   /* looked at each minute: quiet hours begin and end */
};

enum scan { SCAN_URGENT, SCAN_RED, SCAN_DONE };

struct alarms {
	struct client *client;
	struct arena arena;
	struct alarm_item items[ALARMS_MOST];
	size_t n;
	enum scan scan;
	struct row_key key; /* how far the scan has come */
	bool whole;	    /* it looks at all: what it does not meet rings no more */
	bool again;	    /* and must be done once more */
	unsigned round;
	int64_t red_at, red_to; /* the server's time: deadlines up to it have been looked at */
	struct uuid queue[QUEUE_MOST];
	size_t n_queue;
	bool changed;
};

static void scan_all(struct alarms *alarms)
{
	alarms->scan = SCAN_URGENT;
	alarms->key = (struct row_key){ .set = false };
	alarms->whole = true;
	alarms->again = false;
	alarms->n_queue = 0;
	alarms->round++;
	alarms->red_at = alarms->red_to = 0;
}

struct alarms *alarms_new(struct client *client)
{
	struct alarms *alarms = mem_alloc(sizeof *alarms);

	alarms->client = client;
	scan_all(alarms);
	return alarms;
}

void alarms_free(struct alarms *alarms)
{
	if (alarms == NULL)
		return;
	arena_release(&alarms->arena);
	free(alarms);
}

/* ---- the set ---- */

static struct alarm_item *item_of(struct alarms *alarms, const struct uuid *id)
{
	for (size_t i = 0; i < alarms->n; i++)
		if (uuid_eq(&alarms->items[i].id, id))
			return &alarms->items[i];
	return NULL;
}

static void take_out(struct alarms *alarms, struct alarm_item *item)
{
	*item = alarms->items[--alarms->n];
	alarms->changed = true;
}

static void put(struct alarms *alarms, const struct uuid *id, struct alarm alarm)
{
	struct alarm_item *item = item_of(alarms, id);
	bool same = item != NULL && item->alarm.kind == alarm.kind &&
		    item->alarm.since == alarm.since;

	if (item == NULL && alarms->n == ALARMS_MOST)
		return;
	if (item == NULL)
		item = &alarms->items[alarms->n++];
	if (!same) {
		*item = (struct alarm_item){ .id = *id, .alarm = alarm };
		item->rang_at = env_now(client_env(alarms->client));
		alarms->changed = true;
	}
	item->round = alarms->round;
}

static void judge(struct alarms *alarms, const struct incident *incident)
{
	struct client *client = alarms->client;
	const struct actor *actor = client_actor(client);
	struct alarm alarm = alarm_of(client_rules(client), client_mode_code(client),
				      actor != NULL ? actor->org : NULL, incident,
				      client_now(client));
	struct alarm_item *item;

	if (alarm.kind != ALARM_NONE) {
		put(alarms, &incident->head.id, alarm);
		return;
	}
	item = item_of(alarms, &incident->head.id);
	if (item != NULL)
		take_out(alarms, item);
}

/* ---- looking through all ---- */

static bool is_wanted(const struct alarms *alarms, const struct incident *incident)
{
	if (alarms->scan == SCAN_RED)
		return incident->open && incident->due != 0 && incident->due <= alarms->red_to;
	return incident->urgency > 0 &&
	       incident->urgency <= client_rules(alarms->client)->alarm_urgency;
}

static void scan_next(struct alarms *alarms)
{
	if (alarms->scan == SCAN_URGENT) {
		alarms->scan = SCAN_RED;
		alarms->key = (struct row_key){ .set = false };
		alarms->red_to = client_now(alarms->client);
		return;
	}
	alarms->scan = SCAN_DONE;
	alarms->red_at = alarms->red_to;
	for (size_t i = alarms->n; alarms->whole && i-- > 0;)
		if (alarms->items[i].round != alarms->round)
			take_out(alarms, &alarms->items[i]);
	if (alarms->again)
		scan_all(alarms);
}

static void scan_rows(struct alarms *alarms)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct client_order order = {
		.field = alarms->scan == SCAN_URGENT
				 ? field_find(kind->fields, kind->n_fields, "urgency")
				 : NULL,
		.open_only = true
	};
	struct client_page page;
	bool more = true;

	arena_reset(&alarms->arena);
	if (client_page(alarms->client, &order, alarms->key.set ? &alarms->key : NULL,
			alarms->key.set ? PAGE_AFTER : PAGE_FROM, ROWS_AT_ONCE, &alarms->arena,
			&page, NULL) != ERR_OK) {
		scan_next(alarms); /* told elsewhere; the next change begins anew */
		return;
	}
	for (size_t i = 0; i < page.n && more; i++) {
		more = is_wanted(alarms, page.rows[i].incident);
		if (more)
			judge(alarms, page.rows[i].incident);
		alarms->key = page.rows[i].key;
	}
	if (!more || !page.more)
		scan_next(alarms);
}

static void look_at_queue(struct alarms *alarms)
{
	arena_reset(&alarms->arena);
	for (int i = 0; i < GET_AT_ONCE && alarms->n_queue > 0; i++) {
		const struct uuid id = alarms->queue[--alarms->n_queue];
		struct alarm_item *item;
		struct incident *incident;

		if (client_get(alarms->client, &id, &alarms->arena, &incident, NULL) == ERR_OK) {
			judge(alarms, incident);
			continue;
		}
		item = item_of(alarms, &id);
		if (item != NULL)
			take_out(alarms, item);
	}
}

bool alarms_busy(const struct alarms *alarms)
{
	return alarms->scan != SCAN_DONE || alarms->n_queue > 0;
}

bool alarms_step(struct alarms *alarms)
{
	alarms->changed = false;
	if (alarms->n_queue > 0)
		look_at_queue(alarms);
	else if (alarms->scan != SCAN_DONE)
		scan_rows(alarms);
	return alarms->changed;
}

/* ---- what moves on ---- */

static void look_at(struct alarms *alarms, const struct uuid *id)
{
	for (size_t i = 0; i < alarms->n_queue; i++)
		if (uuid_eq(&alarms->queue[i], id))
			return;
	if (alarms->n_queue < QUEUE_MOST)
		alarms->queue[alarms->n_queue++] = *id;
}

void alarms_changed(struct alarms *alarms, const struct client_change *change)
{
	bool all = change->any || change->bits & (CHANGE_RULES | CHANGE_ACTOR | CHANGE_MODE) ||
		   alarms->n_queue + change->n > QUEUE_MOST;

	if (change->bits & CHANGE_ACTOR) { /* another desk's are none of his */
		alarms->n = 0;
		scan_all(alarms);
	} else if (all && alarms->scan != SCAN_DONE && alarms->whole) {
		alarms->again = true; /* it gets to its end, however fast things change */
	} else if (all) {
		scan_all(alarms);
	} else {
		for (size_t i = 0; i < change->n; i++)
			look_at(alarms, &change->ids[i]);
	}
}

void alarms_minute(struct alarms *alarms)
{
	size_t red = 0;

	if (alarms->scan != SCAN_DONE)
		return;
	for (size_t i = 0; i < alarms->n && red < RED_AGAIN; i++) {
		if (alarms->items[i].alarm.kind != ALARM_RED)
			continue;
		look_at(alarms, &alarms->items[i].id);
		red++;
	}
	if (client_now(alarms->client) < alarms->red_at) { /* the clock was set back */
		scan_all(alarms);
		return;
	}
	alarms->scan = SCAN_RED;
	alarms->whole = false;
	row_key_due(alarms->red_at, &alarms->key);
	alarms->red_to = client_now(alarms->client);
}

/* ---- what rings ---- */

size_t alarms_count(const struct alarms *alarms, unsigned kinds)
{
	size_t n = 0;

	for (size_t i = 0; i < alarms->n; i++)
		n += (kinds & 1U << alarms->items[i].alarm.kind) != 0;
	return n;
}

int64_t alarms_rang_at(const struct alarms *alarms, unsigned kinds)
{
	int64_t first = 0;

	for (size_t i = 0; i < alarms->n; i++)
		if (kinds & 1U << alarms->items[i].alarm.kind &&
		    (first == 0 || alarms->items[i].rang_at < first))
			first = alarms->items[i].rang_at;
	return first;
}

static int by_class(const void *a, const void *b)
{
	const struct alarm_item *x = a, *y = b;

	if (x->alarm.kind != y->alarm.kind)
		return x->alarm.kind < y->alarm.kind ? -1 : 1;
	if (x->alarm.since != y->alarm.since)
		return x->alarm.since < y->alarm.since ? -1 : 1;
	return memcmp(&x->id, &y->id, sizeof x->id);
}

const struct alarm_item *alarms_items(struct alarms *alarms, size_t *ret_n)
{
	qsort(alarms->items, alarms->n, sizeof *alarms->items, by_class);
	*ret_n = alarms->n;
	return alarms->items;
}
