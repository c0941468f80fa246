/* Saved views: filter, columns, order and group of a list under a name, in a file that can be shared
 * (views.conf beside zhiban.conf).  The file is untrusted: it may come from a colleague.
 *
 *	view "夜间重点" {
 *		filter = "sev>=较大 overdue"
 *		columns = { "left", "number", "title", "holder" }
 *		sort = "newest"
 *		group = "street"
 *	}
 *	view "全部未报到" {
 *		list = "deadlines"
 *		filter = "due_clock:report_in"
 *		whose = "all"
 *	}
 *
 * A view is of one list and says what that list has: another option is an error.  Names are of all
 * lists together.  Filters are kept as they were typed and judged where they are used, by the list's
 * own language: another district's names may stand in them. */
#ifndef ZHIBAN_MODEL_SAVED_H
#define ZHIBAN_MODEL_SAVED_H

#include "zhiban/base/conf.h"
#include "zhiban/model/columns.h"

extern const struct conf_spec saved_spec[]; /* of the file */

enum { SAVED_MOST = 200, SAVED_NAME = 60 /* bytes */ };

enum saved_list { SAVED_INCIDENTS, SAVED_DEADLINES, SAVED_WHISTLES, SAVED_LISTS };
const char *saved_list_code(enum saved_list list);  /* "incidents", as zhiban list says it */
const char *saved_list_label(enum saved_list list); /* translated */
bool saved_list_find(const char *code, enum saved_list *ret_list);

struct saved { /* texts in the arena */
	const char *name;
	enum saved_list list;
	const char *filter; /* "" none */
	struct columns columns; /* of incidents */
	const char *sort;  /* as board_order_find or whistle_order_find reads it; "" the usual */
	const char *group; /* of incidents: as board_group_find reads it; "" none */
	bool all;	   /* deadlines: of all, not only of one's own organisation */
};
struct saved_views {
	const struct saved *items;
	size_t n;
};

/* A file that is not there has none.  ERR_INPUT names file, line and word. */
enum err saved_read(const char *path, struct arena *arena, struct saved_views *ret_views,
		    struct error *err) MUST_CHECK;
const struct saved *saved_find(const struct saved_views *views, const char *name); /* or NULL */
/* ERR_NOT_FOUND names those that are nearest. */
enum err saved_pick(const struct saved_views *views, const char *name, const struct saved **ret_view,
		    struct error *err) MUST_CHECK;
/* The filter, and what else the view says, in one line for people. */
const char *saved_words(const struct saved *view, struct arena *arena);
/* Puts one into the file, in the place of the one of its name, or takes it away.  The file is read
 * again first and written whole; comments in it do not stay.  ERR_INPUT when the name is that of a
 * view of another list. */
enum err saved_put(const char *path, const struct saved *view, struct error *err) MUST_CHECK;
enum err saved_drop(const char *path, const char *name, struct error *err) MUST_CHECK;
/* Takes over those of another file; one of the same name is replaced.  ret_n: how many. */
enum err saved_import(const char *path, const char *from, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* views.conf in the folder of zhiban.conf. */
const char *saved_path(const char *settings_path, struct arena *arena);

#endif
