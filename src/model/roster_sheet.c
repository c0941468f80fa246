/* Rows of a table of duties as seats. */
#include <config.h>

#include "zhiban/model/roster_sheet.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "roster_sheet_priv.h"

enum { COLUMNS_MOST = 256, TITLE_ROWS = 10, NAMES_MOST = 40, DAYS_LEAST = 3 };

enum column_sort {
	COL_IGNORED,
	COL_DATE,
	COL_SHIFT,
	COL_POST,
	COL_SEAT,
	COL_NAME,
	COL_ORG,
	COL_DAY,
	COL_PLACE,
	COL_WHO
};

struct sheet_column {
	enum column_sort sort;
	int32_t day;             /* COL_DAY */
	struct place_said place; /* COL_PLACE */
};
struct roster_sheet {
	struct roster_sheet_ctx ctx;
	char month[ROSTER_MONTH];
	struct sheet_column columns[COLUMNS_MOST];
	size_t n;
	bool headed;
	size_t tried;
};

struct roster_sheet *roster_sheet_new(const struct roster_sheet_ctx *ctx, struct arena *arena)
{
	struct roster_sheet *sheet = arena_alloc(arena, sizeof *sheet);

	sheet->ctx = *ctx;
	if (ctx->month != NULL && strlen(ctx->month) < sizeof sheet->month)
		memcpy(sheet->month, ctx->month, strlen(ctx->month) + 1);
	return sheet;
}

bool roster_sheet_headed(const struct roster_sheet *sheet)
{
	return sheet->headed;
}

/* ---- the header ---- */

static struct sheet_column column_of(const struct roster_sheet *sheet, const char *cell)
{
	static const struct {
		const char *key;
		enum column_sort sort;
	} keys[] = {
	    {"date", COL_DATE}, {"shift", COL_SHIFT}, {"post", COL_POST},
	    {"seat", COL_SEAT}, {"name", COL_NAME},   {"org", COL_ORG},
	};
	struct sheet_column column = {.sort = COL_IGNORED};
	const char *key = columns_key(sheet->ctx.columns, cell);

	for (size_t i = 0; key != NULL && i < ARRAY_LEN(keys); i++)
		if (strcmp(key, keys[i].key) == 0)
			column.sort = keys[i].sort;
	if (key != NULL)
		return column;
	if (day_said(&sheet->ctx, sheet->month, cell, &column.day))
		column.sort = COL_DAY;
	else if (place_said(sheet->ctx.plan, cell, &column.place))
		column.sort = COL_PLACE;
	return column;
}

static size_t count(const struct roster_sheet *sheet, enum column_sort sort)
{
	size_t n = 0;

	for (size_t i = 0; i < sheet->n; i++)
		n += sheet->columns[i].sort == sort;
	return n;
}

/* What nobody knows before the days says whose row it is. */
static void find_who(struct roster_sheet *sheet)
{
	if (count(sheet, COL_NAME) + count(sheet, COL_POST) > 0)
		return;
	for (size_t i = 0; i < sheet->n && sheet->columns[i].sort != COL_DAY; i++)
		if (sheet->columns[i].sort == COL_IGNORED || sheet->columns[i].sort == COL_PLACE) {
			sheet->columns[i].sort = COL_WHO;
			return;
		}
}

static bool take_header(struct roster_sheet *sheet, const char *const *cells, size_t n)
{
	bool dates, days;

	for (size_t i = 0; i < n; i++)
		month_said(cells[i], sheet->ctx.month != NULL && *sheet->ctx.month != '\0'
					 ? (char[ROSTER_MONTH]){0}
					 : sheet->month);
	sheet->n = n < COLUMNS_MOST ? n : COLUMNS_MOST;
	for (size_t i = 0; i < sheet->n; i++)
		sheet->columns[i] = column_of(sheet, cells[i]);
	dates = count(sheet, COL_DATE) == 1 &&
		(count(sheet, COL_NAME) > 0 || count(sheet, COL_PLACE) > 0);
	days = count(sheet, COL_DATE) == 0 && count(sheet, COL_DAY) >= DAYS_LEAST;
	if (days)
		find_who(sheet);
	return dates || days;
}

/* ---- rows ---- */

struct row {
	const struct roster_sheet *sheet;
	const char *const *cells;
	size_t n;
	struct arena *arena;
	struct roster_said *said;
	size_t cap, bad_cap;
};

static void bad(struct row *row, const char *why)
{
	struct roster_said *said = row->said;

	if (said->n_bad >= COLUMNS_MOST)
		return;
	if (said->bad == NULL)
		said->bad = arena_array(row->arena, COLUMNS_MOST, sizeof *said->bad);
	said->bad[said->n_bad++] = why;
}

static const char *cell_of(const struct row *row, enum column_sort sort)
{
	for (size_t i = 0; i < row->sheet->n && i < row->n; i++)
		if (row->sheet->columns[i].sort == sort)
			return row->cells[i];
	return "";
}

static void add_seat(struct row *row, int32_t day, const struct place_said *place, int seat,
		     const struct staff *staff)
{
	struct roster_said *said = row->said;

	if (said->n == row->cap) {
		size_t cap = row->cap * 2 + 32;
		struct roster_seat *seats = arena_array(row->arena, cap, sizeof *seats);

		if (said->n > 0)
			memcpy(seats, said->seats, said->n * sizeof *seats);
		said->seats = seats;
		row->cap = cap;
	}
	said->seats[said->n++] = (struct roster_seat){day, place->shift, place->post, seat, staff};
}

/* A name of two characters is often written with a blank in it, and several names with blanks between:
 * where nobody is called so as a whole, they are several. */
static size_t names_apart(const struct row *row, const char *cell, const char ***ret_names)
{
	const struct roster_sheet_ctx *ctx = &row->sheet->ctx;
	const char **names, **all = arena_array(row->arena, NAMES_MOST, sizeof *all);
	const struct staff *staff;
	size_t n = 0, whole = names_said(ctx->columns, cell, row->arena, &names);

	for (size_t i = 0; i < whole; i++) {
		char *save = NULL, *copy = arena_strdup(row->arena, names[i]);
		bool one = strchr(names[i], ' ') == NULL ||
			   roster_sheet_staff(ctx, names[i], &staff, NULL) != ERR_NOT_FOUND;

		if (one && n < NAMES_MOST)
			all[n++] = names[i];
		for (char *word = one ? NULL : strtok_r(copy, " ", &save);
		     word != NULL && n < NAMES_MOST; word = strtok_r(NULL, " ", &save))
			if (strspn(word, "0123456789-") < strlen(word))
				all[n++] = word;
	}
	*ret_names = all;
	return n;
}

/* Whoever is named in a cell, in the seats from `place->seat` on. */
static void add_names(struct row *row, int32_t day, struct place_said place, const char *cell)
{
	const struct roster_sheet_ctx *ctx = &row->sheet->ctx;
	const char **names, *why = place_complete(ctx->plan, NULL, row->arena, &place);
	int seat = place.seat > 0 ? place.seat : 1;
	size_t n;

	if (why != NULL) {
		bad(row, why);
		return;
	}
	if (columns_is(ctx->columns, cell, "empty")) {
		add_seat(row, day, &place, seat, NULL);
		return;
	}
	if (columns_is(ctx->columns, cell, "free"))
		return;
	n = names_apart(row, cell, &names);
	for (size_t i = 0; i < n; i++, seat++) {
		const struct staff *staff = NULL;
		struct error err = ERROR_INIT;

		if (seat > place.post->seats)
			bad(row, arena_printf(row->arena, _("%s has no seat %d"), place.post->label,
					      seat));
		else if (roster_sheet_staff(ctx, names[i], &staff, &err) != ERR_OK)
			bad(row, arena_strdup(row->arena, err.text));
		else
			add_seat(row, day, &place, seat, staff);
	}
}

/* What columns of a row say of the place; false: one of them means nothing. */
static bool row_place(struct row *row, const char *words, struct place_said *ret_place)
{
	const struct roster_plan *plan = row->sheet->ctx.plan;
	const char *const parts[] = {words, cell_of(row, COL_POST), cell_of(row, COL_SHIFT)};
	struct place_said place = {.seat = 0}, one;
	long long seat;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (*parts[i] == '\0')
			continue;
		if (!place_said(plan, parts[i], &one)) {
			bad(row, arena_printf(row->arena, _("\"%s\" is no post or shift of %s"),
					      parts[i], plan->label));
			return false;
		}
		place.post = one.post != NULL ? one.post : place.post;
		place.shift = one.shift != NULL ? one.shift : place.shift;
		place.seat = one.seat > 0 ? one.seat : place.seat;
	}
	if (str_int(cell_of(row, COL_SEAT), 1, NEEDS_MOST, &seat))
		place.seat = (int)seat;
	*ret_place = place;
	return true;
}

static bool row_day(struct row *row, int32_t *ret_day)
{
	const char *words = cell_of(row, COL_DATE);

	if (day_said(&row->sheet->ctx, row->sheet->month, words, ret_day))
		return true;
	bad(row, arena_printf(row->arena, _("\"%s\" is no day"), words));
	return false;
}

static void row_of_duty(struct row *row)
{
	struct place_said place;
	int32_t day;

	if (row_day(row, &day) && row_place(row, "", &place)) {
		if (*cell_of(row, COL_NAME) == '\0')
			bad(row, _("it does not say who; - is nobody"));
		else
			add_names(row, day, place, cell_of(row, COL_NAME));
	}
}

static void row_of_day(struct row *row)
{
	int32_t day;

	if (!row_day(row, &day))
		return;
	for (size_t i = 0; i < row->sheet->n && i < row->n; i++)
		if (row->sheet->columns[i].sort == COL_PLACE && *row->cells[i] != '\0')
			add_names(row, day, row->sheet->columns[i].place, row->cells[i]);
}

/* A row of a post: names by day. */
static void row_of_post(struct row *row, const struct place_said *place)
{
	for (size_t i = 0; i < row->sheet->n && i < row->n; i++)
		if (row->sheet->columns[i].sort == COL_DAY && *row->cells[i] != '\0')
			add_names(row, row->sheet->columns[i].day, *place, row->cells[i]);
}

/* A row of a person: shifts or posts by day. */
static void row_of_person(struct row *row, const struct staff *staff)
{
	const struct roster_sheet_ctx *ctx = &row->sheet->ctx;

	for (size_t i = 0; i < row->sheet->n && i < row->n; i++) {
		const char *cell = row->cells[i], *why;
		struct place_said place;

		if (row->sheet->columns[i].sort != COL_DAY || *cell == '\0' ||
		    columns_is(ctx->columns, cell, "free") ||
		    columns_is(ctx->columns, cell, "empty"))
			continue;
		if (!row_place(row, cell, &place))
			continue;
		why = place_complete(ctx->plan, staff, row->arena, &place);
		if (why != NULL)
			bad(row, arena_printf(row->arena, "%s: %s", cell, why));
		else
			add_seat(row, row->sheet->columns[i].day, &place,
				 place.seat > 0 ? place.seat : 1, staff);
	}
}

static bool is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (*row->cells[i] != '\0')
			return false;
	return true;
}

/* A row of weekdays, remarks. */
static bool is_passed_over(const struct row *row)
{
	static const enum column_sort whose[] = { COL_WHO, COL_NAME, COL_POST };

	for (size_t i = 0; i < ARRAY_LEN(whose); i++) {
		const char *cell = cell_of(row, whose[i]);

		if (*cell != '\0' && columns_is(row->sheet->ctx.columns, cell, "ignore"))
			return true;
	}
	return false;
}

static void row_of_month(struct row *row)
{
	const struct roster_sheet_ctx *ctx = &row->sheet->ctx;
	const char *who = cell_of(row, COL_WHO), *name = cell_of(row, COL_NAME);
	const struct staff *staff = NULL;
	struct error err = ERROR_INIT;
	struct place_said place;

	if (is_passed_over(row))
		return;
	if (*who == '\0' && *name == '\0' && *cell_of(row, COL_POST) == '\0') {
		if (!is_blank(row) && *cell_of(row, COL_SHIFT) != '\0')
			bad(row, _("it does not say which post"));
		return;
	}
	if (*name == '\0' && (*who == '\0' || place_said(ctx->plan, who, &place))) {
		if (row_place(row, who, &place))
			row_of_post(row, &place);
		return;
	}
	if (roster_sheet_staff(ctx, *name != '\0' ? name : who, &staff, &err) == ERR_OK)
		row_of_person(row, staff);
	else if (*name != '\0')
		bad(row, arena_strdup(row->arena, err.text));
	else
		bad(row,
		    arena_printf(row->arena,
				 _("\"%s\" is neither a post nor somebody of the rosters"), who));
}

static bool is_others(struct row *row)
{
	const struct roster_sheet_ctx *ctx = &row->sheet->ctx;
	const char *words = cell_of(row, COL_ORG);
	const struct org *org = *words != '\0' ? rules_org_named(ctx->rules, words) : NULL;
	const struct org *own = rules_org(ctx->rules, ctx->org);

	/* beside a name it may be that person's unit, which is within the pool */
	if (org == NULL || rules_org_within(ctx->rules, org->code, ctx->org) ||
	    count(row->sheet, COL_NAME) > 0)
		return false;
	bad(row, arena_printf(row->arena, _("it is of %s, not of %s"), org->name,
			      own != NULL ? own->name : ctx->org));
	return true;
}

void roster_sheet_row(struct roster_sheet *sheet, const char *const *cells, size_t n,
		      struct arena *arena, struct roster_said *ret_said)
{
	struct row row = {.sheet = sheet, .cells = cells, .n = n, .arena = arena, .said = ret_said};

	*ret_said = (struct roster_said){.n = 0};
	if (!sheet->headed) {
		sheet->headed = take_header(sheet, cells, n);
		if (!sheet->headed && ++sheet->tried == TITLE_ROWS)
			bad(&row, _("there is no header that says days, posts and names"));
		return;
	}
	if (is_blank(&row) || is_others(&row))
		return;
	if (count(sheet, COL_DATE) == 0)
		row_of_month(&row);
	else if (count(sheet, COL_NAME) > 0)
		row_of_duty(&row);
	else
		row_of_day(&row);
}
