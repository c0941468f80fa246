/* The page of one swap: whose duties, how far it is, what the rules say of it as things are now. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper_priv.h"
#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/ui/pager.h"

enum { LABEL = 14 };

struct swap_screen {
	struct app *app;
	struct uuid id;
	struct pager *pager;
	struct arena arena;
	struct client_swap swap;
	char head[64];
	int64_t minute;
};

static void add(struct swap_screen *view, const char *label, const char *text)
{
	if (text && *text)
		pager_add(view->pager, label, LABEL, ROLE_TEXT, text);
}

static void add_when(struct swap_screen *view, const char *label, int64_t at, const char *who)
{
	char when[CIVIL_TEXT];

	if (!at)
		return;
	civil_format(at, client_rules(view->app->client)->offset_min, "Y-m-d H:M", when,
		     sizeof when);
	add(view, label, arena_printf(&view->arena, "%s%s%s", when, who ? "  " : "", who ? who : ""));
}

static const struct staff *staff_by(struct swap_screen *view, const char *words)
{
	struct uuid id = words ? staff_uuid(words) : (struct uuid){ { 0 } };
	const void *entity;

	if (uuid_is_nil(&id) || client_entity(view->app->client, KIND_STAFF, &id, &view->arena,
					      &entity, NULL) != ERR_OK)
		return NULL;
	return entity;
}

static void add_person(struct swap_screen *view, const char *label, const char *name,
		       const char *staff_id, const struct turn *turn)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct staff *staff = staff_by(view, staff_id);

	add(view, label,
	    arena_printf(&view->arena, "%s%s%s%s%s%s%s", name ? name : _("anybody"),
			 staff && staff->phone ? "  " : "", staff && staff->phone ? staff->phone : "",
			 staff ? "  " : "", staff ? org_brief(rules, staff->org) : "",
			 turn ? "\n" : "",
			 turn ? turn_words(rules, rules_plan(rules, view->swap.swap->plan), turn,
					   &view->arena)
			      : ""));
}

/* Whether either could stand the other's duty as things are now. */
static void add_breaches(struct swap_screen *view, const char *staff_id, const char *name,
			 const struct turn *takes, const struct turn *gives)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct roster_plan *plan = rules_plan(rules, view->swap.swap->plan);
	const struct staff *staff = staff_by(view, staff_id);
	struct roster_view of;
	struct need need;
	unsigned breaches;
	int32_t day;

	if (!plan || !staff || !takes || !takes->shift || !takes->post)
		return;
	day = turn_day(rules, takes);
	need = (struct need){ .day = day, .shift = plan_shift(plan, takes->shift),
			      .post = plan_post(plan, takes->post), .seat = (int)takes->seat,
			      .starts = takes->starts, .ends = takes->ends };
	if (!need.shift || !need.post ||
	    client_roster_view(view->app->client, view->swap.swap->org, plan, day, day + 1,
			       &view->arena, &of, NULL) != ERR_OK)
		return;
	breaches = roster_would_break(&of, &need, staff, gives);
	for (unsigned i = 0; i < BREACHES; i++)
		if (breaches & 1u << i)
			pager_add(view->pager, _("By rule"), LABEL, ROLE_GAP,
				  arena_printf(&view->arena, "%s %s: %s", name ? name : "",
					       turn_words(rules, plan, takes, &view->arena),
					       breach_label((enum breach)i)));
	if (!breaches)
		pager_add(view->pager, _("By rule"), LABEL, ROLE_GOOD,
			  arena_printf(&view->arena, _("%s may stand %s"), name ? name : "",
				       turn_words(rules, plan, takes, &view->arena)));
}

static void build_page(struct swap_screen *view)
{
	const struct swap *swap = view->swap.swap;

	pager_begin(view->pager);
	pager_section(view->pager, "swap", _("Swap"));
	add(view, _("State"), swap_state_label(swap_state(swap)));
	add_person(view, _("Whose duty"), swap->name, swap->staff, view->swap.turn);
	add_person(view, _("With whom"), swap->other, swap->other_staff, view->swap.other);
	add(view, _("Reason"), swap->reason);
	add_when(view, _("Asked"), swap->asked_at, swap->asked_by);
	if (swap->open)
		add_when(view, _("Lapses"), swap->lapses_at, NULL);
	add_when(view, _("Accepted"), swap->accepted_at, swap->accepted_by);
	add_when(view, _("Decided"), swap->decided_at, swap->decided_by);
	add(view, _("Why so decided"), swap->decided_for);
	if (swap->open) {
		add_breaches(view, swap->other_staff, swap->other, view->swap.turn, view->swap.other);
		add_breaches(view, swap->staff, swap->name, view->swap.other, view->swap.turn);
	}
	for (size_t i = 0; i < swap->behalves.n; i++) {
		const struct behalf *behalf =
			children_at(&swap->behalves, child_desc(CHILD_BEHALF), i);

		add_when(view, _("On behalf"), behalf->at, behalf->by);
	}
	pager_end(view->pager);
}

static enum err build(struct swap_screen *view, struct error *err)
{
	struct subject subject = { .kind = KIND_SWAP, .id = view->id };
	char mark[48];
	enum err code;

	arena_reset(&view->arena);
	code = swap_get(view->app->client, &view->id, &view->arena, &view->swap, err);
	if (code != ERR_OK)
		return code;
	build_page(view);
	snprintf(view->head, sizeof view->head, "%s", swap_mark(view->swap.swap, mark));
	subject.entity = view->swap.swap;
	frame_hint_subject(view->app, &subject);
	return ERR_OK;
}

static void close_view(void *state)
{
	struct swap_screen *view = state;

	pager_free(view->pager);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct swap_screen *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	view->pager = pager_new();
	code = build(view, err);
	if (code != ERR_OK)
		close_view(view);
	else
		*ret_state = view;
	return code;
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct swap_screen *view = state;
	struct area head = area_top(&area, 1);

	canvas_pad(canvas, head.row, head.col, head.cols, ROLE_TITLE, "", PAD_RIGHT);
	canvas_pad(canvas, head.row, head.col + 1, head.cols - 1, ROLE_TITLE,
		   swap_line(client_rules(view->app->client), &view->swap, &view->arena), PAD_MIDDLE);
	pager_draw(view->pager, canvas, area, all);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct swap_screen *view = state;
	unsigned flags;

	(void)args;
	if (paper_move(view->pager, cmd, &flags))
		return flags;
	switch (cmd->id) {
	case CMD_open:
		return ui_open(view->app->ui, &menu_view, NULL, 0);
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	struct swap_screen *view = state;
	struct error err = ERROR_INIT;

	if (build(view, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned tick(void *state, int64_t now)
{
	struct swap_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reload(view);
}

static const char *title(void *state)
{
	return ((struct swap_screen *)state)->head;
}

bool swap_view_selected(void *state, struct selection *ret_selection)
{
	ret_selection->kind = KIND_SWAP;
	ret_selection->id = ((struct swap_screen *)state)->id;
	return true;
}

const struct view_ops swap_view = {
	.name = "swap",
	.where = WHERE_SWAP,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
