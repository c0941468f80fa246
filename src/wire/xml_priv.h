/* Inside wire/: texts of encodings that the XML reader does not know itself. */
#ifndef WIRE_XML_PRIV_H
#define WIRE_XML_PRIV_H

#include <stdbool.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

/* When the declaration names an encoding that expat does not read, the text as UTF-8 is appended
 * and ret_converted set.  ERR_INPUT: nobody knows that encoding, or the bytes are none of it. */
enum err xml_convert(const char *bytes, size_t len, struct str *out, bool *ret_converted,
		     struct error *err) MUST_CHECK;

#endif
