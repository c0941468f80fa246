/* zhiban show ID of what rosters and the duty log consist of: a month, a person, a swap, a handover, a
 * record: its fields, what it holds line by line, its timeline. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/value.h"
#include "zhiban/model/roster_words.h"
#include "zhiban/wire/jsonout.h"

static bool is_shown(const struct field *field, struct value value)
{
	return (field->flags & F_HIDDEN) == 0 && value_is_set(value);
}

static void put_fields(const void *entity, const struct rules *rules, struct str *out)
{
	const struct kind_desc *kind = kind_desc(((const struct entity *)entity)->kind);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, entity);
		char buf[256];

		if (!is_shown(field, value))
			continue;
		show_label(out, _(field->title));
		show_clean(out, rules_show(rules, field, value, buf, sizeof buf), false);
		str_add_char(out, '\n');
	}
}

/* One child in words: what a duty breaks by the labels of the rules. */
static const char *words_of(const struct rules *rules, const struct field *field, struct value value,
			    char buf[256], struct arena *arena)
{
	if (strcmp(field->name, "despite") == 0)
		return despite_words(value.text, arena);
	return rules_show(rules, field, value, buf, 256);
}

static void put_child(const void *item, const struct child_desc *desc, const struct rules *rules,
		      struct arena *arena, struct str *out)
{
	str_add(out, " ");
	for (size_t i = 0; i < desc->n_fields; i++) {
		const struct field *field = &desc->fields[i];
		struct value value = field_get(field, item);
		char buf[256];

		if (!is_shown(field, value))
			continue;
		str_add(out, " ");
		if (field->type == FIELD_BOOL) {
			show_clean(out, _(field->title), false);
			continue;
		}
		show_clean(out, words_of(rules, field, value, buf, arena), false);
	}
	str_add_char(out, '\n');
}

static const char *title_of(enum child child)
{
	switch (child) {
	case CHILD_TURN:
		return _("Duties");
	case CHILD_FILING:
		return _("Filed weeks");
	case CHILD_TIMEOFF:
		return _("Not available");
	case CHILD_CARRIED:
		return _("Carried over");
	case CHILD_HANDED:
		return _("To be read");
	case CHILD_TALLIED:
		return _("Counts");
	case CHILD_EQUIPMENT:
		return _("Equipment");
	default:
		return _("By telephone");
	}
}

static void put_children(const void *entity, const struct rules *rules, struct arena *arena,
			 struct str *out)
{
	const struct kind_desc *kind = kind_desc(((const struct entity *)entity)->kind);

	for (size_t s = 0; s < kind->n_slots; s++) {
		const struct child_desc *desc = kind->slots[s].desc;
		const struct children *items = entity_children_const(entity, desc);

		if (items->n == 0)
			continue;
		str_addf(out, "\n%s\n", title_of(desc->child));
		for (size_t i = 0; i < items->n; i++)
			put_child(children_at(items, desc, i), desc, rules, arena, out);
	}
}

/* ---- what a kind has besides its fields ---- */

static void put_line(struct str *out, const char *label, const char *words)
{
	show_label(out, label);
	show_clean(out, words, false);
	str_add_char(out, '\n');
}

static void put_turn(const struct client *client, const char *label, const struct swap *swap,
		     const struct turn *turn, struct arena *arena, struct str *out)
{
	const struct rules *rules = client_rules(client);

	if (turn != NULL)
		put_line(out, label, turn_words(rules, rules_plan(rules, swap->plan), turn, arena));
}

/* The duties that it is about, as they stand now. */
static enum err put_swap(struct console *console, const struct uuid *id, struct str *out,
			 struct error *err)
{
	struct client_swap swap;
	enum err rc = swap_get(console->client, id, &console->arena, &swap, err);

	if (rc != ERR_OK)
		return rc;
	put_turn(console->client, _("Duty"), swap.swap, swap.turn, &console->arena, out);
	put_turn(console->client, _("In return"), swap.swap, swap.other, &console->arena, out);
	if (swap.turn == NULL)
		put_line(out, _("Duty"), _("is no longer on the roster"));
	return ERR_OK;
}

/* What he stands from today on. */
static enum err put_duties(struct console *console, const struct uuid *id, struct str *out,
			   struct error *err)
{
	enum { AHEAD_DAYS = 62 };
	const struct rules *rules = client_rules(console->client);
	int64_t now = client_now(console->client);
	int32_t today = civil_day_of_ms(now, rules->offset_min);
	struct client_roster *rosters = NULL;
	size_t n = 0, said = 0;
	enum err rc = client_rosters_all(console->client, today, today + AHEAD_DAYS,
					 &console->arena, &rosters, &n, err);

	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		for (size_t k = 0; k < rosters[i].roster->turns.n; k++) {
			const struct turn *turn = roster_turn(rosters[i].roster, k);
			struct uuid whose = turn->staff != NULL ? staff_uuid(turn->staff)
								: (struct uuid){ { 0 } };

			if (turn->ends <= now || !uuid_eq(&whose, id))
				continue;
			str_addf(out, "%s", said++ == 0 ? "\n" : "");
			if (said == 1)
				str_addf(out, "%s\n", _("Duties to come"));
			str_add(out, "  ");
			show_clean(out,
				   turn_words(rules, rules_plan(rules, rosters[i].roster->plan),
					      turn, &console->arena),
				   false);
			str_add_char(out, '\n');
		}
	return rc;
}

/* In words; whoever reads JSON has the codes. */
static const void *in_words(struct console *console, enum kind kind, const void *entity)
{
	struct staff *staff;

	if (kind != KIND_STAFF)
		return entity;
	staff = arena_dup(&console->arena, entity, sizeof *staff);
	staff_in_words(client_rules(console->client), staff, &console->arena);
	return staff;
}

enum err show_duty(struct console *console, enum kind kind, const struct uuid *id,
		   const char *format, struct str *out, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	struct client_timeline timeline;
	struct client_entries entries;
	const void *entity;
	enum err rc = client_entity(console->client, kind, id, &console->arena, &entity, err);

	if (rc == ERR_OK && strcmp(format, "json") == 0) {
		rc = client_entries(console->client, id, &console->arena, &entries, err);
		if (rc == ERR_OK)
			show_json(entity, rules, entries.items, entries.n, out);
		return rc;
	}
	if (rc == ERR_OK)
		rc = client_timeline(console->client, id, &console->arena, &timeline, err);
	if (rc != ERR_OK)
		return rc;
	put_fields(in_words(console, kind, entity), rules, out);
	if (kind == KIND_SWAP)
		rc = put_swap(console, id, out, err);
	put_children(entity, rules, &console->arena, out);
	if (rc == ERR_OK && kind == KIND_STAFF)
		rc = put_duties(console, id, out, err);
	if (rc != ERR_OK)
		return rc;
	show_timeline(NULL, &timeline, rules, out);
	return ERR_OK;
}
