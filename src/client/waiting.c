/* The outbox as a client holds it: as it stood when the cache's state was taken, with what the
 * client itself did since.  So what is read between two polls is of one state: an act that is
 * folded meanwhile is neither lost nor shown twice. */
#include <config.h>

#include <string.h>

#include "client_priv.h"

void waiting_release(struct waiting *waiting)
{
	arena_release(&waiting->arena);
	*waiting = (struct waiting){ .n = 0 };
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

	link->pending = link->unsent = link->sent = link->refused = link->merged = 0;
	for (size_t i = 0; i < waiting->n; i++) {
		enum act_state state = waiting->rows[i].state;

		link->pending += state < ACT_REFUSED;
		link->unsent += state < ACT_ANSWERED;
		link->sent += state == ACT_SENT;
		link->refused += state == ACT_REFUSED;
		link->merged += state == ACT_MERGED;
	}
}
