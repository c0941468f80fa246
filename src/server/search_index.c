#include <config.h>

#include "search_priv.h"
#include "service_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

enum {
	SLICE = 100,	  /* entries, or older entities, in a transaction */
	LINGER_MS = 2000, /* what has just been done is taken together */
	RETRY_MS = 5000,
	MARK_TEXT = 64,
};

/* --- how far it has come ---------------------------------------------------------------------- */

enum err searched_get(const struct db_ops *ops, struct db *db, struct searched *ret_searched,
		      struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *text = NULL;
	long long eno = 0, seq = 0;
	enum err code = ops->meta_get(db, "searched", &arena, &text, err);

	if (code == ERR_OK && text != NULL && sscanf(text, "%lld %lld", &eno, &seq) != 2)
		text = NULL; /* not ours: from the beginning */
	if (code == ERR_OK)
		*ret_searched = (struct searched){ eno, seq, text != NULL };
	arena_release(&arena);
	return code;
}

static enum err searched_put(struct writer *writer, const struct searched *searched,
			     struct error *err)
{
	char text[MARK_TEXT];

	snprintf(text, sizeof text, "%lld %lld", (long long)searched->eno, (long long)searched->seq);
	return writer->service->db->meta_put(writer->db, "searched", text, err);
}

/* --- a slice ---------------------------------------------------------------------------------- */

struct slice { /* gathered before anything is written */
	struct arena arena;
	struct grams grams;
	struct slice_row {
		int64_t eno;
		size_t from, n;
	} rows[SLICE];
	size_t n;
	struct uuid ids[SLICE * 4]; /* incidents that the entries touch */
	size_t n_ids;
	int64_t last;
	size_t seen;
	bool whole; /* there is no more */
	enum err code;
};

static void add_text(void *ctx, const struct field *field, const char *text)
{
	(void)field;
	grams_add(ctx, text);
}

static void take_entity(struct slice *slice, const struct db_entity *row)
{
	struct grams own = GRAMS_INIT;
	void *entity;

	if (strcmp(row->kind, kind_desc(KIND_INCIDENT)->name) != 0)
		return;
	/* what cannot be read is verify's to tell, and stands in nobody's way here */
	if (entity_decode(row->bytes, row->len, &slice->arena, &entity, NULL) != ERR_OK)
		return;
	incident_texts(entity, add_text, &own);
	grams_sort(&own);
	slice->rows[slice->n++] = (struct slice_row){ row->eno, slice->grams.n, own.n };
	for (size_t i = 0; i < own.n; i++) {
		MEM_GROW(slice->grams.items, slice->grams.n, slice->grams.cap);
		slice->grams.items[slice->grams.n++] = own.items[i];
	}
	grams_release(&own);
}

static bool older_each(void *ctx, const struct db_entity *row)
{
	struct slice *slice = ctx;

	if (slice->seen++ == SLICE) {
		slice->whole = false;
		return false;
	}
	slice->last = row->eno;
	take_entity(slice, row);
	return true;
}

static void note_id(struct slice *slice, const struct uuid *id)
{
	for (size_t i = 0; i < slice->n_ids; i++)
		if (uuid_eq(&slice->ids[i], id))
			return;
	slice->ids[slice->n_ids++] = *id;
}

static bool entry_each(void *ctx, const struct db_entry *row)
{
	struct slice *slice = ctx;
	struct entry entry;
	size_t incidents = 0;

	if (slice->n_ids >= SLICE) {
		slice->whole = false;
		return false;
	}
	if (entry_decode(row->bytes, row->len, &slice->arena, &entry, NULL) == ERR_OK) {
		for (size_t i = 0; i < entry.n_effects; i++)
			incidents += entry.effects[i].kind == KIND_INCIDENT;
		/* one entry touches few; more than fit at all are left to later entries of theirs */
		if (incidents > 0 && slice->n_ids > 0 &&
		    slice->n_ids + incidents > ARRAY_LEN(slice->ids)) {
			slice->whole = false;
			return false;
		}
		for (size_t i = 0; i < entry.n_effects && slice->n_ids < ARRAY_LEN(slice->ids); i++)
			if (entry.effects[i].kind == KIND_INCIDENT)
				note_id(slice, &entry.effects[i].id);
	}
	slice->last = row->seq;
	return true;
}

static enum err write_rows(struct writer *writer, struct slice *slice, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < slice->n; i++) {
		const struct slice_row *row = &slice->rows[i];

		if (row->n > 0)
			code = writer->service->db->search_add(
				writer->db, row->eno, slice->grams.items + row->from, row->n, err);
	}
	slice->n = 0;
	slice->grams.n = 0;
	return code;
}

static enum err older(struct writer *writer, struct searched *searched, struct slice *slice,
		      struct error *err)
{
	enum err code;

	slice->last = searched->eno;
	code = writer->service->db->entity_scan(writer->db, searched->eno, older_each, slice, err);
	if (code == ERR_OK)
		code = write_rows(writer, slice, err);
	searched->eno = slice->whole ? 0 : slice->last;
	return code;
}

static enum err newer(struct writer *writer, struct searched *searched, struct slice *slice,
		      struct error *err)
{
	const struct db_ops *db = writer->service->db;
	enum err code;

	slice->last = searched->seq;
	code = db->journal_scan(writer->db, searched->seq, entry_each, slice, err);
	for (size_t i = 0; code == ERR_OK && i < slice->n_ids; i++) {
		struct db_entity row;

		if (slice->n == SLICE)
			code = write_rows(writer, slice, err);
		if (code == ERR_OK)
			code = db->entity_get(writer->db, &slice->ids[i], &slice->arena, &row, err);
		if (code == ERR_OK)
			take_entity(slice, &row);
	}
	if (code == ERR_OK)
		code = write_rows(writer, slice, err);
	searched->seq = slice->last;
	return code;
}

static enum err index_write(struct writer *writer, struct job *job, struct error *err)
{
	struct slice *slice = mem_alloc(sizeof *slice);
	bool *more = job->data;
	struct searched searched, before;
	enum err code = searched_get(writer->service->db, writer->db, &searched, err);

	slice->whole = true;
	before = searched;
	if (code == ERR_OK && !searched.begun) {
		searched.seq = writer->head;
		code = older(writer, &searched, slice, err);
	} else if (code == ERR_OK && searched.eno != 0) {
		code = older(writer, &searched, slice, err);
	} else if (code == ERR_OK) {
		code = newer(writer, &searched, slice, err);
	}
	if (code == ERR_OK && (!before.begun || before.eno != searched.eno ||
			       before.seq != searched.seq))
		code = searched_put(writer, &searched, err);
	*more = !slice->whole || searched.eno != 0 || searched.seq < writer->head;
	grams_release(&slice->grams);
	arena_release(&slice->arena);
	free(slice);
	return code;
}

/* --- when ------------------------------------------------------------------------------------- */

void search_behind(struct service *service)
{
	int64_t ticks = service_ticks(service);

	pthread_mutex_lock(&service->lock);
	if (!service->search.behind)
		service->search.not_before = ticks + LINGER_MS;
	service->search.behind = true;
	pthread_mutex_unlock(&service->lock);
}

static void over(struct service *service, struct job *job)
{
	struct searching *search = &service->search;
	bool more = *(const bool *)job->data, failed = job->code != ERR_OK;
	int64_t ticks = service_ticks(service);

	pthread_mutex_lock(&service->lock);
	search->busy = false;
	if (failed || more)
		search->behind = true;
	if (failed)
		search->not_before = ticks + RETRY_MS;
	pthread_mutex_unlock(&service->lock);
	job_free(job);
}

static bool writer_idle(struct service *service)
{
	bool idle;

	pthread_mutex_lock(&service->jobs.lock);
	idle = service->jobs.n == 0;
	pthread_mutex_unlock(&service->jobs.lock);
	return idle;
}

int search_tick(struct service *service)
{
	struct searching *search = &service->search;
	int64_t ticks = service_ticks(service), wait;
	bool mine = false;
	struct job *job;

	pthread_mutex_lock(&service->lock);
	wait = !search->behind || search->busy || service->stopping ? 1000
								   : search->not_before - ticks;
	if (wait <= 0) {
		mine = true;
		search->busy = true;
		search->behind = false;
	}
	pthread_mutex_unlock(&service->lock);
	if (!mine)
		return wait > 1000 ? 1000 : (int)wait;
	job = job_new(sizeof(bool));
	job->weight = BATCH_ACTS; /* a transaction of its own */
	job->write = index_write;
	job->done = over;
	if (!writer_idle(service) || job_submit(service, job, NULL) != ERR_OK) {
		job->code = ERR_BUSY;
		over(service, job);
	}
	return 0;
}
