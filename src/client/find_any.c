/* Whatever a person names: a case, a whistle, a notice, a swap, a handover, a record, a meeting, an
 * item, a task by its number, a room by its name, a month of a roster as ORG/MONTH, somebody of the
 * rosters by his name. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/whistle.h"

#include "roster_priv.h"

/* A room of the profile by its name; its bookings are the centre's, whoever convenes. */
static enum err find_room(struct client *client, const char *words, struct uuid *ret_id,
			  struct error *err)
{
	const struct meeting_room *room = rules_room(client->rules, words);

	if (room == NULL)
		return error_set(err, ERR_NOT_FOUND, _("no room is called \"%s\""), words);
	*ret_id = room_id(client->rules->centre, room->name);
	return ERR_OK;
}

enum err client_find_kind(struct client *client, enum kind kind, const char *words,
			  struct uuid *ret_id, struct error *err)
{
	const struct actor *actor = client_actor(client);
	struct error own = ERROR_INIT;
	enum err code;

	if (kind == KIND_STAFF)
		return client_staff_find(client, words, actor != NULL ? actor->org : NULL, ret_id, err);
	if (kind == KIND_ROSTER)
		return client_month_find(client, words, NULL, ret_id, err);
	if (kind == KIND_ROOM)
		return find_room(client, words, ret_id, err);
	code = kind == KIND_INCIDENT ? client_find(client, words, ret_id, &own)
				     : thing_find(client, kind, words, ret_id, &own);
	if (code == ERR_NOT_FOUND && kind != KIND_INCIDENT)
		return error_set(err, ERR_NOT_FOUND,
				 _("nothing here is called \"%s\": give its number, its local mark or "
				   "8 digits of its id"), words);
	return code == ERR_OK ? ERR_OK : error_set(err, code, "%s", own.text);
}

/* ---- months ---- */

static const struct roster_plan *plan_said(const struct rules *rules, const char *org,
					   const char *words)
{
	const struct roster_plan *plan = rules_plan_of(rules, org, 0);

	for (size_t i = 0; words != NULL && plan != NULL; plan = rules_plan_of(rules, org, ++i))
		if (str_eq(plan->code, words) || str_eq(plan->label, words))
			break;
	return plan;
}

/* Cut at its slashes, from the end: the month, the plan, the organisation. */
static enum err month_said(struct client *client, char *text, struct client_month *ret_month,
			   struct error *err)
{
	const struct rules *rules = client->rules;
	const struct actor *actor = client_actor(client);
	char *month = strrchr(text, '/'), *plan = NULL;
	const struct org *org = NULL;
	const char *code = actor != NULL ? actor->org : rules->centre;

	if (month != NULL)
		*month++ = '\0';
	if (month != NULL && (plan = strrchr(text, '/')) != NULL)
		*plan++ = '\0';
	if (month != NULL) {
		org = rules_org_named(rules, text);
		if (org == NULL)
			return error_set(err, ERR_NOT_FOUND, _("no organisation is called \"%s\""),
					 text);
		code = org->code;
	}
	month = month != NULL ? month : text;
	if (!month_days(month, &(int32_t){ 0 }, &(int32_t){ 0 }))
		return error_set(err, ERR_NOT_FOUND, _("\"%s\" is no month: 2026-12"), month);
	ret_month->plan = plan_said(rules, code, plan);
	if (ret_month->plan == NULL)
		return error_set(err, ERR_NOT_FOUND, _("%s has no roster \"%s\""), code,
				 plan != NULL ? plan : "");
	ret_month->org = code;
	memcpy(ret_month->month, month, ROSTER_MONTH);
	return ERR_OK;
}

enum err client_month_find(struct client *client, const char *words, struct client_month *ret_month,
			   struct uuid *ret_id, struct error *err)
{
	char *text = mem_strdup(words);
	struct client_month month;
	enum err code = month_said(client, text, &month, err);

	free(text);
	if (code != ERR_OK)
		return code;
	*ret_id = roster_id(month.org, month.plan->code, month.month);
	if (ret_month != NULL)
		*ret_month = month;
	return ERR_OK;
}

static bool is_month(struct client *client, const char *words, struct uuid *ret_id)
{
	struct arena arena = ARENA_INIT;
	struct client_roster roster;
	bool is = strchr(words, '/') != NULL &&
		  client_month_find(client, words, NULL, ret_id, NULL) == ERR_OK &&
		  client_roster_get(client, ret_id, &arena, &roster, NULL) == ERR_OK;

	arena_release(&arena);
	return is;
}

/* Why a month that was asked for is not here: a word of it is wrong, or nobody has begun it. */
static void month_missing(struct client *client, const char *words, struct error *err)
{
	struct client_month month;
	const struct org *org;
	struct uuid id;

	if (client_month_find(client, words, &month, &id, err) != ERR_OK)
		return;
	org = rules_org(client->rules, month.org);
	error_set(err, ERR_NOT_FOUND,
		  _("the roster of %s for %s has not been begun: nobody is entered in it yet"),
		  org != NULL ? org->name : month.org, month.month);
}

/* ---- whatever ---- */

enum err client_find_any(struct client *client, const char *words, enum kind *ret_kind,
			 struct uuid *ret_id, struct error *err)
{
	static const enum kind others[] = { KIND_WHISTLE, KIND_NOTICE, KIND_SWAP, KIND_HANDOVER,
					    KIND_RECORD, KIND_MEETING, KIND_ITEM, KIND_ACTION };
	const struct actor *actor = client_actor(client);
	struct error own = ERROR_INIT;
	enum kind kind = KIND_INCIDENT;
	struct uuid id;
	enum err code = client_find(client, words, &id, &own);

	for (size_t i = 0; code == ERR_NOT_FOUND && i < ARRAY_LEN(others); i++) {
		struct error more = ERROR_INIT;

		kind = others[i];
		code = thing_find(client, kind, words, &id, &more);
		if (code != ERR_OK && code != ERR_NOT_FOUND)
			own = more;
	}
	if (code == ERR_NOT_FOUND && is_month(client, words, &id)) {
		kind = KIND_ROSTER;
		code = ERR_OK;
	}
	if (code == ERR_NOT_FOUND && find_room(client, words, &id, NULL) == ERR_OK) {
		kind = KIND_ROOM;
		code = ERR_OK;
	}
	if (code == ERR_NOT_FOUND && strchr(words, '/') != NULL)
		month_missing(client, words, &own);
	if (code == ERR_NOT_FOUND && *words != '\0' && (*words & 0x80) != 0 &&
	    client_staff_find(client, words, actor != NULL ? actor->org : NULL, &id, NULL) == ERR_OK) {
		kind = KIND_STAFF; /* a name in Chinese: letters may be the beginning of anything */
		code = ERR_OK;
	}
	if (code != ERR_OK)
		return error_set(err, code, "%s", own.text);
	*ret_kind = kind;
	*ret_id = id;
	return ERR_OK;
}
