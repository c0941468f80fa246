/* The pages of an item and a task, and the words of a meeting's minutes as they stand. */
#include <config.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/meeting_page.h"
#include "zhiban/model/meetings.h"

enum { LABEL = 12 };

static void say(struct page_maker *maker, struct page_section *section, const char *label,
		const char *text)
{
	if (text && *text)
		page_line(maker, section, TONE_TEXT, label, page_label_cols(maker, LABEL), text);
}

static void say_when(struct page_maker *maker, struct page_section *section, const char *label,
		     int64_t at, const char *who)
{
	if (at)
		say(maker, section, label,
		    arena_printf(maker->arena, "%s%s%s",
				 page_moment(maker->rules, at, maker->now, maker->arena),
				 who ? "  " : "", who ? who : ""));
}

static struct page_maker begin(struct client *client, struct page *page, int cols,
			       struct arena *arena)
{
	page->incident = arena_alloc(arena, sizeof *page->incident);
	return (struct page_maker){ .client = client,
				    .rules = client_rules(client),
				    .arena = arena,
				    .page = page,
				    .now = client_now(client),
				    .cols = cols };
}

/* A long text: a section of its own. */
static void long_text(struct page_maker *maker, const char *key, const char *title, const char *text)
{
	if (text && *text)
		page_line(maker, page_section(maker, key, title), TONE_TEXT, NULL, 0, text);
}

/* ---- items ---- */

static void item_head(struct page_maker *maker, const struct item *item)
{
	struct page_section *section = page_section(maker, "head", NULL);
	struct client_meeting meeting;
	struct uuid id;

	page_line(maker, section, TONE_TITLE, NULL, 0, page_clean(item->title, maker->arena));
	say(maker, section, _("State"),
	    item->refused_for || item->dropped_for
		    ? arena_printf(maker->arena, _("%s: %s"), item_state_label(item_state(item)),
				   item->refused_for ? item->refused_for : item->dropped_for)
		    : item_state_words(item, maker->arena));
	say(maker, section, _("Why"), item->why);
	say(maker, section, _("About"), joint_short(item->about_no));
	say_when(maker, section, _("Brought"), item->brought_at,
		 arena_printf(maker->arena, "%s %s", page_org(maker->rules, item->by_org),
			      item->by ? item->by : ""));
	say_when(maker, section, _("Approved"), item->approved_at, item->approved_by);
	say(maker, section, _("Lead"), page_org(maker->rules, item->lead));
	if (item->minutes)
		say(maker, section, _("Minutes"),
		    arena_printf(maker->arena, "%lld", (long long)item->minutes));
	if (item->times)
		say(maker, section, _("Carried over"),
		    arena_printf(maker->arena, "%lld", (long long)item->times));
	if (item->meeting && uuid_parse(item->meeting, &id) == ERR_OK &&
	    client_meeting_get(maker->client, &id, maker->arena, &meeting, NULL) == ERR_OK)
		say(maker, section, _("Meeting"),
		    arena_printf(maker->arena, "%s  %s",
				 joint_when(maker->rules, meeting.meeting->starts, 0, maker->arena),
				 meeting_title(meeting.meeting, maker->arena)));
}

static void item_departments(struct page_maker *maker, const struct item *item)
{
	struct page_section *section;

	if (!item->concerned.n)
		return;
	section = page_section(maker, "concerned", _("Concerned"));
	for (size_t i = 0; i < item->concerned.n; i++) {
		const struct concerned *concerned = item_concerned(item, i);

		say(maker, section, page_org(maker->rules, concerned->org),
		    concerned->must ? _("mandatory") : _("optional"));
	}
}

static const char *paper_words(struct page_maker *maker, const struct paper *paper, enum tone *tone)
{
	struct arena *arena = maker->arena;
	const char *due = page_moment(maker->rules, paper->due, maker->now, arena);

	*tone = TONE_TEXT;
	if (paper->sent_at)
		return arena_printf(arena, _("sent %s %s%s%s%s%s"),
				    page_moment(maker->rules, paper->sent_at, maker->now, arena),
				    paper->due && paper->sent_at > paper->due ? _("late ") : "",
				    paper->name ? paper->name : "", paper->name ? "  " : "",
				    paper->words ? paper->words : "",
				    paper->sent_by ? arena_printf(arena, "  %s", paper->sent_by) : "");
	if (paper->due && paper->due <= maker->now)
		*tone = TONE_OVER;
	return paper->chased ? arena_printf(arena, _("not sent, due %s, chased %lld"), due,
					    (long long)paper->chased)
			     : arena_printf(arena, _("not sent, due %s"), due);
}

static void item_papers(struct page_maker *maker, const struct item *item)
{
	struct page_section *section;

	if (!item->papers.n)
		return;
	section = page_section(maker, "papers", _("Papers"));
	for (size_t i = 0; i < item->papers.n; i++) {
		const struct paper *paper = item_paper(item, i);
		enum tone tone;
		const char *words = paper_words(maker, paper, &tone);

		page_line(maker, section, tone, page_org(maker->rules, paper->org),
			  page_label_cols(maker, LABEL), words);
	}
}

static void item_result(struct page_maker *maker, const struct item *item)
{
	long_text(maker, "discussion", _("Discussion"), item->discussion);
	if (item->resolution || item->outcome)
		long_text(maker, "resolution", _("Resolution"),
			  arena_printf(maker->arena, "%s%s%s",
				       item->outcome ? outcome_label(outcome_find(item->outcome)) : "",
				       item->outcome && item->resolution ? _(": ") : "",
				       item->resolution ? item->resolution : ""));
}

static void tasks_of(struct page_maker *maker, enum kind kind, const struct uuid *id)
{
	struct client_action *actions = NULL;
	struct page_section *section;
	size_t n = 0;

	if (client_actions_of(maker->client, kind, id, maker->arena, &actions, &n, NULL) != ERR_OK ||
	    !n)
		return;
	section = page_section(maker, "tasks", _("Tasks"));
	for (size_t i = 0; i < n; i++) {
		const struct action *action = actions[i].action;
		bool over = action->open && action->due && action->due <= maker->now;
		char mark[48];

		page_line(maker, section, over ? TONE_OVER : TONE_TEXT,
			  arena_strdup(maker->arena, client_action_mark(&actions[i], mark)),
			  page_label_cols(maker, LABEL),
			  arena_printf(maker->arena, "%s  %s  %s  %s",
				       page_org(maker->rules, action->lead),
				       action->title ? action->title : "",
				       action_state_label(action_state(action)),
				       action->open ? page_moment(maker->rules, action->due, maker->now,
								  maker->arena)
						    : ""));
	}
}

enum err item_page_build(struct client *client, const struct uuid *id, int cols, struct arena *arena,
			 struct client_item *ret_item, struct page *ret_page, struct error *err)
{
	struct filter_ctx ctx = client_filter_ctx(client);
	struct client_item shown;
	struct page page = { .n = 0 };
	struct page_maker maker;
	enum err code = client_item_get(client, id, arena, &shown, err);

	if (code != ERR_OK)
		return code;
	maker = begin(client, &page, cols, arena);
	item_as_case(shown.item, &ctx, arena, page.incident);
	page.incident->behalves = shown.item->behalves;
	item_head(&maker, shown.item);
	long_text(&maker, "words", _("What it is about"), shown.item->words);
	item_departments(&maker, shown.item);
	item_papers(&maker, shown.item);
	item_result(&maker, shown.item);
	tasks_of(&maker, KIND_ITEM, id);
	page_notes(&maker);
	code = page_timeline(&maker, err);
	if (code == ERR_OK) {
		*ret_item = shown;
		*ret_page = page;
	}
	return code;
}

/* ---- tasks ---- */

static void action_head(struct page_maker *maker, const struct action *action)
{
	struct page_section *section = page_section(maker, "head", NULL);

	page_line(maker, section, TONE_TITLE, NULL, 0, page_clean(action->title, maker->arena));
	say(maker, section, _("State"), action_state_label(action_state(action)));
	say(maker, section, _("Lead"), page_org(maker->rules, action->lead));
	say(maker, section, _("Meeting"), joint_short(action->meeting_no));
	say(maker, section, _("About"), joint_short(action->about_no));
	say_when(maker, section, _("Task given"), action->given_at,
		 arena_printf(maker->arena, "%s %s", page_org(maker->rules, action->org),
			      action->by ? action->by : ""));
	say_when(maker, section, _("Handle by"), action->handle_by, NULL);
	say_when(maker, section, _("Signed"), action->signed_at, action->signed_by);
	say(maker, section, _("Returned because"), action->returned_for);
	if (action->reworks)
		say(maker, section, _("Reworks"),
		    arena_printf(maker->arena, "%lld", (long long)action->reworks));
	say_when(maker, section, _("Fed back"), action->replied_at, action->replied_by);
	if (action->replied_at)
		say(maker, section, _("In time"), action->in_time ? _("yes") : _("no"));
	say_when(maker, section, _("Verified"), action->verified_at, action->verified_by);
	say_when(maker, section, _("Closed"), action->closed_at, action->close_reason);
}

static void action_clocks(struct page_maker *maker, const struct action *action)
{
	struct page_section *section;

	if (!action->clocks.n)
		return;
	section = page_section(maker, "clocks", _("Clocks"));
	for (size_t i = 0; i < action->clocks.n; i++) {
		const struct clock *clock = children_at(&action->clocks, child_desc(CHILD_CLOCK), i);
		enum tone tone = TONE_TEXT;
		const char *words = page_clock_words(maker, clock, &tone);

		page_line(maker, section, tone, action_clock_label(maker->rules, clock->kind),
			  page_label_cols(maker, LABEL), words);
	}
}

static void action_assists(struct page_maker *maker, const struct action *action)
{
	struct page_section *section;

	if (!action->assists.n)
		return;
	section = page_section(maker, "assists", _("Assisting"));
	for (size_t i = 0; i < action->assists.n; i++) {
		const struct concerned *assist =
			children_at(&action->assists, child_desc(CHILD_CONCERNED), i);

		say(maker, section, page_org(maker->rules, assist->org),
		    assist->done_at
			    ? arena_printf(maker->arena, "%s  %s",
					   page_moment(maker->rules, assist->done_at, maker->now,
						       maker->arena),
					   assist->words ? assist->words : "")
			    : _("not done yet"));
	}
}

enum err action_page_build(struct client *client, const struct uuid *id, int cols,
			   struct arena *arena, struct client_action *ret_action,
			   struct page *ret_page, struct error *err)
{
	struct filter_ctx ctx = client_filter_ctx(client);
	struct client_action shown;
	struct page page = { .n = 0 };
	struct page_maker maker;
	enum err code = client_action_get(client, id, arena, &shown, err);

	if (code != ERR_OK)
		return code;
	maker = begin(client, &page, cols, arena);
	maker.task = true;
	action_as_case(shown.action, &ctx, arena, page.incident);
	page.incident->calls = shown.action->calls;
	action_head(&maker, shown.action);
	action_clocks(&maker, shown.action);
	long_text(&maker, "words", _("Words"), shown.action->words);
	long_text(&maker, "progress", _("Progress"), shown.action->progress);
	long_text(&maker, "reply", _("Reply"), shown.action->reply);
	action_assists(&maker, shown.action);
	page_notes(&maker);
	code = page_timeline(&maker, err);
	if (code == ERR_OK) {
		*ret_action = shown;
		*ret_page = page;
	}
	return code;
}

/* ---- the words of the minutes ---- */

static void minutes_item(struct page_maker *maker, const struct client_item *shown, size_t place)
{
	const struct item *item = shown->item;
	struct page_section *section = page_section(
		maker, arena_printf(maker->arena, "item%zu", place),
		arena_printf(maker->arena, "%zu. %s", place, page_clean(item->title, maker->arena)));

	say(maker, section, _("Discussion"), item->discussion);
	if (item->outcome || item->resolution)
		say(maker, section, _("Resolution"),
		    arena_printf(maker->arena, "%s%s%s",
				 item->outcome ? outcome_label(outcome_find(item->outcome)) : "",
				 item->outcome && item->resolution ? _(": ") : "",
				 item->resolution ? item->resolution : ""));
	else
		page_line(maker, section, TONE_HINT, NULL, 0, _("nothing is resolved"));
}

static void minutes_signatures(struct page_maker *maker, const struct meeting *meeting)
{
	struct page_section *section;

	if (!meeting->drafted_at)
		return;
	section = page_section(maker, "signatures", _("Countersigned"));
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		const char *who = attendee_who(maker->rules, attendee, maker->arena);

		if (attendee->sign_at)
			say_when(maker, section, who, attendee->sign_at, attendee->sign_by);
		else if (attendee->objects)
			page_line(maker, section, TONE_OVER, who, page_label_cols(maker, LABEL),
				  attendee->objects);
		else if (attendee_role(attendee) != ATTEND_MAY)
			page_line(maker, section, TONE_HINT, who, page_label_cols(maker, LABEL), "-");
	}
}

void meeting_minutes_build(struct client *client, const struct meeting_page *page, int cols,
			   struct arena *arena, struct page *ret_page)
{
	const struct meeting *meeting = page->meeting;
	struct page made = { .n = 0 };
	struct page_maker maker = begin(client, &made, cols, arena);
	struct page_section *section = page_section(&maker, "head", NULL);

	page_line(&maker, section, TONE_TITLE, NULL, 0,
		  meeting->doc_title ? meeting->doc_title : meeting_title(meeting, arena));
	say(&maker, section, _("Number"), meeting->doc_no);
	say(&maker, section, _("Addressed to"), meeting->main_to);
	say(&maker, section, _("Copies to"), meeting->copy_to);
	say_when(&maker, section, _("Opened"), meeting->opened_at, meeting->opened_by);
	say_when(&maker, section, _("Meeting closed"), meeting->closed_at, NULL);
	say(&maker, section, _("Held without a quorum"), meeting->short_for);
	say_when(&maker, section, _("Minutes handed in"), meeting->drafted_at, NULL);
	say_when(&maker, section, _("Minutes approved"), meeting->approved_at, meeting->approved_by);
	say_when(&maker, section, _("Minutes issued"), meeting->issued_at, meeting->issued_by);
	long_text(&maker, "preface", _("How the minutes begin"), meeting->preface);
	for (size_t i = 0; i < page->n_items; i++)
		minutes_item(&maker, &page->items[i], i + 1);
	long_text(&maker, "closing", _("How the minutes end"), meeting->closing);
	minutes_signatures(&maker, meeting);
	*ret_page = made;
}
