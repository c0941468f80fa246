#include <config.h>

#include "nodes_priv.h"
#include "service_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

void nodes_release(struct nodes *nodes)
{
	free(nodes->heard);
}

enum err nodes_open(struct service *service, struct error *err)
{
	uint8_t hash[SHA256_LEN];

	return service->db->head(service->writer.db, &service->nodes.seq, hash, err);
}

/* --- the writer's side ------------------------------------------------------------------------ */

struct newest { /* of the adoptions */
	char profile[SHA256_HEX], calendar[SHA256_HEX];
};

static bool newest_each(void *ctx, const struct db_adoption *row)
{
	struct newest *newest = ctx;

	return str_copy(newest->profile, sizeof newest->profile, row->profile) &&
	       str_copy(newest->calendar, sizeof newest->calendar, row->calendar);
}

static enum err rules_changed(const struct db_ops *ops, struct db *db, const struct rules *rules,
			      bool *ret_changed, struct error *err)
{
	struct newest newest = { .profile = "" };
	enum err code = ops->adoption_scan(db, newest_each, &newest, err);

	if (code == ERR_OK)
		*ret_changed = newest.profile[0] != '\0' &&
			       (strcmp(newest.profile, rules->hash) != 0 ||
				strcmp(newest.calendar, rules->calendar_hash) != 0);
	return code;
}

enum err nodes_catch_up(struct writer *writer, struct error *err)
{
	struct service *service = writer->service;
	struct rulebook *book;
	bool changed = false;
	int64_t known;
	enum err code;

	if (!service->db->shared)
		return ERR_OK;
	pthread_mutex_lock(&service->lock);
	known = service->nodes.seq;
	pthread_mutex_unlock(&service->lock);
	if (known == writer->head)
		return ERR_OK;
	writer->retimed = true;
	code = rules_changed(service->db, writer->db, &writer->book->profile->rules, &changed, err);
	if (code != ERR_OK || !changed)
		return code;
	code = rulebook_newest(service->db, writer->db, &book, err);
	if (code != ERR_OK)
		return code;
	service_adopted(service, book); /* another node's, committed */
	writer->book = book;
	writer->ended = true;
	return ERR_OK;
}

static void list_touched(const struct writer *writer, struct str *orgs)
{
	for (size_t i = 0; i < writer->n_touched; i++)
		if (writer->touched[i] != 0)
			str_addf(orgs, "%s%zu", orgs->len > 0 ? " " : "", i);
}

enum err nodes_tell(struct writer *writer, struct error *err)
{
	struct service *service = writer->service;
	const struct db_ops *db = service->db;
	struct str orgs = STR_INIT;
	struct db_news news = { .seq = writer->head, .at = env_now(&service->env) };
	bool prune;
	enum err code;

	if (!db->shared || writer->head == writer->from)
		return ERR_OK;
	list_touched(writer, &orgs);
	news.orgs = str_get(&orgs);
	code = db->news_add(writer->db, &news, err);
	str_release(&orgs);
	pthread_mutex_lock(&service->lock);
	prune = news.at - service->nodes.pruned > NEWS_KEPT_MS / 4;
	if (prune)
		service->nodes.pruned = news.at;
	pthread_mutex_unlock(&service->lock);
	if (code == ERR_OK && prune)
		code = db->news_prune(writer->db, news.at - NEWS_KEPT_MS, err);
	return code;
}

void nodes_committed(struct writer *writer)
{
	struct service *service = writer->service;

	pthread_mutex_lock(&service->lock);
	/* what others wrote between is still to be told */
	if (service->nodes.seq == writer->from)
		service->nodes.seq = writer->head;
	pthread_mutex_unlock(&service->lock);
}

/* --- looking ---------------------------------------------------------------------------------- */

struct look {
	uint8_t *touched; /* by number of the organisation */
	size_t n;
	int64_t seq, first;
};

static bool look_each(void *ctx, const struct db_news *row)
{
	struct look *look = ctx;
	const char *s = row->orgs;

	if (look->first == 0)
		look->first = row->seq;
	look->seq = row->seq;
	while (*s != '\0') {
		char *end;
		unsigned long no = strtoul(s, &end, 10);

		if (end == s)
			break;
		if (no >= look->n) {
			look->touched = mem_resize(look->touched, no * 2 + 64, 1);
			memset(look->touched + look->n, 0, no * 2 + 64 - look->n);
			look->n = no * 2 + 64;
		}
		look->touched[no] = 1;
		s = end + (*end == ' ');
	}
	return true;
}

static enum err nothing_write(struct writer *writer, struct job *job, struct error *err)
{
	(void)writer;
	(void)job;
	(void)err;
	return ERR_OK;
}

static void free_done(struct service *service, struct job *job)
{
	(void)service;
	job_free(job);
}

/* The writer takes over what others did, when it is nothing that can wait for its next job. */
static void nudge_writer(struct service *service)
{
	struct job *job = job_new(0);

	job->write = nothing_write;
	job->done = free_done;
	if (job_submit(service, job, NULL) != ERR_OK)
		job_free(job);
}

/* Reads on after `known`; whether the writer is to be nudged. */
static enum err read_news(struct service *service, struct db *db, int64_t known, struct look *look,
			  bool *ret_nudge, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	const struct rules *rules;
	struct rulebook *book;
	int64_t head = 0, at = 0;
	enum err code = service->db->head(db, &head, hash, err);

	if (code != ERR_OK || head == known)
		return code;
	code = service->db->news_scan(db, known, look_each, look, err);
	if (code == ERR_OK)
		code = service->db->timer_next(db, &at, err);
	if (code != ERR_OK)
		return code;
	look->seq = head;
	book = service_rules(service, &rules);
	code = rules_changed(service->db, db, rules, ret_nudge, err);
	service_rules_done(service, book);
	pthread_mutex_lock(&service->lock);
	service->timers.at = at == 0 ? INT64_MAX : at;
	pthread_mutex_unlock(&service->lock);
	return code;
}

static void look(struct service *service, int64_t known)
{
	struct look look = { .seq = known };
	struct db *db = NULL;
	bool nudge = false;
	enum err code = reader_take(service, &db, NULL);

	if (code == ERR_OK)
		code = read_news(service, db, known, &look, &nudge, NULL);
	reader_give(service, db);
	if (code == ERR_OK && look.seq != known) {
		parks_note(service, look.touched, look.n);
		search_behind(service);
		metric_set(service, METRIC_SEQ, look.seq);
		pthread_mutex_lock(&service->lock);
		if (service->nodes.seq == known && !nudge)
			service->nodes.seq = look.seq;
		pthread_mutex_unlock(&service->lock);
		if (nudge)
			nudge_writer(service);
	}
	free(look.touched);
}

int nodes_tick(struct service *service)
{
	struct nodes *nodes = &service->nodes;
	int64_t ticks = service_ticks(service), known, wait;
	bool mine, heard;

	if (!service->db->shared)
		return 1000;
	pthread_mutex_lock(&service->lock);
	wait = nodes->next - ticks;
	mine = wait <= 0 && !service->stopping;
	if (mine) {
		wait = NODES_EVERY_MS;
		nodes->next = ticks + NODES_EVERY_MS;
	}
	known = nodes->seq;
	heard = nodes->n_heard > 0 && !nodes->noting;
	pthread_mutex_unlock(&service->lock);
	if (mine)
		look(service, known);
	if (mine && heard)
		contacts_note(service);
	return wait > 1000 ? 1000 : wait < 0 ? 0 : (int)wait;
}
