/* Rooms and lines, and who has them when. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct booking_act { /* one act on a room being decided */
	const struct rules *rules;
	const struct act *act;
	int64_t eff;
	struct arena *arena;
	const struct room *before;
	struct room *after;
	bool again;
};

enum { KEPT_DAYS = 400 }; /* past bookings are told that long */

static const char *when(const struct booking_act *b, int64_t at)
{
	char text[CIVIL_TEXT];

	civil_format(at, b->rules->offset_min, "m-d H:M", text, sizeof text);
	return arena_strdup(b->arena, text);
}

/* --- booking --------------------------------------------------------------------------------- */

/* Its name and whose it is, as the first booking says; the id must be made of them. */
static enum err take_room(struct booking_act *b, struct error *err)
{
	const char *words = act_text(b->act, "org"), *name = act_text(b->act, "room_name");
	const struct org *org = words != NULL ? rules_org_named(b->rules, words)
					      : rules_org(b->rules, b->act->actor.org);
	struct uuid id;

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words != NULL ? words : "-");
	if (rules_room(b->rules, name) == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no room of this profile"), name);
	id = room_id(org->code, name);
	if (!uuid_eq(&id, &b->act->target.id))
		return error_set(err, ERR_INPUT, _("this is another room"));
	b->after->org = org->code;
	b->after->name = name;
	return ERR_OK;
}

static enum err check_free(const struct booking_act *b, const struct booking *wanted,
			   struct error *err)
{
	for (size_t i = 0; i < b->after->bookings.n; i++) {
		const struct booking *there = room_booking(b->after, i);

		if (there->from_at < wanted->to_at && wanted->from_at < there->to_at)
			return error_set(err, ERR_REFUSED, _("%s is taken from %s to %s: %s (%s)"),
					 b->after->name, when(b, there->from_at),
					 when(b, there->to_at), there->title,
					 there->by != NULL ? there->by : "-");
	}
	return ERR_OK;
}

/* Whatever is of that meeting, and what is long past. */
static void clear(struct booking_act *b, const char *meeting)
{
	int64_t past = b->eff - KEPT_DAYS * (int64_t)DAY_MS;

	for (size_t i = b->after->bookings.n; i-- > 0;) {
		const struct booking *there = room_booking(b->after, i);
		struct uuid id = there->id;

		if (there->to_at < past || (meeting != NULL && str_eq(there->meeting, meeting)))
			children_remove(&b->after->bookings, child_desc(CHILD_BOOKING), &id);
	}
}

static void set_until(struct booking_act *b)
{
	b->after->booked_until = 0;
	for (size_t i = 0; i < b->after->bookings.n; i++)
		if (room_booking(b->after, i)->to_at > b->after->booked_until)
			b->after->booked_until = room_booking(b->after, i)->to_at;
}

static enum err book(struct booking_act *b, struct error *err)
{
	const struct act *act = b->act;
	struct booking wanted = { .id = uuid_child(&act->id, "booking", 0),
				  .from_at = act_value(act, "from_at", 0).num,
				  .to_at = act_value(act, "to_at", 0).num,
				  .title = act_text(act, "booked_for"),
				  .meeting = act_text(act, "meeting_id"),
				  .by = act->actor.officer,
				  .at = b->eff };
	enum err code = take_room(b, err);

	if (code != ERR_OK)
		return code;
	wanted.org = act->actor.org != NULL ? act->actor.org : b->after->org;
	if (wanted.to_at <= wanted.from_at)
		return error_set(err, ERR_INPUT, _("the end is not behind the beginning"));
	if (wanted.meeting != NULL && !act_follows(act))
		return error_set(err, ERR_INPUT,
				 _("the room of a meeting is arranged in the meeting"));
	if (wanted.to_at <= b->eff && !act_follows(act))
		return error_set(err, ERR_INPUT, _("this time is over already: %s"),
				 when(b, wanted.to_at));
	clear(b, wanted.meeting);
	code = check_free(b, &wanted, err);
	if (code != ERR_OK)
		return code;
	*(struct booking *)children_add(&b->after->bookings, child_desc(CHILD_BOOKING), &wanted.id,
					b->arena) = wanted;
	set_until(b);
	return ERR_OK;
}

/* --- freeing --------------------------------------------------------------------------------- */

static enum err free_booking(struct booking_act *b, const char *words, struct error *err)
{
	const struct booking *there = NULL;
	struct uuid id;

	if (uuid_parse(words, &id) != ERR_OK)
		return error_set(err, ERR_INPUT, _("there is no such booking"));
	there = children_find(&b->after->bookings, child_desc(CHILD_BOOKING), &id);
	if (there == NULL)
		return ERR_OK; /* somebody else has freed it */
	if (there->meeting != NULL)
		return error_set(err, ERR_REFUSED,
				 _("the room of a meeting is arranged in the meeting"));
	children_remove(&b->after->bookings, child_desc(CHILD_BOOKING), &id);
	return ERR_OK;
}

static enum err free_room(struct booking_act *b, struct error *err)
{
	const char *booking = act_text(b->act, "booking"), *meeting = act_text(b->act, "meeting_id");
	size_t n = b->after->bookings.n;
	enum err code = ERR_OK;

	if (booking == NULL && (meeting == NULL || !act_follows(b->act)))
		return error_set(err, ERR_INPUT, _("there is no such booking"));
	if (booking != NULL)
		code = free_booking(b, booking, err);
	else
		clear(b, meeting);
	b->again = b->after->bookings.n == n;
	set_until(b);
	return code;
}

/* --- all of it ------------------------------------------------------------------------------- */

/* An officer of the organisation whose room it is, and who stands above it. */
static enum err check_who(const struct booking_act *b, const char *org, struct error *err)
{
	const struct actor *actor = &b->act->actor;
	enum err code;

	if (act_follows(b->act) || actor_is_system(actor))
		return ERR_OK;
	code = actor_may_write(b->rules, actor, b->act->desc, err);
	if (code == ERR_OK && !officer_is_of(b->rules, actor->org, org) &&
	    !rules_org_within(b->rules, org, actor->org))
		code = error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
				 rules_act_label(b->rules, b->act->desc),
				 org_called(b->rules, org));
	return code;
}

enum err decide_room(const struct rules *rules, const struct state *state, const struct act *act,
		     const struct moment *moment, struct arena *arena,
		     struct decision *ret_decision, struct error *err)
{
	struct booking_act b = { .rules = rules, .act = act, .eff = moment->eff, .arena = arena };
	bool frees = strcmp(act->desc->verb, "free") == 0;
	enum err code = ERR_OK;

	b.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_ROOM, &act->target.id, arena);
	b.after = entity_copy(b.before, arena);
	if (frees && state->entity == NULL && !act_follows(act))
		return error_set(err, ERR_NOT_FOUND, _("nothing is booked there"));
	code = frees ? free_room(&b, err) : book(&b, err);
	if (code == ERR_OK)
		code = check_who(&b, b.after->org, err);
	if (code != ERR_OK)
		return code;
	if (b.again) {
		*ret_decision = (struct decision){ .note = NULL };
		return ERR_OK;
	}
	return decision_of(b.before, b.after, arena, NULL, ret_decision);
}
