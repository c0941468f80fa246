/* Officers of organisations that ended, with their accounts. */
#include <config.h>

#include "adopt_priv.h"
#include "auth_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

/* --- moving ---------------------------------------------------------------------------------- */

static void give(struct adopt *adopt, struct act *act, const char *name, const char *text)
{
	act_give(act, act_arg_field(act->desc, name),
		 (struct value){ .is_text = true, .text = text }, &adopt->one);
}

/* The account follows; whoever is logged in must do so again, at his new organisation. */
static enum err move_account(struct adopt *adopt, const char *name, const char *org,
			     struct error *err)
{
	const struct db_ops *db = adopt->writer->service->db;
	struct db_account account;
	enum err code = db->account_get(adopt->writer->db, name, &adopt->one, &account, err);

	if (code == ERR_NOT_FOUND)
		return ERR_OK; /* known by name alone */
	if (code != ERR_OK)
		return code;
	account.org = org;
	code = db->account_put(adopt->writer->db, &account, err);
	return code != ERR_OK ? code : db->token_drop_of(adopt->writer->db, name, err);
}

static enum err move_one(struct adopt *adopt, const struct adopt_carried *carried, struct error *err)
{
	struct act act = { .id = uuid_v7(&adopt->writer->service->env),
			   .desc = act_desc_find("repost"),
			   .target = { KIND_PERSON, carried->id, 0 },
			   .actor = system_actor(adopt->rules),
			   .at = adopt->now };
	struct admission admission = { .act = &act, .recv = adopt->now, .eff = adopt->now };
	const char *heir = NULL, *from = NULL;
	const struct person *person;
	struct target_state target;
	enum err code = target_load(adopt->writer, &carried->id, &adopt->one, &target, err);

	if (code != ERR_OK)
		return code;
	person = target.entity;
	act.target.base = target.row.version;
	from = person->org;
	give(adopt, &act, "reason", adopt->ask->reason);
	if (carried->needs & NEED_HEIR) {
		heir = adopt_heir(adopt, from, NULL);
		give(adopt, &act, "org", heir);
	}
	code = admit(adopt->writer, &admission, &adopt->one, err);
	if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s: %s", person->name, admission.err.text);
	if (code != ERR_OK || heir == NULL)
		return code;
	tally_of(adopt, &adopt->moves, from, heir)->people++;
	return move_account(adopt, person->name, heir, err);
}

enum err adopt_people(struct adopt *adopt, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < adopt->n_people; i++) {
		arena_reset(&adopt->one);
		code = move_one(adopt, &adopt->people[i], err);
	}
	if (code != ERR_OK)
		return code;
	return accounts_review(adopt->writer->service->db, adopt->writer->db, adopt->rules,
			       adopt->now, &adopt->report, err);
}
