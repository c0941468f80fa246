/* The words a filter knows: fields, and what their values are called. */
#include <config.h>

#include <string.h>
#include <strings.h>

#include "filter_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { NEAREST = 4, WORD_MAX = 48 };

static const struct { /* short names of fields */
	const char *name, *field;
} short_names[] = {
	{ "src", "source" }, { "sev", "severity" }, { "urg", "urgency" },
	{ "cat", "category" }, { "no", "number" },
};

static const struct { /* what the board calls them above its columns */
	const char *title, *field;
} columns[] = {
	{ N_("State"), "step" },
	{ N_("Left"), "due" },
	{ N_("Area"), "street" },
	{ N_("Pressed"), "supervised" },
};

static const char *const special[] = { "dept", "since" };

/* What is masked must not be guessed by filtering for it digit by digit. */
static bool filterable(const struct field *field)
{
	return field->sensitivity != SENS_PERSONAL;
}

const struct field *filter_field(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < ARRAY_LEN(short_names); i++)
		if (strcmp(short_names[i].name, name) == 0)
			name = short_names[i].field;
	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		if (strcasecmp(_(columns[i].title), name) == 0)
			name = columns[i].field;
	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		if (filterable(field) && (strcmp(field->name, name) == 0 ||
					  strcasecmp(_(field->title), name) == 0))
			return field;
	}
	return NULL;
}

/* Adds a candidate under up to three names (NULL ones are left out) and the words of a choice. */
static void add(struct candidates *list, struct arena *arena, const char *code,
		const char *const own[3], const char *const *words)
{
	size_t n = 0, n_words = 0;
	const char **names;

	while (words != NULL && words[n_words] != NULL)
		n_words++;
	names = arena_array(arena, 3 + n_words + 1, sizeof *names);
	for (size_t i = 0; i < 3; i++)
		if (own[i] != NULL)
			names[n++] = own[i];
	for (size_t i = 0; i < n_words; i++)
		names[n++] = words[i];
	if (list->n == list->cap) {
		size_t cap = list->cap != 0 ? 2 * list->cap : 32;
		struct candidate *items = arena_array(arena, cap, sizeof *items);
		if (list->n > 0)
			memcpy(items, list->items, list->n * sizeof *items);
		list->items = items;
		list->cap = cap;
	}
	list->items[list->n++] = (struct candidate){ code, names };
}

#define NAMES(...) ((const char *const[3]){ __VA_ARGS__ })

struct candidates candidates_of_fields(struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct candidates list = { .items = NULL };

	for (size_t i = 0; i < ARRAY_LEN(special); i++)
		add(&list, arena, special[i], NAMES(special[i]), NULL);
	for (size_t i = 0; i < ARRAY_LEN(short_names); i++)
		add(&list, arena, short_names[i].field, NAMES(short_names[i].name), NULL);
	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		if (filterable(field) && !(field->flags & F_HIDDEN))
			add(&list, arena, field->name, NAMES(field->name, _(field->title)), NULL);
	}
	return list;
}

/* Organisations; of the tier the field is called after, where the rules have such a tier. */
static void add_orgs(struct candidates *list, const struct rules *rules, const struct field *field,
		     struct arena *arena)
{
	bool tier = choices_find(&rules->tiers, field->name) != NULL;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];
		const char *brief = org->brief != NULL ? org->brief : org->name;
		if (!tier || str_eq(org->tier, field->name))
			add(list, arena, org->code, NAMES(brief, org->name, org->code), NULL);
	}
}

static void add_clocks(struct candidates *list, const struct rules *rules, struct arena *arena)
{
	for (size_t i = 0; i < rules->n_steps; i++) {
		const struct step *step = &rules->steps[i];
		for (size_t k = 0; k < step->n_clocks; k++)
			add(list, arena, step->clocks[k].kind,
			    NAMES(step->clocks[k].label, step->clocks[k].kind), NULL);
	}
}

static void add_codes(struct candidates *list, const struct rules *rules, const struct field *field,
		      struct arena *arena)
{
	const struct choices *choices = rules_choices_in(rules, field, arena);

	for (size_t i = 0; choices != NULL && i < choices->n; i++)
		add(list, arena, choices->items[i].code,
		    NAMES(choices->items[i].label, choices->items[i].code),
		    choices->items[i].words);
	for (size_t i = 0; str_eq(field->name, "step") && i < rules->n_steps; i++)
		add(list, arena, rules->steps[i].id,
		    NAMES(rules->steps[i].label, rules->steps[i].waiting, rules->steps[i].id),
		    NULL);
	for (size_t i = 0; str_eq(field->name, "moved_by") && i < act_desc_count(); i++)
		add(list, arena, act_desc_at(i)->verb,
		    NAMES(rules_act_label(rules, act_desc_at(i)), act_desc_at(i)->verb), NULL);
	for (size_t i = 0; str_eq(field->name, "supervised") && i < rules->n_channels; i++)
		add(list, arena, rules->channels[i].code,
		    NAMES(rules->channels[i].label, rules->channels[i].code), NULL);
	if (str_eq(field->name, "due_clock"))
		add_clocks(list, rules, arena);
}

bool candidates_of(const struct rules *rules, const struct field *field, struct arena *arena,
		   struct candidates *ret_list)
{
	struct candidates list = { .items = NULL };

	if (field->type != FIELD_CODE && field->type != FIELD_CHOICE && field->type != FIELD_ORG)
		return false;
	if (field->type == FIELD_ORG)
		add_orgs(&list, rules, field, arena);
	else
		add_codes(&list, rules, field, arena);
	/* an import names sources of its own */
	list.open = str_eq(field->name, "source");
	*ret_list = list;
	return true;
}

static size_t mark(const struct candidates *list, const char *word, bool whole, bool *fits)
{
	struct str folded = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		fits[i] = false;
		for (const char **name = list->items[i].names; *name != NULL && !fits[i]; name++) {
			str_clear(&folded);
			text_fold(&folded, *name);
			fits[i] = whole ? strcmp(str_get(&folded), word) == 0
					: strstr(str_get(&folded), word) != NULL;
		}
		n += fits[i];
	}
	str_release(&folded);
	return n;
}

size_t candidates_match(const struct candidates *list, const char *words, bool *fits)
{
	struct str word = STR_INIT;
	size_t n;

	text_fold(&word, words);
	n = mark(list, str_get(&word), true, fits);
	if (n == 0)
		n = mark(list, str_get(&word), false, fits);
	str_release(&word);
	return n;
}

static size_t code_points(const char *s, uint32_t cps[WORD_MAX])
{
	size_t len = strlen(s), n = 0;

	while (len > 0 && n < WORD_MAX) {
		size_t used = text_next(s, len, &cps[n++]);
		s += used;
		len -= used;
	}
	return n;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Levenshtein's distance of two folded words, in characters. */
static unsigned distance(const char *a, const char *b)
{
	uint32_t x[WORD_MAX], y[WORD_MAX];
	size_t nx = code_points(a, x), ny = code_points(b, y);
	unsigned row[WORD_MAX + 1];

	for (size_t j = 0; j <= ny; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= nx; i++) {
		unsigned diagonal = row[0];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= ny; j++) {
			unsigned above = row[j];
			row[j] = least(above + 1, row[j - 1] + 1,
				       diagonal + (x[i - 1] != y[j - 1]));
			diagonal = above;
		}
	}
	return row[ny];
}

struct near {
	const char *shown;
	unsigned distance;
	size_t length; /* of the name compared, in characters */
};

static struct near nearest_name(const struct candidate *item, const char *word)
{
	struct near best = { item->names[0], WORD_MAX + 1, 0 };
	struct str folded = STR_INIT;

	for (const char **name = item->names; *name != NULL; name++) {
		unsigned d;
		str_clear(&folded);
		text_fold(&folded, *name);
		d = distance(str_get(&folded), word);
		if (d < best.distance) {
			best.distance = d;
			best.length = text_chars(str_get(&folded));
			if (*word != '\0') /* the name that is meant, be it the code */
				best.shown = *name;
		}
	}
	str_release(&folded);
	return best;
}

const char *candidates_near(const struct candidates *list, const char *words, struct arena *arena,
			    bool *ret_near)
{
	struct near best[NEAREST + 1];
	struct str word = STR_INIT, out = STR_INIT;
	const char *text;
	size_t n = 0;

	text_fold(&word, words);
	for (size_t i = 0; i < list->n; i++) {
		struct near one = nearest_name(&list->items[i], str_get(&word));
		size_t at = n;
		while (at > 0 && best[at - 1].distance > one.distance) {
			best[at] = best[at - 1];
			at--;
		}
		best[at] = one;
		if (n < NEAREST)
			n++;
	}
	for (size_t i = 0; i < n; i++)
		str_addf(&out, "%s%s", i > 0 ? ", " : "", best[i].shown);
	*ret_near = n > 0 && best[0].distance <= 1 + best[0].length / 5 &&
		    best[0].distance < best[0].length;
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	str_release(&word);
	return text;
}
