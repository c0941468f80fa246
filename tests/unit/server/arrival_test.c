/* Codes of arrival on the server: whose console is told the secret, what a code is worth, and that
 * guessing does not pay. */
#include "whistle_help.h"
#include "zhiban/server/backup.h"

struct street { /* a whistle of north for roads and water, and what north's console knows */
	struct band band;
	struct uuid id;
	unsigned char secret[ARRIVAL_SECRET];
};

static struct street street_make(struct world *world)
{
	struct street street = { .band = band_make(world) };

	street.id = issued(world, &street.band);
	arrival_told(world, &street.band.north, &street.id, street.secret);
	return street;
}

static const struct summoned *share_seen(struct world *world, const struct street *street,
					 const char *org)
{
	const struct whistle *whistle = whistle_seen(world, &street->band.duty, &street->id);

	return whistle_share_of(whistle, org);
}

/* What north's console shows for a department at a moment. */
static const char *shown(struct world *world, const struct street *street, const char *org,
			 int64_t at)
{
	char digits[ARRIVAL_DIGITS];

	arrival_code(street->secret, &share_seen(world, street, org)->id, arrival_step(at), digits);
	return arena_strdup(&world->arena, digits);
}

static const char *wrong_of(struct world *world, const char *digits)
{
	char *wrong = arena_strdup(&world->arena, digits);

	wrong[0] = (char)('0' + (wrong[0] - '0' + 1) % 10);
	return wrong;
}

static struct act_answer report_in(struct world *world, const struct street *street,
				   struct desk *desk, const char *code, const char *more)
{
	return whistle_says(world, desk, "report_in", &street->id,
			    arena_printf(&world->arena,
					 "comer=Chen&comer_post=head&comer_phone=22&code=%s%s", code,
					 more));
}

/* --- who is told ------------------------------------------------------------------------------- */

static void test_told(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	struct band *band = &street.band;
	const struct uuid nothing = uuid_named("nothing at all");
	struct desk below = enroll(world, "northa", "street", "Na");
	const struct desk *others[] = { &band->duty,  &band->leader, &band->south, &band->roads,
					&band->water, &band->mains,  &band->auditor, &below };
	struct desk sec = enroll(world, "north", "secadmin", "Se");
	unsigned char again[ARRIVAL_SECRET];
	struct uuid id;

	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		const char *body = arrival_asked(world, others[i], 404, &street.id);

		assert_string_equal(body, arrival_asked(world, others[i], 404, &nothing));
	}
	arrival_asked(world, &sec, 404, &street.id);
	ask(world, 401, "POST", "/v1/arrival", NULL, NULL, "{}");
	ask(world, 400, "POST", "/v1/arrival", NULL, band->north.token, "{}");
	arrival_told(world, &band->chief, &street.id, again);
	assert_memory_equal(again, street.secret, ARRIVAL_SECRET);
	/* every whistle has its own; those without codes, and those that are over, have none */
	id = blow(world, &band->north, "&assist=roads");
	arrival_told(world, &band->north, &id, again);
	assert_memory_not_equal(again, street.secret, ARRIVAL_SECRET);
	whistle_does(world, &band->north, "withdraw", &id, "reason=x");
	assert_non_null(strstr(arrival_asked(world, &band->north, 404, &id), "closed"));
	id = blow(world, &band->duty, "&assist=roads");
	assert_non_null(strstr(arrival_asked(world, &band->duty, 404, &id), "no code"));
	assert_string_equal(arrival_asked(world, &band->roads, 404, &id),
			    arrival_asked(world, &band->roads, 404, &nothing));
}

/* A street that is called itself learns nothing of another's, nor the blower's own community. */
static void test_called_below(void **state)
{
	struct world *world = *state;
	struct band band = band_make(world);
	struct uuid id = blow(world, &band.north, "&assist=south");
	unsigned char secret[ARRIVAL_SECRET];

	whistle_does(world, &band.duty, "issue", &id, "");
	arrival_told(world, &band.north, &id, secret);
	arrival_asked(world, &band.south, 404, &id);
}

static void test_audited(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	char hex[2 * ARRIVAL_SECRET + 1];
	char *out;

	crypto_hex(street.secret, ARRIVAL_SECRET, hex);
	arrival_asked(world, &street.band.duty, 404, &street.id);
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM audit WHERE what = 'arrival'"
						 " AND who = 'No' AND words = '20261118-W001'"),
			 1);
	assert_int_equal(data_count(world->data,
				    "SELECT count(*) FROM audit WHERE what = 'arrival'"),
			 1);
	assert_int_equal(data_count(world->data, arena_printf(&world->arena,
							      "SELECT count(*) FROM audit WHERE"
							      " words LIKE '%%%.16s%%'",
							      hex)),
			 0);
	/* the key is in meta, and leaves by no export */
	assert_int_equal(data_count(world->data, "SELECT count(*) FROM meta WHERE name = 'arrival'"
						 " AND length(value) = 64"),
			 1);
	for (size_t i = 0; i < 2; i++) {
		out = arena_strdup(&world->arena,
				   ask(world, 200, "GET", "/v1/admin/export",
				       i == 0 ? "kind=whistle&clear=1" : "kind=journal", NULL,
				       NULL));
		assert_null(strstr(out, hex));
		assert_int_equal(
			data_count(world->data,
				   arena_printf(&world->arena,
						"SELECT count(*) FROM meta WHERE name = 'arrival'"
						" AND '%s' LIKE '%%' || value || '%%'",
						i == 0 ? hex : "")),
			0);
	}
	assert_null(strstr(str_get(&world->log), hex));
	verified(world);
}

/* --- what a code is worth ---------------------------------------------------------------------- */

static void test_right(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	const char *code = shown(world, &street, "roads", world->clock.now);
	struct act_answer answer = report_in(world, &street, &street.band.roads, code, "");
	const struct summoned *share = share_seen(world, &street, "roads");

	assert_int_equal(answer.verdict, VERDICT_APPLIED);
	assert_string_equal(share->proof, "code");
	assert_true(share->confirmed_at != 0);
	assert_int_equal(share->proof_step, arrival_step(world->clock.now));
	assert_int_equal(share_seen(world, &street, "water")->reported_at, 0);
	/* shown once it counts once: to a colleague it was said who came, and nobody takes it back */
	answer = report_in(world, &street, &street.band.roads, code, "");
	assert_int_equal(answer.code, ERR_REFUSED);
	assert_non_null(strstr(answer.sentence, "Chen"));
	answer = whistle_says(world, &street.band.north, "deny_in", &street.id,
			      "share=roads&reason=nobody came");
	assert_int_equal(answer.code, ERR_REFUSED);
	assert_non_null(strstr(answer.sentence, "by the code"));
	verified(world);
}

/* Another share's, another time's, one digit off: wrong in the same words. */
static void test_wrong(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	int64_t now = world->clock.now;
	const char *codes[] = {
		wrong_of(world, shown(world, &street, "roads", now)),
		shown(world, &street, "water", now),
		shown(world, &street, "roads", now - 3 * ARRIVAL_STEP_MS),
		shown(world, &street, "roads", now + 3 * ARRIVAL_STEP_MS),
	};

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct act_answer answer =
			report_in(world, &street, &street.band.roads, codes[i], "");

		assert_int_equal(answer.code, ERR_REFUSED);
		assert_non_null(strstr(answer.sentence, "the code is wrong"));
	}
	assert_int_equal(share_seen(world, &street, "roads")->reported_at, 0);
	/* the fifth try is right */
	assert_int_equal(report_in(world, &street, &street.band.roads,
				   shown(world, &street, "roads", now - ARRIVAL_STEP_MS), "")
				 .verdict,
			 VERDICT_APPLIED);
}

/* Before anybody has asked for the secret no code was shown, so none is right; it stays so for what was
 * guessed then. */
static void test_no_key(void **state)
{
	struct world *world = *state;
	struct street street = { .band = band_make(world) };

	street.id = issued(world, &street.band);
	assert_non_null(strstr(report_in(world, &street, &street.band.roads, "000000", "").sentence,
			       "the code is wrong"));
	assert_int_equal(data_count(world->data,
				    "SELECT count(*) FROM meta WHERE name = 'arrival'"),
			 0);
}

/* Five wrong ones in ten minutes, and even the right one has to wait; another share is not touched, nor
 * can others spoil it. */
static void test_barred(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	struct desk *roads = &street.band.roads;
	struct act_answer answer;
	const char *code = shown(world, &street, "roads", world->clock.now);

	for (int i = 0; i < 14; i++) { /* by who may not say so */
		answer = report_in(world, &street, i % 2 ? &street.band.mains : &street.band.south,
				   wrong_of(world, code), "&share=roads");
		assert_true(answer.code == ERR_DENIED || answer.code == ERR_NOT_FOUND);
	}
	for (int i = 0; i < 5; i++) {
		world->clock.now += 60000;
		answer = report_in(world, &street, roads, wrong_of(world, code), "");
		assert_non_null(strstr(answer.sentence, "the code is wrong"));
	}
	code = shown(world, &street, "roads", world->clock.now);
	answer = report_in(world, &street, roads, code, "");
	assert_int_equal(answer.code, ERR_REFUSED);
	assert_non_null(strstr(answer.sentence, "too many wrong codes"));
	code = shown(world, &street, "water", world->clock.now);
	assert_int_equal(report_in(world, &street, &street.band.water, code, "").verdict,
			 VERDICT_APPLIED);
	world->clock.now += 6 * 60000; /* ten minutes after the first */
	code = shown(world, &street, "roads", world->clock.now);
	assert_int_equal(report_in(world, &street, roads, code, "").verdict, VERDICT_APPLIED);
	verified(world);
}

/* Without a code the street confirms; its bar holds nobody up. */
static void test_without(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);

	for (int i = 0; i < 6; i++)
		report_in(world, &street, &street.band.roads, "1", "");
	whistle_does(world, &street.band.roads, "report_in", &street.id,
		     "comer=Chen&comer_post=head&comer_phone=22");
	assert_string_equal(share_seen(world, &street, "roads")->proof, "none");
	assert_int_equal(share_seen(world, &street, "roads")->confirmed_at, 0);
	whistle_does(world, &street.band.north, "confirm_in", &street.id, "share=roads");
	assert_string_equal(share_seen(world, &street, "roads")->proof, "street");
}

/* The centre notes it for the department that rang up: the only share that has not reported, or the one
 * that is named. */
static void test_on_behalf(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	struct desk *duty = &street.band.duty;
	const char *code = shown(world, &street, "roads", world->clock.now);

	assert_int_equal(report_in(world, &street, duty, code, "").code, ERR_INPUT); /* whose? */
	assert_int_equal(report_in(world, &street, duty, code, "&share=water").code, ERR_REFUSED);
	assert_int_equal(report_in(world, &street, duty, code, "&share=roads").verdict,
			 VERDICT_APPLIED);
	code = shown(world, &street, "water", world->clock.now);
	assert_int_equal(report_in(world, &street, duty, code, "").verdict, VERDICT_APPLIED);
	assert_string_equal(share_seen(world, &street, "water")->proof, "code");
	verified(world);
}

/* --- offline ----------------------------------------------------------------------------------- */

/* The line was cut: the code of then counts for the moment that is claimed, and only as far back as the
 * console was away. */
static void test_offline(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	struct band *band = &street.band;
	int64_t there, away = world->clock.now;
	struct act act;

	feed_of(world, &band->roads, 0, "");
	feed_of(world, &band->water, 0, "");
	world->clock.now += HOUR;
	there = world->clock.now;
	world->clock.now += 3 * HOUR;
	act = say(world, &band->roads, "report_in", KIND_WHISTLE, &street.id,
		  arena_printf(&world->arena, "comer=Chen&comer_post=head&comer_phone=2&code=%s",
			       shown(world, &street, "roads", there)));
	act.at = there + 60000; /* on the telephone to his own unit */
	assert_int_equal(send_act(world, &band->roads, &act).verdict, VERDICT_APPLIED);
	assert_true(share_seen(world, &street, "roads")->reported_at == there + 60000);
	assert_string_equal(share_seen(world, &street, "roads")->proof, "code");
	/* before it was away: clamped to then, and the code is not of then */
	act = say(world, &band->water, "report_in", KIND_WHISTLE, &street.id,
		  arena_printf(&world->arena, "comer=Wu&comer_post=head&comer_phone=2&code=%s",
			       shown(world, &street, "water", away - 2 * HOUR)));
	act.at = away - 2 * HOUR;
	assert_non_null(strstr(send_act(world, &band->water, &act).sentence, "the code is wrong"));
	verified(world);
}

/* A console that was heard of all the time cannot claim an old code. */
static void test_no_claim(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	struct desk *roads = &street.band.roads;
	int64_t then = world->clock.now;
	struct act act;

	for (int i = 0; i < 60; i++) {
		world->clock.now += 60000;
		feed_of(world, roads, 0, "");
	}
	act = say(world, roads, "report_in", KIND_WHISTLE, &street.id,
		  arena_printf(&world->arena, "comer=Chen&comer_post=head&comer_phone=2&code=%s",
			       shown(world, &street, "roads", then)));
	act.at = then;
	assert_non_null(strstr(send_act(world, roads, &act).sentence, "the code is wrong"));
}

/* --- again --------------------------------------------------------------------------------------- */

/* Another start, another place, another epoch: the console's secret goes on being right. */
static void test_restored(void **state)
{
	struct world *world = *state;
	struct street street = street_make(world);
	struct verify_report report;
	struct service_config config;
	struct error err = ERROR_INIT;
	char path[600], where[DATA_WHERE], before[DATA_WHERE];
	unsigned char again[ARRIVAL_SECRET];
	const char *code;

	world_restart(world);
	arrival_told(world, &street.band.north, &street.id, again);
	assert_memory_equal(again, street.secret, ARRIVAL_SECRET);
	snprintf(path, sizeof path, "%s/backup", world->path);
	if (service_backup(world->service, path, NULL, 0, false, &err) != ERR_OK)
		fail_msg("%s", err.text);
	data_make(world->path, "again", where);
	config = world_config(world);
	config.where = where;
	if (service_restore(&config, path, NULL, NULL, &report, &err) != ERR_OK)
		fail_msg("%s", err.text);
	service_stop(world->service);
	service_close(world->service);
	memcpy(before, world->data, sizeof before);
	memcpy(world->data, where, sizeof where);
	world_open(world);
	arrival_told(world, &street.band.north, &street.id, again);
	assert_memory_equal(again, street.secret, ARRIVAL_SECRET);
	code = shown(world, &street, "roads", world->clock.now);
	assert_int_equal(report_in(world, &street, &street.band.roads, code, "").verdict,
			 VERDICT_APPLIED);
	verified(world);
	data_drop(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
		T(test_told),	   T(test_called_below), T(test_audited), T(test_right),
		T(test_wrong),	   T(test_no_key),	 T(test_barred),  T(test_without),
		T(test_on_behalf), T(test_offline),	 T(test_no_claim), T(test_restored),
	};

	setenv("LANGUAGE", "en", 1);
	return cmocka_run_group_tests_name("arrival", tests, NULL, NULL);
}
