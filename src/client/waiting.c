/* The outbox as a client holds it: as it stood when the cache's state was taken, with what the
 * client itself did since.  So what is read between two polls is of one state: an act that is
 * folded meanwhile is neither lost nor shown twice. */
#include <config.h>

#include <string.h>

#include "client_priv.h"
#include "zhiban/client/desk.h"
#include "zhiban/domain/role.h"

void waiting_release(struct waiting *waiting)
{
	arena_release(&waiting->arena);
	*waiting = (struct waiting){ .n = 0 };
}

/* Whether an author sees other things than the officer who is here now: another organisation's, or
 * with another eye. */
static bool is_other(struct client *client, const char *officer, struct arena *arena)
{
	const struct actor *actor = client->actor;
	struct outbox_who who;

	if (actor == NULL || strcmp(actor->officer, officer) == 0 ||
	    outbox_who(client->outbox, officer, arena, &who, NULL) != ERR_OK)
		return false;
	return strcmp(who.org, actor->org) != 0 ||
	       rules_role(client->rules, who.role)->sees !=
		       rules_role(client->rules, actor->role)->sees;
}

static void count(const struct outbox_row *row, struct client_link *link)
{
	link->pending += row->state < ACT_REFUSED;
	link->unsent += row->state < ACT_ANSWERED;
	link->sent += row->state == ACT_SENT;
	link->refused += row->state == ACT_REFUSED;
	link->merged += row->state == ACT_MERGED;
}

static void put_aside(struct client *client, struct waiting *now)
{
	const char *asked = NULL;
	bool other = false;
	size_t kept = 0;

	for (size_t i = 0; i < now->n; i++) {
		const struct outbox_row *row = &now->rows[i];

		if (asked == NULL || strcmp(asked, row->officer) != 0)
			other = is_other(client, row->officer, &now->arena);
		asked = row->officer;
		if (other)
			count(row, &now->others);
		else
			now->rows[kept++] = *row;
	}
	now->n = kept;
}

enum err waiting_load(struct client *client, struct error *err)
{
	struct waiting now = { .n = 0 };
	enum err code = outbox_list(client->outbox, &now.arena, &now.rows, &now.n, err);

	if (code != ERR_OK) {
		arena_release(&now.arena);
		return code;
	}
	now.cap = now.n;
	put_aside(client, &now);
	waiting_release(&client->waiting);
	client->waiting = now;
	return ERR_OK;
}

void waiting_add(struct client *client, const struct outbox_row *row)
{
	struct waiting *waiting = &client->waiting;
	struct outbox_row *to;

	if (waiting->n == waiting->cap) {
		size_t cap = waiting->cap != 0 ? waiting->cap * 2 : 16;
		struct outbox_row *rows = arena_array(&waiting->arena, cap, sizeof *rows);

		if (waiting->n > 0)
			memcpy(rows, waiting->rows, waiting->n * sizeof *rows);
		waiting->rows = rows;
		waiting->cap = cap;
	}
	to = &waiting->rows[waiting->n++];
	*to = *row;
	to->officer = arena_strdup(&waiting->arena, row->officer);
	to->body = arena_strndup(&waiting->arena, row->body, row->len);
	to->number = to->note = to->code = to->sentence = "";
}

void waiting_remove(struct client *client, const struct uuid *act)
{
	struct waiting *waiting = &client->waiting;

	for (size_t i = 0; i < waiting->n; i++) {
		if (!uuid_eq(&waiting->rows[i].id, act))
			continue;
		memmove(&waiting->rows[i], &waiting->rows[i + 1],
			(waiting->n - i - 1) * sizeof *waiting->rows);
		waiting->n--;
		return;
	}
}

void waiting_count(const struct client *client, struct client_link *link)
{
	const struct waiting *waiting = &client->waiting;

	/* What is the others' to decide is theirs; what must still go out is everybody's. */
	link->pending = waiting->others.pending;
	link->unsent = waiting->others.unsent;
	link->sent = waiting->others.sent;
	link->refused = link->merged = 0;
	for (size_t i = 0; i < waiting->n; i++)
		count(&waiting->rows[i], link);
}

size_t client_outbox_others(const struct client *client)
{
	const struct client_link *others = &client->waiting.others;

	return others->pending + others->refused + others->merged;
}
