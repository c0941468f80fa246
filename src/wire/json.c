#include <config.h>

#include <string.h>

#include "json_priv.h"
#include "zhiban/base/i18n.h"

enum { KIND_NAME = 24 };

/* The escapes jansson writes: the short ones, and \u00XX for other control characters. */
static void put_escape(struct str *out, unsigned char c)
{
	static const char shorts[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
	const char *at = strchr(shorts, c);

	if (c && at) {
		char pair[2] = { '\\', letters[at - shorts] };

		str_add_bytes(out, pair, 2);
	} else {
		str_addf(out, "\\u%04X", c);
	}
}

static bool needs_escape(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\';
}

/* Whether one of eight bytes may need an escape (Mycroft's test: a byte of x that is 0 borrows). */
static bool some_need_escape(const char *s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t x, quote, slash;

	memcpy(&x, s, sizeof x);
	quote = x ^ ones * '"';
	slash = x ^ ones * '\\';
	return (((x - ones * 0x20) & ~x) | ((quote - ones) & ~quote) |
		((slash - ones) & ~slash)) & tops;
}

/* Bytes at the beginning that stay as they are. */
static size_t plain_run(const char *s, size_t len)
{
	size_t at = 0;

	while (len - at >= sizeof(uint64_t) && !some_need_escape(s + at))
		at += sizeof(uint64_t);
	while (at < len && !needs_escape((unsigned char)s[at]))
		at++;
	return at;
}

void json_put_text(struct str *out, const char *s)
{
	size_t len = strlen(s);

	str_add_char(out, '"');
	while (len > 0) {
		size_t n = plain_run(s, len);

		str_add_bytes(out, s, n);
		if (n < len)
			put_escape(out, (unsigned char)s[n++]);
		s += n;
		len -= n;
	}
	str_add_char(out, '"');
}

void json_put_int(struct str *out, int64_t num)
{
	char digits[24], *s = digits + sizeof digits;
	uint64_t left = num < 0 ? 0 - (uint64_t)num : (uint64_t)num;

	do {
		*--s = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (num < 0)
		*--s = '-';
	str_add_bytes(out, s, (size_t)(digits + sizeof digits - s));
}

void json_put_uuid(struct str *out, const struct uuid *id)
{
	char text[UUID_TEXT + 2];

	text[0] = '"';
	uuid_text(id, text + 1);
	text[UUID_TEXT] = '"';
	str_add_bytes(out, text, UUID_TEXT + 1);
}

void json_put_value(struct str *out, struct value value)
{
	if (!value_is_set(value))
		str_add_bytes(out, "null", 4);
	else if (value.is_text)
		json_put_text(out, value.text);
	else
		json_put_int(out, value.num);
}

void json_put_key(struct str *out, const char *key, bool *first)
{
	str_add_bytes(out, *first ? "{\"" : ",\"", 2);
	*first = false;
	str_add_bytes(out, key, strlen(key));
	str_add_bytes(out, "\":", 2);
}

void json_put_end(struct str *out, bool first)
{
	str_add(out, first ? "{}" : "}");
}

void members_of(struct members *members, const struct field *fields, size_t n, const void *thing)
{
	members->n = 0;
	for (size_t i = 0; i < n && members->n < MEMBERS_MAX; i++) {
		size_t at = members->n;

		if (!value_is_set(field_get(&fields[i], thing)))
			continue;
		for (; at > 0 && strcmp(members->field[at - 1]->json, fields[i].json) > 0; at--)
			members->field[at] = members->field[at - 1];
		members->field[at] = &fields[i];
		members->n++;
	}
}

static enum err wrong_type(const char *key, const char *what, struct error *err)
{
	return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be %s"), key, what);
}

enum err json_get_int(const struct json *json, const char *key, int64_t *ret_num, struct error *err)
{
	const struct json *value = json_member(json, key);

	if (!json_is(value, TREE_INT))
		return wrong_type(key, _("a whole number"), err);
	*ret_num = value->num;
	return ERR_OK;
}

static bool is_there(const struct json *json, const char *key)
{
	const struct json *value = json_member(json, key);

	return value && value->type != TREE_NULL;
}

enum err json_opt_int(const struct json *json, const char *key, int64_t *ret_num, struct error *err)
{
	return is_there(json, key) ? json_get_int(json, key, ret_num, err) : ERR_OK;
}

bool json_uuid(const struct json *json, struct uuid *ret_id)
{
	char text[UUID_TEXT];

	if (!json_is(json, TREE_TEXT) || json->len != UUID_TEXT - 1)
		return false;
	memcpy(text, json->text, UUID_TEXT - 1);
	text[UUID_TEXT - 1] = '\0';
	return uuid_parse(text, ret_id) == ERR_OK;
}

enum err json_get_uuid(const struct json *json, const char *key, struct uuid *ret_id,
		       struct error *err)
{
	const struct json *value = json_member(json, key);

	if (json_uuid(value, ret_id))
		return ERR_OK;
	return wrong_type(key, _("an id of 36 characters"), err);
}

enum err json_opt_uuid(const struct json *json, const char *key, struct uuid *ret_id,
		       struct error *err)
{
	return is_there(json, key) ? json_get_uuid(json, key, ret_id, err) : ERR_OK;
}

enum err json_get_text(const struct json *json, const char *key, size_t max, struct arena *arena,
		       const char **ret_text, struct error *err)
{
	const struct json *value = json_member(json, key);

	if (!json_is(value, TREE_TEXT))
		return wrong_type(key, _("a text"), err);
	if (value->len > max)
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" is longer than %zu bytes"), key,
				 max);
	*ret_text = json_text_in(value, arena);
	return ERR_OK;
}

enum err json_opt_text(const struct json *json, const char *key, size_t max, struct arena *arena,
		       const char **ret_text, struct error *err)
{
	return is_there(json, key) ? json_get_text(json, key, max, arena, ret_text, err) : ERR_OK;
}

enum err json_get_object(const struct json *json, const char *key, const struct json **ret_object,
			 struct error *err)
{
	const struct json *value = json_member(json, key);

	if (!json_is(value, TREE_OBJECT))
		return wrong_type(key, _("an object"), err);
	*ret_object = value;
	return ERR_OK;
}

enum err json_get_array(const struct json *json, const char *key, size_t max,
			const struct json **ret_array, struct error *err)
{
	const struct json *value = json_member(json, key);

	if (!json_is(value, TREE_LIST))
		return wrong_type(key, _("a list"), err);
	if (value->n > max)
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" has more than %zu items"), key,
				 max);
	*ret_array = value;
	return ERR_OK;
}

enum err json_field_value(const struct json *json, const struct field *field, struct arena *arena,
			  struct value *ret_value, struct error *err)
{
	struct value value = { .is_text = field_is_text(field) };

	if (value.is_text && json->type == TREE_TEXT)
		value.text = json_text_in(json, arena);
	else if (!value.is_text && json->type == TREE_INT)
		value.num = json->num;
	else if (json->type != TREE_NULL)
		return wrong_type(field->json,
				  value.is_text ? _("a text") : _("a whole number"), err);
	*ret_value = value;
	return ERR_OK;
}

static const struct kind_desc *kind_of(const struct json *value, char name[KIND_NAME])
{
	name[0] = '\0';
	if (!json_is(value, TREE_TEXT) || value->len >= KIND_NAME)
		return NULL;
	memcpy(name, value->text, value->len);
	name[value->len] = '\0';
	return kind_find(name);
}

bool json_new_kind(const struct json *json)
{
	const struct json *value = json_member(json, "kind");
	char name[KIND_NAME];

	return json_is(value, TREE_TEXT) && value->len > 0 && kind_of(value, name) == NULL;
}

enum err json_get_kind(const struct json *json, const char *key, enum kind *ret_kind,
		       struct error *err)
{
	char name[KIND_NAME];
	const struct kind_desc *kind = kind_of(json_member(json, key), name);

	if (!kind)
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" names no kind of entity: \"%s\""),
				 key, name);
	*ret_kind = kind->kind;
	return ERR_OK;
}

const struct field *json_field(const struct field *fields, size_t n, const struct json *member)
{
	for (size_t i = 0; i < n; i++)
		if (*fields[i].json == *member->key &&
		    strncmp(fields[i].json, member->key, member->key_len) == 0 &&
		    !fields[i].json[member->key_len])
			return &fields[i];
	return NULL;
}
