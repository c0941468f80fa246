/* Extensions (延期): asked by who has the clock, granted by the rank its turn needs. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

static struct clock *clock_of(const struct incident *incident, const char *id)
{
	struct uuid uuid;

	if (id == NULL || uuid_parse(id, &uuid) != ERR_OK)
		return NULL;
	return children_find(&incident->clocks, child_desc(CHILD_CLOCK), &uuid);
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

static bool is_open(const struct incident *incident, const struct extension *asked)
{
	const struct clock *clock = clock_of(incident, asked->clock);

	return asked->decided_at == 0 && clock != NULL && clock->stopped_at == 0;
}

static enum err read_limit(const struct draft *draft, const char *arg, const char *words,
			   struct limit *ret_limit, struct error *err)
{
	struct limit limit;
	enum err code = limit_parse(words, &limit, err);

	if (code != ERR_OK)
		return code;
	if (limit.unit == LIMIT_NONE || limit.from_clock >= 0)
		return error_set(err, ERR_INPUT, _("%s: so much time, as 3wd, 2d or 4h"),
				 _(act_arg_field(draft->act->desc, arg)->title));
	*ret_limit = limit;
	return ERR_OK;
}

enum err apply_extend_ask(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct extension *items = after->asked.items;
	const struct clock *clock = own_clock(draft);
	struct uuid id = uuid_child(&draft->act->id, "extension", 0);
	struct extension *asked;
	struct limit limit;
	char text[24], clock_id[UUID_TEXT];
	enum err code = read_limit(draft, "extend_by", act_text(draft->act, "extend_by"), &limit, err);

	if (code != ERR_OK)
		return code;
	if (clock == NULL)
		return error_set(err, ERR_REFUSED, _("no clock runs here that could be extended"));
	uuid_text(&clock->id, clock_id);
	for (size_t i = 0; i < after->asked.n; i++)
		if (items[i].decided_at == 0 && str_eq(items[i].clock, clock_id))
			return error_set(err, ERR_REFUSED,
					 _("an extension by %s is asked for already"),
					 items[i].asked);
	limit_text(&limit, text);
	asked = children_add(&after->asked, child_desc(CHILD_EXTENSION), &id, draft->arena);
	asked->clock = arena_strdup(draft->arena, clock_id);
	asked->org = clock->org;
	asked->asked = arena_strdup(draft->arena, text);
	asked->reason = act_text(draft->act, "reason");
	asked->asked_at = draft->eff;
	asked->asked_by = draft->act->actor.officer;
	draft_due(draft);
	return ERR_OK;
}

/* --- deciding -------------------------------------------------------------------------------- */

/* The open request: of the share that is named, else the only one. */
static enum err find_asked(struct draft *draft, struct extension **ret_asked, struct error *err)
{
	struct extension *items = draft->after->asked.items, *found = NULL;
	const char *words = act_text(draft->act, "share");
	const struct org *org = rules_org_named(draft->rules, words);

	for (size_t i = 0; i < draft->after->asked.n; i++) {
		if (!is_open(draft->after, &items[i]) ||
		    (words != NULL && (org == NULL || !str_eq(items[i].org, org->code))))
			continue;
		if (found != NULL)
			return error_set(err, ERR_REFUSED,
					 _("several have asked: say whose share"));
		found = &items[i];
	}
	if (found == NULL)
		return error_set(err, ERR_REFUSED, _("nobody waits for an extension here"));
	*ret_asked = found;
	return ERR_OK;
}

/* How often the clock has been extended. */
static size_t turns(const struct incident *incident, const char *clock)
{
	const struct extension *items = incident->asked.items;
	size_t n = 0;

	for (size_t i = 0; i < incident->asked.n; i++)
		n += items[i].granted != NULL && str_eq(items[i].clock, clock);
	return n;
}

/* The due if it were extended by a limit. */
static int64_t due_with(const struct draft *draft, const struct clock *clock,
			const struct limit *limit)
{
	struct clock longer = *clock;
	char text[24];

	limit_text(limit, text);
	longer.extended = clock->extended != NULL
				  ? arena_printf(draft->arena, "%s %s", clock->extended, text)
				  : arena_strdup(draft->arena, text);
	return clock_due(draft->rules, draft->after, &longer).at;
}

/* The row of this turn or, for more than it allows, one of a later turn: who may grant that
 * much. */
static const struct extension_row *row_for(const struct draft *draft, const struct clock *clock,
					   const struct clock_rule *rule, size_t turn,
					   const struct limit *limit)
{
	for (size_t i = turn < rule->n_extensions ? turn : rule->n_extensions - 1;
	     i < rule->n_extensions; i++) {
		const struct extension_row *row = &rule->extensions[i];
		if (row->most.unit == LIMIT_NONE ||
		    due_with(draft, clock, limit) <= due_with(draft, clock, &row->most))
			return row;
	}
	return NULL;
}

static enum err check_rank(const struct draft *draft, const struct clock *clock,
			   const struct clock_rule *rule, const struct limit *limit,
			   struct error *err)
{
	const struct ask ask = { .rules = draft->rules, .incident = draft->before,
				 .desc = draft->act->desc, .actor = &draft->act->actor,
				 .act = draft->act, .mode = draft->state->mode, .eff = draft->eff };
	char id[UUID_TEXT], text[24], most[24];
	const struct extension_row *row;
	size_t turn;

	uuid_text(&clock->id, id);
	turn = turns(draft->before, id);
	row = row_for(draft, clock, rule, turn, limit);
	limit_text(limit, text);
	if (row == NULL) {
		limit_text(&rule->extensions[rule->n_extensions - 1].most, most);
		return error_set(err, ERR_REFUSED,
				 _("%s is too much: nobody may grant more than %s"), text, most);
	}
	/* whoever may grant more may also grant less */
	for (const struct extension_row *r = row; r < rule->extensions + rule->n_extensions; r++)
		if (ask_role(&ask, r->role))
			return ERR_OK;
	return error_set(err, ERR_REFUSED, _("extension %d by %s: only %s may grant it"),
			 (int)turn + 1, text, rules_role_label(draft->rules, row->role));
}

enum err apply_extend_ok(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const char *words = act_text(draft->act, "granted");
	const struct clock_rule *rule;
	struct extension *asked = NULL;
	struct clock *clock;
	struct limit limit;
	char text[24];
	enum err code = find_asked(draft, &asked, err);

	if (code == ERR_OK)
		code =
		    read_limit(draft, "granted", words != NULL ? words : asked->asked, &limit, err);
	if (code != ERR_OK)
		return code;
	clock = clock_of(after, asked->clock);
	rule = clock_rule_of(draft->rules, clock);
	if (rule == NULL || rule->n_extensions == 0)
		return error_set(err, ERR_REFUSED, _("no clock runs here that could be extended"));
	if (after->shelved_at != 0)
		return error_set(err, ERR_REFUSED, _("it is on the shelf: take it off"));
	code = check_rank(draft, clock, rule, &limit, err);
	if (code != ERR_OK)
		return code;
	limit_text(&limit, text);
	asked->granted = arena_strdup(draft->arena, text);
	asked->decided_at = draft->eff;
	asked->decided_by = draft->act->actor.officer;
	clock->extended = clock->extended != NULL
				  ? arena_printf(draft->arena, "%s %s", clock->extended, text)
				  : asked->granted;
	after->extensions++;
	draft_redue(draft);
	return ERR_OK;
}

enum err apply_extend_no(struct draft *draft, struct error *err)
{
	struct extension *asked = NULL;
	enum err code = find_asked(draft, &asked, err);

	if (code != ERR_OK)
		return code;
	asked->decided_at = draft->eff;
	asked->decided_by = draft->act->actor.officer;
	draft_due(draft);
	return ERR_OK;
}
