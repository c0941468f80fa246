/* The flow: each step and act, allowed and refused; what each act changes; conflicts. */
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

static const struct {
	const char *verb, *args;
} all_acts[] = {
	{ "accept", "" },
	{ "assign", "holder=zj" },
	{ "sign", "" },
	{ "handle", "result=好了" },
	{ "verify_ok", "" },
	{ "verify_no", "reason=还在漏" },
	{ "close", "satisfaction=满意" },
	{ "archive", "" },
	{ "note", "note=已电话催问" },
	{ "ack", "" },
	{ "fix", "title=换了标题" },
};

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = words; *s != '\0'; s += strspn(s, " ")) {
		size_t n = strcspn(s, " ");
		if (n == len && strncmp(s, word, len) == 0)
			return true;
		s += n;
	}
	return false;
}

/* Who may do what in each step; everything else is refused.  The incident was registered by the
 * street, assigned to and handled by the water department. */
static const struct {
	const char *step, *actor, *allowed, *denied; /* denied: the step lists it, but not for him */
} matrix[] = {
	{ "accept", "duty", "accept fix note ack", "" },
	{ "accept", "water", "note ack", "accept fix" },
	{ "accept", "street", "note ack", "accept fix" },
	{ "accept", "auditor", "", "" },
	{ "accept", "checker", "", "accept fix note ack" },
	{ "accept", "keys", "", "accept fix note ack" },
	{ "accept", "stranger", "", "accept fix note ack" },
	{ "accept", "intake", "fix note ack", "" },
	{ "assign", "duty", "assign note ack", "" },
	{ "assign", "roads", "note ack", "assign" },
	{ "sign", "duty", "sign assign fix note ack", "" },
	{ "sign", "water", "sign fix note ack", "assign" },
	{ "sign", "roads", "note ack", "sign assign fix" },
	{ "handle", "duty", "handle fix note ack", "" },
	{ "handle", "water", "handle fix ack", "note" },
	{ "handle", "street", "note ack", "handle fix" },
	{ "handle", "station", "note ack", "handle fix" }, /* below the street that registered it */
	{ "verify", "duty", "verify_ok verify_no ack", "" },
	{ "verify", "water", "ack", "verify_ok verify_no" },
	{ "close", "duty", "close ack", "" },
	{ "close", "water", "ack", "close" },
	{ "archive", "duty", "note", "" }, /* a guard asks for the chief */
	{ "archive", "chief", "archive note", "" },
	{ "archived", "chief", "", "" },
};

static void flow_is_kept(void **state)
{
	(void)state;
	for (size_t m = 0; m < ARRAY_LEN(matrix); m++) {
		for (size_t a = 0; a < ARRAY_LEN(all_acts); a++) {
			struct fixture fx;
			struct error err = ERROR_INIT;
			struct incident *incident;
			const char *verb = all_acts[a].verb;
			bool allowed = has_word(matrix[m].allowed, verb);
			struct actor actor = fixture_actor(matrix[m].actor);
			enum err possible, code;

			fixture_init(&fx);
			incident = fixture_incident(&fx, matrix[m].step);
			possible = decide_possible(&fx.rules, NULL, incident, act_desc_find(verb), &actor,
						   NULL);
			code = fixture_do(&fx, &incident, verb, matrix[m].actor, all_acts[a].args, &err);
			if ((code == ERR_OK) != allowed || (possible == ERR_OK) != allowed)
				fail_msg("%s in %s by %s: %s", verb, matrix[m].step, matrix[m].actor,
					 code == ERR_OK ? "was done" : err.text);
			if (has_word(matrix[m].denied, verb))
				assert_int_equal(code, ERR_DENIED);
			if (code != ERR_OK)
				assert_true(err.text[0] != '\0');
			fixture_release(&fx);
		}
	}
}

/* What a role alone forbids is said in its own words; one that manages stands in no ladder. */
static void roles_are_kept(void **state)
{
	static const struct {
		const char *verb, *actor, *args, *words; /* NULL: done */
	} cases[] = {
		{ "register", "checker", "title=x", "督查 reads and changes nothing" },
		{ "note", "checker", "note=x", "督查 reads and changes nothing" },
		{ "note", "keys", "note=x", "安全管理员 administers" },
		{ "note", "duty", "note=x", NULL },
	};
	static const struct {
		const char *role, *least;
		bool reaches;
	} ladder[] = {
		{ "duty", "checker", true },   { "checker", "duty", false },
		{ "leader", "secadmin", false }, { "secadmin", "secadmin", true },
		{ "secadmin", "checker", false }, { "leader", "duty", true },
	};
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		enum err code;

		if (strcmp(cases[i].verb, "register") != 0)
			incident = fixture_incident(&fx, "accept");
		code = fixture_do(&fx, &incident, cases[i].verb, cases[i].actor, cases[i].args, &err);
		assert_int_equal(code, cases[i].words != NULL ? ERR_DENIED : ERR_OK);
		if (cases[i].words != NULL && strstr(err.text, cases[i].words) == NULL)
			fail_msg("case %zu: %s", i, err.text);
	}
	for (size_t i = 0; i < ARRAY_LEN(ladder); i++)
		if (rules_role_reaches(&fx.rules, ladder[i].role, ladder[i].least) !=
		    ladder[i].reaches)
			fail_msg("%s, %s", ladder[i].role, ladder[i].least);
	assert_string_equal(role_scope_org(&fx.rules, "checker", "sw"), "zx");
	assert_string_equal(role_scope_org(&fx.rules, "dept", "sw"), "sw");
	assert_null(role_scope_org(&fx.rules, "secadmin", "sw"));
	fixture_release(&fx);
}

static void registering_fills_in(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	fixture_init(&fx);
	fx.serial = 417;
	assert_int_equal(fixture_do(&fx, &incident, "register", "street",
				    "title=路面塌陷\ncategory=市政道路\ncommunity=清凉\ngrid=第一网格\n"
				    "source=12345热线\nattr=受理单号=A7\nattr=空=",
				    &err),
			 ERR_OK);
	assert_string_equal(incident->number, "20261123-0417");
	assert_string_equal(incident->step, "accept");
	assert_string_equal(incident->tier, "district");
	assert_string_equal(incident->category, "02");
	assert_string_equal(incident->source, "12345");
	assert_string_equal(incident->community, "ll01");
	assert_string_equal(incident->street, "ll"); /* of its community */
	assert_string_equal(incident->grid, "ll01g1"); /* of two, the one in the community */
	assert_string_equal(incident->registrar, "孙丽");
	assert_string_equal(incident->origin, "ll");
	assert_int_equal(incident->urgency, URGENCY_PLAIN);
	assert_int_equal(incident->reported_at, fx.now);
	assert_int_equal(incident->registered_at, fx.now);
	assert_int_equal(incident->open, 1);
	assert_int_equal(incident->imported, 0);
	assert_int_equal(incident->head.version, 1);
	assert_int_equal(incident->clocks.n, 1);
	assert_int_equal(incident->due, fx.now + 2 * HOUR_MS);
	assert_string_equal(incident->due_clock, "accept");
	assert_string_equal(incident->moved_by, "register");
	assert_int_equal(incident->attrs.n, 1);
	fixture_release(&fx);
}

static void unknown_words_are_kept(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	const struct attr *attr;

	(void)state;
	fixture_init(&fx);
	fx.serial = 0; /* an overlay knows no number */
	assert_int_equal(fixture_do(&fx, &incident, "register", "duty",
				    "title=x\ncategory=星际航行\nstreet=西地省A市\nsource=微博\n"
				    "community=新丰社区", NULL),
			 ERR_OK);
	assert_null(incident->number);
	assert_string_equal(incident->category, "99");
	assert_string_equal(incident->street, "西地省A市");
	assert_string_equal(incident->source, "微博");
	assert_string_equal(incident->community, "新丰社区"); /* two have that name */
	attr = incident->attrs.items;
	assert_string_equal(attr->name, "category");
	assert_string_equal(attr->value, "星际航行");

	incident = NULL; /* the street says which of the two */
	assert_int_equal(fixture_do(&fx, &incident, "register", "duty",
				    "title=x\nstreet=青龙\ncommunity=新丰社区", NULL), ERR_OK);
	assert_string_equal(incident->community, "ql01");
	assert_string_equal(incident->source, "manual");
	fixture_release(&fx);
}

static const struct {
	const char *verb, *actor, *args;
	enum err code;
} bad_registrations[] = {
	{ "register", "duty", "", ERR_INPUT },
	{ "register", "duty", "title=x\nclosed_at=2026-01-01", ERR_INPUT },
	{ "register", "duty", "title=x\nattr=no pair", ERR_INPUT },
	{ "register", "duty", "title=x\nattr==y", ERR_INPUT },
	{ "register", "auditor", "title=x", ERR_DENIED },
	{ "register", "stranger", "title=x", ERR_DENIED },
	{ "register", "duty", "title=x\nhistoric=yes", ERR_DENIED },
	{ "register", "intake", "title=x", ERR_OK },
};

static void bad_registrations_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad_registrations); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;

		fixture_init(&fx);
		assert_int_equal(fixture_do(&fx, &incident, bad_registrations[i].verb,
					    bad_registrations[i].actor, bad_registrations[i].args,
					    &err),
				 bad_registrations[i].code);
		if (bad_registrations[i].code != ERR_OK)
			assert_null(incident);
		fixture_release(&fx);
	}
}

/* A profile that says nothing about registering: anybody does, into its first step. */
static void registering_without_a_row(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;

	(void)state;
	fixture_init(&fx);
	fx.rules.steps++;
	fx.rules.n_steps--;
	assert_int_equal(fixture_do(&fx, &incident, "register", "water", "title=x", NULL), ERR_OK);
	assert_string_equal(incident->step, "accept");
	fixture_release(&fx);
}

static const struct {
	const char *args, *step;
	int open, clocks;
	const char *closed_at;
} history[] = {
	{ "reported_at=2015-03-02 09:10\nclosed_at=2015-03-05 12:00", "archive", 0, 0, "2015-03-05 12:00" },
	{ "reported_at=2026-11-20 09:10\nstatus=已办理", "archive", 0, 0, NULL },
	{ "reported_at=2026-11-20 09:10\nstatus=Closed", "archive", 0, 0, NULL },
	{ "reported_at=2026-11-20 09:10\nstatus=已归档", "archive", 0, 0, NULL },
	{ "reported_at=2026-11-20 09:10\nstatus=正在办理", "accept", 1, 1, NULL },
	{ "reported_at=2026-11-20 09:10", "accept", 1, 1, NULL },
};

static void history_comes_in_without_alarm(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(history); i++) {
		struct fixture fx;
		struct incident *incident = NULL;
		struct error err = ERROR_INIT;
		char args[200];

		fixture_init(&fx);
		snprintf(args, sizeof args, "title=旧件\nhistoric=yes\n%s", history[i].args);
		if (fixture_do(&fx, &incident, "register", "system", args, &err) != ERR_OK)
			fail_msg("%s", err.text);
		assert_string_equal(incident->step, history[i].step);
		assert_int_equal(incident->open, history[i].open);
		assert_int_equal(incident->clocks.n, history[i].clocks);
		assert_int_equal(incident->imported, 1);
		assert_int_equal(incident->registered_at, incident->reported_at);
		assert_true(incident->registered_at < fx.now);
		assert_string_equal(incident->origin, "zx");
		assert_int_equal(incident->due != 0, history[i].clocks);
		if (history[i].closed_at != NULL) {
			assert_int_equal(incident->closed_at, fixture_time(history[i].closed_at));
			assert_int_equal(incident->moved_at, incident->closed_at);
			assert_memory_equal(incident->number, "20150302-", 9);
		}
		fixture_release(&fx);
	}
}

static const struct part *part_named(const struct incident *incident, const char *org)
{
	for (size_t i = 0; i < incident->parts.n; i++)
		if (strcmp(incident_part(incident, i)->org, org) == 0)
			return incident_part(incident, i);
	return NULL;
}

static void shares_are_signed_one_by_one(void **state)
{
	struct fixture fx;
	struct incident *incident;
	struct error err = ERROR_INIT;
	struct actor roads = fixture_actor("roads");

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "assign");
	assert_int_equal(fixture_do(&fx, &incident, "assign", "duty",
				    "holder=水务局\nassist=住建局\nassist=ll\nassist=zj\nreason=有交叉",
				    NULL),
			 ERR_OK);
	assert_string_equal(incident->holder, "sw");
	assert_int_equal(incident->parts.n, 3);
	assert_string_equal(part_named(incident, "sw")->role, "lead");
	assert_string_equal(part_named(incident, "zj")->role, "assist");
	assert_string_equal(incident_clock(incident, incident->clocks.n - 1)->org, "sw");

	/* an assistant's signature moves nothing */
	fx.now += MINUTE_MS;
	assert_int_equal(fixture_do(&fx, &incident, "sign", "roads", "", NULL), ERR_OK);
	assert_string_equal(incident->step, "sign");
	assert_null(incident->signer);
	assert_int_equal(part_named(incident, "zj")->signed_at, fx.now);
	assert_string_equal(part_named(incident, "zj")->signed_by, "赵军");
	/* a second one is refused: it has signed */
	assert_int_equal(decide_possible(&fx.rules, NULL, incident, act_desc_find("sign"), &roads, NULL),
			 ERR_DENIED);
	assert_int_equal(fixture_do(&fx, &incident, "sign", "water", "", NULL), ERR_OK);
	assert_string_equal(incident->step, "handle");
	assert_string_equal(incident->signer, "王芳");
	assert_int_equal(part_named(incident, "sw")->signed_at, fx.now);
	/* the last one signs while the lead works already */
	if (fixture_do(&fx, &incident, "sign", "station", "", &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_string_equal(incident->step, "handle");
	assert_string_equal(part_named(incident, "ll")->signed_by, "吴霞");
	fixture_release(&fx);
}

static void centre_records_for_others(void **state)
{
	struct fixture fx;
	struct incident *incident;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "sign");
	assert_int_equal(fixture_do(&fx, &incident, "sign", "duty", "", NULL), ERR_OK);
	assert_string_equal(incident->signer, "李敏");
	assert_int_equal(fixture_do(&fx, &incident, "handle", "duty", "result=电话报结", NULL), ERR_OK);
	assert_string_equal(incident->handler, "李敏");
	assert_string_equal(incident->handler_org, "sw"); /* who has handled it */
	/* who recorded it does not verify it; a colleague may */
	assert_int_equal(fixture_do(&fx, &incident, "verify_ok", "duty", "", NULL), ERR_REFUSED);
	assert_int_equal(fixture_do(&fx, &incident, "verify_ok", "other", "", NULL), ERR_OK);
	fixture_release(&fx);
}

static void guards_say_why(void **state)
{
	struct fixture fx;
	struct incident *incident;
	struct error err = ERROR_INIT;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "verify");
	incident->handler = "李敏";
	assert_int_equal(fixture_do(&fx, &incident, "verify_no", "duty", "reason=x", &err), ERR_REFUSED);
	assert_string_equal(err.text, "李敏 did Report the result; another officer must do this");
	incident->handler = "别人";
	incident->registrar = "李敏"; /* the second event of the guard's argument */
	assert_int_equal(fixture_do(&fx, &incident, "verify_ok", "duty", "", &err), ERR_REFUSED);
	assert_string_equal(err.text, "李敏 did Register; another officer must do this");
	incident->registrar = "别人";
	incident->handler_org = "zx";
	assert_int_equal(fixture_do(&fx, &incident, "verify_ok", "duty", "", &err), ERR_REFUSED);
	assert_string_equal(err.text,
			    "联动指挥中心 did Report the result; another organisation must do this");

	incident = fixture_incident(&fx, "close");
	assert_int_equal(fixture_do(&fx, &incident, "close", "duty", "", &err), ERR_REFUSED);
	assert_string_equal(err.text, "Satisfaction is missing: fill it in first");
	incident->satisfaction = "满意";
	assert_int_equal(fixture_do(&fx, &incident, "close", "duty", "", &err), ERR_OK);
	assert_int_equal(fixture_do(&fx, &incident, "archive", "duty", "", &err), ERR_REFUSED);
	assert_string_equal(err.text, "this needs at least the role 值班长, or its word by "
				      "telephone");
	fixture_release(&fx);
}

static void clocks_follow_the_steps(void **state)
{
	struct fixture fx;
	struct incident *incident = NULL;
	const struct clock *clock;

	(void)state;
	fixture_init(&fx);
	assert_int_equal(fixture_do(&fx, &incident, "register", "duty", "title=x\nurgency=急", NULL), ERR_OK);
	assert_int_equal(incident->due, fx.now + 30 * MINUTE_MS);
	fx.now += 5 * MINUTE_MS;
	assert_int_equal(fixture_do(&fx, &incident, "accept", "duty", "", NULL), ERR_OK);
	clock = incident_clock(incident, 0);
	assert_int_equal(clock->stopped_at, fx.now);
	clock = incident_clock(incident, 1);
	assert_string_equal(clock->kind, "assign");
	assert_string_equal(clock->org, "zx");
	assert_string_equal(clock->limit, "240wm");
	assert_int_equal(clock->started_at, fx.now);
	assert_int_equal(clock->stopped_at, 0);
	assert_int_equal(clock->due, fixture_time("2026-11-23 15:05")); /* an hour at noon is off */
	assert_int_equal(fixture_do(&fx, &incident, "assign", "duty", "holder=sw", NULL), ERR_OK);
	assert_int_equal(fixture_do(&fx, &incident, "sign", "water", "", NULL), ERR_OK);
	/* two clocks of the step, each by its own row */
	assert_int_equal(incident->clocks.n, 5);
	assert_string_equal(incident_clock(incident, 3)->limit, "5wd");
	assert_int_equal(incident_clock(incident, 3)->due, fixture_time("2026-11-30 17:30"));
	assert_string_equal(incident_clock(incident, 4)->limit, "90wm");
	assert_int_equal(incident->due, fixture_time("2026-11-23 11:35"));
	assert_string_equal(incident->due_clock, "contact");
	fixture_release(&fx);
}

static void corrections_refit_the_clocks(void **state)
{
	struct fixture fx;
	struct incident *incident;
	int64_t start;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "handle");
	start = fx.now;
	fx.now += 9 * HOUR_MS; /* at night: the row is still that of the start */
	assert_int_equal(fixture_do(&fx, &incident, "fix", "water", "urgency=特急", NULL), ERR_OK);
	assert_string_equal(incident->step, "handle");
	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		if (clock->stopped_at == 0)
			assert_int_equal(clock->started_at, start); /* time used stays used */
	}
	assert_int_equal(incident->due, start + 30 * MINUTE_MS);
	assert_int_equal(fixture_do(&fx, &incident, "fix", "water", "urgency=平\ncategory=停水", NULL),
			 ERR_OK);
	assert_string_equal(incident->category, "0301");
	assert_string_equal(incident->due_clock, "contact");
	assert_int_equal(incident->clocks.n, 5); /* no clock was added or lost */
	assert_string_equal(incident_clock(incident, 3)->limit, "3wd");
	assert_string_equal(incident_clock(incident, 4)->limit, "90wm");
	assert_int_equal(fixture_do(&fx, &incident, "fix", "water", "category=不存在", NULL), ERR_INPUT);
	fixture_release(&fx);
}

/* On a holiday the contact clock has no limit; a class for which it has one starts it. */
static void a_clock_without_limit_does_not_run(void **state)
{
	struct fixture fx;
	struct incident *incident;

	(void)state;
	fixture_init(&fx);
	fx.now = fixture_time("2026-10-03 10:00");
	incident = fixture_incident(&fx, "handle");
	assert_int_equal(incident->clocks.n, 4);
	assert_string_equal(incident->due_clock, "handle");
	fx.now += MINUTE_MS;
	assert_int_equal(fixture_do(&fx, &incident, "fix", "duty", "urgency=1", NULL), ERR_OK);
	assert_int_equal(incident->clocks.n, 5);
	assert_string_equal(incident->due_clock, "contact");
	assert_int_equal(incident->due, fx.now + 30 * MINUTE_MS);
	assert_int_equal(fixture_do(&fx, &incident, "fix", "duty", "urgency=3", NULL), ERR_OK);
	assert_string_equal(incident->due_clock, "handle");
	assert_int_equal(incident_clock(incident, 4)->stopped_at, fx.now);
	fixture_release(&fx);
}

static void reassigning_starts_anew(void **state)
{
	struct fixture fx;
	struct incident *incident;
	struct error err = ERROR_INIT;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "sign");
	fx.now += 20 * MINUTE_MS;
	assert_int_equal(fixture_do(&fx, &incident, "assign", "duty", "holder=住建局", &err), ERR_OK);
	assert_string_equal(incident->step, "sign");
	assert_string_equal(incident->holder, "zj");
	assert_int_equal(incident->parts.n, 1); /* the water department had not signed */
	assert_int_equal(incident->due, fx.now + 30 * MINUTE_MS);
	assert_string_equal(incident_next_clock(incident)->org, "zj");
	/* who had signed stays as having had a share */
	assert_int_equal(fixture_do(&fx, &incident, "sign", "roads", "", NULL), ERR_OK);
	incident->step = "sign";
	assert_int_equal(fixture_do(&fx, &incident, "assign", "duty", "holder=sw\nassist=ll", &err), ERR_OK);
	assert_int_equal(incident->parts.n, 3);
	assert_string_equal(part_named(incident, "zj")->role, "past");
	assert_null(incident->signer);
	assert_int_equal(fixture_do(&fx, &incident, "assign", "duty", "holder=外省某局", &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "外省某局"));
	fixture_release(&fx);
}

static void the_first_assignment_wins(void **state)
{
	struct fixture fx;
	struct incident *incident, *seen;
	struct error err = ERROR_INIT;
	struct state now;
	struct moment moment;
	struct decision decision;
	struct act late;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "assign");
	seen = entity_copy(incident, &fx.arena);
	late = fixture_act(&fx, "assign", seen, "other", "holder=zj");
	assert_int_equal(fixture_do(&fx, &incident, "assign", "duty", "holder=sw", NULL), ERR_OK);
	fx.now += MINUTE_MS;
	moment = (struct moment){ fx.now, fx.now };
	for (int known = 0; known < 2; known++) {
		now = (struct state){ .entity = incident, .base_entity = known ? seen : NULL };
		assert_int_equal(decide(&fx.rules, &now, &late, &moment, &fx.arena, &decision, &err),
				 ERR_REFUSED);
		assert_string_equal(err.text, "区水务局 has it already, since 11-23 10:00");
	}
	/* a note between does not matter to somebody who knew the holder */
	seen = entity_copy(incident, &fx.arena);
	late = fixture_act(&fx, "assign", seen, "other", "holder=zj");
	assert_int_equal(fixture_do(&fx, &incident, "note", "duty", "note=x", NULL), ERR_OK);
	now = (struct state){ .entity = incident, .base_entity = seen };
	assert_int_equal(decide(&fx.rules, &now, &late, &moment, &fx.arena, &decision, &err), ERR_OK);
	fixture_release(&fx);
}

static void refusals_say_where_it_is(void **state)
{
	struct fixture fx;
	struct incident *incident;
	struct error err = ERROR_INIT;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "verify");
	assert_int_equal(fixture_do(&fx, &incident, "sign", "water", "", &err), ERR_REFUSED);
	assert_string_equal(err.text, "Sign for is not possible: it is in the step 核查 now "
				      "(latest: Report the result, 11-23 10:00)");
	incident->step = "nowhere";
	assert_int_equal(fixture_do(&fx, &incident, "sign", "water", "", &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "nowhere"));
	incident = NULL;
	assert_int_equal(fixture_do(&fx, &incident, "sign", "water", "", &err), ERR_NOT_FOUND);
	incident = fixture_incident(&fx, "sign");
	assert_int_equal(fixture_do(&fx, &incident, "register", "duty", "title=x", &err), ERR_EXISTS);
	fixture_release(&fx);
}

static void corrections_merge_by_field(void **state)
{
	struct fixture fx;
	struct incident *incident, *seen;
	struct error err = ERROR_INIT;
	struct act mine;
	struct state now;
	struct moment moment;
	struct decision decision;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "sign");
	moment = (struct moment){ fx.now, fx.now };
	seen = entity_copy(incident, &fx.arena);
	mine = fixture_act(&fx, "fix", seen, "water",
			   "title=我的标题\naddress=河东路1号\nphone=13800000000\nstreet=青龙街道");
	assert_int_equal(fixture_do(&fx, &incident, "fix", "duty",
				    "title=他们的标题\nphone=13800000000", NULL),
			 ERR_OK);
	now = (struct state){ .entity = incident, .base_entity = seen };
	assert_int_equal(decide(&fx.rules, &now, &mine, &moment, &fx.arena, &decision, &err), ERR_OK);
	assert_string_equal(decision.note, "changed by somebody else meanwhile, and kept so: Title");
	assert_int_equal(evolve(incident, &decision.effects[0], 9, &fx.arena, &err), ERR_OK);
	assert_string_equal(incident->title, "他们的标题");
	assert_string_equal(incident->address, "河东路1号");
	assert_string_equal(incident->phone, "13800000000");
	assert_string_equal(incident->street, "ql");
	/* nothing of the loser stands in an open field */
	assert_int_equal(incident->attrs.n, 0);
	/* a field can be emptied, but not a required one */
	assert_int_equal(fixture_do(&fx, &incident, "fix", "duty", "address=", NULL), ERR_OK);
	assert_null(incident->address);
	assert_int_equal(fixture_do(&fx, &incident, "fix", "duty", "title=", &err), ERR_INPUT);
	fixture_release(&fx);
}

static void results_and_ends_are_kept(void **state)
{
	struct fixture fx;
	struct incident *incident;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "verify");
	assert_string_equal(incident->result, "已冲洗管网");
	assert_string_equal(incident->handler, "王芳");
	assert_string_equal(incident->handler_org, "sw");
	assert_int_equal(fixture_do(&fx, &incident, "verify_no", "duty", "reason=还黄", NULL), ERR_OK);
	assert_string_equal(incident->step, "handle");
	assert_int_equal(incident->reworks, 1);
	assert_string_equal(incident_next_clock(incident)->org, "sw");
	assert_int_equal(fixture_do(&fx, &incident, "handle", "water", "result=再冲洗", NULL), ERR_OK);
	assert_int_equal(fixture_do(&fx, &incident, "verify_ok", "duty", "", NULL), ERR_OK);
	fx.now += HOUR_MS;
	assert_int_equal(fixture_do(&fx, &incident, "close", "duty",
				    "satisfaction=满意\nclose_reason=已恢复", NULL), ERR_OK);
	assert_int_equal(incident->open, 0);
	assert_int_equal(incident->closed_at, fx.now);
	assert_string_equal(incident->close_reason, "已恢复");
	assert_string_equal(incident->due_clock, "archive"); /* a closed step may have a clock too */
	assert_false(incident_is_overdue(incident, INT64_MAX));
	assert_int_equal(fixture_do(&fx, &incident, "archive", "chief", "", NULL), ERR_OK);
	assert_int_equal(incident->archived_at, fx.now);
	assert_int_equal(incident->due, 0);
	assert_null(incident->due_clock);
	fixture_release(&fx);
}

static void a_note_touches_nothing_else(void **state)
{
	struct fixture fx;
	struct incident *incident, *before;

	(void)state;
	fixture_init(&fx);
	incident = fixture_incident(&fx, "sign");
	before = entity_copy(incident, &fx.arena);
	fx.now += MINUTE_MS;
	assert_int_equal(fixture_do(&fx, &incident, "note", "duty", "note=已催", NULL), ERR_OK);
	assert_int_equal(incident->head.version, before->head.version + 1);
	assert_int_equal(incident->moved_at, fx.now);
	assert_string_equal(incident->moved_by, "note");
	before->moved_at = incident->moved_at;
	before->moved_by = incident->moved_by;
	before->head.version++;
	assert_true(entity_eq(before, incident));
	fixture_release(&fx);
}

/* The same acts give the same incident wherever they are decided. */
static void deciding_is_deterministic(void **state)
{
	struct fixture a, b;
	struct incident *x, *y;

	(void)state;
	fixture_init(&a);
	fixture_init(&b);
	x = fixture_incident(&a, "archived");
	y = fixture_incident(&b, "archived");
	assert_true(entity_eq(x, y));
	fixture_release(&a);
	fixture_release(&b);
}

static const struct {
	const char *actor, *verb, *args;
	enum err code;
} system_acts[] = {
	{ "system", "enlist", "name=新人\norg=水务局\nrole=部门", ERR_OK },
	{ "system", "enlist", "name=新人\norg=某局\nrole=dept", ERR_INPUT },
	{ "system", "enlist", "name=新人\norg=sw\nrole=皇帝", ERR_INPUT },
	{ "system", "enlist", "org=sw\nrole=dept", ERR_INPUT },
	{ "duty", "enlist", "name=新人\norg=sw\nrole=dept", ERR_DENIED },
	{ "duty", "adopt", "reason=x\nhash=ab", ERR_DENIED },
	{ "system", "adopt", "reason=x\nhash=ab\ncalendar_hash=cd", ERR_OK },
};

static void system_acts_are_the_administrators(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(system_acts); i++) {
		struct fixture fx;
		struct state now = { NULL };
		struct decision decision;
		struct moment moment;
		struct act act;
		struct error err = ERROR_INIT;

		fixture_init(&fx);
		moment = (struct moment){ fx.now, fx.now };
		act = fixture_act(&fx, system_acts[i].verb, NULL, system_acts[i].actor,
				  system_acts[i].args);
		if (decide(&fx.rules, &now, &act, &moment, &fx.arena, &decision, &err) !=
		    system_acts[i].code)
			fail_msg("%zu: %s", i, err.text);
		if (system_acts[i].code == ERR_OK) {
			void *entity = entity_new(act.target.kind, &act.target.id, &fx.arena);
			assert_int_equal(evolve(entity, &decision.effects[0], 1, &fx.arena, &err), ERR_OK);
			if (act.target.kind == KIND_PERSON)
				assert_string_equal(((struct person *)entity)->org, "sw");
			else
				assert_string_equal(((struct profile *)entity)->hash, "ab");
		}
		fixture_release(&fx);
	}
}

static const struct {
	const char *verb;
	int64_t at, recv, offset, last, eff;
} moments[] = {
	{ "sign", 100, 1000, 0, 0, 100 },
	{ "sign", 100, 1000, 50, 0, 150 },
	{ "sign", 100, 1000, 0, 400, 400 },    /* not before the last contact */
	{ "sign", 5000, 1000, 0, 0, 1000 },    /* not after it came */
	{ "sign", 100, 1000, 0, 2000, 1000 },
	{ "adopt", 100, 1000, 0, 0, 1000 },    /* not offline */
};

static void moments_are_clamped(void **state)
{
	struct fixture fx;
	struct act act;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		act = (struct act){ .desc = act_desc_find(moments[i].verb), .at = moments[i].at };
		assert_int_equal(moment_eff(&act, moments[i].recv, moments[i].offset, moments[i].last),
				 moments[i].eff);
	}
	fixture_init(&fx);
	act = fixture_act(&fx, "register", NULL, "system",
			  "title=x\nhistoric=yes\nreported_at=2011-08-28 10:00");
	assert_int_equal(moment_eff(&act, fx.now, 0, fx.now), fixture_time("2011-08-28 10:00"));
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flow_is_kept), cmocka_unit_test(roles_are_kept),
		cmocka_unit_test(registering_fills_in),
		cmocka_unit_test(unknown_words_are_kept),
		cmocka_unit_test(bad_registrations_are_refused),
		cmocka_unit_test(registering_without_a_row),
		cmocka_unit_test(history_comes_in_without_alarm),
		cmocka_unit_test(shares_are_signed_one_by_one),
		cmocka_unit_test(centre_records_for_others),
		cmocka_unit_test(guards_say_why),
		cmocka_unit_test(clocks_follow_the_steps),
		cmocka_unit_test(corrections_refit_the_clocks),
		cmocka_unit_test(a_clock_without_limit_does_not_run),
		cmocka_unit_test(reassigning_starts_anew),
		cmocka_unit_test(the_first_assignment_wins),
		cmocka_unit_test(refusals_say_where_it_is),
		cmocka_unit_test(corrections_merge_by_field),
		cmocka_unit_test(results_and_ends_are_kept),
		cmocka_unit_test(a_note_touches_nothing_else),
		cmocka_unit_test(deciding_is_deterministic),
		cmocka_unit_test(system_acts_are_the_administrators),
		cmocka_unit_test(moments_are_clamped),
	};

	return cmocka_run_group_tests_name("domain/decide", tests, NULL, NULL);
}
