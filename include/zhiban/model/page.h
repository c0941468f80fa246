/* The page of one incident, as sections of labelled lines ready to draw.
 *
 * Fields come by a loop over the descriptors.  Personal fields are masked.  Texts are as they came
 * from outside: who draws cleans them. */
#ifndef ZHIBAN_MODEL_PAGE_H
#define ZHIBAN_MODEL_PAGE_H

#include "zhiban/client/client.h"
#include "zhiban/client/timeline.h"

enum tone {
	TONE_TEXT,
	TONE_TITLE,
	TONE_HINT,
	TONE_OVER,
	TONE_SOON,
	TONE_PENDING,
	TONE_REFUSED,
};

struct page_line {
	const char *label; /* NULL: none */
	int label_cols;	   /* columns of the label */
	enum tone tone;
	const char *text;
};
struct page_section {
	const char *key;   /* stable: "fields", "text", "timeline" … */
	const char *title; /* translated; NULL: none */
	struct page_line *lines;
	size_t n, cap;
};
struct page {
	struct incident *incident;
	struct page_section *sections;
	size_t n, cap;
	bool complete; /* false: older lines of the timeline are being fetched */
};

/* Everything in the arena; cols: the width it is drawn in. */
enum err page_build(struct client *client, const struct uuid *id, int cols, struct arena *arena,
		    struct page *ret_page, struct error *err) MUST_CHECK;
/* The same for paper: moments only, no time left and no percentage, which are others a minute
 * later. */
enum err page_print(struct client *client, const struct uuid *id, int cols, struct arena *arena,
		    struct page *ret_page, struct error *err) MUST_CHECK;

/* How its clocks were computed, as lines. */
enum err page_explain(struct client *client, const struct uuid *id, struct str *out,
		      struct error *err) MUST_CHECK;

/* "C**", "139****8821": the first character, or the first three and last four digits. */
const char *page_masked(const char *text, struct arena *arena);
/* A value as people read it, with the year where it is not the present one; clean; "" not set. */
const char *page_value(const struct rules *rules, const struct field *field, struct value value,
		       int64_t now, struct arena *arena);

/* Whether a line of its timeline was done on behalf of somebody (代录), by telephone or not. */
bool page_on_behalf(const struct incident *incident, const struct client_line *line);

/* Two lines about one incident, for the pane under a list: what and where; who reported it, and the
 * last acts of people, oldest first. */
enum { PAGE_MOVES = 6 };
struct page_brief {
	const char *what, *who;
	const char *moves[PAGE_MOVES]; /* "01:12 Register Li Min" */
	size_t n_moves;
};
/* The second line: as many of the last acts as there is room for. */
const char *page_story(const struct page_brief *brief, int cols, struct arena *arena);
enum err page_brief(struct client *client, const struct uuid *id, struct arena *arena,
		    struct page_brief *ret_brief, struct error *err) MUST_CHECK;

#endif
