#include <config.h>

#include "head_priv.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum once { HOST, CONTENT_LENGTH, TRANSFER_ENCODING, AUTHORIZATION, CONTENT_ENCODING, N_ONCE };

static const char *const once_names[N_ONCE] = {
	[HOST] = "Host",
	[CONTENT_LENGTH] = "Content-Length",
	[TRANSFER_ENCODING] = "Transfer-Encoding",
	[AUTHORIZATION] = "Authorization",
	[CONTENT_ENCODING] = "Content-Encoding",
};

static enum err bad(struct error *err, const char *why)
{
	return error_set(err, ERR_INPUT, "%s", why);
}

/* RFC 9110 token: what a name may consist of. */
static bool is_token(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) &&
		    (s[i] == '\0' || !strchr("!#$%&'*+-.^_`|~", s[i])))
			return false;
	return len > 0;
}

static bool is_plain(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
			return false;
	return true;
}

static bool named(const struct head_line *line, const char *name)
{
	return line->name_len == strlen(name) && strncasecmp(line->name, name, line->name_len) == 0;
}

/* Bytes the library did not show us: it ends a value at a NUL, and joins folded lines. */
static bool hides_bytes(const struct head *head)
{
	size_t shown = strlen(head->method) + 1 + strlen(head->uri) + 1 + strlen(head->version) + 2;

	for (size_t i = 0; i < head->n; i++)
		shown += head->lines[i].name_len + 2 + head->lines[i].value_len + 2;
	return head->size > shown + 2;
}

static enum err check_lines(const struct head *head, size_t times[N_ONCE], struct error *err)
{
	for (size_t i = 0; i < head->n; i++) {
		const struct head_line *line = &head->lines[i];

		if (!is_token(line->name, line->name_len) ||
		    !is_plain(line->value, line->value_len))
			return bad(err, _("a header of the request is malformed"));
		for (size_t k = 0; k < N_ONCE; k++)
			times[k] += named(line, once_names[k]);
	}
	return ERR_OK;
}

enum err head_length(const struct head *head, unsigned long long *ret_length)
{
	unsigned long long length = 0;

	for (size_t i = 0; i < head->n; i++) {
		const struct head_line *line = &head->lines[i];

		if (!named(line, once_names[CONTENT_LENGTH]))
			continue;
		if (line->value_len == 0 || line->value_len > 15)
			return ERR_INPUT;
		for (size_t k = 0; k < line->value_len; k++) {
			if (!isdigit((unsigned char)line->value[k]))
				return ERR_INPUT;
			length = length * 10 + (unsigned long long)(line->value[k] - '0');
		}
	}
	*ret_length = length;
	return ERR_OK;
}

enum err head_check(const struct head *head, struct error *err)
{
	size_t times[N_ONCE] = { 0 };
	unsigned long long length;
	enum err code;

	if (head->n > HEAD_LINES)
		return bad(err, _("the request has too many headers"));
	code = check_lines(head, times, err);
	if (code != ERR_OK)
		return code;
	for (size_t k = 0; k < N_ONCE; k++)
		if (times[k] > 1)
			return error_set(err, ERR_INPUT, _("the request has two headers %s"),
					 once_names[k]);
	if (times[HOST] == 0 && strcmp(head->version, "HTTP/1.1") == 0)
		return bad(err, _("the request has no header Host"));
	if (times[CONTENT_LENGTH] > 0 && times[TRANSFER_ENCODING] > 0)
		return bad(err, _("the request says its length in two ways"));
	if (head_length(head, &length) != ERR_OK)
		return bad(err, _("the length of the request is no number"));
	if (hides_bytes(head))
		return bad(err, _("the head of the request has bytes that must not be there"));
	return ERR_OK;
}
