/* What an admitted act writes: entry, entities, who sees them and their feeds. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/domain/notice.h"
#include "zhiban/domain/party.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

static void place_notice(const struct notice *notice, struct db_entity *row)
{
	row->class = notice->open ? CLASS_OPEN : CLASS_CLOSED;
	row->rank = -notice->posted_at;
}

void entity_place(const void *entity, struct db_entity *row)
{
	const struct entity *head = entity;
	const struct incident *incident = entity;

	row->class = CLASS_FIRST;
	row->rank = 0;
	if (head->kind == KIND_NOTICE)
		place_notice(entity, row);
	if (head->kind != KIND_INCIDENT)
		return;
	row->class = incident->open ? CLASS_OPEN : CLASS_CLOSED;
	row->rank = -incident->registered_at;
}

size_t entity_parties(const struct rules *rules, const void *entity, struct arena *arena,
		      const char *const **ret_codes)
{
	const struct entity *head = entity;
	const char **codes;
	size_t n;

	if (head->kind != KIND_PROFILE && head->kind != KIND_MODE) {
		codes = arena_array(arena, PARTY_MAX, sizeof *codes);
		n = party_of(rules, entity, codes);
	} else { /* everybody works by the profile, and in the mode */
		n = rules->n_orgs;
		codes = arena_array(arena, n, sizeof *codes);
		for (size_t i = 0; i < n; i++)
			codes[i] = rules->orgs[i].code;
	}
	*ret_codes = codes;
	return n;
}

enum err target_load(struct writer *writer, const struct uuid *id, struct arena *arena,
		     struct target_state *ret_target, struct error *err)
{
	struct target_state target = { .entity = NULL };
	enum err code = writer->service->db->entity_get(writer->db, id, arena, &target.row, err);

	if (code == ERR_NOT_FOUND) {
		*ret_target = target;
		return ERR_OK;
	}
	if (code == ERR_OK)
		code = entity_decode(target.row.bytes, target.row.len, arena, &target.entity, err);
	if (code == ERR_OK)
		*ret_target = target;
	return code == ERR_INPUT ? ERR_CORRUPT : code;
}

/* --- writing --------------------------------------------------------------------------------- */

/* The messages of a notice, so that one that refers to them finds it. */
static enum err write_messages(struct writer *writer, const struct notice *notice,
			       const struct db_entity *row, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const struct link *links = notice->links.items;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < notice->links.n; i++) {
		int64_t eno = 0;

		code = db->outside_find(writer->db, NOTICE_OUTSIDE, links[i].target, &eno, err);
		if (code == ERR_OK && eno == 0)
			code = db->outside_add(writer->db, NOTICE_OUTSIDE, links[i].target,
					       row->eno, err);
	}
	return code;
}

static enum err write_outside(struct writer *writer, const void *entity,
			      const struct db_entity *row, bool created, struct error *err)
{
	const struct incident *incident = entity;

	if (incident->head.kind == KIND_NOTICE)
		return write_messages(writer, entity, row, err);
	if (incident->head.kind != KIND_INCIDENT || !created || incident->src_no == NULL ||
	    incident->source == NULL)
		return ERR_OK;
	return writer->service->db->outside_add(writer->db, incident->source, incident->src_no,
						row->eno, err);
}

/* One effect: the entity moves on, and with it all that is looked up by it. */
static enum err write_effect(struct writer *writer, const struct effect *effect, int64_t seq,
			     struct target_state *target, struct arena *arena, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct db_place old = { target->row.class, target->row.rank, target->row.eno };
	struct entity *head;
	struct str bytes = STR_INIT;
	bool created = target->entity == NULL;
	size_t restrictions = created ? 0 : restrictions_of(target->entity);
	enum err code;

	if (created)
		target->entity = entity_new(effect->kind, &effect->id, arena);
	head = target->entity;
	code = evolve(target->entity, effect, seq, arena, err);
	if (code != ERR_OK)
		return code;
	entity_encode(target->entity, &bytes);
	target->row.id = effect->id;
	target->row.kind = kind_desc(effect->kind)->name;
	target->row.version = head->version;
	target->row.seq = seq;
	target->row.bytes = arena_strndup(arena, bytes.s, bytes.len);
	target->row.len = bytes.len;
	str_release(&bytes);
	entity_place(target->entity, &target->row);
	if (effect->kind == KIND_MODE)
		writer->mode_known = false;
	code = db->entity_put(writer->db, &target->row, err);
	if (code == ERR_OK)
		code = db->touch_add(writer->db, target->row.eno, seq, err);
	if (code == ERR_OK)
		code = timer_note(writer, &target->row, target->entity, created, err);
	if (code == ERR_OK && effect->kind == KIND_MODE)
		code = timers_again(writer, err);
	if (code == ERR_OK)
		code = write_outside(writer, target->entity, &target->row, created, err);
	if (code == ERR_OK)
		code = parties_write(writer, target->entity, &target->row, created ? NULL : &old,
				     restrictions, arena, err);
	return code;
}

static enum err write_entry(struct writer *writer, const struct admission *admission,
			    const struct decision *decision, struct error *err)
{
	struct entry entry = { .seq = writer->head + 1,
			       .act = *admission->act,
			       .effects = decision->effects,
			       .n_effects = decision->n_effects,
			       .recv = admission->recv,
			       .eff = admission->eff };
	struct db_entry row = { .seq = entry.seq, .width = (int64_t)decision->n_effects };
	struct str bytes = STR_INIT;
	enum err code;

	entry_canonical(&entry, &bytes);
	entry_hash(writer->hash, bytes.s, bytes.len, row.hash);
	row.bytes = bytes.s;
	row.len = bytes.len;
	code = writer->service->db->journal_add(writer->db, &row, err);
	if (code == ERR_OK) {
		writer->head = row.seq;
		memcpy(writer->hash, row.hash, SHA256_LEN);
	}
	str_release(&bytes);
	return code;
}

enum err decision_write(struct writer *writer, const struct admission *admission,
			const struct decision *decision, struct target_state *target,
			struct arena *arena, struct error *err)
{
	int64_t seq = writer->head + 1;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < decision->n_effects; i++) {
		const struct effect *effect = &decision->effects[i];
		struct target_state other;

		if (uuid_eq(&effect->id, &admission->act->target.id)) {
			code = write_effect(writer, effect, seq, target, arena, err);
			continue;
		}
		code = target_load(writer, &effect->id, arena, &other, err);
		if (code == ERR_OK)
			code = write_effect(writer, effect, seq, &other, arena, err);
	}
	if (code == ERR_OK && decision->n_effects > 0)
		code = write_entry(writer, admission, decision, err);
	return code;
}
