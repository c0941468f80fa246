/* Rosters, duties, swaps and people in words: how each is called in a line, a title and a form. */
#ifndef ZHIBAN_MODEL_ROSTER_WORDS_H
#define ZHIBAN_MODEL_ROSTER_WORDS_H

#include "zhiban/client/roster.h"

/* How it is called: "22-S003", a name, "2026-12"; of a roster that is not there "". */
const char *entity_mark(const struct rules *rules, enum kind kind, const void *entity, char buf[48]);
/* A line about it: of a roster with a turn about that duty. */
const char *entity_line(struct client *client, enum kind kind, const void *entity,
			const struct turn *turn, struct arena *arena);

/* "12-05 Sa Night Main officer": when and where, of whatever plan. */
const char *turn_words(const struct rules *rules, const struct roster_plan *plan,
		       const struct turn *turn, struct arena *arena);
/* "12-05 Sa". */
const char *duty_day(const struct rules *rules, int64_t at, char buf[32]);
const char *weekday_brief(int weekday); /* 1 Monday; translated: Mo, 一 */
/* "Li Min 12-03 Night Main officer <> Wang 12-05 Night Main officer". */
const char *swap_line(const struct rules *rules, const struct client_swap *swap,
		      struct arena *arena);
const char *swap_mark(const struct swap *swap, char buf[48]);
/* A swap with its duties as they stand now.  ERR_NOT_FOUND. */
enum err swap_get(struct client *client, const struct uuid *id, struct arena *arena,
		  struct client_swap *ret_swap, struct error *err) MUST_CHECK;
/* Codes of posts, with spaces between them, by their labels: of that plan (or NULL), else of any. */
const char *posts_words(const struct rules *rules, const struct roster_plan *plan, const char *codes,
			struct arena *arena);
/* Rules that a duty breaks (turn.despite) by their labels; NULL for NULL. */
const char *despite_words(const char *codes, struct arena *arena);
/* Posts, shifts and weekdays of a person in words, in the place of the codes. */
void staff_in_words(const struct rules *rules, struct staff *staff, struct arena *arena);
const char *org_brief(const struct rules *rules, const char *code); /* "" for NULL */

#endif
