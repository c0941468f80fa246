/* Handovers: what both signed is what stands there, and each follows the one before it.  Whoever
 * rewrites the journal, hashes and all, must still change every handover behind it. */
#include <config.h>

#include "verify_priv.h"

#include "zhiban/base/i18n.h"
#include "zhiban/domain/handover.h"
#include "zhiban/wire/entity.h"

/* *ret_before stays NULL: it is the first. */
static bool find_before(struct verify *verify, const struct handover *handover, struct arena *arena,
			const struct handover **ret_before)
{
	struct db_entity row;
	struct uuid id;
	void *entity = NULL;
	enum err code;

	if (handover->before == NULL)
		return true;
	code = uuid_parse(handover->before, &id);
	if (code == ERR_OK)
		code = verify->ops->entity_get(verify->db, &id, arena, &row, &verify->err);
	if (code == ERR_OK)
		code = entity_decode(row.bytes, row.len, arena, &entity, &verify->err);
	if (code != ERR_OK || ((const struct entity *)entity)->kind != KIND_HANDOVER)
		return verify_wrong(verify, _("handover %s: the one before it is not there"),
				    handover->number != NULL ? handover->number : "-");
	*ret_before = entity;
	return true;
}

bool verify_handover(struct verify *verify, const void *entity)
{
	const struct handover *handover = entity, *before = NULL;
	struct arena arena = ARENA_INIT;
	enum chain_state state;
	bool good;

	if (handover->head.kind != KIND_HANDOVER)
		return true;
	good = find_before(verify, handover, &arena, &before);
	if (good) {
		state = handover_chain(handover, before);
		verify->handovers += state == CHAIN_WHOLE;
		if (state == CHAIN_TAMPERED || state == CHAIN_BROKEN)
			good = verify_wrong(verify, _("handover %s: %s"),
					    handover->number != NULL ? handover->number : "-",
					    chain_state_label(state));
	}
	arena_release(&arena);
	return good;
}
