/* What acts on meetings, items and tasks share: as which organisation somebody acts, what he records
 * for others, what follows for other entities.  Whose act it is the tables of each say. */
#ifndef ZHIBAN_DOMAIN_SPEAKING_H
#define ZHIBAN_DOMAIN_SPEAKING_H

#include "zhiban/domain/decide.h"

struct speaking { /* one act being decided */
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t eff;
	int64_t recv; /* when the server has it: from then on all others can know */
	struct arena *arena;
	const char *home;   /* who convenes: its officers record for all others */
	const char *org;    /* as which the actor acts: by_phone.org, else his own */
	const char *should; /* whose act it is (the record on behalf); NULL: his own */
	const char *note;   /* what was merged, for the decision */
	bool again;	    /* it was done before: nothing is left to change */
	unsigned n_clocks;  /* added by this act */
	struct act *follow; /* as in struct decision */
	size_t n_follow, cap_follow;
};

/* An officer of the organisation or of one within it; of the centre its own alone (all are within
 * it). */
bool officer_is_of(const struct rules *rules, const char *own, const char *org);
/* He has the role or a higher one; or had somebody on the telephone who has (by_phone.role), and is an
 * officer of `home`, or one of the centre on duty. */
bool officer_has_role(const struct rules *rules, const struct act *act, const char *home,
		      const char *role);
/* He may write down what somebody with a role said by telephone. */
bool officer_may_record(const struct rules *rules, const struct actor *actor, const char *home);
/* The same of meetings: there also whoever may draw one up at `home`, the secretary in the office. */
bool secretary_has_role(const struct rules *rules, const struct act *act, const char *home,
			const char *role);
bool secretary_may_record(const struct rules *rules, const struct actor *actor, const char *home);
/* As which organisation he acts.  Who may say that another did something: one within it or above it,
 * `home` (NULL: nobody else), the centre. */
enum err officer_acts_as(const struct rules *rules, const struct act *act, const char *home,
			 const char **ret_org, struct error *err) MUST_CHECK;

/* Whose act it is: that of `home` (the secretary); of an organisation, or of the secretary or the
 * centre for it, which is recorded on behalf; of an officer with a role in `home` or above it, also by
 * telephone (role NULL: nobody's). */
enum err speak_secretary(struct speaking *c, struct error *err) MUST_CHECK;
enum err speak_its(struct speaking *c, const char *org, struct error *err) MUST_CHECK;
enum err speak_role(struct speaking *c, const char *role, struct error *err) MUST_CHECK;
/* Any organisation of the jurisdiction. */
enum err speak_any(const struct speaking *c, struct error *err) MUST_CHECK;

/* The act that follows for another entity, with its arguments; the pointer is good until the next. */
struct act *speak_follow(struct speaking *c, enum kind kind, const char *verb,
			  const struct uuid *id);
void speak_give(struct speaking *c, struct act *follow, const char *name, const char *text);
void speak_give_num(struct speaking *c, struct act *follow, const char *name, int64_t num);

/* A refusal: it was done already, by whom and when. */
enum err speak_done(const struct speaking *c, const char *who, int64_t at, struct error *err);
/* For the words that rev counts: an edit that saw another one than there is loses.  Without rev what
 * its base shows. */
enum err speak_rev(const struct speaking *c, int64_t rev, const char *edited_by,
		    int64_t edited_at, int64_t base_rev, struct error *err) MUST_CHECK;
const char *speak_when(const struct speaking *c, int64_t at); /* in the arena */
/* A text of at most so many characters: if it is longer its beginning, with "…"; NULL gives NULL. */
const char *speak_short(const struct speaking *c, const char *text, size_t chars);
const char *speak_id(const struct speaking *c, const struct uuid *id); /* as text, there */
const char *org_called(const struct rules *rules, const char *org); /* its name; never NULL */
/* The organisation of an argument, a code; NULL where it is not given.  ERR_INPUT. */
enum err speak_org(const struct speaking *c, const char *arg, size_t i, const char **ret_code,
		    struct error *err) MUST_CHECK;
/* An entity that an argument names and that is near; NULL where it is not given.  ERR_NOT_FOUND. */
enum err speak_near(const struct speaking *c, const char *arg, enum kind kind,
		     const void **ret_entity, struct error *err) MUST_CHECK;
/* "20261122-K001"; NULL while there is no number yet. */
const char *speak_number(const struct speaking *c, char letter);

/* The record on behalf of this act among `records`, counted as owed where countersignatures are asked
 * for, due by their limit; NULL: it needs none. */
struct behalf *speak_behalf(const struct speaking *c, struct children *records, int64_t *owed);
/* Signs what is his of them: for an organisation its officers; of an approval who has that role in
 * `home` or at the centre. */
enum err speak_countersign(struct speaking *c, struct children *records, int64_t *owed,
			    struct children *clocks, struct error *err) MUST_CHECK;
/* The file that an act names: its name is no path, its hash (in small letters) a SHA-256.
 * ERR_INPUT. */
enum err file_given(const struct act *act, struct arena *arena, const char **ret_hash,
		    struct error *err) MUST_CHECK;
/* A call that was made. */
enum err call_note(const struct act *act, int64_t eff, int64_t recv, struct children *calls,
		   struct arena *arena, struct phonecall **ret_call, struct error *err) MUST_CHECK;

#endif
