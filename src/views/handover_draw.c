/* The handover's title line, the item at the right, the signatures below. */
#include <config.h>

#include <string.h>

#include "handover_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/brief.h"

enum { SPLIT_PERCENT = 46, NARROW_LIST = 34 };

int handover_draw_text(struct canvas *canvas, struct area *area, enum role role, const char *text)
{
	int used = 0;

	while (*text != '\0' && area->rows > 0) {
		size_t skip, len = text_wrap(text, area->cols, &skip);
		struct area line = area_top(area, 1);
		struct str words = STR_INIT;

		str_add_bytes(&words, text, len);
		canvas_pad(canvas, line.row, line.col, line.cols, role, str_get(&words), PAD_RIGHT);
		str_release(&words);
		if (len + skip == 0)
			break;
		text += len + skip;
		used++;
	}
	return used;
}

/* ---- the title ---- */

static void draw_title(const struct handover_screen *view, struct canvas *canvas, struct area line)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str text = STR_INIT;

	str_addf(&text, " %s", _("Handover"));
	if (view->has) {
		const struct handover *handover = view->shown.handover;
		const struct org *org = rules_org(rules, handover->org);
		size_t len;
		const char *number = handover->number != NULL ? handover->number : "";

		len = strlen(number);
		str_addf(&text, " %s  ", len > 9 ? number + 6 : _("no number yet"));
		if (org != NULL)
			str_addf(&text, "%s  ", org->brief != NULL ? org->brief : org->name);
		handover_shift_words(rules, handover, &text);
		str_addf(&text, "  %s  ", handover_state_label(handover_state(handover)));
		str_addf(&text, _("read %lld of %lld"), (long long)handover->ticked,
			 (long long)handover->must);
	}
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
}

/* ---- the item ---- */

static void say_who(const struct handover_screen *view, const char *label, const char *who,
		    int64_t at, struct str *out)
{
	char when[CIVIL_TEXT];

	civil_format(at, client_rules(view->app->client)->offset_min, "m-d H:M", when, sizeof when);
	str_addf(out, "%s %s %s", label, officer_show(who), when);
}

/* Number and title stand above it already. */
static const char *behind_title(const struct handed *item, const char *text)
{
	const char *title = item->title != NULL ? strstr(text, item->title) : NULL;

	if (title == NULL)
		return text;
	title += strlen(item->title);
	if (strncmp(title, "\xe3\x80\x82", 3) == 0) /* the full stop of a Chinese sentence */
		title += 3;
	return title + strspn(title, ". ");
}

static void draw_case(const struct handover_screen *view, const struct handed *item,
		      struct canvas *canvas, struct area *area)
{
	struct str text = STR_INIT;
	struct uuid id;

	if (!str_eq(item->kind, "incident") || uuid_parse(item->about, &id) != ERR_OK ||
	    brief_text(view->app->client, &id, 0, &text, NULL) != ERR_OK) {
		str_release(&text);
		return;
	}
	if (area->rows > 1)
		canvas_erase(canvas, area_top(area, 1));
	handover_draw_text(canvas, area, ROLE_TEXT, behind_title(item, str_get(&text)));
	str_release(&text);
}

static void draw_item(const struct handover_screen *view, const struct handed *item,
		      struct canvas *canvas, struct area *area)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str text = STR_INIT;

	str_addf(&text, "%s %s", item->number != NULL ? item->number : "",
		 item->title != NULL ? item->title : "");
	handover_draw_text(canvas, area, ROLE_TITLE, str_get(&text));
	str_clear(&text);
	handed_show(rules, item, app_now(view->app), &text);
	handover_draw_text(canvas, area,
			   item->due != 0 && item->due <= app_now(view->app) ? ROLE_CLOCK_OVERDUE
									     : ROLE_TEXT,
			   str_get(&text));
	str_clear(&text);
	if (item->ticked_at != 0)
		say_who(view, _("Read by"), item->ticked_by, item->ticked_at, &text);
	else
		str_add(&text, _("not read: Space ticks it"));
	handover_draw_text(canvas, area, ROLE_HINT, str_get(&text));
	str_clear(&text);
	if (item->remark != NULL) {
		str_addf(&text, "%s: %s", officer_show(item->remark_by), item->remark);
		handover_draw_text(canvas, area, ROLE_WARNING, str_get(&text));
	}
	draw_case(view, item, canvas, area);
	str_release(&text);
}

static void draw_gear(const struct handover_screen *view, const struct equipment *gear,
		      struct canvas *canvas, struct area *area)
{
	struct str text = STR_INIT;

	handover_draw_text(canvas, area, ROLE_TITLE, gear->label);
	handover_draw_text(canvas, area, ROLE_TEXT, equipment_label(gear->found));
	if (gear->remark != NULL)
		handover_draw_text(canvas, area, ROLE_WARNING, gear->remark);
	if (gear->at != 0)
		say_who(view, _("Looked at by"), gear->by, gear->at, &text);
	else
		str_add(&text, _("Space: good, faulty, missing; n: a remark"));
	handover_draw_text(canvas, area, ROLE_HINT, str_get(&text));
	str_release(&text);
}

static void draw_words(const struct handover_screen *view, struct canvas *canvas,
		       struct area *area)
{
	if (!view->has || view->shown.handover->words == NULL || area->rows < 3)
		return;
	canvas_erase(canvas, area_top(area, 1));
	handover_draw_text(canvas, area, ROLE_HEADING, _("Words of the one who goes"));
	handover_draw_text(canvas, area, ROLE_TEXT, view->shown.handover->words);
}

static void draw_pane(const struct handover_screen *view, struct canvas *canvas, struct area area)
{
	const struct list_row *at = list_current(view->list);
	const struct handover_row *row = at != NULL ? at->data : NULL;
	struct str text = STR_INIT;

	if (row != NULL && row->sort == ROW_ITEM)
		draw_item(view, row->item, canvas, &area);
	if (row != NULL && row->sort == ROW_GEAR)
		draw_gear(view, row->gear, canvas, &area);
	if (row != NULL && row->sort == ROW_TALLY) {
		str_addf(&text, "%s  %lld", row->tally->label, (long long)row->tally->n);
		handover_draw_text(canvas, &area, ROLE_TITLE, str_get(&text));
		handover_draw_text(canvas, &area, ROLE_HINT, _("Enter opens the list behind it"));
	}
	draw_words(view, canvas, &area);
	canvas_erase(canvas, area);
	str_release(&text);
}

/* ---- the signatures ---- */

static void add_signature(const struct handover_screen *view, const char *label, const char *who,
			  int64_t at, const char *open, struct str *out)
{
	char when[CIVIL_TEXT];

	if (at == 0) {
		str_addf(out, "%s%s ____ %s", out->len > 0 ? "  " : " ", label, open);
		return;
	}
	civil_format(at, client_rules(view->app->client)->offset_min, "m-d H:M", when, sizeof when);
	str_addf(out, "%s%s Y %s %s", out->len > 0 ? "  " : " ", label, officer_show(who), when);
}

static void signatures(const struct handover_screen *view, struct str *out)
{
	const struct handover *handover = view->shown.handover;

	if (!handover->half)
		add_signature(view, _("out"), handover->out_by, handover->out_at,
			      handover->in_at != 0 ? _("not signed") : _("(s, own PIN)"), out);
	add_signature(view, _("in"), handover->in_by, handover->in_at, _("(T, his PIN)"), out);
	if (handover->third_due != 0)
		add_signature(view, _("witness"), handover->third_by, handover->third_at,
			      _("(v PIN, p telephone)"), out);
}

static void state_words(const struct handover_screen *view, struct str *out)
{
	const struct handover *handover = view->shown.handover;

	if (handover->hash != NULL && view->shown.marks != 0)
		str_addf(out, " %s", _("not confirmed by the server yet"));
	else
		str_addf(out, " %s", chain_state_label(view->shown.chain));
	if (handover->hash != NULL)
		str_addf(out, " %.12s", handover->hash);
	if (handover->unread > 0)
		str_addf(out, _("  closed with %lld unread"), (long long)handover->unread);
	if (handover->unsent > 0)
		str_addf(out, _("  %lld unsent"), (long long)handover->unsent);
	if (handover->offline)
		str_addf(out, "  %s", _("line cut"));
	if (handover->why != NULL)
		str_addf(out, "  %s", handover->why);
	if (handover->hash == NULL && view->unsent > 0)
		str_addf(out, _("  %zu acts not sent yet"), view->unsent);
}

static const char *key_words(const struct handover_screen *view)
{
	enum handover_state state = view->has ? handover_state(view->shown.handover)
					      : HANDOVER_CLOSED;

	if (state <= HANDOVER_GIVEN)
		return _(" Space read  n remark  s hand over  T take over  v witness  "
			 "N gather again  Enter open");
	if (state == HANDOVER_TAKEN)
		return _(" v witness by PIN  p by telephone  N the next handover  :handovers "
			 "earlier ones");
	return _(" N prepare  H half of the night  :handovers earlier ones");
}

static void draw_foot(const struct handover_screen *view, struct canvas *canvas, struct area area)
{
	struct str text = STR_INIT;
	struct area line;
	bool broken = view->has && (view->shown.chain == CHAIN_TAMPERED ||
				    view->shown.chain == CHAIN_BROKEN);

	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	if (view->has)
		signatures(view, &text);
	line = area_top(&area, 1);
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TITLE, str_get(&text), PAD_RIGHT);
	str_clear(&text);
	if (view->has)
		state_words(view, &text);
	line = area_top(&area, 1);
	canvas_pad(canvas, line.row, line.col, line.cols, broken ? ROLE_ERROR : ROLE_HINT,
		   str_get(&text), PAD_RIGHT);
	line = area_top(&area, 1);
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_HINT, key_words(view), PAD_RIGHT);
	str_release(&text);
}

void handover_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct handover_screen *view = state;
	int cols = area.cols * SPLIT_PERCENT / 100;
	struct area foot, left, edge;

	draw_title(view, canvas, area_top(&area, 1));
	foot = area_bottom(&area, HANDOVER_FOOT);
	if (view->n > 0) {
		left = area_left(&area, cols > NARROW_LIST ? cols : NARROW_LIST);
		edge = area_left(&area, 2);
		list_draw(view->list, canvas, left, all);
		canvas_erase(canvas, edge);
		canvas_fill(canvas, area_left(&edge, 1), '|', ROLE_FRAME);
		draw_pane(view, canvas, area);
	} else {
		list_draw(view->list, canvas, area, all);
	}
	draw_foot(view, canvas, foot);
}
