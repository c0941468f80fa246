/* One incident as one paragraph, to be read out on the telephone or pasted into a message.
 *
 * * It has no personal value.  Its sentences have ranks: what a leader asks first (what, where, who is
 * hurt, who has it, until when) stays when there is room for little; they stand in their usual order.
 * * chars counts characters, not bytes; 0: as long as it gets.  When not even the first sentence fits,
 * it ends with "..". */
#ifndef ZHIBAN_MODEL_BRIEF_H
#define ZHIBAN_MODEL_BRIEF_H

#include "zhiban/base/str.h"
#include "zhiban/client/client.h"

enum err brief_text(struct client *client, const struct uuid *id, size_t chars, struct str *out,
		    struct error *err) MUST_CHECK;

#endif
