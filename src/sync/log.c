/* The duty log of the past: asked for part by part, like a timeline. */
#include <config.h>

#include <string.h>

#include "ask_priv.h"
#include "sync_priv.h"

/* Two moments of 48 bits, and marks where the version of an id stands: no id that is made has these. */
enum { FROM_AT = 0, TO_AT = 8, MOMENT = 6 };
static const uint8_t marks[4] = { 0x00, 'l', 'o', 'g' }; /* at 6, 7, 14, 15 */

static void put_moment(uint8_t *to, int64_t ms)
{
	uint64_t num = ms > 0 ? (uint64_t)ms : 0;

	for (int i = 0; i < MOMENT; i++)
		to[i] = (uint8_t)(num >> (8 * (MOMENT - 1 - i)));
}

static int64_t get_moment(const uint8_t *from)
{
	uint64_t num = 0;

	for (int i = 0; i < MOMENT; i++)
		num = num << 8 | from[i];
	return (int64_t)num;
}

struct uuid sync_log_id(int64_t from, int64_t to)
{
	struct uuid id;

	put_moment(id.b + FROM_AT, from);
	put_moment(id.b + TO_AT, to);
	memcpy(id.b + FROM_AT + MOMENT, marks, 2);
	memcpy(id.b + TO_AT + MOMENT, marks + 2, 2);
	return id;
}

bool sync_log_of(const struct uuid *id, int64_t *ret_from, int64_t *ret_to)
{
	if (!sync_is_log(id))
		return false;
	*ret_from = get_moment(id->b + FROM_AT);
	*ret_to = get_moment(id->b + TO_AT);
	return true;
}

bool sync_is_log(const struct uuid *id)
{
	return memcmp(id->b + FROM_AT + MOMENT, marks, 2) == 0 &&
	       memcmp(id->b + TO_AT + MOMENT, marks + 2, 2) == 0;
}

void log_body(const struct sync *sync, struct str *body)
{
	struct log_ask ask = { .after = sync->lines_after };

	if (sync_log_of(&sync->wants[0], &ask.from, &ask.to))
		log_ask_encode(&ask, body);
}
