/* Building blocks of the incident page, shared by its files. */
#ifndef ZHIBAN_MODEL_PAGE_PRIV_H
#define ZHIBAN_MODEL_PAGE_PRIV_H

#include "zhiban/client/timeline.h"
#include "zhiban/domain/summons.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/model/page.h"

struct page_maker {
	struct client *client;
	const struct rules *rules;
	struct arena *arena;
	struct page *page; /* of a whistle its incident is the whistle as a case */
	const struct whistle *whistle; /* NULL: of an incident */
	bool task; /* of a task of a meeting, shown as a case: its clocks have names of their own */
	const struct summons *summons; /* of the whistle; NULL: not in the rules any more */
	int64_t now;
	int cols;
	bool still; /* nothing that is another a minute later */
};

struct page_section *page_section(struct page_maker *maker, const char *key, const char *title);
void page_line(struct page_maker *maker, struct page_section *section, enum tone tone,
	       const char *label, int label_cols, const char *text);
/* Widest of titles, at most a quarter of the page, with two columns behind it. */
int page_label_cols(const struct page_maker *maker, int widest);
const char *page_clean(const char *text, struct arena *arena); /* one line, safe to measure */

/* As much of a moment as is needed to tell it from now: "01:12", "11-21 01:12", "2025-11-21". */
const char *page_moment(const struct rules *rules, int64_t at, int64_t now, struct arena *arena);
/* An organisation's short name by its code; outside words as they are; "" for NULL. */
const char *page_org(const struct rules *rules, const char *code);

/* A value that an act carries, as people read it: a ticket by its number. */
const char *desk_value(struct client *client, const struct field *field, struct value value,
		       struct arena *arena);

/* A value of a child as people read it, and what its field is called. */
const char *page_child(struct page_maker *maker, enum child child, const char *name,
		       const void *thing);
const char *page_field_title(enum child child, const char *name);
/* How a clock stands, in words: due, left, used, paused, extended, provisional. */
const char *page_clock_words(struct page_maker *maker, const struct clock *clock,
			     enum tone *ret_tone);

/* Each adds its section when there is anything in it. */
void page_fields(struct page_maker *maker);
void page_texts(struct page_maker *maker);
void page_levels(struct page_maker *maker);
void page_clocks(struct page_maker *maker);
void page_shares(struct page_maker *maker);
void page_notes(struct page_maker *maker);
/* A link to an item of a meeting or a task, in words, and its label; NULL: it is none, or not kept
 * here. */
const char *page_meeting_link(struct page_maker *maker, const struct link *link, struct str *out,
			      enum tone *tone);
void page_figures(struct page_maker *maker);
bool page_is_figure(const struct field *field); /* one that stands there */
void page_path(struct page_maker *maker, const struct client_timeline *timeline);
void page_children(struct page_maker *maker);
enum err page_timeline(struct page_maker *maker, struct error *err) MUST_CHECK;

#endif
