/* --plain: when a meeting could be; meetings and duties of the next days. */
#include <config.h>

#include <string.h>

#include "plain_duty_priv.h"
#include "plain_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/roster.h"
#include "zhiban/model/meeting_calendar.h"
#include "zhiban/model/roster_words.h"
#include "zhiban/model/slots.h"

enum { AHEAD_DAYS = 14 };

static void say_slots(struct plain *plain, const struct slots *slots)
{
	const struct rules *rules = client_rules(plain->client);

	plain_sayf(plain, _("%s: %d minutes, %zu attend, %zu must"), slots->title,
		   slots->length_min, slots->problem.n_people, slots->must);
	plain_say(plain, slots_since_words(rules, slots, &plain->arena));
	for (size_t i = 0; i < slots->n_best; i++) {
		struct str words = STR_INIT;
		struct slot slot;

		(void)slots_judge(slots, slots->best[i].starts, &plain->arena, &slot, &words);
		plain_sayf(plain, "%zu. %s %s %s  %s", i + 1,
			   slots_day(rules, slot.starts, &plain->arena),
			   slots_hours(rules, &slot, &plain->arena), slots_room_name(slots, &slot),
			   str_get(&words));
		str_release(&words);
	}
	if (slots->n_best > 0)
		return;
	plain_say(plain, slots_none_words(slots, &plain->arena));
	for (size_t i = 0; i < slots->n_blockers; i++)
		plain_say(plain, slots_blocker_words(slots, &slots->blockers[i], &plain->arena));
}

void plain_when(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct uuid meeting;
	struct slots_ask ask = {.meeting = *args != '\0' ? &meeting : NULL};
	struct slots slots;

	if ((*args != '\0' &&
	     client_find_kind(plain->client, KIND_MEETING, args, &meeting, &err) != ERR_OK) ||
	    slots_of(plain->client, &ask, &plain->arena, &slots, &err) != ERR_OK)
		plain_say(plain, err.text);
	else
		say_slots(plain, &slots);
}

static void say_entry(struct plain *plain, const struct calendar_entry *entry)
{
	const struct rules *rules = client_rules(plain->client);
	char date[32];

	plain_sayf(plain, "%s %s-%s %s%s%s%s%s",
		   duty_day(rules, civil_ms_of_day(entry->day, rules->offset_min), date),
		   calendar_hour(rules, entry->from, &plain->arena),
		   calendar_hour(rules, entry->to, &plain->arena), entry->title ? entry->title : "",
		   entry->place ? " " : "", entry->place ? entry->place : "",
		   entry->clash ? _("  ! in the way: ") : "", entry->clash ? entry->clash : "");
}

void plain_calendar(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	const struct actor *actor = client_actor(plain->client);
	int32_t today = civil_day_of_ms(client_now(plain->client), rules->offset_min), from = today;
	int32_t to = today + AHEAD_DAYS;
	struct meeting_calendar calendar;
	struct error err = ERROR_INIT;

	if (*args != '\0' && !month_days(args, &from, &to)) {
		plain_sayf(plain, _("\"%.60s\" is no month: 2026-12"), args);
		return;
	}
	if (meeting_calendar_of(plain->client, actor ? actor->org : rules->centre,
				actor ? actor->officer : NULL, from, to, &plain->arena, &calendar,
				&err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_sayf(plain, _("meetings %zu, conflicts %zu"), calendar.meetings, calendar.clashes);
	for (size_t i = 0; i < calendar.n_entries; i++)
		if (calendar.entries[i].sort != CALENDAR_REST)
			say_entry(plain, &calendar.entries[i]);
}
