#include <config.h>

#include "choose_priv.h"
#include "joint_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/subject.h"

/* The numbered menu of the acts that are possible on the selected incident, by the profile's
 * labels: with an input method on, letters never arrive. */
struct act_menu {
	struct choose choose; /* the first: see choose_priv.h */
	const struct ui_command *commands[CMD_COUNT];
};

static void offer(struct act_menu *menu, struct picker_item *item,
		  const struct subject *subject, const struct act_desc *act,
		  const struct ui_command *command)
{
	struct str key = STR_INIT;

	keymap_first_key(menu->choose.app->keymap, command, &key);
	item->label = subject_act_label(client_rules(menu->choose.app->client), subject, act);
	item->name = command->name;
	item->keys = arena_strdup(&menu->choose.arena, str_get(&key));
	/* what it says is of incidents */
	item->help = act->target != KIND_INCIDENT && command_act(command) != act
			     ? _(act->title)
			     : _(command->help);
	str_release(&key);
}

static void add_act(const struct act_desc *act, const struct act_desc *acts[ACTS_HERE_MOST],
		    size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if (acts[i] == act)
			return;
	if (*n < ACTS_HERE_MOST)
		acts[(*n)++] = act;
}

/* Of many marked, what can be done to many and is possible for some of the first. */
static size_t bulk_acts(struct app *app, const struct act_desc *acts[ACTS_HERE_MOST])
{
	enum { LOOKED_AT = 20 };
	enum kind kind = KIND_INCIDENT;
	size_t n_marked, n = 0;
	const struct uuid *marked = joint_marked(app, &kind, &n_marked);

	if (!marked)
		marked = rows_marked(app, &n_marked);
	for (size_t m = 0; m < n_marked && m < LOOKED_AT; m++) {
		const struct act_desc *here[ACTS_HERE_MOST];
		struct arena arena = ARENA_INIT;
		struct subject subject;
		size_t n_here = 0;

		if (subject_get(app->client, kind, &marked[m], &arena, &subject, NULL) == ERR_OK)
			n_here = subject_acts(app->client, &subject, here);
		for (size_t i = 0; i < n_here; i++)
			if (here[i]->flags & ACT_BULK)
				add_act(here[i], acts, &n);
		arena_release(&arena);
	}
	return n;
}

/* What can be done to the incident, by the flow; with several marked, what can be done to many. */
static size_t offer_all(struct act_menu *menu, const struct subject *subject, bool many,
			struct picker_item items[CMD_COUNT])
{
	const struct act_desc *acts[ACTS_HERE_MOST + 2];
	size_t n_acts = many ? bulk_acts(menu->choose.app, acts)
			     : subject_acts(menu->choose.app->client, subject, acts), n = 0;

	if (subject->kind == KIND_INCIDENT)
		acts[n_acts++] = act_desc_find("blow");
	if (!subject_is(subject->kind))
		acts[n_acts++] = act_desc_find("register");
	if (subject->kind == KIND_ROSTER && subject->turn)
		acts[n_acts++] = act_desc_find("swap");
	for (size_t i = 0; i < n_acts && n < CMD_COUNT; i++) {
		const struct ui_command *command = command_of_act(acts[i]);

		if (!command || (acts[i]->conflict == CONFLICT_CREATES &&
				 app_why(menu->choose.app, command)))
			continue;
		menu->commands[n] = command;
		offer(menu, &items[n++], many ? NULL : subject, acts[i], command);
	}
	return n;
}

static unsigned chosen(void *state, size_t at)
{
	struct act_menu *menu = state;

	ui_then(menu->choose.app->ui, menu->commands[at], "");
	return UI_NOTHING;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct app *app = ui_shell(ui);
	struct picker_item items[CMD_COUNT] = { 0 };
	const struct selection *selection;
	struct subject subject;
	struct act_menu *menu;
	size_t n = 0;
	enum err code;

	(void)arg;
	if (app_read_only(app))
		return error_set(err, ERR_DENIED, "%s",
				 app_why(app, command_at(CMD_register)));
	selection = app_selection(app);
	if (!selection)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no incident is selected"));
	menu = choose_new(ui, sizeof *menu, chosen);
	code = subject_get(app->client, selection->kind, &selection->id, &menu->choose.arena,
			   &subject, err);
	if (code != ERR_OK) {
		choose_close(menu);
		return code;
	}
	subject_turn(&subject, &selection->turn);
	n = offer_all(menu, &subject, app_has_marks(app), items);
	if (n == 0) {
		choose_close(menu);
		return error_set(err, ERR_NOT_FOUND, "%s", _("there is nothing to be done to it"));
	}
	menu->choose.picker =
	    picker_new(_("Acts (1 to 9 choose, Esc leaves)"), items, n, PICKER_NUMBERS);
	*ret_state = menu;
	return ERR_OK;
}

/* F2 … F10 are the digits of those whose input method swallows digits too. */
static struct key digit(struct key key)
{
	if (key.code >= UIKEY_F1 + 1 && key.code <= UIKEY_F1 + 9 && !key.mods)
		return (struct key){ .code = '1' + (key.code - UIKEY_F1 - 1) };
	return key;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	return choose_key(state, digit(pressed), pasted);
}

const struct view_ops menu_view = {
	.name = "menu",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = key,
};
