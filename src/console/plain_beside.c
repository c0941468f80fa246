/* What a form shows beside it, told as it becomes known: what may be the same as what is being
 * registered, what happened at the place, what the caller said before; and templates. */
#include <config.h>

#include "plain_ask.h"

#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/place.h"
#include "zhiban/domain/phone.h"
#include "zhiban/model/dups.h"

enum { AT_ONCE = 200, CASES = 3 };

static const char *text_of(const struct plain_asking *asking, const char *name)
{
	const struct given *given = plain_given(asking, name);

	return given && given->value.is_text && given->value.text ? given->value.text : "";
}

/* Where nobody said a grid, the one that the address can only mean. */
static const struct place *place_of(struct plain *plain)
{
	const struct plain_asking *asking = plain->asking;
	const char *address = text_of(asking, "address");
	const struct place *place = NULL;

	if (!*address || *text_of(asking, "grid") || *text_of(asking, "community") ||
	    client_place_of(plain->client, address, &plain->arena, &place, NULL) != ERR_OK)
		return NULL;
	return place;
}

/* ---- what may be the same ---- */

static bool are_known(const struct plain_asking *asking, const struct dups *dups, size_t n)
{
	if (n != asking->n_same)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!uuid_eq(&asking->same[i], &dups->items[i].id))
			return false;
	return true;
}

/* When it cannot be looked for, nothing is said: the registration goes on. */
static void look_same(struct plain *plain, const struct place *place)
{
	struct plain_asking *asking = plain->asking;
	struct similar_report report = {
		.title = text_of(asking, "title"),
		.text = text_of(asking, "text"),
		.address = text_of(asking, "address"),
		.street = text_of(asking, "street"),
		.community = text_of(asking, "community"),
		.grid = text_of(asking, "grid"),
		.at = client_now(plain->client),
	};
	struct dups dups;
	size_t n;

	if (place) {
		report.street = *report.street ? report.street : place->street;
		report.community = place->community;
		report.grid = place->grid;
	}
	if (dups_like(plain->client, &report, NULL, &plain->arena, &dups, NULL) != ERR_OK)
		return;
	n = dups.n < PLAIN_SAME ? dups.n : PLAIN_SAME;
	if (are_known(asking, &dups, n))
		return;
	asking->n_same = n;
	for (size_t i = 0; i < n; i++) {
		const struct dup *dup = &dups.items[i];

		asking->same[i] = dup->id;
		plain_sayf(plain, _("likely the same: %zu. %s %s %s"), i + 1,
			   dups_percent(dup, &plain->arena),
			   dup->incident->title ? dup->incident->title : "",
			   dups_tail(plain->client, dup, &plain->arena));
	}
	if (n > 0)
		plain_say(plain, _("M NUMBER, when you are asked y or n: registers and merges"));
}

/* ---- what was before ---- */

static size_t count(const struct history *history, enum history_near near)
{
	const struct history_case *cases;
	size_t n;

	return history_cases(history, near, &cases, &n);
}

static size_t say_cases(struct plain *plain, enum history_near near)
{
	const struct history_case *cases;
	size_t n, i;

	(void)history_cases(plain->asking->history, near, &cases, &n);
	for (i = 0; i < n && i < CASES; i++)
		plain_sayf(plain, "%s %s", cases[i].what, cases[i].state);
	return i;
}

static void say_place(struct plain *plain)
{
	const struct history *history = plain->asking->history;
	const struct history_ask *ask = history_asked(history);
	struct str line = STR_INIT;

	if (!*ask->address && !*ask->grid && !*ask->community)
		return;
	str_addf(&line, _("Here before: %zu"), count(history, NEAR_ADDRESS));
	if (*ask->grid)
		str_addf(&line, _(", its grid %zu"), count(history, NEAR_GRID));
	if (*ask->community)
		str_addf(&line, _(", its community %zu"), count(history, NEAR_COMMUNITY));
	if (!history_all(history))
		str_addf(&line, _(" (of the newest %zu)"), history_looked(history));
	plain_say(plain, line.s);
	str_release(&line);
	if (say_cases(plain, NEAR_ADDRESS) + say_cases(plain, NEAR_GRID) == 0)
		(void)say_cases(plain, NEAR_COMMUNITY);
}

static void say_caller(struct plain *plain)
{
	const struct history *history = plain->asking->history;
	char digits[PHONE_DIGITS];

	phone_digits(history_asked(history)->phone, digits);
	if (!*digits)
		return;
	plain_sayf(plain, _("This number before: %zu, of what is held here"),
		   count(history, NEAR_CALLER));
	(void)say_cases(plain, NEAR_CALLER);
}

/* What is not held here the server may know. */
static void ask_of_caller(struct plain *plain)
{
	struct ask ask = { .kind = ASK_CALLERS };
	struct client_link link;
	char digits[PHONE_DIGITS];

	client_link(plain->client, &link);
	phone_digits(history_asked(plain->asking->history)->phone, digits);
	if (*digits && plain->face->worker &&
	    (link.state == LINK_ONLINE || link.state == LINK_THIN)) {
		memcpy(ask.words, digits, sizeof digits);
		worker_ask(plain->face->worker, &ask);
	}
	crypto_wipe(&ask, sizeof ask);
}

bool plain_callers_told(struct plain *plain, const struct tell *tell)
{
	struct history *history = plain->asking ? plain->asking->history : NULL;
	char digits[PHONE_DIGITS];
	size_t known, before;

	if (!history)
		return false;
	phone_digits(history_asked(history)->phone, digits);
	if (strcmp(digits, tell->callers.digits) != 0 || tell->code == ERR_OFFLINE)
		return false;
	if (tell->code != ERR_OK) {
		plain_say(plain, *tell->text ? tell->text : _(err_sentence(tell->code)));
		return true;
	}
	before = count(history, NEAR_CALLER);
	known = history_told(history, tell->callers.ids, tell->callers.n);
	plain_sayf(plain, _("This number before: %zu (the server)"),
		   count(history, NEAR_CALLER) + (size_t)tell->callers.count - known);
	if (count(history, NEAR_CALLER) > before)
		(void)say_cases(plain, NEAR_CALLER);
	return true;
}

static void look_before(struct plain *plain, const struct place *place)
{
	struct plain_asking *asking = plain->asking;
	struct history_ask ask = {
		.address = text_of(asking, "address"),
		.phone = text_of(asking, "phone"),
		.grid = place && place->grid ? place->grid : text_of(asking, "grid"),
		.community = place && place->community ? place->community
						       : text_of(asking, "community"),
	};

	struct history *was = asking->history;
	bool place_too = true, caller_too = true;

	if (was) { /* what was said of the one is not said again for the other */
		const struct history_ask *old = history_asked(was);
		struct history_ask other = ask;

		other.phone = old->phone;
		place_too = !history_same(old, &other);
		other = *old;
		other.phone = ask.phone;
		caller_too = !history_same(old, &other);
	}
	if (!place_too && !caller_too)
		return;
	history_free(was);
	asking->history = history_new(plain->client, &ask);
	while (history_step(asking->history, AT_ONCE))
		;
	if (place_too)
		say_place(plain);
	if (caller_too) {
		say_caller(plain);
		ask_of_caller(plain);
	}
}

void plain_beside_look(struct plain *plain)
{
	const struct plain_asking *asking = plain->asking;
	const struct place *place;

	plain_plan_look(plain);
	if (strcmp(asking->act->verb, "register") != 0 || asking->n == 0)
		return;
	place = place_of(plain);
	look_same(plain, place);
	look_before(plain, place);
}

/* ---- templates ---- */

bool plain_template_any(struct plain *plain)
{
	const struct rules *rules = client_rules(plain->client);

	for (size_t i = 0; i < rules->n_templates; i++)
		if (rules->templates[i].act == plain->asking->act)
			return true;
	return false;
}

void plain_template_offer(struct plain *plain, struct str *out)
{
	struct plain_asking *asking = plain->asking;
	const struct rules *rules = client_rules(plain->client);

	asking->n_offered = 0;
	asking->templates = true;
	for (size_t i = 0; i < rules->n_templates && asking->n_offered < PLAIN_OFFERED; i++) {
		if (rules->templates[i].act != asking->act)
			continue;
		asking->offered[asking->n_offered++] = rules->templates[i].code;
		str_addf(out, _("%zu. template: %s\n"), asking->n_offered,
			 rules->templates[i].label);
	}
	str_addf(out, "%s\n", _("template=NAME fills it in; template=? lists them"));
}

/* What somebody has said already stays. */
static enum err fill(struct plain *plain, const struct template *template, struct error *err)
{
	struct plain_asking *asking = plain->asking;
	enum err code = ERR_OK;

	for (size_t i = 0; i < template->n_values && code == ERR_OK; i++) {
		const struct template_value *value = &template->values[i];

		if (!act_arg_field(asking->act, value->field) || plain_given(asking, value->field))
			continue;
		code = plain_take_field(plain, value->field, value->value, err);
		if (code == ERR_OK)
			plain_say_given(plain, value->field);
	}
	if (code == ERR_OK && template->ask)
		plain_sayf(plain, "%s: %s", _("To be asked"), template->ask);
	return code;
}

enum err plain_template_take(struct plain *plain, const char *word, struct error *err)
{
	const struct rules *rules = client_rules(plain->client);
	struct str names = STR_INIT;

	for (size_t i = 0; i < rules->n_templates; i++) {
		const struct template *template = &rules->templates[i];

		if (template->act != plain->asking->act)
			continue;
		if (strcmp(template->code, word) == 0 || strcmp(template->label, word) == 0)
			return str_release(&names), fill(plain, template, err);
		str_addf(&names, "%s%s (%s)", names.len > 0 ? ", " : "", template->code,
			 template->label);
	}
	error_set(err, ERR_INPUT, _("templates: %s"), str_get(&names));
	str_release(&names);
	return ERR_INPUT;
}
