/* The screen of a handover: left what is to be read, with its ticks, then equipment and counts;
 * right the item under the cursor; below who has signed and who still has to. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "handover_priv.h"
#include "rows_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/handover.h"

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct handover_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, handover_rows_fetch, handover_rows_cell,
				      handover_rows_empty };
	enum err code;

	view->app = ui_shell(ui);
	if (arg != NULL)
		view->id = *(const struct uuid *)arg;
	view->list = list_new(handover_columns, HANDOVER_COLUMNS, &source);
	handover_rows_load(view);
	code = list_home(view->list, err);
	if (code != ERR_OK) {
		list_free(view->list);
		arena_release(&view->arena);
		free(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct handover_screen *view = state;

	must_read_free(view->must);
	list_free(view->list);
	arena_release(&view->arena);
	free(view);
}

static unsigned reload(void *state)
{
	struct handover_screen *view = state;
	struct error err = ERROR_INIT;

	handover_rows_load(view);
	if (list_reload(view->list, &err) != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct handover_screen *view = state;

	(void)now;
	return view->minute == view->app->minute ? UI_NOTHING : reload(view);
}

static const struct handover_row *current(const struct handover_screen *view)
{
	const struct list_row *row = list_current(view->list);

	return row != NULL ? row->data : NULL;
}

bool handover_view_selected(void *state, struct selection *ret_selection)
{
	const struct handover_screen *view = state;

	*ret_selection = (struct selection){ .kind = KIND_HANDOVER, .id = view->id };
	return view->has;
}

/* ---- acts that need no signature ---- */

static unsigned failed(struct handover_screen *view, const struct error *err)
{
	app_failed(view->app, err);
	return UI_FRAME;
}

static unsigned act(struct handover_screen *view, const char *verb, const struct given *given,
		    size_t n)
{
	struct error err = ERROR_INIT;
	struct client_done done;

	if (client_act(view->app->client, act_desc_of(KIND_HANDOVER, verb), &view->id, given, n,
		       &done, &err) != ERR_OK)
		return failed(view, &err);
	return acts_done(view->app, &done.target) | reload(view);
}

static struct given text_arg(const char *verb, const char *name, const char *text)
{
	return (struct given){ act_arg_field(act_desc_of(KIND_HANDOVER, verb), name),
			       { .is_text = true, .text = text } };
}

/* Read, or not after all; the cursor goes on, so that the list is gone through with one key. */
static unsigned toggle_tick(struct handover_screen *view, const struct handed *item)
{
	char id[UUID_TEXT];
	struct given given[2];
	bool off = item->ticked_at != 0;
	unsigned flags;

	uuid_text(&item->id, id);
	given[0] = text_arg("tick", "tick", id);
	given[1] = (struct given){ act_arg_field(act_desc_of(KIND_HANDOVER, "tick"), "off"),
				   { .num = 1 } };
	flags = act(view, "tick", given, off ? 2 : 1);
	if (!off)
		list_move(view->list, LIST_DOWN);
	return flags;
}

/* Good, faulty, missing, and round again. */
static unsigned toggle_gear(struct handover_screen *view, const struct equipment *gear)
{
	struct equipment next = { .label = gear->label,
				  .found = str_eq(gear->found, "good")	 ? "faulty"
					   : str_eq(gear->found, "faulty") ? "missing"
									   : "good" };
	struct given given = text_arg("equip", "gear", equipment_words(&next, &view->arena));

	return act(view, "equip", &given, 1);
}

static unsigned do_read(struct handover_screen *view)
{
	const struct handover_row *row = current(view);

	if (row == NULL || row->sort == ROW_HEAD || row->sort == ROW_TALLY)
		return UI_NOTHING;
	return row->sort == ROW_ITEM ? toggle_tick(view, row->item) : toggle_gear(view, row->gear);
}

static unsigned do_remark(struct handover_screen *view)
{
	const struct handover_row *row = current(view);
	struct sign_arg arg = { .handover = view->id };

	if (row == NULL || (row->sort != ROW_ITEM && row->sort != ROW_GEAR))
		return UI_NOTHING;
	arg.what = row->sort == ROW_ITEM ? SIGN_REMARK : SIGN_GEAR;
	arg.item = row->id;
	if (row->sort == ROW_GEAR)
		arg.gear = arena_printf(&view->arena, "%s=%s", row->gear->label,
					row->gear->found != NULL ? row->gear->found : "faulty");
	return ui_open(view->app->ui, &sign_view, &arg, sizeof arg);
}

/* ---- gathering ---- */

static unsigned begin(struct handover_screen *view, bool half)
{
	struct must_asked asked = { view->desk.org, view->desk.plan, view->desk.since };
	struct error err = ERROR_INIT;

	if (view->desk.plan == NULL) {
		error_set(&err, ERR_NOT_FOUND, "%s", handover_rows_empty(view));
		return failed(view, &err);
	}
	must_read_free(view->must);
	view->must = must_read_new(view->app->client, &asked);
	view->half = half;
	app_notice(view->app, ROLE_HINT, _("What is to be read is being gathered ..."));
	return UI_REDRAW_ALL | UI_FRAME;
}

bool handover_view_works(const struct app *app)
{
	return ui_top(app->ui) == &handover_view &&
	       ((const struct handover_screen *)ui_top_state(app->ui))->must != NULL;
}

static unsigned gathered(struct handover_screen *view)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct handover_act act;
	struct client_done done;
	unsigned flags;
	enum err code;

	handover_rows_load(view); /* the desk as it is now */
	if (view->desk.plan == NULL)
		return UI_NOTHING;
	handover_prepare(&view->desk, view->must, view->half, &arena, &act);
	code = client_act(view->app->client, act.act,
			  uuid_is_nil(&act.target) ? NULL : &act.target, act.given, act.n_given,
			  &done, &err);
	must_read_free(view->must);
	view->must = NULL;
	arena_release(&arena);
	if (code != ERR_OK)
		return failed(view, &err) | reload(view);
	view->id = done.target;
	app_notice(view->app, ROLE_GOOD, _("gathered: Space ticks what has been read"));
	flags = acts_done(view->app, &done.target) | reload(view);
	if (list_home(view->list, &err) != ERR_OK)
		app_failed(view->app, &err);
	return flags;
}

unsigned handover_view_work(struct app *app)
{
	struct handover_screen *view;

	if (!handover_view_works(app))
		return UI_NOTHING;
	view = ui_top_state(app->ui);
	return must_read_step(view->must) ? UI_NOTHING : gathered(view);
}

/* ---- opening what is meant ---- */

static unsigned open_item(struct handover_screen *view, const char *kind_name, const char *about)
{
	const struct kind_desc *kind = kind_find(kind_name);
	struct error err = ERROR_INIT;
	struct uuid id;

	if (kind == NULL || about == NULL || uuid_parse(about, &id) != ERR_OK)
		return UI_NOTHING;
	if (kind->kind == KIND_ROSTER) {
		ui_then(view->app->ui, command_at(CMD_roster), "");
		return UI_REDRAW;
	}
	if (kind->kind == KIND_SWAP) {
		ui_then(view->app->ui, command_at(CMD_swaps), "");
		return UI_REDRAW;
	}
	if (kind->kind != KIND_INCIDENT && kind->kind != KIND_WHISTLE) {
		error_set(&err, ERR_NOT_FOUND, "%s",
			  _("it has no page of its own: it stands at the right"));
		return failed(view, &err);
	}
	return app_open_entity(view->app, kind->kind, &id);
}

static unsigned open_tally(struct handover_screen *view, const struct tallied *tally)
{
	static const struct {
		const char *list;
		enum cmd cmd;
	} lists[] = {
		{ "deadlines", CMD_deadlines }, { "whistles", CMD_whistles },
		{ "swaps", CMD_swaps },		{ "dutylog", CMD_dutylog },
	};
	const char *filter = tally->filter != NULL ? tally->filter : "";

	if (str_eq(tally->list, "incidents")) {
		ui_then(view->app->ui, command_at(CMD_filter), filter);
		return ui_switch(view->app->ui, &board_view, NULL, 0) | UI_FRAME;
	}
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (!str_eq(lists[i].list, tally->list))
			continue;
		ui_then(view->app->ui, command_at(lists[i].cmd), filter);
		return UI_REDRAW;
	}
	return UI_NOTHING;
}

static unsigned do_open(struct handover_screen *view)
{
	const struct handover_row *row = current(view);

	if (row == NULL)
		return UI_NOTHING;
	switch (row->sort) {
	case ROW_ITEM:
		return open_item(view, row->item->kind, row->item->about);
	case ROW_GEAR:
		return do_read(view);
	case ROW_TALLY:
		return open_tally(view, row->tally);
	case ROW_HEAD:
		break;
	}
	return UI_NOTHING;
}

/* ---- commands ---- */

static unsigned do_sign(struct handover_screen *view, enum sign_what what)
{
	struct sign_arg arg = { .what = what, .handover = view->id };
	struct error err = ERROR_INIT;

	if (!view->has) {
		error_set(&err, ERR_NOT_FOUND, "%s", handover_rows_empty(view));
		return failed(view, &err);
	}
	return ui_open(view->app->ui, &sign_view, &arg, sizeof arg);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct handover_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		list_move(view->list, motion);
		return UI_REDRAW;
	}
	switch (cmd->id) {
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	case CMD_open:
		return do_open(view);
	case CMD_prepare:
		return begin(view, false);
	case CMD_halve:
		return begin(view, true);
	case CMD_read:
		return do_read(view);
	case CMD_remark:
		return do_remark(view);
	case CMD_give:
		return do_sign(view, SIGN_GIVE);
	case CMD_take:
		return do_sign(view, SIGN_TAKE);
	case CMD_witness:
		return do_sign(view, SIGN_WITNESS);
	case CMD_vouch:
		return do_sign(view, SIGN_PHONE);
	default:
		return UI_IGNORED;
	}
}

static const char *title(void *state)
{
	(void)state;
	return _("Handover");
}

const struct view_ops handover_view = {
	.name = "handover",
	.where = WHERE_HANDOVER,
	.open = open_view,
	.close = close_view,
	.draw = handover_draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
