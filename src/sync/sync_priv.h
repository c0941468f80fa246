/* Inside the machine. */
#ifndef ZHIBAN_SYNC_PRIV_H
#define ZHIBAN_SYNC_PRIV_H

#include "zhiban/base/crypto.h"
#include "zhiban/sync/sync.h"

#include "compare_priv.h"
#include "lanes_priv.h"
#include "marks_priv.h"

enum {
	PARK_S = 50,
	BATCH_BYTES = 512 * 1024,
	FIRST_PAGE = 96 * 1024, /* a screen of the board and more: then it can be used */
	PAGE = 1024 * 1024,
	THIN_PAGE = 64 * 1024,
	FEED_BYTES = 512 * 1024,
	GAPS_MAX = 256,
	WANTS_MAX = 64,
	BACKOFF_MAX_S = 60,
	DIGEST_EVERY_MS = 10 * 60 * 1000,
	RETRY_MAX_S = 600,
};

struct sync {
	const struct sync_ops *ops;
	void *ctx;
	const struct env *env;
	bool thin, running;
	int64_t now;
	struct uuid console;
	char token[TOKEN_TEXT];
	struct lane lane[LANE_COUNT];
	enum sync_link link;
	bool slow;	 /* the line, as the last answers and waits show */
	int64_t slow_at, heard_at; /* when that was judged; the server's last answer */
	int64_t offset;
	bool barred; /* this console must be enrolled anew: nothing is sent any more */

	/* reading */
	char scope[160]; /* of the session; "" : not known yet */
	struct sync_mark mark;
	bool clear_next; /* the first page of another epoch */
	bool at_head, was_there; /* was_there: the request in flight asked to be parked */
	bool rescoped;	   /* the session sees other things than what is here: which, it will say */
	int64_t total, got; /* of a snapshot */
	int64_t want_seq; /* our own acts have been admitted up to here */
	int64_t fetched_seq; /* single entities were fetched as new as this */
	int gone;	  /* 410 in a row */
	int hurried; /* parked reads in a row that came back at once with nothing */

	/* writing */
	bool dirty; /* the outbox may hold something to send */
	size_t batch_max;
	struct uuid sent[ACTS_MAX];
	size_t n_sent;
	char author[200], author_token[TOKEN_TEXT]; /* whose batch is in flight */
	char trouble[300]; /* of the own disk, while a lane is stuck */
	char waits[300];  /* for whom sending waits; "" : nobody */
	int64_t need;	  /* of a NEED that was obeyed; 0: none since the last answer */
	bool renew;	  /* these files are a copy: another console id is wanted */
	size_t n_answered, n_answered_then; /* answers taken; when the session was asked about */

	/* asking */
	enum ask_what asking;
	bool want_session, want_profile, want_calendar, want_places, want_logout;
	char parting[TOKEN_TEXT]; /* of the one before, whose session is to end; "" : none */
	bool parting_unsent;	  /* it may still send acts */
	char who[200];		  /* of the session; "" : not known yet */
	char profile[SHA256_HEX], calendar[SHA256_HEX], places[SHA256_HEX];
	struct {
		bool wanted;
		struct uuid id;
		char field[32], why[64];
	} reveal;
	struct {
		bool wanted;
		char path[2048];
	} search;
	struct {
		bool wanted;
		char phone[32];
	} callers;
	struct {
		bool wanted;
		struct uuid id;
	} arrival;
	char officer[96], pin[64], totp[12]; /* of a log-in that waits; officer "" : none */
	struct sync_gap gaps[GAPS_MAX];
	size_t n_gaps;
	struct uuid wants[WANTS_MAX];
	size_t n_wants;
	int64_t lines_after;
	int64_t next_digest;
	struct comparing comparing;
	struct marking marking;
};

void login_needed(struct sync *sync, const char *reason);

/* Takes note of the server's clock; an epoch that is not ours is ERR_EPOCH. */
enum err note_head(struct sync *sync, const struct answer_head *head);
/* An answer that is not 200.  ours: an error of the protocol; else something in between spoke. */
struct refusal {
	bool ours;
	enum err code; /* when it is ours */
	int64_t need;
	char words[300]; /* for a person */
};
void refusal_of(const struct sync_response *response, struct refusal *ret_refusal);
/* What every such answer means; lanes look first at what is special to them. */
void bad_status(struct sync *sync, const struct sync_response *response,
		const struct refusal *refusal);
/* The account was moved, or its role changed: asks the session.  The outbox stays. */
void another_scope(struct sync *sync);
struct str;
void add_query(struct str *path, const char *text); /* escaped, for a query's value */
void add_scope(const struct sync *sync, struct str *path); /* "&scope=…" of what is here */
/* Everything is read anew.  over: into what is here, which stays as far as it is not older. */
void view_anew(struct sync *sync, bool over);
void scope_unknown(struct sync *sync); /* another token */
void another_epoch(struct sync *sync);
/* Acts from n on go again. */
void resend_from(struct sync *sync, int64_t n);

/* read.c, write.c, ask.c: the next request of a lane if there is one, and its answer */
void read_next(struct sync *sync);
void read_answer(struct sync *sync, const struct sync_response *response);
void write_next(struct sync *sync);
void write_answer(struct sync *sync, const struct sync_response *response);
void ask_next(struct sync *sync);
void ask_answer(struct sync *sync, const struct sync_response *response);
/* session.c: who, on which console, and how far the server counts its acts */
enum err took_session(struct sync *sync, const struct sync_response *response, struct arena *arena,
		      struct error *err) MUST_CHECK;
enum err took_console(struct sync *sync, const struct sync_response *response, struct arena *arena,
		      struct error *err) MUST_CHECK;
/* The one before has no more to say here than, perhaps, to send what he did. */
void part_from(struct sync *sync, const char *token);

#endif
