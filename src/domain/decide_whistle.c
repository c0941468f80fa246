/* Whistles: what becomes of an act on one. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"

enum err decide_whistle(const struct rules *rules, const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err)
{
	(void)state, (void)moment, (void)arena, (void)ret_decision;
	return error_set(err, ERR_REFUSED, _("%s does not apply here"),
			 rules_act_label(rules, act->desc));
}
