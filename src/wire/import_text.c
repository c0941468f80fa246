#include <config.h>

#include <errno.h>
#include <string.h>

#include "import_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

static const struct {
	const char *bytes;
	size_t len;
	const char *encoding;
} marks[] = {
	{ "\xEF\xBB\xBF", 3, "UTF-8" },
	{ "\xFF\xFE", 2, "UTF-16LE" },
	{ "\xFE\xFF", 2, "UTF-16BE" },
};

/* UTF-8, but for a character that the piece cuts at its end and for a few bad bytes: their rows are
 * rejected, the others must not be read in another encoding for their sake.  In GB18030 few pairs
 * of bytes happen to be UTF-8. */
static bool looks_utf8(const char *s, size_t len)
{
	enum { GOOD_A_BAD = 8 };
	size_t good = 0, bad = 0, n;
	uint32_t cp;

	for (size_t cut = 0; cut < 4 && cut <= len; cut++)
		if (text_valid(s, len - cut))
			return true;
	for (; len > 0; s += n, len -= n) {
		n = text_next(s, len, &cp);
		if (n > 1)
			good++;
		else if ((*s & 0x80) != 0)
			bad++;
	}
	return good > bad * GOOD_A_BAD;
}

/* UTF-16 without a mark has a zero in every second byte of its ASCII characters. */
static const char *looks_utf16(const char *s, size_t len)
{
	size_t even = 0, odd = 0, n = len < 4096 ? len : 4096;

	for (size_t i = 0; i < n; i++)
		if (!s[i])
			*(i % 2 ? &odd : &even) += 1;
	if (even + odd <= n / 20)
		return NULL;
	return odd > even ? "UTF-16LE" : "UTF-16BE";
}

static void tell_encoding(struct text_source *source)
{
	const char *s = str_get(&source->raw);
	size_t len = source->raw.len;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (len < marks[i].len || memcmp(s, marks[i].bytes, marks[i].len) != 0)
			continue;
		source->encoding = marks[i].encoding;
		str_remove(&source->raw, 0, marks[i].len);
		return;
	}
	source->encoding = looks_utf16(s, len);
	if (!source->encoding)
		source->encoding = looks_utf8(s, len) ? "UTF-8" : "GB18030";
}

static enum err read_raw(struct text_source *source, size_t *ret_len, struct error *err)
{
	char buf[IMPORT_CHUNK];
	size_t len = source->left < sizeof buf ? source->left : sizeof buf;
	enum err code;

	if (source->file) {
		code = packed_read(source->file, buf, sizeof buf, &len, err);
		if (code)
			return code;
		str_add_bytes(&source->raw, buf, len);
	} else {
		str_add_bytes(&source->raw, source->bytes, len);
		source->bytes += len;
		source->left -= len;
	}
	*ret_len = len;
	return ERR_OK;
}

enum err source_open(struct text_source *source, struct error *err)
{
	size_t len = 1;

	source->cd = (iconv_t)-1;
	while (len > 0 && source->raw.len < IMPORT_LOOK) {
		enum err code = read_raw(source, &len, err);

		if (code)
			return code;
	}
	tell_encoding(source);
	if (strcmp(source->encoding, "UTF-8") == 0)
		return ERR_OK;
	source->cd = iconv_open("UTF-8", source->encoding);
	if (source->cd == (iconv_t)-1)
		return error_errno(err, ERR_IO, errno, _("%s cannot be read on this machine"),
				   source->encoding);
	return ERR_OK;
}

void source_release(struct text_source *source)
{
	if (source->cd != (iconv_t)-1)
		iconv_close(source->cd);
	packed_close(source->file);
	str_release(&source->raw);
	str_release(&source->text);
}

/* Converts what is there; a character that is not whole stays in raw unless it is the end. */
static void convert(struct text_source *source, bool last)
{
	char buf[IMPORT_CHUNK * 2], *in = source->raw.s;
	size_t left = source->raw.len;

	while (left > 0) {
		char *out = buf;
		size_t room = sizeof buf, rc;

		rc = iconv(source->cd, &in, &left, &out, &room);
		str_add_bytes(&source->text, buf, (size_t)(out - buf));
		if (rc != (size_t)-1 || errno == E2BIG)
			continue;
		if (errno == EINVAL && !last)
			break;
		str_add_char(&source->text, IMPORT_BAD);
		in++;
		left--;
	}
	str_remove(&source->raw, 0, source->raw.len - left);
}

enum err source_fill(struct text_source *source, struct error *err)
{
	size_t len = 0, from;
	enum err code;

	if (source->at > 0) {
		str_remove(&source->text, 0, source->at);
		source->at = 0;
	}
	from = source->text.len;
	code = read_raw(source, &len, err);
	if (code)
		return code;
	if (source->cd != (iconv_t)-1) {
		convert(source, len == 0);
	} else {
		str_add_bytes(&source->text, str_get(&source->raw), source->raw.len);
		str_clear(&source->raw);
	}
	for (size_t i = from; i < source->text.len; i++)
		if (!source->text.s[i])
			source->text.s[i] = IMPORT_BAD;
	source->end = len == 0;
	return ERR_OK;
}
