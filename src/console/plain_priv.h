/* --plain from within: plain.c (loop, lock, news), plain_say.c (what goes out), plain_list.c (lists
 * and pages), plain_find.c (search, and what needs me), plain_word.c (what a line
 * means), plain_act.c (acts, asked for field by field). */
#ifndef ZHIBAN_CONSOLE_PLAIN_PRIV_H
#define ZHIBAN_CONSOLE_PLAIN_PRIV_H

#include "face_priv.h"
#include "plain_ring.h"
#include "zhiban/model/board.h"

enum { PLAIN_ROWS = 10, PLAIN_LINE = 8192 };

struct plain_asking; /* an act whose fields are asked for */

struct plain {
	struct face *face;
	struct client *client;
	struct board *board;
	struct arena arena; /* of one line */
	struct uuid focus;  /* the row that was said last, or the page */
	bool any;	    /* there is one */
	struct uuid rows[PLAIN_ROWS]; /* as they were numbered last */
	size_t n_rows;
	struct plain_asking *asking; /* NULL: a command is expected */
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
/* One incident as one line. */
const char *plain_row(struct plain *plain, const struct incident *incident);
void plain_echo(bool on);

/* ---- plain_list.c ---- */
void plain_next(struct plain *plain, const char *args);
void plain_first(struct plain *plain, const char *args);
void plain_last(struct plain *plain, const char *args);
void plain_down(struct plain *plain, const char *args);
void plain_up(struct plain *plain, const char *args);
void plain_filter(struct plain *plain, const char *args);
void plain_search(struct plain *plain, const char *words);
void plain_home(struct plain *plain, const char *args); /* what needs me, by groups */
void plain_sort(struct plain *plain, const char *args);
void plain_page(struct plain *plain, const char *args); /* "" the focus */
void plain_explain(struct plain *plain, const char *args);
void plain_outbox(struct plain *plain, const char *args);
void plain_status(struct plain *plain, const char *args);
void plain_alarms(struct plain *plain, const char *args);
void plain_quiet(struct plain *plain, const char *args);
void plain_mode(struct plain *plain); /* an emergency, or practice, is said */

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
void plain_undo(struct plain *plain, const char *args);
void plain_desk(struct plain *plain, const char *args); /* keep N, drop N */

#endif
