/* Between UTF-8, in which all our text is, and the locale's charset, in which a tty speaks. */
#include <config.h>

#include "zhiban/ui/term.h"

#include <langinfo.h>
#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "zhiban/base/text.h"

bool term_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

void term_encode(const char *text, size_t len, struct str *out)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	uint32_t cp;
	size_t n;

	if (term_is_utf8()) {
		str_add_bytes(out, text, len);
		return;
	}
	for (; (n = text_next(text, len, &cp)) > 0; text += n, len -= n) {
		size_t size = wcrtomb(bytes, (wchar_t)cp, &state);

		if (size != (size_t)-1) {
			str_add_bytes(out, bytes, size);
			continue;
		}
		state = (mbstate_t){ 0 };
		str_add_repeat(out, '?', (size_t)text_cp_columns(cp));
	}
}

void term_decode(const char *bytes, size_t len, struct str *out)
{
	mbstate_t state = { 0 };

	if (term_is_utf8()) {
		str_add_bytes(out, bytes, len);
		return;
	}
	while (len > 0) {
		wchar_t wide;
		size_t n = mbrtowc(&wide, bytes, len, &state);

		if (n == (size_t)-2)
			return;
		if (n == (size_t)-1 || n == 0) { /* no character of this locale */
			state = (mbstate_t){ 0 };
			n = 1;
		} else {
			if (wide < ' ')
				str_add_char(out, (char)wide);
			key_utf8((struct key){ (uint32_t)wide, 0 }, out);
		}
		bytes += n;
		len -= n;
	}
}
