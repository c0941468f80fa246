/* Single entities, their timelines, and the texts of profiles, calendars and address tables. */
#include <config.h>

#include "mask_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/wire/feed.h"

enum { TIMELINE_BYTES = 256 * 1024 };

/* The entity, if the reader's organisation sees it; what it does not see is not there. */
static enum err find(struct call *call, const char *words, struct db_entity *ret_entity,
		     struct error *err)
{
	const struct db_ops *db = call->service->db;
	struct db_entity entity = { .eno = 0 };
	struct uuid id;
	int64_t org, since = 0;
	enum err code;

	if (words == NULL || uuid_parse(words, &id) != ERR_OK)
		return error_set(err, ERR_INPUT, _("%.60s is no id"), words != NULL ? words : "");
	code = call_org(call, &org, err);
	if (code == ERR_OK)
		code = db->entity_get(call->reader, &id, &call->arena, &entity, err);
	if (code == ERR_NOT_FOUND) /* takes no other time than what is not theirs */
		code = ERR_OK;
	if (code == ERR_OK)
		code = db->party_since(call->reader, org, entity.eno, &since, err);
	*ret_entity = entity;
	if (code == ERR_OK && since == 0)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("there is nothing of that id"));
	return code;
}

enum err entities_get(struct call *call, struct error *err)
{
	struct answer_head head = call_head(call);
	struct db_entity entity;
	struct gaze gaze;
	struct bytes bytes;
	enum err code = find(call, call_tail(call), &entity, err);

	gaze = gaze_of(call, &call->arena); /* find made the reader */
	if (code == ERR_OK)
		code = gaze_entity(&gaze, entity.bytes, entity.len, &bytes, err);
	if (code == ERR_OK)
		entity_answer(&call->reply->body, bytes.s, bytes.len, &head);
	return code;
}

struct lines {
	struct call *call;
	size_t n;
	bool cut;
	struct arena arena; /* of one line */
	enum err code;
	struct error err;
};

static bool line_each(void *ctx, const struct db_entry *row)
{
	struct lines *lines = ctx;
	struct str *body = &lines->call->reply->body;
	struct gaze gaze = gaze_of(lines->call, &lines->arena);
	struct bytes bytes;

	if (lines->n > 0 && body->len + row->len > TIMELINE_BYTES) {
		lines->cut = true;
		return false;
	}
	arena_reset(&lines->arena);
	lines->code = gaze_entry(&gaze, row->bytes, row->len, &bytes, &lines->err);
	if (lines->code != ERR_OK)
		return false;
	timeline_entry(body, bytes.s, bytes.len, NULL);
	lines->n++;
	return true;
}

enum err timeline_get(struct call *call, struct error *err)
{
	struct lines lines = { .call = call };
	struct answer_head head = call_head(call);
	struct db_entity entity;
	int64_t after = 0;
	enum err code = find(call, call_arg(call, "entity"), &entity, err);

	if (code == ERR_OK)
		code = call_int(call, "after", 0, 0, INT64_MAX, &after, err);
	if (code != ERR_OK)
		return code;
	timeline_begin(&call->reply->body);
	code = call->service->db->timeline(call->reader, entity.eno, after, line_each, &lines, err);
	arena_release(&lines.arena);
	if (code == ERR_OK && lines.code != ERR_OK)
		code = error_set(err, lines.code, "%s", lines.err.text);
	timeline_end(&call->reply->body, &head, !lines.cut);
	return code;
}

static enum err text_get(struct call *call, struct error *err)
{
	const char *bytes;
	size_t len;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = call->service->db->blob_get(call->reader, call_tail(call), &call->arena,
						   &bytes, &len, err);
	if (code != ERR_OK)
		return code;
	call->reply->type = "text/plain; charset=utf-8";
	call->reply->lasting = true;
	str_add_bytes(&call->reply->body, bytes, len);
	return ERR_OK;
}

enum err profile_get(struct call *call, struct error *err)
{
	return text_get(call, err);
}

enum err calendar_get(struct call *call, struct error *err)
{
	return text_get(call, err);
}

enum err places_get(struct call *call, struct error *err)
{
	return text_get(call, err);
}

enum err health_get(struct call *call, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	int64_t seq;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = call->service->db->head(call->reader, &seq, hash, err);
	if (code == ERR_OK)
		call_text(call, "ok\n");
	return code;
}
