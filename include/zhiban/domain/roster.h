/* Rosters (值班表): who stands in which seat of which shift of an organisation, month by month.
 *
 * What there is to be filled is never stored: it follows from the profile (struct roster_plan), the
 * day, the calendar and the mode (roster_needs).  A roster keeps the seats that are filled: its
 * children turn, each with its own moments, so that a changed profile moves nobody.
 *
 * Days are civil days of the jurisdiction; a shift belongs to the day on which it begins.  All moments
 * are ms UTC.  Rosters and staff are seen by every organisation that has a plan: who is on duty, and
 * under which number, is nobody's secret. */
#ifndef ZHIBAN_DOMAIN_ROSTER_H
#define ZHIBAN_DOMAIN_ROSTER_H

#include "zhiban/domain/roster_plan.h"

#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;
struct staff {
	struct entity head;
#include "zhiban/domain/staff.def"
};
struct roster {
	struct entity head;
#include "zhiban/domain/roster.def"
};
struct timeoff {
	struct uuid id;
#include "zhiban/domain/timeoff.def"
};
struct turn {
	struct uuid id;
#include "zhiban/domain/turn.def"
};
struct filing {
	struct uuid id;
#include "zhiban/domain/filing.def"
};
struct carried {
	struct uuid id;
#include "zhiban/domain/carried.def"
};
#undef F
#undef K

/* ---- what there is to be filled ---- */

struct need { /* one seat of one shift */
	int32_t day;
	const struct duty_shift *shift;
	const struct duty_post *post;
	int seat; /* from 1 */
	int64_t starts, ends;
	bool may_be_empty;
};
bool season_has(const struct rules *rules, const struct duty_post *post, int32_t day);
/* The seats of one day, in the order shift, post, seat; mode: in force then (code; NULL: peacetime).
 * At most NEEDS_MOST; returns how many. */
enum { NEEDS_MOST = 128 };
size_t roster_needs(const struct rules *rules, const struct roster_plan *plan, int32_t day,
		    const char *mode, struct need needs[NEEDS_MOST]);
/* The seat of a turn; shift, post: NULL when the plan has them no more. */
struct need turn_need(const struct rules *rules, const struct roster_plan *plan,
		      const struct turn *turn);

/* ---- months, weeks and ids ---- */

#define ROSTER_MONTH 8 /* "2026-12" and NUL */
struct uuid roster_id(const char *org, const char *plan, const char *month);
void month_of_day(int32_t day, char month[ROSTER_MONTH]);
/* "2026-12": its first day and the first one behind it.  False: it is no month. */
bool month_days(const char *month, int32_t *ret_first, int32_t *ret_end);
int32_t turn_day(const struct rules *rules, const struct turn *turn);
const struct turn *roster_turn(const struct roster *roster, size_t i);
const struct turn *roster_turn_find(const struct roster *roster, const struct uuid *id); /* or NULL */
/* Who stands in a seat, or NULL. */
const struct turn *roster_turn_at(const struct rules *rules, const struct roster *roster, int32_t day,
				  const char *shift, const char *post, int seat);
struct uuid staff_uuid(const char *text); /* of the field staff; nil when it is none */
void uuid_words(const struct uuid *id, char text[40]); /* nil: "-" */

/* The Monday of the week a day is in; when the filing of a week (by its Monday) is due, ms UTC, or 0
 * when the plan files nothing; the filing of a roster for a week, or NULL. */
int32_t week_of_day(int32_t day);
int64_t filing_due(const struct rules *rules, const struct roster_plan *plan, int32_t week);
const struct filing *roster_filing(const struct rules *rules, const struct roster *roster,
				   int32_t week);

/* ---- cells: how changes of seats are written in an act ----
 *
 * "2026-12-01 night main 1 WAS NOW [fixed]": WAS and NOW are ids of staff, "-" nobody.  WAS is who
 * stood there when the author looked; whoever finds another there is refused and told who it is. */
struct cell {
	int32_t day;
	const char *shift, *post;
	int seat;
	struct uuid was, now; /* nil: nobody */
	bool fixed;
};
/* ERR_INPUT with the form.  Texts are borrowed from the plan. */
enum err cell_parse(const struct roster_plan *plan, const char *words, struct cell *ret_cell,
		    struct error *err) MUST_CHECK;
/* The same, but a shift and a post that the plan has no more stand too, in the arena: what stands in
 * such a seat can be taken out. */
enum err cell_parse_any(const struct roster_plan *plan, const char *words, struct arena *arena,
			struct cell *ret_cell, struct error *err) MUST_CHECK;
const char *cell_words(const struct cell *cell, struct arena *arena);

/* ---- classes of days, for the ledger ---- */

enum day_class { DAY_WEEKDAY, DAY_WEEKEND, DAY_HOLIDAY, DAY_SPRING, DAY_CLASSES };
const char *day_class_code(enum day_class cls);
const char *day_class_label(enum day_class cls); /* translated */
/* A make-up working day is a weekday; a day off that a notice names is a holiday, those of the Spring
 * Festival a class of their own; any other Saturday and Sunday is a weekend. */
enum day_class day_class_of(const struct rules *rules, int32_t day);

#endif
