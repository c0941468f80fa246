#include <config.h>

#include "zhiban/model/undo.h"

#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/acts.h"
#include "zhiban/model/subject.h"

const struct act_desc *undo_inverse(const struct act_desc *act)
{
	return strcmp(act->inverse, "none") == 0 ? NULL : act_desc_of(act->target, act->inverse);
}

/* Looking at a number changes nothing. */
static bool changes(const struct act_desc *act)
{
	return act && strcmp(act->verb, "reveal") != 0;
}

/* What of his on it is not folded yet, the last; NULL: nothing. */
static enum err find_waiting(struct client *client, const struct uuid *id, struct arena *arena,
			     const struct client_waiting **ret_row, struct error *err)
{
	struct client_waiting *rows;
	size_t n;
	enum err code = client_outbox(client, false, arena, &rows, &n, err);

	if (code != ERR_OK)
		return code;
	*ret_row = NULL;
	for (size_t i = 0; i < n; i++)
		if (rows[i].own && rows[i].state != OUTBOX_REFUSED &&
		    rows[i].state != OUTBOX_MERGED && changes(rows[i].act.desc) &&
		    uuid_eq(&rows[i].act.target.id, id))
			*ret_row = &rows[i];
	return ERR_OK;
}

static enum err find_done(struct client *client, const struct uuid *id, struct arena *arena,
			  const struct act_desc **ret_act, struct error *err)
{
	const struct actor *actor = client_actor(client);
	struct client_timeline timeline;
	enum err code = client_timeline(client, id, arena, &timeline, err);

	if (code != ERR_OK)
		return code;
	for (size_t i = timeline.n; i-- > 0;) {
		const struct client_line *line = &timeline.lines[i];

		if (actor && changes(line->act) && str_eq(line->officer, actor->officer) &&
		    !(line->marks & LINE_PENDING)) {
			*ret_act = line->act;
			return ERR_OK;
		}
	}
	return error_set(err, ERR_NOT_FOUND, "%s",
			 timeline.complete ?
			     _("you have done nothing to it that could be undone") :
			     _("its earlier moves are being fetched: once more, please"));
}

static const char *label_of(const struct rules *rules, const void *entity,
			    const struct act_desc *act)
{
	if (subject_is(act->target))
		return rules_act_label(rules, act);
	return act->target == KIND_WHISTLE
		       ? summons_act_label(rules, whistle_summons(rules, entity), act)
		       : acts_label(rules, entity, act);
}

static enum err possible(struct client *client, const void *entity, const struct act_desc *act,
			 struct error *err)
{
	if (subject_is(act->target)) {
		struct subject subject = { .kind = act->target, .entity = entity };

		return subject_possible(client, &subject, act, err);
	}
	return act->target == KIND_WHISTLE ? client_whistle_possible(client, entity, act, err)
					   : client_possible(client, entity, act, err);
}

/* The opposite is an act like any other: the flow and the guards say whether it can be done. */
static enum err find_inverse(struct client *client, const struct uuid *id, struct arena *arena,
			     const struct act_desc *did, const struct act_desc **ret_inverse,
			     struct error *err)
{
	const struct act_desc *inverse = undo_inverse(did);
	const struct rules *rules = client_rules(client);
	struct error why = ERROR_INIT;
	const void *entity = NULL;
	enum kind kind = did->target == KIND_WHISTLE || subject_is(did->target) ? did->target
									       : KIND_INCIDENT;
	enum err code = client_entity(client, kind, id, arena, &entity, err);

	if (code != ERR_OK)
		return code;
	if (!inverse)
		return error_set(err, ERR_REFUSED,
				 _("%s stays in the journal and has no opposite: a note (n) or a "
				   "correction (f) can be added"),
				 label_of(rules, entity, did));
	if (possible(client, entity, inverse, &why) != ERR_OK)
		return error_set(err, ERR_REFUSED, _("%s would undo %s, but: %s"),
				 label_of(rules, entity, inverse),
				 label_of(rules, entity, did), why.text);
	*ret_inverse = inverse;
	return ERR_OK;
}

enum err undo_find(struct client *client, const struct uuid *id, struct undo *ret_undo,
		   struct error *err)
{
	struct arena arena = ARENA_INIT;
	const struct client_waiting *waiting;
	struct undo undo = { 0 };
	enum err code = find_waiting(client, id, &arena, &waiting, err);

	if (code == ERR_OK && waiting) {
		undo.did = waiting->act.desc;
		undo.act = waiting->act.id;
		if (waiting->state == OUTBOX_PENDING)
			*ret_undo = undo;
		else
			code = error_set(err, ERR_REFUSED,
					 _("%s is on its way: once it is admitted, its opposite can be "
					   "done"),
					 waiting->label);
	} else if (code == ERR_OK) {
		code = find_done(client, id, &arena, &undo.did, err);
		if (code == ERR_OK)
			code = find_inverse(client, id, &arena, undo.did, &undo.inverse, err);
		if (code == ERR_OK)
			*ret_undo = undo;
	}
	arena_release(&arena);
	return code;
}
