/* When consoles were heard of, on any node: what an author's time may claim (see backoff.c). */
#include <config.h>

#include "nodes_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/mem.h"

/* value[0] last heard, value[1] last heard before it was away, value[2] back at */
static uint64_t key_of(const struct uuid *console)
{
	return memo_key(console->b, sizeof console->b);
}

/* The later of what is known here and what the others know. */
static void put_together(struct memo *memo, const struct uuid *console,
			 const struct db_contact *theirs, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(console), now);

	if (theirs->seen > slot->value[0])
		slot->value[0] = theirs->seen;
	if (theirs->back > slot->value[2]) {
		slot->value[1] = theirs->away;
		slot->value[2] = theirs->back;
	}
	memo_done(memo);
}

static bool is_fresh(struct memo *memo, const struct uuid *console, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, key_of(console), now);
	bool fresh = slot->value[0] != 0 && now - slot->value[0] < CONTACT_EVERY_MS;

	memo_done(memo);
	return fresh;
}

static void hear(struct service *service, const struct uuid *console)
{
	struct nodes *nodes = &service->nodes;

	pthread_mutex_lock(&service->lock);
	MEM_GROW(nodes->heard, nodes->n_heard, nodes->cap_heard);
	nodes->heard[nodes->n_heard++] = *console;
	pthread_mutex_unlock(&service->lock);
}

void nodes_contact(struct service *service, struct db *db, const struct uuid *console, int64_t seen,
		   int64_t now)
{
	struct db_contact theirs;

	if (service->db->shared && !is_fresh(service->contacts, console, now)) {
		if (service->db->contact_get(db, console, &theirs, NULL) == ERR_OK)
			put_together(service->contacts, console, &theirs, now);
		hear(service, console);
	}
	contact_note(service->contacts, console, seen, now);
}

void nodes_contact_judged(struct writer *writer, const struct uuid *console, int64_t now)
{
	struct service *service = writer->service;
	struct db_contact theirs;

	if (service->db->shared &&
	    service->db->contact_get(writer->db, console, &theirs, NULL) == ERR_OK)
		put_together(service->contacts, console, &theirs, now);
}

/* --- noting ----------------------------------------------------------------------------------- */

struct noting {
	struct uuid *heard;
	size_t n;
};

static enum err noting_write(struct writer *writer, struct job *job, struct error *err)
{
	struct service *service = writer->service;
	const struct noting *noting = job->data;
	int64_t now = env_now(&service->env);
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < noting->n; i++) {
		struct memo_slot *slot =
			memo_take(service->contacts, key_of(&noting->heard[i]), now);
		struct db_contact ours = { slot->value[0], slot->value[1], slot->value[2] };

		memo_done(service->contacts);
		code = service->db->contact_put(writer->db, &noting->heard[i], &ours, err);
	}
	return code;
}

static void noted(struct service *service, struct job *job)
{
	struct noting *noting = job->data;

	pthread_mutex_lock(&service->lock);
	service->nodes.noting = false;
	pthread_mutex_unlock(&service->lock);
	free(noting->heard);
	job_free(job);
}

void contacts_note(struct service *service)
{
	struct job *job = job_new(sizeof(struct noting));
	struct noting *noting = job->data;

	pthread_mutex_lock(&service->lock);
	noting->heard = service->nodes.heard;
	noting->n = service->nodes.n_heard;
	service->nodes.heard = NULL;
	service->nodes.n_heard = service->nodes.cap_heard = 0;
	service->nodes.noting = true;
	pthread_mutex_unlock(&service->lock);
	job->weight = BATCH_ACTS;
	job->write = noting_write;
	job->done = noted;
	if (job_submit(service, job, NULL) != ERR_OK)
		noted(service, job);
}
