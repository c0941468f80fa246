#include <config.h>

#include "admit_priv.h"
#include "arrival_priv.h"
#include "number_priv.h"
#include "past_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/summons.h"

struct trial { /* one act being judged */
	struct admission *admission;
	struct act act; /* as it is judged: its base is what its author is known to have seen */
	struct target_state target;
	struct state state;
	struct past past;
	struct decision decision;
	struct arena *arena; /* of what is answered */
	int64_t counter; /* of the number it would get */
	int64_t doc_counter; /* of the number its minutes would get; 0: none */
};

/* --- reading --------------------------------------------------------------------------------- */

enum err entity_seen(struct writer *writer, const char *seer, int64_t eno, bool *ret_seen,
		     struct error *err)
{
	const struct db_ops *db = writer->service->db;
	int64_t org = 0, since = 0;
	enum err code = db->org_no(writer->db, seer, false, &org, err);

	if (code == ERR_OK)
		code = db->party_since(writer->db, org, eno, &since, err);
	if (code == ERR_OK)
		*ret_seen = since != 0;
	return code;
}

/* What is not there is asked about too, so that it takes no other time than what is not theirs. */
static enum err check_seen(struct writer *writer, const char *seer, struct target_state *target,
			   struct error *err)
{
	bool seen = true;
	enum err code = ERR_OK;

	if (seer != NULL)
		code = entity_seen(writer, seer, target->row.eno, &seen, err);
	target->hidden = target->entity != NULL && !seen;
	return code;
}

/* Whether it matters to the verb what its author saw, and there is something to be compared. */
static bool needs_base(const struct act *act, const struct target_state *target)
{
	enum kind kind = act->target.kind;

	return target->entity != NULL &&
	       (kind == KIND_INCIDENT || kind == KIND_STAFF || kind == KIND_ITEM) &&
	       (act->desc->conflict == CONFLICT_MERGE_FIELDS ||
		act->desc->conflict == CONFLICT_FIRST_WINS);
}

/* Whether who loses is told who was first. */
static bool tells_first(enum kind kind)
{
	return kind == KIND_INCIDENT || kind == KIND_WHISTLE || kind == KIND_SWAP ||
	       kind == KIND_HANDOVER || kind == KIND_ROSTER || kind == KIND_MEETING ||
	       kind == KIND_ITEM || kind == KIND_ACTION;
}

/* The target as its author saw it. */
static enum err load_base(struct writer *writer, struct trial *trial, struct error *err)
{
	const struct act *act = trial->admission->act;
	int64_t version = trial->target.row.version, eno = trial->target.row.eno;
	enum err code = ERR_OK;

	if (trial->state.entity != NULL && tells_first(act->target.kind))
		code = past_base(writer, act, eno, version, &trial->act.target.base, err);
	if (code != ERR_OK || trial->state.entity == NULL || !needs_base(act, &trial->target) ||
	    trial->act.target.base == version)
		return code;
	code = past_load(writer, act, eno, trial->act.target.base, &trial->past, err);
	trial->state.base_entity = trial->past.seen;
	return code;
}

/* An outside number that is there already, for imports and other systems.  Of a case that its author
 * does not see he is not told; it is registered once more then. */
static enum err check_outside(struct writer *writer, struct admission *admission, struct error *err)
{
	const char *source = act_text(admission->act, "source");
	const char *number = act_text(admission->act, "src_no");
	const struct choice *known;
	int64_t eno = 0;
	bool seen = true;
	enum err code;

	if (source == NULL || number == NULL ||
	    (act_value(admission->act, "historic", 0).num == 0 &&
	     !str_eq(admission->act->actor.role, "system")))
		return ERR_OK;
	known = choices_named(&writer->book->profile->rules.sources, source);
	code = writer->service->db->outside_find(writer->db, known != NULL ? known->code : source,
						 number, &eno, err);
	if (code == ERR_OK && admission->seer != NULL)
		code = entity_seen(writer, admission->seer, eno, &seen, err);
	if (code == ERR_OK && eno != 0 && seen)
		admission->code = error_set(&admission->err, ERR_EXISTS,
					    _("number %s of %s is there already"), number, source);
	return code;
}

/* --- admission ------------------------------------------------------------------------------- */

/* A rule, or somebody's act since, stands against it: name him. */
static enum err name_first(struct writer *writer, struct trial *trial, struct error *err)
{
	struct admission *admission = trial->admission;
	const struct act *act = admission->act;
	bool again = act->desc->conflict == CONFLICT_IDEMPOTENT;
	const struct summoned *share;
	enum err code;

	if (trial->target.entity == NULL || trial->target.hidden || admission->hung ||
	    !tells_first(act->target.kind))
		return ERR_OK;
	if (admission->code == ERR_OK
		? trial->decision.note == NULL
		: admission->code != ERR_REFUSED && admission->code != ERR_DENIED)
		return ERR_OK;
	code = past_load(writer, act, trial->target.row.eno, again ? 0 : trial->act.target.base,
			 &trial->past, err);
	share = act->target.kind == KIND_WHISTLE && (act->desc->flags & ACT_SHARE)
			? whistle_act_share(&writer->book->profile->rules, trial->target.entity, act)
			: NULL;
	if (share != NULL)
		trial->past.share = share->id;
	if (code == ERR_OK)
		admission->by = past_by(&trial->past, act, admission->code != ERR_REFUSED,
					trial->arena);
	return code;
}

static void refuse(struct trial *trial)
{
	struct admission *admission = trial->admission;

	if (admission->err.text[0] == '\0')
		error_set(&admission->err, admission->code, "%s",
			  _(err_sentence(admission->code)));
	if (trial->target.hidden || trial->target.entity == NULL)
		return;
	personal_hide(trial->target.entity, &trial->target.stored); /* answers are kept */
	admission->state = trial->target.entity;
}

static enum err next_serial(struct writer *writer, struct trial *trial, int64_t counter,
			    struct error *err)
{
	int64_t last = 0;
	enum err code = writer->service->db->serial_get(writer->db, counter, &last, err);

	trial->counter = counter;
	trial->state.serial = last + 1;
	return code;
}

/* Of a whistle which kind it is decide says: begun with the first, or the one that is named. */
static enum err first_serial(struct writer *writer, struct trial *trial, struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	const struct act *act = trial->admission->act;
	const struct summons *summons = rules_summons(rules, act_text(act, "summons"));
	int64_t day = civil_day_of_ms(trial->admission->eff, rules->offset_min);

	if (act->desc->conflict != CONFLICT_CREATES || !number_counted(act->target.kind))
		return ERR_OK;
	if (summons == NULL && rules->n_summonses > 0)
		summons = &rules->summonses[0];
	return next_serial(writer, trial,
			   number_counter(act->target.kind, summons != NULL ? summons->letter : "",
					  day),
			   err);
}

/* What it hung on was refused, so it is too; but a note on what is there always gets in. */
static void check_hung(struct admission *admission)
{
	if (!admission->hung || admission->act->desc->conflict == CONFLICT_APPEND)
		return;
	admission->code = error_set(&admission->err, ERR_REFUSED, "%s",
				    _("it hung on an act of yours that was refused"));
}

/* Kinds of which decide itself says, in its words, that there is no such one. */
static bool judged_unseen(enum kind kind)
{
	return kind != KIND_PERSON && kind != KIND_PROFILE && kind != KIND_MODE && kind != KIND_ORG;
}

/* The id of a check that was done, of a month's roster, of an organisation's first handover can be
 * guessed: whether it is there only those are told who may do the act. */
static bool is_guessed(enum kind kind)
{
	return kind == KIND_INSPECTION || kind == KIND_HANDOVER;
}

/* Reads all that the decision needs. */
static enum err prepare(struct writer *writer, struct trial *trial, struct error *err)
{
	struct admission *admission = trial->admission;
	const struct act *act = admission->act;
	enum err code = target_load(writer, &act->target.id, trial->arena, &trial->target, err);

	if (code == ERR_OK)
		code = check_seen(writer, admission->seer, &trial->target, err);
	if (code != ERR_OK)
		return code;
	/* what its author does not see is judged as what is not there: in the same words */
	check_hung(admission);
	if (!trial->target.hidden)
		trial->state.entity = trial->target.entity;
	else if (admission->code != ERR_OK)
		return ERR_OK;
	else if (act->desc->conflict == CONFLICT_CREATES && !is_guessed(act->target.kind))
		admission->code = ERR_EXISTS;
	else if (!judged_unseen(act->target.kind))
		admission->code = ERR_NOT_FOUND;
	if (admission->code == ERR_OK && trial->target.entity == NULL)
		code = check_outside(writer, admission, err);
	if (code == ERR_OK && admission->code == ERR_OK)
		code = load_base(writer, trial, err);
	if (code == ERR_OK)
		code = first_serial(writer, trial, err);
	if (code == ERR_OK)
		code = doc_next(writer, act, trial->state.entity, admission->eff,
				&trial->doc_counter, &trial->state.doc_serial, err);
	if (code == ERR_OK)
		code = arrival_judge(writer, act, trial->state.entity, admission->eff,
				     &trial->state, err);
	if (code == ERR_OK)
		code = mode_in_force(writer, &trial->state.mode, err);
	if (code == ERR_OK && admission->code == ERR_OK)
		code = writer_near(writer, admission->seer, act, trial->arena, &trial->state, err);
	return code;
}

static void decide_now(struct writer *writer, struct trial *trial)
{
	struct admission *admission = trial->admission;
	struct moment moment = { admission->recv, admission->eff };

	admission->code = decide(&writer->book->profile->rules, &trial->state, &trial->act, &moment,
				 trial->arena, &trial->decision, &admission->err);
}

/* It was of another kind than was begun with, which has letters and a counter of its own. */
static enum err check_counter(struct writer *writer, struct trial *trial, struct error *err)
{
	const char *number = trial->state.serial != 0 && trial->admission->code == ERR_OK
				     ? number_given(&trial->decision, &trial->act.target.id)
				     : NULL;
	int64_t counter, serial;
	enum err code;

	if (number == NULL || !number_parse(trial->act.target.kind, number, &counter, &serial) ||
	    counter == trial->counter)
		return ERR_OK;
	code = next_serial(writer, trial, counter, err);
	if (code == ERR_OK)
		decide_now(writer, trial);
	return code;
}

static enum err decide_it(struct writer *writer, struct trial *trial, struct error *err)
{
	struct admission *admission = trial->admission;
	enum err code;

	if (admission->code == ERR_OK)
		decide_now(writer, trial);
	code = check_counter(writer, trial, err);
	if (code != ERR_OK)
		return code;
	arrival_judged(writer, admission->act, trial->state.entity, &trial->state, admission->code);
	if (admission->code == ERR_OK && trial->target.hidden) { /* of what is guessed it can be */
		code = admission->act->desc->conflict == CONFLICT_CREATES ? ERR_EXISTS : ERR_NOT_FOUND;
		admission->code = error_set(&admission->err, code, "%s", _(err_sentence(code)));
	}
	return name_first(writer, trial, err);
}

static enum err apply(struct writer *writer, struct trial *trial, struct error *err)
{
	struct admission *admission = trial->admission;
	enum err code = decision_write(writer, admission, &trial->decision, &trial->target,
				       trial->arena, err);

	if (code == ERR_OK && trial->state.serial != 0)
		code = writer->service->db->serial_put(writer->db, trial->counter, trial->state.serial,
						       err);
	if (code == ERR_OK && trial->doc_counter != 0)
		code = doc_keep(writer, trial->target.entity, admission->eff, trial->doc_counter,
				trial->state.doc_serial, err);
	if (code != ERR_OK)
		return code;
	/* what was done before is answered with the entry that shows it */
	admission->seq = trial->decision.n_effects > 0 ? writer->head : trial->target.row.seq;
	admission->version = trial->target.row.version;
	admission->note = trial->decision.note;
	admission->again = trial->decision.n_effects == 0;
	if (trial->state.serial != 0)
		admission->number = number_of(trial->target.entity);
	return ERR_OK;
}

static enum err touch(struct writer *writer, struct trial *trial, const struct uuid *id,
		      struct error *err)
{
	struct decision *decision = &trial->decision;
	struct target_state target;
	enum err code = target_load(writer, id, trial->arena, &target, err);

	if (code == ERR_OK && target.entity != NULL)
		effect_diff(&decision->effects[decision->n_effects++], target.entity, target.entity,
			    trial->arena);
	return code;
}

/* Organisations that a new profile brings must see the mode in force too, and rosters and people: what
 * an adoption does to these is nothing but that. */
static enum err touch_all(struct writer *writer, struct trial *trial, struct error *err)
{
	const struct uuid mode = uuid_named("mode");
	struct decision *decision = &trial->decision;
	struct effect *effects;
	enum err code;

	if (trial->act.target.kind != KIND_PROFILE || act_text(&trial->act, "hash") == NULL)
		return ERR_OK;
	effects = arena_array(trial->arena, decision->n_effects + 1 + writer->n_touches,
			      sizeof *effects);
	memcpy(effects, decision->effects, decision->n_effects * sizeof *effects);
	decision->effects = effects;
	code = touch(writer, trial, &mode, err);
	for (size_t i = 0; code == ERR_OK && i < writer->n_touches; i++)
		code = touch(writer, trial, &writer->touches[i], err);
	return code;
}

/* Judges one act; a refusal is in the admission. */
static enum err judge_one(struct writer *writer, struct trial *trial, struct error *err)
{
	enum err code;

	trial->admission->code = ERR_OK;
	code = prepare(writer, trial, err);
	if (code == ERR_OK)
		code = decide_it(writer, trial, err);
	if (code == ERR_OK && trial->admission->code != ERR_OK)
		refuse(trial);
	else if (code == ERR_OK)
		code = touch_all(writer, trial, err);
	return code;
}

/* --- what follows ---------------------------------------------------------------------------- */

struct before { /* what the savepoint of the database does not know */
	int64_t head;
	uint8_t hash[SHA256_LEN];
};

static enum err admit_deep(struct writer *writer, struct admission *admission, struct arena *arena,
			   int depth, struct error *err);

/* Who writes a ticket into a lead must see the lead, and who blows a whistle the cases it is about;
 * whom his act answers he need not. */
static const char *seer_of(const struct admission *admission, const struct act *follow)
{
	return strcmp(follow->desc->verb, "absorb") == 0 ||
			       strcmp(follow->desc->verb, "relate") == 0
		       ? admission->seer
		       : NULL;
}

/* Each in its turn, as entries of their own; the first that is refused refuses the act. */
static enum err admit_follow(struct writer *writer, struct trial *trial, int depth,
			     struct error *err)
{
	struct admission *admission = trial->admission;
	const struct decision *decision = &trial->decision;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && admission->code == ERR_OK && i < decision->n_follow;
	     i++) {
		struct admission next = { .act = &decision->follow[i],
					  .recv = admission->recv,
					  .eff = admission->eff,
					  .seer = seer_of(admission, &decision->follow[i]) };

		code = admit_deep(writer, &next, trial->arena, depth + 1, err);
		if (code != ERR_OK || next.code == ERR_OK)
			continue;
		admission->code = next.code;
		admission->err = next.err;
	}
	return code;
}

static enum err undo_all(struct writer *writer, struct trial *trial, const struct before *before,
			 struct error *err)
{
	enum err code = writer->service->db->undo(writer->db, DB_MARK_FOLLOW, err);

	writer->head = before->head;
	memcpy(writer->hash, before->hash, SHA256_LEN);
	writer->mode_known = false;
	/* as it was: the effects had moved it on */
	if (code == ERR_OK)
		code =
		    target_load(writer, &trial->act.target.id, trial->arena, &trial->target, err);
	if (code == ERR_OK)
		refuse(trial);
	return code;
}

/* The act and what follows from it, all or nothing. */
static enum err apply_deep(struct writer *writer, struct trial *trial, int depth, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct before before = { .head = writer->head };
	enum err code;

	if (trial->decision.n_follow == 0)
		return apply(writer, trial, err);
	memcpy(before.hash, writer->hash, SHA256_LEN);
	code = db->mark(writer->db, DB_MARK_FOLLOW, err);
	if (code != ERR_OK)
		return code;
	code = apply(writer, trial, err);
	if (code == ERR_OK)
		code = admit_follow(writer, trial, depth, err);
	if (code == ERR_OK && trial->admission->code == ERR_OK)
		return db->unmark(writer->db, DB_MARK_FOLLOW, err);
	return code != ERR_OK ? code : undo_all(writer, trial, &before, err);
}

static enum err admit_deep(struct writer *writer, struct admission *admission, struct arena *arena,
			   int depth, struct error *err)
{
	enum { DEEPEST = 8 }; /* tickets whose lead was merged itself, and so on */
	struct trial trial = { .admission = admission, .act = *admission->act, .arena = arena };
	enum err code;

	if (depth > DEEPEST) {
		admission->code = error_set(&admission->err, ERR_REFUSED, "%s",
					    _("these tickets lead in a circle"));
		return ERR_OK;
	}
	code = judge_one(writer, &trial, err);
	if (code == ERR_OK && admission->code == ERR_OK)
		code = apply_deep(writer, &trial, depth, err);
	past_release(&trial.past);
	return code;
}

enum err admit(struct writer *writer, struct admission *admission, struct arena *arena,
	       struct error *err)
{
	return admit_deep(writer, admission, arena, 0, err);
}
