/* Forms of acts on meetings, items, tasks and rooms: what they ask for, from which lists, and what
 * stands there at first. */
#include <config.h>

#include <string.h>

#include "act_form_priv.h"
#include "act_joint.h"
#include "meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"

static bool is_joint(const struct act_desc *act)
{
	return act->target == KIND_MEETING || act->target == KIND_ITEM ||
	       act->target == KIND_ACTION || act->target == KIND_ROOM;
}

static bool is_one_of(const char *name, const char *names)
{
	size_t len = strlen(name);

	for (const char *at = names; (at = strstr(at, name)) != NULL; at += len)
		if ((at == names || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

/* What the screens say in another way, or the program fills in. */
static const struct {
	enum kind kind;
	const char *verb; /* NULL: of all */
	const char *args;
} unasked[] = {
	{ KIND_MEETING, NULL, "share" },
	{ KIND_MEETING, "convene", "org session entry attend" },
	{ KIND_MEETING, "arrange", "session" },
	{ KIND_ITEM, "bring", "org incident whistle meeting_id" },
	{ KIND_ACTION, "task", "meeting_id" },
	{ KIND_ROOM, "book", "org meeting_id" },
	{ KIND_ROOM, "free", "booking meeting_id" },
};

/* Of an answer that was chosen: the words that it needs. */
static bool answer_asks(const struct app *app, const struct act_desc *act, const char *name)
{
	size_t n = 0;
	const struct given *given = act_preset_of(app, act, &n);
	const char *answer = "";

	for (size_t i = 0; i < n; i++)
		if (strcmp(given[i].field->name, "answer") == 0)
			answer = given[i].value.text;
	if (str_starts(name, "comer"))
		return !*answer || strcmp(answer, "delegated") == 0;
	return true;
}

bool act_joint_asks(const struct app *app, const struct act_desc *act, const struct field *field)
{
	if (!is_joint(act))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(unasked); i++)
		if (unasked[i].kind == act->target &&
		    (!unasked[i].verb || strcmp(unasked[i].verb, act->verb) == 0) &&
		    is_one_of(field->name, unasked[i].args))
			return false;
	return strcmp(act->verb, "answer") != 0 || answer_asks(app, act, field->name);
}

/* ---- lists ---- */

struct list_of {
	struct form_choice *items;
	size_t n;
};

static void add(struct list_of *list, const char *value, const char *label, const char *help)
{
	list->items[list->n++] = (struct form_choice){ .value = value, .label = label, .help = help };
}

static struct list_of series_list(const struct app *app, struct arena *arena)
{
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);
	struct list_of list = { arena_array(arena, rules->meetings.n_series + 1,
					    sizeof *list.items), 0 };
	const struct meeting_series *series;

	for (size_t i = 0; actor && (series = rules_series_of(rules, actor->org, i)) != NULL; i++)
		add(&list, series->code, series->label, series->when ? series->when : _("single"));
	return list;
}

static struct list_of room_list(const struct app *app, bool lines, struct arena *arena)
{
	const struct meeting_rules *meetings = &client_rules(app->client)->meetings;
	struct list_of list = { arena_array(arena, meetings->n_rooms + 1, sizeof *list.items), 0 };

	for (size_t i = 0; i < meetings->n_rooms; i++) {
		const struct meeting_room *room = &meetings->rooms[i];
		const char *seats =
		    room->seats ? arena_printf(arena, _("%d seats"), room->seats) : NULL;

		if (lines && room->is_line)
			add(&list, room->name, room->name, room->line);
		else if (lines && room->line)
			add(&list, room->line, room->line, room->name);
		else if (!lines && !room->is_line)
			add(&list, room->name, room->name, seats);
	}
	return list;
}

static struct list_of attendee_list(const struct app *app, const struct subject *subject,
				    struct arena *arena)
{
	const struct meeting *meeting = subject->entity;
	struct list_of list = { arena_array(arena, meeting->attendees.n + 1, sizeof *list.items), 0 };

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		char id[UUID_TEXT];

		uuid_text(&attendee->id, id);
		add(&list, arena_strdup(arena, id),
		    attendee_who(client_rules(app->client), attendee, arena),
		    attendee_role_label(attendee_role(attendee)));
	}
	return list;
}

static struct list_of stage_list(const struct app *app, const struct subject *subject,
				 struct arena *arena)
{
	const struct meeting *meeting = subject->entity;
	const struct meeting_series *series =
		meeting->series ? rules_series(client_rules(app->client), meeting->series) : NULL;
	size_t n = series ? series->n_stages : 0;
	struct list_of list = { arena_array(arena, n + 1, sizeof *list.items), 0 };

	for (size_t i = 0; i < n; i++)
		add(&list, series->stages[i].code, series->stages[i].label, series->stages[i].who);
	return list;
}

/* Of the meeting whose page is open. */
static struct list_of item_list(const struct app *app, struct arena *arena)
{
	const struct meeting_screen *screen = meeting_screen(app);
	size_t n = screen ? screen->page.n_items : 0;
	struct list_of list = { arena_array(arena, n + 1, sizeof *list.items), 0 };

	for (size_t i = 0; i < n; i++) {
		char id[UUID_TEXT], mark[48];

		uuid_text(&screen->page.items[i].item->head.id, id);
		add(&list, arena_strdup(arena, id),
		    arena_strdup(arena, screen->page.items[i].item->title),
		    arena_strdup(arena, client_item_mark(&screen->page.items[i], mark)));
	}
	return list;
}

static struct list_of answers(struct arena *arena)
{
	struct list_of list = { arena_array(arena, ANSWERS + 1, sizeof *list.items), 0 };

	for (int i = 0; i < ANSWERS; i++)
		add(&list, attendee_answer_code((enum attendee_answer)i),
		    attendee_answer_label((enum attendee_answer)i), NULL);
	return list;
}

static struct list_of presences(struct arena *arena)
{
	struct list_of list = { arena_array(arena, PRESENTS + 1, sizeof *list.items), 0 };

	for (int i = 0; i < PRESENTS; i++)
		add(&list, attendee_present_code((enum attendee_present)i),
		    attendee_present_label((enum attendee_present)i), NULL);
	return list;
}

static struct list_of outcomes(struct arena *arena)
{
	struct list_of list = { arena_array(arena, OUTCOMES + 1, sizeof *list.items), 0 };

	for (int i = 0; i < OUTCOMES; i++)
		add(&list, outcome_code((enum item_outcome)i), outcome_label((enum item_outcome)i),
		    NULL);
	return list;
}

/* Who has a part of his own in it: for whom something is sent or chased. */
static struct list_of share_list(const struct app *app, const struct subject *subject,
				 struct arena *arena)
{
	const struct rules *rules = client_rules(app->client);
	const struct children *of = subject->kind == KIND_ITEM
					    ? &((const struct item *)subject->entity)->concerned
					    : &((const struct action *)subject->entity)->assists;
	struct list_of list = { arena_array(arena, of->n + 1, sizeof *list.items), 0 };

	for (size_t i = 0; i < of->n; i++) {
		const struct concerned *one = children_at(of, child_desc(CHILD_CONCERNED), i);
		const struct org *org = rules_org(rules, one->org);

		if (org)
			add(&list, org->code, org->brief ? org->brief : org->name, org->name);
	}
	return list;
}

static struct list_of list_for(const struct app *app, const struct act_desc *act,
			       const struct subject *subject, const char *name, struct arena *arena)
{
	bool of_meeting = subject && subject->kind == KIND_MEETING && subject->entity;
	bool shared = subject && subject->entity &&
		      (subject->kind == KIND_ITEM || subject->kind == KIND_ACTION);

	if (strcmp(name, "series") == 0)
		return series_list(app, arena);
	if (strcmp(name, "room") == 0 || strcmp(name, "room_name") == 0)
		return room_list(app, false, arena);
	if (strcmp(name, "line") == 0)
		return room_list(app, true, arena);
	if (strcmp(name, "answer") == 0 && act->target == KIND_MEETING)
		return answers(arena);
	if (strcmp(name, "presence") == 0)
		return presences(arena);
	if (strcmp(name, "outcome") == 0)
		return outcomes(arena);
	if (strcmp(name, "item_id") == 0)
		return item_list(app, arena);
	if (strcmp(name, "attendee") == 0 && of_meeting)
		return attendee_list(app, subject, arena);
	if (strcmp(name, "stage") == 0 && of_meeting)
		return stage_list(app, subject, arena);
	if (strcmp(name, "share") == 0 && shared)
		return share_list(app, subject, arena);
	return (struct list_of){ NULL, 0 };
}

void act_joint_shape(struct app *app, const struct act_desc *act, const struct act_arg *arg,
		     const struct subject *subject, struct arena *arena, struct form_field *field)
{
	static const char own_words[] = "room line";
	struct list_of list;

	if (!is_joint(act))
		return;
	if (field->type == FORM_TEXT && act->target != KIND_MEETING)
		field->rows = 4;
	list = list_for(app, act, subject, arg->field->name, arena);
	if (!list.n)
		return;
	field->choices = list.items;
	field->n_choices = list.n;
	field->type = arg->repeat ? FORM_MANY : FORM_CHOICE;
	if (is_one_of(arg->field->name, own_words))
		field->flags |= FORM_OTHER;
	field->help = arg->repeat ? _("Space marks one after the other, Enter when all are marked")
		      : field->flags & FORM_OTHER ? _("type to choose, or words of your own")
						  : _("type to choose");
}

/* ---- what stands there ---- */

bool act_joint_corrects(const struct act_desc *act)
{
	return (act->target == KIND_MEETING &&
		(strcmp(act->verb, "arrange") == 0 || strcmp(act->verb, "compose") == 0)) ||
	       ((act->target == KIND_ITEM || act->target == KIND_ACTION) &&
		strcmp(act->verb, "revise") == 0);
}

static const char *joined(const struct children *of, const char *but, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < of->n; i++) {
		const struct concerned *one = children_at(of, child_desc(CHILD_CONCERNED), i);

		if (!str_eq(one->org, but))
			text = *text ? arena_printf(arena, "%s,%s", text, one->org) : one->org;
	}
	return text;
}

const char *act_joint_present(const struct field *field, const struct subject *subject,
			      struct arena *arena)
{
	const struct item *item = subject->entity;
	const struct action *action = subject->entity;
	bool is_item = subject->kind == KIND_ITEM;

	if ((!is_item && subject->kind != KIND_ACTION) || !subject->entity)
		return NULL;
	if (strcmp(field->name, "lead_org") == 0)
		return is_item ? (item->lead ? item->lead : "") : action->lead ? action->lead : "";
	if (strcmp(field->name, "assist") == 0)
		return is_item ? joined(&item->concerned, item->lead, arena)
			       : joined(&action->assists, action->lead, arena);
	return NULL;
}

/* ---- a meeting that is drawn up ---- */

/* Behind the latest of the series that stands already. */
static int64_t next_of(const struct app *app, const struct meeting_series *series)
{
	struct arena arena = ARENA_INIT;
	struct client_meeting *all = NULL;
	int64_t after = app_now(app);
	size_t n = 0;

	if (client_meetings(app->client, 0, &arena, &all, &n, NULL) == ERR_OK)
		for (size_t i = 0; i < n; i++)
			if (str_eq(all[i].meeting->series, series->code) &&
			    all[i].meeting->starts > after)
				after = all[i].meeting->starts;
	arena_release(&arena);
	return series_next(client_rules(app->client), series, after);
}

static const char *moment(const struct app *app, int64_t at, struct arena *arena)
{
	char text[CIVIL_TEXT];

	if (!at)
		return NULL;
	civil_format(at, client_rules(app->client)->offset_min, "Y-m-d H:M", text, sizeof text);
	return arena_strdup(arena, text);
}

static const char *first_of_convene(struct act_form *view, const char *name)
{
	struct app *app = view->app;
	const struct actor *actor = client_actor(app->client);
	const struct meeting_series *series =
		rules_series(client_rules(app->client), app->convene_series);
	int64_t starts;

	if (strcmp(name, "secretary") == 0)
		return actor ? actor->officer : NULL;
	if (!series)
		return NULL;
	if (strcmp(name, "series") == 0)
		return series->code;
	if (strcmp(name, "title") == 0)
		return series->label;
	if (strcmp(name, "chair") == 0)
		return series->chair[0];
	if (strcmp(name, "chair2") == 0)
		return series->chair[1];
	if (strcmp(name, "starts") != 0 && strcmp(name, "ends") != 0)
		return NULL;
	starts = next_of(app, series);
	if (strcmp(name, "ends") == 0)
		starts += starts && series->length_min ? series->length_min * MINUTE_MS : -starts;
	return moment(app, starts, &view->arena);
}

/* Papers: in the evening of the working day before, or as soon as the meeting leaves time. */
static const char *first_of_collect(struct act_form *view)
{
	enum { EVENING_MIN = 17 * 60 };
	const struct rules *rules = client_rules(view->app->client);
	const struct meeting *meeting =
		view->has_subject && view->subject.kind == KIND_MEETING ? view->subject.entity : NULL;
	int32_t day;
	int64_t at;

	if (!meeting || !meeting->starts || !rules->calendar)
		return NULL;
	day = calendar_add_workdays(rules->calendar,
				    civil_day_of_ms(meeting->starts, rules->offset_min), -1);
	at = civil_ms_of_day(day, rules->offset_min) + EVENING_MIN * MINUTE_MS;
	return at > app_now(view->app) ? moment(view->app, at, &view->arena) : NULL;
}

/* A task begins with title, departments and resolution of its item. */
static const char *first_of_task(struct act_form *view, const char *name)
{
	size_t n = 0;
	const struct given *given = act_preset_of(view->app, view->act, &n);
	struct client_item item;
	struct uuid id;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(given[i].field->name, "item_id") != 0 ||
		    uuid_parse(given[i].value.text, &id) != ERR_OK ||
		    client_item_get(view->app->client, &id, &view->arena, &item, NULL) != ERR_OK)
			continue;
		if (strcmp(name, "lead_org") == 0)
			return item.item->lead;
		if (strcmp(name, "title") == 0)
			return item.item->title;
		if (strcmp(name, "assist") == 0)
			return joined(&item.item->concerned, item.item->lead, &view->arena);
		if (strcmp(name, "words") == 0)
			return item.item->resolution;
	}
	return NULL;
}

/* Of what is said and resolved, what stands there: not what another meeting said that left it over. */
static const char *first_of_words(struct act_form *view, const struct field *field)
{
	const struct item *item = view->has_subject && view->subject.kind == KIND_ITEM
					  ? view->subject.entity
					  : NULL;

	if (!item || (item->settled_in && !str_eq(item->settled_in, item->meeting)))
		return NULL;
	return act_fields_present(view->app, field, &view->subject, &view->arena);
}

const char *act_joint_first(struct act_form *view, const struct field *field)
{
	const struct act_desc *act = view->act;

	if (!is_joint(act))
		return NULL;
	if (act->target == KIND_MEETING && strcmp(act->verb, "convene") == 0)
		return first_of_convene(view, field->name);
	if (strcmp(act->verb, "collect") == 0 && strcmp(field->name, "until") == 0)
		return first_of_collect(view);
	if (act->target == KIND_ACTION && strcmp(act->verb, "task") == 0)
		return first_of_task(view, field->name);
	if (act->target == KIND_ITEM &&
	    (strcmp(act->verb, "discuss") == 0 || strcmp(act->verb, "resolve") == 0))
		return first_of_words(view, field);
	return NULL;
}
