/* Two officers at one incident: what becomes of the one who comes second, verb by verb. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

enum seen { /* what is known of what the author of the second act saw */
	SAME,	 /* all that was done */
	OLDER,	 /* the state before the other one's acts */
	UNKNOWN, /* nothing: a base of other data */
};

struct did {
	const char *verb, *actor, *args;
};

static const struct {
	const char *step; /* where it stands at first */
	struct did theirs[2];
	enum seen seen;
	struct did mine;
	enum err code;
	const char *words; /* of the refusal, or of the note; NULL: none */
	bool nothing;	   /* there is no effect */
} cases[] = {
	/* steps: the flow checked against the present state */
	{ "accept", { { "note", "other", "note=x" } }, OLDER,
	  { "accept", "duty", "" }, ERR_OK, NULL, false },
	{ "accept", { { "note", "other", "note=x" } }, UNKNOWN,
	  { "accept", "duty", "" }, ERR_OK, NULL, false },
	{ "accept", { { "accept", "other", "" } }, OLDER,
	  { "accept", "duty", "" }, ERR_REFUSED, "it is in the step 交办 now", false },
	{ "accept", { { "accept", "other", "" } }, UNKNOWN,
	  { "accept", "duty", "" }, ERR_REFUSED, "it is in the step 交办 now", false },
	{ "sign", { { "sign", "duty", "" } }, OLDER,
	  { "sign", "water", "" }, ERR_REFUSED, "it is in the step", false },
	{ "sign", { { "assign", "duty", "holder=zj" } }, OLDER,
	  { "sign", "water", "" }, ERR_DENIED, "区住建局", false },
	{ "handle", { { "handle", "duty", "result=a" } }, OLDER,
	  { "handle", "water", "result=b" }, ERR_REFUSED, "it is in the step", false },
	{ "verify", { { "verify_no", "duty", "reason=r" } }, OLDER,
	  { "verify_ok", "other", "" }, ERR_REFUSED, "it is in the step", false },
	{ "verify", { { "verify_ok", "duty", "" } }, OLDER,
	  { "verify_no", "other", "reason=r" }, ERR_REFUSED, "it is in the step", false },
	{ "close", { { "close", "duty", "satisfaction=满意" } }, OLDER,
	  { "close", "other", "satisfaction=满意" }, ERR_REFUSED, "it is in the step", false },
	{ "archive", { { "archive", "chief", "" } }, OLDER,
	  { "archive", "chief", "" }, ERR_REFUSED, "it is in the step", false },
	/* giving away: the first wins */
	{ "assign", { { "note", "other", "note=x" } }, OLDER,
	  { "assign", "duty", "holder=zj" }, ERR_OK, NULL, false },
	{ "assign", { { "note", "other", "note=x" } }, UNKNOWN,
	  { "assign", "duty", "holder=zj" }, ERR_OK, NULL, false },
	{ "assign", { { "assign", "other", "holder=sw" } }, SAME,
	  { "assign", "duty", "holder=zj" }, ERR_OK, NULL, false },
	{ "assign", { { "assign", "other", "holder=sw" } }, OLDER,
	  { "assign", "duty", "holder=zj" }, ERR_REFUSED, "区水务局 has it already, since 11-23 10:00", false },
	{ "assign", { { "assign", "other", "holder=sw" } }, UNKNOWN,
	  { "assign", "duty", "holder=zj" }, ERR_REFUSED, "区水务局 has it already", false },
	{ "sign", { { "note", "other", "note=x" } }, OLDER,
	  { "assign", "duty", "holder=zj" }, ERR_OK, NULL, false },
	{ "sign", { { "note", "other", "note=x" } }, UNKNOWN,
	  { "assign", "duty", "holder=zj" }, ERR_REFUSED, "区水务局 has it already", false },
	/* to the same one again, with others to help: to be overwritten unseen it is not */
	{ "sign", { { "assign", "other", "holder=sw\nassist=zj" } }, OLDER,
	  { "assign", "duty", "holder=ll" }, ERR_REFUSED, "区水务局 has it already", false },
	/* there and back */
	{ "sign", { { "assign", "other", "holder=zj" }, { "assign", "other", "holder=sw" } }, OLDER,
	  { "assign", "duty", "holder=ll" }, ERR_REFUSED, "区水务局 has it already", false },
	/* notes append, always */
	{ "accept", { { "accept", "other", "" } }, OLDER,
	  { "note", "duty", "note=n" }, ERR_OK, NULL, false },
	{ "close", { { "close", "duty", "satisfaction=满意" }, { "note", "other", "note=n" } }, OLDER,
	  { "note", "duty", "note=n" }, ERR_OK, NULL, false },
	{ "sign", { { "assign", "other", "holder=zj" } }, UNKNOWN,
	  { "note", "duty", "note=n" }, ERR_OK, NULL, false },
	/* acknowledging is idempotent */
	{ "sign", { { "note", "other", "note=x" } }, OLDER,
	  { "ack", "duty", "" }, ERR_OK, NULL, false },
	{ "sign", { { "ack", "other", "" } }, OLDER,
	  { "ack", "duty", "" }, ERR_OK, "陈静 has acknowledged it already, 11-23 10:00", true },
	{ "sign", { { "ack", "other", "" } }, SAME,
	  { "ack", "duty", "" }, ERR_OK, "陈静 has acknowledged it already", true },
	{ "sign", { { "ack", "duty", "" } }, UNKNOWN,
	  { "ack", "duty", "" }, ERR_OK, "李敏 has acknowledged it already", true },
	{ "sign", { { "ack", "other", "" } }, OLDER,
	  { "ack", "duty", "note=my words" }, ERR_OK, "陈静 has acknowledged it already", false },
	{ "close", { { "ack", "other", "" }, { "close", "duty", "satisfaction=满意" } }, OLDER,
	  { "ack", "duty", "" }, ERR_OK, "陈静 has acknowledged it already", true },
	{ "close", { { "close", "duty", "satisfaction=满意" } }, OLDER,
	  { "ack", "other", "" }, ERR_REFUSED, "it is in the step", false },
	{ "sign", { { "ack", "other", "" } }, OLDER,
	  { "ack", "auditor", "" }, ERR_DENIED, "this account may not do it", false },
	/* corrections merge field by field */
	{ "sign", { { "fix", "other", "address=a" } }, OLDER,
	  { "fix", "duty", "title=mine" }, ERR_OK, NULL, false },
	{ "sign", { { "fix", "other", "title=theirs" } }, OLDER,
	  { "fix", "duty", "title=mine\naddress=a" }, ERR_OK, "kept so: Title", false },
	{ "sign", { { "fix", "other", "title=theirs" } }, SAME,
	  { "fix", "duty", "title=mine" }, ERR_OK, NULL, false },
	{ "sign", { { "fix", "other", "title=the same" } }, OLDER,
	  { "fix", "duty", "title=the same" }, ERR_OK, NULL, false },
	{ "sign", { { "fix", "other", "title=theirs\naddress=theirs" } }, OLDER,
	  { "fix", "duty", "title=mine\naddress=mine" }, ERR_OK, "kept so: Title, Address", false },
	{ "archive", { { "note", "other", "note=x" } }, OLDER,
	  { "fix", "duty", "title=mine" }, ERR_REFUSED, "is not possible", false },
	/* what is there cannot be made */
	{ "sign", { { "note", "other", "note=x" } }, SAME,
	  { "register", "duty", "title=t" }, ERR_EXISTS, "", false },
};

static void who_comes_second(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct fixture fx;
		struct incident *incident, *seen;
		struct error err = ERROR_INIT;
		struct decision decision = { .note = NULL };
		const char *words;
		struct act mine;
		enum err code;

		fixture_init(&fx);
		incident = fixture_incident(&fx, cases[i].step);
		seen = entity_copy(incident, &fx.arena);
		mine = fixture_act(&fx, cases[i].mine.verb, incident, cases[i].mine.actor,
				   cases[i].mine.args);
		for (size_t k = 0; k < 2 && cases[i].theirs[k].verb != NULL; k++)
			if (fixture_do(&fx, &incident, cases[i].theirs[k].verb,
				       cases[i].theirs[k].actor, cases[i].theirs[k].args, &err))
				fail_msg("%zu: theirs: %s", i, err.text);
		if (cases[i].seen == SAME)
			mine.target.base = incident->head.version;
		else if (cases[i].seen == UNKNOWN)
			mine.target.base = 0;
		code = decide(&fx.rules,
			      &(struct state){ .entity = incident,
					       .base_entity = cases[i].seen == OLDER ? seen : NULL },
			      &mine, &(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err);
		words = code == ERR_OK ? decision.note : err.text;
		if (code != cases[i].code || (words == NULL) != (cases[i].words == NULL) ||
		    (words != NULL && strstr(words, cases[i].words) == NULL))
			fail_msg("%zu: %s in %s: %d \"%s\"", i, mine.desc->verb, cases[i].step, code,
				 words != NULL ? words : "");
		if (code == ERR_OK && (decision.n_effects == 0) != cases[i].nothing)
			fail_msg("%zu: %s: %zu effects", i, mine.desc->verb, decision.n_effects);
		fixture_release(&fx);
	}
}

/* Two officers do the same, neither having seen the other's, where the step allows it and stays: those
 * of steps are judged by what there is, appended ones both stand, the rest is merged. */
static const struct {
	struct did first; /* by both seen */
	const char *verb, *args;
	enum err code;
	const char *words; /* of the refusal, or of the note */
	bool nothing;
} twice[] = {
	{ { NULL }, "decline", "reason=不属本区", ERR_OK, NULL, false },
	{ { NULL }, "refer_info", "reply=已解答", ERR_OK, NULL, false },
	{ { NULL }, "transfer_out", "out_to=110\nreason=警情", ERR_OK, NULL, false },
	{ { NULL }, "outcome", "result=已处警", ERR_OK, NULL, false },
	{ { NULL }, "coassign", "assist=zj", ERR_REFUSED, "they all have a share in it already", false },
	{ { NULL }, "summon", "assist=zj\nreason=交叉", ERR_REFUSED, "they all have a share in it already", false },
	{ { NULL }, "return", "reason=不属我局", ERR_OK, NULL, false },
	{ { NULL }, "recall", "reason=派错", ERR_OK, NULL, false },
	{ { NULL }, "escalate", "reason=力量不足", ERR_OK, NULL, false },
	{ { NULL }, "contact", "", ERR_OK, NULL, false },
	{ { NULL }, "dispatch", "unit=水务抢险\npeople=6", ERR_OK, NULL, false },
	{ { NULL }, "arrive", "unit=水务抢险", ERR_OK, NULL, false },
	{ { "dispatch", "duty", "unit=水务抢险" }, "depart", "unit=水务抢险", ERR_OK, "had left already",
	  false },
	{ { NULL }, "scene", "trapped=3", ERR_OK, NULL, false },
	{ { NULL }, "progress", "note=已关阀", ERR_OK, NULL, false },
	{ { NULL }, "attach",
	  "file_name=a.jpg\nfile_size=1\nfile_hash="
	  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	  ERR_OK, "it is attached already, as a.jpg", false },
	{ { NULL }, "feedback", "reply=已修好", ERR_OK, NULL, false },
	{ { NULL }, "callback", "note=满意", ERR_OK, NULL, false },
	{ { NULL }, "rate", "satisfaction=满意", ERR_OK, NULL, false },
	{ { NULL }, "reopen", "reason=复发", ERR_OK, NULL, false },
	{ { NULL }, "pause", "until=2026-11-24 09:00\nreason=等料", ERR_REFUSED,
	  "the clocks are stopped already, until 11-24 09:00", false },
	{ { "pause", "duty", "until=2026-11-24 09:00\nreason=等料" }, "resume", "", ERR_REFUSED, "the clocks are not stopped",
	  false },
	{ { NULL }, "shelve", "review_at=2026-12-24 09:00\nreason=待拆迁", ERR_REFUSED, "it is on the shelf already", false },
	{ { "shelve", "duty", "review_at=2026-12-24 09:00\nreason=待拆迁" }, "unshelve", "reason=可办",
	  ERR_REFUSED, "it is not on the shelf", false },
	{ { NULL }, "extend_ask", "extend_by=3wd\nreason=等料", ERR_REFUSED, "an extension by 3wd is asked for already", false },
	{ { "extend_ask", "duty", "extend_by=3wd\nreason=等料" }, "extend_ok", "",
	  ERR_REFUSED, "李敏 has granted it already, 11-23 10:00: 3wd", false },
	{ { "extend_ask", "duty", "extend_by=3wd\nreason=等料" }, "extend_no",
	  "reason=不准", ERR_REFUSED, "李敏 has refused it already, 11-23 10:00", false },
	{ { NULL }, "urge", "", ERR_OK, NULL, false },
	{ { NULL }, "supervise", "channel=card\nwords=限期", ERR_REFUSED, "only a higher one can follow",
	  false },
	{ { "supervise", "duty", "channel=card\nwords=限期" }, "respond", "words=已办", ERR_REFUSED,
	  "no supervision to answer", false },
	{ { "supervise", "duty", "channel=card\nwords=限期" }, "lift", "reason=已办", ERR_REFUSED,
	  "no supervision to lift", false },
	{ { NULL }, "waive", "reason=已沟通", ERR_REFUSED, "nothing is proposed here", false },
	{ { NULL }, "instruct", "leader=周区长\nwords=速办", ERR_OK, NULL, false },
	{ { "instruct", "duty", "leader=周区长\nwords=速办" }, "pass_on", "told=住建局 王芳", ERR_REFUSED,
	  "no instruction to pass on", false },
	{ { "instruct", "duty", "leader=周区长\nwords=速办" }, "fulfil", "words=已办", ERR_REFUSED,
	  "no instruction that waits for it", false },
	{ { NULL }, "hard", "reason=多次退回", ERR_OK, "it was marked already", false },
	{ { NULL }, "propose", "reason=权责不清", ERR_OK, "it was marked already", false },
	{ { NULL }, "notify", "recipient=zx\nwords=预警", ERR_OK, NULL, false },
	{ { "notify", "duty", "recipient=zx\nwords=预警" }, "receipt", "", ERR_OK, "has signed already",
	  true },
	{ { NULL }, "call", "rung=张某\ngist=已告知", ERR_OK, NULL, false },
	{ { NULL }, "call_later", "whom=张某\ncall_at=2026-11-23 11:00", ERR_OK, NULL, false },
	{ { NULL }, "merge", "lead=01926b3e-0000-7000-8000-000000000001", ERR_REFUSED, "is not possible",
	  false },
	{ { "merge", "duty", "lead=01926b3e-0000-7000-8000-000000000001" }, "unmerge", "reason=不同",
	  ERR_REFUSED, "not merged into another ticket", false },
	{ { NULL }, "relate", "related=12345-1", ERR_OK, "related to that one already", false },
	{ { "fix", "duty", "phone=13900001111" }, "reveal", "field=phone\nwhy=callback", ERR_OK, NULL,
	  false },
	{ { NULL }, "restrict", "from=ql\nreason=涉及本人", ERR_OK, NULL, false },
	{ { "restrict", "duty", "from=ql\nreason=涉及本人" }, "unrestrict", "reason=已查清", ERR_REFUSED,
	  "it is kept from nobody", false },
	{ { NULL }, "unanswered", "rang_at=2026-11-23 09:00\nkeyed_at=2026-11-23 08:00", ERR_OK, NULL, true },
	{ { "by", "duty", NULL }, "countersign", "", ERR_OK, "countersigned it already", true },
};

/* Acts of the system: whatever it does once more has its id, and never gets here. */
static const char *const systems[] = { "absorb", "release", "follow", "fire", "carry", "erase",
				      "table", "resolved", "tasked" };

static void allow_all(struct fixture *fx)
{
	static const struct channel channel = { .code = "card", .label = "黄牌", .rank = 1 };
	static const struct choice why = { .code = "callback", .label = "回访" };
	static const struct extension_row extension = { .role = "duty" };
	struct clock_rule *clock = (struct clock_rule *)rules_step(&fx->rules, "handle")->clocks;
	struct flow_act *acts;
	struct str verbs = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(twice); i++)
		str_addf(&verbs, "%s ", twice[i].verb);
	fixture_allow(fx, str_get(&verbs));
	str_release(&verbs);
	acts = (struct flow_act *)fx->rules.always.acts;
	for (size_t i = 0; i < fx->rules.always.n_acts; i++)
		acts[i].closed = strcmp(acts[i].act->verb, "unmerge") == 0;
	clock->extensions = &extension;
	clock->n_extensions = 1;
	fx->rules.channels = &channel;
	fx->rules.n_channels = 1;
	fx->rules.reveal_whys = (struct choices){ &why, 1 };
	assert_int_equal(limit_parse("1wd", &fx->rules.countersign, NULL), ERR_OK);
}

/* What both saw: an act, or one that the centre recorded for the water department ("by"). */
static void do_first(struct fixture *fx, struct incident **incident, const struct did *first)
{
	struct error err = ERROR_INIT;
	struct act act;

	if (first->verb == NULL)
		return;
	if (strcmp(first->verb, "by") == 0) {
		act = fixture_act(fx, "progress", *incident, first->actor, "note=x");
		act.by_phone.org = "sw";
		act.by_phone.rung = "王芳";
	} else {
		act = fixture_act(fx, first->verb, *incident, first->actor, first->args);
	}
	if (fixture_apply(fx, incident, &act, &err) != ERR_OK)
		fail_msg("%s: %s", first->verb, err.text);
}

static void the_same_by_two(void **unused)
{
	size_t wrong = 0;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(twice); i++) {
		bool by_water = strcmp(twice[i].verb, "countersign") == 0;
		struct fixture fx;
		struct incident *incident;
		struct error err = ERROR_INIT;
		struct decision decision;
		struct act mine, theirs;
		const char *words;
		enum err code;

		fixture_init(&fx);
		allow_all(&fx);
		incident = fixture_incident(&fx, "handle");
		incident->proposed_at = fx.now; /* as a clock does */
		do_first(&fx, &incident, &twice[i].first);
		mine = fixture_act(&fx, twice[i].verb, incident, by_water ? "water" : "other",
				   twice[i].args);
		theirs = fixture_act(&fx, twice[i].verb, incident, by_water ? "water" : "duty",
				     twice[i].args);
		if (fixture_decide(&fx, &incident, &theirs, 0, &decision, &err) != ERR_OK)
			wrong++, print_error("%s at first: %s\n", twice[i].verb, err.text);
		code = fixture_decide(&fx, &incident, &mine, 0, &decision, &err);
		words = code == ERR_OK ? decision.note : err.text;
		if (code != twice[i].code || (words == NULL) != (twice[i].words == NULL) ||
		    (words != NULL && strstr(words, twice[i].words) == NULL))
			wrong++, print_error("%s: %d \"%s\"\n", twice[i].verb, code, words != NULL ? words : "");
		if (code == ERR_OK && (decision.n_effects == 0) != twice[i].nothing)
			wrong++, print_error("%s: %zu effects\n", twice[i].verb, decision.n_effects);
		fixture_release(&fx);
	}
	assert_int_equal(wrong, 0);
}

/* The tables above have every verb that is done to an incident. */
static void every_verb_is_there(void **unused)
{
	(void)unused;
	for (size_t a = 0; a < act_desc_count(); a++) {
		const struct act_desc *desc = act_desc_at(a);
		bool found = desc->target != KIND_INCIDENT;

		for (size_t i = 0; i < ARRAY_LEN(cases); i++)
			found = found || strcmp(cases[i].mine.verb, desc->verb) == 0;
		for (size_t i = 0; i < ARRAY_LEN(twice); i++)
			found = found || strcmp(twice[i].verb, desc->verb) == 0;
		for (size_t i = 0; i < ARRAY_LEN(systems); i++)
			found = found || strcmp(systems[i], desc->verb) == 0;
		if (!found)
			fail_msg("%s is in no case", desc->verb);
	}
}

/* The first stays in the record, and the words of a second one still get into the timeline. */
static void acknowledged_once(void **unused)
{
	struct fixture fx;
	struct incident *incident;
	int64_t first;

	(void)unused;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "handle");
	first = fx.now;
	assert_int_equal(fixture_do(&fx, &incident, "ack", "water", "", NULL), ERR_OK);
	assert_int_equal(incident->acked_at, first);
	assert_string_equal(incident->acked_by, "王芳");
	assert_string_equal(incident->step, "handle");
	fx.now += 60000;
	assert_int_equal(fixture_do(&fx, &incident, "ack", "duty", "note=也看到了", NULL), ERR_OK);
	assert_int_equal(incident->acked_at, first);
	assert_string_equal(incident->acked_by, "王芳");
	assert_string_equal(incident->moved_by, "ack");
	fixture_release(&fx);
}

/* A correction that loses everywhere is an entry all the same, or its text would be nowhere. */
static void lost_corrections_are_entries(void **unused)
{
	struct fixture fx;
	struct incident *incident, *seen;
	struct error err = ERROR_INIT;
	struct decision decision;
	struct act mine;

	(void)unused;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "sign");
	seen = entity_copy(incident, &fx.arena);
	mine = fixture_act(&fx, "fix", incident, "duty", "title=mine");
	assert_int_equal(fixture_do(&fx, &incident, "fix", "other", "title=theirs", NULL), ERR_OK);
	assert_int_equal(decide(&fx.rules,
				&(struct state){ .entity = incident, .base_entity = seen }, &mine,
				&(struct moment){ fx.now, fx.now }, &fx.arena, &decision, &err),
			 ERR_OK);
	assert_int_equal(decision.n_effects, 1);
	assert_int_equal(evolve(incident, &decision.effects[0], 99, &fx.arena, NULL), ERR_OK);
	assert_string_equal(incident->title, "theirs");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_comes_second),
		cmocka_unit_test(the_same_by_two),
		cmocka_unit_test(every_verb_is_there),
		cmocka_unit_test(acknowledged_once),
		cmocka_unit_test(lost_corrections_are_entries),
	};

	return cmocka_run_group_tests_name("domain/conflicts", tests, NULL, NULL);
}
