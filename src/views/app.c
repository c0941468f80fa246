#include <config.h>

#include "zhiban/views/app.h"

#include <stdlib.h>
#include <string.h>

#include "columns_priv.h"
#include "desk_priv.h"
#include "lock_priv.h"
#include "joint_priv.h"
#include "log_priv.h"
#include "meeting_priv.h"
#include "oncall_priv.h"
#include "paper_priv.h"
#include "roster_priv.h"
#include "sitting_priv.h"
#include "slots_priv.h"
#include "ring_priv.h"
#include "search_priv.h"
#include "handover_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"
#include "zhiban/model/subject.h"

/* ---- life ---- */

static void first_config(struct app *app, const struct app_config *config)
{
	struct error err = ERROR_INIT;
	enum err code = app_configure(app, config, &err);

	if (!app->theme)
		app->theme = theme_plain();
	if (code != ERR_OK)
		app_failed(app, &err);
}

void app_open_first(struct app *app)
{
	(void)ui_apply(app->ui, ui_switch(app->ui, &home_view, NULL, 0));
}

/* Else no server ran meanwhile. */
static bool is_of_quiet_hours(const struct rules *rules, int64_t to)
{
	int32_t day = civil_day_of_ms(to, rules->offset_min);

	return rules->quiet_from != rules->quiet_to &&
	       to - civil_ms_of_day(day, rules->offset_min) == rules->quiet_to * MINUTE_MS;
}

/* What the quiet hours collected, or what came late, said once: while it is fresh, and only what came
 * since. */
static void tell_digest(struct app *app)
{
	enum { FRESH_MS = 12 * 3600 * 1000 };
	const struct mode *mode = client_mode(app->client);
	int offset = client_rules(app->client)->offset_min;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	struct str text = STR_INIT;

	if (!mode || mode->digest_to <= app->digest_told)
		return;
	app->digest_told = mode->digest_to;
	if (app_now(app) - mode->digest_to > FRESH_MS)
		return;
	if (app->away_told && app_now(app) - app->away_told < MINUTE_MS)
		return; /* that line has it too, ours first */
	/* of another day: an hour alone would be taken for today's */
	civil_format(mode->digest_from, offset,
		     mode->digest_to - mode->digest_from > DAY_MS ? "m-d H:M" : "H:M", from,
		     sizeof from);
	civil_format(mode->digest_to, offset, "H:M", to, sizeof to);
	str_addf(&text,
		 is_of_quiet_hours(client_rules(app->client), mode->digest_to)
			 ? _("Quiet hours %s to %s: %lld urged, %lld run out, %lld put on lists")
			 : _("Made good of %s to %s: %lld urged, %lld run out, %lld put on lists"),
		 from, to, (long long)mode->urges, (long long)mode->overdue,
		 (long long)mode->listed);
	app_notice(app, ROLE_WARNING, text.s);
	str_release(&text);
}

/* What was typed when the program ended. */
static void tell_drafts(struct app *app)
{
	const struct draft *list[DRAFTS_MAX];
	size_t n = drafts_list(app->drafts, list);
	struct str words = STR_INIT;
	char when[CIVIL_TEXT];

	if (n == 0)
		return;
	civil_format(list[0]->at, client_rules(app->client)->offset_min, "m-d H:M", when,
		     sizeof when);
	str_addf(&words, _("Drafts not sent: %zu, the latest of %s. :drafts goes on with them."), n,
		 when);
	app_notice(app, ROLE_HINT, words.s);
	str_release(&words);
}

/* Left while it was locked: it opens so.  The PIN of whoever is logged in now must be known. */
static bool open_locked(struct app *app)
{
	struct lock_arg arg = { .shut = true };

	if (!seat_is_locked(app->client) || !client_actor(app->client) ||
	    !seat_knows(app->client, client_actor(app->client)->officer))
		return false;
	ui_notice(app->ui, ROLE_TEXT, NULL);
	(void)ui_apply(app->ui, ui_open(app->ui, &lock_view, &arg, sizeof arg));
	return true;
}

void app_look_at_all(struct app *app)
{
	(void)board_step(app->board);
	for (int i = 0; i < 200 && home_step(app->home) & HOME_MORE; i++)
		;
	frame_due_changed(app);
}

enum err app_new(const struct app_options *options, struct app **ret_app, struct error *err)
{
	struct app *app = mem_alloc(sizeof *app);
	enum err code = keymap_new(commands(), &app->keymap, err);

	if (code != ERR_OK) {
		free(app);
		return code;
	}
	app->client = options->client;
	app->theme_folders = options->theme_folders;
	app->colours = options->colours;
	app->thin = options->thin;
	app->reckon_rounds = options->reckon_rounds;
	app->views_path = options->views_path ? mem_strdup(options->views_path) : NULL;
	app->ask = options->ask;
	app->reload = options->reload;
	app->ask_ctx = options->ctx;
	app->board = board_new(app->client);
	app->home = home_new(app->client);
	ring_new(app);
	columns_load(app);
	app_look_at_all(app);
	client_link(app->client, &app->link);
	app->lock_hint = options->lock_hint;
	app->keyed_at = env_now(client_env(app->client));
	app->who = mem_strdup(client_actor(app->client) ? client_actor(app->client)->officer : "");
	app->drafts = drafts_new(app->client, app->who);
	app->drawn = app->link;
	app->minute = app_now(app) / MINUTE_MS;
	app->ui = ui_new(&app_shell, app, app->keymap, options->rows, options->cols);
	first_config(app, &options->config);
	ring_open(app);
	seen_begin(app);
	app_open_first(app);
	if (!open_locked(app)) {
		tell_drafts(app);
		desk_announce(app);
		tell_digest(app);
	}
	(void)away_look(app);
	*ret_app = app;
	return ERR_OK;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	ui_free(app->ui);
	seen_release(app);
	seat_release(app);
	ring_release(app);
	keymap_free(app->keymap);
	theme_free(app->theme);
	board_free(app->board);
	home_free(app->home);
	deadlines_free(app->deadlines);
	free(app->due.what);
	oncall_frame_release(app);
	drafts_free(app->drafts);
	prompt_history_release(&app->filters);
	prompt_history_release(&app->searches);
	prompt_history_release(&app->lines);
	str_release(&app->copy);
	arena_release(&app->whys);
	free(app->paper_title);
	free(app->paper_text);
	free(app->views_path);
	free(app->targets);
	act_preset_drop(app);
	roster_place_free(app);
	free(app->sources);
	str_release(&app->whistle_filter);
	str_release(&app->meeting_filter);
	str_release(&app->item_filter);
	str_release(&app->action_filter);
	free(app);
}

/* ---- what the face reads ---- */

struct ui *app_ui(struct app *app)
{
	return app->ui;
}

unsigned app_show(struct app *app, const char *title, const char *text)
{
	struct text_page paper;

	free(app->paper_title);
	free(app->paper_text);
	app->paper_title = mem_strdup(title);
	app->paper_text = mem_strdup(text);
	paper = (struct text_page){ .title = app->paper_title, .text = app->paper_text };
	return ui_open(app->ui, &paper_view, &paper, sizeof paper);
}

const struct theme *app_theme(const struct app *app)
{
	return app->theme;
}

bool app_theme_changed(struct app *app)
{
	bool changed = app->theme_changed;

	app->theme_changed = false;
	return changed;
}

/* ---- what the views share ---- */

int64_t app_now(const struct app *app)
{
	return client_now(app->client);
}

bool app_read_only(const struct app *app)
{
	const struct role_rule *role = app_role(app);

	return client_read_only(app->client) ||
	       (role && (role->read_only || role->manage != MANAGE_NOTHING));
}

const struct role_rule *app_role(const struct app *app)
{
	const struct actor *actor = client_actor(app->client);

	return actor ? rules_role(client_rules(app->client), actor->role) : NULL;
}

const char *app_empty_why(const struct app *app)
{
	const struct client_link *link = &app->link;

	if (app_role(app) && app_role(app)->manage != MANAGE_NOTHING)
		return _("This role administers and sees no cases: zhiban manage has its commands.");
	if (!client_is_enrolled(app->client))
		return _("This console is not enrolled: leave with Q, then zhiban enroll URL CODE.");
	if (!link->usable)
		return link->state == LINK_OFFLINE ?
			       _("No data yet, and the server cannot be reached: :link says why.") :
		       link->state == LINK_TROUBLE ?
			       _("No data yet, and the disk here is in trouble: :link says why.") :
		       link->state == LINK_LOGIN ?
			       _("Nobody is logged in here: type :login NAME, then the PIN.") :
			       _("The first data are being fetched ...");
	return NULL;
}

const struct selection *app_selection(struct app *app)
{
	static const struct {
		const struct view_ops *ops;
		bool (*incident)(void *state, struct uuid *ret_id); /* of views that have those alone */
		bool (*selected)(void *state, struct selection *ret_selection);
	} selecting[] = {
		{ &home_view, rows_selected, NULL },
		{ &board_view, rows_selected, NULL },
		{ &dups_view, rows_selected, NULL },
		{ &search_view, rows_selected, NULL },
		{ &page_view, page_view_selected, NULL },
		{ &outbox_view, outbox_view_selected, NULL },
		{ &desk_view, desk_view_selected, NULL },
		{ &alarm_view, alarm_view_selected, NULL },
		{ &deadlines_view, NULL, deadlines_view_selected },
		{ &whistles_view, NULL, whistles_view_selected },
		{ &whistle_view, NULL, whistle_view_selected },
		{ &roster_view, NULL, roster_view_selected },
		{ &swaps_view, NULL, swaps_view_selected },
		{ &swap_view, NULL, swap_view_selected },
		{ &people_view, NULL, people_view_selected },
		{ &handover_view, NULL, handover_view_selected },
		{ &log_view, NULL, log_view_selected },
		{ &slots_view, NULL, slots_view_selected },
		{ &calendar_view, NULL, calendar_view_selected },
		{ &meetings_view, NULL, meetings_view_selected },
		{ &meeting_view, NULL, meeting_view_selected },
		{ &items_view, NULL, joint_view_selected },
		{ &actions_view, NULL, joint_view_selected },
		{ &item_view, NULL, joint_page_selected },
		{ &action_view, NULL, joint_page_selected },
		{ &rooms_view, NULL, rooms_view_selected },
		{ &sitting_view, NULL, sitting_view_selected },
	};
	const struct view_ops *top = ui_top(app->ui);
	void *state = ui_top_state(app->ui);

	for (size_t i = 0; i < ARRAY_LEN(selecting); i++) {
		struct selection found = { .kind = KIND_INCIDENT };

		if (top != selecting[i].ops)
			continue;
		app->has_selected = selecting[i].incident ? selecting[i].incident(state, &found.id)
							  : selecting[i].selected(state, &found);
		app->selection = found;
		app->selected = found.id;
	}
	return app->has_selected ? &app->selection : NULL;
}

bool app_selected(struct app *app, struct uuid *ret_id)
{
	const struct selection *selection = app_selection(app);

	if (!selection || selection->kind != KIND_INCIDENT)
		return false;
	*ret_id = selection->id;
	return true;
}

/* What its letter does else to what is selected, where its own act cannot be done now. */
static const struct act_desc *other_act(struct app *app, const struct ui_command *command,
					const struct selection *selection,
					const struct act_desc *own)
{
	const struct act_desc *found = own, *other;
	struct arena arena = ARENA_INIT;
	struct subject subject;

	if (!command_other(command, selection->kind, 0))
		return own;
	if (subject_get(app->client, selection->kind, &selection->id, &arena, &subject, NULL) ==
		    ERR_OK &&
	    (!own || subject_possible(app->client, &subject, own, NULL) != ERR_OK))
		for (size_t i = 0; (other = command_other(command, selection->kind, i)) != NULL; i++)
			if (!found || subject_possible(app->client, &subject, other, NULL) == ERR_OK)
				found = other;
	arena_release(&arena);
	return found;
}

const struct act_desc *app_act(struct app *app, const struct ui_command *command)
{
	const struct selection *selection = app_selection(app);
	const struct act_desc *act = command_act(command), *of;

	of = selection ? command_act_of(command, selection->kind) : act;
	if (selection)
		of = other_act(app, command, selection, of);
	if (of || !act || !(command->needs & CMD_SELECTED))
		return of ? of : act;
	return NULL;
}

void app_notice(struct app *app, enum role role, const char *sentence)
{
	if (!app->lock) {
		ui_notice(app->ui, role, sentence);
		return;
	}
	/* It might say what nobody is to read there: told when the screen opens. */
	free(app->missed);
	app->missed = mem_strdup(sentence);
	app->missed_role = role;
}

void app_failed(struct app *app, const struct error *err)
{
	app_notice(app, ROLE_ERROR, err->text);
}

/* ---- changes ---- */

/* Figures that move all the time are drawn with the clock; what matters at once, data that are
 * fresh again too. */
static bool link_differs(const struct client_link *a, const struct client_link *b)
{
	return a->state != b->state || a->why != b->why || a->usable != b->usable ||
	       a->pending != b->pending || a->sent != b->sent || a->refused != b->refused ||
	       a->merged != b->merged || a->data_at - b->data_at > MINUTE_MS ||
	       (a->left > 0) != (b->left > 0);
}

unsigned app_take_link(struct app *app)
{
	client_link(app->client, &app->link);
	if (!link_differs(&app->link, &app->drawn))
		return UI_NOTHING;
	app->drawn = app->link;
	/* An empty list says how the link stands. */
	return board_count(app->board)->total ? UI_FRAME : UI_FRAME | UI_RELOAD;
}

unsigned app_marks_changed(struct app *app)
{
	struct client_change change = { .bits = CHANGE_MARKS };

	board_changed(app->board, &change);
	home_changed(app->home, &change);
	return UI_RELOAD | UI_FRAME;
}

unsigned app_take_changes(struct app *app, struct error *err)
{
	struct client_change change;
	unsigned flags;

	if (client_poll(app->client, &change, err) != ERR_OK)
		return UI_FRAME;
	flags = app_take_link(app);
	if (!app->lock) /* told when it opens */
		flags |= desk_announce(app);
	if (!change.bits)
		return flags | (away_look(app) ? UI_FRAME : UI_NOTHING);
	board_changed(app->board, &change);
	home_changed(app->home, &change);
	if (app->deadlines)
		(void)deadlines_changed(app->deadlines, &change); /* UI_RELOAD follows anyhow */
	seen_changed(app, &change);
	frame_due_changed(app);
	oncall_frame_changed(app);
	if (change.bits & CHANGE_ACTOR)
		app->seat_new = true;
	ring_changed(app, &change, &flags);
	if (change.bits & CHANGE_MODE)
		tell_digest(app);
	if (change.bits & (CHANGE_RULES | CHANGE_ACTOR | CHANGE_MODE))
		flags |= UI_FRAME;
	if (change.bits & (CHANGE_DATA | CHANGE_OUTBOX | CHANGE_RULES | CHANGE_MODE | CHANGE_MARKS))
		flags |= UI_RELOAD;
	if ((flags & UI_RELOAD) && app->searching)
		search_view_stale(app->searching);
	came_look(app, &change, &flags);
	if (away_look(app)) /* ours before what the quiet hours summed up */
		flags |= UI_FRAME;
	return flags;
}
