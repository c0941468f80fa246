/* What became of a message, for the system that sent it. */
#include <config.h>

#include "json_priv.h"
#include "zhiban/domain/notice.h"
#include "zhiban/wire/cap_act.h"

static void put(struct str *out, const char *key, const char *text, bool *first)
{
	if (text == NULL || *text == '\0')
		return;
	json_put_key(out, key, first);
	json_put_text(out, text);
}

void cap_answer(const struct cap_answer *answer, struct str *out)
{
	bool first = true;

	if (!uuid_is_nil(&answer->id)) {
		json_put_key(out, "id", &first);
		json_put_uuid(out, &answer->id);
	}
	put(out, "level", answer->level, &first);
	put(out, "message", answer->message, &first);
	put(out, "number", answer->number, &first);
	put(out, "outcome", answer->outcome, &first);
	put(out, "rule", answer->rule, &first);
	put(out, "title", answer->title, &first);
	put(out, "why", answer->why, &first);
	json_put_end(out, first);
}
