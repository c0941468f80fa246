#include <config.h>

#include "zhiban/domain/alarm.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static const struct {
	const char *code, *label;
} kinds[ALARM_KINDS] = {
	[ALARM_NEW] = { "new", N_("new case") },
	[ALARM_GIVEN] = { "given", N_("given to us") },
	[ALARM_RED] = { "red", N_("overdue") },
};

const char *alarm_code(enum alarm_kind kind)
{
	return kind < ALARM_KINDS ? kinds[kind].code : "";
}

const char *alarm_label(enum alarm_kind kind)
{
	return kind < ALARM_KINDS ? _(kinds[kind].label) : "";
}

unsigned alarm_bit(const char *code)
{
	for (size_t i = 0; i < ALARM_KINDS; i++)
		if (strcmp(kinds[i].code, code) == 0)
			return 1U << i;
	return 0;
}

/* ---- what hands a case on ---- */

static const char *const handing[] = { "assign", "return", "escalate" };

static bool is_handing(const char *verb)
{
	for (size_t i = 0; verb != NULL && i < ARRAY_LEN(handing); i++)
		if (strcmp(handing[i], verb) == 0)
			return true;
	return false;
}

bool alarm_hands_on(const struct act_desc *act)
{
	return is_handing(act->verb);
}

/* What others may do to a case without its new holder having looked at it. */
static bool is_beside(const char *verb)
{
	static const char *const beside[] = { "note", "fix", "urge", "supervise", "instruct", "pass_on",
					      "notify", "hard", "propose", "absorb", "relate" };

	for (size_t i = 0; verb != NULL && i < ARRAY_LEN(beside); i++)
		if (strcmp(beside[i], verb) == 0)
			return true;
	return false;
}

/* ---- the three classes ---- */

static bool reaches(int64_t urgency, int least)
{
	return urgency > 0 && urgency <= least;
}

static const char *seat_of(const struct rules *rules, const struct incident *incident)
{
	return incident->seat != NULL ? incident->seat : rules->centre;
}

static bool is_new(const struct rules *rules, const struct incident *incident)
{
	return reaches(incident->urgency, rules->alarm_urgency) && incident->acked_at == 0 &&
	       (incident->moved_by == NULL || strcmp(incident->moved_by, "register") == 0);
}

/* To the seat a case comes back, or up; to others it is assigned. */
static bool is_given(const struct rules *rules, const char *org, const struct incident *incident)
{
	bool seat = str_eq(org, seat_of(rules, incident));

	if (!reaches(incident->urgency, rules->alarm_urgency) || incident->acked_at != 0)
		return false;
	if (seat && (incident->holder == NULL || str_eq(incident->holder, org)))
		return incident->moved_by != NULL && strcmp(incident->moved_by, "assign") != 0 &&
		       is_handing(incident->moved_by);
	return !seat && !str_eq(org, rules->centre) && str_eq(incident->holder, org) &&
	       (incident->signer == NULL || *incident->signer == '\0') &&
	       (is_handing(incident->moved_by) || is_beside(incident->moved_by));
}

/* Whose the clock is that the case is due by; NULL: not known. */
static const char *due_org(const struct rules *rules, const struct incident *incident)
{
	const struct step *step = rules_step(rules, incident->step);
	const char *seat = seat_of(rules, incident);

	for (size_t i = 0; step != NULL && i < step->n_clocks; i++) {
		if (!str_eq(step->clocks[i].kind, incident->due_clock))
			continue;
		switch (step->clocks[i].who) {
		case WHO_HOLDER:
		case WHO_SEAT_OR_HOLDER:
		case WHO_CENTRE_OR_HOLDER:
		case WHO_SHARE:
			return incident->holder != NULL ? incident->holder : seat;
		case WHO_SEAT:
			return seat;
		case WHO_ORIGIN:
			return incident->origin != NULL ? incident->origin : seat;
		case WHO_ANY:
		case WHO_CENTRE:
		case WHO_BELOW:
			return rules->centre;
		}
	}
	return incident->holder != NULL ? incident->holder : seat;
}

static bool is_red(const struct rules *rules, const char *mode, const char *org,
		   const struct incident *incident, int64_t now)
{
	int64_t until;

	return reaches(incident->urgency, rules->alarm_red) && incident->due != 0 &&
	       incident->due <= now && incident->acked_at < incident->due &&
	       incident->paused_until <= now && incident->shelved_at == 0 &&
	       str_eq(due_org(rules, incident), org) &&
	       !clock_is_quiet(rules, incident, mode, now, &until);
}

struct alarm alarm_of(const struct rules *rules, const char *mode, const char *org,
		      const struct incident *incident, int64_t now)
{
	unsigned wanted = rules->alarms;
	bool past = incident->imported &&
		    (incident->moved_by == NULL || strcmp(incident->moved_by, "register") == 0);

	if (!incident->open || past || org == NULL)
		return (struct alarm){ .kind = ALARM_NONE };
	if (wanted & 1U << ALARM_NEW && is_new(rules, incident))
		return (struct alarm){ ALARM_NEW, incident->registered_at };
	if (wanted & 1U << ALARM_GIVEN && is_given(rules, org, incident))
		return (struct alarm){ ALARM_GIVEN, incident->moved_at };
	if (wanted & 1U << ALARM_RED && is_red(rules, mode, org, incident, now))
		return (struct alarm){ ALARM_RED, incident->due };
	return (struct alarm){ .kind = ALARM_NONE };
}

bool alarm_is_written(const struct incident *incident, const char *org, int64_t since)
{
	const struct absence *absences = incident->absences.items;

	for (size_t i = 0; i < incident->absences.n; i++)
		if (str_eq(absences[i].org, org) && absences[i].at >= since)
			return true;
	return false;
}

bool alarm_is_unanswered(const struct incident *incident, int64_t now)
{
	return incident->acked_at == 0 ||
	       (incident->due != 0 && incident->due <= now && incident->acked_at < incident->due);
}
