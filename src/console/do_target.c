/* What an act of `zhiban do` is done to, and which act that makes it. */
#include <config.h>

#include <string.h>

#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/whistle.h"

/* Once, whichever kinds have an act of that name. */
bool act_is_offered(const struct act_desc *act)
{
	for (size_t i = 0; i < act_desc_count() && act_desc_at(i) != act; i++)
		if (strcmp(act_desc_at(i)->verb, act->verb) == 0 &&
		    (act_desc_at(i)->flags & (ACT_SYSTEM | ACT_SELF)) == 0)
			return false;
	return (act->flags & (ACT_SYSTEM | ACT_SELF)) == 0;
}

/* What people call what they do to a notice by the names of acts on incidents. */
static const struct {
	const char *said, *verb;
} same[] = {
	{ "sign", "confirm" }, { "receipt", "confirm" }, { "lift", "rescind" },
	{ "fix", "amend" },    { "close", "rescind" },
};

static const char *const words_of[KIND_COUNT] = {
	[KIND_INCIDENT] = N_("incident"),
	[KIND_NOTICE] = N_("notice"),
	[KIND_WHISTLE] = N_("whistle"),
};

static const struct act_desc *act_on(enum kind kind, const char *verb)
{
	const struct act_desc *act = act_desc_of(kind, verb);

	for (size_t i = 0; act == NULL && kind == KIND_NOTICE && i < ARRAY_LEN(same); i++)
		if (strcmp(same[i].said, verb) == 0)
			act = act_desc_of(KIND_NOTICE, same[i].verb);
	return act;
}

static bool is_of_incidents(const char *verb)
{
	return act_desc_of(KIND_INCIDENT, verb) != NULL;
}

enum err act_target(struct console *console, const char *words, const struct act_desc **act,
		    struct uuid *ret_id, struct error *err)
{
	const char *verb = (*act)->verb;
	const struct act_desc *meant;
	enum kind kind;
	enum err rc;

	/* "-3" and other short words may mean one of each kind */
	if (!is_of_incidents(verb) && (*act)->target == KIND_NOTICE)
		return client_notice_find(console->client, words, ret_id, err);
	if (!is_of_incidents(verb) && (*act)->target == KIND_WHISTLE)
		return client_whistle_find(console->client, words, ret_id, err);
	rc = client_find_any(console->client, words, &kind, ret_id, err);
	if (rc != ERR_OK)
		return rc;
	meant = act_on(kind, verb);
	if (meant == NULL)
		return error_set(err, ERR_INPUT, _("%s is not done to a %s"), _((*act)->title),
				 _(words_of[kind]));
	*act = meant;
	return ERR_OK;
}
