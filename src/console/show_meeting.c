/* zhiban show ID of a meeting, an item, a task or a room: its fields, what hangs on it line by
 * line, its clocks, its timeline. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/mark.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/roster_words.h"
#include "zhiban/wire/jsonout.h"

struct showing {
	struct console *console;
	const struct rules *rules;
	enum kind kind;
	const void *entity;
	struct arena *arena;
	struct str *out;
};

static void put_line(const struct showing *show, const char *label, const char *words)
{
	show_label(show->out, label);
	show_clean(show->out, words, false);
	str_add_char(show->out, '\n');
}

static const char *moment(const struct showing *show, int64_t at)
{
	char text[CIVIL_TEXT];

	if (at == 0)
		return "";
	civil_format(at, show->rules->offset_min, "Y-m-d H:M", text, sizeof text);
	return arena_strdup(show->arena, text);
}

/* ---- fields ---- */

static void put_fields(const struct showing *show)
{
	const struct kind_desc *kind = kind_desc(show->kind);

	for (int longs = 0; longs < 2; longs++) {
		for (size_t i = 0; i < kind->n_fields; i++) {
			const struct field *field = &kind->fields[i];
			struct value value = field_get(field, show->entity);
			bool is_long = (field->flags & F_LONG) != 0;
			char buf[256];

			if ((field->flags & F_HIDDEN) != 0 || !value_is_set(value) ||
			    is_long != (longs == 1))
				continue;
			if (!is_long) {
				put_line(show, _(field->title),
					 strcmp(field->name, "due_clock") == 0
						 ? joint_clock_label(show->rules, show->kind,
								     value.text)
						 : rules_show(show->rules, field, value, buf,
							      sizeof buf));
				continue;
			}
			str_addf(show->out, "\n%s\n", _(field->title));
			show_clean(show->out, value.text, true);
			str_add_char(show->out, '\n');
		}
	}
}

/* ---- what hangs on it, a line each ---- */

static void put_row(const struct showing *show, const char *words)
{
	str_add(show->out, "  ");
	show_clean(show->out, words, false);
	str_add_char(show->out, '\n');
}

static void put_title(const struct showing *show, const char *title)
{
	str_addf(show->out, "\n%s\n", title);
}

static const char *item_tail(const struct showing *show, const struct item *item)
{
	enum item_outcome outcome = outcome_find(item->outcome);

	if (outcome == OUTCOMES)
		return item_state_label(item_state(item));
	return item->resolution == NULL
		       ? outcome_label(outcome)
		       : arena_printf(show->arena, _("%s: %s"), outcome_label(outcome),
				      item->resolution);
}

static enum err put_agenda(const struct showing *show, struct error *err)
{
	const struct meeting *meeting = show->entity;
	struct client_item *items;
	size_t n = 0;
	enum err rc = client_meeting_items(show->console->client, meeting, show->arena, &items, &n,
					   err);

	if (rc != ERR_OK || n == 0)
		return rc;
	put_title(show, _("Agenda"));
	for (size_t i = 0; i < n; i++) {
		const struct item *item = items[i].item;
		char mark[48];

		put_row(show, arena_printf(show->arena, "%zu. %s %s%s%s  %s  %s", i + 1,
					   client_item_mark(&items[i], mark),
					   item->title != NULL ? item->title : "",
					   item->about_no != NULL ? "  " : "",
					   item->about_no != NULL ? item->about_no : "",
					   org_brief(show->rules, item->lead),
					   item_tail(show, item)));
	}
	return ERR_OK;
}

static const char *sheet_words(const struct showing *show, const struct attendee *attendee)
{
	enum attendee_present present = attendee_present(attendee);

	if (present == PRESENTS)
		return "";
	return arena_printf(show->arena, "  %s%s%s", attendee_present_label(present),
			    attendee->present_by != NULL ? " " : "",
			    attendee->present_by != NULL ? attendee->present_by : "");
}

static const char *sign_words(const struct showing *show, const struct attendee *attendee)
{
	if (attendee->objects != NULL)
		return arena_printf(show->arena, _("  objects: %s"), attendee->objects);
	return attendee->sign_at != 0
		       ? arena_printf(show->arena, _("  countersigned %s"),
				      moment(show, attendee->sign_at))
		       : "";
}

static void put_attendees(const struct showing *show)
{
	const struct meeting *meeting = show->entity;

	if (meeting->attendees.n > 0)
		put_title(show, _("Attendance"));
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		put_row(show, arena_printf(show->arena, "%s  %s  %s%s%s",
					   attendee_who(show->rules, attendee, show->arena),
					   attendee_role_label(attendee_role(attendee)),
					   attendee_said(attendee, show->arena),
					   sheet_words(show, attendee), sign_words(show, attendee)));
	}
}

static void put_stages(const struct showing *show)
{
	const struct meeting *meeting = show->entity;
	const struct meeting_series *series = rules_series(show->rules, meeting->series);

	if (meeting->stages.n > 0)
		put_title(show, _("Stages"));
	for (size_t i = 0; i < meeting->stages.n; i++) {
		const struct stage *stage = meeting_stage_at(meeting, i);
		const struct meeting_stage *of =
			series != NULL ? series_stage(series, stage->stage) : NULL;
		const char *votes = "";

		if (stage->present != 0)
			/* TRANSLATORS: of a vote: for, against, present, entitled */
			votes = arena_printf(show->arena,
					     _("  %lld for, %lld against, %lld of %lld present"),
					     (long long)stage->agreed, (long long)stage->against,
					     (long long)stage->present, (long long)stage->entitled);
		put_row(show,
			arena_printf(show->arena, "%s  %s%s  %s  %s", moment(show, stage->held_at),
				     of != NULL ? of->label : stage->stage, votes,
				     stage->passed ? _("passed") : _("not passed"),
				     stage->words != NULL ? stage->words : ""));
	}
}

static enum err put_actions(const struct showing *show, struct error *err)
{
	const struct entity *head = show->entity;
	struct client_action *actions;
	size_t n = 0;
	enum err rc = client_actions_of(show->console->client, show->kind, &head->id, show->arena,
					&actions, &n, err);

	if (rc != ERR_OK || n == 0)
		return rc;
	put_title(show, _("Tasks"));
	for (size_t i = 0; i < n; i++) {
		const struct action *action = actions[i].action;
		char mark[48];

		put_row(show, arena_printf(show->arena, "%s %s  %s  %s  %s",
					   client_action_mark(&actions[i], mark),
					   action->title != NULL ? action->title : "",
					   org_brief(show->rules, action->lead),
					   action_state_label(action_state(action)),
					   moment(show, action->due)));
	}
	return ERR_OK;
}

static void put_papers(const struct showing *show)
{
	const struct item *item = show->entity;

	if (item->papers.n > 0)
		put_title(show, _("Papers"));
	for (size_t i = 0; i < item->papers.n; i++) {
		const struct paper *paper = item_paper(item, i);
		const char *what = paper->name != NULL ? paper->name : paper->words;
		bool late = paper->due != 0 && paper->sent_at > paper->due;

		if (paper->sent_at != 0)
			put_row(show, arena_printf(show->arena, "%s  %s%s  %s",
						   org_brief(show->rules, paper->org),
						   moment(show, paper->sent_at),
						   late ? _(" (late)") : "", what != NULL ? what : ""));
		else
			put_row(show, arena_printf(show->arena, _("%s  not sent, due %s, chased %lld"),
						   org_brief(show->rules, paper->org),
						   moment(show, paper->due), (long long)paper->chased));
	}
}

static void put_concerned(const struct showing *show, const struct children *concerned,
			  const char *title)
{
	if (concerned->n > 0)
		put_title(show, title);
	for (size_t i = 0; i < concerned->n; i++) {
		const struct concerned *one = (const struct concerned *)concerned->items + i;

		put_row(show, arena_printf(show->arena, "%s%s%s%s%s", org_brief(show->rules, one->org),
					   one->done_at != 0 ? "  " : "", moment(show, one->done_at),
					   one->words != NULL ? "  " : "",
					   one->words != NULL ? one->words : ""));
	}
}

static void put_bookings(const struct showing *show)
{
	const struct room *room = show->entity;

	if (room->bookings.n > 0)
		put_title(show, _("Bookings"));
	for (size_t i = 0; i < room->bookings.n; i++) {
		const struct booking *booking = room_booking(room, i);

		put_row(show, arena_printf(show->arena, "%s - %s  %s  %s  %s",
					   moment(show, booking->from_at), moment(show, booking->to_at),
					   booking->title != NULL ? booking->title : "",
					   org_brief(show->rules, booking->org),
					   booking->by != NULL ? booking->by : ""));
	}
}

/* ---- clocks, and what was recorded for others ---- */

static const char *clock_state(const struct showing *show, const struct clock *clock)
{
	int64_t now = client_now(show->console->client);

	if (clock->stopped_at != 0)
		return clock->due != 0 && clock->stopped_at > clock->due
			   ? arena_printf(show->arena, _("done %s, late"),
					  moment(show, clock->stopped_at))
			   : arena_printf(show->arena, _("done %s"),
					  moment(show, clock->stopped_at));
	return clock->due != 0 && clock->due <= now ? _("overdue") : _("running");
}

/* By which row of the profile it got its limit. */
static const char *row_of(const struct showing *show, const struct clock *clock)
{
	struct str words = STR_INIT;
	const char *row = "";

	if (clock->row != NULL) {
		row_words(show->rules, clock->row, &words);
		row = arena_strdup(show->arena, str_get(&words));
		str_release(&words);
	}
	return row;
}

static void put_clocks(const struct showing *show)
{
	const struct children *clocks = entity_children_const(show->entity, child_desc(CHILD_CLOCK));

	if (clocks == NULL || clocks->n == 0)
		return;
	put_title(show, _("Clocks"));
	for (size_t i = 0; i < clocks->n; i++) {
		const struct clock *clock = (const struct clock *)clocks->items + i;

		put_row(show, arena_printf(show->arena, "%s  %s  %s  %s  %s",
					   joint_clock_label(show->rules, show->kind, clock->kind),
					   org_brief(show->rules, clock->org),
					   moment(show, clock->due), clock_state(show, clock),
					   row_of(show, clock)));
	}
}

static void put_behalves(const struct showing *show)
{
	const struct children *behalves = entity_children_const(show->entity,
								child_desc(CHILD_BEHALF));

	if (behalves == NULL || behalves->n == 0)
		return;
	put_title(show, _("By telephone"));
	for (size_t i = 0; i < behalves->n; i++) {
		const struct behalf *behalf = (const struct behalf *)behalves->items + i;
		const struct act_desc *act = act_desc_of(show->kind, behalf->verb);

		put_row(show, arena_printf(show->arena, "%s  %s  %s  %s",
					   act != NULL ? _(act->title) : behalf->verb,
					   behalf->org != NULL ? org_brief(show->rules, behalf->org)
							       : _("a leader"),
					   behalf->rung != NULL ? behalf->rung : "",
					   behalf->signed_at != 0
						   ? arena_printf(show->arena, _("countersigned %s"),
								  moment(show, behalf->signed_at))
						   : _("to be countersigned")));
	}
}

/* ---- of each kind ---- */

static enum err put_meeting_of(const struct showing *show, struct error *err)
{
	const struct item *item = show->entity;
	const char *words = item->meeting != NULL ? item->meeting : item->settled_in;
	struct client_meeting meeting;
	struct uuid id;

	(void)err;
	if (words != NULL && uuid_parse(words, &id) == ERR_OK &&
	    client_meeting_get(show->console->client, &id, show->arena, &meeting, NULL) == ERR_OK) {
		char mark[48];

		put_line(show, _("Meeting"),
			 arena_printf(show->arena, "%s %s", client_meeting_mark(&meeting, mark),
				      joint_line(show->rules, KIND_MEETING, meeting.meeting,
						 show->arena)));
	}
	return ERR_OK;
}

static void put_item_of(const struct showing *show)
{
	const struct action *action = show->entity;
	struct client_item item;
	struct uuid id;
	char mark[48];

	if (action->item == NULL || uuid_parse(action->item, &id) != ERR_OK ||
	    client_item_get(show->console->client, &id, show->arena, &item, NULL) != ERR_OK)
		return;
	put_line(show, _("Item"), arena_printf(show->arena, "%s %s", client_item_mark(&item, mark),
					       item.item->title != NULL ? item.item->title : ""));
}

static enum err put_parts(const struct showing *show, struct error *err)
{
	const struct item *item = show->entity;
	const struct action *action = show->entity;
	enum err rc = ERR_OK;

	switch (show->kind) {
	case KIND_MEETING:
		rc = put_agenda(show, err);
		put_attendees(show);
		put_stages(show);
		return rc == ERR_OK ? put_actions(show, err) : rc;
	case KIND_ITEM:
		put_concerned(show, &item->concerned, _("Concerned"));
		put_papers(show);
		return put_actions(show, err);
	case KIND_ACTION:
		put_concerned(show, &action->assists, _("Assisting"));
		return ERR_OK;
	default:
		put_bookings(show);
		return ERR_OK;
	}
}

static enum err put_all(const struct showing *show, const struct uuid *id, struct error *err)
{
	struct client_timeline timeline;
	enum err rc = client_timeline(show->console->client, id, show->arena, &timeline, err);

	if (rc == ERR_OK && show->kind == KIND_ITEM)
		rc = put_meeting_of(show, err);
	if (rc != ERR_OK)
		return rc;
	if (show->kind == KIND_ACTION)
		put_item_of(show);
	put_fields(show);
	rc = put_parts(show, err);
	if (rc != ERR_OK)
		return rc;
	put_clocks(show);
	put_behalves(show);
	show_timeline(NULL, &timeline, show->rules, show->out);
	return ERR_OK;
}

enum err show_meeting(struct console *console, enum kind kind, const struct uuid *id,
		      const char *format, struct str *out, struct error *err)
{
	struct showing show = { .console = console, .rules = client_rules(console->client),
				.kind = kind, .arena = &console->arena, .out = out };
	struct client_entries entries;
	enum err rc = client_entity(console->client, kind, id, &console->arena, &show.entity, err);

	if (rc == ERR_OK && strcmp(format, "json") == 0) {
		rc = client_entries(console->client, id, &console->arena, &entries, err);
		if (rc == ERR_OK)
			show_json(show.entity, show.rules, entries.items, entries.n, out);
		return rc;
	}
	return rc == ERR_OK ? put_all(&show, id, err) : rc;
}
