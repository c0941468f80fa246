/* What an admitted act writes: entry, entities, who sees them and their feeds. */
#include <config.h>

#include "admit_priv.h"
#include "audit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/domain/handover.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/party.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

struct place { /* open or not, and which of its times it is found by */
	bool open;
	int64_t at;
};

static bool place_of(const void *entity, struct place *place)
{
	const struct entity *head = entity;
	const struct incident *incident = entity;
	const struct notice *notice = entity;
	const struct whistle *whistle = entity;
	const struct inspection *inspection = entity;

	switch (head->kind) {
	case KIND_INCIDENT:
		*place = (struct place){ incident->open, incident->registered_at };
		return true;
	case KIND_NOTICE:
		*place = (struct place){ notice->open, notice->posted_at };
		return true;
	case KIND_WHISTLE:
		*place = (struct place){ whistle->open, whistle->blown_at };
		return true;
	case KIND_INSPECTION:
		*place = (struct place){ false, inspection->due };
		return true;
	case KIND_ROSTER:
		*place = (struct place){ true, ((const struct roster *)entity)->starts };
		return true;
	case KIND_SWAP:
		*place = (struct place){ ((const struct swap *)entity)->open,
					 ((const struct swap *)entity)->asked_at };
		return true;
	case KIND_HANDOVER:
		*place = (struct place){ ((const struct handover *)entity)->open,
					 ((const struct handover *)entity)->prepared_at };
		return true;
	case KIND_RECORD:
		*place = (struct place){ ((const struct record *)entity)->open,
					 ((const struct record *)entity)->happened_at };
		return true;
	case KIND_MEETING:
		*place = (struct place){ ((const struct meeting *)entity)->open,
					 ((const struct meeting *)entity)->moved_at };
		return true;
	case KIND_ITEM:
		*place = (struct place){ ((const struct item *)entity)->open,
					 ((const struct item *)entity)->brought_at };
		return true;
	case KIND_ACTION:
		*place = (struct place){ ((const struct action *)entity)->open,
					 ((const struct action *)entity)->given_at };
		return true;
	case KIND_ROOM:
	case KIND_STAFF:
	case KIND_ORG:
	case KIND_PERSON:
	case KIND_PROFILE:
	case KIND_MODE:
	case KIND_COUNT:
		break;
	}
	return false;
}

void entity_place(const void *entity, struct db_entity *row)
{
	struct place place;

	row->class = CLASS_FIRST;
	row->rank = 0;
	if (!place_of(entity, &place))
		return;
	row->class = place.open ? CLASS_OPEN : CLASS_CLOSED;
	row->rank = -place.at;
}

size_t entity_parties(const struct rules *rules, const void *entity, struct arena *arena,
		      const char *const **ret_codes)
{
	const struct entity *head = entity;
	const char **codes;
	size_t n;

	if (head->kind != KIND_PROFILE && head->kind != KIND_MODE) {
		codes = arena_array(arena, rules->n_orgs, sizeof *codes);
		n = party_all_of(rules, entity, codes, rules->n_orgs);
	} else { /* everybody works by the profile, and in the mode */
		n = rules->n_orgs;
		codes = arena_array(arena, n, sizeof *codes);
		for (size_t i = 0; i < n; i++)
			codes[i] = rules->orgs[i].code;
	}
	*ret_codes = codes;
	return n;
}

struct lookup writer_lookup(struct writer *writer, struct arena *arena)
{
	return (struct lookup){ .ops = writer->service->db, .db = writer->db, .arena = arena };
}

enum err target_load(struct writer *writer, const struct uuid *id, struct arena *arena,
		     struct target_state *ret_target, struct error *err)
{
	struct target_state target = { .entity = NULL };
	struct lookup lookup = writer_lookup(writer, arena);
	enum err code = writer->service->db->entity_get(writer->db, id, arena, &target.row, err);

	if (code == ERR_NOT_FOUND) {
		*ret_target = target;
		return ERR_OK;
	}
	if (code == ERR_OK)
		code = entity_decode(target.row.bytes, target.row.len, arena, &target.entity, err);
	if (code == ERR_OK)
		code = personal_show(&lookup, target.entity, &target.stored, err);
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

/* The personal values that came with this entry and are this entity's. */
static enum err write_personal(struct writer *writer, const struct turned *turned,
			       const struct db_entity *row, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < turned->n_rows; i++) {
		if (!uuid_eq(&turned->rows[i].entity, &row->id))
			continue;
		turned->rows[i].row.eno = row->eno;
		code = writer->service->db->personal_put(writer->db, &turned->rows[i].row, err);
	}
	return code;
}

/* The bytes of the target as they are stored: with references. */
static void encode_stored(struct target_state *target, struct arena *arena)
{
	struct stored clear = personal_now(target->entity);
	struct str bytes = STR_INIT;

	personal_hide(target->entity, &target->stored);
	entity_encode(target->entity, &bytes);
	personal_hide(target->entity, &clear);
	target->row.bytes = arena_strndup(arena, bytes.s, bytes.len);
	target->row.len = bytes.len;
	str_release(&bytes);
}

static enum err write_effect(struct writer *writer, const struct effect *effect,
			     const struct effect *stored, const struct turned *turned,
			     struct target_state *target, struct arena *arena, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct db_place old = { target->row.class, target->row.rank, target->row.eno };
	struct entity *head;
	bool created = target->entity == NULL;
	size_t restrictions = created ? 0 : restrictions_of(target->entity);
	int64_t seq = writer->head + 1;
	enum err code;

	if (created)
		target->entity = entity_new(effect->kind, &effect->id, arena);
	head = target->entity;
	code = evolve(target->entity, effect, seq, arena, err);
	if (code != ERR_OK)
		return code;
	stored_follow(&target->stored, stored);
	encode_stored(target, arena);
	target->row.id = effect->id;
	target->row.kind = kind_desc(effect->kind)->name;
	target->row.version = head->version;
	target->row.seq = seq;
	entity_place(target->entity, &target->row);
	if (effect->kind == KIND_MODE)
		writer->mode_known = false;
	code = db->entity_put(writer->db, &target->row, err);
	if (code == ERR_OK)
		code = write_personal(writer, turned, &target->row, err);
	if (code == ERR_OK)
		code = db->touch_add(writer->db, target->row.eno, seq, err);
	if (code == ERR_OK)
		code = timer_note(writer, &target->row, target->entity, created, err);
	if (code == ERR_OK && effect->kind == KIND_MODE)
		code = timers_again(writer, err);
	if (code == ERR_OK && effect->kind == KIND_ROSTER && effect->n_children > 0)
		code = timers_swaps(writer, &effect->id, err);
	if (code == ERR_OK)
		code = write_outside(writer, target->entity, &target->row, created, err);
	if (code == ERR_OK)
		code = parties_write(writer, target->entity, &target->row, created ? NULL : &old,
				     restrictions, arena, err);
	return code;
}

static enum err write_entry(struct writer *writer, const struct admission *admission,
			    const struct turned *turned, size_t n_effects, struct error *err)
{
	struct entry entry = { .seq = writer->head + 1,
			       .act = turned->act,
			       .effects = turned->effects,
			       .n_effects = n_effects,
			       .recv = admission->recv,
			       .eff = admission->eff };
	struct db_entry row = { .seq = entry.seq, .width = (int64_t)n_effects };
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

/* Counted for the limit of his shift, and kept in the audit log. */
static enum err write_reveal(struct writer *writer, const struct admission *admission,
			     struct error *err)
{
	const struct act *act = admission->act;
	struct str words = STR_INIT;
	char about[UUID_TEXT];
	struct audit_line line = { .what = AUDIT_REVEAL,
				   .by = { .who = act->actor.officer, .role = act->actor.role },
				   .about = about,
				   .at = admission->recv };
	enum err code;

	uuid_text(&act->target.id, about);
	str_addf(&words, "%s: %s", act_text(act, "field"), act_text(act, "why"));
	line.words = str_get(&words);
	code = writer->service->db->reveal_add(writer->db, act->actor.officer, writer->head,
					       admission->recv, err);
	if (code == ERR_OK)
		code = audit_note(writer, &line, err);
	str_release(&words);
	return code;
}

/* What an act is about beside the state of its target. */
static enum err write_beside(struct writer *writer, const struct admission *admission,
			     const struct target_state *target, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const char *verb = admission->act->desc->verb;

	if (strcmp(verb, "erase") == 0) {
		writer->erased = true;
		return db->personal_drop(writer->db, target->row.eno, err);
	}
	return strcmp(verb, "reveal") == 0 ? write_reveal(writer, admission, err) : ERR_OK;
}

enum err decision_write(struct writer *writer, const struct admission *admission,
			const struct decision *decision, struct target_state *target,
			struct arena *arena, struct error *err)
{
	struct turned *turned;
	enum err code;

	if (decision->n_effects == 0)
		return ERR_OK;
	code = personal_turn(&writer->service->env, admission->act, decision, writer->head + 1,
			     admission->eff, arena, &turned, err);
	for (size_t i = 0; code == ERR_OK && i < decision->n_effects; i++) {
		const struct effect *effect = &decision->effects[i];
		struct target_state other, *to = &other;

		if (uuid_eq(&effect->id, &admission->act->target.id))
			to = target;
		else
			code = target_load(writer, &effect->id, arena, &other, err);
		if (code == ERR_OK)
			code = write_effect(writer, effect, &turned->effects[i], turned, to, arena,
					    err);
	}
	if (code == ERR_OK)
		code = write_entry(writer, admission, turned, decision->n_effects, err);
	return code == ERR_OK ? write_beside(writer, admission, target, err) : code;
}
