/* Runs in processes of their own, and cutting a failing one down. */
#ifndef TESTS_SIM_RUN_H
#define TESTS_SIM_RUN_H

#include <sys/types.h>

#include "sim.h"

struct run {
	const char *root, *template;
	uint64_t seed;
	const struct sim_step *steps;
	size_t n_steps;
	struct counts *counts;
	bool verbose;
};

void run_here(const struct run *run);
pid_t run_begin(const struct run *run, int out); /* out: where it writes; -1: as here */
bool run_end(const struct run *run, pid_t pid, int status);

/* Prints the shortest script found that still fails; the exit status. */
int shrink(struct run *run);
/* Lines "name:bits"; a first line "seed N". */
bool script_read(const char *path, struct sim_step **ret_steps, size_t *ret_n, uint64_t *ret_seed);

#endif
