/* Feeds that wait for news (park.c). */
#ifndef ZHIBAN_SERVER_PARK_PRIV_H
#define ZHIBAN_SERVER_PARK_PRIV_H

#include <pthread.h>

#include "zhiban/server/service.h"

struct park {
	struct request *request;
	uint64_t session; /* key: one park each */
	int64_t org;
	int64_t deadline; /* ticks */
	int64_t due;	  /* ticks; 0: nothing has come yet */
	int64_t noted;	  /* ticks; when it came */
	int64_t not_before; /* ticks: news answered a moment ago, more waits until then */
};
struct parks {
	pthread_mutex_t lock;
	pthread_cond_t ripe; /* something is due */
	struct park *items;
	size_t n, cap;
	uint64_t generation; /* of commits */
	bool stopped;
};

void parks_init(struct parks *parks);
void parks_release(struct parks *parks);
uint64_t parks_generation(struct parks *parks);
/* false: something was committed since `generation`; look again instead. */
bool park_add(struct service *service, const struct park *park, uint64_t generation) MUST_CHECK;
/* After a commit: the orgs whose number is set in touched have news. */
void parks_note(struct service *service, const uint8_t *touched, size_t n);
/* These sessions (memo_key of the token's hash) were ended or see something else now: their feeds look
 * again, and at who asks. */
void parks_end(struct service *service, const uint64_t *sessions, size_t n);
void parks_nudge(struct service *service); /* service_tick has something else to do */
void parks_stop(struct service *service);

#endif
