#include <config.h>

#include "audit_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

void fails_init(struct fails *fails)
{
	fails->n = 0;
	pthread_mutex_init(&fails->lock, NULL);
}

void fails_release(struct fails *fails)
{
	pthread_mutex_destroy(&fails->lock);
}

/* Names come from outside and may be longer than any that is one. */
static void put(char *to, size_t size, const char *text)
{
	const char *known = text == NULL ? "-" : strlen(text) < size ? text : "...";

	memcpy(to, known, strlen(known) + 1);
}

void fails_note(struct fails *fails, const char *name, const char *address, int64_t now)
{
	struct fail sought = { .first = now, .n = 1 };
	size_t i = 0;

	put(sought.name, sizeof sought.name, name);
	put(sought.address, sizeof sought.address, address);
	pthread_mutex_lock(&fails->lock);
	while (i < fails->n && (strcmp(fails->items[i].name, sought.name) != 0 ||
				strcmp(fails->items[i].address, sought.address) != 0))
		i++;
	if (i == fails->n && fails->n == FAILS_MAX) {
		i = FAILS_MAX - 1;
		put(fails->items[i].name, FAIL_NAME, "*");
		put(fails->items[i].address, FAIL_ADDRESS, "*");
	}
	if (i < fails->n)
		fails->items[i].n++;
	else
		fails->items[fails->n++] = sought;
	pthread_mutex_unlock(&fails->lock);
}

struct fails_job {
	struct fail items[FAILS_MAX];
	size_t n;
};

static enum err fails_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct fails_job *data = job->data;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < data->n; i++) {
		const struct fail *fail = &data->items[i];
		const struct audit_line line = { .what = AUDIT_LOGIN_FAILED,
						 .by = { .via = fail->address },
						 .about = fail->name,
						 .n = fail->n,
						 .at = fail->first };

		code = audit_note(writer, &line, err);
	}
	return code;
}

static void fails_done(struct service *service, struct job *job)
{
	if (job->code != ERR_OK && service->say != NULL)
		service->say(service->ctx,
			     arena_printf(&job->arena, "<4>%s",
					  _("failed log-ins could not be written to the audit log")));
	job_free(job);
}

/* Takes what is old enough out of the list. */
static void take(struct fails *fails, int64_t before, struct fails_job *data)
{
	size_t kept = 0;

	pthread_mutex_lock(&fails->lock);
	for (size_t i = 0; i < fails->n; i++) {
		if (fails->items[i].first < before)
			data->items[data->n++] = fails->items[i];
		else
			fails->items[kept++] = fails->items[i];
	}
	fails->n = kept;
	pthread_mutex_unlock(&fails->lock);
}

void fails_flush(struct service *service, bool all)
{
	struct fails *fails = &service->fails;
	int64_t before = env_now(&service->env) - MINUTE_MS;
	struct job *job;
	bool any = false;

	pthread_mutex_lock(&fails->lock);
	for (size_t i = 0; i < fails->n; i++)
		any = any || all || fails->items[i].first <= before;
	pthread_mutex_unlock(&fails->lock);
	if (!any)
		return;
	job = job_new(sizeof(struct fails_job));
	take(fails, all ? INT64_MAX : before + 1, job->data);
	job->write = fails_write;
	job->done = fails_done;
	if (job_submit(service, job, NULL) != ERR_OK) {
		job->code = ERR_BUSY;
		fails_done(service, job);
	}
}
