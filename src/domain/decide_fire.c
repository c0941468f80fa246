/* Time marks: what a clock's percentage leads to.  Nothing of it moves a case. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "fire_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *effect;
	size_t at; /* when it was first so; 0: the urges are counted */
} effects[] = {
	{ "urge", 0 },
	{ "propose", offsetof(struct incident, proposed_at) },
	{ "list", offsetof(struct incident, listed_at) },
	{ "offer", offsetof(struct incident, offered_at) },
};

static void take_effect(struct draft *draft, const char *effect)
{
	for (size_t i = 0; i < ARRAY_LEN(effects); i++) {
		int64_t *at = (void *)((char *)draft->after + effects[i].at);
		if (strcmp(effects[i].effect, effect) != 0)
			continue;
		if (effects[i].at == 0)
			draft->after->urges++;
		else if (*at == 0)
			*at = draft->eff;
	}
}

enum err apply_fire(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	struct clock *clock = NULL;
	enum err code = fire_check(draft->rules, after, &after->clocks, draft->act, draft->eff,
				   &clock, err);

	if (code != ERR_OK)
		return code;
	if (!after->open && !clock_is_beside(clock))
		return error_set(err, ERR_REFUSED, _("the clock has stopped"));
	for (size_t i = 0;; i++) {
		struct value effect = act_value(draft->act, "effect", i);
		if (!value_is_set(effect))
			return ERR_OK;
		take_effect(draft, effect.text);
	}
}

enum err apply_waive(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;

	if (after->proposed_at == 0 && after->listed_at == 0 && after->offered_at == 0)
		return error_set(err, ERR_REFUSED, _("nothing is proposed here"));
	after->proposed_at = after->listed_at = after->offered_at = 0;
	return ERR_OK;
}
