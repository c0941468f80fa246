/* Beside a registration: what happened before at this place, and was said by this caller. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/place.h"
#include "zhiban/domain/phone.h"
#include "zhiban/model/history.h"

enum { AT_ONCE = 200, OF_PLACE = 8, OF_AREA = 3, REST_MS = 750 };

static const char *value(const struct act_form *view, const char *name)
{
	for (size_t i = 0; i < view->fields.n_act; i++)
		if (strcmp(view->fields.fields[i].name, name) == 0)
			return form_get(view->form, name);
	return "";
}

static bool is_registering(const struct act_form *view)
{
	return strcmp(view->act->verb, "register") == 0;
}

/* Where nobody chose a grid, the one that the address can only mean. */
static void ask_for(const struct act_form *view, struct arena *arena, struct history_ask *ask)
{
	const struct place *place = NULL;

	ask->address = value(view, "address");
	ask->phone = value(view, "phone");
	ask->grid = value(view, "grid");
	ask->community = value(view, "community");
	if (*ask->address && !*ask->grid && !*ask->community &&
	    client_place_of(view->app->client, ask->address, arena, &place, NULL) == ERR_OK &&
	    place) {
		ask->grid = place->grid;
		ask->community = place->community;
	}
}

static void plan_ask(struct act_form *view);

static void look(struct act_form *view)
{
	struct arena arena = ARENA_INIT;
	struct history_ask ask = { 0 };

	if (!is_registering(view))
		return;
	ask_for(view, &arena, &ask);
	if (!view->history || !history_same(history_asked(view->history), &ask)) {
		history_free(view->history);
		view->history = history_new(view->app->client, &ask);
		view->looking = true;
	}
	arena_release(&arena);
	plan_ask(view);
}

/* ---- lines ---- */

struct lines {
	struct form_beside items[FORM_SECTION_LINES];
	size_t n;
	struct uuid *ids;
};

static void add_cases(struct lines *lines, const struct history *history, enum history_near near,
		      size_t most)
{
	const struct history_case *cases;
	size_t n;

	(void)history_cases(history, near, &cases, &n);
	for (size_t i = 0; i < n && i < most && lines->n < FORM_SECTION_LINES; i++) {
		lines->ids[lines->n] = cases[i].id;
		lines->items[lines->n++] = (struct form_beside){
			.text = cases[i].what,
			.tail = cases[i].state,
			.role = cases[i].open ? ROLE_WARNING : ROLE_TEXT,
		};
	}
}

static size_t count(const struct history *history, enum history_near near)
{
	const struct history_case *cases;
	size_t n;

	return history_cases(history, near, &cases, &n);
}

/* "at this address 2, in its grid 14": what was not looked at is said too. */
static void show_place(struct act_form *view)
{
	const struct history *history = view->history;
	const struct history_ask *ask = history_asked(history);
	size_t here = count(history, NEAR_ADDRESS), grid = count(history, NEAR_GRID),
	       community = count(history, NEAR_COMMUNITY);
	struct lines lines = { .ids = view->beside[BESIDE_PLACE] };
	struct str title = STR_INIT;

	if (!*ask->address && !*ask->grid && !*ask->community) {
		form_aside(view->form, BESIDE_PLACE, NULL, NULL, NULL, 0);
		return;
	}
	str_addf(&title, _("Here before: %zu"), here);
	if (*ask->grid)
		str_addf(&title, _(", its grid %zu"), grid);
	if (*ask->community)
		str_addf(&title, _(", its community %zu"), community);
	if (!history_all(history))
		str_addf(&title, _(" (of the newest %zu)"), history_looked(history));
	add_cases(&lines, history, NEAR_ADDRESS, OF_PLACE);
	add_cases(&lines, history, NEAR_GRID, OF_AREA);
	if (lines.n == 0)
		add_cases(&lines, history, NEAR_COMMUNITY, OF_AREA);
	form_aside(view->form, BESIDE_PLACE, title.s, NULL, lines.items, lines.n);
	str_release(&title);
}

/* ---- the caller ---- */

static bool is_about(const struct act_form *view, const char *digits)
{
	return *digits && strcmp(view->ask_digits, digits) == 0;
}

static void caller_title(const struct act_form *view, const char *digits, size_t n, struct str *title)
{
	if (is_about(view, digits) && view->caller == CALLER_TOLD)
		str_addf(title, _("This number before: %zu (the server)"), n);
	else if (is_about(view, digits) && view->caller == CALLER_ASKED)
		str_addf(title, _("This number before: %zu, of what is held here; the server is asked"),
			 n);
	else
		str_addf(title, _("This number before: %zu, of what is held here"), n);
}

static void add_sentence(struct lines *lines, const char *text)
{
	if (lines->n == FORM_SECTION_LINES)
		return;
	lines->ids[lines->n] = (struct uuid){ { 0 } };
	lines->items[lines->n++] =
		(struct form_beside){ .text = text, .role = ROLE_HINT, .still = true };
}

static void show_caller(struct act_form *view)
{
	struct history *history = view->history;
	struct lines lines = { .ids = view->beside[BESIDE_CALLER] };
	struct str title = STR_INIT, more = STR_INIT;
	char digits[PHONE_DIGITS];
	size_t n, unseen = 0;

	phone_digits(history_asked(history)->phone, digits);
	if (!*digits) {
		form_aside(view->form, BESIDE_CALLER, NULL, NULL, NULL, 0);
		return;
	}
	if (is_about(view, digits) && view->caller == CALLER_TOLD)
		unseen = (size_t)view->told.count -
			 history_told(history, view->told.ids, view->told.n);
	n = count(history, NEAR_CALLER) + unseen;
	caller_title(view, digits, n, &title);
	add_cases(&lines, history, NEAR_CALLER, HISTORY_CASES);
	str_addf(&more, _("%zu more that are not listed here"), n - lines.n);
	if (unseen && n > lines.n)
		add_sentence(&lines, more.s);
	if (is_about(view, digits) && view->caller == CALLER_FAILED && *view->untold)
		add_sentence(&lines, view->untold);
	form_aside(view->form, BESIDE_CALLER, title.s, NULL, lines.items, lines.n);
	str_release(&title);
	str_release(&more);
}

/* ---- asking the server ---- */

static int64_t now_of(const struct act_form *view)
{
	return env_now(client_env(view->app->client));
}

static bool has_line(const struct app *app)
{
	struct client_link link;

	client_link(app->client, &link);
	return app->ask != NULL && (link.state == LINK_ONLINE || link.state == LINK_THIN);
}

/* A number is asked about once, when it is whole and nobody typed on for a while. */
static void plan_ask(struct act_form *view)
{
	char digits[PHONE_DIGITS];

	phone_digits(value(view, "phone"), digits);
	if (!phone_is_whole(digits) || !has_line(view->app)) {
		view->ask_at = 0;
	} else if (!is_about(view, digits)) {
		memcpy(view->ask_digits, digits, sizeof digits);
		view->caller = CALLER_NOT;
		view->ask_at = now_of(view) + REST_MS;
	}
}

static void ask_server(struct act_form *view)
{
	struct ask ask = { .kind = ASK_CALLERS };
	struct app *app = view->app;
	char digits[PHONE_DIGITS];

	if (!view->ask_at || now_of(view) < view->ask_at)
		return;
	view->ask_at = app->caller_asked ? now_of(view) + REST_MS : 0;
	phone_digits(value(view, "phone"), digits);
	if (view->ask_at)
		return;
	if (!is_about(view, digits)) { /* it is being typed on: looked at when that rests */
		view->ask_digits[0] = '\0';
		return;
	}
	memcpy(ask.words, digits, sizeof digits);
	app->calling = view;
	app->caller_asked = true;
	view->caller = CALLER_ASKED;
	app->ask(app->ask_ctx, &ask);
	crypto_wipe(&ask, sizeof ask);
	if (!view->looking)
		show_caller(view);
}

unsigned act_history_told(struct app *app, const struct tell *tell)
{
	struct act_form *view = app->calling;

	app->caller_asked = false;
	app->calling = NULL;
	if (!view || view->caller != CALLER_ASKED || !is_about(view, tell->callers.digits))
		return UI_NOTHING;
	view->caller = tell->code == ERR_OK ? CALLER_TOLD : CALLER_FAILED;
	view->untold[0] = '\0';
	if (tell->code == ERR_OK)
		view->told = tell->callers;
	else if (tell->code == ERR_OFFLINE || tell->code == ERR_AUTH)
		view->ask_digits[0] = '\0'; /* again, when there is a line */
	else if (tell->code == ERR_TOO_MANY || tell->code == ERR_DENIED)
		memcpy(view->untold, tell->text, sizeof view->untold);
	if (!view->looking && view->history)
		show_caller(view);
	return ui_top_state(app->ui) == view ? UI_REDRAW : UI_NOTHING;
}

static bool step(struct act_form *view)
{
	ask_server(view);
	if (!view->looking)
		return false;
	if (history_step(view->history, AT_ONCE))
		return true;
	view->looking = false;
	show_place(view);
	show_caller(view);
	return false;
}

static void forget(struct act_form *view)
{
	history_free(view->history);
	if (view->app->calling == view)
		view->app->calling = NULL;
	crypto_wipe(&view->told, sizeof view->told);
	crypto_wipe(view->ask_digits, sizeof view->ask_digits);
}

const struct act_beside_ops act_history = { .look = look, .step = step, .forget = forget };
