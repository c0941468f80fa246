/* Whistles in tests: a jurisdiction that has them, one whistle, and what is done to it. */
#ifndef ZHIBAN_TESTS_DOMAIN_WHISTLES_H
#define ZHIBAN_TESTS_DOMAIN_WHISTLES_H

#include "fixture.h"
#include "zhiban/domain/whistle.h"

/* Two kinds.  "whistle" (吹哨): blown by streets, checked by the centre, confirmed, coded, judged; the
 * classes minor (nobody approves), major and grave (the leader does).  "order" (响应令): by the centre,
 * nothing of all that, one class.  Departments: sw, zj, cg (区城管局). */
struct whistles {
	struct fixture fx; /* fx.now: when the server has the next act */
	struct whistle *whistle;
	/* Of the next act alone. */
	int64_t eff; /* 0: fx.now */
	enum proof proof;
	int64_t proof_step;
	struct by_phone phone;
	const char *mode;
	struct decision decision; /* of the latest act */
};

void whistles_init(struct whistles *w);
void whistles_release(struct whistles *w);
struct summons *whistles_summons(struct whistles *w, const char *code); /* to be changed */

/* Actors of the fixture, and "town" (duty) and "mayor" (leader) of the street ll, "works" of cg.
 * Arguments "name=words" separated by '\n'. */
struct actor whistles_actor(const char *name);
enum err whistles_try(struct whistles *w, const char *verb, const char *actor, const char *args,
		      struct error *err);
/* A minute after the one before. */
void whistles_must(struct whistles *w, const char *verb, const char *actor, const char *args);
/* With this code, in a sentence that has these words. */
void whistles_refuse(struct whistles *w, const char *verb, const char *actor, const char *args,
		     enum err code, const char *words);
struct whistles_step { /* a line of a table of what is done, or refused */
	const char *verb, *actor, *args;
	enum err code;	   /* ERR_OK: it must be done */
	const char *words; /* of the refusal */
};
void whistles_run(struct whistles *w, const struct whistles_step *steps, size_t n);
/* One of the class, blown by ll to sw (lead), zj and cg, and issued. */
void whistles_issued(struct whistles *w, const char *cls);
/* The share is brought so far: "signed", "reported", "confirmed", "handled", "replied", "verified". */
void whistles_share_to(struct whistles *w, const char *org, const char *state);

const struct summoned *whistles_share(const struct whistles *w, const char *org); /* also a freed one */
/* The latest clock of a kind, of the share of an organisation (NULL: of the whole), or NULL. */
const struct clock *whistles_clock(const struct whistles *w, const char *org, const char *kind);
/* "11-23 10:00" of when it runs out; "" when it stands or there is none. */
const char *whistles_runs(struct whistles *w, const char *org, const char *kind);

#endif
