#include <config.h>

#include "faultfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/mem.h"

#include "faultfs_priv.h"

struct life { /* a process from its start to its death; lives as long as its files */
	char *name;
	bool dead, current; /* current: the one of this name that a test speaks of */
	size_t n_open;
	struct fault fault;
	long count, calls[CALL_KINDS];
	bool fired;
};

struct faultfs {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	struct life **lives;
	size_t n, cap;
	struct life *now;
	struct platter platter;
	uint64_t seed;
	int last_errno;
};

struct fault_file {
	sqlite3_file base;
	struct faultfs *fs;
	struct life *life;
	struct platter_file *on_disk; /* NULL: a file without a name */
	bool folder_too; /* a new journal: its first sync is the folder's too */
	sqlite3_file *real; /* behind this struct */
};

/* ---- whether a call fails ---- */

static const int error_of[CALL_KINDS] = {
	[CALL_OPEN] = SQLITE_CANTOPEN,
	[CALL_READ] = SQLITE_IOERR_READ,
	[CALL_WRITE] = SQLITE_IOERR_WRITE,
	[CALL_SYNC] = SQLITE_IOERR_FSYNC,
	[CALL_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
	[CALL_DELETE] = SQLITE_IOERR_DELETE,
	[CALL_LOCK] = SQLITE_IOERR_LOCK,
	[CALL_SHM_MAP] = SQLITE_IOERR_SHMMAP,
	[CALL_SHM_LOCK] = SQLITE_IOERR_SHMLOCK,
	[CALL_STAT] = SQLITE_IOERR_FSTAT,
};
static const unsigned calls_of[FAULT_KINDS] = {
	[FAULT_IO] = CALLS_ALL,
	[FAULT_FULL] = CALLS(CALL_OPEN) | CALLS(CALL_WRITE) | CALLS(CALL_SYNC) |
		       CALLS(CALL_SHM_MAP),
	[FAULT_TORN] = CALLS(CALL_WRITE),
	[FAULT_KILL] = CALLS_ALL & ~(CALLS(CALL_READ) | CALLS(CALL_STAT)),
	[FAULT_KILL_TORN] = CALLS(CALL_WRITE),
};

enum way { GO_ON, FAIL, FAIL_TORN };

static enum way way_of(struct faultfs *fs, struct life *life)
{
	switch (life->fault.how) {
	case FAULT_IO:
		return FAIL;
	case FAULT_FULL: /* the kernel often writes what still fits */
		fs->last_errno = ENOSPC;
		return (fault_random(&fs->seed) & 1) != 0 ? FAIL_TORN : FAIL;
	case FAULT_TORN:
		return FAIL_TORN;
	case FAULT_KILL:
		life->dead = true;
		return FAIL;
	case FAULT_KILL_TORN:
		life->dead = true;
		return FAIL_TORN;
	case FAULT_KINDS:
		break;
	}
	return FAIL;
}

/* grows: whether the call needs room on the disk. */
static enum way gate(struct faultfs *fs, struct life *life, enum fault_call call, bool grows)
{
	const struct fault *fault = &life->fault;

	life->calls[call]++;
	if (life->dead)
		return FAIL;
	if ((fault->calls & CALLS(call)) == 0 || (fault->how == FAULT_FULL && !grows))
		return GO_ON;
	life->count++;
	if (fault->at == 0 || life->count < fault->at || (life->count > fault->at && !fault->forever))
		return GO_ON;
	life->fired = true;
	fs->last_errno = EIO;
	return way_of(fs, life);
}

static int failure(const struct life *life, enum fault_call call)
{
	if (call == CALL_WRITE && !life->dead && life->fault.how == FAULT_FULL)
		return SQLITE_FULL;
	return error_of[call];
}

/* ---- a file ---- */

#define FILE_OF(f) ((struct fault_file *)(void *)(f))
#define REAL(f, call, ...) ((f)->real->pMethods->call((f)->real, ##__VA_ARGS__))

static int file_close(sqlite3_file *base)
{
	struct fault_file *file = FILE_OF(base);
	int rc = SQLITE_OK;

	if (file->real->pMethods != NULL)
		rc = REAL(file, xClose);
	if (file->on_disk != NULL)
		file->on_disk->n_open--;
	file->life->n_open--;
	if (!file->life->current && file->life->n_open == 0) {
		free(file->life->name);
		file->life->name = NULL; /* its place is used again */
	}
	return rc;
}

static int file_read(sqlite3_file *base, void *buf, int n, sqlite3_int64 at)
{
	struct fault_file *file = FILE_OF(base);

	if (gate(file->fs, file->life, CALL_READ, false) != GO_ON)
		return failure(file->life, CALL_READ);
	return REAL(file, xRead, buf, n, at);
}

static int do_write(struct fault_file *file, const void *buf, int n, sqlite3_int64 at)
{
	if (file->on_disk != NULL)
		platter_write(file->on_disk, at, buf, (size_t)n);
	return REAL(file, xWrite, buf, n, at);
}

static int file_write(sqlite3_file *base, const void *buf, int n, sqlite3_int64 at)
{
	struct fault_file *file = FILE_OF(base);
	enum way way = gate(file->fs, file->life, CALL_WRITE, true);

	if (way == GO_ON)
		return do_write(file, buf, n, at);
	if (way == FAIL_TORN && n > 1)
		do_write(file, buf, 1 + (int)(fault_random(&file->fs->seed) % (unsigned)(n - 1)),
			 at);
	return failure(file->life, CALL_WRITE);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct fault_file *file = FILE_OF(base);

	if (gate(file->fs, file->life, CALL_TRUNCATE, false) != GO_ON)
		return failure(file->life, CALL_TRUNCATE);
	if (file->on_disk != NULL)
		platter_cut(file->on_disk, size);
	return REAL(file, xTruncate, size);
}

static int file_sync(sqlite3_file *base, int flags)
{
	struct fault_file *file = FILE_OF(base);

	(void)flags;
	if (gate(file->fs, file->life, CALL_SYNC, true) != GO_ON)
		return failure(file->life, CALL_SYNC);
	if (file->on_disk == NULL)
		return SQLITE_OK;
	platter_sync(file->on_disk);
	if (file->folder_too)
		platter_sync_folder(&file->fs->platter, file->on_disk->path);
	file->folder_too = false;
	return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
	struct fault_file *file = FILE_OF(base);

	if (gate(file->fs, file->life, CALL_STAT, false) != GO_ON)
		return failure(file->life, CALL_STAT);
	return REAL(file, xFileSize, ret_size);
}

static int do_lock(sqlite3_file *base, int level)
{
	struct fault_file *file = FILE_OF(base);

	if (gate(file->fs, file->life, CALL_LOCK, false) != GO_ON)
		return failure(file->life, CALL_LOCK);
	return REAL(file, xLock, level);
}

static int do_unlock(sqlite3_file *base, int level)
{
	return REAL(FILE_OF(base), xUnlock, level);
}

static int check_reserved(sqlite3_file *base, int *ret_held)
{
	struct fault_file *file = FILE_OF(base);

	if (gate(file->fs, file->life, CALL_STAT, false) != GO_ON)
		return SQLITE_IOERR_CHECKRESERVEDLOCK;
	return REAL(file, xCheckReservedLock, ret_held);
}

static int file_control(sqlite3_file *base, int op, void *arg)
{
	struct fault_file *file = FILE_OF(base);

	if (file->life->dead && (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE))
		return SQLITE_IOERR;
	return REAL(file, xFileControl, op, arg);
}

static int sector_size(sqlite3_file *base)
{
	return REAL(FILE_OF(base), xSectorSize);
}

static int device(sqlite3_file *base)
{
	return REAL(FILE_OF(base), xDeviceCharacteristics);
}

static int shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **ret_map)
{
	struct fault_file *file = FILE_OF(base);

	if (gate(file->fs, file->life, CALL_SHM_MAP, extend != 0) != GO_ON)
		return failure(file->life, CALL_SHM_MAP);
	return REAL(file, xShmMap, region, size, extend, ret_map);
}

static int shm_lock(sqlite3_file *base, int at, int n, int flags)
{
	struct fault_file *file = FILE_OF(base);

	if ((flags & SQLITE_SHM_LOCK) != 0 &&
	    gate(file->fs, file->life, CALL_SHM_LOCK, false) != GO_ON)
		return failure(file->life, CALL_SHM_LOCK);
	return REAL(file, xShmLock, at, n, flags);
}

static void shm_barrier(sqlite3_file *base)
{
	REAL(FILE_OF(base), xShmBarrier);
}

static int shm_unmap(sqlite3_file *base, int remove)
{
	struct fault_file *file = FILE_OF(base);

	return REAL(file, xShmUnmap, file->life->dead ? 0 : remove);
}

static const sqlite3_io_methods methods = { /* version 2: no mapped reads past our eyes */
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = do_lock,
	.xUnlock = do_unlock,
	.xCheckReservedLock = check_reserved,
	.xFileControl = file_control,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = device,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

/* ---- the VFS ---- */

static struct faultfs *fs_of(sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags,
		    int *ret_flags)
{
	enum { JOURNALS = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL };
	struct faultfs *fs = fs_of(vfs);
	struct fault_file *file = FILE_OF(base);
	bool made = path != NULL && (flags & SQLITE_OPEN_CREATE) != 0 && access(path, F_OK) != 0;
	int rc;

	memset(file, 0, sizeof *file);
	if (gate(fs, fs->now, CALL_OPEN, made) != GO_ON)
		return failure(fs->now, CALL_OPEN);
	file->fs = fs;
	file->life = fs->now;
	file->real = (sqlite3_file *)(void *)(file + 1);
	rc = fs->real->xOpen(fs->real, path, file->real, flags, ret_flags);
	if (rc != SQLITE_OK) {
		fs->last_errno = errno;
		return rc;
	}
	if (path != NULL && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0) {
		file->on_disk = platter_open(&fs->platter, path, made);
		file->on_disk->n_open++;
		/* as SQLite does it: for every journal that it may make, made now or found there */
		file->folder_too = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & JOURNALS) != 0;
	}
	file->life->n_open++;
	base->pMethods = &methods;
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
	struct faultfs *fs = fs_of(vfs);
	int rc;

	if (gate(fs, fs->now, CALL_DELETE, false) != GO_ON)
		return failure(fs->now, CALL_DELETE);
	platter_delete(&fs->platter, path);
	rc = fs->real->xDelete(fs->real, path, 0);
	if (rc == SQLITE_OK && sync_folder != 0)
		platter_sync_folder(&fs->platter, path);
	return rc;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret_there)
{
	struct faultfs *fs = fs_of(vfs);

	if (gate(fs, fs->now, CALL_STAT, false) != GO_ON)
		return SQLITE_IOERR_ACCESS;
	return fs->real->xAccess(fs->real, path, flags, ret_there);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
	struct faultfs *fs = fs_of(vfs);

	return fs->real->xFullPathname(fs->real, path, size, out);
}

/* One thread: nobody can let go of a lock while we sleep. */
static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
	(void)vfs;
	return us;
}

static int vfs_last_error(sqlite3_vfs *vfs, int size, char *out)
{
	(void)size;
	(void)out;
	return fs_of(vfs)->last_errno;
}

static struct life *life_of(const struct faultfs *fs, const char *name)
{
	for (size_t i = 0; i < fs->n; i++)
		if (fs->lives[i]->current && strcmp(fs->lives[i]->name, name) == 0)
			return fs->lives[i];
	return NULL;
}

static struct life *life_new(struct faultfs *fs, const char *name)
{
	struct life *life = NULL;

	for (size_t i = 0; i < fs->n && life == NULL; i++)
		if (fs->lives[i]->name == NULL)
			life = fs->lives[i];
	if (life == NULL) {
		life = mem_alloc(sizeof *life);
		MEM_GROW(fs->lives, fs->n, fs->cap);
		fs->lives[fs->n++] = life;
	}
	*life = (struct life){ .name = mem_strdup(name), .current = true,
			       .fault.calls = CALLS_ALL };
	return life;
}

struct faultfs *faultfs_new(void)
{
	struct faultfs *fs = mem_alloc(sizeof *fs);

	fs->real = sqlite3_vfs_find(NULL);
	fs->vfs = *fs->real;
	fs->vfs.pNext = NULL;
	fs->vfs.zName = "faultfs";
	fs->vfs.szOsFile = (int)sizeof(struct fault_file) + fs->real->szOsFile;
	fs->vfs.pAppData = fs;
	fs->vfs.xOpen = vfs_open;
	fs->vfs.xDelete = vfs_delete;
	fs->vfs.xAccess = vfs_access;
	fs->vfs.xFullPathname = vfs_full_path;
	fs->vfs.xSleep = vfs_sleep;
	fs->vfs.xGetLastError = vfs_last_error;
	fs->seed = 1;
	fs->now = life_new(fs, "");
	if (sqlite3_vfs_register(&fs->vfs, 1) != SQLITE_OK)
		abort();
	return fs;
}

void faultfs_free(struct faultfs *fs)
{
	if (fs == NULL)
		return;
	sqlite3_vfs_unregister(&fs->vfs);
	sqlite3_vfs_register(fs->real, 1);
	if (faultfs_n_open(fs, NULL) != 0) { /* a test that failed: its files still need us */
		fprintf(stderr, "# faultfs: %zu files are still open\n", faultfs_n_open(fs, NULL));
		return;
	}
	for (size_t i = 0; i < fs->n; i++) {
		free(fs->lives[i]->name);
		free(fs->lives[i]);
	}
	free(fs->lives);
	platter_release(&fs->platter);
	free(fs);
}

void faultfs_seed(struct faultfs *fs, uint64_t seed)
{
	fs->seed = seed;
}

/* ---- processes ---- */

static struct life *must_live(const struct faultfs *fs, const char *process)
{
	struct life *life = life_of(fs, process);

	if (life != NULL)
		return life;
	fprintf(stderr, "faultfs: no process \"%s\" was entered\n", process);
	abort();
}

void faultfs_revive(struct faultfs *fs, const char *process)
{
	struct life *life = life_of(fs, process), *next;

	if (life != NULL && !life->dead)
		return;
	if (life != NULL) {
		life->current = false;
		if (life->n_open == 0) {
			free(life->name);
			life->name = NULL;
		}
	}
	next = life_new(fs, process);
	if (fs->now == life)
		fs->now = next;
}

void faultfs_enter(struct faultfs *fs, const char *process)
{
	faultfs_revive(fs, process);
	fs->now = must_live(fs, process);
}

void faultfs_fail(struct faultfs *fs, const char *process, const struct fault *fault)
{
	struct life *life = must_live(fs, process);

	life->count = 0;
	life->fired = false;
	life->fault = fault != NULL ? *fault : (struct fault){ .calls = CALLS_ALL };
	if (life->fault.calls == 0)
		life->fault.calls = calls_of[life->fault.how];
}

bool faultfs_fired(const struct faultfs *fs, const char *process)
{
	return must_live(fs, process)->fired;
}

long faultfs_count(const struct faultfs *fs, const char *process)
{
	return must_live(fs, process)->count;
}

long faultfs_calls(const struct faultfs *fs, const char *process, enum fault_call call)
{
	return must_live(fs, process)->calls[call];
}

void faultfs_kill(struct faultfs *fs, const char *process)
{
	must_live(fs, process)->dead = true;
}

bool faultfs_is_dead(const struct faultfs *fs, const char *process)
{
	return must_live(fs, process)->dead;
}

size_t faultfs_n_open(const struct faultfs *fs, const char *process)
{
	size_t n = 0;

	for (size_t i = 0; i < fs->n; i++)
		if (fs->lives[i]->name != NULL &&
		    (process == NULL || strcmp(fs->lives[i]->name, process) == 0))
			n += fs->lives[i]->n_open;
	return n;
}

/* ---- the folder ---- */

bool faultfs_power_cut(struct faultfs *fs, const char *folder, uint64_t seed)
{
	if (platter_is_open(&fs->platter, folder))
		return false;
	platter_power_cut(&fs->platter, folder, seed);
	return true;
}

void faultfs_settle(struct faultfs *fs)
{
	platter_settle(&fs->platter);
}

char *faultfs_folder(void)
{
	static const char *const places[] = { "/dev/shm", "/tmp" };
	const char *tmp = getenv("TMPDIR");
	char path[256];

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		snprintf(path, sizeof path, "%s/zhiban-disk-XXXXXX",
			 i > 0 && tmp != NULL ? tmp : places[i]);
		if (mkdtemp(path) != NULL)
			return mem_strdup(path);
	}
	perror("faultfs: a private folder");
	abort();
}
