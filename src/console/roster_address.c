/* zhiban roster address: a secret address from which a calendar program reads who is on duty, of a
 * person, a post or an organisation.  Whoever has it can read it: it is told once, and can be
 * revoked. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "roster.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/ask.h"
#include "zhiban/client/roster.h"
#include "zhiban/wire/message.h"

struct wish {
	const char *person, *post, *org;
	bool revoke;
};

static enum err find_org(struct console *console, const char *words, const struct org **ret_org,
			 struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	const struct org *org = rules_org_named(rules, words != NULL   ? words
						       : actor != NULL ? actor->org
								       : rules->centre);

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words != NULL ? words : "");
	*ret_org = org;
	return ERR_OK;
}

/* "ORG PLAN POST" of the first of its rosters that has such a post. */
static enum err find_post(struct console *console, const struct org *org, const char *words,
			  const char **ret_id, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct roster_plan *plan;

	for (size_t i = 0; (plan = rules_plan_of(rules, org->code, i)) != NULL; i++)
		for (size_t k = 0; k < plan->n_posts; k++) {
			if (!str_eq(plan->posts[k].code, words) &&
			    !str_eq(plan->posts[k].label, words))
				continue;
			*ret_id = arena_printf(&console->arena, "%s %s %s", org->code, plan->code,
					       plan->posts[k].code);
			return ERR_OK;
		}
	return error_set(err, ERR_INPUT, _("%s has no roster with a post \"%s\""), org->name, words);
}

static enum err find_what(struct console *console, const struct wish *wish, struct address_ask *ask,
			  struct error *err)
{
	const struct org *org = NULL;
	struct uuid staff;
	char id[UUID_TEXT];
	enum err code;

	if (wish->person != NULL) {
		code = client_staff_find(console->client, wish->person, wish->org, &staff, err);
		if (code != ERR_OK)
			return code;
		uuid_text(&staff, id);
		ask->what = "person";
		ask->id = arena_strdup(&console->arena, id);
		return ERR_OK;
	}
	code = find_org(console, wish->org, &org, err);
	if (code != ERR_OK)
		return code;
	ask->what = wish->post != NULL ? "post" : "org";
	ask->id = org->code;
	return wish->post != NULL ? find_post(console, org, wish->post, &ask->id, err) : ERR_OK;
}

static enum err ask_server(struct console *console, const struct address_ask *ask,
			   struct address_answer *ret_answer, struct error *err)
{
	struct str body = STR_INIT;
	struct ask_reply reply;
	enum err code = console_server(console, err);

	if (code != ERR_OK)
		return code;
	address_ask_encode(ask, &body);
	code = server_ask(console->server, "POST", "/v1/ical", str_get(&body), body.len,
			  &console->arena, &reply, err);
	str_release(&body);
	return code == ERR_OK ? address_answer_decode(reply.body, reply.len, &console->arena,
						      ret_answer, err)
			      : code;
}

/* The server's own name before it, without what stands behind its last slash. */
static void add_url(const struct console *console, const char *path, struct str *out)
{
	const char *url = console->server->url;
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	str_addf(out, "%.*s%s\n", (int)len, url, path);
}

static enum err tell(struct console *console, const struct wish *wish,
		     const struct address_answer *answer, struct error *err)
{
	struct str out = STR_INIT;
	enum err code = ERR_OK;

	if (!wish->revoke && answer->path != NULL) {
		add_url(console, answer->path, &out);
		code = console_print(&out, err);
		str_release(&out);
	}
	if (wish->revoke)
		fprintf(stderr, "%s\n",
			answer->ended != 0 ? _("revoked: nothing is read there any more")
					   : _("you had no such address"));
	else if (answer->ended != 0)
		fprintf(stderr, "%s\n", _("the address of before is no more"));
	if (!wish->revoke)
		fprintf(stderr, "%s\n",
			_("whoever has this address can read it: it is not shown again"));
	return code;
}

enum err roster_address_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct wish wish = { .revoke = false };
	const struct command_option options[] = {
		{ "person", &wish.person, NULL },
		{ "post", &wish.post, NULL },
		{ "org", &wish.org, NULL },
		{ "revoke", NULL, &wish.revoke },
	};
	const char *word = NULL;
	struct address_ask ask = { .what = NULL };
	struct address_answer answer = { .path = NULL };
	size_t n = 0;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), &word, 1, &n, err);

	if (code == ERR_OK && n > 0)
		code = error_set(err, ERR_USAGE, _("which? %s"),
				 "zhiban roster address [--person NAME | --post POST] [--org ORG]");
	if (code == ERR_OK)
		code = console_client(console, err);
	if (code == ERR_OK)
		code = find_what(console, &wish, &ask, err);
	if (code == ERR_OK) {
		ask.revoke = wish.revoke;
		code = ask_server(console, &ask, &answer, err);
	}
	return code == ERR_OK ? tell(console, &wish, &answer, err) : code;
}
