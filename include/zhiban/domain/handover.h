/* Handovers (交接班): what must be read, who gave and who took over, chained by hash.
 *
 * The chain: handover_id is made of organisation, plan and the one before, so there is one
 * behind each; its hash covers that one's hash and all that both signed (not the witness, who
 * comes later and signs for the hash).  Whoever changes one, or leaves one out, breaks every
 * hash behind it. */
#ifndef ZHIBAN_DOMAIN_HANDOVER_H
#define ZHIBAN_DOMAIN_HANDOVER_H

#include "zhiban/domain/roster.h"

#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;
struct handover {
	struct entity head;
#include "zhiban/domain/handover.def"
};
struct handed {
	struct uuid id;
#include "zhiban/domain/handed.def"
};
struct tallied {
	struct uuid id;
#include "zhiban/domain/tallied.def"
};
struct equipment {
	struct uuid id;
#include "zhiban/domain/equipment.def"
};
#undef F
#undef K

enum handover_state {
	HANDOVER_PREPARED,
	HANDOVER_GIVEN,	 /* the one who goes has signed */
	HANDOVER_TAKEN,	 /* both have; the witness is owed */
	HANDOVER_CLOSED,
	HANDOVER_STATES
};
const char *handover_state_code(enum handover_state state);
const char *handover_state_label(enum handover_state state); /* translated */
enum handover_state handover_state(const struct handover *handover);

enum handed_sort { /* in the order of the list */
	HANDED_ALARM,
	HANDED_OVERDUE,
	HANDED_INSTRUCTION,
	HANDED_PROMISE,
	HANDED_COUNTERSIGN,
	HANDED_FLAGGED,	/* watched, pinned, marked hard */
	HANDED_ROSTER,	/* take-overs to approve, swaps to decide, seats that are empty */
	HANDED_PAPER,	/* calls and papers not dealt with */
	HANDED_CHANGED,	/* changed in this shift */
	HANDED_SORTS
};
const char *handed_sort_code(enum handed_sort sort);
const char *handed_sort_label(enum handed_sort sort); /* translated */
enum handed_sort handed_sort_find(const char *code);  /* HANDED_SORTS: none */

struct uuid handover_id(const char *org, const char *plan, const struct uuid *before); /* nil: first */
const struct handed *handover_item(const struct handover *handover, size_t i);

/* Items and tallies as acts carry them, tab-separated: "SORT KIND ID NUMBER DUE TITLE WORDS" and
 * "CODE N LIST LABEL FILTER".  Parse: ERR_INPUT; texts in the arena. */
const char *handed_words(const struct handed *item, struct arena *arena);
enum err handed_parse(const char *words, struct arena *arena, struct handed *ret_item,
		      struct error *err) MUST_CHECK;
const char *tallied_words(const struct tallied *tally, struct arena *arena);
enum err tallied_parse(const char *words, struct arena *arena, struct tallied *ret_tally,
		       struct error *err) MUST_CHECK;

/* What its hash must be, as hex: over chain and the canonical text of what was signed. */
void handover_hash(const struct handover *handover, char hash[65]);
enum chain_state { CHAIN_WHOLE, CHAIN_NOT_YET, CHAIN_TAMPERED, CHAIN_BROKEN };
/* One against the one before it (NULL: it is the first, or the one before is not here: then only
 * its own hash is judged). */
enum chain_state handover_chain(const struct handover *handover, const struct handover *before);
const char *chain_state_label(enum chain_state state); /* translated */
/* Whether the actor could do it now, without arguments.  handover NULL: one is to be prepared. */
enum err handover_possible(const struct rules *rules, const struct handover *handover,
			   const struct act_desc *desc, const struct actor *actor,
			   struct error *err) MUST_CHECK;

/* The id of the one that an act hand_over prepares, from its arguments and its actor. */
struct uuid handover_target(const struct rules *rules, const struct act *act);
/* The plan that an act names, of an organisation; NULL: it has none of that name, or none at
 * all. */
const struct roster_plan *handover_plan(const struct rules *rules, const char *org,
					const char *plan);
/* The shift that goes when it is handed over at `at`: that whose end is nearest, so that neither
 * a few minutes before nor an hour behind make it another; behind one that was handed over (before;
 * NULL: none) only a later one.  NULL: the plan has no shifts. */
const struct duty_shift *handover_shift(const struct rules *rules, const struct roster_plan *plan,
					const char *mode, int64_t at, const struct handover *before,
					int64_t *ret_starts, int64_t *ret_ends);
/* How many of its items nobody has ticked. */
size_t handover_unread(const struct handover *handover);

/* "LABEL" or "LABEL=good|faulty|missing[: REMARK]".  ERR_INPUT. */
enum err equipment_parse(const char *words, struct arena *arena, struct equipment *ret_equipment,
			 struct error *err) MUST_CHECK;
const char *equipment_words(const struct equipment *equipment, struct arena *arena);
const char *equipment_label(const char *found); /* translated; of NULL: not looked at */

#endif
