/* The table of guards, and what they have in common. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "guard_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

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

enum err guard_refuse(const struct guard_use *use, struct error *err, const char *first,
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

bool guard_lists(const char *list, const char *word)
{
	size_t len = word != NULL ? strlen(word) : 0;

	for (const char *s = list; len > 0 && *s != '\0'; s += strspn(s, "| ")) {
		size_t n = strcspn(s, "| ");
		if (n == len && strncmp(s, word, len) == 0)
			return true;
		s += n;
	}
	return false;
}

void guard_labels(const struct choices *choices, const char *list, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < choices->n; i++)
		if (guard_lists(list, choices->items[i].code))
			str_addf(out, "%s%s", n++ > 0 ? _(", ") : "", choices->items[i].label);
}

/* What the words of an argument must be, one by one. */
static bool is_field(const struct rules *rules, const char *word)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	(void)rules;
	return field_find(kind->fields, kind->n_fields, word) != NULL;
}

static bool is_event(const struct rules *rules, const char *word)
{
	(void)rules;
	return guard_event_known(word);
}

static bool is_role(const struct rules *rules, const char *word)
{
	return choices_find(&rules->roles, word) != NULL;
}

static bool is_tier(const struct rules *rules, const char *word)
{
	return choices_find(&rules->tiers, word) != NULL;
}

static bool is_type(const struct rules *rules, const char *word)
{
	return choices_find(&rules->types, word) != NULL;
}

static bool is_urgency(const struct rules *rules, const char *word)
{
	return choices_find(&rules->urgencies, word) != NULL;
}

static bool is_category(const struct rules *rules, const char *word)
{
	for (size_t i = 0; i < rules->categories.n; i++)
		if (str_starts(rules->categories.items[i].code, word))
			return true;
	return false;
}

static bool is_mode(const struct rules *rules, const char *word)
{
	for (size_t i = 0; i < rules->n_modes; i++)
		if (strcmp(rules->modes[i].code, word) == 0)
			return true;
	return false;
}

static bool is_state(const struct rules *rules, const char *word)
{
	(void)rules;
	return guard_lists("signed|handled|verified", word);
}

static bool is_share_verb(const struct rules *rules, const char *word)
{
	(void)rules;
	return guard_lists("sign|contact|arrive|handle|verify_ok|feedback", word);
}

static bool is_picture(const struct rules *rules, const char *word)
{
	(void)rules;
	return guard_lists("before|after|other", word);
}

static bool is_ending(const struct rules *rules, const char *word)
{
	(void)rules;
	return *word != '\0';
}

static bool is_number(const struct rules *rules, const char *word)
{
	long long num;

	(void)rules;
	return str_int(word, 0, 99, &num);
}

static const struct guard_arg {
	const char *arg;   /* of guard_desc */
	const char *words; /* msgid: what it must be */
	bool (*first)(const struct rules *rules, const char *word); /* NULL: no argument */
	bool (*second)(const struct rules *rules, const char *word); /* of two words */
	bool several;	   /* with | between */
} arguments[] = {
	{ "", N_("no argument"), NULL, NULL, false },
	{ "event", N_("register, sign, handle, verify_ok or assign; several with |"), is_event, NULL,
	  true },
	{ "field", N_("a field of the incident"), is_field, NULL, false },
	{ "role", N_("a role of this profile"), is_role, NULL, false },
	{ "number", N_("a number"), is_number, NULL, false },
	{ "number role", N_("a number and a role of this profile"), is_number, is_role, false },
	{ "tier", N_("a tier of this profile"), is_tier, NULL, false },
	{ "tiers", N_("tiers of this profile, with |"), is_tier, NULL, true },
	{ "types", N_("types of this profile, with |"), is_type, NULL, true },
	{ "categories", N_("beginnings of categories of this profile, with |"), is_category, NULL,
	  true },
	{ "urgency", N_("an urgency of this profile"), is_urgency, NULL, false },
	{ "modes", N_("modes of this profile, with |"), is_mode, NULL, true },
	{ "state", N_("signed, handled or verified"), is_state, NULL, false },
	{ "verb", N_("sign, contact, arrive, handle, verify_ok or feedback"), is_share_verb, NULL,
	  false },
	{ "endings", N_("results such as settled|withdrawn"), is_ending, NULL, true },
	{ "picture", N_("before, after or other"), is_picture, NULL, false },
};

static const struct guard_arg *argument_of(const struct guard_desc *guard)
{
	for (size_t i = 0; i < ARRAY_LEN(arguments); i++)
		if (strcmp(arguments[i].arg, guard->arg) == 0)
			return &arguments[i];
	return &arguments[0];
}

const char *guard_arg_words(const struct guard_desc *guard)
{
	return _(argument_of(guard)->words);
}

/* One word between s and end. */
static bool word_ok(const struct rules *rules, const char *s, size_t len,
		    bool (*ok)(const struct rules *rules, const char *word))
{
	char word[80];

	if (len == 0 || len >= sizeof word)
		return false;
	memcpy(word, s, len);
	word[len] = '\0';
	return ok(rules, word);
}

bool guard_arg_ok(const struct rules *rules, const struct guard_desc *guard, const char *arg)
{
	const struct guard_arg *want = argument_of(guard);
	const char *s = arg;

	if (want->first == NULL)
		return *arg == '\0';
	for (;;) {
		size_t len = strcspn(s, want->several ? "|" : " ");
		if (!word_ok(rules, s, len, want->first))
			return false;
		s += len;
		if (*s == '\0')
			return want->second == NULL;
		s++;
		if (!want->several)
			return want->second != NULL && word_ok(rules, s, strlen(s), want->second);
	}
}
