/* Cases, whistles, meetings, items and tasks that an adoption carries over: an act of the system each,
 * in the same transaction. */
#include <config.h>

#include "adopt_priv.h"
#include "service_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/whistle.h"

enum { DUES_SHOWN = 500 };

struct carrying { /* one of them */
	struct adopt *adopt;
	void *entity;
	struct act act;
};

static void give(struct carrying *carrying, const char *name, const char *text)
{
	act_give(&carrying->act, act_arg_field(carrying->act.desc, name),
		 (struct value){ .is_text = true, .text = text }, &carrying->adopt->one);
}

static void say_yes(struct carrying *carrying, const char *name)
{
	act_give(&carrying->act, act_arg_field(carrying->act.desc, name),
		 (struct value){ .num = 1 }, &carrying->adopt->one);
}

static bool is_said(const struct act *act, const char *name, const char *text)
{
	for (size_t i = 0;; i++) {
		const struct value value = act_value(act, name, i);

		if (!value_is_set(value))
			return false;
		if (str_eq(value.text, text))
			return true;
	}
}

static void say_step(void *ctx, const char **step)
{
	struct carrying *carrying = ctx;
	const char *now = adopt_mapped(carrying->adopt, *step);
	const char *line;

	if (strcmp(now, *step) == 0)
		return;
	line = arena_printf(&carrying->adopt->one, "%s=%s", *step, now);
	if (!is_said(&carrying->act, "map", line))
		give(carrying, "map", line);
}

static void say_names(struct carrying *carrying)
{
	const struct entity *head = carrying->entity;
	const char *kind;

	if (head->kind == KIND_WHISTLE) {
		kind = carry_kind(carrying->entity, &carrying->adopt->one);
		say_step(carrying, &kind);
	} else if (head->kind == KIND_INCIDENT) {
		carry_steps_each(carrying->entity, say_step, carrying);
	}
}

static void say_org(void *ctx, const char **org)
{
	struct carrying *carrying = ctx;
	struct adopt *adopt = carrying->adopt;
	const char *heir;

	if (org_stands(adopt->rules, *org, adopt->now) || is_said(&carrying->act, "from_org", *org))
		return;
	heir = adopt_heir(adopt, *org, carrying->entity);
	if (heir == NULL)
		return;
	give(carrying, "from_org", *org);
	give(carrying, "to_org", heir);
	tally_add(adopt, tally_of(adopt, &adopt->moves, *org, heir), carrying->entity);
}

static void say_orgs(struct carrying *carrying)
{
	const struct entity *head = carrying->entity;

	adopt_orgs_each(carrying->entity, say_org, carrying);
	if (head->kind == KIND_WHISTLE)
		carry_claims_each(carrying->entity, say_org, carrying);
}

/* --- deadlines that moved -------------------------------------------------------------------- */

static void time_words(const struct adopt *adopt, int64_t at, char words[CIVIL_TEXT])
{
	if (at == 0)
		snprintf(words, CIVIL_TEXT, "-");
	else
		civil_format(at, adopt->rules->offset_min, "Y-m-d H:M", words, CIVIL_TEXT);
}

static const struct children *clocks_of(const void *entity)
{
	static const struct children none;
	const struct entity *head = entity;

	switch (head->kind) {
	case KIND_INCIDENT:
		return &((const struct incident *)entity)->clocks;
	case KIND_WHISTLE:
		return &((const struct whistle *)entity)->clocks;
	case KIND_MEETING:
		return &((const struct meeting *)entity)->clocks;
	case KIND_ACTION:
		return &((const struct action *)entity)->clocks;
	default:
		return &none;
	}
}

static const char *joint_clock_label(const struct rules *rules, const char *kind)
{
	for (size_t i = 0; i < MEETING_CLOCKS; i++)
		if (str_eq(kind, meeting_clock_code((enum meeting_clock)i)))
			return meeting_clock_label((enum meeting_clock)i);
	return clock_label(rules, kind);
}

/* But of a case with whose it is: each share, each attendee has one of that name. */
static const char *label_of(const struct adopt *adopt, const void *entity,
			    const struct clock *clock, struct arena *arena)
{
	const struct entity *head = entity;
	const struct org *org = rules_org(adopt->rules, clock->org);

	const char *label;

	if (head->kind == KIND_INCIDENT)
		return clock_label(adopt->rules, clock->kind);
	if (head->kind == KIND_WHISTLE)
		label = summons_clock_label(adopt->rules, whistle_summons(adopt->rules, entity),
					    clock->kind);
	else if (head->kind == KIND_ACTION)
		label = action_clock_label(adopt->rules, clock->kind);
	else
		label = joint_clock_label(adopt->rules, clock->kind);
	return arena_printf(arena, "%s (%s)", label, org != NULL ? org->name : "-");
}

static void say_dues(struct adopt *adopt, const void *before, const void *after)
{
	const struct children *list = clocks_of(before);
	const struct clock *clocks = list->items;

	for (size_t i = 0; i < list->n; i++) {
		const struct clock *now = children_find((struct children *)clocks_of(after),
							child_desc(CHILD_CLOCK), &clocks[i].id);
		char from[CIVIL_TEXT], to[CIVIL_TEXT];
		int64_t due = now != NULL && now->stopped_at == 0 ? now->due : 0;

		if (clocks[i].stopped_at != 0 || due == clocks[i].due)
			continue;
		if (adopt->n_due++ >= DUES_SHOWN)
			continue;
		time_words(adopt, clocks[i].due, from);
		time_words(adopt, due, to);
		str_addf(&adopt->dues, "%s  %s  %s -> %s%s\n", adopt_number(before),
			 label_of(adopt, before, &clocks[i], &adopt->one), from, to,
			 now != NULL && now->provisional ? _(" (provisional)") : "");
	}
}

/* --- one after the other --------------------------------------------------------------------- */

/* The act "carry" on what was loaded; needs: of its own, what this act is for. */
static void fill(struct carrying *carrying, const struct target_state *target, unsigned needs)
{
	const struct entity *head = target->entity;

	carrying->entity = target->entity;
	carrying->act.desc = act_desc_of(head->kind, "carry");
	carrying->act.target = (struct target){ head->kind, head->id, target->row.version };
	if (needs & NEED_MAP)
		say_names(carrying);
	if (needs & NEED_HEIR)
		say_orgs(carrying);
	if (needs & NEED_DUE)
		say_yes(carrying, "redue");
	if ((needs & NEED_DUE) && !carrying->adopt->ask->redue)
		say_yes(carrying, "provisional");
}

static enum err carry_for(struct adopt *adopt, struct carrying *carrying,
			  const struct adopt_carried *carried, unsigned needs, bool *ret_written,
			  struct error *err)
{
	struct admission admission = { .act = &carrying->act,
				       .recv = adopt->now,
				       .eff = adopt->now };
	struct target_state target;
	enum err code = target_load(adopt->writer, &carried->id, &adopt->one, &target, err);

	if (code != ERR_OK)
		return code;
	*carrying = (struct carrying){ .adopt = adopt,
				       .act = { .id = uuid_v7(&adopt->writer->service->env),
						.actor = system_actor(adopt->rules),
						.at = adopt->now } };
	fill(carrying, &target, needs);
	code = admit(adopt->writer, &admission, &adopt->one, err);
	if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s: %s", adopt_number(carrying->entity),
				 admission.err.text);
	if (code != ERR_OK)
		return code;
	*ret_written = admission.seq == adopt->writer->head;
	if (!(needs & NEED_DUE) || !*ret_written)
		return ERR_OK;
	code = target_load(adopt->writer, &carried->id, &adopt->one, &target, err);
	if (code == ERR_OK)
		say_dues(adopt, carrying->entity, target.entity);
	return code;
}

/* That more organisations see it comes with whatever is written of it. */
static enum err carry_one(struct adopt *adopt, const struct adopt_carried *carried, struct error *err)
{
	unsigned rest = carried->needs & ~(unsigned)NEED_SIGHT;
	struct carrying carrying = { .adopt = adopt };
	bool written = false;
	enum err code = rest != 0 ? carry_for(adopt, &carrying, carried, rest, &written, err)
				  : ERR_OK;

	if (code == ERR_OK && (carried->needs & NEED_SIGHT) && !written)
		code = carry_for(adopt, &carrying, carried, NEED_SIGHT, &written, err);
	if (code != ERR_OK)
		return code;
	if (carried->needs & NEED_MAP)
		tally_add(adopt, &adopt->mapped, carrying.entity);
	if (carried->needs & NEED_SIGHT)
		tally_add(adopt, &adopt->seen, carrying.entity);
	return ERR_OK;
}

enum err adopt_carry(struct adopt *adopt, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < adopt->n_cases; i++) {
		arena_reset(&adopt->one);
		code = carry_one(adopt, &adopt->cases[i], err);
	}
	if (adopt->n_due > DUES_SHOWN)
		str_addf(&adopt->dues, _("and %lld more\n"),
			 (long long)(adopt->n_due - DUES_SHOWN));
	return code;
}
