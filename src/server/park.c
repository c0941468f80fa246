#include <config.h>

#include "erase_priv.h"
#include "service_priv.h"

#include <string.h>
#include <time.h>

#include "zhiban/base/mem.h"

void parks_init(struct parks *parks)
{
	pthread_condattr_t attr;

	*parks = (struct parks){ .n = 0 };
	pthread_mutex_init(&parks->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&parks->ripe, &attr);
	pthread_condattr_destroy(&attr);
}

void parks_release(struct parks *parks)
{
	free(parks->items);
	pthread_cond_destroy(&parks->ripe);
	pthread_mutex_destroy(&parks->lock);
}

uint64_t parks_generation(struct parks *parks)
{
	uint64_t generation;

	pthread_mutex_lock(&parks->lock);
	generation = parks->generation;
	pthread_mutex_unlock(&parks->lock);
	return generation;
}

/* Takes the i-th park out; the caller wakes its request after unlocking. */
static struct request *unpark(struct parks *parks, size_t i)
{
	struct request *request = parks->items[i].request;

	parks->items[i] = parks->items[--parks->n];
	request->woken = true;
	return request;
}

bool park_add(struct service *service, const struct park *park, uint64_t generation)
{
	struct parks *parks = &service->parks;
	struct request *older = NULL;
	struct memo_slot *rhythm;
	struct park added = *park;

	rhythm = memo_take(service->rhythm, park->session, park->deadline);
	added.not_before = rhythm->value[0] == 0 ? 0 : rhythm->value[0] + COALESCE_MS;
	memo_done(service->rhythm);

	pthread_mutex_lock(&parks->lock);
	if (parks->generation != generation || parks->stopped) {
		pthread_mutex_unlock(&parks->lock);
		return false;
	}
	for (size_t i = 0; i < parks->n && older == NULL; i++)
		if (parks->items[i].session == park->session)
			older = unpark(parks, i);
	MEM_GROW(parks->items, parks->n, parks->cap);
	parks->items[parks->n++] = added;
	pthread_mutex_unlock(&parks->lock);
	if (older != NULL)
		service->wake(service->ctx, older);
	return true;
}

void parks_note(struct service *service, const uint8_t *touched, size_t n)
{
	struct parks *parks = &service->parks;
	int64_t now = service_ticks(service);
	bool any = false;

	pthread_mutex_lock(&parks->lock);
	parks->generation++;
	for (size_t i = 0; i < parks->n; i++) {
		struct park *park = &parks->items[i];

		if (park->due != 0 || (size_t)park->org >= n || !touched[park->org])
			continue;
		park->due = now > park->not_before ? now : park->not_before;
		park->noted = now;
		any = true;
	}
	if (any)
		pthread_cond_signal(&parks->ripe);
	pthread_mutex_unlock(&parks->lock);
}

/* When a park is to be woken. */
static int64_t ripe_at(const struct park *park)
{
	return park->due != 0 && park->due < park->deadline ? park->due : park->deadline;
}

static void note_rhythm(struct service *service, const struct park *park, int64_t now)
{
	struct memo_slot *slot;

	if (park->due == 0)
		return;
	slot = memo_take(service->rhythm, park->session, now);
	slot->value[0] = now;
	memo_done(service->rhythm);
	metric_add(service, METRIC_WOKEN, 1);
	metric_add(service, METRIC_LAG_TIME, (now - park->noted) * 1000);
	metric_set(service, METRIC_LAG_LAST, (now - park->noted) * 1000);
}

/* Wakes what is ripe, a few at a time, never with the lock held; returns when the next one is. */
static int64_t wake_ripe(struct service *service, bool all)
{
	enum { AT_ONCE = 64 };
	struct parks *parks = &service->parks;
	struct request *ripe[AT_ONCE];
	int64_t now = service_ticks(service), next;
	size_t n;

	do {
		n = 0;
		next = INT64_MAX;
		pthread_mutex_lock(&parks->lock);
		for (size_t i = 0; i < parks->n && n < AT_ONCE;) {
			int64_t at = ripe_at(&parks->items[i]);

			if (all || at <= now) {
				note_rhythm(service, &parks->items[i], now);
				ripe[n++] = unpark(parks, i);
				continue;
			}
			next = at < next ? at : next;
			i++;
		}
		pthread_mutex_unlock(&parks->lock);
		for (size_t i = 0; i < n; i++)
			service->wake(service->ctx, ripe[i]);
	} while (n == AT_ONCE);
	return next;
}

void parks_end(struct service *service, const uint64_t *sessions, size_t n)
{
	struct parks *parks = &service->parks;

	for (size_t i = 0; i < n; i++) {
		struct request *request = NULL;

		pthread_mutex_lock(&parks->lock);
		for (size_t k = 0; k < parks->n && request == NULL; k++)
			if (parks->items[k].session == sessions[i])
				request = unpark(parks, k);
		pthread_mutex_unlock(&parks->lock);
		if (request != NULL)
			service->wake(service->ctx, request);
	}
}

void parks_nudge(struct service *service)
{
	pthread_mutex_lock(&service->parks.lock);
	pthread_cond_signal(&service->parks.ripe);
	pthread_mutex_unlock(&service->parks.lock);
}

int service_tick(struct service *service)
{
	int ms = timers_tick(service), index_ms = search_tick(service),
	    nodes_ms = nodes_tick(service), purge_ms = purge_tick(service);
	int64_t next = wake_ripe(service, false), now = service_ticks(service);

	status_tick(service);
	fails_flush(service, false);
	if (index_ms < ms)
		ms = index_ms;
	if (nodes_ms < ms)
		ms = nodes_ms;
	if (purge_ms < ms)
		ms = purge_ms;

	if (next <= now)
		return 0;
	return next - now > ms ? ms : (int)(next - now);
}

void service_tick_wait(struct service *service, int ms)
{
	struct parks *parks = &service->parks;
	struct timespec until;
	bool due;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pthread_mutex_lock(&parks->lock);
	due = parks->stopped;
	for (size_t i = 0; i < parks->n && !due; i++)
		due = ripe_at(&parks->items[i]) <= service_ticks(service);
	if (!due && ms > 0)
		(void)pthread_cond_timedwait(&parks->ripe, &parks->lock, &until);
	pthread_mutex_unlock(&parks->lock);
}

void parks_stop(struct service *service)
{
	pthread_mutex_lock(&service->parks.lock);
	service->parks.stopped = true;
	pthread_cond_broadcast(&service->parks.ripe);
	pthread_mutex_unlock(&service->parks.lock);
	(void)wake_ripe(service, true);
}

size_t service_parked(struct service *service)
{
	size_t n;

	pthread_mutex_lock(&service->parks.lock);
	n = service->parks.n;
	pthread_mutex_unlock(&service->parks.lock);
	return n;
}

bool service_forget(struct service *service, struct request *request)
{
	struct parks *parks = &service->parks;
	bool found = false;

	pthread_mutex_lock(&parks->lock);
	for (size_t i = 0; i < parks->n && !found; i++) {
		if (parks->items[i].request != request)
			continue;
		unpark(parks, i);
		found = true;
	}
	pthread_mutex_unlock(&parks->lock);
	return found;
}
