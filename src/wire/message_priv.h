/* Inside wire/: plain objects by tables of their members. */
#ifndef WIRE_MESSAGE_PRIV_H
#define WIRE_MESSAGE_PRIV_H

#include "json_priv.h"
#include "zhiban/wire/message.h"

enum member_type {
	MEMBER_TEXT,
	MEMBER_INT,
	MEMBER_COUNT, /* 0 is said; -1 stands for left out */
	MEMBER_UUID,
	MEMBER_BUCKETS,
	MEMBER_PAIRS,
	MEMBER_IDS,
};
enum member_flags { MEMBER_REQUIRED = 1 << 0 };

struct member { /* tables are sorted by key and end with a NULL key */
	const char *key;
	enum member_type type;
	size_t offset;
	size_t max; /* MEMBER_TEXT: longest in bytes; MEMBER_PAIRS, MEMBER_IDS: most */
	unsigned flags;
};

/* Appends the members that are there; a required number is there also when 0. */
void object_put(struct str *out, const struct member *members, const void *thing);
enum err object_from(const struct json *json, const struct member *members, struct arena *arena,
		     void *thing, struct error *err) MUST_CHECK;

/* The head of an answer: its members come after others in key order (epoch, now, version), so
 * writers of lists put what is before and between themselves. */
void head_put_epoch(struct str *out, const struct answer_head *head, bool *first);
void head_put_now(struct str *out, const struct answer_head *head, bool *first);
void head_put_version(struct str *out, const struct answer_head *head, bool *first);
enum err head_from(const struct json *json, struct arena *arena, struct answer_head *head,
		   struct error *err) MUST_CHECK;
enum err act_answer_from(const struct json *json, struct arena *arena,
			 struct act_answer *ret_answer, struct error *err) MUST_CHECK;

#endif
