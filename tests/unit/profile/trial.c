#include <config.h>

#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

typedef bool tweak_fn(struct trial *trial, bool good);

static struct arena *scratch(struct trial *trial)
{
	return &trial->course->scratch;
}

static void give(struct trial *trial, const char *name, const char *words)
{
	const struct field *field = act_arg_field(trial->act.desc, name);
	struct value value;

	if (field == NULL)
		return;
	for (size_t i = 0; i < trial->act.n_given; i++)
		if (trial->act.given[i].field == field)
			trial->act.given[i--] = trial->act.given[--trial->act.n_given];
	if (words == NULL)
		return;
	assert_int_equal(rules_parse(trial->course->rules, field, words, scratch(trial), &value, NULL),
			 ERR_OK);
	act_give(&trial->act, field, value, scratch(trial));
}

static void set(struct trial *trial, const char *name, const char *words)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);
	struct value value = { .is_text = field_is_text(field) };

	if (words != NULL)
		assert_int_equal(rules_parse(trial->course->rules, field, words, scratch(trial),
					     &value, NULL),
				 ERR_OK);
	field_set(field, trial->incident, value, scratch(trial));
}

static void *child(struct trial *trial, enum child kind)
{
	const struct child_desc *desc = child_desc(kind);
	struct uuid id = uuid_child(&trial->incident->head.id, desc->name, 99);

	return children_add(entity_children(trial->incident, desc), desc, &id, scratch(trial));
}

static struct part *part_at(struct trial *trial, size_t i)
{
	return (struct part *)trial->incident->parts.items + i;
}

static bool lists(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = list; *s != '\0'; s += strspn(s, "| ")) {
		size_t n = strcspn(s, "| ");
		if (n == len && strncmp(s, word, len) == 0)
			return true;
		s += n;
	}
	return false;
}

static bool by_person(struct trial *trial, bool good)
{
	const char *who = good ? "别人" : trial->actor.officer;

	if (lists(trial->arg, "register"))
		trial->incident->registrar = who;
	if (lists(trial->arg, "sign"))
		trial->incident->signer = who;
	if (lists(trial->arg, "handle"))
		trial->incident->handler = who;
	for (size_t i = 0; i < trial->incident->parts.n; i++) {
		if (lists(trial->arg, "sign"))
			part_at(trial, i)->signed_by = who;
		if (lists(trial->arg, "handle"))
			part_at(trial, i)->handled_by = who;
		if (lists(trial->arg, "verify_ok"))
			part_at(trial, i)->verified_by = who;
	}
	return true;
}

/* An organisation that has nothing to do with the actor's. */
static const char *other_org(struct trial *trial)
{
	const struct rules *rules = trial->course->rules;

	for (size_t i = 0; i < rules->n_orgs; i++)
		if (!rules_org_within(rules, rules->orgs[i].code, trial->actor.org) &&
		    !rules_org_within(rules, trial->actor.org, rules->orgs[i].code))
			return rules->orgs[i].code;
	for (size_t i = 0; i < rules->n_orgs; i++) /* of the centre all are within */
		if (!rules_org_within(rules, trial->actor.org, rules->orgs[i].code))
			return rules->orgs[i].code;
	return NULL;
}

/* In a step that works by shares the share that is meant must be the actor's own: he moves there. */
static bool by_org(struct trial *trial, bool good)
{
	const struct step *step = rules_step(trial->course->rules, trial->incident->step);
	const char *who = good ? other_org(trial) : trial->actor.org;

	if (lists(trial->arg, "register"))
		trial->incident->origin = who;
	if (!lists(trial->arg, "handle"))
		return true;
	trial->incident->handler_org = who;
	if (!step->shares && !good)
		return true;
	for (size_t i = 0; i < trial->incident->parts.n; i++) {
		struct part *part = part_at(trial, i);
		if (part->handled_at == 0)
			continue;
		if (good && rules_org_within(trial->course->rules, trial->actor.org, part->org))
			part->org = who;
		if (!good && act_text(&trial->act, "share") != NULL &&
		    str_eq(part->org, act_text(&trial->act, "share"))) {
			part->org = who;
			give(trial, "share", who);
		}
	}
	return true;
}

static bool collector(struct trial *trial, bool good)
{
	const struct rules *rules = trial->course->rules;

	trial->incident->registrar = good ? "别人" : trial->actor.officer;
	if (good)
		return true;
	/* registered above the tier that is let be */
	trial->incident->origin = rules->centre;
	return true;
}

static const char *role_named(struct trial *trial, const char *least, bool good)
{
	const struct choices *roles = &trial->course->rules->roles;
	const struct choice *choice = choices_find(roles, least);

	return good ? choice->code : choice > roles->items ? choice[-1].code : NULL;
}

static bool role(struct trial *trial, bool good)
{
	const char *own = role_named(trial, trial->arg, good);

	if (own == NULL)
		return false;
	trial->actor.role = trial->act.actor.role = own;
	return true;
}

static bool returns(struct trial *trial, bool good)
{
	trial->incident->returns = good ? 0 : 9;
	if (!good)
		trial->actor.role = trial->act.actor.role =
			role_named(trial, strchr(trial->arg, ' ') + 1, false);
	return true;
}

static bool tier(struct trial *trial, bool good)
{
	const struct rules *rules = trial->course->rules;

	for (size_t i = 0; i < rules->n_orgs; i++)
		if (lists(trial->arg, rules->orgs[i].tier) == good) {
			if (lists(trial->arg, rules_org(rules, trial->actor.org)->tier) == good)
				return true;
			trial->actor.org = trial->act.actor.org = rules->orgs[i].code;
			return true;
		}
	return false;
}

static bool managed(struct trial *trial, bool good)
{
	const struct rules *rules = trial->course->rules;

	if (good)
		return true; /* as the acts are made */
	for (size_t i = 0; i < rules->n_orgs; i++) {
		if (rules->orgs[i].managed || rules->orgs[i].layer != NULL)
			continue;
		give(trial, "holder", rules->orgs[i].code);
		trial->incident->holder = rules->orgs[i].code;
		return true;
	}
	return false;
}

static bool phone(struct trial *trial, bool good)
{
	trial->act.by_phone.org = trial->actor.org;
	trial->act.by_phone.rung = good ? "张某" : NULL;
	trial->act.by_phone.wording = good ? "同意" : NULL;
	return true;
}

static bool field(struct trial *trial, bool good)
{
	static const struct {
		const char *name, *words;
	} words[] = { { "address", "河东路1号" }, { "satisfaction", "满意" }, { "object_no", "A-17" },
		      { "category", "99" } };
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *desc = field_find(kind->fields, kind->n_fields, trial->arg);
	const char *text = "1";

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].name, trial->arg) == 0)
			text = words[i].words;
	if (desc->type == FIELD_TIME)
		text = "2026-11-23 09:30";
	set(trial, trial->arg, good ? text : NULL);
	give(trial, trial->arg, good && act_arg_field(trial->act.desc, trial->arg) != NULL ? text : NULL);
	return true;
}

static bool reason(struct trial *trial, bool good)
{
	const char *words = good ? "管网归水务" : " ";

	give(trial, "reason", words);
	give(trial, "note", words);
	give(trial, "close_reason", words);
	return true;
}

static bool close_as(struct trial *trial, bool good)
{
	give(trial, "close_reason",
	     good ? arena_strndup(scratch(trial), trial->arg, strcspn(trial->arg, "|")) : "别的");
	return true;
}

static bool line(struct trial *trial, bool good)
{
	give(trial, "list_line", good ? "none" : NULL);
	return true;
}

static bool photo(struct trial *trial, bool good)
{
	trial->incident->files.n = 0;
	if (good)
		((struct file *)child(trial, CHILD_FILE))->shows = trial->arg;
	return true;
}

static bool scene(struct trial *trial, bool good)
{
	trial->incident->scene_at = good ? trial->now : 0;
	return true;
}

/* One more department, that has done nothing yet. */
static void add_part(struct trial *trial)
{
	struct part *part = child(trial, CHILD_PART);

	part->org = other_org(trial);
	part->role = "assist";
	part->state = "assigned";
}

static bool parts(struct trial *trial, bool good)
{
	for (size_t i = 0; good && i < trial->incident->parts.n; i++)
		if (part_is_live(part_at(trial, i)))
			part_at(trial, i)->state = "verified";
	if (!good)
		add_part(trial);
	return true;
}

/* Done by all, with the states as they are: a step by shares asks for those too. */
static bool parts_by(struct trial *trial, bool good)
{
	for (size_t i = 0; good && i < trial->incident->parts.n; i++) {
		struct part *part = part_at(trial, i);
		part->signed_at = part->handled_at = part->verified_at = part->contacted_at =
			part->arrived_at = part->replied_at = trial->now;
	}
	if (!good)
		add_part(trial);
	return true;
}

static bool level(struct trial *trial, bool tried, bool there)
{
	struct incident *incident = trial->incident;
	struct level *one;

	if (!there) {
		incident->levels.n = 0;
		return true;
	}
	if (incident->levels.n == 0) {
		one = child(trial, CHILD_LEVEL);
		one->seat = other_org(trial);
		one->step = one->back = trial->course->rules->steps[1].id;
	}
	one = (struct level *)incident->levels.items + incident->levels.n - 1;
	one->tried = tried;
	return true;
}

static bool lower_tried(struct trial *trial, bool good)
{
	return level(trial, !good, true);
}

static bool no_level(struct trial *trial, bool good)
{
	return level(trial, false, !good);
}

static bool response(struct trial *trial, bool good)
{
	trial->incident->response = good ? 0 : 9;
	return true;
}

static bool extension(struct trial *trial, bool good)
{
	trial->incident->asked_at = good ? 0 : trial->now;
	return true;
}

static bool paused(struct trial *trial, bool good)
{
	trial->incident->paused_until = good ? 0 : trial->now + DAY_MS;
	trial->incident->shelved_at = 0;
	return true;
}

static bool reopen(struct trial *trial, bool good)
{
	int days = trial->course->rules->reopen_days;

	trial->incident->closed_at = trial->now - (good ? 1 : days + 1) * DAY_MS;
	return days > 0;
}

static bool promises(struct trial *trial, bool good)
{
	struct promise *one;

	trial->incident->promises.n = 0;
	if (good)
		return true;
	one = child(trial, CHILD_PROMISE);
	one->whom = "张某";
	one->at = trial->now + HOUR_MS;
	return true;
}

static bool children(struct trial *trial, bool good)
{
	trial->incident->merged = good ? 0 : 2;
	return true;
}

static bool callers(struct trial *trial, bool good)
{
	trial->incident->merged = 2;
	trial->incident->replied_at = good ? trial->now : 0;
	give(trial, "reply", good ? "已答复" : NULL);
	return true;
}

static bool type(struct trial *trial, bool good)
{
	const struct choices *types = &trial->course->rules->types;

	for (size_t i = 0; i < types->n; i++)
		if (lists(trial->arg, types->items[i].code) == good) {
			trial->incident->type = types->items[i].code;
			return true;
		}
	return false;
}

static bool category(struct trial *trial, bool good)
{
	trial->incident->category =
		good ? trial->course->rules->other_category
		     : arena_strndup(scratch(trial), trial->arg, strcspn(trial->arg, "|"));
	return true;
}

static bool urgency(struct trial *trial, bool good)
{
	trial->incident->urgency = good ? URGENCY_FLASH : URGENCY_PLAIN;
	return true;
}

static bool in_mode(struct trial *trial, bool listed)
{
	const struct rules *rules = trial->course->rules;

	for (size_t i = 0; i < rules->n_modes; i++)
		if (lists(trial->arg, rules->modes[i].code) == listed) {
			trial->mode = rules->modes[i].code;
			return true;
		}
	return false;
}

static bool mode_not(struct trial *trial, bool good)
{
	return in_mode(trial, !good);
}

static bool hours(struct trial *trial, bool good)
{
	trial->now = trial->course->now + (good ? 12 * HOUR_MS : 0);
	return true;
}

static const struct tweak {
	const char *guard;
	tweak_fn *tweak;
} tweaks[] = {
	{ "actor_not", by_person },	  { "org_not", by_org },
	{ "collector_not", collector },	  { "role_at_least", role },
	{ "returns_below", returns },	  { "tier_is", tier },
	{ "managed", managed },		  { "phone_noted", phone },
	{ "field_set", field },		  { "reason_given", reason },
	{ "close_as", close_as },	  { "list_line", line },
	{ "photo", photo },		  { "scene_reported", scene },
	{ "all_parts", parts },		  { "all_parts_by", parts_by },
	{ "lower_tried", lower_tried },	  { "no_level_below", no_level },
	{ "response_at_most", response }, { "extension_free", extension },
	{ "not_paused", paused },	  { "reopen_within", reopen },
	{ "no_promises", promises },	  { "no_children", children },
	{ "callers_answered", callers },  { "type_is", type },
	{ "category_not", category },	  { "urgency_at_least", urgency },
	{ "mode_is", in_mode },		  { "mode_not", mode_not },
	{ "out_of_hours", hours },
};

bool trial_make(struct trial *trial, const struct guard_use *use, bool good)
{
	for (size_t i = 0; i < ARRAY_LEN(tweaks); i++)
		if (strcmp(tweaks[i].guard, use->guard->name) == 0) {
			trial->arg = use->arg;
			return tweaks[i].tweak(trial, good);
		}
	fail_msg("the guard %s is in no table here", use->guard->name);
	return false;
}

void trial_ready(struct trial *trial)
{
	const char *verb = trial->act.desc->verb;
	bool shelved = strcmp(verb, "unshelve") == 0;
	struct supervision *one;
	struct pause *pause;

	if (strcmp(verb, "waive") == 0)
		trial->incident->proposed_at = trial->now;
	if (shelved || strcmp(verb, "resume") == 0) {
		pause = child(trial, CHILD_PAUSE);
		pause->since = trial->now - HOUR_MS;
		pause->until = shelved ? 0 : trial->now + HOUR_MS;
		pause->shelved = shelved;
	}
	if (strcmp(verb, "unrestrict") == 0)
		((struct restriction *)child(trial, CHILD_RESTRICTION))->org =
			trial->course->rules->orgs[trial->course->rules->n_orgs - 1].code;
	if (strcmp(verb, "lift") != 0 && strcmp(verb, "respond") != 0)
		return;
	one = child(trial, CHILD_SUPERVISION);
	one->channel = trial->course->rules->channels[0].code;
	one->number = 1;
}
