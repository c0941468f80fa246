#include <config.h>

#include "zhiban/domain/deadline.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/summons.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"

static const struct {
	const char *code, *label;
} sorts[DEADLINE_SORTS] = {
	[DEADLINE_CLOCK] = { "clock", N_("Clock") },
	[DEADLINE_COUNTERSIGN] = { "countersign", N_("Countersign") },
	[DEADLINE_CALLBACK] = { "callback", N_("Call back") },
	[DEADLINE_RECEIPT] = { "receipt", N_("Receipt") },
	[DEADLINE_ANSWER] = { "answer", N_("Answer") },
	[DEADLINE_REVIEW] = { "review", N_("Review") },
	[DEADLINE_EXTENSION] = { "extension", N_("Extension") },
	[DEADLINE_CHECK] = { "check", N_("Periodic check") },
	[DEADLINE_SWAP] = { "swap", N_("Swap") },
	[DEADLINE_HANDOVER] = { "handover", N_("Handover") },
	[DEADLINE_RECORD] = { "record", N_("Call or paper") },
	[DEADLINE_ROSTER] = { "roster", N_("Roster") },
	[DEADLINE_MEETING] = { "meeting", N_("Meeting") },
	[DEADLINE_TASK] = { "task", N_("Task") },
};

const char *deadline_sort_code(enum deadline_sort sort)
{
	return sorts[sort].code;
}

const char *deadline_sort_label(enum deadline_sort sort)
{
	return _(sorts[sort].label);
}

/* What is kept of an incident and of a whistle, in one shape. */
struct kept {
	const struct children *clocks, *extensions;
	const char *decider; /* who decides what is asked for */
};

static struct kept kept_of(const void *entity)
{
	const struct entity *head = entity;
	const struct incident *incident = entity;
	const struct whistle *whistle = entity;
	const struct action *action = entity;

	switch (head->kind) {
	case KIND_INCIDENT:
		return (struct kept){ &incident->clocks, &incident->asked, incident->seat };
	case KIND_WHISTLE:
		return (struct kept){ &whistle->clocks, &whistle->asked_more, NULL };
	case KIND_MEETING:
		return (struct kept){ &((const struct meeting *)entity)->clocks, NULL, NULL };
	case KIND_ACTION:
		return (struct kept){ &action->clocks, &action->asked_more, action->org };
	case KIND_PERSON:
	case KIND_ORG:
	case KIND_PROFILE:
	case KIND_MODE:
	case KIND_NOTICE:
	case KIND_INSPECTION:
	case KIND_STAFF:
	case KIND_ROSTER:
	case KIND_SWAP:
	case KIND_HANDOVER:
	case KIND_RECORD:
	case KIND_ITEM:
	case KIND_ROOM:
	case KIND_COUNT:
		break;
	}
	return (struct kept){ NULL, NULL, NULL };
}

/* Clocks that no step and no share started are told by their kind, those of meetings and tasks by what
 * they are of: to answer an invitation is to answer no supervision. */
static enum deadline_sort sort_of(const struct entity *head, const struct clock *clock)
{
	static const enum deadline_sort beside[] = { DEADLINE_COUNTERSIGN, DEADLINE_CALLBACK,
						     DEADLINE_RECEIPT, DEADLINE_ANSWER,
						     DEADLINE_REVIEW };

	if (clock->step != NULL)
		return DEADLINE_CLOCK;
	if (head->kind == KIND_MEETING)
		return DEADLINE_MEETING;
	for (size_t i = 0; i < ARRAY_LEN(beside); i++)
		if (str_eq(clock->kind, sorts[beside[i]].code) &&
		    (clock->side || beside[i] == DEADLINE_REVIEW))
			return beside[i];
	return head->kind == KIND_ACTION ? DEADLINE_TASK : DEADLINE_CLOCK;
}

/* To arrive and to report in have one due: it is told once. */
static bool is_told(const struct entity *head, const struct clock *clock)
{
	return head->kind != KIND_WHISTLE ||
	       !str_eq(clock->kind, summons_clock_code(SUMMONS_ARRIVE));
}

static bool runs(const struct clock *clock)
{
	return clock != NULL && clock->stopped_at == 0 && clock->due != 0;
}

static void of_clock(const struct entity *head, const struct clock *clock,
		     struct deadline *deadline)
{
	*deadline = (struct deadline){ .sort = sort_of(head, clock), .id = clock->id,
				       .clock = clock->kind, .org = clock->org, .due = clock->due };
	if (clock->about == NULL || uuid_parse(clock->about, &deadline->about) != ERR_OK)
		deadline->about = (struct uuid){ 0 };
}

static const struct clock *clock_of(const struct kept *kept, const struct extension *extension)
{
	struct uuid id;

	if (extension->clock == NULL || uuid_parse(extension->clock, &id) != ERR_OK)
		return NULL;
	return children_find(kept->clocks, child_desc(CHILD_CLOCK), &id);
}

static size_t of_clocks(const void *entity, struct deadline deadlines[DEADLINES_MOST])
{
	const struct kept kept = kept_of(entity);
	size_t n = 0;

	for (size_t i = 0; kept.clocks != NULL && i < kept.clocks->n && n < DEADLINES_MOST; i++) {
		const struct clock *clock = (const struct clock *)kept.clocks->items + i;

		if (runs(clock) && is_told(entity, clock))
			of_clock(entity, clock, &deadlines[n++]);
	}
	for (size_t i = 0; kept.extensions != NULL && i < kept.extensions->n && n < DEADLINES_MOST;
	     i++) {
		const struct extension *asked = (const struct extension *)kept.extensions->items + i;
		const struct clock *clock = clock_of(&kept, asked);

		if (asked->decided_at != 0 || !runs(clock))
			continue;
		deadlines[n++] = (struct deadline){ .sort = DEADLINE_EXTENSION, .id = asked->id,
						    .clock = clock->kind, .org = kept.decider,
						    .due = clock->due, .about = clock->id };
	}
	return n;
}

/* --- rosters, swaps, handovers, records ------------------------------------------------------- */

/* What one of them owes; none when it is not due at any time. */
static size_t one(struct deadline *deadline, enum deadline_sort sort, const struct uuid *id,
		  const char *org, int64_t due)
{
	if (due == 0)
		return 0;
	*deadline = (struct deadline){ .sort = sort, .id = *id, .org = org, .due = due };
	return 1;
}

static size_t of_behalves(const struct children *behalves, struct deadline *deadlines, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < behalves->n && n < most; i++) {
		const struct behalf *behalf = (const struct behalf *)behalves->items + i;

		if (behalf->signed_at == 0)
			n += one(&deadlines[n], DEADLINE_COUNTERSIGN, &behalf->id, behalf->org,
				 behalf->due);
	}
	return n;
}

static size_t of_swap(const struct swap *swap, struct deadline deadlines[DEADLINES_MOST])
{
	size_t n = !swap->open ? 0
			       : one(deadlines, DEADLINE_SWAP, &swap->head.id, swap->org,
				     swap->lapses_at);

	return n + of_behalves(&swap->behalves, deadlines + n, DEADLINES_MOST - n);
}

static size_t of_handover(const struct handover *handover, struct deadline deadlines[DEADLINES_MOST])
{
	bool taken = handover_state(handover) >= HANDOVER_TAKEN;
	size_t n = !handover->open ? 0
				   : one(deadlines, DEADLINE_HANDOVER, &handover->head.id,
					 handover->org,
					 taken ? handover->third_due : handover->ends);

	return n + of_behalves(&handover->behalves, deadlines + n, DEADLINES_MOST - n);
}

static size_t of_roster(const struct roster *roster, struct deadline deadlines[DEADLINES_MOST])
{
	size_t n = 0;

	for (size_t i = 0; i < roster->turns.n && n < DEADLINES_MOST; i++) {
		const struct turn *turn = roster_turn(roster, i);

		if (str_eq(turn->how, "takeover") && turn->ok_at == 0)
			n += one(&deadlines[n], DEADLINE_ROSTER, &turn->id, roster->org,
				 turn->ends);
	}
	return n;
}

/* --- meetings, their items and tasks ---------------------------------------------------------- */

/* Papers that were not sent, each its department's. */
static size_t of_item(const struct item *item, struct deadline deadlines[DEADLINES_MOST])
{
	size_t n = 0;

	for (size_t i = 0; item->open && i < item->papers.n && n < DEADLINES_MOST; i++) {
		const struct paper *paper = item_paper(item, i);

		if (paper->sent_at == 0)
			n += one(&deadlines[n], DEADLINE_MEETING, &paper->id, paper->org, paper->due);
	}
	return n + of_behalves(&item->behalves, deadlines + n, DEADLINES_MOST - n);
}

/* Clocks, and what is to be countersigned and has none of its own. */
static size_t of_clocks_and_behalves(const void *entity, const struct children *behalves,
				     struct deadline deadlines[DEADLINES_MOST])
{
	size_t n = of_clocks(entity, deadlines);

	for (size_t i = 0; i < n; i++)
		if (deadlines[i].sort == DEADLINE_COUNTERSIGN)
			return n;
	return n + of_behalves(behalves, deadlines + n, DEADLINES_MOST - n);
}

size_t deadlines_of(const void *entity, struct deadline deadlines[DEADLINES_MOST])
{
	const struct entity *head = entity;
	const struct record *record = entity;
	const struct meeting *meeting = entity;
	const struct action *action = entity;

	switch (head->kind) {
	case KIND_SWAP:
		return of_swap(entity, deadlines);
	case KIND_HANDOVER:
		return of_handover(entity, deadlines);
	case KIND_ROSTER:
		return of_roster(entity, deadlines);
	case KIND_RECORD:
		return !record->open ? 0
				     : one(deadlines, DEADLINE_RECORD, &head->id, record->org,
					   record->due);
	case KIND_INCIDENT:
	case KIND_WHISTLE:
	case KIND_PERSON:
	case KIND_ORG:
	case KIND_PROFILE:
	case KIND_MODE:
	case KIND_NOTICE:
	case KIND_INSPECTION:
	case KIND_STAFF:
	case KIND_ROOM:
	case KIND_COUNT:
		break;
	case KIND_MEETING:
		return of_clocks_and_behalves(entity, &meeting->behalves, deadlines);
	case KIND_ITEM:
		return of_item(entity, deadlines);
	case KIND_ACTION:
		return of_clocks_and_behalves(entity, &action->behalves, deadlines);
	}
	return of_clocks(entity, deadlines);
}
