/* Cases carried over when a profile or a calendar is adopted: steps that have another name, cases of
 * organisations that ended, deadlines that are computed again. */
#include <config.h>

#include "decide_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

/* --- steps ----------------------------------------------------------------------------------- */

/* The new name of a step, by the act's lines OLD=NEW; the old one when none speaks of it. */
static const char *mapped(const struct draft *draft, const char *step)
{
	for (size_t i = 0; step != NULL; i++) {
		const struct value line = act_value(draft->act, "map", i);
		size_t len = strlen(step);

		if (!value_is_set(line))
			break;
		if (strncmp(line.text, step, len) == 0 && line.text[len] == '=')
			return arena_strdup(draft->arena, line.text + len + 1);
	}
	return step;
}

static enum err carry_steps(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	struct level *levels = after->levels.items;
	struct clock *clocks = after->clocks.items;
	const char *id = mapped(draft, after->step);
	const struct step *step = rules_step(draft->rules, id);

	if (step == NULL && !str_eq(id, after->step))
		return error_set(err, ERR_INPUT, _("%.40s is no step of the profile"), id);
	if (step != NULL && !str_eq(id, after->step)) {
		after->step = step->id;
		after->tier = step->tier;
		after->open = step->open;
	}
	for (size_t i = 0; i < after->clocks.n; i++)
		clocks[i].step = mapped(draft, clocks[i].step);
	for (size_t i = 0; i < after->levels.n; i++) {
		levels[i].step = mapped(draft, levels[i].step);
		levels[i].back = mapped(draft, levels[i].back);
	}
	return ERR_OK;
}

/* --- organisations --------------------------------------------------------------------------- */

/* Who takes over from an organisation, by the act's pairs; itself when none speaks of it. */
static const char *heir(const struct draft *draft, const char *org)
{
	for (size_t i = 0; org != NULL; i++) {
		const struct value from = act_value(draft->act, "from_org", i);
		const struct value to = act_value(draft->act, "to_org", i);

		if (!value_is_set(from) || !value_is_set(to))
			break;
		if (str_eq(from.text, org))
			return to.text;
	}
	return org;
}

/* Who must still do something; what was done stays with who did it. */
static void carry_orgs(struct draft *draft)
{
	struct incident *after = draft->after;
	struct part *parts = after->parts.items;
	struct level *levels = after->levels.items;
	struct clock *clocks = after->clocks.items;
	struct promise *promises = after->promises.items;
	struct behalf *behalves = after->behalves.items;
	struct supervision *supervisions = after->supervisions.items;
	struct receipt *receipts = after->receipts.items;

	after->seat = heir(draft, after->seat);
	after->holder = heir(draft, after->holder);
	after->duty_unit = heir(draft, after->duty_unit);
	for (size_t i = 0; i < after->parts.n; i++)
		if (!str_eq(parts[i].role, "past"))
			parts[i].org = heir(draft, parts[i].org);
	for (size_t i = 0; i < after->levels.n; i++) {
		levels[i].seat = heir(draft, levels[i].seat);
		levels[i].holder = heir(draft, levels[i].holder);
	}
	for (size_t i = 0; i < after->clocks.n; i++)
		if (clocks[i].stopped_at == 0)
			clocks[i].org = heir(draft, clocks[i].org);
	for (size_t i = 0; i < after->promises.n; i++)
		if (promises[i].kept_at == 0)
			promises[i].org = heir(draft, promises[i].org);
	for (size_t i = 0; i < after->behalves.n; i++)
		if (behalves[i].signed_at == 0)
			behalves[i].org = heir(draft, behalves[i].org);
	for (size_t i = 0; i < after->supervisions.n; i++)
		if (supervisions[i].answered_at == 0)
			supervisions[i].org = heir(draft, supervisions[i].org);
	for (size_t i = 0; i < after->receipts.n; i++)
		if (receipts[i].signed_at == 0)
			receipts[i].org = heir(draft, receipts[i].org);
}

enum err apply_carry(struct draft *draft, struct error *err)
{
	enum err code = carry_steps(draft, err);

	if (code != ERR_OK)
		return code;
	carry_orgs(draft);
	if (act_value(draft->act, "redue", 0).num != 0)
		draft_refit(draft);
	return ERR_OK;
}
