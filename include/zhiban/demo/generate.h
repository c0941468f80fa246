/* Invented cases: the i-th case of a seed is always the same one.
 *
 * A generator holds no state between cases but what its seed says, so that a case can be made
 * alone, in any order, again. */
#ifndef ZHIBAN_DEMO_GENERATE_H
#define ZHIBAN_DEMO_GENERATE_H

#include "zhiban/base/env.h"
#include "zhiban/demo/words.h"
#include "zhiban/domain/rules.h"

struct demo {
	const struct demo_words *words;
	const struct rules *rules;
	uint64_t seed;
	struct env_fixed chance; /* of the case at hand */
	struct env env;		 /* over chance: ids and choices come from it */
	/* From the rules, in their order: */
	const struct org **areas; /* where cases lie: grids, or communities where there are none */
	size_t n_areas;
	const struct org **units; /* who may get a case */
	size_t n_units;
	const char **categories; /* code of each words->kinds[i].category */
};

/* ERR_INPUT when the profile has no places.  The demo borrows words and rules, and must not move
 * afterwards (env points into it). */
enum err demo_init(struct demo *demo, const struct demo_words *words, const struct rules *rules,
		   uint64_t seed, struct arena *arena, struct error *err) MUST_CHECK;

/* Turns chance to case `index` at the moment `when`: what is drawn next depends on these only. */
void demo_turn(struct demo *demo, uint64_t index, int64_t when);
size_t demo_below(struct demo *demo, size_t n);	/* n > 0 */
bool demo_one_in(struct demo *demo, size_t n);
const char *demo_pick(struct demo *demo, enum demo_list_id list);
/* A person's name, family name first. */
const char *demo_name(struct demo *demo, struct arena *arena);

/* A pattern of the words with its slots filled. */
const char *demo_text(struct demo *demo, const char *pattern, struct arena *arena);

/* Fills a register act for case `index`, reported at `when`.  closed_at > 0 makes it a historic
 * intake with its answer, closed then.  ret_kind may be NULL. */
void demo_case(struct demo *demo, uint64_t index, int64_t when, int64_t closed_at,
	       struct arena *arena, struct act *ret_act, size_t *ret_kind);

/* Who runs the loop that a case in this street begins in: the nearest above it of a tier that steps
 * are in, else the centre. */
const struct org *demo_seat(const struct demo *demo, const char *street);
/* Who gets a case of a kind: by the duty list, else by the words of the kind, within the seat if it
 * has such a unit; never the seat itself.  assist: another one. */
const char *demo_holder(const struct demo *demo, size_t kind, const char *street);
const char *demo_assist(const struct demo *demo, size_t kind, const char *street);

/* The first unit that bears one of the words (by blanks) in its name; NULL: none does. */
const struct org *demo_unit(const struct demo *demo, const char *words);

#endif
