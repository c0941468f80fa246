#include <config.h>

#include "tasks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static const struct extension_row extensions[] = {
	{ { LIMIT_WORK_DAYS, 3, -1 }, "chief" },
	{ { LIMIT_NONE, 0, -1 }, "leader" },
};
static const struct timeout_row timeouts[] = { { 100, TIMEOUT_URGE }, { 100, TIMEOUT_PROPOSE },
					       { 150, TIMEOUT_LIST } };
static const struct clock_rule clocks[] = {
	{ .kind = "handle", .label = "办理", .timeouts = timeouts,
	  .n_timeouts = ARRAY_LEN(timeouts) },
};
static const struct nominee_rule nominees[] = {
	{ NOMINEE_HARD, 0, NULL },	  { NOMINEE_RETURNED, 3, "退回" },
	{ NOMINEE_ESCALATED, 0, NULL },	  { NOMINEE_SHELVED, 0, NULL },
	{ NOMINEE_OVERDUE, 2, "超时" },	  { NOMINEE_REWORKED, 1, NULL },
	{ NOMINEE_SUPERVISED, 0, NULL }, { NOMINEE_DISPUTED, 0, NULL },
	{ NOMINEE_UNANSWERED, 0, NULL },
};
static const struct channel channels[] = {
	{ .code = "sheet", .label = "督办单", .answer = { LIMIT_DAYS, 2, -1 }, .rank = 1 },
	{ .code = "yellow", .label = "黄牌", .role = "chief", .points = 2, .rank = 2 },
};

void tasks_init(struct meetings *m)
{
	struct meeting_rules *rules = &m->fx.rules.meetings;

	meetings_init(m);
	rules->sign = (struct limit){ LIMIT_WORK_DAYS, 1, -1 };
	rules->handle = (struct limit){ LIMIT_WORK_DAYS, 5, -1 };
	rules->verify = (struct limit){ LIMIT_WORK_DAYS, 2, -1 };
	rules->clocks = clocks;
	rules->n_clocks = ARRAY_LEN(clocks);
	rules->extensions = extensions;
	rules->n_extensions = ARRAY_LEN(extensions);
	rules->nominees = nominees;
	rules->n_nominees = ARRAY_LEN(nominees);
	m->fx.rules.channels = channels;
	m->fx.rules.n_channels = ARRAY_LEN(channels);
}

/* --- what items are about -------------------------------------------------------------------- */

static void *make(struct meetings *m, enum kind kind, const char *word)
{
	char name[120];
	struct uuid id;
	struct entity *head;

	snprintf(name, sizeof name, "%s %s", kind_desc(kind)->name, word);
	id = uuid_named(name);
	head = entity_new(kind, &id, &m->fx.arena);
	head->version = 1;
	m->entities[m->n++] = head;
	return head;
}

struct incident *tasks_incident(struct meetings *m, const char *word)
{
	struct incident *incident = make(m, KIND_INCIDENT, word);

	incident->number = arena_printf(&m->fx.arena, "20261122-0%s", word);
	incident->title = "地下管线漏水，权属不清";
	incident->holder = "sw";
	incident->step = "handle";
	incident->tier = "district";
	incident->open = 1;
	return incident;
}

struct whistle *tasks_whistle(struct meetings *m, const char *word)
{
	static const char *const orgs[] = { "sw", "zj" };
	struct whistle *whistle = make(m, KIND_WHISTLE, word);

	whistle->number = arena_printf(&m->fx.arena, "20261122-W%s", word);
	whistle->title = "沿河步道无人管养";
	whistle->origin = "ll";
	whistle->lead = "sw";
	whistle->step = whistle_step_code(WHISTLE_ISSUED);
	whistle->open = 1;
	for (size_t i = 0; i < ARRAY_LEN(orgs); i++) {
		struct uuid id = uuid_child(&whistle->head.id, "share", (unsigned)i);
		struct summoned *share = children_add(&whistle->shares, child_desc(CHILD_SUMMONED),
						      &id, &m->fx.arena);

		share->org = orgs[i];
		share->asked_at = m->fx.now;
	}
	return whistle;
}

void tasks_to(struct meetings *m, const char *state)
{
	struct incident *incident = tasks_incident(m, "c");
	struct link *link;
	struct item *item;
	char text[UUID_TEXT];

	meetings_to(m, state);
	item = meetings_entity(m, KIND_ITEM, "a");
	uuid_text(&incident->head.id, text);
	item->about_kind = "incident";
	item->about = arena_strdup(&m->fx.arena, text);
	item->about_no = incident->number;
	uuid_text(&item->head.id, text);
	link = children_add(&incident->links, child_desc(CHILD_LINK), &item->head.id, &m->fx.arena);
	link->role = ITEM_LINK;
	link->target = arena_strdup(&m->fx.arena, text);
	incident->candidate = 1;
}

void tasks_given(struct meetings *m)
{
	tasks_to(m, "sitting");
	meetings_must(m, KIND_ACTION, "task", "duty", "t",
		      "item_id=@a\nmeeting_id=&m\ntitle=查明权属\nlead_org=sw\nassist=zj");
}

/* --- what came of it ------------------------------------------------------------------------- */

const struct item *tasks_item(struct meetings *m, const char *word)
{
	return meetings_entity(m, KIND_ITEM, word);
}

const struct action *tasks_action(struct meetings *m)
{
	return meetings_entity(m, KIND_ACTION, "t");
}

const char *tasks_runs(struct meetings *m, const char *kind)
{
	const struct clock *clocks_of = tasks_action(m)->clocks.items;
	char when[CIVIL_TEXT] = "";

	for (size_t i = 0; i < tasks_action(m)->clocks.n; i++)
		if (clocks_of[i].stopped_at == 0 && strcmp(clocks_of[i].kind, kind) == 0)
			civil_format(clocks_of[i].due, CIVIL_CHINA, "m-d H:M", when, sizeof when);
	return arena_strdup(&m->fx.arena, when);
}

const char *tasks_links(struct meetings *m, enum kind kind, const char *word)
{
	const struct children *list =
		entity_children_const(meetings_entity(m, kind, word), child_desc(CHILD_LINK));
	struct str out = STR_INIT;
	const char *ret;

	for (size_t i = 0; i < list->n; i++)
		str_addf(&out, "%s%s", i > 0 ? " " : "", ((const struct link *)list->items)[i].role);
	ret = arena_strdup(&m->fx.arena, str_get(&out));
	str_release(&out);
	return ret;
}

void tasks_run(struct meetings *m, const struct tasks_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (steps[i].code == ERR_OK)
			meetings_must(m, steps[i].kind, steps[i].verb, steps[i].actor,
				      steps[i].target, steps[i].args);
		else
			meetings_refuse(m, steps[i].kind, steps[i].verb, steps[i].actor,
					steps[i].target, steps[i].args, steps[i].code,
					steps[i].words);
}
