/* The time that is left before a deadline, as lists and pages show it.
 *
 * Minutes are the grain, seconds only within the last five minutes; a text in a list is short and
 * leaves the hours out once a whole day is over: "01:40" "-00:12" "5d 03h" "-12d" "4m59s". */
#ifndef ZHIBAN_MODEL_LEFT_H
#define ZHIBAN_MODEL_LEFT_H

#include <stdbool.h>
#include <stdint.h>

enum { LEFT_TEXT = 32 };
#define LEFT_SOON_MS INT64_C(3600000)  /* an hour before: "soon" */
#define LEFT_FINAL_MS INT64_C(300000) /* five minutes before: seconds count */

enum left_state { LEFT_NONE, LEFT_FAR, LEFT_SOON, LEFT_OVER };

/* Times in ms UTC; due 0: no deadline, LEFT_NONE and "". */
enum left_state left_state(int64_t due, int64_t now);
void left_text(int64_t due, int64_t now, char text[LEFT_TEXT]);
/* The same without seconds: on thin lines a second hand would stand still and lie. */
void left_minutes(int64_t due, int64_t now, char text[LEFT_TEXT]);
/* For a sentence: no sign, and the hours also when days are over. */
void left_words(int64_t due, int64_t now, char text[LEFT_TEXT]);
/* The columns that every text of a list fits into, in the language of the screen. */
int left_columns(void);
/* The moment to reckon with: far deadlines move on with the minute of the clock, all at once, near
 * ones to the second. */
int64_t left_moment(int64_t due, int64_t now);
/* The next moment after now at which the text is another; INT64_MAX without a deadline.  seconds:
 * whether a second hand is wanted (not on thin lines). */
int64_t left_next(int64_t due, int64_t now, bool seconds);

#endif
