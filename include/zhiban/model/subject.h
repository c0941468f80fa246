/* What an act is done to: an incident, a whistle, a roster, a swap …, each in the words of its kind. */
#ifndef ZHIBAN_MODEL_SUBJECT_H
#define ZHIBAN_MODEL_SUBJECT_H

#include "zhiban/client/whistle.h"
#include "zhiban/model/acts.h"

struct subject {
	enum kind kind;
	struct uuid id;
	struct incident *incident;     /* KIND_INCIDENT */
	struct client_whistle whistle; /* KIND_WHISTLE: .whistle */
	const void *entity; /* any other (subject_is); NULL: a roster that nobody has begun */
	const struct turn *turn; /* of a roster: whose duty is meant (subject_turn); or NULL */
};

/* Whether a kind is one of the others: staff, rosters, swaps, handovers, records. */
bool subject_is(enum kind kind);
/* In the arena, whole.  ERR_NOT_FOUND. */
enum err subject_get(struct client *client, enum kind kind, const struct uuid *id,
		     struct arena *arena, struct subject *ret_subject, struct error *err) MUST_CHECK;
/* A roster's duty of that id (nil: none is meant). */
void subject_turn(struct subject *subject, const struct uuid *turn);
const void *subject_entity(const struct subject *subject);
/* How it is called: short number, or 待编号-3. */
const char *subject_mark(const struct client *client, const struct subject *subject, char buf[48]);
/* "22-0417 what it is about  where". */
const char *subject_line(struct client *client, const struct subject *subject,
			 struct arena *arena);
/* An act's name for it, as its step and its organisation or its kind of whistle have it; NULL: as the
 * profile has it. */
const char *subject_act_label(const struct rules *rules, const struct subject *subject,
			      const struct act_desc *act);
/* What the officer can do to it now, in the order of the flow. */
size_t subject_acts(struct client *client, const struct subject *subject,
		    const struct act_desc *acts[ACTS_HERE_MOST]);
enum err subject_possible(struct client *client, const struct subject *subject,
			  const struct act_desc *act, struct error *err) MUST_CHECK;
/* For whom the officer would record an act that is another's to do (代录): the code of that
 * organisation; NULL: it is his own, or whose it is must still be said.  share: whose is meant (code),
 * or NULL. */
const char *subject_for_whom(const struct client *client, const struct subject *subject,
			     const struct act_desc *act, const char *share);
/* The officer's organisation may not blow, but the centre records what others do: then he says for
 * whom. */
bool subject_blows_for_others(const struct client *client);
/* Whether an act is done to one share and the officer has none of his own: then he says whose. */
bool subject_asks_whose(const struct client *client, const struct subject *subject,
			const struct act_desc *act);

#endif
