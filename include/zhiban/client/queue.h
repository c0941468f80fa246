/* A queue of messages between two threads, with a descriptor to poll. */
#ifndef ZHIBAN_CLIENT_QUEUE_H
#define ZHIBAN_CLIENT_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/error.h"

struct queue;

/* Messages are copies of `size` bytes. */
enum err queue_new(size_t size, struct queue **ret_queue, struct error *err) MUST_CHECK;
void queue_free(struct queue *queue);
int queue_fd(const struct queue *queue); /* readable while a message waits */
void queue_put(struct queue *queue, const void *message);
bool queue_get(struct queue *queue, void *ret_message); /* false: empty; never blocks */

#endif
