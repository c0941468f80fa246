#include <config.h>

#include "zhiban/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum err file_errno(struct error *err, int errnum, const char *words, const char *path)
{
	enum err code = ERR_IO;

	switch (errnum) {
	case ENOENT:
	case ENOTDIR:
		code = ERR_NOT_FOUND;
		break;
	case EACCES:
	case EPERM:
	case EROFS:
		code = ERR_DENIED;
		break;
	case ENOSPC:
	case EDQUOT:
		code = ERR_FULL;
		break;
	}
	return error_errno(err, code, errnum, "%s %s", words, path);
}

/* Reads to the end; returns errno, EFBIG above max. */
static int read_all(int fd, size_t max, struct str *out)
{
	size_t before = out->len;
	char buf[16 * 1024];

	for (;;) {
		ssize_t n = read(fd, buf, sizeof buf);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			return 0;
		if ((size_t)n > max - (out->len - before))
			return EFBIG;
		str_add_bytes(out, buf, (size_t)n);
	}
}

enum err file_read(const char *path, size_t max, struct str *out, struct error *err)
{
	bool standard = str_eq(path, "-");
	size_t before = out->len;
	int fd, errnum;

	fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return file_errno(err, errno, _("cannot read"), path);
	errnum = read_all(fd, max, out);
	if (!standard)
		close(fd);
	if (errnum == 0)
		return ERR_OK;
	str_cut(out, before);
	if (errnum == EFBIG)
		return error_set(err, ERR_TOO_LARGE, _("%s is larger than %zu bytes"),
				 standard ? _("the standard input") : path, max);
	return file_errno(err, errnum, _("cannot read"),
			  standard ? _("the standard input") : path);
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The folder a path lies in, "." for a bare name; free it. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;

	if (slash == NULL)
		return mem_strdup(".");
	folder = mem_strdup(path);
	folder[slash == path ? 1 : slash - path] = '\0';
	return folder;
}

/* A rename is safe on disk once the folder is. */
static int sync_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), errnum = 0;

	if (fd < 0 || fsync(fd) != 0)
		errnum = errno;
	if (fd >= 0)
		close(fd);
	free(folder);
	return errnum == EINVAL ? 0 : errnum; /* file systems that need no such thing */
}

enum err dir_sync(const char *path, struct error *err)
{
	int errnum = sync_folder(path);

	return errnum == 0 ? ERR_OK : file_errno(err, errnum, _("cannot write"), path);
}

static int write_beside(const char *path, char *beside, const void *data, size_t len, unsigned mode)
{
	int fd = mkostemp(beside, O_CLOEXEC), errnum;

	if (fd < 0)
		return errno;
	errnum = write_all(fd, data, len);
	if (errnum == 0 && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
		errnum = errno;
	if (close(fd) != 0 && errnum == 0)
		errnum = errno;
	if (errnum == 0 && rename(beside, path) != 0)
		errnum = errno;
	if (errnum != 0)
		unlink(beside);
	return errnum;
}

enum err file_write(const char *path, const void *data, size_t len, unsigned mode,
		    struct error *err)
{
	char *target = realpath(path, NULL); /* what a link points to is replaced, not the link */
	struct str beside = STR_INIT;
	int errnum;

	str_addf(&beside, "%s.XXXXXX", target != NULL ? target : path);
	errnum = write_beside(target != NULL ? target : path, beside.s, data, len, mode);
	if (errnum == 0)
		errnum = sync_folder(beside.s);
	free(target);
	str_release(&beside);
	return errnum == 0 ? ERR_OK : file_errno(err, errnum, _("cannot write"), path);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

enum err dir_has_room(const char *path, struct error *err)
{
	struct statvfs at;

	if (access(path, W_OK | X_OK) != 0)
		return file_errno(err, errno, _("cannot write in"), path);
	if (statvfs(path, &at) != 0)
		return file_errno(err, errno, _("cannot read"), path);
	if (at.f_bavail == 0)
		return error_set(err, ERR_FULL, _("no space is left for %s: make room on the disk"),
				 path);
	return ERR_OK;
}

char *path_join(struct arena *arena, const char *dir, const char *name)
{
	size_t len = strlen(dir);

	if (name[0] == '/' || len == 0)
		return arena_strdup(arena, name);
	return arena_printf(arena, "%s%s%s", dir, dir[len - 1] == '/' ? "" : "/", name);
}

/* flock: the kernel drops it when the last descriptor of the holder closes, also on kill -9, and no
 * other open and close of the same file by the holder loses it (as POSIX record locks would). */
enum err file_lock(const char *path, int *ret_fd, struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	char holder[24];
	ssize_t n;

	if (fd < 0)
		return file_errno(err, errno, _("cannot open the lock"), path);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		n = snprintf(holder, sizeof holder, "%ld\n", (long)getpid());
		/* only a help for people: the lock itself needs no content */
		if (ftruncate(fd, 0) == 0 && pwrite(fd, holder, (size_t)n, 0) == n)
			fsync(fd);
		*ret_fd = fd;
		return ERR_OK;
	}
	if (errno != EWOULDBLOCK) {
		n = errno;
		close(fd);
		return file_errno(err, (int)n, _("cannot lock"), path);
	}
	n = pread(fd, holder, sizeof holder - 1, 0);
	close(fd);
	holder[n > 0 ? n : 0] = '\0';
	holder[strspn(holder, "0123456789")] = '\0';
	if (holder[0] == '\0')
		return error_set(err, ERR_BUSY, _("%s is held by another process"), path);
	return error_set(err, ERR_BUSY, _("%s is held by process %s"), path, holder);
}

void file_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}
