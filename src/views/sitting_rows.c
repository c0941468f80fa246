/* The agenda, the sign-in sheet, and the item beside the agenda. */
#include <config.h>

#include "sitting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/joint_words.h"
#include "zhiban/model/roster_words.h"

/* ---- the agenda ---- */

enum { COL_ORDER, COL_TITLE, COL_STATE, COL_TIME };
static const struct list_column agenda_columns[] = {
	[COL_ORDER] = { "order", "#", 2, 2, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[COL_TITLE] = { "title", N_("Item"), 12, 20, 1, 0, LIST_LEFT, LIST_CUT_MIDDLE },
	[COL_STATE] = { "state", N_("Outcome"), 6, 8, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_TIME] = { "time", N_("Min"), 6, 7, 0, 0, LIST_RIGHT, LIST_CUT_END },
};

/* Done, running, not yet. */
static const char *state_of(const struct sitting_item *item, enum role *ret_role)
{
	enum item_outcome outcome = outcome_find(item->said.outcome);

	if (item->running) {
		*ret_role = ROLE_WARNING;
		return _("under way");
	}
	if (outcome != OUTCOMES) {
		*ret_role = outcome == OUTCOME_DEFERRED ? ROLE_HINT : ROLE_GOOD;
		return outcome_label(outcome);
	}
	*ret_role = ROLE_HINT;
	return item->used_min > 0 || item->said.discussion ? _("begun") : _("to come");
}

static void agenda_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret)
{
	struct sitting_screen *view = ctx;
	const struct sitting_item *item = row->data;

	arena_reset(&view->cells);
	*ret = (struct list_cell){ .text = "" };
	switch (column) {
	case COL_ORDER:
		ret->text = arena_printf(&view->cells, "%d",
					 (int)(item - view->sitting.items) + 1);
		break;
	case COL_TITLE:
		ret->text = item->item ? item->item->title : item->entry->title;
		if (item->marks & ROW_PENDING)
			ret->role = ROLE_PENDING;
		break;
	case COL_STATE:
		ret->text = state_of(item, &ret->role);
		break;
	case COL_TIME:
		ret->text = arena_printf(&view->cells, "%lld/%lld", (long long)item->used_min,
					 (long long)item->planned);
		if (item->planned && item->used_min > item->planned)
			ret->role = ROLE_CLOCK_OVERDUE;
		break;
	}
}

static const char *agenda_empty(void *ctx)
{
	(void)ctx;
	return _("The agenda is empty: on the meeting's page Tab and a put items there.");
}

/* ---- the sheet ---- */

enum { COL_WHO, COL_ROLE, COL_ANSWER, COL_PRESENT, COL_CAME, COL_AT };
static const struct list_column sheet_columns[] = {
	[COL_WHO] = { "who", N_("Who"), 12, 22, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ROLE] = { "role", N_("As"), 6, 9, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_ANSWER] = { "answer", N_("Answer"), 8, 24, 1, 0, LIST_LEFT, LIST_CUT_END },
	[COL_PRESENT] = { "present", N_("Here"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_CAME] = { "came", N_("Who came"), 8, 12, 0, 0, LIST_LEFT, LIST_CUT_END },
	[COL_AT] = { "at", N_("When"), 5, 5, 0, 0, LIST_LEFT, LIST_CUT_END },
};

static const char *present_words(const struct attendee *attendee, enum role *ret_role)
{
	enum attendee_present present = attendee_present(attendee);

	if (present == PRESENTS) {
		*ret_role = attendee_is_must(attendee) ? ROLE_WARNING : ROLE_HINT;
		return attendee->leave_ok ? _("on leave") : "-";
	}
	*ret_role = attendee_is_there(attendee)	  ? ROLE_GOOD
		    : attendee_is_must(attendee) ? ROLE_ERROR
						 : ROLE_HINT;
	return attendee_present_label(present);
}

static const char *hour(struct sitting_screen *view, int64_t at)
{
	char text[CIVIL_TEXT];

	if (!at)
		return "";
	civil_format(at, client_rules(view->app->client)->offset_min, "H:M", text, sizeof text);
	return arena_strdup(&view->cells, text);
}

static const char *answer_words(struct sitting_screen *view, const struct attendee *attendee)
{
	const char *more = attends_more(attendee, &view->cells);

	return *more ? arena_printf(&view->cells, "%s %s", attends_brief(attendee), more)
		     : attends_brief(attendee);
}

static void sheet_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret)
{
	struct sitting_screen *view = ctx;
	const struct attendee *attendee = row->data;

	arena_reset(&view->cells);
	*ret = (struct list_cell){ .text = "" };
	switch (column) {
	case COL_WHO:
		ret->text = attendee_who(client_rules(view->app->client), attendee, &view->cells);
		break;
	case COL_ROLE:
		ret->text = attendee_role_label(attendee_role(attendee));
		break;
	case COL_ANSWER:
		ret->text = answer_words(view, attendee);
		break;
	case COL_PRESENT:
		ret->text = present_words(attendee, &ret->role);
		break;
	case COL_CAME:
		ret->text = attendee->present_by;
		break;
	case COL_AT:
		ret->text = hour(view, attendee->left_at ? attendee->left_at : attendee->present_at);
		break;
	}
}

static const char *sheet_empty(void *ctx)
{
	(void)ctx;
	return _("Nobody attends: who does follows from the items of the agenda.");
}

/* ---- rows ---- */

static enum err give_page(struct list_row *rows, size_t n, const struct list_want *want,
			  struct list_page *ret_page, struct error *err)
{
	bool found = want->from != LIST_AT;

	for (size_t i = 0; i < n; i++)
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	*ret_page = (struct list_page){ rows, (int)n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static enum err fetch_agenda(void *ctx, const struct list_want *want, struct arena *arena,
			     struct list_page *ret_page, struct error *err)
{
	const struct sitting_screen *view = ctx;
	const struct sitting *sitting = &view->sitting;
	struct list_row *rows = arena_array(arena, sitting->n + 1, sizeof *rows);

	for (size_t i = 0; i < sitting->n; i++)
		rows[i] = (struct list_row){ .id = sitting->items[i].entry->id,
					     .data = &sitting->items[i] };
	return give_page(rows, sitting->n, want, ret_page, err);
}

static enum err fetch_sheet(void *ctx, const struct list_want *want, struct arena *arena,
			    struct list_page *ret_page, struct error *err)
{
	const struct sitting_screen *view = ctx;
	const struct sitting *sitting = &view->sitting;
	struct list_row *rows = arena_array(arena, sitting->n_people + 1, sizeof *rows);

	for (size_t i = 0; i < sitting->n_people; i++)
		rows[i] = (struct list_row){ .id = sitting->people[i]->id,
					     .data = sitting->people[i] };
	return give_page(rows, sitting->n_people, want, ret_page, err);
}

struct list *sitting_list_new(struct sitting_screen *view, enum sitting_page page)
{
	const struct list_source agenda = { view, fetch_agenda, agenda_cell, agenda_empty };
	const struct list_source sheet = { view, fetch_sheet, sheet_cell, sheet_empty };

	return page == PAGE_AGENDA
		       ? list_new(agenda_columns, ARRAY_LEN(agenda_columns), &agenda)
		       : list_new(sheet_columns, ARRAY_LEN(sheet_columns), &sheet);
}

/* ---- the item ---- */

static void put_tasks(struct sitting_screen *view, const struct sitting_item *item,
		      struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);

	if (!item->tasks)
		return;
	pager_section(view->item, "tasks", _("Tasks"));
	for (size_t i = 0; i < view->sitting.n_actions; i++) {
		const struct action *action = view->sitting.actions[i].action;
		const struct clock *clock = action_handle_clock(action);
		char mark[48];

		if (!str_eq(action->item, item->entry->item))
			continue;
		pager_add(view->item, NULL, 0,
			  view->sitting.actions[i].marks & ROW_PENDING ? ROLE_PENDING : ROLE_TEXT,
			  arena_printf(arena, "%s %s  %s  %s",
				       client_action_mark(&view->sitting.actions[i], mark),
				       action->title, org_brief(rules, action->lead),
				       joint_at(rules, clock ? clock->due : action->handle_by, arena)));
	}
}

static void put_words(struct sitting_screen *view, const char *key, const char *title,
		      const char *words, const char *none)
{
	pager_section(view->item, key, title);
	pager_add(view->item, NULL, 0, words && *words ? ROLE_TEXT : ROLE_HINT,
		  words && *words ? words : none);
}

static void put_item(struct sitting_screen *view, const struct sitting_item *at, struct arena *arena)
{
	const struct rules *rules = client_rules(view->app->client);
	enum item_outcome outcome = outcome_find(at->said.outcome);
	const struct item *item = at->item;
	char mark[48];

	pager_section(view->item, "item", NULL);
	if (item) {
		struct client_item shown = { .item = item, .marks = at->marks };

		pager_add(view->item, NULL, 0, ROLE_TITLE,
			  arena_printf(arena, "%s %s", client_item_mark(&shown, mark), item->title));
		pager_add(view->item, NULL, 0, ROLE_TEXT,
			  arena_printf(arena, "%s  %s", item_orgs_words(rules, item, 12, arena),
				       item->about_no ? item->about_no : ""));
	} else {
		pager_add(view->item, NULL, 0, ROLE_TITLE, at->entry->title ? at->entry->title : "");
	}
	if (item && item->edited_by)
		pager_add(view->item, NULL, 0, ROLE_HINT,
			  arena_printf(arena, _("written by %s, %s"), item->edited_by,
				       joint_at(rules, item->edited_at, arena)));
	put_words(view, "discussion", _("Discussion"), at->said.discussion,
		  _("nothing yet: e writes it"));
	put_words(view, "resolution", _("Resolution"),
		  outcome == OUTCOMES ? at->said.resolution
				      : arena_printf(arena, "%s  %s", outcome_label(outcome),
						     at->said.resolution ? at->said.resolution : ""),
		  _("nothing yet: h writes it"));
	put_tasks(view, at, arena);
}

void sitting_fill_item(struct sitting_screen *view)
{
	const struct list_row *row = list_current(view->lists[PAGE_AGENDA]);
	struct arena arena = ARENA_INIT;

	pager_begin(view->item);
	if (row)
		put_item(view, row->data, &arena);
	pager_end(view->item);
	if (row && !uuid_eq(&view->shown, &row->id)) {
		view->shown = row->id;
		(void)pager_goto(view->item, "item");
	}
	arena_release(&arena);
}
