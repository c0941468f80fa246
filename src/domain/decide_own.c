/* The jurisdiction's own: its people, and the profile in force. */
#include <config.h>

#include "decide_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

enum err decision_of(const void *before, const void *after, struct arena *arena, const char *note,
		     struct decision *ret_decision)
{
	struct effect *effect = arena_alloc(arena, sizeof *effect);

	effect_diff(effect, before, after, arena);
	*ret_decision = (struct decision){ .effects = effect, .n_effects = 1, .note = note };
	return ERR_OK;
}

struct act *follow_add(struct act **follow, size_t *n, size_t *cap, const struct act *act,
		       int64_t eff, struct arena *arena)
{
	struct act *one;

	if (*n == *cap) {
		size_t grown = *cap != 0 ? *cap * 2 : 4;
		struct act *more = arena_array(arena, grown, sizeof *more);
		for (size_t i = 0; i < *n; i++)
			more[i] = (*follow)[i];
		*follow = more;
		*cap = grown;
	}
	one = &(*follow)[*n];
	*one = (struct act){ .id = uuid_child(&act->id, "follow", (unsigned)*n),
			     .after = act->id,
			     .actor = act->actor,
			     .at = eff };
	++*n;
	return one;
}

/* --- people ---------------------------------------------------------------------------------- */

/* Organisation and role as the act gives them, where it gives them. */
static enum err set_post(const struct rules *rules, const struct act *act, struct person *person,
			 struct error *err)
{
	const char *org_words = act_text(act, "org"), *role_words = act_text(act, "role");
	const struct org *org = org_words != NULL ? rules_org_named(rules, org_words) : NULL;
	const struct choice *role =
		role_words != NULL ? choices_named(&rules->roles, role_words) : NULL;

	if (org_words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 org_words);
	if (role_words != NULL && role == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no role of this jurisdiction"),
				 role_words);
	if (org != NULL)
		person->org = org->code;
	if (role != NULL)
		person->role = role->code;
	if (act_text(act, "post") != NULL)
		person->post = act_text(act, "post");
	if (act_text(act, "phone") != NULL)
		person->phone = act_text(act, "phone");
	return ERR_OK;
}

static enum err repost(const struct rules *rules, const struct state *state, const struct act *act,
		       struct arena *arena, struct decision *ret_decision, struct error *err)
{
	const struct value active = act_value(act, "active", 0);
	struct person *after;
	enum err code;

	if (state->entity == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", _("there is no such officer"));
	after = entity_copy(state->entity, arena);
	code = set_post(rules, act, after, err);
	if (code != ERR_OK)
		return code;
	if (value_is_set(active))
		after->active = active.num;
	return decision_of(state->entity, after, arena, NULL, ret_decision);
}

enum err decide_person(const struct rules *rules, const struct state *state, const struct act *act,
		       struct arena *arena, struct decision *ret_decision, struct error *err)
{
	struct person *before, *after;
	enum err code;

	if (strcmp(act->desc->verb, "repost") == 0)
		return repost(rules, state, act, arena, ret_decision, err);
	before = entity_new(KIND_PERSON, &act->target.id, arena);
	after = entity_new(KIND_PERSON, &act->target.id, arena);
	code = set_post(rules, act, after, err);
	if (code != ERR_OK)
		return code;
	after->name = act_text(act, "name");
	after->active = 1;
	return decision_of(before, after, arena, NULL, ret_decision);
}

/* --- the profile ----------------------------------------------------------------------------- */

enum err decide_profile(const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err)
{
	const struct profile *before = state->entity;
	struct profile *after;

	if (before == NULL)
		before = entity_new(KIND_PROFILE, &act->target.id, arena);
	if (act->target.base < before->head.version)
		return error_set(err, ERR_REFUSED, _("another profile was adopted meanwhile"));
	after = entity_copy(before, arena);
	if (act_text(act, "name") != NULL)
		after->name = act_text(act, "name");
	if (act_text(act, "hash") != NULL)
		after->hash = act_text(act, "hash");
	if (act_text(act, "calendar_hash") != NULL)
		after->calendar_hash = act_text(act, "calendar_hash");
	if (act_text(act, "places_hash") != NULL)
		after->places_hash = act_text(act, "places_hash");
	after->adopted_at = moment->eff;
	return decision_of(before, after, arena, NULL, ret_decision);
}
