/* Minutes: who was there and who was not, in protocol order; who has signed them, and who objects. */
#include <config.h>

#include "minutes_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/roster_words.h"

/* --- who was there --------------------------------------------------------------------------- */

/* "水务局 赵晓东"; who came for somebody is said to: "环境局 李立（代）". */
const char *minutes_person(const struct minutes_maker *maker, const struct attendee *attendee)
{
	const char *org = org_brief(maker->rules, attendee->org);
	const char *name = attendee_is_there(attendee) || attendee->left_at != 0
				   ? attendee->present_by
				   : attendee->name;

	if (name == NULL)
		return org;
	if (attendee_present(attendee) == PRESENT_DELEGATE)
		return attendee->name != NULL
			       ? arena_printf(maker->arena, _("%s %s (for %s)"), org, name,
					      attendee->name)
			       : arena_printf(maker->arena, _("%s %s (delegate)"), org, name);
	return arena_printf(maker->arena, "%s %s", org, name);
}

enum list { LIST_PRESENT, LIST_BESIDE, LIST_LEAVE, LIST_ABSENT, LISTS };

/* Whoever left was there; an optional one who did not come is told of nowhere. */
static enum list list_of(const struct attendee *attendee)
{
	enum attendee_role role = attendee_role(attendee);
	bool must = role == ATTEND_CHAIR || role == ATTEND_MUST;

	if (role == ATTEND_SECRETARY)
		return LISTS;
	if (attendee_is_there(attendee) || attendee->left_at != 0)
		return must ? LIST_PRESENT : LIST_BESIDE;
	if (attendee->leave_ok)
		return LIST_LEAVE;
	return must ? LIST_ABSENT : LISTS;
}

static bool is_kept(const struct minutes_maker *maker)
{
	for (size_t i = 0; i < maker->n_people; i++)
		if (attendee_present(maker->people[i]) != PRESENTS)
			return true;
	return false;
}

/* Where nobody kept a sheet, nobody is called absent. */
void minutes_put_names(const struct minutes_maker *maker, struct official *official)
{
	static const char *const labels[LISTS] = { N_("Attended"), N_("Also present"),
						   N_("On leave"), N_("Absent") };

	for (int list = 0; list < LISTS && is_kept(maker); list++) {
		struct str names = STR_INIT;

		for (size_t i = 0; i < maker->n_people; i++)
			if (list_of(maker->people[i]) == (enum list)list)
				str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
					 minutes_person(maker, maker->people[i]));
		official_names(official, _(labels[list]), str_get(&names));
		str_release(&names);
	}
	official_names(official, _("Minutes taken by"), maker->meeting->secretary);
}

/* --- who has signed -------------------------------------------------------------------------- */

/* What the telephone said of an act; NULL when it was done at a console. */
static const struct behalf *behalf_of(const struct meeting *meeting, const char *verb, const char *org)
{
	const struct behalf *items = meeting->behalves.items, *found = NULL;

	for (size_t i = 0; i < meeting->behalves.n; i++)
		if (str_eq(items[i].verb, verb) && (org == NULL || str_eq(items[i].org, org)))
			found = &items[i];
	return found;
}

static const char *with_phone(const struct minutes_maker *maker, const char *words,
			      const struct behalf *behalf)
{
	if (behalf == NULL)
		return words;
	return arena_printf(maker->arena,
			    behalf->signed_at != 0
				    ? _("%s (by telephone, recorded by %s, countersigned since)")
				    : _("%s (by telephone, recorded by %s, not countersigned yet)"),
			    words, behalf->by != NULL ? officer_show(behalf->by) : "-");
}

static void put_signer(const struct minutes_maker *maker, const struct attendee *attendee,
		       struct official *official)
{
	const struct behalf *behalf = behalf_of(maker->meeting, "sign", attendee->org);
	const char *cells[] = { org_brief(maker->rules, attendee->org), attendee->sign_by, NULL,
				_("not signed yet") };

	if (attendee->objects != NULL) {
		cells[3] = arena_printf(maker->arena, _("objects: %s"), attendee->objects);
	} else if (attendee->sign_at != 0) {
		cells[2] = minutes_moment(maker, attendee->sign_at);
		cells[3] = with_phone(maker, _("agrees"), behalf);
	}
	official_row(official, cells);
}

static void put_approver(const struct minutes_maker *maker, struct official *official)
{
	const struct meeting *meeting = maker->meeting;
	const char *cells[] = { _("approved by"), meeting->approved_by, NULL, _("not approved yet") };

	if (meeting->approved_at != 0) {
		cells[2] = minutes_moment(maker, meeting->approved_at);
		cells[3] = with_phone(maker, _("agrees to their issue"),
				      behalf_of(meeting, "approve", NULL));
	}
	official_row(official, cells);
}

void minutes_put_signs(const struct minutes_maker *maker, struct official *official)
{
	const char *const titles[] = { _("Who signs"), _("Who countersigned"), _("When"),
				       _("Opinion") };
	bool by_all = maker->series != NULL && maker->series->signed_by_all;
	bool approved = maker->series != NULL && maker->series->minutes_role != NULL;

	if (maker->meeting->drafted_at == 0 || (!by_all && !approved))
		return;
	official_attach(official, _("Countersignatures and approval"), titles, ARRAY_LEN(titles));
	for (size_t i = 0; by_all && i < maker->n_people; i++)
		if (attendee_is_must(maker->people[i]) || maker->people[i]->sign_at != 0)
			put_signer(maker, maker->people[i], official);
	if (approved)
		put_approver(maker, official);
}
