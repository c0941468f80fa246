#include <config.h>

#include "zhiban/model/whom.h"

#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/rules.h"

enum { ORGS_MOST = 16 };

struct asked { /* organisations that have to do with the case, each once */
	const struct org *orgs[ORGS_MOST];
	const char *whys[ORGS_MOST];
	size_t n;
};

struct found {
	struct whom *list;
	size_t n;
	const char *typed;
	struct arena *arena;
};

static bool fits(const struct found *found, const char *words)
{
	return !*found->typed || strstr(words, found->typed) || pinyin_fits(words, found->typed);
}

/* What stands there already is not proposed. */
static void add(struct found *found, const char *words, const char *help)
{
	if (found->n == WHOM_MOST || !fits(found, words) || strcmp(words, found->typed) == 0)
		return;
	for (size_t i = 0; i < found->n; i++)
		if (strcmp(found->list[i].words, words) == 0)
			return;
	found->list[found->n++] = (struct whom){ words, help };
}

static void ask(struct asked *asked, const struct org *org, const char *why)
{
	if (!org || asked->n == ORGS_MOST)
		return;
	for (size_t i = 0; i < asked->n; i++)
		if (asked->orgs[i] == org)
			return;
	asked->orgs[asked->n] = org;
	asked->whys[asked->n++] = why;
}

static void ask_about(const struct rules *rules, const struct incident *incident,
		      struct asked *asked)
{
	ask(asked, rules_org(rules, incident->holder), _("holds it"));
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);

		if (!str_eq(part->role, "past"))
			ask(asked, rules_org(rules, part->org), _("has a share"));
	}
	ask(asked, rules_org(rules, incident->duty_unit), _("by the duty list"));
	ask(asked, rules_org(rules, incident->street), _("its street"));
	ask(asked, rules_org(rules, incident->community), _("its community"));
	ask(asked, rules_org(rules, incident->grid), _("its grid"));
	ask(asked, rules_org(rules, incident->seat), _("runs it"));
	ask(asked, rules_org(rules, incident->origin), _("registered it"));
}

static const char *joined(struct arena *arena, const char *a, const char *b, const char *c)
{
	struct str out = STR_INIT;
	const char *words[] = { a, b, c }, *copy;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (words[i] && *words[i])
			str_addf(&out, "%s%s", out.len ? " " : "", words[i]);
	copy = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return copy;
}

static const char *short_name(const struct org *org)
{
	return org->brief ? org->brief : org->name;
}

static bool is_self(const struct client *client, const struct person *person)
{
	const struct actor *actor = client_actor(client);

	return actor && str_eq(actor->officer, person->name);
}

size_t whom_to_ring(struct client *client, const struct incident *incident, const char *typed,
		    struct arena *arena, struct whom ret_whom[WHOM_MOST])
{
	struct found found = { ret_whom, 0, typed, arena };
	struct asked asked = { .n = 0 };
	const struct person **people;
	size_t n = 0;

	if (!incident)
		return 0;
	ask_about(client_rules(client), incident, &asked);
	for (size_t i = 0; i < asked.n; i++)
		if (asked.orgs[i]->phone)
			add(&found,
			    joined(arena, short_name(asked.orgs[i]), asked.orgs[i]->contact,
				   asked.orgs[i]->phone),
			    asked.whys[i]);
	if (client_people(client, arena, &people, &n, NULL) != ERR_OK)
		n = 0;
	for (size_t o = 0; o < asked.n; o++)
		for (size_t i = 0; i < n; i++)
			if (people[i]->active && people[i]->phone && !is_self(client, people[i]) &&
			    str_eq(people[i]->org, asked.orgs[o]->code))
				add(&found,
				    joined(arena, people[i]->name, people[i]->phone, NULL),
				    joined(arena, short_name(asked.orgs[o]), people[i]->post, NULL));
	return found.n;
}

size_t whom_leads(struct client *client, const char *typed, struct arena *arena,
		  struct whom ret_whom[WHOM_MOST])
{
	struct found found = { ret_whom, 0, typed, arena };
	const struct rules *rules = client_rules(client);
	const struct person **people;
	const char *highest;
	size_t n = 0;

	if (rules->roles.n == 0 || client_people(client, arena, &people, &n, NULL) != ERR_OK)
		return 0;
	highest = rules->roles.items[rules->roles.n - 1].code;
	for (size_t i = 0; i < n; i++) {
		const struct org *org = rules_org(rules, people[i]->org);

		if (people[i]->active && str_eq(people[i]->role, highest))
			add(&found, people[i]->name,
			    joined(arena, org ? short_name(org) : NULL, people[i]->post, NULL));
	}
	return found.n;
}
