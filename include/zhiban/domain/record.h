/* Records of the duty log that people write: notes, calls and papers with what became of them,
 * leaders' movements, rounds.  The automatic lines of the log are entries of the journal
 * (domain/log.h). */
#ifndef ZHIBAN_DOMAIN_RECORD_H
#define ZHIBAN_DOMAIN_RECORD_H

#include "zhiban/domain/incident.h"
#include "zhiban/domain/rules.h"

#define F(name, type, ...) FIELD_C_##type name;
struct record {
	struct entity head;
#include "zhiban/domain/record.def"
};
#undef F

enum record_sort { RECORD_NOTE, RECORD_CALL, RECORD_PAPER, RECORD_OUTING, RECORD_ROUND, RECORD_SORTS };
const char *record_sort_code(enum record_sort sort);
const char *record_sort_label(enum record_sort sort); /* translated */
enum record_sort record_sort_find(const char *code);  /* RECORD_SORTS: none */

/* An entry is late (补记) when what it tells of lies longer ago than this. */
#define RECORD_LATE_MS (INT64_C(15) * 60 * 1000)
/* Clocks of consoles differ: what happens is not taken for the future as long as it is less than
 * this. */
#define RECORD_AHEAD_MS (INT64_C(5) * 60 * 1000)

/* How far a call or paper has come, or where a leader is: "", proposed, instructed, passed_on,
 * done; out, back.  The label is translated. */
const char *record_step(const struct record *record);
const char *record_step_label(const char *step);
/* Whether the actor could do it now, without arguments.  record NULL: one is to be written. */
enum err record_possible(const struct rules *rules, const struct record *record,
			 const struct act_desc *desc, const struct actor *actor,
			 struct error *err) MUST_CHECK;

/* ---- automatic lines ---- */

struct logged { /* an act that the duty log shows by itself */
	const struct act_desc *act;
	bool emphasis; /* drawn out: mode, alarms that nobody answered, take-overs */
};
/* The row of the profile's list for an act, or NULL: it is not shown. */
const struct logged *rules_logged(const struct rules *rules, const struct act_desc *act);

#endif
