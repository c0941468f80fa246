#include <config.h>

#include "zhiban/base/conf.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <confuse.h>

#include "conf_priv.h"
#include "zhiban/base/arena.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* libconfuse keeps its lexer in globals, which freeing touches too, so that one thread at a time
 * may be in it: the one mutable object that is not passed as an argument. */
static pthread_mutex_t libconfuse_lock = PTHREAD_MUTEX_INITIALIZER;

static size_t spec_count(const struct conf_spec *specs)
{
	size_t n = 0;

	while (specs[n].name != NULL)
		n++;
	return n;
}

/* The schema in the words of libconfuse.  Numbers are texts too: it would read 010 as eight. */
static cfg_opt_t *options(struct arena *arena, const struct conf_spec *specs)
{
	size_t n = spec_count(specs);
	cfg_opt_t *opts = arena_array(arena, n + 2, sizeof *opts);
	const cfg_opt_t lines = CFG_STR_LIST(CONF_LINES, NULL, CFGF_NODEFAULT), end = CFG_END();

	for (size_t i = 0; i < n; i++) {
		const struct conf_spec *spec = &specs[i];
		cfg_opt_t one = CFG_STR(spec->name, NULL, CFGF_NODEFAULT);

		if (spec->type == CONF_STRS) {
			one.flags |= CFGF_LIST;
		} else if (spec->type == CONF_SECTION) {
			one.type = CFGT_SEC;
			one.subopts = options(arena, spec->section);
			if ((spec->flags & CONF_TITLED) != 0)
				one.flags |= CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES;
		}
		opts[i] = one;
	}
	opts[n] = lines;
	opts[n + 1] = end;
	return opts;
}

static void say_nothing(cfg_t *cfg, const char *fmt, va_list ap)
{
	(void)cfg;
	(void)fmt;
	(void)ap;
}

/* conf_scan has found what there is to find: a failure here is a defect, told apart by its code. */
static enum err run_libconfuse(const char *name, const char *text, cfg_opt_t *opts, cfg_t **ret_cfg,
			       struct error *err)
{
	int result;
	cfg_t *cfg;

	cfg = cfg_init(opts, CFGF_NONE);
	if (cfg != NULL)
		cfg_set_error_function(cfg, say_nothing);
	result = cfg != NULL ? cfg_parse_buf(cfg, text) : CFG_FILE_ERROR;
	if (result == CFG_SUCCESS) {
		*ret_cfg = cfg;
		return ERR_OK;
	}
	if (cfg != NULL)
		cfg_free(cfg);
	return error_set(err, ERR_CORRUPT, _("%s: libconfuse does not understand it"), name);
}

static struct conf_value *value_at(const struct conf_section *section, const char *name, size_t len)
{
	const struct conf_spec *spec = conf_spec_of(section->specs, name, len);

	assert(spec != NULL);
	return &section->values[spec - section->specs];
}

/* One item of the hidden list: see CONF_LINES. */
static enum err take_lines(struct arena *arena, struct conf_section *section, const char *item,
			   struct error *err)
{
	char *at, *name;
	int line = (int)strtol(item, &at, 10), *lines;
	struct conf_value *value;
	size_t n = 0;

	if (*at == '\0') {
		if (section->line != 0)
			return conf_twice(section, line, section->name, section->line, err);
		section->line = line;
		return ERR_OK;
	}
	name = at + 1;
	at = name + strcspn(name, " ");
	value = value_at(section, name, (size_t)(at - name));
	if (value->line != 0)
		return conf_twice(section, line, arena_strndup(arena, name, (size_t)(at - name)),
			     value->line, err);
	value->line = line;
	lines = arena_array(arena, strlen(at) / 2 + 1, sizeof *lines);
	while (*at != '\0')
		lines[n++] = (int)strtol(at + 1, &at, 10);
	value->lines = lines;
	return ERR_OK;
}

static void take_default(struct arena *arena, const struct conf_spec *spec,
			 struct conf_value *value)
{
	const char *at = spec->fallback;

	if (spec->type != CONF_STRS) {
		value->n = 1;
		value->items = arena_array(arena, 1, sizeof *value->items);
		value->items[0] = at != NULL ? at : "";
		return;
	}
	if (at == NULL || *at == '\0')
		return;
	value->items = arena_array(arena, strlen(at), sizeof *value->items);
	while (*at != '\0') {
		size_t len = strcspn(at, ",");

		value->items[value->n++] = arena_strndup(arena, at, len);
		at += len;
		at += strspn(at, ", ");
	}
}

static void take_values(struct arena *arena, const struct conf_spec *spec, cfg_t *cfg,
			struct conf_value *value)
{
	if (value->line == 0) {
		take_default(arena, spec, value);
		return;
	}
	value->n = cfg_size(cfg, spec->name);
	value->items = arena_array(arena, value->n, sizeof *value->items);
	for (size_t i = 0; i < value->n; i++)
		value->items[i] = arena_strdup(
			arena, cfg_getnstr(cfg, spec->name, (unsigned)i));
}

static enum err take_section(struct conf *conf, struct conf_section *section, cfg_t *cfg,
			     struct error *err);

static enum err take_sections(struct conf *conf, const struct conf_section *parent, size_t at,
			      cfg_t *cfg, struct error *err)
{
	const struct conf_spec *spec = &parent->specs[at];
	struct conf_value *value = &parent->values[at];

	value->n = cfg_size(cfg, spec->name);
	value->sections = arena_array(&conf->arena, value->n, sizeof *value->sections);
	for (size_t i = 0; i < value->n; i++) {
		struct conf_section *child = &value->sections[i];
		cfg_t *section = cfg_getnsec(cfg, spec->name, (unsigned)i);
		const char *title = cfg_title(section);

		*child = (struct conf_section){ .conf = conf, .specs = spec->section,
						.name = spec->name, .title = "" };
		if (title != NULL) /* "3 accept" */
			child->title = arena_strdup(&conf->arena, strchr(title, ' ') + 1);
		if (take_section(conf, child, section, err) != ERR_OK)
			return ERR_INPUT;
	}
	value->line = value->n > 0 ? value->sections[0].line : 0;
	return conf_check_titles(&conf->arena, value, err);
}

static enum err take_section(struct conf *conf, struct conf_section *section, cfg_t *cfg,
			     struct error *err)
{
	size_t n = spec_count(section->specs);
	enum err code = ERR_OK;

	section->values = arena_array(&conf->arena, n, sizeof *section->values);
	for (unsigned i = 0; code == ERR_OK && i < cfg_size(cfg, CONF_LINES); i++)
		code = take_lines(&conf->arena, section, cfg_getnstr(cfg, CONF_LINES, i), err);
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		const struct conf_spec *spec = &section->specs[i];

		if (spec->type == CONF_SECTION)
			code = take_sections(conf, section, i, cfg, err);
		else
			take_values(&conf->arena, spec, cfg, &section->values[i]);
		if (code == ERR_OK)
			code = conf_check_value(section, spec, &section->values[i], err);
	}
	return code;
}

/* A text that conf_scan has passed, to pieces. */
static enum err take_text(struct conf *conf, const char *text, const struct conf_spec *spec,
			  struct error *err)
{
	cfg_t *cfg = NULL;
	enum err code;

	conf->root = (struct conf_section){
		.conf = conf, .specs = spec, .name = "", .title = "", .line = 1,
	};
	pthread_mutex_lock(&libconfuse_lock);
	code = run_libconfuse(conf->name, text, options(&conf->arena, spec), &cfg, err);
	if (code == ERR_OK) {
		code = take_section(conf, &conf->root, cfg, err);
		cfg_free(cfg);
	}
	pthread_mutex_unlock(&libconfuse_lock);
	return code;
}

enum err conf_parse(const char *name, const char *text, size_t len, const struct conf_spec *spec,
		    struct conf **ret_conf, struct error *err)
{
	struct conf *conf = mem_alloc(sizeof *conf);
	struct str clean = STR_INIT;
	enum err code;

	arena_init(&conf->arena);
	conf->name = arena_strdup(&conf->arena, name);
	code = conf_scan(name, text, len, spec, &clean, err);
	if (code == ERR_OK)
		code = take_text(conf, clean.s, spec, err);
	str_release(&clean);
	if (code == ERR_OK)
		*ret_conf = conf;
	else
		conf_free(conf);
	return code;
}
