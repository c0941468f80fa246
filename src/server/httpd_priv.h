/* What the parts of the HTTP server share: its life (httpd.c), the head of a request (httpd_head.c),
 * and what becomes of it (httpd_pass.c).  The only files that know the library. */
#ifndef ZHIBAN_SERVER_HTTPD_PRIV_H
#define ZHIBAN_SERVER_HTTPD_PRIV_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "limits_priv.h"
#include "watch_priv.h"
#include "zhiban/base/arena.h"
#include "zhiban/base/trace.h"
#include "zhiban/server/httpd.h"

struct listener { /* one daemon of the library */
	struct httpd *httpd;
	struct MHD_Daemon *daemon;
	_Atomic int64_t open, opened; /* connections: now, and ever */
};

struct httpd {
	char *host, *cert_pem, *key_pem, *admin_socket, *http_host;
	int port, http_port, threads;
	unsigned connections; /* of one address; 0: no limit */
	bool forwarded;
	bool shows_buffer; /* the library's texts lie where they were received */
	struct trace *trace;
	struct service *service;
	struct listener tls, plain, admin;
	struct watch watch;
	struct limits limits;
	_Atomic size_t held; /* bytes of bodies on their way in, of all requests */
	size_t held_max;
	pthread_t ticker;
	bool ticking;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t idle;
	size_t in_hand; /* requests between their first line and their end; not the late */
	size_t waiting; /* of these, those that the service parks */
	bool stopping;
};

/* One request, from its first line to its end.  The request is its first member, so that wake finds
 * it again. */
struct pass {
	struct request request;
	struct httpd *httpd;
	struct line *line;
	struct MHD_Connection *connection;
	struct arena arena;
	struct reply reply;
	struct str packed, body; /* as received, and unpacked */
	size_t packed_max, held, swallowed;
	enum err refused; /* the body, which is still coming in */
	size_t sent;
	const char *uri;
	int64_t started;
	bool admin, plain; /* of that listener */
	bool checked, answered;
	bool limited; /* beyond what its address or session may ask */
	bool late; /* it began after the server had been told to stop */
	pthread_mutex_t lock; /* of what follows */
	bool suspended, woken;
};

/* The head has come: what is wrong with it is answered before a byte of the body is taken.
 * *ret_status: of HTTP; untouched when the code's own will do. */
enum err httpd_take_head(struct pass *pass, const char *method, const char *path,
			 const char *version, int *ret_status, struct error *err) MUST_CHECK;

/* The library's calls: a first line, the request growing and whole, its end, a connection's. */
void *httpd_on_uri(void *ctx, const char *uri, struct MHD_Connection *connection);
enum MHD_Result httpd_on_request(void *ctx, struct MHD_Connection *connection, const char *path,
				 const char *method, const char *version, const char *upload,
				 size_t *upload_len, void **con_cls);
void httpd_on_completed(void *ctx, struct MHD_Connection *connection, void **con_cls,
			enum MHD_RequestTerminationCode how);
void httpd_on_connection(void *ctx, struct MHD_Connection *connection, void **socket_context,
			 enum MHD_ConnectionNotificationCode what);

#endif
