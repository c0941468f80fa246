#include <config.h>

#include "backup_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { CHUNK = 256 * 1024 };

static enum err write_all(int fd, const char *path, const void *bytes, size_t len,
			  struct error *err)
{
	const char *s = bytes;

	while (len > 0) {
		ssize_t n = write(fd, s, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_errno(err, errno, _("cannot write"), path);
		s += n;
		len -= (size_t)n;
	}
	return ERR_OK;
}

/* Exactly len bytes; a file that ends before them was cut off. */
static enum err read_all(int fd, const char *path, void *buf, size_t len, struct error *err)
{
	char *s = buf;

	while (len > 0) {
		ssize_t n = read(fd, s, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_errno(err, errno, _("cannot read"), path);
		if (n == 0)
			return error_set(err, ERR_CORRUPT, _("%s was cut off"), path);
		s += n;
		len -= (size_t)n;
	}
	return ERR_OK;
}

/* --- writing --------------------------------------------------------------------------------- */

static enum err sum_file(int fd, const char *path, struct sha256 *sum, size_t *ret_len,
			 struct error *err)
{
	char *buf = mem_alloc(CHUNK);
	enum err code = ERR_OK;
	size_t len = 0;

	for (;;) {
		ssize_t n = read(fd, buf, CHUNK);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			code = file_errno(err, errno, _("cannot read"), path);
		if (n <= 0)
			break;
		sha256_add(sum, buf, (size_t)n);
		len += (size_t)n;
	}
	free(buf);
	if (code == ERR_OK)
		*ret_len = len;
	return code;
}

static void end_text(const struct str *list, struct sha256 *sum, struct str *out)
{
	uint8_t hash[SHA256_LEN];
	char hex[SHA256_HEX];
	size_t at = out->len;

	str_addf(out, "\nzhiban backup %05d %08zu ", BACKUP_FORM, list->len);
	sha256_add(sum, out->s + at, out->len - at);
	sha256_end(sum, hash);
	crypto_hex(hash, sizeof hash, hex);
	str_addf(out, "%s\n", hex);
}

static enum err seal(int fd, const char *path, const struct backup_part *parts, size_t n,
		     struct error *err)
{
	struct str end = STR_INIT, list = STR_INIT;
	struct sha256 sum;
	size_t data_len = 0;
	enum err code;

	sha256_init(&sum);
	code = sum_file(fd, path, &sum, &data_len, err);
	str_addf(&list, "%zu data\n", data_len);
	for (size_t i = 0; i < n; i++) {
		str_addf(&list, "%zu %s\n", parts[i].len, parts[i].name);
		str_add_bytes(&end, parts[i].bytes, parts[i].len);
	}
	str_add_bytes(&end, list.s, list.len);
	sha256_add(&sum, end.s, end.len);
	end_text(&list, &sum, &end);
	if (code == ERR_OK)
		code = write_all(fd, path, end.s, end.len, err);
	crypto_wipe(end.s, end.len); /* a key may be in it */
	str_release(&end);
	str_release(&list);
	return code;
}

enum err backup_seal(const char *path, const struct backup_part *parts, size_t n, bool sync,
		     struct error *err)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	enum err code;

	if (fd < 0)
		return file_errno(err, errno, _("cannot write"), path);
	code = seal(fd, path, parts, n, err);
	if (code == ERR_OK && sync && fsync(fd) != 0)
		code = file_errno(err, errno, _("cannot write"), path);
	if (close(fd) != 0 && code == ERR_OK)
		code = file_errno(err, errno, _("cannot write"), path);
	return code;
}

/* --- reading --------------------------------------------------------------------------------- */

static enum err no_backup(const char *path, struct error *err)
{
	return error_set(err, ERR_INPUT,
			 _("%s is no backup of zhiban, or it was cut off: copy it again, or take "
			   "another one"),
			 path);
}

/* The tail tells where the list begins. */
static enum err read_tail(int fd, const char *path, off_t size, size_t *ret_list, struct error *err)
{
	char tail[BACKUP_TAIL + 1] = "", number[6] = "", len[9] = "";
	long long form = 0, list = 0;
	enum err code;

	if (size < BACKUP_TAIL || lseek(fd, size - BACKUP_TAIL, SEEK_SET) < 0)
		return no_backup(path, err);
	code = read_all(fd, path, tail, BACKUP_TAIL, err);
	if (code != ERR_OK)
		return code;
	if (!str_starts(tail, "\nzhiban backup "))
		return no_backup(path, err);
	memcpy(number, tail + 15, 5);
	memcpy(len, tail + 21, 8);
	if (!str_int(number + strspn(number, "0"), 1, 99999, &form) ||
	    !str_int(len + strspn(len, "0"), 1, size - BACKUP_TAIL, &list))
		return no_backup(path, err);
	if (form > BACKUP_FORM)
		return error_set(err, ERR_VERSION,
				 _("%s was made by a newer zhiband: install that version, then try "
				   "again"),
				 path);
	if (list > BACKUP_LIST_MAX)
		return no_backup(path, err);
	*ret_list = (size_t)list;
	return ERR_OK;
}

/* "123 data\n45 zhiband.conf\n…" */
static bool parse_list(char *list, struct arena *arena, struct backup *backup, size_t *ret_sum)
{
	bool first = true;

	*ret_sum = 0;
	for (char *line = list, *next; *line != '\0'; line = next) {
		char *end = strchr(line, '\n'), *blank = strchr(line, ' ');
		long long len;

		if (end == NULL || blank == NULL || blank > end)
			return false;
		*end = *blank = '\0';
		next = end + 1;
		if (!str_int(line, 0, first ? INT64_MAX / 2 : BACKUP_PART_MAX, &len) ||
		    first != str_eq(blank + 1, "data") || backup->n_parts == BACKUP_PARTS)
			return false;
		if (first)
			backup->data_len = (size_t)len;
		else
			backup->parts[backup->n_parts++] = (struct backup_part){
				.name = arena_strdup(arena, blank + 1), .len = (size_t)len
			};
		*ret_sum += (size_t)len;
		first = false;
	}
	return !first;
}

static enum err read_parts(int fd, const char *path, struct arena *arena, struct backup *backup,
			   struct error *err)
{
	enum err code = ERR_OK;

	if (lseek(fd, (off_t)backup->data_len, SEEK_SET) < 0)
		return file_errno(err, errno, _("cannot read"), path);
	for (size_t i = 0; code == ERR_OK && i < backup->n_parts; i++) {
		char *bytes = arena_alloc(arena, backup->parts[i].len + 1);

		code = read_all(fd, path, bytes, backup->parts[i].len, err);
		backup->parts[i].bytes = bytes;
	}
	return code;
}

static enum err read_head(int fd, const char *path, struct arena *arena, struct backup *backup,
			  struct error *err)
{
	char list[BACKUP_LIST_MAX + 1] = "";
	size_t len = 0, sum;
	struct stat st;
	enum err code;

	if (fstat(fd, &st) != 0)
		return file_errno(err, errno, _("cannot read"), path);
	if (!S_ISREG(st.st_mode))
		return no_backup(path, err);
	code = read_tail(fd, path, st.st_size, &len, err);
	if (code == ERR_OK && lseek(fd, st.st_size - BACKUP_TAIL - (off_t)len, SEEK_SET) < 0)
		code = file_errno(err, errno, _("cannot read"), path);
	if (code == ERR_OK)
		code = read_all(fd, path, list, len, err);
	if (code != ERR_OK)
		return code;
	if (!parse_list(list, arena, backup, &sum) ||
	    sum + len + BACKUP_TAIL != (size_t)st.st_size)
		return no_backup(path, err);
	return read_parts(fd, path, arena, backup, err);
}

enum err backup_read(const char *path, struct arena *arena, struct backup *ret_backup,
		     struct error *err)
{
	struct backup backup = { .data_len = 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum err code;

	if (fd < 0)
		return file_errno(err, errno, _("cannot read"), path);
	code = read_head(fd, path, arena, &backup, err);
	close(fd);
	if (code == ERR_OK)
		*ret_backup = backup;
	return code;
}

/* --- all bytes ------------------------------------------------------------------------------- */

struct unpacking {
	int from, to; /* to < 0: only the sum */
	const char *path, *to_path;
	struct sha256 sum;
	char *buf;
};

static enum err take_bytes(struct unpacking *unpacking, size_t len, bool keep, struct error *err)
{
	enum err code = ERR_OK;

	while (code == ERR_OK && len > 0) {
		size_t n = len < CHUNK ? len : CHUNK;

		code = read_all(unpacking->from, unpacking->path, unpacking->buf, n, err);
		if (code != ERR_OK)
			break;
		sha256_add(&unpacking->sum, unpacking->buf, n);
		if (keep)
			code = write_all(unpacking->to, unpacking->to_path, unpacking->buf, n, err);
		len -= n;
	}
	return code;
}

static enum err check_sum(struct unpacking *unpacking, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	char said[SHA256_HEX] = "", hex[SHA256_HEX];
	enum err code = read_all(unpacking->from, unpacking->path, said, SHA256_HEX - 1, err);

	if (code != ERR_OK)
		return code;
	sha256_end(&unpacking->sum, hash);
	crypto_hex(hash, sizeof hash, hex);
	if (strcmp(hex, said) == 0)
		return ERR_OK;
	return error_set(err, ERR_CORRUPT,
			 _("%s is damaged (its sum is not that of its bytes): copy it again, or "
			   "take another one"),
			 unpacking->path);
}

static enum err unpack_all(struct unpacking *unpacking, const struct backup *backup,
			   struct error *err)
{
	off_t size = lseek(unpacking->from, 0, SEEK_END);
	enum err code;

	if (size < 0 || lseek(unpacking->from, 0, SEEK_SET) < 0)
		return file_errno(err, errno, _("cannot read"), unpacking->path);
	sha256_init(&unpacking->sum);
	code = take_bytes(unpacking, backup->data_len, unpacking->to >= 0, err);
	if (code == ERR_OK) /* all but the digits and the newline */
		code = take_bytes(unpacking, (size_t)size - backup->data_len - SHA256_HEX, false,
				  err);
	return code == ERR_OK ? check_sum(unpacking, err) : code;
}

static enum err open_target(struct unpacking *unpacking, struct error *err)
{
	unpacking->to = open(unpacking->to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (unpacking->to >= 0)
		return ERR_OK;
	if (errno == EEXIST)
		return error_set(err, ERR_EXISTS, _("%s is there already"), unpacking->to_path);
	return file_errno(err, errno, _("cannot write"), unpacking->to_path);
}

enum err backup_unpack(const char *path, const struct backup *backup, const char *to, bool sync,
		       struct error *err)
{
	struct unpacking unpacking = { .path = path, .to_path = to, .to = -1 };
	enum err code = ERR_OK;

	unpacking.from = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (unpacking.from < 0)
		return file_errno(err, errno, _("cannot read"), path);
	if (to != NULL)
		code = open_target(&unpacking, err);
	unpacking.buf = mem_alloc(CHUNK);
	if (code == ERR_OK)
		code = unpack_all(&unpacking, backup, err);
	if (unpacking.to >= 0) {
		if (code == ERR_OK && sync && fsync(unpacking.to) != 0)
			code = file_errno(err, errno, _("cannot write"), to);
		if (close(unpacking.to) != 0 && code == ERR_OK)
			code = file_errno(err, errno, _("cannot write"), to);
		if (code != ERR_OK)
			(void)unlink(to);
	}
	close(unpacking.from);
	free(unpacking.buf);
	return code;
}

enum err backup_check(const char *path, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct backup backup;
	enum err code = backup_read(path, &arena, &backup, err);

	if (code == ERR_OK)
		code = backup_unpack(path, &backup, NULL, false, err);
	arena_release(&arena);
	return code;
}
