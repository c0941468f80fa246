/* The service over real TLS on loopback: requests, parking, packing, what must not pass, stopping. */
#include "site_help.h"

/* --- tests ----------------------------------------------------------------------------------- */

static void test_round_trip(void **state)
{
	struct site *site = *state;
	struct world *world = site->world;
	struct desk desk = enroll_over(site, "Wang");
	struct uuid id = new_id(world);
	struct act act = act_begin(world, &desk, "register", &id, 0);
	const char *body, *answer;
	struct acts_answer answers;

	answer = talk_text(site, "GET /healthz", "", "");
	assert_true(str_starts(answer, "HTTP/1.1 200"));
	act_say(world, &act, "title", "over the wire");
	body = acts_body(world, &desk, &act, 1);
	for (int i = 0; i < 2; i++) { /* sent twice, done once */
		answer = talk_text(site, "POST /v1/acts", bearer(site, &desk), body);
		assert_true(str_starts(answer, "HTTP/1.1 200"));
		answers = answers_from(world, body_of(answer));
		assert_int_equal(answers.items[0].verdict, VERDICT_APPLIED);
		assert_int_equal(answers.items[0].seq, 3);
	}
	answer = talk_text(site, "GET /v1/session", "", "");
	assert_true(str_starts(answer, "HTTP/1.1 401"));
	answer = talk_text(site, "GET /v1/admin/officers", bearer(site, &desk), "");
	assert_true(str_starts(answer, "HTTP/1.1 404")); /* the socket's alone */
}

static void test_packed(void **state)
{
	struct site *site = *state;
	struct world *world = site->world;
	struct desk desk = enroll_over(site, "Wang");
	const char *headers = arena_printf(&world->arena, "%sAccept-Encoding: zstd\r\n",
					   bearer(site, &desk));
	const char *text = request_text(site, "GET /v1/snapshot", headers, "");
	struct str plain = STR_INIT, packed = STR_INIT;
	const char *answer, *body;
	struct act act;
	struct uuid id = new_id(world);
	size_t len;

	answer = talk(site, text, strlen(text), &len);
	assert_non_null(strstr(answer, "Content-Encoding: zstd"));
	body = body_of(answer);
	OK(unpack(PACK_ZSTD, body, len - (size_t)(body - answer), PACK_MAX, &plain, NULL));
	assert_non_null(strstr(plain.s, "{\"end\":true}"));

	act = act_begin(world, &desk, "register", &id, 0);
	act_say(world, &act, "title", "packed on the way in");
	body = acts_body(world, &desk, &act, 1);
	OK(pack(PACK_GZIP, body, strlen(body), &packed, NULL));
	str_clear(&plain);
	str_addf(&plain,
		 "POST /v1/acts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s"
		 "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
		 bearer(site, &desk), packed.len);
	str_add_bytes(&plain, packed.s, packed.len);
	answer = talk(site, plain.s, plain.len, NULL);
	assert_true(str_starts(answer, "HTTP/1.1 200"));
	str_release(&plain);
	str_release(&packed);
}

/* A small body that unpacks to a huge one. */
static void test_bomb(void **state)
{
	struct site *site = *state;
	struct world *world = site->world;
	struct desk desk = enroll_over(site, "Wang");
	struct str zeros = STR_INIT, packed = STR_INIT, text = STR_INIT;
	const char *answer;

	str_add_repeat(&zeros, ' ', 32 * 1024 * 1024);
	OK(pack(PACK_ZSTD, zeros.s, zeros.len, &packed, NULL));
	str_addf(&text,
		 "POST /v1/acts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s"
		 "Content-Encoding: zstd\r\nContent-Length: %zu\r\n\r\n",
		 bearer(site, &desk), packed.len);
	str_add_bytes(&text, packed.s, packed.len);
	answer = talk(site, text.s, text.len, NULL);
	assert_true(str_starts(answer, "HTTP/1.1 413"));
	str_release(&zeros);
	str_release(&packed);
	str_release(&text);
	(void)world;
}

static void test_malformed(void **state)
{
#define CASE(bytes, status) { bytes, sizeof bytes - 1, status }
	static const struct {
		const char *bytes;
		size_t len;
		const char *status;
	} cases[] = {
		CASE("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
		CASE("GET /healthz HTTP/1.1\r\n\r\n", "400"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
		     "Content-Length: 2\r\n\r\n{}",
		     "400"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
		     "Content-Length: 40\r\n\r\n{}",
		     "400"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
		     "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		     "400"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0x2\r\n\r\n{}", "400"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}", "400"),
		CASE("GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\0b: c\r\n\r\n", "400"),
		CASE("GET /healthz HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\n"
		     "Authorization: Bearer b\r\n\r\n",
		     "400"),
		CASE("GET /healthz HTTP/1.1\r\nHost: a\r\nX : a\r\n\r\n", "400"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n", "413"),
		CASE("POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
		     "Content-Encoding: rot13\r\n\r\n{}",
		     "400"),
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		/* read to the end: the answer is there and the connection is closed */
		const char *answer = talk(*state, cases[i].bytes, cases[i].len, NULL);

		if (!str_starts(answer, "HTTP/1.1 ") || strncmp(answer + 9, cases[i].status, 3) != 0)
			fail_msg("%s\n---\n%s", cases[i].bytes, answer);
	}
}

/* --- parking over TLS ------------------------------------------------------------------------ */

static void test_parked_is_woken(void **state)
{
	struct site *site = *state;
	struct world *world = site->world;
	struct desk watcher = enroll_over(site, "Li"), desk = enroll_over(site, "Wang");
	struct uuid id = new_id(world);
	struct act act = act_begin(world, &desk, "register", &id, 0);
	const char *text, *answer;
	struct feed_answer feed;
	struct wire wire;

	act_say(world, &act, "title", "news");
	text = request_text(site, "GET /v1/feed?since=3&wait=50", bearer(site, &watcher), "");
	wire_open(site, &wire);
	wire_send(&wire, text, strlen(text));
	while (service_parked(world->service) == 0)
		sched_yield();
	talk_text(site, "POST /v1/acts", bearer(site, &desk), acts_body(world, &desk, &act, 1));
	answer = body_of(wire_rest(site, &wire, NULL));
	OK(feed_answer_decode(answer, strlen(answer), &world->arena, &feed, NULL));
	assert_int_equal(feed.n, 1);
	wire_close(&wire);
}

static void test_stop_answers(void **state)
{
	struct site *site = *state;
	struct world *world = site->world;
	static const char *const names[] = { "Wang", "Li", "Zhao" };
	struct desk desks[3];
	struct wire wires[3];

	for (size_t i = 0; i < ARRAY_LEN(desks); i++)
		desks[i] = enroll_over(site, names[i]);
	for (size_t i = 0; i < ARRAY_LEN(wires); i++) {
		const char *text = request_text(site, "GET /v1/feed?since=4&wait=50",
						bearer(site, &desks[i]), "");

		wire_open(site, &wires[i]);
		wire_send(&wires[i], text, strlen(text));
	}
	while (service_parked(world->service) < ARRAY_LEN(wires))
		sched_yield();
	httpd_stop(site->httpd);
	for (size_t i = 0; i < ARRAY_LEN(wires); i++) {
		const char *answer = wire_rest(site, &wires[i], NULL);

		assert_true(str_starts(answer, "HTTP/1.1 200"));
		wire_close(&wires[i]);
	}
}

/* Who sends a byte now and then is shown the door. */
static void test_slow_sender(void **state)
{
	struct site *site = *state;
	struct wire wire, silent;
	static const char begun[] = "POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{";

	site_again(site, (struct httpd_config){ .reading_ms = 300 });
	wire_open(site, &silent);
	wire_open(site, &wire);
	wire_send(&wire, begun, sizeof begun - 1);
	assert_string_equal(wire_rest(site, &wire, NULL), ""); /* returns: it was closed */
	assert_string_equal(wire_rest(site, &silent, NULL), "");
	wire_close(&wire);
	wire_close(&silent);
}

struct storm {
	struct site *site;
	struct desk desk;
	int from;
};

static void *storm_main(void *ctx)
{
	struct storm *storm = ctx;
	struct site *site = storm->site;
	struct wire wire;
	char buf[65536];

	(void)buf;
	wire_open(site, &wire);
	for (int i = 0; i < 25; i++) {
		char text[400];
		int len = snprintf(text, sizeof text,
				   "GET /v1/feed?since=1 HTTP/1.1\r\nHost: x\r\n"
				   "Authorization: Bearer %s\r\n\r\n",
				   storm->desk.token);
		size_t got = 0, want = 0;

		wire_send(&wire, text, (size_t)len);
		do { /* until the body that its head announces is whole */
			ssize_t n = gnutls_record_recv(wire.tls, buf + got, sizeof buf - 1 - got);

			if (n <= 0)
				return NULL;
			got += (size_t)n;
			buf[got] = '\0';
			if (want == 0 && strstr(buf, "\r\n\r\n") != NULL) {
				const char *length = strstr(buf, "Content-Length: ");

				want = (size_t)(strstr(buf, "\r\n\r\n") - buf) + 4 +
				       strtoul(length + 16, NULL, 10);
			}
		} while (want == 0 || got < want);
		if (strncmp(buf, "HTTP/1.1 200", 12) != 0)
			return NULL;
	}
	wire_close(&wire);
	return storm;
}

static void test_many_at_once(void **state)
{
	struct site *site = *state;
	struct world *world = site->world;
	struct storm storms[6];
	pthread_t threads[6];
	struct desk desk = enroll_over(site, "Wang");

	for (size_t i = 0; i < ARRAY_LEN(storms); i++) {
		storms[i] = (struct storm){ .site = site, .desk = desk };
		assert_int_equal(pthread_create(&threads[i], NULL, storm_main, &storms[i]), 0);
	}
	for (int i = 0; i < 25; i++) {
		struct uuid id = new_id(world);
		struct act act = act_begin(world, &desk, "register", &id, 0);
		const char *answer;

		act_say(world, &act, "title", "meanwhile");
		answer = talk_text(site, "POST /v1/acts", bearer(site, &desk),
				   acts_body(world, &desk, &act, 1));
		assert_true(str_starts(answer, "HTTP/1.1 200"));
		desk.n++;
	}
	for (size_t i = 0; i < ARRAY_LEN(storms); i++) {
		void *done = NULL;

		pthread_join(threads[i], &done);
		assert_non_null(done);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, site_make, site_free)
	const struct CMUnitTest tests[] = {
		T(round_trip),	   T(packed),	     T(bomb),	      T(malformed),
		T(parked_is_woken), T(stop_answers), T(slow_sender), T(many_at_once),
	};

	return cmocka_run_group_tests_name("httpd", tests, NULL, NULL);
}
