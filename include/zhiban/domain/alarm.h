/* Alarms (警示): cases that ring at an organisation's desk until somebody there has answered.
 *
 * Pure, and of the incident's own fields alone (no children are looked at), so that a row of a list
 * is enough.  Three classes, most urgent first:
 *
 *	new	registered, of the profile's alarm_urgency or more, and nobody has done anything yet
 *	given	of that urgency, handed to the organisation, which has not signed for it
 *	red	a clock of the organisation ran out; the case is of alarm_red or more
 *
 * An acknowledgement answers what rang before it: who is handed the case later, and a clock that runs
 * out later, ring again.  What came in by an import rings for nobody by its past. */
#ifndef ZHIBAN_DOMAIN_ALARM_H
#define ZHIBAN_DOMAIN_ALARM_H

#include "zhiban/domain/rules.h"

enum alarm_kind { ALARM_NEW, ALARM_GIVEN, ALARM_RED, ALARM_KINDS, ALARM_NONE = ALARM_KINDS };
enum { ALARM_ALL = (1 << ALARM_KINDS) - 1 };

struct alarm {
	enum alarm_kind kind;
	int64_t since; /* as well as the row tells, ms UTC; 0 with ALARM_NONE */
};

/* mode: code, or NULL for peacetime: in quiet hours a minor case's clock does not ring. */
struct alarm alarm_of(const struct rules *rules, const char *mode, const char *org,
		      const struct incident *incident, int64_t now);
/* Whether an acknowledgement now would answer anything that the one before did not. */
bool alarm_is_unanswered(const struct incident *incident, int64_t now);
/* Whether it stands there that this organisation did not answer what rings since then. */
bool alarm_is_written(const struct incident *incident, const char *org, int64_t since);
/* Handing it on takes the acknowledgement of who had it before away. */
bool alarm_hands_on(const struct act_desc *act);

const char *alarm_code(enum alarm_kind kind);  /* "new", "given", "red"; "" none */
const char *alarm_label(enum alarm_kind kind); /* translated */
/* The set (1 << kind) of one code; 0: it is none. */
unsigned alarm_bit(const char *code);

#endif
