#include <config.h>

#include "zhiban/model/meetings.h"

#include "zhiban/base/mem.h"
#include "zhiban/model/roster_words.h"

static bool lets(const struct filter *filter, const struct filter_ctx *ctx, const void *entity,
		 void (*as_case)(const void *entity, const struct filter_ctx *ctx,
				 struct arena *arena, struct incident *ret_incident))
{
	struct arena arena = ARENA_INIT;
	struct incident incident;
	bool passes;

	if (!filter || filter_is_all(filter))
		return true;
	as_case(entity, ctx, &arena, &incident);
	passes = filter_match(filter, &incident, ctx);
	arena_release(&arena);
	return passes;
}

/* ---- meetings ---- */

static void meeting_case(const void *entity, const struct filter_ctx *ctx, struct arena *arena,
			 struct incident *ret_incident)
{
	meeting_as_case(entity, ctx, arena, ret_incident);
}

static void fill_meeting(const struct filter_ctx *ctx, const struct client_meeting *shown,
			 struct arena *arena, struct meeting_row *row)
{
	const struct meeting *meeting = shown->meeting;
	const struct attendee *own =
		ctx->actor ? meeting_own_attendee(ctx->rules, meeting, ctx->actor->org) : NULL;
	char mark[48];

	*row = (struct meeting_row){
		.shown = *shown,
		.mark = arena_strdup(arena, client_meeting_mark(shown, mark)),
		.when = joint_when(ctx->rules, meeting->starts, 0, arena),
		.title = meeting_title(meeting, arena),
		.series = meeting_series_label(ctx->rules, meeting->series),
		.state = meeting_state_label(meeting_state(meeting)),
		.answers = meeting_answers_words(meeting, arena),
		.next = meeting_next(ctx->rules, meeting, ctx->now, arena),
		.mine = ctx->actor && meeting_is_of(ctx->rules, meeting, ctx->actor->org),
		.asks_me = own && meeting_state(meeting) == MEETING_CALLED && own->asked_at &&
			   attendee_answer(own) == ANSWERS &&
			   !str_eq(meeting->org, ctx->actor->org),
		.signs_me = own && meeting_state(meeting) == MEETING_SIGNING && own->asked_at &&
			    attendee_role(own) == ATTEND_MUST && !own->sign_at,
	};
	if (own && meeting_state(meeting) == MEETING_CALLED && own->asked_at &&
	    attendee_answer(own) != ANSWERS && !str_eq(meeting->org, ctx->actor->org))
		row->next = (struct meeting_next){ attends_brief(own), false }; /* chasing is not his */
}

enum err meeting_list_load(struct client *client, const struct filter *filter, size_t ended,
			   struct arena *arena, struct meeting_list *ret_list, struct error *err)
{
	struct filter_ctx ctx = client_filter_ctx(client);
	struct meeting_list list = { 0 };
	struct client_meeting *all = NULL;
	size_t n = 0;
	enum err code = client_meetings(client, ended, arena, &all, &n, err);

	if (code != ERR_OK)
		return code;
	list.total = n;
	list.rows = arena_array(arena, n + 1, sizeof *list.rows);
	for (size_t i = 0; i < n; i++) {
		struct meeting_row *row = &list.rows[list.n];

		if (!lets(filter, &ctx, all[i].meeting, meeting_case))
			continue;
		fill_meeting(&ctx, &all[i], arena, row);
		list.open += all[i].meeting->open != 0;
		list.asking += row->asks_me;
		list.n++;
	}
	*ret_list = list;
	return ERR_OK;
}

/* ---- items ---- */

static void item_case(const void *entity, const struct filter_ctx *ctx, struct arena *arena,
		      struct incident *ret_incident)
{
	item_as_case(entity, ctx, arena, ret_incident);
}

enum err item_list_load(struct client *client, const struct filter *filter, size_t ended,
			struct arena *arena, struct item_list *ret_list, struct error *err)
{
	enum { NAMED = 4 };
	struct filter_ctx ctx = client_filter_ctx(client);
	struct item_list list = { 0 };
	struct client_item *all = NULL;
	size_t n = 0;
	enum err code = client_items(client, ended, arena, &all, &n, err);

	if (code != ERR_OK)
		return code;
	list.total = n;
	list.rows = arena_array(arena, n + 1, sizeof *list.rows);
	for (size_t i = 0; i < n; i++) {
		const struct item *item = all[i].item;
		bool listed = item_state(item) == ITEM_LISTED;
		bool waiting = item_state(item) == ITEM_APPROVED && !item->meeting;
		char mark[48];

		if (!lets(filter, &ctx, item, item_case))
			continue;
		list.rows[list.n++] = (struct item_row){
			.shown = all[i],
			.mark = arena_strdup(arena, client_item_mark(&all[i], mark)),
			.state = item_state_words(item, arena),
			.orgs = item_orgs_words(ctx.rules, item, NAMED, arena),
			.waits = item->open && (listed || waiting),
		};
		list.listed += item->open && listed;
		list.waiting += item->open && waiting;
	}
	*ret_list = list;
	return ERR_OK;
}

/* ---- tasks ---- */

static void action_case(const void *entity, const struct filter_ctx *ctx, struct arena *arena,
			struct incident *ret_incident)
{
	action_as_case(entity, ctx, arena, ret_incident);
}

enum err action_list_load(struct client *client, const struct filter *filter, size_t ended,
			  struct arena *arena, struct action_list *ret_list, struct error *err)
{
	struct filter_ctx ctx = client_filter_ctx(client);
	struct action_list list = { 0 };
	struct client_action *all = NULL;
	size_t n = 0;
	enum err code = client_actions(client, ended, arena, &all, &n, err);

	if (code != ERR_OK)
		return code;
	list.total = n;
	list.rows = arena_array(arena, n + 1, sizeof *list.rows);
	for (size_t i = 0; i < n; i++) {
		const struct action *action = all[i].action;
		struct action_row *row = &list.rows[list.n];
		char mark[48];

		if (!lets(filter, &ctx, action, action_case))
			continue;
		*row = (struct action_row){
			.shown = all[i],
			.mark = arena_strdup(arena, client_action_mark(&all[i], mark)),
			.state = action_state_label(action_state(action)),
			.lead = org_brief(ctx.rules, action->lead),
			.overdue = action->open && action->due && action->due <= ctx.now,
			.mine = ctx.actor && action_is_of(ctx.rules, action, ctx.actor->org),
		};
		list.open += action->open != 0;
		list.overdue += row->overdue;
		list.n++;
	}
	*ret_list = list;
	return ERR_OK;
}
