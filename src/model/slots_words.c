/* Slots in words. */
#include <config.h>

#include "zhiban/model/slots.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/roster_words.h"

const struct slots_person *slots_who(const struct slots *slots, size_t at)
{
	for (size_t i = 0; i < slots->n_people; i++)
		if (slots->people[i].at == at)
			return &slots->people[i];
	return NULL;
}

static void why_words(const struct busy *why, struct str *out)
{
	str_addf(out, " (%s)",
		 why->words != NULL && *why->words != '\0' ? why->words
							   : busy_sort_label(why->sort));
}

void slots_missing_words(const struct slots *slots, const struct slot_missing *missing, size_t n,
			 struct str *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct slots_person *person = slots_who(slots, missing[i].person);

		str_addf(out, "%s%s", i > 0 ? _(", ") : "", person != NULL ? person->label : "?");
		why_words(missing[i].why, out);
	}
}

const char *slots_hours(const struct rules *rules, const struct slot *slot, struct arena *arena)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	civil_format(slot->starts, rules->offset_min, "H:M", from, sizeof from);
	civil_format(slot->ends, rules->offset_min, "H:M", to, sizeof to);
	return arena_printf(arena, "%s-%s", from, to);
}

const char *slots_day(const struct rules *rules, int64_t at, struct arena *arena)
{
	char day[32];

	return arena_strdup(arena, duty_day(rules, at, day));
}

const char *slots_room_name(const struct slots *slots, const struct slot *slot)
{
	if (slots->problem.n_rooms > 0 && slot->room < slots->problem.n_rooms)
		return slots->rooms[slots->room_at[slot->room]].name;
	if (slots->meeting == NULL)
		return "";
	return slots->meeting->room != NULL && *slots->meeting->room != '\0' ? slots->meeting->room
	       : slots->meeting->line != NULL                                ? slots->meeting->line
									     : "";
}

const char *slots_sign(enum busy_sort sort)
{
	/* TRANSLATORS: two columns each, in a table: on duty, after a night, another meeting, time
	 * off, said no, booked: 班 夜 会 假 否 订 */
	static const char *const signs[BUSY_SORTS] = {
	    [BUSY_DUTY] = N_("du"),  [BUSY_REST] = N_("ni"),   [BUSY_MEETING] = N_("me"),
	    [BUSY_LEAVE] = N_("aw"), [BUSY_ANSWER] = N_("no"), [BUSY_BOOKED] = N_("bk"),
	};

	return _(signs[sort]);
}

size_t slots_rooms_free(const struct slots *slots, int64_t from, int64_t to)
{
	size_t n = 0;

	for (size_t i = 0; i < slots->problem.n_rooms; i++)
		n += slots_busy_at(slots->problem.rooms[i].busy, slots->problem.rooms[i].n_busy,
				   from, to) == NULL;
	return n;
}

static void against(const struct slots *slots, int64_t starts, struct str *words)
{
	int64_t ends = starts + slots->problem.length;
	size_t here = 0, n = 0;
	bool inside = false;

	for (size_t i = 0; i < slots->problem.n_windows; i++)
		inside = inside || (slots->problem.windows[i].from <= starts &&
				    slots->problem.windows[i].to >= ends);
	if (!inside) {
		str_add(words, _("outside working hours"));
		return;
	}
	for (size_t i = 0; i < slots->problem.n_people; i++) {
		const struct slot_side *side = &slots->problem.people[i];
		const struct busy *why = slots_busy_at(side->busy, side->n_busy, starts, ends);

		here += why == NULL || why->doubt;
		if (why == NULL || why->doubt || !side->must)
			continue;
		str_addf(words, "%s%s", n++ > 0 ? _(", ") : "", side->label);
		why_words(why, words);
	}
	if (here < slots->problem.quorum)
		str_addf(words, _("%s%zu can come, %zu are needed"), n++ > 0 ? _(", ") : "", here,
			 slots->problem.quorum);
	if (slots->problem.n_rooms > 0 && slots_rooms_free(slots, starts, ends) == 0)
		str_addf(words, "%s%s", n > 0 ? _(", ") : "", _("no room"));
}

bool slots_judge(const struct slots *slots, int64_t starts, struct arena *arena,
		 struct slot *ret_slot, struct str *words)
{
	struct slot slot;

	if (!slot_judge(&slots->problem, starts, arena, &slot)) {
		against(slots, starts, words);
		return false;
	}
	*ret_slot = slot;
	if (slot.usual)
		str_add(words, _("usual time, "));
	if (slot.n_missing == 0) {
		str_add(words, _("all can come"));
	} else {
		str_add(words, _("without "));
		slots_missing_words(slots, slot.missing, slot.n_missing, words);
	}
	if (slot.n_doubts > 0) {
		str_add(words, _("; doubtful: "));
		slots_missing_words(slots, slot.doubts, slot.n_doubts, words);
	}
	return true;
}

/* What keeps him away for most of the time that was looked at. */
static const struct busy *longest(const struct slots *slots, const struct slots_person *person)
{
	const struct busy *longest = NULL;
	int64_t most = 0;

	for (size_t i = 0; i < person->n_busy; i++) {
		const struct busy *busy = &person->busy[i];
		int64_t in = 0;

		for (size_t w = 0; w < slots->problem.n_windows; w++) {
			const struct busy *window = &slots->problem.windows[w];
			int64_t from = busy->from > window->from ? busy->from : window->from;
			int64_t to = busy->to < window->to ? busy->to : window->to;

			in += to > from ? to - from : 0;
		}
		if (!busy->doubt && in > most) {
			most = in;
			longest = busy;
		}
	}
	return longest;
}

const char *slots_blocker_words(const struct slots *slots, const struct slot_blocker *blocker,
				struct arena *arena)
{
	const struct slots_person *person = slots_who(slots, blocker->person);
	struct str words = STR_INIT;
	const char *text;

	if (blocker->person == slots->problem.n_people)
		str_addf(&words, _("the quorum of %zu"), slots->problem.quorum);
	else if (blocker->person > slots->problem.n_people)
		str_add(&words, _("no room"));
	else
		str_add(&words, person != NULL ? person->label : "?");
	if (person != NULL && longest(slots, person) != NULL)
		why_words(longest(slots, person), &words);
	str_addf(&words, _(": %zu of %zu beginnings"), blocker->beginnings, slots->beginnings);
	if (blocker->alone > 0)
		str_addf(&words, _(", of %zu alone"), blocker->alone);
	text = arena_strdup(arena, str_get(&words));
	str_release(&words);
	return text;
}

const char *slots_none_words(const struct slots *slots, struct arena *arena)
{
	if (slots->n_best > 0)
		return "";
	if (slots->beginnings == 0)
		return arena_printf(arena,
				    _("No working hours there are long enough for %d minutes."),
				    slots->length_min);
	return _(
	    "No time that all mandatory ones can make, with the quorum and a room. In the way:");
}

const char *slots_since_words(const struct rules *rules, const struct slots *slots,
			      struct arena *arena)
{
	char from[CIVIL_TEXT];

	civil_format(slots->from, rules->offset_min, "m-d H:M", from, sizeof from);
	switch (slots->since) {
	case SLOTS_PAPERS:
		return arena_printf(arena, _("papers: from %s"), from);
	case SLOTS_ANSWER:
		return arena_printf(arena, _("answers: from %s"), from);
	case SLOTS_NOW:
		return _("from now");
	case SLOTS_SAID:
		break;
	}
	return arena_printf(arena, _("from %s"), from);
}

const struct busy *slots_busy_at(const struct busy *busy, size_t n, int64_t from, int64_t to)
{
	const struct busy *found = NULL;
	int64_t most = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t since = busy[i].from > from ? busy[i].from : from;
		int64_t until = busy[i].to < to ? busy[i].to : to;
		bool firmer = found != NULL && found->doubt && !busy[i].doubt;
		bool softer = found != NULL && !found->doubt && busy[i].doubt;

		if (until <= since || softer || (!firmer && until - since <= most))
			continue;
		most = until - since;
		found = &busy[i];
	}
	return found;
}
