/* The keeper: a process between the demo's console and its server, so that the server goes when the
 * console goes, however it goes (kill -9, a closed terminal); and the guard, which then removes the
 * demo's folder. */
#ifndef ZHIBAN_CONSOLE_KEEPER_H
#define ZHIBAN_CONSOLE_KEEPER_H

#include <sys/types.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

struct keeper {
	pid_t pid;
	int life; /* held open while the console lives; the keeper sees it close */
	int out;  /* the server's standard output */
};

/* Starts argv (NULL-terminated; argv[0] a path) below a keeper.  When the console ends the keeper
 * ends the server with SIGTERM and waits for it. */
enum err keeper_start(char *const argv[], struct keeper *ret_keeper, struct error *err) MUST_CHECK;
/* The next line of the server's output without its newline.  ERR_OFFLINE when it ended or said
 * nothing within timeout_ms. */
enum err keeper_line(struct keeper *keeper, int timeout_ms, struct str *out, struct error *err)
	MUST_CHECK;
/* Lets go and waits until all is gone. */
void keeper_stop(struct keeper *keeper);

struct guard {
	pid_t pid;
	int life; /* held open by the console and by a keeper started later */
};
/* From now on dir is removed when the console and its keeper have ended, however they end. */
enum err guard_start(const char *dir, struct guard *ret_guard, struct error *err) MUST_CHECK;
void guard_stop(struct guard *guard); /* lets go and waits until dir is gone */

/* Runs a program to its end, or to ours; its standard output is appended to out (NULL:
 * inherited).  ERR_IO with its exit status when that is not 0; it has said why on standard
 * error. */
enum err program_run(char *const argv[], struct str *out, struct error *err) MUST_CHECK;

#endif
