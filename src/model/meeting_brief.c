/* A meeting in one paragraph, for whoever has only a telephone: to read out or to paste. */
#include <config.h>

#include <string.h>

#include "minutes_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/roster_words.h"

static bool ends(const char *text)
{
	size_t len = strlen(text), stop = strlen(_("."));

	return len >= stop && strcmp(text + len - stop, _(".")) == 0;
}

static const char *without_stop(const char *text, struct arena *arena)
{
	return ends(text) ? arena_strndup(arena, text, strlen(text) - strlen(_("."))) : text;
}

/* --- the sentences: each adds itself, or nothing --------------------------------------------- */

static void say_name(const struct minutes_maker *maker, struct str *out)
{
	str_addf(out, "%s %s %s", minutes_number(maker->meeting->number),
		 meeting_name(maker->rules, maker->meeting, maker->arena),
		 meeting_state_label(meeting_state(maker->meeting)));
}

static void say_when(const struct minutes_maker *maker, struct str *out)
{
	const struct meeting *meeting = maker->meeting;
	bool held = meeting->opened_at != 0;
	const char *when = minutes_day(maker, held ? meeting->opened_at : meeting->starts);
	const char *end = minutes_hour(maker, held ? meeting->closed_at : meeting->ends);
	const char *where = minutes_where(maker);

	str_addf(out, "%s%s%s%s%s", *when != '\0' ? when : _("no time yet"), *end != '\0' ? "-" : "",
		 end, *where != '\0' ? " " : "", where);
}

static void say_cancelled(const struct minutes_maker *maker, struct str *out)
{
	if (maker->meeting->cancelled_for != NULL)
		str_addf(out, _("because %s"), maker->meeting->cancelled_for);
}

static void say_chair(const struct minutes_maker *maker, struct str *out)
{
	const char *chairs = minutes_chairs(maker);

	if (*chairs != '\0')
		str_addf(out, _("Chair: %s"), chairs);
}

/* Before it their titles; afterwards what became of them. */
static void say_items(const struct minutes_maker *maker, struct str *out)
{
	for (size_t i = 0; i < maker->n; i++) {
		const struct item *item = minutes_item(maker, maker->entries[i]);
		const struct said said = meeting_said(maker->meeting, maker->entries[i], item);
		enum item_outcome outcome = outcome_find(said.outcome);

		str_addf(out, "%s%zu. %s", i > 0 ? _("; ") : "", i + 1,
			 minutes_title(maker, maker->entries[i]));
		if (maker->meeting->opened_at == 0)
			continue;
		if (outcome != OUTCOMES && said.resolution != NULL)
			str_addf(out, _(", %s: %s"), outcome_label(outcome),
				 without_stop(said.resolution, maker->arena));
		else
			str_addf(out, " %s", outcome != OUTCOMES ? outcome_label(outcome)
								      : _("not settled there"));
	}
}

static void say_tasks(const struct minutes_maker *maker, struct str *out)
{
	for (size_t i = 0; i < maker->asked->n_actions; i++) {
		const struct action *action = maker->asked->actions[i];

		if (action_state(action) == ACTION_WITHDRAWN)
			continue;
		str_addf(out, "%s%s %s", out->len > 0 ? _("; ") : _("Tasks: "),
			 org_brief(maker->rules, action->lead), action->title);
		if (minutes_due(action) != 0)
			str_addf(out, _(", by %s"), minutes_day(maker, minutes_due(action)));
	}
}

static void say_must(const struct minutes_maker *maker, struct str *out)
{
	if (maker->meeting->opened_at != 0)
		return;
	for (size_t i = 0; i < maker->n_people; i++)
		if (attendee_is_must(maker->people[i]))
			str_addf(out, "%s%s", out->len > 0 ? _(", ") : _("Must come: "),
				 attendee_who(maker->rules, maker->people[i], maker->arena));
}

static void say_answer(const struct minutes_maker *maker, struct str *out)
{
	const struct meeting *meeting = maker->meeting;
	bool until = meeting->due != 0 &&
		     str_eq(meeting->due_clock, meeting_clock_code(MEETING_ANSWER));

	if (meeting_state(meeting) != MEETING_CALLED || meeting->silent == 0)
		return;
	str_addf(out, until ? _("Answer by telephone until %s") : _("Answer by telephone%s"),
		 until ? minutes_day(maker, meeting->due) : "");
}

static void say_note(const struct minutes_maker *maker, struct str *out)
{
	if (maker->meeting->opened_at == 0 && maker->meeting->note != NULL)
		str_add(out, maker->meeting->note);
}

static const struct {
	int rank; /* the lower, the longer it stays */
	void (*say)(const struct minutes_maker *maker, struct str *out);
} sentences[] = {
	{ 0, say_name }, { 0, say_cancelled }, { 1, say_when }, { 5, say_chair }, { 3, say_items },
	{ 2, say_tasks }, { 6, say_must },     { 2, say_answer }, { 7, say_note },
};
enum { SENTENCES = ARRAY_LEN(sentences), LEAST_RANK = 7 };

/* --- together -------------------------------------------------------------------------------- */

static void put_together(const struct str *said, int most, struct str *out)
{
	for (size_t i = 0; i < SENTENCES; i++) {
		if (said[i].len == 0 || sentences[i].rank > most)
			continue;
		str_addf(out, "%s%s%s", out->len > 0 && *_(".") == '.' ? " " : "", str_get(&said[i]),
			 ends(str_get(&said[i])) ? "" : _("."));
	}
}

static void cut(struct str *text, size_t chars)
{
	size_t at = 0;

	for (size_t n = 0; at < text->len && n + 2 < chars; n++)
		at += text_grapheme(text->s + at, text->len - at);
	str_cut(text, at);
	str_add(text, "..");
}

void meeting_brief(const struct rules *rules, const struct meeting *meeting,
		   const struct joint_asked *asked, size_t chars, struct str *out)
{
	struct str said[SENTENCES] = { STR_INIT }, text = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct minutes_maker maker;

	minutes_maker_init(&maker, rules, meeting, asked, &arena);
	for (size_t i = 0; i < SENTENCES; i++)
		sentences[i].say(&maker, &said[i]);
	for (int most = LEAST_RANK; most >= 0; most--) {
		str_clear(&text);
		put_together(said, most, &text);
		if (chars == 0 || text_chars(str_get(&text)) <= chars)
			break;
	}
	if (chars > 0 && text_chars(str_get(&text)) > chars)
		cut(&text, chars);
	text_clean(out, str_get(&text), text.len, false);
	for (size_t i = 0; i < SENTENCES; i++)
		str_release(&said[i]);
	str_release(&text);
	arena_release(&arena);
}
