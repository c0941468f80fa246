#include <config.h>

#include "head_priv.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdint.h>
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

/* Bytes the library does not show: it ends a value at a NUL, joins folded lines, and takes a bare LF
 * for an end.  No sum of lengths tells, for what one line saves may be hidden in another; but its copy
 * lies as it was sent, line behind line, with a NUL wherever it put an end. */
static bool hides_bytes(const struct head *head)
{
	const char *end = head->version + strlen(head->version);

	if (head->size == 0)
		return false;
	if (head->version - head->method !=
	    (ptrdiff_t)(strlen(head->method) + 1 + strlen(head->uri) + 1))
		return true;
	for (size_t i = 0; i < head->n; i++) {
		const struct head_line *line = &head->lines[i];
		ptrdiff_t colon = line->value - (line->name + line->name_len);

		if (line->name - end != 2 || end[1] != '\0' || colon < 1 || colon > 2)
			return true;
		end = line->value + line->value_len;
	}
	return head->size != (size_t)(end - head->method) + 4 || memcmp(end, "\0\0\0\0", 4) != 0;
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

/* What a path and a query may consist of; a NUL that hides behind a percent ends names early. */
static bool is_target(const char *s)
{
	if (s[0] != '/')
		return false;
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s <= 0x20 || (unsigned char)*s >= 0x7f || *s == '\\' || *s == '#')
			return false;
		if (*s == '%' && (!isxdigit((unsigned char)s[1]) || !isxdigit((unsigned char)s[2]) ||
				  (s[1] == '0' && s[2] == '0')))
			return false;
	}
	return true;
}

static enum err check_first_line(const struct head *head, struct error *err)
{
	if (!is_token(head->method, strlen(head->method)) || !is_target(head->uri))
		return bad(err, _("the first line of the request is malformed"));
	if (strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0)
		return bad(err, _("the request is of another version of HTTP"));
	return ERR_OK;
}

/* The one that is known, alone: whoever reads it otherwise sees another body. */
static bool is_chunked_alone(const struct head *head)
{
	for (size_t i = 0; i < head->n; i++)
		if (named(&head->lines[i], once_names[TRANSFER_ENCODING]) &&
		    (head->lines[i].value_len != 7 ||
		     strncasecmp(head->lines[i].value, "chunked", 7) != 0))
			return false;
	return strcmp(head->version, "HTTP/1.1") == 0;
}

enum err head_check(const struct head *head, struct error *err)
{
	size_t times[N_ONCE] = { 0 };
	unsigned long long length;
	enum err code;

	if (head->n > HEAD_LINES)
		return error_set(err, ERR_TOO_LARGE, "%s", _("the request has too many headers"));
	code = check_first_line(head, err);
	if (code == ERR_OK)
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
	if (times[TRANSFER_ENCODING] > 0 && !is_chunked_alone(head))
		return bad(err, _("the request is encoded in a way that is not known"));
	if (head_length(head, &length) != ERR_OK)
		return bad(err, _("the length of the request is no number"));
	if (hides_bytes(head))
		return bad(err, _("the head of the request has bytes that must not be there"));
	return ERR_OK;
}

/* --- behind a proxy ---------------------------------------------------------------------------- */

static const char forwarded_for[] = "X-Forwarded-For";

bool head_is_forwarded(const struct head *head)
{
	static const char *const marks[] = { forwarded_for, "Forwarded", "Via", "X-Real-IP" };

	for (size_t i = 0; i < head->n && i < HEAD_LINES; i++)
		for (size_t k = 0; k < ARRAY_LEN(marks); k++)
			if (named(&head->lines[i], marks[k]))
				return true;
	return false;
}

enum err head_forwarded_for(const struct head *head, char ret_address[HEAD_ADDRESS],
			    struct error *err)
{
	const struct head_line *line = NULL;
	char text[HEAD_ADDRESS];
	uint8_t bytes[16];
	size_t from, to;

	for (size_t i = 0; i < head->n && i < HEAD_LINES; i++)
		if (named(&head->lines[i], forwarded_for))
			line = &head->lines[i];
	if (line == NULL)
		return bad(err, _("the proxy does not say for whom it asks (X-Forwarded-For)"));
	for (from = to = line->value_len; from > 0 && line->value[from - 1] != ','; from--)
		;
	while (from < to && (line->value[from] == ' ' || line->value[from] == '\t'))
		from++;
	while (to > from && (line->value[to - 1] == ' ' || line->value[to - 1] == '\t'))
		to--;
	if (to - from >= sizeof text)
		return bad(err, _("X-Forwarded-For has no address at its end"));
	memcpy(text, line->value + from, to - from);
	text[to - from] = '\0';
	if (inet_pton(AF_INET, text, bytes) != 1 && inet_pton(AF_INET6, text, bytes) != 1)
		return bad(err, _("X-Forwarded-For has no address at its end"));
	memcpy(ret_address, text, sizeof text);
	return ERR_OK;
}
