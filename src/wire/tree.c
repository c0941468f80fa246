/* The JSON reader.
 *
 * It takes what RFC 8259 allows, less: doubled keys, NUL, unpaired surrogates, UTF-8 that is not
 * well formed, integers beyond 64 bits, more than JSON_DEPTH levels, JSON_MEMBERS members of one
 * object or JSON_NODES values.  Texts stay in the source until they are asked for, so that an
 * entity costs a few microseconds; a reader that builds a tree on the heap (jansson, which the
 * tests hold this one against) takes ten times as long. */
#include <config.h>

#include <string.h>

#include "json_priv.h"
#include "zhiban/base/i18n.h"

struct parser {
	const char *begin, *s, *end;
	struct arena *arena;
	size_t nodes;
	const char *why; /* msgid of what is wrong */
};

static bool fail(struct parser *p, const char *why)
{
	p->why = why;
	return false;
}

static void skip_space(struct parser *p)
{
	while (p->s < p->end && (*p->s == ' ' || *p->s == '\n' || *p->s == '\t' || *p->s == '\r'))
		p->s++;
}

/* --- texts ---------------------------------------------------------------------------------- */

/* ASCII that stands in a text as it is. */
static const bool plain[256] = {
	[0x20 ... 0x21] = true,
	[0x23 ... 0x5B] = true,
	[0x5D ... 0x7F] = true,
};

/* Bytes of the well-formed UTF-8 character at s, which is not ASCII; 0: there is none. */
static size_t utf8_len(const unsigned char *s, size_t left)
{
	size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	unsigned char low = 0x80, high = 0xBF;

	if (s[0] < 0xC2 || s[0] > 0xF4 || left < n)
		return 0;
	if (s[0] == 0xE0)
		low = 0xA0; /* no overlong forms */
	else if (s[0] == 0xED)
		high = 0x9F; /* no surrogates */
	else if (s[0] == 0xF0)
		low = 0x90;
	else if (s[0] == 0xF4)
		high = 0x8F; /* nothing above U+10FFFF */
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if (s[i] < 0x80 || s[i] > 0xBF)
			return 0;
	return n;
}

static bool hex4(const char *s, const char *end, uint32_t *ret_value)
{
	uint32_t value = 0;

	if (end - s < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char c = s[i];

		if (c >= '0' && c <= '9')
			value = value << 4 | (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			value = value << 4 | (uint32_t)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			value = value << 4 | (uint32_t)(c - 'A' + 10);
		else
			return false;
	}
	*ret_value = value;
	return true;
}

/* The \u escape, or pair of them, behind the backslash at s; its bytes, or 0. */
static size_t unicode_escape(const char *s, const char *end, uint32_t *ret_cp)
{
	uint32_t high, low;

	if (!hex4(s + 2, end, &high) || high == 0 || (high >= 0xDC00 && high <= 0xDFFF))
		return 0;
	if (high < 0xD800 || high > 0xDFFF) {
		*ret_cp = high;
		return 6;
	}
	if (end - s < 12 || s[6] != '\\' || s[7] != 'u' || !hex4(s + 8, end, &low) ||
	    low < 0xDC00 || low > 0xDFFF)
		return 0;
	*ret_cp = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	return 12;
}

static const char short_escapes[] = "\"\\/bfnrt", short_meanings[] = "\"\\/\b\f\n\r\t";

/* The escape at s; its bytes, or 0 when it is none. */
static size_t escape_len(const char *s, const char *end, uint32_t *ret_cp)
{
	const char *at;

	if (end - s < 2 || !s[1])
		return 0;
	if (s[1] == 'u')
		return unicode_escape(s, end, ret_cp);
	at = strchr(short_escapes, s[1]);
	if (!at)
		return 0;
	*ret_cp = (unsigned char)short_meanings[at - short_escapes];
	return 2;
}

/* From the opening quote to behind the closing one. */
static bool scan_text(struct parser *p, const char **ret_text, size_t *ret_len, bool *ret_escaped)
{
	const char *s = ++p->s;
	uint32_t cp;

	*ret_text = s;
	*ret_escaped = false;
	for (;;) {
		size_t n;

		while (s < p->end && plain[(unsigned char)*s])
			s++;
		p->s = s;
		if (s == p->end)
			return fail(p, N_("a text does not end"));
		if (*s == '"')
			break;
		if ((unsigned char)*s >= 0x80) {
			n = utf8_len((const unsigned char *)s, (size_t)(p->end - s));
			if (!n)
				return fail(p, N_("a text is not UTF-8"));
		} else if (*s == '\\') {
			n = escape_len(s, p->end, &cp);
			*ret_escaped = true;
			if (!n)
				return fail(p, N_("a wrong escape in a text"));
		} else {
			return fail(p, N_("a control character in a text"));
		}
		s += n;
	}
	*ret_len = (size_t)(s - *ret_text);
	p->s = s + 1;
	return true;
}

static char *put_utf8(char *to, uint32_t cp)
{
	if (cp < 0x80) {
		*to++ = (char)cp;
		return to;
	}
	if (cp < 0x800) {
		*to++ = (char)(0xC0 | cp >> 6);
	} else {
		if (cp < 0x10000) {
			*to++ = (char)(0xE0 | cp >> 12);
		} else {
			*to++ = (char)(0xF0 | cp >> 18);
			*to++ = (char)(0x80 | (cp >> 12 & 0x3F));
		}
		*to++ = (char)(0x80 | (cp >> 6 & 0x3F));
	}
	*to++ = (char)(0x80 | (cp & 0x3F));
	return to;
}

static char *unescaped(const char *s, size_t len, struct arena *arena)
{
	char *copy = arena_strndup(arena, s, len), *to = copy; /* never longer than the escapes */
	const char *end = s + len;

	while (s < end) {
		uint32_t cp;

		if (*s != '\\') {
			*to++ = *s++;
			continue;
		}
		s += escape_len(s, end, &cp);
		to = put_utf8(to, cp);
	}
	*to = '\0';
	return copy;
}

const char *json_text_in(const struct json *json, struct arena *arena)
{
	if (!json || json->type != TREE_TEXT)
		return NULL;
	return json->escaped ? unescaped(json->text, json->len, arena)
			     : arena_strndup(arena, json->text, json->len);
}

const char *json_text_of(const char *s, size_t len, struct arena *arena)
{
	struct parser p = { .begin = s, .s = s, .end = s + len, .arena = arena };
	const char *text;
	bool escaped;
	size_t n;

	if (len < 2 || *s != '"' || !scan_text(&p, &text, &n, &escaped) || p.s != p.end)
		return NULL;
	return escaped ? unescaped(text, n, arena) : arena_strndup(arena, text, n);
}

/* --- numbers and words ---------------------------------------------------------------------- */

static bool is_digit(const struct parser *p)
{
	return p->s < p->end && *p->s >= '0' && *p->s <= '9';
}

static bool skip_digits(struct parser *p)
{
	if (!is_digit(p))
		return fail(p, N_("a wrong number"));
	while (is_digit(p))
		p->s++;
	return true;
}

static bool whole_number(struct parser *p, const char *s, struct json *json)
{
	bool negative = *s == '-';
	int64_t num = 0;

	for (s += negative; s < p->s; s++) {
		int digit = *s - '0';

		if (__builtin_mul_overflow(num, 10, &num) ||
		    __builtin_add_overflow(num, negative ? -digit : digit, &num))
			return fail(p, N_("a number is too large"));
	}
	json->type = TREE_INT;
	json->num = num;
	return true;
}

static bool parse_number(struct parser *p, struct json *json)
{
	const char *from = p->s;
	bool whole = true;

	p->s += *p->s == '-';
	if (p->s < p->end && *p->s == '0')
		p->s++;
	else if (!skip_digits(p))
		return false;
	if (p->s < p->end && *p->s == '.') {
		whole = false;
		p->s++;
		if (!skip_digits(p))
			return false;
	}
	if (p->s < p->end && (*p->s == 'e' || *p->s == 'E')) {
		whole = false;
		p->s++;
		if (p->s < p->end && (*p->s == '+' || *p->s == '-'))
			p->s++;
		if (!skip_digits(p))
			return false;
	}
	json->raw = from;
	json->raw_len = (size_t)(p->s - from);
	json->type = TREE_REAL;
	return !whole || whole_number(p, from, json);
}

static bool parse_word(struct parser *p, struct json *json)
{
	static const struct {
		const char *word;
		size_t len;
		enum tree_type type;
	} words[] = {
		{ "null", 4, TREE_NULL },
		{ "true", 4, TREE_TRUE },
		{ "false", 5, TREE_FALSE },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if ((size_t)(p->end - p->s) < words[i].len ||
		    memcmp(p->s, words[i].word, words[i].len) != 0)
			continue;
		p->s += words[i].len;
		json->type = words[i].type;
		return true;
	}
	return fail(p, N_("a value is expected"));
}

/* --- objects and lists ---------------------------------------------------------------------- */

static bool parse_value(struct parser *p, struct json *json, int depth);

static bool parse_key(struct parser *p, const struct json *parent, struct json *member)
{
	const char *text;
	bool escaped;
	size_t len;

	if (p->s == p->end || *p->s != '"')
		return fail(p, N_("a key in quotes is expected"));
	if (!scan_text(p, &text, &len, &escaped))
		return false;
	if (escaped) {
		text = unescaped(text, len, p->arena);
		len = strlen(text);
	}
	member->key = text;
	member->key_len = (uint32_t)len;
	for (const struct json *m = parent->first; m; m = m->next)
		if (m->key_len == len && memcmp(m->key, text, len) == 0)
			return fail(p, N_("duplicate key"));
	skip_space(p);
	if (p->s == p->end || *p->s != ':')
		return fail(p, N_("a colon is expected"));
	p->s++;
	skip_space(p);
	return true;
}

/* The items of a list or members of an object, from behind its bracket to behind the other. */
static bool parse_items(struct parser *p, struct json *json, char close, int depth)
{
	struct json *last = NULL;

	skip_space(p);
	if (p->s < p->end && *p->s == close) {
		p->s++;
		return true;
	}
	for (;;) {
		struct json *item = arena_alloc(p->arena, sizeof *item);

		if (++p->nodes > JSON_NODES)
			return fail(p, N_("too many values"));
		if (close == '}' && json->n == JSON_MEMBERS)
			return fail(p, N_("too many members"));
		if (close == '}' && !parse_key(p, json, item))
			return false;
		if (!parse_value(p, item, depth))
			return false;
		if (last)
			last->next = item;
		else
			json->first = item;
		last = item;
		json->n++;
		skip_space(p);
		if (p->s == p->end || (*p->s != ',' && *p->s != close))
			return fail(p, N_("a comma or a closing bracket is expected"));
		if (*p->s++ == close)
			return true;
		skip_space(p);
	}
}

static bool parse_value(struct parser *p, struct json *json, int depth)
{
	const char *from = p->s;
	bool ok;

	if (p->s == p->end)
		return fail(p, N_("a value is expected"));
	if (*p->s == '"') {
		json->type = TREE_TEXT;
		return scan_text(p, &json->text, &json->len, &json->escaped);
	}
	if (*p->s == '-' || is_digit(p))
		return parse_number(p, json);
	if (*p->s != '{' && *p->s != '[')
		return parse_word(p, json);
	if (depth == JSON_DEPTH)
		return fail(p, N_("nested too deep"));
	json->type = *p->s == '{' ? TREE_OBJECT : TREE_LIST;
	p->s++;
	ok = parse_items(p, json, json->type == TREE_OBJECT ? '}' : ']', depth + 1);
	json->raw = from;
	json->raw_len = (size_t)(p->s - from);
	return ok;
}

enum err json_read(const char *bytes, size_t len, struct json_doc *ret_doc, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct parser p = { .begin = bytes, .s = bytes, .end = bytes + len, .arena = &arena };
	struct json *root = arena_alloc(&arena, sizeof *root);
	bool ok;

	skip_space(&p);
	ok = parse_value(&p, root, 0);
	skip_space(&p);
	if (ok && p.s != p.end)
		ok = fail(&p, N_("text stands behind the end"));
	if (ok && root->type != TREE_OBJECT)
		ok = fail(&p, N_("an object {…} is expected"));
	if (!ok) {
		arena_release(&arena);
		return error_set(err, ERR_INPUT, _("JSON: byte %zu: %s"),
				 (size_t)(p.s - p.begin) + 1, _(p.why));
	}
	ret_doc->arena = arena;
	ret_doc->root = root;
	return ERR_OK;
}

void json_release(struct json_doc *doc)
{
	arena_release(&doc->arena);
}

const struct json *json_member(const struct json *object, const char *key)
{
	size_t len = strlen(key);

	if (!object || object->type != TREE_OBJECT)
		return NULL;
	for (const struct json *m = object->first; m; m = m->next)
		if (m->key_len == len && memcmp(m->key, key, len) == 0)
			return m;
	return NULL;
}
