/* Doing an act: checked on what is shown, durable, shown. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/mask.h"
#include "zhiban/wire/message.h"

#include "act_priv.h"
#include "thing_priv.h"
#include "zhiban/client/search.h"
#include "zhiban/client/whistle.h"

struct body {
	struct act *act;
	struct store *outbox;
	struct str bytes;
};

static enum err encode(void *ctx, int64_t n, const struct uuid *after, const char **ret_bytes,
		       size_t *ret_len, struct error *err)
{
	struct body *body = ctx;

	(void)err;
	str_clear(&body->bytes);
	body->act->n = n;
	body->act->after = *after;
	body->act->console = outbox_console(body->outbox); /* of now: the id may be a new one */
	act_encode(body->act, &body->bytes);
	*ret_bytes = str_get(&body->bytes);
	*ret_len = body->bytes.len;
	return ERR_OK;
}

static bool can_be_hung_on(const char *body, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct act act;
	bool holds = act_decode(body, len, &arena, &act, NULL) != ERR_OK ||
		     act.desc->conflict != CONFLICT_APPEND;

	arena_release(&arena);
	return holds;
}

enum err act_may(const struct client *client, struct error *err)
{
	if (client->read_only)
		return error_set(err, ERR_DENIED, "%s", _("this console is read-only"));
	if (!client->enrolled)
		return error_set(err, ERR_AUTH, "%s",
				 _("this console is not enrolled: zhiban enroll URL CODE"));
	if (client->actor == NULL)
		return error_set(err, ERR_AUTH, "%s", _("nobody is logged in: zhiban login"));
	if (!client_has_rules(client))
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the rules are not here yet: zhiban sync"));
	return ERR_OK;
}

/* Whether the rules let it through on the shown state, which is what he saw; nothing is kept. */
static enum err try_it(struct client *client, const struct act *act, const void *shown,
		       struct arena *arena, struct error *err)
{
	struct state state = { .entity = shown, .base_entity = shown,
			       .mode = client_mode_code(client) };
	struct moment moment = client_moment(client, act);
	struct decision decision;

	if (joint_has(act->target.kind))
		return joint_try(client, act, shown, err);
	client_near(client, act, shown, arena, &state);
	return decide(client->rules, &state, act, &moment, arena, &decision, err);
}

/* Whose data the base counts in: versions of a server that was restored are others. */
static void note_epoch(struct client *client, struct act *act)
{
	char epoch[EPOCH_TEXT];

	if (client->cache == NULL || !store_meta_text(client->cache, "epoch", epoch, sizeof epoch))
		return;
	epoch[sizeof act->epoch - 1] = '\0';
	memcpy(act->epoch, epoch, strlen(epoch) + 1);
}

/* As its author saw it, for the desk, where personal values are masked anyhow: they are not
 * kept. */
static enum err note_seen(const void *shown, struct str *seen, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct mask_facts facts;
	struct str bytes = STR_INIT;
	enum err code;

	entity_encode(shown, &bytes);
	code = mask_facts(str_get(&bytes), bytes.len, &arena, &facts, err);
	if (code == ERR_OK)
		code = mask_entity(str_get(&bytes), bytes.len, &facts, seen, err);
	str_release(&bytes);
	arena_release(&arena);
	return code;
}

static enum err shown_incident(struct client *client, const struct uuid *id, struct arena *arena,
			       const void **ret_shown, int64_t *ret_base, struct error *err)
{
	struct incident *shown = NULL;
	enum err code = overlay_state(client, id, arena, &shown, err);

	if (code == ERR_OK && shown == NULL)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("that incident is not here"));
	if (code == ERR_OK) {
		*ret_shown = shown;
		*ret_base = overlay_base(client, shown);
	}
	return code;
}

static enum err shown_thing(struct client *client, enum kind kind, const struct uuid *id,
			    struct arena *arena, const void **ret_shown, int64_t *ret_base,
			    struct error *err)
{
	const char *sentence = kind == KIND_NOTICE  ? _("that notice is not here")
			       : kind == KIND_WHISTLE ? _("that whistle is not here")
			       : kind == KIND_ROSTER  ? _("that month is not here")
						      : _("it is not here");
	struct thing thing;
	enum err code = thing_get(client, kind, id, sentence, arena, &thing, err);

	if (code == ERR_OK) {
		*ret_shown = thing.shown;
		*ret_base = thing.cached ? ((const struct entity *)thing.cached)->version : 0;
	}
	return code;
}

enum err client_entity(struct client *client, enum kind kind, const struct uuid *id,
		       struct arena *arena, const void **ret_entity, struct error *err)
{
	int64_t base;

	return kind == KIND_INCIDENT ? shown_incident(client, id, arena, ret_entity, &base, err)
				     : shown_thing(client, kind, id, arena, ret_entity, &base, err);
}

/* A month that nobody has begun is no entity yet. */
static enum err shown_month(struct client *client, struct act *act, struct arena *arena,
			    const void **ret_shown, struct error *err)
{
	struct error own = ERROR_INIT;
	enum err code = shown_thing(client, KIND_ROSTER, &act->target.id, arena, ret_shown,
				    &act->target.base, &own);

	if (code == ERR_OK || (code == ERR_NOT_FOUND && act_arg_field(act->desc, "month") != NULL))
		return ERR_OK;
	return error_set(err, code, "%s", own.text);
}

static const char *const which_of[KIND_COUNT] = {
	[KIND_INCIDENT] = N_("which incident?"), [KIND_NOTICE] = N_("which notice?"),
	[KIND_WHISTLE] = N_("which whistle?"),	 [KIND_STAFF] = N_("which person?"),
	[KIND_SWAP] = N_("which swap?"),	 [KIND_HANDOVER] = N_("which handover?"),
	[KIND_RECORD] = N_("which record?"),	 [KIND_PERSON] = N_("which incident?"),
	[KIND_ORG] = N_("which incident?"),	 [KIND_PROFILE] = N_("which incident?"),
	[KIND_MODE] = N_("which incident?"),	 [KIND_INSPECTION] = N_("which incident?"),
	[KIND_ROSTER] = N_("which duty?"),	 [KIND_MEETING] = N_("which meeting?"),
	[KIND_ITEM] = N_("which item?"),	 [KIND_ACTION] = N_("which task?"),
	[KIND_ROOM] = N_("which room?"),
};

/* What an act is done to, and which version its author saw. */
static enum err take_target(struct client *client, const struct uuid *target, struct act *act,
			    struct arena *arena, const void **ret_shown, struct error *err)
{
	enum kind kind = act->target.kind;

	if (kind == KIND_ROOM) { /* act_aim has named it, whether or not anything was ever booked */
		enum err code = shown_thing(client, kind, &act->target.id, arena, ret_shown,
					    &act->target.base, NULL);

		return code == ERR_NOT_FOUND ? ERR_OK : code;
	}
	/* a mode that was never declared is no entity yet: the first act on it makes it */
	if (kind == KIND_MODE) {
		act->target.id = mode_id();
		act->target.base = mode_base(client);
		*ret_shown = client_mode(client);
		return ERR_OK;
	}
	if (kind == KIND_ROSTER) { /* act_aim has named it, whether or not it is begun */
		if (uuid_is_nil(&act->target.id))
			return error_set(err, ERR_USAGE, "%s", _("which duty?"));
		return shown_month(client, act, arena, ret_shown, err);
	}
	if (target == NULL)
		return error_set(err, ERR_USAGE, "%s", _(which_of[kind]));
	act->target.id = *target;
	return kind == KIND_INCIDENT
		       ? shown_incident(client, target, arena, ret_shown, &act->target.base, err)
		       : shown_thing(client, kind, target, arena, ret_shown, &act->target.base, err);
}

/* There is one record of a check at its date, whoever makes it: who was first is told here too. */
static void take_inspection(struct client *client, struct act *act, struct arena *arena,
			    const void **ret_shown)
{
	const struct inspection *done = NULL;

	act->target.id = inspection_target(client->rules, act);
	if (client_inspection(client, &act->target.id, arena, &done, NULL, NULL) == ERR_OK)
		*ret_shown = done;
}

/* There is one behind each: who began it is told here too. */
static void take_handover(struct client *client, const struct act *act, struct arena *arena,
			  const void **ret_shown)
{
	struct thing thing;

	if (thing_get(client, KIND_HANDOVER, &act->target.id, "", arena, &thing, NULL) == ERR_OK)
		*ret_shown = thing.shown;
}

struct given *act_given(struct act *act, const char *name)
{
	for (size_t i = 0; i < act->n_given; i++)
		if (strcmp(act->given[i].field->name, name) == 0)
			return &act->given[i];
	return NULL;
}

void act_give_text(struct act *act, const char *name, const char *text, struct arena *arena)
{
	const struct field *field = act_arg_field(act->desc, name);

	if (field != NULL && act_given(act, name) == NULL)
		act_give(act, field, (struct value){ .is_text = true, .text = text }, arena);
}

enum err act_aim(struct client *client, const struct uuid *target, struct arena *arena,
		 struct act *act, struct error *err)
{
	return joint_has(act->desc->target) ? act_aim_meeting(client, target, arena, act, err)
					    : act_aim_duty(client, target, arena, act, err);
}

static enum err prepare(struct client *client, const struct act_desc *desc,
			const struct uuid *target, const struct given *given, size_t n_given,
			const struct by_phone *phone, struct arena *arena, struct act *act,
			struct str *seen, struct error *err)
{
	const void *shown = NULL;
	enum err code = ERR_OK;

	*act = (struct act){ .id = uuid_v7(client->env),
			     .console = outbox_console(client->outbox),
			     .desc = desc,
			     .actor = *client->actor,
			     .at = env_now(client->env) };
	act->target.kind = desc->target;
	if (phone != NULL)
		act->by_phone = *phone;
	if (by_phone_is(&act->by_phone) && act->by_phone.at == 0)
		act->by_phone.at = act->at; /* he writes down what was just said */
	note_epoch(client, act);
	for (size_t i = 0; i < n_given; i++)
		act_give(act, given[i].field, given[i].value, arena);
	code = act_aim(client, target, arena, act, err);
	if (code != ERR_OK)
		return code;
	if (desc->conflict == CONFLICT_CREATES && desc->target == KIND_HANDOVER)
		take_handover(client, act, arena, &shown);
	else if (desc->conflict == CONFLICT_CREATES)
		act->target.id = target != NULL ? *target : uuid_v7(client->env);
	else
		code = take_target(client, target, act, arena, &shown, err);
	if (code == ERR_OK && shown != NULL)
		code = note_seen(shown, seen, err);
	if (code == ERR_OK && desc->target == KIND_INSPECTION)
		take_inspection(client, act, arena, &shown);
	if (code == ERR_OK)
		code = act_check(act, err);
	return code == ERR_OK ? try_it(client, act, shown, arena, err) : code;
}

/* Shows an act that has just become durable. */
static void show(struct client *client, const struct act *act, const struct body *body,
		 const struct uuid *replaces)
{
	struct client_change change = { .bits = 0 };
	struct outbox_row row = { .n = act->n,
				  .id = act->id,
				  .target = act->target.id,
				  .officer = act->actor.officer,
				  .at = act->at,
				  .body = str_get(&body->bytes),
				  .len = body->bytes.len };

	client->outbox_dirty = true;
	waiting_add(client, &row);
	if (replaces != NULL)
		waiting_remove(client, replaces);
	/* it was decided a moment ago; should it fail now, a replay shows what is left */
	if (replaces != NULL)
		change.any = mode_load(client);
	if (replaces != NULL || overlay_add(client, &row, act, NULL) != ERR_OK)
		overlay_replay(client, &change);
	waiting_count(client, &client->link);
}

enum err act_do(struct client *client, const struct act_desc *desc, const struct uuid *target,
		const struct given *given, size_t n_given, const struct by_phone *phone,
		const struct uuid *replaces, struct client_done *ret_done, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct act act;
	struct body body = { .act = &act, .outbox = client->outbox, .bytes = STR_INIT };
	struct str seen = STR_INIT;
	struct outbox_new new = { .body = encode, .ctx = &body, .holds = can_be_hung_on,
				  .replaces = replaces };
	int64_t n;
	enum err code = act_may(client, err);

	if (desc->conflict == CONFLICT_CREATES && replaces == NULL)
		target = NULL; /* done again it keeps its target: what hung on it is about that one */
	if (code == ERR_OK)
		code = prepare(client, desc, target, given, n_given, phone, &arena, &act, &seen,
			       err);
	if (code == ERR_OK) {
		if (seen.len > 0) {
			new.seen = str_get(&seen);
			new.seen_len = seen.len;
		}
		new.id = act.id;
		new.target = act.target.id;
		new.officer = act.actor.officer;
		new.at = act.at;
		code = outbox_append(client->outbox, &new, &n, err);
		if (code != ERR_OK) { /* on a failing disk it may stand there all the same */
			client->outbox_version = -1;
			error_prefix(err, "%s", _("NOT SAVED"));
		}
	}
	if (code == ERR_OK) {
		*ret_done = (struct client_done){ act.id, act.target.id, n };
		show(client, &act, &body, replaces);
	}
	str_release(&body.bytes);
	str_release(&seen);
	arena_release(&arena);
	return code;
}

enum err client_try_phone(struct client *client, const struct act_desc *desc,
			  const struct uuid *target, const struct given *given, size_t n_given,
			  const struct by_phone *phone, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str seen = STR_INIT;
	struct act act;
	enum err code = act_may(client, err);

	if (code == ERR_OK)
		code = prepare(client, desc, desc->conflict == CONFLICT_CREATES ? NULL : target, given,
			       n_given, phone, &arena, &act, &seen, err);
	str_release(&seen);
	arena_release(&arena);
	return code;
}

enum err client_try(struct client *client, const struct act_desc *act, const struct uuid *target,
		    const struct given *given, size_t n_given, struct error *err)
{
	return client_try_phone(client, act, target, given, n_given, NULL, err);
}

enum err client_act(struct client *client, const struct act_desc *act, const struct uuid *target,
		    const struct given *given, size_t n_given, struct client_done *ret_done,
		    struct error *err)
{
	return act_do(client, act, target, given, n_given, NULL, NULL, ret_done, err);
}

enum err client_act_phone(struct client *client, const struct act_desc *act,
			  const struct uuid *target, const struct given *given, size_t n_given,
			  const struct by_phone *phone, struct client_done *ret_done,
			  struct error *err)
{
	return act_do(client, act, target, given, n_given, phone, NULL, ret_done, err);
}

enum err client_whistle_possible(struct client *client, const struct whistle *whistle,
				 const struct act_desc *desc, struct error *err)
{
	enum err code = act_may(client, err);

	return code == ERR_OK ? whistle_possible(client->rules, whistle, desc, client->actor, err)
			      : code;
}

enum err client_possible(struct client *client, const struct incident *incident,
			 const struct act_desc *act, struct error *err)
{
	enum err code = act_may(client, err);

	if (code != ERR_OK)
		return code;
	if (incident != NULL && client_is_found(client, &incident->head.id))
		return error_set(err, ERR_REFUSED, "%s",
				 _("it is kept at the server only: here it can be read"));
	if (act->target == KIND_MODE) /* whose approval it needs is said with it */
		return ERR_OK;
	return decide_possible(client->rules, client_mode_code(client), incident, act,
			       client->actor, err);
}
