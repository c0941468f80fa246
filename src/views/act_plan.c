/* Beside the form of a whistle, while it is typed: what stands in its way, then who would have to come
 * by when if it were issued this very minute. */
#include <config.h>

#include <string.h>

#include "act_plan.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { PROBLEMS_MOST = 8 };

/* False, with the sentence: something typed is no such value. */
static bool make_plan(struct act_form *view, struct arena *arena, struct whistle_plan *ret_plan,
		      struct error *err)
{
	struct by_phone phone = { .org = NULL };
	struct given *given;
	const char *field;
	size_t n = 0;
	bool corrects = act_fields_corrects(view->act);

	if (act_fields_given(view->app, &view->fields, view->form,
			     corrects ? act_form_subject(view) : NULL, arena, &given, &n, &field,
			     err) != ERR_OK)
		return false;
	if (act_fields_phone(view->app, &view->fields, view->form, arena, &phone, &field, NULL) !=
	    ERR_OK)
		phone = (struct by_phone){ .org = NULL }; /* it is being typed */
	act_blow_trim(view, given, &n);
	plan_of(view->app->client, view->act,
		view->has_subject ? view->subject.whistle.whistle : NULL, given, n, &phone, arena,
		ret_plan);
	return true;
}

static void show_problems(struct act_form *view, const char *const *problems, size_t n)
{
	struct form_beside lines[PROBLEMS_MOST];

	if (n > PROBLEMS_MOST)
		n = PROBLEMS_MOST;
	for (size_t i = 0; i < n; i++)
		lines[i] = (struct form_beside){ .text = problems[i], .role = ROLE_WARNING,
						 .still = true };
	form_aside(view->form, BESIDE_PROBLEMS, n ? _("Not yet:") : NULL, NULL, lines, n);
}

static void show_plan(struct act_form *view, const struct whistle_plan *plan, struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);
	struct whistle_plan head = *plan;
	struct plan_line planned[PLAN_LINES];
	struct form_beside lines[PLAN_LINES + 2];
	size_t n = plan_lines(rules, plan, arena, planned), shown = 0;

	if (!plan->summons) {
		form_aside(view->form, BESIDE_PLAN, NULL, NULL, NULL, 0);
		return;
	}
	head.come = NULL; /* on a line of its own: there may be little room */
	lines[shown++] = (struct form_beside){ .text = plan_head(rules, &head, arena),
					       .role = ROLE_TEXT, .still = true };
	if (plan->come)
		lines[shown++] = (struct form_beside){
			.text = arena_printf(arena, _("Comes: %s"), plan->come),
			.role = ROLE_TEXT, .still = true };
	for (size_t i = 0; i < n && shown < FORM_SECTION_LINES; i++)
		lines[shown++] = (struct form_beside){
			.text = planned[i].text,
			.tail = planned[i].provisional
					? arena_printf(arena, "%s ~", planned[i].tail)
					: planned[i].tail,
			.role = planned[i].provisional ? ROLE_WARNING : ROLE_TEXT,
			.still = true,
		};
	form_aside(view->form, BESIDE_PLAN, _("If it is issued now"), NULL, lines, shown);
}

static void look(struct act_form *view)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct whistle_plan plan;

	if (!act_blow_is(view))
		return;
	if (!make_plan(view, &arena, &plan, &err)) {
		const char *sentence = err.text;

		show_problems(view, &sentence, 1);
	} else {
		act_blow_report_by(view, &plan);
		show_problems(view, plan.problems, plan.n_problems);
		show_plan(view, &plan, &arena);
	}
	arena_release(&arena);
}

unsigned act_blow_page(struct act_form *view)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct whistle_plan plan;
	struct str text = STR_INIT;
	unsigned flags;

	if (make_plan(view, &arena, &plan, &err))
		plan_page(client_rules(view->app->client), &plan, &text);
	else
		str_add(&text, err.text);
	flags = app_show(view->app, _("Who must come by when"), str_get(&text));
	str_release(&text);
	arena_release(&arena);
	return flags;
}

const struct act_beside_ops act_plan = { .look = look };
