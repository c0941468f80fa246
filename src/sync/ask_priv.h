/* What the asking lane is to fetch: documents, address tables, the duty log of the past. */
#ifndef ZHIBAN_SYNC_ASK_PRIV_H
#define ZHIBAN_SYNC_ASK_PRIV_H

#include "zhiban/sync/sync.h"

struct str;

/* An error: what is missing is not known; the next answer about the session says it again. */
enum err ask_about_documents(struct sync *sync, const char *profile, const char *calendar,
			     struct error *err) MUST_CHECK;
/* Whether an address table is to be fetched: once what names it has been read. */
void ask_about_places(struct sync *sync);

/* log.c: what is asked of the part of the duty log that is wanted first */
void log_body(const struct sync *sync, struct str *body);

/* What is asked about an entity that is not to be seen any more is of no use. */
void ask_dropped(struct sync *sync, const struct uuid *id);

#endif
