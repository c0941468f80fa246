/* What is asked before a handover is signed: a reason where one is needed, who it is, his
 * PIN.  Also the remark on an item, which needs no PIN.
 *
 * The PIN is checked here where it is known; with the line up another officer's goes to the
 * server, which lets him have the seat, and what he signed for is done in his name
 * (handover_do.c). */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "handover_priv.h"
#include "lock_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/handover.h"

enum { LINES_MOST = 3, LABEL_COLS = 12 };

enum line_name { LINE_WHO, LINE_WORDS, LINE_REASON, LINE_RUNG };
struct sign_line {
	enum line_name name;
	const char *label;
	bool required;
	struct edit edit;
};

struct sign {
	struct app *app;
	struct sign_arg arg;
	char *gear;
	char *title, *open; /* what is signed, and what of it needs a reason */
	struct sign_line lines[LINES_MOST];
	size_t n, focus; /* focus n: the PIN */
	bool pin;
	struct pin_box box;
	char said[300];
	size_t unsent;
};

/* ---- what is asked ---- */

static struct sign_line *add_line(struct sign *sign, enum line_name name, const char *label,
				  bool required, size_t most)
{
	struct sign_line *line = &sign->lines[sign->n++];

	*line = (struct sign_line){ .name = name, .label = label, .required = required };
	edit_init(&line->edit, most, false);
	return line;
}

/* Who has not signed himself; as a witness, who answers for the shift. */
static bool may_be(const struct sign *sign, const struct on_duty *one,
		   const struct handover *handover, bool third)
{
	const struct actor *actor = client_actor(sign->app->client);
	const char *name = one->turn->name;
	bool answers = one->post != NULL && (one->post->chief || one->post->leader);

	return name != NULL && !str_eq(name, handover->out_by) && !str_eq(name, handover->in_by) &&
	       (third || actor == NULL || !str_eq(name, actor->officer)) && answers == third;
}

/* Who most likely comes: the first of the next shift; within a shift, and as a witness, of this
 * one. */
static void propose(struct sign *sign, struct sign_line *line, const struct handover *handover,
		    bool third)
{
	struct client *client = sign->app->client;
	struct arena arena = ARENA_INIT;
	struct duty_now duty = { .n_now = 0 };
	const struct on_duty *list, *best = NULL;
	size_t n;

	if (client_on_duty(client, handover->org, client_now(client), &arena, &duty, NULL) != ERR_OK)
		duty = (struct duty_now){ .n_now = 0 };
	list = third || handover->half ? duty.now : duty.next;
	n = third || handover->half ? duty.n_now : duty.n_next;
	for (size_t i = 0; i < n; i++) {
		if (!may_be(sign, &list[i], handover, third))
			continue;
		if (best == NULL || (sign->arg.what == SIGN_WITNESS && !best->post->chief &&
				     list[i].post->chief)) /* who signs by PIN is there */
			best = &list[i];
	}
	if (best != NULL)
		edit_set(&line->edit, best->turn->name);
	arena_release(&arena);
}

static void say_open(struct sign *sign, const struct handover *handover, struct str *out)
{
	size_t unread = handover_unread(handover);

	if (sign->arg.what == SIGN_TAKE && handover->out_by == NULL && !handover->half)
		str_add(out, _("the one who goes has not signed"));
	if (sign->arg.what == SIGN_TAKE && unread > 0)
		str_addf(out, _("%s%zu of %zu not read"), out->len > 0 ? ", " : "", unread,
			 handover->items.n);
	if (sign->unsent > 0)
		str_addf(out, _("%s%zu acts not sent"), out->len > 0 ? ", " : "", sign->unsent);
}

static void build(struct sign *sign, const struct handover *handover)
{
	const char *const titles[] = {
		[SIGN_GIVE] = _("Hand over"),	   [SIGN_TAKE] = _("Take over"),
		[SIGN_WITNESS] = _("Witness"),	   [SIGN_PHONE] = _("Witness by telephone"),
		[SIGN_REMARK] = _("Remark"),	   [SIGN_GEAR] = _("Equipment"),
	};
	struct str open = STR_INIT;

	sign->title = mem_strdup(titles[sign->arg.what]);
	switch (sign->arg.what) {
	case SIGN_GIVE:
		add_line(sign, LINE_WORDS, _("Words"), false, 5000);
		break;
	case SIGN_TAKE:
		propose(sign, add_line(sign, LINE_WHO, _("Who takes over"), true, 60), handover, false);
		break;
	case SIGN_WITNESS:
		propose(sign, add_line(sign, LINE_WHO, _("Who"), true, 60), handover, true);
		break;
	case SIGN_PHONE:
		propose(sign, add_line(sign, LINE_RUNG, _("Who was rung"), true, 80), handover, true);
		add_line(sign, LINE_WORDS, _("Words"), true, 5000);
		break;
	case SIGN_REMARK:
	case SIGN_GEAR:
		add_line(sign, LINE_WORDS, _("Remark"), true, 400);
		break;
	}
	sign->pin = sign->arg.what <= SIGN_WITNESS;
	if (sign->arg.what <= SIGN_TAKE)
		say_open(sign, handover, &open);
	if (open.len > 0)
		add_line(sign, LINE_REASON, _("Reason"), true, 2000);
	sign->open = mem_strdup(str_get(&open));
	str_release(&open);
}

/* The first line that must be filled and is not, else the PIN. */
static size_t first_open(const struct sign *sign)
{
	for (size_t i = 0; i < sign->n; i++)
		if (sign->lines[i].required && *edit_text(&sign->lines[i].edit) == '\0')
			return i;
	return sign->pin ? sign->n : 0;
}

static void close_view(void *state)
{
	struct sign *sign = state;

	for (size_t i = 0; i < sign->n; i++)
		edit_release(&sign->lines[i].edit);
	if (sign->app->sign == sign)
		sign->app->sign = NULL;
	pin_wipe(&sign->box);
	free(sign->gear);
	free(sign->title);
	free(sign->open);
	free(sign);
}

static const struct act_desc *act_of(enum sign_what what)
{
	static const char *const verbs[] = {
		[SIGN_GIVE] = "give",	  [SIGN_TAKE] = "take",	    [SIGN_WITNESS] = "witness",
		[SIGN_PHONE] = "witness", [SIGN_REMARK] = "remark", [SIGN_GEAR] = "equip",
	};

	return act_desc_of(KIND_HANDOVER, verbs[what]);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct sign_arg *asked = arg;
	struct app *app = ui_shell(ui);
	struct arena arena = ARENA_INIT;
	struct client_handover shown;
	struct sign *sign;
	enum err code = client_handover_get(app->client, &asked->handover, &arena, &shown, err);

	/* who only witnesses by PIN need not be the one who sits there now */
	if (code == ERR_OK && asked->what != SIGN_WITNESS)
		code = handover_possible(client_rules(app->client), shown.handover,
					 act_of(asked->what), client_actor(app->client), err);
	if (code == ERR_OK) {
		sign = mem_alloc(sizeof *sign);
		sign->app = app;
		sign->arg = *asked;
		sign->gear = mem_strdup(asked->gear);
		sign->unsent = handover_unsent(app->client, &asked->handover);
		build(sign, shown.handover);
		/* words for the next one come before the PIN; a name that is proposed is there */
		sign->focus = sign->arg.what == SIGN_GIVE ? 0 : first_open(sign);
		if (sign->pin && !pin_begin(&sign->box, app, client_actor(app->client)->officer))
			snprintf(sign->said, sizeof sign->said, "%s",
				 _("no officer has so long a name"));
		app->sign = sign;
		*ret_state = sign;
	}
	arena_release(&arena);
	return code;
}

/* ---- drawing ---- */

static struct area place(void *state, struct area body)
{
	const struct sign *sign = state;

	return area_bottom(&body, 3 + (int)sign->n + sign->pin);
}

static void draw_line(struct sign *sign, size_t i, struct canvas *canvas, struct area line)
{
	struct sign_line *one = &sign->lines[i];
	struct area label = area_left(&line, LABEL_COLS + 2);

	canvas_textf(canvas, label.row, label.col, label.cols, ROLE_HINT, " ");
	canvas_pad(canvas, label.row, label.col + 1, label.cols - 1,
		   sign->focus == i ? ROLE_TITLE : ROLE_HINT, one->label, PAD_RIGHT);
	edit_draw(&one->edit, canvas, line, ROLE_TEXT, sign->focus == i);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct sign *sign = state;
	struct str text = STR_INIT;
	struct area line;

	(void)all;
	canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
	line = area_top(&area, 1);
	str_addf(&text, " %s  %s", sign->title,
		 *sign->said != '\0' ? sign->said : sign->open);
	canvas_pad(canvas, line.row, line.col, line.cols,
		   *sign->said != '\0' ? ROLE_ERROR : *sign->open != '\0' ? ROLE_WARNING : ROLE_TITLE,
		   str_get(&text), PAD_RIGHT);
	for (size_t i = 0; i < sign->n; i++)
		draw_line(sign, i, canvas, area_top(&area, 1));
	str_clear(&text);
	if (sign->pin) {
		line = area_top(&area, 1);
		str_add(&text, " ");
		pin_words(&sign->box, &text);
		canvas_pad(canvas, line.row, line.col, line.cols,
			   sign->focus == sign->n ? ROLE_TITLE : ROLE_HINT, str_get(&text),
			   PAD_RIGHT);
	}
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HINT,
		   sign->box.asking ? _(" the server is asked ... Esc leaves")
		   : sign->pin	    ? _(" Enter signs  Tab next line  Esc leaves, nothing is signed")
				    : _(" Enter writes it  Tab next line  Esc leaves"),
		   PAD_RIGHT);
	str_release(&text);
}

/* ---- doing ---- */

static const char *line_text(const struct sign *sign, enum line_name name)
{
	for (size_t i = 0; i < sign->n; i++)
		if (sign->lines[i].name == name && *edit_text(&sign->lines[i].edit) != '\0')
			return edit_text(&sign->lines[i].edit);
	return NULL;
}

static struct signing *signing_of(const struct sign *sign)
{
	struct signing *signing = mem_alloc(sizeof *signing);

	*signing = (struct signing){
		.what = sign->arg.what,
		.handover = sign->arg.handover,
		.words = mem_strdup(line_text(sign, LINE_WORDS)),
		.reason = mem_strdup(line_text(sign, LINE_REASON)),
		.rung = mem_strdup(line_text(sign, LINE_RUNG)),
		.unsent = (int64_t)sign->unsent,
		.offline = handover_offline(&sign->app->link),
	};
	snprintf(signing->officer, sizeof signing->officer, "%s", sign->box.officer);
	if (sign->arg.what == SIGN_WITNESS)
		snprintf(signing->seat, sizeof signing->seat, "%s", sign->app->who);
	return signing;
}

static unsigned do_now(struct sign *sign)
{
	struct signing *signing = signing_of(sign);
	unsigned flags = signing_do(sign->app, signing);

	signing_free(signing);
	return flags;
}

/* A remark or the state of a thing. */
static unsigned write_down(struct sign *sign)
{
	const struct act_desc *act = act_of(sign->arg.what);
	struct error err = ERROR_INIT;
	struct client_done done;
	struct given given[2];
	char id[UUID_TEXT];
	bool gear = sign->arg.what == SIGN_GEAR;

	uuid_text(&sign->arg.item, id);
	given[0] = (struct given){ act_arg_field(act, gear ? "gear" : "tick"),
				   { .is_text = true, .text = gear ? sign->gear : id } };
	given[1] = (struct given){ act_arg_field(act, "remark"),
				   { .is_text = true, .text = line_text(sign, LINE_WORDS) } };
	if (client_act(sign->app->client, act, &sign->arg.handover, given, 2, &done, &err) != ERR_OK) {
		snprintf(sign->said, sizeof sign->said, "%s", err.text);
		return UI_REDRAW_ALL;
	}
	return UI_CLOSE | acts_done(sign->app, &done.target);
}

static bool line_is_up(const struct app *app)
{
	return app->ask != NULL &&
	       (app->link.state == LINK_ONLINE || app->link.state == LINK_THIN ||
		app->link.state == LINK_LOGIN);
}

static unsigned refuse(struct sign *sign, enum err code, const char *words)
{
	int64_t wait;

	if (code == ERR_AUTH)
		seat_wrong(sign->app->client);
	wait = seat_wait(sign->app->client);
	snprintf(sign->said, sizeof sign->said, "%s", words);
	if (code == ERR_AUTH && wait > 0)
		snprintf(sign->said, sizeof sign->said, _("%.200s; the next try in %d seconds"),
			 words, (int)((wait + 999) / 1000));
	pin_wipe(&sign->box);
	return UI_REDRAW_ALL;
}

/* What he signs for is done as soon as the seat is his. */
static unsigned change_seat(struct sign *sign)
{
	struct app *app = sign->app;
	struct error err = ERROR_INIT;
	struct signing *signing;

	if (!line_is_up(app)) {
		enum err code = seat_check(app->client, sign->box.officer, sign->box.pin, NULL, &err);

		if (code == ERR_OK)
			code = seat_take(app->client, sign->box.officer, &err);
		if (code != ERR_OK)
			return refuse(sign, code, err.text);
	}
	signing = signing_of(sign);
	signing_wait(app, signing);
	if (line_is_up(app))
		pin_send(&sign->box);
	else
		app->repoll = true;
	snprintf(sign->said, sizeof sign->said, "%s", _("logging in ..."));
	return UI_REDRAW_ALL;
}

static unsigned try_pin(struct sign *sign)
{
	struct client *client = sign->app->client;
	const char *who = line_text(sign, LINE_WHO);
	const struct actor *actor = client_actor(client);
	struct error err = ERROR_INIT;
	enum err code;

	if (!pin_ready(&sign->box))
		return UI_NOTHING;
	if (who != NULL && !str_copy(sign->box.officer, sizeof sign->box.officer, who))
		return refuse(sign, ERR_INPUT, _("no officer has so long a name"));
	if (sign->box.second) {
		pin_send(&sign->box);
		return UI_REDRAW_ALL;
	}
	if (actor == NULL || strcmp(actor->officer, sign->box.officer) != 0)
		return change_seat(sign);
	code = seat_check(client, sign->box.officer, sign->box.pin, NULL, &err);
	if (code == ERR_OK)
		return do_now(sign);
	if ((code == ERR_AUTH || code == ERR_NOT_FOUND) && line_is_up(sign->app)) {
		pin_send(&sign->box); /* it may have been changed: the server knows */
		return UI_REDRAW_ALL;
	}
	return refuse(sign, code, err.text);
}

unsigned sign_told(struct app *app, const struct tell *tell)
{
	struct sign *sign = app->sign;
	const struct actor *actor = client_actor(app->client);

	if (sign == NULL || !sign->box.asking)
		return UI_NOTHING;
	if (!pin_told(&sign->box, tell))
		return UI_REDRAW_ALL;
	if (tell->code != ERR_OK) {
		signing_wait(app, NULL);
		return refuse(sign, tell->code,
			      *tell->text != '\0' ? tell->text : _(err_sentence(tell->code)));
	}
	if (actor != NULL && strcmp(actor->officer, sign->box.officer) == 0)
		return do_now(sign);
	return UI_REDRAW_ALL; /* the seat changes, and closes this */
}

/* ---- keys ---- */

static unsigned enter(struct sign *sign)
{
	size_t open = first_open(sign);

	sign->said[0] = '\0';
	if (open < sign->n && sign->lines[open].required &&
	    *edit_text(&sign->lines[open].edit) == '\0') {
		sign->focus = open;
		if (sign->lines[open].name == LINE_REASON)
			snprintf(sign->said, sizeof sign->said, _("%.200s: say why"), sign->open);
		return UI_REDRAW_ALL;
	}
	if (!sign->pin)
		return sign->arg.what == SIGN_PHONE ? do_now(sign) : write_down(sign);
	if (sign->focus < sign->n) {
		sign->focus++;
		return UI_REDRAW_ALL;
	}
	return try_pin(sign);
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct sign *sign = state;
	size_t places = sign->n + sign->pin;

	if (pressed.code == UIKEY_ESC) {
		signing_wait(sign->app, NULL);
		return UI_CLOSE | UI_FRAME;
	}
	if (sign->box.asking)
		return UI_NOTHING;
	switch (pressed.code) {
	case UIKEY_ENTER:
		return enter(sign);
	case UIKEY_TAB:
	case UIKEY_DOWN:
		sign->focus = (sign->focus + (pressed.mods == KEY_SHIFT ? places - 1 : 1)) % places;
		return UI_REDRAW_ALL;
	case UIKEY_UP:
		sign->focus = (sign->focus + places - 1) % places;
		return UI_REDRAW_ALL;
	default:
		break;
	}
	if (sign->focus == sign->n) {
		if (pressed.code != UIKEY_PASTE)
			(void)pin_type(&sign->box, pressed);
	} else if (pressed.code == UIKEY_PASTE) {
		edit_insert(&sign->lines[sign->focus].edit, pasted, strlen(pasted));
	} else {
		edit_key(&sign->lines[sign->focus].edit, pressed);
	}
	return UI_REDRAW_ALL;
}

static const char *title(void *state)
{
	return ((struct sign *)state)->title;
}

const struct view_ops sign_view = {
	.name = "sign",
	.overlay = true,
	.types = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
	.title = title,
};
