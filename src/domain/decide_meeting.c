#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/meeting.h"

enum err decide_meeting(const struct rules *rules, const struct state *state, const struct act *act,
		   const struct moment *moment, struct arena *arena, struct decision *ret_decision,
		   struct error *err)
{
	(void)rules;
	(void)state;
	(void)act;
	(void)moment;
	(void)arena;
	(void)ret_decision;
	return error_set(err, ERR_REFUSED, "%s", _(err_sentence(ERR_REFUSED)));
}
