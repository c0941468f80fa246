#include <config.h>

#include "zhiban/client/timeline.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/store/outbox_desk.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entry.h"

#include "roster_priv.h"
#include "timeline_priv.h"
#include "zhiban/client/value.h"

struct lines {
	struct client *client;
	struct arena *arena;
	struct client_line *items;
	size_t n, cap;
	struct follow follow;
	const void *entity; /* whose clocks are named; read when it is needed */
};

static struct client_line *new_line(struct lines *lines)
{
	if (lines->n == lines->cap) {
		size_t cap = lines->cap != 0 ? lines->cap * 2 : 16;
		struct client_line *items = arena_array(lines->arena, cap, sizeof *items);

		if (lines->n > 0)
			memcpy(items, lines->items, lines->n * sizeof *items);
		lines->items = items;
		lines->cap = cap;
	}
	lines->items[lines->n] = (struct client_line){ .officer = "", .org = "", .label = "",
						       .text = "", .phone = "",
						       .to = "", .whom = "" };
	return &lines->items[lines->n++];
}

/* One more of several that a meeting's act names: said once what they are. */
static bool goes_on(const struct act *act, const struct given *given)
{
	return joint_has(act->target.kind) && given > act->given && given[-1].field == given->field;
}

static void add_value(struct client *client, const struct act *act,
		      const struct given *given, struct str *out)
{
	bool registers = act->desc->conflict == CONFLICT_CREATES;
	char buf[256];

	if (out->len > 0)
		str_add(out, "; ");
	if (!registers && !goes_on(act, given))
		str_addf(out, "%s: ", _(given->field->title));
	if ((given->field->flags & F_MASK) != 0 && str_eq(given->value.text, MASK_ERASED))
		str_add(out, _("(erased)"));
	else if ((given->field->flags & F_MASK) != 0 && given->value.is_text)
		mask_text(out, given->value.text);
	else if (roster_words(client, act, given, out))
		return;
	else if (field_is_limit(given->field))
		row_words(client->rules, given->value.text, out);
	else if (client_is_ticket(given->field))
		str_add(out, client_ticket(client, given->value.text, buf));
	else
		str_add(out, rules_show(client->rules, given->field, given->value, buf,
					sizeof buf));
}

/* An item that is about it is settled or dropped: its label says so. */
static bool takes_off(const struct act *act)
{
	return strcmp(act->desc->verb, "table") == 0 && act_value(act, "off", 0).num != 0;
}

/* The values given for one argument, of words meant to be read or of the others. */
static void add_argument(struct client *client, const struct act *act,
			 const struct field *field, bool words, struct str *out)
{
	for (size_t i = 0; i < act->n_given; i++) {
		const struct given *given = &act->given[i];

		if (given->field != field || (field->flags & F_HIDDEN) != 0 ||
		    (takes_off(act) && strcmp(field->name, "off") == 0) ||
		    field->type == FIELD_ORG || !value_is_set(given->value))
			continue;
		if (!words)
			add_value(client, act, given, out);
		else
			str_addf(out, "%s%s", out->len > 0 ? "\n" : "", given->value.text);
	}
}

static const char *clock_words(const struct lines *lines, enum kind kind, const char *clock)
{
	const struct rules *rules = lines->client->rules;

	if (kind == KIND_ACTION)
		return action_clock_label(rules, clock);
	return kind == KIND_WHISTLE
		       ? summons_clock_label(rules, whistle_summons(rules, lines->entity), clock)
		       : clock_label(rules, clock);
}

/* What the acts are done to, read when it is needed; NULL: it is not here. */
static const void *entity_of(struct lines *lines, const struct act *act)
{
	if (lines->entity == NULL &&
	    client_entity(lines->client, act->target.kind, &act->target.id, lines->arena,
			  &lines->entity, NULL) != ERR_OK)
		return NULL;
	return lines->entity;
}

/* An act on an incident is called as in the step that it was done in; one on a whistle as its kind
 * calls it. */
static const char *label_of(struct lines *lines, const struct act *act)
{
	const struct rules *rules = lines->client->rules;
	const struct whistle *whistle;

	if (act->verb != NULL)
		return act->verb;
	if (takes_off(act))
		return _("Off the list of the meeting");
	if (joint_has(act->target.kind))
		return _(act->desc->title);
	if (act->target.kind != KIND_WHISTLE)
		return follow_label(&lines->follow, act);
	whistle = entity_of(lines, act);
	return summons_act_label(rules, whistle != NULL ? whistle_summons(rules, whistle) : NULL,
				 act->desc);
}

/* "Handling Water Bureau 75%: urged": of which clock the system's mark is. */
static const char *mark_words(struct lines *lines, const struct act *act)
{
	const struct client *client = lines->client;
	const struct children *clocks;
	const struct clock *clock = NULL;
	const struct org *org;
	struct str out = STR_INIT;
	const char *text;
	struct uuid id;

	if (entity_of(lines, act) == NULL)
		return NULL;
	clocks = entity_children_const(lines->entity, child_desc(CHILD_CLOCK));
	if (clocks != NULL && uuid_parse(act_text(act, "clock_id"), &id) == ERR_OK)
		clock = children_find(clocks, child_desc(CHILD_CLOCK), &id);
	if (clock == NULL)
		return NULL;
	org = rules_org(client->rules, clock->org);
	str_addf(&out, "%s%s%s %lld%%", clock_words(lines, act->target.kind, clock->kind),
		 org != NULL ? " " : "",
		 org == NULL ? "" : org->brief != NULL ? org->brief : org->name,
		 (long long)act_value(act, "threshold", 0).num);
	for (size_t i = 0;; i++) {
		struct value effect = act_value(act, "effect", i);
		char buf[64];

		if (!value_is_set(effect))
			break;
		str_addf(&out, "%s%s", i > 0 ? ", " : ": ",
			 rules_show(client->rules, act_arg_field(act->desc, "effect"), effect, buf,
				    sizeof buf));
	}
	text = arena_strdup(lines->arena, str_get(&out));
	str_release(&out);
	return text;
}

/* What an act says, in words: "Title: value" for fields, in the order of its form, then, bare, the
 * words meant to be read. */
static const char *words_of(struct client *client, const struct act *act,
			    struct arena *arena)
{
	struct str out = STR_INIT;
	bool registers = act->desc->conflict == CONFLICT_CREATES;
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act->desc, args);
	const char *text;

	for (int words = 0; words < 2; words++) {
		for (size_t i = 0; i < n; i++) {
			const struct field *field = args[i].field;
			bool reads = field_is_text(field) && (field->flags & F_LONG) != 0;

			/* the page shows what was registered */
			if (reads == (words == 1) &&
			    (!registers || strcmp(field->name, "source") == 0))
				add_argument(client, act, field, reads, &out);
		}
	}
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return text;
}

static void add_org(const struct client *client, const struct given *given, struct str *out)
{
	char buf[256];

	if ((given->field->flags & F_HIDDEN) != 0 || !value_is_set(given->value))
		return;
	/* TRANSLATORS: between the names of organisations */
	str_addf(out, "%s%s", out->len > 0 ? _(", ") : "",
		 rules_show(client->rules, given->field, given->value, buf, sizeof buf));
}

/* The organisations that an act names, in the order of its form: the lead, then those that assist. */
static const char *whom_of(struct client *client, const struct act *act, struct arena *arena)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act->desc, args);
	struct str out = STR_INIT;
	const char *text;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < act->n_given && args[i].field->type == FIELD_ORG; k++)
			if (act->given[k].field == args[i].field)
				add_org(client, &act->given[k], &out);
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return text;
}

/* "for Water Bureau, approved by the leader; rung: …; answered: …; 02:40; "…"": what is said. */
static const char *phone_words(struct client *client, const struct by_phone *phone,
			       struct arena *arena)
{
	struct str out = STR_INIT;
	const char *text;
	size_t n;
	const struct field *fields = by_phone_fields(&n);

	for (size_t i = 0; i < n; i++) {
		struct value value = field_get(&fields[i], phone);
		char buf[64];

		if (!value_is_set(value))
			continue;
		str_addf(&out, "%s%s: %s", out.len > 0 ? "; " : "", _(fields[i].title),
			 rules_show(client->rules, &fields[i], value, buf, sizeof buf));
	}
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return text;
}

static void fill(struct lines *lines, const struct act *act, struct client_line *line)
{
	line->id = act->id;
	line->at = act->at;
	line->officer = officer_show(act->actor.officer);
	line->org = act->actor.org;
	line->act = act->verb == NULL ? act->desc : NULL;
	line->label = label_of(lines, act);
	line->step = lines->follow.step;
	line->given = act->given;
	line->n_given = act->n_given;
	line->text = NULL;
	if (act->verb == NULL && strcmp(act->desc->verb, "fire") == 0)
		line->text = mark_words(lines, act);
	if (line->text == NULL)
		line->text = words_of(lines->client, act, lines->arena);
	if (act->verb == NULL && act->desc->conflict != CONFLICT_CREATES)
		line->whom = whom_of(lines->client, act, lines->arena);
	line->to = act_text(act, "holder") != NULL ? act_text(act, "holder") : "";
	line->phone = phone_words(lines->client, &act->by_phone, lines->arena);
}

static void fill_entry(struct lines *lines, const struct entry *entry, struct client_line *line)
{
	enum { LATE_MS = 60 * 1000 };

	fill(lines, &entry->act, line);
	line->eff = entry->eff;
	line->recv = entry->recv;
	if (act_value(&entry->act, "historic", 0).num != 0)
		line->marks |= LINE_IMPORTED;
	else if (entry->recv - entry->eff > LATE_MS)
		line->marks |= LINE_LATE;
}

static struct lines lines_alone(struct client *client, struct arena *arena)
{
	return (struct lines){ .client = client, .arena = arena,
			       .follow = { .rules = client->rules } };
}

void line_of_entry(struct client *client, const struct entry *entry, struct arena *arena,
		   struct client_line *ret_line)
{
	struct lines lines = lines_alone(client, arena);

	*ret_line = (struct client_line){ .officer = "", .org = "", .label = "", .text = "",
					  .phone = "", .to = "", .whom = "", .seq = entry->seq };
	fill_entry(&lines, entry, ret_line);
}

void line_of_act(struct client *client, const struct act *act, struct arena *arena,
		 struct client_line *ret_line)
{
	struct lines lines = lines_alone(client, arena);

	*ret_line = (struct client_line){ .officer = "", .org = "", .label = "", .text = "",
					  .phone = "", .to = "", .whom = "" };
	fill(&lines, act, ret_line);
	ret_line->eff = act->at + client->link.offset;
	ret_line->marks = LINE_PENDING;
}

static enum err add_cached(void *ctx, int64_t seq, const char *bytes, size_t len,
			   struct error *err)
{
	struct lines *lines = ctx;
	struct client_line *line = new_line(lines);
	struct entry entry;

	(void)err;
	line->seq = seq;
	if (entry_decode(bytes, len, lines->arena, &entry, NULL) != ERR_OK) {
		line->label = _("(of a newer version)");
		return ERR_OK;
	}
	fill_entry(lines, &entry, line);
	return ERR_OK;
}

static bool has_act(const struct lines *lines, const struct uuid *act)
{
	for (size_t i = 0; i < lines->n; i++)
		if (uuid_eq(&lines->items[i].id, act))
			return true;
	return false;
}

static bool is_line(struct lines *lines, const struct outbox_row *row, struct act *ret_act)
{
	return !has_act(lines, &row->id) &&
	       act_decode(row->body, row->len, lines->arena, ret_act, NULL) == ERR_OK;
}

static void add_pending(struct lines *lines, const struct uuid *id)
{
	const struct waiting *waiting = &lines->client->waiting;

	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];
		struct client_line *line;
		struct act act;

		if (!uuid_eq(&row->target, id) || row->state >= ACT_REFUSED ||
		    !is_line(lines, row, &act))
			continue;
		line = new_line(lines);
		fill(lines, &act, line);
		line->eff = act.at + lines->client->link.offset;
		line->marks = LINE_PENDING;
	}
}

/* Puts the last line where its seq belongs. */
static void settle(struct lines *lines)
{
	struct client_line last = lines->items[lines->n - 1];
	size_t at = lines->n - 1;

	for (; at > 0 && lines->items[at - 1].seq > last.seq; at--)
		lines->items[at] = lines->items[at - 1];
	lines->items[at] = last;
}

/* While older lines are still to be fetched, our own that are done: they do not go away
 * meanwhile. */
static enum err add_kept(struct lines *lines, const struct uuid *id, struct error *err)
{
	struct outbox_row *rows;
	size_t n;
	enum err code = outbox_kept(lines->client->outbox, id, lines->arena, &rows, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		struct client_line *line;
		struct act act;

		if (!is_line(lines, &rows[i], &act) ||
		    (act.desc->conflict == CONFLICT_IDEMPOTENT && rows[i].note[0] != '\0'))
			continue; /* done before by another: it made no line */
		line = new_line(lines);
		fill(lines, &act, line);
		line->seq = rows[i].seq;
		line->eff = line->recv = act.at + lines->client->link.offset;
		settle(lines);
	}
	return code;
}

enum err client_timeline(struct client *client, const struct uuid *id, struct arena *arena,
			 struct client_timeline *ret_timeline, struct error *err)
{
	struct lines lines = { .client = client, .arena = arena,
			       .follow = { .rules = client->rules } };
	bool complete = true;
	enum kind kind;
	enum err code = ERR_OK;

	if (client->cache != NULL) {
		code = cache_lines(client->cache, id, add_cached, &lines, err);
		complete = cache_kind_of(client->cache, id, &kind, NULL) != ERR_OK ||
			   cache_lines_missing(client->cache, kind, id) == 0;
	}
	if (code == ERR_OK && !complete)
		code = add_kept(&lines, id, err);
	if (code == ERR_OK)
		add_pending(&lines, id);
	if (code == ERR_OK && !complete && !client->read_only)
		code = outbox_want(client->outbox, id, env_now(client->env), err);
	if (code != ERR_OK)
		return code;
	*ret_timeline = (struct client_timeline){ lines.items, lines.n, complete };
	return ERR_OK;
}

static enum err add_entry(void *ctx, int64_t seq, const char *bytes, size_t len, struct error *err)
{
	struct client_entries *entries = ctx;

	(void)seq;
	(void)err;
	if (entries->n == entries->cap) {
		size_t cap = entries->cap != 0 ? entries->cap * 2 : 16;
		struct entry *items = arena_array(entries->arena, cap, sizeof *items);

		if (entries->n > 0)
			memcpy(items, entries->items, entries->n * sizeof *items);
		entries->items = items;
		entries->cap = cap;
	}
	if (entry_decode(bytes, len, entries->arena, &entries->items[entries->n], NULL) == ERR_OK)
		entries->n++;
	return ERR_OK;
}

enum err client_entries(struct client *client, const struct uuid *id, struct arena *arena,
			struct client_entries *ret_entries, struct error *err)
{
	struct client_entries entries = { .arena = arena };
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_lines(client->cache, id, add_entry, &entries, err);
	if (code == ERR_OK)
		*ret_entries = entries;
	return code;
}
