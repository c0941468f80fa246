/* Every disk fault at every call of a script: after each, the files say what was promised.
 *
 * * A script is a row of steps, each all or nothing.  It runs once without a fault, and what the
 * files hold after each step is kept.  Then it runs again for each way to fail and each call k:
 * when a step fails, the files must hold what they held before it or after it, and the step must
 * pass when it is tried again; a step that said it passed must have happened, whatever came later.
 *
 * * `make check` takes a sample of the calls (ZHIBAN_SEED=n another one), ZHIBAN_LONG=1 all of them;
 * ZHIBAN_MODE=kill only those of one mode.  A case that fails prints ZHIBAN_FAULT=…, which runs it
 * alone. */
#ifndef TESTS_SWEEP_H
#define TESTS_SWEEP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

#include "faultfs.h"

struct disk {
	struct faultfs *fs;
	char *folder;
};
int disk_begin(void **state); /* cmocka's set-up and tear-down; *state is a struct disk */
int disk_end(void **state);
void disk_clean(struct disk *disk); /* an empty folder, nothing open, nothing remembered */
/* All rows of a file as text, tables and rows in order; "" when there is none.  Tables and keys of
 * `meta` whose names stand in leave_out (space before and behind each) do not count.  Fails the test
 * when SQLite finds the file damaged. */
void disk_dump(struct disk *disk, const char *name, const char *leave_out, struct str *out);

struct failing { /* a way to fail */
	const char *name;
	enum fault_how how;
	bool lasting; /* till it is repaired */
	bool cut;     /* the machine dies with the process */
};
struct attempt {
	const struct failing *mode;
	long k;		/* 0: count only */
	uint64_t seed;
	char words[160]; /* how to run it again */
};
/* Runs one attempt and returns how many calls were counted (faultfs_count). */
typedef long (*attempt_fn)(void *ctx, const struct attempt *attempt);
/* All modes, all k or `sample` of each mode; what: one word. */
void sweep(const char *what, attempt_fn fn, void *ctx, long sample);
void sweep_modes(const char *what, const struct failing *modes, size_t n, attempt_fn fn, void *ctx,
		 long sample);
/* Starts the fault of an attempt for a process. */
void attempt_arm(const struct attempt *attempt, struct faultfs *fs, const char *process);
#define ATTEMPT_CHECK(attempt, ok, ...)                                                          \
	do {                                                                                   \
		if (!(ok))                                                                     \
			attempt_fails((attempt), __FILE__, __LINE__, __VA_ARGS__);             \
	} while (0)
void attempt_fails(const struct attempt *attempt, const char *file, int line, const char *format,
		   ...) __attribute__((format(printf, 4, 5), noreturn));

struct script {
	const char *what;
	const char *file;      /* in the folder, that is compared */
	const char *leave_out; /* of disk_dump */
	bool forgets;	       /* a power cut may take back whole steps, the last ones first */
	size_t n;
	enum err (*step)(void *ctx, struct disk *disk, size_t i, struct error *err);
	/* Opens what is not open (a step may do it too), and closes all; both may be called any
	 * time. */
	enum err (*open)(void *ctx, struct disk *disk, struct error *err);
	void (*close)(void *ctx);
	/* More that must hold after each fault; NULL: nothing. */
	void (*check)(void *ctx, const struct attempt *attempt);
	void *ctx;
};
void script_sweep(struct disk *disk, const struct script *script, long sample);

#endif
