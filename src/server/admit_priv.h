/* Admission: an act on its way into the journal (admit.c, admit_write.c), officers and adoptions
 * (people.c, adopt.c). */
#ifndef ZHIBAN_SERVER_ADMIT_PRIV_H
#define ZHIBAN_SERVER_ADMIT_PRIV_H

#include "jobs_priv.h"
#include "personal_priv.h"
#include "zhiban/domain/decide.h"
#include "zhiban/wire/message.h"

struct admission { /* one act on its way into the journal */
	const struct act *act;
	int64_t recv, eff;
	const char *seer; /* org that must see the target, else it is "not there"; NULL: any */
	bool hung;	  /* on an act that was refused */
	/* What came of it: */
	enum err code;	      /* ERR_OK, or why it was refused */
	struct error err;
	int64_t seq, version;
	const char *number, *note;
	bool again; /* it was done before: no entry is its own */
	const void *state;    /* the target as it is now, or NULL: when refused */
	struct answer_by by;  /* when refused or merged: whose entry stands in the way */
};
/* Judges, and if the rules allow it writes entry, entity, parties and feed, and behind it the
 * entries of what follows from it; of these too all are written or none.  An error means that the
 * data could not be read or written; a refusal is ERR_OK and in the admission. */
enum err admit(struct writer *writer, struct admission *admission, struct arena *arena,
	       struct error *err) MUST_CHECK;
struct target_state { /* an entity that is acted on */
	struct db_entity row; /* eno 0: not there */
	void *entity;	      /* with clear personal values */
	struct stored stored; /* what stands in their place */
	bool hidden; /* there, but not for the actor's organisation */
};
struct lookup writer_lookup(struct writer *writer, struct arena *arena);
enum err target_load(struct writer *writer, const struct uuid *id, struct arena *arena,
		     struct target_state *ret_target, struct error *err) MUST_CHECK;
/* Whether an organisation's view has it; eno 0: no. */
enum err entity_seen(struct writer *writer, const char *seer, int64_t eno, bool *ret_seen,
		     struct error *err) MUST_CHECK;
/* What the decision of an act looks at beside its target, as the organisation of the author sees it
 * (seer as above); state->entity is set already (admit_near.c). */
enum err writer_near(struct writer *writer, const char *seer, const struct act *act,
		   struct arena *arena, struct state *state, struct error *err) MUST_CHECK;
/* Entry, entities, parties, feeds; the target moves on with its effect (admit_write.c). */
enum err decision_write(struct writer *writer, const struct admission *admission,
			const struct decision *decision, struct target_state *target,
			struct arena *arena, struct error *err) MUST_CHECK;
/* The code of the mode in force, or NULL: there was none yet (mode.c).  Valid until the mode
 * changes or the transaction ends. */
enum err mode_in_force(struct writer *writer, const char **ret_mode, struct error *err) MUST_CHECK;
/* Of an entity: its place in a snapshot.  In a class the newest come first: the rank of an incident
 * is its registered_at, negative. */
enum place_class { CLASS_FIRST, CLASS_OPEN, CLASS_CLOSED };
/* Who sees an entity from now on, and the rows in their feeds (admit_party.c).  old: its place before,
 * NULL when it is new; restrictions: how many it had then. */
enum err parties_write(struct writer *writer, const void *entity, const struct db_entity *row,
		       const struct db_place *old, size_t restrictions, struct arena *arena,
		       struct error *err) MUST_CHECK;
size_t restrictions_of(const void *entity); /* also those that were lifted */
/* Of an entity: its place in a snapshot. */
void entity_place(const void *entity, struct db_entity *row);
/* Its parties: party_of, and for profile and mode every organisation.  codes live in the arena. */
size_t entity_parties(const struct rules *rules, const void *entity, struct arena *arena,
		      const char *const **ret_codes);

struct uuid person_id(const char *name);
/* An officer made known: account row and, when new, the person in the journal (people.c). */
enum err officer_enlist(struct writer *writer, const struct db_account *account, const char *post,
			const char *phone, int64_t now, struct error *err) MUST_CHECK;
/* The person follows his account to its organisation and role; an account without a person is fine. */
enum err officer_repost(struct writer *writer, const struct db_account *account, const char *reason,
			int64_t now, struct error *err) MUST_CHECK;
/* Journals an adoption, carries over what depends on it, and makes it the one in force after the
 * commit (adopt.c).  The report gets lines of text.  The book is the service's once the job has
 * ended well, else still the caller's. */
struct adopt_ask;
enum err adopt_write(struct writer *writer, const struct adopt_ask *ask, int64_t now,
		     struct str *report, struct error *err) MUST_CHECK;
/* Keeps the text of an address table and journals that it is in force. */
enum err places_write(struct writer *writer, const char *text, size_t len, const char *reason,
		      int64_t now, struct error *err) MUST_CHECK;
struct actor system_actor(const struct rules *rules);

#endif
