/* Effects: made as a difference, folded, and nothing else changed. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/effect.h"
#include "zhiban/domain/incident.h"

static struct incident *made(struct arena *arena)
{
	struct uuid id = uuid_named("incident");
	struct incident *incident = entity_new(KIND_INCIDENT, &id, arena);

	incident->title = "水管爆裂";
	incident->urgency = 2;
	incident->head.version = 4;
	for (unsigned i = 0; i < 6; i++) {
		struct uuid child = uuid_child(&id, "clock", i);
		struct clock *clock = children_add(&incident->clocks, child_desc(CHILD_CLOCK), &child,
						   arena);
		clock->kind = "handle";
		clock->due = 1000 - 10 * i;
	}
	return incident;
}

static void children_grow_and_shrink(void **state)
{
	const struct child_desc *desc = child_desc(CHILD_CLOCK);
	struct arena arena = ARENA_INIT;
	struct incident *incident = made(&arena);
	struct uuid second = uuid_child(&incident->head.id, "clock", 1);

	(void)state;
	assert_int_equal(incident->clocks.n, 6);
	assert_int_equal(incident_next_clock(incident)->due, 950);
	children_remove(&incident->clocks, desc, &second);
	children_remove(&incident->clocks, desc, &second); /* not there: nothing */
	assert_int_equal(incident->clocks.n, 5);
	assert_null(children_find(&incident->clocks, desc, &second));
	assert_int_equal(incident_clock(incident, 1)->due, 980);
	assert_ptr_equal(entity_children(incident, desc), &incident->clocks);
	arena_release(&arena);
}

static void copies_are_deep(void **state)
{
	struct arena one = ARENA_INIT, two = ARENA_INIT;
	struct incident *incident = made(&one), *copy;

	(void)state;
	copy = entity_copy(incident, &two);
	assert_true(entity_eq(incident, copy));
	assert_ptr_not_equal(copy->clocks.items, incident->clocks.items);
	((struct clock *)copy->clocks.items)->due = 1;
	assert_false(entity_eq(incident, copy));
	arena_release(&one); /* the copy lives on alone */
	assert_string_equal(copy->title, "水管爆裂");
	assert_string_equal(incident_clock(copy, 5)->kind, "handle");
	arena_release(&two);
}

static void differences_fold_to_the_same(void **state)
{
	struct arena arena = ARENA_INIT, other = ARENA_INIT;
	struct incident *before = made(&arena), *after, *folded;
	const struct child_desc *clocks = child_desc(CHILD_CLOCK), *parts = child_desc(CHILD_PART);
	struct uuid id = uuid_named("part");
	struct effect effect;
	struct part *part;
	struct error err = ERROR_INIT;

	(void)state;
	after = entity_copy(before, &arena);
	after->title = NULL;
	after->address = "河东路1号";
	after->urgency = 0;
	((struct clock *)after->clocks.items)[3].stopped_at = 77;
	children_remove(&after->clocks, clocks, children_at(&after->clocks, clocks, 0));
	part = children_add(&after->parts, parts, &id, &arena);
	part->org = "sw";
	children_add(&after->links, child_desc(CHILD_LINK), &id, &arena); /* with nothing in it */

	effect_diff(&effect, before, after, &arena);
	assert_int_equal(effect.from, 4);
	assert_int_equal(effect.to, 5);
	assert_int_equal(effect.n_changes, 3);
	assert_int_equal(effect.n_children, 4);

	folded = entity_copy(before, &other);
	assert_int_equal(evolve(folded, &effect, 9, &other, &err), ERR_OK);
	after->head.version = 5;
	assert_true(entity_eq(folded, after));
	assert_int_equal(folded->head.seq, 9);
	arena_release(&arena); /* texts were copied */
	assert_string_equal(folded->address, "河东路1号");
	assert_string_equal(incident_part(folded, 0)->org, "sw");
	arena_release(&other);
}

static void effects_are_built_by_name(void **state)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident = made(&arena);
	struct effect effect = { KIND_INCIDENT, incident->head.id, 4, 5, .changes = NULL };
	struct uuid id = uuid_named("clock");
	struct child_change *cc;
	char text[] = "sign";

	(void)state;
	effect_set_text(&effect, &arena, "step", text);
	effect_set_text(&effect, &arena, "step", "handle"); /* the last one holds */
	effect_set_num(&effect, &arena, "due", 55);
	effect_set(&effect, &arena, "title", (struct value){ .is_text = true });
	for (unsigned i = 0; i < 10; i++) {
		struct uuid child = uuid_child(&id, "x", i);
		child_set_num(effect_child(&effect, &arena, CHILD_CLOCK, &child), &arena, "due", i);
	}
	cc = effect_child(&effect, &arena, CHILD_CLOCK, &incident_clock(incident, 0)->id);
	child_set_text(cc, &arena, "limit", text);
	memset(text, 'x', 4);
	assert_int_equal(effect.n_changes, 3);
	assert_int_equal(effect.n_children, 11);
	assert_ptr_equal(effect_child(&effect, &arena, CHILD_CLOCK, &incident_clock(incident, 0)->id), cc);
	assert_int_equal(evolve(incident, &effect, 1, &arena, NULL), ERR_OK);
	assert_string_equal(incident->step, "handle");
	assert_null(incident->title);
	assert_int_equal(incident->due, 55);
	assert_int_equal(incident->clocks.n, 16);
	assert_string_equal(incident_clock(incident, 0)->limit, "sign");
	assert_string_equal(incident_clock(incident, 0)->kind, "handle"); /* the rest as it was */
	arena_release(&arena);
}

static void what_does_not_fit_is_corrupt(void **state)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident = made(&arena), *copy = entity_copy(incident, &arena);
	struct uuid id = uuid_named("other");
	struct effect effects[] = {
		{ .kind = KIND_INCIDENT, .id = incident->head.id, .from = 3, .to = 4 },
		{ .kind = KIND_INCIDENT, .id = incident->head.id, .from = 5, .to = 6 },
		{ .kind = KIND_INCIDENT, .id = incident->head.id, .from = 4, .to = 6 },
		{ .kind = KIND_INCIDENT, .id = id, .from = 4, .to = 5 },
		{ .kind = KIND_PERSON, .id = incident->head.id, .from = 4, .to = 5 },
	};
	struct person *person = entity_new(KIND_PERSON, &id, &arena);
	struct effect child = { .kind = KIND_PERSON, .id = id, .from = 0, .to = 1 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(effects); i++) {
		struct error err = ERROR_INIT;
		effect_set_text(&effects[i], &arena, effects[i].kind == KIND_PERSON ? "name" : "title",
				"anders");
		assert_int_equal(evolve(incident, &effects[i], 1, &arena, &err), ERR_CORRUPT);
		assert_true(err.text[0] != '\0');
		assert_true(entity_eq(incident, copy));
	}
	effect_set_text(&child, &arena, "name", "x");
	effect_child(&child, &arena, CHILD_CLOCK, &id); /* a person has no clocks */
	assert_int_equal(evolve(person, &child, 1, &arena, NULL), ERR_CORRUPT);
	assert_null(person->name);
	arena_release(&arena);
}

static void numbers_are_said_short(void **state)
{
	struct incident incident = { .number = "20261122-0417" };
	char buf[24];

	(void)state;
	assert_string_equal(incident_short_number(&incident, buf), "22-0417");
	incident.number = "A-1";
	assert_string_equal(incident_short_number(&incident, buf), "A-1");
	incident.number = NULL;
	assert_string_equal(incident_short_number(&incident, buf), "");
}

static void overdue_is_past_due_and_open(void **state)
{
	struct incident incident = { .open = 1, .due = 100 };

	(void)state;
	assert_false(incident_is_overdue(&incident, 100));
	assert_true(incident_is_overdue(&incident, 101));
	incident.open = 0;
	assert_false(incident_is_overdue(&incident, 101));
	incident = (struct incident){ .open = 1 };
	assert_false(incident_is_overdue(&incident, 101));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_grow_and_shrink),
		cmocka_unit_test(copies_are_deep),
		cmocka_unit_test(differences_fold_to_the_same),
		cmocka_unit_test(effects_are_built_by_name),
		cmocka_unit_test(what_does_not_fit_is_corrupt),
		cmocka_unit_test(numbers_are_said_short),
		cmocka_unit_test(overdue_is_past_due_and_open),
	};

	return cmocka_run_group_tests_name("domain/evolve", tests, NULL, NULL);
}
