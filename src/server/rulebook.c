#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entity.h"

void rulebook_free(struct rulebook *book)
{
	if (book == NULL)
		return;
	profile_free(book->profile);
	workdays_free(book->days);
	free(book);
}

enum err rulebook_parse(const char *bundle, size_t bundle_len, const char *calendar,
			size_t calendar_len, struct rulebook **ret_book, struct error *err)
{
	struct rulebook *book = mem_alloc(sizeof *book);
	enum err code = workdays_parse("calendar", calendar, calendar_len, &book->days, err);

	if (code == ERR_OK)
		code = profile_parse(bundle, bundle_len, &book->profile, err);
	if (code != ERR_OK) {
		rulebook_free(book);
		return code;
	}
	profile_use_calendar(book->profile, book->days);
	book->refs = 1;
	*ret_book = book;
	return ERR_OK;
}

enum err rulebook_load(const struct db_ops *ops, struct db *db, const char *profile_hash,
		       const char *calendar_hash, struct rulebook **ret_book, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *bundle, *calendar;
	size_t bundle_len, calendar_len;
	enum err code = ops->blob_get(db, profile_hash, &arena, &bundle, &bundle_len, err);

	if (code == ERR_OK)
		code = ops->blob_get(db, calendar_hash, &arena, &calendar, &calendar_len, err);
	if (code == ERR_OK)
		code = rulebook_parse(bundle, bundle_len, calendar, calendar_len, ret_book, err);
	arena_release(&arena);
	return code;
}

struct newest {
	char profile[SHA256_HEX], calendar[SHA256_HEX];
	bool any;
};

static bool newest_each(void *ctx, const struct db_adoption *row)
{
	struct newest *newest = ctx;

	newest->any = str_copy(newest->profile, sizeof newest->profile, row->profile) &&
		      str_copy(newest->calendar, sizeof newest->calendar, row->calendar);
	return true;
}

enum err rulebook_newest(const struct db_ops *ops, struct db *db, struct rulebook **ret_book,
			 struct error *err)
{
	struct newest newest = { .any = false };
	enum err code = ops->adoption_scan(db, newest_each, &newest, err);

	if (code != ERR_OK)
		return code;
	if (!newest.any)
		return error_set(err, ERR_CORRUPT, "%s",
				 _("the data have no profile; run `zhiband verify DIR`"));
	return rulebook_load(ops, db, newest.profile, newest.calendar, ret_book, err);
}

struct actor system_actor(const struct rules *rules)
{
	return (struct actor){ .officer = "system", .org = rules->centre, .role = "system" };
}

/* --- adoption -------------------------------------------------------------------------------- */

struct stranded { /* looks for open incidents in steps that the new rules lack */
	const struct rules *rules;
	struct arena arena;
	int64_t n;
	char example[80], step[40];
	enum err code;
	struct error err;
};

static bool stranded_each(void *ctx, const struct db_entity *row)
{
	struct stranded *look = ctx;
	const struct incident *incident;
	void *entity;

	if (strcmp(row->kind, kind_desc(KIND_INCIDENT)->name) != 0)
		return true;
	arena_reset(&look->arena);
	look->code = entity_decode(row->bytes, row->len, &look->arena, &entity, &look->err);
	if (look->code != ERR_OK)
		return false;
	incident = entity;
	if (!incident->open || rules_step(look->rules, incident->step) != NULL)
		return true;
	if (look->n++ == 0) {
		snprintf(look->example, sizeof look->example, "%s",
			 incident->number != NULL ? incident->number : "");
		snprintf(look->step, sizeof look->step, "%s",
			 incident->step != NULL ? incident->step : "");
	}
	return true;
}

static enum err check_stranded(struct writer *writer, const struct rules *rules, struct error *err)
{
	struct stranded look = { .rules = rules, .arena = ARENA_INIT, .code = ERR_OK };
	enum err code = writer->service->db->entity_scan(writer->db, 0, stranded_each, &look, err);

	arena_release(&look.arena);
	if (code != ERR_OK)
		return code;
	if (look.code != ERR_OK)
		return error_set(err, look.code, "%s", look.err.text);
	if (look.n == 0)
		return ERR_OK;
	return error_set(err, ERR_REFUSED,
			 _("%lld open incidents stand in steps that the new profile lacks "
			   "(%s in the step %s): move them on first"),
			 (long long)look.n, look.example, look.step);
}

static void give(struct act *act, const char *name, const char *text, struct arena *arena)
{
	const struct field *field = act_arg_field(act->desc, name);

	if (field != NULL && text != NULL)
		act_give(act, field, (struct value){ .is_text = true, .text = text }, arena);
}

static enum err admit_adoption(struct writer *writer, const struct rules *rules,
			       const char *reason, int64_t now, int64_t *ret_seq,
			       struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct arena arena = ARENA_INIT;
	struct act act = { .id = uuid_v7(&writer->service->env),
			   .desc = act_desc_find("adopt"),
			   .target = { .kind = KIND_PROFILE, .id = uuid_named("profile") },
			   .actor = system_actor(rules),
			   .at = now };
	struct admission admission = { .act = &act, .recv = now, .eff = now };
	struct db_entity before;
	enum err code = db->entity_get(writer->db, &act.target.id, &arena, &before, NULL);

	if (code == ERR_OK)
		act.target.base = before.version;
	give(&act, "name", rules->name, &arena);
	give(&act, "hash", rules->hash, &arena);
	give(&act, "calendar_hash", rules->calendar_hash, &arena);
	give(&act, "reason", reason, &arena);
	code = code == ERR_OK || code == ERR_NOT_FOUND ? admit(writer, &admission, &arena, err)
						       : code;
	if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s", admission.err.text);
	if (code == ERR_OK)
		*ret_seq = admission.seq;
	arena_release(&arena);
	return code;
}

enum err adopt_write(struct writer *writer, struct rulebook *book, const char *bundle,
		     size_t bundle_len, const char *calendar, size_t calendar_len,
		     const char *reason, int64_t now, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const struct rules *rules = &book->profile->rules;
	struct rulebook *old = writer->book;
	struct db_adoption adoption = { .profile = rules->hash, .calendar = rules->calendar_hash };
	enum err code;

	if (writer->fresh != NULL)
		return error_set(err, ERR_BUSY, "%s", _("another adoption is under way: try again"));
	code = check_stranded(writer, rules, err);
	if (code != ERR_OK)
		return code;
	writer->book = book; /* its organisations are the parties of its own adoption */
	code = admit_adoption(writer, rules, reason, now, &adoption.seq, err);
	if (code == ERR_OK)
		code = db->blob_put(writer->db, rules->hash, bundle, bundle_len, err);
	if (code == ERR_OK)
		code = db->blob_put(writer->db, rules->calendar_hash, calendar, calendar_len, err);
	if (code == ERR_OK)
		code = db->adoption_add(writer->db, &adoption, err);
	if (code != ERR_OK) {
		writer->book = old;
		return code;
	}
	writer->fresh = book;
	return ERR_OK;
}
