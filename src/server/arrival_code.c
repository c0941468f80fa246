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

/* Whose share he reports in for, as decide finds it: the one that is named, that of his organisation or
 * of the nearest above it, or the only one that has not reported. */
static const struct summoned *share_meant(const struct rules *rules, const struct whistle *whistle,
					  const struct act *act)
{
	const char *named = act_text(act, "share");
	const struct org *org = rules_org_named(rules, named);
	const struct summoned *only = NULL;
	size_t n = 0;

	if (named != NULL)
		return org != NULL ? whistle_share_of(whistle, org->code) : NULL;
	org = rules_org(rules, act->by_phone.org != NULL ? act->by_phone.org : act->actor.org);
	for (; org != NULL; org = rules_org(rules, org->parent)) {
		const struct summoned *own = whistle_share_of(whistle, org->code);

		if (own != NULL)
			return own;
	}
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (!share_is_live(share) || share->reported_at != 0)
			continue;
		only = share;
		n++;
	}
	return n == 1 ? only : NULL;
}

/* The share, if the act is a report_in with a code on a whistle; else NULL. */
static const struct summoned *share_coded(const struct writer *writer, const struct act *act,
					  const void *entity)
{
	const char *code = act_text(act, "code");

	if (act->target.kind != KIND_WHISTLE || entity == NULL || code == NULL || *code == '\0' ||
	    strcmp(act->desc->verb, "report_in") != 0)
		return NULL;
	return share_meant(&writer->book->profile->rules, entity, act);
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
	const struct summoned *share = share_coded(writer, act, entity);
	uint8_t secret[ARRIVAL_SECRET];
	bool there;
	enum err code;

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
	share = share_coded(writer, act, entity);
	if (share == NULL)
		return;
	slot = tries_take(writer->service->failures, share, now);
	if (slot->value[0]++ == 0)
		slot->value[1] = now;
	memo_done(writer->service->failures);
}
