/* The incident, its children, people and organisations as structs, expanded from the .def files.
 * Texts are borrowed from the arena the entity was made in. */
#ifndef ZHIBAN_DOMAIN_INCIDENT_H
#define ZHIBAN_DOMAIN_INCIDENT_H

#include "zhiban/domain/kind.h"

#define FIELD_C_TEXT const char *
#define FIELD_C_CODE const char *
#define FIELD_C_ORG const char *
#define FIELD_C_PERSON const char *
#define FIELD_C_INT int64_t
#define FIELD_C_BOOL int64_t
#define FIELD_C_TIME int64_t
#define FIELD_C_MICRO int64_t
#define FIELD_C_CHOICE int64_t
#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;

struct incident {
	struct entity head;
#include "zhiban/domain/incident.def"
};
struct part {
	struct uuid id;
#include "zhiban/domain/part.def"
};
struct clock {
	struct uuid id;
#include "zhiban/domain/clock.def"
};
struct link {
	struct uuid id;
#include "zhiban/domain/link.def"
};
struct attr {
	struct uuid id;
#include "zhiban/domain/attr.def"
};
struct person {
	struct entity head;
#include "zhiban/domain/person.def"
};
struct org {
	struct entity head;
#include "zhiban/domain/org.def"
};
struct profile { /* which profile and calendar are in force; their texts are kept by hash */
	struct entity head;
#include "zhiban/domain/profile.def"
};
struct level {
	struct uuid id;
#include "zhiban/domain/level.def"
};
struct pause {
	struct uuid id;
#include "zhiban/domain/pause.def"
};
struct extension {
	struct uuid id;
#include "zhiban/domain/extension.def"
};
struct force {
	struct uuid id;
#include "zhiban/domain/force.def"
};
struct file {
	struct uuid id;
#include "zhiban/domain/file.def"
};
struct phonecall {
	struct uuid id;
#include "zhiban/domain/phonecall.def"
};
struct promise {
	struct uuid id;
#include "zhiban/domain/promise.def"
};
struct behalf {
	struct uuid id;
#include "zhiban/domain/behalf.def"
};
struct supervision {
	struct uuid id;
#include "zhiban/domain/supervision.def"
};
struct instruction {
	struct uuid id;
#include "zhiban/domain/instruction.def"
};
struct receipt {
	struct uuid id;
#include "zhiban/domain/receipt.def"
};
struct restriction {
	struct uuid id;
#include "zhiban/domain/restriction.def"
};
struct absence {
	struct uuid id;
#include "zhiban/domain/absence.def"
};
struct mode { /* peacetime or emergency: one entity a jurisdiction */
	struct entity head;
#include "zhiban/domain/mode.def"
};
#undef F
#undef K

enum urgency { URGENCY_FLASH = 1, URGENCY_URGENT = 2, URGENCY_PLAIN = 3 }; /* 特急 急 平 */
enum severity { SEVERITY_NONE, SEVERITY_MINOR, SEVERITY_MAJOR, SEVERITY_SERIOUS, SEVERITY_GRAVE };

const struct clock *incident_clock(const struct incident *incident, size_t i);
const struct part *incident_part(const struct incident *incident, size_t i);
/* How far a share has come: assigned, signed, handled, verified, returned. */
const char *part_state(const struct part *part);
bool part_is_live(const struct part *part); /* neither past nor returned: it is still asked for */
/* Its running clock that ends first, none of those beside; or NULL. */
const struct clock *incident_next_clock(const struct incident *incident);
bool incident_is_overdue(const struct incident *incident, int64_t now);
/* "22-0417" of "20261122-0417"; "" when it has none yet.  For the same text back: see filter. */
const char *incident_short_number(const struct incident *incident, char buf[24]);
/* The texts that it may be found by: its numbers, what is public or long, in their order; personal
 * ones never.  field NULL: the short number.  Without long texts where they were not read. */
typedef void (*incident_text_fn)(void *ctx, const struct field *field, const char *text);
void incident_texts(const struct incident *incident, incident_text_fn fn, void *ctx);

#endif
