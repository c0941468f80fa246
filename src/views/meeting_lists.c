/* The lists of a meeting's page: its stages, agenda, who attends, tasks. */
#include <config.h>

#include <string.h>

#include "meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/left.h"
#include "zhiban/model/roster_words.h"

/* ---- stages ---- */

enum { COL_PLACE, COL_STAGE, COL_HELD, COL_VOTES, COL_STAGE_DUE };
static const struct list_column stage_columns[] = {
	[COL_PLACE] = { "place", "#", 2, 2, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_STAGE] = { "stage", N_("Stage"), 12, 14, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_HELD] = { "held", N_("Held"), 11, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_VOTES] = { "votes", N_("Votes"), 35, 42, 3, 0, LIST_LEFT, LIST_CUT_END },
	[COL_STAGE_DUE] = { "due", N_("Due"), 11, 11, 0, 60, LIST_LEFT, LIST_CUT_END },
};

/* Stages are no entities: an id of the meeting and the place. */
struct uuid meeting_stage_id(const struct meeting_screen *view, size_t i)
{
	struct uuid id = view->id;

	id.b[0] ^= (uint8_t)(i + 1);
	return id;
}

static void stage_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct meeting_screen *view = ctx;
	const struct rules *rules = client_rules(view->app->client);
	const struct stage_line *line = at->data;

	arena_reset(&view->cells);
	ret->role = line->next			     ? ROLE_WARNING
		    : line->held && line->held->passed ? ROLE_GOOD
		    : line->held			     ? ROLE_ERROR
						     : ROLE_HINT;
	switch (column) {
	case COL_PLACE:
		ret->text = arena_printf(&view->cells, "%zu", (size_t)(line - view->stages) + 1);
		break;
	case COL_STAGE:
		ret->text = line->stage->label;
		break;
	case COL_HELD:
		ret->text = line->held	 ? joint_at(rules, line->held->held_at, &view->cells)
			    : line->next ? _("next")
					 : "";
		break;
	case COL_VOTES:
		ret->text = line->words;
		break;
	case COL_STAGE_DUE:
		ret->text = joint_at(rules, line->due, &view->cells);
		if (line->due && line->due <= app_now(view->app))
			ret->role = ROLE_CLOCK_OVERDUE;
		break;
	}
}

/* ---- the agenda ---- */

enum { COL_ORDER, COL_ITEM, COL_ABOUT, COL_LEAD, COL_BEGINS, COL_MINUTES, COL_ITEM_STATE };
static const struct list_column agenda_columns[] = {
	[COL_ORDER] = { "order", "#", 2, 2, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_ITEM] = { "number", N_("Number"), 7, 8, 0, 60, LIST_LEFT, LIST_CUT_END },
	[COL_ABOUT] = { "about", N_("Item"), 18, 28, 3, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_LEAD] = { "orgs", N_("Concerned"), 10, 18, 2, 0, LIST_LEFT, LIST_CUT_END },
	[COL_BEGINS] = { "begins", N_("At"), 5, 5, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_MINUTES] = { "minutes", N_("Min"), 4, 4, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_ITEM_STATE] = { "state", N_("State"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
};

static const char *begins(struct meeting_screen *view, size_t i)
{
	int64_t at = meeting_page_begins(&view->page, i);
	char text[CIVIL_TEXT];

	if (!at)
		return "";
	civil_format(at, client_rules(view->app->client)->offset_min, "H:M", text, sizeof text);
	return arena_strdup(&view->cells, text);
}

static void agenda_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	enum { NAMED = 3 };
	struct meeting_screen *view = ctx;
	const struct client_item *shown = at->data;
	const struct item *item = shown->item;
	const struct agenda *entry = meeting_page_entry(&view->page, item);
	size_t i = (size_t)(shown - view->page.items);
	char mark[48];

	arena_reset(&view->cells);
	ret->role = ROLE_TEXT;
	switch (column) {
	case COL_ORDER:
		ret->text = arena_printf(&view->cells, "%zu", i + 1);
		break;
	case COL_ITEM:
		ret->text = arena_strdup(&view->cells, client_item_mark(shown, mark));
		if (shown->marks & ROW_PENDING)
			ret->role = ROLE_PENDING;
		break;
	case COL_ABOUT:
		ret->text = item->title;
		break;
	case COL_LEAD:
		ret->text = item_orgs_words(client_rules(view->app->client), item, NAMED,
					    &view->cells);
		break;
	case COL_BEGINS:
		ret->text = begins(view, i);
		break;
	case COL_MINUTES:
		ret->text = arena_printf(
			&view->cells, "%d",
			item_minutes(view->page.series, item, entry ? entry->minutes : 0));
		break;
	case COL_ITEM_STATE:
		ret->text = item_state_words(item, &view->cells);
		ret->role = joint_state_role(KIND_ITEM, item, app_now(view->app));
		break;
	}
}

/* ---- who attends ---- */

enum { COL_WHO, COL_ROLE, COL_ANSWER, COL_SAID, COL_SEEN, COL_CHASED, COL_SHEET, COL_SIGN };
static const struct list_column attend_columns[] = {
	[COL_WHO] = { "who", N_("Who"), 12, 20, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ROLE] = { "role", N_("As"), 6, 9, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ANSWER] = { "answer", N_("Answer"), 10, 14, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_SAID] = { "said", N_("Words"), 14, 24, 3, 0, LIST_LEFT, LIST_CUT_END },
	[COL_SEEN] = { "seen", N_("Seen"), 11, 11, 0, 76, LIST_LEFT, LIST_CUT_END },
	[COL_CHASED] = { "chased", N_("Chase"), 4, 6, 0, 70, LIST_RIGHT, LIST_CUT_END },
	[COL_SHEET] = { "sheet", N_("There"), 6, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_SIGN] = { "sign", N_("Signs"), 6, 6, 0, 0, LIST_LEFT, LIST_CUT_END },
};

static enum role answer_role(const struct attendee *attendee)
{
	switch (attendee_answer(attendee)) {
	case ANSWER_ACCEPTED:
	case ANSWER_DELEGATED:
		return attendee->clash ? ROLE_WARNING : ROLE_GOOD;
	case ANSWER_LEAVE:
		return attendee->leave_at ? ROLE_HINT : ROLE_WARNING;
	case ANSWERS:
		break;
	}
	return attendee->asked_at ? ROLE_WARNING : ROLE_HINT;
}

static void attend_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct meeting_screen *view = ctx;
	const struct rules *rules = client_rules(view->app->client);
	const struct attendee *attendee = at->data;
	enum attendee_present present = attendee_present(attendee);

	arena_reset(&view->cells);
	ret->text = "";
	ret->role = ROLE_TEXT;
	switch (column) {
	case COL_WHO:
		ret->text = attendee_who(rules, attendee, &view->cells);
		break;
	case COL_ROLE:
		ret->text = attendee_role_label(attendee_role(attendee));
		break;
	case COL_ANSWER:
		ret->text = attends_brief(attendee);
		ret->role = answer_role(attendee);
		break;
	case COL_SAID:
		ret->text = attends_more(attendee, &view->cells);
		break;
	case COL_SEEN:
		ret->text = attendee->seen_at ? joint_at(rules, attendee->seen_at, &view->cells)
					      : "";
		break;
	case COL_CHASED:
		if (attendee->chased)
			ret->text = arena_printf(&view->cells, "%lld", (long long)attendee->chased);
		break;
	case COL_SHEET:
		ret->text = present < PRESENTS ? attendee_present_label(present) : "";
		break;
	case COL_SIGN:
		ret->text = attendee->sign_at ? "Y" : attendee->objects ? _("objects") : "";
		ret->role = attendee->objects ? ROLE_ERROR : ROLE_GOOD;
		break;
	}
}

/* ---- tasks ---- */

enum { COL_TASK, COL_TASK_WHAT, COL_TASK_LEAD, COL_TASK_STATE, COL_TASK_LEFT };
static const struct list_column task_columns[] = {
	[COL_TASK] = { "number", N_("Number"), 7, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TASK_WHAT] = { "what", N_("Task"), 20, 30, 3, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_TASK_LEAD] = { "lead", N_("Lead"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TASK_STATE] = { "state", N_("State"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TASK_LEFT] = { "left", N_("Left"), 9, 9, 0, 0, LIST_RIGHT, LIST_CUT_END },
};

static void task_cell(void *ctx, const struct list_row *at, int column, struct list_cell *ret)
{
	struct meeting_screen *view = ctx;
	const struct client_action *shown = at->data;
	const struct action *action;
	char mark[48], left[LEFT_TEXT];

	arena_reset(&view->cells);
	ret->text = "";
	if (at->flags & LIST_ROW_HEADING) {
		if (column == 0)
			ret->text = arena_printf(&view->cells,
						 _("Still open of the meetings before: %zu"),
						 view->page.n_carried);
		ret->role = ROLE_HEADING;
		return;
	}
	action = shown->action;
	ret->role = action->open ? ROLE_TEXT : ROLE_HINT;
	switch (column) {
	case COL_TASK:
		ret->text = arena_strdup(&view->cells, client_action_mark(shown, mark));
		break;
	case COL_TASK_WHAT:
		ret->text = action->title;
		break;
	case COL_TASK_LEAD:
		ret->text = org_brief(client_rules(view->app->client), action->lead);
		break;
	case COL_TASK_STATE:
		ret->text = action_state_label(action_state(action));
		ret->role = joint_state_role(KIND_ACTION, action, app_now(view->app));
		break;
	case COL_TASK_LEFT:
		if (!action->open || !action->due)
			break;
		left_minutes(action->due, app_now(view->app), left);
		ret->text = arena_strdup(&view->cells, left);
		ret->role = joint_state_role(KIND_ACTION, action, app_now(view->app));
		break;
	}
}

/* ---- rows ---- */

struct rows_of {
	struct list_row *rows;
	size_t n;
};

static void add_tasks(struct rows_of *of, const struct client_action *actions, size_t n)
{
	for (size_t i = 0; i < n; i++)
		of->rows[of->n++] = (struct list_row){ actions[i].action->head.id, 0, &actions[i] };
}

static struct rows_of rows_of(const struct meeting_screen *view, enum meeting_tab tab,
			      struct arena *arena)
{
	const struct meeting_page *page = &view->page;
	size_t most = view->n_stages + page->n_items + page->meeting->attendees.n +
		      page->n_actions + page->n_carried + 2;
	struct rows_of of = { arena_array(arena, most, sizeof *of.rows), 0 };
	struct uuid heading = view->id;

	for (size_t i = 0; tab == TAB_STAGES && i < view->n_stages; i++)
		of.rows[of.n++] =
			(struct list_row){ meeting_stage_id(view, i), 0, &view->stages[i] };
	for (size_t i = 0; tab == TAB_AGENDA && i < page->n_items; i++)
		of.rows[of.n++] =
			(struct list_row){ page->items[i].item->head.id, 0, &page->items[i] };
	for (size_t i = 0; tab == TAB_ATTEND && i < page->meeting->attendees.n; i++)
		of.rows[of.n++] = (struct list_row){ meeting_attendee(page->meeting, i)->id, 0,
						     meeting_attendee(page->meeting, i) };
	if (tab != TAB_TASKS)
		return of;
	add_tasks(&of, page->actions, page->n_actions);
	if (page->n_carried)
		of.rows[of.n++] = (struct list_row){ heading, LIST_ROW_HEADING, NULL };
	add_tasks(&of, page->carried, page->n_carried);
	return of;
}

static enum err fetch(const struct meeting_screen *view, enum meeting_tab tab,
		      const struct list_want *want, struct arena *arena, struct list_page *ret_page,
		      struct error *err)
{
	struct rows_of of = rows_of(view, tab, arena);
	bool found = want->from != LIST_AT;

	for (size_t i = 0; i < of.n; i++)
		found = found || uuid_eq(&of.rows[i].id, &want->anchor);
	*ret_page = (struct list_page){ of.rows, (int)of.n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

#define FETCH(name, tab)                                                                       \
	static enum err name(void *ctx, const struct list_want *want, struct arena *arena,     \
			     struct list_page *ret_page, struct error *err)                    \
	{                                                                                      \
		return fetch(ctx, tab, want, arena, ret_page, err);                            \
	}
FETCH(fetch_stages, TAB_STAGES)
FETCH(fetch_agenda, TAB_AGENDA)
FETCH(fetch_attend, TAB_ATTEND)
FETCH(fetch_tasks, TAB_TASKS)

/* ---- why there is nothing ---- */

static const char *no_items(void *ctx)
{
	(void)ctx;
	return _("No item yet. a puts approved items in; 5, Tab, m brings candidates.");
}

static const char *no_attendees(void *ctx)
{
	(void)ctx;
	return _("Nobody attends yet: departments follow from the items; a adds one by hand.");
}

static const char *no_tasks(void *ctx)
{
	const struct meeting_screen *view = ctx;

	return view->page.meeting->opened_at
		       ? _("No task was given. a gives one.")
		       : _("Tasks are given once the meeting sits.");
}

struct list *meeting_list_of(struct meeting_screen *view, enum meeting_tab tab)
{
	static const struct {
		const struct list_column *columns;
		int n;
		enum err (*fetch)(void *ctx, const struct list_want *want, struct arena *arena,
				  struct list_page *ret_page, struct error *err);
		void (*cell)(void *ctx, const struct list_row *row, int column,
			     struct list_cell *ret_cell);
		const char *(*empty)(void *ctx);
	} lists[TABS] = {
		[TAB_STAGES] = { stage_columns, ARRAY_LEN(stage_columns), fetch_stages, stage_cell,
				 NULL },
		[TAB_AGENDA] = { agenda_columns, ARRAY_LEN(agenda_columns), fetch_agenda,
				 agenda_cell, no_items },
		[TAB_ATTEND] = { attend_columns, ARRAY_LEN(attend_columns), fetch_attend,
				 attend_cell, no_attendees },
		[TAB_TASKS] = { task_columns, ARRAY_LEN(task_columns), fetch_tasks, task_cell,
				no_tasks },
	};
	struct list_source source = { view, lists[tab].fetch, lists[tab].cell, lists[tab].empty };

	return lists[tab].columns ? list_new(lists[tab].columns, lists[tab].n, &source) : NULL;
}
