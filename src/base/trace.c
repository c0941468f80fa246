#include <config.h>

#include "zhiban/base/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

enum { LINE_MOST = 8 * 1024, FILE_MOST = 16 * 1024 * 1024 };

struct trace {
	struct env env;
	int fd;
	bool journal; /* systemd's reads it */
};

/* Keeps one old file, so that diagnostics never fill a disk. */
static void set_aside(const char *path)
{
	struct str old = STR_INIT;
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= FILE_MOST)
		return;
	str_addf(&old, "%s.1", path);
	if (rename(path, old.s) != 0)
		errno = 0; /* then it goes on growing, which is no reason not to start */
	str_release(&old);
}

/* Whether systemd's journal is at the other end of standard error (systemd.exec(5)). */
static bool is_journal(int fd)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char ours[64];
	struct stat st;

	if (stream == NULL || fstat(fd, &st) != 0)
		return false;
	snprintf(ours, sizeof ours, "%llu:%llu", (unsigned long long)st.st_dev,
		 (unsigned long long)st.st_ino);
	return str_eq(stream, ours);
}

enum err trace_new(const char *path, const struct env *env, struct trace **ret_trace,
		   struct error *err)
{
	struct trace *trace;
	int fd = STDERR_FILENO;

	if (!str_eq(path, "-")) {
		set_aside(path);
		fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
		if (fd < 0)
			return file_errno(err, errno, _("cannot open the trace"), path);
	}
	trace = mem_alloc(sizeof *trace);
	trace->env = *env;
	trace->fd = fd;
	trace->journal = fd == STDERR_FILENO && is_journal(fd);
	*ret_trace = trace;
	return ERR_OK;
}

void trace_free(struct trace *trace)
{
	if (trace == NULL)
		return;
	if (trace->fd != STDERR_FILENO)
		close(trace->fd);
	free(trace);
}

enum { LEVEL_USUAL = 6 };

/* Takes the level off the words. */
static int take_level(const char **words)
{
	const char *s = *words;

	if (s[0] != '<' || s[1] < '0' || s[1] > '7' || s[2] != '>')
		return LEVEL_USUAL;
	*words += 3;
	return s[1] - '0';
}

static void add_opening(const struct trace *trace, int level, struct str *line)
{
	static const char *const names[] = { "ERROR: ", "ERROR: ", "ERROR: ", "ERROR: ",
					     "WARNING: " };
	char when[CIVIL_TEXT];

	if (trace->journal) {
		str_addf(line, "<%d>", level);
		return;
	}
	civil_iso(env_now(&trace->env), CIVIL_CHINA, when);
	str_addf(line, "%s %s", when, level < (int)ARRAY_LEN(names) ? names[level] : "");
}

/* One write a line: with O_APPEND lines of several threads and processes never mix, without a
 * lock. */
void trace_line(struct trace *trace, const char *fmt, ...)
{
	int saved = errno;
	struct str line = STR_INIT;
	char words[LINE_MOST];
	const char *said = words;
	va_list ap;
	int len, level;

	if (trace == NULL)
		return;
	va_start(ap, fmt);
	len = vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	level = take_level(&said);
	add_opening(trace, level, &line);
	text_clean(&line, said, strlen(said), false);
	if (len >= LINE_MOST)
		str_add(&line, "..");
	str_add_char(&line, '\n');
	while (write(trace->fd, line.s, line.len) < 0 && errno == EINTR)
		continue;
	str_release(&line);
	errno = saved;
}
