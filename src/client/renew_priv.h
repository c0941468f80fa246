#ifndef ZHIBAN_CLIENT_RENEW_PRIV_H
#define ZHIBAN_CLIENT_RENEW_PRIV_H

#include "zhiban/store/outbox_renew.h"
#include "zhiban/wire/message.h"

/* Takes over the console id, officer and token of a session that was given for it: in one
 * transaction unanswered acts get numbers from 1 under it (their ids stay), and tokens of other
 * authors are forgotten. */
enum err console_renew(struct store *outbox, const struct session_answer *session,
		       struct error *err) MUST_CHECK;
/* The server's data are others: what was answered under ids that this folder had before goes
 * again. */
enum err console_resend_earlier(struct store *outbox, struct error *err) MUST_CHECK;
/* Numbers were compared with a server of this epoch: what it lacks is to be sent again. */
enum err console_agree(struct store *outbox, const char *epoch, struct error *err) MUST_CHECK;

#endif
