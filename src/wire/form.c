#include <config.h>

#include "zhiban/wire/form.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* '+' is a space, %XX a byte. */
static enum err unescape(const char *s, size_t len, struct arena *arena, const char **ret_text,
			 struct error *err)
{
	char *text = arena_alloc(arena, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] != '%') {
			text[n++] = s[i] == '+' ? ' ' : s[i];
			continue;
		}
		if (len - i < 3 || hex_digit(s[i + 1]) < 0 || hex_digit(s[i + 2]) < 0)
			return error_set(err, ERR_INPUT, "%s",
					 _("a percent sign in a form is followed by two hex digits"));
		text[n++] = (char)(hex_digit(s[i + 1]) * 16 + hex_digit(s[i + 2]));
		i += 2;
	}
	if (!text_valid(text, n))
		return error_set(err, ERR_INPUT, "%s", _("a form's text must be UTF-8"));
	*ret_text = text;
	return ERR_OK;
}

static const char *trimmed(const char *s, struct arena *arena)
{
	size_t len;

	s += strspn(s, " \t\r\n");
	len = strlen(s);
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	return arena_strndup(arena, s, len);
}

static enum err read_pair(const char *s, size_t len, struct arena *arena, struct form_pair *ret_pair,
			  struct error *err)
{
	const char *equals = memchr(s, '=', len);
	size_t name_len = equals != NULL ? (size_t)(equals - s) : len;
	size_t value_len = equals != NULL ? len - name_len - 1 : 0;
	const char *name, *value;
	enum err code = unescape(s, name_len, arena, &name, err);

	if (code == ERR_OK)
		code = unescape(s + len - value_len, value_len, arena, &value, err);
	if (code != ERR_OK)
		return code;
	if (strlen(name) > FORM_NAME || strlen(value) > FORM_VALUE)
		return error_set(err, ERR_TOO_LARGE,
				 _("%.40s: a name has at most %d bytes, a value %d"), name,
				 FORM_NAME, FORM_VALUE);
	ret_pair->name = name;
	ret_pair->value = trimmed(value, arena);
	return ERR_OK;
}

enum err form_decode(const char *bytes, size_t len, struct arena *arena, struct form *ret_form,
		     struct error *err)
{
	struct form_pair *pairs = arena_array(arena, FORM_PAIRS, sizeof *pairs);
	size_t n = 0;

	if (len > 1 && (bytes[0] == '{' || bytes[0] == '<' || memcmp(bytes, "--", 2) == 0))
		return error_set(err, ERR_INPUT, "%s",
				 _("the body must be a form (application/x-www-form-urlencoded)"));
	for (size_t at = 0; at < len;) {
		const char *amp = memchr(bytes + at, '&', len - at);
		size_t pair = amp != NULL ? (size_t)(amp - bytes) - at : len - at;
		enum err code = ERR_OK;

		if (pair > 0 && n == FORM_PAIRS)
			return error_set(err, ERR_TOO_LARGE, _("a form has at most %d values"),
					 FORM_PAIRS);
		if (pair > 0)
			code = read_pair(bytes + at, pair, arena, &pairs[n++], err);
		if (code != ERR_OK)
			return code;
		at += pair + 1;
	}
	*ret_form = (struct form){ pairs, n };
	return ERR_OK;
}

const char *form_value(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->pairs[i].name, name) == 0)
			return *form->pairs[i].value != '\0' ? form->pairs[i].value : NULL;
	return NULL;
}
