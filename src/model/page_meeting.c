/* What a case's or whistle's page says of meetings: items with what was resolved, and tasks. */
#include <config.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/model/meeting_words.h"

/* "22-M001 Weekly meeting No. 3  11-25 We 14:30-16:00", or "". */
static const char *meeting_of(struct page_maker *maker, const char *words)
{
	struct client_meeting shown;
	struct uuid id;
	char mark[48];

	if (!words || uuid_parse(words, &id) != ERR_OK ||
	    client_meeting_get(maker->client, &id, maker->arena, &shown, NULL) != ERR_OK)
		return "";
	return arena_printf(maker->arena, "%s %s  %s", client_meeting_mark(&shown, mark),
			    page_clean(meeting_name(maker->rules, shown.meeting, maker->arena),
				       maker->arena),
			    meeting_when(maker->rules, shown.meeting, maker->arena));
}

static const char *say_item(struct page_maker *maker, const struct uuid *id, struct str *out,
			    enum tone *tone)
{
	const struct item *item;
	struct client_item shown;
	enum item_outcome outcome;
	const char *meeting;
	char mark[48];

	if (client_item_get(maker->client, id, maker->arena, &shown, NULL) != ERR_OK)
		return NULL;
	item = shown.item;
	outcome = outcome_find(item->outcome);
	str_addf(out, "%s  %s  %s", client_item_mark(&shown, mark),
		 item->title ? page_clean(item->title, maker->arena) : "",
		 item_state_label(item_state(item)));
	if (item->times)
		str_addf(out, _("  carried over %lld times"), (long long)item->times);
	meeting = meeting_of(maker, item->meeting		 ? item->meeting
				    : outcome != OUTCOMES ? item->settled_in
							  : NULL);
	if (*meeting)
		str_addf(out, "\n%s", meeting);
	if (outcome != OUTCOMES)
		str_addf(out, "\n%s%s%s", outcome_label(outcome), item->resolution ? _(": ") : "",
			 item->resolution ? page_clean(item->resolution, maker->arena) : "");
	*tone = item->open ? TONE_TEXT : TONE_HINT;
	return _("item");
}

static const char *say_action(struct page_maker *maker, const struct uuid *id, struct str *out,
			      enum tone *tone)
{
	const struct action *action;
	struct client_action shown;
	bool over;
	char mark[48];

	if (client_action_get(maker->client, id, maker->arena, &shown, NULL) != ERR_OK)
		return NULL;
	action = shown.action;
	over = !maker->still && joint_is_overdue(action, maker->now);
	str_addf(out, "%s  %s  %s  %s", client_action_mark(&shown, mark),
		 action->title ? page_clean(action->title, maker->arena) : "",
		 page_org(maker->rules, action->lead), action_state_label(action_state(action)));
	if (action->open && action->due)
		str_addf(out, "  %s %s%s%s", joint_clock_label(maker->rules, KIND_ACTION,
							       action->due_clock),
			 page_moment(maker->rules, action->due, maker->now, maker->arena),
			 over ? "  " : "", over ? _("overdue") : "");
	if (action->reply)
		str_addf(out, "\n%s", page_clean(action->reply, maker->arena));
	*tone = over ? TONE_OVER : action->open ? TONE_TEXT : TONE_HINT;
	return _("task");
}

const char *page_meeting_link(struct page_maker *maker, const struct link *link, struct str *out,
			      enum tone *tone)
{
	struct uuid id;

	if (!link->target || uuid_parse(link->target, &id) != ERR_OK)
		return NULL;
	if (str_eq(link->role, ITEM_LINK) || str_eq(link->role, SETTLED_LINK))
		return say_item(maker, &id, out, tone);
	return str_eq(link->role, ACTION_LINK) ? say_action(maker, &id, out, tone) : NULL;
}
