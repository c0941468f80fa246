/* A cache file that something else has written to: what hangs on rows that are gone goes, and what
 * is counted beside the rows is counted anew.  The rows themselves come from the server. */
#include <config.h>

#include "zhiban/store/cache.h"
#include "zhiban/store/deadline.h"

#include "cache_priv.h"

static const char COUNT_ANEW[] =
	"DELETE FROM outside WHERE id IN (SELECT id FROM incident)"
	"; DELETE FROM stand WHERE NOT EXISTS (SELECT 1 FROM incident WHERE incident.pk = stand.pk "
	"AND incident.rank_a = stand.rank_a)"
	"; DELETE FROM tally"
	"; INSERT INTO tally (step, holder, open, n) SELECT ifnull(step, ''), ifnull(holder, ''), "
	"ifnull(open, 0), count(*) FROM incident GROUP BY 1, 2, 3";

enum err cache_mend(struct store *store, struct error *err)
{
	struct str sql = STR_INIT;
	int64_t wrong;
	enum err code;

	str_add(&sql, COUNT_ANEW);
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);

		for (size_t i = 0; i < kind->n_slots; i++) /* sql: constant names */
			str_addf(&sql, "; DELETE FROM \"%s_%s\" WHERE owner NOT IN "
				       "(SELECT pk FROM \"%s\")",
				 kind->name, kind->slots[i].desc->name, kind->name);
	}
	code = db_exec(store, str_get(&sql), err);
	str_release(&sql);
	if (code == ERR_OK)
		code = cache_deadlines_check(store, true, &wrong, err);
	store->cache->n_recent = RECENT_LISTED + 1; /* anything may have changed */
	return code;
}
