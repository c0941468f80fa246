#include <config.h>

#include "zhiban/model/meeting_page.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/meeting_order.h"
#include "zhiban/model/roster_words.h"

static const char *kept(struct str *text, struct arena *arena)
{
	const char *copy = arena_strdup(arena, str_get(text));

	str_release(text);
	return copy;
}

/* ---- the agenda ---- */

const struct agenda *meeting_page_entry(const struct meeting_page *page, const struct item *item)
{
	char id[UUID_TEXT];

	uuid_text(&item->head.id, id);
	for (size_t i = 0; i < page->meeting->agenda.n; i++)
		if (str_eq(meeting_entry(page->meeting, i)->item, id))
			return meeting_entry(page->meeting, i);
	return NULL;
}

static int minutes_of(const struct meeting_page *page, size_t i)
{
	const struct item *item = page->items[i].item;
	const struct agenda *entry = meeting_page_entry(page, item);

	return item_minutes(page->series, item, entry ? entry->minutes : 0);
}

int64_t meeting_page_begins(const struct meeting_page *page, size_t i)
{
	int64_t at = page->meeting->starts;

	for (size_t k = 0; at && k < i; k++)
		at += minutes_of(page, k) * MINUTE_MS;
	return at;
}

static size_t item_orgs(const struct item *item, struct arena *arena, const char ***ret_orgs)
{
	const char **orgs = arena_array(arena, item->concerned.n + 1, sizeof *orgs);
	size_t n = 0;

	if (item->lead)
		orgs[n++] = item->lead;
	for (size_t i = 0; i < item->concerned.n; i++)
		orgs[n++] = item_concerned(item, i)->org;
	*ret_orgs = orgs;
	return n;
}

static void order_items(struct meeting_page *page, struct arena *arena)
{
	struct order_row *rows = arena_array(arena, page->n_items + 1, sizeof *rows);

	page->order = arena_array(arena, page->n_items + 1, sizeof *page->order);
	for (size_t i = 0; i < page->n_items; i++) {
		const char **orgs;

		rows[i].n_orgs = item_orgs(page->items[i].item, arena, &orgs);
		rows[i].orgs = orgs;
		rows[i].minutes = minutes_of(page, i);
		page->planned += rows[i].minutes;
	}
	meeting_order(rows, page->n_items, page->order, &page->sat, &page->least);
}

/* ---- tasks ---- */

/* The series of the meeting that gave a task: looked at once for each meeting. */
struct seen_meeting {
	const char *id;
	bool same;
};

static bool is_before(struct client *client, const struct meeting_page *page, const char *words,
		      struct arena *arena)
{
	struct client_meeting other;
	struct uuid id;

	return words && uuid_parse(words, &id) == ERR_OK &&
	       !uuid_eq(&id, &page->meeting->head.id) &&
	       client_meeting_get(client, &id, arena, &other, NULL) == ERR_OK &&
	       (!page->meeting->starts || other.meeting->starts < page->meeting->starts) &&
	       str_eq(other.meeting->series, page->meeting->series) &&
	       str_eq(other.meeting->org, page->meeting->org);
}

static bool was_before(struct client *client, const struct meeting_page *page, const char *meeting,
		       struct seen_meeting *seen, size_t *n, struct arena *arena)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(seen[i].id, meeting))
			return seen[i].same;
	seen[*n] = (struct seen_meeting){ meeting, is_before(client, page, meeting, arena) };
	return seen[(*n)++].same;
}

static enum err load_carried(struct client *client, struct meeting_page *page, struct arena *arena,
			     struct error *err)
{
	struct client_action *all = NULL;
	struct seen_meeting *seen;
	size_t n = 0, n_seen = 0;
	enum err code = page->meeting->series
				? client_actions(client, 0, arena, &all, &n, err)
				: ERR_OK;

	if (code != ERR_OK)
		return code;
	seen = arena_array(arena, n + 1, sizeof *seen);
	page->carried = arena_array(arena, n + 1, sizeof *page->carried);
	for (size_t i = 0; i < n; i++)
		if (all[i].action->open &&
		    was_before(client, page, all[i].action->meeting, seen, &n_seen, arena))
			page->carried[page->n_carried++] = all[i];
	return ERR_OK;
}

/* ---- the whole ---- */

static const char *head_line(const struct rules *rules, const struct meeting_page *page,
			     struct arena *arena)
{
	const struct meeting *meeting = page->meeting;
	struct str text = STR_INIT;

	if (page->series && page->series->n_stages && !meeting->starts) {
		str_addf(&text, "%s  %s  %s", meeting_state_label(meeting_state(meeting)),
			 page->series->label, org_brief(rules, meeting->org));
		return kept(&text, arena);
	}
	str_addf(&text, "%s  %s", meeting_state_label(meeting_state(meeting)),
		 joint_when(rules, meeting->starts, meeting->ends, arena));
	str_addf(&text, "  %s", meeting->room ? meeting->room : _("no room"));
	if (meeting->line)
		str_addf(&text, _("  line %s"), meeting->line);
	if (meeting->chair)
		str_addf(&text, _("  chair %s"), meeting->chair);
	if (meeting->chair2)
		str_addf(&text, "%s%s", _(", "), meeting->chair2);
	return kept(&text, arena);
}

static size_t leave_asked(const struct meeting *meeting)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		n += attendee_answer(attendee) == ANSWER_LEAVE && !attendee->leave_at;
	}
	return n;
}

enum err meeting_page_load(struct client *client, const struct uuid *id, struct arena *arena,
			   struct meeting_page *ret_page, struct error *err)
{
	const struct rules *rules = client_rules(client);
	struct meeting_page page = { .mark = "" };
	char mark[48];
	enum err code = client_meeting_get(client, id, arena, &page.shown, err);

	if (code != ERR_OK)
		return code;
	page.meeting = page.shown.meeting;
	page.series = page.meeting->series ? rules_series(rules, page.meeting->series) : NULL;
	page.mark = arena_strdup(arena, client_meeting_mark(&page.shown, mark));
	page.head = head_line(rules, &page, arena);
	page.answers = meeting_answers(page.meeting);
	page.sheet = meeting_sheet(page.meeting);
	page.ask_leave = leave_asked(page.meeting);
	code = client_meeting_items(client, page.meeting, arena, &page.items, &page.n_items, err);
	if (code == ERR_OK)
		code = client_actions_of(client, KIND_MEETING, id, arena, &page.actions,
					 &page.n_actions, err);
	if (code == ERR_OK)
		code = load_carried(client, &page, arena, err);
	if (code != ERR_OK)
		return code;
	order_items(&page, arena);
	*ret_page = page;
	return ERR_OK;
}

/* ---- in words ---- */

static void lack(struct str *text, const char *words)
{
	str_addf(text, "%s%s", text->len ? _("; ") : "", words);
}

const char *meeting_page_lacks(const struct rules *rules, const struct meeting_page *page,
			       struct arena *arena)
{
	const struct meeting *meeting = page->meeting;
	struct str text = STR_INIT;
	char mark[48];

	(void)rules;
	if (meeting_state(meeting) != MEETING_DRAWN || (page->series && page->series->n_stages))
		return "";
	if (!page->n_items)
		lack(&text, _("no item"));
	if (!meeting->starts)
		lack(&text, _("no time"));
	if (!meeting->room && !meeting->line)
		lack(&text, _("neither room nor line"));
	if (page->n_items && !page->answers.must)
		lack(&text, _("nobody is mandatory"));
	for (size_t i = 0; i < page->n_items; i++)
		if (item_state(page->items[i].item) == ITEM_LISTED)
			lack(&text, arena_printf(arena, _("%s is to be approved"),
						 client_item_mark(&page->items[i], mark)));
	return kept(&text, arena);
}

const char *meeting_page_answers(const struct meeting_page *page, bool decides, struct arena *arena)
{
	const struct meeting *meeting = page->meeting;
	const struct attendance *answers = &page->answers;
	struct str text = STR_INIT;

	str_addf(&text, _("%zu attend, %zu mandatory"), meeting->attendees.n, answers->must);
	if (answers->need)
		str_addf(&text, _(", quorum %zu"), answers->need);
	if (meeting->called_at)
		str_addf(&text, _("; %lld come, %lld on leave, %lld silent"),
			 (long long)meeting->accepted, (long long)meeting->away,
			 (long long)meeting->silent);
	if (page->ask_leave)
		str_addf(&text, decides ? _("; %zu ask for leave: Y grants, R refuses")
					: _("; %zu ask for leave"), page->ask_leave);
	return kept(&text, arena);
}

/* On granted leave is not missing. */
static bool is_missing(const struct attendee *attendee)
{
	enum attendee_present present = attendee_present(attendee);

	if (attendee_role(attendee) != ATTEND_MUST && attendee_role(attendee) != ATTEND_CHAIR)
		return false;
	if (attendee_answer(attendee) == ANSWER_LEAVE && attendee->leave_ok)
		return false;
	return present == PRESENTS || present == PRESENT_ABSENT || present == PRESENT_LEFT;
}

const char *meeting_page_sheet(const struct rules *rules, const struct meeting_page *page,
			       struct arena *arena)
{
	const struct attendance *sheet = &page->sheet;
	struct str text = STR_INIT;
	size_t missing = 0;

	str_addf(&text, _("present %zu of %zu"), sheet->here, page->meeting->attendees.n);
	if (sheet->need)
		str_addf(&text, _(", quorum %zu"), sheet->need);
	for (size_t i = 0; i < page->meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(page->meeting, i);

		if (is_missing(attendee))
			str_addf(&text, "%s%s", missing++ ? _(", ") : _("; mandatory missing: "),
				 attendee_who(rules, attendee, arena));
	}
	return kept(&text, arena);
}

/* ---- stages ---- */

static const struct stage *latest(const struct meeting *meeting, const char *code)
{
	const struct stage *found = NULL;

	for (size_t i = 0; i < meeting->stages.n; i++) {
		const struct stage *stage = meeting_stage_at(meeting, i);

		if (str_eq(stage->stage, code) && (!found || stage->held_at >= found->held_at))
			found = stage;
	}
	return found;
}

static const char *held_words(const struct meeting_stage *stage, const struct stage *held,
			      struct arena *arena)
{
	if (stage->published)
		return held->passed ? _("published") : _("not published");
	if (!held->present && !held->agreed && !held->against)
		return held->passed ? _("passed") : _("not passed");
	return arena_printf(arena, _("%s: %lld of %lld present, %lld for, %lld against"),
			    held->passed ? _("passed") : _("not passed"),
			    (long long)held->present, (long long)held->entitled,
			    (long long)held->agreed, (long long)held->against);
}

static const char *asked_words(const struct meeting_stage *stage, struct arena *arena)
{
	struct str text = STR_INIT;

	if (stage->who)
		str_add(&text, stage->who);
	if (stage->quorum.part)
		str_addf(&text, stage->quorum.more ? _("  more than %d/%d must be there")
						    : _("  %d/%d must be there"),
			 stage->quorum.part, stage->quorum.whole);
	if (stage->pass_percent)
		str_addf(&text, _("  more than %d%% for it"), stage->pass_percent);
	return kept(&text, arena);
}

/* What it did not pass for. */
static const char *failed_words(const struct meeting_stage *stage, const struct stage *held,
				struct arena *arena)
{
	size_t least = share_least(&stage->quorum, (size_t)held->entitled);

	if (held->passed || stage->published)
		return "";
	if (stage->quorum.part && held->present < (int64_t)least)
		return arena_printf(arena, _("%lld present, %zu must be: it is held again"),
				    (long long)held->present, least);
	return _("too few were for it: it is held again");
}

size_t meeting_page_stages(const struct meeting_page *page, struct arena *arena,
			   struct stage_line **ret_lines)
{
	const struct meeting_series *series = page->series;
	size_t n = series ? series->n_stages : 0;
	struct stage_line *lines = arena_array(arena, n + 1, sizeof *lines);
	bool next = false;

	for (size_t i = 0; i < n; i++) {
		struct stage_line *line = &lines[i];

		line->stage = &series->stages[i];
		line->held = latest(page->meeting, line->stage->code);
		line->words = line->held ? held_words(line->stage, line->held, arena)
					 : asked_words(line->stage, arena);
		line->failed = line->held ? failed_words(line->stage, line->held, arena) : "";
		line->next = !next && page->meeting->open && !(line->held && line->held->passed);
		next |= line->next;
		if (line->next && str_eq(page->meeting->due_clock, "stage"))
			line->due = page->meeting->due;
	}
	*ret_lines = lines;
	return n;
}

/* ---- answering ---- */

const char *meeting_clash(struct client *client, const struct meeting *meeting,
			  const struct attendee *attendee, struct arena *arena)
{
	return meeting_clash_of(client, meeting, attendee->org, attendee->name, arena);
}

const char *meeting_clash_of(struct client *client, const struct meeting *meeting, const char *org,
			     const char *name, struct arena *arena)
{
	const struct rules *rules = client_rules(client);
	struct str text = STR_INIT;
	struct busy *busy = NULL;
	int64_t ends = meeting->ends ? meeting->ends : meeting->starts + HOUR_MS;
	size_t n = 0;

	if (!meeting->starts ||
	    client_busy(client, org, name, meeting->starts, ends,
			&meeting->head.id, arena, &busy, &n, NULL) != ERR_OK)
		return "";
	for (size_t i = 0; i < n; i++)
		str_addf(&text, "%s%s %s", i ? _("; ") : "",
			 joint_when(rules, busy[i].from, busy[i].to, arena),
			 busy[i].words ? busy[i].words : busy_sort_label(busy[i].sort));
	return kept(&text, arena);
}
