/* What single requests share. */
#ifndef ZHIBAN_CLIENT_ASK_PRIV_H
#define ZHIBAN_CLIENT_ASK_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/sync/sync.h"

enum { PATIENCE_S = 30 }; /* for one answer */
/* What the server says when it does not agree. */
enum err reply_refusal(const struct sync_response *response, struct arena *arena,
		       struct error *err);

#endif
