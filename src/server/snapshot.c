#include <config.h>

#include "mask_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/wire/feed.h"

enum { PAGE_BYTES = 256 * 1024, PAGE_BYTES_MIN = 1024, PAGE_BYTES_MAX = 4 * 1024 * 1024 };

struct shot {
	struct call *call;
	int64_t max;
	struct db_place last;
	bool cut; /* there is more */
	size_t n;
	struct arena arena; /* of one row */
	enum err code;
	struct error err;
};

static bool shot_each(void *ctx, const struct db_entity *row)
{
	struct shot *shot = ctx;
	struct str *body = &shot->call->reply->body;
	struct gaze gaze = gaze_of(shot->call, &shot->arena);
	struct bytes bytes;

	if (shot->n > 0 && (int64_t)(body->len + row->len) > shot->max) {
		shot->cut = true;
		return false;
	}
	arena_reset(&shot->arena);
	shot->code = gaze_entity(&gaze, row->bytes, row->len, &bytes, &shot->err);
	if (shot->code != ERR_OK)
		return false;
	snapshot_entity(body, bytes.s, bytes.len);
	shot->last = (struct db_place){ row->class, row->rank, row->eno };
	shot->n++;
	return true;
}

/* "1.-1795000000000.42": class, rank and number of the last entity of the page before. */
static enum err parse_key(const char *key, struct db_place *ret_place, struct error *err)
{
	char part[3][24];
	long long num[3];
	size_t n = 0;

	*ret_place = (struct db_place){ INT64_MIN, INT64_MIN, INT64_MIN };
	if (key == NULL)
		return ERR_OK;
	for (const char *s = key; n < 3; n++) {
		size_t len = strcspn(s, ".");

		if (len == 0 || len >= sizeof part[n])
			break;
		memcpy(part[n], s, len);
		part[n][len] = '\0';
		if (!str_int(part[n], INT64_MIN, INT64_MAX, &num[n]) ||
		    (s[len] == '\0') != (n == 2))
			break;
		s += len + 1;
	}
	if (n != 3)
		return error_set(err, ERR_INPUT, _("after: %.40s is no key of a snapshot"), key);
	*ret_place = (struct db_place){ num[0], num[1], num[2] };
	return ERR_OK;
}

static enum err write_head(struct call *call, int64_t org, struct error *err)
{
	struct snapshot_line line = { .kind = SNAPSHOT_HEAD,
				      .head = call_head(call),
				      .profile = call->rules->hash,
				      .calendar = call->rules->calendar_hash };
	uint8_t hash[SHA256_LEN];
	enum err code = call->service->db->head(call->reader, &line.seq, hash, err);

	if (code == ERR_OK)
		code = call->service->db->org_visible(call->reader, org, &line.total, err);
	if (code == ERR_OK)
		snapshot_head(&call->reply->body, &line);
	return code;
}

enum err snapshot_get(struct call *call, struct error *err)
{
	struct shot shot = { .call = call };
	struct db_place after;
	int64_t org = 0;
	char key[80];
	enum err code = parse_key(call_arg(call, "after"), &after, err);

	if (code == ERR_OK)
		code = call_scope(call, err);
	if (code == ERR_OK)
		code = call_int(call, "max", PAGE_BYTES, PAGE_BYTES_MIN, PAGE_BYTES_MAX, &shot.max,
				err);
	if (code == ERR_OK)
		code = call_org(call, &org, err);
	if (code == ERR_OK)
		code = write_head(call, org, err);
	if (code == ERR_OK)
		code =
		    call->service->db->snapshot(call->reader, org, &after, shot_each, &shot, err);
	arena_release(&shot.arena);
	if (code == ERR_OK && shot.code != ERR_OK)
		code = error_set(err, shot.code, "%s", shot.err.text);
	if (code != ERR_OK)
		return code;
	snprintf(key, sizeof key, "%lld.%lld.%lld", (long long)shot.last.class,
		 (long long)shot.last.rank, (long long)shot.last.eno);
	if (shot.cut)
		snapshot_next(&call->reply->body, key);
	else
		snapshot_end(&call->reply->body);
	call->reply->type = "application/x-ndjson";
	return ERR_OK;
}
