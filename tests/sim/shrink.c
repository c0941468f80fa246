/* Cutting a failing run down: chunks of steps are left out, then single ones, as long as it still
 * fails in the same way. */
#include <config.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

/* What the report says without its numbers: two failures of one kind have the same. */
static void kind_of(int out, char kind[200])
{
	char buf[2000];
	ssize_t n;
	size_t at = 0;
	const char *from;

	lseek(out, 0, SEEK_SET);
	n = read(out, buf, sizeof buf - 1);
	buf[n > 0 ? n : 0] = '\0';
	from = strstr(buf, "): ");
	for (from = from != NULL ? from + 3 : buf; *from != '\0' && *from != '\n' && at < 199; from++)
		if (*from >= 'g' && *from <= 'z')
			kind[at++] = *from;
	kind[at < 40 ? at : 40] = '\0';
}

static bool fails(const struct run *run, const struct sim_step *steps, size_t n, char kind[200])
{
	struct run shorter = *run;
	int out = memfd_create("run", MFD_CLOEXEC), status = 0;
	pid_t pid;
	bool good;

	shorter.steps = steps;
	shorter.n_steps = n;
	shorter.verbose = false;
	shorter.counts = NULL;
	pid = run_begin(&shorter, out);
	waitpid(pid, &status, 0);
	good = run_end(&shorter, pid, status);
	kind_of(out, kind);
	close(out);
	return !good;
}

static bool fails_so(const struct run *run, const struct sim_step *steps, size_t n, const char *kind)
{
	char other[200];

	return fails(run, steps, n, other) && strcmp(kind, other) == 0;
}

/* Without steps [at, at + len): whether it still fails; then they are gone. */
static bool leave_out(const struct run *run, struct sim_step *steps, size_t *n, size_t at, size_t len,
		      const char *kind)
{
	struct sim_step *rest = mem_alloc((*n + 1) * sizeof *rest);
	size_t left = *n - len;
	bool gone;

	memcpy(rest, steps, at * sizeof *rest);
	memcpy(rest + at, steps + at + len, (*n - at - len) * sizeof *rest);
	gone = fails_so(run, rest, left, kind);
	if (gone) {
		memcpy(steps, rest, left * sizeof *rest);
		*n = left;
	}
	free(rest);
	return gone;
}

static size_t cut_end(const struct run *run, struct sim_step *steps, size_t n, const char *kind)
{
	size_t low = 0, high = n; /* with `high` first steps it fails */

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (fails_so(run, steps, middle, kind))
			high = middle;
		else
			low = middle;
	}
	return high;
}

int shrink(struct run *run)
{
	struct sim_step *steps = mem_dup(run->steps, (run->n_steps + 1) * sizeof *steps);
	size_t n = run->n_steps;
	char kind[200];

	if (!fails(run, steps, n, kind)) {
		printf("# seed %llu does not fail\n", (unsigned long long)run->seed);
		return 0;
	}
	n = cut_end(run, steps, n, kind);
	for (size_t len = n / 2; len >= 1; len /= 2)
		for (size_t at = 0; at + len <= n;)
			if (!leave_out(run, steps, &n, at, len, kind))
				at += len;
	printf("# %zu steps are enough; as a file for --script:\nseed %llu\n", n,
	       (unsigned long long)run->seed);
	for (size_t i = 0; i < n; i++)
		printf("%s:%016llx\n", step_name(steps[i].kind),
		       (unsigned long long)steps[i].bits);
	run->steps = steps;
	run->n_steps = n;
	run->verbose = true;
	fflush(stdout);
	(void)waitpid(run_begin(run, -1), NULL, 0);
	return 1;
}

bool script_read(const char *path, struct sim_step **ret_steps, size_t *ret_n, uint64_t *ret_seed)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	struct sim_step *steps = NULL;
	size_t n = 0, cap = 0;
	char text[200];

	if (file == NULL) {
		perror(path);
		return false;
	}
	while (fgets(text, sizeof text, file) != NULL) {
		char *colon = strchr(text, ':');
		struct sim_step step;

		if (strncmp(text, "seed ", 5) == 0)
			*ret_seed = strtoull(text + 5, NULL, 10);
		if (colon == NULL || text[0] == '#')
			continue;
		*colon = '\0';
		if (!step_find(text, &step.kind))
			continue;
		step.bits = strtoull(colon + 1, NULL, 16);
		MEM_GROW(steps, n, cap);
		steps[n++] = step;
	}
	fclose(file);
	*ret_steps = steps;
	*ret_n = n;
	return true;
}
