/* Inside faultfs: what lies on the disk for sure, and what is only on its way there. */
#ifndef TESTS_FAULTFS_PRIV_H
#define TESTS_FAULTFS_PRIV_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "faultfs.h"

/* A change that was not synced yet, with what it takes to undo it. */
struct op {
	bool cut;	  /* a truncation to `at`; else a write there */
	int64_t at, size; /* size: of the file before it */
	uint8_t *now, *before;
	size_t len, n_before;
};
struct ghost { /* a file whose deletion was not synced: it may be back, in one of two states */
	uint8_t *safe, *last;
	size_t n_safe, n_last;
};
struct platter_file {
	char *path;
	dev_t dev;
	ino_t ino;
	size_t n_open;
	bool gone;    /* deleted; kept for its ghost */
	bool newborn; /* its name is not safe yet */
	struct op *ops;
	size_t n, cap;
	struct ghost *ghost; /* of what bore this name before */
};
struct platter {
	struct platter_file **files;
	size_t n, cap;
};

uint64_t fault_random(uint64_t *seed);
/* The file that was just opened.  made: it was not there before. */
struct platter_file *platter_open(struct platter *platter, const char *path, bool made);
/* Before a write or a truncation is done. */
void platter_write(struct platter_file *file, int64_t at, const void *bytes, size_t len);
void platter_cut(struct platter_file *file, int64_t size);
void platter_sync(struct platter_file *file);
void platter_sync_folder(struct platter *platter, const char *path_in_it);
void platter_delete(struct platter *platter, const char *path); /* before it is done */
bool platter_is_open(const struct platter *platter, const char *folder);
void platter_settle(struct platter *platter);
void platter_power_cut(struct platter *platter, const char *folder, uint64_t seed);
void platter_release(struct platter *platter);

#endif
