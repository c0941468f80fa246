/* One act on a roster being decided: what the files of decide_roster share. */
#ifndef ZHIBAN_DOMAIN_DECIDE_ROSTER_H
#define ZHIBAN_DOMAIN_DECIDE_ROSTER_H

#include "decide_priv.h"
#include "zhiban/domain/roster_check.h"

struct rostering {
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t eff;
	struct arena *arena;
	const struct roster *before; /* an empty one for a month that nobody has begun */
	struct roster *after;
	const char *org, *month;
	const struct roster_plan *plan;
	unsigned n_turns; /* seats it has looked at: ids of new turns are numbered so */
	const char *note; /* as in struct decision */
	bool again;
	struct act *follow;
	size_t n_follow, cap_follow;
};

/* --- who (decide_roster_who.c): also of people and swaps --- */

/* An officer of an organisation, or of one above it: a street its own, the centre all. */
bool roster_is_of(const struct rules *rules, const struct actor *actor, const char *org);
enum err roster_may_edit(const struct rules *rules, const struct act *act, const char *org,
			 struct error *err) MUST_CHECK;
/* Whether the act comes from one who approves for an organisation, or was said by telephone by such a
 * one; plan NULL: the usual role. */
const char *roster_approver(const struct roster_plan *plan); /* the role */
bool roster_approves(const struct rules *rules, const struct roster_plan *plan,
		     const struct act *act, const char *org);
enum err roster_check_approver(const struct rules *rules, const struct roster_plan *plan,
			       const struct act *act, const char *org,
			       struct error *err) MUST_CHECK;
/* The organisation that the telephone named must be one.  ERR_INPUT. */
enum err roster_check_phone(const struct rules *rules, const struct act *act,
			    struct error *err) MUST_CHECK;
/* A person of state.near by the words of an argument.  ERR_INPUT: there is none. */
enum err near_staff(const struct state *state, const char *words, const struct staff **ret_staff,
		    struct error *err) MUST_CHECK;

/* --- turns (decide_roster_turn.c) --- */

/* "12-03 night", "12-03 night main": for sentences, in the arena. */
const char *seat_words(const struct rules *rules, const struct roster_plan *plan,
		       const struct need *need, struct arena *arena);
const char *when_words(const struct rules *rules, int64_t at, struct arena *arena);
/* Puts somebody into a turn of `after`. */
void turn_take(struct rostering *r, struct turn *turn, const struct staff *staff, const char *how,
	       const char *why);
/* A turn changed that a filed week contains, or the month was filed at all: the centre is told. */
void turn_changed(struct rostering *r, int32_t day);
/* All that is near; own: the month as it would be, in the place of that with its id, or NULL. */
struct roster_view near_view(const struct rules *rules, const struct roster_plan *plan,
			     const char *org, const struct state *state, const struct roster *own,
			     struct arena *arena);
struct roster_view rostering_view(const struct rostering *r);
/* What a changed turn of `after` breaks.  Despite: reason given; then what is broken stands in the
 * turn.  past: it has begun, and only what can never be is refused. */
enum err turn_judge(struct rostering *r, const struct roster_books *books, struct turn *turn,
		    struct error *err) MUST_CHECK;

typedef enum err roster_fn(struct rostering *r, struct error *err);
roster_fn roster_set; /* decide_roster_set.c */
roster_fn roster_cover, roster_takeover, roster_allow, roster_move,
	roster_fix_seat, roster_exchange; /* decide_roster_turn.c */
roster_fn roster_file, roster_chase;	  /* decide_roster_file.c */

#endif
