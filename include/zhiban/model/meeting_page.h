/* The page of a joint meeting: its agenda, who attends, its minutes, its tasks; as lines to draw. */
#ifndef ZHIBAN_MODEL_MEETING_PAGE_H
#define ZHIBAN_MODEL_MEETING_PAGE_H

#include "zhiban/model/joint_words.h"
#include "zhiban/model/page.h"

struct meeting_page {
	struct client_meeting shown;
	const struct meeting *meeting;
	const struct meeting_series *series; /* NULL: a single one, or one of a profile before */
	const char *mark, *head;	     /* "22-M003", one line: state, when, where, who chairs */
	struct client_item *items;	     /* in the order of the agenda */
	size_t n_items;
	int64_t planned; /* minutes of all items */
	int64_t sat, least; /* minutes that all departments sit, as it stands and at best */
	size_t *order;	    /* that best order: places of items */
	struct attendance answers, sheet;
	size_t ask_leave;	       /* attendees whose leave waits for an answer */
	struct client_action *actions; /* of this meeting */
	size_t n_actions;
	struct client_action *carried; /* open ones of meetings of the same series before it */
	size_t n_carried;
};
/* Everything in the arena.  ERR_NOT_FOUND. */
enum err meeting_page_load(struct client *client, const struct uuid *id, struct arena *arena,
			   struct meeting_page *ret_page, struct error *err) MUST_CHECK;
/* The entry of the agenda of an item; NULL: it is not there (any more). */
const struct agenda *meeting_page_entry(const struct meeting_page *page, const struct item *item);
/* When the i-th item begins, should all go as planned; 0: no time is fixed. */
int64_t meeting_page_begins(const struct meeting_page *page, size_t i);

/* What stands in the way of the next step: "no time; item 22-K003 is to be approved"; "" nothing.
 * In the arena. */
const char *meeting_page_lacks(const struct rules *rules, const struct meeting_page *page,
			       struct arena *arena);
/* "invited 8, mandatory 5, quorum 6; 4 come, 1 on leave, 3 silent"; decides: leave is
 * asked of whoever reads it, the keys are said. */
const char *meeting_page_answers(const struct meeting_page *page, bool decides, struct arena *arena);
/* "present 6 of 8, quorum 6; mandatory missing: Water bureau". */
const char *meeting_page_sheet(const struct rules *rules, const struct meeting_page *page,
			       struct arena *arena);

/* The words of the minutes as they stand, before they are a document: whom it goes to, items with
 * discussion, resolution and tasks, who has signed.  In the arena. */
void meeting_minutes_build(struct client *client, const struct meeting_page *page, int cols,
			   struct arena *arena, struct page *ret_page);
/* The stages of a staged meeting, in order: what was held when with which votes, what is to come. */
struct stage_line {
	const struct meeting_stage *stage;
	const struct stage *held; /* the latest time; NULL: not yet */
	const char *words;	  /* "passed: 45 of 60 present, 44 for, 1 against"; what is asked */
	const char *failed;	  /* "34 present, 40 must be: it is held again"; "" it did not fail */
	int64_t due;		  /* of the next one; 0: no clock */
	bool next;
};
size_t meeting_page_stages(const struct meeting_page *page, struct arena *arena,
			   struct stage_line **ret_lines);

/* ---- pages of an item and a task: cols as in page_build ---- */

enum err item_page_build(struct client *client, const struct uuid *id, int cols, struct arena *arena,
			 struct client_item *ret_item, struct page *ret_page,
			 struct error *err) MUST_CHECK;
enum err action_page_build(struct client *client, const struct uuid *id, int cols,
			   struct arena *arena, struct client_action *ret_action,
			   struct page *ret_page, struct error *err) MUST_CHECK;

/* ---- answering ---- */

/* What stands against attending: duties, other meetings, leave of whom the attendee names, in words
 * with "; " between; "" nothing.  In the arena. */
const char *meeting_clash(struct client *client, const struct meeting *meeting,
			  const struct attendee *attendee, struct arena *arena);
/* The same of whom the organisation would send instead. */
const char *meeting_clash_of(struct client *client, const struct meeting *meeting, const char *org,
			     const char *name, struct arena *arena);

#endif
