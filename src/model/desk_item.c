/* One item of the desk: what its author saw, what he wanted and what stands there, field by
 * field. */
#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/client/timeline.h"
#include "zhiban/model/desk.h"

struct sides {
	struct client *client;
	const struct rules *rules;
	const struct client_waiting *waiting;
	const struct kind_desc *kind;		   /* of what the act is about */
	const struct entity *base, *mine, *theirs; /* NULL: unknown */
	const struct entity *judged; /* what the server judged by */
	struct arena *arena;
	struct desk_item *item;
};

static const struct given *given_of(const struct act *act, const struct field *field)
{
	for (size_t i = 0; i < act->n_given; i++)
		if (act->given[i].field == field)
			return &act->given[i];
	return NULL;
}

static const char *value_text(const struct sides *sides, const struct field *field,
			      struct value value)
{
	return desk_value(sides->client, field, value, sides->arena);
}

static const char *side_text(const struct sides *sides, const struct field *field,
			     const struct entity *side)
{
	return side ? value_text(sides, field, field_get(field, side)) : "";
}

/* What the author would have made of it; without that, what the act carries. */
static const char *mine_text(const struct sides *sides, const struct field *field,
			     const struct given *given)
{
	if (given)
		return value_text(sides, field, given->value);
	return side_text(sides, field, sides->mine ? sides->mine : sides->base);
}

static bool is_called(const struct field *field, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(field->name, *names) == 0)
			return true;
	return false;
}

/* Who has it and where it stands is said in any case. */
static bool is_standing(const struct field *field)
{
	static const char *const names[] = { "step", "holder", NULL };

	return is_called(field, names);
}

/* Moves with every act: the line of who and when says it better. */
static bool is_noise(const struct field *field)
{
	static const char *const names[] = { "moved_at", "moved_by", "due_clock", NULL };

	return field->flags & F_HIDDEN || is_called(field, names);
}

static void add_row(struct sides *sides, struct desk_row row)
{
	row.clash = (row.given || row.clash) && sides->item->has_base && sides->item->has_theirs &&
		    strcmp(row.base, row.mine) != 0 && strcmp(row.base, row.theirs) != 0 &&
		    strcmp(row.mine, row.theirs) != 0;
	sides->item->rows[sides->item->n++] = row;
}

static void field_row(struct sides *sides, const struct field *field, bool given_ones)
{
	const struct given *given = given_of(&sides->waiting->act, field);
	struct desk_row row = {
		.title = _(field->title),
		.base = side_text(sides, field, sides->base),
		.mine = mine_text(sides, field, given),
		.theirs = side_text(sides, field, sides->theirs),
		.given = given != NULL,
		.clash = is_standing(field),
	};
	bool same = (!sides->base || !sides->theirs || strcmp(row.base, row.theirs) == 0) &&
		    (!sides->mine || !sides->base || strcmp(row.base, row.mine) == 0);

	if (row.given != given_ones)
		return;
	if (!row.given && (is_noise(field) || (same && !is_standing(field))))
		return;
	if (!row.given && !*row.base && !*row.mine && !*row.theirs)
		return;
	if (sides->judged && strcmp(side_text(sides, field, sides->judged), row.theirs) != 0)
		sides->item->later = true;
	add_row(sides, row);
}

/* What the act carries beside fields of its target: its reason, its note. */
static void argument_rows(struct sides *sides)
{
	const struct kind_desc *kind = sides->kind;
	const struct act *act = &sides->waiting->act;

	for (size_t i = 0; i < act->n_given; i++) {
		const struct field *field = act->given[i].field;
		bool own = field >= kind->fields && field < kind->fields + kind->n_fields;

		if (own || field->flags & F_HIDDEN)
			continue;
		add_row(sides, (struct desk_row){
				       .title = _(field->title),
				       .base = "",
				       .mine = value_text(sides, field, act->given[i].value),
				       .theirs = "",
				       .given = true });
	}
}

/* What was said by telephone. */
static void phone_rows(struct sides *sides)
{
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	for (size_t i = 0; i < n; i++) {
		struct value value = field_get(&fields[i], &sides->waiting->act.by_phone);

		if (value_is_set(value))
			add_row(sides, (struct desk_row){
					       .title = _(fields[i].title),
					       .base = "",
					       .mine = value_text(sides, &fields[i], value),
					       .theirs = "",
					       .given = true });
	}
}

static void all_rows(struct sides *sides)
{
	const struct kind_desc *kind = sides->kind;
	size_t most = kind->n_fields + sides->waiting->act.n_given + 1, n_phone;

	by_phone_fields(&n_phone);
	sides->item->rows = arena_array(sides->arena, most + n_phone, sizeof *sides->item->rows);
	for (size_t i = 0; i < kind->n_fields; i++)
		field_row(sides, &kind->fields[i], true);
	for (size_t i = 0; i < kind->n_fields; i++)
		field_row(sides, &kind->fields[i], false);
	argument_rows(sides);
	phone_rows(sides);
}

/* ---- who, when, what ---- */

/* The answer names nobody when the act went through with a note: then it is the last of its kind
 * that stands before it.  What was done already has no entry of its own: its seq is the last
 * there. */
static struct answer_by who_was_first(const struct sides *sides, const char **ret_label)
{
	const struct client_waiting *waiting = sides->waiting;
	struct answer_by by = waiting->by;
	bool again = waiting->act.desc->conflict == CONFLICT_IDEMPOTENT;
	int64_t before = waiting->seq + again;
	struct client_timeline timeline;

	*ret_label = waiting->by_label ? waiting->by_label : "";
	if (by.officer || waiting->state != OUTBOX_MERGED ||
	    client_timeline(sides->client, &waiting->act.target.id, sides->arena, &timeline,
			    NULL) != ERR_OK)
		return by;
	for (size_t i = 0; i < timeline.n; i++) {
		const struct client_line *line = &timeline.lines[i];

		if (!line->seq || line->seq >= before || line->act != waiting->act.desc)
			continue;
		by = (struct answer_by){ .officer = line->officer, .org = line->org,
					 .at = line->eff, .seq = line->seq };
		*ret_label = line->label;
	}
	return by;
}

static const char *holder_of(const struct entity *side)
{
	return side && side->kind == KIND_INCIDENT ? ((const struct incident *)side)->holder : NULL;
}

static const char *first_line(const struct sides *sides)
{
	const char *holder = "", *label;
	struct answer_by by = who_was_first(sides, &label);
	struct str out = STR_INIT;
	const char *line;

	if (!by.officer)
		return "";
	if (holder_of(sides->theirs) && !str_eq(holder_of(sides->base), holder_of(sides->theirs)))
		holder = page_org(sides->rules, holder_of(sides->theirs));
	str_addf(&out, "%s %s %s %s", officer_show(by.officer), page_org(sides->rules, by.org),
		 page_moment(sides->rules, by.at, client_now(sides->client), sides->arena), label);
	if (*holder)
		str_addf(&out, " %s", holder);
	line = page_clean(str_get(&out), sides->arena);
	str_release(&out);
	return line;
}

/* What it was to do in short: the rows below have all of it. */
static const char *in_short(const struct sides *sides, const char *wanted)
{
	enum { SHORT = 50 };
	struct str out = STR_INIT;
	const char *text = wanted;

	if (text_columns(wanted) > SHORT) {
		text_pad(&out, wanted, SHORT);
		text = arena_strdup(sides->arena, str_get(&out));
	}
	str_release(&out);
	return text;
}

static const char *did_line(const struct sides *sides, const struct desk_line *line)
{
	const struct act *act = &sides->waiting->act;

	return page_clean(arena_printf(sides->arena, "%s %s %s%s%s",
				       page_moment(sides->rules, act->at,
						   client_now(sides->client), sides->arena),
				       act->actor.officer ? act->actor.officer : "",
				       sides->waiting->label, *line->wanted ? "  " : "",
				       in_short(sides, line->wanted)),
			  sides->arena);
}

/* What stands there: as it is here now, if that is younger than what the server judged by. */
static void take_theirs(struct sides *sides)
{
	const struct target *target = &sides->waiting->act.target;
	const void *entity = NULL;
	const struct entity *present;

	sides->theirs = sides->judged = sides->waiting->theirs;
	if (client_entity(sides->client, target->kind, &target->id, sides->arena, &entity, NULL) !=
	    ERR_OK)
		return;
	present = entity;
	sides->item->here = true;
	if (!sides->theirs || present->version > sides->theirs->version)
		sides->theirs = present;
}

static bool has_pending(const struct desk *desk, const struct uuid *target)
{
	for (size_t i = 0; i < desk->n; i++)
		if (desk->lines[i].group == DESK_WAITING &&
		    uuid_eq(&desk->lines[i].waiting->act.target.id, target))
			return true;
	return false;
}

void desk_item_make(struct client *client, const struct desk *desk, const struct desk_line *line,
		    struct arena *arena, struct desk_item *ret_item)
{
	struct desk_item item = { 0 };
	struct sides sides = {
		.client = client,
		.rules = client_rules(client),
		.waiting = line->waiting,
		.kind = kind_desc(line->waiting->act.target.kind),
		.base = line->waiting->base,
		.mine = line->waiting->mine,
		.arena = arena,
		.item = &item,
	};
	bool creates;

	take_theirs(&sides);
	creates = line->waiting->act.desc->conflict == CONFLICT_CREATES; /* there was nothing */
	item.has_base = sides.base || creates;
	item.has_theirs = sides.theirs || creates;
	item.pending = has_pending(desk, &line->waiting->act.target.id);
	item.what = desk_target(client, line, arena);
	item.did = did_line(&sides, line);
	item.first = first_line(&sides);
	item.after = line->leader ? arena_printf(arena, "%lld %s", (long long)line->leader->act.n,
						 line->leader->label) : "";
	all_rows(&sides);
	*ret_item = item;
}
