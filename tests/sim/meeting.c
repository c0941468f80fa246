/* Officers bring items, call meetings, sit in them with the line cut or not, write at once what was said of
 * different items and of the same one, give tasks and feed them back; mostly what is possible, and now
 * and then what is not. */
#include <config.h>

#include "zhiban/base/civil.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/whistle.h"

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

static const char *const departments[] = { "roads", "water", "mains", "south", "southa" };

static void failed(struct world *world, const struct table *table, const char *what,
		   const struct error *err)
{
	if (!sim_broken(world, &table->seat))
		sim_fail(world, "%s: %s", what, err->text);
}

static bool look(struct world *world, struct table *table)
{
	struct client *client = table->seat.client;
	struct error err = ERROR_INIT;

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

static bool sit(struct world *world, struct table *table, bool high)
{
	*table = (struct table){ .n_items = 0 };
	if (!(high ? sim_take_high_seat(world, &table->seat) : sim_take_seat(world, &table->seat)))
		return false;
	table->actor = client_actor(table->seat.client);
	table->now = client_now(table->seat.client);
	return look(world, table);
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

static void about_whistle(struct world *world, const struct table *table,
			  const struct act_desc *desc, struct args *args)
{
	struct client_whistle *whistles;
	size_t n = 0;

	if (client_whistles(table->seat.client, 0, &world->arena, &whistles, &n, NULL) == ERR_OK &&
	    n > 0)
		args_text(args, desc, "whistle",
			  words_of(world, &whistles[chance_below(&world->chance, n)]
						   .whistle->head.id));
}

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
	} else {
		about_whistle(world, table, desc, &args);
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
		bool given = false;

		for (size_t k = 0; k < args->n; k++)
			given = given || args->items[k].field == all[i].field;
		if (given)
			continue;
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

	if (strcmp(verb, "approve") == 0 && !chance_one_in(&world->chance, 6))
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

/* Who takes the minutes is not asked: another, if one is found soon. */
static const struct attendee *some_attendee(struct world *world, const struct meeting *meeting)
{
	const struct attendee *attendee = NULL;

	for (int tries = 0; meeting->attendees.n > 0 && tries < 4; tries++) {
		attendee = meeting_attendee(meeting,
					    chance_below(&world->chance, meeting->attendees.n));
		if (attendee_role(attendee) != ATTEND_SECRETARY)
			break;
	}
	return attendee;
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

/* ---- one meeting as far as it goes ---- */

static const struct attendee *who_lacks(const struct meeting *meeting, bool answer)
{
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (answer ? attendee_role(attendee) != ATTEND_SECRETARY && attendee->answer == NULL
			   : attendee->present == NULL)
			return attendee;
	}
	return NULL;
}

/* Whose leave waits to be decided. */
static const struct attendee *on_leave(const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (attendee_answer(attendee) == ANSWER_LEAVE && attendee->leave_at == 0)
			return attendee;
	}
	return NULL;
}

/* What must be done for it to go on; NULL: the items have the word. */
static const char *course_verb(struct world *world, const struct meeting *meeting)
{
	switch (meeting_state(meeting)) {
	case MEETING_DRAWN:
		return "invite";
	case MEETING_CALLED:
		if (on_leave(meeting) != NULL)
			return chance_one_in(&world->chance, 2) ? "grant" : "insist";
		return who_lacks(meeting, true) != NULL && !chance_one_in(&world->chance, 6)
			       ? "answer"
			       : "open";
	case MEETING_SITTING:
		if (who_lacks(meeting, false) != NULL)
			return "sign_in";
		return chance_one_in(&world->chance, 6) ? "adjourn" : NULL;
	case MEETING_HELD:
		return "submit";
	case MEETING_SIGNING:
		return chance_one_in(&world->chance, 3) ? "issue" : "sign";
	case MEETING_APPROVING:
		return "approve";
	case MEETING_APPROVED:
		return "issue";
	case MEETING_ISSUED:
	case MEETING_CANCELLED:
	case MEETING_STATES:
		break;
	}
	return "note";
}

static void go_on(struct world *world, const struct table *table, const struct meeting *meeting)
{
	const char *verb = course_verb(world, meeting);
	const struct act_desc *desc = verb != NULL ? act_desc_of(KIND_MEETING, verb) : NULL;
	const struct attendee *lacks = verb == NULL ? NULL : who_lacks(meeting, str_eq(verb, "answer"));
	struct args args = { .n = 0 };
	struct uuid id = meeting->head.id;

	for (size_t i = 0; verb == NULL && i < table->n_items; i++) {
		const char *own = table->items[i].item->meeting;

		if (own != NULL && str_eq(own, words_of(world, &id)) &&
		    chance_one_in(&world->chance, 2)) {
			speak(world, table, table->items[i].item);
			if (chance_one_in(&world->chance, 3))
				task(world, table, table->items[i].item);
		}
	}
	if (verb == NULL)
		return;
	if (lacks != NULL && (str_eq(verb, "answer") || str_eq(verb, "sign_in"))) {
		args_text(&args, desc, "attendee", words_of(world, &lacks->id));
		if (str_eq(verb, "answer") && chance_one_in(&world->chance, 5)) {
			args_text(&args, desc, "answer", "leave");
			args_text(&args, desc, "reason", sim_words(world, "away"));
		} else {
			args_text(&args, desc, str_eq(verb, "answer") ? "answer" : "presence",
				  str_eq(verb, "answer") ? "accepted" : "present");
		}
		args.phone = (struct by_phone){ .org = str_eq(verb, "answer") ? lacks->org : NULL,
						.rung = "Somebody",
						.wording = sim_words(world, "yes") };
	} else if (str_eq(verb, "grant") || str_eq(verb, "insist")) {
		args_text(&args, desc, "attendee", words_of(world, &on_leave(meeting)->id));
	} else {
		meeting_args(world, table, meeting, desc, &args);
	}
	fill(world, desc, &args);
	if (sim_do(world, &table->seat, desc, &id, &args))
		count_up(world, COUNT_meeting_acts);
}

/* The open one that has come farthest; with few approved items or none there is something else to do. */
static const struct meeting *farthest(const struct table *table)
{
	const struct meeting *best = NULL;

	for (size_t i = 0; i < table->n_meetings; i++) {
		const struct meeting *one = table->meetings[i].meeting;

		if (one->open && (best == NULL || meeting_state(one) > meeting_state(best)))
			best = one;
	}
	return best;
}

static void course_step(struct world *world, const struct table *table)
{
	const struct meeting *meeting = farthest(table);
	const struct item *free = NULL;

	for (size_t i = 0; i < table->n_items; i++)
		if (table->items[i].item->open && table->items[i].item->meeting == NULL &&
		    (free == NULL || item_state(table->items[i].item) == ITEM_LISTED))
			free = table->items[i].item;
	if (meeting != NULL && meeting->agenda.n > 0)
		go_on(world, table, meeting);
	else if (free == NULL)
		bring(world, table);
	else if (item_state(free) == ITEM_LISTED)
		item_act(world, table, free);
	else
		convene(world, table);
}

void officer_meeting_course(struct world *world)
{
	size_t length = 2 + chance_below(&world->chance, 14);
	struct table table;

	if (!sit(world, &table, true))
		return;
	for (size_t i = 0; i < length && !sim_broken(world, &table.seat) && look(world, &table); i++)
		course_step(world, &table);
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
