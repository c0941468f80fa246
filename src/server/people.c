#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

static void give(struct act *act, const char *name, const char *text, struct arena *arena)
{
	if (text != NULL && *text != '\0')
		act_give(act, act_arg_field(act->desc, name),
			 (struct value){ .is_text = true, .text = text }, arena);
}

/* Names are unique, so a person has the same id wherever it is first spoken of. */
struct uuid person_id(const char *name)
{
	struct str words = STR_INIT;
	struct uuid id;

	str_addf(&words, "person:%s", name);
	id = uuid_named(words.s);
	str_release(&words);
	return id;
}

enum err officer_enlist(struct writer *writer, const struct db_account *account, const char *post,
			const char *phone, int64_t now, struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	struct arena arena = ARENA_INIT;
	struct act act = { .id = uuid_v7(&writer->service->env),
			   .desc = act_desc_find("enlist"),
			   .target = { .kind = KIND_PERSON, .id = account->person },
			   .actor = system_actor(rules),
			   .at = now };
	struct admission admission = { .act = &act, .recv = now, .eff = now };
	enum err code;

	give(&act, "name", account->officer, &arena);
	give(&act, "org", account->org, &arena);
	give(&act, "role", account->role, &arena);
	give(&act, "post", post, &arena);
	give(&act, "phone", phone, &arena);
	code = admit(writer, &admission, &arena, err);
	if (code == ERR_OK && admission.code != ERR_OK && admission.code != ERR_EXISTS)
		code = error_set(err, admission.code, "%s", admission.err.text);
	if (code == ERR_OK)
		code = writer->service->db->account_put(writer->db, account, err);
	arena_release(&arena);
	return code;
}

enum err officer_repost(struct writer *writer, const struct db_account *account, const char *reason,
			int64_t now, struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	struct arena arena = ARENA_INIT;
	struct act act = { .id = uuid_v7(&writer->service->env),
			   .desc = act_desc_find("repost"),
			   .target = { .kind = KIND_PERSON, .id = account->person },
			   .actor = system_actor(rules),
			   .at = now };
	struct admission admission = { .act = &act, .recv = now, .eff = now };
	struct target_state target;
	enum err code = target_load(writer, &account->person, &arena, &target, err);

	if (code == ERR_OK && target.entity != NULL) {
		act.target.base = target.row.version;
		give(&act, "org", account->org, &arena);
		give(&act, "role", account->role, &arena);
		give(&act, "reason", reason != NULL ? reason : _("moved by an administrator"), &arena);
		code = admit(writer, &admission, &arena, err);
		if (code == ERR_OK && admission.code != ERR_OK)
			code = error_set(err, admission.code, "%s", admission.err.text);
	}
	arena_release(&arena);
	return code;
}
