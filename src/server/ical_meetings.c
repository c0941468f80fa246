/* Joint meetings in the calendar of a secret address. */
#include <config.h>

#include "ical_priv.h"

#include "zhiban/base/mem.h"
#include "zhiban/domain/roster.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/ical_meeting.h"

enum { MEETINGS_MOST = 2000 };

struct finding {
	struct meeting_gathering *out;
	const struct staff *staff; /* of a person's calendar; else NULL */
	const char *post;          /* label of a post's; else NULL */
	int64_t org;               /* number of the scope */
	enum err code;
	struct error err;
};

/* --- whose it is -------------------------------------------------------------------------------
 */

static bool is_staff(const struct finding *finding, const char *name, const char *org)
{
	return str_eq(name, finding->staff->name) && str_eq(org, finding->staff->org);
}

/* He sits in it himself: not when he sends somebody, or was let off. */
static bool attends(const struct finding *finding, const struct attendee *attendee)
{
	enum attendee_answer answer = attendee_answer(attendee);

	if (attendee->asked_at == 0 || (answer == ANSWER_LEAVE && attendee->leave_ok))
		return false;
	if (answer == ANSWER_DELEGATED)
		return is_staff(finding, attendee->delegate, attendee->org);
	return is_staff(finding, attendee->name, attendee->org);
}

static bool is_of_person(const struct finding *finding, const struct meeting *meeting)
{
	if (is_staff(finding, meeting->chair, meeting->org) ||
	    is_staff(finding, meeting->chair2, meeting->org) ||
	    is_staff(finding, meeting->secretary, meeting->org))
		return true;
	for (size_t i = 0; i < meeting->attendees.n; i++)
		if (attends(finding, meeting_attendee(meeting, i)))
			return true;
	return false;
}

static bool is_of_org(const struct finding *finding, const struct meeting *meeting)
{
	const struct about *about = finding->out->about;

	if (about->subject == SUBJECT_ORG && str_eq(meeting->org, about->org))
		return true;
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (attendee->asked_at != 0 && str_eq(attendee->org, about->org) &&
		    (about->subject == SUBJECT_ORG || str_eq(attendee->post, about->post) ||
		     (finding->post != NULL && str_eq(attendee->post, finding->post))))
			return true;
	}
	return false;
}

/* One that nobody was called to yet is its convener's alone, who is no attendee; one that never was is
 * nobody's. */
static bool is_shown(const struct finding *finding, const struct meeting *meeting)
{
	const struct meeting_gathering *out = finding->out;

	if (meeting->starts == 0 || meeting->starts >= out->to || meeting->ends <= out->from)
		return false;
	if (meeting->called_at == 0 && meeting_state(meeting) == MEETING_CANCELLED)
		return false;
	return out->about->subject == SUBJECT_PERSON ? is_of_person(finding, meeting)
						     : is_of_org(finding, meeting);
}

/* --- reading -----------------------------------------------------------------------------------
 */

static bool meeting_each(void *ctx, const struct db_entity *row)
{
	struct finding *finding = ctx;
	struct meeting_gathering *out = finding->out;
	int64_t since = 0;
	void *entity = NULL;

	finding->code =
	    out->ops->party_since(out->db, finding->org, row->eno, &since, &finding->err);
	if (finding->code == ERR_OK && since != 0)
		finding->code =
		    entity_decode(row->bytes, row->len, out->arena, &entity, &finding->err);
	if (finding->code != ERR_OK)
		return false;
	if (entity == NULL || !is_shown(finding, entity))
		return true;
	MEM_GROW(out->items, out->n, out->cap);
	out->items[out->n++] =
	    ical_meeting_item(out->rules, entity, ICAL_PUBLISH, NULL, out->arena);
	return out->n < MEETINGS_MOST;
}

static enum err load_staff(struct finding *finding, struct error *err)
{
	const struct meeting_gathering *out = finding->out;
	struct db_entity row;
	void *entity = NULL;
	enum err code = out->ops->entity_get(out->db, &out->about->staff, out->arena, &row, err);

	if (code == ERR_OK)
		code = entity_decode(row.bytes, row.len, out->arena, &entity, err);
	if (code == ERR_OK)
		finding->staff = entity;
	return code;
}

enum err meetings_gather(struct meeting_gathering *gathering, struct error *err)
{
	const struct about *about = gathering->about;
	const struct roster_plan *plan = rules_plan(gathering->rules, about->plan);
	const struct duty_post *post =
	    plan != NULL && about->post != NULL ? plan_post(plan, about->post) : NULL;
	struct finding finding = {.out = gathering, .post = post != NULL ? post->label : NULL};
	enum err code = ERR_OK;

	if (gathering->scope == NULL)
		return ERR_OK;
	code = gathering->ops->org_no(gathering->db, gathering->scope, false, &finding.org, err);
	if (code == ERR_OK && about->subject == SUBJECT_PERSON)
		code = load_staff(&finding, err);
	if (code == ERR_OK)
		code = gathering->ops->meeting_scan(gathering->db, gathering->from, meeting_each,
						    &finding, err);
	return code == ERR_OK && finding.code != ERR_OK
		   ? error_set(err, finding.code, "%s", finding.err.text)
		   : code;
}
