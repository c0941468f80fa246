/* The console's data as its officer sees them: shown = cache + replay of the outbox.
 *
 * * A client is the reading side of one server's folder.  It never waits for the network: a worker
 * (worker.h), in this or another process, keeps the cache in step.  Any number of clients may be
 * open on one folder.  A client belongs to one thread.
 *
 * * Invariants: an act that client_act accepted survives kill -9 at any instant; what is shown is
 * never stored.  Times are milliseconds UTC.  Texts are outside text: clean them before they are
 * shown. */
#ifndef ZHIBAN_CLIENT_CLIENT_H
#define ZHIBAN_CLIENT_CLIENT_H

#include "zhiban/base/env.h"
#include "zhiban/client/link.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/rules.h"

struct client;

struct client_options {
	const char *dir;	/* holds cache.db, outbox.db, lock; made when missing */
	bool read_only;		/* no act can be done */
	const struct env *env;	/* borrowed for the client's life */
};

/* ERR_INPUT when the folder lies on a network file system.  Works before the first sync: then there
 * are no rows and client_has_rules is false. */
enum err client_open(const struct client_options *options, struct client **ret_client,
		     struct error *err) MUST_CHECK;
void client_close(struct client *client);

void client_link(const struct client *client, struct client_link *ret_link); /* O(1) */
/* Takes over figures that a worker of this process sent: fresher than those on disk. */
void client_link_set(struct client *client, const struct client_link *link);

/* The rules of the adopted profile; never NULL: before the first sync they are empty (no steps, no
 * organisations, +08:00).  Stay valid until client_close, also after CHANGE_RULES brought new ones.
 * */
const struct rules *client_rules(const struct client *client);
bool client_has_rules(const struct client *client);
/* Who is logged in, or NULL.  Valid until client_close. */
const struct actor *client_actor(const struct client *client);
bool client_is_enrolled(const struct client *client);
bool client_read_only(const struct client *client);
const struct env *client_env(const struct client *client);
/* The best guess of the server's time: own clock plus the measured offset. */
int64_t client_now(const struct client *client);

/* ---- what changed ---- */

enum client_change_bits {
	CHANGE_DATA = 1 << 0,	/* entities of the cache */
	CHANGE_OUTBOX = 1 << 1, /* acts waiting, answered or refused: shown rows and counts too */
	CHANGE_RULES = 1 << 2,
	CHANGE_ACTOR = 1 << 3,
	CHANGE_LINK = 1 << 4,
	CHANGE_MODE = 1 << 5, /* peacetime or emergency: rules, columns and frame are others */
	CHANGE_MARKS = 1 << 6, /* what the officer marked (marks.h), here or at another console */
};
enum { CHANGE_IDS = 256 };
struct client_change {
	unsigned bits;			/* 0: nothing */
	bool any;			/* more than the ids below may have changed */
	struct uuid ids[CHANGE_IDS];	/* entities that are shown otherwise than before */
	size_t n;
};

/* A descriptor that becomes readable when this folder's files may have changed (by whatever
 * process): poll it, then call client_poll.  Owned by the client; -1 when there is none: poll by
 * time. */
int client_fd(const struct client *client);
/* Looks whether anything changed since the last call and takes it in; never blocks.  Everything
 * read till the next call is of this one state.  The first call after client_open reports nothing. */
enum err client_poll(struct client *client, struct client_change *ret_change, struct error *err)
	MUST_CHECK;

/* Lets go of the state it reads, until the next client_poll: before a worker of this process ends,
 * so that it can fold the cache's log. */
void client_let_go(struct client *client);

/* ---- one entity ---- */

/* The whole entity as shown, children and long texts too, in the arena.  ERR_NOT_FOUND. */
enum err client_get(struct client *client, const struct uuid *id, struct arena *arena,
		    struct incident **ret_incident, struct error *err) MUST_CHECK;
/* One of any kind, whole, as shown (an incident, a notice, a whistle, a check).  ERR_NOT_FOUND. */
enum err client_entity(struct client *client, enum kind kind, const struct uuid *id,
		       struct arena *arena, const void **ret_entity, struct error *err) MUST_CHECK;
/* An incident by what a person says or types: full number, short number (22-0417; the latest of
 * that day and serial), local mark (待编号-3, or -3), 8 or more hex digits of the id (or all of it).
 * ERR_NOT_FOUND, ERR_INPUT when several fit. */
enum err client_find(struct client *client, const char *words, struct uuid *ret_id,
		     struct error *err) MUST_CHECK;
/* How it is called on the screen: short number, or "no number yet-3" (translated: 待编号-3). */
const char *client_mark(const struct client *client, const struct incident *incident,
			char buf[48]);
/* The people of the jurisdiction by protocol order of their organisation, then by pinyin. */
enum err client_people(struct client *client, struct arena *arena,
		       const struct person ***ret_people, size_t *ret_n, struct error *err)
	MUST_CHECK;

/* ---- doing ---- */

struct client_done {
	struct uuid act;    /* the act's id */
	struct uuid target; /* the entity's id, also of a new one */
	int64_t n;	    /* its place in the outbox; a new incident is called 待编号-n till then */
};
/* Whether the officer could do it now, without arguments: for menus. */
enum err client_possible(struct client *client, const struct incident *incident,
			 const struct act_desc *act, struct error *err) MUST_CHECK;
/* Checks with decide on the shown state and puts it in the outbox: durable when this returns
 * ERR_OK. target: NULL or nil for an act that creates.  ERR_AUTH nobody logged in; ERR_DENIED,
 * ERR_REFUSED, ERR_INPUT, ERR_NOT_FOUND with the sentence for the officer, and nothing was stored.
 * */
enum err client_act(struct client *client, const struct act_desc *act, const struct uuid *target,
		    const struct given *given, size_t n_given, struct client_done *ret_done,
		    struct error *err) MUST_CHECK;
/* The same, done by telephone: for whom, who was rung, what was said (NULL: nothing of it).  An act
 * on the mode needs no target: there is one. */
enum err client_act_phone(struct client *client, const struct act_desc *act,
			  const struct uuid *target, const struct given *given, size_t n_given,
			  const struct by_phone *phone, struct client_done *ret_done,
			  struct error *err) MUST_CHECK;
/* Whether client_act would take it, with the same sentences; nothing is kept. */
enum err client_try(struct client *client, const struct act_desc *act, const struct uuid *target,
		    const struct given *given, size_t n_given, struct error *err) MUST_CHECK;
enum err client_try_phone(struct client *client, const struct act_desc *act,
			  const struct uuid *target, const struct given *given, size_t n_given,
			  const struct by_phone *phone, struct error *err) MUST_CHECK;

#endif
