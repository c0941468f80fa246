/* --plain: orders, groups, columns, saved views. */
#ifndef ZHIBAN_CONSOLE_PLAIN_VIEW_PRIV_H
#define ZHIBAN_CONSOLE_PLAIN_VIEW_PRIV_H

#include "plain_priv.h"

void plain_view_open(struct plain *plain); /* the columns chosen before */
const char *plain_row_columns(struct plain *plain, const struct incident *incident);
void plain_heading(struct plain *plain, const struct incident *incident); /* of its group */
void plain_sort(struct plain *plain, const char *args);
void plain_order(struct plain *plain, const char *args);
void plain_group(struct plain *plain, const char *args);
void plain_groups(struct plain *plain, const char *args);
void plain_next_group(struct plain *plain, const char *args);
void plain_prev_group(struct plain *plain, const char *args);
void plain_columns(struct plain *plain, const char *args);
void plain_view(struct plain *plain, const char *args);
void plain_save(struct plain *plain, const char *args);
void plain_forget(struct plain *plain, const char *args);
void plain_views(struct plain *plain, const char *args);
/* Another list was said. */
void plain_said(struct plain *plain, enum saved_list list, const char *filter, const char *sort,
		bool all);
/* What runs out of the officer's own, the next first; "all" of all; then a filter (plain_due.c). */
void plain_deadlines(struct plain *plain, const char *args);
void plain_unreported(struct plain *plain, const char *args);
/* What a saved view shows of the other lists (plain_due.c, plain_whistle.c). */
void plain_deadlines_of(struct plain *plain, bool mine, const char *filter);
void plain_whistles_by(struct plain *plain, const char *filter, const char *sort);
void plain_export(struct plain *plain, const char *args);
void plain_reload(struct plain *plain, const char *args);

#endif
