/* Where the data stand, for the administrator's commands. */
#include <config.h>

#include "service_priv.h"

enum err admin_stand_get(struct call *call, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	int64_t seq;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = call->service->db->head(call->reader, &seq, hash, err);
	if (code != ERR_OK)
		return code;
	call_text(call, "");
	str_addf(&call->reply->body, "epoch=%s\nseq=%lld\nprofile=%s\ncalendar=%s\nnow=%lld\n",
		 call->service->epoch, (long long)seq, call->rules->hash,
		 call->rules->calendar_hash, (long long)call->now);
	return ERR_OK;
}
