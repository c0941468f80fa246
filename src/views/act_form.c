#include <config.h>

#include <string.h>

#include "act_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/model/acts.h"

/* The form of an act, made from its arguments.  What was typed survives Esc as a draft. */
struct act_form {
	struct app *app;
	const struct act_desc *act;
	struct arena arena;
	struct act_fields fields;
	struct form *form;
	struct incident *incident; /* the target, when it is one; NULL: new, or many */
	struct uuid draft;	   /* target the draft is kept for; nil: new or many */
	struct uuid replaces;	   /* the act of the desk it takes the place of; nil: none */
	const struct act *refused; /* that one */
	const char *what;	   /* about the target, above the form */
	bool phone;   /* with the part about the call */
	bool changed; /* before that part was opened or shut */
	bool done;    /* saved */
};

static const char *form_title(struct act_form *view)
{
	const char *label = acts_label(client_rules(view->app->client), view->incident, view->act);
	char mark[48];

	if (view->refused)
		label = arena_printf(&view->arena, _("Again: %s"), label);
	if (view->incident)
		return arena_printf(&view->arena, "%s  %s", label,
				    client_mark(view->app->client, view->incident, mark));
	if (view->app->n_targets > 1)
		return arena_printf(&view->arena, _("%s  %zu marked incidents"), label,
				    view->app->n_targets);
	return label;
}

/* Of a refused act that is done again, what it carried. */
static enum err find_refused(struct act_form *view, struct error *err)
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

/* A correction begins with what stands there, one of the desk with what it carried; the rest begins
 * empty, or as it was left. */
static const char *first_value(struct act_form *view, const struct field *field)
{
	const char *value = NULL;

	if (view->refused)
		value = act_fields_carried(view->app, field, view->refused, &view->arena);
	if (!value && view->act->conflict == CONFLICT_MERGE_FIELDS)
		value = act_fields_present(view->app, field, view->incident, &view->arena);
	if (!value && view->incident && !view->refused)
		value = proposed(view, field);
	return value ? value : "";
}

/* For whom an officer writes down what was said: for whose act it is, and mostly now. */
static const char *first_of_call(struct act_form *view, const struct field *field)
{
	const struct rules *rules = client_rules(view->app->client);
	const char *whose = view->incident
				    ? acts_for_whom(view->app->client, view->incident, view->act)
				    : NULL;
	char now[CIVIL_TEXT];

	if (view->refused)
		return act_fields_phone_present(view->app, field, &view->refused->by_phone,
						&view->arena);
	if (field->type == FIELD_TIME) {
		civil_format(app_now(view->app), rules->offset_min, "H:M", now, sizeof now);
		return arena_strdup(&view->arena, now);
	}
	return field->type == FIELD_ORG && whose ? whose : "";
}

/* What stands in a field before anything is typed. */
static const char *beginning(struct act_form *view, size_t i)
{
	return i < view->fields.n_act ? first_value(view, view->fields.args[i])
				      : first_of_call(view, view->fields.args[i]);
}

static void fill(struct act_form *view)
{
	struct drafts *drafts = view->app->drafts;
	const char *carried = NULL;
	bool drafted = false;

	for (size_t i = 0; i < view->fields.n; i++) {
		const struct field *field = view->fields.args[i];
		const char *name = view->fields.fields[i].name;
		const char *kept = drafts_get(drafts, view->act->verb, &view->draft, name);
		const char *value = kept ? kept : beginning(view, i);

		if (*value)
			form_set(view->form, name, value);
		drafted = drafted || kept;
		if (!carried && view->refused && i < view->fields.n_act &&
		    act_fields_carried(view->app, field, view->refused, &view->arena))
			carried = name;
	}
	if (carried)
		form_focus(view->form, carried);
	if (drafted)
		form_notice(view->form, _("As you left it. Ctrl-U empties a line."));
}

static void make_form(struct act_form *view)
{
	view->fields.act = view->act;
	view->fields.again = view->refused != NULL;
	act_fields_build(view->app, view->act, view->incident, view->phone, &view->arena,
			 &view->fields);
	view->form = form_new(form_title(view), view->fields.fields, view->fields.n);
	form_keys(view->form, view->phone ? _("F5 without the call") : _("F5 by phone"));
}

/* The part about the call opens or shuts; what was typed stays. */
static void turn_phone(struct act_form *view)
{
	struct form *old = view->form;
	struct act_fields fields = view->fields;

	view->changed = view->changed || form_changed(old);
	view->phone = !view->phone;
	make_form(view);
	for (size_t i = 0; i < view->fields.n; i++) {
		const char *name = view->fields.fields[i].name;

		form_set(view->form, name, i < fields.n ? form_get(old, fields.fields[i].name)
							: beginning(view, i));
	}
	if (view->phone)
		form_focus(view->form, view->fields.fields[fields.n_act].name);
	form_free(old);
}

static bool has_draft_of_call(struct act_form *view)
{
	return drafts_get(view->app->drafts, view->act->verb, &view->draft, "phone.org") != NULL &&
	       (*drafts_get(view->app->drafts, view->act->verb, &view->draft, "phone.org") ||
		*drafts_get(view->app->drafts, view->act->verb, &view->draft, "phone.rung") ||
		*drafts_get(view->app->drafts, view->act->verb, &view->draft, "phone.wording"));
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct question *question = arg;
	struct act_form *view = mem_alloc(sizeof *view);
	struct app *app = ui_shell(ui);
	struct page_brief brief;
	enum err code = ERR_OK;

	view->app = app;
	view->act = question->act;
	view->replaces = question->replaces;
	code = find_refused(view, err);
	if (code == ERR_OK && app->n_targets == 1)
		code =
		    client_get(app->client, &app->targets[0], &view->arena, &view->incident, err);
	if (code != ERR_OK) {
		arena_release(&view->arena);
		free(view);
		return code;
	}
	if (view->incident) {
		view->draft = view->incident->head.id;
		if (page_brief(app->client, &view->draft, &view->arena, &brief, NULL) == ERR_OK)
			view->what = brief.what;
	}
	if (view->refused)
		view->draft = view->replaces;
	view->phone = question->phone || (view->refused && by_phone_is(&view->refused->by_phone)) ||
		      has_draft_of_call(view) ||
		      (!view->refused && view->incident &&
		       acts_for_whom(app->client, view->incident, view->act));
	make_form(view);
	fill(view);
	if (question->phone)
		form_focus(view->form, view->fields.fields[view->fields.n_act].name);
	*ret_state = view;
	return ERR_OK;
}

static void keep_draft(struct act_form *view)
{
	const char *names[ACT_ARGS_MAX], *values[ACT_ARGS_MAX];
	size_t n = 0;

	if (!view->changed && !form_changed(view->form))
		return;
	for (size_t i = 0; i < view->fields.n && n < ACT_ARGS_MAX; i++, n++) {
		names[n] = view->fields.fields[i].name;
		values[n] = form_get(view->form, names[n]);
	}
	drafts_put(view->app->drafts, view->act->verb, &view->draft, names, values, n);
}

static void close_view(void *state)
{
	struct act_form *view = state;

	if (!view->done) /* closed from outside: another officer takes the seat */
		keep_draft(view);
	form_free(view->form);
	arena_release(&view->arena);
	free(view);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct act_form *view = state;
	struct area head;

	(void)all;
	if (view->what) {
		head = area_top(&area, 1);
		canvas_pad(canvas, head.row, head.col, 1, ROLE_TEXT, "", PAD_RIGHT);
		canvas_pad(canvas, head.row, head.col + 1, head.cols - 1, ROLE_TEXT, view->what,
			   PAD_RIGHT);
	}
	form_draw(view->form, canvas, area);
}

static bool is_given(const struct given *given, size_t n, const struct field *field)
{
	for (size_t i = 0; i < n; i++)
		if (given[i].field == field)
			return true;
	return false;
}

static bool is_shown(const struct act_form *view, const struct field *field)
{
	for (size_t i = 0; i < view->fields.n_act; i++)
		if (view->fields.args[i] == field)
			return true;
	return false;
}

/* What the form does not show goes along as it was. */
static void carry_hidden(const struct act_form *view, struct given *given, size_t *n)
{
	const struct act *from = view->refused;
	size_t typed = *n;

	for (size_t i = 0; i < from->n_given && *n < ACT_ARGS_MAX; i++)
		if (!is_shown(view, from->given[i].field) &&
		    !is_given(given, typed, from->given[i].field))
			given[(*n)++] = from->given[i];
}

static unsigned save(struct act_form *view)
{
	bool corrects = view->act->conflict == CONFLICT_MERGE_FIELDS;
	struct deed deed = { .act = view->act };
	struct error err = ERROR_INIT;
	struct given *given;
	const char *field = NULL;
	unsigned flags;
	size_t n = 0;
	enum err code = act_fields_given(view->app, &view->fields, view->form,
					 corrects ? view->incident : NULL, &view->arena, &given,
					 &n, &field, &err);

	if (code == ERR_OK && corrects && n == 0)
		code = error_set(&err, ERR_INPUT, "%s", _("nothing was changed"));
	if (code == ERR_OK && view->refused)
		carry_hidden(view, given, &n);
	if (code == ERR_OK)
		code = act_fields_phone(view->app, &view->fields, view->form, &view->arena,
					&deed.phone, &field, &err);
	if (code == ERR_OK) {
		deed.given = given;
		deed.n_given = n;
		code = view->refused ? acts_again(view->app, &view->replaces, &deed, &flags, &err)
				     : acts_do(view->app, &deed, &flags, &err);
	}
	if (code == ERR_OK) {
		drafts_drop(view->app->drafts, view->act->verb, &view->draft);
		view->done = true;
		return UI_CLOSE | flags;
	}
	if (field) {
		form_error(view->form, field, err.text);
		form_focus(view->form, field);
	} else {
		form_notice(view->form, err.text);
	}
	return UI_REDRAW_ALL;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct act_form *view = state;
	bool turns = (pressed.code == UIKEY_F1 + 4 && !pressed.mods) ||
		     (pressed.code == 't' && pressed.mods == KEY_CTRL);

	if (turns && !form_picking(view->form)) {
		turn_phone(view);
		return UI_REDRAW_ALL;
	}
	switch (form_key(view->form, pressed, pasted)) {
	case FORM_SAVE:
		return save(view);
	case FORM_LEAVE:
		keep_draft(view);
		return UI_CLOSE | UI_FRAME;
	case FORM_MORE:
		act_place_propose(view->app, &view->fields, view->form);
		return UI_REDRAW;
	case FORM_TOOK:
		act_place_take(view->app, &view->fields, view->form);
		return UI_REDRAW;
	case FORM_BESIDE:
	case FORM_IGNORED:
		break;
	}
	return UI_IGNORED;
}

static const char *title(void *state)
{
	struct act_form *view = state;

	return acts_label(client_rules(view->app->client), view->incident, view->act);
}

const struct view_ops form_view = {
	.name = "form",
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.title = title,
};
