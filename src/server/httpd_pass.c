/* One request, from its first line to its end: parked, answered, or refused. */
#include <config.h>

#include "httpd_priv.h"

#include <stdio.h>
#include <string.h>

#include "sockets_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/pack.h"

enum { SWALLOW_MAX = 1024 * 1024 };

/* --- parking --------------------------------------------------------------------------------- */

/* The library must not be stopped while one waits. */
static void count_waiting(struct httpd *httpd, int more)
{
	pthread_mutex_lock(&httpd->lock);
	httpd->waiting += (size_t)more;
	if (httpd->waiting == 0)
		pthread_cond_signal(&httpd->idle);
	pthread_mutex_unlock(&httpd->lock);
}

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
	if (resume) {
		struct httpd *httpd = pass->httpd; /* the pass may be gone when it goes on */

		MHD_resume_connection(pass->connection);
		count_waiting(httpd, -1);
	}
}

/* Suspends unless it was woken already; false: go on at once. */
static bool suspend(struct pass *pass)
{
	bool wait;

	pthread_mutex_lock(&pass->lock);
	wait = !pass->woken;
	pass->woken = false;
	if (wait) {
		count_waiting(pass->httpd, 1);
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
	char seconds[16], etag[sizeof reply->etag + 4];
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
	if (reply->etag[0] != '\0') { /* weak: packed or not it is the same */
		snprintf(etag, sizeof etag, "W/\"%s\"", reply->etag);
		MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, etag);
		MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL,
					"private, no-cache");
	}
	if (reply->retry_after > 0) {
		snprintf(seconds, sizeof seconds, "%d", reply->retry_after);
		MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
	}
	if (close_after)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	pass->answered = true;
	watch_send(&pass->httpd->watch, pass->line, len, httpd_ticks(NULL));
	result = MHD_queue_response(pass->connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result refuse(struct pass *pass, enum err code, int status,
			      const struct error *err)
{
	service_refuse(pass->httpd->service, &pass->reply, code, status, err);
	return send_reply(pass, true);
}

/* --- requests -------------------------------------------------------------------------------- */

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

/* What all requests hold of bodies that are still coming in has a bound, too: they are taken before
 * anybody knows who sends them. */
static bool may_hold(struct pass *pass, size_t more)
{
	struct httpd *httpd = pass->httpd;

	if (pass->admin)
		return true;
	if (atomic_fetch_add(&httpd->held, more) + more <= httpd->held_max) {
		pass->held += more;
		return true;
	}
	atomic_fetch_sub(&httpd->held, more);
	return false;
}

/* The library takes no answer in the middle of a body: what is too much is read to its end and thrown
 * away, if that is not far, and then refused; else the line is cut. */
static enum MHD_Result swallow(struct pass *pass, size_t n)
{
	pass->swallowed += n;
	return pass->swallowed <= SWALLOW_MAX ? MHD_YES : MHD_NO;
}

static enum MHD_Result give_up_body(struct pass *pass, enum err code, size_t n)
{
	pass->refused = code;
	str_release(&pass->packed);
	pass->packed = (struct str)STR_INIT;
	atomic_fetch_sub(&pass->httpd->held, pass->held);
	pass->held = 0;
	return swallow(pass, n);
}

static enum MHD_Result take_bytes(struct pass *pass, const char *bytes, size_t *len)
{
	size_t n = *len;

	*len = 0;
	if (pass->answered)
		return MHD_YES;
	if (pass->refused != ERR_OK)
		return swallow(pass, n);
	watch_progress(&pass->httpd->watch, pass->line, n, httpd_ticks(NULL));
	if (pass->packed.len + n > pass->packed_max)
		return give_up_body(pass, ERR_TOO_LARGE, n);
	if (!may_hold(pass, n))
		return give_up_body(pass, ERR_BUSY, n);
	str_add_bytes(&pass->packed, bytes, n);
	return MHD_YES;
}

static enum MHD_Result refuse_body(struct pass *pass)
{
	struct error err = ERROR_INIT;

	if (pass->refused == ERR_TOO_LARGE)
		(void)error_set(&err, ERR_TOO_LARGE, _("a body may have at most %zu bytes here"),
				pass->packed_max);
	else
		(void)error_set(&err, pass->refused, "%s",
				_("the server has too much to do: try again"));
	return refuse(pass, pass->refused, 0, &err);
}

/* The request is whole, or goes on after it was parked. */
static enum MHD_Result handle(struct pass *pass)
{
	struct httpd *httpd = pass->httpd;

	watch_work(&httpd->watch, pass->line, &pass->request, httpd_ticks(NULL));
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
	int status = 0;

	(void)ctx;
	(void)connection;
	if (pass == NULL)
		return MHD_NO;
	if (!pass->checked) {
		pass->checked = true;
		code = httpd_take_head(pass, method, path, version, &status, &err);
		return code == ERR_OK ? MHD_YES : refuse(pass, code, status, &err);
	}
	if (*upload_len > 0)
		return take_bytes(pass, upload, upload_len);
	if (pass->answered)
		return MHD_YES;
	if (pass->refused != ERR_OK)
		return refuse_body(pass);
	if (pass->request.body == NULL) {
		code = unpack_body(pass, &err);
		if (code != ERR_OK)
			return refuse(pass, code, 0, &err);
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
	pass->admin = listener == &httpd->admin;
	pass->plain = listener == &httpd->plain;
	pass->line = info != NULL ? info->socket_context : NULL;
	pass->started = httpd_ticks(NULL);
	arena_init(&pass->arena);
	reply_init(&pass->reply);
	pthread_mutex_init(&pass->lock, NULL);
	pass->uri = arena_strdup(&pass->arena, uri);
	watch_enter(&httpd->watch, pass->line, LINE_READING, pass->started);
	pthread_mutex_lock(&httpd->lock);
	pass->late = httpd->stopping;
	httpd->in_hand += !pass->late;
	pthread_mutex_unlock(&httpd->lock);
	return pass;
}

/* A path that is a secret is not written down. */
static const char *path_shown(const char *path)
{
	static const char secret[] = "/ical/";

	return strncmp(path, secret, sizeof secret - 1) == 0 ? secret : path;
}

static void trace_pass(const struct pass *pass, bool cut)
{
	const struct request *request = &pass->request;

	if (pass->limited && !limits_say(&pass->httpd->limits, pass->started))
		return;
	trace_line(pass->httpd->trace, "%s%s %s %d in=%zu out=%zu %lldms %s %s%s",
		   pass->reply.status >= 500 && pass->reply.status != 503 ? "<4>" : "<6>",
		   request->method != NULL ? request->method : "?",
		   path_shown(request->path != NULL ? request->path : pass->uri),
		   pass->reply.status,
		   pass->packed.len > 0 ? pass->packed.len : pass->body.len, pass->sent,
		   (long long)(httpd_ticks(NULL) - pass->started),
		   pass->reply.who[0] != '\0' ? pass->reply.who : "-",
		   request->address != NULL ? request->address : "?", cut ? " cut" : "");
}

void httpd_on_completed(void *ctx, struct MHD_Connection *connection, void **con_cls,
			enum MHD_RequestTerminationCode how)
{
	struct pass *pass = *con_cls;
	struct httpd *httpd;
	bool late;

	(void)ctx;
	(void)connection;
	if (pass == NULL)
		return;
	httpd = pass->httpd;
	late = pass->late;
	*con_cls = NULL;
	trace_pass(pass, how != MHD_REQUEST_TERMINATED_COMPLETED_OK);
	watch_enter(&httpd->watch, pass->line, LINE_IDLE, httpd_ticks(NULL));
	atomic_fetch_sub(&httpd->held, pass->held);
	pthread_mutex_destroy(&pass->lock);
	reply_release(&pass->reply);
	str_release(&pass->packed);
	str_release(&pass->body);
	arena_release(&pass->arena);
	free(pass);
	if (late)
		return;
	pthread_mutex_lock(&httpd->lock);
	if (--httpd->in_hand == 0)
		pthread_cond_signal(&httpd->idle);
	pthread_mutex_unlock(&httpd->lock);
}

void httpd_on_connection(void *ctx, struct MHD_Connection *connection, void **socket_context,
			 enum MHD_ConnectionNotificationCode what)
{
	struct listener *listener = ctx;
	struct httpd *httpd = listener->httpd;
	const union MHD_ConnectionInfo *info;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		watch_close(&httpd->watch, *socket_context);
		*socket_context = NULL;
		atomic_fetch_sub(&listener->open, 1);
		return;
	}
	atomic_fetch_add(&listener->open, 1);
	atomic_fetch_add(&listener->opened, 1);
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (info == NULL)
		return;
	if (listener != &httpd->admin)
		socket_tend(info->connect_fd);
	*socket_context = watch_open(&httpd->watch, info->connect_fd, httpd_ticks(NULL));
}
