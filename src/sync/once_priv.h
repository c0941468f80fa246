/* What an officer asks for once: a personal value, a search of what is not here, what
 * came from a phone before. */
#ifndef ZHIBAN_SYNC_ONCE_PRIV_H
#define ZHIBAN_SYNC_ONCE_PRIV_H

#include "sync_priv.h"

/* search.c */
bool search_want(struct sync *sync, const char *path); /* true: it is to be asked now */
void search_cancel(struct sync *sync);
/* response NULL: there is none. */
void search_told(struct sync *sync, enum err code, const char *text,
		 const struct sync_response *response);

/* reveal.c */
/* true: it is to be asked now. */
bool reveal_want(struct sync *sync, const struct uuid *id, const char *field, const char *why);
/* Another officer, or nobody: it was not asked for him. */
void reveal_cancel(struct sync *sync);
void reveal_body(const struct sync *sync, struct str *body);
void reveal_told(struct sync *sync, enum err code, const char *text);
enum err took_reveal(struct sync *sync, const struct sync_response *response,
		     struct arena *arena, struct error *err) MUST_CHECK;

/* arrival.c */
bool arrival_want(struct sync *sync, const struct uuid *id); /* true: it is to be asked now */
void arrival_cancel(struct sync *sync);
void arrival_body(const struct sync *sync, struct str *body);
void arrival_told(struct sync *sync, enum err code, const char *text, const char *secret);
enum err took_arrival(struct sync *sync, const struct sync_response *response,
		      struct arena *arena, struct error *err) MUST_CHECK;

/* callers.c */
bool callers_want(struct sync *sync, const char *phone); /* true: it is to be asked now */
void callers_cancel(struct sync *sync);
void callers_body(const struct sync *sync, struct str *body);
/* answer NULL: there is none. */
void callers_told(struct sync *sync, enum err code, const char *text,
		  const struct callers_answer *answer);
enum err took_callers(struct sync *sync, const struct sync_response *response,
		      struct arena *arena, struct error *err) MUST_CHECK;

/* All of it: another officer, or nobody; it was not asked for him. */
void once_cancel(struct sync *sync); /* arrival.c */

#endif
