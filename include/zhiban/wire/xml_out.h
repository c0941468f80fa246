/* Writing XML 1.0: elements and text, nothing else.
 *
 * What comes out is well-formed whatever text goes in: & < > and quotes are written as entities, and
 * what XML has no place for (control characters, bytes that are no UTF-8) as U+FFFD. */
#ifndef ZHIBAN_WIRE_XML_OUT_H
#define ZHIBAN_WIRE_XML_OUT_H

#include "zhiban/base/str.h"

void xml_begin(struct str *out); /* the declaration */
/* Names are constants of ours. */
void xml_open(struct str *out, const char *name);
void xml_close(struct str *out, const char *name);
/* <name>text</name>; NULL and "": <name/>. */
void xml_element(struct str *out, const char *name, const char *text);
void xml_text(struct str *out, const char *text);

#endif
