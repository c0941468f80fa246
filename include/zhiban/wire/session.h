/* Messages about whoever asks: enrolling, logging in, his own PIN, what he has shown to him.  Their
 * codecs are those of message.h. */
#ifndef ZHIBAN_WIRE_SESSION_H
#define ZHIBAN_WIRE_SESSION_H

#include "zhiban/base/uuid.h"

struct answer_head { /* in every answer that is a JSON object */
	const char *epoch; /* 32 hex digits; new when the server's data are made or restored */
	int64_t now;	   /* the server's clock, ms UTC */
	int64_t version;   /* PROTOCOL_VERSION of who answers */
};

struct enroll_ask { /* POST /v1/enroll */
	const char *code, *name, *pin, *console_name; /* name, console_name may be NULL */
};
struct session_ask { /* POST /v1/session */
	struct uuid console;
	const char *officer, *pin;
	const char *totp; /* six digits of the second factor; NULL: none */
};
struct pin_ask { /* POST /v1/pin: the officer of the session sets his own */
	const char *old, *new;
};
struct reveal_ask { /* POST /v1/reveal: one personal value of an incident, with a preset reason */
	struct uuid entity;
	const char *field, *why;
};
struct reveal_answer {
	struct answer_head head;
	const char *value; /* in clear */
};
enum { CALLERS_IDS = 20 };
struct callers_ask { /* POST /v1/callers: which incidents came from the same phone */
	const char *phone;
};
struct callers_answer {
	struct answer_head head;
	int64_t count; /* at most the server's own limit */
	struct id_list { /* the newest of them first, at most CALLERS_IDS */
		struct uuid *items;
		size_t n;
	} incidents;
};
struct arrival_ask { /* POST /v1/arrival: what a blower's console makes the codes of a whistle from */
	struct uuid whistle;
};
struct arrival_answer {
	struct answer_head head;
	const char *secret; /* of ARRIVAL_SECRET bytes (domain/arrival.h), in hex: 64 digits */
};
/* POST /v1/log: entries of the duty log that the reader's organisation may see, masked as timelines
 * are: acts that the profile's log shows by itself, and those on records.  Answered as a timeline
 * (wire/feed.h): by seq; `end` when nothing of [from, to) was left out behind the last. */
struct log_ask {
	const char *org;  /* code: only what is done by it or within it; NULL: all */
	int64_t from, to; /* admitted (recv) in [from, to), ms UTC; to 0: no end */
	int64_t after;	  /* seq: only later ones */
	int64_t most;	  /* entries wanted; 0: as many as the server gives at once */
};
/* POST /v1/ical: a secret address from which a calendar program reads who is on duty; asked for again
 * it is another one, and the one before is no more. */
struct address_ask {
	const char *what; /* "person", "post", "org" */
	const char *id;	  /* of staff; "ORG PLAN POST", codes apart by blanks; a code */
	int64_t revoke;	  /* 1: no new one, only that the one before is no more */
};
struct address_answer {
	struct answer_head head;
	const char *path; /* "/ical/TOKEN.ics"; NULL: revoked */
	int64_t ended;	  /* addresses that were and are no more */
};
struct console_ask { /* POST /v1/console */
	const char *console_name; /* NULL: that of the console before */
};
struct session_answer { /* of all three, and of GET /v1/session (there without token) */
	struct answer_head head;
	struct uuid console;
	const char *token; /* 64 hex digits, or NULL */
	const char *officer, *org, *role;
	const char *profile, *calendar; /* hashes, 64 hex digits */
	const char *jurisdiction;	/* title, for the frame */
	int64_t n; /* of the last act of this console that was answered; -1: not said */
};

#endif
