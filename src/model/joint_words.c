#include <config.h>

#include "zhiban/model/joint_words.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/roster_words.h"

static const char *kept(struct str *text, struct arena *arena)
{
	const char *copy = arena_strdup(arena, str_get(text));

	str_release(text);
	return copy;
}

/* ---- when ---- */

const char *joint_when(const struct rules *rules, int64_t starts, int64_t ends,
			 struct arena *arena)
{
	char day[CIVIL_TEXT], from[CIVIL_TEXT], to[CIVIL_TEXT] = "";
	struct civil civil;

	if (!starts)
		return _("no time yet");
	civil_of_ms(starts, rules->offset_min, &civil);
	civil_format(starts, rules->offset_min, "m-d", day, sizeof day);
	civil_format(starts, rules->offset_min, "H:M", from, sizeof from);
	if (ends) /* a duty may end another day */
		civil_format(ends, rules->offset_min,
			     civil_day_of_ms(ends, rules->offset_min) ==
					     civil_day_of_ms(starts, rules->offset_min)
				     ? "H:M"
				     : "m-d H:M",
			     to, sizeof to);
	return arena_printf(arena, "%s(%s) %s%s%s", day, weekday_brief(civil.weekday), from,
			    ends ? "-" : "", to);
}

const char *joint_at(const struct rules *rules, int64_t at, struct arena *arena)
{
	char text[CIVIL_TEXT];

	if (!at)
		return "";
	civil_format(at, rules->offset_min, "m-d H:M", text, sizeof text);
	return arena_strdup(arena, text);
}

const char *joint_short(const char *number)
{
	enum { YEAR_AND_MONTH = 6, FULL = 12 };

	return !number ? "" : strlen(number) >= FULL ? number + YEAR_AND_MONTH : number;
}

/* ---- meetings ---- */

const char *meeting_series_label(const struct rules *rules, const char *series)
{
	const struct meeting_series *of = series ? rules_series(rules, series) : NULL;

	return of ? of->label : series ? series : _("single");
}

const char *meeting_title(const struct meeting *meeting, struct arena *arena)
{
	if (!meeting->session)
		return meeting->title ? meeting->title : "";
	return arena_printf(arena, _("%s, no. %lld"), meeting->title ? meeting->title : "",
			    (long long)meeting->session);
}

const char *meeting_answers_words(const struct meeting *meeting, struct arena *arena)
{
	if (!meeting->called_at || !meeting->invited)
		return "";
	return meeting->away ? arena_printf(arena, "%lld/%lld -%lld", (long long)meeting->accepted,
					    (long long)meeting->invited, (long long)meeting->away)
			     : arena_printf(arena, "%lld/%lld", (long long)meeting->accepted,
					    (long long)meeting->invited);
}

/* Of one whose stages are held one by one: the first that has not passed. */
static const char *next_stage(const struct meeting_series *series, const struct meeting *meeting)
{
	for (size_t i = 0; i < series->n_stages; i++) {
		bool passed = false;

		for (size_t s = 0; s < meeting->stages.n; s++) {
			const struct stage *stage = meeting_stage_at(meeting, s);

			passed |= stage->passed && str_eq(stage->stage, series->stages[i].code);
		}
		if (!passed)
			return series->stages[i].label;
	}
	return "";
}

static const char *next_of_drawn(const struct meeting *meeting)
{
	return !meeting->items	? _("put items on the agenda")
	       : !meeting->starts ? _("find a time")
	       : !meeting->room && !meeting->line ? _("take a room")
						   : _("invite");
}

static const char *next_of_called(const struct meeting *meeting, int64_t now, struct arena *arena)
{
	if (meeting->starts && now >= meeting->starts)
		return _("open the sitting");
	return meeting->silent ? arena_printf(arena, _("%lld silent"), (long long)meeting->silent)
			       : _("all have answered");
}

struct meeting_next meeting_next(const struct rules *rules, const struct meeting *meeting, int64_t now,
				 struct arena *arena)
{
	const struct meeting_series *series =
		meeting->series ? rules_series(rules, meeting->series) : NULL;
	struct meeting_next next = { .words = "",
				     .late = meeting->due != 0 && meeting->due <= now };

	if (series && series->n_stages && meeting->open) {
		next.words = next_stage(series, meeting);
		return next;
	}
	switch (meeting_state(meeting)) {
	case MEETING_DRAWN:
		next.words = next_of_drawn(meeting);
		next.late |= meeting->starts != 0 && meeting->starts <= now;
		break;
	case MEETING_CALLED:
		next.words = next_of_called(meeting, now, arena);
		next.late |= meeting->starts != 0 && meeting->starts <= now;
		break;
	case MEETING_SITTING:
		next.words = _("close the sitting");
		break;
	case MEETING_HELD:
		next.words = _("write the minutes");
		break;
	case MEETING_SIGNING:
		next.words = _("minutes to be signed");
		break;
	case MEETING_APPROVING:
		next.words = _("minutes to be approved");
		break;
	case MEETING_APPROVED:
		next.words = _("issue the minutes");
		break;
	case MEETING_ISSUED:
	case MEETING_CANCELLED:
	case MEETING_STATES:
		next.late = false;
		break;
	}
	return next;
}

/* ---- who attends ---- */

const char *attends_brief(const struct attendee *attendee)
{
	switch (attendee_answer(attendee)) {
	case ANSWER_LEAVE:
		return !attendee->leave_at  ? _("asks leave")
		       : attendee->leave_ok ? _("leave granted")
					    : _("leave refused");
	case ANSWER_ACCEPTED:
	case ANSWER_DELEGATED:
		return attendee_answer_label(attendee_answer(attendee));
	case ANSWERS:
		break;
	}
	if (attendee_role(attendee) == ATTEND_SECRETARY) /* nobody waits for it */
		return "";
	if (attendee->leave_at && !attendee->leave_ok)
		return _("leave refused");
	if (!attendee->asked_at || attendee_role(attendee) == ATTEND_SECRETARY)
		return ""; /* whoever sends the invitations is not waited for */
	return attendee->seen_at ? _("seen, silent") : _("silent");
}

const char *attends_more(const struct attendee *attendee, struct arena *arena)
{
	struct str text = STR_INIT;

	if (attendee_answer(attendee) == ANSWER_DELEGATED && attendee->delegate)
		str_addf(&text, "%s%s%s", attendee->delegate, attendee->delegate_post ? " " : "",
			 attendee->delegate_post ? attendee->delegate_post : "");
	if (attendee->why)
		str_addf(&text, "%s%s", text.len ? _("; ") : "", attendee->why);
	if (attendee->clash)
		str_addf(&text, _("%sin the way: %s"), text.len ? _("; ") : "", attendee->clash);
	return kept(&text, arena);
}

const char *orgs_words(const struct rules *rules, const char *const *codes, size_t n, size_t most,
		       struct arena *arena)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < n && i < most; i++)
		str_addf(&text, "%s%s", i ? _(", ") : "", org_brief(rules, codes[i]));
	if (n > most)
		str_add(&text, " ..");
	return kept(&text, arena);
}

const char *item_orgs_words(const struct rules *rules, const struct item *item, size_t most,
			    struct arena *arena)
{
	const char **codes = arena_array(arena, item->concerned.n + 1, sizeof *codes);
	size_t n = 0;

	if (item->lead)
		codes[n++] = item->lead;
	for (size_t i = 0; i < item->concerned.n; i++)
		if (!str_eq(item_concerned(item, i)->org, item->lead))
			codes[n++] = item_concerned(item, i)->org;
	return orgs_words(rules, codes, n, most, arena);
}

/* ---- items ---- */

const char *item_state_words(const struct item *item, struct arena *arena)
{
	enum item_outcome outcome = item->outcome ? outcome_find(item->outcome) : OUTCOMES;

	if (outcome < OUTCOMES)
		return outcome_label(outcome);
	if (item_state(item) == ITEM_APPROVED && item->missing)
		return arena_printf(arena, _("papers -%lld"), (long long)item->missing);
	if (item_state(item) == ITEM_APPROVED && item->times)
		return arena_printf(arena, _("carried over %lld"), (long long)item->times);
	return item_state_label(item_state(item));
}

int item_minutes(const struct meeting_series *series, const struct item *item, int64_t entry)
{
	enum { USUAL = 10 };

	if (entry > 0)
		return (int)entry;
	if (item && item->minutes > 0)
		return (int)item->minutes;
	return series && series->item_min > 0 ? series->item_min : USUAL;
}
