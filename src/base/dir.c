#include <config.h>

#include "zhiban/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static int make_one(const char *path, unsigned mode)
{
	struct stat st;

	if (mkdir(path, mode) == 0)
		return 0;
	if (errno != EEXIST)
		return errno;
	if (stat(path, &st) != 0)
		return errno;
	return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
}

enum err dir_make(const char *path, unsigned mode, struct error *err)
{
	char *part = mem_strdup(path);
	int errnum = 0;

	for (char *at = part + 1; errnum == 0 && *part != '\0' && *at != '\0'; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		errnum = make_one(part, mode);
		*at = '/';
	}
	if (errnum == 0)
		errnum = make_one(part, mode);
	free(part);
	return errnum == 0 ? ERR_OK : file_errno(err, errnum, _("cannot make the folder"), path);
}

static int remove_at(int parent, const char *name, unsigned depth);

static int remove_inside(int fd, unsigned depth)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;
	int errnum = 0;

	if (dir == NULL) {
		errnum = errno;
		close(fd);
		return errnum;
	}
	for (errno = 0; errnum == 0 && (entry = readdir(dir)) != NULL; errno = 0)
		if (!str_eq(entry->d_name, ".") && !str_eq(entry->d_name, ".."))
			errnum = remove_at(dirfd(dir), entry->d_name, depth + 1);
	if (errnum == 0)
		errnum = errno;
	closedir(dir);
	return errnum;
}

/* Symbolic links are removed, never followed. */
static int remove_at(int parent, const char *name, unsigned depth)
{
	enum { DEEPEST = 100 };
	int fd, errnum;

	if (depth > DEEPEST)
		return ELOOP;
	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return errno;
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	errnum = remove_inside(fd, depth);
	if (errnum != 0)
		return errnum;
	return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : errno;
}

enum err dir_remove_all(const char *path, struct error *err)
{
	int errnum;

	if (path[strspn(path, "/.")] == '\0')
		return error_set(err, ERR_INPUT, _("\"%s\" is no folder to remove whole"), path);
	errnum = remove_at(AT_FDCWD, path, 0);
	return errnum == 0 ? ERR_OK : file_errno(err, errnum, _("cannot remove"), path);
}

/* statfs(2) types of file systems whose locks or shared memory do not reach every machine. */
static const struct {
	unsigned long type;
	const char *name;
} network[] = {
	{ 0x6969, "NFS" },	   { 0x517B, "SMB" },	     { 0xFF534D42, "CIFS" },
	{ 0xFE534D42, "SMB2" },	   { 0x5346414F, "AFS" },    { 0x6B414653, "AFS" },
	{ 0x73757245, "Coda" },	   { 0x564C, "NCP" },	     { 0x00C36400, "Ceph" },
	{ 0x0BD00BD0, "Lustre" },  { 0x01161970, "GFS2" },   { 0x7461636F, "OCFS2" },
	{ 0x47504653, "GPFS" },
};

/* The path itself, or the nearest folder above it that is there. */
static int statfs_nearest(const char *path, struct statfs *ret_fs)
{
	char *part = mem_strdup(path), *slash;
	int errnum;

	for (;;) {
		errnum = statfs(*part != '\0' ? part : ".", ret_fs) == 0 ? 0 : errno;
		slash = strrchr(part, '/');
		if (errnum != ENOENT || *part == '\0' || str_eq(part, "/"))
			break;
		if (slash == NULL)
			*part = '\0';
		else
			slash[slash == part] = '\0';
	}
	free(part);
	return errnum;
}

enum err dir_is_local(const char *path, struct error *err)
{
	struct statfs fs;
	int errnum = statfs_nearest(path, &fs);

	if (errnum != 0)
		return file_errno(err, errnum, _("cannot look at the file system of"), path);
	for (size_t i = 0; i < ARRAY_LEN(network); i++)
		if (network[i].type == ((unsigned long)fs.f_type & 0xFFFFFFFF))
			return error_set(err, ERR_INPUT,
					 _("%s lies on a network file system (%s), where locks do "
					   "not hold: choose a folder on a local disk"),
					 path, network[i].name);
	return ERR_OK;
}
