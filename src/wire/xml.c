#include <config.h>

#include "zhiban/wire/xml.h"

#include <ctype.h>
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "xml_priv.h"

enum { SPACE_MARK = '\n' }; /* between name space and name, as expat gives them */

struct open_node { /* an element whose end has not come yet */
	struct xml_node *node;
	struct xml_node *last; /* its latest child */
	struct str text;
};

struct reading {
	XML_Parser parser;
	struct arena *arena;
	struct open_node open[XML_DEPTH_MAX];
	size_t depth, n;
	const struct xml_node *root;
	enum err code; /* ours; expat's own are told afterwards */
	struct error err;
};

/* The first offence ends it. */
static void stop(struct reading *reading, const char *words)
{
	if (reading->code != ERR_OK)
		return;
	reading->code = error_set(&reading->err, ERR_INPUT, _("line %lu: %s"),
				  (unsigned long)XML_GetCurrentLineNumber(reading->parser), words);
	XML_StopParser(reading->parser, XML_FALSE);
}

static void split(struct reading *reading, const char *name, const char **ret_space,
		  const char **ret_name)
{
	const char *mark = strchr(name, SPACE_MARK);

	*ret_space = mark != NULL ? arena_strndup(reading->arena, name, (size_t)(mark - name)) : "";
	*ret_name = arena_strdup(reading->arena, mark != NULL ? mark + 1 : name);
}

static void take_attrs(struct reading *reading, struct xml_node *node, const char **attrs)
{
	struct xml_attr *items;
	const char *space;
	size_t n = 0;

	while (attrs[2 * n] != NULL)
		n++;
	if (n > XML_ATTRS_MAX) {
		stop(reading, _("too many attributes"));
		return;
	}
	items = arena_array(reading->arena, n + 1, sizeof *items);
	for (size_t i = 0; i < n; i++) {
		split(reading, attrs[2 * i], &space, &items[i].name);
		items[i].value = arena_strdup(reading->arena, attrs[2 * i + 1]);
	}
	node->attrs = items;
	node->n_attrs = n;
}

static void XMLCALL on_start(void *ctx, const char *name, const char **attrs)
{
	struct reading *reading = ctx;
	struct open_node *parent = reading->depth > 0 ? &reading->open[reading->depth - 1] : NULL;
	struct xml_node *node;

	if (reading->code != ERR_OK)
		return;
	if (reading->depth == XML_DEPTH_MAX || reading->n == XML_NODES_MAX ||
	    strlen(name) > XML_NAME_MAX) {
		stop(reading, reading->depth == XML_DEPTH_MAX ? _("elements stand too deep")
			      : reading->n == XML_NODES_MAX ? _("too many elements")
							    : _("a name is too long"));
		return;
	}
	node = arena_alloc(reading->arena, sizeof *node);
	node->text = "";
	split(reading, name, &node->space, &node->name);
	take_attrs(reading, node, attrs);
	reading->n++;
	if (parent == NULL)
		reading->root = node;
	else if (parent->last == NULL)
		parent->node->first = node;
	else
		parent->last->next = node;
	if (parent != NULL)
		parent->last = node;
	str_clear(&reading->open[reading->depth].text);
	reading->open[reading->depth].node = node;
	reading->open[reading->depth++].last = NULL;
}

static void XMLCALL on_end(void *ctx, const char *name)
{
	struct reading *reading = ctx;
	struct open_node *open;
	const char *s, *end;

	(void)name;
	if (reading->code != ERR_OK)
		return;
	open = &reading->open[--reading->depth];
	s = str_get(&open->text);
	end = s + open->text.len;
	while (s < end && isspace((unsigned char)*s))
		s++;
	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	if (end > s)
		open->node->text = arena_strndup(reading->arena, s, (size_t)(end - s));
}

static void XMLCALL on_text(void *ctx, const char *s, int len)
{
	struct reading *reading = ctx;

	if (reading->code == ERR_OK && reading->depth > 0)
		str_add_bytes(&reading->open[reading->depth - 1].text, s, (size_t)len);
}

static void XMLCALL on_doctype(void *ctx, const char *name, const char *sysid, const char *pubid,
			       int has_internal)
{
	(void)name;
	(void)sysid;
	(void)pubid;
	(void)has_internal;
	stop(ctx, _("a document type is not accepted"));
}

static void XMLCALL on_entity(void *ctx, const char *name, int is_parameter, const char *value,
			      int len, const char *base, const char *sysid, const char *pubid,
			      const char *notation)
{
	(void)name;
	(void)is_parameter;
	(void)value;
	(void)len;
	(void)base;
	(void)sysid;
	(void)pubid;
	(void)notation;
	stop(ctx, _("an entity of its own is not accepted"));
}

static int XMLCALL on_external(XML_Parser parser, const char *context, const char *base,
			       const char *sysid, const char *pubid)
{
	(void)context;
	(void)base;
	(void)sysid;
	(void)pubid;
	stop(XML_GetUserData(parser), _("an entity of its own is not accepted"));
	return XML_STATUS_ERROR;
}

static enum err run(struct reading *reading, const char *bytes, size_t len, struct error *err)
{
	XML_Parser parser = reading->parser;
	enum XML_Status status;

	XML_SetUserData(parser, reading);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	XML_SetEntityDeclHandler(parser, on_entity);
	XML_SetExternalEntityRefHandler(parser, on_external);
	status = XML_Parse(parser, bytes, (int)len, 1);
	if (reading->code != ERR_OK)
		return error_set(err, reading->code, "%s", reading->err.text);
	if (status != XML_STATUS_OK)
		return error_set(err, ERR_INPUT, _("line %lu: %s"),
				 (unsigned long)XML_GetCurrentLineNumber(parser),
				 XML_ErrorString(XML_GetErrorCode(parser)));
	return ERR_OK;
}

static void *allocate(size_t size)
{
	return mem_alloc(size);
}

static void *reallocate(void *ptr, size_t size)
{
	return mem_resize(ptr, 1, size);
}

enum err xml_parse(const char *bytes, size_t len, struct arena *arena,
		   const struct xml_node **ret_root, struct error *err)
{
	static const char separator[] = { SPACE_MARK, '\0' };
	static const XML_Memory_Handling_Suite memory = { allocate, reallocate, free };
	struct reading *reading;
	struct str text = STR_INIT;
	bool converted = false;
	enum err code;

	if (len > XML_BYTES_MAX)
		return error_set(err, ERR_INPUT, _("more than %d bytes"), (int)XML_BYTES_MAX);
	code = xml_convert(bytes, len, &text, &converted, err);
	if (code != ERR_OK) {
		str_release(&text);
		return code;
	}
	reading = mem_alloc(sizeof *reading);
	reading->arena = arena;
	reading->parser = XML_ParserCreate_MM(converted ? "UTF-8" : NULL, &memory, separator);
	code = run(reading, converted ? str_get(&text) : bytes, converted ? text.len : len, err);
	if (code == ERR_OK)
		*ret_root = reading->root;
	for (size_t i = 0; i < XML_DEPTH_MAX; i++)
		str_release(&reading->open[i].text);
	XML_ParserFree(reading->parser);
	free(reading);
	str_release(&text);
	return code;
}

/* --- looking into it ------------------------------------------------------------------------- */

static const struct xml_node *from(const struct xml_node *node, const char *name)
{
	while (node != NULL && strcmp(node->name, name) != 0)
		node = node->next;
	return node;
}

const struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
	return node != NULL ? from(node->first, name) : NULL;
}

const struct xml_node *xml_again(const struct xml_node *child)
{
	return from(child->next, child->name);
}

const char *xml_words(const struct xml_node *node, const char *name)
{
	const struct xml_node *child = xml_child(node, name);

	return child != NULL ? child->text : "";
}
