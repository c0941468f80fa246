#include <config.h>

#include "mask_priv.h"

#include "zhiban/domain/party.h"
#include "zhiban/wire/mask.h"

/* Who looks at the cases of others holds nobody's personal values, whoever has the case. */
static const char *holder_org(const struct call *call, const struct session *session)
{
	bool own = rules_role(call->rules, session->role)->sees == SEES_OWN;

	return own ? session->org : NULL;
}

struct gaze gaze_of(const struct call *call, struct arena *arena)
{
	return (struct gaze){ .ops = call->service->db,
			      .db = call->reader,
			      .org = holder_org(call, &call->session),
			      .role = call->session.role,
			      .arena = arena };
}

static bool may_hold(const struct gaze *gaze, const struct mask_facts *facts)
{
	return facts->n == 0 || party_may_hold(gaze->org, gaze->role, facts->open, facts->holder,
					       facts->origin);
}

/* What was masked, in the arena. */
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
	return kept(gaze, mask_entity(bytes, len, &facts, &masked, err), &masked, ret_bytes);
}

static enum err present(void *ctx, const char *id, struct mask_present *ret_present,
			struct error *err)
{
	const struct gaze *gaze = ctx;
	struct db_entity entity;
	struct uuid uuid;
	enum err code = uuid_parse(id, &uuid);

	if (code == ERR_OK)
		code = gaze->ops->entity_get(gaze->db, &uuid, gaze->arena, &entity, err);
	if (code == ERR_OK)
		code = mask_facts(entity.bytes, entity.len, gaze->arena, &ret_present->facts, err);
	if (code == ERR_OK)
		ret_present->clear = may_hold(gaze, &ret_present->facts);
	return code;
}

enum err gaze_entry(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		    struct error *err)
{
	struct str masked = STR_INIT;
	struct gaze copy = *gaze;

	return kept(gaze, mask_entry(bytes, len, present, &copy, &masked, err), &masked, ret_bytes);
}

/* The state as the session may have it; whose it is at present decides. */
static enum err state_for(struct call *call, const struct session *session, struct bytes *state,
			  struct error *err)
{
	struct gaze gaze;
	struct mask_facts facts;
	struct mask_present now;
	struct str masked = STR_INIT;
	enum err code = mask_facts(state->s, state->len, &call->arena, &facts, err);

	if (code != ERR_OK || facts.n == 0)
		return code;
	code = call_reader(call, err);
	if (code != ERR_OK)
		return code;
	gaze = gaze_of(call, &call->arena);
	gaze.org = holder_org(call, session);
	gaze.role = session->role;
	code = present(&gaze, facts.id, &now, err);
	if (code != ERR_OK || now.clear)
		return code;
	return kept(&gaze, mask_entity(state->s, state->len, &facts, &masked, err), &masked, state);
}

enum err gaze_answer(struct call *call, const struct session *session, const void *bytes, size_t len,
		     struct error *err)
{
	const char *answer = bytes;
	struct str out = STR_INIT;
	struct bytes state, was;
	enum err code = mask_answer_state(answer, len, &was.s, &was.len, err);

	if (code != ERR_OK)
		return code;
	state = was;
	if (was.len > 0)
		code = state_for(call, session, &state, err);
	if (code != ERR_OK)
		return code;
	str_add_bytes(&out, answer, (size_t)(was.s - answer));
	str_add_bytes(&out, state.s, state.len);
	str_add_bytes(&out, was.s + was.len, len - (size_t)(was.s - answer) - was.len);
	acts_answer_add(&call->reply->body, str_get(&out), out.len);
	str_release(&out);
	return ERR_OK;
}
