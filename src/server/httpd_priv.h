/* What the two halves of the HTTP server share: its life (httpd.c) and that of one request
 * (httpd_pass.c).  The only files that know the library. */
#ifndef ZHIBAN_SERVER_HTTPD_PRIV_H
#define ZHIBAN_SERVER_HTTPD_PRIV_H

#include <microhttpd.h>
#include <pthread.h>

#include "watch_priv.h"
#include "zhiban/base/trace.h"
#include "zhiban/server/httpd.h"

struct listener { /* one daemon of the library */
	struct httpd *httpd;
	struct MHD_Daemon *daemon;
	bool admin;
};

struct httpd {
	char *host, *cert_pem, *key_pem, *admin_socket;
	int port, threads;
	struct trace *trace;
	struct service *service;
	struct listener tls, admin;
	struct watch watch;
	pthread_t ticker;
	bool ticking;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t idle;
	size_t in_hand; /* requests between their first line and their end */
	bool stopping;
};

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
