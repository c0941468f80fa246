/* How the console stands with its server, for the status line and `zhiban status`. */
#ifndef ZHIBAN_CLIENT_LINK_H
#define ZHIBAN_CLIENT_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/str.h"

enum link_state {
	LINK_NONE,    /* not enrolled, or nothing tried yet */
	LINK_ONLINE,
	LINK_THIN,    /* online; answers come slowly, or asked to save bytes */
	LINK_OFFLINE, /* the server cannot be reached */
	LINK_LOGIN,   /* reached, but nobody is logged in any more */
	LINK_TROUBLE, /* reached, but what comes cannot be kept: the disk here is full, say */
};
enum link_why { /* it is LINK_OFFLINE */
	LINK_CUT,     /* nothing is heard */
	LINK_STRANGE, /* something answers that is not the server */
	LINK_UNABLE,  /* the server answers, but cannot: overloaded, its disk full */
};
struct client_link {
	enum link_state state;
	enum link_why why;
	int64_t since;	  /* when this state began; 0: unknown */
	int64_t data_at;  /* the server last said that nothing is missing here; 0: never */
	unsigned pending; /* acts not folded yet */
	unsigned unsent;  /* of them, not answered by the server yet */
	unsigned sent;	  /* of these, sent all the same: what became of them is not known */
	unsigned refused; /* lie on the conflict desk */
	unsigned merged;  /* lie there too: done, with a note to be read */
	int64_t bytes_in, bytes_out; /* on the wire since the worker started */
	int64_t bytes_minute;	     /* both ways in the last 60 s */
	int64_t offset;	  /* the server's clock minus ours, ms */
	int64_t cursor;	  /* last seq read */
	int64_t left;	  /* entities of a snapshot still to come; 0: none */
	bool usable;	  /* a first page of data is here */
	bool worker;	  /* some process keeps the cache in step */
	char epoch[33];
	char server[256]; /* its address */
	char reason[256]; /* why it is offline, for people; "" otherwise */
};

/* The age of what is shown.  now: own clock.  -1: there is nothing yet. */
int64_t link_age(const struct client_link *link, int64_t now);
/* Older than it can be while the server is heard: what is shown may be wrong by now. */
bool link_is_old(const struct client_link *link, int64_t now);
/* How long, roughly: 12 min, 5 h, 3 days. */
void link_age_words(int64_t ms, struct str *out);
/* A moment of the link (since, data_at) by the server's clock: 02:13, or 11-20 02:13 when that was
 * not in the last hours. */
enum { LINK_WHEN = 16 };
void link_when(const struct client_link *link, int64_t at, int64_t now, int offset_min,
	       char text[LINK_WHEN]);

/* How it stands, in a word or two: "*online", "-cut since 02:13".  now: own clock. */
void link_state_words(const struct client_link *link, int64_t now, int offset_min, bool enrolled,
		      struct str *out);

#endif
