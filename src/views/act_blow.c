/* The form of a whistle: which kind's lists it has, what it begins with, and the report-in time that
 * its class fills in. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "act_form_priv.h"
#include "act_plan.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static bool blows(const struct act_form *view)
{
	return view->act->target == KIND_WHISTLE && strcmp(view->act->verb, "blow") == 0;
}

bool act_blow_is(const struct act_form *view)
{
	static const char *const verbs[] = { "blow", "revise", "issue", "submit" };

	for (size_t i = 0; view->act->target == KIND_WHISTLE && i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i], view->act->verb) == 0)
			return true;
	return false;
}

const struct summons *act_blow_summons(const struct act_form *view)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct actor *actor = client_actor(view->app->client);

	if (view->has_subject && view->subject.kind == KIND_WHISTLE)
		return whistle_summons(rules, view->subject.whistle.whistle);
	if (!blows(view))
		return NULL;
	if (*view->summons)
		return rules_summons(rules, view->summons);
	for (size_t i = 0; actor && i < rules->n_summonses; i++)
		if (summons_may_blow(rules, &rules->summonses[i], actor->org))
			return &rules->summonses[i];
	return rules->n_summonses ? rules->summonses : NULL;
}

static struct form_field *field_of(const struct act_form *view, const char *name)
{
	for (size_t i = 0; i < view->fields.n_act; i++)
		if (strcmp(view->fields.fields[i].name, name) == 0)
			return &view->fields.fields[i];
	return NULL;
}

bool act_blow_for(const struct act_form *view)
{
	return blows(view) && !view->refused && subject_blows_for_others(view->app->client);
}

bool act_blow_turned(struct act_form *view)
{
	const struct summons *before = act_blow_summons(view);
	const char *now = blows(view) && field_of(view, "summons") ?
				  form_get(view->form, "summons") : "";

	if (!*now || !before || strcmp(now, before->code) == 0)
		return false;
	snprintf(view->summons, sizeof view->summons, "%s", now);
	return true;
}

/* ---- what it begins with ---- */

static const struct incident *source(struct act_form *view, size_t i)
{
	struct incident *incident;

	if (i >= view->app->n_sources || client_get(view->app->client, &view->app->sources[i],
						    &view->arena, &incident, NULL) != ERR_OK)
		return NULL;
	return incident;
}

static const char *numbers(struct act_form *view)
{
	const char *joined = "";

	for (size_t i = 0; i < view->app->n_sources; i++) {
		const struct incident *incident = source(view, i);
		char mark[48];

		if (incident)
			joined = arena_printf(&view->arena, "%s%s%s", joined, *joined ? ", " : "",
					      client_mark(view->app->client, incident, mark));
	}
	return joined;
}

/* His own street, where he sits in one. */
static const char *street(struct act_form *view, const struct incident *first)
{
	const struct actor *actor = client_actor(view->app->client);
	const struct org *org =
		actor ? rules_org(client_rules(view->app->client), actor->org) : NULL;

	if (first && first->street)
		return first->street;
	return org && str_eq(org->tier, "street") ? org->code : NULL;
}

const char *act_blow_whose(struct act_form *view)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct summons *summons = act_blow_summons(view);
	const struct incident *first = source(view, 0);

	if (!act_blow_for(view) || !first || !summons ||
	    !summons_may_blow(rules, summons, first->street))
		return NULL;
	return first->street;
}

const char *act_blow_first(struct act_form *view, const struct field *field)
{
	const struct incident *first = source(view, 0);
	const struct summons *summons = act_blow_summons(view);

	if (strcmp(field->name, "summons") == 0)
		return summons && client_rules(view->app->client)->n_summonses > 1 ? summons->code
										   : NULL;
	if (strcmp(field->name, "title") == 0)
		return first ? first->title : NULL;
	if (strcmp(field->name, "address") == 0)
		return first ? first->address : NULL;
	if (strcmp(field->name, "street") == 0)
		return street(view, first);
	return strcmp(field->name, "incident") == 0 ? numbers(view) : NULL;
}

/* ---- the report-in time ---- */

bool act_blow_is_filled(const struct act_form *view, const char *name)
{
	return *view->report_by && strcmp(name, "report_by") == 0 &&
	       strcmp(form_get(view->form, name), view->report_by) == 0;
}

void act_blow_trim(const struct act_form *view, struct given *given, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++)
		if (!act_blow_is_filled(view, given[i].field->name))
			given[kept++] = given[i];
	*n = kept;
}

/* As the class has it, unless somebody stated another; and the bounds, below the line. */
void act_blow_report_by(struct act_form *view, const struct whistle_plan *plan)
{
	const struct rules *rules = client_rules(view->app->client);
	struct form_field *field = field_of(view, "report_by");
	int64_t by = plan_report_by(plan);
	struct arena arena = ARENA_INIT;
	const char *typed;
	char text[CIVIL_TEXT] = "";

	if (!field)
		return;
	if (plan->least) {
		snprintf(view->report_help, sizeof view->report_help,
			 _("from %s to %s; as it stands: by the class"),
			 plan_when(rules, plan->least, &arena),
			 plan_when(rules, plan->most, &arena));
		field->help = view->report_help;
	}
	typed = form_get(view->form, "report_by");
	if (by && (!*typed || strcmp(typed, view->report_by) == 0) &&
	    strcmp(form_focused(view->form), "report_by") != 0) {
		civil_format(by, rules->offset_min, "Y-m-d H:M", text, sizeof text);
		snprintf(view->report_by, sizeof view->report_by, "%s", text);
		form_set(view->form, "report_by", text);
	}
	arena_release(&arena);
}
