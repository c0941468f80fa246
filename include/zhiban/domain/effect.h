/* Effects: what an admitted act changes, and the journal's entries.
 *
 * An effect takes one entity from version `from` to version `to` = from + 1 and only names new
 * values: applying it needs no rule, no profile and no calendar. */
#ifndef ZHIBAN_DOMAIN_EFFECT_H
#define ZHIBAN_DOMAIN_EFFECT_H

#include "zhiban/base/crypto.h"
#include "zhiban/domain/act.h"

struct change { /* of one field; a value that is not set empties it */
	const struct field *field;
	struct value value;
};

struct child_change {
	const struct child_desc *desc;
	struct uuid id;
	bool remove;	/* else added, or changed when it is there */
	struct change *changes;
	size_t n_changes, cap_changes;
};

struct effect {
	enum kind kind;
	struct uuid id;
	int64_t from, to;
	struct change *changes;
	size_t n_changes, cap_changes;
	struct child_change *children;
	size_t n_children, cap_children;
};

struct entry {
	int64_t seq;
	struct act act;
	struct effect *effects;
	size_t n_effects;
	int64_t recv; /* the server's time of admission */
	int64_t eff;  /* what clocks count */
	uint8_t prev[SHA256_LEN], hash[SHA256_LEN]; /* SHA-256 over prev and the canonical bytes */
};

/* Building; everything lives in the arena. */
void effect_set(struct effect *effect, struct arena *arena, const char *field, struct value value);
void effect_set_text(struct effect *effect, struct arena *arena, const char *field,
		     const char *text);
void effect_set_num(struct effect *effect, struct arena *arena, const char *field, int64_t num);
/* The change of one child (the same again for the same id); valid until the next call. */
struct child_change *effect_child(struct effect *effect, struct arena *arena, enum child child,
				  const struct uuid *id);
void child_set(struct child_change *cc, struct arena *arena, const char *field, struct value value);
void child_set_text(struct child_change *cc, struct arena *arena, const char *field,
		    const char *text);
void child_set_num(struct child_change *cc, struct arena *arena, const char *field, int64_t num);
/* The effect that makes `before` into `after`, two states of one entity; `to` is the version of
 * `before` plus one. */
void effect_diff(struct effect *effect, const void *before, const void *after, struct arena *arena);

/* evolve: applies an effect to an entity (made by entity_new when version is 0).  Texts are copied
 * into the arena.  ERR_CORRUPT when effect->from is not the entity's version or the kind
 * differs. */
enum err evolve(void *entity, const struct effect *effect, int64_t seq, struct arena *arena,
		struct error *err) MUST_CHECK;

#endif
