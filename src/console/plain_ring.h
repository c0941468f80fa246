/* Alarms and the link in the linear mode: each thing that happens is one line, told once. */
#ifndef ZHIBAN_CONSOLE_PLAIN_RING_H
#define ZHIBAN_CONSOLE_PLAIN_RING_H

#include "zhiban/client/link.h"
#include "zhiban/model/alarm.h"
#include "zhiban/model/ladder.h"

struct plain_ring {
	struct client *client;
	void (*say)(void *ctx, const char *text); /* a line, cleaned there */
	void *ctx;
	struct alarms *alarms;
	struct ladder ladder;
	unsigned bell;	      /* classes that sound */
	bool reads;	      /* nothing can be answered here */
	size_t told;	      /* how many were told of */
	int64_t latest;	      /* own clock: when the latest of these began to ring here */
	int64_t minute;	      /* the last that was looked at */
	int64_t hushed_until; /* own clock; 0: it sounds */
	struct client_link link;
	bool linked, old; /* as it was told */
	bool wrote;	  /* into the outbox: the worker is to be woken */
};

void plain_ring_open(struct plain_ring *ring, struct client *client, unsigned bell, bool reads,
		     void (*say)(void *ctx, const char *text), void *ctx);
void plain_ring_release(struct plain_ring *ring);
void plain_ring_changed(struct plain_ring *ring, const struct client_change *change);
/* Looks whether something rings, has rung for too long, or the link is another; keyed_at: own clock;
 * locked: only how many, and who is to be rung.  True: something was said. */
bool plain_ring_look(struct plain_ring *ring, int64_t keyed_at, bool locked);
size_t plain_ring_count(const struct plain_ring *ring);
void plain_ring_list(struct plain_ring *ring, bool locked); /* what rings, a line each */
void plain_ring_hush(struct plain_ring *ring, const char *words); /* "2h", "off" */

#endif
