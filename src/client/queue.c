#include <config.h>

#include "zhiban/client/queue.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct queue {
	pthread_mutex_t lock;
	int fd; /* counts 1 while messages wait */
	size_t size;
	char *items; /* ring */
	size_t head, n, cap;
};

enum err queue_new(size_t size, struct queue **ret_queue, struct error *err)
{
	struct queue *queue;
	int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

	if (fd < 0)
		return error_errno(err, ERR_IO, errno, "%s", _("cannot make a queue"));
	queue = mem_alloc(sizeof *queue);
	pthread_mutex_init(&queue->lock, NULL);
	queue->fd = fd;
	queue->size = size;
	*ret_queue = queue;
	return ERR_OK;
}

void queue_free(struct queue *queue)
{
	if (queue == NULL)
		return;
	close(queue->fd);
	pthread_mutex_destroy(&queue->lock);
	free(queue->items);
	free(queue);
}

int queue_fd(const struct queue *queue)
{
	return queue->fd;
}

static void grow(struct queue *queue)
{
	size_t cap = queue->cap != 0 ? queue->cap * 2 : 16;
	char *items = mem_resize(NULL, cap, queue->size);

	for (size_t i = 0; i < queue->n; i++)
		memcpy(items + i * queue->size,
		       queue->items + (queue->head + i) % queue->cap * queue->size, queue->size);
	free(queue->items);
	queue->items = items;
	queue->cap = cap;
	queue->head = 0;
}

void queue_put(struct queue *queue, const void *message)
{
	uint64_t one = 1;
	ssize_t wrote = sizeof one;

	pthread_mutex_lock(&queue->lock);
	if (queue->n == queue->cap)
		grow(queue);
	memcpy(queue->items + (queue->head + queue->n) % queue->cap * queue->size, message,
	       queue->size);
	if (queue->n++ == 0)
		wrote = write(queue->fd, &one, sizeof one);
	assert(wrote == sizeof one); /* the counter is 0 while the queue is empty */
	(void)wrote;
	pthread_mutex_unlock(&queue->lock);
}

bool queue_get(struct queue *queue, void *ret_message)
{
	uint64_t count;
	ssize_t was = sizeof count;
	bool got = false;

	pthread_mutex_lock(&queue->lock);
	if (queue->n > 0) {
		memcpy(ret_message, queue->items + queue->head * queue->size, queue->size);
		queue->head = (queue->head + 1) % queue->cap;
		queue->n--;
		got = true;
		if (queue->n == 0)
			was = read(queue->fd, &count, sizeof count);
		assert(was == sizeof count);
		(void)was;
	}
	pthread_mutex_unlock(&queue->lock);
	return got;
}
