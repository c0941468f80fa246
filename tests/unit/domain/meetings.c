#include <config.h>

#include "meetings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

/* --- the profile ----------------------------------------------------------------------------- */

static const char *const must[] = { "zj", NULL }, *const may[] = { "street", NULL };
static const struct meeting_stage stages[] = {
	{ .code = "propose", .label = "支部提议" },
	{ .code = "discuss", .label = "两委商议", .quorum = { 1, 2, false },
	  .pass_percent = 50 },
	{ .code = "vote", .label = "代表决议", .quorum = { 2, 3, false }, .pass_percent = 50 },
	{ .code = "resolved", .label = "决议公开", .published = true,
	  .within = { LIMIT_WORK_DAYS, 3, -1 } },
	{ .code = "result", .label = "结果公开", .published = true,
	  .within = { LIMIT_WORK_DAYS, 3, -1 } },
};
static const struct meeting_series all_series[] = {
	{ .code = "weekly", .label = "联席工作例会", .of = "centre", .role = "duty",
	  .when = "weekly 3 14:30", .length_min = 120, .item_min = 15, .items_most = 3,
	  .chair = { "周强", NULL }, .must = must, .may = may, .quorum_percent = 60,
	  .item_role = "chief", .minutes_role = "leader", .signed_by_all = true,
	  .limits = { [MEETING_ANSWER] = { LIMIT_WORK_DAYS, 1, -1 },
		      [MEETING_MINUTES] = { LIMIT_WORK_DAYS, 3, -1 },
		      [MEETING_SIGN] = { LIMIT_WORK_DAYS, 2, -1 },
		      [MEETING_APPROVE] = { LIMIT_WORK_DAYS, 1, -1 } },
	  .doc = "测联纪", .main_to = "各镇街", .copy_to = "区委办" },
	{ .code = "double", .label = "专班会议", .of = "centre", .chair = { "周强", "郑凯" } },
	{ .code = "street", .label = "街道例会", .of = "street", .minutes_role = "chief" },
	{ .code = "village", .label = "四议两公开", .of = "community", .stages = stages,
	  .n_stages = ARRAY_LEN(stages) },
};
static const struct meeting_room rooms[] = {
	{ "研判室", 12, NULL, false }, { "一号会议室", 30, NULL, false },
	{ "会议专线", 0, "85681234", true },
};

void meetings_init(struct meetings *m)
{
	*m = (struct meetings){ .doc_serial = 3 };
	fixture_init(&m->fx);
	m->series = arena_dup(&m->fx.arena, all_series, sizeof all_series);
	m->fx.rules.meetings = (struct meeting_rules){ .series = m->series,
						       .n_series = ARRAY_LEN(all_series),
						       .rooms = rooms,
						       .n_rooms = ARRAY_LEN(rooms) };
	assert_int_equal(limit_parse("1wd", &m->fx.rules.countersign, NULL), ERR_OK);
}

void meetings_release(struct meetings *m)
{
	fixture_release(&m->fx);
}

/* --- what there is --------------------------------------------------------------------------- */

static struct uuid word_id(enum kind kind, const char *word)
{
	char name[120];

	if (kind == KIND_ROOM)
		return strncmp(word, "ll ", 3) == 0 ? room_id("ll", word + 3) : room_id("zx", word);
	snprintf(name, sizeof name, "%s %s", kind_desc(kind)->name, word);
	return uuid_named(name);
}

static void *entity_of(struct meetings *m, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < m->n; i++) {
		struct entity *head = m->entities[i];

		if (head->kind == kind && uuid_eq(&head->id, id))
			return head;
	}
	return NULL;
}

void *meetings_entity(struct meetings *m, enum kind kind, const char *word)
{
	struct uuid id = word_id(kind, word);

	return entity_of(m, kind, &id);
}

const struct meeting *meetings_meeting(struct meetings *m)
{
	return meetings_entity(m, KIND_MEETING, "m");
}

static struct uuid attendee_of(const char *words)
{
	struct uuid meeting = word_id(KIND_MEETING, "m");
	const char *slash = strchr(words, '/');
	char org[20];

	snprintf(org, sizeof org, "%.*s", slash != NULL ? (int)(slash - words) : 19, words);
	return attendee_id(&meeting, org, slash != NULL ? slash + 1 : NULL);
}

const struct attendee *meetings_attendee(struct meetings *m, const char *words)
{
	struct uuid id = attendee_of(words);

	return meeting_attendee_find(meetings_meeting(m), &id);
}

const char *meetings_who(struct meetings *m)
{
	const struct meeting *meeting = meetings_meeting(m);
	struct str out = STR_INIT;
	const char *ret;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (attendee_role(attendee) == ATTEND_SECRETARY)
			continue;
		str_addf(&out, "%s%s%s%s:%s", out.len > 0 ? " " : "", attendee->org,
			 attendee->name != NULL ? "/" : "",
			 attendee->name != NULL ? attendee->name : "", attendee->role);
	}
	ret = arena_strdup(&m->fx.arena, str_get(&out));
	str_release(&out);
	return ret;
}

const char *meetings_runs(struct meetings *m, const char *kind, const char *org)
{
	const struct meeting *meeting = meetings_meeting(m);
	const struct clock *clocks = meeting->clocks.items;
	const struct behalf *behalves = meeting->behalves.items;
	char when[CIVIL_TEXT] = "";

	for (size_t i = 0; strcmp(kind, "countersign") == 0 && i < meeting->behalves.n; i++)
		if (behalves[i].signed_at == 0 && str_eq(behalves[i].org, org))
			civil_format(behalves[i].due, CIVIL_CHINA, "m-d H:M", when, sizeof when);
	for (size_t i = 0; i < meeting->clocks.n; i++)
		if (clocks[i].stopped_at == 0 && strcmp(clocks[i].kind, kind) == 0 &&
		    (org == NULL ? clocks[i].about == NULL : str_eq(clocks[i].org, org)))
			civil_format(clocks[i].due, CIVIL_CHINA, "m-d H:M", when, sizeof when);
	return arena_strdup(&m->fx.arena, when);
}

/* --- acts ------------------------------------------------------------------------------------ */

/* @ITEM, &MEETING, #INCIDENT, ~WHISTLE and %ATTENDEE become ids, '|' a tab. */
static const char *with_ids(struct meetings *m, const char *words)
{
	struct str out = STR_INIT;
	const char *made;

	while (*words != '\0') {
		size_t len = strcspn(words, " |");
		const char *word = arena_strndup(&m->fx.arena, words, len);
		struct uuid id = *word == '@'	? word_id(KIND_ITEM, word + 1)
				 : *word == '&' ? word_id(KIND_MEETING, word + 1)
				 : *word == '#' ? word_id(KIND_INCIDENT, word + 1)
				 : *word == '~' ? word_id(KIND_WHISTLE, word + 1)
						: attendee_of(word + (*word == '%'));
		char text[UUID_TEXT];

		uuid_text(&id, text);
		str_add(&out, strchr("@&#~%", *word) != NULL && *word != '\0' ? text : word);
		for (words += len; *words == ' ' || *words == '|'; words++)
			str_add_char(&out, *words == '|' ? '\t' : ' ');
	}
	made = arena_strdup(&m->fx.arena, str_get(&out));
	str_release(&out);
	return made;
}

static void give(struct meetings *m, struct act *act, const char *pair, size_t len)
{
	char *name = arena_strndup(&m->fx.arena, pair, len), *words = strchr(name, '=');
	const struct field *field;
	struct value value;
	struct error err = ERROR_INIT;

	*words++ = '\0';
	field = act_arg_field(act->desc, name);
	if (field == NULL || rules_parse(&m->fx.rules, field, with_ids(m, words), &m->fx.arena,
					 &value, &err))
		fail_msg("%s: %s %s", act->desc->verb, name, err.text);
	act_give(act, field, value, &m->fx.arena);
}

enum { NEAR_MORE = 8 };

/* What the act looks at beside its target, and what that leads on to. */
static void find_near(struct meetings *m, const struct act *act, const void *there,
		      struct state *state)
{
	const void **near;
	struct near_id *ids;
	size_t n, more;

	decide_near(&m->fx.rules, act, there, &m->fx.arena, &ids, &n);
	near = arena_array(&m->fx.arena, n + NEAR_MORE, sizeof *near);
	for (size_t i = 0; i < n; i++)
		near[i] = entity_of(m, ids[i].kind, &ids[i].id);
	state->near = near;
	state->n_near = n;
	for (size_t i = 0; i < n; i++) {
		if (near[i] == NULL)
			continue;
		decide_near_of(act, near[i], &m->fx.arena, &ids, &more);
		for (size_t k = 0; k < more && state->n_near < n + NEAR_MORE; k++)
			near[state->n_near++] = entity_of(m, ids[k].kind, &ids[k].id);
	}
}

static enum err admit(struct meetings *m, const struct act *act, struct decision *ret_decision,
		      struct error *err)
{
	void *there = entity_of(m, act->target.kind, &act->target.id);
	struct state state = { .entity = there, .serial = m->fx.serial,
			       .doc_serial = m->doc_serial,
			       .base_entity = act_follows(act) ? NULL : m->base };
	struct moment moment = { m->fx.now, m->eff != 0 ? m->eff : m->fx.now };
	enum err code;

	find_near(m, act, there, &state);
	code = decide(&m->fx.rules, &state, act, &moment, &m->fx.arena, ret_decision, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < ret_decision->n_effects; i++) {
		if (there == NULL)
			there = m->entities[m->n++] =
				entity_new(act->target.kind, &act->target.id, &m->fx.arena);
		assert_int_equal(evolve(there, &ret_decision->effects[i], act->n, &m->fx.arena, err),
				 ERR_OK);
	}
	for (size_t i = 0; code == ERR_OK && i < ret_decision->n_follow; i++) {
		struct decision next;

		code = admit(m, &ret_decision->follow[i], &next, err);
	}
	return code;
}

/* All as it was, when something that follows was refused. */
static enum err admit_all(struct meetings *m, const struct act *act, struct error *err)
{
	size_t n = m->n;
	void **kept = arena_array(&m->fx.arena, n + 1, sizeof *kept);
	enum err code;

	for (size_t i = 0; i < n; i++)
		kept[i] = entity_copy(m->entities[i], &m->fx.arena);
	code = admit(m, act, &m->decision, err);
	if (code == ERR_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		m->entities[i] = kept[i];
	m->n = n;
	return code;
}

enum err meetings_try(struct meetings *m, enum kind kind, const char *verb, const char *actor,
		      const char *target, const char *args, struct error *err)
{
	struct act act = { .desc = act_desc_of(kind, verb), .actor = fixture_actor(actor),
			   .at = m->fx.now, .by_phone = m->phone };
	const struct entity *there;
	char name[40];
	enum err code;

	if (act.desc == NULL)
		fail_msg("%s", verb);
	snprintf(name, sizeof name, "act %u", ++m->fx.n_acts);
	act.id = act.console = uuid_named(name);
	act.n = m->fx.n_acts;
	act.target.kind = kind;
	act.target.id = word_id(kind, target);
	there = entity_of(m, kind, &act.target.id);
	there = m->base != NULL ? m->base : there;
	act.target.base = there != NULL ? there->version : 0;
	for (; *args != '\0'; args += strspn(args, "\n")) {
		size_t len = strcspn(args, "\n");

		give(m, &act, args, len);
		args += len;
	}
	code = admit_all(m, &act, err);
	m->phone = (struct by_phone){ .org = NULL };
	m->eff = 0;
	m->base = NULL;
	return code;
}

void meetings_must(struct meetings *m, enum kind kind, const char *verb, const char *actor,
		   const char *target, const char *args)
{
	struct error err = ERROR_INIT;

	m->fx.now += MINUTE_MS;
	if (meetings_try(m, kind, verb, actor, target, args, &err) != ERR_OK)
		fail_msg("%s by %s (%s): %s", verb, actor, args, err.text);
}

void meetings_refuse(struct meetings *m, enum kind kind, const char *verb, const char *actor,
		     const char *target, const char *args, enum err code, const char *words)
{
	struct error err = ERROR_INIT;
	enum err got = meetings_try(m, kind, verb, actor, target, args, &err);

	if (got != code || strstr(err.text, words) == NULL)
		fail_msg("%s by %s (%s): %s, not %s: %s", verb, actor, args, err_name(got),
			 err_name(code), err.text);
}

void meetings_run(struct meetings *m, const struct meetings_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (steps[i].code == ERR_OK)
			meetings_must(m, KIND_MEETING, steps[i].verb, steps[i].actor, "m",
				      steps[i].args);
		else
			meetings_refuse(m, KIND_MEETING, steps[i].verb, steps[i].actor, "m",
					steps[i].args, steps[i].code, steps[i].words);
}

/* --- so far ---------------------------------------------------------------------------------- */

struct item *meetings_item(struct meetings *m, const char *word, const char *lead,
			   const char *concerned)
{
	struct uuid id = word_id(KIND_ITEM, word);
	struct item *item = entity_new(KIND_ITEM, &id, &m->fx.arena);
	unsigned n = 0;

	item->head.version = 1;
	item->title = arena_printf(&m->fx.arena, "议题%s", word);
	item->number = arena_printf(&m->fx.arena, "20261123-K%s", word);
	item->org = "zx";
	item->lead = lead;
	item->state = item_state_code(ITEM_APPROVED);
	item->open = 1;
	for (const char *at = concerned; *at != '\0'; at += strspn(at, " ")) {
		size_t len = strcspn(at, " "), bare = strcspn(at, " ?");
		struct uuid child = uuid_child(&id, "concerned", n++);
		struct concerned *one = children_add(&item->concerned,
						     child_desc(CHILD_CONCERNED), &child,
						     &m->fx.arena);

		one->org = arena_strndup(&m->fx.arena, at, bare);
		one->must = bare == len;
		at += len;
	}
	m->entities[m->n++] = item;
	return item;
}

void meetings_to(struct meetings *m, const char *state)
{
	static const struct {
		const char *state, *verb, *actor, *args;
	} path[] = {
		{ "drawn", "convene", "duty",
		  "series=weekly\nstarts=2026-11-25 14:30\nroom=研判室\nentry=@a 1\nentry=@b 2" },
		{ "called", "invite", "duty", "" },
		{ "called", "answer", "roads", "answer=accepted" },
		{ "called", "answer", "water", "answer=accepted" },
		{ "called", "answer", "street", "answer=accepted" },
		{ "called", "answer", "duty", "answer=accepted\nattendee=%zx/周强" },
		{ "sitting", "sign_in", "duty",
		  "attendee=%zj\nattendee=%sw\nattendee=%ll\nattendee=%zx/周强\npresence=present" },
		{ "sitting", "open", "duty", "" },
		{ "held", "adjourn", "duty", "" },
		{ "signing", "submit", "duty", "" },
		{ "approving", "sign", "roads", "" },
		{ "approving", "sign", "water", "" },
		{ "approving", "sign", "street", "" },
		{ "approving", "sign", "chief", "attendee=%zx/周强" },
		{ "approved", "approve", "leader", "" },
	};
	bool there = false;

	meetings_item(m, "a", "sw", "sw zj");
	meetings_item(m, "b", "ll", "");
	for (size_t i = 0; i < ARRAY_LEN(path); i++) {
		bool last = strcmp(path[i].state, state) == 0;

		if (there && !last)
			break;
		if (strcmp(path[i].verb, "sign_in") == 0) /* it begins */
			m->fx.now = fixture_time("2026-11-25 14:25");
		there = last;
		meetings_must(m, KIND_MEETING, path[i].verb, path[i].actor, "m", path[i].args);
		if (last && strcmp(state, "called") == 0)
			break;
	}
	assert_string_equal(meetings_meeting(m)->state, state);
}
