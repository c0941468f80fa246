#include <config.h>

#include "zhiban/base/conf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "conf_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum err conf_read(const char *path, const struct conf_spec *spec, struct conf **ret_conf,
		   struct error *err)
{
	const char *name = str_eq(path, "-") ? _("standard input") : path;
	struct str text = STR_INIT;
	enum err code = file_read(path, CONF_TEXT_MOST, &text, err);

	if (code == ERR_OK)
		code = conf_parse(name, text.s, text.len, spec, ret_conf, err);
	str_release(&text);
	return code;
}

void conf_free(struct conf *conf)
{
	if (conf == NULL)
		return;
	arena_release(&conf->arena);
	free(conf);
}

const struct conf_section *conf_root(const struct conf *conf)
{
	return &conf->root;
}

const char *conf_title(const struct conf_section *section)
{
	return section->title;
}

/* A name that the schema does not have, or of another type, is our own mistake. */
static const struct conf_value *value_of(const struct conf_section *section, const char *name,
					 unsigned types, const struct conf_spec **ret_spec)
{
	const struct conf_spec *spec = conf_spec_of(section->specs, name, strlen(name));

	assert(spec != NULL);
	assert((types & 1U << spec->type) != 0);
	if (ret_spec != NULL)
		*ret_spec = spec;
	return &section->values[spec - section->specs];
}

enum {
	IS_STR = 1U << CONF_STR,
	IS_INT = 1U << CONF_INT,
	IS_BOOL = 1U << CONF_BOOL,
	IS_STRS = 1U << CONF_STRS,
	IS_SECTION = 1U << CONF_SECTION,
	IS_ANY = IS_STR | IS_INT | IS_BOOL | IS_STRS | IS_SECTION,
};

size_t conf_count(const struct conf_section *section, const char *name)
{
	return value_of(section, name, IS_STRS | IS_SECTION, NULL)->n;
}

const struct conf_section *conf_child(const struct conf_section *section, const char *name,
				      size_t index)
{
	const struct conf_value *value = value_of(section, name, IS_SECTION, NULL);

	return index < value->n ? &value->sections[index] : NULL;
}

const char *conf_str(const struct conf_section *section, const char *name)
{
	return value_of(section, name, IS_STR, NULL)->items[0];
}

const char *conf_item(const struct conf_section *section, const char *name, size_t index)
{
	const struct conf_value *value = value_of(section, name, IS_STRS, NULL);

	assert(index < value->n);
	return value->items[index];
}

long conf_int(const struct conf_section *section, const char *name)
{
	const struct conf_spec *spec;
	const struct conf_value *value = value_of(section, name, IS_INT, &spec);
	long long number = 0;

	if (value->items[0][0] == '\0')
		return 0; /* no default */
	return conf_as_int(spec, value->items[0], &number) ? (long)number : 0;
}

bool conf_bool(const struct conf_section *section, const char *name)
{
	bool truth = false;

	return conf_as_bool(value_of(section, name, IS_BOOL, NULL)->items[0], &truth) && truth;
}

bool conf_given(const struct conf_section *section, const char *name)
{
	return value_of(section, name, IS_ANY, NULL)->line != 0;
}

int conf_line(const struct conf_section *section, const char *name)
{
	int line = name == NULL ? 0 : value_of(section, name, IS_ANY, NULL)->line;

	return line != 0 ? line : section->line;
}

int conf_item_line(const struct conf_section *section, const char *name, size_t index)
{
	const struct conf_value *value = value_of(section, name, IS_ANY & ~IS_SECTION, NULL);

	return value->lines != NULL && index < value->n ? value->lines[index] :
							  conf_line(section, name);
}

enum err conf_error(const struct conf_section *section, const char *name, struct error *err,
		    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	conf_verror_at(section->conf->name, conf_line(section, name), err, fmt, ap);
	va_end(ap);
	return ERR_INPUT;
}

enum err conf_item_error(const struct conf_section *section, const char *name, size_t index,
			 struct error *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	conf_verror_at(section->conf->name, conf_item_line(section, name, index), err, fmt, ap);
	va_end(ap);
	return ERR_INPUT;
}
