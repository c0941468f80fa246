#include <config.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "command_priv.h"
#include "folder_priv.h"
#include "serve_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/trace.h"
#include "zhiban/server/db.h"
#include "zhiban/server/httpd.h"

enum { PEM_MAX = 1024 * 1024, COLUMNS_MAX = 1024 * 1024, RIDER_MS = 250 };

struct serving {
	struct folder folder;
	const struct args *args;
	const char *host;
	int port, lock, signals;
	const char *http_host; /* NULL: no plain HTTP */
	int http_port;
	pid_t parent;
	int64_t shift_ms;
	struct env env;
	struct trace *trace;
	struct httpd *httpd;
	struct service *service;
	struct rider *rider;
	bool started;
};

/* --- signals --------------------------------------------------------------------------------- */

/* Blocked in all threads and read from a descriptor: no handler, no flag. */
static enum err catch_signals(struct serving *serving, struct error *err)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	if (pthread_sigmask(SIG_BLOCK, &set, NULL) == 0)
		serving->signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (serving->signals < 0)
		return error_errno(err, ERR_IO, errno, "signalfd");
	return ERR_OK;
}

static enum err die_with_parent(struct serving *serving, struct error *err)
{
	if (args_value(serving->args, "die-with-parent") == NULL)
		return ERR_OK;
	serving->parent = getppid();
	if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0)
		return error_errno(err, ERR_IO, errno, "prctl");
	if (serving->parent == 1) /* it was gone before it could be watched */
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the program that started this is gone"));
	return ERR_OK;
}

static enum err wait_for_end(struct serving *serving, struct error *err)
{
	struct pollfd wait = { serving->signals, POLLIN, 0 };
	bool watch = serving->rider != NULL || serving->parent != 0;

	for (;;) {
		int n = poll(&wait, 1, watch ? RIDER_MS : -1);
		struct error why = ERROR_INIT;

		if (n > 0)
			return ERR_OK;
		if (n < 0 && errno != EINTR)
			return error_errno(err, ERR_IO, errno, "poll");
		if (serving->parent != 0 && getppid() != serving->parent)
			return ERR_OK;
		/* a disk that is full for a while ends no server: the next tick tries again */
		if (serving->rider != NULL && rider_tick(serving->rider, &why) != ERR_OK)
			trace_line(serving->trace, "<4>traffic: %s", why.text);
	}
}

/* --- starting -------------------------------------------------------------------------------- */

static enum err read_options(struct serving *serving, struct error *err)
{
	const char *listen = args_value(serving->args, "listen");
	const char *trace = args_value(serving->args, "trace");
	const char *shift = args_value(serving->args, "clock-shift");
	long long ms = 0;
	enum err code;

	if (shift != NULL && !str_int(shift, -(INT64_C(1) << 50), INT64_C(1) << 50, &ms))
		return error_set(err, ERR_USAGE, "%s", _("--clock-shift wants milliseconds"));
	serving->shift_ms = ms;
	serving->env = env_system(&serving->shift_ms);
	code = listen_parse(listen != NULL ? listen : serving->folder.listen,
			    &serving->folder.arena, &serving->host, &serving->port, err);
	if (code == ERR_OK && serving->folder.http[0] != '\0')
		code = listen_parse(serving->folder.http, &serving->folder.arena,
				    &serving->http_host, &serving->http_port, err);
	if (code == ERR_OK)
		code = trace_new(trace != NULL ? trace : "-", &serving->env, &serving->trace, err);
	return code;
}

static enum err make_httpd(struct serving *serving, struct error *err)
{
	struct folder *folder = &serving->folder;
	struct str cert = STR_INIT, key = STR_INIT;
	struct httpd_config config = { .host = serving->host,
				       .port = serving->port,
				       .admin_socket = folder->socket,
				       .trace = serving->trace,
				       .threads = folder->threads,
				       .http_host = serving->http_host,
				       .http_port = serving->http_port,
				       .forwarded = folder->forwarded,
				       .rate_address = folder->rate_address,
				       .rate_token = folder->rate_token,
				       .connections = folder->connections };
	enum err code = file_read(folder->cert, PEM_MAX, &cert, err);

	if (code == ERR_OK)
		code = file_read(folder->key, PEM_MAX, &key, err);
	if (code == ERR_OK) {
		config.cert_pem = str_get(&cert);
		config.key_pem = str_get(&key);
		serving->httpd = httpd_new(&config);
	}
	if (key.s != NULL)
		crypto_wipe(key.s, key.len);
	str_release(&cert);
	str_release(&key);
	return code;
}

static enum err start(struct serving *serving, struct error *err)
{
	uint8_t key_hash[SHA256_LEN];
	struct service_config config = { .db = db_ops_for(serving->folder.data),
					 .where = serving->folder.data,
					 .ticks = httpd_ticks,
					 .wake = httpd_wake,
					 .say = httpd_say,
					 .measure = httpd_measure,
					 .threads = true,
					 .session_hours = serving->folder.session_hours,
					 .session_max_hours = serving->folder.session_max_hours,
					 .hashers = (unsigned)serving->folder.hashers,
					 .backup = folder_backup,
					 .backup_ctx = &serving->folder,
					 .gone_after = serving->folder.snapshot_after };
	const char *traffic = args_value(serving->args, "traffic");
	struct str columns = STR_INIT;
	enum err code = read_options(serving, err);

	if (serving->folder.metrics_token[0] != '\0')
		config.metrics_token = serving->folder.metrics_token;
	config.env = serving->env;
	if (code == ERR_OK)
		code = make_httpd(serving, err);
	config.ctx = serving->httpd;
	if (code == ERR_OK)
		code = folder_key_hash(&serving->folder, key_hash, err);
	config.key_hash = key_hash;
	if (code == ERR_OK)
		code = file_read(dirs_resource(&serving->folder.arena,
					       "profiles/import-columns.conf"),
				 COLUMNS_MAX, &columns, err);
	config.columns = str_get(&columns);
	if (code == ERR_OK)
		code = service_open(&config, &serving->service, err);
	str_release(&columns);
	if (code == ERR_OK && traffic != NULL)
		code = rider_new(serving->service, &serving->env, traffic, &serving->rider, err);
	if (code == ERR_OK)
		code = httpd_start(serving->httpd, serving->service, err);
	serving->started = code == ERR_OK;
	return code;
}

/* Where it can be reached from this machine: on standard output, and in DIR/url. */
static enum err announce(struct serving *serving, struct error *err)
{
	const char *host = serving->host;
	bool six = strchr(host, ':') != NULL;
	struct str url = STR_INIT;
	enum err code;

	if (strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0) {
		host = "127.0.0.1";
		six = false;
	}
	str_addf(&url, "https://%s%s%s:%d\n", six ? "[" : "", host, six ? "]" : "",
		 httpd_port(serving->httpd));
	code = file_write(serving->folder.url, url.s, url.len, 0600, err);
	if (code == ERR_OK) {
		printf("ready %s", url.s);
		fflush(stdout);
		notify_systemd("READY=1");
		trace_line(serving->trace, "<5>serving %s on %s port %d", serving->folder.dir,
			   serving->host, httpd_port(serving->httpd));
		if (serving->http_host != NULL)
			trace_line(serving->trace, "<5>plain HTTP on %s port %d%s",
				   serving->http_host, httpd_http_port(serving->httpd),
				   serving->folder.forwarded ? ", behind a proxy" : "");
	}
	str_release(&url);
	return code;
}

/* A wrong clock spoils deadlines for ever: times once admitted stand in the journal. */
static void look_at_clock(struct serving *serving)
{
	enum { BACK_MS = 60 * 1000, DAYS = 60 };
	struct service_stand stand;
	struct str words = STR_INIT;
	int64_t now = env_now(&serving->env);

	if (service_stand(serving->service, &stand, NULL) != ERR_OK || stand.recv == 0)
		return;
	if (now < stand.recv - BACK_MS) {
		trace_line(serving->trace, "<4>%s",
			   _("this machine's clock is before the last entry of the journal: set it, "
			     "or what is admitted now gets wrong times and deadlines"));
	} else if (now > stand.recv + DAYS * INT64_C(86400000)) {
		str_addf(&words,
			 _("the last entry of the journal is %lld days old: is this machine's clock "
			   "right?"),
			 (long long)((now - stand.recv) / 86400000));
		trace_line(serving->trace, "<4>%s", words.s);
	}
	str_release(&words);
}

static void stop(struct serving *serving)
{
	if (serving->started) {
		notify_systemd("STOPPING=1");
		(void)unlink(serving->folder.url);
		httpd_stop(serving->httpd);
	}
	rider_free(serving->rider);
	service_close(serving->service);
	httpd_free(serving->httpd);
	if (serving->started)
		trace_line(serving->trace, "<5>ended");
	trace_free(serving->trace);
}

enum err run_serve(const struct args *args, struct error *err)
{
	struct serving serving = { .args = args, .signals = -1, .lock = -1 };
	enum err code = folder_open(&serving.folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = file_lock(serving.folder.lock, &serving.lock, err);
	if (code == ERR_OK)
		code = catch_signals(&serving, err);
	if (code == ERR_OK)
		code = die_with_parent(&serving, err);
	if (code == ERR_OK)
		code = start(&serving, err);
	if (code == ERR_OK)
		look_at_clock(&serving);
	if (code == ERR_OK)
		code = announce(&serving, err);
	if (code == ERR_OK)
		code = wait_for_end(&serving, err);
	stop(&serving);
	if (serving.signals >= 0)
		close(serving.signals);
	if (serving.lock >= 0)
		file_unlock(serving.lock);
	folder_release(&serving.folder);
	return code;
}
