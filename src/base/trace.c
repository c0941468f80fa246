#include <config.h>

#include "zhiban/base/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
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

/* One write a line: with O_APPEND lines of several threads and processes never mix, without a
 * lock. */
void trace_line(struct trace *trace, const char *fmt, ...)
{
	int saved = errno;
	struct str line = STR_INIT;
	char when[CIVIL_TEXT], words[LINE_MOST];
	va_list ap;
	int len;

	if (trace == NULL)
		return;
	va_start(ap, fmt);
	len = vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	civil_iso(env_now(&trace->env), CIVIL_CHINA, when);
	str_addf(&line, "%s ", when);
	text_clean(&line, words, strlen(words), false);
	if (len >= LINE_MOST)
		str_add(&line, "..");
	str_add_char(&line, '\n');
	while (write(trace->fd, line.s, line.len) < 0 && errno == EINTR)
		continue;
	str_release(&line);
	errno = saved;
}
