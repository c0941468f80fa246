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
