/* Several tickets about one thing: merged into a lead ticket, split off again, told what the lead's
 * caller is told; and links between incidents.
 *
 * The child knows its lead (merged_into, a link "lead"), the lead its children (links "child"). The
 * child waits in a step of the profile, with a level that says where it was; what is done to one of
 * the two makes an act that follows for the other. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/whistle.h"

static struct link *link_with(const struct incident *incident, const char *role,
			      const char *target)
{
	struct link *links = incident->links.items;

	for (size_t i = 0; i < incident->links.n; i++)
		if (str_eq(links[i].role, role) && str_eq(links[i].target, target))
			return &links[i];
	return NULL;
}

static void link_add(struct draft *draft, const char *role, const char *target)
{
	struct uuid id = uuid_child(&draft->act->id, "link", 0);
	struct link *link = children_add(&draft->after->links, child_desc(CHILD_LINK), &id,
					 draft->arena);

	link->role = role;
	link->target = target;
}

static void link_remove(struct draft *draft, const char *role, const char *target)
{
	const struct link *link = link_with(draft->after, role, target);

	if (link != NULL)
		children_remove(&draft->after->links, child_desc(CHILD_LINK), &link->id);
}

static const char *own_id(const struct draft *draft)
{
	char text[UUID_TEXT];

	uuid_text(&draft->after->head.id, text);
	return arena_strdup(draft->arena, text);
}

static const char *own_number(const struct draft *draft)
{
	return draft->before->number != NULL ? draft->before->number : draft->before->title;
}

/* An id as an argument, in its usual form. */
static enum err ticket_given(const struct draft *draft, const char *name, const char **ret_text,
			     struct uuid *ret_id, struct error *err)
{
	const char *words = act_text(draft->act, name);
	char text[UUID_TEXT];

	if (uuid_parse(words, ret_id) != ERR_OK)
		return error_set(err, ERR_INPUT, _("there is no ticket %.40s"), words);
	uuid_text(ret_id, text);
	*ret_text = arena_strdup(draft->arena, text);
	return ERR_OK;
}

static enum err check_merge(const struct draft *draft, const struct uuid *lead, struct error *err)
{
	const struct incident *before = draft->before;

	if (uuid_eq(lead, &before->head.id))
		return error_set(err, ERR_REFUSED, _("a ticket cannot be merged into itself"));
	if (before->merged_into != NULL)
		return error_set(err, ERR_REFUSED, _("it is merged into another ticket already"));
	if (before->merged > 0)
		return error_set(err, ERR_REFUSED,
				 _("other tickets are merged into it: merge the other way round"));
	return ERR_OK;
}

/* Where merged tickets wait: where the row leads, else the first closed step. */
static const struct step *merged_step(const struct draft *draft)
{
	const struct rules *rules = draft->rules;

	if (draft->flow != NULL && draft->flow->way == WAY_STEP)
		return rules_step(rules, draft->flow->to);
	for (size_t i = 0; i < rules->n_steps; i++)
		if (!rules->steps[i].open)
			return &rules->steps[i];
	return NULL;
}

enum err apply_merge(struct draft *draft, struct error *err)
{
	const struct step *step = merged_step(draft);
	const char *text;
	struct uuid lead;
	enum err code = ticket_given(draft, "lead", &text, &lead, err);

	if (code == ERR_OK)
		code = check_merge(draft, &lead, err);
	if (code != ERR_OK)
		return code;
	if (step == NULL)
		return error_set(err, ERR_REFUSED,
				 _("the profile in force has no step for merged tickets"));
	draft_push(draft, NULL, NULL);
	draft->after->merged_into = text;
	link_add(draft, "lead", text);
	draft->after->tier = step->tier; /* it waits, it does not go up */
	draft_go(draft, step);
	draft_follow_give(draft, draft_follow(draft, "absorb", &lead), "child", own_id(draft));
	return ERR_OK;
}

enum err apply_unmerge(struct draft *draft, struct error *err)
{
	const char *text = draft->before->merged_into;
	struct uuid lead;
	enum err code;

	if (text == NULL || uuid_parse(text, &lead) != ERR_OK)
		return error_set(err, ERR_REFUSED, _("it is not merged into another ticket"));
	code = draft_pop(draft, true, err);
	if (code != ERR_OK)
		return code;
	link_remove(draft, "lead", text);
	draft->after->merged_into = NULL;
	draft_follow_give(draft, draft_follow(draft, "release", &lead), "child", own_id(draft));
	return ERR_OK;
}

enum err apply_absorb(struct draft *draft, struct error *err)
{
	const struct incident *before = draft->before;
	const char *text;
	struct uuid child;
	enum err code = ticket_given(draft, "child", &text, &child, err);

	if (code != ERR_OK)
		return code;
	if (before->merged_into != NULL)
		return error_set(err, ERR_REFUSED,
				 _("%.40s is merged into another ticket itself: merge into that one"),
				 own_number(draft));
	if (!before->open)
		return error_set(err, ERR_REFUSED, _("%.40s is closed: nothing is merged into it"),
				 own_number(draft));
	if (link_with(before, "child", text) == NULL) {
		link_add(draft, "child", text);
		draft->after->merged++;
	}
	return ERR_OK;
}

enum err apply_release(struct draft *draft, struct error *err)
{
	const char *text;
	struct uuid child;
	enum err code = ticket_given(draft, "child", &text, &child, err);

	if (code != ERR_OK || link_with(draft->before, "child", text) == NULL)
		return code;
	link_remove(draft, "child", text);
	if (draft->after->merged > 0)
		draft->after->merged--;
	return ERR_OK;
}

/* The caller of a merged ticket is answered with the lead's; what he was told already stays when
 * the lead only closes. */
enum err apply_follow(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const char *reply = act_text(draft->act, "reply");
	const char *reason = act_text(draft->act, "close_reason");
	const char *text;
	struct uuid lead;
	enum err code = ticket_given(draft, "lead", &text, &lead, err);

	if (code != ERR_OK)
		return code;
	if (!str_eq(after->merged_into, text)) {
		draft->note = _("it is no longer merged into that ticket");
		return ERR_OK;
	}
	if (reply != NULL && (after->replied_at == 0 || !str_eq(after->reply, reply))) {
		after->reply = reply;
		after->replied_at = draft->eff;
	}
	if (reason != NULL)
		after->close_reason = reason;
	return ERR_OK;
}

/* A whistle was blown about it: only what follows from that act says so. */
static enum err relate_whistle(struct draft *draft, const char *words, struct error *err)
{
	struct uuid id;
	char text[UUID_TEXT];
	const char *target;

	if (uuid_parse(words, &id) != ERR_OK)
		return error_set(err, ERR_INPUT, _("there is no such whistle"));
	uuid_text(&id, text);
	target = arena_strdup(draft->arena, text);
	if (link_with(draft->after, WHISTLE_LINK, target) == NULL)
		link_add(draft, WHISTLE_LINK, target);
	return ERR_OK;
}

enum err apply_relate(struct draft *draft, struct error *err)
{
	const char *target = act_text(draft->act, "related");
	struct uuid id;
	char text[UUID_TEXT];

	if (act_follows(draft->act) && str_starts(target, WHISTLE_RELATED))
		return relate_whistle(draft, target + strlen(WHISTLE_RELATED), err);
	if (uuid_parse(target, &id) == ERR_OK) { /* else a number elsewhere, kept as it is */
		uuid_text(&id, text);
		target = arena_strdup(draft->arena, text);
	}
	if (str_eq(target, own_id(draft)))
		return error_set(err, ERR_REFUSED, _("a ticket is not related to itself"));
	if (link_with(draft->after, "related", target) != NULL)
		draft->note = _("it is related to that one already");
	else
		link_add(draft, "related", target);
	return ERR_OK;
}
