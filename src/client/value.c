/* What people type, as values. */
#include <config.h>

#include "zhiban/client/value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/candidate.h"

#include "client_priv.h"
#include "zhiban/client/whistle.h"

enum { AHEAD_MOST = 100000 };

/* "+40m": so long from now. */
static bool ahead_of(const char *words, int64_t *ret_ms)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 'm', MINUTE_MS }, { 'h', HOUR_MS }, { 'd', DAY_MS } };
	size_t digits = strspn(words + 1, "0123456789");
	char number[16];
	long long n;

	if (words[0] != '+' || digits == 0 || digits >= sizeof number ||
	    strlen(words) != digits + 2)
		return false;
	memcpy(number, words + 1, digits);
	number[digits] = '\0';
	if (!str_int(number, 0, AHEAD_MOST, &n))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (units[i].unit == words[digits + 1]) {
			*ret_ms = n * units[i].ms;
			return true;
		}
	return false;
}

/* The year whose such month is nearest to this one. */
static int year_of(const struct client *client, int month)
{
	struct civil now;

	civil_of_ms(client_now(client), client->rules->offset_min, &now);
	return now.year + (month - now.month < -6) - (month - now.month > 6);
}

/* "02:41" is of today, "11-22 02:41" (as screens show it) of the nearest year; "" and whole times stay
 * as they are. */
static const char *whole_time(const struct client *client, const char *words, struct arena *arena)
{
	char day[CIVIL_TEXT];

	if (strlen(words) == strlen("11-22 02:41") && words[2] == '-' && words[5] == ' ')
		return arena_printf(arena, "%04d-%s",
				    year_of(client, (words[0] - '0') * 10 + words[1] - '0'), words);
	if (strlen(words) > 5 || strchr(words, ':') == NULL)
		return words;
	civil_format(client_now(client), client->rules->offset_min, "Y-m-d", day, sizeof day);
	return arena_printf(arena, "%s %s", day, words);
}

static enum err time_value(const struct client *client, const struct field *field,
			   const char *words, struct arena *arena, struct value *ret_value,
			   struct error *err)
{
	int64_t ahead;

	if (ahead_of(words, &ahead)) {
		int64_t at = client_now(client) + ahead;

		*ret_value = (struct value){ .num = at - at % 1000 };
		return ERR_OK;
	}
	if (words[0] == '+')
		return error_set(err, ERR_INPUT,
				 _("%s: \"%s\" is not so long from now as +40m, +2h or +1d"),
				 _(field->title), words);
	return rules_parse(client->rules, field, whole_time(client, words, arena), arena, ret_value,
			   err);
}

/* A ticket by its number; words that are none here are a number elsewhere, where one may stand. */
static enum err ticket_value(struct client *client, const struct field *field, const char *words,
			     struct arena *arena, struct value *ret_value, struct error *err)
{
	struct uuid id;
	char text[UUID_TEXT];
	enum err code = client_find(client, words, &id, err);

	if (code != ERR_OK && strcmp(field->name, "related") == 0)
		return rules_parse(client->rules, field, words, arena, ret_value, err);
	if (code != ERR_OK) {
		error_prefix(err, "%s", _(field->title));
		return code;
	}
	uuid_text(&id, text);
	*ret_value = (struct value){ .is_text = true, .text = arena_strdup(arena, text) };
	return ERR_OK;
}

bool client_is_ticket(const struct field *field)
{
	static const char *const names[] = { "lead", "child", "related", "incident" };

	for (size_t i = 0; field->type == FIELD_TEXT && i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], field->name) == 0)
			return true;
	return false;
}

/* "22-W003": of the act that says that a whistle was blown from a case. */
static const char *whistle_ticket(struct client *client, const char *id, char buf[256])
{
	struct arena arena = ARENA_INIT;
	struct client_whistle found;
	struct uuid uuid;
	char mark[48];
	const char *words = id;

	if (uuid_parse(id, &uuid) == ERR_OK &&
	    client_whistle_get(client, &uuid, &arena, &found, NULL) == ERR_OK) {
		snprintf(buf, 256, "%s", client_whistle_mark(&found, mark));
		words = buf;
	}
	arena_release(&arena);
	return words;
}

const char *client_ticket(struct client *client, const char *id, char buf[256])
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	struct uuid uuid;
	char mark[48];
	const char *words = id;

	if (str_starts(id, WHISTLE_RELATED))
		return whistle_ticket(client, id + strlen(WHISTLE_RELATED), buf);
	if (uuid_parse(id, &uuid) == ERR_OK &&
	    client_get(client, &uuid, &arena, &incident, NULL) == ERR_OK) {
		snprintf(buf, 256, "%s", client_mark(client, incident, mark));
		words = buf;
	}
	arena_release(&arena);
	return words;
}

static bool is_limit(const struct field *field)
{
	static const char *const names[] = { "extend_by", "granted", "limit" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], field->name) == 0)
			return true;
	return false;
}

/* What is told under its own field, not only when the act is refused. */
static enum err check_limit(const struct field *field, const char *words, struct error *err)
{
	struct limit limit;

	return is_limit(field) && *words != '\0' ? limit_parse(words, &limit, err) : ERR_OK;
}

/* What is no name, short name, label or code may be the beginning of one, or its pinyin. */
static enum err named_value(struct client *client, const struct field *field, const char *words,
			    struct arena *arena, struct value *ret_value, struct error *err)
{
	const char *meant;
	bool found;
	enum err code;

	if (field->type != FIELD_CODE && field->type != FIELD_ORG && field->type != FIELD_CHOICE)
		return rules_parse(client->rules, field, words, arena, ret_value, err);
	code = candidates_meant(client->rules, field, words, client_now(client), arena, &meant,
				&found, err);
	if (code != ERR_OK)
		return code;
	return rules_parse(client->rules, field, found ? meant : words, arena, ret_value, err);
}

/* Numbers and times may have been typed full-width, with an input method on; texts stay as they are
 * unless they are nothing but a number. */
static const char *narrow_words(const struct field *field, const char *words, struct arena *arena)
{
	struct str narrow = STR_INIT;
	const char *out = words;
	bool is_text = field->type == FIELD_TEXT && !is_limit(field) && !client_is_ticket(field);

	text_narrow(&narrow, words);
	if (!is_text || str_get(&narrow)[strspn(str_get(&narrow), "0123456789-+ ")] == '\0')
		out = arena_strdup(arena, str_get(&narrow));
	str_release(&narrow);
	return out;
}

enum err client_value(struct client *client, const struct field *field, const char *typed,
		      struct arena *arena, struct value *ret_value, struct error *err)
{
	const char *words = narrow_words(field, typed, arena);
	enum err code = check_limit(field, words, err);

	if (code != ERR_OK)
		return code;
	if (field->type == FIELD_TIME)
		return time_value(client, field, words, arena, ret_value, err);
	if (client_is_ticket(field) && *words != '\0')
		return ticket_value(client, field, words, arena, ret_value, err);
	return named_value(client, field, words, arena, ret_value, err);
}

/* ---- files ---- */

static enum err hash_file(const char *path, char hex[SHA256_HEX], int64_t *ret_size,
			  struct error *err)
{
	FILE *in = fopen(path, "rb");
	uint8_t bytes[16 * 1024], hash[SHA256_LEN];
	struct sha256 h;
	int64_t size = 0;
	size_t got;
	bool bad;

	if (in == NULL)
		return file_errno(err, errno, _("reading"), path);
	sha256_init(&h);
	while ((got = fread(bytes, 1, sizeof bytes, in)) > 0) {
		sha256_add(&h, bytes, got);
		size += (int64_t)got;
	}
	bad = ferror(in) != 0;
	fclose(in);
	if (bad)
		return error_set(err, ERR_IO, _("reading %s failed"), path);
	if (size == 0)
		return error_set(err, ERR_INPUT, _("%s is empty"), path);
	sha256_end(&h, hash);
	crypto_hex(hash, SHA256_LEN, hex);
	*ret_size = size;
	return ERR_OK;
}

enum err client_file(const struct act_desc *act, const char *path, struct arena *arena,
		     struct given *given, size_t *n_given, struct error *err)
{
	const struct field *name = act_arg_field(act, "file_name");
	const struct field *bytes = act_arg_field(act, "file_size");
	const struct field *hash = act_arg_field(act, "file_hash");
	const char *slash = strrchr(path, '/');
	char hex[SHA256_HEX];
	int64_t size;
	enum err code;

	if (name == NULL || bytes == NULL || hash == NULL)
		return error_set(err, ERR_INPUT, _("%s takes no file"), _(act->title));
	code = hash_file(path, hex, &size, err);
	if (code != ERR_OK)
		return code;
	given[(*n_given)++] = (struct given){
		name, { .is_text = true,
			.text = arena_strdup(arena, slash != NULL ? slash + 1 : path) }
	};
	given[(*n_given)++] = (struct given){ bytes, { .num = size } };
	given[(*n_given)++] = (struct given){
		hash, { .is_text = true, .text = arena_strdup(arena, hex) }
	};
	return ERR_OK;
}

/* ---- by telephone ---- */

static const struct field *key_of(const char *words, size_t *ret_len)
{
	size_t n, len = strcspn(words, "=,");
	const struct field *fields = by_phone_fields(&n);

	if (words[len] != '=')
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (strlen(fields[i].json) == len && memcmp(fields[i].json, words, len) == 0) {
			*ret_len = len + 1;
			return &fields[i];
		}
	}
	return NULL;
}

/* Up to the comma before the next known key. */
static size_t value_len(const char *words)
{
	size_t len = strcspn(words, ","), skipped;

	while (words[len] == ',' && key_of(words + len + 1, &skipped) == NULL)
		len += 1 + strcspn(words + len + 1, ",");
	return len;
}

static enum err unknown_key(const char *words, struct error *err)
{
	size_t n;
	const struct field *fields = by_phone_fields(&n);
	struct str keys = STR_INIT;

	for (size_t i = 0; i < n; i++)
		str_addf(&keys, " %s=", fields[i].json);
	error_set(err, ERR_USAGE, _("by telephone: \"%s\" does not begin with one of%s"), words,
		  str_get(&keys));
	str_release(&keys);
	return ERR_USAGE;
}

enum err client_phone(struct client *client, const char *words, struct arena *arena,
		      struct by_phone *phone, struct error *err)
{
	while (*words != '\0') {
		size_t skip, len;
		const struct field *field = key_of(words, &skip);
		struct value value;
		enum err code;

		if (field == NULL)
			return unknown_key(words, err);
		len = value_len(words + skip);
		code = client_value(client, field, arena_strndup(arena, words + skip, len), arena,
				    &value, err);
		if (code != ERR_OK)
			return code;
		field_set(field, phone, value, arena);
		words += skip + len;
		words += *words == ',';
	}
	return ERR_OK;
}
