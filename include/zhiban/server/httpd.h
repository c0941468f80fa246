/* The service over HTTPS, and over the administrator's Unix socket (libmicrohttpd lives only behind
 * this header).
 *
 * Order of life: httpd_new; service_open with wake = httpd_wake, say = httpd_say, measure =
 * httpd_measure and ctx = the httpd;
 * httpd_start; …; httpd_stop, which answers what is parked and what is in the works; service_close;
 * httpd_free. */
#ifndef ZHIBAN_SERVER_HTTPD_H
#define ZHIBAN_SERVER_HTTPD_H

#include "zhiban/server/service.h"

struct trace;
struct httpd;

struct httpd_config {
	const char *host; /* address to listen on: "127.0.0.1", "::", "0.0.0.0" */
	int port;	  /* 0: the system's choice */
	const char *cert_pem, *key_pem; /* ended by NUL; copied */
	const char *admin_socket;	/* path; NULL: none */
	struct trace *trace;		/* one line a request; NULL: none */
	int threads;			/* 0: one for each processor, 2 to 8 */
	int reading_ms;			/* longest for a request to come in; 0: 15 s */
	const char *http_host; /* plain HTTP on an address of this machine alone; NULL: none */
	int http_port;
	bool forwarded; /* behind a proxy there: the last X-Forwarded-For is the address */
	/* Of one address and of one session, a second, and open connections; 0: no limit. */
	int rate_address, rate_token, connections;
	size_t bodies_max; /* bytes of all bodies on their way in; 0: 256 MiB */
};

struct httpd *httpd_new(const struct httpd_config *config);
void httpd_free(struct httpd *httpd); /* stopped, or never started */
void httpd_wake(void *httpd, struct request *request);
void httpd_say(void *httpd, const char *line); /* into the trace */
int64_t httpd_ticks(void *httpd); /* milliseconds that never jump: config.ticks of the service */
void httpd_measure(void *httpd, struct str *out); /* config.measure of the service */
/* Listens and answers.  ERR_BUSY when the port is taken. */
enum err httpd_start(struct httpd *httpd, struct service *service, struct error *err) MUST_CHECK;
int httpd_port(const struct httpd *httpd); /* that it listens on */
int httpd_http_port(const struct httpd *httpd); /* for plain HTTP; 0: none */
/* Takes no new connection, stops the service, waits (at most a few seconds) until what it has in
 * hand is answered, closes all. */
void httpd_stop(struct httpd *httpd);

#endif
