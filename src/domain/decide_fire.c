/* Time marks: what a clock's percentage leads to.  Nothing of it moves a case. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

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
	int64_t threshold = act_value(draft->act, "threshold", 0).num, at;
	struct clock *clock = NULL;
	struct uuid id;

	if (uuid_parse(act_text(draft->act, "clock_id"), &id) == ERR_OK)
		clock = children_find(&after->clocks, child_desc(CHILD_CLOCK), &id);
	if (clock == NULL || threshold <= 0 || threshold > 100000)
		return error_set(err, ERR_INPUT, _("there is no such clock"));
	if (clock->stopped_at != 0 || (!after->open && !clock_is_beside(clock)))
		return error_set(err, ERR_REFUSED, _("the clock has stopped"));
	if (clock->fired >= threshold)
		return error_set(err, ERR_REFUSED, _("the mark of %lld%% was passed already"),
				 (long long)clock->fired);
	at = clock_mark(draft->rules, after, clock, (int)threshold);
	if (at == 0 || at > draft->eff)
		return error_set(err, ERR_REFUSED, _("the mark of %lld%% is not reached yet"),
				 (long long)threshold);
	clock->fired = threshold;
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
