/* Whatever is possible with a meeting, an item or a task, so that no act is left out. */
#include <config.h>

#include "zhiban/base/civil.h"
#include "zhiban/client/meeting.h"

#include "args.h"
#include "sim.h"

enum { ACTS_MOST = 64 };

struct choice_of { /* what an officer may do to one thing */
	const void *entity;
	enum kind kind;
	struct sim_seat *seat;
};

static bool is_possible(const struct choice_of *of, const struct act_desc *desc)
{
	const struct rules *rules = client_rules(of->seat->client);
	const struct actor *actor = client_actor(of->seat->client);
	struct error err = ERROR_INIT;

	if (desc->target != of->kind || desc->flags & (ACT_SYSTEM | ACT_SELF) ||
	    desc->conflict == CONFLICT_CREATES)
		return false;
	switch (of->kind) {
	case KIND_MEETING:
		return meeting_possible(rules, of->entity, desc, actor, &err) == ERR_OK;
	case KIND_ITEM:
		return item_possible(rules, of->entity, desc, actor, &err) == ERR_OK;
	default:
		return action_possible(rules, of->entity, desc, actor, &err) == ERR_OK;
	}
}

/* One that is possible, the usual ones less often than the others; now and then any. */
static const struct act_desc *some_verb(struct world *world, const struct choice_of *of)
{
	static const char *const usual[] = { "note", "call", "sign_in", "compose" };
	const struct act_desc *fits[ACTS_MOST];
	bool any = chance_one_in(&world->chance, 10);
	size_t n = 0;

	for (size_t i = 0; i < act_desc_count() && n < ACTS_MOST; i++) {
		const struct act_desc *desc = act_desc_at(i);
		bool often = false;

		for (size_t k = 0; k < ARRAY_LEN(usual); k++)
			often = often || strcmp(usual[k], desc->verb) == 0;
		if (often && !chance_one_in(&world->chance, 4))
			continue;
		if (is_possible(of, desc) ||
		    (any && desc->target == of->kind && desc->conflict != CONFLICT_CREATES &&
		     !(desc->flags & (ACT_SYSTEM | ACT_SELF))))
			fits[n++] = desc;
	}
	return n > 0 ? fits[chance_below(&world->chance, n)] : NULL;
}

static const char *words_of(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

/* One who asked for leave, if a leave is to be decided; else anybody. */
static const char *some_attendee(struct world *world, const struct meeting *meeting,
				 const struct act_desc *desc)
{
	bool leave = strcmp(desc->verb, "grant") == 0 || strcmp(desc->verb, "insist") == 0;

	for (size_t i = 0; leave && i < meeting->attendees.n; i++)
		if (attendee_answer(meeting_attendee(meeting, i)) == ANSWER_LEAVE &&
		    meeting_attendee(meeting, i)->leave_at == 0)
			return words_of(world, &meeting_attendee(meeting, i)->id);
	if (meeting->attendees.n == 0)
		return NULL;
	return words_of(world, &meeting_attendee(meeting, chance_below(&world->chance,
								       meeting->attendees.n))->id);
}

static const struct {
	const char *name;
	const char *words[3];
} texts[] = { /* of arguments that are not just words */
	{ "answer", { "accepted", "leave", "leave" } },
	{ "presence", { "present", "late", "left" } },
	{ "outcome", { "agreed", "deferred", "noted" } },
	{ "stage", { "first", "second", "shown" } },
	{ "attend", { "roads\tmust", "water\tmay", "north\tmust" } },
	{ "channel", { "note", "card", "note" } },
	{ "lead_org", { "roads", "water", "mains" } },
	{ "assist", { "north", "south", "mains" } },
};

static bool own_words(struct world *world, const struct choice_of *of, const struct act_desc *desc,
		      const char *name, struct args *args)
{
	int64_t now = client_now(of->seat->client);

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (strcmp(texts[i].name, name) == 0) {
			args_text(args, desc, name, texts[i].words[chance_below(&world->chance, 3)]);
			return true;
		}
	if (strcmp(name, "rev") == 0) {
		args_num(args, desc, name,
			 of->kind == KIND_ITEM ? ((const struct item *)of->entity)->rev
					       : ((const struct meeting *)of->entity)->rev);
		return true;
	}
	if (strcmp(name, "entitled") == 0 || strcmp(name, "present_n") == 0 ||
	    strcmp(name, "agreed") == 0 || strcmp(name, "passed") == 0) {
		args_num(args, desc, name, strcmp(name, "passed") == 0 ? 1 : 9);
		return true;
	}
	if (strcmp(name, "until") == 0 || strcmp(name, "handle_by") == 0 ||
	    strcmp(name, "starts") == 0 || strcmp(name, "answer_by") == 0) {
		args_num(args, desc, name, now + DAY_MS);
		return true;
	}
	if (strcmp(name, "ends") == 0) {
		args_num(args, desc, name, now + DAY_MS + HOUR_MS);
		return true;
	}
	return strcmp(name, "share") == 0 || strcmp(name, "entry") == 0 ||
	       strcmp(name, "behalf") == 0;
}

static void give_all(struct world *world, const struct choice_of *of, const struct act_desc *desc,
		     struct args *args)
{
	struct act_arg all[ACT_ARGS_MAX];
	size_t n = act_args(desc, all);

	for (size_t i = 0; i < n && args->n < SIM_GIVEN; i++) {
		const char *name = all[i].field->name;

		if (!all[i].required && strcmp(name, "attendee") != 0 && strcmp(name, "rev") != 0 &&
		    strcmp(desc->verb, "stage") != 0 && chance_one_in(&world->chance, 2))
			continue;
		if (strcmp(name, "attendee") == 0) {
			const char *id = some_attendee(world, of->entity, desc);

			if (id != NULL)
				args_text(args, desc, name, id);
		} else if (!own_words(world, of, desc, name, args)) {
			args_give(world, desc, &all[i], args);
		}
	}
}

static void say_who(struct world *world, const struct choice_of *of, const struct act_desc *desc,
		    struct args *args)
{
	static const char *const ranked[] = { "approve", "disapprove", "extend_ok", "extend_no",
					      "grant",	 "insist",     "supervise", "lift" };
	const char *org = of->kind == KIND_ACTION ? ((const struct action *)of->entity)->lead : NULL;

	for (size_t i = 0; i < ARRAY_LEN(ranked); i++)
		if (strcmp(ranked[i], desc->verb) == 0 && !chance_one_in(&world->chance, 3))
			args->phone = (struct by_phone){ .role = "leader", .rung = "Leader",
							 .wording = sim_words(world, "agreed") };
	if (args->phone.role == NULL && org != NULL && chance_one_in(&world->chance, 2))
		args->phone = (struct by_phone){ .org = org, .rung = "Desk",
						 .wording = sim_words(world, "yes") };
}

static bool is_staged(const struct choice_of *of)
{
	return of->kind == KIND_MEETING && str_eq(((const struct meeting *)of->entity)->series, "staged");
}

/* What somebody waits for there; NULL: nothing. */
static const char *waited_for_here(const struct choice_of *of)
{
	const struct item *item = of->entity;
	const struct action *action = of->entity;

	if (is_staged(of))
		return "stage";
	if (of->kind == KIND_ITEM)
		return item->owed > 0 ? "countersign" : NULL;
	if (of->kind != KIND_ACTION)
		return NULL;
	return action->proposed_at != 0 ? "waive" : action->owed > 0 ? "countersign" : NULL;
}

static void any_act(struct world *world, struct choice_of *of)
{
	const char *wanted = waited_for_here(of);
	const struct act_desc *desc = wanted != NULL && !chance_one_in(&world->chance, 3)
					      ? act_desc_of(of->kind, wanted)
					      : some_verb(world, of);
	struct uuid id = ((const struct entity *)of->entity)->id;
	struct args args = { .n = 0 };

	if (desc == NULL)
		return;
	give_all(world, of, desc, &args);
	say_who(world, of, desc, &args);
	if (sim_do(world, of->seat, desc, &id, &args))
		count_up(world, of->kind == KIND_MEETING ? COUNT_meeting_acts
			 : of->kind == KIND_ITEM	 ? COUNT_item_acts
							 : COUNT_task_acts);
}

/* A meeting of stages, which are held one behind the other. */
static void staged(struct world *world, const struct sim_seat *seat)
{
	const struct act_desc *desc = act_desc_of(KIND_MEETING, "convene");
	struct args args = { .n = 0 };

	args_text(&args, desc, "series", "staged");
	args_text(&args, desc, "title", sim_words(world, "vote"));
	if (sim_do(world, seat, desc, NULL, &args))
		count_up(world, COUNT_meetings);
}

static void one_of_each(struct world *world, struct sim_seat *seat)
{
	struct client_meeting *meetings;
	struct client_item *items;
	struct client_action *actions;
	size_t n_meetings = 0, n_items = 0, n_actions = 0;
	struct choice_of of = { .seat = seat };

	if (client_meetings(seat->client, 1, &world->arena, &meetings, &n_meetings, NULL) != ERR_OK ||
	    client_items(seat->client, 1, &world->arena, &items, &n_items, NULL) != ERR_OK ||
	    client_actions(seat->client, 1, &world->arena, &actions, &n_actions, NULL) != ERR_OK)
		return;
	if (n_meetings > 0 && chance_one_in(&world->chance, 2)) {
		of.kind = KIND_MEETING;
		of.entity = meetings[chance_below(&world->chance, n_meetings)].meeting;
		any_act(world, &of);
	}
	if (n_items > 0 && chance_one_in(&world->chance, 2)) {
		of.kind = KIND_ITEM;
		of.entity = items[chance_below(&world->chance, n_items)].item;
		any_act(world, &of);
	}
	for (int k = 0; n_actions > 0 && k < 2; k++) {
		of.kind = KIND_ACTION;
		of.entity = actions[chance_below(&world->chance, n_actions)].action;
		any_act(world, &of);
	}
}

void officer_meeting_any(struct world *world)
{
	struct sim_seat seat;

	if (!(chance_one_in(&world->chance, 3) ? sim_take_seat(world, &seat)
					       : sim_take_high_seat(world, &seat)))
		return;
	if (chance_one_in(&world->chance, 8))
		staged(world, &seat);
	for (size_t i = 0; i < 2 + chance_below(&world->chance, 5) && !sim_broken(world, &seat); i++)
		one_of_each(world, &seat);
}
