/* A program in an emulated terminal: a pseudo-terminal on one side, a screen on the other.
 *
 * Nothing here waits for a fixed time: callers pump until something is on the screen or a limit
 * of theirs has passed.  Times are milliseconds of a clock that never goes back. */
#ifndef ZHIBAN_TESTS_PTY_TERM_H
#define ZHIBAN_TESTS_PTY_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct term;

long long term_now(void);

/* Starts argv (NULL at the end) in a terminal of that size; NULL with errno when it cannot. */
struct term *term_start(char *const *argv, int cols, int rows, const char *termname);
/* Ends the program (SIGHUP, then SIGKILL after two seconds) and frees; NULL is fine. */
void term_free(struct term *t);

/* Reads what the program wrote, for at most ms; true if something came. */
bool term_pump(struct term *t, int ms);
void term_send(struct term *t, const char *bytes, size_t n);
/* Up, Down, Left, Right, Home, End, PgUp, PgDn, Ins, Del, Enter, Esc, Tab, BS, Space, F1…F12,
 * C-x, M-x: as the terminal would send it in its present mode.  False if there is no such key. */
bool term_key(struct term *t, const char *name);
void term_resize(struct term *t, int cols, int rows);
/* From now on the terminal is at the end of a thin line: so many bytes a second towards it, and half of
 * the delay each way.  0: the line is as good as it is. */
void term_thin(struct term *t, int rate, int delay_ms);

int term_rows(const struct term *t);
/* Row r without its trailing blanks; the caller frees. */
char *term_row(const struct term *t, int r);
/* First row that holds text, or -1. */
int term_find(const struct term *t, const char *text);

void term_cursor(const struct term *t, int *ret_row, int *ret_col);

pid_t term_pid(const struct term *t);
/* True once the program has ended; *ret_code as a shell tells it (128 + signal). */
bool term_ended(struct term *t, int *ret_code);

/* Bytes received in all; when the program started or was last sent something, and when it last
 * wrote, in microseconds of the same clock. */
long long term_bytes(const struct term *t);
long long term_sent_at(const struct term *t);
long long term_wrote_at(const struct term *t);
/* Everything received from here on also goes to fd (-1: nowhere). */
void term_copy_to(struct term *t, int fd);

#endif
