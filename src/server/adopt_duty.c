/* What a new profile means to rosters and to the people in them: they stay as they are, whatever became
 * of their organisation or their plan; organisations that read rosters now get them. */
#include <config.h>

#include "adopt_priv.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/roster.h"

static void touch_if_seen(struct adopt *adopt, const void *entity)
{
	const struct entity *head = entity;

	if (!adopt_seen_by_more(adopt, entity))
		return;
	MEM_GROW(adopt->touches, adopt->n_touches, adopt->cap_touches);
	adopt->touches[adopt->n_touches++] = head->id;
}

static void look_at_roster(struct adopt *adopt, const struct roster *roster)
{
	if (roster->ends <= adopt->now)
		return;
	if (rules_plan(adopt->rules, roster->plan) == NULL)
		tally_of(adopt, &adopt->planless, roster->plan, NULL)->rosters++;
	else if (!org_stands(adopt->rules, roster->org, adopt->now))
		tally_of(adopt, &adopt->ended, roster->org, NULL)->rosters++;
	touch_if_seen(adopt, roster);
}

static void look_at_staff(struct adopt *adopt, const struct staff *staff)
{
	if (!staff->active)
		return;
	if (!org_stands(adopt->rules, staff->org, adopt->now))
		tally_of(adopt, &adopt->ended, staff->org, NULL)->people++;
	touch_if_seen(adopt, staff);
}

void adopt_look_at_duty(struct adopt *adopt, const void *entity)
{
	const struct entity *head = entity;

	if (head->kind == KIND_ROSTER)
		look_at_roster(adopt, entity);
	else if (head->kind == KIND_STAFF)
		look_at_staff(adopt, entity);
	else if (head->kind == KIND_ROOM && ((const struct room *)entity)->booked_until > adopt->now)
		touch_if_seen(adopt, entity);
}

/* An organisation that is in no list any more is called as it was. */
static const char *org_name(const struct adopt *adopt, const char *code)
{
	const struct org *org = rules_org(adopt->rules, code);

	if (org == NULL && adopt->old != NULL)
		org = rules_org(adopt->old, code);
	return org != NULL ? org->name : code;
}

void adopt_say_duty(struct adopt *adopt)
{
	for (size_t i = 0; i < adopt->ended.n; i++) {
		const struct tally *tally = &adopt->ended.items[i];

		str_addf(&adopt->report,
			 _("%s (%s) has ended: %lld rosters and %lld people in rosters stay as they "
			   "are\n"),
			 org_name(adopt, tally->words), tally->words, (long long)tally->rosters,
			 (long long)tally->people);
	}
	for (size_t i = 0; i < adopt->planless.n; i++) {
		const struct tally *tally = &adopt->planless.items[i];

		str_addf(&adopt->report,
			 _("the profile has no roster %s any more: %lld months of it stay as they "
			   "are, and are not changed\n"),
			 tally->words, (long long)tally->rosters);
	}
	if (adopt->n_touches > 0)
		str_addf(&adopt->report,
			 _("%zu rosters, people in rosters and rooms are seen by more "
			   "organisations now\n"),
			 adopt->n_touches);
}
