/* Who is on duty, drawn: the columns of one organisation and of all, the title, what stands below. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "oncall_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { FOOT_ROWS = 3 };

enum one_column { ONE_PLACE, ONE_POST, ONE_NAME, ONE_PHONE, ONE_CALLS, ONE_TITLE, ONE_UNIT };

static const struct list_column one_columns[] = {
	[ONE_PLACE] = { "place", " ", 2, 2, 0, 0, LIST_RIGHT, LIST_CUT_END },
	[ONE_POST] = { "post", N_("Post"), 10, 12, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ONE_NAME] = { "name", N_("Person"), 8, 12, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ONE_PHONE] = { "phone", N_("Duty phone"), 14, 16, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ONE_CALLS] = { "calls", N_("Rung in this shift"), 18, 28, 2, 0, LIST_LEFT, LIST_CUT_END },
	[ONE_TITLE] = { "position", N_("Position"), 8, 14, 0, 90, LIST_LEFT, LIST_CUT_END },
	[ONE_UNIT] = { "unit", N_("Unit"), 8, 14, 0, 104, LIST_LEFT, LIST_CUT_END },
};

enum all_column { ALL_ORG, ALL_FIRST, ALL_PHONE, ALL_LEADER, ALL_TILL, ALL_NEXT };

static const struct list_column all_columns[] = {
	[ALL_ORG] = { "org", N_("Organisation"), 12, 18, 1, 0, LIST_LEFT, LIST_CUT_END },
	[ALL_FIRST] = { "first", N_("Rung first"), 13, 18, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ALL_PHONE] = { "phone", N_("Duty phone"), 14, 16, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ALL_LEADER] = { "leader", N_("Leads"), 13, 20, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ALL_TILL] = { "till", N_("Till"), 11, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	[ALL_NEXT] = { "next", N_("Then"), 13, 20, 0, 100, LIST_LEFT, LIST_CUT_END },
};

struct list *oncall_list(const struct list_source *source)
{
	return list_new(one_columns, ARRAY_LEN(one_columns), source);
}

void oncall_columns(struct oncall_screen *view)
{
	list_set_columns(view->list, view->all ? all_columns : one_columns,
			 view->all ? ARRAY_LEN(all_columns) : ARRAY_LEN(one_columns));
}

const char *oncall_org_words(const struct oncall_screen *view, const char *code)
{
	const struct org *org = rules_org(client_rules(view->app->client), code);

	return org == NULL ? (code != NULL ? code : "") : org->brief != NULL ? org->brief : org->name;
}

static const char *or_none(const char *text)
{
	return text != NULL ? text : "";
}

/* ---- of one ---- */

/* "02:41 no answer, 02:45 Wang": the latest that fit come last. */
static const char *calls_words(struct oncall_screen *view, const struct oncall_rung *rung)
{
	const struct rules *rules = client_rules(view->app->client);
	int width = list_width(view->list, ONE_CALLS);
	struct str words = STR_INIT;

	for (size_t i = rung->n_calls; i-- > 0;) {
		const struct oncall_call *call = &rung->calls[i];
		struct str one = STR_INIT;
		char at[CIVIL_TEXT];

		civil_format(call->record->happened_at, rules->offset_min, "H:M", at, sizeof at);
		str_addf(&one, "%s%s %s", call->marks & ROW_PENDING ? "^" : "", at,
			 call->answered ? call->record->answered : _("no answer"));
		if (words.len > 0 && text_columns(one.s) + 2 + text_columns(words.s) > width) {
			str_release(&one);
			break;
		}
		if (words.len > 0)
			str_insert(&words, 0, ", ", 2);
		str_insert(&words, 0, one.s, one.len);
		str_release(&one);
	}
	snprintf(view->cell, sizeof view->cell, "%s", str_get(&words));
	str_release(&words);
	return view->cell;
}

static enum role calls_role(const struct oncall_rung *rung)
{
	if (rung->n_calls == 0)
		return ROLE_TEXT;
	return rung->calls[rung->n_calls - 1].answered ? ROLE_GOOD : ROLE_WARNING;
}

static void rung_cell(struct oncall_screen *view, const struct oncall_rung *rung, int column,
		      struct list_cell *ret_cell)
{
	switch ((enum one_column)column) {
	case ONE_PLACE:
		view->cell[0] = '\0';
		if (rung->place > 0)
			snprintf(view->cell, sizeof view->cell, "%d", rung->place);
		ret_cell->text = view->cell;
		break;
	case ONE_POST:
		ret_cell->text = rung->label;
		break;
	case ONE_NAME:
		ret_cell->text = rung->duty == NULL && rung->post != NULL ? _("seat empty")
									   : or_none(rung->name);
		ret_cell->role = rung->duty == NULL && rung->post != NULL ? ROLE_WARNING
				 : rung->outing != NULL			  ? ROLE_WARNING
									  : ROLE_TEXT;
		break;
	case ONE_PHONE:
		ret_cell->text = or_none(rung->phone);
		break;
	case ONE_CALLS:
		ret_cell->text = calls_words(view, rung);
		ret_cell->role = calls_role(rung);
		break;
	case ONE_TITLE:
		ret_cell->text = or_none(rung->title);
		break;
	case ONE_UNIT:
		ret_cell->text = rung->duty != NULL && !str_eq(rung->duty->turn->unit, view->org)
					 ? oncall_org_words(view, rung->duty->turn->unit)
					 : "";
		break;
	}
}

static void next_cell(struct oncall_screen *view, const struct on_duty *next, int column,
		      struct list_cell *ret_cell)
{
	ret_cell->role = ROLE_HINT;
	switch ((enum one_column)column) {
	case ONE_POST:
		ret_cell->text = next->post != NULL ? next->post->label : or_none(next->turn->post);
		break;
	case ONE_NAME:
		ret_cell->text = next->turn->name;
		break;
	case ONE_PHONE:
		ret_cell->text = or_none(next->phone);
		break;
	case ONE_TITLE:
		ret_cell->text = next->staff != NULL ? or_none(next->staff->title) : "";
		break;
	case ONE_UNIT:
		ret_cell->text = str_eq(next->turn->unit, view->org)
					 ? ""
					 : oncall_org_words(view, next->turn->unit);
		break;
	case ONE_PLACE:
	case ONE_CALLS:
		break;
	}
}

/* ---- of all ---- */

static const struct on_duty *of_ladder(const struct duty_now *duty, bool leader)
{
	const struct on_duty *found = NULL;

	for (size_t i = 0; i < duty->n_now; i++) {
		const struct duty_post *post = duty->now[i].post;

		if (post == NULL || post->leader != leader || (!leader && post->rung == 0))
			continue;
		if (found == NULL || post->rung < found->post->rung)
			found = &duty->now[i];
	}
	return found;
}

static const char *one_words(struct oncall_screen *view, const struct on_duty *one, bool post)
{
	view->cell[0] = '\0';
	if (one != NULL && post && one->post != NULL)
		snprintf(view->cell, sizeof view->cell, "%s %s", one->post->label, one->turn->name);
	else if (one != NULL)
		snprintf(view->cell, sizeof view->cell, "%s", one->turn->name);
	return view->cell;
}

static void duty_cell(struct oncall_screen *view, const struct duty_now *duty, int column,
		      struct list_cell *ret_cell)
{
	const struct on_duty *first = of_ladder(duty, false);
	const struct rules *rules = client_rules(view->app->client);

	if (first == NULL)
		first = duty->n_now > 0 ? oncall_chief(duty) : NULL;
	switch ((enum all_column)column) {
	case ALL_ORG:
		ret_cell->text = oncall_org_words(view, duty->org);
		break;
	case ALL_FIRST:
		ret_cell->text = one_words(view, first, true);
		if (first == NULL) {
			ret_cell->text = duty->plan != NULL ? _("nobody entered") : _("no roster");
			ret_cell->role = duty->plan != NULL ? ROLE_WARNING : ROLE_HINT;
		}
		break;
	case ALL_PHONE:
		ret_cell->text = or_none(first != NULL ? first->phone : duty->phone);
		break;
	case ALL_LEADER:
		ret_cell->text = one_words(view, of_ladder(duty, true), true);
		break;
	case ALL_TILL:
		view->cell[0] = '\0';
		if (duty->ends != 0)
			civil_format(duty->ends, rules->offset_min, "m-d H:M", view->cell,
				     sizeof view->cell);
		ret_cell->text = view->cell;
		break;
	case ALL_NEXT:
		ret_cell->text = one_words(view, duty->n_next > 0 ? &duty->next[0] : NULL, true);
		ret_cell->role = ROLE_HINT;
		break;
	}
}

void oncall_cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct oncall_screen *view = ctx;
	const struct oncall_line *line = row->data;

	ret_cell->role = ROLE_TEXT;
	ret_cell->text = "";
	if (line->heading) {
		ret_cell->text = column == 0 ? line->text : "";
		ret_cell->role = ROLE_HEADING;
	} else if (line->duty != NULL) {
		duty_cell(view, line->duty, column, ret_cell);
	} else if (line->rung != NULL) {
		rung_cell(view, line->rung, column, ret_cell);
	} else if (line->next != NULL) {
		next_cell(view, line->next, column, ret_cell);
	}
}

/* ---- around it ---- */

static void one_title(struct oncall_screen *view, struct str *out)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct org *org = rules_org(rules, view->org);
	const struct oncall_page *page = &view->page;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	str_addf(out, " %s  %s", _("Duty at"), org != NULL ? org->name : view->org);
	if (page->shift != NULL)
		str_addf(out, "  %s", page->shift->label);
	if (page->duty.ends != 0) {
		civil_format(page->since, rules->offset_min, "H:M", from, sizeof from);
		civil_format(page->duty.ends, rules->offset_min, "H:M", to, sizeof to);
		if (page->shift != NULL)
			str_addf(out, " %s-%s", from, to);
		else
			str_addf(out, _("  till %s"), to);
	}
	if (page->rung_n > 0)
		str_addf(out, _("  rung %zu, answered %zu"), page->rung_n, page->answered);
}

static void all_title(struct oncall_screen *view, struct str *out)
{
	size_t gaps = 0;

	for (size_t i = 0; i < view->n_duties; i++)
		gaps += view->duties[i].plan != NULL &&
			(view->duties[i].n_now == 0 || view->duties[i].gap);
	str_addf(out, " %s  ", _("On duty now, all organisations"));
	rows_add_number(out, (int64_t)view->n_duties);
	rows_add_count(out, _("with an empty seat"), (int64_t)gaps);
}

static void draw_title(struct oncall_screen *view, struct canvas *canvas, struct area area)
{
	struct str text = STR_INIT;

	(view->all ? all_title : one_title)(view, &text);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
}

/* Who stands in for somebody out of reach; how the one under the cursor came to stand there. */
static void duty_words(struct oncall_screen *view, const struct on_duty *duty, struct str *out)
{
	const struct record *outing = duty->outing;
	const struct turn *turn = duty->turn;

	(void)view;
	if (outing != NULL)
		str_addf(out, _("%s is out of reach (%s): %s stands in, %s"), turn->name,
			 outing->place != NULL ? outing->place : "-",
			 outing->deputy != NULL ? outing->deputy : "-", or_none(outing->deputy_phone));
	if (turn->was != NULL && out->len == 0)
		str_addf(out, _("%s instead of %s: %s"), turn->name, turn->was, or_none(turn->why));
	if (str_eq(turn->how, "takeover") && turn->ok_at == 0)
		str_addf(out, "  %s", _("a take-over that the chief has to approve"));
	if (duty->staff != NULL && duty->staff->phone2 != NULL)
		str_addf(out, "%s%s %s", out->len > 0 ? "  " : "", _("second phone"),
			 duty->staff->phone2);
}

static void foot_words(struct oncall_screen *view, struct str *first, struct str *second)
{
	const struct list_row *row = list_current(view->list);
	const struct oncall_line *line = row != NULL ? row->data : NULL;

	if (line != NULL && line->rung != NULL && line->rung->duty != NULL)
		duty_words(view, line->rung->duty, first);
	else if (line != NULL && line->next != NULL)
		duty_words(view, line->next, first);
	else if (line != NULL && line->duty != NULL)
		str_add(first, oncall_why(&(struct oncall_page){ .duty = *line->duty }));
	if (view->all) {
		str_add(second, _("Enter: who is rung there  p: note a call  Tab: one organisation"));
		return;
	}
	if (first->len == 0)
		str_add(first, oncall_why(&view->page));
	str_add(second, app_read_only(view->app) ? _("Tab: all organisations")
						 : _("Enter p: note that somebody was rung, and who "
						     "answered  Tab: all organisations"));
}

static void draw_foot(struct oncall_screen *view, struct canvas *canvas, struct area area)
{
	struct str first = STR_INIT, second = STR_INIT;

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	foot_words(view, &first, &second);
	canvas_pad(canvas, area.row, area.col + 1, area.cols - 1, ROLE_TEXT, str_get(&first),
		   PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col + 1, area.cols - 1, ROLE_HINT, str_get(&second),
		   PAD_RIGHT);
	str_release(&first);
	str_release(&second);
}

void oncall_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct oncall_screen *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, FOOT_ROWS);

	if (all || view->dirty)
		draw_title(view, canvas, title);
	list_draw(view->list, canvas, area, all);
	if (all || view->dirty)
		draw_foot(view, canvas, foot);
	view->dirty = false;
}
