#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"

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
};

static const char *form_title(struct act_form *view)
{
	const char *label = rules_act_label(client_rules(view->app->client), view->act);
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

/* A correction begins with what stands there, one of the desk with what it carried; the rest begins
 * empty, or as it was left. */
static const char *first_value(struct act_form *view, const struct field *field)
{
	const char *value = NULL;

	if (view->refused)
		value = act_fields_carried(view->app, field, view->refused, &view->arena);
	if (!value && view->act->conflict == CONFLICT_MERGE_FIELDS)
		value = act_fields_present(view->app, field, view->incident, &view->arena);
	return value ? value : "";
}

static void fill(struct act_form *view)
{
	struct drafts *drafts = view->app->drafts;
	const char *carried = NULL;
	bool drafted = false;

	for (size_t i = 0; i < view->fields.n; i++) {
		const struct field *field = view->fields.args[i];
		const char *kept = drafts_get(drafts, view->act->verb, &view->draft, field->name);
		const char *value = kept ? kept : first_value(view, field);

		if (*value)
			form_set(view->form, field->name, value);
		drafted = drafted || kept;
		if (!carried && view->refused && act_fields_carried(view->app, field, view->refused,
								    &view->arena))
			carried = field->name;
	}
	if (carried)
		form_focus(view->form, carried);
	if (drafted)
		form_notice(view->form, _("As you left it. Ctrl-U empties a line."));
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
		code = client_get(app->client, &app->targets[0], &view->arena, &view->incident, err);
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
	act_fields_build(app, view->act, &view->arena, &view->fields);
	view->form = form_new(form_title(view), view->fields.fields, view->fields.n);
	fill(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct act_form *view = state;

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

static void keep_draft(struct act_form *view)
{
	const char *names[ACT_ARGS_MAX], *values[ACT_ARGS_MAX];
	size_t n = 0;

	if (!form_changed(view->form))
		return;
	for (size_t i = 0; i < view->fields.n && n < ACT_ARGS_MAX; i++, n++) {
		names[n] = view->fields.args[i]->name;
		values[n] = form_get(view->form, names[n]);
	}
	drafts_put(view->app->drafts, view->act->verb, &view->draft, names, values, n);
}

/* What no form shows goes along as it was. */
static void carry_hidden(const struct act *from, struct given *given, size_t *n)
{
	for (size_t i = 0; i < from->n_given && *n < ACT_ARGS_MAX; i++)
		if (from->given[i].field->flags & F_HIDDEN)
			given[(*n)++] = from->given[i];
}

static unsigned save(struct act_form *view)
{
	bool corrects = view->act->conflict == CONFLICT_MERGE_FIELDS;
	struct error err = ERROR_INIT;
	struct given *given;
	const char *field = NULL;
	unsigned flags;
	size_t n;
	enum err code = act_fields_given(view->app, &view->fields, view->form,
					 corrects ? view->incident : NULL, &view->arena, &given,
					 &n, &field, &err);

	if (code == ERR_OK && corrects && n == 0)
		code = error_set(&err, ERR_INPUT, "%s", _("nothing was changed"));
	if (code == ERR_OK && view->refused)
		carry_hidden(view->refused, given, &n);
	if (code == ERR_OK)
		code = view->refused ? acts_again(view->app, &view->replaces, given, n, &flags, &err)
				     : acts_do(view->app, view->act, given, n, &flags, &err);
	if (code == ERR_OK) {
		drafts_drop(view->app->drafts, view->act->verb, &view->draft);
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
	case FORM_IGNORED:
		break;
	}
	return UI_IGNORED;
}

static const char *title(void *state)
{
	struct act_form *view = state;

	return rules_act_label(client_rules(view->app->client), view->act);
}

const struct view_ops form_view = {
	.name = "form",
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.title = title,
};
