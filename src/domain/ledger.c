/* The ledger of fairness: a fold over the turns of some months. */
#include <config.h>

#include "zhiban/domain/ledger.h"

#include <string.h>

#include "zhiban/base/civil.h"

enum { WHOLE = 2, HALF = 1 }; /* in halves */

int duty_weight(enum day_class cls, bool night, bool standby)
{
	static const int weights[DAY_CLASSES] = {
		[DAY_WEEKDAY] = 2, [DAY_WEEKEND] = 3, [DAY_HOLIDAY] = 4, [DAY_SPRING] = 6
	};

	return (weights[cls] + (night ? 1 : 0)) * (standby ? HALF : WHOLE);
}

struct book {
	const struct rules *rules;
	const struct roster_plan *plan;
	struct ledger_row *rows;
	struct uuid *ids; /* of each row; nil: of a name alone */
	size_t n, cap;
	struct arena *arena;
};

static struct ledger_row *row_new(struct book *book, const struct uuid *id, const char *name)
{
	if (book->n == book->cap) {
		size_t cap = book->cap * 2 + 8;
		struct ledger_row *rows = arena_array(book->arena, cap, sizeof *rows);
		struct uuid *ids = arena_array(book->arena, cap, sizeof *ids);

		if (book->n > 0) {
			memcpy(rows, book->rows, book->n * sizeof *rows);
			memcpy(ids, book->ids, book->n * sizeof *ids);
		}
		book->rows = rows;
		book->ids = ids;
		book->cap = cap;
	}
	book->rows[book->n] = (struct ledger_row){ .name = name };
	book->ids[book->n] = *id;
	return &book->rows[book->n++];
}

static struct ledger_row *row_of(struct book *book, const char *staff, const char *name)
{
	struct uuid id = staff_uuid(staff);

	for (size_t i = 0; i < book->n; i++)
		if (uuid_is_nil(&id) ? str_eq(book->rows[i].name, name) :
				       uuid_eq(&book->ids[i], &id))
			return &book->rows[i];
	if (uuid_is_nil(&id) && name == NULL)
		return NULL;
	return row_new(book, &id, name);
}

static void add_turn(struct book *book, const struct turn *turn, bool asked)
{
	struct ledger_row *row = row_of(book, turn->staff, turn->name);
	const struct duty_shift *shift = plan_shift(book->plan, turn->shift);
	const struct duty_post *post = plan_post(book->plan, turn->post);
	enum day_class cls = day_class_of(book->rules, turn_day(book->rules, turn));
	bool standby = post != NULL && post->standby, night = shift != NULL && shift->night;
	int weight = duty_weight(cls, night, standby);

	if (row == NULL)
		return;
	row->halves[cls] += standby ? HALF : WHOLE;
	row->nights += night;
	row->weight += weight;
	if (asked) {
		row->month_weight += weight;
	} else {
		row->before[cls] += standby ? HALF : WHOLE;
		row->before_nights += night;
	}
}

static void add_opening(struct book *book, const struct carried *carried)
{
	struct ledger_row *row = row_of(book, carried->staff, carried->name);
	const int64_t duties[DAY_CLASSES] = { carried->weekday, carried->weekend, carried->holiday,
					      carried->spring };

	if (row == NULL)
		return;
	for (int cls = 0; cls < DAY_CLASSES; cls++) {
		row->halves[cls] += (int)duties[cls] * WHOLE;
		row->before[cls] += (int)duties[cls] * WHOLE;
		row->weight += (int)duties[cls] * duty_weight((enum day_class)cls, false, false);
	}
	row->nights += (int)carried->nights;
	row->before_nights += (int)carried->nights;
	row->weight += (int)carried->nights *
		       (duty_weight(DAY_WEEKDAY, true, false) - duty_weight(DAY_WEEKDAY, false, false));
}

static bool in_list(const struct staff *staff, const struct roster *roster)
{
	return staff->since < roster->ends &&
	       (staff->active || staff->ended_at == 0 || staff->ended_at > roster->starts);
}

void ledger_of(const struct rules *rules, const struct roster_plan *plan,
	       const struct roster *const *rosters, size_t n, const struct staff *const *staff,
	       size_t n_staff, struct arena *arena, struct ledger_row **ret_rows, size_t *ret_n)
{
	struct book book = { .rules = rules, .plan = plan, .arena = arena };

	for (size_t i = 0; i < n_staff; i++) {
		struct ledger_row *row = row_new(&book, &staff[i]->head.id, staff[i]->name);

		row->staff = staff[i];
		for (size_t m = 0; m < n; m++)
			row->months += in_list(staff[i], rosters[m]);
	}
	for (size_t i = 0; n > 0 && i < rosters[0]->opening.n; i++)
		add_opening(&book, (const struct carried *)rosters[0]->opening.items + i);
	for (size_t m = 0; m < n; m++)
		for (size_t i = 0; i < rosters[m]->turns.n; i++)
			add_turn(&book, roster_turn(rosters[m], i), m + 1 == n);
	*ret_rows = book.rows;
	*ret_n = book.n;
}
