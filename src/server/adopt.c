/* Adoption: a profile and a calendar are put in force by an entry of the journal, and in the same
 * transaction all that depends on them is carried over. */
#include <config.h>

#include "adopt_priv.h"
#include "service_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"

static void give(struct act *act, const char *name, const char *text, struct arena *arena)
{
	const struct field *field = act_arg_field(act->desc, name);

	if (field != NULL && text != NULL)
		act_give(act, field, (struct value){ .is_text = true, .text = text }, arena);
}

/* The act on the profile, with what is said of it already; its seq. */
static enum err admit_act(struct writer *writer, struct act *act, struct arena *arena, int64_t now,
			  int64_t *ret_seq, struct error *err)
{
	struct admission admission = { .act = act, .recv = now, .eff = now };
	struct db_entity before;
	enum err code = writer->service->db->entity_get(writer->db, &act->target.id, arena, &before,
							NULL);

	if (code == ERR_OK)
		act->target.base = before.version;
	else if (code != ERR_NOT_FOUND)
		return code;
	code = admit(writer, &admission, arena, err);
	if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s", admission.err.text);
	if (code == ERR_OK)
		*ret_seq = admission.seq;
	return code;
}

static struct act act_begin(struct writer *writer, const struct rules *rules, int64_t now)
{
	return (struct act){ .id = uuid_v7(&writer->service->env),
			     .desc = act_desc_find("adopt"),
			     .target = { .kind = KIND_PROFILE, .id = uuid_named("profile") },
			     .actor = system_actor(rules),
			     .at = now };
}

static enum err admit_adoption(struct adopt *adopt, int64_t *ret_seq, struct error *err)
{
	const struct rules *rules = adopt->rules;
	struct act act = act_begin(adopt->writer, rules, adopt->now);

	give(&act, "name", rules->name, &adopt->arena);
	give(&act, "hash", rules->hash, &adopt->arena);
	give(&act, "calendar_hash", rules->calendar_hash, &adopt->arena);
	for (size_t i = 0; i < adopt->ask->n_maps; i++)
		give(&act, "map", adopt->ask->maps[i], &adopt->arena);
	give(&act, "reason", adopt->ask->reason, &adopt->arena);
	return admit_act(adopt->writer, &act, &adopt->arena, adopt->now, ret_seq, err);
}

/* --- the whole ------------------------------------------------------------------------------- */

static enum err keep_texts(struct adopt *adopt, struct error *err)
{
	const struct db_ops *db = adopt->writer->service->db;
	const struct adopt_ask *ask = adopt->ask;
	struct db_adoption row = { .profile = adopt->rules->hash,
				   .calendar = adopt->rules->calendar_hash };
	enum err code = admit_adoption(adopt, &row.seq, err);

	if (code == ERR_OK)
		code = db->blob_put(adopt->writer->db, row.profile, ask->bundle, ask->bundle_len,
				    err);
	if (code == ERR_OK)
		code = db->blob_put(adopt->writer->db, row.calendar, ask->calendar,
				    ask->calendar_len, err);
	return code != ERR_OK ? code : db->adoption_add(adopt->writer->db, &row, err);
}

static enum err adopt_all(struct adopt *adopt, struct error *err)
{
	enum err code = adopt->old != NULL ? adopt_plan(adopt, err) : ERR_OK;

	if (code != ERR_OK)
		return code;
	adopt->writer->book = adopt->ask->book; /* its organisations are the parties of its own */
	adopt->writer->touches = adopt->touches;
	adopt->writer->n_touches = adopt->n_touches;
	code = keep_texts(adopt, err);
	adopt->writer->n_touches = 0;
	if (code == ERR_OK)
		code = adopt_carry(adopt, err);
	if (code == ERR_OK && adopt->old != NULL)
		code = adopt_people(adopt, err);
	return code != ERR_OK ? code : timers_rebuild(adopt->writer, err);
}

static void release(struct adopt *adopt)
{
	free(adopt->cases);
	free(adopt->people);
	free(adopt->stranded.items);
	free(adopt->unkind.items);
	free(adopt->unserial.items);
	free(adopt->roomless.items);
	free(adopt->homeless.items);
	free(adopt->moves.items);
	free(adopt->ended.items);
	free(adopt->planless.items);
	free(adopt->touches);
	str_release(&adopt->report);
	str_release(&adopt->dues);
	arena_release(&adopt->arena);
	arena_release(&adopt->one);
}

enum err adopt_write(struct writer *writer, const struct adopt_ask *ask, int64_t now,
		     struct str *report, struct error *err)
{
	struct rulebook *old = writer->book;
	struct adopt adopt = { .writer = writer,
			       .ask = ask,
			       .old = old != NULL ? &old->profile->rules : NULL,
			       .rules = &ask->book->profile->rules,
			       .now = now,
			       .arena = ARENA_INIT,
			       .one = ARENA_INIT };
	enum err code;

	if (writer->fresh != NULL)
		return error_set(err, ERR_BUSY, "%s",
				 _("another adoption is under way: try again"));
	adopt.new_calendar = old != NULL &&
			     strcmp(adopt.old->calendar_hash, adopt.rules->calendar_hash) != 0;
	code = adopt_all(&adopt, err);
	if (code == ERR_OK) {
		adopt_say_moves(&adopt);
		str_add(report, str_get(&adopt.report));
		writer->fresh = ask->book;
	} else {
		writer->book = old;
	}
	release(&adopt);
	return code;
}

enum err adopt_look(struct writer *writer, int64_t now, struct str *report, struct error *err)
{
	const struct adopt_ask ask = { .book = writer->book, .stay = true };
	const struct rules *rules = &writer->book->profile->rules;
	struct adopt adopt = { .writer = writer,
			       .ask = &ask,
			       .old = rules,
			       .rules = rules,
			       .now = now,
			       .arena = ARENA_INIT,
			       .one = ARENA_INIT };
	enum err code = adopt_plan(&adopt, err);

	if (code == ERR_OK) {
		adopt_say_homeless(&adopt);
		str_add(report, str_get(&adopt.report));
	}
	release(&adopt);
	return code;
}

/* --- the address table ----------------------------------------------------------------------- */

enum err places_write(struct writer *writer, const char *text, size_t len, const char *reason,
		      int64_t now, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct act act = act_begin(writer, &writer->book->profile->rules, now);
	char hash[SHA256_HEX];
	int64_t seq;
	enum err code;

	bundle_hash(text, len, hash);
	give(&act, "places_hash", hash, &arena);
	give(&act, "reason", reason, &arena);
	code = admit_act(writer, &act, &arena, now, &seq, err);
	if (code == ERR_OK)
		code = writer->service->db->blob_put(writer->db, hash, text, len, err);
	arena_release(&arena);
	return code;
}
