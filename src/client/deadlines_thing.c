/* What a row of the deadlines says of a swap, a handover, a record, a take-over in a roster, a
 * meeting, an item or a task. */
#include <config.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"

#include "deadlines_priv.h"

static const char *or_dash(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : "-";
}

static const char *swap_title(const struct swap *swap, struct arena *arena)
{
	if (swap->other == NULL)
		return arena_printf(arena, "%s  %s", or_dash(swap->name),
				    swap->reason != NULL ? swap->reason : "");
	return arena_printf(arena, "%s - %s  %s", or_dash(swap->name), swap->other,
			    swap->reason != NULL ? swap->reason : "");
}

static const char *handover_title(const struct rules *rules, const struct handover *handover,
				  struct arena *arena)
{
	const struct roster_plan *plan = rules_plan(rules, handover->plan);
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, handover->shift) : NULL;
	const char *who = handover->out_by != NULL ? handover->out_by : handover->prepared_by;

	return arena_printf(arena, "%s %s  %s", plan != NULL ? plan->label : "",
			    shift != NULL ? shift->label : "", or_dash(who));
}

static const char *takeover_title(const struct rules *rules, const struct roster *roster,
				  const struct uuid *id, struct arena *arena)
{
	const struct turn *turn = roster_turn_find(roster, id);
	const struct roster_plan *plan = rules_plan(rules, roster->plan);
	struct need need;
	char day[CIVIL_TEXT];

	if (turn == NULL)
		return "";
	need = plan != NULL ? turn_need(rules, plan, turn) : (struct need){ .shift = NULL };
	civil_format(turn->starts, rules->offset_min, "m-d", day, sizeof day);
	/* TRANSLATORS: a duty taken over at once: day, shift, post, who, instead of whom */
	return arena_printf(arena, _("%s %s %s  %s for %s, to be approved"), day,
			    need.shift != NULL ? need.shift->label : "",
			    need.post != NULL ? need.post->label : "", or_dash(turn->name),
			    or_dash(turn->was));
}

/* "Weekly meeting  11-25 14:30". */
static const char *meeting_title(const struct rules *rules, const struct meeting *meeting,
				 struct arena *arena)
{
	char day[CIVIL_TEXT];

	if (meeting->starts == 0)
		return or_dash(meeting->title);
	civil_format(meeting->starts, rules->offset_min, "m-d H:M", day, sizeof day);
	return arena_printf(arena, "%s  %s", or_dash(meeting->title), day);
}

bool deadline_is_thing(enum kind kind)
{
	return kind != KIND_INCIDENT && kind != KIND_WHISTLE;
}

void deadline_thing(const struct rules *rules, const void *entity, const struct deadline *deadline,
		    struct arena *arena, struct deadline_thing *ret_thing)
{
	const struct entity *head = entity;

	*ret_thing = (struct deadline_thing){ .title = "" };
	if (head->kind == KIND_SWAP) {
		const struct swap *swap = entity;
		*ret_thing = (struct deadline_thing){ swap->number, swap_title(swap, arena),
						      swap->org };
	} else if (head->kind == KIND_HANDOVER) {
		const struct handover *handover = entity;
		*ret_thing = (struct deadline_thing){ handover->number,
						      handover_title(rules, handover, arena),
						      handover->org };
	} else if (head->kind == KIND_RECORD) {
		const struct record *record = entity;
		*ret_thing = (struct deadline_thing){ record->number,
						      record->title != NULL ? record->title : "",
						      record->org };
	} else if (head->kind == KIND_MEETING) {
		const struct meeting *meeting = entity;
		*ret_thing = (struct deadline_thing){
			meeting->number, meeting_title(rules, meeting, arena), meeting->org
		};
	} else if (head->kind == KIND_ITEM) {
		const struct item *item = entity;
		*ret_thing = (struct deadline_thing){ item->number, or_dash(item->title), item->org };
	} else if (head->kind == KIND_ACTION) {
		const struct action *action = entity;
		*ret_thing = (struct deadline_thing){ action->number, or_dash(action->title),
						      action->lead };
	} else if (head->kind == KIND_ROSTER) {
		const struct roster *roster = entity;
		*ret_thing = (struct deadline_thing){
			NULL, takeover_title(rules, roster, &deadline->id, arena), roster->org
		};
	}
}
