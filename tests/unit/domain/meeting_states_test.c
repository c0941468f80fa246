/* Which act is possible in which state and for whom: the whole table, by acts as they are offered. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "meetings.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/deadline.h"

/* What the secretary, an attendee that must come (water), one that may (green), the leader, and somebody
 * who does not attend (grid, of ll: so within an attendee; roads attends) are offered. */
static const struct {
	const char *state, *actor, *verbs;
} offered[] = {
	{ "drawn", "duty", "arrange agenda attend collect invite cancel call note" },
	{ "drawn", "water", "call note" },
	{ "drawn", "leader", "arrange agenda attend collect invite cancel call note" },
	{ "drawn", "auditor", "" },
	{ "drawn", "keys", "" },
	{ "called", "duty",
	  "arrange agenda attend collect see answer chase open sign_in cancel call note" },
	{ "called", "water", "see answer call note" },
	{ "called", "green", "see answer call note" },
	{ "called", "grid", "see answer call note" },
	{ "sitting", "duty", "arrange agenda attend see sign_in adjourn compose call note" },
	{ "sitting", "water", "see call note" },
	{ "held", "duty", "see sign_in compose submit issue call note" },
	{ "held", "water", "see call note" },
	{ "signing", "duty",
	  "see chase compose submit sign object approve disapprove issue call note" },
	{ "signing", "water", "see sign object call note" },
	{ "signing", "green", "see call note" },
	{ "approving", "duty", "see approve disapprove issue call note" },
	{ "approving", "leader", "see approve disapprove issue call note" },
	{ "approving", "water", "see call note" },
	{ "approved", "duty", "see issue call note" },
	{ "approved", "water", "see call note" },
};

static const char *verbs_of(struct meetings *m, const struct meeting *meeting, const char *actor)
{
	const struct actor who = fixture_actor(actor);
	struct str out = STR_INIT;
	const char *ret;

	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *desc = act_desc_at(i);
		struct error err;

		if (desc->target == KIND_MEETING && desc->conflict != CONFLICT_CREATES &&
		    meeting_possible(&m->fx.rules, meeting, desc, &who, &err) == ERR_OK)
			str_addf(&out, "%s%s", out.len > 0 ? " " : "", desc->verb);
	}
	ret = arena_strdup(&m->fx.arena, str_get(&out));
	str_release(&out);
	return ret;
}

static void what_is_offered(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(offered); i++) {
		struct meetings m;
		const char *verbs;

		meetings_init(&m);
		meetings_to(&m, offered[i].state);
		verbs = verbs_of(&m, meetings_meeting(&m), offered[i].actor);
		if (strcmp(verbs, offered[i].verbs) != 0)
			fail_msg("%s, %s: %s", offered[i].state, offered[i].actor, verbs);
		meetings_release(&m);
	}
}

/* What is asked decides what is offered: leave, a countersignature, stages. */
static void what_there_is_to_do(void **unused)
{
	struct meetings m;
	const struct meeting *meeting;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	m.phone = (struct by_phone){ .org = "sw", .rung = "王芳" };
	meetings_must(&m, KIND_MEETING, "answer", "duty", "m", "answer=leave\nreason=汛情");
	assert_string_equal(verbs_of(&m, meetings_meeting(&m), "duty"),
			    "arrange agenda attend collect see answer grant insist chase open sign_in "
			    "cancel call note countersign");
	assert_string_equal(verbs_of(&m, meetings_meeting(&m), "chief"), /* he chairs */
			    "arrange agenda attend collect see answer grant insist chase open sign_in "
			    "cancel call note countersign");
	meetings_item(&m, "c", "ll01", "")->org = "ll01";
	meetings_must(&m, KIND_MEETING, "convene", "station", "v", "series=village");
	meeting = meetings_entity(&m, KIND_MEETING, "v");
	assert_string_equal(verbs_of(&m, meeting, "station"),
			    "arrange agenda attend collect cancel stage call note");
	assert_string_equal(verbs_of(&m, meeting, "green"), "call note");
	meetings_release(&m);
}

static void who_may_convene(void **unused)
{
	static const struct {
		const char *actor, *words; /* NULL: he may */
	} cases[] = {
		{ "duty", NULL },    { "leader", NULL },	  { "street", NULL },
		{ "station", NULL }, { "grid", NULL /* of a community */ },
		{ "water", "区水务局 convenes no meetings" }, { "auditor", "" }, { "stranger", "convenes" },
	};
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct actor actor = fixture_actor(cases[i].actor);
		struct error err = ERROR_INIT;
		enum err code = meeting_possible(&m.fx.rules, NULL,
						 act_desc_of(KIND_MEETING, "convene"), &actor, &err);

		if ((code == ERR_OK) != (cases[i].words == NULL) ||
		    (code != ERR_OK && strstr(err.text, cases[i].words) == NULL))
			fail_msg("%s: %s", cases[i].actor, err.text);
	}
	m.series[0].role = m.series[1].role = "leader";
	{
		const struct actor actor = fixture_actor("duty");
		struct error err = ERROR_INIT;

		assert_int_equal(meeting_possible(&m.fx.rules, NULL,
						  act_desc_of(KIND_MEETING, "convene"), &actor, &err),
				 ERR_DENIED);
		assert_non_null(strstr(err.text, "needs at least the role 带班领导"));
	}
	meetings_release(&m);
}

/* Of every act that is not possible the sentence says where the meeting stands and what brought it there. */
static void where_it_stands(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_refuse(&m, KIND_MEETING, "open", "duty", "m", "", ERR_NOT_FOUND,
			"there is no such meeting");
	meetings_to(&m, "drawn");
	meetings_refuse(&m, KIND_MEETING, "open", "duty", "m", "", ERR_REFUSED,
			"Open the sitting is not possible: it stands at \"being prepared\" (latest: "
			"Convene a meeting, 11-23 10:01)");
	meetings_refuse(&m, KIND_MEETING, "convene", "duty", "m", "series=weekly", ERR_EXISTS, "");
	meetings_release(&m);
}

/* Somebody else has done it meanwhile: the second hears it, and nothing is done twice. */
static const struct {
	const char *state; /* where it stands at first */
	struct {
		const char *verb, *actor, *args;
	} first, second;
	enum err code;
	const char *words; /* of the refusal */
} seconds[] = {
	{ "drawn", { "invite", "duty", "" }, { "invite", "other", "" }, ERR_REFUSED,
	  "it stands at \"called\" (latest: Invite" },
	{ "drawn", { "cancel", "duty", "reason=x" }, { "arrange", "other", "title=y" }, ERR_REFUSED,
	  "\"cancelled\"" },
	{ "drawn", { "agenda", "duty", "entry=@a 2" }, { "agenda", "other", "entry=@b 2" }, ERR_OK,
	  NULL },
	{ "called", { "answer", "water", "answer=accepted" },
	  { "answer", "watercl", "answer=leave\nreason=x" }, ERR_OK, NULL },
	{ "called", { "cancel", "duty", "reason=x" }, { "answer", "water", "answer=accepted" },
	  ERR_REFUSED, "\"cancelled\"" },
	{ "called", { "arrange", "duty", "starts=2026-11-26 09:00" },
	  { "answer", "water", "answer=accepted" }, ERR_OK, NULL },
	{ "sitting", { "adjourn", "duty", "" }, { "adjourn", "other", "" }, ERR_REFUSED, "\"held\"" },
	{ "sitting", { "sign_in", "duty", "attendee=%ql\npresence=late" },
	  { "sign_in", "other", "attendee=%ql\npresence=present" }, ERR_OK, NULL },
	{ "held", { "compose", "duty", "preface=a" }, { "compose", "other", "preface=b" },
	  ERR_REFUSED, "李敏 wrote it" },
	{ "signing", { "sign", "water", "" }, { "sign", "watercl", "" }, ERR_REFUSED,
	  "done already by 王芳" },
	{ "approving", { "approve", "leader", "" }, { "disapprove", "leader", "reason=x" },
	  ERR_REFUSED, "\"to be issued\"" },
	{ "approved", { "issue", "duty", "" }, { "issue", "other", "" }, ERR_REFUSED,
	  "\"minutes issued\"" },
};

static void who_comes_second(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(seconds); i++) {
		struct meetings m;
		const void *seen;

		meetings_init(&m);
		meetings_to(&m, seconds[i].state);
		seen = entity_copy(meetings_meeting(&m), &m.fx.arena);
		meetings_must(&m, KIND_MEETING, seconds[i].first.verb, seconds[i].first.actor, "m",
			      seconds[i].first.args);
		m.base = seen;
		if (seconds[i].code == ERR_OK)
			meetings_must(&m, KIND_MEETING, seconds[i].second.verb,
				      seconds[i].second.actor, "m", seconds[i].second.args);
		else
			meetings_refuse(&m, KIND_MEETING, seconds[i].second.verb,
					seconds[i].second.actor, "m", seconds[i].second.args,
					seconds[i].code, seconds[i].words);
		meetings_release(&m);
	}
}

/* What of a meeting and an item runs out, as the screen of deadlines has it. */
static void what_runs_out(void **unused)
{
	struct meetings m;
	struct deadline list[DEADLINES_MOST];
	struct str words = STR_INIT;
	size_t n;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "called");
	meetings_must(&m, KIND_MEETING, "answer", "water", "m", "answer=accepted");
	m.phone = (struct by_phone){ .org = "ll", .rung = "孙丽" };
	meetings_must(&m, KIND_MEETING, "answer", "duty", "m", "answer=accepted");
	n = deadlines_of(meetings_meeting(&m), list);
	for (size_t i = 0; i < n; i++)
		str_addf(&words, "%s %s %s;", deadline_sort_code(list[i].sort),
				 list[i].clock != NULL ? list[i].clock : "-",
			 list[i].org);
	assert_string_equal(str_get(&words), "meeting answer zx;meeting answer zj;meeting answer ql;"
					     "countersign - ll;");
	str_release(&words);
	meetings_must(&m, KIND_MEETING, "collect", "duty", "m", "until=2026-11-24 12:00");
	n = deadlines_of(meetings_entity(&m, KIND_ITEM, "a"), list);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].sort, DEADLINE_MEETING);
	assert_int_equal(list[0].due, fixture_time("2026-11-24 12:00"));
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_offered),
		cmocka_unit_test(what_there_is_to_do),
		cmocka_unit_test(who_may_convene),
		cmocka_unit_test(where_it_stands),
		cmocka_unit_test(who_comes_second),
		cmocka_unit_test(what_runs_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
