/* What a schema says in words: allowed names, forms, the commented example. */
#include <config.h>

#include "conf_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { LONGEST_NAME = 40, NEAR = 2 };

const struct conf_spec *conf_spec_of(const struct conf_spec *specs, const char *name, size_t len)
{
	for (const struct conf_spec *spec = specs; spec->name != NULL; spec++)
		if (strncmp(spec->name, name, len) == 0 && spec->name[len] == '\0')
			return spec;
	return NULL;
}

/* Letters to add, drop or change (Levenshtein); more than any when a name is long. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t row[LONGEST_NAME + 1];

	if (a_len > LONGEST_NAME || b_len > LONGEST_NAME)
		return LONGEST_NAME;
	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t change = diagonal + (a[i - 1] != b[j - 1]);
			size_t drop = row[j] + 1, add = row[j - 1] + 1;

			diagonal = row[j];
			row[j] = change < drop ? change : drop;
			row[j] = add < row[j] ? add : row[j];
		}
	}
	return row[b_len];
}

/* Keeps the nearer of two names. */
static void keep_nearer(const char *name, const char *word, size_t len, size_t *least,
			const char **nearest)
{
	size_t d = distance(word, len, name, strlen(name));

	if (d < *least && d < len) {
		*least = d;
		*nearest = name;
	}
}

const char *conf_nearest(const char *const *words, size_t n, const char *word)
{
	const char *nearest = NULL;
	size_t least = NEAR + 1;

	for (size_t i = 0; i < n; i++)
		keep_nearer(words[i], word, strlen(word), &least, &nearest);
	return nearest;
}

void conf_allowed(const struct conf_spec *specs, const char *word, size_t len, struct str *out)
{
	const char *nearest = NULL;
	size_t least = NEAR + 1;

	for (const struct conf_spec *spec = specs; spec->name != NULL; spec++)
		keep_nearer(spec->name, word, len, &least, &nearest);
	if (nearest != NULL)
		str_addf(out, _("is %s meant? "), nearest);
	str_add(out, _("allowed: "));
	for (const struct conf_spec *spec = specs; spec->name != NULL; spec++)
		str_addf(out, "%s%s", spec == specs ? "" : ", ", spec->name);
}

void conf_form(const struct conf_spec *spec, struct str *out)
{
	switch (spec->type) {
	case CONF_STR:
		str_addf(out, _("%s = \"TEXT\""), spec->name);
		break;
	case CONF_INT:
		str_addf(out, _("%s = NUMBER"), spec->name);
		if (spec->min != 0 || spec->max != 0)
			str_addf(out, _(" (%ld to %ld)"), spec->min, spec->max);
		break;
	case CONF_BOOL:
		str_addf(out, _("%s = true or %s = false"), spec->name, spec->name);
		break;
	case CONF_STRS:
		str_addf(out, _("%s = { \"TEXT\", \"TEXT\" }"), spec->name);
		break;
	case CONF_SECTION:
		if ((spec->flags & CONF_TITLED) != 0)
			str_addf(out, _("%s \"TITLE\" { ... }"), spec->name);
		else
			str_addf(out, "%s { ... }", spec->name);
		break;
	}
}

/* A default as it would be written. */
static void add_default(const struct conf_spec *spec, struct str *out)
{
	const char *at = spec->fallback != NULL ? spec->fallback : "";

	if (spec->type == CONF_INT || spec->type == CONF_BOOL) {
		str_add(out, *at != '\0' ? at : spec->type == CONF_INT ? "0" : "false");
		return;
	}
	if (spec->type == CONF_STRS)
		str_add(out, "{ ");
	str_add_char(out, '"');
	for (; *at != '\0'; at++) {
		if (spec->type == CONF_STRS && *at == ',') {
			at += strspn(at + 1, " ");
			str_add(out, "\", \"");
		} else {
			if (*at == '"' || *at == '\\')
				str_add_char(out, '\\');
			str_add_char(out, *at);
		}
	}
	str_add(out, spec->type == CONF_STRS ? "\" }" : "\"");
}

static void add_example(const struct conf_spec *specs, size_t depth, struct str *out)
{
	for (const struct conf_spec *spec = specs; spec->name != NULL; spec++) {
		if (spec->help != NULL && *spec->help != '\0') {
			str_add_repeat(out, '\t', depth);
			str_addf(out, "# %s", _(spec->help));
			if (spec->type == CONF_INT && (spec->min != 0 || spec->max != 0))
				str_addf(out, _(" (%ld to %ld)"), spec->min, spec->max);
			str_add_char(out, '\n');
		}
		str_add_char(out, '#');
		str_add_repeat(out, '\t', depth);
		if (spec->type == CONF_SECTION) {
			bool titled = (spec->flags & CONF_TITLED) != 0;

			str_addf(out, titled ? "%s \"...\" {\n" : "%s {\n", spec->name);
			add_example(spec->section, depth + 1, out);
			str_add_char(out, '#');
			str_add_repeat(out, '\t', depth);
			str_add(out, "}\n");
		} else {
			str_addf(out, "%s = ", spec->name);
			if (spec->type == CONF_STRS && spec->fallback == NULL)
				str_add(out, "{ }");
			else
				add_default(spec, out);
			str_add_char(out, '\n');
		}
	}
}

void conf_example(const struct conf_spec *spec, struct str *out)
{
	add_example(spec, 0, out);
}
