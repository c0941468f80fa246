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

/* The table above has every verb that is done to an incident. */
static void every_verb_is_there(void **unused)
{
	(void)unused;
	for (size_t a = 0; a < act_desc_count(); a++) {
		const struct act_desc *desc = act_desc_at(a);
		bool found = desc->target != KIND_INCIDENT;

		for (size_t i = 0; i < ARRAY_LEN(cases); i++)
			found = found || strcmp(cases[i].mine.verb, desc->verb) == 0;
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
		cmocka_unit_test(every_verb_is_there),
		cmocka_unit_test(acknowledged_once),
		cmocka_unit_test(lost_corrections_are_entries),
	};

	return cmocka_run_group_tests_name("domain/conflicts", tests, NULL, NULL);
}
