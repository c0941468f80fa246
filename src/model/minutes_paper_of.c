/* Papers of meetings that are here, by their id. */
#include <config.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/minutes_paper.h"

struct found {
	struct arena arena;
	const struct rules *rules;
	const struct meeting *meeting;
	struct joint_asked asked;
};

static enum err find(struct client *client, const struct uuid *id, struct found *found,
		     struct error *err)
{
	struct client_meeting shown;
	struct client_item *items = NULL;
	struct client_action *actions = NULL;
	const struct item **item_list;
	const struct action **action_list;
	size_t n_items = 0, n_actions = 0;
	enum err rc;

	*found = (struct found){ .arena = ARENA_INIT, .rules = client_rules(client) };
	rc = client_meeting_get(client, id, &found->arena, &shown, err);
	if (rc == ERR_OK)
		rc = client_meeting_items(client, shown.meeting, &found->arena, &items, &n_items, err);
	if (rc == ERR_OK)
		rc = client_actions_of(client, KIND_MEETING, id, &found->arena, &actions, &n_actions,
				       err);
	if (rc != ERR_OK)
		return rc;
	item_list = arena_array(&found->arena, n_items + 1, sizeof *item_list);
	action_list = arena_array(&found->arena, n_actions + 1, sizeof *action_list);
	for (size_t i = 0; i < n_items; i++)
		item_list[i] = items[i].item;
	for (size_t i = 0; i < n_actions; i++)
		action_list[i] = actions[i].action;
	found->meeting = shown.meeting;
	found->asked = (struct joint_asked){ item_list, n_items, action_list, n_actions };
	return ERR_OK;
}

enum err minutes_paper_of(struct client *client, const struct uuid *id, struct official *ret_official,
			  struct error *err)
{
	struct found found;
	enum err rc = find(client, id, &found, err);

	if (rc == ERR_OK && found.meeting->opened_at == 0 && found.meeting->stages.n == 0)
		rc = error_set(err, ERR_REFUSED, "%s",
			       _("this meeting has not sat yet: it has no minutes; its agenda can be "
				 "printed, and the invitation"));
	if (rc == ERR_OK)
		minutes_paper(found.rules, found.meeting, &found.asked, ret_official);
	arena_release(&found.arena);
	return rc;
}

enum err invitation_paper_of(struct client *client, const struct uuid *id, const char *org,
			     struct official *ret_official, struct error *err)
{
	struct found found;
	enum err rc = find(client, id, &found, err);

	if (rc == ERR_OK)
		invitation_paper(found.rules, found.meeting, &found.asked, org, ret_official);
	arena_release(&found.arena);
	return rc;
}

enum err agenda_paper_of(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			 struct error *err)
{
	struct found found;
	enum err rc = find(client, id, &found, err);

	if (rc == ERR_OK)
		agenda_paper(found.rules, found.meeting, &found.asked, ret_sheet);
	arena_release(&found.arena);
	return rc;
}

enum err signin_paper_of(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			 struct error *err)
{
	struct found found;
	enum err rc = find(client, id, &found, err);

	if (rc == ERR_OK)
		signin_paper(found.rules, found.meeting, ret_sheet);
	arena_release(&found.arena);
	return rc;
}

enum err meeting_brief_of(struct client *client, const struct uuid *id, size_t chars, struct str *out,
			  struct error *err)
{
	struct found found;
	enum err rc = find(client, id, &found, err);

	if (rc == ERR_OK)
		meeting_brief(found.rules, found.meeting, &found.asked, chars, out);
	arena_release(&found.arena);
	return rc;
}
