/* What the administrator puts in force: profiles, calendars, address tables. */
#include <config.h>

#include "adopt_priv.h"
#include "audit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/places.h"

/* --- profile and calendar -------------------------------------------------------------------- */

struct adopt_job {
	struct adopt_ask ask;
	struct audit_by by;
	const char *report;
};

static enum err note(struct writer *writer, enum audit what, struct audit_by by, const char *about,
		     const char *reason, struct error *err)
{
	const struct audit_line line = { .what = what, .by = by, .about = about, .words = reason };

	return audit_note(writer, &line, err);
}

static enum err adopt_job_write(struct writer *writer, struct job *job, struct error *err)
{
	struct adopt_job *data = job->data;
	struct str report = STR_INIT;
	enum err code = adopt_write(writer, &data->ask, env_now(&writer->service->env), &report,
				    err);

	data->report = arena_printf(&job->arena, "profile=%s\ncalendar=%s\n%s",
				    data->ask.book->profile->rules.hash,
				    data->ask.book->profile->rules.calendar_hash,
				    str_get(&report));
	str_release(&report);
	return code != ERR_OK ? code
			      : note(writer, data->ask.stay ? AUDIT_CALENDAR : AUDIT_ADOPT, data->by,
				     data->ask.stay ? data->ask.book->profile->rules.calendar_hash
						    : data->ask.book->profile->rules.hash,
				     data->ask.reason, err);
}

static enum err adopt_finish(struct call *call, struct job *job, struct error *err)
{
	struct adopt_job *data = job->data;

	(void)err;
	if (job->code != ERR_OK) {
		rulebook_free(data->ask.book);
		return job->code;
	}
	call_text(call, data->report);
	return ERR_OK;
}

/* "OLD=NEW,OLD=NEW" */
static void read_maps(struct adopt_ask *ask, const char *words, struct arena *arena)
{
	char *copy = arena_strdup(arena, words != NULL ? words : ""), *rest = copy;
	const char **maps = arena_array(arena, strlen(copy) / 2 + 1, sizeof *maps);

	while (*copy != '\0' && rest != NULL) {
		const char *one = strsep(&rest, ",");

		if (*one != '\0')
			maps[ask->n_maps++] = one;
	}
	ask->maps = maps;
}

/* The text in force that is not replaced comes from the data. */
static enum err read_texts(struct call *call, struct adopt_ask *ask, struct arena *arena,
			   bool calendar, struct error *err)
{
	const struct db_ops *db = call->service->db;
	const char *given = arena_strndup(arena, call->request->body, call->request->body_len);
	enum err code = call_reader(call, err);

	ask->bundle = ask->calendar = given;
	ask->bundle_len = ask->calendar_len = call->request->body_len;
	if (code == ERR_OK && calendar)
		code = db->blob_get(call->reader, call->rules->hash, arena, &ask->bundle,
				    &ask->bundle_len, err);
	else if (code == ERR_OK)
		code = db->blob_get(call->reader, call->rules->calendar_hash, arena,
				    &ask->calendar, &ask->calendar_len, err);
	if (code == ERR_OK)
		code = rulebook_parse(ask->bundle, ask->bundle_len, ask->calendar,
				      ask->calendar_len, &ask->book, err);
	return code;
}

static enum err adopt(struct call *call, bool calendar, struct error *err)
{
	struct job *job = job_new(sizeof(struct adopt_job));
	struct adopt_job *data = job->data;
	const char *reason = call_arg(call, "reason");
	enum err code = read_texts(call, &data->ask, &job->arena, calendar, err);

	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->by = audit_by(call, &job->arena);
	data->ask.reason = arena_strdup(&job->arena, reason != NULL ? reason : "-");
	data->ask.stay = calendar; /* its organisations are those in force */
	data->ask.redue = call_arg(call, "redue") != NULL;
	read_maps(&data->ask, call_arg(call, "map"), &job->arena);
	job->weight = BATCH_ACTS; /* a transaction of its own */
	job->write = adopt_job_write;
	job->finish = adopt_finish;
	return call_submit(call, job, err);
}

enum err admin_adopt_post(struct call *call, struct error *err)
{
	return adopt(call, false, err);
}

enum err admin_calendar_post(struct call *call, struct error *err)
{
	return adopt(call, true, err);
}

/* --- the address table ----------------------------------------------------------------------- */

struct places_job {
	struct audit_by by;
	const char *text, *reason;
	size_t len;
	int64_t rows;
	bool dry;
};

static enum err places_job_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct places_job *data = job->data;
	char hash[SHA256_HEX];
	enum err code;

	if (data->dry)
		return ERR_OK;
	code = places_write(writer, data->text, data->len, data->reason,
			    env_now(&writer->service->env), err);
	bundle_hash(data->text, data->len, hash);
	return code != ERR_OK ? code
			      : note(writer, AUDIT_PLACES, data->by, hash, data->reason, err);
}

static enum err places_finish(struct call *call, struct job *job, struct error *err)
{
	const struct places_job *data = job->data;
	char hash[SHA256_HEX];

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	bundle_hash(data->text, data->len, hash);
	call_text(call, "");
	str_addf(&call->reply->body, "places=%s\nrows=%lld\n", hash, (long long)data->rows);
	return ERR_OK;
}

static enum err count_place(void *ctx, const struct place *place, struct error *err)
{
	(void)place;
	(void)err;
	++*(int64_t *)ctx;
	return ERR_OK;
}

enum err admin_places_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct places_job));
	struct places_job *data = job->data;
	const char *reason = call_arg(call, "reason");
	enum err code;

	data->len = call->request->body_len;
	data->text = arena_strndup(&job->arena, call->request->body, data->len);
	data->reason = arena_strdup(&job->arena, reason != NULL ? reason : "-");
	data->dry = call_arg(call, "dry") != NULL;
	data->by = audit_by(call, &job->arena);
	code = places_each(data->text, data->len, count_place, &data->rows, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	job->write = places_job_write;
	job->finish = places_finish;
	return call_submit(call, job, err);
}
