/* The kinds of entities and of their children, as data. */
#ifndef ZHIBAN_DOMAIN_KIND_H
#define ZHIBAN_DOMAIN_KIND_H

#include "zhiban/base/uuid.h"
#include "zhiban/domain/field.h"

enum kind {
	KIND_INCIDENT,
	KIND_PERSON,
	KIND_ORG,
	KIND_PROFILE,
	KIND_MODE,
	KIND_NOTICE,
	KIND_WHISTLE,
	KIND_INSPECTION,
	KIND_STAFF,
	KIND_ROSTER,
	KIND_SWAP,
	KIND_HANDOVER,
	KIND_RECORD,
	KIND_MEETING,
	KIND_ITEM,
	KIND_ACTION,
	KIND_ROOM,
	KIND_COUNT
};
enum child {
	CHILD_PART,
	CHILD_CLOCK,
	CHILD_LINK,
	CHILD_ATTR,
	CHILD_LEVEL,
	CHILD_PAUSE,
	CHILD_EXTENSION,
	CHILD_FORCE,
	CHILD_FILE,
	CHILD_PHONECALL,
	CHILD_PROMISE,
	CHILD_BEHALF,
	CHILD_SUPERVISION,
	CHILD_INSTRUCTION,
	CHILD_RECEIPT,
	CHILD_RESTRICTION,
	CHILD_ABSENCE,
	CHILD_SUMMONED,
	CHILD_TIMEOFF,
	CHILD_TURN,
	CHILD_FILING,
	CHILD_CARRIED,
	CHILD_HANDED,
	CHILD_TALLIED,
	CHILD_EQUIPMENT,
	CHILD_ATTENDEE,
	CHILD_AGENDA,
	CHILD_STAGE,
	CHILD_CONCERNED,
	CHILD_PAPER,
	CHILD_BOOKING,
	CHILD_HEARER,
	CHILD_COUNT
};

/* Begins every entity.  version counts the effects applied to it (0: not there yet); seq is that
 * of the entry that last changed it. */
struct entity {
	enum kind kind;
	struct uuid id;
	int64_t version;
	int64_t seq;
};

struct children { /* an array of child structs in the entity's arena */
	void *items;
	size_t n, cap;
};

struct child_desc {
	enum child child;
	const char *name;   /* "clock": key on the wire, and in table names */
	const struct field *fields;
	size_t n_fields, size;
};

struct child_slot { /* where an entity keeps the children of one kind */
	const struct child_desc *desc;
	size_t offset; /* of its struct children */
};

struct kind_desc {
	enum kind kind;
	const char *name;   /* "incident" */
	const char *plural; /* "incidents": KIND of `zhiban list` */
	const struct field *fields;
	size_t n_fields, size;
	const struct child_slot *slots;
	size_t n_slots;
};

const struct kind_desc *kind_desc(enum kind kind);
const struct kind_desc *kind_find(const char *name); /* by name or plural, or NULL */
const struct child_desc *child_desc(enum child child);
const struct child_desc *child_find(const char *name);
/* Every child struct begins with its id. */
struct children *entity_children(void *entity, const struct child_desc *desc); /* NULL: has none */
const struct children *entity_children_const(const void *entity, const struct child_desc *desc);
const void *children_at(const struct children *children, const struct child_desc *desc, size_t i);
/* The child of that id, or NULL. */
void *children_find(const struct children *children, const struct child_desc *desc,
		    const struct uuid *id);
/* Adds an empty child of that id at the end; pointers to children are no longer valid. */
void *children_add(struct children *children, const struct child_desc *desc, const struct uuid *id,
		   struct arena *arena);
/* Takes a child out, if it is there; those behind it move up. */
void children_remove(struct children *children, const struct child_desc *desc,
		     const struct uuid *id);

/* An empty entity of a kind in the arena, and a deep copy into another arena. */
void *entity_new(enum kind kind, const struct uuid *id, struct arena *arena);
void *entity_copy(const void *entity, struct arena *arena);
bool entity_eq(const void *a, const void *b); /* all fields, children in order, version */

#endif
