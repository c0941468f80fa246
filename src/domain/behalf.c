#include <config.h>

#include "behalf_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

void behalf_fill(struct behalf *behalf, const struct rules *rules, const struct act *act,
		 const char *org, int64_t eff)
{
	const struct by_phone *phone = &act->by_phone;
	const struct choice *role = choices_named(&rules->roles, phone->role);

	behalf->verb = act->desc->verb;
	behalf->org = org;
	behalf->role = role != NULL ? role->code : phone->role;
	behalf->rung = phone->rung;
	behalf->answered = phone->answered_by;
	behalf->said_at = phone->at;
	behalf->wording = phone->wording;
	behalf->by = act->actor.officer;
	behalf->at = eff;
}

struct found { /* what came of going through the records */
	size_t his, signed_now, own;
	const struct behalf *before; /* signed already */
};

static void sign(const struct countersigning *signing, struct behalf *behalf, struct found *found)
{
	const struct actor *actor = &signing->act->actor;

	if (!signing->is_his(signing->ctx, behalf))
		return;
	found->his++;
	if (behalf->signed_at != 0) {
		found->before = behalf;
		return;
	}
	if (str_eq(behalf->by, actor->officer)) {
		found->own++; /* what he wrote down himself is no confirmation */
		return;
	}
	behalf->signed_at = signing->eff;
	behalf->signed_by = actor->officer;
	signing->done(signing->ctx, behalf);
	found->signed_now++;
}

static enum err nothing(const struct countersigning *signing, const struct found *found,
			struct error *err)
{
	if (found->own > 0)
		return error_set(err, ERR_DENIED,
				 _("you recorded it yourself; another officer countersigns"));
	return error_set(err,
			 found->his == 0 && signing->records->n > 0 ? ERR_DENIED : ERR_REFUSED,
			 _("there is nothing here for you to countersign"));
}

enum err countersign(const struct countersigning *signing, const char **ret_note, bool *ret_again,
		     struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_BEHALF);
	struct behalf *items = signing->records->items;
	const char *words = act_text(signing->act, "behalf");
	struct found found = { 0 };
	char when[CIVIL_TEXT];
	struct uuid id;

	if (words != NULL && (uuid_parse(words, &id) != ERR_OK ||
			      children_find(signing->records, desc, &id) == NULL))
		return error_set(err, ERR_INPUT, _("there is no such record"));
	for (size_t i = 0; i < signing->records->n; i++)
		if (words == NULL || uuid_eq(&items[i].id, &id))
			sign(signing, &items[i], &found);
	if (found.signed_now > 0)
		return ERR_OK;
	if (found.before == NULL)
		return nothing(signing, &found, err);
	civil_format(found.before->signed_at, signing->rules->offset_min, "m-d H:M", when,
		     sizeof when);
	*ret_note = arena_printf(signing->arena, _("%s has countersigned it already, %s"),
				 found.before->signed_by, when);
	*ret_again = act_text(signing->act, "note") == NULL;
	return ERR_OK;
}
