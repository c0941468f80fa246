/* Acts that note what was done and then go where the flow leads: taking in, answering, ending. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

/* An argument, where it is given, becomes the field of its name. */
static void take(struct draft *draft, const char *name)
{
	const struct field *field = act_arg_field(draft->act->desc, name);
	struct value value = act_value(draft->act, name, 0);

	if (value_is_set(value))
		field_set(field, draft->after, value, draft->arena);
}

/* Whoever called about the same thing is told the same. */
static void tell_children(struct draft *draft, const char *reply, const char *close_reason)
{
	const struct link *links = draft->after->links.items;
	char id[UUID_TEXT];

	uuid_text(&draft->after->head.id, id);
	for (size_t i = 0; i < draft->after->links.n; i++) {
		struct act *follow;
		struct uuid child;

		if (!str_eq(links[i].role, "child") || links[i].target == NULL ||
		    uuid_parse(links[i].target, &child) != ERR_OK)
			continue;
		follow = draft_follow(draft, "follow", &child);
		draft_follow_give(draft, follow, "lead", id);
		draft_follow_give(draft, follow, "reply", reply);
		draft_follow_give(draft, follow, "close_reason", close_reason);
	}
}

enum err apply_accept(struct draft *draft, struct error *err)
{
	(void)err;
	draft_duty(draft);
	return ERR_OK;
}

enum err apply_decline(struct draft *draft, struct error *err)
{
	(void)err;
	draft->after->close_reason = act_text(draft->act, "reason");
	tell_children(draft, NULL, draft->after->close_reason);
	return ERR_OK;
}

enum err apply_refer(struct draft *draft, struct error *err)
{
	(void)err;
	take(draft, "reply");
	draft->after->replied_at = draft->eff;
	tell_children(draft, draft->after->reply, NULL);
	return ERR_OK;
}

/* Somebody else's case now; what is known of it stays and waits for the outcome. */
enum err apply_transfer(struct draft *draft, struct error *err)
{
	const struct choices *outs = &draft->rules->outs;
	const char *words = act_text(draft->act, "out_to");
	const struct choice *out = choices_named(outs, words);

	if (out == NULL && outs->n > 0)
		return error_set(err, ERR_INPUT, _("%.80s is nobody to whom cases are transferred"),
				 words);
	take(draft, "out_no");
	take(draft, "out_name");
	draft->after->out_to = out != NULL ? out->code : words;
	draft->after->out_at = draft->eff;
	return ERR_OK;
}

enum err apply_outcome(struct draft *draft, struct error *err)
{
	(void)err;
	take(draft, "result");
	return ERR_OK;
}

enum err apply_escalate(struct draft *draft, struct error *err)
{
	(void)err;
	draft->after->offered_at = 0;
	return ERR_OK;
}

enum err apply_callback(struct draft *draft, struct error *err)
{
	(void)err;
	take(draft, "satisfaction");
	return ERR_OK;
}

enum err apply_rate(struct draft *draft, struct error *err)
{
	(void)err;
	take(draft, "satisfaction");
	return ERR_OK;
}

enum err apply_close(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;

	(void)err;
	take(draft, "close_reason");
	take(draft, "satisfaction");
	after->closed_at = draft->eff;
	tell_children(draft, after->reply, after->close_reason);
	return ERR_OK;
}

enum err apply_archive(struct draft *draft, struct error *err)
{
	(void)err;
	draft->after->archived_at = draft->eff;
	return ERR_OK;
}

/* Whoever had done his part has it to do again. */
enum err apply_reopen(struct draft *draft, struct error *err)
{
	struct part *parts = draft->after->parts.items;

	(void)err;
	for (size_t i = 0; i < draft->after->parts.n; i++) {
		if (!part_is_live(&parts[i]) || parts[i].handled_at == 0)
			continue;
		parts[i].state = "signed";
		parts[i].verified_at = 0;
		parts[i].verified_by = NULL;
	}
	return ERR_OK;
}

/* Told to the caller; of a department's share, after apply_share_reply. */
enum err apply_feedback(struct draft *draft, struct error *err)
{
	(void)err;
	take(draft, "reply");
	draft->after->replied_at = draft->eff;
	if (!draft->stays) /* not while other departments have still to answer */
		tell_children(draft, draft->after->reply, NULL);
	return ERR_OK;
}
