/* What the code of a report_in is worth. */
#include <config.h>

#include "arrival_priv.h"

#include <stdio.h>
#include <string.h>

#include "service_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"
#include "zhiban/domain/whistle.h"

enum { WRONG_MOST = 5, WRONG_MINUTES = 10 };

static bool has_code(const struct act *act, const void *entity)
{
	const char *code = act_text(act, "code");

	return act->target.kind == KIND_WHISTLE && entity != NULL && code != NULL &&
	       strcmp(act->desc->verb, "report_in") == 0;
}

static uint64_t tries_key(const struct summoned *share)
{
	char words[UUID_TEXT + 8], id[UUID_TEXT];

	uuid_text(&share->id, id);
	snprintf(words, sizeof words, "arrival%s", id);
	return memo_key(words, strlen(words));
}

/* value[0] wrong codes, value[1] the first of them */
static struct memo_slot *tries_take(struct memo *memo, const struct summoned *share, int64_t now)
{
	struct memo_slot *slot = memo_take(memo, tries_key(share), now);

	if (now - slot->value[1] >= WRONG_MINUTES * MINUTE_MS)
		slot->value[0] = 0;
	return slot;
}

static bool is_barred(struct memo *memo, const struct summoned *share, int64_t now)
{
	bool barred = tries_take(memo, share, now)->value[0] >= WRONG_MOST;

	memo_done(memo);
	return barred;
}

static enum proof worth_of(const uint8_t secret[ARRIVAL_SECRET], const struct summoned *share,
			   const char *typed, int64_t eff, int64_t *ret_step)
{
	*ret_step = arrival_find(secret, &share->id, typed, eff, share->proof_step + 1);
	if (*ret_step != 0)
		return PROOF_RIGHT;
	return arrival_find(secret, &share->id, typed, eff, 0) != 0 ? PROOF_USED : PROOF_WRONG;
}

enum err arrival_judge(struct writer *writer, const struct act *act, const void *entity, int64_t eff,
		       struct state *state, struct error *err)
{
	const struct summoned *share;
	uint8_t secret[ARRIVAL_SECRET];
	bool there;
	enum err code;

	if (!has_code(act, entity))
		return ERR_OK;
	share = whistle_act_share(&writer->book->profile->rules, entity, act);
	state->proof = PROOF_WRONG; /* nobody's share, nobody's code */
	if (share == NULL)
		return ERR_OK;
	state->proof = PROOF_BARRED;
	if (is_barred(writer->service->failures, share, env_now(&writer->service->env)))
		return ERR_OK;
	code = arrival_secret(writer, &act->target.id, false, secret, &there, err);
	state->proof = PROOF_WRONG;
	if (code != ERR_OK || !there) /* nobody was ever shown one */
		return code;
	state->proof = worth_of(secret, share, act_text(act, "code"), eff, &state->proof_step);
	crypto_wipe(secret, sizeof secret);
	return ERR_OK;
}

void arrival_judged(struct writer *writer, const struct act *act, const void *entity,
		    const struct state *state, enum err verdict)
{
	int64_t now = env_now(&writer->service->env);
	const struct summoned *share;
	struct memo_slot *slot;

	/* whom the rules do not let report in anyway spoils nobody's tries */
	if (verdict != ERR_REFUSED || (state->proof != PROOF_WRONG && state->proof != PROOF_USED))
		return;
	share = whistle_act_share(&writer->book->profile->rules, entity, act);
	if (share == NULL)
		return;
	slot = tries_take(writer->service->failures, share, now);
	if (slot->value[0]++ == 0)
		slot->value[1] = now;
	memo_done(writer->service->failures);
}
