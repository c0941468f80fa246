/* Officers make rosters, cover for each other, swap with two racing for it, hand over and write into the
 * log; mostly what is possible, and now and then what is not. */
#include <config.h>

#include "zhiban/base/civil.h"
#include "zhiban/client/handover.h"
#include "zhiban/client/roster.h"

#include "args.h"
#include "sim.h"

enum { DAYS_AHEAD = 10, MONTHS = 40 };

struct place { /* an officer before a console, and the roster he looks at */
	struct sim_seat seat;
	const struct rules *rules;
	const struct actor *actor;
	const char *org;
	const struct roster_plan *plan;
	int32_t today;
};

static bool sit(struct world *world, struct place *place, bool high)
{
	bool seated = high ? sim_take_high_seat(world, &place->seat)
			   : sim_take_seat(world, &place->seat);

	if (!seated)
		return false;
	place->rules = client_rules(place->seat.client);
	place->actor = client_actor(place->seat.client);
	place->org = place->actor->org;
	if (chance_one_in(&world->chance, 5))
		place->org = chance_one_in(&world->chance, 2) ? "north" : place->rules->centre;
	place->plan = rules_plan_of(place->rules, place->org, 0);
	place->today = civil_day_of_ms(client_now(place->seat.client), place->rules->offset_min);
	return place->plan != NULL;
}

static bool sit_soon(struct world *world, struct place *place)
{
	for (int tries = 0; tries < 6; tries++)
		if (sit(world, place, chance_one_in(&world->chance, 2)))
			return true;
	return false;
}

static void failed(struct world *world, const struct place *place, const char *what,
		   const struct error *err)
{
	if (!sim_broken(world, &place->seat))
		sim_fail(world, "%s: %s", what, err->text);
}

static size_t all_staff(struct world *world, const struct place *place,
			const struct staff ***ret_staff)
{
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (client_staff(place->seat.client, NULL, false, &world->arena, ret_staff, &n, &err) !=
	    ERR_OK)
		failed(world, place, "the staff", &err);
	return n;
}

static const struct staff *some_staff(struct world *world, const struct place *place)
{
	const struct staff **all;
	size_t n = all_staff(world, place, &all);

	return n > 0 ? all[chance_below(&world->chance, n)] : NULL;
}

static const char *words_of(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

/* ---- people ---- */

static void engage(struct world *world, const struct place *place)
{
	const struct act_desc *desc = act_desc_of(KIND_STAFF, "engage");
	struct args args = { .n = 0 };

	args_text(&args, desc, "name",
		  chance_one_in(&world->chance, 2) ? place->actor->officer : sim_words(world, "P"));
	args_text(&args, desc, "org", place->org);
	args_text(&args, desc, "phone", "13900000000");
	(void)sim_do(world, &place->seat, desc, NULL, &args);
}

void officer_staff(struct world *world)
{
	const struct staff *staff;
	const struct act_desc *desc;
	struct args args = { .n = 0 };
	struct place place;

	if (!sit_soon(world, &place))
		return;
	staff = some_staff(world, &place);
	if (staff == NULL || chance_one_in(&world->chance, 3)) {
		for (size_t i = 0; i < 1 + chance_below(&world->chance, 4); i++)
			engage(world, &place);
		return;
	}
	if (chance_one_in(&world->chance, 8)) {
		desc = act_desc_of(KIND_STAFF, "dismiss");
		args_text(&args, desc, "reason", sim_words(world, "left"));
	} else if (staff->timeoffs.n > 0 && chance_one_in(&world->chance, 2)) {
		desc = act_desc_of(KIND_STAFF, "timeon");
	} else if (chance_one_in(&world->chance, 2)) {
		desc = act_desc_of(KIND_STAFF, "timeoff");
		args_num(&args, desc, "from_at", client_now(place.seat.client) + DAY_MS);
		args_num(&args, desc, "to_at", client_now(place.seat.client) + 3 * DAY_MS);
		args_text(&args, desc, "reason", sim_words(world, "away"));
	} else {
		desc = act_desc_of(KIND_STAFF, "fix");
		args_text(&args, desc, chance_one_in(&world->chance, 2) ? "phone" : "title",
			  sim_words(world, "x"));
	}
	(void)sim_do(world, &place.seat, desc, &staff->head.id, &args);
}

/* ---- the roster ---- */

static const struct roster *roster_shown(struct world *world, const struct place *place,
					 const char *month)
{
	struct uuid id = roster_id(place->org, roster_plan_code(place->plan), month);
	struct client_roster shown;

	return client_roster_get(place->seat.client, &id, &world->arena, &shown, NULL) == ERR_OK
		       ? shown.roster
		       : NULL;
}

/* Some seats of a day or two, with who is seen to stand there. */
void officer_roster(struct world *world)
{
	const struct act_desc *desc = act_desc_of(KIND_ROSTER, "roster");
	struct need needs[NEEDS_MOST];
	struct args args = { .n = 0 };
	char month[ROSTER_MONTH];
	const struct roster *roster;
	struct place place;
	const struct staff **all;
	int32_t day;
	size_t n, people, first;

	if (!sit_soon(world, &place))
		return;
	people = all_staff(world, &place, &all);
	if (people < 4) {
		engage(world, &place);
		engage(world, &place);
		people = all_staff(world, &place, &all);
	}
	if (people == 0)
		return;
	first = chance_below(&world->chance, people);
	day = place.today;
	if (!chance_one_in(&world->chance, 3))
		day += (int32_t)chance_below(&world->chance, DAYS_AHEAD);
	month_of_day(day, month);
	roster = roster_shown(world, &place, month);
	n = roster_needs(place.rules, place.plan, day, NULL, needs);
	args_text(&args, desc, "org", place.org);
	args_text(&args, desc, "month", arena_strdup(&world->arena, month));
	for (size_t i = 0; i < n; i++) {
		const struct staff *staff = all[(first + i) % people];
		const struct turn *turn =
			roster == NULL ? NULL
				       : roster_turn_at(place.rules, roster, day,
							needs[i].shift->code, needs[i].post->code,
							needs[i].seat);
		struct cell cell = { .day = day, .shift = needs[i].shift->code,
				     .post = needs[i].post->code, .seat = needs[i].seat };

		if (args.n > 2 && chance_one_in(&world->chance, 3))
			continue;
		if (turn != NULL)
			cell.was = staff_uuid(turn->staff);
		if (!chance_one_in(&world->chance, 8))
			cell.now = staff->head.id;
		args_text(&args, desc, "cell", cell_words(&cell, &world->arena));
	}
	if (!chance_one_in(&world->chance, 4))
		args_text(&args, desc, "despite", sim_words(world, "nobody else"));
	if (sim_do(world, &place.seat, desc, NULL, &args))
		count_up(world, COUNT_rosters);
}

/* A turn of some roster that is shown, its own organisation's mostly. */
static const struct turn *some_turn(struct world *world, const struct place *place, bool own,
				    const struct roster **ret_roster)
{
	struct client_roster *all;
	const struct turn *turn;
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (client_rosters_all(place->seat.client, place->today - 1, place->today + MONTHS,
			       &world->arena, &all, &n, &err) != ERR_OK)
		failed(world, place, "the rosters", &err);
	for (int tries = 0; n > 0 && tries < 6; tries++) {
		*ret_roster = all[chance_below(&world->chance, n)].roster;
		if ((*ret_roster)->turns.n == 0)
			continue;
		turn = roster_turn(*ret_roster,
				   chance_below(&world->chance, (*ret_roster)->turns.n));
		if (!own || str_eq(turn->name, place->actor->officer) || tries == 5)
			return turn;
	}
	return NULL;
}

static void change_args(struct world *world, const struct place *place, const struct act_desc *desc,
			const struct roster *roster, const struct turn *turn, struct args *args)
{
	struct act_arg all[ACT_ARGS_MAX];
	const struct staff *staff = some_staff(world, place);
	size_t n = act_args(desc, all);

	for (size_t i = 0; i < n; i++) {
		const char *name = all[i].field->name;

		if (strcmp(name, "turn_id") == 0 && turn != NULL)
			args_text(args, desc, name, words_of(world, &turn->id));
		else if (strcmp(name, "who") == 0 && staff != NULL)
			args_text(args, desc, name, words_of(world, &staff->head.id));
		else if (strcmp(name, "org") == 0)
			args_text(args, desc, name, roster->org);
		else if (strcmp(name, "month") == 0)
			args_text(args, desc, name, roster->month);
		else if (strcmp(name, "week") == 0)
			args_num(args, desc, name, roster->starts + 8 * DAY_MS);
		else if (strcmp(name, "day") == 0 && turn != NULL)
			args_num(args, desc, name, turn->starts + DAY_MS);
		else if (strcmp(name, "reason") == 0 || strcmp(name, "despite") == 0)
			args_text(args, desc, name, sim_words(world, "reason"));
	}
}

/* A take-over that nobody has approved, or NULL. */
static const struct turn *not_allowed(struct world *world, const struct place *place,
				      const struct roster **ret_roster)
{
	struct client_roster *all;
	size_t n = 0;

	if (client_rosters_all(place->seat.client, place->today - 1, place->today + MONTHS,
			       &world->arena, &all, &n, NULL) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i].roster->turns.n; k++) {
			const struct turn *turn = roster_turn(all[i].roster, k);

			if (!str_eq(turn->how, "takeover") || turn->ok_at != 0)
				continue;
			*ret_roster = all[i].roster;
			return turn;
		}
	return NULL;
}

static void change(struct world *world, const struct place *place)
{
	static const char *const verbs[] = { "cover", "takeover", "takeover", "takeover", "allow",
					     "move",  "fix_seat", "file",     "chase" };
	const char *verb = verbs[chance_below(&world->chance, ARRAY_LEN(verbs))];
	const struct act_desc *desc = act_desc_of(KIND_ROSTER, verb);
	const struct roster *roster = NULL;
	struct args args = { .n = 0 };
	const struct turn *turn, *waits;

	waits = not_allowed(world, place, &roster);
	if (waits != NULL && chance_one_in(&world->chance, 2)) {
		desc = act_desc_of(KIND_ROSTER, "allow");
		turn = waits;
	} else {
		turn = some_turn(world, place, false, &roster);
	}
	for (int tries = 0; turn != NULL && tries < 24 && strcmp(desc->verb, "takeover") == 0 &&
			    turn->starts > client_now(place->seat.client) + 12 * HOUR_MS;
	     tries++)
		turn = some_turn(world, place, false, &roster);
	if (turn == NULL)
		return;
	change_args(world, place, desc, roster, turn, &args);
	if (strcmp(desc->verb, "allow") == 0)
		args.phone = (struct by_phone){ .role = "chief", .rung = "Chief",
						.wording = sim_words(world, "agreed") };
	if (sim_do(world, &place->seat, desc, &roster->head.id, &args))
		count_up(world, COUNT_roster_acts);
}

/* Something is done to rosters that are there. */
void officer_roster_change(struct world *world)
{
	struct place place;

	if (!sit_soon(world, &place))
		return;
	for (size_t i = 0; i < 1 + chance_below(&world->chance, 4); i++)
		change(world, &place);
}

/* ---- swaps ---- */

static void ask_for(struct world *world, const struct place *place)
{
	const struct act_desc *desc = act_desc_of(KIND_SWAP, "swap");
	const struct roster *roster = NULL, *other = NULL;
	const struct turn *turn = some_turn(world, place, true, &roster), *back;
	const struct staff *staff = some_staff(world, place);
	struct args args = { .n = 0 };

	if (turn == NULL)
		return;
	args_text(&args, desc, "roster_id", words_of(world, &roster->head.id));
	args_text(&args, desc, "turn_id", words_of(world, &turn->id));
	args_text(&args, desc, "reason", sim_words(world, "swap"));
	back = chance_one_in(&world->chance, 2) ? some_turn(world, place, false, &other) : NULL;
	if (back != NULL) {
		args_text(&args, desc, "other_roster", words_of(world, &other->head.id));
		args_text(&args, desc, "other_turn", words_of(world, &back->id));
		args_text(&args, desc, "who", back->staff);
	} else if (staff != NULL && chance_one_in(&world->chance, 2)) {
		args_text(&args, desc, "who", words_of(world, &staff->head.id));
	}
	if (!str_eq(turn->name, place->actor->officer))
		args.phone = (struct by_phone){ .org = roster->org, .rung = turn->name,
						.wording = sim_words(world, "please") };
	if (sim_do(world, &place->seat, desc, NULL, &args))
		count_up(world, COUNT_swaps);
}

static void do_swap(struct world *world, const struct place *place, const struct swap *swap)
{
	static const char *const asked[] = { "accept", "accept", "accept", "accept", "decline",
					     "withdraw" };
	static const char *const accepted[] = { "approve", "approve", "approve", "accept",
						"disapprove", "withdraw" };
	const char *const *verbs = swap_state(swap) == SWAP_ACCEPTED ? accepted : asked;
	const char *verb = chance_one_in(&world->chance, 5) ? "countersign"
				: verbs[chance_below(&world->chance, ARRAY_LEN(asked))];
	const struct act_desc *desc = act_desc_of(KIND_SWAP, verb);
	const struct staff *staff = some_staff(world, place);
	struct args args = { .n = 0 };
	struct act_arg all[ACT_ARGS_MAX];
	size_t n = act_args(desc, all);
	struct uuid id = swap->head.id;

	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].field->name, "reason") == 0)
			args_text(&args, desc, "reason", sim_words(world, "why"));
	if (strcmp(desc->verb, "accept") == 0 && swap->other_staff == NULL && staff != NULL)
		args_text(&args, desc, "who", words_of(world, &staff->head.id));
	if (strcmp(desc->verb, "approve") == 0)
		args.phone = (struct by_phone){ .role = "chief", .rung = "Chief",
						.wording = sim_words(world, "agreed") };
	else if (!chance_one_in(&world->chance, 3))
		args.phone = (struct by_phone){ .org = swap->other_unit != NULL ? swap->other_unit
									       : swap->org,
						.rung = swap->other != NULL ? swap->other : "Somebody",
						.wording = sim_words(world, "yes") };
	if (sim_do(world, &place->seat, desc, &id, &args))
		count_up(world, COUNT_swap_acts);
}

static void swap_some(struct world *world, const struct place *place)
{
	struct client_swap *swaps;
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (client_swaps(place->seat.client, 2, &world->arena, &swaps, &n, &err) != ERR_OK)
		failed(world, place, "the swaps", &err);
	if (n == 0 || chance_one_in(&world->chance, 3))
		ask_for(world, place);
	else
		do_swap(world, place, swaps[chance_below(&world->chance, n)].swap);
}

void officer_swap(struct world *world)
{
	struct place place;

	if (!sit_soon(world, &place))
		return;
	for (size_t i = 0; i < 2 + chance_below(&world->chance, 4); i++)
		swap_some(world, &place);
}

/* ---- handovers and the log ---- */

static const char *an_item(struct world *world, const struct place *place)
{
	struct handed item = { .sort = "overdue", .kind = "incident",
			       .number = "1", .title = sim_words(world, "to be read"),
			       .words = "late" };

	item.about = words_of(world, &place->rules->orgs->head.id);
	return handed_words(&item, &world->arena);
}

static void prepare(struct world *world, const struct place *place, const struct handover *before)
{
	const struct act_desc *desc = act_desc_of(KIND_HANDOVER, "hand_over");
	struct args args = { .n = 0 };

	args_text(&args, desc, "org", place->org);
	args_text(&args, desc, "plan_code", roster_plan_code(place->plan));
	args_text(&args, desc, "words", sim_words(world, "all quiet"));
	args_text(&args, desc, "item", an_item(world, place));
	args_text(&args, desc, "gear", "radio");
	if (before != NULL)
		args_text(&args, desc, "before", words_of(world, &before->head.id));
	if (chance_one_in(&world->chance, 5))
		args_num(&args, desc, "half", 1);
	if (sim_do(world, &place->seat, desc, NULL, &args))
		count_up(world, COUNT_handovers);
}

static void hand_on(struct world *world, const struct place *place, const struct handover *handover)
{
	static const char *const verbs[] = { "tick", "remark", "equip", "give", "give",
					     "take", "take", "witness", "gather" };
	const char *verb = verbs[chance_below(&world->chance, ARRAY_LEN(verbs))];
	const struct act_desc *desc = act_desc_of(KIND_HANDOVER, verb);
	struct args args = { .n = 0 };
	struct uuid id = handover->head.id;

	if (strcmp(verb, "tick") == 0 && handover->items.n > 0)
		args_text(&args, desc, "tick", words_of(world, &handover_item(handover, 0)->id));
	if (strcmp(verb, "remark") == 0) {
		args_text(&args, desc, "remark", sim_words(world, "remark"));
		if (handover->items.n > 0)
			args_text(&args, desc, "tick",
				  words_of(world, &handover_item(handover, 0)->id));
	}
	if (strcmp(verb, "gather") == 0)
		args_text(&args, desc, "item", an_item(world, place));
	if (strcmp(verb, "equip") == 0)
		args_text(&args, desc, "gear", "radio=good");
	if (strcmp(verb, "give") == 0 || strcmp(verb, "take") == 0)
		args_text(&args, desc, "reason", sim_words(world, "in haste"));
	if (strcmp(verb, "witness") == 0)
		args.phone = (struct by_phone){ .role = "chief", .rung = "Chief",
						.wording = sim_words(world, "seen") };
	if (sim_do(world, &place->seat, desc, &id, &args))
		count_up(world, COUNT_handover_acts);
}

void officer_handover(struct world *world)
{
	struct client_handover now;
	struct place place;
	enum err code;

	if (!sit_soon(world, &place))
		return;
	code = client_handover_now(place.seat.client, place.org, roster_plan_code(place.plan),
				   &world->arena, &now, NULL);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return;
	if (code == ERR_NOT_FOUND || !now.handover->open)
		prepare(world, &place, code == ERR_OK ? now.handover : NULL);
	else
		hand_on(world, &place, now.handover);
}

static const struct record *some_record(struct world *world, const struct place *place)
{
	struct client_record *all;
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (client_records(place->seat.client, NULL, 0, client_now(place->seat.client), true,
			   &world->arena, &all, &n, &err) != ERR_OK)
		failed(world, place, "the records", &err);
	return n > 0 ? all[chance_below(&world->chance, n)].record : NULL;
}

void officer_log(struct world *world)
{
	static const char *const sorts[] = { "note", "call", "paper", "outing" };
	static const char *const verbs[] = { "submit", "instruct", "pass_on", "fulfil", "back" };
	const char *verb = verbs[chance_below(&world->chance, ARRAY_LEN(verbs))];
	const struct act_desc *desc = act_desc_of(KIND_RECORD, verb);
	const struct record *record;
	struct args args = { .n = 0 };
	struct act_arg all[ACT_ARGS_MAX];
	struct place place;
	size_t n;

	if (!sit_soon(world, &place))
		return;
	record = some_record(world, &place);
	if (record == NULL || chance_one_in(&world->chance, 2)) {
		const char *sort = sorts[chance_below(&world->chance, ARRAY_LEN(sorts))];

		desc = act_desc_of(KIND_RECORD, "log");
		args_text(&args, desc, "sort", sort);
		args_text(&args, desc, "title", sim_words(world, "log"));
		args_text(&args, desc, "party", "Somebody");
		args_text(&args, desc, "leader", "Leader");
		if (strcmp(sort, "outing") == 0) {
			args_num(&args, desc, "from_at", client_now(place.seat.client));
			args_num(&args, desc, "to_at", client_now(place.seat.client) + HOUR_MS);
		}
		if (chance_one_in(&world->chance, 3))
			args_num(&args, desc, "happened_at",
				 client_now(place.seat.client) - 2 * HOUR_MS);
		if (sim_do(world, &place.seat, desc, NULL, &args))
			count_up(world, COUNT_records);
		return;
	}
	n = act_args(desc, all);
	for (size_t i = 0; i < n; i++)
		if (all[i].required)
			args_text(&args, desc, all[i].field->name, sim_words(world, "words"));
	if (sim_do(world, &place.seat, desc, &record->head.id, &args))
		count_up(world, COUNT_record_acts);
}
