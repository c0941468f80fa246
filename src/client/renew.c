/* This folder goes on as another console: enrolled anew, or because its files were copied. */
#include <config.h>

#include "zhiban/wire/act.h"

#include "renew_priv.h"

struct anew {
	struct arena arena;
	struct uuid console;
	struct str bytes;
};

/* One that this program cannot read goes as it is: its refusal will say so, and nothing is
 * stuck. */
static enum err anew_body(void *ctx, const struct outbox_row *row, int64_t n,
			  const char **ret_bytes, size_t *ret_len, struct error *err)
{
	struct anew *anew = ctx;
	struct act act;

	(void)err;
	*ret_bytes = row->body;
	*ret_len = row->len;
	if (act_decode(row->body, row->len, &anew->arena, &act, NULL) != ERR_OK)
		return ERR_OK;
	act.console = anew->console;
	act.n = n;
	str_clear(&anew->bytes);
	act_encode(&act, &anew->bytes);
	*ret_bytes = str_get(&anew->bytes);
	*ret_len = anew->bytes.len;
	return ERR_OK;
}

enum err console_agree(struct store *outbox, const char *epoch, struct error *err)
{
	struct anew anew = { .console = outbox_console(outbox) };
	enum err code = outbox_agree(outbox, epoch, anew_body, &anew, err);

	str_release(&anew.bytes);
	arena_release(&anew.arena);
	return code;
}

enum err console_resend_earlier(struct store *outbox, struct error *err)
{
	struct anew anew = { .console = outbox_console(outbox) };
	enum err code = outbox_resend_earlier(outbox, anew_body, &anew, err);

	str_release(&anew.bytes);
	arena_release(&anew.arena);
	return code;
}

enum err console_renew(struct store *outbox, const struct session_answer *session,
		       struct error *err)
{
	struct anew anew = { .console = session->console };
	struct outbox_who who = { session->officer, session->org, session->role, session->token,
				  true };
	enum err code = outbox_renew(outbox, &session->console, &who, session->head.epoch,
				     anew_body, &anew, err);

	str_release(&anew.bytes);
	arena_release(&anew.arena);
	return code;
}
