/* What the server found beyond what is kept here: shown, never stored. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/ask.h"
#include "zhiban/client/search.h"
#include "zhiban/wire/feed.h"

#include "client_priv.h"

enum { PAGE = 50 };

struct client_found {
	struct arena arena;
	struct incident **rows;
	size_t n, cap;
	int64_t next;
	bool whole;
	struct client_found *before; /* the page before this one */
};

static enum err take_line(void *ctx, const char *line, size_t len, struct error *err)
{
	struct client_found *found = ctx;
	struct snapshot_line one = { .kind = SNAPSHOT_UNKNOWN };
	long long next;
	enum err code = snapshot_line_decode(line, len, &found->arena, &one, err);

	if (code != ERR_OK)
		return code;
	if (one.kind == SNAPSHOT_HEAD)
		found->whole = one.seq != 0;
	if (one.kind == SNAPSHOT_NEXT && str_int(one.next, 1, INT64_MAX, &next))
		found->next = next;
	if (one.kind == SNAPSHOT_ENTITY && one.entity != NULL &&
	    ((const struct entity *)one.entity)->kind == KIND_INCIDENT) {
		MEM_GROW(found->rows, found->n, found->cap);
		found->rows[found->n++] = one.entity;
	}
	return ERR_OK;
}

enum err client_found_read(const char *body, size_t len, struct client_found **ret_found,
			   struct error *err)
{
	struct client_found *found = mem_alloc(sizeof *found);
	struct line_cutter cutter;
	enum err code;

	lines_init(&cutter);
	code = lines_push(&cutter, body, len, take_line, found, err);
	if (code == ERR_OK)
		code = lines_end(&cutter, take_line, found, err);
	lines_release(&cutter);
	if (code != ERR_OK)
		client_found_free(found);
	else
		*ret_found = found;
	return code;
}

void client_found_free(struct client_found *found)
{
	while (found != NULL) {
		struct client_found *before = found->before;

		arena_release(&found->arena);
		free(found->rows);
		free(found);
		found = before;
	}
}

static bool is_here(struct client *client, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident = NULL;
	bool here = overlay_state(client, id, &arena, &incident, NULL) == ERR_OK && incident != NULL;

	arena_release(&arena);
	return here;
}

void client_found_keep(struct client *client, struct client_found *found, bool more)
{
	size_t n = 0;

	if (!more || found == NULL) {
		client_found_free(client->found);
		client->found = NULL;
	}
	if (found == NULL)
		return;
	for (size_t i = 0; i < found->n; i++)
		if (!is_here(client, &found->rows[i]->head.id))
			found->rows[n++] = found->rows[i];
	found->n = n;
	found->before = client->found;
	client->found = found;
}

size_t client_found_count(const struct client *client)
{
	size_t n = 0;

	for (const struct client_found *at = client->found; at != NULL; at = at->before)
		n += at->n;
	return n;
}

/* The pages hang together last first. */
const struct incident *client_found_at(const struct client *client, size_t i)
{
	size_t behind = client_found_count(client);

	for (const struct client_found *at = client->found; at != NULL; at = at->before) {
		behind -= at->n;
		if (i >= behind && i - behind < at->n)
			return at->rows[i - behind];
	}
	return NULL;
}

const struct incident *client_found_of(const struct client *client, const struct uuid *id)
{
	for (const struct client_found *at = client->found; at != NULL; at = at->before)
		for (size_t i = 0; i < at->n; i++)
			if (uuid_eq(&at->rows[i]->head.id, id))
				return at->rows[i];
	return NULL;
}

bool client_is_found(struct client *client, const struct uuid *id)
{
	return client_found_of(client, id) != NULL && !is_here(client, id);
}

int64_t client_found_next(const struct client *client)
{
	return client->found != NULL ? client->found->next : 0;
}

bool client_found_whole(const struct client *client)
{
	return client->found == NULL || client->found->whole;
}

void client_found_path(const char *words, int64_t before, struct str *out)
{
	str_addf(out, "/v1/search?max=%d&q=", PAGE);
	ask_escape(out, words);
	if (before != 0)
		str_addf(out, "&before=%lld", (long long)before);
}
