#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "joint_priv.h"
#include "rows_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/model/undo.h"

/* ---- beginning ---- */

static void add_target(struct app *app, const struct selection *target)
{
	for (size_t i = 0; i < app->n_targets; i++)
		if (uuid_eq(&app->targets[i].id, &target->id) &&
		    strcmp(app->targets[i].share, target->share) == 0)
			return; /* another of its rows is marked too */
	MEM_GROW(app->targets, app->n_targets, app->cap_targets);
	app->targets[app->n_targets++] = *target;
}

static bool is_done_to(const struct act_desc *act)
{
	return act->conflict != CONFLICT_CREATES &&
	       (act->target == KIND_INCIDENT || act->target == KIND_WHISTLE ||
		subject_is(act->target));
}

/* Rows of cases and whistles, mixed. */
static size_t take_marked_deadlines(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct selection *marked;
	size_t n = deadlines_view_marked(ui_top_state(app->ui), &arena, &marked);

	for (size_t i = 0; i < n; i++)
		add_target(app, &marked[i]);
	arena_release(&arena);
	app->marking_due = n ? ui_top_state(app->ui) : NULL;
	return n;
}

/* The marked ones if the act may be done to many, else the selected one. */
static void take_targets(struct app *app, const struct act_desc *act)
{
	const struct selection *selection;
	const struct uuid *marked;
	enum kind kind = act->target;
	size_t n = 0;

	app->n_targets = 0;
	app->marking = NULL;
	app->marking_due = NULL;
	app->marking_joint = NULL;
	if (!is_done_to(act))
		return;
	if (act->flags & ACT_BULK && ui_top(app->ui) == &deadlines_view) {
		n = take_marked_deadlines(app);
	} else if (act->flags & ACT_BULK && ui_top(app->ui) == &whistles_view) {
		marked = whistles_marked(app, &n);
		for (size_t i = 0; i < n; i++)
			add_target(app, &(struct selection){ .kind = KIND_WHISTLE, .id = marked[i] });
	} else if (act->flags & ACT_BULK && joint_marked(app, &kind, &n)) {
		marked = joint_marked(app, &kind, &n);
		for (size_t i = 0; i < n; i++)
			add_target(app, &(struct selection){ .kind = kind, .id = marked[i] });
		app->marking_joint = n ? joint_on_top(app) : NULL;
	} else if (act->flags & ACT_BULK) {
		marked = rows_marked(app, &n);
		for (size_t i = 0; i < n; i++)
			add_target(app, &(struct selection){ .kind = KIND_INCIDENT, .id = marked[i] });
		app->marking = n ? rows_top(app) : NULL;
	}
	selection = n ? NULL : app_selection(app);
	if (selection && selection->kind == act->target)
		add_target(app, selection);
}

void acts_target(struct app *app, const struct act_desc *act, const struct uuid *id)
{
	app->n_targets = 0;
	app->marking = NULL;
	app->marking_due = NULL;
	app->marking_joint = NULL;
	if (is_done_to(act))
		add_target(app, &(struct selection){ .kind = act->target, .id = *id });
}

/* An act whose every argument may be left out is only asked about. */
static bool is_short(const struct act_desc *act)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act, args), asked = 0;

	for (size_t i = 0; i < n; i++) {
		if (args[i].required)
			return false;
		asked += !(args[i].field->flags & F_HIDDEN) &&
			 strcmp(args[i].field->name, "share") != 0;
	}
	return asked <= 1;
}

/* Where each department does its own part, whoever has none must say whose it is; whose row the cursor
 * is on is said already. */
static bool must_say_whose(struct app *app, const struct act_desc *act)
{
	struct arena arena = ARENA_INIT;
	struct subject subject;
	bool must = app->n_targets == 1 && !*app->targets[0].share &&
		    subject_get(app->client, app->targets[0].kind, &app->targets[0].id, &arena,
				&subject, NULL) == ERR_OK &&
		    subject_asks_whose(app->client, &subject, act);

	arena_release(&arena);
	return must;
}

/* The cases that a whistle is blown for: the marked ones, else the one under the cursor. */
static void take_sources(struct app *app)
{
	const struct selection *selection = app_selection(app);
	size_t n = 0;
	const struct uuid *marked = rows_marked(app, &n);

	app->n_sources = 0;
	for (size_t i = 0; i < n; i++) {
		MEM_GROW(app->sources, app->n_sources, app->cap_sources);
		app->sources[app->n_sources++] = marked[i];
	}
	if (n || !selection || selection->kind != KIND_INCIDENT)
		return;
	MEM_GROW(app->sources, app->n_sources, app->cap_sources);
	app->sources[app->n_sources++] = selection->id;
}

unsigned acts_begin(struct app *app, const struct act_desc *act)
{
	enum { AT_ONCE = 500 }; /* each is made safe on disk: a second at the most */
	struct question question = { .act = act };

	act_preset_drop(app);
	take_targets(app, act);
	if (act->target == KIND_WHISTLE && act->conflict == CONFLICT_CREATES) {
		take_sources(app);
		question.fresh = app->n_sources > 0; /* of these cases, not what was left */
	}
	if (app->n_targets > AT_ONCE) {
		app_notice(app, ROLE_WARNING, _("More than 500 are marked: mark fewer at once."));
		return UI_FRAME;
	}
	return ui_open(app->ui, is_short(act) && !must_say_whose(app, act) ? &confirm_view
									   : &form_view,
		       &question, sizeof question);
}

/* ---- doing ---- */

unsigned acts_done(struct app *app, const struct uuid *target)
{
	struct ask wake = { .kind = ASK_WAKE };
	struct error err = ERROR_INIT;
	unsigned flags;

	seen_own(app, target);
	flags = app_take_changes(app, &err);
	if (err.code != ERR_OK)
		app_failed(app, &err);
	if (app->ask)
		app->ask(app->ask_ctx, &wake);
	return flags | UI_RELOAD | UI_FRAME;
}

static const char *mark_of(struct app *app, enum kind kind, const struct uuid *id,
			   struct arena *arena)
{
	struct subject subject;
	char buf[48];

	if (subject_get(app->client, kind, id, arena, &subject, NULL) != ERR_OK)
		return "?";
	return arena_strdup(arena, subject_mark(app->client, &subject, buf));
}

static const char *label_of(struct app *app, const struct act_desc *act)
{
	return subject_act_label(client_rules(app->client), NULL, act);
}

static void tell_one(struct app *app, const struct act_desc *act, const struct client_done *done)
{
	struct arena arena = ARENA_INIT;

	if (act->target != KIND_INCIDENT && act->target != KIND_WHISTLE &&
	    act->target != KIND_SWAP) {
		app_notice(app, ROLE_GOOD,
			   arena_printf(&arena, _("%s: done here, waits to be sent"),
					label_of(app, act)));
		arena_release(&arena);
		return;
	}

	app_notice(app, ROLE_GOOD,
		   arena_printf(&arena, _("%s %s: done here, waits to be sent"),
				label_of(app, act),
				mark_of(app, act->target, &done->target, &arena)));
	arena_release(&arena);
}

/* Among marked ones of several kinds each has the act of its own kind; its share is said where none
 * was typed. */
static enum err do_to(struct app *app, const struct deed *deed, const struct selection *target,
		      struct client_done *ret_done, struct error *err)
{
	const struct act_desc *act = target ? act_desc_of(target->kind, deed->act->verb) : deed->act;
	const struct field *share = act ? act_arg_field(act, "share") : NULL;
	struct given *given;
	size_t n = 0, n_preset;
	const struct given *preset = act_preset_of(app, act, &n_preset);
	enum err code;

	if (!act)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(client_rules(app->client), deed->act));
	given = mem_alloc((deed->n_given + n_preset + 1) * sizeof *given);
	for (size_t i = 0; i < n_preset; i++)
		given[n++] = preset[i];
	for (size_t i = 0; i < deed->n_given; i++) {
		given[n++] = deed->given[i];
		if (deed->given[i].field == share)
			share = NULL;
	}
	if (share && target && target->kind == KIND_WHISTLE && *target->share)
		given[n++] = (struct given){ share, { .is_text = true, .text = target->share } };
	code = client_act_phone(app->client, act, target ? &target->id : NULL, given, n,
				&deed->phone, ret_done, err);
	free(given);
	return code;
}

static enum err do_one(struct app *app, const struct deed *deed, const struct selection *target,
		       unsigned *ret_flags, struct error *err)
{
	const struct act_desc *act = deed->act;
	struct client_done done;
	enum err code = do_to(app, deed, target, &done, err);

	if (code != ERR_OK)
		return code;
	if (act->conflict == CONFLICT_CREATES)
		app->wanted = done.target;
	*ret_flags = acts_done(app, &done.target);
	tell_one(app, act, &done);
	return ERR_OK;
}

/* "22-0403 what it is about", of a whistle also whose share is meant. */
static void add_line(struct app *app, const struct selection *target, struct str *out)
{
	const struct org *share = rules_org(client_rules(app->client), target->share);
	struct arena arena = ARENA_INIT;
	struct subject subject;
	char buf[48];

	if (subject_get(app->client, target->kind, &target->id, &arena, &subject, NULL) == ERR_OK) {
		const char *title = subject_is(target->kind)
					    ? subject_line(app->client, &subject, &arena)
				    : subject.incident ? subject.incident->title
						       : subject.whistle.whistle->title;

		str_addf(out, "%s %s", subject_mark(app->client, &subject, buf),
			 title ? title : "");
	} else {
		str_add_char(out, '?');
	}
	if (share)
		str_addf(out, "  %s", share->brief ? share->brief : share->name);
	arena_release(&arena);
}

struct results { /* of one act done to many */
	struct str refused, done; /* a line for each */
	size_t n_refused;
};

/* Those that were refused stay marked: something else may be done to them. */
static void do_each(struct app *app, const struct deed *deed, struct results *results)
{
	for (size_t i = 0; i < app->n_targets; i++) {
		const struct selection *target = &app->targets[i];
		struct error why = ERROR_INIT;
		struct client_done done;

		if (do_to(app, deed, target, &done, &why) == ERR_OK) {
			seen_own(app, &done.target);
			add_line(app, target, &results->done);
			str_add_char(&results->done, '\n');
			continue;
		}
		app->targets[results->n_refused++] = *target;
		add_line(app, target, &results->refused);
		str_addf(&results->refused, ": %s\n", why.text);
	}
}

/* A result for each: a page tells them when some were refused. */
static unsigned tell_results(struct app *app, const char *head, struct results *results)
{
	struct str text = STR_INIT;
	unsigned flags;

	str_add(&text, str_get(&results->refused));
	str_addf(&text, "\n%s\n%s", _("Done:"), str_get(&results->done));
	flags = app_show(app, head, str_get(&text));
	str_release(&text);
	return flags;
}

static void mark_refused(struct app *app, size_t n)
{
	if (app->marking_joint)
		joint_mark_only(app->marking_joint, app->targets, n);
	if (app->marking_due)
		deadlines_view_keep_marks(app->marking_due, app->targets, n);
	if (!app->marking)
		return;

	struct arena arena = ARENA_INIT;
	struct uuid *ids = arena_array(&arena, n + 1, sizeof *ids);

	for (size_t i = 0; i < n; i++)
		ids[i] = app->targets[i].id;
	rows_mark_only(app->marking, ids, n);
	arena_release(&arena);
}

static enum err do_many(struct app *app, const struct deed *deed, unsigned *ret_flags,
			struct error *err)
{
	struct results results = { STR_INIT, STR_INIT, 0 };
	struct uuid first = app->targets[0].id;
	struct str head = STR_INIT;
	size_t n = app->n_targets;
	bool none;

	do_each(app, deed, &results);
	none = results.n_refused == n;
	str_addf(&head, results.n_refused ? _("%s: %zu done, %zu not") :
					    _("%s: %zu done here, wait to be sent"),
		 label_of(app, deed->act), n - results.n_refused, results.n_refused);
	if (none) {
		error_set(err, ERR_REFUSED, "%s; %s", head.s, str_get(&results.refused));
	} else {
		*ret_flags = acts_done(app, &first);
		app_notice(app, results.n_refused ? ROLE_WARNING : ROLE_GOOD, head.s);
		mark_refused(app, results.n_refused);
		if (results.n_refused)
			*ret_flags |= tell_results(app, head.s, &results);
	}
	str_release(&results.refused);
	str_release(&results.done);
	str_release(&head);
	return none ? ERR_REFUSED : ERR_OK;
}

enum err acts_do(struct app *app, const struct deed *deed, unsigned *ret_flags, struct error *err)
{
	enum err code;

	if (app->n_targets > 1)
		return do_many(app, deed, ret_flags, err);
	code = do_one(app, deed, app->n_targets ? &app->targets[0] : NULL, ret_flags, err);
	if (code == ERR_OK)
		mark_refused(app, 0);
	return code;
}

enum err acts_again(struct app *app, const struct uuid *replaces, const struct deed *deed,
		    unsigned *ret_flags, struct error *err)
{
	struct client_done done;
	enum err code = client_desk_again_phone(app->client, replaces, deed->given, deed->n_given,
						&deed->phone, &done, err);

	if (code != ERR_OK)
		return code;
	*ret_flags = acts_done(app, &done.target);
	app_notice(app, ROLE_GOOD, _("done again, waits to be sent"));
	return ERR_OK;
}

static enum err take_back(struct app *app, const struct uuid *act, bool *ret_drafted,
			  struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct client_waiting *rows;
	size_t n = 0;
	enum err code = client_outbox(app->client, false, &arena, &rows, &n, err);

	if (code == ERR_OK)
		code = client_take_back(app->client, act, err);
	for (size_t i = 0; code == ERR_OK && i < n; i++) /* his words are not lost with it */
		if (uuid_eq(&rows[i].act.id, act))
			*ret_drafted = act_draft_of(app, &rows[i].act);
	arena_release(&arena);
	return code;
}

unsigned acts_undo(struct app *app)
{
	struct error err = ERROR_INIT;
	struct undo undo;
	struct question question = { 0 };
	bool drafted = false;
	enum err code = undo_find(app->client, &app->selected, &undo, &err);

	if (code == ERR_OK && undo.inverse) {
		question.act = undo.inverse;
		question.undoes = undo.did;
		acts_target(app, undo.inverse, &app->selected);
		return ui_open(app->ui, &form_view, &question, sizeof question);
	}
	if (code == ERR_OK)
		code = take_back(app, &undo.act, &drafted, &err);
	if (code != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	app_notice(app, ROLE_HINT, drafted ? _("taken back; what was typed is kept as a draft") :
					     _("taken back"));
	return acts_done(app, &app->selected);
}
