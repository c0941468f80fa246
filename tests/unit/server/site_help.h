/* What the tests of the HTTP server share: a service behind real TLS on loopback, and a client that
 * sends what bytes it likes. */
#ifndef TESTS_SITE_HELP_H
#define TESTS_SITE_HELP_H

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
	struct httpd_config how; /* what the test wants otherwise */
};

static inline void site_open(struct site *site)
{
	struct world *world = site->world;
	struct str cert = STR_INIT, key = STR_INIT;
	struct env env = env_system(NULL);
	struct service_config config = world_config(world);
	struct httpd_config how = site->how;
	struct error err = ERROR_INIT;

	OK(tls_make("127.0.0.1", &env, &cert, &key, NULL));
	how.host = "127.0.0.1";
	how.admin_socket = site->socket;
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

/* Anew with other limits. */
static inline void site_again(struct site *site, struct httpd_config how)
{
	httpd_stop(site->httpd);
	httpd_free(site->httpd);
	site->how = how;
	site_open(site);
}

static inline int site_make(void **state)
{
	struct site *site = mem_alloc(sizeof *site);
	void *world;

	world_make(&world);
	site->world = world;
	snprintf(site->socket, sizeof site->socket, "%s/admin.sock", site->world->path);
	site_open(site);
	*state = site;
	return 0;
}

static inline int site_free(void **state)
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

static inline int dial(int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static inline void wire_open(struct site *site, struct wire *wire)
{
	int rc;

	wire->fd = dial(httpd_port(site->httpd));
	gnutls_certificate_allocate_credentials(&wire->trust);
	gnutls_init(&wire->tls, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
	gnutls_set_default_priority(wire->tls);
	gnutls_credentials_set(wire->tls, GNUTLS_CRD_CERTIFICATE, wire->trust);
	gnutls_transport_set_int(wire->tls, wire->fd);
	do
		rc = gnutls_handshake(wire->tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	assert_int_equal(rc, 0);
}

static inline void wire_close(struct wire *wire)
{
	gnutls_deinit(wire->tls);
	gnutls_certificate_free_credentials(wire->trust);
	close(wire->fd);
}

static inline void wire_send(struct wire *wire, const char *bytes, size_t len)
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
static inline const char *wire_rest(struct site *site, struct wire *wire, size_t *ret_len)
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
static inline const char *talk(struct site *site, const char *bytes, size_t len, size_t *ret_len)
{
	struct wire wire;
	const char *answer;

	wire_open(site, &wire);
	wire_send(&wire, bytes, len);
	answer = wire_rest(site, &wire, ret_len);
	wire_close(&wire);
	return answer;
}

static inline const char *request_text(struct site *site, const char *line, const char *headers,
				const char *body)
{
	return arena_printf(&site->world->arena,
			    "%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %zu\r\n"
			    "%s\r\n%s",
			    line, strlen(body), headers, body);
}

static inline const char *talk_text(struct site *site, const char *line, const char *headers,
			     const char *body)
{
	const char *text = request_text(site, line, headers, body);

	return talk(site, text, strlen(text), NULL);
}

static inline const char *body_of(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");

	assert_non_null(end);
	return end + 4;
}

static inline struct desk enroll_over(struct site *site, const char *name)
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

static inline const char *bearer(struct site *site, const struct desk *desk)
{
	return arena_printf(&site->world->arena, "Authorization: Bearer %s\r\n", desk->token);
}

#endif
