#include <config.h>

#include "zhiban/wire/pack.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { GZIP_WINDOW = 15 + 16, CHUNK = 64 * 1024, READ_BUFFER = 256 * 1024 };

static const struct {
	const char *name;
	enum packing packing;
} names[] = {
	{ "zstd", PACK_ZSTD }, /* best first */
	{ "gzip", PACK_GZIP },
	{ "x-gzip", PACK_GZIP },
};

const char *packing_name(enum packing packing)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].packing == packing)
			return names[i].name;
	return "";
}

enum err packing_find(const char *content_encoding, enum packing *ret_packing, struct error *err)
{
	if (!content_encoding || !*content_encoding ||
	    strcasecmp(content_encoding, "identity") == 0) {
		*ret_packing = PACK_NONE;
		return ERR_OK;
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(content_encoding, names[i].name) == 0) {
			*ret_packing = names[i].packing;
			return ERR_OK;
		}
	return error_set(err, ERR_INPUT, _("Content-Encoding \"%.40s\" is neither zstd nor gzip"),
			 content_encoding);
}

/* Whether one item of a list, "gzip;q=0.5", names the packing and does not refuse it. */
static bool accepts(const char *item, size_t len, const char *name)
{
	size_t n = strcspn(item, "; \t,");
	const char *q;

	if (n > len || n != strlen(name) || strncasecmp(item, name, n) != 0)
		return false;
	q = memchr(item, '=', len);
	if (!q)
		return true;
	for (q++; q < item + len && *q != ','; q++)
		if (*q >= '1' && *q <= '9')
			return true;
	return false;
}

enum packing packing_choose(const char *accept_encoding)
{
	for (size_t i = 0; accept_encoding && i < ARRAY_LEN(names); i++) {
		const char *s = accept_encoding;

		while (*s) {
			size_t len;

			s += strspn(s, " \t,");
			len = strcspn(s, ",");
			if (len && accepts(s, len, names[i].name))
				return names[i].packing;
			s += len;
		}
	}
	return PACK_NONE;
}

/* --- packing ------------------------------------------------------------------------------ */

/* Measured on feeds and snapshots: what is the smallest for a few milliseconds a page; in bulk the
 * time counts more (300 megabytes a second against 80 to 100). */
static int zstd_level(size_t len)
{
	enum { SCREEN = 256 * 1024, PAGE = 768 * 1024 };

	return len <= SCREEN ? 6 : len <= PAGE ? 8 : 3;
}

static void zstd_pack(const void *bytes, size_t len, struct str *out)
{
	size_t room = ZSTD_compressBound(len), n;
	char *buf = mem_alloc(room + 1);

	n = ZSTD_compress(buf, room, bytes, len, zstd_level(len));
	if (!ZSTD_isError(n))
		str_add_bytes(out, buf, n);
	free(buf);
}

static enum err gzip_pack(const void *bytes, size_t len, struct str *out, struct error *err)
{
	z_stream z = { .next_in = (Bytef *)bytes, .avail_in = (uInt)len };
	unsigned char buf[4096];
	int rc;

	if (len > UINT32_MAX ||
	    deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return error_set(err, ERR_TOO_LARGE, _("packing failed"));
	do {
		z.next_out = buf;
		z.avail_out = sizeof buf;
		rc = deflate(&z, Z_FINISH);
		str_add_bytes(out, buf, sizeof buf - z.avail_out);
	} while (rc == Z_OK);
	deflateEnd(&z);
	return ERR_OK;
}

enum err pack(enum packing packing, const void *bytes, size_t len, struct str *out,
	      struct error *err)
{
	switch (packing) {
	case PACK_NONE:
		str_add_bytes(out, bytes, len);
		return ERR_OK;
	case PACK_ZSTD:
		zstd_pack(bytes, len, out);
		return ERR_OK;
	case PACK_GZIP:
		return gzip_pack(bytes, len, out, err);
	}
	return ERR_OK;
}

/* --- unpacking ---------------------------------------------------------------------------- */

static enum err too_large(size_t max, struct error *err)
{
	return error_set(err, ERR_TOO_LARGE, _("the body is more than %zu bytes unpacked"), max);
}

static enum err damaged(struct error *err)
{
	return error_set(err, ERR_INPUT, _("the packed body is damaged or cut"));
}

static enum err zstd_unpack(const void *bytes, size_t len, size_t max, struct str *out,
			    struct error *err)
{
	ZSTD_inBuffer in = { bytes, len, 0 };
	ZSTD_DCtx *ctx = ZSTD_createDCtx();
	size_t from = out->len, left = 1;
	char *buf = mem_alloc(CHUNK);
	enum err code = ERR_OK;

	/* A frame may ask for a large window: not more than what may come out. */
	ZSTD_DCtx_setParameter(ctx, ZSTD_d_windowLogMax, 24);
	while (!code && (in.pos < in.size || left)) {
		ZSTD_outBuffer piece = { buf, CHUNK, 0 };
		size_t at = in.pos;

		left = ZSTD_decompressStream(ctx, &piece, &in);
		if (ZSTD_isError(left) || (in.pos == at && piece.pos == 0))
			code = damaged(err);
		else if (out->len - from + piece.pos > max)
			code = too_large(max, err);
		else
			str_add_bytes(out, buf, piece.pos);
	}
	free(buf);
	ZSTD_freeDCtx(ctx);
	return code;
}

static enum err gzip_unpack(const void *bytes, size_t len, size_t max, struct str *out,
			    struct error *err)
{
	z_stream z = { .next_in = (Bytef *)bytes, .avail_in = (uInt)len };
	size_t from = out->len;
	unsigned char buf[4096];
	enum err code = ERR_OK;
	int rc = Z_OK;

	if (len > UINT32_MAX || inflateInit2(&z, GZIP_WINDOW) != Z_OK)
		return damaged(err);
	while (!code && rc != Z_STREAM_END) {
		size_t n;

		z.next_out = buf;
		z.avail_out = sizeof buf;
		rc = inflate(&z, Z_NO_FLUSH);
		n = sizeof buf - z.avail_out;
		if (rc != Z_OK && rc != Z_STREAM_END)
			code = damaged(err);
		else if (out->len - from + n > max)
			code = too_large(max, err);
		else
			str_add_bytes(out, buf, n);
	}
	if (!code && z.avail_in > 0)
		code = damaged(err);
	inflateEnd(&z);
	return code;
}

enum err unpack(enum packing packing, const void *bytes, size_t len, size_t max, struct str *out,
		struct error *err)
{
	size_t from = out->len;
	enum err code = ERR_OK;

	switch (packing) {
	case PACK_NONE:
		if (len > max)
			return too_large(max, err);
		str_add_bytes(out, bytes, len);
		return ERR_OK;
	case PACK_ZSTD:
		code = zstd_unpack(bytes, len, max, out, err);
		break;
	case PACK_GZIP:
		code = gzip_unpack(bytes, len, max, out, err);
		break;
	}
	if (code)
		str_cut(out, from);
	return code;
}

/* --- files -------------------------------------------------------------------------------- */

struct packed_file {
	gzFile gz;
	char *path;
	int64_t size;
};

enum err packed_open(const char *path, struct packed_file **ret_file, struct error *err)
{
	struct packed_file *file;
	bool input = str_eq(path, "-");
	struct stat st;
	gzFile gz;

	errno = 0;
	gz = input ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rb");
	if (!gz)
		return error_errno(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, errno,
				   _("%s cannot be opened"), path);
	gzbuffer(gz, READ_BUFFER);
	file = mem_alloc(sizeof *file);
	file->gz = gz;
	file->path = mem_strdup(path);
	if (!input && stat(path, &st) == 0 && S_ISREG(st.st_mode))
		file->size = st.st_size;
	*ret_file = file;
	return ERR_OK;
}

void packed_close(struct packed_file *file)
{
	if (!file)
		return;
	gzclose(file->gz);
	free(file->path);
	free(file);
}

enum err packed_read(struct packed_file *file, void *buf, size_t size, size_t *ret_len,
		     struct error *err)
{
	unsigned want = size > 1024 * 1024 ? 1024 * 1024 : (unsigned)size;
	int n = gzread(file->gz, buf, want), why = Z_OK;
	const char *words = gzerror(file->gz, &why);

	if (n < 0 && why == Z_ERRNO)
		return error_errno(err, ERR_IO, errno, _("%s cannot be read"), file->path);
	if (n < 0 || why == Z_BUF_ERROR) /* the latter: the end came in the middle */
		return error_set(err, ERR_CORRUPT, _("%s: the packed file is damaged or cut: %s"),
				 file->path, words);
	*ret_len = (size_t)n;
	return ERR_OK;
}

void packed_progress(const struct packed_file *file, int64_t *ret_at, int64_t *ret_size)
{
	*ret_at = gzoffset(file->gz);
	*ret_size = file->size;
}
