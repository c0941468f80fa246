/* Consoles against a server in memory: what an officer sees while acts travel. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>

#include "fake_server.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/search.h"
#include "zhiban/client/timeline.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox_desk.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct console {
	char dir[64];
	struct fake_line line;
	struct worker *worker;
	struct client *client;
};
struct world {
	struct env_fixed fixed;
	struct env env;
	struct server server;
	struct console a, b;
	struct arena arena;
};

static void console_open(struct world *world, struct console *console, uint8_t which)
{
	struct worker_options worker = { .url = "https://x", .key_pin = "", .env = &world->env };
	struct client_options client = { .env = &world->env };
	struct outbox_who who = { "li", world->server.jurisdiction->rules.centre, "duty", "token",
				  true };
	struct uuid id = { { which } };
	struct store *outbox;

	snprintf(console->dir, sizeof console->dir, "/tmp/zhiban-client-XXXXXX");
	assert_non_null(mkdtemp(console->dir));
	OK(outbox_open(console->dir, false, &outbox, NULL));
	OK(outbox_set_console(outbox, &id, NULL));
	OK(outbox_login(outbox, &who, NULL));
	store_close(outbox);
	line_open(&console->line, &world->server);
	worker.dir = client.dir = console->dir;
	worker.transport = &console->line.transport;
	OK(worker_new(&worker, &console->worker, NULL));
	OK(client_open(&client, &console->client, NULL));
}

static void console_close(struct console *console)
{
	client_close(console->client);
	worker_free(console->worker);
	line_close(&console->line);
	OK(dir_remove_all(console->dir, NULL));
}

static int world_make(void **state)
{
	struct world *world = mem_alloc(sizeof *world);

	world->fixed = (struct env_fixed){ .now = INT64_C(1795332000000), .seed = 11 };
	world->env = env_fixed(&world->fixed);
	server_open(&world->server, &world->env);
	console_open(world, &world->a, 1);
	console_open(world, &world->b, 2);
	*state = world;
	return 0;
}

static int world_free(void **state)
{
	struct world *world = *state;

	console_close(&world->a);
	console_close(&world->b);
	server_close(&world->server);
	arena_release(&world->arena);
	free(world);
	return 0;
}

static void step(struct world *world, struct console *console)
{
	struct client_change change;
	struct tell tell;

	world->fixed.now += 200;
	OK(worker_step(console->worker, 0, NULL));
	while (worker_told(console->worker, &tell))
		;
	OK(client_poll(console->client, &change, NULL));
}

static void settle(struct world *world, struct console *console)
{
	for (int i = 0; i < 400; i++) {
		step(world, console);
		if (worker_in_step(console->worker))
			return;
	}
	fail_msg("not in step");
}

static struct given words(const char *verb, const char *name, const char *text)
{
	const struct field *field = act_arg_field(act_desc_find(verb), name);

	assert_non_null(field);
	return (struct given){ field, { .is_text = true, .text = text } };
}

static enum err act(struct console *console, const char *verb, const struct uuid *target,
		    const char *name, const char *text, struct client_done *done)
{
	struct given given[1];
	size_t n = 0;

	if (name != NULL)
		given[n++] = words(verb, name, text);
	return client_act(console->client, act_desc_find(verb), target, given, n, done, NULL);
}

static int64_t total(struct console *console)
{
	struct client_counts counts;

	OK(client_counts(console->client, &counts, NULL));
	return counts.total;
}

/* ---- tests ---- */

static void before_the_first_sync_nothing_can_be_done(void **state)
{
	struct world *world = *state;
	struct client_done done;

	assert_false(client_has_rules(world->a.client));
	assert_int_equal(total(&world->a), 0);
	assert_int_equal(act(&world->a, "register", NULL, "title", "x", &done), ERR_OFFLINE);
	settle(world, &world->a);
	assert_true(client_has_rules(world->a.client));
	OK(act(&world->a, "register", NULL, "title", "x", &done));
}

/* From saving to folded the screen shows one incident, and never none or two. */
static void a_new_incident_never_flickers(void **state)
{
	struct world *world = *state;
	struct client_done done;
	struct incident *shown;
	struct client_link link;
	char mark[48];
	struct uuid id;

	settle(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "a pipe has burst", &done));
	OK(client_get(world->a.client, &done.target, &world->arena, &shown, NULL));
	assert_string_equal(client_mark(world->a.client, shown, mark), "no number yet-1");
	OK(client_find(world->a.client, "-1", &id, NULL));
	assert_true(uuid_eq(&id, &done.target));
	for (int i = 0; i < 40; i++) {
		client_link(world->a.client, &link);
		assert_int_equal(link.pending, !worker_in_step(world->a.worker) || i == 0);
		assert_int_equal(total(&world->a), 1);
		OK(client_get(world->a.client, &done.target, &world->arena, &shown, NULL));
		assert_string_equal(shown->title, "a pipe has burst");
		step(world, &world->a);
	}
	assert_non_null(shown->number);
	assert_int_equal(shown->head.version, 1);
	OK(client_find(world->a.client, client_mark(world->a.client, shown, mark), &id, NULL));
	assert_true(uuid_eq(&id, &done.target));
	settle(world, &world->b);
	assert_int_equal(total(&world->b), 1);
}

static size_t found(struct console *console, const char *words)
{
	struct client_search_ask ask = { .words = words };
	struct client_search *search;
	size_t n;

	OK(client_search_new(console->client, &ask, &search, NULL));
	while (!client_search_done(search))
		OK(client_search_step(search, 1000, NULL));
	n = client_search_found(search);
	client_search_free(search);
	return n;
}

/* Also by what was done to it, here or elsewhere, at every moment. */
static void words_are_found_before_they_are_sent(void **state)
{
	struct world *world = *state;
	struct client_done done, next;
	char id[UUID_TEXT];

	settle(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "a pipe has burst", &done));
	assert_int_equal(found(&world->a, "pipe burst"), 1);
	assert_int_equal(found(&world->a, "-1"), 1); /* its local mark */
	uuid_text(&done.target, id);
	id[8] = '\0';
	assert_int_equal(found(&world->a, id), 1);
	OK(act(&world->a, "note", &done.target, "note", "the caretaker waits", &next));
	for (int i = 0; i < 60; i++) {
		assert_int_equal(found(&world->a, "pipe"), 1);
		assert_int_equal(found(&world->a, "caretaker burst"), 1);
		assert_int_equal(found(&world->a, "nothing"), 0);
		step(world, &world->a);
	}
	settle(world, &world->b);
	for (int i = 0; i < 3; i++) { /* the worker makes its index a minute later */
		world->fixed.now += 61 * 1000;
		for (int k = 0; k < 10; k++)
			step(world, &world->b);
		assert_int_equal(found(&world->b, "pipe"), 1);
	}
	OK(act(&world->a, "note", &done.target, "note", "the tower block", &next));
	settle(world, &world->a);
	settle(world, &world->b);
	assert_int_equal(found(&world->b, "tower burst"), 1);
}

static void a_known_incident_never_flickers(void **state)
{
	struct world *world = *state;
	struct client_done done, next;
	struct incident *shown;

	settle(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "x", &done));
	settle(world, &world->a);
	OK(act(&world->a, "accept", &done.target, NULL, NULL, &next));
	for (int i = 0; i < 20; i++) {
		OK(client_get(world->a.client, &done.target, &world->arena, &shown, NULL));
		assert_string_equal(shown->moved_by, "accept");
		world->a.line.feed_stops = i < 10; /* answered, but the feed is slow */
		step(world, &world->a);
	}
	settle(world, &world->a);
}

static void acts_of_the_night_arrive_once(void **state)
{
	struct world *world = *state;
	struct client_done done, next;
	struct incident *shown;
	struct client_timeline timeline;

	settle(world, &world->a);
	world->server.down = true;
	step(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "x", &done));
	OK(act(&world->a, "accept", &done.target, NULL, NULL, &next));
	OK(act(&world->a, "assign", &done.target, "holder", "shuiwu", &next));
	/* what depends on an act that was never possible is refused here already */
	assert_int_equal(act(&world->a, "accept", &done.target, NULL, NULL, &next), ERR_REFUSED);
	OK(client_timeline(world->a.client, &done.target, &world->arena, &timeline, NULL));
	assert_int_equal(timeline.n, 3);
	assert_int_equal(timeline.lines[2].marks, LINE_PENDING);
	for (int i = 0; i < 20; i++)
		step(world, &world->a);
	world->server.down = false;
	world->server.lose = 2; /* judged, but the answer is lost: twice */
	settle(world, &world->a);
	assert_int_equal(world->server.seq, 3);
	OK(client_get(world->a.client, &done.target, &world->arena, &shown, NULL));
	assert_true(entity_eq(shown, server_incident(&world->server, &done.target)));
	OK(client_timeline(world->a.client, &done.target, &world->arena, &timeline, NULL));
	assert_int_equal(timeline.n, 3);
	assert_int_equal(timeline.lines[2].marks & LINE_PENDING, 0);
	assert_true(timeline.complete);
}

static void who_comes_second_is_told(void **state)
{
	struct world *world = *state;
	struct client_done done, first, second;
	struct client_waiting *rows;
	struct client_link link;
	struct client_page page;
	struct client_order board = { .field = NULL };
	size_t n;

	settle(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "x", &done));
	settle(world, &world->a);
	settle(world, &world->b);
	OK(act(&world->a, "accept", &done.target, NULL, NULL, &first));
	OK(act(&world->b, "accept", &done.target, NULL, NULL, &second));
	settle(world, &world->a);
	for (int i = 0; i < 30; i++)
		step(world, &world->b);
	OK(client_outbox(world->b.client, true, &world->arena, &rows, &n, NULL));
	assert_int_equal(n, 1);
	assert_true(uuid_eq(&rows[0].act.id, &second.act));
	assert_true(rows[0].sentence[0] != '\0');
	assert_non_null(rows[0].theirs);
	client_link(world->b.client, &link);
	assert_int_equal(link.refused, 1);
	assert_int_equal(link.pending, 0);
	OK(client_page(world->b.client, &board, NULL, PAGE_FROM, 5, &world->arena, &page, NULL));
	assert_int_equal(page.rows[0].marks, ROW_REFUSED);
	assert_int_equal(client_desk_again(world->b.client, &second.act, NULL, 0, &first, NULL),
			 ERR_REFUSED); /* it is accepted already */
	OK(client_desk_drop(world->b.client, &second.act, NULL));
	OK(client_outbox(world->b.client, false, &world->arena, &rows, &n, NULL));
	assert_int_equal(n, 0);
	assert_int_equal(client_desk_drop(world->b.client, &second.act, NULL), ERR_NOT_FOUND);
}

static void a_restored_server_is_taken_over_and_nothing_is_lost(void **state)
{
	struct world *world = *state;
	struct client_done done;

	settle(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "one", &done));
	settle(world, &world->a);
	world->server.down = true;
	OK(act(&world->a, "register", NULL, "title", "two", &done));
	step(world, &world->a);
	world->server.snapshot_small = true;
	server_restore(&world->server);
	world->server.down = false;
	settle(world, &world->a);
	assert_int_equal(world->server.seq, 2);
	assert_int_equal(total(&world->a), 2);
}

/* The clock is set back while the line is cut: since when, and how old, is what it was. */
static void a_clock_set_back_makes_nothing_younger(void **state)
{
	struct world *world = *state;
	struct client_link before, after;
	struct client_done done;
	int64_t age;
	const int64_t back = 2 * 3600 * 1000;

	settle(world, &world->a);
	world->server.down = true;
	OK(act(&world->a, "register", NULL, "title", "one", &done));
	for (int i = 0; i < 20; i++)
		step(world, &world->a);
	client_link(world->a.client, &before);
	assert_int_equal(before.state, LINK_OFFLINE);
	age = link_age(&before, world->fixed.now);
	assert_true(age > 0);
	world->fixed.now -= back;
	step(world, &world->a);
	client_link(world->a.client, &after);
	assert_int_equal(after.state, LINK_OFFLINE);
	assert_in_range(link_age(&after, world->fixed.now), age, age + 1000); /* a step passed */
	assert_true(after.since <= world->fixed.now);
	assert_in_range(after.since + after.offset, before.since + before.offset - 1000,
			before.since + before.offset + 1000);
	world->server.down = false;
	settle(world, &world->a);
}

static void an_act_can_be_taken_back_before_it_is_sent(void **state)
{
	struct world *world = *state;
	struct client_done one, two;

	settle(world, &world->a);
	world->server.down = true;
	for (int i = 0; i < 3; i++)
		step(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "one", &one));
	OK(act(&world->a, "accept", &one.target, NULL, NULL, &two));
	assert_int_equal(client_take_back(world->a.client, &one.act, NULL), ERR_REFUSED);
	OK(client_take_back(world->a.client, &two.act, NULL));
	OK(client_take_back(world->a.client, &one.act, NULL));
	assert_int_equal(total(&world->a), 0);
	OK(act(&world->a, "register", NULL, "title", "two", &two));
	world->server.down = false;
	settle(world, &world->a);
	assert_int_equal(world->server.seq, 1);
}

static enum err holds_number(void *ctx, int64_t seq, const char *bytes, size_t len,
			     struct error *err)
{
	size_t *lines = ctx;

	(void)seq;
	(void)err;
	assert_null(memmem(bytes, len, "13800138000", 11));
	++*lines;
	return ERR_OK;
}

/* The caller's number stands in the incident, not in the lines about it; nor is it shown there before
 * they come. */
static void lines_hold_no_personal_values(void **state)
{
	struct world *world = *state;
	struct client_done done, fixed;
	struct client_timeline timeline;
	struct incident *incident;
	struct store *cache, *outbox;
	const char *seen;
	size_t lines = 0, len;
	struct given given[] = { words("register", "title", "x"),
				 words("register", "phone", "13800138000") };

	settle(world, &world->a);
	OK(client_act(world->a.client, act_desc_find("register"), NULL, given, 2, &done, NULL));
	OK(act(&world->a, "fix", &done.target, "phone", "13800138000", &fixed));
	OK(client_timeline(world->a.client, &done.target, &world->arena, &timeline, NULL));
	assert_int_equal(timeline.n, 2);
	assert_null(strstr(timeline.lines[1].text, "13800138000"));
	assert_non_null(strstr(timeline.lines[1].text, "138****8000"));
	OK(outbox_open(world->a.dir, false, &outbox, NULL));
	OK(outbox_seen(outbox, &fixed.act, &world->arena, &seen, &len, NULL));
	store_close(outbox);
	assert_non_null(seen); /* what he saw is for the desk, and that masks it too */
	assert_null(memmem(seen, len, "13800138000", 11));
	settle(world, &world->a);
	OK(client_get(world->a.client, &done.target, &world->arena, &incident, NULL));
	assert_string_equal(incident->phone, "13800138000");
	OK(cache_open(world->a.dir, CACHE_READ, &cache, NULL));
	OK(cache_lines(cache, &done.target, holds_number, &lines, NULL));
	store_close(cache);
	assert_int_equal(lines, 2);
}

/* ---- windows over cache and overlay ---- */

enum { MANY = 40 };

struct sorted {
	const struct client_order *order;
	struct row_key keys[MANY];
	struct uuid ids[MANY];
	size_t n;
};

/* Insertion by the order's own comparison: the oracle of the windows. */
static void insert(struct sorted *sorted, const struct uuid *id, const struct row_key *key)
{
	size_t at = sorted->n++;

	while (at > 0 && row_key_cmp(sorted->order, key, &sorted->keys[at - 1]) < 0) {
		sorted->keys[at] = sorted->keys[at - 1];
		sorted->ids[at] = sorted->ids[at - 1];
		at--;
	}
	sorted->keys[at] = *key;
	sorted->ids[at] = *id;
}

static void check_window(struct world *world, const struct sorted *sorted, size_t at,
			 enum page_dir dir)
{
	enum { WINDOW = 6 };
	const struct row_key *key = at < sorted->n ? &sorted->keys[at] : NULL;
	struct arena arena = ARENA_INIT;
	struct client_page page;
	size_t from, want;

	OK(client_page(world->a.client, sorted->order, key, dir, WINDOW, &arena, &page, NULL));
	if (dir == PAGE_BEFORE) {
		want = at < WINDOW ? at : WINDOW;
		from = at - want;
		assert_int_equal(page.more, at > WINDOW);
	} else {
		from = key == NULL ? 0 : dir == PAGE_FROM ? at : at + 1;
		want = sorted->n - from < WINDOW ? sorted->n - from : WINDOW;
		assert_int_equal(page.more, sorted->n - from > WINDOW);
	}
	assert_int_equal(page.n, want);
	for (size_t i = 0; i < page.n; i++)
		assert_true(uuid_eq(&page.rows[i].incident->head.id, &sorted->ids[from + i]));
	arena_release(&arena);
}

static void check_order(struct world *world, const struct client_order *order,
			const struct uuid *ids, size_t n)
{
	struct sorted *sorted = mem_alloc(sizeof *sorted);
	struct client_scan *scan;
	struct filter_ctx ctx = { .rules = client_rules(world->a.client), .now = world->fixed.now };

	sorted->order = order;
	for (size_t i = 0; i < n; i++) {
		struct incident *shown;
		struct row_key key;

		OK(client_get(world->a.client, &ids[i], &world->arena, &shown, NULL));
		OK(client_key(world->a.client, order, &ids[i], &key, NULL));
		if (!order->open_only || shown->open)
			insert(sorted, &ids[i], &key);
	}
	for (size_t at = 0; at <= sorted->n; at++)
		for (int dir = PAGE_FROM; dir <= PAGE_BEFORE; dir++)
			check_window(world, sorted, at, (enum page_dir)dir);
	OK(client_scan_new(world->a.client, order, NULL, &ctx, &scan, NULL));
	while (!client_scan_done(scan))
		OK(client_scan_step(scan, 7, NULL));
	assert_int_equal(client_scan_found(scan), sorted->n);
	client_scan_free(scan);
	free(sorted);
}

static void all_orders(struct world *world, const struct uuid *ids, size_t n)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (int bits = 0; bits < 4; bits++) {
		struct client_order order = { .open_only = (bits & 1) != 0,
					      .descending = (bits & 2) != 0 };

		check_order(world, &order, ids, n);
		for (size_t f = 0; f < kind->n_fields; f++) {
			order.field = &kind->fields[f];
			if ((kind->fields[f].flags & F_SORT) != 0)
				check_order(world, &order, ids, n);
		}
	}
}

static void count_again(struct world *world, const struct uuid *ids, size_t n)
{
	const struct rules *rules = client_rules(world->a.client);
	struct client_counts counts;
	int64_t open = 0, step[COUNT_STEPS] = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct incident *shown;

		OK(client_get(world->a.client, &ids[i], &world->arena, &shown, NULL));
		open += shown->open;
		step[rules_step(rules, shown->step) - rules->steps]++;
	}
	OK(client_counts(world->a.client, &counts, NULL));
	assert_int_equal(counts.total, n);
	assert_int_equal(counts.open, open);
	assert_memory_equal(counts.step, step, sizeof step);
}

static void a_few_acts(struct world *world, struct uuid *ids, size_t *n, size_t more)
{
	static const char *const titles[] = { "one", "two", "three" };
	static const char *const holders[] = { "shuiwu", "zhujian", "chengguan" };
	struct client_done done;

	for (size_t i = 0; i < more; i++) {
		size_t pick = (size_t)env_below(&world->env, 3);

		world->fixed.now += (int64_t)env_below(&world->env, 3) * 1000;
		OK(act(&world->a, "register", NULL, "title", titles[pick], &done));
		ids[(*n)++] = done.target;
	}
	for (size_t i = 0; i < *n; i++) { /* whatever is possible */
		switch (env_below(&world->env, 4)) {
		case 0:
			(void)!act(&world->a, "accept", &ids[i], NULL, NULL, &done);
			break;
		case 1:
			(void)!act(&world->a, "assign", &ids[i], "holder",
				   holders[env_below(&world->env, 3)], &done);
			break;
		case 2:
			(void)!act(&world->a, "note", &ids[i], "note", "seen", &done);
			break;
		default:
			break;
		}
	}
}

static void windows_and_counts_are_those_of_what_is_shown(void **state)
{
	struct world *world = *state;
	struct uuid ids[MANY];
	size_t n = 0;

	settle(world, &world->a);
	a_few_acts(world, ids, &n, 16);
	all_orders(world, ids, n); /* only overlay */
	settle(world, &world->a);
	all_orders(world, ids, n); /* only cache */
	world->server.down = true;
	a_few_acts(world, ids, &n, 10);
	all_orders(world, ids, n); /* both */
	count_again(world, ids, n);
	world->server.down = false;
	settle(world, &world->a);
	count_again(world, ids, n);
	for (size_t i = 0; i < n; i++) {
		struct incident *shown;

		OK(client_get(world->a.client, &ids[i], &world->arena, &shown, NULL));
		assert_true(entity_eq(shown, server_incident(&world->server, &ids[i])));
	}
}

static void read_only_reads(void **state)
{
	struct world *world = *state;
	struct client_options options = { .dir = world->a.dir, .read_only = true,
					  .env = &world->env };
	struct client_done done;
	struct client *reader;

	settle(world, &world->a);
	OK(client_open(&options, &reader, NULL));
	assert_int_equal(client_act(reader, act_desc_find("register"), NULL,
				    &(struct given){ 0 }, 0, &done, NULL),
			 ERR_DENIED);
	client_close(reader);
}

static void the_lock_goes_to_who_is_left(void **state)
{
	struct world *world = *state;
	struct worker_options options = { .dir = world->a.dir, .url = "https://x", .key_pin = "",
					  .env = &world->env };
	struct fake_line line;
	struct client_done done;
	struct worker *second;

	settle(world, &world->a);
	line_open(&line, &world->server);
	line.last_n = world->a.line.last_n;
	options.transport = &line.transport;
	OK(worker_new(&options, &second, NULL));
	OK(worker_step(second, 0, NULL));
	assert_false(worker_has_lock(second));
	OK(act(&world->a, "register", NULL, "title", "x", &done));
	worker_free(world->a.worker); /* its process ends before it has sent it */
	world->a.worker = second;
	world->fixed.now -= 5 * INT64_C(86400000); /* and the clock is put right meanwhile */
	settle(world, &world->a);
	assert_true(worker_has_lock(second));
	assert_int_equal(world->server.seq, 1);
	assert_int_equal(total(&world->a), 1);
	worker_free(second);
	line_close(&line);
	options.transport = &world->a.line.transport;
	OK(worker_new(&options, &world->a.worker, NULL));
}

/* Face and worker in two threads: they share nothing but the queues and the files. */
static void a_worker_runs_in_its_own_thread(void **state)
{
	enum { PATIENCE_MS = 20000 };
	struct world *world = *state;
	struct console *console = &world->a;
	struct client_change change;
	struct client_done done;
	struct tell tell;
	bool answered = false;

	settle(world, console);
	console->line.threaded = true;
	OK(worker_start(console->worker, NULL));
	OK(act(console, "register", NULL, "title", "x", &done));
	worker_ask(console->worker, &(struct ask){ .kind = ASK_WAKE });
	while (!answered) {
		struct pollfd fd = { worker_fd(console->worker), POLLIN, 0 };

		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		while (worker_told(console->worker, &tell)) {
			answered |= tell.kind == TELL_ANSWERED && uuid_eq(&tell.id, &done.act);
			if (tell.kind == TELL_LINK)
				client_link_set(console->client, &tell.link);
		}
		OK(client_poll(console->client, &change, NULL));
		assert_int_equal(total(console), 1);
	}
	worker_stop(console->worker);
	console->line.threaded = false;
	settle(world, console);
	assert_int_equal(world->server.seq, 1);
}

static void changes_are_named(void **state)
{
	struct world *world = *state;
	struct client_done done;
	struct client_change change;
	struct tell tell;
	bool seen = false;

	settle(world, &world->a);
	settle(world, &world->b);
	OK(client_poll(world->b.client, &change, NULL));
	assert_int_equal(change.bits, 0);
	OK(act(&world->a, "register", NULL, "title", "x", &done));
	settle(world, &world->a);
	for (int i = 0; i < 20 && !seen; i++) {
		OK(worker_step(world->b.worker, 0, NULL));
		while (worker_told(world->b.worker, &tell))
			;
		OK(client_poll(world->b.client, &change, NULL));
		seen = (change.bits & CHANGE_DATA) != 0;
	}
	assert_true(seen);
	assert_false(change.any);
	assert_int_equal(change.n, 1);
	assert_true(uuid_eq(&change.ids[0], &done.target));
}

/* An entry of a newer server: its effects count, its line stands under the verb as it came. */
static void a_verb_of_a_newer_server_is_shown(void **state)
{
	struct world *world = *state;
	struct client_done done, more;
	struct client_timeline timeline;
	struct incident *shown;
	struct str *bytes;
	char *verb;

	settle(world, &world->a);
	OK(act(&world->a, "register", NULL, "title", "x", &done));
	settle(world, &world->a);
	settle(world, &world->b);
	OK(act(&world->a, "accept", &done.target, NULL, NULL, &more));
	settle(world, &world->a);
	bytes = &world->server.entries[1].bytes;
	verb = strstr(bytes->s, "\"verb\":\"accept\"");
	assert_non_null(verb);
	memcpy(verb + strlen("\"verb\":\""), "teleps", strlen("teleps"));
	settle(world, &world->b);
	OK(client_get(world->b.client, &done.target, &world->arena, &shown, NULL));
	assert_int_equal(shown->head.version, 2);
	OK(client_timeline(world->b.client, &done.target, &world->arena, &timeline, NULL));
	for (int i = 0; i < 50 && !timeline.complete; i++) {
		step(world, &world->b);
		OK(client_timeline(world->b.client, &done.target, &world->arena, &timeline, NULL));
	}
	assert_int_equal(timeline.n, 2);
	assert_string_equal(timeline.lines[1].label, "teleps");
	assert_null(timeline.lines[1].act);
	assert_string_equal(timeline.lines[1].officer, "li");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
		T(before_the_first_sync_nothing_can_be_done),
		T(a_new_incident_never_flickers),
		T(a_known_incident_never_flickers),
		T(words_are_found_before_they_are_sent),
		T(acts_of_the_night_arrive_once),
		T(who_comes_second_is_told),
		T(a_restored_server_is_taken_over_and_nothing_is_lost),
		T(a_clock_set_back_makes_nothing_younger),
		T(an_act_can_be_taken_back_before_it_is_sent),
		T(lines_hold_no_personal_values),
		T(windows_and_counts_are_those_of_what_is_shown),
		T(read_only_reads),
		T(the_lock_goes_to_who_is_left),
		T(a_worker_runs_in_its_own_thread),
		T(changes_are_named),
		T(a_verb_of_a_newer_server_is_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
