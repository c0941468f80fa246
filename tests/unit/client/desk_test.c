/* The conflict desk of a client: all sides of a refusal, what hung on it, whose it is, and that
 * nothing leaves it but by its author's word. */
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
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/store/outbox.h"
#include "zhiban/wire/entity.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct world {
	struct env_fixed fixed;
	struct env env;
	struct server server;
	char dir[64];
	struct store *outbox;
	struct client *client;
	struct uuid incident; /* accepted, to be assigned */
	struct arena arena;
};

static struct given words(const char *verb, const char *name, const char *text)
{
	const struct field *field = act_arg_field(act_desc_find(verb), name);

	assert_non_null(field);
	return (struct given){ field, { .is_text = true, .text = text } };
}

static enum err act(struct world *world, const char *verb, const char *name, const char *text,
		    struct client_done *ret_done)
{
	struct given given[1];
	size_t n = 0;

	if (name != NULL)
		given[n++] = words(verb, name, text);
	world->fixed.now += 1000;
	return client_act(world->client, act_desc_find(verb), &world->incident, given, n, ret_done,
			  NULL);
}

static void look(struct world *world)
{
	struct client_change change;

	OK(client_poll(world->client, &change, NULL));
}

static void log_in(struct world *world, const char *officer)
{
	struct outbox_who who = { officer, world->server.jurisdiction->rules.centre, "duty", "token",
				  true };

	OK(outbox_login(world->outbox, &who, NULL));
	if (world->client != NULL)
		look(world);
}

static struct client *client_of(const struct world *world)
{
	struct client_options options = { .dir = world->dir, .env = &world->env };
	struct client *client;

	OK(client_open(&options, &client, NULL));
	return client;
}

/* A folder in step with one accepted incident; then no worker, and the line is as if cut. */
static int world_make(void **state)
{
	struct world *world = mem_alloc(sizeof *world);
	struct uuid id = { { 1 } };
	struct fake_line line;
	struct worker *worker;
	struct worker_options options = { .dir = world->dir, .url = "https://x", .key_pin = "",
					  .env = &world->env, .transport = &line.transport };
	struct given title = words("register", "title", "a pipe has burst");
	struct client_done done;

	world->fixed = (struct env_fixed){ .now = INT64_C(1795332000000), .seed = 11 };
	world->env = env_fixed(&world->fixed);
	server_open(&world->server, &world->env);
	line_open(&line, &world->server);
	snprintf(world->dir, sizeof world->dir, "/tmp/zhiban-desk-XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	OK(outbox_open(world->dir, false, &world->outbox, NULL));
	OK(outbox_set_console(world->outbox, &id, NULL));
	log_in(world, "li");
	OK(worker_new(&options, &worker, NULL));
	for (int i = 0; i < 600; i++) {
		world->fixed.now += 200;
		OK(worker_step(worker, 0, NULL));
		if (i == 200) {
			world->client = client_of(world);
			OK(client_act(world->client, act_desc_find("register"), NULL, &title, 1, &done,
				      NULL));
			world->incident = done.target;
			OK(act(world, "accept", NULL, NULL, &done));
		}
	}
	assert_true(worker_in_step(worker));
	look(world);
	client_let_go(world->client);
	worker_free(worker);
	line_close(&line);
	look(world);
	*state = world;
	return 0;
}

static int world_free(void **state)
{
	struct world *world = *state;

	client_close(world->client);
	store_close(world->outbox);
	OK(dir_remove_all(world->dir, NULL));
	server_close(&world->server);
	arena_release(&world->arena);
	free(world);
	return 0;
}

/* ---- what the server would say ---- */

static void refused(struct world *world, const struct client_done *done)
{
	struct outbox_answer answer = { .id = done->act, .refused = true, .code = "REFUSED",
					.sentence = "another has it" };

	OK(outbox_answers(world->outbox, &answer, 1, NULL));
	look(world);
}

static size_t desk(struct world *world, struct client_waiting **ret_rows)
{
	size_t n;

	OK(client_outbox(world->client, true, &world->arena, ret_rows, &n, NULL));
	return n;
}

static size_t on_desk(struct world *world)
{
	struct client_waiting *rows;
	struct client_link link;
	size_t n = desk(world, &rows);

	client_link(world->client, &link);
	assert_int_equal(link.refused + link.merged, n);
	return n;
}

static const struct incident *as_incident(const struct entity *entity)
{
	assert_int_equal(entity->kind, KIND_INCIDENT);
	return (const struct incident *)entity;
}

static void all_sides_are_there(void **state)
{
	struct world *world = *state;
	struct client_waiting *rows;
	struct client_done done;
	struct incident *theirs;
	struct str bytes = STR_INIT;
	struct outbox_answer answer = { .refused = true, .code = "REFUSED", .sentence = "taken",
					.by = { "wang", "CENTRE", "assign", 77, 5 } };

	OK(client_get(world->client, &world->incident, &world->arena, &theirs, NULL));
	theirs->holder = "chengguan";
	entity_encode(theirs, &bytes);
	OK(act(world, "fix", "title", "two pipes", &done)); /* part of what he saw */
	OK(act(world, "assign", "holder", "shuiwu", &done));
	answer.id = done.act;
	answer.theirs = str_get(&bytes);
	answer.theirs_len = bytes.len;
	OK(outbox_answers(world->outbox, &answer, 1, NULL));
	look(world);
	assert_int_equal(desk(world, &rows), 1);
	assert_true(rows->own);
	assert_int_equal(rows->state, OUTBOX_REFUSED);
	assert_int_equal(rows->code, ERR_REFUSED);
	assert_string_equal(rows->sentence, "taken");
	assert_string_equal(rows->by.officer, "wang");
	assert_int_equal(rows->by.at, 77);
	assert_string_equal(rows->by_label, rows->label);
	assert_int_equal(rows->leader, 0); /* what it came after waits, and was not refused */
	assert_null(as_incident(rows->base)->holder);
	assert_string_equal(as_incident(rows->base)->title, "two pipes");
	assert_string_equal(as_incident(rows->mine)->holder, "shuiwu");
	assert_string_equal(as_incident(rows->theirs)->holder, "chengguan");
	assert_int_equal(rows->act.target.base, 2); /* as cached: the overlay counts for itself */
	assert_int_equal(strlen(rows->act.epoch), 8);
	str_release(&bytes);
}

/* Three acts, one on the other; the third by somebody else. */
static void chain(struct world *world, struct client_done done[4])
{
	OK(act(world, "fix", "title", "one", &done[0]));
	OK(act(world, "fix", "title", "two", &done[1]));
	log_in(world, "wang");
	OK(act(world, "fix", "title", "three", &done[2]));
	log_in(world, "li");
	OK(act(world, "note", "note", "still there", &done[3]));
	for (int i = 0; i < 3; i++)
		refused(world, &done[i]);
}

static void what_hung_on_it_goes_with_it(void **state)
{
	struct world *world = *state;
	struct client_waiting *rows;
	struct client_done done[4];
	struct incident *shown;
	size_t n = 0;

	chain(world, done);
	assert_int_equal(desk(world, &rows), 3);
	assert_int_equal(rows[0].leader, 0);
	assert_int_equal(rows[1].leader, done[0].n);
	assert_int_equal(rows[2].leader, done[0].n); /* the first of the chain */
	assert_false(rows[2].own);
	OK(client_get(world->client, &world->incident, &world->arena, &shown, NULL));
	assert_string_equal(shown->title, "a pipe has burst");
	OK(client_desk_drop_all(world->client, &done[0].act, &n, NULL));
	assert_int_equal(n, 2); /* his own: the third is wang's to decide */
	assert_int_equal(desk(world, &rows), 1);
	assert_true(uuid_eq(&rows[0].act.id, &done[2].act));
	assert_int_equal(rows[0].leader, 0);
	log_in(world, "wang");
	OK(client_desk_drop(world->client, &done[2].act, NULL));
	assert_int_equal(on_desk(world), 0);
}

/* A note always gets in: what comes behind it hangs on what came before it. */
static void a_note_does_not_break_the_chain(void **state)
{
	struct world *world = *state;
	struct client_waiting *rows;
	struct client_done first, note, second;

	OK(act(world, "fix", "title", "one", &first));
	OK(act(world, "note", "note", "still there", &note));
	OK(act(world, "fix", "title", "two", &second));
	refused(world, &first);
	refused(world, &second);
	assert_int_equal(desk(world, &rows), 2);
	assert_true(uuid_eq(&rows[1].act.after, &first.act));
	assert_int_equal(rows[1].leader, first.n);
}

static void each_can_be_decided_alone(void **state)
{
	struct world *world = *state;
	struct client_waiting *rows;
	struct client_done done[4], again;
	struct incident *shown;

	chain(world, done);
	OK(client_desk_drop(world->client, &done[0].act, NULL));
	assert_int_equal(desk(world, &rows), 2); /* what hung on it stays */
	assert_int_equal(rows[1].leader, done[1].n);
	OK(client_desk_again(world->client, &done[1].act, NULL, 0, &again, NULL));
	assert_int_equal(again.n, done[3].n + 1);
	assert_int_equal(on_desk(world), 1);
	OK(client_get(world->client, &world->incident, &world->arena, &shown, NULL));
	assert_string_equal(shown->title, "two"); /* and is shown at once */
	look(world);
	OK(client_get(world->client, &world->incident, &world->arena, &shown, NULL));
	assert_string_equal(shown->title, "two");
	assert_int_equal(client_desk_drop(world->client, &done[1].act, NULL), ERR_NOT_FOUND);
}

static void it_is_its_authors(void **state)
{
	struct world *world = *state;
	struct client_done done, again;
	struct error err = ERROR_INIT;
	size_t n;

	OK(act(world, "assign", "holder", "shuiwu", &done));
	log_in(world, "wang");
	assert_int_equal(client_take_back(world->client, &done.act, NULL), ERR_DENIED);
	refused(world, &done);
	assert_int_equal(client_desk_drop(world->client, &done.act, &err), ERR_DENIED);
	assert_non_null(strstr(err.text, "li")); /* whose it is */
	assert_int_equal(client_desk_drop_all(world->client, &done.act, &n, NULL), ERR_DENIED);
	assert_int_equal(client_desk_again(world->client, &done.act, NULL, 0, &again, NULL),
			 ERR_DENIED);
	OK(outbox_logout(world->outbox, NULL));
	look(world);
	assert_int_equal(client_desk_drop(world->client, &done.act, NULL), ERR_DENIED);
	assert_int_equal(on_desk(world), 1);
	log_in(world, "li");
	OK(client_desk_again(world->client, &done.act, (struct given[]){ words("assign", "holder",
			     "chengguan") }, 1, &again, NULL));
	assert_int_equal(on_desk(world), 0);
}

static void a_merged_one_is_read_first(void **state)
{
	struct world *world = *state;
	struct client_waiting *rows;
	struct client_done done, again;
	struct outbox_answer answer = { .seq = 3, .version = 3, .note = "the title stays" };
	size_t n;

	OK(act(world, "fix", "title", "two pipes", &done));
	answer.id = done.act;
	OK(outbox_answers(world->outbox, &answer, 1, NULL));
	OK(outbox_fold(world->outbox, 3, world->fixed.now, &n, NULL));
	look(world);
	assert_int_equal(desk(world, &rows), 1);
	assert_int_equal(rows->state, OUTBOX_MERGED);
	assert_string_equal(rows->note, "the title stays");
	assert_string_equal(as_incident(rows->base)->title, "a pipe has burst");
	assert_int_equal(client_desk_again(world->client, &done.act, NULL, 0, &again, NULL),
			 ERR_REFUSED);
	log_in(world, "wang");
	assert_int_equal(client_desk_drop(world->client, &done.act, NULL), ERR_DENIED);
	log_in(world, "li");
	OK(client_desk_drop(world->client, &done.act, NULL));
	assert_int_equal(on_desk(world), 0);
}

/* Two consoles of one user decide about the same item: it is done again once. */
static void decided_twice_is_done_once(void **state)
{
	struct world *world = *state;
	struct client *other = client_of(world);
	struct client_done done, again;
	struct client_change change;
	struct client_link link;

	OK(act(world, "assign", "holder", "shuiwu", &done));
	refused(world, &done);
	OK(client_poll(other, &change, NULL));
	OK(client_desk_again(world->client, &done.act, NULL, 0, &again, NULL));
	assert_int_equal(client_desk_again(other, &done.act, NULL, 0, &again, NULL), ERR_NOT_FOUND);
	assert_int_equal(client_desk_drop(other, &done.act, NULL), ERR_NOT_FOUND);
	OK(client_poll(other, &change, NULL));
	client_link(other, &link);
	assert_int_equal(link.pending, 1);
	assert_int_equal(link.refused, 0);
	client_close(other);
}

/* What the rules do not let through stays where it is. */
static void what_does_not_fit_stays_on_the_desk(void **state)
{
	struct world *world = *state;
	struct client_done done, again;

	OK(act(world, "assign", "holder", "shuiwu", &done));
	refused(world, &done);
	OK(act(world, "assign", "holder", "chengguan", &again));
	assert_int_equal(client_desk_again(world->client, &done.act, NULL, 0, &again, NULL),
			 ERR_REFUSED);
	assert_int_equal(on_desk(world), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
		T(all_sides_are_there),
		T(what_hung_on_it_goes_with_it),
		T(a_note_does_not_break_the_chain),
		T(each_can_be_decided_alone),
		T(it_is_its_authors),
		T(a_merged_one_is_read_first),
		T(decided_twice_is_done_once),
		T(what_does_not_fit_stays_on_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
