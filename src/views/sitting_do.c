/* What is done while a meeting sits: each is one act, and all of them go without a line. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "sitting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/joint_words.h"

static unsigned tell(struct sitting_screen *view, const char *sentence)
{
	app_notice(view->app, ROLE_HINT, sentence);
	return UI_FRAME;
}

static void begin(struct sitting_screen *view, enum kind kind, const char *verb, const struct uuid *id)
{
	struct selection target = { .kind = kind, .id = *id };

	act_preset_begin(view->app, act_desc_of(kind, verb), &target);
}

/* ---- the sheet ---- */

/* Those that are marked, else the one under the cursor. */
static size_t give_people(struct sitting_screen *view, const struct attendee **ret_one)
{
	const struct attendee *at = sitting_attendee_at(view);
	const struct uuid *marked;
	char id[UUID_TEXT];
	size_t n;

	marked = list_marked(view->lists[PAGE_SHEET], &n);
	for (size_t i = 0; i < n; i++) {
		uuid_text(&marked[i], id);
		act_preset_text(view->app, "attendee", id);
	}
	*ret_one = n == 1 ? meeting_attendee_find(view->sitting.meeting, &marked[0])
		   : n == 0 ? at
			    : NULL;
	if (n > 0 || !at)
		return n;
	uuid_text(&at->id, id);
	act_preset_text(view->app, "attendee", id);
	return 1;
}

static unsigned sign_in(struct sitting_screen *view, enum attendee_present present)
{
	struct app *app = view->app;
	const struct attendee *one;
	bool ask = present == PRESENT_DELEGATE;
	unsigned flags;
	size_t n;

	if (view->page != PAGE_SHEET)
		return tell(view, _("that is on the sign-in sheet: Tab goes there"));
	begin(view, KIND_MEETING, "sign_in", &view->id);
	n = give_people(view, &one);
	if (n == 0) {
		act_preset_drop(app);
		return tell(view, _("nobody attends"));
	}
	if (ask && !one) {
		act_preset_drop(app);
		return tell(view, _("a delegate is named one by one: take the marks away"));
	}
	act_preset_text(app, "presence", attendee_present_code(present));
	act_preset_without(app, "held_at");
	if (one)
		act_preset_what(app, attendee_who(client_rules(app->client), one, &view->cells));
	/* whom he named in his answer comes without a question */
	flags = act_preset_go(app, ask && !one->delegate);
	list_mark_clear(view->lists[PAGE_SHEET]);
	if (n == 1 && ui_top(app->ui) == &sitting_view)
		list_move(view->lists[PAGE_SHEET], LIST_DOWN);
	return flags;
}

/* ---- opening and closing ---- */

static unsigned open_sitting(struct sitting_screen *view)
{
	struct app *app = view->app;

	const char *missing = sitting_missing(client_rules(app->client), &view->sitting, &view->cells);

	begin(view, KIND_MEETING, "open", &view->id);
	act_preset_without(app, "held_at"); /* :opensit asks for it, of what sat before */
	if (*missing)
		act_preset_what(app, arena_printf(&view->cells, _("must and not there: %s"), missing));
	return act_preset_go(app, false);
}

/* What goes over to the next meeting is said before. */
static unsigned close_sitting(struct sitting_screen *view)
{
	const char *unsettled = sitting_unsettled(&view->sitting, &view->cells);

	begin(view, KIND_MEETING, "adjourn", &view->id);
	act_preset_without(view->app, "held_at"); /* :adjourn asks for it */
	act_preset_what(view->app, *unsettled ? unsettled : _("all items are settled"));
	return act_preset_go(view->app, true);
}

/* ---- items ---- */

static enum err act_on(struct sitting_screen *view, const char *verb, const struct uuid *id,
		       struct error *err)
{
	struct client_done done;

	return client_act(view->app->client, act_desc_of(KIND_ITEM, verb), id, NULL, 0, &done, err);
}

/* Begins with it, and leaves the one that ran; or leaves it. */
static unsigned begin_item(struct sitting_screen *view, const struct sitting_item *item)
{
	const struct sitting_item *running = sitting_running(&view->sitting);
	struct error err = ERROR_INIT;
	enum err code = ERR_OK;

	if (running)
		code = act_on(view, "rest", &running->item->head.id, &err);
	if (code == ERR_OK && running != item)
		code = act_on(view, "begin", &item->item->head.id, &err);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	return acts_done(view->app, &item->item->head.id) | sitting_reload(view);
}

static unsigned write_words(struct sitting_screen *view, const struct sitting_item *item,
			    const char *verb)
{
	struct app *app = view->app;

	begin(view, KIND_ITEM, verb, &item->item->head.id);
	/* of the words that were read: whoever wrote meanwhile is not written over */
	act_preset_num(app, "rev", item->item->rev);
	act_preset_what(app, item->item->title);
	return act_preset_go(app, true);
}

static unsigned give_task(struct sitting_screen *view, const struct sitting_item *item)
{
	struct app *app = view->app;
	char id[UUID_TEXT];

	if (!view->sitting.meeting->opened_at)
		return tell(view, _("tasks are given once the meeting sits"));
	act_preset_begin(app, act_desc_of(KIND_ACTION, "task"), NULL);
	uuid_text(&view->id, id);
	act_preset_text(app, "meeting_id", id);
	uuid_text(&item->item->head.id, id);
	act_preset_text(app, "item_id", id);
	act_preset_what(app, item->item->title);
	return act_preset_go(app, true);
}

static unsigned on_item(struct sitting_screen *view, enum cmd cmd)
{
	const struct sitting_item *item = sitting_item_at(view);

	if (view->page != PAGE_AGENDA)
		return tell(view, _("that is on the agenda: Tab goes there"));
	if (!item || !item->item)
		return tell(view, _("the item is not here"));
	switch (cmd) {
	case CMD_writeup:
		return write_words(view, item, "discuss");
	case CMD_decided:
		return write_words(view, item, "resolve");
	case CMD_handout:
		return give_task(view, item);
	default:
		return begin_item(view, item);
	}
}

unsigned sitting_do(struct sitting_screen *view, const struct ui_command *cmd)
{
	switch (cmd->id) {
	case CMD_startsit:
		return open_sitting(view);
	case CMD_finish:
		return close_sitting(view);
	case CMD_latecomer:
		return sign_in(view, PRESENT_LATE);
	case CMD_standin:
		return sign_in(view, PRESENT_DELEGATE);
	case CMD_noshow:
		return sign_in(view, PRESENT_ABSENT);
	case CMD_wentaway:
		return sign_in(view, PRESENT_LEFT);
	case CMD_there:
		return view->page == PAGE_SHEET ? sign_in(view, PRESENT_THERE)
						: on_item(view, CMD_there);
	case CMD_writeup:
	case CMD_decided:
	case CMD_handout:
		return on_item(view, (enum cmd)cmd->id);
	default:
		return UI_IGNORED;
	}
}
