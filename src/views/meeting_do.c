/* Edits of a meeting's page: each is one act. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static unsigned tell(struct app *app, const char *sentence)
{
	app_notice(app, ROLE_HINT, sentence);
	return UI_FRAME;
}

static void begin(struct app *app, const struct uuid *meeting, const char *verb)
{
	struct selection target = { .kind = KIND_MEETING, .id = *meeting };

	act_preset_begin(app, act_desc_of(KIND_MEETING, verb), &target);
}

/* ---- the agenda ---- */

static int minutes_at(const struct meeting_page *page, size_t i)
{
	const struct item *item = page->items[i].item;
	const struct agenda *entry = meeting_page_entry(page, item);

	return item_minutes(page->series, item, entry ? entry->minutes : 0);
}

static void give_entry(struct app *app, const struct item *item, size_t place, int minutes)
{
	char id[UUID_TEXT], words[UUID_TEXT + 32];

	uuid_text(&item->head.id, id);
	snprintf(words, sizeof words, "%s %zu %d", id, place, minutes);
	act_preset_text(app, "entry", words);
}

/* All of it, in that order. */
static unsigned set_order(struct meeting_screen *view, const size_t *order, const char *what)
{
	begin(view->app, &view->id, "agenda");
	for (size_t i = 0; i < view->page.n_items; i++)
		give_entry(view->app, view->page.items[order[i]].item, i + 1,
			   minutes_at(&view->page, order[i]));
	act_preset_what(view->app, what);
	return act_preset_go(view->app, false);
}

static bool on_agenda(struct meeting_screen *view, size_t *ret_place)
{
	const struct client_item *item = meeting_item(view);

	if (item)
		*ret_place = (size_t)(item - view->page.items);
	return item != NULL;
}

unsigned meeting_move(struct meeting_screen *view, int by)
{
	size_t place, to, *order;

	if (!on_agenda(view, &place))
		return tell(view->app, _("the agenda is where items are moved: Tab goes there"));
	if ((by < 0 && place == 0) || (by > 0 && place + 1 == view->page.n_items))
		return tell(view->app, by < 0 ? _("it is the first already")
					      : _("it is the last already"));
	to = by < 0 ? place - 1 : place + 1;
	order = arena_array(&view->cells, view->page.n_items, sizeof *order);
	for (size_t i = 0; i < view->page.n_items; i++)
		order[i] = i;
	order[place] = to;
	order[to] = place;
	return set_order(view, order, view->page.items[place].item->title);
}

unsigned meeting_fewest(struct meeting_screen *view)
{
	if (view->page.n_items < 2)
		return tell(view->app, _("there is nothing to be ordered"));
	if (view->page.sat <= view->page.least)
		return tell(view->app, _("no order lets the departments sit shorter"));
	return set_order(view, view->page.order, _("so that the fewest departments sit longest"));
}

unsigned meeting_minutes(struct meeting_screen *view, const char *args)
{
	struct app *app = view->app;
	size_t place;
	long minutes;
	char *end;

	if (!on_agenda(view, &place))
		return tell(app, _("the agenda is where minutes are set: Tab goes there"));
	args += strspn(args, " ");
	if (!*args)
		return ui_open(app->ui, &line_view, "minutes ", sizeof "minutes ");
	minutes = strtol(args, &end, 10);
	if (*end || minutes < 1 || minutes > 600)
		return tell(app, _("minutes: a number from 1 to 600"));
	begin(app, &view->id, "agenda");
	give_entry(app, view->page.items[place].item, place + 1, (int)minutes);
	return act_preset_go(app, false);
}

unsigned meeting_put_items(struct app *app, const struct meeting_page *page,
			   const struct client_item *const *items, size_t n)
{
	begin(app, &page->meeting->head.id, "agenda");
	for (size_t i = 0; i < n; i++)
		give_entry(app, items[i]->item, page->n_items + i + 1,
			   item_minutes(page->series, items[i]->item, 0));
	return act_preset_go(app, false);
}

static unsigned drop_item(struct meeting_screen *view, size_t place)
{
	begin(view->app, &view->id, "agenda");
	give_entry(view->app, view->page.items[place].item, place + 1,
		   minutes_at(&view->page, place));
	act_preset_num(view->app, "off", 1);
	return act_preset_go(view->app, false);
}

/* ---- who attends ---- */

static unsigned drop_attendee(struct meeting_screen *view, const struct attendee *attendee)
{
	struct arena arena = ARENA_INIT;
	unsigned flags;

	if (attendee->by_items)
		return tell(view->app,
			    _("it follows from an item: take that out, or change its departments"));
	begin(view->app, &view->id, "attend");
	act_preset_text(view->app, "attend", attendee_words(attendee, &arena));
	act_preset_num(view->app, "off", 1);
	flags = act_preset_go(view->app, false);
	arena_release(&arena);
	return flags;
}

unsigned meeting_take_out(struct meeting_screen *view)
{
	const struct attendee *attendee = meeting_attendee_at(view);
	size_t place;

	if (on_agenda(view, &place))
		return drop_item(view, place);
	return attendee ? drop_attendee(view, attendee)
			: tell(view->app, _("an item of the agenda, or who attends, is taken out"));
}

/* Tasks are given for an item: the one that the form is told, or the only one. */
static unsigned give_task(struct meeting_screen *view)
{
	struct app *app = view->app;
	char id[UUID_TEXT];

	if (!view->page.meeting->opened_at)
		return tell(app, _("tasks are given once the meeting sits"));
	act_preset_begin(app, act_desc_of(KIND_ACTION, "task"), NULL);
	uuid_text(&view->id, id);
	act_preset_text(app, "meeting_id", id);
	if (view->page.n_items == 1) {
		uuid_text(&view->page.items[0].item->head.id, id);
		act_preset_text(app, "item_id", id);
	}
	act_preset_what(app, meeting_title(view->page.meeting, &view->cells));
	return act_preset_go(app, true);
}

unsigned meeting_hold_stage(struct meeting_screen *view)
{
	struct app *app = view->app;

	for (size_t i = 0; i < view->n_stages; i++) {
		if (!view->stages[i].next)
			continue;
		begin(app, &view->id, "stage");
		act_preset_text(app, "stage", view->stages[i].stage->code);
		act_preset_what(app, arena_printf(&view->cells, "%s  %s",
						  view->stages[i].stage->label,
						  view->stages[i].words));
		return act_preset_go(app, true);
	}
	return tell(app, _("all stages have passed"));
}

unsigned meeting_put_in(struct meeting_screen *view)
{
	if (view->tab == TAB_STAGES)
		return meeting_hold_stage(view);
	if (view->tab == TAB_TASKS)
		return give_task(view);
	if (view->tab == TAB_AGENDA || view->tab == TAB_ATTEND)
		return ui_open(view->app->ui, &putin_view, NULL, 0);
	return tell(view->app, _("on the agenda, on who attends, or on the tasks: Tab goes there"));
}

/* ---- acts ---- */

static bool is_of_attendee(const struct act_desc *act)
{
	return act_arg_field(act, "attendee") != NULL && strcmp(act->verb, "sign_in") != 0;
}

/* Whose leave is asked for, when it is one alone. */
static const struct attendee *who_asks_leave(const struct meeting *meeting)
{
	const struct attendee *found = NULL;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (attendee_answer(attendee) != ANSWER_LEAVE || attendee->leave_at)
			continue;
		if (found)
			return NULL;
		found = attendee;
	}
	return found;
}

static unsigned on_attendee(struct meeting_screen *view, const struct act_desc *act)
{
	struct app *app = view->app;
	const struct attendee *attendee = meeting_attendee_at(view);
	bool leave = strcmp(act->verb, "grant") == 0 || strcmp(act->verb, "insist") == 0;
	bool chase = strcmp(act->verb, "chase") == 0;
	char id[UUID_TEXT];

	if (leave && attendee && (attendee_answer(attendee) != ANSWER_LEAVE || attendee->leave_at))
		attendee = NULL; /* the cursor is on somebody else */
	if (!attendee)
		attendee = leave  ? who_asks_leave(view->page.meeting)
			   : chase ? NULL
				   : meeting_answers_for(view);
	if (leave && !attendee)
		return tell(app, _("on who attends (Tab) the cursor says whose leave it is"));
	begin(app, &view->id, act->verb);
	if (attendee && (app->targets != NULL && app->n_targets))
		snprintf(app->targets[0].share, sizeof app->targets[0].share, "%s", attendee->org);
	if (attendee) {
		uuid_text(&attendee->id, id);
		act_preset_text(app, "attendee", id);
		act_preset_what(app, arena_printf(&view->cells, "%s  %s",
						  attendee_who(client_rules(app->client), attendee,
							      &view->cells),
						  attends_brief(attendee)));
	}
	return act_preset_go(app, !chase);
}

/* The words of the minutes that were read: whoever wrote meanwhile is not written over. */
static unsigned write_minutes(struct meeting_screen *view)
{
	struct app *app = view->app;

	begin(app, &view->id, "compose");
	act_preset_num(app, "rev", view->page.meeting->rev);
	act_preset_what(app, meeting_title(view->page.meeting, &view->cells));
	return act_preset_go(app, true);
}

unsigned meeting_act(struct meeting_screen *view, const struct act_desc *act)
{
	if (strcmp(act->verb, "compose") == 0)
		return write_minutes(view);
	if (strcmp(act->verb, "answer") == 0)
		return ui_open(view->app->ui, &answer_view, NULL, 0);
	return is_of_attendee(act) ? on_attendee(view, act) : UI_IGNORED;
}
