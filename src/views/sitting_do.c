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

/* Those that are marked, else the one under the cursor; in the arena of cells. */
static size_t chosen(struct sitting_screen *view, const struct attendee ***ret_people)
{
	const struct attendee *at = sitting_attendee_at(view), **people;
	const struct uuid *marked;
	size_t n, used = 0;

	arena_reset(&view->cells);
	marked = list_marked(view->lists[PAGE_SHEET], &n);
	people = arena_array(&view->cells, n + 1, sizeof *people);
	for (size_t i = 0; i < n; i++) {
		people[used] = meeting_attendee_find(view->sitting.meeting, &marked[i]);
		used += people[used] != NULL;
	}
	if (n == 0 && at)
		people[used++] = at;
	*ret_people = people;
	return used;
}

/* Who said that he sends somebody: when that is who came, it is he. */
static bool sends(const struct attendee *attendee)
{
	return attendee_answer(attendee) == ANSWER_DELEGATED && attendee->delegate;
}

static unsigned sign_in_these(struct sitting_screen *view, const struct attendee **people, size_t n,
			      enum attendee_present present)
{
	struct app *app = view->app;
	char id[UUID_TEXT];

	begin(view, KIND_MEETING, "sign_in", &view->id);
	for (size_t i = 0; i < n; i++) {
		uuid_text(&people[i]->id, id);
		act_preset_text(app, "attendee", id);
	}
	act_preset_text(app, "presence", attendee_present_code(present));
	act_preset_without(app, "held_at");
	if (n == 1)
		act_preset_what(app, attendee_who(client_rules(app->client), people[0],
						  &view->cells));
	/* whom he named in his answer comes without a question */
	return act_preset_go(app, present == PRESENT_DELEGATE && !people[0]->delegate);
}

/* Of those who are here, who came for another is signed in as that. */
static unsigned sign_in_here(struct sitting_screen *view, const struct attendee **people, size_t n)
{
	const struct attendee **others = arena_array(&view->cells, n, sizeof *others);
	const struct attendee **sent = arena_array(&view->cells, n, sizeof *sent);
	size_t n_others = 0, n_sent = 0;
	unsigned flags = UI_NOTHING;

	for (size_t i = 0; i < n; i++)
		if (sends(people[i]))
			sent[n_sent++] = people[i];
		else
			others[n_others++] = people[i];
	if (n_sent)
		flags |= sign_in_these(view, sent, n_sent, PRESENT_DELEGATE);
	if (n_others)
		flags |= sign_in_these(view, others, n_others, PRESENT_THERE);
	return flags;
}

static unsigned sign_in(struct sitting_screen *view, enum attendee_present present)
{
	const struct attendee **people;
	unsigned flags;
	size_t n;

	if (view->page != PAGE_SHEET)
		return tell(view, _("that is on the sign-in sheet: Tab goes there"));
	n = chosen(view, &people);
	if (n == 0)
		return tell(view, _("nobody attends"));
	if (present == PRESENT_DELEGATE && n > 1)
		return tell(view, _("a delegate is named one by one: take the marks away"));
	flags = present == PRESENT_THERE ? sign_in_here(view, people, n)
					 : sign_in_these(view, people, n, present);
	list_mark_clear(view->lists[PAGE_SHEET]);
	if (n == 1 && ui_top(view->app->ui) == &sitting_view)
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
