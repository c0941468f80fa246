/* What keeps somebody from a meeting, as the screens of slots, calendar and roster say it. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_calendar.h"
#include "zhiban/model/slots.h"

#define AT(hour) ((int64_t)(hour)*HOUR_MS)

static const struct busy day[] = {
    {.from = AT(8), .to = AT(9), .sort = BUSY_MEETING, .words = "early"},
    {.from = AT(8), .to = AT(12), .sort = BUSY_REST, .doubt = true, .words = "night"},
    {.from = AT(11), .to = AT(18), .sort = BUSY_DUTY, .words = "day"},
};

/* What keeps away goes before what is doubtful, however long that is; of the firm ones the longest.
 */
static void the_firmest_then_the_longest_is_told(void **state)
{
	static const struct {
		int from, to;
		const char *words; /* NULL: nothing */
	} cases[] = {
	    {6, 8, NULL},    {7, 9, "early"}, {9, 11, "night"}, {8, 11, "early"},
	    {10, 12, "day"}, {8, 18, "day"},  {18, 20, NULL},   {9, 9, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct busy *busy =
		    slots_busy_at(day, ARRAY_LEN(day), AT(cases[i].from), AT(cases[i].to));

		if (cases[i].words == NULL)
			assert_null(busy);
		else
			assert_string_equal(busy->words, cases[i].words);
	}
}

/* ---- who has to sit where ---- */

struct fixture {
	struct arena arena;
	struct meeting *meeting;
	struct client_meeting shown;
};

static struct attendee *attend(struct fixture *fx, const char *org, const char *name)
{
	struct uuid id = {{3, (unsigned char)(fx->meeting->attendees.n + 1)}};
	struct attendee *attendee =
	    children_add(&fx->meeting->attendees, child_desc(CHILD_ATTENDEE), &id, &fx->arena);

	attendee->org = org;
	attendee->name = name;
	attendee->role = attendee_role_code(ATTEND_MUST);
	return attendee;
}

static void answer(struct attendee *attendee, enum attendee_answer how, bool granted,
		   const char *delegate)
{
	attendee->answer = attendee_answer_code(how);
	attendee->leave_ok = granted;
	attendee->delegate = delegate;
}

static int begin(void **state)
{
	struct fixture *fx = mem_alloc(sizeof *fx);
	struct uuid id = {{9}};

	fx->meeting = entity_new(KIND_MEETING, &id, &fx->arena);
	fx->meeting->title = "weekly";
	fx->meeting->state = meeting_state_code(MEETING_CALLED);
	fx->meeting->starts = AT(14);
	fx->meeting->ends = AT(16);
	fx->shown.meeting = fx->meeting;
	*state = fx;
	return 0;
}

static int end(void **state)
{
	struct fixture *fx = *state;

	arena_release(&fx->arena);
	free(fx);
	return 0;
}

static void whoever_comes_has_the_seat(void **state)
{
	struct fixture *fx = *state;

	attend(fx, "water", NULL); /* whom it sends: nobody by name */
	attend(fx, "centre", "Li");
	answer(attend(fx, "centre", "Wang"), ANSWER_LEAVE, false, NULL);
	answer(attend(fx, "centre", "Zhao"), ANSWER_LEAVE, true, NULL);
	answer(attend(fx, "centre", "Qian"), ANSWER_DELEGATED, false, "Sun");
	assert_null(meeting_seat_of(fx->meeting, "water", NULL));
	assert_null(meeting_seat_of(fx->meeting, "water", "Li"));
	assert_non_null(meeting_seat_of(fx->meeting, "centre", "Li"));
	assert_non_null(meeting_seat_of(fx->meeting, "centre", "Wang")); /* not granted yet */
	assert_null(meeting_seat_of(fx->meeting, "centre", "Zhao"));
	assert_null(meeting_seat_of(fx->meeting, "centre", "Qian"));
	assert_non_null(meeting_seat_of(fx->meeting, "centre", "Sun"));
}

static void the_roster_marks_who_must_sit(void **state)
{
	static const struct {
		const char *name, *unit;
		int starts, ends;
		bool marked;
	} cases[] = {
	    {"Li", NULL, 8, 17, true},    {"Li", NULL, 16, 24, false},
	    {"Li", NULL, 0, 14, false},   {"Li", "water", 8, 17, false},
	    {"Zhou", NULL, 8, 17, false}, {"Hu", "hotline", 8, 17, true},
	};
	struct fixture *fx = *state;
	struct rules rules = {.offset_min = 0};
	struct roster roster = {.org = "centre"};
	struct turn turns[ARRAY_LEN(cases)];
	struct grid_cell cells[ARRAY_LEN(cases) + 1];
	struct roster_grid grid = {.n_rows = 1, .n_days = ARRAY_LEN(cells), .cells = cells};

	attend(fx, "centre", "Li");
	attend(fx, "hotline", "Hu");
	for (int held = 0; held < 2; held++) {
		memset(turns, 0, sizeof turns);
		memset(cells, 0, sizeof cells); /* the last: nobody stands there */
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			turns[i].name = cases[i].name;
			turns[i].unit = cases[i].unit;
			turns[i].starts = AT(cases[i].starts);
			turns[i].ends = AT(cases[i].ends);
			cells[i].turn = &turns[i];
			cells[i].roster = &roster;
		}
		roster_grid_meetings(&rules, &grid, &fx->shown, 1, &fx->arena);
		for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
			assert_int_equal((cells[i].marks & GRID_MEETING) != 0,
					 cases[i].marked && !held);
			if (cases[i].marked && !held)
				assert_string_equal(cells[i].meeting, "14:00-16:00 weekly");
		}
		fx->meeting->state = meeting_state_code(MEETING_HELD); /* it is over: no mark */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_firmest_then_the_longest_is_told),
	    cmocka_unit_test_setup_teardown(whoever_comes_has_the_seat, begin, end),
	    cmocka_unit_test_setup_teardown(the_roster_marks_who_must_sit, begin, end),
	};

	return cmocka_run_group_tests_name("model/slots", tests, NULL, NULL);
}
