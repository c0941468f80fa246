/* The service over real TLS on loopback: requests, parking, packing, what must not pass, stopping. */
#include "server_help.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "zhiban/server/httpd.h"
#include "zhiban/server/tls.h"
#include "zhiban/wire/pack.h"

struct site {
	struct world *world;
	struct httpd *httpd;
	char socket[96];
};

static void site_open(struct site *site, int reading_ms)
{
	struct world *world = site->world;
	struct str cert = STR_INIT, key = STR_INIT;
	struct env env = env_system(NULL);
	struct service_config config = world_config(world);
	struct httpd_config how = { .host = "127.0.0.1", .admin_socket = site->socket,
				    .reading_ms = reading_ms };
	struct error err = ERROR_INIT;

	OK(tls_make("127.0.0.1", &env, &cert, &key, NULL));
	how.cert_pem = cert.s;
	how.key_pem = key.s;
	site->httpd = httpd_new(&how);
	str_release(&cert);
	str_release(&key);
	service_stop(world->service);
	service_close(world->service);
	config.env = env;
	config.ticks = httpd_ticks;
	config.wake = httpd_wake;
	config.say = httpd_say;
	config.ctx = site->httpd;
	config.threads = true;
	OK(service_open(&config, &world->service, NULL));
	if (httpd_start(site->httpd, world->service, &err) != ERR_OK)
		fail_msg("%s", err.text);
}

static int site_make(void **state)
{
	struct site *site = mem_alloc(sizeof *site);
	void *world;

	world_make(&world);
	site->world = world;
	snprintf(site->socket, sizeof site->socket, "%s/admin.sock", site->world->path);
	site_open(site, 0);
	*state = site;
	return 0;
}

static int site_free(void **state)
{
	struct site *site = *state;
	void *world = site->world;

	httpd_stop(site->httpd);
	world_free(&world);
	httpd_free(site->httpd);
	free(site);
	return 0;
}

/* --- a client -------------------------------------------------------------------------------- */

struct wire {
	int fd;
	gnutls_session_t tls;
	gnutls_certificate_credentials_t trust;
};

static int dial(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void wire_open(struct site *site, struct wire *wire)
{
	int rc;

	wire->fd = dial(httpd_port(site->httpd));
	gnutls_certificate_allocate_credentials(&wire->trust);
	gnutls_init(&wire->tls, GNUTLS_CLIENT);
	gnutls_set_default_priority(wire->tls);
	gnutls_credentials_set(wire->tls, GNUTLS_CRD_CERTIFICATE, wire->trust);
	gnutls_transport_set_int(wire->tls, wire->fd);
	do
		rc = gnutls_handshake(wire->tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	assert_int_equal(rc, 0);
}

static void wire_close(struct wire *wire)
{
	gnutls_deinit(wire->tls);
	gnutls_certificate_free_credentials(wire->trust);
	close(wire->fd);
}

static void wire_send(struct wire *wire, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = gnutls_record_send(wire->tls, bytes, len);

		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n < 0)
			return; /* refused and closed: the answer says why */
		bytes += n;
		len -= (size_t)n;
	}
}

/* All until the server closes; in the world's arena. */
static const char *wire_rest(struct site *site, struct wire *wire, size_t *ret_len)
{
	struct str all = STR_INIT;
	char buf[4096];
	const char *text;

	for (;;) {
		ssize_t n = gnutls_record_recv(wire->tls, buf, sizeof buf);

		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n <= 0)
			break;
		str_add_bytes(&all, buf, (size_t)n);
	}
	text = arena_strndup(&site->world->arena, str_get(&all), all.len);
	if (ret_len != NULL)
		*ret_len = all.len;
	str_release(&all);
	return text;
}

/* A whole exchange on a connection of its own. */
static const char *talk(struct site *site, const char *bytes, size_t len, size_t *ret_len)
{
	struct wire wire;
	const char *answer;

	wire_open(site, &wire);
	wire_send(&wire, bytes, len);
	answer = wire_rest(site, &wire, ret_len);
	wire_close(&wire);
	return answer;
}

static const char *request_text(struct site *site, const char *line, const char *headers,
				const char *body)
{
	return arena_printf(&site->world->arena,
			    "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %zu\r\n"
			    "%s\r\n%s",
			    line, strlen(body), headers, body);
}

static const char *talk_text(struct site *site, const char *line, const char *headers,
			     const char *body)
{
	const char *text = request_text(site, line, headers, body);

	return talk(site, text, strlen(text), NULL);
}

static const char *body_of(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	assert_non_null(end);
	return end + 4;
}

static struct desk enroll_over(struct site *site, const char *name)
{
	struct world *world = site->world;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	static const char asking[] = "POST /v1/admin/code HTTP/1.1\r\nHost: admin\r\n"
				     "Connection: close\r\nContent-Length: 0\r\n\r\n";
	char answer[2000];
	size_t n = 0;
	ssize_t got;
	const char *code;

	assert_true(str_copy(address.sun_path, sizeof address.sun_path, site->socket));
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(write(fd, asking, sizeof asking - 1), sizeof asking - 1);
	while ((got = read(fd, answer + n, sizeof answer - 1 - n)) > 0)
		n += (size_t)got;
	answer[n] = '\0';
	close(fd);
	assert_true(str_starts(answer, "HTTP/1.1 200"));
	code = arena_strndup(&world->arena, body_of(answer), strcspn(body_of(answer), "\n"));
	return desk_from(world, body_of(talk_text(site, "POST /v1/enroll", "",
						  enroll_body(world, code, name, "1234"))));
}

static const char *bearer(struct site *site, const struct desk *desk)
{
	return arena_printf(&site->world->arena, "Authorization: Bearer %s\r\n", desk->token);
}

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

	httpd_stop(site->httpd);
	httpd_free(site->httpd);
	site_open(site, 300);
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
