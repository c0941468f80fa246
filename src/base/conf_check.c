/* Are the values of a text what the schema allows? */
#include <config.h>

#include "conf_priv.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { STR_MOST = 4096 };

enum err conf_twice(const struct conf_section *section, int line, const char *name, int first,
		      struct error *err)
{
	return conf_error_at(section->conf->name, line, err,
			     _("%s: it stands here a second time, first in line %d"), name, first);
}

bool conf_as_bool(const char *word, bool *ret_value)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {
		{ "true", true },  { "false", false }, { "yes", true },
		{ "no", false },   { "on", true },     { "off", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!str_eq(words[i].word, word))
			continue;
		*ret_value = words[i].value;
		return true;
	}
	return false;
}

bool conf_as_int(const struct conf_spec *spec, const char *word, long long *ret_value)
{
	bool any = spec->min == 0 && spec->max == 0;

	return str_int(word, any ? LONG_MIN : spec->min, any ? LONG_MAX : spec->max, ret_value);
}

static enum err missing(const struct conf_section *section, const struct conf_spec *spec,
			struct error *err)
{
	struct str form = STR_INIT;

	conf_form(spec, &form);
	if (section->name[0] != '\0')
		conf_error(section, NULL, err, _("%s: it is missing in %s; it is written %s"),
			   spec->name, section->name, form.s);
	else
		conf_error(section, NULL, err, _("%s: it is missing; it is written %s"), spec->name,
			   form.s);
	str_release(&form);
	return ERR_INPUT;
}

static enum err empty(const struct conf_section *section, const struct conf_spec *spec, size_t i,
		      struct error *err)
{
	return conf_item_error(section, spec->name, i, err, _("%s: it must not be empty"),
			       spec->name);
}

static enum err check_item(const struct conf_section *section, const struct conf_spec *spec,
			   size_t i, const char *item, struct error *err)
{
	long most = spec->max > 0 ? spec->max : STR_MOST;
	struct str form = STR_INIT;
	enum err code = ERR_OK;
	long long number;
	bool truth;

	if (spec->type == CONF_INT ? conf_as_int(spec, item, &number) :
	    spec->type == CONF_BOOL ? conf_as_bool(item, &truth) : strlen(item) <= (size_t)most) {
		if (*item != '\0' || (spec->flags & CONF_REQUIRED) == 0)
			return ERR_OK;
		return empty(section, spec, i, err);
	}
	conf_form(spec, &form);
	if (spec->type == CONF_INT || spec->type == CONF_BOOL)
		code = conf_item_error(section, spec->name, i, err,
				       _("%s: \"%.60s\" is not allowed; it is written %s"),
				       spec->name, item, form.s);
	else
		code = conf_item_error(section, spec->name, i, err,
				       _("%s: the text has %zu bytes, at most %ld are allowed"),
				       spec->name, strlen(item), most);
	str_release(&form);
	return code;
}

enum err conf_check_value(const struct conf_section *section, const struct conf_spec *spec,
			    const struct conf_value *value, struct error *err)
{
	if ((spec->flags & CONF_REQUIRED) != 0 && value->n == 0 && value->line != 0)
		return empty(section, spec, 0, err);
	if ((spec->flags & CONF_REQUIRED) != 0 && value->line == 0)
		return missing(section, spec, err);
	if (value->line == 0 || spec->type == CONF_SECTION)
		return ERR_OK;
	for (size_t i = 0; i < value->n; i++)
		if (check_item(section, spec, i, value->items[i], err) != ERR_OK)
			return ERR_INPUT;
	return ERR_OK;
}

static int by_title(const void *a, const void *b)
{
	const struct conf_section *const *x = a, *const *y = b;
	int order = strcmp((*x)->title, (*y)->title);

	return order != 0 ? order : (*x)->line - (*y)->line;
}

enum err conf_check_titles(struct arena *arena, const struct conf_value *value, struct error *err)
{
	const struct conf_section **order = arena_array(arena, value->n, sizeof *order);

	for (size_t i = 0; i < value->n; i++)
		order[i] = &value->sections[i];
	qsort(order, value->n, sizeof *order, by_title);
	for (size_t i = 1; i < value->n; i++)
		if (str_eq(order[i - 1]->title, order[i]->title))
			return conf_twice(order[i], order[i]->line,
				     arena_printf(arena, "%s \"%s\"", order[i]->name,
						  order[i]->title),
				     order[i - 1]->line, err);
	return ERR_OK;
}
