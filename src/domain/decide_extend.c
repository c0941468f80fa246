/* Extensions of an incident's clocks (延期): asked by who has the clock, granted by the rank its turn
 * needs (extending.h). */
#include <config.h>

#include "decide_priv.h"
#include "extending.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

static struct extending extending_of(struct draft *draft, const struct ask *ask)
{
	return (struct extending){ .ask = ask, .clocks = &draft->after->clocks,
				   .asked = &draft->after->asked, .arena = draft->arena };
}

/* The running clock that may be extended, of the actor's share: the first that names who grants. */
static struct clock *own_clock(const struct draft *draft)
{
	struct clock *clocks = draft->after->clocks.items;
	char share[UUID_TEXT];

	uuid_text(&draft->share, share);
	for (size_t i = 0; i < draft->after->clocks.n; i++) {
		const struct clock_rule *rule = clock_rule_of(draft->rules, &clocks[i]);

		if (clocks[i].stopped_at != 0 || rule == NULL || rule->n_extensions == 0)
			continue;
		if (clocks[i].about == NULL || uuid_is_nil(&draft->share) ||
		    str_eq(clocks[i].about, share))
			return &clocks[i];
	}
	return NULL;
}

enum err apply_extend_ask(struct draft *draft, struct error *err)
{
	const struct ask ask = draft_ask(draft);
	const struct extending x = extending_of(draft, &ask);
	enum err code = extending_ask(&x, own_clock(draft), err);

	if (code == ERR_OK)
		draft_due(draft);
	return code;
}

enum err apply_extend_ok(struct draft *draft, struct error *err)
{
	const struct ask ask = draft_ask(draft);
	const struct extending x = extending_of(draft, &ask);
	const struct clock_rule *rule;
	struct extension *asked = NULL;
	enum err code = extending_find(&x, &asked, err);

	if (code != ERR_OK)
		return code;
	if (draft->after->shelved_at != 0)
		return error_set(err, ERR_REFUSED, _("it is on the shelf: take it off"));
	rule = clock_rule_of(draft->rules, extending_clock(&x, asked));
	code = extending_grant(&x, asked, rule != NULL ? rule->extensions : NULL,
			       rule != NULL ? rule->n_extensions : 0, err);
	if (code != ERR_OK)
		return code;
	draft->after->extensions++;
	draft_redue(draft);
	return ERR_OK;
}

enum err apply_extend_no(struct draft *draft, struct error *err)
{
	const struct ask ask = draft_ask(draft);
	const struct extending x = extending_of(draft, &ask);
	struct extension *asked = NULL;
	enum err code = extending_find(&x, &asked, err);

	if (code != ERR_OK)
		return code;
	extending_refuse(&x, asked);
	draft_due(draft);
	return ERR_OK;
}
