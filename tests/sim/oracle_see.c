/* Who may see what, by the oracle: for comparing, and for every answer that is given. */
#include <config.h>

#include <ctype.h>

#include "zhiban/base/crypto.h"

#include "oracle.h"

static const char *const personal[] = { "reporter", "phone" };

/* ---- questions ---- */

int oracle_times(const struct oracle *oracle, const struct uuid *act)
{
	int times = 0;

	for (size_t i = oracle->n; i-- > 0;)
		times += uuid_eq(&oracle->entries[i].act, act);
	return times;
}

int64_t oracle_seq_of(const struct oracle *oracle, const struct uuid *act)
{
	for (size_t i = oracle->n; i-- > 0;)
		if (uuid_eq(&oracle->entries[i].act, act))
			return oracle->entries[i].seq;
	return 0;
}

int64_t oracle_head(const struct oracle *oracle)
{
	return oracle->head;
}

bool oracle_due_known(const struct oracle *oracle, const struct uuid *id, int64_t version,
		      int64_t due)
{
	for (size_t i = oracle->n_dues; i-- > 0;)
		if (oracle->dues[i].version == version && oracle->dues[i].due == due &&
		    uuid_eq(&oracle->dues[i].id, id))
			return true;
	return false;
}

int64_t oracle_foreign_seq(const struct oracle *oracle, const struct uuid *id,
			   const struct uuid *console)
{
	const struct known *known = oracle_known(oracle, id);

	for (size_t i = known != NULL ? known->n_touches : 0; i-- > 0;)
		if (!uuid_eq(&known->touches[i].console, console))
			return known->touches[i].seq;
	return 0;
}

/* ---- masks ---- */

/* What a person told of himself stands in cases alone: the numbers of people who stand duty are there to
 * be rung. */
static bool is_case(const json_t *state)
{
	const char *kind = state_text(state, "kind");

	return kind == NULL || strcmp(kind, "incident") == 0;
}

/* In the clear only while it is open and its holder, or with none its origin, is the reader's. */
bool oracle_may_know(const json_t *state, const char *org, const char *role)
{
	const char *holder = state_text(state, "holder");

	if (strcmp(role, "system") == 0)
		return true;
	if (strcmp(role, "auditor") == 0) /* who looks at the cases of others */
		return false;
	if (holder == NULL)
		holder = state_text(state, "origin");
	return json_int(state, "open") != 0 && holder != NULL &&
	       strcmp(holder, org) == 0;
}

/* 138****4567 of a number, the first letter of a name. */
static void masked(const char *text, char *out, size_t size)
{
	size_t len = strlen(text), digits = 0;

	for (size_t i = 0; i < len; i++)
		digits += isdigit((unsigned char)text[i]) != 0;
	if (digits >= 7 && digits * 2 > len && !isalpha((unsigned char)*text))
		snprintf(out, size, "%.3s****%s", text, text + len - 4);
	else
		snprintf(out, size, "%.1s**", text);
}

void oracle_mask(json_t *state)
{
	char text[128];

	for (size_t i = 0; is_case(state) && i < ARRAY_LEN(personal); i++) {
		const char *value = state_text(state, personal[i]);

		if (value == NULL)
			continue;
		masked(value, text, sizeof text);
		json_object_set_new(state, personal[i], json_string(text));
	}
}

static bool is_masked(const char *text)
{
	return strstr(text, "**") != NULL;
}

size_t oracle_count(const struct oracle *oracle)
{
	return oracle->n_known;
}

bool oracle_at(const struct oracle *oracle, size_t i, struct uuid *ret_id)
{
	*ret_id = oracle->known[i].id;
	return strcmp(state_text(oracle->known[i].state, "kind"), "incident") == 0;
}

bool oracle_at_whistle(const struct oracle *oracle, size_t i, struct uuid *ret_id)
{
	*ret_id = oracle->known[i].id;
	return strcmp(state_text(oracle->known[i].state, "kind"), "whistle") == 0;
}

const char *oracle_kind_at(const struct oracle *oracle, size_t i, struct uuid *ret_id)
{
	*ret_id = oracle->known[i].id;
	return state_text(oracle->known[i].state, "kind");
}

char *oracle_bytes(struct world *world, size_t i, const char *org, const char *role)
{
	const struct known *known = &world->oracle->known[i];
	json_t *state;
	char *bytes;

	if ((known->parties & oracle_view(world->oracle, org, role)) == 0)
		return NULL;
	state = json_deep_copy(known->state);
	if (!oracle_may_know(state, org, role))
		oracle_mask(state);
	bytes = json_dumps(state, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(state);
	return bytes;
}

/* ---- answers ---- */

bool oracle_reader(struct world *world, const char *token, char officer[64], char org[64],
		   char role[32], struct uuid *ret_console)
{
	struct db *db = server_reader(world);
	struct arena arena = ARENA_INIT;
	struct db_token row;
	struct db_account account;
	uint8_t hash[SHA256_LEN];
	bool found;

	sha256(token, strlen(token), hash);
	found = db_sqlite.token_get(db, hash, &arena, &row, NULL) == ERR_OK &&
		db_sqlite.account_get(db, row.officer, &arena, &account, NULL) == ERR_OK;
	if (found) {
		snprintf(officer, 64, "%s", account.officer);
		snprintf(org, 64, "%s", account.org);
		snprintf(role, 32, "%s", account.role);
		*ret_console = row.console;
	}
	arena_release(&arena);
	return found;
}

struct look { /* one answer */
	struct world *world;
	const char *path;
	char officer[64], org[64], role[32];
};

static void check_seen(const struct look *look, const struct uuid *id)
{
	char text[UUID_TEXT];

	if (oracle_sees(look->world->oracle, look->org, look->role, id))
		return;
	uuid_text(id, text);
	sim_fail(look->world, "%s of %s gets %s by %s and must not see it", look->officer,
		 look->org, text, look->path);
}

static void check_personal(const struct look *look, const json_t *values, const struct uuid *id,
			   bool clear)
{
	char text[UUID_TEXT];

	for (size_t i = 0; i < ARRAY_LEN(personal); i++) {
		const char *value = state_text(values, personal[i]);

		if (value == NULL || clear || is_masked(value))
			continue;
		uuid_text(id, text);
		sim_fail(look->world, "%s of %s gets the %s of %s in the clear by %s", look->officer,
			 look->org, personal[i], text, look->path);
	}
}

static bool entitled(const struct look *look, const struct uuid *id)
{
	const struct known *known = oracle_known(look->world->oracle, id);

	return known != NULL && oracle_may_know(known->state, look->org, look->role);
}

static void check_object(const struct look *look, const json_t *object)
{
	json_t *args = json_object_get(object, "args"), *set = json_object_get(object, "set");
	struct uuid id;

	if (json_object_get(object, "drop") != NULL)
		count_up(look->world, COUNT_drops);
	if (json_object_get(object, "verb") != NULL && args != NULL) {
		if (is_case(json_array_get(json_object_get(object, "target"), 0)))
			check_personal(look, args, &(struct uuid){ { 0 } }, false);
		return;
	}
	if (state_text(object, "kind") == NULL || !json_id(object, "id", &id))
		return;
	if (json_object_get(object, "version") != NULL) { /* an entity */
		check_seen(look, &id);
		if (is_case(object))
			check_personal(look, object, &id, entitled(look, &id));
	} else if (json_object_get(object, "to") != NULL) { /* an effect */
		check_seen(look, &id);
		if (is_case(object))
			check_personal(look, set, &id, entitled(look, &id));
	}
}

static void walk(const struct look *look, const json_t *value)
{
	const char *key;
	json_t *inner;
	size_t i;

	if (json_is_object(value)) {
		check_object(look, value);
		json_object_foreach((json_t *)value, key, inner)
			walk(look, inner);
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, inner)
			walk(look, inner);
	}
}

/* What a server whose disk was full answered it has not written down: after a start it knows nothing of
 * it. */
static void heard(struct world *world, const struct uuid *console)
{
	enum { AWAY_MS = 90 * 1000 };

	for (int slot = 0; slot < SLOTS; slot++) {
		struct console *at = &world->consoles[slot];

		if (!at->used || !uuid_eq(&at->id, console))
			continue;
		if (world->now - at->recalled > AWAY_MS)
			at->away = at->recalled;
		at->contact = world->now;
		if (!world->server.full)
			at->recalled = world->now;
	}
}

void oracle_check_answer(struct world *world, const struct flight *flight)
{
	struct look look = { .world = world, .path = flight->path };
	const char *at = str_get(&flight->reply.body), *end = at + flight->reply.body.len;
	struct uuid console;

	if (flight->token[0] == '\0' ||
	    !oracle_reader(world, flight->token, look.officer, look.org, look.role, &console))
		return;
	world->server.full = world->server.full || flight->reply.status == 507;
	if (flight->reply.status != 401)
		heard(world, &console);
	oracle_follow(world);
	if (strcmp(flight->reply.type, "application/json") != 0 &&
	    strcmp(flight->reply.type, "application/x-ndjson") != 0)
		return;
	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((line != NULL ? line : end) - at);
		json_error_t wrong;
		json_t *root = json_loadb(at, len, JSON_REJECT_DUPLICATES, &wrong);

		if (root == NULL)
			sim_fail(world, "%s: no JSON: %s", flight->path, wrong.text);
		walk(&look, root);
		json_decref(root);
		at += len + 1;
	}
	count_up(world, COUNT_answers_checked);
}
