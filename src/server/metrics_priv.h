/* What the server counts of itself; GET /metrics says it as Prometheus reads it (metrics.c). */
#ifndef ZHIBAN_SERVER_METRICS_PRIV_H
#define ZHIBAN_SERVER_METRICS_PRIV_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/error.h"

struct service;

enum metric {
#define M(id, name, labels, type, help) METRIC_##id,
#include "metric.def"
#undef M
	METRICS
};
enum { METRIC_ROUTES = 128, METRIC_STATUSES = 24 };

struct metrics {
	_Atomic int64_t value[METRICS];
	_Atomic int64_t requests[METRIC_ROUTES][METRIC_STATUSES]; /* route.c's order; the last: none */
};
void metric_add(struct service *service, enum metric metric, int64_t n);
void metric_set(struct service *service, enum metric metric, int64_t n);
int64_t metric_get(const struct service *service, enum metric metric);
/* One request has been answered; route: its place in the table, METRIC_ROUTES - 1 of none. */
void metric_request(struct service *service, size_t route, int status);
int64_t metric_requests(const struct service *service); /* all of them */

struct service_load { /* how much it has in hand (status.c) */
	size_t parked, queued, readers;
	bool stopping;
	struct error trouble;
};
void service_load(struct service *service, struct service_load *ret_load);

#endif
