/* Officers bring items, call meetings, sit in them with the line cut or not, write at once what was said of
 * different items and of the same one, give tasks and feed them back; mostly what is possible, and now
 * and then what is not. */
#include <config.h>

#include "zhiban/base/civil.h"
#include "zhiban/client/meeting.h"

#include "args.h"
#include "sim.h"

struct table { /* an officer before a console, and what he sees of meetings */
	struct sim_seat seat;
	const struct actor *actor;
	int64_t now;
	struct client_meeting *meetings;
	struct client_item *items;
	struct client_action *actions;
	size_t n_meetings, n_items, n_actions;
};

static const char *const departments[] = { "roads", "water", "mains", "south", "north" };

static void failed(struct world *world, const struct table *table, const char *what,
		   const struct error *err)
{
	if (!sim_broken(world, &table->seat))
		sim_fail(world, "%s: %s", what, err->text);
}

static bool sit(struct world *world, struct table *table, bool high)
{
	struct error err = ERROR_INIT;
	struct client *client;

	*table = (struct table){ .n_items = 0 };
	if (!(high ? sim_take_high_seat(world, &table->seat) : sim_take_seat(world, &table->seat)))
		return false;
	client = table->seat.client;
	table->actor = client_actor(client);
	table->now = client_now(client);
	if (client_meetings(client, 2, &world->arena, &table->meetings, &table->n_meetings, &err) !=
		    ERR_OK ||
	    client_items(client, 2, &world->arena, &table->items, &table->n_items, &err) != ERR_OK ||
	    client_actions(client, 2, &world->arena, &table->actions, &table->n_actions, &err) !=
		    ERR_OK) {
		failed(world, table, "the meetings", &err);
		return false;
	}
	return true;
}

static const char *words_of(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

static const char *some_department(struct world *world)
{
	return departments[chance_below(&world->chance, ARRAY_LEN(departments))];
}

/* ---- items ---- */

static void bring(struct world *world, const struct table *table)
{
	const struct act_desc *desc = act_desc_of(KIND_ITEM, "bring");
	struct args args = { .n = 0 };

	args_text(&args, desc, "title", sim_words(world, "item"));
	args_text(&args, desc, "why", sim_words(world, "why"));
	args_text(&args, desc, "lead_org", some_department(world));
	args_text(&args, desc, "assist", some_department(world));
	if (!chance_one_in(&world->chance, 3)) {
		struct client_page page = sim_look(world, &table->seat);

		if (page.n > 0)
			args_text(&args, desc, "incident",
				  words_of(world, &page.rows[chance_below(&world->chance, page.n)]
							   .incident->head.id));
	}
	if (sim_do(world, &table->seat, desc, NULL, &args))
		count_up(world, COUNT_items);
}

static void fill(struct world *world, const struct act_desc *desc, struct args *args)
{
	struct act_arg all[ACT_ARGS_MAX];
	size_t n = act_args(desc, all);

	for (size_t i = 0; i < n; i++) {
		const char *name = all[i].field->name;

		if (strcmp(name, "reason") == 0 || strcmp(name, "words") == 0 ||
		    strcmp(name, "note") == 0 || strcmp(name, "comer") == 0)
			args_text(args, desc, name, sim_words(world, name));
	}
}

/* What is said of an item in the sitting: two who write of the same one meet by its rev. */
static void speak(struct world *world, const struct table *table, const struct item *item)
{
	static const char *const verbs[] = { "begin", "rest", "discuss", "discuss", "resolve" };
	static const char *const ways[] = { "agreed", "deferred", "rejected", "noted" };
	const char *verb = verbs[chance_below(&world->chance, ARRAY_LEN(verbs))];
	const struct act_desc *desc = act_desc_of(KIND_ITEM, verb);
	struct args args = { .n = 0 };
	struct uuid id = item->head.id;

	if (strcmp(verb, "discuss") == 0)
		args_text(&args, desc, "discussion", sim_words(world, "was said"));
	if (strcmp(verb, "resolve") == 0) {
		args_text(&args, desc, "outcome",
			  ways[chance_below(&world->chance, ARRAY_LEN(ways))]);
		args_text(&args, desc, "resolution", sim_words(world, "resolved"));
	}
	if (strcmp(verb, "discuss") == 0 || strcmp(verb, "resolve") == 0)
		args_num(&args, desc, "rev",
			 item->rev - (chance_one_in(&world->chance, 12) && item->rev > 0));
	if (sim_do(world, &table->seat, desc, &id, &args))
		count_up(world, COUNT_item_words);
}

static void item_act(struct world *world, const struct table *table, const struct item *item)
{
	static const char *const verbs[] = { "approve", "approve", "approve", "collect", "hand_in",
					     "chase",   "revise",  "drop",    "note" };
	const char *verb = item_state(item) == ITEM_LISTED
				   ? "approve"
				   : verbs[chance_below(&world->chance, ARRAY_LEN(verbs))];
	const struct act_desc *desc = act_desc_of(KIND_ITEM, verb);
	struct args args = { .n = 0 };
	struct uuid id = item->head.id;

	if (strcmp(verb, "approve") == 0 && chance_one_in(&world->chance, 2))
		args.phone = (struct by_phone){ .role = "leader", .rung = "Leader",
						.wording = sim_words(world, "agreed") };
	if (strcmp(verb, "collect") == 0)
		args_num(&args, desc, "until", table->now + DAY_MS);
	if (strcmp(verb, "hand_in") == 0 || strcmp(verb, "chase") == 0)
		args_text(&args, desc, "share", item->lead != NULL ? item->lead : "roads");
	fill(world, desc, &args);
	if (sim_do(world, &table->seat, desc, &id, &args))
		count_up(world, COUNT_item_acts);
}

/* ---- meetings ---- */

static const char *entry_of(struct world *world, const struct item *item, size_t order)
{
	const struct agenda entry = { .item = words_of(world, &item->head.id),
				      .order = (int64_t)order, .minutes = 10 };

	return agenda_words(&entry, &world->arena);
}

static void give_entries(struct world *world, const struct table *table,
			 const struct act_desc *desc, struct args *args)
{
	size_t order = 1;

	for (size_t i = 0; i < table->n_items && order <= 3; i++)
		if (item_state(table->items[i].item) == ITEM_APPROVED &&
		    table->items[i].item->meeting == NULL)
			args_text(args, desc, "entry",
				  entry_of(world, table->items[i].item, order++));
}

static void convene(struct world *world, const struct table *table)
{
	const struct act_desc *desc = act_desc_of(KIND_MEETING, "convene");
	struct args args = { .n = 0 };
	int64_t starts = table->now + (int64_t)chance_below(&world->chance, 4) * HOUR_MS + HOUR_MS;

	args_text(&args, desc, "series", "weekly");
	args_text(&args, desc, "title", sim_words(world, "meeting"));
	if (!chance_one_in(&world->chance, 5)) {
		args_num(&args, desc, "starts", starts);
		args_num(&args, desc, "ends", starts + HOUR_MS);
		args_text(&args, desc, "room", "hall");
	}
	give_entries(world, table, desc, &args);
	if (sim_do(world, &table->seat, desc, NULL, &args))
		count_up(world, COUNT_meetings);
}

static const struct attendee *some_attendee(struct world *world, const struct meeting *meeting)
{
	return meeting->attendees.n == 0
		       ? NULL
		       : meeting_attendee(meeting,
					  chance_below(&world->chance, meeting->attendees.n));
}

/* What comes next, most of the time. */
static const char *next_verb(struct world *world, const struct meeting *meeting)
{
	static const char *const drawn[] = { "agenda", "invite", "invite", "attend", "arrange",
					     "collect", "cancel" };
	static const char *const called[] = { "answer", "answer", "answer", "open",   "open",
					      "grant",  "insist", "chase",  "arrange", "see" };
	static const char *const sitting[] = { "sign_in", "sign_in", "sign_in", "adjourn" };
	static const char *const held[] = { "compose", "submit", "submit", "note" };
	static const char *const signing[] = { "sign", "sign", "object", "approve", "issue" };

	switch (meeting_state(meeting)) {
	case MEETING_DRAWN:
		return drawn[chance_below(&world->chance, ARRAY_LEN(drawn))];
	case MEETING_CALLED:
		return called[chance_below(&world->chance, ARRAY_LEN(called))];
	case MEETING_SITTING:
		return sitting[chance_below(&world->chance, ARRAY_LEN(sitting))];
	case MEETING_HELD:
		return held[chance_below(&world->chance, ARRAY_LEN(held))];
	case MEETING_SIGNING:
		return signing[chance_below(&world->chance, ARRAY_LEN(signing))];
	case MEETING_APPROVING:
		return chance_one_in(&world->chance, 4) ? "disapprove" : "approve";
	case MEETING_APPROVED:
		return "issue";
	case MEETING_ISSUED:
	case MEETING_CANCELLED:
	case MEETING_STATES:
		break;
	}
	return "note";
}

static void answer_args(struct world *world, const struct meeting *meeting,
			const struct act_desc *desc, struct args *args)
{
	static const char *const answers[] = { "accepted", "accepted", "leave", "delegated" };
	const struct attendee *attendee = some_attendee(world, meeting);

	if (attendee == NULL)
		return;
	args_text(args, desc, "attendee", words_of(world, &attendee->id));
	if (strcmp(desc->verb, "answer") == 0) {
		args_text(args, desc, "answer",
			  answers[chance_below(&world->chance, ARRAY_LEN(answers))]);
		args->phone = (struct by_phone){ .org = attendee->org, .rung = "Somebody",
						 .wording = sim_words(world, "yes") };
	}
	if (strcmp(desc->verb, "sign_in") == 0)
		args_text(args, desc, "presence",
			  chance_one_in(&world->chance, 4) ? "absent" : "present");
	if (strcmp(desc->verb, "sign") == 0)
		args->phone = (struct by_phone){ .org = attendee->org, .rung = "Somebody",
						 .wording = sim_words(world, "right") };
}

static void meeting_args(struct world *world, const struct table *table,
			 const struct meeting *meeting, const struct act_desc *desc,
			 struct args *args)
{
	if (act_arg_field(desc, "attendee") != NULL)
		answer_args(world, meeting, desc, args);
	if (strcmp(desc->verb, "agenda") == 0)
		give_entries(world, table, desc, args);
	if (strcmp(desc->verb, "attend") == 0)
		args_text(args, desc, "attend",
			  arena_printf(&world->arena, "%s\t%s", some_department(world),
				       chance_one_in(&world->chance, 2) ? "may" : "must"));
	if (strcmp(desc->verb, "arrange") == 0) {
		int64_t starts = table->now + HOUR_MS +
				 (int64_t)chance_below(&world->chance, 6) * HOUR_MS;

		args_num(args, desc, "starts", starts);
		args_num(args, desc, "ends", starts + HOUR_MS);
		args_text(args, desc, "room", "hall");
	}
	if (strcmp(desc->verb, "collect") == 0)
		args_num(args, desc, "until", table->now + DAY_MS);
	if (strcmp(desc->verb, "compose") == 0) {
		args_text(args, desc, "preface", sim_words(world, "begins"));
		args_num(args, desc, "rev", meeting->rev);
	}
	if (strcmp(desc->verb, "approve") == 0)
		args->phone = (struct by_phone){ .role = "leader", .rung = "Leader",
						 .wording = sim_words(world, "agreed") };
	if (strcmp(desc->verb, "issue") == 0)
		args_text(args, desc, "despite", sim_words(world, "in haste"));
}

static void meeting_act(struct world *world, const struct table *table,
			const struct meeting *meeting)
{
	const struct act_desc *desc = act_desc_of(KIND_MEETING, next_verb(world, meeting));
	struct args args = { .n = 0 };
	struct uuid id = meeting->head.id;

	meeting_args(world, table, meeting, desc, &args);
	fill(world, desc, &args);
	if (sim_do(world, &table->seat, desc, &id, &args))
		count_up(world, COUNT_meeting_acts);
}

/* ---- tasks ---- */

static void task(struct world *world, const struct table *table, const struct item *item)
{
	const struct act_desc *desc = act_desc_of(KIND_ACTION, "task");
	struct args args = { .n = 0 };
	const char *meeting = item->meeting != NULL ? item->meeting : item->settled_in;

	if (meeting == NULL)
		return;
	args_text(&args, desc, "item_id", words_of(world, &item->head.id));
	args_text(&args, desc, "meeting_id", meeting);
	args_text(&args, desc, "title", sim_words(world, "task"));
	args_text(&args, desc, "lead_org", some_department(world));
	if (sim_do(world, &table->seat, desc, NULL, &args))
		count_up(world, COUNT_tasks);
}

static void action_act(struct world *world, const struct table *table, const struct action *action)
{
	static const char *const given[] = { "sign", "sign", "sign", "return", "urge", "revise" };
	static const char *const taken[] = { "progress", "feedback", "feedback", "extend_ask",
					     "extend_ok", "supervise" };
	static const char *const replied[] = { "verify_ok", "verify_ok", "verify_no", "note" };
	enum action_state state = action_state(action);
	const char *verb = state == ACTION_GIVEN   ? given[chance_below(&world->chance, 6)]
			   : state == ACTION_SIGNED ? taken[chance_below(&world->chance, 6)]
						    : replied[chance_below(&world->chance, 4)];
	const struct act_desc *desc = act_desc_of(KIND_ACTION, verb);
	struct args args = { .n = 0 };
	struct uuid id = action->head.id;

	if (strcmp(verb, "feedback") == 0)
		args_text(&args, desc, "reply", sim_words(world, "done"));
	if (strcmp(verb, "extend_ask") == 0)
		args_text(&args, desc, "extend_by", "1wd");
	if (strcmp(verb, "supervise") == 0)
		args_text(&args, desc, "channel", "note");
	if (act_arg_field(desc, "leader") == NULL && !str_eq(table->actor->org, action->lead))
		args.phone = (struct by_phone){ .org = action->lead, .rung = "Somebody",
						.wording = sim_words(world, "yes") };
	fill(world, desc, &args);
	if (sim_do(world, &table->seat, desc, &id, &args))
		count_up(world, COUNT_task_acts);
}

/* ---- steps ---- */

/* Something is made: an item, a meeting of those approved, a task. */
void officer_convene(struct world *world)
{
	struct table table;
	size_t approved = 0;

	if (!sit(world, &table, true))
		return;
	for (size_t i = 0; i < table.n_items; i++)
		approved += item_state(table.items[i].item) == ITEM_APPROVED &&
			    table.items[i].item->meeting == NULL;
	if (approved == 0 || chance_one_in(&world->chance, 3))
		for (size_t i = 0; i < 1 + chance_below(&world->chance, 2); i++)
			bring(world, &table);
	else if (table.n_meetings < 3 || chance_one_in(&world->chance, 4))
		convene(world, &table);
	else
		meeting_act(world, &table,
			    table.meetings[chance_below(&world->chance, table.n_meetings)].meeting);
}

/* A few acts on what is there; the first is on the meeting that is farthest. */
void officer_meeting(struct world *world)
{
	struct table table;

	if (!sit(world, &table, !chance_one_in(&world->chance, 4)))
		return;
	for (size_t i = 0; i < 2 + chance_below(&world->chance, 3); i++) {
		const struct item *item =
			table.n_items > 0
				? table.items[chance_below(&world->chance, table.n_items)].item
				: NULL;

		if (item != NULL && item->meeting != NULL && chance_one_in(&world->chance, 3))
			speak(world, &table, item);
		else if (item != NULL && chance_one_in(&world->chance, 4))
			item_act(world, &table, item);
		else if (table.n_meetings > 0)
			meeting_act(world, &table,
				    table.meetings[chance_below(&world->chance, table.n_meetings)]
					    .meeting);
	}
}

/* In the sitting: minutes, and what follows from them. */
void officer_sitting(struct world *world)
{
	struct table table;

	if (!sit(world, &table, true))
		return;
	for (size_t i = 0; i < 2 + chance_below(&world->chance, 4); i++) {
		const struct item *item =
			table.n_items > 0
				? table.items[chance_below(&world->chance, table.n_items)].item
				: NULL;

		if (table.n_actions > 0 && (item == NULL || chance_one_in(&world->chance, 2)))
			action_act(world, &table,
				   table.actions[chance_below(&world->chance, table.n_actions)]
					   .action);
		else if (item != NULL && (item->rev > 0 && chance_one_in(&world->chance, 3)))
			task(world, &table, item);
		else if (item != NULL)
			speak(world, &table, item);
	}
}
