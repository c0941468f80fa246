/* Rosters, who is on duty and the duty log at the consoles of centre, street and department. */
#include <config.h>

#include "consoles.h"

#include "zhiban/base/civil.h"
#include "zhiban/client/handover.h"
#include "zhiban/client/log.h"
#include "zhiban/client/roster.h"
#include "zhiban/wire/entry.h"

#define FIT "posts=leader main deputy"
/* 2026-11-23 10:20 there, a Monday */
#define NOW INT64_C(1795400400000)

static struct uuid engage(struct world *world, unsigned who, const char *words)
{
	struct client_done done = { .n = 0 };
	struct error err = ERROR_INIT;

	if (act(&world->all[who], KIND_STAFF, "engage", NULL, words, &done, &err) != ERR_OK)
		fail_msg("engage: %s", err.text);
	return done.target;
}

static void must(struct console *console, enum kind kind, const char *verb, const char *words)
{
	struct error err = ERROR_INIT;
	enum err code = act(console, kind, verb, NULL, words, NULL, &err);

	if (code != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
}

/* Three people of the centre. */
static void people(struct world *world)
{
	settle_all(world);
	engage(world, CENTRE, "name=李敏\norg=zhongxin\nphone=1001\n" FIT);
	engage(world, CENTRE, "name=王建国\norg=zhongxin\nphone=1002\ntitle=director\n" FIT);
	engage(world, CENTRE, "name=陈静\norg=zhongxin\n" FIT);
}

static struct duty_now on_duty(struct world *world, unsigned who, const char *org, int64_t at)
{
	struct duty_now duty;

	OK(client_on_duty(world->all[who].client, org, at, &world->arena, &duty, NULL));
	return duty;
}

static const char *name_of(const struct duty_now *duty, const char *post)
{
	for (size_t i = 0; i < duty->n_now; i++)
		if (strcmp(duty->now[i].turn->post, post) == 0)
			return duty->now[i].turn->name;
	return "";
}

static void somebody_is_found_by_name_and_pinyin(void **state)
{
	struct world *world = *state;
	struct client *client = world->all[CENTRE].client;
	struct error err = ERROR_INIT;
	struct uuid li, found;
	char text[UUID_TEXT];
	enum kind kind;

	settle_all(world);
	li = engage(world, CENTRE, "name=李敏\norg=zhongxin\n" FIT);
	engage(world, CENTRE, "name=刘明\norg=zhongxin\n" FIT);
	uuid_text(&li, text);
	for (int i = 0; i < 2; i++) { /* waiting, and with all */
		const char *const names[] = { "李敏", "limin", text };

		for (size_t n = 0; n < ARRAY_LEN(names); n++) {
			OK(client_staff_find(client, names[n], NULL, &found, NULL));
			assert_true(uuid_eq(&found, &li));
		}
		assert_int_equal(client_staff_find(client, "lm", NULL, &found, &err), ERR_INPUT);
		assert_non_null(strstr(err.text, "刘明"));
		assert_int_equal(client_staff_find(client, "张三", NULL, &found, NULL),
				 ERR_NOT_FOUND);
		OK(client_find_any(client, "李敏", &kind, &found, NULL));
		assert_int_equal(kind, KIND_STAFF);
		settle_all(world);
	}
}

/* Names are given, ids are sent; who stood there before is filled in. */
static void seats_are_set_by_name(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct client_roster *rosters;
	struct duty_now duty;
	int64_t night = NOW + 14 * HOUR_MS; /* 00:20 */
	struct error err = ERROR_INIT;
	struct uuid id;
	enum kind kind;
	size_t n;

	people(world);
	must(centre, KIND_ROSTER, "roster",
	     "month=2026-11\ncell=2026-11-23 night main 1 李敏\ncell=2026-11-23 night leader 1 "
	     "wangjianguo");
	duty = on_duty(world, CENTRE, "zhongxin", night);
	assert_int_equal(duty.n_now, 2);
	assert_string_equal(name_of(&duty, "main"), "李敏");
	assert_string_equal(duty.now[0].post->code, "leader"); /* in the order of posts */
	assert_string_equal(duty.now[1].phone, "1001");
	assert_true(duty.gap); /* no deputy */
	assert_int_equal(duty.ends, NOW + 22 * HOUR_MS + 10 * MINUTE_MS);
	OK(client_find_any(centre->client, "zhongxin/2026-11", &kind, &id, NULL));
	assert_int_equal(kind, KIND_ROSTER);
	settle_all(world);
	duty = on_duty(world, WATER, "zhongxin", night); /* who is on duty is nobody's secret */
	assert_string_equal(name_of(&duty, "main"), "李敏");
	duty = on_duty(world, WATER, "zhongxin", NOW);
	assert_int_equal(duty.n_now, 0);
	assert_int_equal(duty.n_next, 2);
	assert_int_equal(duty.next_starts, NOW + 7 * HOUR_MS + 10 * MINUTE_MS);
	must(centre, KIND_ROSTER, "roster", "month=2026-11\ncell=2026-11-23 夜班 主班 1 陈静");
	settle_all(world);
	duty = on_duty(world, STREET, "zhongxin", night);
	assert_string_equal(name_of(&duty, "main"), "陈静");
	OK(client_rosters(centre->client, "zhongxin", "centre", civil_day(2026, 11, 1),
			  civil_day(2026, 12, 31), &world->arena, &rosters, &n, NULL));
	assert_int_equal(n, 1);
	assert_int_equal(rosters[0].marks, 0);
	/* he says whom he saw there, and it is another by now */
	assert_int_equal(act(centre, KIND_ROSTER, "roster", NULL,
			     "month=2026-11\ncell=2026-11-23 night main 1 李敏 王建国", NULL, &err),
			 ERR_REFUSED);
}

/* A duty is named by its place; who stands in is found by name. */
static void a_duty_is_covered_by_its_place(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct duty_now duty;

	people(world);
	must(centre, KIND_ROSTER, "roster", "month=2026-11\ncell=2026-11-23 night main 1 李敏");
	must(centre, KIND_ROSTER, "cover",
	     "turn_id=2026-11-23/night/main\nwho=陈静\nreason=he is ill");
	for (int i = 0; i < 2; i++) {
		duty = on_duty(world, CENTRE, "zhongxin", NOW + 8 * HOUR_MS);
		assert_string_equal(name_of(&duty, "main"), "陈静");
		assert_string_equal(duty.now[0].turn->was, "李敏");
		settle_all(world);
	}
	duty = on_duty(world, STREET, "zhongxin", NOW + 8 * HOUR_MS);
	assert_string_equal(name_of(&duty, "main"), "陈静");
}

static void an_organisation_without_a_roster_has_its_phone(void **state)
{
	struct world *world = *state;
	struct duty_now *duties;
	size_t n, plans = 0;

	settle_all(world);
	OK(client_all_on_duty(world->all[CENTRE].client, NOW, &world->arena, &duties, &n, NULL));
	assert_true(n > 3);
	for (size_t i = 0; i < n; i++) {
		assert_true(duties[i].plan != NULL || duties[i].phone != NULL);
		assert_int_equal(duties[i].n_now, 0);
		plans += duties[i].plan != NULL;
	}
	assert_true(plans > 0);
}

/* Who hands nothing over (chiefs, leaders) still has a last shift: the latest duty that he has stood. */
static void a_last_shift_without_handovers_is_of_the_rosters(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	int64_t ends = NOW + 22 * HOUR_MS + 10 * MINUTE_MS; /* Tuesday 08:30 */

	people(world);
	engage(world, CENTRE, "name=li\norg=zhongxin\n" FIT);
	assert_true(client_last_shift(centre->client) == 0);
	must(centre, KIND_ROSTER, "roster",
	     "month=2026-11\ncell=2026-11-23 night leader 1 li\ncell=2026-11-24 night leader 1 "
	     "李敏\ncell=2026-11-25 night leader 1 li");
	settle_all(world);
	assert_true(client_last_shift(centre->client) == 0); /* nothing has ended yet */
	world->fixed.now = ends;
	assert_true(client_last_shift(centre->client) == ends);
	world->fixed.now = ends + DAY_MS + HOUR_MS; /* that of another changes nothing */
	assert_true(client_last_shift(centre->client) == ends);
	world->fixed.now = ends + 3 * DAY_MS;
	assert_true(client_last_shift(centre->client) == ends + 2 * DAY_MS);
	world->fixed.now = ends + 60 * DAY_MS; /* too long ago to be looked for */
	assert_true(client_last_shift(centre->client) == 0);
}

/* ---- the duty log ---- */

static void some_work(struct world *world)
{
	struct console *street = &world->all[STREET];
	struct client_done done;
	struct uuid whistle;

	OK(act(street, KIND_INCIDENT, "register", NULL, "title=a pipe", &done, NULL));
	settle_all(world);
	whistle = issued(world, "title=two pipes\nground=several\nassist=shuiwu\nlead_org=shuiwu");
	must_whistle(&world->all[WATER], "sign", &whistle, "comer=Zhou\ncomer_phone=1");
	must(&world->all[CENTRE], KIND_RECORD, "log", "sort=note\ntitle=the line was cut for a while");
	must(&world->all[CENTRE], KIND_RECORD, "log",
	     "sort=call\ntitle=rang the waterworks\nhappened_at=2026-11-23 07:30\nparty=waterworks");
	settle_all(world);
}

static struct client_log log_of(struct world *world, unsigned who)
{
	struct client_log log;

	OK(client_log(world->all[who].client, NOW - DAY_MS, NOW + DAY_MS, &world->arena, &log, NULL));
	return log;
}

/* The journal's entries that the profile lets the log show, each once, and no others. */
static void same_as_journal(struct world *world, const struct client_log *log)
{
	struct server *server = &world->server;
	size_t expected = 0;

	for (int64_t seq = 1; seq <= server->seq; seq++) {
		const struct fake_entry *at = &server->entries[seq - 1];
		struct entry entry;
		size_t found = 0;
		bool shows;

		OK(entry_decode(at->bytes.s, at->bytes.len, &world->arena, &entry, NULL));
		shows = log_shows(&server->jurisdiction->rules, entry.act.target.kind,
				  act_verb(&entry.act));
		expected += shows;
		for (size_t i = 0; i < log->n; i++)
			found += log->lines[i].line.seq == seq;
		assert_int_equal(found, shows);
	}
	assert_int_equal(log->n, expected);
	assert_true(expected > 4);
}

static void the_log_is_what_the_profile_selects(void **state)
{
	struct world *world = *state;

	settle_all(world);
	some_work(world);
	for (unsigned who = 0; who < CONSOLES; who++) {
		struct client_log log = log_of(world, who);

		same_as_journal(world, &log);
		for (size_t i = 1; i < log.n; i++)
			assert_true(log.lines[i - 1].at <= log.lines[i].at);
	}
}

/* What was written late stands where it happened, with both times; what waits is there at once. */
static void a_late_entry_stands_where_it_happened(void **state)
{
	struct world *world = *state;
	struct client_log log;

	settle_all(world);
	world->server.down = true;
	must(&world->all[CENTRE], KIND_RECORD, "log",
	     "sort=call\ntitle=rang the waterworks\nhappened_at=2026-11-23 07:30\nparty=waterworks");
	for (int i = 0; i < 2; i++) {
		log = log_of(world, CENTRE);
		assert_int_equal(log.n, 1);
		assert_true(log.lines[0].late);
		assert_int_equal(log.lines[0].at, NOW - 2 * HOUR_MS - 50 * MINUTE_MS);
		assert_true(log.lines[0].line.eff >= NOW);
		assert_int_equal(log.lines[0].line.marks, i == 0 ? LINE_PENDING : 0);
		assert_string_equal(log.lines[0].record->title, "rang the waterworks");
		world->server.down = false;
		world->fixed.now += 120000;
		settle_all(world);
	}
}

/* A console that begins later fetches what was before, page by page, when somebody looks. */
static void an_older_log_is_fetched(void **state)
{
	struct world *world = *state;
	struct console *water = &world->all[WATER];
	struct client_log log;

	settle(world, &world->all[CENTRE]);
	settle(world, &world->all[STREET]);
	must(&world->all[CENTRE], KIND_RECORD, "log", "sort=note\ntitle=one");
	for (int i = 0; i < 5; i++)
		must(&world->all[CENTRE], KIND_RECORD, "log", "sort=note\ntitle=more");
	settle(world, &world->all[CENTRE]);
	world->fixed.now += 60000;
	settle(world, water); /* from a snapshot */
	log = log_of(world, WATER);
	assert_false(log.complete);
	assert_int_equal(log.n, 0);
	settle(world, water);
	for (int i = 0; i < 40; i++)
		step(world, water);
	log = log_of(world, WATER);
	assert_int_equal(log.n, 6);
	same_as_journal(world, &log);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
	static const struct CMUnitTest tests[] = {
		T(somebody_is_found_by_name_and_pinyin),
		T(seats_are_set_by_name),
		T(a_duty_is_covered_by_its_place),
		T(an_organisation_without_a_roster_has_its_phone),
		T(a_last_shift_without_handovers_is_of_the_rosters),
		T(the_log_is_what_the_profile_selects),
		T(a_late_entry_stands_where_it_happened),
		T(an_older_log_is_fetched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
