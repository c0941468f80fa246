/* Snapshot pages: lines of JSON, and the cutter that makes lines of what the network brings. */
#include <config.h>

#include <stddef.h>
#include <string.h>

#include "message_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/wire/feed.h"

enum { WORD = 4000 };

#define MEMBER(key, member, type, flags)                                                       \
	{ key, MEMBER_##type, offsetof(struct snapshot_line, member), WORD, flags }
static const struct member head_members[] = {
	MEMBER("calendar", calendar, TEXT, 0),
	MEMBER("epoch", head.epoch, TEXT, 0),
	MEMBER("now", head.now, INT, MEMBER_REQUIRED),
	MEMBER("profile", profile, TEXT, 0),
	MEMBER("seq", seq, INT, MEMBER_REQUIRED),
	MEMBER("total", total, INT, MEMBER_REQUIRED),
	MEMBER("version", head.version, INT, MEMBER_REQUIRED),
	{ NULL },
};

void snapshot_head(struct str *out, const struct snapshot_line *line)
{
	str_add(out, "{\"head\":");
	object_put(out, head_members, line);
	str_add(out, "}\n");
}

void snapshot_entity(struct str *out, const char *entity_bytes, size_t len)
{
	str_add(out, "{\"entity\":");
	str_add_bytes(out, entity_bytes, len);
	str_add(out, "}\n");
}

void snapshot_next(struct str *out, const char *key)
{
	str_add(out, "{\"next\":");
	json_put_text(out, key);
	str_add(out, "}\n");
}

void snapshot_end(struct str *out)
{
	str_add(out, "{\"end\":true}\n");
}

static enum err line_from(const struct json *json, struct arena *arena, struct snapshot_line *line,
			  struct error *err)
{
	const struct json *part = json_member(json, "entity");

	if (json_is(part, TREE_OBJECT) && json_new_kind(part))
		return ERR_OK; /* SNAPSHOT_UNKNOWN */
	if (json_is(part, TREE_OBJECT)) {
		line->kind = SNAPSHOT_ENTITY;
		return entity_from(part, arena, &line->entity, err);
	}
	part = json_member(json, "head");
	if (json_is(part, TREE_OBJECT)) {
		line->kind = SNAPSHOT_HEAD;
		return object_from(part, head_members, arena, line, err);
	}
	if (json_member(json, "next")) {
		line->kind = SNAPSHOT_NEXT;
		return json_get_text(json, "next", WORD, arena, &line->next, err);
	}
	line->kind = json_is(json_member(json, "end"), TREE_TRUE) ? SNAPSHOT_END : SNAPSHOT_UNKNOWN;
	return ERR_OK;
}

enum err snapshot_line_decode(const char *bytes, size_t len, struct arena *arena,
			      struct snapshot_line *ret_line, struct error *err)
{
	struct snapshot_line line = { .kind = SNAPSHOT_UNKNOWN };
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = line_from(doc.root, arena, &line, err);
	json_release(&doc);
	if (!code)
		*ret_line = line;
	return code;
}

/* --- the cutter --------------------------------------------------------------------------- */

void lines_init(struct line_cutter *cutter)
{
	str_init(&cutter->rest);
}

void lines_release(struct line_cutter *cutter)
{
	str_release(&cutter->rest);
}

static enum err too_long(struct error *err)
{
	return error_set(err, ERR_TOO_LARGE, _("a line is longer than %d bytes"),
			 SNAPSHOT_LINE_MAX);
}

enum err lines_push(struct line_cutter *cutter, const char *bytes, size_t len, line_fn fn,
		    void *ctx, struct error *err)
{
	const char *s = bytes, *end = bytes + len;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));
		size_t n = (size_t)((nl ? nl : end) - s);
		enum err code;

		if (cutter->rest.len + n > SNAPSHOT_LINE_MAX)
			return too_long(err);
		if (!nl || cutter->rest.len > 0)
			str_add_bytes(&cutter->rest, s, n);
		if (!nl)
			return ERR_OK;
		if (cutter->rest.len > 0)
			code = fn(ctx, cutter->rest.s, cutter->rest.len, err);
		else
			code = n ? fn(ctx, s, n, err) : ERR_OK;
		str_clear(&cutter->rest);
		if (code)
			return code;
		s = nl + 1;
	}
	return ERR_OK;
}

enum err lines_end(struct line_cutter *cutter, line_fn fn, void *ctx, struct error *err)
{
	enum err code = ERR_OK;

	if (cutter->rest.len > 0)
		code = fn(ctx, cutter->rest.s, cutter->rest.len, err);
	str_clear(&cutter->rest);
	return code;
}
