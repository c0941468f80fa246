/* The agenda of a meeting, and who attends: by the items, and by hand. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- what follows ---------------------------------------------------------------------------- */

const struct item *conferring_item(const struct conferring *c, const char *words)
{
	struct uuid id;

	if (words == NULL || uuid_parse(words, &id) != ERR_OK)
		return NULL;
	return state_near(c->s.state, KIND_ITEM, &id);
}

/* Who is invited reads all its items: each organisation once. */
static void give_hearers(struct conferring *c, struct act *follow)
{
	for (size_t i = 0; i < c->after->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(c->after, i);
		size_t k = 0;

		while (k < i && (meeting_attendee(c->after, k)->asked_at == 0 ||
				 !str_eq(meeting_attendee(c->after, k)->org, attendee->org)))
			k++;
		if (attendee->asked_at != 0 && k == i)
			speak_give(&c->s, follow, "hearer", attendee->org);
	}
}

static void place(struct conferring *c, const struct agenda *entry, bool off)
{
	struct act *follow = speak_follow(&c->s, KIND_ITEM, "place", &entry->id);
	char meeting[UUID_TEXT];

	uuid_text(&c->after->head.id, meeting);
	speak_give(&c->s, follow, "meeting_id", meeting);
	if (off) {
		speak_give_num(&c->s, follow, "off", 1);
		return;
	}
	speak_give_num(&c->s, follow, "order", entry->order);
	give_hearers(c, follow);
}

/* Somebody is invited who was not. */
static bool has_new_hearers(const struct conferring *c)
{
	for (size_t i = 0; i < c->after->attendees.n; i++) {
		const struct attendee *now = meeting_attendee(c->after, i);
		const struct attendee *was = meeting_attendee_of(c->before, now->org, now->name);

		if (now->asked_at != 0 && (was == NULL || was->asked_at == 0))
			return true;
	}
	return false;
}

void conferring_tell_items(struct conferring *c)
{
	const struct child_desc *desc = child_desc(CHILD_AGENDA);
	bool all = has_new_hearers(c);

	for (size_t i = 0; i < c->before->agenda.n; i++) {
		const struct agenda *was = meeting_entry(c->before, i);

		if (children_find(&c->after->agenda, desc, &was->id) == NULL)
			place(c, was, true);
	}
	for (size_t i = 0; i < c->after->agenda.n; i++) {
		const struct agenda *now = meeting_entry(c->after, i);
		const struct agenda *was = children_find(&c->before->agenda, desc, &now->id);

		if (all || was == NULL || was->order != now->order)
			place(c, now, false);
	}
}

void conferring_free_items(struct conferring *c)
{
	for (size_t i = 0; i < c->after->agenda.n; i++)
		place(c, meeting_entry(c->after, i), true);
}

/* --- the agenda ------------------------------------------------------------------------------ */

static enum err not_for_agenda(const struct item *item, const char *why, struct error *err)
{
	return error_set(err, ERR_REFUSED, "%s \"%s\": %s", item->number != NULL ? item->number : "-",
			 item->title, why);
}

static enum err check_item(const struct conferring *c, const struct item *item, struct error *err)
{
	char own[UUID_TEXT];

	uuid_text(&c->after->head.id, own);
	if (!str_eq(item->org, c->after->org))
		return not_for_agenda(item, _("it is for the meetings of another organisation"), err);
	if (item_state(item) == ITEM_LISTED)
		return not_for_agenda(item, _("it is not approved yet"), err);
	if (item_state(item) != ITEM_APPROVED)
		return not_for_agenda(item, item_state_label(item_state(item)), err);
	if (item->meeting != NULL && !str_eq(item->meeting, own))
		return not_for_agenda(item, _("it stands in the agenda of another meeting"), err);
	return ERR_OK;
}

struct listing { /* the agenda as it will be: pointers into the arena */
	struct agenda *list;
	size_t n;
};

static struct agenda *take_out(struct listing *l, const struct uuid *id)
{
	static const struct agenda none;

	for (size_t i = 0; i < l->n; i++)
		if (uuid_eq(&l->list[i].id, id)) {
			memmove(&l->list[i], &l->list[i + 1], (l->n - i - 1) * sizeof *l->list);
			l->list[--l->n] = none;
			return &l->list[l->n];
		}
	return NULL;
}

static enum err take_off(struct conferring *c, struct listing *l, const char *words,
			 struct error *err)
{
	struct uuid id;

	if (uuid_parse(arena_strndup(c->s.arena, words, strcspn(words, " ")), &id) != ERR_OK ||
	    children_find(&c->before->agenda, child_desc(CHILD_AGENDA), &id) == NULL)
		return error_set(err, ERR_INPUT, _("%.80s does not stand in this agenda"), words);
	(void)take_out(l, &id);
	return ERR_OK;
}

static int64_t minutes_of(const struct conferring *c, const struct agenda *said,
			  const struct agenda *there, const struct item *item)
{
	if (said->minutes > 0)
		return said->minutes;
	if (there != NULL && there->minutes > 0)
		return there->minutes;
	if (item->minutes > 0)
		return item->minutes;
	return c->series != NULL ? c->series->item_min : 0;
}

/* Those that were given, by the place they shall have: the others move aside. */
static void put_in(struct listing *l, const struct agenda *entry)
{
	size_t at = (size_t)entry->order - 1;

	if (at > l->n)
		at = l->n;
	memmove(&l->list[at + 1], &l->list[at], (l->n - at) * sizeof *l->list);
	l->list[at] = *entry;
	l->n++;
}

static enum err take_entry(struct conferring *c, const char *words, struct listing *given,
			   struct error *err)
{
	struct agenda entry;
	const struct item *item;
	enum err code = agenda_parse(words, c->s.arena, &entry, err);

	if (code != ERR_OK)
		return code;
	item = conferring_item(c, entry.item);
	if (item == NULL)
		return error_set(err, ERR_INPUT, _("there is no such item: %.40s"), entry.item);
	code = check_item(c, item, err);
	if (code != ERR_OK)
		return code;
	entry.id = item->head.id;
	entry.title = item->title;
	entry.minutes = minutes_of(c, &entry,
				   children_find(&c->before->agenda, child_desc(CHILD_AGENDA),
						 &entry.id),
				   item);
	for (size_t i = 0; i < given->n; i++)
		if (uuid_eq(&given->list[i].id, &entry.id))
			return error_set(err, ERR_INPUT, _("%s is given twice"), item->title);
	given->list[given->n++] = entry;
	return ERR_OK;
}

static void by_order(struct listing *given)
{
	for (size_t i = 1; i < given->n; i++)
		for (size_t k = i; k > 0 && given->list[k].order < given->list[k - 1].order; k--) {
			struct agenda swap = given->list[k];

			given->list[k] = given->list[k - 1];
			given->list[k - 1] = swap;
		}
}

static void present_agenda(const struct conferring *c, struct listing *l)
{
	for (size_t i = 0; i < c->before->agenda.n; i++)
		l->list[l->n++] = *meeting_entry(c->before, i);
	by_order(l);
}

/* Writes the list as it is, numbered from 1. */
static void write_agenda(struct conferring *c, struct listing *l)
{
	const struct child_desc *desc = child_desc(CHILD_AGENDA);
	struct children *agenda = &c->after->agenda;

	for (size_t i = 0; i < c->before->agenda.n; i++) {
		const struct agenda *was = meeting_entry(c->before, i);
		size_t k = 0;

		while (k < l->n && !uuid_eq(&l->list[k].id, &was->id))
			k++;
		if (k < l->n)
			continue;
		children_remove(agenda, desc, &was->id);
	}
	for (size_t i = 0; i < l->n; i++) {
		struct agenda *entry = children_find(agenda, desc, &l->list[i].id);

		if (entry == NULL)
			entry = children_add(agenda, desc, &l->list[i].id, c->s.arena);
		*entry = l->list[i];
		entry->order = (int64_t)i + 1;
	}
}

enum err conferring_set_agenda(struct conferring *c, struct error *err)
{
	bool off = act_value(c->s.act, "off", 0).num != 0;
	size_t most = c->before->agenda.n + c->s.act->n_given + 1;
	struct listing l = { arena_array(c->s.arena, most, sizeof *l.list), 0 };
	struct listing given = { arena_array(c->s.arena, most, sizeof *given.list), 0 };
	enum err code = ERR_OK;

	present_agenda(c, &l);
	for (size_t i = 0; code == ERR_OK && value_is_set(act_value(c->s.act, "entry", i)); i++) {
		const char *words = act_value(c->s.act, "entry", i).text;

		code = off ? take_off(c, &l, words, err) : take_entry(c, words, &given, err);
	}
	if (code != ERR_OK)
		return code;
	by_order(&given);
	for (size_t i = 0; i < given.n; i++)
		(void)take_out(&l, &given.list[i].id);
	for (size_t i = 0; i < given.n; i++)
		put_in(&l, &given.list[i]);
	if (c->series != NULL && c->series->items_most > 0 &&
	    l.n > (size_t)c->series->items_most && l.n > c->before->agenda.n)
		return error_set(err, ERR_REFUSED, _("at most %d items, by its series"),
				 c->series->items_most);
	write_agenda(c, &l);
	return ERR_OK;
}

enum err confer_agenda(struct conferring *c, struct error *err)
{
	enum err code = conferring_set_agenda(c, err);

	if (code != ERR_OK)
		return code;
	conferring_attendees(c);
	conferring_tell_items(c);
	return ERR_OK;
}
