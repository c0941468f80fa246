/* What rings: urgent cases that nobody has answered. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/alarm.h"

static size_t count_of(struct alarms *alarms)
{
	for (int i = 0; i < 1000 && alarms_busy(alarms); i++)
		(void)alarms_step(alarms);
	assert_false(alarms_busy(alarms));
	return alarms_count(alarms, ALARM_ALL);
}

static void take(struct client *client, struct alarms *alarms)
{
	struct client_change change;

	assert_int_equal(client_poll(client, &change, NULL), ERR_OK);
	alarms_changed(alarms, &change);
}

struct desk {
	struct world world;
	struct client *client;
	struct alarms *alarms;
};

static void open_desk(struct desk *desk, const char *world)
{
	struct client_options options = { .env = &desk->world.env };

	memset(desk, 0, sizeof *desk);
	assert_true(world_make(&desk->world, world));
	options.env = &desk->world.env;
	options.dir = desk->world.dir;
	assert_int_equal(client_open(&options, &desk->client, NULL), ERR_OK);
	desk->alarms = alarms_new(desk->client);
}

static void close_desk(struct desk *desk)
{
	alarms_free(desk->alarms);
	client_close(desk->client);
	world_free(&desk->world);
}

static void they_are_counted_where_somebody_is(void **state)
{
	struct desk desk;

	(void)state;
	open_desk(&desk, "board");
	assert_int_equal(count_of(desk.alarms), 0); /* the urgent one is under way */
	assert_int_equal(alarms_rang_at(desk.alarms, ALARM_ALL), 0);
	assert_true(world_change(&desk.world, "elsewhere"));
	take(desk.client, desk.alarms);
	assert_int_equal(count_of(desk.alarms), 1);
	assert_int_equal(alarms_count(desk.alarms, 1 << ALARM_NEW), 1);
	assert_int_equal(alarms_count(desk.alarms, 1 << ALARM_RED), 0);
	assert_int_equal(alarms_rang_at(desk.alarms, ALARM_ALL), desk.world.fixed.now);
	assert_int_equal(outbox_logout(desk.world.outbox, NULL), ERR_OK);
	take(desk.client, desk.alarms);
	assert_int_equal(count_of(desk.alarms), 0);
	close_desk(&desk);
}

/* Time alone makes a clock run out: found by the minute, without looking through all again. */
static void a_clock_runs_out_with_the_minute(void **state)
{
	static const struct did ack = { "fire", 0, "李敏", "zhongxin", "duty", "ack", { NULL }, { 0 } };
	struct desk desk;
	struct incident *incident;
	struct arena arena = ARENA_INIT;
	const struct alarm_item *items;
	size_t n;

	(void)state;
	open_desk(&desk, "board");
	assert_true(world_change(&desk.world, "elsewhere"));
	take(desk.client, desk.alarms);
	assert_int_equal(count_of(desk.alarms), 1);
	items = alarms_items(desk.alarms, &n);
	assert_int_equal(n, 1);
	assert_int_equal(client_get(desk.client, &items[0].id, &arena, &incident, NULL), ERR_OK);
	world_admit(&desk.world, &ack);
	take(desk.client, desk.alarms);
	assert_int_equal(count_of(desk.alarms), 0);
	alarms_minute(desk.alarms);
	assert_int_equal(count_of(desk.alarms), 0);
	assert_true(incident->due > desk.world.fixed.now);
	desk.world.fixed.now = incident->due;
	alarms_minute(desk.alarms);
	assert_int_equal(count_of(desk.alarms), 1);
	assert_int_equal(alarms_items(desk.alarms, &n)->alarm.kind, ALARM_RED);
	assert_int_equal(alarms_rang_at(desk.alarms, ALARM_ALL), desk.world.fixed.now);
	arena_release(&arena);
	close_desk(&desk);
}

/* The deputy: of the profile's roles in their order, not the officer himself; with his number. */
static void who_is_rung(void **state)
{
	struct desk desk;
	struct str words = STR_INIT;

	(void)state;
	open_desk(&desk, "board");
	alarm_deputy_words(desk.client, &words);
	assert_string_equal(str_get(&words), "");
	assert_true(world_change(&desk.world, "people"));
	take(desk.client, desk.alarms);
	alarm_deputy_words(desk.client, &words);
	assert_string_equal(str_get(&words), "值班长 王建国 13861120002");
	str_release(&words);
	close_desk(&desk);
}

/* What nobody answers is written down once, of the case that rings longest. */
static void it_is_written_once(void **state)
{
	struct desk desk;
	struct error err = ERROR_INIT;
	struct incident *incident;
	struct arena arena = ARENA_INIT;
	const struct alarm_item *items;
	bool done = true;
	size_t n;

	(void)state;
	open_desk(&desk, "board");
	assert_true(world_change(&desk.world, "elsewhere"));
	take(desk.client, desk.alarms);
	assert_int_equal(count_of(desk.alarms), 1);
	assert_int_equal(alarms_write(desk.alarms, desk.client, 600000, desk.world.fixed.now, &done,
				      &err), ERR_OK);
	assert_false(done); /* it has just begun */
	desk.world.fixed.now += 600000;
	assert_int_equal(alarms_write(desk.alarms, desk.client, 600000,
				      desk.world.fixed.now - 600000, &done, &err), ERR_OK);
	assert_true(done);
	take(desk.client, desk.alarms);
	assert_int_equal(count_of(desk.alarms), 1); /* it still rings */
	items = alarms_items(desk.alarms, &n);
	assert_int_equal(client_get(desk.client, &items[0].id, &arena, &incident, NULL), ERR_OK);
	assert_int_equal(incident->absences.n, 1);
	assert_int_equal(alarms_write(desk.alarms, desk.client, 600000, 0, &done, &err), ERR_OK);
	assert_false(done);
	arena_release(&arena);
	close_desk(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_counted_where_somebody_is),
		cmocka_unit_test(a_clock_runs_out_with_the_minute),
		cmocka_unit_test(who_is_rung),
		cmocka_unit_test(it_is_written_once),
	};

	return cmocka_run_group_tests_name("model/alarm", tests, NULL, NULL);
}
