/* The simulation as a test: many seeds, two at a time, and what it takes to look at one of them. */
#include <config.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/file.h"

#include "run.h"

enum { SEEDS = 300, STEPS = 400, BLOCK = 30, HANG_S = 60, RARE_MOST = 8 };

static const char usage[] =
	"sim_test [--seeds N | --seed N] [--from N] [--steps M] [--jobs J] [--script FILE]\n"
	"         [--shrink] [--verbose]\n"
	"  --seed N      that one alone\n"
	"  --script FILE the steps of a file (as --shrink prints them) instead of drawn ones\n"
	"  --shrink      cuts a failing run down to the steps it needs\n";

struct options {
	uint64_t from, seeds;
	size_t steps;
	int jobs;
	const char *script;
	bool one, shrink, verbose;
};

/* ---- one run ---- */

void run_here(const struct run *run)
{
	struct world *world = mem_alloc(sizeof *world);
	char dir[SIM_PATH];

	snprintf(dir, sizeof dir, "%.100s/%d", run->root, (int)getpid());
	alarm(HANG_S);
	world_open(world, dir, run->template, run->seed, run->counts);
	world->verbose = run->verbose;
	world->steps = run->steps;
	world->n_steps = run->n_steps;
	for (world->at = 0; world->at < run->n_steps; world->at++)
		step_run(world, &run->steps[world->at]);
	world_close(world);
	free(world);
}

static void child(const struct run *run, int out)
{
	if (out >= 0 && (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0))
		_exit(2);
	run_here(run);
	fflush(stdout);
	_exit(0);
}

pid_t run_begin(const struct run *run, int out)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0)
		child(run, out);
	return pid;
}

/* Whether it came to its end; what it left is removed. */
bool run_end(const struct run *run, pid_t pid, int status)
{
	char dir[SIM_PATH];

	snprintf(dir, sizeof dir, "%.100s/%d", run->root, (int)pid);
	if (dir_remove_all(dir, NULL) != ERR_OK)
		fprintf(stdout, "# %s stays\n", dir);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- many ---- */

struct job {
	pid_t pid;
	struct run run;
	int out;
};

static void show(int out)
{
	char buf[4096];
	ssize_t n;

	lseek(out, 0, SEEK_SET);
	while ((n = read(out, buf, sizeof buf)) > 0)
		fwrite(buf, 1, (size_t)n, stdout);
}

static void say_ended(const struct job *job, int status, size_t steps)
{
	if (WIFSIGNALED(status))
		printf("# seed %llu ends by signal %d%s\n", (unsigned long long)job->run.seed,
		       WTERMSIG(status), WTERMSIG(status) == SIGALRM ? " (it hangs)" : "");
	printf("# again: build/tests/sim/sim_test --seed %llu --steps %zu --shrink\n",
	       (unsigned long long)job->run.seed, steps);
}

static void start(struct job *job, const struct options *options, const struct run *like,
		  uint64_t seed)
{
	struct sim_step *steps = mem_alloc(options->steps * sizeof *steps);

	job->run = *like;
	job->run.seed = seed;
	steps_draw(seed, steps, options->steps);
	job->run.steps = steps;
	job->run.n_steps = options->steps;
	job->out = memfd_create("run", MFD_CLOEXEC);
	job->pid = run_begin(&job->run, job->out);
}

/* Waits for one to end; whether it was good. */
static bool reap(struct job *jobs, int n, size_t steps, uint64_t *ret_seed)
{
	int status;
	pid_t pid = wait(&status);

	for (int i = 0; i < n; i++) {
		struct job *job = &jobs[i];
		bool good;

		if (job->pid != pid)
			continue;
		good = run_end(&job->run, pid, status);
		if (!good) {
			show(job->out);
			say_ended(job, status, steps);
		}
		*ret_seed = job->run.seed;
		close(job->out);
		free((void *)job->run.steps);
		*job = (struct job){ .pid = 0 };
		return good;
	}
	return true;
}

static struct job *idle(struct job *jobs, int n)
{
	for (int i = 0; i < n; i++)
		if (jobs[i].pid == 0)
			return &jobs[i];
	return NULL;
}

/* One line of TAP a block of seeds. */
static size_t run_many(const struct options *options, const struct run *like)
{
	uint64_t next = options->from, end = options->from + options->seeds;
	size_t blocks = (options->seeds + BLOCK - 1) / BLOCK, failures = 0;
	uint8_t *bad = mem_alloc(blocks);
	struct job jobs[16] = { { 0 } };
	int busy = 0;

	while (next < end || busy > 0) {
		struct job *job = idle(jobs, options->jobs);
		uint64_t seed = 0;

		if (next < end && job != NULL) {
			start(job, options, like, next++);
			busy++;
			continue;
		}
		if (!reap(jobs, options->jobs, options->steps, &seed)) {
			bad[(seed - options->from) / BLOCK] = 1;
			failures++;
		}
		busy--;
	}
	for (size_t i = 0; i < blocks; i++)
		printf("%sok %zu - seeds %llu to %llu, %zu steps each\n", bad[i] ? "not " : "", i + 1,
		       (unsigned long long)(options->from + i * BLOCK),
		       (unsigned long long)(i + 1 == blocks ? end - 1
							    : options->from + (i + 1) * BLOCK - 1),
		       options->steps);
	free(bad);
	return failures;
}

/* ---- what happened ---- */

static const struct {
	const char *name;
	uint64_t least;
} kinds[] = {
#define N(name, least) { #name, least },
#include "counts.def"
#undef N
};

/* Every verb is admitted some time; of so many a few are rare, and may miss it by chance. */
static size_t check_verbs(const struct counts *counts, bool wanted)
{
	size_t poor = 0;

	for (size_t i = 0; i < act_desc_count() && i < VERBS; i++) {
		bool none = counts->verbs[i] == 0;

		poor += none && wanted;
		printf("# verb %-10s %-13s %8llu%s\n", kind_desc(act_desc_at(i)->target)->name,
		       act_desc_at(i)->verb,
		       (unsigned long long)counts->verbs[i], none && wanted ? "  never" : "");
	}
	return poor > RARE_MOST ? poor : 0;
}

/* A run that no longer does something is a test that has stopped testing. */
static size_t check_counts(const struct options *options, const struct counts *counts, size_t tap)
{
	size_t poor = 0;

	for (size_t i = 0; i < COUNT_COUNT; i++) {
		uint64_t least = kinds[i].least;

		if (options->seeds * options->steps < SEEDS * STEPS)
			least = 0;
		if (counts->n[i] < least)
			poor++;
		printf("# %-18s %8llu%s\n", kinds[i].name, (unsigned long long)counts->n[i],
		       counts->n[i] < least ? "  too few" : "");
	}
	poor += check_verbs(counts, options->seeds * options->steps >= SEEDS * STEPS);
	printf("%sok %zu - everything happened often enough\n", poor > 0 ? "not " : "", tap);
	return poor;
}

/* ---- main ---- */

static uint64_t number(const char *text)
{
	char *end;
	uint64_t value = strtoull(text, &end, 10);

	if (*text == '\0' || *end != '\0') {
		fputs(usage, stderr);
		exit(2);
	}
	return value;
}

static struct options options_from(int argc, char **argv)
{
	const char *more = getenv("ZHIBAN_LONG");
	struct options options = { .from = 1, .seeds = SEEDS, .steps = STEPS, .jobs = 2 };

	if (more != NULL && *more != '\0')
		options.seeds = strtoull(more, NULL, 10) > 1 ? strtoull(more, NULL, 10) : 10 * SEEDS;
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : "";

		if (strcmp(argv[i], "--shrink") == 0) {
			options.shrink = true;
		} else if (strcmp(argv[i], "--verbose") == 0) {
			options.verbose = true;
		} else if (strcmp(argv[i], "--seed") == 0) {
			options.from = number(value);
			options.seeds = 1;
			options.one = ++i > 0;
		} else if (strcmp(argv[i], "--seeds") == 0) {
			options.seeds = number(value);
			i++;
		} else if (strcmp(argv[i], "--from") == 0) {
			options.from = number(value);
			i++;
		} else if (strcmp(argv[i], "--steps") == 0) {
			options.steps = number(value);
			i++;
		} else if (strcmp(argv[i], "--jobs") == 0) {
			options.jobs = (int)number(value);
			i++;
		} else if (strcmp(argv[i], "--script") == 0) {
			options.script = value;
			options.one = ++i > 0;
		} else {
			fputs(usage, stderr);
			exit(2);
		}
	}
	if (options.jobs < 1 || options.jobs > 16)
		options.jobs = 2;
	return options;
}

static int run_one(const struct options *options, struct run *run)
{
	struct sim_step *steps = mem_alloc(options->steps * sizeof *steps);
	size_t n = options->steps;
	int status = 0;
	pid_t pid;
	bool good;

	steps_draw(options->from, steps, n);
	if (options->script != NULL && !script_read(options->script, &steps, &n, &run->seed))
		return 2;
	run->steps = steps;
	run->n_steps = n;
	if (options->shrink)
		return shrink(run);
	pid = run_begin(run, -1);
	waitpid(pid, &status, 0);
	good = run_end(run, pid, status);
	printf("%sok 1 - seed %llu\n1..1\n", good ? "" : "not ", (unsigned long long)run->seed);
	return good ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct options options = options_from(argc, argv);
	char root[] = "/dev/shm/zhiban-sim-XXXXXX", other[] = "/tmp/zhiban-sim-XXXXXX";
	char template[SIM_PATH];
	struct run run = { .root = mkdtemp(root), .template = template, .seed = options.from,
			   .verbose = options.verbose };
	size_t blocks = (options.seeds + BLOCK - 1) / BLOCK, failures;
	int result;

	if (run.root == NULL)
		run.root = mkdtemp(other);
	if (run.root == NULL || crypto_init(NULL) != ERR_OK)
		return 2;
	snprintf(template, sizeof template, "%s/template", run.root);
	template_make(template);
	run.counts = mmap(NULL, sizeof *run.counts, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (options.one) {
		result = run_one(&options, &run);
	} else {
		printf("1..%zu\n", blocks + 1);
		failures = run_many(&options, &run);
		failures += check_counts(&options, run.counts, blocks + 1);
		result = failures > 0;
	}
	if (dir_remove_all(run.root, NULL) != ERR_OK)
		fprintf(stdout, "# %s stays\n", run.root);
	return result;
}
