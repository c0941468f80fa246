#include <config.h>

#include "supervision_priv.h"

#include "zhiban/base/i18n.h"

const struct channel *channel_named(const struct rules *rules, const char *words)
{
	for (size_t i = 0; words != NULL && i < rules->n_channels; i++)
		if (str_eq(rules->channels[i].code, words) ||
		    str_eq(rules->channels[i].label, words))
			return &rules->channels[i];
	return NULL;
}

enum err channel_unknown(const struct rules *rules, const char *words, struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < rules->n_channels; i++)
		str_addf(&names, "%s%s", i > 0 ? _(", ") : "", rules->channels[i].label);
	error_set(err, ERR_INPUT, _("\"%.40s\" is no way of supervision; there are %.300s"), words,
		  names.len > 0 ? str_get(&names) : "-");
	str_release(&names);
	return ERR_INPUT;
}

enum err channel_rises(const struct rules *rules, const struct channel *channel,
		       const struct children *list, const char *org, struct error *err)
{
	const struct supervision *items = list->items;

	for (size_t i = 0; channel->rank > 0 && i < list->n; i++) {
		const struct channel *other = rules_channel(rules, items[i].channel);

		if (items[i].lifted_at == 0 && (org == NULL || str_eq(items[i].org, org)) &&
		    other != NULL && other->rank >= channel->rank)
			return error_set(err, ERR_REFUSED,
					 _("%s is in force: only a higher one can follow"),
					 other->label);
	}
	return ERR_OK;
}

static int64_t next_number(const struct children *list)
{
	const struct supervision *items = list->items;
	int64_t most = 0;

	for (size_t i = 0; i < list->n; i++)
		if (items[i].number > most)
			most = items[i].number;
	return most + 1;
}

struct supervision *supervision_add(struct children *list, const struct channel *channel,
				    const struct act *act, const char *org, int64_t eff,
				    struct arena *arena)
{
	struct uuid id = uuid_child(&act->id, "supervision", 0);
	int64_t number = next_number(list);
	struct supervision *new = children_add(list, child_desc(CHILD_SUPERVISION), &id, arena);

	new->channel = channel->code;
	new->number = number;
	new->org = org;
	new->words = act_text(act, "words");
	new->by = act->actor.officer;
	new->at = eff;
	new->points = channel->points;
	return new;
}

struct supervision *supervision_newest(const struct rules *rules, struct children *list,
				       const char *words, const char *org, bool unanswered)
{
	struct supervision *items = list->items;
	const struct channel *channel = channel_named(rules, words);

	for (size_t i = list->n; i-- > 0;) {
		if (items[i].lifted_at != 0 || (unanswered && items[i].answered_at != 0) ||
		    (org != NULL && !str_eq(items[i].org, org)))
			continue;
		if (words == NULL ||
		    str_eq(items[i].channel, channel != NULL ? channel->code : words))
			return &items[i];
	}
	return NULL;
}

/* --- acts ------------------------------------------------------------------------------------ */

/* Whoever issues a document of a channel has its role, or had him on the telephone. */
static enum err check_role(const struct supervising *s, const struct channel *channel,
			   struct error *err)
{
	if (channel->role == NULL || s->has_role(s->ctx, channel->role))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"), channel->label,
			 rules_role_label(s->rules, channel->role));
}

enum err supervising_issue(const struct supervising *s, const char *org, bool rises,
			   struct error *err)
{
	const char *words = act_text(s->act, "channel");
	const struct channel *channel = channel_named(s->rules, words);
	int64_t answer_by = act_value(s->act, "answer_by", 0).num;
	struct supervision *new;
	enum err code;

	if (channel == NULL)
		return channel_unknown(s->rules, words, err);
	code = check_role(s, channel, err);
	if (code == ERR_OK)
		code = channel_rises(s->rules, channel, s->list, rises ? org : NULL, err);
	if (code == ERR_OK && answer_by != 0 && answer_by <= s->eff)
		code = error_set(err, ERR_INPUT, _("the time to answer must lie ahead"));
	if (code != ERR_OK)
		return code;
	new = supervision_add(s->list, channel, s->act, org, s->eff, s->arena);
	if (answer_by != 0)
		s->until(s->ctx, &new->id, new->org, answer_by);
	new->due = answer_by != 0 ? answer_by
				  : s->beside(s->ctx, &new->id, new->org, &channel->answer);
	*s->supervised = channel->code;
	*s->proposed_at = 0;
	return ERR_OK;
}

void supervising_answer(const struct supervising *s, struct supervision *one)
{
	one->answer = act_text(s->act, "words");
	one->answered_at = s->eff;
	one->answered_by = s->act->actor.officer;
	s->drop(s->ctx, &one->id);
}

enum err supervising_lift(const struct supervising *s, const char *org, struct error *err)
{
	struct supervision *one = supervision_newest(s->rules, s->list, act_text(s->act, "channel"),
						     org, false);
	const struct channel *channel;
	enum err code = ERR_OK;

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to lift"));
	channel = rules_channel(s->rules, one->channel);
	if (channel != NULL)
		code = check_role(s, channel, err);
	if (code != ERR_OK)
		return code;
	one->lifted_at = s->eff;
	one->lifted_by = s->act->actor.officer;
	s->drop(s->ctx, &one->id);
	one = supervision_newest(s->rules, s->list, NULL, NULL, false);
	*s->supervised = one != NULL ? one->channel : NULL;
	return ERR_OK;
}

static bool may_press(const struct supervising *s)
{
	const struct rules *rules = s->rules;

	for (size_t i = 0; i < rules->n_channels; i++)
		if (rules->channels[i].role == NULL || s->has_role(s->ctx, rules->channels[i].role))
			return true;
	return rules->n_channels == 0;
}

enum err supervising_waive(const struct supervising *s, struct error *err)
{
	if (!may_press(s))
		return error_set(err, ERR_DENIED, _("%s needs at least the role %s"),
				 rules_act_label(s->rules, s->act->desc),
				 rules_role_label(s->rules, s->rules->channels[0].role));
	if (*s->proposed_at == 0 && *s->listed_at == 0)
		return error_set(err, ERR_REFUSED, _("nothing is proposed here"));
	*s->proposed_at = *s->listed_at = 0;
	return ERR_OK;
}
