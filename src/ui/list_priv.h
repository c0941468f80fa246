/* A list from within: list.c (window and cursor), list_marks.c, list_draw.c. */
#ifndef ZHIBAN_UI_LIST_PRIV_H
#define ZHIBAN_UI_LIST_PRIV_H

#include "zhiban/ui/list.h"

enum { LIST_COLUMNS_MAX = 32, LIST_FIRST_HEIGHT = 20 };

struct list_line { /* what stands on a line of the screen */
	bool valid;
	struct uuid id;
	char gutter[LIST_GUTTER];
};

struct list {
	const struct list_column *columns;
	int n_columns;
	int sorted; /* -1: none of these */
	bool descending;
	struct list_source source;

	/* The rows that are loaded: part of all, around the cursor. */
	struct arena arena, spare; /* of rows; for the next fetch */
	struct list_row *rows;
	int n;
	bool first, last; /* rows[0], rows[n - 1] are the first and last of all */
	int top, cur;	  /* indices in rows of the first shown and of the cursor; cur -1: none */
	int height;	  /* rows shown */

	bool range; /* moves mark */
	struct uuid *marks;
	size_t n_marks, cap_marks;
	struct error error;

	/* What was drawn. */
	bool fresh; /* texts must be drawn even where the ids are the same */
	struct area area;
	struct list_line *lines;
	int n_lines;
	int widths[LIST_COLUMNS_MAX]; /* 0: left out */
};

enum err list_add_mark(struct list *list, const struct uuid *id, struct error *err) MUST_CHECK;
/* Marks the rows from index a to b, whichever is less. */
enum err list_mark_rows(struct list *list, int a, int b, struct error *err) MUST_CHECK;

#endif
