/* Clocks of an incident: when they start and stop, pauses, the shelf, extensions, class and mode. */
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
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/mark.h"

struct world {
	struct fixture fx;
	struct incident *incident;
	const char *mode;
	int64_t eff; /* of the next act; 0: now */
	struct by_phone phone;
	struct error err;
};

static const char *const extension_words[] = { "5wd chief", "- leader" };

/* The rule of a clock, to be changed for a test. */
static struct clock_rule *rule_of(struct world *w, const char *step, const char *kind)
{
	const struct step *in = rules_step(&w->fx.rules, step);

	for (size_t i = 0; i < in->n_clocks; i++)
		if (strcmp(in->clocks[i].kind, kind) == 0)
			return (struct clock_rule *)(uintptr_t)&in->clocks[i];
	fail_msg("%s in %s", kind, step);
	return NULL;
}

static struct flow_act *act_of(struct world *w, const char *step, const char *verb)
{
	const struct step *in = rules_step(&w->fx.rules, step);

	return (struct flow_act *)(uintptr_t)step_act(in, act_desc_find(verb));
}

/* Another clock of a step, with one row. */
static struct clock_rule *add_rule(struct world *w, const char *step, const char *kind,
				   const char *limit, enum who who)
{
	struct step *in = (struct step *)(uintptr_t)rules_step(&w->fx.rules, step);
	struct clock_rule *rules = arena_array(&w->fx.arena, in->n_clocks + 1, sizeof *rules);
	struct limit_row *row = arena_alloc(&w->fx.arena, sizeof *row);

	for (size_t i = 0; i < in->n_clocks; i++)
		rules[i] = in->clocks[i];
	*row = (struct limit_row){ .category = "", .words = limit };
	assert_int_equal(limit_parse(limit, &row->limit, NULL), ERR_OK);
	rules[in->n_clocks] = (struct clock_rule){ .kind = kind, .label = kind, .who = who,
						   .rows = row, .n_rows = 1 };
	in->clocks = rules;
	return &rules[in->n_clocks++];
}

static void let_extend(struct world *w)
{
	struct clock_rule *rule = rule_of(w, "handle", "handle");
	struct extension_row *rows = arena_array(&w->fx.arena, 2, sizeof *rows);

	for (size_t i = 0; i < 2; i++) {
		const char *space = strchr(extension_words[i], ' ');
		char *limit = arena_strndup(&w->fx.arena, extension_words[i],
					    (size_t)(space - extension_words[i]));
		assert_int_equal(limit_parse(limit, &rows[i].most, NULL), ERR_OK);
		rows[i].role = space + 1;
	}
	rule->extensions = rows;
	rule->n_extensions = 2;
}

static void begin(struct world *w, const char *step)
{
	*w = (struct world){ .mode = NULL };
	fixture_init(&w->fx);
	fixture_allow(&w->fx, "pause resume shelve unshelve extend_ask extend_ok extend_no waive "
			      "dispatch arrive contact coassign note");
	let_extend(w);
	if (step != NULL)
		w->incident = fixture_incident(&w->fx, step);
}

static void end(struct world *w)
{
	fixture_release(&w->fx);
}

static void at(struct world *w, const char *when)
{
	w->fx.now = fixture_time(when);
}

static enum err try(struct world *w, const char *verb, const char *actor, const char *args)
{
	struct act act = fixture_act(&w->fx, verb, w->incident, actor, args);
	struct state state = { .entity = w->incident, .serial = w->fx.serial, .mode = w->mode };
	struct moment moment = { w->fx.now, w->eff != 0 ? w->eff : w->fx.now };
	struct decision decision;
	enum err code;

	act.by_phone = w->phone;
	w->err = (struct error)ERROR_INIT;
	code = decide(&w->fx.rules, &state, &act, &moment, &w->fx.arena, &decision, &w->err);
	if (code != ERR_OK || decision.n_effects == 0)
		return code;
	if (w->incident == NULL)
		w->incident = entity_new(KIND_INCIDENT, &act.target.id, &w->fx.arena);
	return evolve(w->incident, &decision.effects[0], act.n, &w->fx.arena, &w->err);
}

static void must(struct world *w, const char *verb, const char *actor, const char *args)
{
	if (try(w, verb, actor, args) != ERR_OK)
		fail_msg("%s %s: %s", verb, args, w->err.text);
}

/* The running clock of a kind and, when not NULL, of an organisation; or NULL. */
static const struct clock *running(const struct world *w, const char *kind, const char *org)
{
	for (size_t i = 0; i < w->incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(w->incident, i);
		if (clock->stopped_at == 0 && strcmp(clock->kind, kind) == 0 &&
		    (org == NULL || str_eq(clock->org, org)))
			return clock;
	}
	return NULL;
}

static void check_due(const struct world *w, const char *kind, const char *due)
{
	const struct clock *clock = running(w, kind, NULL);
	char text[CIVIL_TEXT];

	assert_non_null(clock);
	civil_iso(clock->due, CIVIL_CHINA, text);
	if (clock->due != (due != NULL ? fixture_time(due) : 0))
		fail_msg("%s is due %s, not %s", kind, text, due != NULL ? due : "-");
}

/* --- pauses ---------------------------------------------------------------------------------- */

static void a_pause_moves_the_due_at_once(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "handle"); /* Monday 11-23 10:00, 5wd: Monday 11-30 */
	check_due(&w, "handle", "2026-11-30 17:30");
	at(&w, "2026-11-23 16:00");
	must(&w, "pause", "water", "until=2026-11-25 09:00\nreason=等来件人");
	check_due(&w, "handle", "2026-12-01 17:30"); /* the 24th does not count */
	assert_int_equal(w.incident->paused_until, fixture_time("2026-11-25 09:00"));
	/* the other clock, in working minutes, stands too: 10:00 to 11:30 was over already */
	check_due(&w, "contact", "2026-11-23 11:30");
	at(&w, "2026-11-24 08:30");
	must(&w, "resume", "water", "");
	check_due(&w, "handle", "2026-11-30 17:30"); /* but now it does */
	assert_int_equal(w.incident->paused_until, 0);
	/* it ends by itself */
	at(&w, "2026-11-24 10:00");
	must(&w, "pause", "water", "until=2026-11-24 18:00\nreason=等来件人");
	check_due(&w, "handle", "2026-12-01 17:30");
	at(&w, "2026-11-25 10:00");
	assert_int_equal(try(&w, "resume", "water", ""), ERR_REFUSED);
	must(&w, "pause", "water", "until=2026-11-25 18:00\nreason=又等");
	check_due(&w, "handle", "2026-12-02 17:30");
	end(&w);
}

static void pauses_are_refused(void **state)
{
	static const struct {
		const char *args, *word;
		enum err code;
	} cases[] = {
		{ "until=2026-11-23 09:59\nreason=x", "ahead", ERR_INPUT },
		{ "until=2028-01-01\nreason=x", "366", ERR_INPUT },
		{ "reason=x", "Until", ERR_INPUT },
		{ "until=2026-11-25", "Reason", ERR_INPUT },
		{ "until=2026-11-25\nreason=x", "", ERR_OK },
		{ "until=2026-11-26\nreason=x", "11-25 00:00", ERR_REFUSED }, /* again */
	};
	struct world w;

	(void)state;
	begin(&w, "handle");
	assert_int_equal(try(&w, "resume", "water", ""), ERR_REFUSED);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum err code = try(&w, "pause", "water", cases[i].args);
		if (code != cases[i].code || strstr(w.err.text, cases[i].word) == NULL)
			fail_msg("%s: %d %s", cases[i].args, code, w.err.text);
	}
	end(&w);
}

static void the_mode_says_who_may_pause(void **state)
{
	static const struct mode_rule modes[] = {
		{ .code = "peace", .label = "平时", .quiet = true },
		{ .code = "war2", .label = "战时Ⅲ", .pause = "leader" },
		{ .code = "war1", .label = "战时Ⅰ", .pause = "-" },
	};
	static const struct {
		const char *mode, *role; /* rung */
		enum err code;
	} cases[] = {
		{ "war1", NULL, ERR_REFUSED },	 { "war1", "leader", ERR_REFUSED },
		{ "war2", NULL, ERR_REFUSED },	 { "war2", "chief", ERR_REFUSED },
		{ "war2", "leader", ERR_OK },	 { "peace", NULL, ERR_OK },
		{ NULL, NULL, ERR_OK },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		begin(&w, "handle");
		w.fx.rules.modes = modes;
		w.fx.rules.n_modes = ARRAY_LEN(modes);
		w.mode = cases[i].mode;
		w.phone.role = cases[i].role;
		w.phone.rung = cases[i].role != NULL ? "周区长" : NULL;
		assert_int_equal(try(&w, "pause", "duty", "until=2026-11-25\nreason=x"),
				 cases[i].code);
		end(&w);
	}
}

static void the_shelf_takes_the_dues_away(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "handle");
	at(&w, "2026-11-23 16:00");
	assert_int_equal(try(&w, "shelve", "duty", "review_at=2026-11-23 15:00\nreason=x"), ERR_INPUT);
	must(&w, "shelve", "duty", "review_at=2027-03-01 09:00\nreason=待拆迁");
	check_due(&w, "handle", NULL);
	check_due(&w, "contact", NULL);
	check_due(&w, "review", "2027-03-01 09:00");
	assert_int_equal(w.incident->due, fixture_time("2027-03-01 09:00"));
	assert_string_equal(w.incident->due_clock, "review");
	assert_int_equal(w.incident->shelved_at, w.fx.now);
	assert_int_equal(try(&w, "shelve", "duty", "review_at=2027-04-01\nreason=x"), ERR_REFUSED);
	assert_int_equal(try(&w, "pause", "duty", "until=2026-11-25\nreason=x"), ERR_REFUSED);
	assert_int_equal(try(&w, "resume", "duty", ""), ERR_REFUSED);
	/* a correction of the class does not bring a due back */
	must(&w, "fix", "duty", "urgency=急");
	check_due(&w, "handle", NULL);
	at(&w, "2026-11-25 10:00");
	must(&w, "unshelve", "duty", "reason=已定");
	check_due(&w, "handle", "2026-12-01 17:30"); /* one working day ended on the shelf */
	assert_null(running(&w, "review", NULL));
	assert_int_equal(w.incident->shelved_at, 0);
	assert_int_equal(w.incident->review_at, 0);
	assert_int_equal(try(&w, "unshelve", "duty", "reason=x"), ERR_REFUSED);
	end(&w);
}

static void a_new_step_is_not_paused(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "handle");
	at(&w, "2026-11-23 16:00");
	must(&w, "pause", "water", "until=2026-11-27 09:00\nreason=等来件人");
	at(&w, "2026-11-24 10:00");
	must(&w, "handle", "water", "result=好了");
	assert_int_equal(w.incident->paused_until, 0);
	check_due(&w, "verify", "2026-11-25 17:30");
	end(&w);
}

/* --- paused time lost on a change of class ----------------------------------------------------- */

static void a_change_of_class_keeps_pauses_and_extensions(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "handle");
	at(&w, "2026-11-23 16:00");
	must(&w, "pause", "water", "until=2026-11-25 09:00\nreason=等来件人");
	at(&w, "2026-11-25 10:00");
	must(&w, "extend_ask", "water", "extend_by=2wd\nreason=缺件");
	must(&w, "extend_ok", "chief", "");
	check_due(&w, "handle", "2026-12-03 17:30"); /* 5wd, one paused, 2wd more */
	must(&w, "fix", "duty", "category=0301"); /* 3wd */
	check_due(&w, "handle", "2026-12-01 17:30");
	assert_string_equal(running(&w, "handle", NULL)->extended, "2wd");
	assert_int_equal(w.incident->pauses.n, 1);
	must(&w, "fix", "duty", "urgency=特急"); /* 4h from 10:00 of the 23rd, then 2wd */
	check_due(&w, "handle", "2026-11-26 17:30");
	must(&w, "fix", "duty", "urgency=平\ncategory=99");
	check_due(&w, "handle", "2026-12-03 17:30");
	assert_int_equal(running(&w, "handle", NULL)->started_at, fixture_time("2026-11-23 10:00"));
	end(&w);
}

/* By chance: whatever is done, the stored due is that of the stored limit, pauses, extensions; the
 * explanation ends with it; a class changed and changed back is as if nothing had been. */
static void dues_are_the_sum_of_what_is_stored(void **state)
{
	static const char *const classes[] = { "urgency=特急", "urgency=平", "urgency=急",
					       "category=0301", "category=99", "severity=重大" };
	struct env_fixed seed = { .seed = 7 };
	struct env env = env_fixed(&seed);

	(void)state;
	for (int i = 0; i < 60; i++) {
		struct world w;

		begin(&w, "handle");
		for (int n = 0; n < 12; n++) {
			const char *args = NULL;
			const struct clock *clock;
			struct str text = STR_INIT;
			char due[CIVIL_TEXT];
			size_t pauses = w.incident->pauses.n;
			int64_t before;

			w.fx.now += (int64_t)env_below(&env, 1200) * MINUTE_MS;
			switch (env_below(&env, 5)) {
			case 0:
				civil_iso(w.fx.now + (1 + (int64_t)env_below(&env, 3000)) * MINUTE_MS,
					  CIVIL_CHINA, due);
				args = arena_printf(&w.fx.arena, "until=%s\nreason=x", due);
				before = running(&w, "handle", NULL)->due;
				if (try(&w, "pause", "water", args) == ERR_OK)
					assert_true(running(&w, "handle", NULL)->due >= before);
				break;
			case 1:
				(void)try(&w, "resume", "water", "");
				break;
			case 2:
				before = running(&w, "handle", NULL)->due;
				must(&w, "extend_ask", "water", "extend_by=1wd\nreason=x");
				w.phone = (struct by_phone){ .role = "leader", .rung = "周区长" };
				must(&w, "extend_ok", "duty", "");
				w.phone = (struct by_phone){ .role = NULL };
				assert_true(running(&w, "handle", NULL)->due > before);
				break;
			default:
				args = classes[env_below(&env, ARRAY_LEN(classes))];
				must(&w, "fix", "duty", args);
				assert_int_equal(w.incident->pauses.n, pauses);
				break;
			}
			clock = running(&w, "handle", NULL);
			assert_int_equal(clock->due, clock_due(&w.fx.rules, w.incident, clock).at);
			clock_explain(&w.fx.rules, w.incident, clock, &text);
			civil_format(clock->due, CIVIL_CHINA, "Y-m-d", due, sizeof due);
			text.s[text.len - 1] = '\0';
			assert_non_null(strstr(strrchr(text.s, '\n') + 1, due));
			str_release(&text);
		}
		end(&w);
	}
}

/* --- extensions ------------------------------------------------------------------------------ */

static void extensions_need_a_rank(void **state)
{
	static const struct {
		const char *verb, *actor, *rung, *args;
		enum err code;
		const char *word; /* in the refusal; else the due */
	} cases[] = {
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "nobody waits" },
		{ "extend_ask", "water", NULL, "extend_by=x\nreason=缺件", ERR_INPUT, "x" },
		{ "extend_ask", "water", NULL, "extend_by=2h@08:30\nreason=缺件", ERR_INPUT, "3wd" },
		{ "extend_ask", "water", NULL, "extend_by=6wd\nreason=缺件", ERR_OK, "2026-11-30 17:30" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=缺件", ERR_REFUSED, "6wd" },
		{ "extend_ok", "duty", NULL, "granted=2wd", ERR_REFUSED, "值班长" },
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "带班领导" },
		{ "extend_ok", "chief", NULL, "granted=8d", ERR_REFUSED, "带班领导" },
		{ "extend_ok", "chief", NULL, "granted=2wd", ERR_OK, "2026-12-02 17:30" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=还缺", ERR_OK, "2026-12-02 17:30" },
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "带班领导" }, /* the second */
		{ "extend_no", "chief", NULL, "reason=够了", ERR_OK, "2026-12-02 17:30" },
		{ "extend_no", "chief", NULL, "reason=够了", ERR_REFUSED, "nobody waits" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=还缺", ERR_OK, "2026-12-02 17:30" },
		{ "extend_ok", "duty", "leader", "granted=10wd", ERR_OK, "2026-12-16 17:30" },
	};
	struct world w;

	(void)state;
	begin(&w, "handle");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum err code;

		w.phone = (struct by_phone){ .role = cases[i].rung,
					     .rung = cases[i].rung != NULL ? "周区长" : NULL };
		code = try(&w, cases[i].verb, cases[i].actor, cases[i].args);
		if (code != cases[i].code)
			fail_msg("%zu: %s", i, w.err.text);
		if (code == ERR_OK)
			check_due(&w, "handle", cases[i].word);
		else if (strstr(w.err.text, cases[i].word) == NULL)
			fail_msg("%zu: %s", i, w.err.text);
	}
	assert_int_equal(w.incident->extensions, 2);
	assert_int_equal(w.incident->asked_at, 0);
	assert_int_equal(w.incident->asked.n, 3);
	assert_string_equal(running(&w, "handle", NULL)->extended, "2wd 10wd");
	end(&w);
}

static void what_was_asked_ends_with_the_clock(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "handle");
	must(&w, "extend_ask", "water", "extend_by=2wd\nreason=缺件");
	assert_int_equal(w.incident->asked_at, w.fx.now);
	must(&w, "handle", "water", "result=好了");
	assert_int_equal(w.incident->asked_at, 0);
	assert_int_equal(try(&w, "extend_ok", "chief", ""), ERR_REFUSED);
	assert_int_equal(try(&w, "extend_ask", "water", "extend_by=2wd\nreason=x"), ERR_REFUSED);
	end(&w);
}

/* --- when a clock starts --------------------------------------------------------------------- */

static const struct {
	const char *step, *verb, *actor, *args, *phone; /* who was on the telephone */
	const char *clock;
	bool at_once; /* from the claimed moment; else from when the server has it */
} starts[] = {
	/* the centre's own next clock, the holder's, and the holder's who was told by telephone */
	{ "accept", "accept", "duty", "", NULL, "assign", true },
	{ "assign", "assign", "duty", "holder=sw", NULL, "sign", false },
	{ "sign", "sign", "water", "", NULL, "handle", true },
	{ "sign", "sign", "duty", "", NULL, "handle", false },
	{ "sign", "sign", "duty", "", "sw", "handle", true },
	{ "handle", "handle", "water", "result=好了", NULL, "verify", false },
	{ "handle", "handle", "duty", "result=好了", "sw", "verify", true }, /* the centre wrote it */
	{ NULL, "register", "street", "title=积水", NULL, "accept", false },
	{ NULL, "register", "duty", "title=积水", NULL, "accept", true },
};

static void no_clock_starts_before_it_can_be_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		const struct clock *clock;
		struct world w;

		begin(&w, starts[i].step);
		at(&w, "2026-11-24 05:00"); /* the line was cut from 02:00 on */
		w.eff = fixture_time("2026-11-24 02:00");
		w.phone.org = starts[i].phone;
		w.phone.rung = starts[i].phone != NULL ? "老王" : NULL;
		must(&w, starts[i].verb, starts[i].actor, starts[i].args);
		clock = running(&w, starts[i].clock, NULL);
		assert_non_null(clock);
		if (clock->started_at != (starts[i].at_once ? w.eff : w.fx.now))
			fail_msg("%zu: %s by %s", i, starts[i].verb, starts[i].actor);
		assert_true(clock->due > clock->started_at);
		for (size_t c = 0; c < w.incident->clocks.n; c++) {
			clock = incident_clock(w.incident, c);
			assert_true(clock->stopped_at == 0 || clock->stopped_at >= clock->started_at);
		}
		end(&w);
	}
}

/* A clock that starts at night, at lunch, on a holiday has all its time before it. */
static void a_start_outside_working_hours_is_no_zero(void **state)
{
	static const struct {
		const char *when, *due;
	} cases[] = {
		{ "2026-11-23 22:00", "2026-11-24 13:30" }, { "2026-11-23 12:30", "2026-11-23 17:00" },
		{ "2026-11-21 10:00", "2026-11-23 13:30" }, { "2026-10-01 10:00", "2026-10-08 13:30" },
		{ "2026-11-23 17:30", "2026-11-24 13:30" }, { "2026-11-23 05:00", "2026-11-23 13:30" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		begin(&w, "accept");
		at(&w, cases[i].when);
		must(&w, "accept", "duty", "");
		check_due(&w, "assign", cases[i].due); /* 240wm */
		end(&w);
	}
}

/* --- verbs inside a step, clocks beside --------------------------------------------------------- */

static void verbs_start_and_stop_clocks(void **state)
{
	static const char *const contact[] = { "contact", NULL }, *const arrive[] = { "arrive", NULL };
	static const char *const dispatch[] = { "dispatch", NULL };
	struct clock_rule *rule;
	struct world w;

	(void)state;
	begin(&w, NULL);
	rule_of(&w, "handle", "contact")->stops = contact;
	rule = add_rule(&w, "handle", "arrive", "1h", WHO_HOLDER);
	rule->starts = dispatch;
	rule->stops = arrive;
	w.incident = fixture_incident(&w.fx, "handle");
	assert_non_null(running(&w, "contact", NULL));
	assert_null(running(&w, "arrive", NULL));
	assert_string_equal(w.incident->due_clock, "contact");
	w.fx.now += 10 * MINUTE_MS;
	must(&w, "contact", "water", "");
	assert_null(running(&w, "contact", NULL));
	assert_string_equal(w.incident->due_clock, "handle");
	must(&w, "dispatch", "water", "unit=抢修队");
	check_due(&w, "arrive", "2026-11-23 11:10");
	w.fx.now += 10 * MINUTE_MS;
	must(&w, "dispatch", "water", "unit=二队");
	check_due(&w, "arrive", "2026-11-23 11:10"); /* it runs already */
	/* the class changes: what was done is not asked again */
	must(&w, "fix", "duty", "urgency=特急");
	assert_null(running(&w, "contact", NULL));
	must(&w, "arrive", "water", "");
	assert_null(running(&w, "arrive", NULL));
	end(&w);
}

/* Nobody waits for a signature that was given: by the act that leads here, or before a rework. */
static void what_was_done_is_not_waited_for(void **state)
{
	static const char *const sign[] = { "sign", NULL };
	struct world w;

	(void)state;
	begin(&w, NULL);
	add_rule(&w, "handle", "signed", "30m", WHO_HOLDER)->stops = sign;
	add_rule(&w, "handle", "watched", "30m", WHO_CENTRE)->stops = sign;
	w.incident = fixture_incident(&w.fx, "handle"); /* by signing */
	assert_null(running(&w, "signed", NULL));
	assert_null(running(&w, "watched", NULL));
	must(&w, "handle", "water", "result=好了");
	must(&w, "verify_no", "other", "reason=没好");
	assert_string_equal(w.incident->step, "handle");
	assert_null(running(&w, "signed", NULL));
	assert_non_null(running(&w, "handle", NULL));
	end(&w);
	begin(&w, NULL); /* but a new holder has not */
	add_rule(&w, "handle", "signed", "30m", WHO_HOLDER)->stops = sign;
	act_of(&w, "assign", "assign")->to = "handle";
	w.incident = fixture_incident(&w.fx, "assign");
	must(&w, "assign", "duty", "holder=sw");
	assert_non_null(running(&w, "signed", NULL));
	end(&w);
}

static void clocks_beside_run_on(void **state)
{
	static const char *const close[] = { "close", NULL };
	struct world w;

	(void)state;
	begin(&w, NULL);
	/* one over several steps, one that ends with its step */
	add_rule(&w, "accept", "whole", "1m", WHO_CENTRE)->stops = close;
	rule_of(&w, "accept", "whole")->side = true;
	add_rule(&w, "accept", "short", "1m", WHO_CENTRE)->side = true;
	w.incident = fixture_incident(&w.fx, "accept");
	assert_non_null(running(&w, "whole", NULL));
	assert_non_null(running(&w, "short", NULL));
	assert_string_equal(w.incident->due_clock, "accept"); /* those beside do not count */
	must(&w, "accept", "duty", "");
	assert_non_null(running(&w, "whole", NULL));
	assert_null(running(&w, "short", NULL));
	must(&w, "assign", "duty", "holder=sw");
	must(&w, "sign", "water", "");
	assert_non_null(running(&w, "whole", NULL));
	assert_true(w.incident->due != running(&w, "whole", NULL)->due);
	must(&w, "handle", "water", "result=好了");
	must(&w, "verify_ok", "other", "");
	must(&w, "close", "duty", "satisfaction=满意");
	assert_null(running(&w, "whole", NULL));
	end(&w);
}

/* --- shares ---------------------------------------------------------------------------------- */

/* The step "handle" as work of several departments. */
static void share_world(struct world *w)
{
	struct step *step;

	begin(w, NULL);
	step = (struct step *)(uintptr_t)rules_step(&w->fx.rules, "handle");
	step->shares = true;
	step->n_clocks = 0;
	add_rule(w, "handle", "sign", "30m", WHO_SHARE);
	add_rule(w, "handle", "handle", "5wd", WHO_SHARE);
	act_of(w, "assign", "assign")->to = "handle";
	act_of(w, "handle", "handle")->who = WHO_SHARE;
	fixture_allow(&w->fx, "pause coassign contact note sign");
	((struct flow_act *)(uintptr_t)w->fx.rules.always.acts)[4].who = WHO_SHARE;
	w->incident = fixture_incident(&w->fx, "assign");
	must(w, "assign", "duty", "holder=sw\nassist=zj");
}

static void each_share_has_its_clocks(void **state)
{
	const struct clock *clock;
	struct world w;

	(void)state;
	share_world(&w);
	assert_non_null(running(&w, "sign", "sw"));
	assert_non_null(running(&w, "sign", "zj"));
	clock = running(&w, "handle", "zj");
	assert_non_null(clock);
	assert_non_null(clock->about);
	w.fx.now += 5 * MINUTE_MS;
	must(&w, "sign", "roads", "");
	assert_null(running(&w, "sign", "zj"));
	assert_non_null(running(&w, "sign", "sw"));
	must(&w, "sign", "water", "");
	assert_null(running(&w, "sign", "sw"));
	must(&w, "handle", "roads", "result=好了");
	assert_null(running(&w, "handle", "zj"));
	assert_non_null(running(&w, "handle", "sw"));
	/* one that comes later has its own time */
	w.fx.now += 5 * MINUTE_MS;
	must(&w, "coassign", "duty", "assist=ll");
	clock = running(&w, "sign", "ll");
	assert_non_null(clock);
	assert_int_equal(clock->started_at, w.fx.now);
	assert_string_equal(w.incident->due_clock, "sign");
	/* a change of class starts nothing that is done */
	must(&w, "fix", "duty", "urgency=特急");
	assert_null(running(&w, "handle", "zj"));
	assert_null(running(&w, "sign", "sw"));
	end(&w);
}

static void a_share_done_again_has_its_clock_again(void **state)
{
	struct world w;
	struct flow_act *no;

	(void)state;
	share_world(&w);
	no = act_of(&w, "verify", "verify_no");
	no->guards = NULL;
	no->n_guards = 0;
	((struct step *)(uintptr_t)rules_step(&w.fx.rules, "verify"))->shares = true;
	must(&w, "sign", "roads", "");
	must(&w, "sign", "water", "");
	must(&w, "handle", "roads", "result=好了");
	must(&w, "handle", "water", "result=好了");
	assert_string_equal(w.incident->step, "verify");
	assert_null(running(&w, "handle", NULL));
	w.fx.now += HOUR_MS;
	must(&w, "verify_no", "other", "reason=没好\nshare=zj");
	assert_string_equal(w.incident->step, "handle");
	assert_non_null(running(&w, "handle", "zj"));
	assert_int_equal(running(&w, "handle", "zj")->started_at, w.fx.now);
	assert_null(running(&w, "handle", "sw")); /* the work of the other stands */
	assert_null(running(&w, "sign", "zj"));
	end(&w);
}

/* --- limits: modes, organisations, calendars of their own ----------------------------------------- */

static void modes_hurry_clocks_that_start(void **state)
{
	static const struct {
		const char *mode, *urgency, *due, *row;
	} cases[] = {
		{ NULL, "平", "2026-11-23 10:30", "30m" },
		{ "war2", "平", "2026-11-23 10:15", "30m; 战时Ⅲ 50%" },
		{ "war1", "平", "2026-11-23 10:12", "战时Ⅰ 12m" },
		{ "war1", "特急", "2026-11-23 10:10", "10m" }, /* sooner as it is */
		{ "peace", "平", "2026-11-23 10:30", "30m" },
	};
	static struct mode_limit half[] = { { "sign", 50, { LIMIT_NONE, 0, -1 } } };
	static struct mode_limit short_[] = { { "sign", 0, { LIMIT_MINUTES, 12, -1 } } };
	static const struct mode_rule modes[] = {
		{ .code = "peace", .label = "平时" },
		{ .code = "war2", .label = "战时Ⅲ", .limits = half, .n_limits = 1 },
		{ .code = "war1", .label = "战时Ⅰ", .limits = short_, .n_limits = 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		begin(&w, NULL);
		w.fx.rules.modes = modes;
		w.fx.rules.n_modes = ARRAY_LEN(modes);
		w.incident = fixture_incident(&w.fx, "accept");
		must(&w, "fix", "duty",
		     arena_printf(&w.fx.arena, "urgency=%s", cases[i].urgency));
		must(&w, "accept", "duty", "");
		w.mode = cases[i].mode;
		must(&w, "assign", "duty", "holder=sw");
		check_due(&w, "sign", cases[i].due);
		assert_string_equal(running(&w, "sign", NULL)->row, cases[i].row);
		/* running dues stand when the mode changes, also when the class is looked at again */
		w.mode = "war1";
		must(&w, "fix", "duty", "category=0301");
		check_due(&w, "sign", cases[i].due);
		end(&w);
	}
}

static void rows_choose_by_organisation_and_own_calendar(void **state)
{
	static const struct calendar_day naadam[] = { { 20781, false, "那达慕" } }; /* 2026-11-24 */
	static struct named_calendar calendars[] = { { .name = "banner",
						       .days = { .days = naadam, .n_days = 1 } } };
	static struct named_hours hours[] = {
		{ "window", { .span = { { 9 * 60, 11 * 60 }, { 14 * 60, 16 * 60 } }, .n = 2 } },
	};
	struct limit_row *rows;
	struct clock_rule *rule;
	const struct clock *clock;
	struct world w;

	(void)state;
	begin(&w, NULL);
	calendars[0].days.under = w.fx.rules.calendar;
	w.fx.rules.calendars = calendars;
	w.fx.rules.n_calendars = 1;
	w.fx.rules.hours_sets = hours;
	w.fx.rules.n_hours_sets = 1;
	rule = rule_of(&w, "handle", "handle");
	rows = arena_array(&w.fx.arena, 2, sizeof *rows);
	rows[0] = (struct limit_row){ .category = "", .org = "sw", .words = "org=sw 1wd",
				      .limit = { LIMIT_WORK_DAYS, 1, -1 } };
	rows[1] = (struct limit_row){ .category = "", .words = "9wd",
				      .limit = { LIMIT_WORK_DAYS, 9, -1 } };
	rule->rows = rows;
	rule->n_rows = 2;
	rule->calendar = "banner";
	rule->hours = "window";
	w.incident = fixture_incident(&w.fx, "handle");
	clock = running(&w, "handle", NULL);
	assert_string_equal(clock->row, "org=sw 1wd");
	assert_string_equal(clock->calendar, "banner");
	assert_string_equal(clock->hours, "window");
	check_due(&w, "handle", "2026-11-25 16:00"); /* not the 24th, and to the end of the window */
	/* what is a holiday, what working time, is by its own calendar and hours too */
	rows[0] = (struct limit_row){ .category = "", .words = "holiday 1h", .period = PERIOD_HOLIDAY,
				      .limit = { LIMIT_MINUTES, 60, -1 } };
	rows[1] = (struct limit_row){ .category = "", .words = "work 2h", .period = PERIOD_WORK,
				      .limit = { LIMIT_MINUTES, 120, -1 } };
	at(&w, "2026-11-24 10:00");
	w.incident = fixture_incident(&w.fx, "handle");
	check_due(&w, "handle", "2026-11-24 11:00");
	at(&w, "2026-11-25 10:00");
	w.incident = fixture_incident(&w.fx, "handle");
	check_due(&w, "handle", "2026-11-25 12:00");
	at(&w, "2026-11-25 11:30"); /* the window is closed */
	w.incident = fixture_incident(&w.fx, "handle");
	assert_null(running(&w, "handle", NULL));
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pause_moves_the_due_at_once),
		cmocka_unit_test(pauses_are_refused),
		cmocka_unit_test(the_mode_says_who_may_pause),
		cmocka_unit_test(the_shelf_takes_the_dues_away),
		cmocka_unit_test(a_new_step_is_not_paused),
		cmocka_unit_test(a_change_of_class_keeps_pauses_and_extensions),
		cmocka_unit_test(dues_are_the_sum_of_what_is_stored),
		cmocka_unit_test(extensions_need_a_rank),
		cmocka_unit_test(what_was_asked_ends_with_the_clock),
		cmocka_unit_test(no_clock_starts_before_it_can_be_known),
		cmocka_unit_test(a_start_outside_working_hours_is_no_zero),
		cmocka_unit_test(verbs_start_and_stop_clocks),
		cmocka_unit_test(what_was_done_is_not_waited_for),
		cmocka_unit_test(clocks_beside_run_on),
		cmocka_unit_test(each_share_has_its_clocks),
		cmocka_unit_test(a_share_done_again_has_its_clock_again),
		cmocka_unit_test(modes_hurry_clocks_that_start),
		cmocka_unit_test(rows_choose_by_organisation_and_own_calendar),
	};

	return cmocka_run_group_tests_name("domain/clocks", tests, NULL, NULL);
}
