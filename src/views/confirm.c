#include <config.h>

#include "act_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/acts.h"

/* An act that needs no words is asked about in one line. */
struct confirm {
	struct app *app;
	const struct act_desc *act;
	struct uuid lead; /* of merge; nil: none */
	struct str text, into;
};

/* Of one incident as its step calls it. */
static const char *confirm_label(struct confirm *confirm, struct arena *arena)
{
	struct app *app = confirm->app;
	const struct rules *rules = client_rules(app->client);
	struct subject subject;
	const char *label, *whose = NULL;
	bool one = app->n_targets == 1 &&
		   subject_get(app->client, app->targets[0].kind, &app->targets[0].id, arena,
			       &subject, NULL) == ERR_OK;

	label = subject_act_label(rules, one ? &subject : NULL, confirm->act);
	if (one)
		whose = subject_for_whom(app->client, &subject, confirm->act,
					 *app->targets[0].share ? app->targets[0].share : NULL);
	if (!whose || !rules_org(rules, whose))
		return label;
	return arena_printf(arena, _("%s (for %s)"), label,
			    rules_org(rules, whose)->brief ? rules_org(rules, whose)->brief
							   : rules_org(rules, whose)->name);
}

static void ask(struct confirm *confirm)
{
	struct app *app = confirm->app;
	struct arena arena = ARENA_INIT;
	struct page_brief brief = { "", "" };
	struct subject subject;

	str_addf(&confirm->text, "%s ",
		 confirm_label(confirm, &arena));
	if (app->n_targets > 1)
		str_addf(&confirm->text, _("%zu marked rows"), app->n_targets);
	else if (subject_get(app->client, app->targets[0].kind, &app->targets[0].id, &arena,
			     &subject, NULL) == ERR_OK)
		str_add(&confirm->text, subject_line(app->client, &subject, &arena));
	if (!uuid_is_nil(&confirm->lead) &&
	    page_brief(app->client, &confirm->lead, &arena, &brief, NULL) == ERR_OK)
		str_addf(&confirm->into, _("into %s"), brief.what);
	arena_release(&arena);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct question *question = arg;
	struct confirm *confirm;

	confirm = mem_alloc(sizeof *confirm);
	confirm->app = ui_shell(ui);
	confirm->act = question->act;
	confirm->lead = question->lead;
	if (!confirm->app->n_targets) {
		free(confirm);
		return error_set(err, ERR_NOT_FOUND, "%s", _("no incident is selected"));
	}
	ask(confirm);
	*ret_state = confirm;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct confirm *confirm = state;

	str_release(&confirm->text);
	str_release(&confirm->into);
	free(confirm);
}

static struct area place(void *state, struct area body)
{
	return area_bottom(&body, ((struct confirm *)state)->into.len ? 4 : 3);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct confirm *confirm = state;

	(void)all;
	canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, "", PAD_RIGHT);
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TITLE, confirm->text.s,
		   PAD_RIGHT);
	area_top(&area, 1);
	if (confirm->into.len) {
		canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, "", PAD_RIGHT);
		canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TITLE,
			   confirm->into.s, PAD_RIGHT);
		area_top(&area, 1);
	}
	question_draw(canvas, area, _("Do it? (e: with a note, p: for somebody on the phone)"));
}

/* Into which they are merged, as the act's argument. */
static void add_lead(struct confirm *confirm, struct deed *deed, struct given *given,
		     char text[UUID_TEXT])
{
	if (uuid_is_nil(&confirm->lead))
		return;
	merge_given(confirm->act, &confirm->lead, text, given);
	deed->given = given;
	deed->n_given = 1;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct confirm *confirm = state;
	struct error err = ERROR_INIT;
	struct question question = { .act = confirm->act, .lead = confirm->lead };
	struct given given;
	char lead[UUID_TEXT];
	struct deed deed = { .act = confirm->act };
	uint32_t letter = key_narrow(pressed).code;
	unsigned flags;

	(void)pasted;
	if ((letter == 'e' || letter == 'p') && !pressed.mods) {
		question.phone = letter == 'p';
		ui_open(confirm->app->ui, &form_view, &question, sizeof question);
		return UI_CLOSE | UI_OPEN;
	}
	switch (question_key(pressed)) {
	case PROMPT_DONE:
		add_lead(confirm, &deed, &given, lead);
		if (acts_do(confirm->app, &deed, &flags, &err) != ERR_OK) {
			app_failed(confirm->app, &err);
			return UI_CLOSE | UI_FRAME;
		}
		return UI_CLOSE | flags;
	case PROMPT_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PROMPT_CHANGED:
	case PROMPT_MORE:
		break;
	}
	return UI_NOTHING;
}

const struct view_ops confirm_view = {
	.name = "confirm",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
};
