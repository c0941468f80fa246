/* Invitation to a meeting on paper: when, where, about what, who is to come, until when to answer;
 * with the agenda and a form to answer. */
#include <config.h>

#include "minutes_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/roster_words.h"

static bool is_for(const struct minutes_maker *maker, const struct attendee *attendee, const char *org)
{
	return org == NULL || str_eq(attendee->org, org) ||
	       rules_org_within(maker->rules, attendee->org, org);
}

static const char *addressed(const struct minutes_maker *maker, const char *org)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < maker->n_people; i++) {
		const struct org *of = rules_org(maker->rules, maker->people[i]->org);

		if (attendee_role(maker->people[i]) == ATTEND_SECRETARY ||
		    !is_for(maker, maker->people[i], org))
			continue;
		str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
			 of != NULL ? of->name : maker->people[i]->org);
	}
	return minutes_kept(&names, maker->arena);
}

/* Until when answers are asked for; 0: no clock of it runs. */
static int64_t answer_due(const struct meeting *meeting)
{
	int64_t due = 0;

	for (size_t i = 0; i < meeting->clocks.n; i++) {
		const struct clock *clock = (const struct clock *)meeting->clocks.items + i;

		if (str_eq(clock->kind, meeting_clock_code(MEETING_ANSWER)) && clock->due > due)
			due = clock->due;
	}
	return due;
}

/* --- the text -------------------------------------------------------------------------------- */

static void put_who(const struct minutes_maker *maker, const char *org, struct official *official)
{
	static const enum attendee_role roles[] = { ATTEND_CHAIR, ATTEND_MUST, ATTEND_MAY };

	for (size_t r = 0; r < ARRAY_LEN(roles); r++) {
		struct str names = STR_INIT;

		for (size_t i = 0; i < maker->n_people; i++)
			if (attendee_role(maker->people[i]) == roles[r] &&
			    is_for(maker, maker->people[i], org))
				str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
					 attendee_who(maker->rules, maker->people[i], maker->arena));
		if (names.len > 0)
			official_text(official, arena_printf(maker->arena, _("%s: %s."),
							     attendee_role_label(roles[r]),
							     str_get(&names)));
		str_release(&names);
	}
}

static void put_asked(const struct minutes_maker *maker, struct official *official)
{
	const struct meeting *meeting = maker->meeting;

	official_text(official,
		      answer_due(meeting) != 0
			      ? arena_printf(maker->arena,
					     _("Please answer until %s: who comes, or leave with a "
					       "reason, or whom you send."),
					     minutes_moment(maker, answer_due(meeting)))
			      : _("Please answer: who comes, or leave with a reason, or whom you "
				  "send."));
	if (meeting->papers_due != 0)
		official_text(official,
			      arena_printf(maker->arena, _("Papers are to be sent until %s."),
					   minutes_moment(maker, meeting->papers_due)));
	official_text(official, meeting->note);
}

static void put_items(const struct minutes_maker *maker, struct official *official)
{
	for (size_t i = 0; i < maker->n; i++) {
		const char *lead =
			minutes_lead(maker, minutes_item(maker, maker->entries[i]));

		official_heading(official, 3,
				 *lead != '\0' ? arena_printf(maker->arena, _("%s (reported by %s)"),
							      minutes_title(maker, maker->entries[i]),
							      lead)
					       : minutes_title(maker, maker->entries[i]));
	}
}

static void put_text(const struct minutes_maker *maker, const char *org, struct official *official)
{
	const char *chairs = minutes_chairs(maker), *where = minutes_where(maker);

	official_text(official,
		      arena_printf(maker->arena, _("%s is to be held. It is announced as follows:"),
				   minutes_name(maker)));
	official_heading(official, 1, _("When"));
	official_text(official, maker->meeting->starts != 0
					? arena_printf(maker->arena, _("%s."), minutes_when(maker))
					: _("To be announced."));
	official_heading(official, 1, _("Where"));
	official_text(official, *where != '\0' ? arena_printf(maker->arena, _("%s."), where)
					       : _("To be announced."));
	if (*chairs != '\0') {
		official_heading(official, 1, _("Chair"));
		official_text(official, arena_printf(maker->arena, _("%s."), chairs));
	}
	official_heading(official, 1, _("Items"));
	put_items(maker, official);
	official_heading(official, 1, _("Who attends"));
	put_who(maker, org, official);
	official_heading(official, 1, _("What is asked of those who attend"));
	put_asked(maker, official);
}

/* --- attachments ----------------------------------------------------------------------------- */

static void put_agenda(const struct minutes_maker *maker, struct official *official)
{
	const char *const titles[] = { _("Starts at"), _("Minutes"), _("Item"), _("Lead"),
				       _("Also sit in") };

	official_attach(official, _("Agenda"), titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < maker->n; i++) {
		const struct item *item = minutes_item(maker, maker->entries[i]);
		const char *cells[] = { minutes_begins(maker, i),
					arena_printf(maker->arena, "%lld",
						     (long long)maker->entries[i]->minutes),
					minutes_title(maker, maker->entries[i]),
					minutes_lead(maker, item), minutes_others(maker, item) };

		official_row(official, cells);
	}
}

/* To be filled in by hand and read to the secretary, or sent back. */
static void put_receipt(const struct minutes_maker *maker, const char *org,
			struct official *official)
{
	const char *const titles[] = { _("Receipt"), _("To be filled in") };
	const struct org *of = rules_org(maker->rules, org);
	const char *const rows[][2] = {
		{ _("Meeting"), arena_printf(maker->arena, "%s %s",
					     meeting_name(maker->rules, maker->meeting, maker->arena),
					     minutes_number(maker->meeting->number)) },
		{ _("Organisation"), of != NULL ? of->name : "____________" },
		{ _("Who will attend"), "____________" },
		{ _("Position"), "____________" },
		{ _("Phone"), "____________" },
		{ _("Comes, on leave, or sends somebody"), "____________" },
		{ _("Reason for leave"), "____________" },
	};

	official_attach(official, _("Receipt"), titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		official_row(official, rows[i]);
}

void invitation_paper(const struct rules *rules, const struct meeting *meeting,
		      const struct joint_asked *asked, const char *org, struct official *ret_official)
{
	struct arena arena = ARENA_INIT;
	struct minutes_maker maker;

	minutes_maker_init(&maker, rules, meeting, asked, &arena);
	official_init(ret_official);
	official_set(ret_official, OFFICIAL_MARK, minutes_office(&maker));
	if (meeting_state(meeting) == MEETING_DRAWN)
		official_set(ret_official, OFFICIAL_DRAFT, _("a draft"));
	official_set(ret_official, OFFICIAL_TITLE,
		     arena_printf(&arena, _("Notice that %s is to be held"), minutes_name(&maker)));
	official_set(ret_official, OFFICIAL_MAIN_TO, addressed(&maker, org));
	put_text(&maker, org, ret_official);
	put_agenda(&maker, ret_official);
	put_receipt(&maker, org, ret_official);
	official_set(ret_official, OFFICIAL_SIGNED, minutes_office(&maker));
	official_set(ret_official, OFFICIAL_DATE, minutes_date(&maker, meeting->called_at));
	arena_release(&arena);
}
