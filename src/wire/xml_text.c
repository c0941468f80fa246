/* Encodings of XML texts. */
#include <config.h>

#include "xml_priv.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { NAME_MOST = 40, LOOK = 400, CHUNK = 16 * 1024 };

/* The encoding that the declaration names; false when it names none. */
static bool declared(const char *bytes, size_t len, char name[NAME_MOST + 1])
{
	const char *end, *at;
	char head[LOOK + 1];
	size_t n;
	char quote;

	n = len < LOOK ? len : LOOK;
	memcpy(head, bytes, n);
	head[n] = '\0';
	if (strncmp(head, "<?xml", 5) != 0)
		return false;
	end = strstr(head, "?>");
	at = strstr(head, "encoding");
	if (end == NULL || at == NULL || at > end)
		return false;
	at += strlen("encoding");
	at += strspn(at, " \t\r\n=");
	quote = *at++;
	if (quote != '"' && quote != '\'')
		return false;
	n = 0;
	while (n < NAME_MOST && (isalnum((unsigned char)at[n]) || (at[n] && strchr("-_.:", at[n]))))
		n++;
	if (n == 0 || at[n] != quote)
		return false;
	memcpy(name, at, n);
	name[n] = '\0';
	return true;
}

static bool is_known(const char *name)
{
	static const char *const own[] = { "UTF-8", "UTF8", "ISO-8859-1", "US-ASCII", "ASCII",
					   "UTF-16", "UTF-16LE", "UTF-16BE" };

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (strcasecmp(own[i], name) == 0)
			return true;
	return false;
}

static enum err convert(iconv_t cd, const char *bytes, size_t len, struct str *out)
{
	char buf[CHUNK], *in = (char *)bytes;

	while (len > 0) {
		char *to = buf;
		size_t room = sizeof buf, rc = iconv(cd, &in, &len, &to, &room);

		str_add_bytes(out, buf, (size_t)(to - buf));
		if (rc == (size_t)-1 && errno != E2BIG)
			return ERR_INPUT;
	}
	return ERR_OK;
}

enum err xml_convert(const char *bytes, size_t len, struct str *out, bool *ret_converted,
		     struct error *err)
{
	char name[NAME_MOST + 1];
	iconv_t cd;
	enum err code;

	if (!declared(bytes, len, name) || is_known(name))
		return ERR_OK;
	/* GB2312 in a declaration has always meant all that its successors have, too */
	cd = iconv_open("UTF-8", strncasecmp(name, "GB", 2) == 0 ? "GB18030" : name);
	if (cd == (iconv_t)-1)
		return error_set(err, ERR_INPUT, _("the encoding %s is not known"), name);
	code = convert(cd, bytes, len, out);
	iconv_close(cd);
	if (code != ERR_OK)
		return error_set(err, code, _("the text is not %s"), name);
	*ret_converted = true;
	return ERR_OK;
}
