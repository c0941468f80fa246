#include <config.h>

#include "system_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/str.h"

/* value[0] is the moment, in microseconds, at which all that was taken will have run out again. */

int64_t rate_take(struct memo *memo, const char *what, const char *name, int64_t a_minute,
		  int64_t now)
{
	int64_t step = MINUTE_MS * 1000 / a_minute, at = now * 1000, full;
	struct str words = STR_INIT;
	struct memo_slot *slot;

	str_addf(&words, "%s\n%s", what, name);
	slot = memo_take(memo, memo_key(words.s, words.len), now);
	str_release(&words);
	if (slot->value[0] > at)
		at = slot->value[0];
	full = at + step - now * 1000 - MINUTE_MS * 1000;
	if (full <= 0)
		slot->value[0] = at + step;
	memo_done(memo);
	return full <= 0 ? 0 : (full + 999) / 1000;
}
