/* Where an incident stands and how it came there: the levels that are open, the way it went, each
 * department's share, and the clocks. */
#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/timeline.h"
#include "zhiban/domain/mark.h"
#include "zhiban/model/left.h"

/* ---- levels ---- */

static void level_line(struct page_maker *maker, struct page_section *section,
		       const struct level *level)
{
	const struct step *step = rules_step(maker->rules, level->step);
	struct str text = STR_INIT;

	str_add(&text, step ? rules_step_waiting(maker->rules, step, level->seat) : level->step);
	str_addf(&text, "  %s", page_org(maker->rules, level->seat));
	if (level->holder)
		str_addf(&text, "  %s %s", page_field_title(CHILD_LEVEL, "holder"),
			 page_org(maker->rules, level->holder));
	str_addf(&text, "  %s %s", page_field_title(CHILD_LEVEL, "up_at"),
		 page_child(maker, CHILD_LEVEL, "up_at", level));
	if (level->up_by)
		str_addf(&text, " %s", page_child(maker, CHILD_LEVEL, "up_by", level));
	str_addf(&text, "  %s", level->tried ? _("tried there first") : _("not tried there"));
	if (level->reason)
		str_addf(&text, "\n%s", page_child(maker, CHILD_LEVEL, "reason", level));
	page_line(maker, section, TONE_TEXT, page_child(maker, CHILD_LEVEL, "tier", level),
		  page_label_cols(maker, 10), arena_strdup(maker->arena, str_get(&text)));
	str_release(&text);
}

/* The loop it is in above those that wait for it below. */
void page_levels(struct page_maker *maker)
{
	const struct incident *incident = maker->page->incident;
	const struct child_desc *desc = child_desc(CHILD_LEVEL);
	const struct step *step = rules_step(maker->rules, incident->step);
	const struct choice *tier = choices_find(&maker->rules->tiers, incident->tier);
	struct page_section *section;

	if (!incident->levels.n)
		return;
	section = page_section(maker, "level", _("Levels: each waits for the one above"));
	page_line(maker, section, TONE_TITLE,
		  tier ? tier->label : incident->tier ? incident->tier : "",
		  page_label_cols(maker, 10),
		  arena_printf(maker->arena, "%s  %s  %s",
			       step ? rules_state_words(maker->rules, step, incident) : "",
			       page_org(maker->rules, incident->seat),
			       page_org(maker->rules, incident->holder)));
	for (size_t i = incident->levels.n; i-- > 0;)
		level_line(maker, section, children_at(&incident->levels, desc, i));
}

/* ---- the way it went ---- */

enum { TURNS_SHOWN = 2 }; /* one assignment is no way */

static bool turns(const struct client_line *line)
{
	static const char *const verbs[] = { "assign", "return",  "recall", "escalate",
					     "decline", "merge", "unmerge", "transfer_out" };

	for (size_t i = 0; line->act && i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i], line->act->verb) == 0)
			return true;
	return false;
}

/* "Water Bureau 2 times, Housing Bureau 3 times": who had it, gave it away and got it again
 * (A > B > A): what a leader looks for first when a case goes round. */
static void add_loops(struct page_maker *maker, struct page_section *section,
		      const struct client_timeline *timeline)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < timeline->n; i++) {
		const char *to = timeline->lines[i].to;
		size_t times = 0;
		bool first = true;

		for (size_t k = 0; *to && k < timeline->n; k++) {
			if (strcmp(timeline->lines[k].to, to) != 0)
				continue;
			first = first && k >= i;
			times++;
		}
		if (times > 1 && first)
			str_addf(&text, _("%s%s %zu times"), text.len ? _(", ") : "",
				 page_org(maker->rules, to), times);
	}
	if (text.len)
		page_line(maker, section, TONE_SOON, NULL, 0,
			  arena_printf(maker->arena, _("Went round, and came again to: %s"),
				       text.s));
	str_release(&text);
}

/* "Command centre > Water Bureau > [Return] > Housing Bureau": who had it one after the other. */
void page_path(struct page_maker *maker, const struct client_timeline *timeline)
{
	const struct incident *incident = maker->page->incident;
	struct page_section *section;
	struct str text = STR_INIT;
	size_t n = 0;

	str_add(&text, page_org(maker->rules, incident->origin));
	for (size_t i = 0; i < timeline->n; i++) {
		const struct client_line *line = &timeline->lines[i];

		if (!turns(line))
			continue;
		n++;
		if (*line->to)
			str_addf(&text, " > %s", page_org(maker->rules, line->to));
		else
			str_addf(&text, " > [%s]", line->label);
	}
	if (n >= TURNS_SHOWN) {
		section = page_section(maker, "path", _("The way it went"));
		page_line(maker, section, TONE_TEXT, NULL, 0,
			  arena_strdup(maker->arena, str_get(&text)));
		add_loops(maker, section, timeline);
	}
	str_release(&text);
}

/* ---- clocks ---- */

/* "due 11-22 02:41, 00:26 left" or how it ended. */
static const char *due_words(struct page_maker *maker, const struct clock *clock,
			     enum tone *ret_tone)
{
	const char *due = page_child(maker, CHILD_CLOCK, "due", clock);
	char left[LEFT_TEXT];

	*ret_tone = TONE_HINT;
	if (clock->stopped_at)
		return arena_printf(maker->arena,
				    clock->due && clock->stopped_at > clock->due ?
					    _("stopped %s, too late: it was due %s") :
					    _("stopped %s; it was due %s"),
				    page_child(maker, CHILD_CLOCK, "stopped_at", clock), due);
	*ret_tone = TONE_TEXT;
	if (!clock->due)
		return maker->page->incident->shelved_at && !clock->side ?
			       _("stands still: the case is shelved") :
			       _("runs without a limit");
	if (maker->still)
		return arena_printf(maker->arena, _("due %s"), due);
	left_words(clock->due, left_moment(clock->due, maker->now), left);
	switch (left_state(clock->due, maker->now)) {
	case LEFT_OVER:
		*ret_tone = TONE_OVER;
		return arena_printf(maker->arena, _("was due %s: overdue by %s"), due, left);
	case LEFT_SOON:
		*ret_tone = TONE_SOON;
		break;
	case LEFT_NONE:
	case LEFT_FAR:
		break;
	}
	return arena_printf(maker->arena, _("due %s: %s left"), due, left);
}

static bool is_paused(const struct page_maker *maker, const struct clock *clock)
{
	return !clock->side && maker->page->incident->paused_until > maker->now;
}

const char *page_clock_words(struct page_maker *maker, const struct clock *clock,
			     enum tone *ret_tone)
{
	const struct incident *incident = maker->page->incident;
	struct str text = STR_INIT;
	const char *words = due_words(maker, clock, ret_tone), *kept;
	bool runs = !clock->stopped_at && clock->due;

	if (clock->limit)
		str_addf(&text, "%s  ", page_child(maker, CHILD_CLOCK, "limit", clock));
	str_add(&text, words);
	if (runs && !maker->still)
		str_addf(&text, _("  %d%% used"),
			 clock_used(maker->rules, incident, clock, maker->now));
	if (runs && is_paused(maker, clock))
		str_addf(&text, _("  stands still until %s"),
			 page_moment(maker->rules, incident->paused_until, maker->now,
				     maker->arena));
	if (clock->extended)
		str_addf(&text, _("  extended by %s"),
			 page_child(maker, CHILD_CLOCK, "extended", clock));
	if (clock->provisional)
		str_addf(&text, "  %s", _("provisional: the calendar ends before"));
	kept = arena_strdup(maker->arena, str_get(&text));
	str_release(&text);
	return kept;
}

static bool is_about(const struct clock *clock, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return clock->about && strcmp(clock->about, text) == 0;
}

static bool is_of_share(const struct incident *incident, const struct clock *clock)
{
	for (size_t i = 0; i < incident->parts.n; i++)
		if (is_about(clock, &incident_part(incident, i)->id))
			return true;
	return false;
}

static int clock_label_cols(struct page_maker *maker)
{
	const struct incident *incident = maker->page->incident;
	int widest = 8;

	for (size_t i = 0; i < incident->clocks.n; i++) {
		int cols = text_columns(page_child(maker, CHILD_CLOCK, "kind",
						   incident_clock(incident, i)));

		widest = cols > widest ? cols : widest;
	}
	return page_label_cols(maker, widest);
}

/* Those that run stand first.  Those of a share stand with its department. */
static void add_clocks(struct page_maker *maker, struct page_section *section, bool running)
{
	const struct incident *incident = maker->page->incident;
	int cols = clock_label_cols(maker);

	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		const char *org = page_child(maker, CHILD_CLOCK, "org", clock), *words;
		enum tone tone;

		if ((clock->stopped_at == 0) != running || is_of_share(incident, clock))
			continue;
		words = page_clock_words(maker, clock, &tone);
		page_line(maker, section, tone, page_child(maker, CHILD_CLOCK, "kind", clock), cols,
			  arena_printf(maker->arena, "%s%s%s", org, *org ? "  " : "", words));
	}
}

void page_clocks(struct page_maker *maker)
{
	const struct incident *incident = maker->page->incident;
	struct page_section *section;

	if (!incident->clocks.n)
		return;
	section = page_section(maker, "clock", maker->still ? _("Clocks")
							     : _("Clocks (= shows how they were computed)"));
	add_clocks(maker, section, true);
	add_clocks(maker, section, false);
}

/* ---- shares ---- */

static const char *share_words(struct page_maker *maker, const struct part *part)
{
	static const char *const shown[] = { "assigned_at", "signed_at", "signed_by",
					     "contacted_at", "arrived_at", "handled_at",
					     "handled_by", "replied_at", "verified_at",
					     "verified_by", "reworks" };
	struct str text = STR_INIT;
	const char *kept;

	str_add(&text, page_child(maker, CHILD_PART, "role", part));
	if (part->state)
		str_addf(&text, "  %s", page_child(maker, CHILD_PART, "state", part));
	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		const char *value = page_child(maker, CHILD_PART, shown[i], part);

		if (*value && str_eq(shown[i] + strlen(shown[i]) - 3, "_by"))
			str_addf(&text, " %s", value); /* beside its moment */
		else if (*value)
			str_addf(&text, "  %s %s", page_field_title(CHILD_PART, shown[i]), value);
	}
	if (part->result)
		str_addf(&text, "\n%s", page_child(maker, CHILD_PART, "result", part));
	kept = arena_strdup(maker->arena, str_get(&text));
	str_release(&text);
	return kept;
}

static void share_clocks(struct page_maker *maker, struct page_section *section,
			 const struct part *part)
{
	const struct incident *incident = maker->page->incident;

	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);
		enum tone tone;
		const char *words;

		if (!is_about(clock, &part->id))
			continue;
		words = page_clock_words(maker, clock, &tone);
		page_line(maker, section, tone, "", page_label_cols(maker, 14),
			  arena_printf(maker->arena, "%s  %s",
				       page_child(maker, CHILD_CLOCK, "kind", clock), words));
	}
}

void page_shares(struct page_maker *maker)
{
	const struct incident *incident = maker->page->incident;
	struct page_section *section;

	if (!incident->parts.n)
		return;
	section = page_section(maker, "part", _("Departments"));
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		bool dead = str_eq(part->role, "past") || str_eq(part->state, "returned");

		page_line(maker, section, dead ? TONE_HINT : TONE_TEXT,
			  page_child(maker, CHILD_PART, "org", part), page_label_cols(maker, 14),
			  share_words(maker, part));
		share_clocks(maker, section, part);
	}
}
