#include <config.h>

#include "mask_priv.h"

#include "zhiban/domain/party.h"
#include "zhiban/wire/mask.h"

struct gaze gaze_of(const struct call *call, struct arena *arena)
{
	return (struct gaze){ .ops = call->service->db,
			      .db = call->reader,
			      .org = call->session.org,
			      .role = call->session.role,
			      .arena = arena };
}

static bool may_hold(const struct gaze *gaze, const struct mask_facts *facts)
{
	return !facts->any || party_may_hold(gaze->org, gaze->role, facts->open, facts->holder,
					     facts->origin);
}

/* What was masked, in the arena; or the bytes as they are. */
static enum err kept(const struct gaze *gaze, enum err code, struct str *masked,
		     struct bytes *ret_bytes)
{
	if (code == ERR_OK)
		*ret_bytes = (struct bytes){
			arena_strndup(gaze->arena, str_get(masked), masked->len), masked->len
		};
	str_release(masked);
	return code;
}

enum err gaze_entity(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		     struct error *err)
{
	struct str masked = STR_INIT;
	struct mask_facts facts;
	enum err code = mask_facts(bytes, len, gaze->arena, &facts, err);

	if (code != ERR_OK)
		return code;
	if (may_hold(gaze, &facts)) {
		*ret_bytes = (struct bytes){ bytes, len };
		return ERR_OK;
	}
	return kept(gaze, mask_entity(bytes, len, &masked, err), &masked, ret_bytes);
}

static enum err present(void *ctx, const char *id, struct mask_present *ret_present,
			struct error *err)
{
	const struct gaze *gaze = ctx;
	struct db_entity entity;
	struct mask_facts facts;
	struct uuid uuid;
	enum err code = uuid_parse(id, &uuid);

	if (code == ERR_OK)
		code = gaze->ops->entity_get(gaze->db, &uuid, gaze->arena, &entity, err);
	if (code == ERR_OK)
		code = mask_facts(entity.bytes, entity.len, gaze->arena, &facts, err);
	if (code == ERR_OK)
		*ret_present = (struct mask_present){ entity.bytes, entity.len,
						      may_hold(gaze, &facts) };
	return code;
}

enum err gaze_entry(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		    struct error *err)
{
	struct str masked = STR_INIT;
	struct gaze copy = *gaze;

	return kept(gaze, mask_entry(bytes, len, present, &copy, &masked, err), &masked, ret_bytes);
}

enum err gaze_answer(struct call *call, const struct session *session, const void *bytes, size_t len,
		     struct error *err)
{
	struct mask_present now = { .clear = true };
	struct str masked = STR_INIT;
	char id[UUID_TEXT];
	enum err code = ERR_OK;

	if (mask_answer_state(bytes, len, id)) {
		code = call_reader(call, err);
		if (code == ERR_OK) {
			struct gaze gaze = gaze_of(call, &call->arena);

			gaze.org = session->org;
			gaze.role = session->role;
			code = present(&gaze, id, &now, err);
		}
	}
	if (code == ERR_OK && now.clear) {
		acts_answer_add(&call->reply->body, bytes, len);
		return ERR_OK;
	}
	if (code == ERR_OK)
		code = mask_answer(bytes, len, &masked, err);
	if (code == ERR_OK)
		acts_answer_add(&call->reply->body, str_get(&masked), masked.len);
	str_release(&masked);
	return code;
}
