/* The main of a fuzz target without a fuzzer: gives it each file of its corpus, and one line of TAP
 * for each.  A crash leaves lines missing, which fails the test.
 *
 * Arguments: files or folders; none: tests/fuzz/corpus/NAME of the program NAME_fuzz. */
#include <config.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "zhiban/base/arena.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

enum { FILE_MOST = 4 * 1024 * 1024 };

struct corpus {
	struct arena arena;
	const char **files;
	size_t n, cap;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add(struct corpus *corpus, const char *path)
{
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	if (stat(path, &st) != 0)
		return false;
	if (!S_ISDIR(st.st_mode)) {
		MEM_GROW(corpus->files, corpus->n, corpus->cap);
		corpus->files[corpus->n++] = arena_strdup(&corpus->arena, path);
		return true;
	}
	dir = opendir(path);
	if (dir == NULL)
		return false;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			add(corpus, path_join(&corpus->arena, path, entry->d_name));
	closedir(dir);
	return true;
}

/* …/tests/fuzz/conf_fuzz: …/tests/fuzz/corpus/conf of the source tree. */
static const char *own_corpus(struct corpus *corpus, const char *program)
{
	const char *slash = strrchr(program, '/'), *source = getenv("ZHIBAN_SRCDIR");
	const char *name = slash != NULL ? slash + 1 : program;
	size_t len = strlen(name);

	if (len > 5 && str_eq(name + len - 5, "_fuzz"))
		len -= 5;
	return arena_printf(&corpus->arena, "%s/tests/fuzz/corpus/%.*s",
			    source != NULL ? source : ".", (int)len, name);
}

static bool replay(const char *path, struct str *bytes)
{
	struct error err = ERROR_INIT;
	uint8_t *exact;

	str_clear(bytes);
	if (file_read(path, FILE_MOST, bytes, &err) != ERR_OK) {
		fprintf(stderr, "%s\n", err.text);
		return false;
	}
	exact = mem_dup(bytes->s, bytes->len); /* no NUL behind it, as a fuzzer gives it */
	LLVMFuzzerTestOneInput(exact, bytes->len);
	free(exact);
	return true;
}

int main(int argc, char **argv)
{
	struct corpus corpus = { 0 };
	struct str bytes = STR_INIT;
	int failed = 0;

	for (int i = 1; i < argc; i++)
		failed += !add(&corpus, argv[i]);
	if (argc < 2)
		failed += !add(&corpus, own_corpus(&corpus, argv[0]));
	if (corpus.n == 0 || failed > 0) {
		printf("Bail out! no corpus for %s\n", argv[0]);
		return 1;
	}
	qsort(corpus.files, corpus.n, sizeof *corpus.files, by_name);
	printf("1..%zu\n", corpus.n);
	for (size_t i = 0; i < corpus.n; i++) {
		bool ok = replay(corpus.files[i], &bytes);
		const char *slash = strrchr(corpus.files[i], '/');

		failed += !ok;
		printf("%s %zu - %s\n", ok ? "ok" : "not ok", i + 1,
		       slash != NULL ? slash + 1 : corpus.files[i]);
		fflush(stdout);
	}
	str_release(&bytes);
	free(corpus.files);
	arena_release(&corpus.arena);
	return failed > 0;
}
