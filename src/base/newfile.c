#include <config.h>

#include "zhiban/base/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct new_file {
	char *path, *part;
	FILE *to;
};

static char *part_of(const char *path)
{
	struct str part = STR_INIT;
	char *kept;

	str_addf(&part, "%s.part", path);
	kept = mem_strdup(part.s);
	str_release(&part);
	return kept;
}

enum err new_file_open(const char *path, struct new_file **ret_file, struct error *err)
{
	struct new_file *file;
	int fd;

	if (file_exists(path))
		return error_set(err, ERR_IO, _("%s is there already: name another file"), path);
	file = mem_alloc(sizeof *file);
	file->path = mem_strdup(path);
	file->part = part_of(path);
	(void)unlink(file->part); /* of a run that was killed */
	fd = open(file->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	file->to = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (file->to == NULL) {
		enum err code = file_errno(err, errno, _("writing"), file->part);

		new_file_drop(file);
		return code;
	}
	*ret_file = file;
	return ERR_OK;
}

enum err new_file_write(struct new_file *file, const char *bytes, size_t len, struct error *err)
{
	if (len == 0 || fwrite(bytes, 1, len, file->to) == len)
		return ERR_OK;
	return file_errno(err, errno, _("writing"), file->part);
}

/* A link fails where a file of that name came meanwhile; sticks that know no links are renamed on. */
static bool give_name(const struct new_file *file)
{
	if (link(file->part, file->path) == 0)
		return true;
	if (errno != EPERM && errno != EOPNOTSUPP)
		return false;
	return !file_exists(file->path) && rename(file->part, file->path) == 0;
}

enum err new_file_commit(struct new_file *file, struct error *err)
{
	enum err code = ERR_OK;

	if (fflush(file->to) != 0 || fsync(fileno(file->to)) != 0)
		code = file_errno(err, errno, _("writing"), file->part);
	if (code == ERR_OK && !give_name(file))
		code = file_errno(err, errno, _("naming"), file->path);
	new_file_drop(file);
	return code;
}

void new_file_drop(struct new_file *file)
{
	if (file == NULL)
		return;
	if (file->to != NULL)
		fclose(file->to);
	if (file->part != NULL)
		(void)unlink(file->part);
	free(file->part);
	free(file->path);
	free(file);
}
