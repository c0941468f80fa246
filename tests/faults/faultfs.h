/* A disk that fails when told to: a SQLite VFS over the real one, on real files.
 *
 * * faultfs_new makes it SQLite's default; from then on every connection of this program goes
 * through it.  Product code is not changed and does not know.  One thread, one faultfs at a time.
 *
 * * Each file belongs to a "process" (a name of the test's): the one that was current when it was
 * opened.  Several connections of one process die together; others on the same files live on, and
 * the real file locks between them hold as between real processes.
 *
 *	struct faultfs *fs = faultfs_new();
 *	faultfs_enter(fs, "console-1");
 *	... client_open, worker_new ...
 *	for (long k = 1; ; k++) {
 *		faultfs_fail(fs, "console-1", &(struct fault){ .how = FAULT_IO, .at = k });
 *		... a step; it fails in words or passes ...
 *		if (!faultfs_fired(fs, "console-1"))
 *			break;  // there was no call k: every call has failed once
 *	}
 *
 * * A kill: all calls of the process fail and touch nothing.  Close what it has open (client_close,
 * worker_free …) while it is the current one: that leaves the files as kill -9 would, and drops its
 * locks.  Then faultfs_revive, or faultfs_enter of the same name, and open anew.  Calls that SQLite
 * makes without an open file (delete, is it there) are the current process's.
 *
 * * A power cut: kill every process of the folder, close all, faultfs_power_cut.  Nothing is really
 * synced (tests are fast); what SQLite asked to sync is remembered, and what it did not is lost by
 * the seed: a write wholly, not at all, or some of its 512-byte sectors, each write by itself, in
 * whatever order; a truncation or a change of size; a new file whose folder was not synced (SQLite
 * syncs the folder with the first sync of a new journal or log); a deleted one may be back.
 * Bytes beside a write are never harmed (SQLite's "powersafe overwrite", which it assumes on Linux).
 * What was written past SQLite (open, rename, unlink of product code) counts as durable. */
#ifndef TESTS_FAULTFS_H
#define TESTS_FAULTFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct faultfs;

struct faultfs *faultfs_new(void);	    /* never NULL; the process is "" */
void faultfs_free(struct faultfs *fs);	    /* everything must be closed; NULL is fine */
void faultfs_seed(struct faultfs *fs, uint64_t seed); /* of torn writes */

/* Files opened from now on belong to this process, made when new; brought to life when dead. */
void faultfs_enter(struct faultfs *fs, const char *process);

enum fault_call {
	CALL_OPEN,
	CALL_READ,
	CALL_WRITE,
	CALL_SYNC,
	CALL_TRUNCATE,
	CALL_DELETE,
	CALL_LOCK,     /* taking one; letting go never fails */
	CALL_SHM_MAP,
	CALL_SHM_LOCK, /* taking one */
	CALL_STAT,     /* is it there, how long is it, does somebody else hold it */
	CALL_KINDS,
};
#define CALLS(call) (1u << (call))
#define CALLS_ALL ((1u << CALL_KINDS) - 1)
#define CALLS_CHANGE /* those that change files */                                           \
	(CALLS(CALL_OPEN) | CALLS(CALL_WRITE) | CALLS(CALL_SYNC) | CALLS(CALL_TRUNCATE) |    \
	 CALLS(CALL_DELETE))

enum fault_how {
	FAULT_IO,	 /* an I/O error; nothing was done */
	FAULT_FULL,	 /* no space: writes, syncs, new files and shared maps fail; the rest goes on */
	FAULT_TORN,	 /* some first bytes of a write, then an I/O error; else as FAULT_IO */
	FAULT_KILL,	 /* the process dies before the call */
	FAULT_KILL_TORN, /* in the middle of it, when it is a write */
	FAULT_KINDS,
};
struct fault {
	enum fault_how how;
	unsigned calls; /* which are counted; 0: all that can fail this way */
	long at;	/* the call that fails, from 1 */
	bool forever;	/* and all after it, till faultfs_fail is called again */
};
/* Counts this process's calls from 0.  fault NULL, or at 0: counts only (calls of all kinds). */
void faultfs_fail(struct faultfs *fs, const char *process, const struct fault *fault);
bool faultfs_fired(const struct faultfs *fs, const char *process);
long faultfs_count(const struct faultfs *fs, const char *process); /* of the calls asked for */
/* Of one kind, since faultfs_enter made the process. */
long faultfs_calls(const struct faultfs *fs, const char *process, enum fault_call call);

void faultfs_kill(struct faultfs *fs, const char *process);
bool faultfs_is_dead(const struct faultfs *fs, const char *process);
void faultfs_revive(struct faultfs *fs, const char *process); /* files still open stay dead */
size_t faultfs_n_open(const struct faultfs *fs, const char *process); /* NULL: of all */

/* False (and nothing is done) while a file under the folder is open. */
bool faultfs_power_cut(struct faultfs *fs, const char *folder, uint64_t seed);
/* All that is there is safe: the start of a case. */
void faultfs_settle(struct faultfs *fs);

/* A new private folder, in memory when the machine has such a place.  Free it; the caller removes
 * the folder. */
char *faultfs_folder(void);

#endif
