/* Answering an invitation: what stands in the way is said before he accepts. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "choose_priv.h"
#include "handover_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"

struct answering {
	struct choose choose; /* the first: see choose_priv.h */
	struct uuid meeting;
	char attendee[UUID_TEXT], org[88];
	const char *who, *when, *clash; /* in the arena */
};

/* All are within the centre: for another one it writes down who was rung. */
static bool answers_itself(const struct rules *rules, const char *org, const char *actor)
{
	return str_eq(actor, rules->centre) ? str_eq(org, actor) : rules_org_within(rules, org, actor);
}

static unsigned ask(struct answering *answering, enum attendee_answer answer)
{
	struct app *app = answering->choose.app;
	struct selection target = { .kind = KIND_MEETING, .id = answering->meeting };
	const struct actor *actor = client_actor(app->client);
	bool own = actor && answers_itself(client_rules(app->client), answering->org, actor->org);
	bool clashes = answer == ANSWER_ACCEPTED && *answering->clash;

	act_preset_begin(app, act_desc_of(KIND_MEETING, "answer"), &target);
	if (app->n_targets)
		snprintf(app->targets[0].share, sizeof app->targets[0].share, "%s", answering->org);
	act_preset_text(app, "answer", attendee_answer_code(answer));
	act_preset_text(app, "attendee", answering->attendee);
	if (clashes)
		act_preset_text(app, "clash", answering->clash);
	act_preset_what(app, arena_printf(&answering->choose.arena, "%s  %s  %s%s%s", answering->who,
					  answering->when, attendee_answer_label(answer),
					  clashes ? _("  in the way: ") : "",
					  clashes ? answering->clash : ""));
	return act_preset_go(app, answer != ANSWER_ACCEPTED || clashes || !own);
}

static unsigned chosen(void *state, size_t at)
{
	return ask(state, (enum attendee_answer)at);
}

static enum err load(struct answering *answering, const struct meeting_screen *page,
		     struct error *err)
{
	const struct rules *rules = client_rules(answering->choose.app->client);
	const struct meeting *meeting = page->page.meeting;
	const struct attendee *attendee = meeting_answers_for(page);
	struct arena *arena = &answering->choose.arena;

	if (!attendee)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("your organisation is not invited: on who attends (Tab) the cursor "
				   "says for whom you answer"));
	answering->meeting = meeting->head.id;
	uuid_text(&attendee->id, answering->attendee);
	snprintf(answering->org, sizeof answering->org, "%s", attendee->org ? attendee->org : "");
	answering->who = attendee_who(rules, attendee, arena);
	answering->when = joint_when(rules, meeting->starts, meeting->ends, arena);
	answering->clash =
		meeting_clash(answering->choose.app->client, meeting, attendee, arena);
	return ERR_OK;
}

static void offer(struct answering *answering)
{
	struct arena *arena = &answering->choose.arena;
	struct picker_item items[ANSWERS] = { 0 };
	const char *title;

	items[ANSWER_ACCEPTED].help = *answering->clash ? _("all the same: a reason is asked for")
							: _("he comes; it is sent at once");
	items[ANSWER_LEAVE].help = _("with a reason; of a mandatory one it has to be granted");
	items[ANSWER_DELEGATED].help = _("somebody else comes: name, post, phone");
	for (int i = 0; i < ANSWERS; i++)
		items[i].label = attendee_answer_label((enum attendee_answer)i);
	title = arena_printf(arena, _("Answer for %s, %s"), answering->who, answering->when);
	answering->choose.picker = picker_new(title, items, ANSWERS, PICKER_NUMBERS);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct meeting_screen *page = meeting_screen(ui_shell(ui));
	struct answering *answering;
	enum err code;

	(void)arg;
	if (!page)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no meeting is open"));
	answering = choose_new(ui, sizeof *answering, chosen);
	code = load(answering, page, err);
	if (code != ERR_OK) {
		choose_close(answering);
		return code;
	}
	offer(answering);
	*ret_state = answering;
	return ERR_OK;
}

const char *answer_comer_clash(struct app *app, const struct act_desc *act,
			       const struct meeting *meeting, const char *comer,
			       struct arena *arena)
{
	const struct attendee *attendee = NULL;
	const struct given *given;
	struct uuid id;
	size_t n;

	given = act_preset_of(app, act, &n);
	for (size_t i = 0; i < n && !attendee; i++)
		if (strcmp(given[i].field->name, "attendee") == 0 &&
		    uuid_parse(given[i].value.text, &id) == ERR_OK)
			attendee = meeting_attendee_find(meeting, &id);
	return attendee ? meeting_clash_of(app->client, meeting, attendee->org, comer, arena) : "";
}

/* ---- what stands in the way, above the answers ---- */

enum { WARNING_ROWS = 3 };

static struct area place(void *state, struct area body)
{
	const struct answering *answering = state;

	return area_bottom(&body, picker_rows(answering->choose.picker) +
					  (*answering->clash ? WARNING_ROWS : 0));
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct answering *answering = state;
	struct arena arena = ARENA_INIT;
	struct area box = area_bottom(&area, picker_rows(answering->choose.picker));

	(void)all;
	if (*answering->clash) {
		canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
		handover_draw_text(canvas, &area, ROLE_WARNING,
				   arena_printf(&arena, _(" In the way: %s.  Still accept?"),
						answering->clash));
		canvas_erase(canvas, area);
	}
	picker_draw(answering->choose.picker, canvas, box);
	arena_release(&arena);
}

const struct view_ops answer_view = {
	.name = "answer",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = place,
	.draw = draw,
	.key = choose_key,
};
