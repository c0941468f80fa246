/* POST /v1/arrival: what the blower's console makes the codes of a whistle from. */
#include <config.h>

#include "arrival_priv.h"

#include <stdio.h>
#include <string.h>

#include "audit_priv.h"
#include "service_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/arrival.h"
#include "zhiban/domain/role.h"
#include "zhiban/domain/summons.h"
#include "zhiban/domain/whistle.h"

enum { KEY = 32, SECRET_HEX = 2 * ARRIVAL_SECRET + 1 };

static const char key_name[] = "arrival";

/* --- the key ---------------------------------------------------------------------------------- */

/* *ret_there false: nobody has asked for a secret yet. */
static enum err key_read(struct writer *writer, struct arena *arena, uint8_t key[KEY],
			 bool *ret_there, struct error *err)
{
	const char *hex = NULL;
	enum err code =
		writer->service->db->meta_get(writer->db, key_name, arena, &hex, err);

	if (code != ERR_OK)
		return code;
	*ret_there = hex != NULL;
	if (hex == NULL || crypto_unhex(hex, key, KEY) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_CORRUPT, "%s", _(err_sentence(ERR_CORRUPT)));
}

static enum err key_take(struct writer *writer, struct arena *arena, uint8_t key[KEY],
			 struct error *err)
{
	char hex[2 * KEY + 1];
	bool there = false;
	enum err code = key_read(writer, arena, key, &there, err);

	if (code != ERR_OK || there)
		return code;
	env_random(&writer->service->env, key, KEY);
	crypto_hex(key, KEY, hex);
	code = writer->service->db->meta_put(writer->db, key_name, hex, err);
	crypto_wipe(hex, sizeof hex);
	return code;
}

static void secret_of(const uint8_t key[KEY], const struct uuid *whistle,
		      uint8_t secret[ARRIVAL_SECRET])
{
	_Static_assert((int)ARRIVAL_SECRET == (int)SHA256_LEN, "a secret is as long as a hash");
	crypto_keyed(key, KEY, whistle->b, sizeof whistle->b, secret);
}

enum err arrival_secret(struct writer *writer, const struct uuid *whistle, bool makes,
			uint8_t secret[ARRIVAL_SECRET], bool *ret_there, struct error *err)
{
	struct arena arena = ARENA_INIT;
	uint8_t key[KEY];
	bool there = true;
	enum err code = makes ? key_take(writer, &arena, key, err)
			      : key_read(writer, &arena, key, &there, err);

	if (code == ERR_OK && there)
		secret_of(key, whistle, secret);
	if (code == ERR_OK)
		*ret_there = there;
	crypto_wipe(key, sizeof key);
	arena_release(&arena);
	return code;
}

/* --- who is told ------------------------------------------------------------------------------ */

struct arrival_job {
	struct uuid whistle;
	const char *org, *role, *seer; /* of who asks; seer: whose view he has */
	struct audit_by by;
	char secret[SECRET_HEX];
};

static enum err nothing_there(struct error *err)
{
	return error_set(err, ERR_NOT_FOUND, "%s", _("there is nothing of that id"));
}

static enum err check_told(struct writer *writer, struct arrival_job *data,
			   struct target_state *target, struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	const struct whistle *whistle = target->entity;
	const struct summons *summons;
	bool seen = false;
	enum err code = entity_seen(writer, data->seer, target->row.eno, &seen, err);

	if (code != ERR_OK)
		return code;
	if (whistle == NULL || !seen || whistle->head.kind != KIND_WHISTLE ||
	    rules_role(rules, data->role)->read_only ||
	    !whistle_is_blowers(rules, whistle, data->org))
		return nothing_there(err);
	summons = whistle_summons(rules, whistle);
	if (summons == NULL || !summons->coded)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("those who come to this are asked for no code"));
	if (!whistle->open)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("it is closed and has no codes any more"));
	return ERR_OK;
}

static enum err arrival_write(struct writer *writer, struct job *job, struct error *err)
{
	struct arrival_job *data = job->data;
	struct audit_line line = { .what = AUDIT_ARRIVAL, .by = data->by };
	uint8_t secret[ARRIVAL_SECRET];
	struct target_state target;
	char id[UUID_TEXT];
	bool there;
	enum err code = target_load(writer, &data->whistle, &job->arena, &target, err);

	if (code == ERR_OK)
		code = check_told(writer, data, &target, err);
	if (code == ERR_OK)
		code = arrival_secret(writer, &data->whistle, true, secret, &there, err);
	if (code != ERR_OK)
		return code;
	crypto_hex(secret, sizeof secret, data->secret);
	crypto_wipe(secret, sizeof secret);
	uuid_text(&data->whistle, id);
	line.about = id;
	line.words = ((const struct whistle *)target.entity)->number;
	return audit_note(writer, &line, err);
}

static enum err arrival_finish(struct call *call, struct job *job, struct error *err)
{
	struct arrival_job *data = job->data;
	struct arrival_answer answer = { .head = call_head(call), .secret = data->secret };

	(void)err;
	if (job->code == ERR_OK)
		arrival_answer_encode(&answer, &call->reply->body);
	crypto_wipe(data->secret, sizeof data->secret);
	return job->code;
}

enum err arrival_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct arrival_job));
	struct arrival_job *data = job->data;
	const char *seer = session_scope_org(call->rules, &call->session);
	struct arrival_ask ask;
	enum err code = arrival_ask_decode(call->request->body, call->request->body_len,
					   &job->arena, &ask, err);

	if (code == ERR_OK && seer == NULL)
		code = nothing_there(err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->whistle = ask.whistle;
	data->org = arena_strdup(&job->arena, call->session.org);
	data->role = arena_strdup(&job->arena, call->session.role);
	data->seer = arena_strdup(&job->arena, seer);
	data->by = audit_by(call, &job->arena);
	job->weight = 1;
	job->write = arrival_write;
	job->finish = arrival_finish;
	return call_submit(call, job, err);
}
