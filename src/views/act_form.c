#include <config.h>

#include <stdio.h>
#include <string.h>

#include "act_form_priv.h"
#include "act_plan.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/acts.h"
#include "zhiban/ui/picker.h"

/* The form of an act, made from its arguments. */

static const char *form_title(struct act_form *view)
{
	const char *label = subject_act_label(client_rules(view->app->client),
					      act_form_subject(view), view->act);
	char mark[48];

	if (view->refused)
		label = arena_printf(&view->arena, _("Again: %s"), label);
	if (view->has_subject)
		return arena_printf(&view->arena, "%s  %s", label,
				    subject_mark(view->app->client, &view->subject, mark));
	if (view->app->n_targets > 1)
		return arena_printf(&view->arena, _("%s  %zu marked rows"), label,
				    view->app->n_targets);
	return label;
}

const struct subject *act_form_subject(const struct act_form *view)
{
	return view->has_subject ? &view->subject : NULL;
}

static void make_form(struct act_form *view)
{
	view->fields.act = view->act;
	view->fields.again = view->refused != NULL;
	act_fields_build(view->app, view->act, act_form_subject(view), act_blow_summons(view),
			 view->phone, &view->arena, &view->fields);
	view->form = form_new(form_title(view), view->fields.fields, view->fields.n);
	form_keys(view->form,
		  arena_printf(&view->arena, "%s%s",
			       view->phone ? _("F5 without the call") : _("F5 by phone"),
			       act_template_any(view) ? _("  F4 templates")
			       : act_blow_is(view)    ? _("  F8 each day counted")
						      : ""));
}

/* At the first of the call that is not known yet; what the profile asks for stands there already. */
static void focus_phone(struct act_form *view)
{
	size_t first = view->fields.n_act;

	form_focus(view->form, view->fields.fields[first].name);
	for (size_t i = first; i < view->fields.n; i++)
		if (strcmp(view->fields.fields[i].name, "phone.role") == 0 &&
		    *form_get(view->form, "phone.role"))
			form_focus(view->form, "phone.rung");
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
							: act_first_value(view, i));
	}
	if (view->phone)
		focus_phone(view);
	form_aside_take(view->form, old);
	act_whom_propose(view);
	form_free(old);
}

/* Another kind of whistle has other lists; what was typed stays where it still means something. */
static void turn_kind(struct act_form *view)
{
	struct form *old = view->form;
	struct act_fields fields = view->fields;
	const char *focus = form_focused(old);

	view->changed = view->changed || form_changed(old);
	make_form(view);
	for (size_t i = 0; i < view->fields.n && i < fields.n; i++)
		form_set(view->form, view->fields.fields[i].name,
			 form_get(old, fields.fields[i].name));
	form_focus(view->form, focus);
	form_aside_take(view->form, old);
	form_free(old);
}

/* Into which it is merged was chosen already. */
static void fill_lead(struct act_form *view, const struct uuid *lead)
{
	struct incident *incident;
	char mark[48];

	if (client_get(view->app->client, lead, &view->arena, &incident, NULL) == ERR_OK)
		form_set(view->form, "lead", client_mark(view->app->client, incident, mark));
}

/* Whose share is said where the officer has none of his own. */
static enum err take_subject(struct act_form *view, const struct selection *target,
			     struct error *err)
{
	struct client *client = view->app->client;
	enum err code = subject_get(client, target->kind, &target->id, &view->arena,
				    &view->subject, err);

	if (code != ERR_OK)
		return code;
	subject_turn(&view->subject, &target->turn);
	view->has_subject = true;
	view->incident = view->subject.incident;
	if (*target->share && act_arg_field(view->act, "share") &&
	    (joint_is(target->kind) || /* an attendee is named: for whom it is written down */
	     subject_asks_whose(client, &view->subject, view->act) ||
	     !subject_for_whom(client, &view->subject, view->act, target->share)))
		view->share = arena_strdup(&view->arena, target->share);
	return ERR_OK;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct question *question = arg;
	struct act_form *view = mem_alloc(sizeof *view);
	struct app *app = ui_shell(ui);
	enum err code = ERR_OK;

	view->app = app;
	view->act = question->act;
	view->replaces = question->replaces;
	code = act_first_refused(view, err);
	if (code == ERR_OK && app->n_targets == 1)
		code = take_subject(view, &app->targets[0], err);
	if (code != ERR_OK) {
		arena_release(&view->arena);
		free(view);
		return code;
	}
	if (act_preset_line(app, view->act))
		view->what = arena_strdup(&view->arena, act_preset_line(app, view->act));
	else if (view->has_subject)
		view->what = subject_line(app->client, &view->subject, &view->arena);
	size_t n_preset;

	(void)act_preset_of(app, view->act, &n_preset);
	view->preset = n_preset > 0;
	if (!question->fresh)
		act_draft_choose(view, &question->draft);
	view->phone = question->phone || (view->refused && by_phone_is(&view->refused->by_phone)) ||
		      act_draft_has_call(view) || act_blow_for(view) ||
		      (!view->refused && view->has_subject &&
		       subject_for_whom(app->client, &view->subject, view->act, view->share));
	make_form(view);
	act_first_fill(view);
	if (!uuid_is_nil(&question->lead))
		fill_lead(view, &question->lead);
	if (act_preset_hint(app, view->act))
		form_notice(view->form, act_preset_hint(app, view->act));
	if (question->undoes)
		form_hint(view->form,
			  arena_printf(&view->arena, _("It undoes what you did: %s"),
				       subject_act_label(client_rules(app->client),
							 act_form_subject(view),
							 question->undoes)));
	if (question->phone)
		focus_phone(view);
	act_whom_propose(view);
	act_beside_later(view);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct act_form *view = state;

	if (!view->done) /* closed from outside: another officer takes the seat */
		act_draft_keep(view);
	act_beside_forget(view);
	picker_free(view->templates);
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
	if (view->templates)
		act_template_draw(view, canvas, area);
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

/* Whom a department sends to a meeting has a roster too: said once, then it is sent with the words. */
static enum err warn_comer(struct act_form *view, struct given *given, size_t *n,
			   const char **ret_field, struct error *err)
{
	const struct field *clash = act_arg_field(view->act, "clash");
	const char *comer = NULL, *words;

	if (!clash || !view->has_subject || view->subject.kind != KIND_MEETING)
		return ERR_OK;
	for (size_t i = 0; i < *n; i++)
		if (strcmp(given[i].field->name, "comer") == 0)
			comer = given[i].value.text;
	if (!comer)
		return ERR_OK;
	words = answer_comer_clash(view->app, view->act, view->subject.entity, comer, &view->arena);
	if (!*words)
		return ERR_OK;
	if (strcmp(view->warned, comer) != 0) {
		snprintf(view->warned, sizeof view->warned, "%s", comer);
		*ret_field = "comer";
		return error_set(err, ERR_INPUT, _("in the way: %s; once more sends him all the same"),
				 words);
	}
	if (*n < ACT_ARGS_MAX && !is_given(given, *n, clash))
		given[(*n)++] = (struct given){ clash, { .is_text = true, .text = words } };
	return ERR_OK;
}

static unsigned save(struct act_form *view)
{
	bool corrects = act_fields_corrects(view->act);
	struct deed deed = { .act = view->act };
	struct error err = ERROR_INIT;
	struct given *given;
	const char *field = act_template_blank(view);
	unsigned flags;
	size_t n = 0;
	enum err code = field ? error_set(&err, ERR_INPUT, "%s",
					  _("a blank is left: fill it in, or take it out (F4)"))
			      : act_fields_given(view->app, &view->fields, view->form,
						 corrects ? act_form_subject(view) : NULL,
						 &view->arena, &given, &n, &field, &err);

	if (code == ERR_OK)
		act_blow_trim(view, given, &n);
	if (code == ERR_OK && corrects && n == 0)
		code = error_set(&err, ERR_INPUT, "%s", _("nothing was changed"));
	if (code == ERR_OK && view->refused)
		carry_hidden(view, given, &n);
	if (code == ERR_OK)
		code = warn_comer(view, given, &n, &field, &err);
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
		act_draft_drop(view);
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

unsigned act_form_save_into(struct act_form *view, const struct uuid *lead)
{
	struct app *app = view->app;
	unsigned flags;

	if (!form_complete(view->form))
		return UI_REDRAW_ALL;
	flags = save(view);
	return view->done ? flags | merge_new(app, &app->wanted, lead) : flags;
}

/* What the form leaves may lead away from it: nothing is lost then. */
static unsigned leave_key(struct act_form *view, struct key pressed)
{
	bool digit = pressed.code > UIKEY_F1 && pressed.code < UIKEY_F1 + 9 && !pressed.mods;

	unsigned flags = act_beside_key(view, pressed);

	if (flags != UI_IGNORED)
		return flags;
	act_draft_keep(view);
	return digit ? UI_NOTHING : UI_IGNORED; /* acts on the list below are not begun from here */
}

static unsigned leave(struct act_form *view)
{
	bool kept = view->unsaved_at != 0 ||
		    drafts_find(view->app->drafts, view->act->verb, &view->draft) != NULL;

	act_draft_keep(view);
	if (kept && drafts_find(view->app->drafts, view->act->verb, &view->draft))
		app_notice(view->app, ROLE_HINT,
			   _("Kept as a draft: the same key goes on with it, :drafts lists all."));
	return UI_CLOSE | UI_FRAME;
}

static unsigned form_keys_of(struct act_form *view, struct key pressed, const char *pasted)
{
	switch (form_key(view->form, pressed, pasted)) {
	case FORM_SAVE:
		return save(view);
	case FORM_LEAVE:
		return leave(view);
	case FORM_MORE:
		act_place_propose(view->app, &view->fields, view->form);
		act_whom_propose(view);
		break;
	case FORM_TOOK:
		if (act_whom_is(view))
			act_whom_take(view);
		else
			act_place_take(view->app, &view->fields, view->form);
		break;
	case FORM_BESIDE:
		return act_beside_open(view);
	case FORM_IGNORED:
		return leave_key(view, pressed);
	}
	if (act_blow_turned(view)) {
		turn_kind(view);
		act_beside_later(view);
		return UI_REDRAW_ALL;
	}
	act_draft_typed(view);
	act_beside_later(view);
	return UI_REDRAW;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct act_form *view = state;
	bool turns = (pressed.code == UIKEY_F1 + 4 && !pressed.mods) ||
		     (pressed.code == 't' && pressed.mods == KEY_CTRL);

	if (view->templates) {
		act_template_key(view, pressed, pasted);
		return UI_REDRAW_ALL;
	}
	if (form_picking(view->form))
		return form_keys_of(view, pressed, pasted);
	if (key_eq(pressed, (struct key){ UIKEY_F1 + 3, 0 })) {
		act_template_open(view);
		return UI_REDRAW_ALL;
	}
	if (act_blow_is(view) && key_eq(pressed, (struct key){ UIKEY_F1 + 7, 0 })) {
		act_draft_keep(view);
		return act_blow_page(view);
	}
	if (turns) {
		turn_phone(view);
		return UI_REDRAW_ALL;
	}
	if (key_eq(pressed, (struct key){ UIKEY_F1 + 6, 0 })) { /* closing keeps what is typed */
		act_draft_keep(view);
		return UI_CLOSE | UI_FRAME | ui_open(view->app->ui, &drafts_view, NULL, 0);
	}
	return form_keys_of(view, pressed, pasted);
}

int64_t act_form_next(const void *state)
{
	const struct act_form *view = state;
	int64_t keep = act_draft_next(view), look = act_beside_next(view);

	return keep < look ? keep : look;
}

static unsigned tick(void *state, int64_t now)
{
	struct act_form *view = state;

	if (act_draft_next(view) <= now)
		act_draft_keep(view);
	return act_beside_next(view) <= now ? act_beside_look(view) : UI_NOTHING;
}

static const char *title(void *state)
{
	struct act_form *view = state;

	return subject_act_label(client_rules(view->app->client), act_form_subject(view), view->act);
}

const struct view_ops form_view = {
	.name = "form",
	.types = true,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.tick = tick,
	.title = title,
};
