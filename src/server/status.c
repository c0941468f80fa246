/* How the server is: for whoever balances load, for `zhiband status`, and once a day for the log. */
#include <config.h>

#include "audit_priv.h"
#include "service_priv.h"

#include <inttypes.h>
#include <stdio.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { READY_FRESH_MS = 2000 }; /* a write that succeeded says so for as long */

void service_load(struct service *service, struct service_load *ret_load)
{
	struct service_load load = { .parked = service_parked(service) };

	pthread_mutex_lock(&service->jobs.lock);
	load.queued = service->jobs.n;
	pthread_mutex_unlock(&service->jobs.lock);
	pthread_mutex_lock(&service->lock);
	load.readers = service->n_idle;
	load.stopping = service->stopping;
	load.trouble = service->trouble;
	pthread_mutex_unlock(&service->lock);
	*ret_load = load;
}

/* --- GET /readyz: the counter can be read and the data be written ------------------------------ */

static enum err not_ready(struct call *call, const struct error *why, struct error *err)
{
	call->reply->retry_after = 5;
	return error_set(err, ERR_BUSY, _("the data cannot be used now: %s"), why->text);
}

static enum err ready_write(struct writer *writer, struct job *job, struct error *err)
{
	char moment[24];

	(void)job;
	snprintf(moment, sizeof moment, "%" PRId64, env_now(&writer->service->env));
	return writer->service->db->meta_put(writer->db, "ready", moment, err);
}

static enum err ready_finish(struct call *call, struct job *job, struct error *err)
{
	if (job->code != ERR_OK) {
		struct error why = job->err;

		return not_ready(call, &why, err);
	}
	atomic_store(&call->service->ready_at, service_ticks(call->service));
	call_text(call, "ready\n");
	return ERR_OK;
}

enum err ready_get(struct call *call, struct error *err)
{
	struct service *service = call->service;
	int64_t fresh = atomic_load(&service->ready_at);
	struct error why = ERROR_INIT;
	struct service_load load;
	uint8_t hash[SHA256_LEN];
	struct job *job;
	int64_t seq;
	enum err code;

	service_load(service, &load);
	if (load.stopping)
		return error_set(err, ERR_BUSY, "%s", _("the server is stopping: try again soon"));
	code = call_reader(call, &why);
	if (code == ERR_OK)
		code = service->db->head(call->reader, &seq, hash, &why);
	if (code != ERR_OK)
		return not_ready(call, &why, err);
	if (fresh != 0 && service_ticks(service) - fresh < READY_FRESH_MS) {
		call_text(call, "ready\n");
		return ERR_OK;
	}
	job = job_new(0);
	job->write = ready_write;
	job->finish = ready_finish;
	return call_submit(call, job, err);
}

/* --- GET /v1/admin/status ---------------------------------------------------------------------- */

static void line(struct str *out, const char *name, int64_t value)
{
	str_addf(out, "%s=%" PRId64 "\n", name, value);
}

static void add_work(const struct service *service, struct str *out)
{
	static const struct {
		const char *name;
		enum metric metric;
	} rows[] = {
		{ "acts_applied", METRIC_ACTS_APPLIED }, { "acts_merged", METRIC_ACTS_MERGED },
		{ "acts_refused", METRIC_ACTS_REFUSED }, { "entries", METRIC_ENTRIES },
		{ "clocks_fired", METRIC_CLOCKS },	 { "logins", METRIC_LOGIN_OK },
		{ "logins_failed", METRIC_LOGIN_FAILED }, { "write_failures", METRIC_BATCH_FAILED },
	};

	line(out, "requests", metric_requests(service));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		line(out, rows[i].name, metric_get(service, rows[i].metric));
}

enum err admin_status_get(struct call *call, struct error *err)
{
	struct service *service = call->service;
	struct str *out = &call->reply->body;
	struct service_load load;
	struct service_stand stand;
	uint8_t hash[SHA256_LEN];
	char hex[SHA256_LEN * 2 + 1];
	const char *audit;
	int64_t seq, audit_no;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = service->db->head(call->reader, &seq, hash, err);
	if (code == ERR_OK)
		code = audit_head(service->db, call->reader, &call->arena, &audit_no, &audit, err);
	if (code == ERR_OK)
		code = service_stand(service, &stand, err);
	if (code != ERR_OK)
		return code;
	service_load(service, &load);
	crypto_hex(hash, sizeof hash, hex);
	call_text(call, "");
	str_addf(out, "version=%s\nepoch=%s\njurisdiction=%s\nhead=%s\n", PACKAGE_VERSION,
		 service->epoch, call->rules->title, hex);
	str_addf(out, "profile=%s\ncalendar=%s\n", call->rules->hash, call->rules->calendar_hash);
	line(out, "seq", seq);
	line(out, "last_entry", stand.recv);
	line(out, "audit_no", audit_no);
	str_addf(out, "audit_head=%s\n", audit);
	line(out, "now", call->now);
	line(out, "started", service->threads ? service->started : 0);
	line(out, "parked", (int64_t)load.parked);
	line(out, "queue", (int64_t)load.queued);
	line(out, "stopping", load.stopping);
	add_work(service, out);
	if (load.trouble.text[0] != '\0')
		str_addf(out, "trouble=%s\n", load.trouble.text);
	return ERR_OK;
}

/* --- the heads of both chains, once a day ------------------------------------------------------ */

/* What stands in a log that is kept elsewhere cannot be changed here without being seen. */
static enum err head_words(struct service *service, struct db *db, struct str *words)
{
	struct arena arena = ARENA_INIT;
	char hex[SHA256_LEN * 2 + 1];
	uint8_t hash[SHA256_LEN];
	const char *audit;
	int64_t seq, no;
	enum err code = service->db->head(db, &seq, hash, NULL);

	if (code == ERR_OK)
		code = audit_head(service->db, db, &arena, &no, &audit, NULL);
	if (code == ERR_OK) {
		crypto_hex(hash, sizeof hash, hex);
		str_addf(words,
			 "<5>journal head: entry %" PRId64 " sha256 %s; audit head: line %" PRId64
			 " sha256 %s; epoch %s",
			 seq, hex, no, audit, service->epoch);
	}
	arena_release(&arena);
	return code;
}

static void say_heads(struct service *service)
{
	struct str words = STR_INIT;
	struct db *db;

	if (reader_take(service, &db, NULL) != ERR_OK)
		return; /* said by whoever wants to write */
	if (head_words(service, db, &words) == ERR_OK)
		service->say(service->ctx, words.s);
	reader_give(service, db);
	str_release(&words);
}

void status_tick(struct service *service)
{
	const struct rules *rules;
	struct rulebook *book;
	int32_t day;

	if (service->say == NULL)
		return;
	book = service_rules(service, &rules);
	day = civil_day_of_ms(env_now(&service->env), rules->offset_min);
	service_rules_done(service, book);
	if (day == service->said_day)
		return;
	service->said_day = day;
	say_heads(service);
}
