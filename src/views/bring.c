/* Candidates become items: in which order the fewest departments sit longest, and into which
 * meeting. */
#include <config.h>

#include <stdlib.h>

#include "meetings_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/meeting_order.h"

enum { AROUND = 4, DRAWN_MOST = 20 };

struct bring {
	struct app *app;
	struct arena arena;
	struct nominee *chosen; /* in the order in which they are to be taken */
	size_t n;
	int64_t before, after; /* minutes that all sit together */
	int each;	       /* minutes of one */
	const struct meeting **drawn; /* meetings whose agenda they could stand in */
	size_t n_drawn, target;	      /* n_drawn: none, they wait */
	bool approved;		      /* at once: nobody has to approve items */
	struct meetings_screen *from;
};

/* ---- what it is about ---- */

/* Borrowed from the candidates, which may be gathered anew meanwhile. */
static struct nominee copied(const struct nominee *nominee, struct arena *arena)
{
	struct nominee copy = *nominee;

	copy.number = arena_strdup(arena, nominee->number);
	copy.title = arena_strdup(arena, nominee->title);
	copy.why = arena_strdup(arena, nominee->why);
	return copy;
}

static void put_in_order(struct bring *bring, const struct nominee **chosen)
{
	struct order_row *rows = arena_array(&bring->arena, bring->n + 1, sizeof *rows);
	size_t *order = arena_array(&bring->arena, bring->n + 1, sizeof *order);

	for (size_t i = 0; i < bring->n; i++)
		rows[i] = (struct order_row){ .orgs = chosen[i]->orgs,
					      .n_orgs = chosen[i]->n_orgs,
					      .minutes = bring->each };
	meeting_order(rows, bring->n, order, &bring->before, &bring->after);
	bring->chosen = arena_array(&bring->arena, bring->n + 1, sizeof *bring->chosen);
	for (size_t i = 0; i < bring->n; i++)
		bring->chosen[i] = copied(chosen[order[i]], &bring->arena);
}

/* Those of one's own organisation that nobody is invited to yet. */
static void find_meetings(struct bring *bring, const char *org)
{
	struct client_meeting *all = NULL;
	size_t n = 0;

	bring->drawn = arena_array(&bring->arena, DRAWN_MOST, sizeof *bring->drawn);
	if (client_meetings(bring->app->client, 0, &bring->arena, &all, &n, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < n && bring->n_drawn < DRAWN_MOST; i++)
		if (meeting_state(all[i].meeting) == MEETING_DRAWN &&
		    str_eq(all[i].meeting->org, org))
			bring->drawn[bring->n_drawn++] = all[i].meeting;
}

static void look_at_series(struct bring *bring, const struct rules *rules, const char *org)
{
	const struct meeting_series *series = rules_series_of(rules, org, 0);

	bring->each = item_minutes(series, NULL, 0);
	bring->approved = true;
	for (size_t i = 0; (series = rules_series_of(rules, org, i)) != NULL; i++)
		bring->approved &= series->item_role == NULL;
}

static void close_view(void *state)
{
	struct bring *bring = state;

	arena_release(&bring->arena);
	free(bring);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct app *app = ui_shell(ui);
	const struct actor *actor = client_actor(app->client);
	struct bring *bring;
	const struct nominee **chosen;

	(void)arg;
	if (ui_top(ui) != &meetings_view || !actor)
		return error_set(err, ERR_NOT_FOUND, "%s", _("there is no candidate"));
	bring = mem_alloc(sizeof *bring);
	bring->app = app;
	bring->from = ui_top_state(ui);
	chosen = meetings_chosen(bring->from, &bring->arena, &bring->n);
	look_at_series(bring, client_rules(app->client), actor->org);
	put_in_order(bring, chosen);
	find_meetings(bring, actor->org);
	bring->target = bring->approved && bring->n_drawn ? 0 : bring->n_drawn;
	*ret_state = bring;
	return ERR_OK;
}

/* ---- drawing ---- */

static struct area place(void *state, struct area body)
{
	const struct bring *bring = state;
	int rows = (int)bring->n + AROUND;

	return area_bottom(&body, rows > body.rows - 2 ? body.rows - 2 : rows);
}

static const char *target_words(struct bring *bring, struct arena *arena)
{
	const struct rules *rules = client_rules(bring->app->client);

	if (bring->target < bring->n_drawn)
		return arena_printf(arena, _("into the agenda of %s, %s"),
				    meeting_title(bring->drawn[bring->target], arena),
				    joint_when(rules, bring->drawn[bring->target]->starts, 0, arena));
	if (bring->approved)
		return _("as items that wait for a meeting");
	return _("as items that are to be approved first");
}

/* What is cut is the matter, in its middle: whom it concerns stands whole behind it. */
static void draw_one(struct canvas *canvas, struct area line, size_t at,
		     const struct nominee *nominee, const struct rules *rules, struct arena *arena)
{
	enum { NAMED = 3, BLANKS = 2 };
	const char *head = arena_printf(arena, "%2zu  %s  ", at, nominee->number);
	const char *orgs = orgs_words(rules, nominee->orgs, nominee->n_orgs, NAMED, arena);
	int cols = line.cols - 2, before = text_columns(head), behind = text_columns(orgs);
	int middle = text_columns(nominee->title), most = cols - before - behind - BLANKS;

	if (middle > most)
		middle = most;
	canvas_pad(canvas, line.row, line.col + 1, before, ROLE_TEXT, head, PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col + 1 + before, middle, ROLE_TEXT, nominee->title,
		   PAD_MIDDLE);
	canvas_pad(canvas, line.row, line.col + 1 + before + middle + BLANKS, behind, ROLE_HINT,
		   orgs, PAD_RIGHT);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct bring *bring = state;
	const struct rules *rules = client_rules(bring->app->client);
	struct arena arena = ARENA_INIT;
	struct area inside = canvas_box(
		canvas, area, ROLE_FRAME,
		arena_printf(&arena, _("Bring %zu: %s"), bring->n, target_words(bring, &arena)));
	struct area foot = area_bottom(&inside, 2);

	(void)all;
	for (size_t i = 0; i < bring->n && inside.rows > 0; i++) {
		struct area line = area_top(&inside, 1);

		if (inside.rows == 0 && i + 1 < bring->n)
			canvas_pad(canvas, line.row, line.col + 1, line.cols - 1, ROLE_HINT,
				   arena_printf(&arena, _("... and %zu more"), bring->n - i),
				   PAD_RIGHT);
		else
			draw_one(canvas, line, i + 1, &bring->chosen[i], rules, &arena);
	}
	canvas_pad(canvas, foot.row, foot.col + 1, foot.cols - 1, ROLE_HINT,
		   bring->before > bring->after
			   ? arena_printf(&arena,
					  _("so ordered all departments sit %lld minutes together, as "
					    "listed it would be %lld"),
					  (long long)bring->after, (long long)bring->before)
			   : arena_printf(&arena, _("all departments sit %lld minutes together"),
					  (long long)bring->after),
		   PAD_RIGHT);
	canvas_pad(canvas, foot.row + 1, foot.col + 1, foot.cols - 1, ROLE_KEY,
		   bring->n_drawn && bring->approved
			   ? _("Enter brings them  Tab another meeting, or none  Esc leaves")
			   : _("Enter brings them  Esc leaves"),
		   PAD_RIGHT);
	arena_release(&arena);
}

/* ---- doing ---- */

static enum err bring_one(struct bring *bring, const struct nominee *nominee, struct uuid *ret_item,
			  struct error *err)
{
	const struct act_desc *act = act_desc_of(KIND_ITEM, "bring");
	const struct field *field =
		act_arg_field(act, nominee->kind == KIND_WHISTLE ? "whistle" : "incident");
	struct given given;
	struct client_done done;
	char id[UUID_TEXT];
	enum err code;

	uuid_text(&nominee->id, id);
	given = (struct given){ field, { .is_text = true, .text = id } };
	code = client_act(bring->app->client, act, NULL, &given, 1, &done, err);
	if (code == ERR_OK)
		*ret_item = done.target;
	return code;
}

static enum err into_agenda(struct bring *bring, const struct uuid *items, size_t n,
			    struct error *err)
{
	const struct act_desc *act = act_desc_of(KIND_MEETING, "agenda");
	const struct field *field = act_arg_field(act, "entry");
	const struct meeting *meeting = bring->drawn[bring->target];
	struct given *given = arena_array(&bring->arena, n + 1, sizeof *given);
	struct client_done done;
	char id[UUID_TEXT];

	for (size_t i = 0; i < n; i++) {
		uuid_text(&items[i], id);
		given[i] = (struct given){
			field,
			{ .is_text = true,
			  .text = arena_printf(&bring->arena, "%s %zu %d", id,
					       meeting->agenda.n + i + 1, bring->each) } };
	}
	return client_act(bring->app->client, act, &meeting->head.id, given, n, &done, err);
}

static unsigned do_it(struct bring *bring)
{
	struct app *app = bring->app;
	struct uuid *items = arena_array(&bring->arena, bring->n + 1, sizeof *items);
	struct str refused = STR_INIT;
	struct error err = ERROR_INIT;
	size_t n = 0;
	unsigned flags = UI_NOTHING;

	for (size_t i = 0; i < bring->n; i++) {
		err = (struct error)ERROR_INIT;
		if (bring_one(bring, &bring->chosen[i], &items[n], &err) == ERR_OK)
			n++;
		else
			str_addf(&refused, "%s: %s\n", bring->chosen[i].number, err.text);
	}
	err = (struct error)ERROR_INIT;
	if (n && bring->target < bring->n_drawn && into_agenda(bring, items, n, &err) != ERR_OK)
		str_addf(&refused, "%s\n", err.text);
	meetings_unmark(bring->from);
	if (n)
		flags = acts_done(app, &items[0]);
	app_notice(app, refused.len ? ROLE_WARNING : ROLE_GOOD,
		   arena_printf(&bring->arena,
				_("%zu brought to the meeting: done here, waits to be sent"), n));
	if (refused.len)
		flags |= app_show(app, _("Not brought"), str_get(&refused));
	str_release(&refused);
	return flags | UI_FRAME;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct bring *bring = state;

	(void)pasted;
	switch (pressed.code) {
	case UIKEY_ENTER:
		return UI_CLOSE | do_it(bring);
	case UIKEY_ESC:
		return UI_CLOSE | UI_FRAME;
	case UIKEY_TAB:
		if (bring->approved)
			bring->target = (bring->target + 1) % (bring->n_drawn + 1);
		return UI_REDRAW;
	default:
		return UI_NOTHING;
	}
}

const struct view_ops bring_view = {
	.name = "bring",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
};
