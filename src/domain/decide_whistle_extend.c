/* Extensions of a share's handling (延期): asked by the department, granted at the centre by the ranks
 * of the whistle's class. */
#include <config.h>

#include "extending.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

/* A whistle knows no pauses, so the question has no incident. */
static struct ask ask_of(const struct whistling *w)
{
	return (struct ask){ .rules = w->rules, .desc = w->act->desc, .actor = &w->act->actor,
			     .act = w->act, .mode = w->state->mode, .eff = w->eff };
}

static struct extending extending_of(struct whistling *w, const struct ask *ask)
{
	return (struct extending){ .ask = ask, .clocks = &w->after->clocks,
				   .asked = &w->after->asked_more, .arena = w->arena };
}

enum err whistle_extend_ask(struct whistling *w, struct error *err)
{
	const struct ask ask = ask_of(w);
	const struct extending x = extending_of(w, &ask);

	if (w->cls == NULL || w->cls->n_extensions == 0)
		return error_set(err, ERR_REFUSED, _("no clock runs here that could be extended"));
	return extending_ask(&x, whistling_running(w, SUMMONS_HANDLE, whistling_share(w)), err);
}

bool whistling_waits(struct whistling *w)
{
	const struct ask ask = ask_of(w);
	const struct extending x = extending_of(w, &ask);

	return extending_waits(&x);
}

enum err whistle_extend_ok(struct whistling *w, struct error *err)
{
	const struct ask ask = ask_of(w);
	const struct extending x = extending_of(w, &ask);
	struct extension *asked = NULL;
	struct clock *clock;
	int64_t before;
	enum err code = extending_find(&x, &asked, err);

	if (code != ERR_OK)
		return code;
	clock = extending_clock(&x, asked);
	before = clock->due;
	code = extending_grant(&x, asked, w->cls != NULL ? w->cls->extensions : NULL,
			       w->cls != NULL ? w->cls->n_extensions : 0, err);
	if (code == ERR_OK)
		whistling_redue(w, clock, before);
	return code;
}

enum err whistle_extend_no(struct whistling *w, struct error *err)
{
	const struct ask ask = ask_of(w);
	const struct extending x = extending_of(w, &ask);
	struct extension *asked = NULL;
	enum err code = extending_find(&x, &asked, err);

	if (code == ERR_OK)
		extending_refuse(&x, asked);
	return code;
}
