#include <config.h>

#include "extending.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

struct clock *extending_clock(const struct extending *x, const struct extension *asked)
{
	struct uuid uuid;

	if (asked->clock == NULL || uuid_parse(asked->clock, &uuid) != ERR_OK)
		return NULL;
	return children_find(x->clocks, child_desc(CHILD_CLOCK), &uuid);
}

static enum err read_limit(const struct extending *x, const char *arg, const char *words,
			   struct limit *ret_limit, struct error *err)
{
	struct limit limit;
	enum err code = limit_parse(words, &limit, err);

	if (code != ERR_OK)
		return code;
	if (limit.unit == LIMIT_NONE || limit.from_clock >= 0)
		return error_set(err, ERR_INPUT, _("%s: so much time, as 3wd, 2d or 4h"),
				 _(act_arg_field(x->ask->desc, arg)->title));
	*ret_limit = limit;
	return ERR_OK;
}

enum err extending_ask(const struct extending *x, const struct clock *clock, struct error *err)
{
	const struct act *act = x->ask->act;
	const struct extension *items = x->asked->items;
	struct uuid id = uuid_child(&act->id, "extension", 0);
	struct extension *asked;
	struct limit limit;
	char text[24], clock_id[UUID_TEXT];
	enum err code = read_limit(x, "extend_by", act_text(act, "extend_by"), &limit, err);

	if (code != ERR_OK)
		return code;
	if (clock == NULL)
		return error_set(err, ERR_REFUSED, _("no clock runs here that could be extended"));
	uuid_text(&clock->id, clock_id);
	for (size_t i = 0; i < x->asked->n; i++)
		if (items[i].decided_at == 0 && str_eq(items[i].clock, clock_id))
			return error_set(err, ERR_REFUSED,
					 _("an extension by %s is asked for already"),
					 items[i].asked);
	limit_text(&limit, text);
	asked = children_add(x->asked, child_desc(CHILD_EXTENSION), &id, x->arena);
	asked->clock = arena_strdup(x->arena, clock_id);
	asked->org = clock->org;
	asked->asked = arena_strdup(x->arena, text);
	asked->reason = act_text(act, "reason");
	asked->asked_at = x->ask->eff;
	asked->asked_by = act->actor.officer;
	return ERR_OK;
}

/* --- deciding -------------------------------------------------------------------------------- */

static bool waits(const struct extending *x, const struct extension *asked)
{
	const struct clock *clock = extending_clock(x, asked);

	return asked->decided_at == 0 && clock != NULL && clock->stopped_at == 0;
}

bool extending_waits(const struct extending *x)
{
	const struct extension *items = x->asked->items;

	for (size_t i = 0; i < x->asked->n; i++)
		if (waits(x, &items[i]))
			return true;
	return false;
}

/* Nothing waits any more: whoever decided before is named. */
static enum err none_waits(const struct extending *x, const struct extension *last,
			   struct error *err)
{
	char when[CIVIL_TEXT];

	if (last == NULL)
		return error_set(err, ERR_REFUSED, _("nobody waits for an extension here"));
	civil_format(last->decided_at, x->ask->rules->offset_min, "m-d H:M", when, sizeof when);
	if (last->granted == NULL)
		return error_set(err, ERR_REFUSED, _("%s has refused it already, %s"),
				 officer_show(last->decided_by), when);
	return error_set(err, ERR_REFUSED, _("%s has granted it already, %s: %s"),
			 officer_show(last->decided_by), when, last->granted);
}

enum err extending_find(const struct extending *x, struct extension **ret_asked,
			struct error *err)
{
	struct extension *items = x->asked->items, *found = NULL, *last = NULL;
	const char *words = act_text(x->ask->act, "share");
	const struct org *org = rules_org_named(x->ask->rules, words);

	for (size_t i = 0; i < x->asked->n; i++) {
		if (words != NULL && (org == NULL || !str_eq(items[i].org, org->code)))
			continue;
		if (items[i].decided_at != 0 &&
		    (last == NULL || items[i].decided_at >= last->decided_at))
			last = &items[i];
		if (!waits(x, &items[i]))
			continue;
		if (found != NULL)
			return error_set(err, ERR_REFUSED,
					 _("several have asked: say whose share"));
		found = &items[i];
	}
	if (found == NULL)
		return none_waits(x, last, err);
	*ret_asked = found;
	return ERR_OK;
}

/* How often the clock has been extended. */
static size_t turns(const struct extending *x, const char *clock)
{
	const struct extension *items = x->asked->items;
	size_t n = 0;

	for (size_t i = 0; i < x->asked->n; i++)
		n += items[i].granted != NULL && str_eq(items[i].clock, clock);
	return n;
}

static const char *longer(const struct extending *x, const struct clock *clock,
			  const struct limit *limit)
{
	char text[24];

	limit_text(limit, text);
	return clock->extended != NULL ? arena_printf(x->arena, "%s %s", clock->extended, text)
				       : arena_strdup(x->arena, text);
}

/* The due if it were extended by a limit; a date that somebody stated is counted on from. */
static struct due due_with(const struct extending *x, const struct clock *clock,
			   const struct limit *limit)
{
	const struct rules *rules = x->ask->rules;
	struct clock copy = *clock;

	if (clock->limit == NULL)
		return due_compute(rules_calendar(rules, clock->calendar),
				   rules_hours(rules, clock->hours), rules->offset_min, clock->due,
				   limit, NULL);
	copy.extended = longer(x, clock, limit);
	return clock_due(rules, x->ask->incident, &copy);
}

struct ranks { /* who may grant the first, second, … extension of a clock */
	const struct extension_row *rows;
	size_t n, turn;
};

/* The row of this turn or, for more than it allows, one of a later turn: who may grant that
 * much. */
static const struct extension_row *row_for(const struct extending *x, const struct clock *clock,
					   const struct ranks *ranks, const struct limit *limit)
{
	for (size_t i = ranks->turn < ranks->n ? ranks->turn : ranks->n - 1; i < ranks->n; i++) {
		const struct extension_row *row = &ranks->rows[i];
		if (row->most.unit == LIMIT_NONE ||
		    due_with(x, clock, limit).at <= due_with(x, clock, &row->most).at)
			return row;
	}
	return NULL;
}

static enum err check_rank(const struct extending *x, const struct clock *clock,
			   const struct ranks *ranks, const struct limit *limit, struct error *err)
{
	const struct extension_row *row = row_for(x, clock, ranks, limit);
	char text[24], most[24];

	limit_text(limit, text);
	if (row == NULL) {
		limit_text(&ranks->rows[ranks->n - 1].most, most);
		return error_set(err, ERR_REFUSED,
				 _("%s is too much: nobody may grant more than %s"), text, most);
	}
	/* whoever may grant more may also grant less */
	for (const struct extension_row *r = row; r < ranks->rows + ranks->n; r++)
		if (ask_role(x->ask, r->role))
			return ERR_OK;
	return error_set(err, ERR_REFUSED, _("extension %d by %s: only %s may grant it"),
			 (int)ranks->turn + 1, text, rules_role_label(x->ask->rules, row->role));
}

enum err extending_grant(const struct extending *x, struct extension *asked,
			 const struct extension_row *rows, size_t n_rows, struct error *err)
{
	const char *words = act_text(x->ask->act, "granted");
	const struct ranks ranks = { rows, n_rows, turns(x, asked->clock) };
	struct clock *clock = extending_clock(x, asked);
	struct limit limit;
	char text[24];
	enum err code = read_limit(x, "granted", words != NULL ? words : asked->asked, &limit, err);

	if (code == ERR_OK && n_rows == 0)
		return error_set(err, ERR_REFUSED, _("no clock runs here that could be extended"));
	if (code == ERR_OK)
		code = check_rank(x, clock, &ranks, &limit, err);
	if (code != ERR_OK)
		return code;
	limit_text(&limit, text);
	if (clock->limit == NULL) {
		const struct due due = due_with(x, clock, &limit);

		clock->due = due.at;
		clock->provisional = due.provisional;
	}
	clock->extended = longer(x, clock, &limit);
	asked->granted = arena_strdup(x->arena, text);
	asked->decided_at = x->ask->eff;
	asked->decided_by = x->ask->act->actor.officer;
	return ERR_OK;
}

void extending_refuse(const struct extending *x, struct extension *asked)
{
	asked->decided_at = x->ask->eff;
	asked->decided_by = x->ask->act->actor.officer;
}
