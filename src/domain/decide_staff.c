/* People who stand in rosters: added, corrected, taken out; when they are away. */
#include <config.h>

#include <string.h>

#include "decide_roster.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct staffing { /* one act on one of them being decided */
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t eff;
	struct arena *arena;
	const struct staff *before;
	struct staff *after;
	const char *note;
	bool again;
};

/* --- what may be said of them ---------------------------------------------------------------- */

/* Labels become codes; more than one stands with spaces, commas or the like between. */
typedef const char *(*code_fn)(const struct roster_plan *plan, const char *word);

static const char *post_code(const struct roster_plan *plan, const char *word)
{
	for (size_t i = 0; i < plan->n_posts; i++)
		if (str_eq(plan->posts[i].code, word) || str_eq(plan->posts[i].label, word))
			return plan->posts[i].code;
	return NULL;
}

static const char *shift_code(const struct roster_plan *plan, const char *word)
{
	for (size_t i = 0; i < plan->n_shifts; i++)
		if (str_eq(plan->shifts[i].code, word) || str_eq(plan->shifts[i].label, word))
			return plan->shifts[i].code;
	return NULL;
}

static const char *code_of(const struct rules *rules, code_fn fn, const char *word)
{
	const char *code = NULL;

	for (size_t i = 0; code == NULL && i < rules->n_plans; i++)
		code = fn(&rules->plans[i], word);
	return code;
}

static enum err codes_of(const struct staffing *s, const struct field *field, code_fn fn,
			 const char *words, const char **ret_codes, struct error *err)
{
	static const char between[] = " ,;\n\t";
	const char *codes = NULL;

	for (words += strspn(words, between); *words != '\0'; words += strspn(words, between)) {
		size_t len = strcspn(words, between);
		const char *word = arena_strndup(s->arena, words, len);
		const char *code = code_of(s->rules, fn, word);

		if (code == NULL)
			return error_set(err, ERR_INPUT, _("%s: no roster has %.40s"),
					 _(field->title), word);
		codes = codes == NULL ? code : arena_printf(s->arena, "%s %s", codes, code);
		words += len;
	}
	*ret_codes = codes;
	return ERR_OK;
}

static enum err org_code(const struct staffing *s, const char *words, const char **ret_code,
			 struct error *err)
{
	const struct org *org = rules_org_named(s->rules, words);

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	*ret_code = org->code;
	return roster_may_edit(s->rules, s->act, org->code, err);
}

enum { WEEKDAYS = 7, DUTIES_MOST = 62, ORDER_MOST = 100000 };

static enum err check_weekdays(const struct field *field, const char *words, struct error *err)
{
	if (strspn(words, "1234567") == strlen(words) && strlen(words) <= WEEKDAYS)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("%s: digits from 1 (Monday) to 7, like 12345"),
			 _(field->title));
}

/* The value as it is kept. */
static enum err resolve(const struct staffing *s, const struct field *field, struct value *value,
			struct error *err)
{
	if (field->flags & F_REQUIRED && !value_is_set(*value))
		return error_set(err, ERR_INPUT, _("%s cannot be empty"), _(field->title));
	if (!value_is_set(*value))
		return ERR_OK;
	if (strcmp(field->name, "org") == 0)
		return org_code(s, value->text, &value->text, err);
	if (strcmp(field->name, "posts") == 0)
		return codes_of(s, field, post_code, value->text, &value->text, err);
	if (strcmp(field->name, "shifts") == 0)
		return codes_of(s, field, shift_code, value->text, &value->text, err);
	if (strcmp(field->name, "weekdays") == 0)
		return check_weekdays(field, value->text, err);
	if (strcmp(field->name, "most") == 0 && (value->num < 0 || value->num > DUTIES_MOST))
		return error_set(err, ERR_INPUT, _("%s: from 0 (any) to %d"), _(field->title),
				 (int)DUTIES_MOST);
	if (strcmp(field->name, "order") == 0 && (value->num < 0 || value->num > ORDER_MOST))
		return error_set(err, ERR_INPUT, _("%s: from 0 to %d"), _(field->title),
				 (int)ORDER_MOST);
	return ERR_OK;
}

static const struct field *field_of(const struct field *arg)
{
	const struct kind_desc *kind = kind_desc(KIND_STAFF);

	return field_find(kind->fields, kind->n_fields, arg->name);
}

static void keep_theirs(struct staffing *s, const struct field *field)
{
	if (s->note == NULL)
		s->note = arena_printf(s->arena,
				       _("changed by somebody else meanwhile, and kept so: %s"),
				       _(field->title));
	else
		s->note = arena_printf(s->arena, "%s, %s", s->note, _(field->title));
}

/* As corrections of incidents: what another changed since the author looked stays. */
static enum err take_fields(struct staffing *s, struct error *err)
{
	const struct staff *base = s->state->base_entity;

	for (size_t i = 0; i < s->act->n_given; i++) {
		const struct field *field = field_of(s->act->given[i].field);
		struct value value = s->act->given[i].value, now;
		enum err code;

		if (field == NULL || field->flags & F_RULE)
			continue;
		code = resolve(s, field, &value, err);
		if (code != ERR_OK)
			return code;
		now = field_get(field, s->before);
		if (value_eq(now, value))
			continue;
		if (base != NULL && !value_eq(now, field_get(field, base)))
			keep_theirs(s, field);
		else
			field_set(field, s->after, value, s->arena);
	}
	return ERR_OK;
}

/* --- acts ------------------------------------------------------------------------------------ */

static enum err engage(struct staffing *s, struct error *err)
{
	enum err code = take_fields(s, err);

	if (code != ERR_OK)
		return code;
	s->after->active = 1;
	s->after->since = s->eff;
	return ERR_OK;
}

static enum err fix(struct staffing *s, struct error *err)
{
	return take_fields(s, err);
}

static const char *when_of(const struct staffing *s, int64_t at)
{
	return when_words(s->rules, at, s->arena);
}

static enum err dismiss(struct staffing *s, struct error *err)
{
	if (!s->before->active)
		return error_set(err, ERR_REFUSED, _("%s was taken out already, %s"),
				 s->before->name, when_of(s, s->before->ended_at));
	s->after->active = 0;
	s->after->ended_at = s->eff;
	s->after->ended_for = act_text(s->act, "reason");
	return ERR_OK;
}

static enum err go_away(struct staffing *s, struct error *err)
{
	int64_t from = act_value(s->act, "from_at", 0).num, to = act_value(s->act, "to_at", 0).num;
	struct uuid id = uuid_child(&s->act->id, "timeoff", 0);
	struct timeoff *off;

	if (from >= to)
		return error_set(err, ERR_INPUT, _("it ends before it begins"));
	off = children_add(&s->after->timeoffs, child_desc(CHILD_TIMEOFF), &id, s->arena);
	off->from_at = from;
	off->to_at = to;
	off->why = act_text(s->act, "reason");
	off->by = s->act->actor.officer;
	off->at = s->eff;
	return ERR_OK;
}

/* The one that is named, else the latest that still holds. */
static struct timeoff *find_off(struct staffing *s)
{
	const char *words = act_text(s->act, "timeoff");
	struct timeoff *offs = s->after->timeoffs.items, *latest = NULL;
	struct uuid id = staff_uuid(words);

	if (words != NULL)
		return children_find(&s->after->timeoffs, child_desc(CHILD_TIMEOFF), &id);
	for (size_t i = 0; i < s->after->timeoffs.n; i++)
		if (latest == NULL || (offs[i].ended_at == 0) >= (latest->ended_at == 0))
			latest = &offs[i];
	return latest;
}

static enum err come_back(struct staffing *s, struct error *err)
{
	struct timeoff *off = find_off(s);

	if (off == NULL)
		return error_set(err, ERR_REFUSED, _("%s is not recorded as away"),
				 s->before->name);
	if (off->ended_at != 0) {
		s->again = true;
		s->note = arena_printf(s->arena, _("taken back already, %s"),
				       when_of(s, off->ended_at));
		return ERR_OK;
	}
	off->ended_at = s->eff;
	return ERR_OK;
}

static const struct {
	const char *verb;
	enum err (*apply)(struct staffing *s, struct error *err);
} rows[] = {
	{ "engage", engage },	{ "fix", fix },		 { "dismiss", dismiss },
	{ "timeoff", go_away }, { "timeon", come_back },
};

static enum err apply(struct staffing *s, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, s->act->desc->verb) == 0)
			return rows[i].apply(s, err);
	return error_set(err, ERR_REFUSED, _("%s does not apply here"),
			 rules_act_label(s->rules, s->act->desc));
}

enum err decide_staff(const struct rules *rules, const struct state *state, const struct act *act,
		      const struct moment *moment, struct arena *arena,
		      struct decision *ret_decision, struct error *err)
{
	struct staffing s = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			      .arena = arena };
	enum err code = ERR_OK;

	if (state->entity == NULL && act->desc->conflict != CONFLICT_CREATES)
		return error_set(err, ERR_NOT_FOUND, _("there is no such person"));
	s.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_STAFF, &act->target.id, arena);
	s.after = entity_copy(s.before, arena);
	if (state->entity != NULL)
		code = roster_may_edit(rules, act, s.before->org, err);
	if (code == ERR_OK)
		code = apply(&s, err);
	if (code != ERR_OK)
		return code;
	if (s.again) {
		*ret_decision = (struct decision){ .note = s.note };
		return ERR_OK;
	}
	return decision_of(s.before, s.after, arena, s.note, ret_decision);
}
