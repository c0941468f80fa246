/* What stands in the form of an act at first. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "act_joint.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/model/acts.h"
#include "zhiban/model/roster_words.h"

/* Of a refused act that is done again, what it carried. */
enum err act_first_refused(struct act_form *view, struct error *err)
{
	struct client_waiting *rows;
	size_t n;
	enum err code;

	if (uuid_is_nil(&view->replaces))
		return ERR_OK;
	code = client_outbox(view->app->client, true, &view->arena, &rows, &n, err);
	for (size_t i = 0; code == ERR_OK && i < n; i++)
		if (uuid_eq(&rows[i].act.id, &view->replaces))
			view->refused = &rows[i].act;
	if (code == ERR_OK && !view->refused)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("it does not lie here any more"));
	return code;
}

/* What the duty list says of the case, for its officer to confirm or to change. */
static const char *proposed(const struct act_form *view, const struct field *field)
{
	static const struct {
		const char *verb, *arg, *from;
	} proposals[] = {
		{ "assign", "holder", "duty_unit" },
		{ "return", "list_line", "duty_line" },
	};
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < ARRAY_LEN(proposals); i++)
		if (strcmp(proposals[i].verb, view->act->verb) == 0 &&
		    strcmp(proposals[i].arg, field->name) == 0)
			return field_get(field_find(kind->fields, kind->n_fields,
						    proposals[i].from),
					 view->incident)
				.text;
	return NULL;
}

/* Which periodic check it is. */
static const char *of_check(struct act_form *view, const struct field *field)
{
	const struct app *app = view->app;
	char when[CIVIL_TEXT];

	if (view->act->target != KIND_INSPECTION || view->refused || !app->check.due)
		return NULL;
	if (strcmp(field->name, "label") == 0)
		return app->check.label;
	if (strcmp(field->name, "due") != 0)
		return NULL;
	civil_format(app->check.due, client_rules(app->client)->offset_min, "Y-m-d H:M", when,
		     sizeof when);
	return arena_strdup(&view->arena, when);
}

/* Who reports in is mostly who was named when it was signed for. */
static const char *comer(const struct act_form *view, const struct field *field)
{
	const struct actor *actor = client_actor(view->app->client);
	const char *org = view->share ? view->share : actor ? actor->org : NULL;
	const struct summoned *share;

	if (!view->has_subject || view->subject.kind != KIND_WHISTLE || !org ||
	    strcmp(view->act->verb, "report_in") != 0)
		return NULL;
	share = whistle_share_of(view->subject.whistle.whistle, org);
	return !share				       ? NULL :
	       strcmp(field->name, "comer") == 0       ? share->comer :
	       strcmp(field->name, "comer_post") == 0  ? share->comer_post :
	       strcmp(field->name, "comer_phone") == 0 ? share->comer_phone :
							 NULL;
}

/* A correction begins with what stands there, one of the desk with what it carried; the rest begins
 * empty, or as it was left. */
static const char *of_act(struct act_form *view, const struct field *field)
{
	const char *value = of_check(view, field);

	if (view->refused)
		value = act_fields_carried(view->app, field, view->refused, &view->arena);
	if (!value && act_fields_corrects(view->act))
		value = act_fields_present(view->app, field, act_form_subject(view), &view->arena);
	if (!value && view->incident && !view->refused)
		value = proposed(view, field);
	if (!value && view->share && !view->refused && strcmp(field->name, "share") == 0)
		value = view->share;
	if (!value && !view->refused)
		value = comer(view, field);
	if (!value && !view->refused && strcmp(view->act->verb, "blow") == 0)
		value = act_blow_first(view, field);
	if (!value && !view->refused)
		value = act_joint_first(view, field);
	return value ? value : "";
}

/* Who has to approve a whistle of its class, when that is what was said by telephone. */
static const char *approver(const struct act_form *view)
{
	const struct summons *summons = act_blow_summons(view);
	const struct summons_class *cls = NULL;

	if (view->has_subject && summons && view->subject.kind == KIND_WHISTLE &&
	    strcmp(view->act->verb, "approve") == 0)
		cls = summons_class(summons, view->subject.whistle.whistle->cls);
	return cls && cls->approver ? cls->approver : "";
}

/* By the name that people know, where it means that one alone. */
static const char *org_typed(const struct rules *rules, const char *code)
{
	const char *name = org_brief(rules, code);
	const struct org *named = rules_org_named(rules, name);

	return named && strcmp(named->code, code) == 0 ? name : code;
}

/* For whom an officer writes down what was said: for whose act it is, and mostly now. */
static const char *of_call(struct act_form *view, const struct field *field)
{
	const struct rules *rules = client_rules(view->app->client);
	const char *whose =
		view->has_subject ?
			subject_for_whom(view->app->client, &view->subject, view->act,
					 view->share) :
		view->act->target == KIND_INSPECTION && view->app->check.due ? view->app->check.org :
									      NULL;
	char now[CIVIL_TEXT];

	if (!whose)
		whose = act_blow_whose(view);
	if (view->refused)
		return act_fields_phone_present(view->app, field, &view->refused->by_phone,
						&view->arena);
	if (field->type == FIELD_TIME) {
		civil_format(app_now(view->app), rules->offset_min, "H:M", now, sizeof now);
		return arena_strdup(&view->arena, now);
	}
	if (strcmp(field->json, "role") == 0)
		return approver(view);
	return field->type == FIELD_ORG && whose ? org_typed(rules, whose) : "";
}

const char *act_first_value(struct act_form *view, size_t i)
{
	return i < view->fields.n_act ? of_act(view, view->fields.args[i])
				      : of_call(view, view->fields.args[i]);
}

/* NULL: the draft has no such field. */
static const char *drafted(const struct draft *draft, const char *name)
{
	for (size_t i = 0; draft && i < draft->n; i++)
		if (strcmp(draft->names[i], name) == 0)
			return draft->values[i];
	return NULL;
}

/* Of today the time alone. */
static void say_when(struct act_form *view, int64_t at)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str words = STR_INIT;
	char now[CIVIL_TEXT], day[CIVIL_TEXT], when[CIVIL_TEXT];

	civil_format(app_now(view->app), rules->offset_min, "Y-m-d", now, sizeof now);
	civil_format(at, rules->offset_min, "Y-m-d", day, sizeof day);
	civil_format(at, rules->offset_min, strcmp(now, day) == 0 ? "H:M" : "m-d H:M", when,
		     sizeof when);
	str_addf(&words, _("As you left it at %s. Ctrl-U empties a line, F7 other drafts."), when);
	form_hint(view->form, words.s);
	str_release(&words);
}

void act_first_fill(struct act_form *view)
{
	const struct draft *draft =
		drafts_find(view->app->drafts, view->act->verb, &view->draft);
	const char *carried = NULL, *last = NULL;

	for (size_t i = 0; i < view->fields.n; i++) {
		const struct field *field = view->fields.args[i];
		const char *name = view->fields.fields[i].name;
		const char *kept = drafted(draft, name);
		const char *value = kept ? kept : act_first_value(view, i);

		if (*value)
			form_set(view->form, name, value);
		if (kept && *kept && i < view->fields.n_act)
			last = name;
		if (!carried && view->refused && i < view->fields.n_act &&
		    act_fields_carried(view->app, field, view->refused, &view->arena))
			carried = name;
	}
	if (carried || last)
		form_focus(view->form, carried ? carried : last);
	view->filled = draft != NULL; /* a template's blanks may be left in it */
	if (draft)
		say_when(view, draft->at);
}
