#include <config.h>

#include "course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/party.h"

enum { NODES_MAX = 20000, STEP_NODES = 150 }; /* a step's states are alike before long */

const char *const course_actors[COURSE_ACTORS] = { "duty",   "chief",  "leader", "seat",  "holder",
						   "assist", "origin", "below",	 "other", "auditor" };

static void must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "course: %s\n", what);
		abort();
	}
}

bool course_begin(struct course *course, const char *name)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;
	char file[80];

	*course = (struct course){ .n_nodes = 0 };
	snprintf(file, sizeof file, "profiles/%s.conf", name);
	if (profile_load(path_join(&course->arena, top ? top : ".", file), &course->j,
			 &course->days, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return false;
	}
	course->rules = &course->j->rules;
	must(civil_parse("2026-11-23 10:00", CIVIL_CHINA, &course->now, NULL) == ERR_OK, "now");
	return true;
}

void course_end(struct course *course)
{
	profile_free(course->j);
	workdays_free(course->days);
	arena_release(&course->scratch);
	arena_release(&course->arena);
}

const struct flow_act *course_row(const struct course *course, const struct step *step,
				  const struct act_desc *desc)
{
	const struct flow_act *row = step_act(step, desc);

	if (row != NULL)
		return row;
	row = step_act(&course->rules->always, desc);
	return row != NULL && (step->open || row->closed) ? row : NULL;
}

/* --- who --------------------------------------------------------------------------------------- */

static bool part_lives(const struct part *part)
{
	return !str_eq(part->role, "past") && !str_eq(part->state, "returned");
}

static const char *assisting(const struct incident *incident)
{
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		if (part_lives(part) && !str_eq(part->org, incident->holder))
			return part->org;
	}
	return NULL;
}

/* Who has to do with it, and whoever is within or above them. */
static bool concerned(const struct rules *rules, const struct incident *incident, const char *org)
{
	const char *const orgs[] = { incident->holder, incident->seat, incident->origin,
				     assisting(incident) };

	if (str_eq(org, rules->centre))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(orgs); i++)
		if (orgs[i] != NULL && !str_eq(orgs[i], rules->centre) &&
		    (rules_org_within(rules, org, orgs[i]) || rules_org_within(rules, orgs[i], org)))
			return true;
	return false;
}

static const char *somebody_else(const struct rules *rules, const struct incident *incident)
{
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (rules->orgs[i].managed && rules->orgs[i].layer == NULL &&
		    !concerned(rules, incident, rules->orgs[i].code))
			return rules->orgs[i].code;
	return NULL;
}

static const char *below(const struct incident *incident)
{
	const struct level *levels = incident->levels.items;

	return incident->levels.n > 0 ? levels[incident->levels.n - 1].seat : NULL;
}

static const char *actor_org(const struct course *course, const struct incident *incident, size_t i)
{
	const char *centre = course->rules->centre;

	switch (i) {
	case 3:
		return incident->seat;
	case 4:
		return incident->holder;
	case 5:
		return assisting(incident);
	case 6:
		return incident->origin;
	case 7:
		return below(incident);
	case 8:
		return somebody_else(course->rules, incident);
	default:
		return centre;
	}
}

bool course_actor(const struct course *course, const struct incident *incident, size_t i,
		  struct actor *ret_actor)
{
	static const char *const roles[COURSE_ACTORS] = { "duty", "chief", "leader", "duty",  "dept",
							  "dept", "street", "duty", "dept", "auditor" };
	const char *org = actor_org(course, incident, i);

	if (org == NULL || choices_find(&course->rules->roles, roles[i]) == NULL)
		return false;
	for (size_t k = 2; k < i && i < COURSE_ACTORS - 1; k++)
		if (str_eq(org, actor_org(course, incident, k)) && i > 2)
			return false;
	*ret_actor = (struct actor){ course_actors[i], org, roles[i] };
	return true;
}

/* --- what is said ------------------------------------------------------------------------------ */

static const struct {
	const char *arg, *words;
} plain[] = {
	{ "title", "清凉新村自来水发黄" },
	{ "address", "清凉新村12幢" },
	{ "reason", "见附言" },
	{ "note", "已与来电人说明" },
	{ "reply", "已修好并回复" },
	{ "result", "已处置" },
	{ "satisfaction", "满意" },
	{ "unit", "抢险队" },
	{ "people", "6" },
	{ "trapped", "2" },
	{ "file_name", "a.jpg" },
	{ "file_size", "10" },
	{ "file_hash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
	{ "file_kind", "after" },
	{ "until", "2026-11-25 09:00" },
	{ "review_at", "2026-12-20 09:00" },
	{ "extend_by", "1wd" },
	{ "words", "限期办结" },
	{ "leader", "周区长" },
	{ "rung", "张某" },
	{ "gist", "已告知" },
	{ "whom", "张某" },
	{ "call_at", "2026-11-23 11:00" },
	{ "lead", "01926b3e-0000-7000-8000-000000000001" },
	{ "related", "12345-1" },
	{ "phone", "13900000000" },
	{ "field", "phone" },
};

/* The n-th organisation to which this incident can be given: of its seat, else of the centre. */
static const char *can_have(const struct rules *rules, const struct incident *incident, size_t nth)
{
	const char *const parents[] = { incident->seat, rules->centre };

	for (size_t p = 0; p < ARRAY_LEN(parents); p++)
		for (size_t i = 0; parents[p] != NULL && i < rules->n_orgs; i++) {
			const struct org *org = &rules->orgs[i];
			if (!str_eq(org->parent, parents[p]) || !org->managed ||
			    str_eq(org->code, incident->origin) || str_eq(org->code, incident->seat) ||
			    org->layer != NULL)
				continue;
			if (nth-- == 0)
				return org->code;
		}
	return rules->centre;
}

/* An ending that the row's guard asks for. */
static const char *ending(struct course *course, const struct flow_act *row)
{
	for (size_t i = 0; row != NULL && i < row->n_guards; i++)
		if (strcmp(row->guards[i].guard->name, "close_as") == 0)
			return arena_strndup(&course->scratch, row->guards[i].arg,
					     strcspn(row->guards[i].arg, "|"));
	return "已办结";
}

/* Whose share somebody who judges them means: the first that is as far. */
static const char *share_meant(const struct incident *incident, const char *verb)
{
	bool handled = str_starts(verb, "verify");
	const char *any = NULL;

	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		if (!part_lives(part))
			continue;
		if (!handled || str_eq(part_state(part), "handled"))
			return part->org;
		any = part->org;
	}
	return any;
}

/* Who has nothing to do in it. */
static const char *idle_org(const struct rules *rules, const struct incident *incident)
{
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (!party_has_duty(rules, incident, rules->orgs[i].code))
			return rules->orgs[i].code;
	return NULL;
}

static const char *words_for(struct course *course, const struct act_desc *desc,
			     const struct incident *incident, const struct actor *actor,
			     const struct field *field)
{
	const struct rules *rules = course->rules;
	const struct step *step = rules_step(rules, incident->step);
	const char *name = field->name;

	if (strcmp(name, "holder") == 0)
		return can_have(rules, incident, 0);
	if (strcmp(name, "assist") == 0)
		return can_have(rules, incident, strcmp(desc->verb, "assign") == 0 ? 1 : 2);
	if (strcmp(name, "recipient") == 0)
		return actor->org;
	if (strcmp(name, "from") == 0)
		return strcmp(desc->verb, "restrict") == 0 ? idle_org(rules, incident) : NULL;
	if (strcmp(name, "close_reason") == 0)
		return ending(course, step != NULL ? course_row(course, step, desc) : NULL);
	if (strcmp(name, "channel") == 0 && strcmp(desc->verb, "supervise") == 0)
		return rules->n_channels > 0 ? rules->channels[0].code : "-";
	if (strcmp(name, "list_line") == 0)
		return rules->n_duties > 0 ? rules->duties[0].line : "none";
	if (strcmp(name, "out_to") == 0)
		return rules->outs.n > 0 ? rules->outs.items[0].code : "110";
	if (strcmp(name, "share") == 0 && step != NULL && step->shares && (desc->flags & ACT_SHARE) &&
	    (str_eq(actor->org, rules->centre) || str_eq(actor->org, incident->seat)))
		return share_meant(incident, desc->verb);
	if (strcmp(name, "why") == 0)
		return rules->reveal_whys.n > 0 ? rules->reveal_whys.items[0].code : "-";
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (strcmp(plain[i].arg, name) == 0)
			return plain[i].words;
	return NULL;
}

struct act course_act(struct course *course, const struct act_desc *desc,
		      const struct incident *incident, const struct actor *actor)
{
	struct act act = { .desc = desc, .actor = *actor, .at = course->now };
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(desc, args);
	char name[40];

	snprintf(name, sizeof name, "act %u", ++course->n_acts);
	act.id = uuid_named(name);
	act.n = course->n_acts;
	act.target = (struct target){ KIND_INCIDENT, incident->head.id, incident->head.version };
	for (size_t i = 0; i < n; i++) {
		const char *words = words_for(course, desc, incident, actor, args[i].field);
		struct value value;

		if (words == NULL || strcmp(desc->verb, "fix") == 0)
			continue;
		must(rules_parse(course->rules, args[i].field, words, &course->scratch, &value,
				 NULL) == ERR_OK,
		     args[i].field->name);
		act_give(&act, args[i].field, value, &course->scratch);
	}
	return act;
}

enum err course_try(struct course *course, const struct incident *incident, const struct act *act,
		    const char *mode, const struct incident **ret_after, struct error *err)
{
	struct state state = { .entity = incident, .serial = 1, .mode = mode };
	struct moment moment = { course->now, course->now };
	struct decision decision;
	struct incident *after;
	enum err code = decide(course->rules, &state, act, &moment, &course->scratch, &decision, err);

	if (code != ERR_OK || ret_after == NULL)
		return code;
	after = incident != NULL ? entity_copy(incident, &course->scratch)
				 : entity_new(KIND_INCIDENT, &act->target.id, &course->scratch);
	if (decision.n_effects > 0)
		must(evolve(after, &decision.effects[0], act->n, &course->scratch, err) == ERR_OK,
		     "evolve");
	*ret_after = after;
	return ERR_OK;
}

/* --- where it all leads ------------------------------------------------------------------------ */

/* What makes a difference to what may follow. */
static bool same_state(const struct incident *a, const struct incident *b)
{
	if (!str_eq(a->step, b->step) || a->levels.n != b->levels.n || a->parts.n != b->parts.n ||
	    !str_eq(a->type, b->type) || !str_eq(a->seat, b->seat) || !str_eq(a->holder, b->holder) ||
	    (a->replied_at == 0) != (b->replied_at == 0) ||
	    (a->contacted_at == 0) != (b->contacted_at == 0) || (a->asked_at == 0) != (b->asked_at == 0) ||
	    (a->satisfaction == NULL) != (b->satisfaction == NULL))
		return false;
	/* where it was just registered, by whom */
	if (str_eq(a->moved_by, "register") && !str_eq(a->origin, b->origin))
		return false;
	for (size_t i = 0; i < a->parts.n; i++)
		if (!str_eq(part_state(incident_part(a, i)), part_state(incident_part(b, i))) ||
		    !str_eq(incident_part(a, i)->role, incident_part(b, i)->role))
			return false;
	return true;
}

static void keep(struct course *course, const struct incident *incident, size_t from,
		 const char *how)
{
	struct course_node *node;

	size_t in_step = 0;

	if (incident->parts.n > 3 || incident->reworks > 1 || incident->extensions > 1)
		return;
	for (size_t i = 0; i < course->n_nodes; i++)
		if (same_state(course->nodes[i].incident, incident))
			return;
	for (size_t i = 0; i < course->n_nodes; i++)
		in_step += str_eq(course->nodes[i].incident->step, incident->step);
	if (in_step >= STEP_NODES)
		return;
	if (course->n_nodes == course->cap_nodes) {
		size_t cap = course->cap_nodes != 0 ? course->cap_nodes * 2 : 64;
		struct course_node *more = arena_array(&course->arena, cap, sizeof *more);
		if (course->n_nodes > 0)
			memcpy(more, course->nodes, course->n_nodes * sizeof *more);
		course->nodes = more;
		course->cap_nodes = cap;
	}
	must(course->n_nodes < NODES_MAX, "too many states");
	node = &course->nodes[course->n_nodes];
	node->incident = entity_copy(incident, &course->arena);
	node->step = rules_step(course->rules, incident->step);
	node->from = from < course->n_nodes ? from : course->n_nodes;
	node->how = how;
	must(node->step != NULL, incident->step);
	course->n_nodes++;
}

/* Registered by an organisation, of a type (NULL: none said). */
static void begin_with(struct course *course, const struct org *org, const char *type)
{
	const struct act_desc *desc = act_desc_find("register");
	const struct actor actor = { "origin", org->code, "street" };
	struct uuid id = uuid_named(org->code);
	struct incident *nothing = entity_new(KIND_INCIDENT, &id, &course->scratch);
	struct act act = course_act(course, desc, nothing, &actor);
	const struct incident *after;
	struct error err = ERROR_INIT;

	if (type != NULL)
		act_give(&act, act_arg_field(desc, "type"),
			 (struct value){ .is_text = true, .text = type }, &course->scratch);
	act.target.base = 0;
	if (course_try(course, NULL, &act, NULL, &after, &err) == ERR_OK)
		keep(course, after, course->n_nodes,
		     arena_printf(&course->arena, "register (%s%s%s)", org->tier,
				  type != NULL ? ", " : "", type != NULL ? type : ""));
	arena_reset(&course->scratch);
}

static void begin_everywhere(struct course *course)
{
	const struct rules *rules = course->rules;

	for (size_t t = 0; t < rules->tiers.n; t++)
		for (size_t i = 0; i < rules->n_orgs; i++) {
			const struct org *org = &rules->orgs[i];
			if (!str_eq(org->tier, rules->tiers.items[t].code) || !org->managed)
				continue;
			begin_with(course, org, NULL);
			for (size_t k = 0; k < rules->types.n; k++)
				begin_with(course, org, rules->types.items[k].code);
			break;
		}
}

static void bring_on(struct course *course, size_t at, const struct act_desc *desc)
{
	for (size_t who = 0; who < COURSE_ACTORS; who++) {
		const struct incident *incident = course->nodes[at].incident, *after;
		struct error err = ERROR_INIT;
		struct actor actor;
		struct act act;

		if (!course_actor(course, incident, who, &actor))
			continue;
		act = course_act(course, desc, incident, &actor);
		if (course_try(course, incident, &act, NULL, &after, &err) == ERR_OK)
			keep(course, after, at,
			     arena_printf(&course->arena, "%s (%s)", desc->verb, course_actors[who]));
		arena_reset(&course->scratch);
	}
}

/* Whatever its step allows, by whoever may, brings it on; of what all steps allow, what moves. */
static void go_on(struct course *course, size_t at)
{
	const struct step *step = course->nodes[at].step;
	const struct step *always = &course->rules->always;

	for (size_t a = 0; a < step->n_acts; a++)
		bring_on(course, at, step->acts[a].act);
	for (size_t a = 0; a < always->n_acts; a++)
		if (always->acts[a].way != WAY_STAYS && (step->open || always->acts[a].closed))
			bring_on(course, at, always->acts[a].act);
}

void course_explore(struct course *course)
{
	begin_everywhere(course);
	for (size_t at = 0; at < course->n_nodes; at++)
		go_on(course, at);
}

/* --- against the tables ------------------------------------------------------------------------ */

const char *course_compare(struct course *course, const char *name, const char *text)
{
	const char *top = getenv("ZHIBAN_SRCDIR"), *path, *difference = NULL;
	struct str want = STR_INIT;
	struct error err = ERROR_INIT;
	size_t line = 1, at = 0;
	char file[120];

	snprintf(file, sizeof file, "tests/unit/profile/matrix/%s.txt", name);
	path = path_join(&course->arena, top != NULL ? top : ".", file);
	if (getenv("GENERATE") != NULL)
		return file_write(path, text, strlen(text), 0644, &err) == ERR_OK
			       ? NULL
			       : arena_strdup(&course->arena, err.text);
	if (file_read(path, 4 << 20, &want, &err) != ERR_OK)
		return arena_strdup(&course->arena, err.text);
	for (size_t i = 0; want.s[i] != '\0' && want.s[i] == text[i]; i++)
		if (want.s[i] == '\n') {
			line++;
			at = i + 1;
		}
	if (strcmp(str_get(&want), text) != 0)
		difference = arena_printf(&course->arena,
					  "%s:%zu differs (GENERATE=1 writes it anew)\n- %.*s\n+ %.*s",
					  file, line, (int)strcspn(str_get(&want) + at, "\n"),
					  str_get(&want) + at, (int)strcspn(text + at, "\n"), text + at);
	str_release(&want);
	return difference;
}
