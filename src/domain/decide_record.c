/* Records of the duty log.
 *
 * The log is evidence: what was written stays.  A step of a call or paper (proposed, instructed,
 * passed on, dealt with) is written once each; what was wrong is corrected by another record
 * that names it.  An entry that comes long after what it tells of is marked late (补记) and
 * shows both moments. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/record.h"

struct logging { /* one act on a record being decided */
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t now;
	struct arena *arena;
	struct record *after;
};

/* Everybody is within the centre: its own log is written by its officers alone. */
static bool is_officer_of(const struct rules *rules, const struct actor *actor, const char *org)
{
	return str_eq(actor->org, org) ||
	       (!str_eq(org, rules->centre) && rules_org_within(rules, actor->org, org));
}

static enum err not_yours(const struct rules *rules, const struct act_desc *desc, const char *org,
			  struct error *err)
{
	const struct org *named = rules_org(rules, org);

	return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
			 rules_act_label(rules, desc),
			 named != NULL ? named->name : org != NULL ? org : "-");
}

/* ---- what may be done ---- */

static const struct row { /* a step, the moment it leaves behind, and why it is not done twice */
	const char *verb;
	bool outing; /* of a leader's movement; else of all other sorts */
	const char *done, *sentence;
} rows[] = {
	{ "submit", false, "proposed_at",
	  N_("it was proposed already; what has changed since is another entry") },
	{ "instruct", false, "instructed_at",
	  N_("an instruction was given already; a further one is another entry") },
	{ "pass_on", false, "told_at", N_("it was passed on already") },
	{ "fulfil", false, "done_at", N_("it was dealt with already") },
	{ "back", true, "back_at", N_("he is back already") },
};

static const struct row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

static enum err check_once(const struct rules *rules, const struct record *record,
			   const struct row *row, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_RECORD);
	int64_t at = field_get(field_find(kind->fields, kind->n_fields, row->done), record).num;
	char when[CIVIL_TEXT];

	if (at == 0)
		return ERR_OK;
	civil_format(at, rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_REFUSED, "%s (%s)", _(row->sentence), when);
}

enum err record_possible(const struct rules *rules, const struct record *record,
			 const struct act_desc *desc, const struct actor *actor,
			 struct error *err)
{
	const struct row *row = row_of(desc);
	enum err code = actor_may_write(rules, actor, desc, err);

	if (code != ERR_OK || record == NULL)
		return code;
	if (row == NULL)
		return error_set(err, ERR_EXISTS, "%s", _(err_sentence(ERR_EXISTS)));
	if (!is_officer_of(rules, actor, record->org))
		return not_yours(rules, desc, record->org, err);
	if (row->outing != (record_sort_find(record->sort) == RECORD_OUTING))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	return check_once(rules, record, row, err);
}

/* ---- writing ---- */

static enum err set_sort(struct logging *log, struct error *err)
{
	const char *words = act_text(log->act, "sort");
	enum record_sort sort = words != NULL ? record_sort_find(words) : RECORD_NOTE;

	if (sort == RECORD_SORTS)
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no sort of entry; there are %s"),
				 words, "note, call, paper, outing, round");
	log->after->sort = record_sort_code(sort);
	return ERR_OK;
}

static enum err set_moment(struct logging *log, struct error *err)
{
	struct record *after = log->after;
	int64_t happened = act_value(log->act, "happened_at", 0).num;

	if (happened > log->now + RECORD_AHEAD_MS)
		return error_set(err, ERR_INPUT, _("the log tells of what has happened, and this "
						   "moment is still to come"));
	after->written_at = log->now;
	after->happened_at = happened != 0 ? happened : log->now;
	after->late = after->written_at - after->happened_at > RECORD_LATE_MS;
	after->by = log->act->actor.officer;
	return ERR_OK;
}

static void set_words(struct logging *log)
{
	static const char *const names[] = {
		"title",      "words",	  "party", "phone", "paper_no", "answered", "outward",
		"rung_post",  "proposed", "leader", "place", "from_at", "to_at",    "deputy",
		"deputy_phone", "about_kind", "about", "about_no", "corrects", "due"
	};
	const struct kind_desc *kind = kind_desc(KIND_RECORD);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct value value = act_value(log->act, names[i], 0);

		if (value_is_set(value))
			field_set(field_find(kind->fields, kind->n_fields, names[i]), log->after,
				  value, log->arena);
	}
	if (log->after->proposed != NULL)
		log->after->proposed_at = log->now;
}

static enum err set_rung(struct logging *log, struct error *err)
{
	const char *words = act_text(log->act, "rung_org");
	const struct org *org = rules_org_named(log->rules, words);

	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	log->after->rung_org = org != NULL ? org->code : NULL;
	if (org != NULL)
		log->after->outward = 1;
	return ERR_OK;
}

static enum err check_sort(const struct logging *log, struct error *err)
{
	const struct record *after = log->after;

	if (record_sort_find(after->sort) == RECORD_OUTING) {
		if (after->party == NULL && after->leader == NULL)
			return error_set(err, ERR_INPUT, _("say which leader"));
		if (after->to_at != 0 && after->to_at <= after->from_at)
			return error_set(err, ERR_INPUT, _("the end is not behind the beginning"));
	}
	if (after->due != 0 && after->due < after->happened_at)
		return error_set(err, ERR_INPUT, _("it cannot be due before it happened"));
	return ERR_OK;
}

/* What a record corrects must be one of the same log. */
static enum err check_corrects(const struct logging *log, struct error *err)
{
	const struct record *other;
	struct uuid id;

	if (log->after->corrects == NULL)
		return ERR_OK;
	if (uuid_parse(log->after->corrects, &id) != ERR_OK || uuid_eq(&id, &log->act->target.id))
		return error_set(err, ERR_INPUT, _("there is no such entry to correct"));
	other = state_near(log->state, KIND_RECORD, &id);
	if (other != NULL && !str_eq(other->org, log->after->org))
		return not_yours(log->rules, log->act->desc, other->org, err);
	return ERR_OK;
}

/* A paper waits until it is dealt with, a leader until he is back; the rest only when it is due. */
static void set_open(struct logging *log)
{
	struct record *after = log->after;
	enum record_sort sort = record_sort_find(after->sort);

	if (sort == RECORD_OUTING) {
		if (after->party == NULL)
			after->party = after->leader;
		if (after->from_at == 0)
			after->from_at = after->happened_at;
		if (after->due == 0)
			after->due = after->to_at;
	}
	after->open = sort == RECORD_PAPER || sort == RECORD_OUTING || after->due != 0 ||
		      after->proposed_at != 0;
}

static void set_number(struct logging *log)
{
	struct civil civil;

	if (log->state->serial == 0)
		return;
	civil_of_ms(log->now, log->rules->offset_min, &civil);
	log->after->number = arena_printf(log->arena, "%04d%02d%02d-R%03lld", civil.year,
					  civil.month, civil.day, (long long)log->state->serial);
}

static enum err write_log(struct logging *log, struct error *err)
{
	const struct act *act = log->act;
	const char *words = act_text(act, "org");
	const struct org *org = words != NULL ? rules_org_named(log->rules, words)
					      : rules_org(log->rules, act->actor.org);
	enum err code;

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words != NULL		   ? words
				 : act->actor.org != NULL ? act->actor.org
							  : "-");
	if (!is_officer_of(log->rules, &act->actor, org->code) && !actor_is_system(&act->actor))
		return not_yours(log->rules, act->desc, org->code, err);
	log->after->org = org->code;
	code = set_sort(log, err);
	if (code == ERR_OK)
		code = set_moment(log, err);
	if (code != ERR_OK)
		return code;
	set_words(log);
	code = set_rung(log, err);
	if (code == ERR_OK)
		code = check_sort(log, err);
	if (code == ERR_OK)
		code = check_corrects(log, err);
	if (code != ERR_OK)
		return code;
	set_open(log);
	set_number(log);
	return ERR_OK;
}

/* ---- what becomes of it ---- */

static enum err write_submit(struct logging *log, struct error *err)
{
	struct record *after = log->after;
	int64_t due = act_value(log->act, "due", 0).num;

	if (due != 0 && due < after->happened_at)
		return error_set(err, ERR_INPUT, _("it cannot be due before it happened"));
	after->proposed = act_text(log->act, "proposed");
	after->proposed_at = log->now;
	if (due != 0)
		after->due = due;
	after->open = after->done_at == 0;
	return ERR_OK;
}

static enum err write_instruct(struct logging *log, struct error *err)
{
	(void)err;
	log->after->leader = act_text(log->act, "leader");
	log->after->instructed = act_text(log->act, "instructed");
	log->after->instructed_at = log->now;
	log->after->open = log->after->done_at == 0;
	return ERR_OK;
}

static enum err write_pass_on(struct logging *log, struct error *err)
{
	(void)err;
	log->after->told = act_text(log->act, "told");
	log->after->told_at = log->now;
	return ERR_OK;
}

static enum err write_fulfil(struct logging *log, struct error *err)
{
	(void)err;
	log->after->outcome = act_text(log->act, "outcome");
	log->after->done_at = log->now;
	log->after->open = 0;
	return ERR_OK;
}

static enum err write_back(struct logging *log, struct error *err)
{
	int64_t at = act_value(log->act, "back_at", 0).num;

	if (at > log->now + RECORD_AHEAD_MS)
		return error_set(err, ERR_INPUT, _("the log tells of what has happened, and this "
						   "moment is still to come"));
	log->after->back_at = at != 0 ? at : log->now;
	log->after->open = 0;
	return ERR_OK;
}

static const struct {
	const char *verb;
	enum err (*apply)(struct logging *log, struct error *err);
} handlers[] = {
	{ "log", write_log },	      { "submit", write_submit }, { "instruct", write_instruct },
	{ "pass_on", write_pass_on }, { "fulfil", write_fulfil }, { "back", write_back },
};

enum err decide_record(const struct rules *rules, const struct state *state, const struct act *act,
		       const struct moment *moment, struct arena *arena,
		       struct decision *ret_decision, struct error *err)
{
	const void *before = state->entity != NULL
				     ? state->entity
				     : entity_new(KIND_RECORD, &act->target.id, arena);
	struct logging log = { .rules = rules, .state = state, .act = act, .now = moment->eff,
			       .arena = arena, .after = entity_copy(before, arena) };
	enum err code;

	if (act->desc->conflict != CONFLICT_CREATES && state->entity == NULL)
		return error_set(err, ERR_NOT_FOUND, _("there is no such entry in the log"));
	code = record_possible(rules, state->entity, act->desc, &act->actor, err);
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(handlers); i++)
		if (strcmp(handlers[i].verb, act->desc->verb) == 0)
			code = handlers[i].apply(&log, err);
	if (code != ERR_OK)
		return code;
	return decision_of(before, log.after, arena, NULL, ret_decision);
}
