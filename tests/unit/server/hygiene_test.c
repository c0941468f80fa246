/* What the server does with those who mean no good, or whose line is none: over TLS, in plain HTTP
 * behind a proxy, and on the administrator's socket. */
#include "site_help.h"

#include <time.h>

static void send_fd(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

/* All until the other side closes. */
static const char *rest_fd(struct site *site, int fd)
{
	struct str all = STR_INIT;
	char buf[4096];
	const char *text;
	ssize_t n;

	while ((n = read(fd, buf, sizeof buf)) > 0)
		str_add_bytes(&all, buf, (size_t)n);
	text = arena_strndup(&site->world->arena, str_get(&all), all.len);
	str_release(&all);
	close(fd);
	return text;
}

static int dial_admin(struct site *site)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(str_copy(address.sun_path, sizeof address.sun_path, site->socket));
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static const char *talk_fd(struct site *site, int fd, const char *bytes, size_t len)
{
	send_fd(fd, bytes, len);
	return rest_fd(site, fd);
}

static const char *talk_plain(struct site *site, const char *bytes)
{
	return talk_fd(site, dial(httpd_http_port(site->httpd)), bytes, strlen(bytes));
}

static void with_plain(struct site *site, struct httpd_config how)
{
	how.http_host = "127.0.0.1";
	site_again(site, how);
}

static void expect_status(const char *answer, const char *status, const char *what)
{
	if (!str_starts(answer, "HTTP/1.1 ") || strncmp(answer + 9, status, strlen(status)) != 0)
		fail_msg("%s: not %s but\n---\n%.300s", what, status, answer);
}

static size_t count_of(const char *text, const char *words)
{
	size_t n = 0;

	for (const char *s = text; (s = strstr(s, words)) != NULL; s += strlen(words))
		n++;
	return n;
}

/* --- malformed ------------------------------------------------------------------------------- */

#define H "Host: a\r\n"
#define CASE(bytes, status) { bytes, sizeof bytes - 1, status }
static const struct {
	const char *bytes;
	size_t len;
	const char *status;
} malformed[] = {
	CASE("GET /healthz HTTP/1.1\r\n" H "Host: b\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\nAccept: */*\r\n\r\n", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
	     "2\r\n{}\r\n0\r\n\r\n",
	     "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 0x2\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: -2\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: +2\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 2, 2\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 99999999999999999999\r\n\r\n{}", "4"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Transfer-Encoding: identity\r\n\r\n{}", "400"),
	CASE("POST /v1/session HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
	     "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H
	     "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
	     "4"), /* 400 or 413: the library's own word */
	CASE("GET /healthz HTTP/1.1\r\n" H "X: a\0b: c\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "A:1\r\nB:1\r\nC:1\r\nX: a\0b\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\nHost: a\n\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "A: 1\nX: a\0\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "X\0: a\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
	     "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "X : a\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "no colon here\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H ": empty name\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "X: a\r\n folded\r\n\r\n", "400"),
	CASE("GET /healthz HTTP/1.1\r\n" H "X: a\x01\r\n\r\n", "400"),
	CASE("GET /healthz%00/x HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("GET /healthz?a=%zz HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("GET healthz HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("GET http://other/healthz HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("OPTIONS * HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("CONNECT other:443 HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("G(T /healthz HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("GET /healthz HTTP/1.7\r\n" H "\r\n", "400"),
	CASE("GET /healthz?a&b&c&d&e&f&g&h&i&j&k&l&m HTTP/1.1\r\n" H "\r\n", "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 2\r\nContent-Encoding: rot13\r\n\r\n{}",
	     "400"),
	CASE("POST /v1/session HTTP/1.1\r\n" H "Content-Length: 99999\r\n\r\n", "413"),
	CASE("GET /healthz HTTP/1.1\r\n" H "Content-Length: 4\r\n\r\nbody", "413"),
};

/* 400 and closed: talk reads to the end, and what follows is not read as another request. */
static void test_malformed(void **state)
{
	struct site *site = *state;
	static const char more[] = "GET /healthz HTTP/1.1\r\n" H "Connection: close\r\n\r\n";

	with_plain(site, (struct httpd_config){ .reading_ms = 5000 });
	for (size_t i = 0; i < ARRAY_LEN(malformed); i++) {
		struct str bytes = STR_INIT;
		const char *answers[3];

		str_add_bytes(&bytes, malformed[i].bytes, malformed[i].len);
		str_add(&bytes, more);
		answers[0] = talk(site, bytes.s, bytes.len, NULL);
		answers[1] = talk_fd(site, dial(httpd_http_port(site->httpd)), bytes.s, bytes.len);
		answers[2] = talk_fd(site, dial_admin(site), bytes.s, bytes.len);
		for (size_t k = 0; k < ARRAY_LEN(answers); k++) {
			expect_status(answers[k], malformed[i].status, malformed[i].bytes);
			/* (the library writes some heads of its own twice) */
			if (count_of(answers[k], "HTTP/1.1 200") != 0)
				fail_msg("%s: what followed was answered\n%s", malformed[i].bytes,
					 answers[k]);
		}
		str_release(&bytes);
	}
}

/* Several requests in one go are as many, each with its answer. */
static void test_pipelined(void **state)
{
	struct site *site = *state;
	static const char bytes[] = "GET /healthz HTTP/1.1\r\n" H "\r\n"
				    "POST /v1/session HTTP/1.1\r\n" H "Content-Length: 2\r\n\r\n{}"
				    "GET /healthz HTTP/1.1\r\nHost:a\r\nConnection:close\r\n\r\n";
	const char *answer = talk(site, bytes, sizeof bytes - 1, NULL);

	assert_int_equal(count_of(answer, "HTTP/1.1 200"), 2);
	assert_int_equal(count_of(answer, "HTTP/1.1 400"), 1);
}

/* --- too large --------------------------------------------------------------------------------- */

static void test_large_heads(void **state)
{
	struct site *site = *state;
	struct str bytes = STR_INIT;

	str_add(&bytes, "GET /healthz HTTP/1.1\r\n" H);
	for (int i = 0; i < 80; i++)
		str_addf(&bytes, "X%d: y\r\n", i);
	str_add(&bytes, "\r\n");
	expect_status(talk(site, bytes.s, bytes.len, NULL), "431", "80 lines");
	str_clear(&bytes);
	str_add(&bytes, "GET /healthz HTTP/1.1\r\n" H "X: ");
	str_add_repeat(&bytes, 'y', 30000);
	str_add(&bytes, "\r\n\r\n");
	expect_status(talk(site, bytes.s, bytes.len, NULL), "431", "a line of 30,000 bytes");
	str_clear(&bytes);
	str_add(&bytes, "GET /");
	str_add_repeat(&bytes, 'y', 30000);
	str_add(&bytes, " HTTP/1.1\r\n" H "\r\n");
	expect_status(talk(site, bytes.s, bytes.len, NULL), "414", "an address of 30,000 bytes");
	str_release(&bytes);
}

/* Packed small, unpacked huge; and one that comes in pieces and never says how long it is. */
static void test_large_bodies(void **state)
{
	static const struct {
		enum packing packing;
		const char *name;
	} kinds[] = { { PACK_ZSTD, "zstd" }, { PACK_GZIP, "gzip" } };
	struct site *site = *state;
	struct str zeros = STR_INIT, packed = STR_INIT, text = STR_INIT;

	str_add_repeat(&zeros, ' ', 32 * 1024 * 1024);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		str_clear(&packed);
		str_clear(&text);
		OK(pack(kinds[i].packing, zeros.s, zeros.len, &packed, NULL));
		str_addf(&text,
			 "POST /v1/acts HTTP/1.1\r\n" H
			 "Content-Encoding: %s\r\nContent-Length: %zu\r\n\r\n",
			 kinds[i].name, packed.len);
		str_add_bytes(&text, packed.s, packed.len);
		expect_status(talk(site, text.s, text.len, NULL), "413", kinds[i].name);
	}
	str_clear(&text);
	str_add(&text, "POST /v1/session HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 10; i++)
		str_addf(&text, "400\r\n%.1024s\r\n", zeros.s);
	str_add(&text, "0\r\n\r\n");
	expect_status(talk(site, text.s, text.len, NULL), "413", "chunks, too many");
	str_cut(&text, text.len - 5);
	while (text.len < 4 * 1024 * 1024)
		str_addf(&text, "10000\r\n%.65536s\r\n", zeros.s);
	assert_string_equal(talk(site, text.s, text.len, NULL), ""); /* cut, without more ado */
	str_release(&zeros);
	str_release(&packed);
	str_release(&text);
}

static bool held_at_least(struct site *site, long long bytes)
{
	struct str out = STR_INIT;
	const char *line;
	bool enough;

	httpd_measure(site->httpd, &out);
	line = strstr(out.s, "\nzhiban_http_held_bytes ");
	assert_non_null(line);
	enough = strtoll(strchr(line, ' '), NULL, 10) >= bytes;
	str_release(&out);
	return enough;
}

/* All together may hold so much of bodies that are not whole. */
static void test_bodies_have_a_bound(void **state)
{
	struct site *site = *state;
	struct str begun = STR_INIT, end = STR_INIT;
	struct wire wires[2];

	site_again(site, (struct httpd_config){ .bodies_max = 100000 });
	str_add(&begun, "POST /v1/acts HTTP/1.1\r\n" H
			"Connection: close\r\nContent-Length: 60000\r\n\r\n");
	str_add_repeat(&begun, ' ', 45000);
	str_add_repeat(&end, ' ', 15000);
	for (size_t i = 0; i < ARRAY_LEN(wires); i++) {
		wire_open(site, &wires[i]);
		wire_send(&wires[i], begun.s, begun.len);
	}
	while (!held_at_least(site, 90000))
		sched_yield();
	str_add(&begun, end.s);
	expect_status(talk(site, begun.s, begun.len, NULL), "503", "one too many");
	wire_send(&wires[0], end.s, 10000); /* 100,000 is just right */
	while (!held_at_least(site, 100000))
		sched_yield();
	wire_close(&wires[1]);
	while (held_at_least(site, 55001))
		sched_yield();
	wire_send(&wires[0], end.s, 5000);
	expect_status(wire_rest(site, &wires[0], NULL), "401", "the first");
	wire_close(&wires[0]);
	while (held_at_least(site, 1)) /* all is given back */
		sched_yield();
	str_release(&begun);
	str_release(&end);
}

/* --- too many ---------------------------------------------------------------------------------- */

static void test_rate_of_an_address(void **state)
{
	struct site *site = *state;
	static const char asking[] = "GET /healthz HTTP/1.1\r\n" H "Connection: close\r\n\r\n";
	const char *answer;
	size_t n = 0;

	site_again(site, (struct httpd_config){ .rate_address = 1 });
	do {
		answer = talk_text(site, "GET /healthz", "", "");
		n++;
	} while (str_starts(answer, "HTTP/1.1 200") && n < 100);
	expect_status(answer, "429", "the last");
	assert_true(n > 3);
	assert_non_null(strstr(answer, "Retry-After: "));
	assert_non_null(strstr(answer, "too many requests from this address"));
	for (int i = 0; i < 20; i++) /* the administrator is free */
		expect_status(talk_fd(site, dial_admin(site), asking, sizeof asking - 1), "200",
			      "on the socket");
}

static void test_rate_of_a_session(void **state)
{
	struct site *site = *state;
	struct desk desk, other;
	const char *answer;
	size_t n = 0;

	site_again(site, (struct httpd_config){ .rate_token = 1 });
	desk = enroll_over(site, "Wang");
	other = enroll_over(site, "Li");
	do {
		answer = talk_text(site, "GET /v1/session", bearer(site, &desk), "");
		n++;
	} while (str_starts(answer, "HTTP/1.1 200") && n < 100);
	expect_status(answer, "429", "the last");
	assert_non_null(strstr(answer, "too many requests of this session"));
	expect_status(talk_text(site, "GET /v1/session", bearer(site, &other), ""), "200",
		      "another session");
}

static void test_connections_of_an_address(void **state)
{
	struct site *site = *state;
	struct wire wires[3];
	char byte;
	int fd;

	site_again(site, (struct httpd_config){ .connections = 3 });
	for (size_t i = 0; i < ARRAY_LEN(wires); i++)
		wire_open(site, &wires[i]);
	fd = dial(httpd_port(site->httpd));
	assert_true(read(fd, &byte, 1) <= 0); /* closed at once */
	close(fd);
	for (size_t i = 0; i < ARRAY_LEN(wires); i++)
		wire_close(&wires[i]);
}

/* --- slow and dead ----------------------------------------------------------------------------- */

static void nap(int ms)
{
	struct timespec left = { .tv_nsec = ms * 1000000L };

	nanosleep(&left, NULL);
}

/* Nothing at all, half a head, half a body, a byte now and then: each is shown the door, on each
 * listener (rest_fd returns). */
static void test_slow_senders(void **state)
{
	static const char *const begun[] = {
		"",
		"GET /healthz HT",
		"GET /healthz HTTP/1.1\r\nHos",
		"POST /v1/session HTTP/1.1\r\n" H "Content-Length: 9\r\n\r\n{",
		"POST /v1/session HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n9\r\n{",
	};
	struct site *site = *state;
	int drip;

	with_plain(site, (struct httpd_config){ .reading_ms = 200 });
	for (size_t i = 0; i < ARRAY_LEN(begun); i++) {
		int plain = dial(httpd_http_port(site->httpd)), tls = dial(httpd_port(site->httpd));
		int admin = dial_admin(site);

		send_fd(plain, begun[i], strlen(begun[i]));
		send_fd(admin, begun[i], strlen(begun[i]));
		assert_null(strstr(rest_fd(site, plain), "200"));
		assert_null(strstr(rest_fd(site, admin), "200"));
		assert_string_equal(rest_fd(site, tls), ""); /* no handshake either */
	}
	drip = dial(httpd_http_port(site->httpd));
	while (send(drip, "X", 1, MSG_NOSIGNAL) == 1)
		nap(10);
	close(drip);
}

/* A thin line is no slow sender: its time grows with what comes. */
static void test_thin_line(void **state)
{
	struct site *site = *state;
	struct str bytes = STR_INIT;
	int fd;

	with_plain(site, (struct httpd_config){ .reading_ms = 300 });
	fd = dial(httpd_http_port(site->httpd));
	str_add(&bytes, "POST /v1/acts HTTP/1.1\r\n" H "Connection: close\r\nContent-Length: 5000\r\n\r\n");
	str_add_repeat(&bytes, ' ', 1000);
	send_fd(fd, bytes.s, bytes.len);
	str_clear(&bytes);
	str_add_repeat(&bytes, ' ', 1000);
	for (int i = 0; i < 4; i++) {
		nap(200);
		send_fd(fd, bytes.s, bytes.len);
	}
	expect_status(rest_fd(site, fd), "401", "a body of 5,000 bytes in 0.8 s");
	str_release(&bytes);
}

static void wait_for_parked(struct site *site, size_t n)
{
	while (service_parked(site->world->service) != n)
		nap(5);
}

/* Who has hung up is no longer waited for, long before the feed's own time is up. */
static void test_dead_parks(void **state)
{
	struct site *site = *state;
	static const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
	struct desk desk;
	const char *text;

	with_plain(site, (struct httpd_config){ .reading_ms = 300 });
	desk = enroll_over(site, "Wang");
	text = request_text(site, "GET /v1/feed?since=2&wait=50", bearer(site, &desk), "");
	for (int reset = 0; reset < 2; reset++) {
		int fd = dial(httpd_http_port(site->httpd));

		send_fd(fd, text, strlen(text));
		wait_for_parked(site, 1);
		if (reset)
			setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		close(fd);
		wait_for_parked(site, 0);
	}
	for (int i = 0; i < 2; i++) { /* over TLS, too: with and without a farewell */
		struct wire wire;

		wire_open(site, &wire);
		wire_send(&wire, text, strlen(text));
		wait_for_parked(site, 1);
		if (i == 1)
			gnutls_bye(wire.tls, GNUTLS_SHUT_WR);
		wire_close(&wire);
		wait_for_parked(site, 0);
	}
}

/* Who will send nothing more but still listens gets an answer. */
static void test_half_closed_park(void **state)
{
	struct site *site = *state;
	struct desk desk;
	const char *text;
	int fd;

	with_plain(site, (struct httpd_config){ .reading_ms = 300 });
	desk = enroll_over(site, "Wang");
	text = request_text(site, "GET /v1/feed?since=2&wait=50", bearer(site, &desk), "");
	fd = dial(httpd_http_port(site->httpd));
	send_fd(fd, text, strlen(text));
	wait_for_parked(site, 1);
	shutdown(fd, SHUT_WR);
	expect_status(rest_fd(site, fd), "200", "half closed");
}

/* --- plain HTTP and TLS ------------------------------------------------------------------------ */

static void test_plain_is_for_this_machine(void **state)
{
	static const char *const hosts[] = { "0.0.0.0", "::", "192.0.2.7", "2001:db8::1" };
	struct site *site = *state;

	for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
		struct httpd_config how = { .host = "127.0.0.1", .http_host = hosts[i] };
		struct env env = env_system(NULL);
		struct str cert = STR_INIT, key = STR_INIT;
		struct error err = ERROR_INIT;
		struct httpd *httpd;

		OK(tls_make("127.0.0.1", &env, &cert, &key, NULL));
		how.cert_pem = cert.s;
		how.key_pem = key.s;
		httpd = httpd_new(&how);
		httpd_stop(site->httpd);
		assert_int_equal(httpd_start(httpd, site->world->service, &err), ERR_INPUT);
		assert_non_null(strstr(err.text, "plain HTTP is for 127.0.0.1"));
		httpd_free(httpd);
		str_release(&cert);
		str_release(&key);
	}
}

static void test_behind_a_proxy(void **state)
{
	struct site *site = *state;
	const char *one = "GET /healthz HTTP/1.1\r\n" H
			  "Connection: close\r\nX-Forwarded-For: 9.9.9.9, 10.0.0.1\r\n\r\n";
	const char *other = "GET /healthz HTTP/1.1\r\n" H
			    "Connection: close\r\nX-Forwarded-For: 10.0.0.1, 10.0.0.2\r\n\r\n";
	const char *answer;
	size_t n = 0;

	with_plain(site, (struct httpd_config){ .forwarded = true, .rate_address = 1 });
	do {
		answer = talk_plain(site, one);
		n++;
	} while (str_starts(answer, "HTTP/1.1 200") && n < 100);
	expect_status(answer, "429", "10.0.0.1");
	expect_status(talk_plain(site, other), "200", "10.0.0.2");
	expect_status(talk_plain(site, "GET /healthz HTTP/1.1\r\n" H "X-Forwarded-For: unknown\r\n\r\n"),
		      "400", "no address");
	expect_status(talk_plain(site, "GET /healthz HTTP/1.1\r\n" H "Via: 1.1 x\r\n\r\n"), "400",
		      "the proxy does not say who");
	/* what came through the proxy is not of this machine */
	expect_status(talk_plain(site, "GET /metrics HTTP/1.1\r\n" H
				       "Connection: close\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n"),
		      "404", "metrics by the proxy");
	expect_status(talk_plain(site, "GET /metrics HTTP/1.1\r\n" H "Connection: close\r\n\r\n"),
		      "200", "metrics");
}

static int shake(struct site *site, const char *priority)
{
	struct wire wire = { .fd = dial(httpd_port(site->httpd)) };
	int rc;

	gnutls_certificate_allocate_credentials(&wire.trust);
	gnutls_init(&wire.tls, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
	rc = gnutls_priority_set_direct(wire.tls, priority, NULL);
	assert_int_equal(rc, 0);
	gnutls_credentials_set(wire.tls, GNUTLS_CRD_CERTIFICATE, wire.trust);
	gnutls_transport_set_int(wire.tls, wire.fd);
	do
		rc = gnutls_handshake(wire.tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	wire_close(&wire);
	return rc;
}

static void test_tls_versions(void **state)
{
	struct site *site = *state;
	static const char hello[] = "GET /healthz HTTP/1.1\r\n" H "\r\n";

	assert_int_equal(shake(site, "NORMAL:-VERS-ALL:+VERS-TLS1.3"), 0);
	assert_int_equal(shake(site, "NORMAL:-VERS-ALL:+VERS-TLS1.2"), 0);
	/* it is the server that ends it */
	assert_int_equal(shake(site, "NORMAL:-VERS-ALL:+VERS-TLS1.1"),
			 GNUTLS_E_PREMATURE_TERMINATION);
	assert_int_equal(shake(site, "NORMAL:-VERS-ALL:+VERS-TLS1.0"),
			 GNUTLS_E_PREMATURE_TERMINATION);
	assert_null(strstr(talk_fd(site, dial(httpd_port(site->httpd)), hello, sizeof hello - 1),
			   "HTTP/")); /* no plain HTTP where TLS is spoken */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, site_make, site_free)
	const struct CMUnitTest tests[] = {
		T(malformed),
		T(pipelined),
		T(large_heads),
		T(large_bodies),
		T(bodies_have_a_bound),
		T(rate_of_an_address),
		T(rate_of_a_session),
		T(connections_of_an_address),
		T(slow_senders),
		T(thin_line),
		T(dead_parks),
		T(half_closed_park),
		T(plain_is_for_this_machine),
		T(behind_a_proxy),
		T(tls_versions),
	};

	return cmocka_run_group_tests_name("server hygiene", tests, NULL, NULL);
}
