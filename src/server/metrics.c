#include <config.h>

#include "service_priv.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"

/* Statuses that are counted apart; the last place is of all others. */
static const int statuses[] = { 200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 410,
				413, 426, 429, 431, 500, 503, 507 };
_Static_assert(ARRAY_LEN(statuses) < METRIC_STATUSES, "no room for these statuses");

enum { COUNTER, GAUGE };
static const struct {
	const char *name, *labels, *help;
	int type;
} rows[METRICS] = {
#define M(id, name, labels, type, help) [METRIC_##id] = { name, labels, help, type },
#include "metric.def"
#undef M
};

void metric_add(struct service *service, enum metric metric, int64_t n)
{
	atomic_fetch_add_explicit(&service->metrics.value[metric], n, memory_order_relaxed);
}

void metric_set(struct service *service, enum metric metric, int64_t n)
{
	atomic_store_explicit(&service->metrics.value[metric], n, memory_order_relaxed);
}

int64_t metric_get(const struct service *service, enum metric metric)
{
	return atomic_load_explicit(&service->metrics.value[metric], memory_order_relaxed);
}

void metric_request(struct service *service, size_t route, int status)
{
	size_t i = 0;

	while (i < ARRAY_LEN(statuses) && statuses[i] != status)
		i++;
	atomic_fetch_add_explicit(&service->metrics.requests[route][i], 1, memory_order_relaxed);
}

int64_t metric_requests(const struct service *service)
{
	int64_t n = 0;

	for (size_t i = 0; i < METRIC_ROUTES; i++)
		for (size_t k = 0; k <= ARRAY_LEN(statuses); k++)
			n += atomic_load_explicit(&service->metrics.requests[i][k],
						  memory_order_relaxed);
	return n;
}

/* --- GET /metrics ---------------------------------------------------------------------------- */

static void heading(struct str *out, const char *name, const char *type, const char *help)
{
	str_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void add_numbers(const struct service *service, struct str *out)
{
	for (size_t i = 0; i < METRICS; i++) {
		int64_t value = metric_get(service, (enum metric)i);

		if (rows[i].help[0] != '\0')
			heading(out, rows[i].name, rows[i].type == GAUGE ? "gauge" : "counter",
				rows[i].help);
		str_add(out, rows[i].name);
		if (rows[i].labels[0] != '\0')
			str_addf(out, "{%s}", rows[i].labels);
		if (strstr(rows[i].name, "_seconds") != NULL)
			str_addf(out, " %" PRId64 ".%06" PRId64 "\n", value / 1000000,
				 value % 1000000);
		else
			str_addf(out, " %" PRId64 "\n", value);
	}
}

static void add_requests(const struct service *service, struct str *out)
{
	heading(out, "zhiban_requests_total", "counter",
		"Requests that were answered, by route and HTTP status.");
	for (size_t i = 0; i < METRIC_ROUTES; i++) {
		const char *method, *pattern;

		route_name(i, &method, &pattern);
		for (size_t k = 0; k <= ARRAY_LEN(statuses); k++) {
			int64_t n = atomic_load_explicit(&service->metrics.requests[i][k],
							 memory_order_relaxed);

			if (n == 0)
				continue;
			str_addf(out, "zhiban_requests_total{method=\"%s\",route=\"%s\",status=\"",
				 method, pattern);
			if (k < ARRAY_LEN(statuses))
				str_addf(out, "%d", statuses[k]);
			else
				str_add(out, "other");
			str_addf(out, "\"} %" PRId64 "\n", n);
		}
	}
}

static void gauge(struct str *out, const char *name, int64_t value, const char *help)
{
	heading(out, name, "gauge", help);
	str_addf(out, "%s %" PRId64 "\n", name, value);
}

/* Bytes of memory that this process holds; 0 when the system does not say. */
static int64_t resident(void)
{
	long long pages = 0;
	struct str text = STR_INIT;
	const char *space;

	if (file_read("/proc/self/statm", 200, &text, NULL) == ERR_OK &&
	    (space = strchr(text.s, ' ')) != NULL)
		pages = strtoll(space, NULL, 10);
	str_release(&text);
	return pages * sysconf(_SC_PAGESIZE);
}

static void add_gauges(struct service *service, struct str *out)
{
	struct service_load load;

	service_load(service, &load);
	gauge(out, "zhiban_feeds_parked", (int64_t)load.parked, "Feeds that wait for news.");
	gauge(out, "zhiban_queue", (int64_t)load.queued, "Jobs that wait for the writer or a PIN.");
	gauge(out, "zhiban_readers_idle", (int64_t)load.readers, "Idle connections for reading.");
	gauge(out, "zhiban_stopping", load.stopping, "1 while the server is ending.");
	gauge(out, "process_resident_memory_bytes", resident(), "Memory that this process holds.");
	gauge(out, "process_start_time_seconds", service->started / 1000,
	      "When this server was started, seconds UTC.");
}

enum err metrics_get(struct call *call, struct error *err)
{
	struct service *service = call->service;
	struct str *out = &call->reply->body;

	(void)err;
	call->reply->type = "text/plain; version=0.0.4; charset=utf-8";
	add_requests(service, out);
	add_numbers(service, out);
	add_gauges(service, out);
	if (service->measure != NULL)
		service->measure(service->ctx, out);
	return ERR_OK;
}
