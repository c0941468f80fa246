/* The journal read on its own: folded with jansson, parties from the organisations' tree. */
#include <config.h>

#include "oracle.h"

/* ---- the organisations ---- */

static void read_orgs(struct oracle *oracle)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	char path[512], text[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/tests/sim/sim-orgs.csv", top != NULL ? top : ".");
	file = fopen(path, "r");
	if (file == NULL)
		abort();
	while (fgets(text, sizeof text, file) != NULL && oracle->n_orgs < ORGS) {
		char *rest = text, *part[5] = { NULL };

		for (size_t i = 0; i < ARRAY_LEN(part); i++)
			part[i] = strsep(&rest, ",\n");
		if (part[4] == NULL || strcmp(part[0], "code") == 0)
			continue;
		snprintf(oracle->orgs[oracle->n_orgs].code, sizeof oracle->orgs[0].code, "%s",
			 part[0]);
		snprintf(oracle->orgs[oracle->n_orgs++].parent, sizeof oracle->orgs[0].parent, "%s",
			 part[4]);
	}
	fclose(file);
}

static size_t org_at(const struct oracle *oracle, const char *code)
{
	size_t i = 0;

	while (i < oracle->n_orgs && (code == NULL || strcmp(oracle->orgs[i].code, code) != 0))
		i++;
	return i;
}

uint32_t oracle_org(const struct oracle *oracle, const char *code)
{
	size_t at = org_at(oracle, code);

	return at < oracle->n_orgs ? UINT32_C(1) << at : 0;
}

uint32_t oracle_org_up(const struct oracle *oracle, const char *code)
{
	uint32_t bits = 0;

	for (size_t at = org_at(oracle, code); at < oracle->n_orgs;
	     at = org_at(oracle, oracle->orgs[at].parent))
		bits |= UINT32_C(1) << at;
	return bits;
}

/* ---- JSON ---- */

const char *state_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int64_t json_int(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

bool json_id(const json_t *object, const char *key, struct uuid *ret_id)
{
	const char *text = state_text(object, key);

	return text != NULL && uuid_parse(text, ret_id) == ERR_OK;
}

/* ---- folding ---- */

struct known *oracle_known(const struct oracle *oracle, const struct uuid *id)
{
	for (size_t i = 0; i < oracle->n_known; i++)
		if (uuid_eq(&oracle->known[i].id, id))
			return &oracle->known[i];
	return NULL;
}

static void set_all(json_t *to, json_t *from)
{
	const char *key;
	json_t *value;

	json_object_foreach(from, key, value) {
		if (json_is_null(value))
			json_object_del(to, key);
		else
			json_object_set(to, key, value);
	}
}

/* The journal names personal values; what they are stands beside it. */
static bool value_each(void *ctx, const struct db_personal *row)
{
	json_object_set_new(ctx, row->field, json_string(row->value));
	return true;
}

static void look_up(struct oracle *oracle, json_t *state)
{
	static const char *const personal[] = { "reporter", "phone" };
	struct db *db = server_reader(oracle->world);
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(personal); i++) {
		const char *text = state_text(state, personal[i]);
		long long id;

		if (text == NULL || *text != '~')
			continue;
		id = strtoll(text + 1, NULL, 16);
		sim_must(oracle->world,
			 db_sqlite.personal_near(db, id, id, value_each, state, &err), &err,
			 "reading a personal value");
	}
}

static size_t child_at(json_t *children, const char *id)
{
	size_t i = 0;

	while (i < json_array_size(children) &&
	       strcmp(state_text(json_array_get(children, i), "id"), id) != 0)
		i++;
	return i;
}

static void add_children(json_t *state, json_t *add)
{
	const char *kind;
	json_t *list, *one, *children;
	size_t i;

	json_object_foreach(add, kind, list) {
		children = json_object_get(state, kind);
		if (children == NULL) {
			json_object_set_new(state, kind, json_array());
			children = json_object_get(state, kind);
		}
		json_array_foreach(list, i, one) {
			size_t at = child_at(children, state_text(one, "id"));

			if (at == json_array_size(children))
				json_array_append_new(children, json_object());
			set_all(json_array_get(children, at), one);
		}
	}
}

static void del_children(json_t *state, json_t *del)
{
	const char *kind;
	json_t *list, *one, *children;
	size_t i;

	json_object_foreach(del, kind, list) {
		children = json_object_get(state, kind);
		json_array_foreach(list, i, one) {
			size_t at = child_at(children, json_string_value(one));

			if (at < json_array_size(children))
				json_array_remove(children, at);
		}
		if (children != NULL && json_array_size(children) == 0)
			json_object_del(state, kind);
	}
}

static void note_due(struct oracle *oracle, const struct known *known)
{
	MEM_GROW(oracle->dues, oracle->n_dues, oracle->cap_dues);
	oracle->dues[oracle->n_dues++] =
		(struct seen_due){ known->id, json_int(known->state, "version"),
				   json_int(known->state, "due") };
}

static void apply(struct oracle *oracle, json_t *effect, const struct written *entry)
{
	struct world *world = oracle->world;
	struct known *known;
	struct uuid id;

	if (!json_id(effect, "id", &id))
		sim_fail(world, "entry %lld has an effect on nothing", (long long)entry->seq);
	known = oracle_known(oracle, &id);
	if (known == NULL) {
		MEM_GROW(oracle->known, oracle->n_known, oracle->cap_known);
		known = &oracle->known[oracle->n_known++];
		*known = (struct known){ .id = id, .state = json_object() };
		json_object_set(known->state, "kind", json_object_get(effect, "kind"));
		json_object_set(known->state, "id", json_object_get(effect, "id"));
		json_object_set_new(known->state, "version", json_integer(0));
	}
	if (json_int(known->state, "version") != json_int(effect, "from") ||
	    json_int(effect, "to") != json_int(effect, "from") + 1)
		sim_fail(world, "entry %lld: version %lld on %lld", (long long)entry->seq,
			 (long long)json_int(effect, "to"),
			 (long long)json_int(known->state, "version"));
	set_all(known->state, json_object_get(effect, "set"));
	look_up(oracle, known->state);
	del_children(known->state, json_object_get(effect, "del"));
	add_children(known->state, json_object_get(effect, "add"));
	json_object_set(known->state, "version", json_object_get(effect, "to"));
	json_object_set_new(known->state, "seq", json_integer(entry->seq));
	MEM_GROW(known->touches, known->n_touches, known->cap_touches);
	known->touches[known->n_touches++] = (struct touch){ entry->seq, entry->console };
	oracle_parties(oracle, known);
	oracle_absences(oracle, known);
	note_due(oracle, known);
}

/* ---- entries ---- */

enum { SLACK_MS = 75 * 1000 }; /* what the server allows for delays of the line, and more */

/* When it happened, by the true time: not before the console was last heard, not after it came. */
static void check_moment(struct oracle *oracle, const struct written *entry)
{
	struct world *world = oracle->world;
	struct deed *deed = ledger_find(world, &entry->act);
	int64_t skew = world->server.station.skew, contact;

	if (deed == NULL || uuid_is_nil(&entry->console))
		return;
	if (deed->folded) /* read again after a restore: when it was new it was right */
		return;
	if (entry->eff > entry->recv)
		sim_fail(world, "entry %lld happened after it came: %lld > %lld",
			 (long long)entry->seq, (long long)entry->eff, (long long)entry->recv);
	contact = deed->contact;
	for (int slot = 0; slot < SLOTS; slot++)
		if (deed->slots & 1u << slot && world->consoles[slot].away < contact)
			contact = world->consoles[slot].away;
	if (entry->eff < contact + skew - SLACK_MS)
		sim_fail(world, "entry %lld happened %lld ms before its console was last heard "
				"(at %lld; done at %lld; %s, it came at %lld)",
			 (long long)entry->seq, (long long)(contact + skew - entry->eff),
			 (long long)contact, (long long)deed->made, deed->desc->verb,
			 (long long)entry->recv);
	if (deed->steady && entry->eff < deed->made + skew)
		sim_fail(world, "entry %lld happened %lld ms before it was done",
			 (long long)entry->seq, (long long)(deed->made + skew - entry->eff));
	if (entry->eff < entry->recv - SLACK_MS)
		count_up(world, COUNT_late_acts);
}

static void check_order(const struct oracle *oracle, const struct written *entry)
{
	if (entry->seq != oracle->head + 1)
		sim_fail(oracle->world, "entry %lld follows %lld", (long long)entry->seq,
			 (long long)oracle->head);
	for (size_t i = oracle->n; i-- > 0;) { /* the server's own too: what fires does so once */
		const struct written *before = &oracle->entries[i];

		if (uuid_eq(&before->act, &entry->act))
			sim_fail(oracle->world, "entries %lld and %lld are of one act",
				 (long long)before->seq, (long long)entry->seq);
		if (!uuid_is_nil(&entry->console) &&
		    uuid_eq(&before->console, &entry->console) && before->n >= entry->n)
			sim_fail(oracle->world, "entry %lld: n %lld after %lld",
				 (long long)entry->seq, (long long)entry->n, (long long)before->n);
	}
}

/* Several kinds have acts of one name. */
static void count_act(const struct oracle *oracle, const json_t *act)
{
	const json_t *target = json_array_get(json_object_get(act, "target"), 0);
	const char *kind = state_text(target, "kind"), *verb = state_text(act, "verb");

	count_verb(oracle->world, kind != NULL ? kind : "", verb != NULL ? verb : "");
}

static bool entry_each(void *ctx, const struct db_entry *row)
{
	struct oracle *oracle = ctx;
	struct written entry = { .seq = row->seq };
	json_error_t wrong;
	json_t *root = json_loadb(row->bytes, row->len, JSON_REJECT_DUPLICATES, &wrong);
	json_t *act = json_object_get(root, "act"), *effect, *before;
	struct deed *deed;
	size_t i;

	if (root == NULL || !json_id(act, "id", &entry.act))
		sim_fail(oracle->world, "entry %lld is no JSON: %s", (long long)row->seq,
			 wrong.text);
	(void)json_id(act, "console", &entry.console);
	entry.n = json_int(act, "n");
	entry.recv = json_int(root, "recv");
	entry.eff = json_int(root, "eff");
	if (str_eq(state_text(act, "verb"), "fire"))
		count_up(oracle->world, COUNT_fired);
	check_order(oracle, &entry);
	check_moment(oracle, &entry);
	deed = ledger_find(oracle->world, &entry.act);
	if (deed != NULL) /* also when its console does not know it before the data are restored */
		deed->folded = true;
	count_act(oracle, act);
	before = rules_before(oracle, act);
	json_array_foreach(json_object_get(root, "effects"), i, effect)
		apply(oracle, effect, &entry);
	rules_judge(oracle, &entry, act, before);
	json_decref(before);
	MEM_GROW(oracle->entries, oracle->n, oracle->cap);
	oracle->entries[oracle->n++] = entry;
	oracle->head = row->seq;
	json_decref(root);
	return true;
}

void oracle_follow(struct world *world)
{
	struct db *db;
	struct error err = ERROR_INIT;

	if (!world->server.touched || world->server.service == NULL)
		return;
	world->server.touched = false;
	db = server_reader(world);
	sim_must(world, db_sqlite.journal_scan(db, world->oracle->head, entry_each, world->oracle,
					       &err),
		 &err, "reading the journal");
	rules_settled(world->oracle);
}

/* ---- life ---- */

struct oracle *oracle_new(struct world *world)
{
	struct oracle *oracle = mem_alloc(sizeof *oracle);

	oracle->world = world;
	oracle->fired = json_object();
	oracle->following = json_array();
	read_orgs(oracle);
	return oracle;
}

void oracle_forget(struct world *world)
{
	struct oracle *oracle = world->oracle;

	for (size_t i = 0; i < oracle->n_known; i++) {
		json_decref(oracle->known[i].state);
		free(oracle->known[i].touches);
	}
	for (size_t i = 0; i < world->ledger.n; i++)
		world->ledger.items[i].resent |= world->ledger.items[i].folded;
	oracle->n_known = oracle->n = 0;
	oracle->head = 0;
	json_object_clear(oracle->fired);
	json_array_clear(oracle->following);
	world->server.touched = true;
}

void oracle_free(struct oracle *oracle)
{
	oracle_forget(oracle->world);
	json_decref(oracle->fired);
	json_decref(oracle->following);
	free(oracle->known);
	free(oracle->entries);
	free(oracle->dues);
	free(oracle);
}
