#include <config.h>

#include "clocks_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/str.h"

static const char *const extension_words[] = { "5wd chief", "- leader" };

/* The rule of a clock, to be changed for a test. */
struct clock_rule *world_rule(struct world *w, const char *step, const char *kind)
{
	const struct step *in = rules_step(&w->fx.rules, step);

	for (size_t i = 0; i < in->n_clocks; i++)
		if (strcmp(in->clocks[i].kind, kind) == 0)
			return (struct clock_rule *)(uintptr_t)&in->clocks[i];
	fail_msg("%s in %s", kind, step);
	return NULL;
}

struct flow_act *world_act(struct world *w, const char *step, const char *verb)
{
	const struct step *in = rules_step(&w->fx.rules, step);

	return (struct flow_act *)(uintptr_t)step_act(in, act_desc_find(verb));
}

/* Another clock of a step, with one row. */
struct clock_rule *world_add_rule(struct world *w, const char *step, const char *kind,
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
	struct clock_rule *rule = world_rule(w, "handle", "handle");
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

void world_begin(struct world *w, const char *step)
{
	*w = (struct world){ .mode = NULL };
	fixture_init(&w->fx);
	fixture_allow(&w->fx, "pause resume shelve unshelve extend_ask extend_ok extend_no waive "
			      "dispatch arrive contact coassign note");
	let_extend(w);
	if (step != NULL)
		w->incident = fixture_incident(&w->fx, step);
}

void world_end(struct world *w)
{
	fixture_release(&w->fx);
}

void world_at(struct world *w, const char *when)
{
	w->fx.now = fixture_time(when);
}

enum err world_try(struct world *w, const char *verb, const char *actor, const char *args)
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

void world_must(struct world *w, const char *verb, const char *actor, const char *args)
{
	if (world_try(w, verb, actor, args) != ERR_OK)
		fail_msg("%s %s: %s", verb, args, w->err.text);
}

/* The running clock of a kind and, when not NULL, of an organisation; or NULL. */
const struct clock *world_clock(const struct world *w, const char *kind, const char *org)
{
	for (size_t i = 0; i < w->incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(w->incident, i);
		if (clock->stopped_at == 0 && strcmp(clock->kind, kind) == 0 &&
		    (org == NULL || str_eq(clock->org, org)))
			return clock;
	}
	return NULL;
}

void world_due(const struct world *w, const char *kind, const char *due)
{
	const struct clock *clock = world_clock(w, kind, NULL);
	char text[CIVIL_TEXT];

	assert_non_null(clock);
	civil_iso(clock->due, CIVIL_CHINA, text);
	if (clock->due != (due != NULL ? fixture_time(due) : 0))
		fail_msg("%s is due %s, not %s", kind, text, due != NULL ? due : "-");
}
