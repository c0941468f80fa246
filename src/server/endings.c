#include <config.h>

#include "endings_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "adopt_priv.h"
#include "service_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/carry.h"
#include "zhiban/wire/entry.h"

enum {
	NAMES_SAID = 6, /* in the reason of the adoption: a sentence has its length */
	AGAIN_MS = 10 * 60 * 1000,
	DAY_MS = 24 * 60 * 60 * 1000,
};

/* --- when ------------------------------------------------------------------------------------ */

static bool newest_each(void *ctx, const struct db_adoption *row)
{
	*(int64_t *)ctx = row->seq;
	return true;
}

/* The moment up to which endings are done. */
static enum err done_until(const struct db_ops *ops, struct db *db, int64_t *ret_done,
			   struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct entry entry = { .recv = 0 };
	struct db_entry row;
	int64_t seq = 0;
	enum err code = ops->adoption_scan(db, newest_each, &seq, err);

	if (code == ERR_OK && seq > 0)
		code = ops->journal_get(db, seq, &arena, &row, err);
	if (code == ERR_OK && seq > 0)
		code = entry_decode(row.bytes, row.len, &arena, &entry, err);
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_done = entry.recv;
	return code;
}

/* When somebody last looked for cases that nobody takes over; 0: never. */
static enum err looked_at(const struct db_ops *ops, struct db *db, int64_t *ret_at,
			  struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *text = NULL;
	int64_t at = 0;
	enum err code = ops->meta_get(db, "homeless", &arena, &text, err);

	if (code == ERR_OK && text != NULL && sscanf(text, "%" SCNd64, &at) != 1)
		at = 0;
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_at = at;
	return code;
}

static bool is_heirless(const struct rules *rules, const struct org *org, int64_t now)
{
	return org->ends != 0 && org->ends <= now &&
	       org_heir(rules, org->code, NULL, 0, now) == NULL;
}

/* When to look next; INT64_MAX: never under these rules. */
static enum err next_moment(struct service *service, struct db *db, const struct rules *rules,
			    int64_t *ret_at, struct error *err)
{
	int64_t done = 0, looked = 0, at = INT64_MAX;
	enum err code = done_until(service->db, db, &done, err);

	if (code == ERR_OK)
		code = looked_at(service->db, db, &looked, err);
	for (size_t i = 0; code == ERR_OK && i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (org->ends > done && org->ends < at)
			at = org->ends;
		if (is_heirless(rules, org, done) && looked + DAY_MS < at)
			at = looked + DAY_MS;
	}
	if (code == ERR_OK)
		*ret_at = at;
	return code;
}

enum err endings_open(struct service *service, struct error *err)
{
	return next_moment(service, service->writer.db, &service->book->profile->rules,
			   &service->timers.ends_at, err);
}

void endings_committed(struct writer *writer)
{
	struct service *service = writer->service;
	int64_t at = 0;

	if (!writer->ended && writer->fresh == NULL)
		return;
	writer->ended = false;
	if (next_moment(service, writer->db, &writer->book->profile->rules, &at, NULL) != ERR_OK)
		at = env_now(&service->env) + AGAIN_MS;
	pthread_mutex_lock(&service->lock);
	service->timers.ends_at = at;
	pthread_mutex_unlock(&service->lock);
}

/* --- the job --------------------------------------------------------------------------------- */

struct ending {
	struct adopt_ask ask;
	const char *report; /* for the log */
};

/* "Water mains -> Water department, …": what ended since; false: nothing did. */
static bool say_ended(const struct rules *rules, int64_t done, int64_t now, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i], *heir;

		if (org->ends == 0 || org->ends <= done || org->ends > now || n++ >= NAMES_SAID)
			continue;
		heir = org_heir(rules, org->code, NULL, 0, now);
		str_addf(out, "%s%s -> %s", n > 1 ? ", " : "", org->name,
			 heir != NULL ? heir->name : "-");
	}
	if (n > NAMES_SAID)
		str_addf(out, _("; and %zu more"), n - NAMES_SAID);
	return n > 0;
}

/* The texts in force, as a book of their own. */
static enum err read_book(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const struct rules *rules = &writer->book->profile->rules;
	struct ending *ending = job->data;
	struct adopt_ask *ask = &ending->ask;
	enum err code = db->blob_get(writer->db, rules->hash, &job->arena, &ask->bundle,
				     &ask->bundle_len, err);

	if (code == ERR_OK)
		code = db->blob_get(writer->db, rules->calendar_hash, &job->arena, &ask->calendar,
				    &ask->calendar_len, err);
	if (code == ERR_OK)
		code = rulebook_parse(ask->bundle, ask->bundle_len, ask->calendar,
				      ask->calendar_len, &ask->book, err);
	return code;
}

static enum err adopt_again(struct writer *writer, struct job *job, int64_t now,
			    const char *ended, struct str *report, struct error *err)
{
	struct ending *ending = job->data;
	enum err code = read_book(writer, job, err);

	if (code != ERR_OK)
		return code;
	ending->ask.stay = true;
	ending->ask.reason = arena_printf(&job->arena, _("ended: %s"), ended);
	str_addf(report, "%s\n", ending->ask.reason);
	return adopt_write(writer, &ending->ask, now, report, err);
}

static enum err note_look(struct writer *writer, int64_t now, struct error *err)
{
	char text[24];

	snprintf(text, sizeof text, "%" PRId64, now);
	return writer->service->db->meta_put(writer->db, "homeless", text, err);
}

static enum err ending_write(struct writer *writer, struct job *job, struct error *err)
{
	struct ending *ending = job->data;
	struct str ended = STR_INIT, report = STR_INIT;
	int64_t now = writer_now(writer), done = 0;
	enum err code = done_until(writer->service->db, writer->db, &done, err);

	writer->ended = true;
	if (code == ERR_OK && say_ended(&writer->book->profile->rules, done, now, &ended))
		code = adopt_again(writer, job, now, str_get(&ended), &report, err);
	else if (code == ERR_OK)
		code = adopt_look(writer, now, &report, err);
	if (code == ERR_OK)
		code = note_look(writer, now, err);
	ending->report = arena_strdup(&job->arena, str_get(&report));
	str_release(&ended);
	str_release(&report);
	return code;
}

struct job *endings_job(void)
{
	struct job *job = job_new(sizeof(struct ending));

	job->weight = BATCH_ACTS; /* a transaction of its own */
	job->write = ending_write;
	return job;
}

/* --- the log --------------------------------------------------------------------------------- */

static void say(struct service *service, struct job *job, const char *level, const char *text)
{
	char *copy = arena_strdup(&job->arena, text), *rest = copy;

	while (service->say != NULL && rest != NULL) {
		const char *line = strsep(&rest, "\n");

		if (*line != '\0')
			service->say(service->ctx, arena_printf(&job->arena, "%s%s", level, line));
	}
}

void endings_over(struct service *service, struct job *job)
{
	struct ending *ending = job->data;

	if (job->code == ERR_OK) {
		say(service, job, "<5>", ending->report != NULL ? ending->report : "");
		return;
	}
	rulebook_free(ending->ask.book);
	say(service, job, "<4>",
	    arena_printf(&job->arena, _("organisations that ended could not be carried over: %s"),
			 job->err.text));
	pthread_mutex_lock(&service->lock);
	service->timers.ends_at = env_now(&service->env) + AGAIN_MS;
	pthread_mutex_unlock(&service->lock);
}
