/* The duty log of the past, as the server sends it. */
#include <config.h>

#include "worker_ops_priv.h"
#include "zhiban/store/log.h"
#include "zhiban/sync/sync.h"

/* When the last page of a part has come, the log is whole from its beginning on: the part reaches to
 * where it was whole before. */
enum err worker_write_log(struct store *cache, void *ctx, struct error *err)
{
	const struct lines_tx *tx = ctx;
	struct str bytes = STR_INIT;
	int64_t from, to, known = cache_log_from(cache);
	enum err code = ERR_OK;

	for (size_t i = 0; i < tx->n && code == ERR_OK; i++) {
		str_clear(&bytes);
		worker_line_bytes(&tx->entries[i], &bytes);
		code = cache_log_put(cache, &tx->entries[i], str_get(&bytes), bytes.len, err);
	}
	/* else it was not given, or is not next to what is here */
	if (code == ERR_OK && tx->end && tx->entries != NULL && sync_log_of(tx->id, &from, &to) &&
	    known != 0 && from < known && to >= known)
		code = cache_log_set_from(cache, from, err);
	str_release(&bytes);
	return code;
}
