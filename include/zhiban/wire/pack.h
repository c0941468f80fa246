/* Packing of bodies (zstd, gzip), and reading of packed files.  Whatever is unpacked has a cap:
 * a small body must not become a huge one. */
#ifndef ZHIBAN_WIRE_PACK_H
#define ZHIBAN_WIRE_PACK_H

#include <stdint.h>

#include "zhiban/base/str.h"

enum packing { PACK_NONE, PACK_GZIP, PACK_ZSTD };
enum {
	PACK_FROM = 512,	   /* bodies below this many bytes are sent as they are */
	PACK_MAX = 8 * 1024 * 1024 /* most bytes unpacked of one body */
};

/* "zstd", "gzip", or "" for the Content-Encoding header. */
const char *packing_name(enum packing packing);
/* Of a Content-Encoding header (NULL or "identity": none).  ERR_INPUT when unknown. */
enum err packing_find(const char *content_encoding, enum packing *ret_packing,
		      struct error *err) MUST_CHECK;
/* The best of an Accept-Encoding header (NULL: none); q=0 is obeyed. */
enum packing packing_choose(const char *accept_encoding);

/* Appends the packed bytes. */
enum err pack(enum packing packing, const void *bytes, size_t len, struct str *out,
	      struct error *err) MUST_CHECK;
/* Appends the plain bytes.  ERR_TOO_LARGE above max bytes, ERR_INPUT when damaged or cut. */
enum err unpack(enum packing packing, const void *bytes, size_t len, size_t max, struct str *out,
		struct error *err) MUST_CHECK;

/* A file read from the front, unpacked when it is gzip.  "-" is standard input. */
struct packed_file;
enum err packed_open(const char *path, struct packed_file **ret_file, struct error *err) MUST_CHECK;
void packed_close(struct packed_file *file); /* NULL is fine */
/* At most size bytes; 0 at the end.  ERR_IO, or ERR_CORRUPT when the packing is damaged. */
enum err packed_read(struct packed_file *file, void *buf, size_t size, size_t *ret_len,
		     struct error *err) MUST_CHECK;
/* Bytes of the file on disk: how many are read and how many there are (0: not known). */
void packed_progress(const struct packed_file *file, int64_t *ret_at, int64_t *ret_size);

#endif
