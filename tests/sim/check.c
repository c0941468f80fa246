/* The invariants: what must hold after every step, and what at every quiet point. */
#include <config.h>

#include "zhiban/client/value.h"
#include "zhiban/client/whistle.h"
#include "zhiban/server/verify.h"
#include "zhiban/wire/entity.h"

#include "sim.h"

/* ---- acts ---- */

static const struct outbox_row *row_of(const struct outbox_row *rows, size_t n,
				       const struct uuid *act)
{
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(&rows[i].id, act))
			return &rows[i];
	return NULL;
}

static void name_deed(const struct deed *deed, char text[160])
{
	char id[UUID_TEXT];

	uuid_text(&deed->id, id);
	snprintf(text, 160, "act %s (%s by %s, n %lld)", id, deed->desc->verb, deed->officer,
		 (long long)deed->n);
}

/* What stands already, or is no longer true, a console's own act does not write again, and no note of
 * it lies on any desk. */
static bool may_vanish(const struct deed *deed)
{
	return deed->desc->flags & ACT_SELF;
}

/* An act confirmed is in the outbox, in a journal, on the desk, or dropped by an officer. */
static void check_deed(struct world *world, int slot, struct deed *deed,
		       const struct outbox_row *rows, size_t n)
{
	const struct outbox_row *row = row_of(rows, n, &deed->id);
	bool written = oracle_times(world->oracle, &deed->id) > 0;
	char name[160];

	name_deed(deed, name);
	if (row != NULL && row->state == ACT_REFUSED) {
		if (!deed->refused)
			count_up(world, COUNT_conflicts);
		deed->refused = true;
		if (written)
			sim_fail(world, "%s is in the journal and refused on c%d", name, slot);
		return;
	}
	if (row != NULL && row->note[0] != '\0' && !deed->merged) {
		deed->merged = true;
		count_up(world, COUNT_merged);
	}
	deed->folded |= written;
	if (row == NULL && !deed->folded && !may_vanish(deed))
		sim_fail(world, "%s is lost: not in the outbox of c%d, not in the journal", name,
			 slot);
	if (row == NULL)
		deed->left |= 1u << slot;
	else
		deed->left &= ~(1u << slot);
}

static void check_numbers(struct world *world, int slot, const struct outbox_row *rows, size_t n)
{
	int64_t last = store_meta_int(world->consoles[slot].look, "n");

	for (size_t i = 0; i < n; i++)
		if (rows[i].n > last || (i > 0 && rows[i].n <= rows[i - 1].n))
			sim_fail(world, "c%d: n %lld in the outbox, the last one given is %lld",
				 slot, (long long)rows[i].n, (long long)last);
}

static void check_outbox(struct world *world, int slot)
{
	struct console *console = &world->consoles[slot];
	int64_t version = store_data_version(console->look);
	struct outbox_row *rows;
	size_t n;

	if (version == console->look_version)
		return;
	console->look_version = version;
	console_look(world, slot, &rows, &n);
	check_numbers(world, slot, rows, n);
	for (size_t i = 0; i < world->ledger.n; i++) {
		struct deed *deed = &world->ledger.items[i];

		if (deed->slots & 1u << slot && !deed->dropped && !deed->again)
			check_deed(world, slot, deed, rows, n);
	}
}

void check_step(struct world *world)
{
	oracle_follow(world);
	for (int slot = 0; slot < SLOTS; slot++)
		if (world->consoles[slot].used)
			check_outbox(world, slot);
}

/* ---- what a face shows ---- */

static const struct client_waiting *waiting_of(const struct client_waiting *rows, size_t n,
					       const struct uuid *act)
{
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(&rows[i].act.id, act))
			return &rows[i];
	return NULL;
}

/* What one of another view has waiting here is shown to nobody else, so it is not there for him. */
static bool same_eye(struct client *client, const char *a, const char *b)
{
	const struct rules *rules = client_rules(client);

	return rules_role(rules, a)->sees == rules_role(rules, b)->sees;
}

/* What left the outbox is in the cache by then: nothing flickers back. */
static void check_folded(struct world *world, int slot, struct client *client, struct deed *deed)
{
	const struct actor *actor = client_actor(client);
	int64_t seq = oracle_seq_of(world->oracle, &deed->id);
	struct incident *incident = NULL;
	struct client_notice notice;
	struct client_whistle whistle;
	const struct inspection *inspection = NULL;
	const struct entity *shown = NULL;
	char name[160];

	if (deed->shown & 1u << slot || actor == NULL || seq == 0 || world->consoles[slot].damage ||
	    strcmp(actor->org, deed->org) != 0 || !same_eye(client, actor->role, deed->role))
		return;
	if (deed->desc->target == KIND_MODE)
		shown = (const struct entity *)client_mode(client);
	else if (deed->desc->target == KIND_NOTICE &&
		 client_notice_get(client, &deed->target, &world->arena, &notice, NULL) == ERR_OK)
		shown = &notice.notice->head;
	else if (deed->desc->target == KIND_INSPECTION &&
		 client_inspection(client, &deed->target, &world->arena, &inspection, NULL, NULL) ==
			 ERR_OK &&
		 inspection != NULL)
		shown = &inspection->head;
	else if (deed->desc->target == KIND_WHISTLE &&
		 client_whistle_get(client, &deed->target, &world->arena, &whistle, NULL) == ERR_OK)
		shown = &whistle.whistle->head;
	else if (deed->desc->target == KIND_INCIDENT &&
		 client_get(client, &deed->target, &world->arena, &incident, NULL) == ERR_OK)
		shown = &incident->head;
	if (shown == NULL)
		shown = sim_shown(world, client, kind_desc(deed->desc->target)->name, &deed->target);
	name_deed(deed, name);
	if (shown == NULL && !oracle_sees(world->oracle, actor->org, actor->role, &deed->target))
		return; /* it was kept from them since */
	if (shown == NULL || shown->seq < seq) {
		if (!world->consoles[slot].cleared)
			sim_fail(world, "%s left the outbox of c%d, and what is shown is of "
					"entry %lld, not %lld",
				 name, slot, shown != NULL ? (long long)shown->seq : 0LL,
				 (long long)seq);
		return;
	}
	deed->shown |= 1u << slot;
}

/* Nobody else has touched it, nothing before it was refused: what its author set last is what he
 * sees. */
static void check_value(struct world *world, int slot, struct client *client,
			const struct deed *deed)
{
	const struct console *console = &world->consoles[slot];
	struct incident *shown;
	struct value value;
	char name[160];

	if (deed->field == NULL || console->copied || console->damage || console->untold ||
	    oracle_foreign_seq(world->oracle, &deed->target, &console->id) != 0)
		return;
	for (size_t i = world->ledger.n; i-- > 0;) {
		const struct deed *later = &world->ledger.items[i];

		bool same = uuid_eq(&later->target, &deed->target) && later->slots & 1u << slot;

		if (same && (later > deed || later->refused))
			return; /* set again, or hangs on what was refused */
	}
	if (client_get(client, &deed->target, &world->arena, &shown, NULL) != ERR_OK)
		return;
	if (!shown->open)
		return; /* closed by another of his consoles a moment before: that is not corrected */
	if (client_possible(client, shown, deed->desc, NULL) != ERR_OK)
		return; /* sent up or given away there a moment before: it is his no more */
	value = field_get(deed->field, shown);
	name_deed(deed, name);
	if (!value.is_text || value.text == NULL || strcmp(value.text, deed->text) != 0)
		sim_fail(world, "%s set %s to \"%s\"; c%d shows \"%s\"", name, deed->field->name,
			 deed->text, slot, value.text != NULL ? value.text : "");
}

/* What the feed brought of an act is kept only after its answer: else it would be in both. */
static void check_ahead(struct world *world, int slot, struct client *client,
			const struct deed *deed)
{
	int64_t seq = oracle_seq_of(world->oracle, &deed->id);
	struct client_entries entries;
	char name[160];

	if (seq == 0 || deed->resent || world->consoles[slot].copied || world->consoles[slot].damage ||
	    client_entries(client, &deed->target, &world->arena, &entries, NULL) != ERR_OK)
		return;
	name_deed(deed, name);
	for (size_t i = 0; i < entries.n; i++)
		if (entries.items[i].seq == seq &&
		    uuid_eq(&entries.items[i].act.id, &deed->id))
			sim_fail(world, "%s: entry %lld is in the cache of c%d, and in the outbox "
					"it has no answer",
				 name, (long long)seq, slot);
}

static void check_dues(struct world *world, int slot, struct client *client)
{
	static const struct client_order board = { .field = NULL };
	struct client_page page;
	struct error err = ERROR_INIT;
	char id[UUID_TEXT];
	enum err code = client_page(client, &board, NULL, PAGE_FROM, 12, &world->arena, &page, &err);

	if (code == ERR_CORRUPT && world->consoles[slot].damage)
		return; /* a torn page: the screen says so, and the worker makes the cache anew */
	sim_must(world, code, &err, "the board");
	for (size_t i = 0; i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;

		if (page.rows[i].marks & ROW_PENDING || world->consoles[slot].damage)
			continue;
		uuid_text(&incident->head.id, id);
		if (!oracle_due_known(world->oracle, &incident->head.id, incident->head.version,
				      incident->due))
			sim_fail(world, "c%d shows %s (version %lld) due at %lld: never so", slot,
				 id, (long long)incident->head.version, (long long)incident->due);
	}
}

void check_face(struct world *world, int slot, struct client *client)
{
	struct client_waiting *rows;
	struct error err = ERROR_INIT;
	size_t n;

	sim_must(world, client_outbox(client, false, &world->arena, &rows, &n, &err), &err,
		 "listing the outbox");
	for (size_t i = 0; i < world->ledger.n; i++) {
		struct deed *deed = &world->ledger.items[i];
		const struct client_waiting *row;

		if (!(deed->slots & 1u << slot) || deed->dropped || deed->again || deed->refused)
			continue;
		if (deed->left & deed->shown & 1u << slot)
			continue;
		row = waiting_of(rows, n, &deed->id);
		if (row == NULL)
			check_folded(world, slot, client, deed);
		else if (row->state != OUTBOX_REFUSED)
			check_value(world, slot, client, deed);
		if (row != NULL && (row->state == OUTBOX_PENDING || row->state == OUTBOX_SENT))
			check_ahead(world, slot, client, deed);
	}
	check_dues(world, slot, client);
}

/* ---- two faces ---- */

/* Dues and moments hang on the measured clock, which goes on; all else is the same for both. */
static void compare_shown(struct world *world, int slot, struct client *old, struct client *fresh,
			  const struct uuid *id)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct incident *a = NULL, *b = NULL;
	char text[UUID_TEXT];

	if (client_get(old, id, &world->arena, &a, NULL) != ERR_OK)
		a = NULL;
	if (client_get(fresh, id, &world->arena, &b, NULL) != ERR_OK)
		b = NULL;
	uuid_text(id, text);
	if ((a == NULL) != (b == NULL))
		sim_fail(world, "c%d shows %s on one face alone", slot, text);
	for (size_t i = 0; a != NULL && i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];

		if (field->type != FIELD_TIME && strcmp(field->name, "due_clock") != 0 &&
		    strcmp(field->name, "owed") != 0 && /* of acts that fit at some moments only */
		    !value_eq(field_get(field, a), field_get(field, b)))
			sim_fail(world, "c%d shows another %s of %s than a face that opens now",
				 slot, field->name, text);
	}
}

/* What is shown is the cache with the outbox put over it, however it came about: a face that has
 * been open for long shows what one shows that opens this moment. */
void check_fresh(struct world *world, int slot, struct client *client)
{
	struct client_options options = { .dir = world->consoles[slot].dir,
					  .env = &world->consoles[slot].station.env };
	struct client_waiting *rows;
	struct client *fresh;
	struct error err = ERROR_INIT;
	size_t n;

	if (client_open(&options, &fresh, &err) != ERR_OK)
		return;
	sim_must(world, client_outbox(client, false, &world->arena, &rows, &n, &err), &err,
		 "listing the outbox");
	for (size_t i = 0; i < n; i++)
		compare_shown(world, slot, client, fresh, &rows[i].act.target.id);
	client_close(fresh);
	count_up(world, COUNT_faces_compared);
}

/* ---- quiet points ---- */

static void check_answered(struct world *world)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		struct outbox_row *rows;
		size_t n;

		if (!world->consoles[slot].used)
			continue;
		console_look(world, slot, &rows, &n);
		for (size_t i = 0; i < n; i++)
			if (rows[i].state < ACT_ANSWERED)
				sim_fail(world, "c%d: n %lld has no answer", slot,
					 (long long)rows[i].n);
	}
	for (size_t i = 0; i < world->ledger.n; i++) {
		struct deed *deed = &world->ledger.items[i];
		char name[160];
		bool on_desk = false;

		for (int slot = 0; slot < SLOTS && !on_desk; slot++) {
			struct outbox_row *rows;
			size_t n;

			if (!world->consoles[slot].used || !(deed->slots & 1u << slot))
				continue;
			console_look(world, slot, &rows, &n);
			on_desk = row_of(rows, n, &deed->id) != NULL;
		}
		name_deed(deed, name);
		if (deed->dropped || deed->again || on_desk ||
		    (may_vanish(deed) && oracle_times(world->oracle, &deed->id) == 0) ||
		    oracle_times(world->oracle, &deed->id) == 1)
			continue;
		deed->dropped = deed->at_risk;
		if (deed->at_risk)
			count_up(world, COUNT_lost_by_restore);
		else
			sim_fail(world, "%s is %d times in the journal, and on no desk", name,
				 oracle_times(world->oracle, &deed->id));
	}
}

/* What is not to be seen has left no line of its timeline either. */
static void check_traceless(struct world *world, int slot, struct client *client,
			    const struct uuid *id)
{
	struct client_entries entries;
	char text[UUID_TEXT];

	if (client_entries(client, id, &world->arena, &entries, NULL) != ERR_OK)
		return;
	uuid_text(id, text);
	for (size_t i = 0; i < entries.n; i++)
		if (entries.items[i].seq > 0)
			sim_fail(world, "c%d must not see %s and has entry %lld of it", slot, text,
				 (long long)entries.items[i].seq);
}

/* As of incidents: who must see it sees what the journal says, and nobody else sees any of it. */
static void compare_whistle(struct world *world, int slot, struct client *client,
			    const struct uuid *id, const char *wanted)
{
	const struct actor *actor = client_actor(client);
	struct client_whistle whistle = { .whistle = NULL };
	struct str bytes = STR_INIT;
	char text[UUID_TEXT];

	if (client_whistle_get(client, id, &world->arena, &whistle, NULL) == ERR_OK)
		entity_encode(whistle.whistle, &bytes);
	uuid_text(id, text);
	if ((wanted == NULL) != (bytes.len == 0))
		sim_fail(world, "c%d (%s of %s): the whistle %s is %s", slot, actor->officer,
			 actor->org, text, bytes.len == 0 ? "missing" : "there");
	if (wanted == NULL)
		check_traceless(world, slot, client, id);
	if (wanted != NULL && strcmp(wanted, str_get(&bytes)) != 0)
		sim_fail(world, "c%d (%s of %s) shows\n#   %s\n# the journal says\n#   %s", slot,
			 actor->officer, actor->org, str_get(&bytes), wanted);
	str_release(&bytes);
	count_up(world, COUNT_whistles_compared);
}

static void compare_whistles(struct world *world, int slot, struct client *client)
{
	const struct actor *actor = client_actor(client);

	for (size_t i = 0; i < oracle_count(world->oracle); i++) {
		struct uuid id;
		char *wanted;

		if (!oracle_at_whistle(world->oracle, i, &id))
			continue;
		wanted = oracle_bytes(world, i, actor->org, actor->role);
		compare_whistle(world, slot, client, &id, wanted);
		free(wanted);
	}
}

static void compare(struct world *world, int slot, struct client *client)
{
	const struct actor *actor = client_actor(client);
	struct client_counts counts;
	struct error err = ERROR_INIT;
	int64_t expected = 0;

	for (size_t i = 0; i < oracle_count(world->oracle); i++) {
		struct incident *shown = NULL;
		struct str bytes = STR_INIT;
		struct uuid id;
		char *wanted, text[UUID_TEXT];

		if (!oracle_at(world->oracle, i, &id))
			continue;
		wanted = oracle_bytes(world, i, actor->org, actor->role);
		if (client_get(client, &id, &world->arena, &shown, NULL) == ERR_OK)
			entity_encode(shown, &bytes);
		uuid_text(&id, text);
		if ((wanted == NULL) != (shown == NULL))
			sim_fail(world, "c%d (%s of %s): %s is %s", slot, actor->officer, actor->org,
				 text, shown == NULL ? "missing" : "there");
		if (wanted == NULL)
			check_traceless(world, slot, client, &id);
		if (wanted != NULL && strcmp(wanted, str_get(&bytes)) != 0)
			sim_fail(world, "c%d (%s of %s) shows\n#   %s\n# the journal says\n#   %s",
				 slot, actor->officer, actor->org, str_get(&bytes), wanted);
		expected += wanted != NULL;
		free(wanted);
		str_release(&bytes);
		count_up(world, COUNT_compared);
	}
	sim_must(world, client_counts(client, &counts, &err), &err, "counts");
	if (counts.total != expected)
		sim_fail(world, "c%d counts %lld incidents, there are %lld", slot,
			 (long long)counts.total, (long long)expected);
}

void check_quiet(struct world *world)
{
	struct verify_report report;
	struct error err = ERROR_INIT;

	check_step(world);
	check_answered(world);
	for (int slot = 0; slot < SLOTS; slot++) {
		struct console *console = &world->consoles[slot];

		for (int at = 0; console->used && at < PROCS; at++) {
			if (!console->procs[at].alive)
				continue;
			proc_poll(world, slot, at);
			as_proc(world, slot, at);
			if (client_actor(console->procs[at].client) == NULL)
				sim_fail(world, "c%d: nobody is logged in at the end", slot);
			compare(world, slot, console->procs[at].client);
			compare_whistles(world, slot, console->procs[at].client);
			compare_duties(world, slot, console->procs[at].client);
			as_sim(world);
		}
	}
	if (verify_data(&db_sqlite, world->server.path, NULL, NULL, &report, &err) != ERR_OK)
		sim_fail(world, "verify: %s", err.text);
	count_up(world, COUNT_quiet);
}
