#include <config.h>

#include "zhiban/client/desk.h"

#include <ctype.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/store/outbox_desk.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"

#include "act_priv.h"
#include "thing_priv.h"

const char *outbox_state_name(enum outbox_state state)
{
	static const char *const names[] = { "pending", "sent", "answered", "refused", "merged" };

	return names[state];
}

const char *outbox_state_words(enum outbox_state state)
{
	static const char *const words[] = { N_("to send"), N_("sent"), N_("accepted"),
					     N_("refused"), N_("see its note") };

	return _(words[state]);
}

/* A whistle's act as its kind of summons calls it. */
static const char *label_of(struct client *client, const struct act *act, struct arena *arena)
{
	const struct rules *rules = client->rules;
	struct thing thing;

	if (joint_has(act->target.kind))
		return _(act->desc->title);
	if (act->target.kind != KIND_WHISTLE ||
	    thing_get(client, KIND_WHISTLE, &act->target.id, "", arena, &thing, NULL) != ERR_OK)
		return rules_act_label(rules, act->desc);
	return summons_act_label(rules, whistle_summons(rules, thing.shown), act->desc);
}

/* A check is called as its list has it. */
static const char *kind_words(struct client *client, const struct outbox_row *row,
			      struct arena *arena)
{
	struct thing thing;
	struct act act;

	if (thing_get(client, KIND_INSPECTION, &row->target, "", arena, &thing, NULL) == ERR_OK &&
	    ((const struct inspection *)thing.shown)->label != NULL)
		return ((const struct inspection *)thing.shown)->label;
	if (act_decode(row->body, row->len, arena, &act, NULL) == ERR_OK &&
	    act_text(&act, "label") != NULL)
		return act_text(&act, "label");
	return "";
}

/* What the act's target is called: shown, cached, or by the act's own place. */
static const char *target_mark(struct client *client, const struct outbox_row *row, enum kind kind,
			       struct arena *arena)
{
	struct incident *incident = NULL;
	struct uuid mode = mode_id();
	struct thing thing;
	char buf[48];

	if (uuid_eq(&row->target, &mode))
		return client->rules->brief != NULL ? client->rules->brief : "";
	if (kind == KIND_WHISTLE &&
	    thing_get(client, kind, &row->target, "", arena, &thing, NULL) == ERR_OK) {
		struct client_whistle whistle = { thing.shown, thing.marks, thing.n };

		return arena_strdup(arena, client_whistle_mark(&whistle, buf));
	}
	if (joint_has(kind) &&
	    thing_get(client, kind, &row->target, "", arena, &thing, NULL) == ERR_OK &&
	    joint_mark(kind, &thing, buf)[0] != '\0')
		return arena_strdup(arena, buf);
	if (kind == KIND_INSPECTION)
		return kind_words(client, row, arena);
	if (overlay_state(client, &row->target, arena, &incident, NULL) != ERR_OK ||
	    incident == NULL)
		return row->number[0] != '\0' ? row->number :
						arena_printf(arena, _("no number yet-%lld"),
							     (long long)row->n);
	return arena_strdup(arena, client_mark(client, incident, buf));
}

/* ---- what lies on the desk ---- */

/* Acts of the outbox with what they hang on. */
struct chain {
	const struct outbox_row *rows;
	const struct act *acts; /* of the rows; verb NULL: not understood */
	size_t n;
};

static const struct outbox_row *refused_row(const struct chain *chain, const struct uuid *id,
					    size_t *ret_at)
{
	for (size_t i = 0; i < chain->n; i++) {
		if (chain->rows[i].state == ACT_REFUSED && uuid_eq(&chain->rows[i].id, id)) {
			*ret_at = i;
			return &chain->rows[i];
		}
	}
	return NULL;
}

/* The first refused act of those the i-th hung on, one by the other; NULL: none lies here. */
static const struct outbox_row *leader_of(const struct chain *chain, size_t i)
{
	const struct outbox_row *leader = NULL, *next;
	size_t at = i;

	for (size_t steps = 0; steps < chain->n; steps++) { /* files from outside may run in rings */
		next = refused_row(chain, &chain->acts[at].after, &at);
		if (next == NULL)
			break;
		leader = next;
	}
	return leader;
}

/* Whether the i-th is refused and hung on that act, be it through others. */
static bool hangs_on(const struct chain *chain, size_t i, const struct uuid *leader)
{
	size_t at = i;

	if (chain->rows[i].state != ACT_REFUSED)
		return false;
	for (size_t steps = 0; steps < chain->n; steps++) {
		if (uuid_eq(&chain->acts[at].after, leader))
			return true;
		if (refused_row(chain, &chain->acts[at].after, &at) == NULL)
			return false;
	}
	return false;
}

static const struct entity *entity_of(const char *bytes, size_t len, enum kind kind,
				      struct arena *arena)
{
	void *entity;

	if (bytes == NULL || entity_decode(bytes, len, arena, &entity, NULL) != ERR_OK ||
	    ((struct entity *)entity)->kind != kind)
		return NULL;
	return entity;
}

static enum err fill_desk(struct client *client, const struct outbox_row *row,
			  struct arena *arena, struct client_waiting *to, struct error *err)
{
	const struct act_desc *desc = NULL;
	void *mine;
	struct outbox_by by;
	const char *seen;
	size_t len;
	enum err code = outbox_seen(client->outbox, &row->id, arena, &seen, &len, err);

	if (code == ERR_OK)
		code = outbox_said(client->outbox, &row->id, arena, &by, err);
	if (code != ERR_OK)
		return code;
	to->by = (struct answer_by){ .officer = by.officer, .org = by.org, .verb = by.verb,
				     .at = by.at, .seq = by.seq };
	if (by.verb != NULL)
		desc = act_desc_of(to->act.target.kind, by.verb);
	if (desc != NULL)
		to->by_label = to->act.desc == desc ? to->label : rules_act_label(client->rules, desc);
	else if (by.verb != NULL)
		to->by_label = by.verb;
	to->theirs = entity_of(row->theirs, row->theirs_len, to->act.target.kind, arena);
	to->base = entity_of(seen, len, to->act.target.kind, arena);
	if (to->act.target.kind != KIND_MODE &&
	    act_effects(client, &to->act, to->base, true, arena, &mine, NULL) == ERR_OK)
		to->mine = mine;
	return ERR_OK;
}

static enum err fill(struct client *client, const struct chain *chain, size_t i,
		     struct arena *arena, struct client_waiting *to, struct error *err)
{
	const struct outbox_row *row = &chain->rows[i], *leader = NULL;
	const struct actor *actor = client->actor;

	*to = (struct client_waiting){ .act = chain->acts[i],
				       .state = (enum outbox_state)row->state,
				       .seq = row->seq,
				       .sentence = row->sentence,
				       .note = row->note,
				       .by_label = "" };
	to->act.n = row->n;
	to->own = actor != NULL && strcmp(actor->officer, row->officer) == 0;
	to->label = label_of(client, &to->act, arena);
	to->mark = target_mark(client, row, to->act.target.kind, arena);
	if (row->state == ACT_REFUSED) {
		to->code = err_from_name(row->code);
		leader = leader_of(chain, i);
	}
	if (leader != NULL)
		to->leader = leader->n;
	return row->state >= ACT_REFUSED ? fill_desk(client, row, arena, to, err) : ERR_OK;
}

static void load_chain(const struct client *client, struct arena *arena, struct chain *ret_chain)
{
	const struct outbox_row *rows = client->waiting.rows;
	size_t n = client->waiting.n;
	struct act *acts = arena_array(arena, n + 1, sizeof *acts);

	for (size_t i = 0; i < n; i++)
		if (act_decode(rows[i].body, rows[i].len, arena, &acts[i], NULL) != ERR_OK)
			acts[i] = (struct act){ .desc = NULL };
	*ret_chain = (struct chain){ rows, acts, n };
}

enum err client_outbox(struct client *client, bool desk_only, struct arena *arena,
		       struct client_waiting **ret_rows, size_t *ret_n, struct error *err)
{
	struct client_waiting *waiting;
	struct chain chain;
	size_t out = 0;
	enum err code = ERR_OK;

	load_chain(client, arena, &chain);
	waiting = arena_array(arena, chain.n + 1, sizeof *waiting);
	for (size_t i = 0; i < chain.n && code == ERR_OK; i++) {
		if (chain.acts[i].desc == NULL || (desk_only && chain.rows[i].state < ACT_REFUSED))
			continue;
		code = fill(client, &chain, i, arena, &waiting[out++], err);
	}
	if (code != ERR_OK)
		return code;
	*ret_rows = waiting;
	*ret_n = out;
	return ERR_OK;
}

/* ---- deciding ---- */

/* Who is logged in may decide about it. */
static enum err may_decide(const struct client *client, const struct outbox_row *row,
			   struct error *err)
{
	if (client->read_only)
		return error_set(err, ERR_DENIED, "%s", _("this console is read-only"));
	if (client->actor == NULL || strcmp(client->actor->officer, row->officer) != 0)
		return error_set(err, ERR_DENIED, _("it is %s's: only who did it decides"),
				 row->officer);
	return ERR_OK;
}

static enum err find_row(const struct client *client, const struct uuid *id,
			 const struct outbox_row **ret_row, struct error *err)
{
	for (size_t i = 0; i < client->waiting.n; i++) {
		if (uuid_eq(&client->waiting.rows[i].id, id)) {
			*ret_row = &client->waiting.rows[i];
			return ERR_OK;
		}
	}
	return error_set(err, ERR_NOT_FOUND, "%s", _("no such act waits here"));
}

/* Such an act on the desk, that the officer may decide about. */
static enum err find_item(const struct client *client, const struct uuid *id,
			  const struct outbox_row **ret_row, struct error *err)
{
	enum err code = find_row(client, id, ret_row, err);

	if (code == ERR_OK && (*ret_row)->state < ACT_REFUSED)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("that act does not lie on the desk"));
	return code == ERR_OK ? may_decide(client, *ret_row, err) : code;
}

/* We took them out ourselves. */
static void took_out(struct client *client, const struct uuid *acts, size_t n)
{
	struct client_change change = { .bits = 0 };

	for (size_t i = 0; i < n; i++)
		waiting_remove(client, &acts[i]);
	client->outbox_dirty = true;
	change.any = mode_load(client); /* what was done behind it is judged again */
	overlay_replay(client, &change);
	link_load(client);
}

enum err client_desk_drop(struct client *client, const struct uuid *act, struct error *err)
{
	const struct outbox_row *row;
	enum err code = find_item(client, act, &row, err);

	if (code == ERR_OK)
		code = outbox_drop(client->outbox, act, 1, err);
	if (code == ERR_OK)
		took_out(client, act, 1);
	return code;
}

enum err client_desk_drop_all(struct client *client, const struct uuid *leader, size_t *ret_n,
			      struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct outbox_row *row;
	struct uuid *ids = NULL;
	struct chain chain;
	size_t n = 0;
	enum err code = find_item(client, leader, &row, err);

	if (code == ERR_OK) {
		load_chain(client, &arena, &chain);
		ids = arena_array(&arena, chain.n + 1, sizeof *ids);
		for (size_t i = 0; i < chain.n; i++)
			if (uuid_eq(&chain.rows[i].id, leader) || hangs_on(&chain, i, leader))
				if (strcmp(chain.rows[i].officer, row->officer) == 0)
					ids[n++] = chain.rows[i].id;
		code = outbox_drop(client->outbox, ids, n, err);
	}
	if (code == ERR_OK) {
		took_out(client, ids, n);
		*ret_n = n;
	}
	arena_release(&arena);
	return code;
}

enum err client_desk_again(struct client *client, const struct uuid *act, const struct given *given,
			   size_t n_given, struct client_done *ret_done, struct error *err)
{
	return client_desk_again_phone(client, act, given, n_given, NULL, ret_done, err);
}

/* Whoever sends it again has seen what stands now: which edit the old act had seen is left out,
 * and said anew. */
static const struct given *without_rev(const struct given *given, size_t *n, struct arena *arena)
{
	struct given *kept = arena_array(arena, *n + 1, sizeof *kept);
	size_t used = 0;

	for (size_t i = 0; i < *n; i++)
		if (strcmp(given[i].field->name, "rev") != 0)
			kept[used++] = given[i];
	*n = used;
	return kept;
}

enum err client_desk_again_phone(struct client *client, const struct uuid *act,
				 const struct given *given, size_t n_given,
				 const struct by_phone *phone, struct client_done *ret_done,
				 struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct outbox_row *row;
	struct act old;
	enum err code = find_item(client, act, &row, err);

	if (code == ERR_OK && row->state == ACT_MERGED)
		code = error_set(err, ERR_REFUSED, "%s",
				 _("it was accepted: its note is to be read, there is nothing to "
				   "send again"));
	if (code == ERR_OK)
		code = act_decode(row->body, row->len, &arena, &old, err);
	if (code == ERR_OK && given == NULL) {
		given = old.given;
		n_given = old.n_given;
	}
	if (code == ERR_OK)
		given = without_rev(given, &n_given, &arena);
	if (code == ERR_OK)
		code = act_do(client, old.desc, &old.target.id, given, n_given,
			      phone != NULL ? phone : &old.by_phone, act, ret_done,
			      err);
	if (code == ERR_OK)
		link_load(client);
	arena_release(&arena);
	return code;
}

/* What was shown to somebody stays said. */
static enum err is_deed(const struct outbox_row *row, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct act act;
	bool read = act_decode(row->body, row->len, &arena, &act, NULL) == ERR_OK;
	bool shown = read && strcmp(act.desc->verb, "reveal") == 0;
	bool own = read && act.desc->flags & ACT_SELF;

	arena_release(&arena);
	if (own)
		return error_set(err, ERR_REFUSED, "%s",
				 _("the console wrote it down by itself: that stays"));
	return shown ? error_set(err, ERR_REFUSED, "%s",
				 _("a personal value was shown: that stays in the journal")) :
		       ERR_OK;
}

enum err client_take_back(struct client *client, const struct uuid *act, struct error *err)
{
	const struct outbox_row *row = NULL;
	enum err code = find_row(client, act, &row, err);

	if (code == ERR_OK)
		code = may_decide(client, row, err);
	if (code == ERR_OK)
		code = is_deed(row, err);
	if (code == ERR_OK)
		code = outbox_take_back(client->outbox, act, err);
	if (code == ERR_OK)
		took_out(client, act, 1);
	return code;
}

static bool hex_starts(const struct uuid *id, const char *words)
{
	char text[UUID_TEXT], hex[33];
	size_t at = 0, len = 0;

	uuid_text(id, text);
	for (const char *c = text; *c != '\0'; c++)
		if (*c != '-')
			hex[at++] = *c;
	for (; *words != '\0'; words++) {
		if (*words == '-')
			continue;
		if (len == 32 || tolower((unsigned char)*words) != hex[len++])
			return false;
	}
	return len >= 8;
}

enum err client_find_act(struct client *client, const char *words, struct uuid *ret_act,
			 struct error *err)
{
	const struct outbox_row *rows = client->waiting.rows;
	struct uuid found;
	size_t fits = 0;
	long long number = 0;
	bool by_n = str_int(words, 1, INT32_MAX, &number);

	for (size_t i = 0; i < client->waiting.n; i++) {
		if ((by_n && rows[i].n == number) || hex_starts(&rows[i].id, words)) {
			found = rows[i].id;
			fits++;
		}
	}
	if (fits == 0)
		return error_set(err, ERR_NOT_FOUND, _("no act \"%s\" waits here"), words);
	if (fits > 1)
		return error_set(err, ERR_INPUT, _("%s fits several: give more digits"), words);
	*ret_act = found;
	return ERR_OK;
}
