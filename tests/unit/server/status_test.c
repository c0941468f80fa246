/* What balances load and watches: /healthz, /readyz, /metrics, the status, the head once a day. */
#include "server_help.h"

static const char *metrics_of(struct world *world)
{
	struct request request;
	struct reply reply;
	const char *text;

	request_make(world, &request, "GET", "/metrics", NULL, NULL, NULL);
	request.admin = true;
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	assert_int_equal(reply.status, 200);
	text = arena_strdup(&world->arena, str_get(&reply.body));
	reply_release(&reply);
	return text;
}

/* The number behind a line's name; -1: there is no such line. */
static double number_of(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
		if (strncmp(line, name, len) == 0 && line[len] == ' ')
			return strtod(line + len, NULL);
		if (line[strcspn(line, "\n")] == '\0')
			break;
	}
	return -1;
}

static void expect_number(struct world *world, const char *name, int wanted)
{
	double number = number_of(metrics_of(world), name);

	if ((int)number != wanted)
		fail_msg("%s is %g, not %d", name, number, wanted);
}

static size_t count_of(const char *text, const char *words)
{
	size_t n = 0;

	for (const char *s = text; (s = strstr(s, words)) != NULL; s += strlen(words))
		n++;
	return n;
}

/* Each sample has its heading before it, once a name, as Prometheus wants. */
static void test_metrics_are_wellformed(void **state)
{
	struct world *world = *state;
	char said[200] = "", typed[200] = "";
	size_t samples = 0;
	const char *text;

	enroll(world, "zhongxin", "duty", "Wang");
	text = metrics_of(world);
	for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
		char name[200];
		size_t len;

		if (str_starts(line, "# HELP ")) {
			assert_int_equal(sscanf(line, "# HELP %199s", name), 1);
			assert_string_not_equal(name, said);
			memcpy(said, name, sizeof said);
			continue;
		}
		if (str_starts(line, "# TYPE ")) {
			assert_int_equal(sscanf(line, "# TYPE %199s", typed), 1);
			assert_string_equal(typed, said);
			continue;
		}
		len = strcspn(line, "{ ");
		assert_true(len == strlen(typed) && strncmp(line, typed, len) == 0);
		samples++;
	}
	assert_true(samples > 25);
}

static void test_metrics_count(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	struct act act;

	register_one(world, &desk, &id, "counted");
	act = act_begin(world, &desk, "close", &id, 1);
	send_act(world, &desk, &act); /* refused: nothing was done yet */
	expect_number(world, "zhiban_acts_total{verdict=\"applied\"}", 1);
	expect_number(world, "zhiban_acts_total{verdict=\"refused\"}", 1);
	ask(world, 200, "POST", "/v1/acts", NULL, desk.token, acts_body(world, &desk, &act, 1));
	expect_number(world, "zhiban_acts_again_total", 1);
	expect_number(world, "zhiban_acts_total{verdict=\"refused\"}", 1);
	expect_number(world, "zhiban_logins_total{result=\"ok\"}", 1);
	expect_number(world,
		      "zhiban_requests_total{method=\"POST\",route=\"/v1/acts\",status=\"200\"}", 3);
	ask(world, 401, "GET", "/v1/session", NULL, "nobody", NULL);
	ask(world, 404, "GET", "/nowhere", NULL, NULL, NULL);
	expect_number(world,
		      "zhiban_requests_total{method=\"GET\",route=\"/v1/session\",status=\"401\"}", 1);
	expect_number(world, "zhiban_requests_total{method=\"\",route=\"other\",status=\"404\"}", 1);
	assert_true(number_of(metrics_of(world), "zhiban_journal_seq") >= 3);
	assert_true(number_of(metrics_of(world), "process_resident_memory_bytes") > 1e5);
}

/* Not for everybody: to others it is not there. */
static void test_metrics_are_for_watchers(void **state)
{
	struct world *world = *state;
	struct service_config config = world_config(world);
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct request request;
	struct reply reply;

	ask(world, 404, "GET", "/metrics", NULL, NULL, NULL);
	ask(world, 404, "GET", "/metrics", NULL, desk.token, NULL);
	request_make(world, &request, "GET", "/metrics", NULL, NULL, NULL);
	request.local = true;
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	assert_int_equal(reply.status, 200);
	reply_release(&reply);
	service_stop(world->service);
	service_close(world->service);
	config.metrics_token = "watch-me";
	OK(service_open(&config, &world->service, NULL));
	ask(world, 404, "GET", "/metrics", NULL, NULL, NULL);
	ask(world, 404, "GET", "/metrics", NULL, "watch-you", NULL);
	ask(world, 200, "GET", "/metrics", NULL, "watch-me", NULL);
	ask(world, 401, "GET", "/v1/feed", "since=1", "watch-me", NULL); /* good for nothing else */
}

static void test_ready(void **state)
{
	struct world *world = *state;

	assert_string_equal(ask(world, 200, "GET", "/healthz", NULL, NULL, NULL), "ok\n");
	assert_string_equal(ask(world, 200, "GET", "/readyz", NULL, NULL, NULL), "ready\n");
	service_stop(world->service);
	expect_error(world, ask(world, 503, "GET", "/readyz", NULL, NULL, NULL), ERR_BUSY);
	ask(world, 200, "GET", "/healthz", NULL, NULL, NULL); /* it still answers */
}

static enum err full(struct db *db, struct error *err)
{
	(void)db;
	return error_set(err, ERR_FULL, "the disk is full");
}

/* Data that cannot be written: said at once, and taken back when they can. */
static void test_not_ready_when_it_cannot_write(void **state)
{
	struct world *world = *state;
	struct service_config config = world_config(world);
	static struct db_ops broken; /* outlives the service */
	const char *body;

	broken = *config.db;
	service_stop(world->service);
	service_close(world->service);
	config.db = &broken;
	OK(service_open(&config, &world->service, NULL));
	broken.commit = full;
	body = ask(world, 503, "GET", "/readyz", NULL, NULL, NULL);
	assert_non_null(strstr(body, "the disk is full"));
	ask(world, 503, "GET", "/readyz", NULL, NULL, NULL);
	expect_number(world, "zhiban_writer_failures_total", 2);
	body = ask(world, 200, "GET", "/v1/admin/status", NULL, NULL, NULL);
	assert_non_null(strstr(body, "\ntrouble=the disk is full\n"));
	broken.commit = data_ops()->commit;
	ask(world, 200, "GET", "/readyz", NULL, NULL, NULL);
	body = ask(world, 200, "GET", "/v1/admin/status", NULL, NULL, NULL);
	assert_null(strstr(body, "trouble="));
	/* said when it began and when it was over */
	assert_int_equal(count_of(world->log.s, "<3>the data cannot be written: the disk is full\n"), 1);
	assert_int_equal(count_of(world->log.s, "<5>the data can be written again\n"), 1);
}

static void test_status(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	const char *body;

	register_one(world, &desk, &id, "one");
	body = ask(world, 200, "GET", "/v1/admin/status", NULL, NULL, NULL);
	assert_non_null(strstr(body, "\nacts_applied=1\n"));
	assert_non_null(strstr(body, "\nlogins=1\n"));
	assert_non_null(strstr(body, "\nhead="));
	assert_null(strstr(body, "\nseq=0\n"));
	ask(world, 404, "GET", "/v1/status", NULL, desk.token, NULL);
}

static size_t heads_said(const struct world *world)
{
	return count_of(str_get(&world->log), "journal head: entry ");
}

/* The head goes to the log when it starts and at the jurisdiction's midnight, and not between. */
static void test_head_is_said_daily(void **state)
{
	struct world *world = *state;
	const int64_t hour = 3600000, midnight = (1795000000000 / 86400000 + 1) * 86400000 - 8 * hour;

	service_tick(world->service);
	assert_int_equal(heads_said(world), 1);
	world->clock.now = midnight - 1;
	service_tick(world->service);
	assert_int_equal(heads_said(world), 1);
	str_clear(&world->log);
	world->clock.now = midnight + 86400000;
	service_tick(world->service);
	service_tick(world->service);
	assert_int_equal(heads_said(world), 1);
	assert_true(str_starts(strstr(world->log.s, "<5>journal head"), "<5>journal head: entry "));
	world->clock.now = midnight + 2 * 86400000 - 1;
	service_tick(world->service);
	assert_int_equal(heads_said(world), 1);
	world->clock.now++;
	service_tick(world->service);
	assert_int_equal(heads_said(world), 2);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(metrics_are_wellformed),
		T(metrics_count),
		T(metrics_are_for_watchers),
		T(ready),
		T(not_ready_when_it_cannot_write),
		T(status),
		T(head_is_said_daily),
	};

	return cmocka_run_group_tests_name("server status", tests, NULL, NULL);
}
