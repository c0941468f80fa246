#include <config.h>

#include "zhiban/domain/whistle.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/summons.h"

static const struct {
	const char *code, *label;
} steps[WHISTLE_STEPS] = {
	[WHISTLE_DRAFT] = { "draft", N_("Draft") },
	[WHISTLE_APPROVE] = { "approve", N_("To be approved") },
	[WHISTLE_CHECK] = { "check", N_("To be checked") },
	[WHISTLE_RETURNED] = { "returned", N_("Returned") },
	[WHISTLE_ISSUED] = { "issued", N_("Under way") },
	[WHISTLE_RATE] = { "rate", N_("To be rated") },
	[WHISTLE_CLOSED] = { "closed", N_("Closed") },
	[WHISTLE_WITHDRAWN] = { "withdrawn", N_("Withdrawn") },
	[WHISTLE_REFUSED] = { "refused", N_("Refused") },
};

const char *whistle_step_code(enum whistle_step step)
{
	return steps[step].code;
}

const char *whistle_step_label(enum whistle_step step)
{
	return _(steps[step].label);
}

enum whistle_step whistle_step(const struct whistle *whistle)
{
	for (size_t i = 0; i < WHISTLE_STEPS; i++)
		if (str_eq(steps[i].code, whistle->step))
			return (enum whistle_step)i;
	return WHISTLE_DRAFT;
}

static const struct {
	const char *code, *label;
} states[SHARE_STATES] = {
	[SHARE_PLANNED] = { "planned", N_("not asked yet") },
	[SHARE_ASKED] = { "asked", N_("not signed") },
	[SHARE_SIGNED] = { "signed", N_("signed") },
	[SHARE_CONTACTED] = { "contacted", N_("contacted") },
	[SHARE_ARRIVED] = { "arrived", N_("on the scene") },
	[SHARE_REPORTED] = { "reported", N_("reported in, to be confirmed") },
	[SHARE_CONFIRMED] = { "confirmed", N_("reported in") },
	[SHARE_HANDLED] = { "handled", N_("handled") },
	[SHARE_REPLIED] = { "replied", N_("fed back") },
	[SHARE_VERIFIED] = { "verified", N_("verified") },
	[SHARE_FREED] = { "freed", N_("freed") },
};

/* The furthest that its times say. */
enum share_state share_state(const struct summoned *share)
{
	const struct {
		int64_t at;
		enum share_state state;
	} reached[] = {
		{ share->freed_at, SHARE_FREED },	  { share->verified_at, SHARE_VERIFIED },
		{ share->replied_at, SHARE_REPLIED },	  { share->handled_at, SHARE_HANDLED },
		{ share->confirmed_at, SHARE_CONFIRMED }, { share->reported_at, SHARE_REPORTED },
		{ share->arrived_at, SHARE_ARRIVED },	  { share->contacted_at, SHARE_CONTACTED },
		{ share->signed_at, SHARE_SIGNED },	  { share->asked_at, SHARE_ASKED },
	};

	for (size_t i = 0; i < ARRAY_LEN(reached); i++)
		if (reached[i].at != 0)
			return reached[i].state;
	return SHARE_PLANNED;
}

const char *share_state_code(enum share_state state)
{
	return states[state].code;
}

const char *share_state_label(enum share_state state)
{
	return _(states[state].label);
}

bool share_is_live(const struct summoned *share)
{
	return share->asked_at != 0 && share->freed_at == 0;
}

const struct summoned *whistle_share(const struct whistle *whistle, size_t i)
{
	return (const struct summoned *)whistle->shares.items + i;
}

struct summoned *whistle_share_of(const struct whistle *whistle, const char *org)
{
	struct summoned *shares = whistle->shares.items;

	for (size_t i = 0; i < whistle->shares.n; i++)
		if (shares[i].freed_at == 0 && str_eq(shares[i].org, org))
			return &shares[i];
	return NULL;
}

const struct clock *whistle_clock(const struct whistle *whistle, size_t i)
{
	return (const struct clock *)whistle->clocks.items + i;
}

const struct clock *whistle_clock_of(const struct whistle *whistle, const struct uuid *share,
				     const char *kind)
{
	const struct clock *found = NULL;
	char about[UUID_TEXT] = "";

	if (share != NULL)
		uuid_text(share, about);
	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		if (str_eq(clock->kind, kind) &&
		    strcmp(clock->about != NULL ? clock->about : "", about) == 0)
			found = clock;
	}
	return found;
}

const struct clock *whistle_next_clock(const struct whistle *whistle)
{
	const struct clock *next = NULL;

	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		if (clock->stopped_at == 0 && clock->due != 0 &&
		    summons_clock_find(clock->kind) != SUMMONS_CLOCKS &&
		    (next == NULL || clock->due < next->due))
			next = clock;
	}
	return next;
}

const char *whistle_short_number(const struct whistle *whistle, char buf[24])
{
	const char *number = whistle->number;

	buf[0] = '\0';
	if (number != NULL && strlen(number) > 6) /* without year and month */
		snprintf(buf, 24, "%s", number + 6);
	return buf;
}
