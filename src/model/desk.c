/* The outbox in groups: what lies on the desk, as trees of leaders, then what waits. */
#include <config.h>

#include "zhiban/model/desk.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/roster.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/model/roster_words.h"

static enum desk_group group_of(enum outbox_state state)
{
	switch (state) {
	case OUTBOX_REFUSED:
		return DESK_REFUSED;
	case OUTBOX_MERGED:
		return DESK_MERGED;
	case OUTBOX_PENDING:
	case OUTBOX_SENT:
	case OUTBOX_ANSWERED:
		break;
	}
	return DESK_WAITING;
}

bool desk_is_on(const struct desk_line *line)
{
	return line->group != DESK_WAITING;
}

/* ---- words ---- */

static void add_value(struct str *out, const char *text)
{
	if (*text)
		str_addf(out, "%s%s", out->len ? "  " : "", text);
}

const char *desk_value(struct client *client, const struct field *field, struct value value,
		       struct arena *arena)
{
	char buf[256];

	if (client_is_ticket(field) && value_is_set(value))
		return arena_strdup(arena, client_ticket(client, value.text, buf));
	return page_value(client_rules(client), field, value, client_now(client), arena);
}

/* What the act carries, in one line: the title only where it is not said by the act's own name. */
static const char *wanted_line(struct client *client, const struct act *act, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *line;

	for (size_t i = 0; i < act->n_given; i++) {
		const struct field *field = act->given[i].field;
		const char *text;

		if (field->flags & F_HIDDEN)
			continue;
		if (client_roster_words(client, act, &act->given[i], arena, &text))
			text = page_clean(text, arena);
		else
			text = desk_value(client, field, act->given[i].value, arena);
		if (act->desc->conflict == CONFLICT_MERGE_FIELDS)
			text = arena_printf(arena, "%s: %s", _(field->title), *text ? text : "-");
		add_value(&out, text);
	}
	line = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return line;
}

static const char *words_of(const struct client_waiting *waiting, struct arena *arena)
{
	const char *words = waiting->sentence && *waiting->sentence ? waiting->sentence
								    : waiting->note;

	if (waiting->state == OUTBOX_REFUSED && !(words && *words))
		words = _(err_sentence(waiting->code));
	return words ? page_clean(words, arena) : "";
}

/* The act that speaks for the incident: where it was never registered, the one that was to do
 * so. */
static const struct client_waiting *speaker(const struct client_waiting *waiting,
					    const struct client_waiting *leader)
{
	return leader && leader->act.desc->conflict == CONFLICT_CREATES &&
			       uuid_eq(&leader->act.target.id, &waiting->act.target.id) ?
		       leader : waiting;
}

const char *desk_target(struct client *client, const struct desk_line *line, struct arena *arena)
{
	const char *title = act_text(&speaker(line->waiting, line->leader)->act, "title");
	const struct target *target = &line->waiting->act.target;
	struct page_brief brief;
	const void *entity;

	if (target->kind == KIND_ROSTER &&
	    client_entity(client, target->kind, &target->id, arena, &entity, NULL) == ERR_OK)
		return page_clean(entity_line(client, target->kind, entity, NULL, arena), arena);
	if (target->kind == KIND_WHISTLE &&
	    client_entity(client, target->kind, &target->id, arena, &entity, NULL) == ERR_OK)
		title = ((const struct whistle *)entity)->title;
	else if (page_brief(client, &line->waiting->act.target.id, arena, &brief, NULL) == ERR_OK)
		return brief.what;
	return arena_printf(arena, "%s %s", line->mark, title ? page_clean(title, arena) : "");
}

const char *desk_deed(const struct desk_line *line, struct arena *arena)
{
	return arena_printf(arena, "%s %s%s%s", line->waiting->label, line->mark,
			    *line->wanted ? "  " : "", line->wanted);
}

/* ---- leaders and what hangs on them ---- */

struct tree { /* indexes of rows; n: none */
	const struct client_waiting *rows;
	size_t n, *leader, *first, *next; /* first of those that hang on it, next beside it */
};

static size_t index_of(const struct tree *tree, int64_t number)
{
	size_t low = 0, high = tree->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tree->rows[middle].act.n < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < tree->n && tree->rows[low].act.n == number ? low : tree->n;
}

/* A leader always has the smaller number: chains end. */
static size_t leader_of(const struct tree *tree, size_t at)
{
	const struct client_waiting *row = &tree->rows[at];
	size_t leader = row->leader ? index_of(tree, row->leader) : tree->n;

	return row->state == OUTBOX_REFUSED && leader < at &&
			       tree->rows[leader].state == OUTBOX_REFUSED ? leader : tree->n;
}

static void grow_tree(struct tree *tree, struct arena *arena)
{
	tree->leader = arena_array(arena, tree->n + 1, sizeof *tree->leader);
	tree->first = arena_array(arena, tree->n + 1, sizeof *tree->first);
	tree->next = arena_array(arena, tree->n + 1, sizeof *tree->next);
	for (size_t i = 0; i < tree->n; i++)
		tree->first[i] = tree->next[i] = tree->n;
	for (size_t i = tree->n; i-- > 0;) {
		size_t leader = tree->leader[i] = leader_of(tree, i);

		if (leader < tree->n) {
			tree->next[i] = tree->first[leader];
			tree->first[leader] = i;
		}
	}
}

/* What comes behind a row in its tree: what hangs on it, then those beside it; n at the end. */
static size_t step_on(const struct tree *tree, size_t at, int *depth)
{
	if (tree->first[at] < tree->n) {
		++*depth;
		return tree->first[at];
	}
	while (tree->next[at] == tree->n && tree->leader[at] < tree->n) {
		at = tree->leader[at];
		--*depth;
	}
	return tree->next[at];
}

static void add_line(struct client *client, const struct tree *tree, size_t at, int depth,
		     struct arena *arena, struct desk *desk)
{
	const struct client_waiting *waiting = &tree->rows[at];
	struct desk_line *line = &desk->lines[desk->n++];

	*line = (struct desk_line){
		.waiting = waiting,
		.leader = tree->leader[at] < tree->n ? &tree->rows[tree->leader[at]] : NULL,
		.group = group_of(waiting->state),
		.depth = depth,
		.wanted = wanted_line(client, &waiting->act, arena),
		.words = words_of(waiting, arena),
	};
	line->mark = speaker(waiting, line->leader)->mark;
	if (waiting->act.target.kind == KIND_ROSTER && act_text(&waiting->act, "month"))
		line->mark = act_text(&waiting->act, "month"); /* that is how it goes by */
	desk->count[line->group]++;
	desk->own += desk_is_on(line) && waiting->own;
}

/* Each leader, with everything that hangs on it right behind it. */
static void add_refused(struct client *client, const struct tree *tree, struct arena *arena,
			struct desk *desk)
{
	size_t *hanging = arena_array(arena, tree->n + 1, sizeof *hanging);

	for (size_t i = tree->n; i-- > 0;)
		if (tree->leader[i] < tree->n)
			hanging[tree->leader[i]] += 1 + hanging[i];
	for (size_t i = 0; i < tree->n; i++) {
		int depth = 0;

		if (tree->rows[i].state != OUTBOX_REFUSED || tree->leader[i] < tree->n)
			continue;
		for (size_t at = i; at < tree->n; at = step_on(tree, at, &depth)) {
			add_line(client, tree, at, depth, arena, desk);
			desk->lines[desk->n - 1].hanging = hanging[at];
		}
	}
}

static void add_group(struct client *client, const struct tree *tree, enum desk_group group,
		      struct arena *arena, struct desk *desk)
{
	for (size_t i = 0; i < tree->n; i++)
		if (group_of(tree->rows[i].state) == group)
			add_line(client, tree, i, 0, arena, desk);
}

enum err desk_read(struct client *client, struct arena *arena, struct desk *ret_desk,
		   struct error *err)
{
	struct client_waiting *rows;
	struct tree tree = { 0 };
	struct desk desk = { 0 };
	enum err code = client_outbox(client, false, arena, &rows, &tree.n, err);

	if (code != ERR_OK)
		return code;
	tree.rows = rows;
	grow_tree(&tree, arena);
	desk.lines = arena_array(arena, tree.n + 1, sizeof *desk.lines);
	add_refused(client, &tree, arena, &desk);
	add_group(client, &tree, DESK_MERGED, arena, &desk);
	add_group(client, &tree, DESK_WAITING, arena, &desk);
	*ret_desk = desk;
	return ERR_OK;
}

const struct desk_line *desk_find(const struct desk *desk, const struct uuid *act)
{
	for (size_t i = 0; i < desk->n; i++)
		if (uuid_eq(&desk->lines[i].waiting->act.id, act))
			return &desk->lines[i];
	return NULL;
}
