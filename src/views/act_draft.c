/* What was typed into forms and not sent: kept while it is typed, listed, gone on with. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "act_plan.h"
#include "choose_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/model/acts.h"

enum { REST_MS = 400, LONGEST_MS = 1000 }; /* what a crash may lose */

/* ---- of a form ---- */

static bool is_creating(const struct act_form *view)
{
	return view->act->conflict == CONFLICT_CREATES;
}

void act_draft_choose(struct act_form *view, const struct uuid *wanted)
{
	const struct draft *latest;

	drafts_refresh(view->app->drafts);
	if (view->refused)
		view->draft = view->replaces;
	else if (view->has_subject)
		view->draft = view->subject.id;
	else if (!uuid_is_nil(wanted))
		view->draft = *wanted;
	else if (is_creating(view) &&
		 (latest = drafts_latest(view->app->drafts, view->act->verb)) != NULL)
		view->draft = latest->id;
}

bool act_draft_has_call(const struct act_form *view)
{
	static const char *const fields[] = { "phone.org", "phone.rung", "phone.wording" };

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const char *value = drafts_get(view->app->drafts, view->act->verb, &view->draft,
					       fields[i]);

		if (value && *value)
			return true;
	}
	return false;
}

static int64_t own_now(const struct act_form *view)
{
	return env_now(client_env(view->app->client));
}

void act_draft_typed(struct act_form *view)
{
	int64_t now = own_now(view);

	if (view->preset || (!view->changed && !form_changed(view->form)))
		return;
	view->typed_at = now;
	if (!view->unsaved_at)
		view->unsaved_at = now;
	else if (now - view->unsaved_at >= LONGEST_MS || now < view->unsaved_at)
		act_draft_keep(view);
}

int64_t act_draft_next(const struct act_form *view)
{
	int64_t rest = view->typed_at + REST_MS, longest = view->unsaved_at + LONGEST_MS;

	if (!view->unsaved_at)
		return INT64_MAX;
	return rest < longest ? rest : longest;
}

void act_draft_drop(struct act_form *view)
{
	drafts_drop(view->app->drafts, view->act->verb, &view->draft);
	view->unsaved_at = 0;
}

void act_draft_keep(struct act_form *view)
{
	const char *names[ACT_ARGS_MAX], *values[ACT_ARGS_MAX];
	struct error err = ERROR_INIT;
	bool empty = true;
	size_t n = 0;

	if (!view->unsaved_at)
		return;
	if (is_creating(view) && uuid_is_nil(&view->draft))
		view->draft = uuid_v7(client_env(view->app->client));
	for (size_t i = 0; i < view->fields.n && n < ACT_ARGS_MAX; i++, n++) {
		names[n] = view->fields.fields[i].name;
		values[n] = act_blow_is_filled(view, names[n]) ? ""
							      : form_get(view->form, names[n]);
		empty = empty && (!*values[n] || i >= view->fields.n_act);
	}
	view->unsaved_at = 0;
	if (empty && is_creating(view))
		act_draft_drop(view);
	else if (drafts_put(view->app->drafts, view->act->verb, &view->draft, app_now(view->app),
			    names, values, n, &err) != ERR_OK)
		form_notice(view->form, err.text); /* in memory it is kept all the same */
}

bool act_draft_of(struct app *app, const struct act *act)
{
	const char *names[ACT_ARGS_MAX], *values[ACT_ARGS_MAX];
	struct act_arg args[ACT_ARGS_MAX];
	struct arena arena = ARENA_INIT;
	size_t n_args = act_args(act->desc, args), n = 0;

	if (act->desc->target == KIND_ROSTER || act->desc->target == KIND_SWAP)
		return false; /* most of it was chosen on the screen, in ids */
	for (size_t i = 0; i < n_args; i++) {
		const char *value = act_fields_carried(app, args[i].field, act, &arena);

		if (!value || !*value)
			continue;
		names[n] = args[i].field->name;
		values[n++] = value;
	}
	if (n > 0 && drafts_put(app->drafts, act->desc->verb, &act->target.id, app_now(app), names,
				values, n, NULL) != ERR_OK)
		n = 0;
	arena_release(&arena);
	return n > 0;
}

/* ---- the list ---- */

struct draft_row {
	const struct act_desc *act;
	struct uuid id;
	bool refused; /* of an act on the desk that is done otherwise */
};

struct draft_list {
	struct choose choose; /* the first: see choose_priv.h */
	struct draft_row rows[DRAFTS_MAX + 1];
	size_t n;
};

static void offer_new(struct draft_list *list, struct picker_item items[])
{
	const struct act_desc *act = act_desc_find("register");

	list->rows[list->n].act = act;
	items[list->n].label =
		arena_printf(&list->choose.arena, _("%s, a new one"),
			     rules_act_label(client_rules(list->choose.app->client), act));
	items[list->n++].name = "new";
}

/* The verb may be of both kinds: what lies there says which. */
static bool find_subject(struct draft_list *list, struct draft_row *row,
			 struct subject *ret_subject)
{
	struct client *client = list->choose.app->client;
	const struct act_desc *whistle = act_desc_of(KIND_WHISTLE, row->act->verb);

	if (row->act->target == KIND_INCIDENT &&
	    subject_get(client, KIND_INCIDENT, &row->id, &list->choose.arena, ret_subject, NULL) ==
		    ERR_OK)
		return true;
	if (!whistle || subject_get(client, KIND_WHISTLE, &row->id, &list->choose.arena,
				    ret_subject, NULL) != ERR_OK)
		return false;
	row->act = whistle;
	return true;
}

static void offer(struct draft_list *list, struct picker_item items[], const struct draft *draft)
{
	const struct rules *rules = client_rules(list->choose.app->client);
	struct picker_item *item = &items[list->n];
	struct draft_row *row = &list->rows[list->n];
	struct subject subject;
	bool there = false;
	const char *on = "";
	char when[CIVIL_TEXT], mark[48];

	row->act = act_desc_find(draft->verb);
	row->id = draft->id;
	if (!row->act)
		return;
	if (row->act->conflict != CONFLICT_CREATES && !uuid_is_nil(&draft->id)) {
		there = find_subject(list, row, &subject);
		row->refused = !there;
		if (there)
			on = arena_strdup(&list->choose.arena,
					  subject_mark(list->choose.app->client, &subject, mark));
	} else if (row->act->target == KIND_INCIDENT && row->act->conflict != CONFLICT_CREATES) {
		item->why = _("it was on several: mark them again and begin the act");
	}
	civil_format(draft->at, rules->offset_min, "m-d H:M", when, sizeof when);
	item->label = arena_printf(&list->choose.arena, "%s  %s %s", when,
				   subject_act_label(rules, there ? &subject : NULL, row->act),
				   on);
	item->help = arena_strdup(&list->choose.arena, draft_words(draft));
	item->name = draft->verb;
	list->n++;
}

static void make_picker(struct draft_list *list)
{
	struct picker_item items[DRAFTS_MAX + 1] = { 0 };
	const struct draft *drafts[DRAFTS_MAX];
	size_t n;

	picker_free(list->choose.picker);
	memset(list->rows, 0, sizeof list->rows);
	list->n = 0;
	n = drafts_list(list->choose.app->drafts, drafts);
	for (size_t i = 0; i < n; i++)
		offer(list, items, drafts[i]);
	offer_new(list, items);
	list->choose.picker = picker_new(
	    _("Drafts (Enter goes on with it, Del throws it away, Esc leaves)"), items, list->n, 0);
}

static unsigned chosen(void *state, size_t at)
{
	struct draft_list *list = state;
	const struct draft_row *row = &list->rows[at];
	struct question question = { .act = row->act, .draft = row->id };

	list->choose.app->n_targets = 0;
	question.fresh = uuid_is_nil(&row->id);
	if (row->refused)
		question.replaces = row->id;
	else if (!question.fresh)
		acts_target(list->choose.app, row->act, &row->id);
	return ui_open(list->choose.app->ui, &form_view, &question, sizeof question);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct app *app = ui_shell(ui);
	struct draft_list *list;

	(void)arg;
	if (app_read_only(app))
		return error_set(err, ERR_DENIED, "%s", app_why(app, command_at(CMD_register)));
	list = choose_new(ui, sizeof *list, chosen);
	drafts_refresh(app->drafts);
	make_picker(list);
	*ret_state = list;
	return ERR_OK;
}

/* Thrown away: one that only begins anew has none. */
static unsigned throw_away(struct draft_list *list)
{
	size_t at;

	if (!picker_current(list->choose.picker, &at) || at + 1 >= list->n)
		return UI_NOTHING;
	drafts_drop(list->choose.app->drafts, list->rows[at].act->verb, &list->rows[at].id);
	make_picker(list);
	return UI_REDRAW_ALL | UI_FRAME | UI_RELOAD;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	if (key_eq(pressed, (struct key){ UIKEY_DEL, 0 }) ||
	    key_eq(pressed, (struct key){ 'd', KEY_CTRL }))
		return throw_away(state);
	return choose_key(state, pressed, pasted);
}

const struct view_ops drafts_view = {
	.name = "drafts",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = key,
};
