/* --plain from within: plain.c (loop, lock, news), plain_say.c (what goes out), plain_pick.c (one of
 * several, by its number), plain_list.c (lists and pages), plain_view.c (orders, groups, columns,
 * saved views), plain_find.c (search, and what needs me), plain_case.c (beside an incident: marks,
 * tickets linked with it or like it, a value in clear), plain_word.c (what a line means), plain_act.c
 * (acts, asked for field by field), plain_beside.c and plain_draft.c (what stands beside a form on a
 * screen, and what was typed and not sent). */
#ifndef ZHIBAN_CONSOLE_PLAIN_PRIV_H
#define ZHIBAN_CONSOLE_PLAIN_PRIV_H

#include "face_priv.h"
#include "plain_ring.h"
#include "zhiban/model/board.h"
#include "zhiban/model/columns.h"
#include "zhiban/model/draft.h"
#include "zhiban/model/saved.h"

enum { PLAIN_ROWS = 10, PLAIN_LINE = 8192, PLAIN_NARROWEST = 8 };

struct plain_said { /* the list that was said last, as :save keeps it */
	enum saved_list list;
	struct str filter; /* not of incidents: the board has theirs */
	char sort[40];
	bool all;
};
struct plain_asking; /* an act whose fields are asked for */
struct plain_pick;   /* a question that is answered by a number */

struct plain {
	struct face *face;
	struct client *client;
	struct board *board;
	struct arena arena; /* of one line */
	struct uuid focus;  /* the row that was said last, or the page */
	bool any;	    /* there is one */
	char roster[160]; /* the month looked at, as client_month_find takes it; "" none */
	char gap[120];	  /* the empty seat that was said last, as a cell begins; "" none */
	size_t gaps;	  /* how many empty seats are before it */
	struct uuid swaps[PLAIN_ROWS]; /* as they were numbered last */
	size_t n_swaps;
	struct uuid rows[PLAIN_ROWS]; /* as they were numbered last */
	size_t n_rows;
	struct columns columns; /* of a row's line; none: the usual ones */
	struct uuid alike;	/* the rows said last are like this one */
	bool any_alike;
	struct drafts *drafts;
	struct plain_asking *asking; /* NULL: a command is expected */
	struct plain_pick *pick;     /* NULL: none */
	const char *shown_what;	     /* N_ title of a value that the server is asked for */
	bool narrow_signs;	     /* signs of ambiguous width take one column here */
	int64_t lock_after;
	char view_name[64]; /* of the saved view shown or saved last; "" none */
	struct plain_said said;
	bool leaving, locked, prompted;
	int64_t typed_at; /* own clock */
	size_t alarms;	  /* that ring here */
	struct plain_ring ring;
	char line[PLAIN_LINE];
	size_t len;
};

/* ---- plain_say.c ---- */
void plain_say(struct plain *plain, const char *text); /* clean, a line or several */
void plain_prompt(struct plain *plain); /* parks the cursor behind the focus, or the question */
/* A question that ends with "> ": what does not fit in the last line is said before it. */
void plain_question(struct plain *plain, const char *text);
/* One incident as one line. */
const char *plain_row(struct plain *plain, const struct incident *incident);
void plain_echo(bool on);
/* printf that is said. */
void plain_sayf(struct plain *plain, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- plain_pick.c ---- */
/* The row of that number in the list said last, or the incident of that number elsewhere. */
enum err plain_named(struct plain *plain, const char *word, struct uuid *ret_id, struct error *err)
	MUST_CHECK;
/* The incident that args begin with, else the one in front of the prompt; args then stand behind it.
 * False: there is none, and it was said. */
bool plain_target(struct plain *plain, const char **args, struct uuid *ret_id) MUST_CHECK;
/* The same where nothing else can follow: another word is said to be none. */
bool plain_only_target(struct plain *plain, const char *args, struct uuid *ret_id) MUST_CHECK;

/* ---- plain_list.c ---- */
void plain_next(struct plain *plain, const char *args);
void plain_first(struct plain *plain, const char *args);
void plain_last(struct plain *plain, const char *args);
void plain_down(struct plain *plain, const char *args);
void plain_up(struct plain *plain, const char *args);
void plain_list_from(struct plain *plain); /* ten, with the focus */
void plain_pageup(struct plain *plain, const char *args);
void plain_changed(struct plain *plain, const char *args); /* the next row that changed */
void plain_filter(struct plain *plain, const char *args);
void plain_search(struct plain *plain, const char *words);
void plain_home(struct plain *plain, const char *args); /* what needs me, by groups */
void plain_count(struct plain *plain); /* looks all through, and says how many are listed */
void plain_page(struct plain *plain, const char *args); /* "" the focus */
void plain_explain(struct plain *plain, const char *args);
void plain_outbox(struct plain *plain, const char *args);
void plain_status(struct plain *plain, const char *args);
void plain_alarms(struct plain *plain, const char *args);
void plain_quiet(struct plain *plain, const char *args);
void plain_mode(struct plain *plain); /* an emergency, or practice, is said */

/* ---- plain.c ---- */
void plain_configure(struct plain *plain, const struct settings *settings);

/* ---- plain_beside.c ---- */
bool plain_callers_told(struct plain *plain, const struct tell *tell); /* true: it was said */

/* ---- plain_whistle.c ---- */
/* Whether it is one, and how it is called (ret_mark may be NULL). */
bool plain_is_whistle(struct plain *plain, const struct uuid *id, const char **ret_mark);
void plain_whistles(struct plain *plain, const char *args); /* args: a filter */
void plain_whistle_page(struct plain *plain);		    /* of the focus */
void plain_whistle_explain(struct plain *plain);
void plain_arrival(struct plain *plain, const char *args);
void plain_plan(struct plain *plain, const char *args);
void plain_plan_look(struct plain *plain); /* the what-if of what is asked for */

/* ---- plain_case.c ---- */
void plain_watch(struct plain *plain, const char *args);
void plain_pin(struct plain *plain, const char *args);
void plain_links(struct plain *plain, const char *args);
void plain_place(struct plain *plain, const char *args);
void plain_reveal(struct plain *plain, const char *args);
void plain_shown(struct plain *plain, const struct tell *tell); /* the server's answer */
void plain_dups(struct plain *plain, const char *args);
bool plain_can_lead(struct plain *plain, const struct uuid *lead); /* others can be merged into it */
void plain_merge_new(struct plain *plain, const struct uuid *lead); /* the focus, just registered */

/* ---- plain_word.c ---- */
void plain_obey(struct plain *plain, char *line);
void plain_lock(struct plain *plain, const char *args);

/* ---- plain_act.c ---- */
/* VERB [NUMBER] [FIELD=VALUE …] [phone.KEY=VALUE …]: done at once when all that it needs is said,
 * else asked for. */
void plain_act(struct plain *plain, const struct act_desc *act, char *rest);
void plain_answer(struct plain *plain, const char *line); /* while asking */
void plain_ask_again(struct plain *plain);		   /* the question, as the prompt */
void plain_ask_free(struct plain *plain);
void plain_ask_leave(struct plain *plain); /* what was given stays as a draft */
void plain_undo(struct plain *plain, const char *args);
void plain_desk(struct plain *plain, const char *args); /* keep N, drop N */
void plain_drafts(struct plain *plain, const char *args); /* plain_draft.c */
void plain_wake(struct plain *plain); /* the worker: something waits to be sent */

#endif
