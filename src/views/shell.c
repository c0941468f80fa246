#include <config.h>

#include <string.h>

#include "act_priv.h"
#include "columns_priv.h"
#include "desk_priv.h"
#include "handover_priv.h"
#include "joint_priv.h"
#include "lock_priv.h"
#include "log_priv.h"
#include "oncall_priv.h"
#include "marking_priv.h"
#include "paper_priv.h"
#include "ring_priv.h"
#include "roster_priv.h"
#include "sitting_priv.h"
#include "slots_priv.h"
#include "rows_priv.h"
#include "saved_priv.h"
#include "whistle_priv.h"
#include "stats_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/subject.h"

static unsigned fail(struct app *app, const struct error *err)
{
	app_failed(app, err);
	return UI_FRAME;
}

/* ---- commands of the whole console ---- */

static unsigned do_help(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &help_view, NULL, 0);
}

static unsigned do_command(struct app *app, const char *args)
{
	return ui_open(app->ui, &line_view, args, strlen(args) + 1);
}

static unsigned do_menu(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &menu_view, NULL, 0);
}

static unsigned do_seen(struct app *app, const char *args)
{
	(void)args;
	app_notice(app, ROLE_GOOD, _("all that changed so far counts as seen"));
	return seen_all(app);
}

static unsigned do_home(struct app *app, const char *args)
{
	(void)args;
	return ui_switch(app->ui, &home_view, NULL, 0) | UI_FRAME;
}

static unsigned do_board(struct app *app, const char *args)
{
	(void)args;
	return ui_switch(app->ui, &board_view, NULL, 0) | UI_FRAME;
}

static unsigned do_deadlines(struct app *app, const char *args)
{
	args += strspn(args, " ");
	if (*args)
		ui_then(app->ui, command_at(CMD_filter), args);
	return ui_switch(app->ui, &deadlines_view, NULL, 0) | UI_FRAME;
}

unsigned app_open_entity(struct app *app, enum kind kind, const struct uuid *id)
{
	if (kind == KIND_INCIDENT)
		return ui_open(app->ui, &page_view, id, sizeof *id);
	if (kind == KIND_WHISTLE)
		return ui_open(app->ui, &whistle_view, id, sizeof *id);
	if (kind == KIND_HANDOVER)
		return ui_open(app->ui, &handover_view, id, sizeof *id);
	if (kind == KIND_SWAP)
		return ui_open(app->ui, &swap_view, id, sizeof *id);
	if (kind == KIND_MEETING)
		return ui_open(app->ui, &meeting_view, id, sizeof *id);
	if (kind == KIND_ITEM)
		return ui_open(app->ui, &item_view, id, sizeof *id);
	if (kind == KIND_ACTION)
		return ui_open(app->ui, &action_view, id, sizeof *id);
	return UI_NOTHING;
}

static unsigned do_whistles(struct app *app, const char *args)
{
	args += strspn(args, " ");
	return whistles_show(app, *args ? args : NULL);
}

static unsigned do_outbox(struct app *app, const char *args)
{
	(void)args;
	return ui_switch(app->ui, &outbox_view, NULL, 0) | UI_FRAME;
}

static unsigned do_desk(struct app *app, const char *args)
{
	(void)args;
	return desk_show(app);
}

static unsigned do_link(struct app *app, const char *args)
{
	struct text_page paper = { .title = _("The link to the server"), .link = true };

	(void)args;
	return ui_open(app->ui, &paper_view, &paper, sizeof paper);
}

static unsigned do_back(struct app *app, const char *args)
{
	unsigned flags = ui_back(app->ui);

	(void)args;
	return flags & UI_IGNORED ? UI_NOTHING : flags | UI_FRAME;
}

static unsigned do_forward(struct app *app, const char *args)
{
	unsigned flags = ui_forward(app->ui);

	(void)args;
	return flags & UI_IGNORED ? UI_NOTHING : flags | UI_FRAME;
}

static unsigned do_shut(struct app *app, const char *args)
{
	struct str text = STR_INIT;

	(void)args;
	if (ui_depth(app->ui) > 1)
		return UI_CLOSE | UI_FRAME;
	keymap_first_key(app->keymap, command_at(CMD_leave), &text);
	str_addf(&text, ": %s", _(command_at(CMD_leave)->help));
	app_notice(app, ROLE_HINT, str_get(&text));
	str_release(&text);
	return UI_FRAME;
}

static unsigned do_leave(struct app *app, const char *args)
{
	unsigned flags;

	(void)args;
	flags = handover_leaving(app);
	return flags != UI_NOTHING ? flags : desk_leave(app);
}

static unsigned do_redraw(struct app *app, const char *args)
{
	(void)app;
	(void)args;
	return UI_REPAINT | UI_REDRAW_ALL | UI_FRAME;
}

static unsigned do_suspend(struct app *app, const char *args)
{
	(void)app;
	(void)args;
	return UI_SUSPEND;
}

static unsigned do_theme(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;

	args += strspn(args, " ");
	app_set_theme(app, *args ? args : "dark", &err);
	if (err.code != ERR_OK)
		return fail(app, &err);
	return UI_REPAINT | UI_REDRAW_ALL | UI_FRAME;
}

static unsigned do_reload(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;

	(void)args;
	if (!app->reload)
		return UI_NOTHING;
	if (app->reload(app->ask_ctx, &err) != ERR_OK)
		app_failed(app, &err);
	else
		app_notice(app, ROLE_GOOD, _("the configuration was read again"));
	return UI_REDRAW_ALL | UI_FRAME | UI_RELOAD;
}

static unsigned do_line(struct app *app, const char *args)
{
	bool thin = strcmp(args, "thin") == 0;
	struct ask ask = { .kind = ASK_THIN, .number = thin };

	if (!thin && strcmp(args, "normal") != 0) {
		app_notice(app, ROLE_WARNING, app->thin ? _("the line is thin: `:line normal`")
							: _("the line is normal: `:line thin`"));
		return UI_FRAME;
	}
	app->thin = thin;
	if (app->ask)
		app->ask(app->ask_ctx, &ask);
	app_notice(app, ROLE_GOOD, thin ? _("thin: bytes are saved, and counted above")
					: _("normal: the line is used as it is"));
	return UI_REDRAW_ALL | UI_FRAME | UI_RELOAD;
}

static unsigned do_calibrate(struct app *app, const char *args)
{
	(void)app;
	(void)args;
	return UI_MEASURE;
}

static unsigned do_search(struct app *app, const char *args)
{
	args += args != NULL ? strspn(args, " ") : 0;
	return ui_open(app->ui, &search_view, args != NULL && *args != '\0' ? args : NULL,
		       args != NULL && *args != '\0' ? strlen(args) + 1 : 0);
}

static unsigned do_find(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	enum kind kind;
	struct uuid id;

	if (client_find_any(app->client, args, &kind, &id, &err) != ERR_OK)
		return fail(app, &err);
	if (kind == KIND_NOTICE) {
		error_set(&err, ERR_NOT_FOUND, _("%.60s is a notice: zhiban show has it"), args);
		return fail(app, &err);
	}
	return app_open_entity(app, kind, &id);
}

static unsigned do_login(struct app *app, const char *args)
{
	args += strspn(args, " ");
	return ui_open(app->ui, &login_view, args, strlen(args) + 1);
}

static unsigned do_reveal(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &reveal_view, &app->selected, sizeof app->selected);
}

static unsigned do_ringing(struct app *app, const char *args)
{
	(void)args;
	return ui_top(app->ui) == &alarm_view ? UI_NOTHING : ui_open(app->ui, &alarm_view, NULL, 0);
}

static unsigned do_quiet(struct app *app, const char *args)
{
	return ring_hush(app, args);
}

static unsigned do_lock(struct app *app, const char *args)
{
	(void)args;
	return lock_command(app);
}

static unsigned do_change(struct app *app, const char *args)
{
	args += strspn(args, " ");
	return lock_change(app, args);
}

static unsigned do_copy(struct app *app, const char *args)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct subject subject;

	(void)args;
	if (subject_get(app->client, app->selection.kind, &app->selected, &arena, &subject, &err) ==
	    ERR_OK)
		app_copy(app, subject_line(app->client, &subject, &arena));
	else
		app_failed(app, &err);
	arena_release(&arena);
	return UI_FRAME;
}

static unsigned do_explain(struct app *app, const char *args)
{
	struct text_page paper = { .title = _("How the clocks were computed") };

	(void)args;
	if (app->selection.kind == KIND_WHISTLE)
		paper.whistle = &app->selection;
	else
		paper.explains = app->selected;
	return ui_open(app->ui, &paper_view, &paper, sizeof paper);
}

static unsigned do_dups(struct app *app, const char *args)
{
	(void)args;
	return merge_marked(app);
}

static unsigned do_history(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &earlier_view, NULL, 0);
}

static unsigned do_links(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &links_view, NULL, 0);
}

static unsigned do_place(struct app *app, const char *args)
{
	return act_place_card(app, args);
}

static unsigned do_drafts(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &drafts_view, NULL, 0);
}

static unsigned do_undo(struct app *app, const char *args)
{
	(void)args;
	return acts_undo(app);
}

static unsigned do_stats(struct app *app, const char *args)
{
	(void)args;
	return ui_switch(app->ui, &stats_view, NULL, 0) | UI_FRAME;
}

static const struct {
	enum cmd cmd;
	unsigned (*run)(struct app *app, const char *args);
} handlers[] = {
	{ CMD_meetings, meetings_command }, { CMD_mymeetings, mymeetings_command },
	{ CMD_candidates, candidates_command }, { CMD_items, items_command },
	{ CMD_actions, actions_command }, { CMD_rooms, rooms_command },
	{ CMD_oncall, oncall_show }, { CMD_dutylog, log_show }, { CMD_since, log_since },
	{ CMD_help, do_help },	     { CMD_command, do_command }, { CMD_menu, do_menu },
	{ CMD_seen, do_seen },	     { CMD_home, do_home },	  { CMD_board, do_board },
	{ CMD_deadlines, do_deadlines }, { CMD_roster, roster_command },
	{ CMD_swaps, swaps_command },	 { CMD_people, people_command },
	{ CMD_ledger, ledger_command },	 { CMD_slots, slots_command },
	{ CMD_sit, sit_command }, { CMD_printminutes, sitting_print },
	{ CMD_when, when_command },	 { CMD_calendar, calendar_command },
	{ CMD_whistles, do_whistles }, { CMD_whistlestats, do_stats },
	{ CMD_print, print_command }, { CMD_supervisions, supervisions_command },
	{ CMD_arrival, whistle_do_arrival },
	{ CMD_matrix, whistle_do_matrix }, { CMD_plan, whistle_do_plan },
	{ CMD_outbox, do_outbox },   { CMD_link, do_link },
	{ CMD_back, do_back },	     { CMD_forward, do_forward }, { CMD_shut, do_shut },
	{ CMD_leave, do_leave },     { CMD_redraw, do_redraw },	  { CMD_suspend, do_suspend },
	{ CMD_reload, do_reload },   { CMD_line, do_line },	  { CMD_calibrate, do_calibrate },
	{ CMD_theme, do_theme },     { CMD_find, do_find },	  { CMD_search, do_search },
	{ CMD_copy, do_copy },
	{ CMD_explain, do_explain }, { CMD_undo, do_undo },
	{ CMD_ringing, do_ringing }, { CMD_quiet, do_quiet },
	{ CMD_place, do_place },     { CMD_links, do_links },
	{ CMD_history, do_history },
	{ CMD_handover, handover_command }, { CMD_handovers, handovers_command },
	{ CMD_drafts, do_drafts },   { CMD_dups, do_dups },
	{ CMD_view, saved_command_view }, { CMD_save, saved_command_save },
	{ CMD_forget, saved_command_forget }, { CMD_views, saved_command_views },
	{ CMD_columns, columns_command }, { CMD_export, export_command },
	{ CMD_login, do_login },     { CMD_desk, do_desk },
	{ CMD_reveal, do_reveal },   { CMD_lock, do_lock },	     { CMD_change, do_change },
};

static unsigned shell_command(void *ctx, const struct ui_command *command, const char *args)
{
	struct app *app = ctx;
	const struct act_desc *act = app_act(app, command);

	for (size_t i = 0; i < ARRAY_LEN(handlers); i++)
		if ((int)handlers[i].cmd == command->id)
			return handlers[i].run(app, args ? args : "");
	if (command->id == CMD_watch || command->id == CMD_pin)
		return marking_toggle(app, command);
	return act ? acts_begin(app, act) : marking_counter(app, command);
}

/* ---- why a command cannot be run ---- */

static const char *why_act(struct app *app, const struct act_desc *act)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct subject subject;
	bool creates = act->conflict == CONFLICT_CREATES;
	enum err code = ERR_OK;

	if (!creates)
		code = subject_get(app->client,
				   act->target == KIND_WHISTLE || subject_is(act->target)
					   ? act->target
					   : KIND_INCIDENT,
				   &app->selected, &arena, &subject, &err);
	if (!creates && code == ERR_OK)
		subject_turn(&subject, &app->selection.turn);
	if (code == ERR_OK)
		code = subject_possible(app->client, creates ? NULL : &subject, act, &err);
	arena_release(&arena);
	return code == ERR_OK ? NULL : arena_strdup(&app->whys, err.text);
}

bool app_has_marks(struct app *app)
{
	enum kind kind;
	size_t n;

	if (ui_top(app->ui) == &deadlines_view)
		return deadlines_view_has_marks(ui_top_state(app->ui));
	if (joint_marked(app, &kind, &n))
		return n > 0;
	rows_marked(app, &n);
	return n > 0;
}

static const char *why_reading(struct app *app)
{
	const struct role_rule *role = app_role(app);

	if (client_read_only(app->client) || !role)
		return _("this console is read-only");
	return arena_printf(&app->whys,
			    role->manage != MANAGE_NOTHING ?
				    _("the role %s administers and has nothing to do with cases") :
				    _("the role %s reads and changes nothing"),
			    role->label);
}

bool app_takes(void *ctx, const struct ui_command *command)
{
	return !(command->needs & CMD_WRITES) || !app_read_only(ctx);
}

/* A row of another kind, where the lists of both meet. */
static const char *why_selected(struct app *app, const struct ui_command *command)
{
	const struct selection *selection = app_selection(app);

	if (command->id == CMD_explain && ui_top(app->ui) == &deadlines_view &&
	    deadlines_view_on_check(ui_top_state(app->ui)))
		return NULL;
	if (!selection && ui_where(app->ui) & WHERE_ROSTER)
		return _("nobody stands in that seat");
	if (!selection && ui_where(app->ui) & (WHERE_SWAPS | WHERE_PEOPLE | WHERE_MEETINGS |
					       WHERE_MEETING | WHERE_ITEMS | WHERE_ACTIONS |
					       WHERE_ROOMS))
		return _("nothing is selected here");
	if (selection && ui_where(app->ui) & WHERE_MEETINGS && selection->kind != KIND_MEETING &&
	    command->needs & CMD_ACT && !command_act_of(command, selection->kind))
		return _("that is for meetings: Tab goes to them");
	if (!selection)
		return ui_where(app->ui) & (WHERE_WHISTLES | WHERE_WHISTLE)
			       ? _("no whistle is selected")
			       : _("no incident is selected");
	if (command->where & (WHERE_BOARD | WHERE_WHISTLE) &&
	    !(command->where & (selection->kind == KIND_WHISTLE ? WHERE_WHISTLE | WHERE_WHISTLES
								: WHERE_BOARD)))
		return selection->kind == KIND_WHISTLE ? _("that is for incidents, not for whistles")
						       : _("that is for whistles, not for incidents");
	if (command->needs & CMD_ACT && !app_act(app, command))
		return ui_where(app->ui) & (WHERE_WHISTLES | WHERE_WHISTLE | WHERE_DEADLINES)
			       ? _("that is for incidents, not for whistles")
			       : _("that is not for what is selected here");
	return NULL;
}

const char *app_why(void *ctx, const struct ui_command *command)
{
	struct app *app = ctx;
	const struct act_desc *act = app_act(app, command);
	const char *why;

	if (!app->lending)
		arena_reset(&app->whys);
	if (lock_is_shut(app)) /* whatever way a command comes */
		return _("the screen is locked");
	if (command->needs & CMD_WRITES && app_read_only(app))
		return why_reading(app);
	if (command->needs & CMD_SELECTED && (why = why_selected(app, command)) != NULL)
		return why;
	if (command->needs & CMD_ITEM)
		return desk_why(app, (enum cmd)command->id);
	if (!act || (command->needs & CMD_MARKS && app_has_marks(app)))
		return NULL; /* of many, each has its own answer */
	return why_act(app, act);
}

/* The hand slipped, or hoped for a screen that is not there: silence would say nothing. */
static void stray(void *ctx, struct key key)
{
	struct app *app = ctx;
	struct str text = STR_INIT;
	bool letters = key.code < 0x80 || key.code >= UIKEY_FIRST;

	if (key.code == UIKEY_ESC || key.code == UIKEY_RESIZE || lock_is_shut(app))
		return;
	key_add_name(key, &text);
	str_add(&text, letters ? _(": no command here; what works: ") :
				 _(": an input method is on; acts by number: "));
	keymap_first_key(app->keymap, command_at(letters ? CMD_help : CMD_menu), &text);
	app_notice(app, ROLE_HINT, str_get(&text));
	str_release(&text);
}

const struct shell_ops app_shell = {
	.body = frame_body,
	.frame = frame_draw,
	.command = shell_command,
	.why = app_why,
	.stray = stray,
};
