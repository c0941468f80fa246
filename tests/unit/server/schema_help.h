/* A small judge of JSON by JSON Schema: as much of it as the schemas of GeoReport v2 use (type,
 * required, properties, items, enum, anyOf, maxLength, format date-time, $ref to a file beside). */
#ifndef TESTS_SERVER_SCHEMA_HELP_H
#define TESTS_SERVER_SCHEMA_HELP_H

#include <jansson.h>

#include "server_help.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/text.h"

struct schemas {
	const char *folder; /* of the schema files */
	char why[300];	    /* where and what, when something does not fit */
};

static inline bool schema_fits(struct schemas *schemas, const json_t *schema, const json_t *value,
			       const char *where);

static inline bool schema_wrong(struct schemas *schemas, const char *where, const char *what)
{
	if (what != schemas->why)
		snprintf(schemas->why, sizeof schemas->why, "%.150s: %.100s", where, what);
	return false;
}

static inline bool schema_is_type(const json_t *value, const char *type)
{
	static const struct {
		const char *type;
		json_type a, b;
	} types[] = {
		{ "string", JSON_STRING, JSON_STRING }, { "null", JSON_NULL, JSON_NULL },
		{ "boolean", JSON_TRUE, JSON_FALSE },	{ "integer", JSON_INTEGER, JSON_INTEGER },
		{ "number", JSON_REAL, JSON_INTEGER },	{ "array", JSON_ARRAY, JSON_ARRAY },
		{ "object", JSON_OBJECT, JSON_OBJECT },
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (strcmp(types[i].type, type) == 0)
			return json_typeof(value) == types[i].a || json_typeof(value) == types[i].b;
	fail_msg("unknown type %s", type);
	return false;
}

static inline json_t *schema_load(const struct schemas *schemas, const char *file)
{
	char path[600];
	json_error_t err;
	json_t *schema;

	snprintf(path, sizeof path, "%s/%s", schemas->folder, file);
	schema = json_load_file(path, 0, &err);
	if (schema == NULL)
		fail_msg("%s: %s", path, err.text);
	return schema;
}

static inline bool schema_fits_text(struct schemas *schemas, const json_t *schema,
				    const json_t *value, const char *where)
{
	const json_t *most = json_object_get(schema, "maxLength");
	const json_t *format = json_object_get(schema, "format");
	const char *text = json_string_value(value);
	int64_t at;

	if (text == NULL)
		return true;
	if (most != NULL && text_longer(text, (size_t)json_integer_value(most)))
		return schema_wrong(schemas, where, "too long");
	if (format != NULL && strcmp(json_string_value(format), "date-time") == 0 &&
	    (strlen(text) < 20 || text[10] != 'T' || civil_parse(text, 0, &at, NULL) != ERR_OK))
		return schema_wrong(schemas, where, "no date-time");
	return true;
}

static inline bool schema_fits_members(struct schemas *schemas, const json_t *schema,
				       const json_t *value, const char *where)
{
	const char *key;
	json_t *part, *inside;
	size_t i;
	char place[200];

	if (json_is_object(value)) {
		json_array_foreach (json_object_get(schema, "required"), i, part)
			if (json_object_get(value, json_string_value(part)) == NULL)
				return schema_wrong(schemas, where, json_string_value(part));
		json_object_foreach (json_object_get(schema, "properties"), key, part) {
			inside = json_object_get(value, key);
			snprintf(place, sizeof place, "%.90s.%.90s", where, key);
			if (inside != NULL && !schema_fits(schemas, part, inside, place))
				return false;
		}
	}
	if (json_is_array(value) && (part = json_object_get(schema, "items")) != NULL)
		for (i = 0; i < json_array_size(value); i++) {
			snprintf(place, sizeof place, "%.90s[%zu]", where, i);
			if (!schema_fits(schemas, part, json_array_get(value, i), place))
				return false;
		}
	return true;
}

static inline bool schema_fits(struct schemas *schemas, const json_t *schema, const json_t *value,
			       const char *where)
{
	const json_t *ref = json_object_get(schema, "$ref"), *any = json_object_get(schema, "anyOf");
	const json_t *type = json_object_get(schema, "type"), *list = json_object_get(schema, "enum");
	bool fits = any == NULL, listed = list == NULL;
	json_t *part;
	size_t i;

	if (ref != NULL) {
		json_t *other = schema_load(schemas, json_string_value(ref));

		fits = schema_fits(schemas, other, value, where);
		json_decref(other);
		return fits;
	}
	if (type != NULL && !schema_is_type(value, json_string_value(type)))
		return schema_wrong(schemas, where, "another type");
	json_array_foreach (any, i, part)
		fits = fits || schema_fits(schemas, part, value, where);
	json_array_foreach (list, i, part)
		listed = listed || json_equal(part, value) == 1;
	if (!fits || !listed)
		return schema_wrong(schemas, where, !fits ? schemas->why : "not of the list");
	return schema_fits_text(schemas, schema, value, where) &&
	       schema_fits_members(schemas, schema, value, where);
}

/* Fails unless the text is JSON that fits the schema of that file. */
static inline void schema_expect(struct schemas *schemas, const char *file, const char *text)
{
	json_t *schema = schema_load(schemas, file);
	json_error_t err;
	json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &err);

	if (value == NULL)
		fail_msg("%s in %.300s", err.text, text);
	if (!schema_fits(schemas, schema, value, file))
		fail_msg("%s in %.300s", schemas->why, text);
	json_decref(schema);
	json_decref(value);
}

#endif
