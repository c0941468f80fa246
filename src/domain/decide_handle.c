/* What a department does to its share, or the lead for the case: signs, contacts, arrives, handles,
 * gives it back; and what others find of it. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/mem.h"

static bool by_shares(const struct draft *draft)
{
	return draft->from != NULL && draft->from->shares && !uuid_is_nil(&draft->share);
}

/* Where the step works by shares, it goes on when all have come as far. */
static void wait_for_all(struct draft *draft)
{
	if (by_shares(draft) && !share_all_did(draft->after, draft->act->desc))
		draft->stays = true;
}

/* A share is gone: what all others have done already leads on. */
static void settle(struct draft *draft)
{
	static const char *const verbs[] = { "verify_ok", "handle",   "sign",
					     "contact",	  "arrive", "feedback" };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		const struct flow_act *flow = step_act(draft->from, act_desc_find(verbs[i]));

		if (flow == NULL || flow->way != WAY_STEP ||
		    !share_all_did(draft->after, flow->act))
			continue;
		draft_go(draft, rules_step(draft->rules, flow->to));
		return;
	}
}

enum err apply_sign(struct draft *draft, struct error *err)
{
	const char *officer = draft->act->actor.officer;
	struct part *part = draft_share(draft);

	(void)err;
	if (part != NULL) {
		part->state = "signed";
		part->signed_at = draft->eff;
		part->signed_by = officer;
	}
	if (draft->flow != NULL && (part == NULL || is_lead(part)))
		draft->after->signer = officer;
	wait_for_all(draft);
	return ERR_OK;
}

enum err apply_contact(struct draft *draft, struct error *err)
{
	struct part *part = draft_share(draft);

	(void)err;
	if (part != NULL)
		part->contacted_at = draft->eff;
	if (draft->after->contacted_at == 0)
		draft->after->contacted_at = draft->eff;
	wait_for_all(draft);
	return ERR_OK;
}

enum err apply_arrive(struct draft *draft, struct error *err)
{
	struct part *part = draft_share(draft);

	(void)err;
	if (part != NULL && part->arrived_at == 0)
		part->arrived_at = draft->eff;
	if (draft->after->arrived_at == 0)
		draft->after->arrived_at = draft->eff;
	wait_for_all(draft);
	return ERR_OK;
}

/* Recorded by the centre for the holder: the holder has handled it. */
static const char *handled_at(const struct draft *draft, const struct part *part)
{
	const char *acting = draft_org(draft);
	const char *should = part != NULL ? part->org : draft->after->holder;

	return should == NULL || rules_org_within(draft->rules, acting, should) ? acting : should;
}

enum err apply_handle(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const char *officer = draft->act->actor.officer;
	const char *result = act_text(draft->act, "result");
	struct part *part = draft_share(draft);

	(void)err;
	if (part != NULL) {
		part->state = "handled";
		part->handled_at = draft->eff;
		part->handled_by = officer;
		if (by_shares(draft))
			part->result = result;
	}
	after->handler = officer;
	after->handler_org = handled_at(draft, part);
	if (!by_shares(draft) || is_lead(part) || after->result == NULL)
		after->result = result;
	wait_for_all(draft);
	return ERR_OK;
}

enum err apply_verify(struct draft *draft, struct error *err)
{
	struct part *part = draft_share(draft);

	(void)err;
	if (part != NULL) {
		part->state = "verified";
		part->verified_at = draft->eff;
		part->verified_by = draft->act->actor.officer;
	}
	wait_for_all(draft);
	return ERR_OK;
}

/* That department alone does it again; the work of the others stands. */
enum err apply_rework(struct draft *draft, struct error *err)
{
	struct part *part = draft_share(draft);

	(void)err;
	draft->after->reworks++;
	if (part == NULL)
		return ERR_OK;
	part->state = "signed";
	part->reworks++;
	part->verified_at = 0;
	part->verified_by = NULL;
	return ERR_OK;
}

enum err apply_return(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	struct part *part = draft_share(draft);

	(void)err;
	after->returns++;
	after->returned_for = act_text(draft->act, "reason");
	if (part == NULL || draft->flow == NULL || draft->flow->way == WAY_BACK ||
	    draft->flow->way == WAY_AGAIN)
		return ERR_OK;
	part->state = "returned";
	draft_clock_drop(draft, &part->id);
	if (is_lead(part)) {
		after->holder = NULL;
		after->signer = NULL;
		return ERR_OK;
	}
	if (!by_shares(draft))
		return ERR_OK;
	/* one that assisted: the others go on without it */
	for (size_t i = 0; i < after->parts.n; i++)
		draft->stays = draft->stays || part_is_live(incident_part(after, i));
	settle(draft);
	return ERR_OK;
}

/* Told to the caller by one department; told for the whole case, it is in decide_acts.c. */
enum err apply_share_reply(struct draft *draft, struct error *err)
{
	struct part *part = draft_share(draft);

	(void)err;
	if (part != NULL)
		part->replied_at = draft->eff;
	wait_for_all(draft);
	return ERR_OK;
}
