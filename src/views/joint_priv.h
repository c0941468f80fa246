/* Items of meetings and tasks: their lists and pages. */
#ifndef ZHIBAN_VIEWS_JOINT_PRIV_H
#define ZHIBAN_VIEWS_JOINT_PRIV_H

#include "meetings_priv.h"

struct joint_screen { /* a list */
	struct app *app;
	enum kind kind; /* KIND_ITEM, KIND_ACTION */
	struct list *list;
	struct arena arena, cells;
	struct item_list items;
	struct action_list actions;
	struct filtered filter;
	int64_t minute;
	bool dirty; /* title and foot */
};

/* ---- joint_lists.c ---- */
unsigned items_command(struct app *app, const char *args);
unsigned actions_command(struct app *app, const char *args);
bool joint_view_selected(void *state, struct selection *ret_selection);
/* What is marked in the list on top; what stays so. */
const struct uuid *joint_marked(const struct app *app, enum kind *ret_kind, size_t *ret_n);
void joint_mark_only(struct joint_screen *view, const struct selection *items, size_t n);
struct joint_screen *joint_on_top(const struct app *app); /* the list, or NULL */

/* ---- joint_cells.c ---- */
/* With its columns and cells; the source has the screen as ctx, and fetches. */
struct list *joint_list_new(enum kind kind, struct list_source source);

/* ---- joint_page.c ---- */
bool joint_page_selected(void *state, struct selection *ret_selection);

/* ---- rooms.c ---- */
unsigned rooms_command(struct app *app, const char *args);
bool rooms_view_selected(void *state, struct selection *ret_selection);

#endif
