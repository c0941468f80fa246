/* The outbox under another console id: enrolled anew, or because the files were copied; and what
 * was answered under the ids before, when the server lost it.
 *
 * Acts keep their ids, so that a server that has them answers as before: nothing is done twice. */
#ifndef ZHIBAN_STORE_OUTBOX_RENEW_H
#define ZHIBAN_STORE_OUTBOX_RENEW_H

#include "zhiban/store/outbox.h"

/* The server knows this console's n for other acts: a new console, its unanswered acts counted from
 * 1.  fn makes each act's bytes anew.  Refused ones are counted behind them, answered and kept ones
 * have no number (below 0) from then on. */
typedef enum err (*outbox_renumber_fn)(void *ctx, const struct outbox_row *row, int64_t n,
				       const char **ret_bytes, size_t *ret_len, struct error *err);
enum err outbox_renumber(struct store *store, outbox_renumber_fn fn, void *ctx, struct error *err)
	MUST_CHECK;
/* The server's data are others (restored, say): what was answered under an earlier id of this
 * console goes again before what nobody has sent yet (that may hang on it); a server that has it
 * answers as before. */
enum err outbox_resend_earlier(struct store *store, outbox_renumber_fn fn, void *ctx,
			       struct error *err) MUST_CHECK;
/* Another server stands at this address: what the one before has is none of its business. */
enum err outbox_forget_kept(struct store *store, struct error *err) MUST_CHECK;
/* What was answered has been compared with a server of this epoch, and what it lacks is to be sent
 * again.  When it is another epoch than the last: outbox_resend_earlier too. */
enum err outbox_agree(struct store *store, const char *epoch, outbox_renumber_fn fn, void *ctx,
		      struct error *err) MUST_CHECK;
/* Another console id with a session of its own: in one transaction the acts are renumbered, the
 * tokens of all others forgotten (they are of the id before), this officer is the current one, and
 * what was answered goes again if that was in another epoch (of who gave the id; NULL: not
 * said). */
enum err outbox_renew(struct store *store, const struct uuid *console, const struct outbox_who *who,
		      const char *epoch, outbox_renumber_fn fn, void *ctx, struct error *err)
	MUST_CHECK;

#endif
