/* What the administrator takes out: all of a kind that an organisation sees, and the journal, in pages
 * of lines.  Personal values are masked unless they are asked for in clear. */
#include <config.h>

#include "audit_priv.h"
#include "mask_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/wire/feed.h"

enum { EXPORT_BYTES = 1024 * 1024 };

struct export {
	struct call *call;
	const char *kind;
	struct gaze gaze;
	struct db_place last;
	int64_t seq;
	bool cut;
	struct arena arena; /* of one row */
	enum err code;
	struct error err;
};

static bool entity_each(void *ctx, const struct db_entity *row)
{
	struct export *export = ctx;
	struct str *body = &export->call->reply->body;
	struct bytes bytes;

	if (body->len > EXPORT_BYTES) {
		export->cut = true;
		return false;
	}
	export->last = (struct db_place){ row->class, row->rank, row->eno };
	if (strcmp(row->kind, export->kind) != 0)
		return true;
	arena_reset(&export->arena);
	export->gaze.arena = &export->arena;
	export->code = gaze_entity(&export->gaze, row->bytes, row->len, &bytes, &export->err);
	if (export->code == ERR_OK)
		snapshot_entity(body, bytes.s, bytes.len);
	return export->code == ERR_OK;
}

static enum err parse_after(struct call *call, struct db_place *ret_place, struct error *err)
{
	const char *after = call_arg(call, "after");
	long long class, rank, eno;

	*ret_place = (struct db_place){ INT64_MIN, INT64_MIN, INT64_MIN };
	if (after == NULL)
		return ERR_OK;
	if (sscanf(after, "%lld.%lld.%lld", &class, &rank, &eno) != 3)
		return error_set(err, ERR_INPUT, _("after: %.40s is no key of a snapshot"), after);
	*ret_place = (struct db_place){ class, rank, eno };
	return ERR_OK;
}

/* The organisation whose view it is; the root's is everything. */
static enum err find_view(struct call *call, int64_t *ret_org, struct error *err)
{
	const char *words = call_arg(call, "org");
	const struct org *org = NULL;
	enum err code = candidates_org_exactly(
		call->rules, words != NULL ? words : call->rules->centre, &org, err);

	if (code == ERR_OK)
		code = call_reader(call, err);
	return code != ERR_OK ? code
			      : call->service->db->org_no(call->reader, org->code, false, ret_org,
							  err);
}

static enum err entities(struct call *call, struct export *export, struct error *err)
{
	const struct kind_desc *kind = kind_find(call_arg(call, "kind"));
	struct db_place after;
	int64_t org = 0, clear = 0;
	char key[80];
	enum err code = parse_after(call, &after, err);

	if (kind == NULL)
		return error_set(err, ERR_INPUT, "%s", _("no such kind"));
	export->kind = kind->name;
	if (code == ERR_OK)
		code = call_int(call, "clear", 0, 0, 1, &clear, err);
	if (code == ERR_OK)
		code = find_view(call, &org, err);
	if (code != ERR_OK)
		return code;
	export->gaze = gaze_of(call, &export->arena);
	export->gaze.org = NULL;
	export->gaze.role = clear == 1 ? "system" : "";
	code = call->service->db->snapshot(call->reader, org, &after, entity_each, export, err);
	snprintf(key, sizeof key, "%lld.%lld.%lld", (long long)export->last.class,
		 (long long)export->last.rank, (long long)export->last.eno);
	if (export->cut)
		snapshot_next(&call->reply->body, key);
	else
		snapshot_end(&call->reply->body);
	return code;
}

static bool line_each(void *ctx, const struct db_entry *row)
{
	struct export *export = ctx;
	struct str *body = &export->call->reply->body;
	char hash[SHA256_HEX];

	if (body->len > EXPORT_BYTES) {
		export->cut = true;
		return false;
	}
	crypto_hex(row->hash, SHA256_LEN, hash);
	str_addf(body, "{\"hash\":\"%s\",\"entry\":", hash);
	str_add_bytes(body, row->bytes, row->len);
	str_add(body, "}\n");
	export->seq = row->seq;
	return true;
}

static enum err journal(struct call *call, struct export *export, struct error *err)
{
	char key[32];
	enum err code = call_int(call, "after", 0, 0, INT64_MAX, &export->seq, err);

	if (code == ERR_OK)
		code = call_reader(call, err);
	if (code == ERR_OK)
		code = call->service->db->journal_scan(call->reader, export->seq, line_each, export,
						       err);
	snprintf(key, sizeof key, "%lld", (long long)export->seq);
	if (export->cut)
		snapshot_next(&call->reply->body, key);
	else
		snapshot_end(&call->reply->body);
	return code;
}

static enum err write_page(struct call *call, struct error *err)
{
	struct export export = { .call = call };
	bool lines = str_eq(call_arg(call, "kind"), "journal");
	enum err code = lines ? journal(call, &export, err) : entities(call, &export, err);

	arena_release(&export.arena);
	if (code == ERR_OK && export.code != ERR_OK)
		code = error_set(err, export.code, "%s", export.err.text);
	call->reply->type = "application/x-ndjson";
	return code;
}

/* --- that it was done ------------------------------------------------------------------------- */

struct noting {
	struct audit_by by;
	const char *about, *words;
};

static enum err note_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct noting *noting = job->data;
	struct audit_line line = { .what = AUDIT_EXPORT,
				   .by = noting->by,
				   .about = noting->about,
				   .words = noting->words };

	return audit_note(writer, &line, err);
}

static enum err note_finish(struct call *call, struct job *job, struct error *err)
{
	return job->code != ERR_OK ? job->code : write_page(call, err);
}

/* What is taken out stands in the audit log before the first page of it leaves. */
enum err admin_export_get(struct call *call, struct error *err)
{
	const char *org = call_arg(call, "org"), *clear = call_arg(call, "clear");
	struct noting *noting;
	struct job *job;

	if (call_arg(call, "after") != NULL)
		return write_page(call, err);
	job = job_new(sizeof *noting);
	noting = job->data;
	noting->by = audit_by(call, &job->arena);
	noting->about = arena_strdup(&job->arena, call_arg(call, "kind"));
	noting->words = arena_printf(&job->arena, "%s%s%s", org != NULL ? org : "",
				     org != NULL && str_eq(clear, "1") ? " " : "",
				     str_eq(clear, "1") ? "clear" : "");
	job->write = note_write;
	job->finish = note_finish;
	return call_submit(call, job, err);
}
