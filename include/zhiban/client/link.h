/* How the console stands with its server, for the status line and `zhiban status`. */
#ifndef ZHIBAN_CLIENT_LINK_H
#define ZHIBAN_CLIENT_LINK_H

#include <stdbool.h>
#include <stdint.h>

enum link_state {
	LINK_NONE,    /* not enrolled, or nothing tried yet */
	LINK_ONLINE,
	LINK_THIN,    /* online; slow, or asked to save bytes */
	LINK_OFFLINE, /* the server cannot be reached */
	LINK_LOGIN,   /* reached, but nobody is logged in any more */
};
struct client_link {
	enum link_state state;
	int64_t since;	  /* when this state began; 0: unknown */
	int64_t data_at;  /* the server last said that nothing is missing here; 0: never */
	unsigned pending; /* acts not folded yet */
	unsigned unsent;  /* of them, not answered by the server yet */
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

#endif
