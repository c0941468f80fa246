#include <config.h>

#include "httpd_priv.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sockets_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum {
	CONNECTION_BYTES = 8 * 1024,
	IDLE_TIMEOUT_S = 65,
	STOP_S = 5,
	SWEEP_MS = 1000,
	BODIES_MAX = 256 * 1024 * 1024,
};

int64_t httpd_ticks(void *ctx)
{
	struct timespec now;

	(void)ctx;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void httpd_say(void *ctx, const char *line)
{
	const struct httpd *httpd = ctx;

	trace_line(httpd->trace, "%s", line);
}

static void measure_listener(const struct listener *listener, const char *name, struct str *out)
{
	if (listener->daemon == NULL)
		return;
	str_addf(out, "zhiban_http_connections{listener=\"%s\"} %lld\n", name,
		 (long long)atomic_load(&listener->open));
}

void httpd_measure(void *ctx, struct str *out)
{
	struct httpd *httpd = ctx;
	size_t in_hand;

	pthread_mutex_lock(&httpd->lock);
	in_hand = httpd->in_hand;
	pthread_mutex_unlock(&httpd->lock);
	str_add(out, "# HELP zhiban_http_connections Open connections.\n"
		     "# TYPE zhiban_http_connections gauge\n");
	measure_listener(&httpd->tls, "tls", out);
	measure_listener(&httpd->plain, "plain", out);
	measure_listener(&httpd->admin, "admin", out);
	str_addf(out,
		 "# HELP zhiban_http_requests_in_hand Requests between first line and end.\n"
		 "# TYPE zhiban_http_requests_in_hand gauge\nzhiban_http_requests_in_hand %zu\n"
		 "# HELP zhiban_http_limited_total Requests beyond the limit of an address or a "
		 "session.\n"
		 "# TYPE zhiban_http_limited_total counter\nzhiban_http_limited_total %lld\n"
		 "# HELP zhiban_http_held_bytes Bytes of bodies that are coming in.\n"
		 "# TYPE zhiban_http_held_bytes gauge\nzhiban_http_held_bytes %zu\n",
		 in_hand, (long long)atomic_load(&httpd->limits.refused), atomic_load(&httpd->held));
}

static bool forget(void *service, struct request *request)
{
	return service_forget(service, request);
}

/* They are nobody else's now; the answer that nobody will read ends their connections. */
static void wake_gone(struct watch_gone *gone)
{
	for (size_t i = 0; i < gone->n; i++)
		httpd_wake(NULL, gone->items[i]);
	gone->n = 0;
}

static void *tick(void *ctx)
{
	struct httpd *httpd = ctx;
	int every = httpd->watch.reading_ms < SWEEP_MS ? 50 : SWEEP_MS;
	struct watch_gone gone = { .n = 0 };
	int64_t swept = 0;

	for (;;) {
		bool stopping;
		int ms;

		pthread_mutex_lock(&httpd->lock);
		stopping = httpd->stopping;
		pthread_mutex_unlock(&httpd->lock);
		if (stopping)
			break;
		ms = service_tick(httpd->service);
		service_tick_wait(httpd->service, ms > every ? every : ms);
		if (httpd_ticks(NULL) - swept >= every) {
			swept = httpd_ticks(NULL);
			watch_sweep(&httpd->watch, swept, forget, httpd->service, &gone);
			wake_gone(&gone);
		}
	}
	free(gone.items);
	return NULL;
}

/* --- life ------------------------------------------------------------------------------------ */

/* Up to 0.9.75 the library lets NULs and bare line ends pass, and leaves the head where it was
 * received, so that head.c can see them.  Later ones refuse them, and lay it out otherwise. */
static bool shows_buffer(void)
{
	const char *version = MHD_get_version();
	long long patch;

	return str_starts(version, "0.9.") && str_int(version + 4, 0, 75, &patch);
}

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
	httpd->http_host = mem_strdup(config->http_host);
	httpd->http_port = config->http_port;
	httpd->forwarded = config->forwarded;
	httpd->shows_buffer = shows_buffer();
	httpd->held_max = config->bodies_max != 0 ? config->bodies_max : BODIES_MAX;
	httpd->connections = (unsigned)config->connections;
	httpd->tls.httpd = httpd->plain.httpd = httpd->admin.httpd = httpd;
	limits_init(&httpd->limits, config->rate_address, config->rate_token);
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
	free(httpd->http_host);
	limits_release(&httpd->limits);
	watch_release(&httpd->watch);
	pthread_mutex_destroy(&httpd->lock);
	pthread_cond_destroy(&httpd->idle);
	free(httpd);
}

/* How many connections a listener may have: strangers never use up what the administrator needs. */
static unsigned share_of(const struct listener *listener)
{
	unsigned all = socket_limit();

	return listener == &listener->httpd->tls ? all / 8 * 6 : all / 8;
}

static enum err start(struct listener *listener, int fd, struct error *err)
{
	const struct httpd *httpd = listener->httpd;
	bool is_tls = listener == &httpd->tls, is_admin = listener == &httpd->admin;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			 MHD_USE_SUPPRESS_DATE_NO_CLOCK;
	int threads = is_admin ? 1 : httpd->threads;
	struct MHD_OptionItem pool[] = {
		{ threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_PER_IP_CONNECTION_LIMIT, (intptr_t)httpd->connections, NULL },
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, httpd->cert_pem },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, httpd->key_pem },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
		  (void *)(uintptr_t)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

	if (is_tls)
		flags |= MHD_USE_TLS;
	listener->daemon = MHD_start_daemon(
		flags, 0, NULL, NULL, httpd_on_request, listener, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_URI_LOG_CALLBACK, httpd_on_uri, listener, MHD_OPTION_NOTIFY_COMPLETED,
		httpd_on_completed, listener, MHD_OPTION_NOTIFY_CONNECTION, httpd_on_connection,
		listener,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		MHD_OPTION_CONNECTION_LIMIT, share_of(listener),
		MHD_OPTION_STRICT_FOR_CLIENT, 0, /* head.c is stricter */
		MHD_OPTION_ARRAY, pool, MHD_OPTION_ARRAY, is_tls ? tls : none,
		MHD_OPTION_END);
	if (listener->daemon != NULL)
		return ERR_OK;
	close(fd);
	return error_set(err, ERR_IO, "%s", _("the HTTP library does not start"));
}

static enum err start_all(struct httpd *httpd, struct error *err)
{
	int fd = -1;
	enum err code = socket_tcp(httpd->host, httpd->port, false, &fd, &httpd->port, err);

	if (code == ERR_OK)
		code = start(&httpd->tls, fd, err);
	if (code == ERR_OK && httpd->http_host != NULL) {
		code = socket_tcp(httpd->http_host, httpd->http_port, true, &fd, &httpd->http_port,
				  err);
		if (code == ERR_OK)
			code = start(&httpd->plain, fd, err);
	}
	if (code == ERR_OK && httpd->admin_socket != NULL) {
		code = socket_unix(httpd->admin_socket, &fd, err);
		if (code == ERR_OK)
			code = start(&httpd->admin, fd, err);
	}
	return code;
}

enum err httpd_start(struct httpd *httpd, struct service *service, struct error *err)
{
	enum err code;
	int rc;

	httpd->service = service;
	code = start_all(httpd, err);
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

int httpd_http_port(const struct httpd *httpd)
{
	return httpd->plain.daemon != NULL ? httpd->http_port : 0;
}

static void end(struct listener *listener)
{
	if (listener->daemon == NULL)
		return;
	MHD_stop_daemon(listener->daemon);
	listener->daemon = NULL;
}

void httpd_stop(struct httpd *httpd)
{
	struct timespec until;

	/* MHD_quiesce_daemon would take no more connections, but with a pool of epoll threads it
	 * races with them over the listening socket and may abort the program (0.9.75).  So
	 * connections are still taken, and what begins after this is refused. */
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
	/* Senders that dawdle are cut now, and what comes in still is being refused; but what was
	 * handed over is answered, however long the disk takes, and the library aborts the program
	 * when it is stopped before that. */
	while (httpd->waiting > 0)
		pthread_cond_wait(&httpd->idle, &httpd->lock);
	pthread_mutex_unlock(&httpd->lock);
	if (httpd->ticking)
		pthread_join(httpd->ticker, NULL);
	httpd->ticking = false;
	end(&httpd->tls);
	end(&httpd->plain);
	end(&httpd->admin);
}
