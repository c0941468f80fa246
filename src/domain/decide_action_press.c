/* Pressing for a task: urges, supervision, extensions; calls, notes, countersignatures. */
#include <config.h>

#include "action_priv.h"
#include "decide_priv.h"
#include "extending.h"
#include "supervision_priv.h"
#include "zhiban/base/i18n.h"

enum err action_note(struct acting *a, struct error *err)
{
	(void)a, (void)err;
	return ERR_OK;
}

enum err action_call(struct acting *a, struct error *err)
{
	return call_note(a->s.act, a->s.eff, a->s.recv, &a->after->calls, a->s.arena, NULL, err);
}

enum err action_countersign(struct acting *a, struct error *err)
{
	return speak_countersign(&a->s, &a->after->behalves, &a->after->owed, &a->after->clocks,
				 err);
}

enum err action_urge(struct acting *a, struct error *err)
{
	(void)err;
	a->after->urges++;
	return ERR_OK;
}

/* --- supervision ----------------------------------------------------------------------------- */

static bool has_role(void *ctx, const char *role)
{
	const struct acting *a = ctx;

	return secretary_has_role(a->s.rules, a->s.act, a->s.home, role);
}

static void until(void *ctx, const struct uuid *about, const char *org, int64_t due)
{
	const struct ticking t = acting_ticking(ctx);

	ticking_until(&t, "answer", about, org, due);
}

static int64_t beside(void *ctx, const struct uuid *about, const char *org,
		      const struct limit *limit)
{
	const struct ticking t = acting_ticking(ctx);

	return ticking_beside(&t, "answer", about, org, limit);
}

static void drop(void *ctx, const struct uuid *about)
{
	const struct ticking t = acting_ticking(ctx);

	ticking_drop(&t, about);
}

static struct supervising supervising_of(struct acting *a)
{
	return (struct supervising){ .rules = a->s.rules, .act = a->s.act, .eff = a->s.eff,
				     .arena = a->s.arena, .list = &a->after->supervisions,
				     .supervised = &a->after->supervised,
				     .proposed_at = &a->after->proposed_at,
				     .listed_at = &a->after->listed_at, .has_role = has_role,
				     .until = until, .beside = beside, .drop = drop, .ctx = a };
}

enum err action_supervise(struct acting *a, struct error *err)
{
	const struct supervising s = supervising_of(a);

	return supervising_issue(&s, a->after->lead, false, err);
}

enum err action_respond(struct acting *a, struct error *err)
{
	const struct supervising s = supervising_of(a);
	struct supervision *one = supervision_newest(a->s.rules, s.list,
						     act_text(a->s.act, "channel"), NULL, true);
	enum err code;

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to answer"));
	code = speak_its(&a->s, one->org, err);
	if (code == ERR_OK)
		supervising_answer(&s, one);
	return code;
}

enum err action_lift(struct acting *a, struct error *err)
{
	const struct supervising s = supervising_of(a);

	return supervising_lift(&s, NULL, err);
}

enum err action_waive(struct acting *a, struct error *err)
{
	const struct supervising s = supervising_of(a);

	return supervising_waive(&s, err);
}

/* --- extensions ------------------------------------------------------------------------------ */

/* A task knows no pauses, so the question has no incident. */
static struct ask ask_of(const struct acting *a)
{
	return (struct ask){ .rules = a->s.rules, .desc = a->s.act->desc, .actor = &a->s.act->actor,
			     .act = a->s.act, .mode = a->s.state->mode, .eff = a->s.eff };
}

static struct extending extending_of(struct acting *a, const struct ask *ask)
{
	return (struct extending){ .ask = ask, .clocks = &a->after->clocks,
				   .asked = &a->after->asked_more, .arena = a->s.arena };
}

bool acting_waits(struct acting *a)
{
	const struct ask ask = ask_of(a);
	const struct extending x = extending_of(a, &ask);

	return extending_waits(&x);
}

enum err action_extend_ask(struct acting *a, struct error *err)
{
	const struct ask ask = ask_of(a);
	const struct extending x = extending_of(a, &ask);

	if (a->s.rules->meetings.n_extensions == 0)
		return error_set(err, ERR_REFUSED, _("no clock runs here that could be extended"));
	return extending_ask(&x, acting_running(a, ACTION_HANDLE), err);
}

enum err action_extend_ok(struct acting *a, struct error *err)
{
	const struct meeting_rules *rules = &a->s.rules->meetings;
	const struct ask ask = ask_of(a);
	const struct extending x = extending_of(a, &ask);
	const struct ticking t = acting_ticking(a);
	struct extension *asked = NULL;
	struct clock *clock;
	int64_t before;
	enum err code = extending_find(&x, &asked, err);

	if (code != ERR_OK)
		return code;
	clock = extending_clock(&x, asked);
	before = clock->due;
	code = extending_grant(&x, asked, rules->extensions, rules->n_extensions, err);
	if (code == ERR_OK)
		ticking_redue(&t, clock, before);
	return code;
}

enum err action_extend_no(struct acting *a, struct error *err)
{
	const struct ask ask = ask_of(a);
	const struct extending x = extending_of(a, &ask);
	struct extension *asked = NULL;
	enum err code = extending_find(&x, &asked, err);

	if (code == ERR_OK)
		extending_refuse(&x, asked);
	return code;
}
