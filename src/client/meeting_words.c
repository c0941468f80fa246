/* What acts of meetings carry, in words: numbers and names instead of ids. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/whistle.h"

static const char *org_words(const struct client *client, const char *code)
{
	const struct org *org = rules_org(client->rules, code);

	return org == NULL ? code : org->brief != NULL ? org->brief : org->name;
}

static void add_title(const char *mark, const char *title, struct str *out)
{
	str_addf(out, "%s%s%s", mark, title != NULL ? " " : "", title != NULL ? title : "");
}

static bool add_item(struct client *client, const char *words, bool titled, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct client_item item;
	struct uuid id;
	char mark[48];
	bool known = uuid_parse(words, &id) == ERR_OK &&
		     client_item_get(client, &id, &arena, &item, NULL) == ERR_OK;

	if (known)
		add_title(client_item_mark(&item, mark), titled ? item.item->title : NULL, out);
	arena_release(&arena);
	return known;
}

static bool add_meeting(struct client *client, const char *words, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct client_meeting meeting;
	struct uuid id;
	char mark[48];
	bool known = uuid_parse(words, &id) == ERR_OK &&
		     client_meeting_get(client, &id, &arena, &meeting, NULL) == ERR_OK;

	if (known)
		add_title(client_meeting_mark(&meeting, mark), meeting.meeting->title, out);
	arena_release(&arena);
	return known;
}

static bool add_action(struct client *client, const char *words, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct client_action action;
	struct uuid id;
	char mark[48];
	bool known = uuid_parse(words, &id) == ERR_OK &&
		     client_action_get(client, &id, &arena, &action, NULL) == ERR_OK;

	if (known)
		add_title(client_action_mark(&action, mark), action.action->title, out);
	arena_release(&arena);
	return known;
}

/* "2. 22-K001 what it is about". */
static bool add_entry(struct client *client, const char *words, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct agenda entry;
	bool known = agenda_parse(words, &arena, &entry, NULL) == ERR_OK;

	if (known) {
		str_addf(out, "%lld. ", (long long)entry.order);
		if (!add_item(client, entry.item, true, out))
			str_add(out, "?");
	}
	arena_release(&arena);
	return known;
}

static bool add_attend(struct client *client, const char *words, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct attendee attendee;
	bool known = attendee_parse(client->rules, words, &arena, &attendee, NULL) == ERR_OK;

	if (known) {
		str_addf(out, "%s %s", org_words(client, attendee.org),
			 attendee_role_label(attendee_role(&attendee)));
		if (attendee.name != NULL)
			str_addf(out, " %s", attendee.name);
	}
	arena_release(&arena);
	return known;
}

static bool add_attendee(struct client *client, const struct act *act, const char *words,
			 struct str *out)
{
	struct arena arena = ARENA_INIT;
	const struct attendee *attendee = NULL;
	struct client_meeting meeting;
	struct uuid id;

	if (act->target.kind == KIND_MEETING && uuid_parse(words, &id) == ERR_OK &&
	    client_meeting_get(client, &act->target.id, &arena, &meeting, NULL) == ERR_OK)
		attendee = meeting_attendee_find(meeting.meeting, &id);
	if (attendee != NULL) {
		str_add(out, org_words(client, attendee->org));
		if (attendee->name != NULL)
			str_addf(out, " %s", attendee->name);
	}
	arena_release(&arena);
	return attendee != NULL;
}

static bool add_share(struct client *client, const struct act *act, const char *words,
		      struct str *out)
{
	if (add_attendee(client, act, words, out))
		return true;
	if (rules_org(client->rules, words) == NULL)
		return false;
	str_add(out, org_words(client, words));
	return true;
}

bool joint_words(struct client *client, const struct act *act, const struct given *given,
		 struct str *out)
{
	const char *name = given->field->name, *text = given->value.text;
	char buf[256], id[UUID_TEXT + 8];

	if (!given->value.is_text || text == NULL)
		return false;
	if (strcmp(name, "item_id") == 0)
		return add_item(client, text, true, out);
	if (strcmp(name, "meeting_id") == 0)
		return add_meeting(client, text, out);
	if (strcmp(name, "action_id") == 0)
		return add_action(client, text, out);
	if (!joint_has(act->target.kind))
		return false;
	if (strcmp(name, "entry") == 0)
		return add_entry(client, text, out);
	if (strcmp(name, "attend") == 0)
		return add_attend(client, text, out);
	if (strcmp(name, "attendee") == 0)
		return add_attendee(client, act, text, out);
	if (strcmp(name, "share") == 0)
		return add_share(client, act, text, out);
	if (strcmp(name, "whistle") != 0)
		return false;
	snprintf(id, sizeof id, "%s%.40s", WHISTLE_RELATED, text);
	str_add(out, client_ticket(client, id, buf));
	return true;
}
