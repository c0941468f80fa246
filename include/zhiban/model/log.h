/* The duty log as a screen, a list and a paper show it: lines of a span, filtered and ordered; and the
 * night gone through again, step by step. */
#ifndef ZHIBAN_MODEL_LOG_H
#define ZHIBAN_MODEL_LOG_H

#include "zhiban/client/log.h"
#include "zhiban/wire/sheet.h"

/* ---- filter ----
 *
 * Words that stand in a line (Chinese, pinyin, numbers); sort:CODE (note, call, paper, outing,
 * round) or by its label; by:NAME; org:ORG with all within it; act:VERB; auto, manual, late, open,
 * emphasis; !not; quotes for phrases.  All must fit. */
struct log_filter;
struct log_problem {
	size_t at, len; /* of the wrong word, bytes */
	char text[200];
};
/* ERR_INPUT and the problem.  In the arena; "" fits everything. */
enum err log_filter_parse(const struct rules *rules, int64_t now, const char *words,
			  struct arena *arena, struct log_filter **ret_filter,
			  struct log_problem *ret_problem) MUST_CHECK;
bool log_fits(const struct log_filter *filter, const struct rules *rules, const struct log_line *line);

/* ---- orders ---- */

enum log_order { LOG_BY_TIME, LOG_BY_WRITTEN, LOG_BY_SORT, LOG_BY_OFFICER, LOG_BY_ORG, LOG_ORDERS };
const char *log_order_name(enum log_order order);  /* "time" */
const char *log_order_title(enum log_order order); /* translated */
bool log_order_find(const char *words, enum log_order *ret_order, bool *ret_turned); /* "-" turns it */
void log_order(struct client_log *log, const struct rules *rules, enum log_order order, bool turned);
/* What fits stays. */
void log_filter(struct client_log *log, const struct rules *rules, const struct log_filter *filter);

/* ---- words ---- */

const char *log_sort_label(const struct log_line *line); /* 记事, 来电 …; of automatic ones 自动 */
const char *log_what(const struct log_line *line); /* the act; of what is written down its sort */
/* "22-0417 清凉新村自来水发黄: 指定 水务局 …": what it is about and what was said, on one line. */
const char *log_words(const struct rules *rules, const struct log_line *line, struct arena *arena);
/* Whether a record has still something to be done; what: the next step (拟办, 批示 …), or NULL. */
bool log_is_open(const struct log_line *line, const char **ret_what);
/* All of a record, or of a line, on a page of text. */
void log_page(struct client *client, const struct log_line *line, struct str *out);

/* ---- days ---- */

/* The day of duty a moment is in: from the beginning of the first shift of the day (08:30) to the next,
 * ms UTC; org NULL: the centre. */
void log_day(const struct rules *rules, const char *org, int64_t at, int64_t *ret_from,
	     int64_t *ret_to);

/* ---- rows and paper ---- */

struct log_row { /* of `zhiban list dutylog` */
	struct uuid id;
	const char *sort, *officer, *org, *act, *number, *title, *words, *kind;
	int64_t at, written_at, late, emphasis, seq, pending;
};
const struct kind_desc *log_desc(void);
void log_row_of(const struct rules *rules, const struct log_line *line, struct arena *arena,
		struct log_row *ret_row);
/* A span as a document: lines of its own day, the register of calls and papers, leaders' movements. */
void log_sheet(struct client *client, const char *org, int64_t from, int64_t to,
	       const struct client_log *log, struct sheet *ret_sheet);

/* ---- replay ---- */

struct replay_count {
	const char *label; /* of the act, or the sort of a record */
	size_t n;
};
struct replay_fact { /* what stood on the case's page */
	const char *label, *text;
};
enum { REPLAY_FACTS = 10 };
struct replay_step {
	const struct log_line *line;
	struct replay_count *counts; /* of what came so far, in the order in which it came first */
	size_t n_counts;
	size_t unanswered; /* alarms without an answer, so far */
	const char *number, *title;	 /* of what the story is: the case of a note about one */
	const struct client_line *story; /* what stood in its timeline by then */
	size_t n_story;
	bool whole; /* all of that story is here */
	/* Of a case, folded from that story: its step, who held it, urgency ….  The entries that a
	 * console keeps say what was done, not what the rules made of it: what no act said is left
	 * out. */
	struct replay_fact facts[REPLAY_FACTS];
	size_t n_facts;
};
/* Step i of a log in the order of time; in the arena.  ERR_NOT_FOUND behind the last. */
enum err replay_at(struct client *client, const struct client_log *log, size_t i,
		   struct arena *arena, struct replay_step *ret_step, struct error *err) MUST_CHECK;

#endif
