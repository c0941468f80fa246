/* What an act of `zhiban do` is done to, and which act that makes it. */
#include <config.h>

#include <string.h>

#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/roster.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/meeting_words.h"

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
	[KIND_STAFF] = N_("person"),
	[KIND_ROSTER] = N_("roster"),
	[KIND_SWAP] = N_("swap"),
	[KIND_HANDOVER] = N_("handover"),
	[KIND_RECORD] = N_("record"),
	[KIND_MEETING] = N_("meeting"),
	[KIND_ITEM] = N_("item"),
	[KIND_ACTION] = N_("task"),
	[KIND_ROOM] = N_("room"),
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

bool act_is_of_duty(const struct act_desc *act)
{
	return act->target == KIND_STAFF || act->target == KIND_SWAP ||
	       act->target == KIND_HANDOVER || act->target == KIND_RECORD ||
	       (joint_is(act->target) && act->target != KIND_ROOM);
}

/* What no incident has: of the kinds that have it, the one that has something of that name. */
static enum err other_target(struct console *console, const char *words, const struct act_desc **act,
			     struct uuid *ret_id, struct error *err)
{
	const char *verb = (*act)->verb;
	enum err rc = (*act)->target == KIND_NOTICE
			      ? client_notice_find(console->client, words, ret_id, err)
		      : (*act)->target == KIND_WHISTLE
			      ? client_whistle_find(console->client, words, ret_id, err)
			      : client_find_kind(console->client, (*act)->target, words, ret_id, err);

	for (int kind = 0; kind < KIND_COUNT && rc == ERR_NOT_FOUND; kind++) {
		const struct act_desc *meant = act_desc_of((enum kind)kind, verb);

		if (meant == NULL || meant == *act ||
		    client_find_kind(console->client, (enum kind)kind, words, ret_id, NULL) != ERR_OK)
			continue;
		*act = meant;
		rc = ERR_OK;
	}
	return rc;
}

/* "ORG/2026-12" of acts on a month, "[ORG/]2026-12-01/night/main[/1]" or an id of those on a duty: as
 * arguments. */
enum err act_roster_words(struct console *console, const struct act_desc *act, const char *words,
			  struct given *given, size_t *n, struct error *err)
{
	const struct field *turn = act_arg_field(act, "turn_id");
	struct client_month month;
	struct uuid id;
	enum err rc;

	if (turn != NULL) {
		given[(*n)++] = (struct given){ turn, { .is_text = true, .text = words } };
		return ERR_OK;
	}
	rc = client_month_find(console->client, words, &month, &id, err);
	if (rc != ERR_OK)
		return rc;
	given[(*n)++] = (struct given){ act_arg_field(act, "org"),
					{ .is_text = true, .text = month.org } };
	given[(*n)++] = (struct given){ act_arg_field(act, "plan_code"),
					{ .is_text = true, .text = month.plan->code } };
	given[(*n)++] = (struct given){ act_arg_field(act, "month"),
					{ .is_text = true,
					  .text = arena_strdup(&console->arena, month.month) } };
	return ERR_OK;
}

bool act_of_other(struct console *console, const char *words, const struct act_desc **act)
{
	const struct act_desc *meant;
	enum kind kind;
	struct uuid id;

	if (client_find_any(console->client, words, &kind, &id, NULL) != ERR_OK ||
	    kind == (*act)->target)
		return false;
	meant = act_desc_of(kind, (*act)->verb);
	if (meant == NULL)
		return false;
	*act = meant;
	return true;
}

/* What a new item is about, of which item a new task is, which room: as an argument. */
enum err act_meeting_words(struct console *console, const struct act_desc *act, const char *words,
			   struct given *given, size_t *n, struct error *err)
{
	const struct field *field = act_arg_field(act, act->target == KIND_ROOM	 ? "room_name"
						       : act->target == KIND_ACTION ? "item_id"
										     : "incident");
	char id[UUID_TEXT];
	struct uuid about;
	enum kind kind;
	enum err rc;

	if (act->target != KIND_ITEM) {
		given[(*n)++] = (struct given){ field, { .is_text = true, .text = words } };
		return ERR_OK;
	}
	rc = client_find_any(console->client, words, &kind, &about, err);
	if (rc != ERR_OK)
		return rc;
	if (kind != KIND_INCIDENT && kind != KIND_WHISTLE)
		return error_set(err, ERR_INPUT, _("%s is not done to a %s"), _(act->title),
				 words_of[kind] != NULL ? _(words_of[kind]) : words);
	if (kind == KIND_WHISTLE)
		field = act_arg_field(act, "whistle");
	uuid_text(&about, id);
	given[(*n)++] = (struct given){ field, { .is_text = true,
						 .text = arena_strdup(&console->arena, id) } };
	return ERR_OK;
}

enum err act_target(struct console *console, const char *words, const struct act_desc **act,
		    struct uuid *ret_id, struct error *err)
{
	const char *verb = (*act)->verb;
	const struct act_desc *meant;
	enum kind kind;
	enum err rc;

	if (!is_of_incidents(verb)) /* "-3" and other short words may mean one of each kind */
		return other_target(console, words, act, ret_id, err);
	rc = client_find_any(console->client, words, &kind, ret_id, err);
	if (rc != ERR_OK)
		return rc;
	meant = act_on(kind, verb);
	if (meant == NULL && (*act)->alias[0] != '\0') /* another name of theirs is its own name here */
		meant = act_on(kind, (*act)->alias);
	if (meant == NULL)
		return error_set(err, ERR_INPUT, _("%s is not done to a %s"), _((*act)->title),
				 _(words_of[kind]));
	*act = meant;
	return ERR_OK;
}
