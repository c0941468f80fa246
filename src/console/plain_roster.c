/* --plain: a roster as days with who stands where, the next empty seat, who is put there; swaps;
 * people. */
#include <config.h>

#include "plain_duty_priv.h"
#include "plain_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_grid.h"
#include "zhiban/model/roster_words.h"

/* ---- the month that is looked at ---- */

struct looked {
	struct client_month month;
	struct roster_grid grid;
	int32_t from, to;
};

/* A day, "2026-12-01": its month, and a week from there.  False: it is none. */
static bool of_a_day(const char **words, int32_t *ret_day, struct arena *arena)
{
	const char *slash = strrchr(*words, '/'), *day = slash != NULL ? slash + 1 : *words;
	long long number;
	int32_t end;

	if (strlen(day) != 10 || day[7] != '-' || !str_int(day + 8, 1, 31, &number) ||
	    !month_days(arena_strndup(arena, day, 7), ret_day, &end) ||
	    *ret_day + number - 1 >= end)
		return false;
	*ret_day += (int32_t)number - 1;
	*words = arena_strndup(arena, *words, strlen(*words) - 3);
	return true;
}

/* words: "ORG/2026-12", "2026-12", an organisation; "": that of before, else one's own of now. */
static bool look(struct plain *plain, const char *words, struct looked *ret_looked)
{
	const struct rules *rules = client_rules(plain->client);
	int64_t now = client_now(plain->client);
	char month[ROSTER_MONTH];
	struct roster_view view;
	struct error err = ERROR_INIT;
	struct uuid id;
	enum err code;

	month_of_day(civil_day_of_ms(now, rules->offset_min), month);
	if (*words == '\0')
		words = *plain->roster ? plain->roster : month;
	code = client_month_find(plain->client, words, &ret_looked->month, &id, &err);
	if (code != ERR_OK && strchr(words, '/') == NULL) /* an organisation's of now */
		code = client_month_find(plain->client,
					 arena_printf(&plain->arena, "%s/%s", words, month),
					 &ret_looked->month, &id, &err);
	if (code == ERR_OK && !month_days(ret_looked->month.month, &ret_looked->from,
					  &ret_looked->to))
		code = error_set(&err, ERR_INPUT, _("\"%s\" is no month: 2026-12"), words);
	if (code == ERR_OK)
		code = client_roster_view(plain->client, ret_looked->month.org,
					  ret_looked->month.plan, ret_looked->from, ret_looked->to,
					  &plain->arena, &view, &err);
	if (code != ERR_OK) {
		plain_say(plain, err.text);
		return false;
	}
	if (!str_copy(plain->roster, sizeof plain->roster,
		      arena_printf(&plain->arena, "%s/%s/%s", ret_looked->month.org,
				   roster_plan_code(ret_looked->month.plan),
				   ret_looked->month.month)))
		plain->roster[0] = '\0';
	roster_grid_make(&view, ret_looked->from, ret_looked->to, NULL, 0, now, &plain->arena,
			 &ret_looked->grid);
	return true;
}

static const char *post_words(struct plain *plain, const struct grid_row *row)
{
	const char *label = row->post_of ? row->post_of->label : row->post;

	return row->seats > 1 ? arena_printf(&plain->arena, "%s%d", label,
					     row->seat)
			      : label;
}

/* One shift of a day: "Main Li Min, Deputy (nobody)", or how many seats are empty, where all are;
 * false: nobody is asked for. */
static bool shift_line(struct plain *plain, const struct looked *looked, size_t row, size_t day,
		       struct str *out)
{
	const struct roster_grid *grid = &looked->grid;
	const char *shift = grid->rows[row].shift;
	size_t n = 0, stood = 0;

	for (size_t i = row; i < grid->n_rows && str_eq(grid->rows[i].shift, shift); i++) {
		const struct grid_cell *cell = grid_cell(grid, i, day);
		struct str marks = STR_INIT;

		if (!cell->seat || (!cell->turn && cell->may_be_empty))
			continue;
		grid_marks_words(cell, &marks);
		stood += cell->turn != NULL;
		str_addf(out, "%s%s %s", n++ > 0 ? _(", ") : "", post_words(plain, &grid->rows[i]),
			 !cell->turn ? _("(nobody)") : cell->turn->name ? cell->turn->name : "-");
		if (cell->turn && marks.len > 0)
			str_addf(out, " (%s)", str_get(&marks));
		str_release(&marks);
	}
	if (stood == 0)
		str_clear(out);
	if (n > 0 && stood == 0)
		str_addf(out, _("nobody, %zu seats"), n);
	return n > 0;
}

static void say_day(struct plain *plain, const struct looked *looked, size_t day)
{
	const struct rules *rules = client_rules(plain->client);
	const struct roster_grid *grid = &looked->grid;
	const struct grid_day *column = &grid->days[day];
	char date[32];

	duty_day(rules, civil_ms_of_day(column->day, rules->offset_min), date);
	for (size_t row = 0; row < grid->n_rows; row++) {
		const struct grid_row *one = &grid->rows[row];
		struct str line = STR_INIT;

		if (row > 0 && str_eq(grid->rows[row - 1].shift, one->shift))
			continue;
		if (shift_line(plain, looked, row, day, &line))
			plain_sayf(plain, "%s%s%s%s %s: %s", date, column->festival ? " " : "",
				   column->festival ? column->festival : column->off ? _(" off") : "",
				   column->today ? _(" today") : "",
				   one->shift_of ? one->shift_of->label : one->shift,
				   str_get(&line));
		str_release(&line);
	}
}

void plain_roster(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	enum { WEEK_DAYS = 7 };
	struct looked looked;
	int32_t day_one;
	size_t first = 0, end = SIZE_MAX;
	bool week = of_a_day(&args, &day_one, &plain->arena);

	if (!look(plain, args, &looked))
		return;
	if (week) {
		first = grid_day_find(&looked.grid, day_one);
		end = first + WEEK_DAYS;
	}
	plain_sayf(plain, _("%s %s %s: %d of %d seats, %d gaps, %d against a rule"),
		   org_brief(rules, looked.month.org), looked.month.plan->label, looked.month.month,
		   looked.grid.stood, looked.grid.seats, looked.grid.gaps, looked.grid.breaches);
	for (size_t day = first; day < looked.grid.n_days && day < end; day++)
		say_day(plain, &looked, day);
}

/* ---- empty seats ---- */

/* The one behind so many, from now on. */
static bool find_gap(const struct looked *looked, int64_t after, size_t skip, size_t *ret_row,
		     size_t *ret_day)
{
	for (size_t day = 0; day < looked->grid.n_days; day++)
		for (size_t row = 0; row < looked->grid.n_rows; row++) {
			const struct grid_cell *cell = grid_cell(&looked->grid, row, day);

			if (!(cell->marks & GRID_GAP) || cell->ends <= after || skip-- > 0)
				continue;
			*ret_row = row;
			*ret_day = day;
			return true;
		}
	return false;
}

static const char *day_code(struct plain *plain, int32_t day)
{
	struct civil civil;

	civil_of_day(day, &civil);
	return arena_printf(&plain->arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static void say_gap(struct plain *plain, const char *args)
{
	struct looked looked;
	size_t row, day;
	const struct grid_row *one;

	plain->gap[0] = '\0';
	if (!look(plain, args, &looked))
		return;
	if (!find_gap(&looked, client_now(plain->client), plain->gaps, &row, &day) &&
	    (plain->gaps == 0 || !find_gap(&looked, client_now(plain->client), plain->gaps = 0,
					   &row, &day))) {
		plain_sayf(plain, _("%s: no seat is empty from now on"), looked.month.month);
		return;
	}
	one = &looked.grid.rows[row];
	if (!str_copy(plain->gap, sizeof plain->gap,
		      arena_printf(&plain->arena, "%s %s %s %d",
				   day_code(plain, looked.grid.days[day].day), one->shift, one->post,
				   one->seat)))
		plain->gap[0] = '\0';
	plain_sayf(plain, _("%s %s %s: nobody stands there. seat NAME puts somebody there."),
		   day_code(plain, looked.grid.days[day].day),
		   one->shift_of ? one->shift_of->label : one->shift, post_words(plain, one));
}

/* Said again it goes on to the one behind, and from the last to the first. */
void plain_gap(struct plain *plain, const char *args)
{
	plain->gaps = *args == '\0' && plain->gap[0] != '\0' ? plain->gaps + 1 : 0;
	say_gap(plain, args);
}

/* ---- acts ---- */

static struct given text_given(const struct act_desc *act, const char *name, const char *text)
{
	return (struct given){ act_arg_field(act, name), { .is_text = true, .text = text } };
}

static bool do_act(struct plain *plain, const struct act_desc *act, const struct uuid *id,
		   const struct given *given, size_t n)
{
	struct client_done done;
	struct error err = ERROR_INIT;

	if (client_act(plain->client, act, id, given, n, &done, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return false;
	}
	plain_wake(plain);
	plain_sayf(plain, _("%s: done, waits to be sent"),
		   rules_act_label(client_rules(plain->client), act));
	return true;
}

/* "NAME [REASON]" into the seat that was said, or "DAY SHIFT POST[/N] NAME [REASON]". */
static void put(struct plain *plain, const char *cell, const char *reason)
{
	const struct act_desc *act = act_desc_of(KIND_ROSTER, "roster");
	struct looked looked;
	struct given given[6];
	size_t n = 0;

	if (!look(plain, "", &looked))
		return;
	given[n++] = text_given(act, "org", looked.month.org);
	given[n++] = text_given(act, "plan_code", roster_plan_code(looked.month.plan));
	given[n++] = text_given(act, "month", looked.month.month);
	given[n++] = text_given(act, "cell", cell);
	if (*reason) {
		given[n++] = text_given(act, "reason", reason);
		given[n++] = text_given(act, "despite", reason);
	}
	if (do_act(plain, act, NULL, given, n))
		say_gap(plain, ""); /* it has moved up */
}

void plain_seat(struct plain *plain, const char *args)
{
	size_t len = strcspn(args, " ");
	const char *first = arena_strndup(&plain->arena, args, len), *seat = plain->gap;
	const char *rest = args + len + strspn(args + len, " ");

	if (len == 10 && first[4] == '-' && first[7] == '-') { /* a seat of its own */
		for (int words = 0; words < 2; words++) {
			rest += strcspn(rest, " ");
			rest += strspn(rest, " ");
		}
		seat = arena_printf(&plain->arena, "%.*s1", (int)(rest - args), args);
		len = strcspn(rest, " ");
		first = arena_strndup(&plain->arena, rest, len);
		rest += len + strspn(rest + len, " ");
	}
	if (*seat == '\0' || *first == '\0') {
		plain_say(plain, _("seat NAME [REASON] into the seat that nextgap said, or "
				   "seat 2026-12-01 night main NAME [REASON]"));
		return;
	}
	put(plain, arena_printf(&plain->arena, "%s %s", seat, first), rest);
}

/* ---- swaps ---- */

void plain_swaps(struct plain *plain, const char *args)
{
	enum { ENDED = 5 };
	const struct rules *rules = client_rules(plain->client);
	struct error err = ERROR_INIT;
	struct client_swap *swaps;
	size_t n = 0;

	(void)args;
	if (client_swaps(plain->client, ENDED, &plain->arena, &swaps, &n, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain->n_swaps = n < PLAIN_ROWS ? n : PLAIN_ROWS;
	for (size_t i = 0; i < plain->n_swaps; i++) {
		char buf[48];

		plain->swaps[i] = swaps[i].swap->head.id;
		plain_sayf(plain, "%zu. %s %s %s", i + 1, swap_mark(swaps[i].swap, buf),
			   swap_state_label(swap_state(swaps[i].swap)),
			   swap_line(rules, &swaps[i], &plain->arena));
	}
	plain_say(plain, n > 0 ? _("agree N, refuse N REASON, permit N, forbid N REASON, "
				   "retract N REASON")
			       : _("nobody wants to swap"));
}

/* DUTY [who=NAME] REASON. */
void plain_swap(struct plain *plain, const char *args)
{
	const struct act_desc *act = act_desc_of(KIND_SWAP, "swap");
	const struct field *turn = act_arg_field(act, "turn_id");
	size_t len = strcspn(args, " ");
	const char *duty = arena_strndup(&plain->arena, args, len);
	struct given given[3];
	size_t n = 0;

	args += len + strspn(args + len, " ");
	given[n++] = (struct given){ turn, { .is_text = true, .text = duty } };
	if (str_starts(args, "who=")) {
		len = strcspn(args, " ");
		given[n++] = text_given(act, "who",
					arena_strndup(&plain->arena, args + 4, len - 4));
		args += len + strspn(args + len, " ");
	}
	if (*duty == '\0' || *args == '\0') {
		plain_say(plain, _("swap 2026-12-03/night/main [who=NAME] REASON"));
		return;
	}
	given[n++] = text_given(act, "reason", args);
	(void)do_act(plain, act, NULL, given, n);
}

/* args: the number of the list, or that of the swap, then words. */
static void on_swap(struct plain *plain, const char *verb, const char *words, const char *args)
{
	const struct act_desc *act = act_desc_of(KIND_SWAP, verb);
	size_t len = strcspn(args, " ");
	const char *which = arena_strndup(&plain->arena, args, len);
	struct error err = ERROR_INIT;
	struct given given;
	struct uuid id;
	long long row;

	args += len + strspn(args + len, " ");
	if (str_int(which, 1, PLAIN_ROWS, &row) && (size_t)row <= plain->n_swaps)
		id = plain->swaps[row - 1];
	else if (client_find_kind(plain->client, KIND_SWAP, which, &id, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	given = text_given(act, words, args);
	(void)do_act(plain, act, &id, &given, *args != '\0');
}

void plain_agree(struct plain *plain, const char *args)
{
	on_swap(plain, "accept", "note", args);
}

void plain_refuse(struct plain *plain, const char *args)
{
	on_swap(plain, "decline", "reason", args);
}

void plain_permit(struct plain *plain, const char *args)
{
	on_swap(plain, "approve", "note", args);
}

void plain_forbid(struct plain *plain, const char *args)
{
	on_swap(plain, "disapprove", "reason", args);
}

void plain_retract(struct plain *plain, const char *args)
{
	on_swap(plain, "withdraw", "reason", args);
}

/* ---- people ---- */

/* Of the roster that is looked at; args: words of a name. */
void plain_people(struct plain *plain, const char *args)
{
	enum { MOST = 40 };
	const struct rules *rules = client_rules(plain->client);
	const struct staff **staff;
	struct error err = ERROR_INIT;
	struct looked looked;
	size_t n = 0, said = 0;

	if (!look(plain, "", &looked))
		return;
	if (client_pool(plain->client, looked.month.org, looked.month.plan, &plain->arena, &staff, &n,
			&err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (size_t i = 0; i < n && said < MOST; i++) {
		if (*args && (!staff[i]->name || !strstr(staff[i]->name, args)))
			continue;
		said++;
		plain_sayf(plain, "%s %s %s %s  %s", staff[i]->name ? staff[i]->name : "-",
			   org_brief(rules, staff[i]->org), staff[i]->title ? staff[i]->title : "",
			   staff[i]->phone ? staff[i]->phone : "",
			   posts_words(rules, looked.month.plan, staff[i]->posts, &plain->arena));
	}
	plain_sayf(plain, _("%zu of %zu people; people NAME shows fewer"), said, n);
}
