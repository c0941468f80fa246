/* Meetings, items and tasks carried over when a profile or a calendar is adopted: organisations
 * that ended, deadlines that are computed again. */
#include <config.h>

#include "action_priv.h"
#include "item_priv.h"
#include "meeting_priv.h"
#include "ticking.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/carry.h"

/* --- deadlines ------------------------------------------------------------------------------- */

/* Those of a limit, by the calendar of today; a date that was stated stands.  latest: none is later
 * than that (0: any). */
static void compute_dues(const struct ticking *t, int64_t latest)
{
	struct clock *clocks = t->clocks->items;
	bool all = act_value(t->act, "provisional", 0).num == 0;

	if (act_value(t->act, "redue", 0).num == 0)
		return;
	for (size_t i = 0; i < t->clocks->n; i++) {
		struct clock *clock = &clocks[i];

		if (clock->stopped_at != 0 || clock->due == 0 || clock->limit == NULL ||
		    str_eq(clock->row, "stated") || !(all || clock->provisional))
			continue;
		ticking_redue(t, clock, clock->due);
		if (latest != 0 && clock->due > latest)
			clock->due = latest;
	}
}

/* Deadlines that came out the same are nothing to write down. */
static void nothing_moved(struct speaking *s, const void *before, const void *after)
{
	s->again = act_value(s->act, "redue", 0).num != 0 && entity_eq(before, after);
	if (s->again)
		s->note = _("no deadline has moved");
}

/* --- two that became one --------------------------------------------------------------------- */

/* Of two the one about which more is said goes on, else the first. */
static int said_of(const struct attendee *attendee)
{
	return (attendee->present != NULL) * 8 + (attendee->answer != NULL) * 4 +
	       (attendee_role(attendee) <= ATTEND_MUST) * 2 + (attendee->asked_at != 0);
}

static bool is_second(const struct meeting *meeting, size_t i)
{
	const struct attendee *one = meeting_attendee(meeting, i);

	for (size_t k = 0; k < meeting->attendees.n; k++) {
		const struct attendee *other = meeting_attendee(meeting, k);
		int less = said_of(one) - said_of(other);

		if (k != i && str_eq(one->org, other->org) && str_eq(one->name, other->name) &&
		    (less < 0 || (less == 0 && k < i)))
			return true;
	}
	return false;
}

static void join_attendees(struct conferring *c)
{
	for (size_t i = c->after->attendees.n; i-- > 0;) {
		struct uuid id = meeting_attendee(c->after, i)->id;

		if (!is_second(c->after, i))
			continue;
		conferring_drop(c, &id);
		children_remove(&c->after->attendees, child_desc(CHILD_ATTENDEE), &id);
	}
}

/* Departments of an item or a task, each once; without one that leads already. */
static void join_concerned(struct children *list, const char *lead)
{
	const struct child_desc *desc = child_desc(CHILD_CONCERNED);

	for (size_t i = list->n; i-- > 0;) {
		const struct concerned *one = children_at(list, desc, i);
		bool again = lead != NULL && str_eq(one->org, lead);

		for (size_t k = 0; k < i && !again; k++)
			again = str_eq(one->org,
				       ((const struct concerned *)children_at(list, desc, k))->org);
		if (again) {
			struct uuid id = one->id;

			children_remove(list, desc, &id);
		}
	}
}

/* What has come counts; of two that have not, the first. */
static void join_papers(struct item *item)
{
	const struct child_desc *desc = child_desc(CHILD_PAPER);

	for (size_t i = item->papers.n; i-- > 0;) {
		const struct paper *one = item_paper(item, i);
		bool again = false;

		for (size_t k = 0; k < item->papers.n && one->sent_at == 0 && !again; k++)
			again = k != i && str_eq(one->org, item_paper(item, k)->org) &&
				(k < i || item_paper(item, k)->sent_at != 0);
		if (again) {
			struct uuid id = one->id;

			children_remove(&item->papers, desc, &id);
		}
	}
}

/* --- each ------------------------------------------------------------------------------------ */

enum err confer_carry(struct conferring *c, struct error *err)
{
	const struct ticking t = conferring_ticking(c);

	(void)err;
	carry_joint_orgs_each(c->after, carry_heir, (void *)c->s.act);
	join_attendees(c);
	compute_dues(&t, c->from == MEETING_CALLED ? c->after->starts : 0);
	nothing_moved(&c->s, c->before, c->after);
	return ERR_OK;
}

enum err item_carry(struct iteming *i, struct error *err)
{
	(void)err;
	carry_joint_orgs_each(i->after, carry_heir, (void *)i->s.act);
	join_concerned(&i->after->concerned, NULL);
	join_papers(i->after);
	nothing_moved(&i->s, i->before, i->after);
	return ERR_OK;
}

enum err action_carry(struct acting *a, struct error *err)
{
	const struct ticking t = acting_ticking(a);

	(void)err;
	carry_joint_orgs_each(a->after, carry_heir, (void *)a->s.act);
	join_concerned(&a->after->assists, a->after->lead);
	compute_dues(&t, 0);
	nothing_moved(&a->s, a->before, a->after);
	return ERR_OK;
}
