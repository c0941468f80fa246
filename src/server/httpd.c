#include <config.h>

#include "httpd_priv.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sockets_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { CONNECTION_BYTES = 8 * 1024, IDLE_TIMEOUT_S = 65, STOP_S = 5, SWEEP_MS = 1000 };

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

void httpd_measure(void *ctx, struct str *out)
{
	struct httpd *httpd = ctx;
	size_t in_hand;

	pthread_mutex_lock(&httpd->lock);
	in_hand = httpd->in_hand;
	pthread_mutex_unlock(&httpd->lock);
	str_addf(out,
		 "# HELP zhiban_http_requests_in_hand Requests between first line and end.\n"
		 "# TYPE zhiban_http_requests_in_hand gauge\nzhiban_http_requests_in_hand %zu\n",
		 in_hand);
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
		flags, 0, NULL, NULL, httpd_on_request, listener, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_URI_LOG_CALLBACK, httpd_on_uri, listener, MHD_OPTION_NOTIFY_COMPLETED,
		httpd_on_completed, listener, MHD_OPTION_NOTIFY_CONNECTION, httpd_on_connection,
		listener,
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
	pthread_mutex_unlock(&httpd->lock);
	if (httpd->ticking)
		pthread_join(httpd->ticker, NULL);
	httpd->ticking = false;
	end(&httpd->tls);
	end(&httpd->admin);
}
