/* What of an incident or a whistle runs out: which clocks and children, whose, when. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/deadline.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"

static struct uuid nth(unsigned char n)
{
	return (struct uuid){ { n } };
}

static struct clock *clock(struct children *clocks, unsigned char id, const char *kind,
			   int64_t due, struct arena *arena)
{
	const struct uuid uuid = nth(id);
	struct clock *added = children_add(clocks, child_desc(CHILD_CLOCK), &uuid, arena);

	added->kind = kind;
	added->org = "water";
	added->due = due;
	added->side = 1;
	return added;
}

static const char *id_text(unsigned char id, struct arena *arena)
{
	const struct uuid uuid = nth(id);
	char text[UUID_TEXT];

	uuid_text(&uuid, text);
	return arena_strdup(arena, text);
}

static void extension(struct children *list, unsigned char id, unsigned char about,
		      int64_t decided_at, struct arena *arena)
{
	const struct uuid uuid = nth(id);
	struct extension *added = children_add(list, child_desc(CHILD_EXTENSION), &uuid, arena);

	added->clock = id_text(about, arena);
	added->org = "water";
	added->decided_at = decided_at;
}

static void of_incident(void **state)
{
	static const struct {
		const char *kind, *step;
		int64_t due, stopped_at;
		bool side;
		int sort; /* -1: none */
	} cases[] = {
		{ "handle", "handle", 10, 0, false, DEADLINE_CLOCK },
		{ "handle", "handle", 10, 5, false, -1 },     /* stopped */
		{ "handle", "handle", 0, 0, false, -1 },      /* on the shelf */
		{ "answer", "reply", 11, 0, true, DEADLINE_CLOCK }, /* a step's own */
		{ "countersign", NULL, 12, 0, true, DEADLINE_COUNTERSIGN },
		{ "callback", NULL, 13, 0, true, DEADLINE_CALLBACK },
		{ "receipt", NULL, 14, 0, true, DEADLINE_RECEIPT },
		{ "answer", NULL, 15, 0, true, DEADLINE_ANSWER },
		{ "review", NULL, 16, 0, false, DEADLINE_REVIEW },
		{ "answer", NULL, 17, 0, false, DEADLINE_CLOCK }, /* of before the step was kept */
	};
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &arena);
	struct deadline found[DEADLINES_MOST];
	size_t n, at = 0;

	(void)state;
	incident->open = 1;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct clock *added = clock(&incident->clocks, (unsigned char)(i + 1),
					    cases[i].kind, cases[i].due, &arena);

		added->step = cases[i].step;
		added->side = cases[i].side;
		added->stopped_at = cases[i].stopped_at;
	}
	n = deadlines_of(incident, found);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (cases[i].sort < 0)
			continue;
		assert_true(at < n);
		if ((int)found[at].sort != cases[i].sort || found[at].due != cases[i].due ||
		    found[at].id.b[0] != i + 1)
			fail_msg("%zu: sort %d, due %lld", i, (int)found[at].sort,
				 (long long)found[at].due);
		assert_string_equal(found[at].org, "water");
		assert_string_equal(found[at].clock, cases[i].kind);
		assert_true(uuid_is_nil(&found[at].about));
		at++;
	}
	assert_int_equal(n, at);
	arena_release(&arena);
}

/* Only what nobody has decided, and whose clock still runs. */
static void extensions(void **state)
{
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &arena);
	struct deadline found[DEADLINES_MOST];

	(void)state;
	incident->seat = "street";
	clock(&incident->clocks, 1, "handle", 10, &arena);
	clock(&incident->clocks, 2, "handle", 20, &arena)->stopped_at = 15;
	extension(&incident->asked, 11, 1, 0, &arena);
	extension(&incident->asked, 12, 2, 0, &arena); /* its clock has stopped */
	extension(&incident->asked, 13, 1, 9, &arena); /* decided */
	extension(&incident->asked, 14, 99, 0, &arena); /* about nothing that is there */
	assert_int_equal(deadlines_of(incident, found), 2);
	assert_int_equal(found[0].sort, DEADLINE_CLOCK);
	assert_int_equal(found[1].sort, DEADLINE_EXTENSION);
	assert_int_equal(found[1].id.b[0], 11);
	assert_int_equal(found[1].about.b[0], 1);
	assert_int_equal(found[1].due, 10);
	assert_string_equal(found[1].clock, "handle");
	assert_string_equal(found[1].org, "street");
	arena_release(&arena);
}

static void of_whistle(void **state)
{
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct whistle *whistle = entity_new(KIND_WHISTLE, &id, &arena);
	struct deadline found[DEADLINES_MOST];

	(void)state;
	whistle->step = "issued";
	clock(&whistle->clocks, 1, "report_in", 10, &arena)->about = id_text(50, &arena);
	clock(&whistle->clocks, 2, "settle", 20, &arena)->about = id_text(50, &arena);
	clock(&whistle->clocks, 3, "countersign", 30, &arena)->about = id_text(60, &arena);
	clock(&whistle->clocks, 4, "answer", 40, &arena);
	clock(&whistle->clocks, 5, "handle", 50, &arena)->about = "no id";
	clock(&whistle->clocks, 6, "rate", 60, &arena)->stopped_at = 55;
	extension(&whistle->asked_more, 11, 5, 0, &arena);
	assert_int_equal(deadlines_of(whistle, found), 6);
	assert_int_equal(found[0].sort, DEADLINE_CLOCK);
	assert_int_equal(found[0].about.b[0], 50);
	assert_int_equal(found[1].sort, DEADLINE_CLOCK);
	assert_string_equal(found[1].clock, "settle");
	assert_int_equal(found[2].sort, DEADLINE_COUNTERSIGN);
	assert_int_equal(found[3].sort, DEADLINE_ANSWER);
	assert_true(uuid_is_nil(&found[4].about));
	assert_int_equal(found[5].sort, DEADLINE_EXTENSION);
	assert_int_equal(found[5].due, 50);
	assert_null(found[5].org); /* the centre decides */
	arena_release(&arena);
}

/* However many there are: no more than there is room for, and nothing of other kinds. */
static void bounds(void **state)
{
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct whistle *whistle = entity_new(KIND_WHISTLE, &id, &arena);
	struct deadline found[DEADLINES_MOST];

	(void)state;
	for (size_t i = 0; i < DEADLINES_MOST + 5; i++)
		clock(&whistle->clocks, (unsigned char)(i % 250 + 1), "handle", 10, &arena);
	extension(&whistle->asked_more, 11, 1, 0, &arena);
	assert_int_equal(deadlines_of(whistle, found), DEADLINES_MOST);
	assert_int_equal(deadlines_of(entity_new(KIND_NOTICE, &id, &arena), found), 0);
	arena_release(&arena);
}

static void words(void **state)
{
	(void)state;
	for (int i = 0; i < DEADLINE_SORTS; i++) {
		assert_true(*deadline_sort_code((enum deadline_sort)i) != '\0');
		assert_true(*deadline_sort_label((enum deadline_sort)i) != '\0');
	}
	assert_string_equal(deadline_sort_code(DEADLINE_CHECK), "check");
}

static void add_behalf(struct children *behalves, unsigned char id, int64_t due, int64_t signed_at,
		       struct arena *arena)
{
	const struct uuid uuid = nth(id);
	struct behalf *behalf = children_add(behalves, child_desc(CHILD_BEHALF), &uuid, arena);

	behalf->org = "water";
	behalf->due = due;
	behalf->signed_at = signed_at;
}

static void of_swaps(void **state)
{
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct swap *swap = entity_new(KIND_SWAP, &id, &arena);
	struct deadline found[DEADLINES_MOST];

	(void)state;
	swap->org = "centre";
	swap->lapses_at = 50;
	swap->open = 1;
	add_behalf(&swap->behalves, 1, 40, 0, &arena);
	add_behalf(&swap->behalves, 2, 41, 9, &arena); /* signed */
	add_behalf(&swap->behalves, 3, 0, 0, &arena);  /* not asked for */
	assert_int_equal(deadlines_of(swap, found), 2);
	assert_int_equal(found[0].sort, DEADLINE_SWAP);
	assert_int_equal(found[0].due, 50);
	assert_string_equal(found[0].org, "centre");
	assert_int_equal(found[1].sort, DEADLINE_COUNTERSIGN);
	assert_int_equal(found[1].due, 40);
	assert_string_equal(found[1].org, "water");
	swap->open = 0; /* what was recorded on behalf is owed all the same */
	assert_int_equal(deadlines_of(swap, found), 1);
	assert_int_equal(found[0].sort, DEADLINE_COUNTERSIGN);
	arena_release(&arena);
}

static void of_handovers_and_records(void **state)
{
	static const struct {
		enum handover_state at;
		int64_t ends, third_due, due; /* 0: none */
	} cases[] = {
		{ HANDOVER_PREPARED, 20, 30, 20 }, { HANDOVER_GIVEN, 20, 30, 20 },
		{ HANDOVER_TAKEN, 20, 30, 30 },	   { HANDOVER_TAKEN, 20, 0, 0 },
		{ HANDOVER_CLOSED, 20, 30, 0 },
	};
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct handover *handover = entity_new(KIND_HANDOVER, &id, &arena);
	struct record *record = entity_new(KIND_RECORD, &id, &arena);
	struct deadline found[DEADLINES_MOST];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		handover->state = handover_state_code(cases[i].at);
		handover->open = cases[i].at != HANDOVER_CLOSED;
		handover->ends = cases[i].ends;
		handover->third_due = cases[i].third_due;
		assert_int_equal(deadlines_of(handover, found), cases[i].due != 0);
		if (cases[i].due != 0)
			assert_int_equal(found[0].due, cases[i].due);
	}
	record->due = 60;
	assert_int_equal(deadlines_of(record, found), 0); /* dealt with */
	record->open = 1;
	assert_int_equal(deadlines_of(record, found), 1);
	assert_int_equal(found[0].sort, DEADLINE_RECORD);
	record->due = 0;
	assert_int_equal(deadlines_of(record, found), 0);
	arena_release(&arena);
}

static void of_rosters(void **state)
{
	static const struct {
		const char *how;
		int64_t ok_at;
		bool owed;
	} cases[] = { { "takeover", 0, true }, { "takeover", 5, false }, { "cover", 0, false },
		      { NULL, 0, false } };
	struct arena arena = { 0 };
	const struct uuid id = nth(200);
	struct roster *roster = entity_new(KIND_ROSTER, &id, &arena);
	struct deadline found[DEADLINES_MOST];

	(void)state;
	roster->org = "street";
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct uuid turn_id = nth((unsigned char)(i + 1));
		struct turn *turn = children_add(&roster->turns, child_desc(CHILD_TURN), &turn_id,
						 &arena);

		turn->how = cases[i].how;
		turn->ok_at = cases[i].ok_at;
		turn->ends = 70 + (int64_t)i;
	}
	assert_int_equal(deadlines_of(roster, found), 1);
	assert_int_equal(found[0].sort, DEADLINE_ROSTER);
	assert_int_equal(found[0].due, 70);
	assert_int_equal(found[0].id.b[0], 1);
	assert_string_equal(found[0].org, "street");
	assert_true(uuid_is_nil(&found[0].about)); /* a week that is not filed has its roster there */
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_incident), cmocka_unit_test(extensions),
		cmocka_unit_test(of_whistle),
		cmocka_unit_test(of_swaps),
		cmocka_unit_test(of_handovers_and_records),
		cmocka_unit_test(of_rosters),  cmocka_unit_test(bounds),
		cmocka_unit_test(words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
