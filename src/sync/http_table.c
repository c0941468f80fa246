/* Transfers as a table, so that others can carry requests in their own way; and one waited for. */
#include <config.h>

#include "zhiban/sync/http.h"

#include "zhiban/base/i18n.h"

#include "http_priv.h"

static void table_send(void *ctx, const struct sync_request *request)
{
	http_send(ctx, request);
}

static void table_abandon(void *ctx, enum sync_lane lane)
{
	http_abandon(ctx, lane);
}

static enum err table_wait(void *ctx, const int *fds, size_t n_fds, int timeout_ms,
			   struct error *err)
{
	return http_wait(ctx, fds, n_fds, timeout_ms, err);
}

static bool table_next(void *ctx, struct http_done *ret_done)
{
	return http_next(ctx, ret_done);
}

static void table_bytes(void *ctx, int64_t *ret_in, int64_t *ret_out)
{
	http_bytes(ctx, ret_in, ret_out);
}

struct transport http_transport(struct http *http)
{
	return (struct transport){ table_send, table_abandon, table_wait, table_next, table_bytes,
				   http };
}

enum err http_once(struct http *http, const struct sync_request *request, int timeout_s,
		   struct http_done *ret_done, struct error *err)
{
	enum { SLICE_MS = 250 };

	http_send(http, request);
	for (int left = timeout_s * 1000; left > 0; left -= SLICE_MS) {
		enum err code = http_wait(http, NULL, 0, SLICE_MS, err);

		if (code != ERR_OK)
			return code;
		if (!http_next(http, ret_done))
			continue;
		if (ret_done->failed)
			return error_set(err, ERR_OFFLINE, "%s: %s", http_url(http),
					 ret_done->reason);
		return ERR_OK;
	}
	http_abandon(http, request->lane);
	return error_set(err, ERR_OFFLINE, _("%s: the server does not answer in time"),
			 http_url(http));
}
