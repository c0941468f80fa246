#include <config.h>

#include "zhiban/domain/whistle_plan.h"

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

enum { PROBLEMS_MAX = 80 };

struct planning {
	struct whistling w;
	struct whistle_plan *plan;
	struct arena *arena;
};

static void add_problem(void *ctx, const char *sentence)
{
	struct planning *planning = ctx;
	struct whistle_plan *plan = planning->plan;

	for (size_t i = 0; i < plan->n_problems; i++)
		if (str_eq(plan->problems[i], sentence))
			return;
	if (plan->n_problems < PROBLEMS_MAX)
		plan->problems[plan->n_problems++] = arena_strdup(planning->arena, sentence);
}

/* What the act must carry, whatever it says. */
static void check_required(struct planning *planning)
{
	const struct act *act = planning->w.act;
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act->desc, args);

	for (size_t i = 0; i < n; i++)
		if (args[i].required && !value_is_set(act_value(act, args[i].field->name, 0)))
			add_problem(planning, arena_printf(planning->arena, _("%s is missing"),
							   _(args[i].field->title)));
}

static void take(struct planning *planning, enum err code, struct error *err)
{
	if (code != ERR_OK)
		add_problem(planning, err->text);
	*err = (struct error)ERROR_INIT;
}

/* --- the clocks ------------------------------------------------------------------------------ */

static void add_row(struct planning *planning, const struct clock *clock)
{
	struct whistling *w = &planning->w;
	const char *label = summons_clock_label(w->rules, w->summons, clock->kind);
	struct str explain = STR_INIT;

	clock_explain_as(w->rules, NULL, clock, label, &explain);
	planning->plan->rows[planning->plan->n_rows++] = (struct plan_row){
		.org = clock->org,
		.clock = summons_clock_find(clock->kind),
		.label = label,
		.limit = clock->limit,
		.due = clock->due,
		.provisional = clock->provisional != 0,
		.explain = arena_strdup(planning->arena, str_get(&explain)),
	};
	str_release(&explain);
}

/* As if it were issued now: approval and check run from now, too. */
static void run_clocks(struct planning *planning)
{
	struct whistling *w = &planning->w;
	struct summoned *shares = w->after->shares.items;
	size_t first = w->after->clocks.n;

	if (planning->plan->next == WHISTLE_APPROVE)
		whistling_start(w, SUMMONS_APPROVE, NULL);
	if (planning->plan->next != WHISTLE_ISSUED && whistling_next(w, true) == WHISTLE_CHECK)
		whistling_start(w, SUMMONS_CHECK, NULL);
	for (size_t i = 0; i < w->after->shares.n; i++)
		if (shares[i].asked_at == 0 && shares[i].freed_at == 0)
			whistling_ask(w, &shares[i]);
	planning->plan->rows = arena_array(planning->arena, w->after->clocks.n - first + 1,
					   sizeof *planning->plan->rows);
	for (size_t i = first; i < w->after->clocks.n; i++)
		add_row(planning, whistle_clock(w->after, i));
}

/* --- all of it ------------------------------------------------------------------------------- */

static void find_next(struct planning *planning)
{
	struct whistling *w = &planning->w;
	struct whistle_plan *plan = planning->plan;
	const struct summons_class *cls = w->cls;
	bool approved = cls->approver != NULL && whistling_role(w, cls->approver);
	bool issues = w->from == WHISTLE_CHECK;

	plan->summons = w->summons;
	plan->cls = cls;
	plan->come = cls->come;
	plan->next = issues ? WHISTLE_ISSUED : whistling_next(w, approved);
	if (plan->next == WHISTLE_APPROVE)
		plan->approver = cls->approver_words != NULL
					 ? cls->approver_words
					 : rules_role_label(w->rules, cls->approver);
	summons_bounds(w->rules, cls, w->eff, &plan->least, &plan->most);
}

static void judge(struct planning *planning)
{
	struct whistling *w = &planning->w;
	struct error err = ERROR_INIT;

	take(planning, whistling_find_org(w, &err), &err);
	if (w->org == NULL)
		w->org = w->act->actor.org;
	check_required(planning);
	if (w->state->entity == NULL)
		take(planning, whistling_begin(w, &err), &err);
	if (w->summons == NULL)
		return;
	take(planning, whistling_fill(w, &err), &err);
	if (w->cls == NULL)
		return;
	find_next(planning);
	if (act_value(w->act, "draft", 0).num == 0)
		take(planning, whistling_complete(w, &err), &err);
	run_clocks(planning);
}

void whistle_plan(const struct rules *rules, const struct whistle *whistle, const struct act *act,
		  const char *mode, int64_t now, struct arena *arena,
		  struct whistle_plan *ret_plan)
{
	const struct state state = { .entity = whistle, .mode = mode };
	struct planning planning = { .plan = ret_plan, .arena = arena };
	struct whistling *w = &planning.w;

	*ret_plan = (struct whistle_plan){ .next = WHISTLE_ISSUED };
	ret_plan->problems = arena_array(arena, PROBLEMS_MAX, sizeof *ret_plan->problems);
	*w = (struct whistling){ .rules = rules, .state = &state, .act = act, .eff = now,
				 .recv = now, .arena = arena, .problem = add_problem,
				 .problem_ctx = &planning };
	w->before = whistle != NULL ? whistle : entity_new(KIND_WHISTLE, &act->target.id, arena);
	w->after = entity_copy(w->before, arena);
	w->from = whistle_step(w->before);
	w->summons = whistle != NULL ? whistle_summons(rules, whistle) : NULL;
	w->cls = summons_class(w->summons, w->before->cls);
	judge(&planning);
}
