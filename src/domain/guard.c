#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

typedef enum err guard_fn(const struct ask *ask, const struct guard_use *use, struct error *err);

static guard_fn guard_actor_not, guard_org_not, guard_field_set, guard_role_at_least;

static const struct {
	struct guard_desc desc;
	guard_fn *check;
} guards[] = {
#define G(name_, arg_, sentence_) { { #name_, arg_, sentence_ }, guard_##name_ },
#include "zhiban/domain/guard.def"
#undef G
};

size_t guard_desc_count(void)
{
	return ARRAY_LEN(guards);
}

const struct guard_desc *guard_desc_at(size_t i)
{
	return &guards[i].desc;
}

const struct guard_desc *guard_desc_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(guards); i++)
		if (strcmp(guards[i].desc.name, name) == 0)
			return &guards[i].desc;
	return NULL;
}

enum err guard_check(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(guards); i++)
		if (&guards[i].desc == use->guard)
			return guards[i].check(ask, use, err);
	return error_set(err, ERR_REFUSED, _("a guard that is not known here"));
}

/* Refuses with the guard's sentence, whose %s (a translation may write %2$s) are the words. */
static enum err refuse(const struct guard_use *use, struct error *err, const char *first,
		       const char *second)
{
	const char *words[] = { first, second };
	struct str out = STR_INIT;
	size_t next = 0;

	for (const char *s = _(use->guard->sentence); *s != '\0'; s++) {
		if (s[0] == '%' && (s[1] == '1' || s[1] == '2') && s[2] == '$' && s[3] == 's') {
			str_add(&out, words[s[1] - '1']);
			s += 3;
		} else if (s[0] == '%' && s[1] == 's' && next < ARRAY_LEN(words)) {
			str_add(&out, words[next++]);
			s++;
		} else {
			str_add_char(&out, *s);
		}
	}
	error_set(err, ERR_REFUSED, "%s", str_get(&out));
	str_release(&out);
	return ERR_REFUSED;
}

/* Who did an event, as the incident remembers it. */
static const struct {
	const char *event; /* verb */
	const char *officer, *org; /* fields; NULL: not remembered */
} events[] = {
	{ "register", "registrar", "origin" },
	{ "sign", "signer", NULL },
	{ "handle", "handler", "handler_org" },
	{ "assign", NULL, "holder" },
};

static const char *text_field(const struct incident *incident, const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	if (name == NULL || incident == NULL)
		return NULL;
	return field_get(field_find(kind->fields, kind->n_fields, name), incident).text;
}

static bool names_event(const char *arg, const char *event)
{
	size_t len = strlen(event);

	for (const char *s = arg; s != NULL && *s != '\0'; s += strspn(s, "| ")) {
		size_t word = strcspn(s, "| ");
		if (word == len && strncmp(s, event, len) == 0)
			return true;
		s += word;
	}
	return false;
}

static enum err guard_actor_not(const struct ask *ask, const struct guard_use *use,
				struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		const char *who = text_field(ask->incident, events[i].officer);
		if (names_event(use->arg, events[i].event) && str_eq(who, ask->actor->officer) &&
		    who != NULL)
			return refuse(use, err, who,
				      rules_act_label(ask->rules, act_desc_find(events[i].event)));
	}
	return ERR_OK;
}

static enum err guard_org_not(const struct ask *ask, const struct guard_use *use,
			      struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		const char *who = text_field(ask->incident, events[i].org);
		const struct org *org = rules_org(ask->rules, who);
		if (names_event(use->arg, events[i].event) && who != NULL &&
		    rules_org_within(ask->rules, ask->actor->org, who))
			return refuse(use, err, org != NULL ? org->name : who,
				      rules_act_label(ask->rules, act_desc_find(events[i].event)));
	}
	return ERR_OK;
}

/* There already, or brought by this act; asked without arguments, an act that can bring it may. */
static enum err guard_field_set(const struct ask *ask, const struct guard_use *use,
				struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, use->arg);

	if (field == NULL)
		return refuse(use, err, use->arg, "");
	if (ask->incident != NULL && value_is_set(field_get(field, ask->incident)))
		return ERR_OK;
	if (ask->act != NULL ? value_is_set(act_value(ask->act, field->name, 0))
			     : act_arg_field(ask->desc, field->name) != NULL)
		return ERR_OK;
	return refuse(use, err, _(field->title), "");
}

static enum err guard_role_at_least(const struct ask *ask, const struct guard_use *use,
				    struct error *err)
{
	const struct choices *roles = &ask->rules->roles;
	const struct choice *least = choices_find(roles, use->arg);
	const struct choice *own = choices_find(roles, ask->actor->role);

	if (least != NULL && own != NULL && own >= least)
		return ERR_OK;
	return refuse(use, err, least != NULL ? least->label : use->arg, "");
}
