/* The post under an alarm: who is to be rung, and that it did not answer. */
#include <config.h>

#include "zhiban/model/alarm.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"

/* ---- the deputy ---- */

struct search {
	const struct person **people;
	size_t n;
	const struct actor *actor;
};

static const struct person *of_role(const struct search *search, const char *role, const char *org)
{
	const struct person *found = NULL;

	for (size_t i = 0; i < search->n; i++) {
		const struct person *person = search->people[i];

		if (!person->active || !str_eq(person->role, role) || !str_eq(person->org, org) ||
		    str_eq(person->name, search->actor->officer))
			continue;
		if (person->phone != NULL && *person->phone != '\0')
			return person;
		if (found == NULL)
			found = person;
	}
	return found;
}

const struct person *alarm_deputy(struct client *client, struct arena *arena)
{
	const struct rules *rules = client_rules(client);
	struct search search = { .actor = client_actor(client) };
	const char *orgs[] = { search.actor != NULL ? search.actor->org : NULL, rules->centre };

	if (search.actor == NULL || rules->alarm_deputies == NULL ||
	    client_people(client, arena, &search.people, &search.n, NULL) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(orgs); i++)
		for (const char *const *role = rules->alarm_deputies; *role != NULL; role++) {
			const struct person *found = of_role(&search, *role, orgs[i]);

			if (found != NULL)
				return found;
		}
	return NULL;
}

/* The roster's ladder: who is rung behind the officer, when he stands in it himself; else from its
 * beginning.  NULL: the roster has nobody for now. */
static const struct on_duty *rung_next(const struct duty_now *duty, const char *officer)
{
	const struct on_duty *found = NULL;
	int behind = 0;

	for (size_t i = 0; i < duty->n_now; i++)
		if (duty->now[i].post != NULL && str_eq(duty->now[i].turn->name, officer))
			behind = duty->now[i].post->rung;
	for (size_t i = 0; i < duty->n_now; i++) {
		const struct on_duty *one = &duty->now[i];

		if (one->post == NULL || one->post->rung <= behind || one->phone == NULL ||
		    str_eq(one->turn->name, officer))
			continue;
		if (found == NULL || one->post->rung < found->post->rung)
			found = one;
	}
	return found;
}

/* Who is out of reach has somebody who stands in. */
static bool roster_words(struct client *client, struct arena *arena, struct str *out)
{
	const struct actor *actor = client_actor(client);
	const struct rules *rules = client_rules(client);
	const char *orgs[] = { actor != NULL ? actor->org : NULL, rules->centre };

	for (size_t i = 0; actor != NULL && i < ARRAY_LEN(orgs); i++) {
		const struct on_duty *next;
		struct duty_now duty;

		if (orgs[i] == NULL || client_on_duty(client, orgs[i], client_now(client), arena, &duty,
						      NULL) != ERR_OK)
			continue;
		next = rung_next(&duty, actor->officer);
		if (next == NULL)
			continue;
		if (next->outing != NULL && next->outing->deputy_phone != NULL)
			str_addf(out, "%s %s %s", next->post->label,
				 next->outing->deputy != NULL ? next->outing->deputy : "",
				 next->outing->deputy_phone);
		else
			str_addf(out, "%s %s %s", next->post->label, next->turn->name, next->phone);
		return true;
	}
	return false;
}

void alarm_deputy_words(struct client *client, struct str *out)
{
	struct arena arena = ARENA_INIT;
	const struct person *person = NULL;

	if (!roster_words(client, &arena, out))
		person = alarm_deputy(client, &arena);
	if (person != NULL)
		str_addf(out, "%s %s %s",
			 rules_role_label(client_rules(client), person->role), person->name,
			 person->phone != NULL ? person->phone : _("(no number)"));
	arena_release(&arena);
}

/* ---- it did not answer ---- */

static enum err write_one(struct client *client, const struct alarm_item *item, int64_t keyed_at,
			  struct error *err)
{
	const struct act_desc *act = act_desc_find("unanswered");
	int64_t offset = client_now(client) - env_now(client_env(client));
	const struct given given[] = {
		{ act_arg_field(act, "rang_at"), { .num = item->rang_at + offset } },
		{ act_arg_field(act, "keyed_at"), { .num = keyed_at + offset } },
	};
	struct client_done done;

	return client_act(client, act, &item->id, given, ARRAY_LEN(given), &done, err);
}

enum err alarms_write(struct alarms *alarms, struct client *client, int64_t least,
		      int64_t keyed_at, bool *ret_done, struct error *err)
{
	const struct actor *actor = client_actor(client);
	int64_t now = env_now(client_env(client));
	const struct alarm_item *longest = NULL;
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;
	size_t n;
	const struct alarm_item *items = alarms_items(alarms, &n);

	for (size_t i = 0; i < n && actor != NULL; i++) {
		struct incident *incident;

		if (now - items[i].rang_at < least ||
		    (longest != NULL && longest->rang_at <= items[i].rang_at))
			continue;
		arena_reset(&arena);
		if (client_get(client, &items[i].id, &arena, &incident, NULL) == ERR_OK &&
		    !alarm_is_written(incident, actor->org, items[i].alarm.since))
			longest = &items[i];
	}
	if (longest != NULL)
		code = write_one(client, longest, keyed_at, err);
	if (code == ERR_OK)
		*ret_done = longest != NULL;
	arena_release(&arena);
	return code;
}
