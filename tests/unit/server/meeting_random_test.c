/* Whatever is sent about meetings, items, tasks and rooms, by whoever: each act is admitted or
 * refused with a sentence, and the journal gives the state.  Seeded: the same acts each time
 * (ZHIBAN_SEED, ZHIBAN_STEPS). */
#include "meeting_help.h"

enum { STEPS = 1500, THINGS_MOST = 400, PREDICTABLE = 3 };

struct chaos {
	struct world *world;
	struct hall hall;
	uint64_t seed;
	struct thing {
		enum kind kind;
		struct uuid id;
	} things[THINGS_MOST];
	size_t n, done, refused;
};

static size_t below(struct chaos *chaos, size_t n)
{
	chaos->seed ^= chaos->seed << 13;
	chaos->seed ^= chaos->seed >> 7;
	chaos->seed ^= chaos->seed << 17;
	return (size_t)((chaos->seed >> 11) % n);
}

static struct desk *anybody(struct chaos *chaos)
{
	struct desk *const desks[] = {&chaos->hall.duty,   &chaos->hall.duty,   &chaos->hall.duty,
				      &chaos->hall.second, &chaos->hall.leader, &chaos->hall.roads,
				      &chaos->hall.water,  &chaos->hall.mains,  &chaos->hall.north,
				      &chaos->hall.chief,  &chaos->hall.south,  &chaos->hall.head};

	return below(chaos, 2) ? &chaos->hall.duty : desks[below(chaos, ARRAY_LEN(desks))];
}

static const struct thing *any_of(struct chaos *chaos, enum kind kind)
{
	for (size_t tries = 0; tries < 40 && chaos->n > 0; tries++) {
		const struct thing *thing = &chaos->things[below(chaos, chaos->n)];

		if (kind == KIND_COUNT || thing->kind == kind)
			return thing;
	}
	return NULL;
}

/* The id of a child: of an attendee of some meeting, for the most part. */
static const char *any_attendee(struct chaos *chaos)
{
	const struct thing *thing = any_of(chaos, KIND_MEETING);
	const struct meeting *meeting =
	    thing != NULL ? meeting_seen(chaos->world, &chaos->hall.duty, &thing->id) : NULL;

	if (meeting == NULL || meeting->attendees.n == 0)
		return "nobody";
	return words_of(chaos->world,
			&meeting_attendee(meeting, below(chaos, meeting->attendees.n))->id);
}

static enum kind kind_of_arg(const char *name)
{
	static const struct {
		const char *name;
		enum kind kind;
	} rows[] = {
	    {"item_id", KIND_ITEM},      {"meeting_id", KIND_MEETING}, {"action_id", KIND_ACTION},
	    {"incident", KIND_INCIDENT}, {"whistle", KIND_WHISTLE},    {"entry", KIND_ITEM},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(name, rows[i].name) == 0)
			return rows[i].kind;
	return KIND_COUNT;
}

static const char *text_for(struct chaos *chaos, const struct field *field)
{
	static const struct {
		const char *name, *words[4];
	} pools[] = {
	    {"series", {"weekly", "streets", "weekly", "x"}},
	    {"answer", {"accepted", "leave", "delegated", "x"}},
	    {"presence", {"present", "late", "absent", "delegate"}},
	    {"outcome", {"agreed", "deferred", "noted", "rejected"}},
	    {"room", {"hall", "den", "hall", "a tent"}},
	    {"room_name", {"hall", "den", "hall", "a tent"}},
	    {"limit", {"2wd", "3d", "4h", "x"}},
	    {"extend_by", {"2wd", "3d", "4h", "x"}},
	    {"granted", {"2wd", "3d", "1d", "x"}},
	    {"channel", {"card", "card", "card", "x"}},
	};
	static const char *const words[] = {
	    "hall",      "den",      "weekly", "streets",  "accepted",       "leave",
	    "delegated", "present",  "late",   "absent",   "left",           "delegate",
	    "agreed",    "deferred", "noted",  "rejected", "done",           "2wd",
	    "card",      "Du",       "x",      "1 2 3",    "CTR〔2026〕3号", ""};
	static const char *const orgs[] = {
	    "centre", "roads",  "water", "mains",
	    "north",  "northa", "south", "nowhere"}; /* the last of each are none */
	struct arena *arena = &chaos->world->arena;
	const struct thing *thing = NULL;
	enum kind kind = kind_of_arg(field->name);

	for (size_t i = 0; i < ARRAY_LEN(pools); i++)
		if (strcmp(field->name, pools[i].name) == 0)
			return pools[i].words[below(chaos, 4)];
	if (strcmp(field->name, "attendee") == 0)
		return any_attendee(chaos);
	if (field->type == FIELD_ORG)
		return orgs[below(chaos, ARRAY_LEN(orgs))];
	if (strcmp(field->name, "attend") == 0)
		return arena_printf(
		    arena, "%s\t%s\t%s", orgs[below(chaos, ARRAY_LEN(orgs))],
		    attendee_role_code((enum attendee_role)below(chaos, ATTEND_ROLES)),
		    below(chaos, 2) ? "Wang" : "");
	if (kind != KIND_COUNT || below(chaos, 8) == 0)
		thing = any_of(chaos, below(chaos, 10) == 0 ? KIND_COUNT : kind);
	if (thing != NULL)
		return strcmp(field->name, "entry") == 0
			   ? arena_printf(arena, "%s %zu %zu", words_of(chaos->world, &thing->id),
					  below(chaos, 5), below(chaos, 30))
			   : words_of(chaos->world, &thing->id);
	return words[below(chaos, ARRAY_LEN(words) - (field->type == FIELD_TEXT ? 0 : 3))];
}

static void give_some(struct chaos *chaos, struct act *act)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act->desc, args);

	for (size_t i = 0; i < n; i++) {
		struct value value = {.num = (int64_t)below(chaos, 4)};

		if (args[i].required ? below(chaos, 40) == 0 : below(chaos, 6) != 0)
			continue;
		if (args[i].field->type == FIELD_TIME)
			value.num =
			    chaos->world->clock.now + ((int64_t)below(chaos, 97) - 24) * HOUR / 2;
		else if (args[i].field->type != FIELD_INT && args[i].field->type != FIELD_BOOL)
			value =
			    (struct value){.is_text = true, .text = text_for(chaos, args[i].field)};
		act_give(act, args[i].field, value, &chaos->world->arena);
	}
}

static void by_phone_sometimes(struct chaos *chaos, struct act *act)
{
	static const char *const orgs[] = {"roads", "water", "north", "centre", "nowhere", NULL};
	static const char *const roles[] = {NULL, "leader", "chief", "nobody"};

	if (below(chaos, 10) != 0)
		return;
	act->by_phone.org = orgs[below(chaos, ARRAY_LEN(orgs))];
	act->by_phone.role = roles[below(chaos, ARRAY_LEN(roles))];
	act->by_phone.rung = "Li";
	act->by_phone.wording = "yes";
	act->by_phone.at = act->at;
}

static bool is_of_meetings(enum kind kind)
{
	return kind == KIND_MEETING || kind == KIND_ITEM || kind == KIND_ACTION ||
	       kind == KIND_ROOM;
}

static const struct act_desc *any_act(struct chaos *chaos)
{
	const struct act_desc *desc;

	do
		desc = act_desc_at(below(chaos, act_desc_count()));
	while (!is_of_meetings(desc->target) ||
	       ((desc->flags & ACT_SYSTEM) && below(chaos, 20) != 0));
	return desc;
}

static void step(struct chaos *chaos)
{
	struct world *world = chaos->world;
	const struct act_desc *desc = any_act(chaos);
	struct desk *desk = anybody(chaos);
	const struct thing *thing = any_of(chaos, desc->target);
	bool creates = desc->conflict == CONFLICT_CREATES;
	struct uuid id = creates || thing == NULL ? new_id(world) : thing->id;
	struct act act;
	struct act_answer answer;

	if (desc->target == KIND_ROOM)
		id = room_id(below(chaos, 2) ? "centre" : desk->org,
			     below(chaos, 2) ? "hall" : "den");
	act = act_begin(world, desk, "note", &id, creates ? 0 : (int64_t)below(chaos, 9));
	act.desc = desc;
	act.target.kind = desc->target;
	give_some(chaos, &act);
	by_phone_sometimes(chaos, &act);
	answer = send_act(world, desk, &act);
	if (answer.verdict == VERDICT_REFUSED) {
		chaos->refused++;
		if (getenv("ZHIBAN_TELL") != NULL)
			print_message("# %s: %s\n", desc->verb, answer.sentence);
		if (answer.sentence == NULL || *answer.sentence == '\0')
			fail_msg("%s is refused without a word", desc->verb);
		return;
	}
	chaos->done++;
	if (creates && chaos->n < THINGS_MOST)
		chaos->things[chaos->n++] = (struct thing){desc->target, id};
}

static void give_task(struct chaos *chaos, const struct uuid *item)
{
	struct uuid id = new_id(chaos->world);

	does_on(chaos->world, &chaos->hall.duty, "task", KIND_ACTION, &id,
		arena_printf(&chaos->world->arena,
			     "item_id=%s&title=mend&lead_org=roads&assist=water",
			     words_of(chaos->world, item)));
	chaos->things[chaos->n++] = (struct thing){KIND_ACTION, id};
}

static void begin(struct chaos *chaos)
{
	for (int i = 0; i < PREDICTABLE; i++) {
		struct called called =
		    called_make(chaos->world, &chaos->hall, i == 0 ? "hall" : "den");

		chaos->things[chaos->n++] = (struct thing){KIND_MEETING, called.meeting};
		chaos->things[chaos->n++] = (struct thing){KIND_ITEM, called.item};
		if (i < 2)
			held(chaos->world, &chaos->hall, &called, i == 0 ? "agreed" : NULL);
		for (int k = 0; k < PREDICTABLE && i == 0; k++)
			give_task(chaos, &called.item);
	}
	for (int i = 0; i < PREDICTABLE; i++)
		chaos->things[chaos->n++] = (struct thing){
		    KIND_INCIDENT, open_case(chaos->world, &chaos->hall.duty, "water", 3)};
}

static long number_from(const char *name, long usual)
{
	const char *words = getenv(name);

	return words != NULL ? strtol(words, NULL, 10) : usual;
}

static void test_whatever_is_sent(void **state)
{
	struct world *world = *state;
	struct chaos chaos = {.world = world,
			      .hall = hall_make(world),
			      .seed = (uint64_t)number_from("ZHIBAN_SEED", 20261118)};
	long steps = number_from("ZHIBAN_STEPS", STEPS);

	begin(&chaos);
	for (long i = 0; i < steps; i++) {
		step(&chaos);
		if (below(&chaos, 10) == 0)
			run_on(world, (int64_t)below(&chaos, 5) * HOUR / 2);
	}
	print_message("# %zu admitted, %zu refused\n", chaos.done, chaos.refused);
	assert_true(chaos.done > 20 && chaos.refused > 20);
	verified(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_whatever_is_sent, rules_make, world_free),
	};

	return cmocka_run_group_tests_name("server/meeting_random", tests, NULL, NULL);
}
