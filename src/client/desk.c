#include <config.h>

#include "zhiban/client/desk.h"

#include <ctype.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"

#include "act_priv.h"
#include "client_priv.h"

const char *outbox_state_name(enum outbox_state state)
{
	static const char *const names[] = { "pending", "sent", "answered", "refused" };

	return names[state];
}

/* What the act's target is called: shown, cached, or by the act's own place. */
static const char *target_mark(struct client *client, const struct outbox_row *row,
			       struct arena *arena)
{
	struct incident *incident = NULL;
	char buf[48];

	if (overlay_state(client, &row->target, arena, &incident, NULL) != ERR_OK ||
	    incident == NULL)
		return arena_printf(arena, _("no number yet-%lld"), (long long)row->n);
	return arena_strdup(arena, client_mark(client, incident, buf));
}

static bool fill(struct client *client, const struct outbox_row *row, struct arena *arena,
		 struct client_waiting *to)
{
	void *theirs = NULL;

	*to = (struct client_waiting){ .state = (enum outbox_state)row->state,
				       .seq = row->seq,
				       .sentence = row->sentence,
				       .note = row->note };
	if (act_decode(row->body, row->len, arena, &to->act, NULL) != ERR_OK)
		return false;
	to->act.n = row->n;
	to->label = rules_act_label(client->rules, to->act.desc);
	to->mark = target_mark(client, row, arena);
	if (row->state == ACT_REFUSED)
		to->code = err_from_name(row->code);
	if (row->theirs != NULL &&
	    entity_decode(row->theirs, row->theirs_len, arena, &theirs, NULL) == ERR_OK &&
	    ((struct entity *)theirs)->kind == KIND_INCIDENT)
		to->theirs = theirs;
	return true;
}

enum err client_outbox(struct client *client, bool refused_only, struct arena *arena,
		       struct client_waiting **ret_rows, size_t *ret_n, struct error *err)
{
	struct client_waiting *waiting;
	struct outbox_row *rows;
	size_t n, out = 0;
	enum err code = outbox_list(client->outbox, arena, &rows, &n, err);

	if (code != ERR_OK)
		return code;
	waiting = arena_array(arena, n + 1, sizeof *waiting);
	for (size_t i = 0; i < n; i++)
		if (!refused_only || rows[i].state == ACT_REFUSED)
			out += fill(client, &rows[i], arena, &waiting[out]);
	*ret_rows = waiting;
	*ret_n = out;
	return ERR_OK;
}

static enum err find_row(struct client *client, const struct uuid *id, struct arena *arena,
			 const struct outbox_row **ret_row, struct error *err)
{
	struct outbox_row *rows;
	size_t n;
	enum err code = outbox_list(client->outbox, arena, &rows, &n, err);

	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < n; i++) {
		if (uuid_eq(&rows[i].id, id)) {
			*ret_row = &rows[i];
			return ERR_OK;
		}
	}
	return error_set(err, ERR_NOT_FOUND, "%s", _("no such act waits here"));
}

static enum err remove_act(struct client *client, const struct uuid *act, struct error *err)
{
	enum err code = client->read_only ? error_set(err, ERR_DENIED, "%s",
						      _("this console is read-only"))
					  : outbox_remove(client->outbox, act, err);

	if (code != ERR_OK)
		return code;
	client->outbox_dirty = true;
	code = overlay_rebuild(client, err);
	link_load(client);
	return code;
}

enum err client_desk_drop(struct client *client, const struct uuid *act, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct outbox_row *row;
	enum err code = find_row(client, act, &arena, &row, err);

	if (code == ERR_OK && row->state != ACT_REFUSED)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("that act does not lie on the desk"));
	if (code == ERR_OK)
		code = remove_act(client, act, err);
	arena_release(&arena);
	return code;
}

enum err client_desk_again(struct client *client, const struct uuid *act, const struct given *given,
			   size_t n_given, struct client_done *ret_done, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct outbox_row *row;
	struct act old;
	enum err code = find_row(client, act, &arena, &row, err);

	if (code == ERR_OK && row->state != ACT_REFUSED)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("that act does not lie on the desk"));
	if (code == ERR_OK)
		code = act_decode(row->body, row->len, &arena, &old, err);
	if (code == ERR_OK)
		code = act_do(client, old.desc, &old.target.id, n_given > 0 ? given : old.given,
			      n_given > 0 ? n_given : old.n_given, act, ret_done, err);
	if (code == ERR_OK)
		link_load(client);
	arena_release(&arena);
	return code;
}

enum err client_take_back(struct client *client, const struct uuid *act, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct outbox_row *row;
	enum err code = find_row(client, act, &arena, &row, err);

	if (code == ERR_OK)
		code = outbox_take_back(client->outbox, act, err);
	if (code == ERR_OK) {
		client->outbox_dirty = true;
		code = overlay_rebuild(client, err);
		link_load(client);
	}
	arena_release(&arena);
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
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	struct uuid found;
	size_t n, fits = 0;
	long long number = 0;
	bool by_n = str_int(words, 1, INT32_MAX, &number);
	enum err code = outbox_list(client->outbox, &arena, &rows, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		if ((by_n && rows[i].n == number) || hex_starts(&rows[i].id, words)) {
			found = rows[i].id;
			fits++;
		}
	}
	arena_release(&arena);
	if (code != ERR_OK)
		return code;
	if (fits == 0)
		return error_set(err, ERR_NOT_FOUND, _("no act \"%s\" waits here"), words);
	if (fits > 1)
		return error_set(err, ERR_INPUT, _("%s fits several: give more digits"), words);
	*ret_act = found;
	return ERR_OK;
}
