/* When somebody could sit in a meeting: what keeps him away, and the working hours. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"

#include "roster_priv.h"

enum { LONGEST_DAYS = 4 }; /* a duty, with the rest behind it */

struct keeping {
	struct client *client;
	const char *org, *name;
	int64_t from, to;
	const struct uuid *except; /* of a meeting, or NULL */
	struct arena *arena;
	struct busy *found;
	size_t n, cap;
};

static void add(struct keeping *keeping, int64_t from, int64_t to, enum busy_sort sort, bool doubt,
		const char *words)
{
	if (from >= keeping->to || to <= keeping->from || to <= from)
		return;
	MEM_GROW(keeping->found, keeping->n, keeping->cap);
	keeping->found[keeping->n++] = (struct busy){ from, to, sort, doubt, words };
}

/* ---- his duties, and the rest behind a night ---- */

struct him { /* in the lists of rosters; the same name may stand in several units' lists */
	struct uuid *ids;
	size_t n;
};

static enum err find_him(struct keeping *keeping, struct him *him, struct error *err)
{
	const struct staff **staff;
	size_t n = 0;
	enum err code = client_staff(keeping->client, NULL, false, keeping->arena, &staff, &n, err);

	if (code != ERR_OK)
		return code;
	him->ids = arena_array(keeping->arena, n + 1, sizeof *him->ids);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(staff[i]->name, keeping->name) || !str_eq(staff[i]->org, keeping->org))
			continue;
		him->ids[him->n++] = staff[i]->head.id;
		for (size_t t = 0; t < staff[i]->timeoffs.n; t++) {
			const struct timeoff *off =
				(const struct timeoff *)staff[i]->timeoffs.items + t;

			if (off->ended_at == 0)
				add(keeping, off->from_at, off->to_at, BUSY_LEAVE, false,
				    off->why != NULL ? off->why : _("time off"));
		}
	}
	return ERR_OK;
}

static bool is_his(const struct keeping *keeping, const struct him *him, const struct turn *turn)
{
	struct uuid id = staff_uuid(turn->staff);

	for (size_t i = 0; i < him->n; i++)
		if (uuid_eq(&him->ids[i], &id))
			return true;
	return uuid_is_nil(&id) && str_eq(turn->name, keeping->name) &&
	       str_eq(turn->unit, keeping->org);
}

static enum err add_duties(struct keeping *keeping, struct error *err)
{
	const struct rules *rules = keeping->client->rules;
	struct turn_row *rows;
	struct him him = { .n = 0 };
	size_t n = 0;
	enum err code = find_him(keeping, &him, err);

	if (code == ERR_OK)
		code = roster_turns(keeping->client, NULL, keeping->from - LONGEST_DAYS * DAY_MS,
				    keeping->to, keeping->arena, &rows, &n, err);
	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		const struct turn *turn = &rows[i].turn;
		const struct roster_plan *plan = rules_plan(rules, rows[i].plan);
		const struct duty_shift *shift = plan != NULL ? plan_shift(plan, turn->shift) : NULL;
		const struct duty_post *post = plan != NULL ? plan_post(plan, turn->post) : NULL;
		const char *words;

		if (!is_his(keeping, &him, turn))
			continue;
		words = arena_printf(keeping->arena, "%s %s",
				     shift != NULL ? shift->label : turn->shift,
				     post != NULL ? post->label : turn->post);
		add(keeping, turn->starts, turn->ends, BUSY_DUTY, post != NULL && post->phone, words);
		if (shift != NULL && shift->night && (post == NULL || !post->phone))
			add(keeping, turn->ends, turn->ends + plan->rest_min * MINUTE_MS, BUSY_REST,
			    true, arena_printf(keeping->arena, _("after %s"), words));
	}
	return code;
}

/* ---- leaders who are out ---- */

static enum err add_outings(struct keeping *keeping, struct error *err)
{
	struct client_record *records;
	size_t n = 0;
	enum err code = client_records(keeping->client, NULL, keeping->from - 60 * DAY_MS, keeping->to,
				       true, keeping->arena, &records, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		const struct record *record = records[i].record;

		if (record_sort_find(record->sort) == RECORD_OUTING && record->back_at == 0 &&
		    str_eq(record->party, keeping->name))
			add(keeping, record->from_at,
			    record->to_at != 0 ? record->to_at : keeping->to, BUSY_LEAVE, false,
			    record->place != NULL ? record->place : record->title);
	}
	return code;
}

/* ---- other meetings, and what he answered ---- */

/* Whether an attendee of another meeting is he; of an organisation as a whole, whoever it sends. */
static bool is_meant(const struct keeping *keeping, const struct attendee *attendee)
{
	if (!str_eq(attendee->org, keeping->org))
		return false;
	if (keeping->name == NULL)
		return true;
	return str_eq(attendee->name, keeping->name) || str_eq(attendee->delegate, keeping->name);
}

/* Who was let go, or sends somebody else, does not sit there. */
static bool comes_himself(const struct keeping *keeping, const struct attendee *attendee)
{
	switch (attendee_answer(attendee)) {
	case ANSWER_LEAVE:
		return !attendee->leave_ok;
	case ANSWER_DELEGATED:
		return keeping->name == NULL || str_eq(attendee->delegate, keeping->name);
	case ANSWER_ACCEPTED:
	case ANSWERS:
		break;
	}
	return true;
}

static void add_meeting(struct keeping *keeping, const struct meeting *meeting)
{
	bool own = keeping->except != NULL && uuid_eq(&meeting->head.id, keeping->except);
	bool drawn = meeting_state(meeting) == MEETING_DRAWN;
	int64_t ends = meeting->ends > meeting->starts ? meeting->ends : meeting->starts + HOUR_MS;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		bool may = attendee_role(attendee) == ATTEND_MAY;

		if (!is_meant(keeping, attendee))
			continue;
		if (own && attendee_answer(attendee) == ANSWER_LEAVE)
			add(keeping, meeting->starts, ends, BUSY_ANSWER, false,
			    attendee->why != NULL ? attendee->why : _("asked for leave"));
		else if (!own && comes_himself(keeping, attendee))
			add(keeping, meeting->starts, ends, BUSY_MEETING, drawn || may, meeting->title);
	}
}

static enum err add_meetings(struct keeping *keeping, struct error *err)
{
	struct client_meeting *meetings;
	size_t n = 0;
	enum err code = client_meetings_between(keeping->client, keeping->from, keeping->to,
						keeping->arena, &meetings, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++)
		add_meeting(keeping, meetings[i].meeting);
	return code;
}

static int by_from(const void *a, const void *b)
{
	const struct busy *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (int)x->sort - (int)y->sort;
}

enum err client_busy(struct client *client, const char *org, const char *name, int64_t from, int64_t to,
		     const struct uuid *except, struct arena *arena, struct busy **ret_busy,
		     size_t *ret_n, struct error *err)
{
	struct keeping keeping = { .client = client, .org = org, .name = name, .from = from,
				   .to = to, .except = except, .arena = arena };
	enum err code = add_meetings(&keeping, err);

	if (code == ERR_OK && name != NULL)
		code = add_duties(&keeping, err);
	if (code == ERR_OK && name != NULL)
		code = add_outings(&keeping, err);
	if (code == ERR_OK) {
		*ret_busy = arena_array(arena, keeping.n + 1, sizeof *keeping.found);
		if (keeping.n > 0) {
			qsort(keeping.found, keeping.n, sizeof *keeping.found, by_from);
			memcpy(*ret_busy, keeping.found, keeping.n * sizeof *keeping.found);
		}
		*ret_n = keeping.n;
	}
	free(keeping.found);
	return code;
}

/* ---- working hours ---- */

enum err client_windows(struct client *client, int64_t from, int64_t to, struct arena *arena,
			struct busy **ret_windows, size_t *ret_n, struct error *err)
{
	const struct rules *rules = client->rules;
	int64_t now = client_now(client), begin = from > now ? from : now;
	int32_t first = civil_day_of_ms(begin, rules->offset_min);
	int32_t last = civil_day_of_ms(to, rules->offset_min);
	struct busy *windows;
	size_t n = 0;

	if (!client_has_rules(client))
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the rules are not here yet: zhiban sync"));
	windows = arena_array(arena, last >= first ? (size_t)(last - first + 1) * HOURS_SPANS + 1 : 1,
			      sizeof *windows);
	for (int32_t day = first; day <= last; day++) {
		int64_t midnight = civil_ms_of_day(day, rules->offset_min);

		if (!calendar_is_workday(rules->calendar, day))
			continue;
		for (int i = 0; i < (rules->hours.n > 0 ? rules->hours.n : 1); i++) {
			int64_t starts = midnight, ends = midnight + DAY_MS;

			if (rules->hours.n > 0) {
				starts = midnight + rules->hours.span[i].from * MINUTE_MS;
				ends = midnight + rules->hours.span[i].to * MINUTE_MS;
			}
			starts = starts > begin ? starts : begin;
			ends = ends < to ? ends : to;
			if (starts < ends)
				windows[n++] = (struct busy){ .from = starts, .to = ends };
		}
	}
	*ret_windows = windows;
	*ret_n = n;
	return ERR_OK;
}
