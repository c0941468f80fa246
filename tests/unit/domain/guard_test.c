/* Each guard: what it refuses, in which words, and what it lets pass. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* The incident was registered by the street and is held by the water department, in the step
 * "handle", Monday 2026-11-23 10:00. */
static const struct row {
	const char *guard, *verb, *actor;
	const char *incident; /* fields, "name=words" by newlines */
	const char *children; /* "promise whom=张某;file shows=before": added to it */
	const char *args;
	const char *phone;  /* "role=leader rung=周区长", "org=sw" */
	const char *when;   /* NULL: 2026-11-23 10:00 */
	const char *mode;
	enum who who;	    /* may do the act; WHO_ANY unless it is said */
	const char *refusal; /* NULL: it is applied */
} rows[] = {
	/* who */
	{ "actor_not handle", "note", "duty", .incident = "handler=李敏",
	  .refusal = "李敏 did Report the result; another officer must do this" },
	{ "actor_not handle", "note", "other", .incident = "handler=李敏" },
	{ "actor_not handle", "note", "duty", .children = "part org=zj role=assist handled_by=李敏",
	  .refusal = "李敏 did Report the result; another officer must do this" },
	{ "actor_not handle", "note", "duty", .children = "part org=zj role=past handled_by=李敏" },
	{ "actor_not register|sign", "note", "street",
	  .refusal = "孙丽 did Register; another officer must do this" },
	{ "actor_not register|sign", "note", "water",
	  .refusal = "王芳 did Sign for; another officer must do this" },
	{ "actor_not verify_ok", "note", "duty", .children = "part org=zj role=assist verified_by=李敏",
	  .refusal = "李敏 did Verified; another officer must do this" },
	{ "org_not handle", "note", "water", .incident = "handler_org=sw",
	  .refusal = "区水务局 did Report the result; another organisation must do this" },
	{ "org_not handle", "note", "roads", .incident = "handler_org=sw" },
	{ "org_not register", "note", "station",
	  .refusal = "兰陵街道 did Register; another organisation must do this" },
	{ "org_not assign", "note", "water",
	  .refusal = "区水务局 did Assign; another organisation must do this" },
	{ "org_not register", "note", "duty" },
	/* recorded for somebody, it is his act */
	{ "org_not register", "note", "duty", .phone = "org=ll rung=孙丽",
	  .refusal = "兰陵街道 did Register; another organisation must do this" },
	{ "org_not register", "handle", "duty", .incident = "holder=ll", .args = "result=好了",
	  .who = WHO_HOLDER,
	  .refusal = "兰陵街道 did Register; another organisation must do this" },
	{ "org_not register", "handle", "duty", .args = "result=好了", .who = WHO_HOLDER },
	{ "collector_not grid", "note", "street",
	  .refusal = "孙丽 registered it and may neither handle nor verify it" },
	{ "collector_not grid", "note", "street", .incident = "registrar=郑浩",
	  .refusal = "兰陵街道 registered it and may neither handle nor verify it" },
	{ "collector_not grid", "note", "station" }, /* another unit */
	{ "collector_not grid", "note", "duty" },
	{ "collector_not street", "note", "street" }, /* the tier is exempt */
	{ "collector_not grid", "note", "street", .incident = "registrar=郑浩\norigin=ll01g1" },
	{ "role_at_least chief", "note", "duty",
	  .refusal = "this needs at least the role 值班长, or its word by telephone" },
	{ "role_at_least chief", "note", "water", .refusal = "this needs at least the role 值班长" },
	{ "role_at_least chief", "note", "chief" },
	{ "role_at_least chief", "note", "duty", .phone = "role=leader rung=周区长" },
	{ "role_at_least leader", "note", "duty", .phone = "role=chief rung=周强",
	  .refusal = "this needs at least the role 带班领导" },
	{ "role_at_least leader", "note", "water", .phone = "role=leader rung=周区长",
	  .refusal = "this needs at least the role 带班领导" }, /* the centre or the seat records it */
	{ "returns_below 2 chief", "return", "duty", .incident = "returns=2", .args = "reason=不属我局",
	  .refusal = "it was returned 2 times already; once more needs at least the role 值班长" },
	{ "returns_below 2 chief", "return", "duty", .incident = "returns=1", .args = "reason=不属我局" },
	{ "returns_below 2 chief", "return", "chief", .incident = "returns=2", .args = "reason=不属我局" },
	{ "tier_is street|community", "note", "water",
	  .refusal = "this is for organisations of 街道, 社区" },
	{ "tier_is street|community", "note", "station" },
	{ "tier_is street|community", "note", "duty", .phone = "org=ll rung=孙丽" },
	{ "managed", "assign", "duty", .args = "holder=ql",
	  .refusal = "青龙街道 is not run from here: transfer it out instead" },
	{ "managed", "assign", "duty", .args = "holder=sw\nassist=ql01",
	  .refusal = "青龙街道 is not run from here: transfer it out instead" },
	{ "managed", "assign", "duty", .args = "holder=ll\nassist=sw" },
	{ "managed", "note", "duty", .incident = "holder=ql01",
	  .refusal = "青龙街道 is not run from here: transfer it out instead" },
	{ "phone_noted", "handle", "duty", .args = "result=好了", .who = WHO_HOLDER,
	  .refusal = "for 区水务局: say who was rung and in what words" },
	{ "phone_noted", "handle", "duty", .args = "result=好了", .who = WHO_HOLDER,
	  .phone = "org=sw rung=王芳 wording=已修好" },
	{ "phone_noted", "note", "duty", .phone = "role=leader rung=周区长",
	  .refusal = "for 带班领导: say who was rung and in what words" },
	{ "phone_noted", "handle", "water", .args = "result=好了", .who = WHO_HOLDER },

	/* what was said */
	{ "field_set satisfaction", "note", "duty",
	  .refusal = "Satisfaction is missing: fill it in first" },
	{ "field_set satisfaction", "note", "duty", .incident = "satisfaction=满意" },
	{ "field_set satisfaction", "close", "duty", .args = "satisfaction=满意" },
	{ "reason_given", "assign", "duty", .args = "holder=sw", .refusal = "say why" },
	{ "reason_given", "assign", "duty", .args = "holder=sw\nreason=  ", .refusal = "say why" },
	{ "reason_given", "assign", "duty", .args = "holder=sw\nreason=管网归水务" },
	{ "reason_given", "close", "duty", .args = "close_reason=已恢复供水" },
	{ "close_as 达成协议|撤回", "close", "duty",
	  .refusal = "say how it ended, beginning with one of: 达成协议, 撤回" },
	{ "close_as 达成协议|撤回", "close", "duty", .args = "close_reason=双方达成协议",
	  .refusal = "beginning with one of: 达成协议, 撤回" },
	{ "close_as 达成协议|撤回", "close", "duty", .args = "close_reason=达成协议：2026年第12号" },
	{ "close_as 达成协议|撤回", "close", "duty", .args = "close_reason=撤回" },
	{ "reason_given", "accept", "duty", .refusal = "say why" },
	{ "reason_given", "accept", "duty", .args = "note=属本区" },
	{ "list_line", "return", "duty", .args = "reason=不在清单",
	  .refusal = "quote the line of the duty list, or none if there is none" },
	{ "list_line", "return", "duty", .args = "reason=不在清单\nlist_line=9-9",
	  .refusal = "quote the line of the duty list, or none if there is none: there is no line 9-9" },
	{ "list_line", "return", "duty", .args = "reason=不在清单\nlist_line=3-1" },
	{ "list_line", "return", "duty", .args = "reason=不在清单\nlist_line=none" },
	{ "photo after", "note", "duty", .children = "file shows=before",
	  .refusal = "a picture is missing: after" },
	{ "photo after", "note", "duty", .children = "file shows=before;file shows=after" },
	{ "scene_reported", "note", "duty", .refusal = "nobody has reported figures from the scene yet" },
	{ "scene_reported", "note", "duty", .incident = "scene_at=2026-11-23 09:00" },

	/* how far it is */
	{ "all_parts handled", "note", "duty", .children = "part org=zj role=assist state=signed",
	  .refusal = "not all are handled: 水务局, 住建局" },
	{ "all_parts signed", "note", "duty", .children = "part org=zj role=assist state=handled" },
	{ "all_parts signed", "note", "duty",
	  .children = "part org=zj role=past state=assigned;part org=ll role=assist state=returned" },
	{ "all_parts_by feedback", "note", "duty", .refusal = "Feed back is still missing of: 水务局" },
	{ "all_parts_by sign", "note", "duty" },
	{ "lower_tried", "return", "duty", .args = "reason=再试",
	  .children = "level tier=street seat=ll step=handle back=handle tried=yes",
	  .refusal = "兰陵 has tried it: it cannot be sent back down" },
	{ "lower_tried", "return", "duty", .args = "reason=一级未处置",
	  .children = "level tier=street seat=ll step=handle back=handle" },
	{ "no_level_below", "note", "duty", .children = "level tier=street seat=ll step=handle",
	  .refusal = "it is open below in 兰陵: feed back or return it there first" },
	{ "no_level_below", "note", "duty" },
	{ "response_at_most 0", "note", "duty", .incident = "response=1",
	  .refusal = "it has reached response level 1; this is possible up to level 0" },
	{ "response_at_most 1", "note", "duty", .incident = "response=1" },
	{ "extension_free", "note", "duty", .incident = "asked_at=2026-11-23 09:30",
	  .refusal = "an extension asked for 11-23 09:30 is to be decided first" },
	{ "extension_free", "note", "duty" },
	{ "not_paused", "note", "duty", .incident = "paused_until=2026-11-24 09:00",
	  .refusal = "its clocks stand still until 11-24 09:00: let them run again first" },
	{ "not_paused", "note", "duty", .incident = "paused_until=2026-11-23 09:00" },
	{ "not_paused", "note", "duty", .incident = "shelved_at=2026-11-01",
	  .refusal = "its clocks stand still until it is taken off the shelf: let them run again "
		     "first" },
	{ "reopen_within", "note", "duty", .incident = "closed_at=2026-11-15 10:00",
	  .refusal = "closed 11-15 10:00: it could be reopened for 7 days" },
	{ "reopen_within", "note", "duty", .incident = "closed_at=2026-11-16 10:00" },

	/* callers and tickets */
	{ "no_promises", "note", "duty", .children = "promise whom=张某 at=2026-11-23T11:00",
	  .refusal = "张某 is still to be called back, 11-23 11:00" },
	{ "no_promises", "note", "duty",
	  .children = "promise whom=张某 at=2026-11-23T11:00 kept_at=2026-11-23T09:00" },
	{ "no_children", "note", "duty", .incident = "merged=3",
	  .refusal = "3 other tickets are merged into it" },
	{ "no_children", "note", "duty" },
	{ "callers_answered", "note", "duty", .incident = "merged=3",
	  .refusal = "the callers of 3 merged tickets have no answer yet: feed back first" },
	{ "callers_answered", "note", "duty", .incident = "merged=3\nreplied_at=2026-11-23 09:00" },
	{ "callers_answered", "feedback", "duty", .incident = "merged=3", .args = "reply=已修好" },

	/* what it is, and when */
	{ "type_is dispute", "note", "duty", .incident = "type=event",
	  .refusal = "this is only for 矛盾纠纷" },
	{ "type_is dispute", "note", "duty", .refusal = "this is only for 矛盾纠纷" },
	{ "type_is event|dispute", "note", "duty" }, /* nothing said is the first type */
	{ "type_is dispute", "note", "duty", .incident = "type=dispute" },
	{ "category_not 02|0301", "note", "duty", .incident = "category=0301",
	  .refusal = "this is not for 停水" },
	{ "category_not 02|0301", "note", "duty", .incident = "category=03" },
	{ "urgency_at_least urgent", "note", "duty", .refusal = "this is for 急 and more urgent ones" },
	{ "urgency_at_least urgent", "note", "duty", .incident = "urgency=特急" },
	{ "mode_is war1|war2", "note", "duty", .refusal = "this is possible only in 战时一, 战时二" },
	{ "mode_is war1|war2", "note", "duty", .mode = "war2" },
	{ "mode_not war2", "note", "duty", .mode = "war2", .refusal = "this is not possible in 战时二" },
	{ "mode_not war2", "note", "duty" },
	{ "out_of_hours", "note", "duty",
	  .refusal = "this is only for the time outside working hours" },
	{ "out_of_hours", "note", "duty", .when = "2026-11-23 12:30" },
	{ "out_of_hours", "note", "duty", .when = "2026-11-22 10:00" },
};

static const struct choice types[] = {
	{ "event", "事件", NULL },
	{ "dispute", "矛盾纠纷", NULL },
};
static const struct mode_rule modes[] = {
	{ .code = "peace", .label = "平时", .quiet = true },
	{ .code = "war1", .label = "战时一", .emergency = true },
	{ .code = "war2", .label = "战时二", .emergency = true },
};
static const struct duty duties[] = {
	{ .line = "3-1", .category = "03", .unit = "sw", .lead = true },
};

static void more_rules(struct fixture *fx)
{
	struct org *orgs = arena_dup(&fx->arena, fx->rules.orgs, fx->rules.n_orgs * sizeof *orgs);

	for (size_t i = 0; i < fx->rules.n_orgs; i++)
		orgs[i].managed = strcmp(orgs[i].code, "ql") != 0;
	fx->rules.orgs = orgs;
	fx->rules.types = (struct choices){ types, ARRAY_LEN(types) };
	fx->rules.modes = modes;
	fx->rules.n_modes = ARRAY_LEN(modes);
	fx->rules.duties = duties;
	fx->rules.n_duties = ARRAY_LEN(duties);
	fx->rules.reopen_days = 7;
	rules_index(&fx->rules, &fx->arena);
}

/* Sets fields "name=words" of a thing, pairs ended by one of `ends`. */
static void set_fields(struct fixture *fx, const struct field *fields, size_t n, void *thing,
		       const char *pairs, const char *ends)
{
	for (const char *s = pairs; s != NULL && *s != '\0'; s += strspn(s, ends)) {
		size_t len = strcspn(s, ends);
		char *name = arena_strndup(&fx->arena, s, len), *words = strchr(name, '=');
		const struct field *field;
		struct value value;

		assert_non_null(words);
		*words++ = '\0';
		field = field_find(fields, n, name);
		if (field == NULL)
			fail_msg("no field %s", name);
		assert_int_equal(rules_parse(&fx->rules, field, words, &fx->arena, &value, NULL),
				 ERR_OK);
		field_set(field, thing, value, &fx->arena);
		s += len;
	}
}

static void add_children(struct fixture *fx, struct incident *incident, const char *words)
{
	unsigned n = 0;

	for (const char *s = words; s != NULL && *s != '\0'; s += strspn(s, ";")) {
		size_t len = strcspn(s, ";");
		char *one = arena_strndup(&fx->arena, s, len), *pairs = strchr(one, ' ');
		const struct child_desc *desc;
		struct uuid id = uuid_child(&incident->head.id, "test", n++);

		*pairs++ = '\0';
		desc = child_find(one);
		assert_non_null(desc);
		set_fields(fx, desc->fields, desc->n_fields,
			   children_add(entity_children(incident, desc), desc, &id, &fx->arena), pairs,
			   " ");
		s += len;
	}
}

static void set_phone(struct fixture *fx, struct act *act, const char *pairs)
{
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	set_fields(fx, fields, n, &act->by_phone, pairs, " ");
}

/* The step allows this act and no other, under this guard. */
static void put_guard(struct fixture *fx, const struct incident *incident, const struct row *row)
{
	struct step *step = (struct step *)rules_step(&fx->rules, incident->step);
	struct flow_act *act = arena_alloc(&fx->arena, sizeof *act);
	struct guard_use *use = arena_alloc(&fx->arena, sizeof *use);
	const char *space = strchr(row->guard, ' ');
	size_t len = strcspn(row->guard, " ");

	use->guard = guard_desc_find(arena_strndup(&fx->arena, row->guard, len));
	use->arg = space != NULL ? space + 1 : "";
	if (use->guard == NULL || !guard_arg_ok(&fx->rules, use->guard, use->arg))
		fail_msg("%s", row->guard);
	*act = (struct flow_act){ .act = act_desc_find(row->verb), .who = row->who, .guards = use,
				  .n_guards = 1 };
	step->acts = act;
	step->n_acts = 1;
}

static enum err try_row(struct fixture *fx, const struct row *row, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct incident *incident = fixture_incident(fx, "handle");
	struct state state = { .entity = incident, .mode = row->mode };
	struct decision decision;
	struct moment moment;
	struct act act;

	set_fields(fx, kind->fields, kind->n_fields, incident, row->incident, "\n");
	add_children(fx, incident, row->children);
	put_guard(fx, incident, row);
	if (row->when != NULL)
		fx->now = fixture_time(row->when);
	act = fixture_act(fx, row->verb, incident, row->actor,
			  row->args != NULL ? row->args
			  : strcmp(row->verb, "note") == 0 ? "note=x"
							   : "");
	set_phone(fx, &act, row->phone);
	moment = (struct moment){ fx->now, fx->now };
	return decide(&fx->rules, &state, &act, &moment, &fx->arena, &decision, err);
}

static void guards_say_why(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture fx;
		struct error err = ERROR_INIT;
		enum err code;

		fixture_init(&fx);
		more_rules(&fx);
		code = try_row(&fx, &rows[i], &err);
		if (rows[i].refusal == NULL ? code != ERR_OK
					    : code == ERR_OK ||
						      strstr(err.text, rows[i].refusal) == NULL)
			fail_msg("%zu: %s, %s by %s: %s", i, rows[i].guard, rows[i].verb,
				 rows[i].actor, code == ERR_OK ? "was done" : err.text);
		fixture_release(&fx);
	}
}

/* The table has both answers of every guard. */
static void every_guard_is_there(void **unused)
{
	(void)unused;
	for (size_t g = 0; g < guard_desc_count(); g++) {
		const char *name = guard_desc_at(g)->name;
		size_t len = strlen(name), refused = 0, applied = 0;

		for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
			if (strncmp(rows[i].guard, name, len) != 0 ||
			    (rows[i].guard[len] != ' ' && rows[i].guard[len] != '\0'))
				continue;
			refused += rows[i].refusal != NULL;
			applied += rows[i].refusal == NULL;
		}
		if (refused == 0 || applied == 0)
			fail_msg("%s: %zu refused, %zu applied", name, refused, applied);
	}
}

static const struct {
	const char *guard, *arg;
	bool ok;
} arguments[] = {
	{ "actor_not", "handle", true },     { "actor_not", "handle|register", true },
	{ "actor_not", "handle|", false },   { "actor_not", "note", false },
	{ "actor_not", "", false },	     { "field_set", "address", true },
	{ "field_set", "colour", false },    { "role_at_least", "chief", true },
	{ "role_at_least", "king", false },  { "returns_below", "2 chief", true },
	{ "returns_below", "2", false },     { "returns_below", "chief", false },
	{ "returns_below", "2 king", false }, { "collector_not", "grid", true },
	{ "collector_not", "grid|street", false }, { "tier_is", "grid|street", true },
	{ "tier_is", "village", false },     { "managed", "", true },
	{ "managed", "yes", false },	     { "photo", "after", true },
	{ "photo", "during", false },	     { "all_parts", "verified", true },
	{ "all_parts", "done", false },	     { "all_parts_by", "feedback", true },
	{ "all_parts_by", "note", false },   { "response_at_most", "1", true },
	{ "response_at_most", "one", false }, { "type_is", "event|dispute", true },
	{ "type_is", "component", false },   { "category_not", "03|02", true },
	{ "category_not", "77", false },     { "urgency_at_least", "urgent", true },
	{ "urgency_at_least", "2", false },  { "mode_is", "war1|war2", true },
	{ "mode_not", "war3", false },
};

static void arguments_are_checked(void **unused)
{
	struct fixture fx;

	(void)unused;
	fixture_init(&fx);
	more_rules(&fx);
	for (size_t i = 0; i < ARRAY_LEN(arguments); i++) {
		const struct guard_desc *guard = guard_desc_find(arguments[i].guard);
		if (guard_arg_ok(&fx.rules, guard, arguments[i].arg) != arguments[i].ok)
			fail_msg("%s %s", arguments[i].guard, arguments[i].arg);
		assert_true(*guard_arg_words(guard) != '\0');
	}
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guards_say_why),
		cmocka_unit_test(every_guard_is_there),
		cmocka_unit_test(arguments_are_checked),
	};

	return cmocka_run_group_tests_name("domain/guard", tests, NULL, NULL);
}
