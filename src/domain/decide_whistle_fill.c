/* What a whistle says and whom it calls, as its acts give it: drafting, correcting, the centre's
 * check. */
#include <config.h>

#include <string.h>

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- what it says ---------------------------------------------------------------------------- */

static void set_words(struct whistling *w)
{
	static const char *const names[] = { "title",	  "text",   "important", "pressing",
					     "address",	  "street", "report_by", "handle_by" };
	const struct kind_desc *kind = kind_desc(KIND_WHISTLE);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct value value = act_value(w->act, names[i], 0);

		if (value_is_set(value))
			field_set(field_find(kind->fields, kind->n_fields, names[i]), w->after,
				  value, w->arena);
	}
}

static enum err no_ground(const struct whistling *w, const char *words, struct error *err)
{
	const struct choices *grounds = &w->summons->grounds;
	struct str names = STR_INIT;

	for (size_t i = 0; i < grounds->n; i++)
		str_addf(&names, "%s%s", i > 0 ? _(", ") : "", grounds->items[i].label);
	error_set(err, ERR_INPUT, _("\"%.40s\" is no ground of %s; there are %.300s"), words,
		  w->summons->label, names.len > 0 ? str_get(&names) : "-");
	str_release(&names);
	return ERR_INPUT;
}

static enum err set_ground(struct whistling *w, struct error *err)
{
	const char *words = act_text(w->act, "ground");
	const struct choice *ground = choices_named(&w->summons->grounds, words);

	if (words == NULL)
		return ERR_OK;
	if (ground == NULL)
		return no_ground(w, words, err);
	w->after->ground = ground->code;
	return ERR_OK;
}

static const struct summons_class *class_named(const struct summons *summons, const char *words)
{
	for (size_t i = 0; words != NULL && i < summons->n_classes; i++)
		if (str_eq(summons->classes[i].code, words) ||
		    str_eq(summons->classes[i].label, words))
			return &summons->classes[i];
	return NULL;
}

static enum err no_class(const struct whistling *w, const char *words, struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < w->summons->n_classes; i++)
		str_addf(&names, "%s%s", i > 0 ? _(", ") : "", w->summons->classes[i].label);
	error_set(err, ERR_INPUT, _("\"%.40s\" is no class of %s; there are %.300s"), words,
		  w->summons->label, names.len > 0 ? str_get(&names) : "-");
	str_release(&names);
	return ERR_INPUT;
}

/* The class that is said; by importance and pressure when these are said, or nothing stands yet. */
static enum err set_class(struct whistling *w, struct error *err)
{
	const char *words = act_text(w->act, "cls");
	bool proposed = value_is_set(act_value(w->act, "important", 0)) ||
			value_is_set(act_value(w->act, "pressing", 0));
	const struct summons_class *named = class_named(w->summons, words);

	if (named != NULL)
		w->cls = named;
	else if (proposed || w->cls == NULL)
		w->cls = summons_class_by(w->summons, w->after->important, w->after->pressing);
	if (w->cls != NULL)
		w->after->cls = w->cls->code;
	return w->cls == NULL || (words != NULL && named == NULL)
		       ? no_class(w, words != NULL ? words : "", err)
		       : ERR_OK;
}

enum err whistling_pass(const struct whistling *w, enum err code, struct error *err)
{
	if (code == ERR_OK || w->problem == NULL)
		return code;
	w->problem(w->problem_ctx, err->text);
	*err = (struct error)ERROR_INIT;
	return ERR_OK;
}

/* --- whom it calls --------------------------------------------------------------------------- */

static bool is_named(const struct whistling *w, const char *org)
{
	for (size_t i = 0;; i++) {
		struct value words = act_value(w->act, "assist", i);
		const struct org *named;

		if (!value_is_set(words))
			return false;
		named = rules_org_named(w->rules, words.text);
		if (named != NULL && str_eq(named->code, org))
			return true;
	}
}

/* Those of the act are added, once each. */
static enum err add_departments(struct whistling *w, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK; i++) {
		struct value words = act_value(w->act, "assist", i);
		const struct org *org;

		if (!value_is_set(words))
			return ERR_OK;
		org = rules_org_named(w->rules, words.text);
		if (org == NULL || whistle_share_of(w->after, org->code) == NULL)
			code = whistling_pass(
			    w, whistling_add_share(w, words.text, "assist", NULL, err), err);
	}
	return code;
}

/* A draft that is corrected calls whom the act says, and nobody else. */
static void drop_others(struct whistling *w)
{
	struct children *shares = &w->after->shares;
	struct str names = STR_INIT;

	for (size_t i = shares->n; i-- > 0;) {
		const struct summoned *share = whistle_share(w->after, i);
		struct uuid id = share->id;

		if (is_named(w, share->org))
			continue;
		str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
			 whistling_org_name(w, share->org));
		children_remove(shares, child_desc(CHILD_SUMMONED), &id);
	}
	if (names.len > 0)
		w->note = arena_printf(w->arena, _("not called any more: %s"), str_get(&names));
	str_release(&names);
}

/* The department that is said leads; else the one that does, else the first. */
static enum err set_lead(struct whistling *w, struct error *err)
{
	const char *words = act_text(w->act, "lead_org");
	const struct org *org = rules_org_named(w->rules, words);

	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (org != NULL && whistle_share_of(w->after, org->code) == NULL)
		return error_set(err, ERR_INPUT, _("%s leads, but is not called"), org->name);
	if (org != NULL)
		whistling_lead(w, org->code);
	else if (w->after->lead != NULL && whistle_share_of(w->after, w->after->lead) != NULL)
		whistling_lead(w, w->after->lead);
	else if (w->after->shares.n > 0)
		whistling_lead(w, whistle_share(w->after, 0)->org);
	else
		w->after->lead = NULL;
	return ERR_OK;
}

enum err whistling_fill(struct whistling *w, struct error *err)
{
	bool corrects = strcmp(w->act->desc->verb, "revise") == 0;
	enum err code;

	set_words(w);
	code = whistling_pass(w, set_ground(w, err), err);
	if (code == ERR_OK)
		code = whistling_pass(w, set_class(w, err), err);
	if (code == ERR_OK && corrects && value_is_set(act_value(w->act, "assist", 0)))
		drop_others(w);
	if (code == ERR_OK)
		code = add_departments(w, err);
	return code == ERR_OK ? whistling_pass(w, set_lead(w, err), err) : code;
}
