/* What people type as values; acts for somebody on the phone; the mode, from saving to folded. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_server.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/client/mode.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/value.h"
#include "zhiban/client/worker.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/store/outbox.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct world {
	struct env_fixed fixed;
	struct env env;
	struct server server;
	char dir[64];
	struct fake_line line;
	struct worker *worker;
	struct client *client;
	struct arena arena;
};

static void settle(struct world *world)
{
	struct client_change change;
	struct tell tell;

	for (int i = 0; i < 400; i++) {
		world->fixed.now += 200;
		OK(worker_step(world->worker, 0, NULL));
		while (worker_told(world->worker, &tell))
			;
		OK(client_poll(world->client, &change, NULL));
		if (worker_in_step(world->worker))
			return;
	}
	fail_msg("not in step");
}

static int world_make(void **state)
{
	struct world *world = mem_alloc(sizeof *world);
	struct worker_options worker = { .url = "https://x", .key_pin = "" };
	struct client_options client = { .read_only = false };
	struct outbox_who who = { "li", NULL, "duty", "token", true };
	struct uuid id = { { 1 } };
	struct store *outbox;

	world->fixed = (struct env_fixed){ .now = INT64_C(1795332000000), .seed = 11 };
	world->env = env_fixed(&world->fixed);
	server_open_with(&world->server, &world->env, "city");
	who.org = world->server.jurisdiction->rules.centre;
	snprintf(world->dir, sizeof world->dir, "/tmp/zhiban-value-XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	OK(outbox_open(world->dir, false, &outbox, NULL));
	OK(outbox_set_console(outbox, &id, NULL));
	OK(outbox_login(outbox, &who, NULL));
	store_close(outbox);
	line_open(&world->line, &world->server);
	worker.dir = client.dir = world->dir;
	worker.env = client.env = &world->env;
	worker.transport = &world->line.transport;
	OK(worker_new(&worker, &world->worker, NULL));
	OK(client_open(&client, &world->client, NULL));
	settle(world);
	*state = world;
	return 0;
}

static int world_free(void **state)
{
	struct world *world = *state;

	client_close(world->client);
	worker_free(world->worker);
	line_close(&world->line);
	OK(dir_remove_all(world->dir, NULL));
	server_close(&world->server);
	arena_release(&world->arena);
	free(world);
	return 0;
}

static const struct field *argument(const char *verb, const char *name)
{
	return act_arg_field(act_desc_find(verb), name);
}

static struct given words(const char *verb, const char *name, const char *text)
{
	return (struct given){ argument(verb, name), { .is_text = true, .text = text } };
}

static void times_are_from_now_or_of_today(void **state)
{
	struct world *world = *state;
	const struct field *field = argument("call_later", "call_at");
	int64_t now = client_now(world->client);
	const struct {
		const char *words;
		int64_t ms;
	} good[] = { { "+40m", 40 * MINUTE_MS }, { "+2h", 2 * HOUR_MS }, { "+1d", DAY_MS },
		     { "+0m", 0 } };
	const char *const bad[] = { "+m", "+40", "+40x", "+40mm", "+999999999999m", "+-4m", "soon" };
	struct value value;
	char day[CIVIL_TEXT];

	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		OK(client_value(world->client, field, good[i].words, &world->arena, &value, NULL));
		assert_int_equal(value.num, now - now % 1000 + good[i].ms);
	}
	OK(client_value(world->client, field, "02:41", &world->arena, &value, NULL));
	civil_format(value.num, 480, "H:M", day, sizeof day);
	assert_string_equal(day, "02:41");
	assert_true(value.num > now - DAY_MS && value.num < now + DAY_MS);
	for (int month = 1; month <= 12; month++) { /* the nearest of the years, also over its turn */
		char words[] = "11-15 02:41";

		snprintf(words, sizeof words, "%02d-15 02:41", month % 100);
		OK(client_value(world->client, field, words, &world->arena, &value, NULL));
		civil_format(value.num, 480, "m-d H:M", day, sizeof day);
		assert_string_equal(day, words);
		assert_true(value.num > now - 215 * DAY_MS && value.num < now + 215 * DAY_MS);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct error err = ERROR_INIT;

		assert_int_equal(client_value(world->client, field, bad[i], &world->arena, &value,
					      &err), ERR_INPUT);
		assert_true(err.text[0] != '\0');
	}
}

/* Names by pinyin, numbers and times as an input method types them. */
static void names_and_numbers_as_they_are_typed(void **state)
{
	struct world *world = *state;
	const struct rules *rules = client_rules(world->client);
	const struct org *org = NULL, *other;
	struct str read = STR_INIT;
	struct error err = ERROR_INIT;
	struct value value;
	int64_t now = client_now(world->client);

	for (size_t i = 0; i < rules->n_orgs && org == NULL; i++)
		if (strcmp(rules->orgs[i].tier, "department") == 0 && rules->orgs[i].brief != NULL)
			org = &rules->orgs[i];
	assert_non_null(org);
	pinyin_spell(&read, org->name);
	OK(client_value(world->client, argument("assign", "holder"), str_get(&read), &world->arena,
			&value, &err));
	assert_string_equal(value.text, org->code);
	/* the same in a command */
	OK(candidates_org(rules, str_get(&read), now, &other, &err));
	assert_ptr_equal(other, org);
	/* several: none is taken */
	assert_int_equal(client_value(world->client, argument("assign", "holder"), "jiedao",
				      &world->arena, &value, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "jiedao"));
	/* outside words stay */
	OK(client_value(world->client, argument("assign", "holder"), "Dorchester", &world->arena,
			&value, &err));
	assert_string_equal(value.text, "Dorchester");
	OK(client_value(world->client, argument("register", "urgency"), "teji", &world->arena,
			&value, &err));
	assert_int_equal(value.num, 1);
	OK(client_value(world->client, argument("register", "phone"), "１３９８８２１８８２１",
			&world->arena, &value, &err));
	assert_string_equal(value.text, "13988218821");
	OK(client_value(world->client, argument("register", "title"), "ＡＢＣ路塌陷", &world->arena,
			&value, &err));
	assert_string_equal(value.text, "ＡＢＣ路塌陷");
	OK(client_value(world->client, argument("call_later", "call_at"), "＋４０ｍ", &world->arena,
			&value, &err));
	assert_int_equal(value.num, now - now % 1000 + 40 * MINUTE_MS);
	OK(client_value(world->client, argument("extend_ask", "extend_by"), "３ｗｄ", &world->arena,
			&value, &err));
	assert_string_equal(value.text, "3wd");
	str_release(&read);
}

static void an_extension_is_a_limit(void **state)
{
	struct world *world = *state;
	const struct field *fields[] = { argument("extend_ask", "extend_by"),
					 argument("extend_ok", "granted") };
	struct value value;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		OK(client_value(world->client, fields[i], "3wd", &world->arena, &value, NULL));
		assert_string_equal(value.text, "3wd");
		assert_int_equal(client_value(world->client, fields[i], "three days", &world->arena,
					      &value, NULL), ERR_INPUT);
	}
}

static void tickets_are_named_by_their_numbers(void **state)
{
	struct world *world = *state;
	struct given title = words("register", "title", "a pipe has burst");
	const struct field *lead = argument("merge", "lead");
	const struct field *related = argument("relate", "related");
	struct client_done done;
	struct incident *shown;
	struct value value;
	char id[UUID_TEXT], mark[48];

	OK(client_act(world->client, act_desc_find("register"), NULL, &title, 1, &done, NULL));
	uuid_text(&done.target, id);
	OK(client_value(world->client, lead, "-1", &world->arena, &value, NULL));
	assert_string_equal(value.text, id);
	settle(world);
	OK(client_get(world->client, &done.target, &world->arena, &shown, NULL));
	OK(client_value(world->client, lead, client_mark(world->client, shown, mark), &world->arena,
			&value, NULL));
	assert_string_equal(value.text, id);
	OK(client_value(world->client, related, mark, &world->arena, &value, NULL));
	assert_string_equal(value.text, id);
	OK(client_value(world->client, related, "12345-0099", &world->arena, &value, NULL));
	assert_string_equal(value.text, "12345-0099");
	assert_int_equal(client_value(world->client, lead, "12345-0099", &world->arena, &value,
				      NULL), ERR_NOT_FOUND);
}

static void a_file_is_its_name_size_and_hash(void **state)
{
	struct world *world = *state;
	struct given given[CLIENT_FILE_GIVEN];
	const char *path = path_join(&world->arena, world->dir, "现场.txt");
	struct error err = ERROR_INIT;
	size_t n = 0;

	OK(file_write(path, "abc", 3, 0600, NULL));
	OK(client_file(act_desc_find("attach"), path, &world->arena, given, &n, NULL));
	assert_int_equal(n, 3);
	assert_string_equal(given[0].value.text, "现场.txt");
	assert_int_equal(given[1].value.num, 3);
	assert_string_equal(given[2].value.text,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	OK(file_write(path, "", 0, 0600, NULL));
	assert_int_equal(client_file(act_desc_find("attach"), path, &world->arena, given, &n, &err),
			 ERR_INPUT);
	assert_int_equal(client_file(act_desc_find("attach"), "/nowhere/x", &world->arena, given, &n,
				     &err), ERR_NOT_FOUND);
	assert_int_equal(client_file(act_desc_find("note"), path, &world->arena, given, &n, &err),
			 ERR_INPUT);
}

static void pairs_of_a_call_keep_their_commas(void **state)
{
	struct world *world = *state;
	const char *const bad[] = { "x=1", "rung", ",rung=a", "at=never" };
	struct by_phone phone = { .at = 0 };

	OK(client_phone(world->client, "rung=desk 8821,wording=yes, going=now,answered=Zhou,role=leader",
			&world->arena, &phone, NULL));
	assert_string_equal(phone.rung, "desk 8821");
	assert_string_equal(phone.wording, "yes, going=now");
	assert_string_equal(phone.answered_by, "Zhou");
	assert_string_equal(phone.role, "leader");
	assert_null(phone.org);
	OK(client_phone(world->client, "", &world->arena, &phone, NULL));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct error err = ERROR_INIT;

		assert_true(client_phone(world->client, bad[i], &world->arena, &phone, &err) !=
			    ERR_OK);
		assert_true(err.text[0] != '\0');
	}
}

/* What was said goes with the act, its moment is now unless it is said, and its line tells it. */
static void an_act_for_somebody_says_so_in_its_line(void **state)
{
	struct world *world = *state;
	struct given title = words("register", "title", "a pipe has burst");
	struct given note = words("note", "note", "they go");
	struct by_phone phone = { .rung = "desk 8821", .answered_by = "Zhou", .wording = "yes" };
	struct client_timeline timeline;
	struct client_entries entries;
	struct client_done done, again;

	OK(client_act(world->client, act_desc_find("register"), NULL, &title, 1, &done, NULL));
	OK(client_act_phone(world->client, act_desc_find("note"), &done.target, &note, 1, &phone,
			    &again, NULL));
	for (int round = 0; round < 2; round++) {
		OK(client_timeline(world->client, &done.target, &world->arena, &timeline, NULL));
		assert_int_equal(timeline.n, 2);
		assert_string_equal(timeline.lines[0].phone, "");
		assert_non_null(strstr(timeline.lines[1].phone, "desk 8821"));
		assert_non_null(strstr(timeline.lines[1].phone, "Zhou"));
		assert_string_equal(timeline.lines[1].text, "they go");
		settle(world);
	}
	OK(client_entries(world->client, &done.target, &world->arena, &entries, NULL));
	assert_int_equal(entries.n, 2);
	assert_false(by_phone_is(&entries.items[0].act.by_phone));
	assert_string_equal(entries.items[1].act.by_phone.wording, "yes");
	assert_int_equal(entries.items[1].act.by_phone.at, entries.items[1].act.at);
}

/* The mode is there at once, marked as waiting; folded, the mark goes; a second one refused stays
 * shown as it is, with the mark of the desk. */
static void the_mode_waits_and_is_folded(void **state)
{
	struct world *world = *state;
	const struct rules *rules = client_rules(world->client);
	struct given given[2] = { words("mode", "reason", "storm") };
	struct by_phone phone = { .role = "leader", .rung = "Wang", .answered_by = "himself",
				  .wording = "agreed" };
	struct error err = ERROR_INIT;
	struct client_done done;

	assert_null(client_mode(world->client));
	assert_null(client_mode_code(world->client));
	assert_true(rules->n_modes > 1);
	given[1] = words("mode", "mode", rules->modes[1].code);
	assert_int_equal(client_act(world->client, act_desc_find("mode"), NULL, given, 2, &done,
				    &err), ERR_DENIED); /* a leader decides */
	assert_null(client_mode(world->client));
	OK(client_act_phone(world->client, act_desc_find("mode"), NULL, given, 2, &phone, &done,
			    NULL));
	assert_string_equal(client_mode_code(world->client), rules->modes[1].code);
	assert_int_equal(client_mode_marks(world->client), ROW_PENDING);
	settle(world);
	assert_string_equal(client_mode_code(world->client), rules->modes[1].code);
	assert_int_equal(client_mode_marks(world->client), 0);
	assert_int_equal(client_mode(world->client)->head.version, 1);
	assert_string_equal(world->server.mode->mode, rules->modes[1].code);
}

static const char *mode_of_clock(struct world *world, struct client *client, const struct uuid *id)
{
	struct incident *incident;

	OK(client_get(client, id, &world->arena, &incident, NULL));
	assert_true(incident->clocks.n > 0);
	return incident_clock(incident, 0)->mode;
}

/* The server judges in the order in which things were done: so does every face, however late it
 * opens. */
static void what_was_done_before_the_mode_stays(void **state)
{
	struct world *world = *state;
	const char *code = client_rules(world->client)->modes[1].code;
	struct given title = words("register", "title", "a pipe has burst");
	struct given given[2] = { words("mode", "reason", "storm"), words("mode", "mode", code) };
	struct by_phone phone = { .role = "leader", .rung = "Wang", .wording = "agreed" };
	struct client_options options = { .dir = world->dir, .env = &world->env };
	struct client_done before, mode, after;
	struct client *late;

	OK(client_act(world->client, act_desc_find("register"), NULL, &title, 1, &before, NULL));
	OK(client_act_phone(world->client, act_desc_find("mode"), NULL, given, 2, &phone, &mode,
			    NULL));
	OK(client_act(world->client, act_desc_find("register"), NULL, &title, 1, &after, NULL));
	OK(client_open(&options, &late, NULL));
	assert_null(mode_of_clock(world, world->client, &before.target));
	assert_null(mode_of_clock(world, late, &before.target));
	assert_string_equal(mode_of_clock(world, world->client, &after.target), code);
	assert_string_equal(mode_of_clock(world, late, &after.target), code);
	client_close(late);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(times_are_from_now_or_of_today, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(names_and_numbers_as_they_are_typed, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(an_extension_is_a_limit, world_make, world_free),
		cmocka_unit_test_setup_teardown(tickets_are_named_by_their_numbers, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(a_file_is_its_name_size_and_hash, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(pairs_of_a_call_keep_their_commas, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(an_act_for_somebody_says_so_in_its_line, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(the_mode_waits_and_is_folded, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(what_was_done_before_the_mode_stays, world_make,
						world_free),
	};

	return cmocka_run_group_tests_name("client/value", tests, NULL, NULL);
}
