#include <config.h>

#include "zhiban/server/httpd.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "head_priv.h"
#include "sockets_priv.h"
#include "watch_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/trace.h"
#include "zhiban/wire/pack.h"

enum { CONNECTION_BYTES = 8 * 1024, IDLE_TIMEOUT_S = 65, STOP_S = 5, SWEEP_MS = 1000 };

struct listener { /* one daemon of the library */
	struct httpd *httpd;
	struct MHD_Daemon *daemon;
	bool admin;
	int fd; /* taken back from the library, closed after it has stopped */
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
	size_t packed_max;
	size_t sent;
	const char *uri;
	int64_t started;
	bool admin, checked, answered;
	pthread_mutex_t lock; /* of what follows */
	bool suspended, woken;
};

int64_t httpd_ticks(void *ctx)
{
	struct timespec now;

	(void)ctx;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- parking --------------------------------------------------------------------------------- */

void httpd_wake(void *ctx, struct request *request)
{
	struct pass *pass = (struct pass *)request;
	bool resume;

	(void)ctx;
	pthread_mutex_lock(&pass->lock);
	resume = pass->suspended;
	pass->suspended = false;
	pass->woken = !resume;
	pthread_mutex_unlock(&pass->lock);
	if (resume)
		MHD_resume_connection(pass->connection);
}

/* Suspends unless it was woken already; false: go on at once. */
static bool suspend(struct pass *pass)
{
	bool wait;

	pthread_mutex_lock(&pass->lock);
	wait = !pass->woken;
	pass->woken = false;
	if (wait) {
		MHD_suspend_connection(pass->connection);
		pass->suspended = true;
	}
	pthread_mutex_unlock(&pass->lock);
	return wait;
}

/* --- replies --------------------------------------------------------------------------------- */

static void pack_reply(struct pass *pass, enum packing *ret_packing)
{
	struct reply *reply = &pass->reply;
	const char *accept = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_ACCEPT_ENCODING);
	struct str packed = STR_INIT;

	*ret_packing = reply->body.len > PACK_FROM ? packing_choose(accept) : PACK_NONE;
	if (*ret_packing == PACK_NONE)
		return;
	if (pack(*ret_packing, reply->body.s, reply->body.len, &packed, NULL) != ERR_OK ||
	    packed.len >= reply->body.len) {
		str_release(&packed);
		*ret_packing = PACK_NONE;
		return;
	}
	str_release(&reply->body);
	reply->body = packed;
}

static enum MHD_Result send_reply(struct pass *pass, bool close_after)
{
	struct reply *reply = &pass->reply;
	struct MHD_Response *response;
	enum packing packing;
	enum MHD_Result result;
	char seconds[16];
	char *bytes;
	size_t len;

	pack_reply(pass, &packing);
	bytes = str_take(&reply->body, &len);
	pass->sent = len;
	response = MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
	if (response == NULL) {
		free(bytes);
		return MHD_NO;
	}
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
	if (packing != PACK_NONE)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING,
					packing_name(packing));
	if (reply->lasting)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
					"private, max-age=31536000, immutable");
	if (reply->retry_after > 0) {
		snprintf(seconds, sizeof seconds, "%d", reply->retry_after);
		MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
	}
	if (close_after)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	pass->answered = true;
	watch_enter(&pass->httpd->watch, pass->line, LINE_SENDING, httpd_ticks(NULL));
	result = MHD_queue_response(pass->connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result refuse(struct pass *pass, enum err code, const struct error *err)
{
	service_refuse(pass->httpd->service, &pass->reply, code, err);
	return send_reply(pass, true);
}

/* --- requests -------------------------------------------------------------------------------- */

static void note_address(struct pass *pass)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		pass->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "?";

	if (pass->admin)
		memcpy(text, "admin", sizeof "admin");
	else if (info != NULL && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((struct sockaddr_in *)info->client_addr)->sin_addr, text,
			  sizeof text);
	else if (info != NULL && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((struct sockaddr_in6 *)info->client_addr)->sin6_addr, text,
			  sizeof text);
	pass->request.address = arena_strdup(&pass->arena, text);
}

static enum MHD_Result head_line(void *ctx, enum MHD_ValueKind kind, const char *key,
				 size_t key_size, const char *value, size_t value_size)
{
	struct head *head = ctx;

	(void)kind;
	if (head->n < HEAD_LINES)
		head->lines[head->n] = (struct head_line){ key, value != NULL ? value : "",
							   key_size, value != NULL ? value_size : 0 };
	head->n++;
	return MHD_YES;
}

static enum MHD_Result query_arg(void *ctx, enum MHD_ValueKind kind, const char *key,
				 const char *value)
{
	struct pass *pass = ctx;
	struct request *request = &pass->request;

	(void)kind;
	if (request->n_args < REQUEST_ARGS)
		request->args[request->n_args++] =
			(struct request_arg){ key, value != NULL ? value : "" };
	return MHD_YES;
}

/* The head has come: what is wrong with it is answered before a byte of the body is taken. */
static enum err check_head(struct pass *pass, const char *method, const char *path,
			   const char *version, struct error *err)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		pass->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	struct head head = { .method = method, .uri = pass->uri, .version = version };
	unsigned long long length = 0;
	const char *bearer;
	enum err code;

	MHD_get_connection_values_n(pass->connection, MHD_HEADER_KIND, head_line, &head);
	head.size = info != NULL ? info->header_size : 0;
	code = head_check(&head, err);
	if (code == ERR_OK)
		code = head_length(&head, &length);
	if (code != ERR_OK)
		return code;
	note_address(pass);
	pass->request.method = arena_strdup(&pass->arena, method);
	pass->request.path = arena_strdup(&pass->arena, path);
	pass->request.admin = pass->admin;
	MHD_get_connection_values(pass->connection, MHD_GET_ARGUMENT_KIND, query_arg, pass);
	bearer = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
					     MHD_HTTP_HEADER_AUTHORIZATION);
	if (bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0)
		pass->request.token = bearer + 7;
	pass->packed_max = service_body_max(method, path, pass->admin);
	if (length > pass->packed_max)
		return error_set(err, ERR_TOO_LARGE, _("a body may have at most %zu bytes here"),
				 pass->packed_max);
	return ERR_OK;
}

static enum err unpack_body(struct pass *pass, struct error *err)
{
	const char *name = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
						       MHD_HTTP_HEADER_CONTENT_ENCODING);
	enum packing packing;
	enum err code = packing_find(name, &packing, err);

	if (code == ERR_OK && packing != PACK_NONE) {
		code = unpack(packing, str_get(&pass->packed), pass->packed.len, pass->packed_max,
			      &pass->body, err);
	} else if (code == ERR_OK) {
		size_t len;
		char *bytes = str_take(&pass->packed, &len);

		pass->body = (struct str){ bytes, len, len + 1 };
	}
	pass->request.body = str_get(&pass->body);
	pass->request.body_len = pass->body.len;
	return code;
}

static enum MHD_Result take_bytes(struct pass *pass, const char *bytes, size_t *len)
{
	struct error err = ERROR_INIT;

	if (pass->packed.len + *len > pass->packed_max) {
		*len = 0;
		if (pass->answered)
			return MHD_YES;
		(void)error_set(&err, ERR_TOO_LARGE, _("a body may have at most %zu bytes here"),
				pass->packed_max);
		return refuse(pass, ERR_TOO_LARGE, &err);
	}
	str_add_bytes(&pass->packed, bytes, *len);
	*len = 0;
	return MHD_YES;
}

/* The request is whole, or goes on after it was parked. */
static enum MHD_Result handle(struct pass *pass)
{
	struct httpd *httpd = pass->httpd;

	watch_enter(&httpd->watch, pass->line, LINE_WORKING, httpd_ticks(NULL));
	while (service_handle(httpd->service, &pass->request, &pass->reply) == SERVICE_PARKED)
		if (suspend(pass))
			return MHD_YES;
	return send_reply(pass, false);
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path,
				  const char *method, const char *version, const char *upload,
				  size_t *upload_len, void **con_cls)
{
	struct pass *pass = *con_cls;
	struct error err = ERROR_INIT;
	enum err code;

	(void)ctx;
	(void)connection;
	if (pass == NULL)
		return MHD_NO;
	if (!pass->checked) {
		pass->checked = true;
		code = check_head(pass, method, path, version, &err);
		return code == ERR_OK ? MHD_YES : refuse(pass, code, &err);
	}
	if (*upload_len > 0)
		return take_bytes(pass, upload, upload_len);
	if (pass->answered)
		return MHD_YES;
	if (pass->request.body == NULL) {
		code = unpack_body(pass, &err);
		if (code != ERR_OK)
			return refuse(pass, code, &err);
	}
	return handle(pass);
}

/* --- beginnings and ends --------------------------------------------------------------------- */

static void *on_uri(void *ctx, const char *uri, struct MHD_Connection *connection)
{
	const struct listener *listener = ctx;
	struct httpd *httpd = listener->httpd;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct pass *pass = mem_alloc(sizeof *pass);

	pass->httpd = httpd;
	pass->connection = connection;
	pass->admin = listener->admin;
	pass->line = info != NULL ? info->socket_context : NULL;
	pass->started = httpd_ticks(NULL);
	arena_init(&pass->arena);
	reply_init(&pass->reply);
	pthread_mutex_init(&pass->lock, NULL);
	pass->uri = arena_strdup(&pass->arena, uri);
	watch_enter(&httpd->watch, pass->line, LINE_READING, pass->started);
	pthread_mutex_lock(&httpd->lock);
	httpd->in_hand++;
	pthread_mutex_unlock(&httpd->lock);
	return pass;
}

static void on_completed(void *ctx, struct MHD_Connection *connection, void **con_cls,
			 enum MHD_RequestTerminationCode how)
{
	struct pass *pass = *con_cls;
	struct httpd *httpd;

	(void)ctx;
	(void)connection;
	if (pass == NULL)
		return;
	httpd = pass->httpd;
	*con_cls = NULL;
	trace_line(httpd->trace, "%s %s %d in=%zu out=%zu %lldms %s %s%s",
		   pass->request.method != NULL ? pass->request.method : "?",
		   pass->request.path != NULL ? pass->request.path : pass->uri, pass->reply.status,
		   pass->packed.len > 0 ? pass->packed.len : pass->body.len, pass->sent,
		   (long long)(httpd_ticks(NULL) - pass->started),
		   pass->reply.who[0] != '\0' ? pass->reply.who : "-",
		   pass->request.address != NULL ? pass->request.address : "?",
		   how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "" : " cut");
	watch_enter(&httpd->watch, pass->line, LINE_IDLE, httpd_ticks(NULL));
	pthread_mutex_destroy(&pass->lock);
	reply_release(&pass->reply);
	str_release(&pass->packed);
	str_release(&pass->body);
	arena_release(&pass->arena);
	free(pass);
	pthread_mutex_lock(&httpd->lock);
	if (--httpd->in_hand == 0)
		pthread_cond_signal(&httpd->idle);
	pthread_mutex_unlock(&httpd->lock);
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **socket_context,
			  enum MHD_ConnectionNotificationCode what)
{
	const struct listener *listener = ctx;
	struct watch *watch = &listener->httpd->watch;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		watch_close(watch, *socket_context);
		*socket_context = NULL;
		return;
	}
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info != NULL)
		*socket_context = watch_open(watch, info->connect_fd, httpd_ticks(NULL));
}

static void *tick(void *ctx)
{
	struct httpd *httpd = ctx;
	int every = httpd->watch.reading_ms < SWEEP_MS ? 50 : SWEEP_MS;
	int64_t swept = 0;

	for (;;) {
		bool stopping;
		int ms;

		pthread_mutex_lock(&httpd->lock);
		stopping = httpd->stopping;
		pthread_mutex_unlock(&httpd->lock);
		if (stopping)
			return NULL;
		ms = service_tick(httpd->service);
		service_tick_wait(httpd->service, ms > every ? every : ms);
		if (httpd_ticks(NULL) - swept >= every) {
			swept = httpd_ticks(NULL);
			watch_sweep(&httpd->watch, swept);
		}
	}
}

/* --- life ------------------------------------------------------------------------------------ */

struct httpd *httpd_new(const struct httpd_config *config)
{
	struct httpd *httpd = mem_alloc(sizeof *httpd);
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	httpd->host = mem_strdup(config->host);
	httpd->port = config->port;
	httpd->cert_pem = mem_strdup(config->cert_pem);
	httpd->key_pem = mem_strdup(config->key_pem);
	httpd->admin_socket = mem_strdup(config->admin_socket);
	httpd->trace = config->trace;
	httpd->threads = config->threads;
	if (httpd->threads <= 0)
		httpd->threads = processors < 2 ? 2 : processors > 8 ? 8 : (int)processors;
	httpd->tls.httpd = httpd->admin.httpd = httpd;
	httpd->admin.admin = true;
	watch_init(&httpd->watch, config->reading_ms);
	pthread_mutex_init(&httpd->lock, NULL);
	pthread_cond_init(&httpd->idle, NULL);
	return httpd;
}

void httpd_free(struct httpd *httpd)
{
	if (httpd == NULL)
		return;
	if (httpd->key_pem != NULL)
		crypto_wipe(httpd->key_pem, strlen(httpd->key_pem));
	free(httpd->host);
	free(httpd->cert_pem);
	free(httpd->key_pem);
	free(httpd->admin_socket);
	watch_release(&httpd->watch);
	pthread_mutex_destroy(&httpd->lock);
	pthread_cond_destroy(&httpd->idle);
	free(httpd);
}

static enum err start(struct listener *listener, int fd, struct error *err)
{
	const struct httpd *httpd = listener->httpd;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			 MHD_USE_SUPPRESS_DATE_NO_CLOCK;
	int threads = listener->admin ? 1 : httpd->threads;
	struct MHD_OptionItem pool[] = {
		{ threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, httpd->cert_pem },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, httpd->key_pem },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
		  (void *)(uintptr_t)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

	if (!listener->admin)
		flags |= MHD_USE_TLS;
	listener->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, on_request, listener, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, listener, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, listener, MHD_OPTION_NOTIFY_CONNECTION, on_connection, listener,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		MHD_OPTION_CONNECTION_LIMIT, socket_limit(), MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_ARRAY, pool, MHD_OPTION_ARRAY, listener->admin ? none : tls,
		MHD_OPTION_END);
	if (listener->daemon != NULL)
		return ERR_OK;
	close(fd);
	return error_set(err, ERR_IO, "%s", _("the HTTP library does not start"));
}

enum err httpd_start(struct httpd *httpd, struct service *service, struct error *err)
{
	int fd = -1, rc;
	enum err code = socket_tcp(httpd->host, httpd->port, &fd, &httpd->port, err);

	httpd->service = service;
	if (code == ERR_OK)
		code = start(&httpd->tls, fd, err);
	if (code == ERR_OK && httpd->admin_socket != NULL) {
		code = socket_unix(httpd->admin_socket, &fd, err);
		if (code == ERR_OK)
			code = start(&httpd->admin, fd, err);
	}
	if (code == ERR_OK) {
		rc = pthread_create(&httpd->ticker, NULL, tick, httpd);
		httpd->ticking = rc == 0;
		if (rc != 0)
			code = error_errno(err, ERR_IO, rc, "%s",
					   _("a thread could not be started"));
	}
	if (code != ERR_OK)
		httpd_stop(httpd);
	return code;
}

int httpd_port(const struct httpd *httpd)
{
	return httpd->port;
}

static void quiesce(struct listener *listener)
{
	if (listener->daemon != NULL)
		listener->fd = MHD_quiesce_daemon(listener->daemon);
}

static void end(struct listener *listener)
{
	if (listener->daemon == NULL)
		return;
	MHD_stop_daemon(listener->daemon);
	listener->daemon = NULL;
	if (listener->fd >= 0)
		close(listener->fd);
}

void httpd_stop(struct httpd *httpd)
{
	struct timespec until;

	quiesce(&httpd->tls);
	quiesce(&httpd->admin);
	if (httpd->admin_socket != NULL)
		(void)unlink(httpd->admin_socket);
	pthread_mutex_lock(&httpd->lock);
	httpd->stopping = true;
	pthread_mutex_unlock(&httpd->lock);
	service_stop(httpd->service);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += STOP_S;
	pthread_mutex_lock(&httpd->lock);
	while (httpd->in_hand > 0 &&
	       pthread_cond_timedwait(&httpd->idle, &httpd->lock, &until) == 0)
		;
	pthread_mutex_unlock(&httpd->lock);
	if (httpd->ticking)
		pthread_join(httpd->ticker, NULL);
	httpd->ticking = false;
	end(&httpd->tls);
	end(&httpd->admin);
}
