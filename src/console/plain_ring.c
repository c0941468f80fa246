#include <config.h>

#include "plain_ring.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { SLICES = 64 }; /* of the model, at one look */

static int64_t own_now(const struct plain_ring *ring)
{
	return env_now(client_env(ring->client));
}

static void settle(struct plain_ring *ring)
{
	for (int i = 0; i < SLICES && alarms_busy(ring->alarms); i++)
		(void)alarms_step(ring->alarms);
}

void plain_ring_release(struct plain_ring *ring)
{
	alarms_free(ring->alarms);
	ring->alarms = NULL;
}

void plain_ring_changed(struct plain_ring *ring, const struct client_change *change)
{
	alarms_changed(ring->alarms, change);
	settle(ring);
}

size_t plain_ring_count(const struct plain_ring *ring)
{
	return ring->reads ? 0 : alarms_count(ring->alarms, ALARM_ALL);
}

/* ---- alarms ---- */

static void say_item(struct plain_ring *ring, const struct alarm_item *item)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	struct str words = STR_INIT;
	char mark[48], since[CIVIL_TEXT];

	if (client_get(ring->client, &item->id, &arena, &incident, NULL) == ERR_OK) {
		civil_format(item->alarm.since, client_rules(ring->client)->offset_min, "H:M",
			     since, sizeof since);
		str_addf(&words, "!! %s %s %s %s", alarm_label(item->alarm.kind), since,
			 client_mark(ring->client, incident, mark),
			 incident->title != NULL ? incident->title : "");
		ring->say(ring->ctx, str_get(&words));
	}
	str_release(&words);
	arena_release(&arena);
}

static void say_count(struct plain_ring *ring)
{
	struct str words = STR_INIT;

	str_addf(&words, _("alarms not acknowledged: %zu"), plain_ring_count(ring));
	ring->say(ring->ctx, str_get(&words));
	str_release(&words);
}

void plain_ring_list(struct plain_ring *ring, bool locked)
{
	size_t n;
	const struct alarm_item *items = alarms_items(ring->alarms, &n);

	for (size_t i = 0; i < n && !ring->reads && !locked; i++)
		say_item(ring, &items[i]);
	say_count(ring);
}

/* Each new one is a line; how many there are follows. */
static bool say_new(struct plain_ring *ring, bool locked)
{
	size_t n, count = plain_ring_count(ring), told = ring->told;
	const struct alarm_item *items = alarms_items(ring->alarms, &n);
	int64_t latest;
	bool more = false;

	if (ring->latest > own_now(ring)) /* the clock was set back: told once more */
		ring->latest = 0;
	latest = ring->latest;

	for (size_t i = 0; i < n && count > 0; i++) {
		if (items[i].rang_at <= ring->latest)
			continue;
		more = true;
		if (items[i].rang_at > latest)
			latest = items[i].rang_at;
		if (!locked)
			say_item(ring, &items[i]);
	}
	ring->latest = latest;
	ring->told = count;
	if (more || (count == 0 && told > 0))
		say_count(ring);
	return more || (count == 0 && told > 0);
}

static void say_loud(struct plain_ring *ring)
{
	struct str words = STR_INIT, deputy = STR_INIT;

	str_addf(&words, _("!!%zu not acknowledged for %lld min"), plain_ring_count(ring),
		 (long long)ring->ladder.minutes);
	alarm_deputy_words(ring->client, &deputy);
	if (deputy.len > 0)
		str_addf(&words, _("  ring %s"), str_get(&deputy));
	else
		str_addf(&words, "  %s", _("no deputy is known"));
	str_release(&deputy);
	ring->say(ring->ctx, str_get(&words));
	str_release(&words);
}

static void write_down(struct plain_ring *ring, int64_t keyed_at)
{
	const struct rules *rules = client_rules(ring->client);
	struct error err = ERROR_INIT;
	struct str words = STR_INIT;
	bool done = false;

	if (alarms_write(ring->alarms, ring->client, rules->alarm_check * MINUTE_MS, keyed_at,
			 &done, &err) != ERR_OK) {
		ring->say(ring->ctx, err.text);
	} else if (done) {
		str_addf(&words,
			 _("no key for %d minutes under an alarm: written down as not answered"),
			 rules->alarm_check);
		ring->say(ring->ctx, str_get(&words));
	}
	str_release(&words);
	ring->wrote |= done;
}

static bool climb(struct plain_ring *ring, int64_t keyed_at)
{
	const struct rules *rules = client_rules(ring->client);
	struct ladder_now now = {
		.louder = rules->alarm_louder,
		.check = rules->alarm_check,
		.now = own_now(ring),
		.rang_at = ring->reads ? 0 : alarms_rang_at(ring->alarms, ALARM_ALL),
		.keyed_at = keyed_at,
		.sounding = ring->reads ? 0 : alarms_count(ring->alarms, ring->bell),
		.hushed = ring->hushed_until > own_now(ring),
	};
	bool was = ring->ladder.loud;
	unsigned todo = ladder_step(&ring->ladder, &now);

	if (todo & LADDER_BELL)
		fputs("\a", stdout);
	if (!was && ring->ladder.loud)
		say_loud(ring);
	if (todo & LADDER_WRITE)
		write_down(ring, keyed_at);
	return todo & LADDER_WRITE || (!was && ring->ladder.loud);
}

/* ---- quiet ---- */

static bool mind_hush(struct plain_ring *ring)
{
	if (ring->hushed_until == 0 || ring->hushed_until > own_now(ring))
		return false;
	ring->hushed_until = 0;
	ring->say(ring->ctx, _("the quiet has ended: alarms sound again"));
	return true;
}

void plain_ring_hush(struct plain_ring *ring, const char *words)
{
	int64_t span;

	words += strspn(words, " ");
	if (!alarm_span(words, &span)) {
		ring->say(ring->ctx, _("quiet: 30m, 2h, up to 12h, or off"));
		return;
	}
	ring->hushed_until = span > 0 ? own_now(ring) + span : 0;
	ring->say(ring->ctx,
		  span > 0 ? _("no bell so long; alarms are shown, and the quiet ends by itself")
			   : _("alarms sound again"));
}

/* ---- the link ---- */

/* The age of what is shown is told when it becomes old, and when it is fresh again. */
static bool say_link(struct plain_ring *ring)
{
	struct client_link link;
	struct str words = STR_INIT;
	bool old, other;

	client_link(ring->client, &link);
	if (link.state == LINK_OFFLINE && !link.since)
		link.state = LINK_NONE; /* it has just begun: not known yet */
	old = link_is_old(&link, own_now(ring));
	other = ring->linked && (link.state != ring->link.state || link.why != ring->link.why ||
				 old != ring->old);
	if (other) {
		link_state_words(&link, own_now(ring), client_rules(ring->client)->offset_min,
				 client_is_enrolled(ring->client), &words);
		str_addf(&words, _(" to send %u"), link.pending);
		if (old) {
			struct str age = STR_INIT;

			link_age_words(link_age(&link, own_now(ring)), &age);
			str_add(&words, ", ");
			str_addf(&words, _("data %s old"), str_get(&age));
			str_release(&age);
		}
		ring->say(ring->ctx, str_get(&words) + 1); /* without the sign for screens */
	}
	str_release(&words);
	ring->link = link;
	ring->old = old;
	ring->linked = true;
	return other;
}

bool plain_ring_look(struct plain_ring *ring, int64_t keyed_at, bool locked)
{
	int64_t minute = own_now(ring) / MINUTE_MS;
	bool said = mind_hush(ring);

	if (minute != ring->minute) {
		ring->minute = minute;
		alarms_minute(ring->alarms);
	}
	settle(ring);
	said |= say_new(ring, locked);
	said |= climb(ring, keyed_at);
	said |= !locked && say_link(ring);
	if (said)
		fflush(stdout);
	return said;
}

/* What rings already is told with how things stand. */
void plain_ring_open(struct plain_ring *ring, struct client *client, unsigned bell, bool reads,
		     void (*say)(void *ctx, const char *text), void *ctx)
{
	*ring = (struct plain_ring){ .client = client, .say = say, .ctx = ctx, .bell = bell,
				     .reads = reads, .alarms = alarms_new(client) };
	settle(ring);
	ring->told = plain_ring_count(ring);
	ring->latest = own_now(ring);
	(void)say_link(ring); /* says nothing yet: what is another than now will be said */
	(void)climb(ring, own_now(ring));
}
