/* What a power cut leaves of the files. */
#include <config.h>

#include "faultfs_priv.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/mem.h"

enum { SECTOR = 512, JUNK_MAX = 1 << 20 };

uint64_t fault_random(uint64_t *seed) /* splitmix64 */
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static bool path_is_under(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 && path[len] == '/';
}

static void must(bool ok, const char *path)
{
	if (ok)
		return;
	perror(path);
	abort(); /* the test's own disk fails */
}

static void *part_of(const char *path, int64_t at, size_t len)
{
	uint8_t *bytes = mem_alloc(len + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	must(fd >= 0, path);
	must(pread(fd, bytes, len, at) == (ssize_t)len, path);
	close(fd);
	return bytes;
}

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_size : 0;
}

/* ---- records ---- */

static void forget_ops(struct platter_file *file)
{
	for (size_t i = 0; i < file->n; i++) {
		free(file->ops[i].now);
		free(file->ops[i].before);
	}
	file->n = 0;
}

static void forget_ghost(struct platter_file *file)
{
	if (file->ghost == NULL)
		return;
	free(file->ghost->safe);
	free(file->ghost->last);
	free(file->ghost);
	file->ghost = NULL;
}

static struct platter_file *find(const struct platter *platter, const char *path)
{
	for (size_t i = 0; i < platter->n; i++)
		if (strcmp(platter->files[i]->path, path) == 0)
			return platter->files[i];
	return NULL;
}

static struct platter_file *record(struct platter *platter, const char *path)
{
	struct platter_file *file = find(platter, path);

	if (file != NULL)
		return file;
	file = mem_alloc(sizeof *file);
	file->path = mem_strdup(path);
	MEM_GROW(platter->files, platter->n, platter->cap);
	platter->files[platter->n++] = file;
	return file;
}

struct platter_file *platter_open(struct platter *platter, const char *path, bool made)
{
	struct platter_file *file = record(platter, path);
	struct stat st;

	must(stat(path, &st) == 0, path);
	if (file->gone || made || file->dev != st.st_dev || file->ino != st.st_ino) {
		forget_ops(file); /* another file of this name */
		file->dev = st.st_dev;
		file->ino = st.st_ino;
		file->newborn = made;
		file->gone = false;
	}
	return file;
}

static struct op *new_op(struct platter_file *file)
{
	MEM_GROW(file->ops, file->n, file->cap);
	file->ops[file->n] = (struct op){ .size = size_of(file->path) };
	return &file->ops[file->n++];
}

static void keep_before(const struct platter_file *file, struct op *op, int64_t end)
{
	if (end > op->size)
		end = op->size;
	if (end <= op->at)
		return;
	op->n_before = (size_t)(end - op->at);
	op->before = part_of(file->path, op->at, op->n_before);
}

/* A file that was unlinked while open is nobody's any more. */
static bool has_name(const struct platter_file *file)
{
	struct stat st;

	return !file->gone && stat(file->path, &st) == 0 && st.st_ino == file->ino &&
	       st.st_dev == file->dev;
}

void platter_write(struct platter_file *file, int64_t at, const void *bytes, size_t len)
{
	struct op *op;

	if (!has_name(file))
		return;
	op = new_op(file);
	op->at = at;
	op->len = len;
	op->now = mem_dup(bytes, len);
	keep_before(file, op, at + (int64_t)len);
}

void platter_cut(struct platter_file *file, int64_t size)
{
	struct op *op;

	if (!has_name(file))
		return;
	op = new_op(file);
	op->cut = true;
	op->at = size;
	keep_before(file, op, op->size);
}

void platter_sync(struct platter_file *file)
{
	forget_ops(file);
}

void platter_sync_folder(struct platter *platter, const char *path_in_it)
{
	const char *slash = strrchr(path_in_it, '/');
	size_t len = slash != NULL ? (size_t)(slash - path_in_it) : 0;

	for (size_t i = 0; i < platter->n; i++) {
		struct platter_file *file = platter->files[i];

		if (strncmp(file->path, path_in_it, len + 1) != 0 ||
		    strchr(file->path + len + 1, '/') != NULL)
			continue;
		file->newborn = false;
		forget_ghost(file);
	}
}

/* The file as it is safe now: what is not synced is undone in this copy. */
static void ghost_make(struct platter_file *file)
{
	struct ghost *ghost = mem_alloc(sizeof *ghost);
	size_t most = (size_t)size_of(file->path);

	ghost->n_last = most;
	ghost->last = part_of(file->path, 0, most);
	for (size_t i = 0; i < file->n; i++)
		if ((size_t)file->ops[i].size > most)
			most = (size_t)file->ops[i].size;
	ghost->safe = mem_alloc(most + 1);
	ghost->n_safe = ghost->n_last;
	memcpy(ghost->safe, ghost->last, ghost->n_last);
	for (size_t i = file->n; i > 0; i--) {
		const struct op *op = &file->ops[i - 1];

		if (op->n_before > 0)
			memcpy(ghost->safe + op->at, op->before, op->n_before);
		ghost->n_safe = (size_t)op->size;
	}
	file->ghost = ghost;
}

void platter_delete(struct platter *platter, const char *path)
{
	struct platter_file *file;

	if (access(path, F_OK) != 0)
		return;
	file = record(platter, path);
	if (!file->newborn) {
		forget_ghost(file);
		ghost_make(file);
	}
	forget_ops(file);
	file->gone = true;
	file->newborn = false;
}

bool platter_is_open(const struct platter *platter, const char *folder)
{
	for (size_t i = 0; i < platter->n; i++)
		if (platter->files[i]->n_open > 0 && path_is_under(platter->files[i]->path, folder))
			return true;
	return false;
}

void platter_settle(struct platter *platter)
{
	for (size_t i = 0; i < platter->n; i++) {
		forget_ops(platter->files[i]);
		forget_ghost(platter->files[i]);
		platter->files[i]->newborn = false;
	}
}

static void platter_forget(struct platter_file *file)
{
	forget_ops(file);
	forget_ghost(file);
	free(file->ops);
	free(file->path);
	free(file);
}

void platter_release(struct platter *platter)
{
	for (size_t i = 0; i < platter->n; i++)
		platter_forget(platter->files[i]);
	free(platter->files);
}

/* ---- the cut ---- */

enum mood { LOSE_ALL, KEEP_ALL, MIX, MIX_MORE };

struct cut {
	uint64_t seed;
	enum mood mood; /* of one file: the extremes come up often */
};

/* 0 to 3: lost, sectors, whole, whole. */
static unsigned lot(struct cut *cut)
{
	switch (cut->mood) {
	case LOSE_ALL:
		return 0;
	case KEEP_ALL:
		return 3;
	case MIX:
	case MIX_MORE:
		break;
	}
	return (unsigned)(fault_random(&cut->seed) & 3);
}

/* The file grew before the bytes came: what lies between is whatever was there. */
static void fill_junk(int fd, const char *path, int64_t from, int64_t to, struct cut *cut)
{
	uint8_t junk[SECTOR];

	if (to - from > JUNK_MAX)
		from = to - JUNK_MAX;
	while (from < to) {
		size_t n = to - from < SECTOR ? (size_t)(to - from) : SECTOR;

		for (size_t i = 0; i < n; i++)
			junk[i] = (uint8_t)fault_random(&cut->seed);
		must(pwrite(fd, junk, n, from) == (ssize_t)n, path);
		from += (int64_t)n;
	}
}

static void write_part(int fd, const char *path, const struct op *op, int64_t from, int64_t to,
		       struct cut *cut)
{
	struct stat st;

	must(fstat(fd, &st) == 0, path);
	if (st.st_size < from)
		fill_junk(fd, path, st.st_size, from, cut);
	must(pwrite(fd, op->now + (from - op->at), (size_t)(to - from), from) == to - from, path);
}

static void redo_sectors(int fd, const char *path, const struct op *op, struct cut *cut)
{
	int64_t end = op->at + (int64_t)op->len;

	for (int64_t from = op->at; from < end;) {
		int64_t to = (from / SECTOR + 1) * SECTOR;

		if (to > end)
			to = end;
		if ((fault_random(&cut->seed) & 1) != 0)
			write_part(fd, path, op, from, to, cut);
		from = to;
	}
}

static void redo(int fd, const char *path, const struct op *op, struct cut *cut)
{
	unsigned what = lot(cut);

	if (what == 0)
		return;
	if (op->cut)
		must(ftruncate(fd, op->at) == 0, path);
	else if (what == 1)
		redo_sectors(fd, path, op, cut);
	else
		write_part(fd, path, op, op->at, op->at + (int64_t)op->len, cut);
}

static void cut_file(struct platter_file *file, struct cut *cut)
{
	int fd = open(file->path, O_RDWR | O_CLOEXEC);

	must(fd >= 0, file->path);
	for (size_t i = file->n; i > 0; i--) {
		const struct op *op = &file->ops[i - 1];

		if (op->n_before > 0)
			must(pwrite(fd, op->before, op->n_before, op->at) == (ssize_t)op->n_before,
			     file->path);
		must(ftruncate(fd, op->size) == 0, file->path);
	}
	for (size_t i = 0; i < file->n; i++)
		redo(fd, file->path, &file->ops[i], cut);
	close(fd);
	if (file->newborn && lot(cut) < 2)
		unlink(file->path);
}

static void raise_ghost(const struct platter_file *file, struct cut *cut)
{
	const struct ghost *ghost = file->ghost;
	bool safe = lot(cut) < 2;
	size_t len = safe ? ghost->n_safe : ghost->n_last;
	int fd;

	if (lot(cut) >= 2)
		return; /* the deletion got through */
	fd = open(file->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return; /* a newer one stands there */
	must(write(fd, safe ? ghost->safe : ghost->last, len) == (ssize_t)len, file->path);
	close(fd);
}

/* The shared index of a log lives in memory: a machine that starts anew has none. */
static void drop_shm(const char *path)
{
	size_t len = strlen(path) + sizeof "-shm";
	char *shm = mem_alloc(len);

	snprintf(shm, len, "%s-shm", path);
	unlink(shm);
	free(shm);
}

void platter_power_cut(struct platter *platter, const char *folder, uint64_t seed)
{
	struct cut cut = { .seed = seed };
	size_t n = 0;

	for (size_t i = 0; i < platter->n; i++) {
		struct platter_file *file = platter->files[i];

		if (!path_is_under(file->path, folder)) {
			platter->files[n++] = file;
			continue;
		}
		cut.mood = (enum mood)(fault_random(&cut.seed) & 3);
		drop_shm(file->path);
		if (has_name(file))
			cut_file(file, &cut);
		if (file->ghost != NULL)
			raise_ghost(file, &cut);
		platter_forget(file);
	}
	platter->n = n;
}
