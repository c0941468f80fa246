/* Time marks: what a clock's percentage leads to.  Nothing of it moves a case. */
#include <config.h>

#include "decide_priv.h"
#include "fire_priv.h"
#include "zhiban/base/i18n.h"

enum err apply_fire(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct fire_marks marks = { &after->urges, &after->proposed_at, &after->listed_at,
					  &after->offered_at };
	struct clock *clock = NULL;
	enum err code = fire_check(draft->rules, after, &after->clocks, draft->act, draft->eff,
				   &clock, err);

	if (code != ERR_OK)
		return code;
	if (!after->open && !clock_is_beside(clock))
		return error_set(err, ERR_REFUSED, _("the clock has stopped"));
	fire_take(draft->act, draft->eff, &marks);
	return ERR_OK;
}

enum err apply_waive(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;

	if (after->proposed_at == 0 && after->listed_at == 0 && after->offered_at == 0)
		return error_set(err, ERR_REFUSED, _("nothing is proposed here"));
	after->proposed_at = after->listed_at = after->offered_at = 0;
	return ERR_OK;
}
