/* zhiban list shifts, rosters, staff, swaps. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"
#include "zhiban/model/roster_words.h"

struct shift_row { /* a duty, with what its month says of it */
	struct uuid id;
	char *day, *month, *org, *plan, *shift, *post, *name, *unit, *phone, *how, *was, *why,
		*despite;
	int64_t starts, ends, seat, locked;
};

#define FIELD(name, type, title) \
	FIELD_DESC(offsetof(struct shift_row, name), name, type, #name, #name, title, 0, PUBLIC, 0)
static const struct field fields[] = {
	FIELD(day, TEXT, N_("Day")),	      FIELD(month, TEXT, N_("Month")),
	FIELD(org, ORG, N_("Organisation")),  FIELD(plan, CODE, N_("Roster")),
	FIELD(shift, CODE, N_("Shift")),      FIELD(post, CODE, N_("Post")),
	FIELD(seat, INT, N_("Seat")),	      FIELD(starts, TIME, N_("Shift begins")),
	FIELD(ends, TIME, N_("Shift ends")),	      FIELD(name, PERSON, N_("Person")),
	FIELD(unit, ORG, N_("Whose person")), FIELD(phone, TEXT, N_("Duty phone")),
	FIELD(locked, BOOL, N_("Fixed")),     FIELD(how, CODE, N_("How")),
	FIELD(was, PERSON, N_("Instead of")), FIELD(why, TEXT, N_("Why")),
	FIELD(despite, TEXT, N_("Despite")),
};

const struct kind_desc *list_shifts_desc(void)
{
	static const struct kind_desc desc = {
		.kind = KIND_COUNT,
		.name = "shift",
		.plural = "shifts",
		.fields = fields,
		.n_fields = ARRAY_LEN(fields),
		.size = sizeof(struct shift_row),
	};

	return &desc;
}

struct phones {
	const struct staff **staff;
	size_t n;
};

static char *phone_of(const struct phones *phones, const char *words)
{
	struct uuid id = words != NULL ? staff_uuid(words) : (struct uuid){ { 0 } };

	for (size_t i = 0; !uuid_is_nil(&id) && i < phones->n; i++)
		if (uuid_eq(&phones->staff[i]->head.id, &id))
			return (char *)(uintptr_t)phones->staff[i]->phone;
	return NULL;
}

static char *text(const char *words)
{
	return (char *)(uintptr_t)words; /* only read */
}

/* People see labels, in a table, a spreadsheet and on paper; programs codes.  What is filtered and
 * put in order is the code. */
static bool for_people(const struct list *list)
{
	return list->as_table || list->rows.format > OUT_JSONL;
}

static struct shift_row row_of(const struct list *list, const struct roster *roster,
			       const struct turn *turn, const struct phones *phones)
{
	struct civil civil;

	civil_of_day(turn_day(list->ctx.rules, turn), &civil);
	return (struct shift_row){
		.id = turn->id,
		.day = text(arena_printf(&list->console->arena, "%04d-%02d-%02d", civil.year,
					 civil.month, civil.day)),
		.month = text(roster->month),
		.org = text(roster->org),
		.plan = text(roster->plan),
		.shift = text(turn->shift),
		.post = text(turn->post),
		.name = text(turn->name),
		.unit = text(turn->unit),
		.phone = phone_of(phones, turn->staff),
		.how = text(turn->how),
		.was = text(turn->was),
		.why = text(turn->why),
		.despite = text(turn->despite),
		.starts = turn->starts,
		.ends = turn->ends,
		.seat = turn->seat,
		.locked = turn->locked,
	};
}

/* The same in the words of its plan. */
static struct shift_row *row_in_words(const struct list *list, const struct shift_row *row)
{
	const struct roster_plan *plan = rules_plan(list->ctx.rules, row->plan);
	const struct duty_shift *shift = plan && row->shift ? plan_shift(plan, row->shift) : NULL;
	const struct duty_post *post = plan && row->post ? plan_post(plan, row->post) : NULL;
	struct shift_row *shown = arena_dup(&list->console->arena, row, sizeof *row);

	if (shift != NULL)
		shown->shift = text(shift->label);
	if (post != NULL)
		shown->post = text(post->label);
	shown->despite = text(despite_words(row->despite, &list->console->arena));
	return shown;
}

/* The months that are asked for: month:2026-11 in the filter, else this one and the next. */
static void span_of(const struct list *list, int32_t *ret_from, int32_t *ret_to)
{
	const char *at = list->filter != NULL ? strstr(list->filter, "month:") : NULL;
	char month[ROSTER_MONTH];

	if (at != NULL) {
		snprintf(month, sizeof month, "%.7s", at + 6);
		if (month_days(month, ret_from, ret_to))
			return;
	}
	month_of_day(civil_day_of_ms(list->ctx.now, list->ctx.rules->offset_min), month);
	if (!month_days(month, ret_from, ret_to))
		*ret_from = *ret_to = 0;
	month_of_day(*ret_to, month);
	(void)month_days(month, &(int32_t){ 0 }, ret_to);
}

static int by_start(const void *a, const void *b)
{
	const struct turn *x = *(const struct turn *const *)a, *y = *(const struct turn *const *)b;

	if (x->starts != y->starts)
		return x->starts < y->starts ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void add_month(struct list *list, const struct small_filter *filter,
		      const struct roster *roster, const struct phones *phones,
		      struct small_rows *rows)
{
	struct arena *arena = &list->console->arena;
	const struct turn **turns = arena_array(arena, roster->turns.n + 1, sizeof *turns);

	for (size_t i = 0; i < roster->turns.n; i++)
		turns[i] = roster_turn(roster, i);
	qsort(turns, roster->turns.n, sizeof *turns, by_start);
	for (size_t i = 0; i < roster->turns.n; i++) {
		struct shift_row made = row_of(list, roster, turns[i], phones), *row;

		if (!small_fits(list, filter, &made))
			continue;
		row = arena_dup(arena, &made, sizeof made);
		small_add(rows, &row->id, row, for_people(list) ? row_in_words(list, row) : row);
	}
}

enum err list_shifts(struct list *list, struct error *err)
{
	struct client *client = list->console->client;
	struct client_roster *rosters = NULL;
	struct phones phones = { .n = 0 };
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	int32_t from = 0, to = 0;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	span_of(list, &from, &to);
	if (rc == ERR_OK)
		rc = client_rosters_all(client, from, to, &list->console->arena, &rosters, &n, err);
	if (rc == ERR_OK)
		rc = client_staff(client, NULL, true, &list->console->arena, &phones.staff, &phones.n,
				  err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		add_month(list, &filter, rosters[i].roster, &phones, &rows);
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

enum err list_rosters(struct list *list, struct error *err)
{
	enum { BACK = 400, AHEAD = 400 };
	int32_t today = civil_day_of_ms(list->ctx.now, list->ctx.rules->offset_min);
	struct client_roster *rosters = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_rosters_all(list->console->client, today - BACK, today + AHEAD,
					&list->console->arena, &rosters, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		if (!small_fits(list, &filter, rosters[i].roster))
			continue;
		small_add(&rows, &rosters[i].roster->head.id, rosters[i].roster, rosters[i].roster);
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

enum err list_staff(struct list *list, struct error *err)
{
	struct arena *arena = &list->console->arena;
	const struct staff **staff = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_staff(list->console->client, NULL, false, &list->console->arena, &staff, &n,
				  err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		struct staff *shown;

		if (!small_fits(list, &filter, staff[i]))
			continue;
		shown = arena_dup(arena, staff[i], sizeof *shown);
		if (for_people(list))
			staff_in_words(list->ctx.rules, shown, arena);
		small_add(&rows, &staff[i]->head.id, staff[i], shown);
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

enum err list_swaps(struct list *list, struct error *err)
{
	struct client_swap *swaps = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_swaps(list->console->client, SIZE_MAX, &list->console->arena, &swaps, &n,
				  err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		const struct swap *swap = swaps[i].swap;

		if (small_fits(list, &filter, swap))
			small_add(&rows, &swap->head.id, swap, swap);
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}
