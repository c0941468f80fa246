/* --plain: meetings, the candidates for the next, items, tasks; the page of one; answering, bringing,
 * approving. */
#include <config.h>

#include <string.h>

#include "plain_duty_priv.h"
#include "plain_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"
#include "zhiban/model/meeting_page.h"
#include "zhiban/model/meetings.h"
#include "zhiban/model/nominees.h"
#include "zhiban/model/subject.h"

enum { ENDED = 10, SLICE = 1000, COLS = 80, MOST = 60 };

/* False: a word of it is wrong, and it was said which. */
static bool filter_of(struct plain *plain, const char *args, struct filter **ret_filter)
{
	struct filter_ctx ctx = client_filter_ctx(plain->client);
	struct filter_error problem;

	*ret_filter = NULL;
	if (!*args || filter_parse(args, &ctx, &plain->arena, ret_filter, &problem) == ERR_OK)
		return true;
	plain_say(plain, problem.text);
	return false;
}

/* ---- lists ---- */

void plain_meetings(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct meeting_list list;
	struct filter *filter;

	if (!filter_of(plain, args, &filter))
		return;
	if (meeting_list_load(plain->client, filter, *args ? MEETINGS_ENDED : ENDED, &plain->arena,
			      &list, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_sayf(plain, _("meetings: %zu, to be answered %zu"), list.open, list.asking);
	for (size_t i = 0; i < list.n && i < MOST; i++) {
		const struct meeting_row *row = &list.rows[i];

		plain_sayf(plain, "%s %s %s %s %s %s", row->mark, row->when, row->title, row->state,
			   row->answers,
			   row->asks_me	   ? _("to be answered: reply NUMBER accepted")
			   : row->signs_me ? _("to be countersigned: undersign NUMBER")
					   : row->next.words);
	}
}

void plain_candidates(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	struct nominees *nominees = nominees_new(plain->client);
	struct error err = ERROR_INIT;
	enum err code = nominees_begin(nominees, &err);

	(void)args;
	while (code == ERR_OK && !nominees_done(nominees))
		code = nominees_step(nominees, SLICE, &err);
	if (code != ERR_OK)
		plain_say(plain, err.text);
	else
		plain_sayf(plain, _("candidates: %zu; bring NUMBER makes one an item"),
			   nominees_n(nominees));
	for (size_t i = 0; code == ERR_OK && i < nominees_n(nominees) && i < MOST; i++) {
		const struct nominee *nominee = nominees_at(nominees, i);

		plain_sayf(plain, "%s %s: %s > %s", nominee->number, nominee->title, nominee->why,
			   orgs_words(rules, nominee->orgs, nominee->n_orgs, NOMINEE_ORGS,
				      &plain->arena));
	}
	nominees_free(nominees);
}

void plain_items(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct item_list list;
	struct filter *filter;

	if (!filter_of(plain, args, &filter))
		return;
	if (item_list_load(plain->client, filter, *args ? MEETINGS_ENDED : 0, &plain->arena, &list,
			   &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_sayf(plain, _("items: %zu, to be approved %zu, wait for a meeting %zu"), list.n,
		   list.listed, list.waiting);
	for (size_t i = 0; i < list.n && i < MOST; i++)
		plain_sayf(plain, "%s %s %s > %s", list.rows[i].mark, list.rows[i].state,
			   list.rows[i].shown.item->title, list.rows[i].orgs);
}

void plain_actions(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	struct error err = ERROR_INIT;
	struct action_list list;
	struct filter *filter;

	if (!filter_of(plain, args, &filter))
		return;
	if (action_list_load(plain->client, filter, *args ? MEETINGS_ENDED : 0, &plain->arena, &list,
			     &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_sayf(plain, _("tasks: %zu, overdue %zu"), list.open, list.overdue);
	for (size_t i = 0; i < list.n && i < MOST; i++)
		plain_sayf(plain, "%s %s%s %s %s %s", list.rows[i].mark,
			   list.rows[i].overdue ? "!! " : "",
			   joint_at(rules, list.rows[i].shown.action->due, &plain->arena),
			   list.rows[i].lead, list.rows[i].shown.action->title, list.rows[i].state);
}

/* ---- the page of one ---- */

static void say_page(struct plain *plain, const struct page *page)
{
	for (size_t s = 0; s < page->n; s++) {
		const struct page_section *section = &page->sections[s];

		if (section->title)
			plain_sayf(plain, "== %s", section->title);
		for (size_t i = 0; i < section->n; i++)
			plain_sayf(plain, "%s%s%s",
				   section->lines[i].label ? section->lines[i].label : "",
				   section->lines[i].label ? ": " : "", section->lines[i].text);
	}
}

static void say_meeting(struct plain *plain, const struct meeting_page *page)
{
	const struct rules *rules = client_rules(plain->client);
	struct page minutes;

	plain_sayf(plain, "%s %s", page->mark, meeting_title(page->meeting, &plain->arena));
	plain_say(plain, page->head);
	plain_say(plain, meeting_page_answers(page, false, &plain->arena));
	for (size_t i = 0; i < page->meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(page->meeting, i);

		plain_sayf(plain, "%s %s %s %s", attendee_who(rules, attendee, &plain->arena),
			   attendee_role_label(attendee_role(attendee)), attends_brief(attendee),
			   attends_more(attendee, &plain->arena));
	}
	if (*meeting_page_lacks(rules, page, &plain->arena))
		plain_sayf(plain, _("lacks: %s"), meeting_page_lacks(rules, page, &plain->arena));
	meeting_minutes_build(plain->client, page, COLS, &plain->arena, &minutes);
	say_page(plain, &minutes);
}

static enum err page_of(struct plain *plain, enum kind kind, const struct uuid *id,
			struct error *err)
{
	struct page page = { .n = 0 };
	struct meeting_page meeting;
	struct client_item item;
	struct client_action action;
	enum err code;

	if (kind == KIND_MEETING) {
		code = meeting_page_load(plain->client, id, &plain->arena, &meeting, err);
		if (code == ERR_OK)
			say_meeting(plain, &meeting);
		return code;
	}
	code = kind == KIND_ITEM ? item_page_build(plain->client, id, COLS, &plain->arena, &item, &page,
						   err)
				 : action_page_build(plain->client, id, COLS, &plain->arena, &action,
						     &page, err);
	if (code == ERR_OK)
		say_page(plain, &page);
	return code;
}

void plain_meeting(struct plain *plain, const char *args)
{
	static const enum kind kinds[] = { KIND_MEETING, KIND_ITEM, KIND_ACTION };
	struct error err = ERROR_INIT;
	struct uuid id;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		err = (struct error)ERROR_INIT;
		if (client_find_kind(plain->client, kinds[i], args, &id, &err) != ERR_OK)
			continue;
		if (page_of(plain, kinds[i], &id, &err) != ERR_OK)
			break;
		return;
	}
	plain_say(plain, *err.text ? err.text : _("meeting 22-M001, 22-K001 or 22-A001"));
}

/* ---- acts by numbers ---- */

struct words {
	const char *which, *rest;
};

static struct words split(struct plain *plain, const char *args)
{
	size_t len = strcspn(args, " ");

	return (struct words){ arena_strndup(&plain->arena, args, len),
			       args + len + strspn(args + len, " ") };
}

static void do_it(struct plain *plain, const struct act_desc *act, const struct uuid *target,
		  const struct given *given, size_t n)
{
	struct error err = ERROR_INIT;
	struct client_done done;

	if (client_act(plain->client, act, target, given, n, &done, &err) != ERR_OK)
		plain_say(plain, err.text);
	else
		plain_sayf(plain, _("%s: done here, waits to be sent"),
			   subject_act_label(client_rules(plain->client), NULL, act));
}

static struct given text(const struct act_desc *act, const char *arg, const char *words)
{
	return (struct given){ act_arg_field(act, arg), { .is_text = true, .text = words } };
}

/* "22-M001 accepted", "22-M001 leave why", "22-M001 delegated who"; what clashes is said, and kept. */
void plain_reply(struct plain *plain, const char *args)
{
	const struct act_desc *act = act_desc_of(KIND_MEETING, "answer");
	const struct actor *actor = client_actor(plain->client);
	struct words first = split(plain, args), second = split(plain, first.rest);
	struct error err = ERROR_INIT;
	const struct attendee *own;
	struct client_meeting shown;
	struct given given[3];
	const char *clash;
	struct uuid id;
	size_t n = 0;

	if (client_find_kind(plain->client, KIND_MEETING, first.which, &id, &err) != ERR_OK ||
	    client_meeting_get(plain->client, &id, &plain->arena, &shown, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	own = actor ? meeting_own_attendee(client_rules(plain->client), shown.meeting, actor->org)
		    : NULL;
	clash = own ? meeting_clash(plain->client, shown.meeting, own, &plain->arena) : "";
	given[n++] = text(act, "answer", second.which);
	if (*second.rest)
		given[n++] = text(act, strcmp(second.which, "delegated") == 0 ? "comer" : "reason",
				  second.rest);
	if (*clash && strcmp(second.which, "accepted") == 0) {
		plain_sayf(plain, _("in the way: %s"), clash);
		if (!*second.rest) {
			plain_say(plain, _("still accept? Say why: reply NUMBER accepted REASON"));
			return;
		}
		given[n++] = text(act, "clash", clash);
	}
	do_it(plain, act, &id, given, n);
}

void plain_bring(struct plain *plain, const char *args)
{
	const struct act_desc *act = act_desc_of(KIND_ITEM, "bring");
	struct error err = ERROR_INIT;
	char words[UUID_TEXT];
	struct given given;
	enum kind kind;
	struct uuid id;

	if (client_find_any(plain->client, args, &kind, &id, &err) == ERR_OK &&
	    kind != KIND_INCIDENT && kind != KIND_WHISTLE)
		error_set(&err, ERR_INPUT, "%s", _("a case or a whistle is brought: bring 22-0417"));
	if (err.code != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	uuid_text(&id, words);
	given = text(act, kind == KIND_WHISTLE ? "whistle" : "incident", words);
	do_it(plain, act, NULL, &given, 1);
}

/* An item, or a meeting's minutes, by its number; then words. */
static void decide_on(struct plain *plain, const char *verb, const char *arg, const char *args)
{
	struct words words = split(plain, args);
	struct error err = ERROR_INIT;
	enum kind kind = KIND_ITEM;
	const struct act_desc *act;
	struct given given;
	struct uuid id;

	if (client_find_kind(plain->client, KIND_ITEM, words.which, &id, NULL) != ERR_OK)
		kind = KIND_MEETING;
	if (kind == KIND_MEETING &&
	    client_find_kind(plain->client, KIND_MEETING, words.which, &id, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	act = act_desc_of(kind, verb);
	if (!act) {
		plain_say(plain, _("that is not for what is selected here"));
		return;
	}
	given = text(act, arg, words.rest);
	do_it(plain, act, &id, &given, *words.rest != '\0');
}

void plain_ratify(struct plain *plain, const char *args)
{
	decide_on(plain, "approve", "note", args);
}

void plain_sendback(struct plain *plain, const char *args)
{
	decide_on(plain, "disapprove", "reason", args);
}

void plain_undersign(struct plain *plain, const char *args)
{
	decide_on(plain, "sign", "note", args);
}
