#include <config.h>

#include "admit_priv.h"
#include "adopt_priv.h"
#include "endings_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entry.h"

int64_t service_ticks(struct service *service)
{
	return service->ticks != NULL ? service->ticks(service->ctx) : env_now(&service->env);
}

/* --- readers --------------------------------------------------------------------------------- */

/* Where connecting takes its time to fail, not every thread that answers shall wait for it. */
static void seen_down(struct service *service)
{
	enum { PAUSE_MS = 1000 };

	pthread_mutex_lock(&service->lock);
	service->down_until = service_ticks(service) + PAUSE_MS;
	pthread_mutex_unlock(&service->lock);
}

enum err reader_take(struct service *service, struct db **ret_db, struct error *err)
{
	struct db *db = NULL;
	bool down;
	enum err code = ERR_OK;

	pthread_mutex_lock(&service->lock);
	down = service->down_until > service_ticks(service);
	if (!down && service->n_idle > 0)
		db = service->idle[--service->n_idle];
	pthread_mutex_unlock(&service->lock);
	if (down)
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the data base does not answer: try again"));
	if (db == NULL)
		code = service->db->open(service->where, service->db_flags & ~(unsigned)DB_WRITE,
					 &db, err);
	if (code == ERR_OK)
		code = service->db->begin(db, err);
	if (code != ERR_OK) {
		service->db->close(db);
		if (code == ERR_OFFLINE)
			seen_down(service);
		return code;
	}
	*ret_db = db;
	return ERR_OK;
}

void reader_give(struct service *service, struct db *db)
{
	bool kept = false;

	if (db == NULL)
		return;
	if (service->db->commit(db, NULL) == ERR_OK) {
		pthread_mutex_lock(&service->lock);
		if (service->n_idle < READERS_MAX) {
			service->idle[service->n_idle++] = db;
			kept = true;
		}
		pthread_mutex_unlock(&service->lock);
	}
	if (!kept)
		service->db->close(db);
}

/* --- the rules in force ---------------------------------------------------------------------- */

struct rulebook *service_rules(struct service *service, const struct rules **ret_rules)
{
	struct rulebook *book;

	pthread_mutex_lock(&service->lock);
	book = service->book;
	book->refs++;
	pthread_mutex_unlock(&service->lock);
	*ret_rules = &book->profile->rules;
	return book;
}

void service_rules_done(struct service *service, struct rulebook *book)
{
	bool last;

	pthread_mutex_lock(&service->lock);
	last = --book->refs == 0;
	pthread_mutex_unlock(&service->lock);
	if (last)
		rulebook_free(book);
}

void service_adopted(struct service *service, struct rulebook *book)
{
	struct rulebook *old;

	pthread_mutex_lock(&service->lock);
	old = service->book;
	service->book = book;
	pthread_mutex_unlock(&service->lock);
	if (old != NULL)
		service_rules_done(service, old);
}

/* --- life ------------------------------------------------------------------------------------ */

static void free_all(struct service *service)
{
	service->db->close(service->writer.db);
	for (size_t i = 0; i < service->n_idle; i++)
		service->db->close(service->idle[i]);
	if (service->book != NULL)
		service_rules_done(service, service->book);
	memo_free(service->failures);
	memo_free(service->crowd);
	fails_release(&service->fails);
	memo_free(service->contacts);
	memo_free(service->rhythm);
	memo_free(service->rates);
	arena_release(&service->arena);
	parks_release(&service->parks);
	pthread_mutex_destroy(&service->lock);
	nodes_release(&service->nodes);
	free(service->writer.touched);
	free(service->where);
	free(service);
}

static struct service *bare(const struct service_config *config)
{
	struct service *service = mem_alloc(sizeof *service);

	service->db = config->db;
	service->where = mem_strdup(config->where);
	service->db_flags = config->db_flags;
	service->env = config->env;
	service->ticks = config->ticks;
	service->wake = config->wake;
	service->say = config->say;
	service->measure = config->measure;
	service->backup = config->backup;
	service->backup_ctx = config->backup_ctx;
	service->ctx = config->ctx;
	service->threads = config->threads;
	service->jobs.n_hashers = config->hashers != 0 ? config->hashers : HASHERS;
	if (service->jobs.n_hashers > HASHERS_MAX)
		service->jobs.n_hashers = HASHERS_MAX;
	service->session_ms = (config->session_hours != 0 ? config->session_hours : SESSION_HOURS) *
			      HOUR_MS;
	service->session_most_ms = (config->session_max_hours != 0 ? config->session_max_hours
								   : SESSION_MAX_HOURS) *
				   HOUR_MS;
	if (service->session_most_ms < service->session_ms)
		service->session_most_ms = service->session_ms;
	service->gone_after = config->gone_after != 0 ? config->gone_after : GONE_AFTER;
	service->has_key = config->key_hash != NULL;
	if (service->has_key)
		memcpy(service->key_hash, config->key_hash, SHA256_LEN);
	service->has_metrics_token = config->metrics_token != NULL;
	if (service->has_metrics_token)
		sha256(config->metrics_token, strlen(config->metrics_token), service->metrics_token);
	service->started = env_now(&service->env);
	service->failures = memo_new();
	service->crowd = memo_new();
	fails_init(&service->fails);
	service->contacts = memo_new();
	service->rhythm = memo_new();
	service->rates = memo_new();
	pthread_mutex_init(&service->lock, NULL);
	parks_init(&service->parks);
	service->writer.service = service;
	return service;
}

static enum err read_epoch(struct service *service, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *epoch;
	enum err code = service->db->meta_get(service->writer.db, "epoch", &arena, &epoch, err);

	if (code == ERR_OK &&
	    (epoch == NULL || !str_copy(service->epoch, sizeof service->epoch, epoch)))
		code = error_set(err, ERR_CORRUPT, _("%s has no epoch: it is not whole"),
				 service->where);
	arena_release(&arena);
	return code;
}

/* Settings of the data base by which answered acts could be lost. */
static void say_doubts(struct service *service)
{
	struct str doubts = STR_INIT, words = STR_INIT;

	if (service->db->doubts != NULL && service->say != NULL &&
	    (service->db_flags & DB_UNSYNCED) == 0)
		service->db->doubts(service->writer.db, &doubts);
	for (char *line = doubts.s, *next; line != NULL && *line != '\0'; line = next) {
		next = line + strcspn(line, "\n");
		if (*next == '\n')
			*next++ = '\0';
		str_clear(&words);
		str_addf(&words, "<4>%s", line);
		service->say(service->ctx, words.s);
	}
	str_release(&words);
	str_release(&doubts);
}

enum err service_open(const struct service_config *config, struct service **ret_service,
		      struct error *err)
{
	struct service *service = bare(config);
	const char *words = config->columns;
	enum err code = service->db->open(service->where, service->db_flags | DB_WRITE,
					  &service->writer.db, err);

	if (code == ERR_OK)
		code = import_map_new(words, words != NULL ? strlen(words) : 0, NULL,
				      &service->arena, &service->columns, err);
	if (code == ERR_OK)
		say_doubts(service);
	if (code == ERR_OK)
		code = read_epoch(service, err);
	if (code == ERR_OK)
		code = rulebook_newest(service->db, service->writer.db, &service->book, err);
	if (code == ERR_OK)
		code = jobs_start(service, err);
	if (code == ERR_OK) {
		code = endings_open(service, err);
		search_behind(service);
		if (code == ERR_OK)
			code = nodes_open(service, err);
		if (code == ERR_OK)
			code = timers_open(service, err);
		if (code != ERR_OK)
			jobs_stop(service);
	}
	if (code != ERR_OK) {
		free_all(service);
		return code;
	}
	*ret_service = service;
	return ERR_OK;
}

void service_stop(struct service *service)
{
	pthread_mutex_lock(&service->lock);
	service->stopping = true;
	pthread_mutex_unlock(&service->lock);
	parks_stop(service);
}

void service_close(struct service *service)
{
	if (service == NULL)
		return;
	fails_flush(service, true);
	jobs_stop(service);
	free_all(service);
}

/* --- new data -------------------------------------------------------------------------------- */

struct first { /* the first adoption, as a job */
	struct rulebook *book;
	const char *bundle, *calendar;
	size_t bundle_len, calendar_len;
};

void epoch_make(const struct env *env, char text[EPOCH_TEXT])
{
	uint8_t random[(EPOCH_TEXT - 1) / 2];

	env_random(env, random, sizeof random);
	crypto_hex(random, sizeof random, text);
}

static enum err first_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct first *first = job->data;
	const struct adopt_ask ask = { .book = first->book,
				       .bundle = first->bundle,
				       .bundle_len = first->bundle_len,
				       .calendar = first->calendar,
				       .calendar_len = first->calendar_len,
				       .reason = "init" };
	struct str report = STR_INIT;
	char epoch[EPOCH_TEXT];
	enum err code;

	epoch_make(&writer->service->env, epoch);
	code = writer->service->db->meta_put(writer->db, "epoch", epoch, err);
	if (code == ERR_OK)
		code = adopt_write(writer, &ask, env_now(&writer->service->env), &report, err);
	str_release(&report);
	return code;
}

static void no_wake(void *ctx, struct request *request)
{
	(void)ctx;
	(void)request;
}

enum err service_create(const struct service_config *config, const char *bundle, size_t bundle_len,
			const char *calendar, size_t calendar_len, struct error *err)
{
	struct service_config plain = *config;
	struct service *service;
	struct rulebook *book;
	struct job *job;
	struct first *first;
	enum err code = rulebook_parse(bundle, bundle_len, calendar, calendar_len, &book, err);

	if (code == ERR_OK) {
		code = config->db->create(config->where, err);
		if (code != ERR_OK)
			rulebook_free(book);
	}
	if (code != ERR_OK)
		return code;
	plain.threads = false;
	plain.wake = no_wake;
	service = bare(&plain);
	code = service->db->open(service->where, service->db_flags | DB_WRITE, &service->writer.db,
				 err);
	job = job_new(sizeof *first);
	first = job->data;
	*first = (struct first){ book, bundle, calendar, bundle_len, calendar_len };
	job->write = first_write;
	if (code == ERR_OK)
		code = jobs_start(service, err);
	if (code == ERR_OK)
		code = job_submit(service, job, err);
	if (code == ERR_OK && job->code != ERR_OK)
		code = error_set(err, job->code, "%s", job->err.text);
	if (code != ERR_OK)
		rulebook_free(book);
	job_free(job);
	service_close(service);
	return code;
}

enum err service_stand(struct service *service, struct service_stand *ret_stand, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct db *db;
	struct db_entry row;
	struct entry entry = { .recv = 0 };
	uint8_t hash[SHA256_LEN];
	int64_t seq;
	enum err code = reader_take(service, &db, err);

	if (code != ERR_OK)
		return code;
	code = service->db->head(db, &seq, hash, err);
	if (code == ERR_OK && seq > 0)
		code = service->db->journal_get(db, seq, &arena, &row, err);
	if (code == ERR_OK && seq > 0)
		code = entry_decode(row.bytes, row.len, &arena, &entry, err);
	reader_give(service, db);
	arena_release(&arena);
	if (code != ERR_OK)
		return code;
	memcpy(ret_stand->epoch, service->epoch, sizeof ret_stand->epoch);
	ret_stand->seq = seq;
	ret_stand->recv = entry.recv;
	return ERR_OK;
}
