/* Eight consoles write through three nodes on one data base while a reader at each follows the feed:
 * each reader sees each number exactly once, in order, whatever came in between.  A sequence of the
 * data base as a cursor misses a third of the rows here; the counter row misses none.
 *
 * ZHIBAN_LONG=1: 200,000 acts. */
#include <config.h>

#include <pthread.h>
#include <time.h>

#include "rules_help.h"

enum { NODES = 3, WRITERS = 8, AT_ONCE = 20, SHORT = 4000, LONG = 200000, TRIES = 2000 };

struct node {
	struct service *service;
	struct env_fixed clock; /* of its own: randomness is not shared between threads */
};
struct storm {
	struct world *world;
	struct node nodes[NODES];
	struct desk desks[WRITERS];
	int64_t acts; /* that each writer sends */
	pthread_mutex_t lock;
	bool over;
	int64_t head; /* known at the end */
};

/* --- a request, from any thread -------------------------------------------------------------- */

struct asked { /* the request is its first member, so that wake finds it */
	struct request request;
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool woken;
};

static void wake(void *ctx, struct request *request)
{
	struct asked *asked = (struct asked *)request;

	(void)ctx;
	pthread_mutex_lock(&asked->lock);
	asked->woken = true;
	pthread_cond_signal(&asked->cond);
	pthread_mutex_unlock(&asked->lock);
}

/* The status; the body is the caller's to free. */
static int ask_node(struct node *node, const char *method, const char *path,
		    const struct request_arg *args, size_t n_args, const char *token,
		    const char *body, struct str *ret_body)
{
	struct asked asked = { .request = { .method = method,
					    .path = path,
					    .n_args = n_args,
					    .token = token,
					    .address = "storm",
					    .body = body,
					    .body_len = body != NULL ? strlen(body) : 0 } };
	struct reply reply;
	int status;

	for (size_t i = 0; i < n_args; i++)
		asked.request.args[i] = args[i];
	pthread_mutex_init(&asked.lock, NULL);
	pthread_cond_init(&asked.cond, NULL);
	reply_init(&reply);
	while (service_handle(node->service, &asked.request, &reply) == SERVICE_PARKED) {
		pthread_mutex_lock(&asked.lock);
		while (!asked.woken)
			pthread_cond_wait(&asked.cond, &asked.lock);
		asked.woken = false;
		pthread_mutex_unlock(&asked.lock);
	}
	str_clear(ret_body);
	str_add(ret_body, str_get(&reply.body));
	status = reply.status;
	reply_release(&reply);
	pthread_mutex_destroy(&asked.lock);
	pthread_cond_destroy(&asked.cond);
	return status;
}

static void pause_ms(int ms)
{
	struct timespec time = { 0, ms * 1000000L };

	nanosleep(&time, NULL);
}

/* --- writers --------------------------------------------------------------------------------- */

struct writing {
	struct storm *storm;
	size_t which;
	int64_t applied;
	const char *wrong; /* what went wrong first */
	struct arena arena;
	pthread_t thread;
};

static void make_acts(struct writing *writing, struct env *env, struct desk *desk,
		      const struct uuid *id, int n, struct str *body)
{
	struct str one = STR_INIT;

	str_clear(body);
	acts_ask_begin(body);
	for (int i = 0; i < n; i++) {
		bool first = desk->n == 0;
		struct act act = { .id = uuid_v7(env),
				   .console = desk->console,
				   .n = ++desk->n,
				   .desc = act_desc_find(first ? "register" : "note"),
				   .target = { KIND_INCIDENT, *id, first ? 0 : INT32_MAX },
				   .actor = { desk->officer, desk->org, desk->role },
				   .at = env_now(env) };

		act_give(&act, act_arg_field(act.desc, first ? "title" : "note"),
			 (struct value){ .is_text = true, .text = "a storm, and a note of it" },
			 &writing->arena);
		str_clear(&one);
		act_encode(&act, &one);
		acts_ask_add(body, one.s, one.len);
	}
	acts_ask_end(body, &desk->console, env_now(env), desk->n - n);
	str_release(&one);
}

static void *write_main(void *ctx)
{
	struct writing *writing = ctx;
	struct storm *storm = writing->storm;
	struct desk *desk = &storm->desks[writing->which];
	struct env_fixed clock = { .now = WEDNESDAY, .seed = 100 + writing->which };
	struct env env = env_fixed(&clock);
	struct uuid id = uuid_v7(&env);
	struct str body = STR_INIT, answer = STR_INIT;

	for (int64_t left = storm->acts; left > 0 && writing->wrong == NULL;) {
		int n = left < AT_ONCE ? (int)left : AT_ONCE, tries = 0, status;
		size_t at = (writing->which + (size_t)(left / AT_ONCE)) % NODES;

		arena_reset(&writing->arena);
		make_acts(writing, &env, desk, &id, n, &body);
		/* the same bytes again, through another node, while one cannot take them */
		while ((status = ask_node(&storm->nodes[at], "POST", "/v1/acts", NULL, 0, desk->token,
					  body.s, &answer)) != 200 &&
		       tries++ < TRIES) {
			at = (at + 1) % NODES;
			pause_ms(5);
		}
		if (status != 200)
			writing->wrong = "a batch was not taken";
		for (const char *s = str_get(&answer); (s = strstr(s, "\"applied\"")) != NULL; s++)
			writing->applied++;
		left -= n;
	}
	str_release(&body);
	str_release(&answer);
	return NULL;
}

/* --- readers --------------------------------------------------------------------------------- */

struct reading {
	struct storm *storm;
	size_t which;
	int64_t from, last, seen, missed;
	bool backwards;
	const char *wrong;
	pthread_t thread;
};

static bool is_over(struct storm *storm, int64_t last)
{
	bool over;

	pthread_mutex_lock(&storm->lock);
	over = storm->over && last >= storm->head;
	pthread_mutex_unlock(&storm->lock);
	return over;
}

/* The numbers of the entries, in their order; all of these are visible at the centre. */
static void take_page(struct reading *reading, const struct feed_answer *page)
{
	for (size_t i = 0; i < page->n; i++) {
		int64_t seq = page->items[i].entry.seq;

		if (page->items[i].kind != FEED_ENTRY)
			continue;
		reading->seen++;
		if (seq <= reading->last)
			reading->backwards = true;
		else
			reading->missed += seq - reading->last - 1;
		reading->last = seq;
	}
}

static void *read_main(void *ctx)
{
	struct reading *reading = ctx;
	struct storm *storm = reading->storm;
	struct node *node = &storm->nodes[reading->which];
	struct arena arena = ARENA_INIT;
	struct str body = STR_INIT;
	int64_t since = reading->from;

	reading->last = since;
	while (!is_over(storm, since) && reading->wrong == NULL) {
		char text[24];
		const struct request_arg args[] = { { "since", text } };
		struct feed_answer page;

		snprintf(text, sizeof text, "%lld", (long long)since);
		arena_reset(&arena);
		if (ask_node(node, "GET", "/v1/feed", args, 1, storm->desks[0].token, NULL,
			     &body) != 200) {
			pause_ms(5); /* 429, 503: later */
			continue;
		}
		if (feed_answer_decode(body.s, body.len, &arena, &page, NULL) != ERR_OK) {
			reading->wrong = "a page cannot be read";
			break;
		}
		take_page(reading, &page);
		since = page.next;
		if (page.n == 0)
			pause_ms(2);
	}
	arena_release(&arena);
	str_release(&body);
	return NULL;
}

/* --- the storm ------------------------------------------------------------------------------- */

static void open_nodes(struct storm *storm)
{
	for (size_t i = 0; i < NODES; i++) {
		struct node *node = &storm->nodes[i];
		struct service_config config = world_config(storm->world);
		struct error err = ERROR_INIT;

		node->clock = (struct env_fixed){ .now = WEDNESDAY, .seed = 50 + i };
		config.env = env_fixed(&node->clock);
		config.threads = true;
		config.wake = wake;
		config.say = NULL;
		config.db_flags = 0;
		if (service_open(&config, &node->service, &err) != ERR_OK)
			fail_msg("%s", err.text);
	}
}

static void close_nodes(struct storm *storm)
{
	for (size_t i = 0; i < NODES; i++) {
		service_stop(storm->nodes[i].service);
		service_close(storm->nodes[i].service);
	}
}

static int64_t head_of(struct node *node)
{
	struct service_stand stand;

	OK(service_stand(node->service, &stand, NULL));
	return stand.seq;
}

static void test_storm(void **state)
{
	struct storm storm = { .world = *state };
	struct writing writing[WRITERS];
	struct reading reading[NODES];
	const char *amount = getenv("ZHIBAN_LONG");
	int64_t acts = amount != NULL && strcmp(amount, "1") == 0 ? LONG : SHORT, before;

	if (storm.world == NULL)
		skip();
	storm.acts = acts / WRITERS;
	pthread_mutex_init(&storm.lock, NULL);
	for (size_t i = 0; i < WRITERS; i++)
		storm.desks[i] = enroll(storm.world, "centre", "duty",
					arena_printf(&storm.world->arena, "Du%zu", i));
	open_nodes(&storm);
	before = head_of(&storm.nodes[0]);
	for (size_t i = 0; i < NODES; i++) {
		reading[i] = (struct reading){ .storm = &storm, .which = i, .from = before };
		pthread_create(&reading[i].thread, NULL, read_main, &reading[i]);
	}
	for (size_t i = 0; i < WRITERS; i++) {
		writing[i] = (struct writing){ .storm = &storm, .which = i, .arena = ARENA_INIT };
		pthread_create(&writing[i].thread, NULL, write_main, &writing[i]);
	}
	for (size_t i = 0; i < WRITERS; i++)
		pthread_join(writing[i].thread, NULL);
	pthread_mutex_lock(&storm.lock);
	storm.head = head_of(&storm.nodes[0]);
	storm.over = true;
	pthread_mutex_unlock(&storm.lock);
	for (size_t i = 0; i < NODES; i++)
		pthread_join(reading[i].thread, NULL);
	close_nodes(&storm);

	for (size_t i = 0; i < WRITERS; i++) {
		if (writing[i].wrong != NULL)
			fail_msg("%s", writing[i].wrong);
		assert_int_equal(writing[i].applied, storm.acts);
		arena_release(&writing[i].arena);
	}
	assert_int_equal(storm.head, before + storm.acts * WRITERS);
	for (size_t i = 0; i < NODES; i++) {
		if (reading[i].wrong != NULL)
			fail_msg("%s", reading[i].wrong);
		print_message("# node %zu: %lld entries seen, %lld missed\n", i,
			      (long long)reading[i].seen, (long long)reading[i].missed);
		assert_int_equal(reading[i].missed, 0);
		assert_false(reading[i].backwards);
		assert_int_equal(reading[i].seen, storm.acts * WRITERS);
	}
	verified(storm.world);
	pthread_mutex_destroy(&storm.lock);
}

static int storm_make(void **state)
{
	*state = NULL;
	if (data_url() != NULL)
		return rules_make(state);
	print_message("# skipped: over PostgreSQL alone\n");
	return 0;
}

static int storm_free(void **state)
{
	return *state != NULL ? world_free(state) : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_storm, storm_make, storm_free),
	};

	return cmocka_run_group_tests_name("storm over nodes", tests, NULL, NULL);
}
