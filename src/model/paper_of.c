/* Papers of what is here, by its id. */
#include <config.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"

/* The numbers of its cases; of one that is not here, nothing. */
static void find_cases(struct client *client, const struct whistle *whistle, struct arena *arena,
		       struct paper_asked *asked)
{
	const struct link *links = whistle->links.items;
	const char **cases = arena_array(arena, whistle->links.n + 1, sizeof *cases);

	for (size_t i = 0; i < whistle->links.n; i++) {
		struct incident *incident;
		struct uuid id;
		char mark[48];

		if (!str_eq(links[i].role, WHISTLE_CASE) ||
		    uuid_parse(links[i].target, &id) != ERR_OK ||
		    client_get(client, &id, arena, &incident, NULL) != ERR_OK)
			continue;
		cases[asked->n_cases++] =
			incident->number != NULL
				? incident->number
				: arena_strdup(arena, client_mark(client, incident, mark));
	}
	asked->cases = cases;
}

enum err whistle_paper_of(struct client *client, const struct uuid *id, bool explain,
			  struct sheet *ret_sheet, struct error *err)
{
	struct paper_asked asked = { .now = client_now(client), .explain = explain };
	struct client_whistle found;
	struct arena arena = ARENA_INIT;
	enum err rc = client_whistle_get(client, id, &arena, &found, err);

	if (rc == ERR_OK) {
		find_cases(client, found.whistle, &arena, &asked);
		whistle_paper(client_rules(client), found.whistle, &asked, ret_sheet);
	}
	arena_release(&arena);
	return rc;
}

/* --- supervisions ---------------------------------------------------------------------------- */

static enum err none(const struct children *children, int64_t number, struct error *err)
{
	const struct supervision *list = children->items;
	struct str numbers = STR_INIT;

	if (children->n == 0)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no supervision was issued on it"));
	for (size_t i = 0; i < children->n; i++)
		str_addf(&numbers, "%s%lld", i > 0 ? ", " : "", (long long)list[i].number);
	error_set(err, ERR_NOT_FOUND, _("it has no supervision %lld; there are %.200s"),
		  (long long)number, str_get(&numbers));
	str_release(&numbers);
	return ERR_NOT_FOUND;
}

/* The last of that number: of the children of one entity each has its own. */
static const struct supervision *pick(const struct children *children, int64_t number)
{
	const struct supervision *list = children->items, *found = NULL;

	for (size_t i = 0; i < children->n; i++)
		if (number == 0 || list[i].number == number)
			found = &list[i];
	return found;
}

static enum err of_incident(struct client *client, const struct uuid *id, struct arena *arena,
			    struct supervised *ret_about, const struct children **ret_children,
			    struct error *err)
{
	struct incident *incident;
	char mark[48];
	enum err rc = client_get(client, id, arena, &incident, err);

	if (rc != ERR_OK)
		return rc;
	ret_about->number = incident->number != NULL
				    ? incident->number
				    : arena_strdup(arena, client_mark(client, incident, mark));
	ret_about->title = incident->title;
	ret_about->noun = _("Incident");
	*ret_children = &incident->supervisions;
	return ERR_OK;
}

static enum err of_whistle(struct client *client, const struct uuid *id, struct arena *arena,
			   struct supervised *ret_about, const struct children **ret_children,
			   struct error *err)
{
	struct client_whistle found;
	const struct summons *summons;
	char mark[48];
	enum err rc = client_whistle_get(client, id, arena, &found, err);

	if (rc != ERR_OK)
		return rc;
	summons = whistle_summons(client_rules(client), found.whistle);
	ret_about->number = found.whistle->number != NULL
				    ? found.whistle->number
				    : arena_strdup(arena, client_whistle_mark(&found, mark));
	ret_about->title = found.whistle->title;
	ret_about->noun =
		summons != NULL && summons->noun != NULL ? summons->noun : _("Whistle");
	*ret_children = &found.whistle->supervisions;
	return ERR_OK;
}

enum err supervision_paper_of(struct client *client, enum kind kind, const struct uuid *id,
			      int64_t number, struct sheet *ret_sheet, struct error *err)
{
	const struct supervision *supervision = NULL;
	const struct children *children = NULL;
	struct supervised about = { .number = "" };
	struct arena arena = ARENA_INIT;
	enum err rc = kind == KIND_WHISTLE
			      ? of_whistle(client, id, &arena, &about, &children, err)
			      : of_incident(client, id, &arena, &about, &children, err);

	if (rc == ERR_OK) {
		supervision = pick(children, number);
		rc = supervision == NULL ? none(children, number, err) : ERR_OK;
	}
	if (rc == ERR_OK)
		supervision_paper(client_rules(client), &about, supervision, client_now(client),
				  ret_sheet);
	arena_release(&arena);
	return rc;
}
