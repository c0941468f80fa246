/* A confirmed act is visible exactly once, whatever order its answer, the feed, the folding and the
 * looking come in.
 *
 * The worker's writes are done one by one, in all the orders they can come in.  Ten readers look on:
 * one after every write, others after every second, third and fourth, so that each has states of its
 * own behind it.  After every write all of them are asked, those too that have not looked again. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>

#include "fake_server.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/timeline.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entry.h"

#define OK(call) assert_int_equal((call), ERR_OK)

enum { READERS = 10, ACTS = 2 };

struct reader {
	struct client *client;
	int every, at; /* looks after each every-th write, counted from at */
	int64_t saw;   /* writes, when it looked last */
	int64_t cursor; /* of the cache then */
	unsigned pending, refused; /* as they were then */
	bool knows[ACTS];	   /* that it was refused */
};
struct world {
	struct env_fixed fixed;
	struct env env;
	struct server server;
	char dir[64];
	struct store *cache, *outbox;
	struct reader readers[READERS];
	struct arena arena;
	int64_t writes, first; /* first: the write by which the acts of this run were done */
	int64_t total;
	/* this run */
	struct client_done done[ACTS];
	struct act_answer answers[ACTS];
	bool refused[ACTS], answered[ACTS], folded[ACTS];
	size_t n;
	bool alone; /* nobody else does anything to it */
};

static struct given words(const char *verb, const char *name, const char *text)
{
	const struct field *field = act_arg_field(act_desc_find(verb), name);

	assert_non_null(field);
	return (struct given){ field, { .is_text = true, .text = text } };
}

/* ---- the world: a folder that is in step, then without a worker ---- */

static void fill_cache(struct world *world)
{
	struct fake_line line;
	struct worker *worker;
	struct worker_options options = { .dir = world->dir, .url = "https://x", .key_pin = "",
					  .env = &world->env, .transport = &line.transport };

	line_open(&line, &world->server);
	OK(worker_new(&options, &worker, NULL));
	for (int i = 0; i < 400 && !worker_in_step(worker); i++) {
		world->fixed.now += 200;
		OK(worker_step(worker, 0, NULL));
	}
	assert_true(worker_in_step(worker));
	worker_free(worker);
	line_close(&line);
}

static int world_with(void **state, const char *profile)
{
	struct world *world = mem_alloc(sizeof *world);
	struct outbox_who who = { "li", NULL, "duty", "token", true };
	struct uuid id = { { 1 } };
	struct client_options options = { .env = &world->env };
	size_t n = 0;

	world->fixed = (struct env_fixed){ .now = INT64_C(1795332000000), .seed = 11 };
	world->env = env_fixed(&world->fixed);
	server_open_with(&world->server, &world->env, profile);
	who.org = world->server.jurisdiction->rules.centre;
	/* thousands of commits: not onto a disk, where there is a choice */
	snprintf(world->dir, sizeof world->dir, "%s/zhiban-flicker-XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(world->dir));
	OK(outbox_open(world->dir, false, &world->outbox, NULL));
	OK(outbox_set_console(world->outbox, &id, NULL));
	OK(outbox_login(world->outbox, &who, NULL));
	fill_cache(world);
	OK(cache_open(world->dir, CACHE_WRITE, &world->cache, NULL));
	options.dir = world->dir;
	for (int every = 1; every <= 4; every++) {
		for (int at = 0; at < every; at++) {
			world->readers[n].every = every;
			world->readers[n].at = at;
			OK(client_open(&options, &world->readers[n++].client, NULL));
		}
	}
	*state = world;
	return 0;
}

static int world_make(void **state)
{
	return world_with(state, "tianning");
}

static int world_make_where_one_assigns_again(void **state)
{
	return world_with(state, "example");
}

static int world_free(void **state)
{
	struct world *world = *state;

	for (size_t i = 0; i < READERS; i++)
		client_close(world->readers[i].client);
	store_close(world->cache);
	store_close(world->outbox);
	OK(dir_remove_all(world->dir, NULL));
	server_close(&world->server);
	arena_release(&world->arena);
	free(world);
	return 0;
}

/* ---- what must hold for every reader, always ---- */

static size_t lines_of(struct world *world, const struct reader *reader, size_t i)
{
	struct client_timeline timeline;
	size_t n = 0;

	OK(client_timeline(reader->client, &world->done[i].target, &world->arena, &timeline,
			   NULL));
	for (size_t k = 0; k < timeline.n; k++)
		n += uuid_eq(&timeline.lines[k].id, &world->done[i].act);
	return n;
}

static size_t rows_of(struct world *world, const struct reader *reader, const struct uuid *id)
{
	struct client_order board = { .field = NULL };
	struct client_page page;
	size_t n = 0;

	OK(client_page(reader->client, &board, NULL, PAGE_FROM, 1000, &world->arena, &page, NULL));
	for (size_t i = 0; i < page.n; i++)
		n += uuid_eq(&page.rows[i].incident->head.id, id);
	return n;
}

static void counts_hold(struct world *world, const struct reader *reader, int64_t total)
{
	struct client_counts counts;
	struct client_link link;
	int64_t steps = 0;

	OK(client_counts(reader->client, &counts, NULL));
	for (size_t i = 0; i < COUNT_STEPS; i++) {
		assert_true(counts.step[i] >= 0);
		steps += counts.step[i];
	}
	assert_int_equal(counts.total, total);
	assert_int_equal(steps, total);
	client_link(reader->client, &link);
	assert_int_equal(link.pending, reader->pending);
	assert_int_equal(link.refused, reader->refused);
	(void)world;
}

typedef void (*see_fn)(struct world *world, const struct reader *reader);

static void all_see(struct world *world, see_fn see)
{
	for (size_t i = 0; i < READERS; i++)
		if (world->readers[i].saw >= world->first)
			see(world, &world->readers[i]);
	arena_reset(&world->arena);
}

static void look(struct world *world, struct reader *reader)
{
	struct client_change change;

	OK(client_poll(reader->client, &change, NULL));
	reader->saw = world->writes;
	reader->cursor = store_meta_int(world->cache, "cursor");
	reader->pending = reader->refused = 0;
	for (size_t i = 0; i < world->n; i++) {
		reader->pending += !world->folded[i] && !(world->refused[i] && world->answered[i]);
		reader->knows[i] = world->refused[i] && world->answered[i];
		reader->refused += reader->knows[i];
	}
}

/* Something was written: nobody may see it wrongly, before and after looking. */
static void written(struct world *world, see_fn see)
{
	world->writes++;
	all_see(world, see);
	for (size_t i = 0; i < READERS; i++)
		if (world->writes % world->readers[i].every == world->readers[i].at)
			look(world, &world->readers[i]);
	all_see(world, see);
}

/* ---- the worker's writes ---- */

static void fold(struct world *world, see_fn see)
{
	int64_t cursor = store_meta_int(world->cache, "cursor");
	size_t n, want = 0;

	for (size_t i = 0; i < world->n; i++) {
		if (!world->answered[i] || world->refused[i] || world->folded[i] ||
		    world->answers[i].seq > cursor)
			continue;
		world->folded[i] = true;
		want++;
	}
	OK(outbox_fold(world->outbox, cursor, world->fixed.now, &n, NULL));
	assert_int_equal(n, want);
	written(world, see);
}

static void answer(struct world *world, size_t i, see_fn see)
{
	const struct act_answer *from = &world->answers[i];
	struct outbox_answer row = { .id = from->id,
				     .refused = from->verdict == VERDICT_REFUSED,
				     .seq = from->seq,
				     .version = from->version,
				     .number = from->number,
				     .code = "REFUSED",
				     .sentence = from->sentence };

	OK(outbox_answers(world->outbox, &row, 1, NULL));
	world->answered[i] = true;
	written(world, see);
	fold(world, see);
}

struct page {
	struct world *world;
	int64_t seq;
	bool whole; /* the entity whole instead of the entry */
};

static enum err write_page(struct store *cache, void *ctx, struct error *err)
{
	const struct page *page = ctx;
	struct world *world = page->world;
	const struct fake_entry *bytes = &world->server.entries[page->seq - 1];
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	struct applied applied;
	struct entry entry;
	enum err code;

	OK(entry_decode(bytes->bytes.s, bytes->bytes.len, &arena, &entry, NULL));
	incident = server_incident(&world->server, &entry.act.target.id);
	if (page->whole)
		code = cache_apply_entity(cache, incident, incident->head.seq, &applied, err);
	else
		code = cache_apply_entry(cache, &entry, bytes->bytes.s, bytes->bytes.len, &applied,
					 err);
	if (code == ERR_OK)
		code = store_meta_set_int(cache, "cursor", page->seq, err);
	arena_release(&arena);
	return code;
}

static void page(struct world *world, int64_t seq, bool whole, see_fn see)
{
	struct page ctx = { world, seq, whole };

	OK(store_tx(world->cache, write_page, &ctx, NULL));
	written(world, see);
	fold(world, see);
}

/* ---- runs ---- */

static void begin(struct world *world)
{
	world->n = 0;
	world->writes++;
	for (size_t i = 0; i < READERS; i++)
		look(world, &world->readers[i]);
}

static void do_act(struct world *world, const char *verb, const struct uuid *target,
		   const char *name, const char *text)
{
	struct reader *doer = &world->readers[0];
	struct given given[1];
	size_t n = 0;

	world->fixed.now += 1000;
	if (name != NULL)
		given[n++] = words(verb, name, text);
	world->answered[world->n] = world->folded[world->n] = world->refused[world->n] = false;
	OK(client_act(doer->client, act_desc_find(verb), target, given, n,
		      &world->done[world->n], NULL));
	world->n++;
	doer->pending++;
	doer->knows[world->n - 1] = false;
	doer->saw = world->first = ++world->writes;
}

/* The server judges what was done, in order. */
static void judge(struct world *world)
{
	struct outbox_row *rows;
	size_t n, k = 0;

	OK(outbox_list(world->outbox, &world->arena, &rows, &n, NULL));
	for (size_t i = 0; i < n; i++) {
		struct act act;

		if (rows[i].state == ACT_REFUSED)
			continue;
		assert_true(uuid_eq(&rows[i].id, &world->done[k].act));
		OK(act_decode(rows[i].body, rows[i].len, &world->arena, &act, NULL));
		world->answers[k] = (struct act_answer){ .id = act.id,
							 .verdict = VERDICT_REFUSED,
							 .sentence = "it hung on one" };
		if (world->alone) /* one's own acts are no news, says the server */
			act.target.base = server_incident(&world->server, &act.target.id)->head.version;
		if (k == 0 || !world->refused[k - 1])
			server_judge(&world->server, &act, &world->answers[k]);
		world->refused[k] = world->answers[k].verdict == VERDICT_REFUSED;
		k++;
	}
	assert_int_equal(k, world->n);
}

/* Somebody else's note on an incident. */
static void by_another(struct world *world, const char *verb, const struct uuid *target,
		       const char *name, const char *text)
{
	struct given given[1];
	struct act act = { .id = uuid_v7(&world->env),
			   .desc = act_desc_find(verb),
			   .target = { KIND_INCIDENT, *target, 0 },
			   .given = given,
			   .actor = { "wang", world->server.jurisdiction->rules.centre, "duty" },
			   .at = world->fixed.now };
	struct act_answer answer;

	if (name != NULL)
		given[act.n_given++] = words(verb, name, text);
	server_judge(&world->server, &act, &answer);
	assert_int_equal(answer.verdict, VERDICT_APPLIED);
}

/* The two answers and the pages from `seq` on, in the order that the bits say (1: the next answer),
 * the pages whole or not as the bits say. */
static void travel(struct world *world, int64_t seq, unsigned order, unsigned whole, see_fn see)
{
	size_t answers = 0, pages = 0;

	OK(outbox_mark_sent(world->outbox, 1, INT64_MAX, NULL));
	written(world, see);
	while (answers < world->n || seq < world->server.seq) {
		bool next = seq == world->server.seq || (order & 1) != 0;

		order >>= 1;
		if (next && answers < world->n) {
			answer(world, answers++, see);
			continue;
		}
		page(world, ++seq, (whole >> pages++ & 1) != 0, see);
	}
	for (size_t i = 0; i < world->n; i++)
		assert_true(world->folded[i] || world->refused[i]);
}

static enum err drop(struct store *cache, void *ctx, struct error *err)
{
	return cache_drop(cache, KIND_INCIDENT, ctx, err);
}

static void finish(struct world *world)
{
	OK(store_tx(world->cache, drop, &world->done[0].target, NULL));
	world->total--;
	for (size_t i = 0; i < world->n; i++) {
		if (world->refused[i])
			OK(client_desk_drop(world->readers[0].client, &world->done[i].act, NULL));
	}
}

/* Every act has its one line, or lies on the desk; the incident stands on the board once. */
static void acts_are_there(struct world *world, const struct reader *reader)
{
	struct client_waiting *rows;
	size_t n;

	for (size_t i = 0; i < world->n; i++) {
		assert_int_equal(lines_of(world, reader, i), !reader->knows[i]);
		assert_int_equal(rows_of(world, reader, &world->done[i].target), 1);
	}
	OK(client_outbox(reader->client, true, &world->arena, &rows, &n, NULL));
	assert_int_equal(n, reader->refused);
	counts_hold(world, reader, world->total);
}

static const struct incident *shown(struct world *world, const struct reader *reader)
{
	struct incident *incident;

	OK(client_get(reader->client, &world->done[0].target, &world->arena, &incident, NULL));
	return incident;
}

static void it_is_assigned(struct world *world, const struct reader *reader)
{
	acts_are_there(world, reader);
	assert_string_equal(shown(world, reader)->moved_by, "assign");
	assert_string_equal(shown(world, reader)->holder, "shuiwu");
}

static void it_is_accepted(struct world *world, const struct reader *reader)
{
	acts_are_there(world, reader);
	assert_string_equal(shown(world, reader)->moved_by, "accept");
	assert_string_equal(shown(world, reader)->title, "a pipe has burst");
}

/* Refused, with what hung on it: nobody shows it as done who knows. */
static void the_other_was_first(struct world *world, const struct reader *reader)
{
	const char *holder = shown(world, reader)->holder;

	acts_are_there(world, reader);
	if (reader->knows[0])
		assert_false(holder != NULL && strcmp(holder, "shuiwu") == 0);
}

static void nothing(struct world *world, const struct reader *reader)
{
	(void)world;
	(void)reader;
}

static void new_incident(struct world *world, struct uuid *ret_id)
{
	*ret_id = uuid_v7(&world->env);
	by_another(world, "register", ret_id, "title", "a pipe has burst");
	world->total++;
	page(world, world->server.seq, false, nothing);
}

enum { ORDERS = 1 << 4, WHOLES = 1 << 2 };

static void two_acts_on_a_known_incident(void **state)
{
	struct world *world = *state;

	for (unsigned way = 0; way < ORDERS * WHOLES; way++) {
		struct uuid id;
		int64_t seq;

		begin(world);
		new_incident(world, &id);
		begin(world);
		do_act(world, "accept", &id, NULL, NULL);
		do_act(world, "assign", &id, "holder", "shuiwu");
		seq = world->server.seq;
		if (way % 3 == 0)
			by_another(world, "note", &id, "note", "on the way");
		judge(world);
		travel(world, seq, way % ORDERS, way / ORDERS, it_is_assigned);
		finish(world);
	}
}

static void the_second_is_shown(struct world *world, const struct reader *reader)
{
	acts_are_there(world, reader);
	assert_string_equal(shown(world, reader)->holder, "shuiwu");
}

/* The first comes back with the feed while the second waits: it is our own, no other was first. */
static void an_assignment_and_a_better_one(void **state)
{
	struct world *world = *state;

	for (unsigned way = 0; way < ORDERS; way++) {
		struct uuid id;
		int64_t seq;

		begin(world);
		new_incident(world, &id);
		by_another(world, "accept", &id, NULL, NULL);
		page(world, world->server.seq, false, nothing);
		begin(world);
		do_act(world, "assign", &id, "holder", "chengguan");
		do_act(world, "assign", &id, "holder", "shuiwu");
		seq = world->server.seq;
		world->alone = true;
		judge(world);
		travel(world, seq, way, 0, the_second_is_shown);
		finish(world);
	}
}

static void a_new_incident_and_what_follows(void **state)
{
	struct world *world = *state;

	for (unsigned way = 0; way < ORDERS * WHOLES; way++) {
		int64_t seq = world->server.seq;

		begin(world);
		do_act(world, "register", NULL, "title", "a pipe has burst");
		world->total++;
		do_act(world, "accept", &world->done[0].target, NULL, NULL);
		judge(world);
		travel(world, seq, way % ORDERS, way / ORDERS, it_is_accepted);
		finish(world);
	}
}

static void a_refused_act_and_what_hung_on_it(void **state)
{
	struct world *world = *state;

	for (unsigned way = 0; way < ORDERS * 2; way++) {
		struct uuid id;
		int64_t seq;

		begin(world);
		new_incident(world, &id);
		begin(world);
		do_act(world, "accept", &id, NULL, NULL);
		do_act(world, "assign", &id, "holder", "shuiwu");
		seq = world->server.seq;
		by_another(world, "accept", &id, NULL, NULL);
		judge(world);
		assert_true(world->refused[0] && world->refused[1]);
		travel(world, seq, way % ORDERS, way / ORDERS, the_other_was_first);
		finish(world);
	}
}

/* Ours was admitted, then another changed the same field: who has read that sees his. */
static void the_last_title_is_shown(struct world *world, const struct reader *reader)
{
	const char *title = shown(world, reader)->title;

	acts_are_there(world, reader);
	assert_string_equal(title, reader->cursor < world->server.seq ? "ours" : "his");
}

static void a_later_change_is_not_covered(void **state)
{
	struct world *world = *state;

	for (unsigned order = 0; order < ORDERS * 2; order++) {
		struct uuid id;
		int64_t seq;

		begin(world);
		new_incident(world, &id);
		begin(world);
		do_act(world, "fix", &id, "title", "ours");
		do_act(world, "note", &id, "note", "it was wrong");
		seq = world->server.seq;
		judge(world);
		by_another(world, "fix", &id, "title", "his");
		travel(world, seq, order, 0, the_last_title_is_shown);
		finish(world);
	}
}

/* ---- both at once: the worker in its thread, and a face that never stops looking ---- */

static void is_there_once(struct world *world, const struct reader *reader, size_t i)
{
	struct client_counts counts;

	assert_int_equal(lines_of(world, reader, i), 1);
	assert_int_equal(rows_of(world, reader, &world->done[i].target), 1);
	OK(client_counts(reader->client, &counts, NULL));
	assert_int_equal(counts.total, world->total);
	arena_reset(&world->arena);
}

static void a_face_beside_a_worker(void **state)
{
	enum { ROUNDS = 60, MOST_LOOKS = 1000000 };
	struct world *world = *state;
	struct reader *face = &world->readers[0];
	struct fake_line line;
	struct worker *worker;
	struct worker_options options = { .dir = world->dir, .url = "https://x", .key_pin = "",
					  .env = &world->env, .transport = &line.transport };
	struct client_change change;
	struct client_link link = { .pending = 1 };

	store_close(world->cache);
	world->cache = NULL;
	line_open(&line, &world->server);
	OK(worker_new(&options, &worker, NULL));
	line.threaded = true;
	OK(worker_start(worker, NULL));
	for (unsigned round = 0; round < ROUNDS; round++) {
		world->n = 0;
		do_act(world, "register", NULL, "title", "a pipe has burst");
		world->total++;
		do_act(world, "accept", &world->done[0].target, NULL, NULL);
		worker_ask(worker, &(struct ask){ .kind = ASK_WAKE });
		client_link(face->client, &link);
		for (unsigned i = 0; i < MOST_LOOKS && link.pending > 0; i++) {
			OK(client_poll(face->client, &change, NULL));
			is_there_once(world, face, 0);
			is_there_once(world, face, 1);
			client_link(face->client, &link);
		}
		assert_int_equal(link.pending, 0);
	}
	worker_stop(worker);
	worker_free(worker);
	line_close(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
		T(two_acts_on_a_known_incident),
		T(a_new_incident_and_what_follows),
		cmocka_unit_test_setup_teardown(an_assignment_and_a_better_one,
						world_make_where_one_assigns_again, world_free),
		T(a_refused_act_and_what_hung_on_it),
		T(a_later_change_is_not_covered),
		T(a_face_beside_a_worker),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
