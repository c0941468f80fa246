/* Who is on duty (当前在岗): of one organisation with the ladder of who is rung and tonight's calls on it,
 * and of all of them. */
#ifndef ZHIBAN_MODEL_ONCALL_H
#define ZHIBAN_MODEL_ONCALL_H

#include "zhiban/client/roster.h"

/* ---- one organisation ---- */

struct oncall_call { /* somebody was rung */
	const struct record *record;
	unsigned marks;	/* enum row_marks */
	bool answered;
};
struct oncall_rung { /* of the ladder, in its order; behind it those who are on duty and not in it */
	const struct on_duty *duty;	/* NULL: nobody stands there, or the duty phone alone */
	const struct duty_post *post;	/* NULL: the organisation's duty phone */
	int place;			/* in the ladder, from 1; 0: not in it */
	const char *label;		/* of the post */
	const char *name, *title, *phone; /* NULL: not known */
	const struct record *outing;	/* he is out of reach: deputy and deputy_phone stand in */
	struct oncall_call *calls;	/* on this post since the shift began, the latest last */
	size_t n_calls;
};
struct oncall_page {
	struct duty_now duty;
	const struct duty_shift *shift; /* that runs; NULL: none, or of several plans */
	int64_t since;			/* when it began: calls are counted from there */
	struct oncall_rung *rungs;
	size_t n;
	size_t answered, rung_n; /* calls since then: with and without an answer */
};
/* Texts in the arena; at: ms UTC. */
enum err oncall_page(struct client *client, const char *org, int64_t at, struct arena *arena,
		     struct oncall_page *ret_page, struct error *err) MUST_CHECK;
/* Whom to ring next: the first of the ladder with a number who has not answered and was not rung yet;
 * when all were, the first again.  n: nobody. */
size_t oncall_next(const struct oncall_page *page);
/* Why nobody, or somebody only, stands there ("" when all is as it should be): no roster, this month is
 * not begun, a seat is empty. */
const char *oncall_why(const struct oncall_page *page);

/* ---- who leads, for a line ---- */

/* "带班 王建国 主班 李敏 至 08:30 交班" of an organisation: who leads, who answers for the shift, who is rung
 * first; most: so many of them (1 to 3).  "": nobody. */
void oncall_line(const struct rules *rules, const struct duty_now *duty, int most, struct str *out);
/* The one who is named first: the chief, else the first of the ladder; NULL: nobody. */
const struct on_duty *oncall_chief(const struct duty_now *duty);

/* ---- rows, for lists and programs ---- */

struct oncall_row {
	struct uuid id; /* of the duty; of what is only a duty phone, made of the organisation */
	const char *org, *when, *shift, *post, *name, *title, *unit, *phone, *phone2, *how, *note;
	int64_t starts, ends;
};
const struct kind_desc *oncall_desc(void);
/* Of an organisation (NULL: of all that have a roster or a duty phone), now and next; words: `when` is
 * for people, not "now" or "next". */
enum err oncall_rows(struct client *client, const char *org, int64_t at, bool words,
		     struct arena *arena, struct oncall_row **ret_rows, size_t *ret_n,
		     struct error *err) MUST_CHECK;

#endif
