/* A strict reader of XML from outside (expat lives only behind this header).
 *
 * A document type or an entity of its own is refused, whatever it says: nothing outside the text is
 * ever read, nothing grows.  Bytes, depth, elements and attributes are bounded.  UTF-8, UTF-16,
 * ISO-8859-1 and what iconv knows by the name in the declaration (GB2312, GBK, GB18030 …). */
#ifndef ZHIBAN_WIRE_XML_H
#define ZHIBAN_WIRE_XML_H

#include <stddef.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"

enum {
	XML_BYTES_MAX = 4 * 1024 * 1024,
	XML_DEPTH_MAX = 32,
	XML_NODES_MAX = 50000,
	XML_ATTRS_MAX = 64, /* of one element */
	XML_NAME_MAX = 200, /* bytes of a name with its name space */
};

struct xml_attr {
	const char *name, *value; /* without a prefix */
};
struct xml_node { /* in the arena */
	const char *name;  /* without a prefix */
	const char *space; /* URI of its name space, or "" */
	const char *text;  /* all characters that stand in it directly, without blanks at both ends */
	const struct xml_attr *attrs;
	size_t n_attrs;
	const struct xml_node *first, *next; /* children in the order of the text */
};

/* ERR_INPUT names the line. */
enum err xml_parse(const char *bytes, size_t len, struct arena *arena,
		   const struct xml_node **ret_root, struct error *err) MUST_CHECK;
/* The first child of a name, or NULL; node NULL: NULL.  And the next of the same name. */
const struct xml_node *xml_child(const struct xml_node *node, const char *name);
const struct xml_node *xml_again(const struct xml_node *child);
/* The text of the first child of a name; "" when there is none. */
const char *xml_words(const struct xml_node *node, const char *name);

#endif
