/* What was noted on an incident: the scene, calls, what is owed, papers, tickets that belong to it.
 * Each kind of child is a section; a line says one of them in words, with what is owed told by its
 * tone and its words. */
#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/left.h"

struct note { /* one line being made */
	struct page_maker *maker;
	enum child child;
	const void *thing;
	struct str text;
	enum tone tone;
};

const char *page_child(struct page_maker *maker, enum child child, const char *name,
		       const void *thing)
{
	const struct child_desc *desc = child_desc(child);
	const struct field *field = field_find(desc->fields, desc->n_fields, name);

	return page_value(maker->rules, field, field_get(field, thing), maker->now, maker->arena);
}

const char *page_field_title(enum child child, const char *name)
{
	const struct child_desc *desc = child_desc(child);

	return _(field_find(desc->fields, desc->n_fields, name)->title);
}

static bool has(const struct note *note, const char *name)
{
	const struct child_desc *desc = child_desc(note->child);
	const struct field *field = field_find(desc->fields, desc->n_fields, name);

	return value_is_set(field_get(field, note->thing));
}

static const char *say(const struct note *note, const char *name)
{
	return page_child(note->maker, note->child, name, note->thing);
}

static void gap(struct note *note)
{
	if (note->text.len)
		str_add(&note->text, "  ");
}

/* The values of fields that are set, bare; and with their titles. */
static void add(struct note *note, const char *name)
{
	if (!has(note, name))
		return;
	gap(note);
	str_add(&note->text, say(note, name));
}

static void add_titled(struct note *note, const char *name)
{
	if (!has(note, name))
		return;
	gap(note);
	str_addf(&note->text, "%s %s", page_field_title(note->child, name), say(note, name));
}

static void add_words(struct note *note, const char *words)
{
	gap(note);
	str_add(&note->text, words);
}

/* Something is owed until a moment. */
static void owe(struct note *note, const char *what, int64_t due, const char *due_name)
{
	gap(note);
	note->tone = TONE_TEXT;
	if (!due) {
		str_add(&note->text, what);
		return;
	}
	if (left_state(due, note->maker->now) == LEFT_OVER)
		note->tone = TONE_OVER;
	else if (left_state(due, note->maker->now) == LEFT_SOON)
		note->tone = TONE_SOON;
	str_addf(&note->text, note->tone == TONE_OVER ? _("%s: was due %s") : _("%s: until %s"),
		 what, say(note, due_name));
}

/* ---- one line of each kind ---- */

static const char *say_force(struct note *note)
{
	static const char *const moments[] = { "sent_at", "arrived_at", "left_at" };

	add_titled(note, "people");
	add_titled(note, "vehicles");
	add_titled(note, "boats");
	add_titled(note, "chief");
	add(note, "phone");
	for (size_t i = 0; i < ARRAY_LEN(moments); i++)
		add_titled(note, moments[i]);
	note->tone = has(note, "left_at") ? TONE_HINT : TONE_TEXT;
	return say(note, "unit");
}

static const char *say_file(struct note *note)
{
	const struct file *file = note->thing;

	gap(note);
	str_addf(&note->text, _("%lld bytes"), (long long)file->size);
	add(note, "shows");
	add(note, "by");
	add(note, "at");
	if (file->hash)
		add_words(note, arena_printf(note->maker->arena, "sha256:%.12s..", file->hash));
	return say(note, "name");
}

static const char *say_call(struct note *note)
{
	add(note, "by");
	add_titled(note, "rung");
	add_titled(note, "answered");
	if (has(note, "gist"))
		str_addf(&note->text, "\n%s", say(note, "gist"));
	return say(note, "at");
}

static const char *say_promise(struct note *note)
{
	const struct promise *promise = note->thing;

	add(note, "whom");
	add(note, "note");
	add(note, "by");
	add(note, "org");
	if (promise->kept_at) {
		note->tone = TONE_HINT;
		add_titled(note, "kept_at");
		add(note, "kept_by");
	} else {
		owe(note, _("to be called back"), promise->at, "at");
	}
	return say(note, "at");
}

static const char *say_behalf(struct note *note)
{
	const struct behalf *behalf = note->thing;

	if (has(note, "org"))
		str_addf(&note->text, _("for %s"), say(note, "org"));
	if (has(note, "role"))
		add_words(note, arena_printf(note->maker->arena, _("approved by: %s"),
					     say(note, "role")));
	add_titled(note, "rung");
	add_titled(note, "answered");
	add(note, "said_at");
	if (has(note, "wording"))
		add_words(note, arena_printf(note->maker->arena, "\"%s\"", say(note, "wording")));
	add_titled(note, "by");
	if (behalf->signed_at) {
		note->tone = TONE_HINT;
		add_titled(note, "signed_at");
		add(note, "signed_by");
	} else {
		owe(note, _("not countersigned"), behalf->due, "due");
	}
	return say(note, "verb");
}

static const char *say_supervision(struct note *note)
{
	const struct supervision *it = note->thing;

	if (it->number)
		str_addf(&note->text, "%lld", (long long)it->number);
	add(note, "org");
	add(note, "by");
	add(note, "at");
	if (it->points)
		add_titled(note, "points");
	if (it->lifted_at) {
		note->tone = TONE_HINT;
		add_titled(note, "lifted_at");
		add(note, "lifted_by");
	} else if (it->answered_at) {
		add_titled(note, "answered_at");
		add(note, "answered_by");
	} else {
		owe(note, _("not answered"), it->due, "due");
	}
	str_addf(&note->text, "\n%s", say(note, "words"));
	if (has(note, "answer"))
		str_addf(&note->text, "\n%s: %s", page_field_title(note->child, "answer"),
			 say(note, "answer"));
	return say(note, "channel");
}

static const char *say_instruction(struct note *note)
{
	const struct instruction *it = note->thing;

	add(note, "at");
	add(note, "means");
	add_titled(note, "by");
	if (has(note, "told_at")) {
		gap(note);
		str_addf(&note->text, "%s %s > %s%s%s", page_field_title(note->child, "told_at"),
			 say(note, "told_at"), say(note, "told"), it->read_back ? "  " : "",
			 it->read_back ? page_field_title(note->child, "read_back") : "");
	} else if (!it->done_at) {
		owe(note, _("not passed on"), 0, "at");
	}
	if (it->done_at) {
		note->tone = TONE_HINT;
		add_titled(note, "done_at");
		add(note, "done_by");
	} else {
		owe(note, _("not carried out"), 0, "at");
		note->tone = TONE_SOON;
	}
	str_addf(&note->text, "\n%s", say(note, "words"));
	if (has(note, "outcome"))
		str_addf(&note->text, "\n%s: %s", page_field_title(note->child, "outcome"),
			 say(note, "outcome"));
	return say(note, "leader");
}

static const char *say_extension(struct note *note)
{
	const struct extension *it = note->thing;

	add_titled(note, "asked");
	add(note, "asked_by");
	add(note, "asked_at");
	add(note, "reason");
	if (!it->decided_at) {
		owe(note, _("not decided"), 0, "asked_at");
		note->tone = TONE_SOON;
		return say(note, "org");
	}
	note->tone = TONE_HINT;
	if (it->granted)
		add_titled(note, "granted");
	else
		add_words(note, _("not granted"));
	add(note, "decided_by");
	add(note, "decided_at");
	return say(note, "org");
}

static const char *say_pause(struct note *note)
{
	const struct pause *pause = note->thing;
	bool over = pause->ended_at || (pause->until && pause->until <= note->maker->now);

	str_addf(&note->text, _("since %s"), say(note, "since"));
	add_titled(note, "until");
	add_titled(note, "ended_at");
	add(note, "reason");
	add(note, "by");
	note->tone = over ? TONE_HINT : TONE_PENDING;
	return pause->shelved ? _("shelved") : _("paused");
}

static const char *say_receipt(struct note *note)
{
	const struct receipt *receipt = note->thing;

	if (receipt->signed_at) {
		note->tone = TONE_HINT;
		add_titled(note, "signed_at");
		add(note, "signed_by");
	} else {
		owe(note, _("no receipt"), receipt->due, "due");
	}
	return arena_printf(note->maker->arena, " %s", say(note, "org"));
}

static const char *say_restriction(struct note *note)
{
	const struct restriction *it = note->thing;

	add(note, "reason");
	add_titled(note, "at");
	add(note, "by");
	note->tone = it->lifted_at ? TONE_HINT : TONE_SOON;
	if (it->lifted_at) {
		add_titled(note, "lifted_at");
		add(note, "lifted_by");
	}
	return say(note, "org");
}

/* Of the other ticket, what is needed to answer its caller too: who, when, how it stands. */
static void add_other(struct note *note, const struct incident *other)
{
	static const char *const shown[] = { "reporter", "phone", "reported_at" };
	const struct page_maker *maker = note->maker;
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct step *step = rules_step(maker->rules, other->step);

	str_add(&note->text, "\n");
	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, shown[i]);
		struct value value = field_get(field, other);

		if (value_is_set(value))
			str_addf(&note->text, "%s  ",
				 page_value(maker->rules, field, value, maker->now, maker->arena));
	}
	if (step)
		str_add(&note->text, rules_state_words(maker->rules, step, other));
	if (other->replied_at)
		str_addf(&note->text, "  %s", _("caller told"));
	note->tone = other->open ? TONE_TEXT : TONE_HINT;
}

static const char *say_absence(struct note *note)
{
	add(note, "by");
	add_titled(note, "rang_at");
	add_titled(note, "keyed_at");
	add_titled(note, "at");
	note->tone = TONE_SOON;
	return say(note, "org");
}

/* A whistle that was blown for the case. */
static const char *say_whistle(struct note *note, const struct uuid *id)
{
	struct page_maker *maker = note->maker;
	struct client_whistle shown;
	char mark[48];

	if (client_whistle_get(maker->client, id, maker->arena, &shown, NULL) != ERR_OK) {
		add_words(note, _("not kept here"));
	} else {
		const struct whistle *whistle = shown.whistle;

		add_words(note, client_whistle_mark(&shown, mark));
		add_words(note, whistle->title ? page_clean(whistle->title, maker->arena) : "");
		add_words(note, summons_step_label(maker->rules,
						   whistle_summons(maker->rules, whistle),
						   whistle->step));
		note->tone = whistle->open ? TONE_TEXT : TONE_HINT;
	}
	return say(note, "role");
}

static const char *say_link(struct note *note)
{
	struct page_maker *maker = note->maker;
	const struct link *link = note->thing;
	struct incident *other;
	struct uuid id;
	char mark[48];
	const char *label = page_meeting_link(maker, link, &note->text, &note->tone);

	if (label)
		return label;
	if (link->target && str_eq(link->role, WHISTLE_LINK) &&
	    uuid_parse(link->target, &id) == ERR_OK)
		return say_whistle(note, &id);
	if (!link->target || uuid_parse(link->target, &id) != ERR_OK ||
	    client_get(maker->client, &id, maker->arena, &other, NULL) != ERR_OK) {
		if (link->target && uuid_parse(link->target, &id) == ERR_OK)
			add_words(note, _("not kept here")); /* an id says nothing to people */
		else
			add(note, "target");
		/* one that leads is another word than a department that does */
		return link->role && strcmp(link->role, "lead") == 0 ? _("Lead ticket")
								    : say(note, "role");
	}
	add_words(note, client_mark(maker->client, other, mark));
	add_words(note, other->title ? page_clean(other->title, maker->arena) : "");
	add_other(note, other);
	return link->role && strcmp(link->role, "lead") == 0 ? _("Lead ticket") : say(note, "role");
}

bool page_on_behalf(const struct incident *incident, const struct client_line *line)
{
	const struct behalf *items = incident->behalves.items;

	for (size_t i = 0; i < incident->behalves.n; i++)
		if (line->act && str_eq(items[i].verb, line->act->verb) &&
		    items[i].at == line->eff && str_eq(items[i].by, line->officer))
			return true;
	return *line->phone != '\0';
}

/* ---- the sections ---- */

static const struct {
	enum child child;
	const char *key, *title;
	const char *(*say)(struct note *note);
} kinds[] = {
	{ CHILD_BEHALF, "behalf", N_("Recorded on behalf (by phone)"), say_behalf },
	{ CHILD_PROMISE, "promise", N_("Call-backs owed"), say_promise },
	{ CHILD_EXTENSION, "extension", N_("Extensions asked for"), say_extension },
	{ CHILD_PAUSE, "pause", N_("Pauses"), say_pause },
	{ CHILD_FORCE, "force", N_("Forces"), say_force },
	{ CHILD_INSTRUCTION, "instruction", N_("Instructions"), say_instruction },
	{ CHILD_SUPERVISION, "supervision", N_("Supervisions issued"), say_supervision },
	{ CHILD_RECEIPT, "receipt", N_("Notices and receipts"), say_receipt },
	{ CHILD_RESTRICTION, "restriction", N_("Kept from"), say_restriction },
	{ CHILD_ABSENCE, "absence", N_("Posts that did not answer"), say_absence },
	{ CHILD_PHONECALL, "phonecall", N_("Calls"), say_call },
	{ CHILD_FILE, "file", N_("Attachments"), say_file },
	{ CHILD_LINK, "link", N_("Links"), say_link },
};

/* Receipts of one notice stand below its words. */
static void notice_line(struct page_maker *maker, struct page_section *section,
			const struct children *children, size_t i)
{
	const struct receipt *now = children_at(children, child_desc(CHILD_RECEIPT), i), *before;

	if (i > 0) {
		before = children_at(children, child_desc(CHILD_RECEIPT), i - 1);
		if (before->sent_at == now->sent_at && str_eq(before->words, now->words))
			return;
	}
	page_line(maker, section, TONE_TEXT, page_child(maker, CHILD_RECEIPT, "sent_at", now),
		  page_label_cols(maker, 16),
		  arena_printf(maker->arena, "%s  %s\n%s",
			       page_child(maker, CHILD_RECEIPT, "cls", now),
			       page_child(maker, CHILD_RECEIPT, "sent_by", now),
			       page_child(maker, CHILD_RECEIPT, "words", now)));
}

void page_notes(struct page_maker *maker)
{
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		const struct child_desc *desc = child_desc(kinds[k].child);
		const struct children *children =
			entity_children_const(maker->page->incident, desc);
		struct page_section *section;

		if (!children || !children->n)
			continue;
		section = page_section(maker, kinds[k].key, _(kinds[k].title));
		for (size_t i = 0; i < children->n; i++) {
			struct note note = { maker, kinds[k].child, children_at(children, desc, i),
					     STR_INIT, TONE_TEXT };
			const char *label = kinds[k].say(&note);

			if (kinds[k].child == CHILD_RECEIPT)
				notice_line(maker, section, children, i);
			page_line(maker, section, note.tone, label, page_label_cols(maker, 16),
				  arena_strdup(maker->arena, str_get(&note.text)));
			str_release(&note.text);
		}
	}
}
