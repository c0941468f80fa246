/* Beside a registration: what happened before at this place, and was said by this caller. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/place.h"
#include "zhiban/domain/phone.h"
#include "zhiban/model/history.h"

enum { AT_ONCE = 200, OF_PLACE = 8, OF_AREA = 3 };

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

static void show_caller(struct act_form *view)
{
	const struct history *history = view->history;
	struct lines lines = { .ids = view->beside[BESIDE_CALLER] };
	struct str title = STR_INIT;
	char digits[PHONE_DIGITS];

	phone_digits(history_asked(history)->phone, digits);
	if (!*digits) {
		form_aside(view->form, BESIDE_CALLER, NULL, NULL, NULL, 0);
		return;
	}
	str_addf(&title, _("This number before: %zu, of what is held here"),
		 count(history, NEAR_CALLER));
	add_cases(&lines, history, NEAR_CALLER, HISTORY_CASES);
	form_aside(view->form, BESIDE_CALLER, title.s, NULL, lines.items, lines.n);
	str_release(&title);
}

static bool step(struct act_form *view)
{
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
}

const struct act_beside_ops act_history = { .look = look, .step = step, .forget = forget };
