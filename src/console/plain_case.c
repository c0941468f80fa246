/* Beside one incident: the officer's marks on it, tickets linked with it or like it, its place, a
 * personal value in clear. */
#include <config.h>

#include "plain_pick_priv.h"
#include "plain_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/dups.h"
#include "zhiban/model/place.h"
#include "zhiban/model/reveal.h"

static const char *mark_of(struct plain *plain, const struct uuid *id)
{
	struct incident *incident;
	char mark[48];

	return client_get(plain->client, id, &plain->arena, &incident, NULL) == ERR_OK
		       ? arena_strdup(&plain->arena, client_mark(plain->client, incident, mark))
		       : "?";
}

/* ---- watched, pinned ---- */

static void toggle(struct plain *plain, const char *args, enum mark_what what, const char *on,
		   const char *off)
{
	struct error err = ERROR_INIT;
	struct uuid id;
	bool set;

	if (!plain_only_target(plain, args, &id))
		return;
	set = !client_marked(plain->client, &id, what);
	if (client_mark_set(plain->client, &id, what, set, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_wake(plain);
	plain_sayf(plain, "%s: %s", mark_of(plain, &id), set ? on : off);
}

void plain_watch(struct plain *plain, const char *args)
{
	toggle(plain, args, MARK_WATCH, _("watched"), _("no longer watched"));
}

void plain_pin(struct plain *plain, const char *args)
{
	toggle(plain, args, MARK_PIN, _("pinned"), _("no longer pinned"));
}

/* ---- tickets linked with it ---- */

/* One that is here has a number that opens it. */
static void say_link(struct plain *plain, const struct link *link)
{
	const struct child_desc *desc = child_desc(CHILD_LINK);
	struct value role = { .is_text = true, .text = link->role };
	struct incident *other;
	struct uuid id;
	char buf[64];
	const char *how = rules_show(client_rules(plain->client), &desc->fields[0], role, buf,
				     sizeof buf);

	if (link->target && plain->n_rows < PLAIN_ROWS &&
	    uuid_parse(link->target, &id) == ERR_OK &&
	    client_get(plain->client, &id, &plain->arena, &other, NULL) == ERR_OK) {
		plain->rows[plain->n_rows++] = id;
		plain_sayf(plain, "%zu. %s %s", plain->n_rows, how, plain_row(plain, other));
	} else {
		plain_sayf(plain, "%s %s", how, link->target ? link->target : "");
	}
}

void plain_links(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct incident *incident;
	struct uuid id;

	if (!plain_only_target(plain, args, &id))
		return;
	if (client_get(plain->client, &id, &plain->arena, &incident, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	if (incident->links.n == 0) {
		plain_say(plain, _("no ticket is linked with this one"));
		return;
	}
	plain->n_rows = 0;
	plain->any_alike = false;
	for (size_t i = 0; i < incident->links.n; i++)
		say_link(plain, &((const struct link *)incident->links.items)[i]);
}

/* ---- its place ---- */

/* Of an address, or of an incident: who is there, and what happened there before. */
void plain_place(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct place_card card;
	struct incident *incident;
	struct str text = STR_INIT;
	struct uuid id;
	enum err code;

	if (*args && plain_named(plain, args, &id, NULL) != ERR_OK) {
		code = client_place_card(plain->client, args, &plain->arena, &card, &err);
	} else {
		if (!plain_target(plain, &args, &id))
			return;
		code = client_get(plain->client, &id, &plain->arena, &incident, &err);
		if (code == ERR_OK)
			code = client_place_card_of(plain->client, incident, &plain->arena, &card,
						    &err);
	}
	if (code == ERR_OK)
		place_card_text(plain->client, &card, &text);
	plain_say(plain, code == ERR_OK ? str_get(&text) : err.text);
	str_release(&text);
}

/* ---- a value in clear ---- */

struct wanted {
	struct reveal_item item;
	struct uuid id;
};

static void say_value(struct plain *plain, const char *title, const char *why, const char *value)
{
	plain_sayf(plain, "%s %s", _(title), value);
	if (why)
		plain_sayf(plain, _("(%s, noted in the journal; lock wipes it from the screen)"),
			   why);
}

static void show(struct plain *plain, const struct wanted *wanted, const struct choice *why)
{
	struct ask ask = { .kind = ASK_SHOW, .id = wanted->id };
	const struct field *field = wanted->item.field;
	struct error err = ERROR_INIT;
	const char *value;
	enum err code = ERR_OK;

	if (wanted->item.here) {
		code = reveal_here(plain->client, &wanted->id, field, why->code, &plain->arena,
				   &value, &err);
		if (code == ERR_OK) {
			board_own(plain->board, &wanted->id);
			plain_wake(plain);
			say_value(plain, field->title, why->label, value);
		}
	} else if (!plain->face->worker || !str_copy(ask.field, sizeof ask.field, field->name) ||
		   !str_copy(ask.why, sizeof ask.why, why->code)) {
		code = error_set(&err, ERR_OFFLINE, "%s",
				 _("this console does not hold the value, and nothing runs that "
				   "could ask the server"));
	} else {
		plain->shown_what = field->title;
		worker_ask(plain->face->worker, &ask);
		plain_sayf(plain, _("%s: the server is asked"), why->label);
	}
	if (code != ERR_OK)
		plain_say(plain, err.text);
}

void plain_shown(struct plain *plain, const struct tell *tell)
{
	const char *title = plain->shown_what;

	plain->shown_what = NULL;
	if (!title)
		return;
	if (tell->code == ERR_OK)
		say_value(plain, title, NULL, tell->text);
	else
		plain_say(plain, *tell->text ? tell->text : _(err_sentence(tell->code)));
}

static void why_chosen(struct plain *plain, struct plain_pick *pick, size_t at)
{
	show(plain, pick->own, &client_rules(plain->client)->reveal_whys.items[at]);
}

static void ask_why(struct plain *plain, const struct wanted *wanted)
{
	const struct choices *whys = &client_rules(plain->client)->reveal_whys;
	struct plain_pick *pick =
		plain_pick_new(plain,
			       arena_printf(&plain->arena, _("%s %s: why?"),
					    _(wanted->item.field->title), wanted->item.masked),
			       why_chosen);
	struct wanted *own = arena_array(&pick->arena, 1, sizeof *own);

	*own = *wanted;
	own->item.masked = arena_strdup(&pick->arena, wanted->item.masked);
	pick->own = own;
	pick->usual = reveal_usual(client_rules(plain->client));
	for (size_t i = 0; i < whys->n; i++)
		plain_pick_add(pick, whys->items[i].label);
	plain_pick_say(plain);
}

/* The phone, where it is not said which. */
static const struct reveal_item *item_named(struct plain *plain, const struct reveal_item *items,
					    size_t n, const char *word)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < n; i++)
		if (*word == '\0' || strcmp(items[i].field->name, word) == 0 ||
		    strcmp(_(items[i].field->title), word) == 0)
			return &items[i];
	for (size_t i = 0; i < n; i++)
		str_addf(&names, " %s (%s)", items[i].field->name, _(items[i].field->title));
	plain_sayf(plain, _("\"%s\" is not there to be shown; there are%s"), word, str_get(&names));
	str_release(&names);
	return NULL;
}

/* reveal [INCIDENT] [FIELD [REASON]]: asks for the reason that is not said. */
void plain_reveal(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	struct reveal_item items[REVEALS_MOST];
	struct error err = ERROR_INIT;
	const struct reveal_item *item;
	const struct choice *why;
	struct wanted wanted;
	size_t n = 0, len;

	if (!plain_target(plain, &args, &wanted.id))
		return;
	if (reveal_items(plain->client, &wanted.id, &plain->arena, items, &n, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	len = strcspn(args, " ");
	item = item_named(plain, items, n, arena_strndup(&plain->arena, args, len));
	if (!item)
		return;
	wanted.item = *item;
	args += len + strspn(args + len, " ");
	why = *args ? candidates_choice(&rules->reveal_whys, args) : NULL;
	if (rules->reveal_whys.n == 0)
		plain_say(plain, _("the profile has no list of reasons (reveal_why)"));
	else if (why)
		show(plain, &wanted, why);
	else
		ask_why(plain, &wanted);
}

/* ---- what may be the same ---- */

static void say_alike(struct plain *plain, const struct uuid *id)
{
	struct error err = ERROR_INIT;
	struct incident *incident;
	struct dups dups;

	if (dups_of(plain->client, id, &plain->arena, &incident, &dups, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain->n_rows = 0;
	plain->alike = *id;
	plain->any_alike = dups.n > 0;
	plain->focus = *id;
	plain->any = true;
	if (dups.n > 0)
		plain_sayf(plain, _("Likely the same: %zu"), dups.n);
	for (size_t i = 0; i < dups.n && i < PLAIN_ROWS; i++) {
		plain->rows[plain->n_rows++] = dups.items[i].id;
		plain_sayf(plain, "%zu. %s %s", plain->n_rows,
			   dups_percent(&dups.items[i], &plain->arena),
			   plain_row(plain, dups.items[i].incident));
	}
	if (dups.unseen > 0)
		plain_sayf(plain, _("%lld incidents are not in the index yet: of these the newest were "
				    "looked at."),
			   (long long)dups.unseen);
	plain_say(plain, dups.n > 0 ? _("M NUMBERS merges those with it")
				    : _("Nothing here is like it."));
}

struct merging {
	struct uuid ids[PLAIN_ROWS + 1];
	size_t n, lead;
};

static enum err merge_one(struct plain *plain, const struct uuid *id, const struct uuid *lead,
			  struct error *err)
{
	const struct act_desc *act = act_desc_find("merge");
	char text[UUID_TEXT];
	struct given given = { act_arg_field(act, "lead"), { .is_text = true, .text = text } };
	struct client_done done;

	uuid_text(lead, text);
	return client_act(plain->client, act, id, &given, 1, &done, err);
}

bool plain_can_lead(struct plain *plain, const struct uuid *lead)
{
	struct incident *incident;

	return client_get(plain->client, lead, &plain->arena, &incident, NULL) == ERR_OK &&
	       dups_lead((const struct incident *const[]){ incident }, 1) == 0;
}

void plain_merge_new(struct plain *plain, const struct uuid *lead)
{
	struct error err = ERROR_INIT;

	if (merge_one(plain, &plain->focus, lead, &err) != ERR_OK) {
		plain_sayf(plain, _("Registered, but not merged: %s"), err.text);
		return;
	}
	plain_sayf(plain, _("Registered and merged into %s, waits to be sent"),
		   mark_of(plain, lead));
	plain_wake(plain);
}

/* A line for each: one that cannot be does not keep the others. */
static void merge_chosen(struct plain *plain, struct plain_pick *pick, size_t at)
{
	const struct merging *merging = pick->own;

	if (at != 0) {
		plain_say(plain, _("left; nothing was done"));
		return;
	}
	for (size_t i = 0; i < merging->n; i++) {
		struct error err = ERROR_INIT;
		const char *mark;

		if (i == merging->lead)
			continue;
		mark = mark_of(plain, &merging->ids[i]);
		if (merge_one(plain, &merging->ids[i], &merging->ids[merging->lead], &err) ==
		    ERR_OK) {
			board_own(plain->board, &merging->ids[i]);
			plain_sayf(plain, "%s: %s", mark, _("done here, waits to be sent"));
		} else {
			plain_sayf(plain, "%s: %s", mark, err.text);
		}
	}
	plain->focus = merging->ids[merging->lead];
	plain->any_alike = false;
	plain_wake(plain);
}

static void ask_merge(struct plain *plain, const struct merging *merging)
{
	const struct act_desc *act = act_desc_find("merge");
	struct plain_pick *pick;
	struct str words = STR_INIT;
	struct merging *own;

	for (size_t i = 0; i < merging->n; i++)
		if (i != merging->lead)
			str_addf(&words, "%s%s", words.len > 0 ? ", " : "",
				 mark_of(plain, &merging->ids[i]));
	str_addf(&words, " -> %s  %s?", mark_of(plain, &merging->ids[merging->lead]),
		 rules_act_label(client_rules(plain->client), act));
	pick = plain_pick_new(plain, str_get(&words), merge_chosen);
	own = arena_array(&pick->arena, 1, sizeof *own);
	*own = *merging;
	pick->own = own;
	plain_pick_add(pick, _("yes"));
	plain_pick_add(pick, _("no"));
	plain_pick_say(plain);
	str_release(&words);
}

/* Numbers of the list of what is alike: these and the one it was made for become one. */
static void merge_rows(struct plain *plain, const char *args)
{
	struct merging merging = { .ids = { plain->alike }, .n = 1 };
	const struct incident *incidents[PLAIN_ROWS + 1];
	struct error err = ERROR_INIT;

	while (*args != '\0' && merging.n <= PLAIN_ROWS) {
		size_t len = strcspn(args, " ,");

		if (plain_named(plain, arena_strndup(&plain->arena, args, len),
				&merging.ids[merging.n], &err) != ERR_OK) {
			plain_say(plain, err.text);
			return;
		}
		merging.n++;
		args += len + strspn(args + len, " ,");
	}
	for (size_t i = 0; i < merging.n; i++) {
		struct incident *incident;

		if (client_get(plain->client, &merging.ids[i], &plain->arena, &incident, &err) !=
		    ERR_OK) {
			plain_say(plain, err.text);
			return;
		}
		incidents[i] = incident;
	}
	merging.lead = dups_lead(incidents, merging.n);
	if (merging.lead == merging.n)
		plain_say(plain, _("None of them is open and stands for itself: nothing can be "
				   "merged into a closed ticket."));
	else
		ask_merge(plain, &merging);
}

/* dups: what may be the same as the incident; then dups 1 3: merges these with it. */
void plain_dups(struct plain *plain, const char *args)
{
	struct uuid id;

	if (*args != '\0' && plain->any_alike)
		merge_rows(plain, args);
	else if (plain_only_target(plain, args, &id))
		say_alike(plain, &id);
}
