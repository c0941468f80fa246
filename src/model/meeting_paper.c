/* Agenda and sign-in sheet of a meeting on paper. */
#include <config.h>

#include "minutes_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_words.h"

static void begin(struct minutes_maker *maker, const char *title, struct sheet *sheet)
{
	sheet_init(sheet, title);
	sheet_note(sheet, minutes_office(maker));
	sheet_fact(sheet, _("Number"), minutes_number(maker->meeting->number));
	sheet_fact(sheet, _("When"), minutes_when(maker));
	sheet_fact(sheet, _("Place"), minutes_where(maker));
	sheet_fact(sheet, _("Chair"), minutes_chairs(maker));
	sheet_fact(sheet, _("Secretary"), maker->meeting->secretary);
}

/* --- agenda ---------------------------------------------------------------------------------- */

static const char *papers_words(const struct minutes_maker *maker, const struct item *item)
{
	struct str names = STR_INIT;

	for (size_t i = 0; item != NULL && i < item->papers.n; i++) {
		const struct paper *paper = item_paper(item, i);
		const char *org = org_brief(maker->rules, paper->org);

		str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
			 paper->sent_at == 0 ? arena_printf(maker->arena, _("%s (missing)"), org)
			 : paper->name != NULL ? paper->name
						: org);
	}
	return minutes_kept(&names, maker->arena);
}

void agenda_paper(const struct rules *rules, const struct meeting *meeting,
		  const struct joint_asked *asked, struct sheet *ret_sheet)
{
	const char *const titles[] = { _("No."),  _("Starts at"),	      _("Minutes"), _("Item"),
				       _("Lead"), _("Also sit in"), _("Papers") };
	struct arena arena = ARENA_INIT;
	struct minutes_maker maker;

	minutes_maker_init(&maker, rules, meeting, asked, &arena);
	begin(&maker, arena_printf(&arena, _("Agenda of %s"), minutes_name(&maker)), ret_sheet);
	sheet_fact(ret_sheet, _("Note"), meeting->note);
	sheet_table(ret_sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < maker.n; i++) {
		const struct agenda *entry = maker.entries[i];
		const struct item *item = minutes_item(&maker, entry);
		const char *cells[] = { arena_printf(&arena, "%zu", i + 1),
					minutes_begins(&maker, i),
					arena_printf(&arena, "%lld", (long long)entry->minutes),
					minutes_title(&maker, entry),
					minutes_lead(&maker, item),
					minutes_others(&maker, item),
					papers_words(&maker, item) };

		sheet_row(ret_sheet, cells);
	}
	arena_release(&arena);
}

/* --- sign-in sheet --------------------------------------------------------------------------- */

static const char *expected(const struct attendee *attendee, struct arena *arena)
{
	if (attendee_answer(attendee) == ANSWER_DELEGATED && attendee->delegate != NULL)
		return arena_printf(arena, "%s %s", attendee->delegate,
				    attendee->delegate_post != NULL ? attendee->delegate_post : "");
	if (attendee->name == NULL)
		return "";
	return attendee->post != NULL ? arena_printf(arena, "%s %s", attendee->name, attendee->post)
				      : attendee->name;
}

static const char *signed_in(const struct minutes_maker *maker, const struct attendee *attendee)
{
	enum attendee_present present = attendee_present(attendee);

	if (present == PRESENTS)
		return attendee->leave_ok ? _("on leave") : "";
	if (present == PRESENT_ABSENT)
		return attendee_present_label(present);
	return arena_printf(maker->arena, "%s %s %s", attendee_present_label(present),
			    attendee->present_by != NULL ? attendee->present_by : "",
			    minutes_hour(maker, present == PRESENT_LEFT ? attendee->left_at
									: attendee->present_at));
}

static const char *count_words(const struct minutes_maker *maker)
{
	const struct attendance sheet = meeting_sheet(maker->meeting);

	return sheet.need > 0 ? arena_printf(maker->arena,
					     _("%zu invited, %zu mandatory, quorum %zu, here %zu"),
					     sheet.invited, sheet.must, sheet.need, sheet.here)
			      : arena_printf(maker->arena, _("%zu invited, %zu mandatory, here %zu"),
					     sheet.invited, sheet.must, sheet.here);
}

void signin_paper(const struct rules *rules, const struct meeting *meeting, struct sheet *ret_sheet)
{
	static const struct joint_asked nothing = { .n_items = 0 };
	const char *const titles[] = { _("No."),       _("Organisation"), _("Who is expected"),
				       _("Attends as"), _("Signed in"),	  _("Signs here") };
	struct arena arena = ARENA_INIT;
	struct minutes_maker maker;

	minutes_maker_init(&maker, rules, meeting, &nothing, &arena);
	begin(&maker, arena_printf(&arena, _("Sign-in sheet of %s"), minutes_name(&maker)), ret_sheet);
	sheet_fact(ret_sheet, _("Attendance"), count_words(&maker));
	sheet_table(ret_sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < maker.n_people; i++) {
		const struct attendee *attendee = maker.people[i];
		const char *cells[] = { arena_printf(&arena, "%zu", i + 1),
					org_brief(rules, attendee->org),
					expected(attendee, &arena),
					attendee_role_label(attendee_role(attendee)),
					signed_in(&maker, attendee), "________" };

		sheet_row(ret_sheet, cells);
	}
	arena_release(&arena);
}
