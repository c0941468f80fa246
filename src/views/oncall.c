/* Who is on duty there now and next, who is rung in which order, and who answered: from every
 * screen. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oncall_priv.h"
#include "log_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/subject.h"

/* ---- rows ---- */

static void add_heading(struct oncall_screen *view, const char *text)
{
	view->lines[view->n++] = (struct oncall_line){
		.id = uuid_named(text), .heading = true, .text = text };
}

static struct uuid rung_id(const struct oncall_screen *view, const struct oncall_rung *rung)
{
	char words[200];

	if (rung->duty != NULL)
		return rung->duty->turn->id;
	snprintf(words, sizeof words, "rung %s %s", view->org,
		 rung->post != NULL ? rung->post->code : "-");
	return uuid_named(words);
}

static void one_lines(struct oncall_screen *view)
{
	const struct oncall_page *page = &view->page;
	char at[CIVIL_TEXT];

	view->lines = arena_array(&view->arena, page->n + page->duty.n_next + 2, sizeof *view->lines);
	for (size_t i = 0; i < page->n; i++)
		view->lines[view->n++] = (struct oncall_line){
			.id = rung_id(view, &page->rungs[i]), .rung = &page->rungs[i] };
	if (page->duty.n_next == 0)
		return;
	civil_format(page->duty.next_starts, client_rules(view->app->client)->offset_min, "m-d H:M",
		     at, sizeof at);
	add_heading(view, arena_printf(&view->arena, _("From %s on"), at));
	for (size_t i = 0; i < page->duty.n_next; i++)
		view->lines[view->n++] = (struct oncall_line){
			.id = page->duty.next[i].turn->id, .next = &page->duty.next[i] };
}

static void all_lines(struct oncall_screen *view)
{
	view->lines = arena_array(&view->arena, view->n_duties + 1, sizeof *view->lines);
	for (size_t i = 0; i < view->n_duties; i++) {
		struct oncall_line *line = &view->lines[view->n++];

		*line = (struct oncall_line){ .duty = &view->duties[i] };
		line->id = uuid_named(arena_printf(&view->arena, "on duty %s", view->duties[i].org));
	}
}

static enum err load(struct oncall_screen *view, struct error *err)
{
	int64_t now = app_now(view->app);
	enum err code;

	arena_reset(&view->arena);
	view->n = view->n_duties = 0;
	view->lines = NULL;
	view->page = (struct oncall_page){ .n = 0 };
	if (view->all)
		code = client_all_on_duty(view->app->client, now, &view->arena, &view->duties,
					  &view->n_duties, err);
	else
		code = oncall_page(view->app->client, view->org, now, &view->arena, &view->page, err);
	if (code != ERR_OK)
		return code;
	(view->all ? all_lines : one_lines)(view);
	return ERR_OK;
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct oncall_screen *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->n + 1, sizeof *rows);

	for (size_t i = 0; i < view->n; i++) {
		rows[i] = (struct list_row){ view->lines[i].id,
					     view->lines[i].heading ? LIST_ROW_HEADING : 0,
					     &view->lines[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const char *empty(void *ctx)
{
	const struct oncall_screen *view = ctx;

	if (view->all)
		return _("No organisation has a roster or a duty phone.");
	return view->page.duty.plan != NULL ? _("Nobody is entered for now. 4 leads to the roster, Tab "
						"to all organisations.")
					    : _("It has no roster and no duty phone. Tab leads to all "
						"organisations.");
}

static const struct oncall_line *current(struct oncall_screen *view)
{
	const struct list_row *row = list_current(view->list);

	return row != NULL ? row->data : NULL;
}

static unsigned reread(struct oncall_screen *view, bool home)
{
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = home ? list_home(view->list, &err) : list_reload(view->list, &err);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct oncall_ask *ask = arg;
	struct oncall_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, oncall_cell, empty };

	view->app = ui_shell(ui);
	view->about = ask->about;
	view->all = ask->org[0] == '\0';
	memcpy(view->org, ask->org, sizeof view->org);
	view->list = oncall_list(&source);
	oncall_columns(view);
	if (load(view, err) != ERR_OK || list_home(view->list, err) != ERR_OK)
		app_failed(view->app, err); /* shown empty, with the reason */
	view->dirty = true;
	frame_hint_subject(view->app, NULL);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct oncall_screen *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	free(view);
}

/* ---- keys ---- */

/* Of all: the one under the cursor; of one: all, the cursor on it. */
static unsigned turn_over(struct oncall_screen *view)
{
	const struct oncall_line *line = current(view);
	struct uuid at = uuid_named("");
	unsigned flags;

	if (view->all && line == NULL)
		return UI_NOTHING;
	if (view->all)
		snprintf(view->org, sizeof view->org, "%s", line->duty->org);
	else
		at = uuid_named(arena_printf(&view->arena, "on duty %s", view->org));
	view->all = !view->all;
	oncall_columns(view);
	flags = reread(view, true);
	if (view->all && list_goto(view->list, &at, NULL) != ERR_OK)
		view->dirty = true;
	return flags | UI_REDRAW_ALL;
}

/* Somebody was rung: the form asks who answered and what was said. */
static unsigned note_call(struct oncall_screen *view)
{
	const struct oncall_line *line = current(view);
	struct log_call call = { .org = view->org, .about = view->about };

	if (line == NULL)
		return UI_NOTHING;
	if (view->all) {
		const struct on_duty *chief = oncall_chief(line->duty);

		call.org = line->duty->org;
		call.label = _("Duty phone");
		call.phone = line->duty->phone;
		if (chief != NULL) {
			call.post = chief->post != NULL ? chief->post->code : NULL;
			call.label = chief->post != NULL ? chief->post->label : chief->turn->post;
			call.name = chief->turn->name;
			call.phone = chief->phone;
		}
	} else if (line->rung != NULL) {
		call.post = line->rung->post != NULL ? line->rung->post->code : NULL;
		call.label = line->rung->label;
		call.name = line->rung->name;
		call.phone = line->rung->phone;
	} else if (line->next != NULL) {
		call.post = line->next->turn->post;
		call.label =
		    line->next->post != NULL ? line->next->post->label : line->next->turn->post;
		call.name = line->next->turn->name;
		call.phone = line->next->phone;
	}
	return log_note_call(view->app, &call);
}

static unsigned copy_phone(struct oncall_screen *view)
{
	const struct oncall_line *line = current(view);
	const char *phone = line == NULL	? NULL
			    : line->rung != NULL ? line->rung->phone
			    : line->next != NULL ? line->next->phone
			    : line->duty != NULL ? line->duty->phone
						 : NULL;

	if (phone != NULL)
		app_copy(view->app, phone);
	return UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct oncall_screen *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		unsigned result = list_move(view->list, motion);

		view->dirty = view->dirty || (result & LIST_MOVED) != 0;
		return UI_REDRAW;
	}
	switch (cmd->id) {
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	case CMD_allduty:
		return turn_over(view);
	case CMD_open:
		if (view->all)
			return turn_over(view);
		return app_read_only(view->app) ? UI_NOTHING : note_call(view);
	case CMD_ring:
		return note_call(view);
	case CMD_copy:
		return copy_phone(view);
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	return reread(state, false);
}

/* A shift ends, a call becomes known: with the minute. */
static unsigned tick(void *state, int64_t now)
{
	struct oncall_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reread(view, false);
}

static const char *title(void *state)
{
	(void)state;
	return _("On duty");
}

const struct view_ops oncall_view = {
	.name = "oncall",
	.where = WHERE_ONCALL,
	.open = open_view,
	.close = close_view,
	.draw = oncall_draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};

/* ---- from every screen ---- */

/* Whoever has it now, else where it lies. */
static const char *org_of_incident(const struct incident *incident)
{
	return incident->holder != NULL ? incident->holder : incident->street;
}

static const char *org_field(const void *entity, enum kind kind)
{
	const struct kind_desc *desc = kind_desc(kind);
	const struct field *field = field_find(desc->fields, desc->n_fields, "org");

	return field != NULL ? field_get(field, entity).text : NULL;
}

static void take_selection(struct app *app, struct oncall_ask *ask)
{
	const struct selection *selection = app_selection(app);
	struct arena arena = ARENA_INIT;
	struct subject subject;
	const char *org = NULL;

	if (selection == NULL || subject_get(app->client, selection->kind, &selection->id, &arena,
					     &subject, NULL) != ERR_OK) {
		arena_release(&arena);
		return;
	}
	if (subject.kind == KIND_INCIDENT)
		org = org_of_incident(subject.incident);
	else if (subject.kind == KIND_WHISTLE)
		org = *selection->share ? selection->share : subject.whistle.whistle->lead;
	else if (subject_entity(&subject) != NULL)
		org = org_field(subject_entity(&subject), subject.kind);
	ask->about = *selection;
	if (org != NULL && rules_org(client_rules(app->client), org) != NULL)
		snprintf(ask->org, sizeof ask->org, "%s", org);
	arena_release(&arena);
}

unsigned oncall_show(struct app *app, const char *args)
{
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);
	struct oncall_ask ask = { .org = "" };
	struct error err = ERROR_INIT;
	const struct org *org;

	args += strspn(args, " ");
	snprintf(ask.org, sizeof ask.org, "%s",
		 actor != NULL ? actor->org : rules->centre != NULL ? rules->centre : "");
	if (*args == '\0') {
		take_selection(app, &ask);
	} else if (strcmp(args, "*") == 0) {
		ask.org[0] = '\0';
	} else if (candidates_org(rules, args, app_now(app), &org, &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	} else {
		snprintf(ask.org, sizeof ask.org, "%s", org->code);
	}
	return ui_open(app->ui, &oncall_view, &ask, sizeof ask);
}
