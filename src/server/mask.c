#include <config.h>

#include "mask_priv.h"

#include "personal_priv.h"
#include "zhiban/domain/party.h"
#include "zhiban/wire/entity.h"
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
			      .holds = call->rules->privacy.holds,
			      .org = holder_org(call, &call->session),
			      .role = call->session.role,
			      .arena = arena };
}

static bool may_hold(const struct gaze *gaze, const struct mask_facts *facts)
{
	const struct hold_ask ask = {
		.holds = gaze->holds,
		.org = gaze->org,
		.role = gaze->role,
		.open = facts->open,
		.share = gaze->holds == HOLDS_SHARES && gaze->org != NULL &&
			 mask_shares(facts, gaze->org),
		.holder = facts->holder,
		.origin = facts->origin,
	};

	return facts->n > 0 && party_may_hold(&ask);
}

/* --- what the seam of masking asks ----------------------------------------------------------- */

struct looking { /* one item for one reader */
	const struct gaze *gaze;
	struct lookup lookup;
};

static struct looking looking_of(const struct gaze *gaze)
{
	return (struct looking){ .gaze = gaze,
				 .lookup = { .ops = gaze->ops, .db = gaze->db,
					     .arena = gaze->arena } };
}

static enum err present(void *ctx, const char *id, struct mask_present *ret_present,
			struct error *err)
{
	const struct gaze *gaze = ((struct looking *)ctx)->gaze;
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

static enum err value_of(void *ctx, const char *id, const char *key, const char *text,
			 const char **ret_value, struct error *err)
{
	struct looking *looking = ctx;
	struct uuid uuid;
	enum err code = uuid_parse(id, &uuid);

	return code != ERR_OK ? code
			      : lookup_text(&looking->lookup, &uuid, key, text, ret_value, err);
}

static struct mask_reader reader_of(struct looking *looking)
{
	return (struct mask_reader){ .find = present,
				     .value = value_of,
				     .ctx = looking,
				     .shares = looking->gaze->holds == HOLDS_SHARES };
}

/* --- items ----------------------------------------------------------------------------------- */

/* What the reader gets, in the arena. */
static enum err kept(const struct gaze *gaze, enum err code, struct str *made,
		     struct bytes *ret_bytes)
{
	if (code == ERR_OK)
		*ret_bytes = (struct bytes){ arena_strndup(gaze->arena, str_get(made), made->len),
					     made->len };
	str_release(made);
	return code;
}

static enum err entity_for(const struct gaze *gaze, const struct bytes *bytes,
			   const struct mask_facts *facts, bool clear, struct bytes *ret_bytes,
			   struct error *err)
{
	struct looking looking = looking_of(gaze);
	struct mask_reader reader = reader_of(&looking);
	struct str made = STR_INIT;

	return kept(gaze,
		    mask_entity_for(bytes->s, bytes->len, facts, &reader, clear, &made, err),
		    &made, ret_bytes);
}

enum err gaze_entity(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		     struct error *err)
{
	const struct bytes stored = { bytes, len };
	struct mask_facts facts;
	enum err code = mask_facts(bytes, len, gaze->arena, &facts, err);

	if (code != ERR_OK)
		return code;
	if (facts.n > 0)
		return entity_for(gaze, &stored, &facts, may_hold(gaze, &facts), ret_bytes, err);
	*ret_bytes = stored;
	return ERR_OK;
}

enum err gaze_entry(const struct gaze *gaze, const void *bytes, size_t len, struct bytes *ret_bytes,
		    struct error *err)
{
	struct looking looking = looking_of(gaze);
	struct mask_reader reader = reader_of(&looking);
	struct str made = STR_INIT;

	return kept(gaze, mask_entry_for(bytes, len, &reader, &made, err), &made, ret_bytes);
}

/* Whether the session sees the entity at present. */
static enum err sees(struct call *call, const struct session *session, const struct bytes *state,
		     bool *ret_sees, struct error *err)
{
	const struct db_ops *db = call->service->db;
	const char *view = session_scope_org(call->rules, session);
	struct db_entity row = { .eno = 0 };
	int64_t org = 0, since = 0;
	struct entity *entity;
	enum err code =
		entity_decode(state->s, state->len, &call->arena, (void **)&entity, err);

	if (code == ERR_OK)
		code = call_reader(call, err);
	if (code == ERR_OK)
		code = db->entity_get(call->reader, &entity->id, &call->arena, &row, err);
	if (code == ERR_OK && view != NULL)
		code = db->org_no(call->reader, view, false, &org, err);
	if (code == ERR_OK)
		code = db->party_since(call->reader, org, row.eno, &since, err);
	if (code == ERR_OK)
		*ret_sees = since != 0;
	return code == ERR_NOT_FOUND ? ERR_OK : code;
}

/* It was kept from him since he was answered, or he was moved: what he did is answered alike, without
 * what it was done to. */
static enum err answer_alone(struct call *call, const char *bytes, size_t len, struct error *err)
{
	struct act_answer answer;
	struct str out = STR_INIT;
	enum err code = act_answer_decode(bytes, len, &call->arena, &answer, err);

	if (code != ERR_OK)
		return code;
	answer.state = NULL;
	answer.by = (struct answer_by){ .officer = NULL };
	act_answer_encode(&answer, &out);
	acts_answer_add(&call->reply->body, out.s, out.len);
	str_release(&out);
	return ERR_OK;
}

/* The state as the session may have it; whose it is at present decides. */
static enum err state_for(struct call *call, const struct session *session, struct bytes *state,
			  struct error *err)
{
	struct looking looking;
	struct gaze gaze;
	struct mask_facts facts;
	struct mask_present now;
	struct bytes stored = *state;
	enum err code = mask_facts(state->s, state->len, &call->arena, &facts, err);

	if (code != ERR_OK || facts.n == 0)
		return code;
	code = call_reader(call, err);
	if (code != ERR_OK)
		return code;
	gaze = gaze_of(call, &call->arena);
	gaze.org = holder_org(call, session);
	gaze.role = session->role;
	looking = looking_of(&gaze);
	code = present(&looking, facts.id, &now, err);
	return code != ERR_OK ? code : entity_for(&gaze, &stored, &facts, now.clear, state, err);
}

enum err gaze_answer(struct call *call, const struct session *session, const void *bytes, size_t len,
		     struct error *err)
{
	const char *answer = bytes;
	struct str out = STR_INIT;
	struct bytes state, was;
	bool seen = true;
	enum err code = mask_answer_state(answer, len, &was.s, &was.len, err);

	if (code == ERR_OK && was.len > 0)
		code = sees(call, session, &was, &seen, err);
	if (code != ERR_OK)
		return code;
	if (!seen)
		return answer_alone(call, answer, len, err);
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
