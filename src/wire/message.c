#include <config.h>

#include "zhiban/wire/message.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "message_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"

enum { WORD = 400, SENTENCE = 4000, BUCKET_HEX = 16 };

#define MEMBER(s, key, member, type, max, flags)                                               \
	{ key, MEMBER_##type, offsetof(struct s, member), max, flags }
#define HEAD_EPOCH(s) MEMBER(s, "epoch", head.epoch, TEXT, WORD, 0)
#define HEAD_NOW(s) MEMBER(s, "now", head.now, INT, 0, MEMBER_REQUIRED)
#define HEAD_VERSION(s) MEMBER(s, "version", head.version, INT, 0, MEMBER_REQUIRED)

static const struct member enroll_ask_members[] = {
	MEMBER(enroll_ask, "code", code, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(enroll_ask, "console_name", console_name, TEXT, WORD, 0),
	MEMBER(enroll_ask, "name", name, TEXT, WORD, 0),
	MEMBER(enroll_ask, "pin", pin, TEXT, WORD, MEMBER_REQUIRED),
	{ NULL },
};

static const struct member session_ask_members[] = {
	MEMBER(session_ask, "console", console, UUID, 0, MEMBER_REQUIRED),
	MEMBER(session_ask, "officer", officer, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(session_ask, "pin", pin, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(session_ask, "totp", totp, TEXT, WORD, 0),
	{ NULL },
};

static const struct member pin_ask_members[] = {
	MEMBER(pin_ask, "new", new, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(pin_ask, "old", old, TEXT, WORD, MEMBER_REQUIRED),
	{ NULL },
};

static const struct member reveal_ask_members[] = {
	MEMBER(reveal_ask, "entity", entity, UUID, 0, MEMBER_REQUIRED),
	MEMBER(reveal_ask, "field", field, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(reveal_ask, "why", why, TEXT, WORD, MEMBER_REQUIRED),
	{ NULL },
};

static const struct member reveal_answer_members[] = {
	HEAD_EPOCH(reveal_answer),
	HEAD_NOW(reveal_answer),
	MEMBER(reveal_answer, "value", value, TEXT, SENTENCE, 0),
	HEAD_VERSION(reveal_answer),
	{ NULL },
};

static const struct member callers_ask_members[] = {
	MEMBER(callers_ask, "phone", phone, TEXT, WORD, MEMBER_REQUIRED),
	{ NULL },
};

static const struct member callers_answer_members[] = {
	MEMBER(callers_answer, "count", count, INT, 0, MEMBER_REQUIRED),
	HEAD_EPOCH(callers_answer),
	MEMBER(callers_answer, "incidents", incidents, IDS, CALLERS_IDS, MEMBER_REQUIRED),
	HEAD_NOW(callers_answer),
	HEAD_VERSION(callers_answer),
	{ NULL },
};

static const struct member arrival_ask_members[] = {
	MEMBER(arrival_ask, "whistle", whistle, UUID, 0, MEMBER_REQUIRED),
	{ NULL },
};

static const struct member arrival_answer_members[] = {
	HEAD_EPOCH(arrival_answer),
	HEAD_NOW(arrival_answer),
	MEMBER(arrival_answer, "secret", secret, TEXT, WORD, MEMBER_REQUIRED),
	HEAD_VERSION(arrival_answer),
	{ NULL },
};

static const struct member log_ask_members[] = {
	MEMBER(log_ask, "after", after, INT, 0, 0),
	MEMBER(log_ask, "from", from, INT, 0, 0),
	MEMBER(log_ask, "most", most, INT, 0, 0),
	MEMBER(log_ask, "org", org, TEXT, WORD, 0),
	MEMBER(log_ask, "to", to, INT, 0, 0),
	{ NULL },
};

static const struct member address_ask_members[] = {
	MEMBER(address_ask, "id", id, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(address_ask, "revoke", revoke, INT, 0, 0),
	MEMBER(address_ask, "what", what, TEXT, WORD, MEMBER_REQUIRED),
	{ NULL },
};

static const struct member address_answer_members[] = {
	MEMBER(address_answer, "ended", ended, INT, 0, 0),
	HEAD_EPOCH(address_answer),
	HEAD_NOW(address_answer),
	MEMBER(address_answer, "path", path, TEXT, WORD, 0),
	HEAD_VERSION(address_answer),
	{ NULL },
};

static const struct member console_ask_members[] = {
	MEMBER(console_ask, "console_name", console_name, TEXT, WORD, 0),
	{ NULL },
};

static const struct member session_answer_members[] = {
	MEMBER(session_answer, "calendar", calendar, TEXT, WORD, 0),
	MEMBER(session_answer, "console", console, UUID, 0, MEMBER_REQUIRED),
	HEAD_EPOCH(session_answer),
	MEMBER(session_answer, "jurisdiction", jurisdiction, TEXT, WORD, 0),
	MEMBER(session_answer, "n", n, COUNT, 0, 0),
	HEAD_NOW(session_answer),
	MEMBER(session_answer, "officer", officer, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(session_answer, "org", org, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(session_answer, "profile", profile, TEXT, WORD, 0),
	MEMBER(session_answer, "role", role, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(session_answer, "token", token, TEXT, WORD, 0),
	HEAD_VERSION(session_answer),
	{ NULL },
};

static const struct member error_answer_members[] = {
	HEAD_EPOCH(error_answer),
	MEMBER(error_answer, "error", error, TEXT, WORD, MEMBER_REQUIRED),
	MEMBER(error_answer, "need", need, INT, 0, 0),
	HEAD_NOW(error_answer),
	MEMBER(error_answer, "sentence", sentence, TEXT, SENTENCE, 0),
	HEAD_VERSION(error_answer),
	{ NULL },
};

static const struct member plain_answer_members[] = {
	HEAD_EPOCH(plain_answer),
	HEAD_NOW(plain_answer),
	HEAD_VERSION(plain_answer),
	{ NULL },
};

static const struct member digest_answer_members[] = {
	MEMBER(digest_answer, "buckets", buckets, BUCKETS, 0, MEMBER_REQUIRED),
	HEAD_EPOCH(digest_answer),
	HEAD_NOW(digest_answer),
	MEMBER(digest_answer, "seq", seq, INT, 0, MEMBER_REQUIRED),
	HEAD_VERSION(digest_answer),
	{ NULL },
};

static const struct member digest_pairs_answer_members[] = {
	HEAD_EPOCH(digest_pairs_answer),
	HEAD_NOW(digest_pairs_answer),
	MEMBER(digest_pairs_answer, "pairs", pairs, PAIRS, DIGEST_PAIRS_MAX, MEMBER_REQUIRED),
	MEMBER(digest_pairs_answer, "seq", seq, INT, 0, MEMBER_REQUIRED),
	HEAD_VERSION(digest_pairs_answer),
	{ NULL },
};

/* --- writing ------------------------------------------------------------------------------ */

static void buckets_put(struct str *out, const uint64_t *buckets)
{
	char hex[BUCKET_HEX + 1];

	for (int i = 0; i < DIGEST_BUCKETS; i++) {
		snprintf(hex, sizeof hex, "%016llx", (unsigned long long)buckets[i]);
		str_add(out, i ? "," : "[");
		json_put_text(out, hex);
	}
	str_add(out, "]");
}

static void pairs_put(struct str *out, const struct digest_pairs *pairs)
{
	str_add(out, "[");
	for (size_t i = 0; i < pairs->n; i++) {
		str_add(out, i ? ",[" : "[");
		json_put_uuid(out, &pairs->items[i].id);
		str_add(out, ",");
		json_put_int(out, pairs->items[i].version);
		str_add(out, "]");
	}
	str_add(out, "]");
}

static void ids_put(struct str *out, const struct id_list *ids)
{
	str_add(out, "[");
	for (size_t i = 0; i < ids->n; i++) {
		str_add(out, i ? "," : "");
		json_put_uuid(out, &ids->items[i]);
	}
	str_add(out, "]");
}

static bool member_there(const struct member *member, const void *at)
{
	const char *text;
	int64_t num;

	if (member->flags & MEMBER_REQUIRED && member->type != MEMBER_TEXT)
		return true;
	switch (member->type) {
	case MEMBER_TEXT:
		memcpy(&text, at, sizeof text);
		return text != NULL;
	case MEMBER_INT:
		memcpy(&num, at, sizeof num);
		return num != 0;
	case MEMBER_COUNT:
		memcpy(&num, at, sizeof num);
		return num >= 0;
	case MEMBER_UUID:
		return !uuid_is_nil(at);
	case MEMBER_BUCKETS:
	case MEMBER_PAIRS:
	case MEMBER_IDS:
		return true;
	}
	return false;
}

void object_put(struct str *out, const struct member *members, const void *thing)
{
	bool first = true;

	for (const struct member *member = members; member->key; member++) {
		const void *at = (const char *)thing + member->offset;
		const char *text;
		int64_t num;

		if (!member_there(member, at))
			continue;
		json_put_key(out, member->key, &first);
		switch (member->type) {
		case MEMBER_TEXT:
			memcpy(&text, at, sizeof text);
			json_put_text(out, text);
			break;
		case MEMBER_INT:
		case MEMBER_COUNT:
			memcpy(&num, at, sizeof num);
			json_put_int(out, num);
			break;
		case MEMBER_UUID:
			json_put_uuid(out, at);
			break;
		case MEMBER_BUCKETS:
			buckets_put(out, at);
			break;
		case MEMBER_PAIRS:
			pairs_put(out, at);
			break;
		case MEMBER_IDS:
			ids_put(out, at);
			break;
		}
	}
	json_put_end(out, first);
}

/* --- reading ------------------------------------------------------------------------------ */

static enum err buckets_from(const struct json *json, const char *key, uint64_t *buckets,
			     struct error *err)
{
	const struct json *array;
	size_t i = 0;
	enum err code = json_get_array(json, key, DIGEST_BUCKETS, &array, err);

	if (code)
		return code;
	if (array->n != DIGEST_BUCKETS)
		return error_set(err, ERR_INPUT, _("JSON: \"%s\" must have %d items"), key,
				 DIGEST_BUCKETS);
	json_each (item, array) {
		char hex[BUCKET_HEX + 1] = "";
		uint8_t b[BUCKET_HEX / 2];

		if (item->type == TREE_TEXT && item->len == BUCKET_HEX)
			memcpy(hex, item->text, BUCKET_HEX);
		if (crypto_unhex(hex, b, sizeof b))
			return error_set(err, ERR_INPUT,
					 _("JSON: \"%s\" must hold 16 hex digits each"), key);
		buckets[i] = 0;
		for (size_t k = 0; k < sizeof b; k++)
			buckets[i] = buckets[i] << 8 | b[k];
		i++;
	}
	return ERR_OK;
}

static enum err pairs_from(const struct json *json, const struct member *member,
			   struct arena *arena, struct digest_pairs *pairs, struct error *err)
{
	const struct json *array;
	enum err code = json_get_array(json, member->key, member->max, &array, err);

	if (code)
		return code;
	pairs->items = arena_array(arena, array->n + 1, sizeof *pairs->items);
	json_each (item, array) {
		struct digest_pair *pair = &pairs->items[pairs->n++];

		if (!json_is(item, TREE_LIST) || item->n != 2 ||
		    !json_uuid(item->first, &pair->id) || !json_is(item->first->next, TREE_INT))
			return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be %s"),
					 member->key, _("a list of pairs, id and version"));
		pair->version = item->first->next->num;
	}
	return ERR_OK;
}

static enum err ids_from(const struct json *json, const struct member *member, struct arena *arena,
			 struct id_list *ids, struct error *err)
{
	const struct json *array;
	enum err code = json_get_array(json, member->key, member->max, &array, err);

	if (code)
		return code;
	ids->items = arena_array(arena, array->n + 1, sizeof *ids->items);
	json_each (item, array)
		if (!json_uuid(item, &ids->items[ids->n++]))
			return error_set(err, ERR_INPUT, _("JSON: \"%s\" must be %s"),
					 member->key, _("a list of ids"));
	return ERR_OK;
}

static enum err count_from(const struct json *json, const char *key, int64_t *ret_num,
			   struct error *err)
{
	*ret_num = -1;
	return json_opt_int(json, key, ret_num, err);
}

enum err object_from(const struct json *json, const struct member *members, struct arena *arena,
		     void *thing, struct error *err)
{
	enum err code = ERR_OK;

	for (const struct member *m = members; !code && m->key; m++) {
		bool required = m->flags & MEMBER_REQUIRED;
		void *at = (char *)thing + m->offset;

		switch (m->type) {
		case MEMBER_TEXT:
			code = required ? json_get_text(json, m->key, m->max, arena, at, err)
					: json_opt_text(json, m->key, m->max, arena, at, err);
			break;
		case MEMBER_INT:
			code = required ? json_get_int(json, m->key, at, err)
					: json_opt_int(json, m->key, at, err);
			break;
		case MEMBER_UUID:
			code = required ? json_get_uuid(json, m->key, at, err)
					: json_opt_uuid(json, m->key, at, err);
			break;
		case MEMBER_BUCKETS:
			code = buckets_from(json, m->key, at, err);
			break;
		case MEMBER_COUNT:
			code = count_from(json, m->key, at, err);
			break;
		case MEMBER_PAIRS:
			code = pairs_from(json, m, arena, at, err);
			break;
		case MEMBER_IDS:
			code = ids_from(json, m, arena, at, err);
			break;
		}
	}
	return code;
}

static enum err object_decode(const char *bytes, size_t len, const struct member *members,
			      struct arena *arena, void *thing, struct error *err)
{
	struct json_doc doc;
	enum err code = json_read(bytes, len, &doc, err);

	if (code)
		return code;
	code = object_from(doc.root, members, arena, thing, err);
	json_release(&doc);
	return code;
}

#define M(name)                                                                                \
	void name##_encode(const struct name *msg, struct str *out)                            \
	{                                                                                      \
		object_put(out, name##_members, msg);                                          \
	}                                                                                      \
	enum err name##_decode(const char *bytes, size_t len, struct arena *arena,             \
			       struct name *ret_msg, struct error *err)                        \
	{                                                                                      \
		struct name msg;                                                               \
		enum err code;                                                                 \
                                                                                               \
		memset(&msg, 0, sizeof msg);                                                   \
		code = object_decode(bytes, len, name##_members, arena, &msg, err);            \
		if (!code)                                                                     \
			*ret_msg = msg;                                                        \
		return code;                                                                   \
	}
#include "zhiban/wire/message.def"
#undef M

/* --- heads of lists, digest --------------------------------------------------------------- */

void head_put_epoch(struct str *out, const struct answer_head *head, bool *first)
{
	if (!head->epoch)
		return;
	json_put_key(out, "epoch", first);
	json_put_text(out, head->epoch);
}

void head_put_now(struct str *out, const struct answer_head *head, bool *first)
{
	json_put_key(out, "now", first);
	json_put_int(out, head->now);
}

void head_put_version(struct str *out, const struct answer_head *head, bool *first)
{
	json_put_key(out, "version", first);
	json_put_int(out, head->version);
}

enum err head_from(const struct json *json, struct arena *arena, struct answer_head *head,
		   struct error *err)
{
	struct plain_answer plain = { .head = { 0 } };
	enum err code = object_from(json, plain_answer_members, arena, &plain, err);

	if (!code)
		*head = plain.head;
	return code;
}

unsigned digest_bucket(const struct uuid *id)
{
	return id->b[15] & (DIGEST_BUCKETS - 1);
}

uint64_t digest_hash(const struct digest_pair *pairs, size_t n)
{
	uint8_t hash[SHA256_LEN];
	struct sha256 h;
	uint64_t bucket = 0;

	sha256_init(&h);
	for (size_t i = 0; i < n; i++) {
		uint8_t version[8];

		for (int k = 0; k < 8; k++)
			version[k] = (uint8_t)((uint64_t)pairs[i].version >> (56 - 8 * k));
		sha256_add(&h, pairs[i].id.b, sizeof pairs[i].id.b);
		sha256_add(&h, version, sizeof version);
	}
	sha256_end(&h, hash);
	for (int k = 0; k < 8; k++)
		bucket = bucket << 8 | hash[k];
	return bucket;
}
