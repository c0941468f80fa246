#include <config.h>

#include "loops.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/party.h"

static const struct {
	const char *id, *label, *tier;
	bool open, shares;
	int response;
} steps[] = {
	{ "s_accept", "街受理", "street", true, false, 0 },
	{ "s_assign", "街分派", "street", true, false, -1 },
	{ "s_work", "街办理", "street", true, true, 1 },
	{ "s_wait", "待上级", "street", true, false, -1 },
	{ "s_verify", "街核查", "street", true, true, -1 },
	{ "s_reply", "街反馈", "street", true, false, -1 },
	{ "d_accept", "区受理", "district", true, false, 2 },
	{ "d_assign", "区分派", "district", true, false, -1 },
	{ "d_work", "区办理", "district", true, true, -1 },
	{ "d_verify", "区核查", "district", true, true, -1 },
	{ "d_back", "区反馈", "district", true, false, -1 },
	{ "elsewhere", "跟踪", "street", true, false, -1 },
	{ "done", "办结", "street", false, false, -1 },
	{ "filed", "归档", "street", false, false, -1 },
};

static const struct {
	const char *step, *verb;
	enum who who;
	const char *to, *stay, *back; /* to: a step, "below", "below again" */
	const char *label;
} flow[] = {
	{ "s_accept", "accept", WHO_SEAT, "s_assign", NULL, NULL, NULL },
	{ "s_accept", "decline", WHO_SEAT, "done", NULL, NULL, NULL },
	{ "s_accept", "refer_info", WHO_ORIGIN, "done", NULL, NULL, "当场办结" },
	{ "s_accept", "transfer_out", WHO_SEAT, "elsewhere", NULL, NULL, NULL },
	{ "s_assign", "assign", WHO_SEAT, "s_work", NULL, NULL, NULL },
	{ "s_assign", "escalate", WHO_SEAT, "d_accept", "s_wait", "s_reply", "上报区里" },
	{ "s_work", "sign", WHO_SHARE, NULL, NULL, NULL, NULL },
	{ "s_work", "contact", WHO_SHARE, NULL, NULL, NULL, NULL },
	{ "s_work", "arrive", WHO_SHARE, NULL, NULL, NULL, NULL },
	{ "s_work", "handle", WHO_SHARE, "s_verify", NULL, NULL, NULL },
	{ "s_work", "return", WHO_SHARE, "s_assign", NULL, NULL, NULL },
	{ "s_work", "recall", WHO_SEAT, "s_assign", NULL, NULL, NULL },
	{ "s_work", "coassign", WHO_SEAT, NULL, NULL, NULL, NULL },
	{ "s_work", "summon", WHO_SEAT, NULL, NULL, NULL, NULL },
	{ "s_work", "assign", WHO_SEAT, NULL, NULL, NULL, NULL },
	{ "s_work", "escalate", WHO_HOLDER, "d_accept", NULL, "s_verify", NULL },
	{ "s_verify", "verify_ok", WHO_SEAT, "s_reply", NULL, NULL, NULL },
	{ "s_verify", "verify_no", WHO_SEAT, "s_work", NULL, NULL, NULL },
	{ "s_reply", "feedback", WHO_SEAT, NULL, NULL, NULL, NULL },
	{ "s_reply", "callback", WHO_SEAT, NULL, NULL, NULL, NULL },
	{ "s_reply", "close", WHO_SEAT, "done", NULL, NULL, NULL },
	{ "d_accept", "accept", WHO_SEAT, "d_assign", NULL, NULL, NULL },
	{ "d_accept", "return", WHO_SEAT, "below again", NULL, NULL, NULL },
	{ "d_accept", "recall", WHO_BELOW, "below again", NULL, NULL, NULL },
	{ "d_assign", "assign", WHO_CENTRE, "d_work", NULL, NULL, NULL },
	{ "d_work", "sign", WHO_SHARE, NULL, NULL, NULL, NULL },
	{ "d_work", "handle", WHO_SHARE, "d_verify", NULL, NULL, NULL },
	{ "d_verify", "verify_ok", WHO_CENTRE, "d_back", NULL, NULL, NULL },
	{ "d_verify", "verify_no", WHO_CENTRE, "d_work", NULL, NULL, NULL },
	{ "d_back", "feedback", WHO_SEAT, "below", NULL, NULL, NULL },
	{ "elsewhere", "outcome", WHO_SEAT, "done", NULL, NULL, NULL },
	{ "done", "rate", WHO_SEAT, NULL, NULL, NULL, NULL },
	{ "done", "archive", WHO_SEAT, "filed", NULL, NULL, NULL },
	{ "done", "reopen", WHO_SEAT, "s_work", NULL, NULL, NULL },
};

static const struct choice types[] = { { "event", "事件", NULL },
				       { "component", "部件", NULL },
				       { "dispute", "矛盾纠纷", NULL } };
static const struct choice objects[] = { { "0101", "上水井盖", NULL } };
static const struct choice object_states[] = { { "in_order", "在序", NULL },
					       { "out_of_order", "失序", NULL } };
static const struct choice outs[] = { { "110", "110", NULL } };
static const struct start starts[] = { { NULL, "dispute", "s_assign" },
				       { "grid", NULL, "s_accept" },
				       { "community", NULL, "s_accept" },
				       { "street", NULL, "s_accept" },
				       { NULL, NULL, "d_accept" } };
static const struct duty duties[] = {
	{ "3-1", "0301", "ll", "ll", true, NULL, NULL },
	{ "3-2", "03", NULL, "sw", true, NULL, NULL },
	{ "3-3", "03", NULL, "zj", false, NULL, NULL },
};

static void make_act(struct fixture *fx, struct step *step, size_t i)
{
	struct flow_act *act = (struct flow_act *)step->acts + step->n_acts++;

	(void)fx;
	*act = (struct flow_act){ .act = act_desc_find(flow[i].verb),
				  .label = flow[i].label,
				  .who = flow[i].who,
				  .to = flow[i].to,
				  .stay = flow[i].stay,
				  .back = flow[i].back };
	assert_non_null(act->act);
	if (flow[i].to == NULL)
		act->way = WAY_STAYS;
	else if (strcmp(flow[i].to, "below") == 0)
		act->way = WAY_BACK;
	else if (strcmp(flow[i].to, "below again") == 0)
		act->way = WAY_AGAIN;
	else
		act->way = WAY_STEP;
	if (act->way != WAY_STEP)
		act->to = NULL;
}

void loops_init(struct fixture *fx)
{
	struct step *made;

	fixture_init(fx);
	made = arena_array(&fx->arena, ARRAY_LEN(steps), sizeof *made);
	for (size_t s = 0; s < ARRAY_LEN(steps); s++) {
		made[s] = (struct step){ .id = steps[s].id,
					 .label = steps[s].label,
					 .waiting = steps[s].label,
					 .tier = steps[s].tier,
					 .open = steps[s].open,
					 .shares = steps[s].shares,
					 .response = steps[s].response };
		made[s].acts = arena_array(&fx->arena, 12, sizeof *made[s].acts);
		for (size_t i = 0; i < ARRAY_LEN(flow); i++)
			if (strcmp(flow[i].step, made[s].id) == 0)
				make_act(fx, &made[s], i);
	}
	fx->rules.steps = made;
	fx->rules.n_steps = ARRAY_LEN(steps);
	fx->rules.types = (struct choices){ types, ARRAY_LEN(types) };
	fx->rules.objects = (struct choices){ objects, ARRAY_LEN(objects) };
	fx->rules.object_states = (struct choices){ object_states, ARRAY_LEN(object_states) };
	fx->rules.outs = (struct choices){ outs, ARRAY_LEN(outs) };
	fx->rules.starts = starts;
	fx->rules.n_starts = ARRAY_LEN(starts);
	fx->rules.duties = duties;
	fx->rules.n_duties = ARRAY_LEN(duties);
	fixture_allow(fx, "note progress countersign");
	fx->rules.countersign = (struct limit){ LIMIT_WORK_DAYS, 1, -1 };
}

const struct part *loops_part(const struct incident *incident, const char *org)
{
	for (size_t i = 0; i < incident->parts.n; i++)
		if (part_is_live(incident_part(incident, i)) &&
		    strcmp(incident_part(incident, i)->org, org) == 0)
			return incident_part(incident, i);
	return NULL;
}

/* --- what must hold of every act ---------------------------------------------------------------- */

static void check_counters(const struct incident *incident)
{
	const struct behalf *behalves = incident->behalves.items;
	int64_t owed = 0;

	for (size_t i = 0; i < incident->behalves.n; i++)
		owed += behalves[i].due != 0 && behalves[i].signed_at == 0;
	assert_int_equal(incident->owed, owed);
}

static void check_levels(const struct incident *before, const struct incident *after)
{
	const struct level *old = before->levels.items, *now = after->levels.items;
	size_t least = before->levels.n < after->levels.n ? before->levels.n : after->levels.n;

	assert_true(after->levels.n <= before->levels.n + 1 &&
		    before->levels.n <= after->levels.n + 1);
	for (size_t i = 0; i < least; i++)
		assert_true(uuid_eq(&old[i].id, &now[i].id));
}

/* What is known of parties from the present state alone; the server keeps them all.  Only who was
 * never told loses a share, and the latest holder and handler are known, not those before. */
static void check_parties(const struct rules *rules, const struct incident *before,
			  const struct incident *after)
{
	const char *old[PARTY_MAX], *now[PARTY_MAX];
	size_t n_old = party_of(rules, before, old), n_now = party_of(rules, after, now);

	for (size_t i = 0; i < before->parts.n; i++) /* not signed for, and given to another */
		if (children_find(&after->parts, child_desc(CHILD_PART),
				  &incident_part(before, i)->id) == NULL) {
			assert_int_equal(incident_part(before, i)->signed_at, 0);
			return;
		}
	for (size_t i = 0; i < n_old; i++) {
		size_t k = 0;
		while (k < n_now && strcmp(old[i], now[k]) != 0)
			k++;
		if (k == n_now && !rules_org_within(rules, before->holder, old[i]) &&
		    !rules_org_within(rules, before->handler_org, old[i]))
			fail_msg("%s is a party no more after %s", old[i], after->moved_by);
	}
}

static void check_state(const struct rules *rules, const struct incident *after)
{
	const struct step *step = rules_step(rules, after->step);

	assert_non_null(step);
	assert_string_equal(after->tier, step->tier);
	assert_int_equal(after->open, step->open);
	assert_non_null(after->seat);
	assert_int_equal(after->closed_at != 0, !step->open);
	if (step->shares && after->holder != NULL)
		assert_non_null(loops_part(after, after->holder));
	for (size_t i = 0; i < after->parts.n; i++) {
		const struct part *part = incident_part(after, i);
		assert_int_equal(part->waits != NULL, part->was != NULL);
		if (part->waits != NULL)
			assert_string_equal(part->role, "past");
	}
}

/* The effect between the two states is the one that was decided. */
static void check_effect(struct fixture *fx, const struct incident *before,
			 const struct incident *after, const struct effect *effect)
{
	struct effect again;

	effect_diff(&again, before, after, &fx->arena);
	assert_int_equal(again.n_changes, effect->n_changes);
	assert_int_equal(again.n_children, effect->n_children);
	assert_int_equal(again.to, effect->to);
}

enum err loops_apply(struct fixture *fx, struct incident **incident, const struct act *act,
		     struct error *err)
{
	struct incident *before = *incident != NULL ? entity_copy(*incident, &fx->arena) : NULL;
	struct decision decision;
	enum err code = fixture_decide(fx, incident, act, fx->now, &decision, err);

	if (code != ERR_OK) {
		if (before != NULL)
			assert_true(entity_eq(before, *incident));
		return code;
	}
	if (decision.n_effects == 0)
		return code;
	check_counters(*incident);
	check_state(&fx->rules, *incident);
	if (before == NULL)
		return code;
	check_effect(fx, before, *incident, &decision.effects[0]);
	check_levels(before, *incident);
	check_parties(&fx->rules, before, *incident);
	assert_true((*incident)->returns >= before->returns &&
		    (*incident)->reworks >= before->reworks &&
		    (*incident)->response >= before->response);
	return code;
}

enum err loops_do(struct fixture *fx, struct incident **incident, const char *verb,
		  const char *actor, const char *args, struct error *err)
{
	struct act act = fixture_act(fx, verb, *incident, actor, args);

	return loops_apply(fx, incident, &act, err);
}

void loops_walk(struct fixture *fx, struct incident **incident, const char *line)
{
	while (*line != '\0') {
		size_t len = strcspn(line, ";");
		char *words = arena_strndup(&fx->arena, line, len), *verb, *args;
		struct error err = ERROR_INIT;

		verb = strchr(words, ' ');
		assert_non_null(verb);
		*verb++ = '\0';
		args = strchr(verb, ' ');
		if (args != NULL)
			*args++ = '\0';
		for (char *s = args; s != NULL && *s != '\0'; s++)
			if (*s == ' ')
				*s = '\n';
		if (loops_do(fx, incident, verb, words, args != NULL ? args : "", &err) != ERR_OK)
			fail_msg("%s by %s: %s", verb, words, err.text);
		line += len;
		line += strspn(line, ";");
	}
}
