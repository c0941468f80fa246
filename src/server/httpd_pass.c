/* One request, from its first line to its end: parked, answered, or refused. */
#include <config.h>

#include "httpd_priv.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "head_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/pack.h"

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
	bool late; /* it began after the server had been told to stop */
	pthread_mutex_t lock; /* of what follows */
	bool suspended, woken;
};

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
	service_refuse(pass->httpd->service, &pass->reply, code, 0, err);
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
	pass->request.host = MHD_lookup_connection_value(pass->connection, MHD_HEADER_KIND,
							 MHD_HTTP_HEADER_HOST);
	if (bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0)
		pass->request.token = bearer + 7;
	if (pass->late)
		return error_set(err, ERR_BUSY, "%s", _("the server is stopping: try again soon"));
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

enum MHD_Result httpd_on_request(void *ctx, struct MHD_Connection *connection, const char *path,
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

void *httpd_on_uri(void *ctx, const char *uri, struct MHD_Connection *connection)
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
	pass->late = httpd->stopping;
	pthread_mutex_unlock(&httpd->lock);
	return pass;
}

void httpd_on_completed(void *ctx, struct MHD_Connection *connection, void **con_cls,
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
	trace_line(httpd->trace, "<6>%s %s %d in=%zu out=%zu %lldms %s %s%s",
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

void httpd_on_connection(void *ctx, struct MHD_Connection *connection, void **socket_context,
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
